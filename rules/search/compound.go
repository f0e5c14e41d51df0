package search

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"inkooptoets/rules/phrase"
)

// Dictionary knows the words that compounds are made of.
type Dictionary map[string]bool

// The shortest word that may be part of a compound, and the shortest compound that is taken apart. Shorter ones are found where nobody meant them.
const (
	minPart     = 4
	minCompound = 9
	maxCompound = 60
)

// NewDictionary takes the words of texts: those of the catalogue are the words of this field.
func NewDictionary(texts []string) Dictionary {
	d := Dictionary{}
	for _, text := range texts {
		for w := range strings.FieldsFuncSeq(text, func(r rune) bool { return !unicode.IsLetter(r) }) {
			if w = phrase.FoldWord(w); len(w) >= minPart && len(w) <= maxCompound {
				d[w] = true
			}
		}
	}
	return d
}

// Parts gives the parts of the compounds in text, joined by spaces: "klachtenregeling" has klachten and regeling. A compound is taken apart only if words of the
// dictionary make it up whole, with an s between them at most; the longest first part is taken.
func (d Dictionary) Parts(text string) string {
	var out []string
	seen := map[string]bool{}
	for w := range strings.FieldsFuncSeq(text, func(r rune) bool { return !unicode.IsLetter(r) && r != '\'' && r != '’' }) {
		w = phrase.FoldWord(w)
		if seen[w] || len(w) < minCompound || len(w) > maxCompound {
			continue
		}
		seen[w] = true
		out = append(out, d.split(w, 0)...)
	}
	return strings.Join(out, " ")
}

// split takes w apart into at least two words; nil if that cannot be done. before is how many parts stand before it.
func (d Dictionary) split(w string, before int) []string {
	if before > 0 && d[w] {
		return []string{w}
	}
	for n := len(w) - minPart; n >= minPart; n-- {
		if !utf8.RuneStart(w[n]) || !d[w[:n]] {
			continue
		}
		for _, rest := range []string{w[n:], strings.TrimPrefix(w[n:], "s")} {
			if parts := d.split(rest, before+1); parts != nil {
				return append([]string{w[:n]}, parts...)
			}
		}
	}
	return nil
}
