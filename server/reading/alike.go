package reading

import (
	"math"
	"strings"
	"unicode"
)

// Traits are what a text is recognised by: each pair of neighbouring Chinese
// signs, and each word of a language that writes words apart.
type Traits map[string]bool

// TraitsOf reads the traits out of texts.
func TraitsOf(texts ...string) Traits {
	traits := Traits{}
	for _, text := range texts {
		for _, run := range strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) }) {
			signs := []rune(run)
			for i := 1; i < len(signs); i++ {
				if unicode.Is(unicode.Han, signs[i-1]) && unicode.Is(unicode.Han, signs[i]) {
					traits[string(signs[i-1:i+1])] = true
				}
			}
			if !strings.ContainsFunc(run, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
				traits[run] = true
			}
		}
	}
	return traits
}

// Rarity tells how much a trait says: what half of all texts have says little.
type Rarity struct {
	texts int
	with  map[string]int // texts that have it
}

// Add counts the traits of one more text.
func (r *Rarity) Add(t Traits) {
	if r.with == nil {
		r.with = map[string]int{}
	}
	r.texts++
	for trait := range t {
		r.with[trait]++
	}
}

func (r *Rarity) weight(trait string) float64 {
	return math.Log(float64(r.texts+2) / float64(r.with[trait]+1))
}

func (r *Rarity) size(t Traits) float64 {
	sum := 0.0
	for trait := range t {
		sum += r.weight(trait) * r.weight(trait)
	}
	return math.Sqrt(sum)
}

// Alike tells how much two texts say the same: 1 when they have the same traits,
// 0 when they share none.
func (r *Rarity) Alike(a, b Traits) float64 {
	size := r.size(a) * r.size(b)
	if size == 0 {
		return 0
	}
	shared := Traits{}
	for trait := range a {
		if b[trait] {
			shared[trait] = true
		}
	}
	return r.size(shared) * r.size(shared) / size
}
