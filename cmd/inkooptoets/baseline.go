package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"inkooptoets/rules/policy"
	"inkooptoets/rules/result"
)

func newBaseline() *cobra.Command {
	cmd := &cobra.Command{
		Use:     "baseline",
		Aliases: []string{"nulmeting"},
		Short:   "Legt de gaten van nu vast, zodat alleen nieuwe gaten tellen",
		Args:    noSuchCommand,
		RunE:    func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newBaselineWrite())
	return cmd
}

func newBaselineWrite() *cobra.Command {
	var (
		f   checkFlags
		out string
	)
	cmd := &cobra.Command{
		Use:     "write PAD...",
		Aliases: []string{"schrijf"},
		Short:   "Schrijft een nulmeting, van dossiers of van een bewaarde uitslag (.json)",
		Long: `Schrijft welke gaten er nu zijn. Met check --baseline tellen die niet meer voor de uitgang, zolang ze niet erger worden.
PAD is een dossier, of een uitslag die met check -f json=BESTAND is bewaard.
Gaten met een geldig akkoord komen er niet in: als het akkoord afloopt, tellen ze weer.`,
		Example: "  inkooptoets baseline write inkoop-2027 -o nulmeting.json\n  inkooptoets check inkoop-2027 --baseline nulmeting.json",
		Args:    atLeast(1, "een dossier of een uitslag (.json)"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return writeBaseline(cmd.Context(), args, f, out, cmd.OutOrStdout(), cmd.ErrOrStderr())
		},
	}
	flags := cmd.Flags()
	flags.StringVarP(&out, "output", "o", "", "schrijf naar dit `BESTAND` (standaard het scherm)")
	f.register(flags)
	return cmd
}

func writeBaseline(ctx context.Context, paths []string, f checkFlags, out string, stdout, stderr io.Writer) error {
	file := output{path: out}
	for _, in := range paths {
		if out != "" && within(in, out) {
			return fmt.Errorf("%s: ligt bij de documenten die worden getoetst en zou er de volgende keer een van zijn; kies een andere plek", out)
		}
	}
	if err := file.open(); err != nil {
		return err
	}
	defer outputs{&file}.discard()
	run, err := runOf(ctx, paths, f, stderr)
	if err != nil {
		return err
	}
	b, err := policy.TakeBaseline(run)
	if errors.Is(err, policy.ErrTwice) {
		return fmt.Errorf("nulmeting: twee dossiers hebben dezelfde naam; noem elke map anders (%s)", strings.TrimPrefix(err.Error(), policy.ErrTwice.Error()+": "))
	}
	if err != nil {
		return err
	}
	if out == "" {
		return errors.Join(b.Encode(stdout), partly(run))
	}
	if err := notWritten(out, file.fill(b.Encode)); err != nil {
		return err
	}
	if !f.quiet {
		fmt.Fprintf(stderr, "inkooptoets: %s: %s vastgelegd\n", out, count(len(b.Gaps), "gat", "gaten"))
	}
	return partly(run)
}

// runOf gives a stored run, or checks dossiers.
func runOf(ctx context.Context, paths []string, f checkFlags, stderr io.Writer) (result.Run, error) {
	if len(paths) == 1 && isStored(paths[0]) {
		return stored(paths[0])
	}
	p, err := f.plan(paths)
	if err != nil {
		return result.Run{}, err
	}
	run, _, err := f.carryOut(ctx, p, stderr)
	return run, err
}

// partly is the exit code of a run that is not whole: what was not read has no gaps in the baseline.
func partly(run result.Run) error {
	for _, d := range run.Dossiers {
		if slices.ContainsFunc(d.Documents, incomplete) {
			return verdict(exitUnread)
		}
	}
	return nil
}

// readBaseline reads the file of --baseline.
func readBaseline(path string) (*policy.Baseline, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("%s: nulmeting niet te openen (%s); maak er een met baseline write", path, why(err))
	}
	defer f.Close()
	b, err := policy.DecodeBaseline(f)
	if errors.Is(err, policy.ErrForm) {
		return nil, fmt.Errorf("%s: geen nulmeting, of beschadigd; maak er een met baseline write", path)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: nulmeting niet te lezen (%s)", path, why(err))
	}
	return &b, nil
}

// otherCatalogue is the message for a baseline of another catalogue.
func otherCatalogue(path, then, now string) error {
	return fmt.Errorf("%s: nulmeting van een andere catalogus (%s, nu %s); maak hem opnieuw met baseline write", path, then, now)
}

// sayNew tells which gaps are not in the baseline.
func sayNew(w io.Writer, done []finished) {
	fresh, old := 0, 0
	for _, d := range done {
		old += d.known
		for _, gap := range d.fresh {
			fresh++
			fmt.Fprintf(w, "inkooptoets: nieuw gat: %s\n", printable(gap))
		}
	}
	fmt.Fprintf(w, "inkooptoets: nulmeting: %s, %s\n", count(fresh, "nieuw gat dat telt", "nieuwe gaten die tellen"), count(old, "bekend gat", "bekende gaten"))
}

// sinceBaseline gives the gaps of a dossier that are not in the baseline and count, and how many are in it.
func sinceBaseline(d result.Dossier, s settings) (fresh []string, known int) {
	for _, r := range d.Rows {
		switch {
		case r.Known:
			known++
		case open(r) && counts(r.Duty, s.failOn):
			fresh = append(fresh, d.ID+": "+r.Requirement+" ("+r.Title+")")
		}
	}
	return fresh, known
}
