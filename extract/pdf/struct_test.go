package pdf

import (
	"fmt"
	"strings"
	"testing"
)

// mcid sets a line as piece n of the marked content of the page.
func mcid(n int, font string, size, x, y float64, text string) string {
	return fmt.Sprintf("/P << /MCID %d >> BDC %sEMC\n", n, at(font, size, x, y, text))
}

// taggedSample is a file with a structure tree; elements get the numbers 6, 7, ... and the root is object 5.
func taggedSample(content string, elements ...string) sample {
	s := sample{catalog: "/MarkInfo << /Marked true >> /StructTreeRoot 5 0 R", content: content}
	s.objects = append([]string{"<< /Type /StructTreeRoot /K 6 0 R /RoleMap << /Kop1 /H1 /Standaard /P >> >>"}, elements...)
	return s
}

// element writes one element; kids are numbers of marked content or references.
func elem(role, kids string) string {
	return "<< /Type /StructElem /S /" + role + " /Pg 3 0 R /K " + kids + " >>"
}

func TestTags(t *testing.T) {
	for _, tc := range []struct {
		name string
		file sample
		want []string
	}{
		{"the tree gives the order and the blocks", taggedSample(
			mcid(2, "F1", 11, 70, 700, "meldt calamiteiten.")+mcid(1, "F1", 11, 70, 500, "De aanbieder")+mcid(0, "F1", 11, 70, 300, "Toezicht"),
			elem("Document", "[7 0 R 8 0 R]"), elem("Kop1", "0"), elem("Standaard", "[1 9 0 R]"), elem("Span", "2")),
			[]string{"heading 1 | Toezicht", "paragraph 0 | meldt calamiteiten. De aanbieder"}},
		{"a bold paragraph is no heading when the file says so", taggedSample(
			mcid(2, "F2", 16, 70, 750, "Toezicht")+mcid(0, "F2", 11, 70, 700, "Toezicht en handhaving")+mcid(1, "F1", 11, 70, 680, "De aanbieder meldt calamiteiten."),
			elem("Document", "[9 0 R 7 0 R 8 0 R]"), elem("P", "0"), elem("P", "1"), elem("H2", "2")),
			[]string{"heading 2 | Toezicht", "paragraph 0 | Toezicht en handhaving", "paragraph 0 | De aanbieder meldt calamiteiten."}},
		{"a file that names no headings", taggedSample(
			mcid(2, "F2", 16, 70, 750, "Eisen")+mcid(0, "F2", 11, 70, 700, "Toezicht en handhaving")+mcid(1, "F1", 11, 70, 680, "De aanbieder meldt calamiteiten."),
			elem("Document", "[9 0 R 7 0 R 8 0 R]"), elem("P", "0"), elem("P", "1"), elem("P", "2")),
			[]string{"heading 1 | Eisen", "heading 1 | Toezicht en handhaving", "paragraph 0 | De aanbieder meldt calamiteiten."}},
		{"a cell over two rows, and a header that is not named", taggedSample(
			mcid(0, "F2", 11, 70, 700, "Soort")+mcid(1, "F2", 11, 200, 700, "Eis")+mcid(2, "F1", 11, 70, 680, "Personeel")+mcid(3, "F1", 11, 200, 680, "VOG")+mcid(4, "F1", 11, 200, 660, "Scholing"),
			elem("Table", "[7 0 R 8 0 R 9 0 R]"), elem("TR", "[10 0 R 11 0 R]"), elem("TR", "[12 0 R 13 0 R]"), elem("TR", "14 0 R"),
			elem("TD", "0"), elem("TD", "1"), strings.Replace(elem("TD", "2"), "/K", "/A [<< /O /Table /RowSpan 2 >>] /K", 1), elem("TD", "3"), elem("TD", "4")),
			[]string{"row 0 | Soort | Eis", "row 0 | Soort: Personeel | Eis: VOG", "row 0 | Soort: Personeel | Eis: Scholing"}},
		{"lists in lists", taggedSample(
			mcid(0, "F1", 11, 70, 700, "a.")+mcid(1, "F1", 11, 90, 700, "meldt calamiteiten, met:")+mcid(2, "F1", 11, 90, 680, "•")+mcid(3, "F1", 11, 110, 680, "het relaas")+mcid(4, "F1", 11, 110, 660, "en de maatregelen;"),
			elem("L", "[7 0 R]"), elem("LI", "[8 0 R 9 0 R]"), elem("Lbl", "0"), elem("LBody", "[10 0 R 11 0 R]"), elem("P", "1"),
			elem("L", "[12 0 R]"), elem("LI", "[13 0 R 14 0 R]"), elem("Lbl", "2"), elem("LBody", "[15 0 R 16 0 R]"), elem("P", "3"), elem("P", "4")),
			[]string{"item 0 a.| meldt calamiteiten, met:", "item 1 | het relaas", "paragraph 0 | en de maatregelen;"}},
		{"a table without lines, with a cell over two columns", taggedSample(
			mcid(0, "F1", 11, 70, 700, "Nr.")+mcid(1, "F1", 11, 200, 700, "Eis")+mcid(2, "F1", 11, 70, 680, "E1")+mcid(3, "F1", 11, 200, 680, "Er is een")+mcid(4, "F1", 11, 200, 667, "VOG.")+mcid(5, "F1", 11, 70, 650, "Voor alle percelen"),
			elem("Table", "[7 0 R 8 0 R 9 0 R]"), elem("TR", "[10 0 R 11 0 R]"), elem("TR", "[12 0 R 13 0 R]"), elem("TR", "14 0 R"),
			elem("TH", "0"), elem("TH", "1"), elem("TD", "2"), elem("TD", "[15 0 R 16 0 R]"), strings.Replace(elem("TD", "5"), "/K", "/A << /O /Table /ColSpan 2 >> /K", 1), elem("P", "3"), elem("P", "4")),
			[]string{"row 0 | Nr. | Eis", "row 0 | Nr.: E1 | Eis: Er is een VOG.", "row 0 | Nr.: Voor alle percelen"}},
		{"a footnote follows the paragraph that points to it", taggedSample(
			mcid(0, "F1", 11, 70, 700, "De aanbieder meldt calamiteiten.")+mcid(0, "F1", 6, 231.5, 704, "1")+mcid(1, "F1", 11, 70, 680, "De gemeente houdt toezicht.")+mcid(2, "F1", 9, 70, 100, "1 Zie de wet."),
			elem("Document", "[7 0 R 8 0 R 9 0 R]"), elem("P", "0"), elem("P", "1"), elem("Note", "2")),
			[]string{"paragraph 0 | De aanbieder meldt calamiteiten.", "note 0 1| Zie de wet.", "paragraph 0 | De gemeente houdt toezicht."}},
		{"what the tree misses stays, when it is little", taggedSample(
			mcid(0, "F1", 11, 70, 700, "De aanbieder meldt iedere calamiteit bij de toezichthouder.")+at("F1", 11, 70, 680, "Let op")+mcid(1, "F1", 11, 70, 660, "De gemeente houdt toezicht op de uitvoering."),
			elem("Document", "[7 0 R 8 0 R]"), elem("P", "0"), elem("P", "1")),
			[]string{"paragraph 0 | De aanbieder meldt iedere calamiteit bij de toezichthouder.", "paragraph 0 | Let op", "paragraph 0 | De gemeente houdt toezicht op de uitvoering."}},
		{"a tree that misses much is not believed", taggedSample(
			at("F2", 16, 70, 750, "Toezicht")+at("F1", 11, 70, 720, "De aanbieder meldt calamiteiten.")+mcid(0, "F1", 11, 70, 100, "Een zin."), elem("P", "0")),
			[]string{"heading 1 | Toezicht", "paragraph 0 | De aanbieder meldt calamiteiten.", "paragraph 0 | Een zin."}},
		{"an element that holds itself", taggedSample(mcid(0, "F1", 11, 70, 700, "Een zin."), elem("Document", "[7 0 R 6 0 R]"), elem("P", "0")), []string{"paragraph 0 | Een zin."}},
		{"furniture that is in the tree", taggedSample("/Artifact BMC "+mcid(0, "F1", 11, 70, 700, "Een zin.")+"EMC", elem("P", "0")), []string{"paragraph 0 | Een zin."}},
	} {
		t.Run(tc.name, func(t *testing.T) { check(t, tc.file.read(t), tc.want...) })
	}
}

// TestRepeatedHeader has the header of a table outside the tree and again in the next column, as Chromium writes them.
func TestRepeatedHeader(t *testing.T) {
	head := func(x, y float64) string {
		return mcid(0, "F2", 10, x+4, y-14, "Code") + mcid(1, "F2", 10, x+54, y-14, "Eis")
	}
	content := head(70, 700) + mcid(2, "F1", 10, 74, 666, "E1") + mcid(3, "F1", 10, 124, 666, "Er is een VOG.") + head(320, 700) + mcid(4, "F1", 10, 324, 666, "E2") + mcid(5, "F1", 10, 374, 666, "Er is een plan.")
	doc := taggedSample(content, elem("Table", "[7 0 R 8 0 R 9 0 R]"), elem("TR", "[10 0 R 11 0 R]"), elem("TR", "[12 0 R 13 0 R]"), elem("TR", "[14 0 R 15 0 R]"),
		elem("TH", "0"), elem("TH", "1"), elem("TD", "2"), elem("TD", "3"), elem("TD", "4"), elem("TD", "5")).read(t)
	check(t, doc, "row 0 | Code | Eis", "row 0 | Code: E1 | Eis: Er is een VOG.", "row 0 | Code: E2 | Eis: Er is een plan.")
}

func TestHeaderOutsideTree(t *testing.T) {
	var lines strings.Builder
	for i := range 3 {
		fmt.Fprintf(&lines, "70 %g m 500 %g l S\n", 700-20*float64(i), 700-20*float64(i))
	}
	for _, x := range []float64{70, 120, 500} {
		fmt.Fprintf(&lines, "%g 700 m %g 660 l S\n", x, x)
	}
	content := lines.String() + at("F2", 10, 74, 686, "Code") + at("F2", 10, 124, 686, "Eis") + mcid(0, "F1", 10, 74, 666, "E1") +
		mcid(1, "F1", 10, 124, 666, "Iedere medewerker heeft een verklaring omtrent het gedrag, ook wie niet met cliënten werkt.")
	doc := taggedSample(content, elem("Table", "7 0 R"), elem("TR", "[8 0 R 9 0 R]"), elem("TD", "0"), elem("TD", "1")).read(t)
	check(t, doc, "row 0 | Code | Eis", "row 0 | Code: E1 | Eis: Iedere medewerker heeft een verklaring omtrent het gedrag, ook wie niet met cliënten werkt.")
}
