package office_test

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"lianxin/server/board"
	"lianxin/server/office"
)

var (
	photo     = board.Attachment{Sort: board.Photo, Type: "image/jpeg", Wide: 4, High: 3}
	recording = board.Attachment{Sort: board.Recording, Type: "audio/amr", Seconds: 7}
)

// files are those that lie in the county's folder.
func (c *county) files() int {
	c.t.Helper()
	n, _, err := c.store.BlobSize()
	c.must(err)
	return n
}

func TestAPhotoIsAddedOnceOpenedAndTakenAway(t *testing.T) {
	each(t, func(c *county) {
		who := c.logIn("13800138000", home)
		n, f := c.file(who), form()
		for range 2 { // pressed twice
			c.must(c.Attach(ctx, who, n, f, photo, []byte("PHOTO")))
		}
		k := c.kept(n)
		if len(k.Attachments) != 1 || c.files() != 1 {
			c.t.Fatalf("%d hang on it, %d files lie there", len(k.Attachments), c.files())
		}
		a := k.Attachments[0]
		if a.By != who.Person || a.Role != board.Resident || !a.At.Equal(c.clock.now()) || a.Size != 5 || a.Type != "image/jpeg" || a.Wide != 4 {
			c.t.Errorf("it is %+v", a)
		}
		c.must(c.Assign(ctx, c.dispatcher, n, form(), c.to(c.lamps)))
		for name, reader := range map[string]office.Who{"its person": who, "the desk": c.dispatcher, "the unit": c.handler, "the reviewer": c.reviewer} {
			if got, raw, err := c.OpenFile(ctx, reader, n, a.ID); err != nil || string(raw) != "PHOTO" || got.ID != a.ID {
				c.t.Errorf("%s opens %q of %+v, %v", name, raw, got, err)
			}
		}
		_, _, err := c.OpenFile(ctx, c.holder(n), n, a.ID)
		c.refused("number and PIN, which show no words, open it", err, "case.missing")
		for name, other := range map[string]office.Who{"another unit": c.handler2, "an operator": c.operator, "an administrator": c.admin, "somebody else": c.logIn("13900139000", browserOf("x")), "nobody": {}} {
			_, raw, err := c.OpenFile(ctx, other, n, a.ID)
			c.refused(name+" opens it", err, "case.missing")
			if raw != nil {
				c.t.Errorf("%s has %q", name, raw)
			}
			c.refusedAny(name+" adds one", c.Attach(ctx, other, n, form(), photo, []byte("x")), "case.missing")
			c.refusedAny(name+" takes it away", c.Detach(ctx, other, n, form(), a.ID), "case.missing")
		}
		c.refusedAny("the unit adds one", c.Attach(ctx, c.handler, n, form(), photo, []byte("x")), "deed.role")
		if c.files() != 1 {
			c.t.Errorf("what was refused left %d files", c.files()-1)
		}
		c.must(c.Detach(ctx, who, n, form(), a.ID))
		_, _, err = c.OpenFile(ctx, who, n, a.ID)
		c.refused("what was taken away is opened", err, "case.missing")
		c.refused("and taken away again", c.Detach(ctx, who, n, form(), a.ID), "deed.has-file")
		if c.files() != 0 {
			c.t.Errorf("%d files are left", c.files())
		}
		kinds := kindsOf(c.history(k.Stream()))
		if !slices.Equal(kinds[len(kinds)-3:], []board.EventKind{"attached", "assigned", "detached"}) {
			c.t.Errorf("its history is %v", kinds)
		}
	})
}

func kindsOf(events []board.Event) (kinds []board.EventKind) {
	for _, e := range events {
		kinds = append(kinds, e.Kind)
	}
	return kinds
}

func TestThereIsAnEndToWhatCanBeAdded(t *testing.T) {
	each(t, func(c *county) {
		who := c.logIn("13800138000", home)
		n := c.file(who)
		for _, a := range []board.Attachment{photo, recording} {
			for range board.MostAttached[a.Sort] {
				c.must(c.Attach(ctx, who, n, form(), a, []byte("x")))
			}
			if a.Sort == board.Photo {
				c.refused("one photo more", c.Attach(ctx, who, n, form(), a, []byte("x")), "attach.photos")
			}
		}
		c.refused("anything more", c.Attach(ctx, who, n, form(), recording, []byte("x")), "deed.file-room")
		if want := board.MostAttached[board.Photo] + board.MostAttached[board.Recording]; c.files() != want {
			c.t.Errorf("there are %d files, want %d", c.files(), want)
		}
		c.must(c.Preserve(ctx, c.inspector, n, form(), "法院调卷"))
		c.refused("something is taken from what must be kept", c.Detach(ctx, who, n, form(), c.kept(n).Attachments[0].ID), "deed.not-held")
	})
}

func TestWhoTypedACaseAddsWhatItsPersonHandsOver(t *testing.T) {
	each(t, func(c *county) {
		aide := c.aide("aide", board.ID{}, dongguan)
		helped, taken := c.help(aide, granny, witness), c.takenInBy(board.Counter)
		for n, who := range map[board.Number]office.Who{helped: aide, taken: c.operator} {
			c.must(c.Attach(ctx, who, n, form(), photo, []byte("of the paper")))
			k := c.kept(n)
			last := c.history(k.Stream())
			e := last[len(last)-1]
			if a := k.Attachments[0]; a.By != who.Staff || e.Actor != who.Staff || e.Subject != k.Person || e.Grant != k.Grants[0].ID {
				c.t.Errorf("%+v by %+v", a, e.Header)
			}
			c.must(c.Attach(ctx, c.holder(n), n, form(), photo, []byte("their own")))
			c.refused("what the person added", c.Detach(ctx, who, n, form(), c.kept(n).Attachments[1].ID), "deed.has-file")
			c.must(c.Detach(ctx, who, n, form(), k.Attachments[0].ID))
			if c.files() != len(c.kept(n).Attachments) {
				c.t.Errorf("there are %d files", c.files())
			}
			c.must(c.Detach(ctx, c.holder(n), n, form(), c.kept(n).Attachments[0].ID))
		}
		c.must(c.EndGrant(ctx, c.holder(helped), helped, form(), aide.Staff))
		c.refusedAny("whom the person lets no more", c.Attach(ctx, aide, helped, form(), photo, []byte("x")), "case.missing")
	})
}

func TestErasingLeavesNoByteOfAFile(t *testing.T) {
	secret := []byte(strings.Repeat("SECRETPHOTO", 50))
	for name, erase := range map[string]func(*county, board.Number){
		"the person": func(c *county, n board.Number) {
			c.must(second(c.ErasePerson(ctx, office.Box, c.kept(n).Person, false)))
		},
		"the case": func(c *county, n board.Number) { c.must(second(c.EraseCase(ctx, office.Box, c.kept(n).ID, false))) },
		"found to be nobody's": func(c *county, n board.Number) {
			c.must(c.Disown(ctx, c.operator, n, form(), ""))
			c.must(c.Void(ctx, c.dispatcher, n, form()))
		},
		"its time is over": func(c *county, n board.Number) {
			c.must(c.Withdraw(ctx, c.holder(n), n, form()))
			c.clock.add(8 * day)
			_, err := c.Strike(ctx)
			c.must(err)
			c.clock.add(10 * 366 * day)
			c.must(second(c.Anonymise(ctx, c.kept(n).ID, false)))
		},
	} {
		t.Run(name, func(t *testing.T) {
			each(t, func(c *county) {
				n := c.help(c.aide("aide", board.ID{}, dongguan), granny, witness)
				c.must(c.Attach(ctx, c.holder(n), n, form(), photo, secret))
				sealed := lying(c)
				if len(sealed) != 1 || bytes.Contains(sealed[0], []byte("SECRET")) {
					c.t.Fatalf("there are %d files", len(sealed))
				}
				erase(c, n)
				if k := c.kept(n); !k.Gone() || len(k.Attachments) != 0 {
					c.t.Errorf("it stands %s, with %v", k.Standing, k.Attachments)
				}
				if left := lying(c); len(left) != 0 {
					c.t.Errorf("%d files are left", len(left))
				}
			})
		})
	}
}

// lying are the files in the county's folder, as they lie there.
func lying(c *county) (files [][]byte) {
	c.t.Helper()
	names, err := filepath.Glob(filepath.Join(c.blobs, "*", "*"))
	c.must(err)
	for _, name := range names {
		b, err := os.ReadFile(name)
		c.must(err)
		files = append(files, b)
	}
	return files
}

func TestAFileThatIsLostIsNotACaseThatIsLost(t *testing.T) {
	each(t, func(c *county) {
		who := c.logIn("13800138000", home)
		n := c.file(who)
		c.must(c.Attach(ctx, who, n, form(), photo, []byte("x")))
		a := c.kept(n).Attachments[0]
		c.must(os.RemoveAll(c.blobs))
		if _, _, err := c.OpenFile(ctx, who, n, a.ID); err == nil {
			c.t.Error("it opens")
		} else if _, refusal := board.Faults(err); refusal {
			c.t.Errorf("nobody hears that it is lost: %v", err)
		}
		if v, err := c.Case(ctx, who, n); err != nil || len(v.Case.Attachments) != 1 {
			c.t.Errorf("the case: %v", err)
		}
		c.must(c.Detach(ctx, who, n, form(), a.ID))
	})
}
