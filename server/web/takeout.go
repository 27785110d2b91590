package web

import (
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"

	"lianxin/server/board"
	"lianxin/server/office"
	"lianxin/views"
)

// Tables begins a table of a form, "csv" or "xlsx"; whoever knows the forms of
// spreadsheets gives it.
type Tables func(form string, w io.Writer) (Table, error)

// Table is one that is being written. Its cells are texts, never formulas.
type Table interface {
	Row(cells ...string) error
	Close() error
}

// tableTypes are the forms there are, in the order of their links, and what they
// are sent as.
var tableTypes = [][2]string{
	{"csv", "text/csv; charset=utf-8"},
	{"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
}

// mostTaken is how many cases one file holds: a spreadsheet opens them all, and
// the box makes it in seconds.
const mostTaken = 100_000

// download is a file that was made for somebody: on disk, because it may be
// long, and without a name there, so that it is gone when it was sent. Or it is
// one that hangs on a message, in memory.
type download struct {
	name  string // as it is saved
	plain string // the same in ASCII, for browsers that know nothing else
	kind  string // the Content-Type
	file  *os.File
	size  int64
	bytes []byte // instead of a file
	shown bool   // we drew it ourselves: a browser may show it
}

// send gives it to be saved and never to be shown: what is in it was written by
// anybody. Only a picture that was drawn here is shown.
func (d *download) send(c *fiber.Ctx) error {
	bare(c)
	how := "attachment"
	if d.shown {
		how = "inline"
	}
	c.Set("Content-Security-Policy", "sandbox; default-src 'none'")
	c.Set("Content-Type", d.kind)
	c.Set("Content-Disposition", fmt.Sprintf(`%s; filename="%s"; filename*=UTF-8''%s`, how, d.plain, url.PathEscape(d.name)))
	if d.file == nil {
		return d.sendPart(c)
	}
	c.Context().SetBodyStream(d.file, int(d.size)) // and closes it
	return nil
}

// sendPart sends as much as is asked for: a player of sound begins in the middle.
func (d *download) sendPart(c *fiber.Ctx) error {
	c.Set("Accept-Ranges", "bytes")
	asked := c.Get("Range")
	if asked == "" {
		return c.Send(d.bytes)
	}
	from, to, err := fasthttp.ParseByteRange([]byte(asked), len(d.bytes))
	if err != nil {
		c.Set("Content-Range", fmt.Sprintf("bytes */%d", len(d.bytes)))
		return c.SendStatus(fiber.StatusRequestedRangeNotSatisfiable)
	}
	c.Set("Content-Range", fmt.Sprintf("bytes %d-%d/%d", from, to, len(d.bytes)))
	return c.Status(fiber.StatusPartialContent).Send(d.bytes[from : to+1])
}

// takes are the ways to take a shelf out, for whoever may.
func (r *request) takes(s office.Shelf) []views.Link {
	if !r.who.Takes(s) {
		return nil
	}
	return []views.Link{
		{Href: "/desk/export/" + string(s) + ".csv", Text: r.words.T("export.csv")},
		{Href: "/desk/export/" + string(s) + ".xlsx", Text: r.words.T("export.xlsx")},
	}
}

// taking reads the name of a file: which shelf, and which of the forms.
func (r *request) taking() (shelf office.Shelf, form int, err error) {
	name, ending, _ := strings.Cut(r.params["file"], ".")
	shelf = office.Shelf(name)
	form = slices.IndexFunc(tableTypes, func(t [2]string) bool { return t[0] == ending })
	if form < 0 || !r.who.Takes(shelf) {
		return shelf, form, noPage
	}
	return shelf, form, nil
}

// takeShelf makes a file of a shelf: what its page shows, and all of it.
func takeShelf(r *request) (*download, error) {
	shelf, at, err := r.taking()
	if err != nil {
		return nil, err
	}
	name, form := string(shelf), tableTypes[at]
	return r.makeFile(name, r.words.T("desk.section."+name), form, func(to io.Writer) error {
		return r.writeShelf(shelf, form[0], to)
	})
}

// makeFile makes a download of a form, with its day in its name.
func (r *request) makeFile(plain, name string, form [2]string, write func(io.Writer) error) (_ *download, err error) {
	file, err := os.CreateTemp("", "lianxin-")
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, file.Close())
		}
	}()
	if err := os.Remove(file.Name()); err != nil {
		return nil, err
	}
	if err := write(file); err != nil {
		return nil, err
	}
	size, err := file.Seek(0, io.SeekCurrent)
	if err == nil {
		_, err = file.Seek(0, io.SeekStart)
	}
	day := "-" + r.now.In(board.Zone).Format(time.DateOnly) + "." + form[0]
	return &download{name: name + day, plain: plain + day, kind: form[1], file: file, size: size}, err
}

func (r *request) writeShelf(shelf office.Shelf, form string, to io.Writer) error {
	table, err := r.site.Tables(form, to)
	if err != nil {
		return err
	}
	w := r.words
	err = table.Row(w.T("export.number"), w.T("export.title"), w.T("export.kind"), w.T("export.town"), w.T("export.village"),
		w.T("export.filed"), w.T("desk.received"), w.T("desk.unit"), w.T("desk.state"),
		w.T("export.due"), w.T("desk.due"), w.T("export.alarm"))
	if err != nil {
		return errors.Join(err, table.Close())
	}
	more, err := r.site.Office.TakeShelf(r, r.who, shelf, form, mostTaken, func(c *board.Case, light board.Light) error {
		return table.Row(r.tableRow(c, light)...)
	})
	if err == nil && more {
		err = table.Row(w.T("export.more", "Max", mostTaken))
	}
	return errors.Join(err, table.Close())
}

// tableRow is a case in the columns of a table: a date for whoever reckons with
// it, and the same for whoever reads it.
func (r *request) tableRow(c *board.Case, light board.Light) []string {
	town := c.Township
	if known, ok := r.county.Township(town); ok {
		town = r.words.Pick(known.Name)
	}
	due := c.Move().By
	return []string{
		string(c.Number), r.titled(c), r.kind(c.Kind), town, c.Village,
		c.Filed.In(board.Zone).Format("2006-01-02 15:04"), r.words.Date(c.Filed), r.unit(c.Lead), r.state(c).Text,
		reckoned(due), r.by(due), r.alarm(light).Text,
	}
}

// reckoned is a date as programs sort it: a day, or a moment where the hour
// counts.
func reckoned(d board.Date) string {
	at := d.At.In(board.Zone)
	switch {
	case d.At.IsZero():
		return ""
	case at.Hour() == 23 && at.Minute() == 59:
		return at.Format(time.DateOnly)
	}
	return at.Format("2006-01-02 15:04")
}
