package media

import (
	"bytes"
	"context"
	"encoding/binary"
	"image"
	"image/gif"
	"image/jpeg"
	"image/png"
	"strings"

	"golang.org/x/image/webp"
)

// What is kept of a photo: no longer than longest pixels, unless it is so narrow
// that nobody could read it then, as a long screenshot is. That one stays as
// wide as a phone.
const (
	longest = 1600
	phone   = 720
	quality = 80
)

// mostMemory is what a photo may take when it is unpacked, in bytes: 60 million
// pixels as phones write them, 24 million of a screenshot.
const mostMemory = 96 << 20

// format is a form in which photos come. It reads all of them as one picture:
// of a moving one, the first.
type format struct {
	kind   string
	is     func([]byte) bool
	decode func(*bytes.Reader) (image.Image, error)
	// size reads how large the picture is, which EXIF turn it wants (1 none),
	// and reckons what it takes unpacked, in bytes. It unpacks nothing.
	size func([]byte) (size, error)
}

type size struct {
	wide, high int
	turn       int
	memory     int64
}

var photos = []format{
	{"image/jpeg", begins("\xff\xd8\xff"), func(r *bytes.Reader) (image.Image, error) { return jpeg.Decode(r) }, sizeJPEG},
	{"image/png", begins("\x89PNG\r\n\x1a\n"), func(r *bytes.Reader) (image.Image, error) { return png.Decode(r) }, sizePNG},
	{"image/gif", begins("GIF8"), func(r *bytes.Reader) (image.Image, error) { return gif.Decode(r) }, sizeGIF},
	{"image/webp", webP, func(r *bytes.Reader) (image.Image, error) { return webp.Decode(r) }, sizeWEBP},
}

func begins(with string) func([]byte) bool {
	return func(file []byte) bool { return bytes.HasPrefix(file, []byte(with)) }
}

func webP(file []byte) bool {
	return begins("RIFF")(file) && len(file) > 16 && string(file[8:12]) == "WEBP"
}

// heic tells the form of newer phones, for which there is no free reader.
func heic(file []byte) bool {
	if len(file) < 12 || string(file[4:8]) != "ftyp" {
		return false
	}
	switch string(file[8:12]) {
	case "heic", "heix", "hevc", "hevx", "heim", "heis", "mif1", "msf1", "avif":
		return true
	}
	return false
}

// turn lets one photo be unpacked at a time in the whole process.
var turn = make(chan struct{}, 1)

func photo(ctx context.Context, f format, file []byte) (File, error) {
	if len(file) > MostPhoto {
		return File{}, Huge
	}
	s, err := f.size(file)
	switch {
	case err != nil || s.wide <= 0 || s.high <= 0:
		return File{}, Broken
	case s.memory > mostMemory:
		return File{}, Huge
	}
	select {
	case turn <- struct{}{}:
		defer func() { <-turn }()
	case <-ctx.Done():
		return File{}, ctx.Err()
	}
	came, err := f.decode(bytes.NewReader(file))
	drawn, is := came.(image.RGBA64Image) // as all that these readers draw are
	if err != nil || !is || came.Bounds().Empty() {
		return File{}, Broken
	}
	wide, high := fit(came.Bounds().Dx(), came.Bounds().Dy())
	kept := upright(shrink(drawn, wide, high), s.turn)
	var b bytes.Buffer
	if err := jpeg.Encode(&b, kept, &jpeg.Options{Quality: quality}); err != nil {
		return File{}, err
	}
	at := kept.Bounds()
	return File{Photo: true, Type: "image/jpeg", Bytes: b.Bytes(), Wide: at.Dx(), High: at.Dy()}, nil
}

// fit is how large a picture is kept.
func fit(wide, high int) (int, int) {
	long, short := max(wide, high), min(wide, high)
	num, den := longest, long
	if phone*long > longest*short { // narrow
		num, den = phone, short
	}
	if num >= den {
		return wide, high
	}
	return max(1, wide*num/den), max(1, high*num/den)
}

// sizePNG reckons with four bytes a pixel, twice that for 16 bits a colour, and
// once more for what comes in seven passes.
func sizePNG(file []byte) (size, error) {
	c, err := png.DecodeConfig(bytes.NewReader(file))
	if err != nil || len(file) < 29 {
		return size{}, Broken
	}
	each := int64(4)
	if depth := file[24]; depth == 16 {
		each = 8
	}
	if passes := file[28]; passes != 0 {
		each *= 2
	}
	return size{c.Width, c.Height, 1, each * int64(c.Width) * int64(c.Height)}, nil
}

func sizeGIF(file []byte) (size, error) {
	c, err := gif.DecodeConfig(bytes.NewReader(file))
	return size{c.Width, c.Height, 1, 2 * int64(c.Width) * int64(c.Height)}, err
}

// sizeWEBP reckons with what the reader of the lossless form takes on its way.
func sizeWEBP(file []byte) (size, error) {
	c, err := webp.DecodeConfig(bytes.NewReader(file))
	each := int64(6)
	if strings.HasPrefix(string(file[12:16]), "VP8L") {
		each = 12
	}
	return size{c.Width, c.Height, 1, each * int64(c.Width) * int64(c.Height)}, err
}

// sizeJPEG walks the segments before the picture. One that comes in passes is
// held twice: as numbers of four bytes, and drawn.
func sizeJPEG(file []byte) (size, error) {
	s := size{turn: 1}
	for at := 2; at+4 <= len(file); {
		if file[at] != 0xff {
			return s, Broken
		}
		mark := file[at+1]
		if mark == 0xff { // filling
			at++
			continue
		}
		end := at + 2 + int(binary.BigEndian.Uint16(file[at+2:]))
		if end > len(file) {
			return s, Broken
		}
		segment := file[min(at+4, end):end]
		switch {
		case mark == 0xe1 && bytes.HasPrefix(segment, []byte("Exif\x00\x00")):
			s.turn = exifTurn(segment[6:])
		case mark >= 0xc0 && mark <= 0xc2:
			return frame(s, segment, mark == 0xc2)
		case mark == 0xda || mark == 0xd9:
			return s, Broken
		}
		at = end
	}
	return s, Broken
}

// frame reads how large a JPEG is and how finely its colours are drawn.
func frame(s size, segment []byte, passes bool) (size, error) {
	if len(segment) < 6 || len(segment) < 6+3*int(segment[5]) {
		return s, Broken
	}
	s.high, s.wide = int(binary.BigEndian.Uint16(segment[1:])), int(binary.BigEndian.Uint16(segment[3:]))
	colours := int(segment[5])
	most, all := 1, 0
	for i := range colours {
		fine := segment[7+3*i]
		area := int(fine>>4) * int(fine&15)
		most, all = max(most, area), all+area
	}
	pixels := int64(s.wide) * int64(s.high)
	s.memory = pixels * int64(all) / int64(most)
	if passes {
		s.memory *= 5
	}
	if colours > 1 && all == colours*most { // it may be no YCbCr, and is then drawn over
		s.memory += 4 * pixels
	}
	return s, nil
}

// exifTurn finds the orientation in an EXIF block, 1 for none.
func exifTurn(tiff []byte) int {
	if len(tiff) < 8 {
		return 1
	}
	var order binary.ByteOrder = binary.BigEndian
	if string(tiff[:2]) == "II" {
		order = binary.LittleEndian
	}
	at := int64(order.Uint32(tiff[4:]))
	if at < 8 || at+2 > int64(len(tiff)) {
		return 1
	}
	const entry, orientation = 12, 0x0112
	for n := order.Uint16(tiff[at:]); n > 0; n-- {
		e := at + 2 + int64(n-1)*entry
		if e+entry > int64(len(tiff)) || order.Uint16(tiff[e:]) != orientation {
			continue
		}
		if turn := int(order.Uint16(tiff[e+8:])); turn >= 1 && turn <= 8 {
			return turn
		}
	}
	return 1
}
