package views

// Attach is where photos and recordings are added to a message, one at a time:
// /case/:number/attach for the person, and behind the receipts of those who typed
// it for them. It posts to itself: file, which the server reads without asking for
// its name.
type Attach struct {
	Page
	Post    string // path of this page
	Subject string // what the message is about; "" for who only typed it
	Files   []AttachedFile
	Room    bool   // another can be added
	Done    string // path of where one goes on

	MaxPhoto, MaxRecording, MaxMinutes int // megabytes, and the length of a recording
	SlowSize, SlowMinutes              int // what a photo of so many megabytes takes where the signal is poor
}

// AttachedFile is a photo or a recording that hangs on a message.
type AttachedFile struct {
	Name     string // in words: Photo 2
	What     string // its size, in figures
	At, When string
	Who      string  // who added it; "" the reader knows
	Open     *Link   // where it opens; nil: not for this reader
	Remove   *Action // takes it away; nil: it is not the reader's to take
}

// Template names the page's file.
func (Attach) Template() string { return "attach" }

// Title says what is done here.
func (m Attach) Title() string { return m.T("attach.title") }

// Field asks for the file. It takes whatever a phone offers: an old one hides
// files for which it does not know the sort that a page asks for.
func (m Attach) Field() Field {
	return m.Page.Field(Field{
		Name: "file", Kind: Upload, Label: m.T("attach.file.label"),
		Hint: m.T("attach.file.hint", "Photo", m.MaxPhoto, "Recording", m.MaxRecording, "Minutes", m.MaxMinutes),
	})
}

// DeskFile is one photo or recording of a case, on a desk: shown or played, with
// a way to save it.
type DeskFile struct {
	Page
	Number     string // of the case, grouped
	File       AttachedFile
	Photo      bool // shown; a recording is played
	Wide, High int  // of a photo, in pixels
	Facts      []Fact
	Open       string // path of the file itself
	Case       string // path of the case
}

// Template names the page's file.
func (DeskFile) Template() string { return "desk-file" }

// Title names the file.
func (m DeskFile) Title() string { return m.File.Name }
