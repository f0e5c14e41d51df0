package phrase

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// vocabulary holds every distinct word of the patterns and finds which of them read a given word of text.
type vocabulary struct {
	ids       map[string]int32
	exact     map[string]int32
	prefix    map[string][]glob // by the letters before the first star
	suffix    map[string][]glob // by the letters behind the last star
	infix     map[string][]glob // by the longest letters between stars
	infixLens []int             // distinct lengths of infix keys
	groupWord []int32           // per group number
	heads     []string          // letters with which a joined spelling can be read from its start, sorted
	tails     []string          // and from its end, backward, sorted
}

// glob is a pattern word with stars.
type glob struct {
	id     int32
	chunks []string // split at the stars
}

func (v *vocabulary) init() {
	*v = vocabulary{ids: map[string]int32{}, exact: map[string]int32{}, prefix: map[string][]glob{}, suffix: map[string][]glob{}, infix: map[string][]glob{}}
}

func (v *vocabulary) group(name string, g int32) {
	for int(g) >= len(v.groupWord) {
		v.groupWord = append(v.groupWord, -1)
	}
	v.groupWord[g] = v.id("@" + strings.ToLower(name))
}

// id gives the number of a folded pattern word and files it under the way it is looked up.
func (v *vocabulary) id(w string) int32 {
	if id, ok := v.ids[w]; ok {
		return id
	}
	id := int32(len(v.ids))
	v.ids[w] = id
	if strings.HasPrefix(w, "@") {
		return id
	}
	g := glob{id, strings.Split(w, "*")}
	first, last := g.chunks[0], g.chunks[len(g.chunks)-1]
	switch {
	case len(g.chunks) == 1:
		v.exact[w] = id
	case len(first) >= minPart:
		v.prefix[first] = append(v.prefix[first], g)
	case len(last) >= minPart:
		v.suffix[last] = append(v.suffix[last], g)
	default:
		key := longestChunk(w)
		if v.infix[key] == nil {
			v.addLen(len(key))
		}
		v.infix[key] = append(v.infix[key], g)
	}
	return id
}

func (v *vocabulary) addLen(n int) {
	for _, l := range v.infixLens {
		if l == n {
			return
		}
	}
	v.infixLens = append(v.infixLens, n)
}

// find adds to out the pattern words that read e. On a joined spelling a star pattern must need both parts: "klacht*" reads "klachten", not "klachten over".
func (v *vocabulary) find(e edge, out []int32) []int32 {
	if id, ok := v.exact[e.text]; ok {
		out = append(out, id)
	}
	if len(e.text) > 2*maxWord {
		return out
	}
	for n := minPart; n <= len(e.text); n++ {
		if n < len(e.text) && !utf8.RuneStart(e.text[n]) {
			continue
		}
		if e.part == 0 || n > e.part {
			out = matching(out, v.prefix[e.text[:n]], e.text)
		}
		if e.part == 0 || n > e.tail {
			out = matching(out, v.suffix[e.text[len(e.text)-n:]], e.text)
		}
	}
	if e.part > 0 {
		return out
	}
	for _, n := range v.infixLens {
		for i := 0; i+n <= len(e.text); i++ {
			out = matching(out, v.infix[e.text[i:i+n]], e.text)
		}
	}
	return out
}

func matching(out []int32, globs []glob, w string) []int32 {
	for _, g := range globs {
		if g.matches(w) {
			out = append(out, g.id)
		}
	}
	return out
}

// matches reports whether w is the chunks in order with anything between them.
func (g glob) matches(w string) bool {
	rest, ok := strings.CutPrefix(w, g.chunks[0])
	if !ok {
		return false
	}
	last := g.chunks[len(g.chunks)-1]
	if len(rest) < len(last) || !strings.HasSuffix(rest, last) {
		return false
	}
	rest = rest[:len(rest)-len(last)]
	for _, c := range g.chunks[1 : len(g.chunks)-1] {
		i := strings.Index(rest, c)
		if i < 0 {
			return false
		}
		rest = rest[i+len(c):]
	}
	return true
}

// ready sorts what joined spellings are looked up in.
func (v *vocabulary) ready() {
	v.heads, v.tails = nil, nil
	for w := range v.exact {
		v.heads = append(v.heads, w)
	}
	for w := range v.prefix {
		v.heads = append(v.heads, w)
	}
	for w := range v.suffix {
		v.tails = append(v.tails, reversed(w))
	}
	slices.Sort(v.heads)
	slices.Sort(v.tails)
}

// opens gives the letters behind w with which some pattern word that can read a joined spelling goes on where w ends.
func (v *vocabulary) opens(w string) letterSet { return goingOn(v.heads, w) }

// ends gives the letters before w, backward, with which the letters behind the star of some pattern word go on that end in w.
func (v *vocabulary) ends(w string) letterSet { return goingOn(v.tails, reversed(w)) }

// letterSet is a set of beginnings of words: it may say yes to one that is not in it.
type letterSet struct {
	first uint32 // the first letters of those that are shorter than three
	three uint64 // the first three letters of the others, by a hash
}

func (l *letterSet) add(s string) {
	if len(s) < 3 {
		l.first |= 1 << (s[0] & 31)
	} else {
		l.three |= 1 << hash3(s[0], s[1], s[2])
	}
}

// starts reports whether s may begin with one of l.
func (l *letterSet) starts(s string) bool {
	n := len(s)
	return n < 3 || l.first&(1<<(s[0]&31)) != 0 || l.three&(1<<hash3(s[0], s[1], s[2])) != 0
}

// closes is starts for s read backward.
func (l *letterSet) closes(s string) bool {
	n := len(s)
	return n < 3 || l.first&(1<<(s[n-1]&31)) != 0 || l.three&(1<<hash3(s[n-1], s[n-2], s[n-3])) != 0
}

func hash3(a, b, c byte) uint32 { return (uint32(a)<<16 | uint32(b)<<8 | uint32(c)) * 0x9e3779b1 >> 26 }

// goingOn gives the letters with which words of a sorted list go on that begin with w and are longer.
func goingOn(sorted []string, w string) (l letterSet) {
	i, _ := slices.BinarySearch(sorted, w)
	for ; i < len(sorted) && strings.HasPrefix(sorted[i], w); i++ {
		if len(sorted[i]) > len(w) {
			l.add(sorted[i][len(w):])
		}
	}
	return l
}

// reversed turns the bytes of w around.
func reversed(w string) string {
	b := []byte(w)
	slices.Reverse(b)
	return string(b)
}
