package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"strconv"

	"lianxin/server/board"
	"lianxin/server/channel/sheet"
	"lianxin/server/office"
	"lianxin/server/web"
)

type bring struct {
	folders `json:"-"`
	File    string `arg:"" type:"path" help:"A CSV file in UTF-8 or GB18030, or an Excel workbook (.xlsx), with a header."`
	From    string `default:"12345" placeholder:"SYSTEM" help:"Where its numbers come from: the same number of another system is another case."`
	Map     string `type:"path" placeholder:"FILE" help:"Which column is which, where the names do not tell: lines such as 'body = their column'."`
	DryRun  bool   `help:"Say what would come in, and keep nothing."`
	Bad     string `type:"path" placeholder:"FILE" help:"Write the rows that could not be taken into this CSV file, to be mended and imported."`
}

func (c *bring) Run(t *terminal) error { return t.do(c.folders, "import", c) }

// errRows ends an import whose bad rows have been told already.
var errRows = told(refused)

func (c *bring) work(b *bench) (err error) {
	task := sheet.Task{System: c.From, Try: c.DryRun}
	if task.Map, err = c.mapped(b); err != nil {
		return err
	}
	file, err := os.Open(c.File)
	if err != nil {
		return sentence(b.words.T("cmd.import.file", "File", c.File, "Cause", cause(err)))
	}
	defer file.Close()
	about, err := file.Stat()
	if err != nil {
		return err
	}
	rest, err := c.rest(b)
	if err != nil {
		return err
	}
	bar := b.bar(about.Size(), b.words.T("cmd.import.doing"))
	task.Head = rest.head
	task.Progress = func(done, total int64) {
		bar.ChangeMax64(total)
		_ = bar.Set64(done)
	}
	task.Bad = func(row office.BadRow) {
		_ = bar.Clear()
		fmt.Fprintln(b.err, b.words.T("cmd.import.row", "Line", row.Line, "Reason", reason(b, row)))
		rest.row(row)
	}
	report, err := sheet.Import(b, b.office, file, task)
	_ = bar.Clear()
	if err = errors.Join(err, rest.close()); len(report.Columns) == 0 {
		return err
	}
	if e := c.tell(b, report); err == nil {
		err = e
	}
	if err == nil && report.Bad > 0 {
		return errRows
	}
	return err
}

// mapped reads the map, nil when none was named.
func (c *bring) mapped(b *bench) (sheet.Map, error) {
	if c.Map == "" {
		return nil, nil
	}
	text, err := os.ReadFile(c.Map)
	if err != nil {
		return nil, sentence(b.words.T("cmd.import.file", "File", c.Map, "Cause", cause(err)))
	}
	return sheet.ParseMap(string(text))
}

func reason(b *bench, row office.BadRow) string {
	return b.words.T("fault."+row.Fault.ID, row.Fault.Args...)
}

// tell says what each column and each word was taken for, and how it went.
func (c *bring) tell(b *bench, report office.Table) error {
	here, err := b.office.County(b)
	if err != nil {
		return err
	}
	for _, col := range report.Columns {
		means := b.words.T("import.left")
		if col.Means != "" {
			means = b.words.T("import.column." + col.Means)
		}
		fmt.Fprintln(b.out, b.words.T("cmd.import.means", "Name", col.Name, "Means", means))
	}
	for _, w := range report.Words {
		name, means := w.Word, meaning(b, here, w)
		if name == "" {
			name = b.words.T("import.others")
		}
		if means == "" {
			means = b.words.T("import.unknown")
		}
		fmt.Fprintln(b.out, b.words.T("cmd.import.word", "Column", b.words.T("import.column."+w.Column), "Name", name, "Means", means, "Count", w.Rows))
	}
	if report.Ended > 0 {
		fmt.Fprintln(b.out, b.words.T("import.ended", "Count", report.Ended))
	}
	if report.Shown > 0 {
		fmt.Fprintln(b.out, b.words.T("import.shown", "Count", report.Shown))
	}
	key := "cmd.import.done"
	if c.DryRun {
		key = "cmd.import.tried"
	}
	fmt.Fprintln(b.out, b.words.T(key, "Read", report.Read, "Added", report.Added, "Known", report.Known, "Bad", report.Bad))
	if c.Bad != "" && report.Bad > 0 {
		fmt.Fprintln(b.out, b.words.T("cmd.import.bad", "File", c.Bad))
	}
	return nil
}

// meaning is what a word means here, in words; "" when nobody knows.
func meaning(b *bench, here *office.Directory, w office.TableWord) string {
	switch {
	case w.Means == "":
		return ""
	case w.Column == "kind":
		return b.words.T("kind." + w.Means)
	case w.Column == "state":
		return b.words.T("import.state." + w.Means)
	case w.Column == "unit":
		if id, err := board.ParseID(w.Means); err == nil {
			return here.UnitName(id, b.words.Pick)
		}
	case w.Column == "topic":
		if t, known := here.Topic(w.Means); known && len(t.Name) > 0 {
			return b.words.Pick(t.Name)
		}
		return b.words.T("topic." + w.Means)
	}
	return w.Means
}

// rest is the file of rows that could not be taken: line, column and reason
// before the row as it came. Once it is mended it can be imported as it is,
// because no system calls its own columns so.
type rest struct {
	bench *bench
	path  string
	file  *os.File
	rows  *sheet.Writer
	err   error // the first, told at the end
}

// rest opens the file, or none when none was named.
func (c *bring) rest(b *bench) (*rest, error) {
	r := &rest{bench: b, path: c.Bad}
	if c.Bad == "" {
		return r, nil
	}
	var err error
	if r.file, err = os.OpenFile(c.Bad, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600); err != nil {
		return nil, sentence(b.words.T("cmd.import.file", "File", c.Bad, "Cause", cause(err)))
	}
	r.rows, err = sheet.NewWriter(sheet.CSV, r.file)
	return r, err
}

func (r *rest) head(names []string) {
	say := r.bench.words.T
	r.write(append([]string{say("import.bad.line"), say("import.bad.column"), say("import.bad.reason")}, names...))
}

func (r *rest) row(row office.BadRow) {
	r.write(append([]string{strconv.Itoa(row.Line), row.Column, reason(r.bench, row)}, row.Raw...))
}

func (r *rest) write(cells []string) {
	if r.file != nil && r.err == nil {
		r.err = r.rows.Row(cells...)
	}
}

func (r *rest) close() error {
	if r.file == nil {
		return nil
	}
	err := errors.Join(r.err, r.rows.Close(), r.file.Close())
	if err == nil {
		return nil
	}
	return sentence(r.bench.words.T("cmd.import.file", "File", r.path, "Cause", cause(err)))
}

// tables brings in what a page was given.
func (b *box) tables(ctx context.Context, file []byte, task web.TableTask) (office.Table, error) {
	asked, err := sheet.ParseMap(task.Map)
	if err != nil {
		return office.Table{}, err
	}
	return sheet.Import(ctx, b.office, bytes.NewReader(file), sheet.Task{System: task.System, Map: asked, Try: task.Try, Head: task.Head, Progress: task.Progress, Bad: task.Bad})
}

// cause is what is wrong with a file, without its name.
func cause(err error) string {
	var at *os.PathError
	if errors.As(err, &at) {
		return at.Err.Error()
	}
	return err.Error()
}
