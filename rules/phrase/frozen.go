package phrase

import (
	"encoding/binary"
	"errors"
	"slices"
	"strconv"
	"strings"
)

// frozen is an automaton that only reads: the steps of all nodes in rows, those of node n from first[n] to first[n+1]. It is small, quick to walk and can
// be stored.
type frozen struct {
	Steps   row // by word, sorted within a node
	Finals  row // Key is the value; To is unused
	Gaps    row // Key is the size
	Classes row // Key is an index of Kinds
	Kinds   []storedClass

	nodes []frozenNode // one more at the end
	// What a word at the start of a phrase leads to, by word, one more at the end: the values of the phrases that are read with it, and the nodes that go on.
	// Nearly every step is one of these, and most lead to nothing but a value.
	firstFinals, firstNodes []int32
	finals                  []int32
	onward                  []onward
	later                   []int32 // of onward
	kinds                   []class
	asks                    []offer  // by kind
	values                  []int32  // of Finals: a phrase, or a part of several as -1 less its number
	may                     []uint64 // a bit for every step of nodes but the first, by a hash of node and word (see mayStep)
}

// mayBits is the number of bits in frozen.may: small enough to stay close to the processor, large enough for few steps to share one.
const mayBits = 21

func mayBit(node, word int32) uint64 {
	return (uint64(uint32(node))<<32 | uint64(uint32(word))) * 0x9e3779b97f4a7c15 >> (64 - mayBits)
}

// mayStep reports whether word may lead on from node: at most nodes no word of the text does.
func (f *frozen) mayStep(node, word int32) bool {
	bit := mayBit(node, word)
	return f.may[bit/64]&(1<<(bit%64)) != 0
}

// onward is a node that goes on, with what tells at once that it cannot.
type onward struct {
	sign      uint64 // as in the node
	node      int32
	only      int32 // the word of its one step, when it has nothing else; -1 for others
	more, gap bool  // it has number classes, or a gap
	// Range in frozen.later of the words of which one must stand somewhere behind its gap; empty when that does not tell.
	later, laterEnd int32
}

// frozenNode says where the rows of a node begin; they end where those of the next begin.
type frozenNode struct {
	sign                         uint64 // the words of its steps (see sign)
	steps, finals, gaps, classes int32
	more, others                 bool // it has number classes; these or gaps
}

// row holds pairs of a key and a node.
type row struct {
	First   []int32 // per node; one more at the end
	Key, To []int32
}

// storedClass is a number class in a form that can be stored.
type storedClass struct {
	Kind, Op string
	Val      float64
}

func (r *row) close() { r.First = append(r.First, int32(len(r.Key))) }

func (r *row) add(key, to int32) {
	r.Key, r.To = append(r.Key, key), append(r.To, to)
}

// of gives the keys and targets of node n.
func (r *row) of(n int32) (keys, to []int32) {
	from, until := r.First[n], r.First[n+1]
	return r.Key[from:until], r.To[from:until]
}

// freeze turns a built automaton into rows.
func (a *automaton) freeze() frozen {
	var f frozen
	kinds := map[class]int32{}
	// Nodes are numbered in the order in which they are met from the first one: those behind one word stand together, and are read together.
	number := map[int32]int32{0: 0}
	order := []int32{0}
	meet := func(n int32) int32 {
		k, ok := number[n]
		if !ok {
			k = int32(len(order))
			number[n], order = k, append(order, n)
		}
		return k
	}
	for at := 0; at < len(order); at++ {
		n := &a.nodes[order[at]]
		for _, r := range []*row{&f.Steps, &f.Finals, &f.Gaps, &f.Classes} {
			r.close()
		}
		words := make([]int32, 0, len(n.next))
		for w := range n.next {
			words = append(words, w)
		}
		slices.Sort(words)
		for _, w := range words {
			for _, to := range n.next[w] {
				f.Steps.add(w, meet(to))
			}
		}
		for _, v := range n.final {
			f.Finals.add(v, 0)
		}
		for _, g := range n.gaps {
			f.Gaps.add(g.gap, meet(g.node))
		}
		for _, c := range n.classes {
			k, ok := kinds[c.class]
			if !ok {
				k = int32(len(f.Kinds))
				kinds[c.class] = k
				f.Kinds = append(f.Kinds, storedClass{c.class.kind, c.class.op, c.class.val})
			}
			f.Classes.add(k, meet(c.node))
		}
	}
	for _, r := range []*row{&f.Steps, &f.Finals, &f.Gaps, &f.Classes} {
		r.close()
	}
	return f
}

// ready makes the index of the first node, at which every token of every text knocks.
func (f *frozen) ready(words int, single []int32) {
	for _, k := range f.Kinds {
		c := class{k.Kind, k.Op, k.Val, unitKinds[k.Kind]}
		f.kinds, f.asks = append(f.kinds, c), append(f.asks, c.asks())
	}
	f.values = make([]int32, len(f.Finals.Key))
	for i, part := range f.Finals.Key {
		if f.values[i] = single[part]; f.values[i] < 0 {
			f.values[i] = -1 - part
		}
	}
	f.nodes = make([]frozenNode, len(f.Steps.First))
	for i := range f.nodes {
		f.nodes[i] = frozenNode{steps: f.Steps.First[i], finals: f.Finals.First[i], gaps: f.Gaps.First[i], classes: f.Classes.First[i]}
		if i > 0 {
			n := &f.nodes[i-1]
			n.more = n.classes < f.nodes[i].classes
			n.others = n.more || n.gaps < f.nodes[i].gaps
			for _, w := range f.Steps.Key[n.steps:f.nodes[i].steps] {
				n.sign |= sign(w)
			}
		}
	}
	f.may = make([]uint64, 1<<mayBits/64)
	for n := 1; n+1 < len(f.Steps.First); n++ {
		for _, w := range f.Steps.Key[f.Steps.First[n]:f.Steps.First[n+1]] {
			bit := mayBit(int32(n), w)
			f.may[bit/64] |= 1 << (bit % 64)
		}
	}
	keys, to := f.Steps.of(0)
	f.firstFinals, f.firstNodes = make([]int32, words+1), make([]int32, words+1)
	f.finals, f.onward = make([]int32, 0, len(keys)), make([]onward, 0, len(keys))
	at := 0
	for w := range words {
		f.firstFinals[w], f.firstNodes[w] = int32(len(f.finals)), int32(len(f.onward))
		for ; at < len(keys) && keys[at] == int32(w); at++ {
			n, next := &f.nodes[to[at]], &f.nodes[to[at]+1]
			f.finals = append(f.finals, f.values[n.finals:next.finals]...)
			if n.steps < next.steps || n.classes < next.classes || n.gaps < next.gaps {
				o := onward{only: -1, sign: n.sign, node: to[at], more: n.more, gap: n.gaps < next.gaps, later: int32(len(f.later))}
				f.later = append(f.later, f.behindGaps(n, next)...)
				o.laterEnd = int32(len(f.later))
				if !n.others && next.steps-n.steps == 1 {
					o.only = f.Steps.Key[n.steps]
				}
				f.onward = append(f.onward, o)
			}
		}
		own := f.finals[f.firstFinals[w]:]
		slices.Sort(own)
		f.finals = f.finals[:int(f.firstFinals[w])+len(slices.Compact(own))]
	}
	f.firstFinals[words], f.firstNodes[words] = int32(len(f.finals)), int32(len(f.onward))
}

// behindGaps lists the words of which one must stand behind a gap of the node from n to next for any phrase to go on over it; none when there are too many to
// look for, or numbers do as well.
func (f *frozen) behindGaps(n, next *frozenNode) []int32 {
	var words []int32
	for _, to := range f.Gaps.To[n.gaps:next.gaps] {
		behind, end := &f.nodes[to], &f.nodes[to+1]
		if behind.more || len(words)+int(end.steps-behind.steps) > linear {
			return nil
		}
		words = append(words, f.Steps.Key[behind.steps:end.steps]...)
	}
	return words
}

// linear is the number of steps up to which looking at all of them is quicker than halving.
const linear = 8

// behind gives the nodes that word leads to from node n, which is not the first.
func (f *frozen) behind(n, word int32) []int32 {
	first, end := int(f.nodes[n].steps), int(f.nodes[n+1].steps)
	keys := f.Steps.Key[first:end]
	i := 0
	if len(keys) > linear {
		i, _ = slices.BinarySearch(keys, word)
	}
	for i < len(keys) && keys[i] < word {
		i++
	}
	j := i
	for j < len(keys) && keys[j] == word {
		j++
	}
	return f.Steps.To[first+i : first+j]
}

func (m *Matcher) ready() {
	m.words.ready()
	for _, r := range []*rowOfPhrases{&m.groups, &m.main} {
		r.key()
		r.frozen.ready(len(m.words.ids), r.single)
	}
	m.gather()
}

// key files every phrase of several parts under the one that the fewest share: where that is not read, nobody asks for the others.
func (r *rowOfPhrases) key() {
	shared := make([]int, len(r.single))
	for _, parts := range r.parts {
		for _, p := range parts {
			shared[p]++
		}
	}
	of := make([][]keyed, len(r.single))
	n := 0
	for phrase, parts := range r.parts {
		if len(parts) > 1 {
			rare := slices.SortedStableFunc(slices.Values(parts), func(a, b int32) int { return shared[a] - shared[b] })
			of[rare[0]] = append(of[rare[0]], keyed{int32(phrase), rare[1]})
			n++
		}
	}
	r.keyed, r.firstKeyed = make([]keyed, 0, n), make([]int32, 0, len(of)+1)
	for _, list := range of {
		r.firstKeyed = append(r.firstKeyed, int32(len(r.keyed)))
		r.keyed = append(r.keyed, list...)
	}
	r.firstKeyed = append(r.firstKeyed, int32(len(r.keyed)))
}

// MarshalBinary writes the matcher so that UnmarshalBinary of the same version reads it: numbers as they stand in memory, strings in one piece. Reading it is
// most of what starting the program costs.
func (m *Matcher) MarshalBinary() ([]byte, error) {
	words := make([]string, len(m.words.ids))
	for w, id := range m.words.ids {
		words[id] = w
	}
	var w writer
	w.number(len(words))
	w.section(func(w *writer) {
		w.lines(m.texts)
		w.lines(words)
		w.lines(m.words.heads)
		w.lines(m.words.tails)
		w.ints(m.words.groupWord)
		w.ints(m.groupOf)
	})
	for _, r := range []*rowOfPhrases{&m.groups, &m.main} {
		for _, steps := range []row{r.frozen.Steps, r.frozen.Finals, r.frozen.Gaps, r.frozen.Classes} {
			w.ints(steps.First)
			w.ints(steps.Key)
			w.ints(steps.To)
		}
		var kinds []string
		for _, k := range r.frozen.Kinds {
			kinds = append(kinds, k.Kind, k.Op, strconv.FormatFloat(k.Val, 'g', -1, 64))
		}
		w.lines(kinds)
		w.ints(r.single)
		var flat, ends []int32
		for _, parts := range r.parts {
			flat = append(flat, parts...)
			ends = append(ends, int32(len(flat)))
		}
		w.ints(flat)
		w.ints(ends)
	}
	return w.data, nil
}

// UnmarshalBinary reads what MarshalBinary wrote. The data must come from this program: rows that point outside each other are not looked for.
func (m *Matcher) UnmarshalBinary(data []byte) error {
	r := reader{data: data}
	words, named := r.number(), reader{data: r.section()}
	if r.fault != nil {
		return r.fault
	}
	read := make(chan error)
	go func() { read <- m.words.restore(&named, m) }()
	for _, row := range []*rowOfPhrases{&m.groups, &m.main} {
		row.restore(&r)
	}
	if err := errors.Join(<-read, r.fault); err != nil {
		return err
	}
	for _, row := range []*rowOfPhrases{&m.groups, &m.main} {
		row.key()
		row.frozen.ready(words, row.single)
	}
	m.gather()
	return nil
}

// gather lists the phrases that single words are.
func (m *Matcher) gather() {
	f := &m.main.frozen
	m.alone, m.firstAlone = make([]ID, 0, len(f.finals)), make([]int32, 0, len(f.firstFinals))
	for w := range len(f.firstFinals) - 1 {
		m.firstAlone = append(m.firstAlone, int32(len(m.alone)))
		for _, v := range f.finals[f.firstFinals[w]:f.firstFinals[w+1]] {
			if v >= 0 { // no part of several
				m.alone = append(m.alone, ID(v))
			}
		}
	}
	m.firstAlone = append(m.firstAlone, int32(len(m.alone)))
}

// restore reads the words and texts.
func (v *vocabulary) restore(r *reader, m *Matcher) error {
	v.init()
	m.texts = r.lines()
	for _, w := range r.lines() {
		v.id(w)
	}
	v.heads, v.tails = r.lines(), r.lines()
	v.groupWord, m.groupOf = r.ints(), r.ints()
	return r.fault
}

// restore reads the automaton and the parts of phrases.
func (p *rowOfPhrases) restore(r *reader) {
	f := &p.frozen
	for _, steps := range []*row{&f.Steps, &f.Finals, &f.Gaps, &f.Classes} {
		steps.First, steps.Key, steps.To = r.ints(), r.ints(), r.ints()
	}
	for k := range slices.Chunk(r.lines(), 3) {
		if len(k) == 3 {
			val, err := strconv.ParseFloat(k[2], 64)
			r.fault = errors.Join(r.fault, err)
			f.Kinds = append(f.Kinds, storedClass{k[0], k[1], val})
		}
	}
	p.single = r.ints()
	flat, from := r.ints(), int32(0)
	for _, end := range r.ints() {
		if from > end || int(end) > len(flat) {
			r.fault = errStored
			return
		}
		p.parts = append(p.parts, flat[from:end:end])
		from = end
	}
}

// errStored says that stored data is not what was written.
var errStored = errors.New("the stored matcher is damaged")

// writer puts numbers, strings and sections in a row.
type writer struct{ data []byte }

func (w *writer) number(n int) { w.data = binary.LittleEndian.AppendUint32(w.data, uint32(n)) }

func (w *writer) ints(list []int32) {
	w.number(len(list))
	for _, n := range list {
		w.number(int(n))
	}
}

func (w *writer) lines(list []string) {
	w.number(len(list))
	text := strings.Join(list, "\n") // no phrase or word holds the end of a line
	w.number(len(text))
	w.data = append(w.data, text...)
}

func (w *writer) section(write func(w *writer)) {
	var part writer
	write(&part)
	w.number(len(part.data))
	w.data = append(w.data, part.data...)
}

// reader takes apart what writer wrote. After a fault it gives nothing.
type reader struct {
	data  []byte
	fault error
}

func (r *reader) take(n int) []byte {
	if n < 0 || n > len(r.data) {
		r.fault, r.data = errStored, nil
		return nil
	}
	out := r.data[:n]
	r.data = r.data[n:]
	return out
}

func (r *reader) number() int {
	if b := r.take(4); b != nil {
		return int(int32(binary.LittleEndian.Uint32(b)))
	}
	return 0
}

func (r *reader) section() []byte { return r.take(r.number()) }

func (r *reader) ints() []int32 {
	b := r.take(4 * r.number())
	out := make([]int32, len(b)/4)
	for i := range out {
		out[i] = int32(binary.LittleEndian.Uint32(b[4*i:]))
	}
	return out
}

func (r *reader) lines() []string {
	n := r.number()
	text := string(r.section())
	if n == 0 {
		return nil
	}
	out := make([]string, 0, n)
	for line := range strings.SplitSeq(text, "\n") {
		out = append(out, line)
	}
	if len(out) != n {
		r.fault = errStored
	}
	return out
}
