package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/spf13/cobra"

	"inkooptoets/extract"
	"inkooptoets/report"
	"inkooptoets/rules"
	"inkooptoets/rules/search"
	"inkooptoets/seeds"
)

// searchFlags are the choices of one search.
type searchFlags struct {
	source
	reading
	each, quiet bool
	index       string
	limit       int
	formats     []string
	lang        string
	jobs        jobs
}

// usualHits is how many passages are shown when nobody says how many.
const usualHits = 20

func newSearch() *cobra.Command {
	var f searchFlags
	cmd := &cobra.Command{
		Use:     "search VRAAG [PAD...]",
		Aliases: []string{"zoek"},
		Short:   "Zoekt in de volledige tekst van veel dossiers",
		Long: `Zoekt in de volledige tekst van dossiers en toont de passages met bestand, bladzijde en kop.

De vraag: woorden die er allemaal in moeten staan. "woorden op een rij" tussen aanhalingstekens. OF tussen woorden voor het een of het ander,
NIET of - voor wat er niet in mag, haakjes, en woord* voor alles wat zo begint. Verbuigingen en delen van samenstellingen tellen mee:
klacht vindt klachten en klachtenregeling. Velden staan voor een dubbele punt: ` + strings.Join(search.Fields(), ", ") + `.

Met --index MAP blijft bewaard wat is gelezen: de volgende keer worden alleen dossiers gelezen die anders zijn, en zonder PAD wordt in alles
gezocht wat er al in staat. In die map staat de tekst van de stukken; bewaar haar waar de stukken zelf mogen staan.`,
		Example: `  inkooptoets search "klacht* NIET geschil" inkoop-2027
  inkooptoets search '"verklaring omtrent het gedrag" gemeente:duinstad' --each gemeenten --index zoekindex
  inkooptoets search 'eis:wmo-3.5-vog deel:contract' --index zoekindex`,
		Args: atLeast(1, "een vraag"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return runSearch(cmd.Context(), args[0], args[1:], f, cmd.OutOrStdout(), cmd.ErrOrStderr())
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&f.index, "index", "", "`MAP` waarin bewaard blijft wat is gelezen")
	flags.BoolVar(&f.each, "each", false, "elke map in PAD is een dossier")
	flags.IntVarP(&f.limit, "limit", "n", usualHits, "toon `ZOVEEL` passages")
	flags.VarP(&f.jobs, "jobs", "j", "zoveel dossiers `TEGELIJK` (standaard: een per processorkern)")
	flags.BoolVarP(&f.quiet, "quiet", "q", false, "geen voortgang en geen waarschuwingen")
	flags.StringArrayVarP(&f.formats, "format", "f", nil, "`FORMAAT` of FORMAAT=BESTAND; mag vaker (formaten: "+strings.Join(report.SearchNames(), ", ")+")")
	flags.StringVar(&f.lang, "lang", "nl", "`TAAL` van de vaste woorden: nl of en")
	f.reading.register(flags)
	f.source.register(flags)
	return cmd
}

func runSearch(ctx context.Context, question string, paths []string, f searchFlags, stdout, stderr io.Writer) error {
	if err := oneOf("lang", []string{"nl", "en"}, f.lang); err != nil {
		return err
	}
	if f.limit < 1 {
		return fmt.Errorf("-n %d: minstens 1", f.limit)
	}
	if len(paths) == 0 && f.index == "" {
		return errors.New("geef een map of bestand om in te zoeken, of --index MAP met wat al eerder is gelezen")
	}
	q, err := search.Parse(question)
	if err != nil {
		return err
	}
	targets, loose, err := targetsOf(paths, f.each)
	if err != nil {
		return err
	}
	inputs := pathsOf(targets)
	if f.index != "" && slices.ContainsFunc(inputs, func(p string) bool { return within(p, f.index) }) {
		return fmt.Errorf("--index %s: ligt bij de stukken zelf en zou er de volgende keer een van zijn; kies een andere plek", f.index)
	}
	outs, err := openOutputsIn(report.SearchNames(), f.formats, inputs, isTerminal(stdout))
	if err != nil {
		return err
	}
	defer outs.discard()
	c, ev, err := f.load()
	if err != nil {
		return err
	}
	ix, err := f.open(c, ev, len(paths) == 0, stderr)
	if err != nil {
		return err
	}
	defer ix.Close()
	keys, lost, err := f.take(ctx, ix, ev, targets, stderr)
	if err != nil {
		return err
	}
	if err := forget(ix, paths); err != nil {
		return fmt.Errorf("--index %s: %s", f.index, why(err))
	}
	found, err := ix.Find(ctx, q, keys, f.limit)
	if err != nil {
		return fmt.Errorf("zoeken is niet gelukt: %s", why(err))
	}
	found.Question = question
	err = outs.writeWith(stdout, screen(stdout, f.lang, false), func(w io.Writer, format string, o report.Options) error {
		return report.WriteSearch(w, format, found, o)
	})
	if err != nil {
		return err
	}
	if loose > 0 && !f.quiet {
		fmt.Fprintf(stderr, "inkooptoets: %s buiten de mappen niet doorzocht; --each neemt alleen mappen mee\n", count(loose, "bestand", "bestanden"))
	}
	if err := ix.Close(); err != nil {
		return fmt.Errorf("--index %s: niet bewaard (%s)", f.index, why(err))
	}
	if lost {
		return verdict(exitUnread)
	}
	return nil
}

// open opens the index. One that must be there already is not made.
func (f searchFlags) open(c *seeds.Catalogue, ev *rules.Evaluator, mustExist bool, stderr io.Writer) (*search.Index, error) {
	if mustExist {
		if _, err := os.Stat(f.index); err != nil {
			return nil, fmt.Errorf("--index %s: is er niet (%s); geef ook de mappen om te lezen", f.index, why(err))
		}
	}
	var texts []string
	for _, r := range c.Requirements {
		texts = append(texts, r.Title, r.Text, r.Suggestion)
		for _, a := range r.Aspects {
			texts = append(texts, a.Text)
		}
	}
	ix, anew, err := search.Open(f.index, version+" "+ev.Fingerprint(), search.NewDictionary(texts))
	switch {
	case errors.Is(err, search.ErrForeign):
		return nil, fmt.Errorf("--index %s: er staat iets anders in deze map; kies een lege map", f.index)
	case errors.Is(err, search.ErrBusy):
		return nil, fmt.Errorf("--index %s: een ander proces is ermee bezig; wacht tot dat klaar is", f.index)
	case err != nil:
		return nil, fmt.Errorf("--index %s: niet te openen (%s)", f.index, why(err))
	}
	if anew != "" && !f.quiet {
		fmt.Fprintf(stderr, "inkooptoets: de index in %s %s en wordt opnieuw gemaakt\n", printable(f.index), anew)
	}
	if anew != "" && mustExist {
		ix.Close()
		return nil, fmt.Errorf("--index %s: %s en is nu leeg; geef de mappen om te lezen", f.index, anew)
	}
	return ix, nil
}

// take brings the index up to date with the targets, and gives their keys. lost tells that something could not be read.
func (f searchFlags) take(ctx context.Context, ix *search.Index, ev *rules.Evaluator, targets []target, stderr io.Writer) (keys []string, lost bool, err error) {
	how, done, err := f.options(int(f.jobs))
	if err != nil {
		return nil, false, err
	}
	defer done()
	readWith(targets, how)
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	var mu sync.Mutex // one at a time writes in the index
	lines := make([][]string, len(targets))
	faults := make([]error, len(targets))
	abreast(len(targets), int(f.jobs), named(targets, progress(stderr, f.quiet)), func(_, i int) {
		if lines[i], faults[i] = f.takeOne(ctx, ix, ev, targets[i], &mu); faults[i] != nil {
			stop()
		}
	})
	for i, t := range targets {
		if faults[i] != nil && !errors.Is(faults[i], context.Canceled) {
			return nil, false, fmt.Errorf("%s: niet in de index (%s)", t.path, why(faults[i]))
		}
		for _, l := range lines[i] {
			lost = true
			if !f.quiet {
				fmt.Fprintf(stderr, "inkooptoets: %s\n", printable(l))
			}
		}
		key, err := keyOf(t.path)
		if err != nil {
			return nil, false, err
		}
		keys = append(keys, key)
	}
	if err := ctx.Err(); err != nil {
		return nil, false, err
	}
	slices.Sort(keys)
	return slices.Compact(keys), lost, nil
}

// forget takes out what is no longer there in the folders that were given.
func forget(ix *search.Index, paths []string) error {
	keys, err := ix.Keys()
	if err != nil {
		return err
	}
	for _, k := range keys {
		inside := slices.ContainsFunc(paths, func(p string) bool { return within(p, filepath.FromSlash(k)) })
		if !inside {
			continue
		}
		if _, err := os.Stat(filepath.FromSlash(k)); errors.Is(err, os.ErrNotExist) {
			if err := ix.Drop(k); err != nil {
				return err
			}
		}
	}
	return nil
}

func keyOf(path string) (string, error) {
	abs, err := filepath.Abs(path)
	return filepath.ToSlash(abs), err
}

// takeOne reads a tender and puts it in the index, unless it is in it as it is now. problems are the lines about files that were not read. A tender with such
// files is read again the next time.
func (f searchFlags) takeOne(ctx context.Context, ix *search.Index, ev *rules.Evaluator, t target, mu *sync.Mutex) (problems []string, err error) {
	key, err := keyOf(t.path)
	if err != nil {
		return nil, err
	}
	h := sha256.New()
	hash := ""
	if err := extract.Digest(ctx, t.path, h); err == nil {
		hash = fmt.Sprintf("%s ocr=%t", hex.EncodeToString(h.Sum(nil)), f.ocr)
	}
	mu.Lock()
	has, err := ix.Has(key, hash)
	mu.Unlock()
	if err != nil || has && hash != "" {
		return nil, err
	}
	d, gone, err := t.read(ctx)
	if err != nil {
		return nil, err
	}
	if gone != "" {
		problems = append(problems, gone)
	}
	for _, doc := range d.Documents {
		if doc.Problem != "" && gone == "" {
			problems = append(problems, filepath.ToSlash(filepath.Join(t.name, doc.Path))+": "+doc.Problem)
		}
	}
	if len(problems) > 0 {
		hash += " unread"
	}
	o := rules.Options{Frameworks: []string{"all"}}
	judged, err := judge(ev.Evaluate).safely(ctx, d, o)
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if err != nil {
		problems = append(problems, t.path+": toetsen is vastgelopen door een fout in inkooptoets; de tekst is wel te doorzoeken")
	}
	tender := search.TenderOf(ev.Zones(d), judged)
	mu.Lock()
	defer mu.Unlock()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return problems, ix.Put(key, hash, tender)
}
