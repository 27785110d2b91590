package web

import (
	"cmp"
	"net/url"
	"slices"

	"lianxin/server/board"
	"lianxin/views"
)

// publicRows is how many cases one page of the public list shows: what its
// budget of 14 KB holds.
const publicRows = 20

// public lists what anybody may read, of a place and a topic if they are chosen.
// A choice that the county does not know is none.
func public(r *request) (views.Model, error) {
	place, topic := r.query["place"], r.query["topic"]
	if _, known := r.county.Township(place); !known {
		place = ""
	}
	at, _ := r.county.Topic(topic) // an old link leads to where its messages are now
	topic = at.ID
	list, err := r.site.Office.Public(r, place, topic, r.query["from"], publicRows)
	if err != nil {
		return nil, err
	}
	r.back = "/"
	m := views.Public{
		Page: r.page(), Place: r.town(place), Topic: topic, Places: r.places(), Topics: r.topicsAt(topic), Sifted: place != "" || topic != "",
	}
	for _, c := range list.Cases {
		m.Cards = append(m.Cards, views.PublicCard{
			Href: "/public/" + string(c.Number), Title: c.Title, Place: r.place(c), Topic: r.topic(c.Topic),
			Filed: r.words.Date(c.Filed), State: r.state(c),
		})
	}
	if r.query["from"] != "" {
		m.First = publicPath(place, topic, "")
	}
	if list.Next != "" {
		m.More = publicPath(place, topic, list.Next)
	}
	return m, nil
}

func publicPath(place, topic, from string) string {
	query := url.Values{}
	for name, value := range map[string]string{"place": place, "topic": topic, "from": from} {
		if value != "" {
			query.Set(name, value)
		}
	}
	if len(query) == 0 {
		return "/public"
	}
	return "/public?" + query.Encode()
}

// publicCase shows one of them: what the office lets through and nothing else.
func publicCase(r *request) (views.Model, error) {
	v, err := r.site.Office.PublicCase(r, r.number)
	if err != nil {
		return nil, err
	}
	c := v.Case
	r.back = "/public"
	m := views.PublicCase{
		Page: r.page(), Heading: c.Title, Body: c.Body, Place: r.place(c), Topic: r.topic(c.Topic), Unit: r.unit(c.Lead),
		Filed: r.words.Date(c.Filed), State: r.state(c), Timeline: r.history(v.Events, false), Reply: r.reply(c, c.Published),
	}
	if m.Reply != nil {
		m.Reply.Date = r.words.Date(approved(v.Events))
	}
	if c.Rating != nil {
		m.Outcome = r.word("outcome.", string(c.Rating.Outcome))
	}
	return m, nil
}

// places are the townships as a select offers them.
func (r *request) places() []views.Option {
	var options []views.Option
	for _, t := range r.county.Townships {
		name := r.words.Pick(t.Name)
		options = append(options, views.Option{Value: name, Label: name})
	}
	return options
}

// town is a township, known by its name in any language, as places calls it.
func (r *request) town(name string) string {
	if t, known := r.county.Township(name); known {
		return r.words.Pick(t.Name)
	}
	return name
}

func (r *request) topics() []views.Option {
	var options []views.Option
	for _, t := range r.county.Topics() {
		options = append(options, r.topicOption(t))
	}
	return options
}

// topicsAt are the topics of the first level, and those that belong to the one
// that is chosen: a large county has hundreds.
func (r *request) topicsAt(chosen string) []views.Option {
	if t, known := r.county.Topic(chosen); known && t.Parent != "" {
		chosen = t.Parent
	}
	var options []views.Option
	for _, t := range r.county.Topics() {
		if t.Parent == "" || t.Parent == chosen {
			options = append(options, r.topicOption(t))
		}
	}
	return options
}

// topicOption is a topic in a list; one that belongs to another stands in.
func (r *request) topicOption(t board.Topic) views.Option {
	o := views.Option{Value: t.ID, Label: r.topic(t.ID)}
	if t.Parent != "" {
		o.Label = "\u3000" + o.Label
	}
	return o
}

// topic is what a case is about, in words: the county's own where it gave some.
// One that the county took off its list is told as long as its words are known.
func (r *request) topic(id string) string {
	if t, known := r.county.Topic(id); known {
		if id = t.ID; len(t.Name) > 0 {
			return r.words.Pick(t.Name)
		}
	}
	if slices.ContainsFunc(board.DefaultTopics(), func(t board.Topic) bool { return t.ID == id }) {
		return r.words.T("topic." + id)
	}
	return ""
}

// unitRows is how many units one page of "who is in charge of what" shows.
const unitRows = 30

// units tells who is in charge of what: those that fit the words looked for, or
// all, the county's own before those of its townships.
func units(r *request) (views.Model, error) {
	r.back = "/"
	m := views.Units{Query: trim(r.query["q"])}
	all := slices.DeleteFunc(slices.Clone(r.county.List), (*board.Unit).Closed)
	m.Long = len(all) > unitRows/3
	slices.SortStableFunc(all, func(a, b *board.Unit) int { return cmp.Compare(r.groupOf(a), r.groupOf(b)) })
	if m.Query != "" {
		one, near := r.county.UnitsLike(m.Query, unitRows)
		if all = near; one != nil {
			all = []*board.Unit{one}
		}
	}
	at := 0
	if from := r.query["from"]; from != "" {
		at = max(0, slices.IndexFunc(all, func(u *board.Unit) bool { return u.ID.String() == from }))
	}
	end := min(at+unitRows, len(all))
	if end < len(all) {
		m.More = "/units?from=" + all[end].ID.String()
	}
	if at > 0 {
		m.First = "/units"
	}
	for i, u := range all[at:end] {
		row := views.Unit{Name: r.words.Pick(u.Name), Does: r.words.Pick(u.Does), Phone: u.Phone}
		if g := r.groupOf(u); m.Query == "" && len(all) > unitRows && (i == 0 || g != r.groupOf(all[at+i-1])) {
			row.Group = []string{r.words.T("units.county"), r.words.T("units.town")}[g]
		}
		m.Units = append(m.Units, row)
	}
	m.Page = r.page()
	return m, nil
}

// groupOf is 1 for the own units of townships, which bear the township's name, and
// 0 for the county's.
func (r *request) groupOf(u *board.Unit) int {
	if r.county.TownshipLike(u.Name["zh-Hans"]) != "" {
		return 1
	}
	return 0
}

// guide is a page to be read.
func guide(name string) func(*request) (views.Model, error) {
	return func(r *request) (views.Model, error) {
		r.back = "/"
		return views.Guide{Page: r.page(), Of: name, Years: r.county.Rules().KeepYears}, nil
	}
}
