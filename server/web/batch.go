package web

import (
	"lianxin/locales"
	"lianxin/server/board"
	"lianxin/server/office"
	"lianxin/views"
)

// batch is one paper form as it was typed.
type batch struct {
	in       office.Intake
	received string // the day on which it came in
	before   string // where a picture of the form before can be added; "" there is none
}

// showBatch is an empty form. It says under which number the one before was
// filed, if that was this operator's, and keeps its day: a pile came in on one.
func showBatch(r *request) (views.Model, error) {
	f := batch{in: office.Intake{Tell: board.ByText}, received: r.now.In(board.Zone).Format(dayShape)}
	if day := typedDay(figures(r.query["day"]), r.now); !day.IsZero() {
		f.received = day.Format(dayShape)
	}
	if n, err := board.ParseNumber(r.query[doneQuery]); err == nil {
		if _, err := r.site.Office.TakenIn(r, r.who, n); err == nil {
			r.flash, f.before = r.words.T("batch.done", "Number", n.Grouped()), takenInCase.page(n)
		}
	}
	return f.page(r)
}

// dayShape is how a page writes down a day.
const dayShape = "2006-01-02"

func readBatch(r *request) form {
	f := batch{in: readTaken(r), received: r.post("received")}
	f.in.Channel, f.in.Agreed = board.Sheet, r.post("signed") == "yes"
	f.in.Draft.Received = typedDay(figures(f.received), r.now)
	return f
}

// field is where a fault stands on this page.
func (batch) field(name string) string {
	if name == "agreed" {
		return "signed"
	}
	return intake{}.field(name)
}

// text is what was written, for giving back.
func (f batch) text() string { return f.in.Draft.Body }

func (f batch) page(r *request) (views.Model, error) {
	r.back, r.here = "", "/batch"
	m := views.Batch{
		Page: r.page(), Filing: r.filing(f.in.Draft), Slip: f.in.Slip, Received: f.received, Phone: f.in.Phone, Tell: string(f.in.Tell),
		About: aboutWhom(f.in.Draft), Abouts: r.offices(), Signed: f.in.Agreed, Post: r.here, Attach: f.before,
	}
	m.Page.Once = r.stamp(r.here)
	return m, nil
}

func (f batch) do(r *request) (outcome, error) {
	if err := r.sureWhere(f.in.Draft.Township, f.in.Draft.Village); err != nil {
		return outcome{}, err
	}
	n, err := r.site.Office.TakeIn(r, r.who, r.sent, f.in)
	if err != nil {
		return outcome{}, r.renew(err)
	}
	return see("/batch?" + doneQuery + "=" + string(n) + "&day=" + f.in.Draft.Received.Format(dayShape))
}

// readTaken are the answers that an operator types for somebody, on whatever
// page. The texts are in the county's own language: nobody was asked for one.
func readTaken(r *request) office.Intake {
	in := office.Intake{
		Draft: read(board.Draft{}, r.form), Phone: r.post("phone"), Tell: board.Way(r.post("tell")), Lang: locales.Default, Slip: r.post("slip"),
	}
	in.Draft = about(in.Draft, r.form)
	return in
}
