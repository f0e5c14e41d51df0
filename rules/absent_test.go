package rules

import (
	"strings"
	"testing"

	"inkooptoets/extract/dossier"
	"inkooptoets/rules/result"
)

// paper is a document of a made-up package.
type paper struct{ path, role, text string }

func packed(papers []paper) dossier.Dossier {
	var d dossier.Dossier
	for _, p := range papers {
		d.Documents = append(d.Documents, dossier.Document{Path: p.path, Role: p.role, Blocks: dossier.Outline(p.path, dossier.ParseText(p.text))})
	}
	return d
}

// What stands in a document that is not there cannot be judged; what could have stood anywhere stays a gap.
func TestAbsentDocuments(t *testing.T) {
	ev := evaluator(t)
	const vog, complaints, gunning = "wmo-3.5-vog", "wmo-3.2-klachtenregeling", "wmo-2.6.4-gunning"
	guide := func(text string) []paper {
		return []paper{{"leidraad.docx", "leidraad", "# Leidraad\n\n## Inleiding\n\nDe gemeente koopt Wmo-begeleiding in.\n\n## Stukken\n\n" + text}, {"overeenkomst.docx", "overeenkomst", "# Overeenkomst\n\nDe looptijd is twee jaar."}}
	}
	with := func(extra paper, text string) []paper { return append(guide(text), extra) }
	for _, tc := range []struct {
		name   string
		papers []paper
		id     string
		want   result.Status
		absent string
	}{
		{"all demands", guide("De kwaliteitseisen staan in bijlage 4."), vog, result.Undetermined, "bijlage-4"},
		{"all demands, another duty", guide("De kwaliteitseisen staan in bijlage 4."), complaints, result.Undetermined, "bijlage-4"},
		{"all demands on the provider", guide("Aanbieder voldoet aan de eisen in bijlage 4."), vog, result.Undetermined, "bijlage-4"},
		{"programme of requirements that is not there", guide("Aanbieder voldoet aan alle eisen uit het programma van eisen."), vog, result.Undetermined, "programma-van-eisen"},
		{"demands on something else", guide("De eisen aan de vorm van de inschrijving staan in bijlage 4."), vog, result.Missing, ""},
		{"demands on suitability", guide("De geschiktheidseisen staan in bijlage 4."), vog, result.Missing, ""},
		{"some demands", guide("De aanvullende eisen per perceel staan in bijlage 4."), vog, result.Missing, ""},
		{"demands, while the programme of requirements is there", with(paper{"pve.docx", "programma van eisen", "# Programma van eisen\n\nAanbieder werkt met een plan."}, "De eisen staan in het programma van eisen en de eisen over ICT staan in bijlage 4."), vog, result.Missing, ""},
		{"all demands elsewhere too", with(paper{"pve.docx", "programma van eisen", "# Programma van eisen\n\nAanbieder werkt met een plan."}, "De eisen staan in bijlage 4."), vog, result.Missing, ""},
		{"its subject", guide("De regels over de verklaring omtrent het gedrag staan in bijlage 4."), vog, result.Undetermined, "bijlage-4"},
		{"another subject", guide("De regels over de verklaring omtrent het gedrag staan in bijlage 4."), complaints, result.Missing, ""},
		{"its subject, annex that is there", with(paper{"bijlage-4.docx", "bijlage", "# Tarieven\n\nHet tarief is vast."}, "De regels over de verklaring omtrent het gedrag staan in bijlage 4."), vog, result.Mentioned, ""},
		{"under its heading", guide("### Klachtenregeling\n\nZie bijlage 4."), complaints, result.Undetermined, "bijlage-4"},
		{"a form that comes back", guide("Inschrijver vult bijlage 4 (verklaring omtrent het gedrag) in en dient die in."), vog, result.Mentioned, ""},
		{"the annex tells", guide("Bijlage 4 beschrijft de regels over de verklaring omtrent het gedrag."), vog, result.Undetermined, "bijlage-4"},
		{"added as an annex", guide("De tekst over de verklaring omtrent het gedrag is als bijlage 4 toegevoegd."), vog, result.Undetermined, "bijlage-4"},
		{"said not to be there", guide("Regels over de verklaring omtrent het gedrag zijn niet in bijlage 4 opgenomen."), vog, result.Mentioned, ""},
		{"another sentence", guide("De gemeente vindt een verklaring omtrent het gedrag nuttig. De tarieven staan in bijlage 4."), vog, result.Mentioned, ""},
		{"what is covered stays so", guide("De eisen staan in bijlage 4.\n\nOpdrachtnemer heeft van alle medewerkers met cliëntcontact een VOG van hooguit drie maanden oud, ook van zelfstandigen, vrijwilligers en andere personen die hij inzet, en vraagt bij een redelijk vermoeden een nieuwe VOG."), vog, result.Covered, ""},
		{"a duty of the municipality does not stand among demands on the provider", guide("De kwaliteitseisen staan in bijlage 4."), gunning, result.Missing, ""},
		{"one file, no word that the programme comes along", guide("Aanbieder voldoet aan het programma van eisen.")[:1], vog, result.Missing, ""},
		{"one file, with the word", guide("De eisen staan in het programma van eisen, dat als bijlage is bijgevoegd.")[:1], vog, result.Undetermined, "programma-van-eisen"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			d, err := ev.Evaluate(t.Context(), packed(tc.papers), Options{Laws: []string{"wmo"}, Procedure: "aanbesteding", Services: []string{"maatwerkvoorziening"}})
			if err != nil {
				t.Fatal(err)
			}
			for _, r := range d.Rows {
				if r.Requirement != tc.id {
					continue
				}
				if r.Status != tc.want || r.Absent != tc.absent {
					t.Errorf("got %s %q, want %s %q: %s", r.Status, r.Absent, tc.want, tc.absent, r.Reason)
				}
				if tc.absent != "" && (!strings.Contains(r.Reason, "volgens leidraad.docx sta") || len(r.Evidence) == 0 || r.Evidence[0].File != "leidraad.docx") {
					t.Errorf("reason or evidence does not lead to the passage: %s %+v", r.Reason, r.Evidence)
				}
				return
			}
			t.Errorf("no row for %s", tc.id)
		})
	}
}

// The finding about a document says what hangs on it.
func TestAbsentFindingCounts(t *testing.T) {
	d, err := evaluator(t).Evaluate(t.Context(), packed([]paper{
		{"leidraad.docx", "leidraad", "# Leidraad\n\nDe regels over de verklaring omtrent het gedrag staan in bijlage 4."}, {"overeenkomst.docx", "overeenkomst", "# Overeenkomst\n\nDe looptijd is twee jaar."},
	}), Options{Laws: []string{"wmo"}, Frameworks: []string{"none"}, Procedure: "aanbesteding", Services: []string{"maatwerkvoorziening"}})
	if err != nil {
		t.Fatal(err)
	}
	resting := 0
	for _, r := range d.Rows {
		if r.Absent == "bijlage-4" {
			resting++
		}
	}
	for _, f := range d.Findings {
		if f.ID == "c-annex" && (resting != 1 || !strings.HasSuffix(f.Message, "Daardoor is 1 eis niet te beoordelen.")) {
			t.Errorf("%d rows rest on it: %s", resting, f.Message)
		}
	}
}
