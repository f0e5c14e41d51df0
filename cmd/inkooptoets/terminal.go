package main

import (
	"fmt"
	"io"
	"os"
	"strings"

	"golang.org/x/term"

	"inkooptoets/report"
)

// screen gives the report options that depend on where the text goes: colour and width only on a terminal.
func screen(w io.Writer, lang string, all bool) report.Options {
	o := report.Options{Lang: lang, All: all}
	f, ok := terminal(w)
	if !ok {
		return o
	}
	o.Color = os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
	if width, _, err := term.GetSize(int(f.Fd())); err == nil {
		o.Width = width
	}
	return o
}

// terminal gives the terminal that w writes to, if it is one.
func terminal(w io.Writer) (*os.File, bool) {
	if l, ok := w.(*lastingly); ok {
		w = l.Writer
	}
	f, ok := w.(*os.File)
	return f, ok && term.IsTerminal(int(f.Fd()))
}

func isTerminal(w io.Writer) bool {
	_, ok := terminal(w)
	return ok
}

// progress tells on a terminal how far the work is; elsewhere, and when quiet, it says nothing. The last call is with done == total and
// wipes the line.
func progress(w io.Writer, quiet bool) func(done, total int, name string) {
	f, ok := terminal(w)
	if quiet || !ok {
		return func(int, int, string) {}
	}
	last := 0
	return func(done, total int, name string) {
		line := fmt.Sprintf("toetsen %d van %d: %s", done+1, total, name)
		if done == total {
			line = ""
		}
		n := len([]rune(line))
		fmt.Fprintf(f, "\r%s%s", line, strings.Repeat(" ", max(0, last-n)))
		if last = n; done == total {
			fmt.Fprint(f, "\r")
		}
	}
}
