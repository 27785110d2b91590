package web

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"lianxin/locales"
	"lianxin/server/board"
	"lianxin/server/office"
	"lianxin/views"
)

// The desk of a helper: whom to write for. What follows, from the words to the
// receipt, is in helping.go; answers that are read aloud are in reading.go.

// peopleShown is how many people one page of a helper's desk lists.
const peopleShown = 12

// assist is the helper's own desk: the people they have helped, those of the
// newest case first.
func assist(r *request) (views.Model, error) { return assistWith(r) }

func assistWith(r *request) (views.Model, error) {
	q := strings.TrimSpace(r.query["q"])
	people, err := r.site.Office.People(r, r.who, q)
	if err != nil {
		return nil, err
	}
	waiting, err := r.site.Office.Tasks(r, r.who)
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(people, func(a, b office.Helpee) int { return newest(b).Compare(newest(a)) })
	r.back, r.here = "", "/assist"
	r.sayDone()
	m := views.Assist{Page: r.page(), Query: q}
	if n := len(waiting); n > 0 {
		m.Tasks = r.words.T("assist.tasks.count", "Count", n)
	}
	from, err := strconv.Atoi(r.query["from"])
	if err != nil || from < 0 || from >= len(people) {
		from = 0
	}
	for _, p := range people[from:min(from+peopleShown, len(people))] {
		m.People = append(m.People, r.helpee(p))
	}
	if len(m.People) > 0 {
		m.People[0].Focus = q != "" && len(r.errors) == 0
	}
	if q != "" || from > 0 {
		m.First = "/assist"
	}
	if next := from + peopleShown; next < len(people) {
		m.More = "/assist?" + url.Values{"q": {q}, "from": {strconv.Itoa(next)}}.Encode()
	}
	return m, nil
}

// helpee is somebody as the desk lists them, with their newest case.
func (r *request) helpee(p office.Helpee) views.Helpee {
	h := views.Helpee{
		Name: p.Name, Place: r.where(p.Township, p.Village), Phone: p.Phone,
		Begin: views.Action{
			Post: "/assist/start", Button: r.words.T("assist.begin", "Name", p.Name),
			Hidden: []views.Hidden{{Name: "person", Value: p.ID.String()}},
		},
	}
	if p.Tasks > 0 {
		h.Task = &views.Link{Href: "/assist/tasks", Text: r.words.T("assist.read.count", "Count", p.Tasks)}
	}
	if c := latest(p); c != nil {
		h.Cases = []views.Card{{
			Href: assistPath(c.Number), Number: c.Number.Grouped(), Title: r.titled(c), Filed: r.words.Date(c.Filed), State: r.state(c),
		}}
	}
	return h
}

func assistPath(n board.Number) string { return "/assist/case/" + string(n) }

// where is a place in the page's language.
func (r *request) where(township, village string) string {
	return strings.TrimSpace(r.town(township) + " " + village)
}

// start is one press on the name of somebody the helper has helped before.
type start struct{ person string }

func readStart(r *request) form { return start{r.post("person")} }

func (start) page(r *request) (views.Model, error) { return assistWith(r) }

func (f start) do(r *request) (outcome, error) {
	id, err := board.ParseID(f.person)
	if err != nil {
		return outcome{}, notYours
	}
	if err := r.site.Office.HelpAgain(r, r.who, id); err != nil {
		return outcome{}, err
	}
	return see("/assist/words")
}

// somebody is a person whom the helper has not helped before.
type somebody struct{ in office.Helped }

func showSomebody(r *request) (views.Model, error) {
	f := somebody{office.Helped{Tell: board.ByText}}
	if areas := r.who.Areas; len(areas) > 0 { // most people whom a helper meets live there
		f.in.Township = areas[0].Township
		if len(areas) == 1 {
			f.in.Village = areas[0].Village
		}
	}
	return f.page(r)
}

// readSomebody takes the county's own language for the texts, as an operator's
// page does: whoever sits beside a helper has chosen none.
func readSomebody(r *request) form {
	return somebody{office.Helped{
		Name: strings.TrimSpace(r.post("name")), Phone: r.post("phone"), Township: r.post("place"), Village: read(board.Draft{}, r.form).Village,
		Tell: board.Way(r.post("tell")), Lang: locales.Default, Chosen: r.post("other") == "yes",
	}}
}

func (somebody) field(name string) string { return filing{}.field(name) }

func (f somebody) page(r *request) (views.Model, error) {
	r.back, r.here = "/assist", "/assist/new"
	return views.AssistNew{
		Page: r.page(), Filing: r.filing(board.Draft{Name: f.in.Name, Township: f.in.Township, Village: f.in.Village}), Areas: r.villages(),
		Other: f.in.Chosen, Phone: f.in.Phone, Tell: string(f.in.Tell),
	}, nil
}

func (f somebody) do(r *request) (outcome, error) {
	if err := r.sureWhere(f.in.Township, f.in.Village); err != nil {
		return outcome{}, err
	}
	if err := r.site.Office.Help(r, r.who, f.in); err != nil {
		return outcome{}, err
	}
	return see("/assist/words")
}

// villages names where the helper helps; "" when it is whole townships.
func (r *request) villages() string {
	var names []string
	for _, a := range r.who.Areas {
		if a.Village == "" {
			return ""
		}
		names = append(names, a.Village)
	}
	return strings.Join(names, r.words.T("admin.and"))
}

// endHelp is the button of the banner.
type endHelp struct{}

func (endHelp) page(r *request) (views.Model, error) { return assistWith(r) }

func (endHelp) do(r *request) (outcome, error) {
	if err := r.site.Office.EndHelp(r, r.who); err != nil {
		return outcome{}, err
	}
	return see("/assist")
}

// banner says for whom the helper writes, on every page while they do.
func (r *request) banner() *views.Helping {
	h := r.helping
	if h == nil {
		return nil
	}
	who := h.Name
	if at := h.Village; at != "" {
		who = r.words.T("assist.for.who", "Name", h.Name, "Village", at)
	}
	return &views.Helping{Who: who, Href: "/assist/words"}
}

// latest is the newest case of somebody, nil when the helper may read none.
func latest(p office.Helpee) *board.Case {
	var last *board.Case
	for _, c := range p.Cases {
		if last == nil || c.Filed.After(last.Filed) {
			last = c
		}
	}
	return last
}

func newest(p office.Helpee) time.Time {
	if c := latest(p); c != nil {
		return c.Filed
	}
	return time.Time{}
}
