package board

import (
	"encoding/hex"
	"fmt"
	"io"
	"time"
)

// ID names one stream: a case, a person, a unit, a member of staff. Its first
// 6 bytes are the time in milliseconds, so that streams sort by age; the other
// 10 are random, so that nobody guesses the next.
type ID [16]byte

// NewID makes an ID for something that begins now. It fails only when random
// does.
func NewID(now time.Time, random io.Reader) (ID, error) {
	var id ID
	ms := uint64(now.UnixMilli())
	for i := range 6 {
		id[i] = byte(ms >> (40 - 8*i))
	}
	if _, err := io.ReadFull(random, id[6:]); err != nil {
		return ID{}, fmt.Errorf("random source: %w", err)
	}
	return id, nil
}

// ParseID reads the 32 hexadecimal digits that String writes.
func ParseID(s string) (ID, error) {
	var id ID
	b, err := hex.DecodeString(s)
	if err != nil || len(b) != len(id) {
		return ID{}, fmt.Errorf("%q is no id", s)
	}
	copy(id[:], b)
	return id, nil
}

// Time is when what the ID names began.
func (id ID) Time() time.Time {
	var ms int64
	for _, b := range id[:6] {
		ms = ms<<8 | int64(b)
	}
	return time.UnixMilli(ms)
}

func (id ID) String() string { return hex.EncodeToString(id[:]) }

// IsZero tells the absence of a name: no actor, no unit, no grant.
func (id ID) IsZero() bool { return id == ID{} }

// MarshalText writes nothing for the zero ID, so that records stay short.
func (id ID) MarshalText() ([]byte, error) {
	if id.IsZero() {
		return []byte{}, nil
	}
	return []byte(id.String()), nil
}

// UnmarshalText reads what MarshalText wrote.
func (id *ID) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*id = ID{}
		return nil
	}
	parsed, err := ParseID(string(text))
	*id = parsed
	return err
}
