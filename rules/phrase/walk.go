package phrase

import (
	"cmp"
	"math"
	"slices"
)

// Match finds every hit in t, sorted by place and phrase. Overlapping hits of one phrase are reduced to the shortest at each start.
func (m *Matcher) Match(t Text) []Hit { return m.match(t, false) }

// Scan is Match with the hits of single words taken together: where a word of t alone is some phrases there is one hit for each pattern word that reads it, in
// place of one for each of the phrases. Its Phrase is not that of a phrase but counts on behind them; Alone tells which it stands for. Most hits in a text are of
// such words, and most phrases that name one name a dozen others too.
func (m *Matcher) Scan(t Text) []Hit { return m.match(t, true) }

// Alone lists the phrases, sorted, that a hit of Scan stands for; nil if id is a phrase itself. A phrase may stand for two words of one place.
func (m *Matcher) Alone(id ID) []ID {
	if int(id) < m.Len() {
		return nil
	}
	w := int(id) - m.Len()
	return m.alone[m.firstAlone[w]:m.firstAlone[w+1]]
}

// IDs is the number of different values of Phrase in hits of Scan.
func (m *Matcher) IDs() int { return m.Len() + len(m.firstAlone) - 1 }

func (m *Matcher) match(t Text, scan bool) []Hit {
	w := m.enter()
	defer m.leave(w)
	w.scan = scan
	w.read(m, t)
	w.find(&m.groups, false)
	for _, s := range w.found {
		w.reads(s.from, s.to, m.words.groupWord[m.groupOf[s.what]])
	}
	w.find(&m.main, true)
	if len(w.found) == 0 {
		return nil
	}
	out := make([]Hit, len(w.found))
	for i, s := range w.found {
		first := &t.Tokens[s.from]
		out[i] = Hit{Phrase: ID(s.what), From: s.from, To: s.to, Start: first.Start, End: t.Tokens[s.to-1].End, Sentence: first.Sentence}
	}
	return out
}

// span is a stretch of tokens that a phrase reads.
type span struct {
	what     int32
	from, to int
}

func compareSpans(a, b span) int {
	return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(a.to, b.to), cmp.Compare(a.what, b.what))
}

// mergeAt joins the two sorted halves of found, the second of which starts at n, and drops what is double.
func (w *room) mergeAt(n int) {
	w.merged = w.merged[:0]
	for a, b := w.found[:n], w.found[n:]; len(a)+len(b) > 0; {
		var s span
		if len(b) == 0 || len(a) > 0 && compareSpans(a[0], b[0]) <= 0 {
			s, a = a[0], a[1:]
		} else {
			s, b = b[0], b[1:]
		}
		if k := len(w.merged); k == 0 || w.merged[k-1] != s {
			w.merged = append(w.merged, s)
		}
	}
	w.found, w.merged = w.merged, w.found
}

// sortSpans orders the spans of one start by their end and phrase. As numbers they are sorted far quicker than with a function that compares.
func (w *room) sortSpans(spans []span) {
	w.order = w.order[:0]
	for _, s := range spans {
		w.order = append(w.order, uint64(s.to)<<32|uint64(uint32(s.what)))
	}
	slices.Sort(w.order)
	for i, k := range w.order {
		spans[i].to, spans[i].what = int(k>>32), int32(uint32(k))
	}
}

// partSpan is a stretch that one part of a phrase reads. Spans of one part hang together in the order of their start.
type partSpan struct {
	span         // what is the part
	words [2]int // range in room.partPath: the tokens that words read, without the gaps
	next  int32  // index of the one behind it; -1 if none
}

// wordEdge is an edge with the pattern words that read it.
type wordEdge struct {
	to    int
	words []int32
	plain *wordReading // of a single token; nil for others
}

// room is the memory of one call of Match, kept for the next: a text of a few words would otherwise cost more memory than reading.
type room struct {
	toks       []Token
	edges      [][]wordEdge // per token
	signs      []uint64     // per token: a bit for each of its words (see sign)
	quantity   []int32      // per token: where its row in classes begins; -1 if no number class can start there
	quantities int          // how many such tokens
	offers     []offer      // per token: number classes that can start there
	classes    []classRead  // per such token and kind of class
	words      []int32      // of the edges
	known      map[string]*wordReading
	readings   []*wordReading // per token
	lookup     []int32

	row    *frozen
	main   bool     // row is that of the phrases, not that of the groups
	scan   bool     // hits of single words are taken together (see Scan)
	path   [][2]int // token ranges read on the way to the present node
	seen   visited  // nodes entered behind a gap, per place: several gaps in a row must not multiply the work
	found  []span   // of one find
	start  int      // in found: where the spans of the present start begin
	order  []uint64 // of sortSpans
	merged []span   // of mergeAt
	// lastAt is, by word, base and the last token of the sentence at hand at which the word starts. Of a word that is not in the sentence it is less than base
	// and the sentence's first token: base goes up by the length of every text, so that nothing need be cleared.
	lastAt []int32
	base   int32
	spots  []spot  // where the words of the sentence stand
	spotOf []int32 // per word of the sentence: index of its first spot
	// here is, by word, base and the token after the present one, for the words that read it: most nodes wait for one word, and so it is told at once.
	here   []int32
	before int     // tokens of the text that base does not count yet
	last   []int32 // per phrase: 1 + its index in found, when that is at start or behind

	// Parts of phrases of several parts, in the sentence at hand. That a word alone is a part is only noted in present and met: its spans are laid out when
	// all parts of a phrase are there, which is seldom.
	sentence  int     // its first token
	present   []int32 // per part: base and the first token of the last sentence in which it stands
	met       []int32 // the parts that stand in the sentence
	parts     []partSpan
	firstPart []int32 // per part: index of its first span in parts; -1 if none
	lastPart  []int32
	laidOut   []int32 // per part: as present, for the spans of single words
	partPath  [][2]int
	used      []int32
	joint     []span // what phrases of several parts read in one find
}

// spot is an edge that a word reads.
type spot struct {
	at, to int32
	next   int32 // index of the next one of the same word; -1 if none
}

func newRoom(m *Matcher) *room {
	w := &room{known: map[string]*wordReading{}}
	w.last = make([]int32, max(len(m.groups.parts), len(m.main.parts)))
	parts := max(len(m.groups.single), len(m.main.single))
	w.lastPart, w.present, w.laidOut = make([]int32, parts), make([]int32, parts), make([]int32, parts)
	w.lastAt, w.base = make([]int32, len(m.words.ids)), 1
	w.here, w.spotOf = make([]int32, len(m.words.ids)), make([]int32, len(m.words.ids))
	w.firstPart = slices.Repeat([]int32{-1}, len(w.lastPart))
	return w
}

// wordReading is what is known of a plain word of the text.
type wordReading struct {
	words  []int32
	opens  letterSet // with which some pattern word goes on where this one ends: it may be the first part of a joined spelling
	ends   letterSet // before this one, backward, in some pattern word that ends with it
	whole  []int32   // main phrases that this word alone is, sorted: nearly all that is found in a text
	alone  []int32   // the same as Scan gives it, by pattern word, sorted
	parts  []int32   // main parts that it alone is, sorted
	onward []onward
}

// maxKnown bounds the words that are remembered between texts.
const maxKnown = 1 << 15

// sign gives the bit of a word in a set of 64: two sets without a common bit have no common word.
func sign(word int32) uint64 { return 1 << (uint32(word) * 0x9e3779b1 >> 26) }

// read looks up the words of t.
func (w *room) read(m *Matcher, t Text) {
	n := t.Len()
	w.toks = t.Tokens
	w.edges = slices.Grow(w.edges[:0], n)[:n]
	w.signs = slices.Grow(w.signs[:0], n)[:n]
	w.quantity = slices.Grow(w.quantity[:0], n)[:n]
	w.words = w.words[:0]
	if len(w.known) > maxKnown {
		clear(w.known)
	}
	w.quantities, w.offers = 0, w.offers[:0]
	w.readings = w.readings[:0]
	for i := range t.Tokens {
		w.readings = append(w.readings, w.plain(m, t.Tokens[i].Text))
	}
	for i, edges := range t.edges {
		w.edges[i], w.signs[i] = w.edges[i][:0], 0
		for _, e := range edges {
			if r := w.find1(m, e, t.Tokens, i); len(r.words) > 0 {
				w.edges[i] = append(w.edges[i], r)
				for _, id := range r.words {
					w.signs[i] |= sign(id)
				}
			}
		}
		w.quantity[i] = -1
		w.offers = append(w.offers, offered(t.Tokens, i))
		if w.offers[i] != 0 {
			w.quantity[i] = int32(w.quantities)
			w.quantities++
		}
	}
}

// find1 gives the pattern words that read e, an edge at token i. Plain words are remembered; of the joined spellings hardly any is a word.
func (w *room) find1(m *Matcher, e edge, toks []Token, i int) wordEdge {
	switch {
	case e.part == 0 && e.to > i+1: // a compound with a hyphen
		return wordEdge{to: e.to, words: w.plain(m, e.text).words}
	case e.part == 0:
		return wordEdge{e.to, w.readings[i].words, w.readings[i]}
	case e.to == i+2 && e.part == len(toks[i].Text) && e.tail == len(toks[i+1].Text) && !w.readings[i].opens.starts(toks[i+1].Text) && !w.readings[i+1].ends.closes(toks[i].Text):
		return wordEdge{}
	}
	e.text = e.spelled(toks, i)
	from := len(w.words)
	w.words = m.words.find(e, w.words)
	return wordEdge{to: e.to, words: w.words[from:len(w.words):len(w.words)]}
}

func (w *room) plain(m *Matcher, text string) *wordReading {
	r, ok := w.known[text]
	if !ok {
		v, a := &m.words, &m.main.frozen
		r = &wordReading{words: v.find(edge{text: text}, nil), opens: v.opens(text), ends: v.ends(text)}
		for _, id := range r.words {
			for _, f := range a.finals[a.firstFinals[id]:a.firstFinals[id+1]] {
				if f >= 0 {
					r.whole = append(r.whole, f)
				} else {
					r.parts = append(r.parts, -1-f)
				}
			}
			if m.firstAlone[id] < m.firstAlone[id+1] {
				r.alone = append(r.alone, int32(m.Len())+id)
			}
			r.onward = append(r.onward, a.onward[a.firstNodes[id]:a.firstNodes[id+1]]...)
		}
		slices.Sort(r.whole)
		slices.Sort(r.alone)
		slices.Sort(r.parts)
		r.whole, r.parts = slices.Compact(r.whole), slices.Compact(r.parts)
		w.known[text] = r
	}
	return r
}

// reads adds an edge that one word reads.
func (w *room) reads(from, to int, word int32) {
	for _, e := range w.edges[from] {
		if e.to == to && len(e.words) == 1 && e.words[0] == word {
			return // another phrase of the group read the same
		}
	}
	w.words = append(w.words, word)
	w.edges[from] = append(w.edges[from], wordEdge{to: to, words: w.words[len(w.words)-1 : len(w.words) : len(w.words)]})
	w.signs[from] |= sign(word)
}

// find puts the spans of every phrase of r in found, in order: a phrase with several parts hits where all of them stand in one sentence without sharing a word.
func (w *room) find(r *rowOfPhrases, main bool) {
	w.row, w.main = &r.frozen, main
	w.classes = slices.Grow(w.classes[:0], w.quantities*len(r.frozen.Kinds))[:w.quantities*len(r.frozen.Kinds)]
	clear(w.classes)
	w.found, w.joint = w.found[:0], w.joint[:0]
	if w.base += int32(w.before); w.base > math.MaxInt32/2 {
		for _, stamps := range [][]int32{w.lastAt, w.here, w.present, w.laidOut} {
			clear(stamps)
		}
		w.base = 1
	}
	w.before = len(w.toks)
	for i := range w.toks {
		w.start = len(w.found)
		w.seen.clear()
		if i == 0 || w.toks[i].Sentence != w.toks[i-1].Sentence {
			w.join(r, i)
			w.enter(i)
		}
		w.begin(i)
		for _, s := range w.found[w.start:] {
			w.last[s.what] = 0
		}
		if len(w.found)-w.start > 1 {
			w.sortSpans(w.found[w.start:])
		}
		if main {
			w.putWhole(i, w.readings[i])
		}
	}
	w.join(r, len(w.toks))
	if n := len(w.found); len(w.joint) > 0 {
		slices.SortFunc(w.joint, compareSpans)
		w.found = append(w.found, w.joint...)
		w.mergeAt(n)
	}
}

// join finds the phrases of several parts in the sentence that ends before token end.
func (w *room) join(r *rowOfPhrases, end int) {
	now := w.stamp()
	for _, part := range w.met {
		for _, k := range r.keyed[r.firstKeyed[part]:r.firstKeyed[part+1]] {
			if w.present[k.other] != now {
				continue
			}
			parts := r.parts[k.phrase]
			if slices.ContainsFunc(parts, func(p int32) bool { return w.present[p] != now }) {
				continue
			}
			for _, p := range parts {
				w.layOut(p, end)
			}
			for first := w.firstPart[parts[0]]; first >= 0; first = w.parts[first].next {
				w.used = append(w.used[:0], first)
				if from, to, ok := w.together(parts[1:]); ok {
					w.joint = append(w.joint, span{what: k.phrase, from: from, to: to})
				}
			}
		}
	}
	for _, s := range w.parts {
		w.firstPart[s.what] = -1
	}
	w.met, w.parts, w.partPath = w.met[:0], w.parts[:0], w.partPath[:0]
}

// stamp tells the sentence at hand from all others.
func (w *room) stamp() int32 { return w.base + int32(w.sentence) }

// meet notes that a part stands in the sentence.
func (w *room) meet(part int32) {
	if w.present[part] != w.stamp() {
		w.present[part] = w.stamp()
		w.met = append(w.met, part)
	}
}

// layOut puts the spans of a part in the sentence that ends before token end in order, those of single words with them.
func (w *room) layOut(part int32, end int) {
	if w.laidOut[part] == w.stamp() {
		return
	}
	w.laidOut[part] = w.stamp()
	longer := w.firstPart[part]
	w.firstPart[part] = -1
	for i := w.sentence; i < end; i++ {
		if w.main {
			if _, ok := slices.BinarySearch(w.readings[i].parts, part); ok {
				at := len(w.partPath)
				w.partPath = append(w.partPath, [2]int{i, i + 1})
				w.parts = append(w.parts, partSpan{span{part, i, i + 1}, [2]int{at, at + 1}, -1})
				w.hang(part, int32(len(w.parts)-1))
			}
		}
		w.used = w.used[:0]
		for ; longer >= 0 && w.parts[longer].from == i; longer = w.parts[longer].next {
			w.used = append(w.used, longer)
		}
		slices.SortStableFunc(w.used, func(a, b int32) int { return w.parts[a].to - w.parts[b].to })
		for _, k := range w.used {
			w.parts[k].next = -1
			w.hang(part, k)
		}
	}
}

// hang puts span k behind the others of its part.
func (w *room) hang(part, k int32) {
	if w.firstPart[part] < 0 {
		w.firstPart[part] = k
	} else {
		w.parts[w.lastPart[part]].next = k
	}
	w.lastPart[part] = k
}

// together finds, beside the spans in use, one of each further part in the same sentence, none sharing a word.
func (w *room) together(rest []int32) (from, to int, ok bool) {
	first := &w.parts[w.used[0]]
	if len(rest) == 0 {
		from, to = first.from, first.to
		for _, u := range w.used {
			from, to = min(from, w.parts[u].from), max(to, w.parts[u].to)
		}
		return from, to, true
	}
	for i := w.firstPart[rest[0]]; i >= 0; i = w.parts[i].next {
		s := &w.parts[i]
		if slices.ContainsFunc(w.used, func(u int32) bool { return w.share(s, &w.parts[u]) }) {
			continue
		}
		w.used = append(w.used, i)
		if from, to, ok = w.together(rest[1:]); ok {
			return from, to, true
		}
		w.used = w.used[:len(w.used)-1]
	}
	return 0, 0, false
}

// share reports whether two spans read a word both.
func (w *room) share(s, u *partSpan) bool {
	for _, a := range w.partPath[s.words[0]:s.words[1]] {
		for _, b := range w.partPath[u.words[0]:u.words[1]] {
			if a[0] < b[1] && b[0] < a[1] {
				return true
			}
		}
	}
	return false
}

// hit notes that a phrase, or a part of one, reads the tokens from from to to; value is as in frozen.values.
func (w *room) hit(value int32, from, to int) {
	if phrase := value; phrase >= 0 {
		if k := w.last[phrase]; k > 0 {
			s := &w.found[k-1]
			s.to = min(s.to, to) // the shortest span per phrase and start is kept
			return
		}
		w.found = append(w.found, span{phrase, from, to})
		w.last[phrase] = int32(len(w.found))
		return
	}
	part := -1 - value
	at := len(w.partPath)
	w.partPath = append(w.partPath, w.path...)
	w.parts = append(w.parts, partSpan{span{part, from, to}, [2]int{at, len(w.partPath)}, -1})
	w.meet(part)
	w.hang(part, int32(len(w.parts)-1))
}

// putWhole puts the phrases that token i alone is, as r says, among the sorted spans of that start; no other reading of one of them is shorter.
func (w *room) putWhole(i int, r *wordReading) {
	if len(r.whole) == 0 {
		return
	}
	others := w.merged[:0]
	for _, s := range w.found[w.start:] {
		if _, ok := slices.BinarySearch(r.whole, s.what); !ok {
			others = append(others, s)
		}
	}
	w.merged, w.found = others, w.found[:w.start]
	own := r.whole
	if w.scan {
		own = r.alone
	}
	for _, f := range own {
		for len(others) > 0 && others[0].to == i+1 && others[0].what < f {
			w.found, others = append(w.found, others[0]), others[1:]
		}
		w.found = append(w.found, span{f, i, i + 1})
	}
	w.found = append(w.found, others...)
}

// begin starts every phrase at token i. Phrases of the main row that the token alone is are left to putWhole.
func (w *room) begin(i int) {
	a := w.row
	if i+1 < len(w.toks) {
		for _, e := range w.edges[i+1] {
			for _, id := range e.words {
				w.here[id] = w.base + int32(i+1)
			}
		}
	}
	for _, e := range w.edges[i] {
		var next uint64 // the words that can stand behind e
		number := false
		if e.to < len(w.toks) && w.toks[e.to].Sentence == w.toks[i].Sentence {
			next, number = w.signs[e.to], w.quantity[e.to] >= 0
		}
		w.path = append(w.path, [2]int{i, e.to})
		if r := e.plain; w.main && r != nil {
			for _, part := range r.parts {
				w.meet(part)
			}
			w.goOnBehind(r.onward, next, number, i, e.to)
			w.path = w.path[:0]
			continue
		}
		for _, id := range e.words {
			for _, f := range a.finals[a.firstFinals[id]:a.firstFinals[id+1]] {
				w.hit(f, i, e.to)
			}
			w.goOnBehind(a.onward[a.firstNodes[id]:a.firstNodes[id+1]], next, number, i, e.to)
		}
		w.path = w.path[:0]
	}
	w.others(0, i, i)
}

// goOnBehind goes on from those of nodes for which the next token has something: one of the words next, or a number.
func (w *room) goOnBehind(nodes []onward, next uint64, number bool, from, at int) {
	beside := at == from+1
	for i := range nodes {
		n := &nodes[i]
		if n.only >= 0 {
			if n.sign&next != 0 && (!beside || w.here[n.only] == w.base+int32(at)) {
				w.goOn(n.node, from, at)
			}
			continue
		}
		if n.sign&next != 0 || n.more && number || n.gap && (n.later == n.laterEnd || w.anyAhead(w.row.later[n.later:n.laterEnd], at)) {
			w.goOn(n.node, from, at)
		}
	}
}

// anyAhead reports whether the sentence may hold one of some words from token at on.
func (w *room) anyAhead(words []int32, at int) bool {
	least := w.base + int32(at)
	for _, word := range words {
		if w.lastAt[word] >= least {
			return true
		}
	}
	return false
}

// walk goes on from node n, reached by a phrase that starts at token from, with token at.
func (w *room) walk(n int32, from, at int) {
	a := w.row
	for _, f := range a.values[a.nodes[n].finals:a.nodes[n+1].finals] {
		w.hit(f, from, at)
	}
	w.goOn(n, from, at)
}

// goOn is walk without what is read at n already.
func (w *room) goOn(n int32, from, at int) {
	a := w.row
	node := &a.nodes[n]
	if at >= len(w.toks) || w.toks[at].Sentence != w.toks[from].Sentence {
		return
	}
	switch next := &a.nodes[n+1]; {
	case node.sign&w.signs[at] == 0:
	case next.steps-node.steps == 1: // most nodes
		word := a.Steps.Key[node.steps]
		for _, e := range w.edges[at] {
			if slices.Contains(e.words, word) {
				w.step(a.Steps.To[node.steps], from, at, e.to)
			}
		}
	default:
		for _, e := range w.edges[at] {
			for _, id := range e.words {
				if !a.mayStep(n, id) {
					continue
				}
				for _, child := range a.behind(n, id) {
					w.step(child, from, at, e.to)
				}
			}
		}
	}
	if node.others {
		w.others(n, from, at)
	}
}

// others goes on from node n with what is no word: numbers and gaps.
func (w *room) others(n int32, from, at int) {
	a := w.row
	node, next := &a.nodes[n], &a.nodes[n+1]
	if w.quantity[at] >= 0 {
		for i := node.classes; i < next.classes; i++ {
			kind := a.Classes.Key[i]
			if a.asks[kind]&w.offers[at] == 0 {
				continue
			}
			for _, to := range w.classAt(kind, at) {
				w.step(a.Classes.To[i], from, at, to)
			}
		}
	}
	for i := node.gaps; i < next.gaps; i++ {
		w.skip(a.Gaps.To[i], int(a.Gaps.Key[i]), from, at)
	}
}

// classRead is where occurrences of a number class that start at a token end.
type classRead struct {
	known bool
	ends  []int
}

// classAt reads a number class once at each token: many phrases ask for the same.
func (w *room) classAt(kind int32, at int) []int {
	c := &w.classes[int(w.quantity[at])*len(w.row.Kinds)+int(kind)]
	if !c.known {
		c.known, c.ends = true, w.row.kinds[kind].at(w.toks, at)
	}
	return c.ends
}

// skip goes on from node n behind a gap of at most size words, wherever something can read on.
func (w *room) skip(n int32, size, from, at int) {
	node, next := &w.row.nodes[n], &w.row.nodes[n+1]
	if !node.others && next.steps-node.steps <= linear {
		for k := node.steps; k < next.steps; k++ {
			w.reach(k, from, at, at+size)
		}
		return
	}
	for end := min(at+size, len(w.toks)-1); at <= end; at++ {
		if w.toks[at].Sentence != w.toks[from].Sentence {
			return
		}
		if (node.sign&w.signs[at] != 0 || node.more && w.quantity[at] >= 0) && w.seen.add(uint64(n)<<32|uint64(uint32(at))) {
			w.walk(n, from, at)
		}
	}
}

// reach takes step k wherever its word stands in the sentence between the tokens at and last.
func (w *room) reach(k int32, from, at, last int) {
	word := w.row.Steps.Key[k]
	if w.lastAt[word] < w.base+int32(at) {
		return
	}
	for i := w.spotOf[word]; i >= 0; i = w.spots[i].next {
		s := w.spots[i]
		if int(s.at) > last {
			return
		}
		if int(s.at) >= at && w.seen.add(1<<63|uint64(k)<<32|uint64(uint32(i))) {
			w.step(w.row.Steps.To[k], from, int(s.at), int(s.to))
		}
	}
}

// enter notes where the words of the sentence that starts at token i stand.
func (w *room) enter(i int) {
	w.sentence, w.spots = i, w.spots[:0]
	end := i
	for end < len(w.toks) && w.toks[end].Sentence == w.toks[i].Sentence {
		end++
	}
	for k := end - 1; k >= i; k-- {
		for _, e := range slices.Backward(w.edges[k]) {
			for _, id := range e.words {
				next := w.spotOf[id]
				if w.lastAt[id] < w.stamp() {
					w.lastAt[id], next = w.base+int32(k), -1
				}
				w.spotOf[id] = int32(len(w.spots))
				w.spots = append(w.spots, spot{int32(k), int32(e.to), next})
			}
		}
	}
}

// step walks on behind a word or number that reads the tokens from at to to.
func (w *room) step(n int32, from, at, to int) {
	w.path = append(w.path, [2]int{at, to})
	w.walk(n, from, to)
	w.path = w.path[:len(w.path)-1]
}

// visited is a set that is emptied often.
type visited struct {
	keys  []uint64
	round []uint32 // the round in which a key was added; others do not count
	now   uint32
	n     int
}

func (v *visited) clear() {
	v.now++
	v.n = 0
	if v.now == 0 { // the rounds start anew
		clear(v.round)
		v.now = 1
	}
}

// add reports whether key was not in the set yet.
func (v *visited) add(key uint64) bool {
	if 2*v.n >= len(v.keys) {
		v.grow()
	}
	mask := uint64(len(v.keys) - 1)
	for i := key * 0x9e3779b97f4a7c15 >> 32 & mask; ; i = (i + 1) & mask {
		if v.round[i] != v.now {
			v.keys[i], v.round[i] = key, v.now
			v.n++
			return true
		}
		if v.keys[i] == key {
			return false
		}
	}
}

func (v *visited) grow() {
	old := *v
	size := max(64, 2*len(v.keys))
	v.keys, v.round, v.now, v.n = make([]uint64, size), make([]uint32, size), 1, 0
	for i, key := range old.keys {
		if old.round[i] == old.now {
			v.add(key)
		}
	}
}
