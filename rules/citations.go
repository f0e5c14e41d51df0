package rules

import (
	"regexp"
	"slices"
	"strings"

	"inkooptoets/rules/citation"
	"inkooptoets/rules/phrase"
	"inkooptoets/seeds"
)

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
		slices.SortFunc(list, citation.Compare)
	}
}

func (ev *Evaluator) isLaw(id phrase.ID) bool {
	return slices.ContainsFunc(ev.laws, func(l lawName) bool { return l.ids.has(id) })
}

// cited is a citation as verdicts see it.
type cited struct {
	citation.Citation
	barred []string // articles that the sentence takes out of a range
}

// citations reads the articles cited in s. The law comes from the words behind the article, else from the sentence, else from the headings, else from the only
// law the tender is about. A range without an end ("4.1.1 e.v.") binds only where it starts: where it stops is not said.
func (ev *Evaluator) citations(s *segment, laws []string, sole string) []cited {
	if !citesAnything(s) {
		return nil
	}
	var out []cited
	for _, c := range citation.Read(s.text, s.fold.Tokens, ev.lawHits(s), citation.Context{Laws: laws, Sole: sole}) {
		if c.Kind != citation.Article {
			continue
		}
		if !ev.outdatedIn(s, c.Sentence) { // a misprint beside a body that no longer exists is an old clause, not a slip
			c.Number = ev.meant(c.Source, c.Number)
		}
		if len(out) > 0 && ev.barredAt(s, c) { // "4.1.5 t/m 4.1.9, met uitzondering van artikel 4.1.7"
			for k := range out {
				if out[k].Sentence == c.Sentence && out[k].Source == c.Source {
					out[k].barred = append(out[k].barred, c.Number)
				}
			}
			continue
		}
		out = append(out, cited{Citation: c})
	}
	return out
}

// barredAt reports whether c is what an exception in its sentence takes out.
func (ev *Evaluator) barredAt(s *segment, c citation.Citation) bool {
	i := slices.IndexFunc(s.fold.Tokens, func(t phrase.Token) bool { return t.Start >= c.Start })
	return slices.ContainsFunc(s.said, func(h phrase.Hit) bool {
		return ev.words.except.has(h.Phrase) && h.Sentence == c.Sentence && h.To <= i && i-h.To <= exceptReach
	})
}

// outdatedIn reports whether a sentence names a law or body that no longer exists.
func (ev *Evaluator) outdatedIn(s *segment, sentence int) bool {
	return slices.ContainsFunc(s.said, func(h phrase.Hit) bool { return h.Sentence == sentence && ev.words.outdated.has(h.Phrase) })
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

// citesAnything reports whether s holds a number at all: most texts do not, and need no second look.
func citesAnything(s *segment) bool { return strings.ContainsAny(s.text, "0123456789") }

// lawHits finds the laws named in s.
func (ev *Evaluator) lawHits(s *segment) []citation.Law {
	var all []citation.Law
	for _, h := range s.said {
		for _, l := range ev.laws {
			if l.ids.has(h.Phrase) {
				all = append(all, citation.Law{Source: l.source, From: h.From, To: h.To, Sentence: h.Sentence})
			}
		}
	}
	return citation.Longest(all)
}

// names reports whether the citation c in a text makes the article of want binding.
func (ev *Evaluator) names(c cited, want seeds.Citation) bool {
	if c.Source != want.Source || want.Article == "" || slices.Contains(c.barred, want.Article) {
		return false
	}
	if c.Until != "" {
		return citation.Compare(c.Number, want.Article) <= 0 && citation.Compare(want.Article, c.Until) <= 0
	}
	return c.Number == want.Article && overlap(c.Lid, want.Lid) && overlap(c.Onder, want.Onder)
}

// overlap is true when either side names nothing in particular.
func overlap(a, b []string) bool {
	return len(a) == 0 || len(b) == 0 || slices.ContainsFunc(a, func(x string) bool { return slices.Contains(b, x) })
}
