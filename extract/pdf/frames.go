package pdf

import (
	"math"
	"slices"
)

// A frame is a rectangle with text in it that is no table: a text box. It stands beside the running text, wherever in the file it
// was painted.

// withoutBoxes gives the rules of a page that can belong to tables: not the sides of a rectangle that lies across other rules.
func withoutBoxes(p page) []rule {
	across := map[int]bool{}
	for i, f := range p.frames {
		for _, r := range p.rules {
			if r.frame != i+1 && liesAcross(f, r) {
				across[i+1] = true
				break
			}
		}
	}
	if len(across) == 0 {
		return p.rules
	}
	var out []rule
	for _, r := range p.rules {
		if !across[r.frame] {
			out = append(out, r)
		}
	}
	return out
}

// liesAcross says whether a rule is partly inside a rectangle and partly outside.
func liesAcross(f, r rule) bool {
	const slack = 2
	if r.vertical() {
		return r.x0 > f.x0+slack && r.x0 < f.x1-slack && (r.y0 < f.y0-slack && r.y1 > f.y0+slack || r.y1 > f.y1+slack && r.y0 < f.y1-slack)
	}
	return r.y0 > f.y0+slack && r.y0 < f.y1-slack && (r.x0 < f.x0-slack && r.x1 > f.x0+slack || r.x1 > f.x1+slack && r.x0 < f.x1-slack)
}

// maxBox is the number of runs above which a rectangle is a border around running text.
const maxBox = 12

// frameRuns marks the runs that stand in a text box.
func frameRuns(p page, runs []run) {
	for i, f := range p.frames {
		if f.y1-f.y0 > 0.4*p.height || f.x1-f.x0 < 30 || f.y1-f.y0 < 12 {
			continue
		}
		var inside []int
		for k, r := range runs {
			if r.cell == nil && r.turned == 0 && r.x0 >= f.x0-1 && r.x1 <= f.x1+2 && r.y > f.y0 && r.y < f.y1 {
				inside = append(inside, k)
			}
		}
		if len(inside) > maxBox {
			continue
		}
		for _, k := range inside {
			runs[k].frame = i + 1
		}
	}
}

// inPlace moves the text boxes of a page, and what is written on top of it, to where they stand: behind the text that is above them.
// They are painted last.
func inPlace(p page, runs []run) []run {
	var text, late []run
	boxes := map[int][]run{}
	var order []int
	for _, r := range runs {
		switch {
		case r.late:
			late = append(late, r)
			continue
		case r.frame == 0:
			text = append(text, r)
			continue
		}
		if boxes[r.frame] == nil {
			order = append(order, r.frame)
		}
		boxes[r.frame] = append(boxes[r.frame], r)
	}
	for _, n := range order {
		at := placeOf(boxText(p.frames[n-1], boxes[n]), text)
		text = append(text[:at:at], append(boxes[n], text[at:]...)...)
	}
	for _, r := range late {
		at := lateAt(r, text)
		text = slices.Insert(text, at, r)
	}
	return text
}

// boxText is a box as wide as the text in it: the box itself may hang over the next column.
func boxText(f rule, inside []run) rule {
	f.x0, f.x1 = inside[0].x0, inside[0].x1
	for _, r := range inside {
		f.x0, f.x1 = min(f.x0, r.x0), max(f.x1, r.x1)
	}
	return f
}

// lateAt is the place of a run that is written on top of the page: behind the words to its left, or else below what is above it.
func lateAt(r run, text []run) int {
	at := placeOf(rule{x0: r.x0, x1: r.x1, y1: r.y + r.size}, text)
	for i, o := range text {
		if math.Abs(o.y-r.y) < 0.5*r.size && o.x1 <= r.x0+2 {
			at = i + 1
		}
	}
	return at
}

// placeOf is the index of the first run that stands below a box in the same column and comes after all that stands above it.
func placeOf(f rule, text []run) int {
	at := 0
	for i, r := range text {
		if r.y > f.y1-1 && r.x0 < f.x1 && r.x1 > f.x0 {
			at = i + 1
		}
	}
	return at
}
