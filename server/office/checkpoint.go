package office

import (
	"context"
	"time"
)

// Checkpoint is the newest checkpoint of the whole record, for anybody to keep. It
// names nobody.
type Checkpoint struct {
	Size  int64 // how many entries it holds for
	Time  time.Time
	Short string // to copy by hand, in groups of four
	Text  string // the signed note
	Key   string // what anybody verifies the note with
}

// Checkpoint gives it, nil before anything was sealed.
func (o *Office) Checkpoint(ctx context.Context) (*Checkpoint, error) {
	point, err := o.store.Checkpoint(ctx)
	if err != nil || point == nil {
		return nil, err
	}
	return &Checkpoint{Size: point.Size, Time: point.Time, Short: point.Short(), Text: point.Text, Key: o.store.VerifierKey()}, nil
}
