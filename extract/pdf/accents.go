package pdf

import (
	"math"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// looseAccents are accents that stand alone, with the combining character that puts them on a letter.
var looseAccents = map[string]string{
	"´": "\u0301", "`": "\u0300", "ˆ": "\u0302", "^": "\u0302", "¨": "\u0308", "˜": "\u0303", "~": "\u0303", "¸": "\u0327", "˚": "\u030A",
	"ˇ": "\u030C", "˛": "\u0328", "˘": "\u0306", "˙": "\u0307", "˝": "\u030B", "¯": "\u0304",
}

// composed joins an accent and the letter it was painted over: older TeX fonts have no letters with accents. It works in place.
func composed(glyphs []glyph) []glyph {
	out := glyphs[:0] // never ahead of what is read
	for i := 0; i < len(glyphs); i++ {
		g := glyphs[i]
		if i+1 < len(glyphs) {
			if letter, ok := accented(g, glyphs[i+1]); ok {
				out = append(out, letter)
				i++
				continue
			}
		}
		out = append(out, g)
	}
	return out
}

// accented is the letter that an accent and a letter make when they stand over each other, whichever came first.
func accented(a, b glyph) (glyph, bool) {
	if isWord(a.text) && isWord(b.text) {
		return glyph{}, false // nearly always
	}
	if looseAccents[a.text] == "" {
		a, b = b, a
	}
	mark := looseAccents[a.text]
	if mark == "" || a.turned != b.turned || math.Abs(a.x+a.advance/2-b.x-b.advance/2) > 0.2*b.size || math.Abs(a.y-b.y) > 0.4*b.size {
		return glyph{}, false
	}
	letter := strings.NewReplacer("ı", "i", "ȷ", "j").Replace(b.text)
	if text := norm.NFC.String(letter + mark); utf8.RuneCountInString(text) == 1 {
		b.text = text
		return b, true
	}
	return glyph{}, false
}

// isWord says whether text is one plain letter or figure.
func isWord(text string) bool {
	return len(text) == 1 && (text[0]|0x20 >= 'a' && text[0]|0x20 <= 'z' || text[0] >= '0' && text[0] <= '9')
}
