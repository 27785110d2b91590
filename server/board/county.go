package board

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// The facts of the county's own stream. Each replaces what was said before.
type (
	// CountyNamed says what the county is called, whom to call, and what its
	// townships and streets are.
	CountyNamed struct {
		Name      Texts   `json:"name"`
		Hotline   string  `json:"hotline"`
		Townships []Place `json:"townships"`
	}
	PlacesListed struct {
		Townships []Place `json:"townships"`
	}
	TopicsListed struct {
		Topics []Topic `json:"topics"`
	}
	RulesSet      struct{ Rules }
	YearAnnounced struct {
		Year int    `json:"year"`
		Data string `json:"data"` // in the layout of holiday-cn
	}
	DutySet struct {
		Days []string `json:"days"`
	}
)

func (CountyNamed) Kind() EventKind   { return "county-named" }
func (PlacesListed) Kind() EventKind  { return "places-listed" }
func (TopicsListed) Kind() EventKind  { return "topics-listed" }
func (RulesSet) Kind() EventKind      { return "rules-set" }
func (YearAnnounced) Kind() EventKind { return "year-announced" }
func (DutySet) Kind() EventKind       { return "duty-set" }

func init() {
	enter[CountyNamed]()
	enter[PlacesListed]()
	enter[TopicsListed]()
	enter[RulesSet]()
	enter[YearAnnounced]()
	enter[DutySet]()
}

// MostPlaces is how many townships a page can offer: the largest county has
// fewer.
const MostPlaces = 60

func (s *Settings) set(by Actor, fact Fact, now time.Time) Event {
	return happened(CountyStream, by, by.Roles.Meet(Roles{Admin, System}), ID{}, fact, now)
}

// mayRule refuses whoever neither administers the county nor is the box.
func mayRule(by Actor) error {
	if by.Roles.Meet(Roles{Admin, System}) == "" {
		return Fault{Kind: Denied, ID: "deed.role"}
	}
	return nil
}

// NameCounty says what the county is called.
func (s *Settings) NameCounty(by Actor, n CountyNamed, now time.Time) (Event, error) {
	if err := mayRule(by); err != nil {
		return Event{}, err
	}
	if strings.TrimSpace(n.Name["zh-Hans"]) == "" {
		return Event{}, invalid("name", "county.name")
	}
	if n.Townships == nil {
		n.Townships = s.Townships
	}
	if err := checkPlaces(n.Townships); err != nil {
		return Event{}, err
	}
	return s.set(by, n, now), nil
}

// ListPlaces says what the county's townships and streets are.
func (s *Settings) ListPlaces(by Actor, places []Place, now time.Time) (Event, error) {
	if err := mayRule(by); err != nil {
		return Event{}, err
	}
	if err := checkPlaces(places); err != nil {
		return Event{}, err
	}
	return s.set(by, PlacesListed{places}, now), nil
}

func checkPlaces(places []Place) error {
	if len(places) > MostPlaces {
		return invalid("places", "places.many", "Max", MostPlaces)
	}
	seen := map[string]bool{}
	for _, p := range places {
		name := p.Name["zh-Hans"]
		if blank(name) || strings.ContainsFunc(name, unicode.IsControl) || utf8.RuneCountInString(name) > MaxName || seen[name] || seen[p.Kept()] {
			return invalid("places", "places.name", "Name", name)
		}
		seen[name], seen[p.Kept()] = true, true
	}
	return nil
}

// ListTopics says what cases may be about.
func (s *Settings) ListTopics(by Actor, topics []Topic, now time.Time) (Event, error) {
	if err := mayRule(by); err != nil {
		return Event{}, err
	}
	seen := map[string]bool{}
	for _, t := range topics {
		if t.ID == "" || strings.ContainsAny(t.ID, " /.") || seen[t.ID] || t.Into == "" && t.Parent != "" && !seen[t.Parent] || t.Into != "" && !seen[t.Into] {
			return Event{}, invalid("topics", "topics.name", "Name", t.ID)
		}
		seen[t.ID] = true
	}
	if len(topics) == 0 {
		return Event{}, invalid("topics", "topics.none")
	}
	return s.set(by, TopicsListed{topics}, now), nil
}

// MergeTopic takes a topic off the list: its cases, and those of all that were
// merged into it, belong to another from now on.
func (s *Settings) MergeTopic(by Actor, topic, into string, now time.Time) (Event, error) {
	at, known := s.Topic(into)
	if !known || at.ID == topic {
		return Event{}, invalid("into", "topics.into")
	}
	var topics, gone []Topic
	for _, t := range s.EveryTopic() {
		switch {
		case t.ID == topic || t.Into == topic:
			t.Into, t.Parent = at.ID, ""
			gone = append(gone, t)
		case t.Into != "":
			gone = append(gone, t)
		default:
			topics = append(topics, t)
		}
	}
	return s.ListTopics(by, append(topics, gone...), now)
}

// SetRules changes the county's numbers. Dates that were promised stand.
func (s *Settings) SetRules(by Actor, r Rules, now time.Time) (Event, error) {
	if err := mayRule(by); err != nil {
		return Event{}, err
	}
	if err := r.Check(); err != nil {
		return Event{}, err
	}
	return s.set(by, RulesSet{r}, now), nil
}

// AnnounceYear loads a year of the statutory calendar, which the caller has
// read and found good.
func (s *Settings) AnnounceYear(by Actor, year int, data string, now time.Time) (Event, error) {
	if err := mayRule(by); err != nil {
		return Event{}, err
	}
	if s.Years[year] == data {
		return Event{}, Fault{Kind: Conflict, ID: "calendar.known"}
	}
	return s.set(by, YearAnnounced{year, data}, now), nil
}

// SetDuty says on which days off somebody is at the county desk.
func (s *Settings) SetDuty(by Actor, days []string, now time.Time) (Event, error) {
	if err := mayRule(by); err != nil {
		return Event{}, err
	}
	for _, d := range days {
		if _, err := time.ParseInLocation(time.DateOnly, d, Zone); err != nil {
			return Event{}, invalid("days", "duty.day", "Day", d)
		}
	}
	return s.set(by, DutySet{days}, now), nil
}

func (s *Settings) Apply(e Event) {
	s.Changed.note(e)
	switch f := e.Hollow().Fact.(type) {
	case CountyNamed:
		s.Name, s.Hotline, s.Townships = f.Name, f.Hotline, f.Townships
	case PlacesListed:
		s.Townships = f.Townships
	case TopicsListed:
		s.TopicList = f.Topics
	case RulesSet:
		s.RuleSet = &f.Rules
	case YearAnnounced:
		if s.Years == nil {
			s.Years = map[int]string{}
		}
		s.Years[f.Year] = f.Data
	case DutySet:
		s.OnDuty = f.Days
	}
}
