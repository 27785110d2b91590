package web

import (
	"strings"
	"testing"
	"time"

	"lianxin/server/board"
)

func TestOnesOwnAccount(t *testing.T) {
	w := newWorld(t)
	desk := w.browser().enter("desk")
	other := w.browser().enter("desk")
	desk.get("/desk").want(200, w.T("account.title"))
	desk.get(accountPath).want(200, w.T("account.recovery.left", "Count", board.RecoveryCodes), w.T("account.other"))
	w.clock.add(5 * time.Minute) // the second factor was shown too long ago
	p := desk.get(accountPath)
	wrong := p.post(accountPath, "now", "x", "password", "x", "factor", "").want(422, w.T("fault.factor.empty"))
	wrong = wrong.post(accountPath, "now", w.staff["desk"].Password, "password", "周岚2026周岚2026", "factor", w.digits("desk")).
		want(422, w.T("fault.staff.password-easy"))
	if v := wrong.form(accountPath).values; v.Get("password") != "" || v.Get("now") != "" {
		t.Error("a password stands on the page")
	}
	const next = "河边柳树早市七点钟见"
	wrong.post(accountPath, "now", "wrong horse", "password", next).want(422, w.T("fault.account.now"))
	wrong.send(accountPath, "now", w.staff["desk"].Password, "password", next).want(200, w.T("admin.said.saved"))
	other.get("/desk").want(200, w.T("staff.title"))
	w.browser().get("/staff/login").post("/staff/login", "name", "desk", "password", w.staff["desk"].Password, "code", w.digits("desk")).want(403)
	w.browser().get("/staff/login").send("/staff/login", "name", "desk", "password", next, "code", w.digits("desk")).want(200, w.T("desk.title"))
	desk.get(accountPath).send(accountPath+"/others").want(200, w.T("admin.said.removed")).hides(w.T("account.others.end"))
}

func TestRecoveryCodesOnThePage(t *testing.T) {
	w := newWorld(t)
	desk := w.browser().enter("desk")
	before := desk.get(accountPath)
	shown := before.post(accountPath+"/recovery").want(200, w.T("secret.own.once"))
	_, list, _ := strings.Cut(shown.body, `<ol class="key codes">`)
	_, code, _ := strings.Cut(list, "<li>")
	code, _, _ = strings.Cut(code, "</li>")
	before.post(accountPath+"/recovery").want(409, w.T("fault.staff.shown")).hides(code)

	// Without the telephone: the code stands in for the six digits, and whoever
	// comes in by it reads so.
	lost := w.browser()
	p := lost.get("/staff/login").send("/staff/login", "name", "desk", "password", w.staff["desk"].Password, "code", code)
	p.want(200, w.T("account.title"), w.T("account.recovery.left", "Count", board.RecoveryCodes-1))
	if p.path != accountPath || !strings.Contains(p.text(), strings.TrimSpace(w.T("account.recovered", "Time", w.words.Words("zh-Hans").Stamp(w.clock.now())))) {
		t.Errorf("after a recovery code at %s:\n%s", p.path, p.text())
	}
	w.browser().get("/staff/login").post("/staff/login", "name", "desk", "password", w.staff["desk"].Password, "code", code).want(403)
	// Their administrator sees it too.
	id := w.who(desk).Staff.String()
	w.browser().enter("admin").get("/admin/staff/"+id).want(200, w.T("account.recovery.left", "Count", board.RecoveryCodes-1))
}
