package extract

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"inkooptoets/extract/dossier"
)

// The digest changes with whatever changes what is read, and with nothing else.
func TestDigest(t *testing.T) {
	put := func(path, text string) {
		t.Helper()
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o777), os.WriteFile(path, []byte(text), 0o666)); err != nil {
			t.Fatal(err)
		}
	}
	dir := t.TempDir()
	digest := func() string {
		t.Helper()
		var b strings.Builder
		if err := Digest(t.Context(), dir, &b); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	a, b := filepath.Join(dir, "a.md"), filepath.Join(dir, "sub", "b.md")
	put(a, "een")
	put(b, "twee")
	seen := map[string]string{digest(): "at first"}
	for _, step := range []struct {
		name   string
		change func()
		same   bool
	}{
		{"nothing", func() {}, true},
		{"labels", func() { put(filepath.Join(dir, "gold.yaml"), "x") }, true},
		{"settings", func() { put(filepath.Join(dir, "inkooptoets.yaml"), "x") }, true},
		{"hidden file", func() { put(filepath.Join(dir, ".x.md"), "x") }, true},
		{"bytes", func() { put(a, "één") }, false},
		{"name", func() { _ = os.Rename(a, filepath.Join(dir, "c.md")) }, false},
		{"bytes from one file to the next", func() { put(filepath.Join(dir, "c.md"), "éé"); put(b, "ntwee") }, false},
		{"more", func() { put(filepath.Join(dir, "sub", "d.md"), "") }, false},
	} {
		step.change()
		got := digest()
		if was, ok := seen[got]; ok != step.same {
			t.Errorf("%s: same %v (as %s), want %v", step.name, ok, was, step.same)
		}
		seen[got] = step.name
	}
	if err := Digest(t.Context(), filepath.Join(dir, "nergens"), &strings.Builder{}); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("got %v", err)
	}
	if err := os.Symlink("nergens", filepath.Join(dir, "los.md")); err == nil {
		if err := Digest(t.Context(), dir, &strings.Builder{}); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("a link to nothing: got %v", err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := Digest(ctx, dir, &strings.Builder{}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func TestPassing(t *testing.T) {
	for _, tc := range []struct {
		err  error
		want bool
	}{
		{context.DeadlineExceeded, true}, {errCrash, true}, {dossier.ErrTooLarge, true}, {fs.ErrPermission, true},
		{dossier.ErrDamaged, false}, {dossier.ErrPassword, false}, {dossier.ErrNoText, false}, {errEmpty, false},
	} {
		if got := Passing(problem(tc.err)); got != tc.want {
			t.Errorf("%v: got %v, want %v", tc.err, got, tc.want)
		}
	}
	if Passing("") {
		t.Error("no problem passes")
	}
}
