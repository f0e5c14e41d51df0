package rules

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"inkooptoets/extract/dossier"
	"inkooptoets/rules/phrase"
)

// passage is the unit of judgement: a block with its lead-in and heading trail.
type passage struct {
	doc     *dossier.Document
	block   *dossier.Block
	own     *segment
	leadIn  *segment   // nil if none
	trail   []*segment // headings, innermost last; the document's title is not in it
	zone    dossier.Zone
	section string // names the heading it stands under, for aspects with scope section
	table   string // names the table when its rows are read together; empty otherwise
	laws    []string
	cites   []cited
	framed  []framed  // frameworks it makes binding
	feature []feature // per sentence of own
	lead    feature   // of the lead-in
	general []string  // laws of a general compliance clause in it; "*" for all law
	fields  bool      // the block holds square brackets
	duty    bool      // binding language somewhere in block or lead-in
	// aside says that it is running text of the guide to a tender (leidraad), outside the parts in which that lays down what it asks. Where a tender has such
	// parts, what the rest tells without asking it of the provider describes region, target group or procedure.
	aside bool

	weight    int        // of its words for what the tender is taken to be, when asked for (see weighed)
	later     *amendment // what a later document did to it; nil while it stands
	shown     *passage   // for a text that a later document changed in part: the passage that says so, which is shown for it
	shownMark mark       // and where in that

	worthy [lowerings]atomic.Pointer[[]atomic.Uint32] // worths per hit, when asked for (see worthsOf)
}

// segment is a folded text with its hits.
type segment struct {
	text string
	fold phrase.Text
	hits []phrase.Hit // as Matcher.Scan gives them
	said []phrase.Hit // one by one, those of the lists that are not of one recogniser (see eachList)
}

func (ev *Evaluator) segment(text string) *segment {
	s := &segment{text: text, fold: phrase.Fold(text)}
	s.hits = ev.matcher.Scan(s.fold)
	s.said = ev.saidIn(s.hits)
	if slices.ContainsFunc(s.said, func(h phrase.Hit) bool { return ev.words.outdated.has(h.Phrase) }) {
		s.hits = ev.unmasked(ev.oneByOne(s.hits), ev.words.outdated)
		s.said = ev.saidIn(s.hits)
	}
	return s
}

// saidIn picks the hits of the lists that are not of one recogniser, sorted as hits are.
func (ev *Evaluator) saidIn(hits []phrase.Hit) []phrase.Hit {
	var out []phrase.Hit
	for i := range hits {
		if h := &hits[i]; ev.said[h.Phrase] {
			out = spread(out, h, ev.saidAlone[h.Phrase])
		}
	}
	return out
}

// oneByOne gives hits with every hit that stands for several phrases replaced by theirs.
func (ev *Evaluator) oneByOne(hits []phrase.Hit) []phrase.Hit {
	out := make([]phrase.Hit, 0, 2*len(hits))
	for i := range hits {
		out = spread(out, &hits[i], ev.matcher.Alone(hits[i].Phrase))
	}
	return out
}

// spread adds h to out, which is sorted, or a hit for each of the phrases that it stands for.
func spread(out []phrase.Hit, h *phrase.Hit, phrases []phrase.ID) []phrase.Hit {
	if phrases == nil {
		return append(out, *h)
	}
	for _, id := range phrases {
		at := len(out)
		for at > 0 && out[at-1].From == h.From && out[at-1].To == h.To && out[at-1].Phrase > id {
			at--
		}
		if at == 0 || out[at-1].Phrase != id || out[at-1].From != h.From || out[at-1].To != h.To { // not of another word of the same place
			one := *h
			one.Phrase = id
			out = slices.Insert(out, at, one)
		}
	}
	return out
}

// segments are the texts of one evaluation. The same text is read once.
type segments struct {
	ev    *Evaluator
	mu    sync.Mutex
	known map[string]*segment
}

// segments starts the store for one evaluation of d, with its texts read ahead.
func (ev *Evaluator) segments(d dossier.Dossier) *segments {
	return &segments{ev: ev, known: ev.readAhead(texts(d))}
}

// of gives the segment of a text.
func (all *segments) of(text string) *segment {
	all.mu.Lock()
	defer all.mu.Unlock()
	s, ok := all.known[text]
	if !ok {
		s = all.ev.segment(text)
		all.known[text] = s
	}
	return s
}

// fold gives the folded form of a text, for who has phrases of its own to look for: a text that nobody else reads is not matched.
func (all *segments) fold(text string) phrase.Text {
	all.mu.Lock()
	s, ok := all.known[text]
	all.mu.Unlock()
	if ok {
		return s.fold
	}
	return phrase.Fold(text)
}

// texts lists what passages are made of, each once.
func texts(d dossier.Dossier) []string {
	var out []string
	seen := map[string]bool{"": true}
	add := func(text string) {
		if !seen[text] {
			seen[text] = true
			out = append(out, text)
		}
	}
	for i := range d.Documents {
		for j := range d.Documents[i].Blocks {
			b := &d.Documents[i].Blocks[j]
			text, asked := bindingText(&d.Documents[i], b)
			add(text)
			add(asked)
			add(b.LeadIn)
			for _, h := range b.Path {
				add(h)
			}
		}
	}
	return out
}

// readAhead reads texts on every processor: matching is most of the work of an evaluation, and no text needs another.
func (ev *Evaluator) readAhead(texts []string) map[string]*segment {
	read := make([]*segment, len(texts))
	_ = each(len(texts), minShare, func(i int) error {
		read[i] = ev.segment(texts[i])
		return nil
	})
	out := make(map[string]*segment, len(texts))
	for i, t := range texts {
		out[t] = read[i]
	}
	return out
}

// minShare is the number of texts that is worth a second processor.
const minShare = 32

// unmasked drops the hits that lie inside a hit of mask.
func (ev *Evaluator) unmasked(hits []phrase.Hit, mask group) []phrase.Hit {
	if len(mask) == 0 {
		return hits
	}
	var masks []phrase.Hit
	for _, h := range hits {
		if mask.has(h.Phrase) {
			masks = append(masks, h)
		}
	}
	if len(masks) == 0 {
		return hits
	}
	return slices.DeleteFunc(slices.Clone(hits), func(h phrase.Hit) bool {
		return !mask.has(h.Phrase) && slices.ContainsFunc(masks, func(m phrase.Hit) bool { return m.From <= h.From && h.To <= m.To })
	})
}

// passages cuts a dossier with zones into passages. Headings are passages too: a heading may be all a table of contents says.
func (ev *Evaluator) passages(d dossier.Dossier, cached *segments) []*passage {
	var out []*passage
	for i := range d.Documents {
		doc := &d.Documents[i]
		together := readTogether(doc)
		for j := range doc.Blocks {
			b := &doc.Blocks[j]
			if b.Text == "" || slices.Contains(b.Flags, "header-row") {
				continue
			}
			text, asked := bindingText(doc, b)
			p := &passage{doc: doc, block: b, own: cached.of(text), fields: strings.Contains(b.Text, "["), zone: b.Zone, section: doc.Path + "\x00" + strings.Join(b.Path, "\x00")}
			if b.LeadIn != "" {
				p.leadIn = cached.of(b.LeadIn)
			}
			for k, h := range b.Path {
				if k > 0 || !titleLike(doc, h) {
					p.trail = append(p.trail, cached.of(h))
				}
			}
			if asked != "" {
				p.trail = append(p.trail, cached.of(asked))
			}
			if b.Table > 0 && together[b.Table] {
				p.table = fmt.Sprintf("%s\x00%d", doc.Path, b.Table)
			}
			out = append(out, p)
		}
	}
	return out
}

// titleLike reports whether a top heading is the document's title: the first block, without a number of its own.
func titleLike(doc *dossier.Document, heading string) bool {
	return len(doc.Blocks) > 0 && doc.Blocks[0].Kind == dossier.Heading && doc.Blocks[0].Number == "" && strings.HasSuffix(heading, doc.Blocks[0].Text) && len(doc.Blocks) > 1 &&
		slices.ContainsFunc(doc.Blocks[1:], func(b dossier.Block) bool { return b.Kind == dossier.Heading })
}

// bindingText is the text of a block that can bind, and the question it answers, which is read as a heading above it. Of a question with its answer only the
// answer counts, unless it says yes, and of an old text beside the new one only the new. Offsets stay those of the block because the rest is blanked out.
func bindingText(doc *dossier.Document, b *dossier.Block) (text, asked string) {
	if _, a, ok := questionAndAnswer(b); ok {
		return strings.Repeat(" ", a.Start) + b.Text[a.Start:a.End], ""
	}
	if amending(doc) {
		if old, _, ok := oldAndNew(b); ok {
			return b.Text[:old.Start] + strings.Repeat(" ", old.End-old.Start) + b.Text[old.End:], ""
		}
	}
	if text, asked := answered(b.Text); text != b.Text {
		return text, asked
	}
	if amending(doc) && asksStart.MatchString(b.Text) {
		if at := answersHere.FindStringIndex(b.Text); at != nil {
			return strings.Repeat(" ", at[1]) + b.Text[at[1]:], ""
		}
	}
	return b.Text, ""
}

// questionAnswer splits running text with a question and its answer: "Vraag: ... ? Antwoord: ja, ...", "Moet dat? Ja. ...".
var questionAnswer = regexp.MustCompile(`(?is)^(\s*vraag(?:\s+\d+)?\s*[:.])?([^?]*)(\?)(\s*antwoord\s*:?|\s)\s*(ja|nee)?\b(.*)$`)

// asksLeave opens a question for leave: "nee" to it forbids, while "nee" to any other takes away.
var asksLeave = regexp.MustCompile(`(?i)^\s*(mag|mogen|kan|kunnen|accepteert)\b`)

// asker matches the words with which a bidder speaks of himself.
var asker = regexp.MustCompile(`(?i)\b(wij|we|ons|onze)\b`)

// answered is the text of a block with the question made a statement where the answer says yes, and blanked out where it says something else; asked is then
// that question, unless the answer denies it. A text that does not answer a question of its own stays as it is.
func answered(text string) (own, asked string) {
	if !strings.Contains(text, "?") {
		return text, ""
	}
	m := questionAnswer.FindStringSubmatchIndex(text)
	if m == nil {
		return text, ""
	}
	question, rest := text[m[4]:m[5]], text[m[12]:m[13]]
	says := ""
	if m[10] >= 0 {
		says = strings.ToLower(text[m[10]:m[11]])
	}
	labelled := strings.EqualFold(strings.Trim(text[m[8]:m[9]], " :\n\t"), "antwoord")
	form := says == "ja" && formAnswer.MatchString(rest)
	if form || !labelled && (says == "" || m[2] >= 0) {
		return text, ""
	}
	blank := strings.Repeat(" ", m[7]) + text[m[7]:]
	switch {
	case says == "ja":
		// "Moeten wij dat?" becomes "Moeten u   dat."
		said := asker.ReplaceAllStringFunc(question, func(w string) string { return ("u" + strings.Repeat(" ", len(w)))[:len(w)] })
		return strings.Repeat(" ", m[4]) + said + "." + text[m[7]:], ""
	case says == "nee" && !asksLeave.MatchString(question):
		return blank, ""
	}
	return blank, question
}

// formAnswer is what stands behind "ja" in a form to fill in.
var formAnswer = regexp.MustCompile(`(?i)^\W*nee\b`)

// requirementCode is what a row of a requirements table starts with: each such row stands on its own.
var requirementCode = regexp.MustCompile(`^\s*([A-Za-z]{1,5}[-. ]?)?\d+(\.\d+)*[a-z]?\.?\s*$`)

// readTogether lists the tables whose rows spread one statement: cost and criteria tables. Rows that carry a code or number of their own stand alone.
func readTogether(doc *dossier.Document) map[int]bool {
	rows, coded := map[int]int{}, map[int]int{}
	for _, b := range doc.Blocks {
		if b.Table == 0 || slices.Contains(b.Flags, "header-row") {
			continue
		}
		rows[b.Table]++
		if len(b.Cells) > 0 && requirementCode.MatchString(b.Cells[0].Text) || b.Number != "" {
			coded[b.Table]++
		}
	}
	out := map[int]bool{}
	for t, n := range rows {
		out[t] = coded[t]*2 < n
	}
	return out
}

// feature says what a sentence is, apart from any requirement.
type feature struct {
	question               bool
	wishes                 []wish
	asks                   int  // token from which the sentence asks; what stands before is a statement
	provider, municipality bool // who is named in it
	providerActs           bool // the provider is named as more than an owner or the other party
	client                 bool // the client bears the duty
	demand, duty           bool
	telling                bool         // it tells what others said or what figures show
	general                int          // token where a general compliance clause starts; -1 if none
	law                    int          // token where the law it names starts
	duties                 []int        // tokens where binding language starts
	about                  bool         // the clause is about named subjects
	exempt                 []phrase.Hit // words that take a duty away
	waive                  []phrase.Hit // those of them that say it of anything, in so many words and for all
	bars                   int          // token from which a list is taken away ("Niet verlangd wordt: ..."); -1 if none
	denial                 []phrase.Hit // plain negation
	excepts                []phrase.Hit // exceptions for some people, places or services
}

// prepare fills in everything about passages that no requirement is needed for, and lists per requirement those in which it has anything to look at; sole is
// the only law of the tender, or empty. Beside runs at the same time.
func (ev *Evaluator) prepare(passages []*passage, sole string, beside func()) [][]view {
	l := ev.lotLaws(passages)
	const share = 192 // passages that are worth a processor
	parts := slices.Collect(slices.Chunk(passages, share))
	seen := make([][][]view, len(parts))
	_ = each(1+len(parts), 1, func(i int) error {
		if i == 0 {
			beside()
			return nil
		}
		for _, p := range parts[i-1] {
			ev.prepareOne(p, l, sole)
		}
		seen[i-1] = ev.relevant(parts[i-1])
		return nil
	})
	setAside(passages)
	out := make([][]view, len(ev.compiled))
	of := make([][]view, len(seen))
	for i := range out {
		for k := range seen {
			of[k] = seen[k][i]
		}
		out[i] = slices.Concat(of...)
	}
	return out
}

// setAside marks the running text of the guide to a tender that lays down its demands elsewhere (see passage.aside).
func setAside(passages []*passage) {
	apart := slices.ContainsFunc(passages, func(p *passage) bool { return p.zone == dossier.ZoneRequirement || p.zone == dossier.ZoneContract })
	for _, p := range passages {
		p.aside = apart && p.doc.Role == "leidraad" && p.zone == dossier.ZoneNone && p.block.Kind == dossier.Paragraph
	}
}

func (ev *Evaluator) prepareOne(p *passage, l lots, sole string) {
	p.laws = ev.lawsOf(p, l)
	if p.leadIn != nil {
		for _, f := range ev.features(p.leadIn) {
			p.lead = f // the last sentence introduces the list
		}
	}
	p.cites = ev.citations(p.own, p.laws, sole)
	p.framed = ev.adoptions(p)
	p.feature = ev.features(p.own)
	for i := range p.feature {
		f := &p.feature[i]
		if f.general >= 0 && slices.ContainsFunc(p.cites, func(c cited) bool { return c.Sentence == i }) {
			f.general = -1 // an exact article is more than a general clause
		}
		if f.general >= 0 && !f.about {
			p.general = append(p.general, ev.generalLaws(p, i, sole)...)
		}
		p.duty = p.duty || f.duty || f.provider || f.demand
	}
	p.duty = p.duty || p.lead.duty || p.lead.provider || p.lead.demand || p.block.Kind == dossier.Row
}

// features reads every sentence of s.
func (ev *Evaluator) features(s *segment) []feature {
	n := 0
	if k := s.fold.Len(); k > 0 {
		n = s.fold.Tokens[k-1].Sentence + 1
	}
	out := make([]feature, n)
	for i := range out {
		out[i].general, out[i].bars = -1, -1
	}
	w := &ev.words
	var wishNot, tellingNot, object, owner, exemptNot, questionNot, limited, clientNot []phrase.Hit
	about, told := make([]bool, n), make([]bool, n)
	for _, h := range s.said {
		switch {
		case w.wishNot.has(h.Phrase):
			wishNot = append(wishNot, h)
		case w.tellingNot.has(h.Phrase):
			tellingNot = append(tellingNot, h)
		case w.municipalityObject.has(h.Phrase):
			object = append(object, h)
		case w.providerObject.has(h.Phrase):
			owner = append(owner, h)
		case w.exemptNot.has(h.Phrase), w.doubleNegation.has(h.Phrase):
			exemptNot = append(exemptNot, h)
		case w.limited.has(h.Phrase):
			limited = append(limited, h)
		case w.clientNot.has(h.Phrase):
			clientNot = append(clientNot, h)
		case w.questionNot.has(h.Phrase):
			questionNot = append(questionNot, h)
		}
	}
	inside := func(h phrase.Hit, masks []phrase.Hit) bool { // in part, unlike the masks of recognisers
		return slices.ContainsFunc(masks, func(m phrase.Hit) bool { return h.From < m.To && m.From < h.To })
	}
	staff := ev.opening(s)
	addressed := slices.ContainsFunc(s.said, func(h phrase.Hit) bool { return w.addressed.has(h.Phrase) })
	for _, h := range s.said {
		f := &out[h.Sentence]
		id := h.Phrase
		if (w.wish.has(id) && !inside(h, wishNot) || w.wishTail.has(id)) && !opensCondition(s, h) {
			f.wishes = append(f.wishes, wishAt(s, h, w.wishTail.has(id) || w.wishAside.has(id) && behindComma(s, h)))
		}
		f.question = f.question || w.question.has(id) && !inside(h, questionNot)
		f.provider = f.provider || w.provider.has(id)
		f.providerActs = f.providerActs || w.provider.has(id) && !inside(h, owner)
		told[h.Sentence] = told[h.Sentence] || addressed && w.provider.has(id) && s.fold.Tokens[h.From].Text == "u"
		if w.exceptSome.has(id) {
			f.excepts = append(f.excepts, h)
		}
		f.municipality = f.municipality || w.municipality.has(id) && !inside(h, object) && acts(s, h) && !slices.ContainsFunc(staff, func(p phrase.Hit) bool { return p.Sentence == h.Sentence && p.From < h.From })
		f.client = f.client || w.clientDuty.has(id) && !inside(h, clientNot)
		f.demand = f.demand || w.demand.has(id)
		f.telling = f.telling || w.telling.has(id) && !inside(h, tellingNot)
		if w.duty.has(id) {
			f.duty = true
			f.duties = append(f.duties, h.From)
		}
		if w.exempt.has(id) && !inside(h, apartFrom(s, h, exemptNot)) {
			f.exempt = append(f.exempt, h)
			if w.waive.has(id) && !inside(h, apartFrom(s, h, limited)) {
				f.waive = append(f.waive, h)
			}
		}
		if w.denial.has(id) && !inside(h, exemptNot) && !strings.HasPrefix(s.text[h.End:], "-") { // not in "niet-cliëntgebonden"
			f.denial = append(f.denial, h)
		}
		about[h.Sentence] = about[h.Sentence] || w.lawAbout.has(id)
	}
	for _, c := range s.said {
		if f := &out[c.Sentence]; w.comply.has(c.Phrase) && (f.general < 0 || c.From < f.general) {
			if law, ok := ev.lawBeside(s, c); ok {
				f.general, f.law = c.From, law.From
			}
		}
	}
	if !strings.Contains(s.text, "|") { // in a row the colon stands behind the header of a cell
		carry(s, out)
	}
	for i := len(out) - 1; i >= 0; i-- { // a condition must know whether the next sentence asks too
		out[i].about = about[i]
		if told[i] || addressed && !out[i].provider { // "u" acts, and who else is named is acted on
			out[i].municipality, out[i].provider, out[i].providerActs = true, false, false
		}
		if at := afterColon(s, i); !out[i].question && endsInQuestion(s, i) && !conditional(s, out, i) &&
			!slices.ContainsFunc(questionNot, func(h phrase.Hit) bool { return h.Sentence == i && h.To <= at }) { // "De intaker stelt vijf vragen: is ...?" tells what to ask
			out[i].question, out[i].asks = true, at
		}
	}
	return out
}

// wish is the stretch of a sentence, in bytes of its text, that a wish takes: all of it, what stands with it between brackets, or what stands behind it
// ("heeft een regeling en streeft naar weinig klachten").
type wish struct{ start, end int }

// wishAt reads the stretch that the wish at h takes; tail says that its words only look forward.
func wishAt(s *segment, h phrase.Hit, tail bool) wish {
	open, shut := strings.LastIndexByte(s.text[:h.Start], '('), strings.IndexByte(s.text[h.End:], ')')
	if open >= 0 && shut >= 0 && !strings.Contains(s.text[open:h.Start], ")") {
		return wish{open, h.End + shut}
	}
	if tail {
		return wish{h.Start, len(s.text)}
	}
	return wish{0, len(s.text)}
}

// behindComma reports whether a comma stands right before h.
func behindComma(s *segment, h phrase.Hit) bool {
	return strings.HasSuffix(strings.TrimSpace(s.text[:h.Start]), ",")
}

// wished reports whether a wish of the sentence takes the byte at.
func (f *feature) wished(at int) bool {
	return slices.ContainsFunc(f.wishes, func(w wish) bool { return w.start <= at && at < w.end })
}

// openingWords is how many words may stand before the subject of a sentence: "Alle betrokken medewerkers".
const openingWords = 3

// opening lists the staff with which sentences open: they act, whoever else is named behind them.
func (ev *Evaluator) opening(s *segment) []phrase.Hit {
	var out []phrase.Hit
	for _, h := range s.said {
		if ev.words.staff.has(h.Phrase) && (h.From < openingWords || s.fold.Tokens[h.From-openingWords].Sentence != h.Sentence) {
			out = append(out, h)
		}
	}
	return out
}

// acts reports whether a party named at h can be the one who acts: not inside an address, and in a cell without a verb only at its start.
func acts(s *segment, h phrase.Hit) bool {
	if h.Start > 0 && s.text[h.Start-1] == '@' {
		return false
	}
	if !strings.Contains(s.text, "|") {
		return true
	}
	cell := strings.LastIndexByte(s.text[:h.Start], '|') + 1
	return len(strings.Fields(s.text[cell:h.Start])) <= cellSubject
}

// cellSubject is how many words (header, code, article) may stand before the subject of a cell.
const cellSubject = 3

// lawReachGeneral is how many words may stand between "voldoet aan" and the law it names.
const lawReachGeneral = 8

// lawBeside finds words for law in or close to a compliance verb, in its sentence.
func (ev *Evaluator) lawBeside(s *segment, comply phrase.Hit) (phrase.Hit, bool) {
	for _, h := range s.said {
		if h.Sentence == comply.Sentence && (ev.words.allLaw.has(h.Phrase) || ev.isLaw(h.Phrase)) &&
			h.From-comply.To < lawReachGeneral && comply.From-h.To < lawReachGeneral {
			return h, true
		}
	}
	return phrase.Hit{}, false
}

// carry lets what opens a list inside a text hold for the whole list: "Opdrachtnemer streeft naar het volgende: ...; ...; ..." wishes every part. The parts
// count as sentences of their own, because a semicolon ends one.
func carry(s *segment, all []feature) {
	toks := s.fold.Tokens
	wished := false
	for i := range toks {
		f := &all[toks[i].Sentence]
		if i == 0 {
			continue
		}
		gap := s.text[toks[i-1].End:toks[i].Start]
		before := &all[toks[i-1].Sentence]
		opens := strings.Contains(gap, ":") && toks[i-1].Sentence == toks[i].Sentence
		if toks[i-1].Sentence != toks[i].Sentence {
			if !strings.Contains(gap, ";") {
				wished = false
				continue
			}
			if wished {
				f.wishes = append(f.wishes, wish{0, len(s.text)})
			}
			if before.bars >= 0 {
				f.bars = i
			}
			continue
		}
		if !opens {
			continue
		}
		wished = wished || before.wished(toks[i-1].Start)
		if f.bars < 0 && slices.ContainsFunc(f.exempt, func(e phrase.Hit) bool { return announcesList(toks, e, i) }) {
			f.bars = i
		}
	}
}

// relativeWords open a clause that hangs on the word before it; "als" does so too when it does not open the sentence ("als nieuwe aanbieder").
var relativeWords = map[string]bool{"die": true, "dat": true, "wie": true, "wat": true, "waar": true, "waarvoor": true, "waarvan": true, "als": true}

// apartFrom leaves out the masks that belong to a relative clause before or inside h, where h opens with the verb of the main clause: "een VOG van wie met cliënten werkt
// is niet vereist" denies the VOG.
func apartFrom(s *segment, h phrase.Hit, masks []phrase.Hit) []phrase.Hit {
	if !mainVerb(s, h) {
		return masks
	}
	toks := s.fold.Tokens
	return slices.DeleteFunc(slices.Clone(masks), func(m phrase.Hit) bool {
		return relativeWords[toks[m.From].Text] && m.From > 0 && toks[m.From-1].Sentence == h.Sentence
	})
}

// mainVerb reports whether h opens with a verb where only a main clause has it: before "niet".
func mainVerb(s *segment, h phrase.Hit) bool {
	toks := s.fold.Tokens
	switch toks[h.From].Text {
	case "is", "zijn", "wordt", "worden":
		return h.From+1 < h.To && toks[h.From+1].Text == "niet"
	case "hoeft", "hoeven":
		return true
	}
	return false
}

// announcesList reports whether the exemption e is about what stands behind the colon before token i ("Het volgende wordt niet verlangd:", "Niet vereist is:"),
// and not about something before it that the text goes on to explain ("Diagnostiek is niet nodig: ...").
func announcesList(toks []phrase.Token, e phrase.Hit, i int) bool {
	if e.To > i || toks[e.To-1].Clause != toks[i-1].Clause {
		return false
	}
	for k := i - 1; k >= 0 && toks[k].Clause == toks[i-1].Clause; k-- {
		if w := toks[k].Text; w == "volgende" || w == "onderstaande" {
			return true
		}
	}
	return e.To == i && (e.From == 0 || toks[e.From-1].Sentence != toks[e.From].Sentence)
}

// conditionVerbs open a condition when they stand first.
var conditionVerbs = map[string]bool{"kan": true, "kunnen": true, "mag": true, "mogen": true, "zou": true, "zouden": true, "streeft": true, "streven": true,
	"probeert": true, "proberen": true, "hoopt": true, "vindt": true, "vinden": true, "stelt": true, "stellen": true}

// limitWords open a sentence in which "mag" allows no more than it says: "Alleen met toestemming mag u ..." forbids the rest.
var limitWords = map[string]bool{"alleen": true, "slechts": true, "uitsluitend": true, "pas": true, "enkel": true}

// leaveVerbs are the verbs of leave that such a sentence turns into a limit.
var leaveVerbs = map[string]bool{"kan": true, "kunnen": true, "mag": true, "mogen": true}

// opensCondition reports whether a wish word opens a condition ("Kan aanbieder niet leveren, dan meldt hij dat.") or says what alone is allowed.
func opensCondition(s *segment, h phrase.Hit) bool {
	toks := s.fold.Tokens
	first := h.From
	for first > 0 && toks[first-1].Sentence == h.Sentence {
		first--
	}
	if limitWords[toks[first].Text] && leaveVerbs[toks[h.From].Text] {
		return true
	}
	if h.From > 0 && toks[h.From-1].Sentence == h.Sentence || !conditionVerbs[toks[h.From].Text] {
		return false
	}
	for i := h.From; i < len(toks) && toks[i].Sentence == h.Sentence; i++ {
		if toks[i].Text == "dan" {
			return true
		}
	}
	return false
}

// questionWords open a real question: "Hoe borgt u dit?"
var questionWords = map[string]bool{
	"hoe": true, "wie": true, "wat": true, "welk": true, "welke": true, "waar": true, "waarom": true, "wanneer": true, "hoeveel": true, "vraag": true,
}

// conditional reports whether the sentence is a condition in the form of a question: it opens with a verb and a statement follows in the same block
// ("Gaat het mis? Dan belt u ons.").
func conditional(s *segment, all []feature, sentence int) bool {
	if sentence+1 >= len(all) || all[sentence+1].question {
		return false
	}
	first, next := "", ""
	for i, t := range s.fold.Tokens {
		if t.Sentence == sentence && first == "" {
			first = t.Text
			if i+1 < len(s.fold.Tokens) && first == "in" && s.fold.Tokens[i+1].Text == "hoeverre" {
				return false
			}
		}
		if t.Sentence == sentence+1 && next == "" {
			next = t.Text
		}
	}
	return !questionWords[first] && next != "antwoord" && next != "ja" && next != "nee" && next != "zie"
}

// afterColon gives the token behind the last colon of a sentence, or 0: "U praat over de overname: wie gaat mee?" asks only its end.
func afterColon(s *segment, sentence int) int {
	at := 0
	for i := 1; i < len(s.fold.Tokens); i++ {
		if s.fold.Tokens[i].Sentence == sentence && s.fold.Tokens[i-1].Sentence == sentence && strings.Contains(s.text[s.fold.Tokens[i-1].End:s.fold.Tokens[i].Start], ":") {
			at = i
		}
	}
	return at
}

func endsInQuestion(s *segment, sentence int) bool {
	last := -1
	for i, t := range s.fold.Tokens {
		if t.Sentence == sentence {
			last = i
		}
	}
	if last < 0 {
		return false
	}
	end := len(s.text)
	if last+1 < s.fold.Len() {
		end = s.fold.Tokens[last+1].Start
	}
	sign := s.text[s.fold.Tokens[last].End:end]
	return strings.Contains(sign, "?") && !strings.Contains(sign, "?:") // "Door wie?: ..." is the header of a cell
}
