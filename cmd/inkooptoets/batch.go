package main

import (
	"context"
	"errors"
	"io"
	"os"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"inkooptoets/rules"
	"inkooptoets/rules/policy"
	"inkooptoets/rules/result"
	"inkooptoets/seeds"
)

// brief is what a run remembers of a dossier that is not in memory.
type brief struct {
	ID         string
	Documents  []result.Document
	Rows       int
	Frameworks []string      // that were judged
	Sources    []string      // that rows name
	Open       []result.Duty // of gaps that nobody accepted
	Absent     []result.Duty // of requirements that stand in a document that is not there, which nobody accepted
}

func briefOf(d result.Dossier) brief {
	b := brief{ID: d.ID, Documents: d.Documents, Rows: len(d.Rows)}
	for _, a := range d.Profile.Frameworks {
		if a.Answer == "yes" {
			b.Frameworks = append(b.Frameworks, a.Value)
		}
	}
	named, duties, accepted := map[string]bool{}, map[result.Duty]bool{}, map[string]bool{}
	for _, f := range d.Findings {
		if f.ID == "c-annex" && f.Waived != nil {
			accepted[f.Rule] = true
		}
	}
	for _, r := range d.Rows {
		if !named[r.Source] {
			named[r.Source] = true
			b.Sources = append(b.Sources, r.Source)
		}
		if open(r) && !duties[r.Duty] {
			duties[r.Duty] = true
			b.Open = append(b.Open, r.Duty)
		}
		if r.Absent != "" && !accepted[r.Absent] && !slices.Contains(b.Absent, r.Duty) {
			b.Absent = append(b.Absent, r.Duty)
		}
	}
	return b
}

// finished is what became of one dossier.
type finished struct {
	outcome        // the dossier itself is there only when the run is kept whole
	part    []byte // the dossier as JSON instead, until it is in the spool
	at      span   // in the spool
	brief   brief
	waived  result.Run // what of its waivers counts for the run
	fresh   []string   // gaps that are not in the baseline
	known   int        // gaps that are
	stored  bool       // the outcome was in the cache
	doubt   error      // what is wrong with the cache
}

// batch is a check of a number of dossiers, done.
type batch struct {
	parts *parts
	done  []finished // per target
}

func (b *batch) close() { b.parts.spool.close() }

// outcomes gives what became of every target.
func (b *batch) outcomes() []outcome {
	out := make([]outcome, len(b.done))
	for i, d := range b.done {
		out[i] = d.outcome
	}
	return out
}

// work is what the workers of a batch share; they only read it.
type work struct {
	plan    plan
	ev      *rules.Evaluator
	c       *seeds.Catalogue
	options rules.Options
	reading reading
	spool   *spool // nil: keep dossiers in memory
}

// batch does what is planned. With whole the dossiers stay in memory, otherwise only what is told about them does.
func (f *checkFlags) batch(ctx context.Context, p plan, whole bool, stderr io.Writer) (*batch, error) {
	how, done, err := f.options(int(f.jobs))
	if err != nil {
		return nil, err
	}
	defer done()
	readWith(p.targets, how)
	from := f.source
	from.packs = p.packs
	c, ev, err := from.load()
	if err != nil {
		return nil, err
	}
	if err := inCatalogue(c, p.chosen); err != nil {
		return nil, err
	}
	if p.baseline != nil && p.baseline.Catalogue != ev.Fingerprint() {
		return nil, otherCatalogue(f.baseline, p.baseline.Catalogue, ev.Fingerprint())
	}
	if !f.quiet {
		p.cache.introduce(stderr)
	}
	w := work{plan: p, ev: ev, c: c, options: rules.Options{Date: p.date, Nearest: nearestShown}, reading: f.reading}
	if !whole {
		n := workers(len(p.targets), int(f.jobs))
		if w.spool, err = newSpool(n); err != nil {
			return nil, err
		}
		defer sparing(n)()
	}

	began := time.Now()
	b := &batch{parts: &parts{spool: w.spool}, done: make([]finished, len(p.targets))}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	abreast(len(p.targets), int(f.jobs), named(p.targets, progress(stderr, f.quiet)), func(worker, i int) {
		if b.done[i] = w.one(ctx, worker, i); b.done[i].err != nil {
			stop() // the work as a whole cannot go on, and may have hours to go
		}
	})
	if err := b.collect(w); err != nil {
		b.close()
		return nil, err
	}
	if from.catalogue == "" && from.rules == "" { // the figures are of what is compiled in
		if b.parts.head.MeasuredDemands, err = rules.MeasuredDemands(); err != nil {
			return nil, err
		}
		if b.parts.head.Measured, err = rules.Measured(); err != nil {
			b.close()
			return nil, err
		}
	}
	p.cache.clean()
	if f.verbose {
		tell(stderr, b.done, time.Since(began))
	}
	if !f.quiet {
		b.report(stderr, p)
	}
	return b, nil
}

// sparing makes the program tidy up sooner than it would by itself when a batch would take more memory than its dossiers need: that keeps the memory of a
// long run flat. GOMEMLIMIT goes before it. What it gives back ends it.
func sparing(workers int) (end func()) {
	if os.Getenv("GOMEMLIMIT") != "" {
		return func() {}
	}
	const catalogue, dossier = 96 * megabyte, 80 * megabyte
	before := debug.SetMemoryLimit(int64(catalogue + workers*dossier))
	return func() { debug.SetMemoryLimit(before) }
}

// report tells what was not assessed, what accepts nothing and what is new.
func (b *batch) report(stderr io.Writer, p plan) {
	warn(stderr, b.done, p.loose)
	warnCache(stderr, b.done)
	warnWaivers(stderr, b.parts.head)
	if p.baseline != nil {
		sayNew(stderr, b.done)
	}
}

// one does everything for one target.
func (w *work) one(ctx context.Context, worker, i int) finished {
	d := w.assess(ctx, w.plan.targets[i])
	if d.err == nil {
		d.err = w.accept(&d, w.plan.chosen[i])
	}
	if d.err == nil {
		d.err = w.put(&d, worker)
	}
	return d
}

// assess takes the outcome of a target from the cache, or checks it and keeps the outcome there.
func (w *work) assess(ctx context.Context, t target) finished {
	key, err := w.plan.cache.key(ctx, w, t)
	if ctx.Err() != nil {
		return finished{outcome: outcome{err: ctx.Err()}}
	}
	usable := err == nil // else a file cannot be opened: the check will say which
	d := finished{}
	if usable {
		d = w.plan.cache.find(key)
	}
	if d.stored {
		return d
	}
	d.outcome = assessOne(ctx, w.ev.Evaluate, t, w.options)
	if d.err != nil {
		return d
	}
	d.brief = briefOf(d.dossier)
	if again, err := w.plan.cache.key(ctx, w, t); usable && err == nil && again == key { // the files did not change meanwhile
		w.plan.cache.keep(key, &d, w.reading.ocr)
	}
	return d
}

// accept applies the waivers and the baseline. Both may change from one run to the next, so they come after the cache.
func (w *work) accept(d *finished, s settings) error {
	if w.plan.baseline == nil && (s.file == nil || len(s.file.Waivers) == 0) {
		return nil
	}
	if err := d.unpack(); err != nil {
		return err
	}
	run := waive(result.Run{Date: w.plan.date, Dossiers: []result.Dossier{d.dossier}}, w.c, []settings{s})
	if w.plan.baseline != nil {
		run = w.plan.baseline.Mark(run)
	}
	d.dossier, d.part = run.Dossiers[0], nil
	d.brief, d.waived = briefOf(d.dossier), onlyWaived(run)
	d.fresh, d.known = sinceBaseline(d.dossier, s)
	return nil
}

// onlyWaived keeps of a run what is needed to join its waiver problems with those of others.
func onlyWaived(run result.Run) result.Run {
	out := result.Run{WaiverProblems: run.WaiverProblems}
	for _, d := range run.Dossiers {
		var kept result.Dossier
		for _, r := range d.Rows {
			if r.Waived != nil {
				kept.Rows = append(kept.Rows, result.Row{Waived: r.Waived})
			}
		}
		for _, f := range d.Findings {
			if f.Waived != nil {
				kept.Findings = append(kept.Findings, result.Finding{Waived: f.Waived})
			}
		}
		out.Dossiers = append(out.Dossiers, kept)
	}
	return out
}

// put brings the dossier where the run is kept.
func (w *work) put(d *finished, worker int) (err error) {
	if w.spool == nil {
		return d.unpack()
	}
	if err := d.pack(); err != nil {
		return err
	}
	d.at, err = w.spool.add(worker, d.part)
	d.part, d.dossier = nil, result.Dossier{}
	return err
}

// unpack makes sure that the dossier is there.
func (d *finished) unpack() (err error) {
	if d.part != nil {
		d.dossier, err = result.DecodeDossier(d.part)
		d.part = nil
	}
	return err
}

// pack makes sure that the dossier is there as JSON.
func (d *finished) pack() (err error) {
	if d.part == nil {
		d.part, err = result.EncodeDossier(d.dossier)
	}
	return err
}

// collect makes the run. It fails when nothing at all could be assessed, for then there is nothing to report; not in a shard, which may be without.
func (b *batch) collect(w work) error {
	var fault error
	for _, d := range b.done {
		if d.err != nil && (fault == nil || errors.Is(fault, context.Canceled)) { // the others stopped because of it
			fault = d.err
		}
	}
	if fault != nil {
		return fault
	}
	var lost []string
	var named []result.Row
	var waived []result.Run
	for _, d := range b.done {
		if d.lost != "" {
			lost = append(lost, d.lost)
		}
		for _, s := range d.brief.Sources {
			named = append(named, result.Row{Source: s})
		}
		waived = append(waived, d.waived)
		b.parts.order = append(b.parts.order, d.at)
		if w.spool == nil {
			b.parts.whole = append(b.parts.whole, d.dossier)
		}
	}
	if w.plan.shard == nil && len(lost) == len(b.done) {
		return errors.New(printable(strings.Join(lost, "; ")))
	}
	b.parts.head = result.Run{
		SchemaVersion: result.SchemaVersion, Tool: "inkooptoets " + version, Catalogue: w.ev.Fingerprint(), Date: w.plan.date,
		Sources: w.ev.Sources([]result.Dossier{{Rows: named}}), WaiverProblems: policy.JoinProblems(waived...),
	}
	if w.plan.shard != nil {
		shard := *w.plan.shard
		for _, s := range w.c.Sources {
			shard.Sources = append(shard.Sources, s.ID)
		}
		b.parts.head.Shard = &shard
	}
	return nil
}
