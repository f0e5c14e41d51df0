package rules

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"inkooptoets/extract/dossier"
	"inkooptoets/rules/result"
	"inkooptoets/rules/review"
	"inkooptoets/seeds"
)

// Options steer one evaluation. The zero value detects everything and judges at no date (everything in force counts).
type Options struct {
	Date      string   // YYYY-MM-DD
	Laws      []string // given instead of detected
	Segments  []string
	Services  []string
	Procedure string
	Variant   string
	// Frameworks names the frameworks and guides to judge, by source id; "all" or "none" stand for themselves. Empty: those that fit the tender.
	Frameworks []string
	Nearest    int // nearest passages per gap; 0 means none

	targets []string // target groups, for examples
}

// maxEvidence bounds the passages shown per requirement.
const maxEvidence = 5

// Evaluate judges every requirement of the catalogue on d. The only errors are those of ctx and of the text index.
func (ev *Evaluator) Evaluate(ctx context.Context, d dossier.Dossier, o Options) (result.Dossier, error) {
	segments := ev.segments(d)
	d = ev.zones(d, segments)
	// The draft is reviewed beside the judging: neither needs more of the other than the documents that are not there.
	var draft *review.Reading
	var passages, now []*passage
	var prof profile
	var choices []choice
	_ = each(2, 1, func(i int) error {
		if i == 0 {
			draft = ev.reviewer.Read(d, segments.fold)
			return nil
		}
		passages = ev.passages(d, segments)
		now = slices.Concat(passages, ev.amend(passages, segments))
		prof = ev.profile(passages, d.Given, o)
		choices = ev.choose(passages, prof, firstOf(o.Frameworks, d.Given.Frameworks))
		return nil
	})
	near := indexing(passages, o.Nearest)
	defer near.close()
	lacks := lacking{unreadable: slices.ContainsFunc(d.Documents, dossier.Document.Incomplete)}
	seen := ev.prepare(now, prof.soleLaw(), func() {
		absent := draft.Survey(review.Options{Date: o.Date, Sole: prof.soleLaw(), Procedure: prof.soleProcedure(), Variant: prof.soleVariant()})
		lacks.pointers = ev.pointers(d, passages, absent)
	})
	var asked []*compiled
	for _, c := range ev.compiled {
		if chosen(choices, c.req.Source) {
			asked = append(asked, c)
		}
	}
	rows, verdicts := make([]result.Row, len(asked)), make([]verdict, len(asked))
	var reviewed review.Outcome
	err := each(1+len(asked), minShare, func(i int) error {
		if i == 0 {
			reviewed = draft.Check()
			return nil
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		c := asked[i-1]
		rows[i-1], verdicts[i-1] = ev.row(c, passages, seen[c.index], prof, o.Date, lacks)
		return nil
	})
	if err != nil {
		return result.Dossier{}, ctx.Err()
	}
	out := result.Dossier{ID: d.ID, Profile: ev.named(prof.result(choices)), Documents: documents(d), Rows: rows}
	out.Findings, out.Citations = reviewed.Findings, reviewed.Citations
	var gaps []gap
	for i, row := range rows {
		if row.Status != result.Contradicted && (row.Status.Gap() || row.Status == result.Undetermined) {
			gaps = append(gaps, gap{i, asked[i], verdicts[i]})
		}
	}
	if err := ev.fillNearest(ctx, near, out.Rows, gaps, o.Nearest); err != nil {
		return result.Dossier{}, err
	}
	restingOn(out.Findings, out.Rows)
	out.Tallies = result.Count(out.Rows)
	out.Demands = ev.demands(passages, out.Rows)
	return out, nil
}

func (ev *Evaluator) cites(cite cited, c *compiled) bool {
	for _, want := range c.req.Cites {
		if ev.names(cite, want) {
			return true
		}
	}
	return false
}

// row judges one requirement; the verdict is what the row rests on.
func (ev *Evaluator) row(c *compiled, all []*passage, views []view, prof profile, date string, lacks lacking) (row result.Row, v verdict) {
	row = result.Row{
		Requirement: c.req.ID, Source: c.req.Source, Element: c.req.Element, Duty: result.Duty(c.req.Duty), Party: c.req.Party, Title: c.req.Title,
		Citation: ev.catalogue.Citation(c.req), Link: ev.catalogue.Link(c.req, date),
		Aspects: []result.Aspect{}, Evidence: []result.Evidence{}, Nearest: []result.Evidence{},
	}
	v, because := ev.weigh(c, all, views, prof, date)
	v.facts.unreadable = lacks.unreadable
	rest := lacks.rests(c)
	v.facts.absent = rest != nil
	row.Status = status(v.facts)
	if row.Status == result.Undetermined && v.facts.applies == yes && !v.facts.manual && rest != nil {
		row.Absent = rest.absent.Rule
		v.traces = append([]trace{{p: rest.p, shows: result.Mentioned, mark: rest.mark, why: whyAbsent}}, v.traces...)
		because = rest.elsewhere()
	}
	row.Aspects = v.aspectRows(c, row.Status)
	row.Evidence = v.evidence(c, row.Status)
	row.Reason = v.amended(reason(c, row, v, because))
	if row.Status != result.NotApplicable {
		row.Note = ev.note(c, date)
	}
	if row.Status.Gap() || row.Status == result.Undetermined {
		row.Suggestion = c.req.Suggestion
	}
	return row, v
}

// named adds the names of segments and frameworks.
func (ev *Evaluator) named(p result.Profile) result.Profile {
	for i, a := range p.Frameworks {
		if s, ok := ev.catalogue.Source(a.Value); ok {
			p.Frameworks[i].Name = s.Short
		}
	}
	for i, a := range p.Segments {
		if k := slices.IndexFunc(ev.catalogue.Segments, func(s seeds.Segment) bool { return s.ID == a.Value }); k >= 0 {
			p.Segments[i].Name = ev.catalogue.Segments[k].Name
		}
	}
	return p
}

// note says what else to know about the source of a requirement: that it was replaced by the reference date.
func (ev *Evaluator) note(c *compiled, date string) string {
	s, ok := ev.catalogue.Source(c.req.Source)
	if !ok || s.Replaced == nil || date != "" && date < s.Replaced.From {
		return ""
	}
	return "Let op: " + replacedBy(s)
}

// weigh judges the passages and whether the requirement applies; because says why it does not, in Dutch.
func (ev *Evaluator) weigh(c *compiled, all []*passage, views []view, prof profile, date string) (v verdict, because string) {
	applies, because := prof.applies(c.req, date)
	if applies == no {
		v.facts.applies = no
		return v, because
	}
	v = ev.judgeNow(c, views)
	if c.req.Party == "provider" && c.ofLaw() && !v.facts.mentioned { // a clause about the law says nothing about a framework
		v.general(c, all)
	}
	v.facts.applies, v.facts.manual = applies, c.req.Manual != ""
	if applies == unknown && prof.speaksOf(c.req, v) {
		v.facts.applies = yes // a text that speaks of the subject is about it
	}
	if slices.Contains(c.req.Applies.IfNamed, prof.soleLaw()) && v.silent() {
		v.facts.applies = no
		return v, "De stukken zwijgen hierover, en bij deze wet alleen hoeft het er niet in."
	}
	return v, because
}

// general lifts a provider's duty to mentioned when a general compliance clause names all law or its law.
func (v *verdict) general(c *compiled, all []*passage) {
	for _, p := range all {
		if p.later != nil {
			continue
		}
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
		if shown[t.p.place()] {
			continue
		}
		shown[t.p.place()] = true
		if len(out) == maxEvidence || s == result.Covered && t.shows == result.Mentioned && len(out) > 0 {
			break
		}
		e := t.quote()
		e.Shows, e.Lacks = t.shows, t.lacks(c, v)
		if slices.ContainsFunc(out, func(x result.Evidence) bool { return len(x.Aspects) > 0 && x.Lacks == e.Lacks }) {
			e.Lacks = "" // what binds nowhere is said of the best passage only
		}
		for _, i := range t.aspects {
			e.Aspects = append(e.Aspects, c.aspects[i].asp.ID)
		}
		out = append(out, e)
	}
	return v.withOverridden(out, s)
}

func quote(p *passage, m mark) result.Evidence {
	return result.Evidence{File: p.doc.Path, Page: p.block.Loc.Page, Block: p.block.Loc.Block, Path: p.block.Path, Quote: p.block.Text, Start: m.start, End: m.end}
}

// Sources describes the sources that the rows of dossiers name, in catalogue order.
func (ev *Evaluator) Sources(dossiers []result.Dossier) []result.Source {
	named := map[string]bool{}
	for _, d := range dossiers {
		for _, r := range d.Rows {
			named[r.Source] = true
		}
	}
	var out []result.Source
	for _, s := range ev.catalogue.Sources {
		if !named[s.ID] {
			continue
		}
		out = append(out, result.Source{ID: s.ID, Kind: cmp.Or(s.Kind, "law"), Name: s.Short, Title: s.Title, Without: s.Without, Replaced: replacedBy(s)})
	}
	return out
}

// replacedBy says in Dutch what replaced a source; empty while it stands.
func replacedBy(s seeds.Source) string {
	if s.Replaced == nil {
		return ""
	}
	out := fmt.Sprintf("%s is vervangen door %s (%s).", s.Short, s.Replaced.Title, s.Replaced.From)
	if s.Replaced.Note != "" {
		out += " " + s.Replaced.Note
	}
	return out
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
