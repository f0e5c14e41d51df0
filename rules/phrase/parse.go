package phrase

import (
	"fmt"
	"strconv"
	"strings"
)

// element is one place in a phrase.
type element struct {
	words    []string   // alternatives for one word; "@name" is a shared group, "#class" a number class
	gap      int        // a gap of at most gap words; words is nil
	optional []sequence // a bracketed part: one of these or nothing; words is nil
}

type sequence []element

// maxVariants bounds the expansion of optional parts of one phrase.
const maxVariants = 256

// parse reads one phrase into its "&" parts, each a list of sequences without optional parts.
func parse(phrase string) ([][]sequence, error) {
	var parts [][]sequence
	for side := range strings.SplitSeq(phrase, "&") {
		p := parser{in: strings.TrimSpace(side)}
		seq, err := p.sequence(false)
		if err == nil {
			err = check(seq)
		}
		if err != nil {
			return nil, fmt.Errorf("phrase %q: %w", phrase, err)
		}
		variants := expand(seq)
		if len(variants) > maxVariants {
			return nil, fmt.Errorf("phrase %q: more than %d readings, use fewer brackets", phrase, maxVariants)
		}
		for i := range variants {
			variants[i] = trim(variants[i])
			if err := checkVariant(variants[i]); err != nil {
				return nil, fmt.Errorf("phrase %q: %w", phrase, err)
			}
		}
		parts = append(parts, variants)
	}
	return parts, nil
}

type parser struct {
	in string
	at int
}

// sequence reads words up to the end or, inside brackets, the closing bracket.
func (p *parser) sequence(inside bool) (sequence, error) {
	var seq sequence
	for {
		p.space()
		if p.at >= len(p.in) {
			if inside {
				return nil, fmt.Errorf("a bracket is not closed")
			}
			return seq, nil
		}
		switch p.in[p.at] {
		case '(':
			p.at++
			inner, err := p.sequence(true)
			if err != nil {
				return nil, err
			}
			if len(inner) == 0 {
				return nil, fmt.Errorf("empty brackets")
			}
			seq = append(seq, element{optional: expand(inner)})
		case ')':
			if !inside {
				return nil, fmt.Errorf("a closing bracket has no opening one")
			}
			p.at++
			return seq, nil
		default:
			e, err := p.word()
			if err != nil {
				return nil, err
			}
			seq = append(seq, e)
		}
	}
}

func (p *parser) space() {
	for p.at < len(p.in) && (p.in[p.at] == ' ' || p.in[p.at] == '\n' || p.in[p.at] == '\t') {
		p.at++
	}
}

// word reads one place: alternatives separated by slashes, a gap or a number class. A class keeps its own brackets.
func (p *parser) word() (element, error) {
	start := p.at
	for p.at < len(p.in) && !strings.ContainsRune(" \n\t)", rune(p.in[p.at])) {
		if p.in[p.at] == '(' {
			if !strings.Contains(p.in[start:p.at], "#") {
				break
			}
			end := strings.IndexByte(p.in[p.at:], ')')
			if end < 0 {
				return element{}, fmt.Errorf("a bracket is not closed")
			}
			p.at += end
		}
		p.at++
	}
	raw := p.in[start:p.at]
	if n, ok := strings.CutPrefix(raw, "_"); ok {
		gap, err := strconv.Atoi(n)
		if err != nil || gap < 1 || gap > maxGap {
			return element{}, fmt.Errorf("gap %q: want _1 to _20", raw)
		}
		return element{gap: gap}, nil
	}
	var e element
	for alt := range strings.SplitSeq(raw, "/") {
		if alt == "" {
			return element{}, fmt.Errorf("%q: empty alternative", raw)
		}
		e.words = append(e.words, foldPattern(alt))
	}
	return e, nil
}

// foldPattern folds a pattern word and keeps its stars, group and class marks.
func foldPattern(w string) string {
	if strings.HasPrefix(w, "@") || strings.HasPrefix(w, "#") {
		return strings.ToLower(w)
	}
	chunks := strings.Split(w, "*")
	for i, c := range chunks {
		chunks[i] = FoldWord(foldDots(c))
	}
	return strings.Join(chunks, "*")
}

// expand writes out optional parts.
func expand(seq sequence) []sequence {
	out := []sequence{nil}
	for _, e := range seq {
		choices := []sequence{{e}}
		if e.optional != nil {
			choices = append([]sequence{nil}, e.optional...)
		}
		var next []sequence
		for _, head := range out {
			for _, c := range choices {
				next = append(next, append(append(sequence{}, head...), c...))
			}
		}
		if out = next; len(out) > maxVariants {
			return out
		}
	}
	return out
}

func check(seq sequence) error {
	if len(seq) == 0 {
		return fmt.Errorf("no words")
	}
	if seq[0].gap > 0 || seq[len(seq)-1].gap > 0 {
		return fmt.Errorf("a gap stands between words, not at an end")
	}
	for _, e := range seq {
		for _, w := range e.words {
			if err := checkWord(w); err != nil {
				return err
			}
		}
		for _, inner := range e.optional {
			inner = trim(inner) // a gap may stand at the edge of an optional part, or be all of it
			if len(inner) == 0 {
				continue
			}
			if err := check(inner); err != nil {
				return err
			}
		}
	}
	return nil
}

func checkWord(w string) error {
	switch {
	case strings.HasPrefix(w, "#"):
		_, err := parseClass(w)
		return err
	case strings.HasPrefix(w, "@"):
		return nil
	case w == "" || w == "*":
		return fmt.Errorf("a word without letters")
	case strings.Contains(w, "*") && len(longestChunk(w)) < minPart:
		return fmt.Errorf("%q: at least %d letters beside a star", w, minPart)
	case strings.ContainsAny(w, "_()\"|"):
		return fmt.Errorf("%q: unexpected sign", w)
	}
	return nil
}

func checkVariant(v sequence) error {
	if len(v) == 0 {
		return fmt.Errorf("every word is optional")
	}
	return nil
}

// maxGap is the widest gap, also where an absent optional part lets two gaps meet.
const maxGap = 20

// trim drops gaps that an absent optional part left at an end, and joins two that it let meet.
func trim(v sequence) sequence {
	var out sequence
	for _, e := range v {
		switch {
		case e.gap > 0 && len(out) == 0:
		case e.gap > 0 && out[len(out)-1].gap > 0:
			out[len(out)-1] = element{gap: min(out[len(out)-1].gap+e.gap, maxGap)}
		default:
			out = append(out, e)
		}
	}
	for len(out) > 0 && out[len(out)-1].gap > 0 {
		out = out[:len(out)-1]
	}
	return out
}

func longestChunk(w string) string {
	best := ""
	for c := range strings.SplitSeq(w, "*") {
		if len(c) > len(best) {
			best = c
		}
	}
	return best
}

// Words gives the plain words of a phrase, without the signs of the language, for a search engine.
func Words(phrase string) string {
	var out []string
	for w := range strings.FieldsSeq(strings.NewReplacer("(", " ", ")", " ", "/", " ", "*", "", "&", " ").Replace(phrase)) {
		if !strings.ContainsAny(w[:1], "_#@") {
			out = append(out, w)
		}
	}
	return strings.Join(out, " ")
}

// WordsOf lists the plain words of a phrase with those of its shared groups.
func (b *Builder) WordsOf(phrase string) []string {
	words := strings.Fields(Words(phrase))
	parts, err := parse(phrase)
	if err != nil {
		return words
	}
	for name := range groupNames(parts) {
		for _, p := range b.flat(name, nil) {
			words = append(words, strings.Fields(Words(p))...)
		}
	}
	return words
}

// Readings lists the plain forms of a phrase without "&": every choice of its optional parts, alternatives joined by a slash. It is empty for a phrase that
// does not parse.
func Readings(phrase string) []string {
	parts, err := parse(phrase)
	if err != nil || len(parts) != 1 {
		return nil
	}
	var out []string
	for _, v := range parts[0] {
		var words []string
		for _, e := range v {
			if e.gap > 0 {
				words = append(words, "_"+strconv.Itoa(e.gap))
				continue
			}
			words = append(words, strings.Join(e.words, "/"))
		}
		out = append(out, strings.Join(words, " "))
	}
	return out
}

// Plain strips the signs that mean something in a phrase from a name, so that it can be used as one.
func Plain(name string) string {
	return strings.Join(strings.Fields(strings.Map(func(r rune) rune {
		if strings.ContainsRune("()/*_&#@,", r) {
			return ' '
		}
		return r
	}, name)), " ")
}
