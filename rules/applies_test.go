package rules

import (
	"fmt"
	"strings"
	"testing"

	"inkooptoets/extract/dossier"
	"inkooptoets/rules/result"
	"inkooptoets/seeds"
)

func textDossier(text string) dossier.Dossier {
	return dossier.Dossier{ID: "t", Documents: []dossier.Document{{Path: "t.md", Format: "text", Blocks: dossier.Outline("t.md", dossier.ParseText(text))}}}
}

func answers(list []result.Assumed, want string) map[string]bool {
	out := map[string]bool{}
	for _, a := range list {
		if a.Answer == want {
			out[a.Value] = true
		}
	}
	return out
}

func TestProfile(t *testing.T) {
	ev := evaluator(t)
	for _, tc := range []struct {
		name, text string
		laws       []string
		procedure  string
		services   []string
	}{
		{"one law, the other in passing", "# Aanbestedingsleidraad begeleiding Wmo 2015\n\nInschrijver leest dit stuk.\n\n## Opdracht\n\nHet gaat om begeleiding en dagbesteding als maatwerkvoorziening.\n\nOpdrachtnemer stemt af met de jeugdhulp in het gezin.",
			[]string{"wmo"}, "aanbesteding", nil},
		{"two laws in a lot table", "# Aanbestedingsdocument sociaal domein\n\n## Percelen\n\n| Perceel | Omschrijving |\n|---|---|\n| 1 | Begeleiding en dagbesteding (Wmo) |\n| 2 | Ambulante jeugdhulp |\n| 3 | Pleegzorg |\n\n## Jeugdigen\n\nDe jeugdhulp is er voor jeugdigen. Jeugdhulp is dichtbij.\n\n## Volwassenen\n\nDe Wmo geldt.",
			[]string{"wmo", "jeugdwet"}, "aanbesteding", []string{"pleegzorg"}},
		{"subsidy", "# Subsidieregeling maatschappelijke ondersteuning\n\nDe subsidieontvanger voert de activiteiten uit. De subsidie wordt jaarlijks verleend.",
			[]string{"wmo"}, "subsidie", nil},
		{"nothing known", "# Stuk\n\nEen tekst over wegen.", nil, "", nil},
	} {
		t.Run(tc.name, func(t *testing.T) {
			d, err := ev.Evaluate(t.Context(), textDossier(tc.text), Options{})
			if err != nil {
				t.Fatal(err)
			}
			laws, services := answers(d.Profile.Laws, "yes"), answers(d.Profile.Services, "yes")
			if len(laws) != len(tc.laws) {
				t.Errorf("laws: got %v, want %v", laws, tc.laws)
			}
			for _, l := range tc.laws {
				if !laws[l] {
					t.Errorf("law %s not seen: %+v", l, d.Profile.Laws)
				}
			}
			for _, s := range tc.services {
				if !services[s] {
					t.Errorf("service %s not seen: %+v", s, d.Profile.Services)
				}
			}
			if d.Profile.Procedure.Value != tc.procedure {
				t.Errorf("procedure: got %q, want %q", d.Profile.Procedure.Value, tc.procedure)
			}
		})
	}
}

func TestGivenProfileGoesBeforeTheText(t *testing.T) {
	d, err := evaluator(t).Evaluate(t.Context(), textDossier("# Aanbesteding jeugdhulp\n\nDe Jeugdwet geldt voor jeugdigen."), Options{Laws: []string{"wmo"}, Procedure: "subsidie", Services: []string{"vervoer"}})
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range d.Profile.Laws {
		if a.Given != (a.Value == "wmo") || (a.Answer == "yes") != (a.Value == "wmo") {
			t.Errorf("law %+v", a)
		}
	}
	if p := d.Profile.Procedure; p.Value != "subsidie" || !p.Given {
		t.Errorf("procedure %+v", p)
	}
}

func TestInForce(t *testing.T) {
	for _, tc := range []struct {
		name  string
		req   seeds.Requirement
		date  string
		want  answer
		known string
	}{
		{"in force", seeds.Requirement{InForce: "yes", Valid: seeds.Period{From: "2015-01-01"}}, "2026-11-22", yes, ""},
		{"before its start", seeds.Requirement{InForce: "yes", Valid: seeds.Period{From: "2027-01-01"}}, "2026-11-22", no, "Geldt pas vanaf 2027-01-01."},
		{"after its end", seeds.Requirement{InForce: "lapsed", Valid: seeds.Period{Until: "2025-12-31"}}, "2026-11-22", no, "Gold tot en met 2025-12-31."},
		{"lapsed, on an earlier day", seeds.Requirement{InForce: "lapsed", Valid: seeds.Period{Until: "2025-12-31"}}, "2025-06-01", yes, ""},
		{"uncertain", seeds.Requirement{InForce: "uncertain"}, "2026-11-22", no, "Het is niet zeker of deze regel al geldt."},
		{"future without a date", seeds.Requirement{InForce: "future"}, "2026-11-22", no, "Deze regel geldt nog niet."},
		{"future, after its start", seeds.Requirement{InForce: "future", Valid: seeds.Period{From: "2027-01-01"}}, "2027-02-01", yes, ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got, why := inForce(tc.req, tc.date); got != tc.want || why != tc.known {
				t.Errorf("got %s %q, want %s %q", got, why, tc.want, tc.known)
			}
		})
	}
}

// TestLots: an award at the lowest price in one lot is a fault for the law of that lot only.
func TestLots(t *testing.T) {
	d, err := evaluator(t).Evaluate(t.Context(), textDossier(`# Aanbestedingsdocument Wmo en Jeugdwet

## Percelen

| Perceel | Omschrijving |
|---|---|
| 1 | Huishoudelijke hulp (Wmo) |
| 2 | Ambulante jeugdhulp |

## Gunning

Perceel 1: de gemeenten gunnen op basis van de laagste prijs.

Perceel 2: kwaliteit weegt voor 70 procent en prijs voor 30 procent. De beoordelingscommissie geeft per onderdeel een cijfer van 0 tot 10, in consensus.
`), Options{Laws: []string{"wmo", "jeugdwet"}, Procedure: "aanbesteding"})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range d.Rows {
		switch r.Requirement {
		case "wmo-2.6.4-gunning":
			if r.Status != result.Contradicted {
				t.Errorf("%s: got %s, want contradicted: %s", r.Requirement, r.Status, r.Reason)
			}
		case "jw-2.12-gunning":
			if r.Status != result.Covered {
				t.Errorf("%s: got %s, want covered: %s", r.Requirement, r.Status, r.Reason)
			}
		}
	}
}

func TestZones(t *testing.T) {
	ev := evaluator(t)
	for _, tc := range []struct {
		heading string
		want    dossier.Zone
	}{
		{"Inhoudsopgave", dossier.ZoneTOC}, {"1.3 Begrippen en afkortingen", dossier.ZoneDefinitions}, {"Artikel 1 Definities", dossier.ZoneDefinitions},
		{"Onze visie", dossier.ZoneVision}, {"1 Inleiding", dossier.ZoneBackground}, {"4 Gunningscriteria", dossier.ZoneAward},
		{"3.2 Geschiktheidseisen", dossier.ZoneSuitability}, {"Kwaliteitseisen", dossier.ZoneRequirement}, {"Artikel 7 Klachten", dossier.ZoneContract},
		{"Toelichting op de tarieven", dossier.ZoneExplanation}, {"Vragen aan de inschrijver", dossier.ZoneQuestions}, {"Personeel", dossier.ZoneNone},
	} {
		t.Run(tc.heading, func(t *testing.T) {
			d := ev.Zones(textDossier("# Stuk\n\n## " + tc.heading + "\n\nDit is een zin over de opdracht."))
			b := d.Documents[0].Blocks
			if got := b[len(b)-1].Zone; got != tc.want {
				t.Errorf("got %q, want %q", got, tc.want)
			}
		})
	}
}

// sixtyPages is a tender of about sixty pages (24,000 words) made of example sentences, so that no sentence stands there twice.
func sixtyPages(ev *Evaluator) dossier.Dossier {
	var b strings.Builder
	b.WriteString("# Programma van eisen Wmo 2015 en Jeugdwet\n\n")
	words, round := 0, 0
	for words < 24000 && round < 40 {
		for _, c := range ev.compiled {
			list := c.rec.Examples.Missing // most of a tender is about something else
			if round%3 == 0 {
				list = c.rec.Examples.Covered
			}
			if round/3 < len(list) && words < 24000 {
				fmt.Fprintf(&b, "## Eis %d\n\n%s\n\n", words, demote(list[round/3]))
				words += len(strings.Fields(list[round/3]))
			}
		}
		round++
	}
	return textDossier(b.String())
}

// BenchmarkEvaluate is a check of sixty pages without reading the files: the laws, and then every framework as well.
func BenchmarkEvaluate(b *testing.B) {
	ev := evaluator(b)
	d := sixtyPages(ev)
	for name, frameworks := range map[string]string{"laws": "none", "all": "all"} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				o := Options{Date: "2026-11-22", Nearest: 3, Laws: seeds.Laws(), Procedure: "aanbesteding", Frameworks: []string{frameworks}}
				if _, err := ev.Evaluate(b.Context(), d, o); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
