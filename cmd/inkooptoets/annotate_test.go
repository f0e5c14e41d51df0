package main

import (
	"path/filepath"
	"testing"

	"inkooptoets/extract"
	"inkooptoets/rules/result"
)

func TestNamesOfCopies(t *testing.T) {
	c := &copies{dir: "uit", taken: map[string]bool{}}
	for _, tc := range []struct{ folder, file, want string }{
		{"", "leidraad.docx", "leidraad.getoetst.docx"},
		{"", "leidraad.doc", "leidraad-2.getoetst.docx"},
		{"", "Leidraad.docx", "Leidraad-3.getoetst.docx"},
		{"", "deel 2/leidraad.docx", "deel 2/leidraad.getoetst.docx"},
		{"", "inkoop.ZIP/map/leidraad.docx", "inkoop/map/leidraad.getoetst.docx"},
		{"gemeente", "leidraad.docx", "gemeente/leidraad.getoetst.docx"},
		{"", `a:b?"<c>\d|*.docx`, "a_b__" + "_c__d__.getoetst.docx"},
		{"", "../../etc/passwd", "_/_/etc/passwd.getoetst.docx"},
		{"", "zonder", "zonder.getoetst.docx"},
		{"", ".zip/x.docx", ".zip/x.getoetst.docx"},
	} {
		if got := filepath.ToSlash(c.name(tc.folder, tc.file)); got != "uit/"+tc.want {
			t.Errorf("%s: got %s, want uit/%s", tc.file, got, tc.want)
		}
	}
	for _, want := range []string{"inkoop", "inkoop-2"} {
		if got := c.folder("inkoop"); got != want {
			t.Errorf("folder: got %s, want %s", got, want)
		}
	}
}

// A file that was changed while it was judged gets no comments: they would stand beside other words.
func TestChangedFileGetsNoComments(t *testing.T) {
	files, err := extract.Drafts(t.Context(), "../../testdata/dossiers/voorbeeld/leidraad.docx", func(string) string { return "" })
	if err != nil {
		t.Fatal(err)
	}
	evidence := func(quote string) result.Dossier {
		return result.Dossier{Rows: []result.Row{{Evidence: []result.Evidence{{File: "ander.pdf", Quote: "x"}, {File: "leidraad.docx", Block: 0, Quote: quote}}}}}
	}
	finding := result.Dossier{Findings: []result.Finding{{File: "leidraad.docx", Block: 1, Quote: "iets anders"}}}
	whole := result.Dossier{Findings: []result.Finding{{File: "leidraad.docx"}}}
	for name, tc := range map[string]struct {
		d    result.Dossier
		want bool
	}{
		"same words": {evidence("Aanbestedingsleidraad"), true}, "other words": {evidence("iets anders"), false}, "other words in a finding": {finding, false}, "finding about the file": {whole, true},
	} {
		if got := unchanged(files[0], tc.d); got != tc.want {
			t.Errorf("%s: got %v, want %v", name, got, tc.want)
		}
	}
}
