package board

import (
	"errors"
	"fmt"
)

// FaultKind says what a refusal means for the one who asked; the web turns it
// into a status, a text into a sentence.
type FaultKind string

const (
	Invalid  FaultKind = "invalid"   // what was typed cannot be taken; mend it and send again
	Denied   FaultKind = "denied"    // this person may not do this
	Missing  FaultKind = "missing"   // there is no such thing, or its existence is a secret
	Conflict FaultKind = "conflict"  // the case has moved on since the page was shown
	TooMany  FaultKind = "too-many"  // tried too often; wait
	Expired  FaultKind = "expired"   // it was valid once
	NotSaved FaultKind = "not-saved" // the box cannot keep it now; the words are still with the person
)

// Fault is an expected refusal. ID is its words' key under "fault."; Field
// names the field it belongs to, "" when it concerns the whole form; Args are
// the pairs that the words need ("Max", 30).
type Fault struct {
	Kind  FaultKind
	ID    string
	Field string
	Args  []any
}

func (f Fault) Error() string {
	if f.Field == "" {
		return fmt.Sprintf("%s: %s", f.Kind, f.ID)
	}
	return fmt.Sprintf("%s: %s (%s)", f.Kind, f.ID, f.Field)
}

func invalid(field, id string, args ...any) Fault {
	return Fault{Kind: Invalid, ID: id, Field: field, Args: args}
}

// Faults lists the faults in an error, single or joined, in their order. An
// error that holds anything but faults is no refusal: ok is false.
func Faults(err error) (faults []Fault, ok bool) {
	if err == nil {
		return nil, false
	}
	var one Fault
	if joined, is := err.(interface{ Unwrap() []error }); is {
		for _, e := range joined.Unwrap() {
			more, ok := Faults(e)
			if !ok {
				return nil, false
			}
			faults = append(faults, more...)
		}
		return faults, len(faults) > 0
	}
	if errors.As(err, &one) {
		return []Fault{one}, true
	}
	return nil, false
}
