package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"inkooptoets/cmd/inkooptoets/internal/cache"
	"inkooptoets/extract/dossier"
	"inkooptoets/rules"
	"inkooptoets/rules/result"
)

// A dossier on which the program itself fails is lost, with a document that says so; nothing else is.
func TestAFaultIsTheEndOfOneDossier(t *testing.T) {
	text := func(id string) target {
		return target{path: "inkoop/" + id, name: id, text: &dossier.Dossier{ID: id, Documents: []dossier.Document{{Path: id + ".md"}}}}
	}
	judged := func(on string, also bool) judge {
		return func(_ context.Context, d dossier.Dossier, _ rules.Options) (result.Dossier, error) {
			if d.ID == on && (also || d.Documents[0].Problem == "") {
				panic("index out of range")
			}
			return result.Dossier{ID: d.ID, Documents: []result.Document{{Path: d.Documents[0].Path, Problem: d.Documents[0].Problem}}, Rows: make([]result.Row, 1)}, nil
		}
	}
	for _, tc := range []struct {
		name string
		j    judge
		rows int
	}{{"on its text", judged("b", false), 1}, {"whatever it holds", judged("b", true), 0}} {
		for _, id := range []string{"a", "b", "c"} {
			o := assessOne(t.Context(), tc.j, text(id), rules.Options{})
			if o.err != nil || o.dossier.ID != id {
				t.Fatalf("%s: %s: %q, %v", tc.name, id, o.dossier.ID, o.err)
			}
			lost := o.dossier.Documents[0].Problem == "toetsen is vastgelopen door een fout in inkooptoets; meld dit aan de makers"
			if lost != (id == "b") || (o.lost != "") != lost || (o.fault != nil) != lost {
				t.Errorf("%s: %s: document %+v, lost %q, fault %v", tc.name, id, o.dossier.Documents[0], o.lost, o.fault)
			}
			if lost && (len(o.dossier.Rows) != tc.rows || !strings.Contains(o.lost, "inkoop/b: ") || !strings.Contains(o.lost, "(panic: index out of range)")) {
				t.Errorf("%s: %d rows, lost %q", tc.name, len(o.dossier.Rows), o.lost)
			}
		}
	}
	fails := judge(func(context.Context, dossier.Dossier, rules.Options) (result.Dossier, error) {
		return result.Dossier{}, errors.New("index is closed")
	})
	if o := assessOne(t.Context(), fails, text("a"), rules.Options{}); o.err != nil || !strings.Contains(o.lost, "index is closed") {
		t.Errorf("lost %q, %v", o.lost, o.err)
	}
	var said strings.Builder
	tell(&said, []finished{{outcome: assessOne(t.Context(), judged("b", true), text("b"), rules.Options{})}}, 0)
	if !strings.Contains(said.String(), "inkooptoets: panic: index out of range\n") || !strings.Contains(said.String(), "batch_test.go:") {
		t.Errorf("-v does not tell where it happened:\n%s", said.String())
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if o := assessOne(ctx, fails, text("a"), rules.Options{}); !errors.Is(o.err, context.Canceled) {
		t.Errorf("interrupted: %v", o.err)
	}
}

// When the work as a whole cannot go on, the reason is told, and not that the others stopped because of it.
func TestTheReasonToStop(t *testing.T) {
	full := errors.New("vol")
	stopped := finished{outcome: outcome{err: fmt.Errorf("read: %w", context.Canceled)}}
	for _, tc := range []struct {
		done []finished
		want error
	}{
		{[]finished{{}, stopped, {outcome: outcome{err: full}}, stopped}, full},
		{[]finished{{outcome: outcome{err: full}}, stopped}, full},
		{[]finished{{}, stopped}, context.Canceled},
	} {
		b := &batch{parts: &parts{}, done: tc.done}
		if err := b.collect(work{}); !errors.Is(err, tc.want) {
			t.Errorf("got %v, want %v", err, tc.want)
		}
	}
}

// Everything is done once, by no more workers than asked for.
func TestAbreast(t *testing.T) {
	for _, jobs := range []int{0, 1, 3, 100} {
		done := make([]atomic.Int32, 20)
		var busy, most atomic.Int32
		last := -1
		abreast(len(done), jobs, func(i int) { last = i }, func(worker, i int) {
			if n := busy.Add(1); n > most.Load() {
				most.Store(n)
			}
			if worker < 0 || worker >= workers(len(done), jobs) {
				t.Errorf("worker %d", worker)
			}
			done[i].Add(1)
			busy.Add(-1)
		})
		for i := range done {
			if n := done[i].Load(); n != 1 {
				t.Errorf("%d jobs: thing %d was done %d times", jobs, i, n)
			}
		}
		if jobs > 0 && int(most.Load()) > jobs || last != len(done) {
			t.Errorf("%d jobs: %d at the same time, ended with %d", jobs, most.Load(), last)
		}
	}
	abreast(0, 2, func(int) {}, func(int, int) { t.Error("there was nothing to do") })
}

// What another moment or another machine could mend is not kept; everything else is.
func TestWhatIsKept(t *testing.T) {
	for _, tc := range []struct {
		name string
		doc  result.Document
		lost string
		ocr  bool
		want bool
	}{
		{"a document", result.Document{Path: "a.md"}, "", false, true},
		{"a damaged one", result.Document{Path: "a.pdf", Problem: "bestand is beschadigd; open het in het programma waarmee het is gemaakt en sla het opnieuw op"}, "", false, true},
		{"one that took too long", result.Document{Path: "a.pdf", Problem: "bestand lezen duurt te lang; splits het op, of geef het meer tijd met --extract-timeout"}, "", false, false},
		{"one without a program", result.Document{Path: "a.doc", Problem: "bestand heeft het oude Word-formaat (.doc); sla het in Word op als DOCX of PDF, of installeer antiword of catdoc"}, "", false, false},
		{"a scan", result.Document{Path: "a.pdf", Problem: "scan"}, "", false, true},
		{"a scan with programs that may come", result.Document{Path: "a.pdf", Problem: "scan"}, "", true, false},
		{"a lost dossier", result.Document{Path: "a.md"}, "weg", false, false},
	} {
		folder, _, err := cache.Open(t.TempDir(), false)
		if err != nil {
			t.Fatal(err)
		}
		c := &outcomeCache{folder: folder}
		key := strings.Repeat("0", 64)
		whole := result.Dossier{ID: "a", Documents: []result.Document{tc.doc}}
		c.keep(key, &finished{outcome: outcome{dossier: whole, lost: tc.lost}, brief: briefOf(whole)}, tc.ocr)
		if got := c.find(key); got.stored != tc.want || got.doubt != nil {
			t.Errorf("%s: kept %v, want %v (%v)", tc.name, got.stored, tc.want, got.doubt)
		}
	}
}

// The key of a dossier changes with everything that its outcome depends on.
func TestKey(t *testing.T) {
	folder, _, err := cache.Open(t.TempDir(), false)
	if err != nil {
		t.Fatal(err)
	}
	_, ev, err := rules.BuiltIn()
	if err != nil {
		t.Fatal(err)
	}
	path := t.TempDir() + "/eisen.md"
	if err := os.WriteFile(path, []byte("# Programma van eisen"), 0o600); err != nil {
		t.Fatal(err)
	}
	base := func() (*outcomeCache, *work, target) {
		return &outcomeCache{folder: folder, program: "a"}, &work{ev: ev, options: rules.Options{Date: "2026-11-21"}, reading: reading{timeout: time.Minute}}, target{path: path, name: "eisen"}
	}
	seen := map[string]string{}
	for _, tc := range []struct {
		name   string
		change func(c *outcomeCache, w *work, t *target)
	}{
		{"nothing", func(*outcomeCache, *work, *target) {}},
		{"program", func(c *outcomeCache, _ *work, _ *target) { c.program = "b" }},
		{"date", func(_ *outcomeCache, w *work, _ *target) { w.options.Date = "2026-11-22" }},
		{"passages", func(_ *outcomeCache, w *work, _ *target) { w.options.Nearest = 3 }},
		{"name", func(_ *outcomeCache, _ *work, t *target) { t.name = "anders" }},
		{"laws", func(_ *outcomeCache, _ *work, t *target) { t.given.Laws = []string{"wmo"} }},
		{"segments", func(_ *outcomeCache, _ *work, t *target) { t.given.Segments = []string{"wmo-2"} }},
		{"services", func(_ *outcomeCache, _ *work, t *target) { t.given.Services = []string{"verblijf"} }},
		{"procedure", func(_ *outcomeCache, _ *work, t *target) { t.given.Procedure = "subsidie" }},
		{"variant", func(_ *outcomeCache, _ *work, t *target) { t.given.Variant = "taakgericht" }},
		{"frameworks", func(_ *outcomeCache, _ *work, t *target) { t.given.Frameworks = []string{"none"} }},
		{"where laws come from", func(_ *outcomeCache, _ *work, t *target) {
			t.notes.from = map[string]string{"laws": "inkooptoets.yaml"}
		}},
		{"ocr", func(_ *outcomeCache, w *work, _ *target) { w.reading.ocr = true }},
		{"password", func(_ *outcomeCache, w *work, _ *target) { w.reading.password = "x" }},
		{"isolation", func(_ *outcomeCache, w *work, _ *target) { w.reading.isolate = "off" }},
		{"time", func(_ *outcomeCache, w *work, _ *target) { w.reading.timeout = time.Second }},
		{"memory", func(_ *outcomeCache, w *work, _ *target) { w.reading.memory = 64 }},
		{"text", func(*outcomeCache, *work, *target) { _ = os.WriteFile(path, []byte("# Programma van wensen"), 0o600) }},
	} {
		c, w, target := base()
		tc.change(c, w, &target)
		key, err := c.key(t.Context(), w, target)
		if err != nil || len(key) != 64 {
			t.Fatalf("%s: %q, %v", tc.name, key, err)
		}
		if other, ok := seen[key]; ok {
			t.Errorf("%s gives the key of %s", tc.name, other)
		}
		seen[key] = tc.name
	}
}
