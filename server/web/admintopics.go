package web

import (
	"encoding/hex"
	"slices"

	"lianxin/server/board"
	"lianxin/views"
)

// topicList are the topics as a tree.
func topicList(r *request) (views.Model, error) {
	r.administer("/admin/topics", "/admin")
	m := views.AdminList{
		Heading: r.words.T("admin.topics.title"), Lead: []string{r.words.T("admin.topics.lead")}, Caption: r.words.T("admin.topics.caption"),
		Columns: []string{r.words.T("admin.name"), r.words.T("admin.topics.parent.label")}, Empty: r.words.T("admin.none"),
		Add: &views.Action{
			Deed: "add", Title: r.words.T("admin.topics.add"), Post: "/admin/topics", Once: r.stamp("/admin/topics"), Button: r.words.T("admin.add"),
			Fields: r.topicFields(board.Topic{}),
		},
	}
	for _, t := range leaf(r, &m, "/admin/topics", r.county.Topics(), func(t board.Topic) string { return t.ID },
		func(t board.Topic) []string { return everyName(t.Name, r.topic(t.ID), r.topic(t.Parent)) }) {
		m.Rows = append(m.Rows, views.AdminRow{
			Href: "/admin/topics/" + t.ID, Name: r.topic(t.ID), Note: r.otherNames(t.Name), Cells: []string{r.topic(t.Parent)},
		})
	}
	m.Page = r.page()
	return m, nil
}

func (r *request) topicFields(t board.Topic) []views.Field {
	names := t.Name
	if t.ID != "" && len(names) == 0 { // one of those that every county begins with
		names = board.Texts{}
		for _, l := range r.site.Words.Languages() {
			names[l.Tag] = r.site.Words.Words(l.Tag).T("topic." + t.ID)
		}
	}
	parents := []views.Option{{Label: r.words.T("admin.topics.top")}}
	for _, other := range r.county.Topics() {
		if other.Parent == "" && other.ID != t.ID {
			parents = append(parents, views.Option{Value: other.ID, Label: r.topic(other.ID)})
		}
	}
	return append(r.tongues("name", "admin.name.label", "", views.Text, names), views.Field{
		Name: "parent", Kind: views.Select, Options: parents, Value: r.typed("parent", t.Parent), Label: r.words.T("admin.topics.parent.label"),
	})
}

// topicTyped is a topic as it was typed.
func (r *request) topicTyped(id string) (board.Topic, error) {
	t := board.Topic{ID: id, Parent: r.post("parent"), Name: r.spoken("name")}
	if t.Name["zh-Hans"] == "" {
		return t, board.Fault{Kind: board.Invalid, ID: "topics.empty", Field: "name"}
	}
	return t, nil
}

func addTopic(r *request) (string, error) {
	t, err := r.topicTyped("t" + hex.EncodeToString(r.sent[:4]))
	if err != nil {
		return "", err
	}
	return "/admin/topics?said=added", r.listTopics(append(slices.Clone(r.county.Topics()), t))
}

// listTopics replaces the list, each topic behind the one it belongs to, and those
// that were merged behind all.
func (r *request) listTopics(topics []board.Topic) error {
	var ordered []board.Topic
	gone := slices.DeleteFunc(slices.Clone(r.county.EveryTopic()), func(t board.Topic) bool { return t.Into == "" })
	for _, t := range topics {
		if t.Parent != "" {
			continue
		}
		ordered = append(ordered, t)
		for _, child := range topics {
			if child.Parent == t.ID {
				ordered = append(ordered, child)
			}
		}
	}
	if len(ordered) < len(topics) { // a parent that has gone, or that has a parent itself
		return board.Fault{Kind: board.Invalid, ID: "topics.parent", Field: "parent"}
	}
	return r.site.Office.ListTopics(r.once(), r.who.Actor, append(ordered, gone...))
}

func (r *request) topicAt() (int, error) {
	i := slices.IndexFunc(r.county.Topics(), func(t board.Topic) bool { return t.ID == r.params["topic"] })
	if i < 0 {
		return i, noPage
	}
	return i, nil
}

// oneTopic is a topic to be renamed, or taken off the list: then another takes over
// its messages.
func oneTopic(r *request) (views.Model, error) {
	i, err := r.topicAt()
	if err != nil {
		return nil, err
	}
	t := r.county.Topics()[i]
	path := "/admin/topics/" + t.ID
	r.administer(path, "/admin/topics")
	m := views.AdminForm{
		Page: r.page(), Heading: r.topic(t.ID), Groups: []views.Group{{Fields: r.topicFields(t)}}, Post: path, Button: r.words.T("admin.save"),
		Danger: []views.Action{{
			Deed: "remove", Title: r.words.T("admin.remove"), Hint: r.words.T("admin.topics.remove.hint"),
			Post: path + "/remove", Once: r.stamp(path + "/remove"), Button: r.words.T("admin.remove.button"),
			Fields: []views.Field{r.heirsOf(t), r.sureField(r.words.T("admin.remove.sure"))},
		}},
	}
	m.Page.Once = r.stamp(path)
	return m, nil
}

// heirsOf asks to which topic the messages of another belong from now on.
func (r *request) heirsOf(t board.Topic) views.Field {
	options := slices.DeleteFunc(r.topics(), func(o views.Option) bool { return o.Value == t.ID })
	return views.Field{
		Name: "into", Kind: views.Select, Options: append([]views.Option{{Label: r.words.T("desk.choose")}}, options...), Value: r.typed("into", t.Parent),
		Label: r.words.T("admin.topics.into.label"), Hint: r.words.T("admin.topics.into.hint"),
	}
}

func changeTopic(r *request) (string, error) {
	i, err := r.topicAt()
	if err != nil {
		return "", err
	}
	topics := slices.Clone(r.county.Topics())
	if topics[i], err = r.topicTyped(topics[i].ID); err != nil {
		return "", err
	}
	return "/admin/topics?said=saved", r.listTopics(topics)
}

func removeTopic(r *request) (string, error) {
	i, err := r.topicAt()
	if err != nil {
		return "/admin/topics?said=removed", nil // by the click before
	}
	if err := r.sure(); err != nil {
		return "", err
	}
	t := r.county.Topics()[i]
	if slices.ContainsFunc(r.county.Topics(), func(other board.Topic) bool { return other.Parent == t.ID }) {
		return "", board.Fault{Kind: board.Invalid, ID: "topics.children", Field: "sure"}
	}
	if into, known := r.county.Topic(r.post("into")); !known || into.ID == t.ID {
		return "", board.Fault{Kind: board.Invalid, ID: "topics.into", Field: "into"}
	}
	return "/admin/topics?said=removed", r.site.Office.MergeTopic(r.once(), r.who.Actor, t.ID, r.post("into"))
}
