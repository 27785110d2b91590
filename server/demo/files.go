package demo

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"image/jpeg"
	"math"

	"lianxin/server/board"
)

// attach hangs a photo on the case, from its person's phone.
func (s *story) attach(ago int, clock string, photo image.Image) *story {
	return s.deed(ago, clock, "attach", func() error {
		var b bytes.Buffer
		if err := jpeg.Encode(&b, photo, nil); err != nil {
			return err
		}
		size := photo.Bounds().Size()
		return s.m.office.Attach(s.m.ctx, s.resident, s.number, s.m.form(),
			board.Attachment{Sort: board.Photo, Type: "image/jpeg", Wide: size.X, High: size.Y}, b.Bytes())
	})
}

// record hangs a recording on the case.
func (s *story) record(ago int, clock string, seconds int, sound func(at float64) float64) *story {
	return s.deed(ago, clock, "attach", func() error {
		file := wave(seconds, sound)
		return s.m.office.Attach(s.m.ctx, s.resident, s.number, s.m.form(),
			board.Attachment{Sort: board.Recording, Type: "audio/wav", Seconds: seconds}, file)
	})
}

// wave writes so many seconds of a sound, which is between -1 and 1 at each time,
// as a recorder of a basic phone does: 8,000 bytes each.
func wave(seconds int, sound func(at float64) float64) []byte {
	const rate = 8000
	size := uint32(seconds * rate)
	file := binary.LittleEndian.AppendUint32([]byte("RIFF"), 36+size)
	file = append(file, "WAVEfmt \x10\x00\x00\x00\x01\x00\x01\x00"...)
	file = binary.LittleEndian.AppendUint32(file, rate)
	file = binary.LittleEndian.AppendUint32(file, rate)
	file = append(file, "\x01\x00\x08\x00data"...)
	file = binary.LittleEndian.AppendUint32(file, size)
	for i := range seconds * rate {
		file = append(file, uint8(128+100*sound(float64(i)/rate)))
	}
	return file
}

// cutter is a machine that cuts tiles: it howls, goes down on the tile every two
// seconds, and howls on.
func cutter(at float64) float64 {
	pitch := 430.0
	if math.Mod(at, 2) > 1.2 {
		pitch = 310
	}
	return (math.Sin(2*math.Pi*pitch*at) + math.Sin(2*math.Pi*2.97*pitch*at)) / 2
}

// detach takes the newest file away again.
func (s *story) detach(ago int, clock string) *story {
	return s.deed(ago, clock, "detach", func() error {
		v, err := s.m.office.Case(s.m.ctx, s.resident, s.number)
		if err != nil {
			return err
		}
		files := v.Case.Attachments
		return s.m.office.Detach(s.m.ctx, s.resident, s.number, s.m.form(), files[len(files)-1].ID)
	})
}

// bucket is a bucket of yellow water, seen from above.
func bucket() image.Image {
	const size = 480
	photo := image.NewRGBA(image.Rect(0, 0, size, size))
	for y := range size {
		for x := range size {
			c := color.RGBA{112, 108, 102, 255} // the yard
			switch d := (x-size/2)*(x-size/2) + (y-size/2)*(y-size/2); {
			case d < 170*170:
				c = color.RGBA{uint8(196 - d/700), uint8(160 - d/600), 74, 255}
			case d < 200*200:
				c = color.RGBA{64, 92, 140, 255} // its rim
			}
			photo.SetRGBA(x, y, c)
		}
	}
	return photo
}
