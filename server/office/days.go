package office

import (
	"slices"
	"time"

	"lianxin/server/board"
)

// Working tells whether offices work on a day.
func (o *Office) Working(day time.Time) bool { return o.calendar.Load().Working(day) }

// Year is a year of the calendar.
type Year struct {
	Year      int
	Published bool // its holidays are known
	Loaded    bool // by this county, over what came with the program
}

// Years lists the year before, this one and the next, and every year that the
// county loaded.
func (o *Office) Years(county *Directory) []Year {
	this := o.now().In(board.Zone).Year()
	numbers := []int{this - 1, this, this + 1}
	for y := range county.Years {
		numbers = append(numbers, y)
	}
	slices.Sort(numbers)
	var years []Year
	for _, y := range slices.Compact(numbers) {
		_, loaded := county.Years[y]
		years = append(years, Year{y, o.calendar.Load().Published(y), loaded})
	}
	return years
}
