package rules

import (
	"slices"
	"strings"
	"testing"

	"inkooptoets/extract/dossier"
	"inkooptoets/rules/result"
)

// tender makes a dossier of texts; each starts with a line that holds its path and role.
func tender(texts ...string) dossier.Dossier {
	d := dossier.Dossier{ID: "inkoop"}
	for _, text := range texts {
		head, body, _ := strings.Cut(strings.TrimSpace(text), "\n")
		path, role, _ := strings.Cut(head, ": ")
		d.Documents = append(d.Documents, dossier.Document{Path: path, Role: role, Format: "text", Blocks: dossier.Outline(path, dossier.ParseText(body))})
	}
	slices.SortFunc(d.Documents, func(a, b dossier.Document) int { return strings.Compare(a.Path, b.Path) })
	return d
}

func judgeTender(t *testing.T, id string, texts ...string) result.Row {
	t.Helper()
	d, err := evaluator(t).Evaluate(t.Context(), tender(texts...), Options{Laws: []string{"wmo"}, Procedure: "aanbesteding", Services: []string{"maatwerkvoorziening"}, Frameworks: []string{"none"}, Nearest: 3})
	if err != nil {
		t.Fatal(err)
	}
	return d.Rows[slices.IndexFunc(d.Rows, func(r result.Row) bool { return r.Requirement == id })]
}

const (
	programme = `pve.docx: programma van eisen
# Programma van eisen

| Nr | Eis |
|---|---|
| 11 | Opdrachtnemer heeft een regeling voor klachten van cliënten. |
| 12 | Alle medewerkers met cliëntcontact hebben een VOG van hooguit drie maanden oud. |
| 13 | Opdrachtnemer stuurt maandelijks een factuur. |
`
	agreement = `overeenkomst.docx: overeenkomst
# Raamovereenkomst

## Artikel 5 Personeel

5.2 Opdrachtnemer zet voldoende medewerkers in.

5.3 Alle medewerkers met cliëntcontact hebben een VOG van hooguit drie maanden oud.

## Artikel 6 Betaling

6.1 Opdrachtnemer stuurt maandelijks een factuur.
`
	guide = `leidraad.docx: leidraad
# Aanbestedingsleidraad

## 4.2 VOG

Opdrachtnemer zorgt ervoor dat:

- alle medewerkers met cliëntcontact een VOG hebben van hooguit drie maanden oud;

## 4.3 Facturen

Opdrachtnemer stuurt maandelijks een factuur.
`
)

// TestAmendments holds for each form in which a later document changes an earlier one, or does not, what becomes of the requirement.
func TestAmendments(t *testing.T) {
	nota := func(text string) string {
		return "nota-van-inlichtingen-1.docx: nota van inlichtingen\n# Nota van inlichtingen 1\n\n" + text
	}
	addendum := func(text string) string { return "addendum.docx: addendum\n# Addendum\n\n" + text }
	const whole = "Alle beroepskrachten met cliëntcontact hebben vanaf de eerste werkdag een VOG die hooguit drie maanden oud is."
	for _, tc := range []struct {
		name  string
		texts []string
		want  result.Status
		by    string // quoted first or second: what the later document says; empty if nothing was changed
	}{
		// The clause lapses.
		{"number lapses", []string{programme, nota("Eis 12 vervalt.")}, result.Missing, "Eis 12 vervalt"},
		{"comes to lapse", []string{programme, nota("Eis 12 uit het programma van eisen komt hiermee te vervallen.")}, result.Missing, "te vervallen"},
		{"several lapse", []string{programme, nota("De eisen 12 en 13 worden geschrapt.")}, result.Missing, "geschrapt"},
		{"we take it out", []string{programme, nota("Wij schrappen eis 12.")}, result.Missing, "schrappen"},
		{"holds no longer", []string{programme, nota("Eis 12 geldt niet meer.")}, result.Missing, "niet meer"},
		{"article of the contract", []string{agreement, addendum("Artikel 5.3 van de overeenkomst vervalt.")}, result.Missing, "Artikel 5.3"},
		{"article with lid", []string{strings.ReplaceAll(agreement, "5.3 Alle", "3. Alle"), addendum("Artikel 5 lid 3 van de overeenkomst komt te vervallen.")}, result.Missing, "lid 3"},
		{"whole article", []string{agreement, addendum("Artikel 5 komt te vervallen.")}, result.Missing, "Artikel 5"},
		{"paragraph with its list", []string{guide, addendum("Paragraaf 4.2 van de leidraad vervalt.")}, result.Missing, "Paragraaf 4.2"},
		{"answer in a table", []string{programme, nota("| Nr | Document | Vraag | Antwoord |\n|---|---|---|---|\n| 3 | PvE, eis 12 | Is dit nodig? | Ja, deze eis vervalt. |")}, result.Missing, "deze eis vervalt"},
		{"answer to a question that names it", []string{programme, nota("| Nr | Vraag | Antwoord |\n|---|---|---|\n| 3 | Kan eis 12 uit het programma van eisen weg? | Akkoord. De eis komt te vervallen. |")}, result.Missing, "komt te vervallen"},
		{"a bare yes", []string{programme, nota("| Nr | Vraag | Antwoord |\n|---|---|---|\n| 3 | Kunt u eis 12 laten vervallen? | Ja. |")}, result.Missing, "Ja."},
		{"question and answer in paragraphs", []string{programme, nota("Vraag 3: Is eis 12 nodig voor onze mensen?\n\nAntwoord: Nee, deze eis vervalt.")}, result.Missing, "deze eis vervalt"},
		{"question and answer under headings", []string{programme, nota("## Vraag 3\n\nWij vinden eis 12 te zwaar.\n\n## Antwoord\n\nDeze eis komt te vervallen.")}, result.Missing, "te vervallen"},
		{"question and answer in one paragraph", []string{programme, nota("Vraag 3: Is eis 12 nodig? Antwoord: Nee, eis 12 vervalt.")}, result.Missing, "eis 12 vervalt"},
		{"old and new in columns", []string{programme, addendum("| Eis | Oude tekst | Nieuwe tekst |\n|---|---|---|\n| 12 | Alle medewerkers met cliëntcontact hebben een VOG van hooguit drie maanden oud. | Vervallen |")}, result.Missing, "Vervallen"},
		{"what lapses is named", []string{programme, nota("Eis 12, de VOG van medewerkers, vervalt.")}, result.Contradicted, "de VOG"},
		{"what is laid down in it", []string{programme, nota("Het gestelde in eis 12 komt te vervallen.")}, result.Missing, "Het gestelde"},
		{"has lapsed", []string{programme, nota("Eis 12 is vervallen.")}, result.Missing, "is vervallen"},
		{"with a colon", []string{programme, nota("Eis 12: vervalt.")}, result.Missing, "vervalt"},
		{"a quality requirement", []string{programme, nota("Kwaliteitseis 12 vervalt.")}, result.Missing, "Kwaliteitseis 12"},
		{"it may lapse, says the answer", []string{programme, nota("| Vraag | Antwoord |\n|---|---|\n| Is eis 12 nodig? | Ja, eis 12 kan vervallen. |")}, result.Missing, "kan vervallen"},
		{"that is right", []string{programme, nota("| Vraag | Antwoord |\n|---|---|\n| Klopt het dat eis 12 vervalt? | Ja, dat is juist. |")}, result.Missing, "dat is juist"},
		{"requirements with headings", []string{"pve.docx: programma van eisen\n# Programma van eisen\n\n## 1.2 VOG\n\nAlle medewerkers met cliëntcontact hebben een VOG van hooguit drie maanden oud.\n\n## 1.3 Facturen\n\nOpdrachtnemer stuurt maandelijks een factuur.", nota("Eis 1.2 vervalt.")}, result.Missing, "Eis 1.2"},
		{"third lid", []string{strings.ReplaceAll(agreement, "5.3 Alle", "3. Alle"), addendum("Artikel 5, derde lid, komt te vervallen.")}, result.Missing, "derde lid"},
		{"lid of an article", []string{strings.ReplaceAll(agreement, "5.3 Alle", "3. Alle"), addendum("Lid 3 van artikel 5 komt te vervallen.")}, result.Missing, "Lid 3"},
		{"another clause covers", []string{programme, agreement, nota("Eis 12 vervalt.")}, result.Covered, "Eis 12 vervalt"},

		// Another text comes in its place.
		{"comes to read", []string{programme, nota("Eis 12 komt te luiden: ‘Opdrachtnemer bewaart alle facturen vijf jaar in een kast.’")}, result.Missing, "komt te luiden"},
		{"comes to read, in full", []string{programme, nota("Eis 12 komt te luiden: ‘" + whole + "’")}, result.Covered, "komt te luiden"},
		{"comes to read, half", []string{agreement, addendum("Artikel 5.3 komt te luiden: ‘Alle medewerkers met cliëntcontact hebben een VOG.’")}, result.Partial, "komt te luiden"},
		{"comes to read, below", []string{agreement, addendum("Artikel 5.3 van de overeenkomst komt als volgt te luiden:\n\nOpdrachtnemer kan van medewerkers met cliëntcontact een VOG van hooguit drie maanden oud vragen.\n\n## Overig\n\nDe planning wijzigt niet.")}, result.Mentioned, "kan van medewerkers"},
		{"from duty to exemption", []string{programme, nota("Eis 12 wordt vervangen door: ‘Een VOG is voor deze opdracht niet vereist.’")}, result.Contradicted, "niet vereist"},
		{"from exemption to duty", []string{strings.Replace(programme, "Alle medewerkers met cliëntcontact hebben een VOG van hooguit drie maanden oud.", "Een VOG is voor deze opdracht niet vereist.", 1), nota("Eis 12 komt te luiden: ‘" + whole + "’")}, result.Covered, "komt te luiden"},
		{"answer adapts it", []string{programme, nota("| Nr | Document | Vraag | Antwoord |\n|---|---|---|---|\n| 3 | PvE eis 12 | Geldt dit ook voor stagiairs? | Deze eis wordt aangepast naar: ‘Opdrachtnemer heeft een VOG van alle medewerkers met cliëntcontact.’ |")}, result.Partial, "wordt aangepast"},

		{"adapted, and the new text", []string{programme, nota("Eis 12 wordt aangepast. De nieuwe tekst luidt: ‘Opdrachtnemer heeft een VOG van alle medewerkers met cliëntcontact.’")}, result.Partial, "De nieuwe tekst luidt"},

		// Some of its words change.
		{"instead of, quoted", []string{programme, nota("In plaats van ‘hebben een VOG van hooguit drie maanden oud’ in eis 12 leest u ‘hebben een diploma’.")}, result.Missing, "diploma"},
		{"instead of, without quotes", []string{agreement, addendum("In artikel 5.3 in plaats van een VOG lezen: een diploma.")}, result.Missing, "een diploma"},
		{"replaced by, without a number", []string{programme, addendum("‘hebben een VOG van hooguit drie maanden oud’ wordt vervangen door ‘hebben bij voorkeur een VOG van hooguit drie maanden oud’.")}, result.Mentioned, "bij voorkeur"},
		{"old and new words in columns", []string{programme, addendum("| Eis | Was | Wordt |\n|---|---|---|\n| 12 | een VOG van hooguit drie maanden oud | een VOG |")}, result.Partial, "een VOG"},
		{"quoted words lapse", []string{programme, addendum("In eis 12 vervallen de woorden ‘van hooguit drie maanden oud’.")}, result.Partial, "vervallen de woorden"},
		{"a change that keeps the duty whole", []string{programme, nota("In eis 12 wordt ‘drie maanden’ vervangen door ‘twee maanden’.")}, result.Covered, "twee maanden"},
		{"words that become others", []string{programme, nota("| Document | Vraag | Antwoord |\n|---|---|---|\n| PvE eis 12 | Moet dat? | Nee. Eis 12 blijft staan, maar ‘een VOG’ wordt ‘een diploma’. |")}, result.Missing, "een diploma"},
		{"a term in an answer", []string{programme, nota("| Document | Vraag | Antwoord |\n|---|---|---|\n| PvE eis 12 | Kan het ruimer? | Ja, de termijn wordt aangepast naar twee maanden. |")}, result.Covered, "twee maanden"},

		// Nothing changes.
		{"the clause stays", []string{programme, nota("| Document | Vraag | Antwoord |\n|---|---|---|\n| PvE eis 12 | Kunt u eis 12 laten vervallen? | Nee, eis 12 blijft ongewijzigd gehandhaafd. |")}, result.Covered, ""},
		{"it does not lapse", []string{programme, nota("Eis 12 vervalt niet.")}, result.Covered, ""},
		{"a bare no", []string{programme, nota("| Document | Vraag | Antwoord |\n|---|---|---|\n| PvE eis 12 | Kan eis 12 vervallen? | Nee. |")}, result.Covered, ""},
		{"a yes to something else", []string{programme, nota("| Document | Vraag | Antwoord |\n|---|---|---|\n| PvE eis 12 | Geldt eis 12 voor iedereen? | Ja. |")}, result.Covered, ""},
		{"a yes to a clause that stays", []string{programme, nota("| Vraag | Antwoord |\n|---|---|\n| Klopt het dat eis 12 niet vervalt? | Ja. |")}, result.Covered, ""},
		{"a bidder says so, without a question mark", []string{programme, nota("Vraag 3: Wij gaan ervan uit dat eis 12 vervalt.\n\nAntwoord: Dat is niet zo.")}, result.Covered, ""},
		{"a bidder proposes", []string{programme, nota("| Vraag | Antwoord |\n|---|---|\n| Voorstel: eis 12 vervalt. | Daar gaan wij niet in mee. |")}, result.Covered, ""},
		{"a condition", []string{programme, nota("Als eis 12 vervalt, laten wij dat weten.")}, result.Covered, ""},
		{"an intention", []string{programme, nota("De gemeente is voornemens eis 12 te laten vervallen.")}, result.Covered, ""},
		{"another number", []string{programme, nota("Eis 13 vervalt.")}, result.Covered, ""},
		{"number of an article of a law", []string{agreement, addendum("Artikel 5.3 van de Wmo 2015 vervalt.")}, result.Covered, ""},
		{"something else lapses", []string{agreement, nota("| Document | Vraag | Antwoord |\n|---|---|---|\n| Overeenkomst 5.3 | Blijft de korting? | De korting vervalt na drie jaar. |")}, result.Covered, ""},
		{"a piece of it lapses", []string{agreement, addendum("De boete in artikel 5.3 vervalt.")}, result.Covered, ""},
		{"adapted because of something", []string{agreement, addendum("Artikel 5 is aangepast in verband met de nieuwe planning van de gemeente.")}, result.Covered, ""},
		{"added to", []string{programme, nota("Aan eis 12 voegen wij toe: ‘De factuur is digitaal.’")}, result.Covered, ""},
		{"only repeated", []string{programme, nota("In eis 12 staat dat alle medewerkers met cliëntcontact een VOG van hooguit drie maanden oud hebben.")}, result.Covered, ""},
		{"two documents have that number", []string{programme, strings.Replace(programme, "pve.docx", "pve-perceel-2.docx", 1), nota("Eis 12 vervalt.")}, result.Covered, ""},
		{"said in a document that amends nothing", []string{programme, strings.Replace(nota("Eis 12 vervalt."), ": nota van inlichtingen", ": leidraad", 1)}, result.Covered, ""},
		{"an unquoted sentence lapses", []string{agreement, addendum("De laatste zin van artikel 5.3 vervalt.")}, result.Covered, ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			row := judgeTender(t, "wmo-3.5-vog", tc.texts...)
			if row.Status != tc.want {
				t.Fatalf("got %s, want %s: %s\n%+v", row.Status, tc.want, row.Reason, row.Evidence)
			}
			checkOverridden(t, row, tc.by)
		})
	}
}

// checkOverridden holds that a row shows what changed and what was changed, the later one first, and says so in its reason; or nothing of the kind.
func checkOverridden(t *testing.T, row result.Row, by string) {
	t.Helper()
	old := slices.IndexFunc(row.Evidence, func(e result.Evidence) bool { return e.OverriddenBy != "" })
	told := strings.Contains(row.Reason, "de latere tekst telt")
	if by == "" {
		if old >= 0 || told {
			t.Errorf("nothing was changed, but: %s %+v", row.Reason, row.Evidence)
		}
		return
	}
	if old < 0 || !told {
		t.Fatalf("the changed passage is not shown: %s %+v", row.Reason, row.Evidence)
	}
	e := row.Evidence[old]
	first := slices.IndexFunc(row.Evidence, func(x result.Evidence) bool { return x.File == e.OverriddenBy && strings.Contains(x.Quote, by) })
	if first < 0 || first > old {
		t.Errorf("%q does not stand before what it changed: %+v", by, row.Evidence)
	}
	if row.Status.Gap() && first != 0 {
		t.Errorf("a gap must show first what changed: %+v", row.Evidence)
	}
	if !strings.Contains(e.Lacks, e.OverriddenBy) || !strings.Contains(row.Reason, e.OverriddenBy) {
		t.Errorf("%q and %q must name %s", e.Lacks, row.Reason, e.OverriddenBy)
	}
}

// TestAmendmentsInOrder holds that the latest document wins, by the date or number in its text or name.
func TestAmendmentsInOrder(t *testing.T) {
	const (
		exempt = "Eis 12 komt te luiden: ‘Een VOG is voor deze opdracht niet vereist.’"
		duty   = "Eis 12 komt te luiden: ‘Alle beroepskrachten met cliëntcontact hebben vanaf de eerste werkdag een VOG die hooguit drie maanden oud is.’"
	)
	for _, tc := range []struct {
		name          string
		first, second string // heads of the documents with exempt and with duty
		want          result.Status
	}{
		{"number in the name", "nota-2.docx: nota van inlichtingen\n# Nota van inlichtingen 2", "nota-10.docx: nota van inlichtingen\n# Nota van inlichtingen 10", result.Covered},
		{"number the other way round", "nota-10.docx: nota van inlichtingen\n# Nota van inlichtingen 10", "nota-2.docx: nota van inlichtingen\n# Nota van inlichtingen 2", result.Contradicted},
		{"number in words", "b.docx: nota van inlichtingen\n# Eerste nota van inlichtingen", "a.docx: nota van inlichtingen\n# Tweede nota van inlichtingen", result.Covered},
		{"date in the text", "b.docx: nota van inlichtingen\n# Nota van inlichtingen\n\n6 oktober 2026", "a.docx: addendum\n# Rectificatie\n\n2 november 2026", result.Covered},
		{"date before number", "a.docx: addendum\n# Addendum 1\n\n2 november 2026", "b.docx: nota van inlichtingen\n# Nota van inlichtingen 2\n\n6 oktober 2026", result.Contradicted},
		{"date in the name", "2026-11-02 rectificatie.docx: addendum\n# Rectificatie", "NvI 20261006.docx: nota van inlichtingen\n# Nota van inlichtingen", result.Contradicted},
		{"no number counts as the first", "nota.docx: nota van inlichtingen\n# Nota van inlichtingen", "aanvulling.docx: nota van inlichtingen\n# Nota van inlichtingen 2", result.Covered},
	} {
		t.Run(tc.name, func(t *testing.T) {
			row := judgeTender(t, "wmo-3.5-vog", programme, tc.first+"\n\n"+exempt, tc.second+"\n\n"+duty)
			if row.Status != tc.want {
				t.Fatalf("got %s, want %s: %s\n%+v", row.Status, tc.want, row.Reason, row.Evidence)
			}
		})
	}
	t.Run("taken back", func(t *testing.T) {
		row := judgeTender(t, "wmo-3.5-vog", programme, "nota-1.docx: nota van inlichtingen\n# Nota van inlichtingen 1\n\nEis 12 vervalt.",
			"nota-2.docx: nota van inlichtingen\n# Nota van inlichtingen 2\n\nAnders dan in de eerste nota staat, blijft eis 12 gehandhaafd.")
		if row.Status != result.Covered {
			t.Errorf("got %s, want covered: %s", row.Status, row.Reason)
		}
	})
	t.Run("changed twice in part", func(t *testing.T) {
		row := judgeTender(t, "wmo-3.5-vog", programme, "nota-1.docx: nota van inlichtingen\n# Nota van inlichtingen 1\n\nIn eis 12 wordt ‘een VOG’ vervangen door ‘een diploma’.",
			"nota-2.docx: nota van inlichtingen\n# Nota van inlichtingen 2\n\nIn eis 12 wordt ‘een diploma’ vervangen door ‘een VOG’.")
		if row.Status != result.Covered {
			t.Errorf("got %s, want covered: %s", row.Status, row.Reason)
		}
	})
}

// TestReferences holds which parts of a tender a text names.
func TestReferences(t *testing.T) {
	for _, tc := range []struct{ text, want string }{
		{"Eis 12 vervalt.", "eis 12"},
		{"de eisen 12, 13 en K-4 vervallen", "eis 12 en eis 13 en eis K4"},
		{"Artikel 5.3 lid 2 van de overeenkomst", "artikel 5.3 lid 2"},
		{"artikel 5, onder c, komt te luiden", "artikel 5 lid c"},
		{"par. 4.2 en hoofdstuk 7", "paragraaf 4.2 en paragraaf 7"},
		{"punt 3 van de lijst", "onderdeel 3"},
		{"artikel 3.5 van de Wmo 2015, artikel 4.1.1 Jeugdwet en artikel 14 van de verordening", ""},
		{"eis 12 binnen 3 maanden", "eis 12"},
		{"de eisen 12 en de eisen aan het plan", "eis 12"},
		{"wij eisen 3 referenties", "eis 3"}, // harmless: nothing lapses by it
		{"geen nummers hier", ""},
	} {
		var got []string
		for _, r := range references(tc.text) {
			got = append(got, r.String())
		}
		if strings.Join(got, " en ") != tc.want {
			t.Errorf("%s: got %q, want %q", tc.text, got, tc.want)
		}
	}
}

// TestNearLapsedPassage holds that a passage near a gap says that it no longer stands.
func TestNearLapsedPassage(t *testing.T) {
	row := judgeTender(t, "wmo-3.5-vog", programme, "nota.docx: nota van inlichtingen\n# Nota van inlichtingen\n\nDe eisen 11, 12 en 13 vervallen.")
	for _, e := range slices.Concat(row.Evidence, row.Nearest) {
		if e.File == "pve.docx" && !strings.HasPrefix(e.Lacks, "vervallen door nota.docx") {
			t.Errorf("%q lacks %q", e.Quote, e.Lacks)
		}
	}
}
