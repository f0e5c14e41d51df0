package review

import (
	"strings"
	"testing"

	"inkooptoets/extract/dossier"
	"inkooptoets/rules/result"
)

// about gives the rule of every finding of one check.
func about(id string, list []result.Finding) string {
	var out []string
	for _, f := range only(id, list) {
		out = append(out, f.Rule)
	}
	return strings.Join(out, " ")
}

func TestCitedArticles(t *testing.T) {
	r := reviewer(t)
	for _, tc := range []struct{ text, want string }{
		{"Aanbieder voldoet aan artikel 4.1.8 Jeugdwet.", ""},
		{"Aanbieder voldoet aan artikel 4.1.18 Jeugdwet.", "jeugdwet/artikel/4.1.18"},
		{"Aanbieder voldoet aan artikel 4.9.1 Jeugdwet.", "jeugdwet/artikel/4.9.1"},
		{"Aanbieder voldoet aan artikel 14.1 van de Jeugdwet.", "jeugdwet/artikel/14.1"},
		{"Aanbieder voldoet aan artikel 3.7 Wmo 2015.", "wmo/artikel/3.7"},
		{"Aanbieder voldoet aan artikel 4 van de Wmo 2015.", "wmo/artikel/4"},
		{"Aanbieder voldoet aan artikel 2.6 Wmo 2015.", "wmo/artikel/2.6"},
		{"Aanbieder voldoet aan de artikelen 3.1 t/m 3.9 Wmo 2015.", "wmo/artikel/3.9"},
		{"De cliëntenraad werkt volgens artikel 4.2.8 Jeugdwet.", "jeugdwet/artikel/4.2.8"},
		{"Aanbieder voldoet aan artikel 2.6.7a Wmo 2015.", ""},
		{"Aanbieder voldoet aan artikel 2.19 Jeugdwet.", ""},             // newer than the copy of the law
		{"Aanbieder voldoet aan artikel 4.5.9 Jeugdwet.", ""},            // a paragraph that is not listed
		{"Aanbieder voldoet aan artikel 5.9.9 Wmo 2015.", ""},            // a chapter that is not listed
		{"Aanbieder voldoet aan artikel 99 Uitvoeringsbesluit Wmo.", ""}, // a law that is not listed
		{"Aanbieder voldoet aan artikel 3.7 van deze overeenkomst.", ""}, // no law
		{"Aanbieder voldoet aan hoofdstuk 4 van de Jeugdwet.", ""},       // no article
		{"Aanbieder voldoet aan artikel 6:162 BW en artikel 5:20 Awb.", ""},
		{"Aanbieder meldt dit (artikel 4.18 Jeugdwet).", ""}, // the list of misprints has it
	} {
		list := findings(r, draft(tc.text), Options{Date: "2026-11-22", Sole: "wmo"})
		if got := about("c-article", list); got != tc.want {
			t.Errorf("%q: got %q, want %q", tc.text, got, tc.want)
		}
	}
}

// An article that has lapsed is there on a day before.
func TestLapsedArticleOnADate(t *testing.T) {
	const text = "De cliëntenraad werkt volgens artikel 4.2.8 Jeugdwet."
	for _, tc := range []struct{ date, want string }{{"2020-06-30", ""}, {"2020-07-01", "jeugdwet/artikel/4.2.8"}, {"", "jeugdwet/artikel/4.2.8"}} {
		if got := about("c-article", findings(reviewer(t), draft(text), Options{Date: tc.date})); got != tc.want {
			t.Errorf("on %q: got %q, want %q", tc.date, got, tc.want)
		}
	}
}

func TestMisprintSuggestion(t *testing.T) {
	got := only("c-article", findings(reviewer(t), draft("Zie artikel 26.4 Wmo 2015. Zie ook artikel 26.4 van de Wmo 2015."), Options{}))
	if len(got) != 1 || got[0].Suggestion != "Gebruik: artikel 2.6.4 Wmo 2015." || !strings.HasSuffix(got[0].Message, "Dit staat nog op 1 andere plaats in dit bestand.") {
		t.Errorf("got %+v", got)
	}
}

// A citation beside the subject of another article is reported only when nothing else can be meant.
func TestCitedSubjects(t *testing.T) {
	r := reviewer(t)
	for _, tc := range []struct{ text, want string }{
		{"Aanbieder meldt iedere calamiteit (artikel 4.1.7 Jeugdwet).", "jeugdwet/4.1.8"},
		{"Aanbieder heeft een meldcode als bedoeld in artikel 3.4 van de Wmo 2015.", "wmo/3.3"},
		{"Medewerkers hebben een VOG (artikel 4.1.9 Jeugdwet).", "jeugdwet/4.1.6"},
		{"Aanbieder meldt iedere calamiteit (artikel 4.1.8 Jeugdwet).", ""},
		{"Na een calamiteit werkt aanbieder met de meldcode (artikel 4.1.7 Jeugdwet).", ""},                    // its own subject is there
		{"Calamiteiten: zie het protocol. Verder geldt artikel 4.1.7 Jeugdwet.", ""},                           // another sentence
		{"Bij een calamiteit en bij klachten geldt artikel 4.1.7 Jeugdwet.", ""},                               // two subjects
		{"Aanbieder meldt iedere calamiteit (artikel 4.1.7 en artikel 4.1.8 Jeugdwet).", ""},                   // two articles
		{"Een calamiteit telt mee voor artikel 4.3.1 Jeugdwet.", ""},                                           // an article about more than one thing
		{"Aanbieder meldt iedere calamiteit (artikel 3.3 van de overeenkomst, op grond van de Wmo 2015).", ""}, // no law
	} {
		list := findings(r, draft(tc.text), Options{Date: "2026-11-22"})
		if got := about("c-subject", list); got != tc.want {
			t.Errorf("%q: got %q, want %q", tc.text, got, tc.want)
		}
	}
	under := draft("# Meldcode", "Bij een calamiteit geldt artikel 4.1.7 Jeugdwet.")
	if got := about("c-subject", findings(r, under, Options{})); got != "" {
		t.Errorf("under the heading of the article: got %q", got)
	}
}

// Every citation is listed with what it stands for, also when nothing is wrong with it.
func TestListedCitations(t *testing.T) {
	d := draft("# Artikel 5 Klachten", "De Jeugdwet geldt: artikel 4.2.1, eerste en tweede lid, van die wet.", "Artikel 4.1.1 t/m 4.1.2 van die wet ook.", "Zie artikel 5 van deze overeenkomst, artikel 7:446 BW en § 7.4 Jeugdwet.",
		"Zie artikel 4.99 Jeugdwet en artikel 28 lid 3 onder a AVG.")
	d.Documents = append(d.Documents, dossier.Document{Path: "b.md", Blocks: dossier.Outline("b.md", dossier.ParseText("Volgens artikel 4.1.8 van die wet en artikel 3.4 gelden."))})
	got := reviewer(t).Review(d, Options{Date: "2026-11-22", Sole: "wmo"}).Citations
	want := []struct{ text, canonical, link string }{
		{"artikel 4.1.8 van die wet", "wmo/artikel/4.1.8", ""},
		{"artikel 3.4", "wmo/artikel/3.4", "BWBR0035362&artikel=3.4&g=2026-11-22"},
		{"artikel 4.2.1, eerste en tweede lid, van die wet", "jeugdwet/artikel/4.2.1/lid/1 jeugdwet/artikel/4.2.1/lid/2", "BWBR0034925&artikel=4.2.1&g=2026-11-22"},
		{"Artikel 4.1.1 t/m 4.1.2 van die wet", "jeugdwet/artikel/4.1.1 jeugdwet/artikel/4.1.1a jeugdwet/artikel/4.1.2", "BWBR0034925&artikel=4.1.1&g=2026-11-22"},
		{"artikel 5", "", ""},
		{"artikel 7:446 BW", "bw/artikel/7:446", "BWBR0005290&artikel=446&g=2026-11-22"},
		{"§ 7.4 Jeugdwet", "jeugdwet/paragraaf/7.4", "BWBR0034925&hoofdstuk=7&paragraaf=7.4&g=2026-11-22"},
		{"artikel 4.99 Jeugdwet", "jeugdwet/artikel/4.99", ""},
		{"artikel 28 lid 3 onder a AVG", "avg/artikel/28/lid/3/onder/a", "https://eur-lex.europa.eu/eli/reg/2016/679/oj"},
	}
	if len(got) != len(want) {
		t.Fatalf("got %d citations, want %d: %+v", len(got), len(want), got)
	}
	for i, w := range want {
		g := got[i]
		if id := strings.Join(g.Canonical, " "); g.Text != w.text || id != w.canonical || !strings.HasSuffix(g.Link, w.link) || (w.link == "") != (g.Link == "") {
			t.Errorf("got %+v\nwant %+v", g, w)
		}
		if g.File == "b.md" && !g.Assumed {
			t.Errorf("%s: the law is not named here, and it must say so", g.Text)
		}
	}
}
