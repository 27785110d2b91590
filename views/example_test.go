package views_test

import (
	"bytes"
	"compress/gzip"
	"strings"
	"sync"
	"testing"

	"golang.org/x/net/html"

	"lianxin/locales"
	"lianxin/static"
	"lianxin/views"
	"lianxin/views/example"
)

// shown is an example as it is sent, and taken apart.
type shown struct {
	example.Example
	lang string
	text string
	root *html.Node
}

// everything renders all examples in all languages.
var everything = sync.OnceValues(func() ([]shown, error) {
	bundle, err := locales.Open()
	if err != nil {
		return nil, err
	}
	pages, err := views.Open()
	if err != nil {
		return nil, err
	}
	var all []shown
	for _, l := range bundle.Languages() {
		for _, e := range example.All(bundle, l.Tag) {
			var w bytes.Buffer
			if err := pages.Render(&w, e.Model); err != nil {
				return nil, err
			}
			text := w.String()
			root, err := html.Parse(strings.NewReader(text))
			if err != nil {
				return nil, err
			}
			all = append(all, shown{e, l.Tag, text, root})
		}
	}
	return all, nil
})

// each runs a check on every page.
func each(t *testing.T, check func(t *testing.T, s shown)) {
	t.Helper()
	all, err := everything()
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range all {
		t.Run(s.lang+"/"+s.Name, func(t *testing.T) { check(t, s) })
	}
}

func TestEveryPageHasAnExample(t *testing.T) {
	all, err := everything()
	if err != nil {
		t.Fatal(err)
	}
	have := map[string]bool{}
	for _, s := range all {
		have[s.Model.Template()] = true
	}
	names, err := views.Names()
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		if !have[name] {
			t.Errorf("page %s has no example", name)
		}
	}
}

func TestManyPagesAtOnce(t *testing.T) {
	bundle, err := locales.Open()
	if err != nil {
		t.Fatal(err)
	}
	pages, err := views.Open()
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{}
	all, err := everything()
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range all {
		if s.lang == locales.Default {
			want[s.Name] = s.text
		}
	}
	var wait sync.WaitGroup
	for range 8 {
		wait.Go(func() {
			for _, e := range example.All(bundle, locales.Default) {
				var w bytes.Buffer
				if err := pages.Render(&w, e.Model); err != nil || w.String() != want[e.Name] {
					t.Errorf("%s differs when many are rendered at once: %v", e.Name, err)
				}
			}
		})
	}
	wait.Wait()
}

// ownText is what people wrote into the examples: budgets do not count it.
func ownText(text string) int {
	n := 0
	for line := range strings.Lines(example.Body) {
		line = strings.TrimSpace(line)
		n += len(line) * strings.Count(text, line)
	}
	return n
}

func TestBytes(t *testing.T) {
	each(t, func(t *testing.T, s shown) {
		most := 14 << 10
		if s.Form {
			most = 8 << 10
		}
		if n := len(s.text) - ownText(s.text); n > most {
			t.Errorf("%d bytes, at most %d", n, most)
		}
	})
}

// What a person with a basic phone pays for the first look: both files
// compressed, and 600 bytes of headers each way and file.
func TestFirstVisit(t *testing.T) {
	each(t, func(t *testing.T, s shown) {
		if s.Name != "home" {
			return
		}
		sheet, ok := static.Find(static.Path("site.css"))
		if !ok {
			t.Fatal("no site.css")
		}
		n := packed(t, []byte(s.text)) + packed(t, sheet.Body) + 2*2*600
		if n > 6<<10 {
			t.Errorf("the first visit takes %d bytes, at most %d", n, 6<<10)
		}
	})
}

func packed(t *testing.T, b []byte) int {
	t.Helper()
	var w bytes.Buffer
	z := gzip.NewWriter(&w)
	if _, err := z.Write(b); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return w.Len()
}
