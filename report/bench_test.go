//go:build unix

package report

import (
	"errors"
	"fmt"
	"io"
	"runtime"
	"runtime/metrics"
	"strings"
	"syscall"
	"testing"
	"time"

	"inkooptoets/rules/result"
)

// BenchmarkAllFormats writes 20 dossiers of 450 requirements in every format, as `render -f ... -f ...` does. Wanted: under 3 seconds
// and 300 MB; peak-MB is the most memory that was in use.
func BenchmarkAllFormats(b *testing.B) {
	run := large(450, 20)
	peak, start := uint64(0), cpuTime(b)
	for b.Loop() {
		p := Prepare(run)
		faults := Together(len(Formats), func(i int) error {
			return p.Write(io.Discard, Formats[i].Name, Options{All: true})
		})
		if err := errors.Join(faults...); err != nil {
			b.Fatal(err)
		}
		peak = max(peak, inUse())
	}
	b.ReportMetric(float64((cpuTime(b)-start).Milliseconds())/float64(b.N), "cpu-ms/op")
	b.ReportMetric(float64(peak)/(1<<20), "peak-MB")
}

// BenchmarkFormat writes the same run in each format.
func BenchmarkFormat(b *testing.B) {
	run := Prepare(large(450, 20))
	for _, f := range Formats {
		b.Run(f.Name, func(b *testing.B) {
			runtime.GC()
			start := cpuTime(b)
			for b.Loop() {
				if err := run.Write(io.Discard, f.Name, Options{All: true}); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64((cpuTime(b)-start).Milliseconds())/float64(b.N), "cpu-ms/op")
			b.ReportMetric(float64(inUse())/(1<<20), "peak-MB")
		})
	}
}

// cpuTime is the processor time of this process until now: on a shared machine it says more than the clock.
func cpuTime(b *testing.B) time.Duration {
	b.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// inUse is what the program has from the system. It is not given back within a benchmark, so it is a peak.
func inUse() uint64 {
	sample := []metrics.Sample{{Name: "/memory/classes/total:bytes"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}

// large is a run as check makes them: of every status, with three passages of ordinary length per requirement.
func large(requirements, dossiers int) result.Run {
	run := result.Run{SchemaVersion: result.SchemaVersion, Tool: "inkooptoets 0.1.0", Catalogue: "3f2a9c01d4e7", Date: "2026-11-21"}
	for s := range 18 {
		run.Sources = append(run.Sources, result.Source{ID: fmt.Sprintf("k%02d", s), Kind: "framework", Name: fmt.Sprintf("Kader %d", s), Title: "Kwaliteitskader"})
	}
	duties := []result.Duty{result.Statutory, result.Framework, result.Framework, result.Municipal, result.Framework, result.Advice}
	for n := range dossiers {
		d := result.Dossier{ID: fmt.Sprintf("gemeente-%02d", n), Documents: []result.Document{{Path: "leidraad.docx"}, {Path: "pve.pdf", Pages: 60}, {Path: "scan.pdf", Problem: "scan zonder tekst"}}}
		for i := range requirements {
			r := result.Row{
				Requirement: fmt.Sprintf("k%02d-%03d", i/25, i), Source: fmt.Sprintf("k%02d", i/25), Element: result.Elements[i%4], Duty: duties[i%len(duties)], Party: "provider",
				Title: "Opdrachtnemer legt afspraken met de cliënt vast", Citation: fmt.Sprintf("Kader %d, criterium %d", i/25, i),
				Link: "https://wetten.overheid.nl/jci1.3:c:BWBR0035362&artikel=3.5&g=2026-11-21", Status: result.Statuses[(i+n)%len(result.Statuses)],
				Reason: "De stukken noemen het onderwerp, maar er staat niet wie wat wanneer moet doen.",
			}
			for a := range 3 {
				r.Aspects = append(r.Aspects, result.Aspect{ID: fmt.Sprintf("%s.%c", r.Requirement, 'a'+a), Text: "afspraken staan in het ondersteuningsplan", Core: true, Status: result.Missing})
			}
			if r.Status.Gap() {
				r.Suggestion = strings.Repeat("Opdrachtnemer legt de afspraken vast en bespreekt ze elk half jaar. ", 2) + "Daarvan komt een verslag."
				r.Nearest = passages(3, i)
			}
			if r.Status != result.Missing && r.Status != result.NotApplicable && r.Status != result.Undetermined {
				r.Evidence = passages(3, i+1)
			}
			d.Rows = append(d.Rows, r)
		}
		d.Tallies = result.Count(d.Rows)
		run.Dossiers = append(run.Dossiers, d)
	}
	return run
}

func passages(n, from int) []result.Evidence {
	var out []result.Evidence
	for i := range n {
		quote := strings.TrimSpace(strings.Repeat(fmt.Sprintf("Opdrachtnemer bespreekt onderdeel %d van het plan met de cliënt en diens naasten. ", from+i), 4))
		out = append(out, result.Evidence{File: "pve.pdf", Page: 1 + (from+i)%60, Block: from + i, Path: []string{"3 Eisen", "3.4 Uitvoering"}, Quote: quote, Start: 0, End: 24, Shows: result.Partial})
	}
	return out
}
