package board

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// Role is what a person may be to a case. One person may hold several, but
// never both sides of one case; the table of deeds sees to that.
type Role string

const (
	Resident   Role = "resident"   // 居民
	Helper     Role = "helper"     // 帮办员
	Dispatcher Role = "dispatcher" // 交办员
	Handler    Role = "handler"    // 经办人
	Head       Role = "head"       // 负责人 of a unit
	Reviewer   Role = "reviewer"   // 审核员
	Operator   Role = "operator"   // 话务员
	Leader     Role = "leader"     // 领导
	Inspector  Role = "inspector"  // 督办员
	Admin      Role = "admin"      // 管理员
	System     Role = "system"     // the board itself: imports, and deeds that the clock does
)

// StaffRoles are those that a member of staff can be given, in the order in
// which desks are shown.
var StaffRoles = []Role{Helper, Operator, Dispatcher, Handler, Head, Reviewer, Leader, Inspector, Admin}

// Indispensable are the roles without which cases would lie still: they come in by
// the first, go out by the second, whatever hangs comes to the third, and the last
// can take on the others.
var Indispensable = []Role{Dispatcher, Reviewer, Inspector, Admin}

// ParseRole reads a staff role's name.
func ParseRole(s string) (Role, error) {
	for _, r := range StaffRoles {
		if string(r) == s {
			return r, nil
		}
	}
	return "", fmt.Errorf("%q is no role; there are %s", s, Roles(StaffRoles))
}

// Roles is a set of roles.
type Roles []Role

// Has tells whether r is in the set.
func (rs Roles) Has(r Role) bool {
	for _, have := range rs {
		if have == r {
			return true
		}
	}
	return false
}

// Meet is the first role of rs that is also in other, "" when there is none.
func (rs Roles) Meet(other Roles) Role {
	for _, r := range rs {
		if other.Has(r) {
			return r
		}
	}
	return ""
}

func (rs Roles) String() string {
	names := make([]string, len(rs))
	for i, r := range rs {
		names[i] = string(r)
	}
	return strings.Join(names, ", ")
}

// Channel is the way by which words came in or went out.
type Channel string

const (
	Web      Channel = "web"
	SMS      Channel = "sms"
	Call     Channel = "call"    // typed by an operator while somebody spoke
	Counter  Channel = "counter" // typed at the county's window
	Assisted Channel = "helper"  // typed by a helper beside the person
	Sheet    Channel = "paper"   // typed from a paper form
	Import   Channel = "import"
	Clock    Channel = "clock" // the calendar demanded it
	Box      Channel = "box"   // a command on the box itself
)

// Actor is whoever does a deed: a resident, a member of staff, or the board
// itself.
type Actor struct {
	Person  ID    // the resident logged in; zero for staff
	Staff   ID    // the member of staff; zero for residents
	Unit    ID    // the unit that a handler or a head works for
	Roles   Roles // what this actor may be
	Channel Channel
	Grant   ID     // the consent under which someone acts for another; zero for oneself
	Agent   ID     // the relative who acts for Person; zero for oneself
	Opened  []ID   // cases opened in this session with number and PIN
	Areas   []Area // where a helper helps
	Device  bool   // this is a browser on which staff log in
}

// ID is the actor's name in the record: the staff's, the relative's who acts
// for the person, or else the person's.
func (a Actor) ID() ID {
	switch {
	case !a.Staff.IsZero():
		return a.Staff
	case !a.Agent.IsZero():
		return a.Agent
	}
	return a.Person
}

// Area is where a helper helps: a village, or a whole township when no village
// is named.
type Area struct {
	Township string `json:"township"`
	Village  string `json:"village,omitempty"`
}

// Covers tells whether a place lies where the actor helps. A village that the
// county knows is called by its own name in both, see Villages.
func (a Actor) Covers(township, village string) bool {
	return slices.ContainsFunc(a.Areas, func(area Area) bool {
		_, there := lies(plain(village), plain(area.Village))
		return area.Township == township && (area.Village == "" || there)
	})
}

// self tells whether nobody but the person can have typed it: no staff, no
// relative, no browser on which staff log in.
func (a Actor) self() bool { return a.Staff.IsZero() && a.Agent.IsZero() && !a.Device }

// Texts are words of people in several languages, {language tag: text}: the
// county's name, a unit's, a place's.
type Texts map[string]string

// String gives the texts as JSON, for logs and commands.
func (t Texts) String() string {
	b, _ := json.Marshal(map[string]string(t))
	return string(b)
}
