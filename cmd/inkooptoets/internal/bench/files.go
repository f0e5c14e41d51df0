package main

import (
	"archive/zip"
	"bytes"
	"compress/zlib"
	"encoding/xml"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
)

const (
	linesPerPage  = 48
	wordsPerLine  = 13
	lineHeight    = 14
	top, margin   = 780, 60
	wordsPerSheet = linesPerPage * wordsPerLine * 3 / 4 // of a DOCX, which has no pages of its own
)

// writeDossier writes the files of one tender: a guide and a contract as PDF and a programme of requirements as DOCX, each about a third of the pages. It gives the
// pages of the PDFs.
func writeDossier(dir string, number, pages int, clauses []string) (int, error) {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return 0, err
	}
	a := newAuthor(number, clauses)
	third := max(1, pages/3)
	sheets := 0
	for _, f := range []struct {
		name string
		n    int
	}{{"leidraad.pdf", third}, {"overeenkomst.pdf", max(1, pages-2*third)}} {
		data, n := pdf(a, f.n)
		sheets += n
		if err := os.WriteFile(filepath.Join(dir, f.name), data, 0o666); err != nil {
			return 0, err
		}
	}
	data, err := docx(a, third)
	if err != nil {
		return 0, err
	}
	return sheets, os.WriteFile(filepath.Join(dir, "programma-van-eisen.docx"), data, 0o666)
}

// line is a line of a page.
type line struct {
	text    string
	heading bool
}

// lines fills pages with chapters.
func (a *author) lines(pages int) []line {
	var out []line
	for chapter := 1; len(out) < pages*linesPerPage; chapter++ {
		out = append(out, line{fmt.Sprintf("%d. %s", chapter, headings[(chapter-1)%len(headings)]), true}, line{})
		for range 4 + a.IntN(6) {
			words := strings.Fields(a.paragraph())
			for len(words) > 0 {
				n := min(len(words), wordsPerLine)
				out = append(out, line{text: strings.Join(words[:n], " ")})
				words = words[n:]
			}
			out = append(out, line{})
		}
	}
	return out[:pages*linesPerPage]
}

// pdf makes a document of a number of pages.
func pdf(a *author, pages int) ([]byte, int) {
	var b bytes.Buffer
	var offsets []int
	object := func(body string) {
		offsets = append(offsets, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", len(offsets), body)
	}
	b.WriteString("%PDF-1.4\n")
	object("<< /Type /Catalog /Pages 2 0 R >>")
	var kids strings.Builder
	for i := range pages {
		fmt.Fprintf(&kids, "%d 0 R ", 5+2*i)
	}
	object(fmt.Sprintf("<< /Type /Pages /Kids [%s] /Count %d >>", kids.String(), pages))
	object("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
	object("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>")
	all := a.lines(pages)
	for i := range pages {
		object(fmt.Sprintf("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> /Contents %d 0 R >>", 6+2*i))
		content := deflated(pageContent(all[i*linesPerPage : (i+1)*linesPerPage]))
		object(fmt.Sprintf("<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream", len(content), content))
	}
	xref := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(offsets)+1)
	for _, at := range offsets {
		fmt.Fprintf(&b, "%010d 00000 n \n", at)
	}
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(offsets)+1, xref)
	return b.Bytes(), pages
}

func pageContent(lines []line) []byte {
	var b bytes.Buffer
	for i, l := range lines {
		if l.text == "" {
			continue
		}
		font := "/F1 10"
		if l.heading {
			font = "/F2 14"
		}
		fmt.Fprintf(&b, "BT %s Tf %d %d Td (", font, margin, top-i*lineHeight)
		for _, r := range l.text {
			switch {
			case r == '(' || r == ')' || r == '\\':
				fmt.Fprintf(&b, "\\%c", r)
			case r < 0x80:
				b.WriteRune(r)
			case r < 0x100:
				fmt.Fprintf(&b, "\\%03o", r) // Latin-1 is where it is in this encoding
			default:
				b.WriteByte('-')
			}
		}
		b.WriteString(") Tj ET\n")
	}
	return b.Bytes()
}

func deflated(data []byte) []byte {
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	if _, err := w.Write(data); err != nil {
		panic(err) // into memory
	}
	if err := w.Close(); err != nil {
		panic(err)
	}
	return b.Bytes()
}

// docx makes a document with headings, paragraphs, a list in every chapter and a table here and there.
func docx(a *author, pages int) ([]byte, error) {
	var b strings.Builder
	words := 0
	text := func(s string) string {
		words += len(strings.Fields(s))
		var e strings.Builder
		if err := xml.EscapeText(&e, []byte(s)); err != nil {
			panic(err) // into memory
		}
		return `<w:r><w:t xml:space="preserve">` + e.String() + `</w:t></w:r>`
	}
	for chapter := 0; words < pages*wordsPerSheet; chapter++ {
		b.WriteString(`<w:p><w:pPr><w:pStyle w:val="Kop1"/></w:pPr>` + text(headings[chapter%len(headings)]) + `</w:p>`)
		for range 3 + a.IntN(4) {
			b.WriteString(`<w:p>` + text(a.paragraph()) + `</w:p>`)
		}
		b.WriteString(`<w:p>` + text("Opdrachtnemer voldoet aan de volgende eisen:") + `</w:p>`)
		for range 4 + a.IntN(8) {
			b.WriteString(`<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>` + text(a.sentence()) + `</w:p>`)
		}
		if chapter%3 == 0 {
			b.WriteString(`<w:tbl>`)
			for row := range 4 {
				cell := func(s string) { b.WriteString(`<w:tc><w:p>` + text(s) + `</w:p></w:tc>`) }
				b.WriteString(`<w:tr>`)
				if row == 0 {
					cell("Nr.")
					cell("Eis")
				} else {
					cell(fmt.Sprint(row))
					cell(a.sentence())
				}
				b.WriteString(`</w:tr>`)
			}
			b.WriteString(`</w:tbl>`)
		}
	}
	const head = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	const word = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"`
	const types = `application/vnd.openxmlformats-officedocument.wordprocessingml.`
	const relations = `http://schemas.openxmlformats.org/officeDocument/2006/relationships/`
	const packaged = `http://schemas.openxmlformats.org/package/2006/`
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, part := range []struct{ name, text string }{
		{"[Content_Types].xml", `<Types xmlns="` + packaged + `content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
			`<Override PartName="/word/document.xml" ContentType="` + types + `document.main+xml"/><Override PartName="/word/styles.xml" ContentType="` + types + `styles+xml"/>` +
			`<Override PartName="/word/numbering.xml" ContentType="` + types + `numbering+xml"/></Types>`},
		{"_rels/.rels", `<Relationships xmlns="` + packaged + `relationships"><Relationship Id="r1" Type="` + relations + `officeDocument" Target="word/document.xml"/></Relationships>`},
		{"word/_rels/document.xml.rels", `<Relationships xmlns="` + packaged + `relationships"><Relationship Id="r1" Type="` + relations + `styles" Target="styles.xml"/>` +
			`<Relationship Id="r2" Type="` + relations + `numbering" Target="numbering.xml"/></Relationships>`},
		{"word/styles.xml", `<w:styles ` + word + `><w:style w:type="paragraph" w:styleId="Kop1"><w:name w:val="heading 1"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style></w:styles>`},
		{"word/numbering.xml", `<w:numbering ` + word + `><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="-"/></w:lvl></w:abstractNum>` +
			`<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>`},
		{"word/document.xml", `<w:document ` + word + `><w:body>` + b.String() + `</w:body></w:document>`},
	} {
		w, err := z.Create(part.name)
		if err != nil {
			return nil, err
		}
		if _, err := io.WriteString(w, head+part.text); err != nil {
			return nil, err
		}
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}
