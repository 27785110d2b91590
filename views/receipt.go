package views

// Receipt is /receipt/:number, shown once after filing and made to be printed.
type Receipt struct {
	Page
	Number   string // grouped for reading aloud
	PIN      string // six digits, grouped; "" when it was shown before
	Filed    string // when it came in
	ScreenBy string // by when the county has looked at it
	Phone    string // masked: where texts go
	Case     string // path of the case
}

// Template names the page's file.
func (Receipt) Template() string { return "receipt" }

// Title says that it arrived.
func (m Receipt) Title() string { return m.T("receipt.title") }
