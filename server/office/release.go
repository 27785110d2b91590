package office

import (
	"time"

	"lianxin/server/board"
	"lianxin/store"
)

// release takes from helpers what they were to tell or ask and may not read any
// more, because the case has come to their own office: the operators do it.
func release(tx *store.Tx, c *board.Case, now time.Time) error {
	for _, f := range c.Wanted() {
		if f.To.IsZero() {
			continue
		}
		staff, err := tx.Staff(f.To)
		if err != nil {
			return err
		}
		if staff != nil && c.ReadableBy(staff, now) {
			continue
		}
		e := c.MoveHelp(clock, f.To, board.ID{}, now)
		if err := tx.Append(e); err != nil {
			return err
		}
		c.Apply(e)
	}
	return nil
}

// releaseOf does so for all that one helper was to tell or ask, who has come to
// another office or helps no more.
func releaseOf(tx *store.Tx, helper board.ID, now time.Time) error {
	const most = 1000 // more never waits for one helper
	cases, _, err := tx.List(store.ToRead(helper, time.UnixMilli(1<<60)), nil, most)
	for _, c := range cases {
		if err := release(tx, c, now); err != nil {
			return err
		}
	}
	return err
}
