package reading

import (
	"math"
	"testing"
)

func TestAlike(t *testing.T) {
	lamp, bin := TraitsOf("桥头到小学那段路，路灯不亮了。"), TraitsOf("楼下的垃圾桶满了三天。")
	dark, rubbish := TraitsOf("桥头那段路晚上太黑，路灯坏了"), TraitsOf("垃圾桶又满了")
	var r Rarity
	for _, t := range []Traits{lamp, bin, dark, rubbish, TraitsOf("请问养老金怎么领"), TraitsOf("请问医保怎么交")} {
		r.Add(t)
	}
	if got := r.Alike(lamp, lamp); got < 0.999 || got > 1.001 {
		t.Errorf("a text is like itself by %f", got)
	}
	if near, far := r.Alike(lamp, dark), r.Alike(lamp, rubbish); near < 0.1 || far > 0 {
		t.Errorf("the same lamp: %f; something else: %f", near, far)
	}
	if one, other := r.Alike(lamp, dark), r.Alike(dark, lamp); math.Abs(one-other) > 1e-9 { // sums in another order
		t.Errorf("likeness has two sides: %f, %f", one, other)
	}
	for _, empty := range []Traits{{}, TraitsOf(""), TraitsOf("。！ 12"), TraitsOf("灯")} {
		if got := r.Alike(lamp, empty); got != 0 {
			t.Errorf("likeness to nothing is %f", got)
		}
	}
	if !TraitsOf("Street LIGHT 坏了")["light"] || TraitsOf("坏了，路灯")["了路"] {
		t.Error("words of other languages count whole, and no pair reaches over a comma")
	}
	// What everybody says tells less than what few say.
	if usual, rare := r.weight("请问"), r.weight("路灯"); usual > rare {
		t.Errorf("“请问” tells %f, “路灯” %f", usual, rare)
	}
}
