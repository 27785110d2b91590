package sheet

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"lianxin/server/board"
	"lianxin/server/office"
	"lianxin/server/workday"
	"lianxin/store"
	"lianxin/store/seal"
)

// founded is an office on 18 September 2026.
func founded(t *testing.T) *office.Office {
	t.Helper()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	keys, err := seal.Create(filepath.Join(t.TempDir(), "keys"))
	must(err)
	data, err := store.Open(t.TempDir(), keys)
	must(err)
	t.Cleanup(func() { must(data.Close()) })
	calendar, err := workday.Statutory()
	must(err)
	o, err := office.New(office.Parts{Store: data, Calendar: calendar, Random: rand.NewChaCha8([32]byte{5}),
		Now: func() time.Time { return time.Date(2026, 9, 18, 10, 0, 0, 0, board.Zone) }, Log: slog.New(slog.DiscardHandler)})
	must(err)
	return o
}

// table is a made-up export of n rows.
func table(n int) string {
	var b strings.Builder
	b.WriteString(head)
	for i := range n {
		fmt.Fprintf(&b, "%d,求助,第 %d 盏灯,\"不亮了\n请修\",2026-09-17 10:00,城管局\n", 900000+i, i)
	}
	return b.String()
}

func nothing(int64, int64) {}

// figures are what a report counts.
func figures(r office.Table) string {
	return fmt.Sprintf("read %d, added %d, known %d, bad %d, shown %d", r.Read, r.Added, r.Known, r.Bad, r.Shown)
}

func TestImportTakesEachRowOnce(t *testing.T) {
	o := founded(t)
	content := table(250) + "x,闲聊,,,,\n" + "y,求助,题,文,2031-01-01,局\n" + "900003,求助,又一次,文,,\n"
	for round, want := range []office.Table{{Read: 253, Added: 250, Known: 1, Bad: 2}, {Read: 253, Known: 251, Bad: 2}} {
		var bad []string
		var steps []int64
		got, err := Import(t.Context(), o, strings.NewReader(content), Task{System: "12345", Progress: func(done, total int64) {
			steps = append(steps, done)
			if total != int64(len(content)) {
				t.Errorf("%d bytes in all, want %d", total, len(content))
			}
		}, Bad: func(f office.BadRow) { bad = append(bad, fmt.Sprintf("%d %s", f.Line, f.Fault.ID)) }})
		if err != nil || figures(got) != figures(want) {
			t.Errorf("round %d: %+v, %v", round, got, err)
		}
		if fmt.Sprint(bad) != "[502 sheet.kind 503 import.future]" {
			t.Errorf("round %d: told %v", round, bad)
		}
		if len(steps) != 3 || steps[0] >= steps[1] || steps[2] != int64(len(content)) {
			t.Errorf("round %d: progress %v", round, steps)
		}
	}
	// The same number in another system is another message.
	got, err := Import(t.Context(), o, strings.NewReader(table(1)), Task{System: "mailbox", Progress: nothing})
	if err != nil || got.Added != 1 {
		t.Errorf("another system: %+v, %v", got, err)
	}
}

func TestImportThatWasInterruptedGoesOn(t *testing.T) {
	o := founded(t)
	ctx, interrupt := context.WithCancel(t.Context())
	got, err := Import(ctx, o, strings.NewReader(table(250)), Task{Progress: func(int64, int64) { interrupt() }})
	if !errors.Is(err, context.Canceled) || got.Added != batchSize {
		t.Errorf("interrupted: %+v, %v", got, err)
	}
	got, err = Import(t.Context(), o, strings.NewReader(table(250)), Task{Progress: nothing})
	if err != nil || got.Added != 250-batchSize || got.Known != batchSize {
		t.Errorf("again: %+v, %v", got, err)
	}
}

// What comes over the control socket has no size and may break off.
func TestImportFromAStream(t *testing.T) {
	o := founded(t)
	torn := errors.New("the sender died")
	stream := io.MultiReader(strings.NewReader(table(150)), iotest.ErrReader(torn))
	got, err := Import(t.Context(), o, stream, Task{Progress: func(_, total int64) {
		if total != -1 {
			t.Errorf("%d bytes in all", total)
		}
	}})
	if !errors.Is(err, torn) || got.Added != batchSize {
		t.Errorf("%+v, %v", got, err)
	}
	if _, err := Import(t.Context(), o, strings.NewReader("PK\x03\x04"), Task{Progress: nothing}); err == nil {
		t.Error("a workbook was imported")
	}
}

func TestRealExportsAreOneImportInTwoScripts(t *testing.T) {
	o := founded(t)
	for i, file := range realTables(t) {
		f, err := os.Open(file)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		got, err := Import(t.Context(), o, f, Task{System: "board", Progress: nothing,
			Bad: func(f office.BadRow) { t.Errorf("line %d: %v", f.Line, f.Fault) }})
		want := []office.Table{{Read: 803, Added: 803}, {Read: 803, Known: 803}}[i]
		if err != nil || figures(got) != figures(want) {
			t.Errorf("%s: %+v, %v", filepath.Base(file), got, err)
		}
	}
}
