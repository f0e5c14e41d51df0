package pdf

import (
	"bytes"
	"compress/flate"
	"errors"
	"io"
)

// filter is one step of decoding a stream, with the parameters that matter.
type filter struct {
	name      key
	predictor int
	columns   int
	colours   int
	bits      int
	early     int // LZW: codes get longer one early
}

// filtersOf reads which filters a stream has. at follows references.
func filtersOf(d dict, at func(object) object) []filter {
	names, parms := at(either(d, "Filter", "F")), at(either(d, "DecodeParms", "DP"))
	if name, ok := names.(key); ok {
		names, parms = list{name}, list{parms}
	}
	steps, _ := names.(list)
	args, _ := parms.(list)
	var out []filter
	for i, step := range steps {
		name, _ := at(step).(key)
		var p dict
		if i < len(args) {
			p = dictOf(at(args[i]))
		}
		number := func(k key, otherwise int) int { return dict{{k, at(p.get(k))}}.int(k, otherwise) }
		out = append(out, filter{name, number("Predictor", 1), number("Columns", 1), number("Colors", 1), number("BitsPerComponent", 8), number("EarlyChange", 1)})
		if len(out) == maxNested {
			break
		}
	}
	return out
}

func either(d dict, long, short key) object {
	if v := d.get(long); v != nil {
		return v
	}
	return d.get(short)
}

var (
	errFilter  = errors.New("filter is not for text") // of images and sound
	errPartial = errors.New("stream is damaged")
	errLimit   = errors.New("stream is too large")
)

// decode undoes the filters of a stream, each to at most limit bytes. With errPartial and errLimit comes what could be read.
func decode(data []byte, filters []filter, limit int) ([]byte, error) {
	var fault error
	for _, f := range filters {
		var err error
		switch f.name {
		case "FlateDecode", "Fl":
			data, err = inflate(data, limit)
			data = f.predict(data)
		case "LZWDecode", "LZW":
			data, err = unLZW(data, f.early, limit)
			data = f.predict(data)
		case "ASCII85Decode", "A85":
			data = un85(data)
		case "ASCIIHexDecode", "AHx":
			l := lexer{data: data}
			data = []byte(l.hex())
		case "RunLengthDecode", "RL":
			data, err = unRunLength(data, limit)
		case "Crypt":
		default:
			return nil, errFilter
		}
		if err != nil {
			fault = err
		}
	}
	if len(data) > limit {
		return data[:limit], errLimit
	}
	return data, fault
}

// inflate does not check the sum at the end: a damaged tail must not cost the text before it.
func inflate(data []byte, limit int) ([]byte, error) {
	for len(data) > 0 && (data[0] == '\r' || data[0] == '\n') {
		data = data[1:]
	}
	if len(data) > 2 && data[0]&15 == 8 && (int(data[0])<<8|int(data[1]))%31 == 0 {
		data = data[2:]
	}
	var out bytes.Buffer
	out.Grow(min(4*len(data), limit) + bytes.MinRead)
	n, err := io.Copy(&out, io.LimitReader(flate.NewReader(bytes.NewReader(data)), int64(limit)+1))
	switch {
	case n > int64(limit):
		return out.Bytes()[:limit], errLimit
	case err != nil:
		return out.Bytes(), errPartial
	}
	return out.Bytes(), nil
}

// unLZW differs from the standard library in the early change of code length and in what it keeps of damaged data.
func unLZW(data []byte, early, limit int) ([]byte, error) {
	const clear, stop, top = 256, 257, 4096
	var (
		prefix      [top]int16
		last, first [top]byte
		length      [top]int
		out         []byte
	)
	for c := range clear {
		last[c], first[c], length[c] = byte(c), byte(c), 1
	}
	next, width, before := stop+1, 9, -1
	bits, have := 0, 0
	for _, b := range data {
		bits, have = bits<<8|int(b), have+8
		if have < width {
			continue
		}
		have -= width
		code := bits >> have & (1<<width - 1)
		bits &= 1<<have - 1
		switch {
		case code == stop:
			return out, nil
		case code == clear:
			next, width, before = stop+1, 9, -1
			continue
		case code > next || code == next && before < 0 || before < 0 && code >= clear:
			return out, errPartial
		}
		if before >= 0 && next < top {
			prefix[next], first[next], length[next] = int16(before), first[before], length[before]+1
			last[next] = first[before]
			if code < next {
				last[next] = first[code]
			}
			next++
		}
		if code >= next {
			return out, errPartial
		}
		if len(out)+length[code] > limit {
			return out, errLimit
		}
		n := len(out)
		out = append(out, make([]byte, length[code])...)
		for at, c := n+length[code]-1, code; at >= n; at, c = at-1, int(prefix[c]) {
			out[at] = last[c]
		}
		before = code
		if next+early >= 1<<width && width < 12 {
			width++
		}
	}
	return out, nil
}

// un85 leaves out what is no digit, and stops at the end mark.
func un85(data []byte) []byte {
	data = bytes.TrimPrefix(bytes.TrimLeft(data, " \t\r\n\f\x00"), []byte("<~"))
	out := make([]byte, 0, len(data)/5*4+4)
	value, have := uint32(0), 0
	for _, c := range data {
		switch {
		case c == '~':
			return flush85(out, value, have)
		case c == 'z' && have == 0:
			out = append(out, 0, 0, 0, 0)
		case c >= '!' && c <= 'u':
			value = value*85 + uint32(c-'!')
			if have++; have == 5 {
				out = append(out, byte(value>>24), byte(value>>16), byte(value>>8), byte(value))
				value, have = 0, 0
			}
		}
	}
	return flush85(out, value, have)
}

// flush85 writes the last group, which may be short.
func flush85(out []byte, value uint32, have int) []byte {
	if have < 2 {
		return out
	}
	for i := have; i < 5; i++ {
		value = value*85 + 84
	}
	for i := range have - 1 {
		out = append(out, byte(value>>(24-8*i)))
	}
	return out
}

func unRunLength(data []byte, limit int) ([]byte, error) {
	var out []byte
	for i := 0; i < len(data); {
		n := int(data[i])
		i++
		switch {
		case n == 128:
			return out, nil
		case n < 128:
			end := min(i+n+1, len(data))
			out = append(out, data[i:end]...)
			i = end
		case i < len(data):
			out = append(out, bytes.Repeat(data[i:i+1], 257-n)...)
			i++
		}
		if len(out) > limit {
			return out[:limit], errLimit
		}
	}
	return out, nil
}

// predict undoes the prediction of rows, in place where it can.
func (f filter) predict(data []byte) []byte {
	if f.predictor < 2 || f.columns < 1 || f.colours < 1 || f.bits < 1 || f.columns > 1<<20 || f.colours > 32 || f.bits > 16 {
		return data
	}
	row := (f.columns*f.colours*f.bits + 7) / 8
	pixel := max(1, f.colours*f.bits/8)
	if f.predictor == 2 {
		if f.bits == 8 {
			for start := 0; start < len(data); start += row {
				for i := start + pixel; i < min(start+row, len(data)); i++ {
					data[i] += data[i-pixel]
				}
			}
		}
		return data
	}
	out := data[:0] // a decoded row is one byte shorter than its source: writing never overtakes reading
	above := make([]byte, row)
	for start := 0; start < len(data); start += row + 1 {
		kind := data[start]
		from := len(out)
		out = append(out, data[start+1:min(start+1+row, len(data))]...)
		line := out[from:]
		unfilter(kind, line, above, pixel)
		above = above[:copy(above, line)]
		if len(line) < row {
			break
		}
	}
	return out
}

// unfilter undoes one row of PNG prediction; above is the decoded row before it.
func unfilter(kind byte, line, above []byte, pixel int) {
	for i := range line {
		var left, corner byte
		if i >= pixel {
			left, corner = line[i-pixel], above[i-pixel]
		}
		switch kind {
		case 1:
			line[i] += left
		case 2:
			line[i] += above[i]
		case 3:
			line[i] += byte((int(left) + int(above[i])) / 2)
		case 4:
			line[i] += paeth(left, above[i], corner)
		}
	}
}

// paeth picks the neighbour that lies nearest to left + above - corner.
func paeth(left, above, corner byte) byte {
	toLeft, toAbove := distance(above, corner), distance(left, corner)
	toCorner := int(left) + int(above) - 2*int(corner)
	toCorner = max(toCorner, -toCorner)
	switch {
	case toLeft <= toAbove && toLeft <= toCorner:
		return left
	case toAbove <= toCorner:
		return above
	}
	return corner
}

func distance(a, b byte) int {
	if a > b {
		return int(a - b)
	}
	return int(b - a)
}
