package rules

import (
	"slices"
	"testing"

	"inkooptoets/extract/dossier"
)

// What the evaluation detects (parts of a tender, procedure, way of commissioning) reaches the checks on the draft.
func TestDraftFindingsUseTheProfile(t *testing.T) {
	read := func(path, role, text string) dossier.Document {
		return dossier.Document{Path: path, Role: role, Blocks: dossier.Outline(path, dossier.ParseText(text))}
	}
	guide := `# Aanbestedingsleidraad begeleiding Wmo 2015

De gemeente koopt met deze Europese aanbesteding begeleiding in voor inwoners met een maatwerkvoorziening. De gemeente kiest voor de outputgerichte uitvoeringsvariant.

# 1 Onze visie

Van aanbieders verwachten wij dat zij ervaringsdeskundigen inzetten.

# 2 Geschiktheidseisen

- Inschrijver heeft een jaaromzet van ten minste twee miljoen euro.
- Inschrijver heeft een HKZ-certificaat.

# 3 Gunning

De gemeente let op het plan van aanpak en de samenwerking in de wijk.

# 4 Bekostiging

De aanbieder declareert de hulp per uur. De gemeente betaalt een declaratie binnen dertig dagen.

# 5 Begrippen
`
	for _, word := range []string{"Cliënt", "Wijkteam", "Toegang", "Beroepskracht", "Maatwerkvoorziening", "Calamiteit", "Toewijzing", "Startbericht", "Stopbericht", "Perceel", "Looptijd", "Nazorg", "Verordening", "Mantelzorger"} {
		guide += "\n- " + word + ": zoals in de verordening.\n"
	}
	contract := `# Raamovereenkomst begeleiding

# Artikel 1 Betaling

Opdrachtgever betaalt binnen veertien dagen.

# Artikel 2 Onderaannemers

Opdrachtnemer mag met toestemming onderaannemers inzetten.
`
	d := dossier.Dossier{ID: "proef", Documents: []dossier.Document{read("leidraad.md", "leidraad", guide), read("overeenkomst.md", "overeenkomst", contract)}}
	ids := func(o Options) []string {
		o.Date = "2026-11-22"
		got, err := evaluator(t).Evaluate(t.Context(), d, o)
		if err != nil {
			t.Fatal(err)
		}
		var out []string
		for _, f := range got.Findings {
			if f.ID != "c-unnamed" { // the files of this tender do not name each other
				out = append(out, f.ID)
			}
		}
		slices.Sort(out)
		return slices.Compact(out)
	}
	want := []string{"c-award", "c-certificate", "c-clm", "c-contradiction", "c-subcontractor", "c-suitability", "c-variant", "c-vision"}
	if got := ids(Options{}); !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	want = slices.DeleteFunc(want, func(id string) bool { return id == "c-award" || id == "c-variant" })
	if got := ids(Options{Procedure: "toelating", Variant: "inspanningsgericht"}); !slices.Equal(got, want) {
		t.Errorf("admission, paid by the hour: got %v, want %v", got, want)
	}
}
