package rules

import (
	"strings"
	"testing"

	"inkooptoets/extract/dossier"
	"inkooptoets/rules/result"
)

// judgeText gives the status of one requirement for a text in the form of an example.
func judgeText(t *testing.T, ev *Evaluator, id, text string) result.Row {
	t.Helper()
	d, err := ev.Evaluate(t.Context(), ExampleDossier(text), Options{Laws: []string{"wmo"}, Procedure: "aanbesteding", Services: []string{"maatwerkvoorziening"}})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range d.Rows {
		if r.Requirement == id {
			return r
		}
	}
	t.Fatalf("no row for %s", id)
	return result.Row{}
}

// TestGrading holds what binds and what does not on one requirement, so that every case differs in one thing only.
func TestGrading(t *testing.T) {
	ev := evaluator(t)
	const vog = "Opdrachtnemer heeft van alle medewerkers met cliëntcontact een VOG van hooguit drie maanden oud."
	for _, tc := range []struct {
		name, text string
		want       result.Status
	}{
		{"duty", vog, result.Covered},
		{"present tense without provider", "Alle medewerkers met cliëntcontact hebben een VOG van hooguit drie maanden oud.", result.Covered},
		{"table row without verb", "| Nr | Eis |\n|---|---|\n| P-2 | VOG voor alle medewerkers met cliëntcontact, afgegeven vóór de eerste werkdag |", result.Covered},
		{"lead-in and item", "Opdrachtnemer zorgt ervoor dat:\n\n- alle medewerkers met cliëntcontact een VOG hebben van hooguit drie maanden oud;", result.Covered},
		{"article alone", "Artikel 3.5 van de Wmo 2015 is van toepassing op deze overeenkomst.", result.Referenced},
		{"range of articles", "Opdrachtnemer voldoet aan de artikelen 3.1 t/m 3.5 van de Wmo 2015.", result.Referenced},
		{"subject with article", "Opdrachtnemer beschikt voor zijn medewerkers over een VOG als bedoeld in artikel 3.5 van de Wmo 2015.", result.Covered},
		{"article of another law", "Artikel 3.5 van de Jeugdwet is van toepassing op deze overeenkomst.", result.Missing},
		{"article of the contract", "Artikel 3.5 van deze overeenkomst is van toepassing op meerwerk.", result.Missing},
		{"wish", "Bij voorkeur hebben alle medewerkers met cliëntcontact een VOG van hooguit drie maanden oud.", result.Mentioned},
		{"list that is not asked", "Het volgende wordt niet van u verlangd:\n\n- een VOG van alle medewerkers met cliëntcontact;\n- een jaarverslag.", result.Contradicted},
		{"list of wishes behind a colon", "Opdrachtnemer streeft naar het volgende: alle medewerkers zijn geschoold; alle medewerkers met cliëntcontact hebben een VOG van hooguit drie maanden oud.", result.Mentioned},
		{"not asked, behind a relative clause", "Een VOG van medewerkers die met cliënten werken is niet vereist.", result.Contradicted},
		{"article behind a duty of the municipality", "De gemeente heeft van al haar medewerkers met cliëntcontact een VOG van hooguit drie maanden oud (artikel 3.5 Wmo 2015).", result.Partial},
		{"possibility", "Opdrachtnemer kan van medewerkers met cliëntcontact een VOG van hooguit drie maanden oud vragen.", result.Mentioned},
		{"limit is no wish", "De VOG van medewerkers met cliëntcontact mag bij de start niet ouder zijn dan drie maanden.", result.Covered},
		{"question", "Beschrijf hoe u zorgt dat alle medewerkers met cliëntcontact een VOG van hooguit drie maanden oud hebben.", result.Mentioned},
		{"showing how is a demand", "Opdrachtnemer toont aan op welke wijze alle medewerkers met cliëntcontact een VOG van hooguit drie maanden oud hebben.", result.Covered},
		{"asking how is not", "Op welke wijze hebben alle medewerkers met cliëntcontact een VOG van hooguit drie maanden oud?", result.Mentioned},
		{"what the client values is no wish of ours", "Opdrachtnemer vraagt wat de cliënt belangrijk vindt en heeft van alle medewerkers met cliëntcontact een VOG van hooguit drie maanden oud.", result.Covered},
		{"a denial about something else in a relative clause", "Opdrachtnemer is duidelijk over wat niet mag en heeft van alle medewerkers met cliëntcontact een VOG van hooguit drie maanden oud.", result.Covered},
		{"two negations that make a yes", "Medewerkers met cliëntcontact beginnen nooit zonder VOG; die is hooguit drie maanden oud.", result.Covered},
		{"a wish behind the duty", "Opdrachtnemer heeft van alle medewerkers met cliëntcontact een VOG van hooguit drie maanden oud en streeft naar een jaarlijkse herhaling.", result.Covered},
		{"a duty behind a wish", "Opdrachtnemer betaalt op tijd en streeft ernaar dat alle medewerkers met cliëntcontact een VOG van hooguit drie maanden oud hebben.", result.Mentioned},
		{"a wish between brackets", "Opdrachtnemer heeft van alle medewerkers met cliëntcontact een VOG (bij voorkeur digitaal) van hooguit drie maanden oud.", result.Covered},
		{"the duty between brackets of a wish", "Bij voorkeur (ook voor inhuur) hebben alle medewerkers met cliëntcontact een VOG van hooguit drie maanden oud.", result.Mentioned},
		{"a condition that denies", "Als een medewerker de training over omgang met cliënten niet volgt, meldt Opdrachtnemer dat; alle medewerkers met cliëntcontact hebben een VOG van hooguit drie maanden oud.", result.Covered},
		{"staff act, the municipality is named", "Medewerkers met cliëntcontact laten de gemeente zien dat zij een VOG van hooguit drie maanden oud hebben.", result.Covered},
		{"an exception for some", "Alle medewerkers met cliëntcontact hebben een VOG van hooguit drie maanden oud, met uitzondering van de medewerkers op de locaties voor kortdurend verblijf.", result.Partial},
		{"nothing is left out", "Geen VOG van een medewerker met cliëntcontact blijft achterwege; elke VOG is hooguit drie maanden oud.", result.Covered},
		{"a client who must be able to is no duty of the client", "Een cliënt moet kunnen zien dat alle medewerkers met cliëntcontact een VOG van hooguit drie maanden oud hebben.", result.Covered},
		{"showing how it was agreed is a demand", "Opdrachtnemer komt met zijn medewerkers overeen op welke wijze alle medewerkers met cliëntcontact een VOG van hooguit drie maanden oud hebben.", result.Covered},
		{"definitions", "# Begrippen\n\nVOG: verklaring omtrent het gedrag van medewerkers, hooguit drie maanden oud.", result.Mentioned},
		{"vision", "# Onze visie\n\n" + vog, result.Mentioned},
		{"table of contents", "# Inhoudsopgave\n\nVOG van medewerkers ........ 12", result.Mentioned},
		{"general clause", "Opdrachtnemer voldoet aan alle geldende wet- en regelgeving.", result.Mentioned},
		{"general clause of this law", "Opdrachtnemer houdt zich aan de Wmo 2015.", result.Mentioned},
		{"general clause of another law", "Opdrachtnemer houdt zich aan de Jeugdwet.", result.Missing},
		{"law about subjects", "De organisatie houdt zich aan regels over privacy, VOG en de meldcode.", result.Mentioned},
		{"excluded", "Een VOG is voor deze opdracht niet vereist.", result.Contradicted},
		{"there is none", "De opdrachtnemer heeft geen VOG van medewerkers met cliëntcontact.", result.Contradicted},
		{"no longer", "Opdrachtnemer heeft niet langer van alle medewerkers met cliëntcontact een VOG van hooguit drie maanden oud.", result.Mentioned},
		{"double negation", "Geen medewerker met cliëntcontact begint zonder VOG van hooguit drie maanden oud.", result.Covered},
		{"excluded beside the duty", vog + "\n\nVoor vrijwilligers is een VOG niet verplicht.", result.Contradicted},
		{"other party", "De gemeente heeft van haar eigen medewerkers met cliëntcontact een VOG van hooguit drie maanden oud.", result.Partial},
		{"municipality demands", "De gemeente eist dat alle medewerkers met cliëntcontact een VOG van hooguit drie maanden oud hebben.", result.Covered},
		{"a text for the municipality", "Als gemeente bent u verantwoordelijk. U zorgt dat alle medewerkers met cliëntcontact een VOG van hooguit drie maanden oud hebben.", result.Partial},
		{"the municipality speaks to the provider", "Als gemeente vragen wij u om van alle medewerkers met cliëntcontact een VOG van hooguit drie maanden oud te hebben.", result.Covered},
		{"two questions", "In hoeverre hebben alle medewerkers met cliëntcontact een VOG van hooguit drie maanden oud? Hoe weet u dat?", result.Mentioned},
		{"a question between questions", "Hoe werkt u? Hebben alle medewerkers met cliëntcontact een VOG van hooguit drie maanden oud? Wie kijkt dat na?", result.Mentioned},
		{"another kind of statement", "Inschrijver levert een VOG voor rechtspersonen in.", result.Missing},
		{"silence", "Opdrachtnemer stuurt maandelijks een factuur.", result.Missing},
		{"answer in a nota", "| Vraag | Antwoord |\n|---|---|\n| Moeten medewerkers een VOG hebben? | Ja, alle medewerkers met cliëntcontact hebben een VOG van hooguit drie maanden oud. |", result.Covered},
		{"question in a nota", "| Vraag | Antwoord |\n|---|---|\n| Moeten alle medewerkers een VOG hebben van drie maanden oud? | Zie het programma van eisen. |", result.Missing},
		{"question and yes in running text", "Vraag: moeten alle medewerkers met cliëntcontact een VOG hebben van hooguit drie maanden oud? Antwoord: ja, vóór hun eerste dag.", result.Covered},
		{"question and yes of a bidder", "Moeten wij van alle medewerkers een VOG van hooguit drie maanden oud hebben? Ja. Ook van wie u inhuurt.", result.Covered},
		{"answer that leans on its question", "Vraag: hoe oud mag de VOG zijn? Antwoord: alle medewerkers leveren haar in, hooguit drie maanden oud.", result.Covered},
		{"question and no", "Vraag: moeten alle medewerkers een VOG hebben van hooguit drie maanden oud? Antwoord: nee, alleen in perceel 2 geldt een eis.", result.Missing},
		{"a form to fill in", "Hebben alle medewerkers een VOG van hooguit drie maanden oud? Ja / Nee", result.Mentioned},
		{"only what is said is allowed", "Alleen met een VOG van hooguit drie maanden oud mogen medewerkers bij cliënten werken.", result.Covered},
		{"the municipality refuses", "De gemeente accepteert van medewerkers met cliëntcontact geen VOG die ouder is dan drie maanden.", result.Covered},
		{"the municipality receives", "De gemeente ontvangt van opdrachtnemer een VOG van alle medewerkers met cliëntcontact, hooguit drie maanden oud.", result.Covered},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := judgeText(t, ev, "wmo-3.5-vog", tc.text); got.Status != tc.want {
				t.Errorf("got %s, want %s: %s %+v", got.Status, tc.want, got.Reason, got.Evidence)
			}
		})
	}
}

func TestEvidencePointsAtTheWords(t *testing.T) {
	row := judgeText(t, evaluator(t), "wmo-3.5-vog", "# Personeel\n\nAlle medewerkers met cliëntcontact hebben een VOG van hooguit drie maanden oud. De factuur volgt later.")
	if len(row.Evidence) == 0 {
		t.Fatal("no evidence")
	}
	e := row.Evidence[0]
	if got, want := e.Quote[e.Start:e.End], "medewerkers met cliëntcontact hebben een VOG van hooguit drie maanden"; !strings.Contains(got, "VOG") || !strings.Contains(got, "medewerkers") || strings.Contains(got, "factuur") {
		t.Errorf("got %q, want about %q", got, want)
	}
	if e.File != "voorbeeld.md" || len(e.Path) == 0 || e.Path[len(e.Path)-1] != "Personeel" {
		t.Errorf("evidence stands at %s %v", e.File, e.Path)
	}
}

func TestInterval(t *testing.T) {
	ev := evaluator(t)
	for _, tc := range []struct {
		name, text string
		want       result.Status
	}{
		{"more than three months", "# Planning\n\n| Stap | Datum |\n|---|---|\n| Definitieve gunning | 1 september 2026 |\n| Start uitvoering | 1 januari 2027 |", result.Covered},
		{"exactly three months", "# Planning\n\n| Stap | Datum |\n|---|---|\n| Definitieve gunning | 01-10-2026 |\n| Ingangsdatum | 01-01-2027 |", result.Covered},
		{"too short", "# Planning\n\n| Stap | Datum |\n|---|---|\n| Definitieve gunning | 2 november 2026 |\n| Ingangsdatum | 1 januari 2027 |", result.Contradicted},
		{"latest award counts", "# Planning\n\n| Stap | Datum |\n|---|---|\n| Voornemen tot gunning | 1 september 2026 |\n| Definitieve gunning | 2 november 2026 |\n| Ingangsdatum | 1 januari 2027 |", result.Contradicted},
		{"award without a year", "# Planning\n\nDe definitieve gunning is op 15 december. De overeenkomst gaat in op 1 januari 2027.", result.Contradicted},
		{"start before the award", "# Planning\n\nDe definitieve gunning is op 1 juni 2027. De overeenkomst gaat in op 1 maart 2027.", result.Contradicted},
		{"end of a short month", "# Planning\n\nDe definitieve gunning is op 30 november 2026. De overeenkomst gaat in op 1 maart 2027.", result.Covered},
		{"a day that is not", "# Planning\n\nDe definitieve gunning is op 30 februari 2027. De overeenkomst gaat in op 1 juli 2027.", result.Mentioned},
		{"start without award", "# Planning\n\nDe overeenkomst gaat in op 1 januari 2027.", result.Mentioned},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := judgeText(t, ev, "wmo-ub5.1-drie-maanden", tc.text); got.Status != tc.want {
				t.Errorf("got %s, want %s: %s %+v", got.Status, tc.want, got.Reason, got.Evidence)
			}
		})
	}
}

func TestUnreadableFileIsNeverAGap(t *testing.T) {
	d := ExampleDossier("Opdrachtnemer stuurt maandelijks een factuur.")
	d.Documents = append(d.Documents, dossier.Document{Path: "pve.pdf", Problem: "bestand is beschadigd"})
	out, err := evaluator(t).Evaluate(t.Context(), d, Options{Laws: []string{"wmo"}, Procedure: "aanbesteding", Services: []string{"maatwerkvoorziening"}})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range out.Rows {
		if r.Status == result.Missing {
			t.Errorf("%s is missing although a file could not be read", r.Requirement)
		}
	}
}

func TestWorthsKeepEveryReason(t *testing.T) {
	for i, why := range whys {
		provider, other := worth{standing(i % 4), why}, worth{standing(3 - i%4), whys[len(whys)-1-i]}
		for _, denied := range []bool{false, true} {
			w := packWorths(denied, provider, other)
			if w == 0 || w.denied() != denied || w.at(forProvider) != provider || w.at(forOther) != other {
				t.Errorf("%v, %v, denied %v came back as %v, %v, denied %v", provider, other, denied, w.at(forProvider), w.at(forOther), w.denied())
			}
		}
	}
}
