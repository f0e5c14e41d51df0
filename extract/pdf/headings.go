package pdf

import (
	"math"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"inkooptoets/extract/dossier"
)

// longestHeading is the number of characters above which a text is no heading, however it is set.
const longestHeading = 160

var (
	tightNumber   = regexp.MustCompile(`^(\d{1,2}(?:\.\d{1,2}){1,5})([\pL(*'‘“].*)$`)
	moreSentences = regexp.MustCompile(`\pL{2}[.?!] \p{Lu}`) // more than one sentence
)

// look is how a heading is printed; headings that look the same have the same level.
type look struct {
	size float64 // rounded to half points
	bold bool
}

// large says whether a line is set larger than the body.
func (b *builder) large(l line) bool { return l.size > 1.08*b.body }

// looksLikeHeading says whether a line is set as a heading: larger than the body or bold, and reading like a title.
func (b *builder) looksLikeHeading(l line) bool {
	if l.size < 0.95*b.body || !b.large(l) && !l.bold || utf8.RuneCountInString(l.text) > longestHeading {
		return false
	}
	number, rest := splitHeading(l.text)
	switch {
	case strings.ContainsAny(l.text[len(l.text)-1:], ".;:,"):
		return false
	case !b.large(l) && l.hangs() && b.listed[l.hanging()-1]+b.listed[l.hanging()]+b.listed[l.hanging()+1] > 1:
		return false // a bold item
	case number != "" && unicode.IsDigit(rune(number[0])):
		return dossier.NumberDepth(number) > 1 || b.large(l) || dossier.TitleLike(rest)
	case b.large(l):
		return true
	case isListed(l.text):
		return false // a bold item
	}
	first, _ := utf8.DecodeRuneInString(l.text)
	return !unicode.IsLower(first) && !moreSentences.MatchString(l.text)
}

// hangs says whether a line starts with a number such as "3." that stands to the left of its words, in a column of its own.
func (l line) hangs() bool {
	number, _, ok := marker(l.text)
	return ok && number != "" && unicode.IsDigit(rune(number[0])) && dossier.NumberDepth(number) == 1 && l.x0 > l.left+1.5 && l.textX > l.x0+3
}

// hanging is the place where the words of such a line begin, from the left end of the column, in steps of two points.
func (l line) hanging() int { return int(math.Round((l.textX - l.left) / 2)) }

// isListed says whether text starts with the marker of a list item that is not a plain number.
func isListed(text string) bool {
	number, _, ok := marker(text)
	return ok && (number == "" || !unicode.IsDigit(rune(number[0])))
}

// splitHeading cuts the number off a heading, also where the words follow it without a space ("1.2.1*aansturing*").
func splitHeading(text string) (number, rest string) {
	if m := tightNumber.FindStringSubmatch(text); m != nil {
		return m[1], m[2]
	}
	return dossier.SplitHeading(text)
}

// isHeading decides about a whole block; whole has its text, and is bold if all its lines are.
func (b *builder) isHeading(whole line) bool {
	if b.looksLikeHeading(whole) {
		return true
	}
	number, rest := dossier.SplitHeading(whole.text) // "Artikel 5 Klachten" is a heading in every type
	article := strings.HasPrefix(strings.ToLower(whole.text), "artikel ") && number != "" && dossier.TitleLike(rest)
	return article && b.first.size >= 0.95*b.body && b.last.y == b.first.y
}

// levels gives the headings their level. A number of several parts says it itself; another heading ranks by its look, below
// the looks that are larger. The title of the file is not counted: chapters start at 1, as they do in a DOCX.
func (b *builder) levels() {
	ranks := b.rankedLooks()
	shallowest := b.numberedLooks()
	title, front := b.titleLook(), b.frontLooks(shallowest)
	level, shift := 0, 0
	base := map[look]int{}  // level of the unnumbered headings of a look
	moved := map[look]int{} // what the numbers of a look are short of, under headings with names only
	for _, l := range ranks {
		d := shallowest[l]
		switch {
		case d == 0 && (l == title || front[l]):
			base[l] = 1
			continue
		case d == 0:
			level++
		default:
			if d+shift <= level {
				shift = min(level+1-d, 2)
			}
			level = d + shift
		}
		base[l], moved[l] = level, shift
	}
	for i, l := range b.looks {
		if l == (look{}) {
			continue
		}
		b.blocks[i].Level = min(base[l], 9)
		if l == title {
			b.blocks[i].Flags = []string{"title"}
		}
		if d := decimalDepth(b.blocks[i].Number); d > 0 && shallowest[l] > 0 {
			b.blocks[i].Level = min(d+moved[l], 9)
		}
	}
}

// frontLooks are the looks that only occur before the first numbered heading: those of a title page.
func (b *builder) frontLooks(numbered map[look]int) map[look]bool {
	front := map[look]bool{}
	started := false
	for i, l := range b.looks {
		started = started || numbered[l] > 0 && decimalDepth(b.blocks[i].Number) > 0
		if l != (look{}) && numbered[l] == 0 {
			if _, seen := front[l]; !seen || started {
				front[l] = !started
			}
		}
	}
	if !started {
		return nil
	}
	return front
}

// numberedLooks gives the smallest number of parts in the numbers of each look whose headings mostly have a decimal number. A
// number in front of one heading among many without may be a part of its words.
func (b *builder) numberedLooks() map[look]int {
	shallowest, with, without := map[look]int{}, map[look]int{}, map[look]int{}
	for i, l := range b.looks {
		if l == (look{}) {
			continue
		}
		d := decimalDepth(b.blocks[i].Number)
		if d == 0 {
			without[l]++
			continue
		}
		if with[l]++; shallowest[l] == 0 || d < shallowest[l] {
			shallowest[l] = d
		}
	}
	for l := range with {
		if with[l] < without[l] {
			delete(shallowest, l)
		}
	}
	return shallowest
}

// rankedLooks are the looks of all headings, largest first.
func (b *builder) rankedLooks() []look {
	var ranks []look
	for _, l := range b.looks {
		if l != (look{}) && !slices.Contains(ranks, l) {
			ranks = append(ranks, l)
		}
	}
	slices.SortFunc(ranks, func(a, b look) int {
		switch {
		case a.size != b.size:
			return compare(b.size, a.size)
		case a.bold:
			return -1
		}
		return 1
	})
	return ranks
}

// titleLook is the look of the first heading when no other heading has it and none is larger: that is the title of the file. It is
// the zero look when there is no title.
func (b *builder) titleLook() look {
	var title look
	for i, l := range b.looks {
		switch {
		case l == (look{}):
		case title == look{}:
			if b.blocks[i].Number != "" || b.blocks[i].Loc.Page > 1 {
				return look{}
			}
			title = l
		case l.size >= title.size:
			return look{}
		}
	}
	return title
}

// decimalDepth is the number of parts of a decimal number, 0 for any other: "Artikel 5" says nothing about its level.
func decimalDepth(number string) int {
	if number == "" || !unicode.IsDigit(rune(number[0])) {
		return 0
	}
	return dossier.NumberDepth(number)
}
