package dossier

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

func TestParseText(t *testing.T) {
	for _, tc := range []struct {
		name, text string
		want       []Block
	}{
		{"lines of a paragraph are joined", "De opdrachtnemer meldt een calamiteit\nbinnen 24 uur.\n\nDaarna volgt een onderzoek.", []Block{
			{Kind: Paragraph, Text: "De opdrachtnemer meldt een calamiteit binnen 24 uur."},
			{Kind: Paragraph, Text: "Daarna volgt een onderzoek."},
		}},
		{"Markdown headings", "# Programma van eisen\n## 3.2 Klachten\n### Artikel 5 Geschillen\nTekst.", []Block{
			{Kind: Heading, Level: 1, Text: "Programma van eisen"},
			{Kind: Heading, Level: 2, Number: "3.2", Text: "Klachten"},
			{Kind: Heading, Level: 3, Number: "Artikel 5", Text: "Geschillen"},
			{Kind: Paragraph, Text: "Tekst."},
		}},
		{"numbered lines that stand alone are headings", "1. Inleiding\n\nDe gemeente koopt in.\n\n3.2 Klachten\n\nEr is een regeling.\n\nArtikel 5 Klachten\n\nEr is nog een regeling.\n\nArtikel 6\n\nSlot.", []Block{
			{Kind: Heading, Level: 1, Number: "1.", Text: "Inleiding"},
			{Kind: Paragraph, Text: "De gemeente koopt in."},
			{Kind: Heading, Level: 2, Number: "3.2", Text: "Klachten"},
			{Kind: Paragraph, Text: "Er is een regeling."},
			{Kind: Heading, Level: 1, Number: "Artikel 5", Text: "Klachten"},
			{Kind: Paragraph, Text: "Er is nog een regeling."},
			{Kind: Heading, Level: 1, Text: "Artikel 6"},
			{Kind: Paragraph, Text: "Slot."},
		}},
		{"numbered sentences and items are no headings", "3.2 Opdrachtnemer heeft een klachtenregeling.\n\n3.3 Opdrachtnemer meldt geweld direct.\n\n1. Registratie\n\n2. Evaluatie\n\nEinde.", []Block{
			{Kind: Item, Number: "3.2", Text: "Opdrachtnemer heeft een klachtenregeling."},
			{Kind: Item, Number: "3.3", Text: "Opdrachtnemer meldt geweld direct."},
			{Kind: Item, Number: "1.", Text: "Registratie"},
			{Kind: Item, Number: "2.", Text: "Evaluatie"},
			{Kind: Paragraph, Text: "Einde."},
		}},
		{"a wrapped line with a number stays in its sentence", "De eisen staan in paragraaf\n3.2 van dit document.", []Block{
			{Kind: Paragraph, Text: "De eisen staan in paragraaf 3.2 van dit document."},
		}},
		{"list items of every form", "De aanbieder:\n- werkt veilig;\n• werkt samen;\n1. registreert;\na) evalueert\n   elk jaar.", []Block{
			{Kind: Paragraph, Text: "De aanbieder:"},
			{Kind: Item, Text: "werkt veilig;"},
			{Kind: Item, Text: "werkt samen;"},
			{Kind: Item, Number: "1.", Text: "registreert;"},
			{Kind: Item, Number: "a)", Text: "evalueert elk jaar."},
		}},
		{"indentation makes an item deeper", "- Personeel:\n  - VOG;\n    - voor vrijwilligers;\n  - scholing.\n- Klachten.", []Block{
			{Kind: Item, Text: "Personeel:"},
			{Kind: Item, Level: 1, Text: "VOG;"},
			{Kind: Item, Level: 2, Text: "voor vrijwilligers;"},
			{Kind: Item, Level: 1, Text: "scholing."},
			{Kind: Item, Text: "Klachten."},
		}},
		{"an announced list of another form is deeper without indentation", "1. Opdrachtnemer zorgt dat:\na. elke medewerker een VOG heeft;\nb. de VOG actueel is.\n2. Opdrachtnemer meldt ziekte.", []Block{
			{Kind: Item, Number: "1.", Text: "Opdrachtnemer zorgt dat:"},
			{Kind: Item, Level: 1, Number: "a.", Text: "elke medewerker een VOG heeft;"},
			{Kind: Item, Level: 1, Number: "b.", Text: "de VOG actueel is."},
			{Kind: Item, Number: "2.", Text: "Opdrachtnemer meldt ziekte."},
		}},
		{"table with a header", "| Code | Eis |\n|---|:--:|\n| E1 | VOG voor **alle** medewerkers |\n| | geen |", []Block{
			{Kind: Row, Table: 1, Flags: []string{"header-row"}, Cells: []Cell{{Text: "Code"}, {Text: "Eis", Col: 1}}},
			{Kind: Row, Table: 1, Cells: []Cell{{Header: "Code", Text: "E1"}, {Header: "Eis", Text: "VOG voor alle medewerkers", Col: 1}}},
			{Kind: Row, Table: 1, Cells: []Cell{{Header: "Code"}, {Header: "Eis", Text: "geen", Col: 1}}},
		}},
		{"tables without a header are numbered", "| a | b |\n\nTussenzin.\n\n| c | d |", []Block{
			{Kind: Row, Table: 1, Cells: []Cell{{Text: "a"}, {Text: "b", Col: 1}}},
			{Kind: Paragraph, Text: "Tussenzin."},
			{Kind: Row, Table: 2, Cells: []Cell{{Text: "c"}, {Text: "d", Col: 1}}},
		}},
		{"marks and links go, words stay", "Zie [het **besluit**](https://example.nl/a_b) en _artikel 3.1_ van snake_case, *samen* 2 * 3.", []Block{
			{Kind: Paragraph, Text: "Zie het besluit en artikel 3.1 van snake_case, samen 2 * 3."},
		}},
		{"soft hyphens, decomposed accents, ligatures", "Verant\u00ADwoording voor clie\u0308nten en o\uFB03ciële stukken", []Block{
			{Kind: Paragraph, Text: "Verantwoording voor cliënten en officiële stukken"},
		}},
		{"contents are no headings", "# Inhoudsopgave\n\n[1.1 Inkoop 6](about:blank#inkoop)\n\n1.2 Eisen 7\n\n1.3 Contract ........ 8\n\n# 1 Inkoop", []Block{
			{Kind: Heading, Level: 1, Text: "Inhoudsopgave"},
			{Kind: Paragraph, Text: "1.1 Inkoop 6", Flags: []string{"toc"}},
			{Kind: Paragraph, Text: "1.2 Eisen 7", Flags: []string{"toc"}},
			{Kind: Paragraph, Text: "1.3 Contract ........ 8", Flags: []string{"toc"}},
			{Kind: Heading, Level: 1, Number: "1", Text: "Inkoop"},
		}},
		{"numbered plain headings stand under the Markdown heading above", "# Overeenkomst\n\nArtikel 5 Klachten\n\nTekst.", []Block{
			{Kind: Heading, Level: 1, Text: "Overeenkomst"},
			{Kind: Heading, Level: 2, Number: "Artikel 5", Text: "Klachten"},
			{Kind: Paragraph, Text: "Tekst."},
		}},
		{"requirement codes and footnotes", "E7. De aanbieder werkt met een plan[^1].\n\n[^1]: Zie de begrippen.", []Block{
			{Kind: Item, Number: "E7.", Text: "De aanbieder werkt met een plan."},
			{Kind: Note, Number: "1", Text: "Zie de begrippen."},
		}},
		{"nothing", " \n\n---\n", nil},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, ParseText(tc.text), cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

func TestSplitHeading(t *testing.T) {
	for _, tc := range []struct{ line, number, rest string }{
		{"3.2 Klachten", "3.2", "Klachten"},
		{"1. Inleiding", "1.", "Inleiding"},
		{"Artikel 12: Geheimhouding", "Artikel 12", "Geheimhouding"},
		{"Bijlage A – Begrippen", "Bijlage A", "Begrippen"},
		{"B. Vakmanschap", "B.", "Vakmanschap"},
		{"A Algemeen", "", "A Algemeen"},
		{"1.2 15 Kwaliteitskaders", "1.2", "15 Kwaliteitskaders"},
		{"Artikelen over kwaliteit", "", "Artikelen over kwaliteit"},
		{"Klachten", "", "Klachten"},
	} {
		if number, rest := SplitHeading(tc.line); number != tc.number || rest != tc.rest {
			t.Errorf("SplitHeading(%q) = %q, %q, want %q, %q", tc.line, number, rest, tc.number, tc.rest)
		}
	}
}

func TestSplitItem(t *testing.T) {
	for _, tc := range []struct {
		line, number, rest string
		ok                 bool
	}{
		{"- werkt veilig", "", "werkt veilig", true},
		{"(ii) meldt", "(ii)", "meldt", true},
		{"E-12. meldt", "E-12.", "meldt", true},
		{"A is geen opsomming", "", "A is geen opsomming", false},
		{"24 uur bereikbaar", "", "24 uur bereikbaar", false},
		{"-5 graden", "", "-5 graden", false},
		{"-", "", "-", false},
	} {
		if number, rest, ok := SplitItem(tc.line); number != tc.number || rest != tc.rest || ok != tc.ok {
			t.Errorf("SplitItem(%q) = %q, %q, %v, want %q, %q, %v", tc.line, number, rest, ok, tc.number, tc.rest, tc.ok)
		}
	}
}

func TestClean(t *testing.T) {
	for _, tc := range []struct{ in, want string }{
		{"  een \t\n twee\u00A0drie ", "een twee drie"},
		{"e-mail\u2011adres", "e-mail-adres"},
		{"\x1b[31mrood\x1b[0m \u202Eomgekeerd", "[31mrood[0m omgekeerd"},
		{"\xffkapot", "\uFFFDkapot"},
		{"vr\u0133heid", "vrijheid"},
	} {
		got := Clean(tc.in)
		if got != tc.want {
			t.Errorf("Clean(%q) = %q, want %q", tc.in, got, tc.want)
		}
		if again := Clean(got); again != got {
			t.Errorf("Clean(%q) = %q, want it to stay the same", got, again)
		}
	}
}

func FuzzParseText(f *testing.F) {
	f.Add("# 1 Kop\n\n| a | b |\n|---|---|\n| c | d |\n- a)\n  1.1 b")
	f.Fuzz(func(t *testing.T, text string) {
		for _, b := range Outline("a.md", ParseText(text)) {
			for _, c := range b.Cells {
				if b.Text[c.Start:c.End] != c.Text {
					t.Fatalf("cell %q is not at %d-%d of %q", c.Text, c.Start, c.End, b.Text)
				}
			}
			if b.Kind != Row && b.Text == "" {
				t.Fatalf("empty %s in %q", b.Kind, text)
			}
		}
	})
}
