//go:build !torture

package main

// How often a fault strikes in make test; make torture takes more.
const (
	stops      = 2
	flips      = 40
	hotBackups = 2
)
