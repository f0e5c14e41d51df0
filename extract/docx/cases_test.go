package docx

import (
	"archive/zip"
	"bytes"
	"slices"
	"strings"
	"testing"

	"inkooptoets/extract/dossier"
)

// abstract writes a list definition; levels are the XML inside w:lvl, from level 0 on.
func abstract(id, inside string, levels ...string) string {
	var b strings.Builder
	b.WriteString(`<w:abstractNum w:abstractNumId="` + id + `">` + inside)
	for i, l := range levels {
		b.WriteString(`<w:lvl w:ilvl="` + string(rune('0'+i)) + `">` + l + `</w:lvl>`)
	}
	return b.String() + `</w:abstractNum>`
}

func lvl(format, text, more string) string {
	return `<w:start w:val="1"/><w:numFmt w:val="` + format + `"/>` + more + `<w:lvlText w:val="` + text + `"/>`
}

func num(id, abstract, more string) string {
	return `<w:num w:numId="` + id + `"><w:abstractNumId w:val="` + abstract + `"/>` + more + `</w:num>`
}

// buildWith is build with other styles and lists.
func buildWith(styles, numbering, body string) []byte {
	return zipOf(map[string]string{
		"word/document.xml":  `<w:document ` + wordNS + `><w:body>` + body + `</w:body></w:document>`,
		"word/styles.xml":    `<w:styles ` + wordNS + `>` + styles + `</w:styles>`,
		"word/numbering.xml": `<w:numbering ` + wordNS + `>` + numbering + `</w:numbering>`,
		"word/footnotes.xml": footnotesXML,
		"word/endnotes.xml":  `<w:endnotes ` + wordNS + `><w:endnote w:id="4"><w:p><w:r><w:t>Zie het beleidsplan.</w:t></w:r></w:p></w:endnote></w:endnotes>`,
	})
}

func forms(t *testing.T, data []byte) []string {
	t.Helper()
	doc, err := Read("test.docx", data)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, b := range doc.Blocks {
		out = append(out, form(b))
	}
	return out
}

func checkForms(t *testing.T, data []byte, want ...string) {
	t.Helper()
	if got := forms(t, data); !slices.Equal(got, want) {
		t.Errorf("got:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestNumbering(t *testing.T) {
	const kop = `<w:style w:type="paragraph" w:styleId="K1"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>` +
		`<w:style w:type="paragraph" w:styleId="K2"><w:name w:val="heading 2"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>` +
		`<w:style w:type="paragraph" w:styleId="K2b"><w:name w:val="Kop klein"/><w:basedOn w:val="K2"/></w:style>` +
		`<w:style w:type="paragraph" w:styleId="Los"><w:name w:val="Los"/><w:basedOn w:val="K2"/><w:pPr><w:numPr><w:numId w:val="0"/></w:numPr><w:outlineLvl w:val="9"/></w:pPr></w:style>`
	three := abstract("0", "", lvl("decimal", "%1", ""), lvl("decimal", "%1.%2", ""), lvl("decimal", "%1.%2.%3", ""))
	for _, tc := range []struct {
		name, styles, numbering, body string
		want                          []string
	}{
		{"level tied to a style, also through the style it is based on", kop,
			abstract("0", "", lvl("decimal", "%1", `<w:pStyle w:val="K1"/>`), lvl("decimal", "%1.%2", `<w:pStyle w:val="K2"/>`)) + num("1", "0", ""),
			para(styled("K1"), "Eisen") + para(styled("K2"), "Klachten") + para(styled("K2b"), "Termijn") + para(styled("Los"), "Zonder nummer"),
			[]string{"heading 1 1| Eisen", "heading 2 1.1| Klachten", "heading 2 1.2| Termijn", "paragraph 0 | Zonder nummer"}},
		{"start override counts once for each list", "",
			three + num("1", "0", "") + num("2", "0", `<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>`),
			para(list(1, 0), "een") + para(list(1, 0), "twee") + para(list(2, 0), "opnieuw") + para(list(2, 0), "verder") + para(list(1, 0), "telt door"),
			[]string{"item 0 1| een", "item 0 2| twee", "item 0 1| opnieuw", "item 0 2| verder", "item 0 3| telt door"}},
		{"restart of a level: never, and only after the first level", "",
			abstract("0", "", lvl("decimal", "%1", ""), lvl("decimal", "E%2", `<w:lvlRestart w:val="0"/>`)) + num("1", "0", "") +
				abstract("1", "", lvl("decimal", "%1", ""), lvl("decimal", "%1.%2", ""), lvl("decimal", "(%3)", `<w:lvlRestart w:val="1"/>`)) + num("2", "1", ""),
			para(list(1, 0), "A") + para(list(1, 1), "a") + para(list(1, 0), "B") + para(list(1, 1), "b") +
				para(list(2, 0), "C") + para(list(2, 1), "c") + para(list(2, 2), "x") + para(list(2, 1), "d") + para(list(2, 2), "y") + para(list(2, 0), "D") + para(list(2, 2), "z"),
			[]string{"item 0 1| A", "item 1 E1| a", "item 0 2| B", "item 1 E2| b",
				"item 0 1| C", "item 1 1.1| c", "item 2 (1)| x", "item 1 1.2| d", "item 2 (2)| y", "item 0 2| D", "item 1 (1)| z"}},
		{"legal numbers: all digits", "",
			abstract("0", "", lvl("upperRoman", "%1", ""), lvl("decimal", "%1.%2", "<w:isLgl/>"), lvl("decimal", "%1-%3", "")) + num("1", "0", ""),
			para(list(1, 0), "A") + para(list(1, 1), "b") + para(list(1, 2), "c"),
			[]string{"item 0 I| A", "item 1 1.1| b", "item 2 I-1| c"}},
		{"a definition that points at a list style", `<w:style w:type="numbering" w:styleId="Lijst"><w:name w:val="Lijst"/><w:pPr><w:numPr><w:numId w:val="7"/></w:numPr></w:pPr></w:style>`,
			abstract("0", `<w:styleLink w:val="Lijst"/>`, lvl("upperLetter", "%1.", "")) + num("7", "0", "") + abstract("1", `<w:numStyleLink w:val="Lijst"/>`) + num("2", "1", ""),
			para(list(2, 0), "een") + para(list(2, 0), "twee"),
			[]string{"item 0 A.| een", "item 0 B.| twee"}},
		{"two definitions that point at each other", `<w:style w:type="numbering" w:styleId="X"><w:name w:val="X"/><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style><w:style w:type="numbering" w:styleId="Y"><w:name w:val="Y"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>`,
			abstract("0", `<w:numStyleLink w:val="X"/>`) + num("1", "0", "") + abstract("1", `<w:numStyleLink w:val="Y"/>`) + num("2", "1", ""),
			para(list(1, 0), "tekst"), []string{"item 0 | tekst"}},
		{"an empty item has a number too", "", three + num("1", "0", ""), para(list(1, 0), "een") + para(list(1, 0), "") + para(list(1, 0), "drie"),
			[]string{"item 0 1| een", "item 0 3| drie"}},
		{"an item that is hidden has none", "", three + num("1", "0", ""),
			para(list(1, 0), "een") + `<w:p><w:pPr>` + list(1, 0) + `<w:rPr><w:vanish/></w:rPr></w:pPr><w:r><w:rPr><w:vanish/></w:rPr><w:t>weg</w:t></w:r></w:p>` + para(list(1, 0), "twee"),
			[]string{"item 0 1| een", "item 0 2| twee"}},
		{"words before the number, digits with zeros, text only", "",
			abstract("0", "", lvl("decimal", "Artikel %1", "")) + num("1", "0", "") +
				abstract("1", "", `<w:start w:val="9"/><mc:AlternateContent><mc:Choice><w:numFmt w:val="custom" w:format="001, 002, 003, ..."/></mc:Choice><mc:Fallback><w:numFmt w:val="decimal"/></mc:Fallback></mc:AlternateContent><w:lvlText w:val="K-%1"/>`) + num("2", "1", "") +
				abstract("2", "", lvl("none", "Let op: 100%", "")) + num("3", "2", ""),
			para(list(1, 0), "Klachten") + para(list(2, 0), "negen") + para(list(2, 0), "tien") + para(list(3, 0), "vast"),
			[]string{"item 0 Artikel 1| Klachten", "item 0 K-009| negen", "item 0 K-010| tien", "item 0 Let op: 100%| vast"}},
		{"a skipped level counts as begun", "", three + num("1", "0", ""), para(list(1, 2), "diep") + para(list(1, 1), "hoger"),
			[]string{"item 0 1.1.1| diep", "item 0 1.2| hoger"}},
	} {
		t.Run(tc.name, func(t *testing.T) { checkForms(t, buildWith(tc.styles, tc.numbering, tc.body), tc.want...) })
	}
}

func TestStyles(t *testing.T) {
	const sheet = `<w:style w:type="paragraph" w:styleId="H"><w:name w:val="heading 1"/><w:rPr><w:b/><w:vanish/></w:rPr></w:style>` +
		`<w:style w:type="paragraph" w:styleId="Z"><w:name w:val="Zichtbaar"/><w:basedOn w:val="H"/><w:rPr><w:vanish w:val="0"/></w:rPr></w:style>` +
		`<w:style w:type="paragraph" w:styleId="A"><w:name w:val="A"/><w:basedOn w:val="B"/></w:style><w:style w:type="paragraph" w:styleId="B"><w:name w:val="B"/><w:basedOn w:val="A"/></w:style>` +
		`<w:style w:type="character" w:styleId="Toon"><w:name w:val="Toon"/><w:rPr><w:vanish w:val="false"/></w:rPr></w:style>`
	for _, tc := range []struct {
		name, body string
		want       []string
	}{
		{"hidden by its style", para(styled("H"), "Verborgen") + para("", "Te zien"), []string{"paragraph 0 | Te zien"}},
		{"shown again by a style, a character style or the run", para(styled("Z"), "Kop") + `<w:p><w:pPr>` + styled("H") + `</w:pPr><w:r><w:rPr><w:rStyle w:val="Toon"/></w:rPr><w:t>Wel</w:t></w:r></w:p><w:p><w:pPr>` + styled("H") + `</w:pPr><w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>Ook</w:t></w:r></w:p>`,
			[]string{"heading 1 | Kop", "heading 1 | Wel", "heading 1 | Ook"}},
		{"styles in a loop", para(styled("A"), "Tekst."), []string{"paragraph 0 | Tekst."}},
		{"line through all words", `<w:p><w:r><w:rPr><w:dstrike/></w:rPr><w:t>Vervallen.</w:t></w:r></w:p>`, []string{"paragraph 0 | Vervallen. [strikeout]"}},
		{"no such style", para(styled("Weg"), "Tekst."), []string{"paragraph 0 | Tekst."}},
	} {
		t.Run(tc.name, func(t *testing.T) { checkForms(t, buildWith(sheet, "", tc.body), tc.want...) })
	}
}

func fieldOf(code, result string) string {
	mark := func(kind string) string { return `<w:r><w:fldChar w:fldCharType="` + kind + `"/></w:r>` }
	return mark("begin") + `<w:r><w:instrText>` + code + `</w:instrText></w:r>` + mark("separate") + result + mark("end")
}

func TestFields(t *testing.T) {
	begin := `<w:r><w:fldChar w:fldCharType="begin"/></w:r>`
	for _, tc := range []struct {
		name, body string
		want       []string
	}{
		{"field inside the code of a field", "<w:p>" + begin + `<w:r><w:instrText>IF </w:instrText></w:r>` + fieldOf("MERGEFIELD x", run("geheim")) + `<w:r><w:t>ook code</w:t></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>` + run("Wmo") + `<w:r><w:fldChar w:fldCharType="end"/></w:r>` + run(" telt.") + "</w:p>",
			[]string{"paragraph 0 | Wmo telt."}},
		{"field without an end does not swallow the rest", "<w:p>" + begin + `<w:r><w:instrText>PAGE</w:instrText></w:r></w:p>` + para("", "Er is een regeling."), []string{"paragraph 0 | Er is een regeling."}},
		{"click-here field that nobody filled in", "<w:p>" + run("Gemeente ") + begin + `<w:r><w:instrText>MACROBUTTON NoMacro [naam gemeente]</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>`,
			[]string{"paragraph 0 | Gemeente [naam gemeente] [placeholder]"}},
		{"table of contents made by a field", `<w:p>` + begin + `<w:r><w:instrText>TOC \o</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>` + run("1 Eisen 3") + `</w:p>` + para("", "2 Slot 4") + `<w:p><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>` + para("", "Gewone tekst."),
			[]string{"paragraph 0 | 1 Eisen 3 [toc]", "paragraph 0 | 2 Slot 4 [toc]", "paragraph 0 | Gewone tekst."}},
		{"table of contents in a content control", `<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr><w:sdtContent>` + para("", "1 Eisen 3") + `</w:sdtContent></w:sdt>` + para("", "Tekst."),
			[]string{"paragraph 0 | 1 Eisen 3 [toc]", "paragraph 0 | Tekst."}},
		{"simple field and link", `<w:p><w:fldSimple w:instr="DATE">` + run("21 november") + `</w:fldSimple><w:hyperlink>` + run(" 2026") + `</w:hyperlink></w:p>`, []string{"paragraph 0 | 21 november 2026"}},
		{"placeholders around paragraphs and in a table", `<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>` + para("", "Kies een item.") + `</w:sdtContent></w:sdt><w:tbl><w:tr>` + cell("", "Naam") + `<w:tc><w:p><w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>` + run("Vul in") + `</w:sdtContent></w:sdt></w:p></w:tc></w:tr></w:tbl>`,
			[]string{"paragraph 0 | Kies een item. [placeholder]", "row 0 | Naam | Vul in [placeholder]"}},
	} {
		t.Run(tc.name, func(t *testing.T) { checkForms(t, build(tc.body), tc.want...) })
	}
}

func TestTrackedChanges(t *testing.T) {
	const deletedMark = `<w:rPr><w:del/></w:rPr>`
	gone := `<w:del><w:r><w:delText>weg</w:delText></w:r></w:del>`
	for _, tc := range []struct {
		name, body string
		want       []string
	}{
		{"a deleted heading leaves nothing of its style", `<w:p><w:pPr>` + styled("Kop1") + deletedMark + `</w:pPr>` + gone + `</w:p>` + para("", "Gewone tekst."), []string{"paragraph 0 | Gewone tekst."}},
		{"the mark that stays decides about the style", `<w:p><w:pPr>` + deletedMark + `</w:pPr>` + run("Eisen aan ") + `</w:p>` + para(styled("Kop1"), "personeel"), []string{"heading 1 1| Eisen aan personeel"}},
		{"moved text counts once", `<w:p><w:moveFrom>` + run("De aanbieder meldt geweld.") + `</w:moveFrom></w:p><w:p><w:moveTo>` + run("De aanbieder meldt geweld.") + `</w:moveTo></w:p>`, []string{"paragraph 0 | De aanbieder meldt geweld. [inserted]"}},
		{"deleted and inserted rows and cells", `<w:tbl><w:tr>` + cell("", "Nr") + cell("", "Eis") + cell(`<w:cellDel/>`, "Oud") + `</w:tr><w:tr><w:trPr><w:del/></w:trPr>` + cell("", "1") + cell("", "weg") + `</w:tr><w:tr><w:trPr><w:ins/></w:trPr>` + cell("", "2") + cell("", "VOG") + `</w:tr></w:tbl>`,
			[]string{"row 0 | Nr | Eis [header-row]", "row 0 | Nr: 2 | Eis: VOG [inserted]"}},
		{"deleted end before a table", `<w:p><w:pPr>` + deletedMark + `</w:pPr>` + run("Voor de tabel") + `</w:p><w:tbl><w:tr>` + cell("", "a") + cell("", "b") + `</w:tr></w:tbl>`, []string{"paragraph 0 | Voor de tabel", "row 0 | a | b"}},
		{"only the form changed", `<w:p><w:pPr><w:pPrChange><w:pPr>` + styled("Kop1") + `</w:pPr></w:pPrChange></w:pPr><w:r><w:rPr><w:rPrChange><w:rPr><w:vanish/></w:rPr></w:rPrChange></w:rPr><w:t>Tekst.</w:t></w:r></w:p>`, []string{"paragraph 0 | Tekst."}},
	} {
		t.Run(tc.name, func(t *testing.T) { checkForms(t, build(tc.body), tc.want...) })
	}
}

func TestBoxesAndNotes(t *testing.T) {
	box := func(text string) string { return `<w:txbxContent>` + para("", text) + `</w:txbxContent>` }
	for _, tc := range []struct {
		name, body string
		want       []string
	}{
		{"picture with its text only in the old form", `<w:p><w:r><mc:AlternateContent><mc:Choice><w:drawing><a:t>label</a:t></w:drawing></mc:Choice><mc:Fallback><w:pict>` + box("In het kader.") + `</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>`, []string{"paragraph 0 | In het kader. [textbox]"}},
		{"list in a text box, inside an open field", `<w:p>` + fieldOf("REF x", run("Zie hier")+`<w:r><w:pict><w:txbxContent>`+para(list(2, 0), "een")+`</w:txbxContent></w:pict></w:r>`) + `</w:p>`, []string{"paragraph 0 | Zie hier", "item 0 a)| een [textbox]"}},
		{"footnote and endnote", `<w:p>` + run("Tekst") + `<w:r><w:endnoteReference w:id="4"/><w:footnoteReference w:id="1"/></w:r>` + `</w:p>`, []string{"paragraph 0 | Tekst", "note 0 i| Zie het beleidsplan.", "note 0 1| Wet van 9 juli 2014."}},
		{"footnote in a table, reference deleted elsewhere", `<w:tbl><w:tr><w:tc><w:p>` + run("VOG") + `<w:r><w:footnoteReference w:id="1"/></w:r></w:p></w:tc><w:tc><w:p><w:del><w:r><w:footnoteReference w:id="1"/></w:r></w:del>` + run("ja") + `</w:p></w:tc></w:tr></w:tbl>`, []string{"row 0 | VOG | ja", "note 0 1| Wet van 9 juli 2014."}},
		{"nested table, symbol, equation", `<w:tbl><w:tr>` + cell("", "Eis") + `<w:tc>` + para("", "Hierin:") + `<w:tbl><w:tr>` + cell("", "a") + cell("", "b") + `</w:tr></w:tbl></w:tc></w:tr></w:tbl><w:p><w:r><w:sym w:char="F0B7"/></w:r><w:oMath><w:r><w:t>x=1</w:t></w:r></w:oMath></w:p>`, []string{"row 0 | Eis | Hierin: a, b", "paragraph 0 | •x=1"}},
		{"hidden row", `<w:tbl><w:tr>` + cell("", "a") + cell("", "b") + `</w:tr><w:tr><w:trPr><w:hidden/></w:trPr>` + cell("", "c") + cell("", "d") + `</w:tr></w:tbl>`, []string{"row 0 | a | b"}},
		{"merged cell does not go on below another one", `<w:tbl><w:tr>` + cell(`<w:vMerge w:val="restart"/>`, "Personeel") + cell("", "1") + `</w:tr><w:tr>` + cell("", "Los") + cell("", "2") + `</w:tr><w:tr>` + cell(`<w:vMerge/>`, "") + cell("", "3") + `</w:tr></w:tbl>`, []string{"row 0 | Personeel | 1", "row 0 | Los | 2", "row 0 | 3"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			checkForms(t, buildWith("", abstract("1", "", lvl("lowerLetter", "%1)", ""))+num("2", "1", ""), tc.body), tc.want...)
		})
	}
}

func TestEveryFindingIsAWarning(t *testing.T) {
	tail := para("", "Tekst.")
	for _, tc := range []struct{ name, body, code, detail string }{
		{"insertion", `<w:p><w:ins>` + run("Nieuw.") + `</w:ins></w:p>`, "tracked-changes", "Ingevoegd: 1 keer, dat telt mee."},
		{"deletion", `<w:p><w:del><w:r><w:delText>oud</w:delText></w:r></w:del></w:p>`, "tracked-changes", "Verwijderd: 1 keer, dat telt niet mee."},
		{"comments", `<w:p>` + run("a") + `<w:r><w:commentReference w:id="0"/></w:r><w:r><w:commentReference w:id="1"/></w:r></w:p>`, "comments", "2 opmerkingen"},
		{"hidden text", `<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>weg</w:t></w:r></w:p>`, "hidden-text", "verborgen tekst"},
		{"placeholder", `<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>` + para("", "Klik of tik.") + `</w:sdtContent></w:sdt>`, "placeholder", "1 invulveld"},
		{"line through words", `<w:p><w:r><w:rPr><w:strike/></w:rPr><w:t>oud</w:t></w:r>` + run(" nieuw") + `</w:p>`, "strikeout", "doorgestreepte woorden"},
		{"file inside the file", `<w:altChunk/>`, dossier.CodeNotRead, "los document"},
		{"part of a master document", `<w:p><w:subDoc/></w:p>`, dossier.CodeNotRead, "los document"},
		{"embedded file", `<w:p><w:r><w:object><w:OLEObject Type="Embed" ProgID="Excel.Sheet.12"/><w:OLEObject ProgID="Equation.3"/></w:object></w:r></w:p>`, dossier.CodeNotRead, "(1 keer)"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			doc, err := Read("a.docx", build(tc.body+tail))
			if err != nil {
				t.Fatal(err)
			}
			if len(doc.Warnings) != 1 || doc.Warnings[0].Code != tc.code || !strings.Contains(doc.Warnings[0].Detail, tc.detail) {
				t.Errorf("got %+v, want one %s with %q", doc.Warnings, tc.code, tc.detail)
			}
		})
	}
	if doc, err := Read("a.docx", build(tail)); err != nil || len(doc.Warnings) > 0 {
		t.Errorf("nothing special: got %+v, error %v", doc.Warnings, err)
	}
}

func TestPackages(t *testing.T) {
	strictNS := `xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main" xmlns:a="http://purl.oclc.org/ooxml/drawingml/main"`
	strict := zipOf(map[string]string{
		"_rels/.rels":                  `<Relationships><Relationship Type="http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument" Target="word/document.xml"/></Relationships>`,
		"word/document.xml":            `<w:document ` + strictNS + `><w:body>` + para(`<w:pStyle w:val="Kop1"/>`, "Eisen") + `<w:p><w:r><w:drawing><a:p><a:r><a:t>label</a:t></a:r></a:p></w:drawing></w:r>` + run("Tekst.") + `</w:p></w:body></w:document>`,
		"word/_rels/document.xml.rels": `<Relationships><Relationship Type="http://purl.oclc.org/ooxml/officeDocument/relationships/styles" Target="styles.xml"/></Relationships>`,
		"word/styles.xml":              `<w:styles ` + strictNS + `><w:style w:type="paragraph" w:styleId="Kop1"><w:name w:val="heading 1"/></w:style></w:styles>`,
	})
	main := `<w:document ` + wordNS + `><w:body>` + para("", "Tekst.") + `</w:body></w:document>`
	for _, tc := range []struct {
		name string
		data []byte
		want []string
	}{
		{"strict", strict, []string{"heading 1 | Eisen", "paragraph 0 | Tekst."}},
		{"no relationships at all", zipOf(map[string]string{"word/document.xml": main}), []string{"paragraph 0 | Tekst."}},
		{"backslashes in the names", zipOf(map[string]string{`word\document.xml`: main}), []string{"paragraph 0 | Tekst."}},
		{"big-endian UTF-16", zipOf(map[string]string{"word/document.xml": "\xfe\xff" + swapped(utf16LE(main))}), []string{"paragraph 0 | Tekst."}},
		{"text in an external entity", zipOf(map[string]string{"word/document.xml": `<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>` + strings.Replace(main, "Tekst.", "Tekst.&x;", 1)}), []string{"paragraph 0 | Tekst."}},
		{"entities that multiply", zipOf(map[string]string{"word/document.xml": `<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>` + strings.Replace(main, "Tekst.", "Tekst.&b;", 1)}), []string{"paragraph 0 | Tekst."}},
		{"header that would swell", zipOf(map[string]string{"word/document.xml": main, "word/header1.xml": strings.Repeat("a", 1<<20)}), []string{"paragraph 0 | Tekst."}},
	} {
		t.Run(tc.name, func(t *testing.T) { checkForms(t, tc.data, tc.want...) })
	}
}

func swapped(s string) string {
	b := []byte(s)
	for i := 0; i+1 < len(b); i += 2 {
		b[i], b[i+1] = b[i+1], b[i]
	}
	return string(b)
}

// What stands before a limit is kept, with a warning; the parts beside the text are not needed to read it.
func TestLimitsKeepWhatWasRead(t *testing.T) {
	deep := strings.Repeat("<w:sdt><w:sdtContent>", 400) + para("", "diep") + strings.Repeat("</w:sdtContent></w:sdt>", 400)
	main := `<w:document ` + wordNS + `><w:body>` + para("", "Tekst.") + `</w:body></w:document>`
	for _, tc := range []struct {
		name string
		data []byte
		code string
	}{
		{"nested too deep, after text", build(para("", "Tekst.") + deep), dossier.CodeLimit},
		{"styles are damaged", zipOf(map[string]string{"word/document.xml": main, "word/styles.xml": "<w:styles"}), dossier.CodeNotRead},
		{"footnotes are nested too deep", zipOf(map[string]string{"word/document.xml": main, "word/footnotes.xml": strings.Repeat("<w:x>", maxDepth+2)}), dossier.CodeNotRead},
		{"external entity", zipOf(map[string]string{"word/document.xml": `<!DOCTYPE d [<!ENTITY x SYSTEM "x.txt">]>` + main}), dossier.CodeNotRead},
	} {
		t.Run(tc.name, func(t *testing.T) {
			doc, err := Read("a.docx", tc.data)
			if err != nil {
				t.Fatal(err)
			}
			if len(doc.Blocks) != 1 || doc.Blocks[0].Text != "Tekst." || len(doc.Warnings) != 1 || doc.Warnings[0].Code != tc.code || !doc.Incomplete() {
				t.Errorf("got %d blocks, warnings %+v, want the text and one %s", len(doc.Blocks), doc.Warnings, tc.code)
			}
		})
	}
}

func TestTooManyParts(t *testing.T) {
	var b bytes.Buffer
	zw := zip.NewWriter(&b)
	for i := range maxEntries + 1 {
		if _, err := zw.CreateHeader(&zip.FileHeader{Name: "x/" + strings.Repeat("i", i%50)}); err != nil {
			t.Fatal(err)
		}
	}
	if err := zw.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := Read("a.docx", b.Bytes()); err == nil || !strings.Contains(err.Error(), "too large") {
		t.Errorf("got %v", err)
	}
}
