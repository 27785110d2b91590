package store

import (
	"bytes"
	"encoding/binary"
	"slices"
	"time"

	"lianxin/server/board"
)

// The key space: every key that is ever written begins with one of these
// bytes. Numbers are big-endian and of fixed width, text parts end with 0x00,
// and an index key ends with the ID of the stream it leads to.
//
//	m name                       facts about this folder: schema, key ring, version
//	e sort id seq                header of an event
//	f sort id seq                fact of an event, sealed
//	s sort id                    snapshot of a stream
//	k id                         a person's data key, wrapped
//	i name 00 … id               index entry, derived from a snapshot; no value
//	r family 00 …                record that is no event: it expires
//	q time sort id seq           an event that waits to be sealed into the tree
//	h place                      hash of the tree
//	g number                     which event a leaf of the tree is
//	c size                       checkpoint of the tree
const (
	spaceMeta     = 'm'
	spaceEvent    = 'e'
	spaceFact     = 'f'
	spaceSnapshot = 's'
	spaceKey      = 'k'
	spaceIndex    = 'i'
	spaceRecord   = 'r'
	spaceQueue    = 'q'
	spaceHash     = 'h'
	spaceLeaf     = 'g'
	spacePoint    = 'c'
)

func streamKey(space byte, s board.Stream) []byte {
	key := make([]byte, 0, 2+len(s.ID)+4)
	return append(append(key, space, byte(s.Sort)), s.ID[:]...)
}

func eventKey(space byte, s board.Stream, seq uint32) []byte {
	return binary.BigEndian.AppendUint32(streamKey(space, s), seq)
}

// streamOf reads the stream out of an event's, fact's or snapshot's key.
func streamOf(key []byte) board.Stream {
	var id board.ID
	copy(id[:], key[2:])
	return board.Stream{Sort: board.Sort(key[1]), ID: id}
}

func metaKey(name string) []byte { return append([]byte{spaceMeta}, name...) }

// born is the schema from which on an index holds every entry that it should.
// Older data are read without it until they are upgraded.
func born(key part) uint32 {
	for _, young := range []part{endedKey(), quietKey()} {
		if bytes.HasPrefix(key, young) || bytes.HasPrefix(key, asideKey().bytes(young)) {
			return 3
		}
	}
	return 1
}

func personKeyKey(id board.ID) []byte { return append([]byte{spaceKey}, id[:]...) }

// after is the first key behind all that begin with prefix.
func after(prefix []byte) []byte {
	end := append([]byte(nil), prefix...)
	for i := len(end) - 1; i >= 0; i-- {
		if end[i]++; end[i] != 0 {
			return end[:i+1]
		}
	}
	return nil
}

// part builds a key out of its parts.
type part []byte

func index(name string) part  { return append(append(part{spaceIndex}, name...), 0) }
func record(name string) part { return append(append(part{spaceRecord}, name...), 0) }

func (p part) text(s string) part    { return append(append(p, s...), 0) }
func (p part) id(id board.ID) part   { return append(p, id[:]...) }
func (p part) bytes(b []byte) part   { return append(p, b...) }
func (p part) number(n int) part     { return binary.BigEndian.AppendUint16(p, uint16(n)) }
func (p part) time(t time.Time) part { return binary.BigEndian.AppendUint64(p, uint64(t.UnixMilli())) }

// lastID is the ID that an index key ends with.
func lastID(key []byte) board.ID {
	var id board.ID
	copy(id[:], key[max(0, len(key)-len(id)):])
	return id
}

// blind turns a value into 16 bytes that only this box can make again; equal
// values stay equal, nothing else can be read from them.
type blind func(kind, value string) [16]byte

// indexKeys derives, from a snapshot, every index entry that leads to it. A
// new index is a line here; check and rebuild read nothing else.
func indexKeys(state board.State, blind blind) []part {
	switch s := state.(type) {
	case *board.Case:
		return caseKeys(s, blind)
	case *board.Person:
		var keys []part
		for _, b := range s.Phones {
			keys = append(keys, phoneKey(b.Phone, blind).id(s.ID))
		}
		for _, k := range s.Kin {
			keys = append(keys, kinKey(k.Phone, blind).id(s.ID))
		}
		if !s.Back.IsZero() {
			keys = append(keys, backKey().time(s.Back).id(s.ID))
		}
		if !s.Forgotten {
			keys = append(keys, quietKey().time(s.Changed.Last.Truncate(quietDay)).id(s.ID))
		}
		return keys
	case *board.Staff:
		return []part{index("login").text(s.Login).id(s.ID)}
	case *board.Series:
		return seriesKeys(s)
	}
	return nil
}

// seriesKeys lead to a series by its number and by its age, by the staff who
// have papers of it, and by the people who hold cards of it.
func seriesKeys(s *board.Series) []part {
	keys := []part{seriesKey(s.Kind).number(s.No).id(s.ID), papersKey().time(s.Printed).id(s.ID)}
	for _, p := range s.Papers {
		var key part
		switch {
		case p.Free() && !p.To.IsZero():
			key = papersOfKey(p.To).id(s.ID)
		case s.Kind == board.CodeCard && !p.On.IsZero() && !p.Revoked:
			key = cardsOfKey(p.On).id(s.ID)
		default:
			continue
		}
		if !holds(keys, key) {
			keys = append(keys, key)
		}
	}
	return keys
}

func caseKeys(c *board.Case, blind blind) []part {
	keys := []part{personKey(c.Person).time(c.Filed).id(c.ID), filedKey().time(c.Filed).id(c.ID)}
	if c.Number != "" {
		keys = append(keys, numberKey(c.Number).id(c.ID))
	}
	if c.Source != "" {
		keys = append(keys, sourceKey(c.Source, blind).id(c.ID))
	}
	if c.History() {
		keys = append(keys, historyKey().time(c.Filed).id(c.ID))
	}
	if !c.MergedInto.IsZero() {
		keys = append(keys, mergedKey(c.MergedInto).id(c.ID))
	}
	if c.Public == board.Shown {
		for _, scope := range scopes(c.PublicPlace(), c.Topic) {
			keys = append(keys, publicKey(scope).time(c.Filed).id(c.ID))
		}
	}
	for _, a := range c.Attachments {
		keys = append(keys, blobKey(a.Blob).id(c.ID))
	}
	if c.GoneAfterContact() {
		keys = append(keys, flagKey(FlagGone).time(c.Filed).id(c.ID))
	}
	if c.Pressed == board.WasPressed {
		keys = append(keys, flagKey(FlagPressed).time(c.Filed).id(c.ID))
	}
	switch {
	case c.Hold != nil:
		keys = append(keys, flagKey(FlagHeld).time(c.Hold.At).id(c.ID))
	case c.AtRest():
		keys = append(keys, endedKey().time(c.EndedAt).id(c.ID))
	}
	keys = append(append(keys, besideKeys(c)...), openKeys(c)...)
	if c.AboutDesk {
		for _, key := range keys[:len(keys):len(keys)] {
			keys = append(keys, asideKey().bytes(key))
		}
	}
	return keys
}

// besideKeys are those of assisted mode: what somebody typed for another, who
// may read it, what must still be told or asked, and what the person does not
// stand behind. They hold after a case has ended.
func besideKeys(c *board.Case) []part {
	var keys []part
	if c.Assisted() {
		keys = append(keys, takenKey(c.TakenBy).time(c.Filed).id(c.ID), assistedKey().time(c.Filed).id(c.ID))
	}
	for _, g := range c.Grants {
		if until := c.Until(g); !g.Over && slices.Contains(c.Helpers(), g.To) {
			if until.IsZero() {
				until = open
			}
			keys = append(keys, helpedKey(g.To).time(until).id(c.ID))
		}
	}
	if !c.About.IsZero() {
		keys = append(keys, aboutKey(c.About).time(c.Filed).id(c.ID))
	}
	for _, f := range c.Wanted() {
		keys = append(keys, followKey(f.To, f.Way == board.ByLetter).time(f.From).id(c.ID))
	}
	switch {
	case c.Standing == board.Frozen:
		keys = append(keys, flagKey(FlagFrozen).time(c.AskBy.At).id(c.ID))
	case c.Standing == board.Pending && c.ConfirmBy.Set():
		keys = append(keys, flagKey(FlagPending).time(c.ConfirmBy.At).id(c.ID))
	}
	if c.Ended {
		if alarm := c.Alarm(); alarm.Set() {
			keys = append(keys, dueKey().time(alarm.At).id(c.ID))
		}
	}
	return keys
}

// open stands for a moment that has not come: the end of what goes on.
var open = time.UnixMilli(1 << 62)

// openKeys are those of a case that still waits for somebody.
func openKeys(c *board.Case) []part {
	next := c.Move()
	if next.Role == "" {
		return nil
	}
	var keys []part
	list := func(under part) { keys = append(keys, under.time(next.By.At).id(c.ID)) }
	if c.Stage != board.Merged { // it moves with the case it was merged into
		list(deskKey(next.Role, next.Unit))
		if waits := c.Waits(); waits.Role != next.Role || waits.Unit != next.Unit { // it went up, and they can still do it
			keys = append(keys, deskKey(waits.Role, waits.Unit).time(waits.By.At).id(c.ID))
		}
	}
	if !c.Lead.IsZero() {
		list(leadKey(c.Lead))
	}
	for _, unit := range c.Co {
		list(helpKey(unit))
	}
	for flag, flies := range map[string]bool{FlagSupervised: c.Supervised, FlagReopened: c.Reopened > 0, FlagUnruled: c.Silent > 0, FlagProvisional: c.Provisional()} {
		if flies {
			list(flagKey(flag))
		}
	}
	if c.Lapses() {
		keys = append(keys, lapseKey().time(c.Strikes()).id(c.ID))
	}
	if alarm := c.Alarm(); alarm.Set() {
		keys = append(keys, dueKey().time(alarm.At).id(c.ID))
	}
	return keys
}

// Flags by which cases are listed: open ones, and for good those whose resident
// withdrew after a unit had reached them.
const (
	FlagSupervised  = "supervised"
	FlagReopened    = "reopened"
	FlagProvisional = "provisional"
	FlagUnruled     = "unruled" // nobody ruled on what the unit asked
	FlagGone        = "gone"
	FlagPressed     = "pressed" // somebody wanted them to, they say
	FlagFrozen      = "frozen"  // by the day on which the county desk must have asked
	FlagPending     = "pending" // by the day until which the person may confirm
	FlagHeld        = "held"    // by when the hold was put on them
)

// scopes are the public lists that a case of this township and topic stands
// in: all, the township's, the topic's, and both together.
func scopes(township, topic string) []string {
	scopes := []string{""}
	if township != "" {
		scopes = append(scopes, Scope(township, ""))
	}
	if topic != "" {
		scopes = append(scopes, Scope("", topic))
	}
	if township != "" && topic != "" {
		scopes = append(scopes, Scope(township, topic))
	}
	return scopes
}

// Scope names one public list.
func Scope(township, topic string) string {
	if township == "" && topic == "" {
		return ""
	}
	return township + "/" + topic
}

func numberKey(n board.Number) part { return index("number").text(string(n)) }
func personKey(id board.ID) part    { return index("person").id(id) }
func filedKey() part                { return index("filed") }
func historyKey() part              { return index("history") }
func dueKey() part                  { return index("due") }
func lapseKey() part                { return index("lapse") }
func mergedKey(lead board.ID) part  { return index("merged").id(lead) }
func publicKey(scope string) part   { return index("public").text(scope) }
func helpKey(unit board.ID) part    { return index("help").id(unit) }
func leadKey(unit board.ID) part    { return index("lead").id(unit) }
func flagKey(flag string) part      { return index("flag").text(flag) }
func takenKey(by board.ID) part     { return index("taken").id(by) }
func assistedKey() part             { return index("assisted") }
func helpedKey(by board.ID) part    { return index("helped").id(by) }
func aboutKey(unit board.ID) part   { return index("about").id(unit) }
func asideKey() part                { return index("aside") }
func backKey() part                 { return index("back") }
func endedKey() part                { return index("ended") }
func quietKey() part                { return index("quiet") }

// quietDay is how exactly it is known since when nothing was heard of somebody:
// who logs in every hour must not move in an index every hour.
const quietDay = 24 * time.Hour

// followKey leads to what a helper has to read aloud, or the operators to call
// about, or to print.
func followKey(to board.ID, letter bool) part {
	if letter {
		return index("letter")
	}
	return index("follow").id(to)
}

func deskKey(r board.Role, unit board.ID) part {
	return index("desk").text(string(r)).id(unit)
}

func phoneKey(p board.Phone, blind blind) part {
	b := blind("phone", p.E164())
	return index("phone").bytes(b[:])
}

func kinKey(p board.Phone, blind blind) part {
	b := blind("kin", p.E164())
	return index("kin").bytes(b[:])
}

func sourceKey(source string, blind blind) part {
	b := blind("source", source)
	return index("source").bytes(b[:])
}

func papersKey() part                  { return index("papers") }
func papersOfKey(id board.ID) part     { return index("papers-of").id(id) }
func cardsOfKey(id board.ID) part      { return index("cards-of").id(id) }
func seriesKey(k board.PaperKind) part { return index("series").text(string(k)) }
