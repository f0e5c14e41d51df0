package rules

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"inkooptoets/extract/dossier"
	"inkooptoets/rules/phrase"
)

// lots says which law each lot (perceel) of the tender is about; lots under both laws, or under none, are not in it.
type lots map[int]string

var (
	lotWord   = `perce(?:el|len)`
	lotList   = lotWord + `\s*:?\s*((?:\d+)(?:\s*(?:,|en|t/m|tot en met|-|–)\s*\d+)*)`
	lotNumber = regexp.MustCompile(`(?i)\b` + lotList)
	lotFirst  = regexp.MustCompile(`^(?i:` + lotList + `)`)
	lotHeader = regexp.MustCompile(`(?i)^` + lotWord + `(?:nummer)?$`)
	lotRange  = regexp.MustCompile(`(\d+)\s*(?:t/m|tot en met|-|–)\s*(\d+)`)
	digits    = regexp.MustCompile(`\d+`)
)

// maxLots bounds a range of lots; a larger one is a misprint.
const maxLots = 50

// lotLaws reads lot tables and lot headings: a row or heading that names one lot and words of one law.
func (ev *Evaluator) lotLaws(passages []*passage) lots {
	out := lots{}
	clash := map[int]bool{}
	for _, p := range passages {
		named := lotsNamed(p.block)
		if len(named) != 1 || p.block.Kind != dossier.Row && p.block.Kind != dossier.Heading {
			continue
		}
		laws := ev.hinted(p.own.said)
		if len(laws) != 1 {
			continue
		}
		if had, ok := out[named[0]]; ok && had != laws[0] {
			clash[named[0]] = true
		}
		out[named[0]] = laws[0]
	}
	for n := range clash {
		delete(out, n)
	}
	return out
}

// hinted lists the laws whose words are among hits.
func (ev *Evaluator) hinted(hits []phrase.Hit) []string {
	var out []string
	for _, h := range ev.words.lawHints {
		if slices.ContainsFunc(hits, func(x phrase.Hit) bool { return h.words.has(x.Phrase) }) {
			out = append(out, h.value)
		}
	}
	return out
}

// mentions reports whether part, in small letters without accents, stands in text in any case: most texts are spared an expression that way.
func mentions(text, part string) bool {
	for i := 0; i+len(part) <= len(text); i++ {
		if text[i]|0x20 == part[0] && strings.EqualFold(text[i:i+len(part)], part) {
			return true
		}
	}
	return false
}

// lotsNamed lists the lots a block is about: those at its start, or in its lot column.
func lotsNamed(b *dossier.Block) []int {
	for _, c := range b.Cells {
		if lotHeader.MatchString(strings.TrimSpace(c.Header)) {
			return lotNumbers(c.Text)
		}
	}
	return lotsIn(b.Text, b.Kind == dossier.Heading)
}

// lotsIn reads "Perceel 2 t/m 4" at the start of a text, or anywhere in it.
func lotsIn(text string, anywhere bool) []int {
	if !mentions(text, "perce") {
		return nil
	}
	find := lotFirst
	if anywhere {
		find = lotNumber
	}
	m := find.FindStringSubmatchIndex(text)
	if m == nil {
		return nil
	}
	return lotNumbers(text[m[2]:m[3]])
}

func lotNumbers(text string) []int {
	var out []int
	for _, m := range lotRange.FindAllStringSubmatch(text, -1) {
		from, _ := strconv.Atoi(m[1])
		to, _ := strconv.Atoi(m[2])
		for n := from + 1; n < to && n < from+maxLots; n++ {
			out = append(out, n)
		}
	}
	for _, d := range digits.FindAllString(text, -1) {
		if n, err := strconv.Atoi(d); err == nil && !slices.Contains(out, n) {
			out = append(out, n)
		}
	}
	return out
}

// lawsOf says which law a passage is about: the lots it opens with, else the innermost heading that names lots or a law. Words in the body do not count; a
// shared row that says "jeugdigen" is still about both. Nil means any law.
func (ev *Evaluator) lawsOf(p *passage, l lots) []string {
	if laws := l.laws(lotsNamed(p.block)); laws != nil {
		return laws
	}
	for _, t := range slices.Backward(p.trail) {
		if laws := l.laws(lotsIn(t.text, true)); laws != nil {
			return laws
		}
		switch found := ev.hinted(t.said); len(found) {
		case 0:
		case 1:
			return found
		default:
			return nil
		}
	}
	return nil
}

// laws gives the laws of some lots; nil if a lot's law is not known.
func (l lots) laws(numbers []int) []string {
	var out []string
	for _, n := range numbers {
		law, ok := l[n]
		if !ok {
			return nil
		}
		if !slices.Contains(out, law) {
			out = append(out, law)
		}
	}
	return out
}
