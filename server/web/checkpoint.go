package web

import (
	"io"
	"strings"

	"lianxin/locales"
	"lianxin/views"
)

// checkpoint shows the seal of the whole record, for anybody to take away.
func checkpoint(r *request) (views.Model, error) {
	r.back = "/" + views.GuidePrivacy
	m := views.Checkpoint{Page: r.page()}
	sealed, err := r.site.Office.Checkpoint(r)
	if err != nil || sealed == nil {
		return m, err
	}
	m.Short, m.Size, m.Time, m.Key = sealed.Short, sealed.Size, r.words.DateTime(sealed.Time), sealed.Key
	m.Lines = strings.Split(strings.TrimRight(sealed.Text, "\n"), "\n")
	return m, nil
}

// seal is the line at the foot of what goes out on paper, "" before there is
// one: so a seal leaves the box with each sheet.
func (r *request) seal(w locales.Words) (string, error) {
	sealed, err := r.site.Office.Checkpoint(r)
	if err != nil || sealed == nil {
		return "", err
	}
	return w.T("checkpoint.line", "Short", sealed.Short, "Size", sealed.Size, "Time", w.DateTime(sealed.Time)), nil
}

// takeSeal gives the whole seal as the file that the command verify reads.
func takeSeal(r *request) (*download, error) {
	sealed, err := r.site.Office.Checkpoint(r)
	switch {
	case err != nil:
		return nil, err
	case sealed == nil:
		return nil, noPage
	}
	return r.makeFile("seal", "seal", [2]string{"txt", "text/plain; charset=utf-8"}, func(to io.Writer) error {
		_, err := io.WriteString(to, sealed.Text)
		return err
	})
}
