// Package control lets a command run inside the server that already holds the
// data folder. bbolt lets one process in; so a command takes the folder itself
// when no server runs, and otherwise calls the server over a socket in that
// folder, with its arguments, its input and its output.
//
// The wire is a run of frames: one byte of kind, four bytes of length (big
// endian), the payload. The command says hello, the server answers with output
// as it is written and at the end with the exit code. Input is pulled: the
// server asks for a piece only when the run reads, so an upload of any size
// takes the memory of one piece, and the server always hears a cancel or a
// command that died, however much input is still to come.
//
// Whoever can open the socket can do everything. It is therefore born with
// mode 0600 and never, not for an instant, open to others.
package control
