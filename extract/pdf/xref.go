package pdf

import (
	"bytes"
	"slices"
)

// spot says where an object stands. The zero spot is nowhere.
type spot struct {
	kind   spotKind
	pos    int32 // plain: offset in the file
	stream int32 // packed: number of the object stream
}

type spotKind uint8

const (
	absent spotKind = iota
	free
	plain
	packed
)

// spots holds the spot of every object by its number.
type spots []spot

func (t spots) at(num ref) spot {
	if num < 0 || int(num) >= len(t) {
		return spot{}
	}
	return t[num]
}

// set grows the table as needed. A number that is too high is not kept.
func (t *spots) set(num int, p spot) bool {
	if num < 0 || num >= maxObjects {
		return false
	}
	if num >= len(*t) {
		*t = slices.Grow(*t, num+1-len(*t))[:num+1]
	}
	(*t)[num] = p
	return true
}

// add keeps what is there already: the newest section of a file is read first.
func (t *spots) add(num int, p spot) bool {
	if t.at(ref(num)).kind != absent {
		return true
	}
	return t.set(num, p)
}

const (
	maxSections = 1_000 // of cross-references in one file
	maxField    = 8     // bytes of one field of a cross-reference stream
)

// index is what the cross-references of a file say. whole is false when a part of them is missing or makes no sense.
type index struct {
	table   spots
	trailer dict
	whole   bool
}

// readIndex follows the chain of cross-reference sections from the last one back. Every section is read once: a chain may bite its
// own tail. A hybrid section has a second one of its own for newer readers; it goes before what the first calls free.
func readIndex(data []byte) index {
	x := index{whole: true}
	start, ok := startOfIndex(data)
	if !ok {
		return index{}
	}
	seen := map[int]bool{}
	for pos, more := start, true; more; {
		if seen[pos] || len(seen) >= maxSections || pos < 0 || pos >= len(data) {
			x.whole = false
			break
		}
		seen[pos] = true
		trailer, ok := x.section(data, pos, seen)
		if !ok {
			x.whole = false
			break
		}
		x.inherit(trailer)
		pos = trailer.int("Prev", -1)
		more = trailer.get("Prev") != nil
	}
	return x
}

// inherit keeps the entries of the newest trailer, and takes from older ones what that has not.
func (x *index) inherit(older dict) {
	for _, k := range []key{"Root", "Encrypt", "ID"} {
		if v := older.get(k); v != nil && x.trailer.get(k) == nil {
			x.trailer = append(x.trailer, entry{k, v})
		}
	}
}

func startOfIndex(data []byte) (int, bool) {
	const word = "startxref"
	i := bytes.LastIndex(data, []byte(word))
	if i < 0 {
		return 0, false
	}
	pos, ok := parserAt(data, i+len(word)).object(0).(int64)
	return int(pos), ok
}

// section reads one section and gives its trailer.
func (x *index) section(data []byte, pos int, seen map[int]bool) (dict, bool) {
	p := parserAt(data, pos)
	p.skip()
	if !bytes.HasPrefix(data[p.pos:], []byte("xref")) {
		return x.streamSection(data, p.pos)
	}
	p.pos += len("xref")
	var freed []int
	if !x.rows(p, &freed) {
		return nil, false
	}
	trailer, ok := p.object(0).(dict)
	if !ok {
		return nil, false
	}
	if hidden := trailer.int("XRefStm", -1); hidden >= 0 && hidden < len(data) && !seen[hidden] {
		seen[hidden] = true
		if _, ok := x.streamSection(data, hidden); !ok {
			x.whole = false
		}
	}
	for _, num := range freed {
		x.table.add(num, spot{kind: free})
	}
	return trailer, true
}

// rows reads the table of a section up to the word trailer.
func (x *index) rows(p *parser, freed *[]int) bool {
	for {
		var first, n int64
		switch o := p.object(0).(type) {
		case keyword:
			return o == "trailer"
		case int64:
			first = o
		default:
			return false
		}
		n, ok := p.object(0).(int64)
		if !ok || first < 0 || n < 0 {
			return false
		}
		for i := range n {
			pos, ok := p.object(0).(int64)
			_, ok2 := p.object(0).(int64)
			state, ok3 := p.object(0).(keyword)
			switch {
			case !ok || !ok2 || !ok3 || first+i >= maxObjects:
				return false
			case state == "f":
				*freed = append(*freed, int(first+i))
			case pos > 0 && pos < int64(len(p.data)):
				x.table.add(int(first+i), spot{kind: plain, pos: int32(pos)})
			}
		}
	}
}

// streamSection reads a section in the form of a stream and gives its dictionary.
func (x *index) streamSection(data []byte, pos int) (dict, bool) {
	s := source{data: data, index: index{}} // its length may not depend on the index that is being read
	_, _, o := s.definition(pos)
	b, ok := o.(*body)
	if !ok || b.dict.name("Type") != "XRef" {
		return nil, false
	}
	rows, err := decode(b.data, filtersOf(b.dict, func(o object) object { return o }), maxStream)
	if err != nil && len(rows) == 0 {
		return nil, false
	}
	var width [3]int
	total := 0
	w, _ := b.dict.get("W").(list)
	for i := range w {
		n, _ := w[i].(int64)
		if n < 0 || n > maxField {
			return nil, false
		}
		total += int(n)
		if i < len(width) {
			width[i] = int(n)
		}
	}
	if len(w) < len(width) || total == 0 {
		return nil, false
	}
	ranges, ok := b.dict.get("Index").(list)
	if !ok {
		ranges = list{int64(0), int64(b.dict.int("Size", 0))}
	}
	return b.dict, x.streamRows(rows, ranges, width, total)
}

// streamRows reads as many rows as there are bytes, whatever number the ranges promise.
func (x *index) streamRows(rows []byte, ranges list, width [3]int, total int) bool {
	for i := 0; i+1 < len(ranges); i += 2 {
		first, ok := ranges[i].(int64)
		n, ok2 := ranges[i+1].(int64)
		if !ok || !ok2 || first < 0 {
			return false
		}
		for num := first; num < first+n && len(rows) >= total; num++ {
			kind := 1
			if width[0] > 0 {
				kind = bigEndian(rows[:width[0]])
			}
			second := bigEndian(rows[width[0] : width[0]+width[1]])
			rows = rows[total:]
			if num >= maxObjects {
				return false
			}
			switch {
			case kind == 0:
				x.table.add(int(num), spot{kind: free})
			case kind == 1 && second > 0 && second < maxPosition:
				x.table.add(int(num), spot{kind: plain, pos: int32(second)})
			case kind == 2 && second > 0 && second < maxObjects:
				x.table.add(int(num), spot{kind: packed, stream: int32(second)})
			}
		}
	}
	return true
}

func bigEndian(b []byte) int {
	n := 0
	for _, c := range b {
		n = n<<8 | int(c)
	}
	return n
}
