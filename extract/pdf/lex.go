package pdf

import (
	"bytes"
	"slices"
)

type kind uint8

const (
	end kind = iota
	number
	text
	name
	array
	operator
	other // dictionaries, brackets that do not match
)

// token is one operand or operator of a content stream.
type token struct {
	kind  kind
	num   float64
	str   string
	items []token
}

// lexer reads content streams. It never fails: what it does not understand it skips.
type lexer struct {
	data []byte
	pos  int
	cut  bool    // something was nested too deep or too long
	room []token // for the items of arrays, used again after every operator
	held int     // tokens in arrays and dictionaries since then
	buf  []byte  // for strings
}

// release says that the operands so far have been used.
func (l *lexer) release() { l.room, l.held = l.room[:0], 0 }

func isSpace(c byte) bool {
	return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == 0
}

func isDelimiter(c byte) bool {
	switch c {
	case '(', ')', '<', '>', '[', ']', '{', '}', '/', '%':
		return true
	}
	return false
}

func (l *lexer) skip() {
	for l.pos < len(l.data) {
		c := l.data[l.pos]
		if c == '%' {
			for l.pos < len(l.data) && l.data[l.pos] != '\n' && l.data[l.pos] != '\r' {
				l.pos++
			}
			continue
		}
		if !isSpace(c) {
			return
		}
		l.pos++
	}
}

// word gives the bytes up to the next space or delimiter.
func (l *lexer) word() []byte {
	start := l.pos
	for l.pos < len(l.data) && !isSpace(l.data[l.pos]) && !isDelimiter(l.data[l.pos]) {
		l.pos++
	}
	return l.data[start:l.pos]
}

// name reads a name behind its slash; "#41" in it stands for "A".
func (l *lexer) name() string {
	w := l.word()
	if !bytes.ContainsRune(w, '#') {
		return string(w)
	}
	var b []byte
	for i := 0; i < len(w); i++ {
		if w[i] == '#' && i+2 < len(w) {
			if high, low := hexValue(w[i+1]), hexValue(w[i+2]); high >= 0 && low >= 0 {
				b = append(b, byte(high<<4|low))
				i += 2
				continue
			}
		}
		b = append(b, w[i])
	}
	return string(b)
}

// hexValue is the value of a hexadecimal digit, -1 for another byte.
func hexValue(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c >= 'a' && c <= 'f':
		return int(c-'a') + 10
	case c >= 'A' && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
}

func (l *lexer) next(depth int) token {
	l.skip()
	if l.pos >= len(l.data) {
		return token{}
	}
	switch c := l.data[l.pos]; {
	case depth > maxDepth && (c == '[' || c == '<'): // a bracket this deep is an attack on the stack
		l.pos++
		l.cut = true
		return token{kind: other}
	case c == '(':
		l.pos++
		return token{kind: text, str: l.literal()}
	case c == '<':
		if l.pos+1 < len(l.data) && l.data[l.pos+1] == '<' {
			l.pos += 2
			return token{kind: other, str: "<<", items: l.until(">>", depth)}
		}
		l.pos++
		return token{kind: text, str: l.hex()}
	case c == '/':
		l.pos++
		return token{kind: name, str: l.name()}
	case c == '[':
		l.pos++
		return token{kind: array, items: l.until("]", depth)}
	case c == '>':
		l.pos++
		if l.pos < len(l.data) && l.data[l.pos] == '>' {
			l.pos++
			return token{kind: other, str: ">>"}
		}
		return token{kind: other, str: ">"}
	case isDelimiter(c):
		l.pos++
		return token{kind: other, str: string(c)}
	}
	w := l.word()
	if v, _, ok := parseNumber(w); ok && v < 1e9 && v > -1e9 {
		return token{kind: number, num: v}
	}
	return token{kind: operator, str: intern(w)}
}

// until collects tokens up to the closing bracket. Arrays come by the million: those that stand in no other share their room.
func (l *lexer) until(closing string, depth int) []token {
	var inside []token
	items := &inside
	if depth == 0 {
		items = &l.room
	}
	start := len(*items)
	for {
		t := l.next(depth + 1)
		if t.kind == end || t.kind == other && t.str == closing {
			break
		}
		if l.held >= maxGlyphs {
			l.cut = true
			continue
		}
		l.held++
		*items = append(*items, t)
	}
	return slices.Clip((*items)[start:])
}

func (l *lexer) literal() string {
	b := l.buf[:0]
	for depth := 1; l.pos < len(l.data); l.pos++ {
		c := l.data[l.pos]
		switch c {
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				l.pos++
				l.buf = b
				return string(b)
			}
		case '\\':
			b = l.escape(b)
			continue
		}
		b = append(b, c)
	}
	l.pos = len(l.data) // a backslash at the very end steps over it
	return string(b)
}

// escape reads what follows a backslash; pos is left on the last byte of it.
func (l *lexer) escape(b []byte) []byte {
	l.pos++
	if l.pos >= len(l.data) {
		return b
	}
	c := l.data[l.pos]
	switch c {
	case 'n':
		return append(b, '\n')
	case 'r':
		return append(b, '\r')
	case 't':
		return append(b, '\t')
	case 'b', 'f':
		return append(b, ' ')
	case '\n':
		return b
	case '\r':
		if l.pos+1 < len(l.data) && l.data[l.pos+1] == '\n' {
			l.pos++
		}
		return b
	}
	if c < '0' || c > '7' {
		return append(b, c)
	}
	v := 0
	for n := 0; n < 3 && l.pos < len(l.data) && l.data[l.pos] >= '0' && l.data[l.pos] <= '7'; n++ {
		v = v*8 + int(l.data[l.pos]-'0')
		l.pos++
	}
	l.pos--
	return append(b, byte(v))
}

func (l *lexer) hex() string {
	b := l.buf[:0]
	half, have := 0, false
	for ; l.pos < len(l.data); l.pos++ {
		c := l.data[l.pos]
		if c == '>' {
			l.pos++
			break
		}
		v := hexValue(c)
		if v < 0 {
			continue
		}
		if have {
			b = append(b, byte(half<<4|v))
		}
		half, have = v, !have
	}
	if have {
		b = append(b, byte(half<<4))
	}
	l.buf = b
	return string(b)
}

// skipImage steps over the bytes of an inline image, which may look like anything.
func (l *lexer) skipImage() {
	for i := l.pos; i+2 < len(l.data); i++ {
		if l.data[i] == 'E' && l.data[i+1] == 'I' && isSpace(l.data[i+2]) && i > 0 && isSpace(l.data[i-1]) {
			l.pos = i + 2
			return
		}
	}
	l.pos = len(l.data)
}

// operators are those of content streams and maps that come by the million; they cost no memory each.
var operators = func() map[string]string {
	known := map[string]string{}
	for _, op := range []string{
		"q", "Q", "cm", "w", "J", "j", "M", "d", "ri", "i", "gs", "m", "l", "c", "v", "y", "h", "re", "S", "s", "f", "F", "f*", "B", "B*", "b", "b*",
		"n", "W", "W*", "BT", "ET", "Tc", "Tw", "Tz", "TL", "Tf", "Tr", "Ts", "Td", "TD", "Tm", "T*", "Tj", "TJ", "'", "\"", "CS", "cs", "SC", "SCN",
		"sc", "scn", "G", "g", "RG", "rg", "K", "k", "sh", "Do", "MP", "DP", "BMC", "BDC", "EMC", "BX", "EX", "true", "false", "null",
	} {
		known[op] = op
	}
	return known
}()

func intern(w []byte) string {
	if op, ok := operators[string(w)]; ok {
		return op
	}
	return string(w)
}
