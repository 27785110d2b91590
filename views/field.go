package views

import "slices"

// Kind says how a field is drawn.
type Kind string

// The kinds of fields. There is no number field: a wheel or an arrow key would
// change what was typed.
const (
	Text     Kind = "text"
	Tel      Kind = "tel"
	Code     Kind = "code" // digits read off a text or a slip, widely spaced
	Area     Kind = "area"
	Choice   Kind = "choice" // radio buttons, all to be seen
	Select   Kind = "select"
	Password Kind = "password"
	Upload   Kind = "upload" // a file; its form must say so, see Action.Type
	Tick     Kind = "tick"   // one box: posts yes, or nothing
	Ticks    Kind = "ticks"  // several boxes: each posts yes under the field's name, a dash and its value
)

// Field is one question of a form; part/field.html draws them all: label, hint,
// error and input, wired to each other.
type Field struct {
	ID           string // unique on the page; the name when empty
	Name         string
	Kind         Kind
	Label        string
	Hint         string
	Value        string
	Autocomplete string // a token of HTML's list, such as tel
	InputMode    string // which keys a phone shows; a code has numeric, a tel has tel
	Rows         int    // of an area
	Short        bool   // a choice of a few short words: side by side where they fit
	Focus        bool   // the page begins here, unless something on it is wrong; of a choice, at the chosen answer
	Options      []Option
	Fold         string // of a deed's field that is seldom wanted: the words behind which it is folded away

	// Unset is the answer of whoever has not chosen, hidden where radio buttons may
	// all be empty. lynx ticks the first that it finds: without it, the first answer
	// would be everybody's who did not look.
	Unset string

	// Error and Mark ("Error: ") are set from the page's Errors when the model
	// draws the field.
	Error, Mark string
}

// Option is one answer of a choice or a select.
type Option struct {
	Value, Label, Hint string
	Lang               string // when the label is in a language of its own
	Checked            bool   // set from the field's Value; of Ticks by whoever makes the field
}

// Field readies a field of the page: its id, its error, its chosen option.
func (p Page) Field(f Field) Field {
	if f.ID == "" {
		f.ID = f.Name
	}
	for _, e := range p.Errors {
		if e.Field == f.ID && f.Error == "" {
			f.Error, f.Mark = e.Text, p.T("top.error")
		}
	}
	f.Focus = f.Focus && len(p.Errors) == 0 // else the summary has it
	f = f.checked()
	if f.Kind == Choice && !slices.ContainsFunc(f.Options, func(o Option) bool { return o.Checked }) {
		f.Unset = p.T("field.unset")
	}
	return f
}

func (f Field) checked() Field {
	if f.Kind == Ticks {
		return f // several may be ticked: the field's one Value cannot say which
	}
	options := make([]Option, len(f.Options))
	for i, o := range f.Options {
		o.Checked = o.Value == f.Value
		options[i] = o
	}
	f.Options = options
	return f
}

// Input is the type of the <input>. Codes are text: a password box would hide
// from the person what they typed.
func (f Field) Input() string {
	switch f.Kind {
	case Tel, Password:
		return string(f.Kind)
	case Upload:
		return "file"
	}
	return "text"
}

// Keys is the inputmode.
func (f Field) Keys() string {
	switch {
	case f.InputMode != "":
		return f.InputMode
	case f.Kind == Code:
		return "numeric"
	case f.Kind == Tel:
		return "tel"
	}
	return ""
}

// Described lists the ids of what explains the field.
func (f Field) Described() string {
	hint, wrong := "f-"+f.ID+"-h", "f-"+f.ID+"-e"
	switch {
	case f.Hint != "" && f.Error != "":
		return hint + " " + wrong
	case f.Hint != "":
		return hint
	case f.Error != "":
		return wrong
	}
	return ""
}

// Wanted tells whether a folded field has an answer, or an error to mend.
func (f Field) Wanted() bool {
	return f.Error != "" || slices.ContainsFunc(f.Options, func(o Option) bool { return o.Checked })
}

// Kept tells whether what was typed is given back: not a password, and a browser
// takes no file from a page.
func (f Field) Kept() bool { return f.Kind != Password && f.Kind != Upload }
