package review

import (
	"fmt"
	"slices"
	"strings"

	"inkooptoets/extract/dossier"
	"inkooptoets/rules/citation"
	"inkooptoets/rules/phrase"
)

// The procedures in which nobody is chosen over another by an award.
const (
	admission = "toelating"
	subsidy   = "subsidie"
)

func (r *Reviewer) compileProcurement(b *builder) {
	r.lists = map[string]words{}
	for _, l := range r.catalogue.Procurement {
		r.lists[l.ID] = b.add(fmt.Sprintf("%s:%d: word list %q", l.File, l.Line, l.ID), l.Phrases)
	}
}

// hit gives the first words of a list in x; ok is false if there are none.
func (x text) hit(w words) (h phrase.Hit, ok bool) {
	i := slices.IndexFunc(x.hits, func(h phrase.Hit) bool { return w[h.Phrase] })
	if i < 0 {
		return phrase.Hit{}, false
	}
	return x.hits[i], true
}

// has reports whether words of a list stand in x.
func (x text) has(w words) bool {
	_, ok := x.hit(w)
	return ok
}

// saysIn reports whether words of a list stand in one sentence of x.
func (x text) saysIn(sentence int, w words) bool {
	return slices.ContainsFunc(x.hits, func(h phrase.Hit) bool { return h.Sentence == sentence && w[h.Phrase] })
}

// says reports whether words of a list stand anywhere in the tender, contents pages aside.
func (t *tender) says(w words) bool {
	return slices.ContainsFunc(t.texts, func(x text) bool { return x.block.Zone != dossier.ZoneTOC && x.has(w) })
}

// hasRole reports whether the tender has a document that was read with one of these roles.
func (t *tender) hasRole(roles ...string) bool {
	return slices.ContainsFunc(t.Documents, func(d dossier.Document) bool { return slices.Contains(roles, d.Role) && len(d.Blocks) > 0 })
}

// wholeTender is the number of blocks below which a text is an extract.
const wholeTender = 25

// partial reports whether part of the tender was not read or not given: then nothing can be said to be absent.
func (t *tender) partial() bool {
	return len(t.texts) < wholeTender || slices.ContainsFunc(t.Documents, dossier.Document.Incomplete) ||
		slices.ContainsFunc(t.absent, func(a Absent) bool { return a.Rule == "programma-van-eisen" || a.Rule == "conceptovereenkomst" })
}

// around is the text that a block hangs under: its lead-in and its nearest heading, folded.
func (r *Reviewer) around(t *tender, x text) []phrase.Hit {
	var hits []phrase.Hit
	if x.block.LeadIn != "" {
		hits = append(hits, r.matcher.Match(t.Fold(x.block.LeadIn))...)
	}
	if n := len(x.block.Path); n > 0 {
		hits = append(hits, r.matcher.Match(t.Fold(x.block.Path[n-1]))...)
	}
	return hits
}

func among(hits []phrase.Hit, w words) bool {
	return slices.ContainsFunc(hits, func(h phrase.Hit) bool { return w[h.Phrase] })
}

// awardArticles are the articles about the award in each law.
var awardArticles = map[string]string{"wmo": "2.6.4", "jeugdwet": "2.12"}

// awardLink is the address of the article about the award, if the tender is about one law.
func (r *Reviewer) awardLink(t *tender) string {
	number := awardArticles[t.Sole]
	if number == "" {
		return ""
	}
	return r.link(citation.Citation{Kind: citation.Article, Source: t.Sole, Number: number}, t.Date)
}

// inWords lists things in Dutch: "a, b en c".
func inWords(list []string) string {
	if len(list) < 2 {
		return strings.Join(list, "")
	}
	return strings.Join(list[:len(list)-1], ", ") + " en " + list[len(list)-1]
}
