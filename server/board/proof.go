package board

import "time"

// Proof is a code that was sent to a phone for something else than to log in
// with it. It bears tries and re-sends as a login does, but its code is derived
// under its own name: neither can be typed where the other belongs.
type Proof struct {
	Attempt
	For  ProofFor `json:"for"`
	By   ID       `json:"by"`             // the person who asked for it; good for nobody else
	Name string   `json:"name,omitempty"` // of whom it is about
}

// ProofFor is what a code is good for.
type ProofFor string

const (
	ForParent ProofFor = "parent" // a parent lets a child act for them
	ForChange ProofFor = "change" // the new number of somebody who changes it
)

// ConsentDigits is the length of a code that somebody reads out to another: it
// differs from a login's at a glance.
const ConsentDigits = 4

// ParseConsent reads a code that was read out.
func ParseConsent(text string) (string, error) {
	code := Digits(text)
	switch {
	case code == "":
		return "", invalid("code", "code.empty")
	case !AllDigits(code) || len(code) != ConsentDigits:
		return "", invalid("code", "consent.shape")
	}
	return code, nil
}

// NewProof begins one.
func NewProof(id ID, what ProofFor, by ID, phone Phone, lang, name string, now time.Time) *Proof {
	return &Proof{Attempt: Attempt{ID: id, Phone: phone, Lang: lang, Begun: now, Fresh: now}, For: what, By: by, Name: name}
}
