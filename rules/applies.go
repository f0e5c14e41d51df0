package rules

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"inkooptoets/extract/dossier"
	"inkooptoets/rules/phrase"
	"inkooptoets/rules/result"
	"inkooptoets/seeds"
)

// hint is one list of profile.yaml: the words that show a law, procedure or service.
type hint struct {
	kind, value string // "law", "wmo"
	words       group
}

// profile loads profile.yaml.
func (l *loader) profile(ev *Evaluator, data []byte) {
	for _, e := range l.lists("profile.yaml", data) {
		kind, value, _ := strings.Cut(e.name, "-")
		h := hint{kind, value, l.group("profile.yaml", e.line, e.name, e.phrases)}
		switch kind {
		case "law":
			ev.words.lawHints = append(ev.words.lawHints, h)
		case "procedure":
			ev.words.procedures = append(ev.words.procedures, h)
		case "service":
			ev.words.services = append(ev.words.services, h)
		case "segment":
			ev.words.segments = append(ev.words.segments, h)
		case "target":
			ev.words.targets = append(ev.words.targets, h)
		case "variant":
			ev.words.variants = append(ev.words.variants, h)
		default:
			l.fault("profile.yaml", e.line, "%s: want a name that starts with law-, procedure-, service-, segment-, target- or variant-", e.name)
		}
	}
}

// profile is what the tender is taken to be, with reasons.
type profile struct {
	laws, services, procedures, segments, targets, variants []assumption
}

type assumption struct {
	value  string
	answer answer
	given  bool
	reason string
	hits   int
}

// Weights of the places where a word can stand: what a document is called, or what it says a lot is, says more than what it mentions in passing.
const (
	weightText    = 1
	weightHeading = 4
	weightTitle   = 12 // titles, lots
	titleBlocks   = 4  // the first blocks of a document are its title page
)

// Points that show that a second law, or a service, is bought rather than named in passing.
const (
	lawShare      = 0.30 // of the points of the first law
	lawPoints     = 6
	servicePoints = 5
	segmentPoints = 5
	targetPoints  = 3
)

// fragment is the number of passages below which silence about a service proves nothing: an extract, not a tender.
const fragment = 25

// profile detects law, procedure and services from the words in the passages; what a person gave goes before.
func (ev *Evaluator) profile(passages []*passage, given dossier.Profile, o Options) profile {
	var p profile
	laws := ev.score(passages, ev.words.lawHints)
	strongest := 0
	for _, s := range laws {
		strongest = max(strongest, s.points)
	}
	for _, s := range laws {
		a := s.assume(s.points > 0 && (s.points == strongest || s.points >= lawPoints && float64(s.points) >= lawShare*float64(strongest)))
		if strongest == 0 {
			a.answer, a.reason = unknown, "geen wet herkend in de tekst"
		}
		p.laws = append(p.laws, a)
	}
	p.laws = override(p.laws, firstOf(o.Laws, given.Laws))
	p.procedures = ev.procedure(passages)
	if proc := firstOf(nonEmpty(o.Procedure), nonEmpty(given.Procedure)); proc != nil {
		p.procedures = override(p.procedures, proc)
	}
	for _, s := range ev.score(passages, ev.words.services) {
		a := s.assume(s.points >= servicePoints)
		if a.answer == no && len(passages) < fragment {
			a.answer, a.reason = unknown, "de tekst is te kort om te zien of dit wordt ingekocht"
		}
		p.services = append(p.services, a)
	}
	p.services = override(p.orMaatwerk(), firstOf(o.Services, given.Services))
	for _, s := range ev.score(passages, ev.words.segments) {
		a := s.assume(s.points >= segmentPoints)
		if !p.under(ev.catalogue.LawOfSegment(a.value)) {
			a.answer, a.reason = no, "hoort bij een andere wet"
		}
		p.segments = append(p.segments, a)
	}
	p.segments = override(p.segments, firstOf(o.Segments, given.Segments))
	for _, s := range ev.score(passages, ev.words.targets) {
		p.targets = append(p.targets, s.assume(s.points >= targetPoints))
	}
	p.targets = override(p.targets, firstOf(o.targets, given.Targets))
	p.variants = override(one(ev.score(passages, ev.words.variants), "geen uitvoeringsvariant herkend in de tekst"), firstOf(nonEmpty(o.Variant), nonEmpty(given.Variant)))
	return p
}

// under reports whether the tender is, or may be, under a law.
func (p profile) under(law string) bool {
	return slices.ContainsFunc(p.laws, func(a assumption) bool { return a.value == law && a.answer != no })
}

// orMaatwerk leaves it open whether a maatwerkvoorziening is bought when a contract under the Wmo names no service at all: most of them are.
func (p profile) orMaatwerk() []assumption {
	if slices.ContainsFunc(p.services, func(a assumption) bool { return a.answer == yes }) || !slices.ContainsFunc(p.laws, func(a assumption) bool { return a.value == "wmo" && a.answer == yes }) {
		return p.services
	}
	out := slices.Clone(p.services)
	for i := range out {
		if out[i].value == "maatwerkvoorziening" {
			out[i].answer = unknown
			if out[i].hits == 0 {
				out[i].reason = "geen dienst herkend in de tekst"
			}
		}
	}
	return out
}

// procedure picks the procedure with most points; a tender follows one.
func (ev *Evaluator) procedure(passages []*passage) []assumption {
	return one(ev.score(passages, ev.words.procedures), "geen procedure herkend in de tekst")
}

// one takes the score with most points for the answer; none says that nothing was seen.
func one(scores []score, none string) []assumption {
	best := -1
	for i, s := range scores {
		if s.points > 0 && (best < 0 || s.points > scores[best].points) {
			best = i
		}
	}
	var out []assumption
	for i, s := range scores {
		a := s.assume(i == best)
		if best < 0 {
			a.answer, a.reason = unknown, none
		}
		out = append(out, a)
	}
	return out
}

type score struct {
	hint   hint
	points int
	hits   int
	first  string         // the first words seen
	words  map[string]int // how often each
}

func (ev *Evaluator) score(passages []*passage, hints []hint) []score {
	out := make([]score, len(hints))
	for i, h := range hints {
		out[i] = score{hint: h, words: map[string]int{}}
	}
	of := map[phrase.ID][]int{} // the hints that a phrase is one of
	for i, h := range hints {
		for _, id := range h.words {
			of[id] = append(of[id], i)
		}
	}
	last := make([]int, len(hints)) // the passage in which each was seen last, from 1: a hint counts once in a passage
	for n, p := range passages {
		if p.zone == dossier.ZoneTOC || p.zone == dossier.ZoneDefinitions {
			continue
		}
		for _, h := range p.own.said {
			for _, i := range of[h.Phrase] {
				if last[i] == n+1 {
					continue
				}
				last[i] = n + 1
				s := &out[i]
				s.points += p.weighed()
				s.hits++
				s.words[p.own.text[h.Start:h.End]]++
				if s.first == "" {
					s.first = p.own.text[h.Start:h.End]
				}
			}
		}
	}
	return out
}

// lotStart opens a row or heading that says what is bought; a cell's header may stand before it.
var lotStart = regexp.MustCompile(`(?i)^(([A-Z]|\d+(\.\d+)*)\.?\s+)?(perceel|percelen|onderdeel|kavel|opdracht|voorziening|product)\b`)

// weighed is the weight of the words of p. Every list of words asks for it.
func (p *passage) weighed() int {
	if p.weight == 0 {
		p.weight = weigh(p.block)
	}
	return p.weight
}

func weigh(b *dossier.Block) int {
	short := len(strings.Fields(b.Text)) <= titleWords
	switch {
	case b.Kind == dossier.Heading && b.Loc.Block < titleBlocks, b.Kind == dossier.Paragraph && b.Loc.Block < titleBlocks && short && !strings.HasSuffix(b.Text, "."):
		return weightTitle
	case (b.Kind == dossier.Heading || b.Kind == dossier.Row) && lotStart.MatchString(b.Text):
		return weightTitle
	case b.Kind == dossier.Heading:
		return weightHeading
	}
	return weightText
}

// titleWords is the longest line on a title page that still is a title.
const titleWords = 15

func (s score) assume(is bool) assumption {
	a := assumption{value: s.hint.value, answer: no, hits: s.hits}
	switch {
	case is:
		a.answer, a.reason = yes, fmt.Sprintf("gezien: %q", s.word())
	case s.hits > 0:
		a.reason = fmt.Sprintf("alleen zijdelings genoemd: %q", s.word())
	}
	return a
}

// word is the word seen most; of equals the first in the alphabet.
func (s score) word() string {
	best := s.first
	for w, n := range s.words {
		if n > s.words[best] || n == s.words[best] && w < best {
			best = w
		}
	}
	return best
}

// override replaces detected answers by given ones: what is given is yes, the rest no.
func override(detected []assumption, given []string) []assumption {
	if len(given) == 0 {
		return detected
	}
	out := slices.Clone(detected)
	for i := range out {
		out[i] = assumption{value: out[i].value, answer: no}
	}
	for _, g := range given {
		if i := slices.IndexFunc(out, func(a assumption) bool { return a.value == g }); i >= 0 {
			out[i].given, out[i].answer, out[i].reason = true, yes, "opgegeven"
			continue
		}
		out = append(out, assumption{value: g, answer: yes, given: true, reason: "opgegeven"})
	}
	return out
}

func firstOf(lists ...[]string) []string {
	for _, l := range lists {
		if len(l) > 0 {
			return l
		}
	}
	return nil
}

func nonEmpty(s string) []string {
	if s == "" {
		return nil
	}
	return []string{s}
}

// soleLaw is the only law the tender is about, or empty.
func (p profile) soleLaw() string {
	sole := ""
	for _, a := range p.laws {
		if a.answer == yes {
			if sole != "" {
				return ""
			}
			sole = a.value
		}
	}
	return sole
}

// soleProcedure is the procedure the tender follows, or empty.
func (p profile) soleProcedure() string {
	for _, a := range p.procedures {
		if a.answer == yes {
			return a.value
		}
	}
	return ""
}

// soleVariant is the way of commissioning, or empty when the tender names more than one: then they differ per lot.
func (p profile) soleVariant() string {
	sole := ""
	for _, a := range p.variants {
		switch {
		case a.given:
			return a.value
		case a.hits == 0:
		case sole != "":
			return ""
		default:
			sole = a.value
		}
	}
	return sole
}

// applies says whether a requirement counts for this tender on this date, and why in Dutch.
func (p profile) applies(r seeds.Requirement, date string) (answer, string) {
	if a, why := inForce(r, date); a != yes {
		return a, why
	}
	verdict, reason := yes, ""
	for _, q := range []struct {
		among []assumption
		want  []string
		what  string
	}{{p.laws, r.Applies.Laws, "de wet"}, {p.procedures, r.Applies.Procedures, "de procedure"}, {p.services, r.Applies.Services, "de dienst"},
		{p.segments, r.Applies.Segments, "het segment"}, {p.targets, nonEmpty(r.Target), "de doelgroep"}, {p.variants, r.Variants, "de uitvoeringsvariant"}} {
		a, why := among(q.among, q.want, q.what)
		if a == no {
			return no, why
		}
		if a == unknown {
			verdict, reason = unknown, why
		}
	}
	if why := p.onlyExcepted(r.Applies.Except); why != "" {
		return no, why
	}
	return verdict, reason
}

// among answers whether one of want is yes; no restriction is yes.
func among(all []assumption, want []string, what string) (answer, string) {
	if len(want) == 0 {
		return yes, ""
	}
	verdict := no
	for _, a := range all {
		if !slices.Contains(want, a.value) {
			continue
		}
		if a.answer == yes {
			return yes, ""
		}
		if a.answer == unknown {
			verdict = unknown
		}
	}
	if verdict == unknown {
		return unknown, fmt.Sprintf("Niet bekend of dit geldt: %s is niet herkend. Geef die op.", what)
	}
	return no, fmt.Sprintf("Geldt alleen bij %s %s.", what, spokenList(want, " of "))
}

// spoken is how people call the value of an assumption: "de Jeugdwet", "gesloten jeugdhulp".
func spoken(value string) string {
	switch value {
	case "wmo":
		return "Wmo 2015"
	case "jeugdwet":
		return "Jeugdwet"
	}
	return strings.ReplaceAll(value, "-", " ")
}

func spokenList(values []string, glue string) string {
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = spoken(v)
	}
	return strings.Join(out, glue)
}

// onlyExcepted says why, if everything that is bought is excepted from the requirement.
func (p profile) onlyExcepted(except []string) string {
	if len(except) == 0 {
		return ""
	}
	bought := false
	for _, a := range p.services {
		if a.answer != yes {
			continue
		}
		if !slices.Contains(except, a.value) {
			return ""
		}
		bought = true
	}
	if !bought {
		return ""
	}
	return fmt.Sprintf("Geldt niet bij %s.", spokenList(except, " of "))
}

// inForce judges validity on the reference date. An uncertain or future requirement is never a gap before its date.
func inForce(r seeds.Requirement, date string) (answer, string) {
	switch {
	case r.InForce == "uncertain":
		return no, "Het is niet zeker of deze regel al geldt."
	case r.Valid.From != "" && date != "" && date < r.Valid.From:
		return no, fmt.Sprintf("Geldt pas vanaf %s.", r.Valid.From)
	case r.InForce == "future" && (r.Valid.From == "" || date == ""):
		return no, "Deze regel geldt nog niet."
	case r.Valid.Until != "" && date > r.Valid.Until:
		return no, fmt.Sprintf("Gold tot en met %s.", r.Valid.Until)
	case r.InForce == "lapsed" && (r.Valid.Until == "" || date == ""):
		return no, "Deze regel is vervallen."
	}
	return yes, ""
}

// result writes the profile for the report.
func (p profile) result(choices []choice) result.Profile {
	out := result.Profile{Laws: assumed(p.laws), Segments: assumed(p.segments), Services: assumed(p.services), Targets: assumed(p.targets),
		Procedure: assumedOne(p.procedures, "geen procedure herkend in de tekst"), Variant: assumedOne(p.variants, "geen uitvoeringsvariant herkend in de tekst"),
		Frameworks: []result.Assumed{}}
	for _, c := range choices {
		a := assumption{value: c.source, answer: no, given: c.given, reason: c.reason}
		if c.in {
			a.answer = yes
		}
		out.Frameworks = append(out.Frameworks, assumed([]assumption{a})...)
	}
	return out
}

// assumedOne is the one answer of a list that is yes, or unknown with the reason.
func assumedOne(list []assumption, none string) result.Assumed {
	for _, a := range list {
		if a.answer == yes {
			return assumed([]assumption{a})[0]
		}
	}
	return result.Assumed{Answer: unknown.String(), Reason: none}
}

func assumed(list []assumption) []result.Assumed {
	out := []result.Assumed{}
	for _, a := range list {
		name := spoken(a.value)
		if name == a.value {
			name = ""
		}
		out = append(out, result.Assumed{Value: a.value, Name: name, Answer: a.answer.String(), Given: a.given, Reason: a.reason, Hits: a.hits})
	}
	return out
}

// generalLaws lists what the general compliance clause in a sentence names: laws, or "*" for all law.
func (ev *Evaluator) generalLaws(p *passage, sentence int, sole string) []string {
	var out []string
	for _, l := range ev.lawHits(p.own) {
		s, _ := ev.catalogue.Source(l.Source)
		if l.Sentence == sentence && s.Law != "" {
			out = append(out, s.Law)
		}
	}
	all := slices.ContainsFunc(p.own.said, func(h phrase.Hit) bool { return h.Sentence == sentence && ev.words.allLaw.has(h.Phrase) })
	if all {
		return append(out, "*") // "alle wet- en regelgeving, waaronder de Jeugdwet"
	}
	if len(out) > 0 {
		return out
	}
	if slices.ContainsFunc(p.own.said, func(h phrase.Hit) bool { return h.Sentence == sentence && ev.isLaw(h.Phrase) }) {
		return nil // another law than the two
	}
	return []string{"*"}
}

// speaksOf reports whether a requirement whose service is unknown is what the text is about after all. An unknown law or procedure stays unknown.
func (p profile) speaksOf(r seeds.Requirement, v verdict) bool {
	law, _ := among(p.laws, r.Applies.Laws, "")
	procedure, _ := among(p.procedures, r.Applies.Procedures, "")
	return law == yes && procedure == yes && (v.facts.part || v.facts.mentioned)
}
