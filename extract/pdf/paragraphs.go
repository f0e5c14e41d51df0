package pdf

import (
	"math"
	"strings"
	"unicode"
	"unicode/utf8"

	"inkooptoets/extract/dossier"
)

// goesOn says whether a line belongs to the open block.
func (b *builder) goesOn(l line) bool {
	prev := b.last
	if l.turned != prev.turned || math.Abs(l.size-prev.size) > 0.08*max(l.size, prev.size)+0.2 {
		return false
	}
	down := prev.y - l.y
	switch {
	case b.boxBetween(prev, l):
		if b.looksLikeHeading(b.whole()) {
			return l.bold == prev.bold && !b.numbered(l) && down > 0
		}
		return b.goesOnElsewhere(l)
	case l.page != prev.page || down <= 0 || l.x0 > prev.x1+20:
		return b.goesOnElsewhere(l)
	case down > (b.leading+0.2)*l.size, b.marked(l), labelled(prev, l), b.isContents(prev.text):
		return false
	case b.large(l) && b.looksLikeHeading(b.first):
		return !b.numbered(l) && (startsLower(l) || b.looksLikeHeading(l))
	case l.bold != prev.bold && !startsLower(l) && !endsInHyphen(prev):
		return !b.fits(prev, l) // a whole line of bold words in the middle of a paragraph is chance
	case b.open.Kind == dossier.Item && len(b.first.runs) > 1 && b.first.textX > b.first.x0+3 && l.x0 < b.first.textX-4 && !endsInHyphen(prev):
		return l.x0 > b.first.x0-2 && startsLower(l) && !ended(prev) && !b.fits(prev, l)
	}
	return startsLower(l) && !ended(prev) || !b.fits(prev, l)
}

// goesOnElsewhere says whether the open block goes on at the top of the next column or page. Nothing but the words and the room
// on the last line can tell.
func (b *builder) goesOnElsewhere(l line) bool {
	prev := b.last
	if _, _, listed := marker(l.text); listed || ended(prev) || b.open.Kind == dossier.Paragraph && b.looksLikeHeading(b.whole()) {
		return false
	}
	if endsInHyphen(prev) {
		return true
	}
	return !b.early(prev) && (startsLower(l) || b.openClause(l))
}

// boxBetween says whether a text box stands between two lines of a column.
func (b *builder) boxBetween(prev, l line) bool {
	return len(b.waiting) > 0 && b.boxPlace[0] == l.page && prev.page == l.page && b.lastBox.y < prev.y && b.lastBox.y > l.y
}

// early says whether a line stops clearly before the end of its column: it is the last of its paragraph.
func (b *builder) early(l line) bool {
	return l.edge-l.x1 > 0.3*(l.edge-l.left)
}

// labelled says whether two lines are both a label with a value beside it.
func labelled(prev, l line) bool {
	return len(prev.runs) == 2 && len(l.runs) == 2 && math.Abs(prev.runs[0].x0-l.runs[0].x0) < 2 && math.Abs(prev.runs[1].x0-l.runs[1].x0) < 2 &&
		l.runs[1].x0 > l.runs[0].x1+runGap*l.size && prev.runs[1].x0 > prev.runs[0].x1+runGap*l.size
}

// whole is the open block as one line.
func (b *builder) whole() line {
	l := b.first
	l.text, l.bold = b.text, b.allBold
	return l
}

func startsLower(l line) bool {
	first, _ := utf8.DecodeRuneInString(l.text)
	return unicode.IsLower(first)
}

func endsInHyphen(l line) bool {
	return strings.HasSuffix(l.text, "-") || strings.HasSuffix(l.text, "‐") || strings.HasSuffix(l.text, "\u00AD")
}

// ended says whether a line ends a sentence or a part of one.
func ended(l line) bool { return strings.ContainsAny(l.text[len(l.text)-1:], ".:;?!") }

// openClause says whether the open text runs to the end of its column without ending there, so that it must go on.
func (b *builder) openClause(l line) bool {
	return b.open.Kind != dossier.Heading && !b.first.bold && !l.bold && b.last.edge-b.last.x1 < 0.15*(b.last.edge-b.last.x0)
}

// fits says whether the first word of the next line had room on the line before it: then the line was ended on purpose.
func (b *builder) fits(prev, next line) bool {
	word, _, _ := strings.Cut(next.text, " ")
	width := (next.x1 - next.x0) * float64(utf8.RuneCountInString(word)) / float64(max(1, utf8.RuneCountInString(next.text)))
	room := prev.edge - prev.x1 - width
	if ended(prev) {
		return room > 0.6*next.size
	}
	return room > 3*next.size // the width is an estimate, and in the middle of a sentence a break must be plain
}

// marked says whether a line starts a list item. Inside an item, what stands under its words is its text, whatever it starts with.
func (b *builder) marked(l line) bool {
	number, _, ok := marker(l.text)
	if !ok {
		return b.numbered(l) && b.fits(b.last, l)
	}
	if b.open.Kind == dossier.Item && b.first.textX > b.first.x0+3 && math.Abs(l.x0-b.first.textX) < 2 && len(l.runs) == 1 {
		return b.fits(b.last, l)
	}
	if number != "" && len(l.runs) == 1 && !b.fits(b.last, l) && b.open.Kind != dossier.Item {
		return ended(b.last)
	}
	return true
}

// numbered says whether a line starts with the number of an article or chapter.
func (b *builder) numbered(l line) bool {
	number, _ := dossier.SplitHeading(l.text)
	return number != ""
}
