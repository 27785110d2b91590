// Package static holds the stylesheets. Their names carry a hash of their
// content, so that a browser may keep them for ever.
package static

import (
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"regexp"
	"strings"
)

//go:embed site.css
var site string

//go:embed desk.css
var desk string

// File is one file as it is sent.
type File struct {
	Path string // /static/site-0123456789ab.css
	Type string // the Content-Type
	Body []byte
}

var files = map[string]File{
	"site.css": sheet("site", site),
	// A desk gets both in one file: two requests show every page.
	"desk.css": sheet("desk", site+desk),
}

// Path is the address of a file by its plain name. An unknown name is a mistake
// in a page and gives "".
func Path(name string) string { return files[name].Path }

// Find is the file at an address. An address with an old hash finds nothing.
func Find(path string) (File, bool) {
	for _, f := range files {
		if f.Path == path {
			return f, true
		}
	}
	return File{}, false
}

func sheet(name, css string) File {
	body := []byte(squeeze(css))
	sum := sha256.Sum256(body)
	return File{
		Path: "/static/" + name + "-" + hex.EncodeToString(sum[:6]) + ".css",
		Type: "text/css; charset=utf-8",
		Body: body,
	}
}

var (
	remark = regexp.MustCompile(`(?s)/\*.*?\*/`)
	blank  = regexp.MustCompile(`\s+`)
	around = regexp.MustCompile(` ?([{};,>]) ?`)
	value  = regexp.MustCompile(`([a-z-]): `)
)

// squeeze drops remarks and blanks, which residents would pay for. It knows no
// strings with such characters, and a sheet of ours has none.
func squeeze(css string) string {
	css = remark.ReplaceAllString(css, "")
	css = blank.ReplaceAllString(css, " ")
	css = around.ReplaceAllString(css, "$1")
	css = value.ReplaceAllString(css, "$1:")
	return strings.TrimSpace(strings.ReplaceAll(css, ";}", "}"))
}
