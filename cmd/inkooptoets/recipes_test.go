package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// recipe finds the commands in the recipes of the README.
var recipe = regexp.MustCompile(`(?m)^ *(?:- |- run: |- script: |entry: )(inkooptoets check .*)$`)

// The commands that the README gives for build servers run as they stand there, and every report they name is written.
func TestTheReadmeRecipes(t *testing.T) {
	if testing.Short() {
		t.Skip("slow under the race detector, and nothing here runs side by side")
	}
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, recipes, _ := strings.Cut(string(readme), "### CI recipes")
	recipes, _, _ = strings.Cut(recipes, "\n## ")
	found := recipe.FindAllStringSubmatch(recipes, -1)
	if want := strings.Count(recipes, "inkooptoets check "); len(found) != want || want < 4 {
		t.Fatalf("found %d of %d commands", len(found), want)
	}
	t.Chdir(t.TempDir())
	t.Setenv("GITHUB_STEP_SUMMARY", "summary.md")
	if err := os.Mkdir("inkoop", 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile("inkoop/eisen.md", []byte("# Programma van eisen Wmo 2015\n\nOpdrachtnemer houdt zich aan de planning.\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	var stdout, stderr strings.Builder
	if code := run(t.Context(), []string{"baseline", "write", "--isolate=off", "inkoop", "-o", "nulmeting.json"}, &stdout, &stderr); code != exitDone {
		t.Fatalf("baseline: code %d, %s", code, stderr.String())
	}
	for _, f := range found {
		t.Run(f[1], func(t *testing.T) {
			args := strings.Fields(strings.ReplaceAll(os.ExpandEnv(f[1]), `"`, ""))[1:]
			want := exitGaps
			if strings.Contains(f[1], "--baseline") {
				want = exitDone // nothing changed since
			}
			var stdout, stderr strings.Builder
			if code := run(t.Context(), append(args, "--isolate=off"), &stdout, &stderr); code != want {
				t.Fatalf("code %d, want %d: %s", code, want, stderr.String())
			}
			for _, a := range args {
				_, file, ok := strings.Cut(a, "=")
				if !ok {
					continue
				}
				if stat, err := os.Stat(filepath.Clean(file)); err != nil || stat.Size() == 0 {
					t.Errorf("%s: not written (%v)", file, err)
				}
			}
		})
	}
}
