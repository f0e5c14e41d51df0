package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"inkooptoets/cmd/inkooptoets/internal/config"
	"inkooptoets/rules"
	"inkooptoets/rules/result"
	"inkooptoets/seeds"
)

func newRules() *cobra.Command {
	cmd := &cobra.Command{
		Use:     "rules",
		Aliases: []string{"regels"},
		Short:   "Toont en beproeft de eisen en hun herkenners",
		Args:    noSuchCommand,
		RunE:    func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newRulesList(), newRulesLint(), newRulesTest())
	return cmd
}

// listed is a requirement as the list shows it.
type listed struct {
	ID       string `json:"id"`
	Citation string `json:"citation"`
	Source   string `json:"source"`
	Duty     string `json:"duty"`
	Element  string `json:"element"`
	Title    string `json:"title"`
}

func newRulesList() *cobra.Command {
	var (
		from           source
		sourceID, elem string
		asJSON         bool
	)
	cmd := &cobra.Command{
		Use:   "list",
		Short: "Toont alle eisen",
		Args:  exactly(0, ""),
		RunE: func(cmd *cobra.Command, _ []string) error {
			from, err := from.withOwn()
			if err != nil {
				return err
			}
			c, err := from.loadCatalogue()
			if err != nil {
				return err
			}
			if err := errors.Join(known("source", sourceIDs(c), sourceID), known("element", result.Elements, elem)); err != nil {
				return err
			}
			return writeList(cmd.OutOrStdout(), c, sourceID, elem, asJSON)
		},
	}
	cmd.Flags().StringVar(&sourceID, "source", "", "alleen eisen uit deze `BRON`")
	cmd.Flags().StringVar(&elem, "element", "", "alleen eisen bij dit `ELEMENT`")
	cmd.Flags().BoolVar(&asJSON, "json", false, "schrijf JSON")
	from.register(cmd.Flags())
	from.registerPacks(cmd.Flags())
	return cmd
}

func sourceIDs(c *seeds.Catalogue) []string {
	var ids []string
	for _, s := range c.Sources {
		ids = append(ids, s.ID)
	}
	return ids
}

// known is oneOf for a flag that may be left out.
func known(flag string, values []string, value string) error {
	if value == "" {
		return nil
	}
	return oneOf(flag, values, value)
}

func writeList(w io.Writer, c *seeds.Catalogue, sourceID, element string, asJSON bool) error {
	list := []listed{}
	for _, r := range c.Requirements {
		if (sourceID == "" || r.Source == sourceID) && (element == "" || r.Element == element) {
			list = append(list, listed{r.ID, c.Citation(r), r.Source, r.Duty, r.Element, r.Title})
		}
	}
	if asJSON {
		return writeJSON(w, list)
	}
	tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(tw, "eis\tbron\tplicht\telement\ttitel")
	for _, l := range list {
		fmt.Fprintf(tw, "%s\t%s\t%s\t%s\t%s\n", l.ID, l.Citation, l.Duty, l.Element, l.Title)
	}
	fmt.Fprintf(tw, "\n%s\n", count(len(list), "eis", "eisen"))
	return tw.Flush()
}

func newRulesLint() *cobra.Command {
	var from source
	cmd := &cobra.Command{
		Use:   "lint",
		Short: "Zoekt zwakke plekken in de herkenners",
		Args:  exactly(0, ""),
		RunE: func(cmd *cobra.Command, _ []string) error {
			from, err := from.withOwn()
			if err != nil {
				return err
			}
			_, ev, err := from.loadWhole()
			if err != nil {
				return err
			}
			faults := ev.Lint()
			for _, f := range faults {
				fmt.Fprintln(cmd.OutOrStdout(), f)
			}
			fmt.Fprintln(cmd.OutOrStdout(), count(len(faults), "opmerking", "opmerkingen"))
			if len(faults) > 0 {
				return verdict(exitGaps)
			}
			return nil
		},
	}
	from.register(cmd.Flags())
	from.registerPacks(cmd.Flags())
	return cmd
}

func newRulesTest() *cobra.Command {
	var (
		from      source
		file, dir string
	)
	cmd := &cobra.Command{
		Use:   "test [EIS...]",
		Short: "Toetst de voorbeelden bij de herkenners",
		Long: `Haalt elk voorbeeld bij een herkenner door de toets en kijkt of het de status krijgt die erbij staat.
Zonder EIS: die van uw eigen eisen (--pack, of rules in ` + config.Name + `), en zonder eigen eisen alle.
Met --file of --dir komen de herkenners van schijf, zoals ze nu zijn.`,
		Example: "  inkooptoets rules test wmo-3.5-vog\n  inkooptoets rules test --pack eigen-eisen",
		RunE: func(cmd *cobra.Command, ids []string) error {
			from, err := from.withOwn()
			if err != nil {
				return err
			}
			if file != "" {
				from.packs = nil // one file of the program's own, apart from everything else
			}
			c, ev, err := loadForTest(from, dir, file)
			if err != nil {
				return err
			}
			for _, id := range ids {
				if _, ok := c.ByID(id); !ok {
					return unknownID(c, id)
				}
			}
			if len(ids) == 0 {
				ids = from.own(c)
			}
			if file != "" {
				if ids, err = idsIn(ev, file, ids); err != nil {
					return err
				}
			}
			return runExamples(cmd.Context(), cmd.OutOrStdout(), ev, ids)
		},
	}
	cmd.Flags().StringVar(&file, "file", "", "alleen de eisen in dit `BESTAND`, van schijf")
	cmd.Flags().StringVar(&dir, "dir", "", "lees de herkenners uit deze `MAP`")
	from.register(cmd.Flags())
	from.registerPacks(cmd.Flags())
	return cmd
}

// own lists the requirements of the packs.
func (s source) own(c *seeds.Catalogue) []string {
	packs, err := s.openPacks()
	if err != nil {
		return nil // then the catalogue did not load either
	}
	var ids []string
	for _, r := range c.Requirements {
		if slices.ContainsFunc(packs, func(p seeds.Pack) bool { return p.Holds(r) }) {
			ids = append(ids, r.ID)
		}
	}
	return ids
}

// defsDir is where the recognisers stand in the source tree.
const defsDir = "rules/defs"

// loadForTest loads recognisers from disk when a file or folder is named. With a file alone it reads only that file and the shared groups,
// so that work on one file is not held up by another that is half written.
func loadForTest(from source, dir, file string) (*seeds.Catalogue, *rules.Evaluator, error) {
	if dir != "" {
		from.rules = dir
	}
	if file == "" || dir != "" {
		return from.loadWhole()
	}
	c, err := from.loadCatalogue()
	if err != nil {
		return nil, nil, err
	}
	path := file
	if filepath.Base(file) == file {
		path = filepath.Join(defsDir, file)
	}
	if _, err := os.Stat(path); err != nil {
		return nil, nil, fmt.Errorf("%s: herkenners niet te openen (%s)", path, why(err))
	}
	ev, err := rules.LoadSome(c, os.DirFS(filepath.Dir(path)), filepath.Base(path))
	return c, ev, faulty("de herkenners hebben", err)
}

// idsIn gives the requirements that have their recogniser in file: all of them, or those among ids.
func idsIn(ev *rules.Evaluator, file string, ids []string) ([]string, error) {
	var in []string
	for _, r := range ev.Requirements() {
		rec, ok := ev.Recogniser(r.ID)
		if ok && filepath.Base(rec.File) == filepath.Base(file) && (len(ids) == 0 || slices.Contains(ids, r.ID)) {
			in = append(in, r.ID)
		}
	}
	if len(in) == 0 {
		return nil, fmt.Errorf("%s: geen herkenner hierin voor %s", file, cmp.Or(strings.Join(ids, ", "), "een eis uit de catalogus"))
	}
	return in, nil
}

func runExamples(ctx context.Context, w io.Writer, ev *rules.Evaluator, ids []string) error {
	results, err := ev.RunExamples(ctx, ids...)
	if err != nil {
		return err
	}
	failed, requirements := 0, map[string]bool{}
	for _, r := range results {
		requirements[r.Requirement] = true
		if r.OK() {
			continue
		}
		failed++
		fmt.Fprintf(w, "%s:%d: %s: verwacht %s, gekregen %s\n", r.File, r.Line, cmp.Or(r.Aspect, r.Requirement), r.Want, r.Got)
		fmt.Fprintf(w, "    %s\n", strings.ReplaceAll(strings.TrimSpace(r.Text), "\n", "\n    "))
		if r.Why != "" {
			fmt.Fprintf(w, "    -> %s\n", r.Why)
		}
	}
	fmt.Fprintf(w, "%s bij %s: %d fout\n", count(len(results), "voorbeeld", "voorbeelden"), count(len(requirements), "eis", "eisen"), failed)
	if failed > 0 {
		return verdict(exitGaps)
	}
	return nil
}
