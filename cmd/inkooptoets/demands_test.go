package main

import (
	"math"
	"path/filepath"
	"testing"

	"inkooptoets/extract"
	"inkooptoets/rules"
)

// handCounts are the demands beyond the law that somebody counted in two labelled tenders without having seen the word lists: every item, row and sentence that
// binds the provider to something about the care.
var handCounts = map[string]int{"d01-vlietmonde": 56, "d06-oosterveen": 58}

// off is how far the count may be from that by hand.
const off = 0.10

func TestDemandsCountAsByHand(t *testing.T) {
	_, ev, err := rules.BuiltIn()
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range handCounts {
		paths, err := filepath.Glob("../../../shared/devset/" + name)
		if err != nil {
			t.Fatal(err)
		}
		if len(paths) == 0 {
			t.Skip("no labelled tenders beside the checkout")
		}
		d, err := extract.Read(t.Context(), paths[0], extract.Options{})
		if err != nil {
			t.Fatal(err)
		}
		res, err := ev.Evaluate(t.Context(), d, rules.Options{Date: "2026-11-22"})
		if err != nil {
			t.Fatal(err)
		}
		got := len(res.Demands)
		t.Logf("%s: %d demands, %d by hand", name, got, want)
		if math.Abs(float64(got-want)) > off*float64(want) {
			t.Errorf("%s: %d demands, %d by hand", name, got, want)
		}
	}
}
