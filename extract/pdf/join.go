package pdf

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// joiner puts lines together into running text.
type joiner struct {
	words map[string]bool // words of the file, to know which hyphens belong there
}

func newJoiner(all [][]run) joiner {
	j := joiner{words: map[string]bool{}}
	for _, runs := range all {
		for _, r := range runs {
			for w := range strings.FieldsSeq(r.text) {
				j.words[bare(w)] = true
			}
		}
	}
	return j
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
	if strings.HasSuffix(text, "/") && !strings.HasSuffix(text, " /") {
		return text + next
	}
	stem := strings.TrimRight(text, "-‐")
	before, _ := utf8.DecodeLastRuneInString(stem)
	if stem == text || !unicode.IsLetter(before) && !unicode.IsDigit(before) {
		return text + " " + next
	}
	first, _ := utf8.DecodeRuneInString(next)
	head := strings.Fields(next)[0]
	switch bare(head) {
	case "en", "of", "als", "dan", "tot", "en/of", "respectievelijk", "maar", "dus": // "jeugdhulp- en opvoedvragen"
		return text + " " + next
	}
	if !unicode.IsLower(first) {
		return text + next // "PVE-01"
	}
	last := stem[strings.LastIndexAny(stem, " (/")+1:]
	if j.words[bare(last+"-"+head)] && !j.words[bare(last+head)] {
		return text + next
	}
	return stem + next
}
