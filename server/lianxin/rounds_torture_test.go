//go:build torture

package main

// How often a fault strikes in make torture.
const (
	stops      = 100
	flips      = 1000
	hotBackups = 30
	cuts       = 200 // on each kind of file system
	bareCuts   = 10  // at most, of a program that does not sync
	firstKills = 100
	firstCuts  = 20
)
