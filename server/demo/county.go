package demo

import (
	"fmt"
	"net/netip"
	"slices"

	"lianxin/server/board"
	"lianxin/server/office"
	"lianxin/store"
)

const (
	// since is how many working days ago the stories begin.
	since = 30
	// longAgo is when the county began to use the board: about seven years.
	longAgo = 1750
)

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

// hamlets are the villages of each township besides those of the crowd.
var hamlets = map[string][]string{
	"城关镇":  {"东关村", "西关社区", "南关村", "北关社区", "向阳社区"},
	"柳河镇":  {"东柳村", "西柳村", "柳河街社区"},
	"双桥镇":  {"桥头村", "后桥村"},
	"青石镇":  {"青石村", "石湾村"},
	"云溪镇":  {"上河村", "下河村"},
	"南坡乡":  {"南坡村"},
	"马家湾乡": {"前湾村", "后湾村"},
	"北山乡":  {"上北山村", "下北山村"},
}

// list gives the townships their villages.
func (m *maker) list() {
	for _, town := range county.Townships {
		name := town.Name["zh-Hans"]
		m.do(name, func() error {
			var all []board.Place
			for _, village := range slices.Concat(hamlets[name], villages) {
				all = append(all, board.Place{Name: board.Texts{"zh-Hans": village}})
			}
			_, err := m.office.AddVillages(m.ctx, office.Box, name, all)
			return err
		})
	}
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
	farming   = "农业局"
	land      = "国土局"
	market    = "市监局"
	medical   = "医保局"
	justice   = "司法局"
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
	{farming, texts("县农业农村局", "Agriculture Bureau"),
		texts("种地、养殖、宅基地、农田水渠、承包地", "Crops, animals, house plots, field ditches, contracted land"), "0300-800 1340"},
	{land, texts("县自然资源局", "Natural Resources Bureau"),
		texts("土地界线、不动产登记、采石采砂", "Boundaries of land, title deeds, quarries"), "0300-800 1352"},
	{market, texts("县市场监督管理局", "Market Supervision Bureau"),
		texts("假货、短秤、食品、乱收费", "Fake goods, short weight, food, wrong prices"), "0300-800 1361"},
	{medical, texts("县医疗保障局", "Medical Insurance Bureau"),
		texts("医保缴费、住院报销、慢性病", "Medical insurance, hospital bills, chronic illness"), "0300-800 1373"},
	{justice, texts("县司法局", "Justice Bureau"),
		texts("行政执法监督、法律援助、人民调解", "Supervision of law enforcement, legal aid, mediation"), "0300-800 1385"},
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
	{"mengqin", "孟琴", board.Helper, ""},
	{"fangxiaoya", "方小雅", board.Operator, ""},
	{"dinglan", "丁兰", board.Operator, ""},
	{"zhoulan", "周岚", board.Dispatcher, ""},
	{"lijianping", "李建平", board.Handler, urban},
	{"sunguifang", "孙桂芳", board.Handler, water},
	{"chenxiaoyu", "陈晓雨", board.Handler, insurance},
	{"linshuzhen", "林淑珍", board.Handler, welfare},
	{"wuhaiyan", "吴海燕", board.Handler, schools},
	{"duanzhiqiang", "段志强", board.Handler, transport},
	{"yeqing", "叶青", board.Handler, health},
	{"hanlixin", "韩立新", board.Handler, farming},
	{"baixuemei", "白雪梅", board.Handler, land},
	{"hezhigang", "贺志刚", board.Handler, market},
	{"qiaoming", "乔明", board.Head, market},
	{"chengyu", "程玉", board.Handler, medical},
	{"jiangwen", "蒋文", board.Handler, justice},
	{"hemin", "何敏", board.Reviewer, ""},
	{"xujing", "许静", board.Reviewer, ""},
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
	{"罗志勇", "14000001011"},
	{"陶金花", "14000001012"},
	{"汪建国", "14000001013"},
	{"彭秀英", "14000001014"},
	{"韩冬梅", "14000001015"},
	{"宋老根", "14000001016"},
	{"邓凡", "14000001017"},
	{"康海龙", "14000001018"},
	{"范玉兰", "14000001019"},
	{"石磊", "14000001020"},
	{"贾文静", "14000001021"},
	{"余大勇", "14000001022"},
	{"孙长顺", "14000001023"},
	{"吴守田", "14000001024"},
	{"吴婷", "14000001025"},
}

func texts(zh, en string) board.Texts { return board.Texts{"zh-Hans": zh, "en": en} }

// found names the county, makes its units and takes its staff on.
func (m *maker) found() {
	m.at(longAgo, "08:30")
	m.do("county", func() error { return m.office.NameCounty(m.ctx, office.Box, county) })
	m.list()
	for _, u := range units {
		m.do(u.short, func() (err error) {
			m.units[u.short], err = m.office.Found(m.ctx, office.Box, board.Founded{Name: u.name, Does: u.does, Phone: u.phone})
			return err
		})
	}
	m.hire()
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
		m.do(r.Name, func() (err error) {
			m.residents[r.Name], err = m.arrive(r.Phone, r.Name, from)
			return err
		})
	}
}

// arrive logs somebody new in with the code that reached their phone, and says
// what to call them.
func (m *maker) arrive(phone board.Phone, name string, from office.Origin) (who office.Who, err error) {
	attempt, err := m.office.SendCode(m.ctx, string(phone), "zh-Hans", from)
	if err != nil {
		return who, err
	}
	code := func(t store.Text) string { return t.Args["Code"] }
	if _, err := m.office.Post(m.ctx, code, m.codes); err != nil {
		return who, err
	}
	if m.tokens[name], err = m.office.LogIn(m.ctx, attempt, m.codes[phone.E164()], from); err != nil {
		return who, err
	}
	if who, err = m.office.Who(m.ctx, m.tokens[name]); err == nil {
		err = m.office.ChangeMe(m.ctx, who, name, board.ByText)
	}
	who.Name = name
	return who, err
}

// is keeps whoever is at a resident's phone now under a name.
func (m *maker) is(name, phone string) (err error) {
	m.residents[name], err = m.office.Who(m.ctx, m.tokens[phone])
	return err
}
