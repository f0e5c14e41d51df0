package pdf

import (
	"math"
	"slices"
)

// dropStruck takes out the letters that a line is drawn through: text that was deleted, in a draft printed with its changes. It
// counts them. A page that is struck for the greater part is left alone, as those lines must mean something else.
func (p *page) dropStruck() {
	strokes := p.strokes()
	if len(strokes) == 0 {
		return
	}
	by := make([]int, len(p.glyphs)) // the stroke through each glyph, from 1
	ends := make([]rule, len(strokes))
	for i := range p.glyphs {
		g := &p.glyphs[i] // large, and there are many
		for k, s := range strokes {
			if !s.strikes(g) {
				continue
			}
			if by[i] = k + 1; ends[k] == (rule{}) {
				ends[k] = rule{x0: g.x, x1: g.x + g.advance}
			}
			ends[k].x0, ends[k].x1 = min(ends[k].x0, g.x), max(ends[k].x1, g.x+g.advance)
			break
		}
	}
	struck := 0
	for i := range p.glyphs {
		k, size := by[i]-1, p.glyphs[i].size
		if k < 0 {
			continue
		}
		if math.Abs(ends[k].x0-strokes[k].x0) > size || math.Abs(ends[k].x1-strokes[k].x1) > size {
			by[i] = 0
			continue
		}
		struck++
	}
	if struck == 0 || 2*struck >= len(p.glyphs) {
		return
	}
	p.struck = struck
	kept := p.glyphs[:0]
	for i := range p.glyphs {
		if by[i] == 0 {
			kept = append(kept, p.glyphs[i])
		}
	}
	p.glyphs = kept
}

// strokes are the horizontal lines of a page that have a letter right behind them.
func (p *page) strokes() []rule {
	var flat []rule
	for _, r := range p.rules {
		if !r.vertical() && r.frame == 0 && r.y1-r.y0 < 2 && r.x1-r.x0 < p.width {
			flat = append(flat, r)
		}
	}
	if len(flat) > 500 { // a drawing
		return nil
	}
	return slices.DeleteFunc(flat, func(r rule) bool {
		for i := range p.glyphs {
			if r.strikes(&p.glyphs[i]) {
				return false
			}
		}
		return true
	})
}

// strikes says whether a line runs through the middle of a letter.
func (r rule) strikes(g *glyph) bool {
	y := (r.y0 + r.y1) / 2
	return g.turned == 0 && y > g.y+0.15*g.size && y < g.y+0.45*g.size && r.x0 <= g.x+0.4*g.advance && r.x1 >= g.x+0.6*g.advance
}
