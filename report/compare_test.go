package report

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"inkooptoets/rules/result"
)

// sideBySide compares every dossier of stored sample runs.
func sideBySide(t testing.TB, names ...string) result.Comparison {
	t.Helper()
	var tenders []result.Tender
	for _, n := range names {
		tenders = append(tenders, result.Tenders(load(t, n), n)...)
	}
	c, err := result.Compare(tenders)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func writeComparison(t *testing.T, format string, c result.Comparison, o Options) string {
	t.Helper()
	var b bytes.Buffer
	if err := WriteComparison(&b, format, c, o); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestCompareGolden(t *testing.T) {
	few := sideBySide(t, "klein", "goed", "mager")
	many := sideBySide(t, "klein", "goed", "mager", "twee", "onleesbaar", "goed", "mager")
	hostile := sideBySide(t, "vijandig", "vijandig")
	for _, tc := range []struct {
		golden, format string
		c              result.Comparison
		o              Options
	}{
		{"drie.nl.txt", "table", few, Options{}},
		{"drie.en.txt", "table", few, Options{Lang: "en"}},
		{"drie.nl.all.txt", "table", few, Options{All: true, Width: 80}},
		{"veel.nl.txt", "table", many, Options{}},
		{"vijandig.nl.txt", "table", hostile, Options{}},
		{"drie.nl.html", "html", few, Options{}},
		{"veel.en.html", "html", many, Options{Lang: "en"}},
		{"vijandig.nl.html", "html", hostile, Options{}},
		{"drie.xlsx.txt", "xlsx", few, Options{}},
		{"drie.en.xlsx.txt", "xlsx", few, Options{Lang: "en"}},
		{"drie.csv", "csv", few, Options{}},
		{"vijandig.csv", "csv", hostile, Options{}},
		{"drie.json", "json", few, Options{}},
	} {
		t.Run(tc.golden, func(t *testing.T) {
			golden(t, "compare."+tc.golden, readable(t, tc.format, writeComparison(t, tc.format, tc.c, tc.o)))
		})
	}
}

// TestCompareNothingLeaks writes hostile text in every format of a comparison: the names of tenders, too, are those of a stranger's folders.
func TestCompareNothingLeaks(t *testing.T) {
	poisoned := sideBySide(t, "klein", "goed", "mager")
	replaceTexts(reflect.ValueOf(&poisoned).Elem(), hostile, "weight", "element", "source")
	comparisons := map[string]result.Comparison{"poisoned": poisoned, "vijandig": sideBySide(t, "vijandig", "vijandig")}
	for i := range poisoned.Tenders { // many columns, each with a name of its own
		poisoned.Tenders[i].Name += strconv.Itoa(i)
	}
	for _, format := range CompareNames() {
		for name, c := range comparisons {
			for _, o := range []Options{{}, {All: true}, {Lang: "en", Color: true, Width: 60}} {
				t.Run(format+" "+name, func(t *testing.T) {
					out := writeComparison(t, format, c, o)
					checkLog(t, format, readable(t, format, out), o)
					switch format {
					case "json":
						decodeStrict(t, out, new(result.Comparison))
					case "html":
						checkHTML(t, out)
					case "xlsx":
						checkWorkbook(t, out)
					case "csv":
						checkCompareCSV(t, strings.TrimPrefix(out, byteOrderMark))
					case "table": // text in a terminal: what holds for all is enough
					default:
						t.Errorf("%s: no check on hostile text", format)
					}
				})
			}
		}
	}
}

func checkCompareCSV(t *testing.T, out string) {
	t.Helper()
	for _, sep := range []rune{';', ',', '\t'} {
		in := csv.NewReader(strings.NewReader(out))
		in.Comma, in.LazyQuotes, in.FieldsPerRecord = sep, sep != ';', -1
		if sep == ';' {
			in.FieldsPerRecord = 0 // as many as the first
		}
		lines, err := in.ReadAll()
		if err != nil {
			t.Fatalf("separator %q: %v", sep, err)
		}
		for _, line := range lines {
			for _, cell := range line {
				if cell != "" && strings.ContainsRune(starts, []rune(cell)[0]) {
					t.Errorf("separator %q: cell %q", sep, cell)
				}
			}
		}
	}
}

func TestCompareIsSteady(t *testing.T) {
	c, want := sideBySide(t, "klein", "goed", "mager"), sideBySide(t, "klein", "goed", "mager")
	for _, f := range CompareNames() {
		if a, b := writeComparison(t, f, c, Options{All: true}), writeComparison(t, f, c, Options{All: true}); a != b {
			t.Errorf("%s: the same comparison gives other bytes", f)
		}
	}
	if diff := cmp.Diff(want, c); diff != "" {
		t.Errorf("comparison after writing (-want +got):\n%s", diff)
	}
}

func TestCompareFitsWidth(t *testing.T) {
	for name, c := range map[string]result.Comparison{"few": sideBySide(t, "klein", "goed", "mager"), "many": sideBySide(t, "klein", "goed", "mager", "twee", "onleesbaar", "goed", "mager")} {
		for _, lang := range []string{"nl", "en"} {
			for _, width := range []int{130, 100, 80, 60} {
				for line := range strings.Lines(writeComparison(t, "table", c, Options{Lang: lang, Width: width, All: true})) {
					line = strings.TrimSuffix(line, "\n")
					if n := len([]rune(line)); n > width || line != strings.TrimRight(line, " ") {
						t.Errorf("%s, %s, width %d: %d characters in %q", name, lang, width, n, line)
					}
				}
			}
		}
	}
}

// TestCompareHTMLHasAll: every requirement has a row with a sign and a word for every tender, and who has a sample leads to it and back.
func TestCompareHTMLHasAll(t *testing.T) {
	c := sideBySide(t, "klein", "goed", "mager")
	page := writeComparison(t, "html", c, Options{})
	ids := texts(t, page, "code")
	for _, r := range c.Requirements {
		if !slices.Contains(ids, r.Requirement) {
			t.Errorf("%s is not on the page", r.Requirement)
		}
	}
	words := languages["nl"].status
	cells := texts(t, page, "td")
	count := map[string]int{}
	for _, cell := range cells {
		count[cell]++
	}
	want := map[string]int{}
	for _, r := range c.Requirements {
		for _, s := range r.Statuses {
			if s == "" {
				want["· niet getoetst"]++
				continue
			}
			want[shapes[s]+" "+words[s]]++
		}
	}
	for cell, n := range want {
		if count[cell] != n {
			t.Errorf("%d cells %q, want %d", count[cell], cell, n)
		}
	}
	if n := strings.Count(page, `<a href="#best-`); n == 0 || n != strings.Count(page, `id="best-`) {
		t.Errorf("%d links to samples, %d samples", n, strings.Count(page, `id="best-`))
	}
}

// TestCompareMatrixSheet: a tender that is called as one of our columns does not spoil the table, whose heads must differ.
func TestCompareMatrixSheet(t *testing.T) {
	c := sideBySide(t, "klein", "goed", "mager")
	c.Tenders[0].Name, c.Tenders[1].Name, c.Tenders[2].Name = "Eis", "eis", ""
	book := openBook(t, writeComparison(t, "xlsx", c, Options{}))
	defer book.Close()
	rows, err := book.GetRows("Matrix")
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, head := range rows[0] {
		if head == "" || seen[strings.ToLower(head)] {
			t.Errorf("head %q is empty or there already in %q", head, rows[0])
		}
		seen[strings.ToLower(head)] = true
	}
	if len(rows) != len(c.Requirements)+1 {
		t.Errorf("%d rows, want %d", len(rows), len(c.Requirements)+1)
	}
}

func TestWholePercent(t *testing.T) {
	for _, tc := range []struct{ part, whole, want int }{{0, 7, 0}, {1, 3, 33}, {2, 3, 67}, {7, 7, 100}, {199, 200, 99}, {1, 900, 1}, {1, 200, 1}} {
		if got := wholePercent(tc.part, tc.whole); got != tc.want {
			t.Errorf("%d of %d: got %d%%, want %d%%", tc.part, tc.whole, got, tc.want)
		}
	}
}

func TestLetter(t *testing.T) {
	for i, want := range map[int]string{0: "A", 25: "Z", 26: "AA", 27: "AB", 52: "BA"} {
		if got := letter(i); got != want {
			t.Errorf("%d: got %s, want %s", i, got, want)
		}
	}
}

func TestWriteComparisonRefuses(t *testing.T) {
	for _, tc := range []struct{ format, lang, want string }{
		{"pdf", "nl", `unknown format "pdf" of a comparison; known are table, html, xlsx, csv, json`},
		{"table", "fr", `unknown report language "fr"; known are nl, en`},
	} {
		var b bytes.Buffer
		if err := WriteComparison(&b, tc.format, result.Comparison{}, Options{Lang: tc.lang}); err == nil || err.Error() != tc.want {
			t.Errorf("got %v, want %s", err, tc.want)
		}
	}
}

// TestCompareWords finds labels of comparisons that are missing or not translated.
func TestCompareWords(t *testing.T) {
	nl, en := compareLanguages["nl"], compareLanguages["en"]
	sameWords(t, reflect.ValueOf(nl), reflect.ValueOf(en))
	for name, m := range map[string][2]map[string]string{"Kinds": {nl.Kinds, en.Kinds}, "By": {nl.By, en.By}, "Columns": {nl.Columns, en.Columns}, "Sheets": {nl.Sheets, en.Sheets}} {
		for key, word := range m[0] {
			if other := m[1][key]; other == "" || other == word {
				t.Errorf("%s %s: %q in Dutch and %q in English", name, key, word, other)
			}
		}
	}
	for lang, cw := range compareLanguages {
		for key, name := range cw.Sheets {
			if strings.ContainsFunc(name, func(r rune) bool { return r < 'A' || r > 'z' }) {
				t.Errorf("%s: sheet %s is called %q, which cannot be the name of a table", lang, key, name)
			}
		}
	}
}

// TestSideBySideEnglish: with English chosen no Dutch label is left in a diff or a comparison.
func TestSideBySideEnglish(t *testing.T) {
	all := func(lang string) map[string]string {
		return labelsIn(reflect.ValueOf(languages[lang]), reflect.ValueOf(htmlLanguages[lang]), reflect.ValueOf(diffLanguages[lang]), reflect.ValueOf(compareLanguages[lang]))
	}
	dutch := onlyDutch(t, all("nl"), all("en"))
	d := difference(t, load(t, "klein"), reworded(load(t, "klein")))
	foreign := difference(t, load(t, "goed"), load(t, "onleesbaar"))
	c := sideBySide(t, "klein", "goed", "mager", "onleesbaar", "twee", "goed", "mager")
	few := sideBySide(t, "klein", "goed")
	keep := append([]string{"law", "procedure", "segment", "service", "target", "variant", "framework", "weight", "element", "source", "statutory", "advice"}, result.Elements...)
	for _, v := range []any{&d, &foreign, &c, &few} {
		replaceTexts(reflect.ValueOf(v).Elem(), "#", keep...)
	}
	for _, f := range DiffNames() {
		if f != "json" {
			checkEnglish(t, "diff "+f, writeDiff(t, f, d, Options{Lang: "en", All: true})+writeDiff(t, f, foreign, Options{Lang: "en"}), dutch)
		}
	}
	for _, f := range CompareNames() {
		if f != "json" {
			for _, x := range []result.Comparison{c, few} {
				checkEnglish(t, "compare "+f, readable(t, f, writeComparison(t, f, x, Options{Lang: "en", All: true}))+readable(t, f, writeComparison(t, f, x, Options{Lang: "en"})), dutch)
			}
		}
	}
}

// BenchmarkCompareFormats writes 50 tenders of 450 requirements in every format.
func BenchmarkCompareFormats(b *testing.B) {
	c, err := result.Compare(result.Tenders(large(450, 50), ""))
	if err != nil {
		b.Fatal(err)
	}
	for _, f := range CompareNames() {
		b.Run(f, func(b *testing.B) {
			for b.Loop() {
				if err := WriteComparison(io.Discard, f, c, Options{}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	if got := fmt.Sprint(len(c.Requirements), len(c.Tenders)); got != "450 50" {
		b.Fatalf("compared %s", got)
	}
}
