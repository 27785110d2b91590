package main

import (
	"context"
	"errors"
	"strings"

	"lianxin/locales"
	"lianxin/server/board"
	"lianxin/server/control"
	"lianxin/store"
	"lianxin/store/seal"
)

// tongue is the language of whoever types: the flag, else what the terminal is
// set to. A terminal that is set to nothing ("C") may not be able to show Han
// characters, so it gets English.
func tongue(b *locales.Bundle, flag string, env func(string) string) string {
	said := flag
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if said == "" {
			said = env(name)
		}
	}
	said, _, _ = strings.Cut(said, ".")
	switch said {
	case "", "C", "POSIX":
		return "en"
	}
	return b.Match(strings.ReplaceAll(said, "_", "-"))
}

// sentence is an error that is told as it stands: its words are chosen already.
type sentence string

func (s sentence) Error() string { return string(s) }

// explain says in plain words what went wrong and how to mend it.
func explain(w locales.Words, err error) string {
	var plain sentence
	if errors.As(err, &plain) {
		return string(plain)
	}
	if errors.Is(err, store.ErrUnknown) {
		return w.T("cmd.unsure")
	}
	if faults, refused := board.Faults(err); refused {
		lines := make([]string, len(faults))
		for i, f := range faults {
			if lines[i] = w.T("fault."+f.ID, f.Args...); f.Kind == board.NotSaved {
				lines[i] = w.T(notSaved(f)) // the fault's own words are for pages
			}
		}
		return strings.Join(lines, "\n")
	}
	cause := err.Error()
	switch {
	case errors.Is(err, store.ErrBusy):
		return w.T("cmd.busy", "Cause", cause)
	case errors.Is(err, store.ErrFull):
		return w.T("cmd.full")
	case errors.Is(err, store.ErrGone):
		return w.T("cmd.gone")
	case errors.Is(err, store.ErrNewer):
		return w.T("cmd.newer", "Cause", cause)
	case errors.Is(err, seal.ErrInside):
		return w.T("cmd.keys.inside", "Cause", cause)
	case errors.Is(err, seal.ErrLoose):
		return w.T("cmd.keys.loose", "Cause", cause)
	case errors.Is(err, seal.ErrDamaged):
		return w.T("cmd.keys.damaged", "Cause", cause)
	case errors.Is(err, seal.ErrWrongKey):
		return w.T("cmd.keys.wrong", "Cause", cause)
	case errors.Is(err, control.ErrLost):
		return w.T("cmd.lost")
	case errors.Is(err, context.Canceled):
		return w.T("cmd.stopped")
	}
	return w.T("cmd.failed", "Cause", cause)
}

// notSaved is why a box keeps nothing.
func notSaved(f board.Fault) string {
	if f.ID == "gone" {
		return "cmd.gone"
	}
	return "cmd.full"
}
