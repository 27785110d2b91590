package main

import (
	"fmt"
	"html"
	"math/rand/v2"
	"net/http"
	"net/http/cookiejar"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"lianxin/server/board"
	"lianxin/store"
)

// readers look at the pages of the made-up county. Their sessions lie in it, and
// so does each look that they owe, so that reading again writes nothing.
type readers struct {
	t  *testing.T
	by map[string]*browser
}

// shelves are the lists from which each of them comes to cases; a stranger has
// the name "".
var shelves = map[string][]string{
	"": {"/public", "/units"}, "resident": {"/cases"}, "leader": {"/desk?desk=newest"},
	"dispatcher": {"/desk", "/desk?desk=frozen", "/desk?desk=unconfirmed"}, "handler": {"/desk"}, "reviewer": {"/desk"},
}

func enter(r *running) readers {
	all := readers{r.t, map[string]*browser{}}
	for role := range shelves {
		b := r.browser()
		if role != "" {
			b.must("/")(b.fill("/demo", "/demo/enter/"+role))
		}
		all.by[role] = b
	}
	return all
}

// at gives the same readers before another server.
func (a readers) at(r *running) readers {
	there := readers{r.t, map[string]*browser{}}
	for role, b := range a.by {
		jar, err := cookiejar.New(nil)
		if err != nil {
			r.t.Fatal(err)
		}
		jar.SetCookies(anywhere, b.http.Jar.Cookies(anywhere))
		there.by[role] = &browser{t: r.t, base: r.url, http: http.Client{Jar: jar, CheckRedirect: stay}}
	}
	return there
}

// sight is a page as somebody sees it.
type sight struct{ role, path string }

var caseLink = regexp.MustCompile(`href="(/(?:desk/case|case|public)/\d+)(?:\?[^"]*)?"`)

// everything is each page that leads from the shelves, as its lines.
func (a readers) everything() map[sight][]string {
	a.t.Helper()
	pages := map[sight][]string{}
	for role, lists := range shelves {
		for _, list := range lists {
			page, lines := a.look(sight{role, list})
			pages[sight{role, list}] = lines
			for _, link := range caseLink.FindAllStringSubmatch(page.page, -1) {
				s := sight{role, link[1]}
				_, pages[s] = a.look(s)
			}
		}
	}
	return pages
}

var tag = regexp.MustCompile(`<[^>]*>`)

// look gives a page and, when it is shown, its words line by line.
func (a readers) look(s sight) (answer, []string) {
	page, err := a.by[s.role].get(s.path)
	if err != nil || page.code != http.StatusOK {
		return page, nil
	}
	var lines []string
	for line := range strings.Lines(html.UnescapeString(tag.ReplaceAllString(page.page, "\n"))) {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	return page, lines
}

// A bit that changes in the data file is found, or does no harm: no page shows
// words that nobody wrote.
func TestFlippedBits(t *testing.T) {
	t.Parallel()
	whole := place(t)
	r := start(t, whole, "demo", "--now", friday)
	people := enter(r)
	people.everything()
	well(t, whole.with("compact")...)
	r.stop()
	untouched := place(t)
	copyAll(t, whole.data, untouched.data)
	copyAll(t, whole.keys, untouched.keys)
	people = people.at(start(t, untouched, "demo"))
	truth := people.everything()
	if len(truth) < 40 {
		t.Fatalf("there are only %d pages to look at", len(truth))
	}
	var refused, ill, harmless atomic.Int64
	random := rand.New(rand.NewPCG(1, 2))
	t.Run("bits", func(t *testing.T) {
		for range flips {
			at, bit := random.Float64(), byte(1)<<random.IntN(8)
			t.Run(fmt.Sprintf("%.6f %02x", at, bit), func(t *testing.T) {
				t.Parallel()
				c := county{filepath.Join(t.TempDir(), "data"), whole.keys}
				copyAll(t, whole.data, c.data)
				c.flip(t, at, bit)
				switch judge(t, c, people, truth) {
				case "refused":
					refused.Add(1)
				case "ill":
					ill.Add(1)
				default:
					harmless.Add(1)
				}
			})
		}
	})
	t.Logf("%d bits flipped, one at a time: %d times refused at the start, %d times found, %d times of no effect; %d pages compared each time",
		flips, refused.Load(), ill.Load(), harmless.Load(), len(truth))
	if ill.Load() == 0 {
		t.Error("nothing was ever found")
	}
}

// flip changes one bit of a county's file, at a part of its length.
func (c county) flip(t *testing.T, part float64, bit byte) {
	t.Helper()
	name := filepath.Join(c.data, store.File)
	raw, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	raw[int(part*float64(len(raw)))] ^= bit
	if err := os.WriteFile(name, raw, 0o600); err != nil {
		t.Fatal(err)
	}
}

// judge reads a county that is damaged, and holds each page that is shown
// against the truth.
func judge(t *testing.T, c county, people readers, truth map[sight][]string) string {
	t.Helper()
	r := launch(t, c, serving(c, "demo"))
	defer r.kill()
	if r.url == "" {
		return "refused"
	}
	found, here, said := c.ill(t), people.at(r), partsOf(truth)
	for s, was := range truth {
		page, lines := here.look(s)
		listed := slices.Contains(shelves[s.role], s.path)
		switch {
		case lines == nil && page.code != http.StatusSeeOther: // who is not known any more has to log in
			// What the engine writes may make damage of a bit that was none before.
			if found = found || c.ill(t); !found {
				t.Errorf("%s is not shown to %q (%d), and nothing is found to be wrong", s.path, s.role, page.code)
			}
		case lines == nil || slices.Equal(lines, was) || found && listed: // what is lost is missing in lists
		default:
			for _, wrong := range people.differ(here, s, found, said) {
				t.Errorf("%s to %q %s", s.path, s.role, wrong)
			}
		}
	}
	if found {
		return "ill"
	}
	return "harmless"
}

// ill tells whether check or verify finds something.
func (c county) ill(t *testing.T) bool {
	t.Helper()
	_, check := typed(t, c.with("check")...)
	_, verify := typed(t, c.with("verify")...)
	return check != fine || verify != fine
}

// differ holds a page against that of the untouched county at this moment: a page
// also says how long something lasts yet. An hour may end between the two, so
// what differs must differ again.
func (a readers) differ(here readers, s sight, found bool, said map[string]bool) (wrong []string) {
	a.t.Helper()
	for range 3 {
		_, now := a.look(s)
		_, lines := here.look(s)
		wrong = nil
		for _, line := range lines {
			if !slices.Contains(now, line) && !(found && (unnamed(a.t, line, now) || guessed(a.t, s, line, said))) {
				wrong = append(wrong, "shows what nobody wrote: "+line)
			}
		}
		for _, line := range now {
			if !found && lines != nil && !slices.Contains(lines, line) {
				wrong = append(wrong, "does not show, and nothing is found to be wrong: "+line)
			}
		}
		if wrong == nil {
			break
		}
	}
	return wrong
}

// unnamed tells whether a line has the name of a post where one of these has that
// of whoever holds it: so a page speaks of somebody who is lost.
func unnamed(t *testing.T, line string, among []string) bool {
	t.Helper()
	for _, role := range board.StaffRoles {
		before, behind, named := strings.Cut(line, tongues(t)["zh-Hans"].T("role."+string(role)))
		if named && slices.ContainsFunc(among, func(l string) bool { return strings.HasPrefix(l, before) && strings.HasSuffix(l, behind) }) {
			return true
		}
	}
	return false
}

// partsOf are all words that stand anywhere, line by line and between dots.
func partsOf(truth map[sight][]string) map[string]bool {
	parts := map[string]bool{}
	for _, lines := range truth {
		for _, line := range lines {
			for part := range strings.SplitSeq(line, " · ") {
				parts[part] = true
			}
		}
	}
	return parts
}

// guessed tells whether a line may be what the desk that screens a case is offered
// from others: which may be about the same thing, and which units may be in
// charge. When one of the others is lost, another is as near, in words of its own.
func guessed(t *testing.T, s sight, line string, said map[string]bool) bool {
	t.Helper()
	if s.role != "dispatcher" || !strings.HasPrefix(s.path, "/desk/case/") {
		return false
	}
	before, behind, _ := strings.Cut(tongues(t)["zh-Hans"].T("deed.assign.unit.likely", "Units", "|"), "|")
	if strings.HasPrefix(line, before) && strings.HasSuffix(line, behind) {
		return true
	}
	for part := range strings.SplitSeq(line, " · ") {
		if !said[part] {
			return false
		}
	}
	return true
}
