package seal

import (
	"crypto/aes"
	"crypto/cipher"
	"fmt"
	"io"
)

// What stands before everything sealed: the algorithm and the version of the
// key. Both are authenticated.
const (
	aesGCM     = 1 // AES-256-GCM with a random nonce of 96 bits. 2 is kept for SM4-GCM.
	keyVersion = 1
)

// Overhead is how many bytes longer than its plain text something sealed is.
const Overhead = 2 + 12 + 16

// Key seals and opens. The zero Key is that of an erased person: everything it
// is asked for is ErrDestroyed.
//
// Nonces are random, so one key may seal 2³² texts (NIST SP 800-38D); a county
// stays far below that.
type Key struct{ aead cipher.AEAD }

func newKey(secret []byte) (Key, error) {
	if len(secret) != keySize {
		return Key{}, fmt.Errorf("a key of %d bytes: %w", len(secret), ErrBroken)
	}
	block, err := aes.NewCipher(secret)
	if err != nil {
		return Key{}, err
	}
	aead, err := cipher.NewGCM(block)
	return Key{aead}, err
}

// Seal encrypts plain for one place. The aad names that place (stream, number,
// field); it is not stored, and without it nothing opens, so that nobody moves
// one person's words to another's case. Random must never repeat itself: with
// a nonce used twice under a key the words can be read. An error comes only
// from random or from the zero Key.
func (k Key) Seal(random io.Reader, aad, plain []byte) ([]byte, error) {
	if k.aead == nil {
		return nil, ErrDestroyed
	}
	sealed := make([]byte, 2+k.aead.NonceSize(), len(plain)+Overhead)
	sealed[0], sealed[1] = aesGCM, keyVersion
	nonce := sealed[2:]
	if _, err := io.ReadFull(random, nonce); err != nil {
		return nil, fmt.Errorf("random source: %w", err)
	}
	return k.aead.Seal(sealed, nonce, plain, bound(sealed, aad)), nil
}

// Open gives back what Seal took. A single bit changed, another place, another
// key: ErrBroken, and nothing of the text.
func (k Key) Open(aad, sealed []byte) ([]byte, error) {
	if k.aead == nil {
		return nil, ErrDestroyed
	}
	if len(sealed) < Overhead {
		return nil, fmt.Errorf("%d bytes are too few: %w", len(sealed), ErrBroken)
	}
	if sealed[0] != aesGCM || sealed[1] != keyVersion {
		return nil, fmt.Errorf("algorithm %d with key version %d is not known: %w", sealed[0], sealed[1], ErrBroken)
	}
	body := 2 + k.aead.NonceSize()
	plain, err := k.aead.Open(nil, sealed[2:body], sealed[body:], bound(sealed, aad))
	if err != nil {
		return nil, ErrBroken
	}
	return plain, nil
}

// bound is the place together with the two bytes before the nonce.
func bound(sealed, aad []byte) []byte {
	return append([]byte{sealed[0], sealed[1]}, aad...)
}

// Format keeps the key out of logs, whatever the verb.
func (k Key) Format(f fmt.State, _ rune) { io.WriteString(f, "a key") }
