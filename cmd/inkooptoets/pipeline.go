package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"
	"sync"

	"inkooptoets/extract"
	"inkooptoets/extract/dossier"
	"inkooptoets/rules"
	"inkooptoets/rules/result"
)

// target is one dossier to check.
type target struct {
	path  string
	place string // path seen from what was given on the command line, with slashes: the same on every machine
	name  string // what the dossier is called
	given dossier.Profile
	notes settings         // where what is given comes from
	how   extract.Options  // how its files are read
	text  *dossier.Dossier // already in memory (a labelled passage); nil: read path
}

// outcome is what became of a target.
type outcome struct {
	dossier result.Dossier
	lost    string // why nothing of it could be assessed; empty if something could
	fault   error  // of the program itself, by which the dossier is lost
	err     error  // why the work as a whole cannot go on
}

// abreast does the work on n things, at most jobs at a time (0: one per core). It is the only place with goroutines: each worker writes its own slot, so the
// outcome is the same for every number of jobs. started is called from one goroutine, before each thing and once at the end, with n.
func abreast(n, jobs int, started func(i int), work func(worker, i int)) {
	next := make(chan int)
	var wg sync.WaitGroup
	for worker := range workers(n, jobs) {
		wg.Go(func() {
			for i := range next {
				work(worker, i)
			}
		})
	}
	for i := range n {
		started(i)
		next <- i
	}
	close(next)
	wg.Wait()
	started(n)
}

// workers is how many things are really done at the same time.
func workers(n, jobs int) int { return min(cmp.Or(jobs, runtime.GOMAXPROCS(0)), n) }

// judge is how a dossier is judged: by an Evaluator, except in tests.
type judge func(context.Context, dossier.Dossier, rules.Options) (result.Dossier, error)

// assess checks every target, at most jobs at a time, and keeps all outcomes.
func assess(ctx context.Context, ev *rules.Evaluator, targets []target, jobs int, o rules.Options, started func(done, total int, name string)) []outcome {
	out := make([]outcome, len(targets))
	abreast(len(targets), jobs, named(targets, started), func(_, i int) { out[i] = assessOne(ctx, ev.Evaluate, targets[i], o) })
	return out
}

// named tells the progress with the name of the dossier.
func named(targets []target, started func(done, total int, name string)) func(i int) {
	return func(i int) {
		name := ""
		if i < len(targets) {
			name = printable(targets[i].name)
		}
		started(i, len(targets), name)
	}
}

// assessOne checks one target. A fault of the program in it is the end of that dossier, not of the others.
func assessOne(ctx context.Context, judged judge, t target, o rules.Options) outcome {
	d, lost, err := t.read(ctx)
	if err != nil {
		return outcome{err: err}
	}
	d.Given = t.given
	if t.text != nil {
		o.Nearest = 0 // of one passage there is nothing to search
	}
	res, err := judged.safely(ctx, d, o)
	if ctx.Err() != nil {
		return outcome{err: ctx.Err()}
	}
	fault := err
	if fault != nil {
		d, lost = t.nothing("toetsen is vastgelopen door een fout in inkooptoets; meld dit aan de makers")
		lost += " (" + fault.Error() + ")"
		if res, err = judged.safely(ctx, d, o); err != nil {
			res = result.Dossier{ID: d.ID, Documents: []result.Document{{Path: d.Documents[0].Path, Problem: d.Documents[0].Problem}}}
		}
	}
	res.Profile = t.notes.mentioned(res.Profile)
	return outcome{dossier: res, lost: lost, fault: fault}
}

// panicked is a fault with the place in the program where it happened, for its makers.
type panicked struct {
	value any
	stack []byte
}

func (p panicked) Error() string { return fmt.Sprintf("panic: %v", p.value) }

// safely judges a dossier; a panic becomes an error.
func (j judge) safely(ctx context.Context, d dossier.Dossier, o rules.Options) (res result.Dossier, err error) {
	defer func() {
		if x := recover(); x != nil {
			err = panicked{x, debug.Stack()}
		}
	}()
	return j(ctx, d, o)
}

// read gives the dossier of a target. A path that is missing or empty is a dossier with one document that has a problem: it shows in every
// report, as a file that cannot be read does.
func (t target) read(ctx context.Context) (d dossier.Dossier, lost string, err error) {
	if t.text != nil {
		return *t.text, "", nil
	}
	o := t.how
	o.Given = t.given
	d, err = extract.Read(ctx, t.path, o)
	if ctx.Err() != nil {
		return d, "", ctx.Err()
	}
	if errors.Is(err, extract.ErrWorker) {
		return d, "", errors.New(unread(err))
	}
	if err == nil {
		return d, "", nil
	}
	d, lost = t.nothing(unread(err))
	return d, lost, nil
}

// nothing is the dossier of a target of which nothing was assessed.
func (t target) nothing(problem string) (d dossier.Dossier, lost string) {
	doc := dossier.Document{Path: filepath.Base(t.path), Problem: problem}
	return dossier.Dossier{ID: t.name, Given: t.given, Documents: []dossier.Document{doc}}, t.path + ": " + problem
}

// unread says in Dutch why a path gave no dossier, and what to do.
func unread(err error) string {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "bestaat niet; controleer het pad"
	case errors.Is(err, fs.ErrPermission):
		return "mag niet worden geopend; controleer de rechten"
	case errors.Is(err, extract.ErrWorker):
		return "het proces dat bestanden leest start niet; gebruik --isolate=off"
	}
	return "geen document om te lezen; zet er bestanden van Word, PDF, Excel, ODT, HTML of gewone tekst in"
}

// readWith says for all targets how their files are read.
func readWith(targets []target, how extract.Options) {
	for i := range targets {
		targets[i].how = how
	}
}

// choose gives every target its settings.
func choose(targets []target, chosen []settings) {
	for i := range targets {
		targets[i].given, targets[i].notes = chosen[i].given, chosen[i]
	}
}

// targetsOf gives a target per path, or with each one per sub-folder, sorted by name. loose counts files beside those sub-folders, which
// belong to no dossier.
func targetsOf(paths []string, each bool) (targets []target, loose int, err error) {
	for _, p := range paths {
		if !each {
			targets = append(targets, target{path: p, place: filepath.ToSlash(filepath.Clean(p)), name: baseName(p)})
			continue
		}
		entries, err := os.ReadDir(p)
		if err != nil {
			return nil, 0, fmt.Errorf("%s: map is niet te openen (%s)", p, why(err))
		}
		before := len(targets)
		for _, e := range entries {
			switch {
			case strings.HasPrefix(e.Name(), "."):
			case isFolder(p, e):
				targets = append(targets, target{path: filepath.Join(p, e.Name()), place: e.Name(), name: e.Name()})
			default:
				loose++
			}
		}
		if len(targets) == before {
			return nil, 0, fmt.Errorf("%s: geen mappen hierin; --each verwacht een map per dossier", p)
		}
	}
	return targets, loose, nil
}

func pathsOf(targets []target) []string {
	var paths []string
	for _, t := range targets {
		paths = append(paths, t.path)
	}
	return paths
}

func isFolder(parent string, e fs.DirEntry) bool {
	stat, err := os.Stat(filepath.Join(parent, e.Name())) // follows a link, as reading the folder will
	return err == nil && stat.IsDir()
}

// baseName is the last part of a path; "." gets the name of the folder it stands for.
func baseName(path string) string {
	if abs, err := filepath.Abs(path); err == nil {
		path = abs
	}
	return filepath.Base(path)
}
