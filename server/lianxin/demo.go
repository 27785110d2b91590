package main

import (
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	made "lianxin/server/demo"
	"lianxin/server/web"
)

type demo struct {
	Data string `default:"data/demo" type:"path" placeholder:"DIR" help:"Folder of the made-up county; made when it is not there."`
	Keys string `type:"path" placeholder:"DIR" help:"Folder of its keys; DATA-keys when not given."`
	Addr string `default:"127.0.0.1:8080" placeholder:"HOST:PORT" help:"Where to listen, on this machine only; port 0 takes a free one."`
	Now  string `placeholder:"TIME" help:"Where the made-up county's clock starts, such as 2026-09-18T10:00; it runs on from there."`

	Cases int    `placeholder:"N" help:"Fill a new county up to this many cases, for trying it at size."`
	Seed  uint64 `default:"1" placeholder:"N" help:"Which cases; the same number gives the same ones."`
}

// mark lies in a folder that demo made. A folder without it is never touched:
// what the demo lets visitors do must not happen to a real county.
type mark struct {
	Made  bool          `json:"made"`  // the county is finished
	Ahead time.Duration `json:"ahead"` // of the machine's clock; it never shrinks, so that no deed is older than one before it
}

func (m mark) now() time.Time { return time.Now().Add(m.Ahead) }

// readMark gives the mark of a data folder, nil when there is none.
func readMark(data string) (*mark, error) {
	text, err := os.ReadFile(filepath.Join(data, markFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	m := new(mark)
	if err == nil {
		err = json.Unmarshal(text, m)
	}
	if err != nil {
		return nil, fmt.Errorf("mark of a made-up county: %w", err)
	}
	return m, nil
}

func (m mark) write(data string) error {
	text, err := json.Marshal(m)
	name := filepath.Join(data, markFile)
	if err == nil {
		err = os.WriteFile(name+".tmp", text, 0o600)
	}
	if err == nil {
		err = os.Rename(name+".tmp", name)
	}
	if err != nil {
		return fmt.Errorf("mark of a made-up county: %w", err)
	}
	return nil
}

func (d *demo) Run(t *terminal) error {
	if !here(d.Addr) {
		return sentence(t.words.T("cmd.demo.loopback", "Address", d.Addr))
	}
	f := folders{d.Data, d.Keys}
	if f.Keys == "" {
		f.Keys = f.Data + "-keys"
	}
	m, err := d.find(t)
	if err != nil {
		return err
	}
	log := logTo(t.err)
	b, err := f.openOrMake(t.words, m.now, log)
	if err != nil {
		return err
	}
	if err = b.steady(t, log); err == nil {
		err = d.fill(t, b, m)
	}
	if err != nil {
		return errors.Join(err, b.Close())
	}
	h := &house{terminal: t, box: b, log: log, now: m.now, sure: true, night: &night{box: b, log: log}}
	return errors.Join(h.serve(d.Addr, web.Parts{}, b.visitors, func(url string) error {
		h.welcome(url)
		return nil
	}), b.Close())
}

// find finds the folder fit, or makes it, and sets its clock. The clock is kept
// only when the folder is open.
func (d *demo) find(t *terminal) (*mark, error) {
	ahead, err := d.ahead(t)
	if err != nil {
		return nil, err
	}
	m, err := readMark(d.Data)
	if err != nil {
		return nil, err
	}
	if m == nil {
		m = &mark{Ahead: ahead}
		return m, m.found(t, d.Data)
	}
	if m.Made && d.Cases > 0 {
		return nil, sentence(t.words.T("cmd.demo.cases", "Folder", d.Data))
	}
	if d.Now == "" {
		return m, nil // the clock runs on
	}
	if ahead < m.Ahead {
		return nil, sentence(t.words.T("cmd.demo.back", "Folder", d.Data, "Now", t.words.Stamp(m.now())))
	}
	m.Ahead = ahead
	return m, nil
}

// ahead is how far the clock is wanted to run ahead of the machine's.
func (d *demo) ahead(t *terminal) (time.Duration, error) {
	if d.Now == "" {
		return 0, nil
	}
	now, ok := moment(d.Now)
	if !ok {
		return 0, sentence(t.words.T("cmd.due.from", "Text", d.Now))
	}
	return time.Until(now), nil
}

// found makes the folder of a new county. One that holds anything is left alone.
func (m *mark) found(t *terminal, data string) error {
	entries, err := os.ReadDir(data)
	if err == nil && len(entries) > 0 || err != nil && !errors.Is(err, fs.ErrNotExist) {
		return sentence(t.words.T("cmd.demo.foreign", "Folder", data))
	}
	private()
	if err := os.MkdirAll(data, 0o700); err != nil {
		return err
	}
	return m.write(data)
}

// fill makes the county in a new folder.
func (d *demo) fill(t *terminal, b *box, m *mark) error {
	if m.Made {
		return m.write(b.Data)
	}
	county, err := b.office.County(t)
	if err != nil {
		return err
	}
	if len(county.Name) > 0 {
		return sentence(t.words.T("cmd.demo.half", "Folder", b.Data, "Keys", b.Keys))
	}
	parts := made.Parts{
		Store: b.store, Calendar: b.calendar, Random: rand.Reader, Log: logTo(t.err), Now: m.now(), Cases: d.Cases, Seed: d.Seed,
	}
	if err := d.makeUp(t, parts); err != nil {
		if t.Err() != nil {
			return sentence(t.words.T("cmd.demo.half", "Folder", b.Data, "Keys", b.Keys))
		}
		return err
	}
	m.Made = true
	return m.write(b.Data)
}

// makeUp makes the county, and tells how far a crowd has come.
func (d *demo) makeUp(t *terminal, p made.Parts) error {
	if d.Cases <= made.Told {
		return made.Make(t, p)
	}
	b := &bench{err: t.err, live: t.live}
	bar := b.bar(int64(d.Cases), t.words.T("cmd.demo.making"))
	p.Progress = func(cases int) { _ = bar.Set(cases) }
	began := time.Now()
	err := made.Make(t, p)
	_ = bar.Clear()
	if took := time.Since(began); err == nil {
		fmt.Fprintln(t.out, t.words.T("cmd.demo.made", "Cases", d.Cases, "Seconds", seconds(took), "Rate", int(float64(d.Cases)/took.Seconds())))
	}
	return err
}

// welcome tells how to look around.
func (h *house) welcome(url string) {
	w := h.words
	fmt.Fprintln(h.out, w.T("cmd.demo.here", "Address", url+"/demo"))
	fmt.Fprintln(h.out, w.T("cmd.demo.enter"))
	fmt.Fprintln(h.out, w.T("cmd.demo.phone", "Phone", made.Residents[0].Phone.Grouped(), "Address", url+"/demo/phone"))
	fmt.Fprintln(h.out, w.T("cmd.demo.stop"))
}
