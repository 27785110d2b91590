package ledger

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"strings"
	"testing"
)

// kept is a tree in memory.
type kept struct {
	hashes []Hash
	tally  Tally
}

func (k *kept) read(places []int64) ([]Hash, error) {
	var out []Hash
	for _, p := range places {
		if p >= int64(len(k.hashes)) {
			return nil, fmt.Errorf("no hash at %d", p)
		}
		out = append(out, k.hashes[p])
	}
	return out, nil
}

func (k *kept) add(t *testing.T, record string) {
	t.Helper()
	leaf := Leaf([]byte(record))
	n := k.tally.Size()
	if int64(len(k.hashes)) != Place(n) {
		t.Fatalf("leaf %d belongs at %d, there are %d hashes", n, Place(n), len(k.hashes))
	}
	more, err := Grow(n, leaf, k.read)
	if err != nil {
		t.Fatal(err)
	}
	k.hashes = append(k.hashes, more...)
	k.tally.Add(leaf)
}

func TestARootFromLeavesAloneIsThatOfTheTree(t *testing.T) {
	k := &kept{}
	seen := map[Hash]bool{}
	for i := range 300 {
		k.add(t, fmt.Sprint("record ", i))
		root, err := Root(int64(i+1), k.read)
		if err != nil || root != k.tally.Root() || seen[root] {
			t.Fatalf("%d records: %x, from leaves alone %x, %v", i+1, root, k.tally.Root(), err)
		}
		seen[root] = true
	}
	// RFC 6962: the hash of two leaves is that of 1, left, right.
	two := &kept{}
	two.add(t, "a")
	two.add(t, "b")
	left, right := Leaf([]byte("a")), Leaf([]byte("b"))
	if want := sha256.Sum256(append(append([]byte{1}, left[:]...), right[:]...)); two.tally.Root() != want {
		t.Errorf("two leaves: %x, want %x", two.tally.Root(), want)
	}
	if want := sha256.Sum256([]byte("\x00a")); left != want {
		t.Errorf("a leaf: %x, want %x", left, want)
	}
}

func TestCheckpoint(t *testing.T) {
	s := NewSigner("lianxin/0123456789abcdef", [32]byte{1, 2, 3})
	root := Leaf([]byte("x"))
	text, err := s.Sign(7, root)
	if err != nil {
		t.Fatal(err)
	}
	for name, typed := range map[string]string{"as it is": text, "from Windows": "\ufeff" + strings.ReplaceAll(text, "\n", "\r\n"), "without its last line end": strings.TrimSuffix(text, "\n")} {
		c, err := Parse(typed, s.Key())
		if err != nil || c.Size != 7 || c.Root != root || c.Origin != s.Origin() {
			t.Errorf("%s: %+v, %v", name, c, err)
		}
		if len(c.Short()) != 19 {
			t.Errorf("short: %q", c.Short())
		}
	}
	other := NewSigner(s.Origin(), [32]byte{9})
	for name, wrong := range map[string][2]string{
		"another size":   {strings.Replace(text, "\n7\n", "\n8\n", 1), s.Key()},
		"another key":    {text, other.Key()},
		"no signature":   {strings.SplitAfter(text, "\n\n")[0], s.Key()},
		"nothing":        {"", s.Key()},
		"no key":         {text, "x"},
		"another origin": {text, NewSigner("elsewhere", [32]byte{1, 2, 3}).Key()},
	} {
		if _, err := Parse(wrong[0], wrong[1]); !errors.Is(err, ErrCheckpoint) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
