package pdf

import (
	"math"
	"slices"
	"unicode/utf8"
)

// ordered returns runs in reading order. Programs paint in that order, columns included, unless the page jumps upwards all the
// time or goes from one column to the other on every line; then the place on the page decides.
func ordered(runs []run) []run {
	if !jumpy(runs) && !interleaved(runs) {
		return runs
	}
	return byPlace(slices.Clone(runs), 0)
}

// jumpy says whether a page is painted in an order that nobody reads in.
func jumpy(runs []run) bool {
	jumps, steps := 0, 0
	for i := 1; i < len(runs); i++ {
		a, b := runs[i-1], runs[i]
		if a.cell != nil || b.cell != nil || a.turned != b.turned || a.late || b.late {
			continue
		}
		steps++
		if b.y > a.y+1.5*a.size && b.x0 < a.x1 && b.x1 > a.x0 || sameBaseline(a, b) && b.x1 < a.x0 {
			jumps++
		}
	}
	return jumps*16 > steps+32
}

// interleaved says whether two columns of running text are painted line by line across the page. Labels with values beside them
// are meant to be read so; running text fills its lines.
func interleaved(runs []run) bool {
	x, ok := gutter(runs)
	if !ok {
		return false
	}
	pairs, letters, left, right := 0, 0, x, x
	for _, r := range runs {
		left, right = min(left, r.x0), max(right, r.x1)
	}
	filled := 0.0
	for i := 1; i < len(runs); i++ {
		a, b := runs[i-1], runs[i]
		if a.cell == nil && b.cell == nil && sameBaseline(a, b) && a.x1 <= x && b.x0 >= x-1 {
			pairs++
			letters += min(utf8.RuneCountInString(a.text), utf8.RuneCountInString(b.text))
			filled += min((a.x1-a.x0)/(x-left+1), (b.x1-b.x0)/(right-x+1))
		}
	}
	return pairs >= 5 && letters > 15*pairs && filled > 0.4*float64(pairs)
}

func sameBaseline(a, b run) bool { return math.Abs(b.y-a.y) < 0.3*a.size }

// byPlace reads a page by what stands where: from the top down, and where there are columns, those one after the other.
func byPlace(runs []run, depth int) []run {
	slices.SortStableFunc(runs, func(a, b run) int {
		if math.Abs(a.y-b.y) > 0.5*min(a.size, b.size) {
			return compare(b.y, a.y)
		}
		return compare(a.x0, b.x0)
	})
	x, ok := gutter(runs)
	if !ok || depth > 4 {
		return runs
	}
	var out, left, right []run
	columns := func() {
		out = append(out, byPlace(left, depth+1)...)
		out = append(out, byPlace(right, depth+1)...)
		left, right = nil, nil
	}
	for _, r := range runs {
		switch from, to := r.extent(); {
		case from < x-1 && to > x+1: // over the whole width: what is above it comes first
			columns()
			out = append(out, r)
		case to <= x+1:
			left = append(left, r)
		default:
			right = append(right, r)
		}
	}
	columns()
	return out
}

// extent is the width that a run claims: that of its table if it stands in one.
func (r run) extent() (from, to float64) {
	if r.cell != nil {
		return r.cell.table.xs[0], r.cell.table.x1
	}
	return r.x0, r.x1
}

// gutter finds the left edge of a second column: hardly any text crosses it, and at least four lines stand on either side.
func gutter(runs []run) (float64, bool) {
	if len(runs) > 2000 { // a drawing
		return 0, false
	}
	best, most := 0.0, 0
	tried := map[int]bool{}
	for _, candidate := range runs {
		x := candidate.x0
		if tried[int(x)] || candidate.turned != 0 || candidate.cell != nil {
			continue
		}
		tried[int(x)] = true
		left, right, across := 0, 0, 0
		for _, r := range runs {
			switch from, to := r.extent(); {
			case to <= x-0.6*r.size:
				left++
			case from >= x-1:
				right++
			default:
				across++
			}
		}
		if sides := min(left, right); sides >= 4 && across*5 <= left+right && sides-across > most {
			best, most = x, sides-across
		}
	}
	return best, most > 0
}
