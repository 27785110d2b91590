package web

import (
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
	if _, known := r.county.Topic(topic); !known {
		topic = ""
	}
	list, err := r.site.Office.Public(r, place, topic, r.query["from"], publicRows)
	if err != nil {
		return nil, err
	}
	r.back = "/"
	m := views.Public{
		Page: r.page(), Place: r.town(place), Topic: topic, Places: r.places(), Topics: r.topics(), Sifted: place != "" || topic != "",
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
		options = append(options, views.Option{Value: t.ID, Label: r.topic(t.ID)})
	}
	return options
}

// topic is what a case is about, in words: the county's own where it gave some.
// One that the county took off its list is told as long as its words are known.
func (r *request) topic(id string) string {
	if t, known := r.county.Topic(id); known && len(t.Name) > 0 {
		return r.words.Pick(t.Name)
	}
	if slices.ContainsFunc(board.DefaultTopics(), func(t board.Topic) bool { return t.ID == id }) {
		return r.words.T("topic." + id)
	}
	return ""
}

// units tells who is in charge of what.
func units(r *request) (views.Model, error) {
	r.back = "/"
	m := views.Units{Page: r.page()}
	for _, u := range r.county.List {
		if !u.Closed() {
			m.Units = append(m.Units, views.Unit{Name: r.words.Pick(u.Name), Does: r.words.Pick(u.Does), Phone: u.Phone})
		}
	}
	return m, nil
}

// guide is a page to be read.
func guide(name string) func(*request) (views.Model, error) {
	return func(r *request) (views.Model, error) {
		r.back = "/"
		return views.Guide{Page: r.page(), Of: name, Years: r.county.Rules().KeepYears}, nil
	}
}
