package views

import (
	"slices"
	"strconv"
)

// Batch is /batch: paper forms typed in one after the other with the keyboard
// alone. It posts slip, received, name, place, village, phone, kind, body, about,
// public, hide, tell and signed. What is chosen stands in lists whose entries
// begin with a digit: that key chooses it.
type Batch struct {
	Page
	Filing
	Slip     string // serial of the form
	Received string // the day it came in, as typed
	Phone    string
	Tell     string
	About    string // the unit complained about
	Abouts   []Option
	Signed   bool
	Post     string // path of this page
	Attach   string // path of adding a picture of the form before; "" there is none
}

// Template names the page's file.
func (Batch) Template() string { return "batch" }

// Title names the page.
func (m Batch) Title() string { return m.T("batch.title") }

// Groups are the two halves of the form: whose it is, and what it says. Whoever
// comes to the page, or back to it after a form, begins at its number.
func (m Batch) Groups() []Group {
	signed := ""
	if m.Signed {
		signed = "yes"
	}
	place := m.fields(m.Page, StepPlace)
	place[0].Options = numbered(place[0].Options, 0)
	place[1].Hint = ""
	if len(m.Near) > 0 {
		place[2] = m.pick(Meant, place[2].Value, place[2].Label, append([]Option{{Label: m.T("desk.choose")}}, place[2].Options...), 0)
	}
	return []Group{
		{m.T("batch.who"), slices.Concat([]Field{
			m.Field(Field{Name: "slip", Kind: Code, Value: m.Slip, Focus: true, Label: m.T("batch.slip.label"), Hint: m.T("batch.slip.hint")}),
			m.Field(Field{Name: "received", Kind: Code, Value: m.Received, Label: m.T("batch.received.label"), Hint: m.T("batch.received.hint")}),
			m.Field(Field{Name: "name", Kind: Text, Value: m.Name, Label: m.T("batch.name.label")}),
		}, place, []Field{
			m.Field(Field{Name: "phone", Kind: Tel, Value: m.Phone, Label: m.T("batch.phone.label")}),
		})},
		{m.T("batch.words"), []Field{
			m.pick("kind", m.Kind, m.T("file.kind.label"), append([]Option{{Label: m.T("desk.choose")}}, m.Kinds...), 0),
			m.Field(Field{Name: "body", Kind: Area, Rows: 5, Value: m.Body, Label: m.T("batch.body.label"), Hint: m.T("batch.body.hint", "Max", strconv.Itoa(m.MaxBody))}),
			m.about(m.About, m.Abouts, true),
		}},
		{m.T("batch.boxes"), []Field{
			m.listed(m.public(m.Public, false)), m.listed(m.hide(m.Hide)), m.listed(m.tell(m.Tell)),
			m.Field(Field{Name: "signed", Kind: Tick, Value: signed, Label: m.T("batch.signed.label")}),
		}},
	}
}

// listed makes a list of a choice, for a page that no mouse visits.
func (m Batch) listed(f Field) Field {
	f.Kind, f.Hint, f.Options = Select, "", numbered(f.Options, 1)
	return f
}

func (p Page) pick(name, value, label string, options []Option, from int) Field {
	return p.Field(Field{Name: name, Kind: Select, Value: value, Label: label, Options: numbered(options, from)})
}

// numbered puts a number before each option: the key chooses it in the list. With
// 0 the first one, which stands for no choice, has none.
func numbered(options []Option, from int) []Option {
	all := make([]Option, len(options))
	for i, o := range options {
		o.Hint = ""
		if n := i + from; n > 0 {
			o.Label = strconv.Itoa(n) + " " + o.Label
		}
		all[i] = o
	}
	return all
}

// about asks which office a message complains of; that office then neither
// handles the case nor sees it.
func (p Page) about(value string, offices []Option, keys bool) Field {
	options := append([]Option{{Label: p.T("assist.about.none")}}, offices...)
	if keys {
		options = numbered(options, 0)
	}
	return p.Field(Field{Name: "about", Kind: Select, Value: value, Options: options, Label: p.T("assist.about.label"), Hint: p.T("assist.about.hint")})
}
