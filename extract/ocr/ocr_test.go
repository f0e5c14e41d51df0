package ocr

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

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

func TestMissing(t *testing.T) {
	languages := func(lines string) [2]string {
		return [2]string{"tesseract", `printf 'List of available languages\n` + lines + `'`}
	}
	draw := [2]string{"pdftoppm", "true"}
	for _, tc := range []struct {
		name    string
		scripts [][2]string
		want    string
	}{
		{"all", [][2]string{draw, languages(`eng\nnld\n`)}, ""},
		{"nothing", nil, "poppler-utils (pdftoppm), tesseract-ocr, tesseract-ocr-nld"},
		{"no Dutch", [][2]string{draw, languages(`eng\n`)}, "tesseract-ocr-nld"},
		{"no drawing", [][2]string{languages(`nld\n`)}, "poppler-utils (pdftoppm)"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			program(t, tc.scripts...)
			if got := Missing(t.Context()); got != tc.want {
				t.Errorf("got %q, want %q", got, tc.want)
			}
		})
	}
}

func TestPage(t *testing.T) {
	for _, tc := range []struct {
		name, password  string
		draw, read      string
		want, wantError string
	}{
		{"the picture goes to tesseract", "", `echo "bladzijde $2 op $6 dpi van $(cat)"`, `echo "$4: $(cat)"`, "nld: bladzijde 4 op 200 dpi van PDF\n", ""},
		{"the password goes to pdftoppm", "géheim", `cat >/dev/null; echo "${12} ${13} ${14} ${15}"`, "cat", "-opw géheim -upw géheim\n", ""},
		{"cannot draw", "", "exit 1", "cat", "", "draw page 4"},
		{"cannot read", "", "cat", "exit 1", "", "read page 4"},
		{"endless text", "", "cat", "yes", "", "writes too much"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			program(t, [2]string{"pdftoppm", tc.draw}, [2]string{"tesseract", tc.read})
			got, err := Page(t.Context(), []byte("PDF"), 4, tc.password)
			if got != tc.want || (err == nil) != (tc.wantError == "") || err != nil && !strings.Contains(err.Error(), tc.wantError) {
				t.Errorf("got %q, %v, want %q, %q", got, err, tc.want, tc.wantError)
			}
		})
	}
}
