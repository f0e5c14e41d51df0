package pdf

import (
	"strings"
	"unicode/utf16"

	"golang.org/x/text/encoding/charmap"
)

// docEncoding is what the bytes 0x80 to 0x9e of a text string without a byte order mark mean.
var docEncoding = []rune("•†‡…—–ƒ⁄‹›−‰„“”‘’‚™ﬁﬂŁŒŠŸŽıłœšž")

// actualText decodes a text string: UTF-16 or UTF-8 with a mark in front, or one byte for each character.
func actualText(s string) string {
	if rest, ok := strings.CutPrefix(s, "\xef\xbb\xbf"); ok {
		return rest
	}
	rest, ok := strings.CutPrefix(s, "\xfe\xff")
	if !ok {
		return docText(s)
	}
	var units []uint16
	for i := 0; i+1 < len(rest); i += 2 {
		units = append(units, uint16(rest[i])<<8|uint16(rest[i+1]))
	}
	return string(utf16.Decode(units))
}

func docText(s string) string {
	var b strings.Builder
	for i := range len(s) {
		switch c := s[i]; {
		case c >= 0x80 && int(c) < 0x80+len(docEncoding):
			b.WriteRune(docEncoding[c-0x80])
		case c == 0xa0:
			b.WriteRune('€')
		default:
			b.WriteRune(charmap.ISO8859_1.DecodeByte(c))
		}
	}
	return b.String()
}
