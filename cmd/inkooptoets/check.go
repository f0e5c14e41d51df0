package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"inkooptoets/cmd/inkooptoets/internal/config"
	"inkooptoets/extract/dossier"
	"inkooptoets/report"
	"inkooptoets/rules/policy"
	"inkooptoets/rules/result"
	"inkooptoets/seeds"
)

// checkFlags are the choices of one check.
type checkFlags struct {
	source
	reading
	each, all, quiet, verbose bool
	formats                   []string
	lang                      string
	theme                     string
	date                      string
	failOn                    string
	config, baseline          string
	annotate                  string // folder for copies with comments; empty: none
	shard                     string // "i/n"; empty: everything
	cacheDir                  string
	noCache                   bool
	given                     dossier.Profile
	jobs                      jobs
}

func newCheck() *cobra.Command {
	var f checkFlags
	cmd := &cobra.Command{
		Use:     "check PAD...",
		Aliases: []string{"toets"},
		Short:   "Toetst een dossier aan de wettelijke eisen",
		Long: `Toetst een dossier: een map of .zip met documenten, of een los bestand
(.docx, .pdf, .xlsx, .odt, .html, .txt, .md; .doc met antiword of catdoc).
Elk pad is een dossier. Wetten, procedure en diensten leest het programma uit de tekst; vlaggen gaan voor.

Uitgang: 0 klaar, geen gat dat telt · 1 er zijn gaten die tellen (zie --fail-on)
         2 niet kunnen toetsen · 3 getoetst, maar een document of pagina was niet te beoordelen,
         of eisen staan volgens de tekst in een stuk dat niet in het dossier zit`,
		Example: `  inkooptoets check inkoop-2027
  inkooptoets check inkoop-2027 -f markdown=rapport.md -f json=rapport.json
  inkooptoets check inkoop-2027 --annotate met-opmerkingen
  inkooptoets check --each gemeenten --fail-on none`,
		Args: atLeast(1, "minstens een map of bestand"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return runCheck(cmd.Context(), args, f, cmd.OutOrStdout(), cmd.ErrOrStderr())
		},
	}
	flags := cmd.Flags()
	flags.StringArrayVarP(&f.formats, "format", "f", nil, "`FORMAAT` of FORMAAT=BESTAND; mag vaker (formaten: "+strings.Join(report.Names(), ", ")+")")
	flags.BoolVar(&f.all, "all", false, "toon ook wat gedekt is, met het bewijs")
	flags.StringVar(&f.lang, "lang", "nl", "`TAAL` van de vaste woorden in het rapport: nl of en")
	flags.StringVar(&f.theme, "theme", "", themeHelp)
	flags.StringVar(&f.annotate, "annotate", "", "zet in `MAP` van elk Word-bestand een kopie met opmerkingen in de kantlijn")
	flags.StringVar(&f.baseline, "baseline", "", "alleen gaten die niet in deze `NULMETING` staan, of erger zijn, tellen (zie baseline write)")
	flags.StringVar(&f.shard, "shard", "", "toets alleen `DEEL` i/n van de dossiers, zoals 3/8; merge voegt de delen samen")
	f.register(flags)
	return cmd
}

// register adds the flags that say what is judged, of which tender, by which measure and how.
func (f *checkFlags) register(flags *pflag.FlagSet) {
	flags.BoolVar(&f.each, "each", false, "elke map in PAD is een dossier")
	flags.VarP(&f.jobs, "jobs", "j", "zoveel dossiers `TEGELIJK` (standaard: een per processorkern)")
	flags.BoolVarP(&f.quiet, "quiet", "q", false, "geen voortgang en geen waarschuwingen")
	flags.BoolVarP(&f.verbose, "verbose", "v", false, "zeg ook wat is gelezen, aan welke kaders is getoetst en hoe lang dat duurde")
	flags.StringVar(&f.cacheDir, "cache", "", "bewaar in `MAP` wat per dossier is gevonden: wat niet verandert, wordt niet opnieuw getoetst (standaard alleen met --each, in een map van u alleen)")
	flags.BoolVar(&f.noCache, "no-cache", false, "bewaar niets en gebruik niets wat bewaard is")
	f.reading.register(flags)
	f.source.register(flags)
	f.source.registerPacks(flags)
	flags.StringVar(&f.date, "date", "", "toets naar het recht op deze `DATUM` (jjjj-mm-dd; standaard vandaag)")
	flags.StringSliceVar(&f.given.Laws, "law", nil, "`WET` waar het om gaat: "+strings.Join(seeds.Laws(), ", "))
	flags.StringSliceVar(&f.given.Segments, "segment", nil, "`SEGMENT` waar het om gaat, zoals wmo-2 of jeugdhulp-4")
	flags.StringVar(&f.given.Procedure, "procedure", "", "`SOORT` inkoop: "+strings.Join(seeds.Procedures(), ", "))
	flags.StringSliceVar(&f.given.Services, "service", nil, "`DIENST` die wordt ingekocht, zoals verblijf of pleegzorg")
	flags.StringVar(&f.given.Variant, "variant", "", "uitvoerings`VARIANT`: "+strings.Join(seeds.Variants(), ", "))
	flags.StringSliceVar(&f.given.Frameworks, "framework", nil, "toets aan deze `KADERS`: all, none, of nummers zoals k01,k08 (h, n en l zijn de handreikingen); standaard wat past")
	flags.StringVar(&f.failOn, "fail-on", "", "uitgang 1 bij een gat in deze `PLICHT` of een zwaardere: "+strings.Join(config.Thresholds, ", ")+" (standaard "+config.Thresholds[0]+")")
	flags.StringVar(&f.config, "config", "", "`BESTAND` met instellingen, of "+noConfig+" voor geen (standaard "+config.Name+" bij het dossier of in een map daarboven)")
}

func runCheck(ctx context.Context, paths []string, f checkFlags, stdout, stderr io.Writer) error {
	p, err := f.plan(paths)
	if err != nil {
		return err
	}
	look, err := readTheme(f.theme, f.formats)
	if err != nil {
		return err
	}
	outs, err := openOutputs(f.formats, p.inputs, isTerminal(stdout))
	if err != nil {
		return err
	}
	defer outs.discard()
	copies, err := openCopies(f.annotate, p.targets)
	if err != nil {
		return err
	}
	b, err := f.batch(ctx, p, copies != nil || !outs.stream(), stderr)
	if err != nil {
		return err
	}
	defer b.close()
	opts := screen(stdout, f.lang, f.all)
	opts.Theme = look
	if err := outs.writeParts(b.parts, stdout, opts); err != nil {
		return err
	}
	if copies == nil {
		return judgement(b.done, p.chosen)
	}
	run, err := b.parts.run()
	if err != nil {
		return err
	}
	if err := copies.write(ctx, run, p.targets, b.outcomes(), report.Options{Lang: f.lang}); err != nil {
		return err
	}
	if !f.quiet {
		copies.tell(stderr)
	}
	return judgement(b.done, p.chosen)
}

// plan is what a check is going to do.
type plan struct {
	inputs   []string // every path that is read, also by other shards
	targets  []target
	loose    int // files that belong to no dossier
	date     string
	packs    []string
	chosen   []settings // per target
	baseline *policy.Baseline
	shard    *result.Shard // nil: everything is done here
	cache    *outcomeCache // nil: none
}

// plan turns flags, environment and settings files into work, so that a mistake in them shows before the work starts.
func (f *checkFlags) plan(paths []string) (p plan, err error) {
	if err := f.complete(); err != nil {
		return p, err
	}
	if p.targets, p.loose, err = targetsOf(paths, f.each); err != nil {
		return p, err
	}
	if p.chosen, err = f.settle(p.targets, time.Now()); err != nil {
		return p, err
	}
	choose(p.targets, p.chosen)
	p.inputs, p.date, p.packs = pathsOf(p.targets), p.chosen[0].date, p.chosen[0].packs
	if f.baseline != "" {
		if p.baseline, err = readBaseline(f.baseline); err != nil {
			return p, err
		}
	}
	if err := p.divide(f.shard); err != nil {
		return p, err
	}
	p.cache, err = f.openCache(p.inputs)
	return p, err
}

// carryOut does what is planned, and tells on stderr what was not assessed and which waivers accept nothing.
func (f *checkFlags) carryOut(ctx context.Context, p plan, stderr io.Writer) (result.Run, []outcome, error) {
	b, err := f.batch(ctx, p, true, stderr)
	if err != nil {
		return result.Run{}, nil, err
	}
	defer b.close()
	run, err := b.parts.run()
	return run, b.outcomes(), err
}

// nearestShown is how many passages a gap gets that come closest.
const nearestShown = 3

// firstDay is when the Wmo 2015 and the Jeugdwet came into force: on an earlier day nothing is demanded, and every draft would look clean.
const firstDay = "2015-01-01"

// complete checks the flags whose values are fixed.
func (f *checkFlags) complete() error {
	faults := []error{
		known("lang", []string{"nl", "en"}, f.lang),
		oneOf("law", seeds.Laws(), f.given.Laws...),
		oneOf("service", seeds.Services(), f.given.Services...),
		known("fail-on", config.Thresholds, f.failOn),
		known("variant", seeds.Variants(), f.given.Variant),
		known("procedure", seeds.Procedures(), f.given.Procedure),
	}
	if f.date != "" {
		faults = append(faults, validDate("--date", f.date))
	}
	return errors.Join(faults...)
}

func oneOf(flag string, known []string, values ...string) error {
	return among("--"+flag, known, values...)
}

// among demands known values; where says who gave them.
func among(where string, known []string, values ...string) error {
	for _, v := range values {
		if !slices.Contains(known, v) {
			return fmt.Errorf("%s %s: onbekend (kies uit %s)", where, v, strings.Join(known, ", "))
		}
	}
	return nil
}

// tell says of every dossier what was read and which frameworks were judged, and how long all of it took.
func tell(w io.Writer, done []finished, took time.Duration) {
	stored := 0
	for _, d := range done {
		chosen := "geen kaders"
		if len(d.brief.Frameworks) > 0 {
			chosen = "kaders " + strings.Join(d.brief.Frameworks, ", ")
		}
		fmt.Fprintf(w, "inkooptoets: %s: %s, %s, %s\n", printable(d.brief.ID), count(len(d.brief.Documents), "bestand", "bestanden"), count(d.brief.Rows, "eis", "eisen"), printable(chosen))
		for _, doc := range d.brief.Documents {
			read := "gelezen"
			if doc.Problem != "" {
				read = "niet gelezen"
			}
			if doc.Pages > 0 {
				read += ", " + count(doc.Pages, "bladzijde", "bladzijden")
			}
			fmt.Fprintf(w, "inkooptoets:   %s: %s\n", printable(doc.Path), read)
		}
		if d.stored {
			stored++
		}
		if p, ok := errors.AsType[panicked](d.fault); ok {
			fmt.Fprintf(w, "inkooptoets: %v\n%s", p, p.stack)
		}
	}
	if stored > 0 {
		fmt.Fprintf(w, "inkooptoets: %s al eerder getoetst en niet veranderd\n", count(stored, "dossier", "dossiers"))
	}
	fmt.Fprintf(w, "inkooptoets: klaar in %.1f s\n", took.Seconds())
}

// warn tells which paths and documents were not assessed.
func warn(w io.Writer, done []finished, loose int) {
	for _, d := range done {
		if d.lost != "" {
			fmt.Fprintf(w, "inkooptoets: %s\n", printable(d.lost))
			continue
		}
		for _, doc := range d.brief.Documents {
			if doc.Problem != "" {
				where := doc.Path
				if where != d.brief.ID { // a dossier of one file has its name
					where = d.brief.ID + ": " + where
				}
				fmt.Fprintf(w, "inkooptoets: %s\n", printable(where+": "+doc.Problem))
			}
		}
	}
	if loose > 0 {
		fmt.Fprintf(w, "inkooptoets: %s buiten de mappen niet getoetst; --each neemt alleen mappen mee\n", count(loose, "bestand", "bestanden"))
	}
}

// warnWaivers tells which waivers accept nothing.
func warnWaivers(w io.Writer, run result.Run) {
	for _, p := range run.WaiverProblems {
		what := "akkoord"
		if p.ID != "" {
			what += " voor " + p.ID
		}
		fmt.Fprintf(w, "inkooptoets: %s\n", printable(p.Place+": "+what+" telt niet: "+p.Message))
	}
}

// judgement is the exit code of a check, with the settings of each dossier.
func judgement(done []finished, chosen []settings) error {
	code := exitDone
	for i, d := range done {
		if slices.ContainsFunc(d.brief.Documents, incomplete) {
			return verdict(exitUnread)
		}
		if slices.ContainsFunc(d.brief.Absent, func(duty result.Duty) bool { return counts(duty, chosen[i].failOn) }) {
			return verdict(exitUnread) // a document that is not there is one that was not read
		}
		if slices.ContainsFunc(d.brief.Open, func(duty result.Duty) bool { return counts(duty, chosen[i].failOn) }) {
			code = exitGaps
		}
	}
	if code == exitDone {
		return nil
	}
	return verdict(code)
}

// open reports whether a row is a gap that nobody accepted.
func open(r result.Row) bool { return r.Status.Gap() && r.Waived == nil && !r.Known }

// incomplete reports whether a document, or a part of it such as a scanned page, could not be assessed.
func incomplete(doc result.Document) bool {
	d := dossier.Document{Problem: doc.Problem}
	for _, w := range doc.Warnings {
		d.Warnings = append(d.Warnings, dossier.Warning(w))
	}
	return d.Incomplete()
}

// counts reports whether a gap in that duty reaches the threshold.
func counts(d result.Duty, threshold string) bool {
	weight := map[result.Duty]int{result.Statutory: 0, result.Municipal: 0, result.Framework: 1, result.Advice: 2}
	return weight[d] <= slices.Index(config.Thresholds, threshold) && threshold != "none"
}

// printable drops control characters: names and texts from files must not steer the terminal.
func printable(s string) string { return report.Plain(s) }
