package main

import (
	"html"
	"regexp"
	"strings"
	"testing"
)

// The page that shows the seal to everybody shows it so that what is copied
// from there is the checkpoint, with the key that verifies it.
func TestTheSealOnItsPage(t *testing.T) {
	c := place(t)
	r := start(t, c, "serve")
	c.named(t)
	b := r.browser()
	page := func() string {
		t.Helper()
		a, err := b.get("/checkpoint")
		if err != nil || a.code != 200 {
			t.Fatalf("%d %v", a.code, err)
		}
		return a.page
	}
	none := tongues(t)["zh-Hans"].T("checkpoint.none")
	if !strings.Contains(page(), none) {
		t.Error("before anything is sealed the page does not say so")
	}
	text := well(t, c.with("checkpoint")...)
	shown := page() // not the one from the shelf
	codes := regexp.MustCompile(`(?s)translate="no">(.*?)</p>`).FindAllStringSubmatch(shown, -1)
	if len(codes) != 3 || strings.Contains(shown, none) {
		t.Fatalf("the page is\n%s", shown)
	}
	copied := html.UnescapeString(strings.ReplaceAll(codes[0][1], "<br>", "\r\n")) + "\r\n\r\n"
	if got := strings.ReplaceAll(strings.TrimSpace(copied), "\r", ""); got != strings.TrimSpace(text) {
		t.Errorf("the page shows\n%s\nthe checkpoint is\n%s", got, text)
	}
	well(t, c.with("verify", "--checkpoint", keepIn(t, copied))...) // as an editor of Windows keeps it
	taken, err := b.get("/checkpoint/file")
	if err != nil || taken.code != 200 || taken.page != text {
		t.Errorf("the file of the seal: %v, %d %q", err, taken.code, taken.page)
	}
	name, _, _ := strings.Cut(text, "\n")
	if key := html.UnescapeString(codes[2][1]); !strings.HasPrefix(key, name+"+") {
		t.Errorf("the key is %q, the checkpoint is of %q", key, name)
	}
	privacy, err := b.get("/privacy")
	if err != nil || !strings.Contains(privacy.page, `href="/checkpoint"`) {
		t.Errorf("no guide leads there: %v", err)
	}
}
