package phrase

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
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
	// What single words are: the phrases that word w alone is are those in alone from firstAlone[w] to firstAlone[w+1], sorted.
	alone      []ID
	firstAlone []int32

	mu    sync.Mutex
	rooms []*room // that nobody is in
}

// enter gives a room of one's own, until leave. A sync.Pool would lose the words that rooms remember whenever memory is cleaned up.
func (m *Matcher) enter() *room {
	m.mu.Lock()
	defer m.mu.Unlock()
	if n := len(m.rooms); n > 0 {
		w := m.rooms[n-1]
		m.rooms = m.rooms[:n-1]
		return w
	}
	return newRoom(m)
}

func (m *Matcher) leave(w *room) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.rooms = append(m.rooms, w)
}

// rowOfPhrases is an automaton for phrases that may have several parts joined by "&". Its terminal values are part numbers. Phrases of several parts share
// those that read the same: "@client" stands in hundreds of them.
type rowOfPhrases struct {
	automaton automaton        // while it is built
	shared    map[string]int32 // likewise: the parts of phrases of several parts
	frozen    frozen
	single    []int32   // phrase of each part that is a whole phrase; -1 for the others
	parts     [][]int32 // parts of each phrase
	// Phrases of several parts, by the part that the fewest have: those of part p are in keyed from firstKeyed[p] to firstKeyed[p+1].
	keyed      []keyed
	firstKeyed []int32
}

// keyed is a phrase of several parts with, of its other parts, the one that the fewest have.
type keyed struct{ phrase, other int32 }

// add compiles one more phrase.
func (r *rowOfPhrases) add(sides [][]sequence, words *vocabulary) error {
	phrase := int32(len(r.parts))
	r.parts = append(r.parts, nil)
	for _, variants := range sides {
		n := int32(len(r.single))
		if len(sides) > 1 {
			key := fmt.Sprint(variants)
			if known, ok := r.shared[key]; ok {
				r.parts[phrase] = append(r.parts[phrase], known)
				continue
			}
			r.shared[key] = n
			r.single = append(r.single, -1)
		} else {
			r.single = append(r.single, phrase)
		}
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
	for _, r := range []*rowOfPhrases{&m.groups, &m.main} {
		r.automaton.init()
		r.shared = map[string]int32{}
	}
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
		r.frozen, r.automaton, r.shared = r.automaton.freeze(), automaton{}, nil
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

// Len is the number of compiled phrases.
func (m *Matcher) Len() int { return len(m.texts) }

// Phrase gives the text of a compiled phrase; that of an id that Alone explains is empty.
func (m *Matcher) Phrase(id ID) string {
	if int(id) >= len(m.texts) {
		return ""
	}
	return m.texts[id]
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
	key := strings.Join(slices.Sorted(slices.Values(alternatives)), "/")
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
