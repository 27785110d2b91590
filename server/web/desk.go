package web

import (
	"slices"
	"strconv"
	"time"

	"lianxin/server/board"
	"lianxin/server/office"
	"lianxin/views"
)

// deskRows is how many cases one page of a desk shows: what its budget of 14 KB
// holds.
const deskRows = 25

// watched are the shelves of the whole county. They stand below one tab, as a
// row of their own.
var watched = []office.Shelf{office.Red, office.Reopened, office.Supervised, office.Gone, office.Newest}

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
	if desks[0] == (office.Desk{Shelf: office.Shelf(board.Inspector)}) {
		shelf = office.Red // complaints about the county desk are rare; what is overdue is an inspector's daily work
	}
	if asked := office.Shelf(r.query["desk"]); slices.Contains(r.who.Shelves(), asked) {
		shelf = asked
	}
	list, err := r.site.Office.Desk(r, r.who, shelf, r.query["from"], deskRows)
	if err != nil {
		return nil, err
	}
	m := views.Desk{
		Page: r.page(), Heading: r.words.T("desk.title"), Section: r.words.T("desk.section." + string(shelf)),
		Empty: r.words.T("desk.empty"), Take: r.takes(shelf),
	}
	m.Tabs, m.Filters = r.shelves(desks, shelf)
	for i, c := range list.Cases {
		m.Rows = append(m.Rows, r.deskRow(c, list.Lights[i]))
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

func shelfPath(s office.Shelf) string { return "/desk?desk=" + string(s) }

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
		Alarm: r.alarm(light), State: r.state(c),
	}
	if by := r.by(c.Move().By); by != "" {
		row.Due = r.words.T("desk.by", "Date", by)
	}
	return row
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
