package rules

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"inkooptoets/rules/result"
	"inkooptoets/seeds"
)

// TestOverlap holds, per requirement, which other requirements its covered examples cover as well. A recogniser that hits too much shows as new lines in the
// golden file, to be read before they are accepted.
func TestOverlap(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long")
	}
	ev := evaluator(t)
	var b strings.Builder
	for _, c := range ev.compiled {
		hits := map[string]int{}
		for _, text := range c.rec.Examples.Covered {
			for _, id := range coveredBy(t, ev, c, text) {
				hits[id]++
			}
		}
		var others []string
		for _, o := range ev.compiled {
			if n := hits[o.req.ID]; n > 0 && o != c {
				others = append(others, fmt.Sprintf("%s %d", o.req.ID, n))
			}
		}
		if len(others) > 0 {
			fmt.Fprintf(&b, "%s (%d): %s\n", c.req.ID, len(c.rec.Examples.Covered), strings.Join(others, ", "))
		}
	}
	name := filepath.Join("testdata", "overlap.txt")
	if *update {
		if err := os.WriteFile(name, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(b.String(), "\n")); diff != "" {
		t.Errorf("examples that cover other requirements (-want +got); if the new ones are right: go test ./rules -run Overlap -update\n%s", diff)
	}
}

// coveredBy lists the requirements that a text covers, whatever the law: an example stands for a sentence that any tender could hold.
func coveredBy(t *testing.T, ev *Evaluator, c *compiled, text string) []string {
	t.Helper()
	o := allFrameworks(c.req)
	o.Laws, o.Services, o.Segments = seeds.Laws(), seeds.Services(), nil
	for _, s := range ev.catalogue.Segments {
		o.Segments = append(o.Segments, s.ID)
	}
	d, err := ev.Evaluate(t.Context(), ExampleDossier(text), o)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, r := range d.Rows {
		if r.Status == result.Covered {
			out = append(out, r.Requirement)
		}
	}
	return out
}
