package locales

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"text/template/parse"
)

// families are the beginnings of keys that are put together at run time from
// an enumeration: "deed." + name, and so on. No scan can see these uses, so
// each enumeration has a test of its own that asks for exactly its words. This
// is the one list of them; whoever joins a key anew adds its family here.
var families = []string{
	"attached.",
	"case.pressed.",
	"changed.",
	"date.month.",
	"date.weekday.",
	"decline.",
	"deed.",
	"desk.section.",
	"divert.",
	"event.",
	"fault.deed.",
	"fault.media.",
	"fault.reply.",
	"flash.attach.",
	"import.column.",
	"import.state.",
	"kind.",
	"mark.",
	"means.",
	"outcome.",
	"paper.",
	"preset.",
	"press.said.",
	"role.",
	"rules.",
	"sms.state.",
	"state.",
	"task.",
	"topic.",
}

// use is one place where a key is asked for. Names are the arguments given
// with it, or nil where the scan cannot tell.
type use struct {
	where, key string
	names      []string
	known      bool // names is complete
}

// scan is what the module's Go and HTML say about keys.
type scan struct {
	asked  []use           // must be there
	spoken map[string]bool // every literal string: any of them may be a key
}

func TestKeysAndTheirUses(t *testing.T) {
	s := scan{spoken: map[string]bool{}}
	if err := s.walk(".."); err != nil {
		t.Fatal(err)
	}
	words := opened(t).tongues[0]
	for _, u := range s.asked {
		text := words.texts[u.key]
		if text == nil {
			t.Errorf("%s asks for %q, which no language has", u.where, u.key)
			continue
		}
		if !u.known {
			continue
		}
		for _, name := range placeholders(t, text) {
			if !slices.Contains(u.names, name) {
				t.Errorf("%s does not give %q its {{.%s}}", u.where, u.key, name)
			}
		}
	}
	for _, id := range ids(words) {
		inFamily := slices.ContainsFunc(families, func(f string) bool { return strings.HasPrefix(id, f) })
		// A fault may be named without its family.
		if !inFamily && !s.spoken[id] && !s.spoken[strings.TrimPrefix(id, "fault.")] {
			t.Errorf("%q is in the files and nobody says it", id)
		}
	}
}

// The scan is only as good as its eyes: show it each way of asking.
func TestScanSees(t *testing.T) {
	s := scan{spoken: map[string]bool{}}
	if err := s.page("p.html", `{{define "x"}}{{.T "a.a"}}{{end}}{{if .T "a.b"}}{{$.T "a.c" "Date" .D}}{{end}}
		{{template "part/x" (.T "a.d")}}{{range .L}}{{with $.Words.T "a.e" "N" (printf "%d" 1)}}{{else}}{{(index .L 0).T "a.f"}}{{end}}{{end}}
		{{$w := .Words}}{{$w.T "a.g" "Count" 1}}{{.T .Key}}{{.Say "a.h"}}`); err != nil {
		t.Fatal(err)
	}
	if err := s.source("f.go", `package p
		var a = w.T("b.a")
		var b = x.y.T("b.b", "Date", d, "N", 2)
		var c = w.T("b.c", more...)
		var d = Fault{Kind: Invalid, ID: "b.d", Args: []any{"Max", max}}
		var e = &board.Fault{ID: "b.e", Args: args}
		var h = board.Fault{Kind: k, ID: "b." + name}
		var i = invalid("field", "b.i", "Max", 30)
		var f = refuse("fault.b.f")
		var g = []string{"b.g", "fault." + name}
		type r struct { T string `+"`json:\"b.h\"`"+` }`); err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, u := range s.asked {
		line := u.key
		if u.known {
			line += fmt.Sprint(u.names)
		}
		got = append(got, line)
	}
	slices.Sort(got)
	want := []string{"a.a[]", "a.b[]", "a.c[Date]", "a.d[]", "a.e[N]", "a.f[]", "a.g[Count]",
		"b.a[]", "b.b[Date N]", "b.c", "fault.b.d[Max]", "fault.b.e", "fault.b.f", "fault.b.i[Max]"}
	if got := slices.Compact(got); !slices.Equal(got, want) {
		t.Errorf("asked\n%q, want\n%q", got, want)
	}
	for _, key := range []string{"a.h", "b.g"} {
		if !s.spoken[key] {
			t.Errorf("%q was not heard", key)
		}
	}
	if s.spoken["b.h"] {
		t.Error("a struct tag was taken for words")
	}
}

// walk reads every Go file but tests, and every page, below root.
func (s *scan) walk(root string) error {
	return filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := entry.Name()
		if entry.IsDir() {
			if path != root && (name == "node_modules" || name == "testdata" || name == "bin" || strings.HasPrefix(name, ".")) {
				return filepath.SkipDir
			}
			return nil
		}
		read := s.source
		switch {
		case strings.HasSuffix(name, ".html"):
			read = s.page
		case !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go"):
			return nil
		}
		raw, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		return read(path, string(raw))
	})
}

// source hears the literals of a Go file, and asks for the keys of w.T("…"),
// of Fault{ID: "…"}, of invalid(field, "…") and of every literal that begins
// with "fault.".
func (s *scan) source(path, text string) error {
	set := token.NewFileSet()
	file, err := parser.ParseFile(set, path, text, parser.SkipObjectResolution)
	if err != nil {
		return err
	}
	where := func(n ast.Node) string { return set.Position(n.Pos()).String() }
	faultKey := regexp.MustCompile(`^fault\.[a-z0-9_.-]*[a-z0-9]$`)
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ImportSpec:
			return false
		case *ast.Field:
			n.Tag = nil // not words, and it need not be visited
		case *ast.BasicLit:
			if key, ok := literal(n); ok {
				s.spoken[key] = true
				if faultKey.MatchString(key) {
					s.asked = append(s.asked, use{where: where(n), key: key})
				}
			}
		case *ast.CompositeLit:
			if u, ok := fault(n); ok {
				u.where = where(n)
				s.asked = append(s.asked, u)
			}
		case *ast.CallExpr:
			if u, ok := call(n); ok {
				u.where = where(n)
				s.asked = append(s.asked, u)
			}
		}
		return true
	})
	return nil
}

// literal is the value of a string literal.
func literal(n ast.Expr) (string, bool) {
	lit, ok := n.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return "", false
	}
	text, err := strconv.Unquote(lit.Value)
	return text, err == nil
}

// call is the key that w.T("key", pairs…) or board's invalid(field, "id",
// pairs…) asks for.
func call(n *ast.CallExpr) (use, bool) {
	at, family := 0, ""
	switch f := n.Fun.(type) {
	case *ast.SelectorExpr:
		if f.Sel.Name != "T" {
			return use{}, false
		}
	case *ast.Ident:
		if f.Name != "invalid" {
			return use{}, false
		}
		at, family = 1, "fault."
	default:
		return use{}, false
	}
	if len(n.Args) <= at {
		return use{}, false
	}
	key, ok := literal(n.Args[at])
	names, known := pairNames(n.Args[at+1:], literal)
	return use{"", family + key, names, known && !n.Ellipsis.IsValid()}, ok
}

// fault is the key that Fault{…, ID: "id", Args: []any{pairs…}} asks for.
func fault(n *ast.CompositeLit) (use, bool) {
	typ := n.Type
	if sel, ok := typ.(*ast.SelectorExpr); ok {
		typ = sel.Sel
	}
	if name, ok := typ.(*ast.Ident); !ok || name.Name != "Fault" {
		return use{}, false
	}
	u, found := use{known: true}, false
	for _, e := range n.Elts {
		pair, ok := e.(*ast.KeyValueExpr)
		if !ok {
			return use{}, false
		}
		field, ok := pair.Key.(*ast.Ident)
		if !ok {
			return use{}, false
		}
		switch field.Name {
		case "ID":
			var id string
			id, found = literal(pair.Value)
			u.key = "fault." + strings.TrimPrefix(id, "fault.")
		case "Args":
			args, ok := pair.Value.(*ast.CompositeLit)
			if !ok {
				u.known = false
				continue
			}
			u.names, u.known = pairNames(args.Elts, literal)
		}
	}
	return u, found
}

// pairNames takes every second argument; it is complete when all of these are
// literals.
func pairNames[N any](args []N, literal func(N) (string, bool)) ([]string, bool) {
	names := []string{}
	for i := 0; i < len(args); i += 2 {
		name, ok := literal(args[i])
		if !ok {
			return nil, false
		}
		names = append(names, name)
	}
	return names, true
}

// page hears the literals of a template and asks for the keys of .T "…".
func (s *scan) page(path, text string) error {
	tree := parse.New(path)
	tree.Mode = parse.SkipFuncCheck
	trees := map[string]*parse.Tree{}
	if _, err := tree.Parse(text, "", "", trees); err != nil {
		return err
	}
	for _, tree := range trees {
		if tree.Root != nil {
			s.node(path, tree, tree.Root)
		}
	}
	return nil
}

// node goes through one node of a template and all below it.
func (s *scan) node(path string, tree *parse.Tree, n parse.Node) {
	below := func(nodes ...parse.Node) {
		for _, n := range nodes {
			s.node(path, tree, n)
		}
	}
	branch := func(b *parse.BranchNode) {
		below(b.Pipe, b.List)
		if b.ElseList != nil {
			below(b.ElseList)
		}
	}
	switch n := n.(type) {
	case *parse.ListNode:
		below(n.Nodes...)
	case *parse.ActionNode:
		below(n.Pipe)
	case *parse.TemplateNode:
		if n.Pipe != nil {
			below(n.Pipe)
		}
	case *parse.IfNode:
		branch(&n.BranchNode)
	case *parse.RangeNode:
		branch(&n.BranchNode)
	case *parse.WithNode:
		branch(&n.BranchNode)
	case *parse.ChainNode:
		below(n.Node)
	case *parse.PipeNode:
		for _, c := range n.Cmds {
			below(c)
		}
	case *parse.StringNode:
		s.spoken[n.Text] = true
	case *parse.CommandNode:
		if len(n.Args) > 1 && callsT(n.Args[0]) {
			if key, ok := quoted(n.Args[1]); ok {
				names, known := pairNames(n.Args[2:], quoted)
				where, _ := tree.ErrorContext(n)
				s.asked = append(s.asked, use{where, key, names, known})
			}
		}
		below(n.Args...)
	}
}

// callsT says whether a command is .T, $.T, $w.T, .Words.T or (…).T.
func callsT(n parse.Node) bool {
	var path []string
	switch n := n.(type) {
	case *parse.FieldNode:
		path = n.Ident
	case *parse.VariableNode:
		path = n.Ident
	case *parse.ChainNode:
		path = n.Field
	}
	return len(path) > 0 && path[len(path)-1] == "T"
}

func quoted(n parse.Node) (string, bool) {
	s, ok := n.(*parse.StringNode)
	if !ok {
		return "", false
	}
	return s.Text, true
}
