package docx

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"strings"
	"testing"

	"inkooptoets/extract/dossier"
)

// deflated writes one part of a DOCX compressed; parts that swell are small files.
func deflated(t *testing.T, name string, pieces ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	zw := zip.NewWriter(&b)
	w, err := zw.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range pieces {
		if _, err := w.Write([]byte(p)); err != nil {
			t.Fatal(err)
		}
	}
	if err := zw.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// forge changes the size of the first part in the list of parts.
func forge(data []byte, size uint32) []byte {
	out := bytes.Clone(data)
	entry := bytes.Index(out, []byte("PK\x01\x02"))
	binary.LittleEndian.PutUint32(out[entry+24:], size)
	return out
}

func TestForgedSizes(t *testing.T) {
	data := deflated(t, "word/document.xml", `<w:document `+wordNS+`><w:body>`, para("", "Tekst."), `</w:body></w:document>`)
	if _, err := Read("a.docx", data); err != nil {
		t.Fatalf("before: %v", err)
	}
	for name, size := range map[string]uint32{"smaller than it is": 10, "nothing": 0, "larger than it is": 4_000_000_000} {
		if _, err := Read("a.docx", forge(data, size)); !errors.Is(err, dossier.ErrDamaged) {
			t.Errorf("%s: got %v, want %v", name, err, dossier.ErrDamaged)
		}
	}
}

func TestSwellingParts(t *testing.T) {
	head, piece := `<w:document `+wordNS+`><w:body>`, strings.Repeat(" ", 1<<20)
	pieces := []string{head}
	for range maxPart>>20 + 1 {
		pieces = append(pieces, piece)
	}
	if _, err := Read("a.docx", deflated(t, "word/document.xml", pieces...)); !errors.Is(err, dossier.ErrTooLarge) {
		t.Errorf("main part: got %v, want %v", err, dossier.ErrTooLarge)
	}
	if testing.Short() {
		t.Skip("reads ten million tokens")
	}
	empty := []string{head, para("", "Tekst.")}
	for range maxTokens/2_000 + 1 {
		empty = append(empty, strings.Repeat("<w:p/>", 1000))
	}
	doc, err := Read("a.docx", deflated(t, "word/document.xml", empty...))
	if err != nil || len(doc.Blocks) != 1 || !doc.Incomplete() {
		t.Errorf("endless empty paragraphs: got %d blocks, warnings %+v, %v, want the text before the limit", len(doc.Blocks), doc.Warnings, err)
	}
}

func TestNestedTables(t *testing.T) {
	nested := func(depth int) []byte {
		return build(strings.Repeat("<w:tbl><w:tr><w:tc>", depth) + para("", "diep") + strings.Repeat("</w:tc></w:tr></w:tbl>", depth))
	}
	checkForms(t, nested(100), "paragraph 0 | diep") // each is a frame of one cell
	if _, err := Read("a.docx", nested(100_000)); !errors.Is(err, dossier.ErrTooLarge) {
		t.Errorf("got %v, want %v", err, dossier.ErrTooLarge)
	}
	two := strings.Repeat("<w:tbl><w:tr><w:tc>"+para("", "a")+"</w:tc><w:tc>", 150) + para("", "diep") + strings.Repeat("</w:tc></w:tr></w:tbl>", 150)
	if got := forms(t, build(two)); len(got) != 1 || strings.Count(got[0], "a") != 150 {
		t.Errorf("got %d blocks, want one row with all cells", len(got))
	}
}

// A hundred thousand pieces of text in one element: each is added to the one before, and not all of them copied each time.
func TestPiecesOfText(t *testing.T) {
	body := "<w:p><w:r><w:t>" + strings.Repeat("a<!-- -->", 100_000) + "</w:t></w:r></w:p>"
	doc, err := Read("a.docx", build(body))
	if err != nil || len(doc.Blocks[0].Text) != 100_000 {
		t.Errorf("got %d blocks, %v", len(doc.Blocks), err)
	}
}
