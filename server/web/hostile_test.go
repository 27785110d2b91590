package web

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"lianxin/server/board"
	"lianxin/server/office"
	"lianxin/store"
)

// hostile is what somebody writes into every field that the board has.
const hostile = `<script>alert(1)</script><img src=x onerror=alert(1)>"><svg onload=alert(1)>' onfocus=alert(1) x='`

// TestHostileWordsOnEveryPage writes it as residents and as every desk, and opens
// every door as everybody: it is read as words, in the tables too, and no text
// bears it.
func TestHostileWordsOnEveryPage(t *testing.T) {
	w := newWorld(t, demo)
	_, all := w.everyone()
	author := w.browser().logIn("13711113722")
	n := author.tells("title", hostile[:30], "body", hostile, "name", hostile[:40], "village", hostile[:40], "remark", hostile)
	author.get("/case/"+n+"/add").send("/case/"+n+"/add", "words", hostile).want(200)
	number, unit := board.Number(n), w.as("unit")
	w.must(w.office.Publish(ctx, w.as("desk"), number, w.form(), board.Notice{Title: hostile[:30], Body: hostile}))
	w.must(w.office.Note(ctx, w.as("lead"), number, w.form(), board.Annotate, hostile))
	w.must(w.office.Assign(ctx, w.as("desk"), number, w.form(), office.Assignment{Lead: w.units[0].String(), Words: hostile}))
	w.must(w.office.SignFor(ctx, unit, number, w.form()))
	w.must(w.office.Answer(ctx, unit, number, w.form(), board.Reply{Found: hostile, Done: hostile, Basis: hostile, Contact: hostile[:40]}))
	w.must(w.office.Return(ctx, w.as("review"), number, w.form(), hostile))
	w.must(w.office.Answer(ctx, unit, number, w.form(), board.Reply{Found: hostile, Done: hostile, Basis: hostile, Contact: hostile[:40]}))
	w.must(w.office.Approve(ctx, w.as("review"), number, w.form()))
	author.get("/case/"+n+"/rate").send("/case/"+n+"/rate", "outcome", string(board.Partly), "words", hostile)

	seen := 0
	for _, k := range append(all, knocker{"the author", author, []door{board.Resident}}) {
		path := w.paths(n, ":step", "words", ":role", "mayor", ":name", "none.css", ":file", "none.csv")
		for _, rt := range w.site.routes {
			for _, at := range k.ways(path, rt.path) {
				if rt.method == "GET" {
					p := k.do("GET", at, nil)
					p.harmless()
					if strings.Contains(p.text(), "<script>") {
						seen++
					}
				}
			}
		}
	}
	if seen < 20 {
		t.Errorf("only %d pages show it: this test has gone blind", seen)
	}
	_, err := w.office.Post(ctx, func(text store.Text) string {
		for name, said := range text.Args {
			if strings.Contains(said, "<") {
				t.Errorf("%s bears it in %s: %q", text.Key, name, said)
			}
		}
		return text.Key
	}, w.phones)
	w.must(err)
}

// harmless fails the test when something on the page would act.
func (p *page) harmless() {
	p.t.Helper()
	if !strings.HasPrefix(p.header.Get("Content-Type"), "text/html") {
		return
	}
	for n := range p.tree.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		acts := slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return strings.HasPrefix(a.Key, "on") })
		if n.Data == "script" || acts {
			p.t.Errorf("%s has <%s> with %v", p.path, n.Data, n.Attr)
		}
	}
}
