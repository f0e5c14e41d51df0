package rules

import (
	"testing"

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
