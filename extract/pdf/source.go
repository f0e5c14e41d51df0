package pdf

import (
	"bytes"
	"sort"
)

const (
	maxPosition = 1<<31 - 1
	maxPacked   = 128 << 20 // bytes of all object streams, decoded
)

// source gives the objects of a file as they stand in its bytes. It trusts the cross-references as far as they are right: for an
// object that is not where they say, the bytes themselves are searched.
type source struct {
	data     []byte
	index    index
	searched *index          // what searching the bytes found; nil until needed
	onlyScan bool            // do not ask the index at all
	crypt    *crypt          // nil: not encrypted
	packs    map[int32]*pack // object streams
	packed   int             // their bytes
	closings []int           // offsets of "endstream"; nil until needed
	notes    notes
}

// notes is what a source noticed.
type notes struct {
	repaired bool // something was not where the index said
	damaged  bool // something is lost
	limit    bool // something was left out
}

// pack is an object stream, decoded.
type pack struct {
	data  []byte
	at    map[int]int // offset in data by object number
	order []int       // the numbers as they stand
}

// load gives an object by its number, decrypted. Nothing there gives nil. An object may be no more than a reference to another one; the
// library panics on that.
func (s *source) load(num ref) object {
	for range maxNested {
		o := s.loadOnce(num)
		next, ok := o.(ref)
		if !ok {
			return o
		}
		num = next
	}
	return nil
}

func (s *source) loadOnce(num ref) object {
	p := s.place(num)
	switch p.kind {
	case plain:
		found, gen, o := s.definition(int(p.pos))
		if found != num {
			return nil
		}
		return s.crypt.decrypt(o, found, gen)
	case packed:
		return s.unpacked(num, p.stream)
	}
	s.notes.damaged = s.notes.damaged || s.notes.repaired // in a sound file nothing is also nothing, in a mended one it is lost
	return nil
}

// place says where an object really is.
func (s *source) place(num ref) spot {
	if s.onlyScan {
		return s.scan().table.at(num)
	}
	p := s.index.table.at(num)
	switch {
	case p.kind == plain && !s.defines(int(p.pos), num), p.kind == packed && s.index.table.at(ref(p.stream)).kind != plain, p.kind == absent && !s.index.whole:
		s.notes.repaired = true
		return s.scan().table.at(num)
	}
	return p
}

// defines reports whether the definition of an object starts at pos.
func (s *source) defines(pos int, num ref) bool {
	p := parserAt(s.data, pos)
	n, ok := p.object(0).(int64)
	if !ok || ref(n) != num {
		return false
	}
	_, ok = p.object(0).(int64)
	return ok && p.object(0) == keyword("obj")
}

// definition reads "12 0 obj ... endobj" at pos. The number is -1 if there is no such thing.
func (s *source) definition(pos int) (num ref, gen int, o object) {
	p := parserAt(s.data, pos)
	n, ok := p.object(0).(int64)
	g, ok2 := p.object(0).(int64)
	if !ok || !ok2 || p.object(0) != keyword("obj") {
		return -1, 0, nil
	}
	o = p.object(0)
	s.notes.limit = s.notes.limit || p.cut
	d, ok := o.(dict)
	if !ok {
		if _, broken := o.(keyword); broken {
			o = nil
		}
		return ref(n), int(g), o
	}
	p.skip()
	if !bytes.HasPrefix(s.data[p.pos:], []byte("stream")) {
		return ref(n), int(g), d
	}
	return ref(n), int(g), &body{d, s.streamData(d, p.pos+len("stream"))}
}

// streamData gives the bytes of a stream from the word stream on. Its length is believed when the word endstream follows.
func (s *source) streamData(d dict, pos int) []byte {
	if pos < len(s.data) && s.data[pos] == '\r' {
		pos++
	}
	if pos < len(s.data) && s.data[pos] == '\n' {
		pos++
	}
	if n := s.length(d.get("Length")); n >= 0 && n <= len(s.data)-pos && s.closesAt(pos+n) {
		return s.data[pos : pos+n]
	}
	end := s.closing(pos)
	if end > pos && s.data[end-1] == '\n' {
		end--
	}
	if end > pos && s.data[end-1] == '\r' {
		end--
	}
	return s.data[pos:end]
}

func (s *source) closesAt(pos int) bool {
	p := parserAt(s.data, pos)
	for p.pos < len(s.data) && isSpace(s.data[p.pos]) && p.pos < pos+16 {
		p.pos++
	}
	return bytes.HasPrefix(s.data[p.pos:], []byte("endstream")) || bytes.HasPrefix(s.data[p.pos:], []byte("endobj"))
}

// closing is the offset of the next endstream, or the end of the data. The offsets are sought once: a file may have a million streams
// without one.
func (s *source) closing(pos int) int {
	if s.closings == nil {
		s.closings = []int{}
		word := []byte("endstream")
		for at := 0; ; {
			i := bytes.Index(s.data[at:], word)
			if i < 0 {
				break
			}
			s.closings = append(s.closings, at+i)
			at += i + len(word)
		}
	}
	if i := sort.SearchInts(s.closings, pos); i < len(s.closings) {
		return s.closings[i]
	}
	s.notes.damaged = true
	return len(s.data)
}

// length reads the length of a stream, which may be an object of its own; -1 if it makes no sense. It never loads a stream: the length
// of one may refer to itself.
func (s *source) length(o object) int {
	switch o := o.(type) {
	case int64:
		return int(o)
	case ref:
		p := s.place(o)
		if p.kind == packed {
			n, ok := s.unpacked(o, p.stream).(int64)
			if ok {
				return int(n)
			}
			return -1
		}
		q := parserAt(s.data, int(p.pos))
		if p.kind == plain && s.defines(int(p.pos), o) {
			q.object(0)
			q.object(0)
			q.object(0)
			if n, ok := q.object(0).(int64); ok {
				return int(n)
			}
		}
	}
	return -1
}

// unpacked gives an object out of an object stream.
func (s *source) unpacked(num ref, stream int32) object {
	k := s.open(stream)
	at, ok := k.at[int(num)]
	if !ok {
		s.notes.damaged = true
		return nil
	}
	p := parserAt(k.data, at)
	o := p.object(0)
	s.notes.limit = s.notes.limit || p.cut
	if _, broken := o.(keyword); broken {
		return nil
	}
	return o
}

// open decodes an object stream once. While it is being read it counts as empty: it may claim to stand in itself.
func (s *source) open(stream int32) *pack {
	if k := s.packs[stream]; k != nil {
		return k
	}
	if s.packs == nil {
		s.packs = map[int32]*pack{}
	}
	k := &pack{at: map[int]int{}}
	s.packs[stream] = k
	p := s.place(ref(stream))
	if p.kind != plain {
		return k
	}
	num, gen, o := s.definition(int(p.pos))
	b, ok := s.crypt.decrypt(o, num, gen).(*body)
	if !ok || num != ref(stream) {
		return k
	}
	s.fill(k, b)
	return k
}

// fill reads the list of numbers and offsets at the head of an object stream.
func (s *source) fill(k *pack, b *body) {
	data, err := decode(b.data, filtersOf(b.dict, s.shallow), min(maxStream, maxPacked-s.packed))
	s.packed += len(data)
	s.notes.limit = s.notes.limit || err == errLimit
	s.notes.damaged = s.notes.damaged || err == errPartial
	first := s.length(b.dict.get("First"))
	n := s.length(b.dict.get("N"))
	if first <= 0 || first > len(data) {
		return
	}
	k.data = data
	head := parserAt(data[:first], 0)
	for range min(n, maxObjects) {
		num, ok := head.object(0).(int64)
		at, ok2 := head.object(0).(int64)
		if !ok || !ok2 {
			return
		}
		if pos := first + int(at); num >= 0 && num < maxObjects && at >= 0 && pos < len(data) {
			if _, twice := k.at[int(num)]; !twice {
				k.order = append(k.order, int(num))
			}
			k.at[int(num)] = pos
		}
	}
}

// shallow follows a reference to something small, like a filter's parameters.
func (s *source) shallow(o object) object {
	num, ok := o.(ref)
	if !ok {
		return o
	}
	p := s.place(num)
	if p.kind == packed {
		return s.unpacked(num, p.stream)
	}
	if p.kind != plain {
		return nil
	}
	found, _, value := s.definition(int(p.pos))
	if found != num {
		return nil
	}
	return value
}

// resolve follows a reference; a reference to a reference is nothing.
func (s *source) resolve(o object) object {
	if num, ok := o.(ref); ok {
		return s.load(num)
	}
	return o
}
