package pdf

import (
	"encoding/binary"
	"unicode"
)

// fontTable reads the letter table of a TrueType program: glyph numbers, written as the two-byte codes of a composite font, with
// the letter each of them draws. It stands in for a missing map when codes are glyph numbers. Subsets often leave the table out;
// the result is then empty.
func fontTable(program []byte) map[string]string {
	out := map[string]string{}
	table := sfntTable(program, "cmap")
	for i := range min(be16(table, 2), 64) {
		at := be32(table, 4+8*i+4)
		if at <= 0 || at >= len(table) {
			continue
		}
		switch sub := table[at:]; be16(sub, 0) {
		case 4:
			segments(sub, out)
		case 12:
			groups(sub, out)
		}
	}
	return out
}

// sfntTable finds one table of a font program, nil if it is not there.
func sfntTable(program []byte, tag string) []byte {
	for i := range min(be16(program, 4), 256) {
		record := 12 + 16*i
		if record+16 > len(program) || string(program[record:record+4]) != tag {
			continue
		}
		start, length := be32(program, record+8), be32(program, record+12)
		if start < 0 || length < 0 || start > len(program) {
			return nil
		}
		return program[start:min(start+length, len(program))]
	}
	return nil
}

// segments reads a table of format 4: ranges of letters, each with the distance to its glyphs or a list of them.
func segments(t []byte, out map[string]string) {
	n := be16(t, 6) / 2
	for i := range n {
		last, first := be16(t, 14+2*i), be16(t, 16+2*n+2*i)
		delta, offset := be16(t, 16+4*n+2*i), be16(t, 16+6*n+2*i)
		for c := first; c <= last && c < 0xffff && len(out) < maxRange; c++ {
			glyph := c
			if offset != 0 {
				if glyph = be16(t, 16+6*n+2*i+offset+2*(c-first)); glyph == 0 {
					continue
				}
			}
			nameGlyph(out, (glyph+delta)&0xffff, rune(c))
		}
	}
}

// groups reads a table of format 12: ranges of letters that follow each other in the font too.
func groups(t []byte, out map[string]string) {
	for i := range min(be32(t, 12), maxRange) {
		at := 16 + 12*i
		if at+12 > len(t) {
			return
		}
		first, last, glyph := be32(t, at), be32(t, at+4), be32(t, at+8)
		for c := first; c <= last && c <= unicode.MaxRune && len(out) < maxRange; c++ {
			nameGlyph(out, glyph+c-first, rune(c))
		}
	}
}

// nameGlyph notes what a glyph draws; the first letter counts.
func nameGlyph(out map[string]string, glyph int, letter rune) {
	code := string([]byte{byte(glyph >> 8), byte(glyph)})
	if glyph > 0 && glyph <= 0xffff && out[code] == "" && unicode.IsGraphic(letter) {
		out[code] = string(letter)
	}
}

func be16(b []byte, at int) int {
	if at < 0 || at+2 > len(b) {
		return 0
	}
	return int(binary.BigEndian.Uint16(b[at:]))
}

func be32(b []byte, at int) int {
	if at < 0 || at+4 > len(b) {
		return 0
	}
	return int(binary.BigEndian.Uint32(b[at:]))
}
