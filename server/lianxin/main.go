// Lianxin is a county's citizen message board in one binary. This package puts
// its rooms together and gives them commands; it decides nothing.
//
// main.go reads the command line, config.go is the table of flags, job.go runs
// a command where the store is, serve.go is the server, demo.go the made-up
// county. The other files are commands of a few lines.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"

	"lianxin/locales"
)

// version is stamped by the Makefile.
var version = "dev"

// Exit codes.
const (
	fine    = 0
	refused = 1 // the command could not do, or did not find, what was asked for
	misused = 2 // the command line itself is wrong
)

// terminal is where a command was typed.
type terminal struct {
	context.Context
	out, err io.Writer
	live     bool // err is a screen: progress can be drawn on it
	bundle   *locales.Bundle
	words    locales.Words // of whoever types
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second signal ends the program at once
	os.Exit(run(ctx, os.Args[1:]))
}

func run(ctx context.Context, args []string) int {
	var p program
	parser, err := kong.New(&p, kong.Name("lianxin"), kong.Description(about), kong.ConfigureHelp(kong.HelpOptions{Compact: true}))
	if err != nil {
		panic(err) // the table of flags itself is wrong
	}
	command, err := parser.Parse(args)
	if err != nil {
		fmt.Fprintf(os.Stderr, "lianxin: %v\nlianxin --help tells the commands, lianxin COMMAND --help their flags.\n", err)
		return misused
	}
	bundle, err := locales.Open()
	if err != nil {
		fmt.Fprintln(os.Stderr, "lianxin:", err)
		return refused
	}
	t := &terminal{ctx, os.Stdout, os.Stderr, screen(os.Stderr), bundle, bundle.Words(tongue(bundle, p.Lang, os.Getenv))}
	return t.ended(command.Run(t))
}

// ended tells how a command ended, and gives its exit code.
func (t *terminal) ended(err error) int {
	var elsewhere told
	switch {
	case err == nil:
		return fine
	case errors.As(err, &elsewhere):
		return int(elsewhere)
	}
	fmt.Fprintln(t.err, explain(t.words, err))
	return refused
}

// told is the exit code of a command whose error has been shown already.
type told int

func (c told) Error() string { return fmt.Sprintf("ended with %d", int(c)) }

// screen tells whether a file is a terminal that somebody watches.
func screen(f *os.File) bool {
	about, err := f.Stat()
	return err == nil && about.Mode()&os.ModeCharDevice != 0
}
