package main

import (
	"io"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// figuresAt reads the figures that a server tells on its local port.
func figuresAt(t *testing.T, addr string) (figures map[string]float64, text string) {
	t.Helper()
	a, err := http.Get("http://" + addr + "/metrics")
	if err != nil {
		t.Fatal(err)
	}
	defer a.Body.Close()
	raw, err := io.ReadAll(a.Body)
	if err != nil || a.StatusCode != 200 || !strings.HasPrefix(a.Header.Get("Content-Type"), "text/plain; version=0.0.4") {
		t.Fatalf("%d %v %v", a.StatusCode, a.Header, err)
	}
	figures = map[string]float64{}
	for line := range strings.Lines(string(raw)) {
		if strings.HasPrefix(line, "# TYPE ") {
			continue
		}
		parts := regexp.MustCompile(`^([a-z_]+(?:\{class="[1-5]xx"\})?) (\S+)\n$`).FindStringSubmatch(line)
		if parts == nil {
			t.Fatalf("no line of the format: %q", line)
		}
		if figures[parts[1]], err = strconv.ParseFloat(parts[2], 64); err != nil {
			t.Fatal(err)
		}
	}
	return figures, string(raw)
}

// A program on the machine watches the board by figures that tell of nobody;
// no other machine can ask for them.
func TestMetrics(t *testing.T) {
	c, at := place(t), port(t)
	for _, foreign := range []string{"0.0.0.0:9100", ":9100", "192.0.2.1:9100", "[::]:9100", "example.com:9100"} {
		refusedIn(t, c.with("serve", "--metrics", foreign), "cmd.metrics.local", "Address", foreign)
	}
	store := t.TempDir()
	r := start(t, c, "serve", "--metrics", at, "--backup", store)
	c.named(t)
	until(t, "it is healthy", func() bool {
		a, err := http.Get("http://" + at + "/health")
		if err != nil {
			return false
		}
		a.Body.Close()
		return a.StatusCode == 200
	})
	before, _ := figuresAt(t, at)
	if _, told := before["lianxin_backup_age_seconds"]; told {
		t.Error("the age of a backup is told before there is one")
	}
	b := r.browser()
	b.logIn(c, "14000000091")
	number := b.file("水管漏了，请来看看。")
	b.attach(number, "how it drips")
	if a, err := b.get("/none"); err != nil || a.code != 404 {
		t.Fatal(a.code, err)
	}
	well(t, c.with("backup", "--backup", store)...)
	after, text := figuresAt(t, at)
	for _, grown := range []string{`lianxin_requests_total{class="2xx"}`, `lianxin_requests_total{class="3xx"}`, `lianxin_requests_total{class="4xx"}`,
		`lianxin_request_seconds_total{class="2xx"}`, "lianxin_texts_sent_total", "lianxin_events_sealed", "lianxin_files", "lianxin_files_bytes"} {
		if after[grown] <= before[grown] {
			t.Errorf("%s was %v and is %v", grown, before[grown], after[grown])
		}
	}
	for _, there := range []string{"lianxin_texts_waiting", "lianxin_backup_age_seconds", "lianxin_heap_bytes", "lianxin_goroutines", "lianxin_disk_free_bytes"} {
		if _, told := after[there]; !told {
			t.Errorf("%s is not told", there)
		}
	}
	for _, secret := range []string{"14000000091", number, "试一", "/login"} {
		if strings.Contains(text, secret) {
			t.Errorf("the figures tell %s", secret)
		}
	}
	if a, err := b.get("/metrics"); err != nil || a.code != 404 {
		t.Errorf("the board itself answers %d to /metrics (%v)", a.code, err)
	}
	if a, err := b.get("/health"); err != nil || a.code != 404 {
		t.Errorf("the board itself answers %d to /health (%v)", a.code, err)
	}
}
