package pdf

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// joiner puts lines together into running text.
type joiner struct {
	words map[string]bool // words of the file, to know which hyphens belong there
	heads map[string]bool // what stands before a hyphen in words of the file: "wmo" of "Wmo-consulent"
	notes map[string]bool // numbers of the footnotes of the file
}

func newJoiner(all [][]run) joiner {
	j := joiner{words: map[string]bool{}, heads: map[string]bool{}, notes: map[string]bool{}}
	for _, runs := range all {
		for _, r := range runs {
			for w := range strings.FieldsSeq(r.text) {
				w = bare(w)
				j.words[w] = true
				if head, tail, ok := strings.Cut(w, "-"); ok && tail != "" {
					j.heads[head] = true
				}
			}
		}
	}
	return j
}

var (
	raisedFigures = regexp.MustCompile(`(\pL*) ?\x01([^\x02]*)\x02`)
	units         = regexp.MustCompile(`^[ckd]?m$`) // "m²" is no mark of a note
)

// raisedNumbers are the raised figures in text, in order.
func raisedNumbers(text string) []string {
	if !strings.Contains(text, raiseOpen) {
		return nil
	}
	var out []string
	for _, m := range raisedFigures.FindAllStringSubmatch(strings.ReplaceAll(text, raiseClose+raiseOpen, ""), -1) {
		if !units.MatchString(m[1]) {
			out = append(out, m[2])
		}
	}
	return out
}

// countNotes adds the marks that count on from 1 or from a known note: the note itself may be cut off.
func (j joiner) countNotes(marks []string) {
	for _, m := range marks {
		if n, err := strconv.Atoi(m); err == nil && (n == 1 || j.notes[strconv.Itoa(n-1)]) {
			j.notes[m] = true
		}
	}
}

// unmark drops the marks that point to footnotes. Other raised figures become words of their own.
func (j joiner) unmark(text string) string {
	if !strings.Contains(text, raiseOpen) {
		return text
	}
	text = strings.ReplaceAll(text, raiseClose+raiseOpen, "")
	return raisedFigures.ReplaceAllStringFunc(text, func(m string) string {
		parts := raisedFigures.FindStringSubmatch(m)
		before, number := parts[1], parts[2]
		switch {
		case units.MatchString(before):
			return before + number
		case j.notes[number]:
			return before
		}
		return before + " " + number
	})
}

func bare(word string) string { return strings.ToLower(strings.Trim(word, ".,;:()'\"‘’“”?!")) }

// join adds a line to text. A hyphen at the end of a line goes when the word is one word.
func (j joiner) join(text, next string) string {
	if text == "" || next == "" {
		return text + next
	}
	if rest, ok := strings.CutSuffix(text, "\u00AD"); ok {
		return rest + next
	}
	last, _ := utf8.DecodeLastRuneInString(text)
	first, _ := utf8.DecodeRuneInString(next)
	if unspaced(last, first) {
		return text + next
	}
	if strings.HasSuffix(text, "/") && !strings.HasSuffix(text, " /") {
		return text + next
	}
	stem := strings.TrimRight(text, "-‐")
	before, _ := utf8.DecodeLastRuneInString(stem)
	if stem == text || !unicode.IsLetter(before) && !unicode.IsDigit(before) {
		return text + " " + next
	}
	head := strings.Fields(next)[0]
	switch bare(head) {
	case "en", "of", "als", "dan", "tot", "en/of", "respectievelijk", "maar", "dus": // "jeugdhulp- en opvoedvragen"
		return text + " " + next
	}
	if !unicode.IsLower(first) {
		return text + next // "PVE-01"
	}
	part := stem[strings.LastIndexAny(stem, " (/")+1:]
	if j.keepsHyphen(part, head) {
		return text + next
	}
	return stem + next
}

// keepsHyphen says whether the hyphen between last, at the end of a line, and head, at the start of the next, belongs to the word.
func (j joiner) keepsHyphen(last, head string) bool {
	if j.words[bare(last+head)] {
		return false
	}
	if j.words[bare(last+"-"+head)] || j.heads[bare(last)] {
		return true
	}
	end, _ := utf8.DecodeLastRuneInString(last)
	if noSyllable(last) {
		return true
	}
	abbreviation := utf8.RuneCountInString(last) > 1 && strings.ToUpper(last) == last && strings.ContainsFunc(last, unicode.IsLetter)
	return unicode.IsDigit(end) || abbreviation
}

// onsets are the pairs of consonants that a Dutch word can start with.
const onsets = "bl br ch cl cr dr dw fj fl fr gh gl gn gr kh kl kn kr kw ph pl pr ps qu rh sc sf sh sj sk sl sm sn sp st sw th tj tr ts tw vl vr wh wr zw"

// noSyllable says whether letters start in a way that no word does: "hbo" and "Wmo" are abbreviations, whatever follows.
func noSyllable(letters string) bool {
	letters = strings.ToLower(letters)
	if len(letters) < 2 || !consonant(letters[0]) || !consonant(letters[1]) {
		return false
	}
	return !strings.Contains(onsets, letters[:2])
}

func consonant(c byte) bool { return c >= 'a' && c <= 'z' && !strings.ContainsRune("aeiouy", rune(c)) }
