package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"inkooptoets/cmd/inkooptoets/internal/config"
	"inkooptoets/report"
	"inkooptoets/rules/result"
)

func newDiff() *cobra.Command {
	var f checkFlags
	cmd := &cobra.Command{
		Use:     "diff OUD NIEUW",
		Aliases: []string{"verschil"},
		Short:   "Vergelijkt twee versies van een concept: opgelost, nieuw, gewijzigd en gelijk",
		Long: `Vergelijkt twee versies van een concept en laat per eis zien wat is opgelost, nieuw, gewijzigd of gelijk gebleven, met de passages van beide.
OUD en NIEUW zijn elk een dossier, of een uitslag die met check -f json=BESTAND is bewaard. Een dossier wordt eerst getoetst.
Tekst die alleen is verplaatst naar een ander bestand of een andere bladzijde, is geen verandering.

Uitgang: 0 klaar, geen nieuw gat dat telt · 1 er zijn nieuwe gaten, of gaten die erger zijn geworden, die tellen (zie --fail-on)
         2 niet kunnen vergelijken · 3 vergeleken, maar een document of bladzijde was niet te beoordelen`,
		Example: `  inkooptoets diff concept-1 concept-2
  inkooptoets diff uitslag-mei.json inkoop-2027 -f html=verschil.html`,
		Args: exactly(2, "een oude en een nieuwe versie"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return runDiff(cmd.Context(), args[0], args[1], f, cmd.OutOrStdout(), cmd.ErrOrStderr())
		},
	}
	f.registerSideBySide(cmd.Flags(), report.DiffNames(), "toon ook wat gelijk bleef")
	f.register(cmd.Flags())
	return cmd
}

func runDiff(ctx context.Context, older, newer string, f checkFlags, stdout, stderr io.Writer) error {
	look, err := readTheme(f.theme, f.formats)
	if err != nil {
		return err
	}
	outs, err := openOutputsIn(report.DiffNames(), f.formats, []string{older, newer}, isTerminal(stdout))
	if err != nil {
		return err
	}
	defer outs.discard()
	was, err := runFrom(ctx, older, f, stderr)
	if err != nil {
		return err
	}
	is, err := runFrom(ctx, newer, f, stderr)
	if err != nil {
		return err
	}
	d, err := result.Difference(was.Run, is.Run)
	switch {
	case errors.Is(err, result.ErrTwice):
		return fmt.Errorf("twee dossiers in een toets hebben dezelfde naam (%s); geef elke map een eigen naam", printable(strings.TrimPrefix(err.Error(), result.ErrTwice.Error()+": ")))
	case errors.Is(err, result.ErrNoPair):
		return fmt.Errorf("%s en %s hebben geen dossier met dezelfde naam; vergelijk twee versies van dezelfde inkoop", older, newer)
	case err != nil:
		return err
	}
	if !d.SameCatalogue() && !f.quiet {
		fmt.Fprintf(stderr, "inkooptoets: de toetsen zijn van een andere catalogus (%s en %s): een status kan anders zijn terwijl de tekst gelijk bleef\n", printable(d.Old.Catalogue), printable(d.New.Catalogue))
	}
	opts := screen(stdout, f.lang, f.all)
	opts.Theme = look
	err = outs.writeWith(stdout, opts, func(w io.Writer, format string, o report.Options) error { return report.WriteDiff(w, format, d, o) })
	if err != nil {
		return err
	}
	return regressed(d, was, is)
}

// sourceRun is a run, stored or fresh, with what counts as a failure per dossier of it.
type sourceRun struct {
	result.Run
	failOn []string
}

// runFrom reads a stored run, or checks a dossier.
func runFrom(ctx context.Context, path string, f checkFlags, stderr io.Writer) (sourceRun, error) {
	if isStored(path) {
		failOn := cmp.Or(f.failOn, os.Getenv(envFailOn), config.Thresholds[0])
		if err := errors.Join(f.complete(), among("fail-on", config.Thresholds, failOn)); err != nil {
			return sourceRun{}, err
		}
		run, err := stored(path)
		return sourceRun{run, slices.Repeat([]string{failOn}, len(run.Dossiers))}, err
	}
	p, err := f.plan([]string{path})
	if err != nil {
		return sourceRun{}, err
	}
	run, _, err := f.carryOut(ctx, p, stderr)
	s := sourceRun{Run: run}
	for _, c := range p.chosen {
		s.failOn = append(s.failOn, c.failOn)
	}
	return s, err
}

// regressed is the exit code of a diff, by the threshold of the new version.
func regressed(d result.Diff, was, is sourceRun) error {
	if err := errors.Join(partly(was.Run), partly(is.Run)); err != nil {
		return verdict(exitUnread)
	}
	threshold := map[string]string{}
	for i, x := range is.Dossiers {
		threshold[x.ID] = is.failOn[i]
	}
	for _, x := range d.Dossiers {
		if slices.ContainsFunc(x.Rows, func(r result.RowDiff) bool { return r.Regression() && counts(r.Duty, threshold[x.New]) }) {
			return verdict(exitGaps)
		}
	}
	return nil
}
