package views

import "html/template"

// Public is /public: what anybody may read. Its form is a GET of the same path
// with place and topic; there are no totals.
type Public struct {
	Page
	Place, Topic   string // as chosen
	Places, Topics []Option
	Cards          []PublicCard
	Sifted         bool   // a filter is set: an empty list says so
	First          string // path back to the first page; "" on it
	More           string // path of the next page; "" none
}

// PublicCard is a case in the public list.
type PublicCard struct {
	Href  string
	Title string // of the notice
	Place string // the township only
	Topic string
	Filed string // the date
	State Stamp
}

// Template names the page's file.
func (Public) Template() string { return "public" }

// Title names the list.
func (m Public) Title() string { return m.T("public.title") }

// Fields are the filter: all that is chosen here is optional.
func (m Public) Fields() []Field {
	places := append([]Option{{Label: m.T("public.place.all")}}, m.Places...)
	topics := append([]Option{{Label: m.T("public.topic.all")}}, m.Topics...)
	return []Field{
		m.Field(Field{Name: "place", Kind: Select, Value: m.Place, Options: places, Label: m.T("public.place.label")}),
		m.Field(Field{Name: "topic", Kind: Select, Value: m.Topic, Options: topics, Label: m.T("public.topic.label")}),
	}
}

// PublicCase is /public/:number: the allow-list and nothing else. There is no
// field for who, for the village, for the rating's words.
type PublicCase struct {
	Page
	Heading  string // of the notice
	Body     string // of the notice
	Place    string // the township; "" for complaints and calls for help
	Topic    string
	Unit     string
	Filed    string
	State    Stamp
	Timeline []Moment // Who is never drawn
	Reply    *Reply
	Outcome  string // what the person said, one word
}

// Template names the page's file.
func (PublicCase) Template() string { return "public-case" }

// Title is what the case is about.
func (m PublicCase) Title() string { return m.Heading }

// Units is /units: who is in charge of what.
type Units struct {
	Page
	Units []Unit
	Long  bool   // one can look for what a unit is in charge of
	Query string // those words
	First string // path back to the first page; "" on it
	More  string // path of the next page; "" none
}

// Search asks what somebody wants, in their own words.
func (m Units) Search() *Field {
	if !m.Long && m.Query == "" {
		return nil
	}
	f := m.Field(Field{Name: "q", Kind: Text, Value: m.Query, Label: m.T("units.find.label"), Hint: m.T("units.find.hint")})
	return &f
}

// Grouped tells whether the units stand under headings.
func (m Units) Grouped() bool { return len(m.Units) > 0 && m.Units[0].Group != "" }

// Unit is one office.
type Unit struct {
	Group string // heading before it; "" none
	Name  string
	Does  string // in a sentence or two; "" not said
	Phone string // as people write it; "" none
}

// Call is the phone as a tel: address.
func (u Unit) Call() template.URL { return call(u.Phone) }

// Template names the page's file.
func (Units) Template() string { return "units" }

// Title names the page.
func (m Units) Title() string { return m.T("units.title") }
