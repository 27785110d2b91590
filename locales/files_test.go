package locales

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"text/template/parse"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
)

func TestLanguagesHaveTheSameKeys(t *testing.T) {
	b := opened(t)
	if len(b.tongues) < 2 {
		t.Fatal("there is one language only")
	}
	first := b.tongues[0]
	for _, other := range b.tongues[1:] {
		for _, id := range ids(first) {
			if other.texts[id] == nil {
				t.Errorf("%s.json has no %s", other.Tag, id)
			}
		}
		for _, id := range ids(other) {
			if first.texts[id] == nil {
				t.Errorf("%s.json has %s, which %s.json has not", other.Tag, id, first.Tag)
			}
		}
	}
}

func TestLanguagesHaveTheSamePlaceholders(t *testing.T) {
	b := opened(t)
	first := b.tongues[0]
	for _, id := range ids(first) {
		want := placeholders(t, first.texts[id])
		for _, other := range b.tongues[1:] {
			if other.texts[id] == nil {
				continue // told by the test of keys
			}
			if got := placeholders(t, other.texts[id]); !slices.Equal(got, want) {
				t.Errorf("%s: %s has %v, %s has %v", id, first.Tag, want, other.Tag, got)
			}
		}
	}
}

// A key that counts in one language counts in all, with every form that the
// language needs.
func TestPluralFormsAreComplete(t *testing.T) {
	b := opened(t)
	for _, id := range ids(b.tongues[0]) {
		counts := slices.ContainsFunc(b.tongues, func(l *tongue) bool {
			return l.texts[id] != nil && len(forms(l.texts[id])) > 1
		})
		if !counts {
			continue
		}
		for _, l := range b.tongues {
			if m := l.texts[id]; m != nil {
				for _, form := range needed(l.Tag) {
					if pluralForms(m)[form] == "" {
						t.Errorf("%s.json: %s lacks the plural form %q", l.Tag, id, form)
					}
				}
			}
		}
	}
}

func TestNobodyIsShoutedAt(t *testing.T) {
	for _, l := range opened(t).tongues {
		for _, id := range ids(l) {
			for _, form := range forms(l.texts[id]) {
				if strings.ContainsAny(form, "!！") {
					t.Errorf("%s.json: %s has an exclamation mark: %s", l.Tag, id, form)
				}
			}
		}
	}
}

// quoting are the families that send people to a button, an answer or a page by
// what stands on it.
var quoting = []string{"check.", "fault.code.", "fault.filing.", "fault.form.", "fault.parent.", "fault.rating.",
	"help.", "privacy.", "sheet.card.", "who."}

var inQuotes = regexp.MustCompile(`[“「]([^”」]+)[”」]`)

// Whoever is told to press “Send it again” finds a button that says so.
func TestWhatIsQuotedStandsOnAPage(t *testing.T) {
	for _, l := range opened(t).tongues {
		for _, id := range ids(l) {
			if !slices.ContainsFunc(quoting, func(family string) bool { return strings.HasPrefix(id, family) }) {
				continue
			}
			for _, form := range forms(l.texts[id]) {
				for _, q := range inQuotes.FindAllStringSubmatch(form, -1) {
					if !l.begins(q[1], id) {
						t.Errorf("%s.json: %s quotes “%s”, and nothing says so", l.Tag, id, q[1])
					}
				}
			}
		}
	}
}

// begins tells whether a text other than id begins with these words.
func (l *tongue) begins(words, id string) bool {
	for other, m := range l.texts {
		if other != id && slices.ContainsFunc(forms(m), func(text string) bool { return strings.HasPrefix(text, words) }) {
			return true
		}
	}
	return false
}

func ids(l *tongue) []string { return slices.Sorted(maps.Keys(l.texts)) }

func pluralForms(m *i18n.Message) map[string]string {
	return map[string]string{"zero": m.Zero, "one": m.One, "two": m.Two,
		"few": m.Few, "many": m.Many, "other": m.Other}
}

// needed are the plural forms that whole numbers take in a language.
func needed(tag string) []string {
	names := map[plural.Form]string{plural.Zero: "zero", plural.One: "one", plural.Two: "two",
		plural.Few: "few", plural.Many: "many", plural.Other: "other"}
	seen := map[string]bool{"other": true}
	for n := range 1000 {
		seen[names[plural.Cardinal.MatchPlural(language.MustParse(tag), n, 0, 0, 0, 0)]] = true
	}
	return slices.Sorted(maps.Keys(seen))
}

// placeholders are the names that a text asks for. A text holds words and
// {{.Name}} and nothing else, so that a translator cannot break it.
func placeholders(t *testing.T, m *i18n.Message) []string {
	t.Helper()
	seen := map[string]bool{}
	for _, form := range forms(m) {
		trees, err := parse.Parse(m.ID, form, "{{", "}}")
		if err != nil {
			t.Fatalf("%s: %v", m.ID, err)
		}
		if trees[m.ID] == nil {
			continue
		}
		for _, node := range trees[m.ID].Root.Nodes {
			switch node := node.(type) {
			case *parse.TextNode:
			case *parse.ActionNode:
				field, ok := node.Pipe.Cmds[0].Args[0].(*parse.FieldNode)
				if !ok || len(node.Pipe.Cmds) > 1 || len(node.Pipe.Cmds[0].Args) > 1 || len(field.Ident) > 1 {
					t.Errorf("%s: %s is more than a name", m.ID, node)
					continue
				}
				seen[field.Ident[0]] = true
			default:
				t.Errorf("%s: %s is more than a name", m.ID, node)
			}
		}
	}
	return slices.Sorted(maps.Keys(seen))
}
