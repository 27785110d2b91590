package web

import (
	"sync"
	"time"

	"github.com/valyala/fasthttp"

	"lianxin/server/board"
	"lianxin/server/media"
)

// uploads are the photos and recordings on their way in. Each lies in memory
// until it is kept, so all of them together have so much room and no more; one
// session has a share of it, or one person on a slow line, pressing again and
// again, would leave none for the others.
//
// Who finds no room is asked to try again, before anything of the file is read.
// The message was kept long before.
type uploads struct {
	sync.Mutex
	under map[*fasthttp.RequestHeader]upload
}

// upload is one of them.
type upload struct {
	by    [32]byte // the session
	bytes int
	until time.Time // it is over then, however it ended
}

// Room for uploads.
const (
	maxMedia  = media.MostPhoto + maxBody // what stands around the file
	mediaRoom = 4 * maxMedia
	mediaEach = 2 // of one session
)

// slowLine is how many bytes a second come over the slowest line that anybody
// sends a file by.
const slowLine = 4 << 10

// sendingTime is how long so many bytes may take on a slow line, either way.
func sendingTime(bytes int) time.Duration {
	return bodyTime + time.Duration(max(0, bytes)/slowLine)*time.Second
}

// take gives a request the room for its body; false when there is none now.
func (u *uploads) take(h *fasthttp.RequestHeader, by [32]byte, now time.Time) bool {
	u.Lock()
	defer u.Unlock()
	bytes, held, own := h.ContentLength(), 0, 0
	for other, one := range u.under {
		if now.After(one.until) || other == h { // its connection broke
			delete(u.under, other)
			continue
		}
		held += one.bytes
		if one.by == by {
			own++
		}
	}
	if own >= mediaEach || held+bytes > mediaRoom {
		return false
	}
	if u.under == nil {
		u.under = map[*fasthttp.RequestHeader]upload{}
	}
	u.under[h] = upload{by, bytes, now.Add(sendingTime(bytes))}
	return true
}

// done gives the room back. A request that had none has nothing to give.
func (u *uploads) done(h *fasthttp.RequestHeader) {
	u.Lock()
	defer u.Unlock()
	delete(u.under, h)
}

// freeing answers requests and frees what room each had when it is answered.
func (u *uploads) freeing(answer fasthttp.RequestHandler) fasthttp.RequestHandler {
	return func(ctx *fasthttp.RequestCtx) {
		defer u.done(&ctx.Request.Header)
		answer(ctx)
	}
}

// unreadFile is why the file of a message was not even read: it is too big, its
// sender's session has ended, or too many come at once.
func (s *Site) unreadFile(h *fasthttp.RequestHeader, rt route) board.Fault {
	if h.ContentLength() > maxMedia {
		return mediaFault(media.Huge)
	}
	if _, may := s.brings(h, rt); !may {
		return board.Fault{Kind: board.Denied, ID: "attach.ended"}
	}
	return board.Fault{Kind: board.NotSaved, ID: "attach.busy"}
}

// mediaFault is a file that is not kept, in words.
func mediaFault(why media.Refused) board.Fault {
	f := board.Fault{Kind: board.Invalid, ID: "media." + string(why), Field: "file"}
	switch why {
	case media.Nothing:
		f.ID = "attach.file"
	case media.Heavy:
		f.Args = []any{"Max", media.MostRecording >> 20}
	case media.Long:
		f.Args = []any{"Max", media.MostSeconds / 60}
	}
	return f
}
