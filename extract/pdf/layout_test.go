package pdf

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// column sets lines below each other, from the top down.
func column(font string, size, x, y, step float64, lines ...string) string {
	var b strings.Builder
	for i, l := range lines {
		b.WriteString(at(font, size, x, y-float64(i)*step, l))
	}
	return b.String()
}

func TestHyphens(t *testing.T) {
	for _, tc := range []struct{ name, first, second, want string }{
		{"lower case", "De aanbieder doet dat zonder uit-", "stel.", "De aanbieder doet dat zonder uitstel."},
		{"compound that is left open", "Voor jeugdhulp-", "en opvoedvragen.", "Voor jeugdhulp- en opvoedvragen."},
		{"accent before the hyphen", "De hulp wordt ieder jaar geë-", "valueerd.", "De hulp wordt ieder jaar geëvalueerd."},
		{"abbreviation", "Hij kent LVB-", "problematiek.", "Hij kent LVB-problematiek."},
		{"abbreviation in small letters", "Hij heeft een hbo-", "diploma en kent de wet.", "Hij heeft een hbo-diploma en kent de wet."},
		{"abbreviation as a name", "Iedere Wmo-", "aanbieder meldt dit.", "Iedere Wmo-aanbieder meldt dit."},
		{"word with an onset of three letters", "Hij deed dat schrif-", "telijk.", "Hij deed dat schriftelijk."},
		{"figures", "Er is 24-", "uurs toezicht.", "Er is 24-uurs toezicht."},
		{"name that takes hyphens elsewhere", "De Wmo-raad adviseert de Wmo-", "consulent.", "De Wmo-raad adviseert de Wmo-consulent."},
		{"code", "Zie eis PVE-", "01 hieronder.", "Zie eis PVE-01 hieronder."},
		{"soft hyphen", "De meld\xadcode\xad", "training is gevolgd.", "De meldcodetraining is gevolgd."},
		{"hyphen that the file writes elsewhere", "De Wmo-consulent belt. Ook een Wmo-", "consulent belt.", "De Wmo-consulent belt. Ook een Wmo-consulent belt."},
		{"slash", "De aanbieder en/", "of de gemeente.", "De aanbieder en/of de gemeente."},
	} {
		t.Run(tc.name, func(t *testing.T) {
			first := strings.ReplaceAll(tc.first, "\xad", `\255`)
			check(t, read(t, at("F1", 11, 70, 700, first)+at("F1", 11, 70, 686, tc.second)), "paragraph 0 | "+tc.want)
		})
	}
}

func TestTwoColumns(t *testing.T) {
	left := column("F1", 10, 70, 700, 12, "De aanbieder zorgt voor een vast gezicht", "en meldt het wanneer dat niet meer lukt.")
	right := column("F1", 10, 320, 700, 12, "De gemeente betaalt binnen dertig dagen", "en bericht wanneer dat later wordt.")
	want := []string{"heading 1 | Een titel over de volle breedte van de pagina", "paragraph 0 | De aanbieder zorgt voor een vast gezicht en meldt het wanneer dat niet meer lukt.",
		"paragraph 0 | De gemeente betaalt binnen dertig dagen en bericht wanneer dat later wordt."}
	title := at("F2", 16, 70, 750, "Een titel over de volle breedte van de pagina")
	t.Run("column after column", func(t *testing.T) { check(t, read(t, title+left+right), want...) })
	t.Run("line after line", func(t *testing.T) { // some programs paint across the columns
		var content strings.Builder
		content.WriteString(title)
		for i, l := range []string{"De aanbieder zorgt voor een", "vast gezicht en meldt het", "wanneer dat niet meer", "lukt of niet meer kan,", "en legt dat iedere keer", "vast in het plan van de", "cliënt zelf."} {
			y := 700 - 12*float64(i)
			content.WriteString(at("F1", 10, 70, y, l) + at("F1", 10, 220, y, []string{"De gemeente betaalt binnen", "dertig dagen na ontvangst", "van de rekening, en bericht", "het wanneer dat later wordt", "door een oorzaak die zij", "niet kon voorzien bij het", "sluiten van het contract."}[i]))
		}
		check(t, read(t, content.String()), want[0],
			"paragraph 0 | De aanbieder zorgt voor een vast gezicht en meldt het wanneer dat niet meer lukt of niet meer kan, en legt dat iedere keer vast in het plan van de cliënt zelf.",
			"paragraph 0 | De gemeente betaalt binnen dertig dagen na ontvangst van de rekening, en bericht het wanneer dat later wordt door een oorzaak die zij niet kon voorzien bij het sluiten van het contract.")
	})
	t.Run("with a ruled table", func(t *testing.T) {
		check(t, read(t, title+grid(650, [2]string{"Code", "Eis"}, [2]string{"E1", "De meldcode is bekend."})+left+right),
			append([]string{want[0], "row 0 | Code | Eis", "row 0 | Code: E1 | Eis: De meldcode is bekend."}, want[1:]...)...)
	})
}

func TestJustifiedGaps(t *testing.T) {
	line := "BT /F1 10 Tf 70 700 Td [(De) -900 (aanbieder) -900 (meldt) -900 (iedere) -900 (calamiteit)] TJ ET\n"
	check(t, read(t, line+at("F1", 10, 70, 688, "bij de toezichthouder van de gemeente.")), "paragraph 0 | De aanbieder meldt iedere calamiteit bij de toezichthouder van de gemeente.")
}

// footnote sets the line above footnotes and one note below it.
func footnote(number, text string) string {
	return "70 120 m 180 120 l S\n" + at("F1", 6, 70, 110, number) + at("F1", 9, 76, 107, text)
}

func TestFootnotes(t *testing.T) {
	mark := func(x, y float64, n string) string { return at("F1", 6, x, y+4, n) }
	page := func(n string) string {
		return at("F1", 11, 70, 700, "De aanbieder meldt calamiteiten.") + mark(231.5, 700, n) + at("F1", 11, 70, 660, "De gemeente houdt toezicht.") + footnote(n, "Zie de wet.")
	}
	doc := read(t, page("1"), page("2"), page("3"))
	var want []string
	for n := 1; n <= 3; n++ { // the same note on every page is no running footer
		want = append(want, "paragraph 0 | De aanbieder meldt calamiteiten.", fmt.Sprintf("note 0 %d| Zie de wet.", n), "paragraph 0 | De gemeente houdt toezicht.")
	}
	check(t, doc, want...)
}

func TestNoteInBodyType(t *testing.T) {
	check(t, read(t, at("F1", 11, 70, 700, "De aanbieder meldt calamiteiten.")+at("F1", 6, 231.5, 704, "1")+"70 120 m 180 120 l S\n"+at("F1", 11, 70, 106, "1 Zie de wet.")),
		"paragraph 0 | De aanbieder meldt calamiteiten.", "note 0 1| Zie de wet.")
}

func TestNoLineIsLost(t *testing.T) {
	check(t, read(t, at("F1", 11, 70, 700, "De aanbieder meldt calamiteiten.")+"70 220 m 180 220 l S\n"+at("F1", 9, 70, 207, "1 Zie de wet.")+at("F1", 9, 70, 180, "Bron: de gemeente.")),
		"paragraph 0 | De aanbieder meldt calamiteiten.", "note 0 1| Zie de wet. Bron: de gemeente.")
	check(t, read(t, at("F1", 11, 70, 700, "De aanbieder meldt calamiteiten.")+"70 320 m 180 320 l S\n"+at("F1", 11, 70, 305, "2 maart 2027")),
		"paragraph 0 | De aanbieder meldt calamiteiten.", "paragraph 0 | 2 maart 2027") // a line to sign on
}

// openGrid draws a table with rules above and below its header only, and at its end if last.
func openGrid(top float64, last bool, lines ...[3]string) string {
	var b strings.Builder
	rule := func(y float64) { fmt.Fprintf(&b, "70 %g m 500 %g l S\n", y, y) }
	rule(top)
	rule(top - 18)
	y := top - 13
	for i, l := range lines {
		if i == 1 {
			y -= 4
		}
		for k, text := range l {
			if text != "" {
				b.WriteString(at("F1", 10, 70+float64(k*k)*30+float64(k)*30, y, text))
			}
		}
		y -= 12
	}
	if last {
		rule(y + 6)
	}
	return b.String()
}

func TestOpenTable(t *testing.T) {
	doc := read(t, at("F1", 10, 70, 760, "De eisen zijn:")+openGrid(740, false, [3]string{"Nr.", "Eis", "Soort"}, [3]string{"E1", "De meldcode is", "Eis"}, [3]string{"", "bekend bij allen.", ""},
		[3]string{"E2", "Een plan", "Wens"}),
		openGrid(780, true, [3]string{"Nr.", "Eis", "Soort"}, [3]string{"", "is er altijd.", ""}, [3]string{"E3", "Er is een VOG.", "Eis"}, [3]string{"Voor alle percelen.", "", ""})+at("F1", 10, 70, 600, "Na de tabel gaat de tekst over de volle breedte van de pagina door."))
	check(t, doc, "paragraph 0 | De eisen zijn:", "row 0 | Nr. | Eis | Soort", "row 0 | Nr.: E1 | Eis: De meldcode is bekend bij allen. | Soort: Eis",
		"row 0 | Nr.: E2 | Eis: Een plan is er altijd. | Soort: Wens", "row 0 | Nr.: E3 | Eis: Er is een VOG. | Soort: Eis", "row 0 | Nr.: Voor alle percelen.",
		"paragraph 0 | Na de tabel gaat de tekst over de volle breedte van de pagina door.")
}

func TestRowOverPagesWithNote(t *testing.T) {
	doc := read(t, grid(240, [2]string{"Code", "Eis"}, [2]string{"E1", "De opdrachtnemer stelt samen met de cliënt een plan"})+footnote("1", "Zie de wet."),
		grid(780, [2]string{"Code", "Eis"}, [2]string{"", "op en bespreekt het."}, [2]string{"E2", "De meldcode is bekend."}))
	check(t, doc, "row 0 | Code | Eis", "row 0 | Code: E1 | Eis: De opdrachtnemer stelt samen met de cliënt een plan op en bespreekt het.", "note 0 1| Zie de wet.", "row 0 | Code: E2 | Eis: De meldcode is bekend.")
}

func TestHeadings(t *testing.T) {
	for _, tc := range []struct {
		name, content string
		want          []string
	}{
		{"a bold first line of a paragraph is no heading",
			at("F2", 11, 70, 700, "De aanbieder meldt iedere calamiteit en ieder geweld bij de toezichthouder van de") + at("F1", 11, 70, 687, "gemeente en doet dat binnen drie dagen."),
			[]string{"paragraph 0 | De aanbieder meldt iedere calamiteit en ieder geweld bij de toezichthouder van de gemeente en doet dat binnen drie dagen."}},
		{"a bold line in the middle of a paragraph is no heading",
			at("F1", 11, 70, 713, "De aanbieder meldt iedere calamiteit en ieder geweld bij de toezichthouder van de") + at("F2", 11, 70, 700, "Gemeente Waterhoek en doet dat binnen drie dagen nadat hij daarvan heeft ge-") + at("F1", 11, 70, 687, "hoord."),
			[]string{"paragraph 0 | De aanbieder meldt iedere calamiteit en ieder geweld bij de toezichthouder van de Gemeente Waterhoek en doet dat binnen drie dagen nadat hij daarvan heeft gehoord."}},
		{"a bold sentence before a paragraph is no heading", at("F2", 11, 70, 700, "De aanbieder meldt alle calamiteiten.") + at("F1", 11, 70, 687, "Daarna volgt de melding aan de inspectie."),
			[]string{"paragraph 0 | De aanbieder meldt alle calamiteiten. Daarna volgt de melding aan de inspectie."}},
		{"bold words at the start of a line are no heading", at("F2", 11, 70, 700, "Meldplicht.") + at("F1", 11, 140, 700, "De aanbieder meldt iedere calamiteit."),
			[]string{"paragraph 0 | Meldplicht. De aanbieder meldt iedere calamiteit."}},
		{"a bold item is no heading", at("F1", 11, 70, 713, "De aanbieder:") + at("F2", 11, 80, 690, "• heeft een klachtenregeling") + at("F1", 11, 80, 677, "• meldt calamiteiten"),
			[]string{"paragraph 0 | De aanbieder:", "item 0 | heeft een klachtenregeling", "item 0 | meldt calamiteiten"}},
		{"a bold item between numbered items is no heading, a chapter with such a number is",
			at("F2", 11, 70, 760, "1.") + at("F2", 11, 95, 760, "Toezicht") + at("F1", 11, 70, 740, "De aanbieder:") +
				at("F1", 11, 80, 720, "1.") + at("F1", 11, 95, 720, "heeft een klachtenregeling") + at("F2", 11, 80, 700, "2.") + at("F2", 11, 95, 700, "Voert overleg met de toezichthouder") +
				at("F1", 11, 80, 680, "3.") + at("F1", 11, 95, 680, "meldt calamiteiten") + at("F2", 11, 70, 650, "2.") + at("F2", 11, 95, 650, "Klachten"),
			[]string{"heading 1 1.| Toezicht", "paragraph 0 | De aanbieder:", "item 0 1.| heeft een klachtenregeling", "item 0 2.| Voert overleg met de toezichthouder", "item 0 3.| meldt calamiteiten", "heading 1 2.| Klachten"}},
		{"over two lines", at("F2", 16, 70, 720, "3 Toezicht, calamiteiten") + at("F2", 16, 70, 701, "en geweld") + at("F1", 11, 70, 680, "De aanbieder meldt calamiteiten."),
			[]string{"heading 1 3| Toezicht, calamiteiten en geweld", "paragraph 0 | De aanbieder meldt calamiteiten."}},
		{"number before a number", at("F2", 13, 70, 720, "1.2 15 Kwaliteitskaders") + at("F1", 11, 70, 700, "De kaders staan in de bijlage."),
			[]string{"heading 2 1.2| 15 Kwaliteitskaders", "paragraph 0 | De kaders staan in de bijlage."}},
		{"number placed by itself, without room", "BT /F2 13 Tf 70 720 Td (2.2.1) Tj ET BT /F2 13 Tf 102.5 720 Td (\\(ingeschreven in het\\) register) Tj ET " + at("F1", 11, 70, 700, "De aanbieder is ingeschreven."),
			[]string{"heading 3 2.2.1| (ingeschreven in het) register", "paragraph 0 | De aanbieder is ingeschreven."}},
		{"chapters under parts that have names",
			at("F2", 18, 70, 760, "Bijlage A") + at("F2", 14, 70, 730, "1 Toezicht") + at("F1", 11, 70, 710, "De aanbieder meldt calamiteiten.") + at("F2", 18, 70, 680, "Bijlage B") + at("F2", 14, 70, 650, "1 Klachten") + at("F1", 11, 70, 630, "Er is een regeling."),
			[]string{"heading 1 | Bijlage A", "heading 2 1| Toezicht", "paragraph 0 | De aanbieder meldt calamiteiten.", "heading 1 | Bijlage B", "heading 2 1| Klachten", "paragraph 0 | Er is een regeling."}},
		{"a title page does not push the chapters down",
			at("F2", 20, 70, 760, "Programma van eisen") + at("F2", 16, 70, 730, "Gemeente Waterhoek") + at("F2", 14, 70, 690, "1 Toezicht") + at("F1", 11, 70, 670, "De aanbieder meldt calamiteiten."),
			[]string{"heading 1 | Programma van eisen", "heading 1 | Gemeente Waterhoek", "heading 1 1| Toezicht", "paragraph 0 | De aanbieder meldt calamiteiten."}},
		{"names without numbers rank by size", at("F2", 16, 70, 760, "Toezicht") + at("F2", 13, 70, 730, "Calamiteiten") + at("F1", 11, 70, 710, "De aanbieder meldt calamiteiten.") + at("F2", 16, 70, 680, "Klachten") + at("F1", 11, 70, 660, "Er is een regeling."),
			[]string{"heading 1 | Toezicht", "heading 2 | Calamiteiten", "paragraph 0 | De aanbieder meldt calamiteiten.", "heading 1 | Klachten", "paragraph 0 | Er is een regeling."}},
	} {
		t.Run(tc.name, func(t *testing.T) { check(t, read(t, tc.content), tc.want...) })
	}
}

func TestContents(t *testing.T) {
	doc := read(t, at("F2", 16, 70, 760, "Inhoud")+at("F2", 12, 70, 730, "1 Toezicht")+at("F2", 12, 480, 730, "3")+at("F1", 11, 70, 715, "1.1 Calamiteiten ............ 4"),
		at("F2", 16, 70, 760, "1 Toezicht")+at("F1", 11, 70, 730, "De aanbieder meldt calamiteiten."))
	check(t, doc, "heading 1 | Inhoud", "paragraph 0 | 1 Toezicht 3", "paragraph 0 | 1.1 Calamiteiten ............ 4", "heading 1 1| Toezicht", "paragraph 0 | De aanbieder meldt calamiteiten.")
	if !slices.Contains(doc.Blocks[1].Flags, "toc") {
		t.Errorf("flags of an entry: %v", doc.Blocks[1].Flags)
	}
}

func TestTextBox(t *testing.T) {
	doc := read(t, at("F1", 11, 70, 700, "De aanbieder stelt samen met de cliënt en zijn ouders een plan op en bespreekt dat ieder")+at("F1", 11, 70, 620, "jaar met hen.")+
		at("F1", 11, 70, 590, "De gemeente houdt toezicht.")+"150 640 m 400 640 l 400 680 l 150 680 l 150 640 l S\n"+at("F1", 11, 160, 655, "Let op: dit geldt ook voor onderaannemers."))
	check(t, doc, "paragraph 0 | De aanbieder stelt samen met de cliënt en zijn ouders een plan op en bespreekt dat ieder jaar met hen.",
		"paragraph 0 | Let op: dit geldt ook voor onderaannemers.", "paragraph 0 | De gemeente houdt toezicht.")
	if !slices.Contains(doc.Blocks[1].Flags, "textbox") {
		t.Errorf("flags of the box: %v", doc.Blocks[1].Flags)
	}
}

func TestStruckText(t *testing.T) {
	doc := read(t, at("F1", 11, 70, 700, "De aanbieder meldt calamiteiten en geweld")+at("F1", 11, 286, 700, "niet")+at("F1", 11, 309, 700, "binnen drie dagen.")+"286 703.3 m 303.7 703.3 l S\n70 698.5 m 126 698.5 l S")
	check(t, doc, "paragraph 0 | De aanbieder meldt calamiteiten en geweld binnen drie dagen.")
}

func TestLowerCaseAfterShortLine(t *testing.T) {
	check(t, read(t, at("F1", 11, 70, 700, "De aanbieder zorgt voor een plan dat de cliënt kent en dat ieder half jaar wordt besproken")+at("F1", 11, 70, 687, "met de cliënt"),
		at("F1", 11, 70, 760, "werkt samen met de school van de jeugdige en met de huisarts en met wie er verder nodig is.")),
		"paragraph 0 | De aanbieder zorgt voor een plan dat de cliënt kent en dat ieder half jaar wordt besproken met de cliënt",
		"paragraph 0 | werkt samen met de school van de jeugdige en met de huisarts en met wie er verder nodig is.")
}

// A list of half sentences: each begins in lower case after a line that is full, and stands apart.
func TestLowerCaseAfterFullLine(t *testing.T) {
	full := "De aanbieder zorgt voor een plan dat de cliënt kent en dat ieder half jaar wordt besproken"
	half := "of met diens ouders, als de jeugdige nog geen zestien jaar is en dat zelf zo heeft gewild,"
	check(t, read(t, column("F1", 11, 70, 760, 13, full, full)+column("F1", 11, 70, 731, 13, half, "en legt dat vast.")+column("F1", 11, 70, 689, 13, full, full)),
		"paragraph 0 | "+full+" "+full, "paragraph 0 | "+half+" en legt dat vast.", "paragraph 0 | "+full+" "+full)
}

// TestLabelsAndValues reads what stands beside each other line by line when it is no running text.
func TestLabelsAndValues(t *testing.T) {
	var content strings.Builder
	for i, l := range [][2]string{{"Naam", "Gemeente Waterhoek"}, {"Plaats", "Waterhoek"}, {"Kenmerk", "JW-2026-03"}, {"Datum", "1 maart 2026"}, {"Contact", "de heer De Wit"}, {"Fase", "concept"}, {"Versie", "3"}} {
		content.WriteString(at("F1", 10, 70, 700-20*float64(i), l[0]) + at("F1", 10, 320, 700-20*float64(i), l[1]))
	}
	if got := texts(read(t, content.String())); !strings.HasPrefix(got, "Naam Gemeente Waterhoek / Plaats Waterhoek / Kenmerk JW-2026-03") {
		t.Errorf("got %q", got)
	}
}

// TestLineTooLongForItsCell has words that run on beyond the edge of the table, as LibreOffice sets a table that is too wide.
func TestLineTooLongForItsCell(t *testing.T) {
	rules := "70 700 m 200 700 l S 70 680 m 200 680 l S 70 650 m 200 650 l S 70 650 m 70 700 l S 110 650 m 110 700 l S 200 650 m 200 700 l S "
	doc := read(t, rules+at("F2", 10, 74, 686, "Code")+at("F2", 10, 114, 686, "Eis")+at("F1", 10, 74, 668, "E1")+at("F1", 10, 114, 668, "De melding komt al")+
		at("F1", 10, 202.4, 668, "binnen drie")+at("F1", 10, 114, 656, "dagen.")+at("F1", 10, 320, 668, "Ernaast staat andere tekst."))
	check(t, doc, "row 0 | Code | Eis", "row 0 | Code: E1 | Eis: De melding komt al binnen drie dagen.", "paragraph 0 | Ernaast staat andere tekst.")
}

// TestTableInNextColumn has a table that goes on at the top of the next column of text, with a row cut in two.
func TestTableInNextColumn(t *testing.T) {
	part := func(x, top float64, rows ...[2]string) string {
		var b strings.Builder
		for i := range len(rows) + 1 {
			fmt.Fprintf(&b, "%g %g m %g %g l S\n", x, top-20*float64(i), x+200, top-20*float64(i))
		}
		for _, at := range []float64{x, x + 40, x + 200} {
			fmt.Fprintf(&b, "%g %g m %g %g l S\n", at, top, at, top-20*float64(len(rows)))
		}
		for i, r := range rows {
			b.WriteString(at("F1", 10, x+4, top-20*float64(i)-14, r[0]) + at("F1", 10, x+44, top-20*float64(i)-14, r[1]))
		}
		return b.String()
	}
	check(t, read(t, part(70, 200, [2]string{"Code", "Eis"}, [2]string{"E1", "De melding komt binnen"})+
		part(320, 760, [2]string{"Code", "Eis"}, [2]string{"", "drie dagen."}, [2]string{"E2", "Er is een plan."})),
		"row 0 | Code | Eis", "row 0 | Code: E1 | Eis: De melding komt binnen drie dagen.", "row 0 | Code: E2 | Eis: Er is een plan.")
	check(t, read(t, part(70, 700, [2]string{"Code", "Eis"}, [2]string{"E1", "Er is een plan."})+
		part(320, 600, [2]string{"Code", "Wens"}, [2]string{"", "Er is een tolk."})),
		"row 0 | Code | Eis", "row 0 | Code: E1 | Eis: Er is een plan.", "row 0 | Code | Wens", "row 0 | Wens: Er is een tolk.") // beside and below: another table
}

// TestRowTooLongForOpenTable has a cell over all columns whose line LaTeX did not break, and a last rule that is drawn out by it.
func TestRowTooLongForOpenTable(t *testing.T) {
	long := "Voor alle percelen geldt dat de opdrachtnemer de eisen ook oplegt aan onderaannemers en aan iedereen die hij verder inzet."
	doc := read(t, openGrid(740, false, [3]string{"Nr.", "Eis", "Soort"}, [3]string{"E1", "Er is een VOG.", "Eis"})+at("F1", 10, 76, 699, long)+"70 693 m 700 693 l S\n"+
		at("F1", 10, 70, 660, "Na de tabel gaat de tekst door."))
	check(t, doc, "row 0 | Nr. | Eis | Soort", "row 0 | Nr.: E1 | Eis: Er is een VOG. | Soort: Eis", "row 0 | Nr.: "+long, "paragraph 0 | Na de tabel gaat de tekst door.")
}

// TestHeaderAboveOneLongRow has a page of a table with nothing but its header again and a cell over all columns.
func TestHeaderAboveOneLongRow(t *testing.T) {
	doc := read(t, openGrid(740, true, [3]string{"Nr.", "Eis", "Soort"}, [3]string{"E1", "Er is een VOG.", "Eis"}),
		openGrid(780, true, [3]string{"Nr.", "Eis", "Soort"}, [3]string{"Voor alle percelen geldt dat de eisen ook gelden voor wie de opdrachtnemer inzet.", "", ""})+
			at("F1", 10, 70, 700, "Na de tabel gaat de tekst door."))
	check(t, doc, "row 0 | Nr. | Eis | Soort", "row 0 | Nr.: E1 | Eis: Er is een VOG. | Soort: Eis", "row 0 | Nr.: Voor alle percelen geldt dat de eisen ook gelden voor wie de opdrachtnemer inzet.",
		"paragraph 0 | Na de tabel gaat de tekst door.")
}

// TestRulesAroundLittle has rules as those of an open table, with nothing in it or hardly anything.
func TestRulesAroundLittle(t *testing.T) {
	const rules = "70 740 m 500 740 l S 70 722 m 500 722 l S 70 700 m 500 700 l S "
	head := at("F1", 10, 70, 727, "Gemeente Waterhoek") + at("F1", 10, 350, 727, "Concept van maart")
	check(t, read(t, rules+head+at("F1", 10, 70, 660, "Onder de lijnen staat tekst.")), "paragraph 0 | Gemeente Waterhoek Concept van maart", "paragraph 0 | Onder de lijnen staat tekst.")
	text := "De aanbieder zorgt voor een vast gezicht voor iedere cliënt en voor een vervanger en die"
	check(t, read(t, "70 740 m 460 740 l S 70 700 m 460 700 l S 70 640 m 460 640 l S "+column("F1", 10, 80, 727, 12, text, "kent het plan.")+column("F1", 10, 80, 685, 20, "Daarna volgt toezicht.", "Klachten zijn er niet.")),
		"paragraph 0 | "+text+" kent het plan.", "paragraph 0 | Daarna volgt toezicht.", "paragraph 0 | Klachten zijn er niet.")
	check(t, read(t, rules+head+at("F1", 10, 70, 708, "Versie 3")), "paragraph 0 | Gemeente Waterhoek Concept van maart Versie 3")
}

// TestSameNoteOnEveryPage has a footnote of two lines at the same height on every page: it is no running footer.
func TestSameNoteOnEveryPage(t *testing.T) {
	places := []string{"Waterhoek", "Veenland", "Duinrand", "Oosterbeek"}
	var pages, want []string
	for i, name := range places {
		n := fmt.Sprint(i + 1)
		pages = append(pages, at("F1", 11, 70, 700, "De aanbieder meldt calamiteiten.")+at("F1", 6, 231.5, 704, n)+at("F1", 11, 70, 660, "Dit geldt in "+name+".")+
			"70 95 m 180 95 l S\n"+at("F1", 6, 70, 83, n)+at("F1", 9, 76, 80, "Zie de wet en wat daar-")+at("F1", 9, 70, 69, "onder valt.")+at("F1", 9, 70, 40, "Concept, bladzijde "+n))
		want = append(want, "paragraph 0 | De aanbieder meldt calamiteiten.", "note 0 "+n+"| Zie de wet en wat daaronder valt.", "paragraph 0 | Dit geldt in "+name+".")
	}
	check(t, read(t, pages...), want...)
}

// TestLineAboveNumberedHeading has a line above a heading whose number begins with that of a footnote.
func TestLineAboveNumberedHeading(t *testing.T) {
	doc := read(t, at("F1", 11, 70, 700, "De aanbieder meldt calamiteiten.")+at("F1", 6, 231.5, 704, "2")+"70 330 m 180 330 l S\n"+
		at("F2", 13, 70, 310, "2.1 Toezicht")+at("F1", 11, 70, 290, "De gemeente houdt toezicht.")+"70 120 m 180 120 l S\n"+at("F1", 6, 70, 110, "2")+at("F1", 9, 76, 107, "Zie de wet."))
	check(t, doc, "paragraph 0 | De aanbieder meldt calamiteiten.", "note 0 2| Zie de wet.", "heading 2 2.1| Toezicht", "paragraph 0 | De gemeente houdt toezicht.")
}

// TestParagraphsOfOneLine has hardly any paragraph of two lines to learn the distance of lines from.
func TestParagraphsOfOneLine(t *testing.T) {
	var content strings.Builder
	var want []string
	y := 780.0
	for _, l := range []string{"De aanbieder werkt met een plan dat samen met de cliënt wordt gemaakt en besproken",
		"De aanbieder meldt iedere calamiteit en ieder geweld meteen aan de toezichthouder",
		"De aanbieder heeft een regeling voor klachten en wijst cliënten daar zelf op",
		"De aanbieder zorgt voor een vast gezicht voor iedere cliënt en voor een vervanger",
		"De aanbieder werkt samen met de huisarts, met de school en met het lokale team"} {
		content.WriteString(at("F1", 11, 70, y, l))
		want = append(want, "paragraph 0 | "+l)
		y -= 20
	}
	for range 2 {
		content.WriteString(at("F1", 11, 70, y, "De gemeente betaalt binnen dertig dagen nadat de rekening bij haar is binnengekomen en") + at("F1", 11, 70, y-13, "bericht het als dat later wordt."))
		want = append(want, "paragraph 0 | De gemeente betaalt binnen dertig dagen nadat de rekening bij haar is binnengekomen en bericht het als dat later wordt.")
		y -= 33
	}
	check(t, read(t, content.String()), want...)
}

// TestBrokenParagraphs has mostly lines that are each a paragraph, also where they end in the middle of a sentence.
func TestBrokenParagraphs(t *testing.T) {
	var content strings.Builder
	var want []string
	y := 780.0
	for _, l := range []string{"De aanbieder werkt met een plan dat samen met de cliënt wordt gemaakt en besproken",
		"en meldt iedere calamiteit en ieder geweld meteen aan de toezichthouder van de gemeente",
		"De aanbieder heeft een regeling voor klachten en wijst cliënten daar zelf op. Hij zorgt",
		"De aanbieder zorgt voor een vast gezicht voor iedere cliënt en voor een vervanger in",
		"De aanbieder werkt samen met de huisarts, met de school, met de wijk en met het lokale",
		"team en met wie er verder voor de cliënt of voor het gezin van belang is of kan worden"} {
		content.WriteString(at("F1", 11, 70, y, l))
		want = append(want, "paragraph 0 | "+l)
		y -= 20
	}
	long := []string{"De gemeente betaalt binnen dertig dagen nadat de rekening bij haar is binnengekomen en", "bericht het als dat later wordt, en waarom dat zo is, en wanneer er dan wel wordt betaald,",
		"en wat de aanbieder daar verder van kan merken."}
	content.WriteString(column("F1", 11, 70, y, 13, long...) + column("F1", 11, 70, y-50, 13, long...))
	want = append(want, "paragraph 0 | "+strings.Join(long, " "), "paragraph 0 | "+strings.Join(long, " "))
	check(t, read(t, content.String()), want...)
}

// TestTextBoxOverTwoColumns has a text box that hangs over the second column; its words stand in the first.
func TestTextBoxOverTwoColumns(t *testing.T) {
	left := column("F1", 10, 70, 700, 12, "De aanbieder stelt samen met de cliënt een plan", "op en bespreekt dat ieder jaar met de cliënt", "en met")
	right := column("F1", 10, 320, 700, 12, "De gemeente betaalt binnen dertig dagen.")
	doc := read(t, left+at("F1", 10, 70, 600, "Daarna volgt toezicht.")+right+at("F1", 10, 320, 610, "Zij bericht wanneer dat later wordt.")+
		"60 620 m 400 620 l 400 660 l 60 660 l 60 620 l S\n"+at("F1", 10, 70, 640, "Let op: geldt voor allen."))
	check(t, doc, "paragraph 0 | De aanbieder stelt samen met de cliënt een plan op en bespreekt dat ieder jaar met de cliënt en met", "paragraph 0 | Let op: geldt voor allen.",
		"paragraph 0 | Daarna volgt toezicht.", "paragraph 0 | De gemeente betaalt binnen dertig dagen.", "paragraph 0 | Zij bericht wanneer dat later wordt.")
}

// TestNestedByIndent has two kinds of items with the same mark: only how far they stand to the right tells which is which.
func TestNestedByIndent(t *testing.T) {
	doc := read(t, at("F1", 11, 70, 740, "De aanbieder:")+at("F1", 11, 80, 720, "•")+at("F1", 11, 95, 720, "heeft een regeling voor klachten")+at("F1", 11, 100, 706, "•")+at("F1", 11, 115, 706, "met een termijn")+
		at("F1", 11, 100, 692, "•")+at("F1", 11, 115, 692, "met een tolk")+at("F1", 11, 80, 678, "•")+at("F1", 11, 95, 678, "meldt calamiteiten"))
	check(t, doc, "paragraph 0 | De aanbieder:", "item 0 | heeft een regeling voor klachten", "item 1 | met een termijn", "item 1 | met een tolk", "item 0 | meldt calamiteiten")
}

// A table of which only the header is there, closed by a longer line.
func TestOpenTableWithoutRows(t *testing.T) {
	rules := "70 740 m 300 740 l S\n70 722 m 300 722 l S\n70 690 m 400 690 l S\n"
	doc := read(t, rules+at("F1", 10, 70, 727, "Nr.")+at("F1", 10, 150, 727, "Eis")+at("F1", 10, 70, 600, "De aanbieder meldt calamiteiten."))
	check(t, doc, "paragraph 0 | Nr. Eis", "paragraph 0 | De aanbieder meldt calamiteiten.")
}

// The last row of the page has one cell over both columns, the first of the next page two.
func TestRowOverPagesWithOtherCells(t *testing.T) {
	doc := read(t, grid(740, [2]string{"Code", "Eis"}, [2]string{"E1", "Een VOG."})+"70 700 m 500 700 l S\n70 680 m 500 680 l S\n70 700 m 70 680 l S\n500 700 m 500 680 l S\n"+at("F1", 10, 74, 686, "Voor alle percelen geldt:"),
		grid(780, [2]string{"Code", "Eis"}, [2]string{"", "De meldcode is bekend."}))
	if got := texts(doc); !strings.Contains(got, "De meldcode is bekend.") || !strings.Contains(got, "Voor alle percelen geldt:") {
		t.Errorf("got %q", got)
	}
}
