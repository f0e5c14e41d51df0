package gold

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"inkooptoets/rules/result"
)

func TestFindingsAgainstLabels(t *testing.T) {
	about := func(id, file, quote, words string) result.Finding {
		start := strings.Index(quote, words)
		return result.Finding{ID: id, File: file, Quote: quote, Start: start, End: start + len(words)}
	}
	golds := []Gold{
		{Dossier: "d", Outdated: []Quote{{"pve.docx", "de Inspectie Jeugdzorg"}, {"pve.docx", "Wbp"}, {"pve.docx", "de IGZ"}}},
		{Dossier: "clean", Outdated: []Quote{}},
		{Dossier: "passage"},
	}
	run := result.Run{Dossiers: []result.Dossier{
		{ID: "d", Findings: []result.Finding{
			about("c-outdated", "map/pve.docx", "Meld aan de Inspectie  Jeugdzorg.", "Inspectie  Jeugdzorg"),
			about("c-outdated", "leidraad.docx", "De Wbp geldt.", "Wbp"),
			about("c-wording", "pve.docx", "Dit is open house.", "open house"),
			{ID: "c-outdated", File: "pve.docx", Quote: "de IGZ"},
		}},
		{ID: "clean", Findings: []result.Finding{about("c-outdated", "a.pdf", "De AWBZ.", "AWBZ")}},
		{ID: "passage", Findings: []result.Finding{about("c-outdated", "tekst.md", "De AWBZ.", "AWBZ")}},
	}}
	want := []Found{{
		List: "outdated", TruePos: 2, FalsePos: 2, Labels: 3, Recalled: 2,
		Alarms: []string{"d/leidraad.docx: Wbp", "clean/a.pdf: AWBZ"}, Forgotten: []string{"d/pve.docx: Wbp"},
	}}
	got := Compare(golds, run).Findings
	if d := cmp.Diff(want, got); d != "" {
		t.Fatal(d)
	}
	if p, r := got[0].Precision(), got[0].Recall(); p != (Share{2, 4}) || r != (Share{2, 3}) {
		t.Errorf("precision %v, recall %v", p, r)
	}
}

func TestPrintFound(t *testing.T) {
	var b strings.Builder
	printFound(&b, []Found{{List: "outdated", TruePos: 2, FalsePos: 2, Labels: 3, Recalled: 2, Alarms: []string{"d/a.pdf: Wbp"}, Forgotten: []string{"d/b.pdf: IGZ"}}}, true)
	want := `
Aandachtspunten in het concept
  outdated       precisie 0.500 (2 van 4; 0.15-0.85), recall 0.667 (2 van 3; 0.21-0.94)
    ten onrechte: d/a.pdf: Wbp
    gemist:       d/b.pdf: IGZ
`
	if d := cmp.Diff(want, b.String()); d != "" {
		t.Error(d)
	}
}
