package rules

import (
	"fmt"
	"slices"
	"strings"

	"inkooptoets/rules/phrase"
	"inkooptoets/rules/result"
)

// inShort says in a few Dutch words what the reasons of the judge mean for one passage. A reason that is not in it is short enough.
var inShort = map[string]string{
	whyTOC:        "alleen in de inhoudsopgave",
	whyDefinition: "alleen in de begrippenlijst",
	whyVision:     "alleen in de visie",
	whyBackground: "alleen in de inleiding of achtergrond",
	whyExplained:  "toelichting, plicht ontbreekt",
	whyQuestion:   "vraag, geen eis",
	whyWish:       "wens of mogelijkheid, geen eis",
	whyGeneral:    "algemene clausule over de wet, inhoud ontbreekt",
	whyNoDuty:     "plicht ontbreekt",
	whyOtherDuty:  "andere plicht over dit onderwerp",
	whyParty:      "verkeerde partij",
	whyDenied:     "staat in een ontkenning",
	whyField:      "veld is nog niet ingevuld of gekozen",
	whyLimited:    "geldt niet voor iedereen",
	whyExempt:     "artikel is uitgesloten",
	whyWeak:       "lijkt erop, maar is niet genoeg",
	whyAbsent:     "verwijst naar een stuk dat er niet bij zit",
	whyNoAspect:   "geen van de onderdelen staat erbij",
}

// lacks says in a few Dutch words what a passage that was judged lacks; empty if it lacks nothing.
func (t trace) lacks(c *compiled, v verdict) string {
	switch {
	case t.why == whyParty:
		return t.p.otherParty(t.mark)
	case t.why != "":
		if short, ok := inShort[t.why]; ok {
			return short
		}
		return t.why
	case t.shows == result.Partial:
		return lackingAspects(c, v)
	}
	return ""
}

// maxNamed bounds the aspects or words that are named one by one.
const maxNamed = 2

// lackingAspects names the core aspects that bind nowhere in the tender.
func lackingAspects(c *compiled, v verdict) string {
	var texts []string
	for i, a := range c.aspects {
		if a.asp.Core && !v.bound[i] {
			texts = append(texts, a.asp.Text)
		}
	}
	switch n := len(texts) - maxNamed; {
	case len(texts) == 0:
		return ""
	case len(texts) == 1:
		return "onderdeel ontbreekt: " + texts[0]
	case n > 0:
		return fmt.Sprintf("onderdelen ontbreken: %s; en nog %d", strings.Join(texts[:maxNamed], "; "), n)
	}
	return "onderdelen ontbreken: " + strings.Join(texts, "; ")
}

// otherParty says on whom the sentence of m puts the duty.
func (p *passage) otherParty(m mark) string {
	who := ""
	for _, t := range p.own.fold.Tokens {
		if t.Start < m.start || t.Start >= m.end {
			continue
		}
		switch f := &p.feature[t.Sentence]; {
		case f.municipality || p.lead.municipality:
			who = " (gemeente)"
		case f.client:
			who = " (cliënt)"
		}
	}
	return inShort[whyParty] + who
}

// lacks says in a few Dutch words why p, which is near c but was not taken as evidence, does not meet it.
func (ev *Evaluator) lacks(c *compiled, p *passage, v verdict) string {
	if p.later != nil {
		return p.later.lacks()
	}
	if i := slices.IndexFunc(v.traces, func(t trace) bool { return t.p == p }); i >= 0 {
		return v.traces[i].lacks(c, v)
	}
	if law := ev.otherLaw(c, p); law != "" {
		return "andere wet: " + law
	}
	seen := ev.hitsOf(c, p)
	if words := p.wordsIn(seen.of(only(slotVeto))); len(words) > 0 {
		return "ander onderwerp: " + quoted(words)
	}
	if _, ok := ev.exactArticle(c, p); ok { // the judge gives no trace for the article behind a duty of somebody else
		return inShort[whyParty]
	}
	if words := p.wordsIn(seen.masked(c.anchor.slots().or(subjectOnly))); len(words) > 0 {
		return "andere betekenis: " + quoted(words)
	}
	if where := ev.around(p, c); where != "" {
		return "onderwerp alleen in de " + where
	}
	var left []phrase.Hit
	for _, w := range ev.look(seen, c, nil).own {
		left = append(left, *w.Hit)
	}
	if words := p.wordsIn(left); len(words) > 0 {
		return "ander onderwerp (wel: " + quoted(words) + ")"
	}
	return "ander onderwerp"
}

// otherLaw names the laws a passage is about when c does not rest on one of them.
func (ev *Evaluator) otherLaw(c *compiled, p *passage) string {
	if len(p.laws) == 0 || len(c.req.Applies.Laws) == 0 || overlap(p.laws, c.req.Applies.Laws) {
		return ""
	}
	var names []string
	for _, law := range p.laws {
		name := law
		if s, ok := ev.catalogue.Source(law); ok {
			name = s.Short
		}
		names = append(names, name)
	}
	return strings.Join(names, ", ")
}

// of lists the hits of some groups.
func (v view) of(groups slots) []phrase.Hit {
	var out []phrase.Hit
	for _, h := range v.hits {
		if h.in.any(groups) {
			out = append(out, v.p.own.hits[h.k])
		}
	}
	return out
}

// masked lists the words with another meaning in which words of some groups lie.
func (v view) masked(groups slots) []phrase.Hit {
	var out []phrase.Hit
	for i, mask := range v.hits {
		m := v.p.own.hits[mask.k]
		if mask.in.has(slotNot) && slices.ContainsFunc(v.hits, func(word seen) bool {
			h := v.p.own.hits[word.k]
			return word != v.hits[i] && word.in.any(groups) && m.From <= h.From && h.To <= m.To
		}) {
			out = append(out, m)
		}
	}
	return out
}

// around says where outside its own text a passage names the subject of c: "kop", "aanhef", or nowhere.
func (ev *Evaluator) around(p *passage, c *compiled) string {
	named := func(seg *segment) bool {
		var in slots
		for _, h := range seg.hits {
			in = in.or(ev.slotsOf(c.index, h.Phrase))
		}
		if !in.has(slotSubject) || !in.has(slotNot) {
			return in.has(slotSubject)
		}
		return slices.ContainsFunc(ev.unmasked(ev.oneByOne(seg.hits), c.not), func(h phrase.Hit) bool { return c.subject.has(h.Phrase) })
	}
	switch {
	case p.leadIn != nil && named(p.leadIn):
		return "aanhef"
	case slices.ContainsFunc(p.trail, named):
		return "kop"
	}
	return ""
}

// maxWords is how many words a quoted hit may have: phrases with room between their words say less the longer they are.
const maxWords = 4

// wordsIn gives the text of the first few distinct hits, as it stands in the block. Of hits that overlap the longer one tells more.
func (p *passage) wordsIn(hits []phrase.Hit) []string {
	var apart []phrase.Hit
	for _, h := range hits {
		if h.To-h.From > maxWords {
			continue
		}
		if n := len(apart); n > 0 && h.From < apart[n-1].To {
			if h.To-h.From > apart[n-1].To-apart[n-1].From {
				apart[n-1] = h
			}
			continue
		}
		apart = append(apart, h)
	}
	var out []string
	for _, h := range apart {
		if text := p.own.text[h.Start:h.End]; len(out) < maxNamed && !slices.Contains(out, text) {
			out = append(out, text)
		}
	}
	return out
}

func quoted(words []string) string { return "“" + strings.Join(words, "”, “") + "”" }
