package web

import (
	"testing"

	"lianxin/server/board"
	"lianxin/server/office"
)

// A page for everybody is made once, and made anew when something changes that
// everybody may read; somebody who is logged in gets one of their own.
func TestACommonPageIsKeptUntilSomethingChanges(t *testing.T) {
	w := newWorld(t)
	stranger := w.browser()
	first := stranger.get("/units").want(200, "水利局")
	if again := w.browser().get("/units"); again.body != first.body {
		t.Error("two strangers do not get the same page")
	}
	w.must(w.office.Rename(ctx, office.Box, w.units[1], board.Founded{Name: board.Texts{"zh-Hans": "水务局"}}))
	stranger.get("/units").want(200, "水务局").hides("水利局")
	stranger.head["Accept-Language"] = "en"
	stranger.get("/units").want(200, "Housing Bureau")
	known := w.browser().logIn("13800138000")
	known.get("/units").want(200, "138 **** 8000")
	w.browser().get("/units").hides("138 **** 8000")
	stranger.get("/units").send("/display", "lang", "en", "size", "30", "theme", "dark").want(200)
}
