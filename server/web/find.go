package web

import (
	"lianxin/server/board"
	"lianxin/views"
)

// findOnDesk lists what was found on a desk instead of a shelf; a whole number
// leads to its case at once.
func findOnDesk(r *request, m views.Desk) (views.Model, error) {
	found, err := r.site.Office.Find(r, r.who, m.Query, deskRows, func(c *board.Case) []string {
		return []string{r.kind(c.Kind), r.place(c), r.topic(c.Topic), r.unit(c.Lead)}
	})
	if err != nil {
		return nil, err
	}
	if len(found.Cases) == 1 && found.ByNumber {
		return nil, goOn(deskPath(found.Cases[0].Number))
	}
	m.Section = r.words.T("find.section", "Words", m.Query)
	m.Empty = r.words.T("find.empty")
	for i, c := range found.Cases {
		m.Rows = append(m.Rows, r.deskRow(c, found.Lights[i]))
	}
	switch {
	case found.More:
		m.Note = r.words.T("find.more", "Count", len(found.Cases))
	case found.Older:
		m.Note = r.words.T("find.older")
	}
	return m, nil
}
