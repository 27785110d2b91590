package views

// Tone is how a stamp is framed. The word says the same: nobody needs colour.
type Tone string

// The tones of states and clocks.
const (
	ToneNew    Tone = "new"    // received, nobody has it yet
	ToneWork   Tone = "work"   // somebody has it
	ToneDone   Tone = "done"   // answered, closed
	ToneStop   Tone = "stop"   // declined, withdrawn, frozen
	ToneYellow Tone = "yellow" // due soon
	ToneRed    Tone = "red"    // overdue
)

// Stamp is a state as a word in a frame.
type Stamp struct {
	Text string
	Tone Tone
}

// Next is what happens next, who has it, and by when.
type Next struct {
	What string
	Who  string // "" where the sentence says it
	By   string // a date in words; "" none
	Left string // how near it is, as staff say it
	Note string // such as: this date is provisional
}

// Question is what the board asks the person, and where they answer.
type Question struct {
	What   string
	Text   string // until when, or who will read the answer
	Href   string
	Button string
}

// Moment is one event of a case in plain words, the newest last.
type Moment struct {
	At   string // RFC 3339, for machines
	When string // in words
	What string
	Who  string // who did it, as far as the reader may know
	Note string // reason or progress, as written
	Open *Link  // where the file opens that was added; nil none
}

// Reply is an answer as a letter. A desk says besides what became of it.
type Reply struct {
	From     string
	Date     string
	Sections []Section
	State    Stamp  // on a desk: waiting, returned, approved; Text "" none
	Note     string // on a desk: why it was returned
}

// Section is a part of a letter: what was found, what was done, the law, whom to ask.
type Section struct{ Heading, Text string }

// Said is a line that the person added later.
type Said struct{ At, When, Text string }

// Refusal is why a case was not taken, and what the person can do.
type Refusal struct {
	Diverted bool   // sent on a statutory path, not declined
	Reason   string // of the list, or the path, in plain words
	Words    string // as the county desk wrote them
	Until    string // by when the person may object; "" no more
	Object   string // path of the objection; "" not now
	Ruling   string // what came of the objection; "" none yet
}

// Case is /case/:number for the person whose case it is, and the page behind
// /lookup, which has no private parts.
type Case struct {
	Page
	Number   string // grouped
	Heading  string
	Kind     string
	Place    string
	Filed    string
	Public   string // whether others see it, in words
	Shown    string // path of the public page; "" not public
	Hide     bool   // name and phone are kept from the unit
	State    Stamp
	Ask      *Question // what the board asks the person now; nil nothing
	Typed    *Typed    // somebody else typed it; nil: the person did
	Next     *Next
	Timeline []Moment
	Reply    *Reply
	Body     string         // the person's own words; "" behind a look-up
	Remark   string         // private; "" behind a look-up
	Added    []Said         // behind a look-up none
	Files    []AttachedFile // likewise
	Refusal  *Refusal
	Merged   bool   // handled together with another case
	Solved   *Rate  // the form that asks whether it is solved, below the answer
	Rating   string // what the person said, in words
	Rate     string // path for saying it anew; "" no more
	Pressed  string // what they said of who pressed them to withdraw, in words; "" nothing
	Actions  []Link // what else the person can do now, the likeliest first
	Looks    string // path of who looked at it
	Refresh  string // path of "see the latest"
	Looked   bool   // opened with number and PIN
}

// Template names the page's file.
func (Case) Template() string { return "case" }

// Title is what the case is about.
func (m Case) Title() string { return m.Heading }

// Card is a case in a list.
type Card struct {
	Href   string
	Number string // grouped
	Title  string
	Filed  string
	State  Stamp
	Next   string // one line: what happens by when
	Rate   bool   // waits for the person's rating
	Press  bool   // the person is asked whether somebody pressed them to withdraw
	Typed  bool   // by somebody else, for the person
}

// Cases is /cases: the person's own.
type Cases struct {
	Page
	Cards []Card
	More  string // path of the next page; "" none
}

// Template names the page's file.
func (Cases) Template() string { return "cases" }

// Title names the list.
func (m Cases) Title() string { return m.T("cases.title") }
