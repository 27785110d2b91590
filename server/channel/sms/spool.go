// Package sms carries texts between the office and a phone network.
//
// The spool is the channel that every box has: a text that leaves is a JSON
// file in out/, a text that comes in is one in in/. Whatever has a modem or a
// contract with an operator can empty the one and fill the other with a few
// lines of shell; the demo shows both as a phone.
//
//	out/<id>.json        {"id","to","text","time"}  taken away after hand-over
//	in/<any name>.json   {"from","text","time"}     the name is the message's id
//
// A file that is still being written has a name that begins with "." or ends
// in ".tmp". Texts are personal: files have mode 0600, and no line of a log
// holds words, numbers or file names of them.
package sms

import (
	"bytes"
	"cmp"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"lianxin/server/board"
	"lianxin/server/office"
)

// How long files stay. What has left is not the board's any more; what could
// not be read is somebody's words, and is kept until somebody has looked.
const (
	outLasts = 24 * time.Hour
	badLasts = 30 * 24 * time.Hour
)

// Spool is a folder of texts. Close it.
type Spool struct {
	root  *os.Root // nothing leads out of the folder, no link and no ".."
	knock chan struct{}
	sent  atomic.Int64

	mu      sync.Mutex
	dropped []office.Inbound // the newest last
}

// Note is a text that has left, as it lies in the spool.
type Note struct {
	ID   string    `json:"id"`
	To   string    `json:"to"`
	Text string    `json:"text"`
	Time time.Time `json:"time"` // when the deed was that the text tells of
}

// OpenSpool opens the folder dir (DATA/spool) and makes what is missing of it.
func OpenSpool(dir string) (*Spool, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("spool: %w", err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("spool: %w", err)
	}
	for _, sub := range []string{"out", "in", "in/bad"} {
		if err := root.MkdirAll(sub, 0o700); err != nil {
			return nil, errors.Join(fmt.Errorf("spool: %w", err), root.Close())
		}
	}
	return &Spool{root: root, knock: make(chan struct{}, 1)}, nil
}

// Close lets go of the folder; Listen must have ended.
func (s *Spool) Close() error { return s.root.Close() }

// Send puts a text into out/. It is there, whole, when Send returns nil. An id
// that lies there already is left as it is, so that a text sent twice is one.
func (s *Spool) Send(ctx context.Context, id, to, text string, at time.Time) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if !plainName(id) {
		return fmt.Errorf("spool: the id of a text cannot name a file")
	}
	name := "out/" + id + ".json"
	if _, err := s.root.Lstat(name); err == nil {
		return nil
	}
	err := s.put(name, Note{ID: id, To: to, Text: text, Time: at.In(board.Zone)})
	if err == nil {
		s.sent.Add(1)
	}
	return err
}

// Sent is how many texts have left since the spool was opened.
func (s *Spool) Sent() int64 { return s.sent.Load() }

// plainName holds an id to what every file system takes.
func plainName(id string) bool {
	return id != "" && len(id) <= 120 && !strings.ContainsFunc(id, func(r rune) bool {
		return r != '-' && r != '_' && (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z')
	})
}

// put writes a file so that it is seen whole or not at all, and stays.
func (s *Spool) put(name string, content any) (err error) {
	var text bytes.Buffer
	as := json.NewEncoder(&text)
	as.SetEscapeHTML(false)
	if err := as.Encode(content); err != nil {
		return fmt.Errorf("spool: %w", err)
	}
	draft := path.Join(path.Dir(name), "."+path.Base(name)+".tmp")
	file, err := s.root.OpenFile(draft, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("spool: %w", err)
	}
	defer func() {
		if err != nil {
			err = fmt.Errorf("spool: %w", errors.Join(err, s.root.Remove(draft)))
		}
	}()
	_, err = file.Write(text.Bytes())
	if err = errors.Join(err, file.Sync(), file.Close()); err != nil {
		return err
	}
	if err = s.root.Rename(draft, name); err != nil {
		return err
	}
	if err := s.settle(path.Dir(name)); err != nil {
		return fmt.Errorf("spool: %w", err)
	}
	return nil
}

// settle makes the names in a folder last through a power cut.
func (s *Spool) settle(folder string) error {
	f, err := s.root.Open(folder)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// Sweep takes away texts that nobody fetched within 24 hours, drafts that a
// power cut left, and unreadable files of long ago. Now is the machine's time,
// as that of the files is, even where the board's clock is set elsewhere.
func (s *Spool) Sweep(now time.Time) error {
	var faults []error
	for folder, lasts := range map[string]time.Duration{"out": outLasts, "in/bad": badLasts} {
		files, err := s.list(folder)
		faults = append(faults, err)
		for _, f := range files {
			if now.Sub(f.ModTime()) < lasts {
				continue
			}
			if err := s.root.Remove(path.Join(folder, f.Name())); err != nil && !errors.Is(err, fs.ErrNotExist) {
				faults = append(faults, errors.New("a file cannot be removed"))
			}
		}
	}
	if err := errors.Join(faults...); err != nil {
		return fmt.Errorf("spool: %w", err)
	}
	return nil
}

// list gives the plain files of a folder, in no order.
func (s *Spool) list(folder string) ([]fs.FileInfo, error) {
	f, err := s.root.Open(folder)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	entries, err := f.ReadDir(-1)
	if err != nil {
		return nil, err
	}
	var files []fs.FileInfo
	for _, entry := range entries {
		if entry.IsDir() {
			continue
		}
		file, err := entry.Info()
		if errors.Is(err, fs.ErrNotExist) {
			continue // fetched meanwhile
		}
		if err != nil {
			return nil, err
		}
		files = append(files, file)
	}
	return files, nil
}

// shown is how many texts the phone of the demo can hold.
const shown = 500

// Out lists the texts that lie in out/, the newest first.
func (s *Spool) Out() ([]Note, error) {
	files, err := s.list("out")
	if err != nil {
		return nil, fmt.Errorf("spool: %w", err)
	}
	slices.SortFunc(files, func(a, b fs.FileInfo) int { return b.ModTime().Compare(a.ModTime()) })
	var notes []Note
	for _, f := range files[:min(len(files), shown)] {
		if draft(f.Name()) {
			continue
		}
		var n Note
		raw, err := s.read("out/" + f.Name())
		if err == nil && json.Unmarshal(raw, &n) == nil { // else it was fetched meanwhile, or is not ours
			notes = append(notes, n)
		}
	}
	slices.SortStableFunc(notes, func(a, b Note) int {
		return cmp.Or(b.Time.Compare(a.Time), cmp.Compare(b.ID, a.ID))
	})
	return notes, nil
}

// Drop puts a text into in/, as a phone network would. For the demo: it wakes
// Listen at once.
func (s *Spool) Drop(from, text string, at time.Time) error {
	m := office.Inbound{ID: rand.Text() + ".json", From: from, Text: text, Time: at.In(board.Zone)}
	err := s.put("in/"+m.ID, arrival{From: m.From, Text: m.Text, Time: m.Time.Format(time.RFC3339)})
	if err != nil {
		return err
	}
	s.mu.Lock()
	s.dropped = append(s.dropped, m)
	s.dropped = s.dropped[max(0, len(s.dropped)-shown):]
	s.mu.Unlock()
	select {
	case s.knock <- struct{}{}:
	default:
	}
	return nil
}

// Dropped lists what Drop put in since the start, the newest first: the phone
// of the demo shows what was typed on it too, and the files are gone as soon as
// they are heard.
func (s *Spool) Dropped() []office.Inbound {
	s.mu.Lock()
	defer s.mu.Unlock()
	all := slices.Clone(s.dropped)
	slices.Reverse(all)
	return all
}

// maxFile is more bytes than the longest text that phones can join (255 parts
// of 67 characters).
const maxFile = 64 << 10

// read gives a file's content. It refuses what is no plain file: a pipe would
// keep the reader for ever.
func (s *Spool) read(name string) ([]byte, error) {
	info, err := s.root.Lstat(name)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() || info.Size() > maxFile {
		return nil, errUnreadable
	}
	file, err := s.root.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return io.ReadAll(io.LimitReader(file, maxFile))
}

// draft tells the name of a file that is still being written.
func draft(name string) bool { return strings.HasPrefix(name, ".") || strings.HasSuffix(name, ".tmp") }
