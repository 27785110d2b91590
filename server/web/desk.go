package web

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"lianxin/server/board"
	"lianxin/server/office"
	"lianxin/views"
)

// deskRows is how many cases one page of a desk shows: what its budget of 14 KB
// holds.
const deskRows = 20

// watched are the shelves of the whole county. They stand below one tab, as a
// row of their own.
var watched = []office.Shelf{office.Red, office.Reopened, office.Supervised, office.Unruled, office.Gone, office.Pressed, office.Newest}

// desk lists what lies on one of the shelves of whoever is logged in. Who has
// none works elsewhere.
func desk(r *request) (views.Model, error) {
	desks, err := r.site.Office.Desks(r, r.who)
	if err != nil {
		return nil, err
	}
	if len(desks) == 0 {
		for _, l := range r.rooms() {
			return nil, goOn(l.Href)
		}
		return nil, notYours
	}
	shelf := desks[0].Shelf
	if desks[0].Waiting == 0 {
		shelf = daily(shelf)
	}
	home := shelf
	if asked := r.cameFrom(); asked != "" {
		shelf = asked
	}
	m := views.Desk{Page: r.page(), Heading: r.words.T("desk.title"), Query: strings.TrimSpace(r.query["q"])}
	if m.Query != "" {
		m.Tabs, m.Filters = r.shelves(desks, "")
		return findOnDesk(r, m)
	}
	list, err := r.site.Office.Desk(r, r.who, shelf, r.query["from"], deskRows)
	if err != nil {
		return nil, err
	}
	m.Section, m.Empty, m.Take = r.words.T("desk.section."+string(shelf)), r.words.T("desk.empty"), r.takes(shelf)
	m.Tabs, m.Filters = r.shelves(desks, shelf)
	for i, c := range list.Cases {
		row := r.deskRow(c, list.Lights[i])
		if shelf != home {
			row.Href += "?" + shelfQuery + "=" + string(shelf)
		}
		m.Rows = append(m.Rows, row)
	}
	path := shelfPath(shelf)
	if r.query["from"] != "" {
		m.First = path
	}
	if list.Next != "" {
		m.More = path + "&from=" + list.Next
	}
	return m, nil
}

// shelfQuery is how a path says which shelf it is about. A case that was opened
// from another shelf than the first one says so too, and so do its forms: the way
// back and the next case lie there.
const shelfQuery = "desk"

func shelfPath(s office.Shelf) string { return "/desk?" + shelfQuery + "=" + string(s) }

// cameFrom is the shelf that the path or the form names; "" none, or none of the
// reader's.
func (r *request) cameFrom() office.Shelf {
	for _, named := range []string{r.query[shelfQuery], r.post(shelfQuery)} {
		if s := office.Shelf(named); slices.Contains(r.who.Shelves(), s) {
			return s
		}
	}
	return ""
}

// shelves are the ways to the shelves: those where somebody's own work lies as
// tabs, those of the whole county as filters.
func (r *request) shelves(desks []office.Desk, current office.Shelf) (tabs, filters []views.Tab) {
	for _, d := range desks {
		tab := views.Tab{
			Href: shelfPath(d.Shelf), Text: r.words.T("desk.section." + string(d.Shelf)), Count: count(d.Waiting), Current: d.Shelf == current,
		}
		switch {
		case d.Shelf == office.Newest: // all there are: a number that tells nobody anything
			tab.Count = ""
			filters = append(filters, tab)
		case slices.Contains(watched, d.Shelf):
			filters = append(filters, tab)
		default:
			tabs = append(tabs, tab)
		}
	}
	if len(tabs) == 0 || len(filters) == 0 {
		return tabs, filters
	}
	county := views.Tab{Href: filters[0].Href, Text: r.words.T("desk.section.all"), Current: slices.Contains(watched, current)}
	tabs = append(tabs, county)
	if !county.Current {
		filters = nil
	}
	return tabs, filters
}

// rooms are the pages that a member of staff works from.
func (r *request) rooms() []views.Link {
	var links []views.Link
	for _, room := range []views.Link{
		{Href: "/assist", Text: r.words.T("assist.title")},
		{Href: "/desk", Text: r.words.T("desk.title")},
		{Href: "/desk/intake", Text: r.words.T("intake.title")},
		{Href: "/calls", Text: r.words.T("nav.calls")},
		{Href: "/letters", Text: r.words.T("nav.letters")},
		{Href: "/batch", Text: r.words.T("nav.batch")},
		{Href: "/desk/quote", Text: r.words.T("nav.quote")},
		{Href: "/desk/freeze", Text: r.words.T("nav.freeze")},
		{Href: "/desk/slip", Text: r.words.T("nav.slip")},
		{Href: "/desk/phone", Text: r.words.T("move.nav")},
		{Href: "/desk/templates", Text: r.words.T("templates.title")},
		{Href: "/patterns", Text: r.words.T("patterns.title")},
		{Href: papersPath, Text: r.words.T("papers.title")},
		{Href: "/admin", Text: r.words.T("admin.title")},
		{Href: straysPath, Text: r.words.T("nav.strays")},
		{Href: changesPath, Text: r.words.T("nav.changes")},
		{Href: accountPath, Text: r.words.T("account.title")},
	} {
		rt, _, there := r.site.find("GET", room.Href)
		if !there || !rt.admits(r.who) || room.Href == "/desk" && len(r.who.Shelves()) == 0 {
			continue
		}
		room.Current = r.path == room.Href
		links = append(links, room)
	}
	return links
}

// count is how many cases wait; beyond what the office counts it says "more".
func count(n int) string {
	if n >= office.MostCounted {
		return strconv.Itoa(office.MostCounted) + "+"
	}
	return strconv.Itoa(n)
}

func (r *request) deskRow(c *board.Case, light board.Light) views.Row {
	row := views.Row{
		Href: "/desk/case/" + string(c.Number), Number: c.Number.Grouped(), Title: r.titled(c), Kind: r.kind(c.Kind),
		Place: r.place(c), Received: r.words.Date(c.Filed), Age: r.age(c.Filed), Unit: r.unit(c.Lead),
		Alarm: r.alarm(light), State: r.state(c), Task: r.task(c), Marks: r.marks(c),
	}
	by := c.Move().By
	if light == board.Red { // the date that was missed, and not the one by which whoever it went up to moves
		by = c.Alarm()
	}
	if by.Set() {
		row.Left, row.Due = r.left(by), r.words.T("desk.by", "Date", r.by(by))
	}
	return row
}

// task is what a case waits for, in the words of those who do it: on one desk lie
// cases to assign beside a unit's asks to rule on.
func (r *request) task(c *board.Case) string {
	switch {
	case c.Ended:
		return ""
	case c.Ask != nil:
		return r.words.T("task." + string(c.Ask.For))
	case c.Stage == board.InHand && c.Reply == board.Waiting && r.county.StaffName(c.Reviewer) != "":
		return r.words.T("task.reviewer", "Name", r.county.StaffName(c.Reviewer))
	case c.Stage == board.InHand && c.Reply != board.NoReply && c.Reply != board.Approved:
		return r.words.T("task.reply." + string(c.Reply))
	}
	return r.word("task.", tasksOf[c.Stage])
}

// tasksOf are the names of what cases wait for that nobody asks or replied to.
var tasksOf = map[board.Stage]string{
	board.Received: "assign", board.Assigned: "sign", board.InHand: "answer", board.Answered: "rate",
}

// marks are what sets a case apart from others on the same shelf.
func (r *request) marks(c *board.Case) []string {
	var marks []string
	for _, m := range []struct {
		flies bool
		key   string
	}{{c.Supervised, "supervised"}, {c.Reopened > 0, "reopened"}, {c.Confidential, "hidden"}, {c.Standing == board.Frozen, "frozen"}} {
		if m.flies {
			marks = append(marks, r.words.T("mark."+m.key))
		}
	}
	if c.Raised != nil {
		marks = append(marks, r.words.T("mark.raised."+string(c.Raised.To)))
	}
	return marks
}

// left is how near a date is, as people say it: today before three, in two
// working days, three days late.
func (r *request) left(d board.Date) string {
	at, now := d.At.In(board.Zone), r.now.In(board.Zone)
	hour := at.Hour() != 23 || at.Minute() != 59 // it counts, where the day does not go to its end
	switch days := dayNumber(at) - dayNumber(now); {
	case now.After(at) && days == 0:
		return r.words.T("left.over.today", "Time", r.clock(at))
	case now.After(at):
		return r.words.T("left.over", "Count", -days)
	case days == 0 && hour:
		return r.words.T("left.today.by", "Time", r.clock(at))
	case days == 0:
		return r.words.T("left.today")
	case days == 1 && hour:
		return r.words.T("left.tomorrow.by", "Time", r.clock(at))
	case days == 1:
		return r.words.T("left.tomorrow")
	}
	return r.words.T("left.workdays", "Count", r.site.Office.Workdays(at))
}

// dayNumber counts the days in Beijing.
func dayNumber(t time.Time) int {
	year, month, day := t.Date()
	return int(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix() / (24 * 60 * 60))
}

// age is how long ago something came in, in a few words.
func (r *request) age(t time.Time) string {
	switch past := r.now.Sub(t); {
	case past < time.Hour:
		return r.words.T("age.now")
	case past < 24*time.Hour:
		return r.words.T("age.hours", "Count", int(past/time.Hour))
	default:
		return r.words.T("age.days", "Count", int(past/(24*time.Hour)))
	}
}
