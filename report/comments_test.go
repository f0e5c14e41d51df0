package report

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"

	"inkooptoets/rules/result"
)

// draftOf is a Word file in which block n is paragraph n+1, and byte 100 of a block the paragraph after that.
func draftOf(file string) Draft {
	return Draft{File: file, Top: 1, Place: func(block, offset int) (int, bool) { return 1 + block + offset/100, true }}
}

func commentLines(c Comment) []string {
	var out []string
	for _, l := range c.Lines {
		if l.Strong {
			l.Text = "# " + l.Text
		}
		out = append(out, l.Text)
	}
	return out
}

func law(id string, s result.Status, evidence ...result.Evidence) result.Row {
	return result.Row{Requirement: id, Source: "wmo", Duty: result.Statutory, Title: "Eis " + id, Citation: "Wmo 2015, artikel " + id, Status: s, Reason: "Reden " + id + ".", Evidence: evidence, Suggestion: "Tekst " + id + "."}
}

func criterion(id string, s result.Status, evidence ...result.Evidence) result.Row {
	r := law(id, s, evidence...)
	r.Source, r.Duty, r.Citation = "k01", result.Framework, "Kader, "+id
	return r
}

func shows(file string, block int, s result.Status, aspects ...string) result.Evidence {
	return result.Evidence{File: file, Block: block, Quote: "Tekst.", Shows: s, Aspects: aspects, Path: []string{"2 Eisen"}}
}

func runOf(rows ...result.Row) (result.Run, result.Dossier) {
	d := result.Dossier{ID: "inkoop", Rows: rows, Documents: []result.Document{{Path: "a.docx"}, {Path: "b.docx", Role: "programma van eisen"}, {Path: "c.pdf"}}}
	return result.Run{Sources: []result.Source{{ID: "wmo", Kind: "law", Name: "Wmo 2015"}, {ID: "k01", Kind: "framework", Name: "Kader"}}, Dossiers: []result.Dossier{d}}, d
}

// TestCommentPerParagraph says what a comment in the text holds, per situation.
func TestCommentPerParagraph(t *testing.T) {
	const a = "a.docx"
	several := law("3.1", result.Covered, shows(a, 3, result.Partial, "a", "b"), shows(a, 4, result.Partial, "b"), shows(a, 5, result.Partial, "c"))
	several.Aspects = []result.Aspect{{ID: "a", Text: "veilig"}, {ID: "b", Text: "doelmatig"}, {ID: "c", Text: "op tijd"}}
	partial := law("3.5", result.Partial, shows(a, 3, result.Partial, "a"), shows(a, 4, result.Mentioned))
	partial.Aspects = []result.Aspect{{ID: "a", Text: "er is een VOG", Core: true, Status: result.Covered}, {ID: "b", Text: "hoe oud zij is", Core: true, Status: result.Missing}}
	half := law("3.4", result.Mentioned, shows(a, 3, result.Mentioned))
	half.Evidence[0].Lacks = "staat in de begrippen"
	accepted := law("3.6", result.Partial, shows(a, 3, result.Partial))
	accepted.Waived = &result.Waiver{Reason: "Staat in de verordening", By: "J. Vos", Until: "2027-01-31"}
	var many []result.Row
	for i := range 6 {
		many = append(many, criterion(fmt.Sprint(i), result.Referenced, shows(a, 3, result.Referenced)))
	}
	for _, tc := range []struct {
		name string
		rows []result.Row
		want map[int][]string
	}{
		{"covered: only at the best passage", []result.Row{law("3.5", result.Covered, shows(a, 3, result.Covered), shows(a, 4, result.Covered))}, map[int][]string{4: {"Dekt: Eis 3.5 (Wmo 2015, artikel 3.5)"}}},
		{"covered in another file first", []result.Row{law("3.5", result.Covered, shows("c.pdf", 3, result.Covered), shows(a, 4, result.Covered))}, map[int][]string{5: {"Dekt: Eis 3.5 (Wmo 2015, artikel 3.5)"}}},
		{"a mention is no second best of covered", []result.Row{law("3.5", result.Covered, shows("c.pdf", 3, result.Covered), shows(a, 4, result.Mentioned))}, map[int][]string{}},
		{"covered by passages together: each that adds something", []result.Row{several}, map[int][]string{
			4: {"Dekt samen met andere passages: Eis 3.1 (Wmo 2015, artikel 3.1). Hier staat: veilig; doelmatig."},
			6: {"Dekt samen met andere passages: Eis 3.1 (Wmo 2015, artikel 3.1). Hier staat: op tijd."}}},
		{"partial: what is needed and the clause", []result.Row{partial}, map[int][]string{4: {"# Deels gedekt: Eis 3.5 (Wmo 2015, artikel 3.5)", "Nog nodig: hoe oud zij is.", "Voorstel: Tekst 3.5."}}},
		{"mentioned: why it does not count", []result.Row{half}, map[int][]string{4: {"# Alleen genoemd: Eis 3.4 (Wmo 2015, artikel 3.4)", "Reden 3.4.", "Voorstel: Tekst 3.4."}}},
		{"contradicted: at every passage", []result.Row{law("5.1", result.Contradicted, shows(a, 3, result.Contradicted), shows(a, 7, result.Contradicted))}, map[int][]string{
			4: {"# Tegengesproken: Eis 5.1 (Wmo 2015, artikel 5.1)", "Reden 5.1.", "Voorstel: Tekst 5.1."}, 8: {"# Tegengesproken: Eis 5.1 (Wmo 2015, artikel 5.1)", "Reden 5.1.", "Voorstel: Tekst 5.1."}}},
		{"accepted", []result.Row{accepted}, map[int][]string{4: {"# Deels gedekt: Eis 3.6 (Wmo 2015, artikel 3.6)", "Akkoord: Staat in de verordening (door J. Vos, tot en met 2027-01-31)"}}},
		{"one comment per paragraph: law, then choices, then what is covered", []result.Row{law("3.2", result.Covered, shows(a, 3, result.Covered)), criterion("7", result.Partial, shows(a, 3, result.Partial)), law("3.3", result.Partial, shows(a, 3, result.Partial))}, map[int][]string{4: {
			"# Deels gedekt: Eis 3.3 (Wmo 2015, artikel 3.3)", "Reden 3.3.", "Voorstel: Tekst 3.3.", "# Keuze uit een kader, deels gedekt: Eis 7 (Kader, 7)", "Reden 7.", "Voorstel: Tekst 7.", "Dekt: Eis 3.2 (Wmo 2015, artikel 3.2)"}}},
		{"many criteria by one clause are counted", many, map[int][]string{4: {"Dekt via verwijzing: 6 criteria van Kader."}}},
		{"few are named", many[:2], map[int][]string{4: {"Dekt via verwijzing: Eis 0 (Kader, 0)", "Dekt via verwijzing: Eis 1 (Kader, 1)"}}},
		{"what does not apply or cannot be judged", []result.Row{law("1", result.NotApplicable, shows(a, 3, result.Covered)), law("2", result.Undetermined, shows(a, 3, result.Mentioned))}, map[int][]string{}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			run, d := runOf(tc.rows...)
			got := map[int][]string{}
			for _, c := range Comments(run, d, []Draft{draftOf(a)}, Options{})[0][1:] {
				got[c.Paragraph] = commentLines(c)
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// A word further on in a block stands in another paragraph; offsets are those of the stored text, not of the shown one.
func TestCommentsFollowTheWords(t *testing.T) {
	e := shows("a.docx", 3, result.Covered)
	e.Quote, e.Start, e.End = strings.Repeat("\u00ad", 60)+strings.Repeat("Tekst. ", 60), 130, 135
	run, d := runOf(law("3.5", result.Covered, e))
	if got := Comments(run, d, []Draft{draftOf("a.docx")}, Options{})[0]; len(got) != 2 || got[1].Paragraph != 5 {
		t.Errorf("got %+v, want a comment at paragraph 5", got)
	}
}

// A finding is remarked on at every place it names, once per paragraph, as far as that stays readable.
func TestCommentsAtEveryPlace(t *testing.T) {
	run, d := runOf()
	f := result.Finding{Message: "Bijlage 4 zit er niet bij.", File: "a.docx", Block: 3, Quote: "Zie bijlage 4."}
	f.Places = []result.Place{{File: "a.docx", Block: 3, Start: 20}, {File: "a.docx", Block: 7}, {File: "c.pdf", Block: 1}}
	many := result.Finding{Message: "Wijzigingen.", File: "a.docx", Block: 20, Quote: "x"}
	for i := range 30 {
		many.Places = append(many.Places, result.Place{File: "a.docx", Block: 21 + i})
	}
	d.Findings = []result.Finding{f, many}
	var got []int
	for _, c := range Comments(run, d, []Draft{draftOf("a.docx")}, Options{})[0][1:] {
		got = append(got, c.Paragraph)
	}
	if want := []int{4, 8, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30}; !slices.Equal(got, want) {
		t.Errorf("got paragraphs %v, want %v", got, want)
	}
}

func TestClausesOfFrameworksNotAskedFor(t *testing.T) {
	var rows []result.Row
	for i := range maxClauses + 1 {
		rows = append(rows, criterion(fmt.Sprint(i), result.Partial, shows("a.docx", 3, result.Partial)))
	}
	for _, tc := range []struct {
		name  string
		given bool
		rows  []result.Row
		want  int
	}{{"asked for", true, rows, maxClauses + 1}, {"not asked for", false, rows, 0}, {"not asked for, but few", false, rows[:maxClauses], maxClauses}} {
		run, d := runOf(tc.rows...)
		d.Profile.Frameworks = []result.Assumed{{Value: "k01", Answer: "yes", Given: tc.given}}
		got := 0
		for _, line := range commentLines(Comments(run, d, []Draft{draftOf("a.docx")}, Options{})[0][1]) {
			if strings.HasPrefix(line, "Voorstel: ") {
				got++
			}
		}
		if got != tc.want {
			t.Errorf("%s: %d clauses, want %d", tc.name, got, tc.want)
		}
	}
}

// TestFirstComment says what stands at the top: the gaps without a place in the main draft, a pointer to it in the others.
func TestFirstComment(t *testing.T) {
	waived := law("3.9", result.Missing)
	waived.Waived = &result.Waiver{Reason: "Hoeft niet", By: "J. Vos", Until: "2027-01-31"}
	inPDF := law("3.5", result.Partial, shows("c.pdf", 3, result.Partial))
	inPDF.Evidence[0].Page = 7
	advice := law("9", result.Missing)
	advice.Duty = result.Advice
	rows := []result.Row{inPDF, law("3.2", result.Missing), law("3.3", result.Covered, shows("a.docx", 2, result.Covered)), waived, law("4", result.Undetermined), advice}
	for i := range maxListed + 2 {
		rows = append(rows, criterion(fmt.Sprint(i), result.Missing))
	}
	run, d := runOf(rows...)
	d.Profile.Frameworks = []result.Assumed{{Value: "k01", Answer: "yes"}}
	d.Documents[2].Problem = "bestand is beschadigd"
	d.Findings = []result.Finding{{Message: "Dit stuk is oud.", File: "b.docx", Suggestion: "Vraag een nieuw stuk."}, {Message: "De IGZ bestaat niet meer.", File: "a.docx", Block: 5, Quote: "meldt bij de IGZ", Suggestion: "Gebruik: de IGJ."}, {Message: "Mag.", File: "a.docx", Block: 5, Quote: "x", Waived: waived.Waived}}
	got := Comments(run, d, []Draft{draftOf("a.docx"), draftOf("b.docx")}, Options{})
	want := [][]string{
		{"# Toets van inkoop", "Aantal opmerkingen bij de tekst van dit bestand: 2.", "Wat in het hele dossier nergens staat, leest u in de eerste opmerking bij b.docx."},
		{"# Toets van inkoop", "Aantal opmerkingen bij de tekst van dit bestand: 0. De opmerkingen zijn gemaakt door een programma; u beslist wat u ermee doet.",
			"Niet gelezen: c.pdf (bestand is beschadigd).",
			"# Wettelijke eisen die niet in een Word-bestand staan: 2", "# Wmo 2015 (2)", "• Eis 3.2 (artikel 3.2)", "Voorstel: Tekst 3.2.", "• Eis 3.5 (artikel 3.5): deels gedekt, c.pdf, p.\u00a07", "Voorstel: Tekst 3.5.",
			"# Kwaliteitskaders die niet in een Word-bestand staan: 12", "Een kwaliteitskader is een keuze. Kies zelf welke criteria u overneemt; meer vragen is niet altijd beter.", "# Kader (12)"},
	}
	for i := range maxListed {
		want[1] = append(want[1], fmt.Sprintf("• Eis %d (%d)", i, i))
	}
	want[1] = append(want[1], "en nog 2; zie het verslag", "# Adviezen die niet in een Word-bestand staan: 1", "Deze punten zijn verstandig, maar niet verplicht.", "# Wmo 2015 (1)", "• Eis 9 (artikel 9)", "Geaccepteerd (1)", "Niet te beoordelen (1): zie het verslag.",
		"# Let op: Dit stuk is oud.", "Voorstel: Vraag een nieuw stuk.")
	for i := range want {
		if diff := cmp.Diff(want[i], commentLines(got[i][0])); diff != "" || got[i][0].Paragraph != 1 {
			t.Errorf("draft %d, paragraph %d: %s", i, got[i][0].Paragraph, diff)
		}
	}
	if diff := cmp.Diff([]string{"# Let op: De IGZ bestaat niet meer.", "Voorstel: Gebruik: de IGJ."}, commentLines(got[0][2])); diff != "" || got[0][2].Paragraph != 6 {
		t.Errorf("finding at paragraph %d: %s", got[0][2].Paragraph, diff)
	}
	if Comments(run, d, nil, Options{}) != nil {
		t.Error("comments without a draft")
	}
}

func TestCommentsHaveALimit(t *testing.T) {
	var rows []result.Row
	for i := range maxComments + 2 {
		rows = append(rows, law(fmt.Sprint(i), []result.Status{result.Covered, result.Partial}[i%2], shows("a.docx", 1000-i, []result.Status{result.Covered, result.Partial}[i%2])))
	}
	run, d := runOf(rows...)
	got := Comments(run, d, []Draft{draftOf("a.docx")}, Options{})[0]
	if len(got) != 1+maxComments {
		t.Fatalf("%d comments, want %d", len(got), 1+maxComments)
	}
	if !slices.IsSortedFunc(got, func(a, b Comment) int { return a.Paragraph - b.Paragraph }) {
		t.Error("comments are not in reading order")
	}
	top := commentLines(got[0])
	want := []string{"# Dit bestand heeft meer dan 150 plaatsen met een opmerking. Deze staan alleen hier:", "• Deels gedekt: Eis 1 (Wmo 2015, artikel 1) – 2 Eisen", "• Dekt: Eis 0 (Wmo 2015, artikel 0) – 2 Eisen"}
	if diff := cmp.Diff(want, top[len(top)-3:]); diff != "" {
		t.Error(diff)
	}
}

// commentsText is the comments on the Word files of a stored run, to read.
func commentsText(t *testing.T, run result.Run, o Options) string {
	var b strings.Builder
	for _, d := range run.Dossiers {
		var drafts []Draft
		for _, doc := range d.Documents {
			if doc.Problem == "" && strings.HasSuffix(doc.Path, ".docx") {
				drafts = append(drafts, draftOf(doc.Path))
			}
		}
		for i, comments := range Comments(run, d, drafts, o) {
			fmt.Fprintf(&b, "%s: %s\n", clean(d.ID), clean(drafts[i].File))
			for _, c := range comments {
				fmt.Fprintf(&b, "  %d\n    %s\n", c.Paragraph, strings.Join(commentLines(c), "\n    "))
			}
		}
	}
	return b.String()
}

func TestGoldenComments(t *testing.T) {
	for _, tc := range []struct {
		golden, run string
		o           Options
	}{
		{"klein.nl.comments.txt", "klein", Options{}},
		{"klein.en.comments.txt", "klein", Options{Lang: "en"}},
		{"mager.nl.comments.txt", "mager", Options{}},
		{"vijandig.nl.comments.txt", "vijandig", Options{}},
	} {
		t.Run(tc.golden, func(t *testing.T) {
			got := commentsText(t, load(t, tc.run), tc.o)
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
				t.Errorf("%s (make golden renews it):\n%s", name, diff)
			}
		})
	}
}

func TestHostileWordsInComments(t *testing.T) {
	poisoned := load(t, "klein")
	poison(reflect.ValueOf(&poisoned).Elem())
	for name, run := range map[string]result.Run{"vijandig": load(t, "vijandig"), "poisoned": poisoned} {
		for _, d := range run.Dossiers {
			for _, draft := range Comments(run, d, []Draft{draftOf(d.Documents[0].Path)}, Options{}) {
				for _, c := range draft {
					for _, l := range c.Lines {
						if i := strings.IndexFunc(l.Text, func(r rune) bool { return unicode.In(r, unicode.Cc, unicode.Cf) }); i >= 0 {
							t.Errorf("%s: %q", name, l.Text)
						}
					}
				}
			}
		}
	}
}

func TestCommentWordsInBothLanguages(t *testing.T) {
	nl, en := reflect.ValueOf(commentLanguages["nl"]), reflect.ValueOf(commentLanguages["en"])
	for i := range nl.NumField() {
		name := nl.Type().Field(i).Name
		if nl.Field(i).Len() == 0 || en.Field(i).Len() == 0 {
			t.Errorf("%s: not in both languages", name)
		}
		if nl.Field(i).Kind() != reflect.String {
			continue
		}
		a, b := nl.Field(i).String(), en.Field(i).String()
		if a == b || strings.Count(a, "%") != strings.Count(b, "%") {
			t.Errorf("%s: %q and %q", name, a, b)
		}
	}
	for lang, cw := range commentLanguages {
		for _, s := range result.Statuses {
			if s.Gap() && cw.status[s] == "" {
				t.Errorf("%s: no words for %s", lang, s)
			}
		}
	}
}
