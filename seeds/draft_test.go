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

func TestArticleFaults(t *testing.T) {
	for _, tc := range []struct {
		name, text string
		want       []string
	}{
		{"all at once", `laws:
  - {id: wmo, title: "", short: W, bwb: "12", aliases: [wmo 2015]}
sections:
  - {law: wmp, number: "4", articles: ["4.1", "5.1"]}
  - {law: wmo, number: "3"}
lapsed:
  - {law: wmo, article: "3.1 lid 2", since: "2020"}
about:
  - {law: wmo, article: "3.1", tekst: x}
`, []string{
			`articles.yaml:2: law "wmo": no title`, `articles.yaml:2: law "wmo": id is that of a source of the catalogue`, `articles.yaml:2: law "wmo": bwb "12"`,
			`articles.yaml:2: law "wmo": alias "wmo 2015" already stands for "wmo"`, `articles.yaml:4: section without id: unknown law "wmp"; did you mean "wmo"?`,
			`articles.yaml:4: section without id: "5.1" is not a number directly in "4"`, `articles.yaml:5: section without id: neither parts nor articles`,
			`articles.yaml:7: lapsed article without id: article "3.1 lid 2"`, `articles.yaml:7: lapsed article without id: since "2020"`,
			`articles.yaml:9: subject without id: unknown key "tekst"`, `articles.yaml:9: subject without id: no text`, `articles.yaml:9: subject without id: no phrases`}},
		{"another shape", "laws: []\n", []string{"articles.yaml:1: want the keys laws, sections, lapsed and about"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			_, err := LoadFS(files(map[string]string{articleFile: tc.text}))
			for _, want := range tc.want {
				if err == nil || !strings.Contains(err.Error(), want) {
					t.Errorf("got:\n%v\nwant in it:\n%s", err, want)
				}
			}
		})
	}
}

// Every article that a requirement cites is one that citations may name: the lists and the catalogue must not contradict each other.
func TestArticlesOfRequirementsExist(t *testing.T) {
	c, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range c.Requirements {
		for _, ct := range r.Cites {
			if e, _ := c.Articles.Find(ct.Source, ct.Article); ct.Article != "" && (e == Missing || e == IsPart || e == Repealed) {
				t.Errorf("%s cites %s %s, which is not there according to articles.yaml", r.ID, ct.Source, ct.Article)
			}
		}
	}
	for _, a := range c.Articles.About {
		if e, _ := c.Articles.Find(a.Law, a.Article); e == Missing || e == IsPart || e == Repealed {
			t.Errorf("articles.yaml:%d: %s %s is not there", a.Line, a.Law, a.Article)
		}
	}
}
