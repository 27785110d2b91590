package views

import (
	"strings"
	"testing"
	"testing/fstest"
)

func TestBrokenPageIsNamed(t *testing.T) {
	broken := map[string]string{
		"does not parse":          `<p>{{if .Title}}</p>`,
		"calls a missing part":    `{{template "part/none" .}}`,
		"value where none may be": `<p {{if .Title}}title="{{end}}>`,
	}
	for name, text := range broken {
		t.Run(name, func(t *testing.T) {
			_, err := open(fstest.MapFS{
				"good.html":   {Data: []byte(`<p>{{.Title}}</p>`)},
				"broken.html": {Data: []byte(text)},
			})
			if err == nil || !strings.Contains(err.Error(), "broken") {
				t.Errorf("open() = %v, want an error that names the page broken", err)
			}
		})
	}
}

func TestOpen(t *testing.T) {
	if _, err := Open(); err != nil {
		t.Fatal(err)
	}
}
