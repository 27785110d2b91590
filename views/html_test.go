package views_test

import (
	"iter"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// elements are all elements below a node, in the order of the page.
func elements(root *html.Node) iter.Seq[*html.Node] {
	return func(yield func(*html.Node) bool) {
		for n := range root.Descendants() {
			if n.Type == html.ElementNode && !yield(n) {
				return
			}
		}
	}
}

func named(root *html.Node, names ...string) []*html.Node {
	var found []*html.Node
	for n := range elements(root) {
		if slices.Contains(names, n.Data) {
			found = append(found, n)
		}
	}
	return found
}

func value(n *html.Node, name string) (string, bool) {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val, true
		}
	}
	return "", false
}

func attr(n *html.Node, name string) string {
	v, _ := value(n, name)
	return v
}

func has(n *html.Node, name string) bool {
	_, ok := value(n, name)
	return ok
}

func byID(root *html.Node, id string) *html.Node {
	for n := range elements(root) {
		if attr(n, "id") == id {
			return n
		}
	}
	return nil
}

// above is the nearest element around n with the name.
func above(n *html.Node, name string) *html.Node {
	for p := range n.Ancestors() {
		if p.Data == name {
			return p
		}
	}
	return nil
}

// words is the text of a node with single blanks.
func words(n *html.Node) string {
	var b strings.Builder
	for c := range n.Descendants() {
		if c.Type == html.TextNode {
			b.WriteString(c.Data)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// fields are the inputs that a person fills in.
func fields(root *html.Node) []*html.Node {
	return slices.DeleteFunc(named(root, "input", "textarea", "select"), func(n *html.Node) bool {
		return attr(n, "type") == "hidden" || attr(n, "type") == "submit"
	})
}

func TestNothingForeign(t *testing.T) {
	each(t, func(t *testing.T, s shown) {
		for n := range elements(s.root) {
			if slices.Contains([]string{"script", "style", "iframe", "object", "embed", "base", "button"}, n.Data) {
				t.Errorf("<%s> may not be used", n.Data)
			}
			// No picture of ours says anything: the one there is was sent by a person.
			if n.Data == "img" && (attr(n, "alt") == "" || attr(n, "width") == "" || attr(n, "height") == "" || !strings.Contains(attr(n, "src"), "/file/")) {
				t.Errorf("<img src=%q> is no photo of a message, or nobody says what it is", attr(n, "src"))
			}
			for _, a := range n.Attr {
				if strings.HasPrefix(a.Key, "on") || a.Key == "style" || a.Key == "http-equiv" {
					t.Errorf("<%s %s> may not be used", n.Data, a.Key)
				}
				if a.Key == "href" || a.Key == "action" || a.Key == "src" {
					own := strings.HasPrefix(a.Val, "/") && !strings.HasPrefix(a.Val, "//")
					icon := attr(n, "rel") == "icon" && a.Val == "data:,"
					if !own && !icon && !strings.HasPrefix(a.Val, "#") && !strings.HasPrefix(a.Val, "tel:") && !strings.HasPrefix(a.Val, "sms:") {
						t.Errorf("<%s %s=%q> leads out of the house", n.Data, a.Key, a.Val)
					}
				}
			}
		}
		if strings.Contains(s.text, "ZgotmplZ") {
			t.Error("a value stands where the engine will not have it")
		}
	})
}

func TestFrame(t *testing.T) {
	each(t, func(t *testing.T, s shown) {
		top := named(s.root, "html")[0]
		if attr(top, "lang") != s.lang || attr(top, "dir") == "" {
			t.Errorf("lang %q dir %q", attr(top, "lang"), attr(top, "dir"))
		}
		for _, name := range []string{"title", "header", "main", "footer", "h1"} {
			found := slices.DeleteFunc(named(s.root, name), func(n *html.Node) bool { return above(n, "svg") != nil }) // a chart has a title of its own
			if len(found) != 1 || words(found[0]) == "" {
				t.Errorf("%d <%s>, want one with words", len(found), name)
			}
		}
		first := named(s.root, "a")[0]
		if attr(first, "href") != "#main" || byID(s.root, "main") == nil {
			t.Error("the first link does not skip to the content")
		}
		labels := map[string]bool{}
		for _, n := range named(s.root, "nav", "aside") {
			label := attr(n, "aria-label")
			if label == "" || labels[label] {
				t.Errorf("<%s> is called %q: nothing, or the same as another", n.Data, label)
			}
			labels[label] = true
		}
		for n := range elements(named(s.root, "body")[0]) {
			if href := attr(n, "href"); strings.HasPrefix(href, "#") && byID(s.root, href[1:]) == nil {
				t.Errorf("a link to %s, which is not on the page", href)
			}
		}
	})
}

func TestHeadings(t *testing.T) {
	each(t, func(t *testing.T, s shown) {
		before := 0
		for _, n := range named(s.root, "h1", "h2", "h3", "h4", "h5", "h6") {
			level := int(n.Data[1] - '0')
			if level > before+1 {
				t.Errorf("<%s>%s follows level %d", n.Data, words(n), before)
			}
			if words(n) == "" {
				t.Errorf("<%s> is empty", n.Data)
			}
			before = level
		}
	})
}

// Pages whose name is a person's own words are left out: two people may write
// the same.
func TestTitlesDiffer(t *testing.T) {
	all, err := everything()
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]string{}
	for _, s := range all {
		page := s.Model.Template()
		if slices.Contains([]string{"case", "desk-case", "public-case", "message"}, page) {
			continue
		}
		title := words(named(s.root, "title")[0])
		if other, ok := seen[title]; ok && other != page {
			t.Errorf("%s: %s and %s are both called %q", s.lang, page, other, title)
		}
		seen[title] = page
	}
}

func TestIDsOnce(t *testing.T) {
	each(t, func(t *testing.T, s shown) {
		seen := map[string]bool{}
		for n := range elements(s.root) {
			if id := attr(n, "id"); id != "" {
				if seen[id] {
					t.Errorf("id %s stands twice", id)
				}
				seen[id] = true
			}
			for _, by := range []string{"aria-describedby", "aria-labelledby"} {
				for _, id := range strings.Fields(attr(n, by)) {
					if byID(s.root, id) == nil {
						t.Errorf("%s names %s, which is not on the page", by, id)
					}
				}
			}
		}
	})
}
