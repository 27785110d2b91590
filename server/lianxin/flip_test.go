package main

import (
	"fmt"
	"html"
	"maps"
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
	"": {"/public", "/units"}, "resident": {"/cases"}, "leader": {"/desk?desk=newest"}, "inspector": {"/desk"},
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

var caseLink = regexp.MustCompile(`href="(/(?:desk/case|case|public)/\d+)"`)

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
	name := filepath.Join(c.data, storeFile)
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
	_, check := typed(t, c.with("check")...)
	_, verify := typed(t, c.with("verify")...)
	found := check != fine || verify != fine
	here := people.at(r)
	for _, s := range slices.SortedFunc(maps.Keys(truth), func(a, b sight) int { return strings.Compare(a.role+a.path, b.role+b.path) }) {
		page, lines := here.look(s)
		switch {
		case lines == nil && !found && page.code != http.StatusSeeOther: // who is not known any more has to log in
			t.Errorf("%s is not shown to %q (%d), and nothing is found to be wrong:\n%s", s.path, s.role, page.code, r.words())
		case lines == nil || slices.Equal(lines, truth[s]):
		case found && slices.Contains(shelves[s.role], s.path): // what is lost is missing in lists
		default:
			people.agree(t, s, lines, found)
		}
	}
	if found {
		return "ill"
	}
	return "harmless"
}

// agree holds a page against that of the untouched county at this moment: a page
// also says how long something lasts yet.
func (a readers) agree(t *testing.T, s sight, lines []string, found bool) {
	t.Helper()
	_, now := a.look(s)
	for _, line := range lines {
		if !slices.Contains(now, line) {
			t.Errorf("%s shows %q to %q, which nobody wrote", s.path, line, s.role)
		}
	}
	for _, line := range now {
		if !found && !slices.Contains(lines, line) {
			t.Errorf("%s does not show %q to %q, and nothing is found to be wrong", s.path, line, s.role)
		}
	}
}
