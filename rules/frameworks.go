package rules

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"inkooptoets/extract/dossier"
	"inkooptoets/rules/citation"
	"inkooptoets/rules/phrase"
	"inkooptoets/rules/result"
	"inkooptoets/seeds"
)

// framework is a source other than a law, by the names under which tenders cite it.
type framework struct {
	source seeds.Source
	names  group
	unique map[string]bool // numbers that one criterion only has: where numbering starts anew per chapter a number alone says nothing
}

// framed is one place where a passage makes a framework binding, whole or in part.
type framed struct {
	source   string
	hit      phrase.Hit
	numbers  []string // criteria named by number; empty: not by number
	limited  bool     // the sentence says which parts, by subject
	from, to int      // tokens of the sentence in which those subjects are named
	except   int      // token from which the sentence takes parts out; to if it does not
	barred   []string // numbers taken out
}

// frameworks registers the names of every framework and guide.
func (l *loader) frameworks(ev *Evaluator) {
	for _, s := range l.catalogue.Sources {
		if s.Kind == "" || s.Kind == "law" {
			continue
		}
		f := framework{source: s, names: l.group(s.ID, 1, "aliases", plainNames(s)), unique: map[string]bool{}}
		seen := map[string]int{}
		for _, r := range l.catalogue.Requirements {
			if r.Source == s.ID && r.Number != "" {
				seen[strings.ToLower(r.Number)]++
			}
		}
		for n, times := range seen {
			f.unique[n] = times == 1
		}
		ev.frameworks = append(ev.frameworks, f)
	}
}

// plainNames lists the names of a source as phrases.
func plainNames(s seeds.Source) []string {
	var out []string
	for _, n := range append([]string{s.Title, s.Short}, s.Aliases...) {
		if n = phrase.Plain(n); n != "" && !slices.Contains(out, n) {
			out = append(out, n)
		}
	}
	return out
}

// namesOf finds the frameworks named in s; where names overlap the longest wins.
func (ev *Evaluator) namesOf(s *segment) []framed {
	var out []framed
	for _, h := range s.said {
		for _, f := range ev.frameworks {
			if f.names.has(h.Phrase) {
				out = append(out, framed{source: f.source.ID, hit: h})
			}
		}
	}
	slices.SortStableFunc(out, func(a, b framed) int { return (b.hit.To - b.hit.From) - (a.hit.To - a.hit.From) })
	var kept []framed
	for _, n := range out {
		if !slices.ContainsFunc(kept, func(k framed) bool { return n.hit.From < k.hit.To && k.hit.From < n.hit.To }) {
			kept = append(kept, n)
		}
	}
	slices.SortFunc(kept, func(a, b framed) int { return a.hit.From - b.hit.From })
	return kept
}

// adoptions lists the places where p makes a framework binding: its name with words of adoption ("werkt volgens", "is van toepassing") in the sentence or the
// lead-in. What the sentence narrows it to, or takes out, is read along.
func (ev *Evaluator) adoptions(p *passage) []framed {
	var out []framed
	for _, n := range ev.namesOf(p.own) {
		if !p.adopts(ev, n.hit) {
			continue
		}
		n.from, n.to = p.sentence(n.hit.Sentence)
		n.except = n.to
		for _, h := range p.own.said {
			if h.Sentence == n.hit.Sentence && (ev.words.except.has(h.Phrase) || ev.words.supplement.has(h.Phrase)) {
				n.except = min(n.except, h.From)
			}
			if h.Sentence == n.hit.Sentence && ev.words.part.has(h.Phrase) {
				n.limited = true
			}
		}
		n.numbers, n.barred = p.numbersAround(n)
		out = append(out, n)
	}
	return out
}

// adopts reports whether words of adoption stand with the name at h.
func (p *passage) adopts(ev *Evaluator, h phrase.Hit) bool {
	for _, a := range p.own.said {
		if a.Sentence == h.Sentence && ev.words.adopt.has(a.Phrase) {
			return true
		}
	}
	return p.leadIn != nil && slices.ContainsFunc(p.leadIn.said, func(a phrase.Hit) bool { return ev.words.adopt.has(a.Phrase) })
}

// sentence gives the tokens [from, to) of sentence n of the block.
func (p *passage) sentence(n int) (from, to int) {
	toks := p.own.fold.Tokens
	from = slices.IndexFunc(toks, func(t phrase.Token) bool { return t.Sentence == n })
	to = from
	for to < len(toks) && toks[to].Sentence == n {
		to++
	}
	return from, to
}

var (
	criterionWords  = []string{"eis", "eisen", "criterium", "criteria", "norm", "normen", "nummer", "nummers", "nr", "nrs", "nummering", "kwaliteitseis", "kwaliteitseisen", "punt", "punten"}
	criterionNumber = regexp.MustCompile(`^[a-z]?\d{1,2}[a-z]?$`)
)

// numbersAround reads the criterion numbers that belong to n: those up to the next framework in the sentence ("de eisen 3 en 5 uit X"), or behind the name.
func (p *passage) numbersAround(n framed) (in, out []string) {
	toks := p.own.fold.Tokens
	for i := n.from; i < n.to; i++ {
		if i+1 >= n.to || !slices.Contains(criterionWords, toks[i].Text) || !criterionNumber.MatchString(toks[i+1].Text) || n.hit.From <= i && i < n.hit.To {
			continue
		}
		if p.otherCell(i, n.hit.From) {
			continue // the number of the row, not of the framework
		}
		list, end := citation.Numbers(p.own.text, toks, i+1, criterionNumber.MatchString)
		if i >= n.except {
			out = append(out, list...)
		} else {
			in = append(in, list...)
		}
		i = end - 1
	}
	return in, out
}

// otherCell reports whether two tokens stand in different cells of a row.
func (p *passage) otherCell(a, b int) bool {
	toks := p.own.fold.Tokens
	from, to := toks[min(a, b)], toks[max(a, b)]
	return len(p.block.Cells) > 0 && strings.Contains(p.own.text[from.End:max(to.Start, from.End)], "|")
}

// numbered reports whether a list of numbers names criterion r: by the number the source prints, or by the last part of its id.
func (f framework) numbered(r seeds.Requirement, numbers []string) bool {
	suffix := trimZeros(strings.TrimPrefix(r.ID, r.Source+"-"))
	return slices.ContainsFunc(numbers, func(n string) bool {
		n = trimZeros(n)
		return n == suffix && !(r.Number != "" && isDigits(suffix)) || f.unique[n] && n == strings.ToLower(r.Number)
	})
}

func isDigits(s string) bool { _, err := strconv.Atoi(s); return err == nil }

// trimZeros writes "v02" as "v2".
func trimZeros(s string) string {
	i := strings.IndexFunc(s, func(r rune) bool { return r >= '0' && r <= '9' })
	if i < 0 {
		return s
	}
	return s[:i] + strings.TrimLeft(s[i:], "0")
}

// adoption grades the naming of the framework of the requirement as a whole, or of the part it belongs to.
func (j *judge) adoption(p *passage, s sight) trace {
	for _, n := range p.framed {
		if n.source != j.c.req.Source || !j.ev.takesIn(n, j.c, p, s) {
			continue
		}
		m := mark{n.hit.Start, n.hit.End}
		w := p.worth(n.hit, j.c.rec.Party, lowersAll)
		if w.standing == binding && p.deniedAt(n.hit) {
			w = worth{naming, whyDenied}
		}
		if w.standing != binding {
			j.facts.mentioned = true
			return trace{p: p, shows: result.Mentioned, mark: m, why: w.why}
		}
		j.facts.referenced = true
		return trace{p: p, shows: result.Referenced, mark: m}
	}
	return trace{p: p}
}

// takesIn reports whether the adoption n takes in the criterion c: not taken out, and, where the sentence names numbers or subjects, among them.
func (ev *Evaluator) takesIn(n framed, c *compiled, p *passage, s sight) bool {
	f := ev.frameworks[slices.IndexFunc(ev.frameworks, func(f framework) bool { return f.source.ID == n.source })]
	switch {
	case f.numbered(c.req, n.barred), n.except < n.to && ev.namedIn(c, p, s, n, n.except, n.to):
		return false
	case len(n.numbers) > 0:
		return f.numbered(c.req, n.numbers)
	case n.limited:
		return ev.namedIn(c, p, s, n, n.from, n.except)
	}
	return true
}

// namedIn reports whether the subject, the heading or the element of c is named between two tokens, outside the framework's own name.
func (ev *Evaluator) namedIn(c *compiled, p *passage, s sight, n framed, from, to int) bool {
	in := func(h phrase.Hit) bool {
		return from <= h.From && h.To <= to && (h.To <= n.hit.From || n.hit.To <= h.From)
	}
	anchors := c.anchor.slots()
	for _, w := range s.own {
		if in(*w.Hit) && (w.in.has(slotSubject) || w.in.any(anchors) && len(c.all) <= 1) {
			return true
		}
	}
	for _, h := range ev.oneByOne(p.own.hits) {
		if in(h) && c.heading.has(h.Phrase) {
			return true
		}
	}
	for i := from; i < to; i++ {
		if w := p.own.fold.Tokens[i].Text; w == c.req.Element || slices.Contains(c.req.Also, w) {
			return true
		}
	}
	return false
}

// choice says whether the rows of a source are judged, and why in Dutch.
type choice struct {
	source string
	in     bool
	given  bool
	reason string
}

// choose picks the frameworks and guides. Laws always count. Given names go before everything; else a framework counts when the tender names it, or when its
// laws, segments and services are those of the tender; guides count only when asked for.
func (ev *Evaluator) choose(passages []*passage, p profile, want []string) []choice {
	var out []choice
	for _, f := range ev.frameworks {
		c := choice{source: f.source.ID}
		switch {
		case len(want) > 0:
			c.given = true
			c.in = slices.Contains(want, "all") || slices.Contains(want, f.source.ID)
			c.reason = "opgegeven"
			if !c.in {
				c.reason = "niet gevraagd"
			}
		case f.source.Kind == "guide":
			c.reason = "alleen op verzoek (--framework " + f.source.ID + ")"
		default:
			c.in, c.reason = ev.suits(f, passages, p)
		}
		out = append(out, c)
	}
	return out
}

// suits reports whether a framework fits the tender.
func (ev *Evaluator) suits(f framework, passages []*passage, p profile) (bool, string) {
	for _, x := range passages {
		if x.zone == dossier.ZoneTOC {
			continue
		}
		if i := slices.IndexFunc(x.own.said, func(h phrase.Hit) bool { return f.names.has(h.Phrase) }); i >= 0 {
			h := x.own.said[i]
			return true, "de tekst noemt het: \"" + x.own.text[h.Start:h.End] + "\""
		}
	}
	use := f.source.Use
	var seen []string
	for _, q := range []struct {
		have []assumption
		want []string
		what string
	}{{p.laws, use.Laws, "wet"}, {p.segments, use.Segments, "segment"}, {p.services, use.Services, "dienst"}} {
		if len(q.want) == 0 {
			continue
		}
		v := yesAmong(q.have, q.want)
		if len(v) == 0 {
			return false, "bedoeld voor " + q.what + " " + spokenList(q.want, ", ")
		}
		seen = append(seen, q.what+" "+spokenList(v, ", "))
	}
	return true, "past bij " + strings.Join(seen, " en ")
}

func yesAmong(have []assumption, want []string) []string {
	var out []string
	for _, a := range have {
		if a.answer == yes && slices.Contains(want, a.value) {
			out = append(out, a.value)
		}
	}
	return out
}

// chosen reports whether the rows of a source are judged; laws are not among the choices.
func chosen(choices []choice, source string) bool {
	i := slices.IndexFunc(choices, func(c choice) bool { return c.source == source })
	return i < 0 || choices[i].in
}
