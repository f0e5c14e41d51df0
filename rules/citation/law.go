package citation

import "strings"

// placed gives the references of one list their law. References to chapters and the like count only with a law beside them: a tender has chapters of its
// own.
func (r reader) placed(cites []Citation, next int) ([]Citation, int) {
	if len(cites) == 0 {
		return nil, next
	}
	first, last := cites[0], cites[len(cites)-1]
	l := r.law(first, next)
	if first.Kind != Article && (l.source == "" || !l.named) {
		return nil, next
	}
	for i := range cites {
		c := &cites[i]
		c.Source, c.Named, c.Other, c.LawEnd = l.source, l.named, l.other, c.End
		if l.end > 0 && c.End <= last.End {
			c.LawEnd = l.end
		}
		if l.book != "" && !strings.Contains(c.Number, ":") {
			c.Number = l.book + ":" + c.Number
			if c.Until != "" {
				c.Until = l.book + ":" + c.Until
			}
		}
		if l.source != "" && !l.named && !strings.ContainsAny(c.Number, ".:") { // the laws that tenders are about have dotted numbers; "artikel 12" is a tender's own
			c.Source = ""
		}
	}
	return cites, max(next, l.next)
}

// found says which law a reference belongs to.
type found struct {
	source string
	named  bool
	other  bool
	book   string // "7" of "Boek 7 van het Burgerlijk Wetboek"
	end    int    // byte behind the name, when it stands behind the reference
	next   int    // token behind the name, when it stands behind the reference
}

// linkWords may stand between a reference and the name of its law.
var linkWords = map[string]bool{
	"van": true, "de": true, "het": true, "uit": true, "in": true, "der": true, "bij": true, "onze": true, "genoemde": true, "voornoemde": true, "bovengenoemde": true,
	"hierboven": true, "hiervoor": true, "eerder": true, "eerdergenoemde": true, "huidige": true, "geldende": true, "nieuwe": true, "herziene": true, "gewijzigde": true,
	"zoals": true, "opgenomen": true, "vermelde": true, "aangehaalde": true, "landelijke": true, "bedoelde": true, "hele": true, "gehele": true,
}

// pointWords point at a law that was named before.
var pointWords = map[string]bool{
	"deze": true, "die": true, "voornoemde": true, "genoemde": true, "bovengenoemde": true, "dezelfde": true, "diezelfde": true, "eerdergenoemde": true, "laatstgenoemde": true,
	"bedoelde": true, "de": true, "gemelde": true, "betreffende": true, "desbetreffende": true,
}

// otherWords name what is no known law; names of laws that are not known end in wet.
var otherWords = map[string]bool{
	"awb": true, "bw": true, "wlz": true, "zvw": true, "wkkgz": true, "wvggz": true, "wzd": true, "wnt": true, "woo": true, "wor": true, "cao": true, "wjsg": true, "wwft": true,
	"statuten": true, "protocol": true, "bestek": true, "contract": true, "leidraad": true, "programma": true, "pve": true, "document": true, "arvodi": true, "gibit": true,
	"aanbestedingswet": true, "gids": true, "reglement": true, "convenant": true, "richtlijn": true, "bijlage": true, "overeenkomst": true, "uitvoeringsbesluit": true,
	"besluit": true, "regeling": true, "verordening": true, "code": true, "kader": true, "kwaliteitskader": true, "stuk": true,
}

var otherEndings = []string{"verordening", "overeenkomst", "voorwaarden", "reglement", "regeling", "leidraad", "wetboek", "document", "protocol", "besluit", "wet"}

func isOther(w string) bool {
	if otherWords[w] {
		return true
	}
	for _, e := range otherEndings {
		if strings.HasSuffix(w, e) && w != "wet" {
			return true
		}
	}
	return false
}

// Reach of the search for a law, in words: over link words behind a reference, over any words behind it, and before it.
const (
	linkReach   = 8
	looseReach  = 6
	beforeReach = 6
)

// law finds the law of a reference that ends before token next: behind it, pointed at, before it in the sentence, or what the text is about.
func (r reader) law(c Citation, next int) found {
	if f, ok := r.behind(c, next); ok {
		return f
	}
	dotted := strings.ContainsAny(c.Number, ".:")
	best, near := "", false
	for _, n := range r.laws { // "de Wmo 2015, met name artikel 3.5"
		if n.Sentence == c.Sentence && r.toks[n.To-1].End <= c.Start {
			gap := next - n.To
			best, near = n.Source, gap <= beforeReach
		}
	}
	if best != "" && (dotted || near && r.adjacent(c, best)) {
		return found{source: best, named: near}
	}
	for _, n := range r.laws { // "artikel 3.5 dat staat in de Wmo 2015"
		if dotted && n.Sentence == c.Sentence && n.From >= next && n.From <= next+looseReach {
			return found{source: n.Source}
		}
	}
	if len(r.context.Laws) == 1 {
		return found{source: r.context.Laws[0]}
	}
	return found{source: r.context.Sole}
}

// adjacent reports whether the law named last before c stands right before it: "AVG, art. 28".
func (r reader) adjacent(c Citation, source string) bool {
	for _, n := range r.laws {
		if n.Source == source && r.toks[n.To-1].End <= c.Start && strings.Trim(r.text[r.toks[n.To-1].End:c.Start], " ,:(\u00a0") == "" {
			return true
		}
	}
	return false
}

// behind looks for the law behind a reference, over link words, a part in brackets and the chapter it stands in.
func (r reader) behind(c Citation, next int) (found, bool) {
	book := ""
	for k := next; k < len(r.toks) && k < next+linkReach && r.toks[k].Sentence == c.Sentence; k++ {
		if l := r.lawAt(k); l != nil {
			return found{source: l.Source, named: true, end: r.toks[l.To-1].End, next: l.To, book: book}, true
		}
		w := r.word(k)
		if strings.HasSuffix(strings.TrimSpace(r.before(k)), "(") {
			shut := r.closing(k)
			if shut == 0 {
				return found{}, false
			}
			if l := r.lawWithin(k, shut); l != nil {
				return found{source: l.Source, named: true, end: r.toks[l.To-1].End, next: l.To}, true
			}
			if shut >= len(r.toks) {
				return found{}, false
			}
			k = shut - 1
			continue
		}
		switch {
		case w == "daarvan" || w == "hiervan" || w == "ervan":
			return r.thereof(c, k)
		case w == "boek" && bookForm.MatchString(r.word(k+1)):
			book, k = r.word(k+1), k+1
		case w == "wet" && r.namesLaw(k):
			return found{other: true}, true
		case w == "wet" && k > next && pointWords[r.word(k-1)]:
			return r.pointed(k), true
		case isOther(w) && k == next, isOther(w) && k > next && (linkWords[r.word(k-1)] || pointWords[r.word(k-1)]):
			return found{other: true}, true
		case linkWords[w], pointWords[w], w == "dit", w == "dat":
		case r.kind(k) != "":
			if _, after, ok := r.number(k + 1); ok {
				k = after - 1
				continue
			}
			return found{}, false
		case k > next && linkWords[r.word(k-1)] && r.nameAhead(k): // "van de Algemene subsidieverordening Oosterveen"
			return found{other: true}, true
		default:
			return found{}, false
		}
	}
	return found{}, false
}

// thereof is the law named last before c in its sentence: "de Jeugdwet, in het bijzonder hoofdstuk 4 daarvan".
func (r reader) thereof(c Citation, k int) (f found, ok bool) {
	for _, n := range r.laws {
		if n.Sentence == c.Sentence && n.To <= k && r.toks[n.To-1].End <= c.Start {
			f, ok = found{source: n.Source, named: true, end: r.toks[k].End, next: k + 1}, true
		}
	}
	return f, ok
}

// nameReach is how many words a name may have before the word that says what it is the name of.
const nameReach = 3

// nameAhead reports whether a name of something else than a known law starts at k.
func (r reader) nameAhead(k int) bool {
	for j := k; j < len(r.toks) && j < k+nameReach && r.toks[j].Clause == r.toks[k].Clause; j++ {
		if isOther(r.word(j)) {
			return true
		}
	}
	return false
}

// pointed is the law named last before token k: what "die wet" is about.
func (r reader) pointed(k int) found {
	f := found{source: r.context.Last, named: true, end: r.toks[k].End, next: k + 1}
	for _, n := range r.laws {
		if n.To <= k {
			f.source = n.Source
		}
	}
	if f.source == "" {
		f.source, f.named = r.context.Sole, false
	}
	return f
}

// namesLaw reports whether the word wet at k opens the name of a law that is not known: "de Wet op de jeugdzorg".
func (r reader) namesLaw(k int) bool {
	return r.text[r.toks[k].Start] == 'W' && r.word(k-1) != "deze" && r.word(k-1) != "die"
}

// bracketReach is how long a part in brackets may be, in words, between a reference and its law.
const bracketReach = 8

// closing gives the token behind the bracket that opens before token k, or 0.
func (r reader) closing(k int) int {
	for j := k + 1; j <= len(r.toks) && j <= k+bracketReach; j++ {
		if j == len(r.toks) && strings.Contains(r.text[r.toks[j-1].End:], ")") || j < len(r.toks) && strings.Contains(r.before(j), ")") {
			return j
		}
	}
	return 0
}

// lawWithin gives the first law named between two tokens.
func (r reader) lawWithin(from, to int) *Law {
	for i := range r.laws {
		if from <= r.laws[i].From && r.laws[i].To <= to {
			return &r.laws[i]
		}
	}
	return nil
}

func (r reader) lawAt(k int) *Law {
	for i := range r.laws {
		if r.laws[i].From == k {
			return &r.laws[i]
		}
	}
	return nil
}
