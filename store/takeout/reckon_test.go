package takeout_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"lianxin/store/ledger"
	"lianxin/store/takeout"
)

// reckon puts the sum of a changed file into the manifest.
func reckon(t *testing.T, dir, name string) {
	t.Helper()
	var m takeout.Manifest
	about := filepath.Join(dir, "manifest.json")
	text, err := os.ReadFile(about)
	must(t, errors.Join(err, json.Unmarshal(text, &m)))
	file, err := os.ReadFile(filepath.Join(dir, name))
	must(t, err)
	m.Files[name] = takeout.Sum{Lines: bytes.Count(file, []byte("\n")), SHA256: fmt.Sprintf("%x", sha256.Sum256(file))}
	text, err = json.Marshal(m)
	must(t, errors.Join(err, os.WriteFile(about, text, 0o600)))
}

// Whoever has only the files and README.md finds commitments, chain and tree
// by themselves.
func TestAnybodyCanReckonAnExport(t *testing.T) {
	b, _ := lived(t)
	dir, _ := b.export()
	records := map[string][]byte{}
	for _, name := range streams {
		var head [32]byte
		for _, line := range lines[takeout.Line](t, filepath.Join(dir, name)) {
			var h struct{ Prev, Commitment string }
			must(t, json.Unmarshal(line.Header, &h))
			if line.Seq == 1 {
				head = [32]byte{}
			}
			salt, err := hex.DecodeString(line.Salt)
			must(t, err)
			if h.Prev != hex.EncodeToString(head[:]) {
				t.Errorf("%s %d does not follow", line.Stream, line.Seq)
			}
			if sum := sha256.Sum256(append(salt, line.Fact...)); len(salt) > 0 && h.Commitment != hex.EncodeToString(sum[:]) {
				t.Errorf("%s %d is not what was committed", line.Stream, line.Seq)
			}
			header := append([]byte{1}, line.Header...)
			head = sha256.Sum256(header)
			id, err := hex.DecodeString(line.Stream[2:])
			must(t, err)
			key := fmt.Sprint(line.Stream, line.Seq)
			records[key] = append(binary.BigEndian.AppendUint32(append([]byte{line.Stream[0]}, id...), line.Seq), header...)
		}
	}
	var tally ledger.Tally
	points := 0
	for _, node := range lines[takeout.Node](t, filepath.Join(dir, "tree.jsonl")) {
		if node.Checkpoint == "" {
			tally.Add(sha256.Sum256(append([]byte{0}, records[fmt.Sprint(node.Stream, node.Seq)]...)))
			continue
		}
		c, err := ledger.Parse(node.Checkpoint, b.VerifierKey())
		if points++; err != nil || c.Size != tally.Size() || c.Root != tally.Root() {
			t.Errorf("%+v is not the checkpoint of %d leaves: %v", c, tally.Size(), err)
		}
	}
	if points != 2 || int(tally.Size()) != len(records) {
		t.Errorf("%d checkpoints, %d leaves, %d events", points, tally.Size(), len(records))
	}
}

func lines[L any](t *testing.T, file string) (all []L) {
	t.Helper()
	text, err := os.ReadFile(file)
	must(t, err)
	for line := range bytes.Lines(text) {
		var l L
		must(t, json.Unmarshal(line, &l))
		all = append(all, l)
	}
	return all
}
