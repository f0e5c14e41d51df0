package docx

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"

	"inkooptoets/extract/dossier"
)

const (
	typesXML = `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`
	rootRels = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`
	docRels  = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>`
)

type part struct{ name, text string }

// wordFile writes a package with parts in the order given, by turns stored and compressed, and with a date on each.
func wordFile(t *testing.T, parts ...part) []byte {
	t.Helper()
	var b bytes.Buffer
	zw := zip.NewWriter(&b)
	for i, p := range parts {
		w, err := zw.CreateHeader(&zip.FileHeader{Name: p.name, Method: []uint16{zip.Deflate, zip.Store}[i%2], ModifiedDate: 0x5a21, Comment: "deel"})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, p.text); err != nil {
			t.Fatal(err)
		}
	}
	if err := zw.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func mainXML(body string) string {
	return `<?xml version="1.0" encoding="UTF-8"?><w:document ` + wordNS + `><w:body>` + body + `<w:sectPr/></w:body></w:document>`
}

// plainFile has no comments yet.
func plainFile(t *testing.T, body string) []byte {
	return wordFile(t, part{typesPart, typesXML}, part{"_rels/.rels", rootRels}, part{"word/document.xml", mainXML(body)}, part{"word/_rels/document.xml.rels", docRels}, part{"word/styles.xml", stylesXML})
}

func partsOf(t *testing.T, data []byte) map[string]string {
	t.Helper()
	zr, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, f := range zr.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatalf("%s: %v", f.Name, err)
		}
		if _, twice := out[f.Name]; twice {
			t.Errorf("%s is in the container twice", f.Name)
		}
		out[f.Name] = string(text)
	}
	return out
}

// commented gives per comment its number, the words of the paragraphs it spans in the text, and its own words. It reads names with
// their namespaces, as Word does.
func commented(t *testing.T, main, comments string) map[string][2]string {
	t.Helper()
	out := map[string][2]string{}
	open, refs := map[string]*strings.Builder{}, map[string]int{}
	word := func(n xml.Name, local string) bool { return n.Space == wordSpace && n.Local == local }
	id := func(e xml.StartElement) string {
		for _, a := range e.Attr {
			if word(a.Name, "id") {
				return a.Value
			}
		}
		return ""
	}
	each(t, main, func(tok xml.Token) {
		switch e := tok.(type) {
		case xml.StartElement:
			switch {
			case word(e.Name, "commentRangeStart"):
				open[id(e)] = &strings.Builder{}
			case word(e.Name, "commentRangeEnd"):
				out[id(e)] = [2]string{open[id(e)].String()}
				delete(open, id(e))
			case word(e.Name, "commentReference"):
				refs[id(e)]++
			}
		case xml.CharData:
			for _, b := range open {
				b.Write(e)
			}
		}
	})
	var in string
	each(t, comments, func(tok xml.Token) {
		switch e := tok.(type) {
		case xml.StartElement:
			if word(e.Name, "comment") {
				in = id(e)
				if _, ok := out[in]; !ok || refs[in] != 1 {
					t.Errorf("comment %s has %d marks in the text", in, refs[in])
				}
			}
		case xml.CharData:
			if strings.TrimSpace(string(e)) != "" {
				out[in] = [2]string{out[in][0], strings.TrimSpace(out[in][1] + " " + string(e))}
			}
		}
	})
	if len(refs) != len(out) || len(open) > 0 {
		t.Errorf("%d marks for %d comments, %d without an end", len(refs), len(out), len(open))
	}
	return out
}

func each(t *testing.T, text string, use func(xml.Token)) {
	t.Helper()
	for d := xml.NewDecoder(strings.NewReader(text)); ; {
		tok, err := d.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Fatalf("not XML: %v\n%s", err, text)
		}
		use(tok)
	}
}

// remarks makes a comment for the paragraph of every block, or of every cell of a row.
func remarks(t *testing.T, d *Draft) []Comment {
	t.Helper()
	var out []Comment
	add := func(block, offset int) {
		at, ok := d.Paragraph(block, offset)
		if !ok {
			t.Errorf("block %d has no paragraph", block)
		}
		out = append(out, Comment{Paragraph: at, Lines: []Line{{fmt.Sprintf("Blok %d", block), true}, {Text: fmt.Sprintf("vanaf %d", offset)}}})
	}
	for i, b := range d.blocks {
		if len(b.Cells) == 0 {
			add(i, 0)
		}
		for _, c := range b.Cells {
			add(i, c.Start)
		}
	}
	return out
}

var by = Author{Name: "inkooptoets", Initials: "it"}

// Every kind of place: what stands before the arrow is found in the paragraph behind it.
func TestCommentsStandWhereTheWordsAre(t *testing.T) {
	deleted := `<w:rPr><w:del/></w:rPr>`
	body := para(styled("Kop1"), "Eisen") +
		`<w:p>` + run("De aanbieder ") + `<w:del><w:r><w:delText>mag</w:delText></w:r></w:del><w:ins w:id="7" w:author="A">` + run("moet") + `</w:ins></w:p>` +
		`<w:sdt><w:sdtContent>` + para("", "In een veld.") + `</w:sdtContent></w:sdt>` +
		`<w:p><w:pPr>` + deleted + `</w:pPr><w:del><w:r><w:delText>alles weg</w:delText></w:r></w:del></w:p>` + para("", "Na wat weg is.") +
		`<w:p><w:pPr>` + deleted + `</w:pPr>` + run("Eerste helft ") + `</w:p>` + para("", "tweede helft.") +
		`<w:tbl><w:tr>` + cell("", "Nr") + cell("", "Eis") + `</w:tr><w:tr>` + cell(`<w:vMerge w:val="restart"/>`, "1") + `<w:tc>` + para("", "Er is een VOG.") + para("", "Er is een klachtregeling.") + `</w:tc></w:tr>` +
		`<w:tr>` + cell(`<w:vMerge/>`, "") + cell("", "Er is een meldcode.") + `</w:tr></w:tbl>` +
		`<w:p>` + run("Met een kader.") + `<w:r><w:pict><w:txbxContent>` + para("", "In het kader.") + `</w:txbxContent></w:pict></w:r></w:p>` +
		`<w:p><w:r><w:t>Zonder</w:t></w:r><w:hyperlink><w:r><w:t> eigenschappen</w:t></w:r></w:hyperlink></w:p>`
	d, err := Open(plainFile(t, body))
	if err != nil {
		t.Fatal(err)
	}
	out, err := d.Annotate(by, remarks(t, d))
	if err != nil {
		t.Fatal(err)
	}
	parts := partsOf(t, out)
	got := map[string]string{}
	for _, c := range commented(t, parts["word/document.xml"], parts["word/comments.xml"]) {
		got[c[1]] = c[0]
	}
	want := map[string]string{
		"Blok 0 vanaf 0": "Eisen",
		"Blok 1 vanaf 0": "De aanbieder magmoet",
		"Blok 2 vanaf 0": "In een veld.",
		"Blok 3 vanaf 0": "Na wat weg is.",
		"Blok 4 vanaf 0": "Eerste helft ",
		"Blok 5 vanaf 0": "Nr", "Blok 5 vanaf 5": "Eis",
		"Blok 6 vanaf 4": "1", "Blok 6 vanaf 13": "Er is een VOG.",
		"Blok 7 vanaf 4": "1", "Blok 7 vanaf 13": "Er is een meldcode.",
		"Blok 8 vanaf 0": "Met een kader.In het kader.", "Blok 9 vanaf 0": "Met een kader.In het kader.",
		"Blok 10 vanaf 0": "Zonder eigenschappen",
	}
	for mark, text := range want {
		if got[mark] != text {
			t.Errorf("%s: got %q, want %q", mark, got[mark], text)
		}
	}
	if len(got) != len(want) {
		t.Errorf("got %d comments, want %d: %q", len(got), len(want), got)
	}
	row := d.blocks[6]
	second, _ := d.Paragraph(6, strings.Index(row.Text, "klachtregeling"))
	if first, _ := d.Paragraph(6, row.Cells[1].Start); first >= second {
		t.Errorf("second paragraph of a cell: got %d, want one after %d", second, first)
	}
}

// A file with comments, a header and a picture: only what has to change does.
func TestAnnotateKeepsTheRest(t *testing.T) {
	comments := `<?xml version="1.0"?><w:comments ` + wordNS + `><w:comment w:author="a>b" w:id="0"><w:p>` + run("Klopt dit?") + `</w:p></w:comment><w:comment w:id="2" w:author="C"><w:p>` + run("Ja.") + `</w:p></w:comment></w:comments>`
	mark := func(id string) string {
		return `<w:commentRangeStart w:id="` + id + `"/>` + run("Tekst "+id) + `<w:commentRangeEnd w:id="` + id + `"/><w:r><w:commentReference w:id="` + id + `"/></w:r>`
	}
	body := "\r\n  <w:p >" + mark("0") + "</w:p >\n" + para(`<w:numPr/><w:sectPr/>`, "Kop &amp; &#233;&#x20AC; <![CDATA[en]]> <!-- weg --> meer") + `<w:p>` + mark("2") + `</w:p>`
	file := wordFile(t, part{typesPart, strings.Replace(typesXML, "</Types>", `<Override PartName="/word/Comments.xml" ContentType="`+commentsType+`"/></Types>`, 1)}, part{"_rels/.rels", rootRels},
		part{"word/header1.xml", `<w:hdr ` + wordNS + `>` + para("", "Koptekst") + `</w:hdr>`}, part{"word/comments.xml", comments}, part{"word/document.xml", mainXML(body)},
		part{"word/_rels/document.xml.rels", strings.Replace(docRels, "</Rel", `<Relationship Id="rId9" Type="`+commentsKind+`" Target="/word/comments.xml"/></Rel`, 1)},
		part{"word/media/image1.png", "\x89PNG\r\n\x1a\n\x00plaatje"}, part{"word/styles.xml", stylesXML}, part{"docProps/app.xml", "<Properties/>"})
	before := bytes.Clone(file)
	d, err := Open(file)
	if err != nil {
		t.Fatal(err)
	}
	out, err := d.Annotate(by, remarks(t, d))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(before, file) {
		t.Error("the original has changed")
	}
	if again, err := d.Annotate(by, remarks(t, d)); err != nil || !bytes.Equal(out, again) {
		t.Errorf("a second time gives another file (error %v)", err)
	}

	sameEntries(t, file, out, "word/document.xml", "word/comments.xml")
	parts := partsOf(t, out)
	ours := regexp.MustCompile(`<w:commentRangeStart w:id="[134]"/>|<w:commentRangeEnd w:id="[134]"/><w:r><w:commentReference w:id="[134]"/></w:r>`)
	if got := ours.ReplaceAllString(parts["word/document.xml"], ""); got != mainXML(body) {
		t.Errorf("main part without our marks:\n%s\nwant:\n%s", got, mainXML(body))
	}
	if head := strings.TrimSuffix(comments, "</w:comments>"); !strings.HasPrefix(parts["word/comments.xml"], head) || !strings.HasSuffix(parts["word/comments.xml"], "</w:comments>") {
		t.Errorf("comments:\n%s\nwant them after:\n%s", parts["word/comments.xml"], head)
	}
	got := commented(t, parts["word/document.xml"], parts["word/comments.xml"])
	for id, want := range map[string][2]string{
		"0": {"Tekst 0", "Klopt dit?"}, "2": {"Tekst 2", "Ja."}, "1": {"Tekst 0", "Blok 0 vanaf 0"}, "3": {"Kop & é€ en  meer", "Blok 1 vanaf 0"}, "4": {"Tekst 2", "Blok 2 vanaf 0"},
	} {
		if got[id] != want {
			t.Errorf("comment %s: got %q, want %q", id, got[id], want)
		}
	}
}

// sameEntries wants every entry of the container but some to be the same, down to the compressed bytes, and in the same order.
func sameEntries(t *testing.T, before, after []byte, but ...string) {
	t.Helper()
	open := func(data []byte) []*zip.File {
		zr, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
		if err != nil {
			t.Fatal(err)
		}
		return zr.File
	}
	raw := func(f *zip.File) []byte {
		r, err := f.OpenRaw()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	a, b := open(before), open(after)
	for i, f := range a {
		if i >= len(b) || b[i].Name != f.Name {
			t.Fatalf("entry %d: %s is not in its place", i, f.Name)
		}
		changed := slices.Contains(but, f.Name)
		if same := bytes.Equal(raw(f), raw(b[i])); same == changed {
			t.Errorf("%s: same %v, want %v", f.Name, same, !changed)
		}
		if b[i].ModifiedDate != f.ModifiedDate || b[i].Comment != f.Comment {
			t.Errorf("%s has another date or remark", f.Name)
		}
	}
}

func TestCommentsPartIsAdded(t *testing.T) {
	body := para(styled("Kop1"), "Eisen") + para("", "Er is een VOG.")
	text := mainXML(body)
	other := strings.NewReplacer("word/document.xml", "word/stuk.xml")
	for _, tc := range []struct {
		name  string
		parts []part
		main  string
		added string
		rels  string // what the relationships hold afterwards
	}{
		{"none yet", []part{{typesPart, typesXML}, {"_rels/.rels", rootRels}, {"word/document.xml", text}, {"word/_rels/document.xml.rels", docRels}}, "word/document.xml", "word/comments.xml",
			`<Relationship Id="rId2" Type="` + commentsKind + `" Target="comments.xml"/></Relationships>`},
		{"another main part, an empty list of relationships", []part{{typesPart, other.Replace(typesXML)}, {"_rels/.rels", other.Replace(rootRels)}, {"word/stuk.xml", text}, {"word/_rels/stuk.xml.rels", `<r:Relationships xmlns:r="` + relsSpace + `" />`}}, "word/stuk.xml", "word/comments.xml",
			`<r:Relationships xmlns:r="` + relsSpace + `" ><r:Relationship Id="rId1" Type="` + commentsKind + `" Target="comments.xml"/></r:Relationships>`},
		{"no relationships, a stray part with the name", []part{{typesPart, typesXML}, {"_rels/.rels", rootRels}, {"word/document.xml", text}, {"word/Comments.xml", "<los/>"}}, "word/document.xml", "word/comments2.xml", `Target="comments2.xml"/></Relationships>`},
		{"a number that is taken", []part{{typesPart, typesXML}, {"_rels/.rels", rootRels}, {"word/document.xml", text}, {"word/_rels/document.xml.rels", strings.Replace(docRels, "rId1", "rId2", 1)}}, "word/document.xml", "word/comments.xml", `Id="rId3"`},
	} {
		t.Run(tc.name, func(t *testing.T) {
			d, err := Open(wordFile(t, tc.parts...))
			if err != nil {
				t.Fatal(err)
			}
			out, err := d.Annotate(by, []Comment{{Paragraph: d.Top(), Lines: []Line{{Text: "Kijk hier."}}}, {Paragraph: d.Top()}})
			if err != nil {
				t.Fatal(err)
			}
			parts := partsOf(t, out)
			got := commented(t, parts[tc.main], parts[tc.added])
			if want := [2]string{"Eisen", "Kijk hier."}; len(got) != 1 || got["0"] != want {
				t.Errorf("got %q, want %q", got, want)
			}
			if !strings.Contains(parts[typesPart], `<Override PartName="/`+tc.added+`" ContentType="`+commentsType+`"/></Types>`) {
				t.Errorf("types: %s", parts[typesPart])
			}
			if rels := parts[relsOf(tc.main)]; !strings.Contains(rels, tc.rels) {
				t.Errorf("relationships: %s", rels)
			}
			if w := parts[tc.added]; !strings.Contains(w, `w:author="inkooptoets" w:initials="it"`) || strings.Contains(w, "w:date") {
				t.Errorf("author or date: %s", w)
			}
		})
	}
}

// Word takes any prefix; where the root has none for its namespace, the marks bring their own.
func TestOtherPrefixes(t *testing.T) {
	for name, text := range map[string]string{
		"other prefix":      `<x:document xmlns:x="` + wordSpace + `"><x:body><x:p><x:pPr/><x:r><x:t>Tekst.</x:t></x:r></x:p></x:body></x:document>`,
		"default namespace": `<document xmlns="` + wordSpace + `"><body><p><pPr/><r><t>Tekst.</t></r></p></body></document>`,
		"declared below":    `<w:document xmlns:w="` + wordSpace + `"><w:body><y:p xmlns:y="` + wordSpace + `"><y:r><y:t>Tekst.</y:t></y:r></y:p></w:body></w:document>`,
	} {
		d, err := Open(wordFile(t, part{typesPart, typesXML}, part{"_rels/.rels", rootRels}, part{"word/document.xml", text}))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		out, err := d.Annotate(by, remarks(t, d))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		parts := partsOf(t, out)
		if got, want := commented(t, parts["word/document.xml"], parts["word/comments.xml"])["0"], [2]string{"Tekst.", "Blok 0 vanaf 0"}; got != want {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
}

// Words of comments come from strangers' documents.
func TestHostileWords(t *testing.T) {
	d, err := Open(plainFile(t, para("", "Tekst.")))
	if err != nil {
		t.Fatal(err)
	}
	text := "a\x00\x1b[31m ]]> <w:p/> &amp; \"q\" 'z' \u202eomgekeerd \ud7ff\ufffe\xff"
	out, err := d.Annotate(Author{Name: `<x "y">`, Initials: "&"}, []Comment{{Paragraph: d.Top(), Lines: []Line{{Text: text}}}})
	if err != nil {
		t.Fatal(err)
	}
	parts := partsOf(t, out)
	if got, want := commented(t, parts["word/document.xml"], parts["word/comments.xml"])["0"][1], "a[31m ]]> <w:p/> &amp; \"q\" 'z' omgekeerd \ud7ff\ufffd\ufffd"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestOpenRefuses(t *testing.T) {
	text := mainXML(para("", "Tekst."))
	strict := strings.ReplaceAll(text, wordSpace, "http://purl.oclc.org/ooxml/wordprocessingml/main")
	for _, tc := range []struct {
		name string
		main string
		want error
	}{
		{"strict", strict, ErrStrict},
		{"in UTF-16", "\xff\xfe" + utf16LE(text), ErrEncoding},
		{"another namespace", strings.ReplaceAll(text, wordSpace, "urn:iets-anders"), dossier.ErrDamaged},
		{"no text", mainXML(""), dossier.ErrNoText},
	} {
		if _, err := Open(wordFile(t, part{typesPart, typesXML}, part{"_rels/.rels", rootRels}, part{"word/document.xml", tc.main})); !errors.Is(err, tc.want) {
			t.Errorf("%s: got %v, want %v", tc.name, err, tc.want)
		}
	}
}

func TestAnnotateRefuses(t *testing.T) {
	old := func(text string) []part {
		return []part{{typesPart, typesXML}, {"word/_rels/document.xml.rels", strings.Replace(docRels, "</Rel", `<Relationship Id="rId9" Type="`+commentsKind+`" Target="comments.xml"/></Rel`, 1)}, {"word/comments.xml", text}}
	}
	for _, tc := range []struct {
		name  string
		parts []part
		want  error
	}{
		{"no list of types", nil, dossier.ErrDamaged},
		{"comments in another encoding", old(`<?xml version="1.0" encoding="windows-1252"?><w:comments ` + wordNS + `/>`), ErrEncoding},
		{"comments cut off", old(`<w:comments ` + wordNS + `><w:comment w:id="1">`), dossier.ErrDamaged},
		{"comments of another kind", old(`<comments/>`), dossier.ErrDamaged},
	} {
		d, err := Open(wordFile(t, append([]part{{"_rels/.rels", rootRels}, {"word/document.xml", mainXML(para("", "Tekst."))}}, tc.parts...)...))
		if err != nil {
			t.Fatalf("%s: %v", tc.name, err)
		}
		if _, err := d.Annotate(by, remarks(t, d)); !errors.Is(err, tc.want) {
			t.Errorf("%s: got %v, want %v", tc.name, err, tc.want)
		}
	}
}

func TestSays(t *testing.T) {
	d, err := Open(plainFile(t, para("", "Een.")+para("", "Twee.")))
	if err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct {
		block int
		text  string
		want  bool
	}{{0, "Een.", true}, {1, "Een.", false}, {2, "Een.", false}, {-1, "Een.", false}} {
		if got := d.Says(tc.block, tc.text); got != tc.want {
			t.Errorf("Says(%d, %q) = %v", tc.block, tc.text, got)
		}
	}
	if at, ok := d.Paragraph(2, 0); ok {
		t.Errorf("a block that is not there stands at %d", at)
	}
}

// Whatever is in a file: a copy is refused or says the same, and nothing panics.
func FuzzAnnotate(f *testing.F) {
	f.Add(para("", "Tekst.") + "<w:tbl><w:tr>" + cell("", "a") + cell("", "b") + "</w:tr></w:tbl>")
	f.Add(`<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>` + run("a") + `</w:p><w:p/><w:p><w:r><w:txbxContent>` + para("", "b") + `</w:txbxContent></w:r></w:p>`)
	f.Add(`<w:p>a</w:p><p>` + run("b") + `</p><mc:AlternateContent><mc:Choice>` + para("", "c") + `</mc:Choice></mc:AlternateContent>`)
	f.Fuzz(func(t *testing.T, body string) {
		var b bytes.Buffer
		zw := zip.NewWriter(&b)
		for _, p := range []part{{typesPart, typesXML}, {"word/document.xml", mainXML(body)}} {
			if w, err := zw.Create(p.name); err == nil {
				_, _ = io.WriteString(w, p.text)
			}
		}
		_ = zw.Close()
		d, err := Open(b.Bytes())
		if err != nil {
			return
		}
		var list []Comment
		for i := range d.blocks {
			if at, ok := d.Paragraph(i, 0); ok {
				list = append(list, Comment{at, []Line{{Text: "x"}}})
			}
		}
		out, err := d.Annotate(by, list)
		if err != nil {
			t.Fatalf("%q: %v", body, err)
		}
		if n := strings.Count(partsOf(t, out)["word/comments.xml"], "<w:comment "); n != len(list) {
			t.Errorf("%q: %d comments, want %d", body, n, len(list))
		}
	})
}
