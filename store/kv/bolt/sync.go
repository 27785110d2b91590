//go:build !nosync_for_proof

package bolt

// noSync is false in every program that anybody uses. See sync_proof.go.
const noSync = false
