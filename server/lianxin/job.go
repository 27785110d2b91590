package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"

	"lianxin/locales"
	"lianxin/server/control"
	"lianxin/server/office"
	"lianxin/store"
)

// job is a command that works on the county's store. Only one process can have
// the store, so a job runs in the server when one is running on the folder, and
// here when none is. Its exported fields are all it knows; paths among them are
// absolute, because the server stands in another folder.
type job interface {
	work(*bench) error
}

// jobs are all of them, by the name under which the server knows them.
var jobs = map[string]func() job{
	"check":     func() job { return new(check) },
	"county":    func() job { return new(name) },
	"unit add":  func() job { return new(unitAdd) },
	"staff add": func() job { return new(staffAdd) },
	"import":    func() job { return new(bring) },
	"export":    func() job { return new(takeAll) },
	"pin":       func() job { return new(pin) },

	"backup":     func() job { return new(save) },
	"drill":      func() job { return new(drill) },
	"verify":     func() job { return new(verify) },
	"doctor":     func() job { return new(doctor) },
	"checkpoint": func() job { return new(checkpoint) },
	"erase":      func() job { return new(erase) },
	"clock":      func() job { return new(clockConfirm) },
	"compact":    func() job { return new(compact) },
	"retention":  func() job { return new(retention) },
}

// bench is what a job works with.
type bench struct {
	context.Context
	box      *box
	office   *office.Office
	words    locales.Words
	out, err io.Writer
	live     bool
}

// order is a job on its way to the server.
type order struct {
	Lang string          `json:"lang"`
	Live bool            `json:"live"`
	Job  json.RawMessage `json:"job"`
}

// tries is how often a job looks for a server and then for the folder: a server
// that is just starting has the folder and does not listen yet.
const tries = 3

// do runs a job where the store is.
func (t *terminal) do(f folders, name string, j job) error {
	plan, err := json.Marshal(j)
	if err != nil {
		return err
	}
	sent, err := json.Marshal(order{t.words.Lang, t.live, plan})
	if err != nil {
		return err
	}
	for try := 1; ; try++ {
		code, err := control.Call(t, f.socket(), []string{name, string(sent)}, nil, t.out, t.err)
		switch {
		case err == nil && code != fine:
			return told(code)
		case err == nil:
			return nil
		case !errors.Is(err, control.ErrNoServer):
			return err
		}
		opened, err := t.alone(f, j)
		if opened || !errors.Is(err, store.ErrBusy) || try == tries {
			return err
		}
	}
}

// alone runs a job in the folder itself.
func (t *terminal) alone(f folders, j job) (opened bool, err error) {
	now, err := f.clock()
	if err != nil {
		return false, err
	}
	b, err := f.open(t.words, now, logTo(t.err))
	if err != nil {
		return false, err
	}
	err = j.work(&bench{t, b, b.office, t.words, t.out, t.err, t.live})
	return true, errors.Join(err, b.Close())
}

// runner runs the jobs that are sent to a server.
func runner(b *box, bundle *locales.Bundle) control.Runner {
	return func(ctx context.Context, in control.Invocation) int {
		t := &terminal{ctx, in.Out, in.Err, false, bundle, bundle.Words("")}
		j, sent, err := received(in.Args)
		if err != nil {
			return t.ended(err)
		}
		t.words = bundle.Words(sent.Lang)
		return t.ended(j.work(&bench{ctx, b, b.office, t.words, in.Out, in.Err, sent.Live}))
	}
}

func received(args []string) (job, order, error) {
	var sent order
	if len(args) != 2 || jobs[args[0]] == nil {
		return nil, sent, fmt.Errorf("the server does not know this command; is it of the same version?")
	}
	if err := json.Unmarshal([]byte(args[1]), &sent); err != nil {
		return nil, sent, fmt.Errorf("command from the terminal: %w", err)
	}
	j := jobs[args[0]]()
	if err := json.Unmarshal(sent.Job, j); err != nil {
		return nil, sent, fmt.Errorf("command from the terminal: %w", err)
	}
	return j, sent, nil
}

// logTo writes the log of a process: plain lines, no personal data in them.
func logTo(w io.Writer) *slog.Logger { return slog.New(slog.NewTextHandler(w, nil)) }
