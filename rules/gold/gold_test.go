package gold

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"inkooptoets/rules/result"
)

func TestParse(t *testing.T) {
	got, err := Parse("gold.yaml", []byte(`dossier: proef
profile: {laws: [wmo], procedure: subsidie}
requirements:
  - id: wmo-3.5-vog
    status: covered
    evidence: [{file: pve.docx, quote: "een VOG"}]
  - id: wmo-3.4-calamiteit
    status: [partial, mentioned]
    note: verkeerde toezichthouder
`))
	if err != nil {
		t.Fatal(err)
	}
	want := Gold{
		Dossier: "proef",
		Profile: Profile{Laws: []string{"wmo"}, Procedure: "subsidie"},
		Requirements: []Label{
			{ID: "wmo-3.5-vog", Status: Statuses{result.Covered}, Evidence: []Quote{{"pve.docx", "een VOG"}}, Line: 4},
			{ID: "wmo-3.4-calamiteit", Status: Statuses{result.Partial, result.Mentioned}, Note: "verkeerde toezichthouder", Line: 7},
		},
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

func TestParseJSON(t *testing.T) {
	got, err := Parse("gold.json", []byte(`{"dossier": "p1", "requirements": [{"id": "jw-4.1.1", "status": "missing", "evidence": [], "note": null}]}`))
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Requirements) != 1 || got.Requirements[0].Status[0] != result.Missing || got.Requirements[0].Line != 1 {
		t.Errorf("got %+v", got.Requirements)
	}
}

// A file that people edit must tell everything that is wrong with it, at once and with the line.
func TestParseFaults(t *testing.T) {
	for _, tc := range []struct {
		name, file string
		want       []string
	}{
		{"unknown status and unknown key", "dossier: d\nrequirements:\n  - id: a\n    status: gedekt\n    quote: x\n", []string{
			`gold.yaml:4: onbekende status "gedekt"`, `gold.yaml:5: onbekend veld "quote"`}},
		{"three statuses", "requirements:\n  - id: a\n    status: [covered, partial, missing]\n", []string{"gold.yaml:3: een of twee statussen verwacht, 3 gelezen"}},
		{"twice the same, one without status, empty quote", "requirements:\n  - {id: a, status: covered}\n  - {id: a, status: missing}\n  - id: b\n  - {id: c, status: covered, evidence: [{file: x.pdf}]}\n", []string{
			"gold.yaml:3: a: staat al op regel 2", "gold.yaml:4: b: geen status", "gold.yaml:5: c: bewijs zonder bestand of citaat"}},
		{"no labels", "dossier: d\n", []string{"gold.yaml:1: geen labels onder requirements"}},
		{"empty file", "", []string{"gold.yaml:1: geen labels onder requirements"}},
		{"not YAML", "a: [1\nb: 2\n", []string{"gold.yaml:"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			_, err := Parse("gold.yaml", []byte(tc.file))
			if err == nil {
				t.Fatal("no fault found")
			}
			for _, want := range tc.want {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("got:\n%v\nwant in it:\n%s", err, want)
				}
			}
		})
	}
}

func TestParsePassages(t *testing.T) {
	got, err := ParsePassages("goed.yaml", []byte("- id: p1\n  requirement: jw-4.1.1-hulp\n  status: covered\n  kop: Artikel 3\n  aanhef: 'De jeugdhulpaanbieder:'\n  tekst: biedt  goede\n    hulp\n  note: null\n"))
	if err != nil {
		t.Fatal(err)
	}
	want := "# Aanbestedingsdocument jeugdhulp (Jeugdwet)\n\n## Artikel 3\n\nDe jeugdhulpaanbieder:\n\n- biedt goede hulp\n"
	if d := cmp.Diff(want, got[0].Markdown()); d != "" {
		t.Error(d)
	}
	label := got[0].Gold().Requirements[0]
	if label.ID != "jw-4.1.1-hulp" || label.Text != "biedt goede hulp" || label.Line != 1 {
		t.Errorf("got %+v", label)
	}
}

func TestParsePassagesFaults(t *testing.T) {
	_, err := ParsePassages("fout.yaml", []byte("- {id: p1, requirement: a, status: covered, tekst: x}\n- {id: p1, requirement: a, status: covered, tekst: y}\n- {id: p2, requirement: a}\n"))
	for _, want := range []string{"fout.yaml:2: p1: staat al op regel 1", "fout.yaml:3: passage zonder id, requirement, status of tekst"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got:\n%v\nwant in it:\n%s", err, want)
		}
	}
	if _, err := ParsePassages("leeg.yaml", nil); err == nil {
		t.Error("an empty file is no list of passages, and must say so")
	}
}

func TestMarkdownSubsidyAndDefaults(t *testing.T) {
	p := Passage{Requirement: "wmo-3.5-vog", Text: "De subsidieontvanger vraagt een VOG."}
	want := "# Subsidieregeling maatschappelijke ondersteuning (Wmo 2015)\n\n## Eisen\n\nDe subsidieontvanger vraagt een VOG.\n"
	if d := cmp.Diff(want, p.Markdown()); d != "" {
		t.Error(d)
	}
}
