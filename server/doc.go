// Package server holds no code. It shows a newcomer around the house.
//
// # Rooms
//
// A resident's matter goes through the rooms in this order, so read them so:
//
//   - server/board says what is true: a case is the list of its events; one
//     table of deeds (state.go) says who may do what to it. Values and pure
//     functions, no clock, no store, no words of a language.
//   - store remembers: each stream of events chained and sealed, its snapshot,
//     its indexes. store/kv is the seam to an engine of bytes; store/kv/bolt
//     is the engine, store/kv/twice one that runs every closure twice, for
//     tests; store/blob keeps photos and recordings as files beside it,
//     store/seal the keys, store/ledger makes one number out of everything
//     that happened. store/backup copies all of it, locked; store/takeout
//     writes it in the open, and reads that back.
//   - server/office does: one method a deed, each deed one transaction.
//     server/workday reckons its dates, server/reading finds in people's words
//     what must not become public.
//   - server/web shows and asks: one table of routes, one file a family of
//     pages. Its pages are views (one struct in Go beside one page in HTML),
//     its words locales (one file a language), its looks static.
//   - server/qr draws squares for cameras: secrets that a phone takes over.
//   - server/media makes of the photos and recordings that come what is kept of
//     them.
//   - server/channel brings words in and out by other ways: sms, and sheet for
//     the tables of other systems.
//   - server/cert gives the server the certificate by which browsers know it.
//   - server/control lets a command run inside the server that has the folder.
//   - server/demo makes up a county, through the same deeds as a real one.
//   - server/lianxin puts all of it together: the program and its commands.
//
// Beside them stand server/journey (browsers that play what people do) and
// server/bench.
//
// # Who may know whom
//
//	lianxin → web, channel, control, demo → office → board
//	                                        office → store → board
//	                                        office → workday, reading
//	web → views, locales, static, qr, media     channel → locales
//	store → seal, blob, ledger, kv ← bolt, twice, overlay   backup, takeout → store   lianxin → cert
//
// An arrow never turns back, board imports the standard library only, and each
// foreign library lives in one package, so that it can be replaced there.
// arch_test.go holds all three; change it together with this text.
//
// # The laws of a deed
//
//  1. It reads, decides and writes in one Update, and acts outside afterwards.
//     The closure may run more than once: nothing in it sends, logs, counts in
//     memory or appends to a slice of outside.
//  2. A refusal that must be remembered (a wrong code) is written: the closure
//     returns nil and the fault leaves as its result.
//  3. A commit error means "unknown": look the form's token up, never repeat.
//  4. Each form has a token from its first showing, stored with what it did:
//     the same form never acts twice.
//  5. What must follow (a text to a phone) is put down in the same transaction
//     and done by a worker that holds a lease.
//
// And two for rules: time and randomness come from outside, and every day is a
// day in Beijing (board.Zone). Words of ours are never stored rendered: what is
// kept is their key, their arguments and the language.
//
// # To add something
//
// A deed is a row in board/state.go and its words. A page is a route, a
// handler, a model, a template, its words and an example. A language is a
// file. An index is a line in store/keys.go, and a new schema whose step in
// store/upgrade.go makes it for the counties that are there, as does whatever else
// is stored another way than before. An engine is a folder that passes
// store/kv/kvtest. A release adds the data that it writes to those which later
// programs must upgrade: store/testdata/make NAME.
package server
