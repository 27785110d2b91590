package office_test

import (
	"context"
	"crypto/sha256"
	"fmt"
	"iter"
	"math/rand/v2"
	"os"
	"slices"
	"sync"
	"testing"
	"time"

	"lianxin/server/board"
	"lianxin/server/office"
	"lianxin/store"
	"lianxin/store/kv"
	"lianxin/store/kv/overlay"
	"lianxin/store/kv/twice"
)

// memory is an engine that forgets everything at the end: thousands of
// histories need no disk.
type memory struct {
	sync.Mutex
	all *overlay.Tx
}

func (m *memory) View(_ context.Context, read func(kv.Tx) error) error {
	m.Lock()
	defer m.Unlock()
	return read(m.all)
}

func (m *memory) Update(_ context.Context, write func(kv.Tx) error) error {
	m.Lock()
	defer m.Unlock()
	deed := overlay.New(m.all)
	if err := write(deed); err != nil {
		return err
	}
	return deed.Flush(m.all)
}

func (m *memory) Close() error { return nil }

// nothing is what an empty engine holds.
type nothing struct{ kv.Tx }

func (nothing) Get([]byte) ([]byte, error) { return nil, nil }
func (nothing) Scan(from, to []byte) iter.Seq2[kv.Pair, error] {
	return func(func(kv.Pair, error) bool) {}
}
func (nothing) ScanBack(from, to []byte) iter.Seq2[kv.Pair, error] {
	return func(func(kv.Pair, error) bool) {}
}

// chance is a county in which anything may happen to anybody, the same for the
// same seed.
type chance struct {
	*county
	*rand.Rand
	units   []board.ID
	logins  []string
	people  []office.Who
	numbers []board.Number
	forms   uint64

	printer board.Actor
	slips   *board.Series
	slipped int
}

// TestRandomHistories leads thousands of cases through random deeds of random
// people, allowed and forbidden, each form sent twice, by a clock that jumps and
// strikes, on an engine that runs every closure twice. After each deed the case
// is sound; now and then, and at the end, every list holds exactly what it
// should, and events, snapshots and indexes agree. LIANXIN_ALL=1 takes longer.
func TestRandomHistories(t *testing.T) {
	counties := 60 // of forty cases each
	switch {
	case os.Getenv("LIANXIN_ALL") != "":
		counties = 400
	case raced || testing.Short():
		counties = 8
	}
	for seed := range uint64(counties) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			began := noon
			if seed%2 == 1 {
				began = time.Date(2026, 12, 10, 9, 0, 0, 0, board.Zone) // dates reach into a year without a calendar
			}
			w := &chance{Rand: rand.New(rand.NewPCG(seed, 3)), county: foundOn(t, twice.New(&memory{all: overlay.New(nothing{})}), began)}
			w.settle()
			w.live(600)
		})
	}
}

// settle brings people into the county, some of them with several roles.
func (w *chance) settle() {
	parks, err := w.Found(ctx, office.Box, board.Founded{Name: board.Texts{"zh-Hans": "园林局"}})
	w.must(err)
	w.units = []board.ID{w.lamps, w.water, parks}
	w.rule(func(r *board.Rules) { r.KeepYears, r.SkipHead, r.HeadReply = 1, w.IntN(3) == 0, w.IntN(2) == 0 })
	w.hire("parks", parks, board.Handler)
	w.hire("chief", w.lamps, board.Head)
	w.hire("chief2", w.water, board.Head, board.Reviewer, board.Handler)
	w.hire("desk2", board.ID{}, board.Dispatcher, board.Reviewer)
	w.hire("lamps2", w.lamps, board.Handler, board.Reviewer)
	w.hire("call2", w.lamps, board.Operator, board.Handler, board.Reviewer)
	w.hire("boss", board.ID{}, board.Leader, board.Inspector)
	w.printer = w.hire("print", board.ID{}, board.Operator).Actor
	w.aide("aid1", board.ID{}, board.Area{Township: "东关镇"})
	w.aide("aid2", w.lamps, board.Area{Township: "东关镇", Village: "东关村"})
	w.aide("aid3", board.ID{}, board.Area{Township: "东关镇"})
	county, err := w.County(ctx)
	w.must(err)
	for _, s := range county.Staff {
		if s.ID != w.printer.Staff { // who printed slips gives none out
			w.logins = append(w.logins, s.Login)
		}
	}
	slices.Sort(w.logins)
	for i := range 4 {
		id, err := board.NewID(w.clock.now(), staffIDs)
		w.must(err)
		by := board.Actor{Person: id, Roles: board.Roles{board.Resident}, Channel: board.Web}
		joined := board.Joined{Phone: board.Phone(fmt.Sprintf("1380013800%d", i)), Lang: "zh-Hans", Name: names[i%2], Tell: board.Ways[i]}
		w.must(w.store.Update(ctx, func(tx *store.Tx) error { return tx.Append(board.Join(id, by, joined, w.clock.now())) }))
		w.people = append(w.people, office.Who{Actor: by})
	}
}

// names are what people are called here.
var names = []string{"李桂芳", "张大爷", "王秀兰"}

// live lets so many things happen.
func (w *chance) live(steps int) {
	const mostCases = 40
	announced, dissolved, left, aged := w.IntN(steps), w.IntN(steps), w.IntN(steps), w.IntN(steps)
	at := board.Number("") // histories are told in runs of a few deeds
	for step := range steps {
		switch p := w.IntN(100); {
		case step == announced:
			_, _, err := w.AnnounceYear(ctx, w.admin.Actor, []byte(newYear))
			w.must(err) // also when it was forgotten until the year was over
		case step == dissolved:
			w.must(w.Dissolve(ctx, w.admin.Actor, w.units[2], w.units[w.IntN(2)].String()))
			w.units = w.units[:2]
		case step == aged:
			w.age()
		case step == left:
			w.leaves("aid3", []string{"", "aid1", "aid2"}[w.IntN(3)])
		case len(w.numbers) < 3 || p < 10 && len(w.numbers) < mostCases:
			at = w.begin()
		case p < 22:
			w.clock.add(time.Duration(w.ExpFloat64() * float64(10*time.Hour)))
		case p < 26:
			w.strike()
		case p < 30:
			w.hears()
		case p < 45 || at == "":
			at = w.numbers[w.IntN(len(w.numbers))]
			w.act(at)
		default:
			w.act(at)
		}
		if step%200 == 199 {
			w.whole()
		}
	}
	w.people = nil // nobody comes any more
	w.age()
	w.saidNothingTooMuch()
}

// age lets more than a year pass, and the nights carry out the county's rule of
// one. Whoever comes still, and is in no helper's hands, says what to call them.
func (w *chance) age() {
	w.t.Helper()
	w.clock.add(400 * day)
	w.strike()
	for _, who := range w.people {
		p := w.person(who.Person)
		e, err := p.CallMe(who.Actor, p.Name, w.clock.now())
		w.must(err)
		w.must(w.store.Update(ctx, func(tx *store.Tx) error { return tx.Append(e) }))
	}
	var due []board.Number
	for _, n := range w.numbers {
		if c := w.stored(n); w.rests(c) && !c.EndedAt.AddDate(1, 0, 0).After(w.clock.now()) {
			due = append(due, n)
		}
	}
	if cases, _ := w.night(); !same(cases, due) {
		w.t.Fatalf("%v went, due were %v", cases, due)
	}
	w.whole()
}

// rests tells whether nothing keeps a case that ended from being put away.
func (w *chance) rests(c *board.Case) bool {
	return c.Ended && c.Hold == nil && !c.Cleared() && len(c.FollowUps) == 0 && !c.AskBy.Set() && !c.DecideBy.Set()
}

// begin files a case, or has an operator do so.
func (w *chance) begin() board.Number {
	d := board.Draft{Kind: board.Kinds[w.IntN(len(board.Kinds))], Body: "路灯坏了", Township: []string{"", "东关镇", "Dongguan"}[w.IntN(3)],
		Name: "李桂芳", Village: "东关村", Remark: "住三楼", Public: []string{"", "yes", "no"}[w.IntN(3)], Hide: w.IntN(4) == 0, Private: w.IntN(6) == 0, Again: true}
	var n board.Number
	var err error
	switch w.IntN(8) {
	case 0, 1:
		in := intake
		who := w.staff([]string{"call", "call2"}[w.IntN(2)])
		in.Draft, in.Tell, in.Channel = w.about(d, who), board.Ways[w.IntN(4)], []board.Channel{board.Call, board.Counter}[w.IntN(2)]
		n, err = w.TakeIn(ctx, who, w.form(), in)
	case 2, 3, 4:
		n, err = w.helped(d)
	default:
		n, err = w.File(ctx, w.people[w.IntN(len(w.people))], w.form(), d)
	}
	w.must(err)
	w.numbers = append(w.numbers, n)
	w.sound(n)
	return n
}

func (w *chance) form() (o store.Once) {
	w.forms++
	o[0], o[1], o[2] = byte(w.forms>>16), byte(w.forms>>8), byte(w.forms)
	return o
}

// staff is a member of staff as they are posted now.
func (w *chance) staff(login string) office.Who {
	w.t.Helper()
	county, err := w.County(ctx)
	w.must(err)
	for _, s := range county.Staff {
		if s.Login == login {
			return office.Who{Actor: board.Actor{Staff: s.ID, Unit: s.Unit, Roles: s.Roles, Areas: s.Areas, Channel: board.Web}, Name: login, Session: sha256.Sum256([]byte(login))}
		}
	}
	w.t.Fatalf("%s does not work here", login)
	return office.Who{}
}

// actors are all who might do something to a case.
func (w *chance) actors(c *board.Case) []office.Who {
	actors := append([]office.Who{{}, {Actor: board.Actor{Roles: board.Roles{board.Resident}, Channel: board.Web, Opened: []board.ID{c.ID}}}}, w.people...)
	for _, login := range w.logins {
		actors = append(actors, w.staff(login))
	}
	return actors
}

// seldom keeps what can always be done, or ends a history early, from crowding
// out the rest: it is done once in so many chances.
var seldom = map[board.Deed]int{
	board.Add: 8, board.Attach: 8, board.Detach: 4, board.Edit: 8, board.Contact: 4, board.Visit: 8, board.Progress: 8, board.Relay: 8, board.Publish: 4, board.Hide: 8,
	board.Disown: 12, board.Reslip: 20, board.Preserve: 30, board.Release: 4,
	board.Annotate: 12, board.Supervise: 12, board.Reveal: 12, board.Withdraw: 8, board.Decline: 8, board.Divert: 12, board.HandBack: 2, board.AskTime: 2,
}

// act lets somebody do something to a case: mostly what they may, now and then
// anything at all. What the table allows is done, what it does not is not.
func (w *chance) act(n board.Number) {
	w.t.Helper()
	c := w.stored(n)
	actors := w.actors(c)
	who := actors[w.IntN(len(actors))]
	deed := board.Deeds[w.IntN(len(board.Deeds))].Deed
	if w.IntN(6) > 0 {
		may := map[board.Deed][]office.Who{}
		for _, a := range actors {
			for _, d := range c.Doable(a.Actor, w.clock.now()) {
				may[d] = append(may[d], a)
			}
		}
		var likely []board.Deed // in the table's order, so that a seed tells one story
		for _, r := range board.Deeds {
			if len(may[r.Deed]) > 0 && w.IntN(max(1, seldom[r.Deed])) == 0 {
				likely = append(likely, r.Deed)
			}
		}
		if len(likely) == 0 {
			return
		}
		deed = likely[w.IntN(len(likely))]
		who = may[deed][w.IntN(len(may[deed]))]
	}
	_, refused := c.May(who.Actor, deed, w.clock.now())
	before, token, do := c.Changed.Count, w.form(), w.deed(deed, who, n)
	err := do(token)
	faults, isFault := board.Faults(err)
	switch {
	case slices.Contains([]board.Deed{board.Lapse, board.Anonymise, board.Remind, board.PassOn, board.GoUp}, deed) || !c.SeenBy(who.Actor, w.clock.now()) && !unseen(deed, who) || refused != nil:
		if !isFault {
			w.t.Fatalf("%s is done to a %s case by %v: %v", deed, c.Stage, who.Roles, err)
		}
	case isFault && slices.Contains(unlucky[deed], faults[0].ID):
	case err != nil:
		w.t.Fatalf("%s is refused for a %s case to %v: %v", deed, c.Stage, who.Roles, err)
	}
	after := w.stored(n).Changed.Count
	if err == nil {
		w.must(do(token))
	}
	if again := w.stored(n).Changed.Count; again != after || (err == nil) != (after > before) {
		w.t.Fatalf("%s by %v: %d events, then %d, and with the same form again %d", deed, who.Roles, before, after, again)
	}
	w.sound(n)
}

// unlucky are the faults of what chance fills in for deeds that are allowed.
var unlucky = map[board.Deed][]string{
	board.Merge:  {"merge.lead", "merge.chain"},
	board.Assign: {"assign.about"},
	board.Attach: {"attach.photos"},
	board.HandTo: {"handto.helper", "handto.taker", "deed.uninvolved"},
}

// deed gives how somebody does something, with chance in what they fill in.
func (w *chance) deed(d board.Deed, who office.Who, n board.Number) func(store.Once) error {
	pick := func(from []string) string { return from[w.IntN(len(from))] }
	assignment := office.Assignment{Lead: w.units[w.IntN(len(w.units))].String(), Topic: pick([]string{"", "building", "traffic"})}
	for _, u := range w.units {
		if u.String() != assignment.Lead && w.IntN(3) == 0 {
			assignment.Co = append(assignment.Co, u.String())
		}
	}
	lead := string(w.numbers[w.IntN(len(w.numbers))])
	reason, path := pick(board.DeclineReasons), pick(board.Paths)
	rating := board.Rating{Outcome: board.Outcomes[w.IntN(len(board.Outcomes))]}
	reached, days := w.IntN(2) == 0, 1+w.IntN(10)
	return func(f store.Once) error {
		switch d {
		case board.Edit:
			return w.Edit(ctx, who, n, f, board.Draft{Kind: board.Help, Body: "别的话", Remark: "别的"})
		case board.Add:
			return w.Add(ctx, who, n, f, "补充")
		case board.Withdraw:
			return w.Withdraw(ctx, who, n, f)
		case board.Restore:
			return w.Restore(ctx, who, n, f)
		case board.Object:
			return w.Object(ctx, who, n, f, "不同意")
		case board.Rate:
			return w.Rate(ctx, who, n, f, rating)
		case board.Assign:
			return w.Assign(ctx, who, n, f, assignment)
		case board.Decline:
			return w.Decline(ctx, who, n, f, reason, "不受理")
		case board.Divert:
			return w.Divert(ctx, who, n, f, path, "另找")
		case board.Merge:
			return w.Merge(ctx, who, n, f, lead)
		case board.Publish:
			return w.Publish(ctx, who, n, f, board.Notice{Title: "标题", Body: "内容"})
		case board.Hide:
			return w.Hide(ctx, who, n, f, "本人要求")
		case board.SignFor:
			return w.SignFor(ctx, who, n, f)
		case board.Contact:
			return w.Contact(ctx, who, n, f, reached, "打了电话")
		case board.Progress:
			return w.Progress(ctx, who, n, f, "在办")
		case board.HandBack:
			return w.HandBack(ctx, who, n, f, "不归")
		case board.AskTime:
			return w.AskTime(ctx, who, n, f, days, "等货")
		case board.Answer:
			return w.Answer(ctx, who, n, f, reply)
		case board.Pass:
			return w.Pass(ctx, who, n, f)
		case board.Amend:
			return w.Amend(ctx, who, n, f, "没写日期")
		case board.Approve:
			return w.Approve(ctx, who, n, f)
		case board.Return:
			return w.Return(ctx, who, n, f, "没写日期")
		case board.Visit, board.Relay, board.Annotate, board.Supervise, board.Reveal:
			return w.Note(ctx, who, n, f, d, "有事")
		}
		return w.deedBeside(d, who, n, f)
	}
}

// strike lets the clock do its work until nothing is left to do.
func (w *chance) strike() {
	w.t.Helper()
	_, err := w.Strike(ctx)
	w.must(err)
	w.must(w.store.View(ctx, func(tx *store.Tx) error {
		left, err := tx.Count(store.Lapsing(w.clock.now()), 1)
		if left > 0 {
			w.t.Error("the clock struck, and a case that lapses is left")
		}
		return err
	}))
}
