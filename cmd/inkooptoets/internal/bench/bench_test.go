package main

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"inkooptoets/extract"
	"inkooptoets/extract/dossier"
)

// What is generated is read as the tender it stands for, and is the same every time.
func TestGeneratedDossier(t *testing.T) {
	dir := t.TempDir()
	clauses := []string{"Opdrachtnemer heeft een (eigen) klachtenregeling voor cliënten."}
	pages, err := writeDossier(filepath.Join(dir, "a"), 7, 9, clauses)
	if err != nil {
		t.Fatal(err)
	}
	d, err := extract.Read(t.Context(), filepath.Join(dir, "a"), extract.Options{})
	if err != nil {
		t.Fatal(err)
	}
	read := 0
	kinds := map[dossier.Kind]int{}
	met := false
	for _, doc := range d.Documents {
		if doc.Problem != "" {
			t.Errorf("%s: %s", doc.Path, doc.Problem)
		}
		read += doc.Pages
		for _, b := range doc.Blocks {
			kinds[b.Kind]++
			met = met || strings.Contains(b.Text, clauses[0])
		}
	}
	if len(d.Documents) != 3 || read != pages || pages != 6 {
		t.Errorf("%d documents with %d pages, wrote %d", len(d.Documents), read, pages)
	}
	for _, kind := range []dossier.Kind{dossier.Heading, dossier.Paragraph, dossier.Item, dossier.Row} {
		if kinds[kind] < 3 {
			t.Errorf("%d blocks of kind %s: %v", kinds[kind], kind, kinds)
		}
	}
	if !met {
		t.Error("the clause of the catalogue is in no block")
	}
	if _, err := writeDossier(filepath.Join(dir, "b"), 7, 9, clauses); err != nil {
		t.Fatal(err)
	}
	if _, err := writeDossier(filepath.Join(dir, "c"), 8, 9, clauses); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"leidraad.pdf", "overeenkomst.pdf", "programma-van-eisen.docx"} {
		var files [][]byte
		for _, folder := range []string{"a", "b", "c"} {
			raw, err := os.ReadFile(filepath.Join(dir, folder, name))
			if err != nil {
				t.Fatal(err)
			}
			files = append(files, raw)
		}
		if !bytes.Equal(files[0], files[1]) || bytes.Equal(files[0], files[2]) {
			t.Errorf("%s: the same number must give the same file, another number another one", name)
		}
	}
}

// No slot of a sentence stays open.
func TestSentences(t *testing.T) {
	a := newAuthor(1, []string{"Een eis."})
	var all []string
	for range 2000 {
		s := a.sentence()
		if strings.ContainsAny(s, "{}") || strings.TrimSpace(s) != s || !strings.HasSuffix(s, ".") {
			t.Errorf("%q", s)
		}
		all = append(all, s)
	}
	slices.Sort(all)
	if n := len(slices.Compact(all)); n < 500 {
		t.Errorf("only %d different sentences in 2000", n)
	}
}
