package web

import (
	"context"
	"time"

	"lianxin/server/board"
	"lianxin/views"
)

// Demo is what the made-up county adds: a way in without a password for each
// role, and a phone to look at. It is for a folder that the demo itself made,
// and answers only browsers on this machine.
type Demo struct {
	Phone     Phone
	Entrances []Entrance
}

// Entrance is a role of the made-up county, one click away. Enter gives the
// token of a session that has begun.
type Entrance struct {
	Role  board.Role
	Name  string // of the made-up person
	Enter func(context.Context) (token string, err error)
}

// Phone is the channel of texts as the demo shows it.
type Phone interface {
	// Out lists the texts that left the box and those that came in, the newest
	// first.
	Out(ctx context.Context) ([]Text, error)
	// In puts a text to the board into the channel.
	In(ctx context.Context, from, text string) error
}

// Text is one text: Number is the phone's, In tells that it came from there.
type Text struct {
	Number, Text string
	Time         time.Time
	In           bool
}

// roles shows the ways in.
func roles(r *request) (views.Model, error) { return demoEntry{}.page(r) }

// demoEntry is one click on a role.
type demoEntry struct{ role board.Role }

func readEntry(r *request) form { return demoEntry{board.Role(r.params["role"])} }

func (demoEntry) page(r *request) (views.Model, error) {
	if !r.from.here {
		return nil, noPage
	}
	m := views.DemoEnter{}
	for _, e := range r.site.Demo.Entrances {
		role := "role." + string(e.Role)
		m.Entrances = append(m.Entrances, views.Entrance{
			Role: string(e.Role), Does: r.words.T(role + ".does"),
			Name: r.words.T("demo.enter", "Role", r.words.T(role), "Name", e.Name),
		})
	}
	r.here = "/demo"
	m.Page = r.page()
	return m, nil
}

func (f demoEntry) do(r *request) (outcome, error) {
	if !r.from.here {
		return outcome{}, noPage
	}
	for _, e := range r.site.Demo.Entrances {
		if e.Role != f.role {
			continue
		}
		token, err := e.Enter(r)
		if err != nil {
			return outcome{}, err
		}
		if err := r.enter(token, 0); err != nil {
			return outcome{}, err
		}
		if r.who.IsStaff() {
			return see(r.desk())
		}
		return see("/cases")
	}
	return outcome{}, noPage
}

// demoText is a text that somebody sends to the board from a made-up phone.
type demoText struct{ from, text string }

func showPhone(r *request) (views.Model, error) { return demoText{}.page(r) }

func readText(r *request) form { return demoText{r.post("from"), r.post("text")} }

func (f demoText) page(r *request) (views.Model, error) {
	if !r.from.here {
		return nil, noPage
	}
	texts, err := r.site.Demo.Phone.Out(r)
	if err != nil {
		return nil, err
	}
	m := views.DemoPhone{From: f.from, Text: f.text}
	at := map[string]int{}
	for _, t := range texts {
		number := grouped(t.Number)
		i, known := at[number]
		if !known {
			i = len(m.Handsets)
			at[number] = i
			m.Handsets = append(m.Handsets, views.Handset{Number: number})
		}
		m.Handsets[i].Notes = append(m.Handsets[i].Notes, views.Note{
			At: t.Time.In(board.Zone).Format(time.RFC3339), When: r.words.DateTime(t.Time), Text: t.Text, In: t.In,
		})
	}
	r.back = "/demo"
	m.Page = r.page()
	return m, nil
}

func grouped(number string) string {
	if p, err := board.ParsePhone(number); err == nil {
		return p.Grouped()
	}
	return number
}

func (demoText) field(name string) string {
	if name == "phone" {
		return "from"
	}
	return name
}

func (f demoText) do(r *request) (outcome, error) {
	if !r.from.here {
		return outcome{}, noPage
	}
	phone, err := board.ParsePhone(f.from)
	if err != nil {
		return outcome{}, err
	}
	if err := r.site.Demo.Phone.In(r, phone.E164(), f.text); err != nil {
		return outcome{}, err
	}
	return see("/demo/phone")
}
