package office_test

import (
	"context"
	"encoding/binary"
	"errors"
	"io"
	"log/slog"
	"math/rand/v2"
	"net/netip"
	"path/filepath"
	"regexp"
	"strings"
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

var grouped = regexp.MustCompile(`^\d\d \d\d \d\d$`)

func TestOneCaseFromThePhoneNumberToSolved(t *testing.T) {
	each(t, func(c *county) {
		who := c.logIn("13800138000", home)
		if code := c.lastCode("13800138000"); !grouped.MatchString(code) {
			c.t.Errorf("the code is shown as %q", code)
		}
		c.clock.add(time.Second)
		n := c.file(who)
		r, err := c.Receipt(ctx, who, n)
		c.must(err)
		if len(r.PIN) != board.PINDigits || r.Case.ScreenBy.At != noon.Add(24*time.Hour+time.Second).UTC().In(r.Case.ScreenBy.At.Location()) {
			c.t.Errorf("receipt %+v, screened by %s", r, r.Case.ScreenBy.At)
		}
		c.clock.add(time.Second)
		c.must(c.Assign(ctx, c.dispatcher, n, form(), c.to(c.lamps)))
		v, err := c.Case(ctx, who, n)
		c.must(err)
		if due := v.Case.Due.At.In(board.Zone).Format("2006-01-02 15:04:05"); due != "2026-10-14 23:59:59" {
			c.t.Errorf("15 working days after 2026-09-17 are %s", due)
		}
		c.must(c.SignFor(ctx, c.handler, n, form()))
		c.must(c.Progress(ctx, c.handler, n, form(), "明天换灯"))
		c.must(c.Answer(ctx, c.handler, n, form(), board.Reply{Found: "已转交办理", Done: "正在协调", Contact: "无"}))
		c.must(c.Return(ctx, c.reviewer, n, form(), "没写哪天换"))
		c.must(c.Answer(ctx, c.handler, n, form(), reply))
		if v, _ = c.Case(ctx, who, n); v.Case.Published != nil || v.Case.Draft != nil {
			c.t.Error("the resident reads a reply that nobody approved")
		}
		c.clock.add(time.Second)
		c.must(c.Approve(ctx, c.reviewer, n, form()))
		c.must(c.Rate(ctx, who, n, form(), board.Rating{Outcome: board.Solved, Words: "亮了，谢谢"}))
		v, err = c.Case(ctx, who, n)
		c.must(err)
		if v.Case.Stage != board.Closed || v.Case.Returns != 1 || v.Case.Published.Done != "已经换好" || len(v.Events) != 9 {
			c.t.Errorf("at the end: %+v, %d events", v.Case, len(v.Events))
		}
		var keys []string
		for _, text := range c.texts("13800138000") {
			keys = append(keys, text.Key)
		}
		if got := strings.Join(keys, " "); got != "sms.code sms.filed sms.assigned sms.answered" {
			c.t.Errorf("texts sent: %s", got)
		}
	})
}

func TestAFormActsOnce(t *testing.T) {
	each(t, func(c *county) {
		who := c.logIn("13800138000", home)
		token := form()
		numbers := make([]board.Number, 50)
		errs := make([]error, len(numbers))
		var all sync.WaitGroup
		for i := range numbers {
			all.Go(func() { numbers[i], errs[i] = c.File(ctx, who, token, lamp) })
		}
		all.Wait()
		for i := range numbers {
			if errs[i] != nil || numbers[i] != numbers[0] || numbers[i] == "" {
				c.t.Fatalf("try %d: %q, %v; the first: %q", i, numbers[i], errs[i], numbers[0])
			}
		}
		cases, err := c.Cases(ctx, who)
		if err != nil || len(cases) != 1 {
			c.t.Errorf("%d cases, %v", len(cases), err)
		}
		other := lamp
		other.Body = "水管也漏了"
		_, err = c.File(ctx, who, token, other)
		c.refused("other words in the same form", err, "filing.sent")
		_, err = c.File(ctx, who, form(), lamp)
		c.refused("the same words in another form", err, "filing.twice")
		again := lamp
		again.Again = true
		if n, err := c.File(ctx, who, form(), again); err != nil || n == numbers[0] {
			c.t.Errorf("sent all the same: %q, %v", n, err)
		}
		c.clock.add(11 * time.Minute)
		if n, err := c.File(ctx, who, form(), lamp); err != nil || n == numbers[0] {
			c.t.Errorf("eleven minutes later: %q, %v", n, err)
		}
		sign := form()
		c.must(c.Assign(ctx, c.dispatcher, numbers[0], sign, c.to(c.lamps)))
		c.must(c.Assign(ctx, c.dispatcher, numbers[0], sign, c.to(c.lamps)))
		c.refused("assigned anew", c.Assign(ctx, c.dispatcher, numbers[0], form(), c.to(c.lamps)), "deed.moved-on")
	})
}

func TestStrangersSeeNothing(t *testing.T) {
	each(t, func(c *county) {
		who, stranger := c.logIn("13800138000", home), c.logIn("13900139000", office.Origin{Browser: "b2", Address: netip.MustParseAddr("10.0.0.8")})
		n := c.file(who)
		for name, w := range map[string]office.Who{"a stranger": stranger, "nobody": {}, "the other unit": c.handler2, "a unit before it is assigned": c.handler} {
			_, err := c.Case(ctx, w, n)
			c.refused(name+" opens it", err, "case.missing")
			_, err = c.Receipt(ctx, w, n)
			c.refused(name+" takes the receipt", err, "case.missing")
			c.refused(name+" rates", c.Rate(ctx, w, n, form(), board.Rating{Outcome: board.Solved}), "case.missing")
		}
		_, err := c.Desk(ctx, who, office.Shelf(board.Dispatcher), "", 10)
		c.refused("a resident at the desk", err, "deed.role")
		_, err = c.File(ctx, office.Who{}, form(), lamp)
		c.refused("nobody files", err, "deed.role")
		c.handled(n)
		v, err := c.Case(ctx, c.reviewer, n)
		if err != nil || v.Phone != "" || v.Case.Name != "" || v.Case.Remark != "" || v.Case.Village != "" {
			c.t.Errorf("the reviewer sees %q %q %q, %v", v.Phone, v.Case.Name, v.Case.Remark, err)
		}
		for _, e := range v.Events {
			if f, ok := e.Fact.(board.Filed); ok && (f.Name != "" || f.Remark != "") {
				c.t.Errorf("the reviewer's history says %+v", f)
			}
		}
		if v, err := c.Case(ctx, c.handler, n); err != nil || v.Phone != "138 0013 8000" || v.Case.Name != "李桂芳" {
			c.t.Errorf("the handler has nobody to call: %+v, %v", v, err)
		}
	})
}

func TestNumberAndPINOpenACase(t *testing.T) {
	each(t, func(c *county) {
		who := c.logIn("13800138000", home)
		n := c.file(who)
		r, err := c.Receipt(ctx, who, n)
		c.must(err)
		thief := office.Origin{Address: netip.MustParseAddr("203.0.113.9")}
		for range 5 {
			_, _, err := c.LookUp(ctx, "", n.Grouped(), wrongPIN(r.PIN), thief)
			c.refused("a wrong PIN", err, "lookup.wrong")
		}
		_, _, err = c.LookUp(ctx, "", n.Grouped(), r.PIN, thief)
		c.refused("after five wrong ones", err, "lookup.wait")
		token, found, err := c.LookUp(ctx, "", n.Grouped(), r.PIN, home)
		if err != nil || found != n || token == "" {
			c.t.Fatalf("the right one, from elsewhere: %q %q, %v", token, found, err)
		}
		by, err := c.Who(ctx, token)
		c.must(err)
		v, err := c.Case(ctx, by, n)
		if err != nil || v.Private || v.Case.Name != "" || v.Case.Village != "" {
			c.t.Errorf("opened by PIN: %+v, %v", v, err)
		}
		c.handled(n)
		c.must(c.Rate(ctx, by, n, form(), board.Rating{Outcome: board.Partly}))
		c.clock.add(31 * time.Minute)
		if by, _ := c.Who(ctx, token); len(by.Opened) != 0 {
			c.t.Error("half an hour later it is still open")
		}
		_, _, err = c.LookUp(ctx, "", "", "12", home)
		if f, _ := board.Faults(err); len(f) != 2 {
			c.t.Errorf("both fields wrong: %v", err)
		}
		_, _, err = c.LookUp(ctx, "", "0000000000", "000000", home)
		c.refused("a number that nobody has", err, "lookup.wrong")
	})
}

func wrongPIN(pin string) string {
	if pin[0] == '9' {
		return "0" + pin[1:]
	}
	return string(pin[0]+1) + pin[1:]
}

func TestADraftWaitsAWeek(t *testing.T) {
	each(t, func(c *county) {
		who := c.logIn("13800138000", home)
		half := board.Draft{Body: "写了一半", Public: "maybe"}
		c.must(c.SaveDraft(ctx, who, half))
		c.clock.add(7*24*time.Hour - time.Minute)
		if d, err := c.Draft(ctx, who); err != nil || d != half {
			c.t.Errorf("after almost a week: %+v, %v", d, err)
		}
		c.must(c.SaveDraft(ctx, who, lamp))
		c.file(who)
		if d, err := c.Draft(ctx, who); err != nil || d.Body != "" {
			c.t.Errorf("after it was filed: %+v, %v", d, err)
		}
	})
}

func TestTheEngineDoesNotKnow(t *testing.T) {
	doubt := &doubtful{}
	c := found(t, func(e kv.Engine) kv.Engine { doubt.Engine = e; return doubt })
	who := c.logIn("13800138000", home)
	for _, kept := range []bool{true, false} {
		token := form()
		doubt.next(kept)
		n, err := c.File(ctx, who, token, lamp)
		if kept && (err != nil || n == "") {
			t.Errorf("kept, and the person hears %q, %v", n, err)
		}
		if !kept {
			c.refused("not kept", err, "not-saved")
			if n, err = c.File(ctx, who, token, lamp); err != nil || n == "" {
				t.Errorf("the same form again: %q, %v", n, err)
			}
		}
		doubt.next(kept)
		c.refused("a draft that may not be kept", c.SaveDraft(ctx, who, lamp), "not-saved")
		c.clock.add(11 * time.Minute)
	}
	if cases, err := c.Cases(ctx, who); err != nil || len(cases) != 2 {
		t.Errorf("%d cases, %v", len(cases), err)
	}
	c.clean()
}

// doubtful is an engine whose commits can end in doubt, as a real disk's can.
type doubtful struct {
	kv.Engine
	doubt, keep bool
}

func (d *doubtful) next(keep bool) { d.doubt, d.keep = true, keep }

func (d *doubtful) Update(ctx context.Context, write func(kv.Tx) error) error {
	if !d.doubt {
		return d.Engine.Update(ctx, write)
	}
	d.doubt = false
	if d.keep {
		if err := d.Engine.Update(ctx, write); err != nil {
			return err
		}
	}
	return errors.Join(kv.ErrUnknown, errors.New("sync failed"))
}
