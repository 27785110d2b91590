package board

import (
	"encoding/json"
	"strings"
	"testing"
	"time"
)

var photo = Attachment{ID: ID{40}, Sort: Photo, Type: "image/jpeg", Size: 300_000, Wide: 1600, High: 1200, Blob: "b10b"}

func (s story) attached(by Actor, a Attachment) story { return s.then(s.c.Attach(by, a, noon)) }

// sort is a file of its own of a sort.
func (a Attachment) number(n byte, sort AttachmentSort) Attachment {
	a.ID, a.Sort = ID{40, n}, sort
	return a
}

func TestAFileSaysWhoAddedIt(t *testing.T) {
	lied := photo
	lied.By, lied.Role, lied.At = stranger.Person, Leader, noon.Add(time.Hour)
	s := filed(t).attached(person, lied)
	a, hangs := s.c.Attachment(photo.ID)
	if !hangs || a.By != person.Person || a.Role != Resident || !a.At.Equal(noon) || a.Blob != photo.Blob {
		t.Errorf("it is %+v", a)
	}
	if s = s.then(s.c.Detach(person, photo.ID, noon)); len(s.c.Attachments) != 0 || s.c.Changed.Count != 3 {
		t.Errorf("taken away, there are %v, after %d events", s.c.Attachments, s.c.Changed.Count)
	}
	refused(t, "taken away twice", "deed.has-file", func() error { _, err := s.c.Detach(person, photo.ID, noon); return err })
}

func TestThereIsRoomForSoManyFiles(t *testing.T) {
	s := filed(t)
	for sort, most := range MostAttached {
		for n := range most {
			s = s.attached(person, photo.number(byte(n), sort).asSort(sort))
		}
		if more, _ := s.c.Attach(person, photo.number(99, sort).asSort(sort), noon); more.Fact != nil {
			t.Errorf("one %s more is added", sort)
		}
	}
	if len(s.c.RoomFor()) != 0 {
		t.Errorf("there is room for %v", s.c.RoomFor())
	}
	for id, a := range map[string]Attachment{"attach.file": {}, "attach.photos": photo, "attach.recordings": photo.number(9, Recording).asSort(Recording)} {
		refused(t, id, id, func() error { _, err := s.c.Attach(person, a, noon); return err })
	}
	s = s.then(s.c.Detach(person, s.c.Attachments[0].ID, noon))
	if room := s.c.RoomFor(); len(room) != 1 {
		t.Errorf("there is room for %v", room)
	}
}

func (a Attachment) asSort(sort AttachmentSort) Attachment {
	a.ID[2] = sort[0]
	return a
}

// Who typed a case adds and takes away for its person, as long as the person lets
// them and nobody has answered; what another added is not theirs.
func TestWhoTypedACaseAddsFilesForItsPerson(t *testing.T) {
	s := helped(t, lamp, ByWitness).attached(helper, photo)
	if a := s.c.Attachments[0]; a.By != helper.Staff || a.Role != Helper {
		t.Errorf("it is %+v", a)
	}
	own := photo.number(1, Photo)
	s = s.attached(person, own)
	refused(t, "the person's own", "deed.has-file", func() error { _, err := s.c.Detach(helper, own.ID, noon); return err })
	if _, err := s.c.Detach(person, photo.ID, noon); err != nil {
		t.Errorf("the person takes away what was added for them: %v", err)
	}
	concerned := helper
	concerned.Unit = unit
	s = s.answered()
	refused(t, "whose office handles it", "deed.own-or-taken", func() error { _, err := s.c.Attach(concerned, own.number(2, Photo), noon); return err })
	refused(t, "after the answer", "deed.has-file", func() error { _, err := s.c.Detach(helper, photo.ID, noon); return err })
	if _, err := s.c.Detach(person, photo.ID, noon); err != nil {
		t.Errorf("the person after the answer: %v", err)
	}
	s = s.then(s.c.EndHelp(person, helper.Staff, noon))
	refused(t, "whom the person lets no more", "deed.own-or-taken", func() error { _, err := s.c.Attach(helper, own.number(2, Photo), noon); return err })
}

func TestWhatIsHeldLosesNoFile(t *testing.T) {
	s := filed(t).attached(person, photo)
	s = s.then(s.c.Preserve(inspector, "法院调卷", rules, noon))
	refused(t, "a file of a case on hold", "deed.not-held", func() error { _, err := s.c.Detach(person, photo.ID, noon); return err })
}

// Nobody outside learns that there is a file, nor that there was one.
func TestThePublicKnowsOfNoFile(t *testing.T) {
	s := story{t, &Case{ID: ID{10}}}
	var events []Event
	keep := func(e Event, err error) {
		s = s.then(e, err)
		events = append(events, e)
	}
	n, _ := NewNumber(noon, zeroes{})
	keep(File(s.c.ID, person, person.Person, n, lamp, by, rules, noon), nil)
	keep(s.c.Attach(person, photo, noon))
	keep(s.c.Attach(person, photo.number(1, Recording), noon))
	keep(s.c.Detach(person, photo.ID, noon))
	keep(s.c.Publish(dispatcher, Notice{"路灯", "村口路灯坏了"}, rules, noon))
	open, err := json.Marshal([]any{s.c.Open(), PublicEvents(events)})
	if err != nil {
		t.Fatal(err)
	}
	for _, word := range []string{"attach", "b10b", "jpeg", "recording"} {
		if strings.Contains(strings.ToLower(string(open)), word) {
			t.Errorf("it says %q:\n%s", word, open)
		}
	}
}

// A case of which the facts are erased folds as it did, without them.
func TestAnErasedFileFolds(t *testing.T) {
	c := &Case{ID: ID{10}}
	for i, kind := range []EventKind{"filed", "attached", "detached"} {
		c.Apply(Event{Stream: c.Stream(), Seq: uint32(i + 1), Header: Header{Kind: kind, Time: noon}})
	}
	if len(c.Attachments) != 0 || c.Changed.Count != 3 {
		t.Errorf("it has %v after %d events", c.Attachments, c.Changed.Count)
	}
}
