package main

import (
	"fmt"
	"io"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"
)

// version is that of the program. It is written into every run, so it is a constant: the same source gives the same report.
const version = "0.1.0"

func newVersion() *cobra.Command {
	return &cobra.Command{
		Use:     "version",
		Aliases: []string{"versie"},
		Short:   "Toont de versie van programma en catalogus",
		Args:    exactly(0, ""),
		RunE:    func(cmd *cobra.Command, _ []string) error { return printVersion(cmd.OutOrStdout()) },
	}
}

func printVersion(w io.Writer) error {
	c, ev, err := source{}.load()
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "inkooptoets %s%s, %s\n", version, revision(), runtime.Version())
	fmt.Fprintf(w, "catalogus %s: %d eisen uit %d bronnen\n", ev.Fingerprint(), len(c.Requirements), len(c.Sources))
	return nil
}

// revision is the commit the program was built from; empty if the build does not tell.
func revision() string {
	build, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	commit, changed := "", ""
	for _, s := range build.Settings {
		switch {
		case s.Key == "vcs.revision":
			commit = s.Value[:min(12, len(s.Value))]
		case s.Key == "vcs.modified" && s.Value == "true":
			changed = ", gewijzigd"
		}
	}
	if commit == "" {
		return ""
	}
	return " (" + commit + changed + ")"
}
