package pdf

import (
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Hebrew and Arabic are read from right to left, with figures and other words in them from left to right. On the page everything has a
// place only: a line is put together from left to right, as it looks, and then turned into the order in which it is read.

// turnsLeft says whether text is of a script that is read from right to left.
func turnsLeft(text string) bool {
	if len(text) < 2 || text[0] < 0xD6 { // nearly always; the first Hebrew character is U+0590
		return false
	}
	r, _ := utf8.DecodeRuneInString(text)
	return leftward(r)
}

func leftward(r rune) bool {
	in := r >= 0x590 && r < 0x900 || r >= 0xFB1D && r <= 0xFDFF || r >= 0xFE70 && r <= 0xFEFC
	return in && (unicode.IsLetter(r) || unicode.IsMark(r))
}

// asRead puts a line of text that was put together as it looks in the order in which it is read.
func asRead(text string) string {
	letters := []rune(text)
	left, right := 0, 0
	for _, r := range letters {
		switch {
		case leftward(r):
			left++
		case unicode.IsLetter(r):
			right++
		}
	}
	switch {
	case left == 0:
		return text
	case left >= right:
		turn(letters)
	default:
		turnParts(letters)
	}
	return string(letters)
}

// turnParts turns the words from right to left in a line that is read from left to right.
func turnParts(letters []rune) {
	for i := 0; i < len(letters); i++ {
		if !leftward(letters[i]) {
			continue
		}
		end := i + 1
		for k := end; k < len(letters) && (leftward(letters[k]) || !unicode.IsLetter(letters[k])); k++ {
			if leftward(letters[k]) {
				end = k + 1
			}
		}
		turn(letters[i:end])
		i = end
	}
}

// turn reverses a line, but not the words and figures in it that are read from left to right.
func turn(letters []rune) {
	slices.Reverse(letters)
	for i := 0; i < len(letters); i++ {
		if !rightward(letters[i]) {
			continue
		}
		end := partEnd(letters, i)
		slices.Reverse(letters[i:end])
		i = end
	}
}

// partEnd is where the part that is read from left to right, and begins at i, ends: a phrase of words and figures, or one figure.
func partEnd(letters []rune, i int) int {
	figure, phrase := 0, 0
	words := false
	for k := i; k < len(letters) && !leftward(letters[k]); k++ {
		switch {
		case rightward(letters[k]):
			phrase, words = k+1, words || unicode.IsLetter(letters[k])
		case figure == 0 && unicode.IsSpace(letters[k]):
			figure = phrase
		}
	}
	if !words && figure > 0 {
		return figure
	}
	return phrase
}

func rightward(r rune) bool { return !leftward(r) && (unicode.IsLetter(r) || unicode.IsDigit(r)) }

// asSeen gives what one glyph stands for in the order in which it looks: a ligature of two Arabic letters names them as they are read.
func asSeen(text string) string {
	letters := []rune(text)
	slices.Reverse(letters)
	return string(letters)
}

// asLooks puts the letters of a line with words from right to left in the order of their places, from left to right: some programs paint
// them in the order in which they are read. It works in place.
func asLooks(glyphs []glyph) []glyph {
	for from := 0; from < len(glyphs); {
		first, turned := glyphs[from], false
		end := from
		for end < len(glyphs) && glyphs[end].turned == first.turned && math.Abs(glyphs[end].y-first.y) < 0.25*first.size {
			turned = turned || turnsLeft(glyphs[end].text)
			end++
		}
		if turned {
			slices.SortStableFunc(glyphs[from:end], func(a, b glyph) int { return compare(a.x, b.x) })
		}
		from = max(end, from+1)
	}
	return glyphs
}

// unspaced says whether no space belongs between two characters, even where a line ends: those of Chinese and Japanese.
func unspaced(before, after rune) bool { return ideographic(before) && ideographic(after) }

func ideographic(r rune) bool {
	return r >= 0x2E80 && (unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana) || r >= 0x3000 && r <= 0x303F || r >= 0xFF00 && r <= 0xFFEF)
}

// lineOf is the text of runs that stand on one line, from left to right.
func lineOf(runs []run) string {
	texts := make([]string, len(runs))
	turned := false
	for i, r := range runs {
		texts[i] = r.text
		turned = turned || r.leftward
	}
	text := strings.Join(texts, " ")
	if turned {
		return asRead(text)
	}
	return text
}
