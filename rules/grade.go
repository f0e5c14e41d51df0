package rules

import (
	"slices"
	"strings"
	"sync/atomic"

	"inkooptoets/extract/dossier"
	"inkooptoets/rules/phrase"
)

// standing says what a word in a passage is worth for a duty.
type standing uint8

const (
	binding    standing = iota // it stands in a sentence that binds the right party
	wrongParty                 // it stands in a sentence that binds somebody else, or not everybody
	naming                     // it stands in a wish, a question, a general compliance clause or a part that does not bind
	taken                      // it stands under an exemption that holds for some only
)

// Reasons why words do not bind, in Dutch for the report. The empty reason means they bind.
const (
	whyTOC        = "staat in de inhoudsopgave"
	whyDefinition = "staat in de begrippen"
	whyVision     = "staat in de visie"
	whyBackground = "staat in de inleiding of achtergrond"
	whyExplained  = "staat in een toelichting zonder plicht"
	whyQuestion   = "is een vraag, geen eis"
	whyWish       = "is een wens of mogelijkheid, geen eis"
	whyGeneral    = "is een algemene clausule over de wet"
	whyTold       = "vertelt wat anderen zeggen of wat cijfers laten zien"
	whyNoDuty     = "noemt het onderwerp zonder plicht"
	whyOtherDuty  = "noemt het onderwerp, maar verplicht tot iets anders"
	whyParty      = "legt de plicht bij een andere partij"
	whyDenied     = "staat in een ontkenning"
	whyField      = "staat in een veld dat nog ingevuld of gekozen moet worden"
	whyLimited    = "geldt volgens de tekst niet voor iedereen"
)

// sight is what one recogniser sees in one passage: its words by what they are worth.
type sight struct {
	own     []word // words of the recogniser in the block, masked ones left out
	nots    []word // words that mask others for one of its aspects
	context slots  // groups with a word in headings or lead-in
}

// word is a hit in a block as one recogniser sees it.
type word struct {
	*phrase.Hit
	in     slots  // the groups it belongs to
	denied bool   // it stands beside a plain negation
	is     worths // zero for a word that only masks
}

// worth gives what the word is worth for a party. Municipal duties are facts of the tender: zones that tell a story do not lower them.
func (w *word) worth(party string) worth {
	if party == "provider" {
		return w.is.at(forProvider)
	}
	return w.is.at(forOther)
}

type worth struct {
	standing standing
	why      string // Dutch; empty if it binds
}

// look gathers the hits of c in a passage.
func (ev *Evaluator) look(v view, c *compiled, room []word) sight {
	p := v.p
	s := sight{context: v.context, own: room}
	exempts, lowers := c.exempts(), c.lowering()
	var masks []phrase.Hit
	for _, h := range v.hits {
		if h.in.has(slotNot) {
			masks = append(masks, p.own.hits[h.k])
		}
	}
	for _, h := range v.hits {
		hit := &p.own.hits[h.k]
		if h.in.any(c.nots) {
			s.nots = append(s.nots, word{Hit: hit, in: h.in})
		}
		if h.in.within(c.masks) || len(masks) > 0 && !h.in.has(slotNot) && inside(*hit, masks) {
			continue
		}
		w := p.worthsOf(int(h.k), lowers)
		if p.aside && !c.ofLaw() && !p.asks(&p.feature[hit.Sentence]) {
			w = w.named()
		}
		s.own = append(s.own, word{hit, h.in, exempts && w.denied(), w})
	}
	if v.context.has(slotNot) {
		s.context = ev.contextWithout(p, c.index)
	}
	return s
}

// asks reports whether a sentence of p asks something of the provider, itself or by its lead-in.
func (p *passage) asks(f *feature) bool {
	return f.duty && !f.municipality || f.demand || f.providerActs || p.lead.duty || p.lead.demand || p.lead.provider
}

func inside(h phrase.Hit, masks []phrase.Hit) bool {
	return slices.ContainsFunc(masks, func(m phrase.Hit) bool { return m.From <= h.From && h.To <= m.To })
}

// worths is what a hit is worth for a duty of the provider, and for a fact or duty of the municipality, in the bits of one number: there is one per hit and
// way of asking. A byte for each of both holds the standing and, as an index of whys, why it does not bind. Zero is what nobody asked yet.
type worths uint32

const (
	worthsKnown  worths = 1 << 30
	worthsDenied worths = 1 << 31

	forProvider, forOther = 0, 8 // first bit of the byte
	standingBits          = 2
)

// whys are the reasons for which a word of a passage does not bind.
var whys = [...]string{
	"", whyTOC, whyDefinition, whyVision, whyBackground, whyExplained, whyQuestion, whyWish, whyGeneral, whyTold, whyNoDuty, whyParty, whyDenied, whyField, whyLimited,
}

func packWorths(denied bool, provider, other worth) worths {
	w := worthsKnown | worths(provider.pack())<<forProvider | worths(other.pack())<<forOther
	if denied {
		w |= worthsDenied
	}
	return w
}

func (w worth) pack() uint8 {
	return uint8(w.standing) | uint8(slices.Index(whys[:], w.why))<<standingBits
}

// named is w for a word that would bind the provider and does no more than name its subject.
func (w worths) named() worths {
	if w.at(forProvider).standing != binding {
		return w
	}
	return w&^(0xff<<forProvider) | worths(worth{naming, whyNoDuty}.pack())<<forProvider
}

func (w worths) denied() bool { return w&worthsDenied != 0 }

func (w worths) at(bit int) worth {
	b := uint8(w >> bit)
	return worth{standing(b & (1<<standingBits - 1)), whys[b>>standingBits]}
}

// lowering says which words that take a duty away lower what stands beside them.
type lowering uint8

const (
	lowersWaived lowering = iota // a duty that is itself a prohibition: only where nobody need do it
	lowersAll
	lowerings // how many there are
)

func (c *compiled) lowering() lowering {
	if c.exempts() {
		return lowersAll
	}
	return lowersWaived
}

// worthsOf judges hit k of the block, once for each way in which exemptions can lower it. Several may ask at the same time: should two judge the same hit, then
// both come to the same.
func (p *passage) worthsOf(k int, i lowering) worths {
	known := p.worthy[i].Load()
	if known == nil {
		fresh := make([]atomic.Uint32, len(p.own.hits))
		known = &fresh
		if !p.worthy[i].CompareAndSwap(nil, known) {
			known = p.worthy[i].Load()
		}
	}
	w := worths((*known)[k].Load())
	if w == 0 {
		h := p.own.hits[k]
		w = packWorths(p.deniedAt(h), p.worth(h, "provider", i), p.worth(h, "municipality", i))
		(*known)[k].Store(uint32(w))
	}
	return w
}

// without gives the sight with the words inside a hit of mask left out.
func (s sight) without(mask slot) sight {
	var masks []phrase.Hit
	for _, w := range s.nots {
		if w.in.has(mask) {
			masks = append(masks, *w.Hit)
		}
	}
	if masks == nil {
		return s
	}
	out := s
	out.own = nil
	for _, w := range s.own {
		if !inside(*w.Hit, masks) {
			out.own = append(out.own, w)
		}
	}
	return out
}

func (p *passage) contexts() []*segment {
	if p.leadIn == nil {
		return p.trail
	}
	return append(slices.Clone(p.trail), p.leadIn)
}

// worth judges one hit: the place, then the sentence. Some duties are not lowered by exemptions: "de geheimhouding geldt niet voor meldingen" meets one.
func (p *passage) worth(h phrase.Hit, party string, lowers lowering) worth {
	if why := p.placeWhy(party); why != "" {
		return worth{naming, why}
	}
	f := &p.feature[h.Sentence]
	switch {
	case p.inField(h):
		return worth{naming, whyField}
	case (f.question && h.From >= f.asks || p.lead.question) && !(party != "provider" && p.zone == dossier.ZoneAward): // a criterion asks and weighs
		return worth{naming, whyQuestion}
	case f.wished(h.Start) || p.leadWish():
		return worth{naming, whyWish}
	case party == "provider" && f.tells():
		return worth{naming, whyTold}
	case party == "provider" && f.generalOver(h):
		return worth{naming, whyGeneral}
	case lowers == lowersAll && (f.barred(h) || p.leadBars()):
		return worth{taken, whyDenied}
	case lowers == lowersAll && p.exemptAt(h):
		return worth{taken, whyLimited}
	case lowers == lowersWaived && p.waivedAt(h):
		return worth{taken, whyDenied}
	case party == "provider" && p.actsOther(f):
		return worth{wrongParty, whyParty}
	case f.exceptsBehind(h):
		return worth{wrongParty, whyLimited}
	}
	return worth{binding, ""}
}

// tells reports whether the sentence only tells something: what people said, what a study showed. With a duty or a provider who acts in it, it does more.
func (f *feature) tells() bool { return f.telling && !f.duty && !f.demand && !f.providerActs }

// leadWish reports whether the lead-in makes the whole list a wish; a wish between brackets in it does not.
func (p *passage) leadWish() bool {
	return p.leadIn != nil && p.lead.wished(len(p.leadIn.text)-1)
}

// leadBars reports whether the lead-in takes the whole list away: "Het volgende wordt niet van u verlangd:".
func (p *passage) leadBars() bool {
	if p.leadIn == nil || len(p.lead.exempt) == 0 {
		return false
	}
	toks := p.leadIn.fold.Tokens
	last := toks[len(toks)-1].Clause
	return slices.ContainsFunc(p.lead.exempt, func(e phrase.Hit) bool { return toks[e.From].Clause == last || toks[e.To-1].Clause == last })
}

// barred reports whether h stands in a list that its own text takes away.
func (f *feature) barred(h phrase.Hit) bool { return f.bars >= 0 && h.From >= f.bars }

// generalOver reports whether a general compliance clause takes h in: what the law is about, or what is named behind it. What stands between the verb and
// the law is the object itself ("voldoet aan de meldplicht uit de Wtza"), and what stands before it, or behind a duty of its own ("voldoet aan de AVG en
// beschikt over een klachtenregeling"), is more than the law.
func (f *feature) generalOver(h phrase.Hit) bool {
	if f.general < 0 {
		return false
	}
	ownDuty := slices.ContainsFunc(f.duties, func(at int) bool { return f.law < at && at <= h.From })
	return f.about || h.From > f.general && h.From >= f.law && !ownDuty
}

// placeWhy says why nothing in this place binds, or "".
func (p *passage) placeWhy(party string) string {
	switch p.zone {
	case dossier.ZoneTOC:
		return whyTOC
	case dossier.ZoneDefinitions:
		return whyDefinition
	case dossier.ZoneQuestions:
		return whyQuestion
	}
	if p.block.Kind == dossier.Heading {
		return whyNoDuty
	}
	if party != "provider" {
		return ""
	}
	switch p.zone {
	case dossier.ZoneVision:
		return whyVision
	case dossier.ZoneBackground:
		return whyBackground
	case dossier.ZoneExplanation:
		if !p.duty {
			return whyExplained
		}
	}
	return ""
}

// inField reports whether a hit lies between square brackets: an option or field of a model document.
func (p *passage) inField(h phrase.Hit) bool {
	if !p.fields {
		return false
	}
	open := strings.LastIndexByte(p.own.text[:h.Start], '[')
	if open < 0 || strings.LastIndexByte(p.own.text[:h.Start], ']') > open {
		return false
	}
	shut := strings.IndexByte(p.own.text[h.Start:], ']')
	return shut >= 0 && h.End <= h.Start+shut
}

// actsOther reports whether a sentence puts the duty on the municipality or the client and not on the provider.
func (p *passage) actsOther(f *feature) bool {
	if f.providerActs || f.provider && !f.municipality || f.demand || p.lead.provider || p.lead.demand {
		return false
	}
	return f.municipality || f.client || p.lead.municipality
}

// exceptsBehind reports whether the sentence takes some people, places or services out of what stands at h.
func (f *feature) exceptsBehind(h phrase.Hit) bool {
	return slices.ContainsFunc(f.excepts, func(e phrase.Hit) bool { return h.From < e.From })
}

// exemptAt reports whether an exemption stands in the clause of h. An exemption of the duty itself is a contradiction, judged in contradicts.
func (p *passage) exemptAt(h phrase.Hit) bool {
	return slices.ContainsFunc(p.feature[h.Sentence].exempt, func(e phrase.Hit) bool { return p.takes(e, h) })
}

// deniedAt reports whether a plain negation is about h and does not stand in h itself: words that hold their own negation mean it.
func (p *passage) deniedAt(h phrase.Hit) bool {
	return slices.ContainsFunc(p.feature[h.Sentence].denial, func(d phrase.Hit) bool {
		return p.takes(d, h) && (d.To <= h.From || h.To <= d.From)
	})
}

// takes reports whether an exemption is about h: it stands in the same clause, and where it ends in "geen" its object follows ("vragen geen VOG").
func (p *passage) takes(e, h phrase.Hit) bool {
	if p.own.fold.Tokens[e.To-1].Text == "geen" {
		return p.sameClause(e, h) && h.To > e.To && h.From < e.To+objectReach
	}
	return p.sameClause(e, h)
}

// objectReach is how many words behind "geen" its object may start.
const objectReach = 6

func (p *passage) sameClause(a, b phrase.Hit) bool {
	toks := p.own.fold.Tokens
	return toks[a.From].Clause <= toks[b.To-1].Clause && toks[b.From].Clause <= toks[a.To-1].Clause
}

// has reports whether a word of a group with at least the given standing for a party stands in the block, and where.
func (s sight) has(g slot, want standing, party string) (phrase.Hit, bool) {
	i := s.find(g, want, party)
	if i < 0 {
		return phrase.Hit{}, false
	}
	return *s.own[i].Hit, true
}

// find gives the index of a word of a group with at least the given standing, one that is not denied if there is one; -1 if none.
func (s sight) find(g slot, want standing, party string) int {
	best := -1
	for i := range s.own {
		w := &s.own[i]
		if !w.in.has(g) || w.worth(party).standing > want {
			continue
		}
		if !w.denied {
			return i
		}
		if best < 0 {
			best = i
		}
	}
	return best
}

// mark is the byte range of the words that decided, in the block's text. The zero value is empty.
type mark struct{ start, end int }

func (m mark) with(h phrase.Hit) mark {
	if m.end == 0 {
		return mark{h.Start, h.End}
	}
	return mark{min(m.start, h.Start), max(m.end, h.End)}
}

func (m mark) and(n mark) mark {
	switch {
	case m.end == 0:
		return n
	case n.end == 0:
		return m
	}
	return mark{min(m.start, n.start), max(m.end, n.end)}
}

// holds reports whether a strong phrase, or every group, is met with the given standing. Groups may be met in lead-in and headings too; inBlock says
// whether anything lies in the block itself.
func (s sight) holds(n need, want standing, party string) (ok, inBlock bool, m mark) {
	if i := s.find(n.strong, want, party); i >= 0 && !(want == binding && s.own[i].denied) {
		return true, true, mark{s.own[i].Start, s.own[i].End}
	}
	if len(n.all) == 0 {
		return false, false, mark{}
	}
	return s.meets(n.all, want, party)
}

// meetsNear reports whether holds is true of words that bind and stand in one sentence or in two in a row.
func (s sight) meetsNear(n need, party string) bool {
	if _, ok := s.has(n.strong, binding, party); ok {
		return true
	}
	for i := range s.own {
		first := s.own[i].Sentence
		if i > 0 && first == s.own[i-1].Sentence {
			continue
		}
		end := i
		for end < len(s.own) && s.own[end].Sentence <= first+1 {
			end++
		}
		near := s
		near.own = s.own[i:end]
		if ok, in, _ := near.meets(n.all, binding, party); ok && in {
			return true
		}
	}
	return false
}

// meets reports whether every one of some groups is met with the given standing, as holds does.
//
// Words that bind must not all be denied: "de regio werkt niet met een klachtenregeling" states no duty.
func (s sight) meets(all []slot, want standing, party string) (ok, inBlock bool, m mark) {
	denied := true
	for _, g := range all {
		if i := s.find(g, want, party); i >= 0 {
			inBlock = true
			denied = denied && s.own[i].denied
			m = m.with(*s.own[i].Hit)
			continue
		}
		if !s.context.has(g) {
			return false, false, mark{}
		}
	}
	if inBlock && denied && want == binding {
		return false, false, mark{}
	}
	return true, inBlock, m
}

// contradicts reports whether p says the opposite of c: one of its own phrases, or an exemption in the clause of what c negates or of the whole duty.
func (p *passage) contradicts(ev *Evaluator, c *compiled, s sight) (mark, bool) {
	switch p.zone {
	case dossier.ZoneTOC, dossier.ZoneDefinitions, dossier.ZoneQuestions:
		return mark{}, false
	}
	duty, _, _ := s.holds(c.anchor, taken, c.rec.Party)
	listed := p.leadBars() && !p.leadNames(ev, c) && !p.limits(ev, p.leadIn.said)
	anchors, topical := c.anchor.slots(), c.topical()
	for i := range s.own {
		w := &s.own[i]
		h, f := *w.Hit, &p.feature[w.Sentence]
		if f.question {
			continue
		}
		if w.in.has(slotContradicts) && !p.forbidden(ev, h) && !p.unsaid(ev, h) {
			return mark{h.Start, h.End}, true
		}
		negated := w.in.has(slotNegates)
		stated := negated || duty && w.in.any(anchors) && !topical
		if stated && (listed || f.barred(h)) {
			return mark{h.Start, h.End}, true
		}
		if !stated || !negated && c.rec.Negates != nil && !(c.ofLaw() && p.waived(c, s, h)) {
			continue
		}
		for _, e := range f.exempt {
			if p.takes(e, h) && !p.forSome(ev, e) {
				return mark{h.Start, h.End}.with(e), true
			}
		}
	}
	return mark{}, false
}

// forbidden reports whether the clause of h says that what h tells is not allowed, or a double negation makes a yes of it.
func (p *passage) forbidden(ev *Evaluator, h phrase.Hit) bool {
	toks := p.own.fold.Tokens
	return slices.ContainsFunc(p.own.said, func(f phrase.Hit) bool {
		return ev.words.doubleNegation.has(f.Phrase) && f.From < h.To && h.From < f.To || ev.words.forbids.has(f.Phrase) && f.Sentence == h.Sentence && toks[f.From].Clause == toks[h.To-1].Clause && (f.From >= h.To || f.To <= h.From)
	})
}

// unsaid reports whether h, words that stand together without a denial of their own, holds one where it ends: "een gemiste afspraak leidt niet meteen tot
// uitsluiting" excludes nobody.
func (p *passage) unsaid(ev *Evaluator, h phrase.Hit) bool {
	toks := p.own.fold.Tokens
	return ev.undenied.has(h.Phrase) && slices.ContainsFunc(p.own.said, func(d phrase.Hit) bool {
		return ev.words.denial.has(d.Phrase) && d.From > h.From && d.To < h.To && toks[d.From].Clause == toks[h.To-1].Clause
	})
}

// waived reports whether h stands in a clause that says in so many words that nobody need do all this: that excludes any duty, also one put as a prohibition.
func (p *passage) waived(c *compiled, s sight, h phrase.Hit) bool {
	return slices.ContainsFunc(p.feature[h.Sentence].waive, func(e phrase.Hit) bool { return p.waives(e, h) && s.waivedAll(p, c, e) })
}

// waivedAt reports whether some words say that nobody need do what h names.
func (p *passage) waivedAt(h phrase.Hit) bool {
	return slices.ContainsFunc(p.feature[h.Sentence].waive, func(e phrase.Hit) bool { return p.waives(e, h) })
}

// waives reports whether e says that nobody need do what h names: it stands in the clause and not behind e. What "hoeft niet" takes may stand on either side
// ("de tarieven hoeven niet reëel te zijn"), but not before an "en" that joins it to a statement.
func (p *passage) waives(e, h phrase.Hit) bool {
	toks := p.own.fold.Tokens
	if w := toks[e.From].Text; w != "hoeft" && w != "hoeven" {
		return p.takes(e, h) && h.To <= e.To
	}
	joined := e.From > 0 && toks[e.From-1].Text == "en"
	return p.sameClause(e, h) && h.From < e.To+objectReach && !(joined && h.From < e.From)
}

// waivedAll reports whether e takes the anchor of c away, and some aspect if it has any.
func (s sight) waivedAll(p *passage, c *compiled, e phrase.Hit) bool {
	under := sight{context: s.context}
	for _, w := range s.own {
		if w.Sentence == e.Sentence && p.waives(e, *w.Hit) {
			w.denied = false
			under.own = append(under.own, w)
		}
	}
	ok, in, _ := under.holds(c.anchor, taken, c.rec.Party)
	return ok && in && (!c.hasCore() || c.meetsAny(under, taken))
}

// leadNames reports whether the lead-in speaks of c itself: "Een VOG is niet vereist voor:" takes away for what is listed only.
func (p *passage) leadNames(ev *Evaluator, c *compiled) bool {
	own := c.anchor.slots().or(subjectOnly)
	return slices.ContainsFunc(p.leadIn.hits, func(h phrase.Hit) bool { return ev.slotsOf(c.index, h.Phrase).any(own) })
}

// exempts reports whether words that take a duty away count for c; not for a duty that is itself a prohibition ("negates: []").
func (c *compiled) exempts() bool { return c.rec.Negates == nil || len(c.negates) > 0 }

// ofLaw reports whether c rests on an article of a law; criteria of frameworks and guides have none.
func (c *compiled) ofLaw() bool { return c.req.Article != "" }

// topical reports whether the anchor of c only names its topic, as in criteria of frameworks that are cut into aspects: an exemption beside it is then about
// something else more often than about the duty.
func (c *compiled) topical() bool { return !c.ofLaw() && len(c.aspects) > 0 }

// limits reports whether words among hits say that something holds for some cases only.
func (p *passage) limits(ev *Evaluator, hits []phrase.Hit) bool {
	return slices.ContainsFunc(hits, func(h phrase.Hit) bool { return ev.words.limited.has(h.Phrase) })
}

// forSome reports whether an exemption holds for some cases only ("niet vereist voor ...", "tenzij ...").
func (p *passage) forSome(ev *Evaluator, e phrase.Hit) bool {
	var limits []phrase.Hit
	for _, h := range p.own.said {
		if ev.words.limited.has(h.Phrase) && h.From < e.To && e.From < h.To {
			limits = append(limits, h)
		}
	}
	return len(apartFrom(p.own, e, limits)) > 0
}
