package review

import (
	"fmt"
	"strings"
	"testing"

	"inkooptoets/extract/dossier"
)

// marked makes a tender of one file with one block that has the marks.
func marked(text string, marks ...dossier.Mark) dossier.Dossier {
	d := draft(text)
	d.Documents[0].Blocks[0].Marks = marks
	return d
}

func TestPromptsAndHighlights(t *testing.T) {
	for _, tc := range []struct {
		name string
		d    dossier.Dossier
		want string
	}{
		{"prompt", marked("Naam: Geef de naam op", dossier.Mark{Kind: "prompt", Start: 6, End: 21}), "c-placeholder/prompt warning Geef de naam op"},
		{"prompt that says it in words too", marked("Kies een item.", dossier.Mark{Kind: "prompt", Start: 0, End: 14}), "c-placeholder/prompt warning Kies een item."},
		{"prompt for a bidder", marked("Naam: in te vullen door de inschrijver", dossier.Mark{Kind: "prompt", Start: 6, End: 38}), ""},
		{"highlight", marked("Ingang op 1 april 2027.", dossier.Mark{Kind: "highlight", Start: 10, End: 22}), "c-placeholder/highlight note 1 april 2027"},
		{"highlight on a field", marked("Ingang op [datum].", dossier.Mark{Kind: "highlight", Start: 10, End: 17}), "c-placeholder/brackets warning [datum]"},
		{"highlight on white space", marked("Ingang op 1 april.", dossier.Mark{Kind: "highlight", Start: 6, End: 7}), ""},
		{"highlight with a legend", marked("Vul alleen de gele velden in: 1 april.", dossier.Mark{Kind: "highlight", Start: 30, End: 37}), ""},
		{"tracked insertion", marked("Ingang op 1 april.", dossier.Mark{Kind: "inserted", Start: 10, End: 17}), ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			var got []string
			for _, f := range only("c-placeholder", findings(reviewer(t), tc.d, Options{})) {
				got = append(got, fmt.Sprintf("%s/%s %s %s", f.ID, f.Rule, f.Severity, f.Quote[f.Start:f.End]))
			}
			if g := strings.Join(got, "; "); g != tc.want {
				t.Errorf("got %s, want %s", g, tc.want)
			}
		})
	}
}

func TestTracked(t *testing.T) {
	ins, del, note := dossier.Mark{Kind: "inserted", Start: 0, End: 6}, dossier.Mark{Kind: "deleted", Start: 7, End: 7}, dossier.Mark{Kind: "comment", Start: 7, End: 7}
	row := draft("| a | b |\n| --- | --- |\n| een | twee |")
	row.Documents[0].Blocks[1].Cells[1].Marks = []dossier.Mark{{Kind: "comment", Start: 4, End: 4}}
	scan := draft("Ingang op 1 april.")
	scan.Documents[0].Warnings = []dossier.Warning{{Code: "comments", Page: 3}}
	old := draft("Ingang op 1 april.")
	old.Documents[0].Blocks[0].Flags = []string{"inserted"}
	for _, tc := range []struct {
		name, id string
		d        dossier.Dossier
		want     string
	}{
		{"changes", "c-tracked", marked("Ingang op 1 april.", ins, del, note), "Het bestand bevat nog bijgehouden wijzigingen (1 keer ingevoegd, 1 keer verwijderd). 0:0-6 +1"},
		{"one comment", "c-comment", marked("Ingang op 1 april.", ins, note), "Het bestand bevat nog 1 opmerking van een lezer. 0:7-7 +0"},
		{"two comments", "c-comment", marked("Ingang op 1 april.", note, note), "Het bestand bevat nog 2 opmerkingen van lezers. 0:7-7 +1"},
		{"comment in a cell", "c-comment", row, "Het bestand bevat nog 1 opmerking van een lezer. 1:16-16 +0"},
		{"comments without a place", "c-comment", scan, "Het bestand bevat nog opmerkingen van lezers. 0:0-0 +0"},
		{"block without a mark", "c-tracked", old, "Het bestand bevat nog bijgehouden wijzigingen (1 keer ingevoegd). 0:0-18 +0"},
		{"clean", "c-tracked", draft("Ingang op 1 april."), ""},
		{"clean of comments", "c-comment", draft("Ingang op 1 april."), ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			var got []string
			for _, f := range only(tc.id, findings(reviewer(t), tc.d, Options{})) {
				got = append(got, fmt.Sprintf("%s %d:%d-%d +%d", f.Message, f.Block, f.Start, f.End, len(f.Places)))
			}
			if g := strings.Join(got, "; "); g != tc.want {
				t.Errorf("got %s\nwant %s", g, tc.want)
			}
		})
	}
}
