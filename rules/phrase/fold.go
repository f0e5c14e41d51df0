package phrase

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Token is one word, number or sign (% €) of a text.
type Token struct {
	Text       string // folded
	Start, End int    // byte range in the text that was folded
	Sentence   int    // from 0
	Clause     int    // from 0, counted through the whole text; a sentence has one or more

	value  float64 // of a number, in digits or in words
	number bool
	unit   unit // that it counts, behind a number
}

// edge is one way to read a stretch of tokens as a single word. Every token is an edge; joined spellings are further ones.
type edge struct {
	text string // empty for two words that nothing but a space parts: hardly any such pair is a word (see spelled)
	to   int    // first token after it
	part int    // length of the first part of a joined spelling; 0 for a plain token
	tail int    // length of the last part of a joined spelling
}

// spelled is the text of an edge that starts at token i.
func (e edge) spelled(toks []Token, i int) string {
	if e.text == "" {
		return toks[i].Text + toks[i+1].Text
	}
	return e.text
}

// Text is a folded text: its tokens and every way to join them.
type Text struct {
	Tokens []Token
	edges  [][]edge // per token, the edges that start there
}

// Len is the number of tokens.
func (t Text) Len() int { return len(t.Tokens) }

// maxWord is the longest word that is read as Dutch; longer ones (hashes, links) match only whole and are joined with nothing.
const maxWord = 60

// minPart is the shortest half of a joined compound: "in zage" must not become inzage.
const minPart = 3

// Fold cuts s into folded tokens and lists the joined spellings. Folding lowers case and drops diacritics, apostrophes and soft hyphens; every
// token keeps its byte range in s.
func Fold(s string) Text {
	t := Text{Tokens: tokens(s)}
	markBoundaries(s, t.Tokens)
	t.edges = make([][]edge, len(t.Tokens))
	room := make([]edge, 2*len(t.Tokens)) // most tokens have one edge, or one more with the word behind it
	for i, tok := range t.Tokens {
		t.edges[i] = append(room[2*i:2*i:2*i+2], edge{text: tok.Text, to: i + 1})
	}
	joinHyphens(s, &t)
	joinSpaces(s, &t)
	expandSuspended(s, &t)
	return t
}

// FoldWord folds one word of a pattern the way Fold folds a word of text; hyphens inside it are dropped, as in a joined spelling.
func FoldWord(w string) string {
	if plain(w) {
		return strings.ToLower(w)
	}
	var b strings.Builder
	for _, r := range w {
		if f := foldRune(r); f != "" && r != '-' {
			b.WriteString(f)
		}
	}
	return b.String()
}

// plain reports whether w holds nothing but letters and digits without marks, and dots, as nearly every word does.
func plain(w string) bool {
	for i := range len(w) {
		if c := w[i]; (c|0x20 < 'a' || c|0x20 > 'z') && (c < '0' || c > '9') && c != '.' {
			return false
		}
	}
	return true
}

// foldRune gives the folded form of one rune; empty for runes that are dropped.
func foldRune(r rune) string {
	switch {
	case r < utf8.RuneSelf:
		if 'A' <= r && r <= 'Z' {
			r += 'a' - 'A'
		}
		if r == '\'' || r == '`' {
			return ""
		}
		return string(r)
	case r == '’' || r == '‘' || r == '\u00ad' || r == '\u200b' || unicode.Is(unicode.Mn, r):
		return ""
	}
	var b strings.Builder
	for _, d := range norm.NFKD.String(string(r)) {
		if !unicode.Is(unicode.Mn, d) {
			b.WriteRune(unicode.ToLower(d))
		}
	}
	return b.String()
}

func isWordRune(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r) || r == '\u00ad'
}

func isApostrophe(r rune) bool { return r == '\'' || r == '’' || r == '‘' || r == '`' }

// bytesPerWord is how many bytes a word takes with the space behind it, in a text of words that are not long.
const bytesPerWord = 6

func tokens(s string) []Token {
	out := make([]Token, 0, len(s)/bytesPerWord+1)
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case isWordRune(r):
			end := wordEnd(s, i)
			if text := FoldWord(strings.ReplaceAll(foldDots(s[i:end]), "\u00ad", "")); text != "" {
				v, ok := number(text)
				out = append(out, Token{Text: text, Start: i, End: end, value: v, number: ok, unit: units[text]})
			}
			i = end
		case r == '%' || r == '€':
			out = append(out, Token{Text: string(r), Start: i, End: i + n, unit: units[string(r)]})
			i += n
		default:
			i += n
		}
	}
	return out
}

// wordEnd finds the end of the word that starts at i: letters and digits, apostrophes between them, dots inside numbers (4.1.8a) and inside dotted
// abbreviations (v.o.g.).
func wordEnd(s string, i int) int {
	if end := dottedEnd(s, i); end > i {
		return end
	}
	start := i
	for i < len(s) {
		r, n := utf8.DecodeRuneInString(s[i:])
		if isWordRune(r) {
			i += n
			continue
		}
		next, _ := utf8.DecodeRuneInString(s[min(i+n, len(s)):])
		prev, _ := utf8.DecodeLastRuneInString(s[start:i])
		if isApostrophe(r) && unicode.IsLetter(next) && unicode.IsLetter(prev) {
			i += n
			continue
		}
		first, _ := utf8.DecodeRuneInString(s[start:])
		if unicode.IsDigit(next) && (r == '.' && unicode.IsDigit(first) || r == ',' && unicode.IsDigit(prev)) {
			i += n
			continue
		}
		break
	}
	return i
}

// dottedEnd finds the end of a dotted abbreviation of single letters at i, or returns i. At least two letters: "v.o.g.", "o.a."
func dottedEnd(s string, i int) int {
	start, letters := i, 0
	for i < len(s) {
		r, n := utf8.DecodeRuneInString(s[i:])
		if !unicode.IsLetter(r) || i+n >= len(s) || s[i+n] != '.' {
			break
		}
		letters++
		i += n + 1
	}
	if letters < 2 {
		return start
	}
	if r, _ := utf8.DecodeRuneInString(s[i:]); i < len(s) && unicode.IsLetter(r) { // "v.o.g" without the last dot
		_, n := utf8.DecodeRuneInString(s[i:])
		after, _ := utf8.DecodeRuneInString(s[min(i+n, len(s)):])
		if i+n >= len(s) || !isWordRune(after) {
			return i + n
		}
	}
	return i
}

// foldDots drops the dots of an abbreviation and keeps those of a number; a decimal comma becomes a dot.
func foldDots(w string) string {
	if w == "" {
		return w
	}
	first, _ := utf8.DecodeRuneInString(w)
	if unicode.IsDigit(first) {
		return strings.ReplaceAll(w, ",", ".")
	}
	return strings.ReplaceAll(w, ".", "")
}

// abbreviations end in a dot that does not end a sentence.
var abbreviations = map[string]bool{
	"art": true, "artt": true, "nr": true, "nrs": true, "bijv": true, "bv": true, "oa": true, "dwz": true, "ivm": true, "tav": true, "tbv": true,
	"mbt": true, "incl": true, "excl": true, "evt": true, "resp": true, "blz": true, "zgn": true, "mn": true, "stb": true, "stcrt": true, "ca": true,
	"max": true, "min": true, "dhr": true, "mevr": true, "drs": true, "mr": true, "ir": true, "ing": true, "dr": true, "prof": true, "jl": true,
	"iplv": true, "ikv": true, "jo": true, "juncto": true, "vgl": true, "par": true, "hfst": true, "tm": true, "ovv": true, "tov": true,
}

// clauseWords open a new clause: what stands before them is not negated by what stands behind, and the other way round.
var clauseWords = map[string]bool{
	"maar": true, "echter": true, "doch": true, "tenzij": true, "behalve": true, "mits": true, "terwijl": true, "hoewel": true, "omdat": true, "zodat": true,
	"waarin": true, "waarbij": true, "wanneer": true,
}

// negates open a clause behind a comma, also where more items follow: "gericht op oplossingen, niet op oorzaken of schuldvragen".
var negates = map[string]bool{"niet": true, "geen": true, "nooit": true}

// markBoundaries numbers sentences and clauses. A sentence ends at . ! ? before a capital, digit or the end, at a semicolon and at a line break; a
// clause ends at a comma, colon, bracket, dash, cell border, or before a word such as "maar".
func markBoundaries(s string, toks []Token) {
	sentence, clause := 0, 0
	for i := range toks {
		if i > 0 {
			gap := s[toks[i-1].End:toks[i].Start]
			switch {
			case endsSentence(toks[i-1].Text, gap, s[toks[i].Start:]):
				sentence++
				clause++
			case clauseWords[toks[i].Text], joinsClause(toks, i), strings.ContainsAny(gap, ":()|–—[]"):
				clause++
			case strings.Contains(gap, ",") && (negates[toks[i].Text] || !inList(s, toks, i)):
				clause++
			}
		}
		toks[i].Sentence, toks[i].Clause = sentence, clause
	}
}

// joinsClause reports whether token i joins a clause with a subject of its own ("... en wij vragen niets"), or one behind a verb that is denied ("haasten zich
// niet en nemen de tijd").
func joinsClause(toks []Token, i int) bool {
	w := toks[i].Text
	if w != "en" && w != "of" || i+1 >= len(toks) {
		return false
	}
	if w == "en" && i > 0 && toks[i-1].Text == "niet" {
		return true
	}
	switch toks[i+1].Text {
	case "wij", "we", "u", "hij", "zij", "ze", "men":
		return true
	}
	return false
}

// listItem is the longest item of an enumeration inside a sentence, in words.
const listItem = 4

// inList reports whether the comma before token i separates items of a list ("kwaliteit, klachten en medezeggenschap") rather than clauses: the next
// item is short and another comma, or "en" or "of", follows it.
func inList(s string, toks []Token, i int) bool {
	for j := i; j < len(toks) && j <= i+listItem; j++ {
		if j > i && (toks[j].Text == "en" || toks[j].Text == "of" || strings.Contains(s[toks[j-1].End:toks[j].Start], ",")) {
			return true
		}
	}
	return false
}

func endsSentence(prev, gap, rest string) bool {
	if strings.ContainsAny(gap, ";\n!?") {
		return true
	}
	dot := strings.IndexByte(gap, '.')
	if dot < 0 || dot+1 >= len(gap) || abbreviations[prev] {
		return false
	}
	r, _ := utf8.DecodeRuneInString(rest)
	if unicode.IsUpper(r) || unicode.IsDigit(r) {
		return len(prev) > 1 || unicode.IsDigit(rune(prev[0])) || !unicode.IsDigit(r)
	}
	return strings.ContainsAny(gap[dot+1:], "-•–")
}

// joinHyphens adds "klachtenregeling" for "klachten-regeling", up to four parts.
func joinHyphens(s string, t *Text) {
	for i := range t.Tokens {
		text := t.Tokens[i].Text
		for j := i + 1; j < len(t.Tokens) && j < i+4 && isHyphen(s[t.Tokens[j-1].End:t.Tokens[j].Start]); j++ {
			text += t.Tokens[j].Text
			t.edges[i] = append(t.edges[i], edge{text: text, to: j + 1})
		}
	}
}

func isHyphen(gap string) bool { return gap == "-" || gap == "\u2010" || gap == "\u2011" }

// joinSpaces adds "klachtenregeling" for "klachten regeling". Two parts only, both of some length, so that ordinary neighbours rarely form a word.
func joinSpaces(s string, t *Text) {
	for i := 0; i+1 < len(t.Tokens); i++ {
		a, b := t.Tokens[i], t.Tokens[i+1]
		if a.Sentence != b.Sentence || len(a.Text) < minPart || len(b.Text) < minPart || !letters(a.Text) || !letters(b.Text) || openers[b.Text] {
			continue
		}
		if gap := s[a.End:b.Start]; strings.TrimSpace(gap) == "" {
			t.edges[i] = append(t.edges[i], edge{to: i + 2, part: len(a.Text), tail: len(b.Text)})
		}
	}
}

// openers open a group of words, so that they do not end a compound that was torn apart: "met een" is not meteen, "over een" not overeen.
var openers = set("een het die dat deze dit zijn haar hun ons onze uw")

func letters(w string) bool {
	return !strings.ContainsFunc(w, func(r rune) bool { return !unicode.IsLetter(r) })
}

// suspendedReach is how many tokens may stand between "klachten-" and the word that completes it ("nacht-, crisis- en vrouwenopvang").
const suspendedReach = 6

// expandSuspended reads "klachten- en geschillenregeling" and "jeugdhulpaanbieders en -professionals" in full. Without a lexicon every ending of the
// completing word is offered; only real words are in the patterns.
func expandSuspended(s string, t *Text) {
	for i := range t.Tokens {
		if i+1 < len(t.Tokens) && isSuspended(s[t.Tokens[i].End:t.Tokens[i+1].Start]) {
			if j := completing(s, t.Tokens, i); j > 0 && len(t.Tokens[j].Text) <= maxWord {
				head := t.Tokens[i].Text
				for _, tail := range suffixes(t.Tokens[j].Text) {
					e := edge{text: head + tail, to: i + 1, part: len(head), tail: len(tail)}
					t.edges[i] = append(t.edges[i], e)
					e.to = j + 1
					t.edges[i] = append(t.edges[i], e)
				}
			}
		}
		if i >= 2 && len(t.Tokens[i-2].Text) <= maxWord && conjunction(t.Tokens[i-1].Text) && strings.HasSuffix(s[t.Tokens[i-1].End:t.Tokens[i].Start], " -") {
			for _, head := range prefixes(t.Tokens[i-2].Text) {
				t.edges[i] = append(t.edges[i], edge{text: head + t.Tokens[i].Text, to: i + 1, part: len(head), tail: len(t.Tokens[i].Text)})
			}
		}
	}
}

func isSuspended(gap string) bool {
	return len(gap) >= 2 && gap[0] == '-' && (gap[1] == ' ' || gap[1] == ',' || gap[1] == '/')
}

func conjunction(w string) bool {
	return w == "en" || w == "of" || w == "dan" || w == "wel" || w == "als"
}

// completing finds the word that completes the suspended word at i: the first word after a conjunction, or directly behind "-/", that is not suspended itself.
func completing(s string, toks []Token, i int) int {
	joined := strings.Contains(s[toks[i].End:toks[i+1].Start], "/")
	for j := i + 1; j < len(toks) && j <= i+suspendedReach && toks[j].Sentence == toks[i].Sentence; j++ {
		if conjunction(toks[j].Text) {
			joined = true
			continue
		}
		suspended := j+1 < len(toks) && isSuspended(s[toks[j].End:toks[j+1].Start])
		if joined && !suspended {
			return j
		}
		if !suspended && !joined && j > i+1 {
			return 0
		}
	}
	return 0
}

func suffixes(w string) []string {
	var out []string
	for k := 2; len(w)-k >= minPart; k++ {
		if utf8.RuneStart(w[k]) {
			out = append(out, w[k:])
		}
	}
	return out
}

func prefixes(w string) []string {
	var out []string
	for k := minPart; len(w)-k >= 2; k++ {
		if utf8.RuneStart(w[k]) {
			out = append(out, w[:k])
		}
	}
	return out
}
