package rules

import (
	"slices"
	"strings"
	"testing"

	"inkooptoets/rules/result"
)

// TestLacks holds what is said of each kind of passage that does not meet a requirement, whether it is evidence or only near.
func TestLacks(t *testing.T) {
	ev := evaluator(t)
	const invoice = "Opdrachtnemer stuurt de factuur elke maand aan de gemeente."
	for _, tc := range []struct {
		name, id, text string
		quote          string // a piece of the passage it is about
		want           string
	}{
		{"no duty", "wmo-3.2-klachtenregeling", "In 2023 was er een klachtenfunctionaris in het stadhuis.", "In 2023", "plicht ontbreekt"},
		{"another duty", "wmo-3.2-klachtenregeling", "Opdrachtnemer vermeldt de klachtenfunctionaris van de gemeente op zijn website.", "website", "andere plicht over dit onderwerp"},
		{"municipality", "wmo-3.5-vog", "De gemeente heeft van haar eigen medewerkers met cliëntcontact een VOG van hooguit drie maanden oud.", "haar eigen", "verkeerde partij (gemeente)"},
		{"client", "wmo-3.5-vog", "De cliënt is zelf verantwoordelijk voor een VOG van hooguit drie maanden oud van medewerkers met cliëntcontact.", "De cliënt", "verkeerde partij (cliënt)"},
		{"definitions", "wmo-3.5-vog", "# Begrippen\n\nVOG: verklaring omtrent het gedrag van medewerkers, hooguit drie maanden oud.", "VOG:", "alleen in de begrippenlijst"},
		{"contents", "wmo-3.5-vog", "# Inhoudsopgave\n\nVOG van alle medewerkers ........ 12", "........", "alleen in de inhoudsopgave"},
		{"vision", "wmo-3.5-vog", "# Onze visie\n\nAlle medewerkers met cliëntcontact hebben een VOG van hooguit drie maanden oud.", "VOG", "alleen in de visie"},
		{"background", "wmo-3.5-vog", "# Achtergrond\n\nAlle medewerkers met cliëntcontact hebben een VOG van hooguit drie maanden oud.", "VOG", "alleen in de inleiding of achtergrond"},
		{"wish", "wmo-3.5-vog", "Bij voorkeur hebben alle medewerkers met cliëntcontact een VOG van hooguit drie maanden oud.", "Bij voorkeur", "wens of mogelijkheid, geen eis"},
		{"question", "wmo-3.5-vog", "Beschrijf hoe u zorgt dat alle medewerkers met cliëntcontact een VOG van hooguit drie maanden oud hebben.", "Beschrijf", "vraag, geen eis"},
		{"general clause", "wmo-3.5-vog", "Opdrachtnemer voldoet aan alle geldende wet- en regelgeving.", "regelgeving", "algemene clausule over de wet, inhoud ontbreekt"},
		{"field", "wmo-3.5-vog", "Opdrachtnemer zorgt dat [alle medewerkers met cliëntcontact een VOG van hooguit drie maanden oud hebben].", "[alle", "veld is nog niet ingevuld of gekozen"},
		{"not for everybody", "wmo-3.5-vog", "Alle medewerkers met cliëntcontact hebben een VOG van hooguit drie maanden oud, met uitzondering van de medewerkers op de locaties voor kortdurend verblijf.", "uitzondering", "geldt niet voor iedereen"},
		{"one aspect", "wmo-3.5-vog", "Opdrachtnemer heeft een VOG van alle medewerkers met cliëntcontact.", "heeft een VOG", "onderdeel ontbreekt: hoe oud de VOG is of wanneer zij er moet zijn"},
		{"neighbour that is not enough", "wmo-3.2-klachtenregeling", "Opdrachtnemer is aangesloten bij een klachtencommissie.", "klachtencommissie", "lijkt erop, maar is niet genoeg"},
		{"another meaning", "wmo-3.5-vog", "Inschrijver levert een VOG voor rechtspersonen in bij de inschrijving.", "rechtspersonen", "andere betekenis: “VOG voor rechtspersonen”"},
		{"another law", "wmo-3.5-vog", "# Eisen voor de Jeugdwet\n\nAlle medewerkers met cliëntcontact hebben een VOG van hooguit drie maanden oud.", "VOG", "andere wet: Jeugdwet"},
		{"subject in the heading", "wmo-3.5-vog", "# VOG\n\nDe website van het ministerie werkt vanaf vorig jaar beter.", "website", "onderwerp alleen in de kop"},
		{"subject in the lead-in", "wmo-3.5-vog", "Bij de VOG horen deze papieren:\n\n- een kopie van het formulier voor wie er werkt;", "kopie", "onderwerp alleen in de aanhef"},
		{"a word of it", "wmo-3.5-vog", "Voor wie werkt met een diploma van een mbo: alle medewerkers volgen een training.", "training", "ander onderwerp (wel: “alle medewerkers”)"},
		{"nothing of it", "wmo-3.5-vog", "Het kantoor van de gemeente is open voor wie in de stad werkt.", "kantoor", "ander onderwerp"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			d, err := ev.Evaluate(t.Context(), ExampleDossier(tc.text+"\n\n# Betaling\n\n"+invoice), Options{Laws: []string{"wmo"}, Procedure: "aanbesteding", Services: []string{"maatwerkvoorziening"}, Frameworks: []string{"none"}, Nearest: 50})
			if err != nil {
				t.Fatal(err)
			}
			row := d.Rows[slices.IndexFunc(d.Rows, func(r result.Row) bool { return r.Requirement == tc.id })]
			all := slices.Concat(row.Evidence, row.Nearest)
			i := slices.IndexFunc(all, func(e result.Evidence) bool { return strings.Contains(e.Quote, tc.quote) })
			if i < 0 {
				t.Fatalf("%s: the passage is not shown: %+v", row.Status, all)
			}
			if all[i].Lacks != tc.want {
				t.Errorf("%s: got %q, want %q", row.Status, all[i].Lacks, tc.want)
			}
		})
	}
}

// TestEveryReasonIsShort holds that no reason of the judge is left without words for a passage.
func TestEveryReasonIsShort(t *testing.T) {
	for _, why := range []string{whyTOC, whyDefinition, whyVision, whyBackground, whyExplained, whyQuestion, whyWish, whyGeneral, whyNoDuty, whyOtherDuty,
		whyParty, whyDenied, whyField, whyLimited, whyExempt, whyWeak, whyNoAspect, whyAbsent} {
		if inShort[why] == "" {
			t.Errorf("no short words for %q", why)
		}
	}
}

func TestLackingAspects(t *testing.T) {
	ev := evaluator(t)
	row := judgeText(t, ev, "wmo-3.1-goede-kwaliteit", "Opdrachtnemer levert veilige ondersteuning aan iedere cliënt.")
	if len(row.Evidence) == 0 {
		t.Fatalf("%s without evidence", row.Status)
	}
	got := row.Evidence[0].Lacks
	if !strings.HasPrefix(got, "onderdelen ontbreken: ") || !strings.Contains(got, "; en nog ") {
		t.Errorf("got %q, want the first two aspects that are missing and a count of the rest", got)
	}
	if strings.Contains(got, row.Aspects[0].Text) {
		t.Errorf("got %q, which names %q although it binds", got, row.Aspects[0].Text)
	}
}
