package rules

import (
	"testing"

	"inkooptoets/extract/dossier"
	"inkooptoets/rules/result"
	"inkooptoets/seeds"
)

const ownCriterion = `- requirement: k01-01
  subject: [rondleiding*]
  all: [[rondleiding*]]
  aspects:
    a: {all: [[keuken], [laat/laten]]}
    b: {all: [[tuin], [laat/laten]]}
    c: {all: [[zolder], [laat/laten]]}
    d: {all: [[kelder], [laat/laten]]}
`

// TestLeftOver holds when the last aspect of a criterion of a framework may be taken from half of its words.
func TestLeftOver(t *testing.T) {
	c, fsys := small(t, map[string]string{"own.yaml": ownCriterion})
	var aspects []seeds.Aspect
	for _, id := range []string{"a", "b", "c", "d"} {
		aspects = append(aspects, seeds.Aspect{ID: id, Text: id, Core: true})
	}
	c.Requirements = []seeds.Requirement{{ID: "k01-01", Source: "k01", Element: "dienstverlening", Party: "provider", Duty: "framework", Title: "Rondleiding", Text: "Rondleiding", Aspects: aspects}}
	ev, err := LoadFS(c, fsys)
	if err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct {
		name, text string
		want       result.Status
	}{
		{"all four", "Opdrachtnemer geeft een rondleiding en laat de keuken, de tuin, de zolder en de kelder zien.", result.Covered},
		{"three and nothing of the fourth", "Opdrachtnemer geeft een rondleiding en laat de keuken, de tuin en de zolder zien.", result.Partial},
		{"three and half of the fourth", "Opdrachtnemer geeft een rondleiding en laat de keuken, de tuin en de zolder zien. Opdrachtnemer opent daarbij ook de kelder.", result.Covered},
		{"two and half of the third", "Opdrachtnemer geeft een rondleiding en laat de keuken en de tuin zien. Opdrachtnemer opent daarbij ook de kelder.", result.Partial},
		{"the half is denied", "Opdrachtnemer geeft een rondleiding en laat de keuken, de tuin en de zolder zien. De kelder hoeft Opdrachtnemer niet te openen.", result.Partial},
		{"the half is a wish", "Opdrachtnemer geeft een rondleiding en laat de keuken, de tuin en de zolder zien. Bij voorkeur opent Opdrachtnemer ook de kelder.", result.Partial},
	} {
		t.Run(tc.name, func(t *testing.T) {
			d, err := ev.Evaluate(t.Context(), ExampleDossier(tc.text), Options{Laws: []string{"wmo"}, Frameworks: []string{"all"}})
			if err != nil {
				t.Fatal(err)
			}
			if len(d.Rows) != 1 || d.Rows[0].Status != tc.want {
				t.Errorf("got %+v, want %s", d.Rows, tc.want)
			}
		})
	}
}

// apartCriterion has two aspects that stand alone: a whole dossier is searched for them.
const apartCriterion = `
- requirement: k01-01
  subject: [rondleiding]
  all:
    - [rondleiding]
  aspects:
    a:
      scope: dossier
      all:
        - [sleutel]
        - [kapstok]
      covered: [De sleutel hangt aan de kapstok.]
    b:
      scope: dossier
      all:
        - [koffie]
        - [thee]
      covered: [Er is koffie en thee.]
`

// apartEvaluator knows apartCriterion, which is all the catalogue has.
func apartEvaluator(t *testing.T) *Evaluator {
	t.Helper()
	c, fsys := small(t, map[string]string{"own.yaml": apartCriterion})
	aspects := []seeds.Aspect{{ID: "a", Text: "a", Core: true}, {ID: "b", Text: "b", Core: true}}
	c.Requirements = []seeds.Requirement{{ID: "k01-01", Source: "k01", Element: "dienstverlening", Party: "provider", Duty: "framework", Title: "Rondleiding", Text: "Rondleiding", Aspects: aspects}}
	ev, err := LoadFS(c, fsys)
	if err != nil {
		t.Fatal(err)
	}
	return ev
}

// TestNear: the words of an aspect that stands alone meet within two sentences, or anywhere in a passage that names the subject.
func TestNear(t *testing.T) {
	ev := apartEvaluator(t)
	const far = "Opdrachtnemer bewaart de sleutel. De gang is schoon. Opdrachtnemer hangt jassen aan de kapstok. "
	for _, tc := range []struct {
		name, text string
		want       result.Status
	}{
		{"one sentence", "Opdrachtnemer hangt de sleutel aan de kapstok.", result.Partial},
		{"two sentences", "Opdrachtnemer bewaart de sleutel. Opdrachtnemer hangt hem aan de kapstok.", result.Partial},
		{"a sentence between them", far, result.Missing},
		{"the subject beside them", far + "Opdrachtnemer geeft een rondleiding.", result.Partial},
	} {
		t.Run(tc.name, func(t *testing.T) {
			d, err := ev.Evaluate(t.Context(), ExampleDossier(tc.text), Options{Laws: []string{"wmo"}, Frameworks: []string{"all"}})
			if err != nil {
				t.Fatal(err)
			}
			if len(d.Rows) != 1 || d.Rows[0].Status != tc.want {
				t.Errorf("got %+v, want %s", d.Rows, tc.want)
			}
		})
	}
}

// TestAside: what the guide to a tender tells meets no criterion of a framework, where the tender lays down its demands elsewhere.
func TestAside(t *testing.T) {
	ev := apartEvaluator(t)
	const told = "In het buurthuis is altijd koffie en thee."
	for _, tc := range []struct {
		name, guide, contract string
		want                  result.Status
	}{
		{"told in the guide", told, "Opdrachtnemer levert facturen.", result.Missing}, // an aspect that is only told of does not mention its criterion
		{"asked in the guide", "Opdrachtnemer schenkt koffie en thee.", "Opdrachtnemer levert facturen.", result.Partial},
		{"told in the contract", "Inleidende woorden.", told, result.Partial},
		{"a guide and nothing else", told, "", result.Partial},
	} {
		t.Run(tc.name, func(t *testing.T) {
			d := dossier.Dossier{Documents: []dossier.Document{{Path: "leidraad.md", Role: "leidraad", Blocks: dossier.Outline("leidraad.md", dossier.ParseText("# De buurt\n\n"+tc.guide))}}}
			if tc.contract != "" {
				text := "# Overeenkomst\n\n" + tc.contract
				d.Documents = append(d.Documents, dossier.Document{Path: "overeenkomst.md", Role: "overeenkomst", Blocks: dossier.Outline("overeenkomst.md", dossier.ParseText(text))})
			}
			got, err := ev.Evaluate(t.Context(), d, Options{Laws: []string{"wmo"}, Frameworks: []string{"all"}})
			if err != nil {
				t.Fatal(err)
			}
			if len(got.Rows) != 1 || got.Rows[0].Status != tc.want {
				t.Errorf("got %+v, want %s", got.Rows, tc.want)
			}
		})
	}
}
