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
	err     error  // a fault that is not the tender's
}

// assess checks every target, at most jobs at a time (0: one per core). It is the only place with goroutines: each worker writes its own slot, so the
// outcome is the same for every number of jobs. started is called from one goroutine, before each target and once at the end.
func assess(ctx context.Context, ev *rules.Evaluator, targets []target, jobs int, o rules.Options, started func(done, total int, name string)) []outcome {
	out := make([]outcome, len(targets))
	next := make(chan int)
	var wg sync.WaitGroup
	for range min(cmp.Or(jobs, runtime.GOMAXPROCS(0)), len(targets)) {
		wg.Go(func() {
			for i := range next {
				out[i] = assessOne(ctx, ev, targets[i], o)
			}
		})
	}
	for i, t := range targets {
		started(i, len(targets), printable(t.name))
		next <- i
	}
	close(next)
	wg.Wait()
	started(len(targets), len(targets), "")
	return out
}

func assessOne(ctx context.Context, ev *rules.Evaluator, t target, o rules.Options) outcome {
	d, lost, err := t.read(ctx)
	if err != nil {
		return outcome{err: err}
	}
	d.Given = t.given
	if t.text != nil {
		o.Nearest = 0 // of one passage there is nothing to search
	}
	res, err := ev.Evaluate(ctx, d, o)
	if err != nil {
		return outcome{err: fmt.Errorf("%s: toetsen is niet gelukt: %w", t.path, err)}
	}
	res.Profile = t.notes.mentioned(res.Profile)
	return outcome{dossier: res, lost: lost}
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
	problem := unread(err)
	doc := dossier.Document{Path: filepath.Base(t.path), Problem: problem}
	return dossier.Dossier{ID: t.name, Given: t.given, Documents: []dossier.Document{doc}}, t.path + ": " + problem, nil
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
			targets = append(targets, target{path: p, name: baseName(p)})
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
				targets = append(targets, target{path: filepath.Join(p, e.Name()), name: e.Name()})
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
