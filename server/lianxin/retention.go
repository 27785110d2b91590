package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"lianxin/server/board"
	"lianxin/server/office"
	"lianxin/store"
	"lianxin/store/backup"
)

// retention lets go by hand of what the rule says, all of it at once; or with
// DryRun says what would go.
type retention struct {
	folders `json:"-"`
	copies
	DryRun bool `help:"Say what would go and when, and let nothing go."`
}

func (c *retention) Run(t *terminal) error { return t.do(c.folders, "retention", c) }

func (c *retention) work(b *bench) error {
	out, err := b.office.Outlook(b)
	if err != nil {
		return err
	}
	if c.DryRun {
		return c.tell(b, out)
	}
	switch {
	case b.office.ClockSuspect():
		return sentence(b.words.T("cmd.retention.clock"))
	case b.box.now().Before(out.Wait):
		return sentence(b.words.T("cmd.retention.waits", "Until", out.Wait.In(board.Zone).Format(time.DateTime)))
	}
	gone, err := b.box.letGo(b, c.notes(b.box), 0)
	if err != nil {
		return err
	}
	if gone.any() {
		if _, _, err := b.box.store.Compact(b); err != nil {
			return err
		}
	}
	fmt.Fprintln(b.out, b.words.T("cmd.retention.gone", "Cases", gone.cases, "Persons", gone.persons))
	return nil
}

// tell says what would go, what will, and what is held.
func (c *retention) tell(b *bench, out office.Outlook) error {
	persons := 0
	for from, first := store.Cursor(nil), true; first || from != nil; first = false {
		faded, next, err := b.office.Faded(b, from, page)
		if err != nil {
			return err
		}
		persons, from = persons+len(faded), next
	}
	for _, line := range []string{
		b.words.T("cmd.retention.rule", "Count", out.Rule),
		b.words.T("cmd.retention.due", "Cases", out.Due, "Persons", persons),
		b.words.T("cmd.retention.next", "Next", out.Next, "Date", out.By.In(board.Zone).Format(time.DateOnly)),
		b.words.T("cmd.retention.held", "Held", out.Held),
	} {
		fmt.Fprintln(b.out, line)
	}
	if b.box.now().Before(out.Wait) {
		fmt.Fprintln(b.out, b.words.T("cmd.retention.waits", "Until", out.Wait.In(board.Zone).Format(time.DateTime)))
	}
	return nil
}

// notes are the folders in which it is noted what was erased.
func (c copies) notes(b *box) []string { return []string{b.Data, c.Backup, c.Second} }

const (
	eachNight = 2000 // cases at most, and people who are looked at: some minutes of an old disk
	page      = 200
	noted     = 100 // are noted together before they go
	mostFail  = 10  // after so many faults a night gives up: it is not the cases
)

// let is what went.
type let struct{ cases, persons int }

func (l let) any() bool { return l.cases+l.persons > 0 }

// letGo lets go of what is due: at most so many cases, and so many people looked
// at; 0 means all. Each is noted in every folder before it goes. A case that cannot
// be let go of does not hold up the others.
func (b *box) letGo(ctx context.Context, notes []string, most int) (gone let, err error) {
	limit := most
	if most == 0 {
		limit = 1 << 30
	}
	cases, err := b.office.Aged(ctx, limit)
	if err != nil {
		return gone, err
	}
	var fault error
	gone.cases, fault = b.each(ctx, notes, aged, cases, b.office.Anonymise)
	if ctx.Err() != nil {
		return gone, ctx.Err()
	}
	out, err := b.office.Outlook(ctx)
	if err != nil {
		return gone, errors.Join(fault, err)
	}
	from := out.From
	if most == 0 {
		from = nil
	}
	for looked := 0; looked < limit; looked += page {
		persons, next, err := b.office.Faded(ctx, from, page)
		if err != nil {
			return gone, errors.Join(fault, err)
		}
		n, err := b.each(ctx, notes, faded, persons, b.office.Fade)
		gone.persons, from, fault = gone.persons+n, next, errors.Join(fault, err)
		if from == nil || ctx.Err() != nil {
			break
		}
	}
	if ctx.Err() != nil {
		return gone, ctx.Err()
	}
	return gone, errors.Join(fault, b.office.LetGo(ctx, gone.cases, gone.persons, from)) // what failed is tried another night
}

// each notes a batch of graves and lets go of what lies in them.
func (b *box) each(ctx context.Context, notes []string, what string, ids []board.ID, do func(context.Context, board.ID, bool) (bool, error)) (did int, err error) {
	var faults []error
	for batch := range slices.Chunk(ids, noted) {
		var graves []tomb
		for _, id := range batch {
			graves = append(graves, tomb{b.now(), what, id})
		}
		if err := bury(b.keys, graves, notes...); err != nil {
			return did, errors.Join(append(faults, err)...)
		}
		for _, id := range batch {
			done, err := do(ctx, id, false)
			if done {
				did++
			}
			if err != nil {
				faults = append(faults, err)
			}
			if ctx.Err() != nil || len(faults) >= mostFail {
				return did, errors.Join(faults...)
			}
		}
	}
	return did, errors.Join(faults...)
}

// retain carries out the county's rule, once a night.
func (n *night) retain(ctx context.Context, now time.Time) {
	may, err := n.box.office.Tonight(ctx, lastNight(now))
	if err == nil && !may {
		return
	}
	var gone let
	if err == nil {
		gone, err = n.box.letGo(ctx, n.notes(n.box), eachNight)
	}
	if ctx.Err() != nil {
		return
	}
	if err != nil {
		n.log.Error("not all whose time is over was let go", "cause", err)
	}
	if !gone.any() {
		return
	}
	n.log.Info("let go of what was kept long enough", "cases", gone.cases, "persons", gone.persons)
	if n.Backup == "" {
		return
	}
	note := backup.Note{Kind: backup.LetGo, At: now.UTC(), Cases: gone.cases, Persons: gone.persons}
	if err := backup.Remember(n.Backup, note); err != nil {
		n.log.Error("what went cannot be noted beside the backups", "cause", err)
	}
}

// How long something erased may lie in the file of the store: a week is promised,
// so it is compacted before, at night if there is one.
const (
	litterNight = 3 * 24 * time.Hour
	litterDay   = 6 * 24 * time.Hour
)

// tidy compacts the store when something was erased in it days ago. The compacting
// of a great store takes the disk for a minute.
func (n *night) tidy(ctx context.Context, now time.Time) {
	since, err := n.box.store.Litter(ctx)
	if err != nil || since.IsZero() {
		if err != nil && ctx.Err() == nil {
			n.log.Error("it cannot be seen since when something erased lies in the store", "cause", err)
		}
		return
	}
	lies, hour := now.Sub(since).Abs(), now.In(board.Zone).Hour()
	if lies < litterNight || lies < litterDay && (hour < saveFrom || hour >= saveTo) || now.Sub(n.tidied).Abs() < tryAgain {
		return
	}
	n.tidied = now
	before, after, err := n.box.store.Compact(ctx)
	if ctx.Err() != nil {
		return
	}
	if err != nil {
		n.log.Error("what was erased still lies in the store's file", "cause", err)
		return
	}
	n.log.Info("compacted", "before", before, "after", after)
}
