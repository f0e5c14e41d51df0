package pdf

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"inkooptoets/extract/dossier"
)

// build writes a PDF with one page for each content stream. F1 is regular, F2 bold, F3 a composite font whose codes 0001 to 0004
// mean "ti", "j", "d" and a space.
func build(pages ...string) []byte {
	var kids []string
	for i := range pages {
		kids = append(kids, fmt.Sprintf("%d 0 R", 9+2*i))
	}
	toUnicode := "1 begincodespacerange <0000> <FFFF> endcodespacerange 1 beginbfchar <0001> <00740069> endbfchar 2 beginbfrange <0002> <0002> <006A> <0003> <0004> [<0064> <0020>] endbfrange"
	objects := []string{
		"<< /Type /Catalog /Pages 2 0 R >>",
		fmt.Sprintf("<< /Type /Pages /Count %d /Kids [%s] /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R /F2 4 0 R /F3 5 0 R >> >> >>", len(pages), strings.Join(kids, " ")),
		"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
		"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>",
		"<< /Type /Font /Subtype /Type0 /BaseFont /ABCDEF+Test /Encoding /Identity-H /DescendantFonts [6 0 R] /ToUnicode 7 0 R >>",
		"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /ABCDEF+Test /DW 500 /W [1 [600] 2 4 300] >>",
		fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", len(toUnicode), toUnicode),
		"null",
	}
	for i, content := range pages {
		objects = append(objects, fmt.Sprintf("<< /Type /Page /Parent 2 0 R /Contents %d 0 R >>", 10+2*i), fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", len(content), content))
	}
	var b bytes.Buffer
	b.WriteString("%PDF-1.4\n")
	var offsets []int
	for i, o := range objects {
		offsets = append(offsets, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, o := range offsets {
		fmt.Fprintf(&b, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, start)
	return b.Bytes()
}

// at sets one line of text at a place on the page.
func at(font string, size, x, y float64, text string) string {
	text = strings.NewReplacer("(", `\(`, ")", `\)`, "ë", "\\353", "–", "\\226", "•", "\\225").Replace(text)
	return fmt.Sprintf("BT /%s %g Tf %g %g Td (%s) Tj ET\n", font, size, x, y, text)
}

func read(t *testing.T, pages ...string) dossier.Document {
	t.Helper()
	doc, err := Read("test.pdf", build(pages...))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// form is a block as the tests compare it.
func form(b dossier.Block) string {
	return strings.TrimSpace(fmt.Sprintf("%s %d %s| %s", b.Kind, b.Level, b.Number, b.Text))
}

func check(t *testing.T, doc dossier.Document, want ...string) {
	t.Helper()
	var got []string
	for _, b := range doc.Blocks {
		got = append(got, form(b))
	}
	if !slices.Equal(got, want) {
		t.Errorf("got:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestParagraphs(t *testing.T) {
	doc := read(t, at("F1", 11, 70, 700, "De opdrachtnemer meldt iedere calamiteit bij de toezichthouder en doet dat zonder uit-")+
		at("F1", 11, 70, 686, "stel. Voor cliënten met jeugdhulp- en opvoedvragen werkt hij samen met de jeugdhulp-")+
		at("F1", 11, 70, 672, "en onderwijspartners in de wijk.")+
		at("F1", 11, 70, 648, "Klachten handelt hij binnen zes weken af."))
	check(t, doc,
		"paragraph 0 | De opdrachtnemer meldt iedere calamiteit bij de toezichthouder en doet dat zonder uitstel. Voor cliënten met jeugdhulp- en opvoedvragen werkt hij samen met de jeugdhulp- en onderwijspartners in de wijk.",
		"paragraph 0 | Klachten handelt hij binnen zes weken af.")
}

func TestHeadingsAndItems(t *testing.T) {
	doc := read(t, at("F2", 18, 70, 780, "Programma van eisen")+
		at("F2", 14, 70, 740, "3 Eisen")+
		at("F2", 11, 70, 710, "3.2 Personeel")+
		at("F1", 11, 70, 690, "De opdrachtnemer zorgt dat:")+
		at("F1", 11, 80, 676, "a.")+at("F1", 11, 100, 676, "iedere medewerker een verklaring omtrent het gedrag heeft en die bij de start")+
		at("F1", 11, 100, 662, "laat zien;")+
		at("F1", 11, 80, 648, "b.")+at("F1", 11, 100, 648, "de meldcode bekend is, met:")+
		at("F1", 11, 110, 634, "•")+at("F1", 11, 125, 634, "een stappenplan."))
	check(t, doc,
		"heading 1 | Programma van eisen",
		"heading 1 3| Eisen",
		"heading 2 3.2| Personeel",
		"paragraph 0 | De opdrachtnemer zorgt dat:",
		"item 0 a.| iedere medewerker een verklaring omtrent het gedrag heeft en die bij de start laat zien;",
		"item 0 b.| de meldcode bekend is, met:",
		"item 1 | een stappenplan.")
	if got, want := doc.Blocks[6].LeadIn, "De opdrachtnemer zorgt dat: de meldcode bekend is, met:"; got != want {
		t.Errorf("lead-in: got %q, want %q", got, want)
	}
	if got, want := strings.Join(doc.Blocks[3].Path, " > "), "Programma van eisen > 3 Eisen > 3.2 Personeel"; got != want {
		t.Errorf("path: got %q, want %q", got, want)
	}
}

// grid draws a table of two columns whose rows are twenty points high, and returns its drawing.
func grid(top float64, rows ...[2]string) string {
	var b strings.Builder
	height := 20 * float64(len(rows))
	for i := range len(rows) + 1 {
		fmt.Fprintf(&b, "70 %g m 500 %g l S\n", top-20*float64(i), top-20*float64(i))
	}
	for _, x := range []float64{70, 120, 500} {
		fmt.Fprintf(&b, "%g %g m %g %g l S\n", x, top, x, top-height)
	}
	for i, r := range rows {
		y := top - 20*float64(i) - 14
		b.WriteString(at("F1", 10, 74, y, r[0]) + at("F1", 10, 124, y, r[1]))
	}
	return b.String()
}

func TestTable(t *testing.T) {
	doc := read(t, at("F1", 10, 70, 760, "De eisen staan in de tabel:")+grid(740, [2]string{"Code", "Eis"}, [2]string{"E1", "Iedere medewerker heeft een VOG."})+
		at("F1", 6, 70, 60, "1")+at("F1", 9, 78, 58, "Een voetnoot onder de tabel."),
		grid(780, [2]string{"Code", "Eis"}, [2]string{"E2", "De meldcode is bekend."})+at("F1", 10, 70, 700, "Na de tabel gaat de tekst door."))
	check(t, doc,
		"paragraph 0 | De eisen staan in de tabel:",
		"row 0 | Code | Eis",
		"row 0 | Code: E1 | Eis: Iedere medewerker heeft een VOG.",
		"note 0 1| Een voetnoot onder de tabel.",
		"row 0 | Code: E2 | Eis: De meldcode is bekend.",
		"paragraph 0 | Na de tabel gaat de tekst door.")
	last := doc.Blocks[4]
	if last.Table != 1 || last.Loc.Page != 2 {
		t.Errorf("the table goes on: got table %d on page %d, want table 1 on page 2", last.Table, last.Loc.Page)
	}
	if c := last.Cells[1]; last.Text[c.Start:c.End] != "De meldcode is bekend." {
		t.Errorf("offsets give %q", last.Text[c.Start:c.End])
	}
}

func TestRowOverPages(t *testing.T) {
	doc := read(t, grid(740, [2]string{"Code", "Eis"}, [2]string{"E1", "De opdrachtnemer stelt samen met de cliënt een plan"}),
		grid(780, [2]string{"Code", "Eis"}, [2]string{"", "op en bespreekt het."}, [2]string{"E2", "De meldcode is bekend."}))
	check(t, doc, "row 0 | Code | Eis", "row 0 | Code: E1 | Eis: De opdrachtnemer stelt samen met de cliënt een plan op en bespreekt het.", "row 0 | Code: E2 | Eis: De meldcode is bekend.")
}

func TestRunningHeaders(t *testing.T) {
	pageOf := func(n int, text string) string {
		return at("F1", 9, 70, 810, "Gemeente Waterhoek") + at("F1", 9, 480, 810, "Concept") + at("F1", 11, 70, 500, text) + at("F1", 9, 270, 30, fmt.Sprintf("Pagina %d van 3", n))
	}
	doc := read(t, pageOf(1, "De eerste bladzijde."), pageOf(2, "De tweede bladzijde."), pageOf(3, "De derde bladzijde."))
	check(t, doc, "paragraph 0 | De eerste bladzijde.", "paragraph 0 | De tweede bladzijde.", "paragraph 0 | De derde bladzijde.")
	for i, b := range doc.Blocks {
		if b.Loc.Page != i+1 {
			t.Errorf("block %d: got page %d, want %d", i, b.Loc.Page, i+1)
		}
	}
}

// Pages that are all the same have no running header, and neither have two pages without anything below it.
func TestIdenticalPages(t *testing.T) {
	same := at("F1", 9, 70, 810, "Gemeente Waterhoek.") + at("F1", 11, 70, 790, "Ieder vult dit in.")
	var want []string
	for range 3 {
		want = append(want, "paragraph 0 | Gemeente Waterhoek.", "paragraph 0 | Ieder vult dit in.")
	}
	check(t, read(t, same, same, same), want...)
	check(t, read(t, same+at("F1", 11, 70, 500, "De eerste bladzijde."), at("F1", 9, 70, 810, "Gemeente Waterhoek."), same+at("F1", 11, 70, 500, "De laatste bladzijde."), at("F1", 9, 70, 810, "Gemeente Waterhoek.")),
		"paragraph 0 | De eerste bladzijde.", "paragraph 0 | De laatste bladzijde.")
}

func TestSentenceOverPages(t *testing.T) {
	doc := read(t, at("F1", 11, 70, 300, "De opdrachtnemer bewaart het dossier vijftien jaar en geeft de cliënt op diens"), at("F1", 11, 70, 760, "verzoek inzage."))
	check(t, doc, "paragraph 0 | De opdrachtnemer bewaart het dossier vijftien jaar en geeft de cliënt op diens verzoek inzage.")
}

func TestColumns(t *testing.T) {
	doc := read(t, at("F1", 10, 70, 700, "De opdrachtnemer zorgt voor een vast")+at("F1", 10, 70, 688, "gezicht. Bij ziekte komt er steeds een")+
		at("F1", 10, 320, 700, "vervanger die het plan van de cliënt")+at("F1", 10, 320, 688, "kent."))
	check(t, doc, "paragraph 0 | De opdrachtnemer zorgt voor een vast gezicht. Bij ziekte komt er steeds een vervanger die het plan van de cliënt kent.")
}

func TestWords(t *testing.T) {
	for _, tc := range []struct{ name, content, want string }{
		{"gap made by kerning", "BT /F1 11 Tf 70 700 Td [(vaste) -300 (begeleider)] TJ ET", "vaste begeleider"},
		{"kerning inside a word", "BT /F1 11 Tf 70 700 Td [(V) 60 (OG)] TJ ET", "VOG"},
		{"composite font", "BT /F3 11 Tf 70 700 Td <000100020003> Tj <0004> Tj <000100020003> Tj ET", "tijd tijd"},
		{"bold by painting twice", at("F1", 11, 70, 700, "VOG") + at("F1", 11, 70.2, 700, "VOG"), "VOG"},
		{"artifact", "/Artifact BMC " + at("F1", 11, 70, 720, "Watermerk") + " EMC " + at("F1", 11, 70, 700, "Tekst."), "Tekst."},
		{"replacement text", "/Span << /ActualText (meldcode) >> BDC " + at("F1", 11, 70, 700, "xx") + " EMC", "meldcode"},
		{"stray operators", "Q Q ET ) > ] EMC " + at("F1", 11, 70, 700, "Tekst."), "Tekst."},
	} {
		t.Run(tc.name, func(t *testing.T) {
			doc := read(t, tc.content)
			if got := doc.Blocks[0].Text; got != tc.want {
				t.Errorf("got %q, want %q", got, tc.want)
			}
		})
	}
}

func TestHostile(t *testing.T) {
	sound := build(at("F1", 11, 70, 700, "Tekst."))
	loop := bytes.Replace(sound, []byte("/Kids [9 0 R]"), []byte("/Kids [2 0 R]"), 1)
	for _, tc := range []struct {
		name string
		data []byte
		want error
	}{
		{"empty", nil, dossier.ErrDamaged},
		{"garbage", []byte("%PDF-1.4\n" + strings.Repeat("rommel ", 100)), dossier.ErrDamaged},
		{"cut off", sound[:len(sound)/2], dossier.ErrDamaged},
		{"page tree that bites its tail", loop, nil},
		{"encrypted in an unknown way", bytes.Replace(sound, []byte("/Root 1 0 R"), []byte("/Root 1 0 R /Encrypt << /Filter /X >> /ID [<00> <00>]"), 1), dossier.ErrEncrypted},
		{"no text", build("0 0 10 10 re f"), dossier.ErrNoText},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if _, err := Read("x.pdf", tc.data); !errors.Is(err, tc.want) {
				t.Errorf("got %v, want %v", err, tc.want)
			}
		})
	}
}

func TestDeepNesting(t *testing.T) {
	doc := read(t, strings.Repeat("[", 100_000)+strings.Repeat("]", 100_000)+" TJ "+at("F1", 11, 70, 700, "Tekst."))
	check(t, doc, "paragraph 0 | Tekst.")
}

func TestExampleContract(t *testing.T) {
	data, err := os.ReadFile("../../testdata/dossiers/voorbeeld/overeenkomst.pdf")
	if err != nil {
		t.Fatal(err)
	}
	doc, err := Read("overeenkomst.pdf", data)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"heading 2 Artikel 5| Calamiteiten en geweld",
		"item 0 1.| Binnen een maand na de gunning overlegt de opdrachtnemer met de vorige aanbieder over de overname van de hulpverleners van de cliënten die naar hem overgaan.",
		"item 1 a.| het feitenrelaas;",
		"row 0 | Nr.: 1 | Tekortkoming: Kwartaalgegevens meer dan twee weken te laat | Gevolg: schriftelijke aanmaning",
	} {
		if !slices.ContainsFunc(doc.Blocks, func(b dossier.Block) bool { return form(b) == want }) {
			t.Errorf("no block %q", want)
		}
	}
	for _, b := range doc.Blocks {
		if strings.Contains(b.Text, "– pagina") {
			t.Errorf("page footer in the text: %q", b.Text)
		}
	}
}

func BenchmarkRead(b *testing.B) {
	data, err := os.ReadFile("../../testdata/dossiers/voorbeeld/overeenkomst.pdf")
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		if _, err := Read("overeenkomst.pdf", data); err != nil {
			b.Fatal(err)
		}
	}
}
