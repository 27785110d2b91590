package media

import (
	"bytes"
	"encoding/binary"
	"iter"
	"math"
)

// MP4 and WEBM are boxes in boxes, each with its name and its length before it.

func mp4(file []byte) bool { return len(file) >= 12 && string(file[4:8]) == "ftyp" }

// readMP4 reads 3GP and M4A too, which are the same.
func readMP4(file []byte) (kind string, seconds float64, err error) {
	kind = "audio/mp4"
	if bytes.HasPrefix(file[8:], []byte("3g")) {
		kind = "audio/3gpp"
	}
	err = Broken // until there is a track of sound
	for box, inside := range inBoxes(file, "moov") {
		switch box {
		case "mvhd":
			seconds = movieLasts(inside)
		case "trak":
			for box, media := range inBoxes(inside, "mdia") {
				switch {
				case box != "hdlr" || len(media) < 12:
				case string(media[8:12]) == "vide":
					return "", 0, Video
				case string(media[8:12]) == "soun":
					err = nil
				}
			}
		}
	}
	return kind, seconds, err
}

func movieLasts(mvhd []byte) float64 {
	var scale, long uint64
	switch {
	case len(mvhd) >= 32 && mvhd[0] == 1:
		scale, long = uint64(binary.BigEndian.Uint32(mvhd[20:])), binary.BigEndian.Uint64(mvhd[24:])
	case len(mvhd) >= 20:
		scale, long = uint64(binary.BigEndian.Uint32(mvhd[12:])), uint64(binary.BigEndian.Uint32(mvhd[16:]))
	}
	if scale == 0 || long == math.MaxUint32 || long == math.MaxUint64 { // it does not say
		return 0
	}
	return float64(long) / float64(scale)
}

// inBoxes goes through the boxes in each box of that name.
func inBoxes(file []byte, name string) iter.Seq2[string, []byte] {
	return func(yield func(string, []byte) bool) {
		for box, inside := range boxes(file) {
			if box != name {
				continue
			}
			for b, in := range boxes(inside) {
				if !yield(b, in) {
					return
				}
			}
		}
	}
}

// boxes goes through the boxes of MP4, and ends at the first that is none.
func boxes(file []byte) iter.Seq2[string, []byte] {
	return func(yield func(string, []byte) bool) {
		for len(file) >= 8 {
			size, head := uint64(binary.BigEndian.Uint32(file)), 8
			switch {
			case size == 0: // to the end
				size = uint64(len(file))
			case size == 1 && len(file) >= 16:
				size, head = binary.BigEndian.Uint64(file[8:]), 16
			}
			if size < uint64(head) || size > uint64(len(file)) {
				return
			}
			if !yield(string(file[4:8]), file[head:size]) {
				return
			}
			file = file[size:]
		}
	}
}

// The elements of WEBM that we read.
const (
	segment   = 0x18538067
	info      = 0x1549a966
	scale     = 0x2ad7b1 // nanoseconds of one step
	duration  = 0x4489   // in steps
	tracks    = 0x1654ae6b
	track     = 0xae
	trackSort = 0x83 // 1 is pictures, 2 sound
)

func webM(file []byte) (kind string, seconds float64, err error) {
	err = Broken
	for name, body := range elements(file) {
		if name != segment {
			continue
		}
		for name, body := range elements(body) {
			switch name {
			case info:
				seconds = webLasts(body)
			case tracks:
				if err = webTracks(body); err != nil {
					return "", 0, err
				}
			}
		}
	}
	return "audio/webm", seconds, err
}

func webLasts(info []byte) float64 {
	step, steps := 1e6, 0.0
	for name, body := range elements(info) {
		switch {
		case name == scale:
			step = float64(number(body))
		case name == duration && len(body) == 4:
			steps = float64(math.Float32frombits(uint32(number(body))))
		case name == duration && len(body) == 8:
			steps = math.Float64frombits(number(body))
		}
	}
	return step * steps / 1e9
}

func webTracks(body []byte) error {
	err := error(Broken)
	for name, body := range elements(body) {
		if name != track {
			continue
		}
		for name, body := range elements(body) {
			switch {
			case name == trackSort && number(body) == 1:
				return Video
			case name == trackSort && number(body) == 2:
				err = nil
			}
		}
	}
	return err
}

func number(body []byte) (n uint64) {
	for _, b := range body {
		n = n<<8 | uint64(b)
	}
	return n
}

// elements goes through the elements of WEBM. One that does not know how long it
// is, as that of a recorder that was still at it, goes to the end.
func elements(file []byte) iter.Seq2[uint64, []byte] {
	return func(yield func(uint64, []byte) bool) {
		for {
			name, n := vint(file)
			size, m := vint(file[n:])
			if n == 0 || m == 0 {
				return
			}
			marked := size // the length without the bit that tells how long it is itself
			size &^= 1 << (7 * m)
			file = file[n+m:]
			if marked == 1<<(7*m+1)-1 || size > uint64(len(file)) {
				size = uint64(len(file))
			}
			if !yield(name, file[:size]) {
				return
			}
			file = file[size:]
		}
	}
}

// vint reads a number that tells by its first bit how many bytes it has. The bit
// is left in it.
func vint(file []byte) (value uint64, size int) {
	if len(file) == 0 {
		return 0, 0
	}
	size = 1
	for bit := byte(0x80); bit != 0 && file[0]&bit == 0; bit >>= 1 {
		size++
	}
	if size > 8 || size > len(file) {
		return 0, 0
	}
	return number(file[:size]), size
}
