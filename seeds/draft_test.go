package seeds

import (
	"strings"
	"testing"
)

// Faults in the files about the draft come with file and line, all at once.
func TestDraftFaults(t *testing.T) {
	for _, tc := range []struct {
		name, file, text string
		want             []string
	}{
		{"checks", checkFile, "- id: c-x\n  title: T\n  severity: fout\n  text: tekst\n  advies: doe iets\n- id: x-y\n  title: T\n  severity: note\n  text: t\n  advice: a\n", []string{
			`findings.yaml:3: check "c-x": unknown severity "fout"`, `findings.yaml:5: check "c-x": unknown key "advies"; did you mean "advice"?`,
			`findings.yaml:1: check "c-x": no advice`, `findings.yaml:6: check "x-y": id is not of the form`}},
		{"names", outdatedFile, "history: [voorheen]\nnames:\n  - id: wbp\n    was: De Wbp\n    since: 25-05-2018\n    kind: weg\n  - id: wbp\n    patterns: [wbp]\n    was: De Wbp\n    now: de AVG\n    kind: name\n  - id: igz\n    exact: [IGZ]\n    was: De IGZ\n    now: de IGJ\n    kind: gone\n", []string{
			`outdated.yaml:3: name "wbp": no now`, `outdated.yaml:3: name "wbp": neither patterns nor exact`, `outdated.yaml:5: name "wbp": since "25-05-2018" is not a date`,
			`outdated.yaml:6: name "wbp": unknown kind "weg"`, `outdated.yaml:7: name "wbp": duplicate id; the first is at outdated.yaml:3`, `outdated.yaml:12: name "igz": no since`}},
		{"history that is no list", outdatedFile, "history: voorheen\nnames: []\n", []string{"outdated.yaml:1: history: want a list of phrases"}},
		{"another shape", outdatedFile, "- id: wbp\n", []string{"outdated.yaml:1: want the keys history and names, and no other"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			_, err := LoadFS(files(map[string]string{tc.file: tc.text}))
			if err == nil {
				t.Fatal("no fault found")
			}
			for _, want := range tc.want {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("got:\n%v\nwant in it:\n%s", err, want)
				}
			}
		})
	}
}

func TestDraftCatalogue(t *testing.T) {
	c, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	if k, ok := c.Check("c-outdated"); !ok || k.Line < 1 || k.File != checkFile {
		t.Errorf("got %+v, %v", k, ok)
	}
	if _, ok := c.Check("c-nergens"); ok {
		t.Error("an unknown id must not be found")
	}
	if got := c.Similar("c-outdatd"); got != "c-outdated" {
		t.Errorf("got %q for a mistyped id", got)
	}
	if n := len(c.Outdated.Names); n < 34 {
		t.Errorf("%d names, want at least the 34 that were collected", n)
	}
}
