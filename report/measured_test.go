package report

import (
	"slices"
	"testing"

	"inkooptoets/rules/result"
)

func TestReliability(t *testing.T) {
	sources := []result.Source{{ID: "wmo", Kind: "law"}, {ID: "h", Kind: "guide"}}
	figures := []result.Measured{
		{Kind: "law", Status: result.Covered, Right: 189, N: 194, Precision: 0.974, Low: 0.941, High: 0.989},
		{Kind: "law", Status: result.Referenced, Right: 21, N: 22},
		{Kind: "law", Status: result.Partial, Right: 29, N: 29, Precision: 1, Low: 0.883, High: 1}, // a stranger's run: too few for the figure it gives
		{Kind: "law", Status: result.Mentioned, Right: 30, N: 30, Precision: 7, Low: -1, High: 9},
		{Kind: "framework", Status: result.Covered, Right: 41, N: 53, Precision: 0.774, Low: 0.645, High: 0.865},
	}
	ws := languages["nl"]
	for _, tc := range []struct {
		name string
		run  result.Run
		want []string
	}{
		{"no figures, as in older runs", result.Run{Sources: sources}, nil},
		{"only kinds that were judged", result.Run{Sources: sources[:1], Measured: figures}, []string{
			"Wet: gedekt 97% (94–99%, n=194), niet gemeten: via verwijzing (n=22), deels (n=29), alleen genoemd (n=30), tegengesproken (n=0), ontbreekt (n=0)."}},
		{"a kind that nobody measured", result.Run{Sources: sources[1:], Measured: figures}, []string{
			"Handreikingen: niet gemeten: gedekt (n=0), via verwijzing (n=0), deels (n=0), alleen genoemd (n=0), tegengesproken (n=0), ontbreekt (n=0)."}},
		{"frameworks in passages and in whole tenders", result.Run{Sources: []result.Source{{Kind: "framework"}}, Measured: append(figures[len(figures)-1:], result.Measured{
			Kind: result.InTenders, Status: result.Covered, Right: 34, N: 50, Precision: 0.68, Low: 0.542, High: 0.792})}, []string{
			"Kaders: gedekt 77% (65–87%, n=53), niet gemeten: via verwijzing (n=0), deels (n=0), alleen genoemd (n=0), tegengesproken (n=0), ontbreekt (n=0).",
			"Kaders, hele dossiers: gedekt 68% (54–79%, n=50), niet gemeten: via verwijzing (n=0), deels (n=0), alleen genoemd (n=0), tegengesproken (n=0), ontbreekt (n=0)."}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := reliabilityOf(tc.run, ws).lines(ws); !slices.Equal(got, tc.want) {
				t.Errorf("got  %q\nwant %q", got, tc.want)
			}
		})
	}
}

// TestTendersNote: only a report with figures of whole tenders says what they are.
func TestTendersNote(t *testing.T) {
	ws := languages["nl"]
	if got := (reliability{{kind: ws.measuredKind["framework"]}}).note(ws); got != ws.reliableNote {
		t.Errorf("without: %q", got)
	}
	if got := (reliability{{kind: ws.measuredKind[result.InTenders]}}).note(ws); got != ws.reliableNote+" "+ws.tendersNote {
		t.Errorf("with: %q", got)
	}
}
