package report

import (
	"bytes"
	"flag"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"inkooptoets/rules/result"
)

var update = flag.Bool("update", false, "write the golden files anew; read the difference before you commit")

func load(t testing.TB, name string) result.Run {
	t.Helper()
	f, err := os.Open(filepath.Join("testdata", "runs", name+".json"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	run, err := result.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	return run
}

func write(t *testing.T, format string, run result.Run, o Options) string {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, format, run, o); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestGolden(t *testing.T) {
	for _, tc := range []struct {
		golden, run, format string
		o                   Options
	}{
		{"klein.nl.txt", "klein", "table", Options{}},
		{"klein.en.txt", "klein", "table", Options{Lang: "en"}},
		{"klein.nl.all.txt", "klein", "table", Options{All: true}},
		{"klein.nl.80.txt", "klein", "table", Options{Width: 80}},
		{"klein.nl.md", "klein", "markdown", Options{}},
		{"klein.en.md", "klein", "markdown", Options{Lang: "en"}},
		{"klein.nl.all.md", "klein", "markdown", Options{All: true}},
		{"klein.json", "klein", "json", Options{Lang: "en", All: true, Width: 40}},
		{"klein.nl.html", "klein", "html", Options{}},
		{"klein.en.html", "klein", "html", Options{Lang: "en"}},
		{"twee.nl.html", "twee", "html", Options{}},
		{"goed.nl.html", "goed", "html", Options{}},
		{"mager.nl.html", "mager", "html", Options{}},
		{"vijandig.nl.html", "vijandig", "html", Options{}},
		{"onleesbaar.nl.html", "onleesbaar", "html", Options{}},
		{"twee.nl.txt", "twee", "table", Options{}},
		{"twee.nl.md", "twee", "markdown", Options{}},
		{"twee.json", "twee", "json", Options{}},
		{"goed.nl.txt", "goed", "table", Options{}},
		{"mager.nl.txt", "mager", "table", Options{}},
		{"vijandig.nl.txt", "vijandig", "table", Options{}},
		{"onleesbaar.nl.txt", "onleesbaar", "table", Options{}},
		{"goed.nl.md", "goed", "markdown", Options{}},
		{"mager.nl.md", "mager", "markdown", Options{}},
		{"vijandig.nl.md", "vijandig", "markdown", Options{}},
		{"onleesbaar.nl.md", "onleesbaar", "markdown", Options{}},
		{"vijandig.json", "vijandig", "json", Options{}},
		{"goed.xlsx.txt", "goed", "xlsx", Options{}},
		{"mager.xlsx.txt", "mager", "xlsx", Options{}},
		{"klein.en.xlsx.txt", "klein", "xlsx", Options{Lang: "en"}},
		{"vijandig.xlsx.txt", "vijandig", "xlsx", Options{}},
		{"onleesbaar.xlsx.txt", "onleesbaar", "xlsx", Options{}},
		{"goed.csv", "goed", "csv", Options{}},
		{"mager.csv", "mager", "csv", Options{}},
		{"klein.en.csv", "klein", "csv", Options{Lang: "en"}},
		{"vijandig.csv", "vijandig", "csv", Options{}},
		{"onleesbaar.csv", "onleesbaar", "csv", Options{}},
		{"goed.data.csv", "goed", "csv-data", Options{}},
		{"mager.data.csv", "mager", "csv-data", Options{Lang: "en"}},
		{"vijandig.data.csv", "vijandig", "csv-data", Options{}},
		{"onleesbaar.data.csv", "onleesbaar", "csv-data", Options{}},
		{"goed.sarif", "goed", "sarif", Options{}},
		{"goed.all.sarif", "goed", "sarif", Options{All: true}},
		{"mager.sarif", "mager", "sarif", Options{}},
		{"mager.en.sarif", "mager", "sarif", Options{Lang: "en"}},
		{"vijandig.sarif", "vijandig", "sarif", Options{}},
		{"onleesbaar.sarif", "onleesbaar", "sarif", Options{}},
		{"goed.junit.xml", "goed", "junit", Options{}},
		{"mager.junit.xml", "mager", "junit", Options{}},
		{"klein.en.junit.xml", "klein", "junit", Options{Lang: "en"}},
		{"vijandig.junit.xml", "vijandig", "junit", Options{}},
		{"onleesbaar.junit.xml", "onleesbaar", "junit", Options{}},
		{"goed.gitlab.json", "goed", "gitlab", Options{}},
		{"mager.gitlab.json", "mager", "gitlab", Options{}},
		{"vijandig.gitlab.json", "vijandig", "gitlab", Options{}},
		{"onleesbaar.gitlab.json", "onleesbaar", "gitlab", Options{}},
		{"goed.github.txt", "goed", "github", Options{}},
		{"mager.github.txt", "mager", "github", Options{}},
		{"klein.en.github.txt", "klein", "github", Options{Lang: "en"}},
		{"vijandig.github.txt", "vijandig", "github", Options{}},
		{"onleesbaar.github.txt", "onleesbaar", "github", Options{}},
		{"goed.azure.txt", "goed", "azure", Options{}},
		{"mager.azure.txt", "mager", "azure", Options{}},
		{"klein.en.azure.txt", "klein", "azure", Options{Lang: "en"}},
		{"vijandig.azure.txt", "vijandig", "azure", Options{}},
		{"onleesbaar.azure.txt", "onleesbaar", "azure", Options{}},
	} {
		t.Run(tc.golden, func(t *testing.T) {
			got := readable(t, tc.format, write(t, tc.format, load(t, tc.run), tc.o))
			name := filepath.Join("testdata", "golden", tc.golden)
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
			if tc.format == "json" { // what is stored is what was read
				stored, err := os.ReadFile(filepath.Join("testdata", "runs", tc.run+".json"))
				if err != nil {
					t.Fatal(err)
				}
				if got != string(stored) {
					t.Error("json of a stored run differs from the stored run")
				}
			}
		})
	}
}

// TestSampleRuns keeps the sample runs honest: their counts are those of their rows, and together they hold every status and weight.
func TestSampleRuns(t *testing.T) {
	statuses, duties := map[result.Status]bool{}, map[result.Duty]bool{}
	for _, name := range []string{"klein", "twee", "goed", "mager", "vijandig", "onleesbaar"} {
		for _, d := range load(t, name).Dossiers {
			if diff := cmp.Diff(result.Count(d.Rows), d.Tallies); diff != "" {
				t.Errorf("%s %s: tallies (-want +got):\n%s", name, d.ID, diff)
			}
			for _, r := range d.Rows {
				statuses[r.Status], duties[r.Duty] = true, true
			}
		}
	}
	for _, s := range result.Statuses {
		if !statuses[s] {
			t.Errorf("no row is %s", s)
		}
	}
	for _, d := range []result.Duty{result.Statutory, result.Municipal, result.Framework, result.Advice} {
		if !duties[d] {
			t.Errorf("no row is %s", d)
		}
	}
}

// TestWords finds labels that are missing or not translated: every field and every key has words in both languages, and other words but for a few.
func TestWords(t *testing.T) {
	for lang, ws := range languages {
		for _, s := range result.Statuses {
			if ws.status[s] == "" {
				t.Errorf("%s: status %s has no label", lang, s)
			}
			if shapes[s] == "" {
				t.Errorf("status %s has no shape", s)
			}
			if s != result.NotApplicable && ws.narrow[s] == "" {
				t.Errorf("%s: status %s has no column heading", lang, s)
			}
		}
		for _, d := range []result.Duty{result.Statutory, result.Municipal, result.Framework, result.Advice} {
			if ws.duty[d] == "" {
				t.Errorf("%s: duty %s has no label", lang, d)
			}
		}
		for _, s := range severities {
			if ws.severity[string(s)] == "" {
				t.Errorf("%s: severity %s has no label", lang, s)
			}
		}
	}
	nl, en := labels(languages["nl"]), labels(languages["en"])
	verb := regexp.MustCompile(`%[a-z]`)
	for name, a := range nl {
		b := en[name]
		switch {
		case a == "" && b == "": // compared key by key below, or empty in both, such as a note that a group does not have
			t.Errorf("%s: no words", name)
		case a == "" || b == "":
			t.Errorf("%s: %q in Dutch and %q in English", name, a, b)
		case a == b && !slices.Contains(sameInBoth, a):
			t.Errorf("%s: %q in both languages", name, a)
		}
		if x, y := verb.FindAllString(a, -1), verb.FindAllString(b, -1); !slices.Equal(x, y) {
			t.Errorf("%s takes %v in Dutch and %v in English", name, x, y)
		}
	}
	for name := range en {
		if _, ok := nl[name]; !ok {
			t.Errorf("%s: only in English", name)
		}
	}
}

// sameInBoth are labels that are the same word in both languages.
var sameInBoth = []string{"p.", "Status", "Dossier", "Segment", "Procedure", "Variant"}

// labels gives every label by its place in words.
func labels(ws *words) map[string]string { return labelsIn(reflect.ValueOf(ws)) }

// labelsIn is labels for the words of any kind of report.
func labelsIn(all ...reflect.Value) map[string]string {
	out := map[string]string{}
	var walk func(name string, v reflect.Value)
	walk = func(name string, v reflect.Value) {
		switch v.Kind() {
		case reflect.String:
			out[name] = v.String()
		case reflect.Map:
			if v.Len() == 0 {
				out[name] = ""
			}
			for _, k := range v.MapKeys() {
				walk(name+"."+k.String(), v.MapIndex(k))
			}
		case reflect.Struct:
			for i := range v.NumField() {
				walk(name+"."+v.Type().Field(i).Name, v.Field(i))
			}
		default:
			panic("words: a label of another kind: " + name)
		}
	}
	for _, v := range all {
		v = reflect.Indirect(v)
		walk(v.Type().Name(), v)
	}
	return out
}

// TestEnglishReports: with English chosen no Dutch label is left in any format. Titles and reasons stay Dutch, so they are taken out of the run first.
func TestEnglishReports(t *testing.T) {
	dutch := onlyDutch(t, labels(languages["nl"]), labels(languages["en"]))
	for _, name := range []string{"klein", "twee", "goed", "mager", "onleesbaar"} {
		run := load(t, name)
		replaceTexts(reflect.ValueOf(&run).Elem(), "#", result.Elements...)
		for _, f := range Formats {
			if f.Name == "csv-data" || f.Name == "json" {
				continue // for machines: keys, no labels
			}
			for _, all := range []bool{false, true} {
				checkEnglish(t, f.Name+" of "+name, readable(t, f.Name, write(t, f.Name, run, Options{Lang: "en", All: all})), dutch)
			}
		}
	}
}

// onlyDutch gives the pieces of Dutch labels that no English one has.
func onlyDutch(t *testing.T, nl, en map[string]string) []string {
	t.Helper()
	english := strings.ToLower(strings.Join(slices.Collect(maps.Values(en)), "\n"))
	var out []string
	for _, label := range nl {
		for _, part := range regexp.MustCompile(`%[a-z]|\n`).Split(label, -1) {
			if part = strings.Trim(part, " -(:,.)"); len(part) > 4 && !strings.Contains(english, strings.ToLower(part)) {
				out = append(out, strings.ToLower(part))
			}
		}
	}
	if len(out) < 100 {
		t.Fatalf("only %d labels to look for", len(out))
	}
	return out
}

func checkEnglish(t *testing.T, what, out string, dutch []string) {
	t.Helper()
	out = strings.ToLower(styleText.ReplaceAllString(out, ""))
	for _, part := range dutch {
		if strings.Contains(out, part) && regexp.MustCompile(`(?:^|\pZ|\pP)`+regexp.QuoteMeta(part)+`(?:$|\pZ|\pP)`).MatchString(out) {
			t.Errorf("%s: Dutch in an English report: %q", what, part)
		}
	}
}

func TestWriteRefuses(t *testing.T) {
	for _, tc := range []struct{ format, lang, want string }{
		{"pdf", "nl", `unknown report format "pdf"; known are ` + strings.Join(Names(), ", ")},
		{"table", "fr", `unknown report language "fr"; known are nl, en`},
	} {
		var b bytes.Buffer
		err := Write(&b, tc.format, result.Run{}, Options{Lang: tc.lang})
		if err == nil || err.Error() != tc.want {
			t.Errorf("got %v, want %s", err, tc.want)
		}
		if b.Len() > 0 {
			t.Errorf("wrote %q", b.String())
		}
	}
}

func TestEmptyRun(t *testing.T) {
	if got := write(t, "", result.Run{Tool: "inkooptoets"}, Options{}); !strings.HasPrefix(got, "Er zijn geen dossiers getoetst.\n") {
		t.Errorf("got %q", got)
	}
}

func TestTableFitsWidth(t *testing.T) {
	for _, lang := range []string{"nl", "en"} {
		for _, width := range []int{130, 100, 92, 91, 80, 60} {
			out := write(t, "table", load(t, "klein"), Options{Lang: lang, Width: width, All: true})
			for line := range strings.Lines(out) {
				line = strings.TrimSuffix(line, "\n")
				if n := utf8.RuneCountInString(line); n > width {
					t.Errorf("%s, width %d: a line has %d characters: %q", lang, width, n, line)
				}
				if line != strings.TrimRight(line, " ") {
					t.Errorf("%s, width %d: spaces at the end of %q", lang, width, line)
				}
			}
		}
	}
}

// TestColorOnlyAdds: colour repeats what words and shapes say.
func TestColorOnlyAdds(t *testing.T) {
	plain := write(t, "table", load(t, "klein"), Options{})
	colored := write(t, "table", load(t, "klein"), Options{Color: true})
	if colored == plain {
		t.Error("no colour in the report")
	}
	if got := regexp.MustCompile("\x1b\\[[0-9;]*m").ReplaceAllString(colored, ""); got != plain {
		t.Errorf("without colours the report differs (-plain +coloured):\n%s", cmp.Diff(plain, got))
	}
}

func TestWriteLeavesRunAlone(t *testing.T) {
	run, want := load(t, "klein"), load(t, "klein")
	for _, f := range Names() {
		write(t, f, run, Options{All: true})
	}
	if diff := cmp.Diff(want, run); diff != "" {
		t.Errorf("run after writing (-want +got):\n%s", diff)
	}
}

// hostile is text that a document could hold to attack a reader's terminal or a platform that renders Markdown.
const hostile = "x \x1b[31m\x1b]8;;http://kwaad.example\x07 \u009b2J \x00\r\n\n# kop\n\n- \u202elinks\u2066 <script>alert(1)</script> </details> ![p](http://kwaad.example/p.png) " +
	"[k](javascript:alert(1)) www.kwaad.example @iedereen #12 :smile: `` ` ``` | a \\| b \\\\| c |\n|---|---|\n **vet** _cursief_ ~~weg~~ $x$ &lt; deadbeef1234567 GH-12 !3"

// poison replaces every text but the words that steer a report (status, duty, answer, kind of count), so that every part of it is written.
func poison(v reflect.Value) { replaceTexts(v, hostile) }

// replaceTexts puts text in place of every text but those that steer a report and those in keep.
func replaceTexts(v reflect.Value, text string, keep ...string) {
	switch v.Kind() {
	case reflect.String:
		if v.Type() == reflect.TypeFor[string]() && v.String() != "" && !slices.Contains(keep, v.String()) {
			v.SetString(text)
		}
	case reflect.Slice:
		for i := range v.Len() {
			replaceTexts(v.Index(i), text, keep...)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if name := v.Type().Field(i).Name; name != "Answer" && name != "By" && name != "Severity" {
				replaceTexts(v.Field(i), text, keep...)
			}
		}
	case reflect.Pointer:
		if !v.IsNil() {
			replaceTexts(v.Elem(), text, keep...)
		}
	}
}

var (
	ourTag  = regexp.MustCompile(`</?(?:details|summary|code)>|<br>`)
	escaped = regexp.MustCompile(`\\[[:punct:]]`)
)

// checkMarkdown takes out code spans, escapes and our own tags; nothing that means something may be left.
func checkMarkdown(t *testing.T, out string) {
	t.Helper()
	opened := strings.Count(out, "<details>")
	if closed := strings.Count(withoutCode(t, out), "</details>"); closed != opened {
		t.Errorf("%d times <details>, %d times </details>", opened, closed)
	}
	bars := 0
	for line := range strings.Lines(out) {
		if !strings.HasPrefix(line, "|") {
			bars = 0
		} else if n := strings.Count(escaped.ReplaceAllString(line, ""), "|"); bars == 0 {
			bars = n
		} else if n != bars {
			t.Errorf("table row with %d bars under a head with %d: %q", n, bars, line)
		}
		rest := escaped.ReplaceAllString(ourTag.ReplaceAllString(withoutCode(t, strings.TrimSuffix(line, "\n")), ""), "")
		for _, bad := range []string{"<", "](", "![", "http://", "https://", "www.", "@i", "#1", ":s", "javascript:a", "deadbeef", "GH-", "!3", "$x", "&lt; "} {
			if strings.Contains(rest, bad) {
				t.Errorf("%q is left in %q\nof %q", bad, rest, line)
			}
		}
	}
}

// withoutCode takes code spans out as CommonMark reads them: from a row of backticks to the next row of the same length.
func withoutCode(t *testing.T, s string) string {
	t.Helper()
	s = strings.ReplaceAll(s, `\\`, "")
	var out strings.Builder
	for s != "" {
		i := strings.IndexByte(s, '`')
		if i < 0 {
			break
		}
		if i > 0 && s[i-1] == '\\' {
			out.WriteString(s[:i+1])
			s = s[i+1:]
			continue
		}
		out.WriteString(s[:i])
		s = s[i:]
		fence := s[:len(s)-len(strings.TrimLeft(s, "`"))]
		s = s[len(fence):]
		end := -1
		for _, m := range backticks.FindAllStringIndex(s, -1) {
			if m[1]-m[0] == len(fence) {
				end = m[1]
				break
			}
		}
		if end < 0 {
			t.Fatalf("code span is not closed: %q", s)
		}
		s = s[end:]
	}
	return out.String() + s
}

func TestLink(t *testing.T) {
	for _, tc := range []struct{ address, want string }{
		{"https://wetten.overheid.nl/jci1.3:c:BWBR0035362&artikel=3.5&lid=1&g=2026-11-21", "[de wet](https://wetten.overheid.nl/jci1.3:c:BWBR0035362&amp;artikel=3.5&amp;lid=1&amp;g=2026-11-21)"},
		{"https://eur-lex.europa.eu/eli/reg/2016/679/oj", "[de wet](https://eur-lex.europa.eu/eli/reg/2016/679/oj)"},
		{"https://wetten.overheid.nl.kwaad.example/x", "de wet"},
		{"https://wetten.overheid.nl/x) [y](http://z", "de wet"},
		{"javascript:alert(1)", "de wet"},
		{"", "de wet"},
	} {
		if got := link("de wet", tc.address); got != tc.want {
			t.Errorf("%q: got %q, want %q", tc.address, got, tc.want)
		}
	}
}

// TestMarkdownFits: a report that is too long for a comment is cut where a reader misses it least, stays sound, and says what is left out.
func TestMarkdownFits(t *testing.T) {
	for _, tc := range []struct {
		name     string
		dossiers int
		o        Options
		want     []string // in its first line
	}{
		{"one", 1, Options{}, nil},
		{"a few", 9, Options{}, []string{"Ingekort tot 65536 tekens", "Weggelaten: vindplaatsen en voorbeeldteksten ("}},
		{"many", 40, Options{}, []string{"vindplaatsen", "wat gedekt is", "tellingen (van 40 dossiers)", "de laatste regels ("}},
		{"many, in English", 40, Options{Lang: "en"}, []string{"Shortened to 65536 characters", "Left out: passages", "the last lines ("}},
		{"all of a few", 9, Options{All: true}, nil},
		{"all of very many", 200, Options{All: true}, []string{"Ingekort tot 1048576 tekens", "vindplaatsen"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			run := load(t, "klein")
			for range tc.dossiers - 1 {
				run.Dossiers = append(run.Dossiers, run.Dossiers[0])
			}
			out := write(t, "markdown", run, tc.o)
			size := commentSize
			if tc.o.All {
				size = summarySize
			}
			if len(out) > size {
				t.Errorf("%d bytes, at most %d", len(out), size)
			}
			first, _, _ := strings.Cut(out, "\n")
			if cut := strings.HasPrefix(first, "> **! "); cut != (tc.want != nil) {
				t.Errorf("first line: %q", first)
			}
			for _, w := range tc.want {
				if !strings.Contains(first, w) {
					t.Errorf("%q is not in the first line: %q", w, first)
				}
			}
			if opened, closed := strings.Count(out, "<details>"), strings.Count(out, "</details>"); opened != closed {
				t.Errorf("%d times <details>, %d times </details>", opened, closed)
			}
			if tc.want != nil && len(out) < size*3/4 {
				t.Errorf("only %d of %d bytes used", len(out), size)
			}
			if !strings.HasSuffix(out, "`3f2a9c01d4e7`\n") {
				t.Error("the end is gone")
			}
		})
	}
}
