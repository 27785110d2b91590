// Package board is the subject: residents write to their county (留言), a unit
// handles it by a date that everyone sees (办理), answers (反馈), and the
// resident alone says whether it is solved (评价).
//
// Everything here is a value or a pure function. A rule takes values and the
// time and returns an event or a [Fault]; it never reads a clock, a store, a
// random source or a language. A newcomer reads, in this order: state.go (the
// axes of a case and the one table of deeds), event.go (what is remembered),
// case.go (how events make a case), fault.go (how a deed is refused).
package board

import "time"

// Zone is Beijing time, the zone of every date a person sees. It is a fixed
// zone: mainland China has had no daylight saving since 1991, and a small box
// may have no zone files.
var Zone = time.FixedZone("CST", 8*3600)
