package bench

import (
	"fmt"
	"slices"
	"time"

	"lianxin/server/board"
	"lianxin/server/office"
)

// door is a page and who asks for it.
type door struct{ who, path string }

// doors are the pages whose work could grow with the county: what anybody
// reads, from the shelf of ready pages and, for somebody who is logged in, made
// anew; a resident's own; every shelf of every desk, and what stands behind.
func (h *house) doors() []door {
	s := h.sample
	doors := []door{
		{"", "/"}, {"", "/public"}, {"", "/public?place=城关镇"}, {"", "/public?place=城关镇&topic=traffic"}, {"", "/public/" + string(s.public)},
		{"", "/units"}, {"", "/assisted"}, {"", "/checkpoint"},
		{"resident", "/public"}, {"resident", "/public?place=城关镇&topic=traffic"}, {"resident", "/public/" + string(s.public)}, {"resident", "/assisted"},
		{"resident", "/"}, {"resident", "/cases"}, {"resident", "/case/" + string(s.own)}, {"resident", "/case/" + string(s.own) + "/looks"},
		{"resident", "/receipt/" + string(s.own)}, {"resident", "/me"}, {"resident", "/file"},
	}
	for _, role := range board.StaffRoles {
		who := office.Who{Actor: board.Actor{Staff: board.ID{1}, Roles: board.Roles{role}}}
		for _, shelf := range who.Shelves() {
			doors = append(doors, door{string(role), "/desk?desk=" + string(shelf)})
		}
	}
	return append(doors,
		door{"dispatcher", "/desk/case/" + string(s.open)}, door{"leader", "/desk/case/" + string(s.open)}, door{"inspector", "/desk/case/" + string(s.open)},
		door{"operator", "/calls"}, door{"operator", "/letters"}, door{"operator", "/desk/intake"}, door{"operator", "/batch"}, door{"operator", "/papers"},
		door{"helper", "/assist"}, door{"helper", "/assist/tasks"},
		door{"inspector", "/patterns"}, door{"inspector", "/patterns/" + s.staff},
		door{"admin", "/admin"}, door{"admin", "/admin/box"}, door{"admin", "/admin/units"}, door{"admin", "/admin/staff"}, door{"admin", "/admin/sessions"},
		door{"admin", "/admin/settings"}, door{"admin", "/admin/import"},
	)
}

// times are how long a page took, at rest in order.
type times []time.Duration

func (t times) at(percent int) time.Duration {
	sorted := slices.Sorted(slices.Values(t))
	return sorted[(len(sorted)-1)*percent/100]
}

func ms(d time.Duration) string { return fmt.Sprintf("%.2f", float64(d.Microseconds())/1000) }
