package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"inkooptoets/extract"
	"inkooptoets/rules"
	"inkooptoets/rules/gold"
	"inkooptoets/rules/result"
)

// audited is what a second reading said of one criterion (see testdata/audited.yaml).
type audited struct {
	Status  string   `yaml:"status"`
	Covered []string `yaml:"covered"`
	Open    []string `yaml:"open"`
}

// auditCount counts how verdicts fare with the second reading.
type auditCount struct {
	wrong, arguable, right   int // criteria called covered
	falseAspects, trueCalled int // aspects called covered
	missed                   int // aspects that are covered and not called so
}

// TestAudited holds how many criteria and aspects of frameworks are called covered in whole dossiers and are not. Passages that were written to a criterion do not show it: they
// say how often what is asked is seen, not how often what is not asked is seen too. The bounds only go down, but for missed, of which every one costs a reader's time and no more.
func TestAudited(t *testing.T) {
	for name, most := range map[string]auditCount{
		"mended": {wrong: 0, falseAspects: 8, missed: 14},
		"apart":  {wrong: 8, falseAspects: 10, missed: 34},
	} {
		t.Run(name, func(t *testing.T) {
			var got auditCount
			if !eachAudited(t, name, got.add) {
				t.Skip("no dossiers beside the checkout")
			}
			t.Logf("criteria called covered: %d right, %d arguable, %d wrong; aspects: %d right, %d wrong; %d aspects missed", got.right, got.arguable, got.wrong, got.trueCalled, got.falseAspects, got.missed)
			if got.wrong > most.wrong || got.falseAspects > most.falseAspects || got.missed > most.missed {
				t.Errorf("got %+v, at most %+v", got, most)
			}
		})
	}
}

// auditedVerdicts counts per status how often the second reading, where it was sure, said the same, in the dossiers on which nothing was mended; nil without the dossiers.
func auditedVerdicts(t *testing.T) map[result.Status]gold.Share {
	t.Helper()
	out := map[result.Status]gold.Share{}
	if !eachAudited(t, "apart", func(row result.Row, a audited) {
		if a.Status == "arguable" {
			return
		}
		n := out[row.Status]
		n.Of++
		if string(row.Status) == a.Status {
			n.Part++
		}
		out[row.Status] = n
	}) {
		return nil
	}
	return out
}

// eachAudited judges the dossiers of one group and calls do for every criterion that was read; it reports whether the dossiers are there.
func eachAudited(t *testing.T, group string, do func(result.Row, audited)) bool {
	t.Helper()
	data, err := os.ReadFile("../../testdata/audited.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var groups map[string]map[string]map[string]audited
	if err := yaml.Unmarshal(data, &groups); err != nil {
		t.Fatal(err)
	}
	_, ev, err := rules.BuiltIn()
	if err != nil {
		t.Fatal(err)
	}
	if len(groups[group]) == 0 {
		t.Fatalf("audited.yaml: no dossiers %s", group)
	}
	for name, criteria := range groups[group] {
		path := filepath.Join("../../../shared/devset", name)
		if _, err := os.Stat(path); err != nil {
			return false
		}
		d, err := extract.Read(t.Context(), path, extract.Options{})
		if err != nil {
			t.Fatal(err)
		}
		out, err := ev.Evaluate(t.Context(), d, rules.Options{Date: "2026-11-22", Frameworks: []string{"all"}})
		if err != nil {
			t.Fatal(err)
		}
		seen := 0
		for _, row := range out.Rows {
			if a, ok := criteria[row.Requirement]; ok {
				seen++
				do(row, a)
			}
		}
		if seen != len(criteria) {
			t.Errorf("%s: %d of %d criteria judged", name, seen, len(criteria))
		}
	}
	return true
}

func (n *auditCount) add(row result.Row, a audited) {
	switch {
	case row.Status != result.Covered:
	case a.Status == "covered":
		n.right++
	case a.Status == "arguable":
		n.arguable++
	default:
		n.wrong++
	}
	for _, asp := range row.Aspects {
		letter := strings.TrimPrefix(asp.ID, row.Requirement+".")
		called := asp.Status == result.Covered || asp.Status == result.Referenced
		switch {
		case slices.Contains(a.Open, letter) && called:
			n.falseAspects++
		case slices.Contains(a.Covered, letter) && called:
			n.trueCalled++
		case slices.Contains(a.Covered, letter):
			n.missed++
		}
	}
}
