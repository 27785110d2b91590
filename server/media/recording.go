package media

import (
	"bytes"
	"encoding/binary"
)

// sound is a form in which recordings come. In it nothing is unpacked: what is
// read is how long it lasts, where its form says so.
type sound struct {
	is func([]byte) bool
	// read gives the MIME type and the length in seconds, 0 when it does not say.
	read func([]byte) (kind string, seconds float64, err error)
}

var sounds = []sound{
	{begins("#!AMR\n"), lasting("audio/amr", func(file []byte) float64 { return amr(file[6:], narrow) })},
	{begins("#!AMR-WB\n"), lasting("audio/amr-wb", func(file []byte) float64 { return amr(file[9:], broad) })},
	{wave, lasting("audio/wav", waveLasts)},
	{begins("OggS"), ogg},
	{begins("\x1a\x45\xdf\xa3"), webM},
	{mp4, readMP4},
	{begins("ID3"), lasting("audio/mpeg", mp3)},
	{framedMP3, lasting("audio/mpeg", mp3)},
	{framedAAC, lasting("audio/aac", aac)},
}

func lasting(kind string, seconds func([]byte) float64) func([]byte) (string, float64, error) {
	return func(file []byte) (string, float64, error) { return kind, seconds(file), nil }
}

func recording(s sound, file []byte) (File, error) {
	kind, seconds, err := s.read(file)
	switch {
	case err != nil:
		return File{}, err
	case len(file) > MostRecording:
		return File{}, Heavy
	case !(seconds <= MostSeconds): // nor what is no number
		return File{}, Long
	}
	return File{Type: kind, Bytes: file, Seconds: int(max(0, seconds) + 0.5)}, nil
}

// How many bytes a frame of AMR has with its first, by the kind that the first
// one tells. A frame lasts a fiftieth of a second.
var (
	narrow = [16]int{13, 14, 16, 18, 20, 21, 27, 32, 6, 1, 1, 1, 1, 1, 1, 1}
	broad  = [16]int{18, 24, 33, 37, 41, 47, 51, 59, 61, 6, 1, 1, 1, 1, 1, 1}
)

func amr(frames []byte, sizes [16]int) float64 {
	count := 0
	for len(frames) > 0 {
		size := sizes[frames[0]>>3&15]
		frames = frames[min(size, len(frames)):]
		count++
	}
	return float64(count) / 50
}

func wave(file []byte) bool {
	return begins("RIFF")(file) && len(file) >= 12 && string(file[8:12]) == "WAVE"
}

// waveLasts divides what there is of sound by how much of it makes a second.
func waveLasts(file []byte) float64 {
	second := uint32(0)
	for rest := file[12:]; len(rest) >= 8; {
		name, size := string(rest[:4]), int(binary.LittleEndian.Uint32(rest[4:]))
		rest = rest[8:]
		switch {
		case name == "fmt " && len(rest) >= 12:
			second = binary.LittleEndian.Uint32(rest[8:])
		case name == "data" && second > 0:
			return float64(min(size, len(rest))) / float64(second)
		}
		rest = rest[min(size+size&1, len(rest)):]
	}
	return 0
}

// ogg reads the kind of sound off the first page, and off the last how far it
// goes.
func ogg(file []byte) (string, float64, error) {
	const kind = "audio/ogg"
	head := file[:min(len(file), 200)]
	rate := 0.0
	switch {
	case bytes.Contains(head, []byte("\x80theora")):
		return "", 0, Video
	case bytes.Contains(head, []byte("OpusHead")):
		rate = 48000
	case rateAt(head, "\x01vorbis", 12) > 0:
		rate = rateAt(head, "\x01vorbis", 12)
	case rateAt(head, "Speex   ", 36) > 0:
		rate = rateAt(head, "Speex   ", 36)
	}
	last := bytes.LastIndex(file, []byte("OggS"))
	if rate == 0 || last+14 > len(file) {
		return kind, 0, nil
	}
	samples := int64(binary.LittleEndian.Uint64(file[last+6:]))
	return kind, float64(max(0, samples)) / rate, nil
}

// rateAt is the number that stands so many bytes behind the beginning of a head.
func rateAt(head []byte, name string, behind int) float64 {
	at := bytes.Index(head, []byte(name))
	if at < 0 || at+behind+4 > len(head) {
		return 0
	}
	return float64(binary.LittleEndian.Uint32(head[at+behind:]))
}
