package dossier

import (
	"slices"
	"testing"
)

// find returns the block of text that starts with start.
func find(t *testing.T, blocks []Block, start string) Block {
	t.Helper()
	for _, b := range blocks {
		if len(b.Text) >= len(start) && b.Text[:len(start)] == start {
			return b
		}
	}
	t.Fatalf("no block starts with %q", start)
	return Block{}
}

func TestOutlinePath(t *testing.T) {
	blocks := Outline("pve.md", ParseText("# 3 Eisen\n\n## 3.2 Klachten\n\nEr is een regeling.\n\n### Termijn\n\nZes weken.\n\n## 3.3 Personeel\n\nEr is een plan.\n\n# Slot\n\nKlaar."))
	for _, tc := range []struct {
		start string
		want  []string
	}{
		{"Eisen", nil},
		{"Klachten", []string{"3 Eisen"}},
		{"Er is een regeling", []string{"3 Eisen", "3.2 Klachten"}},
		{"Zes weken", []string{"3 Eisen", "3.2 Klachten", "Termijn"}},
		{"Er is een plan", []string{"3 Eisen", "3.3 Personeel"}},
		{"Klaar", []string{"Slot"}},
	} {
		if got := find(t, blocks, tc.start).Path; !slices.Equal(got, tc.want) {
			t.Errorf("path of %q: got %q, want %q", tc.start, got, tc.want)
		}
	}
}

func TestOutlineLeadIn(t *testing.T) {
	for _, tc := range []struct{ name, text, start, want string }{
		{"colon", "Opdrachtnemer draagt er zorg voor dat:\n\n- elke medewerker een VOG heeft;", "elke", "Opdrachtnemer draagt er zorg voor dat:"},
		{"clause without a full stop", "Opdrachtnemer draagt er zorg voor dat\n- elke medewerker een VOG heeft;", "elke", "Opdrachtnemer draagt er zorg voor dat"},
		{"sentence that announces", "De aanbieder voldoet aan de volgende eisen.\n- VOG;", "VOG", "De aanbieder voldoet aan de volgende eisen."},
		{"sentence that announces nothing", "De gemeente hecht aan kwaliteit.\n- VOG;", "VOG", ""},
		{"announcement in an earlier sentence", "Zie de volgende bijlage. De gemeente hecht aan kwaliteit.\n- VOG;", "VOG", ""},
		{"later items too", "De aanbieder:\n- heeft een VOG;\n- meldt calamiteiten.", "meldt", "De aanbieder:"},
		{"list straight under a heading", "De aanbieder:\n\n## Klachten\n\n- er is een regeling.", "er is", ""},
		{"nested item", "De aanbieder zorgt dat:\n- medewerkers:\n  - een VOG hebben;", "een VOG", "De aanbieder zorgt dat: medewerkers:"},
		{"item after a nested list", "De aanbieder zorgt dat:\n- medewerkers:\n  - een VOG hebben;\n- klachten worden opgelost.", "klachten", "De aanbieder zorgt dat:"},
		{"a footnote does not end the list", "De aanbieder:\n- heeft een VOG[^1];\n\n[^1]: Verklaring omtrent het gedrag.\n\n- meldt calamiteiten.", "meldt", "De aanbieder:"},
		{"a remark between numbered items does not end the list", "De aanbieder:\n\na) heeft een VOG.\n\nDit geldt ook voor vrijwilligers.\n\nb) meldt calamiteiten.", "meldt", "De aanbieder:"},
		{"a new list after a remark", "De aanbieder:\n\na) heeft een VOG.\n\nDe gemeente kijkt mee.\n\na) per kwartaal.", "per kwartaal", ""},
		{"table", "De eisen staan in onderstaande tabel.\n\n| Nr | Eis |\n|---|---|\n| 1 | VOG |\n| 2 | Meldcode |", "Nr: 2", "De eisen staan in onderstaande tabel."},
		{"table after a plain sentence", "De gemeente hecht aan kwaliteit.\n\n| Nr | Eis |\n|---|---|\n| 1 | VOG |", "Nr: 1", ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := find(t, Outline("a.md", ParseText(tc.text)), tc.start).LeadIn; got != tc.want {
				t.Errorf("got %q, want %q", got, tc.want)
			}
		})
	}
}

func TestOutlineRows(t *testing.T) {
	parsed := ParseText("| Code | Eis | Bewijs |\n|---|---|---|\n| E1 | Cliënten kunnen klagen | |\n| E2 | | kopie |")
	blocks := Outline("pve.md", parsed)
	for i, want := range []string{"Code | Eis | Bewijs", "Code: E1 | Eis: Cliënten kunnen klagen", "Code: E2 | Bewijs: kopie"} {
		b := blocks[i]
		if b.Text != want {
			t.Errorf("row %d: got %q, want %q", i, b.Text, want)
		}
		if len(b.Cells) != 3 {
			t.Errorf("row %d: got %d cells, want 3: empty cells stay", i, len(b.Cells))
		}
		for _, c := range b.Cells {
			if got := b.Text[c.Start:c.End]; got != c.Text {
				t.Errorf("row %d: offsets of %q give %q", i, c.Text, got)
			}
		}
	}
	if parsed[1].Text != "" || parsed[1].Cells[1].End != 0 {
		t.Error("Outline changed the blocks it was given")
	}
}

func TestOutlineLoc(t *testing.T) {
	blocks := Outline("map/a.pdf", []Block{{Kind: Paragraph, Text: "Een.", Loc: Loc{Page: 3}}, {Kind: Paragraph, Text: "Twee.", Loc: Loc{Page: 4}}})
	if got, want := blocks[1].Loc, (Loc{File: "map/a.pdf", Page: 4, Block: 1}); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

func BenchmarkParseText(b *testing.B) {
	text := "# 3 Eisen\n\nDe aanbieder zorgt ervoor dat:\n- elke medewerker een **VOG** heeft;\n- klachten binnen zes weken zijn afgehandeld.\n\n| Nr | Eis |\n|---|---|\n| 1 | VOG |\n"
	for range 5 {
		text += text
	}
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		Outline("a.md", ParseText(text))
	}
}

func TestOutlineContents(t *testing.T) {
	blocks := Outline("a.md", ParseText("# Inhoud\n\n1. Inleiding\n2. Wat wij inkopen\n\n# 1 Inleiding\n\nTekst.\n\n# 2 Wat wij inkopen\n\n## Inhoud\n\n- samen koken;"))
	for _, tc := range []struct {
		block int
		want  bool
	}{{1, true}, {2, true}, {4, false}, {7, false}} {
		if got := slices.Contains(blocks[tc.block].Flags, "toc"); got != tc.want {
			t.Errorf("%q: got toc %v, want %v", blocks[tc.block].Text, got, tc.want)
		}
	}
}

func TestRoman(t *testing.T) {
	for v, want := range map[int]string{1: "I", 4: "IV", 9: "IX", 14: "XIV", 1990: "MCMXC", 3999: "MMMCMXCIX", 0: "0", 4000: "4000", 2_000_000_000: "2000000000"} {
		if got := Roman(v); got != want {
			t.Errorf("Roman(%d): got %s, want %s", v, got, want)
		}
	}
}
