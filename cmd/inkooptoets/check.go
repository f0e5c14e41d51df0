package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/spf13/cobra"

	"inkooptoets/extract/dossier"
	"inkooptoets/report"
	"inkooptoets/rules"
	"inkooptoets/rules/result"
	"inkooptoets/seeds"
)

// checkFlags are the choices of one check.
type checkFlags struct {
	source
	reading
	each, all, quiet bool
	formats          []string
	lang             string
	date             string
	failOn           string
	given            dossier.Profile
	jobs             jobs
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
         2 niet kunnen toetsen · 3 getoetst, maar een document of pagina was niet te beoordelen`,
		Example: `  inkooptoets check inkoop-2027
  inkooptoets check inkoop-2027 -f markdown=rapport.md -f json=rapport.json
  inkooptoets check --each gemeenten --fail-on none`,
		Args: atLeast(1, "minstens een map of bestand"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return runCheck(cmd.Context(), args, f, cmd.OutOrStdout(), cmd.ErrOrStderr())
		},
	}
	flags := cmd.Flags()
	flags.StringArrayVarP(&f.formats, "format", "f", nil, "`FORMAAT` of FORMAAT=BESTAND; mag vaker (formaten: "+strings.Join(report.Names(), ", ")+")")
	flags.BoolVar(&f.each, "each", false, "elke map in PAD is een dossier")
	flags.BoolVar(&f.all, "all", false, "toon ook wat gedekt is, met het bewijs")
	flags.StringVar(&f.lang, "lang", "nl", "`TAAL` van de vaste woorden in het rapport: nl of en")
	flags.StringVar(&f.date, "date", "", "toets naar het recht op deze `DATUM` (jjjj-mm-dd; standaard vandaag)")
	flags.StringSliceVar(&f.given.Laws, "law", nil, "`WET` waar het om gaat: "+strings.Join(seeds.Laws(), ", "))
	flags.StringSliceVar(&f.given.Segments, "segment", nil, "`SEGMENT` waar het om gaat, zoals wmo-2 of jeugdhulp-4")
	flags.StringVar(&f.given.Procedure, "procedure", "", "`SOORT` inkoop: "+strings.Join(seeds.Procedures(), ", "))
	flags.StringSliceVar(&f.given.Services, "service", nil, "`DIENST` die wordt ingekocht, zoals verblijf of pleegzorg")
	flags.StringVar(&f.given.Variant, "variant", "", "uitvoerings`VARIANT`: "+strings.Join(seeds.Variants(), ", "))
	flags.StringSliceVar(&f.given.Frameworks, "framework", nil, "toets aan deze `KADERS`: all, none, of nummers zoals k01,k08 (h, n en l zijn de handreikingen); standaard wat past")
	flags.StringVar(&f.failOn, "fail-on", "statutory", "uitgang 1 bij een gat in deze `PLICHT` of een zwaardere: "+strings.Join(thresholds, ", "))
	flags.VarP(&f.jobs, "jobs", "j", "zoveel dossiers `TEGELIJK` (standaard: een per processorkern)")
	flags.BoolVarP(&f.quiet, "quiet", "q", false, "geen voortgang en geen waarschuwingen")
	f.reading.register(flags)
	f.source.register(flags)
	return cmd
}

func runCheck(ctx context.Context, paths []string, f checkFlags, stdout, stderr io.Writer) error {
	if err := f.complete(time.Now()); err != nil {
		return err
	}
	targets, loose, err := targetsOf(paths, f.each, f.given)
	if err != nil {
		return err
	}
	how, done, err := f.options(int(f.jobs))
	if err != nil {
		return err
	}
	defer done()
	readWith(targets, how)
	outs, err := openOutputs(f.formats, pathsOf(targets))
	if err != nil {
		return err
	}
	defer outs.discard()
	c, ev, err := f.load()
	if err != nil {
		return err
	}
	if err := inCatalogue(c, f.given); err != nil {
		return err
	}

	outcomes := assess(ctx, ev, targets, int(f.jobs), rules.Options{Date: f.date, Nearest: nearestShown}, progress(stderr, f.quiet))
	run, err := collect(ev, f.date, outcomes)
	if err != nil {
		return err
	}
	if !f.quiet {
		warn(stderr, outcomes, loose)
	}
	if err := outs.write(run, stdout, screen(stdout, f.lang, f.all)); err != nil {
		return err
	}
	return f.verdict(run)
}

// nearestShown is how many passages a gap gets that come closest.
const nearestShown = 3

// firstDay is when the Wmo 2015 and the Jeugdwet came into force: on an earlier day nothing is demanded, and every draft would look clean.
const firstDay = "2015-01-01"

// thresholds are the values of --fail-on, heaviest first.
var thresholds = []string{"statutory", "framework", "advice", "none"}

// complete checks the flags and fills in the date; now is the only thing it does not get from the user.
func (f *checkFlags) complete(now time.Time) error {
	if f.date == "" {
		f.date = now.Format(time.DateOnly)
	}
	if _, err := time.Parse(time.DateOnly, f.date); err != nil {
		return fmt.Errorf("--date %s: geen datum; schrijf hem als 2027-01-31", f.date)
	}
	if f.date < firstDay {
		return fmt.Errorf("--date %s: toen gold nog geen van deze wetten; kies een dag vanaf %s", f.date, firstDay)
	}
	faults := []error{
		oneOf("lang", []string{"nl", "en"}, f.lang),
		oneOf("fail-on", thresholds, f.failOn),
		oneOf("law", seeds.Laws(), f.given.Laws...),
		oneOf("service", seeds.Services(), f.given.Services...),
	}
	if f.given.Variant != "" {
		faults = append(faults, oneOf("variant", seeds.Variants(), f.given.Variant))
	}
	if f.given.Procedure != "" {
		faults = append(faults, oneOf("procedure", seeds.Procedures(), f.given.Procedure))
	}
	return errors.Join(faults...)
}

// inCatalogue checks the flags whose values the catalogue lists.
func inCatalogue(c *seeds.Catalogue, given dossier.Profile) error {
	var segments []string
	for _, s := range c.Segments {
		segments = append(segments, s.ID)
	}
	frameworks := []string{"all", "none"}
	for _, s := range c.Sources {
		if s.Kind == "framework" || s.Kind == "guide" {
			frameworks = append(frameworks, s.ID)
		}
	}
	return errors.Join(oneOf("segment", segments, given.Segments...), oneOf("framework", frameworks, given.Frameworks...))
}

func oneOf(flag string, known []string, values ...string) error {
	for _, v := range values {
		if !slices.Contains(known, v) {
			return fmt.Errorf("--%s %s: onbekend (kies uit %s)", flag, v, strings.Join(known, ", "))
		}
	}
	return nil
}

// collect makes the run. It fails when nothing at all could be assessed: then there is nothing to report.
func collect(ev *rules.Evaluator, date string, outcomes []outcome) (result.Run, error) {
	run := result.Run{SchemaVersion: result.SchemaVersion, Tool: "inkooptoets " + version, Catalogue: ev.Fingerprint(), Date: date}
	var lost []string
	for _, o := range outcomes {
		if o.err != nil {
			return run, o.err
		}
		if o.lost != "" {
			lost = append(lost, o.lost)
		}
		run.Dossiers = append(run.Dossiers, o.dossier)
	}
	run.Sources = ev.Sources(run.Dossiers)
	if len(lost) == len(outcomes) {
		return run, errors.New(printable(strings.Join(lost, "; ")))
	}
	return run, nil
}

// warn tells which paths and documents were not assessed.
func warn(w io.Writer, outcomes []outcome, loose int) {
	for _, o := range outcomes {
		if o.lost != "" {
			fmt.Fprintf(w, "inkooptoets: %s\n", printable(o.lost))
			continue
		}
		for _, doc := range o.dossier.Documents {
			if doc.Problem != "" {
				where := doc.Path
				if where != o.dossier.ID { // a dossier of one file has its name
					where = o.dossier.ID + ": " + where
				}
				fmt.Fprintf(w, "inkooptoets: %s\n", printable(where+": "+doc.Problem))
			}
		}
	}
	if loose > 0 {
		fmt.Fprintf(w, "inkooptoets: %s buiten de mappen niet getoetst; --each neemt alleen mappen mee\n", count(loose, "bestand", "bestanden"))
	}
}

// verdict is the exit code of a run.
func (f checkFlags) verdict(run result.Run) error {
	code := exitDone
	for _, d := range run.Dossiers {
		if slices.ContainsFunc(d.Documents, incomplete) {
			return verdict(exitUnread)
		}
		if slices.ContainsFunc(d.Rows, func(r result.Row) bool { return r.Waived == nil && r.Status.Gap() && counts(r.Duty, f.failOn) }) {
			code = exitGaps
		}
	}
	if code == exitDone {
		return nil
	}
	return verdict(code)
}

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
	return weight[d] <= slices.Index(thresholds, threshold) && threshold != "none"
}

// printable drops control characters: names and texts from files must not steer the terminal.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return -1
		}
		return r
	}, s)
}
