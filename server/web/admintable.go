package web

import (
	"encoding/hex"
	"errors"
	"io"
	"strconv"
	"strings"

	"lianxin/server/board"
	"lianxin/server/office"
	"lianxin/views"
)

// Bringing in the table of another system: sent, tried, looked over, confirmed.
const (
	tablePath   = "/admin/import"
	reportPath  = "/admin/import/report"
	dropPath    = "/admin/import/drop"
	badPath     = "/admin/import/bad"
	hotlineName = "12345" // the system that most tables come from
)

// tableForm takes the file.
func tableForm(r *request) (views.Model, error) {
	r.administer(tablePath, "/admin")
	m := views.AdminForm{
		Page: r.page(), Heading: r.words.T("import.title"), Lead: []string{r.words.T("import.lead"), r.words.T("import.private")},
		Post: tablePath, Button: r.words.T("import.button"), After: r.words.T("import.after"),
		Groups: []views.Group{{Fields: []views.Field{
			{Name: "file", Kind: views.Upload, Label: r.words.T("import.file.label"), Hint: r.words.T("import.file.hint", "Max", maxTable>>20)},
			{Name: "system", Kind: views.Text, Label: r.words.T("import.system.label"), Hint: r.words.T("import.system.hint"), Value: r.typed("system", hotlineName)},
			{Name: "map", Kind: views.Area, Rows: 4, Label: r.words.T("import.map.label"), Hint: r.words.T("import.map.hint"), Value: r.post("map")},
		}}},
	}
	if _, have := r.site.bringing.now(); have {
		m.Links = []views.Link{{Href: reportPath, Text: r.words.T("import.progress")}}
	}
	m.Page.Once = r.stamp(m.Post)
	return m, nil
}

func tryTable(r *request) (string, error) {
	system, file := trim(r.post("system")), r.files["file"]
	switch {
	case len(file) == 0:
		return "", board.Fault{Kind: board.Invalid, ID: "table.none", Field: "file"}
	case system == "" || strings.Contains(system, ":") || len(system) > 60:
		return "", board.Fault{Kind: board.Invalid, ID: "table.system", Field: "system"}
	}
	err := r.site.try(&tableJob{by: r.who.Staff, mark: hex.EncodeToString(r.fresh[:]), file: file, system: system, asked: r.post("map")})
	if faults, refused := board.Faults(err); refused {
		if faults[0].Field != "map" {
			faults[0].Field = "file"
		}
		return "", faults[0]
	}
	return reportPath, err
}

// tableReport is how far the table in hand is and what was found in it.
func tableReport(r *request) (views.Model, error) {
	r.administer(reportPath, tablePath)
	job, have := r.site.bringing.now()
	switch {
	case !have && r.row.form != nil:
		return tableForm(r)
	case !have:
		return nil, goOn(tablePath)
	}
	m := views.Table{Heading: r.words.T("import.title")}
	say := func(key string, pairs ...any) { m.Lead = append(m.Lead, r.words.T(key, pairs...)) }
	figures := []any{"Read", job.report.Read, "Added", job.report.Added, "Known", job.report.Known, "Bad", job.report.Bad}
	switch {
	case job.running:
		m.Lead = r.underWay(job)
		m.Links = []views.Link{{Href: reportPath, Text: r.words.T("import.progress")}}
	case job.err != nil:
		m.Lead = r.whatBroke(job.err)
		say("import.broken", figures...)
	case job.tried:
		say("import.tried", figures...)
	default:
		say("import.done", figures...)
	}
	if !job.running {
		if job.report.Ended > 0 {
			say("import.ended", "Count", job.report.Ended)
		}
		if job.report.Shown > 0 {
			say("import.shown", "Count", job.report.Shown)
		}
		m.Groups = r.found(job)
		m.Acts = r.tableActs(job)
		if r.mayMend(job) {
			m.Links = append(m.Links, views.Link{Href: badPath, Text: r.words.T("import.bad.take")})
		}
		m.Links = append(m.Links, views.Link{Href: tablePath, Text: r.words.T("import.another")})
	}
	m.Page = r.page()
	return m, nil
}

// underWay says how far it is: in parts of a hundred, or in rows of a workbook,
// whose end nobody knows.
func (r *request) underWay(job tableJob) []string {
	key := "import.running"
	if job.tried {
		key = "import.trying"
	}
	far := r.words.T("import.rows", "Count", job.done)
	if job.total > 0 {
		far = r.words.T("import.percent", "Percent", min(100, job.done*100/job.total))
	}
	return []string{r.words.T(key), far}
}

// whatBroke says what ended an import before its end.
func (r *request) whatBroke(err error) []string {
	if faults, refused := board.Faults(err); refused {
		return []string{r.say(faults[0])}
	}
	return nil
}

// tableActs is what may be done with a table.
func (r *request) tableActs(job tableJob) []views.Action {
	mark := []views.Hidden{{Name: "mark", Value: job.mark}}
	drop := views.Action{Deed: "drop", Title: r.words.T("import.drop"), Hint: r.words.T("import.drop.hint"), Post: dropPath,
		Button: r.words.T("import.drop"), Secondary: true}
	switch {
	case job.tried && job.err == nil && job.report.Added > 0:
		return []views.Action{{Deed: "go", Title: r.words.T("import.go"), Hint: r.words.T("import.go.hint"), Post: reportPath, Hidden: mark,
			Button: r.words.T("import.go.button", "Count", job.report.Added)}, drop}
	case job.file != nil:
		return []views.Action{drop}
	}
	return nil
}

// found is what cannot come in, and what each column and each word was taken
// for.
func (r *request) found(job tableJob) (groups []views.FactGroup) {
	if len(job.bad) > 0 {
		groups = append(groups, r.badRows(job))
	}
	columns := views.FactGroup{Title: r.words.T("import.columns")}
	for _, c := range job.report.Columns {
		means := r.words.T("import.left")
		if c.Means != "" {
			means = r.words.T("import.column." + c.Means)
		}
		columns.Facts = append(columns.Facts, views.Fact{Name: c.Name, Value: means})
	}
	groups = append(groups, columns)
	for _, w := range job.report.Words {
		title := r.words.T("import.column." + w.Column)
		if last := &groups[len(groups)-1]; last.Title != title {
			groups = append(groups, views.FactGroup{Title: title})
		}
		name := w.Word
		if name == "" {
			name = r.words.T("import.others")
		}
		last := &groups[len(groups)-1]
		last.Facts = append(last.Facts, views.Fact{Name: name, Value: r.words.T("import.word", "Means", r.meaning(w), "Count", w.Rows)})
	}
	return groups
}

// badRows are the first that could not be taken.
func (r *request) badRows(job tableJob) views.FactGroup {
	bad, shown := views.FactGroup{Title: r.words.T("import.bad")}, job.bad[:min(len(job.bad), mostBad)]
	if job.report.Bad > len(shown) {
		bad.Note = r.words.T("import.bad.more", "Count", len(shown))
	}
	for _, row := range shown {
		bad.Facts = append(bad.Facts, views.Fact{Name: r.words.T("import.line", "Line", row.Line), Value: r.say(row.Fault)})
	}
	return bad
}

// mayMend tells whether there are bad rows that this reader may have: whoever
// sent them knows them already.
func (r *request) mayMend(job tableJob) bool {
	return !job.running && len(job.bad) > 0 && job.by == r.who.Staff
}

// takeBad makes a file of the rows that could not be taken, each behind its
// line, its column and what is wrong. Once it is mended it can be brought in as
// it is, because no system calls its own columns so.
func takeBad(r *request) (*download, error) {
	job, have := r.site.bringing.now()
	if !have || !r.mayMend(job) {
		return nil, noPage
	}
	return r.makeFile("import-bad", r.words.T("import.bad"), tableTypes[0], func(to io.Writer) error {
		table, err := r.site.Tables(tableTypes[0][0], to)
		if err != nil {
			return err
		}
		err = table.Row(append([]string{r.words.T("import.bad.line"), r.words.T("import.bad.column"), r.words.T("import.bad.reason")}, job.head...)...)
		for _, row := range job.bad {
			if err == nil {
				err = table.Row(append([]string{strconv.Itoa(row.Line), row.Column, r.say(row.Fault)}, row.Raw...)...)
			}
		}
		return errors.Join(err, table.Close())
	})
}

// meaning is what a word of a table means here.
func (r *request) meaning(w office.TableWord) string {
	switch {
	case w.Means == "":
		return r.words.T("import.unknown")
	case w.Column == "kind":
		return r.kind(board.Kind(w.Means))
	case w.Column == "state":
		return r.words.T("import.state." + w.Means)
	case w.Column == "topic":
		return r.topic(w.Means)
	case w.Column == "unit":
		if id, err := board.ParseID(w.Means); err == nil {
			return r.unit(id)
		}
	}
	return w.Means
}

func bringTable(r *request) (string, error) {
	if _, have := r.site.bringing.now(); !have {
		return tablePath, nil // dropped, or the machine was started anew
	}
	return reportPath, r.site.confirm(r.post("mark"))
}

func dropTable(r *request) (string, error) { return tablePath, r.site.bringing.drop() }
