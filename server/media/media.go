// Package media reads the photos and recordings that people add to a message.
//
// What a file is, its first bytes say; nobody asks its name. A photo is drawn
// anew, upright and not larger than a screen: what is kept holds no byte of the
// file that came, and so nothing of where and with which phone it was taken. A
// recording is kept as it came.
//
// Whatever comes was sent by anybody. How much memory a photo would take is
// reckoned before it is unpacked, and one is unpacked at a time.
package media

import (
	"context"
	"errors"
)

// The most that is read, in bytes and seconds.
const (
	MostPhoto     = 8 << 20
	MostRecording = 5 << 20
	MostSeconds   = 10 * 60
)

// File is what is kept of a file.
type File struct {
	Photo      bool   // or else a recording
	Type       string // MIME, by what was found in it
	Bytes      []byte
	Wide, High int // of a photo, in pixels
	Seconds    int // of a recording; 0 when it does not say
}

// Refused is why a file is not kept.
type Refused string

// The refusals. Each has its own words, which say what to do instead.
const (
	Nothing Refused = "nothing" // an empty file, or none
	Unknown Refused = "unknown" // neither a photo nor a recording that can be read
	HEIC    Refused = "heic"    // the photo of a newer phone, in a form of its own
	Video   Refused = "video"
	Broken  Refused = "broken" // it began well, and does not go on so
	Huge    Refused = "huge"   // a photo of too many pixels, or too heavy
	Heavy   Refused = "heavy"  // a recording of too many bytes
	Long    Refused = "long"   // a recording of too many minutes
)

// Refusals lists them.
var Refusals = []Refused{Nothing, Unknown, HEIC, Video, Broken, Huge, Heavy, Long}

func (r Refused) Error() string { return "a file is not kept: " + string(r) }

// Read makes of a file what is kept of it. The error is a Refused, or that ctx
// ended while others had their turn.
func Read(ctx context.Context, file []byte) (File, error) {
	if len(file) == 0 {
		return File{}, Nothing
	}
	if heic(file) {
		return File{}, HEIC
	}
	for _, f := range photos {
		if f.is(file) {
			return photo(ctx, f, file)
		}
	}
	for _, s := range sounds {
		if s.is(file) {
			return recording(s, file)
		}
	}
	return File{}, Unknown
}

// Why gives the refusal in an error.
func Why(err error) (Refused, bool) {
	var r Refused
	is := errors.As(err, &r)
	return r, is
}
