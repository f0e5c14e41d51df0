package docx

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// FuzzWalk feeds the walk with any XML below w:body. Whatever it is, the result is an error or blocks with clean text.
func FuzzWalk(f *testing.F) {
	for _, body := range []string{
		para("", "Tekst."), para(styled("Kop1"), "Eisen") + para(list(2, 0), "een"),
		"<w:p>" + fieldOf("TOC", run("1 Eisen")) + "</w:p>",
		`<w:tbl><w:tr>` + cell(`<w:gridSpan w:val="2"/>`, "a") + cell(`<w:vMerge/>`, "") + `</w:tr><w:tr>` + cell("", "c") + `</w:tr></w:tbl>`,
		`<w:p><w:ins>` + run("nieuw") + `</w:ins><w:del><w:r><w:delText>oud</w:delText></w:r></w:del><w:r><w:footnoteReference w:id="1"/></w:r></w:p>`,
		`<w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent>` + para("", "kader") + `</w:txbxContent></mc:Choice></mc:AlternateContent></w:r></w:p>`,
		`<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>` + para("", "Klik") + `</w:sdtContent></w:sdt><w:altChunk/>`,
	} {
		f.Add(body)
	}
	f.Fuzz(func(t *testing.T, body string) {
		if len(body) > 1<<16 {
			return
		}
		doc, err := Read("a.docx", build(body))
		if err != nil {
			return
		}
		for _, b := range doc.Blocks {
			if !utf8.ValidString(b.Text) || strings.ContainsAny(b.Text, "\x00\n\r\t\u00ad") {
				t.Fatalf("text is not clean: %q", b.Text)
			}
			for _, c := range b.Cells {
				if b.Text[c.Start:c.End] != c.Text {
					t.Fatalf("offsets of cell %q give %q", c.Text, b.Text[c.Start:c.End])
				}
			}
		}
	})
}

// FuzzNumbering feeds the numbering part. Reading the same file twice gives the same numbers.
func FuzzNumbering(f *testing.F) {
	f.Add(numberingXML[len("<w:numbering "+wordNS+">") : len(numberingXML)-len("</w:numbering>")])
	f.Add(abstract("0", `<w:numStyleLink w:val="X"/>`) + num("1", "0", `<w:lvlOverride w:ilvl="0"><w:startOverride w:val="32767"/></w:lvlOverride>`))
	f.Add(abstract("1", "", lvl("upperRoman", "%1.%2.%9%", `<w:lvlRestart w:val="3"/><w:isLgl/><w:pStyle w:val="X"/>`)) + num("1", "1", "") + num("2", "1", ""))
	const sheet = `<w:style w:type="paragraph" w:styleId="X"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>`
	body := para(styled("X"), "a")
	for _, p := range []struct{ id, ilvl int }{{1, 0}, {1, 8}, {2, 3}, {1, 1}, {2, 0}, {3, 0}, {1, 0}} {
		body += para(list(p.id, p.ilvl), "tekst")
	}
	f.Fuzz(func(t *testing.T, lists string) {
		if len(lists) > 1<<16 {
			return
		}
		data := buildWith(sheet, lists, body)
		first, err := Read("a.docx", data)
		if err != nil {
			t.Fatalf("the text does not depend on the lists: %v", err)
		}
		second, err := Read("a.docx", data)
		if err != nil || len(first.Blocks) != len(second.Blocks) {
			t.Fatalf("second time: %d blocks instead of %d, %v", len(second.Blocks), len(first.Blocks), err)
		}
		for i, b := range first.Blocks {
			if other := second.Blocks[i]; b.Number != other.Number || b.Kind != other.Kind || b.Level != other.Level {
				t.Fatalf("block %d: %s %q, then %s %q", i, b.Kind, b.Number, other.Kind, other.Number)
			}
			if len(b.Number) > len(lists)+200 {
				t.Fatalf("number of %d bytes", len(b.Number))
			}
		}
	})
}
