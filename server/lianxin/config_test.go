package main

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
)

var readmes = []string{"../../README.md", "../../README.zh-CN.md"}

// commands are all commands with their flags, as the command line knows them.
func commands(t *testing.T) (names []string, flags map[string]*kong.Flag) {
	t.Helper()
	parser, err := kong.New(new(program))
	if err != nil {
		t.Fatal(err)
	}
	flags = map[string]*kong.Flag{}
	for _, leaf := range parser.Model.Leaves(true) {
		names = append(names, "lianxin "+strings.TrimPrefix(leaf.FullPath(), parser.Model.Name+" "))
		for _, group := range leaf.AllFlags(true) {
			for _, f := range group {
				// The made-up county's own flags have no environment; a flag of
				// the same name that has one is the process's.
				if before := flags[f.Name]; f.Name != "help" && (before == nil || len(before.Envs) == 0) {
					flags[f.Name] = f
				}
			}
		}
	}
	return names, flags
}

// Both READMEs have one row for each flag of a process, with its environment
// and its default, and no other; and they name each command and flag besides.
func TestReadmeFlags(t *testing.T) {
	names, flags := commands(t)
	for _, file := range readmes {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		text := string(raw)
		var want []string
		for _, f := range flags {
			if !strings.Contains(text, "`--"+f.Name) {
				t.Errorf("%s does not tell of --%s", file, f.Name)
			}
			if len(f.Envs) == 0 {
				continue
			}
			usual := "–"
			if f.HasDefault {
				usual = "`" + f.Default + "`"
			}
			want = append(want, "| `--"+f.Name+"` | `"+f.Envs[0]+"` | "+usual+" |")
		}
		have := regexp.MustCompile("(?m)^\\| `--.*?` \\| .*? \\| .*? \\|").FindAllString(text, -1)
		slices.Sort(want)
		slices.Sort(have)
		if !slices.Equal(have, want) {
			t.Errorf("%s has the rows\n%s\nwant\n%s", file, strings.Join(have, "\n"), strings.Join(want, "\n"))
		}
		for _, name := range names {
			command, _, _ := strings.Cut(name, " <")
			if !strings.Contains(text, "| `"+command) {
				t.Errorf("%s has no row for %q", file, command)
			}
		}
	}
}

func TestReadmeTargets(t *testing.T) {
	makefile, err := os.ReadFile("../../Makefile")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range readmes {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var have []string
		for _, row := range regexp.MustCompile("(?m)^\\| `make ([a-z-]+)` \\|").FindAllStringSubmatch(string(text), -1) {
			have = append(have, row[1])
		}
		for _, target := range regexp.MustCompile(`(?m)^([a-z-]+):.*## `).FindAllStringSubmatch(string(makefile), -1) {
			if !slices.Contains(have, target[1]) {
				t.Errorf("%s does not tell of make %s", file, target[1])
			}
			have = slices.DeleteFunc(have, func(s string) bool { return s == target[1] })
		}
		if len(have) > 0 {
			t.Errorf("%s tells of targets that are not there: %v", file, have)
		}
	}
}
