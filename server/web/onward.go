package web

import (
	"slices"

	"lianxin/server/board"
	"lianxin/server/office"
	"lianxin/views"
)

// onward is where somebody goes on who has just done a deed to a case: to the
// next one on the shelf that they came from, or that the deed belongs to. It is nil where none was done.
func (r *request) onward() (*views.Onward, error) {
	shelf, ok := r.shelfOf(board.Deed(r.query[doneQuery]))
	if !ok || r.row.form != nil {
		return nil, nil
	}
	came := r.cameFrom()
	if came != "" {
		shelf = came
	}
	list, err := r.site.Office.Desk(r, r.who, shelf, "", deskRows)
	if err != nil {
		return nil, err
	}
	on := &views.Onward{Section: r.words.T("desk.section." + string(shelf)), Shelf: shelfPath(shelf)}
	if shelf != office.Newest {
		on.Count = count(list.Waiting)
	}
	// A case that stays on the shelf is not before one again at once.
	here := slices.IndexFunc(list.Cases, func(c *board.Case) bool { return c.Number == r.number })
	if next := (here + 1) % max(1, len(list.Cases)); next < len(list.Cases) && next != here {
		row := r.deskRow(list.Cases[next], list.Lights[next])
		if came != "" {
			row.Href += "?" + shelfQuery + "=" + string(came)
		}
		on.Next = &row
	}
	return on, nil
}

// shelfOf is the shelf from which a deed of whoever is logged in is done; not ok
// for what is no deed of theirs.
func (r *request) shelfOf(d board.Deed) (s office.Shelf, ok bool) {
	for _, row := range board.Deeds {
		role := row.Roles.Meet(r.who.Roles)
		if row.Deed != d || role == "" {
			continue
		}
		if mine := (office.Who{Actor: board.Actor{Staff: r.who.Staff, Roles: board.Roles{role}}}).Shelves(); len(mine) > 0 {
			return daily(mine[0]), true
		}
	}
	return "", false
}

// daily is the shelf that somebody begins with whose first one is this: what went up
// to inspectors and leaders is rare, and what is overdue is their daily work.
func daily(first office.Shelf) office.Shelf {
	if first == office.Shelf(board.Inspector) || first == office.Shelf(board.Leader) {
		return office.Red
	}
	return first
}
