// Package views is the contract between the web and the pages: beside each page
// in HTML stands one struct that says what the page needs. A model holds values
// whose words are chosen already; sentences that never change are asked of
// locales.Words by the page itself. Nothing here knows cases, deeds or requests.
package views

import (
	"embed"
	"errors"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"net/http"
	"strings"
	"unicode"

	engine "github.com/gofiber/template/html/v2"
)

//go:embed *.html layout part
var pages embed.FS

// A Model fills one page.
type Model interface {
	Template() string // the name of the page's file, without its ending
	Title() string    // the page's h1, and the first part of its title
}

// Views renders models. It is safe for many requests at once.
type Views struct{ engine *engine.Engine }

// Open reads every page. A page that cannot be parsed, or that would put words
// where they cannot be escaped, is an error that names the page: a server with
// a broken page must not start.
func Open() (*Views, error) { return open(pages) }

func open(files fs.FS) (*Views, error) {
	e := engine.NewFileSystem(http.FS(files), ".html")
	e.AddFunc("paragraphs", paragraphs)
	e.AddFunc("tongue", tongue)
	if err := e.Load(); err != nil {
		return nil, fmt.Errorf("views: %w", err)
	}
	for _, page := range e.Templates.Templates() {
		if err := escape(page); err != nil {
			return nil, fmt.Errorf("views: page %s: %w", page.Name(), err)
		}
	}
	return &Views{e}, nil
}

// Names are the names of all pages, without layouts and parts.
func Names() ([]string, error) {
	files, err := fs.Glob(pages, "*.html")
	for i, f := range files {
		files[i] = strings.TrimSuffix(f, ".html")
	}
	return files, err
}

// Render writes the page of the model. Write to a buffer: a page that fails half
// way must never reach a person.
//
// It goes past the engine's own Render on purpose: that one copies a template
// while another request may be marking it as escaped.
func (v *Views) Render(w io.Writer, model Model) error {
	page := v.engine.Templates.Lookup(model.Template())
	if page == nil {
		return fmt.Errorf("views: there is no page %q", model.Template())
	}
	if err := page.Execute(w, model); err != nil {
		return fmt.Errorf("views: page %s: %w", model.Template(), err)
	}
	return nil
}

var errStop = errors.New("stop")

type stop struct{}

func (stop) Write([]byte) (int, error) { return 0, errStop }

// escape makes html/template do its contextual escaping, which it otherwise does
// at the first request. The writer stops the page before a word of it runs.
func escape(page *template.Template) error {
	var broken *template.Error
	if err := page.Execute(stop{}, nil); errors.As(err, &broken) {
		return broken
	}
	return nil
}

// paragraphs cuts a person's text at its blank lines, and each paragraph at its
// line breaks, so that a text browser, which knows no white-space rules, shows
// the same lines.
func paragraphs(text string) [][]string {
	var all [][]string
	var lines []string
	for line := range strings.Lines(text + "\n\n") {
		line = strings.TrimSpace(line)
		switch {
		case line != "":
			lines = append(lines, line)
		case lines != nil:
			all, lines = append(all, lines), nil
		}
	}
	return all
}

// tongue marks a person's own text as Chinese where it is, whatever language the
// page speaks: a screen reader must not read it with an English voice (3.1.2).
func tongue(text string) template.HTMLAttr {
	for _, r := range text {
		if unicode.Is(unicode.Han, r) {
			return `lang="zh-Hans"`
		}
	}
	return ""
}
