package extract

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"inkooptoets/extract/dossier"
)

func nothingWrong(string) string { return "" }

// The drafts of a dossier are its files, in the same order; only Word files can have comments.
func TestDrafts(t *testing.T) {
	example := os.DirFS("../testdata/dossiers/voorbeeld")
	guide, err := fs.ReadFile(example, "leidraad.docx")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for name, data := range map[string][]byte{
		"a.docx":           guide,
		"b.doc":            guide, // renamed
		"bundel.zip":       zipOf(t, "map/c.docx", string(guide), "d.md", "# Eisen"),
		"kapot.docx":       guide[:len(guide)/2],
		"geheim.docx":      append([]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), utf16LE("EncryptedPackage")...),
		"te-traag.docx":    guide,
		"inkooptoets.yaml": []byte("laws: [wmo]"),
	} {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	known := func(file string) string {
		if file == "te-traag.docx" {
			return "lezen duurt te lang"
		}
		return ""
	}
	drafts, err := Drafts(t.Context(), dir, known)
	if err != nil {
		t.Fatal(err)
	}
	var got [][2]string
	for _, d := range drafts {
		got = append(got, [2]string{d.Path, d.Problem})
		if (d.Draft == nil) == (d.Problem == "") {
			t.Errorf("%s: problem %q, opened %v", d.Path, d.Problem, d.Draft != nil)
		}
	}
	want := [][2]string{
		{"a.docx", ""}, {"b.doc", ""}, {"bundel.zip/d.md", "is geen Word-bestand (.docx)"}, {"bundel.zip/map/c.docx", ""},
		{"geheim.docx", "bestand is beveiligd met een wachtwoord; sla het op zonder wachtwoord"},
		{"kapot.docx", "bestand is beschadigd; open het in het programma waarmee het is gemaakt en sla het opnieuw op"},
		{"te-traag.docx", "lezen duurt te lang"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	read, err := Read(t.Context(), dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	for i, doc := range read.Documents {
		if drafts[i].Path != doc.Path {
			t.Errorf("draft %d is %s, document is %s", i, drafts[i].Path, doc.Path)
		}
	}
}

// A copy with a comment on every block reads as the file itself.
func TestCopiesReadTheSame(t *testing.T) {
	dir := "../testdata/dossiers/voorbeeld"
	drafts, err := Drafts(t.Context(), dir, nothingWrong)
	if err != nil {
		t.Fatal(err)
	}
	before, err := Read(t.Context(), dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	copies := 0
	for i, d := range drafts {
		if d.Draft == nil {
			continue
		}
		copies++
		var comments []Comment
		for _, b := range before.Documents[i].Blocks {
			at, ok := d.Paragraph(b.Loc.Block, 0)
			if !ok || !d.Says(b.Loc.Block, b.Text) {
				t.Errorf("%s: block %d has no place", d.Path, b.Loc.Block)
			}
			comments = append(comments, Comment{Paragraph: at, Lines: []CommentLine{{Text: "Dekt een eis."}}})
		}
		data, err := d.Annotate(Author{Name: "inkooptoets", Initials: "it"}, comments)
		if err != nil {
			t.Fatalf("%s: %v", d.Path, err)
		}
		after, err := document(t.Context(), d.Path, data, Options{})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(withoutComments(before.Documents[i].Blocks), withoutComments(after.Blocks), cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%s: %s", d.Path, diff)
		}
		if !hasWarning(after, "comments") {
			t.Errorf("%s: the copy has no comments", d.Path)
		}
	}
	if copies != 2 {
		t.Errorf("%d copies, want 2", copies)
	}
}

func hasWarning(doc dossier.Document, code string) bool {
	for _, w := range doc.Warnings {
		if w.Code == code {
			return true
		}
	}
	return false
}

func TestDraftsOfOneFileAndOfNothing(t *testing.T) {
	one, err := Drafts(t.Context(), "../testdata/dossiers/voorbeeld/leidraad.docx", nothingWrong)
	if err != nil || len(one) != 1 || one[0].Path != "leidraad.docx" || one[0].Top() == 0 {
		t.Errorf("one file: got %+v, %v", one, err)
	}
	if _, err := Drafts(t.Context(), "nergens", nothingWrong); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no such path: got %v", err)
	}
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if _, err := Drafts(ctx, "../testdata/dossiers/voorbeeld", nothingWrong); !errors.Is(err, context.Canceled) {
		t.Errorf("stopped: got %v", err)
	}
}

// withoutComments takes away the marks of comments, which a copy has on top of what the file has.
func withoutComments(blocks []dossier.Block) []dossier.Block {
	isComment := func(m dossier.Mark) bool { return m.Kind == dossier.MarkComment }
	out := slices.Clone(blocks)
	for i := range out {
		out[i].Marks = slices.DeleteFunc(slices.Clone(out[i].Marks), isComment)
		out[i].Cells = slices.Clone(out[i].Cells)
		for k := range out[i].Cells {
			out[i].Cells[k].Marks = slices.DeleteFunc(slices.Clone(out[i].Cells[k].Marks), isComment)
		}
	}
	return out
}
