package citation

import (
	"os"
	"strings"
	"testing"

	"inkooptoets/rules/phrase"
)

// lawNames are the names in the test texts.
var lawNames = map[string]string{
	"wmo": "wmo", "wmo 2015": "wmo", "wet maatschappelijke ondersteuning": "wmo", "wet maatschappelijke ondersteuning 2015": "wmo",
	"uitvoeringsbesluit wmo 2015": "ub-wmo", "uitvoeringsbesluit wmo": "ub-wmo", "ub wmo 2015": "ub-wmo",
	"jeugdwet": "jeugdwet", "jw": "jeugdwet", "besluit jeugdwet": "besluit-jeugdwet", "regeling jeugdwet": "regeling-jeugdwet",
	"avg": "avg", "algemene verordening gegevensbescherming": "avg", "uavg": "uavg", "uitvoeringswet avg": "uavg",
	"wtza": "wtza", "wet toetreding zorgaanbieders": "wtza", "awb": "awb", "algemene wet bestuursrecht": "awb", "bw": "bw", "burgerlijk wetboek": "bw",
	"aanbestedingswet": "aw", "aanbestedingswet 2012": "aw", "wlz": "wlz", "zorgverzekeringswet": "zvw", "wkkgz": "wkkgz", "wetboek van strafrecht": "sr",
}

// names finds laws in a text.
type names struct {
	matcher *phrase.Matcher
	source  map[phrase.ID]string
}

func compileNames(t testing.TB) names {
	t.Helper()
	var b phrase.Builder
	n := names{source: map[phrase.ID]string{}}
	for name, source := range lawNames {
		id, err := b.Add(name)
		if err != nil {
			t.Fatal(err)
		}
		n.source[id] = source
	}
	var err error
	if n.matcher, err = b.Compile(); err != nil {
		t.Fatal(err)
	}
	return n
}

func (n names) read(text string, c Context) []Citation {
	fold := phrase.Fold(text)
	var laws []Law
	for _, h := range n.matcher.Match(fold) {
		laws = append(laws, Law{n.source[h.Phrase], h.From, h.To, h.Sentence})
	}
	return Read(text, fold.Tokens, Longest(laws), c)
}

// String writes a citation as the test file has it.
func (c Citation) String() string {
	s := c.Source
	switch {
	case c.Other:
		s = "-"
	case s == "":
		s = "?"
	}
	if c.Kind != Article {
		s += " " + c.Kind
	}
	s += " " + c.Number
	if c.Until != "" {
		s += " t/m " + c.Until
	}
	if c.Onward {
		s += " e.v."
	}
	if len(c.Lid) > 0 {
		s += " lid " + strings.Join(c.Lid, ",")
	}
	if len(c.Onder) > 0 {
		s += " onder " + strings.Join(c.Onder, ",")
	}
	if c.Source != "" && !c.Named {
		s += " (context)"
	}
	return s
}

func TestRead(t *testing.T) {
	data, err := os.ReadFile("testdata/citations.txt")
	if err != nil {
		t.Fatal(err)
	}
	n := compileNames(t)
	cases := 0
	for _, line := range strings.Split(string(data), "\n") {
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		text, want, ok := strings.Cut(line, "=>")
		if !ok {
			t.Fatalf("no => in %q", line)
		}
		cases++
		text, want = strings.TrimSpace(text), strings.TrimSpace(want)
		var c Context
		for strings.HasPrefix(text, "@") {
			head, rest, _ := strings.Cut(text, " ")
			text = rest
			switch key, value, _ := strings.Cut(head[1:], "="); key {
			case "sole":
				c.Sole = value
			case "laws":
				c.Laws = strings.Split(value, ",")
			case "last":
				c.Last = value
			}
		}
		var got []string
		for _, one := range n.read(text, c) {
			got = append(got, one.String())
		}
		if g := strings.Join(got, "; "); g != want {
			t.Errorf("%s\n got  %s\n want %s", line, g, want)
		}
	}
	if cases < 300 {
		t.Errorf("%d cases, want at least 300", cases)
	}
}

func TestCompare(t *testing.T) {
	order := []string{"3.5", "4.1.1", "4.1.1a", "4.1.8", "4.1.8a", "4.1.9", "4.1.10", "4.2.1"}
	for i := 1; i < len(order); i++ {
		if Compare(order[i-1], order[i]) >= 0 {
			t.Errorf("%s must come before %s", order[i-1], order[i])
		}
	}
}

// A reference knows its own place, that of its list, and where the name of its law ends.
func TestPlaces(t *testing.T) {
	text := "Zie de artikelen 3.1 en 3.4 lid 1 van de Wmo 2015."
	var got []string
	for _, c := range compileNames(t).read(text, Context{}) {
		got = append(got, text[c.Start:c.End]+"|"+text[c.Own:c.LawEnd])
	}
	want := "artikelen 3.1|3.1 en 3.4 lid 1 van de Wmo 2015\nartikelen 3.1 en 3.4 lid 1|3.4 lid 1 van de Wmo 2015"
	if g := strings.Join(got, "\n"); g != want {
		t.Errorf("got\n%s\nwant\n%s", g, want)
	}
}

func TestNumbers(t *testing.T) {
	text := "eisen 3, 5 en v1 t/m v4 uit het kader"
	fold := phrase.Fold(text)
	got, next := Numbers(text, fold.Tokens, 1, func(w string) bool { return len(w) <= 2 && strings.ContainsAny(w, "0123456789") })
	if g := strings.Join(got, " "); g != "3 5 v1 v2 v3 v4" || fold.Tokens[next].Text != "uit" {
		t.Errorf("got %q, then %q", g, fold.Tokens[next].Text)
	}
}

func FuzzRead(f *testing.F) {
	n := compileNames(f)
	f.Add("artikel 2.1.3, tweede lid, aanhef en onder e t/m g, Wmo en 3.5 - 4.1.8a Jeugdwet")
	f.Add("onderdeel c van het 2e lid van artt. 6:162 en 7:446-7:468 BW (jo. § 4.1 van die wet) e.v.")
	f.Add("hoofdstuk IV, afdeling 2.3 en titel 4.2 Awb; artikel 1 of 2 % van € 3")
	f.Fuzz(func(t *testing.T, text string) {
		for _, c := range n.read(text, Context{Sole: "wmo", Last: "jeugdwet"}) {
			if c.Start < 0 || c.End > len(text) || c.Start >= c.End || c.Own < c.Start || c.Own >= c.End || c.LawEnd < c.End || c.LawEnd > len(text) {
				t.Fatalf("citation %+v outside text of %d bytes", c, len(text))
			}
			if c.Number == "" || c.Kind == "" || c.Other && c.Source != "" {
				t.Fatalf("citation without number or kind, or of two things: %+v", c)
			}
		}
	})
}

// BenchmarkHostile reads long texts that are nothing but the beginnings of references; the time must grow with their length only.
func BenchmarkHostile(b *testing.B) {
	n := compileNames(b)
	for _, piece := range []string{"lid 1 ", "en 1.1 ", "artikel ", "artikel 1.1, ", "Wmo en 1.1 ", "eerste ", "onder a van het ", "Wmo artikel 3.1 ( ", "art. 1 t/m "} {
		text := strings.Repeat(piece, 4000)
		fold := phrase.Fold(text)
		var laws []Law
		for _, h := range n.matcher.Match(fold) {
			laws = append(laws, Law{n.source[h.Phrase], h.From, h.To, h.Sentence})
		}
		laws = Longest(laws)
		b.Run(strings.TrimSpace(piece), func(b *testing.B) {
			for b.Loop() {
				Read(text, fold.Tokens, laws, Context{})
			}
		})
	}
}
