package pdf

import (
	"math"
	"strings"

	"github.com/ledongthuc/pdf"
)

// maxAnnots is the number of annotations that are looked at on one page.
const maxAnnots = 2_000

// annotations adds what is written on top of a page: free text and the values of form fields. Links are left out; marks and notes in the
// margin are only counted.
func (in *interpreter) annotations(list pdf.Value, s state) {
	if list.Len() > maxAnnots {
		in.page.cut = true
	}
	in.late = true
	for i := range min(list.Len(), maxAnnots) {
		a := list.Index(i)
		const hidden, noView = 2, 32
		if a.Key("F").Int64()&(hidden|noView) != 0 {
			continue
		}
		box, ok := rectangle(a.Key("Rect"))
		if !ok {
			continue
		}
		switch a.Key("Subtype").Name() {
		case "Text", "Highlight", "Underline", "StrikeOut", "Squiggly", "Caret":
			in.page.remarks++
		case "FreeText":
			in.annotation(a, box, plainText(a.Key("Contents")), s)
		case "Widget":
			if field := inherited(a, "FT").Name(); field == "Tx" || field == "Ch" {
				in.annotation(a, box, plainText(inherited(a, "V")), s)
			}
		}
	}
	in.late = false
}

// annotation runs the appearance of an annotation, or sets its text in its rectangle when that shows nothing.
func (in *interpreter) annotation(a pdf.Value, box rule, text string, s state) {
	before := len(in.page.glyphs)
	if look := a.Key("AP").Key("N"); look.Kind() == pdf.Stream {
		s.ctm = placed(look, box).times(s.ctm)
		in.draw(look, in.file.root.Key("AcroForm").Key("DR"), s, 1)
	}
	if len(in.page.glyphs) == before && text != "" {
		in.typed(text, box, s)
	}
}

// placed is the matrix that puts the appearance in its rectangle.
func placed(look pdf.Value, box rule) matrix {
	from, ok := rectangle(look.Key("BBox"))
	if !ok {
		return matrix{1, 0, 0, 1, box.x0, box.y0}
	}
	if m := look.Key("Matrix"); m.Len() == 6 {
		var form matrix
		for i := range form {
			form[i] = m.Index(i).Float64()
		}
		from = form.bounds(from)
	}
	wide, high := 1.0, 1.0
	if from.x1 > from.x0 && from.y1 > from.y0 {
		wide, high = (box.x1-box.x0)/(from.x1-from.x0), (box.y1-box.y0)/(from.y1-from.y0)
	}
	return matrix{wide, 0, 0, high, box.x0 - wide*from.x0, box.y0 - high*from.y0}
}

// bounds is the rectangle around a rectangle that m turns or moves.
func (m matrix) bounds(r rule) rule {
	var corners [][2]float64
	for _, c := range [][2]float64{{r.x0, r.y0}, {r.x1, r.y0}, {r.x1, r.y1}, {r.x0, r.y1}} {
		x, y := m.point(c[0], c[1])
		corners = append(corners, [2]float64{x, y})
	}
	return bounds(corners)
}

// rectangle reads four numbers as two corners.
func rectangle(v pdf.Value) (rule, bool) {
	if v.Len() != 4 {
		return rule{}, false
	}
	n := func(i int) float64 { return v.Index(i).Float64() }
	return rule{x0: min(n(0), n(2)), y0: min(n(1), n(3)), x1: max(n(0), n(2)), y1: max(n(1), n(3))}, true
}

// typed sets text line by line from the top of a rectangle. The font is unknown, so the widths are a guess.
func (in *interpreter) typed(text string, box rule, s state) {
	size := math.Max(4, math.Min(11, box.y1-box.y0-2))
	y := box.y1 - size
	for line := range strings.Lines(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text)) {
		x := box.x0 + 2
		for _, r := range strings.TrimRight(line, "\n") {
			s.font, s.size, s.scale = plainFont, size, 1
			in.glyph(string(r), 0.5*size, s, matrix{1, 0, 0, 1, x, y})
			x += 0.5 * size
		}
		y -= 1.2 * size
	}
}

// plainFont stands in for the unknown font of text without an appearance.
var plainFont = &font{}

// inherited looks up an entry of a form field, which may stand with one of its parents.
func inherited(v pdf.Value, key string) pdf.Value {
	for range maxNested {
		if x := v.Key(key); !x.IsNull() {
			return x
		}
		v = v.Key("Parent")
	}
	return pdf.Value{}
}

// plainText decodes a text string; anything else is empty.
func plainText(v pdf.Value) string {
	if v.Kind() != pdf.String {
		return ""
	}
	return actualText(v.RawString())
}
