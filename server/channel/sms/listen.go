package sms

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"path"
	"slices"
	"strings"
	"time"

	"lianxin/server/board"
	"lianxin/server/office"
)

// The folder is looked at, not watched: a watch is one more library, needs
// another way on every system, and is deaf on network folders, where a gateway
// on another machine would put its files. A look at an empty folder takes about
// 4 µs, five of them a second are nothing. The folder's own time is not asked
// first: it is as coarse as two seconds on some file systems, so that a file
// dropped right after a look would wait for the next.
const (
	between   = 200 * time.Millisecond // from look to look
	halfDone  = 2 * time.Second        // an unreadable file that does not change is not being written any more
	firstRest = time.Second            // after a text that could not be taken in
	lastRest  = time.Minute
)

// arrival is a text as it lies in in/. Time is read with goodwill: a gateway
// that writes it in its own way must not cost anybody their words.
type arrival struct {
	From string `json:"from"`
	Text string `json:"text"`
	Time string `json:"time"`
}

// errUnreadable is all that may be told of a file: the decoder's own errors
// quote what they stumbled over.
var errUnreadable = errors.New("not the JSON of a text")

// Listen takes the texts in in/ and has them heard, the oldest first, until ctx
// ends; then it returns nil. A file is deleted only after hear has returned
// nil; one that could not be taken in is tried again, after longer and longer
// rests, and later texts of the same number wait for it. A file that cannot be
// read is moved to in/bad. Listen fails only when the folder cannot be read at
// the start.
func (s *Spool) Listen(ctx context.Context, hear func(context.Context, office.Inbound) error) error {
	e := &ear{spool: s, hear: hear, doubts: map[string]doubt{}, waits: map[string]wait{}}
	if err := e.look(ctx); err != nil {
		return fmt.Errorf("spool: %w", err)
	}
	tick := time.NewTicker(between)
	defer tick.Stop()
	deaf := false
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		case <-s.knock:
		}
		err := e.look(ctx)
		if err != nil && !deaf {
			slog.Error("spool: the folder of texts that come in cannot be read", "cause", err)
		}
		deaf = err != nil
	}
}

// ear is what is known of the files that lie in in/ between two looks.
type ear struct {
	spool  *Spool
	hear   func(context.Context, office.Inbound) error
	doubts map[string]doubt
	waits  map[string]wait
}

// doubt is a file that could not be read: it may be half written.
type doubt struct {
	since, changed time.Time
	size           int64
}

// wait is a text that could not be taken in.
type wait struct {
	from  string
	until time.Time
	rest  time.Duration
}

// look takes in what lies there. Texts of one number keep their order: what
// came after one that waits, waits too.
func (e *ear) look(ctx context.Context) error {
	files, err := e.spool.list("in")
	if err != nil {
		return err
	}
	e.forget(files)
	held := map[string]bool{}
	for _, w := range e.waits {
		held[w.from] = held[w.from] || time.Now().Before(w.until)
	}
	var trouble error
	for _, m := range e.readable(files) {
		if ctx.Err() != nil {
			return nil
		}
		if held[m.From] {
			continue
		}
		if err := e.take(ctx, m); err != nil {
			held[m.From], trouble = true, err
		}
	}
	if trouble != nil && ctx.Err() == nil {
		slog.Error("spool: texts that came in could not be kept; they lie in the folder and are tried again",
			"waiting", len(e.waits), "cause", trouble)
	}
	return nil
}

// take has one text heard and deletes its file.
func (e *ear) take(ctx context.Context, m office.Inbound) error {
	err := e.hear(ctx, m)
	if err == nil {
		if err = e.spool.root.Remove("in/" + m.ID); errors.Is(err, fs.ErrNotExist) {
			err = nil
		} else if err != nil {
			err = errors.New("the file of a text cannot be removed") // it is heard again, under the same id
		}
	}
	if err == nil {
		delete(e.waits, m.ID)
		return nil
	}
	rest := firstRest
	if w, again := e.waits[m.ID]; again {
		rest = min(2*w.rest, lastRest)
	}
	e.waits[m.ID] = wait{from: m.From, until: time.Now().Add(rest), rest: rest}
	return err
}

// readable reads the texts that are there, the oldest first, and puts aside
// what is none.
func (e *ear) readable(files []fs.FileInfo) []office.Inbound {
	var texts []office.Inbound
	for _, f := range files {
		if draft(f.Name()) || !strings.HasSuffix(f.Name(), ".json") || time.Now().Before(e.waits[f.Name()].until) {
			continue
		}
		m, err := e.spool.arrived(f)
		switch {
		case err == nil:
			delete(e.doubts, f.Name())
			texts = append(texts, m)
		case !errors.Is(err, fs.ErrNotExist) && e.hopeless(f):
			e.spool.setAside(f.Name())
		}
	}
	slices.SortFunc(texts, func(a, b office.Inbound) int {
		return cmp.Or(a.Time.Compare(b.Time), cmp.Compare(a.ID, b.ID))
	})
	return texts
}

// hopeless tells whether an unreadable file has stood unchanged for so long
// that nobody is writing it any more.
func (e *ear) hopeless(f fs.FileInfo) bool {
	before, known := e.doubts[f.Name()]
	if known && before.size == f.Size() && before.changed.Equal(f.ModTime()) {
		return time.Since(before.since) >= halfDone
	}
	e.doubts[f.Name()] = doubt{since: time.Now(), changed: f.ModTime(), size: f.Size()}
	return false
}

// forget drops what is known of files that are gone.
func (e *ear) forget(files []fs.FileInfo) {
	if len(e.doubts)+len(e.waits) == 0 {
		return
	}
	here := map[string]bool{}
	for _, f := range files {
		here[f.Name()] = true
	}
	for name := range e.doubts {
		if !here[name] {
			delete(e.doubts, name)
		}
	}
	for name := range e.waits {
		if !here[name] {
			delete(e.waits, name)
		}
	}
}

// arrived reads one file of in/.
func (s *Spool) arrived(f fs.FileInfo) (office.Inbound, error) {
	raw, err := s.read("in/" + f.Name())
	if err != nil {
		return office.Inbound{}, err
	}
	var a arrival
	if json.Unmarshal(bytes.TrimPrefix(raw, []byte("\ufeff")), &a) != nil || a.From == "" {
		return office.Inbound{}, errUnreadable
	}
	at, err := time.Parse(time.RFC3339, a.Time)
	if err != nil {
		if at, err = time.ParseInLocation(time.DateTime, a.Time, board.Zone); err != nil {
			at = f.ModTime()
		}
	}
	return office.Inbound{ID: f.Name(), From: a.From, Text: a.Text, Time: at.In(board.Zone)}, nil
}

// setAside moves an unreadable file to in/bad, beside whatever has its name
// there already.
func (s *Spool) setAside(name string) {
	place := path.Join("in/bad", name)
	for i := 1; ; i++ {
		if _, err := s.root.Lstat(place); err != nil {
			break
		}
		place = fmt.Sprintf("in/bad/%s.%d", name, i)
	}
	if err := s.root.Rename("in/"+name, place); err != nil {
		slog.Error("spool: a file that came in is not the JSON of a text, and cannot be moved to in/bad")
		return
	}
	slog.Warn("spool: a file that came in is not the JSON of a text; it lies in in/bad now")
}
