package views

// Message is the page that only says something: a fault with its request number,
// logged out, no cookies, too many tries. All its words are chosen already.
type Message struct {
	Page
	Heading    string
	Paragraphs []string
	Body       string // the person's own words, given back so that they are not lost
	Links      []Link // what can be done now, the best first
	Again      *Again // a form that sends the same once more
}

// Again is a form of hidden values and one button.
type Again struct {
	Post   string // path
	Hidden []Hidden
	Button string
}

// Template names the page's file.
func (Message) Template() string { return "message" }

// Title is the heading.
func (m Message) Title() string { return m.Heading }
