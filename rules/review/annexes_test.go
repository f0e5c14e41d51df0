package review

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"inkooptoets/extract/dossier"
)

func TestAnnexRefs(t *testing.T) {
	for _, tc := range []struct{ text, want string }{
		{"Zie bijlage 3.", "3"},
		{"Zie Bijlage 03 en bijlage 4a.", "3 4A"},
		{"De bijlagen 1, 2 en 5 horen erbij.", "1 2 5"},
		{"De bijlagen 1 t/m 4 en 7 horen erbij.", "1 2 3 4 7"},
		{"Bijlagen A tot en met D", "A B C D"},
		{"bijlage 2 tot en met bijlage 4", "2 3 4"},
		{"bijlagen 1-3", "1 2 3"},
		{"Bijlage II bij dit stuk", "II"},
		{"bijlage 3.1 en bijlage 3.2", "3.1 3.2"},
		{"bijlage B2", "B2"},
		{"Bijl. 4 en Annex 5", "4 5"},
		{"bijlage nr. 6 en bijlage nummer 7", "6 7"},
		{"bijlage 1 en bijlage 2", "1 2"},
		{"bijlage3 PvE", "3"},
		{"bijlage 3 en 5 werkdagen later", "3"},
		{"bijlage 1, 3 exemplaren", "1"},
		{"de bijlage is kort", ""},
		{"de bijlagen van deze leidraad", ""},
		{"In de bijlage Aan te leveren stukken", ""},
		{"bijlage ** en bijlage [nummer]", ""},
		{"bijlage 2026", ""},
		{"In de bijlage U vindt daar meer", ""},
		{"kwaliteitsbijlage 3", ""},
	} {
		var got []string
		for _, ref := range annexRefs(tc.text) {
			got = append(got, ref.key)
		}
		if g := strings.Join(got, " "); g != tc.want {
			t.Errorf("%q: got %s, want %s", tc.text, g, tc.want)
		}
	}
}

// paper is a document of a made-up package.
type paper struct{ path, role, text string }

// pack makes a tender of files.
func pack(files ...paper) dossier.Dossier {
	var d dossier.Dossier
	for _, f := range files {
		d.Documents = append(d.Documents, dossier.Document{Path: f.path, Role: f.role, Blocks: dossier.Outline(f.path, dossier.ParseText(f.text))})
	}
	return d
}

func TestCompleteness(t *testing.T) {
	guide := func(text string) paper { return paper{"leidraad.docx", "leidraad", text} }
	demands := paper{"Bijlage 1 - PvE.docx", "programma van eisen", "# Programma van eisen\n\nAanbieder meldt calamiteiten."}
	named := "Zie bijlage 1 voor de eisen.\n\n"
	for _, tc := range []struct {
		name string
		d    dossier.Dossier
		want string
	}{
		{"annex that is there by its file name", pack(demands, guide("Zie bijlage 1.")), ""},
		{"annex that is not there", pack(demands, guide(named+"De tarieven staan in bijlage 3.")), "bijlage-3"},
		{"range", pack(demands, guide(named+"De bijlagen 1 t/m 3 horen bij deze leidraad.")), "bijlage-2 bijlage-3"},
		{"file with two annexes", pack(demands, paper{"bijlagen-2-en-3.docx", "bijlage", "Tekst."}, guide(named+"Zie bijlage 2 en bijlage 3.")), ""},
		{"number with a zero and a version", pack(demands, paper{"Bijlage_03_Tarieven_v2.docx", "bijlage", "Tekst."}, guide(named+"Zie bijlage 3.")), ""},
		{"annex as a chapter", pack(demands, guide(named+"Zie bijlage 2.\n\n# Bijlage 2 Begrippen\n\nAanbieder: wie is gecontracteerd.")), ""},
		{"annex as a chapter in another file", pack(demands, paper{"bijlage-7-kader.docx", "bijlage", "# Kader\n\nTekst.\n\n# Bijlage A Toelichting\n\nTekst."}, guide(named+"Zie bijlage 7 en bijlage A.")), ""},
		{"annex that is only a title", pack(demands, guide(named+"Zie bijlage 2.\n\n# Bijlage 2 Begrippen\n\n# Bijlage 3 Planning\n\nMei: gunning.")), "bijlage-2"},
		{"annex that is said to be a file of its own", pack(demands, guide(named+"# Bijlage 2 Tarieven (separaat bijgevoegd)\n\nEinde.")), "bijlage-2"},
		{"line on the title page", pack(demands, paper{"overeenkomst.pdf", "overeenkomst", "# Conceptovereenkomst\n\n## Gemeente Duinstad – bijlage 2 bij de Aanbestedingsleidraad\n\nPartijen."}, guide(named+"Zie bijlage 2.")), ""},
		{"by its title in brackets", pack(demands, paper{"prijzenblad.xlsx", "", "Tarief."}, guide(named+"Vul bijlage 4 (prijzenblad) in.")), ""},
		{"by its title before the number", pack(demands, paper{"Prijzenblad perceel 1.xlsx", "", "Tarief."}, guide(named+"Vul het prijzenblad (bijlage 4) in.")), ""},
		{"by its title in a list", pack(demands, paper{"Social return.docx", "bijlage", "Tekst."}, guide(named+"- Bijlage 5: Social return\n- Bijlage 6: Planning")), "bijlage-6"},
		{"by its title in a table", pack(demands, paper{"Tarieven 2027.xlsx", "", "Tarief."}, guide(named+"| Bijlage | Naam |\n| --- | --- |\n| Bijlage 5 | Tarieven |\n| Bijlage 6 | Begrippen |")), "bijlage-6"},
		{"parts of an annex", pack(demands, paper{"Bijlage 3a.docx", "bijlage", "Tekst."}, paper{"Bijlage 3b.docx", "bijlage", "Tekst."}, guide(named+"Zie bijlage 3.")), ""},
		{"part of an annex that is there", pack(demands, guide(named+"Zie bijlage 1.2.")), ""},
		{"roman and arabic figures", pack(demands, paper{"Bijlage II.docx", "bijlage", "Tekst."}, guide(named+"Zie bijlage 2.")), ""},
		{"annex of a law", pack(demands, guide(named+"Zie bijlage 4 bij de Wet langdurige zorg en Richtlijn 2014/24/EU, bijlage XIV.")), ""},
		{"annex of a framework", pack(demands, guide(named+"Zie bijlage 2 van het Kwaliteitskader Jeugdzorg.")), ""},
		{"annex of the bidder", pack(demands, guide(named+"Voeg uw plan toe als bijlage 2 bij uw inschrijving.")), ""},
		{"annex of the guide itself", pack(demands, guide(named+"Zie bijlage 2 bij de Aanbestedingsleidraad.")), "bijlage-2"},
		{"annex without a number", pack(demands, guide(named+"Zie de Bijlage Onderaanneming.")), "bijlage-onderaanneming"},
		{"annex without a number that is there", pack(demands, paper{"bijlage-onderaanneming.docx", "bijlage", "Tekst."}, guide(named+"Zie de Bijlage Onderaanneming.")), ""},
		{"compound", pack(demands, guide(named+"Aanbieder werkt volgens de Kwaliteitsbijlage.")), "kwaliteitsbijlage"},
		{"compound that is there", pack(demands, paper{"kwaliteitsbijlage.docx", "bijlage", "Tekst."}, guide(named+"Aanbieder werkt volgens de Kwaliteitsbijlage.")), ""},
		{"law and public documents", pack(demands, guide(named+"Van toepassing zijn het ARW 2016, de Gids Proportionaliteit en de Handreiking kwaliteitseisen.")), ""},
		{"programme of requirements", pack(paper{"overeenkomst.docx", "overeenkomst", "Aanbieder voldoet aan het Programma van Eisen."}, guide("Zie de conceptovereenkomst.")), "programma-van-eisen"},
		{"programme of requirements as a chapter", pack(paper{"overeenkomst.docx", "overeenkomst", "Tekst."}, guide("Zie de conceptovereenkomst en het programma van eisen.\n\n# 3 Programma van eisen\n\nAanbieder meldt.")), ""},
		{"under its number only", pack(paper{"overeenkomst.docx", "overeenkomst", "Tekst."}, guide("Zie de conceptovereenkomst en het programma van eisen (bijlage 4).")), "bijlage-4"},
		{"UEA that comes with the package", pack(demands, guide(named+"Het UEA is als bijlage bijgevoegd.")), "uea"},
		{"UEA on the platform", pack(demands, guide(named+"Vul het UEA in op het platform.")), ""},
		{"UEA that is there", pack(demands, paper{"uea.pdf", "", "Tekst."}, guide(named+"Het UEA is als bijlage bijgevoegd.")), ""},
		{"processing agreement of later", pack(demands, guide(named+"Partijen sluiten een verwerkersovereenkomst.")), ""},
		{"file that nothing names", pack(demands, paper{"social-return.docx", "bijlage", "Tekst."}, guide(named)), "unnamed social-return.docx"},
		{"file that is named by its title", pack(demands, paper{"stuk-7.docx", "", "# Protocol social return\n\nTekst."}, guide(named+"Zie het protocol social return.")), ""},
		{"answers come later", pack(demands, paper{"nvi-1.docx", "nota van inlichtingen", "Antwoorden."}, guide(named)), ""},
		{"no leading document to name anything", pack(demands, paper{"social-return.docx", "bijlage", "Tekst."}), ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			var got []string
			for _, f := range findings(reviewer(t), tc.d, Options{}) {
				switch f.ID {
				case "c-annex":
					got = append(got, f.Rule)
				case "c-unnamed":
					got = append(got, "unnamed "+f.File)
				}
			}
			slices.Sort(got)
			if g := strings.Join(got, " "); g != tc.want {
				t.Errorf("got %s, want %s", g, tc.want)
			}
		})
	}
}

// A finding names every place, and is only a note when one file was given.
func TestAbsentAnnexFinding(t *testing.T) {
	guide := paper{"leidraad.docx", "leidraad", "De tarieven staan in bijlage 3.\n\nZie ook bijlage 3."}
	contract := paper{"overeenkomst.pdf", "overeenkomst", "Volgens bijlage 3 van deze overeenkomst."}
	d := pack(guide, contract)
	d.Documents[1].Blocks[0].Loc.Page = 4
	for _, tc := range []struct {
		d    dossier.Dossier
		want string
	}{
		{d, "warning leidraad.docx 0:21-30 +2 Bijlage 3 wordt genoemd, maar zit niet bij de stukken. Genoemd in: leidraad.docx (2 keer), overeenkomst.pdf (blz. 4). | Voeg het stuk toe aan het dossier, of haal de verwijzing weg."},
		{pack(paper{"leidraad.docx", "leidraad", "De tarieven staan in bijlage 3."}), "note leidraad.docx 0:21-30 +0 Bijlage 3 wordt genoemd, maar zit niet bij de stukken. | U gaf één bestand op. Toets de hele map met stukken; hoort dit er niet bij, haal de verwijzing dan weg."},
	} {
		got := only("c-annex", findings(reviewer(t), tc.d, Options{}))
		if len(got) != 1 {
			t.Fatalf("got %d findings", len(got))
		}
		f := got[0]
		if g := fmt.Sprintf("%s %s %d:%d-%d +%d %s | %s", f.Severity, f.File, f.Block, f.Start, f.End, len(f.Places), f.Message, f.Suggestion); g != tc.want {
			t.Errorf("got %s\nwant %s", g, tc.want)
		}
	}
}
