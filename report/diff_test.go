package report

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"inkooptoets/rules/result"
)

func difference(t *testing.T, older, newer result.Run) result.Diff {
	t.Helper()
	d, err := result.Difference(older, newer)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func writeDiff(t *testing.T, format string, d result.Diff, o Options) string {
	t.Helper()
	var b bytes.Buffer
	if err := WriteDiff(&b, format, d, o); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// reworded is a run as it could be a week later: a clause says the same in other words, another moved to the contract, and a law is new.
func reworded(run result.Run) result.Run {
	d := &run.Dossiers[0]
	d.Profile.Laws = append(d.Profile.Laws, result.Assumed{Value: "jeugdwet", Answer: "yes", Reason: "“Jeugdwet” in het contract"})
	for i, r := range d.Rows {
		switch r.Requirement {
		case "wmo-3.5-vog":
			e := r.Evidence[0]
			e.Quote = strings.Replace(e.Quote, "VOG", "verklaring omtrent het gedrag (VOG)", 1)
			d.Rows[i].Evidence = []result.Evidence{e}
		case "wmo-3.3-meldcode":
			e := r.Evidence[0]
			e.File, e.Page = "overeenkomst.pdf", 12
			d.Rows[i].Evidence = []result.Evidence{e}
		case "wmo-3.4-calamiteiten":
			d.Rows[i].Status, d.Rows[i].Reason = result.Missing, "Hierover is niets gevonden."
			d.Rows[i].Evidence = nil
		}
	}
	return run
}

func TestDiffGolden(t *testing.T) {
	better := difference(t, load(t, "mager"), load(t, "goed"))
	worse := difference(t, load(t, "goed"), load(t, "mager"))
	later := difference(t, load(t, "klein"), reworded(load(t, "klein")))
	foreign := difference(t, load(t, "goed"), load(t, "vijandig"))
	batch := load(t, "twee")
	batch.Dossiers = append(batch.Dossiers[1:], load(t, "goed").Dossiers...)
	several := difference(t, load(t, "twee"), batch)
	for _, tc := range []struct {
		golden, format string
		d              result.Diff
		o              Options
	}{
		{"beter.nl.txt", "table", better, Options{}},
		{"beter.en.txt", "table", better, Options{Lang: "en"}},
		{"slechter.nl.txt", "table", worse, Options{All: true, Width: 80}},
		{"later.nl.txt", "table", later, Options{All: true}},
		{"vreemd.nl.txt", "table", foreign, Options{}},
		{"meer.nl.txt", "table", several, Options{}},
		{"slechter.nl.md", "markdown", worse, Options{}},
		{"later.nl.md", "markdown", later, Options{All: true}},
		{"vreemd.en.md", "markdown", foreign, Options{Lang: "en"}},
		{"later.json", "json", later, Options{}},
		{"later.nl.html", "html", later, Options{}},
		{"slechter.en.html", "html", worse, Options{Lang: "en"}},
		{"vreemd.nl.html", "html", foreign, Options{}},
	} {
		t.Run(tc.golden, func(t *testing.T) { golden(t, "diff."+tc.golden, writeDiff(t, tc.format, tc.d, tc.o)) })
	}
}

var (
	styleText = regexp.MustCompile(`(?s)<style>.*</style>`)
	styleHash = regexp.MustCompile(`sha256-[A-Za-z0-9+/&#;]+=*`)
)

// golden compares with a stored file, or writes it anew with -update. The style of a page is left out: it says nothing about what the page shows.
func golden(t *testing.T, name, got string) {
	t.Helper()
	got = styleHash.ReplaceAllString(styleText.ReplaceAllString(got, "<style></style>"), "sha256-")
	name = filepath.Join("testdata", "golden", name)
	if *update {
		if err := os.WriteFile(name, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("report (-want +got):\n%s", diff)
	}
}

// lawLinks are the links of ordinary runs.
var lawLinks = regexp.MustCompile(`\[[^\]\[]*\]\(https://wetten\.overheid\.nl/[^)]*\)`)

// TestDiffNothingLeaks writes hostile text in every format of a diff, on the old side, the new side and both.
func TestDiffNothingLeaks(t *testing.T) {
	older, newer := load(t, "klein"), reworded(load(t, "klein"))
	poisoned := difference(t, older, newer)
	replaceTexts(reflect.ValueOf(&poisoned).Elem(), hostile, "law", "procedure", "segment", "service", "target", "variant", "framework")
	diffs := map[string]result.Diff{
		"poisoned": poisoned, "on both sides": difference(t, load(t, "vijandig"), load(t, "vijandig")), "old": difference(t, load(t, "vijandig"), load(t, "goed")),
		"new": difference(t, load(t, "goed"), load(t, "vijandig")),
	}
	for _, format := range DiffNames() {
		for name, d := range diffs {
			for _, o := range []Options{{}, {All: true}, {Lang: "en", Color: true, Width: 60}} {
				t.Run(format+" "+name, func(t *testing.T) {
					out := writeDiff(t, format, d, o)
					checkLog(t, format, out, o)
					switch format {
					case "markdown":
						checkMarkdown(t, lawLinks.ReplaceAllString(out, "")) // half of some diffs is an ordinary run
					case "json":
						decodeStrict(t, out, new(result.Diff))
					case "html":
						checkHTML(t, out)
					case "table": // text in a terminal: what holds for all is enough
					default:
						t.Errorf("%s: no check on hostile text", format)
					}
				})
			}
		}
	}
}

func TestDiffLeavesItAlone(t *testing.T) {
	older, newer := load(t, "klein"), reworded(load(t, "klein"))
	d, want := difference(t, older, newer), difference(t, older, newer)
	for _, f := range DiffNames() {
		if a, b := writeDiff(t, f, d, Options{All: true}), writeDiff(t, f, d, Options{All: true}); a != b {
			t.Errorf("%s: the same diff gives other text", f)
		}
	}
	if diff := cmp.Diff(want, d); diff != "" {
		t.Errorf("diff after writing (-want +got):\n%s", diff)
	}
}

func TestDiffFitsWidth(t *testing.T) {
	d := difference(t, load(t, "klein"), reworded(load(t, "klein")))
	for _, lang := range []string{"nl", "en"} {
		for _, width := range []int{130, 100, 80, 79, 60} {
			for line := range strings.Lines(writeDiff(t, "table", d, Options{Lang: lang, Width: width, All: true})) {
				line = strings.TrimSuffix(line, "\n")
				if n := len([]rune(line)); n > width || line != strings.TrimRight(line, " ") {
					t.Errorf("%s, width %d: %d characters in %q", lang, width, n, line)
				}
			}
		}
	}
}

// TestDiffHTMLHasAll: on the page is every requirement that applied in one of the runs, with what was changed in its words marked.
func TestDiffHTMLHasAll(t *testing.T) {
	d := difference(t, load(t, "klein"), reworded(load(t, "klein")))
	page := writeDiff(t, "html", d, Options{})
	got := texts(t, page, "code")
	for _, r := range d.Dossiers[0].Rows {
		if r.Applied() != slices.Contains(got, r.Requirement) {
			t.Errorf("%s applied %t, on the page %t", r.Requirement, r.Applied(), !r.Applied())
		}
	}
	if marks := texts(t, page, "mark"); !slices.Contains(marks, "verklaring omtrent het gedrag (VOG),") {
		t.Errorf("marked are %q", marks)
	}
}

func TestChangedWords(t *testing.T) {
	for _, tc := range []struct{ a, b, inA, inB string }{
		{"Opdrachtnemer heeft een VOG.", "Opdrachtnemer toont een VOG.", "heeft", "toont"},
		{"Binnen tien dagen.", "Binnen tien werkdagen na ontvangst.", "dagen.", "werkdagen na ontvangst."},
		{"Elke beroepskracht heeft een VOG.", "Elke beroepskracht heeft een geldige VOG.", "", "geldige"},
		{"een een", "een", "een", ""},
		{"", "Nieuw.", "", "Nieuw."},
		{"Gelijk.", "Gelijk.", "", ""},
		{"a  x\nb", "a y b", "x", "y"},
	} {
		aFrom, aTo, bFrom, bTo := changedWords(tc.a, tc.b)
		if a, b := tc.a[aFrom:aTo], tc.b[bFrom:bTo]; a != tc.inA || b != tc.inB {
			t.Errorf("%q and %q: got %q and %q", tc.a, tc.b, a, b)
		}
	}
}

func TestWriteDiffRefuses(t *testing.T) {
	for _, tc := range []struct{ format, lang, want string }{
		{"pdf", "nl", `unknown format "pdf" of a diff; known are table, markdown, json, html`},
		{"table", "fr", `unknown report language "fr"; known are nl, en`},
	} {
		var b bytes.Buffer
		if err := WriteDiff(&b, tc.format, result.Diff{}, Options{Lang: tc.lang}); err == nil || err.Error() != tc.want {
			t.Errorf("got %v, want %s", err, tc.want)
		}
	}
}

// TestSideBySideWords finds labels of diffs that are missing or not translated.
func TestSideBySideWords(t *testing.T) {
	sameWords(t, reflect.ValueOf(diffLanguages["nl"]), reflect.ValueOf(diffLanguages["en"]), "Was")
	for _, c := range result.Changes {
		if diffLanguages["nl"].Changes[c] == "" {
			t.Errorf("change %s has no label", c)
		}
		if c != result.Unchanged && (diffLanguages["nl"].Titles[c] == "" || diffLanguages["nl"].Notes[c] == "") {
			t.Errorf("change %s has no heading or note", c)
		}
	}
}

func sameWords(t *testing.T, nl, en reflect.Value, same ...string) {
	t.Helper()
	verb := regexp.MustCompile(`%[a-z]`)
	for i := range nl.NumField() {
		name := nl.Type().Field(i).Name
		a, b := fmt.Sprint(nl.Field(i)), fmt.Sprint(en.Field(i))
		if nl.Field(i).Len() == 0 || en.Field(i).Len() != nl.Field(i).Len() && nl.Field(i).Kind() == reflect.Map {
			t.Errorf("no words for %s", name)
		}
		if a == b && !slices.Contains(same, name) {
			t.Errorf("%s is the same in Dutch and English: %s", name, a)
		}
		if x, y := verb.FindAllString(a, -1), verb.FindAllString(b, -1); !slices.Equal(x, y) {
			t.Errorf("%s takes %v in Dutch and %v in English", name, x, y)
		}
	}
}
