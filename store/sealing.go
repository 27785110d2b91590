package store

import (
	"fmt"

	"lianxin/server/board"
	"lianxin/store/seal"
)

// keyOf gives the key of a person, or the county's for the zero ID. A person
// whose key is gone was erased: seal.ErrDestroyed.
func (tx *Tx) keyOf(person board.ID) (seal.Key, error) {
	if person.IsZero() {
		return tx.s.keys.County(), nil
	}
	wrapped, err := tx.kv.Get(personKeyKey(person))
	if err != nil {
		return seal.Key{}, err
	}
	if wrapped == nil {
		return seal.Key{}, fmt.Errorf("person %s: %w", person, seal.ErrDestroyed)
	}
	return tx.s.keys.Unwrap(person, wrapped)
}

// giveKey makes a key for a person who has none yet.
func (tx *Tx) giveKey(person board.ID) error {
	have, err := tx.kv.Get(personKeyKey(person))
	if err != nil || have != nil {
		return err
	}
	_, wrapped, err := tx.s.keys.NewPerson(tx.s.random, person)
	if err != nil {
		return err
	}
	return tx.kv.Put(personKeyKey(person), wrapped)
}

// seal binds the sealed bytes to the key they are stored under, so that nobody
// moves them elsewhere.
func (tx *Tx) seal(person board.ID, at, plain []byte) ([]byte, error) {
	key, err := tx.keyOf(person)
	if err != nil {
		return nil, err
	}
	return key.Seal(tx.s.random, at, plain)
}

func (tx *Tx) open(person board.ID, at, sealed []byte) ([]byte, error) {
	key, err := tx.keyOf(person)
	if err != nil {
		return nil, err
	}
	return key.Open(at, sealed)
}
