package office

import (
	"context"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"lianxin/server/board"
	"lianxin/store"
)

// Imported is one case of another system.
type Imported struct {
	Line   int    // in the file, for reports
	Source string // its number there; what makes it the same when it comes again
	Kind   board.Kind
	Title  string
	Body   string
	Filed  time.Time
	There  board.There

	// What of ours its words mean.
	Topic    string
	Township string
}

// LineFault is a row that could not be taken, and why.
type LineFault struct {
	Line  int
	Fault board.Fault
}

// Table is what an import, or a trial of one, found in the table of another
// system.
type Table struct {
	Read  int // all rows
	Added int
	Known int // were here already
	Bad   int // could not be taken; each was told
	Shown int // were public there; none of them is here
	Ended int // were finished there, and wait for nobody here

	Columns []TableColumn // in their order
	Words   []TableWord   // in the order of their columns, the most frequent first
}

// TableColumn is what a column was taken for.
type TableColumn struct{ Name, Means string } // Means "" left out

// TableWord is a word of a column and what it means here.
type TableWord struct {
	Column string // kind, state, topic, unit or place
	Word   string // "" all words beyond those that are listed
	Means  string // a kind, "done" or "open", a topic, a unit's ID, a township; "" nobody knows
	Rows   int
}

// BadRow is a row that could not be taken, with all that is needed to mend it.
type BadRow struct {
	LineFault
	Column string   // as the file calls it; "" the row as a whole
	Raw    []string // the row as it came; one cell when it could not be taken apart
}

// Try says what Import would do with a batch, and keeps nothing.
func (o *Office) Try(ctx context.Context, batch []Imported) (added, known int, faults []LineFault, err error) {
	err = o.store.View(ctx, func(tx *store.Tx) (err error) {
		added, known, faults, err = sift(batch, func(_ int, row Imported) (bool, error) {
			fresh, err := o.takes(tx, row, o.now())
			if err == nil && fresh {
				_, err = board.BringIn(board.ID{}, board.Actor{}, board.ID{}, row.filed(), o.now())
			}
			return fresh, err
		})
		return err
	})
	return added, known, faults, err
}

// Import brings a batch of cases in, in one deed. Cases that are here already
// are left as they are. Nothing imported is public, and nobody is sent a text;
// what was finished there comes to nobody's desk.
func (o *Office) Import(ctx context.Context, batch []Imported) (added, known int, faults []LineFault, err error) {
	ids := make([][2]board.ID, len(batch)) // a case and its person
	for i := range ids {
		for j := range ids[i] {
			if ids[i][j], err = o.id(); err != nil {
				return 0, 0, nil, err
			}
		}
	}
	err = o.update(ctx, func(tx *store.Tx) error {
		settings, err := tx.Settings()
		if err != nil {
			return err
		}
		added, known, faults, err = sift(batch, func(i int, row Imported) (bool, error) {
			return o.bringIn(tx, row, ids[i][0], ids[i][1], settings)
		})
		return err
	})
	return added, known, faults, err
}

// sift takes row by row, and counts those that were fresh and those that were
// known; a row that is refused holds up no other.
func sift(batch []Imported, take func(i int, row Imported) (fresh bool, err error)) (added, known int, faults []LineFault, err error) {
	for i, row := range batch {
		fresh, err := take(i, row)
		if fault, refused := board.Faults(err); refused {
			faults = append(faults, LineFault{row.Line, fault[0]})
			continue
		}
		switch {
		case err != nil:
			return 0, 0, nil, fmt.Errorf("line %d: %w", row.Line, err)
		case fresh:
			added++
		default:
			known++
		}
	}
	return added, known, faults, nil
}

// takes tells whether a row is one that is not here yet.
func (o *Office) takes(tx *store.Tx, row Imported, now time.Time) (fresh bool, err error) {
	if strings.TrimSpace(row.Source) == "" {
		return false, board.Fault{Kind: board.Invalid, ID: "import.source", Field: "source"}
	}
	here, err := tx.CaseBySource(row.Source)
	if err != nil || here != nil {
		return false, err
	}
	if row.Filed.After(now) {
		return false, board.Fault{Kind: board.Invalid, ID: "import.future", Field: "filed"}
	}
	return true, nil
}

// filed is what a row says, without what only this county can add.
func (row Imported) filed() board.Filed {
	return board.Filed{
		Matter: row.Kind, Body: strings.TrimSpace(row.Body), Source: row.Source, Township: row.Township, Topic: row.Topic,
		FiledThere: row.Filed, There: row.There,
	}
}

func (o *Office) bringIn(tx *store.Tx, row Imported, id, person board.ID, settings *board.Settings) (fresh bool, err error) {
	now := o.now()
	if fresh, err := o.takes(tx, row, now); err != nil || !fresh {
		return false, err
	}
	f := row.filed()
	if f.Number, err = o.freeNumber(tx, now); err != nil {
		return false, err
	}
	if _, known := settings.Topic(f.Topic); !known {
		f.Topic = ""
	}
	if _, known := settings.Township(f.Township); !known {
		f.Township = ""
	}
	villages, err := tx.Villages(f.Township)
	if err != nil {
		return false, err
	}
	f.Village = villages.In(f.There.Place)
	by := board.Actor{Roles: board.Roles{board.System}, Channel: board.Import}
	f.Title = board.Draft{Title: row.Title, Body: row.Body}.Heading(max(settings.Rules().MaxTitle, utf8.RuneCountInString(row.Title)))
	if !f.There.Ended {
		f.ScreenBy = o.screenBy(now, settings)
	}
	e, err := board.BringIn(id, by, person, f, now)
	if err != nil {
		return false, err
	}
	return true, tx.Append(board.Join(person, by, board.Joined{}, now), e)
}
