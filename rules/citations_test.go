package rules

import (
	"fmt"
	"strings"
	"testing"

	"inkooptoets/rules/phrase"
)

// String writes a citation so that a test can compare it.
func (c citation) String() string {
	s := "artikel " + c.article
	if c.until != "" {
		s += " t/m " + c.until
	}
	if len(c.lid) > 0 {
		s += " lid " + strings.Join(c.lid, ", ")
	}
	if len(c.onder) > 0 {
		s += " onder " + strings.Join(c.onder, ", ")
	}
	if len(c.barred) > 0 {
		s += " zonder " + strings.Join(c.barred, ", ")
	}
	return fmt.Sprintf("%s (%s)", s, c.source)
}

func TestCitations(t *testing.T) {
	ev := evaluator(t)
	for _, tc := range []struct{ text, want string }{
		{"Artikel 3.5 van de Wmo 2015 is van toepassing.", "artikel 3.5 (wmo)"},
		{"conform art. 3.4, eerste en tweede lid, Wmo 2015", "artikel 3.4 lid 1, 2 (wmo)"},
		{"artikel 2.1.3 lid 2 onder c en d van de Wmo 2015", "artikel 2.1.3 lid 2 onder c, d (wmo)"},
		{"artikel 2.1.3, tweede lid, aanhef en onder e, Wmo", "artikel 2.1.3 lid 2 onder e (wmo)"},
		{"de artikelen 4.1.1 t/m 4.1.9 van de Jeugdwet", "artikel 4.1.1 t/m 4.1.9 (jeugdwet)"},
		{"artikelen 4.1.1 tot en met 4.1.9 en 4.2.1 Jeugdwet", "artikel 4.1.1 t/m 4.1.9 (jeugdwet); artikel 4.2.1 (jeugdwet)"},
		{"artikel 3.1, 3.2 en 3.3 Wmo 2015", "artikel 3.1 (wmo); artikel 3.2 (wmo); artikel 3.3 (wmo)"},
		{"artikel 5.4 van het Uitvoeringsbesluit Wmo 2015", "artikel 5.4 (ub-wmo)"},
		{"artikel 2.3 Besluit Jeugdwet", "artikel 2.3 (besluit-jeugdwet)"},
		{"artikel 12 van deze overeenkomst", "artikel 12 ()"},
		{"Op grond van de Jeugdwet, met name artikel 4.1.8, meldt hij.", "artikel 4.1.8 (jeugdwet)"},
		{"artikel 4.1.8a lid 2 Jeugdwet", "artikel 4.1.8a lid 2 (jeugdwet)"},
		{"artikel 4.2.1 lid 1 t/m 3 Jeugdwet", "artikel 4.2.1 lid 1, 2, 3 (jeugdwet)"},
		{"drie artikelen over zorg", ""},
		{"de artikelen 4.1.5 t/m 4.1.9 Jeugdwet, met uitzondering van artikel 4.1.7", "artikel 4.1.5 t/m 4.1.9 zonder 4.1.7 (jeugdwet)"},
		{"de artikelen 4.1.5 t/m 4.1.9 Jeugdwet, aangevuld met artikel 4.2.1 Jeugdwet", "artikel 4.1.5 t/m 4.1.9 (jeugdwet); artikel 4.2.1 (jeugdwet)"},
		{"meldt overeenkomstig artikel 4.18 van de Jeugdwet", "artikel 4.1.8 (jeugdwet)"},
		{"artikel 2.13 van de Jeugdwet", "artikel 2.13 (jeugdwet)"},
	} {
		t.Run(tc.text, func(t *testing.T) {
			s := ev.segment(tc.text)
			var got []string
			for _, c := range ev.citations(s, nil, "") {
				got = append(got, c.String())
			}
			if g := strings.Join(got, "; "); g != tc.want {
				t.Errorf("got %q, want %q", g, tc.want)
			}
		})
	}
}

func TestCompareArticles(t *testing.T) {
	order := []string{"3.5", "4.1.1", "4.1.1a", "4.1.8", "4.1.8a", "4.1.9", "4.1.10", "4.2.1"}
	for i := 1; i < len(order); i++ {
		if compareArticles(order[i-1], order[i]) >= 0 {
			t.Errorf("%s must come before %s", order[i-1], order[i])
		}
	}
}

func FuzzCitations(f *testing.F) {
	ev := evaluator(f)
	f.Add("artikel 2.1.3, tweede lid, aanhef en onder e t/m g, Wmo en 3.5 - 4.1.8a Jeugdwet")
	f.Fuzz(func(t *testing.T, text string) {
		s := &segment{text: text, fold: phrase.Fold(text)}
		for _, c := range ev.citations(s, nil, "") {
			if c.start < 0 || c.end > len(text) || c.start >= c.end {
				t.Fatalf("citation %+v outside text of %d bytes", c, len(text))
			}
		}
	})
}
