package dossier

import (
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"
)

var (
	// itemStart is a list marker and the white space after it. A letter needs a closing mark, or every "A" would start a list.
	itemStart = regexp.MustCompile(`^([-*•▪▫◦●○‣–—·]|\d{1,3}[.)]|\(?\d{1,3}\)|\(?[a-zA-Z]\)|[a-zA-Z]\.|\(?[ivx]{1,5}\)|[ivx]{2,5}\.|[A-Z]{1,5}[-.]?\d{1,3}(?:\.\d{1,3}){0,3}[.:)])\s+`)
	// dotted is a number of at least two levels: "3.2", "10.1.4."; an amount such as "250.000" is none.
	dotted = regexp.MustCompile(`^(\d{1,2}(?:\.\d{1,2}){1,5}\.?)\s+`)
	// headingNumber is what stands before the words of a numbered heading.
	headingNumber = regexp.MustCompile(`^((?i:artikel|hoofdstuk|paragraaf|bijlage|deel|afdeling)\s+(?:\d{1,3}[a-z]?(?:\.\d{1,3}){0,5}|[A-Z]|[IVX]{1,5})|\d{1,3}(?:\.\d{1,3}){0,5}|[A-Z]{1,4}\d{1,3}(?:\.\d{1,3}){0,3}|[A-Z]|[IVX]{1,5})([.:]?)\s+(?:[-–—:]\s+)?`)
)

// SplitItem cuts the list marker off a line: number is the marker as printed, empty for a bullet. ok is false when the line does
// not start a list item; rest is then the line itself.
func SplitItem(line string) (number, rest string, ok bool) {
	m := itemStart.FindStringSubmatch(line)
	if m == nil {
		return "", line, false
	}
	if rest = strings.TrimSpace(line[len(m[0]):]); rest == "" {
		return "", line, false
	}
	if isBullet(m[1]) {
		return "", rest, true
	}
	return m[1], rest, true
}

// SplitDotted cuts a number of two levels or more ("3.2") off a line, as in the paragraphs of a contract.
func SplitDotted(line string) (number, rest string, ok bool) {
	m := dotted.FindStringSubmatch(line)
	if m == nil || strings.TrimSpace(line[len(m[0]):]) == "" {
		return "", line, false
	}
	return m[1], strings.TrimSpace(line[len(m[0]):]), true
}

// SplitHeading cuts the number off a heading: "3.2 Klachten" is "3.2" and "Klachten", "Artikel 5 Klachten" is "Artikel 5" and
// "Klachten". number is empty when the heading has none, or has nothing else.
func SplitHeading(line string) (number, rest string) {
	m := headingNumber.FindStringSubmatch(line)
	if m == nil {
		return "", line
	}
	rest = strings.TrimSpace(line[len(m[0]):])
	bare := len(m[1]) == 1 && m[1][0] >= 'A' // "A Algemeen" could as well be a word: a single letter needs its full stop
	if rest == "" || bare && m[2] == "" || isRoman(m[1]) && m[2] == "" {
		return "", line
	}
	return strings.TrimSuffix(m[1]+m[2], ":"), rest
}

// NumberDepth is the number of levels in a heading number: 2 for "3.2", 1 for "Artikel 5" and "B.", 0 for the empty number.
func NumberDepth(number string) int {
	number = strings.TrimSuffix(number, ".")
	if number == "" {
		return 0
	}
	if number[0] < '0' || number[0] > '9' { // "Artikel 5.2" is one heading under its chapter, not the second level of "Artikel"
		return 1
	}
	return 1 + strings.Count(number, ".")
}

func isBullet(marker string) bool {
	r, size := utf8.DecodeRuneInString(marker)
	return size == len(marker) && strings.ContainsRune("-*•▪▫◦●○‣–—·", r)
}

func isRoman(s string) bool { return s != "" && strings.Trim(s, "IVX") == "" }

// Nesting works out how deep a list item stands, from its indentation and the form of its number. The zero value is an empty list.
type Nesting struct {
	open []nest
}

type nest struct {
	indent float64
	form   string
}

// Level is the depth (from 0, at most 8) of an item that stands indent to the right and is numbered number. introduced says
// that the item before it ends with a colon, which makes another form of number a list inside that item. Indents that differ by
// less than slack are the same.
func (n *Nesting) Level(indent, slack float64, number string, introduced bool) int {
	form := numberForm(number)
	for len(n.open) > 0 && n.open[len(n.open)-1].indent > indent+slack {
		n.open = n.open[:len(n.open)-1]
	}
	switch top := len(n.open) - 1; {
	case top < 0, n.open[top].indent < indent-slack:
		n.open = append(n.open, nest{indent, form})
	case n.open[top].form == form:
	default:
		n.change(indent, slack, form, introduced)
	}
	return min(len(n.open)-1, 8)
}

// change places an item that stands as far to the right as the one before it but is numbered in another way.
func (n *Nesting) change(indent, slack float64, form string, introduced bool) {
	for i := len(n.open) - 2; i >= 0 && n.open[i].indent >= indent-slack; i-- {
		if n.open[i].form == form {
			n.open = n.open[:i+1]
			return
		}
	}
	if introduced {
		n.open = append(n.open, nest{indent, form})
		return
	}
	n.open[len(n.open)-1].form = form
}

// Reset ends the list.
func (n *Nesting) Reset() { n.open = n.open[:0] }

// numberForm is the way a number is written, digits and letters made equal: "3.2" and "4.11" are "9.9", "b)" is "a)".
func numberForm(number string) string {
	var b strings.Builder
	for _, r := range number {
		c := r
		switch {
		case r >= '0' && r <= '9':
			c = '9'
		case r >= 'a' && r <= 'z':
			c = 'a'
		case r >= 'A' && r <= 'Z':
			c = 'A'
		}
		if s := b.String(); (c == '9' || c == 'a' || c == 'A') && strings.HasSuffix(s, string(c)) {
			continue
		}
		b.WriteRune(c)
	}
	return b.String()
}

// Roman writes v in Roman capitals; outside 1..3999 in digits, so that a forged start value costs nothing.
func Roman(v int) string {
	if v < 1 || v > 3999 {
		return strconv.Itoa(v)
	}
	var b strings.Builder
	for _, r := range []struct {
		value int
		text  string
	}{{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}} {
		for v >= r.value {
			b.WriteString(r.text)
			v -= r.value
		}
	}
	return b.String()
}
