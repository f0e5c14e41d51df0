package review

import (
	"fmt"
	"strings"
	"testing"

	"inkooptoets/extract/dossier"
	"inkooptoets/rules/result"
)

// shown lists findings as "block: message".
func shown(list []result.Finding) string {
	var out []string
	for _, f := range list {
		out = append(out, fmt.Sprintf("%d: %s", f.Block, f.Message))
	}
	return strings.Join(out, " ")
}

func TestDuplicates(t *testing.T) {
	const (
		long  = "Aanbieder meldt iedere calamiteit binnen een werkdag bij de toezichthouder en bij de contactpersoon van de gemeente."
		other = "Aanbieder zorgt dat nieuwe medewerkers in hun eerste week leren hoe de melding werkt en wie er helpt."
	)
	for _, tc := range []struct{ name, text, want string }{
		{"twice", "# Melden\n\n" + long + "\n\n# Slot\n\n" + long, "3: Deze alinea staat al eerder in dit bestand, onder ‘Melden’."},
		{"capitals and signs do not matter", long + "\n\nTussentekst.\n\n" + strings.ToUpper(long), "2: Deze alinea staat al eerder in dit bestand."},
		{"a piece of three", "# Een\n\n" + long + "\n\nKorte zin.\n\n" + other + "\n\n# Twee\n\n" + long + "\n\nKorte zin.\n\n" + other, "5: Dit stuk van 3 alinea's staat al eerder in dit bestand, onder ‘Een’."},
		{"three times", long + "\n\nAnders.\n\n" + long + "\n\nWeer anders.\n\n" + long, "2: Deze alinea staat al eerder in dit bestand. 4: Deze alinea staat al eerder in dit bestand."},
		{"short lines", "De gemeente besluit.\n\nAnders.\n\nDe gemeente besluit.", ""},
		{"another number in it", long + "\n\nAnders.\n\n" + strings.Replace(long, "een werkdag", "twee werkdagen", 1), ""},
		{"under two lots", "# Perceel 1 Begeleiding\n\n" + long + "\n\n# Perceel 2 Dagbesteding\n\n" + long, ""},
		{"rows", "| a | b |\n| --- | --- |\n| 1 | " + long + " |\n| 2 | " + long + " |", ""},
		{"a field", "[Kies een van de volgende teksten als de opdracht uit meer percelen bestaat en haal de rest weg.]\n\nAnders.\n\n[Kies een van de volgende teksten als de opdracht uit meer percelen bestaat en haal de rest weg.]", ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := shown(only("c-duplicate", findings(reviewer(t), draft(tc.text), Options{}))); got != tc.want {
				t.Errorf("got %s\nwant %s", got, tc.want)
			}
		})
	}
	t.Run("in two files", func(t *testing.T) {
		if got := only("c-duplicate", findings(reviewer(t), pack(paper{"a.md", "leidraad", long}, paper{"b.md", "overeenkomst", long}), Options{})); len(got) > 0 {
			t.Errorf("got %+v", got)
		}
	})
}

func TestNumbering(t *testing.T) {
	heads := func(numbers ...string) string {
		var b strings.Builder
		for i, n := range numbers {
			fmt.Fprintf(&b, "## %s Onderwerp %c\n\nTekst.\n\n", n, 'A'+i)
		}
		return b.String()
	}
	rows := func(codes ...string) string {
		out := "| Nr | Eis |\n| --- | --- |\n"
		for i, c := range codes {
			out += fmt.Sprintf("| %s | Aanbieder doet %d |\n", c, i)
		}
		return out
	}
	for _, tc := range []struct{ name, text, want string }{
		{"gap in paragraphs", heads("3.1", "3.2", "3.4", "3.5"), "4: Nummer 3.3 ontbreekt: na 3.2 volgt 3.4."},
		{"gap in articles", heads("Artikel 1", "Artikel 2", "Artikel 4", "Artikel 5"), "4: Nummer Artikel 3 ontbreekt: na Artikel 2 volgt Artikel 4."},
		{"gap in demands", rows("E1", "E2", "E4", "E5"), "3: Nummer E3 ontbreekt: na E2 volgt E4."},
		{"gap of two", rows("E1", "E2", "E5", "E6"), "3: Nummer E3 ontbreekt: na E2 volgt E5. 3: Nummer E4 ontbreekt: na E3 volgt E5."},
		{"twice", heads("3.1", "3.2", "3.2", "3.3"), "4: Nummer 3.2 staat er twee keer, met een andere tekst."},
		{"code twice", rows("E1", "E2", "E2", "E3"), "3: Nummer E2 staat er twee keer, met een andere tekst."},
		{"no gap", heads("3.1", "3.2", "3.3", "3.4"), ""},
		{"a row that starts later", heads("3.4", "3.5", "3.6", "3.7"), ""},
		{"two chapters", heads("1.1", "1.2", "1.3", "2.1", "2.2", "2.3"), ""},
		{"a selection from another list", rows("K3", "K7", "K12", "K19"), ""},
		{"too few to tell", heads("3.1", "3.3"), ""},
		{"said to be gone", heads("3.1", "3.2") + "3.3 Vervallen\n\n" + heads("3.4", "3.5"), ""},
		{"stands elsewhere in the file", heads("3.1", "3.2") + "Hier begint tekst. 3.3 Onderwerp dat is samengevoegd.\n\n" + heads("3.4", "3.5"), ""},
		{"an annex with numbers of its own", heads("1", "2", "3", "4") + "# Bijlage 1 Formulier\n\nTekst.\n\n" + heads("1", "2", "3", "4"), ""},
		{"plain lists", "1. een\n2. twee\n4. vier\n5. vijf\n6. zes", ""},
		{"numbers of amounts", rows("10", "20", "40", "50"), ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := shown(only("c-numbering", findings(reviewer(t), draft(tc.text), Options{}))); got != tc.want {
				t.Errorf("got %s\nwant %s", got, tc.want)
			}
		})
	}
}

func TestEmptyHeadings(t *testing.T) {
	const cover = "# Leidraad\n\nGemeente Duinstad\n\nVoor de inkoop van begeleiding.\n\nVersie voor de raad.\n\n"
	byForm := draft(cover + "## Planning\n\n## Kosten\n\nTekst.")
	for i := range byForm.Documents[0].Blocks {
		byForm.Documents[0].Blocks[i].Flags = []string{"by-form"}
	}
	for _, tc := range []struct {
		name string
		d    dossier.Dossier
		want string
	}{
		{"nothing under it", draft(cover + "## Planning\n\n## Kosten\n\nTekst."), "4: Onder deze kop staat geen tekst."},
		{"nothing before the next chapter", draft(cover + "## Planning\n\n# Kosten\n\nTekst."), "4: Onder deze kop staat geen tekst."},
		{"a deeper heading", draft(cover + "## Planning\n\n### Mei\n\nTekst.\n\n## Kosten\n\nTekst."), ""},
		{"a place to sign", draft(cover + "## Ondertekening\n\n## Kosten\n\nTekst."), ""},
		{"on the cover", draft("# Leidraad\n\n# Begeleiding\n\nTekst."), ""},
		{"at the end", draft(cover + "## Kosten\n\nTekst.\n\n## Slot"), ""},
		{"by its looks only", byForm, ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := shown(only("c-empty", findings(reviewer(t), tc.d, Options{}))); got != tc.want {
				t.Errorf("got %s\nwant %s", got, tc.want)
			}
		})
	}
}
