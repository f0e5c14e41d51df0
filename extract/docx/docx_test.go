package docx

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"inkooptoets/extract/dossier"
)

const (
	wordNS = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"`

	stylesXML = `<w:styles ` + wordNS + `>
<w:style w:type="paragraph" w:default="1" w:styleId="Standaard"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Kop1"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Kop2"><w:name w:val="Kop 2"/><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Eigen"><w:name w:val="Artikelkop"/><w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Afgeleid"><w:name w:val="Afgeleid"/><w:basedOn w:val="Eigen"/></w:style>
<w:style w:type="paragraph" w:styleId="Inhopg1"><w:name w:val="toc 1"/></w:style>
<w:style w:type="character" w:styleId="Weg"><w:name w:val="Weg"/><w:rPr><w:vanish/></w:rPr></w:style>
</w:styles>`

	numberingXML = `<w:numbering ` + wordNS + `>
<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1"/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1)"/><w:pPr><w:ind w:left="360"/></w:pPr></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerRoman"/><w:lvlText w:val="%2."/><w:pPr><w:ind w:left="720"/></w:pPr></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="2"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="o"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="3"><w:lvl w:ilvl="0"><w:start w:val="7"/><w:numFmt w:val="decimal"/><w:lvlText w:val="E%1."/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num><w:num w:numId="3"><w:abstractNumId w:val="2"/></w:num><w:num w:numId="4"><w:abstractNumId w:val="3"/></w:num>
<w:num w:numId="5"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>
</w:numbering>`

	footnotesXML = `<w:footnotes ` + wordNS + `><w:footnote w:type="separator" w:id="0"><w:p><w:r><w:t>---</w:t></w:r></w:p></w:footnote><w:footnote w:id="1"><w:p><w:r><w:t>Wet van 9 juli 2014.</w:t></w:r></w:p></w:footnote></w:footnotes>`
)

// build writes a DOCX with body as the content of w:body.
func build(body string) []byte {
	return zipOf(map[string]string{
		"word/document.xml":  `<?xml version="1.0" encoding="UTF-8"?><w:document ` + wordNS + `><w:body>` + body + `<w:sectPr/></w:body></w:document>`,
		"word/styles.xml":    stylesXML,
		"word/numbering.xml": numberingXML,
		"word/footnotes.xml": footnotesXML,
		"word/header1.xml":   `<w:hdr ` + wordNS + `>` + para("", "Koptekst van elke pagina") + `</w:hdr>`,
	})
}

func zipOf(parts map[string]string) []byte {
	var b bytes.Buffer
	zw := zip.NewWriter(&b)
	for name, text := range parts {
		w, err := zw.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store})
		if err != nil {
			panic(err)
		}
		if _, err := w.Write([]byte(text)); err != nil {
			panic(err)
		}
	}
	if err := zw.Close(); err != nil {
		panic(err)
	}
	return b.Bytes()
}

func run(text string) string { return "<w:r><w:t xml:space=\"preserve\">" + text + "</w:t></w:r>" }

func bold(text string) string { return "<w:r><w:rPr><w:b/></w:rPr><w:t>" + text + "</w:t></w:r>" }

func para(props, text string) string {
	return "<w:p><w:pPr>" + props + "</w:pPr>" + run(text) + "</w:p>"
}

func styled(id string) string { return `<w:pStyle w:val="` + id + `"/>` }

func list(numID, ilvl int) string {
	return fmt.Sprintf(`<w:numPr><w:ilvl w:val="%d"/><w:numId w:val="%d"/></w:numPr>`, ilvl, numID)
}

func cell(props, text string) string {
	return "<w:tc><w:tcPr>" + props + "</w:tcPr>" + para("", text) + "</w:tc>"
}

func form(b dossier.Block) string {
	s := strings.TrimSpace(fmt.Sprintf("%s %d %s| %s", b.Kind, b.Level, b.Number, b.Text))
	if len(b.Flags) > 0 {
		s += " " + fmt.Sprint(b.Flags)
	}
	return s
}

func TestRead(t *testing.T) {
	for _, tc := range []struct {
		name, body string
		want       []string
	}{
		{"headings by style, numbers from the list of the style", para(styled("Kop1"), "Eisen") + para(styled("Kop2"), "Klachten") + para(styled("Kop2"), "Personeel") + para(styled("Kop1"), "Slot") + para(styled("Kop2"), "Geschillen"), []string{
			"heading 1 1| Eisen", "heading 2 1.1| Klachten", "heading 2 1.2| Personeel", "heading 1 2| Slot", "heading 2 2.1| Geschillen"}},
		{"headings by outline level, own or inherited", para(styled("Eigen"), "Artikel 5 Klachten") + para(styled("Afgeleid"), "Toezicht") + para(`<w:outlineLvl w:val="0"/>`, "Bijlage"), []string{
			"heading 3 Artikel 5| Klachten", "heading 3 | Toezicht", "heading 1 | Bijlage"}},
		{"heading by hand", "<w:p>" + bold("3.2 Klachten") + "</w:p><w:p>" + bold("Let op:") + run(" dit telt.") + "</w:p><w:p>" + bold("Dit is een vette zin.") + "</w:p>", []string{
			"heading 2 3.2| Klachten [by-form]", "paragraph 0 | Let op: dit telt.", "paragraph 0 | Dit is een vette zin."}},
		{"lists", para("", "De aanbieder:") + para(list(2, 0), "heeft een VOG;") + para(list(2, 1), "van het personeel;") + para(list(2, 1), "van vrijwilligers;") + para(list(2, 0), "meldt geweld.") + para(list(5, 0), "een nieuwe lijst") + para(list(3, 0), "bolletje") + para(list(4, 0), "code"), []string{
			"paragraph 0 | De aanbieder:", "item 0 a)| heeft een VOG;", "item 1 i.| van het personeel;", "item 1 ii.| van vrijwilligers;", "item 0 b)| meldt geweld.", "item 0 a)| een nieuwe lijst", "item 0 | bolletje", "item 0 E7.| code"}},
		{"numbers typed by hand", para("", "4.1 Opdrachtnemer meldt geweld.") + para("", "a. direct;") + para("", "- schriftelijk."), []string{
			"item 0 4.1| Opdrachtnemer meldt geweld. [by-form]", "item 0 a.| direct; [by-form]", "item 0 | schriftelijk. [by-form]"}},
		{"taken out of the list of its style", para(styled("Kop1")+`<w:numPr><w:numId w:val="0"/></w:numPr>`, "Voorwoord"), []string{"heading 1 | Voorwoord"}},
		{"tracked changes", "<w:p>" + run("De termijn is ") + `<w:del><w:r><w:delText>zes</w:delText></w:r></w:del><w:ins>` + run("vier") + "</w:ins>" + run(" weken.") + "</w:p>", []string{
			"paragraph 0 | De termijn is vier weken. [inserted]"}},
		{"deleted end of a paragraph", "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>" + run("De aanbieder meldt ") + "</w:p>" + para("", "geweld direct."), []string{"paragraph 0 | De aanbieder meldt geweld direct."}},
		{"hidden text, soft hyphen, tab, break", "<w:p>" + run("Ver\u00ADant") + `<w:r><w:t>woord</w:t><w:softHyphen/></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>geheim</w:t></w:r><w:r><w:rPr><w:rStyle w:val="Weg"/></w:rPr><w:t>weg</w:t></w:r><w:r><w:tab/><w:t>e</w:t><w:noBreakHyphen/><w:t>mail</w:t><w:br/><w:t>adres</w:t></w:r></w:p>`, []string{"paragraph 0 | Verantwoord e-mail adres"}},
		{"fields", `<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF _Ref1 \h</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>` + run("artikel 5") + `<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>`, []string{"paragraph 0 | artikel 5"}},
		{"content controls", `<w:sdt><w:sdtContent>` + para("", "In een veld.") + `</w:sdtContent></w:sdt><w:p><w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>` + run("Klik of tik om tekst in te voeren") + `</w:sdtContent></w:sdt></w:p>`, []string{
			"paragraph 0 | In een veld.", "paragraph 0 | Klik of tik om tekst in te voeren [placeholder]"}},
		{"text box, once", `<w:p>` + run("Voor het kader.") + `<w:r><mc:AlternateContent><mc:Choice><w:drawing><a:t>label</a:t><w:txbxContent>` + para("", "In het kader.") + `</w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent>` + para("", "In het kader.") + `</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>`, []string{
			"paragraph 0 | Voor het kader.", "paragraph 0 | In het kader. [textbox]"}},
		{"footnote", `<w:p>` + run("Op grond van de wet") + `<w:r><w:footnoteReference w:id="1"/></w:r>` + run(" geldt dit.") + `</w:p>` + para("", "Verder."), []string{
			"paragraph 0 | Op grond van de wet geldt dit.", "note 0 1| Wet van 9 juli 2014.", "paragraph 0 | Verder."}},
		{"table of contents", para(styled("Inhopg1"), "1 Eisen 3"), []string{"paragraph 0 | 1 Eisen 3 [toc]"}},
		{"table with a marked header and merged cells", `<w:tbl><w:tr><w:trPr><w:tblHeader/></w:trPr>` + cell("", "Thema") + cell(`<w:gridSpan w:val="2"/>`, "Eis en bewijs") + `</w:tr><w:tr>` + cell(`<w:vMerge w:val="restart"/>`, "Personeel") + cell("", "VOG") + cell("", "kopie") + `</w:tr><w:tr>` + cell(`<w:vMerge/>`, "") + cell("", "Meldcode") + cell("", "") + `</w:tr></w:tbl>`, []string{
			"row 0 | Thema | Eis en bewijs [header-row]", "row 0 | Thema: Personeel | Eis en bewijs: VOG | Eis en bewijs: kopie", "row 0 | Thema: Personeel | Eis en bewijs: Meldcode"}},
		{"header by known labels", `<w:tbl><w:tr>` + cell("", "Nr.") + cell("", "Eis") + `</w:tr><w:tr>` + cell("", "E1") + cell("", "Iedereen heeft een VOG.") + `</w:tr></w:tbl>`, []string{
			"row 0 | Nr. | Eis [header-row]", "row 0 | Nr.: E1 | Eis: Iedereen heeft een VOG."}},
		{"no header", `<w:tbl><w:tr>` + cell("", "Gemeente") + cell("", "Waterhoek") + `</w:tr><w:tr>` + cell("", "Looptijd") + cell("", "vier jaar") + `</w:tr></w:tbl>`, []string{
			"row 0 | Gemeente | Waterhoek", "row 0 | Looptijd | vier jaar"}},
		{"deleted row, list in a cell", `<w:tbl><w:tr><w:trPr><w:del/></w:trPr>` + cell("", "oud") + cell("", "weg") + `</w:tr><w:tr>` + cell("", "Klachten") + `<w:tc>` + para("", "Er is:") + para(list(2, 0), "een regeling;") + para(list(2, 0), "een commissie.") + `</w:tc></w:tr></w:tbl>`, []string{
			"row 0 | Klachten | Er is: a) een regeling; b) een commissie."}},
		{"frame of one cell", `<w:tbl><w:tr><w:tc>` + para(styled("Kop1"), "Kader") + para("", "Gewone tekst.") + `</w:tc></w:tr></w:tbl>`, []string{"heading 1 1| Kader", "paragraph 0 | Gewone tekst."}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			doc, err := Read("test.docx", build(tc.body))
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, b := range doc.Blocks {
				got = append(got, form(b))
			}
			if !slices.Equal(got, tc.want) {
				t.Errorf("got:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(tc.want, "\n"))
			}
		})
	}
}

func TestWarnings(t *testing.T) {
	doc, err := Read("a.docx", build(`<w:p><w:ins>`+run("Nieuw.")+`</w:ins></w:p><w:p><w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>`+run("Klik")+`</w:sdtContent></w:sdt></w:p>`))
	if err != nil {
		t.Fatal(err)
	}
	var codes []string
	for _, w := range doc.Warnings {
		codes = append(codes, w.Code)
	}
	if want := []string{"tracked-changes", "placeholder"}; !slices.Equal(codes, want) {
		t.Errorf("got %q, want %q", codes, want)
	}
}

func TestOtherMainPart(t *testing.T) {
	data := zipOf(map[string]string{
		"_rels/.rels":           `<Relationships><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="/word/document2.xml"/></Relationships>`,
		"word/document2.xml":    "\xff\xfe" + utf16LE(`<?xml version="1.0" encoding="UTF-16"?><w:document `+wordNS+`><w:body>`+para(`<w:pStyle w:val="Kop1"/>`, "Cliënten")+`</w:body></w:document>`),
		"word/opmaak/stijl.xml": stylesXML,
		"word/_rels/document2.xml.rels": `<Relationships><Relationship Id="r1" Type="http://x/relationships/styles" Target="opmaak/stijl.xml"/>
			<Relationship Id="r2" Type="http://x/relationships/numbering" Target="http://ergens/" TargetMode="External"/></Relationships>`,
	})
	doc, err := Read("a.docx", data)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := form(doc.Blocks[0]), "heading 1 | Cliënten"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func utf16LE(s string) string {
	var b strings.Builder
	for _, r := range s {
		b.WriteByte(byte(r))
		b.WriteByte(byte(r >> 8))
	}
	return b.String()
}

func TestHostile(t *testing.T) {
	sound := build(para("", strings.Repeat("Tekst die lang genoeg is. ", 100)))
	for _, tc := range []struct {
		name string
		data []byte
		want error
	}{
		{"no bytes", nil, dossier.ErrDamaged},
		{"garbage", []byte("PK\x03\x04 rommel"), dossier.ErrDamaged},
		{"cut off", sound[:len(sound)/2], dossier.ErrDamaged},
		{"no main part", zipOf(map[string]string{"word/styles.xml": stylesXML}), dossier.ErrDamaged},
		{"xml cut off", zipOf(map[string]string{"word/document.xml": `<w:document ` + wordNS + `><w:body><w:p>`}), dossier.ErrDamaged},
		{"entity that is not defined", build("<w:p>&bom;</w:p>"), dossier.ErrDamaged},
		{"nested too deep", build(strings.Repeat("<w:sdt><w:sdtContent>", 2000)), dossier.ErrTooLarge},
		{"part that swells", zipOf(map[string]string{"word/document.xml": strings.Repeat(" ", maxPart+1)}), dossier.ErrTooLarge},
		{"no text", build(""), dossier.ErrNoText},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if _, err := Read("x.docx", tc.data); !errors.Is(err, tc.want) {
				t.Errorf("got %v, want %v", err, tc.want)
			}
		})
	}
}

func TestFormatNumber(t *testing.T) {
	for _, tc := range []struct {
		v            int
		format, want string
	}{
		{3, "decimal", "3"}, {3, "decimalZero", "03"}, {12, "decimalZero", "12"}, {2, "lowerLetter", "b"}, {27, "lowerLetter", "aa"},
		{26, "upperLetter", "Z"}, {0, "lowerLetter", "0"}, {4, "lowerRoman", "iv"}, {1994, "upperRoman", "MCMXCIV"}, {0, "upperRoman", "0"},
	} {
		if got := formatNumber(tc.v, tc.format, 0); got != tc.want {
			t.Errorf("formatNumber(%d, %s) = %q, want %q", tc.v, tc.format, got, tc.want)
		}
	}
}

func BenchmarkRead(b *testing.B) {
	data, err := os.ReadFile("../../testdata/dossiers/voorbeeld/leidraad.docx")
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		if _, err := Read("leidraad.docx", data); err != nil {
			b.Fatal(err)
		}
	}
}
