package review

import (
	"os"
	"strings"
	"sync"
	"testing"

	"inkooptoets/extract/dossier"
	"inkooptoets/rules/result"
	"inkooptoets/seeds"
)

var built = sync.OnceValues(func() (*Reviewer, error) {
	c, err := seeds.Load()
	if err != nil {
		return nil, err
	}
	return New(c)
})

func reviewer(t testing.TB) *Reviewer {
	t.Helper()
	r, err := built()
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// draft makes a tender of one file with a block per text.
func draft(texts ...string) dossier.Dossier {
	return dossier.Dossier{Documents: []dossier.Document{{Path: "eisen.md", Blocks: dossier.Outline("eisen.md", dossier.ParseText(strings.Join(texts, "\n\n")))}}}
}

// findings gives those of a review alone.
func findings(r *Reviewer, d dossier.Dossier, o Options) []result.Finding {
	return r.Review(d, o).Findings
}

// only keeps the findings of one check.
func only(id string, list []result.Finding) []result.Finding {
	var out []result.Finding
	for _, f := range list {
		if f.ID == id {
			out = append(out, f)
		}
	}
	return out
}

// Every kind of finding in the catalogue has a check that gives it, and the other way round.
func TestChecksAndCatalogueAgree(t *testing.T) {
	r := reviewer(t)
	given := map[string]bool{}
	for _, c := range checks {
		for _, id := range c.ids {
			given[id] = true
			if _, ok := r.kinds[id]; !ok {
				t.Errorf("check %s is not in findings.yaml", id)
			}
		}
	}
	for id := range r.kinds {
		if !given[id] {
			t.Errorf("no check gives %s", id)
		}
	}
}

func TestFindingsHaveAPlaceAndComeInOrder(t *testing.T) {
	d := draft("Meld het bij de IGZ en bij het AMK.", "De Wbp geldt.")
	d.Documents = append(d.Documents, dossier.Document{Path: "a.md", Blocks: dossier.Outline("a.md", dossier.ParseText("De Wbp geldt."))})
	var got []string
	for _, f := range findings(reviewer(t), d, Options{}) {
		if f.Severity == "" || f.Quote == "" {
			t.Errorf("finding without severity or text: %+v", f)
		}
		got = append(got, f.File+" "+f.Quote[f.Start:f.End])
	}
	if g, want := strings.Join(got, ", "), "a.md Wbp, eisen.md IGZ, eisen.md AMK, eisen.md Wbp"; g != want {
		t.Errorf("got %s, want %s", g, want)
	}
}

// A phrase that cannot be read is reported with file and line, all of them at once.
func TestFaultyPhrases(t *testing.T) {
	c := &seeds.Catalogue{Outdated: seeds.Outdated{History: []string{"(voorheen"}, Names: []seeds.OldName{{ID: "x", Patterns: []string{"a*"}, File: "outdated.yaml", Line: 7}}}}
	_, err := New(c)
	for _, want := range []string{"outdated.yaml: history", `outdated.yaml:7: name "x"`} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want in it %s", err, want)
		}
	}
}

func readFile(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// BenchmarkNew is what every start of the program pays for these checks.
func BenchmarkNew(b *testing.B) {
	c, err := seeds.Load()
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := New(c); err != nil {
			b.Fatal(err)
		}
	}
}
