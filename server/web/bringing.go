package web

import (
	"context"
	"runtime/debug"
	"sync"
	"time"

	"lianxin/server/board"
	"lianxin/server/office"
)

// Bring takes in the table of another system, or says what would come in.
type Bring func(ctx context.Context, file []byte, task TableTask) (office.Table, error)

// TableTask is what a page wants of a table.
type TableTask struct {
	System, Map string // see the command import
	Try         bool
	Head        func(names []string) // of the columns, before the first row
	Progress    func(done, total int64)
	Bad         func(office.BadRow)
}

// bringing is the one table that the pages have in hand. A table is big: two at
// once are refused. It lies in memory only; a restart drops it, and the same
// table brought again brings nothing twice.
type bringing struct {
	sync.Mutex
	upload time.Time // somebody is sending a file, until then at the latest
	job    *tableJob
	stop   context.CancelFunc
	busy   sync.WaitGroup
	closed bool
}

// tableJob is a table from its trial to its last row.
type tableJob struct {
	mark   string   // names it in the form that confirms it
	by     board.ID // who brought it: nobody else reads its rows
	file   []byte   // nil once it was brought in
	system string
	asked  string // the map

	running     bool
	tried       bool // the report is the trial's
	done, total int64
	report      office.Table
	head        []string        // what its columns are called
	bad         []office.BadRow // the first of them, see keep
	room        int             // bytes, for more of them
	err         error
	ended       chan struct{}
}

// mostBad is how many bad rows a page lists; the file of them holds what has
// room in so many bytes.
const (
	mostBad = 50
	badRoom = 4 << 20
)

// keep keeps a row that could not be taken, as long as there is room.
func (j *tableJob) keep(row office.BadRow) {
	for _, cell := range row.Raw {
		j.room -= len(cell) + 16
	}
	if j.room -= 128; j.room >= 0 {
		j.bad = append(j.bad, row)
	}
}

var (
	tableBusy  = board.Fault{Kind: board.Conflict, ID: "table.busy"}
	tableOther = board.Fault{Kind: board.Conflict, ID: "table.other"}
)

// reserve gives one upload at a time the room for a big file.
func (b *bringing) reserve(now time.Time) bool {
	b.Lock()
	defer b.Unlock()
	if now.Before(b.upload) || b.job != nil && b.job.running {
		return false
	}
	b.upload = now.Add(bodyTime)
	return true
}

// now is how far the table in hand is; false when there is none.
func (b *bringing) now() (tableJob, bool) {
	b.Lock()
	defer b.Unlock()
	if b.job == nil {
		return tableJob{}, false
	}
	return *b.job, true
}

// try takes a table in hand, in the place of one that waits to be confirmed,
// and tries it. It waits a moment: most tables are read within it.
func (s *Site) try(job *tableJob) error {
	b := &s.bringing
	b.Lock()
	b.upload = time.Time{}
	if b.job != nil && b.job.running {
		b.Unlock()
		return tableBusy
	}
	s.start(job, true)
	b.Unlock()
	return s.settle(job)
}

// confirm brings in the table that was tried. Asked twice it does it once.
func (s *Site) confirm(mark string) error {
	b := &s.bringing
	b.Lock()
	job := b.job
	if job == nil || job.mark != mark {
		b.Unlock()
		return tableOther
	}
	if !job.running && job.tried && job.err == nil {
		s.start(job, false)
	}
	b.Unlock()
	return s.settle(job)
}

// drop lets go of a table that nothing is being done with.
func (b *bringing) drop() error {
	b.Lock()
	defer b.Unlock()
	if b.job != nil && b.job.running {
		return tableBusy
	}
	b.job = nil
	return nil
}

// settle waits a moment for a table to be read to its end, and says what was
// wrong with the table as a whole.
func (s *Site) settle(job *tableJob) error {
	const moment = 2 * time.Second
	b := &s.bringing
	b.Lock()
	ended := job.ended
	b.Unlock()
	select {
	case <-ended:
	case <-time.After(moment):
		return nil
	}
	b.Lock()
	defer b.Unlock()
	if _, refused := board.Faults(job.err); refused && job.tried {
		b.job = nil
		return job.err
	}
	return nil
}

// start begins to read the table; the lock is held.
func (s *Site) start(job *tableJob, try bool) {
	b := &s.bringing
	if b.closed {
		return
	}
	ctx, stop := context.WithCancel(context.Background())
	b.job, b.stop = job, stop
	job.running, job.tried, job.done, job.total, job.bad, job.room, job.err, job.ended = true, try, 0, -1, nil, badRoom, nil, make(chan struct{})
	file, task := job.file, TableTask{System: job.system, Map: job.asked, Try: try}
	task.Progress = func(done, total int64) {
		b.Lock()
		defer b.Unlock()
		job.done, job.total = done, total
	}
	task.Bad = func(row office.BadRow) {
		b.Lock()
		defer b.Unlock()
		job.keep(row)
	}
	task.Head = func(names []string) {
		b.Lock()
		defer b.Unlock()
		job.head = names
	}
	b.busy.Go(func() {
		defer stop()
		report, err := s.read(ctx, file, task)
		b.Lock()
		defer b.Unlock()
		job.running, job.report, job.err = false, report, err
		if _, refused := board.Faults(err); err != nil && !refused {
			s.Log.Error("a table was not read to its end", "error", scrub(err.Error()))
		}
		if !try && err == nil {
			job.file = nil
		}
		close(job.ended)
	})
}

// read reads a table; a panic is an error like another.
func (s *Site) read(ctx context.Context, file []byte, task TableTask) (report office.Table, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = panicked{p, debug.Stack()}
		}
	}()
	return s.Bring(ctx, file, task)
}

// close interrupts what is being read and waits for it: it works on the store,
// which is closed next.
func (b *bringing) close() {
	b.Lock()
	b.closed = true
	if b.stop != nil {
		b.stop()
	}
	b.Unlock()
	b.busy.Wait()
}
