package search

import (
	"slices"
	"strings"
	"testing"
)

// What a question finds among three short passages says more than its tree.
func TestParse(t *testing.T) {
	x := small(t)
	for _, tc := range []struct {
		question string
		want     []int // passages of the one tender, in the order of the text
	}{
		{`klacht`, []int{0, 1}},           // also as part of a compound
		{`klachten geschil`, []int{1}},    // both
		{`klacht NIET geschil`, []int{0}}, // not
		{`klacht -geschil`, []int{0}},     //
		{`-klacht`, []int{2, 3}},          // only not
		{`geschil OF vog`, []int{1, 2}},   //
		{`(geschil | vog) EN drie`, []int{2}},
		{`NIET (klacht OF vog)`, []int{3}},
		{`"binnen drie weken"`, []int{0}},
		{`"drie binnen weken"`, []int{}},
		{`wachtl*`, []int{3}},
		{`client`, []int{0, 3}},   // without its accents
		{`cliënten`, []int{0, 3}}, // another form
		{`kop:personeel`, []int{2}},
		{`deel:eisen`, []int{2}},
		{`zone:requirement`, []int{2}},
		{`eis:wmo-3.5-vog`, []int{2}},
		{`eis:wmo-3.5*`, []int{2}},
		{`onderdeel:vakmanschap OF geschil`, []int{1, 2}},
		{`gemeente:wetering klacht`, []int{0, 1}},
		{`gemeente:"Lage Wetering" vog`, []int{2}},
		{`gemeente:elders klacht`, []int{}},
		{`bestand:pve klacht`, []int{0, 1}},
		{`gemeente:(elders OF wetering) vog`, []int{2}},
		{`en of klacht`, []int{}}, // words, not operators
		{`09:30 klacht`, []int{}}, // a colon that ends no field
	} {
		q, err := Parse(tc.question)
		if err != nil {
			t.Errorf("%s: %v", tc.question, err)
			continue
		}
		found, err := x.Find(t.Context(), q, nil, 10)
		if err != nil {
			t.Fatal(err)
		}
		got := []int{}
		for _, h := range found.Hits {
			got = append(got, h.Block)
		}
		slices.Sort(got)
		if !slices.Equal(got, tc.want) || found.Total != len(tc.want) {
			t.Errorf("%s: got passages %v (%d in all), want %v", tc.question, got, found.Total, tc.want)
		}
	}
}

func TestParseFaults(t *testing.T) {
	for question, want := range map[string]string{
		"":                           "lege vraag",
		"  ":                         "lege vraag",
		"klacht OF":                  "ontbreekt een woord",
		"OF klacht":                  "ontbreekt een woord",
		"klacht NIET":                "achter NIET",
		"(klacht":                    "niet gesloten",
		"klacht)":                    "klopt het aantal haakjes",
		`""`:                         "staat niets",
		"***":                        "geen letters",
		"kop:":                       "",
		strings.Repeat("a ", 101):    "meer dan 100",
		"( )":                        "ontbreekt een woord",
		"klacht EN EN":               "",
		"\x1b[31m":                   "",
		`gemeente:"`:                 "staat niets",
		strings.Repeat("(", 99):      "ontbreekt een woord",
		strings.Repeat("NIET ", 100): "achter NIET",
	} {
		_, err := Parse(question)
		if want == "" {
			continue // must only not panic
		}
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got %v, want %q", question, err, want)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{`klacht OF "a b" NIET (c*)`, `gemeente:x -y`, `((a`, `:::`, `"`} {
		f.Add(s)
	}
	x := small(f)
	f.Fuzz(func(t *testing.T, question string) {
		q, err := Parse(question)
		if err != nil {
			return
		}
		if _, err := x.Find(t.Context(), q, nil, 5); err != nil {
			t.Errorf("%q: %v", question, err)
		}
	})
}

func TestParts(t *testing.T) {
	d := NewDictionary([]string{"klachten regeling geschillen commissie cliënten raad zorg plan hulp verlening jeugd instelling arbeid voorwaarde"})
	for text, want := range map[string]string{
		"Een klachtenregeling.":              "klachten regeling",
		"klachtencommissie":                  "klachten commissie",
		"de cliëntenraad":                    "clienten raad",
		"arbeidsvoorwaarde":                  "arbeid voorwaarde", // with an s between
		"jeugdhulpverlening":                 "jeugd hulp verlening",
		"klachtenfunctionaris":               "", // one part is no word of the field
		"zorgplan":                           "", // too short to take apart
		"klachtenregeling, klachtenregeling": "klachten regeling",
		strings.Repeat("klachten", 20):       "",
	} {
		if got := d.Parts(text); got != want {
			t.Errorf("%s: got %q, want %q", text, got, want)
		}
	}
}
