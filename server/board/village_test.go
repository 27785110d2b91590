package board

import (
	"encoding/csv"
	"os"
	"slices"
	"strings"
	"testing"
	"time"
)

func hamlets(names ...string) *Villages {
	v := &Villages{Township: "柳河镇"}
	for _, name := range names {
		v.List = append(v.List, Place{Name: Texts{"zh-Hans": name}})
	}
	return v
}

func TestAVillageIsFoundAsPeopleWriteIt(t *testing.T) {
	v := hamlets("东关村", "西关村", "北关社区", "张家庄村", "李家庄村", "三里铺村", "上河村", "王楼村", "马家湾一村", "马家湾二村", "柳河镇社区")
	v.List[0].Name["en"] = "Dongguan Village"
	for typed, want := range map[string]Whereabouts{
		"东关村":              {Text: "东关村", Known: "东关村"},
		" 东关　村 ":           {Text: "东关村", Known: "东关村"},
		"东关":               {Text: "东关村", Known: "东关村"},
		"东关村委会":            {Text: "东关村委会", Known: "东关村"},
		"东关村民委员会":          {Text: "东关村民委员会", Known: "东关村"},
		"東關村":              {Text: "东关村", Known: "东关村"},
		"dongguan VILLAGE": {Text: "东关村", Known: "东关村"},
		"柳河镇东关村":           {Text: "东关村", Known: "东关村"},
		"柳河镇社区":            {Text: "柳河镇社区", Known: "柳河镇社区"},
		"东关村3组":            {Text: "东关村3组", Known: "东关村"},
		"东关村三组":            {Text: "东关村三组", Known: "东关村"},
		"东关３组12号":          {Text: "东关村3组12号", Known: "东关村"},
		"东关村到中心小学":         {Text: "东关村到中心小学", Known: "东关村"},
		"北关":               {Text: "北关社区", Known: "北关社区"},
		"三里铺":              {Text: "三里铺村", Known: "三里铺村"},
		"王楼":               {Text: "王楼村", Known: "王楼村"},
		"马家湾二村":            {Text: "马家湾二村", Known: "马家湾二村"},
		"":                 {},
	} {
		if got := v.Find(typed); got.Text != want.Text || got.Known != want.Known || got.Stray || len(got.Near) > 0 {
			t.Errorf("%q is %+v, want %+v", typed, got, want)
		}
	}
	for typed, near := range map[string][]string{
		"东官村": {"东关村"}, "冬关": {"东关村"}, "章家庄": {"张家庄村"}, "张家装": {"张家庄村"}, "马家弯": {"马家湾一村", "马家湾二村"},
		"赵家庄": nil, "供销社门口": nil, "上庄": nil, "村": nil, "八组": nil,
	} {
		got := v.Find(typed)
		if got.Known != "" || got.Text != typed || !got.Stray || len(got.Near) == 0 != (near == nil) || near != nil && !slices.Contains(got.Near, near[0]) {
			t.Errorf("%q is %+v, want near %v", typed, got, near)
		}
	}
	if got := hamlets("东关村", "东关社区").Find("东关"); got.Known != "" || len(got.Near) != 2 {
		t.Errorf("of two that may be meant one is taken: %+v", got)
	}
	for _, none := range []*Villages{nil, {}} {
		if got := none.Find(" 东关 "); got.Text != "东关" || got.Stray || got.Known != "" {
			t.Errorf("without a list it is %+v", got)
		}
	}
}

func TestWhatWordsMeanIsSaidOnce(t *testing.T) {
	v, by, now := hamlets("东关村", "西关村"), Actor{Roles: Roles{Dispatcher}}, time.Now()
	for words, village := range map[string]string{"老油坊": "东关村", "县城边上": ""} {
		e, err := v.Mean(by, words, village, now)
		if err != nil {
			t.Fatal(err)
		}
		v.Apply(e)
	}
	if got := v.Find("老 油坊"); got.Known != "东关村" || got.Text != "东关村" {
		t.Errorf("what was said is not remembered: %+v", got)
	}
	if got := v.Find("县城边上"); got.Stray || got.Known != "" || got.Text != "县城边上" {
		t.Errorf("what is no village is asked again: %+v", got)
	}
	v.List = v.List[1:]
	if got := v.Find("老油坊"); !got.Stray {
		t.Errorf("words for a village that was taken away still mean it: %+v", got)
	}
	for _, wrong := range []struct {
		by             Actor
		words, village string
	}{{Actor{Roles: Roles{Handler}}, "老油坊", "西关村"}, {by, "老油坊", "东关村"}, {by, " ", "西关村"}} {
		if _, err := v.Mean(wrong.by, wrong.words, wrong.village, now); err == nil {
			t.Errorf("%+v was taken", wrong)
		}
	}
}

func TestAreaByItsVillage(t *testing.T) {
	helper := Actor{Areas: []Area{{"柳河镇", "东关村"}, {"双桥镇", "石桥"}}}
	for _, in := range []Area{{"柳河镇", "东关村"}, {"柳河镇", "东关村三组"}, {"柳河镇", "东关村西地"}, {"双桥镇", "石桥"}, {"双桥镇", "石桥2组"}} {
		if !helper.Covers(in.Township, in.Village) {
			t.Errorf("%v lies outside", in)
		}
	}
	for _, out := range []Area{{"柳河镇", "东关"}, {"柳河镇", "东关社区"}, {"双桥镇", "石桥沟村"}, {"双桥镇", "东关村"}, {"柳河镇", ""}} {
		if helper.Covers(out.Township, out.Village) {
			t.Errorf("%v lies within", out)
		}
	}
}

// TestRealNames holds the townships and streets of every county of the country,
// where the list of them is at hand, against themselves: they are called as
// villages are, and as many.
func TestRealNames(t *testing.T) {
	const path = "../../../shared/data/divisions/streets.csv"
	f, err := os.Open(path)
	if err != nil {
		t.Skip(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	lists := map[string]*Villages{}
	ranks := strings.NewReplacer("街道", "村", "镇", "村", "乡", "村")
	for _, row := range rows[1:] {
		name, county := ranks.Replace(row[1]), row[2]
		if strings.Count(name, "村") != 1 || !strings.HasSuffix(name, "村") || county[len(county)-1]%4 != 0 {
			continue // called as no village is; and a quarter of the counties is enough
		}
		if lists[county] == nil {
			lists[county] = &Villages{Township: "某某镇"}
		}
		if !lists[county].has(name) {
			lists[county].List = append(lists[county].List, Place{Name: Texts{"zh-Hans": name}})
		}
	}
	names, blurred, slipped, offered := 0, 0, 0, 0
	for _, v := range lists {
		for i, p := range v.List {
			name := p.Name["zh-Hans"]
			names++
			for _, typed := range []string{name, name + "5组", "某某镇" + name, name + "委会"} {
				if got := v.Find(typed); got.Known != name {
					blurred++
				}
			}
			signs := []rune(stem(name))
			if len(signs) < 2 {
				continue
			}
			signs[i%len(signs)] = '囍' // a slip of the finger
			slipped++
			if got := v.Find(string(signs)); slices.Contains(got.Near, name) {
				offered++
			} else if got.Known != "" {
				t.Errorf("%s is taken for %s", string(signs), got.Known)
			}
		}
	}
	t.Logf("%d names: %d of their spellings lead elsewhere; of %d with a wrong sign %d are offered", names, blurred, slipped, offered)
	if blurred*1000 > names || offered*4 < slipped*3 {
		t.Errorf("of %d names %d spellings lead elsewhere, of %d with a wrong sign %d are offered", names, blurred, slipped, offered)
	}
}
