package web

import (
	"fmt"

	"lianxin/server/board"
	"lianxin/server/media"
	"lianxin/views"
)

// Photos and recordings. The message was filed before, and each of them is a form
// of its own: what breaks off on a slow line is sent again, and nothing else with
// it.

// filePart stands before the id of a file, in the paths where files open.
const filePart = "/file/"

// attachAt is what stands before the number of a case where files are added to it.
type attachAt string

const (
	ownCase     attachAt = "/case/"           // by its person
	takenInCase attachAt = "/desk/intake/"    // by the operator who took it in
	helpedCases attachAt = "/assist/receipt/" // by the helper who typed it
)

func (at attachAt) page(n board.Number) string { return string(at) + string(n) + "/attach" }

// mayAttach is the way there, for whoever may add a file or take one away.
func (r *request) mayAttach(at attachAt, n board.Number, doable []board.Deed) []views.Link {
	if !mayDo(doable, board.Attach) && !mayDo(doable, board.Detach) {
		return nil
	}
	return []views.Link{{Href: at.page(n), Text: r.words.T("attach.title")}}
}

// attach is a file that somebody sent.
type attach struct {
	at   attachAt
	file []byte
}

func showAttach(at attachAt) func(*request) (views.Model, error) {
	return func(r *request) (views.Model, error) {
		if did := oneOf(r.query["said"], "photo", "recording", "removed", "again"); did != "" {
			r.flash, r.here = r.words.T("flash.attach."+did), r.path
		}
		return attach{at: at}.page(r)
	}
}

func readAttach(at attachAt) func(*request) form {
	return func(r *request) form { return attach{at, r.files["file"]} }
}

// What a photo of a phone has in megabytes, and how many bytes a second come over
// a poor line that works: so much a page says before somebody waits.
const (
	usualPhoto = 3
	poorLine   = 8 << 10
)

func (f attach) page(r *request) (views.Model, error) {
	files, err := r.site.Office.Files(r, r.who, r.number)
	if err != nil {
		return nil, err
	}
	post := f.at.page(r.number)
	r.back, r.here = string(f.at)+string(r.number), post
	m := views.Attach{
		Page: r.page(), Post: post, Subject: files.Title, Room: files.More, Done: r.back,
		MaxPhoto: media.MostPhoto >> 20, MaxRecording: media.MostRecording >> 20, MaxMinutes: media.MostSeconds / 60,
		SlowSize: usualPhoto, SlowMinutes: usualPhoto << 20 / poorLine / 60,
	}
	if files.Open {
		r.opens = string(f.at) + string(r.number) + filePart
	}
	count := map[board.AttachmentSort]int{}
	for _, a := range files.List {
		count[a.Sort]++
		file := r.attached(a.Attachment, count[a.Sort])
		if a.Removable {
			path := string(f.at) + string(r.number) + "/detach/" + a.ID.String()
			file.Remove = &views.Action{Post: path, Once: r.stamp(path), Button: r.words.T("attach.remove", "Name", file.Name)}
		}
		m.Files = append(m.Files, file)
	}
	m.Page.Once = r.stamp(post)
	return m, nil
}

// keep is for a file that came when its sender's session had ended: it was not
// kept, because nobody knew whose it was.
func (f attach) keep(r *request) (outcome, error) {
	return see(f.at.page(r.number) + "?said=again")
}

func (f attach) do(r *request) (outcome, error) {
	kept, err := media.Read(r, f.file)
	if why, refused := media.Why(err); refused {
		return outcome{}, mediaFault(why)
	} else if err != nil {
		return outcome{}, err
	}
	a := board.Attachment{Sort: board.Recording, Type: kept.Type, Wide: kept.Wide, High: kept.High, Seconds: kept.Seconds}
	if kept.Photo {
		a.Sort = board.Photo
	}
	if err := r.site.Office.Attach(r, r.who, r.number, r.sent, a, kept.Bytes); err != nil {
		return outcome{}, err
	}
	return see(f.at.page(r.number) + "?said=" + string(a.Sort))
}

// detach takes a file away.
type detach struct{ attach }

func readDetach(at attachAt) func(*request) form {
	return func(*request) form { return detach{attach{at: at}} }
}

func (f detach) do(r *request) (outcome, error) {
	if err := r.site.Office.Detach(r, r.who, r.number, r.sent, idTyped(r.params["attached"])); err != nil {
		return outcome{}, err
	}
	return see(f.at.page(r.number) + "?said=removed")
}

// attachments are the files of a case, for whoever reads its words.
func (r *request) attachments(c *board.Case) []views.AttachedFile {
	var files []views.AttachedFile
	count := map[board.AttachmentSort]int{}
	for _, a := range c.Attachments {
		count[a.Sort]++
		file := r.attached(a, count[a.Sort])
		if r.who.IsStaff() {
			file.Who = r.adder(c, a)
		}
		files = append(files, file)
	}
	return files
}

// attached is a file in words; it is the how many-th of its sort.
func (r *request) attached(a board.Attachment, which int) views.AttachedFile {
	f := views.AttachedFile{
		Name: r.words.T("attached."+string(a.Sort), "Number", which), What: fileSize(a.Size),
		At: machine(a.At), When: r.words.Stamp(a.At),
	}
	switch {
	case a.Seconds >= 60:
		f.What = r.words.T("attach.length", "Minutes", a.Seconds/60, "Seconds", a.Seconds%60) + " · " + f.What
	case a.Seconds > 0:
		f.What = r.words.T("attach.seconds", "Seconds", a.Seconds) + " · " + f.What
	}
	if r.opens != "" {
		f.Open = &views.Link{Href: r.opens + a.ID.String(), Text: r.words.T("attach.open", "Name", f.Name)}
	}
	return f
}

// adder is who added a file, as staff read it.
func (r *request) adder(c *board.Case, a board.Attachment) string {
	return r.doer(board.Event{Header: board.Header{Actor: a.By, Subject: c.Person, Role: a.Role}}, c.Lead, true)
}

// measured is how wide and high a photo is, before its size.
func measured(a board.Attachment) string {
	if a.Sort != board.Photo {
		return ""
	}
	return fmt.Sprintf("%d × %d · ", a.Wide, a.High)
}

// fileSize is how large a file is, in units that are the same in every language.
func fileSize(bytes int64) string {
	if bytes < 1<<20 {
		return fmt.Sprintf("%d KB", (bytes+1023)>>10)
	}
	return fmt.Sprintf("%.1f MB", float64(bytes)/(1<<20))
}

// deskFile shows a file to whoever works on the case. That is a look at the
// person's words like any other, and is remembered first.
func deskFile(r *request) (views.Model, error) {
	v, err := r.site.Office.Case(r, r.who, r.number)
	if err != nil {
		return nil, err
	}
	a, there := v.Case.Attachment(idTyped(r.params["attached"]))
	if !there {
		return nil, noPage
	}
	if err := r.site.Office.Look(r, r.who, r.number); err != nil {
		return nil, err
	}
	r.back = deskPath(r.number)
	file := r.attached(a, nth(v.Case, a))
	m := views.DeskFile{
		Page: r.page(), Number: r.number.Grouped(), File: file, Photo: a.Sort == board.Photo, Wide: a.Wide, High: a.High,
		Open: r.path + "/open", Case: r.back,
		Facts: []views.Fact{
			{Name: r.words.T("attach.who"), Value: r.adder(v.Case, a)},
			{Name: r.words.T("attach.when"), Value: file.When},
			{Name: r.words.T("attach.what"), Value: measured(a) + file.What},
		},
	}
	return m, nil
}

// nth is the how many-th of its sort a file is.
func nth(c *board.Case, a board.Attachment) (n int) {
	for _, other := range c.Attachments {
		if other.Sort == a.Sort {
			n++
		}
		if other.ID == a.ID {
			break
		}
	}
	return n
}

// endings are what files of a kind end with when they are saved.
var endings = map[string]string{
	"image/jpeg": ".jpg", "audio/amr": ".amr", "audio/amr-wb": ".awb", "audio/3gpp": ".3gp", "audio/mp4": ".m4a", "audio/mpeg": ".mp3",
	"audio/aac": ".aac", "audio/wav": ".wav", "audio/ogg": ".ogg", "audio/webm": ".webm",
}

// takeFile gives a file itself, under a name of ours: what it was called on
// somebody's phone nobody asked.
func takeFile(r *request) (*download, error) {
	if r.who.IsStaff() {
		if err := r.site.Office.Look(r, r.who, r.number); err != nil {
			return nil, err
		}
	}
	a, bytes, err := r.site.Office.OpenFile(r, r.who, r.number, idTyped(r.params["attached"]))
	if err != nil {
		return nil, err
	}
	ending, known := endings[a.Type]
	if !known {
		a.Type = "application/octet-stream"
	}
	behind := "-" + string(r.number) + "-" + a.At.In(board.Zone).Format("20060102-150405") + ending
	return &download{
		name: r.words.T("attached."+string(a.Sort)+".saved") + behind, plain: string(a.Sort) + behind,
		kind: a.Type, bytes: bytes, shown: a.Type == "image/jpeg",
	}, nil
}
