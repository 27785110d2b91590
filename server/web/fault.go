package web

import (
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/gofiber/fiber/v2"

	"lianxin/server/board"
	"lianxin/views"
)

// headings say what kind of refusal it is; the fault's own words follow.
var headings = map[board.FaultKind]string{
	board.Invalid:  "refused.invalid",
	board.Denied:   "refused.denied",
	board.Missing:  "refused.missing",
	board.Conflict: "refused.conflict",
	board.TooMany:  "refused.too-many",
	board.Expired:  "refused.expired",
	board.NotSaved: "refused.not-saved",
}

// unread are requests that never came to a door, as faults.
var unread = map[int]board.Fault{
	fiber.StatusBadRequest:                  {Kind: board.Invalid, ID: "request.unread"},
	fiber.StatusNotFound:                    {Kind: board.Missing, ID: "request.address"},
	fiber.StatusMethodNotAllowed:            {Kind: board.Missing, ID: "request.address"},
	fiber.StatusRequestTimeout:              {Kind: board.Expired, ID: "request.slow"},
	fiber.StatusRequestEntityTooLarge:       {Kind: board.Invalid, ID: "request.long"},
	fiber.StatusUnsupportedMediaType:        {Kind: board.Invalid, ID: "request.packed"},
	fiber.StatusMisdirectedRequest:          {Kind: board.Invalid, ID: "request.host"},
	fiber.StatusRequestHeaderFieldsTooLarge: {Kind: board.Invalid, ID: "request.header"},
}

// refuse gives an error of a handler its page. What is no refusal goes on to
// the fault page of the gate, with a number.
func (r *request) refuse(err error) (outcome, error) {
	if _, expected := board.Faults(err); expected {
		return r.fault(err)
	}
	return outcome{}, err
}

// fault is the page for what no form can show. What nobody expected gets a
// number, on the page and in the log; the log has nothing of the person.
func (r *request) fault(err error) (outcome, error) {
	if faults, expected := board.Faults(err); expected {
		return r.message(status[faults[0].Kind], faults[0]), nil
	}
	var unmet *fiber.Error
	if errors.As(err, &unmet) && unmet.Code < 500 {
		fault, known := unread[unmet.Code]
		if !known {
			fault = unread[fiber.StatusBadRequest]
		}
		return r.message(unmet.Code, fault), nil
	}
	return r.accident(err)
}

func (r *request) message(code int, f board.Fault) outcome {
	r.code = code
	return outcome{model: views.Message{
		Page: r.page(), Heading: r.words.T(headings[f.Kind]), Paragraphs: []string{r.say(f)}, Links: r.ways(),
	}}
}

// accident is a mistake of ours.
func (r *request) accident(err error) (outcome, error) {
	draw, e := r.site.stamps.fresh()
	if e != nil {
		return outcome{}, errors.Join(err, e)
	}
	n := binary.BigEndian.Uint32(draw[:]) % 100_000_000
	r.mishap = fmt.Sprintf("%04d %04d", n/10_000, n%10_000)
	r.code = fiber.StatusInternalServerError
	r.site.complain(r.mishap, err)
	return outcome{model: views.Message{
		Page: r.page(), Heading: r.words.T("refused.accident"),
		Paragraphs: []string{r.words.T("refused.accident.what")}, Links: r.ways(),
	}}, nil
}

// ways lead on from a page that is none.
func (r *request) ways() []views.Link {
	if r.who.IsStaff() {
		return r.nav()[:1]
	}
	links := []views.Link{
		{Href: "/", Text: r.words.T("ways.home")},
		{Href: "/lookup", Text: r.words.T("home.lookup")},
	}
	if r.retry != "" {
		links = append([]views.Link{{Href: r.retry, Text: r.words.T("attach.again")}}, links...)
	}
	return links
}

func (r *request) status() int {
	if r.code == 0 {
		return fiber.StatusOK
	}
	return r.code
}
