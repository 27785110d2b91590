package web

import (
	"context"
	"testing"
	"time"

	"lianxin/locales"
	"lianxin/views"
)

// An administrator sees how the machine is, and on the first page that
// something is to be mended; nobody else of the staff does.
func TestTheMachineOnItsPage(t *testing.T) {
	found := Box{
		Findings: []Finding{{Level: "好", Text: "硬盘还有 10 GB", Tone: views.ToneDone}, {Level: "要处理", Text: "一份备份也没有", Tone: views.ToneRed}},
		Works:    []Work{{At: noon, Failed: "disk full"}, {At: noon, Trial: true, Size: "3.0 MB", Events: 4711, Took: 6400 * time.Millisecond}},
	}
	w := newWorld(t, func(p *Parts, _ *[]route) {
		p.Box = func(_ context.Context, words locales.Words) (Box, error) { return found, nil }
	})
	admin := w.browser().enter("admin")
	admin.get("/admin").want(200, w.T("box.title"), w.T("admin.box.ill", "Count", 1))
	page := admin.get("/admin/box").want(200, "硬盘还有 10 GB", "一份备份也没有", "disk full", w.T("box.failed"), w.T("box.trial"), "3.0 MB", "4711", "6.4")
	page.want(200, w.T("checkpoint.none"))
	admin.sound("/admin/box")
	w.seals()
	admin.get("/admin/box").want(200).hides(w.T("checkpoint.none"))
	found = Box{Findings: found.Findings[:1]}
	admin.get("/admin").want(200).hides(w.T("admin.box.ill", "Count", 1))
	admin.get("/admin/box").want(200, w.T("box.backups.none"))
	w.browser().enter("desk").get("/admin/box").want(403)
	w.browser().get("/admin/box").hides("硬盘还有")
}
