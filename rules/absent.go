package rules

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"inkooptoets/extract/dossier"
	"inkooptoets/rules/phrase"
	"inkooptoets/rules/result"
	"inkooptoets/rules/review"
)

// pointer is a passage that says of some subjects, or of the demands as a whole, that they stand in a document that is not in the package. What it points
// at cannot be judged: a gap there may be none.
type pointer struct {
	absent *review.Absent
	p      *passage
	mark   mark        // the name of the document
	hits   []phrase.ID // what the sentence is about, sorted
	whole  bool        // it is about the demands on the provider as a whole
}

// lacking is what of the package could not be judged.
type lacking struct {
	unreadable bool // a file, or a part of one
	pointers   []pointer
}

var (
	// pointsAt stands before the name of a document in which something is written; pointsOn behind one that opens its sentence; comesAs and added on both
	// sides of one that holds it.
	pointsAt = regexp.MustCompile(`(?i)(?:\b(?:in|uit|zie|conform|volgens|overeenkomstig|krachtens|en|of|t/m|tot en met|aan)\s+(?:ook\s+)?(?:(?:de|het|deze|dit|bijgevoegde|bijgaande)\s+)?|[(,/:]\s*)$`)
	comesAs  = regexp.MustCompile(`(?i)\bals\s+$`)
	added    = regexp.MustCompile(`(?i)^[^.;]{0,30}\b(?:opgenomen|bijgevoegd|toegevoegd|gevoegd|gehecht)\b`)
	pointsOn = regexp.MustCompile(`(?i)^\W*(?:\([^)]*\)\s*)?(?:bevat|beschrijft|regelt|geeft|vermeldt|bepaalt|noemt|omvat)\b`)
	// asksBack is about a document that bidders fill in and send back: what it holds is their answer.
	asksBack = regexp.MustCompile(`(?i)\b(?:vult?|vullen|invul\pL*|ingevuld\pL*|onderteken\pL*|indien\pL*|aanlever\pL*|aan te leveren|upload\pL*|formats?|\pL*formulier\pL*|meesturen|mee te sturen|toevoegen|toe te voegen|overleggen|overlegt|stuurt|stuur|bewijs\pL*|referentie\pL*)\b`)
	// denies may say that it does not stand there: then it stays a gap. comesAlong says of a document without a number that it belongs to what was checked.
	// allDemands are the demands as a whole; partDemands some of them, or those on somebody else.
	allDemands  = regexp.MustCompile(`(?i)(?:(?:^|\b(?:de|alle|deze|onze|aan|het|inhoudelijke|kwalitatieve|functionele|algemene|onze|zijn|gestelde|volgende)\s)(?:eisen)|\b(?:kwaliteits|uitvoerings|minimum)(?:-\s?en\s\pL+)?eisen|\bprogramma van eisen|\bpve)\b(.{0,60})`)
	partDemands = regexp.MustCompile(`(?i)\b(?:aanvullende|overige|specifieke|extra|bijzondere|nadere|verdere|andere|meer|sommige|technische|geschiktheids\pL*|selectie\pL*|gunnings\pL*)\s+(?:\pL+\s+)?\pL*eisen\b|\bgeschiktheidseisen\b|\bperceel\b|\b(?:kan|mag|te|kunnen|mogen) eisen\b`)
	qualified   = regexp.MustCompile(`(?i)^\s+(?:over|omtrent|rond|rondom|inzake|ten aanzien van|met betrekking tot|voor|aan|op het gebied van|van|bij)\s+(?:(?:de|het|een|onze|alle|deze)\s+)?(\pL+)`)
	demandsHead = regexp.MustCompile(`(?i)programma van eisen|\bpve\b|(?:kwaliteits|uitvoerings|minimum)eisen|^(?:[\dA-Z.]+\s+)?(?:\pL+ )?eisen(?: en wensen)?$|\beisen (?:aan|voor) (?:de |het )?(?:aanbieder|opdrachtnemer|dienst|ondersteuning|hulp|jeugdhulp|zorg|kwaliteit|uitvoering|personeel|organisatie)`)
	denies      = regexp.MustCompile(`(?i)\b(?:niet|geen|nergens|noch|zonder)\b`)
	comesAlong  = regexp.MustCompile(`(?i)\bals bijlage\b|\bbijgevoegde?\b|\bbijgaande?\b`)
	wholeOf     = regexp.MustCompile(`(?i)^(?:aanbieders?|opdrachtnemers?|zorgaanbieders?|jeugdhulpaanbieders?|dienstverlening|ondersteuning|hulp|hulpverlening|jeugdhulp|zorg|kwaliteit|uitvoering|opdracht|begeleiding|diensten|organisaties?|percelen|voorzieningen)$`)
)

// manyDemands is how many passages with demands make a package that has them: a document that is not there then holds no more than a part.
const manyDemands = 10

// pointers lists the passages that rest on what is not there.
func (ev *Evaluator) pointers(d dossier.Dossier, passages []*passage, absent []review.Absent) []pointer {
	if len(absent) == 0 {
		return nil
	}
	type block struct {
		file string
		at   int
	}
	at := map[block]*passage{}
	heads := map[string]bool{} // whether a heading is about demands; many blocks share theirs
	demanding := func(head string) bool {
		is, known := heads[head]
		if !known {
			is = (mentions(head, "eisen") || mentions(head, "pve")) && demandsHead.MatchString(head)
			heads[head] = is
		}
		return is
	}
	demands := 0
	for _, p := range passages {
		at[block{p.doc.Path, p.block.Loc.Block}] = p
		if p.block.Kind != dossier.Heading && slices.ContainsFunc(p.block.Path, demanding) {
			demands++
		}
	}
	hasDemands := demands >= manyDemands || slices.ContainsFunc(d.Documents, func(doc dossier.Document) bool {
		return strings.Contains(doc.Role, "eisen") && len(doc.Blocks) > 0
	})
	var out []pointer
	for i := range absent {
		for _, place := range absent[i].Places {
			p := at[block{place.File, place.Block}]
			if p == nil || p.zone == dossier.ZoneTOC || p.block.Kind == dossier.Heading || place.End > len(p.own.text) {
				continue
			}
			if one, ok := ev.pointer(&absent[i], p, mark{place.Start, place.End}, len(d.Documents) > 1); ok {
				one.whole = one.whole && !hasDemands
				out = append(out, one)
			}
		}
	}
	return out
}

// shortPointer is how many words a passage may have that only points: what it is about stands above it.
const shortPointer = 8

func (ev *Evaluator) pointer(a *review.Absent, p *passage, m mark, several bool) (pointer, bool) {
	text, sentence := p.own.text, -1
	from, to := 0, len(text)
	for _, tok := range p.own.fold.Tokens {
		if tok.Start >= m.start {
			sentence = tok.Sentence
			break
		}
	}
	first := true
	for _, tok := range p.own.fold.Tokens {
		if tok.Sentence == sentence {
			if first {
				from, first = tok.Start, false
			}
			to = tok.End
		}
	}
	if sentence < 0 || m.start < from {
		return pointer{}, false
	}
	words := text[from:max(to, m.end)]
	before, after := text[from:m.start], text[m.end:]
	if denies.MatchString(words) || !a.Annex && !several && !comesAlong.MatchString(words) {
		return pointer{}, false
	}
	if asksBack.MatchString(words) || !pointsAt.MatchString(before) && !pointsOn.MatchString(after) && !(comesAs.MatchString(before) && added.MatchString(after)) {
		return pointer{}, false
	}
	out := pointer{absent: a, p: p, mark: m, whole: demandsAll(words)}
	for _, h := range ev.oneByOne(p.own.hits) {
		if h.Sentence == sentence {
			out.hits = append(out.hits, h.Phrase)
		}
	}
	if len(p.own.fold.Tokens) <= shortPointer { // "Zie bijlage 4." under a heading
		if len(p.trail) > 0 {
			out.hits = append(out.hits, ev.phrasesOf(p.trail[len(p.trail)-1])...)
		}
		if p.leadIn != nil {
			out.hits = append(out.hits, ev.phrasesOf(p.leadIn)...)
		}
	}
	slices.Sort(out.hits)
	return out, true
}

func (ev *Evaluator) phrasesOf(s *segment) []phrase.ID {
	var out []phrase.ID
	for _, h := range ev.oneByOne(s.hits) {
		out = append(out, h.Phrase)
	}
	return out
}

// demandsAll reports whether a sentence speaks of the demands on the provider as a whole.
func demandsAll(sentence string) bool {
	m := allDemands.FindStringSubmatch(sentence)
	if m == nil || partDemands.MatchString(sentence) {
		return false
	}
	q := qualified.FindStringSubmatch(m[1])
	return q == nil || wholeOf.MatchString(q[1])
}

// rests gives the pointer on which a gap of c rests: one about its subject, or for a duty of the provider one about all demands.
func (l lacking) rests(c *compiled) *pointer {
	for i := range l.pointers {
		if p := &l.pointers[i]; slices.ContainsFunc(c.subject, func(id phrase.ID) bool { _, ok := slices.BinarySearch(p.hits, id); return ok }) {
			return p
		}
	}
	if c.req.Party != "provider" {
		return nil
	}
	for i := range l.pointers {
		if l.pointers[i].whole {
			return &l.pointers[i]
		}
	}
	return nil
}

// elsewhere says in Dutch where the text says that it stands.
func (p pointer) elsewhere() string {
	where := p.p.doc.Path
	if n := p.p.block.Loc.Page; n > 0 {
		where = fmt.Sprintf("%s (blz. %d)", where, n)
	}
	subject := "staat dit"
	if p.whole {
		subject = "staan de eisen"
	}
	return fmt.Sprintf("Niet te beoordelen: volgens %s %s in %s, en dat stuk zit niet in het dossier.", where, subject, p.absent.Name)
}

// restingOn counts the rows per document that is not there, and adds the count to its finding.
func restingOn(findings []result.Finding, rows []result.Row) {
	count := map[string]int{}
	for _, r := range rows {
		if r.Absent != "" {
			count[r.Absent]++
		}
	}
	for i := range findings {
		switch f := &findings[i]; {
		case f.ID != "c-annex" || count[f.Rule] == 0:
		case count[f.Rule] == 1:
			f.Message += " Daardoor is 1 eis niet te beoordelen."
		default:
			f.Message += fmt.Sprintf(" Daardoor zijn %d eisen niet te beoordelen.", count[f.Rule])
		}
	}
}
