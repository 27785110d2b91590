// Package seal keeps the county's secrets and does all encryption at rest.
//
// There is one master key, in a folder of its own that is in no backup. From
// it come four class keys (HKDF-SHA-256): one seals what belongs to the county
// as a whole, one wraps the data keys of persons, one makes blind indexes, one
// makes form tokens. Each person has a random data key of their own, stored
// wrapped; destroying the wrapped key erases the person from the store and
// from every backup that is newer than the destruction, and cannot be undone.
//
// Everything sealed begins with the algorithm and the version of the key, so
// that SM4 and new keys can stand beside what is there.
package seal

import (
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
)

var (
	// ErrNoKeys: the folder holds no master key.
	ErrNoKeys = errors.New("no master key")
	// ErrExists: the folder holds a master key already; none is overwritten.
	ErrExists = errors.New("there is a master key already")
	// ErrDamaged: the file of the master key is torn or was edited.
	ErrDamaged = errors.New("the master key file is damaged")
	// ErrLoose: others than the owner may read the keys.
	ErrLoose = errors.New("others can read the keys")
	// ErrInside: the keys and the data are not apart.
	ErrInside = errors.New("the key folder and the data folder must lie apart")
	// ErrWrongKey: the data were sealed with the keys of another folder.
	ErrWrongKey = errors.New("these are not the keys the data were sealed with")
	// ErrDestroyed: the person's key was destroyed; what it sealed is erased.
	ErrDestroyed = errors.New("the key was destroyed")
	// ErrBroken: sealed bytes were changed, moved, or sealed with another key.
	ErrBroken = errors.New("the sealed bytes do not open")
)

// keySize is that of the master key and of all keys below it, in bytes.
const keySize = 32

// Keys are the keys of one county, safe for concurrent use. The master key
// itself is not kept.
type Keys struct {
	county, person Key
	index, form    MAC
	fingerprint    string
	backup         string
}

// derive makes the class keys. What is spelt here may never change: other
// spellings are other keys, and everything sealed would be lost.
func derive(master []byte) (*Keys, error) {
	var k Keys
	class := func(name string) []byte {
		// It fails only for keys longer than these can be.
		key, err := hkdf.Key(sha256.New, master, nil, "lianxin 1 "+name, keySize)
		if err != nil {
			panic("seal: " + err.Error())
		}
		return key
	}
	var err error
	if k.county, err = newKey(class("county")); err != nil {
		return nil, err
	}
	if k.person, err = newKey(class("person")); err != nil {
		return nil, err
	}
	k.index = MAC{class("index")}
	k.form = MAC{class("form")}
	k.backup = hex.EncodeToString(class("backup"))
	k.fingerprint = hex.EncodeToString(class("fingerprint")[:8])
	return &k, nil
}

// Fingerprint is a short name of the master key, 16 hexadecimal digits, from
// which nothing of the key follows. The store keeps it.
func (k *Keys) Fingerprint() string { return k.fingerprint }

// Check is ErrWrongKey unless kept is the fingerprint of these keys. A program
// with the wrong keys must stop before it writes anything.
func (k *Keys) Check(kept string) error {
	if kept != k.fingerprint {
		return fmt.Errorf("%w: those are %s, these are %s", ErrWrongKey, kept, k.fingerprint)
	}
	return nil
}

// County is the key for what belongs to nobody in particular: published
// texts, units, settings.
func (k *Keys) County() Key { return k.county }

// NewPerson makes a data key for a person and wraps it. The wrapped form
// belongs to this id alone; it opens for no other. Random must never repeat
// itself: crypto/rand, and nothing seeded outside tests.
func (k *Keys) NewPerson(random io.Reader, id [16]byte) (Key, []byte, error) {
	secret := make([]byte, keySize)
	if _, err := io.ReadFull(random, secret); err != nil {
		return Key{}, nil, fmt.Errorf("random source: %w", err)
	}
	key, err := newKey(secret)
	if err != nil {
		return Key{}, nil, err
	}
	wrapped, err := k.person.Seal(random, id[:], secret)
	if err != nil {
		return Key{}, nil, err
	}
	return key, wrapped, nil
}

// Unwrap opens a person's data key. Nothing wrapped means ErrDestroyed.
func (k *Keys) Unwrap(id [16]byte, wrapped []byte) (Key, error) {
	if len(wrapped) == 0 {
		return Key{}, fmt.Errorf("person %x: %w", id, ErrDestroyed)
	}
	secret, err := k.person.Open(id[:], wrapped)
	if err != nil {
		return Key{}, fmt.Errorf("key of person %x: %w", id, err)
	}
	key, err := newKey(secret)
	if err != nil {
		return Key{}, fmt.Errorf("key of person %x: %w", id, err)
	}
	return key, nil
}

// Index turns a value into 16 bytes by which it can be found again: equal
// values give equal bytes, of each kind its own. Whoever has the key can try
// all phone numbers, so it is never beside the data. Kind is one of our own
// words and holds no zero byte.
func (k *Keys) Index(kind, value string) [16]byte {
	h := hmac.New(sha256.New, k.index.key)
	io.WriteString(h, kind)
	h.Write([]byte{0})
	io.WriteString(h, value)
	return [16]byte(h.Sum(nil))
}

// Form makes and checks the tokens of forms.
func (k *Keys) Form() MAC { return k.form }

// MAC authenticates with HMAC-SHA-256.
type MAC struct{ key []byte }

// Sum authenticates the parts in their order. Where one part ends counts too:
// ("ab", "c") and ("a", "bc") differ.
func (m MAC) Sum(parts ...string) [32]byte {
	h := hmac.New(sha256.New, m.key)
	for _, p := range parts {
		fmt.Fprintf(h, "%d:%s", len(p), p)
	}
	return [32]byte(h.Sum(nil))
}

// Holds says in constant time whether sum is that of the parts.
func (m MAC) Holds(sum []byte, parts ...string) bool {
	want := m.Sum(parts...)
	return hmac.Equal(want[:], sum)
}

// Backup is the phrase that locks backups. It follows from the master key, so
// whoever has that can open them, and nothing else must be kept.
func (k *Keys) Backup() string { return k.backup }

// Format keeps keys out of logs, whatever the verb.
func (k *Keys) Format(f fmt.State, _ rune) { fmt.Fprintf(f, "keys %s", k.fingerprint) }

// Format keeps the key out of logs, whatever the verb.
func (m MAC) Format(f fmt.State, _ rune) { io.WriteString(f, "a key") }
