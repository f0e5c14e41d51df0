package dossier

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// ligatures are single code points that a reader of the text sees as two or three letters; NFC leaves them alone.
var ligatures = strings.NewReplacer("ﬀ", "ff", "ﬁ", "fi", "ﬂ", "fl", "ﬃ", "ffi", "ﬄ", "ffl", "ﬅ", "st", "ﬆ", "st", "ĳ", "ij", "Ĳ", "IJ")

// Clean makes text from a file safe and uniform: NFC, ligatures spelled out, every run of white space one space, no space at the
// ends, and no soft hyphens, control characters or invisible direction marks. It is idempotent.
func Clean(text string) string {
	var b strings.Builder
	b.Grow(len(text))
	gap := false
	for _, r := range strings.ToValidUTF8(text, "\uFFFD") {
		switch {
		case unicode.IsSpace(r):
			gap = true
			continue
		case r == '\u2011': // non-breaking hyphen
			r = '-'
		case unicode.IsControl(r), unicode.Is(unicode.Cf, r): // Cf holds the soft hyphen, zero-width and bidi marks
			continue
		}
		if gap && b.Len() > 0 {
			b.WriteByte(' ')
		}
		gap = false
		b.WriteRune(r)
	}
	return norm.NFC.String(ligatures.Replace(b.String()))
}
