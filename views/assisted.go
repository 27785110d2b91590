package views

import (
	"fmt"

	"lianxin/static"
)

// Assisted is /assisted: how many messages were filed with somebody's help, by
// month, and what people without a way of their own said when they were asked.
// A month with few is not shown: it would tell about single people.
type Assisted struct {
	Page
	Least  string // from so many on a month is shown
	Months []AssistedMonth
	Asked  []AskedMonth
}

// AssistedMonth is a month in the table, the newest first.
type AssistedMonth struct {
	Name            string
	Filed, Assisted string // "" when there are too few to show
	Percent         int
}

// AskedMonth is what people said who were called in a month, the newest first,
// and at the end in all of them. A month with too few is left out.
type AskedMonth struct {
	Name                  string
	Asked, Solved, Partly string // "" when there are too few to show
}

// Bar is a month in the chart; its measures are in the size of the type, so the
// chart grows with the letters and fits a narrow screen.
type Bar struct{ Label, LabelY, Y, Width string }

// How high a month stands in the chart, in tenths of the type size.
const (
	barStep  = 28
	barLabel = 12
	barTop   = 16
)

// Template names the page's file.
func (Assisted) Template() string { return "assisted" }

// Title names the page.
func (m Assisted) Title() string { return m.T("assisted.title") }

// Sheet is the one with tables.
func (Assisted) Sheet() string { return static.Path("desk.css") }

// Shown are the months that the chart has, the oldest first.
func (m Assisted) shown() []AssistedMonth {
	var shown []AssistedMonth
	for i := len(m.Months) - 1; i >= 0; i-- {
		if m.Months[i].Filed != "" {
			shown = append(shown, m.Months[i])
		}
	}
	return shown
}

// Bars are the chart, nil when no month can be shown.
func (m Assisted) Bars() []Bar {
	var bars []Bar
	for i, month := range m.shown() {
		bars = append(bars, Bar{
			Label: fmt.Sprintf("%s %d%%", month.Name, month.Percent), Width: fmt.Sprintf("%d%%", month.Percent),
			LabelY: em(i*barStep + barLabel), Y: em(i*barStep + barTop),
		})
	}
	return bars
}

// Height is the chart's.
func (m Assisted) Height() string { return em(len(m.shown()) * barStep) }

// Summary says in a sentence what the chart shows.
func (m Assisted) Summary() string {
	shown := m.shown()
	if len(shown) == 0 {
		return ""
	}
	first, last := shown[0], shown[len(shown)-1]
	return m.T("assisted.chart.what", "From", first.Name, "FromPercent", first.Percent, "To", last.Name, "ToPercent", last.Percent)
}

func em(tenths int) string { return fmt.Sprintf("%d.%dem", tenths/10, tenths%10) }
