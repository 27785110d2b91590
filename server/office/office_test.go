package office_test

import (
	"context"
	"encoding/binary"
	"io"
	"log/slog"
	"math/rand/v2"
	"net/netip"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"lianxin/server/board"
	"lianxin/server/office"
	"lianxin/server/workday"
	"lianxin/store"
	"lianxin/store/kv"
	"lianxin/store/kv/bolt"
	"lianxin/store/kv/twice"
	"lianxin/store/seal"
)

var (
	ctx  = context.Background()
	noon = time.Date(2026, 9, 17, 12, 0, 0, 0, board.Zone) // a Thursday
	home = office.Origin{Browser: "b1", Address: netip.MustParseAddr("10.0.0.7")}
)

// clock is a time that a test moves.
type clock struct {
	sync.Mutex
	at time.Time
}

func (c *clock) now() time.Time { c.Lock(); defer c.Unlock(); return c.at }
func (c *clock) add(d time.Duration) {
	c.Lock()
	defer c.Unlock()
	c.at = c.at.Add(d)
}

// phones is where texts arrive.
type phones struct {
	sync.Mutex
	texts []store.Text // as they left the outbox
	ids   map[string]int
}

// county is an office with two units and somebody for every role.
type county struct {
	*office.Office
	t      testing.TB
	store  *store.Store
	blobs  string // the folder of its files
	clock  *clock
	phones *phones

	lamps, water                  board.ID
	dispatcher, handler, handler2 office.Who
	reviewer, leader, inspector   office.Who
	operator, admin               office.Who

	lookups int    // each from an address of its own
	token   string // of whoever logged in last
}

func each(t *testing.T, test func(*county)) {
	for name, wrap := range map[string]func(kv.Engine) kv.Engine{"bolt": func(e kv.Engine) kv.Engine { return e }, "twice": twice.New} {
		t.Run(name, func(t *testing.T) {
			c := found(t, wrap)
			test(c)
			c.clean()
		})
	}
}

func found(t *testing.T, wrap func(kv.Engine) kv.Engine) *county {
	t.Helper()
	engine, err := bolt.Open(filepath.Join(t.TempDir(), "lianxin.db"), bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return foundOn(t, wrap(engine), noon)
}

// foundOn makes the county over an engine, at a time.
func foundOn(t testing.TB, engine kv.Engine, now time.Time) *county {
	t.Helper()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	keys, err := seal.Create(filepath.Join(t.TempDir(), "keys"))
	must(err)
	s, err := store.New(engine, keys)
	must(err)
	blobs := filepath.Join(t.TempDir(), store.BlobFolder)
	s.BlobsIn(blobs)
	t.Cleanup(func() { must(s.Close()) })
	calendar, err := workday.Statutory()
	must(err)
	c := &county{t: t, store: s, blobs: blobs, clock: &clock{at: now}, phones: &phones{ids: map[string]int{}}}
	c.Office, err = office.New(office.Parts{Store: s, Calendar: calendar, Now: c.clock.now,
		Random: &lockedReader{r: rand.NewChaCha8([32]byte{9})}, Log: slog.New(slog.NewTextHandler(io.Discard, nil))})
	must(err)
	must(c.NameCounty(ctx, office.Box, board.CountyNamed{Name: board.Texts{"zh-Hans": "示范县"}, Hotline: "12345",
		Townships: []board.Place{{Name: board.Texts{"zh-Hans": "东关镇", "en": "Dongguan"}}}}))
	c.lamps, err = c.Found(ctx, office.Box, board.Founded{Name: board.Texts{"zh-Hans": "城管局"}})
	must(err)
	c.water, err = c.Found(ctx, office.Box, board.Founded{Name: board.Texts{"zh-Hans": "水务局"}})
	must(err)
	c.dispatcher = c.hire("desk", board.ID{}, board.Dispatcher)
	c.handler = c.hire("lamps", c.lamps, board.Handler)
	c.handler2 = c.hire("water", c.water, board.Handler)
	c.reviewer = c.hire("check", board.ID{}, board.Reviewer)
	c.leader = c.hire("lead", board.ID{}, board.Leader)
	c.inspector = c.hire("look", board.ID{}, board.Inspector)
	c.operator = c.hire("call", board.ID{}, board.Operator)
	c.admin = c.hire("admin", board.ID{}, board.Admin)
	return c
}

// lockedReader makes a seeded source fit for several goroutines.
type lockedReader struct {
	sync.Mutex
	r io.Reader
}

func (l *lockedReader) Read(p []byte) (int, error) { l.Lock(); defer l.Unlock(); return l.r.Read(p) }

var staffIDs = &lockedReader{r: rand.NewChaCha8([32]byte{8})}

func (c *county) hire(login string, unit board.ID, roles ...board.Role) office.Who {
	c.t.Helper()
	id, err := board.NewID(c.clock.now(), staffIDs)
	c.must(err)
	e, err := board.Hire(id, office.Box, board.Hired{Login: login, Name: login, Unit: unit, Roles: roles}, noon)
	c.must(err)
	c.must(c.store.Update(ctx, func(tx *store.Tx) error { return tx.Append(e) })) // without the cost of a password
	return office.Who{Actor: board.Actor{Staff: id, Unit: unit, Roles: roles, Channel: board.Web}, Name: login}
}

// enter gives a member of staff as they are now.
func (c *county) enter(login string) office.Who {
	c.t.Helper()
	token, err := c.Enter(ctx, login)
	c.must(err)
	who, err := c.Who(ctx, token)
	c.must(err)
	return who
}

func (c *county) must(err error) {
	c.t.Helper()
	if err != nil {
		c.t.Fatal(err)
	}
}

// refused fails the test unless err is exactly the fault id.
func (c *county) refused(what string, err error, id string) {
	c.t.Helper()
	faults, ok := board.Faults(err)
	if !ok || len(faults) != 1 || faults[0].ID != id {
		c.t.Errorf("%s: %v, want the fault %q", what, err, id)
	}
}

func (c *county) clean() {
	c.t.Helper()
	f, err := c.Check(ctx, nil)
	if err != nil || !f.Clean() {
		c.t.Errorf("check finds %q, %v", f.Problems, err)
	}
}

// Send is the phone network.
func (p *phones) Send(_ context.Context, id, _, _ string, _ time.Time) error {
	p.Lock()
	defer p.Unlock()
	p.ids[id]++
	return nil
}

// texts empties the outbox and lists all that ever left it for a phone.
func (c *county) texts(to board.Phone) []store.Text {
	c.t.Helper()
	_, err := c.Post(ctx, func(t store.Text) string {
		c.phones.texts = append(c.phones.texts, t)
		return t.Key
	}, c.phones)
	c.must(err)
	var texts []store.Text
	for _, t := range c.phones.texts {
		if t.To == to {
			texts = append(texts, t)
		}
	}
	return texts
}

// lastCode is the code in the newest text to a phone.
func (c *county) lastCode(to board.Phone) string {
	c.t.Helper()
	texts := c.texts(to)
	if len(texts) == 0 || texts[len(texts)-1].Key != "sms.code" {
		c.t.Fatalf("no code has come to %s: %v", to, texts)
	}
	return texts[len(texts)-1].Args["Code"]
}

func (c *county) logIn(phone board.Phone, from office.Origin) office.Who {
	c.t.Helper()
	a, err := c.SendCode(ctx, string(phone), "zh-Hans", from)
	c.must(err)
	token, err := c.LogIn(ctx, a, c.lastCode(phone), from)
	c.must(err)
	who, err := c.Who(ctx, token)
	c.must(err)
	return who
}

var formNumber atomic.Uint64

// form is a token that no form bore before.
func form() (o store.Once) {
	binary.BigEndian.PutUint64(o[:], formNumber.Add(1))
	return o
}

var lamp = board.Draft{Kind: board.Help, Body: "村口的路灯坏了，晚上看不见。", Township: "东关镇", Village: "东关村", Name: "李桂芳", Remark: "住三楼", Public: "no"}

func (c *county) file(who office.Who) board.Number {
	c.t.Helper()
	n, err := c.File(ctx, who, form(), lamp)
	c.must(err)
	return n
}

var reply = board.Reply{Found: "灯泡坏了", Done: "已经换好", Contact: "王工 0311-82345678"}

// to is an assignment to one unit.
func (c *county) to(unit board.ID) office.Assignment { return office.Assignment{Lead: unit.String()} }

// handled leads a case up to the answer.
func (c *county) handled(n board.Number) { c.t.Helper(); c.handledWith(n, reply) }

// handledWith leads a case up to this answer.
func (c *county) handledWith(n board.Number, reply board.Reply) {
	c.t.Helper()
	c.must(c.Assign(ctx, c.dispatcher, n, form(), c.to(c.lamps)))
	c.must(c.SignFor(ctx, c.handler, n, form()))
	c.must(c.Answer(ctx, c.handler, n, form(), reply))
	c.must(c.Approve(ctx, c.reviewer, n, form()))
}
