package rules

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"inkooptoets/extract/dossier"
	"inkooptoets/rules/internal/textindex"
	"inkooptoets/rules/phrase"
	"inkooptoets/rules/result"
)

// Options steer one evaluation. The zero value detects everything and judges at no date (everything in force counts).
type Options struct {
	Date      string   // YYYY-MM-DD
	Laws      []string // given instead of detected
	Segments  []string
	Services  []string
	Procedure string
	Nearest   int // nearest passages per gap; 0 means none
}

// maxEvidence bounds the passages shown per requirement.
const maxEvidence = 5

// minNearest is the number of words below which a passage tells a reader nothing.
const minNearest = 5

// Evaluate judges every requirement of the catalogue on d. The only errors are those of ctx and of the text index.
func (ev *Evaluator) Evaluate(ctx context.Context, d dossier.Dossier, o Options) (result.Dossier, error) {
	d = ev.Zones(d)
	passages := ev.passages(d)
	prof := ev.profile(passages, d.Given, o)
	ev.prepare(passages, prof.soleLaw())
	seen := ev.relevant(passages)
	out := result.Dossier{ID: d.ID, Profile: prof.result(), Documents: documents(d), Findings: []result.Finding{}}
	unreadable := slices.ContainsFunc(d.Documents, func(doc dossier.Document) bool { return doc.Problem != "" })
	var near *textindex.Index
	if o.Nearest > 0 {
		var err error
		if near, err = index(passages); err != nil {
			return result.Dossier{}, err
		}
		defer near.Close()
	}
	for i, c := range ev.compiled {
		if err := ctx.Err(); err != nil {
			return result.Dossier{}, err
		}
		row := ev.row(c, passages, seen[i], prof, o.Date, unreadable)
		if near != nil && (row.Status.Gap() || row.Status == result.Undetermined) {
			nearest, err := ev.nearest(ctx, near, c, passages, row, o.Nearest)
			if err != nil {
				return result.Dossier{}, err
			}
			row.Nearest = nearest
		}
		out.Rows = append(out.Rows, row)
	}
	out.Tallies = result.Count(out.Rows)
	return out, nil
}

// relevant lists, per requirement, the passages in which its recogniser or its articles have anything to look at.
func (ev *Evaluator) relevant(passages []*passage) [][]*passage {
	out := make([][]*passage, len(ev.compiled))
	last := make([]*passage, len(ev.compiled))
	add := func(i int, p *passage) {
		if last[i] != p {
			last[i] = p
			out[i] = append(out[i], p)
		}
	}
	for _, p := range passages {
		for id := range p.hits {
			for _, i := range ev.owners[id] {
				add(i, p)
			}
		}
		for _, cite := range p.cites {
			for i, c := range ev.compiled {
				if ev.cites(cite, c) {
					add(i, p)
				}
			}
		}
	}
	return out
}

func (ev *Evaluator) cites(cite citation, c *compiled) bool {
	for _, want := range c.req.Cites {
		if ev.names(cite, want) {
			return true
		}
	}
	return false
}

// trace is what one passage shows of one requirement.
type trace struct {
	p       *passage
	shows   result.Status
	aspects []int // indexes of the aspects that bind here
	mark    mark
	why     string
}

// row judges one requirement.
func (ev *Evaluator) row(c *compiled, all, passages []*passage, prof profile, date string, unreadable bool) result.Row {
	row := result.Row{
		Requirement: c.req.ID, Source: c.req.Source, Element: c.req.Element, Duty: result.Duty(c.req.Duty), Party: c.req.Party, Title: c.req.Title,
		Citation: ev.catalogue.Citation(c.req), Link: ev.catalogue.Link(c.req, date),
		Aspects: []result.Aspect{}, Evidence: []result.Evidence{}, Nearest: []result.Evidence{},
	}
	applies, because := prof.applies(c.req, date)
	f := facts{applies: applies, manual: c.req.Manual != "", unreadable: unreadable}
	var v verdict
	if applies != no {
		v = ev.judge(c, passages)
		if c.req.Party == "provider" && !v.facts.mentioned {
			v.general(c, all, prof)
		}
		v.facts.applies, v.facts.manual, v.facts.unreadable = f.applies, f.manual, f.unreadable
		if applies == unknown && prof.speaksOf(c.req, v) {
			v.facts.applies = yes // a text that speaks of the subject is about it
		}
		if slices.Contains(c.req.Applies.IfNamed, prof.soleLaw()) && v.silent() {
			v.facts.applies, because = no, "De stukken zwijgen hierover, en bij deze wet alleen hoeft het er niet in."
		}
		f = v.facts
	}
	row.Status = status(f)
	row.Aspects = v.aspectRows(c, row.Status)
	row.Evidence = v.evidence(c, row.Status)
	row.Reason = reason(c, row, v, because)
	if row.Status.Gap() || row.Status == result.Undetermined {
		row.Suggestion = c.req.Suggestion
	}
	return row
}

// verdict is what all passages together show of one requirement.
type verdict struct {
	facts  facts
	traces []trace
	bound  []bool // per aspect
	named  []bool // per aspect
}

// silent reports whether no passage says anything of its own; a general clause about the law does not count.
func (v verdict) silent() bool {
	return !slices.ContainsFunc(v.traces, func(t trace) bool { return t.why != whyGeneral || t.mark != mark{} })
}

// judge reads every passage for c. Aspects are judged after the anchors, because an aspect may lean on an anchor elsewhere in its section or table.
func (ev *Evaluator) judge(c *compiled, passages []*passage) verdict {
	v := verdict{bound: make([]bool, len(c.aspects)), named: make([]bool, len(c.aspects))}
	ids := c.phrases()
	anchored := map[string]bool{}
	sights := make([]sight, len(passages))
	for i, p := range passages {
		sights[i] = ev.look(p, c, ids)
		if ev.skips(c, p) {
			sights[i].own = nil
			continue
		}
		if ok, _, _ := sights[i].holds(c.all, c.strong, binding, c.rec.Party); ok {
			anchored[p.section] = true
			if p.table != "" {
				anchored[p.table] = true
			}
		}
	}
	for i, p := range passages {
		if ev.skips(c, p) {
			continue
		}
		if t, ok := ev.trace(c, p, sights[i], anchored, &v); ok {
			v.traces = append(v.traces, t)
		}
	}
	v.dates(c, passages)
	v.conclude(c)
	return v
}

// skips reports whether a passage is not about c: vetoed, or about another law.
func (ev *Evaluator) skips(c *compiled, p *passage) bool {
	for _, id := range c.veto {
		if p.hits[id] {
			return true
		}
	}
	return len(p.laws) > 0 && len(c.req.Applies.Laws) > 0 && !overlap(p.laws, c.req.Applies.Laws)
}

// trace grades one passage for c and notes in v what it adds.
func (ev *Evaluator) trace(c *compiled, p *passage, s sight, near map[string]bool, v *verdict) (trace, bool) {
	t := trace{p: p}
	subject, hasSubject := s.has(c.subject, taken, c.rec.Party)
	cite, cited := ev.exactArticle(c, p)
	if m, ok := p.contradicts(ev, c, s); ok {
		v.facts.contradicted = true
		t.shows, t.mark = result.Contradicted, m
		return t, true
	}
	if cited {
		if why := p.citeWhy(c, cite); why != "" {
			if why == whyExempt {
				v.facts.contradicted = true
				t.shows, t.mark = result.Contradicted, mark{cite.start, cite.end}
				return t, true
			}
			t.shows, t.mark, t.why = result.Mentioned, mark{cite.start, cite.end}, why
		} else {
			t.shows, t.mark = result.Referenced, mark{cite.start, cite.end}
			if _, bound := s.has(c.subject, binding, c.rec.Party); bound && c.req.Limbs <= 1 {
				t.shows, t.mark = result.Covered, t.mark.with(subject)
				v.facts.full = true
			}
			v.facts.referenced = true
		}
	}
	ev.gradeWords(c, p, s, near, v, &t)
	switch {
	case t.shows != "":
		return t, true
	case hasSubject:
		v.facts.mentioned = true
		t.shows, t.mark = result.Mentioned, mark{subject.Start, subject.End}
		t.why = s.whyOf(c.subject, c.rec.Party)
		return t, true
	}
	return t, false
}

// whyExempt marks an article that is declared not to apply.
const whyExempt = "is niet van toepassing verklaard"

// gradeWords grades the words of a passage: anchor, aspects, weak neighbours, wrong party.
func (ev *Evaluator) gradeWords(c *compiled, p *passage, s sight, near map[string]bool, v *verdict, t *trace) {
	party := c.rec.Party
	anchor, inBlock, m := s.holds(c.all, c.strong, binding, party)
	if len(c.aspects) == 0 {
		if anchor && inBlock {
			v.facts.full = true
			t.shows, t.mark = result.Covered, m.and(t.markIf(result.Covered))
			return
		}
	}
	aspectMark := mark{}
	for i, a := range c.aspects {
		s := s.without(p, a.not)
		ok, in, am := s.holds(a.all, a.strong, binding, a.party)
		if !ok && anchor && inBlock && slices.Contains(a.zones, p.zone) {
			ok, in, am = true, true, m
		}
		if !ok || !in && !inBlock {
			if named, _, _ := s.holds(a.all, a.strong, taken, a.party); named {
				v.named[i] = true
			}
			continue
		}
		anchored := anchor
		if !anchored && a.party != party {
			anchored, _, _ = s.holds(c.all, c.strong, binding, a.party)
		}
		if !anchored && !(a.scope == "dossier" && in) && !(in && a.scope == "section" && near[p.section]) && !(in && p.table != "" && near[p.table]) {
			continue
		}
		v.bound[i] = true
		t.aspects = append(t.aspects, i)
		aspectMark = aspectMark.and(am)
	}
	switch {
	case len(t.aspects) > 0:
		v.facts.part = true
		if t.shows != result.Covered {
			t.shows = result.Partial
		}
		t.mark = t.mark.and(m).and(aspectMark)
		return
	case t.shows == result.Covered || t.shows == result.Referenced:
		return
	}
	if h, ok := s.has(c.weak, binding, party); ok {
		v.facts.part = true
		t.shows, t.mark, t.why = result.Partial, mark{h.Start, h.End}, whyWeak
		return
	}
	if ok, in, wm := s.holds(c.all, c.strong, wrongParty, party); ok && in && !anchor && ev.meetsAny(c, s) {
		v.facts.part = true
		t.shows, t.mark, t.why = result.Partial, wm, whyParty
		return
	}
	if ok, in, am := s.holds(c.all, c.strong, taken, party); ok && (in || inBlock) {
		v.facts.mentioned = true
		t.shows, t.mark, t.why = result.Mentioned, am, s.whyOf(append(slices.Clone(c.strong), slices.Concat(c.all...)...), party)
		if anchor {
			t.why = whyNoAspect
		}
	}
}

const (
	whyWeak     = "gaat over iets dat erop lijkt, maar is niet genoeg"
	whyNoAspect = "noemt geen van de onderdelen"
)

// markIf keeps the mark of an earlier grade of the same worth.
func (t *trace) markIf(s result.Status) mark {
	if t.shows == s {
		return t.mark
	}
	return mark{}
}

// meetsAny reports whether some aspect is met by somebody; true when there are no aspects.
func (ev *Evaluator) meetsAny(c *compiled, s sight) bool {
	for _, a := range c.aspects {
		if ok, _, _ := s.holds(a.all, a.strong, wrongParty, a.party); ok {
			return true
		}
	}
	return len(c.aspects) == 0
}

// whyOf gives the reason why the words of g do not bind; words that stand right give whyNoDuty.
func (s sight) whyOf(g group, party string) string {
	w := s.worths(party)
	slices.Sort(g)
	for i, h := range s.own {
		if g.has(h.Phrase) && w[i].why != "" {
			return w[i].why
		}
	}
	return whyNoDuty
}

// exactArticle finds the first citation in p that names an article of c.
func (ev *Evaluator) exactArticle(c *compiled, p *passage) (citation, bool) {
	for _, cite := range p.cites {
		if ev.cites(cite, c) {
			return cite, true
		}
	}
	return citation{}, false
}

// citeWhy says why a citation does not bind, or "".
func (p *passage) citeWhy(c *compiled, cite citation) string {
	if why := p.placeWhy(c.rec.Party); why != "" {
		return why
	}
	f := p.feature[cite.sentence]
	for _, e := range f.exempt {
		if p.own.fold.Tokens[e.From].Clause == cite.clause || p.own.fold.Tokens[e.To-1].Clause == cite.clause {
			return whyExempt
		}
	}
	switch {
	case f.question || p.lead.question:
		return whyQuestion
	case f.wish || p.lead.wish:
		return whyWish
	}
	return ""
}

// dates judges a requirement about the time between two dates.
func (v *verdict) dates(c *compiled, passages []*passage) {
	if c.interval == nil {
		return
	}
	shows, from, until, ok := c.interval.weigh(passages)
	if !ok {
		return
	}
	why := ""
	if shows == result.Contradicted {
		why = fmt.Sprintf("laat minder dan %d maanden tussen de twee data", c.interval.months)
	}
	v.facts.full = v.facts.full || shows == result.Covered
	v.facts.contradicted = v.facts.contradicted || shows == result.Contradicted
	for _, d := range []dated{from, until} {
		v.traces = append(v.traces, trace{p: d.p, shows: shows, mark: d.mark, why: why})
	}
}

// conclude joins the passages: every core aspect bound means covered.
func (v *verdict) conclude(c *compiled) {
	core, met := 0, 0
	for i, a := range c.aspects {
		if a.asp.Core {
			core++
			if v.bound[i] {
				met++
			}
		}
	}
	if core > 0 && met == core {
		v.facts.full = true
	}
}

// general lifts a provider's duty to mentioned when a general compliance clause names all law or its law.
func (v *verdict) general(c *compiled, all []*passage, prof profile) {
	for _, p := range all {
		for _, law := range p.general {
			if law == "*" || slices.Contains(c.req.Applies.Laws, law) && c.req.Source != "avg" && c.req.Source != "wtza" {
				v.facts.mentioned = true
				v.traces = append(v.traces, trace{p: p, shows: result.Mentioned, why: whyGeneral})
				return
			}
		}
	}
}

// aspectRows lists the aspects with their status. A whole requirement that is covered or referenced by its article leaves aspects as they were found.
func (v verdict) aspectRows(c *compiled, s result.Status) []result.Aspect {
	out := []result.Aspect{}
	for i, a := range c.aspects {
		st := result.Missing
		switch {
		case s == result.NotApplicable:
			st = result.NotApplicable
		case s == result.Missing || s == result.Undetermined:
		case v.bound[i]:
			st = result.Covered
		case s == result.Referenced || s == result.Covered && a.asp.Core:
			st = result.Referenced
		case v.named[i]:
			st = result.Mentioned
		}
		out = append(out, result.Aspect{ID: a.asp.ID, Text: a.asp.Text, Core: a.asp.Core, Status: st})
	}
	return out
}

var rank = map[result.Status]int{result.Contradicted: 0, result.Covered: 1, result.Referenced: 2, result.Partial: 3, result.Mentioned: 4}

// evidence picks the passages to show: those that decided first, then by what they add.
func (v verdict) evidence(c *compiled, s result.Status) []result.Evidence {
	traces := slices.Clone(v.traces)
	slices.SortStableFunc(traces, func(a, b trace) int {
		return cmp.Or(cmp.Compare(rank[a.shows], rank[b.shows]), -cmp.Compare(len(a.aspects), len(b.aspects)))
	})
	out := []result.Evidence{}
	shown := map[*passage]bool{}
	for _, t := range traces {
		if shown[t.p] {
			continue
		}
		shown[t.p] = true
		if len(out) == maxEvidence || s == result.Covered && t.shows == result.Mentioned && len(out) > 0 {
			break
		}
		e := quote(t.p, t.mark)
		e.Shows, e.Lacks = t.shows, t.why
		for _, i := range t.aspects {
			e.Aspects = append(e.Aspects, c.aspects[i].asp.ID)
		}
		out = append(out, e)
	}
	return out
}

func quote(p *passage, m mark) result.Evidence {
	return result.Evidence{File: p.doc.Path, Page: p.block.Loc.Page, Block: p.block.Loc.Block, Path: p.block.Path, Quote: p.block.Text, Start: m.start, End: m.end}
}

func documents(d dossier.Dossier) []result.Document {
	out := []result.Document{}
	for _, doc := range d.Documents {
		r := result.Document{Path: doc.Path, Role: doc.Role, Pages: doc.Pages, Problem: doc.Problem}
		for _, w := range doc.Warnings {
			r.Warnings = append(r.Warnings, result.Warning(w))
		}
		out = append(out, r)
	}
	return out
}

func index(passages []*passage) (*textindex.Index, error) {
	docs := make([]textindex.Passage, len(passages))
	for i, p := range passages {
		docs[i] = textindex.Passage{Text: p.own.text, Heading: strings.Join(p.block.Path, " ")}
	}
	return textindex.New(docs)
}

// nearest finds the passages closest to a gap, without those that are evidence already.
func (ev *Evaluator) nearest(ctx context.Context, ix *textindex.Index, c *compiled, passages []*passage, row result.Row, n int) ([]result.Evidence, error) {
	var subject []string
	for _, id := range c.subject {
		subject = append(subject, phrase.Words(ev.matcher.Phrase(id)))
	}
	hits, err := ix.Nearest(ctx, strings.Join(subject, " "), c.req.Title, n+len(row.Evidence)+10)
	if err != nil {
		return nil, err
	}
	out := []result.Evidence{}
	for _, i := range hits {
		p := passages[i]
		shown := slices.ContainsFunc(row.Evidence, func(e result.Evidence) bool { return e.File == p.doc.Path && e.Block == p.block.Loc.Block })
		if shown || p.block.Kind == dossier.Heading || p.zone == dossier.ZoneTOC || len(out) == n || len(p.own.fold.Tokens) < minNearest {
			continue
		}
		out = append(out, quote(p, mark{}))
	}
	return out, nil
}
