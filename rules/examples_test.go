package rules

import (
	"sync"
	"testing"

	"inkooptoets/seeds"
)

// fromSources loads the built-in catalogue and recognisers, once for all tests: they only read it.
var fromSources = sync.OnceValues(func() (*Evaluator, error) {
	c, err := seeds.Load()
	if err != nil {
		return nil, err
	}
	return Load(c)
})

func evaluator(t testing.TB) *Evaluator {
	t.Helper()
	ev, err := fromSources()
	if err != nil {
		t.Fatal(err)
	}
	return ev
}

// TestExamples runs every example of every recogniser through the evaluator: the folder defs is the specification.
func TestExamples(t *testing.T) {
	ev := evaluator(t)
	for _, r := range ev.Requirements() {
		t.Run(r.ID, func(t *testing.T) {
			results, err := ev.RunExamples(t.Context(), r.ID)
			if err != nil {
				t.Fatal(err)
			}
			for _, x := range results {
				if !x.OK() {
					t.Errorf("%s:%d: got %s, want %s\n%s\n%s", x.File, x.Line, x.Got, x.Want, x.Text, x.Why)
				}
			}
		})
	}
}

func TestLint(t *testing.T) {
	for _, f := range evaluator(t).Lint() {
		t.Error(f)
	}
}
