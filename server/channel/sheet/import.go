package sheet

import (
	"context"
	"fmt"
	"io"

	"lianxin/server/board"
	"lianxin/server/office"
)

// Report counts what an import did with the rows.
type Report struct {
	Read  int // all rows
	Added int
	Known int // were here already
	Bad   int // could not be taken; each was told
}

// batchSize is how many rows make one deed: few enough that others get their
// turn between, and that an interrupt waits for little.
const batchSize = 100

// Import brings the rows of a table to the office, in batches; system is as in
// New. After each batch progress is told the bytes read and the bytes in all,
// -1 when nobody knows; bad is told each row that was refused, and why.
//
// It may be interrupted by ctx or by an error at any time and begun again: what
// is here already is known by its source, and nothing comes in twice. The report
// holds what was done until then.
func Import(ctx context.Context, o *office.Office, r io.Reader, system string,
	progress func(done, total int64), bad func(office.LineFault)) (Report, error) {
	var report Report
	total := size(r)
	s, err := New(r, system)
	if err != nil {
		return report, err
	}
	refuse := func(f office.LineFault) {
		report.Bad++
		bad(f)
	}
	batch := make([]office.Imported, 0, batchSize)
	flush := func() error {
		if len(batch) == 0 {
			return nil
		}
		added, known, faults, err := o.Import(ctx, batch)
		if err != nil {
			return err
		}
		report.Added, report.Known = report.Added+added, report.Known+known
		for _, f := range faults {
			refuse(f)
		}
		batch = batch[:0]
		progress(s.Read(), total)
		return nil
	}
	for row, err := range s.Rows() {
		if ctx.Err() != nil {
			return report, ctx.Err()
		}
		faults, refused := board.Faults(err)
		if err != nil && !refused {
			return report, fmt.Errorf("reading a table: %w", err)
		}
		report.Read++
		if refused {
			refuse(office.LineFault{Line: row.Line, Fault: faults[0]})
			continue
		}
		if batch = append(batch, row); len(batch) == batchSize {
			if err := flush(); err != nil {
				return report, err
			}
		}
	}
	err = flush()
	return report, err
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
