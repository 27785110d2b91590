package board

import (
	"slices"
	"time"
)

// Attachment is a file that somebody added to a case. The case knows what it is;
// its bytes lie sealed in a file of their own, which goes when nothing names it
// any more. Whoever may read the words of the case may open it, and nobody else.
type Attachment struct {
	ID      ID             `json:"id"`
	Sort    AttachmentSort `json:"sort"`
	Type    string         `json:"type"`              // MIME type, found in the bytes and not in a name
	Size    int64          `json:"size"`              // bytes, as it is kept
	Sum     Hash           `json:"sum"`               // SHA-256 of them: so the record says what was added
	Wide    int            `json:"wide,omitempty"`    // of a photo, in pixels
	High    int            `json:"high,omitempty"`    // of a photo, in pixels
	Seconds int            `json:"seconds,omitempty"` // of a recording; 0 when it does not tell
	Blob    BlobName       `json:"blob"`

	// Who added it, as what and when: the header of its event says so.
	By   ID        `json:"by,omitzero"`
	Role Role      `json:"role,omitempty"`
	At   time.Time `json:"at,omitzero"`
}

// BlobName names a file: 64 hexadecimal digits, drawn by chance. It says nothing of
// what lies in it.
type BlobName string

// AttachmentSort is what a file is for the people who open it.
type AttachmentSort string

const (
	Photo     AttachmentSort = "photo"
	Recording AttachmentSort = "recording"
)

// AttachmentSorts lists what can be added to a case.
var AttachmentSorts = []AttachmentSort{Photo, Recording}

// MostAttached is how many of a sort can hang on a case at a time: each is opened
// by somebody, and a case that nobody can look through helps nobody.
var MostAttached = map[AttachmentSort]int{Photo: 6, Recording: 2}

// tooMany are the faults of adding more.
var tooMany = map[AttachmentSort]string{Photo: "attach.photos", Recording: "attach.recordings"}

// The facts of files.
type (
	Attached struct{ Attachment }
	// Detached says that a file was taken away again.
	Detached struct {
		Attachment ID   `json:"attachment"`
		Lost       bool `json:"lost,omitempty"` // nobody took it: a copy of the county came without it
	}
)

func (Attached) Kind() EventKind { return "attached" }
func (Detached) Kind() EventKind { return "detached" }

func init() { enter[Attached](); enter[Detached]() }

// Attach adds a file, whose bytes are kept already.
func (c *Case) Attach(by Actor, a Attachment, now time.Time) (Event, error) {
	most, known := MostAttached[a.Sort]
	switch {
	case !known || a.ID.IsZero() || a.Blob == "" || a.Size <= 0:
		return Event{}, invalid("file", "attach.file")
	case c.attached(a.Sort) >= most:
		return Event{}, invalid("file", tooMany[a.Sort], "Max", most)
	}
	a.By, a.Role, a.At = ID{}, "", time.Time{}
	return c.do(by, Attach, Attached{a}, now)
}

// Detach takes a file away.
func (c *Case) Detach(by Actor, id ID, now time.Time) (Event, error) {
	if a, there := c.Attachment(id); !there || !c.Removable(by, a) {
		return Event{}, Fault{Kind: Conflict, ID: "deed." + string(HasFile)}
	}
	return c.do(by, Detach, Detached{Attachment: id}, now)
}

// Lose says that a file is not to be had any more.
func (c *Case) Lose(id ID, now time.Time) Event {
	return happened(c.Stream(), Actor{Roles: Roles{System}, Channel: Box}, System, c.Person, Detached{id, true}, now)
}

// Removable tells whether a file is the actor's to take away: the person may
// always, who else added it as long as nobody has answered.
func (c *Case) Removable(by Actor, a Attachment) bool {
	return by.Staff.IsZero() || a.By == by.Staff && c.Stage != Answered
}

// Attachment finds a file that hangs on the case.
func (c *Case) Attachment(id ID) (Attachment, bool) {
	i := slices.IndexFunc(c.Attachments, func(a Attachment) bool { return a.ID == id })
	if i < 0 {
		return Attachment{}, false
	}
	return c.Attachments[i], true
}

// RoomFor lists the sorts of which another file can be added.
func (c *Case) RoomFor() []AttachmentSort {
	var sorts []AttachmentSort
	for _, s := range AttachmentSorts {
		if c.attached(s) < MostAttached[s] {
			sorts = append(sorts, s)
		}
	}
	return sorts
}

func (c *Case) attached(sort AttachmentSort) (n int) {
	for _, a := range c.Attachments {
		if a.Sort == sort {
			n++
		}
	}
	return n
}

// TakenInBy tells whether this member of staff typed the case for its person,
// who has not ended that, and their own office has nothing to do with it.
func (c *Case) TakenInBy(by Actor) bool {
	g := c.Filing()
	return g != nil && !g.Over && !by.Staff.IsZero() && by.Staff == c.TakenBy && !c.concerns(by.Unit)
}

func (c *Case) applyAttached(e Event, fact Fact) bool {
	switch f := fact.(type) {
	case Attached:
		if f.Attachment.ID.IsZero() { // what it was is erased
			return true
		}
		a := f.Attachment
		a.By, a.Role, a.At = e.Actor, e.Role, e.Time
		c.Attachments = append(slices.Clone(c.Attachments), a)
	case Detached:
		c.Attachments = slices.DeleteFunc(slices.Clone(c.Attachments), func(a Attachment) bool { return a.ID == f.Attachment })
		if len(c.Attachments) == 0 {
			c.Attachments = nil
		}
	default:
		return false
	}
	return true
}
