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
	if l, ok := w.(*lastingly); ok {
		w = l.Writer
	}
	f, ok := w.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return o
	}
	o.Color = os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
	if width, _, err := term.GetSize(int(f.Fd())); err == nil {
		o.Width = width
	}
	return o
}

// progress tells on a terminal how far the work is; elsewhere, and when quiet, it says nothing. The last call is with done == total and
// wipes the line.
func progress(w io.Writer, quiet bool) func(done, total int, name string) {
	f, ok := w.(*os.File)
	if quiet || !ok || !term.IsTerminal(int(f.Fd())) {
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
