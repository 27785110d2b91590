package store

import "lianxin/server/board"

// Series gives a series of papers by its ID.
func (tx *Tx) Series(id board.ID) (*board.Series, error) {
	return one[*board.Series](tx, board.Papers, id)
}

// SeriesByNo finds a series of a kind by its number.
func (tx *Tx) SeriesByNo(kind board.PaperKind, no int) (*board.Series, error) {
	return found(tx, seriesKey(kind).number(no), tx.Series)
}

// LastSeries gives the series of a kind with the highest number, nil when none
// was printed.
func (tx *Tx) LastSeries(kind board.PaperKind) (*board.Series, error) {
	prefix := seriesKey(kind)
	for pair, err := range tx.kv.ScanBack(prefix, after(prefix)) {
		if err != nil {
			return nil, err
		}
		return tx.Series(lastID(pair.Key))
	}
	return nil, nil
}

// Register lists at most n series, the newest first, from where a page ended.
func (tx *Tx) Register(from Cursor, n int) (all []*board.Series, next Cursor, err error) {
	l := List{prefix: papersKey(), back: true}
	var last []byte
	for pair, err := range tx.scan(l, from) {
		if err != nil {
			return nil, nil, err
		}
		if len(all) == n {
			return all, last[len(l.prefix):], nil
		}
		s, err := tx.Series(lastID(pair.Key))
		if err != nil {
			return nil, nil, err
		}
		all, last = append(all, s), pair.Key
	}
	return all, nil, nil
}

// PapersOf lists the series of which a member of staff has papers to use.
func (tx *Tx) PapersOf(staff board.ID) ([]*board.Series, error) {
	return tx.seriesAt(papersOfKey(staff))
}

// CardsOf lists the series of which somebody holds a card.
func (tx *Tx) CardsOf(holder board.ID) ([]*board.Series, error) {
	return tx.seriesAt(cardsOfKey(holder))
}

func (tx *Tx) seriesAt(prefix part) ([]*board.Series, error) {
	var all []*board.Series
	for pair, err := range tx.kv.Scan(prefix, after(prefix)) {
		if err != nil {
			return nil, err
		}
		s, err := tx.Series(lastID(pair.Key))
		if err != nil {
			return nil, err
		}
		all = append(all, s)
	}
	return all, nil
}
