package web

import (
	"context"
	"fmt"
	"time"

	"lianxin/locales"
	"lianxin/views"
)

// Box is what the machine says of itself, in a reader's words. The web shows it
// to administrators and understands none of it.
type Box struct {
	Findings []Finding
	Works    []Work // backups and trials, the newest first
}

// Finding is one thing that was looked at.
type Finding struct {
	Level, Text string
	Tone        views.Tone
}

// Work is a backup, the trial of one, or what went in a night by the county's rule.
type Work struct {
	At             time.Time
	Trial, LetGo   bool
	Size           string // as people read it; "" of what went
	Events         int
	Took           time.Duration
	Cases, Persons int    // that went
	Failed         string // why it failed; "" it went well
}

// Looker looks at the box, in these words.
type Looker func(context.Context, locales.Words) (Box, error)

// worksShown is how many backups and trials the page tells of: a fortnight.
const worksShown = 16

// box tells an administrator how the machine is.
func box(r *request) (views.Model, error) {
	r.administer("/admin/box", "/admin")
	m := views.AdminBox{Page: r.page()}
	looked, err := r.examine()
	if err != nil {
		return nil, err
	}
	for _, f := range looked.Findings {
		m.Findings = append(m.Findings, views.BoxFinding{State: views.Stamp{Text: f.Level, Tone: f.Tone}, Text: f.Text})
	}
	for _, w := range looked.Works[:min(len(looked.Works), worksShown)] {
		row := views.BoxWork{When: r.words.Stamp(w.At), What: r.words.T("box.backup"), Failed: w.Failed}
		row.State = views.Stamp{Text: r.words.T("box.good"), Tone: views.ToneDone}
		switch {
		case w.Trial:
			row.What = r.words.T("box.trial")
		case w.LetGo:
			row.What = r.words.T("box.letgo", "Cases", w.Cases, "Persons", w.Persons)
		}
		switch {
		case w.Failed != "":
			row.State = views.Stamp{Text: r.words.T("box.failed"), Tone: views.ToneRed}
		case !w.LetGo:
			row.Size, row.Events, row.Seconds = w.Size, fmt.Sprint(w.Events), fmt.Sprintf("%.1f", w.Took.Seconds())
		}
		m.Works = append(m.Works, row)
	}
	m.Seal, err = r.seal(r.words)
	return m, err
}

// examine looks, where somebody knows how.
func (r *request) examine() (Box, error) {
	if r.site.Box == nil {
		return Box{}, nil
	}
	return r.site.Box(r, r.words)
}

// ill counts what has to be mended.
func (b Box) ill() (n int) {
	for _, f := range b.Findings {
		if f.Tone == views.ToneRed {
			n++
		}
	}
	return n
}
