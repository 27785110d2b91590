//go:build torture

package main

import (
	"encoding/json"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// triaged is where it is written down what the scanner finds and why it is none.
const triaged = "testdata/wapiti.md"

// TestWapiti lets a scanner loose on the board, as a stranger and as those who
// are logged in. What it finds must be in the list of what is known to be none,
// and nothing that it sends may break a page.
func TestWapiti(t *testing.T) {
	tool(t, "wapiti")
	none := triage(t)
	r := start(t, place(t), "demo")
	for _, who := range []struct{ role, begin, modules string }{
		{"", "/", "csp,http_headers,cookieflags,methods,htaccess,crlf,csrf,backup,shellshock,exec,file,sql,xss,redirect"},
		{"resident", "/case/:number", "crlf,csrf,exec,file,sql,xss,permanentxss,redirect"},
		{"dispatcher", "/desk/", "crlf,csrf,exec,file,sql,xss,permanentxss,redirect"},
		{"admin", "/admin/", "crlf,csrf,exec,file,sql,xss,permanentxss,redirect"},
		{"helper", "/assist/", "crlf,csrf,exec,file,sql,xss,permanentxss,redirect"},
	} {
		for _, f := range r.scan(who.role, who.begin, who.modules) {
			if !none.has(f) {
				t.Errorf("as %q: %s: %s (%s %s, field %q)", who.role, f.kind, f.Info, f.Method, f.Path, f.Parameter)
			}
		}
	}
	if said := r.words(); strings.Contains(said, "a page could not be made") || strings.Contains(said, "panic") {
		t.Errorf("the scanner broke a page:\n%s", said)
	}
	r.stop()
}

// weakness is something that the scanner takes for one.
type weakness struct{ kind, Method, Path, Info, Parameter string }

// scan lets the scanner loose on all that lies in a folder of the site, beside
// the page that it begins at.
func (r *running) scan(role, begin, modules string) (found []weakness) {
	r.t.Helper()
	home := r.t.TempDir()
	report := filepath.Join(home, "report.json")
	args := []string{"--scope", "folder", "-m", modules, "-d", "5", "--max-scan-time", "20", "--max-attack-time", "10",
		"-H", "Accept-Encoding: identity", // it does not unpack what it says it does
		"--store-session", home, "--store-config", home, "--flush-session", "--no-bugreport", "-v", "0", "-f", "json", "-o", report}
	if role != "" {
		b := r.browser()
		if a, err := b.fill("/demo", "/demo/enter/"+role); err != nil || a.code != http.StatusSeeOther {
			r.t.Fatalf("%s does not come in: %d, %v", role, a.code, err)
		}
		args = append(args, "-H", "Cookie: "+b.cookies())
		if mine, err := b.get("/cases"); err == nil && strings.Contains(begin, ":number") {
			begin = regexp.MustCompile(`/case/\d{10}`).FindString(mine.page)
		}
	}
	args = append(args, "-u", r.url+begin)
	cmd := exec.CommandContext(r.t.Context(), "wapiti", args...)
	cmd.Env = append(os.Environ(), "HOME="+home)
	out, err := cmd.CombinedOutput()
	if err != nil {
		r.t.Fatalf("the scanner ended: %v\n%s", err, out)
	}
	seen := regexp.MustCompile(`found (\d+) URLs and forms`).FindSubmatch(out)
	if seen == nil {
		r.t.Fatalf("the scanner says\n%s", out)
	}
	pages, _ := strconv.Atoi(string(seen[1]))
	r.t.Logf("as %q in %s: %d pages and forms", role, begin, pages)
	if pages < 5 {
		r.t.Errorf("as %q in %s the scanner saw next to nothing", role, begin)
	}
	raw, err := os.ReadFile(report)
	if err != nil {
		r.t.Fatal(err)
	}
	var told struct {
		Vulnerabilities, Anomalies, Additionals map[string][]weakness
	}
	if err := json.Unmarshal(raw, &told); err != nil {
		r.t.Fatalf("%v:\n%s", err, raw)
	}
	for _, group := range []map[string][]weakness{told.Vulnerabilities, told.Anomalies, told.Additionals} {
		for kind, all := range group {
			for _, f := range all {
				f.kind = kind
				found = append(found, f)
			}
		}
	}
	return found
}

// cookies are those that this browser would send.
func (b *browser) cookies() string {
	var all []string
	request, err := http.NewRequest(http.MethodGet, b.base, nil)
	if err != nil {
		b.t.Fatal(err)
	}
	for _, c := range b.http.Jar.Cookies(request.URL) {
		all = append(all, c.Name+"="+c.Value)
	}
	return strings.Join(all, "; ")
}

// known are the findings that were looked at: kind and text.
type known [][2]string

func (k known) has(f weakness) bool {
	for _, row := range k {
		if f.kind == row[0] && strings.Contains(f.Info, row[1]) {
			return true
		}
	}
	return false
}

// triage reads the list: each row of its table has a kind, a text and a reason.
func triage(t *testing.T) (all known) {
	t.Helper()
	raw, err := os.ReadFile(triaged)
	if err != nil {
		t.Fatal(err)
	}
	_, rows, _ := strings.Cut(string(raw), "|---|---|---|\n")
	for line := range strings.Lines(rows) {
		cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), "|")
		if len(cells) != 3 {
			t.Fatalf("%s: no row: %s", triaged, line)
		}
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		if cells[0] == "" || cells[1] == "" || len(cells[2]) < 20 {
			t.Errorf("a row of %s says too little: %s", triaged, line)
		}
		all = append(all, [2]string{cells[0], cells[1]})
	}
	return all
}
