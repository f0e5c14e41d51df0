package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"inkooptoets/report"
	"inkooptoets/rules/result"
)

func newCompare() *cobra.Command {
	var f checkFlags
	cmd := &cobra.Command{
		Use:     "compare PAD...",
		Aliases: []string{"vergelijk"},
		Short:   "Zet inkopen naast elkaar: wie vraagt wat, hoe vaak, en wie verwoordt het best",
		Long: `Zet inkopen van bijvoorbeeld verschillende gemeenten naast elkaar: per eis welke inkoop hem vraagt, per onderdeel, wet en kader hoe vaak,
wat maar één of geen enkele inkoop vraagt, per eis de beste formulering, en hoeveel inkopen op elkaar lijken.
PAD is een dossier, of een uitslag die met check -f json=BESTAND is bewaard; een uitslag met veel dossiers telt voor elk van hen.
Een dossier wordt eerst getoetst. Uitslagen van verschillende catalogi worden geweigerd: dan kan een verschil aan de eisen liggen.

Uitgang: 0 klaar · 2 niet kunnen vergelijken · 3 vergeleken, maar een document of bladzijde was niet te beoordelen`,
		Example: `  inkooptoets compare noord.json zuid.json oost.json -f html=naast-elkaar.html
  inkooptoets compare --each gemeenten -f xlsx=naast-elkaar.xlsx`,
		Args: atLeast(1, "minstens een uitslag, of twee dossiers"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return runCompare(cmd.Context(), args, f, cmd.OutOrStdout(), cmd.ErrOrStderr())
		},
	}
	f.registerSideBySide(cmd.Flags(), report.CompareNames(), "toon ook wat alle inkopen gelijk hebben, en de voorbeeldformuleringen")
	f.register(cmd.Flags())
	if err := cmd.Flags().MarkHidden("fail-on"); err != nil { // gaps are no failure here
		panic(err) // a flag that was just defined is there
	}
	return cmd
}

func runCompare(ctx context.Context, paths []string, f checkFlags, stdout, stderr io.Writer) error {
	if err := f.complete(); err != nil {
		return err
	}
	look, err := readTheme(f.theme, f.formats)
	if err != nil {
		return err
	}
	outs, err := openOutputsIn(report.CompareNames(), f.formats, paths, isTerminal(stdout))
	if err != nil {
		return err
	}
	defer outs.discard()
	tenders, err := tendersFrom(ctx, paths, f, stderr)
	if err != nil {
		return err
	}
	c, err := result.Compare(tenders)
	if other, ok := errors.AsType[*result.CatalogueError](err); ok {
		return fmt.Errorf("%s en %s zijn met een andere catalogus getoetst (%s en %s): toets ze opnieuw met dezelfde versie van inkooptoets", printable(other.A), printable(other.B), printable(other.CatalogueA), printable(other.CatalogueB))
	}
	if errors.Is(err, result.ErrFew) {
		return errors.New("er is maar een dossier: geef er minstens twee om te vergelijken")
	}
	if err != nil {
		return err
	}
	if len(c.Dates) > 1 && !f.quiet {
		fmt.Fprintf(stderr, "inkooptoets: de inkopen zijn op verschillende dagen getoetst (%s): een eis kan op de ene dag wel gelden en op de andere niet\n", printable(strings.Join(c.Dates, ", ")))
	}
	opts := screen(stdout, f.lang, f.all)
	opts.Theme = look
	err = outs.writeWith(stdout, opts, func(w io.Writer, format string, o report.Options) error {
		return report.WriteComparison(w, format, c, o)
	})
	if err != nil {
		return err
	}
	if slices.ContainsFunc(tenders, func(t result.Tender) bool { return slices.ContainsFunc(t.Documents, incomplete) }) {
		return verdict(exitUnread)
	}
	return nil
}

// tendersFrom reads stored runs and checks dossiers, all of these in one go, and gives them in the order of paths.
func tendersFrom(ctx context.Context, paths []string, f checkFlags, stderr io.Writer) ([]result.Tender, error) {
	var fresh []string
	for _, p := range paths {
		if !isStored(p) {
			fresh = append(fresh, p)
		}
	}
	checked, err := checkedTenders(ctx, fresh, f, stderr)
	if err != nil {
		return nil, err
	}
	var out []result.Tender
	seen := map[string]bool{}
	for _, p := range paths {
		if seen[p] { // given twice: once is enough
			continue
		}
		seen[p] = true
		list := checked[p]
		if isStored(p) {
			if list, err = storedTenders(p); err != nil {
				return nil, err
			}
		}
		out = append(out, list...)
	}
	return out, nil
}

// checkedTenders checks dossiers, and gives them by the path they were asked with.
func checkedTenders(ctx context.Context, paths []string, f checkFlags, stderr io.Writer) (map[string][]result.Tender, error) {
	out := map[string][]result.Tender{}
	if len(paths) == 0 {
		return out, nil
	}
	slices.Sort(paths)
	paths = slices.Compact(paths)
	p, err := f.plan(paths)
	if err != nil {
		return nil, err
	}
	b, err := f.batch(ctx, p, false, stderr) // only what a comparison needs stays in memory
	if err != nil {
		return nil, err
	}
	defer b.close()
	var tenders []result.Tender
	for d, err := range b.parts.dossiers() {
		if err != nil {
			return nil, err
		}
		one := b.parts.head
		one.Dossiers = []result.Dossier{d}
		tenders = append(tenders, result.Tenders(one, "")...)
	}
	for i, t := range tenders {
		asked := p.targets[i].path
		if f.each {
			asked = filepath.Dir(asked)
			t.From = filepath.Base(asked)
		} else {
			t.From = filepath.Base(filepath.Dir(asked))
		}
		at := slices.IndexFunc(paths, func(path string) bool { return filepath.Clean(path) == filepath.Clean(asked) })
		out[paths[at]] = append(out[paths[at]], t)
	}
	return out, nil
}

// storedTenders reads a stored run bit by bit: only what a comparison needs stays in memory.
func storedTenders(path string) ([]result.Tender, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, unreadable(path, err)
	}
	defer file.Close()
	base := filepath.Base(path)
	list, err := result.DecodeTenders(file, strings.TrimSuffix(base, filepath.Ext(base)))
	if err != nil {
		return nil, unreadable(path, err)
	}
	return list, nil
}
