package main

import (
	"errors"
	"fmt"
	"os"

	"lianxin/server/channel/sheet"
	"lianxin/server/office"
)

type bring struct {
	folders `json:"-"`
	File    string `arg:"" type:"path" help:"A CSV file with a header, in UTF-8 or GB18030."`
	From    string `default:"12345" placeholder:"SYSTEM" help:"Where its numbers come from: the same number of another system is another case."`
}

func (c *bring) Run(t *terminal) error { return t.do(c.folders, "import", c) }

// errRows ends an import whose bad rows have been told already.
var errRows = told(refused)

func (c *bring) work(b *bench) (err error) {
	file, err := os.Open(c.File)
	if err != nil {
		return sentence(b.words.T("cmd.import.file", "File", c.File, "Cause", cause(err)))
	}
	defer file.Close()
	about, err := file.Stat()
	if err != nil {
		return err
	}
	bar := b.bar(about.Size(), b.words.T("cmd.import.doing"))
	report, err := sheet.Import(b, b.office, file, c.From,
		func(done, _ int64) { _ = bar.Set64(done) },
		func(f office.LineFault) {
			_ = bar.Clear()
			fmt.Fprintln(b.err, b.words.T("cmd.import.row", "Line", f.Line, "Reason", b.words.T("fault."+f.Fault.ID, f.Fault.Args...)))
		})
	_ = bar.Clear()
	fmt.Fprintln(b.out, b.words.T("cmd.import.done",
		"Read", report.Read, "Added", report.Added, "Known", report.Known, "Bad", report.Bad))
	if err == nil && report.Bad > 0 {
		return errRows
	}
	return err
}

// cause is what is wrong with a file, without its name.
func cause(err error) string {
	var at *os.PathError
	if errors.As(err, &at) {
		return at.Err.Error()
	}
	return err.Error()
}
