package report

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"inkooptoets/rules/result"
)

// measuredKinds are the kinds of source whose verdicts have figures, in reading order.
var measuredKinds = []string{"law", "framework", result.InTenders, "guide"}

// measuredStatuses are the verdicts that can be right or wrong.
var measuredStatuses = []result.Status{result.Covered, result.Referenced, result.Partial, result.Mentioned, result.Contradicted, result.Missing}

// minMeasured is the least number of verdicts that makes a figure.
const minMeasured = 30

// reliability is how often verdicts were right: a row per kind of source in the run, a cell per status of measuredStatuses. It is empty for a run without
// figures.
type reliability []reliable

type reliable struct {
	kind  string
	cells []figure
}

// figure is the share of verdicts that were right, or only how many there were: too few.
type figure struct {
	share string // empty: not measured
	n     int
}

// reliabilityOf writes the figures of a run for the kinds of source that its rows are about. A kind that nobody measured says so in every cell.
func reliabilityOf(run result.Run, ws *words) reliability {
	if len(run.Measured) == 0 {
		return nil
	}
	var out reliability
	for _, kind := range measuredKinds {
		of := kind
		if kind == result.InTenders {
			of = "framework"
			if !slices.ContainsFunc(run.Measured, func(m result.Measured) bool { return m.Kind == kind }) {
				continue // a run of an older version
			}
		}
		if !slices.ContainsFunc(run.Sources, func(s result.Source) bool { return s.Kind == of }) {
			continue
		}
		row := reliable{kind: ws.measuredKind[kind]}
		for _, status := range measuredStatuses {
			i := slices.IndexFunc(run.Measured, func(m result.Measured) bool { return m.Kind == kind && m.Status == status })
			if i < 0 {
				row.cells = append(row.cells, figure{})
				continue
			}
			row.cells = append(row.cells, figureOf(run.Measured[i]))
		}
		out = append(out, row)
	}
	return out
}

// figureOf writes a share with its interval and number, if there is one.
func figureOf(m result.Measured) figure {
	f := figure{n: max(m.N, 0)}
	if m.N >= minMeasured && within(m.Low, m.Precision, m.High) {
		f.share = fmt.Sprintf("%d%% (%d–%d%%, n=%d)", percent(m.Precision), percent(m.Low), percent(m.High), m.N)
	}
	return f
}

// shown is the figure in a cell of a table.
func (f figure) shown(ws *words) string {
	if f.share == "" {
		return fmt.Sprintf("%s (n=%d)", ws.notMeasured, f.n)
	}
	return f.share
}

// within reports whether the figures are shares in order; those of a stranger's run may be anything.
func within(low, share, high float64) bool {
	return 0 <= low && low <= share && share <= high && high <= 1
}

func percent(share float64) int { return int(math.Round(100 * share)) }

// note says how the figures were measured.
func (r reliability) note(ws *words) string {
	if slices.ContainsFunc(r, func(row reliable) bool { return row.kind == ws.measuredKind[result.InTenders] }) {
		return ws.reliableNote + " " + ws.tendersNote
	}
	return ws.reliableNote
}

// lines writes each row as a sentence, with what was not measured at its end.
func (r reliability) lines(ws *words) []string {
	var out []string
	for _, row := range r {
		var told, not []string
		for i, f := range row.cells {
			name := ws.status[measuredStatuses[i]]
			if f.share == "" {
				not = append(not, fmt.Sprintf("%s (n=%d)", name, f.n))
				continue
			}
			told = append(told, name+" "+f.share)
		}
		if len(not) > 0 {
			told = append(told, ws.notMeasured+": "+strings.Join(not, ", "))
		}
		out = append(out, row.kind+": "+strings.Join(told, ", ")+".")
	}
	return out
}
