package main

import (
	"regexp"
	"strings"
	"testing"
)

// A new folder prints a code; typed on the page it opens the first run, and once
// somebody works in the county there is none.
func TestFirstRun(t *testing.T) {
	c := place(t)
	r := start(t, c, "serve")
	r.says("/first")
	code := regexp.MustCompile(`(?m)^ +([0-9a-z]{4}-[0-9a-z]{4}-[0-9a-z]{4})$`)
	until(t, "a code is printed", func() bool { return code.MatchString(r.words()) })
	b := r.browser()
	b.must("/first")(b.get("/"))
	b.must("/first")(b.fill("/first", "/first", "opening", code.FindStringSubmatch(r.words())[1]))
	page, err := b.get("/first")
	if err != nil || !strings.Contains(page.page, "name-zh-Hans") {
		t.Errorf("the code does not open the first run: %v\n%s", err, page.page)
	}
	c.named(t)
	if page, err := b.get("/first"); err != nil || page.code != 404 {
		t.Errorf("the first run of a county that is there: %d %v", page.code, err)
	}
	r.stop()
	if said := start(t, c, "serve").words(); code.MatchString(said) {
		t.Errorf("a county that is there prints a code:\n%s", said)
	}
}
