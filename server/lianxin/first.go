package main

import (
	"context"
	"crypto/rand"
	"strings"

	"lianxin/server/web"
	"lianxin/store/seal"
)

// letters of a printed code: none that are mistaken for another.
const letters = "0123456789abcdefghjkmnpqrstvwxyz"

// first is what the first run of a county needs; nil when somebody works here
// already. The code is drawn anew whenever the server starts: 60 bits, and good
// for nothing once there is an administrator.
func (b *box) first() (*web.First, error) {
	county, err := b.office.County(context.Background())
	if err != nil || len(county.Staff) > 0 {
		return nil, err
	}
	draw := make([]byte, 12)
	rand.Read(draw) // never fails: it ends the program instead
	var code strings.Builder
	for i, d := range draw {
		if i > 0 && i%4 == 0 {
			code.WriteByte('-')
		}
		code.WriteByte(letters[int(d)%len(letters)])
	}
	return &web.First{Code: code.String(), Key: func() (string, []string, error) { return seal.Paper(b.Keys) }}, nil
}
