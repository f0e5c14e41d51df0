package rules

import (
	"slices"
	"strings"

	"inkooptoets/extract/dossier"
	"inkooptoets/rules/phrase"
	"inkooptoets/rules/result"
)

// demandWords are the lists of demands.yaml.
type demandWords struct {
	input, output, outcome, people, attitude, improvement, coherence, registration, not group
}

func (w *demandWords) lists() map[string]*group {
	return map[string]*group{
		"demand-input": &w.input, "demand-output": &w.output, "demand-outcome": &w.outcome, "demand-people": &w.people, "demand-attitude": &w.attitude,
		"demand-improvement": &w.improvement, "demand-coherence": &w.coherence, "demand-registration": &w.registration, "demand-not": &w.not,
	}
}

// minDemand is the number of words below which a text demands nothing that can be told.
const minDemand = 4

// demands lists what the tender asks of the quality of care beyond the law: every item, row or sentence that binds the provider, where it does not show a
// requirement of the law and is not about money, the contract as a deal, or the tender itself.
func (ev *Evaluator) demands(passages []*passage, rows []result.Row) []result.Demand {
	type place struct {
		file  string
		block int
	}
	lawful := map[place][]mark{} // the words that show what the law asks of the provider already
	for _, r := range rows {
		if c := ev.byID[r.Requirement]; !c.ofLaw() || c.req.Party == "municipality" {
			continue
		}
		for _, e := range r.Evidence {
			if e.Shows == result.Covered || e.Shows == result.Referenced || e.Shows == result.Partial && r.Status == result.Covered {
				at := place{e.File, e.Block}
				lawful[at] = append(lawful[at], mark{e.Start, e.End})
			}
		}
	}
	var out []result.Demand
	for _, p := range passages {
		if p.block.Kind == dossier.Heading || idle(p.zone) {
			continue
		}
		toks := p.own.fold.Tokens
		bound := false // a sentence before this one in the paragraph binds the provider
		for _, u := range p.units() {
			inLaw := func(m mark) bool { return m.start < toks[u.to-1].End && toks[u.from].Start < m.end }
			asked := ev.demanded(p, u, bound)
			bound = bound || asked
			if !asked || slices.ContainsFunc(lawful[place{p.doc.Path, p.block.Loc.Block}], inLaw) {
				continue
			}
			d := ev.classify(p.own.said, u)
			d.File, d.Page, d.Block, d.Start, d.End = p.doc.Path, p.block.Loc.Page, p.block.Loc.Block, toks[u.from].Start, toks[u.to-1].End
			d.Text = p.own.text[d.Start:d.End]
			out = append(out, d)
		}
	}
	return out
}

// idle reports whether a part of a tender demands nothing of the care that is bought.
func idle(z dossier.Zone) bool {
	switch z {
	case dossier.ZoneTOC, dossier.ZoneDefinitions, dossier.ZoneVision, dossier.ZoneBackground, dossier.ZoneQuestions, dossier.ZoneExplanation, dossier.ZoneProcedure, dossier.ZoneAward:
		return true
	}
	return false
}

// unit is a stretch of tokens of a block that can be one demand.
type unit struct{ from, to int }

// units cuts a block: an item or a row is one, a paragraph has one per sentence.
func (p *passage) units() []unit {
	toks := p.own.fold.Tokens
	if len(toks) == 0 {
		return nil
	}
	if p.block.Kind != dossier.Paragraph {
		return []unit{{0, len(toks)}}
	}
	var out []unit
	from := 0
	for i := range toks {
		if i+1 == len(toks) || toks[i+1].Sentence != toks[i].Sentence {
			out = append(out, unit{from, i + 1})
			from = i + 1
		}
	}
	return out
}

// demanded reports whether a unit binds the provider to something about the care. What follows in a paragraph on a sentence that does, and names nobody else, binds
// as well: "De aanbieder regelt het vervoer. Ritten duren niet langer dan drie kwartier."
func (ev *Evaluator) demanded(p *passage, u unit, bound bool) bool {
	if u.to-u.from < minDemand || p.lead.question || p.leadWish() || p.leadBars() {
		return false
	}
	toks := p.own.fold.Tokens
	if p.block.Kind == dossier.Paragraph && u.to == len(toks) && strings.HasSuffix(strings.TrimSpace(p.own.text), ":") {
		return false // what is asked stands in the list behind it
	}
	listed := p.block.Kind != dossier.Paragraph && (demanding(p.zone) || normed(p.block) || p.lead.provider || p.lead.duty || p.lead.demand)
	binds := false
	for s := toks[u.from].Sentence; s <= toks[u.to-1].Sentence; s++ {
		f := p.feature[s]
		switch {
		case f.question, f.wished(toks[u.from].Start), f.general >= 0, p.actsOther(f):
			continue
		}
		binds = binds || listed || f.provider || f.demand || f.duty && !f.municipality || bound && !f.municipality && !f.client || p.zone == dossier.ZoneRequirement
	}
	return binds && !ev.says(p.own.said, u, ev.asks.not)
}

// normHeaders open the headers of columns that hold what is asked.
var normHeaders = []string{"eis", "norm", "indicator", "verwacht", "wat wij v", "wat we v", "streefwaarde"}

// normed reports whether a row has a column for what is asked.
func normed(b *dossier.Block) bool {
	return slices.ContainsFunc(b.Cells, func(c dossier.Cell) bool {
		head := strings.ToLower(strings.TrimSpace(c.Header))
		return slices.ContainsFunc(normHeaders, func(h string) bool { return strings.HasPrefix(head, h) })
	})
}

// demanding reports whether every row or item of a part of a tender is a demand.
func demanding(z dossier.Zone) bool {
	return z == dossier.ZoneRequirement || z == dossier.ZoneSuitability
}

// says reports whether a word of g stands in a unit.
func (ev *Evaluator) says(hits []phrase.Hit, u unit, g group) bool {
	return slices.ContainsFunc(hits, func(h phrase.Hit) bool { return u.from <= h.From && h.To <= u.to && g.has(h.Phrase) })
}

// classify says what a unit asks. What it brings people goes before what is delivered, that before what must be there; how the work is done is what remains. What
// must be there is asked of people or of the organisation; the way of working of its method, unless it is about how people behave or how the organisation learns;
// what is delivered and brought about is a result, and shown by an indicator.
func (ev *Evaluator) classify(hits []phrase.Hit, u unit) result.Demand {
	a := &ev.asks
	says := func(g group) bool { return ev.says(hits, u, g) }
	d := result.Demand{Level: "throughput", Object: "methode", Kind: "minimale-eis", Registration: says(a.registration)}
	switch {
	case says(a.outcome):
		d.Level = "outcome"
	case says(a.output):
		d.Level = "output"
	case says(a.input):
		d.Level = "input"
	}
	switch {
	case d.Level == "outcome" || d.Level == "output":
		d.Object, d.Kind = "resultaat", "indicator"
		return d
	case d.Level == "input" && says(a.people):
		d.Object = "professional"
	case d.Level == "input":
		d.Object = "organisatie"
	case says(a.attitude):
		d.Object = "professional"
	case says(a.improvement):
		d.Object = "organisatie"
	}
	if says(a.coherence) {
		d.Kind = "samenhang"
	}
	return d
}

// Ask classifies one sentence as a demand, whatever it stands in; it is for measuring how often the classes are right.
func (ev *Evaluator) Ask(sentence string) result.Demand {
	s := ev.segment(strings.TrimSpace(sentence))
	return ev.classify(s.said, unit{0, s.fold.Len()})
}
