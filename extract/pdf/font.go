package pdf

import (
	"strconv"
	"strings"
	"unicode/utf16"

	"github.com/ledongthuc/pdf"
)

const (
	maxRange = 1 << 16      // codes of one range
	maxCodes = 4 * maxRange // codes of one font, counted as often as a map or a list of widths names them
)

// font decodes the codes of one font to text and widths.
type font struct {
	bold      bool
	composite bool              // codes of two bytes, unless the map says otherwise
	unicode   bool              // the codes are UTF-16
	widths    map[int]float64   // by code, in thousandths of the size
	missing   float64           // width of every other code
	unit      float64           // what a width of 1 is worth: 0.001 but for Type 3
	toUnicode map[string]string // by the bytes of the code
	oneByte   bool              // the map has codes of one byte
	twoBytes  bool              // the map has codes of two bytes
	simple    [256]string       // what a one-byte code means without the map
	codes     int               // named so far, see maxCodes
}

// font loads each font once: its dictionary names the objects it refers to, which tells fonts apart that share a name.
func (f *file) font(v pdf.Value) *font {
	key := v.String()
	if known := f.fonts[key]; known != nil {
		return known
	}
	loaded := f.loadFont(v)
	f.fonts[key] = loaded
	return loaded
}

func (in *file) loadFont(v pdf.Value) *font {
	f := &font{widths: map[int]float64{}, toUnicode: map[string]string{}, unit: 0.001}
	desc := v.Key("FontDescriptor")
	if v.Key("Subtype").Name() == "Type0" {
		f.composite = true
		coding := v.Key("Encoding").Name()
		f.unicode = strings.HasPrefix(coding, "Uni") && (strings.Contains(coding, "-UCS2-") || strings.Contains(coding, "-UTF16-"))
		below := v.Key("DescendantFonts").Index(0)
		desc = below.Key("FontDescriptor")
		f.compositeWidths(below)
	}
	if !f.composite {
		f.simpleWidths(v, desc)
		in.encoding(f, v, desc)
	}
	base := lower(v.Key("BaseFont").Name())
	for _, sign := range []string{"bold", "black", "heavy", "demi", "cmbx", "sfbx"} {
		f.bold = f.bold || strings.Contains(base, sign)
	}
	f.bold = f.bold || desc.Key("FontWeight").Float64() >= 600 || desc.Key("Flags").Int64()&(1<<18) != 0
	if m := v.Key("ToUnicode"); m.Kind() == pdf.Stream {
		f.readMap(in.stream(m))
	} else if f.composite && v.Key("Encoding").Name() == "Identity-H" && v.Key("DescendantFonts").Index(0).Key("CIDToGIDMap").Kind() != pdf.Stream {
		f.toUnicode = fontTable(in.stream(desc.Key("FontFile2")))
	}
	if f.room() <= 0 {
		in.warn("limit-hit", limitDetail)
	}
	return f
}

// room is how many codes may still be named. Twenty bytes in a file can name 65,536 of them, time and again.
func (f *font) room() int { return maxCodes - f.codes }

func (f *font) compositeWidths(below pdf.Value) {
	f.missing = 1000
	if dw := below.Key("DW"); dw.Kind() == pdf.Integer || dw.Kind() == pdf.Real {
		f.missing = dw.Float64()
	}
	w := below.Key("W")
	for i := 0; i+1 < w.Len(); {
		first := int(w.Index(i).Int64())
		if list := w.Index(i + 1); list.Kind() == pdf.Array {
			for k := range min(list.Len(), f.room()) {
				f.codes++
				f.widths[first+k] = list.Index(k).Float64()
			}
			i += 2
			continue
		}
		last, width := int(w.Index(i+1).Int64()), w.Index(i+2).Float64()
		for code := max(first, 0); code <= min(last, maxRange) && f.room() > 0; code++ {
			f.codes++
			f.widths[code] = width
		}
		i += 3
	}
}

func (f *font) simpleWidths(v, desc pdf.Value) {
	first := int(v.Key("FirstChar").Int64())
	list := v.Key("Widths")
	for i := range min(list.Len(), 256) {
		f.widths[first+i] = list.Index(i).Float64()
	}
	f.missing = desc.Key("MissingWidth").Float64()
	if list.Len() == 0 {
		f.standardWidths(lower(v.Key("BaseFont").Name()))
	}
	if v.Key("Subtype").Name() == "Type3" {
		if u := v.Key("FontMatrix").Index(0).Float64(); u != 0 {
			f.unit = u
		}
	}
}

// encoding fills what one-byte codes mean without a map: the base encoding, then the differences.
func (in *file) encoding(f *font, v, desc pdf.Value) {
	enc := v.Key("Encoding")
	f.baseEncoding(v, desc)
	in.ownEncoding(f, v, desc)
	font := lower(v.Key("BaseFont").Name())
	for _, symbols := range []string{"symbol", "dingbats", "wingdings"} {
		if strings.Contains(font, symbols) {
			for _, c := range []int{0x6c, 0x6e, 0x76, 0xa7, 0xa8, 0xb7, 0xd8, 0xfc} { // the marks Word uses for lists
				f.simple[c] = "•"
			}
		}
	}
	if enc.Kind() == pdf.Dict {
		f.differences(v, enc.Key("Differences"))
	}
}

func (f *font) differences(v, list pdf.Value) {
	known := (&pdf.Font{V: v}).Encoder() // the library has the table of glyph names, but gives it only through here
	code := 0
	for i := range list.Len() {
		x := list.Index(i)
		if x.Kind() == pdf.Integer {
			code = int(x.Int64())
			continue
		}
		if code >= 0 && code < 256 {
			if s := glyphText(x.Name()); s != "" {
				f.simple[code] = s
			} else if s := known.Decode(string([]byte{byte(code)})); s != string(rune(code)) {
				f.simple[code] = s
			}
		}
		code++
	}
}

// glyphText reads the glyph names that say what they mean: "a", "f_i", "uni00EB", "u1F600".
func glyphText(glyph string) string {
	glyph, _, _ = strings.Cut(glyph, ".")
	switch glyph {
	case "fi", "fl", "ff", "ffi", "ffl":
		return glyph
	}
	if strings.Contains(glyph, "_") {
		var out string
		for part := range strings.SplitSeq(glyph, "_") {
			out += glyphText(part)
		}
		return out
	}
	if len(glyph) == 1 {
		return glyph
	}
	if s := namedGlyph(glyph); s != "" {
		return s
	}
	digits, ok := strings.CutPrefix(glyph, "uni")
	if !ok {
		digits, ok = strings.CutPrefix(glyph, "u")
	}
	if !ok || len(digits) < 4 {
		return ""
	}
	code, err := strconv.ParseUint(digits[:min(len(digits), 6)], 16, 21)
	if err != nil {
		return ""
	}
	return string(rune(code))
}

// readMap reads a ToUnicode map.
func (f *font) readMap(data []byte) {
	l := lexer{data: data}
	var args []token
	for {
		t := l.next(0)
		if t.kind == end {
			return
		}
		if t.kind != operator {
			if len(args) < maxRange {
				args = append(args, t)
			}
			continue
		}
		switch t.str {
		case "endcodespacerange":
			for _, a := range args {
				f.oneByte = f.oneByte || len(a.str) == 1
				f.twoBytes = f.twoBytes || len(a.str) == 2
			}
		case "endbfchar":
			for i := 0; i+1 < len(args) && f.room() > 0; i += 2 {
				f.codes++
				f.toUnicode[args[i].str] = utf16Text(args[i+1].str, 0)
			}
		case "endbfrange":
			for i := 0; i+2 < len(args); i += 3 {
				f.mapRange(args[i].str, args[i+1].str, args[i+2])
			}
		}
		args = args[:0]
		l.release()
	}
}

func (f *font) mapRange(first, last string, to token) {
	lo, hi := codeOf(first), codeOf(last)
	if len(first) == 0 || len(first) > 2 || hi > lo+maxRange {
		return
	}
	for code := lo; code <= hi && f.room() > 0; code++ {
		f.codes++
		key := string([]byte{byte(code)})
		if len(first) == 2 {
			key = string([]byte{byte(code >> 8), byte(code)})
		}
		if to.kind != array {
			f.toUnicode[key] = utf16Text(to.str, code-lo)
		} else if code-lo < len(to.items) {
			f.toUnicode[key] = utf16Text(to.items[code-lo].str, 0)
		}
	}
}

// utf16Text decodes the target of a map; add is added to its last unit.
func utf16Text(s string, add int) string {
	if len(s) == 1 {
		return string(rune(int(s[0]) + add))
	}
	var units []uint16
	for i := 0; i+1 < len(s); i += 2 {
		units = append(units, uint16(s[i])<<8|uint16(s[i+1]))
	}
	if len(units) == 0 {
		return ""
	}
	if swapped(units) {
		units = unswapped(units)
	}
	units[len(units)-1] += uint16(add)
	return string(utf16.Decode(units))
}

// swapped recognises the ligatures that Ghostscript 9.5x to 10.0 writes with their bytes exchanged ("ti" as U+7400 U+6900). Of three
// letters it adds up the last two ("tti" as U+7400 U+DD00).
func swapped(units []uint16) bool {
	for i, u := range units {
		c := u >> 8
		if u&0xff != 0 || !latin(c) && (i != 1 || len(units) != 2 || !latin(c-units[0]>>8)) {
			return false
		}
	}
	return len(units) > 1
}

func latin(c uint16) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// unswapped gives the letters of such a ligature. Those of three letters begin with a double one.
func unswapped(units []uint16) []uint16 {
	var out []uint16
	for _, u := range units {
		c := u >> 8
		if !latin(c) {
			out = append(out, out[0])
			c -= out[0]
		}
		out = append(out, c)
	}
	return out
}

func codeOf(s string) int {
	code := 0
	for i := range min(len(s), 4) {
		code = code<<8 | int(s[i])
	}
	return code
}

// decode calls show for each code of s with its text, its advance for a size of 1, and whether word spacing applies to it.
func (f *font) decode(s string, show func(text string, advance float64, space bool)) {
	for len(s) > 0 {
		n := f.codeLength(s)
		code := s[:n]
		s = s[n:]
		width, ok := f.widths[codeOf(code)]
		if !ok {
			width = f.missing
		}
		show(f.text(code), width*f.unit, n == 1 && code == " ")
	}
}

func (f *font) codeLength(s string) int {
	if !f.composite || len(s) == 1 || f.oneByte && !f.twoBytes {
		return 1
	}
	if f.oneByte {
		if _, ok := f.toUnicode[s[:1]]; ok {
			return 1
		}
	}
	return 2
}

func (f *font) text(code string) string {
	t, ok := f.toUnicode[code]
	if ok && t != "" && t != "\x00" && t != unknown {
		return t
	}
	if !f.composite {
		return f.simple[code[0]]
	}
	if ok {
		return ""
	}
	if f.unicode {
		return utf16Text(code, 0)
	}
	return unknown
}
