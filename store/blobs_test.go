package store_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"lianxin/server/board"
	"lianxin/store"
	"lianxin/store/kv"
	"lianxin/store/seal"
)

// hung is somebody's case on which a photo hangs.
type hung struct {
	person, matter board.ID
	by             board.Actor
	photo          board.Attachment
	bytes          []byte
}

func (o opened) hung(t *testing.T) hung {
	t.Helper()
	h := hung{bytes: []byte(strings.Repeat("PHOTO of a lamp", 1000))}
	h.person, h.matter, _ = o.resident(t, "13800138000", "路灯坏了")
	h.by = board.Actor{Person: h.person, Roles: board.Roles{board.Resident}, Channel: board.Web}
	name, err := o.KeepBlob(ctx, h.person, h.bytes)
	if err != nil {
		t.Fatal(err)
	}
	h.photo = board.Attachment{ID: id(t), Sort: board.Photo, Type: "image/jpeg", Size: int64(len(h.bytes)), Sum: sha256.Sum256(h.bytes), Blob: name}
	o.update(t, func(tx *store.Tx) error { return h.attach(tx, h.photo) })
	return h
}

func (h hung) attach(tx *store.Tx, a board.Attachment) error {
	c, err := tx.Case(h.matter)
	if err != nil {
		return err
	}
	e, err := c.Attach(h.by, a, noon)
	if err != nil {
		return err
	}
	return tx.Append(e)
}

func (h hung) detach(tx *store.Tx) error {
	c, err := tx.Case(h.matter)
	if err != nil {
		return err
	}
	e, err := c.Detach(h.by, h.photo.ID, noon)
	if err != nil {
		return err
	}
	return tx.Append(e)
}

func (o opened) folder() string { return filepath.Join(filepath.Dir(o.file), store.BlobFolder) }

func (o opened) path(name board.BlobName) string {
	return filepath.Join(o.folder(), string(name[:2]), string(name[2:]))
}

// lying are the files in the folder.
func (o opened) lying(t *testing.T) (files []string) {
	t.Helper()
	err := filepath.WalkDir(o.folder(), func(path string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			files = append(files, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func TestAFileOpensForItsOwnerAndUnderItsNameAlone(t *testing.T) {
	each(t, func(t *testing.T, o opened) {
		h := o.hung(t)
		if got, err := o.Blob(ctx, h.person, h.photo.Blob); err != nil || !bytes.Equal(got, h.bytes) {
			t.Fatalf("%d bytes came back, %v", len(got), err)
		}
		sealed, err := os.ReadFile(o.path(h.photo.Blob))
		if err != nil || bytes.Contains(sealed, []byte("PHOTO")) || len(sealed) != len(h.bytes)+seal.Overhead {
			t.Fatalf("it lies as %d bytes, %v", len(sealed), err)
		}
		stranger, _, _ := o.resident(t, "13900139000", "我家的也坏了")
		other, err := o.KeepBlob(ctx, h.person, []byte("another"))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(o.path(other), sealed, 0o600); err != nil {
			t.Fatal(err)
		}
		for what, open := range map[string]struct {
			owner board.ID
			name  board.BlobName
			want  error
		}{
			"for another person":  {stranger, h.photo.Blob, seal.ErrBroken},
			"for the county":      {board.ID{}, h.photo.Blob, seal.ErrBroken},
			"for nobody's key":    {id(t), h.photo.Blob, seal.ErrDestroyed},
			"under another name":  {h.person, other, seal.ErrBroken},
			"what is not there":   {h.person, board.BlobName(strings.Repeat("a", 64)), store.ErrNoBlob},
			"what is no name":     {h.person, "../lianxin.db", store.ErrNoBlob},
			"an empty name":       {h.person, "", store.ErrNoBlob},
			"a name in capitals":  {h.person, board.BlobName(strings.ToUpper(string(h.photo.Blob))), store.ErrNoBlob},
			"a name and a folder": {h.person, h.photo.Blob[:62] + "/x", store.ErrNoBlob},
		} {
			if got, err := o.Blob(ctx, open.owner, open.name); !errors.Is(err, open.want) || got != nil {
				t.Errorf("%s: %q, %v", what, got, err)
			}
		}
		for at := 0; at < len(sealed); at += len(sealed)/50 + 1 {
			torn := bytes.Clone(sealed)
			torn[at] ^= 1
			if err := os.WriteFile(o.path(h.photo.Blob), torn, 0o600); err != nil {
				t.Fatal(err)
			}
			if _, err := o.Blob(ctx, h.person, h.photo.Blob); !errors.Is(err, seal.ErrBroken) {
				t.Fatalf("byte %d changed: %v", at, err)
			}
		}
		if _, err := o.KeepBlob(ctx, h.person, make([]byte, store.MostBlob+1)); !errors.Is(err, kv.ErrTooBig) {
			t.Errorf("too large: %v", err)
		}
	})
}

func TestAFileGoesWhenNothingNamesItAnyMore(t *testing.T) {
	box := board.Actor{Roles: board.Roles{board.System}, Channel: board.Box}
	for name, let := range map[string]func(h hung, tx *store.Tx) error{
		"taken away": hung.detach,
		"its case is erased": func(h hung, tx *store.Tx) error {
			c, err := tx.Case(h.matter)
			if err != nil {
				return err
			}
			e, err := c.Erase(box, noon)
			return errors.Join(err, tx.Append(e), tx.Erase(c.Stream()))
		},
	} {
		t.Run(name, func(t *testing.T) {
			each(t, func(t *testing.T, o opened) {
				h := o.hung(t)
				broken := errors.New("the deed broke off")
				err := o.Update(ctx, func(tx *store.Tx) error { return errors.Join(let(h, tx), broken) })
				if !errors.Is(err, broken) || len(o.lying(t)) != 1 {
					t.Fatalf("a deed that was not kept: %v, there are %d files", err, len(o.lying(t)))
				}
				err = o.Together(ctx, func(s *store.Store) error {
					return errors.Join(s.Update(ctx, func(tx *store.Tx) error { return let(h, tx) }), broken)
				})
				if !errors.Is(err, broken) || len(o.lying(t)) != 1 {
					t.Fatalf("many deeds that were not kept: %v, there are %d files", err, len(o.lying(t)))
				}
				o.update(t, func(tx *store.Tx) error { return let(h, tx) })
				if files := o.lying(t); len(files) != 0 {
					t.Errorf("there are %v", files)
				}
				if n, size, err := o.BlobSize(); n != 0 || size != 0 || err != nil {
					t.Errorf("counted %d files of %d bytes, %v", n, size, err)
				}
				o.clean(t)
			})
		})
	}
	each(t, func(t *testing.T, o opened) {
		h := o.hung(t)
		if err := o.Together(ctx, func(s *store.Store) error {
			return s.Update(ctx, func(tx *store.Tx) error { return h.detach(tx) })
		}); err != nil || len(o.lying(t)) != 0 {
			t.Errorf("many deeds that were kept: %v, there are %d files", err, len(o.lying(t)))
		}
	})
}

func TestAFileWhoseDeedDidNotComeIsForgone(t *testing.T) {
	each(t, func(t *testing.T, o opened) {
		h := o.hung(t)
		orphan, err := o.KeepBlob(ctx, h.person, []byte("pressed twice"))
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range []board.BlobName{orphan, h.photo.Blob} {
			if err := o.Forgo(ctx, name); err != nil {
				t.Fatal(err)
			}
		}
		if files := o.lying(t); !slices.Equal(files, []string{o.path(h.photo.Blob)}) {
			t.Errorf("there are %v", files)
		}
	})
}

func TestTheSweepTakesOldOrphansAlone(t *testing.T) {
	each(t, func(t *testing.T, o opened) {
		h := o.hung(t)
		keep := func(what string) string {
			t.Helper()
			name, err := o.KeepBlob(ctx, h.person, []byte(what))
			if err != nil {
				t.Fatal(err)
			}
			return o.path(name)
		}
		old, young, named := keep("old"), keep("young"), o.path(h.photo.Blob)
		half, stranger := old+".new", filepath.Join(o.folder(), "README.txt")
		for _, name := range []string{half, stranger} {
			if err := os.WriteFile(name, []byte("x"), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		for name, age := range map[string]time.Duration{named: 48 * time.Hour, old: 24 * time.Hour, half: 24 * time.Hour, stranger: 48 * time.Hour, young: 24*time.Hour - time.Second} {
			if err := os.Chtimes(name, time.Time{}, noon.Add(-age)); err != nil {
				t.Fatal(err)
			}
		}
		if f, err := o.Check(ctx, nil); err != nil || !f.Clean() || f.Files != 1 || f.Orphans != 3 || !slices.Equal(f.Strangers, []string{"README.txt"}) {
			t.Errorf("check tells of %+v, %v", f, err)
		}
		swept, err := o.SweepBlobs(ctx, noon)
		if err != nil || swept.Files != 2 {
			t.Errorf("swept %+v, %v", swept, err)
		}
		want := []string{named, young, stranger}
		slices.Sort(want)
		if files := o.lying(t); !slices.Equal(files, want) {
			t.Errorf("there are %v, want %v", files, want)
		}
		if n, _, err := o.BlobSize(); n != 2 || err != nil {
			t.Errorf("counted %d files, %v", n, err)
		}
		o.clean(t)
	})
}

func TestCheckFindsAFileThatCannotBeOpened(t *testing.T) {
	for name, harm := range map[string]func(o opened, h hung) error{
		"gone": func(o opened, h hung) error { return os.Remove(o.path(h.photo.Blob)) },
		"flipped": func(o opened, h hung) error {
			b, err := os.ReadFile(o.path(h.photo.Blob))
			b[len(b)/2] ^= 4
			return errors.Join(err, os.WriteFile(o.path(h.photo.Blob), b, 0o600))
		},
		"cut": func(o opened, h hung) error { return os.Truncate(o.path(h.photo.Blob), 100) },
		"sealed for another": func(o opened, h hung) error {
			return o.putAgain(h, func(h hung) error {
				other := o.someone()
				return o.PutBlob(ctx, other, h.photo.Blob, h.bytes)
			})
		},
		"another that is theirs too": func(o opened, h hung) error {
			return o.putAgain(h, func(h hung) error { return o.PutBlob(ctx, h.person, h.photo.Blob, []byte("another")) })
		},
	} {
		t.Run(name, func(t *testing.T) {
			o := open(t, func(e kv.Engine) kv.Engine { return e })
			h := o.hung(t)
			o.clean(t)
			if err := harm(o, h); err != nil {
				t.Fatal(err)
			}
			for what, check := range map[string]func() (*store.Findings, error){
				"all of it": func() (*store.Findings, error) { return o.Check(ctx, nil) },
				"its end":   func() (*store.Findings, error) { return o.CheckEnd(ctx) },
			} {
				f, err := check()
				if err != nil || f.Clean() || len(f.Problems) != 0 || len(f.Lost) != 1 || !strings.Contains(f.Lost[0], h.matter.String()) {
					t.Errorf("%s: %+v, %v", what, f, err)
				}
			}
		})
	}
}

// putAgain puts something else in the place of a file.
func (o opened) putAgain(h hung, put func(hung) error) error {
	return errors.Join(os.Remove(o.path(h.photo.Blob)), put(h))
}

// someone is another person.
func (o opened) someone() board.ID {
	other := board.ID{1, 2, 3}
	by := board.Actor{Roles: board.Roles{board.System}, Channel: board.Import}
	if err := o.Update(ctx, func(tx *store.Tx) error {
		return tx.Append(board.Join(other, by, board.Joined{Name: "王秀兰"}, noon))
	}); err != nil {
		panic(err)
	}
	return other
}

func TestFilesAreListedToTheLast(t *testing.T) {
	o := open(t, func(e kv.Engine) kv.Engine { return e })
	const people = 75
	want := map[board.BlobName]bool{}
	for i := range people { // three a case: more than one page
		person, matter, _ := o.resident(t, board.Phone(fmt.Sprintf("138%08d", i)), "路灯坏了")
		h := hung{person: person, matter: matter, by: board.Actor{Person: person, Roles: board.Roles{board.Resident}, Channel: board.Web}}
		o.update(t, func(tx *store.Tx) error {
			for n := range 3 {
				name := board.BlobName(fmt.Sprintf("%064x", i*3+n))
				want[name] = true
				if err := h.attach(tx, board.Attachment{ID: board.ID{1, byte(n)}, Sort: board.Photo, Size: 1, Blob: name}); err != nil {
					return err
				}
			}
			return nil
		})
	}
	var seen []board.BlobName
	if err := o.Files(ctx, func(k store.Kept) error { seen = append(seen, k.Blob); return nil }); err != nil {
		t.Fatal(err)
	}
	if !slices.IsSorted(seen) || len(slices.Compact(seen)) != len(want) || len(want) != 3*people {
		t.Errorf("%d files were listed, there are %d", len(seen), len(want))
	}
	halt, cancel := context.WithCancel(ctx)
	cancel()
	if err := o.Files(halt, func(store.Kept) error { return nil }); !errors.Is(err, context.Canceled) {
		t.Errorf("it does not hear that nobody waits: %v", err)
	}
}

func TestWhatACopyCameWithoutIsSaid(t *testing.T) {
	each(t, func(t *testing.T, o opened) {
		h := o.hung(t)
		if err := o.Lose(ctx, []board.BlobName{h.photo.Blob}, noon); err != nil {
			t.Fatal(err)
		}
		o.view(t, func(tx *store.Tx) error {
			events, err := tx.Events(board.Stream{Sort: board.Cases, ID: h.matter})
			if last := events[len(events)-1]; err == nil && (last.Role != board.System || last.Fact != board.Detached{Attachment: h.photo.ID, Lost: true}) {
				t.Errorf("the last is %+v", last)
			}
			return err
		})
		o.clean(t)
	})
}
