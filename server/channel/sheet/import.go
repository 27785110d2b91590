package sheet

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"

	"lianxin/server/board"
	"lianxin/server/office"
)

// batchSize is how many rows make one deed: few enough that others get their
// turn between, and that an interrupt waits for little.
const batchSize = 100

// Task is what is wanted of a table.
type Task struct {
	System   string                  // as in New
	Map      Map                     // nil: by likeness alone
	Try      bool                    // say what would happen and keep nothing
	Progress func(done, total int64) // after each batch: bytes, or rows of a workbook, and the bytes in all, -1 when nobody knows
	Bad      func(office.BadRow)     // each row that was refused, and why
	Head     func([]string)          // the names of the columns as the file has them, before the first row; may be nil
}

// Import brings the rows of a table to the office, in batches.
//
// It may be interrupted by ctx or by an error at any time and begun again: what
// is here already is known by its source, and nothing comes in twice. The report
// holds what was done until then.
func Import(ctx context.Context, o *office.Office, r io.Reader, task Task) (report office.Table, err error) {
	total := size(r)
	s, err := New(r, task.System, task.Map)
	if err != nil {
		return report, err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	here, err := o.County(ctx)
	if err != nil {
		return report, err
	}
	if s.book != nil {
		total = -1
	}
	if task.Head != nil {
		task.Head(s.header.names)
	}
	w := &work{Task: task, office: o, sheet: s, total: total, matcher: newMatcher(here), seen: map[[8]byte]bool{}, report: &report}
	report.Columns = s.header.taken()
	err = w.all(ctx)
	report.Words = w.matcher.words()
	return report, err
}

// work is an import under way.
type work struct {
	Task
	office  *office.Office
	sheet   *Sheet
	total   int64
	matcher *matcher
	seen    map[[8]byte]bool // the sources of a trial, which keeps none of them
	report  *office.Table

	batch []office.Imported
	raw   [][]string // beside the batch
}

func (w *work) all(ctx context.Context) error {
	for row, err := range w.sheet.Rows() {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		faults, refused := board.Faults(err)
		if err != nil && !refused {
			return fmt.Errorf("reading a table: %w", err)
		}
		w.report.Read++
		if refused {
			w.refuse(office.LineFault{Line: row.Line, Fault: faults[0]}, w.sheet.raw)
			continue
		}
		w.matcher.match(w.sheet, &row, w.sheet.raw)
		if row.There.Shown {
			w.report.Shown++
		}
		if row.There.Ended {
			w.report.Ended++
		}
		w.batch, w.raw = append(w.batch, row), append(w.raw, w.sheet.raw)
		if len(w.batch) == batchSize {
			if err := w.flush(ctx); err != nil {
				return err
			}
		}
	}
	return w.flush(ctx)
}

// flush has the batch done.
func (w *work) flush(ctx context.Context) error {
	if len(w.batch) == 0 {
		return nil
	}
	do, again := w.office.Import, 0
	if w.Try {
		do, again = w.office.Try, w.again()
	}
	added, known, faults, err := do(ctx, w.batch)
	if err != nil {
		return err
	}
	w.report.Added, w.report.Known = w.report.Added+added, w.report.Known+known+again
	for _, f := range faults {
		for i, row := range w.batch {
			if row.Line == f.Line {
				w.refuse(f, w.raw[i])
			}
		}
	}
	w.batch, w.raw = w.batch[:0], w.raw[:0]
	w.Progress(w.sheet.Read(), w.total)
	return nil
}

// again takes out of a trial's batch what came before in the same file: an
// import would know it by then.
func (w *work) again() (rows int) {
	fresh, raw := w.batch[:0], w.raw[:0]
	for i, row := range w.batch {
		sum := sha256.Sum256([]byte(row.Source))
		key := [8]byte(sum[:8])
		if w.seen[key] {
			rows++
			continue
		}
		w.seen[key] = true
		fresh, raw = append(fresh, row), append(raw, w.raw[i])
	}
	w.batch, w.raw = fresh, raw
	return rows
}

func (w *work) refuse(f office.LineFault, raw []string) {
	w.report.Bad++
	name := ""
	if i, have := w.sheet.header.at[column(f.Fault.Field)]; have {
		name = w.sheet.header.names[i]
	}
	w.Bad(office.BadRow{LineFault: f, Column: name, Raw: raw})
}

// size is how many bytes a reader has, -1 when it cannot tell.
func size(r io.Reader) int64 {
	s, ok := r.(io.Seeker)
	if !ok {
		return -1
	}
	here, err := s.Seek(0, io.SeekCurrent)
	if err != nil {
		return -1
	}
	end, err := s.Seek(0, io.SeekEnd)
	if err != nil {
		return -1
	}
	if _, err := s.Seek(here, io.SeekStart); err != nil {
		return -1
	}
	return end - here
}
