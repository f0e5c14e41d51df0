package phrase

import (
	"bytes"
	"encoding/gob"
	"fmt"
	"slices"
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
	values                  []int32 // of Finals: a phrase, or a part of several as -1 less its number
}

// onward is a node that goes on, with what tells at once that it cannot.
type onward struct {
	sign      uint64 // as in the node
	node      int32
	more, gap bool // it has number classes, or a gap
	// Range in frozen.later of the words of which one must stand somewhere behind its gap; empty when that does not tell.
	later, laterEnd int32
}

// frozenNode says where the rows of a node begin; they end where those of the next begin.
type frozenNode struct {
	sign                         uint64 // the words of its steps (see sign)
	steps, finals, gaps, classes int32
	more                         bool // it has number classes
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
		f.kinds = append(f.kinds, class{k.Kind, k.Op, k.Val, unitKinds[k.Kind]})
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
			for _, w := range f.Steps.Key[n.steps:f.nodes[i].steps] {
				n.sign |= sign(w)
			}
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
				o := onward{sign: n.sign, node: to[at], more: n.more, gap: n.gaps < next.gaps, later: int32(len(f.later))}
				f.later = append(f.later, f.behindGaps(n, next)...)
				o.laterEnd = int32(len(f.later))
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
}

// key files every phrase of several parts under the one that the fewest share: where that is not read, nobody asks for the others.
func (r *rowOfPhrases) key() {
	shared := make([]int, len(r.single))
	for _, parts := range r.parts {
		for _, p := range parts {
			shared[p]++
		}
	}
	r.keyed = make([][]int32, len(r.single))
	for phrase, parts := range r.parts {
		if len(parts) > 1 {
			rarest := slices.MinFunc(parts, func(a, b int32) int { return shared[a] - shared[b] })
			r.keyed[rarest] = append(r.keyed[rarest], int32(phrase))
		}
	}
}

// stored is a matcher in the form in which it is kept.
type stored struct {
	Texts     []string
	Words     []string // by number
	GroupWord []int32
	GroupOf   []int32
	Groups    storedRow
	Main      storedRow
}

type storedRow struct {
	Automaton frozen
	Single    []int32
	Parts     [][]int32
}

// MarshalBinary writes the matcher so that UnmarshalBinary of the same version reads it.
func (m *Matcher) MarshalBinary() ([]byte, error) {
	words := make([]string, len(m.words.ids))
	for w, id := range m.words.ids {
		words[id] = w
	}
	var b bytes.Buffer
	err := gob.NewEncoder(&b).Encode(stored{m.texts, words, m.words.groupWord, m.groupOf,
		storedRow{m.groups.frozen, m.groups.single, m.groups.parts}, storedRow{m.main.frozen, m.main.single, m.main.parts}})
	return b.Bytes(), err
}

// UnmarshalBinary reads what MarshalBinary wrote. The data must come from this program: rows that point outside each other are not looked for.
func (m *Matcher) UnmarshalBinary(data []byte) error {
	var s stored
	if err := gob.NewDecoder(bytes.NewReader(data)).Decode(&s); err != nil {
		return fmt.Errorf("stored matcher: %w", err)
	}
	m.texts, m.groupOf = s.Texts, s.GroupOf
	m.groups = rowOfPhrases{frozen: s.Groups.Automaton, single: s.Groups.Single, parts: s.Groups.Parts}
	m.main = rowOfPhrases{frozen: s.Main.Automaton, single: s.Main.Single, parts: s.Main.Parts}
	m.words.init()
	for _, w := range s.Words {
		m.words.id(w)
	}
	m.words.groupWord = s.GroupWord
	m.ready()
	return nil
}
