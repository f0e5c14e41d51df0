package gold

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"inkooptoets/rules/result"
)

// one makes the labels and the run for a single pair.
func one(label Statuses, got result.Status) ([]Gold, result.Run) {
	g := Gold{Dossier: "d", Requirements: []Label{{ID: "wmo-1", Status: label}}}
	row := result.Row{Requirement: "wmo-1", Element: "vakmanschap", Duty: result.Statutory, Status: got}
	return []Gold{g}, result.Run{Dossiers: []result.Dossier{{ID: "d", Rows: []result.Row{row}}}}
}

// The table says for every kind of pair how it counts.
func TestHowAPairCounts(t *testing.T) {
	type counts struct{ judged, tp, fp, fn, exact, abstained, applicable int }
	const na, un = result.NotApplicable, result.Undetermined
	for _, tc := range []struct {
		label Statuses
		got   result.Status
		want  counts
	}{
		{Statuses{"covered"}, "covered", counts{1, 0, 0, 0, 1, 0, 1}},
		{Statuses{"covered"}, "referenced", counts{1, 0, 0, 0, 0, 0, 1}},
		{Statuses{"covered"}, "partial", counts{1, 0, 1, 0, 0, 0, 1}},
		{Statuses{"missing"}, "missing", counts{1, 1, 0, 0, 1, 0, 1}},
		{Statuses{"missing"}, "mentioned", counts{1, 1, 0, 0, 0, 0, 1}},
		{Statuses{"missing"}, "covered", counts{1, 0, 0, 1, 0, 0, 1}},
		{Statuses{"missing"}, un, counts{1, 0, 0, 1, 0, 1, 1}},
		{Statuses{"covered"}, un, counts{1, 0, 0, 0, 0, 1, 1}},
		{Statuses{na}, na, counts{0, 0, 0, 0, 0, 0, 1}},
		{Statuses{na}, "missing", counts{1, 0, 1, 0, 0, 0, 0}},
		{Statuses{na}, "covered", counts{1, 0, 0, 0, 0, 0, 0}},
		{Statuses{"missing"}, na, counts{1, 0, 0, 1, 0, 0, 0}},
		{Statuses{"covered"}, na, counts{1, 0, 0, 0, 0, 0, 0}},
		{Statuses{"partial", "covered"}, "covered", counts{1, 0, 0, 0, 1, 0, 1}},
		{Statuses{"partial", "covered"}, "referenced", counts{1, 0, 0, 0, 0, 0, 1}},
		{Statuses{"covered", "partial"}, "missing", counts{1, 1, 0, 0, 0, 0, 1}},
		{Statuses{na, "mentioned"}, na, counts{0, 0, 0, 0, 0, 0, 1}},
		{Statuses{na, "mentioned"}, "missing", counts{1, 1, 0, 0, 0, 0, 1}},
		{Statuses{"mentioned", "partial"}, na, counts{1, 0, 0, 1, 0, 0, 0}},
	} {
		t.Run(fmt.Sprintf("%s as %s", tc.label, tc.got), func(t *testing.T) {
			golds, run := one(tc.label, tc.got)
			s := Compare(golds, run).Overall
			got := counts{s.Judged, s.TruePos, s.FalsePos, s.FalseNeg, s.Exact, s.Abstained, s.Applicable.Part}
			if got != tc.want {
				t.Errorf("got %+v, want %+v", got, tc.want)
			}
		})
	}
}

func TestWilson(t *testing.T) {
	// Reference values from the formula worked out by hand for 8 of 10, and the two ends.
	for _, tc := range []struct {
		share     Share
		low, high float64
	}{
		{Share{8, 10}, 0.4902, 0.9433},
		{Share{0, 10}, 0, 0.2775},
		{Share{10, 10}, 0.7225, 1},
		{Share{0, 0}, 0, 1},
	} {
		low, high := tc.share.Interval()
		if math.Abs(low-tc.low) > 1e-4 || math.Abs(high-tc.high) > 1e-4 {
			t.Errorf("%v: got %.4f-%.4f, want %.4f-%.4f", tc.share, low, high, tc.low, tc.high)
		}
	}
}

func TestF2(t *testing.T) {
	s := Score{TruePos: 8, FalsePos: 2, FalseNeg: 8} // precision .8, recall .5
	if got, want := s.F2(), 5*.8*.5/(4*.8+.5); math.Abs(got-want) > 1e-9 {
		t.Errorf("got %v, want %v", got, want)
	}
	if got := (Score{}).F2(); got != 0 {
		t.Errorf("of nothing: got %v, want 0", got)
	}
}

func TestEvidenceHit(t *testing.T) {
	quote := []Quote{{"pve.docx", "Opdrachtnemer  vraagt een ‘verse’ VOG"}}
	for _, tc := range []struct {
		name, file, text string
		want             bool
	}{
		{"case, space and quotation marks do not matter", "bijlagen/pve.docx", "Eis 4: opdrachtnemer vraagt\neen 'verse' vog op.", true},
		{"another file", "leidraad.docx", "Opdrachtnemer vraagt een 'verse' VOG", false},
		{"another passage", "pve.docx", "Opdrachtnemer heeft een klachtenregeling", false},
	} {
		t.Run(tc.name, func(t *testing.T) {
			p := pair{label: Label{Evidence: quote}, row: result.Row{Evidence: []result.Evidence{{File: tc.file, Quote: tc.text}}}}
			if got := evidenceHit(p); got != tc.want {
				t.Errorf("got %v, want %v", got, tc.want)
			}
		})
	}
}

func TestEvidenceCountsOnlyWhereTheVerdictShowsSome(t *testing.T) {
	for got, want := range map[result.Status]int{result.Covered: 1, result.Mentioned: 1, result.Missing: 0, result.Undetermined: 0} {
		golds, run := one(Statuses{"covered"}, got)
		golds[0].Requirements[0].Evidence = []Quote{{"a.md", "x"}}
		if n := Compare(golds, run).Overall.Evidence.Of; n != want {
			t.Errorf("%s: got %d cases, want %d", got, n, want)
		}
	}
}

func TestGroupsUncheckedAndMisses(t *testing.T) {
	golds := []Gold{{Dossier: "d", Requirements: []Label{
		{ID: "jw-1", Status: Statuses{"covered"}, Line: 4},
		{ID: "wmo-1", Status: Statuses{"missing"}, Note: "staat er niet", Line: 5},
		{ID: "k01-01", Status: Statuses{"covered"}, Line: 6},
	}}}
	run := result.Run{Dossiers: []result.Dossier{{ID: "d",
		Documents: []result.Document{{Path: "b.pdf", Problem: "versleuteld"}},
		Rows: []result.Row{
			{Requirement: "jw-1", Element: "organisatie", Duty: result.Municipal, Status: result.Referenced, Reason: "artikel genoemd"},
			{Requirement: "wmo-1", Element: "vakmanschap", Duty: result.Statutory, Status: result.Covered,
				Evidence: []result.Evidence{{File: "a.pdf", Page: 3, Quote: "een VOG vragen", Start: 4, End: 7, Shows: result.Covered}}},
		}}}}
	r := Compare(golds, run)
	var keys []string
	for _, s := range append(append(r.ByLaw, r.ByElement...), r.ByDuty...) {
		keys = append(keys, s.Key)
	}
	if d := cmp.Diff([]string{"wmo", "jw", "vakmanschap", "organisatie", "statutory", "municipal"}, keys); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]string{"d k01-01"}, r.Unchecked); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]string{"d/b.pdf"}, r.Unreadable); d != "" {
		t.Error(d)
	}
	if len(r.Misses) != 2 || r.Misses[0].Requirement != "wmo-1" || r.Misses[0].Decided[0].Hit != "VOG" {
		t.Errorf("the miss over the gap line comes first, with its words: got %+v", r.Misses)
	}
	var b strings.Builder
	if err := Print(&b, r, true); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"niet gemeten (n=0)",
		"kent of niet meenam: 1",
		"Niet gelezen: d/b.pdf",
		"! d wmo-1 (regel 5): label missing, oordeel covered",
		`a.pdf, p. 3: "een VOG vragen" [op: "VOG"] -> covered`,
		"noot:     staat er niet",
	} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("got:\n%s\nwant in it: %s", b.String(), want)
		}
	}
}

func TestPrintFigures(t *testing.T) {
	var golds []Gold
	var run result.Run
	for i := range 40 {
		got := result.Missing
		if i < 4 {
			got = result.Covered
		}
		g, r := one(Statuses{"missing"}, got)
		g[0].Dossier = fmt.Sprint("d", i)
		r.Dossiers[0].ID = g[0].Dossier
		golds, run.Dossiers = append(golds, g...), append(run.Dossiers, r.Dossiers...)
	}
	var b strings.Builder
	if err := Print(&b, Compare(golds, run), false); err != nil {
		t.Fatal(err)
	}
	// 36 of 40 gaps found, no false alarm: recall .90 with Wilson .77-.96, F2 = 5*.9/(4+.9).
	for _, want := range []string{"1.00 (0.90-1.00, n=36)", "0.90 (0.77-0.96, n=40)", "0.92"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("got:\n%s\nwant in it: %s", b.String(), want)
		}
	}
	if strings.Contains(b.String(), "verkeerde oordelen") {
		t.Error("misses are printed without being asked for")
	}
}

// TestVerdicts counts per source and verdict how often it was that of the label; what decides nothing is left out.
func TestVerdicts(t *testing.T) {
	g := Gold{Dossier: "d"}
	d := result.Dossier{ID: "d"}
	for i, p := range []struct {
		source     string
		label, got result.Status
	}{
		{"wmo", "covered", "covered"}, {"wmo", "partial", "covered"}, {"wmo", "missing", "missing"}, {"wmo", "covered", result.Undetermined},
		{"k01", "covered", "covered"}, {"k01", "mentioned", result.NotApplicable}, {"wmo", "covered", "covered"},
	} {
		id := fmt.Sprintf("%s-%d", p.source, i)
		g.Requirements = append(g.Requirements, Label{ID: id, Status: Statuses{p.label}})
		d.Rows = append(d.Rows, result.Row{Requirement: id, Source: p.source, Status: p.got})
	}
	want := []Verdict{{"wmo", result.Covered, Share{2, 3}}, {"wmo", result.Missing, Share{1, 1}}, {"k01", result.Covered, Share{1, 1}}}
	if diff := cmp.Diff(want, Compare([]Gold{g}, result.Run{Dossiers: []result.Dossier{d}}).ByVerdict); diff != "" {
		t.Errorf("verdicts (-want +got):\n%s", diff)
	}
}
