package pdf

import "bytes"

// scan searches the bytes for definitions of objects; of two with the same number the last one counts. It reads the bytes once.
func (s *source) scan() *index {
	if s.searched != nil {
		return s.searched
	}
	s.searched = &index{whole: true}
	w := scanner{data: s.data, found: s.searched}
	w.run()
	s.notes.limit = s.notes.limit || w.cut
	for _, d := range w.trailers {
		s.searched.trailer = append(dict{}, merged(s.searched.trailer, d)...)
	}
	s.searched.inherit(s.index.trailer)
	if s.crypt == nil && s.searched.trailer.get("Encrypt") != nil {
		return s.searched // object streams can be read when the key is known
	}
	s.addPacked(w.packs)
	return s.searched
}

// merged gives the entries of both, those of the newer first.
func merged(older, newer dict) dict {
	x := index{}
	x.inherit(newer)
	x.inherit(older)
	return x.trailer
}

// addPacked adds the objects in object streams. One that is also defined outside them, further on in the file, is newer.
func (s *source) addPacked(streams []int) {
	for _, num := range streams {
		from := s.searched.table.at(ref(num))
		if from.kind != plain {
			continue
		}
		for _, inside := range s.open(int32(num)).order {
			if p := s.searched.table.at(ref(inside)); p.kind == plain && p.pos > from.pos {
				continue
			}
			s.searched.table.set(inside, spot{kind: packed, stream: int32(num)})
		}
	}
}

// scanner walks over the words "obj" and "stream" in a file. The bytes of a stream are stepped over, as they may look like anything.
type scanner struct {
	data     []byte
	found    *index
	packs    []int // numbers of the object streams, in order
	trailers []dict
	cut      bool
	num      int // object being read, 0 if none
	from     int // where its value starts
}

func (w *scanner) run() {
	nextObj, nextStream, nextTrailer := -1, -1, -1
	for pos := 0; ; {
		nextObj, nextStream, nextTrailer = w.next("obj", nextObj, pos), w.next("stream", nextStream, pos), w.next("trailer", nextTrailer, pos)
		at := min(nextObj, nextStream, nextTrailer)
		if at >= len(w.data) {
			return
		}
		switch at {
		case nextObj:
			w.object(at)
			pos = at + len("obj")
		case nextStream:
			pos = w.stream(at)
		default:
			pos = at + len("trailer")
			w.trailer(pos)
		}
	}
}

// next finds a word from pos on; known is where it was found before.
func (w *scanner) next(word string, known, pos int) int {
	if known >= pos {
		return known
	}
	if i := bytes.Index(w.data[pos:], []byte(word)); i >= 0 {
		return pos + i
	}
	return len(w.data)
}

// object handles the word "obj": of "12 0 obj", of "endobj", or of anything else.
func (w *scanner) object(at int) {
	if bytes.HasSuffix(w.data[:at], []byte("end")) {
		w.num = 0
		return
	}
	gen, i := w.before(at)
	num, start := w.before(i)
	if gen < 0 || num < 0 || gen > 65535 {
		return
	}
	if !w.found.table.set(num, spot{kind: plain, pos: int32(start)}) {
		w.cut = true
		return
	}
	w.num, w.from = num, at+len("obj")
}

// before reads the number that ends before at, and gives it with its offset.
func (w *scanner) before(at int) (n, start int) {
	i := at
	for i > 0 && i > at-16 && isSpace(w.data[i-1]) {
		i--
	}
	unit, digits := 1, 0
	for i > 0 && w.data[i-1] >= '0' && w.data[i-1] <= '9' && digits < 10 {
		i--
		n += int(w.data[i]-'0') * unit
		unit *= 10
		digits++
	}
	if digits == 0 {
		return -1, at
	}
	return n, i
}

// stream handles the word "stream" and gives where to go on.
func (w *scanner) stream(at int) int {
	after := at + len("stream")
	if w.num == 0 || bytes.HasSuffix(w.data[:at], []byte("end")) || after < len(w.data) && !isSpace(w.data[after]) {
		return after
	}
	p := parserAt(w.data[:at], w.from)
	num := w.num
	w.num = 0
	d, _ := p.object(0).(dict)
	switch d.name("Type") {
	case "ObjStm":
		w.packs = append(w.packs, num)
	case "XRef":
		w.trailers = append(w.trailers, d)
	}
	n := d.int("Length", -1)
	s := source{data: w.data}
	if end := after + n; n > 0 && end < len(w.data) && s.closesAt(end) {
		return end
	}
	return after
}

func (w *scanner) trailer(pos int) {
	if d, ok := parserAt(w.data, pos).object(0).(dict); ok && len(w.trailers) < maxSections {
		w.trailers = append(w.trailers, d)
	}
}
