//go:build unix

package main

import (
	"fmt"
	"path/filepath"
	"runtime"
	"syscall"
	"testing"
	"time"

	"inkooptoets/extract"
	"inkooptoets/extract/dossier"
	"inkooptoets/rules"
	"inkooptoets/seeds"
)

// realDossiers are labelled tenders that stand beside the checkout.
const realDossiers = "../../../shared/devset/d0*"

// sixtyPages is the text of six tenders as if they were one: some sixty pages of twenty files.
func sixtyPages(b *testing.B) dossier.Dossier {
	paths, err := filepath.Glob(realDossiers)
	if err != nil {
		b.Fatal(err)
	}
	if len(paths) == 0 {
		b.Skip("no dossiers in " + realDossiers)
	}
	all := dossier.Dossier{ID: "zes"}
	for _, p := range paths {
		d, err := extract.Read(b.Context(), p, extract.Options{})
		if err != nil {
			b.Fatal(err)
		}
		for _, doc := range d.Documents {
			doc.Path = filepath.Base(p) + "/" + doc.Path
			all.Documents = append(all.Documents, doc)
		}
	}
	return all
}

// BenchmarkRealDossier takes a tender of some sixty pages apart: reading its files, judging the laws (93 requirements), with the frameworks (413; once without
// the checks of the draft), with the guides (737), and with the nearest passages of every gap.
func BenchmarkRealDossier(b *testing.B) {
	d := sixtyPages(b)
	_, ev, err := rules.BuiltIn()
	if err != nil {
		b.Fatal(err)
	}
	b.Run("read", func(b *testing.B) {
		for b.Loop() {
			sixtyPages(b)
		}
	})
	var frameworks []string // without the guides
	for i := range 15 {
		frameworks = append(frameworks, fmt.Sprintf("k%02d", i+1))
	}
	for _, tc := range []struct {
		name       string
		unreviewed bool
		o          rules.Options
	}{
		{"laws", false, rules.Options{Frameworks: []string{"none"}}},
		{"laws and frameworks", false, rules.Options{Frameworks: frameworks}},
		{"all", false, rules.Options{Frameworks: []string{"all"}}},
		{"all and nearest", false, rules.Options{Frameworks: []string{"all"}, Nearest: nearestShown}},
		{"laws and frameworks, draft not reviewed", true, rules.Options{Frameworks: frameworks}},
	} {
		b.Run(tc.name, func(b *testing.B) {
			ev := ev
			if tc.unreviewed { // made here: two catalogues in memory would slow the others down
				ev = unreviewing(b)
			}
			runtime.GC()
			start := cpuTime(b)
			for b.Loop() {
				if _, err := ev.Evaluate(b.Context(), d, tc.o); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64((cpuTime(b)-start).Milliseconds())/float64(b.N), "cpu-ms/op")
		})
	}
}

// unreviewing is an evaluator that knows no findings in drafts, so that requirements can be timed alone.
func unreviewing(b *testing.B) *rules.Evaluator {
	b.Helper()
	c, err := seeds.Load()
	if err != nil {
		b.Fatal(err)
	}
	c.Checks = nil
	ev, err := rules.Load(c)
	if err != nil {
		b.Fatal(err)
	}
	return ev
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
