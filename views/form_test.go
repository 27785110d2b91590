package views_test

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// The tokens of HTML's autocomplete list that our questions may ask for.
var autocomplete = []string{"", "tel", "one-time-code", "name", "username", "current-password", "new-password"}

func TestEveryFieldHasItsLabel(t *testing.T) {
	each(t, func(t *testing.T, s shown) {
		labels := named(s.root, "label")
		for _, n := range fields(s.root) {
			var label *html.Node
			for _, l := range labels {
				if attr(l, "for") == attr(n, "id") {
					label = l
				}
			}
			if label == nil {
				label = above(n, "label")
			}
			if label == nil || words(label) == "" {
				t.Errorf("%s has no label", attr(n, "name"))
			}
			group := above(n, "fieldset")
			if group != nil && len(named(group, "legend")) != 1 {
				t.Errorf("%s stands in a group without a legend", attr(n, "name"))
			}
			if attr(n, "type") == "radio" && (group == nil || attr(group, "role") != "radiogroup") {
				t.Errorf("%s stands in no group of radio buttons", attr(n, "name"))
			}
			if !slices.Contains(autocomplete, attr(n, "autocomplete")) {
				t.Errorf("%s: autocomplete %q", attr(n, "name"), attr(n, "autocomplete"))
			}
			for _, bad := range []string{"maxlength", "required", "pattern", "placeholder", "disabled"} {
				if has(n, bad) {
					t.Errorf("%s: %s stops a person without a word", attr(n, "name"), bad)
				}
			}
			if kind := attr(n, "type"); n.Data == "input" && !slices.Contains([]string{"text", "tel", "radio", "checkbox", "file", "password"}, kind) {
				t.Errorf("%s: type %q", attr(n, "name"), kind)
			}
		}
	})
}

func TestHintsAreWired(t *testing.T) {
	each(t, func(t *testing.T, s shown) {
		for n := range elements(s.root) {
			id := attr(n, "id")
			field, hint := strings.CutSuffix(id, "-h")
			if !hint || attr(n, "class") != "hint" {
				continue
			}
			input := byID(s.root, field)
			if input == nil {
				t.Fatalf("hint %s has no field", id)
			}
			if group := above(input, "fieldset"); group != nil {
				input = group
			}
			if !slices.Contains(strings.Fields(attr(input, "aria-describedby")), id) {
				t.Errorf("hint %s is not read with its field", id)
			}
		}
	})
}

func TestForms(t *testing.T) {
	each(t, func(t *testing.T, s shown) {
		for _, form := range named(s.root, "form") {
			if attr(form, "method") == "get" {
				asks(t, form)
				continue
			}
			if attr(form, "method") != "post" {
				t.Errorf("form %s does not post", attr(form, "action"))
			}
			for _, n := range fields(form) {
				if attr(n, "type") == "file" && attr(form, "enctype") != "multipart/form-data" {
					t.Errorf("form %s loses its file", attr(form, "action"))
				}
			}
			// The form at the foot has only lists to choose from.
			if len(fields(form)) > 0 && attr(form, "id") != "show" {
				if !strings.HasSuffix(attr(form, "action"), "#errs") {
					t.Errorf("form %s does not come back to the errors", attr(form, "action"))
				}
				for _, n := range fields(form) {
					if why := judged(n); why != "" && !has(form, "novalidate") {
						t.Errorf("form %s: the browser must not judge %s by its %s", attr(form, "action"), attr(n, "name"), why)
					}
				}
			}
			buttons := 0
			for _, n := range named(form, "input") {
				if attr(n, "type") == "submit" {
					buttons++
					if attr(n, "value") == "" {
						t.Errorf("form %s: a button without words", attr(form, "action"))
					}
				}
			}
			if buttons == 0 {
				t.Errorf("form %s has no button", attr(form, "action"))
			}
			token, anonymous := "", s.Name == "home"
			for _, n := range named(form, "input") {
				if attr(n, "name") == "token" {
					token = attr(n, "value")
				}
			}
			if token == "" && !anonymous {
				t.Errorf("form %s carries no token", attr(form, "action"))
			}
		}
	})
}

// judged names what would make a browser refuse a field before we see it, in words
// that are not ours.
func judged(n *html.Node) string {
	for _, limit := range []string{"required", "pattern", "minlength", "maxlength", "min", "max", "step"} {
		if has(n, limit) {
			return limit
		}
	}
	switch typ := attr(n, "type"); typ {
	case "", "text", "tel", "password", "file", "radio", "checkbox", "hidden", "submit":
		return ""
	default:
		return typ
	}
}

// asks looks at a form that only asks for a page: what it carries would stand in
// the address, where no token may.
func asks(t *testing.T, form *html.Node) {
	t.Helper()
	buttons := 0
	for _, n := range named(form, "input") {
		switch attr(n, "type") {
		case "hidden", "password":
			t.Errorf("form %s puts %s into the address", attr(form, "action"), attr(n, "name"))
		case "submit":
			buttons++
		}
	}
	if buttons != 1 {
		t.Errorf("form %s has %d buttons", attr(form, "action"), buttons)
	}
}

// Doubled fields are refused: several boxes of one question have names of their
// own.
func TestFieldsHaveNamesOfTheirOwn(t *testing.T) {
	each(t, func(t *testing.T, s shown) {
		for _, form := range named(s.root, "form") {
			seen := map[string]bool{}
			for _, n := range named(form, "input", "textarea", "select") {
				name := attr(n, "name")
				if name == "" || attr(n, "type") == "radio" {
					continue
				}
				if seen[name] {
					t.Errorf("form %s posts %s twice", attr(form, "action"), name)
				}
				seen[name] = true
			}
		}
	})
}

// An error is told six times: in the title, in a summary that comes first and
// has the focus, by a link from there, at the field, by aria-invalid, and read
// with the field.
func TestErrors(t *testing.T) {
	pages := 0
	each(t, func(t *testing.T, s shown) {
		if !strings.HasSuffix(s.Name, "-errors") {
			if byID(s.root, "errs") != nil {
				t.Error("a summary without an error")
			}
			return
		}
		pages++
		mark := map[string]string{"zh-Hans": "错误：", "en": "Error: "}[s.lang]
		if title := named(s.root, "title")[0].FirstChild.Data; !strings.HasPrefix(title, mark) {
			t.Errorf("the title is %q", title)
		}
		for n := range elements(named(s.root, "main")[0]) {
			if attr(n, "id") != "errs" || attr(n, "tabindex") != "-1" || !has(n, "autofocus") {
				t.Errorf("main begins with <%s>, not with the summary that takes the focus", n.Data)
			}
			break
		}
		items := named(byID(s.root, "errs"), "li")
		if len(items) == 0 {
			t.Fatal("the summary is empty")
		}
		for _, item := range items {
			if links := named(item, "a"); len(links) == 1 {
				atField(t, s, attr(links[0], "href"), words(item), mark)
			}
		}
	})
	if pages == 0 {
		t.Error("no example has errors")
	}
}

func atField(t *testing.T, s shown, href, text, mark string) {
	t.Helper()
	input := byID(s.root, strings.TrimPrefix(href, "#"))
	if input == nil {
		t.Fatalf("the summary leads to %s, which is not there", href)
	}
	group := above(input, "fieldset")
	if attr(input, "aria-invalid") != "true" && (group == nil || attr(group, "aria-invalid") != "true") {
		t.Errorf("%s does not say that it is wrong", href)
	}
	if group != nil {
		input = group
	}
	read := false
	for _, id := range strings.Fields(attr(input, "aria-describedby")) {
		if n := byID(s.root, id); n != nil && words(n) == strings.TrimSpace(mark+text) {
			read = true
		}
	}
	if !read {
		t.Errorf("%s: the sentence %q is not read with the field", href, text)
	}
}

// What was typed comes back; a password and its code do not.
// A text browser that ticks the first answer by itself finds one that says nothing;
// where an answer is chosen, or saying nothing is one of them, there is none.
func TestNoAnswerIsAnybodysByItself(t *testing.T) {
	each(t, func(t *testing.T, s shown) {
		first, chosen := map[string]*html.Node{}, map[string]bool{}
		for _, n := range named(s.root, "input") {
			if attr(n, "type") != "radio" {
				continue
			}
			group := attr(n, "name")
			if first[group] == nil {
				first[group] = n
			}
			chosen[group] = chosen[group] || has(n, "checked")
		}
		for group, n := range first {
			if silent := attr(n, "value") == "" && has(n.Parent.Parent, "hidden"); silent == chosen[group] {
				t.Errorf("%s: an answer is chosen: %t; the first one is hidden and says nothing: %t", group, chosen[group], silent)
			}
		}
	})
}

func TestAnswersAreKept(t *testing.T) {
	want := map[string][]string{
		"login-errors":        {"138 0013 800", "k7", "/file/check"},
		"login-slip":          {"k7", "/case/38271940561"},
		"lookup-kept":         {"k7"},
		"code-errors":         {"48 29 31", "3f9a2c"},
		"lookup-errors":       {"3827", "12"},
		"file-full":           {"东关村路灯坏了半个月", "东关村，供销社门口", "王桂兰", "晚上六点以后方便接电话。", "help", "t1", "yes"},
		"step-you-full":       {"王桂兰", "晚上六点以后方便接电话。", "yes"},
		"rate-errors":         {"灯亮了，路还是坑坑洼洼。"},
		"staff-login-errors":  {"zhoumin"},
		"staff-login-kept":    {"zhoumin", "k7", "/desk"},
		"rate-full":           {"partly", "5", "2", "灯亮了，路还是坑坑洼洼。"},
		"step-you":            {"no"},
		"edit":                {"东关村路灯坏了半个月", "晚上六点以后方便接电话。"},
		"who-errors":          {"new", "3f9a2c", "k7", "/file"},
		"me":                  {"王桂兰", "read"},
		"public-sifted":       {"t3", "clinic"},
		"intake-full":         {"call", "help", "138 0013 8000", "王桂兰", "t1", "read"},
		"templates-errors":    {"【日期】我们到现场看过。"},
		"desk-case-publish":   {"路灯坏了半个月"},
		"first-county-errors": {"0311-8000 1234"},
		"first-admin-errors":  {"孙伟", "sunwei"},
	}
	each(t, func(t *testing.T, s shown) {
		var have []string
		for _, n := range named(s.root, "input", "textarea", "option") {
			kind := attr(n, "type")
			if kind == "password" && has(n, "value") {
				t.Error("a password is given back")
			}
			if n.Data == "option" && !has(n, "selected") || (kind == "radio" || kind == "checkbox") && !has(n, "checked") {
				continue
			}
			have = append(have, attr(n, "value"), words(n))
		}
		for _, v := range want[s.Name] {
			if !slices.Contains(have, v) {
				t.Errorf("%q was typed and is gone", v)
			}
		}
	})
}
