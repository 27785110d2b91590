package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"runtime"
	"strconv"
	"sync/atomic"
	"time"

	"lianxin/store"
	"lianxin/store/backup"
)

// meter counts answers by the first digit of their status. Nothing in it tells
// of anybody.
type meter struct {
	answers, nanos [6]atomic.Int64
}

func (m *meter) served(status int, took time.Duration) {
	class := min(max(status/100, 0), len(m.answers)-1)
	m.answers[class].Add(1)
	m.nanos[class].Add(int64(took))
}

// measure answers on a local port, for programs that watch the machine: /health
// and, in the text format of Prometheus, /metrics.
func (h *house) measure(ctx context.Context, addr string) error {
	l, err := h.listen(addr)
	if err != nil {
		return err
	}
	h.log.Info("measured", "at", l.Addr().String())
	mux := http.NewServeMux()
	mux.HandleFunc("GET /health", h.health)
	mux.HandleFunc("GET /metrics", h.metrics)
	server := &http.Server{Handler: mux, ReadTimeout: 10 * time.Second, WriteTimeout: 10 * time.Second, MaxHeaderBytes: 16 << 10}
	stop := context.AfterFunc(ctx, func() { server.Close() })
	defer stop()
	if err := server.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// health is well when the store can be read, and its file is still there.
func (h *house) health(w http.ResponseWriter, r *http.Request) {
	_, err := h.box.store.LastEvent(r.Context())
	if err = errors.Join(err, h.box.store.Alive()); err != nil {
		h.log.Error("the store is not well", "cause", err)
		http.Error(w, "ill", http.StatusServiceUnavailable)
		return
	}
	_, _ = io.WriteString(w, "well\n")
}

func (h *house) metrics(w http.ResponseWriter, r *http.Request) {
	figures, err := h.figures(r.Context())
	if err != nil {
		h.log.Error("figures cannot be read", "cause", err)
		http.Error(w, "ill", http.StatusServiceUnavailable)
		return
	}
	w.Header().Set("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
	family := ""
	for _, f := range append(figures, h.meter.figures()...) {
		if f.name != family {
			family = f.name
			fmt.Fprintf(w, "# TYPE %s %s\n", f.name, f.kind)
		}
		fmt.Fprintf(w, "%s%s %s\n", f.name, f.label, strconv.FormatFloat(f.value, 'f', -1, 64))
	}
}

// figure is one line; those of a name stand together.
type figure struct {
	name, kind, label string
	value             float64
}

func counted(name, label string, value float64) figure { return figure{name, "counter", label, value} }
func gauge(name string, value float64) figure          { return figure{name, "gauge", "", value} }

// figures are those of the answers.
func (m *meter) figures() (all []figure) {
	class := func(i int) string { return fmt.Sprintf(`{class="%dxx"}`, i) }
	for i := 1; i < len(m.answers); i++ {
		all = append(all, counted("lianxin_requests_total", class(i), float64(m.answers[i].Load())))
	}
	for i := 1; i < len(m.nanos); i++ {
		all = append(all, counted("lianxin_request_seconds_total", class(i), time.Duration(m.nanos[i].Load()).Seconds()))
	}
	return all
}

// figures are all but those of the requests.
func (h *house) figures(ctx context.Context) ([]figure, error) {
	now := h.box.now()
	var waiting []store.Text
	err := h.box.store.View(ctx, func(tx *store.Tx) (err error) {
		waiting, err = tx.Outbox(1000, now)
		return err
	})
	if err != nil {
		return nil, err
	}
	point, err := h.box.store.Checkpoint(ctx)
	if err != nil {
		return nil, err
	}
	sealed := int64(0)
	if point != nil {
		sealed = point.Size
	}
	spent, err := h.box.office.Spending(ctx)
	if err != nil {
		return nil, err
	}
	room, err := free(h.box.Data)
	if err != nil {
		return nil, err
	}
	files, bytes, err := h.box.store.BlobSize()
	if err != nil {
		return nil, err
	}
	var mem runtime.MemStats
	runtime.ReadMemStats(&mem)
	all := []figure{
		counted("lianxin_texts_sent_total", "", float64(h.spool.Sent())),
		gauge("lianxin_texts_waiting", float64(len(waiting))),
		gauge("lianxin_texts_today", float64(spent.Day)),
		gauge("lianxin_texts_today_most", float64(spent.MostDay)),
		gauge("lianxin_texts_this_hour", float64(spent.Hour)),
		gauge("lianxin_texts_this_hour_most", float64(spent.MostHour)),
		gauge("lianxin_wrong_codes_hour", float64(spent.Wrong)),
		gauge("lianxin_events_sealed", float64(sealed)),
		gauge("lianxin_disk_free_bytes", float64(room)),
		gauge("lianxin_files", float64(files)),
		gauge("lianxin_files_bytes", float64(bytes)),
		gauge("lianxin_heap_bytes", float64(mem.HeapAlloc)),
		gauge("lianxin_goroutines", float64(runtime.NumGoroutine())),
	}
	backups, err := backup.List(h.night.Backup)
	if made := newest(backups, now); err == nil && !made.IsZero() {
		all = append(all, gauge("lianxin_backup_age_seconds", now.Sub(made).Seconds()))
	}
	return all, nil
}
