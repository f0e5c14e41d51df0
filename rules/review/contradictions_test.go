package review

import (
	"reflect"
	"strings"
	"testing"

	yaml "go.yaml.in/yaml/v3"

	"inkooptoets/extract/dossier"
	"inkooptoets/rules/result"
)

// file makes one document of a tender from markdown.
func file(path, role, text string) dossier.Document {
	return dossier.Document{Path: path, Role: role, Blocks: dossier.Outline(path, dossier.ParseText(text))}
}

// pair makes a tender of two documents with a sentence each.
func pair(a, b string) dossier.Dossier {
	return dossier.Dossier{Documents: []dossier.Document{file("leidraad.md", "leidraad", "# 3 Uitvoering\n\n"+a), file("overeenkomst.md", "overeenkomst", "# Artikel 4\n\n"+b)}}
}

func TestContradictions(t *testing.T) {
	var examples map[string]struct{ Hits, Misses [][2]string }
	if err := yaml.Unmarshal(readFile(t, "testdata/contradictions.yaml"), &examples); err != nil {
		t.Fatal(err)
	}
	r := reviewer(t)
	for _, f := range r.figures.all {
		e := examples[f.ID]
		if len(e.Hits) < 2 || len(e.Misses) < 2 {
			t.Errorf("%s: want two pairs that contradict each other and two that do not", f.ID)
		}
		for _, p := range e.Hits {
			if got := about("c-contradiction", findings(r, pair(p[0], p[1]), Options{})); got != f.ID {
				t.Errorf("%q and %q: got %q, want %q", p[0], p[1], got, f.ID)
			}
		}
		for _, p := range e.Misses {
			if got := about("c-contradiction", findings(r, pair(p[0], p[1]), Options{})); got != "" {
				t.Errorf("%q and %q: got %q, want nothing", p[0], p[1], got)
			}
		}
	}
	if len(examples) != len(r.figures.all) {
		t.Errorf("%d subjects, examples for %d", len(r.figures.all), len(examples))
	}
}

// threeFiles makes a tender of a guide, requirements and a contract.
func threeFiles(leidraad, eisen, overeenkomst string) dossier.Dossier {
	return dossier.Dossier{Documents: []dossier.Document{
		file("leidraad.md", "leidraad", leidraad), file("programma-van-eisen.md", "programma van eisen", eisen), file("overeenkomst.md", "overeenkomst", overeenkomst),
	}}
}

const (
	soon = "# 2 Meldingen\n\nOpdrachtnemer meldt een calamiteit binnen 24 uur."
	late = "# 5 Incidenten\n\nEen calamiteit meldt opdrachtnemer binnen drie werkdagen."
)

// One contradiction is one finding, at the place that gives way, with the other place in its words.
func TestContradictionMessage(t *testing.T) {
	got := only("c-contradiction", findings(reviewer(t), threeFiles("# 1 Leeswijzer\n\nBij tegenstrijdigheid gaat de overeenkomst voor, daarna dit document en dan het programma van eisen.", late, soon), Options{}))
	want := result.Finding{
		ID: "c-contradiction", Rule: "calamiteit-melden", Severity: "warning", File: "programma-van-eisen.md", Block: 1,
		Quote: "Een calamiteit meldt opdrachtnemer binnen drie werkdagen.", Start: 42, End: 56,
		Message: "Twee getallen voor hetzelfde: het melden van een calamiteit. In programma-van-eisen.md (onder “5 Incidenten”) staat “drie werkdagen”, in overeenkomst.md (onder “2 Meldingen”) staat “24 uur”: " +
			"“Opdrachtnemer meldt een calamiteit binnen 24 uur.” Volgens de rangorde (leidraad.md, 1 Leeswijzer) gaat overeenkomst.md voor.",
		Suggestion: "Maak van “drie werkdagen” in programma-van-eisen.md ook “24 uur”, of pas overeenkomst.md aan als het eerste is bedoeld.",
		Places:     []result.Place{{File: "overeenkomst.md", Block: 1, Start: 42, End: 48}},
	}
	if len(got) != 1 || !reflect.DeepEqual(got[0], want) {
		t.Errorf("got %+v\nwant %+v", got, want)
	}
}

func TestPrecedence(t *testing.T) {
	for _, tc := range []struct {
		name, clause string
		want         string // the file of the finding: the one that gives way
		says         string // in the message
	}{
		{"no clause: the contract goes first", "Wij wensen u succes.", "leidraad.md", "staat “24 uur”: “"},
		{"a list in words", "De rangorde is: leidraad, programma van eisen, overeenkomst.", "overeenkomst.md", "gaat leidraad.md voor"},
		{"a list of items", "Bij strijdigheid geldt de volgende rangorde:\n\n1. het programma van eisen\n2. de leidraad\n3. de overeenkomst", "overeenkomst.md", "gaat leidraad.md voor"},
		{"one above the other", "In geval van tegenstrijdigheid prevaleert de overeenkomst boven de leidraad.", "leidraad.md", "gaat overeenkomst.md voor"},
		{"the two that may differ are no order", "Bij strijd tussen de leidraad en de overeenkomst gaat de overeenkomst voor, en daarna de leidraad.", "leidraad.md", "gaat overeenkomst.md voor"},
		{"others are named", "De rangorde is: programma van eisen, overeenkomst.", "leidraad.md", "zegt niet welk van deze twee stukken voorgaat"},
	} {
		d := threeFiles("# 1 Meldingen\n\nEen calamiteit meldt opdrachtnemer binnen drie werkdagen.\n\n# 2 Leeswijzer\n\n"+tc.clause, "# 1 Eisen\n\nMedewerkers spreken Nederlands.", soon)
		if tc.want == "overeenkomst.md" {
			d = threeFiles("# 1 Meldingen\n\nOpdrachtnemer meldt een calamiteit binnen 24 uur.\n\n# 2 Leeswijzer\n\n"+tc.clause, "# 1 Eisen\n\nMedewerkers spreken Nederlands.", late)
		}
		got := only("c-contradiction", findings(reviewer(t), d, Options{}))
		if len(got) != 1 || got[0].File != tc.want || !strings.Contains(got[0].Message, tc.says) {
			t.Errorf("%s: got %+v", tc.name, got)
		}
	}
}

// Lots, laws and conditions may differ; a table or a list sets its own rows apart; answers to questions change the documents on purpose.
func TestWhatMayDiffer(t *testing.T) {
	twoRows := "# 3 Termijnen\n\n| Soort | Termijn |\n|---|---|\n| Calamiteit melden overdag | binnen 24 uur |\n| Calamiteit melden in de nacht | binnen drie werkdagen |\n"
	nota := threeFiles("# 1 Meldingen\n\n"+soon, "", "")
	nota.Documents[2] = file("nota.md", "nota van inlichtingen", late)
	for _, tc := range []struct {
		name string
		d    dossier.Dossier
		o    Options
		want int
	}{
		{"two lots", threeFiles("# Perceel 1\n\nOpdrachtnemer meldt een calamiteit binnen 24 uur.", "# Perceel 2\n\nOpdrachtnemer meldt een calamiteit binnen een week.", ""), Options{}, 0},
		{"the same lot", threeFiles("# Perceel 2\n\nOpdrachtnemer meldt een calamiteit binnen 24 uur.", "# Percelen 1 t/m 3\n\nOpdrachtnemer meldt een calamiteit binnen een week.", ""), Options{}, 1},
		{"one lot and all", threeFiles("# 1 Alle\n\nOpdrachtnemer meldt een calamiteit binnen 24 uur.", "# Perceel 2\n\nOpdrachtnemer meldt een calamiteit binnen een week.", ""), Options{}, 0},
		{"two laws", threeFiles("# Jeugdhulp\n\nDossiers worden twintig jaar bewaard.", "# Wmo\n\nDossiers worden vijftien jaar bewaard.", ""), Options{}, 0},
		{"one law", threeFiles("# Jeugdhulp\n\nDossiers worden twintig jaar bewaard.", "# Dossiers\n\nDossiers worden vijftien jaar bewaard.", ""), Options{Sole: "jeugdwet"}, 1},
		{"rows of one table", threeFiles(twoRows, "", ""), Options{}, 0},
		{"a note with answers", nota, Options{}, 0},
		{"a page read as one paragraph", threeFiles(soon, late+strings.Repeat(" Medewerkers spreken Nederlands.", longBlock/30), ""), Options{}, 0},
		{"a lead-in with the number", threeFiles(soon, "# 4 Meldingen\n\nOpdrachtnemer meldt binnen drie werkdagen:\n\n- elke calamiteit;\n- elke verhuizing.", ""), Options{}, 1},
		{"two files that give way", threeFiles(soon, soon, late), Options{}, 1},
		{"who agrees with the contract is no party", threeFiles(late, soon+"\n\n# 7 Nog eens\n\nEen calamiteit meldt opdrachtnemer binnen 24 uur.", soon), Options{}, 1},
		{"two numbers beside a third", threeFiles(soon, "# 1 M\n\nOpdrachtnemer meldt een calamiteit binnen twee weken.", late), Options{}, 2},
		{"two places that give way in one file", threeFiles(soon, late+"\n\n# 8 Nog eens\n\nMeldt opdrachtnemer een calamiteit, dan doet hij dat binnen drie werkdagen.", ""), Options{}, 1},
		{"a contents page", func() dossier.Dossier {
			d := threeFiles(soon, late, "")
			d.Documents[0].Blocks[1].Zone = dossier.ZoneTOC
			return d
		}(), Options{}, 0},
	} {
		if got := only("c-contradiction", findings(reviewer(t), tc.d, tc.o)); len(got) != tc.want {
			t.Errorf("%s: got %d findings, want %d: %+v", tc.name, len(got), tc.want, got)
		}
	}
}
