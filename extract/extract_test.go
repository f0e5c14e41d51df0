package extract

import (
	"bytes"
	"context"
	"errors"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"inkooptoets/extract/bundle"
	"inkooptoets/extract/dossier"
)

const exampleDir = "../testdata/dossiers/voorbeeld"

func example(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(exampleDir + "/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func ole(stream string) []byte {
	return slices.Concat(oleMagic, make([]byte, 600), utf16LE(stream), make([]byte, 600))
}

func TestReadExample(t *testing.T) {
	d, err := Read(t.Context(), exampleDir, Options{Given: dossier.Profile{Laws: []string{"wmo"}}})
	if err != nil {
		t.Fatal(err)
	}
	if d.ID != "voorbeeld" || !slices.Equal(d.Given.Laws, []string{"wmo"}) {
		t.Errorf("got id %q and laws %q", d.ID, d.Given.Laws)
	}
	want := []dossier.Document{
		{Path: "leidraad.docx", Format: "docx", Role: "leidraad"},
		{Path: "overeenkomst.pdf", Format: "pdf", Role: "overeenkomst", Pages: 3},
		{Path: "programma-van-eisen.docx", Format: "docx", Role: "programma van eisen"},
	}
	if len(d.Documents) != len(want) {
		t.Fatalf("got %d documents, want %d: gold.yaml is no part of the tender", len(d.Documents), len(want))
	}
	for i, w := range want {
		got := d.Documents[i]
		if got.Path != w.Path || got.Format != w.Format || got.Role != w.Role || got.Pages != w.Pages || got.Problem != "" {
			t.Errorf("document %d: got %s, %s, %q, %d pages, problem %q, want %+v", i, got.Path, got.Format, got.Role, got.Pages, got.Problem, w)
		}
		for k, b := range got.Blocks {
			if b.Loc.File != w.Path || b.Loc.Block != k {
				t.Fatalf("block %d of %s says it is %+v", k, w.Path, b.Loc)
			}
		}
	}
}

func TestReadOneFile(t *testing.T) {
	d, err := Read(t.Context(), exampleDir+"/overeenkomst.pdf", Options{})
	if err != nil {
		t.Fatal(err)
	}
	if d.ID != "overeenkomst.pdf" || len(d.Documents) != 1 || d.Documents[0].Path != "overeenkomst.pdf" {
		t.Errorf("got id %q with %d documents", d.ID, len(d.Documents))
	}
}

func TestReadNothing(t *testing.T) {
	if _, err := Read(t.Context(), "bestaat-niet", Options{}); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("missing path: got %v", err)
	}
	for name, fsys := range map[string]fstest.MapFS{
		"empty folder":     {},
		"only other files": {"foto.jpg": {Data: []byte("\xff\xd8\xff")}, ".verborgen/a.md": {Data: []byte("# Kop")}},
	} {
		if _, err := ReadFS(t.Context(), fsys, "map", Options{}); err == nil || !strings.Contains(err.Error(), "PDF, DOCX") {
			t.Errorf("%s: got %v, want an error that says what to do", name, err)
		}
	}
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Read(cancelled, exampleDir, Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: got %v", err)
	}
}

func TestFiles(t *testing.T) {
	const (
		empty     = "bestand is leeg"
		other     = "zet om naar PDF of DOCX"
		protected = "beveiligd met een wachtwoord"
		damaged   = "beschadigd"
		fine      = ""
	)
	t.Setenv("PATH", "") // with antiword installed a .doc is read
	docx, pdf := example(t, "leidraad.docx"), example(t, "overeenkomst.pdf")
	for _, tc := range []struct {
		name          string
		data          []byte
		format, wrong string
	}{
		{"eisen.md", []byte("# Eisen\n\nDe aanbieder heeft een VOG."), "text", fine},
		{"windows.txt", []byte("Cli\xebnten kunnen klagen."), "text", fine},
		{"utf16.txt", slices.Concat([]byte{0xff, 0xfe}, utf16LE("Cliënten kunnen klagen.")), "text", fine},
		{"hernoemd.docx", pdf, "pdf", fine},
		{"hernoemd.pdf", docx, "docx", fine},
		{"zonder-extensie", docx, "docx", fine},
		{"rommel-ervoor.pdf", slices.Concat([]byte("\r\n\r\n"), pdf), "pdf", fine},
		{"leeg.docx", nil, "docx", empty},
		{"wit.txt", []byte(" \n\n"), "text", empty},
		{"begroting.xlsx", []byte("PK\x03\x04 xl/workbook.xml"), "xlsx", damaged},
		{"foto.jpg", []byte("\xff\xd8\xff\xe0"), "", other},
		{"gegevens.csv", []byte("a;b"), "", other},
		{"oud.doc", ole("WordDocument"), "doc", "antiword of catdoc"},
		{"oud.xls", ole("Workbook"), "xls", "sla het in Excel op als XLSX"},
		{"oude-presentatie.ppt", ole("PowerPoint Document"), "", other},
		{"wachtwoord.docx", ole("EncryptedPackage"), "docx", protected},
		{"certificaat.pdf", bytes.Replace(pdf, []byte("/Root"), []byte("/Encrypt<</Filter/Onbekend>>/Root"), -1), "pdf", "met een certificaat"},
		{"afgebroken.docx", docx[:len(docx)/2], "docx", damaged},
		{"afgebroken.pdf", pdf[:len(pdf)/2], "pdf", damaged},
		{"geen.pdf", []byte("dit is geen pdf"), "pdf", damaged},
	} {
		t.Run(tc.name, func(t *testing.T) {
			doc, err := document(t.Context(), tc.name, tc.data, Options{})
			if err != nil {
				t.Fatal(err)
			}
			if doc.Format != tc.format || (tc.wrong == "") != (doc.Problem == "") || !strings.Contains(doc.Problem, tc.wrong) {
				t.Errorf("got format %q, problem %q, want %q, %q", doc.Format, doc.Problem, tc.format, tc.wrong)
			}
			if (len(doc.Blocks) > 0) != (tc.wrong == "") {
				t.Errorf("got %d blocks with problem %q", len(doc.Blocks), doc.Problem)
			}
			if strings.Contains(tc.name, "windows") || strings.Contains(tc.name, "utf16") {
				if got := doc.Blocks[0].Text; got != "Cliënten kunnen klagen." {
					t.Errorf("got %q", got)
				}
			}
		})
	}
}

func TestPanicIsAProblem(t *testing.T) {
	r := reader{name: "pdf", read: func(context.Context, string, []byte, string) (dossier.Document, error) { panic("malformed") }}
	doc := readSafely(t.Context(), r, "map/a.pdf", nil, "")
	if doc.Path != "map/a.pdf" || doc.Format != "pdf" || !strings.Contains(doc.Problem, "beschadigd") {
		t.Errorf("got %+v", doc)
	}
}

// A file with a fault in any place may be read in part or not at all, but never brings the program down.
func TestFaultsAnywhere(t *testing.T) {
	for _, name := range []string{"overeenkomst.pdf", "leidraad.docx"} {
		data := example(t, name)
		for i := 0; i < len(data); i += len(data)/60 + 1 {
			broken := bytes.Clone(data)
			for k := i; k < min(i+8, len(broken)); k++ {
				broken[k] ^= 0x5a
			}
			doc, err := document(t.Context(), name, broken, Options{})
			if err != nil || (doc.Problem == "") == (len(doc.Blocks) == 0) {
				t.Fatalf("%s with a fault at %d: error %v, problem %q, %d blocks", name, i, err, doc.Problem, len(doc.Blocks))
			}
		}
	}
}

func TestFaultsAnywhereInOtherFormats(t *testing.T) {
	book := zipOf(t, "[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>`,
		"_rels/.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		"xl/workbook.xml", `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Blad" sheetId="1" r:id="r1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
		"xl/worksheets/sheet1.xml", `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>Tekst.</t></is></c></row></sheetData><mergeCells><mergeCell ref="A1:A9"/></mergeCells></worksheet>`)
	text := zipOf(t, "mimetype", "application/vnd.oasis.opendocument.text", "content.xml", `<document-content><body><text><h outline-level="1">Kop</h><list><list-item start-value="3"><p>een</p></list-item></list><table><table-row><table-cell number-rows-spanned="2"><p>a</p></table-cell><table-cell/></table-row></table></text></body></document-content>`)
	for name, data := range map[string][]byte{"a.xlsx": book, "a.odt": text, "a.html": []byte(`<html><table><tr><td rowspan=3>a<td colspan=2>b</table><ol start=4><li value=9>c</ol><p style="display:none">d</html>`), "a.zip": zipOf(t, "map/a.md", "# A", "b.md", "B")} {
		for i := range len(data) {
			if len(data) > 1000 && i%7 > 0 {
				continue
			}
			for _, flip := range []byte{0x01, 0x5a, 0xff} {
				broken := bytes.Clone(data)
				broken[i] ^= flip
				docs, err := unpack(t.Context(), name, broken, Options{}, bundle.NewBudget(), 0)
				if err != nil || len(docs) == 0 {
					t.Fatalf("%s with a fault at %d: error %v, %d documents", name, i, err, len(docs))
				}
				for _, doc := range docs {
					if (doc.Problem == "") == (len(doc.Blocks) == 0) {
						t.Fatalf("%s with a fault at %d: problem %q, %d blocks", name, i, doc.Problem, len(doc.Blocks))
					}
				}
			}
		}
	}
}

func TestSkipped(t *testing.T) {
	fsys := fstest.MapFS{
		"b.md": {}, "a/z.md": {}, "a.md": {}, "~$b.docx": {}, ".git/config": {}, "gold.yaml": {}, "a/inkooptoets.yaml": {}, ".DS_Store": {}, "foto.jpg": {},
	}
	got, err := list(fsys)
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{"a.md", "a/z.md", "b.md", "foto.jpg"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestRole(t *testing.T) {
	heading := func(texts ...string) []dossier.Block {
		var out []dossier.Block
		for _, text := range texts {
			out = append(out, dossier.Block{Kind: dossier.Heading, Text: text})
		}
		return out
	}
	for _, tc := range []struct {
		path   string
		blocks []dossier.Block
		want   string
	}{
		{"bijlagen/Bijlage_2_Programma_van_Eisen.docx", nil, "programma van eisen"},
		{"PvE-definitief.pdf", nil, "programma van eisen"},
		{"concept-raamovereenkomst.docx", nil, "overeenkomst"},
		{"NvI 1.docx", nil, "nota van inlichtingen"},
		{"Addendum_2_raamovereenkomst.docx", nil, "addendum"},
		{"stuk-9.docx", heading("Rectificatie programma van eisen"), "addendum"},
		{"Nota van Wijziging.pdf", nil, "addendum"},
		{"aanbestedingsleidraad.docx", nil, "leidraad"},
		{"bijlage-3.docx", heading("Bijlage 3", "Overeenkomst begeleiding"), "overeenkomst"},
		{"bijlage-4.docx", heading("Bijlage 4", "Percelen", "Overeenkomst"), "bijlage"},
		{"stuk.docx", heading("Inleiding"), ""},
	} {
		if got := role(dossier.Document{Path: tc.path, Blocks: tc.blocks}); got != tc.want {
			t.Errorf("role of %s: got %q, want %q", tc.path, got, tc.want)
		}
	}
}

func BenchmarkRead(b *testing.B) {
	for b.Loop() {
		if _, err := Read(b.Context(), exampleDir, Options{}); err != nil {
			b.Fatal(err)
		}
	}
}
