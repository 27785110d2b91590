package media

import "image"

// shrink draws a picture anew on white, as large as asked: never larger than it
// was. Each pixel of the new one is the mean of all that fall on it, so that the
// thin strokes of a letter stay to be read.
func shrink(old image.RGBA64Image, wide, high int) *image.RGBA {
	b := old.Bounds()
	fresh := image.NewRGBA(image.Rect(0, 0, wide, high))
	columns, rows := parts(b.Dx(), wide), parts(b.Dy(), high)
	line := make([]uint64, 3*wide) // a row of the old one, as wide as the new
	sum := make([]uint64, 3*wide)  // a row of the new one, as far as it is filled
	read := -1
	for i, row := range rows {
		if row.old != read {
			squeeze(line, old, b.Min.X, b.Min.Y+row.old, columns)
			read = row.old
		}
		for j, v := range line {
			sum[j] += v * row.much
		}
		if i+1 == len(rows) || rows[i+1].fresh != row.fresh {
			put(fresh, row.fresh, sum, uint64(b.Dx())*uint64(b.Dy()))
			clear(sum)
		}
	}
	return fresh
}

// part says how much of an old row or column falls on which fresh one: each old
// one is as many parts as there are fresh ones, and each fresh one takes as many
// parts as there are old ones.
type part struct {
	old, fresh int
	much       uint64
}

func parts(olds, freshes int) []part {
	all := make([]part, 0, olds+freshes)
	left, room := freshes, olds
	for old, fresh := 0, 0; old < olds; {
		much := min(left, room)
		all = append(all, part{old, fresh, uint64(much)})
		if left -= much; left == 0 {
			old, left = old+1, freshes
		}
		if room -= much; room == 0 {
			fresh, room = fresh+1, olds
		}
	}
	return all
}

// squeeze adds up a row of the old picture in the columns of the new one. What
// can be seen through is white behind.
func squeeze(line []uint64, old image.RGBA64Image, left, y int, columns []part) {
	clear(line)
	for _, c := range columns {
		p := old.RGBA64At(left+c.old, y)
		behind := uint64(0xffff - p.A)
		to := line[3*c.fresh : 3*c.fresh+3]
		to[0] += (uint64(p.R) + behind) * c.much
		to[1] += (uint64(p.G) + behind) * c.much
		to[2] += (uint64(p.B) + behind) * c.much
	}
}

// put writes a row of sums, each of so many parts.
func put(fresh *image.RGBA, y int, sum []uint64, of uint64) {
	row := fresh.Pix[y*fresh.Stride:]
	for x := range fresh.Rect.Dx() {
		for c := range 3 {
			row[4*x+c] = uint8(sum[3*x+c] / of >> 8)
		}
		row[4*x+3] = 0xff
	}
}

// upright turns a picture as its camera was held: one of the eight numbers of
// EXIF, of which 1 is upright.
func upright(lying *image.RGBA, turn int) *image.RGBA {
	if turn <= 1 || turn > 8 {
		return lying
	}
	wide, high := lying.Rect.Dx(), lying.Rect.Dy()
	aside := turn >= 5 // its rows are the columns of the upright one
	mirrored := turn == 2 || turn == 3 || turn == 7 || turn == 8
	headfirst := turn == 3 || turn == 4 || turn == 6 || turn == 7
	up := image.NewRGBA(image.Rect(0, 0, wide, high))
	if aside {
		up = image.NewRGBA(image.Rect(0, 0, high, wide))
	}
	for y := range up.Rect.Dy() {
		for x := range up.Rect.Dx() {
			fromX, fromY := x, y
			if aside {
				fromX, fromY = y, x
			}
			if mirrored {
				fromX = wide - 1 - fromX
			}
			if headfirst {
				fromY = high - 1 - fromY
			}
			copy(up.Pix[up.PixOffset(x, y):][:4], lying.Pix[lying.PixOffset(fromX, fromY):])
		}
	}
	return up
}
