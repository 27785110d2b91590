package store

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"lianxin/server/board"
	"lianxin/store/kv"
	"lianxin/store/seal"
)

// A record is something that must be remembered but is no part of any case's
// history: a session, a draft, a counter. It has an end, after which it counts
// as gone and the next Sweep deletes it.
//
// A record that holds words, a name or a phone is sealed: with its person's
// key when it has one, else with the county's.

// never is the end of a record that stays until its deed deletes it.
var never = time.UnixMilli(1<<62 - 1)

const recordFixed = 1 + 8

func (tx *Tx) putRecord(key part, ends time.Time, v any) error {
	plain, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return tx.putRecordBytes(key, ends, plain)
}

func (tx *Tx) putRecordBytes(key part, ends time.Time, plain []byte) error {
	value := binary.BigEndian.AppendUint64([]byte{recordVersion}, uint64(ends.UnixMilli()))
	return tx.kv.Put(key, append(value, plain...))
}

// putSealed seals the record for a person, or for the county when person is
// zero.
func (tx *Tx) putSealed(key part, ends time.Time, person board.ID, v any) error {
	plain, err := json.Marshal(v)
	if err != nil {
		return err
	}
	sealed, err := tx.seal(person, key, plain)
	if err != nil {
		return err
	}
	return tx.putRecordBytes(key, ends, sealed)
}

// recordBytes gives a record that has not ended by now, nil when there is none.
func (tx *Tx) recordBytes(key part, now time.Time) ([]byte, error) {
	value, err := tx.kv.Get(key)
	if err != nil || value == nil {
		return nil, err
	}
	ends, plain, err := parseRecord(value)
	if err != nil || !now.Before(ends) {
		return nil, err
	}
	return plain, nil
}

func parseRecord(value []byte) (ends time.Time, plain []byte, err error) {
	if len(value) < recordFixed || value[0] != recordVersion {
		return ends, nil, errors.New("record is damaged")
	}
	return time.UnixMilli(int64(binary.BigEndian.Uint64(value[1:]))), value[recordFixed:], nil
}

// getRecord reads a plain record into T; nil when there is none.
func getRecord[T any](tx *Tx, key part, now time.Time) (*T, error) {
	plain, err := tx.recordBytes(key, now)
	if err != nil || plain == nil {
		return nil, err
	}
	return decode[T](key, plain)
}

// getSealed reads a record that putSealed wrote for the same person. One that was
// damaged counts as gone, because nobody will ever open it: a session has to begin
// anew, and the other texts go out. Check tells of it.
func getSealed[T any](tx *Tx, key part, person board.ID, now time.Time) (*T, error) {
	sealed, err := tx.recordBytes(key, now)
	if err != nil || sealed == nil {
		return nil, err
	}
	plain, err := tx.open(person, key, sealed)
	if errors.Is(err, seal.ErrBroken) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return decode[T](key, plain)
}

// sealers tell whose key seals the records of a family, by what stands in their
// keys. Families that are not named are plain, or sealed for somebody whom their
// keys do not name.
var sealers = map[string]func(rest []byte) board.ID{
	"session": ofCounty, "attempt": ofCounty, "proof": ofCounty, "helping": ofCounty, "outbox": ofCounty,
	"draft": func(rest []byte) (person board.ID) {
		copy(person[:], rest)
		return person
	},
}

func ofCounty([]byte) board.ID { return board.ID{} }

// sound tells whether a record can be read, as far as that can be known without
// knowing what asks for it.
func (tx *Tx) sound(key part, value []byte) error {
	_, sealed, err := parseRecord(value)
	if err != nil {
		return err
	}
	family, rest, _ := bytes.Cut(key[1:], []byte{0})
	if sealer := sealers[string(family)]; sealer != nil {
		if _, err := tx.open(sealer(rest), key, sealed); !errors.Is(err, seal.ErrDestroyed) {
			return err
		}
	}
	return nil
}

func decode[T any](key part, plain []byte) (*T, error) {
	var v T
	if err := json.Unmarshal(plain, &v); err != nil {
		return nil, fmt.Errorf("record %q: %w", key, err)
	}
	return &v, nil
}

// Sweep deletes the records that ended before now and tells how many.
func (s *Store) Sweep(ctx context.Context, now time.Time) (int, error) {
	swept := 0
	prefix := []byte{spaceRecord}
	var ended [][]byte
	err := s.walk(ctx, prefix, after(prefix), func(_ *Tx, pair kv.Pair) error {
		ends, _, err := parseRecord(pair.Value)
		if err == nil && !now.Before(ends) { // one that is damaged is told of by Check
			ended = append(ended, pair.Key)
		}
		return nil
	})
	for len(ended) > 0 && err == nil {
		page := ended[:min(len(ended), walkPage)]
		ended = ended[len(page):]
		err = s.Update(ctx, func(tx *Tx) error { return tx.dropEnded(page, now) })
		swept += len(page)
	}
	return swept, err
}

// dropEnded looks again before it deletes: a record may have been renewed
// since it was found.
func (tx *Tx) dropEnded(keys [][]byte, now time.Time) error {
	for _, key := range keys {
		value, err := tx.kv.Get(key)
		if err != nil {
			return err
		}
		if value == nil {
			continue
		}
		ends, _, err := parseRecord(value)
		if err != nil {
			return err
		}
		if !now.Before(ends) {
			if err := tx.kv.Delete(key); err != nil {
				return err
			}
		}
	}
	return nil
}
