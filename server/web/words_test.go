package web

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
	tables "lianxin/server/channel/sheet"
	"lianxin/server/media"
	"lianxin/server/office"
)

// Every enumeration that the pages put into words has exactly its words.
func TestFamiliesOfWords(t *testing.T) {
	var events, states, kinds, outcomesKeys, deedKeys, roleKeys, sections, reasons, paths []string
	events = append(events, "event.filed", "event.assigned.to", "event.lettered", "event.extended.to", "event.contacted.missed", "event.detached.lost", "event.reminded.what", "event.unruled",
		"event.followed", "event.parted", "event.shared", "event.transferred", "event.redated", "event.charged", "event.help-moved",
		"event.call-wanted", "event.called-back", "event.forgotten", "event.erased", "event.tried") // what follows from a deed, or is no case's, and no row makes
	deedKeys = append(deedKeys, "deed.answer.fill", "deed.contact.reached.yes", "deed.contact.reached.no", "deed.assign.unit.likely", "deed.assign.co.fold")
	for _, row := range board.Deeds {
		if row.Makes != "" {
			events = append(events, "event."+string(row.Makes))
		}
		if len(onDesk(row)) == 0 {
			continue
		}
		key := "deed." + string(row.Deed)
		deedKeys = append(deedKeys, key+".title", key+".hint", key+".button")
		fields, known := deeds[row.Deed]
		if !known {
			t.Errorf("no page knows the fields of %s", row.Deed)
		}
		for _, f := range fields {
			deedKeys = append(deedKeys, key+"."+f.Name+".label", key+"."+f.Name+".hint")
		}
	}
	for _, s := range board.Stages {
		states = append(states, "state."+string(s))
		if tones[s] == "" {
			t.Errorf("the state %s has no tone", s)
		}
	}
	for _, k := range board.Kinds {
		kinds = append(kinds, "kind."+string(k), "kind."+string(k)+".hint")
	}
	for _, o := range board.Outcomes {
		outcomesKeys = append(outcomesKeys, "outcome."+string(o))
	}
	roleKeys = append(roleKeys, "role.resident", "role.resident.does", "role.system")
	for _, r := range board.StaffRoles {
		roleKeys = append(roleKeys, "role."+string(r), "role."+string(r)+".does")
	}
	sections = append(sections, "desk.section.all")
	everybody := office.Who{Actor: board.Actor{Staff: board.ID{1}, Roles: board.StaffRoles}}
	for _, s := range everybody.Shelves() {
		sections = append(sections, "desk.section."+string(s))
	}
	for _, reason := range board.DeclineReasons {
		reasons = append(reasons, "decline."+reason)
	}
	for _, path := range board.Paths {
		paths = append(paths, "divert."+path)
	}
	tasks := []string{"task.reviewer", "task.reply." + string(board.AtHead), "task.reply." + string(board.Waiting), "task.reply." + string(board.Returned)}
	for _, ask := range []board.AskState{board.AsksBack, board.AsksHead, board.AsksForTime, board.Objects} {
		tasks = append(tasks, "task."+string(ask))
	}
	for _, name := range tasksOf {
		tasks = append(tasks, "task."+name)
	}
	var means []string
	for _, m := range []board.Means{board.ByCode, board.ByPaper, board.ByWitness, board.Unshown, board.ByEar, board.InPerson, board.OnForm} {
		means = append(means, "means."+string(m))
	}
	var papers []string
	for _, k := range board.PaperKinds {
		papers = append(papers, "paper."+string(k), "paper."+string(k)+".hint")
	}
	var columns []string
	for _, c := range tables.Columns() {
		columns = append(columns, "import.column."+c)
	}
	var files, unkept []string
	flashes := []string{"flash.attach.removed", "flash.attach.again"}
	for _, s := range board.AttachmentSorts {
		files = append(files, "attached."+string(s), "attached."+string(s)+".saved")
		flashes = append(flashes, "flash.attach."+string(s))
		events = append(events, "event.attached."+string(s))
	}
	for _, r := range media.Refusals {
		if id := mediaFault(r).ID; r != media.Nothing { // which is the board's to say
			unkept = append(unkept, "fault."+id)
		}
	}
	for family, want := range map[string][]string{
		"attached.": files, "flash.attach.": flashes, "fault.media.": unkept,
		"import.column.": columns,
		"import.state.":  {"import.state.done", "import.state.open"},
		"means.":         means, "paper.": papers,
		"case.pressed.": {"case.pressed.no", "case.pressed.yes"}, "press.said.": {"press.said.no", "press.said.yes"},
		"event.": events, "state.": states, "kind.": kinds, "outcome.": outcomesKeys, "deed.": deedKeys,
		"changed.": changeKeys(),
		"role.":    roleKeys, "desk.section.": sections, "light.": {"light.yellow", "light.red"},
		"decline.": reasons, "divert.": paths,
		"task.": tasks, "mark.": {"mark.supervised", "mark.reopened", "mark.hidden", "mark.frozen", "mark.raised.inspector", "mark.raised.leader"},
	} {
		have := keysOf(t, family)
		slices.Sort(want)
		if !slices.Equal(have, slices.Compact(want)) {
			t.Errorf("the words of %s are\n%q, wanted are\n%q", family, have, want)
		}
	}
	for _, e := range board.EventKinds() {
		if strings.HasPrefix(string(e), "case-") {
			t.Errorf("%s is no event that a case's page can tell", e)
		}
	}
	if len(status) != len(headings) {
		t.Error("a kind of fault has no status or no heading")
	}
}

// keysOf are the keys of a family in the Chinese file.
func keysOf(t *testing.T, family string) []string {
	t.Helper()
	raw, err := os.ReadFile("../../locales/zh-Hans.json")
	if err != nil {
		t.Fatal(err)
	}
	var keys []string
	for line := range strings.Lines(string(raw)) {
		if key, _, ok := strings.Cut(strings.TrimSpace(line), `":`); ok {
			if key = strings.TrimPrefix(key, `"`); strings.HasPrefix(key, family) {
				keys = append(keys, key)
			}
		}
	}
	slices.Sort(keys)
	return keys
}

// Every fault that the sources name can be said.
func TestEveryFaultHasItsWords(t *testing.T) {
	known := keysOf(t, "fault.")
	for _, id := range faultIDs(t, "../board", "../office", "../channel/sheet", ".") {
		if !slices.Contains(known, "fault."+id) {
			t.Errorf("nobody can say the fault %q", id)
		}
	}
	for _, row := range board.Deeds {
		for _, g := range row.Guards {
			if !slices.Contains(known, "fault.deed."+string(g)) {
				t.Errorf("nobody can say the guard %q", g)
			}
		}
	}
}

// faultIDs are the IDs in Fault{ID: "…"}, invalid(field, "…"), said(field, "…"),
// note(by, deed, "…") and wait("…").
func faultIDs(t *testing.T, dirs ...string) []string {
	t.Helper()
	var ids []string
	for _, d := range dirs {
		files, err := filepath.Glob(filepath.Join(d, "*.go"))
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: %d files, %v", d, len(files), err)
		}
		for _, name := range files {
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			ast.Inspect(file, func(n ast.Node) bool {
				switch n := n.(type) {
				case *ast.KeyValueExpr:
					if key, ok := n.Key.(*ast.Ident); ok && key.Name == "ID" {
						ids = append(ids, literal(n.Value)...)
					}
				case *ast.CallExpr:
					if f, ok := n.Fun.(*ast.SelectorExpr); ok && f.Sel.Name == "note" && len(n.Args) > 2 {
						ids = append(ids, literal(n.Args[2])...)
					}
					if f, ok := n.Fun.(*ast.Ident); ok && (f.Name == "invalid" || f.Name == "said") && len(n.Args) > 1 {
						ids = append(ids, literal(n.Args[1])...)
					} else if ok && f.Name == "wait" && len(n.Args) > 0 {
						ids = append(ids, literal(n.Args[0])...)
					}
				}
				return true
			})
		}
	}
	if len(ids) < 30 {
		t.Fatalf("only %d faults were found: this test has gone blind", len(ids))
	}
	return ids
}

func literal(e ast.Expr) []string {
	if l, ok := e.(*ast.BasicLit); ok && l.Kind == token.STRING {
		if text, err := strconv.Unquote(l.Value); err == nil {
			return []string{text}
		}
	}
	return nil
}

func TestTheDemo(t *testing.T) {
	w := newWorld(t, demo)
	b := w.browser()
	for _, role := range board.StaffRoles {
		room := map[board.Role]string{board.Operator: w.T("intake.title"), board.Admin: w.T("admin.title"), board.Helper: w.T("assist.title")}[role]
		if room == "" {
			room = w.T("desk.title")
		}
		b.get("/demo").want(200, w.T("demo.title")).send("/demo/enter/"+string(role)).want(200, room)
	}
	b.do("POST", "/demo/enter/mayor", b.post(w, "/demo/enter/mayor")).want(404)
	phone := b.get("/demo/phone")
	phone.send("/demo/phone", "from", "13800138000", "text", "查 2612345674").want(200, "138 0013 8000", "查 2612345674")
	phone.post("/demo/phone", "from", "12", "text", "查").wrong(422, "from", w.T("fault.phone.short", "Digits", 2), "text", "查")
	real := loneWorld(t).browser()
	for _, path := range []string{"/demo", "/demo/phone"} {
		real.get(path).want(404)
	}
}

// changeKeys are the words of everything that can be changed about how the county
// works: what is folded into its own streams.
func changeKeys() (keys []string) {
	for _, f := range []board.Fact{
		board.CountyNamed{}, board.PlacesListed{}, board.TopicsListed{}, board.RulesSet{}, board.YearAnnounced{}, board.DutySet{}, board.TakenOut{},
		board.Founded{}, board.Renamed{}, board.Dissolved{}, board.ModelsListed{},
		board.Hired{}, board.Posted{}, board.Rekeyed{}, board.WentAway{}, board.LeftOffice{}, board.VillagesListed{}, board.VillageMeant{},
	} {
		keys = append(keys, "changed."+string(f.Kind()))
	}
	return keys
}
