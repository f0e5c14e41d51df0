package rules

import (
	"strings"
	"testing"

	"inkooptoets/rules/result"
)

// rowsOf judges a text with every framework chosen and gives the rows by requirement.
func rowsOf(t *testing.T, ev *Evaluator, text string, o Options) map[string]result.Row {
	t.Helper()
	d, err := ev.Evaluate(t.Context(), ExampleDossier(text), o)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]result.Row{}
	for _, r := range d.Rows {
		out[r.Requirement] = r
	}
	return out
}

// TestAdoption: what it takes to make a framework binding by its name, and what stays out.
func TestAdoption(t *testing.T) {
	ev := evaluator(t)
	o := Options{Laws: []string{"jeugdwet"}, Procedure: "aanbesteding", Frameworks: []string{"all"}}
	for _, tc := range []struct {
		name, text string
		in, out    []string // criteria that are referenced, and that are not
	}{
		{"works by it", "Opdrachtnemer werkt volgens het JIJ-kader.", []string{"k08-01", "k08-14"}, []string{"k10-01"}},
		{"applies", "Op deze overeenkomst is het JIJ-kader (2021) van toepassing.", []string{"k08-01", "k08-09"}, nil},
		{"table row", "| Nr | Eis |\n|---|---|\n| 4 | Aanbieder voldoet aan het JIJ-kader van de IGJ. |", []string{"k08-03"}, nil},
		{"lead-in", "Opdrachtnemer voldoet aan:\n\n- het JIJ-kader;\n- de eigen klachtenregeling.", []string{"k08-03"}, nil},
		{"wish", "Bij voorkeur werkt Opdrachtnemer volgens het JIJ-kader.", nil, []string{"k08-01"}},
		{"question", "Beschrijf hoe u voldoet aan het JIJ-kader.", nil, []string{"k08-01"}},
		{"background", "# Inleiding\n\nOpdrachtnemer werkt volgens het JIJ-kader.", nil, []string{"k08-01"}},
		{"a fact about it", "Het JIJ-kader is in 2021 door de inspectie gepubliceerd.", nil, []string{"k08-01"}},
		{"the municipality's duty", "De gemeente werkt volgens het JIJ-kader.", nil, []string{"k08-01"}},
		{"denied", "Het JIJ-kader is niet van toepassing.", nil, []string{"k08-01"}},
		{"numbers", "Van het Kwaliteitslabel Sociaal Werk zijn de normen V1 tot en met V3 en D2 van toepassing.", []string{"k09-v01", "k09-v03", "k09-d02"}, []string{"k09-v04", "k09-o01"}},
		{"numbers before the name", "Opdrachtnemer voldoet aan de eisen 3, 5 en 6 uit Werken aan veiligheid voor lokale (wijk)teams en gemeenten.", []string{"k02-03", "k02-06"}, []string{"k02-04", "k02-07"}},
		{"numbers taken out", "Opdrachtnemer werkt volgens Werken aan veiligheid voor lokale (wijk)teams en gemeenten, met uitzondering van de eisen 3 en 4.", []string{"k02-06", "k02-07"}, []string{"k02-03", "k02-04"}},
		{"an element", "Opdrachtnemer voldoet aan het onderdeel vakmanschap uit het JIJ-kader.", []string{"k08-06"}, []string{"k08-01", "k08-14"}},
		{"an element taken out", "Opdrachtnemer voldoet aan het JIJ-kader, behalve de eisen voor de organisatie.", []string{"k08-01", "k08-06"}, []string{"k08-14"}},
		{"demands on top", "Opdrachtnemer voldoet aan de normen V1 en V2 van het Kwaliteitslabel Sociaal Werk, aangevuld met norm O3.", []string{"k09-v01"}, []string{"k09-o03", "k09-v03"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			rows := rowsOf(t, ev, tc.text, o)
			for _, id := range tc.in {
				if got := rows[id].Status; got != result.Referenced && got != result.NotApplicable {
					t.Errorf("%s: %s, want referenced (%s)", id, got, rows[id].Reason)
				}
			}
			for _, id := range tc.out {
				if got := rows[id].Status; got == result.Referenced || got == result.Covered {
					t.Errorf("%s: %s, want no reference", id, got)
				}
			}
		})
	}
}

// TestReplaced: a framework that was replaced still counts, with a note that names its successor, from the day it was replaced.
func TestReplaced(t *testing.T) {
	ev := evaluator(t)
	const text = "Het lokale team werkt volgens Werken aan veiligheid voor lokale (wijk)teams en gemeenten."
	o := Options{Laws: []string{"jeugdwet"}, Procedure: "subsidie", Frameworks: []string{"k02"}, targets: []string{"overgedragen-door-veilig-thuis"}, Date: "2026-11-22"}
	r := rowsOf(t, ev, text, o)["k02-04"]
	if r.Status != result.Referenced || !strings.Contains(r.Note, "Leidraad Werken aan veiligheid") {
		t.Errorf("%s with note %q, want referenced with the successor", r.Status, r.Note)
	}
	o.Date = "2022-06-01"
	if r := rowsOf(t, ev, text, o)["k02-04"]; r.Note != "" {
		t.Errorf("note %q before it was replaced", r.Note)
	}
}

// TestChoice: which frameworks are judged, and why.
func TestChoice(t *testing.T) {
	ev := evaluator(t)
	for _, tc := range []struct {
		name, text string
		o          Options
		in, out    []string
	}{
		{"by law", "Opdrachtnemer levert ambulante jeugdhulp aan jeugdigen.", Options{Laws: []string{"jeugdwet"}}, []string{"k08", "k10"}, []string{"k06", "k05"}},
		{"by segment", "Opdrachtnemer begeleidt bewoners.", Options{Laws: []string{"wmo"}, Segments: []string{"wmo-1a"}}, []string{"k05", "k06"}, []string{"k08"}},
		{"named", "Opdrachtnemer werkt volgens het JIJ-kader.", Options{Laws: []string{"wmo"}}, []string{"k08"}, nil},
		{"asked for", "Opdrachtnemer levert jeugdhulp.", Options{Laws: []string{"jeugdwet"}, Frameworks: []string{"k06"}}, []string{"k06"}, []string{"k08"}},
		{"none", "Opdrachtnemer levert jeugdhulp.", Options{Laws: []string{"jeugdwet"}, Frameworks: []string{"none"}}, nil, []string{"k08"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			d, err := ev.Evaluate(t.Context(), ExampleDossier(tc.text), tc.o)
			if err != nil {
				t.Fatal(err)
			}
			judged := map[string]bool{}
			for _, r := range d.Rows {
				judged[r.Source] = true
			}
			for _, a := range d.Profile.Frameworks {
				if (a.Answer == "yes") != judged[a.Value] || a.Reason == "" {
					t.Errorf("%s: answer %s with reason %q, rows: %v", a.Value, a.Answer, a.Reason, judged[a.Value])
				}
			}
			for _, id := range tc.in {
				if !judged[id] {
					t.Errorf("%s is not judged", id)
				}
			}
			for _, id := range tc.out {
				if judged[id] {
					t.Errorf("%s is judged", id)
				}
			}
		})
	}
}
