package pdf

import (
	"math"
	"slices"
	"strconv"
)

// object is a value as it stands in the bytes of a file, before the library sees it: nil, bool, int64, float64, string, key, ref,
// list, dict, *body, or a keyword where something else was expected.
type object any

type (
	key     string // a name, without its slash
	ref     int    // a reference, by object number; the generation says nothing that the number does not
	list    []object
	dict    []entry
	keyword string
)

type entry struct {
	key   key
	value object
}

// body is a stream: data as it stands in the file, still encoded.
type body struct {
	dict dict
	data []byte
}

// get gives the value of a key; of two with the same name the last one counts.
func (d dict) get(k key) object {
	for _, e := range slices.Backward(d) {
		if e.key == k {
			return e.value
		}
	}
	return nil
}

func (d dict) name(k key) key {
	n, _ := d.get(k).(key)
	return n
}

func (d dict) text(k key) string {
	s, _ := d.get(k).(string)
	return s
}

// int gives a whole number, or otherwise if there is none.
func (d dict) int(k key, otherwise int) int {
	switch n := d.get(k).(type) {
	case int64:
		return int(n)
	case float64:
		return int(n)
	}
	return otherwise
}

// dictOf gives the dictionary of a dictionary or stream.
func dictOf(o object) dict {
	switch o := o.(type) {
	case dict:
		return o
	case *body:
		return o.dict
	}
	return nil
}

// maxItems is the longest list or dictionary.
const maxItems = 1 << 20

// parser reads objects from the bytes of a file. It never fails and takes time in proportion to what it reads: what it does not
// understand it skips.
type parser struct {
	lexer
}

func parserAt(data []byte, pos int) *parser {
	return &parser{lexer: lexer{data: data, pos: min(max(pos, 0), len(data))}}
}

// object reads one object. At the end of the data it gives the keyword "".
func (p *parser) object(depth int) object {
	p.skip()
	if p.pos >= len(p.data) {
		return keyword("")
	}
	deep := depth >= maxDepth
	switch c := p.data[p.pos]; {
	case c == '(':
		p.pos++
		return p.literal()
	case c == '<' && p.pos+1 < len(p.data) && p.data[p.pos+1] == '<':
		p.pos += 2
		if deep {
			p.cut = true
			return nil
		}
		return p.dict(depth + 1)
	case c == '<':
		p.pos++
		return p.hex()
	case c == '/':
		p.pos++
		return key(p.name())
	case c == '[':
		p.pos++
		if deep {
			p.cut = true
			return nil
		}
		return p.list(depth + 1)
	case c == '>' && p.pos+1 < len(p.data) && p.data[p.pos+1] == '>':
		p.pos += 2
		return keyword(">>")
	case isDelimiter(c):
		p.pos++
		return keyword(string(c))
	}
	return p.scalar()
}

// scalar reads a number, a reference or a word.
func (p *parser) scalar() object {
	w := p.word()
	n, whole, ok := parseNumber(w)
	switch {
	case ok && whole:
		if num := int(n); num >= 0 && num < maxObjects && p.reference() {
			return ref(num)
		}
		return int64(n)
	case ok:
		return n
	}
	switch string(w) {
	case "true":
		return true
	case "false":
		return false
	case "null":
		return nil
	}
	return keyword(w)
}

// reference steps over the "0 R" that makes a reference of the number before it.
func (p *parser) reference() bool {
	start := p.pos
	p.skip()
	digits := p.pos
	for p.pos < len(p.data) && p.data[p.pos] >= '0' && p.data[p.pos] <= '9' && p.pos-digits < 10 {
		p.pos++
	}
	if p.pos > digits {
		p.skip()
		if p.pos < len(p.data) && p.data[p.pos] == 'R' && (p.pos+1 == len(p.data) || isSpace(p.data[p.pos+1]) || isDelimiter(p.data[p.pos+1])) {
			p.pos++
			return true
		}
	}
	p.pos = start
	return false
}

// ends reports whether a keyword shows that the object it stands in was never closed.
func ends(k keyword) bool {
	return k == "" || k == "endobj" || k == "obj" || k == "stream" || k == "endstream" || k == "trailer" || k == "xref"
}

func (p *parser) list(depth int) list {
	out := list{}
	for {
		before := p.pos
		o := p.object(depth)
		if k, ok := o.(keyword); ok {
			if ends(k) {
				p.pos = before
			}
			if ends(k) || k == "]" {
				return out
			}
			continue
		}
		if len(out) >= maxItems {
			p.cut = true
			continue
		}
		out = append(out, o)
	}
}

func (p *parser) dict(depth int) dict {
	out := dict{}
	for {
		before := p.pos
		switch k := p.object(depth).(type) {
		case keyword:
			if ends(k) {
				p.pos = before
			}
			if ends(k) || k == ">>" {
				return out
			}
		case key:
			before = p.pos
			v := p.object(depth)
			if w, ok := v.(keyword); ok {
				if ends(w) || w == ">>" {
					p.pos = before
				}
				v = nil
			}
			if len(out) >= maxItems {
				p.cut = true
				continue
			}
			out = append(out, entry{k, v})
		}
	}
}

// parseNumber reads a number as lenient as readers do: "--5", "5-3", "1.2.3" and "4." stand in real files.
func parseNumber(w []byte) (v float64, whole, ok bool) {
	start, sign := 0, 1.0
	for start < len(w) && (w[start] == '-' || w[start] == '+') {
		if w[start] == '-' {
			sign = -1
		}
		start++
	}
	digits, dot, end := 0, -1, start
	mantissa := 0
scan:
	for ; end < len(w); end++ {
		c := w[end]
		switch {
		case c >= '0' && c <= '9':
			if digits++; digits <= exactDigits {
				mantissa = mantissa*10 + int(c-'0')
			}
		case c == '.' && dot < 0:
			dot = end
		case (c == '.' || c == '-') && digits > 0:
			break scan
		case (c == 'e' || c == 'E') && digits > 0:
			f, err := strconv.ParseFloat(string(w), 64)
			return min(max(f, -largest), largest), false, err == nil
		default:
			return 0, false, false
		}
	}
	decimals := 0
	if dot >= 0 {
		decimals = end - dot - 1
	}
	v = float64(mantissa)
	switch {
	case digits > exactDigits:
		v, _ = strconv.ParseFloat(string(w[start:end]), 64) // digits and a dot: always a number, if a large one
	case decimals > 0:
		v /= math.Pow10(decimals)
	}
	if v == 0 {
		sign = 1 // there is no less than nothing
	}
	return sign * min(v, largest), dot < 0 && v < largest, digits > 0 || dot >= 0
}

const (
	exactDigits = 15   // a number of so many digits is exact
	largest     = 1e15 // and none is larger
)

// appendObject writes an object in the plainest form there is, so that the library meets no syntax it would stumble over. number
// gives the new number of a reference.
func appendObject(b []byte, o object, number func(ref) int) []byte {
	switch o := o.(type) {
	case bool:
		return strconv.AppendBool(b, o)
	case int64:
		return strconv.AppendInt(b, o, 10)
	case float64:
		return strconv.AppendFloat(b, o, 'f', -1, 64)
	case string:
		return appendString(b, o)
	case key:
		return appendName(b, o)
	case ref:
		b = strconv.AppendInt(b, int64(number(o)), 10)
		return append(b, " 0 R"...)
	case list:
		b = append(b, '[')
		for i, item := range o {
			if i > 0 {
				b = append(b, ' ')
			}
			b = appendObject(b, item, number)
		}
		return append(b, ']')
	case dict:
		b = append(b, "<<"...)
		for _, e := range o {
			b = appendName(b, e.key)
			b = append(b, ' ')
			b = appendObject(b, e.value, number)
		}
		return append(b, ">>"...)
	}
	return append(b, "null"...)
}

const hexDigits = "0123456789abcdef"

func appendString(b []byte, s string) []byte {
	b = append(b, '<')
	for i := range len(s) {
		b = append(b, hexDigits[s[i]>>4], hexDigits[s[i]&15])
	}
	return append(b, '>')
}

func appendName(b []byte, k key) []byte {
	b = append(b, '/')
	for i := range len(k) {
		c := k[i]
		if c <= ' ' || c > '~' || c == '#' || isDelimiter(c) {
			b = append(b, '#', hexDigits[c>>4], hexDigits[c&15])
			continue
		}
		b = append(b, c)
	}
	return b
}
