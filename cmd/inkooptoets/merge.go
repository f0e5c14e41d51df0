package main

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"inkooptoets/report"
	"inkooptoets/rules"
	"inkooptoets/rules/policy"
	"inkooptoets/rules/result"
)

func newMerge() *cobra.Command {
	var (
		asked []string
		lang  string
		all   bool
		theme string
	)
	cmd := &cobra.Command{
		Use:     "merge RUN.json...",
		Aliases: []string{"samenvoegen"},
		Short:   "Voegt bewaarde uitslagen samen, zoals de delen van check --shard",
		Long: `Voegt uitslagen samen die met check -f json=BESTAND zijn bewaard, tot de uitslag van een toets.
Delen van check --shard moeten er allemaal zijn; een deel dat twee keer is getoetst mag, als er hetzelfde uitkwam.
Andere uitslagen komen achter elkaar te staan. Ze moeten van een dag, een catalogus en een versie zijn.`,
		Example: "  inkooptoets merge deel-*.json -f json=rapport.json\n  inkooptoets merge deel-*.json > rapport.json",
		Args:    atLeast(1, "een uitslag (.json)"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := oneOf("lang", []string{"nl", "en"}, lang); err != nil {
				return err
			}
			look, err := readTheme(theme, asked)
			if err != nil {
				return err
			}
			if len(asked) == 0 {
				asked = []string{"json"}
			}
			outs, err := openOutputs(asked, nil, isTerminal(cmd.OutOrStdout()))
			if err != nil {
				return err
			}
			defer outs.discard()
			whole, err := merge(args)
			if err != nil {
				return err
			}
			defer whole.spool.close()
			opts := screen(cmd.OutOrStdout(), lang, all)
			opts.Theme = look
			return outs.writeParts(whole, cmd.OutOrStdout(), opts)
		},
	}
	cmd.Flags().StringArrayVarP(&asked, "format", "f", nil, "`FORMAAT` of FORMAAT=BESTAND; mag vaker (standaard json; formaten: "+strings.Join(report.Names(), ", ")+")")
	cmd.Flags().StringVar(&lang, "lang", "nl", "`TAAL` van de vaste woorden in het rapport: nl of en")
	cmd.Flags().BoolVar(&all, "all", false, "toon ook wat gedekt is, met het bewijs")
	cmd.Flags().StringVar(&theme, "theme", "", themeHelp)
	return cmd
}

// piece is a dossier of a stored run, in the spool.
type piece struct {
	id  string
	sum [sha256.Size]byte
	at  span
}

// storedRun is a stored run of which the dossiers are in the spool.
type storedRun struct {
	path   string
	head   result.Run // without dossiers
	pieces []piece
	waived result.Run
}

// merge reads stored runs and makes one of them, with its dossiers in a spool.
func merge(paths []string) (*parts, error) {
	s, err := newSpool(1)
	if err != nil {
		return nil, err
	}
	whole := &parts{spool: s}
	if err := whole.merge(paths); err != nil {
		s.close()
		return nil, err
	}
	return whole, nil
}

func (p *parts) merge(paths []string) error {
	var runs []storedRun
	for _, path := range paths {
		run, err := p.scan(path)
		if err != nil {
			return err
		}
		runs = append(runs, run)
		if err := joinable(runs[0], run); err != nil {
			return err
		}
	}
	join := inTurn
	if runs[0].head.Shard != nil {
		join = byShard
	}
	pieces, err := join(runs)
	if err != nil {
		return err
	}
	for _, piece := range pieces {
		p.order = append(p.order, piece.at)
	}
	var waived []result.Run
	for _, r := range runs {
		waived = append(waived, r.waived)
	}
	p.head = runs[0].head
	p.head.WaiverProblems, p.head.Shard = policy.JoinProblems(waived...), nil
	p.head.Sources, err = joinSources(runs)
	return err
}

// scan puts the dossiers of a stored run in the spool.
func (p *parts) scan(path string) (storedRun, error) {
	run := storedRun{path: path}
	f, err := os.Open(path)
	if err != nil {
		return run, unreadable(path, err)
	}
	defer f.Close()
	var full error // of the spool
	run.head, err = result.Scan(f, func(d result.Dossier) error {
		run.waived.Dossiers = append(run.waived.Dossiers, onlyWaived(result.Run{Dossiers: []result.Dossier{d}}).Dossiers...)
		var part []byte
		if part, full = result.EncodeDossier(d); full != nil {
			return full
		}
		one := piece{id: d.ID, sum: sha256.Sum256(part)}
		one.at, full = p.spool.add(0, part)
		run.pieces = append(run.pieces, one)
		return full
	})
	if full != nil {
		return run, full
	}
	if err != nil {
		return run, unreadable(path, err)
	}
	run.waived.WaiverProblems = run.head.WaiverProblems
	return run, nil
}

// joinable says why two runs cannot be parts of one.
func joinable(a, b storedRun) error {
	for _, field := range []struct{ what, a, b string }{
		{"een andere datum", a.head.Date, b.head.Date},
		{"een andere catalogus", a.head.Catalogue, b.head.Catalogue},
		{"een andere versie van inkooptoets", a.head.Tool + ", " + a.head.SchemaVersion, b.head.Tool + ", " + b.head.SchemaVersion},
	} {
		if field.a != field.b {
			return fmt.Errorf("%s en %s zijn van %s (%s en %s); toets opnieuw", a.path, b.path, field.what, field.a, field.b)
		}
	}
	x, y := a.head.Shard, b.head.Shard
	switch {
	case x == nil && y == nil:
		return nil
	case x == nil || y == nil:
		return fmt.Errorf("%s en %s: een is een deel van een toets (--shard) en een niet; voeg eerst de delen samen", a.path, b.path)
	case x.Plan != y.Plan || x.Of != y.Of || x.Total != y.Total || !slices.Equal(x.Sources, y.Sources):
		return fmt.Errorf("%s en %s zijn geen delen van dezelfde toets: de dossiers of de instellingen verschillen", a.path, b.path)
	}
	return nil
}

// byShard puts the dossiers of shards in the order of the whole.
func byShard(runs []storedRun) ([]piece, error) {
	shard := runs[0].head.Shard
	whole, from := make([]piece, max(0, shard.Total)), make([]string, max(0, shard.Total))
	here := map[int]bool{}
	for _, r := range runs {
		s := r.head.Shard
		if len(s.At) != len(r.pieces) {
			return nil, fmt.Errorf("%s: beschadigd; toets dit deel opnieuw", r.path)
		}
		here[s.Index] = true
		for i, at := range s.At {
			if at < 0 || at >= len(whole) {
				return nil, fmt.Errorf("%s: beschadigd; toets dit deel opnieuw", r.path)
			}
			if from[at] != "" && whole[at].sum != r.pieces[i].sum {
				return nil, differs(r.pieces[i].id, from[at], r.path)
			}
			whole[at], from[at] = r.pieces[i], r.path
		}
	}
	var missing []string
	for i := range shard.Of {
		if !here[i+1] {
			missing = append(missing, fmt.Sprint(i+1))
		}
	}
	if len(missing) > 0 {
		return nil, fmt.Errorf("er ontbreekt %s van de %d: %s", count(len(missing), "deel", "delen"), shard.Of, strings.Join(missing, ", "))
	}
	if i := slices.Index(from, ""); i >= 0 {
		return nil, errors.New("de delen zijn samen niet alle dossiers; toets ze opnieuw")
	}
	return whole, nil
}

// inTurn puts the dossiers of runs one behind the other. What an earlier run has already is left out.
func inTurn(runs []storedRun) ([]piece, error) {
	type seen struct {
		piece
		path string
	}
	before := map[string]seen{}
	var whole []piece
	for _, r := range runs {
		var fresh []piece
		for _, p := range r.pieces {
			old, ok := before[p.id]
			if ok && old.sum != p.sum {
				return nil, differs(p.id, old.path, r.path)
			}
			if !ok {
				fresh = append(fresh, p)
			}
		}
		for _, p := range fresh { // only now: one run may have two dossiers of one name
			before[p.id] = seen{p, r.path}
		}
		whole = append(whole, fresh...)
	}
	return whole, nil
}

func differs(id, a, b string) error {
	return fmt.Errorf("%s: dossier %s heeft een andere uitslag dan in %s; toets opnieuw, of geef mappen een eigen naam", b, printable(id), a)
}

// joinSources gives every source that a run names, in the order of the catalogue. Shards know that order; of other runs it is that of the catalogue that is
// built in, if they are of that one, and else each keeps its own.
func joinSources(runs []storedRun) ([]result.Source, error) {
	var out []result.Source
	for _, r := range runs {
		place := 0 // behind the source before it in this run
		for _, s := range r.head.Sources {
			i := slices.IndexFunc(out, func(o result.Source) bool { return o.ID == s.ID })
			if i < 0 {
				i = place
				out = slices.Insert(out, i, s)
			}
			place = i + 1
		}
	}
	order, err := catalogueOrder(runs[0].head)
	if order != nil {
		slices.SortStableFunc(out, func(a, b result.Source) int { return slices.Index(order, a.ID) - slices.Index(order, b.ID) })
	}
	return out, err
}

// catalogueOrder gives the ids of all sources of the catalogue of a run, in order; nil if it is not known.
func catalogueOrder(run result.Run) (order []string, err error) {
	if run.Shard != nil {
		return run.Shard.Sources, nil
	}
	c, ev, err := rules.BuiltIn()
	if err != nil || ev.Fingerprint() != run.Catalogue {
		return nil, err
	}
	for _, s := range c.Sources {
		order = append(order, s.ID)
	}
	return order, nil
}

// unreadable says in Dutch why a stored run cannot be used.
func unreadable(path string, err error) error {
	_, disk := errors.AsType[*fs.PathError](err)
	switch {
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, fs.ErrPermission):
		return fmt.Errorf("%s: uitslag niet te openen (%s)", path, why(err))
	case errors.Is(err, result.ErrVersion):
		return fmt.Errorf("%s: uitslag is van een andere versie van inkooptoets; maak hem opnieuw met check -f json=BESTAND", path)
	case disk:
		return fmt.Errorf("%s: uitslag niet te lezen (%s)", path, why(err))
	}
	return fmt.Errorf("%s: geen uitslag van inkooptoets, of beschadigd; bewaar er een met check -f json=BESTAND", path)
}
