package board

import "time"

// TakenOut says that somebody took copies out of the board: who, in which role
// and when stands in the header.
type TakenOut struct {
	What  string `json:"what"`            // the shelf of a desk, or Everything
	Form  string `json:"form"`            // of the file: csv, xlsx, jsonl
	Cases int    `json:"cases,omitempty"` // how many, when not all
}

// Everything is what is taken out at the box itself.
const Everything = "everything"

func (TakenOut) Kind() EventKind { return "taken-out" }

func init() { enter[TakenOut]() }

// Takers are those who may take their lists out: they answer for all of them. A
// reviewer and an operator work case by case, a helper for one person, and an
// administrator reads none.
var Takers = Roles{Leader, Inspector, Dispatcher, Handler}

// TakeOut remembers that copies leave the board. All of it leaves only at the
// box itself.
func (s *Settings) TakeOut(by Actor, t TakenOut, now time.Time) (Event, error) {
	may := Takers
	if t.What == Everything {
		may = Roles{System}
	}
	role := by.Roles.Meet(may)
	if role == "" {
		return Event{}, Fault{Kind: Denied, ID: "deed.role"}
	}
	return happened(CountyStream, by, role, ID{}, t, now), nil
}
