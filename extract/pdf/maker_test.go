package pdf

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"fmt"
	"slices"
	"strings"
)

// maker writes a PDF part by part, so that every part can be wrong.
type maker struct {
	bytes.Buffer
	at map[int]int // offsets of objects
}

func newMaker() *maker {
	m := &maker{at: map[int]int{}}
	m.WriteString("%PDF-1.5\n")
	return m
}

func (m *maker) object(num int, value string) {
	m.at[num] = m.Len()
	fmt.Fprintf(m, "%d 0 obj\n%s\nendobj\n", num, value)
}

func (m *maker) stream(num int, entries string, data []byte) {
	m.object(num, fmt.Sprintf("<< %s /Length %d >>\nstream\n%s\nendstream", entries, len(data), data))
}

// frame writes the objects around a content stream, which is to be object 4.
func (m *maker) frame() {
	m.object(1, "<< /Type /Catalog /Pages 2 0 R >>")
	m.object(2, "<< /Type /Pages /Kids [3 0 R] /Count 1 >>")
	m.object(3, "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>")
	m.object(5, "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
}

// table writes a cross-reference table of the objects so far.
func (m *maker) table(trailer string) []byte {
	start, size := m.Len(), 0
	for num := range m.at {
		size = max(size, num+1)
	}
	fmt.Fprintf(m, "xref\n0 %d\n0000000000 65535 f \n", size)
	for num := 1; num < size; num++ {
		if offset, ok := m.at[num]; ok {
			fmt.Fprintf(m, "%010d 00000 n \n", offset)
		} else {
			m.WriteString("0000000000 00000 f \n")
		}
	}
	fmt.Fprintf(m, "trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n", size, strings.ReplaceAll(trailer, "HERE", fmt.Sprint(start)), start)
	return m.Bytes()
}

// row is an entry of a cross-reference stream.
type row struct {
	kind   byte
	second int
	third  int
}

// index writes a cross-reference stream as object num; more holds what its dictionary has beside or instead of the usual.
func (m *maker) index(num int, rows []row, more string) []byte {
	var data []byte
	for _, r := range rows {
		data = append(data, r.kind)
		data = binary.BigEndian.AppendUint32(data, uint32(r.second))
		data = append(data, byte(r.third>>8), byte(r.third))
	}
	start := m.Len()
	if !strings.Contains(more, "/Size") {
		more += fmt.Sprintf(" /Size %d", len(rows))
	}
	if !strings.Contains(more, "/W") {
		more += " /W [1 4 2]"
	}
	m.stream(num, "/Type /XRef /Root 1 0 R "+more, data)
	fmt.Fprintf(m, "startxref\n%d\n%%%%EOF\n", start)
	return m.Bytes()
}

// rows gives the entries of objects 0 to 5 and of the object streams and their content in more.
func (m *maker) rows(more ...row) []row {
	out := []row{{0, 0, 0}}
	for num := 1; num <= 5; num++ {
		out = append(out, row{1, m.at[num], 0})
	}
	return append(out, more...)
}

const duty = "Iedere calamiteit wordt gemeld."

var content = at("F1", 11, 70, 700, duty)

// simple is a file with one sentence on one page.
func simple() []byte {
	m := newMaker()
	m.frame()
	m.stream(4, "", []byte(content))
	return m.table("")
}

// coded is simple with the content stream in another coding.
func coded(entries string, data []byte) []byte {
	m := newMaker()
	m.frame()
	m.stream(4, entries, data)
	return m.table("")
}

func deflated(data []byte) []byte {
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	if _, err := w.Write(data); err != nil {
		panic(err)
	}
	if err := w.Close(); err != nil {
		panic(err)
	}
	return b.Bytes()
}

// filtered puts the bytes in rows of PNG prediction, a different kind for each row.
func filtered(data []byte, columns int) []byte {
	for len(data)%columns != 0 {
		data = append(data, ' ')
	}
	var out []byte
	above := make([]byte, columns)
	for i := 0; i < len(data); i += columns {
		line := data[i : i+columns]
		kind := byte(i / columns % 5)
		out = append(out, kind)
		for k := range line {
			var left, corner byte
			if k > 0 {
				left, corner = line[k-1], above[k-1]
			}
			guess := map[byte]byte{0: 0, 1: left, 2: above[k], 3: byte((int(left) + int(above[k])) / 2), 4: paeth(left, above[k], corner)}[kind]
			out = append(out, line[k]-guess)
		}
		above = line
	}
	return out
}

// lzw packs bytes as LZW does, with clear codes instead of a table.
func lzw(data []byte) []byte {
	var out []byte
	bits, have := 0, 0
	put := func(code int) {
		bits, have = bits<<9|code, have+9
		for have >= 8 {
			have -= 8
			out = append(out, byte(bits>>have))
		}
		bits &= 1<<have - 1
	}
	for i, c := range data {
		if i%200 == 0 {
			put(256)
		}
		put(int(c))
	}
	put(257)
	return append(out, byte(bits<<(8-have)))
}

func runLength(data []byte) []byte {
	var out []byte
	for len(data) > 0 {
		n := min(len(data), 100)
		out = append(append(out, byte(n-1)), data[:n]...)
		data = data[n:]
	}
	return append(out, 128)
}

func base85(data []byte) []byte {
	out := []byte("<~")
	for len(data) > 0 {
		n := min(len(data), 4)
		group := append(slices.Clone(data[:n]), 0, 0, 0)[:4]
		v := binary.BigEndian.Uint32(group)
		var digits [5]byte
		for i := 4; i >= 0; i-- {
			digits[i] = byte(v%85) + '!'
			v /= 85
		}
		out = append(append(out, digits[:n+1]...), '\n')
		data = data[n:]
	}
	return append(out, "~>"...)
}

// objectStream gives the head and body of an object stream with these objects.
func objectStream(objects map[int]string) (entries string, data []byte) {
	var head, values string
	nums := []int{}
	for num := range objects {
		nums = append(nums, num)
	}
	slices.Sort(nums)
	for _, num := range nums {
		head += fmt.Sprintf("%d %d ", num, len(values))
		values += objects[num] + " "
	}
	return fmt.Sprintf("/Type /ObjStm /N %d /First %d", len(nums), len(head)), []byte(head + values)
}
