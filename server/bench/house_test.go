package bench

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"

	"lianxin/server/board"
	"lianxin/server/office"
	"lianxin/store"
)

// house is the real server, as a process of its own, on a county that was made.
type house struct {
	folder  string
	url     string
	started time.Duration // from the command to the first page
	process *exec.Cmd
	client  http.Client
	cookies map[string]string // of whom: a role, or "resident"
	sample  sample
}

// sample is what pages are asked about.
type sample struct {
	public, open, own board.Number // a public case, one at the county desk, one of the resident's
	staff             string       // who takes cases in
}

// program is the binary that make builds.
func program() (string, error) {
	at, err := filepath.Abs("../../bin/lianxin")
	if err == nil {
		_, err = os.Stat(at)
	}
	if err != nil {
		return "", fmt.Errorf("bench: make build comes first: %w", err)
	}
	return at, nil
}

// command is one of the program's, on a folder that was made.
func command(folder string, args ...string) (*exec.Cmd, error) {
	at, err := program()
	if err != nil {
		return nil, err
	}
	cmd := exec.Command(at, append([]string{"--lang", "en"}, args...)...)
	cmd.Env = append(os.Environ(), "LIANXIN_DATA="+filepath.Join(folder, "data"), "LIANXIN_KEYS="+filepath.Join(folder, "keys"))
	return cmd, nil
}

// serve starts the server and waits for its first page.
func serve(folder string) (*house, error) {
	h := &house{folder: folder, cookies: map[string]string{}}
	h.client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	if err := h.letIn(); err != nil {
		return nil, err
	}
	var err error
	if h.process, err = command(folder, "serve", "--addr", "127.0.0.1:0", "--backup", filepath.Join(folder, "backup")); err != nil {
		return nil, err
	}
	out, err := h.process.StdoutPipe()
	if err != nil {
		return nil, err
	}
	began := time.Now()
	if err := h.process.Start(); err != nil {
		return nil, err
	}
	said := bufio.NewScanner(out)
	for h.url == "" && said.Scan() {
		h.url = regexp.MustCompile(`http://127\.0\.0\.1:\d+`).FindString(said.Text())
	}
	if h.url == "" {
		return nil, errors.Join(errors.New("bench: the server did not start"), h.process.Wait())
	}
	go func() { _, _ = io.Copy(io.Discard, out) }()
	_, err = h.ask("", "/")
	h.started = time.Since(began)
	return h, err
}

// letIn begins a session for a member of staff of each role and for a resident,
// and looks for cases to ask about.
func (h *house) letIn() error {
	hall, err := openOffice(h.folder)
	if err != nil {
		return err
	}
	defer hall.store.Close()
	ctx := context.Background()
	for _, role := range board.StaffRoles {
		token, err := hall.Enter(ctx, string(role)) // they are of the first unit
		if err != nil {
			return err
		}
		h.cookies[string(role)] = "s=" + token
		if role == board.Operator {
			who, err := hall.Who(ctx, token)
			if err != nil {
				return err
			}
			h.sample.staff = who.Staff.String()
		}
	}
	return hall.store.Update(ctx, func(tx *store.Tx) error { return h.look(tx, hall.Office) })
}

func (h *house) look(tx *store.Tx, o *office.Office) error {
	people, err := tx.PersonsByPhone("13800000001")
	if err != nil || len(people) == 0 {
		return errors.Join(errors.New("bench: nobody has the phone"), err)
	}
	token := strings.Repeat("r", 43)
	now := o.Now()
	id := people[0].ID
	err = tx.PutSession(store.TokenHash(token), store.Session{Person: id, Persons: []board.ID{id}, Phone: "13800000001", Begun: now, Seen: now, Ends: now.Add(24 * time.Hour)})
	if err != nil {
		return err
	}
	h.cookies["resident"] = "s=" + token
	shelves := []struct {
		list store.List
		to   *board.Number
	}{
		{store.Public(""), &h.sample.public}, {store.Desk(board.Dispatcher, board.ID{}), &h.sample.open}, {store.OfPerson(id), &h.sample.own},
	}
	for _, s := range shelves {
		cases, _, err := tx.List(s.list, nil, 1)
		if err != nil || len(cases) == 0 {
			return errors.Join(errors.New("bench: a list is empty"), err)
		}
		*s.to = cases[0].Number
	}
	return nil
}

// ask asks for a page and reads it; who is a role, "resident" or "".
func (h *house) ask(who, path string) (took time.Duration, err error) {
	req, err := http.NewRequest("GET", h.url+path, nil)
	if err != nil {
		return 0, err
	}
	req.Header.Set("Accept-Language", "zh-CN")
	if who != "" {
		req.Header.Set("Cookie", h.cookies[who])
	}
	began := time.Now()
	answer, err := h.client.Do(req)
	if err != nil {
		return 0, err
	}
	_, err = io.Copy(io.Discard, answer.Body)
	took = time.Since(began)
	if err = errors.Join(err, answer.Body.Close()); err == nil && answer.StatusCode != http.StatusOK {
		err = fmt.Errorf("bench: %s answers %d to %q", path, answer.StatusCode, who)
	}
	return took, err
}

// stop ends the server as systemd does.
func (h *house) stop() error {
	h.client.CloseIdleConnections()
	return errors.Join(h.process.Process.Signal(syscall.SIGTERM), h.process.Wait())
}

// anon is how many bytes of memory a process has for itself: not the file that
// it maps, whose pages the system takes back when it wants them.
func anon(pid int) int64 {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(status)) {
		if fields := strings.Fields(line); len(fields) > 1 && fields[0] == "RssAnon:" {
			kb, _ := strconv.ParseInt(fields[1], 10, 64)
			return kb << 10
		}
	}
	return 0
}

// ran is how long a command took, the most memory it had, and what it said.
type ran struct {
	took time.Duration
	most int64
	said string
}

// run runs a command of the program to its end. tick hears of the memory on the
// way.
func run(folder string, tick func(bytes int64), args ...string) (r ran, err error) {
	cmd, err := command(folder, args...)
	if err != nil {
		return r, err
	}
	var said strings.Builder
	cmd.Stdout, cmd.Stderr = &said, &said
	began := time.Now()
	if err := cmd.Start(); err != nil {
		return r, err
	}
	ended := make(chan struct{})
	var watch sync.WaitGroup
	watch.Go(func() {
		for {
			now := anon(cmd.Process.Pid)
			r.most = max(r.most, now)
			if tick != nil && now > 0 {
				tick(now)
			}
			select {
			case <-ended:
				return
			case <-time.After(20 * time.Millisecond):
			}
		}
	})
	err = cmd.Wait()
	r.took, r.said = time.Since(began), said.String()
	close(ended)
	watch.Wait()
	if err != nil {
		err = fmt.Errorf("lianxin %s: %w: %s", args[0], err, r.said)
	}
	return r, err
}
