package demo

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"lianxin/server/board"
	"lianxin/server/office"
	"lianxin/store"
)

// told is everything that happened in a made-up county.
type told struct {
	cases  []*board.Case
	people []*board.Person
	events []board.Event
}

func everything(t *testing.T, s *store.Store) (all told) {
	t.Helper()
	for _, sort := range board.Sorts {
		var streams []board.Stream
		err := s.Tell(t.Context(), sort, func(e store.Told) error {
			if e.Seq == 1 {
				streams = append(streams, e.Stream)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		err = s.View(t.Context(), func(tx *store.Tx) error {
			for _, stream := range streams {
				if err := all.add(tx, stream); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return all
}

func (all *told) add(tx *store.Tx, s board.Stream) error {
	events, err := tx.Events(s)
	all.events = append(all.events, events...)
	if err != nil {
		return err
	}
	switch s.Sort {
	case board.Cases:
		c, err := tx.Case(s.ID)
		all.cases = append(all.cases, c)
		return err
	case board.Persons:
		p, err := tx.Person(s.ID)
		all.people = append(all.people, p)
		return err
	}
	return nil
}

// constants are the values that board gives to each of its types: whoever adds
// one there finds here that no story leads to it.
func constants(t *testing.T) map[string][]string {
	t.Helper()
	files, err := filepath.Glob("../board/*.go")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	all := map[string][]string{}
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, text, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			spec, is := n.(*ast.ValueSpec)
			if !is || len(spec.Values) == 0 {
				return true
			}
			of, typed := spec.Type.(*ast.Ident)
			value, literal := spec.Values[0].(*ast.BasicLit)
			if typed && literal && value.Kind == token.STRING {
				text, _ := strconv.Unquote(value.Value)
				all[of.Name] = append(all[of.Name], text)
			}
			return true
		})
	}
	return all
}

// seen are the values that the stories lead to, by the type that board gives
// them.
func (all told) seen() map[string]map[string]bool {
	seen := map[string]map[string]bool{}
	see := func(of string, value string) {
		if seen[of] == nil {
			seen[of] = map[string]bool{}
		}
		seen[of][value] = true
	}
	for _, p := range all.people {
		see("Way", string(p.Told()))
		for _, k := range p.Kin {
			see("KinScope", string(k.Scope))
		}
	}
	for _, c := range all.cases {
		see("Stage", string(c.Stage))
		see("ReplyState", string(c.Reply))
		see("AskState", string(c.Asking()))
		see("Standing", string(c.Standing))
		see("PublicState", string(c.Public))
		see("Kind", string(c.Kind))
	}
	for _, e := range all.events {
		see("Channel", string(e.Channel))
		see("made", string(e.Kind))
		switch f := e.Fact.(type) {
		case board.Rated:
			see("Outcome", string(f.Outcome))
		case board.Refused:
			see("reason", f.Reason)
		case board.SentOn:
			see("path", f.Path)
		case board.Charged:
			see("Why", string(f.Why))
		case board.ReadOut:
			see("How", string(f.How))
		case board.PapersPrinted:
			see("PaperKind", string(f.Paper))
		case board.Filed:
			if f.Grant != nil {
				see("Means", string(f.Grant.Means))
				see("Scope", string(f.Grant.Scope))
			}
		}
	}
	return seen
}

// aged is what no case of a county can be that is some weeks old: put away a year
// after its end, at the least.
const aged = string(board.Anonymised)

// A new state, kind, channel or deed without a story is missed here.
func TestEveryStateHasAStory(t *testing.T) {
	s, o := looked(t)
	all := everything(t, s)
	if len(all.cases) < 60 {
		t.Errorf("there are %d cases", len(all.cases))
	}
	want, seen := constants(t), all.seen()
	want["reason"], want["path"] = board.DeclineReasons, board.Paths
	for _, row := range board.Deeds {
		want["made"] = append(want["made"], string(row.Makes))
	}
	for _, of := range []string{"Stage", "ReplyState", "AskState", "Standing", "PublicState", "Kind", "Outcome", "Channel", "Way",
		"Means", "How", "Why", "KinScope", "PaperKind", "reason", "path", "made"} {
		if len(want[of]) < 2 {
			t.Errorf("board has no list of %s", of)
		}
		for _, value := range want[of] {
			if !seen[of][value] && value != aged {
				t.Errorf("no story of %s %q", of, value)
			}
		}
	}
	for _, e := range all.events {
		if !e.Time.Before(now) {
			t.Errorf("%s: %s happens at %s, after the county was made", e.Stream, e.Kind, e.Time)
		}
	}
	if found, err := o.Check(t.Context(), nil); err != nil || !found.Clean() {
		t.Errorf("%v %v", found.Problems, err)
	}
}

// Each shelf that anybody works from has something on it.
func TestEveryShelfIsFilled(t *testing.T) {
	_, o := looked(t)
	filled, lights := map[office.Shelf]bool{}, map[board.Light]bool{}
	shelves := map[office.Shelf]bool{}
	for _, member := range Staff {
		token, err := o.Enter(t.Context(), member.Login)
		if err != nil {
			t.Fatal(err)
		}
		who, err := o.Who(t.Context(), token)
		if err != nil {
			t.Fatal(err)
		}
		for _, shelf := range who.Shelves() {
			desk, err := o.Desk(t.Context(), who, shelf, "", 100)
			if err != nil {
				t.Fatal(err)
			}
			shelves[shelf] = true
			filled[shelf] = filled[shelf] || len(desk.Cases) > 0
			for _, light := range desk.Lights {
				lights[light] = true
			}
		}
	}
	for shelf := range shelves {
		if !filled[shelf] {
			t.Errorf("nothing lies on the shelf %s", shelf)
		}
	}
	if !lights[board.Green] || !lights[board.Yellow] || !lights[board.Red] {
		t.Errorf("the desks show only %v", lights)
	}
	boss := entered(t, o, board.Inspector)
	patterns, err := o.Patterns(t.Context(), boss)
	alarm := slices.ContainsFunc(patterns, func(p office.Pattern) bool { return p.Alarm && p.SharedPhones > 0 && p.NotTheirs > 0 })
	if err != nil || !alarm {
		t.Errorf("nothing stands out to the inspector: %+v, %v", patterns, err)
	}
	phones := entered(t, o, board.Operator)
	calls, _, err := o.Calls(t.Context(), phones, "")
	if err != nil || len(calls) < 4 || !slices.ContainsFunc(calls, func(c office.CallItem) bool { return c.Why == office.CallBackWanted }) {
		t.Errorf("%d people to call, %v", len(calls), err)
	}
	if letters, _, err := o.Letters(t.Context(), phones, ""); err != nil || len(letters) == 0 {
		t.Errorf("%d letters to write, %v", len(letters), err)
	}
	if tasks, err := o.Tasks(t.Context(), entered(t, o, board.Helper)); err != nil || len(tasks) == 0 {
		t.Errorf("nothing to be read aloud, %v", err)
	}
}

// entered is the first member of staff with a role.
func entered(t *testing.T, o *office.Office, r board.Role) office.Who {
	t.Helper()
	for _, member := range Staff {
		if member.Role != r {
			continue
		}
		token, err := o.Enter(t.Context(), member.Login)
		if err != nil {
			t.Fatal(err)
		}
		who, err := o.Who(t.Context(), token)
		if err != nil {
			t.Fatal(err)
		}
		return who
	}
	t.Fatalf("nobody is a %s", r)
	return office.Who{}
}

// stock are phrases that answer nothing.
var stock = []string{"高度重视", "进一步加强", "已转交", "转相关", "相关部门", "有关部门", "正在协调", "加大力度", "积极推进", "妥善处理", "感谢您的监督", "感谢您对", "经核实", "予以", "请咨询", "！"}

// Every person speaks in words of their own, and every answer that reached one
// says what was found and done, and whom to call.
func TestTheWordsArePeoples(t *testing.T) {
	s, _ := looked(t)
	bodies := map[string]board.Number{}
	answers := map[string]board.Number{}
	for _, c := range everything(t, s).cases {
		if c.Standing == board.NotTheirs || c.Cleared() {
			continue
		}
		if twin := bodies[c.Body]; twin != "" || len([]rune(c.Body)) < 10 {
			t.Errorf("%q is said twice, or says nothing", c.Body)
		}
		bodies[c.Body] = c.Number
		r := c.Published
		if r == nil || c.MergedInto != (board.ID{}) {
			continue
		}
		if twin := answers[r.Done]; twin != "" {
			t.Errorf("%q is answered twice", r.Done)
		}
		answers[r.Done] = c.Number
		for _, phrase := range stock {
			if strings.Contains(r.Found+r.Done, phrase) {
				t.Errorf("%q says %q", c.Title, phrase)
			}
		}
		if !strings.ContainsAny(r.Contact, "0123456789") && !strings.Contains(r.Contact, "村") {
			t.Errorf("%q: whom to call? %q", c.Title, r.Contact)
		}
	}
	if len(answers) < 20 {
		t.Errorf("only %d answers", len(answers))
	}
}
