package board

import (
	"errors"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Kind is what a resident wants from the county.
type Kind string

const (
	Ask      Kind = "ask"      // 咨询
	Suggest  Kind = "suggest"  // 建言
	Complain Kind = "complain" // 投诉
	Help     Kind = "help"     // 求助
	Thank    Kind = "thank"    // 感谢
)

// Kinds lists the kinds in the order in which a form offers them: what most
// people come for stands first.
var Kinds = []Kind{Help, Complain, Ask, Suggest, Thank}

// Draft is a filing as far as it has been typed. Only the kind and the body must
// be there: who does not say where, or their name, is heard all the same. It is
// the same object whether it is filled on one page or one question at a time.
// Every field is what the person typed; nothing is lost by checking it.
type Draft struct {
	Kind      Kind      `json:"kind,omitempty"`
	Title     string    `json:"title,omitempty"`
	Body      string    `json:"body,omitempty"`
	Remark    string    `json:"remark,omitempty"` // for the unit's eyes only
	Township  string    `json:"township,omitempty"`
	Village   string    `json:"village,omitempty"`
	Name      string    `json:"name,omitempty"`
	Public    string    `json:"public,omitempty"`    // "yes", "no", "" not yet answered
	Hide      bool      `json:"hide,omitempty"`      // 保密办理: keep name and phone from the unit
	Private   bool      `json:"private,omitempty"`   // never listed after login, and named in no text
	About     ID        `json:"about,omitzero"`      // the unit that is complained about
	AboutDesk bool      `json:"aboutDesk,omitempty"` // the county desk is
	Slip      Serial    `json:"slip,omitempty"`      // a sealed slip that was given out with it
	Received  time.Time `json:"received,omitzero"`   // the day on which a paper form came in
	Again     bool      `json:"again,omitempty"`     // yes, send it although the same words were sent a moment ago
}

// Step is one question page of a filing.
type Step string

const (
	StepKind  Step = "kind"
	StepWords Step = "words"
	StepPlace Step = "place"
	StepYou   Step = "you"
)

// Steps lists the steps in their order.
var Steps = []Step{StepKind, StepWords, StepPlace, StepYou}

// MaxName is the most characters of a name or a village: the longest names of
// people and of villages in use are shorter.
const MaxName = 40

// Check joins a fault for each answer of the steps that cannot be taken, all
// steps when none is named. Faults' fields are the JSON names of Draft.
func (d Draft) Check(s *Settings, steps ...Step) error {
	if len(steps) == 0 {
		steps = Steps
	}
	var faults []error
	for _, step := range steps {
		switch step {
		case StepKind:
			faults = append(faults, d.checkKind())
		case StepWords:
			faults = append(faults, d.checkWords(s.Rules())...)
		case StepPlace:
			faults = append(faults, d.checkPlace(s)...)
		case StepYou:
			faults = append(faults, d.checkYou()...)
		}
	}
	return errors.Join(faults...)
}

func (d Draft) checkKind() error {
	for _, k := range Kinds {
		if d.Kind == k {
			return nil
		}
	}
	return invalid("kind", "filing.kind")
}

func (d Draft) checkWords(r Rules) []error {
	var faults []error
	if blank(d.Body) {
		faults = append(faults, invalid("body", "filing.body.empty"))
	}
	return append(faults,
		tooLong("body", d.Body, r.MaxBody), tooLong("title", d.Title, r.MaxTitle), tooLong("remark", d.Remark, r.MaxRemark))
}

func (d Draft) checkPlace(s *Settings) []error {
	var faults []error
	if _, known := s.Township(d.Township); !known && d.Township != "" {
		faults = append(faults, invalid("township", "filing.township"))
	}
	return append(faults, tooLong("village", d.Village, MaxName))
}

func (d Draft) checkYou() []error {
	var faults []error
	if d.Public != "yes" && d.Public != "no" && d.Public != "" {
		faults = append(faults, invalid("public", "filing.public"))
	}
	return append(faults, tooLong("name", d.Name, MaxName))
}

// tooLong refuses more than max characters and says by how many.
func tooLong(field, text string, max int) error {
	if n := utf8.RuneCountInString(text); n > max {
		return invalid(field, "long", "Max", max, "Over", n-max)
	}
	return nil
}

// blank tells whether a text has nothing to read in it.
func blank(text string) bool {
	return strings.TrimFunc(text, func(r rune) bool { return !unicode.IsGraphic(r) || unicode.IsSpace(r) }) == ""
}

// Heading is the title, or when none was given the beginning of the body, up
// to the first end of a sentence.
func (d Draft) Heading(max int) string {
	if t := strings.TrimSpace(d.Title); t != "" {
		return t
	}
	line := strings.Join(strings.Fields(d.Body), " ")
	if i := strings.IndexAny(line, "。！？!?；\n"); i > 0 {
		line = line[:i]
	}
	if utf8.RuneCountInString(line) <= max {
		return line
	}
	return string([]rune(line)[:max-1]) + "…"
}

// Filed is a case's first event.
type Filed struct {
	Number   Number `json:"number"`
	Matter   Kind   `json:"kind"`
	Title    string `json:"title"`
	Body     string `json:"body"`
	Remark   string `json:"remark,omitempty"`
	Township string `json:"township,omitempty"`
	Village  string `json:"village,omitempty"`
	Name     string `json:"name,omitempty"`
	Public   bool   `json:"public,omitempty"` // the person said it may be shown
	Hide     bool   `json:"hide,omitempty"`
	Private  bool   `json:"private,omitempty"`
	Source   string `json:"source,omitempty"` // "<system>:<number there>" of an imported case
	ScreenBy Date   `json:"screenBy"`
	// What stands in it when somebody else typed it.
	Grant     *Grant    `json:"grant,omitempty"`
	Slip      Serial    `json:"slip,omitempty"`
	About     ID        `json:"about,omitzero"`
	AboutDesk bool      `json:"aboutDesk,omitempty"`
	ConfirmBy Date      `json:"confirmBy,omitzero"`
	DecideBy  Date      `json:"decideBy,omitzero"`
	Received  time.Time `json:"received,omitzero"` // the day on which a paper form came in
	// What an imported case brings along from where it was filed first.
	FiledThere time.Time `json:"filedThere,omitzero"`
	There      There     `json:"there,omitzero"`
	Topic      string    `json:"topic,omitempty"`
	UnitThere  string    `json:"unitThere,omitempty"` // of cases imported before There was kept
}

// There is how a case stood in the system that it was imported from, in the
// words of that system.
type There struct {
	Unit  string    `json:"unit,omitempty"`
	Place string    `json:"place,omitempty"`
	Due   time.Time `json:"due,omitzero"`  // what its resident was promised
	Done  time.Time `json:"done,omitzero"` // when it was done: then no promise is open
	Shown bool      `json:"shown,omitempty"`
	Ended bool      `json:"ended,omitempty"` // it was finished there, and waits for nobody here
	Reply string    `json:"reply,omitempty"` // what was answered there
}

func (Filed) Kind() EventKind { return "filed" }

func init() { enter[Filed]() }

// File makes the first event of a case of person. The draft must have passed
// Check; screenBy is the date by which the county desk assigns it. Who complains
// about an office is hidden from every office.
func File(id ID, by Actor, person ID, n Number, d Draft, screenBy Date, r Rules, now time.Time) Event {
	return happened(Stream{Cases, id}, by, Resident, person, d.filed(n, screenBy, r), now)
}

func (d Draft) filed(n Number, screenBy Date, r Rules) Filed {
	return Filed{
		Number: n, Matter: d.Kind, Title: d.Heading(r.MaxTitle), Body: strings.TrimSpace(d.Body),
		Remark: strings.TrimSpace(d.Remark), Township: d.Township, Village: strings.TrimSpace(d.Village),
		Name: strings.TrimSpace(d.Name), Public: d.Public == "yes" && !d.Private,
		Hide: d.Hide || !d.About.IsZero() || d.AboutDesk, Private: d.Private, ScreenBy: screenBy,
		Slip: d.Slip, About: d.About, AboutDesk: d.AboutDesk, Received: d.Received,
	}
}

// Pendency are the dates of a filing whose consent was not shown: until when the
// person may confirm it, and by when the county desk then decides.
type Pendency struct{ ConfirmBy, DecideBy Date }

// FileFor makes the first event of a case that an operator or a helper typed
// for its person, under the grant g. p is dropped when the consent was shown.
func FileFor(id ID, by Actor, person ID, n Number, d Draft, g Grant, screenBy Date, p Pendency, r Rules, now time.Time) (Event, error) {
	role := Roles{Helper, Operator}.Meet(by.Roles)
	if by.Channel != Assisted {
		role = Roles{Operator}.Meet(by.Roles)
	}
	if role == "" {
		return Event{}, Fault{Kind: Denied, ID: "deed.role"}
	}
	if !d.About.IsZero() && d.About == by.Unit {
		return Event{}, Fault{Kind: Denied, ID: "assist.own-unit"}
	}
	by.Grant = g.ID
	f := d.filed(n, screenBy, r)
	f.Grant = &g
	if g.Means == Unshown {
		f.Public, f.ConfirmBy, f.DecideBy = false, p.ConfirmBy, p.DecideBy
	}
	return happened(Stream{Cases, id}, by, role, person, f, now), nil
}

// BringIn makes the first event of a case that was filed in another system.
// It is never public, and its screening date is reckoned from now.
func BringIn(id ID, by Actor, person ID, f Filed, now time.Time) (Event, error) {
	if err := (Draft{Kind: f.Matter}).checkKind(); err != nil {
		return Event{}, err
	}
	if blank(f.Body) {
		return Event{}, invalid("body", "filing.body.empty")
	}
	f.Public = false
	return happened(Stream{Cases, id}, by, System, person, f, now), nil
}
