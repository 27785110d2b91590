package media

import (
	"bytes"
	"context"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"math"
	"runtime"
	"strings"
	"testing"
)

// quarters is a picture whose corners can be told apart: red, green, blue, black.
func quarters(wide, high int) *image.RGBA {
	m := image.NewRGBA(image.Rect(0, 0, wide, high))
	for y := range high {
		for x := range wide {
			c := color.RGBA{0, 0, 0, 255}
			switch {
			case y < high/2 && x < wide/2:
				c.R = 255
			case y < high/2:
				c.G = 255
			case x < wide/2:
				c.B = 255
			}
			m.SetRGBA(x, y, c)
		}
	}
	return m
}

func asJPEG(t testing.TB, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, &jpeg.Options{Quality: 95}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func asPNG(t testing.TB, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// withEXIF puts what a phone says of a photo into it: how it was held, its
// maker, and where it was taken.
func withEXIF(photo []byte, turn uint16) []byte {
	tiff := []byte("II*\x00\x08\x00\x00\x00")
	tiff = binary.LittleEndian.AppendUint16(tiff, 2)
	tiff = append(tiff, 0x25, 0x88, 4, 0, 1, 0, 0, 0, 38, 0, 0, 0) // GPS at 38
	tiff = append(tiff, 0x12, 0x01, 3, 0, 1, 0, 0, 0)
	tiff = binary.LittleEndian.AppendUint16(tiff, turn)
	tiff = append(tiff, 0, 0, 0, 0, 0, 0)
	tiff = append(tiff, "GPS 38.0425 N 114.5149 E XiaomiPhone"...)
	segment := append([]byte("Exif\x00\x00"), tiff...)
	head := binary.BigEndian.AppendUint16([]byte{0xff, 0xd8, 0xff, 0xe1}, uint16(len(segment)+2))
	note := append([]byte{0xff, 0xfe, 0, 20}, "taken by WangXiumei"[:18]...)
	return bytes.Join([][]byte{head, segment, note, photo[2:]}, nil)
}

func read(t testing.TB, file []byte) File {
	t.Helper()
	f, err := Read(context.Background(), file)
	if err != nil {
		t.Fatalf("a file of %d bytes that begins with %q: %v", len(file), file[:min(12, len(file))], err)
	}
	return f
}

func refused(t testing.TB, file []byte, want Refused) {
	t.Helper()
	if _, err := Read(context.Background(), file); err != want {
		t.Errorf("a file that begins with %q: %v, want %v", file[:min(16, len(file))], err, want)
	}
}

// segments lists the marks of a JPEG up to its picture.
func segments(t testing.TB, file []byte) (marks []byte) {
	t.Helper()
	for at := 2; at+4 <= len(file); {
		mark := file[at+1]
		marks = append(marks, mark)
		if file[at] != 0xff {
			t.Fatalf("at %d stands no segment", at)
		}
		if mark == 0xda {
			return marks
		}
		at += 2 + int(binary.BigEndian.Uint16(file[at+2:]))
	}
	t.Fatal("a picture without an end")
	return nil
}

// What a phone writes beside a photo tells where somebody lives. Nothing of it
// is kept: neither the words nor a segment in which there could be any.
func TestNothingBesideThePhotoIsKept(t *testing.T) {
	came := withEXIF(asJPEG(t, quarters(400, 300)), 1)
	kept := read(t, came)
	if !kept.Photo || kept.Type != "image/jpeg" || kept.Wide != 400 || kept.High != 300 {
		t.Errorf("kept as %+v", kept)
	}
	for _, said := range []string{"GPS", "38.0425", "Xiaomi", "Exif", "Wang"} {
		if !bytes.Contains(came, []byte(said)) {
			t.Fatalf("the photo of the test says nothing of %q", said)
		}
		if bytes.Contains(kept.Bytes, []byte(said)) {
			t.Errorf("what is kept still says %q", said)
		}
	}
	for _, mark := range segments(t, kept.Bytes) {
		if mark >= 0xe0 && mark <= 0xef || mark == 0xfe {
			t.Errorf("what is kept has a segment %x, which is no part of the picture", mark)
		}
	}
}

// Whichever way the phone was held, the photo stands upright.
func TestEachWayOfHoldingThePhone(t *testing.T) {
	upright := quarters(80, 60)
	for turn := 1; turn <= 8; turn++ {
		lying := image.NewRGBA(image.Rect(0, 0, 80, 60))
		if turn >= 5 {
			lying = image.NewRGBA(image.Rect(0, 0, 60, 80))
		}
		// The standard says where the first row and the first column of what the
		// camera wrote are seen: top and left, top and right, and so on.
		for y := range 60 {
			for x := range 80 {
				at := map[int]image.Point{
					1: {x, y}, 2: {79 - x, y}, 3: {79 - x, 59 - y}, 4: {x, 59 - y},
					5: {y, x}, 6: {y, 79 - x}, 7: {59 - y, 79 - x}, 8: {59 - y, x},
				}[turn]
				lying.Set(at.X, at.Y, upright.At(x, y))
			}
		}
		kept := read(t, withEXIF(asJPEG(t, lying), uint16(turn)))
		got, err := jpeg.Decode(bytes.NewReader(kept.Bytes))
		if err != nil || kept.Wide != 80 || kept.High != 60 {
			t.Errorf("turn %d: %d × %d, %v", turn, kept.Wide, kept.High, err)
			continue
		}
		for _, at := range []image.Point{{20, 15}, {60, 15}, {20, 45}, {60, 45}} {
			if !near(got.At(at.X, at.Y), upright.At(at.X, at.Y)) {
				t.Errorf("turn %d: at %v there is %v, want %v", turn, at, got.At(at.X, at.Y), upright.At(at.X, at.Y))
			}
		}
	}
}

func near(a, b color.Color) bool {
	r, g, bl, _ := a.RGBA()
	r2, g2, b2, _ := b.RGBA()
	off := func(x, y uint32) bool { return math.Abs(float64(x)-float64(y)) > 0x1800 }
	return !off(r, r2) && !off(g, g2) && !off(bl, b2)
}

func TestPhotosAreKeptAsLargeAsAScreen(t *testing.T) {
	for _, c := range []struct{ wide, high, keptWide, keptHigh int }{
		{4000, 3000, 1600, 1200},
		{3000, 4000, 1200, 1600},
		{1600, 900, 1600, 900},
		{640, 480, 640, 480},
		{1080, 9000, 720, 6000}, // a long screenshot stays to be read
		{9000, 500, 9000, 500},
		{1, 1, 1, 1},
	} {
		if wide, high := fit(c.wide, c.high); wide != c.keptWide || high != c.keptHigh {
			t.Errorf("%d × %d is kept as %d × %d, want %d × %d", c.wide, c.high, wide, high, c.keptWide, c.keptHigh)
		}
	}
	kept := read(t, asJPEG(t, quarters(4000, 3000)))
	got, err := jpeg.Decode(bytes.NewReader(kept.Bytes))
	if err != nil || kept.Wide != 1600 || kept.High != 1200 {
		t.Fatalf("%d × %d, %v", kept.Wide, kept.High, err)
	}
	for _, at := range []image.Point{{5, 5}, {1590, 5}, {5, 1190}, {1590, 1190}} {
		if want := quarters(1600, 1200).At(at.X, at.Y); !near(got.At(at.X, at.Y), want) {
			t.Errorf("at %v there is %v, want %v", at, got.At(at.X, at.Y), want)
		}
	}
}

// A thin line of a letter is a paler line in the small picture: it is neither
// lost nor left in one place and dropped in the other.
func TestThinLinesStay(t *testing.T) {
	letter := image.NewGray(image.Rect(0, 0, 50, 50))
	for i := range letter.Pix {
		letter.Pix[i] = 255
		if i%50%5 == 2 {
			letter.Pix[i] = 0
		}
	}
	small := shrink(letter, 20, 20)
	dark := 0.0
	for x := range 20 {
		dark += float64(255-small.Pix[4*x]) / 255
	}
	if math.Abs(dark-20.0/5) > 0.2 {
		t.Errorf("a fifth of the letter was black, %.2f of 20 columns are in the small one", dark)
	}
}

func TestEachFormOfPhoto(t *testing.T) {
	m := quarters(64, 48)
	var moving bytes.Buffer
	pal := image.NewPaletted(m.Bounds(), color.Palette{color.Black, color.White, color.RGBA{255, 0, 0, 255}})
	if err := gif.EncodeAll(&moving, &gif.GIF{Image: []*image.Paletted{pal, pal}, Delay: []int{1, 1}}); err != nil {
		t.Fatal(err)
	}
	for name, file := range map[string][]byte{
		"jpeg": asJPEG(t, m), "png": asPNG(t, m), "gif": moving.Bytes(), "webp": webpDot(),
	} {
		kept := read(t, file)
		if !kept.Photo || kept.Type != "image/jpeg" || !bytes.HasPrefix(kept.Bytes, []byte("\xff\xd8\xff")) {
			t.Errorf("%s is kept as %s", name, kept.Type)
		}
	}
	// What can be seen through has white behind it: black letters stay readable.
	clear := image.NewNRGBA(image.Rect(0, 0, 16, 16))
	kept := read(t, asPNG(t, clear))
	got, err := jpeg.Decode(bytes.NewReader(kept.Bytes))
	if err != nil || !near(got.At(8, 8), color.White) {
		t.Errorf("nothing at all is drawn as %v, %v", got.At(8, 8), err)
	}
}

// webpDot is one pixel, as the world's smallest WEBP has it.
func webpDot() []byte {
	return []byte("RIFF\x1a\x00\x00\x00WEBPVP8L\x0d\x00\x00\x00\x2f\x00\x00\x00\x10\x07\x10\x11\x11\x88\x88\xfe\x07\x00")
}

// A picture of 900 million points in a few bytes is told by its head.
func TestPixelBombs(t *testing.T) {
	bomb := asPNG(t, image.NewGray(image.Rect(0, 0, 8, 8)))
	binary.BigEndian.PutUint32(bomb[16:], 30000)
	binary.BigEndian.PutUint32(bomb[20:], 30000)
	binary.BigEndian.PutUint32(bomb[29:], crc32.ChecksumIEEE(bomb[12:29]))
	wide := asJPEG(t, image.NewGray(image.Rect(0, 0, 8, 8)))
	at := bytes.Index(wide, []byte{0xff, 0xc0})
	binary.BigEndian.PutUint16(wide[at+5:], 65000)
	binary.BigEndian.PutUint16(wide[at+7:], 65000)
	animated := []byte("GIF89a\xff\xff\xff\xff\x00\x00\x00")
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	refused(t, bomb, Huge)
	refused(t, wide, Huge)
	refused(t, animated, Huge)
	runtime.ReadMemStats(&after)
	if took := after.TotalAlloc - before.TotalAlloc; took > 1<<20 {
		t.Errorf("refusing them took %d bytes", took)
	}
	refused(t, append([]byte("\xff\xd8\xff"), make([]byte, MostPhoto)...), Huge)
}

// What a photo takes is reckoned from its head: a phone's photo of 50 million
// points passes, a drawing that comes in passes does not.
func TestMemoryIsReckonedBefore(t *testing.T) {
	head := func(mark byte, wide, high uint16, fine ...byte) []byte {
		segment := []byte{8}
		segment = binary.BigEndian.AppendUint16(segment, high)
		segment = binary.BigEndian.AppendUint16(segment, wide)
		segment = append(segment, byte(len(fine)))
		for i, f := range fine {
			segment = append(segment, byte(i), f, 0)
		}
		file := binary.BigEndian.AppendUint16([]byte{0xff, 0xd8, 0xff, mark}, uint16(len(segment)+2))
		return append(append(file, segment...), 0xff, 0xda)
	}
	for name, c := range map[string]struct {
		file []byte
		fits bool
	}{
		"50 million points of a phone": {head(0xc0, 8192, 6144, 0x22, 0x11, 0x11), true},
		"the same in passes":           {head(0xc2, 8192, 6144, 0x22, 0x11, 0x11), false},
		"12 million points in passes":  {head(0xc2, 4000, 3000, 0x22, 0x11, 0x11), true},
		"50 million, colours as fine":  {head(0xc0, 8192, 6144, 0x11, 0x11, 0x11), false},
	} {
		s, err := sizeJPEG(c.file)
		if err != nil || (s.memory <= mostMemory) != c.fits {
			t.Errorf("%s: %d MB, %v; fits must be %v", name, s.memory>>20, err, c.fits)
		}
	}
}

func TestOnePhotoAtATime(t *testing.T) {
	turn <- struct{}{}
	ctx, stop := context.WithCancel(context.Background())
	stop()
	if _, err := Read(ctx, asJPEG(t, quarters(8, 8))); err != context.Canceled {
		t.Errorf("while another is unpacked: %v", err)
	}
	<-turn
	read(t, asJPEG(t, quarters(8, 8)))
}

func TestWhatIsNoPhotoAndNoRecording(t *testing.T) {
	photo := asJPEG(t, quarters(200, 200))
	heic := "\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic"
	refused(t, nil, Nothing)
	for _, text := range []string{
		"<html><script>alert(1)</script>", "<svg xmlns='http://www.w3.org/2000/svg'/>", "%PDF-1.7", "PK\x03\x04", "MZ", "hello", "\x00", "RIFF", "\xff", "\xff\xfb",
	} {
		refused(t, []byte(text), Unknown)
	}
	refused(t, []byte(heic), HEIC)
	refused(t, []byte(strings.Replace(heic, "ftypheic", "ftypavif", 1)), HEIC)
	refused(t, photo[:len(photo)/2], Broken)
	refused(t, []byte("\xff\xd8\xff<script>"), Broken)
	refused(t, []byte("\x89PNG\r\n\x1a\n<html>"), Broken)
	refused(t, []byte("GIF89a<script>alert(1)</script>"), Huge) // so large it says it is
	// What hides behind a photo is not kept with it.
	kept := read(t, append(photo, "<script>alert(1)</script>"...))
	if bytes.Contains(kept.Bytes, []byte("script")) {
		t.Error("what stood behind the photo was kept")
	}
}
