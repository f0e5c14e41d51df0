package policy

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"inkooptoets/rules/result"
)

func runOf(rows ...result.Row) result.Run {
	return result.Run{Catalogue: "abc", Date: "2026-11-21", Dossiers: []result.Dossier{{ID: "a", Rows: rows}}}
}

func TestBaselineKnowsItsGaps(t *testing.T) {
	then := runOf(
		result.Row{Requirement: "same", Status: result.Missing}, result.Row{Requirement: "better", Status: result.Contradicted},
		result.Row{Requirement: "worse", Status: result.Partial}, result.Row{Requirement: "fine", Status: result.Covered},
		result.Row{Requirement: "waived", Status: result.Missing, Waived: &result.Waiver{}}, result.Row{Requirement: "solved", Status: result.Missing},
	)
	b, err := TakeBaseline(then)
	if err != nil {
		t.Fatal(err)
	}
	var stored bytes.Buffer
	if err := b.Encode(&stored); err != nil {
		t.Fatal(err)
	}
	if b, err = DecodeBaseline(&stored); err != nil {
		t.Fatal(err)
	}
	now := runOf(
		result.Row{Requirement: "same", Status: result.Missing}, result.Row{Requirement: "better", Status: result.Mentioned},
		result.Row{Requirement: "worse", Status: result.Missing}, result.Row{Requirement: "fine", Status: result.Partial},
		result.Row{Requirement: "waived", Status: result.Missing}, result.Row{Requirement: "solved", Status: result.Covered},
	)
	now.Dossiers = append(now.Dossiers, result.Dossier{ID: "b", Rows: []result.Row{{Requirement: "same", Status: result.Missing}}})
	got := b.Mark(now)
	known := map[string]bool{}
	for _, d := range got.Dossiers {
		for _, r := range d.Rows {
			known[d.ID+" "+r.Requirement] = r.Known
		}
	}
	want := map[string]bool{"a same": true, "a better": true, "a worse": false, "a fine": false, "a waived": false, "a solved": false, "b same": false}
	if diff := cmp.Diff(want, known); diff != "" {
		t.Errorf("known gaps (-want +got):\n%s", diff)
	}
	if got := got.Dossiers[0].Rows[0].Note; got != "Dit gat stond al in de nulmeting van 2026-11-21." {
		t.Errorf("note %q", got)
	}
	if now.Dossiers[0].Rows[0].Known {
		t.Error("the run that was given changed")
	}
}

func TestBaselineRefuses(t *testing.T) {
	twice := runOf()
	twice.Dossiers = append(twice.Dossiers, result.Dossier{ID: "a"})
	if _, err := TakeBaseline(twice); !errors.Is(err, ErrTwice) {
		t.Errorf("two dossiers called a: got %v", err)
	}
	for _, in := range []string{"", "geen json", "[]", `{"schemaVersion": "1.0", "dossiers": []}`, `{"baselineVersion": "2.0"}`} {
		if _, err := DecodeBaseline(strings.NewReader(in)); !errors.Is(err, ErrForm) {
			t.Errorf("%q: got %v", in, err)
		}
	}
}
