package pdf

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"testing"

	"inkooptoets/extract/dossier"
)

// sample is a file of one page. F1 is Helvetica and F2 its bold; objects get the numbers 5, 6, ...
type sample struct {
	catalog, page, fonts, resources, content string
	objects                                  []string
}

func (s sample) bytes() []byte {
	all := append([]string{
		"<< /Type /Catalog /Pages 2 0 R " + s.catalog + " >>",
		"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R " + s.page +
			" /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>" +
			" /F2 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >> " + s.fonts + " >> " + s.resources + " >> >>",
		streamOf("", s.content),
	}, s.objects...)
	var b bytes.Buffer
	b.WriteString("%PDF-1.7\n")
	offsets := make([]int, len(all))
	for i, o := range all {
		offsets[i] = b.Len()
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(all)+1)
	for _, o := range offsets {
		fmt.Fprintf(&b, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(all)+1, start)
	return b.Bytes()
}

func (s sample) read(t *testing.T) dossier.Document {
	t.Helper()
	doc, err := Read("test.pdf", s.bytes())
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func streamOf(dict, body string) string {
	return fmt.Sprintf("<< %s /Length %d >>\nstream\n%s\nendstream", dict, len(body), body)
}

// hexed writes text as the hexadecimal string of a font whose codes are two bytes: the letters themselves.
func hexed(text string) string {
	var b strings.Builder
	for i := range len(text) {
		fmt.Fprintf(&b, "00%02x", text[i])
	}
	return "<" + b.String() + ">"
}

func texts(doc dossier.Document) string {
	var all []string
	for _, b := range doc.Blocks {
		all = append(all, strings.TrimSpace(b.Number+" "+b.Text))
	}
	return strings.Join(all, " / ")
}

const (
	composite  = "/F3 << /Type /Font /Subtype /Type0 /BaseFont /ABCDEF+Carlito /Encoding /Identity-H /DescendantFonts [5 0 R] /ToUnicode 6 0 R >>"
	identity   = "1 begincodespacerange <0000> <FFFF> endcodespacerange 1 beginbfrange <0020> <007E> <0020> endbfrange"
	descendant = "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /ABCDEF+Carlito /DW 500 "
)

func TestDecoding(t *testing.T) {
	for _, tc := range []struct {
		name string
		file sample
		want string
	}{
		{"words without space glyphs, as TeX sets them", sample{content: "BT /F1 10 Tf 70 700 Td [(de) -333 (aanbieder) -333 (meldt)] TJ ET"}, "de aanbieder meldt"},
		{"a word in pieces", sample{content: "BT /F1 10 Tf 70 700 Td [(aan) 20 (bie) -15 (der)] TJ ET"}, "aanbieder"},
		{"ligatures with their bytes swapped, as Ghostscript writes them",
			sample{fonts: composite, content: "BT /F3 10 Tf 70 700 Td <006f00720067006100010073006100010065> Tj ET",
				objects: []string{descendant + ">>", streamOf("", identity+" 1 beginbfchar <0001> <74006900> endbfchar")}}, "orgatisatie"},
		{"ligatures of three letters, of which Ghostscript adds up two",
			sample{fonts: composite, content: "BT /F3 10 Tf 70 700 Td <006f0070007600610001006e0067> Tj 100 0 Td <00650002006300690065006e0074> Tj ET",
				objects: []string{descendant + ">>", streamOf("", identity+" 2 beginbfchar <0001> <7400dd00> <0002> <6600cf00> endbfchar")}}, "opvatting efficient"},
		{"widths of a composite font", // without them every letter stands on one place, or a word falls apart
			sample{fonts: composite, content: "BT /F3 10 Tf 70 700 Td " + hexed("mmm") + " Tj 30 0 Td " + hexed("iii") + " Tj ET",
				objects: []string{descendant + "/W [109 [1000] 105 105 200] >>", streamOf("", identity)}}, "mmmiii"},
		{"default width of a composite font",
			sample{fonts: composite, content: "BT /F3 10 Tf 70 700 Td " + hexed("eis") + " Tj 20 0 Td " + hexed("wens") + " Tj ET",
				objects: []string{descendant + ">>", streamOf("", identity)}}, "eis wens"},
		{"a map beside differences",
			sample{fonts: "/F3 << /Type /Font /Subtype /TrueType /BaseFont /X /Encoding << /Differences [65 /q] >> /ToUnicode 5 0 R >>",
				content: "BT /F3 10 Tf 70 700 Td (AB) Tj ET", objects: []string{streamOf("", "1 begincodespacerange <00> <FF> endcodespacerange 1 beginbfchar <41> <0065> endbfchar")}}, "eB"},
		{"quotes and euro beside differences",
			sample{fonts: "/F3 << /Type /Font /Subtype /TrueType /BaseFont /X /Encoding << /BaseEncoding /WinAnsiEncoding /Differences [65 /eacute] >> >>",
				content: "BT /F3 10 Tf 70 700 Td (A \\200 \\223citaat\\224 \\226) Tj ET"}, "é € “citaat” –"},
		{"encoding of a font that names none",
			sample{fonts: "/F3 << /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >>", content: "BT /F3 10 Tf 70 700 Td (\\252con\\256den\\256e\\272) Tj ET"}, "“confidenfie”"},
		{"names of letters",
			sample{fonts: "/F3 << /Type /Font /Subtype /Type1 /BaseFont /X /Encoding << /Differences [1 /f_i /uni00EB /u20AC /a.alt] >> >>",
				content: "BT /F3 10 Tf 70 700 Td <01020304> Tj ET"}, "fië€a"},
		{"encoding in the font program",
			sample{fonts: "/F3 << /Type /Font /Subtype /Type1 /BaseFont /X /FontDescriptor << /FontFile 5 0 R /Flags 4 >> >>",
				content: "BT /F3 10 Tf 70 700 Td <01020304> Tj ET", objects: []string{streamOf("", "/Encoding 256 array dup 1 /eacute put dup 2/endash put dup 3 /Euro put dup 4 /n put readonly def currentfile eexec dup 4 /x put")}}, "é–€n"},
		{"accents painted over letters, as in older TeX fonts", sample{content: "BT /F1 10 Tf 70 700 Td [(ge\\250) 528 (evalueerd)] TJ ET"}, "geëvalueerd"},
		{"no widths: Times is narrower than Helvetica",
			sample{fonts: "/F3 << /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >>", content: "BT /F3 10 Tf 70 700 Td (eis) Tj 11.4 0 Td (en) Tj ET"}, "eisen"},
		{"no widths: Courier", sample{fonts: "/F3 << /Type /Font /Subtype /Type1 /BaseFont /Courier >>", content: "BT /F3 10 Tf 70 700 Td (eis) Tj 18 0 Td (en) Tj ET"}, "eisen"},
		{"negative letter size", sample{content: "BT /F1 -10 Tf -1 0 0 -1 70 700 Tm (De aanbieder) Tj ET BT /F1 -10 Tf -1 0 0 -1 70 688 Tm (meldt.) Tj ET"}, "De aanbieder meldt."},
		{"word spacing in place of wide gaps", sample{content: "BT /F1 10 Tf 20 Tw 70 700 Td (vaste begeleider) Tj ET"}, "vaste begeleider"},
		{"letter spacing", sample{content: "BT /F1 10 Tf 0.8 Tc 70 700 Td (EISEN) Tj ET"}, "EISEN"},
		{"raised figures", sample{content: at("F1", 11, 70, 700, "Per m") + "BT /F1 6 Tf 97.8 704 Td (2) Tj ET"}, "Per m2"},
		{"lowered figures", sample{content: at("F1", 11, 70, 700, "Minder CO") + "BT /F1 7 Tf 121.3 697 Td (2) Tj ET"}, "Minder CO2"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := texts(tc.file.read(t)); got != tc.want {
				t.Errorf("got %q, want %q", got, tc.want)
			}
		})
	}
}

func TestInterpreter(t *testing.T) {
	form := func(content, extra string) string {
		return streamOf("/Type /XObject /Subtype /Form /BBox [0 0 595 842] "+extra, content)
	}
	line := at("F1", 10, 70, 700, "Tekst.")
	font := "/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>"
	for _, tc := range []struct {
		name string
		file sample
		want string
	}{
		{"form in a form", sample{resources: "/XObject << /X1 5 0 R >>", content: "/X1 Do",
			objects: []string{form("q 1 0 0 1 0 -100 cm /X2 Do Q", "/Resources << /XObject << /X2 6 0 R >> >>"), form(line, font)}}, "Tekst."},
		{"form with the fonts of the page", sample{resources: "/XObject << /X1 5 0 R >>", content: "/X1 Do", objects: []string{form(line, "")}}, "Tekst."},
		{"form that draws itself", sample{resources: "/XObject << /X1 5 0 R >>", content: line + "/X1 Do", objects: []string{form("/X1 Do /X1 Do", "/Resources << /XObject << /X1 5 0 R >> >>")}}, "Tekst."},
		{"inline image with brackets in its bytes", sample{content: "BI /W 2 /H 2 /BPC 8 /CS /G ID )(]> EI\n" + line}, "Tekst."},
		{"stray ends", sample{content: "Q Q EMC ET " + line + " Q"}, "Tekst."},
		{"operators split over streams", sample{page: "/Contents [5 0 R 6 0 R]", objects: []string{streamOf("", "BT /F1 10 Tf 70 700 Td (De aan) Tj"), streamOf("", "(bieder) Tj ET")}}, "De aanbieder"},
		{"replacement text around nested content", sample{content: "/Span << /ActualText (meldcode) >> BDC /P BMC " + line + "EMC EMC " + at("F1", 10, 70, 680, "Na.")}, "meldcode Na."},
		{"replacement text in UTF-16", sample{content: "/Span << /ActualText <FEFF00E900E9006E> >> BDC " + line + " EMC"}, "één"},
		{"named properties", sample{resources: "/Properties << /P1 << /ActualText (VOG) >> >>", content: "/Span /P1 BDC " + line + " EMC"}, "VOG"},
		{"header marked as furniture", sample{content: "/Artifact << /Type /Pagination >> BDC " + at("F1", 10, 70, 500, "Concept") + " EMC " + line}, "Tekst."},
		{"font from the graphics state", sample{resources: "/ExtGState << /G << /Font [5 0 R 10] >> >>", content: "BT /G gs 70 700 Td (Tekst.) Tj ET",
			objects: []string{"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"}}, "Tekst."},
		{"page turned a quarter", sample{page: "/Rotate 90", content: "BT /F1 10 Tf 0 1 -1 0 200 100 Tm (De aanbieder) Tj ET BT /F1 10 Tf 0 1 -1 0 212 100 Tm (meldt.) Tj ET"}, "De aanbieder meldt."},
		{"page turned half", sample{page: "/Rotate 180", content: "BT /F1 10 Tf -1 0 0 -1 500 100 Tm (De aanbieder) Tj ET BT /F1 10 Tf -1 0 0 -1 500 112 Tm (meldt.) Tj ET"}, "De aanbieder meldt."},
		{"page turned three quarters", sample{page: "/Rotate 270", content: "BT /F1 10 Tf 0 -1 1 0 300 700 Tm (De aanbieder) Tj ET BT /F1 10 Tf 0 -1 1 0 288 700 Tm (meldt.) Tj ET"}, "De aanbieder meldt."},
		{"free text with an appearance", sample{page: "/Annots [5 0 R]", content: line,
			objects: []string{"<< /Subtype /FreeText /Rect [70 600 270 620] /Contents (anders) /AP << /N 6 0 R >> >>", form("BT /F1 10 Tf 2 5 Td (Toegevoegd.) Tj ET", "/BBox [0 0 200 20] "+font)}}, "Tekst. / Toegevoegd."},
		{"free text without an appearance", sample{page: "/Annots [<< /Subtype /FreeText /Rect [70 600 270 620] /Contents (Be\\353indigd.) >>]", content: line}, "Tekst. / Beëindigd."},
		{"hidden free text and a link", sample{page: "/Annots [<< /Subtype /FreeText /F 2 /Rect [70 600 270 620] /Contents (Weg.) >> << /Subtype /Link /Rect [70 600 270 620] /Contents (Weg.) >>]", content: line}, "Tekst."},
		{"value of a form field, beside its label", sample{page: "/Annots [<< /Subtype /Widget /Parent << /FT /Tx /V (Waterhoek) >> /Rect [110 697 210 711] >>]",
			content: at("F1", 10, 70, 700, "Naam:") + at("F1", 10, 70, 600, "Datum:")}, "Naam: Waterhoek / Datum:"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := texts(tc.file.read(t)); got != tc.want {
				t.Errorf("got %q, want %q", got, tc.want)
			}
		})
	}
}

func codes(doc dossier.Document) []string {
	var out []string
	for _, w := range doc.Warnings {
		out = append(out, fmt.Sprintf("%s %d", w.Code, w.Page))
	}
	return out
}

func TestUnreadableParts(t *testing.T) {
	for _, tc := range []struct {
		name string
		file sample
		want string
	}{
		{"letters without a meaning", sample{fonts: "/F3 << /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [5 0 R] >>",
			content: "BT /F3 10 Tf 70 700 Td " + hexed("geheim") + " Tj ET", objects: []string{descendant + ">>"}}, "unmapped-glyphs 1"},
		{"picture of a page", sample{resources: "/XObject << /I 5 0 R >>", content: "/I Do " + at("F1", 10, 70, 700, "3"), objects: []string{streamOf("/Subtype /Image /Width 1 /Height 1", "0")}}, "no-text-layer 1"},
		{"picture of a page with a stamp below it", sample{resources: "/XObject << /I 5 0 R >>", content: "q 595 0 0 842 0 0 cm /I Do Q " + at("F1", 10, 70, 30, "Pagina 3 van 10") + at("F1", 8, 70, 400, "Gescand"), objects: []string{streamOf("/Subtype /Image /Width 1 /Height 1", "0")}}, "no-text-layer 1"},
		{"letters that are drawn as curves", sample{content: strings.Repeat("70 700 m 71 702 73 704 75 705 c 76 704 77 703 y f\n", 1_500) + at("F1", 10, 70, 30, "Pagina 3 van 10") + at("F1", 8, 70, 400, "Drukwerk")}, "no-text-layer 1"},
		{"letters that the map says are nothing", sample{fonts: composite, content: "BT /F3 10 Tf 70 700 Td " + hexed("geheim") + " Tj ET" + at("F1", 10, 70, 600, "De aanbieder meldt iedere calamiteit."),
			objects: []string{descendant + ">>", streamOf("", "1 begincodespacerange <0000> <FFFF> endcodespacerange 5 beginbfchar <0065> <0000> <0067> <0000> <0068> <0000> <0069> <0000> <006D> <0000> endbfchar")}}, "unmapped-glyphs 1"},
		{"codes without letters in a font of one byte", sample{fonts: "/F3 << /Type /Font /Subtype /TrueType /BaseFont /X /FirstChar 1 /Widths [500 500 500 500] >>",
			content: "BT /F3 10 Tf 70 700 Td <0102030401020304> Tj ET" + at("F1", 10, 70, 600, "De aanbieder meldt iedere calamiteit.")}, "unmapped-glyphs 1"},
		{"codes that stand for other letters", sample{content: column("F1", 10, 70, 700, 12, slices.Repeat([]string{"Fg bcpdkgfgt ognfv kgfgtg ecncokvgkv dkp ftkg fcigp, fgpm km."}, 5)...)}, "unmapped-glyphs 1"},
		{"codes that stand for signs", sample{content: column("F1", 10, 70, 700, 12, slices.Repeat([]string{"!\"# $%&'*+,; !<=>? @{}[] #$%&'"}, 6)...)}, "unmapped-glyphs 1"},
		{"struck text", sample{content: at("F1", 10, 70, 700, "De aanbieder meldt") + "70 703 m 155 703 l S " + at("F1", 10, 70, 680, "De opdrachtnemer meldt iedere calamiteit.")}, "tracked-changes 1"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			doc, _ := Read("test.pdf", tc.file.bytes())
			if got := codes(doc); !slices.Contains(got, tc.want) {
				t.Errorf("got warnings %v, want %s", got, tc.want)
			}
			if struck := strings.HasPrefix(tc.want, "tracked"); doc.Incomplete() == struck {
				t.Errorf("counts as incomplete: %t", doc.Incomplete())
			}
		})
	}
}

// Notes and markings of readers are counted per page; links and hidden ones are none.
func TestRemarksOfReaders(t *testing.T) {
	page := func(annots string) sample {
		return sample{page: "/Annots [" + annots + "]", content: at("F1", 10, 70, 700, "De aanbieder meldt.")}
	}
	for _, tc := range []struct {
		name, annots string
		want         bool
	}{
		{"note", "<< /Subtype /Text /Rect [70 600 90 620] /Contents (Klopt dit?) >>", true},
		{"marker pen", "<< /Subtype /Highlight /Rect [70 600 90 620] >>", true},
		{"hidden note", "<< /Subtype /Text /F 2 /Rect [70 600 90 620] /Contents (Weg.) >>", false},
		{"link", "<< /Subtype /Link /Rect [70 600 90 620] >>", false},
	} {
		t.Run(tc.name, func(t *testing.T) {
			doc, err := Read("test.pdf", page(tc.annots).bytes())
			if err != nil {
				t.Fatal(err)
			}
			if got := slices.Contains(codes(doc), "comments 1"); got != tc.want {
				t.Errorf("got %t, want %t: %v", got, tc.want, doc.Warnings)
			}
		})
	}
}

// What a person can read is not called unreadable.
func TestReadableParts(t *testing.T) {
	for _, tc := range []struct {
		name string
		file sample
	}{
		{"marks of a list in a font without a map", sample{fonts: "/F3 << /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [5 0 R] >>",
			content: "BT /F3 10 Tf 70 700 Td <0001> Tj ET" + at("F1", 10, 90, 700, "een") + "BT /F3 10 Tf 70 680 Td <0001> Tj ET" + at("F1", 10, 90, 680, "twee"), objects: []string{descendant + ">>"}}},
		{"spaces that the map says are nothing", sample{fonts: composite, content: "BT /F3 10 Tf 70 700 Td " + hexed("een of meer van de eisen") + " Tj ET",
			objects: []string{descendant + ">>", streamOf("", identity+" 1 beginbfchar <0020> <0000> endbfchar")}}},
		{"dots to write on and a table of figures", sample{content: column("F1", 10, 70, 700, 12, slices.Repeat([]string{"Naam: ....................................... 12.345,67 | 89% | 100%"}, 8)...)}},
		{"a page with a drawing and a caption", sample{content: strings.Repeat("70 700 m 71 702 73 704 75 705 c 76 704 77 703 y f\n", 1_500) + at("F1", 10, 70, 500, "Figuur 1. De toegang tot jeugdhulp.")}},
		{"a small picture above a short text", sample{resources: "/XObject << /I 5 0 R >>", content: "q 100 0 0 50 70 750 cm /I Do Q " + at("F1", 10, 70, 700, "De aanbieder meldt calamiteiten."), objects: []string{streamOf("/Subtype /Image /Width 1 /Height 1", "0")}}},
		{"a letter on writing paper with a large picture", sample{resources: "/XObject << /I 5 0 R >>", content: "q 595 0 0 842 0 0 cm /I Do Q " + at("F1", 10, 70, 700, "De aanbieder meldt calamiteiten."), objects: []string{streamOf("/Subtype /Image /Width 1 /Height 1", "0")}}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if doc := tc.file.read(t); doc.Incomplete() {
				t.Errorf("got warnings %v", codes(doc))
			}
		})
	}
}

// TestFontMap reads letters through the table of the font that is in the file.
func TestFontMap(t *testing.T) {
	table := "00000001000300010000000c" + // version, one table: platform 3, encoding 1, at byte 12
		"0004002000000004000400010000" + "0065ffff" + "0000" + "0061ffff" + "ffa20001" + "00000000" // a..e are glyphs 3..7
	program, err := hex.DecodeString("00010000" + "0001" + "000000000000" + "636d6170" + "00000000" + "0000001c" + fmt.Sprintf("%08x", len(table)/2) + table)
	if err != nil {
		t.Fatal(err)
	}
	doc := sample{fonts: "/F3 << /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [5 0 R] >>",
		content: "BT /F3 10 Tf 70 700 Td <000500030006> Tj ET",
		objects: []string{descendant + "/FontDescriptor << /FontFile2 6 0 R >> >>", streamOf("", string(program))}}.read(t)
	if got := texts(doc); got != "cad" {
		t.Errorf("got %q, want %q", got, "cad")
	}
}
