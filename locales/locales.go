// Package locales holds every word that Lianxin says to a person: one JSON
// file a language, flat keys, read once at start.
//
// A text belongs here and nowhere else. Go and HTML name a key; stored data
// name a key and its arguments, so that what was said in one language can be
// read in another later. Adding a language is adding a file: the name of the
// file is its BCP 47 tag, and the keys "language.name" and "language.dir" say
// what it is called in itself and which way it runs.
//
// This is the only package that knows go-i18n and golang.org/x/text/language.
package locales

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"path"
	"slices"
	"strings"
	"sync"
	"text/template"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
)

// Default is the language of the county: it is offered first, it is spoken to
// whoever asks for a language that is not there, and it fills the gaps of a
// language that is not finished.
const Default = "zh-Hans"

//go:embed *.json
var files embed.FS

// Bundle is all languages. It is read-only after Open and safe for concurrent
// use.
type Bundle struct {
	tongues []*tongue // Default first, then by tag
	matcher language.Matcher
	told    sync.Map // what has been logged already
}

// Language is one entry of the language choice: the tag for the cookie and the
// name that speakers of it read, e.g. {"zh-Hans", "简体中文"}.
type Language struct{ Tag, Name string }

// tongue is one language: its own texts and the localizer that knows its
// plural rules.
type tongue struct {
	Language
	dir       string
	texts     map[string]*i18n.Message
	localizer *i18n.Localizer
	bundle    *Bundle
}

// Open reads the languages that are built in. It fails when one of the files
// is broken and says which: a board that would show half its words must not
// start.
func Open() (*Bundle, error) { return open(files) }

func open(fsys fs.FS) (*Bundle, error) {
	names, err := fs.Glob(fsys, "*.json")
	if err != nil {
		return nil, fmt.Errorf("locales: %w", err)
	}
	first := Default + ".json"
	if !slices.Contains(names, first) {
		return nil, fmt.Errorf("locales: %s is missing", first)
	}
	// The matcher takes the first language when nothing fits.
	slices.SortFunc(names, func(a, b string) int {
		switch {
		case a == b:
			return 0
		case a == first:
			return -1
		case b == first:
			return 1
		}
		return strings.Compare(a, b)
	})

	all := &Bundle{}
	plurals := i18n.NewBundle(language.MustParse(Default))
	var tags []language.Tag
	for _, name := range names {
		t, tag, err := read(fsys, name, plurals)
		if err != nil {
			return nil, fmt.Errorf("locales: %s: %w", name, err)
		}
		t.bundle = all
		all.tongues = append(all.tongues, t)
		tags = append(tags, tag)
	}
	all.matcher = language.NewMatcher(tags)
	return all, nil
}

// read takes one file apart and adds it to the go-i18n bundle.
func read(fsys fs.FS, name string, plurals *i18n.Bundle) (*tongue, language.Tag, error) {
	text := strings.TrimSuffix(path.Base(name), ".json")
	tag, err := language.Parse(text)
	if err != nil {
		return nil, tag, fmt.Errorf("the file name is not a language tag: %w", err)
	}
	if tag.String() != text {
		return nil, tag, fmt.Errorf("the file name should be %s.json", tag)
	}
	raw, err := fs.ReadFile(fsys, name)
	if err != nil {
		return nil, tag, err
	}
	file, err := plurals.ParseMessageFileBytes(raw, name)
	if err != nil {
		return nil, tag, err
	}
	t := &tongue{
		Language:  Language{Tag: text},
		texts:     make(map[string]*i18n.Message, len(file.Messages)),
		localizer: i18n.NewLocalizer(plurals, text),
	}
	for _, m := range file.Messages {
		if err := sound(m); err != nil {
			return nil, tag, fmt.Errorf("%s: %w", m.ID, err)
		}
		t.texts[m.ID] = m
	}
	for _, id := range []string{"language.name", "language.dir"} {
		if t.texts[id] == nil {
			return nil, tag, fmt.Errorf("%s is missing", id)
		}
	}
	t.Name = t.texts["language.name"].Other
	t.dir = t.texts["language.dir"].Other
	if t.dir != "ltr" && t.dir != "rtl" {
		return nil, tag, fmt.Errorf("language.dir is %q, it must be ltr or rtl", t.dir)
	}
	return t, tag, nil
}

// sound says whether every form of a text can be shown.
func sound(m *i18n.Message) error {
	if m.Other == "" {
		return errors.New("the text is empty")
	}
	for _, form := range forms(m) {
		if _, err := template.New(m.ID).Parse(form); err != nil {
			return fmt.Errorf("a placeholder is broken: %w", err)
		}
	}
	return nil
}

// forms are the texts of a message that are there, plural forms included.
func forms(m *i18n.Message) []string {
	all := []string{m.Zero, m.One, m.Two, m.Few, m.Many, m.Other}
	return slices.DeleteFunc(all, func(s string) bool { return s == "" })
}

// Languages lists what can be chosen, the default first, then by tag.
func (b *Bundle) Languages() []Language {
	all := make([]Language, len(b.tongues))
	for i, t := range b.tongues {
		all[i] = t.Language
	}
	return all
}

// Match picks the language that suits an Accept-Language header best, weights
// included. An empty, broken or foreign header gives the default.
func (b *Bundle) Match(acceptLanguage string) string {
	_, i := language.MatchStrings(b.matcher, acceptLanguage)
	return b.tongues[i].Tag
}

// Words gives the words of a language by its tag. A tag that is not there, for
// instance from an old or forged cookie, gives the default.
func (b *Bundle) Words(lang string) Words {
	t := b.tongues[0]
	for _, other := range b.tongues {
		if other.Tag == lang {
			t = other
		}
	}
	return Words{Lang: t.Tag, Dir: t.dir, tongue: t}
}

// tell logs a gap in the words once, not at every page that shows it. The
// arguments of a text are people's data and must not get into the log.
func (b *Bundle) tell(problem, lang, id string) {
	if _, again := b.told.LoadOrStore([3]string{problem, lang, id}, true); !again {
		slog.Warn("words: "+problem, "lang", lang, "key", id)
	}
}
