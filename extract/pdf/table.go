package pdf

import (
	"math"
	"slices"
	"strings"

	"inkooptoets/extract/dossier"
)

// table is a ruled table on one page.
type table struct {
	xs, ys []float64 // left edges of the columns; top edges of the rows, from the top down
	x1, y1 float64   // right and bottom edge
	across []rule
	down   []rule
	cells  map[[2]int]*cell // by row and column
	headed bool             // the first row is known to name the columns
}

// cell collects the runs of one cell.
type cell struct {
	table    *table
	row, col int
	runs     []run
}

// ruledTables finds the tables on a page and gives every run inside one its cell.
func ruledTables(p page, runs []run) {
	rules := withoutBoxes(p)
	var out []*table
	var loose []rule
	for _, group := range touching(rules) {
		if t := newTable(group); t != nil {
			out = append(out, t)
		} else {
			loose = append(loose, group...)
		}
	}
	out = append(out, openTables(loose, runs)...)
	if len(out) == 0 {
		if t := stripedTable(rules, runs); t != nil {
			out = append(out, t)
		}
	}
	for i := range runs {
		if c := cellOf(out, runs, i); c != nil {
			runs[i].cell = c
			c.runs = append(c.runs, runs[i])
		}
	}
}

// cellOf is the cell that run i stands in, nil if it stands in none of the tables. A line that is too long for its cell runs on
// beyond the edge of the table.
func cellOf(tables []*table, runs []run, i int) *cell {
	for _, t := range tables {
		if c := t.cellAt(runs[i]); c != nil {
			return c
		}
	}
	if i == 0 || runs[i-1].cell == nil {
		return nil
	}
	prev, r := runs[i-1], runs[i]
	t := prev.cell.table
	if gap := r.x0 - prev.x1; sameBaseline(prev, r) && gap > 0 && gap < 0.6*r.size && prev.x0 < t.x1 && prev.x1 > t.x1-2*r.size {
		return prev.cell
	}
	return nil
}

// touching groups rules that meet.
func touching(rules []rule) [][]rule {
	group := make([]int, len(rules))
	for i := range group {
		group[i] = i
	}
	var root func(int) int
	root = func(i int) int {
		for group[i] != i {
			group[i] = group[group[i]]
			i = group[i]
		}
		return i
	}
	order := make([]int, len(rules))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return compare(rules[a].x0, rules[b].x0) })
	for i, a := range order {
		for _, b := range order[i+1:] {
			if rules[b].x0 > rules[a].x1+3 {
				break
			}
			if rules[b].y0 <= rules[a].y1+3 && rules[b].y1 >= rules[a].y0-3 {
				group[root(a)] = root(b)
			}
		}
	}
	index := map[int]int{}
	var out [][]rule
	for i, r := range rules {
		k, ok := index[root(i)]
		if !ok {
			k = len(out)
			index[root(i)] = k
			out = append(out, nil)
		}
		out[k] = append(out[k], r)
	}
	return out
}

// newTable makes a table of rules that meet, nil if they do not enclose at least two cells.
func newTable(rules []rule) *table {
	t := &table{cells: map[[2]int]*cell{}}
	x0, y0, x1, y1 := math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)
	for _, r := range rules {
		if r.vertical() && r.y1-r.y0 > 3 {
			t.down = append(t.down, r)
			t.xs = append(t.xs, r.x0)
		} else {
			t.across = append(t.across, r)
			t.ys = append(t.ys, r.y0)
		}
		x0, y0, x1, y1 = min(x0, r.x0), min(y0, r.y0), max(x1, r.x1), max(y1, r.y1)
	}
	if len(t.down) == 0 || len(t.across) < 2 {
		return nil
	}
	t.xs, t.ys = distinct(append(t.xs, x0, x1)), distinct(append(t.ys, y0, y1))
	slices.Reverse(t.ys)
	columns, rows := len(t.xs)-1, len(t.ys)-1
	if columns < 1 || rows < 1 || columns*rows < 2 {
		return nil
	}
	t.x1, t.y1 = t.xs[columns], t.ys[rows]
	t.xs, t.ys = t.xs[:columns], t.ys[:rows]
	return t
}

// distinct sorts values and keeps one of those that are closer than a few points.
func distinct(values []float64) []float64 {
	slices.Sort(values)
	return slices.CompactFunc(values, func(a, b float64) bool { return math.Abs(a-b) < 4 })
}

// stripedTable finds a table whose rows are ruled and whose columns are only kept apart by white space.
func stripedTable(rules []rule, runs []run) *table {
	var stripes []rule
	for _, r := range rules {
		if !r.vertical() && (len(stripes) == 0 || math.Abs(r.x0-stripes[0].x0) < 3 && math.Abs(r.x1-stripes[0].x1) < 3) {
			stripes = append(stripes, r)
		}
	}
	if len(stripes) < 4 {
		return nil
	}
	t := &table{cells: map[[2]int]*cell{}, across: stripes, x1: stripes[0].x1}
	for _, r := range stripes {
		t.ys = append(t.ys, r.y0)
	}
	t.ys = distinct(t.ys)
	slices.Reverse(t.ys)
	if len(t.ys) < 4 {
		return nil
	}
	t.y1, t.ys = t.ys[len(t.ys)-1], t.ys[:len(t.ys)-1]
	t.xs = corridors(t, stripes[0].x0, runs)
	if len(t.xs) < 2 {
		return nil
	}
	for _, x := range t.xs {
		t.down = append(t.down, rule{x0: x, y0: t.y1, x1: x, y1: t.ys[0]})
	}
	return t
}

// corridors are the left edges of columns: white space that runs from the top of the table to the bottom.
func corridors(t *table, left float64, runs []run) []float64 {
	var inside []run
	for _, r := range runs {
		if r.y < t.ys[0] && r.y > t.y1 && r.turned == 0 {
			inside = append(inside, r)
		}
	}
	slices.SortStableFunc(inside, func(a, b run) int { return compare(a.x0, b.x0) })
	xs := []float64{left}
	for i, r := range inside {
		if i > 0 && r.x0 > left+0.5*r.size {
			xs = append(xs, r.x0-2)
		}
		left = max(left, r.x1)
	}
	return distinct(xs)
}

// cellAt finds the cell of a run. Only rules that really pass the run count, so that merged cells are one cell.
func (t *table) cellAt(r run) *cell {
	x, y := r.x0+min(3, (r.x1-r.x0)/2), r.y+0.3*r.size
	if r.turned != 0 || x < t.xs[0]-2 || x > t.x1+2 || y > t.ys[0]+2 || y < t.y1-2 {
		return nil
	}
	x = min(x, t.x1-1) // where the rules still reach
	at := [2]int{}
	for i, top := range t.ys {
		if y <= top && t.ruledAcross(x, top) {
			at[0] = i
		}
	}
	for i, left := range t.xs {
		if x >= left-1 && t.ruledDown(left, y) {
			at[1] = i
		}
	}
	if t.cells[at] == nil {
		t.cells[at] = &cell{table: t, row: at[0], col: at[1]}
	}
	return t.cells[at]
}

func (t *table) ruledAcross(x, y float64) bool {
	return slices.ContainsFunc(t.across, func(r rule) bool { return math.Abs(r.y0-y) < 4 && r.x0-1 <= x && x <= r.x1+1 })
}

func (t *table) ruledDown(x, y float64) bool {
	return slices.ContainsFunc(t.down, func(r rule) bool { return math.Abs(r.x0-x) < 4 && r.y0-1 <= y && y <= r.y1+1 })
}

// tableRow is one row of text.
type tableRow struct {
	cells []dossier.Cell
	bold  bool
}

// rows are the filled rows of the table, from the top down. A cell that is merged over rows is repeated in each.
func (t *table) rows(j joiner) []tableRow {
	var out []tableRow
	above := map[int]string{}
	for r, top := range t.ys {
		bottom := t.y1
		if r+1 < len(t.ys) {
			bottom = t.ys[r+1]
		}
		row := tableRow{bold: true}
		filled := false
		for c, left := range t.xs {
			right := t.x1
			if c+1 < len(t.xs) {
				right = t.xs[c+1]
			}
			found := t.cells[[2]int{r, c}]
			if found == nil && c > 0 && !t.ruledDown(left, (top+bottom)/2) {
				continue // part of the cell to its left
			}
			text := ""
			switch {
			case found != nil:
				text = found.text(j)
				filled = true
				row.bold = row.bold && found.bold()
				above[c] = text
			case r > 0 && !t.ruledAcross((left+right)/2, top):
				text = above[c]
			default:
				above[c] = ""
			}
			row.cells = append(row.cells, dossier.Cell{Text: text, Col: c})
		}
		if t.headed && r > 0 && onlyFirst(row.cells) {
			row.cells = row.cells[:1]
		}
		if filled {
			out = append(out, row)
		}
	}
	return out
}

// onlyFirst says whether a row has nothing but its first cell: in a table without lines that cell stands for the whole row.
func onlyFirst(cells []dossier.Cell) bool {
	return cells[0].Text != "" && !slices.ContainsFunc(cells[1:], func(c dossier.Cell) bool { return c.Text != "" })
}

func (c *cell) text(j joiner) string {
	out := ""
	for _, l := range lines(withoutCell(c.runs)) {
		out = j.join(out, j.unmark(l.text))
	}
	return dossier.Clean(out)
}

func withoutCell(runs []run) []run {
	out := slices.Clone(runs)
	for i := range out {
		out[i].cell = nil
	}
	return out
}

func (c *cell) bold() bool {
	letters, bold := 0, 0
	for _, r := range c.runs {
		letters, bold = letters+r.letters, bold+r.bold
	}
	return bold*10 >= letters*8
}

// isHeader says whether the first of rows names the columns.
func isHeader(rows []tableRow) bool {
	if len(rows) < 2 || len(rows[0].cells) < 2 {
		return false
	}
	texts := make([][]string, len(rows))
	for i, r := range rows {
		for _, c := range r.cells {
			texts[i] = append(texts[i], c.Text)
		}
	}
	return rows[0].bold && !rows[1].bold || dossier.LooksLikeHeader(texts)
}

// sameColumns says whether a table can go on in another: at the top of the next page or column of text.
func (t *table) sameColumns(o *table) bool {
	shift := o.xs[0] - t.xs[0]
	if math.Abs(shift) > 4 && o.ys[0] < t.y1 {
		return false // below it: another table
	}
	return len(t.xs) == len(o.xs) && !slices.ContainsFunc(t.xs, func(x float64) bool {
		return !slices.ContainsFunc(o.xs, func(y float64) bool { return math.Abs(x+shift-y) < 4 })
	})
}

func sameTexts(a, b []dossier.Cell) bool {
	return slices.EqualFunc(a, b, func(x, y dossier.Cell) bool { return strings.EqualFold(x.Text, y.Text) })
}
