package demo

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"

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
