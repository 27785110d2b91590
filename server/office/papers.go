package office

import (
	"context"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"time"

	"lianxin/server/board"
	"lianxin/store"
)

// Sealed is one paper with what lies inside. It exists on the page that prints
// it and nowhere else: what is inside is derived from the serial with this box's
// keys and never stored, not even hashed. Somebody who has the whole store and
// not the keys, which lie apart, has nothing to try codes against.
type Sealed struct {
	Serial board.Serial
	PIN    string   // of a slip, and of a form's stub
	Codes  []string // of a card
}

// slipPIN is the six digits inside a slip.
func (o *Office) slipPIN(s board.Serial) string {
	sum := o.store.Sum("slip", string(s))
	return fmt.Sprintf("%0"+strconv.Itoa(board.PINDigits)+"d", binary.BigEndian.Uint64(sum[:8])%1_000_000)
}

// cardCode is one of the codes inside a card.
func (o *Office) cardCode(s board.Serial, code int) string {
	sum := o.store.Sum("card", string(s), strconv.Itoa(code))
	return fmt.Sprintf("%0"+strconv.Itoa(board.CodeDigits)+"d", binary.BigEndian.Uint64(sum[:8])%100_000_000)
}

// sealed is a paper with what is inside.
func (o *Office) sealed(s board.Serial) Sealed {
	paper := Sealed{Serial: s}
	switch s.Kind() {
	case board.Slip, board.BlankForm:
		paper.PIN = o.slipPIN(s)
	case board.CodeCard:
		for code := range board.CardCodes {
			paper.Codes = append(paper.Codes, o.cardCode(s, code+1))
		}
	}
	return paper
}

// papersShown is for a form that printed a series and comes again: what was
// inside was shown, and is not shown any more.
var papersShown = board.Fault{Kind: board.Conflict, ID: "papers.shown"}

// PrintSeries makes a series of numbered papers and shows what is inside, once.
func (o *Office) PrintSeries(ctx context.Context, by board.Actor, kind board.PaperKind, count int) (*board.Series, []Sealed, error) {
	id, err := o.id()
	if err != nil {
		return nil, nil, err
	}
	var series *board.Series
	_, again, err := o.rule(ctx, by, func(tx *store.Tx) (board.ID, error) {
		last, err := tx.LastSeries(kind)
		if err != nil {
			return id, err
		}
		no := 1
		if last != nil {
			no = last.No + 1
		}
		e, err := board.Print(id, by, kind, no, count, o.now())
		if err != nil {
			return id, err
		}
		if err := tx.Append(e); err != nil {
			return id, err
		}
		series, err = tx.Series(id)
		return id, err
	})
	if err == nil && again {
		err = papersShown
	}
	if err != nil {
		return nil, nil, err
	}
	var papers []Sealed
	for no := range series.Papers {
		papers = append(papers, o.sealed(series.Serial(no+1)))
	}
	return series, papers, nil
}

// HandOut notes that papers of a series lie with a member of staff now; an empty
// staff is the county desk itself.
func (o *Office) HandOut(ctx context.Context, by board.Actor, series board.ID, from, until int, staff string) error {
	return o.series(ctx, by, series, func(tx *store.Tx, s *board.Series) (board.Event, error) {
		var to *board.Staff
		if staff != "" {
			id, err := board.ParseID(staff)
			if err == nil {
				to, err = tx.Staff(id)
			}
			if err != nil || to == nil {
				return board.Event{}, board.Fault{Kind: board.Invalid, ID: "papers.staff", Field: "staff"}
			}
		}
		return s.HandOut(by, from, until, to, o.now())
	})
}

// Revoke takes papers of a series out of use, for good.
func (o *Office) Revoke(ctx context.Context, by board.Actor, series board.ID, from, until int, why string) error {
	return o.series(ctx, by, series, func(_ *store.Tx, s *board.Series) (board.Event, error) {
		return s.Revoke(by, from, until, why, o.now())
	})
}

// series changes one series.
func (o *Office) series(ctx context.Context, by board.Actor, id board.ID, change func(*store.Tx, *board.Series) (board.Event, error)) error {
	_, _, err := o.rule(ctx, by, func(tx *store.Tx) (none board.ID, err error) {
		s, err := tx.Series(id)
		if err != nil {
			return none, err
		}
		if s == nil {
			return none, noPapers
		}
		e, err := change(tx, s)
		if err != nil {
			return none, err
		}
		return none, tx.Append(e)
	})
	return err
}

var (
	noPapers     = board.Fault{Kind: board.Missing, ID: "papers.missing"}
	unknownPaper = board.Fault{Kind: board.Invalid, ID: "paper.unknown", Field: "serial"}
)

// Papers is one page of the register, the newest series first.
func (o *Office) Papers(ctx context.Context, who Who, from string, n int) (all []*board.Series, next string, err error) {
	if who.Roles.Meet(board.CountyDesk) == "" {
		return nil, "", denied
	}
	err = o.store.View(ctx, func(tx *store.Tx) error {
		var end store.Cursor
		all, end, err = tx.Register(cursor(from), n)
		next = hex.EncodeToString(end)
		return err
	})
	return all, next, err
}

// Series is one series of the register.
func (o *Office) Series(ctx context.Context, who Who, id board.ID) (*board.Series, error) {
	return o.oneSeries(ctx, who, func(tx *store.Tx) (*board.Series, error) { return tx.Series(id) })
}

// SeriesOf finds the series of the paper that bears a serial.
func (o *Office) SeriesOf(ctx context.Context, who Who, serialText string) (*board.Series, error) {
	serial, err := board.ParseSerial(serialText)
	if err != nil {
		return nil, err
	}
	return o.oneSeries(ctx, who, func(tx *store.Tx) (*board.Series, error) {
		s, err := tx.SeriesByNo(serial.Kind(), serial.Series())
		if err == nil && (s == nil || s.Paper(serial.No()) == nil) {
			err = unknownPaper
		}
		return s, err
	})
}

func (o *Office) oneSeries(ctx context.Context, who Who, find func(*store.Tx) (*board.Series, error)) (*board.Series, error) {
	if who.Roles.Meet(board.CountyDesk) == "" {
		return nil, denied
	}
	var s *board.Series
	err := o.store.View(ctx, func(tx *store.Tx) (err error) {
		s, err = find(tx)
		if err == nil && s == nil {
			err = noPapers
		}
		return err
	})
	return s, err
}

// MyPapers lists the serials of the papers of these kinds that were handed to a
// member of staff and can still be used, in the order of their printing.
func (o *Office) MyPapers(ctx context.Context, who Who, kinds ...board.PaperKind) ([]board.Serial, error) {
	var mine []board.Serial
	if !who.IsStaff() {
		return nil, denied
	}
	err := o.store.View(ctx, func(tx *store.Tx) error {
		mine = nil
		all, err := tx.PapersOf(who.Staff)
		for _, s := range all {
			if !slices.Contains(kinds, s.Kind) {
				continue
			}
			for no := 1; no <= len(s.Papers); no++ {
				if p := s.Paper(no); p.To == who.Staff && p.Free() {
					mine = append(mine, s.Serial(no))
				}
			}
		}
		return err
	})
	return mine, err
}

// spend ties a numbered paper to what it is used for, in the transaction of the
// deed that uses it. It refuses, at the field "serial", a paper of another kind,
// and one that was never printed, was revoked or used, or was not handed to
// whoever uses it.
func (o *Office) spend(tx *store.Tx, by board.Actor, serial board.Serial, kinds []board.PaperKind, on board.ID, now time.Time) error {
	if err := serial.For(kinds...); err != nil {
		return err
	}
	s, err := tx.SeriesByNo(serial.Kind(), serial.Series())
	if err != nil {
		return err
	}
	if s == nil {
		return unknownPaper
	}
	if p := s.Paper(serial.No()); p != nil && !on.IsZero() && p.On == on && p.Since.Equal(now.Truncate(time.Millisecond)) {
		return nil // a signed form is consent and slip in one deed
	}
	e, err := s.Spend(by, serial.No(), on, now)
	if err != nil {
		return err
	}
	return tx.Append(e)
}
