package review

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"inkooptoets/extract/dossier"
	"inkooptoets/rules/citation"
	"inkooptoets/rules/phrase"
	"inkooptoets/rules/result"
	"inkooptoets/seeds"
)

// lawName ties names to a law.
type lawName struct {
	id    string
	names words
}

// subject is what an article is about, compiled.
type subject struct {
	seeds.Subject
	phrases words
}

func (r *Reviewer) compileCitations(b *builder) {
	r.laws = map[string]seeds.Law{}
	for _, s := range r.catalogue.Sources {
		if s.Kind == "" || s.Kind == "law" {
			r.addLaw(b, "laws/sources.yaml: source "+s.ID, seeds.Law{ID: s.ID, Title: s.Title, Short: s.Short, BWB: s.BWB, Aliases: s.Aliases})
		}
	}
	for _, l := range r.catalogue.Articles.Laws {
		r.addLaw(b, "articles.yaml: law "+l.ID, l)
	}
	for _, a := range r.catalogue.Articles.About {
		place := fmt.Sprintf("%s:%d: subject of article %s", a.File, a.Line, a.Article)
		r.subjects = append(r.subjects, subject{a, b.add(place, a.Phrases)})
	}
}

func (r *Reviewer) addLaw(b *builder, place string, l seeds.Law) {
	var names []string
	for _, n := range append([]string{l.Title, l.Short}, l.Aliases...) {
		if n = phrase.Plain(n); n != "" {
			names = append(names, n)
		}
	}
	r.laws[l.ID] = l
	r.lawNames = append(r.lawNames, lawName{l.ID, b.add(place, names)})
}

// cited is a citation with the block it stands in.
type cited struct {
	citation.Citation
	in *text
}

// citations reads every reference in the tender, in order. A table of contents repeats headings, and a heading "Artikel 5 Klachten" is no reference.
func (r *Reviewer) citations(t *tender) []cited {
	var out []cited
	last, doc := "", ""
	for i := range t.texts {
		x := &t.texts[i]
		if x.doc.Path != doc {
			last, doc = "", x.doc.Path
		}
		laws := r.lawsIn(x)
		if x.block.Zone != dossier.ZoneTOC && strings.ContainsAny(x.block.Text, "0123456789§") {
			for _, c := range citation.Read(x.block.Text, x.fold.Tokens, laws, citation.Context{Sole: t.Sole, Last: last}) {
				if c.Start > 0 || c.Named || c.Other { // what opens a block and is of nothing is the number of the block
					out = append(out, cited{c, x})
				}
			}
		}
		if n := len(laws); n > 0 {
			last = laws[n-1].Source
		}
	}
	return out
}

func (r *Reviewer) lawsIn(x *text) []citation.Law {
	var all []citation.Law
	for _, h := range x.hits {
		for _, l := range r.lawNames {
			if l.names[h.Phrase] {
				all = append(all, citation.Law{Source: l.id, From: h.From, To: h.To, Sentence: h.Sentence})
			}
		}
	}
	return citation.Longest(all)
}

// listed gives every reference, sorted by file and block.
func (r *Reviewer) listed(t *tender) []result.Citation {
	var out []result.Citation
	for _, c := range t.cites {
		ids, link := r.canonical(c.Citation, t.Date)
		out = append(out, result.Citation{
			File: c.in.doc.Path, Page: c.in.block.Loc.Page, Block: c.in.block.Loc.Block, Text: c.in.block.Text[c.Start:c.LawEnd], Start: c.Start, End: c.LawEnd,
			Law: c.Source, Assumed: c.Source != "" && !c.Named, Canonical: ids, Link: link,
		})
	}
	slices.SortStableFunc(out, func(a, b result.Citation) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Block, b.Block), cmp.Compare(a.Start, b.Start))
	})
	return out
}

// canonical gives the ids of what c cites and the address of the first.
func (r *Reviewer) canonical(c citation.Citation, date string) (ids []string, link string) {
	if c.Source == "" {
		return nil, ""
	}
	for _, n := range r.numbers(c) {
		id := c.Source + "/" + c.Kind + "/" + n
		for _, lid := range orNone(c.Lid) {
			for _, onder := range orNone(c.Onder) {
				ids = append(ids, id+prefixed("/lid/", lid)+prefixed("/onder/", onder))
			}
		}
	}
	return ids, r.link(c, date)
}

// numbers is the number of c, or those of its range as far as the articles of the law are listed; otherwise its two ends.
func (r *Reviewer) numbers(c citation.Citation) []string {
	if c.Until == "" {
		return []string{c.Number}
	}
	var out []string
	if c.Kind == citation.Article {
		for _, a := range r.catalogue.Articles.Of(c.Source) {
			if citation.Compare(c.Number, a) <= 0 && citation.Compare(a, c.Until) <= 0 {
				out = append(out, a)
			}
		}
		slices.SortFunc(out, citation.Compare)
	}
	if len(out) == 0 {
		return []string{c.Number, c.Until}
	}
	return out
}

func orNone(list []string) []string {
	if len(list) == 0 {
		return []string{""}
	}
	return list
}

func prefixed(prefix, s string) string {
	if s == "" {
		return ""
	}
	return prefix + s
}

// link is the address of what c starts with, on wetten.overheid.nl or of the law as a whole; empty where neither is known, or the article is not there.
func (r *Reviewer) link(c citation.Citation, date string) string {
	if e, _ := r.catalogue.Articles.Find(c.Source, c.Number); c.Kind == citation.Article && (e == seeds.Missing || e == seeds.IsPart) {
		return "" // an address of nothing
	}
	law := r.laws[c.Source]
	bwb, number := law.BWB, c.Number
	if book, article, ok := strings.Cut(number, ":"); ok && law.Books != nil {
		bwb, number = law.Books[book], article
	}
	if bwb == "" {
		source, _ := r.catalogue.Source(c.Source)
		return source.URL
	}
	link := "https://wetten.overheid.nl/jci1.3:c:" + bwb
	if chapter, _, ok := strings.Cut(number, "."); ok && c.Kind == citation.Paragraph {
		link += "&hoofdstuk=" + chapter
	}
	link += "&" + c.Kind + "=" + number
	if len(c.Lid) == 1 && c.Until == "" {
		link += "&lid=" + c.Lid[0]
	}
	if date != "" {
		link += "&g=" + date
	}
	return link
}

// citedArticles finds articles that are not in the law, or are there no more.
func citedArticles(r *Reviewer, t *tender) []result.Finding {
	var out []result.Finding
	first := map[string]int{}
	more := map[int]int{}
	for _, c := range t.cites {
		if c.Source == "" || !c.Named || r.reported(t, c) {
			continue
		}
		ends := []string{c.Number}
		if c.Until != "" {
			ends = append(ends, c.Until)
		}
		for _, n := range ends {
			message, suggestion := r.absent(c.Citation, n, t.Date)
			if message == "" || !written(c, n) {
				continue
			}
			key := c.in.doc.Path + "\x00" + c.Source + "\x00" + n
			if i, seen := first[key]; seen {
				more[i]++
				continue
			}
			first[key] = len(out)
			f := c.in.finding("c-article", c.Own, c.LawEnd, message)
			f.Rule, f.Suggestion = c.Source+"/"+c.Kind+"/"+n, suggestion
			out = append(out, f)
		}
	}
	for i, n := range more {
		out[i].Message += " " + otherPlaces(n)
	}
	return out
}

// written reports whether the number n stands in the text as it was read: a book number that was added is not.
func written(c cited, n string) bool {
	return strings.Contains(strings.ToLower(c.in.block.Text[c.Start:c.LawEnd]), n)
}

// reported reports whether an old name or a misprint that is on the list covers c: one finding at one place is enough.
func (r *Reviewer) reported(t *tender, c cited) bool {
	return slices.ContainsFunc(r.oldHits(*c.in, t.Date), func(h oldHit) bool { return h.Start < c.End && c.Own < h.End })
}

// absent says in Dutch why a number cannot be cited, and what to do; both are empty when it can, or when nobody knows.
func (r *Reviewer) absent(c citation.Citation, number, date string) (message, suggestion string) {
	if c.Kind != citation.Article {
		return "", ""
	}
	name := r.laws[c.Source].Short
	switch e, since := r.catalogue.Articles.Find(c.Source, number); {
	case e == seeds.Repealed && (date == "" || date >= since):
		return fmt.Sprintf("Artikel %s %s is vervallen.", number, name), "Zoek op welk artikel er nu geldt, of schrap de verwijzing."
	case e == seeds.IsPart:
		return fmt.Sprintf("Artikel %s %s bestaat niet; dat nummer is van een hoofdstuk of paragraaf.", number, name), "Noem het hoofdstuk of de paragraaf, of een artikel daaruit."
	case e == seeds.Missing:
		if near := r.misprintOf(c.Source, number); near != "" {
			return fmt.Sprintf("Artikel %s %s bestaat niet. Bedoeld is waarschijnlijk artikel %s.", number, name, near), "Gebruik: artikel " + near + " " + name + "."
		}
		return fmt.Sprintf("Artikel %s %s bestaat niet.", number, name), "Zoek op welk artikel u bedoelt."
	}
	return "", ""
}

// misprintOf gives the article of which number is a misprint: a point that fell out ("4.18" for 4.1.8) or came in. It is empty when there is none, or more than
// one.
func (r *Reviewer) misprintOf(law, number string) string {
	var found []string
	bare := strings.ReplaceAll(number, ".", "")
	for _, a := range r.catalogue.Articles.Of(law) {
		if strings.ReplaceAll(a, ".", "") == bare {
			found = append(found, a)
		}
	}
	if len(found) != 1 {
		return ""
	}
	return found[0]
}

// subjectReach is how many words before a citation may name what it is cited for.
const subjectReach = 10

// citedSubjects finds articles that are cited for something they are not about. It speaks only when it is sure: the words before the citation name the subject
// of exactly one other article of that law, and its own subject is nowhere in the block or its heading.
func citedSubjects(r *Reviewer, t *tender) []result.Finding {
	var out []result.Finding
	for i, c := range t.cites {
		own := r.subjectOf(c.Source, c.Number)
		if own == nil || !c.Named || c.Until != "" || c.Onward || shared(t.cites, i) || r.speaksOf(c.in, own) {
			continue
		}
		others := r.subjectsBefore(c)
		if len(others) != 1 || others[0] == own {
			continue
		}
		name, other := r.laws[c.Source].Short, others[0]
		f := c.in.finding("c-subject", c.Own, c.LawEnd, fmt.Sprintf("Artikel %s %s gaat over %s. De zin gaat over %s: dat staat in artikel %s.", c.Number, name, own.Text, other.Text, other.Article))
		f.Rule, f.Suggestion = c.Source+"/"+other.Article, "Gebruik: artikel "+other.Article+" "+name+"."
		f.Link = r.link(citation.Citation{Kind: citation.Article, Source: c.Source, Number: other.Article}, t.Date)
		out = append(out, f)
	}
	return out
}

// shared reports whether another article is cited in the same sentence: what is said before may then be about that one.
func shared(all []cited, i int) bool {
	same := func(k int) bool {
		return k >= 0 && k < len(all) && all[k].in == all[i].in && all[k].Sentence == all[i].Sentence
	}
	return same(i-1) || same(i+1)
}

func (r *Reviewer) subjectOf(law, article string) *subject {
	i := slices.IndexFunc(r.subjects, func(s subject) bool { return s.Law == law && s.Article == article })
	if i < 0 {
		return nil
	}
	return &r.subjects[i]
}

// speaksOf reports whether the block, its heading or its lead-in names the subject.
func (r *Reviewer) speaksOf(x *text, s *subject) bool {
	has := func(hits []phrase.Hit) bool {
		return slices.ContainsFunc(hits, func(h phrase.Hit) bool { return s.phrases[h.Phrase] })
	}
	around := append(slices.Clone(x.block.Path), x.block.LeadIn)
	return has(x.hits) || slices.ContainsFunc(around, func(s string) bool { return has(r.matcher.Match(phrase.Fold(s))) })
}

// subjectsBefore lists the articles of the law of c whose subject the words before it name.
func (r *Reviewer) subjectsBefore(c cited) []*subject {
	at := slices.IndexFunc(c.in.fold.Tokens, func(t phrase.Token) bool { return t.Start >= c.Start })
	var out []*subject
	for i := range r.subjects {
		s := &r.subjects[i]
		if s.Law == c.Source && slices.ContainsFunc(c.in.hits, func(h phrase.Hit) bool {
			return s.phrases[h.Phrase] && h.Sentence == c.Sentence && h.To <= at && at-h.To < subjectReach
		}) {
			out = append(out, s)
		}
	}
	return out
}
