package static

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

func TestPathsFollowTheContent(t *testing.T) {
	for _, name := range []string{"site.css", "desk.css"} {
		path := Path(name)
		f, ok := Find(path)
		if !ok || f.Path != path || len(f.Body) == 0 || f.Type != "text/css; charset=utf-8" {
			t.Errorf("Find(%q) = %v, %v", path, f, ok)
		}
	}
	one, other := sheet("site", "a { color: red }"), sheet("site", "a { color: blue }")
	if one.Path == other.Path {
		t.Error("another content has the same address: browsers would keep the old one for ever")
	}
	if _, ok := Find("/static/site-000000000000.css"); ok {
		t.Error("an old address finds something")
	}
	if Path("none.css") != "" {
		t.Error("an unknown name has an address")
	}
}

func TestSqueeze(t *testing.T) {
	in := "/* why\n */ a:focus, .x > b { color: red ; margin: 0 auto }\n@media (max-width: 3em) { a b { top: 0; } }\n"
	want := "a:focus,.x>b{color:red;margin:0 auto}@media (max-width:3em){a b{top:0}}"
	if got := squeeze(in); got != want {
		t.Errorf("squeeze = %q\n want %q", got, want)
	}
}

func TestSheetIsSmall(t *testing.T) {
	f, _ := Find(Path("site.css"))
	if len(f.Body) > 6<<10 {
		t.Errorf("site.css is sent as %d bytes, at most %d", len(f.Body), 6<<10)
	}
}

// What old browsers and Opera Mini cannot, and what may not be done at all.
func TestForbidden(t *testing.T) {
	bad := map[string]string{
		`grid`:                       "no grid",
		`\d(rem|vh|vw|vmin|vmax)\b`:  "sizes hang on the type size",
		`calc\(|clamp\(|min\(|max\(`: "no reckoning",
		`url\(|@import|@font-face`:   "nothing more is fetched",
		`animation|transition|@keyframes|scroll-behavior`: "nothing moves",
		`(margin|padding|border|inset)-(inline|block)`:    "no logical properties without a fallback",
		`justify\s*[;}]`:             "never justified",
		`outline:\s*(0|none)`:        "the focus is always seen",
		`[^-]height:\s*\d+px`:        "no fixed heights",
		`position:\s*(fixed|sticky)`: "nothing lies over the words",
		`:has\(|:is\(|:where\(`:      "old browsers drop the whole rule",
	}
	for name, css := range map[string]string{"site.css": site, "desk.css": desk} {
		css = remark.ReplaceAllString(css, "")
		for pattern, why := range bad {
			if regexp.MustCompile(pattern).MatchString(css) {
				t.Errorf("%s: %s: %s", name, pattern, why)
			}
		}
		// A mark before a line of the timeline is drawn, but says nothing.
		for _, content := range regexp.MustCompile(`[ {]content:\s*([^;}]+)`).FindAllStringSubmatch(css, -1) {
			if strings.TrimSpace(content[1]) != `""` {
				t.Errorf("%s: words %s belong on the page", name, content[1])
			}
		}
		for _, r := range regexp.MustCompile(`([a-z-]+): (end|start)\b`).FindAllStringSubmatchIndex(css, -1) {
			property := css[r[2]:r[3]]
			if before := css[:r[0]]; !regexp.MustCompile(property + `: (right|left); $`).MatchString(before) {
				t.Errorf("%s: %s has no literal before it", name, css[r[0]:r[1]])
			}
		}
		if strings.Contains(css, "overflow-wrap") && !strings.Contains(css, "word-wrap") {
			t.Errorf("%s: overflow-wrap has no older name before it", name)
		}
	}
}

var (
	block    = regexp.MustCompile(`([^{}]*)\{([^{}]*)\}`)
	custom   = regexp.MustCompile(`--(\w+): ([^;}]+?)\s*[;}]`)
	borrowed = regexp.MustCompile(`([a-z-]+): var\(--(\w+)\)`)
)

// themes are the named colours of each look; what a look leaves out it has from
// the first.
func themes(t *testing.T) map[string]map[string]string {
	t.Helper()
	css := remark.ReplaceAllString(site, "")
	light := map[string]string{}
	all := map[string]map[string]string{"light": light}
	for _, line := range strings.Split(css, "\n") {
		colours := custom.FindAllStringSubmatch(line, -1)
		if len(colours) == 0 || strings.Contains(line, "prefers-contrast") {
			continue
		}
		name := "light"
		switch {
		case strings.Contains(line, "prefers-color-scheme"):
			name = "device dark"
		case strings.HasPrefix(line, "."):
			name = line[1:strings.Index(line, " ")]
		}
		if all[name] == nil {
			all[name] = map[string]string{}
			for k, v := range light {
				all[name][k] = v
			}
		}
		for _, c := range colours {
			all[name][c[1]] = c[2]
		}
	}
	return all
}

// TestPalette reckons the contrast of every pair that meets on a page: 7:1 for
// words (1.4.6), 3:1 for what shows where a box or the focus is (1.4.11, 2.4.13).
func TestPalette(t *testing.T) {
	all := themes(t)
	for _, name := range []string{"light", "device dark", "dark", "contrast", "cream"} {
		colours := all[name]
		if colours == nil {
			t.Errorf("there is no look %q", name)
			continue
		}
		for _, p := range []struct {
			over, under string
			least       float64
		}{
			{"ink", "paper", 7}, {"ink", "card", 7}, {"soft", "paper", 7}, {"soft", "card", 7},
			{"link", "paper", 7}, {"link", "card", 7}, {"on", "link", 7}, {"onbar", "bar", 7},
			{"seal", "paper", 7}, {"seal", "card", 7}, {"paper", "seal", 7}, {"#111", "glow", 7},
			{"line", "paper", 3}, {"line", "card", 3}, {"link", "paper", 3}, {"ink", "paper", 3}, {"onbar", "bar", 3},
		} {
			over, under := colours[p.over], colours[p.under]
			if p.over[0] == '#' {
				over = p.over
			}
			if c := contrast(t, over, under); c < p.least {
				t.Errorf("%s: %s %s on %s %s is %.2f:1, at least %g:1", name, p.over, over, p.under, under, c, p.least)
			}
		}
	}
	if fmt.Sprint(all["dark"]) != fmt.Sprint(all["device dark"]) {
		t.Error("dark differs when the device asks for it")
	}
}

// A browser without var() shows the light look: the literal before each var()
// is that colour.
func TestLiteralsStandFirst(t *testing.T) {
	light := themes(t)["light"]
	seen := 0
	for name, css := range map[string]string{"site.css": site, "desk.css": desk} {
		for _, b := range block.FindAllStringSubmatch(remark.ReplaceAllString(css, ""), -1) {
			for _, v := range borrowed.FindAllStringSubmatch(b[2], -1) {
				seen++
				before, _, _ := strings.Cut(b[2], v[0])
				if !strings.Contains(before, light[v[2]]) {
					t.Errorf("%s: %s{ %s } has no %s before it", name, strings.TrimSpace(b[1]), v[0], light[v[2]])
				}
			}
		}
	}
	if seen == 0 {
		t.Error("no var() was found")
	}
}

func contrast(t *testing.T, a, b string) float64 {
	t.Helper()
	x, y := luminance(t, a), luminance(t, b)
	return (math.Max(x, y) + 0.05) / (math.Min(x, y) + 0.05)
}

// luminance is WCAG's relative luminance of #rgb or #rrggbb.
func luminance(t *testing.T, colour string) float64 {
	t.Helper()
	hex := strings.TrimPrefix(colour, "#")
	if len(hex) == 3 {
		hex = string([]byte{hex[0], hex[0], hex[1], hex[1], hex[2], hex[2]})
	}
	if len(hex) != 6 {
		t.Fatalf("%q is no colour", colour)
	}
	sum := 0.0
	for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
		n, err := strconv.ParseUint(hex[2*i:2*i+2], 16, 8)
		if err != nil {
			t.Fatalf("%q is no colour", colour)
		}
		c := float64(n) / 255
		if c <= 0.04045 {
			c /= 12.92
		} else {
			c = math.Pow((c+0.055)/1.055, 2.4)
		}
		sum += weight * c
	}
	return sum
}
