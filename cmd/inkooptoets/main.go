// Command inkooptoets reads a draft tender and says per statutory requirement whether it is covered, with the passage that shows it.
//
// The commands are thin: they turn flags into one call, and its outcome into an exit code. Only this package reads the clock, the
// environment and the terminal.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
)

// Exit codes, the same for every command and report format. When more than one holds, 2 beats 3 beats 1.
const (
	exitDone   = 0 // done, nothing at or above the threshold
	exitGaps   = 1 // done, with gaps or failed examples
	exitNotRun = 2 // could not run: wrong flag, broken catalogue, output that cannot be written
	exitUnread = 3 // done, but a document could not be assessed
)

// verdict is the exit code of a command that did run. It travels as an error because cobra has no other way out.
type verdict int

func (v verdict) Error() string { return fmt.Sprintf("exit code %d", int(v)) }

// lastingly keeps the first error of writing. Those who write to it need not look, and cobra does not when it prints help.
type lastingly struct {
	io.Writer
	err error
}

func (l *lastingly) Write(b []byte) (int, error) {
	if l.err == nil {
		_, l.err = l.Writer.Write(b)
	}
	return len(b), nil
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM) // a scheduler that wants its machine back
	code := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	root := newRoot()
	root.SetArgs(args)
	out := &lastingly{Writer: stdout}
	root.SetOut(out)
	root.SetErr(stderr)
	err := root.ExecuteContext(ctx)
	v, isVerdict := errors.AsType[verdict](err)
	if err == nil || isVerdict {
		if out.err == nil {
			return int(v)
		}
		err = fmt.Errorf("uitvoer niet geschreven: %s", why(out.err))
	}
	if errors.Is(err, context.Canceled) {
		err = errors.New("afgebroken; er is geen rapport geschreven")
	}
	fmt.Fprintf(stderr, "inkooptoets: %v\n", err)
	return exitNotRun
}
