package takeout

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"lianxin/server/board"
	"lianxin/store"
	"lianxin/store/seal"
)

// What a load can be refused for, beside ErrTaken.
var (
	ErrNotOurs = errors.New("not an export of this program")
	ErrNewer   = errors.New("exported by a newer program")
	ErrDamaged = errors.New("the export is damaged")
)

// Loaded is what came of a load.
type Loaded struct {
	Report
	Same bool // the keys are those of the box that was exported, and its checkpoints hold here
}

// Load makes an equal board of an export, in the folder data, which must not
// hold one. Nothing stands under its name there until all of it was read and
// found sound, and amend has changed what it must in the folder it is given; nil
// changes nothing. A load that broke off is begun again from nothing.
func Load(ctx context.Context, dir, data string, keys *seal.Keys, now time.Time, progress func(done int),
	amend func(ctx context.Context, dir string) error) (Loaded, error) {
	l := Loaded{Report: Report{Dir: dir}}
	began := time.Now()
	if err := readManifest(dir, &l.Manifest); err != nil {
		return l, err
	}
	err := store.Stage(data, ".loading", func(dir string) error {
		s, err := store.Open(dir, keys)
		if err != nil {
			return err
		}
		if err := errors.Join(l.fill(ctx, s, now, progress), s.Close()); err != nil || amend == nil {
			return err
		}
		return amend(ctx, dir)
	})
	if err != nil {
		return l, err
	}
	l.Took = time.Since(began)
	return l, nil
}

func readManifest(dir string, m *Manifest) error {
	f, err := os.Open(filepath.Join(dir, manifestName))
	if err != nil {
		return fmt.Errorf("%w: %w", ErrNotOurs, err)
	}
	defer f.Close()
	if err := json.NewDecoder(io.LimitReader(f, 1<<20)).Decode(m); err != nil {
		return fmt.Errorf("%w: %w", ErrNotOurs, err)
	}
	switch {
	case !strings.HasPrefix(m.Layout, "lianxin export "):
		return ErrNotOurs
	case m.Layout != layout || m.Schema > store.Schema:
		return ErrNewer
	}
	return nil
}

// fill reads all files into a new store and holds that against itself and
// against what the manifest says.
func (l *Loaded) fill(ctx context.Context, s *store.Store, now time.Time, progress func(done int)) (err error) {
	done := 0
	step := func() {
		if done++; progress != nil && done%100 == 0 {
			progress(done)
		}
	}
	for _, f := range files {
		if _, there := l.Files[f.name]; !there {
			continue // an older program knew no such thing; what was taken away is missed in the end
		}
		r, err := l.open(f.name)
		if err != nil {
			return err
		}
		if err := errors.Join(s.Load(ctx, r.events(f.sort, step)), r.close()); err != nil {
			return damaged(f.name, r.lines, err)
		}
	}
	r, err := l.open(treeName)
	if err != nil {
		return err
	}
	l.Same, err = s.LoadTree(ctx, l.Verifier, r.leaves(), now)
	if err := errors.Join(err, r.close()); err != nil {
		return damaged(treeName, r.lines, err)
	}
	if err := l.attached(ctx, s); err != nil {
		return err
	}
	if err := l.inspect(ctx, s); err != nil {
		return err
	}
	return s.Lose(ctx, l.Gone, l.Made)
}

// attached puts the photos and recordings that the record names into the store,
// and holds each against what the record says of it.
func (l *Loaded) attached(ctx context.Context, s *store.Store) error {
	came := 0
	err := s.Files(ctx, func(k store.Kept) error {
		if slices.Contains(l.Gone, k.Blob) {
			return nil
		}
		name := fileName(k)
		f, err := os.Open(filepath.Join(l.Dir, filesDir, name))
		if err != nil {
			return fmt.Errorf("%w: %w", ErrDamaged, err)
		}
		plain, err := io.ReadAll(io.LimitReader(f, store.MostBlob+1))
		if err := errors.Join(err, f.Close()); err != nil {
			return err
		}
		if int64(len(plain)) != k.Size || sha256.Sum256(plain) != k.Sum {
			return fmt.Errorf("%w: %s is not what was added", ErrDamaged, name)
		}
		came++
		return s.PutBlob(ctx, k.Owner, k.Blob, plain)
	})
	if err == nil && came != l.Attached {
		err = fmt.Errorf("%w: it holds something else than it says", ErrDamaged)
	}
	return err
}

// damaged says that it is the export that is at fault, where it is.
func damaged(name string, lines int, err error) error {
	if errors.Is(err, store.ErrUntrue) {
		return fmt.Errorf("%w: %s, line %d or before: %w", ErrDamaged, name, lines, err)
	}
	return fmt.Errorf("%s: %w", name, err)
}

func (l *Loaded) inspect(ctx context.Context, s *store.Store) error {
	found, err := s.Check(ctx, nil)
	if err != nil {
		return err
	}
	audit, err := s.Verify(ctx, nil, nil)
	if err != nil {
		return err
	}
	if problems := append(found.Problems, audit.Problems...); len(problems) > 0 {
		return fmt.Errorf("%w: %s", ErrDamaged, strings.Join(problems, "; "))
	}
	if found.Streams != l.Streams || found.Events != l.Events || audit.Leaves != int64(l.Sealed) {
		return fmt.Errorf("%w: it holds something else than it says", ErrDamaged)
	}
	return nil
}

// reader reads one file of lines, and reckons its sum on the way.
type reader struct {
	file  *os.File
	from  *json.Decoder
	sum   hash.Hash
	want  Sum
	lines int
}

func (l *Loaded) open(name string) (*reader, error) {
	f, err := os.Open(filepath.Join(l.Dir, name))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	r := &reader{file: f, sum: sha256.New(), want: l.Files[name]}
	r.from = json.NewDecoder(io.TeeReader(bufio.NewReaderSize(f, 1<<16), r.sum))
	r.from.DisallowUnknownFields() // a newer form must not lose anything in silence
	return r, nil
}

// next reads a line; false at the end, where the file must have been what the
// manifest says.
func (r *reader) next(into any) (bool, error) {
	err := r.from.Decode(into)
	switch {
	case err == nil:
		r.lines++
		return true, nil
	case !errors.Is(err, io.EOF):
		return false, fmt.Errorf("%w: %w", ErrDamaged, err)
	case r.lines != r.want.Lines || hex.EncodeToString(r.sum.Sum(nil)) != r.want.SHA256:
		return false, fmt.Errorf("%w: its sum is another", ErrDamaged)
	}
	return false, nil
}

func (r *reader) close() error { return r.file.Close() }

func (r *reader) events(sort board.Sort, step func()) iter.Seq2[store.Told, error] {
	return func(yield func(store.Told, error) bool) {
		for {
			var line Line
			more, err := r.next(&line)
			if err != nil {
				yield(store.Told{}, err)
				return
			}
			if !more {
				return
			}
			told, err := line.told(sort)
			if !yield(told, err) || err != nil {
				return
			}
			step()
		}
	}
}

func (line Line) told(sort board.Sort) (store.Told, error) {
	stream, err := board.ParseStream(line.Stream)
	if err == nil && stream.Sort != sort {
		err = errors.New("a stream of another file")
	}
	salt, bad := hex.DecodeString(line.Salt)
	if err := errors.Join(err, bad); err != nil {
		return store.Told{}, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	return store.Told{Stream: stream, Seq: line.Seq, Header: line.Header, Salt: salt, Fact: line.Fact}, nil
}

func (r *reader) leaves() iter.Seq2[store.Leaf, error] {
	return func(yield func(store.Leaf, error) bool) {
		for {
			var node Node
			more, err := r.next(&node)
			if err != nil {
				yield(store.Leaf{}, err)
				return
			}
			if !more {
				return
			}
			leaf, err := node.leaf()
			if !yield(leaf, err) || err != nil {
				return
			}
		}
	}
}

func (node Node) leaf() (store.Leaf, error) {
	if node.Checkpoint != "" && node.Signed != nil {
		return store.Leaf{Note: node.Checkpoint, Time: *node.Signed}, nil
	}
	stream, err := board.ParseStream(node.Stream)
	if err != nil {
		err = fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	return store.Leaf{Stream: stream, Seq: node.Seq}, err
}
