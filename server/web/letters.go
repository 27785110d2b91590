package web

import (
	"lianxin/server/board"
	"lianxin/server/office"
	"lianxin/views"
)

// letters lists the answers that go out on paper.
func letters(r *request) (views.Model, error) {
	r.sayDone()
	items, next, err := r.site.Office.Letters(r, r.who, r.query["from"])
	if err != nil {
		return nil, err
	}
	m := views.Letters{Page: r.page()}
	for _, it := range items {
		row := views.LetterRow{
			Href: letterPath(it.Case.Number), Name: it.Name, Place: r.place(it.Case), About: it.Case.Title, Since: r.words.DateTime(it.Since),
		}
		if row.Name == "" {
			row.Name = r.words.T("calls.nobody")
		}
		m.Rows = append(m.Rows, row)
	}
	m.First, m.More = turns("/letters", r.query["from"], next)
	return m, nil
}

func letterPath(n board.Number) string { return "/letters/" + string(n) }

// letterForm says that a letter was printed and posted.
type letterForm struct{}

func showLetter(r *request) (views.Model, error) { return letterForm{}.page(r) }

func (letterForm) page(r *request) (views.Model, error) {
	it, v, err := r.site.Office.LetterOf(r, r.who, r.number)
	if r.row.form != nil && gone(err) {
		return r.movedOn("/letters", ""), nil
	}
	if err != nil {
		return nil, err
	}
	r.back, r.here = "/letters", letterPath(r.number)
	m := views.Letter{Page: r.page(), Heading: r.words.T("letter.title.nobody"), Phone: it.Phone, Mail: r.mail(it, v), Done: views.Action{
		Deed: "printed", Title: r.words.T("letter.done.title"), Hint: r.words.T("letter.done.hint"), Button: r.words.T("letter.done.button"),
		Post: r.here, Once: r.stamp(r.here),
	}}
	if m.Mail.Seal, err = r.seal(m.Mail.Words); err != nil {
		return nil, err
	}
	if it.Name != "" {
		m.Heading = r.words.T("letter.title", "Name", it.Name)
	}
	return m, nil
}

// mail is the letter itself, in its person's language, with its address.
func (r *request) mail(it office.CallItem, v office.View) views.AnswerSheet {
	q := *r
	q.words = r.site.Words.Words(it.Lang)
	v.Case = it.Case
	s := q.sheet(v, it.Name)
	for _, line := range []string{q.place(it.Case), it.Name} {
		if line != "" {
			s.To = append(s.To, line)
		}
	}
	return s
}

func (letterForm) do(r *request) (outcome, error) {
	if err := r.site.Office.LetterPrinted(r, r.who, r.number, r.sent); err != nil {
		return outcome{}, err
	}
	return see("/letters?" + doneQuery)
}
