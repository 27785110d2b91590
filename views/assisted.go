package views

import (
	"slices"
	"strconv"

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

// Bar is a month in the chart, in parts of its width and height: it fits a narrow
// screen. Its words stand outside, where they grow with the type.
type Bar struct{ X, Width, Y, Height string }

// Template names the page's file.
func (Assisted) Template() string { return "assisted" }

// Title names the page.
func (m Assisted) Title() string { return m.T("assisted.title") }

// Sheet is the one with tables.
func (Assisted) Sheet() string { return static.Path("desk.css") }

// span are the months that can be shown, the oldest first, and the highest share.
func (m Assisted) span() (shown []AssistedMonth, most int) {
	for _, month := range slices.Backward(m.Months) {
		if month.Filed != "" {
			shown, most = append(shown, month), max(most, month.Percent)
		}
	}
	return shown, most
}

// Bars are the chart, the oldest month on the left; nil when none can be shown. A
// month with too few has a gap.
func (m Assisted) Bars() []Bar {
	_, most := m.span()
	var bars []Bar
	slot := 100 / float64(len(m.Months))
	for i, month := range slices.Backward(m.Months) {
		if month.Filed == "" {
			continue
		}
		height := 100 * float64(month.Percent) / float64(max(most, 1))
		bars = append(bars, Bar{
			X: share(slot * float64(len(m.Months)-1-i)), Width: share(slot * 0.7), Y: share(100 - height), Height: share(height),
		})
	}
	return bars
}

// Summary says in words what the chart shows.
func (m Assisted) Summary() string {
	shown, most := m.span()
	if len(shown) == 0 {
		return ""
	}
	first, last := shown[0], shown[len(shown)-1]
	return m.T("assisted.chart.what", "From", first.Name, "FromPercent", first.Percent, "To", last.Name, "ToPercent", last.Percent, "Most", most)
}

func share(percent float64) string { return strconv.FormatFloat(percent, 'f', 1, 64) + "%" }
