// Package citation reads references to Dutch law in a text: article, lid and onderdeel, lists and ranges of them, chapters and paragraphs, with the law
// they belong to. Words in, references out: it does not know which articles exist, what they say, or why somebody wants to know.
package citation

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"inkooptoets/rules/phrase"
)

// The kinds of reference.
const (
	Article   = "artikel"
	Chapter   = "hoofdstuk"
	Paragraph = "paragraaf"
	Division  = "afdeling"
	Title     = "titel"
)

// Citation is one reference, or one range, read to law, number, lid and onderdeel.
type Citation struct {
	Kind   string // Article, Chapter, Paragraph, Division or Title
	Source string // "wmo"; empty if the law is not known
	Named  bool   // the law stands beside it, or is pointed at ("die wet"); false if it only follows from what the text is about
	Other  bool   // it is part of something else than a known law: this agreement, a bylaw

	Number string   // "3.5", "7:446"
	Until  string   // last of a range; empty if none
	Onward bool     // "4.1.1 e.v."
	Lid    []string // empty: not named
	Onder  []string

	Start, End int // byte range of the reference; in a list every one starts at the first word of the list
	Own        int // where its own number starts
	LawEnd     int // where the name of the law ends, if that stands right behind it; otherwise End
	Sentence   int
	Clause     int
}

// Law is a place in the text where a law is named.
type Law struct {
	Source   string
	From, To int // token range
	Sentence int
}

// Context is what else is known about the text.
type Context struct {
	Laws []string // that its headings are about
	Sole string   // the only law the tender is about; empty if there are more
	Last string   // the law that was named last before the text; "die wet" is about it
}

// Longest drops the names that overlap a longer one ("Uitvoeringsbesluit Wmo 2015" is not "Wmo 2015") and sorts the rest by place.
func Longest(all []Law) []Law {
	slices.SortStableFunc(all, func(a, b Law) int { return cmp.Or(cmp.Compare(b.To-b.From, a.To-a.From), cmp.Compare(a.From, b.From)) })
	var out []Law
	for _, l := range all {
		if !slices.ContainsFunc(out, func(o Law) bool { return l.From < o.To && o.From < l.To }) {
			out = append(out, l)
		}
	}
	slices.SortFunc(out, func(a, b Law) int { return cmp.Compare(a.From, b.From) })
	return out
}

// Read lists the references in a text in order. toks are its folded words; laws are the laws named in it, as Longest gives them.
func Read(text string, toks []phrase.Token, laws []Law, c Context) []Citation {
	r := reader{text: text, toks: toks, laws: laws, context: c}
	var out []Citation
	for i := 0; i < len(toks); {
		cites, next := r.at(i)
		out = append(out, cites...)
		i = max(next, i+1)
	}
	return out
}

type reader struct {
	text    string
	toks    []phrase.Token
	laws    []Law
	context Context
}

// at reads the references that start at token i and gives the first token behind them; none if nothing starts there.
func (r reader) at(i int) ([]Citation, int) {
	if kind := r.kind(i); kind != "" {
		return r.placed(r.list(kind, i, kindWords[r.word(i)] != ""))
	}
	if r.detailAt(i) { // "het tweede lid van artikel 3.4"
		return r.inverted(i)
	}
	if number, next, ok := r.number(i); ok && strings.ContainsAny(number, ".:") && r.lawAt(next) != nil && r.kind(i-1) == "" {
		c := r.citation(Article, i, i, number)
		c.End = r.toks[next-1].End
		return r.placed([]Citation{c}, next)
	}
	if r.listGoesOn(i) {
		return r.placed(r.list(Article, i, false))
	}
	return nil, i
}

// listGoesOn reports whether the number at i opens the next part of a list, under another law: "artikel 3.3 van de Wmo 2015 en 4.1.7 van de Jeugdwet".
func (r reader) listGoesOn(i int) bool {
	number, _, ok := r.number(i)
	if !ok || !strings.ContainsAny(number, ".:") || !joinWords[r.word(i-1)] || !slices.ContainsFunc(r.laws, func(l Law) bool { return l.To == i-1 }) {
		return false
	}
	cites, next := r.list(Article, i, false)
	if len(cites) == 0 {
		return false
	}
	f, ok := r.behind(cites[0], next)
	return ok && f.named
}

var kindWords = map[string]string{
	"artikel": Article, "artikelen": Article, "art": Article, "artt": Article, "arts": Article, "artikels": Article,
	"hoofdstuk": Chapter, "hoofdstukken": Chapter, "hfst": Chapter, "hfdst": Chapter,
	"paragraaf": Paragraph, "paragrafen": Paragraph, "par": Paragraph,
	"afdeling": Division, "afdelingen": Division,
	"titel": Title, "titels": Title, "titeldeel": Title,
}

var plural = map[string]bool{"artikelen": true, "artt": true, "arts": true, "artikels": true, "hoofdstukken": true, "paragrafen": true, "afdelingen": true, "titels": true}

// kind is the kind of reference that the word at i opens. The paragraph sign is no word: it stands between the words.
func (r reader) kind(i int) string {
	if k := kindWords[r.word(i)]; k != "" {
		return k
	}
	if i >= 0 && i < len(r.toks) && strings.HasSuffix(strings.TrimRight(r.before(i), " \u00a0"), "§") {
		if _, _, ok := r.number(i); ok {
			return Paragraph
		}
	}
	return ""
}

// before is the text between token i-1 and token i.
func (r reader) before(i int) string {
	if i < 0 || i >= len(r.toks) {
		return ""
	}
	if i == 0 {
		return r.text[:r.toks[0].Start]
	}
	return r.text[r.toks[i-1].End:r.toks[i].Start]
}

func (r reader) word(i int) string {
	if i < 0 || i >= len(r.toks) {
		return ""
	}
	return r.toks[i].Text
}

func (r reader) citation(kind string, first, at int, number string) Citation {
	t := r.toks[at]
	if kind == Paragraph && at == first && kindWords[r.word(first)] == "" {
		sign := strings.LastIndex(r.text[:t.Start], "§")
		return Citation{Kind: kind, Number: number, Start: sign, Own: sign, End: t.End, Sentence: t.Sentence, Clause: t.Clause}
	}
	return Citation{Kind: kind, Number: number, Start: r.toks[first].Start, Own: t.Start, End: t.End, Sentence: t.Sentence, Clause: t.Clause}
}

var (
	numberForm = regexp.MustCompile(`^\d{1,4}[a-z]{0,2}(\.\d{1,3}[a-z]{0,2})*$`)
	yearForm   = regexp.MustCompile(`^(19|20)\d\d$`)
	afterColon = regexp.MustCompile(`^\d{1,4}[a-z]{0,2}$`)
	bookForm   = regexp.MustCompile(`^\d{1,2}a?$`)
	romanForm  = regexp.MustCompile(`^[ivx]{1,5}[a-z]?$`)
	lidForm    = regexp.MustCompile(`^\d{1,2}[a-z]?$`)
	nthForm    = regexp.MustCompile(`^(\d{1,2})(e|de|ste)$`)
)

// number reads an article number at token i ("3.5", "4.1.8a", "7:446") and gives the token behind it.
func (r reader) number(i int) (number string, next int, ok bool) {
	w := r.word(i)
	if !opensWithDigit(w) || !numberForm.MatchString(w) || yearForm.MatchString(w) {
		return "", i, false
	}
	if bookForm.MatchString(w) && i+1 < len(r.toks) && r.before(i+1) == ":" && afterColon.MatchString(r.word(i+1)) {
		return w + ":" + r.word(i+1), i + 2, true
	}
	return w, i + 1, true
}

// list reads the references behind the opening word at i, and gives the first token behind them. worded is false behind a paragraph sign, where the number
// itself is at i.
func (r reader) list(kind string, i int, worded bool) ([]Citation, int) {
	var out []Citation
	many := plural[r.word(i)]
	at := i
	if worded {
		at++
	}
	for at < len(r.toks) && r.toks[at].Sentence == r.toks[i].Sentence {
		if kindWords[r.word(at)] == kind && at > i {
			many = many || plural[r.word(at)]
			at++
			continue
		}
		number, next, ok := r.number(at)
		if !ok && kind != Article && romanForm.MatchString(r.word(at)) {
			number, next, ok = r.word(at), at+1, true
		}
		switch {
		case ok && (len(out) == 0 || r.continues(kind, at, next, number, many, out)):
			c := r.citation(kind, i, at, number)
			c.End = r.toks[next-1].End
			if n := len(out); n > 0 && r.rangeBefore(at) && out[n-1].Until == "" {
				out[n-1].Until, out[n-1].End = number, c.End
			} else {
				out = append(out, c)
			}
			at = r.details(next, &out[len(out)-1])
		case len(out) > 0 && r.joins(kind, at, many, out):
			at++
		default:
			return out, at
		}
	}
	return out, at
}

// continues reports whether the number at is a further one of the list: with dots it always is, without them only where the list is one of such numbers.
func (r reader) continues(kind string, at, next int, number string, many bool, out []Citation) bool {
	gap := r.before(at)
	linked := strings.ContainsAny(gap, ",/&-–—") || joinWords[r.word(at-1)] || kindWords[r.word(at-1)] == kind
	if !linked || unitWords[r.word(next)] || strings.HasPrefix(r.text[r.toks[next-1].End:], "%") || strings.HasSuffix(strings.TrimSpace(gap), "€") || r.word(at-1) == "€" {
		return false
	}
	if strings.ContainsAny(number, ".:") || kindWords[r.word(at-1)] == kind {
		return true
	}
	dotted := strings.ContainsAny(out[len(out)-1].Number, ".:")
	if kind != Article || !dotted && many {
		return true
	}
	return !dotted && joinWords[r.word(at-1)]
}

// joinWords link two references.
var joinWords = map[string]bool{
	"en": true, "of": true, "alsmede": true, "jo": true, "juncto": true, "jis": true, "tot": true, "met": true, "t": true, "m": true, "tm": true, "evenals": true, "alsook": true,
	"respectievelijk": true, "resp": true, "cq": true, "dan": true, "wel": true, "onderscheidenlijk": true,
}

// unitWords stand behind a number that counts something.
var unitWords = map[string]bool{
	"dag": true, "dagen": true, "week": true, "weken": true, "maand": true, "maanden": true, "jaar": true, "jaren": true, "uur": true, "uren": true, "werkdag": true,
	"werkdagen": true, "%": true, "procent": true, "euro": true, "€": true, "cliënten": true, "clienten": true, "punten": true, "percelen": true, "kalenderdagen": true,
	"minuten": true, "keer": true, "maal": true, "personen": true, "bladzijden": true, "paginas": true,
}

// joinReach is how many words may stand between two references of a list ("tot en met het artikel").
const joinReach = 4

// joins reports whether the token at links two references and another one follows.
func (r reader) joins(kind string, at int, many bool, out []Citation) bool {
	if !joinWords[r.word(at)] {
		return false
	}
	for j := at + 1; j < len(r.toks) && j <= at+joinReach && r.toks[j].Sentence == r.toks[at].Sentence; j++ {
		if kindWords[r.word(j)] == kind {
			return true
		}
		if number, next, ok := r.number(j); ok {
			return r.continues(kind, j, next, number, many, out)
		}
		if !joinWords[r.word(j)] && r.word(j) != "het" && r.word(j) != "de" {
			return kind != Article && romanForm.MatchString(r.word(j))
		}
	}
	return false
}

// rangeBefore reports whether "t/m", "tot en met" or a dash stands before the number at at.
func (r reader) rangeBefore(at int) bool {
	if kindWords[r.word(at-1)] != "" { // "tot en met artikel 4.1.9"
		at--
	}
	switch {
	case r.word(at-1) == "met" && r.word(at-2) == "en" && r.word(at-3) == "tot", r.word(at-1) == "m" && r.word(at-2) == "t", r.word(at-1) == "tm", r.word(at-1) == "tot":
		return true
	}
	g := strings.TrimSpace(r.before(at))
	return g == "-" || g == "–" || g == "—"
}

var ordinals = map[string]string{
	"eerste": "1", "tweede": "2", "derde": "3", "vierde": "4", "vijfde": "5", "zesde": "6", "zevende": "7", "achtste": "8", "negende": "9", "tiende": "10", "elfde": "11",
	"twaalfde": "12",
}

// ordinal reads "tweede", "2e" or "2de" at i.
func (r reader) ordinal(i int) string {
	w := r.word(i)
	if n := ordinals[w]; n != "" {
		return n
	}
	if !opensWithDigit(w) {
		return ""
	}
	if m := nthForm.FindStringSubmatch(w); m != nil {
		return m[1]
	}
	return ""
}

// opensWithDigit spares most words of a text an expression.
func opensWithDigit(w string) bool { return w != "" && w[0] >= '0' && w[0] <= '9' }

var (
	lidWords   = map[string]bool{"lid": true, "leden": true}
	onderWords = map[string]bool{"onder": true, "sub": true, "onderdeel": true, "onderdelen": true, "letter": true, "letters": true, "subonderdeel": true, "punt": true}
	// partWords name a part that needs no number of its own here.
	partWords = map[string]bool{"aanhef": true, "slot": true, "volzin": true, "zin": true}
)

// detailAt reports whether a lid or onderdeel is named at i.
func (r reader) detailAt(i int) bool {
	return lidWords[r.word(i)] && lidForm.MatchString(r.word(i+1)) || r.ordinal(i) != "" && r.ordinalLid(i) > 0 || onderWords[r.word(i)] && r.isOnder(i+1)
}

// inverted reads "het tweede lid, onder c, van artikel 2.1.3". Without an article behind it the words are skipped: no reference starts in them.
func (r reader) inverted(i int) ([]Citation, int) {
	var c Citation
	at := r.details(i, &c)
	for range 2 { // "onderdeel c van het tweede lid van artikel 2.1.3"
		if w := r.word(at); w != "van" && w != "uit" && w != "bij" {
			return nil, at
		}
		next := at + 1
		if r.word(next) == "het" || r.word(next) == "de" {
			next++
		}
		if kindWords[r.word(next)] == Article {
			cites, end := r.list(Article, next, true)
			if len(cites) > 0 {
				cites[0].Lid, cites[0].Onder = append(c.Lid, cites[0].Lid...), append(c.Onder, cites[0].Onder...)
				cites[0].Start = r.toks[i].Start
			}
			return r.placed(cites, end)
		}
		if !r.detailAt(next) {
			return nil, at
		}
		at = r.details(next, &c)
	}
	return nil, at
}

// details reads lid and onderdeel behind an article.
func (r reader) details(at int, c *Citation) int {
	for at < len(r.toks) {
		w := r.word(at)
		joined := w == "en" || w == "of" || w == "dan" || w == "jo"
		switch {
		case lidWords[w] && lidForm.MatchString(r.word(at+1)):
			at = r.several(at+1, r.isLid, &c.Lid)
		case r.ordinal(at) != "" && r.ordinalLid(at) > 0:
			end := r.ordinalLid(at)
			for first := true; at < end; at++ {
				n := r.ordinal(at)
				if n == "" {
					continue
				}
				if !first && r.rangeBefore(at) {
					c.Lid = append(c.Lid, between(c.Lid[len(c.Lid)-1], n)...)
				}
				first = false
				c.Lid = append(c.Lid, n)
			}
		case r.ordinal(at) != "" && partWords[r.word(at+1)]: // "eerste volzin"
			at += 2
		case onderWords[w] && r.isOnder(at+1):
			at = r.several(at+1, r.isOnder, &c.Onder)
		case w == "ten" && r.ordinal(at+1) != "": // "onder a, ten tweede"
			at += 2
		case w == "ev" || w == "evv":
			c.Onward = true
			at++
		case w == "en" && (r.word(at+1) == "verder" || r.word(at+1) == "volgende" || r.word(at+1) == "verdere"):
			c.Onward = true
			at += 2
		case partWords[w] && (w == "aanhef" || w == "slot"), joined && (onderWords[r.word(at+1)] && r.isOnder(at+2) || r.detailAt(at+1)), onderWords[w] && onderWords[r.word(at+1)]:
			at++
		default:
			return at
		}
		c.End = r.toks[at-1].End
	}
	return at
}

func (r reader) isLid(i int) bool { return lidForm.MatchString(r.word(i)) && !unitWords[r.word(i+1)] }

// isOnder reports whether token i names an onderdeel: a letter, or a number that counts nothing.
func (r reader) isOnder(i int) bool {
	w := r.word(i)
	if len(w) == 1 && isLetter(w) {
		return w != "u" && w != "m" && w != "t" || !joinWords[r.word(i-1)] // "u" is whom the text addresses; "t/m" is a range
	}
	return len(w) > 0 && len(w) <= 2 && w[0] >= '1' && w[0] <= '9' && lidForm.MatchString(w) && !unitWords[r.word(i+1)] && onderWords[r.word(i-1)] ||
		len(w) == 2 && w[0] == w[1] && isLetter(w[:1])
}

// ordinalLid gives the token behind "lid" in "eerste en tweede lid" at at, or 0.
func (r reader) ordinalLid(at int) int {
	for j := at; j < len(r.toks) && j < at+8; j++ {
		w := r.word(j)
		if lidWords[w] {
			return j + 1
		}
		if r.ordinal(j) == "" && w != "en" && w != "of" && w != "tot" && w != "met" && w != "t" && w != "m" && w != "tm" {
			return 0
		}
	}
	return 0
}

func isLetter(w string) bool { return len(w) == 1 && w[0] >= 'a' && w[0] <= 'z' }

// several reads "1, 2 en 3" and "1 t/m 3" of numbers or letters; is says of a token whether it is one of them.
func (r reader) several(at int, is func(int) bool, into *[]string) int {
	*into = append(*into, r.word(at))
	at++
	for at < len(r.toks) && r.toks[at].Sentence == r.toks[at-1].Sentence {
		j, isRange := at, false
		for j < len(r.toks) && (r.word(j) == "en" || r.word(j) == "of" || r.word(j) == "t" || r.word(j) == "m" || r.word(j) == "tot" || r.word(j) == "met" || r.word(j) == "tm") {
			isRange = isRange || r.word(j) == "m" || r.word(j) == "tm" || r.word(j) == "met"
			j++
		}
		comma := strings.TrimSpace(strings.Trim(r.before(j), "°.)( "))
		if !is(j) && !(len(r.word(j)) == 1 && isLetter(r.word(j)) && isRange) || j == at && comma != "," && comma != "-" && comma != "–" && comma != "/" {
			return at
		}
		if isRange || comma == "-" || comma == "–" {
			*into = append(*into, between((*into)[len(*into)-1], r.word(j))...)
		}
		*into = append(*into, r.word(j))
		at = j + 1
	}
	return at
}

// Numbers reads a list or range of numbers of another kind ("3, 5 en v1 t/m v4") from token at on, and gives the first token behind it; is says which
// words are such numbers. The word at must be one.
func Numbers(text string, toks []phrase.Token, at int, is func(word string) bool) (list []string, next int) {
	r := reader{text: text, toks: toks}
	next = r.several(at, func(i int) bool { return is(r.word(i)) }, &list)
	return list, next
}

// longestRange bounds what a range is expanded to; a longer one is a misprint.
const longestRange = 30

// between lists what lies strictly between two numbers or letters.
func between(a, b string) []string {
	var out []string
	if len(a) > 1 && len(b) > 1 && a[0] == b[0] && isLetter(a[:1]) { // "v1 tot en met v15"
		for _, n := range between(a[1:], b[1:]) {
			out = append(out, a[:1]+n)
		}
		return out
	}
	if x, err := strconv.Atoi(a); err == nil {
		y, err := strconv.Atoi(b)
		for n := x + 1; err == nil && n < y && len(out) < longestRange; n++ {
			out = append(out, strconv.Itoa(n))
		}
		return out
	}
	for c := a[0] + 1; isLetter(a) && isLetter(b) && c < b[0]; c++ {
		out = append(out, string(rune(c)))
	}
	return out
}

// numberParts cuts an article number into its digits and its letters: "4.1.8a" is 4, 1, 8 and a.
func numberParts(number string) []string {
	var out []string
	kind := func(c byte) int {
		switch {
		case '0' <= c && c <= '9':
			return 1
		case 'a' <= c && c <= 'z':
			return 2
		}
		return 0
	}
	for from := 0; from < len(number); {
		to := from + 1
		for to < len(number) && kind(number[to]) == kind(number[from]) {
			to++
		}
		if kind(number[from]) > 0 {
			out = append(out, number[from:to])
		}
		from = to
	}
	return out
}

// Compare orders article numbers as the law does: 4.1.8 < 4.1.8a < 4.1.10.
func Compare(a, b string) int {
	x, y := numberParts(a), numberParts(b)
	for i := range min(len(x), len(y)) {
		m, err1 := strconv.Atoi(x[i])
		n, err2 := strconv.Atoi(y[i])
		c := cmp.Compare(x[i], y[i])
		switch {
		case err1 == nil && err2 == nil:
			c = cmp.Compare(m, n)
		case err1 == nil: // 4.1.8.1 after 4.1.8a does not occur; digits first keeps the order total
			c = -1
		case err2 == nil:
			c = 1
		}
		if c != 0 {
			return c
		}
	}
	return cmp.Compare(len(x), len(y))
}
