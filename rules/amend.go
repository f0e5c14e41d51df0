package rules

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"inkooptoets/extract/dossier"
	"inkooptoets/rules/phrase"
)

// A nota van inlichtingen, an addendum or a rectification may change a clause of an earlier document. What such a document says wins: the earlier clause is no
// longer judged, but stands in the report beside the passage that changed it. Only a change that says which part it is about, or that quotes the old words,
// counts; questions of bidders change nothing.

// change is the way in which a later document deals with a clause.
type change uint8

const (
	lapsed   change = iota // it is gone
	replaced               // another text stands in its place
	changed                // some of its words are others now
)

// amendment is a change in the text of an earlier document.
type amendment struct {
	by   *passage // which says it
	mark mark     // where in its block
	how  change
	what string     // the part as people call it: "eis 12"; empty if it only quotes
	text []*passage // what belongs to the change: by, and passages with the new text
}

// amends lists the roles of documents that change others.
var amends = []string{"nota van inlichtingen", "addendum"}

func amending(doc *dossier.Document) bool { return slices.Contains(amends, doc.Role) }

// amend finds the changes in the documents that amend, in order of time. It marks the passages that no longer stand, and gives passages with the text of now
// for those that were changed in part.
func (ev *Evaluator) amend(passages []*passage, cached *segments) []*passage {
	var docs []*dossier.Document
	for _, p := range passages {
		if amending(p.doc) && !slices.Contains(docs, p.doc) {
			docs = append(docs, p.doc)
		}
	}
	if len(docs) == 0 {
		return nil
	}
	inTime(docs, cached)
	a := amender{ev: ev, cached: cached}
	of := map[*dossier.Document][]*passage{}
	for _, p := range passages {
		if amending(p.doc) {
			of[p.doc] = append(of[p.doc], p)
			continue
		}
		a.earlier = append(a.earlier, p)
	}
	for _, doc := range docs {
		a.read(of[doc])
		a.before = append(a.before, of[doc]...)
	}
	return a.now
}

// age is what tells which of two amending documents is the later one.
type age struct {
	day    phrase.Date // zero if no date was found
	number int         // "Nota van Inlichtingen 2"; 1 if it has none
}

// inTime sorts amending documents, earliest first: by date if all have one, else by number; the path decides where neither does.
func inTime(docs []*dossier.Document, cached *segments) {
	ages := map[*dossier.Document]age{}
	dated := true
	for _, doc := range docs {
		ages[doc] = ageOf(doc, cached)
		dated = dated && ages[doc].day.Year > 0
	}
	slices.SortStableFunc(docs, func(a, b *dossier.Document) int {
		x, y := ages[a], ages[b]
		if dated && x.day != y.day {
			return goDate(x.day).Compare(goDate(y.day))
		}
		return cmp.Or(cmp.Compare(x.number, y.number), cmp.Compare(a.Path, b.Path))
	})
}

var (
	serial    = regexp.MustCompile(`(?i)(?:inlichtingen|nvi|addendum|rectificatie|erratum|wijziging(?:en)?|wijzigingsblad|aanvullingsnota)[\s._-]*(?:nr\.?|nummer|no\.?|deel)?[\s._-]*(\d{1,2})(?:\D|$)`)
	ordinal   = regexp.MustCompile(`(?i)\b(eerste|tweede|derde|vierde|vijfde|[1-9]e)\s+(?:nota|addendum|rectificatie|erratum|wijziging)`)
	isoDay    = regexp.MustCompile(`(20\d\d)[-_.]?(0[1-9]|1[0-2])[-_.]?(0[1-9]|[12]\d|3[01])`)
	dutchDay  = regexp.MustCompile(`(0?[1-9]|[12]\d|3[01])[-_.](0?[1-9]|1[0-2])[-_.](20\d\d)`)
	ordinals  = []string{"eerste", "tweede", "derde", "vierde", "vijfde"}
	openingOf = 8 // blocks in which a document gives its title and date
)

// ageOf reads number and date of a document from its name, else from its first lines.
func ageOf(doc *dossier.Document, cached *segments) age {
	a := age{number: 1}
	lines := []string{strings.ReplaceAll(doc.Path[strings.LastIndexByte(doc.Path, '/')+1:], "_", " ")}
	for _, b := range doc.Blocks[:min(openingOf, len(doc.Blocks))] {
		lines = append(lines, b.Text)
	}
	numbered := false
	for i, l := range lines {
		if n, ok := serialOf(l); ok && !numbered {
			a.number, numbered = n, true
		}
		if a.day.Year > 0 {
			continue
		}
		if m := isoDay.FindStringSubmatch(l); m != nil && i == 0 {
			a.day = phrase.Date{Year: atoi(m[1]), Month: atoi(m[2]), Day: atoi(m[3])}
		} else if m := dutchDay.FindStringSubmatch(l); m != nil && i == 0 {
			a.day = phrase.Date{Year: atoi(m[3]), Month: atoi(m[2]), Day: atoi(m[1])}
		} else if i > 0 {
			a.day = firstDay(cached.of(l).fold.Tokens)
		}
	}
	return a
}

func serialOf(line string) (int, bool) {
	if m := serial.FindStringSubmatch(line); m != nil {
		return atoi(m[1]), true
	}
	if m := ordinal.FindStringSubmatch(line); m != nil {
		if i := slices.Index(ordinals, strings.ToLower(m[1])); i >= 0 {
			return i + 1, true
		}
		return atoi(m[1][:1]), true
	}
	return 0, false
}

func atoi(s string) int {
	n, _ := strconv.Atoi(s) // the expression that found it allows digits only
	return n
}

// firstDay is the first date with a year; zero if there is none.
func firstDay(toks []phrase.Token) phrase.Date {
	for i := range toks {
		if d, _, ok := phrase.DateAt(toks, i); ok && d.Year > 0 {
			return d
		}
	}
	return phrase.Date{}
}

// amender reads the amending documents one by one.
type amender struct {
	ev      *Evaluator
	cached  *segments
	earlier []*passage // of the documents that amend nothing
	before  []*passage // of amending documents before the one at hand
	now     []*passage // with the text of now
	ask     string     // the question that was asked last, outside tables
}

// read takes in the changes of one document.
func (a *amender) read(doc []*passage) {
	a.ask = ""
	for i, p := range doc {
		switch {
		case p.zone == dossier.ZoneTOC:
		case p.zone == dossier.ZoneQuestions:
			if i > 0 && doc[i-1].zone != dossier.ZoneQuestions {
				a.ask = ""
			}
			a.ask += p.block.Text + " "
		case p.later == nil:
			if old, text, ok := oldAndNew(p.block); ok {
				a.columns(p, old, text)
				continue
			}
			a.statements(p, doc[i+1:])
		}
		if p.block.Kind == dossier.Heading && p.zone != dossier.ZoneQuestions && !opensWith(p.block.Text, "antwoord", "reactie") {
			a.ask = ""
		}
	}
}

var (
	oldColumn = regexp.MustCompile(`(?i)^(?:oud|oude|was|huidig|huidige|oorspronkelijk|oorspronkelijke|staat|bestaande)\b`)
	newColumn = regexp.MustCompile(`(?i)^(?:nieuw|nieuwe|wordt|gewijzigd|gewijzigde|moet zijn|aangepaste|lees)\b`)
	noText    = regexp.MustCompile(`(?i)^[\s–—-]*(?:(?:komt te )?verval(?:t|len)|geschrapt|verwijderd)?[\s.]*$`)
)

// oldAndNew finds the cells of a row that gives the old text beside the new one.
func oldAndNew(b *dossier.Block) (old, text dossier.Cell, ok bool) {
	i := slices.IndexFunc(b.Cells, func(c dossier.Cell) bool { return oldColumn.MatchString(strings.TrimSpace(c.Header)) })
	k := slices.IndexFunc(b.Cells, func(c dossier.Cell) bool { return newColumn.MatchString(strings.TrimSpace(c.Header)) })
	if i < 0 || k < 0 || b.Cells[i].End > len(b.Text) || b.Cells[k].End > len(b.Text) {
		return dossier.Cell{}, dossier.Cell{}, false
	}
	return b.Cells[i], b.Cells[k], true
}

// columns takes in a row with the old and the new text.
func (a *amender) columns(p *passage, old, text dossier.Cell) {
	refs, hint := columnReferences(p.block)
	targets := a.targets(refs, hint)
	if noText.MatchString(text.Text) {
		if len(targets) == 0 {
			targets = a.holding(old.Text, nil)
		}
		a.put(targets, &amendment{by: p, mark: mark{text.Start, text.End}, how: lapsed, what: called(refs)})
		return
	}
	if a.swap(p, targets, old.Text, text.Text, mark{text.Start, text.End}, called(refs)) {
		return
	}
	a.put(targets, &amendment{by: p, mark: mark{text.Start, text.End}, how: replaced, what: called(refs)})
}

// statements takes in what the sentences of p change. What follows p in its document may hold the new text.
func (a *amender) statements(p *passage, next []*passage) {
	w := &a.ev.words
	said := a.cached.of(unquoted(p.own.text)) // what is quoted says nothing itself
	features := a.ev.features(said)
	beyond := -1 // byte up to which the text belongs to a change that was read already
	for _, h := range said.said {
		lapse, text, stands := w.amendLapse.has(h.Phrase), w.amendText.has(h.Phrase), w.amendStands.has(h.Phrase)
		if !lapse && !text && !stands || h.Start < beyond {
			continue
		}
		from, until := sentenceAt(said, h.Sentence)
		if f := features[h.Sentence]; f.question && h.From >= f.asks || a.unsure(said.text[from:h.End]) {
			continue
		}
		sentence := p.own.text[from:until]
		refs, hint := references(sentence), sentence
		whole := sameClause(sentence)
		if len(refs) > 0 {
			whole = wholeClause(sentence[:refs[0].start])
		}
		if stands || a.upheld(said, h) {
			a.restore(p, a.targets(a.orInherited(refs, p, p.own.text[:from], &hint), hint))
			continue
		}
		refs = a.orInherited(refs, p, p.own.text[:from], &hint)
		targets := a.targets(refs, hint)
		if old, to, at, ok := exchanged(p.own.text[from:]); ok {
			at.start, at.end = at.start+from, at.end+from
			if a.swap(p, targets, old, to, at, called(refs)) {
				beyond = at.end
			}
			continue
		}
		switch {
		case lapse && whole && !partOnly.MatchString(sentence):
			a.put(targets, &amendment{by: p, mark: mark{from + firstStart(references(sentence), h.Start-from), h.End}, how: lapsed, what: called(refs)})
		case lapse:
			if m := quote1.FindStringSubmatchIndex(sentence); m != nil {
				a.swap(p, targets, sentence[m[2]:m[3]], "", mark{from + m[2], from + m[3]}, called(refs))
			}
		case whole && (always.MatchString(said.text[h.Start:h.End]) || announced.MatchString(p.own.text[h.End:])):
			if a.restated(p, h, targets, called(refs), next) {
				beyond = len(p.own.text)
			}
		default:
			a.duration(p, h, targets, called(refs))
		}
	}
	a.loose(p, beyond)
	a.agreed(p)
}

// loose takes in quoted words with others in their place, in a passage that told of no change in other words: "‘drie maanden’ wordt ‘zes maanden’".
func (a *amender) loose(p *passage, beyond int) {
	if beyond >= 0 {
		return
	}
	m := quotedSwap.FindStringSubmatchIndex(p.own.text)
	if m == nil || a.unsure(p.own.text[:m[2]]) {
		return
	}
	var hint string
	refs := a.orInherited(nil, p, p.own.text, &hint)
	a.swap(p, a.targets(refs, hint), p.own.text[m[2]:m[3]], p.own.text[m[4]:m[5]], mark{m[4], m[5]}, called(refs))
}

var (
	// A change of a whole clause: what is said to change is the clause, and not something in it.
	within1 = regexp.MustCompile(`(?i)\b(?:in|uit|van|bij|onder|op|aan|volgens|conform|krachtens|omtrent|over)\s+(?:de\s+|het\s+)?$`)
	content = regexp.MustCompile(`(?i)\b(?:gestelde|bepaalde|tekst|bepaling|inhoud|eis|formulering|vereiste|verplichting)\s+(?:in|uit|van|bij|onder)\s+(?:de\s+|het\s+)?$`)
	// always are words that say that a clause gives way as a whole; the others must be followed by the new text.
	always     = regexp.MustCompile(`(?i)^(?:vervangen|vervangt|komt|komen)\b`)
	announced  = regexp.MustCompile(`(?i)^[^.;]{0,60}?(?::|[‘“„"])`)
	quotedSwap = regexp.MustCompile(`(?i)[‘“„"]([^’”"]{2,}?)[’”"]\s+(?:wordt|worden|moet zijn|moet luiden)\s*:?\s*[‘“„"]([^’”"]{2,})[’”"]`)
)

// wholeClause reports whether what stands before a reference leaves it a whole: "eis 12 vervalt" and "het gestelde in eis 12 vervalt", but not "de boete in
// eis 12 vervalt".
func wholeClause(before string) bool {
	return !within1.MatchString(before) || content.MatchString(before)
}

var (
	// anaphora is a clause that is meant without its number: "deze eis vervalt", "dit artikel komt te luiden".
	anaphora = regexp.MustCompile(`(?i)\b(?:deze|dit|de|het|die|dat|genoemde|betreffende|bovenstaande|gestelde)\s+(?:genoemde\s+|betreffende\s+|gestelde\s+|nieuwe\s+)?(?:eis|artikel|bepaling|lid|onderdeel|punt|paragraaf|criterium|voorwaarde|clausule|tekst|artikellid)\b|(?i:^\W*(?:antwoord\W+)?(?:(?:ja|akkoord|inderdaad)\b[\s,.;:–-]*)?(?:dit|dat|deze|die)\s+(?:komt|vervalt|wordt|is|laten|schrappen|passen)\b)|(?i:^\W*(?:antwoord\W+)?(?:ja|akkoord)\b[\s,.;:–-]*(?:komt te vervallen|vervalt|geschrapt))`)
	// partOnly is a piece of a clause that is not quoted: which one cannot be told.
	partOnly = regexp.MustCompile(`(?i)\b(?:zin|zinsnede|zinsdeel|alinea|woorden|woord|passage|volzin|bullet|gedachtestreepje)\b`)
	quote1   = regexp.MustCompile(`[‘“„"]([^‘“„”"]{3,}?)[’”"]`)
)

// sameClause reports whether a sentence is about a clause that it does not name but that its place makes clear.
func sameClause(sentence string) bool { return anaphora.MatchString(sentence) }

// orInherited gives the parts that a sentence names, else those that its place makes clear: what stands before it, the columns of its row, the question it
// answers, its heading.
func (a *amender) orInherited(refs []partRef, p *passage, before string, hint *string) []partRef {
	if len(refs) > 0 {
		if _, text := columnReferences(p.block); text != "" {
			*hint += " " + text
		}
		return refs
	}
	if refs := references(before); len(refs) > 0 {
		*hint = before
		return refs
	}
	if refs, text := columnReferences(p.block); len(refs) > 0 {
		*hint = text
		return refs
	}
	ask := a.ask
	if q, _, ok := questionAndAnswer(p.block); ok {
		ask = q
	}
	if refs := references(ask); len(refs) > 0 {
		*hint = ask
		return refs
	}
	for _, h := range slices.Backward(p.block.Path) {
		if refs := references(h); len(refs) > 0 {
			*hint = h
			return refs
		}
	}
	return nil
}

// targets finds the passages that refs name, in earlier documents.
func (a *amender) targets(refs []partRef, hint string) []*passage {
	var out []*passage
	for _, r := range refs {
		for _, p := range r.resolve(hint, slices.Concat(a.earlier, a.now)) {
			if !slices.Contains(out, p) {
				out = append(out, p)
			}
		}
	}
	return out
}

// put marks the passages as changed. What an earlier change put in their place goes with them.
func (a *amender) put(targets []*passage, by *amendment) {
	by.text = append(by.text, by.by)
	for _, p := range targets {
		a.mark(p, by)
	}
}

func (a *amender) mark(p *passage, by *amendment) {
	if slices.Contains(by.text, p) || p.later == by {
		return
	}
	before := p.later
	p.later = by
	if before != nil {
		for _, q := range before.text {
			a.mark(q, by)
		}
	}
}

// restore lets clauses that an earlier change took away stand again.
func (a *amender) restore(p *passage, targets []*passage) {
	for _, t := range targets {
		if before := t.later; before != nil && before.by.doc != p.doc {
			t.later = nil
			back := &amendment{by: p, how: lapsed, text: []*passage{p}}
			for _, q := range before.text {
				a.mark(q, back)
			}
		}
	}
}

// minNewText is the least number of words that makes a new text of a clause; with fewer only a piece of it is given.
const minNewText = 4

// restated takes in a new text for whole clauses: behind the words that announce it, or in the blocks that follow.
func (a *amender) restated(p *passage, h phrase.Hit, targets []*passage, what string, next []*passage) bool {
	rest := strings.Trim(p.own.text[h.End:], " :‘’“”„\"'.")
	change := &amendment{by: p, mark: mark{h.Start, len(strings.TrimRight(p.own.text, " "))}, how: replaced, what: what}
	if opensText.MatchString(strings.TrimSpace(p.own.text)) {
		change.mark = mark{h.Start, h.End}
		for _, q := range next {
			if q.block.Kind == dossier.Heading || q.zone == dossier.ZoneQuestions || q.block.Kind == dossier.Row && p.block.Kind != dossier.Row || a.announces(q) {
				break
			}
			change.text = append(change.text, q)
		}
		if len(change.text) == 0 {
			return false
		}
	} else if len(strings.Fields(rest)) < minNewText {
		a.duration(p, h, targets, what)
		return false
	}
	a.put(targets, change)
	return true
}

// opensText is the end of a passage whose new text stands below it.
var opensText = regexp.MustCompile(`(?i)(?::|als volgt\.?|door het volgende\.?|onderstaande tekst\.?)$`)

// announces reports whether a passage tells of another change.
func (a *amender) announces(p *passage) bool {
	w := &a.ev.words
	return len(references(p.own.text)) > 0 && slices.ContainsFunc(p.own.said, func(h phrase.Hit) bool { return w.amendLapse.has(h.Phrase) || w.amendText.has(h.Phrase) })
}

const quoted1, quoted2 = `[‘“„"]([^’”"]{2,}?)[’”"]`, `[‘“„"]([^’”"]{2,})[’”"]`

// swaps are the ways in which a sentence gives old words and new ones; the groups are those words.
var swaps = []*regexp.Regexp{
	regexp.MustCompile(`(?i)\bin plaats van\s+` + quoted1 + `[^‘“„"]{0,80}?` + quoted2),
	regexp.MustCompile(`(?i)` + quoted1 + `\s*(?:[^‘“„"]{0,60}?\s)?(?:(?:wordt|worden|is|zijn)\s+)?(?:hierbij\s+|hiermee\s+)?(?:vervangen\s+door|gewijzigd\s+(?:in|naar)|aangepast\s+(?:in|naar)|veranderd\s+in|moet(?:en)?\s+(?:zijn|luiden|staan)|dient?\s+te\s+(?:zijn|luiden)|moet\s+worden\s+gelezen\s+als|dient\s+te\s+worden\s+gelezen\s+als|lees:?|wordt)\s*:?\s*` + quoted2),
	regexp.MustCompile(`(?i)\b(?:waar|er staat|daar waar|staat)\s+` + quoted1 + `[^‘“„"]{0,60}?` + quoted2),
	regexp.MustCompile(`(?i)\bin plaats van\s+(.{3,}?)\s*,?\s+(?:lezen|leest u|leest men|lees|wordt gelezen|moet (?:worden )?gelezen(?: worden)?|moet staan|dient te worden gelezen|dient gelezen te worden)\s*:?\s*(.{3,}?)(?:\.(?:\s|$)|$)`),
	regexp.MustCompile(`(?i)\b(?:gewijzigd|aangepast|verlengd|verkort|verruimd|verhoogd|verlaagd)\s+van\s+(.{3,60}?)\s+(?:naar|in|tot)\s+(.{3,60}?)(?:[.;,](?:\s|$)|$)`),
	regexp.MustCompile(`(?i)\bvan\s+(.{3,40}?)\s+(?:wordt|worden|is)\s+(?:hierbij\s+|hiermee\s+)?(?:gewijzigd|aangepast|verlengd|verkort|verruimd|verhoogd|verlaagd)\s+(?:naar|in|tot)\s+(.{3,40}?)(?:[.;,](?:\s|$)|$)`),
}

// exchanged finds old and new words in a sentence, and where the new ones stand.
func exchanged(text string) (old, to string, at mark, ok bool) {
	for _, s := range swaps {
		if m := s.FindStringSubmatchIndex(text); m != nil {
			return text[m[2]:m[3]], text[m[4]:m[5]], mark{m[4], m[5]}, true
		}
	}
	return "", "", mark{}, false
}

// unique is how many words make a quotation that can only be found where it comes from.
const unique = 4

// holding lists the passages that still stand with the words in them: of those that are meant, or of all if the words are many or stand in one place only.
func (a *amender) holding(words string, meant []*passage) []*passage {
	in := meant
	if len(in) == 0 {
		in = slices.Concat(a.earlier, a.before, a.now)
	}
	var out []*passage
	for _, p := range in {
		if _, ok := p.find(words); ok && p.later == nil {
			out = append(out, p)
		}
	}
	if len(meant) == 0 && len(out) > 1 && len(strings.Fields(words)) < unique {
		return nil
	}
	return out
}

// swap replaces words in the passages that are meant. The old words in p itself count for nothing.
func (a *amender) swap(p *passage, targets []*passage, old, to string, at mark, what string) bool {
	found := a.holding(old, targets)
	if len(found) == 0 {
		return false
	}
	if m, ok := p.find(old); ok && (m.start >= at.end || m.end <= at.start) {
		p.blank(m, a.cached)
	}
	change := &amendment{by: p, mark: at, how: changed, what: what}
	for _, t := range found {
		now := t.with(old, to, a.cached)
		now.shown, now.shownMark = p, at
		a.now = append(a.now, now)
		change.text = append(change.text, now)
	}
	a.put(found, change)
	return true
}

var (
	timeUnit = `(?:werkdagen|werkdag|dagen|dag|weken|week|maanden|maand|jaren|jaar|uren|uur)`
	timeSpan = regexp.MustCompile(`(?i)\b(?:\d+|een|één|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|dertien|veertien|vijftien|twintig|dertig|veertig|vijftig|zestig)\s+` + timeUnit + `\b`)
)

// duration takes in a new term where the clause that is meant has one term only: "de termijn wordt aangepast naar zes weken".
func (a *amender) duration(p *passage, h phrase.Hit, targets []*passage, what string) {
	_, until := sentenceAt(p.own, h.Sentence)
	m := timeSpan.FindStringIndex(p.own.text[h.End:until])
	if m == nil {
		return
	}
	at := mark{h.End + m[0], h.End + m[1]}
	for _, t := range targets {
		if spans := timeSpan.FindAllString(t.own.text, -1); t.later == nil && len(spans) == 1 {
			a.swap(p, []*passage{t}, spans[0], p.own.text[at.start:at.end], at, what)
		}
	}
}

var yes1 = regexp.MustCompile(`(?i)^\W*(?:antwoord\W+)?(?:ja|akkoord|inderdaad|correct|klopt|juist|(?:dat|dit) klopt|(?:dat|dit) is (?:juist|correct|akkoord))\b\W*(?:(?:dat|dit) klopt|(?:dat|dit) is (?:juist|correct|akkoord)|akkoord|correct)?\W*$`)

// agreed takes in a bare yes to a bidder who asks whether a clause lapses.
func (a *amender) agreed(p *passage) {
	ask := a.ask
	if q, _, ok := questionAndAnswer(p.block); ok {
		ask = q
	}
	if ask == "" || !yes1.MatchString(strings.TrimSpace(answerText(p.own.text))) {
		return
	}
	q, w := a.cached.of(ask), &a.ev.words
	lapse := slices.ContainsFunc(q.said, func(h phrase.Hit) bool { return w.amendLapse.has(h.Phrase) })
	stands := slices.ContainsFunc(q.said, func(h phrase.Hit) bool { return w.amendStands.has(h.Phrase) })
	if !lapse || stands {
		return
	}
	hint := ask
	refs := a.orInherited(references(ask), p, "", &hint)
	a.put(a.targets(refs, hint), &amendment{by: p, mark: mark{len(p.own.text) - len(strings.TrimLeft(p.own.text, " ")), len(p.own.text)}, how: lapsed, what: called(refs)})
}

// answerText is the text of an answer without the name of its column.
func answerText(text string) string { return strings.TrimLeft(text, " |") }

// upheld reports whether the clause of h says that something stays as it was.
func (a *amender) upheld(s *segment, h phrase.Hit) bool {
	w, toks := &a.ev.words, s.fold.Tokens
	return slices.ContainsFunc(s.said, func(x phrase.Hit) bool {
		return w.amendStands.has(x.Phrase) && x.Sentence == h.Sentence && !(h.From <= x.From && x.To <= h.To) &&
			toks[x.From].Clause <= toks[h.To-1].Clause && toks[h.From].Clause <= toks[x.To-1].Clause
	})
}

var yesStart = regexp.MustCompile(`(?i)^\W*(?:antwoord\W+)?(?:ja|akkoord)\b`)

var conditions = map[string]bool{"als": true, "indien": true, "wanneer": true, "mocht": true, "tenzij": true, "zodra": true}

// unsure reports whether a sentence, up to the words that change something, only says what would be or is wished.
func (a *amender) unsure(start string) bool {
	s := a.cached.of(start)
	if len(s.fold.Tokens) == 0 {
		return false
	}
	if yesStart.MatchString(start) { // "Ja, eis 12 kan vervallen" grants it
		return false
	}
	f := a.ev.features(s)
	return conditions[s.fold.Tokens[0].Text] || f[len(f)-1].wished(len(start)-1)
}

// called names the parts in the words of a reader.
func called(refs []partRef) string {
	var out []string
	for _, r := range refs {
		if name := r.String(); !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	if len(out) == 0 {
		return ""
	}
	return inWords(out)
}

func firstStart(refs []partRef, otherwise int) int {
	if len(refs) > 0 {
		return min(refs[0].start, otherwise)
	}
	return otherwise
}

// sentenceAt gives the bytes of a sentence, with the signs behind it. The first one starts where the text does.
func sentenceAt(s *segment, sentence int) (from, until int) {
	from, until = -1, len(s.text)
	if sentence == 0 {
		from = 0
	}
	for _, t := range s.fold.Tokens {
		if t.Sentence == sentence && from < 0 {
			from = t.Start
		}
		if t.Sentence > sentence {
			until = t.Start
			break
		}
	}
	return max(from, 0), until
}

var quotation = regexp.MustCompile(`[‘“„"][^‘“„”"]*?(?:[”"]|’(?:[^\pL]|$))`)

// unquoted blanks quotations out of a text; offsets stay.
func unquoted(text string) string {
	return quotation.ReplaceAllStringFunc(text, func(q string) string { return strings.Repeat(" ", len(q)) })
}

// find gives the place of words in the text of p, as people see them: case, accents and signs do not matter.
func (p *passage) find(words string) (mark, bool) {
	want, have := phrase.Fold(words).Tokens, p.own.fold.Tokens
	if len(want) == 0 {
		return mark{}, false
	}
	for i := range len(have) - len(want) + 1 {
		if slices.EqualFunc(have[i:i+len(want)], want, func(x, y phrase.Token) bool { return x.Text == y.Text }) {
			return mark{have[i].Start, have[i+len(want)-1].End}, true
		}
	}
	return mark{}, false
}

// blank takes words out of what is judged of p; the text that is shown keeps them, and offsets stay.
func (p *passage) blank(m mark, cached *segments) {
	p.own = cached.of(p.own.text[:m.start] + strings.Repeat(" ", m.end-m.start) + p.own.text[m.end:])
}

// with is p with other words in the place of some. It is never shown itself.
func (p *passage) with(old, to string, cached *segments) *passage {
	m, _ := p.find(old)
	b := *p.block
	b.Text = p.own.text[:m.start] + to + p.own.text[m.end:]
	if own := p.numbers(); len(own) > 0 { // of a row it stood in a cell
		b.Number = own[0]
	}
	b.Cells = nil
	now := &passage{doc: p.doc, block: &b, own: cached.of(b.Text), leadIn: p.leadIn, trail: p.trail, zone: p.zone, section: p.section, table: p.table, fields: p.fields}
	return now
}

// Words with which questions and answers open, outside tables.
var (
	asksStart   = regexp.MustCompile(`(?i)^\W*(?:\d+\W+)?(?:vraag|vragen|v)\b(?:\s*(?:nr\.?|nummer)?\s*\d+)?\s*(?:[:.–-]|$|\()`)
	answersHere = regexp.MustCompile(`(?i)\b(?:antwoord|reactie|a)\b(?:\s*\d+)?\s*:`)
	answersFrom = regexp.MustCompile(`(?i)^\W*(?:\d+\W+)?(?:antwoord|reactie|a)\b(?:\s*(?:nr\.?|nummer)?\s*\d+)?\s*(?:[:.–-]|$|\()`)
)

// markQuestions gives the questions of bidders in an amending document their zone: from a block that opens one to the block that opens an answer. Answers are no
// questions, also under a heading that names both.
func markQuestions(doc dossier.Document, blocks []dossier.Block) {
	if !slices.Contains(amends, doc.Role) {
		return
	}
	asking := false
	for i := range blocks {
		b := &blocks[i]
		if _, _, ok := questionAndAnswer(b); ok || b.Zone == dossier.ZoneTOC {
			if b.Zone == dossier.ZoneQuestions {
				b.Zone = dossier.ZoneNone
			}
			continue
		}
		switch {
		case answersFrom.MatchString(b.Text) || asksStart.MatchString(b.Text) && answersHere.MatchString(b.Text):
			asking = false
		case asksStart.MatchString(b.Text):
			asking = true
		case b.Kind == dossier.Heading:
			asking = false
		}
		switch {
		case asking:
			b.Zone = dossier.ZoneQuestions
		case b.Zone == dossier.ZoneQuestions:
			b.Zone = dossier.ZoneNone
		}
	}
}

// questionAndAnswer gives question and answer of a row that holds both.
func questionAndAnswer(b *dossier.Block) (question string, answer dossier.Cell, ok bool) {
	q := slices.IndexFunc(b.Cells, func(c dossier.Cell) bool { return opensWith(c.Header, "vraag", "vragen", "uw vraag", "gestelde vraag") })
	if q < 0 {
		return "", dossier.Cell{}, false
	}
	k := slices.IndexFunc(b.Cells, func(c dossier.Cell) bool {
		return opensWith(c.Header, "antwoord", "ons antwoord", "reactie", "beantwoording")
	})
	if k < 0 || b.Cells[k].End > len(b.Text) {
		return "", dossier.Cell{}, false
	}
	return b.Cells[q].Text, b.Cells[k], true
}

// opensWith reports whether a text starts with one of some words, whatever its case.
func opensWith(text string, words ...string) bool {
	text = strings.TrimSpace(text)
	return slices.ContainsFunc(words, func(w string) bool { return len(text) >= len(w) && strings.EqualFold(text[:len(w)], w) })
}
