package pdf

import (
	"strings"

	"github.com/ledongthuc/pdf"
	"golang.org/x/text/encoding/charmap"
)

// standardEncoding holds the codes above ASCII of the encoding that a font without one has, and the two quotes that differ.
var standardEncoding = map[int]string{
	'\'': "’", '`': "‘",
	0xa1: "¡", 0xa2: "¢", 0xa3: "£", 0xa4: "⁄", 0xa5: "¥", 0xa6: "ƒ", 0xa7: "§", 0xa8: "¤", 0xa9: "'", 0xaa: "“", 0xab: "«",
	0xac: "‹", 0xad: "›", 0xae: "fi", 0xaf: "fl", 0xb1: "–", 0xb2: "†", 0xb3: "‡", 0xb4: "·", 0xb6: "¶", 0xb7: "•", 0xb8: "‚",
	0xb9: "„", 0xba: "”", 0xbb: "»", 0xbc: "…", 0xbd: "‰", 0xbf: "¿", 0xd0: "—", 0xe1: "Æ", 0xe3: "ª", 0xe8: "Ł", 0xe9: "Ø",
	0xea: "Œ", 0xeb: "º", 0xf1: "æ", 0xf5: "ı", 0xf8: "ł", 0xf9: "ø", 0xfa: "œ", 0xfb: "ß",
}

// baseEncoding fills what the codes of a simple font mean before its differences.
func (f *font) baseEncoding(v, desc pdf.Value) {
	enc := v.Key("Encoding")
	base := enc.Name()
	if enc.Kind() == pdf.Dict {
		base = enc.Key("BaseEncoding").Name()
	}
	table := charmap.Windows1252
	if base == "MacRomanEncoding" {
		table = charmap.Macintosh
	}
	for c := 32; c < 256; c++ {
		if r := table.DecodeByte(byte(c)); r != '\uFFFD' {
			f.simple[c] = string(r)
		}
	}
	symbolic := desc.Key("Flags").Int64()&4 != 0
	if base == "StandardEncoding" || base == "" && v.Key("Subtype").Name() == "Type1" && !symbolic {
		for c := 127; c < 256; c++ {
			f.simple[c] = ""
		}
		for c, s := range standardEncoding {
			f.simple[c] = s
		}
	}
}

// widthGroup is a width in thousandths of the letter size and the codes that have it.
type widthGroup struct {
	width float64
	codes string
}

// The widths of fonts that need not be in a file. Bold ones are a little wider, but the words come out the same.
var (
	helveticaWidths = []widthGroup{
		{191, "'"}, {222, "ijl`"}, {260, "|"}, {278, " !,./:;ft[]\\I"}, {333, "()-r"}, {334, "{}"}, {355, "\""}, {389, "*"}, {469, "^"},
		{500, "ckJsvxyz"}, {556, "0123456789abdeghnopqu#$?L_"}, {584, "+<=>~"}, {611, "FTZ"}, {667, "ABEKPSVXY&"}, {722, "CDHNRUw"},
		{778, "GOQ"}, {833, "mM"}, {889, "%"}, {944, "W"}, {1015, "@"},
	}
	timesWidths = []widthGroup{
		{180, "'"}, {200, "|"}, {250, " ,."}, {278, "/:;\\ijlt"}, {333, "!()-I[]`fr"}, {389, "Js"}, {408, "\""}, {444, "?acez"}, {469, "^"},
		{480, "{}"}, {500, "0123456789#$*_bdghknopquvxy"}, {556, "FPS"}, {564, "+<=>"}, {611, "ELTZ"}, {667, "BCR"},
		{722, "ADGHKNOQUVXYw"}, {778, "&m"}, {833, "%"}, {889, "M"}, {921, "@"}, {944, "W"},
	}
)

// standardWidths gives the widths of a font that every reader has; name is in lower case.
func (f *font) standardWidths(name string) {
	groups := helveticaWidths
	switch {
	case strings.Contains(name, "courier"):
		f.missing = 600
		return
	case strings.Contains(name, "times"):
		groups = timesWidths
	}
	f.missing = 500
	for _, g := range groups {
		for _, c := range g.codes {
			f.widths[int(c)] = g.width
		}
	}
}
