// Package takeout writes everything that a board knows into files that anybody
// can read without this program, and makes an equal board of such files.
//
// The files are JSON, one object a line: one file for each sort of stream, one
// for the tree, and manifest.json, which is written last. Photos and recordings
// lie beside them as they were added, in the folder files. README.md tells what
// is in all of them. What they hold is in the open: only the keys stay behind.
package takeout

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"lianxin/server/board"
	"lianxin/store"
	"lianxin/store/seal"
)

const (
	manifestName = "manifest.json"
	treeName     = "tree.jsonl"
	filesDir     = "files"
	layout       = "lianxin export 1"
)

// files are the streams' files, in the order in which they are written and
// read.
var files = []struct {
	name string
	sort board.Sort
}{
	{"county.jsonl", board.County},
	{"villages.jsonl", board.Hamlets},
	{"units.jsonl", board.Units},
	{"staff.jsonl", board.Staffs},
	{"people.jsonl", board.Persons},
	{"papers.jsonl", board.Papers},
	{"cases.jsonl", board.Cases},
	{"looks.jsonl", board.Looks},
}

// Manifest says what an export holds.
type Manifest struct {
	Layout   string         `json:"layout"`
	Made     time.Time      `json:"made"`
	Schema   int            `json:"schema"`
	Box      string         `json:"box"`      // fingerprint of the keys of the box it was made in
	Verifier string         `json:"verifier"` // what that box's checkpoints verify with
	Streams  int            `json:"streams"`
	Events   int            `json:"events"`
	Sealed   int            `json:"sealed"` // leaves of the tree
	Files    map[string]Sum `json:"files"`
	Attached int            `json:"attached,omitempty"` // photos and recordings
	// Gone are those that the record names and the export does not hold: they were
	// let go of while it was made, or lost.
	Gone []board.BlobName `json:"gone,omitempty"`
}

// Sum is what a file must be.
type Sum struct {
	Lines  int    `json:"lines"`
	SHA256 string `json:"sha256"`
}

// Line is one event: a line of a stream's file.
type Line struct {
	Stream string          `json:"stream"`
	Seq    uint32          `json:"seq"`
	Header json.RawMessage `json:"header"`
	Salt   string          `json:"salt,omitempty"` // hexadecimal; none when the fact was erased
	Fact   json.RawMessage `json:"fact,omitempty"`
}

// Node is a line of the tree's file: a leaf, or a checkpoint of all before it.
type Node struct {
	Stream     string     `json:"stream,omitempty"`
	Seq        uint32     `json:"seq,omitempty"`
	Checkpoint string     `json:"checkpoint,omitempty"`
	Signed     *time.Time `json:"signed,omitempty"`
}

// Report is what came of an export or a load.
type Report struct {
	Manifest
	Lost []error // why photos and recordings are not in it that somebody still counts on
	Dir  string
	Took time.Duration
}

// ErrTaken says that a folder is not empty, and was left alone.
var ErrTaken = store.ErrTaken

// Write exports a store into dir, which must be empty. It seals what waits, and
// reads a copy: what is written meanwhile neither waits nor is in it. dir gets
// all of it or nothing.
func Write(ctx context.Context, s *store.Store, keys *seal.Keys, dir string, now time.Time, progress func(done int)) (Report, error) {
	r := Report{Dir: dir, Manifest: Manifest{
		Layout: layout, Made: now.UTC(), Schema: store.Schema, Box: keys.Fingerprint(), Verifier: s.VerifierKey(), Files: map[string]Sum{},
	}}
	began := time.Now()
	if err := Empty(dir); err != nil {
		return r, err
	}
	if _, err := s.Seal(ctx, now); err != nil {
		return r, err
	}
	scratch := filepath.Join(dir, ".making")
	if err := os.Mkdir(scratch, 0o700); err != nil {
		return r, fmt.Errorf("folder of the export: %w", err)
	}
	defer os.RemoveAll(scratch)
	copied, err := copyOf(s, keys, filepath.Join(scratch, "copy"))
	if err != nil {
		return r, err
	}
	w := &writer{dir: scratch, r: &r, progress: progress}
	if err := errors.Join(w.all(ctx, s, copied), copied.Close()); err != nil {
		return r, err
	}
	for _, f := range files {
		if err := os.Rename(filepath.Join(scratch, f.name), filepath.Join(dir, f.name)); err != nil {
			return r, err
		}
	}
	for _, name := range []string{filesDir, treeName, manifestName} { // the last makes it whole
		if err := os.Rename(filepath.Join(scratch, name), filepath.Join(dir, name)); err != nil {
			return r, err
		}
	}
	r.Took = time.Since(began)
	return r, store.Settle(dir)
}

// Empty makes a folder, and refuses one that holds anything.
func Empty(dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("folder of the export: %w", err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return fmt.Errorf("folder of the export: %w", err)
	}
	if len(entries) > 0 {
		return fmt.Errorf("%w: %s", ErrTaken, dir)
	}
	return nil
}

// copyOf opens a copy of a store, so that all that is read is one state.
func copyOf(s *store.Store, keys *seal.Keys, dir string) (*store.Store, error) {
	if err := os.Mkdir(dir, 0o700); err != nil {
		return nil, err
	}
	f, err := os.OpenFile(filepath.Join(dir, store.File), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, err
	}
	_, err = s.CopyTo(store.Steady(f))
	if err := errors.Join(err, f.Close()); err != nil {
		return nil, err
	}
	return store.Open(dir, keys)
}

type writer struct {
	dir      string
	r        *Report
	progress func(done int)
}

// all writes what the copy s of the store live knows.
func (w *writer) all(ctx context.Context, live, s *store.Store) error {
	for _, f := range files {
		lines, err := w.file(f.name, func(put func(any) error) error {
			return s.Tell(ctx, f.sort, func(e store.Told) error {
				if e.Seq == 1 {
					w.r.Streams++
				}
				if w.r.Events++; w.progress != nil && w.r.Events%100 == 0 {
					w.progress(w.r.Events)
				}
				return put(Line{e.Stream.String(), e.Seq, e.Header, hex.EncodeToString(e.Salt), e.Fact})
			})
		})
		if err != nil {
			return fmt.Errorf("%s after line %d: %w", f.name, lines, err)
		}
	}
	_, err := w.file(treeName, func(put func(any) error) error {
		return s.TellTree(ctx, func(l store.Leaf) error {
			if l.Note != "" {
				signed := l.Time.UTC()
				return put(Node{Checkpoint: l.Note, Signed: &signed})
			}
			w.r.Sealed++
			return put(Node{Stream: l.Stream.String(), Seq: l.Seq})
		})
	})
	if err != nil {
		return fmt.Errorf("%s: %w", treeName, err)
	}
	if err := w.attached(ctx, live, s); err != nil {
		return fmt.Errorf("%s: %w", filesDir, err)
	}
	about, err := json.MarshalIndent(w.r.Manifest, "", "  ")
	if err != nil {
		return err
	}
	return write(filepath.Join(w.dir, manifestName), func(to io.Writer) error {
		_, err := to.Write(append(about, '\n'))
		return err
	})
}

// attached writes the photos and recordings as they were added.
func (w *writer) attached(ctx context.Context, live, s *store.Store) error {
	dir := filepath.Join(w.dir, filesDir)
	if err := os.Mkdir(dir, 0o700); err != nil {
		return err
	}
	missing, err := live.FilesOf(ctx, s, func(k store.Kept, _, plain []byte) error {
		w.r.Attached++
		return write(filepath.Join(dir, fileName(k)), func(to io.Writer) error {
			_, err := to.Write(plain)
			return err
		})
	})
	for _, m := range missing {
		if w.r.Gone = append(w.r.Gone, m.Blob); m.Cause != nil {
			w.r.Lost = append(w.r.Lost, fmt.Errorf("a file of c-%s: %w", m.Case, m.Cause))
		}
	}
	return err
}

// endings are those by which other programs know a photo or a recording.
var endings = map[string]string{
	"image/jpeg": ".jpg", "audio/amr": ".amr", "audio/amr-wb": ".awb", "audio/3gpp": ".3gp", "audio/mp4": ".m4a", "audio/aac": ".aac",
	"audio/mpeg": ".mp3", "audio/wav": ".wav", "audio/ogg": ".ogg", "audio/webm": ".webm",
}

// fileName is what a photo or a recording is called in an export: the name by which
// its event calls it, and an ending.
func fileName(k store.Kept) string { return string(k.Blob) + endings[k.Type] }

// file writes one file of lines, and puts its sum into the manifest.
func (w *writer) file(name string, fill func(put func(any) error) error) (lines int, err error) {
	sum := sha256.New()
	err = write(filepath.Join(w.dir, name), func(to io.Writer) error {
		buffered := bufio.NewWriterSize(io.MultiWriter(to, sum), 1<<16)
		enc := json.NewEncoder(buffered)
		enc.SetEscapeHTML(false) // what was hashed must stay byte for byte
		return errors.Join(fill(func(v any) error {
			lines++
			return enc.Encode(v)
		}), buffered.Flush())
	})
	w.r.Files[name] = Sum{lines, hex.EncodeToString(sum.Sum(nil))}
	return lines, err
}

// write writes a file that only its owner reads, and sees it onto the disk.
func write(name string, fill func(io.Writer) error) error {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	return errors.Join(fill(store.Steady(f)), f.Sync(), f.Close())
}
