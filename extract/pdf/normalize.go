package pdf

import (
	"fmt"
	"io"
	"sort"

	"inkooptoets/extract/dossier"
)

// normalised is a file as the library gets it: every object that the text may need, decrypted, out of its object stream, in the plainest
// syntax and under a new number, with a fresh index. The bytes of streams are not copied but shared with the file they came from.
type normalised struct {
	parts  [][]byte
	starts []int64 // offset of each part
	size   int64
	tail   []byte // what is not yet a part
}

const sharedFrom = 1 << 10 // smaller pieces are cheaper to copy

func (n *normalised) write(b []byte) {
	n.tail = append(n.tail, b...)
	n.size += int64(len(b))
	if len(n.tail) > 1<<16 {
		n.flush()
	}
}

func (n *normalised) share(b []byte) {
	if len(b) < sharedFrom {
		n.write(b)
		return
	}
	n.flush()
	n.parts, n.starts = append(n.parts, b), append(n.starts, n.size)
	n.size += int64(len(b))
}

func (n *normalised) flush() {
	if len(n.tail) > 0 {
		n.parts, n.starts = append(n.parts, n.tail), append(n.starts, n.size-int64(len(n.tail)))
		n.tail = nil
	}
}

// ReadAt reads across the parts; all must have been flushed.
func (n *normalised) ReadAt(b []byte, at int64) (int, error) {
	if at < 0 || at >= n.size {
		return 0, io.EOF
	}
	done := 0
	for i := sort.Search(len(n.starts), func(i int) bool { return n.starts[i] > at }) - 1; i < len(n.parts) && done < len(b); i++ {
		done += copy(b[done:], n.parts[i][at+int64(done)-n.starts[i]:])
	}
	if done < len(b) {
		return done, io.EOF
	}
	return done, nil
}

// The keys under which a normalised stream keeps its filters. Without a Filter the library hands over its bytes as they are; its own
// filters panic on much that is allowed.
const (
	keyCoded key = "Coded"
	keyParms key = "CodedParms"
)

// normaliser walks from the catalogue to every object that can be reached, and writes each once.
type normaliser struct {
	from    *source
	out     normalised
	numbers []int32 // new number by old, 0 if not yet met
	queue   []ref   // old numbers; the new number of the i-th is i+2, as the catalogue is 1
	offsets []int64 // by new number
}

// normalise writes the file that has root as its catalogue.
func normalise(s *source, root dict) *normalised {
	n := normaliser{from: s, offsets: make([]int64, 2)}
	n.out.write([]byte("%PDF-1.7\n"))
	n.define(1, catalogue(root))
	for i := 0; i < len(n.queue); i++ {
		n.offsets = append(n.offsets, 0)
		n.define(i+2, s.load(n.queue[i]))
	}
	n.index()
	n.out.flush()
	return &n.out
}

// number gives the new number of an object, and puts it in the queue when it is new.
func (n *normaliser) number(r ref) int {
	if int(r) >= len(n.numbers) {
		n.numbers = append(n.numbers, make([]int32, int(r)+1-len(n.numbers)+len(n.numbers)/2)...)
	}
	if n.numbers[r] == 0 {
		n.queue = append(n.queue, r)
		n.numbers[r] = int32(len(n.queue) + 1)
	}
	return int(n.numbers[r])
}

func (n *normaliser) define(num int, o object) {
	n.offsets[num] = n.out.size
	b := fmt.Appendf(nil, "%d 0 obj\n", num)
	if stream, ok := o.(*body); ok {
		d, data := n.stream(stream)
		b = appendObject(b, d, n.number)
		n.out.write(append(b, "\nstream\n"...))
		n.out.share(data)
		n.out.write([]byte("\nendstream\nendobj\n"))
		return
	}
	if d, ok := o.(dict); ok && d.name("Type") == "Page" {
		o = without(d, "Thumb", "PieceInfo", "AA", "Metadata", "B")
	}
	b = appendObject(b, o, n.number)
	n.out.write(append(b, "\nendobj\n"...))
}

// catalogue keeps of the catalogue what bears on the text; the rest can be as large as the pages.
func catalogue(root dict) dict {
	out := dict{{"Type", key("Catalog")}}
	for _, k := range []key{"Pages", "StructTreeRoot", "MarkInfo", "AcroForm", "Lang", "OCProperties", "PageLabels"} {
		if v := root.get(k); v != nil {
			out = append(out, entry{k, v})
		}
	}
	return out
}

func without(d dict, keys ...key) dict {
	var out dict
next:
	for _, e := range d {
		for _, k := range keys {
			if e.key == k {
				continue next
			}
		}
		out = append(out, e)
	}
	return out
}

// stream gives a stream its new dictionary. Pictures and attachments come without their bytes: there is no text in them.
func (n *normaliser) stream(b *body) (dict, []byte) {
	data := b.data
	var d dict
	switch {
	case b.dict.name("Subtype") == "Image":
		d, data = only(b.dict, "Type", "Subtype", "Width", "Height"), nil
	case b.dict.name("Type") == "EmbeddedFile", b.dict.name("Type") == "Metadata":
		d, data = only(b.dict, "Type", "Subtype"), nil
	default:
		d = without(b.dict, "Length", "Filter", "F", "DecodeParms", "DP", "FFilter", "FDecodeParms", keyCoded, keyParms)
		names, parms := list{}, list{}
		for _, f := range filtersOf(b.dict, n.from.shallow) {
			names = append(names, f.name)
			parms = append(parms, list{int64(f.predictor), int64(f.columns), int64(f.colours), int64(f.bits), int64(f.early)})
		}
		if len(names) > 0 {
			d = append(d, entry{keyCoded, names}, entry{keyParms, parms})
		}
	}
	return append(d, entry{"Length", int64(len(data))}), data
}

func only(d dict, keys ...key) dict {
	var out dict
	for _, k := range keys {
		if v := d.get(k); v != nil {
			out = append(out, entry{k, v})
		}
	}
	return out
}

// index writes the cross-references as one plain stream.
func (n *normaliser) index() {
	num, start := len(n.offsets), n.out.size
	rows := make([]byte, 0, 9*(num+1))
	for i, offset := range append(n.offsets, start) {
		kind := byte(1)
		if i == 0 {
			kind = 0
		}
		rows = append(rows, kind)
		for shift := 56; shift >= 0; shift -= 8 {
			rows = append(rows, byte(offset>>shift))
		}
	}
	n.out.write(fmt.Appendf(nil, "%d 0 obj\n<</Type/XRef/Size %d/W[1 8 0]/Root 1 0 R/Length %d>>\nstream\n", num, num+1, len(rows)))
	n.out.share(rows)
	n.out.write(fmt.Appendf(nil, "\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n", start))
}

// catalog finds the catalogue of a file: where the trailer says, else any object that is one.
func (s *source) catalog() (dict, bool) {
	for _, o := range []object{s.index.trailer.get("Root"), s.scannedRoot()} {
		if d := dictOf(s.resolve(o)); d != nil && dictOf(s.resolve(d.get("Pages"))) != nil {
			return d, true
		}
	}
	if !s.onlyScan {
		return nil, false
	}
	var last dict
	s.each("Catalog", func(_ ref, d dict) { last = d })
	return last, last != nil
}

func (s *source) scannedRoot() object {
	if !s.onlyScan {
		return nil
	}
	return s.scan().trailer.get("Root")
}

// loosePages makes a catalogue of all pages that the bytes hold, in the order of their numbers. Pages of one parent stand together and
// have from it what they would inherit.
func (s *source) loosePages() (dict, bool) {
	var parents []object
	kids := map[object]list{}
	s.each("Page", func(num ref, d dict) {
		parent, ok := d.get("Parent").(ref)
		if !ok {
			parent = -1
		}
		if kids[parent] == nil {
			parents = append(parents, parent)
		}
		kids[parent] = append(kids[parent], num)
	})
	var groups list
	for _, parent := range parents {
		groups = append(groups, append(dict{{"Type", key("Pages")}, {"Kids", kids[parent]}}, s.inherited(parent)...))
	}
	return dict{{"Pages", dict{{"Type", key("Pages")}, {"Kids", groups}}}}, len(groups) > 0
}

// inherited gives what a page has from its parents, the nearest first.
func (s *source) inherited(parent object) dict {
	var out dict
	for range maxNested {
		d := dictOf(s.resolve(parent))
		for _, k := range []key{"Resources", "MediaBox", "CropBox", "Rotate"} {
			if v := d.get(k); v != nil && out.get(k) == nil {
				out = append(out, entry{k, v})
			}
		}
		parent = d.get("Parent")
	}
	return out
}

// each visits the dictionaries of a type among the objects that the bytes hold.
func (s *source) each(kind key, visit func(num ref, d dict)) {
	for num := range s.scan().table {
		o := s.load(ref(num))
		if d, ok := o.(dict); ok && d.name("Type") == kind {
			visit(ref(num), d)
		}
	}
}

// newSource reads the index of a file and finds its key.
func newSource(data []byte, password string) (*source, error) {
	s := &source{data: data, index: readIndex(data)}
	enc := s.index.trailer.get("Encrypt")
	if enc == nil && !s.index.whole {
		enc = s.scan().trailer.get("Encrypt")
	}
	if enc == nil {
		return s, nil
	}
	d := dictOf(s.shallow(enc))
	if d == nil {
		return nil, fmt.Errorf("find encryption dictionary: %w: %w", dossier.ErrEncrypted, dossier.ErrDamaged)
	}
	ids, _ := s.shallow(s.trailerOf("ID")).(list)
	id := ""
	if len(ids) > 0 {
		id, _ = s.shallow(ids[0]).(string)
	}
	passwords := []string{""}
	if password != "" {
		passwords = append(passwords, password)
	}
	c, err := unlock(d, id, passwords, s.shallow)
	if err != nil {
		return nil, err
	}
	s.crypt, s.searched, s.packs, s.packed = c, nil, nil, 0 // what was read without the key is void
	return s, nil
}

func (s *source) trailerOf(k key) object {
	if v := s.index.trailer.get(k); v != nil || s.index.whole {
		return v
	}
	return s.scan().trailer.get(k)
}
