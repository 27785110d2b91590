package office

import (
	"testing"

	"lianxin/server/board"
)

// FuzzHearText hears any text: what it means does not hang on blanks around it,
// and a number that is heard is one.
func FuzzHearText(f *testing.F) {
	for _, seed := range []string{"", " ", "1", "不是我 261 482 9130", "2614829130 1", "1 2614829130", "没解决！", "\u3000是我\n", "查 2614829130", "NOT ME", "\xff 3", "３"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		said, heard := hearText(text)
		if again, same := hearText(" " + text + "\n"); same != heard || again != said {
			t.Errorf("%q means %+v, %v; with blanks around it %+v, %v", text, said, heard, again, same)
		}
		if !heard {
			return
		}
		if n, err := board.ParseNumber(string(said.number)); said.number != "" && (err != nil || n != said.number) || said.word == 0 {
			t.Errorf("%q means %+v", text, said)
		}
	})
}
