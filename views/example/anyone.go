package example

import (
	"fmt"

	"lianxin/views"
)

// sealLine stands at the foot of what goes out on paper.
const sealLine = "封存码 a3f1 09bc 77de 5e02（12873 条，9月18日 15:00）"

// anyone is what can be read without a login.
func anyone(p views.Page) []Example {
	p.Back, p.Demo = "/", false
	list := views.Public{Page: p, Places: answers(p).Places, More: "/public?from=20",
		Topics: []views.Option{{Value: "city", Label: "城建"}, {Value: "traffic", Label: "交通"}, {Value: "farm", Label: "三农"}, {Value: "school", Label: "教育"}, {Value: "clinic", Label: "医疗"}}}
	empty, sifted := list, list
	empty.More, sifted.More = "", ""
	sifted.Sifted, sifted.Place, sifted.Topic = true, "t3", "clinic"
	list.First = "/public"
	states := []views.Stamp{{Text: "已答复", Tone: views.ToneDone}, {Text: "办理中", Tone: views.ToneWork}, {Text: "已办结", Tone: views.ToneDone}}
	titles := []string{"路灯坏了半个月", "建议小学门口加一个红绿灯，早上送孩子的人太多，老人过不了马路", "医保断缴了两个月，能补吗"}
	for i := range 20 {
		list.Cards = append(list.Cards, views.PublicCard{Href: fmt.Sprintf("/public/3827194056%d", i), Title: titles[i%3],
			Place: "城关镇", Topic: "城建", Filed: "9月18日", State: states[i%3]})
	}
	open := views.PublicCase{Page: p, Heading: "路灯坏了半个月", Body: Body, Place: "城关镇", Topic: "城建", Unit: "示范县住房和城乡建设局",
		Filed: "9月18日", State: states[0], Timeline: moments(false), Reply: &reply, Outcome: "解决了"}
	open.Back = "/public"
	bare := open
	bare.Place, bare.Topic, bare.Unit, bare.Reply, bare.Outcome, bare.State, bare.Timeline = "", "", "", nil, "", states[1], moments(false)[:1]
	units := views.Units{Page: p, Units: []views.Unit{
		{Name: "住房和城乡建设局", Does: "房子、街道、路灯、下水道、物业、供水供暖。", Phone: "0311-8000 5678"},
		{Name: "交通运输局", Does: "县乡公路、公交、客运、货车超载。"},
		{Name: "卫生健康局", Phone: "0311-8000 4321"}, {Name: "城关镇"}}}
	all := []Example{{"public", false, list}, {"public-empty", false, empty}, {"public-sifted", false, sifted},
		{"public-case", false, open}, {"public-case-bare", false, bare},
		{"units", false, units}, {"units-empty", false, views.Units{Page: p}}}
	seal := views.Checkpoint{Page: p, Short: "a3f1 09bc 77de 5e02", Size: 12873, Time: "9月18日 15:00", Lines: []string{
		"lianxin/5c1e-93aa-07f2", "12873", "o/EJvHfeXgLr0Yq3bJ1mVt8sZk5wNcX2uHd6pQeR4aE=", "",
		"— lianxin/5c1e-93aa-07f2 ekF3oNn2S0m8y7ZcVqW1tXrP5uLbHdJfGk9aQzE4i6sTgRwYxCvBnM0pKjUhIlOeD3A2F7qZ5c8rV1tW6yX9uS4b="},
		Key: "lianxin/5c1e-93aa-07f2+7a4177a0+AZy3kP0mQe8rT5uW1xV6bN9cJ2hL4dG7fS0aK3oI8zE="}
	seal.Back = "/privacy"
	unsealed := views.Checkpoint{Page: seal.Page}
	all = append(all, Example{"checkpoint", false, seal}, Example{"checkpoint-none", false, unsealed})
	for _, name := range views.Guides {
		all = append(all, Example{name, false, views.Guide{Page: p, Of: name}})
	}
	return all
}
