package office_test

import (
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"lianxin/server/board"
	"lianxin/server/office"
	"lianxin/store"
	"lianxin/store/kv/twice"
)

// A form of an admin acts once, whatever it makes or changes.
func TestAFormOfAdministrationActsOnce(t *testing.T) {
	each(t, func(c *county) {
		units := func() int { list, err := c.County(ctx); c.must(err); return len(list.List) }
		before := units()
		form := office.WithForm(ctx, store.Once{1}, "roads")
		first, err := c.Found(form, c.admin.Actor, board.Founded{Name: board.Texts{"zh-Hans": "交通局"}})
		c.must(err)
		again, err := c.Found(form, c.admin.Actor, board.Founded{Name: board.Texts{"zh-Hans": "交通局"}})
		c.must(err)
		if again != first || units() != before+1 {
			t.Errorf("one form made %s and %s, %d units", first, again, units()-before)
		}
		_, err = c.Found(office.WithForm(ctx, store.Once{1}, "rails"), c.admin.Actor, board.Founded{Name: board.Texts{"zh-Hans": "铁路局"}})
		c.refused("a form that acted, with other words", err, "form.sent")
		_, err = c.Found(ctx, office.Box, board.Founded{Name: board.Texts{"zh-Hans": "公路局"}})
		c.must(err)
		_, err = c.Found(office.WithForm(ctx, store.Once{2}, "x"), c.dispatcher.Actor, board.Founded{Name: board.Texts{"zh-Hans": "气象局"}})
		c.refused("a unit founded by a dispatcher", err, "deed.role")

		hire := office.WithForm(ctx, store.Once{3}, "gao")
		gao := office.NewStaff{Login: "gao", Name: "高", Roles: board.Roles{board.Reviewer}}
		shown, err := c.Hire(hire, c.admin.Actor, gao)
		c.must(err)
		none, err := c.Hire(hire, c.admin.Actor, gao)
		c.refused("the same form of somebody new", err, "staff.shown")
		if none.Password != "" || none.Recovery != nil {
			t.Error("a password that does not exist is given")
		}
		code, err := totp.GenerateCode(shown.Secret, c.clock.now())
		c.must(err)
		if _, err := c.StaffLogIn(ctx, "gao", shown.Password, code, home); err != nil {
			t.Errorf("the password that was shown does not work: %v", err)
		}
	})
}

// The first run is refused as soon as anybody works in the county.
func TestTheFirstRunIsOnce(t *testing.T) {
	each(t, func(c *county) {
		secret, err := c.Secret("admin")
		c.must(err)
		code, err := totp.GenerateCode(secret.Secret, c.clock.now())
		c.must(err)
		boss := office.NewStaff{Login: " sun ", Name: " 孙伟 ", Password: "河边柳树早市七点钟见", Secret: secret.Secret}
		admin, err := c.FirstAdmin(boss, code, board.CountyNamed{})
		c.must(err)
		if admin.Login != "sun" || admin.Name != "孙伟" || admin.Roles.String() != "admin" || admin.Password == boss.Password {
			t.Errorf("the first admin is %+v", admin)
		}
		_, err = c.FirstAdmin(office.NewStaff{Secret: secret.Secret}, "12", board.CountyNamed{})
		faults, _ := board.Faults(err)
		if len(faults) != 4 {
			t.Errorf("an empty page is refused with %v", faults)
		}
		c.clock.add(5 * time.Minute)
		_, err = c.FirstAdmin(boss, code, board.CountyNamed{})
		c.refused("digits of five minutes ago", err, "staff.digits")
		_, err = c.Begin(ctx, board.CountyNamed{Name: board.Texts{"zh-Hans": "别县"}}, admin)
		c.refused("a first run of a county that has people", err, "first.over")
		c.refused("a county without a name", c.CheckName(board.CountyNamed{}), "county.name")
	})
}

func TestYearsOfTheCalendar(t *testing.T) {
	c := found(t, twice.New)
	county, err := c.County(ctx)
	c.must(err)
	years := c.Years(county)
	if len(years) != 3 || years[1] != (office.Year{Year: 2026, Published: true}) || years[2] != (office.Year{Year: 2027}) {
		t.Errorf("the years are %v", years)
	}
	if c.Working(time.Date(2026, 10, 1, 9, 0, 0, 0, board.Zone)) || !c.Working(noon) {
		t.Error("National Day is a working day, or an ordinary Thursday is none")
	}
}
