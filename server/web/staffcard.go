package web

import (
	"time"

	"lianxin/server/board"
	"lianxin/views"
)

// cardAction is the form that gives a member of staff a code card as their second
// factor.
func (r *request) cardAction(path string) views.Action {
	return views.Action{
		Deed: "card", Title: r.words.T("admin.staff.card"), Hint: r.words.T("admin.staff.card.hint"),
		Post: path + "/card", Once: r.stamp(path + "/card"), Button: r.words.T("admin.staff.card.button"),
		Fields: r.withFactor(views.Field{Name: "serial", Kind: views.Code, Value: r.typed("serial", ""),
			Label: r.words.T("papers.give.serial"), Hint: r.words.T("papers.give.serial.hint")}),
	}
}

// cardFact says which card somebody logs in with.
func (r *request) cardFact(s *board.Staff) ([]views.Fact, error) {
	serial, ends, err := r.site.Office.StaffCard(r, r.who, s.ID)
	if err != nil || serial == "" {
		return nil, err
	}
	return []views.Fact{r.cardIs(serial, ends)}, nil
}

func (r *request) cardIs(serial board.Serial, ends time.Time) views.Fact {
	return views.Fact{Name: r.words.T("admin.staff.card.is"), Value: r.words.T("admin.staff.card.until", "Serial", serial.Grouped(), "Date", r.words.Day(ends))}
}

func giveStaffCard(r *request) (string, error) {
	s, err := r.staffAt()
	if err != nil {
		return "", err
	}
	return "/admin/staff/" + s.ID.String() + "?said=saved", r.site.Office.GiveStaffCard(r.once(), r.who.Actor, s.ID, r.post("serial"))
}
