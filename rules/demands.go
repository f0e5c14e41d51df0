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
	people, client, provider, care, thing, paper                      group // whom or what a sentence can be about
	governs, wrapper, idle, label, comment                            group // what turns the eye elsewhere
	outcome, topic, change, ability, process, passive, output, figure group // how high it asks: results
	skill, staffing, having, holds, doing, input                      group // and what must be there
	attitude, method, improvement, coherence, partner, joint          group // of whom and with whom
	registration, record, not                                         group
}

func (w *demandWords) lists() map[string]*group {
	return map[string]*group{
		"demand-people": &w.people, "demand-client": &w.client, "demand-provider": &w.provider, "demand-care": &w.care, "demand-thing": &w.thing,
		"demand-paper": &w.paper, "demand-governs": &w.governs, "demand-wrapper": &w.wrapper, "demand-outcome": &w.outcome, "demand-topic": &w.topic,
		"demand-ability": &w.ability, "demand-change": &w.change, "demand-idle": &w.idle, "demand-label": &w.label, "demand-comment": &w.comment, "demand-process": &w.process, "demand-passive": &w.passive, "demand-output": &w.output, "demand-figure": &w.figure, "demand-skill": &w.skill,
		"demand-staffing": &w.staffing, "demand-having": &w.having, "demand-holds": &w.holds, "demand-doing": &w.doing, "demand-input": &w.input, "demand-attitude": &w.attitude, "demand-method": &w.method,
		"demand-improvement": &w.improvement, "demand-coherence": &w.coherence, "demand-partner": &w.partner, "demand-joint": &w.joint,
		"demand-registration": &w.registration, "demand-record": &w.record, "demand-not": &w.not,
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
			d := ev.classify(p.own, u)
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
		f := &p.feature[s]
		switch {
		case f.question, f.wished(toks[u.from].Start), f.general >= 0, p.actsOther(f):
			continue
		}
		binds = binds || listed || f.provider || f.demand || f.duty && !f.municipality || bound && !f.municipality && !f.client || p.zone == dossier.ZoneRequirement
	}
	return binds && !u.holds(p.own.said, ev.asks.not)
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

// classify says what a unit asks. How high it asks hangs on whom or what it is about: people served who can or have something are an effect, workers with a skill and
// things that are there are input, figures of the work are output; how the work is done is what remains. Effects and deliveries are results, shown by an
// indicator. Input is asked of people where it is about what they can or how many they are, otherwise of the organisation; the way of working of those who work
// where it is about how they behave, of the organisation where it is about how that learns and is run, otherwise of the method.
func (ev *Evaluator) classify(s *segment, u unit) result.Demand {
	q := ev.asking(s, u)
	w := q.words
	about, subject := q.about()
	level := q.level(about, subject)
	shared := q.says(w.coherence) || q.says(w.partner) && q.says(w.joint)
	d := result.Demand{Level: level, Object: "methode", Kind: "minimale-eis", Registration: q.says(w.registration) || level == "throughput" && q.says(w.record)}
	if shared {
		d.Kind = "samenhang"
	}
	switch {
	case level == "outcome" || level == "output":
		d.Object, d.Kind = "resultaat", "indicator"
	case level == "input" && (about == aboutPeople && !q.present() || q.able(about) && (about == aboutPeople || q.says(w.people)) || q.says(w.staffing)):
		d.Object = "professional"
	case level == "input":
		d.Object = "organisatie"
	case q.says(w.attitude) && !shared:
		d.Object = "professional"
	case q.says(w.improvement), about == aboutProvider && !shared && !d.Registration && !q.says(w.client) && !q.says(w.care):
		d.Object = "organisatie"
	case about == aboutPeople && !shared && !d.Registration && !q.says(w.method):
		d.Object = "professional"
	}
	return d
}

// level says how high a sentence asks. What is said of the people served goes first, then workers who can something, then measures of what is delivered, then what
// is there; a bare figure is about what is delivered.
func (q *asking) level(about about, subject phrase.Hit) string {
	w := q.words
	main := unit{q.mainClause(), q.to}
	states := func(g group) bool { return main.holds(q.hits, g) }
	measured := q.says(w.registration) || q.says(w.figure) || q.says(w.output)
	soon := subject.From-main.from < early
	plain := soon && q.toks[q.from].Sentence == q.toks[q.to-1].Sentence && !q.present() && !q.says(w.figure) && !q.says(w.output) && !q.says(w.people) && !q.says(w.doing)
	able := q.able(about) && (about == aboutPeople || about == aboutNobody || q.says(w.people) || !q.says(w.figure))
	has := about != aboutClient && about != aboutCare && q.near(w.holds, subject) && !q.says(w.doing) && !q.says(w.attitude)
	there := q.present() && (about == aboutThing || about == aboutNobody || q.says(w.having) || q.says(w.registration))
	switch {
	case states(w.outcome) && about != aboutPeople,
		about == aboutTopic && soon,
		states(w.topic) && measured && about != aboutPeople,
		states(w.change) && !q.says(w.output) && about != aboutPeople && about != aboutProvider,
		about == aboutClient && (states(w.ability) || plain) && !states(w.process) && !q.near(w.passive, subject):
		return "outcome"
	case able, q.says(w.staffing) && about != aboutClient:
		return "input"
	case q.says(w.output):
		return "output"
	case there, has, q.says(w.input):
		return "input"
	case q.says(w.figure):
		return "output"
	}
	return "throughput"
}

// asking is a unit with the words that show what it asks.
type asking struct {
	unit
	words *demandWords
	text  string
	toks  []phrase.Token
	hits  []phrase.Hit // of the unit, by place
}

// asking gathers the words of a unit, without those that stand in a wording that takes their sense off: "een aantal" is no number. What only says that something is
// asked before a colon, and what is explained behind one, is left out: the number and the note in a row of a table.
func (ev *Evaluator) asking(s *segment, u unit) *asking {
	q := &asking{unit: u, words: &ev.asks, text: s.text, toks: s.fold.Tokens}
	var idle []phrase.Hit
	for _, h := range s.said {
		if h.From < u.from || u.to < h.To {
			continue
		}
		q.hits = append(q.hits, h)
		colon := h.To < u.to && strings.HasPrefix(s.text[q.toks[h.To-1].End:], ":")
		switch {
		case q.words.idle.has(h.Phrase):
			idle = append(idle, h)
		case colon && q.words.label.has(h.Phrase) && q.to == u.to:
			q.from = max(q.from, h.To)
		case colon && q.words.comment.has(h.Phrase) && h.From > q.from:
			q.to = min(q.to, h.From)
		}
	}
	q.hits = slices.DeleteFunc(q.hits, func(h phrase.Hit) bool {
		return h.From < q.from || q.to < h.To || slices.ContainsFunc(idle, func(i phrase.Hit) bool { return i.From <= h.From && h.To <= i.To })
	})
	return q
}

// holds reports whether a word of g stands in a unit.
func (u unit) holds(hits []phrase.Hit, g group) bool {
	return slices.ContainsFunc(hits, func(h phrase.Hit) bool { return u.from <= h.From && h.To <= u.to && g.has(h.Phrase) })
}

func (q *asking) says(g group) bool { return q.holds(q.hits, g) }

// able reports whether a sentence is about what somebody can or has learnt, and not one of the people served.
func (q *asking) able(about about) bool { return about != aboutClient && q.says(q.words.skill) }

// early is how many words at most stand before the one a plain sentence is about.
const early = 8

// span is how many words can stand between a subject and the verb behind it.
const span = 3

// near reports whether a word of g is said of the subject: it stands close behind it, or right before it where something else opens the sentence.
func (q *asking) near(g group, subject phrase.Hit) bool {
	return slices.ContainsFunc(q.hits, func(h phrase.Hit) bool {
		behind, before := h.From-subject.To, subject.From-h.To
		return g.has(h.Phrase) && (0 <= behind && behind <= span || 0 <= before && before <= 1)
	})
}

// about is whom or what a sentence is about.
type about int

const (
	aboutNobody about = iota
	aboutPeople
	aboutClient
	aboutProvider
	aboutCare
	aboutThing
	aboutTopic
)

// about finds the subject: the first of those a sentence can be about that no preposition governs, behind words that only introduce who must.
func (q *asking) about() (about, phrase.Hit) {
	w := q.words
	from := q.mainClause()
	for _, h := range q.hits {
		if w.wrapper.has(h.Phrase) && from <= h.From && h.To < q.to {
			from = max(from, h.To)
		}
	}
	found, first := aboutNobody, phrase.Hit{From: q.to}
	for _, r := range []struct {
		words group
		about about
	}{{w.people, aboutPeople}, {w.client, aboutClient}, {w.provider, aboutProvider}, {w.thing, aboutThing}, {w.paper, aboutThing}, {w.topic, aboutTopic}, {w.care, aboutCare}} {
		for _, h := range q.hits {
			earlier := h.From < first.From || h.From == first.From && h.To > first.To
			if from <= h.From && earlier && r.words.has(h.Phrase) && !q.governed(from, h.From) {
				found, first = r.about, h
			}
		}
	}
	if found == aboutNobody {
		return found, phrase.Hit{From: from, To: from}
	}
	return found, first
}

// present reports whether a place, thing or paper stands in a sentence that no preposition governs.
func (q *asking) present() bool {
	return slices.ContainsFunc(q.hits, func(h phrase.Hit) bool {
		return (q.words.thing.has(h.Phrase) || q.words.paper.has(h.Phrase)) && !q.governed(q.from, h.From)
	})
}

// opening words begin a sentence with a clause that only says when.
var opening = []string{"als", "wanneer", "indien", "zodra", "zolang", "voordat", "nadat", "mocht", "omdat", "opdat", "totdat", "tenzij"}

// mainClause gives the token where a sentence begins to say what it asks.
func (q *asking) mainClause() int {
	for i := q.from + 1; i < q.to; i++ {
		if strings.HasPrefix(q.text[q.toks[i-1].End:], ",") && (q.toks[i].Text == "dan" || slices.Contains(opening, q.toks[q.from].Text)) {
			return i
		}
	}
	return q.from
}

// governed reports whether a preposition behind from stands before the word at token at, with nothing but what can stand between the two. "Van" behind a figure or
// at the beginning does not govern: in "de helft van de jongeren" the sentence is about the young. Nor does one that belongs to a verb of having, as in "beschikt over".
func (q *asking) governed(from, at int) bool {
	w := q.words
	for i := at - 1; i >= from && at-i <= 6; i-- {
		word := q.toks[i].Text
		switch {
		case q.toks[i].Sentence != q.toks[at].Sentence,
			word == "van" && (i == from || q.any(w.figure, func(h phrase.Hit) bool { return h.To == i || h.To == i+1 })),
			q.any(w.figure, func(h phrase.Hit) bool { return h.From < i && i < h.To-1 }):
			return false
		case q.any(w.governs, func(h phrase.Hit) bool { return h.From == i }):
			return !q.any(w.having, func(h phrase.Hit) bool { return h.From < i && h.To == i+1 })
		case word == "en" || word == "of":
			i-- // what it is joined to
		case slices.Contains(determiners, word) || strings.HasSuffix(word, "e") || i > from && slices.Contains(indefinite, q.toks[i-1].Text):
		default:
			return false
		}
	}
	return false
}

// any reports whether a word of g stands where ok says.
func (q *asking) any(g group, ok func(phrase.Hit) bool) bool {
	return slices.ContainsFunc(q.hits, func(h phrase.Hit) bool { return ok(h) && g.has(h.Phrase) })
}

// determiners can stand between a preposition and its noun, besides words on -e.
var determiners = []string{
	"het", "een", "elk", "ieder", "geen", "zijn", "haar", "hun", "uw", "dit", "dat", "twee", "drie", "vier", "vijf", "zes", "acht", "tien", "honderd", "meer", "minder", "dan",
	"minimaal", "maximaal", "hooguit",
}

// indefinite words leave the adjective behind them without an ending.
var indefinite = []string{"een", "elk", "ieder", "geen"}

// Ask classifies one sentence as a demand, whatever it stands in; it is for measuring how often the classes are right.
func (ev *Evaluator) Ask(sentence string) result.Demand {
	s := ev.segment(strings.TrimSpace(sentence))
	return ev.classify(s, unit{0, s.fold.Len()})
}
