package qr

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
)

// modules reads the path back into a square.
func modules(t *testing.T, size int, path string) [][]bool {
	t.Helper()
	square := make([][]bool, size)
	for i := range square {
		square[i] = make([]bool, size)
	}
	runs := regexp.MustCompile(`M(\d+) (\d+)h(\d+)v1h-(\d+)z`)
	if left := runs.ReplaceAllString(path, ""); left != "" {
		t.Fatalf("the path has more than runs of modules: %q", left)
	}
	for _, run := range runs.FindAllString(path, -1) {
		var x, y, n, back int
		if _, err := fmt.Sscanf(run, "M%d %dh%dv1h-%dz", &x, &y, &n, &back); err != nil || n != back {
			t.Fatalf("%s: %v", run, err)
		}
		for i := range n {
			square[y][x+i] = true
		}
	}
	return square
}

func TestASquareHasItsCornersAndItsBorder(t *testing.T) {
	size, path, err := Draw("otpauth://totp/Lianxin:sunwei?algorithm=SHA1&digits=6&issuer=Lianxin&period=30&secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
	if err != nil {
		t.Fatal(err)
	}
	square := modules(t, size, path)
	corner := []string{"#######", "#.....#", "#.###.#", "#.###.#", "#.###.#", "#.....#", "#######"}
	for _, at := range [][2]int{{4, 4}, {size - 11, 4}, {4, size - 11}} {
		for y, line := range corner {
			for x, mark := range line {
				if square[at[1]+y][at[0]+x] != (mark == '#') {
					t.Fatalf("the corner at %v is not drawn right", at)
				}
			}
		}
	}
	for i := range size {
		for j := range quiet {
			if square[j][i] || square[i][j] || square[size-1-j][i] || square[i][size-1-j] {
				t.Fatal("something is drawn in the border")
			}
		}
	}
}

func TestTooLong(t *testing.T) {
	if _, _, err := Draw(strings.Repeat("长", 1000)); err == nil {
		t.Error("a text that no square holds was drawn")
	}
}
