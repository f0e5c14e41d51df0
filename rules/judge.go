package rules

import (
	"cmp"
	"fmt"
	"slices"
	"sync"

	"inkooptoets/rules/result"
)

// Further reasons why a passage does not cover, in Dutch for the report.
const (
	whyExempt   = "verklaart het artikel niet van toepassing"
	whyWeak     = "gaat over iets dat erop lijkt, maar is niet genoeg"
	whyNoAspect = "noemt geen van de onderdelen"
	whyAbsent   = "verwijst naar een stuk dat niet in het dossier zit"
)

// trace is what one passage shows of one requirement.
type trace struct {
	p       *passage
	shows   result.Status
	aspects []int // indexes of the aspects that bind here
	mark    mark
	why     string // why it does not cover; empty if it does what it can
}

// verdict is what all passages together show of one requirement.
type verdict struct {
	facts  facts
	traces []trace
	bound  []bool  // per aspect
	named  []bool  // per aspect
	old    []trace // what passages showed that a later document took out or changed
}

// silent reports whether no passage says anything of its own; a general clause about the law does not count.
func (v verdict) silent() bool {
	return !slices.ContainsFunc(v.traces, func(t trace) bool { return t.why != whyGeneral || t.mark != mark{} })
}

// judge gathers the verdict on one requirement, passage by passage.
type judge struct {
	ev   *Evaluator
	c    *compiled
	near map[string]bool // sections and tables in which the anchor binds somewhere
	// An anchor that binds somebody else, and an aspect that does, each in a passage of its own.
	strayAnchor, strayAspect bool
	verdict
}

// desk is the memory of one judging, kept for the next: a verdict holds nothing of it.
type desk struct {
	sights []sight
	words  []word
}

var desks sync.Pool // *desk

// judge reads every passage for c. Aspects are judged after the anchors, because an aspect may lean on an anchor elsewhere in its section or table.
func (ev *Evaluator) judge(c *compiled, views []view) verdict {
	j := judge{ev: ev, c: c, near: map[string]bool{}, verdict: verdict{bound: make([]bool, len(c.aspects)), named: make([]bool, len(c.aspects))}}
	if slices.ContainsFunc(views, c.skips) {
		views = slices.DeleteFunc(slices.Clone(views), c.skips)
	}
	d, _ := desks.Get().(*desk)
	if d == nil {
		d = &desk{}
	}
	defer desks.Put(d)
	room := 0
	for _, v := range views {
		room += len(v.hits)
	}
	sights, words := slices.Grow(d.sights[:0], len(views))[:len(views)], slices.Grow(d.words[:0], room)
	d.sights, d.words = sights, words
	for i, v := range views {
		p := v.p
		sights[i] = ev.look(v, c, words[len(words):])
		words = words[:len(words)+len(sights[i].own)]
		if ok, _, _ := sights[i].holds(c.anchor, binding, c.rec.Party); ok {
			j.near[p.section] = true
			j.near[p.table] = true
		}
	}
	delete(j.near, "") // no table
	for i, v := range views {
		if t := j.read(v.p, sights[i]); t.shows != "" {
			j.traces = append(j.traces, t)
		}
	}
	j.dates(views)
	j.conclude()
	return j.verdict
}

// skips reports whether a passage is not about c: vetoed, or about another law.
func (c *compiled) skips(v view) bool {
	if slices.ContainsFunc(v.hits, func(h seen) bool { return h.in.has(slotVeto) }) {
		return true
	}
	p := v.p
	return len(p.laws) > 0 && len(c.req.Applies.Laws) > 0 && !overlap(p.laws, c.req.Applies.Laws)
}

// read grades one passage, strongest first: opposite, article, duty, neighbour, wrong party, words that do not bind.
func (j *judge) read(p *passage, s sight) trace {
	if m, ok := p.contradicts(j.ev, j.c, s); ok {
		return j.opposite(p, m, "")
	}
	t := j.article(p, s)
	if t.shows == "" {
		t = j.adoption(p, s)
	}
	if t.shows == result.Contradicted {
		return t
	}
	anchor, inBlock, m := s.holds(j.c.anchor, binding, j.c.rec.Party)
	if !j.c.hasCore() && anchor && inBlock {
		j.facts.full = true
		return trace{p: p, shows: result.Covered, mark: m}
	}
	if aspects, am := j.aspects(p, s, anchor, inBlock, m); len(aspects) > 0 {
		j.facts.part = true
		if t.shows != result.Covered {
			t.shows, t.why = result.Partial, ""
		}
		t.aspects, t.mark = aspects, t.mark.and(m).and(am)
		return t
	}
	if t.shows == result.Covered || t.shows == result.Referenced {
		return t
	}
	return j.weaker(p, s, anchor, inBlock, t)
}

// hasCore reports whether some aspect is needed for covered; without one the anchor is enough.
func (c *compiled) hasCore() bool {
	return slices.ContainsFunc(c.aspects, func(a compiledAspect) bool { return a.asp.Core })
}

func (j *judge) opposite(p *passage, m mark, why string) trace {
	j.facts.contradicted = true
	return trace{p: p, shows: result.Contradicted, mark: m, why: why}
}

// article grades the citation of an article of the requirement: with its subject beside it the duty is covered, alone it is made binding by reference.
func (j *judge) article(p *passage, s sight) trace {
	cite, ok := j.ev.exactArticle(j.c, p)
	if !ok {
		return trace{p: p}
	}
	m := mark{cite.Start, cite.End}
	switch why := p.citeWhy(j.ev, j.c, cite); why {
	case "":
	case whyExempt:
		return j.opposite(p, m, why)
	default:
		j.facts.mentioned = true
		return trace{p: p, shows: result.Mentioned, mark: m, why: why}
	}
	if j.misplaced(p, s, cite) {
		j.facts.mentioned = true
		return trace{p: p}
	}
	j.facts.referenced = true
	if subject, ok := s.has(slotSubject, binding, j.c.rec.Party); ok && j.c.req.Limbs <= 1 {
		j.facts.full = true
		return trace{p: p, shows: result.Covered, mark: m.with(subject)}
	}
	return trace{p: p, shows: result.Referenced, mark: m}
}

// misplaced reports whether the article stands behind a duty that the passage puts on the municipality: citing it does not give it back to the provider. An
// article that the municipality names without doing what it asks is made binding as well as by anybody.
func (j *judge) misplaced(p *passage, s sight, cite cited) bool {
	if j.c.rec.Party != "provider" || !p.actsOther(&p.feature[cite.Sentence]) {
		return false
	}
	if p.lead.municipality {
		return true
	}
	right, _, _ := s.holds(j.c.anchor, binding, "provider")
	wrong, in, _ := s.holds(j.c.anchor, wrongParty, "provider")
	return wrong && in && !right
}

// aspects lists the aspects that bind in a passage, and notes those that are only named.
func (j *judge) aspects(p *passage, s sight, anchor, anchorInBlock bool, m mark) (bound []int, where mark) {
	for i, a := range j.c.aspects {
		s := s.without(a.mask)
		ok, inBlock, am := s.holds(a.need, binding, a.party)
		if !ok && anchor && anchorInBlock && slices.Contains(a.zones, p.zone) {
			ok, inBlock, am = true, true, m
		}
		if !ok || !inBlock && !anchorInBlock {
			stray, _, _ := s.holds(a.need, wrongParty, a.party)
			j.strayAspect = j.strayAspect || stray
			named, _, _ := s.holds(a.need, taken, a.party)
			j.named[i] = j.named[i] || named
			continue
		}
		if anchor || j.anchored(p, s, a, inBlock) {
			j.bound[i] = true
			bound = append(bound, i)
			where = where.and(am)
		}
	}
	if i, m, ok := j.leftOver(s, bound); ok {
		j.bound[i] = true
		bound, where = append(bound, i), where.and(m)
	}
	return bound, where
}

// minBeside is how many core aspects must bind in a passage before the last one is taken from half a word.
const minBeside = 3

// leftOver finds the only core aspect of a framework criterion that a passage does not bind, when it binds at least three others and has a binding word of that
// one aspect that belongs to none of them. Who lists four things of five and speaks of something more, in words that are only half known, has listed the fifth;
// of what a law demands nothing is taken for granted.
func (j *judge) leftOver(s sight, bound []int) (aspect int, where mark, ok bool) {
	if j.c.ofLaw() || len(bound) < minBeside {
		return 0, mark{}, false
	}
	aspect, beside := -1, 0
	taken := j.c.anchor.slots()
	for i, a := range j.c.aspects {
		switch {
		case slices.Contains(bound, i):
			taken = taken.or(a.need.slots())
			if a.asp.Core {
				beside++
			}
		case a.asp.Core && aspect >= 0:
			return 0, mark{}, false // two are missing
		case a.asp.Core:
			aspect = i
		}
	}
	if aspect < 0 || beside < minBeside {
		return 0, mark{}, false
	}
	a := &j.c.aspects[aspect]
	for i := range s.own {
		w := &s.own[i]
		if !w.in.any(a.need.slots()) || w.denied || w.worth(a.party).standing != binding {
			continue
		}
		if !slices.ContainsFunc(s.own, func(u word) bool { return u.in.any(taken) && u.From < w.To && w.From < u.To }) {
			return aspect, mark{w.Start, w.End}, true
		}
	}
	return 0, mark{}, false
}

// anchored reports whether an aspect may lean on an anchor that does not bind the requirement's own party in this passage: one for the aspect's party, one
// elsewhere in the section or table, or none at all.
func (j *judge) anchored(p *passage, s sight, a compiledAspect, inBlock bool) bool {
	if a.party != j.c.rec.Party {
		if ok, _, _ := s.holds(j.c.anchor, binding, a.party); ok {
			return true
		}
	}
	if !inBlock {
		return false
	}
	if (a.scope == "dossier" || a.scope == "section") && j.near[p.section] || j.near[p.table] {
		return true
	}
	if a.scope != "dossier" {
		return false
	}
	if _, ok := s.has(slotSubject, taken, j.c.rec.Party); ok || j.c.ofLaw() {
		return true
	}
	return s.meetsNear(a.need, a.party) // the words of a framework are common ones, that meet by chance in a long paragraph
}

// weaker grades what does not state the duty: a neighbour that is half of it, the duty on somebody else, and words that do not bind.
func (j *judge) weaker(p *passage, s sight, anchor, anchorInBlock bool, t trace) trace {
	c, party := j.c, j.c.rec.Party
	if h, ok := s.has(slotWeak, wrongParty, party); ok {
		j.facts.part = true
		return trace{p: p, shows: result.Partial, mark: mark{h.Start, h.End}, why: whyWeak}
	}
	if ok, in, m := s.holds(c.anchor, wrongParty, party); ok && in && !anchor && s.some(wrongParty, party) {
		if c.meetsAny(s, wrongParty) {
			j.facts.part = true
			return trace{p: p, shows: result.Partial, mark: m, why: cmp.Or(s.whyOf(p, c.anchor.slots(), party), whyParty)}
		}
		j.strayAnchor = true
	}
	if ok, in, m := s.holds(c.anchor, taken, party); ok && (in || anchorInBlock) {
		j.facts.mentioned = true
		why := s.whyOf(p, c.anchor.slots(), party)
		if anchor {
			why = whyNoAspect
		}
		return trace{p: p, shows: result.Mentioned, mark: m, why: why}
	}
	if h, ok := s.has(slotSubject, taken, party); ok && t.shows == "" {
		j.facts.mentioned = true
		return trace{p: p, shows: result.Mentioned, mark: mark{h.Start, h.End}, why: s.whyOf(p, subjectOnly, party)}
	}
	return t
}

// meetsAny reports whether some aspect is met with the given standing; true when there are no aspects.
func (c *compiled) meetsAny(s sight, want standing) bool {
	for _, a := range c.aspects {
		if ok, _, _ := s.holds(a.need, want, a.party); ok {
			return true
		}
	}
	return len(c.aspects) == 0
}

// some reports whether a word has exactly this standing.
func (s sight) some(want standing, party string) bool {
	return slices.ContainsFunc(s.own, func(w word) bool { return w.worth(party).standing == want })
}

// subjectOnly is the subject as a set.
var subjectOnly = only(slotSubject)

// whyOf gives the reason why the words of some groups do not bind; words that stand right give whyOtherDuty in a sentence that lays down something, else
// whyNoDuty.
func (s sight) whyOf(p *passage, groups slots, party string) string {
	why := whyNoDuty
	for i := range s.own {
		w := &s.own[i]
		switch f := &p.feature[w.Sentence]; {
		case !w.in.any(groups):
		case w.worth(party).why != "":
			return w.worth(party).why
		case w.denied:
			return whyDenied
		case f.duty || f.demand || f.providerActs || p.lead.duty || p.lead.demand:
			why = whyOtherDuty
		}
	}
	return why
}

// exactArticle finds the first citation in p that names an article of c.
func (ev *Evaluator) exactArticle(c *compiled, p *passage) (cited, bool) {
	for _, cite := range p.cites {
		if ev.cites(cite, c) {
			return cite, true
		}
	}
	return cited{}, false
}

// citeWhy says why a citation does not bind, or "".
func (p *passage) citeWhy(ev *Evaluator, c *compiled, cite cited) string {
	if why := p.placeWhy(c.rec.Party); why != "" {
		return why
	}
	f := &p.feature[cite.Sentence]
	if p.leadBars() && !p.limits(ev, p.leadIn.said) || f.bars >= 0 && cite.Start >= p.own.fold.Tokens[f.bars].Start {
		return whyExempt
	}
	for _, e := range f.exempt {
		if p.own.fold.Tokens[e.From].Clause == cite.Clause || p.own.fold.Tokens[e.To-1].Clause == cite.Clause {
			return whyExempt
		}
	}
	for _, d := range f.denial {
		if c.exempts() && p.own.fold.Tokens[d.From].Clause == cite.Clause {
			return whyDenied
		}
	}
	switch {
	case f.question || p.lead.question:
		return whyQuestion
	case f.wished(cite.Start) || p.leadWish():
		return whyWish
	}
	return ""
}

// dates judges a requirement about the time between two dates.
func (j *judge) dates(views []view) {
	if j.c.interval == nil {
		return
	}
	shows, from, until, ok := j.c.interval.weigh(j.ev, views)
	if !ok {
		return
	}
	why := ""
	if shows == result.Contradicted {
		why = fmt.Sprintf("laat minder dan %d maanden tussen de twee data", j.c.interval.months)
	}
	j.facts.full = j.facts.full || shows == result.Covered
	j.facts.contradicted = j.facts.contradicted || shows == result.Contradicted
	for _, d := range []dated{from, until} {
		j.traces = append(j.traces, trace{p: d.p, shows: shows, mark: d.mark, why: why})
	}
}

// conclude joins the passages: every core aspect bound means covered. Anchor and aspect of a law that bind somebody else, apart from each other, are half the
// duty.
func (j *judge) conclude() {
	j.facts.part = j.facts.part || j.strayAnchor && j.strayAspect && j.c.ofLaw()
	core, met := 0, 0
	for i, a := range j.c.aspects {
		if a.asp.Core {
			core++
			if j.bound[i] {
				met++
			}
		}
	}
	if core > 0 && met == core {
		j.facts.full = true
	}
}
