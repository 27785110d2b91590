package web

import (
	"slices"
	"strings"
	"testing"

	"lianxin/server/board"
	"lianxin/store"
)

// personal is what a message tells of its author: in fields of their own, and
// in the middle of their words.
var personal = []string{"欧阳慧芳", "137 1111 3722", "13711113722", "139 4444 5566", "13944445566", "520323197806058856", "拐角坪", "水塔后面第三户"}

// discloses files a message that tells all of it.
func (b *browser) discloses(pairs ...string) string {
	b.t.Helper()
	n := b.tells(append([]string{"name", "欧阳慧芳", "village", "拐角坪", "remark", "水塔后面第三户", "title", "欧阳慧芳说灯坏了",
		"body", "路灯坏了，找过欧阳慧芳家的电工，电话 137 1111 3722，身份证520323197806058856，没有用。"}, pairs...)...)
	b.get("/case/"+n+"/add").send("/case/"+n+"/add", "words", "欧阳慧芳补充：还可以打 139 4444 5566")
	return n
}

// TestNoDoorTellsWhoItIs opens every door of the house as everybody who must not
// know who wrote a message: no page, and no table that they save, tells it. One
// message went all the way to a public answer, the other's author is hidden.
func TestNoDoorTellsWhoItIs(t *testing.T) {
	w := newWorld(t, demo)
	_, all := w.everyone()
	author := w.browser().logIn("13711113722")
	open, hidden := author.discloses(), author.discloses("kind", "help", "hide", "yes")
	w.replied(open)
	w.assign(hidden)
	w.must(w.office.Publish(ctx, w.as("desk"), board.Number(open), w.form(), board.Notice{Title: "路灯坏了", Body: "村口的路灯坏了。"}))
	all = append(all, knocker{"the handler of another unit", w.browser().enter("other"), []door{board.Handler}})

	for _, k := range all {
		if slices.Contains(k.doors, board.Dispatcher) || k.name == "the handler" || k.name == "the head" {
			continue // they must know, see TestWhoeverOpensACaseSeesWhatTheirWorkNeeds
		}
		for _, n := range []string{open, hidden} {
			path := w.paths(n, ":step", "words", ":role", "mayor", ":name", "none.css", ":file", "none.csv")
			for _, rt := range w.site.routes {
				for _, at := range k.ways(path, rt.path) {
					if rt.method == "GET" {
						k.do("GET", at, nil).hides(personal...)
					}
				}
			}
		}
	}
}

// ways are the addresses that a path of the table stands for.
func (k knocker) ways(path *strings.Replacer, at string) []string {
	var all []string
	for _, shelf := range k.who(k.browser).Shelves() {
		switch at {
		case "/desk":
			all = append(all, shelfPath(shelf))
		case "/desk/export/:file":
			all = append(all, "/desk/export/"+string(shelf)+".csv")
		}
	}
	return append(all, k.aim(path, at))
}

// A text goes to one phone, which anybody may hold: it tells nobody's name, no
// address, and nothing of what the message says.
func TestNoTextTellsWhoItIs(t *testing.T) {
	w := newWorld(t)
	author := w.browser().logIn("13711113722")
	n := author.discloses()
	w.replied(n)
	author.get("/case/"+n+"/rate").send("/case/"+n+"/rate", "outcome", string(board.NotSolved), "words", "欧阳慧芳说还是黑的")
	texts := 0
	_, err := w.office.Post(ctx, func(text store.Text) string {
		texts++
		for name, said := range text.Args {
			for _, tells := range append([]string{"灯", "电工", "还是黑"}, personal...) {
				if strings.Contains(said, tells) {
					t.Errorf("%s to %s tells %s in %s: %q", text.Key, text.To, tells, name, said)
				}
			}
		}
		return text.Key
	}, w.phones)
	w.must(err)
	if texts < 3 {
		t.Errorf("only %d texts left", texts)
	}
}
