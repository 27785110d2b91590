package backup_test

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lianxin/server/board"
	"lianxin/store"
	"lianxin/store/backup"
)

// hung is a case on which photos hang.
type hung struct {
	person, matter board.ID
	by             board.Actor
	photos         []board.Attachment
}

// hang files a case with so many photos.
func (b box) hang(photos int) hung {
	b.Helper()
	id := func() board.ID {
		id, err := board.NewID(noon, random)
		must(b.T, err)
		return id
	}
	h := hung{person: id(), matter: id()}
	h.by = board.Actor{Person: h.person, Roles: board.Roles{board.Resident}, Channel: board.Web}
	n, err := board.NewNumber(noon, random)
	must(b.T, err)
	d := board.Draft{Kind: board.Help, Body: "路灯坏了", Name: "王秀兰"}
	must(b.T, b.Update(ctx, func(tx *store.Tx) error {
		return tx.Append(board.Join(h.person, h.by, board.Joined{Phone: "13800138000"}, noon),
			board.File(h.matter, h.by, h.person, n, d, board.Date{At: noon.AddDate(0, 0, 1)}, board.DefaultRules(), noon))
	}))
	for i := range photos {
		raw := photo(i)
		name, err := b.KeepBlob(ctx, h.person, raw)
		must(b.T, err)
		a := board.Attachment{ID: id(), Sort: board.Photo, Type: "image/jpeg", Size: int64(len(raw)), Sum: sha256.Sum256(raw), Blob: name}
		h.photos = append(h.photos, a)
		must(b.T, b.Update(ctx, func(tx *store.Tx) error {
			c, err := tx.Case(h.matter)
			if err != nil {
				return err
			}
			e, err := c.Attach(h.by, a, noon)
			if err != nil {
				return err
			}
			return tx.Append(e)
		}))
	}
	return h
}

func photo(i int) []byte { return []byte(strings.Repeat(fmt.Sprint("PHOTO", i), 20_000)) }

// detach takes a photo away.
func (b box) detach(h hung, i int) {
	b.Helper()
	must(b.T, b.Update(ctx, func(tx *store.Tx) error {
		c, err := tx.Case(h.matter)
		if err != nil {
			return err
		}
		e, err := c.Detach(h.by, h.photos[i].ID, noon)
		if err != nil {
			return err
		}
		return tx.Append(e)
	}))
}

// restored opens what a backup gives.
func (b box) restored(r backup.Report) *store.Store {
	b.Helper()
	data := filepath.Join(b.TempDir(), "back")
	got, err := backup.Restore(ctx, r.File, data, b.keys, nil)
	must(b.T, err)
	if got.Files.Count != r.Files.Count || got.Files.Bytes != r.Files.Bytes {
		b.Errorf("restored %+v of %+v", got.Files, r.Files)
	}
	s, err := store.Open(data, b.keys)
	must(b.T, err)
	b.Cleanup(func() { s.Close() })
	if found, err := s.Check(ctx, nil); err != nil || !found.Clean() || found.Files != r.Files.Count || found.Orphans != 0 {
		b.Errorf("restored: %+v, %v", found, err)
	}
	return s
}

func TestABackupCarriesTheFiles(t *testing.T) {
	b := newBox(t)
	h := b.hang(3)
	_, err := b.KeepBlob(ctx, h.person, []byte("an orphan"))
	must(t, err)
	r := b.write(noon)
	if r.Files.Count != 3 || r.Files.Bytes < 3*int64(len(photo(0))) || len(r.Files.Gone)+len(r.Lost) != 0 {
		t.Errorf("%+v, lost %v", r.Files, r.Lost)
	}
	if whole, err := os.ReadFile(r.File); err != nil || bytes.Contains(whole, []byte("PHOTO")) {
		t.Errorf("anybody can see a photo, %v", err)
	}
	b.detach(h, 0) // after it
	s := b.restored(r)
	for i, a := range h.photos {
		if raw, err := s.Blob(ctx, h.person, a.Blob); err != nil || !bytes.Equal(raw, photo(i)) {
			t.Errorf("photo %d came back as %d bytes, %v", i, len(raw), err)
		}
	}
	drilled, err := backup.Drill(ctx, r.File, b.keys)
	if err != nil || drilled.Files.Count != 3 {
		t.Errorf("drill: %+v, %v", drilled.Files, err)
	}
	if left, _ := os.ReadDir(b.dir); len(left) != 1 {
		t.Errorf("the backup folder holds %v", left)
	}
}

// What is taken away between the copy of the store and that of its files is in
// neither place, and the restored record says so.
func TestAFileThatGoesWhileABackupIsMade(t *testing.T) {
	b := newBox(t)
	h := b.hang(2)
	once := false
	r, err := backup.Write(ctx, b.Store, b.keys, b.dir, noon, func(int) { // the store is copied by now
		if !once {
			once = true
			b.detach(h, 1)
		}
	})
	must(t, err)
	if !once || r.Files.Count != 1 || len(r.Files.Gone) != 1 || r.Files.Gone[0] != h.photos[1].Blob || len(r.Lost) != 0 {
		t.Errorf("%+v, lost %v", r.Files, r.Lost)
	}
	b.said(b.restored(r), h, h.photos[1])
}

// said wants the record to say that a photo is not there.
func (b box) said(s *store.Store, h hung, gone board.Attachment) {
	b.Helper()
	must(b.T, s.View(ctx, func(tx *store.Tx) error {
		c, err := tx.Case(h.matter)
		if _, hangs := c.Attachment(gone.ID); hangs || len(c.Attachments) != 1 {
			b.Errorf("there hang %v", c.Attachments)
		}
		events, err2 := tx.Events(c.Stream())
		if last := events[len(events)-1]; last.Fact != (board.Detached{Attachment: gone.ID, Lost: true}) {
			b.Errorf("its history ends with %+v", last)
		}
		if err == nil {
			err = err2
		}
		return err
	}))
}

// A county is backed up though one of its photos is lost, and somebody hears of it.
func TestALostFileStopsNoBackup(t *testing.T) {
	for name, lose := range map[string]func(file string) error{
		"gone":    os.Remove,
		"damaged": func(file string) error { return os.Truncate(file, 1000) },
	} {
		t.Run(name, func(t *testing.T) {
			b := newBox(t)
			b.T = t
			h := b.hang(2)
			files, err := filepath.Glob(filepath.Join(b.folder, store.BlobFolder, "*", string(h.photos[0].Blob[2:])))
			if err != nil || len(files) != 1 {
				t.Fatal(files, err)
			}
			must(t, lose(files[0]))
			r := b.write(noon)
			if len(r.Lost) != 1 || !strings.Contains(r.Lost[0].Error(), h.matter.String()) || r.Files.Count != 1 {
				t.Errorf("%+v, lost %v", r.Files, r.Lost)
			}
			b.said(b.restored(r), h, h.photos[0])
		})
	}
}
