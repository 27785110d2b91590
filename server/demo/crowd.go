package demo

import (
	"fmt"
	"math/rand/v2"
	"net/netip"
	"strings"

	"lianxin/server/board"
	"lianxin/server/office"
	"lianxin/store"
)

// The crowd are cases by the hundred or the hundred thousand, for trying the
// board at size. Their words are put together out of parts (matters.go), their
// ways out of chances; every deed is done as in a real county. They are filed in
// the order of their days, because what an hour or a day allows is counted.

const (
	// months is how many working days ago a crowd begins to write.
	months = 150
	// chunk is how many cases are kept in one go. What waits for the disk lies in
	// memory, so it is what bounds it.
	chunk = 100
	// mostLogins is how many people log in for the first time on one day: below
	// what the board lets through. Beyond it those write who are there already.
	mostLogins = 100
	mostKnown  = 500 // people who are remembered, to write again
)

// crowd is how far it has come. It is copied from chunk to chunk: a chunk that
// is tried again begins where it began.
type crowd struct {
	people int // that ever wrote
	logins int // on this day
	day    int // working days ago
	known  []office.Who
}

// scribe tells one chunk of a crowd.
type scribe struct {
	*maker
	*rand.Rand
	crowd
	// Of the case at hand: when it has got to, what it is about, in which of two
	// ways, and what its words are filled with.
	ago, minute int
	matter      matter
	way         int
	fill        *strings.Replacer
}

// write tells the cases from first up to but not including end, of all.
func (m *maker) write(c crowd, seed uint64, first, end, all int) crowd {
	s := &scribe{maker: m, Rand: rand.New(rand.NewPCG(seed, uint64(first))), crowd: c}
	s.known = append([]office.Who(nil), c.known...)
	for i := first; i < end; i++ {
		s.ago = months - i*(months-1)/all // the last was filed yesterday
		if s.ago != s.day {
			s.day, s.logins = s.ago, 0
		}
		s.minute = 6*60 + s.IntN(17*60)
		s.live()
	}
	s.drain()
	return s.crowd
}

// drain lets go of the texts of those months: nobody wants them now. It does so
// at the beginning of all, because who sends texts holds a lease for a while, and
// whoever comes next begins earlier than this one ended.
func (m *maker) drain() {
	m.at(longAgo, "00:05")
	m.do("texts", func() error {
		_, err := m.office.Post(m.ctx, func(store.Text) string { return "" }, codes{})
		return err
	})
}

// clock is the hour that the case at hand has got to.
func (s *scribe) clock() string { return fmt.Sprintf("%02d:%02d", s.minute/60, s.minute%60) }

// pass lets so many working days go by, or a while. It tells whether that is
// past already: a case of last week has not come to its end.
func (s *scribe) pass(days int) bool {
	s.minute += 5 + s.IntN(50)
	if days == 0 && s.minute >= 18*60 {
		days = 1
	}
	if days > 0 {
		s.ago, s.minute = s.ago-days, 8*60+30+s.IntN(8*60)
	}
	return s.ago >= 1
}

// chance is true so often in a hundred.
func (s *scribe) chance(percent int) bool { return s.IntN(100) < percent }

func pick[T any](s *scribe, of []T) T { return of[s.IntN(len(of))] }

// live tells one case from its filing as far as it has come.
func (s *scribe) live() {
	s.matter, s.way, s.fill = pick(s, matters), s.IntN(2), s.filling()
	c, tell, helper := s.filed()
	if !s.pass(1) {
		return
	}
	switch n := s.IntN(100); {
	case n < 2 && c.resident.IsResident():
		c.withdraw(s.ago, s.clock())
	case n < 6:
		r := pick(s, refusals)
		c.decline(s.ago, s.clock(), r.reason, r.words)
	case n < 8:
		p := pick(s, byLaw)
		c.divert(s.ago, s.clock(), p.reason, p.words)
	default:
		s.handled(c, tell, helper)
	}
}

// filed begins a case in one of the ways in, as often as people use them.
func (s *scribe) filed() (c *story, tell board.Way, helper string) {
	d, name := s.draft(), s.name()
	tell = board.ByText
	switch n := s.IntN(100); {
	case n < 72:
		s.login()
		who := pick(s, s.known)
		c = &story{m: s.maker, resident: who}
		d.Name = who.Name
		return c.deed(s.ago, s.clock(), "file", func() (err error) {
			c.number, err = s.office.File(s.ctx, who, s.form(), d)
			return err
		}), tell, ""
	case n < 90:
		in := office.Intake{Draft: d, Channel: board.Call, Tell: pick(s, []board.Way{board.ByCall, board.ByCall, board.ByText}), Phone: s.phone()}
		if n >= 86 {
			in.Channel = board.Counter
		}
		in.Draft.Name = name
		return s.intake(s.ago, s.clock(), in), in.Tell, ""
	}
	helper, area := "李梅", board.Area{Township: "柳河镇", Village: "西柳村"}
	if s.chance(50) {
		helper, area = "孟琴", board.Area{Township: "城关镇", Village: "南关村"}
	}
	d.Township, d.Village = area.Township, area.Village
	p := office.Helped{Name: name, Township: area.Township, Village: area.Village, Tell: board.ByVoice}
	return s.helped(s.ago, s.clock(), helper, p, d, office.Consent{Means: board.ByWitness, Witness: s.name()}), p.Tell, helper
}

func (s *scribe) draft() board.Draft {
	d := board.Draft{
		Kind: s.matter.kind, Title: s.fill.Replace(s.matter.title), Body: s.fill.Replace(s.matter.said[s.way]),
		Township: pick(s, county.Townships).Name["zh-Hans"], Village: pick(s, villages), Public: "no", Again: true,
	}
	if d.Kind != board.Thank {
		d.Body = pick(s, openings) + d.Body + pick(s, endings)
	}
	if s.chance(45) {
		d.Public = "yes"
	}
	d.Hide = s.chance(4)
	return d
}

func (s *scribe) name() string { return pick(s, surnames) + pick(s, given) + pick(s, given) }

// phone is a number of the range that is given to machines only.
func (s *scribe) phone() string {
	s.people++
	return fmt.Sprintf("1409%07d", s.people)
}

// login lets somebody new log in, from a place of their own, unless enough have
// on this day.
func (s *scribe) login() {
	if s.logins >= mostLogins || len(s.known) > mostKnown/10 && s.chance(40) {
		return
	}
	s.logins++
	phone, name := s.phone(), s.name()
	from := office.Origin{Browser: phone, Address: netip.AddrFrom4([4]byte{198, 18 + byte(s.people>>16&1), byte(s.people >> 8), byte(s.people)})}
	s.at(s.ago, s.clock())
	s.do("log in", func() error {
		who, err := s.arrive(board.Phone(phone), name, from)
		s.known = append(s.known, who)
		s.known = s.known[max(0, len(s.known)-mostKnown):]
		return err
	})
}

// handled tells what the county does with a case that it took.
func (s *scribe) handled(c *story, tell board.Way, helper string) {
	mt := s.matter
	if s.chance(5) {
		c.given(s.ago, s.clock(), mt.unit, s.other(mt.unit), mt.topic, "")
	} else {
		c.given(s.ago, s.clock(), mt.unit, "", mt.topic, "")
	}
	if !s.pass(s.IntN(2)) {
		return
	}
	if s.chance(3) {
		c.handBack(s.ago, s.clock(), "看了不是我们一家能办的，请县里定由谁牵头。")
		if !s.pass(1) {
			return
		}
		c.rule(s.ago, s.clock(), board.KeepWith, "首接的单位牵头，需要谁配合由县里出面。")
		if !s.pass(0) {
			return
		}
	}
	c.sign(s.ago, s.clock())
	if s.chance(15) && s.pass(1) {
		c.contact(s.ago, s.clock(), s.chance(80), "打了电话，把情况问清楚了。")
	}
	if s.chance(45) && s.pass(1) {
		c.progress(s.ago, s.clock(), s.fill.Replace(pick(s, steps)))
	}
	for again := range 3 {
		if s.ago < 1 || !s.answered(c, tell, helper, again) {
			return
		}
	}
}

// answered tells of an answer and what its person thinks of it, and whether the
// unit has to answer once more.
func (s *scribe) answered(c *story, tell board.Way, helper string, again int) (more bool) {
	days := 1 + s.IntN(3)
	if k := s.matter.kind; k == board.Help || k == board.Complain {
		days = 2 + s.IntN(9)
	}
	if s.chance(6) {
		days += 8 // late
	}
	if !s.pass(days) {
		return false
	}
	c.answer(s.ago, s.clock(), s.reply(again))
	if !s.pass(1) {
		return false
	}
	if s.chance(7) {
		c.giveBack(s.ago, s.clock(), "日期写清楚：哪一天办的，还差什么，哪一天办完。")
		return true
	}
	c.approve(s.ago, s.clock())
	if s.chance(60) && again == 0 {
		s.published(c)
	}
	s.toldOut(c, tell, helper)
	if !s.pass(1+s.IntN(4)) || !s.chance(62) {
		s.quiet()
		return false
	}
	return s.rated(c, tell) && again == 0
}

// published lets anybody read the case when its person said so.
func (s *scribe) published(c *story) {
	s.try(func() error {
		return s.office.Publish(s.ctx, s.first(board.Dispatcher), c.number, s.form(),
			board.Notice{Title: s.fill.Replace(s.matter.title), Body: s.fill.Replace(s.matter.said[s.way])})
	})
}

// toldOut tells the answer to somebody who gets no text.
func (s *scribe) toldOut(c *story, tell board.Way, helper string) {
	switch {
	case tell == board.ByText || !s.pass(1):
	case helper != "":
		c.readOut(s.ago, s.clock(), helper, board.FaceToFace, "")
	default:
		c.readOut(s.ago, s.clock(), "方小雅", board.ByPhone, "")
	}
}

// rated is what its person says, in the way they have, and whether it is not
// solved.
func (s *scribe) rated(c *story, tell board.Way) (not bool) {
	r := board.Rating{Outcome: board.Solved, Attitude: board.Mark(3 + s.IntN(3)), Speed: board.Mark(2 + s.IntN(4))}
	switch n := s.IntN(100); {
	case n < 14:
		r.Outcome, r.Words, not = board.NotSolved, pick(s, unhappy), true
	case n < 36:
		r.Outcome, r.Words = board.Partly, pick(s, halfHappy)
	case n < 60:
		r.Words = pick(s, happy)
	}
	if c.resident.IsResident() {
		c.rate(s.ago, s.clock(), r)
		return not
	}
	if tell == board.ByText { // no code ever showed whose phone it is
		return false
	}
	s.at(s.ago, s.clock())
	s.try(func() error { return s.office.RateFor(s.ctx, s.staff["丁兰"], c.number, s.form(), r) }) // when it was drawn
	s.try(func() error { return s.office.Checked(s.ctx, s.staff["丁兰"], c.number, s.form()) })
	return false
}

// quiet lets the calendar ask twice, and close what nobody said anything of.
func (s *scribe) quiet() {
	for _, wait := range []int{4, 20, 24} {
		s.pass(wait)
		(&story{m: s.maker}).strike(max(s.ago, 1), "23:00")
	}
}

// try does a deed that the county may refuse now.
func (s *scribe) try(deed func() error) {
	s.at(s.ago, s.clock())
	s.do("try", func() error {
		err := deed()
		if _, refused := board.Faults(err); refused {
			return nil
		}
		return err
	})
}

// other is a unit that helps.
func (s *scribe) other(unit string) string {
	for {
		if u := pick(s, units).short; u != unit {
			return u
		}
	}
}

// reply is what the unit answers: the first time, or once more.
func (s *scribe) reply(again int) board.Reply {
	r := board.Reply{Found: s.fill.Replace(s.matter.found[s.way]), Done: s.fill.Replace(s.matter.done[s.way])}
	if again > 0 {
		r.Found = "上次没有弄彻底，又去看了一遍。" + r.Found
	}
	for _, u := range units {
		if u.short == s.matter.unit {
			r.Contact = u.name["zh-Hans"] + "，" + u.phone + "，工作日。"
		}
	}
	return r
}
