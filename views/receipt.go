package views

// Receipt is /receipt/:number, shown once after filing and made to be printed; an
// operator prints it for the person, from a page of the desk.
type Receipt struct {
	Page
	Number   string // grouped for reading aloud
	PIN      string // six digits, grouped; "" when it was shown before
	Address  string // of the site, for whoever has only the paper
	Private  bool   // number and PIN alone lead back to it
	Filed    string // when it came in
	ScreenBy string // by when the county has looked at it
	Phone    string // masked: where texts go; "" no text goes
	Told     string // how the person is told instead of by text, in words
	Case     string // path of the case
	Undo     []Link // change the words, withdraw
	UndoBy   string // until when the words can be changed
	Slip     string // serial of the sealed slip that an operator gave out, grouped; "" none
	Seal     string // a line for the foot of a desk's paper; "" for a resident
	Another  string // path of a desk's next filing; "" for a resident
	Attach   string // path of adding a photo; "" not now
}

// Template names the page's file.
func (Receipt) Template() string { return "receipt" }

// Title says that it arrived.
func (m Receipt) Title() string { return m.T("receipt.title") }
