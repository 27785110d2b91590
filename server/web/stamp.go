package web

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"io"
	"time"

	"lianxin/store"
)

// stamps makes and checks the tokens of forms. A token is
//
//	hour (4 bytes) ‖ once (16 random bytes) ‖ HMAC-SHA-256 (first 16 bytes)
//
// in base64url. It is bound to a browser (the hash of its session, or before
// login of the cookie that the login page gave) and to what it is for: the
// path of the one form that does a deed, or "" for all forms of a page. It is
// stored nowhere. The random part makes every showing look different, so that
// pages may be compressed (BREACH), and names the deed, so that it is done once.
type stamps struct {
	key    []byte
	random io.Reader
}

// stampLasts is how long a form may lie open: long enough for one that is
// filled in over a day.
const stampLasts = 24 * time.Hour

const stampSize = 4 + 16 + 16

var stampText = base64.RawURLEncoding

// fresh draws the random part of a new token.
func (s stamps) fresh() (once store.Once, err error) {
	if _, err = io.ReadFull(s.random, once[:]); err != nil {
		return once, fmt.Errorf("random source: %w", err)
	}
	return once, nil
}

// mint writes a token.
func (s stamps) mint(browser [32]byte, path string, once store.Once, now time.Time) string {
	b := binary.BigEndian.AppendUint32(make([]byte, 0, stampSize), uint32(now.Unix()/3600))
	b = append(b, once[:]...)
	return stampText.EncodeToString(append(b, s.sum(browser, path, b)...))
}

// holds tells whether a token was made for this browser and path not long ago,
// and gives its random part.
func (s stamps) holds(token string, browser [32]byte, path string, now time.Time) (once store.Once, ok bool) {
	b, err := stampText.DecodeString(token)
	if err != nil || len(b) != stampSize {
		return once, false
	}
	copy(once[:], b[4:20])
	if !hmac.Equal(b[20:], s.sum(browser, path, b[:20])) {
		return once, false
	}
	age := now.Unix()/3600 - int64(binary.BigEndian.Uint32(b))
	return once, age >= 0 && age <= int64(stampLasts/time.Hour)
}

func (s stamps) sum(browser [32]byte, path string, head []byte) []byte {
	h := hmac.New(sha256.New, s.key)
	h.Write(browser[:])
	h.Write(head)
	io.WriteString(h, path)
	return h.Sum(nil)[:16]
}
