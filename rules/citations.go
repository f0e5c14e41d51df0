package rules

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"inkooptoets/rules/phrase"
	"inkooptoets/seeds"
)

// citation is one article reference in a text, read to law, article, lid and onderdeel.
type citation struct {
	source     string   // "wmo"; empty if the law is not known
	article    string   // "3.5"
	until      string   // last article of a range; empty if none
	lid, onder []string // empty: not named
	barred     []string // articles that the sentence takes out of a range
	start, end int      // byte range
	sentence   int
	clause     int
}

// lawName ties a phrase to a source.
type lawName struct {
	source string
	law    string // "wmo" or "jeugdwet"; empty for laws that hold for both
	ids    group
}

// lawNames registers the names and aliases of every source and lists the articles the catalogue cites.
func (l *loader) lawNames(ev *Evaluator) {
	for _, s := range l.catalogue.Sources {
		if s.Kind == "" || s.Kind == "law" {
			ev.laws = append(ev.laws, lawName{s.ID, s.Law, l.group("laws/sources.yaml", 1, s.ID, plainNames(s))})
		}
	}
	ev.articles = map[string][]string{}
	for _, r := range l.catalogue.Requirements {
		for _, c := range r.Cites {
			if !slices.Contains(ev.articles[c.Source], c.Article) {
				ev.articles[c.Source] = append(ev.articles[c.Source], c.Article)
			}
		}
	}
	for _, list := range ev.articles {
		slices.SortFunc(list, compareArticles)
	}
}

// plainPhrase strips the signs that mean something in the phrase language from a name.
func plainPhrase(name string) string {
	return strings.Join(strings.Fields(strings.Map(func(r rune) rune {
		if strings.ContainsRune("()/*_&#@,", r) {
			return ' '
		}
		return r
	}, name)), " ")
}

func (ev *Evaluator) isLaw(id phrase.ID) bool {
	return slices.ContainsFunc(ev.laws, func(l lawName) bool { return l.ids.has(id) })
}

var (
	articleNumber = regexp.MustCompile(`^\d{1,3}[a-z]{0,2}(\.\d{1,3}[a-z]{0,2})*$`)
	lidNumber     = regexp.MustCompile(`^\d{1,2}[a-z]?$`)
	ordinals      = map[string]string{"eerste": "1", "tweede": "2", "derde": "3", "vierde": "4", "vijfde": "5", "zesde": "6", "zevende": "7", "achtste": "8", "negende": "9"}
	articleWords  = map[string]bool{"artikel": true, "artikelen": true, "art": true, "artt": true, "arts": true}
	lidWords      = map[string]bool{"lid": true, "leden": true}
	onderWords    = map[string]bool{"onder": true, "sub": true, "onderdeel": true, "onderdelen": true, "aanhef": true, "letter": true}
)

// citations reads the article references in s. The law comes from the words behind the article, else from the sentence, else from the headings, else from
// the only law the tender is about.
func (ev *Evaluator) citations(s *segment, laws []string, sole string) []citation {
	r := citeReader{text: s.text, toks: s.fold.Tokens}
	names := ev.lawHits(s)
	var out []citation
	for i := 0; i < len(r.toks); {
		if !articleWords[r.toks[i].Text] {
			i++
			continue
		}
		cites, next := r.read(i)
		if len(cites) == 0 {
			i++
			continue
		}
		source := ev.citedLaw(r.toks, names, i, next, laws, sole)
		barred := ev.barredAt(s, i)
		for _, c := range cites {
			c.source = source
			if !ev.outdatedIn(s, c.sentence) { // a misprint beside a body that no longer exists is an old clause, not a slip
				c.article = ev.meant(source, c.article)
			}
			if barred && len(out) > 0 { // "4.1.5 t/m 4.1.9, met uitzondering van artikel 4.1.7"
				for k := range out {
					if out[k].sentence == c.sentence && out[k].source == source {
						out[k].barred = append(out[k].barred, c.article)
					}
				}
				continue
			}
			out = append(out, c)
		}
		i = next
	}
	return out
}

// barredAt reports whether the reference at token i is what an exception in its sentence takes out.
func (ev *Evaluator) barredAt(s *segment, i int) bool {
	return slices.ContainsFunc(s.hits, func(h phrase.Hit) bool {
		return ev.words.except.has(h.Phrase) && h.Sentence == s.fold.Tokens[i].Sentence && h.To <= i && i-h.To <= exceptReach
	})
}

// outdatedIn reports whether a sentence names a law or body that no longer exists.
func (ev *Evaluator) outdatedIn(s *segment, sentence int) bool {
	return slices.ContainsFunc(s.hits, func(h phrase.Hit) bool { return h.Sentence == sentence && ev.words.outdated.has(h.Phrase) })
}

// exceptReach is how many words may stand between "met uitzondering van" and the article.
const exceptReach = 3

// misprint is an article number in which a point is missing: 4.18 for 4.1.8.
var misprint = regexp.MustCompile(`^(\d+)\.(\d)(\d[a-z]?)$`)

// meant reads a number that the catalogue does not know as the article it is a misprint of, if that is one it knows.
func (ev *Evaluator) meant(source, article string) string {
	known := ev.articles[source]
	m := misprint.FindStringSubmatch(article)
	if m == nil || slices.Contains(known, article) {
		return article
	}
	if whole := m[1] + "." + m[2] + "." + m[3]; slices.Contains(known, whole) {
		return whole
	}
	return article
}

type lawHit struct {
	source   string
	from, to int
	sentence int
}

// lawHits finds the laws named in s; where names overlap the longest wins ("Uitvoeringsbesluit Wmo 2015" is not "Wmo 2015").
func (ev *Evaluator) lawHits(s *segment) []lawHit {
	var all []lawHit
	for _, h := range s.hits {
		for _, l := range ev.laws {
			if l.ids.has(h.Phrase) {
				all = append(all, lawHit{l.source, h.From, h.To, h.Sentence})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b lawHit) int { return cmp.Compare(b.to-b.from, a.to-a.from) })
	var out []lawHit
	for _, h := range all {
		if !slices.ContainsFunc(out, func(o lawHit) bool { return h.from < o.to && o.from < h.to }) {
			out = append(out, h)
		}
	}
	slices.SortFunc(out, func(a, b lawHit) int { return cmp.Compare(a.from, b.from) })
	return out
}

// lawReach is how many words may stand between an article and its law ("artikel 3.5 van de hierboven genoemde Wmo 2015").
const lawReach = 6

func (ev *Evaluator) citedLaw(toks []phrase.Token, names []lawHit, start, end int, laws []string, sole string) string {
	sentence := toks[start].Sentence
	for _, n := range names {
		if n.sentence == sentence && n.from >= end && n.from <= end+lawReach {
			return n.source
		}
	}
	best := ""
	for _, n := range names { // "de Wmo 2015, met name artikel 3.5"
		if n.sentence == sentence && n.to <= start {
			best = n.source
		}
	}
	if best != "" {
		return best
	}
	for i := end; i < len(toks) && i <= end+4; i++ { // another law than those of the catalogue
		if w := toks[i].Text; toks[i].Sentence == sentence && (w == "overeenkomst" || strings.HasSuffix(w, "verordening") || w == "awb" || w == "bw" || strings.HasPrefix(w, "aanbestedingswet") ||
			strings.HasSuffix(w, "voorwaarden") || w == "regeling" || w == "subsidieregeling") {
			return ""
		}
	}
	if len(laws) == 1 {
		return laws[0]
	}
	return sole
}

type citeReader struct {
	text string
	toks []phrase.Token
}

func (r citeReader) word(i int) string {
	if i < 0 || i >= len(r.toks) {
		return ""
	}
	return r.toks[i].Text
}

func (r citeReader) gap(i int) string { // between token i-1 and i
	if i <= 0 || i >= len(r.toks) {
		return ""
	}
	return r.text[r.toks[i-1].End:r.toks[i].Start]
}

// read reads the references behind the article word at i and gives the first token behind them.
func (r citeReader) read(i int) ([]citation, int) {
	var out []citation
	at := i + 1
	for at < len(r.toks) && r.toks[at].Sentence == r.toks[i].Sentence {
		w := r.word(at)
		switch {
		case articleWords[w]:
			at++
		case articleNumber.MatchString(w) && (len(out) == 0 || strings.Contains(w, ".") || articleWords[r.word(at-1)]):
			c := citation{article: w, start: r.toks[i].Start, end: r.toks[at].End, sentence: r.toks[at].Sentence, clause: r.toks[at].Clause}
			if n := len(out); n > 0 && r.rangeBefore(at) {
				out[n-1].until, out[n-1].end = w, c.end
			} else {
				out = append(out, c)
			}
			at = r.details(at+1, &out[len(out)-1])
		case len(out) > 0 && r.joins(at):
			at++
		default:
			return out, at
		}
	}
	return out, at
}

// joins reports whether the token at links two references and another reference follows.
func (r citeReader) joins(at int) bool {
	switch r.word(at) {
	case "en", "of", "alsmede", "jo", "juncto", "tot", "met", "t", "m", "tm", "evenals":
	default:
		return false
	}
	for j := at + 1; j < len(r.toks) && j <= at+4; j++ {
		w := r.word(j)
		if strings.Contains(w, ".") && articleNumber.MatchString(w) || articleWords[w] {
			return true
		}
		if w != "en" && w != "met" && w != "m" && w != "het" && w != "de" {
			return false
		}
	}
	return false
}

// rangeBefore reports whether "t/m", "tot en met" or a dash stands before the number at at.
func (r citeReader) rangeBefore(at int) bool {
	switch {
	case r.word(at-1) == "met" && r.word(at-2) == "en" && r.word(at-3) == "tot", r.word(at-1) == "m" && r.word(at-2) == "t", r.word(at-1) == "tm", r.word(at-1) == "tot":
		return true
	}
	g := strings.TrimSpace(r.gap(at))
	return g == "-" || g == "–" || g == "—"
}

// details reads lid and onderdeel behind an article.
func (r citeReader) details(at int, c *citation) int {
	for at < len(r.toks) {
		w := r.word(at)
		switch {
		case lidWords[w] && lidNumber.MatchString(r.word(at+1)):
			at = r.list(at+1, lidNumber.MatchString, &c.lid)
		case ordinals[w] != "" && r.ordinalLid(at) > 0:
			end := r.ordinalLid(at)
			for ; at < end; at++ {
				if n := ordinals[r.word(at)]; n != "" {
					c.lid = append(c.lid, n)
				}
			}
		case onderWords[w] && isLetter(r.word(at+1)):
			at = r.list(at+1, isLetter, &c.onder)
		case w == "aanhef" || w == "en" && onderWords[r.word(at+1)] || onderWords[w] && onderWords[r.word(at+1)]:
			at++
		default:
			return at
		}
		c.end = r.toks[at-1].End
	}
	return at
}

// ordinalLid gives the token behind "lid" in "eerste en tweede lid" at at, or 0.
func (r citeReader) ordinalLid(at int) int {
	for j := at; j < len(r.toks) && j < at+8; j++ {
		w := r.word(j)
		if lidWords[w] {
			return j + 1
		}
		if ordinals[w] == "" && w != "en" && w != "of" && w != "tot" && w != "met" {
			return 0
		}
	}
	return 0
}

func isLetter(w string) bool { return len(w) == 1 && w[0] >= 'a' && w[0] <= 'z' }

// list reads "1, 2 en 3" and "1 t/m 3" of numbers or letters.
func (r citeReader) list(at int, is func(string) bool, into *[]string) int {
	*into = append(*into, r.word(at))
	at++
	for at < len(r.toks) {
		j := at
		isRange := false
		for j < len(r.toks) && (r.word(j) == "en" || r.word(j) == "of" || r.word(j) == "t" || r.word(j) == "m" || r.word(j) == "tot" || r.word(j) == "met" || r.word(j) == "tm") {
			isRange = isRange || r.word(j) == "m" || r.word(j) == "tm" || r.word(j) == "met"
			j++
		}
		comma := strings.TrimSpace(r.gap(j))
		if !is(r.word(j)) || j == at && comma != "," && comma != "-" && comma != "–" || articleNumber.MatchString(r.word(j)) && strings.Contains(r.word(j), ".") {
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
		for n := x + 1; err == nil && n < y && len(out) < 30; n++ {
			out = append(out, strconv.Itoa(n))
		}
		return out
	}
	for c := a[0] + 1; isLetter(a) && isLetter(b) && c < b[0]; c++ {
		out = append(out, string(rune(c)))
	}
	return out
}

// names reports whether the citation c in a text makes the article of want binding.
func (ev *Evaluator) names(c citation, want seeds.Citation) bool {
	if c.source != want.Source || want.Article == "" || slices.Contains(c.barred, want.Article) {
		return false
	}
	if c.until != "" {
		return compareArticles(c.article, want.Article) <= 0 && compareArticles(want.Article, c.until) <= 0
	}
	return c.article == want.Article && overlap(c.lid, want.Lid) && overlap(c.onder, want.Onder)
}

// overlap is true when either side names nothing in particular.
func overlap(a, b []string) bool {
	return len(a) == 0 || len(b) == 0 || slices.ContainsFunc(a, func(x string) bool { return slices.Contains(b, x) })
}

var articlePart = regexp.MustCompile(`\d+|[a-z]+`)

// compareArticles orders article numbers as the law does: 4.1.8 < 4.1.8a < 4.1.10.
func compareArticles(a, b string) int {
	x, y := articlePart.FindAllString(a, -1), articlePart.FindAllString(b, -1)
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
