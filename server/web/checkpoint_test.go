package web

import (
	"path/filepath"
	"strings"
	"testing"

	"lianxin/store"
	"lianxin/store/seal"
)

// seals seals what happened so far, as the server does each hour.
func (w *world) seals() {
	w.t.Helper()
	keys, err := seal.Open(filepath.Join(w.dir, "keys"))
	w.must(err)
	st, err := store.New(w.engine, keys)
	w.must(err)
	_, err = st.Seal(ctx, w.clock.now())
	w.must(err)
}

// The seal is everybody's to take, and goes out on each sheet that staff print;
// a resident's own receipt does without: it may cost them money to load.
func TestTheSealGoesOutOnPaper(t *testing.T) {
	w := newWorld(t)
	b := w.browser()
	b.get("/privacy").get("/checkpoint").want(200, w.T("checkpoint.none"))
	phone, helper := w.browser().enter("phone"), w.browser().enter("help")
	taken := phone.takes("tell", "letter", "phone", "")
	w.answers(taken)
	helped := helper.begins("张大爷", "13500135000").reads(said).consents("13500135000")
	line := strings.TrimSpace(strings.SplitN(w.T("checkpoint.line", "Short", "", "Size", 0, "Time", ""), "（", 2)[0])
	phone.get("/desk/intake/" + taken).want(200).hides(line)

	w.seals()
	point, err := w.office.Checkpoint(ctx)
	w.must(err)
	if point == nil || point.Size == 0 {
		t.Fatal("nothing was sealed")
	}
	b.get("/checkpoint").want(200, point.Short, point.Key).hides(w.T("checkpoint.none"))
	b.sound("/checkpoint")
	line = w.T("checkpoint.line", "Short", point.Short, "Size", point.Size, "Time", w.words.Words("zh-Hans").DateTime(point.Time))
	phone.get("/desk/intake/"+taken).want(200, line)
	phone.get("/letters/"+taken).want(200, line)
	helper.get("/assist/receipt/"+helped).want(200, line)
	writer := w.browser().logIn("13800138000")
	writer.get("/receipt/" + writer.file()).want(200).hides(point.Short)
}
