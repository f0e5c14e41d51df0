package pdf

import (
	"math"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// run is text on one baseline without a wide gap. y is the baseline, measured from the bottom of the page.
type run struct {
	text          string
	x0, x1, y     float64
	size          float64
	first         float64 // size of the first letter
	letters, bold int
	turned        int
	page          int
	leftward      bool     // has letters that are read from right to left
	late          bool     // written on top of the page
	frame         int      // number of the text box it stands in, 0 if none
	cell          *cell    // the table cell it stands in, nil outside tables
	part          *element // the block it belongs to in the structure tree, nil if unknown
}

// Gaps between letters, in parts of the letter size: above wordGap they are two words, above runGap two runs.
const (
	wordGap = 0.13
	runGap  = 1.2
)

// runs joins the glyphs of a page in the order in which they were painted.
func (p page) runs() []run {
	var verticals []rule
	for _, r := range p.rules {
		if r.vertical() {
			verticals = append(verticals, r)
		}
	}
	b := runBuilder{page: p.num}
	for _, g := range asLooks(composed(p.glyphs)) {
		b.add(g, verticals)
	}
	b.finish()
	return b.done
}

type runBuilder struct {
	page  int
	done  []run
	open  run
	words strings.Builder
	space bool // white space was painted after the last letter
	last  glyph
}

func (b *runBuilder) add(g glyph, verticals []rule) {
	if strings.HasPrefix(g.text, raiseOpen) || strings.HasPrefix(g.text, raiseClose) {
		return // a control character from the file
	}
	blank := strings.TrimFunc(g.text, unicode.IsSpace) == ""
	if blank {
		b.space = b.space || g.text != ""
		return
	}
	if b.open.letters == 0 {
		b.start(g)
		return
	}
	size := max(b.open.size, g.size)
	rise, gap := math.Abs(g.y-b.open.y), g.x-b.open.x1
	near := g.turned == b.open.turned && g.part == b.open.part && g.late == b.open.late
	same := near && rise < 0.25*size && gap > -0.6*size && gap < runGap*size
	switch {
	case same && g.text == b.last.text && math.Abs(g.x-b.last.x) < 0.12*size:
		return // bold made by painting twice
	case same && gap > wordGap*size && crosses(verticals, b.open.x1, g.x, g.y):
	case same:
		if b.space || gap > wordGap*size && !b.unspaced(g, gap) || g.placed && b.afterNumber(g) {
			b.words.WriteByte(' ')
		}
		b.write(g)
		return
	case near && rise < 0.7*size && gap > -0.3*size && gap < 0.3*size && g.size < 0.9*b.open.size:
		b.raise(g)
		return
	}
	b.finish()
	b.start(g)
}

// Raised figures stand between these marks until it is known whether they are the marks of footnotes.
const raiseOpen, raiseClose = "\x01", "\x02"

func (b *runBuilder) raise(g glyph) {
	if g.y > b.open.y && strings.Trim(g.text, "0123456789*†‡") == "" {
		b.words.WriteString(raiseOpen + g.text + raiseClose)
	} else {
		b.words.WriteString(g.text)
	}
	b.open.x1, b.last, b.space = g.x+g.advance, g, false
}

// afterNumber says whether g starts the words of a heading whose number was placed by itself, without room in between.
func (b *runBuilder) afterNumber(g glyph) bool {
	first, _ := utf8.DecodeRuneInString(g.text)
	return (unicode.IsLetter(first) || strings.ContainsRune("(*'‘“", first)) && dottedNumber.MatchString(b.words.String())
}

var dottedNumber = regexp.MustCompile(`^\d{1,2}(?:\.\d{1,2})+\.?$`)

func (b *runBuilder) start(g glyph) {
	b.open = run{x0: g.x, x1: g.x, y: g.y, size: g.size, first: g.size, turned: g.turned, page: b.page, part: g.part, late: g.late}
	b.write(g)
}

// unspaced says whether a gap before g is no space: Chinese and Japanese characters may stand a little apart.
func (b *runBuilder) unspaced(g glyph, gap float64) bool {
	first, _ := utf8.DecodeRuneInString(g.text)
	last, _ := utf8.DecodeLastRuneInString(b.last.text)
	return gap < 0.5*g.size && unspaced(last, first)
}

func (b *runBuilder) write(g glyph) {
	if turnsLeft(g.text) {
		b.words.WriteString(asSeen(g.text))
		b.open.leftward = true
	} else {
		b.words.WriteString(g.text)
	}
	b.open.x1 = max(b.open.x1, g.x+g.advance)
	b.open.size = max(b.open.size, g.size)
	b.open.letters++
	if g.bold {
		b.open.bold++
	}
	b.last, b.space = g, false
}

func (b *runBuilder) finish() {
	if b.open.letters > 0 {
		b.open.text = strings.Join(strings.Fields(b.words.String()), " ")
		if n := len(b.done); n > 0 && b.done[n-1].paintedAgain(b.open) {
			b.done[n-1].bold = b.done[n-1].letters
		} else {
			b.done = append(b.done, b.open)
		}
	}
	b.words.Reset()
	b.open, b.space = run{}, false
}

// paintedAgain says whether o is the same text on the same place: some programs make bold letters in this way.
func (r run) paintedAgain(o run) bool {
	return r.text == o.text && r.turned == o.turned && math.Abs(r.x0-o.x0) < 0.15*r.size && math.Abs(r.y-o.y) < 0.15*r.size
}

// crosses says whether a ruled line stands between two letters: they are in different cells.
func crosses(verticals []rule, from, to, y float64) bool {
	for _, r := range verticals {
		if r.x0 >= from-1 && r.x1 <= to+1 && r.y0-1 <= y && y <= r.y1+1 {
			return true
		}
	}
	return false
}
