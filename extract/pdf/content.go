package pdf

import (
	"math"

	"github.com/ledongthuc/pdf"
)

// matrix is [a b c d e f] of the PDF imaging model.
type matrix [6]float64

func (m matrix) times(n matrix) matrix {
	return matrix{
		m[0]*n[0] + m[1]*n[2], m[0]*n[1] + m[1]*n[3],
		m[2]*n[0] + m[3]*n[2], m[2]*n[1] + m[3]*n[3],
		m[4]*n[0] + m[5]*n[2] + n[4], m[4]*n[1] + m[5]*n[3] + n[5],
	}
}

func (m matrix) point(x, y float64) (float64, float64) {
	return x*m[0] + y*m[2] + m[4], x*m[1] + y*m[3] + m[5]
}

// glyph is one code as shown on the page: x and y where its baseline starts, in points.
type glyph struct {
	text          string
	x, y, advance float64
	size          float64
	bold          bool
	turned        int      // quarter turns anticlockwise; x and y are then those of the page turned back
	part          *element // the block it belongs to in the structure tree, nil if unknown
	late          bool     // written on top of the page
	placed        bool     // first after the place of the text was set
}

type state struct {
	ctm                          matrix
	font                         *font
	size, char, word, lead, rise float64
	scale                        float64
}

// mark is one level of marked content.
type mark struct {
	artifact bool         // page furniture, said by the program that made the file
	instead  *replacement // what stands here in place of the glyphs, nil if they count
	part     *element
}

// replacement is shown once, at the first glyph it replaces.
type replacement struct {
	text  string
	shown bool
}

// interpreter runs the content of one page.
type interpreter struct {
	file   *file
	page   *page
	marks  []mark
	forms  int
	path   [][2]float64
	boxes  [][]([2]float64)
	parts  map[int]*element // of the structure tree, by the numbers of marked content
	late   bool             // the page itself is done: what comes now is written on top of it
	placed bool             // no glyph yet since the place of the text was set
	silent bool             // the last glyph means nothing
}

func (in *interpreter) run(data []byte, resources pdf.Value, s state, depth int) {
	l := lexer{data: data}
	fonts := pageFonts{in.file, resources, map[string]*font{}}
	var stack []state
	var args []token
	var tm, line matrix
	for {
		t := l.next(0)
		if t.kind == end || in.page.full { // once it is full the rest would only cost time
			in.page.cut = in.page.cut || l.cut
			return
		}
		if t.kind != operator {
			if len(args) < maxArgs {
				args = append(args, t)
			} else {
				in.page.cut = true
			}
			continue
		}
		switch t.str {
		case "q":
			if len(stack) < 256 {
				stack = append(stack, s)
			}
		case "Q":
			if n := len(stack); n > 0 {
				s, stack = stack[n-1], stack[:n-1]
			}
		case "cm":
			if m, ok := matrixOf(args); ok {
				s.ctm = m.times(s.ctm)
			}
		case "BT":
			tm, line, in.placed = matrix{1, 0, 0, 1, 0, 0}, matrix{1, 0, 0, 1, 0, 0}, true
		case "Tf":
			if len(args) == 2 && args[0].kind == name {
				s.size = args[1].num
				s.font = fonts.named(args[0].str)
			}
		case "gs":
			if len(args) == 1 {
				in.fontOf(resources.Key("ExtGState").Key(args[0].str).Key("Font"), &s)
			}
		case "Tc":
			s.char = num(args, 0)
		case "Tw":
			s.word = num(args, 0)
		case "Tz":
			s.scale = num(args, 0) / 100
		case "TL":
			s.lead = num(args, 0)
		case "Ts":
			s.rise = num(args, 0)
		case "Td", "TD":
			if t.str == "TD" {
				s.lead = -num(args, 1)
			}
			line = matrix{1, 0, 0, 1, num(args, 0), num(args, 1)}.times(line)
			tm = line
		case "Tm":
			if m, ok := matrixOf(args); ok {
				tm, line = m, m
			}
		case "T*", "'", "\"":
			if t.str == "\"" && len(args) == 3 {
				s.word, s.char = num(args, 0), num(args, 1)
			}
			line = matrix{1, 0, 0, 1, 0, -s.lead}.times(line)
			tm = line
			if t.str != "T*" {
				in.show(args[max(0, len(args)-1):], s, &tm)
			}
		case "Tj":
			in.show(args, s, &tm)
		case "TJ":
			if len(args) > 0 {
				in.show(args[0].items, s, &tm)
			}
		case "BMC", "BDC":
			in.begin(args, resources)
		case "EMC":
			if n := len(in.marks); n > 0 {
				in.marks = in.marks[:n-1]
			}
		case "Do":
			if len(args) == 1 {
				in.draw(resources.Key("XObject").Key(args[0].str), resources, s, depth)
			}
		case "ID":
			l.skipImage()
			in.picture(s)
		default:
			in.paint(t.str, args, s)
		}
		args = args[:0]
		l.release()
	}
}

// pageFonts remembers the fonts of one resource dictionary: programs set the font anew for every few words, and looking it up costs.
type pageFonts struct {
	file      *file
	resources pdf.Value
	known     map[string]*font
}

// named is nil for a font that is not there.
func (p pageFonts) named(name string) *font {
	f, ok := p.known[name]
	if !ok {
		if v := p.resources.Key("Font").Key(name); v.Kind() == pdf.Dict {
			f = p.file.font(v)
		}
		p.known[name] = f
	}
	return f
}

// fontOf takes the font and size of a graphics state dictionary, if it has them.
func (in *interpreter) fontOf(v pdf.Value, s *state) {
	if v.Len() == 2 && v.Index(0).Kind() == pdf.Dict {
		s.font, s.size = in.file.font(v.Index(0)), v.Index(1).Float64()
	}
}

func num(args []token, i int) float64 {
	if i < len(args) {
		return args[i].num
	}
	return 0
}

func matrixOf(args []token) (matrix, bool) {
	var m matrix
	if len(args) != 6 {
		return m, false
	}
	for i := range m {
		m[i] = args[i].num
	}
	return m, true
}

// draw runs a form, or counts an image.
func (in *interpreter) draw(x, resources pdf.Value, s state, depth int) {
	if x.Kind() != pdf.Stream {
		return
	}
	if x.Key("Subtype").Name() == "Image" {
		in.picture(s)
		return
	}
	if depth >= maxNested {
		in.page.cut = true
		return
	}
	if in.forms++; in.forms > maxForms {
		in.page.cut, in.page.full = true, true
		return
	}
	if m := x.Key("Matrix"); m.Len() == 6 {
		var form matrix
		for i := range form {
			form[i] = m.Index(i).Float64()
		}
		s.ctm = form.times(s.ctm)
	}
	if own := x.Key("Resources"); own.Kind() == pdf.Dict {
		resources = own
	}
	parts := in.parts
	if x.Key("StructParents").Kind() == pdf.Integer {
		in.parts = nil // numbers of its own
	}
	in.run(in.file.stream(x), resources, s, depth+1)
	in.parts = parts
}

// picture counts an image. It fills the square of one by one.
func (in *interpreter) picture(s state) {
	in.page.images++
	in.page.pictured += math.Abs(s.ctm[0]*s.ctm[3] - s.ctm[1]*s.ctm[2])
}

// begin opens marked content. What holds for the content around it holds for a nested part too.
func (in *interpreter) begin(args []token, resources pdf.Value) {
	var m mark
	if n := len(in.marks); n > 0 {
		m = in.marks[n-1]
	}
	m.artifact = m.artifact || len(args) > 0 && args[0].str == "Artifact"
	if len(args) > 1 {
		in.properties(args[1], resources, &m)
	}
	if len(in.marks) < maxDepth {
		in.marks = append(in.marks, m)
	}
}

// properties reads the property list of marked content, written out or named.
func (in *interpreter) properties(list token, resources pdf.Value, m *mark) {
	if list.kind == name {
		v := resources.Key("Properties").Key(list.str)
		if s := v.Key("ActualText"); s.Kind() == pdf.String && m.instead == nil {
			m.instead = &replacement{text: actualText(s.RawString())}
		}
		if id := v.Key("MCID"); id.Kind() == pdf.Integer {
			in.tag(int(id.Int64()), m)
		}
		return
	}
	for i := 0; i+1 < len(list.items); i += 2 {
		switch value := list.items[i+1]; list.items[i].str {
		case "ActualText":
			if value.kind == text && m.instead == nil {
				m.instead = &replacement{text: actualText(value.str)}
			}
		case "MCID":
			in.tag(int(value.num), m)
		}
	}
}

// tag gives marked content its block of the structure tree. What is in the tree is text, even inside furniture.
func (in *interpreter) tag(id int, m *mark) {
	if part := in.parts[id]; part != nil {
		m.part, m.artifact = part, false
	}
}

// take gives the text the first time, and nothing after that.
func (r *replacement) take() string {
	if r.shown {
		return ""
	}
	r.shown = true
	return r.text
}

// show places the glyphs of a string, or of the array of TJ.
func (in *interpreter) show(items []token, s state, tm *matrix) {
	if s.font == nil {
		return
	}
	for _, item := range items {
		if item.kind == number {
			*tm = matrix{1, 0, 0, 1, -item.num / 1000 * s.size * s.scale, 0}.times(*tm)
			continue
		}
		if item.kind != text {
			continue
		}
		s.font.decode(item.str, func(shown string, advance float64, space bool) {
			step := (advance*s.size + s.char) * s.scale
			if space {
				step += s.word * s.scale
			}
			in.glyph(shown, advance*s.size*s.scale, s, *tm)
			*tm = matrix{1, 0, 0, 1, step, 0}.times(*tm)
		})
	}
}

func (in *interpreter) glyph(shown string, advance float64, s state, tm matrix) {
	var part *element
	silent := shown == "" && advance > 0
	if n := len(in.marks); n > 0 {
		m := in.marks[n-1]
		if m.artifact {
			return
		}
		part = m.part
		if m.instead != nil {
			shown, silent = m.instead.take(), false
		}
	}
	if silent && in.silent { // one by itself is a space, or the mark of a list
		in.page.lost++
	}
	in.silent = silent
	if len(in.page.glyphs) >= maxGlyphs {
		in.page.cut, in.page.full = true, true
		return
	}
	m := tm.times(s.ctm)
	x, y := m.point(0, s.rise)
	if s.size < 0 { // turns the letters half round
		m[0], m[1], m[2], m[3], advance = -m[0], -m[1], -m[2], -m[3], -advance
	}
	along := math.Hypot(m[0], m[1])
	g := glyph{text: shown, x: x, y: y, advance: advance * along, size: math.Abs(s.size) * math.Hypot(m[2], m[3]), bold: s.font.bold, part: part, late: in.late, placed: in.placed}
	in.placed = false
	if g.size < 0.5 || g.size > 2000 || math.IsNaN(x+y) || math.IsInf(x+y, 0) {
		return
	}
	switch {
	case math.Abs(m[1]) > math.Abs(m[0]) && m[1] > 0:
		g.turned = 1
	case math.Abs(m[1]) > math.Abs(m[0]):
		g.turned = 3
	case m[0] < 0:
		g.turned = 2
	}
	g.x, g.y = toReader(g.turned, x, y)
	in.page.glyphs = append(in.page.glyphs, g)
}
