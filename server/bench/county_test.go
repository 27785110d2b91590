package bench

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"lianxin/server/board"
	"lianxin/server/channel/sheet"
	"lianxin/server/office"
	"lianxin/server/workday"
	"lianxin/store"
	"lianxin/store/seal"
)

// A county of many cases, made as years of use would have made it: a clock of
// its own walks through five years, and in each stretch of them the importer
// brings cases in, residents and operators file some, the desks work on a part
// of them, and the calendar ends what nobody objects to.

const (
	years    = 5
	stretch  = 1000 // cases in one stretch, at most
	builders = 64   // deeds at a time, so that they share commits
)

var (
	townships = []string{"城关镇", "柳河镇", "双桥镇", "青石镇", "云溪镇", "南坡乡", "马家湾乡", "北山乡"}
	offices   = []string{"城管局", "交通局", "水利局", "人社局", "民政局", "教育局", "卫健局", "住建局", "公安局", "农业局", "环保局", "市场局"}
	fields    = []string{"城建", "交通", "三农", "环保", "教育", "医疗", "治安", "就业", "其他"}
	matters   = []string{"投诉", "求助", "咨询", "建议", "感谢"}
)

// county is one that is being made.
type county struct {
	*office.Office
	store   *store.Store
	clock   atomic.Int64 // its time, in Unix milliseconds
	tokens  atomic.Uint64
	filed   atomic.Uint64 // by people themselves
	units   []board.ID
	staff   map[board.Role]office.Who
	handler map[board.ID]office.Who // of each unit
	people  []office.Who
}

// makeCounty makes a county of so many cases in folder/data and folder/keys.
func makeCounty(folder string, cases int, progress func(done int)) error {
	keys, err := seal.Create(filepath.Join(folder, "keys"))
	if err != nil {
		return err
	}
	s, err := store.Open(filepath.Join(folder, "data"), keys)
	if err != nil {
		return err
	}
	defer s.Close()
	c := &county{store: s, staff: map[board.Role]office.Who{}, handler: map[board.ID]office.Who{}}
	end := time.Now().Add(-time.Hour)
	begin := end.AddDate(-years, 0, 0)
	c.clock.Store(begin.UnixMilli())
	if err := c.open(); err != nil {
		return err
	}
	if err := c.found(max(20, cases/50)); err != nil {
		return fmt.Errorf("a county: %w", err)
	}
	for done := 0; done < cases; {
		n := min(stretch, max(cases/10, 1), cases-done)
		if err := c.pass(done, n); err != nil {
			return fmt.Errorf("a county, after %d cases: %w", done, err)
		}
		done += n
		c.clock.Store(begin.Add(end.Sub(begin) / time.Duration(cases) * time.Duration(done)).UnixMilli())
		progress(done)
	}
	return nil
}

func (c *county) open() (err error) {
	c.Office, err = officeOver(c.store, func() time.Time { return time.UnixMilli(c.clock.Load()) })
	return err
}

func officeOver(s *store.Store, now func() time.Time) (*office.Office, error) {
	calendar, err := workday.Statutory()
	if err != nil {
		return nil, err
	}
	return office.New(office.Parts{Store: s, Calendar: calendar, Random: rand.Reader, Log: slog.New(slog.DiscardHandler), Now: now})
}

// openOffice opens a county that was made.
func openOffice(folder string) (*county, error) {
	keys, err := seal.Open(filepath.Join(folder, "keys"))
	if err != nil {
		return nil, err
	}
	c := &county{}
	if c.store, err = store.Open(filepath.Join(folder, "data"), keys); err != nil {
		return nil, err
	}
	if c.Office, err = officeOver(c.store, time.Now); err != nil {
		return nil, errors.Join(err, c.store.Close())
	}
	return c, nil
}

// found names the county, its units and staff, and lets so many people join.
func (c *county) found(people int) error {
	ctx := context.Background()
	places := make([]board.Place, len(townships))
	for i, name := range townships {
		places[i].Name = board.Texts{"zh-Hans": name}
	}
	if err := c.NameCounty(ctx, office.Box, board.CountyNamed{Name: board.Texts{"zh-Hans": "示范县"}, Hotline: "12345", Townships: places}); err != nil {
		return err
	}
	for _, name := range offices {
		unit, err := c.Found(ctx, office.Box, board.Founded{Name: board.Texts{"zh-Hans": name}})
		if err != nil {
			return err
		}
		c.units = append(c.units, unit)
		if c.handler[unit], err = c.hire(fmt.Sprintf("handler%d", len(c.units)), unit, board.Handler); err != nil {
			return err
		}
	}
	for _, role := range board.StaffRoles {
		var err error
		if c.staff[role], err = c.hire(string(role), c.units[0], role); err != nil {
			return err
		}
	}
	return c.join(people)
}

func (c *county) hire(login string, unit board.ID, role board.Role) (office.Who, error) {
	ctx := context.Background()
	n := office.NewStaff{Login: login, Name: login, Unit: unit, Roles: board.Roles{role}}
	if role == board.Helper {
		n.Areas = []board.Area{{Township: townships[0]}}
	}
	if _, err := c.Hire(ctx, office.Box, n); err != nil {
		return office.Who{}, err
	}
	token, err := c.Enter(ctx, login)
	if err != nil {
		return office.Who{}, err
	}
	return c.Who(ctx, token)
}

// join gives the county its residents, each with a phone.
func (c *county) join(people int) error {
	for len(c.people) < people {
		err := c.store.Update(context.Background(), func(tx *store.Tx) error {
			for range min(500, people-len(c.people)) {
				id, err := board.NewID(c.Now(), rand.Reader)
				if err != nil {
					return err
				}
				by := board.Actor{Person: id, Roles: board.Roles{board.Resident}, Channel: board.Web}
				phone := board.Phone(fmt.Sprintf("138%08d", len(c.people)))
				if err := tx.Append(board.Join(id, by, board.Joined{Phone: phone, Lang: "zh-Hans"}, c.Now())); err != nil {
					return err
				}
				c.people = append(c.people, office.Who{Actor: by})
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// pass lets a stretch of the years pass in which n cases come in: of a hundred,
// 93 from elsewhere, six by residents and one by telephone.
func (c *county) pass(first, n int) error {
	ctx := context.Background()
	own, told := n*6/100, n/100
	var fresh []board.Number
	var mu sync.Mutex
	err := c.crowd(own+told, func(i int) error {
		number, err := c.file(first+i, i < told)
		mu.Lock()
		defer mu.Unlock()
		fresh = append(fresh, number)
		return err
	})
	if err != nil {
		return err
	}
	brought, err := c.bringIn(first, n-own-told)
	if err != nil {
		return err
	}
	fresh = append(fresh, brought...)
	if err := c.crowd(len(fresh), func(i int) error { return c.work(fresh[i], i, i < own+told) }); err != nil {
		return err
	}
	if _, err := c.Post(ctx, func(store.Text) string { return "" }, nobody{}); err != nil {
		return err
	}
	if _, err := c.Strike(ctx); err != nil {
		return err
	}
	if first/stretch%20 == 0 {
		_, err = c.store.Sweep(ctx, c.Now())
	}
	return err
}

// nobody is whom the county's texts reach.
type nobody struct{}

func (nobody) Send(context.Context, string, string, string, time.Time) error { return nil }

// crowd does something n times, many at a time.
func (c *county) crowd(n int, do func(i int) error) error {
	var next atomic.Int64
	errs := make([]error, builders)
	var wg sync.WaitGroup
	for w := range builders {
		wg.Go(func() {
			for errs[w] == nil {
				i := int(next.Add(1)) - 1
				if i >= n {
					return
				}
				errs[w] = do(i)
			}
		})
	}
	wg.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

func (c *county) form() (form store.Once) {
	binary.BigEndian.PutUint64(form[:], c.tokens.Add(1))
	return form
}

// file files a case of a resident's own, or one that an operator is told.
func (c *county) file(i int, told bool) (board.Number, error) {
	ctx := context.Background()
	draft := board.Draft{Kind: board.Kinds[i%len(board.Kinds)], Public: "yes", Township: townships[i%len(townships)],
		Body: fmt.Sprintf("村口第 %d 盏路灯坏了，晚上走路看不见，老人孩子都怕摔跤，请来修一修。", i)}
	if !told {
		return c.File(ctx, c.people[c.filed.Add(1)%uint64(len(c.people))], c.form(), draft)
	}
	return c.TakeIn(ctx, c.staff[board.Operator], c.form(), office.Intake{Draft: draft, Channel: board.Call, Tell: board.ByCall,
		Phone: fmt.Sprintf("139%08d", i), Lang: "zh-Hans", Agreed: true})
}

// bringIn brings cases in by the importer, and gives the numbers of a few.
func (c *county) bringIn(first, n int) ([]board.Number, error) {
	task := sheet.Task{System: "12345", Progress: func(int64, int64) {}, Bad: func(office.BadRow) {}}
	report, err := sheet.Import(context.Background(), c.Office, strings.NewReader(table(first, n, c.Now())), task)
	if err != nil {
		return nil, err
	}
	if report.Added != n {
		return nil, fmt.Errorf("of %d rows %d came in", n, report.Added)
	}
	var numbers []board.Number
	err = c.store.View(context.Background(), func(tx *store.Tx) error {
		for i := first; i < first+n; i += 20 {
			a, err := tx.CaseBySource(fmt.Sprintf("12345:GD%09d", i))
			if err != nil {
				return err
			}
			numbers = append(numbers, a.Number)
		}
		return nil
	})
	return numbers, err
}

// table is an export of another system, of n rows until now.
func table(first, n int, now time.Time) string {
	var b strings.Builder
	b.WriteString("工单号,诉求类型,标题,内容,受理时间,承办单位,乡镇街道,诉求分类,是否公开\n")
	for i := first; i < first+n; i++ {
		fmt.Fprintf(&b, "GD%09d,%s,第 %d 号路段的路灯,%s第 %d 号路段的路灯坏了快两个星期，晚上走路看不见，老人孩子都怕摔跤，打过电话也没有人来，请来修一修。,%s,%s,%s,%s,是\n",
			i, matters[i%len(matters)], i, townships[i/3%len(townships)], i, now.In(board.Zone).Add(-time.Duration(i%1440)*time.Minute).Format(time.DateTime),
			offices[i%len(offices)], townships[i/3%len(townships)], fields[i%len(fields)])
	}
	return b.String()
}

// work takes a case some way: one in four waits at its unit, one in four at the
// reviewer, the rest is answered, and what its person agreed to is published.
// Every second one is the first unit's, so that its desk is full in a small
// county, too.
func (c *county) work(n board.Number, i int, agreed bool) error {
	ctx := context.Background()
	unit := c.units[i/4%2*(i%len(c.units))]
	handler, far := c.handler[unit], i%4
	deeds := []func() error{
		func() error {
			return c.Assign(ctx, c.staff[board.Dispatcher], n, c.form(), office.Assignment{Lead: unit.String(), Topic: board.DefaultTopics()[i%9].ID})
		},
		func() error { return c.SignFor(ctx, handler, n, c.form()) },
		func() error {
			return c.Answer(ctx, handler, n, c.form(), board.Reply{Found: "去看过，是线路老化。", Done: "本周五以前换好，换好后再给您打电话。", Contact: "管理科，0300-800 5001"})
		},
		func() error { return c.Approve(ctx, c.staff[board.Reviewer], n, c.form()) },
		func() error {
			if !agreed {
				return nil
			}
			return c.Publish(ctx, c.staff[board.Dispatcher], n, c.form(), board.Notice{Title: "路灯坏了", Body: "村口的路灯坏了，晚上走路看不见，请来修一修。"})
		},
	}
	switch far {
	case 0:
		deeds = deeds[:1]
	case 1:
		deeds = deeds[:3]
	}
	for step, deed := range deeds {
		if err := deed(); err != nil {
			return fmt.Errorf("case %s, deed %d: %w", n, step, err)
		}
	}
	return nil
}
