// Command bench measures the program on generated dossiers: `make bench`. It writes 1, 10, 100 and more dossiers of PDF and DOCX, checks them with the program
// as a user would, twice, and prints what that took. BENCH_MAX (100) is the largest number, BENCH_PAGES (60) the pages per dossier, BENCH_JOBS (2) what goes
// on at the same time. It judges nothing: a figure depends on the machine.
package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"time"

	"inkooptoets/extract"
	"inkooptoets/report"
	"inkooptoets/rules"
	"inkooptoets/rules/result"
	"inkooptoets/seeds"
)

// date is the day on which generated dossiers are judged.
const date = "2026-11-21"

func main() {
	if err := bench(os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// setup is what is measured, and where.
type setup struct {
	most, pages, jobs int
	dir, program      string
	clauses           []string
}

func bench(w io.Writer) error {
	s := setup{most: number("BENCH_MAX", 100), pages: number("BENCH_PAGES", 60), jobs: number("BENCH_JOBS", 2)}
	dir, err := os.MkdirTemp("", "inkooptoets-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	s.dir, s.program = dir, filepath.Join(dir, "inkooptoets")
	if out, err := exec.Command("go", "build", "-o", s.program, "./cmd/inkooptoets").CombinedOutput(); err != nil {
		return fmt.Errorf("go build: %w\n%s", err, out)
	}
	c, err := seeds.Load()
	if err != nil {
		return err
	}
	for _, r := range c.Requirements {
		if r.Suggestion != "" {
			s.clauses = append(s.clauses, r.Suggestion)
		}
	}
	fmt.Fprintf(w, "%d pages per dossier (a third of them DOCX), -j %d, %d cores, %s %s/%s\n\n", s.pages, s.jobs, runtime.NumCPU(), runtime.Version(), runtime.GOOS, runtime.GOARCH)
	if err := s.batches(w); err != nil {
		return err
	}
	if err := s.stages(w); err != nil {
		return err
	}
	return s.besidePDFToText(w)
}

// number reads a number from the environment.
func number(key string, usual int) int {
	if n, err := strconv.Atoi(os.Getenv(key)); err == nil && n > 0 {
		return n
	}
	return usual
}

// batches measures check --each for 1, 10, 100 and more dossiers, without and with what the first run kept.
func (s setup) batches(w io.Writer) error {
	fmt.Fprintln(w, "dossiers   first s   (cpu s)  dossiers/s  pages/s   peak MB  with workers MB   again s   (cpu s)  times faster   json MB")
	type point struct {
		n         int
		took, cpu time.Duration
	}
	var points []point
	for n := 1; n <= s.most; n *= 10 {
		root := filepath.Join(s.dir, fmt.Sprint(n))
		for i := range n {
			if _, err := writeDossier(filepath.Join(root, fmt.Sprintf("%04d", i)), i, s.pages, s.clauses); err != nil {
				return err
			}
		}
		kept := root + "-cache"
		check := func(out string) (ran, error) {
			return runProgram(s.program, "check", "--quiet", "--date", date, "--fail-on", "none", "--each", root, "-j", fmt.Sprint(s.jobs), "--cache", kept, "-f", "json="+out)
		}
		first, err := check(root + "-1.json")
		if err != nil {
			return err
		}
		again, err := check(root + "-2.json")
		if err != nil {
			return err
		}
		size, err := same(root+"-1.json", root+"-2.json")
		if err != nil {
			return err
		}
		seconds := first.took.Seconds()
		fmt.Fprintf(w, "%8d %9.2f %9.2f %11.2f %8.0f %9.0f %16.0f %9.2f %9.2f %13.1f %9.1f\n", n, seconds, first.cpu.Seconds(), float64(n)/seconds, float64(n*s.pages)/seconds,
			mb(max(first.main, again.main)), mb(max(first.all, again.all)), again.took.Seconds(), again.cpu.Seconds(), seconds/again.took.Seconds(), mb(size))
		points = append(points, point{n, first.took, first.cpu})
		for _, path := range []string{root + "-1.json", root + "-2.json", kept} {
			if err := os.RemoveAll(path); err != nil {
				return err
			}
		}
	}
	for i := 1; i < len(points); i++ {
		a, b := points[i-1], points[i]
		exponent := func(x, y time.Duration) float64 {
			return math.Log(float64(y)/float64(x)) / math.Log(float64(b.n)/float64(a.n))
		}
		fmt.Fprintf(w, "growth exponent, %d to %d dossiers: %.2f by the clock, %.2f by processor time\n", a.n, b.n, exponent(a.took, b.took), exponent(a.cpu, b.cpu))
	}
	fmt.Fprintln(w)
	return nil
}

func mb(bytes int64) float64 { return float64(bytes) / (1 << 20) }

// same demands that two files are the same, and gives their size. It reads them side by side: they may be large.
func same(a, b string) (int64, error) {
	x, err := os.Open(a)
	if err != nil {
		return 0, err
	}
	defer x.Close()
	y, err := os.Open(b)
	if err != nil {
		return 0, err
	}
	defer y.Close()
	one, two := make([]byte, 1<<16), make([]byte, 1<<16)
	for size := int64(0); ; {
		n, err := io.ReadFull(x, one)
		m, err2 := io.ReadFull(y, two)
		if !bytes.Equal(one[:n], two[:m]) {
			return 0, fmt.Errorf("%s and %s are not the same", a, b)
		}
		size += int64(n)
		if err != nil && err2 != nil {
			return size, nil
		}
	}
}

// stages measures, one dossier after the other and in one process, what each step takes.
func (s setup) stages(w io.Writer) error {
	began := time.Now()
	_, ev, err := rules.BuiltIn()
	if err != nil {
		return err
	}
	load := time.Since(began)
	const dossiers = 10
	ctx := context.Background()
	var read, judge, store, html time.Duration
	clock := func(into *time.Duration, work func() error) error {
		began := time.Now()
		defer func() { *into += time.Since(began) }()
		return work()
	}
	for i := range dossiers {
		dir := filepath.Join(s.dir, "stages", fmt.Sprint(i))
		if _, err := writeDossier(dir, i, s.pages, s.clauses); err != nil {
			return err
		}
		err := clock(&read, func() error {
			_, err := extract.Read(ctx, dir, extract.Options{})
			return err
		})
		if err != nil {
			return err
		}
		d, err := extract.Read(ctx, dir, extract.Options{})
		if err != nil {
			return err
		}
		var found result.Dossier
		if err := clock(&judge, func() (err error) {
			found, err = ev.Evaluate(ctx, d, rules.Options{Date: date, Nearest: 3})
			return err
		}); err != nil {
			return err
		}
		if err := clock(&store, func() error { _, err := result.EncodeDossier(found); return err }); err != nil {
			return err
		}
		run := result.Run{SchemaVersion: result.SchemaVersion, Date: date, Dossiers: []result.Dossier{found}}
		if err := clock(&html, func() error { return report.Write(io.Discard, "html", run, report.Options{}) }); err != nil {
			return err
		}
	}
	fmt.Fprintf(w, "per dossier, mean of %d, one at a time: extract %.0f ms, judge %.0f ms, report %.0f ms (json) %.0f ms (html); loading the rules %.0f ms, once\n",
		dossiers, per(read, dossiers), per(judge, dossiers), per(store, dossiers), per(html, dossiers), per(load, 1))
	return nil
}

func per(d time.Duration, n int) float64 { return d.Seconds() * 1000 / float64(n) }

// besidePDFToText reads the same PDFs with pdftotext, if it is there: it gives bare text, without headings, lists or tables.
func (s setup) besidePDFToText(w io.Writer) error {
	paths, err := filepath.Glob(filepath.Join(s.dir, "stages", "*", "*.pdf"))
	if err != nil {
		return err
	}
	began := time.Now()
	pages := 0
	for _, path := range paths {
		d, err := extract.Read(context.Background(), path, extract.Options{})
		if err != nil {
			return err
		}
		for _, doc := range d.Documents {
			pages += doc.Pages
		}
	}
	ours := time.Since(began)
	fmt.Fprintf(w, "%d PDF files, %d pages: inkooptoets %.0f pages/s", len(paths), pages, float64(pages)/ours.Seconds())
	program, err := exec.LookPath("pdftotext")
	if err != nil {
		fmt.Fprintln(w, "; pdftotext is not installed")
		return nil
	}
	began = time.Now()
	for _, path := range paths {
		if err := exec.Command(program, path, os.DevNull).Run(); err != nil {
			return fmt.Errorf("pdftotext %s: %w", path, err)
		}
	}
	fmt.Fprintf(w, ", pdftotext %.0f pages/s (a process per file)\n", float64(pages)/time.Since(began).Seconds())
	return nil
}
