package office

import (
	"context"
	"time"

	"lianxin/server/board"
)

// TakeAll remembers that all of the board is about to leave it.
func (o *Office) TakeAll(ctx context.Context, by board.Actor) error {
	return o.setting(ctx, by, func(s *board.Settings, now time.Time) (board.Event, error) {
		return s.TakeOut(by, board.TakenOut{What: board.Everything, Form: "jsonl"}, now)
	})
}
