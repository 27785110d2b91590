package main

import (
	"encoding/json"
	"html"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// browser is somebody with a browser without script.
type browser struct {
	t    *testing.T
	base string
	http http.Client
}

func (r *running) browser() *browser {
	jar, err := cookiejar.New(nil)
	if err != nil {
		r.t.Fatal(err)
	}
	b := &browser{t: r.t, base: r.url}
	b.http.Jar, b.http.CheckRedirect = jar, stay
	return b
}

// stay follows nothing by itself.
func stay(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }

// answer is a page, or where to go on to.
type answer struct {
	code     int
	to, page string
}

func (b *browser) done(r *http.Response, err error) (answer, error) {
	if err != nil {
		return answer{}, err
	}
	defer r.Body.Close()
	body, err := io.ReadAll(r.Body)
	return answer{r.StatusCode, r.Header.Get("Location"), string(body)}, err
}

func (b *browser) get(path string) (answer, error) { return b.done(b.http.Get(b.base + path)) }

func (b *browser) post(path string, fields url.Values) (answer, error) {
	return b.done(b.http.PostForm(b.base+path, fields))
}

var (
	formTag  = regexp.MustCompile(`(?s)<form[^>]*action="([^"#]*)[^"]*".*?</form>`)
	fieldTag = regexp.MustCompile(`<input type="hidden" name="([^"]*)" value="([^"]*)"`)
)

// hidden are the hidden fields of a page's form.
func (a answer) hidden(action string) url.Values {
	fields := url.Values{}
	for _, form := range formTag.FindAllStringSubmatch(a.page, -1) {
		if form[1] != action {
			continue
		}
		for _, field := range fieldTag.FindAllStringSubmatch(form[0], -1) {
			fields.Set(field[1], html.UnescapeString(field[2]))
		}
	}
	return fields
}

// fill opens the page that a form stands on, and sends the form.
func (b *browser) fill(page, action string, typed ...string) (answer, error) {
	shown, err := b.get(page)
	if err != nil {
		return shown, err
	}
	fields := shown.hidden(action)
	for i := 0; i < len(typed); i += 2 {
		fields.Set(typed[i], typed[i+1])
	}
	return b.post(action, fields)
}

// must fails the test unless the answer leads on to a path that begins so.
func (b *browser) must(to string) func(answer, error) answer {
	return func(a answer, err error) answer {
		b.t.Helper()
		if err != nil || a.code != http.StatusSeeOther || !strings.HasPrefix(a.to, to) {
			b.t.Fatalf("want to come to %s: %v, %d %q\n%s", to, err, a.code, a.to, a.page)
		}
		return a
	}
}

// text is a text as it lies in the spool.
type text struct{ ID, To, Text, Time string }

// texts are those that left the board for a number.
func (c county) texts(t *testing.T, number string) []text {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(c.data, "spool", "out", "*.json"))
	if err != nil {
		t.Fatal(err)
	}
	var texts []text
	for _, file := range files {
		var one text
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(raw, &one); err != nil {
			t.Fatalf("%s: %v", raw, err)
		}
		if strings.HasSuffix(one.To, number) {
			texts = append(texts, one)
		}
	}
	return texts
}

// logIn logs a resident in, with the code that reached the phone.
func (b *browser) logIn(c county, phone string) {
	b.t.Helper()
	sent, err := b.fill("/login", "/login", "phone", phone)
	fields := sent.hidden("/login/code")
	if err != nil || len(fields) == 0 {
		b.t.Fatalf("no page asks for the code: %v\n%s", err, sent.page)
	}
	var code string
	until(b.t, "a code comes to "+phone, func() bool {
		for _, m := range c.texts(b.t, phone) {
			code = regexp.MustCompile(`\d\d \d\d \d\d`).FindString(m.Text)
		}
		return code != ""
	})
	fields.Set("code", code)
	b.must("/")(b.post("/login/code", fields))
}
