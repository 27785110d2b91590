package board

import (
	"cmp"
	"errors"
	"slices"
	"time"
)

// Rules are the county's numbers. Each is a setting; DefaultRules gives what
// product.md §3 calls "board". A number that older programs did not know is not
// kept while it is 0: a snapshot of theirs must stay what its events fold to.
type Rules struct {
	ScreenHours int          `json:"screenHours"`         // from filing to assignment (GB/T 33358: 24 h)
	SignDays    int          `json:"signDays"`            // working days to sign for (12345 practice)
	FinishDays  map[Kind]int `json:"finishDays"`          // working days to answer, from the first assignment
	ReviewDays  int          `json:"reviewDays"`          // working days until a written reply is approved or returned
	AskFirst    int          `json:"askFirst,omitempty"`  // calendar days from the reply until the resident is asked "解决了吗？" (FixMyStreet, Signalen)
	AskLast     int          `json:"askLast,omitempty"`   // and until they are asked once more, when they said nothing
	RateDays    int          `json:"rateDays"`            // calendar days to answer each time
	BackDays    int          `json:"backDays"`            // working days in which a unit may hand a case back (信访工作条例 23)
	RuleDays    int          `json:"ruleDays"`            // working days in which the county desk rules on an ask
	ExtendDays  int          `json:"extendDays"`          // most working days of an extension
	ObjectDays  int          `json:"objectDays"`          // working days in which a decline may be objected to
	ConfirmDays int          `json:"confirmDays"`         // working days in which a person confirms what was filed without proof
	AskDays     int          `json:"askDays"`             // working days in which the county desk asks a person who says "not me"
	FollowDays  int          `json:"followDays"`          // calendar days after the end in which a helper may still read a case
	CheckShare  int          `json:"checkShare"`          // of 100 assisted filings, how many an operator calls about
	RateShare   int          `json:"rateShare"`           // of 100 people without an own channel, how many are asked whether it is solved
	HelperDay   int          `json:"helperDay"`           // most filings of one helper a day
	SkipHead    bool         `json:"skipHead,omitempty"`  // an extension needs no word of the unit's head
	HeadReply   bool         `json:"headReply,omitempty"` // a reply needs one before it goes to review
	DayTexts    int          `json:"dayTexts,omitempty"`  // codes and replies to texts that may leave on any day; busy weeks allow more
	KeepYears   int          `json:"keepYears"`           // years from the end of a case until it is anonymised (PIPL 19: no longer than needed)
	MaxTitle    int          `json:"maxTitle"`            // characters
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
		ReviewDays: 1, AskFirst: 3, AskLast: 28, RateDays: 30, BackDays: 2, RuleDays: 1, ExtendDays: 10, ObjectDays: 15,
		ConfirmDays: 10, AskDays: 2, FollowDays: 30, CheckShare: 5, RateShare: 20, HelperDay: 30,
		DayTexts:  200,
		KeepYears: 5,
		MaxTitle:  30, MaxBody: 2000, MaxRemark: 200, MaxReply: 2000,
	}
}

// Preset gives the rules that go by a name; ok is false for a name nobody
// knows. 12345 answers everything in 5 working days. Beijing (接诉即办) passes on
// in 2 hours, answers what needs only a word in 24, what must be done in 7 days,
// and the rest in 15. 信访工作条例 23–35 gives a petition 15 days to be routed, the
// office 5 working days to say that it is not theirs, 60 days for the answer and
// 30 more, and the person 30 to ask for a review. All are kept as working days:
// the county's as many as surely lie within them, the person's no fewer.
func Preset(name string) (r Rules, ok bool) {
	r = DefaultRules()
	switch name {
	case "board":
	case "12345":
		r.FinishDays = map[Kind]int{Ask: 5, Suggest: 5, Thank: 5, Complain: 5, Help: 5}
	case "beijing":
		r.FinishDays = map[Kind]int{Ask: 1, Complain: 5, Help: 5, Suggest: 11, Thank: 11}
		r.ScreenHours = 2
	case "petition":
		r.FinishDays = map[Kind]int{Ask: 42, Suggest: 42, Thank: 42, Complain: 42, Help: 42}
		r.ScreenHours, r.BackDays, r.ObjectDays, r.ExtendDays = 15*24, 5, 22, 21
	default:
		return Rules{}, false
	}
	return r, true
}

// Presets lists the names that Preset knows.
var Presets = []string{"board", "12345", "beijing", "petition"}

// Limits of the numbers that a county may set: enough for every text of law
// that we know, and little enough that a slip of the finger is noticed.
const (
	mostDays  = 90
	mostHours = 24 * 30
	mostYears = 50
	mostChars = 5000
)

// Check joins a fault for each number that makes no sense; the fields are the
// JSON names, "finishDays.<kind>" for the days of a kind.
func (r Rules) Check() error {
	var faults []error
	num := func(field string, n, least, most int) {
		if n < least || n > most {
			faults = append(faults, invalid(field, "rules.number", "Min", least, "Max", most))
		}
	}
	num("screenHours", r.ScreenHours, 1, mostHours)
	num("signDays", r.SignDays, 1, mostDays)
	for _, k := range Kinds {
		num("finishDays."+string(k), r.FinishDays[k], 1, mostDays)
	}
	num("reviewDays", r.ReviewDays, 1, mostDays)
	num("askFirst", r.AskFirst, 1, mostDays-1)
	num("askLast", r.AskLast, min(r.AskFirst+1, mostDays), mostDays)
	num("rateDays", r.RateDays, 1, mostDays)
	num("backDays", r.BackDays, 1, mostDays)
	num("ruleDays", r.RuleDays, 1, mostDays)
	num("extendDays", r.ExtendDays, 1, mostDays)
	num("objectDays", r.ObjectDays, 1, mostDays)
	num("confirmDays", r.ConfirmDays, 1, mostDays)
	num("askDays", r.AskDays, 1, mostDays)
	num("followDays", r.FollowDays, 1, mostDays)
	num("checkShare", r.CheckShare, 0, 100)
	num("rateShare", r.RateShare, 0, 100)
	num("helperDay", r.HelperDay, 1, 500)
	num("dayTexts", r.DayTexts, 20, 100_000)
	num("keepYears", r.KeepYears, 1, mostYears)
	num("maxTitle", r.MaxTitle, 10, 100)
	num("maxBody", r.MaxBody, 100, mostChars)
	num("maxRemark", r.MaxRemark, 20, mostChars)
	num("maxReply", r.MaxReply, 100, mostChars)
	return errors.Join(faults...)
}

// Place is a township or a village, with its code in the national list when it
// was read from there.
type Place struct {
	Code string `json:"code,omitempty"`
	Name Texts  `json:"name"`
	Key  string `json:"key,omitempty"` // what it was called before it was renamed: cases keep it under that
}

// Kept is the one name under which cases keep a place, whatever it is called now.
func (p Place) Kept() string { return cmp.Or(p.Key, p.Name["zh-Hans"]) }

// Renamed is the place with other names and another code; what is kept under it
// stays there.
func (p Place) Renamed(now Place) Place {
	if now.Key = p.Kept(); now.Key == now.Name["zh-Hans"] {
		now.Key = ""
	}
	return now
}

// Topic is what a case is about. Name is nil for the topics that every county
// begins with: their words are under "topic.<id>".
type Topic struct {
	ID     string `json:"id"`
	Parent string `json:"parent,omitempty"`
	Name   Texts  `json:"name,omitempty"`
	Into   string `json:"into,omitempty"` // the topic that took over; nobody can choose this one any more
}

// DefaultTopics are those of 人民网's 领导留言板.
func DefaultTopics() []Topic {
	var topics []Topic
	for _, id := range []string{"building", "traffic", "farming", "environment", "schooling", "health", "safety",
		"tourism", "work", "culture", "finance", "business", "government", "else"} {
		topics = append(topics, Topic{ID: id})
	}
	return topics
}

// Settings is the fold of the county's own stream.
type Settings struct {
	Name      Texts          `json:"name,omitempty"`
	Hotline   string         `json:"hotline,omitempty"`
	Townships []Place        `json:"townships,omitempty"`
	TopicList []Topic        `json:"topics,omitempty"`
	RuleSet   *Rules         `json:"rules,omitempty"`
	Years     map[int]string `json:"years,omitempty"`  // calendars loaded by the county, as they came
	OnDuty    []string       `json:"onDuty,omitempty"` // days off on which the county desk works, "2026-10-01"
	Changed   Changes        `json:"changed"`
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
func (s *Settings) Rules() Rules {
	if s.RuleSet == nil {
		return DefaultRules()
	}
	r := *s.RuleSet
	if r.ConfirmDays == 0 { // kept before there was assisted mode
		d := DefaultRules()
		r.ConfirmDays, r.AskDays, r.FollowDays = d.ConfirmDays, d.AskDays, d.FollowDays
		r.CheckShare, r.RateShare, r.HelperDay = d.CheckShare, d.RateShare, d.HelperDay
	}
	if r.AskFirst == 0 { // kept before anybody was asked
		r.AskFirst, r.AskLast = DefaultRules().AskFirst, DefaultRules().AskLast
	}
	if r.KeepYears == 0 { // kept before there was an end to it
		r.KeepYears = DefaultRules().KeepYears
	}
	if r.DayTexts == 0 { // kept before texts had a budget of their own
		r.DayTexts = DefaultRules().DayTexts
	}
	return r
}

// Topics are the topics in force.
func (s *Settings) Topics() []Topic {
	return slices.DeleteFunc(slices.Clone(s.EveryTopic()), func(t Topic) bool { return t.Into != "" })
}

// EveryTopic lists the topics in force and, behind them, those that were merged
// into one.
func (s *Settings) EveryTopic() []Topic {
	if s.TopicList == nil {
		return DefaultTopics()
	}
	return s.TopicList
}

// Topic finds a topic by its ID, or that into which it was merged.
func (s *Settings) Topic(id string) (Topic, bool) {
	topics := s.EveryTopic()
	for range topics { // none was merged more often
		i := slices.IndexFunc(topics, func(t Topic) bool { return t.ID == id })
		if i < 0 {
			return Topic{}, false
		}
		if topics[i].Into == "" {
			return topics[i], true
		}
		id = topics[i].Into
	}
	return Topic{}, false
}

// Within lists the IDs under which cases of a topic are kept: its own, those of the
// topics that belong to it, and those that were merged into any of these.
func (s *Settings) Within(topic string) (ids []string) {
	for _, t := range s.EveryTopic() {
		if at, known := s.Topic(t.ID); known && topic != "" && (at.ID == topic || at.Parent == topic) {
			ids = append(ids, t.ID)
		}
	}
	return ids
}

// PlaceName is the one name under which a township is kept, whatever language
// it was chosen in.
func (s *Settings) PlaceName(name string) string {
	if p, known := s.Township(name); known {
		return p.Kept()
	}
	return name
}

// Township finds a township by what people call it in any language, or called it
// before it was renamed.
func (s *Settings) Township(name string) (Place, bool) {
	for _, p := range s.Townships {
		if p.Key == name && name != "" {
			return p, true
		}
		for _, text := range p.Name {
			if text == name {
				return p, true
			}
		}
	}
	return Place{}, false
}

// Duty tells whether somebody is at the county desk on a day that is no
// working day.
func (s *Settings) Duty(day time.Time) bool {
	return slices.Contains(s.OnDuty, day.In(Zone).Format(time.DateOnly))
}
