package rules

import (
	"testing"
	"unicode/utf8"

	"inkooptoets/rules/result"
)

// TestReason holds the sentence for each way in which a requirement is met or not: what stands there, what is missing, what to write, and the article.
func TestReason(t *testing.T) {
	ev := evaluator(t)
	const (
		vog   = "wmo-3.5-vog"
		whole = "Alle medewerkers met cliëntcontact hebben een VOG van hooguit drie maanden oud"
		law   = " (Wmo 2015, artikel 3.5 lid 1)."

		calamity = "wmo-3.4-calamiteiten"
		sooner   = " (Wmo 2015, artikel 3.4 lid 1 en 2)."
	)
	for _, tc := range []struct {
		name, id, text, want string
	}{
		{"covered", vog, whole + ".", "De tekst legt bindend vast: ‘VOG van beroepskrachten en anderen die voor hun werk cliënten zien’ en ‘hoe oud de VOG is of wanneer zij er moet zijn’" + law},
		{"covered by subject and article", vog, "Opdrachtnemer beschikt over een VOG als bedoeld in artikel 3.5 van de Wmo 2015.", "De tekst noemt het onderwerp bindend, met het artikel zelf" + law},
		{"referenced", vog, "Artikel 3.5 van de Wmo 2015 is van toepassing op deze overeenkomst.", "Het artikel is bindend genoemd, zonder uit te schrijven wat het vraagt; dat is genoeg, uitschrijven is duidelijker" + law},
		{"an aspect is missing", vog, "Opdrachtnemer heeft een VOG van alle medewerkers met cliëntcontact.", "De tekst regelt wel ‘VOG van beroepskrachten en anderen die voor hun werk cliënten zien’, maar niet ‘hoe oud de VOG is of wanneer zij er moet zijn’; volgt u dit advies, schrijf dat er dan bij" + law},
		{"many aspects are missing", "wmo-3.1-goede-kwaliteit", "Opdrachtnemer levert veilige ondersteuning aan iedere cliënt.", "De tekst regelt wel ‘de ondersteuning is veilig’, maar niet ‘de ondersteuning is doeltreffend’, ‘de ondersteuning is doelmatig’, ‘de cliënt staat centraal’ en nog 5 onderdelen: schrijf dat erbij als plicht van de opdrachtnemer (Wmo 2015, artikel 3.1 lid 1 en 2)."},
		{"wrong party", vog, "De gemeente heeft van haar eigen medewerkers met cliëntcontact een VOG van hooguit drie maanden oud.", "De gevonden tekst legt de plicht bij een andere partij; volgt u dit advies, leg het dan bij de opdrachtnemer" + law},
		{"not for everybody", vog, whole + ", met uitzondering van de medewerkers op de locaties voor kortdurend verblijf.", "De gevonden tekst geldt volgens de tekst niet voor iedereen; volgt u dit advies, laat het dan voor iedereen gelden, of leg de uitzondering uit" + law},
		{"not enough", "wmo-3.2-klachtenregeling", "Opdrachtnemer is aangesloten bij een klachtencommissie.", "De gevonden tekst gaat over iets dat erop lijkt, maar is niet genoeg: neem ook het voorstel over (Wmo 2015, artikel 3.2 lid 1 onder a)."},
		{"definitions", vog, "# Begrippen\n\n" + whole + ".", "Alleen genoemd, want de tekst staat in de begrippen; volgt u dit advies, neem het dan ook op bij de eisen" + law},
		{"wish", vog, "Bij voorkeur hebben alle medewerkers met cliëntcontact een VOG van hooguit drie maanden oud.", "Alleen genoemd, want de tekst is een wens of mogelijkheid, geen eis; volgt u dit advies, maak er dan een eis van" + law},
		{"field", vog, "Opdrachtnemer zorgt dat [alle medewerkers met cliëntcontact een VOG van hooguit drie maanden oud hebben].", "Alleen genoemd, want de tekst staat in een veld dat nog ingevuld of gekozen moet worden; volgt u dit advies, vul het veld dan in of maak de keuze" + law},
		{"denied", vog, "Opdrachtnemer heeft niet langer van alle medewerkers met cliëntcontact een VOG van hooguit drie maanden oud.", "Alleen genoemd, want de tekst staat in een ontkenning; volgt u dit advies, schrijf het dan op zonder ‘niet’ of ‘geen’" + law},
		{"law about everything", vog, "Opdrachtnemer voldoet aan alle geldende wet- en regelgeving.", "Alleen genoemd, want de tekst is een algemene clausule over de wet; volgt u dit advies, schrijf dan op wat de opdrachtnemer moet doen" + law},
		{"no aspect", vog, "Opdrachtnemer bewaart iedere VOG in een afgesloten kast.", "Alleen genoemd, want de tekst noemt geen van de onderdelen; volgt u dit advies, schrijf er dan bij: ‘VOG van beroepskrachten en anderen die voor hun werk cliënten zien’ en ‘hoe oud de VOG is of wanneer zij er moet zijn’" + law},
		{"contradicted", vog, "Een VOG is voor deze opdracht niet vereist.", "De tekst sluit dit uit of zegt het omgekeerde; volgt u dit advies, schrap dat dan en neem het voorstel over" + law},
		{"contradicted beside the duty", vog, whole + ".\n\nVoor vrijwilligers is een VOG niet verplicht.", "De tekst sluit dit uit of zegt het omgekeerde, terwijl het elders wel geregeld is; volgt u dit advies, schrap dan wat ermee botst" + law},
		{"article excluded", vog, "Artikel 3.5 van de Wmo 2015 is niet van toepassing.", "De tekst verklaart het artikel niet van toepassing; volgt u dit advies, schrap dat dan" + law},
		{"dates too close", "wmo-ub5.1-drie-maanden", "# Planning\n\n| Stap | Datum |\n|---|---|\n| Definitieve gunning | 2 november 2026 |\n| Ingangsdatum | 1 januari 2027 |", "De tekst laat minder dan 3 maanden tussen de twee data: pas dat aan (Uitvoeringsbesluit Wmo 2015, artikel 5.1 lid 2)."},
		{"missing, advice", vog, "Opdrachtnemer stuurt maandelijks een factuur.", "Hierover is niets gevonden; volgt u dit advies, neem het voorstel dan over" + law},
		{"missing, duty of the provider", calamity, "Opdrachtnemer stuurt maandelijks een factuur.", "Hierover is niets gevonden: neem het voorstel over als plicht van de opdrachtnemer" + sooner},
		{"missing, duty of the municipality", "wmo-2.6.4-gunning", "Opdrachtnemer stuurt maandelijks een factuur.", "Hierover is niets gevonden: neem het voorstel over (Wmo 2015, artikel 2.6.4 lid 1 en 2)."},
		{"excluded, duty of the provider", calamity, "Opdrachtnemer hoeft calamiteiten niet te melden bij de toezichthouder.", "De tekst sluit dit uit of zegt het omgekeerde: schrap dat en neem het voorstel over als plicht van de opdrachtnemer" + sooner},
		{"wish, duty of the provider", calamity, "Bij voorkeur meldt opdrachtnemer iedere calamiteit onverwijld bij de toezichthouder.", "Alleen genoemd, want de tekst is een wens of mogelijkheid, geen eis: maak er een eis van" + sooner},
		{"half, duty of the provider", calamity, "Opdrachtnemer meldt iedere calamiteit en elk geval van geweld bij de toezichthouder.", "De tekst regelt wel ‘iedere calamiteit wordt gemeld’, ‘geweld bij de verstrekking wordt gemeld’ en ‘ontvanger is de gemeentelijke toezichthouder (art. 6.1)’, maar niet ‘de melding volgt onverwijld’: schrijf dat erbij als plicht van de opdrachtnemer" + sooner},
	} {
		t.Run(tc.name, func(t *testing.T) {
			row := judgeText(t, ev, tc.id, tc.text)
			if row.Reason != tc.want {
				t.Errorf("%s:\ngot  %s\nwant %s", row.Status, row.Reason, tc.want)
			}
		})
	}
}

// TestReasonLeavesAChoice holds that the text of a framework is no command: its gaps are choices.
func TestReasonLeavesAChoice(t *testing.T) {
	ev := evaluator(t)
	d, err := ev.Evaluate(t.Context(), ExampleDossier("Opdrachtnemer stuurt maandelijks een factuur."), Options{Laws: []string{"jeugdwet"}, Procedure: "aanbesteding", Frameworks: []string{"k01"}})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range d.Rows {
		if r.Requirement == "k01-01" {
			if want := "Hierover is niets gevonden; kiest u dit criterium, neem het voorstel dan over (" + r.Citation + ")."; r.Reason != want {
				t.Errorf("%s: got %s, want %s", r.Status, r.Reason, want)
			}
			return
		}
	}
	t.Error("no row for k01-01")
}

// TestReasonIsReadable bounds the length of the reasons of a whole example: a reader must get to the end.
func TestReasonIsReadable(t *testing.T) {
	ev := evaluator(t)
	const most = 420
	for _, text := range []string{"Opdrachtnemer levert veilige ondersteuning aan iedere cliënt.", "# Begrippen\n\nVOG en klachtenregeling en calamiteiten van de cliënt."} {
		d, err := ev.Evaluate(t.Context(), ExampleDossier(text), Options{Laws: []string{"wmo", "jeugdwet"}, Procedure: "aanbesteding", Frameworks: []string{"all"}})
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range d.Rows {
			if n := utf8.RuneCountInString(r.Reason); n > most || r.Reason == "" && r.Status != result.NotApplicable {
				t.Errorf("%s: %d characters: %s", r.Requirement, n, r.Reason)
			}
		}
	}
}
