package views

import "strconv"

// Filing is what a resident answers, all on one page or step by step: the same
// answers, as typed. The names of the posted fields stand beside.
type Filing struct {
	Kind    string // kind: value of one of Kinds
	Body    string // body
	Heading string // title
	Place   string // place: value of one of Places
	Village string // village: by its own name when it is known, else as typed
	Remark  string // remark: only for staff
	Name    string // name
	Public  string // public: no, yes, or private; "" is drawn as no
	Hide    string // hide: yes keeps name and phone from the unit; "" is drawn as no

	Kinds  []Option // ask, suggest, complain, help, thank: each with its hint
	Places []Option // townships, at most 30

	Near    []string // villages that may be meant by what was typed; meant
	AsTyped bool     // none of them is

	MaxBody, MaxHeading, MaxRemark int // characters; told, never enforced by the box
}

// PublicPrivate is the answer to "who may see it?" of somebody who shares a phone:
// never listed after login, opened by number and PIN alone, named in no text.
const PublicPrivate = "private"

// The steps of /file/step/:step, in their order.
const (
	StepKind  = "kind"
	StepWords = "words"
	StepPlace = "place"
	StepYou   = "you"
)

func (a Filing) fields(p Page, step string) []Field {
	switch step {
	case StepKind:
		return []Field{p.Field(Field{Name: "kind", Kind: Choice, Value: a.Kind, Options: a.Kinds, Label: p.T("file.kind.label")})}
	case StepWords:
		return []Field{
			p.Field(Field{Name: "body", Kind: Area, Rows: 7, Value: a.Body,
				Label: p.T("file.body.label"), Hint: p.T("file.body.hint", "Max", strconv.Itoa(a.MaxBody))}),
			p.Field(Field{Name: "title", Kind: Text, Value: a.Heading,
				Label: p.T("file.heading.label"), Hint: p.T("file.heading.hint", "Max", strconv.Itoa(a.MaxHeading))}),
		}
	case StepPlace:
		places := append([]Option{{Label: p.T("file.place.none")}}, a.Places...)
		return append([]Field{
			p.Field(Field{Name: "place", Kind: Select, Value: a.Place, Options: places, Label: p.T("file.place.label")}),
			p.Field(Field{Name: "village", Kind: Text, Value: a.Village,
				Label: p.T("file.village.label"), Hint: p.T("file.village.hint")}),
		}, p.meant(a.Near, a.AsTyped)...)
	case StepYou:
		return []Field{
			p.Field(Field{Name: "name", Kind: Text, Value: a.Name, Autocomplete: "name",
				Label: p.T("file.name.label"), Hint: p.T("file.name.hint")}),
			p.Field(Field{Name: "remark", Kind: Area, Rows: 3, Value: a.Remark,
				Label: p.T("file.remark.label"), Hint: p.T("file.remark.hint", "Max", strconv.Itoa(a.MaxRemark))}),
			p.public(a.Public, true), p.hide(a.Hide),
		}
	}
	return nil
}

// public asks who may see the words. Private is not offered where there is no
// login that could list the case.
func (p Page) public(value string, private bool) Field {
	if value == "" {
		value = "no"
	}
	f := Field{Name: "public", Kind: Choice, Value: value, Label: p.T("file.public.label"), Hint: p.T("file.public.hint"),
		Options: []Option{{Value: "no", Label: p.T("file.public.no.label"), Hint: p.T("file.public.no.hint")}}}
	if private {
		f.Options = append(f.Options, Option{Value: PublicPrivate, Label: p.T("file.private.label"), Hint: p.T("file.private.hint")})
	}
	f.Options = append(f.Options, Option{Value: "yes", Label: p.T("file.public.yes.label"), Hint: p.T("file.public.yes.hint")})
	return p.Field(f)
}

// hide asks whether the unit may know who it is (保密办理).
func (p Page) hide(value string) Field {
	if value == "" {
		value = "no"
	}
	return p.Field(Field{Name: "hide", Kind: Choice, Value: value, Label: p.T("file.hide.label"), Options: []Option{
		{Value: "no", Label: p.T("file.hide.no.label"), Hint: p.T("file.hide.no.hint")},
		{Value: "yes", Label: p.T("file.hide.yes.label"), Hint: p.T("file.hide.yes.hint")},
	}})
}

// File is /file: everything on one page.
type File struct {
	Page
	Filing
}

// Template names the page's file.
func (File) Template() string { return "file" }

// Title is the question.
func (m File) Title() string { return m.T("file.title") }

// Group is a heading with the fields below it.
type Group struct {
	Title  string
	Fields []Field
}

// Groups are the steps as parts of one page.
func (m File) Groups() []Group {
	return []Group{
		{"", m.fields(m.Page, StepKind)},
		{m.T("file.words.title"), m.fields(m.Page, StepWords)},
		{m.T("file.place.title"), m.fields(m.Page, StepPlace)},
		{m.T("file.you.title"), m.fields(m.Page, StepYou)},
	}
}

// FileStep is /file/step/:step: one question a page, to the same path.
type FileStep struct {
	Page
	Filing
	Step string
}

// Template names the page's file.
func (FileStep) Template() string { return "file-step" }

// Title is the step's question.
func (m FileStep) Title() string {
	switch m.Step {
	case StepWords:
		return m.T("file.words.title")
	case StepPlace:
		return m.T("file.place.title")
	case StepYou:
		return m.T("file.you.title")
	}
	return m.T("file.kind.title")
}

// Count says which step this is of how many.
func (m FileStep) Count() string {
	at := map[string]string{StepKind: "1", StepWords: "2", StepPlace: "3", StepYou: "4"}
	return m.T("file.step", "Step", at[m.Step], "Steps", "4")
}

// Fields are the questions of this step.
func (m FileStep) Fields() []Field { return m.fields(m.Page, m.Step) }
