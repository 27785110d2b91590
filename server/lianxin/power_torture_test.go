//go:build torture

package main

import (
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"
)

// volume is a file system of its own, on which the power can be cut.
type volume struct {
	t         *testing.T
	at, image string
}

// newVolume makes one as big as its kind takes.
func newVolume(t *testing.T, kind, size string) *volume {
	t.Helper()
	v := &volume{t, t.TempDir(), filepath.Join(t.TempDir(), "image")}
	shell(t, "truncate", "-s", size, v.image)
	shell(t, "mkfs."+kind, "-q", v.image)
	shell(t, "mount", "-o", "loop", v.image, v.at)
	t.Cleanup(func() { shell(t, "umount", v.at) })
	return v
}

func shell(t *testing.T, name string, args ...string) {
	t.Helper()
	if out, err := exec.Command(name, args...).CombinedOutput(); err != nil {
		t.Fatalf("%s %v: %v\n%s", name, args, err, out)
	}
}

// cut shuts the file system down, as a power cut does: what is not on the disk
// never will be.
func (v *volume) cut() {
	v.t.Helper()
	shell(v.t, "xfs_io", "-x", "-c", "shutdown", v.at)
}

// back gives it back after a cut, when nobody holds it any more.
func (v *volume) back() {
	v.t.Helper()
	shell(v.t, "umount", v.at)
	shell(v.t, "mount", "-o", "loop", v.image, v.at)
}

// blackout is a cut under a server on which all residents file and add recordings:
// the power goes after so many of both. It gives the county as the disk has it, and
// the residents with what they know.
func (v *volume) blackout(program string, after int) (county, []*adder) {
	t := v.t
	t.Helper()
	folder := filepath.Join(v.at, "county")
	if err := os.RemoveAll(folder); err != nil {
		t.Fatal(err)
	}
	c, filers := cast(t, folder)
	shell(t, "sync", "-f", v.at)
	cmd := serving(c, "serve")
	cmd.Path = program
	r := launch(t, c, cmd)
	acknowledged := make(chan struct{}, 1000)
	var done sync.WaitGroup
	adders := make([]*adder, len(filers))
	for i, f := range filers {
		f.base = r.url
		adders[i] = &adder{filer: f}
		done.Go(func() { adders[i].addAll(cap(acknowledged)/len(filers), acknowledged) })
	}
	for range after {
		<-acknowledged
	}
	v.cut()
	done.Wait() // nobody is given a receipt by a disk that is gone
	r.kill()
	v.back()
	return c, adders
}

func TestTorturePowerCutsOnExt4(t *testing.T) { powerCuts(t, "ext4", "96M") }
func TestTorturePowerCutsOnXFS(t *testing.T)  { powerCuts(t, "xfs", "320M") }

// Whatever was acknowledged before the power went is there when it is back, and
// a form that was under way makes one case, or adds one recording.
func powerCuts(t *testing.T, kind, size string) {
	t.Parallel()
	v := newVolume(t, kind, size)
	began, receipts, recordings, underway, slowest := time.Now(), 0, 0, 0, time.Duration(0)
	for cut := range cuts {
		c, adders := v.blackout(binary, 1+cut%23)
		again := time.Now()
		r := start(t, c, "serve")
		slowest = max(slowest, time.Since(again))
		for _, a := range adders {
			receipts, recordings = receipts+len(a.numbers), recordings+len(a.added)
			if a.underway != nil || a.form != nil {
				underway++
			}
			a.has(r)
		}
		c.clean(t)
		well(t, c.with("verify")...)
		r.kill()
		if t.Failed() {
			t.Fatalf("cut %d", cut)
		}
	}
	t.Logf("%s: %d cuts in %.0f s, %d receipts given, %d recordings added and none lost, %d forms cut off and done once; back within %.1f s",
		kind, cuts, time.Since(began).Seconds(), receipts, recordings, underway, slowest.Seconds())
	if underway == 0 {
		t.Error("no form was under way in any cut")
	}
}

// The same cuts take cases away from a program that does not sync: they prove
// something.
func TestTorturePowerCutsFindALoss(t *testing.T) {
	t.Parallel()
	program := filepath.Join(t.TempDir(), "careless")
	if err := build(program, "-tags", "nosync_for_proof"); err != nil {
		t.Fatal(err)
	}
	for kind, size := range map[string]string{"ext4": "96M", "xfs": "320M"} {
		v, lost := newVolume(t, kind, size), 0
		for cut := 0; cut < bareCuts && lost == 0; cut++ {
			c, adders := v.blackout(program, 5+cut)
			r := launch(t, c, serving(c, "serve"))
			for _, f := range adders {
				f.base = r.url
				for _, number := range f.numbers {
					if page, err := f.get("/case/" + number); err != nil || page.code != http.StatusOK {
						lost++
					}
				}
			}
			r.kill()
		}
		t.Logf("%s without sync: %d receipts lost", kind, lost)
		if lost == 0 {
			t.Errorf("%s: a program that does not sync lost nothing: the cuts are none", kind)
		}
	}
}

// Whenever a county's first start is broken off, by a kill or by the power, the
// next one finds a folder that it can use.
func TestTortureFirstStart(t *testing.T) {
	t.Parallel()
	first := func(c county, lasts time.Duration, end func(*exec.Cmd)) {
		t.Helper()
		cmd := serving(c, "serve")
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(lasts) // the moment is what is tried
		end(cmd)
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	}
	for i := range firstKills {
		c := place(t)
		first(c, time.Duration(i)*100*time.Millisecond/firstKills, func(*exec.Cmd) {})
		start(t, c, "serve").stop()
		c.clean(t)
	}
	v := newVolume(t, "ext4", "96M")
	for i := range firstCuts {
		c := county{filepath.Join(v.at, "data"), filepath.Join(v.at, "keys")}
		shell(t, "rm", "-rf", c.data, c.keys)
		shell(t, "sync", "-f", v.at)
		first(c, time.Duration(i)*100*time.Millisecond/firstCuts, func(*exec.Cmd) { v.cut() })
		v.back()
		start(t, c, "serve").stop()
		c.clean(t)
	}
}
