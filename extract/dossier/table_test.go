package dossier

import "testing"

func TestLooksLikeHeader(t *testing.T) {
	for _, tc := range []struct {
		name string
		rows [][]string
		want bool
	}{
		{"known labels", [][]string{{"Code", "Eis"}, {"E1", "Iedere medewerker heeft een VOG."}}, true},
		{"one known label of two", [][]string{{"Stap", "Uiterlijk op"}, {"Publicatie", "2 november"}}, true},
		{"names above figures", [][]string{{"Groep", "Gesloten", "Open"}, {"Loon", "€ 318", "€ 74"}, {"Gebouw", "€ 96", "€ 6"}}, true},
		{"names and values", [][]string{{"Gemeente", "Waterhoek"}, {"Looptijd", "4 jaar"}, {"Kenmerk", "WH-1"}}, false},
		{"figures from the first row on", [][]string{{"Loon", "€ 43"}, {"Overhead", "€ 8"}, {"Reizen", "€ 2"}}, false},
		{"sentence", [][]string{{"Code", "Elke cliënt heeft een vaste begeleider."}, {"E2", "Er is een plan."}}, false},
		{"empty cell", [][]string{{"Code", ""}, {"E1", "VOG"}}, false},
		{"one row", [][]string{{"Code", "Eis"}}, false},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := LooksLikeHeader(tc.rows); got != tc.want {
				t.Errorf("got %v, want %v", got, tc.want)
			}
		})
	}
}
