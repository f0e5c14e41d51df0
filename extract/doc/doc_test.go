package doc

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"inkooptoets/extract/dossier"
)

// program puts a shell script called name first on the path, and nothing else.
func program(t *testing.T, scripts ...[2]string) {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("the stand-ins are shell scripts")
	}
	dir := t.TempDir()
	for _, s := range scripts {
		if err := os.WriteFile(filepath.Join(dir, s[0]), []byte("#!/bin/sh\nPATH=/bin:/usr/bin\n"+s[1]+"\n"), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("PATH", dir)
}

func TestRead(t *testing.T) {
	for _, tc := range []struct {
		name    string
		scripts [][2]string
		want    string // first block
		by      string
		err     error
	}{
		{"nothing installed", nil, "", "", ErrNoProgram},
		{"antiword", [][2]string{{"antiword", "cat"}}, "De aanbieder heeft een VOG.", "antiword", nil},
		{"catdoc when antiword fails", [][2]string{{"antiword", "exit 1"}, {"catdoc", "cat"}}, "De aanbieder heeft een VOG.", "catdoc", nil},
		{"both fail", [][2]string{{"antiword", "exit 1"}, {"catdoc", "echo half; exit 3"}}, "", "", dossier.ErrDamaged},
		{"no text", [][2]string{{"catdoc", "true"}}, "", "", dossier.ErrNoText},
	} {
		t.Run(tc.name, func(t *testing.T) {
			program(t, tc.scripts...)
			doc, err := Read(t.Context(), "oud.doc", []byte("De aanbieder heeft een VOG."))
			if !errors.Is(err, tc.err) {
				t.Fatalf("got %v, want %v", err, tc.err)
			}
			if tc.want != "" && (doc.Blocks[0].Text != tc.want || !strings.Contains(doc.Warnings[0].Detail, tc.by)) {
				t.Errorf("got %q, warning %q", doc.Blocks[0].Text, doc.Warnings[0].Detail)
			}
		})
	}
}

func TestParagraphs(t *testing.T) {
	program(t, [2]string{"catdoc", `printf 'Eerste alinea.\nTweede alinea.\n|Nr |Eis |\n|1 |Iedere mede-   |\n|  |werker: VOG |\n|2 |Meldcode |\n'`})
	doc, err := Read(t.Context(), "oud.doc", nil)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, b := range doc.Blocks {
		got = append(got, string(b.Kind)+" "+b.Text)
	}
	if want := []string{"paragraph Eerste alinea.", "paragraph Tweede alinea.", "row Nr | Eis", "row 1 | Iedere mede- werker: VOG", "row 2 | Meldcode"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestCancelled(t *testing.T) {
	program(t, [2]string{"antiword", "sleep 20"})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Read(ctx, "oud.doc", nil); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}
