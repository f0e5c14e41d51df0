package rules

import (
	"fmt"
	"strings"
	"testing"
)

// TestCitedLaws: which law a citation belongs to when a tender is judged. How citations are read is tested in package citation.
func TestCitedLaws(t *testing.T) {
	ev := evaluator(t)
	for _, tc := range []struct {
		text string
		laws []string
		sole string
		want string
	}{
		{"artikel 5.4 van het Uitvoeringsbesluit Wmo 2015", nil, "", "5.4 ub-wmo"},
		{"artikel 2.3 Besluit Jeugdwet", nil, "", "2.3 besluit-jeugdwet"},
		{"zoals in artikel 3.4 staat", []string{"wmo"}, "", "3.4 wmo"},
		{"zoals in artikel 3.4 staat", []string{"wmo", "jeugdwet"}, "", "3.4 "},
		{"zoals in artikel 3.4 staat", nil, "wmo", "3.4 wmo"},
		{"zoals in artikel 12 van deze overeenkomst staat", nil, "wmo", "12 "},
		{"zoals in hoofdstuk 4 van de Jeugdwet staat", nil, "jeugdwet", ""},
		{"de artikelen 4.1.5 t/m 4.1.9 Jeugdwet, met uitzondering van artikel 4.1.7", nil, "", "4.1.5 jeugdwet zonder 4.1.7"},
		{"de artikelen 4.1.5 t/m 4.1.9 Jeugdwet, aangevuld met artikel 4.2.1 Jeugdwet", nil, "", "4.1.5 jeugdwet; 4.2.1 jeugdwet"},
		{"meldt overeenkomstig artikel 4.18 van de Jeugdwet", nil, "", "4.1.8 jeugdwet"},
		{"artikel 2.13 van de Jeugdwet", nil, "", "2.13 jeugdwet"},
		{"Aanbieder meldt calamiteiten.", nil, "jeugdwet", ""},
	} {
		t.Run(tc.text, func(t *testing.T) {
			var got []string
			for _, c := range ev.citations(ev.segment(tc.text), tc.laws, tc.sole) {
				got = append(got, strings.TrimSuffix(fmt.Sprintf("%s %s zonder %s", c.Number, c.Source, strings.Join(c.barred, ",")), " zonder "))
			}
			if g := strings.Join(got, "; "); g != tc.want {
				t.Errorf("got %q, want %q", g, tc.want)
			}
		})
	}
}
