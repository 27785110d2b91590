package demo

import (
	"fmt"
	"net/netip"

	"lianxin/server/board"
	"lianxin/server/office"
	"lianxin/store"
)

// since is how many working days ago the county began to use the board.
const since = 30

// county is what it is called. The hotline begins with an area code that
// nobody has, so that no visitor's phone rings at a stranger's.
var county = board.CountyNamed{
	Name:    texts("示范县", "Demonstration County"),
	Hotline: "0300-800 1234",
	Townships: []board.Place{
		{Name: texts("城关镇", "Chengguan Town")},
		{Name: texts("柳河镇", "Liuhe Town")},
		{Name: texts("双桥镇", "Shuangqiao Town")},
		{Name: texts("青石镇", "Qingshi Town")},
		{Name: texts("云溪镇", "Yunxi Town")},
		{Name: texts("南坡乡", "Nanpo Township")},
		{Name: texts("马家湾乡", "Majiawan Township")},
		{Name: texts("北山乡", "Beishan Township")},
	},
}

// Units, by the short names that the stories use.
const (
	urban     = "城管局"
	transport = "交通局"
	water     = "水利局"
	insurance = "人社局"
	welfare   = "民政局"
	schools   = "教育局"
	health    = "卫健局"
)

var units = []struct {
	short      string
	name, does board.Texts
	phone      string
}{
	{urban, texts("县城市管理局", "Urban Management Bureau"),
		texts("路灯、街道、下水道、垃圾、夜里的噪声", "Street lights, streets, drains, rubbish, noise at night"), "0300-800 1102"},
	{transport, texts("县交通运输局", "Transport Bureau"),
		texts("乡村公路、公交车、客运站、大货车", "Country roads, buses, the coach station, lorries"), "0300-800 1109"},
	{water, texts("县水利局", "Water Bureau"),
		texts("自来水、河道、水库、机井", "Tap water, rivers, reservoirs, wells"), "0300-800 1125"},
	{insurance, texts("县人力资源和社会保障局", "Human Resources and Social Security Bureau"),
		texts("养老保险、找工作、欠工钱", "Pensions, finding work, wages that are not paid"), "0300-800 1206"},
	{welfare, texts("县民政局", "Civil Affairs Bureau"),
		texts("低保、高龄补贴、养老院、婚姻登记", "Basic allowance, allowance for the very old, care homes, marriages"), "0300-800 1218"},
	{schools, texts("县教育局", "Education Bureau"),
		texts("中小学、幼儿园、校车", "Schools, kindergartens, school buses"), "0300-800 1315"},
	{health, texts("县卫生健康局", "Health Bureau"),
		texts("医院、卫生所、打疫苗", "Hospitals, clinics, vaccination"), "0300-800 1330"},
}

// Member is somebody of the made-up staff.
type Member struct {
	Login string
	Name  string
	Role  board.Role
	unit  string
}

// Staff are those who work in the county; the first of each role is whom a
// visitor becomes with one click.
var Staff = []Member{
	{"limei", "李梅", board.Helper, ""},
	{"zhaohong", "赵红", board.Helper, ""},
	{"fangxiaoya", "方小雅", board.Operator, ""},
	{"zhoulan", "周岚", board.Dispatcher, ""},
	{"lijianping", "李建平", board.Handler, urban},
	{"sunguifang", "孙桂芳", board.Handler, water},
	{"chenxiaoyu", "陈晓雨", board.Handler, insurance},
	{"linshuzhen", "林淑珍", board.Handler, welfare},
	{"wuhaiyan", "吴海燕", board.Handler, schools},
	{"hemin", "何敏", board.Reviewer, ""},
	{"tianzhiyuan", "田志远", board.Leader, ""},
	{"yanzhenghua", "严正华", board.Inspector, ""},
	{"sunwei", "孙伟", board.Admin, ""},
}

// Resident is somebody of the made-up county. The phones begin with 140, which
// is given to machines only: no person has such a number.
type Resident struct {
	Name  string
	Phone board.Phone
}

// Residents are those who have written to the county; the first is whom a
// visitor becomes with one click.
var Residents = []Resident{
	{"王秀兰", "14000000001"},
	{"郑德厚", "14000000002"},
	{"马小军", "14000000003"},
	{"张国庆", "14000000004"},
	{"赵丽华", "14000000005"},
	{"何大山", "14000000006"},
	{"冯春燕", "14000000007"},
}

func texts(zh, en string) board.Texts { return board.Texts{"zh-Hans": zh, "en": en} }

// found names the county and makes its units.
func (m *maker) found() {
	m.at(since, "09:00")
	m.do("county", func() error { return m.office.NameCounty(m.ctx, office.Box, county) })
	for _, u := range units {
		m.do(u.short, func() (err error) {
			m.units[u.short], err = m.office.Found(m.ctx, office.Box, board.Founded{Name: u.name, Does: u.does, Phone: u.phone})
			return err
		})
	}
}

// hire takes the staff on. Their passwords are drawn and told to nobody: a
// visitor enters with a click.
func (m *maker) hire() {
	for _, s := range Staff {
		m.do(s.Login, func() error {
			_, err := m.office.Hire(m.ctx, office.Box, office.NewStaff{
				Login: s.Login, Name: s.Name, Unit: m.units[s.unit], Roles: board.Roles{s.Role}, Areas: areas[s.Login],
			})
			return err
		})
		m.do(s.Login, func() error {
			token, err := m.office.Enter(m.ctx, s.Login)
			if err != nil {
				return err
			}
			m.staff[s.Name], err = m.office.Who(m.ctx, token)
			return err
		})
	}
}

// join lets every resident log in, each from a place of their own, with the
// code that reached their phone. It comes before the stories, so that no other
// text is in the outbox yet.
func (m *maker) join() {
	for i, r := range Residents {
		m.at(since, fmt.Sprintf("10:%02d", i))
		from := office.Origin{Browser: string(r.Phone), Address: netip.AddrFrom4([4]byte{192, 0, 2, byte(1 + i)})}
		m.do(r.Name, func() error {
			attempt, err := m.office.SendCode(m.ctx, string(r.Phone), "zh-Hans", from)
			if err != nil {
				return err
			}
			code := func(t store.Text) string { return t.Args["Code"] }
			if _, err := m.office.Post(m.ctx, code, m.codes); err != nil {
				return err
			}
			token, err := m.office.LogIn(m.ctx, attempt, m.codes[r.Phone.E164()], from)
			if err != nil {
				return err
			}
			if m.residents[r.Name], err = m.office.Who(m.ctx, token); err != nil {
				return err
			}
			return m.office.ChangeMe(m.ctx, m.residents[r.Name], r.Name, board.ByText)
		})
	}
}
