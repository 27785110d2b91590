package board

import "time"

// Rules are the county's numbers. Each is a setting; DefaultRules gives what
// product.md §3 calls "board".
type Rules struct {
	ScreenHours int          `json:"screenHours"` // from filing to assignment (GB/T 33358: 24 h)
	SignDays    int          `json:"signDays"`    // working days to sign for (12345 practice)
	FinishDays  map[Kind]int `json:"finishDays"`  // working days to answer, from the first assignment
	ReviewDays  int          `json:"reviewDays"`  // working days until a written reply is approved or returned
	RateDays    int          `json:"rateDays"`    // calendar days in which the resident is asked to rate
	BackDays    int          `json:"backDays"`    // working days in which a unit may hand a case back (信访工作条例 23)
	RuleDays    int          `json:"ruleDays"`    // working days in which the county desk rules on an ask
	ExtendDays  int          `json:"extendDays"`  // most working days of an extension
	ObjectDays  int          `json:"objectDays"`  // working days in which a decline may be objected to
	MaxTitle    int          `json:"maxTitle"`    // characters
	MaxBody     int          `json:"maxBody"`
	MaxRemark   int          `json:"maxRemark"`
	MaxReply    int          `json:"maxReply"` // characters a field of a reply
}

// DefaultRules are the preset "board": 问政四川 answers questions and
// suggestions in 5 working days, complaints and calls for help in 15.
func DefaultRules() Rules {
	return Rules{
		ScreenHours: 24, SignDays: 1,
		FinishDays: map[Kind]int{Ask: 5, Suggest: 5, Thank: 5, Complain: 15, Help: 15},
		ReviewDays: 1, RateDays: 30, BackDays: 2, RuleDays: 1, ExtendDays: 10, ObjectDays: 15,
		MaxTitle: 30, MaxBody: 2000, MaxRemark: 200, MaxReply: 2000,
	}
}

// Settings is the fold of the county's own stream.
type Settings struct {
	Name      Texts   `json:"name,omitempty"`
	Hotline   string  `json:"hotline,omitempty"`
	Townships []Texts `json:"townships,omitempty"`
	Changed   Changes `json:"changed"`
}

// Changes counts the events of a stream and remembers the last one's time.
type Changes struct {
	Count uint32    `json:"count"`
	Last  time.Time `json:"last"`
}

func (c *Changes) note(e Event) { c.Count, c.Last = e.Seq, e.Time }

// CountyStream is the one stream of the county itself.
var CountyStream = Stream{Sort: County}

func (s *Settings) Stream() Stream { return CountyStream }
func (s *Settings) Keeper() ID     { return ID{} }

// Rules are the numbers in force.
func (s *Settings) Rules() Rules { return DefaultRules() }

// Township finds a township by what people call it in any language.
func (s *Settings) Township(name string) (Texts, bool) {
	for _, t := range s.Townships {
		for _, text := range t {
			if text == name {
				return t, true
			}
		}
	}
	return nil, false
}

// CountyNamed says what the county is called, whom to call, and what its
// townships and streets are. It replaces what was said before.
type CountyNamed struct {
	Name      Texts   `json:"name"`
	Hotline   string  `json:"hotline"`
	Townships []Texts `json:"townships"`
}

func (CountyNamed) Kind() EventKind { return "county-named" }

func init() { enter[CountyNamed]() }

// NameCounty checks what the county is called and makes the event of it.
func (s *Settings) NameCounty(by Actor, n CountyNamed, now time.Time) (Event, error) {
	if n.Name["zh-Hans"] == "" {
		return Event{}, invalid("name", "county.name")
	}
	return happened(CountyStream, by, System, ID{}, n, now), nil
}

func (s *Settings) Apply(e Event) {
	s.Changed.note(e)
	if f, ok := e.Fact.(CountyNamed); ok {
		s.Name, s.Hotline, s.Townships = f.Name, f.Hotline, f.Townships
	}
}
