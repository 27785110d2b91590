package web

import (
	"fmt"
	"slices"
	"strconv"

	"lianxin/server/board"
	"lianxin/server/office"
	"lianxin/views"
)

// assistedLeast is from how many on a figure is shown to everybody (product.md
// §7): fewer would tell about single people.
const assistedLeast = 10

// assisted tells everybody how many messages were filed with somebody's help.
func assisted(r *request) (views.Model, error) {
	months, err := r.site.Office.Months(r)
	if err != nil {
		return nil, err
	}
	r.back = "/help"
	m := views.Assisted{Page: r.page(), Least: strconv.Itoa(assistedLeast)}
	slices.SortFunc(months, func(a, b office.Month) int { return b.First.Compare(a.First) })
	var year office.Month
	for _, month := range months {
		name := r.words.Month(month.First.In(board.Zone))
		row := views.AssistedMonth{Name: name}
		if month.Filed >= assistedLeast {
			row.Filed, row.Assisted, row.Percent = strconv.Itoa(month.Filed), strconv.Itoa(month.Assisted), percent(month.Assisted, month.Filed)
		}
		m.Months = append(m.Months, row)
		if month.Asked >= assistedLeast {
			m.Asked = append(m.Asked, asked(name, month))
		}
		year.Asked, year.Solved, year.Partly = year.Asked+month.Asked, year.Solved+month.Solved, year.Partly+month.Partly
	}
	if len(months) > 0 {
		m.Asked = append(m.Asked, asked(r.words.T("assisted.year"), year))
	}
	return m, nil
}

func asked(name string, m office.Month) views.AskedMonth {
	row := views.AskedMonth{Name: name}
	if m.Asked >= assistedLeast {
		row.Asked = strconv.Itoa(m.Asked)
		row.Solved, row.Partly = fmt.Sprintf("%d%%", percent(m.Solved, m.Asked)), fmt.Sprintf("%d%%", percent(m.Partly, m.Asked))
	}
	return row
}

// percent is a share to the nearest whole.
func percent(part, whole int) int { return (200*part + whole) / (2 * whole) }

// deskComplaint begins a message about the county desk itself, or makes it one like
// any other again.
type deskComplaint struct{ chosen bool }

func showDeskComplaint(r *request) (views.Model, error) {
	f := deskComplaint{}
	if r.who.IsResident() {
		d, err := r.site.Office.Draft(r, r.who)
		if err != nil {
			return nil, err
		}
		f.chosen = d.AboutDesk
	}
	return f.page(r)
}

func readDeskComplaint(r *request) form { return deskComplaint{r.post("about") == views.OfDesk} }

func (f deskComplaint) page(r *request) (views.Model, error) {
	r.back = "/help"
	return views.AboutDesk{Page: r.page(), Chosen: f.chosen}, nil
}

func (f deskComplaint) do(r *request) (outcome, error) {
	d, err := r.site.Office.Draft(r, r.who)
	if err != nil {
		return outcome{}, err
	}
	d.AboutDesk, d.Again = f.chosen, false
	if err := r.site.Office.SaveDraft(r, r.who, d); err != nil {
		return outcome{}, err
	}
	return see("/file")
}

// keep is for somebody who has just logged in on the way.
func (f deskComplaint) keep(r *request) (outcome, error) { return f.do(r) }
