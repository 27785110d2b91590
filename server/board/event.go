package board

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Sort says what a stream of events is about.
type Sort byte

const (
	Cases   Sort = 'c'
	Persons Sort = 'p'
	Units   Sort = 'u'
	Staffs  Sort = 's'
	Looks   Sort = 'l' // who looked at a case; the ID is the case's
	County  Sort = 'o' // the county itself: names, places, settings; one stream, zero ID
	Papers  Sort = 'x' // numbered papers that were printed together
	Hamlets Sort = 'v' // the villages of one township; the ID is made of its name
)

// Sorts lists every sort of stream, for whoever walks through all of them.
var Sorts = []Sort{Cases, Persons, Units, Staffs, Looks, County, Papers, Hamlets}

// Stream names one ordered list of events.
type Stream struct {
	Sort Sort
	ID   ID
}

func (s Stream) String() string { return string(rune(s.Sort)) + "-" + s.ID.String() }

// ParseStream reads what String wrote.
func ParseStream(text string) (Stream, error) {
	sort, rest, ok := strings.Cut(text, "-")
	id, err := ParseID(rest)
	if !ok || err != nil || len(sort) != 1 || !slices.Contains(Sorts, Sort(sort[0])) {
		return Stream{}, fmt.Errorf("%q names no stream", text)
	}
	return Stream{Sort(sort[0]), id}, nil
}

// EventKind names what happened. The resident reads it as a line of the
// case's history, in the words under "event.<kind>".
type EventKind string

// Hash is a SHA-256.
type Hash [32]byte

// MarshalText writes the hash as the JSON of a record holds it.
func (h Hash) MarshalText() ([]byte, error) { return fmt.Appendf(nil, "%x", h[:]), nil }

// UnmarshalText reads what MarshalText wrote.
func (h *Hash) UnmarshalText(text []byte) error {
	if len(text) != 2*len(h) {
		return fmt.Errorf("a hash has %d digits, not %d", 2*len(h), len(text))
	}
	_, err := hex.Decode(h[:], text)
	return err
}

// Header is what stays of an event for ever, readable without any person's
// key. Prev and Commitment are filled in by the store.
type Header struct {
	Kind       EventKind `json:"kind"`
	Actor      ID        `json:"actor,omitzero"`   // who did it; zero for the board itself
	Subject    ID        `json:"subject,omitzero"` // the person whose key seals the fact; zero for the county's
	Grant      ID        `json:"grant,omitzero"`   // the consent under which it was done for another
	Role       Role      `json:"role"`
	Channel    Channel   `json:"channel"`
	Time       time.Time `json:"time"`
	Prev       Hash      `json:"prev"`       // SHA-256 of the header before, as stored; zero for the first
	Commitment Hash      `json:"commitment"` // SHA-256(salt ‖ fact as stored)
}

// Event is one thing that happened in a stream.
type Event struct {
	Stream Stream
	Seq    uint32 // 1 for the first; filled in by the store
	Header
	Fact Fact // nil when it was erased
}

// Fact is what happened, in full: a plain struct, one for each kind of event.
type Fact interface{ Kind() EventKind }

// readers knows every kind of event and how its fact is read; no data at all
// gives the empty fact.
var readers = map[EventKind]func([]byte) (Fact, error){}

// enter puts a fact's type into readers; each family of facts does so beside
// its types.
func enter[F Fact]() {
	var zero F
	readers[zero.Kind()] = func(data []byte) (Fact, error) {
		var f F
		if len(data) == 0 {
			return f, nil
		}
		dec := json.NewDecoder(bytes.NewReader(data))
		dec.DisallowUnknownFields() // a fact of a newer version must not lose a field in silence
		err := dec.Decode(&f)
		return f, err
	}
}

// ParseFact reads a fact as it was stored.
func ParseFact(kind EventKind, data []byte) (Fact, error) {
	read, known := readers[kind]
	if !known {
		return nil, fmt.Errorf("event of unknown kind %q", kind)
	}
	fact, err := read(data)
	if err != nil {
		return nil, fmt.Errorf("fact of %q: %w", kind, err)
	}
	return fact, nil
}

// Hollow gives an event whose fact was erased the empty fact of its kind: what
// was said is gone, that it happened is not.
func (e Event) Hollow() Event {
	if read, known := readers[e.Kind]; e.Fact == nil && known {
		e.Fact, _ = read(nil)
	}
	return e
}

// EventKinds lists every kind of event there is, in no order.
func EventKinds() []EventKind {
	kinds := make([]EventKind, 0, len(readers))
	for k := range readers {
		kinds = append(kinds, k)
	}
	return kinds
}

// happened makes the event of a deed that by did now.
func happened(stream Stream, by Actor, role Role, subject ID, fact Fact, now time.Time) Event {
	return Event{
		Stream: stream,
		Header: Header{
			Kind: fact.Kind(), Actor: by.ID(), Subject: subject, Grant: by.Grant,
			Role: role, Channel: by.Channel, Time: now.UTC().Truncate(time.Millisecond),
		},
		Fact: fact,
	}
}

// State is a fold: what a stream's events add up to. A state is its own
// snapshot: it is stored as JSON and read back before the next event.
type State interface {
	Apply(Event)
	Stream() Stream
	// Keeper is the person whose key seals the snapshot; zero for the county's.
	Keeper() ID
}

// NewState is the fold of no events at all.
func NewState(s Stream) (State, error) {
	switch s.Sort {
	case Cases:
		return &Case{ID: s.ID}, nil
	case Persons:
		return &Person{ID: s.ID}, nil
	case Units:
		return &Unit{ID: s.ID}, nil
	case Staffs:
		return &Staff{ID: s.ID}, nil
	case Looks:
		return &LookList{ID: s.ID}, nil
	case Papers:
		return &Series{ID: s.ID}, nil
	case Hamlets:
		return &Villages{ID: s.ID}, nil
	case County:
		return &Settings{}, nil
	}
	return nil, fmt.Errorf("stream of unknown sort %q", rune(s.Sort))
}
