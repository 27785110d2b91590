// Package ledger makes one number out of everything that ever happened, so that
// whoever wrote the number down can tell later whether anything of it was
// changed or taken out. It is a Merkle tree as RFC 6962 has it, and the number
// is signed and printed as a C2SP checkpoint (golang.org/x/mod/sumdb keeps both).
//
// It knows no store: whoever keeps the hashes gives a Reader.
package ledger

import (
	"crypto/ed25519"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// Hash is a SHA-256.
type Hash = [32]byte

// Reader gives the stored hashes at these places.
type Reader func(places []int64) ([]Hash, error)

func (r Reader) ReadHashes(places []int64) ([]tlog.Hash, error) {
	hashes, err := r(places)
	out := make([]tlog.Hash, len(hashes))
	for i, h := range hashes {
		out[i] = h
	}
	return out, err
}

// Leaf is the hash of one record.
func Leaf(record []byte) Hash { return Hash(tlog.RecordHash(record)) }

// Place is where the hash of leaf n is stored.
func Place(n int64) int64 { return tlog.StoredHashIndex(0, n) }

// Grow gives the hashes that leaf n adds behind those stored before it; the
// first belongs at Place(n), the others follow.
func Grow(n int64, leaf Hash, r Reader) ([]Hash, error) {
	hashes, err := tlog.StoredHashesForRecordHash(n, leaf, r)
	out := make([]Hash, len(hashes))
	for i, h := range hashes {
		out[i] = Hash(h)
	}
	return out, err
}

// Root is the hash of the first size leaves together.
func Root(size int64, r Reader) (Hash, error) {
	h, err := tlog.TreeHash(size, r)
	return Hash(h), err
}

// Tally reckons a root from leaves alone, in memory that grows with the
// logarithm of their number.
type Tally struct {
	size  int64
	peaks []peak // whole subtrees, the largest first
}

type peak struct {
	hash   Hash
	leaves int64
}

// Add takes the next leaf.
func (t *Tally) Add(leaf Hash) {
	t.peaks = append(t.peaks, peak{leaf, 1})
	for n := len(t.peaks); n > 1 && t.peaks[n-1].leaves == t.peaks[n-2].leaves; n = len(t.peaks) {
		joined := peak{node(t.peaks[n-2].hash, t.peaks[n-1].hash), 2 * t.peaks[n-1].leaves}
		t.peaks = append(t.peaks[:n-2], joined)
	}
	t.size++
}

// Size is how many leaves were added.
func (t *Tally) Size() int64 { return t.size }

// Root is the hash of all of them; that of none is the zero Hash.
func (t *Tally) Root() Hash {
	if len(t.peaks) == 0 {
		return Hash{}
	}
	root := t.peaks[len(t.peaks)-1].hash
	for i := len(t.peaks) - 2; i >= 0; i-- {
		root = node(t.peaks[i].hash, root)
	}
	return root
}

func node(left, right Hash) Hash { return Hash(tlog.NodeHash(left, right)) }

// Checkpoint is how many records there were and the hash of all of them.
// Whoever keeps one outside the box can hold the box to it.
type Checkpoint struct {
	Origin string // the box's name: "lianxin/" and the fingerprint of its keys
	Size   int64
	Root   Hash
}

// Short is the hash as it is read aloud or copied by hand: the first 16 digits
// in groups of four.
func (c Checkpoint) Short() string {
	digits := hex.EncodeToString(c.Root[:8])
	return digits[:4] + " " + digits[4:8] + " " + digits[8:12] + " " + digits[12:]
}

// Signer signs checkpoints with a key of its own.
type Signer struct {
	origin string
	key    ed25519.PrivateKey
}

// NewSigner makes a signer from 32 secret bytes.
func NewSigner(origin string, seed [32]byte) Signer {
	return Signer{origin, ed25519.NewKeyFromSeed(seed[:])}
}

// Origin is what the signer's checkpoints are called.
func (s Signer) Origin() string { return s.origin }

// Key is what anybody verifies its checkpoints with.
func (s Signer) Key() string {
	key, err := note.NewEd25519VerifierKey(s.origin, s.key.Public().(ed25519.PublicKey))
	if err != nil { // the key is one of ours
		panic("ledger: " + err.Error())
	}
	return key
}

// Sign writes a checkpoint as a signed note.
func (s Signer) Sign(size int64, root Hash) (string, error) {
	// The public half of the verifier's name is the hash that the signer's
	// needs: "<name>+<hash>+<key>".
	parts := strings.Split(s.Key(), "+")
	secret := base64.StdEncoding.EncodeToString(append([]byte{1}, s.key.Seed()...)) // 1 is Ed25519
	signer, err := note.NewSigner("PRIVATE+KEY+" + s.origin + "+" + parts[1] + "+" + secret)
	if err != nil {
		return "", err
	}
	body := fmt.Sprintf("%s\n%d\n%s\n", s.origin, size, base64.StdEncoding.EncodeToString(root[:]))
	signed, err := note.Sign(&note.Note{Text: body}, signer)
	return string(signed), err
}

// ErrCheckpoint says that a text is no checkpoint, or is not signed by the key.
var ErrCheckpoint = errors.New("not a checkpoint of this box")

// Parse reads a checkpoint and verifies its signature with the key that
// [Signer.Key] gave.
func Parse(text, key string) (Checkpoint, error) {
	verifier, err := note.NewVerifier(key)
	if err != nil {
		return Checkpoint{}, fmt.Errorf("%w: the key: %w", ErrCheckpoint, err)
	}
	// Somebody copied it out of a page, with an editor of their own.
	text = strings.ReplaceAll(strings.Trim(text, "\ufeff \r\n\t"), "\r\n", "\n") + "\n"
	n, err := note.Open([]byte(text), note.VerifierList(verifier))
	if err != nil {
		return Checkpoint{}, fmt.Errorf("%w: %w", ErrCheckpoint, err)
	}
	lines := strings.Split(n.Text, "\n")
	if len(lines) < 4 || lines[0] != verifier.Name() {
		return Checkpoint{}, ErrCheckpoint
	}
	c := Checkpoint{Origin: lines[0]}
	root, err := base64.StdEncoding.DecodeString(lines[2])
	if err != nil || len(root) != len(c.Root) {
		return Checkpoint{}, ErrCheckpoint
	}
	copy(c.Root[:], root)
	if c.Size, err = strconv.ParseInt(lines[1], 10, 64); err != nil || c.Size < 0 {
		return Checkpoint{}, ErrCheckpoint
	}
	return c, nil
}
