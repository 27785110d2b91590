package web

import (
	"lianxin/server/board"
	"lianxin/server/office"
	"lianxin/views"
)

// intake is what an operator typed while somebody spoke.
type intake struct{ in office.Intake }

// showIntake is an empty form; name and phone are there when somebody asked for
// the call.
func showIntake(r *request) (views.Model, error) {
	f := intake{office.Intake{Channel: board.Call, Tell: board.ByText}}
	if id, err := board.ParseID(r.query["call"]); err == nil {
		if it, err := r.site.Office.CallBack(r, r.who, id); err == nil {
			f.in.Phone, f.in.Draft.Name = it.Phone, it.Name
		}
	}
	return f.page(r)
}

func readIntake(r *request) form {
	f := intake{readTaken(r)}
	f.in.Channel, f.in.Agreed = board.Channel(r.post("channel")), r.post("agreed") == "yes"
	return f
}

func (intake) field(name string) string { return filing{}.field(name) }

// text is what was written, for giving back.
func (f intake) text() string { return lines(f.in.Draft.Title, f.in.Draft.Body, f.in.Draft.Remark) }

func (f intake) page(r *request) (views.Model, error) {
	r.back, r.here = "", "/desk/intake"
	m := views.Intake{
		Page: r.page(), Filing: r.filing(f.in.Draft), Channel: string(f.in.Channel), Phone: f.in.Phone,
		Tell: string(f.in.Tell), Agreed: f.in.Agreed, Post: r.here, About: aboutWhom(f.in.Draft), Abouts: r.offices(), Slip: f.in.Slip,
	}
	m.Page.Once = r.stamp(r.here)
	return m, nil
}

func (f intake) do(r *request) (outcome, error) {
	if err := r.sureWhere(f.in.Draft.Township, f.in.Draft.Village); err != nil {
		return outcome{}, err
	}
	n, err := r.site.Office.TakeIn(r, r.who, r.sent, f.in)
	if err != nil {
		return outcome{}, r.renew(err)
	}
	return see("/desk/intake/" + string(n))
}

// takenIn is the receipt that an operator prints for the person. It has no PIN:
// that is the person's alone.
func takenIn(r *request) (views.Model, error) {
	got, err := r.site.Office.TakenIn(r, r.who, r.number)
	if err != nil {
		return nil, err
	}
	r.back = "/desk/intake"
	m := views.Receipt{
		Page: r.page(), Number: got.Number.Grouped(), Filed: r.words.Stamp(got.Case.Filed), ScreenBy: r.by(got.Case.ScreenBy),
		Told: r.words.T("tell." + string(got.Tell) + ".label"), Slip: got.Slip.Grouped(), Another: "/desk/intake",
		Attach: takenInCase.page(got.Number),
	}
	if got.Tell == board.ByText {
		m.Phone = got.Phone
	}
	m.Seal, err = r.seal(r.words)
	return m, err
}
