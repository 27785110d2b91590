// Package qr draws texts as squares that a camera reads. It is the only package
// that knows the library behind it.
package qr

import (
	"fmt"
	"strings"

	"rsc.io/qr"
)

// quiet is the white border that ISO/IEC 18004 asks for, in modules.
const quiet = 4

// Draw gives a text as one path of an SVG, one unit a module, and how many units
// the square has each way, its border included. It is an error when the text is
// longer than a square can hold (about 2,300 bytes).
func Draw(text string) (size int, path string, err error) {
	code, err := qr.Encode(text, qr.M)
	if err != nil {
		return 0, "", fmt.Errorf("qr: %w", err)
	}
	var b strings.Builder
	for y := range code.Size {
		for x := 0; x < code.Size; x++ {
			from := x
			for x < code.Size && code.Black(x, y) {
				x++
			}
			if x > from {
				fmt.Fprintf(&b, "M%d %dh%dv1h-%dz", from+quiet, y+quiet, x-from, x-from)
			}
		}
	}
	return code.Size + 2*quiet, b.String(), nil
}
