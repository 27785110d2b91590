package views_test

import (
	"bytes"
	"os"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"lianxin/locales"
	"lianxin/views"
	"lianxin/views/example"
)

// attacks are what people who mean harm write into fields: marks of their own,
// and what would act where an address, an attribute or a style stands.
var attacks = []string{
	`<script>alert(1)</script>`, `<ScRiPt src=//x.example></sCrIpT>`, `<script/src=data:,alert(1)>`, `<scr<script>ipt>alert(1)</scr</script>ipt>`,
	`<img src=x onerror=alert(1)>`, `<img/src=x/onerror=alert(1)>`, "<img src=`x`onerror=alert(1)>", `<img src="x" onerror="alert(1)"`,
	`<svg onload=alert(1)>`, `<svg/onload=alert(1)//`, `<svg><script>alert(1)</script></svg>`, `<svg><animate onbegin=alert(1) attributeName=x>`,
	`<svg><a xlink:href="javascript:alert(1)"><text y=20>x</text></a></svg>`, `<math><mi//xlink:href="data:x,<script>alert(1)</script>">`,
	`<body onload=alert(1)>`, `<iframe src="javascript:alert(1)"></iframe>`, `<iframe srcdoc="<script>alert(1)</script>">`,
	`<object data="data:text/html,<script>alert(1)</script>">`, `<embed src="//x.example">`, `<base href="//x.example/">`,
	`<meta http-equiv="refresh" content="0;url=//x.example">`, `<link rel=stylesheet href=//x.example>`, `<style>@import '//x.example';</style>`,
	`<form action="//x.example"><input name=password>`, `<input autofocus onfocus=alert(1)>`, `<button formaction=//x.example>`,
	`<details open ontoggle=alert(1)>`, `<video><source onerror=alert(1)>`, `<audio src=x onerror=alert(1)>`, `<marquee onstart=alert(1)>`,
	`<a href="javascript:alert(1)">x</a>`, `<a href="jav&#x09;ascript:alert(1)">x</a>`, `<a href=" &#14; javascript:alert(1)">x</a>`,
	`<!--<script>alert(1)</script>-->`, `<![CDATA[<script>alert(1)</script>]]>`, `<?xml version="1.0"?><x/>`, `<plaintext>`, `<xmp><p>`,
	`&lt;script&gt;alert(1)&lt;/script&gt;`, `&#60;script&#62;alert(1)&#60;/script&#62;`, `\u003cscript\u003ealert(1)\u003c/script\u003e`,
	`%3Cscript%3Ealert(1)%3C/script%3E`, `+ADw-script+AD4-alert(1)+ADw-/script+AD4-`, "\uff1cscript\uff1ealert(1)\uff1c/script\uff1e",
	`javascript:alert(1)`, `JaVaScRiPt:alert(1)`, "java\tscript:alert(1)", "\x01javascript:alert(1)", `vbscript:msgbox(1)`,
	`data:text/html,<script>alert(1)</script>`, `data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==`, `//x.example/a`, `\\x.example\a`,
	`expression(alert(1))`, `url(javascript:alert(1))`, `{{7*7}}{{.T "home.title"}}`, `${7*7}<%= 7*7 %>#{7*7}`, "\x00<script>alert(1)</script>",
	` onmouseover=alert(1) x=`, ` style=position:fixed;inset:0 x=`,
}

// breaks are how they get out of the place that the words stand in.
var breaks = []string{"", `">`, `'>`, "x\" ", `</title></textarea></select></option></script></style>-->`}

// hostile is every attack by every way out.
func hostile() []string {
	var all []string
	for _, b := range breaks {
		for _, a := range attacks {
			all = append(all, b+a)
		}
	}
	return all
}

// Whatever people write stays words: it makes no element, no attribute, and no
// address that acts. Every word of every page is replaced, so a field that is
// new is tried as well. Each of 300 texts comes to each place with
// LIANXIN_ALL=1, and every seventh otherwise.
func TestWordsStayWords(t *testing.T) {
	texts, step := hostile(), 7
	if os.Getenv("LIANXIN_ALL") != "" {
		step = 1
	}
	if len(texts) < 300 {
		t.Fatalf("only %d texts", len(texts))
	}
	bundle, err := locales.Open()
	if err != nil {
		t.Fatal(err)
	}
	pages, err := views.Open()
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range example.All(bundle, locales.Default) {
		t.Run(e.Name, func(t *testing.T) {
			t.Parallel()
			want := skeleton(t, pages, filled(e.Model, []string{"harmless"}, 0))
			for i := 0; i < len(texts); i += step {
				got := skeleton(t, pages, filled(e.Model, texts, i))
				if at := differ(want, got); at >= 0 {
					t.Fatalf("with texts from %q on, here something was written into the page: %s", texts[i], got[at])
				}
			}
		})
	}
}

// filled is a copy of the model in which every word is one of the texts, from
// texts[from] on. No two are equal, as what is chosen equals one of the choices.
func filled(model views.Model, texts []string, from int) views.Model {
	place := 0
	copied := replaced(reflect.ValueOf(model), func() string {
		place++
		return texts[(from+place)%len(texts)] + strconv.Itoa(place)
	})
	return copied.Interface().(views.Model)
}

func replaced(v reflect.Value, word func() string) reflect.Value {
	to := reflect.New(v.Type()).Elem()
	to.Set(v)
	switch v.Kind() {
	case reflect.String:
		if v.Len() > 0 { // an empty one often says that a part of the page is not shown
			to.SetString(word())
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if to.Field(i).CanSet() {
				to.Field(i).Set(replaced(v.Field(i), word))
			}
		}
	case reflect.Pointer:
		if !v.IsNil() {
			to.Set(reflect.New(v.Type().Elem()))
			to.Elem().Set(replaced(v.Elem(), word))
		}
	case reflect.Interface:
		if !v.IsNil() {
			to.Set(replaced(v.Elem(), word))
		}
	case reflect.Slice:
		if !v.IsNil() {
			to.Set(reflect.MakeSlice(v.Type(), v.Len(), v.Len()))
		}
		for i := range v.Len() {
			to.Index(i).Set(replaced(v.Index(i), word))
		}
	}
	return to
}

// skeleton is what the page is made of besides words: its elements, their
// attributes, and which of its addresses act.
func skeleton(t *testing.T, pages *views.Views, model views.Model) []string {
	t.Helper()
	var b bytes.Buffer
	if err := pages.Render(&b, model); err != nil {
		t.Fatal(err)
	}
	var bones []string
	for z := html.NewTokenizer(&b); ; {
		switch z.Next() {
		case html.ErrorToken:
			return bones
		case html.StartTagToken, html.SelfClosingTagToken, html.EndTagToken, html.CommentToken, html.DoctypeToken:
			bones = append(bones, bone(z.Token()))
		}
	}
}

func bone(tag html.Token) string {
	parts := []string{tag.Type.String(), tag.Data}
	for _, a := range tag.Attr {
		parts = append(parts, a.Key)
		if slices.Contains([]string{"href", "src", "action", "formaction", "xlink:href", "data"}, a.Key) && acts(a.Val) {
			parts = append(parts, "which acts: "+a.Val)
		}
	}
	return strings.Join(parts, " ")
}

// acts tells whether a browser would run the address instead of going there.
func acts(address string) bool {
	seen := strings.ToLower(strings.Map(func(r rune) rune { // as browsers read it
		if r <= ' ' {
			return -1
		}
		return r
	}, address))
	for _, scheme := range []string{"javascript:", "vbscript:", "data:text"} {
		if strings.HasPrefix(seen, scheme) {
			return true
		}
	}
	return false
}

// differ is the place where two pages part, -1 when they do not.
func differ(want, got []string) int {
	for i := range got {
		if i >= len(want) || got[i] != want[i] {
			return i
		}
	}
	if len(want) > len(got) {
		return len(got) - 1
	}
	return -1
}
