package pdf

import (
	"math"
	"slices"
)

// An open table has rules above and below its header and below its last row, and nothing but white space between its rows and
// columns. LaTeX sets tables like this.

// openTables finds the open tables among the rules that are not part of a ruled table.
func openTables(rules []rule, runs []run) []*table {
	var out []*table
	for _, group := range sameExtent(rules) {
		for i := 0; i+1 < len(group) && len(group) < maxLines/5; {
			t, last := openTable(group, i, rules, runs)
			if t == nil {
				i++
				continue
			}
			out = append(out, t)
			i = last + 1
		}
	}
	return out
}

// sameExtent groups the horizontal rules that begin and end at the same place, from the top down.
func sameExtent(rules []rule) [][]rule {
	var out [][]rule
	for _, r := range rules[:min(len(rules), maxLines)] {
		if r.vertical() || r.x1-r.x0 < 60 {
			continue
		}
		i := slices.IndexFunc(out, func(g []rule) bool { return math.Abs(g[0].x0-r.x0) < 3 && math.Abs(g[0].x1-r.x1) < 3 })
		if i < 0 {
			out = append(out, nil)
			i = len(out) - 1
		}
		out[i] = append(out[i], r)
	}
	for _, g := range out {
		slices.SortStableFunc(g, func(a, b rule) int { return compare(b.y0, a.y0) })
	}
	return out
}

// openTable makes a table whose header stands between rules i and i+1 of a group, nil if there is none. last is the number of the
// last rule it uses.
func openTable(group []rule, i int, rules []rule, runs []run) (t *table, last int) {
	top, middle := group[i], group[i+1]
	over := 6 + 0.1*(top.x1-top.x0) // the words in the last column may be too long for it
	header := between(runs, top, middle.y0, top.y0, over)
	heads := printedLines(header)
	if len(heads) > 6 || !slices.ContainsFunc(heads, func(l []run) bool { return len(l) > 1 }) {
		return nil, 0
	}
	bottom, last, closed := 0.0, i+1, false
	if i+2 < len(group) {
		bottom, last, closed = group[i+2].y0, i+2, true
	}
	for _, r := range rules { // a rule of another kind, as above footnotes, ends the table too
		if !r.vertical() && math.Abs(r.x1-top.x1) >= 3 && r.y0 < middle.y0-3 && r.y0 > bottom {
			bottom, last = r.y0, i+1
			closed = math.Abs(r.x0-top.x0) < 3 && r.x1 > top.x1 // its own last rule, drawn out by a row that is too long
		}
	}
	if closed {
		over = math.Inf(1) // LaTeX does not break the lines of a cell that spans all columns
	}
	body := between(runs, top, bottom, middle.y0, over)
	xs := columnStarts(top, header, body)
	if !closed {
		body = whileTable(xs, header, body)
	}
	long := closed && len(body) == 1 && (body[0].x1 > top.x1+6 || spans(header, body[0])) // a header again and one cell over all columns
	if len(xs) < 2 || len(body) < 2 && !long {
		return nil, 0
	}
	return newOpenTable(xs, top, middle, body), last
}

// between gives the upright runs between two heights within the width of a rule, or not more than so much over it, from the top down.
func between(runs []run, r rule, low, high, over float64) []run {
	var out []run
	for _, o := range runs {
		if o.turned == 0 && o.cell == nil && o.y > low && o.y < high && o.x0 > r.x0-6 && o.x0 < r.x1 && o.x1 < r.x1+over {
			out = append(out, o)
		}
	}
	slices.SortStableFunc(out, func(a, b run) int { return compare(b.y, a.y) })
	return out
}

// printedLines groups runs, which come from the top down, by baseline.
func printedLines(runs []run) [][]run {
	var out [][]run
	for i, r := range runs {
		if i > 0 && math.Abs(runs[i-1].y-r.y) < 0.3*r.size {
			out[len(out)-1] = append(out[len(out)-1], r)
			continue
		}
		out = append(out, []run{r})
	}
	return out
}

// whileTable cuts the body of a table that has no rule at its end: at a wide gap, at smaller letters, or where a line runs across
// the columns.
func whileTable(xs []float64, header, body []run) []run {
	var out []run
	y := header[len(header)-1].y
	for _, line := range printedLines(body) {
		first := line[0]
		if y-first.y > 2.6*first.size || first.size < 0.85*header[0].size || slices.ContainsFunc(line, func(r run) bool { return runsAcross(xs, r) }) {
			break
		}
		out = append(out, line...)
		y = first.y
	}
	return out
}

// runsAcross says whether a run of text goes well into the next column.
func runsAcross(xs []float64, r run) bool {
	col := columnOf(xs, r.x0)
	return col+1 < len(xs) && r.x1 > xs[col+1]+1.5*r.size
}

// columnStarts are the left edges of columns: where the words of the header begin if lines below begin there too, and where white
// space runs through all lines.
func columnStarts(top rule, header, body []run) []float64 {
	left := top.x0
	xs := []float64{left}
	least := max(2, len(printedLines(body))/5)
	for _, h := range header {
		below := 0
		for _, r := range body {
			if math.Abs(r.x0-h.x0) < 3 {
				below++
			}
		}
		if below >= least {
			xs = append(xs, h.x0-2)
		}
	}
	all := slices.Concat(header, body)
	slices.SortStableFunc(all, func(a, b run) int { return compare(a.x0, b.x0) })
	right := left
	for i, r := range all {
		if r.x1 > top.x1+6 || spans(header, r) {
			continue
		}
		if i > 0 && r.x0 > right+0.5*r.size {
			xs = append(xs, r.x0-2)
		}
		right = max(right, r.x1)
	}
	return distinct(xs)
}

// spans says whether a run lies under several words of the header: it is a cell over all columns.
func spans(header []run, r run) bool {
	under := 0
	for _, h := range header {
		if h.x0 > r.x0+3 && h.x1 < r.x1 {
			under++
		}
	}
	return under > 1
}

// newOpenTable finds the rows of an open table and gives it rules where they would have stood.
func newOpenTable(xs []float64, top, middle rule, body []run) *table {
	t := &table{cells: map[[2]int]*cell{}, xs: xs, x1: top.x1, headed: true, ys: []float64{top.y0}}
	for i, first := range rowStarts(xs, body) {
		y := middle.y0
		if i > 0 {
			y = first.y + 0.8*first.size
		}
		t.ys = append(t.ys, y)
	}
	t.y1 = body[len(body)-1].y - 0.4*body[len(body)-1].size
	for _, y := range t.ys {
		t.across = append(t.across, rule{x0: top.x0, y0: y, x1: top.x1, y1: y})
	}
	for _, x := range xs {
		t.down = append(t.down, rule{x0: x, y0: t.y1, x1: x, y1: top.y0})
	}
	return t
}

// rowStarts gives the first run of each row. A row begins where its first column does; a cell that fills more than one line is
// told by its neighbours, which have ended.
func rowStarts(xs []float64, body []run) []run {
	var out []run
	var open []bool // columns that the open row has filled
	var last run
	for _, line := range printedLines(body) {
		filled := make([]bool, len(xs))
		for _, r := range line {
			filled[columnOf(xs, r.x0)] = true
		}
		wide := len(out) > 0 && last.y-line[0].y > 1.7*line[0].size
		alone := count(filled) == 1 && count(open) == 1
		if len(out) == 0 || wide || filled[0] && !alone && !startsMidWord(last, line) {
			out, open = append(out, line[0]), make([]bool, len(xs))
		}
		for i, f := range filled {
			open[i] = open[i] || f
		}
		last = leftmost(line)
	}
	return out
}

// startsMidWord says whether the first cell goes on in this line: it was broken at a hyphen.
func startsMidWord(last run, line []run) bool {
	next := leftmost(line)
	return endsInHyphen(line1(last)) && math.Abs(last.x0-next.x0) < 4
}

func line1(r run) line { return line{text: r.text} }

func leftmost(line []run) run {
	return slices.MinFunc(line, func(a, b run) int { return compare(a.x0, b.x0) })
}

func columnOf(xs []float64, x float64) int {
	col := 0
	for i, left := range xs {
		if x >= left-1 {
			col = i
		}
	}
	return col
}

func count(filled []bool) int {
	n := 0
	for _, f := range filled {
		if f {
			n++
		}
	}
	return n
}
