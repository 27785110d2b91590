//go:build nosync_for_proof

package bolt

// noSync lets commits return before they are on the disk. The power-cut test builds such a program and wants it to
// lose what it acknowledged: a test that cannot see a loss would prove nothing.
const noSync = true
