package pdf

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// unknown stands for a letter of which a file does not say what it is.
const unknown = "\uFFFD"

// enough is how many letters it takes to judge a page by what letters they are.
const enough = 200

// illegible says whether a noticeable part of the page has letters but no text that means anything: a checker may not take that for
// silence. A mark of a list in an odd font is no reason; it stands alone.
func (p page) illegible() bool {
	words, broken := 0, 0
	var found letters
	for _, r := range p.words {
		for word := range strings.FieldsSeq(r.text) {
			words++
			if strings.Contains(word, unknown) && utf8.RuneCountInString(word) > 1 {
				broken++
			}
			found.count(word)
		}
	}
	return share(broken, words) || share(p.lost, p.letters) || found.cipher()
}

// share says whether n of all is noticeable: an arrow in an odd font on a page of text is not.
func share(n, all int) bool { return n*50 > all && n > 3 || n*4 > all }

// letters counts what the words of a page are made of.
type letters struct {
	latin, vowels, others, signs int
}

func (l *letters) count(word string) {
	for _, r := range word {
		switch {
		case r >= utf8.RuneSelf && unicode.Is(unicode.Latin, r), r == 'e', r == 'a', r == 'o', r == 'i', r == 'u', r == 'y':
			l.latin++
			l.vowels++ // letters with an accent nearly all are
		case r >= 'a' && r <= 'z':
			l.latin++
		case r >= 'A' && r <= 'Z': // in codes and abbreviations any letter follows any other
		case unicode.IsLetter(r), unicode.IsDigit(r):
			l.others++
		case strings.ContainsRune("._-–—…•/|€%", r): // lines to write on, leaders and lists have any number of them
		default:
			l.signs++
		}
	}
}

// cipher recognises a font that leaves out what its codes mean: the letters that come out are others than one sees, or no letters. Of the
// small letters of any European language a third to a half are vowels.
func (l letters) cipher() bool {
	if l.signs > enough/2 && l.signs > l.latin+l.others {
		return true
	}
	return l.latin > enough && (l.vowels*5 < l.latin || l.vowels*10 > l.latin*7)
}
