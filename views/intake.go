package views

// Intake is /desk/intake: what an operator types while somebody speaks. It posts
// channel, phone, name, kind, body, title, place, village, about, slip, remark,
// tell, hide, public and agreed.
type Intake struct {
	Page
	Filing
	Channel string // call or counter
	Phone   string // as typed; "" for somebody who has none
	About   string // the unit complained about
	Abouts  []Option
	Slip    string // serial of the sealed slip that the person is given
	Tell    string // one of the values of tell
	Agreed  bool   // it was read aloud, and the person said yes
	Post    string // path of this page
}

// The values of channel.
const (
	ChannelCall    = "call"
	ChannelCounter = "counter"
)

// Template names the page's file.
func (Intake) Template() string { return "intake" }

// Title names the page.
func (m Intake) Title() string { return m.T("intake.title") }

// Groups are who speaks, what is said, and what was agreed.
func (m Intake) Groups() []Group {
	agreed := ""
	if m.Agreed {
		agreed = "yes"
	}
	kinds := make([]Option, len(m.Kinds))
	for i, k := range m.Kinds {
		kinds[i] = Option{Value: k.Value, Label: k.Label}
	}
	words := m.fields(m.Page, StepWords)
	you := m.fields(m.Page, StepYou)
	return []Group{
		{m.T("intake.who"), []Field{
			m.Field(Field{Name: "channel", Kind: Choice, Short: true, Value: m.Channel, Label: m.T("intake.came.label"), Options: []Option{
				{Value: ChannelCall, Label: m.T("intake.came.call")},
				{Value: ChannelCounter, Label: m.T("intake.came.counter")},
			}}),
			m.Field(Field{Name: "phone", Kind: Tel, Value: m.Phone, Label: m.T("intake.phone.label"), Hint: m.T("intake.phone.hint")}),
			m.Field(Field{Name: "name", Kind: Text, Value: m.Name, Label: m.T("intake.name.label")}),
		}},
		{m.T("intake.words"), append([]Field{
			m.Field(Field{Name: "kind", Kind: Choice, Short: true, Value: m.Kind, Label: m.T("file.kind.label"), Options: kinds}),
		}, append(append(words, m.fields(m.Page, StepPlace)...), m.about(m.About, m.Abouts, false))...)},
		{m.T("intake.agreed"), []Field{
			you[1], m.tell(m.Tell), m.hide(m.Hide), m.public(m.Public, false),
			m.Field(Field{Name: "slip", Kind: Code, Value: m.Slip, Label: m.T("intake.slip.label"), Hint: m.T("intake.slip.hint")}),
			m.Field(Field{Name: "agreed", Kind: Tick, Value: agreed, Label: m.T("intake.consent.label"), Hint: m.T("intake.consent.hint")}),
		}},
	}
}
