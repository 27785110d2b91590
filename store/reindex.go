package store

import (
	"context"

	"lianxin/server/board"
)

// Reindex makes one page of all indexes again: the entries that snapshots make and
// that are missing, then those away that no snapshot makes. It begins at the nil
// cursor and ends by giving nil. Each page is a deed of its own, which can be done
// again and goes on from the cursor after a restart; others read and write
// meanwhile. A new index needs it on folders from before.
func (s *Store) Reindex(ctx context.Context, from Cursor) (next Cursor, err error) {
	at := []byte(from)
	if at == nil {
		at = []byte{spaceSnapshot}
	}
	space := at[:1]
	err = s.Update(ctx, func(tx *Tx) error {
		next = nil
		var page [][]byte
		for pair, err := range tx.kv.Scan(at, after(space)) {
			if err != nil {
				return err
			}
			if len(page) == walkPage {
				next = pair.Key
				break
			}
			page = append(page, pair.Key)
		}
		if next == nil && space[0] == spaceSnapshot {
			next = Cursor{spaceIndex}
		}
		for _, key := range page {
			var err error
			if space[0] == spaceSnapshot {
				err = tx.enter(streamOf(key))
			} else {
				err = tx.strike(key)
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
	return next, err
}

// enter puts down the index entries of a stream that are missing.
func (tx *Tx) enter(s board.Stream) error {
	state, _, err := tx.load(s)
	if err != nil {
		return err
	}
	for _, key := range indexKeys(state, tx.s.keys.Index) {
		have, err := tx.kv.Get(key)
		if err == nil && have == nil {
			err = tx.kv.Put(key, []byte{})
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// strike takes away an index entry that no snapshot makes.
func (tx *Tx) strike(key []byte) error {
	if made, err := tx.made(key); err != nil || made {
		return err
	}
	return tx.kv.Delete(key)
}
