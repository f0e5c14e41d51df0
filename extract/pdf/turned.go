package pdf

// upright turns a page on which nearly all letters stand on their side, or upside down, so that it is read like any other: a wide table
// is often set like that. What little stands the other way, such as the page number, becomes the turned part.
func (p *page) upright() {
	var by [4]int
	for _, g := range p.glyphs {
		by[g.turned]++
	}
	turn := 0
	for t, n := range by {
		if t > 0 && n*10 > len(p.glyphs)*9 {
			turn = t
		}
	}
	if turn == 0 {
		return
	}
	for i := range p.glyphs {
		g := &p.glyphs[i]
		x, y := fromReader(g.turned, g.x, g.y)
		x, y = p.turnedBack(turn, x, y)
		g.turned = (g.turned - turn + 4) % 4
		g.x, g.y = toReader(g.turned, x, y)
	}
	for _, rules := range [][]rule{p.rules, p.frames} {
		for i, r := range rules {
			x0, y0 := p.turnedBack(turn, r.x0, r.y0)
			x1, y1 := p.turnedBack(turn, r.x1, r.y1)
			rules[i] = rule{x0: min(x0, x1), y0: min(y0, y1), x1: max(x0, x1), y1: max(y0, y1), frame: r.frame}
		}
	}
	if turn%2 == 1 {
		p.width, p.height = p.height, p.width
	}
	p.turned = turn
}

// asPrinted gives the height at which a run stands that was upright before the page was turned, and the height of the page then.
func (p *page) asPrinted(r run) (y, height float64) {
	switch p.turned {
	case 1:
		return r.y, p.width
	case 2:
		return r.y + p.height, p.height
	}
	return r.y + p.width, p.width
}

// turnedBack is where a point of a page comes when the page is turned so that letters with that many quarter turns stand upright.
func (p *page) turnedBack(turn int, x, y float64) (float64, float64) {
	switch turn {
	case 1:
		return y, p.width - x
	case 2:
		return p.width - x, p.height - y
	case 3:
		return p.height - y, x
	}
	return x, y
}

// toReader gives a point the coordinates that a letter with that many quarter turns has, see glyph.
func toReader(turned int, x, y float64) (float64, float64) {
	switch turned {
	case 1:
		return y, -x
	case 2:
		return -x, -y
	case 3:
		return -y, x
	}
	return x, y
}

// fromReader is the inverse of toReader.
func fromReader(turned int, x, y float64) (float64, float64) {
	return toReader((4-turned)%4, x, y)
}
