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
	Unit   string // who had it there, in that system's words
	Filed  time.Time
}

// LineFault is a row that could not be taken, and why.
type LineFault struct {
	Line  int
	Fault board.Fault
}

// Import brings a batch of cases in, in one deed. Cases that are here already
// are left as they are. Nothing imported is public, and nobody is sent a text.
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
		added, known, faults = 0, 0, nil
		settings, err := tx.Settings()
		if err != nil {
			return err
		}
		for i, row := range batch {
			fresh, err := o.bringIn(tx, row, ids[i][0], ids[i][1], settings)
			if fault, refused := board.Faults(err); refused {
				faults = append(faults, LineFault{row.Line, fault[0]})
				continue
			}
			if err != nil {
				return fmt.Errorf("line %d: %w", row.Line, err)
			}
			if fresh {
				added++
			} else {
				known++
			}
		}
		return nil
	})
	return added, known, faults, err
}

func (o *Office) bringIn(tx *store.Tx, row Imported, id, person board.ID, settings *board.Settings) (fresh bool, err error) {
	if strings.TrimSpace(row.Source) == "" {
		return false, board.Fault{Kind: board.Invalid, ID: "import.source", Field: "source"}
	}
	here, err := tx.CaseBySource(row.Source)
	if err != nil || here != nil {
		return false, err
	}
	now := o.now()
	if row.Filed.After(now) {
		return false, board.Fault{Kind: board.Invalid, ID: "import.future", Field: "filed"}
	}
	number, err := o.freeNumber(tx, now)
	if err != nil {
		return false, err
	}
	by := board.Actor{Roles: board.Roles{board.System}, Channel: board.Import}
	title := board.Draft{Title: row.Title, Body: row.Body}.Heading(max(settings.Rules().MaxTitle, utf8.RuneCountInString(row.Title)))
	e, err := board.BringIn(id, by, person, board.Filed{
		Number: number, Matter: row.Kind, Title: title, Body: strings.TrimSpace(row.Body), Source: row.Source,
		ScreenBy: o.screenBy(now, settings), FiledThere: row.Filed, UnitThere: row.Unit,
	}, now)
	if err != nil {
		return false, err
	}
	return true, tx.Append(board.Join(person, by, board.Joined{}, now), e)
}
