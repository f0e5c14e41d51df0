package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"inkooptoets/extract/dossier"
	"inkooptoets/rules"
	"inkooptoets/rules/gold"
	"inkooptoets/rules/result"
	"inkooptoets/seeds"
)

// goldFiles are the names under which the labels of a dossier stand in its folder.
var goldFiles = []string{"gold.yaml", "gold.json"}

// evalFlags are the choices of one measurement.
type evalFlags struct {
	source
	reading
	passages []string
	half     string // "odd", "even": only passages whose id ends in such a number
	profile  string
	date     string
	misses   bool
	asJSON   bool
	quiet    bool
	jobs     jobs
}

func newEval() *cobra.Command {
	var f evalFlags
	cmd := &cobra.Command{
		Use:   "eval [MAP...]",
		Short: "Meet hoe goed de toets is, op dossiers die mensen hebben beoordeeld",
		Long: `Vergelijkt de toets met de labels van mensen: gat-precisie en gat-recall, status exact, bewijs raak.
Elke map met gold.yaml of gold.json erin is een dossier; MAP kan zo'n map zijn of er een aantal bevatten.
Met --passages komen er losse gelabelde passages bij.`,
		Example: "  inkooptoets eval gelabeld --misses\n  inkooptoets eval --passages passages.yaml",
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 && len(f.passages) == 0 {
				return atLeast(1, "een map met gelabelde dossiers, of --passages")(cmd, args)
			}
			r, err := measure(cmd.Context(), args, f, progress(cmd.ErrOrStderr(), f.quiet))
			if err != nil {
				return err
			}
			if f.asJSON {
				return writeJSON(cmd.OutOrStdout(), r)
			}
			return gold.Print(cmd.OutOrStdout(), r, f.misses)
		},
	}
	flags := cmd.Flags()
	flags.StringSliceVar(&f.passages, "passages", nil, "`BESTAND` met gelabelde passages; mag vaker")
	flags.StringVar(&f.half, "half", "", "van de losse passages alleen die met een oneven of even nummer: `HELFT` odd of even")
	flags.StringVar(&f.profile, "profile", "detect", "wetten, procedure en diensten: `VAN` detect (uit de tekst) of gold (uit de labels)")
	flags.StringVar(&f.date, "date", "", "toets naar het recht op deze `DATUM` (jjjj-mm-dd; standaard vandaag)")
	flags.BoolVar(&f.misses, "misses", false, "toon elk verkeerd oordeel met de passage die besliste")
	flags.BoolVar(&f.asJSON, "json", false, "schrijf JSON")
	flags.VarP(&f.jobs, "jobs", "j", "zoveel dossiers `TEGELIJK` (standaard: een per processorkern)")
	flags.BoolVarP(&f.quiet, "quiet", "q", false, "geen voortgang")
	f.reading.register(flags)
	f.source.register(flags)
	return cmd
}

// measure checks every labelled dossier and compares the rows with the labels.
func measure(ctx context.Context, dirs []string, f evalFlags, started func(done, total int, name string)) (gold.Report, error) {
	date := cmp.Or(f.date, time.Now().Format(time.DateOnly))
	if err := validDate("--date", date); err != nil {
		return gold.Report{}, err
	}
	if err := errors.Join(oneOf("profile", []string{"detect", "gold"}, f.profile), known("half", halves, f.half)); err != nil {
		return gold.Report{}, err
	}
	c, ev, err := f.load()
	if err != nil {
		return gold.Report{}, err
	}
	golds, targets, err := labelled(dirs, f)
	if err != nil {
		return gold.Report{}, err
	}
	more, texts, err := passages(c, f)
	if err != nil {
		return gold.Report{}, err
	}
	golds, targets = append(golds, more...), append(targets, texts...)
	if err := distinct(golds); err != nil {
		return gold.Report{}, err
	}

	how, done, err := f.options(int(f.jobs))
	if err != nil {
		return gold.Report{}, err
	}
	defer done()
	readWith(targets, how)
	options := rules.Options{Date: date}
	if f.misses || f.asJSON {
		options.Nearest = 1 // for a missing that should not be: what came closest
	}
	run := result.Run{}
	for _, o := range assess(ctx, ev, targets, int(f.jobs), options, started) {
		if err := cmp.Or(o.err, o.fault); err != nil {
			return gold.Report{}, err
		}
		run.Dossiers = append(run.Dossiers, o.dossier)
	}
	return gold.Compare(golds, run), nil
}

// labelled finds the dossiers with labels in dirs. The folder's name is the dossier's, whatever the label file says.
func labelled(dirs []string, f evalFlags) (golds []gold.Gold, targets []target, err error) {
	for _, dir := range dirs {
		folders, err := goldFolders(dir)
		if err != nil {
			return nil, nil, err
		}
		for _, path := range folders {
			g, err := readGold(path)
			if err != nil {
				return nil, nil, err
			}
			g.Dossier = baseName(path)
			t := target{path: path, name: g.Dossier}
			if f.profile == "gold" {
				t.given = dossier.Profile{Laws: g.Profile.Laws, Segments: g.Profile.Segments, Procedure: g.Profile.Procedure, Services: g.Profile.Services}
			}
			t.given.Frameworks = g.FrameworksScored
			if len(g.FrameworksScored) == 0 {
				t.given.Frameworks = []string{"none"}
			}
			golds, targets = append(golds, g), append(targets, t)
		}
	}
	return golds, targets, nil
}

// goldFolders gives dir itself if it has labels, else its sub-folders that have, sorted by name.
func goldFolders(dir string) ([]string, error) {
	if hasGold(dir) {
		return []string{dir}, nil
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, fmt.Errorf("%s: map is niet te openen (%s)", dir, why(err))
	}
	var folders []string
	for _, e := range entries {
		if path := filepath.Join(dir, e.Name()); hasGold(path) {
			folders = append(folders, path)
		}
	}
	if len(folders) == 0 {
		return nil, fmt.Errorf("%s: geen gold.yaml of gold.json, hier of een map dieper", dir)
	}
	return folders, nil
}

func hasGold(dir string) bool { return goldFile(dir) != "" }

func goldFile(dir string) string {
	for _, name := range goldFiles {
		if stat, err := os.Stat(filepath.Join(dir, name)); err == nil && stat.Mode().IsRegular() {
			return filepath.Join(dir, name)
		}
	}
	return ""
}

func readGold(dir string) (gold.Gold, error) {
	path := goldFile(dir)
	data, err := os.ReadFile(path)
	if err != nil {
		return gold.Gold{}, fmt.Errorf("%s: labels niet te lezen (%s)", path, why(err))
	}
	g, err := gold.Parse(path, data)
	return g, faulty("de labels hebben", err)
}

// passages makes a dossier in memory of every labelled passage.
func passages(c *seeds.Catalogue, f evalFlags) (golds []gold.Gold, targets []target, err error) {
	for _, file := range f.passages {
		data, err := os.ReadFile(file)
		if err != nil {
			return nil, nil, fmt.Errorf("%s: passages niet te lezen (%s)", file, why(err))
		}
		list, err := gold.ParsePassages(file, data)
		if err != nil {
			return nil, nil, faulty("de passages hebben", err)
		}
		for _, p := range list {
			if f.half != "" && halfOf(p.ID) != f.half {
				continue
			}
			d := passageDossier(p)
			t := target{path: file, name: p.ID, text: &d}
			if f.profile == "gold" {
				t.given = profileFor(c, p.Requirement)
			}
			golds, targets = append(golds, p.Gold()), append(targets, t)
		}
	}
	return golds, targets, nil
}

// halves are the two parts of a corpus: one to mend on, one that stays unseen.
var halves = []string{"odd", "even"}

// halfOf tells the half of a passage by the last digit of its id; empty if it does not end in one.
func halfOf(id string) string {
	if id == "" || id[len(id)-1] < '0' || id[len(id)-1] > '9' {
		return ""
	}
	return halves[1-int(id[len(id)-1]-'0')%2]
}

func passageDossier(p gold.Passage) dossier.Dossier {
	const file = "tekst.md"
	blocks := dossier.Outline(file, dossier.ParseText(p.Markdown()))
	return dossier.Dossier{ID: p.ID, Documents: []dossier.Document{{Path: file, Format: "md", Blocks: blocks}}}
}

// profileFor is the kind of tender for which a requirement counts: a passage has no labels of its own for that.
func profileFor(c *seeds.Catalogue, id string) dossier.Profile {
	r, ok := c.ByID(id)
	if !ok {
		return dossier.Profile{}
	}
	p := dossier.Profile{Procedure: "aanbesteding", Services: r.Applies.Services, Segments: r.Applies.Segments, Frameworks: []string{"none"}}
	if s, ok := c.Source(r.Source); ok && s.Kind != "" && s.Kind != "law" {
		p.Frameworks, p.Laws, p.Targets = []string{s.ID}, s.Use.Laws, seeds.Targets()
		if r.Target != "" {
			p.Targets = []string{r.Target}
		}
		if len(r.Variants) > 0 {
			p.Variant = r.Variants[0]
		}
	}
	if len(r.Applies.Laws) > 0 {
		p.Laws = r.Applies.Laws[:1]
	}
	if len(r.Applies.Procedures) > 0 {
		p.Procedure = r.Applies.Procedures[0]
	}
	return p
}

// distinct refuses two dossiers of one name: labels and rows find each other by it.
func distinct(golds []gold.Gold) error {
	seen := map[string]bool{}
	for _, g := range golds {
		if seen[g.Dossier] {
			return fmt.Errorf("twee dossiers heten %s; geef er een een andere naam", g.Dossier)
		}
		seen[g.Dossier] = true
	}
	return nil
}
