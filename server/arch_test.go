package server

import (
	"fmt"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// house is every package of ours, from the ground up, with those of ours that
// it may import. A row can name only rows above it: so no arrow turns back.
// Whoever changes it changes the text of doc.go too.
var house = []struct {
	name string
	may  string
}{
	{"server/board", ""},
	{"server/workday", ""},
	{"server/reading", ""},
	{"server/media", ""},
	{"locales", ""},
	{"static", ""},
	{"views", "locales static"},
	{"views/example", "locales views"},

	{"store/seal", ""},
	{"store/kv", ""},
	{"store/kv/overlay", "store/kv"},
	{"store/kv/bolt", "store/kv store/kv/overlay"},
	{"store/kv/twice", "store/kv store/kv/overlay"},
	{"store/kv/kvtest", "store/kv"},
	{"store/blob", "store/kv"},
	{"store/ledger", ""},
	{"store", "server/board store/seal store/blob store/kv store/kv/bolt store/kv/overlay store/ledger"},

	{"store/backup", "server/board store store/blob store/seal"},
	{"store/takeout", "server/board store store/seal"},

	{"server/office", "server/board server/workday server/reading store"},
	{"server/channel/sms", "server/board server/office locales store"},
	{"server/channel/sheet", "server/board server/office"},
	{"server/control", ""},
	{"server/cert", ""},
	{"server/qr", ""},
	{"server/demo", "server/board server/workday server/office store"},
	{"server/web", "server/board server/media server/office server/qr store views locales static"},
	{"server/lianxin", "server/board server/workday server/office server/channel/sms server/channel/sheet server/control " +
		"server/cert server/demo server/web store store/seal store/ledger store/backup store/takeout locales views static"},

	{"server", ""},
	{"server/journey/examples", "locales static views views/example"},
	{"server/bench", "store/kv store/kv/bolt"},
}

// pure are the packages that import nothing but the standard library, because
// they hold the rules or the keys.
var pure = []string{"server/board", "server/workday", "server/reading", "store/seal", "store/kv"}

func TestArrows(t *testing.T) {
	rows := map[string][]string{}
	for _, row := range house {
		for _, may := range strings.Fields(row.may) {
			if _, above := rows[may]; !above {
				t.Fatalf("the row of %s names %s, which does not stand above it: an arrow never turns back", row.name, may)
			}
		}
		rows[row.name] = strings.Fields(row.may)
	}
	packages := read(t)
	for _, name := range slices.Sorted(maps.Keys(packages)) {
		may, known := rows[name]
		if !known {
			t.Fatalf("%s is a new room: give it a row in server/arch_test.go and a line in server/doc.go", name)
		}
		for _, imported := range packages[name] {
			ours, is := strings.CutPrefix(imported.path, "lianxin/")
			if is && !slices.Contains(may, ours) {
				t.Fatalf("%s: %s may not know %s: pass what it needs in from above, or declare a small interface where it is used",
					imported.where, name, ours)
			}
			if slices.Contains(pure, name) && (is || foreign(imported.path)) {
				t.Fatalf("%s: %s imports the standard library only, not %s: let its caller do what needs it",
					imported.where, name, imported.path)
			}
		}
	}
}

func TestForeignLibraries(t *testing.T) {
	modules := required(t)
	home := map[string]string{}
	packages := read(t)
	for _, name := range slices.Sorted(maps.Keys(packages)) {
		for _, imported := range packages[name] {
			if !foreign(imported.path) {
				continue
			}
			lib := library(imported.path, modules)
			if other, taken := home[lib]; taken && other != name {
				t.Fatalf("%s: %s lives in %s already: ask that package for what you need of it, so that it can be replaced in one place",
					imported.where, lib, other)
			}
			home[lib] = name
		}
	}
	if len(home) == 0 {
		t.Fatal("no foreign library was found: this test has gone blind")
	}
}

// library is what counts as one: a module, with all its packages. The modules
// of golang.org/x are shelves of unrelated things, so there each package counts
// by itself.
func library(imported string, modules []string) string {
	if strings.HasPrefix(imported, "golang.org/x/") {
		return imported
	}
	longest := imported
	for _, m := range modules {
		if (imported == m || strings.HasPrefix(imported, m+"/")) && (longest == imported || len(m) > len(longest)) {
			longest = m
		}
	}
	return longest
}

// foreign tells a library from the standard one: its path begins with a host.
func foreign(imported string) bool {
	host, _, _ := strings.Cut(imported, "/")
	return strings.Contains(host, ".")
}

type use struct{ where, path string }

// read gives what each package of the module imports, tests left out.
func read(t *testing.T) map[string][]use {
	t.Helper()
	packages := map[string][]use{}
	err := filepath.WalkDir("..", func(file string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := entry.Name()
		if entry.IsDir() {
			if name == "node_modules" || name == "testdata" || name == "bin" || (strings.HasPrefix(name, ".") && name != "..") {
				return filepath.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return nil
		}
		uses, err := imports(file)
		where := strings.TrimPrefix(path.Dir(filepath.ToSlash(file)), "../")
		packages[where] = append(packages[where], uses...)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return packages
}

func imports(file string) ([]use, error) {
	parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
	if err != nil {
		return nil, err
	}
	var uses []use
	for _, spec := range parsed.Imports {
		imported, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		uses = append(uses, use{strings.TrimPrefix(filepath.ToSlash(file), "../"), imported})
	}
	return uses, nil
}

// required lists the modules of go.mod.
func required(t *testing.T) []string {
	t.Helper()
	text, err := os.ReadFile("../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	var modules []string
	for line := range strings.Lines(string(text)) {
		if f := strings.Fields(strings.TrimPrefix(strings.TrimSpace(line), "require ")); len(f) >= 2 && foreign(f[0]) {
			modules = append(modules, f[0])
		}
	}
	return modules
}
