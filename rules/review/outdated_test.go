package review

import (
	"reflect"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"inkooptoets/extract/dossier"
	"inkooptoets/rules/result"
)

// nameIDs lists the names found in one sentence.
func nameIDs(r *Reviewer, text, date string) []string {
	var out []string
	for _, f := range findings(r, draft(text), Options{Date: date}) {
		if f.ID == "c-outdated" || f.ID == "c-wording" {
			out = append(out, f.Rule)
		}
	}
	return out
}

func TestOutdatedNames(t *testing.T) {
	var examples map[string]struct{ Hits, Misses []string }
	if err := yaml.Unmarshal(readFile(t, "testdata/outdated.yaml"), &examples); err != nil {
		t.Fatal(err)
	}
	r := reviewer(t)
	for _, n := range r.oldNames {
		e := examples[n.ID]
		if len(e.Hits) < 2 || len(e.Misses) < 2 {
			t.Errorf("%s: want two sentences that hit and two that do not", n.ID)
		}
		for _, text := range e.Hits {
			if got := strings.Join(nameIDs(r, text, "2026-11-22"), " "); got != n.ID {
				t.Errorf("%q: got %q, want %q", text, got, n.ID)
			}
		}
		for _, text := range e.Misses {
			if got := strings.Join(nameIDs(r, text, "2026-11-22"), " "); got != "" {
				t.Errorf("%q: got %q, want nothing", text, got)
			}
		}
	}
	if len(examples) != len(r.oldNames) {
		t.Errorf("%d names, examples for %d", len(r.oldNames), len(examples))
	}
}

// A name is wrong from the day of its successor.
func TestOutdatedOnADate(t *testing.T) {
	for _, tc := range []struct{ date, want string }{{"2018-05-24", ""}, {"2018-05-25", "wbp"}, {"", "wbp"}} {
		if got := strings.Join(nameIDs(reviewer(t), "De Wbp is van toepassing.", tc.date), " "); got != tc.want {
			t.Errorf("on %q: got %q, want %q", tc.date, got, tc.want)
		}
	}
}

// A year after the end of a name does not make it history, one before does.
func TestYearsAndHistory(t *testing.T) {
	for _, tc := range []struct{ text, want string }{
		{"Vanaf 2027 meldt aanbieder elk incident bij de Inspectie Jeugdzorg.", "inspectie-jeugdzorg"},
		{"In 2016 hield de Inspectie Jeugdzorg een onderzoek.", ""},
		{"Bron: Inspectie Jeugdzorg (2014).", ""},
		{"Aanbieder meldt het binnen drie dagen bij de inspectie. Voorheen lag dat anders. Meld het bij de IGZ.", "igz"},
	} {
		if got := strings.Join(nameIDs(reviewer(t), tc.text, "2026-11-22"), " "); got != tc.want {
			t.Errorf("%q: got %q, want %q", tc.text, got, tc.want)
		}
	}
}

// One finding per document and name: the first place, and how many more there are.
func TestOutdatedCountsPlaces(t *testing.T) {
	d := draft("De Wbp geldt.", "Ook hier: de Wbp.", "En de Wet bescherming persoonsgegevens.")
	got := only("c-outdated", findings(reviewer(t), d, Options{}))
	if len(got) != 1 || got[0].Block != 0 || !strings.HasSuffix(got[0].Message, "Dit staat nog op 2 andere plaatsen in dit bestand.") {
		t.Errorf("got %+v", got)
	}
}

// A table of contents repeats headings; they are reported where they stand.
func TestContentsAreNotReported(t *testing.T) {
	d := draft("De Wbp")
	d.Documents[0].Blocks[0].Zone = dossier.ZoneTOC
	if got := findings(reviewer(t), d, Options{}); len(got) > 0 {
		t.Errorf("got %+v", got)
	}
}

func TestOutdatedMessage(t *testing.T) {
	got := only("c-outdated", findings(reviewer(t), draft("Meld het bij de Inspectie SZW."), Options{}))
	want := result.Finding{
		ID: "c-outdated", Rule: "inspectie-szw", Severity: "warning", File: "eisen.md", Quote: "Meld het bij de Inspectie SZW.", Start: 16, End: 29,
		Message:    "De Inspectie SZW heet sinds 1 januari 2022 anders. Gebruik: de Nederlandse Arbeidsinspectie.",
		Suggestion: "Gebruik: de Nederlandse Arbeidsinspectie.",
	}
	if len(got) != 1 || !reflect.DeepEqual(got[0], want) {
		t.Errorf("got %+v\nwant %+v", got, want)
	}
}
