package web

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"io"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"lianxin/locales"
	"lianxin/server/board"
	tables "lianxin/server/channel/sheet"
	"lianxin/server/office"
	"lianxin/server/workday"
	"lianxin/store"
	"lianxin/store/kv"
	"lianxin/store/kv/bolt"
	"lianxin/store/seal"
	"lianxin/views"
)

var (
	ctx  = context.Background()
	noon = time.Date(2026, 9, 17, 12, 0, 0, 0, board.Zone) // a Thursday
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

// counting is an engine that counts its writes, and that can be made full, or
// fall over once.
type counting struct {
	kv.Engine
	writes atomic.Int64
	full   atomic.Bool
	falls  atomic.Bool
}

func (e *counting) Update(ctx context.Context, write func(kv.Tx) error) error {
	e.writes.Add(1)
	if e.full.Load() {
		return kv.ErrFull
	}
	if e.falls.Swap(false) {
		panic("王秀兰 13800138000")
	}
	return e.Engine.Update(ctx, write)
}

// phones is where texts arrive, and from where the demo's texts go in.
type phones struct {
	sync.Mutex
	texts []Text
}

func (p *phones) Send(_ context.Context, _, to, text string, at time.Time) error {
	p.Lock()
	defer p.Unlock()
	p.texts = append(p.texts, Text{Number: to, Text: text, Time: at})
	return nil
}

func (p *phones) Out(context.Context) ([]Text, error) {
	p.Lock()
	defer p.Unlock()
	return append([]Text{}, p.texts...), nil
}

func (p *phones) In(_ context.Context, from, text string) error {
	p.Lock()
	defer p.Unlock()
	p.texts = append(p.texts, Text{Number: from, Text: text, Time: noon, In: true})
	return nil
}

// world is a county on real files, with a site that listens on the loopback.
type world struct {
	t      *testing.T
	dir    string // the county's folder
	office *office.Office
	engine *counting
	clock  *clock
	phones *phones
	words  *locales.Bundle
	log    *lockedBuffer
	site   *Site
	addr   string
	units  []board.ID
	staff  map[string]office.Credentials
	helped string // the number of a case that the helper may read, see everyone
	photo  string // the id of a file that hangs on the case that everyone may see
}

type lockedBuffer struct {
	sync.Mutex
	bytes.Buffer
}

func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.Lock()
	defer b.Unlock()
	return b.Buffer.Write(p)
}
func (b *lockedBuffer) String() string { b.Lock(); defer b.Unlock(); return b.Buffer.String() }

// setting changes the parts of a world's site before it is made.
type setting func(*Parts, *[]route)

// made is a county that was made once: founding it and hashing its passwords
// takes longer than most tests.
var made struct {
	dir   string
	units []board.ID
	staff map[string]office.Credentials
}

func TestMain(m *testing.M) {
	os.Exit(func() int {
		dir, err := os.MkdirTemp("", "lianxin-web-")
		if err != nil {
			panic(err)
		}
		defer os.RemoveAll(dir)
		made.dir, made.staff = dir, map[string]office.Credentials{}
		if err := makeCounty(); err != nil {
			panic(err)
		}
		return m.Run()
	}())
}

// makeCounty names the county and takes on somebody for every role.
func makeCounty() error {
	if _, err := seal.Create(filepath.Join(made.dir, "keys")); err != nil {
		return err
	}
	o, engine, err := openOffice(made.dir, func() time.Time { return noon }, io.Discard)
	if err != nil {
		return err
	}
	err = o.NameCounty(ctx, office.Box, board.CountyNamed{
		Name: board.Texts{"zh-Hans": "示范县", "en": "Demonstration County"}, Hotline: "0300-800 1234",
		Townships: []board.Place{{Name: board.Texts{"zh-Hans": "城关镇", "en": "Chengguan"}}, {Name: board.Texts{"zh-Hans": "东关镇", "en": "Dongguan"}}},
	})
	for _, name := range []board.Texts{{"zh-Hans": "住房和城乡建设局", "en": "Housing Bureau"}, {"zh-Hans": "水利局", "en": "Water Bureau"}} {
		id, e := o.Found(ctx, office.Box, board.Founded{Name: name})
		made.units, err = append(made.units, id), errors.Join(err, e)
	}
	for _, n := range []office.NewStaff{
		{Login: "desk", Name: "周岚", Roles: board.Roles{board.Dispatcher}},
		{Login: "unit", Name: "李建平", Roles: board.Roles{board.Handler}, Unit: made.units[0]},
		{Login: "other", Name: "孙桂芳", Roles: board.Roles{board.Handler}, Unit: made.units[1]},
		{Login: "chief", Name: "乔明", Roles: board.Roles{board.Head}, Unit: made.units[0]},
		{Login: "review", Name: "何敏", Roles: board.Roles{board.Reviewer}},
		{Login: "phone", Name: "钱多", Roles: board.Roles{board.Operator}},
		{Login: "lead", Name: "田书记", Roles: board.Roles{board.Leader}},
		{Login: "watch", Name: "严正", Roles: board.Roles{board.Inspector}},
		{Login: "admin", Name: "孙伟", Roles: board.Roles{board.Admin}},
		{Login: "help", Name: "李梅", Roles: board.Roles{board.Helper}, Areas: []board.Area{{Township: "城关镇", Village: "东关村"}}},
		{Login: "aid", Name: "赵红", Roles: board.Roles{board.Helper, board.Handler}, Unit: made.units[1], Areas: []board.Area{{Township: "东关镇"}}},
	} {
		c, e := o.Hire(ctx, office.Box, n)
		made.staff[n.Login], err = c, errors.Join(err, e)
	}
	return errors.Join(err, engine.Close())
}

// openOffice opens the office in a folder.
func openOffice(dir string, now func() time.Time, log io.Writer) (*office.Office, *counting, error) {
	keys, err := seal.Open(filepath.Join(dir, "keys"))
	if err != nil {
		return nil, nil, err
	}
	file, err := bolt.Open(filepath.Join(dir, "board.db"), bolt.Options{})
	if err != nil {
		return nil, nil, err
	}
	engine := &counting{Engine: file}
	st, err := store.New(engine, keys)
	if err != nil {
		return nil, nil, errors.Join(err, engine.Close())
	}
	st.BlobsIn(filepath.Join(dir, store.BlobFolder))
	calendar, err := workday.Statutory()
	if err != nil {
		return nil, nil, errors.Join(err, engine.Close())
	}
	o, err := office.New(office.Parts{Store: st, Calendar: calendar, Now: now, Random: rand.Reader, Log: slog.New(slog.NewTextHandler(log, nil))})
	return o, engine, err
}

// newWorld is a county for one test, which is played beside others.
func newWorld(t *testing.T, settings ...setting) *world {
	t.Helper()
	t.Parallel()
	return loneWorld(t, settings...)
}

// loneWorld is one for a test that has another already, or that must have the
// process for itself.
func loneWorld(t *testing.T, settings ...setting) *world {
	t.Helper()
	w := &world{t: t, clock: &clock{at: noon}, phones: &phones{}, log: &lockedBuffer{}, staff: made.staff, units: made.units}
	dir := filepath.Join(t.TempDir(), "county")
	w.dir = dir
	w.must(os.CopyFS(dir, os.DirFS(made.dir)))
	w.must(os.Chmod(filepath.Join(dir, "keys"), 0o700)) // CopyFS opens folders and files to all
	w.must(os.Chmod(filepath.Join(dir, "keys", "master.key"), 0o400))
	var err error
	w.office, w.engine, err = openOffice(dir, w.clock.now, w.log)
	w.must(err)
	t.Cleanup(func() {
		w.engine.full.Store(false)
		found, err := w.office.Check(ctx, nil)
		if err != nil {
			t.Error(err)
		} else if !found.Clean() {
			t.Errorf("after the test the store is not sound: %q", found.Problems)
		}
		if told := telling.FindString(w.log.String()); told != "" {
			t.Errorf("the log tells %q:\n%s", told, w.log)
		}
		w.must(w.engine.Close())
	})
	w.open(settings...)
	return w
}

// telling is what no log may keep, whatever went wrong: a mobile phone, an
// identity card, a one-time code as it is texted, the secret of a cookie, words
// of people (our log speaks English), and a line that did not begin as ours do.
var telling = regexp.MustCompile(`\b1[3-9]\d{9}\b|\b\d{17}[\dX]\b|\b\d\d \d\d \d\d\b|[\w-]{43}|\p{Han}|\n[^t\n]`)

// Words and pages are read once: nobody changes them.
var (
	openedWords = sync.OnceValue(func() *locales.Bundle { return sound(locales.Open()) })
	openedPages = sync.OnceValue(func() *views.Views { return sound(views.Open()) })
)

func sound[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) open(settings ...setting) {
	w.words = openedWords()
	pages := openedPages()
	log := slog.New(slog.NewTextHandler(w.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	parts := Parts{Office: w.office, Words: w.words, Views: pages, Random: rand.Reader, Log: log,
		Tables: func(form string, w io.Writer) (Table, error) { return tables.NewWriter(form, w) }}
	routes := []route{}
	bringsIn(&parts, &routes)
	for _, set := range settings {
		set(&parts, &routes)
	}
	site, err := build(parts, append(table(parts), routes...))
	w.must(err)
	w.site = site
	l, err := net.Listen("tcp", "127.0.0.1:0")
	w.must(err)
	w.addr = l.Addr().String()
	done := make(chan error, 1)
	go func() { done <- w.site.Serve(l) }()
	w.t.Cleanup(func() {
		if err := w.site.Shutdown(ctx); err != nil {
			w.t.Error(err)
		}
		if err := <-done; err != nil {
			w.t.Error(err)
		}
	})
}

// demo is the made-up county's ways in.
func demo(p *Parts, _ *[]route) {
	d := &Demo{Phone: &phones{}}
	for _, e := range []struct {
		role  board.Role
		login string
	}{{board.Dispatcher, "desk"}, {board.Handler, "unit"}, {board.Head, "chief"}, {board.Reviewer, "review"}, {board.Operator, "phone"},
		{board.Leader, "lead"}, {board.Inspector, "watch"}, {board.Admin, "admin"}, {board.Helper, "help"}} {
		d.Entrances = append(d.Entrances, Entrance{e.role, e.login, func(ctx context.Context) (string, error) { return p.Office.Enter(ctx, e.login) }})
	}
	p.Demo = d
}

// T is a text that the pages say.
func (w *world) T(id string, pairs ...any) string { return w.words.Words("zh-Hans").T(id, pairs...) }

// code is the one-time code that last reached a phone.
func (w *world) code(phone string) string {
	w.t.Helper()
	_, err := w.office.Post(ctx, func(t store.Text) string { return t.Args["Code"] }, w.phones)
	w.must(err)
	w.phones.Lock()
	defer w.phones.Unlock()
	for i := len(w.phones.texts) - 1; i >= 0; i-- {
		if t := w.phones.texts[i]; t.Text != "" && strings.HasSuffix(t.Number, phone) {
			return t.Text
		}
	}
	w.t.Fatalf("no code reached %s", phone)
	return ""
}
