package extract

import (
	"archive/zip"
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"inkooptoets/extract/dossier"
)

func zipOf(t *testing.T, parts ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	zw := zip.NewWriter(&b)
	for i := 0; i < len(parts); i += 2 {
		w, err := zw.CreateHeader(&zip.FileHeader{Name: parts[i], Method: zip.Store})
		if err == nil {
			_, err = w.Write([]byte(parts[i+1]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := zw.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// The content decides, also when the name says something else.
func TestPick(t *testing.T) {
	for _, tc := range []struct {
		name string
		data []byte
		want string // empty: no reader
	}{
		{"a.xlsx", zipOf(t, "[Content_Types].xml", "", "word/document.xml", ""), "docx"},
		{"a.docx", zipOf(t, "[Content_Types].xml", "", "xl/workbook.xml", ""), "xlsx"},
		{"a.docx", zipOf(t, "[Content_Types].xml", "", "ergens/anders.xml", ""), "docx"},
		{"a.zip", zipOf(t, "mimetype", "application/vnd.oasis.opendocument.text", "content.xml", ""), "odt"},
		{"rekenblad.ods", zipOf(t, "mimetype", "application/vnd.oasis.opendocument.spreadsheet", "content.xml", ""), ""},
		{"dia's.pptx", zipOf(t, "[Content_Types].xml", "", "ppt/presentation.xml", ""), ""},
		{"a.txt", []byte("\n<!DOCTYPE html><html>"), "html"},
		{"a.htm", []byte("<p>tekst"), "html"},
		{"a.docx", []byte("<?xml version='1.0'?><html><body>"), "html"},
		{"a.md", []byte("# Kop"), "text"},
		{"a.xml", []byte("<gegevens/>"), ""},
		{"a.docx", ole("WordDocument"), "doc"},
	} {
		r, err := pick(tc.data, tc.name)
		if r.name != tc.want || (err == nil) != (tc.want != "") {
			t.Errorf("%s with %.40q: got %q, %v, want %q", tc.name, tc.data, r.name, err, tc.want)
		}
	}
}

func TestNoText(t *testing.T) {
	for name, data := range map[string][]byte{"leeg.html": []byte("<html></html>"), "leeg.docx": zipOf(t, "word/document.xml", "<document><body/></document>")} {
		if doc, err := document(t.Context(), name, data, Options{}); err != nil || doc.Problem != problem(errBlank) {
			t.Errorf("%s: got %q, %v", name, doc.Problem, err)
		}
	}
}

func TestBundle(t *testing.T) {
	inner := zipOf(t, "diep.md", "# Diep")
	nested := zipOf(t, "binnen/een.zip", string(inner), "twee.zip", string(zipOf(t, "drie.zip", string(inner))))
	data := zipOf(t, "map/leidraad.md", "# Leidraad", "__MACOSX/map/leidraad.md", "x", ".git/config", "x", "foto.jpg", "\xff\xd8", "kapot.pdf", "geen pdf", "bundel.zip", string(nested))
	d, err := ReadFS(t.Context(), fstest.MapFS{"stukken.zip": {Data: data}, "a.md": {Data: []byte("# A")}}, "dossier", Options{})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, doc := range d.Documents {
		got = append(got, strings.TrimSpace(doc.Path+" "+doc.Format+" "+doc.Role+" "+doc.Problem))
		for _, b := range doc.Blocks {
			if b.Loc.File != doc.Path {
				t.Errorf("block of %s says it is in %s", doc.Path, b.Loc.File)
			}
		}
	}
	want := []string{
		"a.md text",
		"stukken.zip/bundel.zip/binnen/een.zip zip  " + problem(errNested),
		"stukken.zip/bundel.zip/twee.zip zip  " + problem(errNested),
		"stukken.zip/foto.jpg   " + problem(errUnknown),
		"stukken.zip/kapot.pdf pdf  " + problem(dossier.ErrDamaged),
		"stukken.zip/map/leidraad.md text leidraad",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestBundleAsDossier(t *testing.T) {
	path := filepath.Join(t.TempDir(), "inkoop.zip")
	if err := os.WriteFile(path, zipOf(t, "pve.md", "# Programma van eisen", "bundel.zip", string(zipOf(t, "a.md", "# A"))), 0o600); err != nil {
		t.Fatal(err)
	}
	d, err := Read(t.Context(), path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if d.ID != "inkoop.zip" || len(d.Documents) != 2 || d.Documents[0].Path != "inkoop.zip/bundel.zip/a.md" || d.Documents[1].Role != "programma van eisen" {
		t.Errorf("got %s with %+v", d.ID, d.Documents)
	}
}

func TestBundleFaults(t *testing.T) {
	sound := zipOf(t, "a.md", "# A", "b.md", "# B")
	for _, tc := range []struct {
		name string
		data []byte
		want string
	}{
		{"cut off", sound[:len(sound)-8], problem(dossier.ErrDamaged)},
		{"nothing for us in it", zipOf(t, ".DS_Store", "x"), problem(errNothing)},
	} {
		docs, err := documents(t.Context(), fstest.MapFS{"a.zip": {Data: tc.data}}, "a.zip", Options{})
		if err != nil || len(docs) != 1 || docs[0].Problem != tc.want || docs[0].Format != "zip" {
			t.Errorf("%s: got %+v, %v, want %q", tc.name, docs, err, tc.want)
		}
	}
}

// scan is what the PDF reader gives for a file of which page 2 is a picture.
func scan() dossier.Document {
	return dossier.Document{
		Path: "a.pdf", Format: "pdf", Pages: 3,
		Blocks: dossier.Outline("a.pdf", []dossier.Block{
			{Kind: dossier.Heading, Level: 1, Text: "Eisen", Loc: dossier.Loc{Page: 1}}, {Kind: dossier.Paragraph, Text: "Slot.", Loc: dossier.Loc{Page: 3}},
		}),
		Warnings: []dossier.Warning{{Code: dossier.CodeNoText, Page: 2, Detail: "Pagina 2 heeft geen tekstlaag."}},
	}
}

// scripts puts stand-ins for programs on the path.
func scripts(t *testing.T, tesseract string) {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{"pdftoppm": "cat", "tesseract": `if [ "$1" = --list-langs ]; then echo nld; exit; fi; ` + tesseract} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("#!/bin/sh\nPATH=/bin:/usr/bin\n"+text+"\n"), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("PATH", dir)
}

func TestRecognise(t *testing.T) {
	t.Run("read", func(t *testing.T) {
		scripts(t, `printf 'De aan-\nbieder heeft zorg-\nen dienstverlening.\n'`)
		got := recognise(t.Context(), scan(), nil, "")
		if len(got.Blocks) != 3 || got.Incomplete() {
			t.Fatalf("got %d blocks, warnings %+v", len(got.Blocks), got.Warnings)
		}
		b := got.Blocks[1]
		if b.Text != "De aanbieder heeft zorg- en dienstverlening." || b.Loc != (dossier.Loc{File: "a.pdf", Page: 2, Block: 1}) || !slices.Equal(b.Flags, []string{"ocr"}) || !slices.Equal(b.Path, []string{"Eisen"}) {
			t.Errorf("got %+v", b)
		}
		if w := got.Warnings[0]; w.Code != "ocr" || w.Page != 2 {
			t.Errorf("got %+v, want a warning that page 2 is read with OCR", w)
		}
	})
	for name, script := range map[string]string{"fails": "exit 1", "finds nothing": "true"} {
		t.Run(name, func(t *testing.T) {
			scripts(t, script)
			got := recognise(t.Context(), scan(), nil, "")
			if len(got.Blocks) != 2 || !got.Incomplete() || len(got.Warnings) != 2 || got.Warnings[1].Code != "ocr" {
				t.Errorf("got %d blocks, warnings %+v", len(got.Blocks), got.Warnings)
			}
		})
	}
	t.Run("not installed", func(t *testing.T) {
		t.Setenv("PATH", "")
		got := recognise(t.Context(), scan(), nil, "")
		if !got.Incomplete() || len(got.Warnings) != 2 || !strings.Contains(got.Warnings[1].Detail, "tesseract-ocr-nld") {
			t.Errorf("got %+v, want what has to be installed", got.Warnings)
		}
	})
	t.Run("a scan from the first page to the last", func(t *testing.T) {
		scripts(t, "echo Tekst van de scan.")
		all := dossier.Document{Path: "a.pdf", Pages: 1, Problem: problem(dossier.ErrNoText), Warnings: []dossier.Warning{{Code: dossier.CodeNoText, Page: 1}}}
		if got := recognise(t.Context(), all, nil, ""); got.Problem != "" || len(got.Blocks) != 1 {
			t.Errorf("got problem %q and %d blocks", got.Problem, len(got.Blocks))
		}
	})
}
