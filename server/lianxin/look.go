package main

import (
	"context"
	"strings"

	"lianxin/locales"
	"lianxin/server/web"
	"lianxin/store/backup"
	"lianxin/views"
)

// look is what an administrator's page says of the machine: what the doctor
// says, and what came of the backups.
func (h *house) look(ctx context.Context, w locales.Words) (web.Box, error) {
	d := &doctor{copies: h.night.copies, TLSCert: h.tlsCert, At: h.box.Data}
	found, err := d.findings(&bench{Context: ctx, box: h.box, office: h.box.office, words: w})
	if err != nil {
		return web.Box{}, err
	}
	var b web.Box
	for _, f := range found {
		tone := [...]views.Tone{views.ToneDone, views.ToneYellow, views.ToneRed}[f.level]
		b.Findings = append(b.Findings, web.Finding{Level: strings.TrimSpace(w.T(f.level.key())), Text: w.T(f.key, f.args...), Tone: tone})
	}
	if h.night.Backup == "" {
		return b, nil
	}
	notes, err := backup.History(h.night.Backup)
	if err != nil { // figures; the doctor tells of the backups themselves
		h.log.Error("what came of the last backups cannot be read", "cause", err)
	}
	for _, n := range notes {
		b.Works = append(b.Works, web.Work{At: n.At, Trial: n.Kind == backup.Tried, LetGo: n.Kind == backup.LetGo, Cases: n.Cases, Persons: n.Persons, Size: size(n.Size), Events: n.Events, Took: n.Took, Failed: n.Failed})
	}
	return b, nil
}
