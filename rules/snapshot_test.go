package rules

import (
	"flag"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"inkooptoets/rules/result"
	"inkooptoets/seeds"
)

// TestSnapshotJudgesAlike: an evaluator that was stored and read back gives the very rows of the one it was made from, on the examples of every requirement.
func TestSnapshotJudgesAlike(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long")
	}
	c, err := seeds.Load()
	if err != nil {
		t.Fatal(err)
	}
	whole, err := Load(c)
	if err != nil {
		t.Fatal(err)
	}
	data, err := takeSnapshot(c, whole)
	if err != nil {
		t.Fatal(err)
	}
	c2, stored, err := restore(data)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(c.Requirements, c2.Requirements); diff != "" {
		t.Errorf("requirements (-sources +snapshot):\n%s", diff)
	}
	if got, want := stored.Fingerprint(), whole.Fingerprint(); got != want {
		t.Errorf("fingerprint %s, want %s", got, want)
	}
	o := Options{Laws: seeds.Laws(), Procedure: "aanbesteding", Frameworks: []string{"all"}, Nearest: 1, targets: seeds.Targets(), Date: "2026-11-22"}
	for _, text := range exampleTender(whole) {
		want := judgeAll(t, whole, text, o)
		if diff := cmp.Diff(want, judgeAll(t, stored, text, o)); diff != "" {
			t.Fatalf("rows (-sources +snapshot):\n%s", diff)
		}
	}
}

// exampleTender joins the first examples of every requirement to a few long tenders.
func exampleTender(ev *Evaluator) []string {
	parts := make([]strings.Builder, 4)
	for _, c := range ev.compiled {
		for i, list := range [][]string{c.rec.Examples.Covered, c.rec.Examples.Partial, c.rec.Examples.Contradicted, c.rec.Examples.Missing} {
			if len(list) > 0 {
				parts[i].WriteString("# Eisen\n\n" + list[0] + "\n\n")
			}
		}
	}
	var out []string
	for i := range parts {
		out = append(out, parts[i].String())
	}
	return out
}

func judgeAll(t *testing.T, ev *Evaluator, text string, o Options) result.Dossier {
	t.Helper()
	d, err := ev.Evaluate(t.Context(), ExampleDossier(text), o)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

var update = flag.Bool("update", false, "write the golden files and the snapshot anew; read the difference before you commit")

// TestSnapshotIsCurrent: what is kept is made from the sources as they are. Without it everything works, only slower.
func TestSnapshotIsCurrent(t *testing.T) {
	c, err := seeds.Load()
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		ev, err := Load(c)
		if err != nil {
			t.Fatal(err)
		}
		data, err := takeSnapshot(c, ev)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile("snapshot.bin", data, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if _, _, err := restore(builtSnapshot); err != nil {
		t.Errorf("%v; run: make generate", err)
	}
}

func TestRestoreRefuses(t *testing.T) {
	want, err := builtFingerprint()
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string]string{"nothing": "", "another catalogue": "000000000000-00000000rest", "damaged": want + "\x05rest"} {
		if _, _, err := restore([]byte(data)); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

// BenchmarkStart is the start-up of every command that judges.
func BenchmarkStart(b *testing.B) {
	c, err := seeds.Load()
	if err != nil {
		b.Fatal(err)
	}
	ev, err := Load(c)
	if err != nil {
		b.Fatal(err)
	}
	data, err := takeSnapshot(c, ev)
	if err != nil {
		b.Fatal(err)
	}
	b.Run("snapshot", func(b *testing.B) {
		for b.Loop() {
			if _, _, err := restore(data); err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(float64(len(data))/1e6, "MB")
	})
	b.Run("sources", func(b *testing.B) {
		for b.Loop() {
			c, err := seeds.Load()
			if err != nil {
				b.Fatal(err)
			}
			if _, err := Load(c); err != nil {
				b.Fatal(err)
			}
		}
	})
}
