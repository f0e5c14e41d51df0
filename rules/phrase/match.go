package phrase

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// ID names a compiled phrase: the index in the order of Add.
type ID int32

// Hit is one occurrence of a phrase.
type Hit struct {
	Phrase     ID
	From, To   int // token range
	Start, End int // byte range in the folded text
	Sentence   int // of the first token
}

// Builder collects phrases and shared groups. The zero value is ready to use.
type Builder struct {
	ids    map[string]ID
	texts  []string
	parsed [][][]sequence // per phrase
	groups map[string][]string
	order  []string
}

// Group declares a shared group; phrases refer to it as "@name". A group may list other groups whole.
func (b *Builder) Group(name string, phrases []string) error {
	if b.groups == nil {
		b.groups = map[string][]string{}
	}
	if _, ok := b.groups[name]; ok {
		return fmt.Errorf("group %q: declared twice", name)
	}
	b.groups[name] = phrases
	b.order = append(b.order, name)
	return nil
}

// Add registers a phrase and gives its ID; the same phrase twice gives the same ID. Faults show here, not in Compile.
func (b *Builder) Add(phrase string) (ID, error) {
	phrase = strings.Join(strings.Fields(phrase), " ")
	if id, ok := b.ids[phrase]; ok {
		return id, nil
	}
	parts, err := parse(phrase)
	if err != nil {
		return 0, err
	}
	for name := range groupNames(parts) {
		if _, ok := b.groups[name]; !ok {
			return 0, fmt.Errorf("phrase %q: no shared group @%s%s", phrase, name, near(name, b.order))
		}
	}
	if b.ids == nil {
		b.ids = map[string]ID{}
	}
	id := ID(len(b.texts))
	b.ids[phrase] = id
	b.texts = append(b.texts, phrase)
	b.parsed = append(b.parsed, parts)
	return id, nil
}

// CheckGroups reports every fault in the shared groups.
func (b *Builder) CheckGroups() error {
	var faults []error
	for _, name := range b.order {
		for _, p := range b.groups[name] {
			if err := b.checkGroupPhrase(name, p, nil); err != nil {
				faults = append(faults, fmt.Errorf("group %q: %w", name, err))
			}
		}
		if len(b.groups[name]) == 0 {
			faults = append(faults, fmt.Errorf("group %q: no phrases", name))
		}
	}
	return errors.Join(faults...)
}

func (b *Builder) checkGroupPhrase(group, p string, path []string) error {
	if other, ok := strings.CutPrefix(p, "@"); ok && !strings.ContainsAny(other, " &/(") {
		if slices.Contains(path, other) || other == group {
			return fmt.Errorf("%q: groups list each other in a circle", p)
		}
		if _, ok := b.groups[other]; !ok {
			return fmt.Errorf("no shared group @%s%s", other, near(other, b.order))
		}
		for _, q := range b.groups[other] {
			if strings.HasPrefix(q, "@") {
				if err := b.checkGroupPhrase(group, q, append(path, other)); err != nil {
					return err
				}
			}
		}
		return nil
	}
	parts, err := parse(p)
	if err != nil {
		return err
	}
	for name := range groupNames(parts) {
		return fmt.Errorf("phrase %q: @%s inside a phrase of a group; list it as a phrase of its own", p, name)
	}
	return nil
}

func groupNames(parts [][]sequence) map[string]bool {
	names := map[string]bool{}
	for _, variants := range parts {
		for _, v := range variants {
			for _, e := range v {
				for _, w := range e.words {
					if name, ok := strings.CutPrefix(w, "@"); ok {
						names[name] = true
					}
				}
			}
		}
	}
	return names
}

func near(name string, names []string) string {
	for _, n := range names {
		if strings.HasPrefix(n, name) || strings.HasPrefix(name, n) {
			return fmt.Sprintf(" (did you mean @%s?)", n)
		}
	}
	return ""
}

// Matcher is the compiled form of all phrases. It is safe for concurrent use.
type Matcher struct {
	texts   []string
	words   vocabulary
	groups  rowOfPhrases // phrases of shared groups
	groupOf []int32      // group number of each of them
	main    rowOfPhrases
}

// rowOfPhrases is an automaton for phrases that may have several parts joined by "&". Its terminal values are part numbers.
type rowOfPhrases struct {
	automaton automaton // while it is built
	frozen    frozen
	owner     []int32   // phrase of each part
	parts     [][]int32 // parts of each phrase
}

// add compiles one more phrase.
func (r *rowOfPhrases) add(sides [][]sequence, words *vocabulary) error {
	phrase := int32(len(r.parts))
	r.parts = append(r.parts, nil)
	for _, variants := range sides {
		n := int32(len(r.owner))
		r.owner = append(r.owner, phrase)
		r.parts[phrase] = append(r.parts[phrase], n)
		for _, v := range variants {
			if err := r.automaton.insert(v, words, n); err != nil {
				return err
			}
		}
	}
	return nil
}

// Compile builds the matcher. Every phrase and group must have passed Add and CheckGroups.
func (b *Builder) Compile() (*Matcher, error) {
	if err := b.CheckGroups(); err != nil {
		return nil, err
	}
	m := &Matcher{texts: b.texts}
	m.words.init()
	for g, name := range b.order {
		m.words.group(name, int32(g))
	}
	m.groups.automaton.init()
	m.main.automaton.init()
	for g, name := range b.order {
		for _, p := range b.flat(name, nil) {
			sides, err := parse(p)
			if err != nil {
				return nil, err
			}
			if err := m.groups.add(sides, &m.words); err != nil {
				return nil, err
			}
			m.groupOf = append(m.groupOf, int32(g))
		}
	}
	for _, sides := range b.parsed {
		if err := m.main.add(sides, &m.words); err != nil {
			return nil, err
		}
	}
	for _, r := range []*rowOfPhrases{&m.groups, &m.main} {
		r.frozen, r.automaton = r.automaton.freeze(), automaton{}
	}
	m.ready()
	return m, nil
}

// flat lists the phrases of a group with the groups it lists written out.
func (b *Builder) flat(name string, path []string) []string {
	var out []string
	for _, p := range b.groups[name] {
		other, ok := strings.CutPrefix(p, "@")
		switch {
		case !ok:
			out = append(out, p)
		case !slices.Contains(path, other):
			out = append(out, b.flat(other, append(path, name))...)
		}
	}
	return out
}

// Phrase gives the text of a compiled phrase.
func (m *Matcher) Phrase(id ID) string { return m.texts[id] }

// Match finds every hit in t, sorted by place and phrase. Overlapping hits of one phrase are reduced to the shortest at each start.
func (m *Matcher) Match(t Text) []Hit {
	w := walker{toks: t.Tokens, words: &m.words, edges: make([][]wordEdge, t.Len()), quantity: make([]bool, t.Len())}
	for i, edges := range t.edges {
		w.edges[i] = m.words.read(edges)
		w.quantity[i] = opensClass(t.Tokens, i)
	}
	for _, s := range m.groups.find(&w) {
		w.edges[s.from] = append(w.edges[s.from], wordEdge{to: s.to, words: []int32{m.words.groupWord[m.groupOf[s.what]]}})
	}
	var out []Hit
	for _, s := range m.main.find(&w) {
		first := t.Tokens[s.from]
		out = append(out, Hit{Phrase: ID(s.what), From: s.from, To: s.to, Start: first.Start, End: t.Tokens[s.to-1].End, Sentence: first.Sentence})
	}
	slices.SortFunc(out, func(a, b Hit) int {
		return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To), cmp.Compare(a.Phrase, b.Phrase))
	})
	return slices.Compact(out)
}

// span is a stretch of tokens that something reads.
type span struct {
	what     int32
	from, to int
	words    [][2]int // the token ranges that words read, without the gaps; only for phrases of several parts
}

// find gives the spans of every phrase of r: a phrase with several parts hits where all of them stand in one sentence without sharing a word.
func (r *rowOfPhrases) find(w *walker) []span {
	var out []span
	start := 0 // in out: where the spans of the start at hand begin
	byPart := map[int32][]span{}
	var firsts []span
	w.run(&r.frozen, func(part int32, from, to int) {
		phrase := r.owner[part]
		if len(r.parts[phrase]) > 1 {
			s := span{part, from, to, slices.Clone(w.path)}
			byPart[part] = append(byPart[part], s)
			if r.parts[phrase][0] == part {
				firsts = append(firsts, s)
			}
			return
		}
		for start < len(out) && out[start].from != from {
			start = len(out)
		}
		for k := start; k < len(out); k++ { // a few at most: the shortest span per phrase and start is kept
			if out[k].what == phrase {
				out[k].to = min(out[k].to, to)
				return
			}
		}
		out = append(out, span{what: phrase, from: from, to: to})
	})
	for _, s := range firsts {
		phrase := r.owner[s.what]
		if from, to, ok := together(w.toks, s, r.parts[phrase][1:], byPart, nil); ok {
			out = append(out, span{what: phrase, from: from, to: to})
		}
	}
	return out
}

// shares reports whether two spans read a word both.
func (s span) shares(u span) bool {
	return slices.ContainsFunc(s.words, func(a [2]int) bool {
		return slices.ContainsFunc(u.words, func(b [2]int) bool { return a[0] < b[1] && b[0] < a[1] })
	})
}

// together finds, for a first span, one span of each further part in the same sentence, none sharing a word.
func together(toks []Token, first span, rest []int32, byPart map[int32][]span, used []span) (from, to int, ok bool) {
	used = append(used, first)
	if len(rest) == 0 {
		from, to = first.from, first.to
		for _, u := range used {
			from, to = min(from, u.from), max(to, u.to)
		}
		return from, to, true
	}
	for _, s := range byPart[rest[0]] {
		if toks[s.from].Sentence != toks[first.from].Sentence || slices.ContainsFunc(used, s.shares) {
			continue
		}
		if from, to, ok = together(toks, s, rest[1:], byPart, used); ok {
			return from, to, true
		}
	}
	return 0, 0, false
}

// automaton reads rows of words, number classes and gaps. All alternatives for one place lead to the same node, so its size grows with the length of the
// phrases, not with the number of their readings.
type automaton struct{ nodes []node }

type node struct {
	next    map[int32][]int32 // word -> nodes
	places  map[string]int32  // alternatives, joined -> node they lead to
	classes []classStep
	gaps    []gapStep
	final   []int32
}

type classStep struct {
	class class
	node  int32
}

type gapStep struct{ gap, node int32 }

func (a *automaton) init() { a.nodes = []node{{}} }

func (a *automaton) insert(seq sequence, words *vocabulary, final int32) error {
	at := int32(0)
	for _, e := range seq {
		if e.gap > 0 {
			at = a.gap(at, int32(e.gap))
			continue
		}
		child, err := a.place(at, e.words, words)
		if err != nil {
			return err
		}
		at = child
	}
	if n := &a.nodes[at]; !slices.Contains(n.final, final) {
		n.final = append(n.final, final)
	}
	return nil
}

func (a *automaton) add() int32 {
	a.nodes = append(a.nodes, node{})
	return int32(len(a.nodes) - 1)
}

func (a *automaton) gap(n, size int32) int32 {
	for _, g := range a.nodes[n].gaps {
		if g.gap == size {
			return g.node
		}
	}
	child := a.add()
	a.nodes[n].gaps = append(a.nodes[n].gaps, gapStep{size, child})
	return child
}

// place gives the node behind one of several words.
func (a *automaton) place(n int32, alternatives []string, words *vocabulary) (int32, error) {
	key := strings.Join(alternatives, "/")
	if child, ok := a.nodes[n].places[key]; ok {
		return child, nil
	}
	child := a.add()
	at := &a.nodes[n]
	if at.places == nil {
		at.places, at.next = map[string]int32{}, map[int32][]int32{}
	}
	at.places[key] = child
	for _, w := range alternatives {
		if strings.HasPrefix(w, "#") {
			c, err := parseClass(w)
			if err != nil {
				return 0, err
			}
			at.classes = append(at.classes, classStep{c, child})
			continue
		}
		id := words.id(w)
		at.next[id] = append(at.next[id], child)
	}
	return child, nil
}

// wordEdge is an edge with the pattern words that read it.
type wordEdge struct {
	to    int
	words []int32
}

type walker struct {
	toks     []Token
	words    *vocabulary
	edges    [][]wordEdge
	path     [][2]int          // token ranges read on the way to the present node
	quantity []bool            // per token: a number class can start there
	seen     map[[2]int32]bool // nodes entered behind a gap, per place: several gaps in a row must not multiply the work
}

// run walks the automaton from every token and calls found for every final node reached.
func (w *walker) run(a *frozen, found func(what int32, from, to int)) {
	w.seen = map[[2]int32]bool{}
	for i := range w.toks {
		clear(w.seen)
		w.walk(a, 0, i, i, found)
	}
}

func (w *walker) walk(a *frozen, n int32, from, at int, found func(what int32, from, to int)) {
	finals, _ := a.Finals.of(n)
	for _, f := range finals {
		found(f, from, at)
	}
	if at >= len(w.toks) || w.toks[at].Sentence != w.toks[from].Sentence {
		return
	}
	if a.Steps.First[n] < a.Steps.First[n+1] {
		for _, e := range w.edges[at] {
			for _, id := range e.words {
				for _, child := range a.behind(n, id) {
					w.step(a, child, from, at, e.to, found)
				}
			}
		}
	}
	if w.quantity[at] {
		kinds, behind := a.Classes.of(n)
		for i, k := range kinds {
			for _, to := range a.class(k).at(w.toks, at) {
				w.step(a, behind[i], from, at, to, found)
			}
		}
	}
	gaps, behind := a.Gaps.of(n)
	for i, gap := range gaps {
		for skip := 0; skip <= int(gap); skip++ {
			if key := [2]int32{behind[i], int32(at + skip)}; !w.seen[key] {
				w.seen[key] = true
				w.walk(a, behind[i], from, at+skip, found)
			}
		}
	}
}

// step walks on behind a word or number that reads the tokens from at to to.
func (w *walker) step(a *frozen, n int32, from, at, to int, found func(what int32, from, to int)) {
	w.path = append(w.path, [2]int{at, to})
	w.walk(a, n, from, to, found)
	w.path = w.path[:len(w.path)-1]
}
