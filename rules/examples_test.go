package rules

import (
	"testing"

	"inkooptoets/seeds"
)

// evaluator loads the built-in catalogue and recognisers.
func evaluator(t testing.TB) *Evaluator {
	t.Helper()
	c, err := seeds.Load()
	if err != nil {
		t.Fatal(err)
	}
	ev, err := Load(c)
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
