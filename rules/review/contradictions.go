package review

import (
	"cmp"
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"inkooptoets/extract/dossier"
	"inkooptoets/rules/phrase"
	"inkooptoets/rules/result"
	"inkooptoets/seeds"
)

// figure is a subject with one number, compiled.
type figure struct {
	seeds.Figure
	phrases, near, except, units words
	facets                       []*facet
}

// facet is a question that sets statements apart, compiled.
type facet struct {
	seeds.Facet
	options []words
}

// figures are the subjects with one number, and the words that go with all of them.
type figures struct {
	all          []figure
	past, takers words
	conditions   []words
	wordsOf      map[phrase.ID][]int // the subjects that begin with a phrase
	nearOf       map[phrase.ID][]int // the subjects beside whose words a number stands, by phrase
	jeugd, wmo   words
	rank         words
	documents    []roleNames
	itself       words
}

// roleNames are the names of the documents of one role.
type roleNames struct {
	role  string
	names words
}

func (r *Reviewer) compileFigures(b *builder) {
	c := r.catalogue.Contradictions
	f := &r.figures
	f.past, f.takers = b.add("contradictions.yaml: past", c.Past), b.add("contradictions.yaml: takers", c.Takers)
	for _, p := range c.Conditions {
		f.conditions = append(f.conditions, b.add("contradictions.yaml: conditions", []string{p}))
	}
	facets := map[string]*facet{}
	for _, s := range c.Facets {
		k := &facet{Facet: s}
		for _, o := range s.Options {
			k.options = append(k.options, b.add("contradictions.yaml: facet "+s.ID, o.Phrases))
		}
		facets[s.ID] = k
	}
	f.wordsOf, f.nearOf = map[phrase.ID][]int{}, map[phrase.ID][]int{}
	for _, s := range c.Subjects {
		place := fmt.Sprintf("%s:%d: subject %q", s.File, s.Line, s.ID)
		g := figure{Figure: s, phrases: b.add(place, s.Phrases), near: b.add(place, s.Near), except: b.add(place, s.Except), units: b.add(place, s.Units)}
		if len(s.Near) == 0 {
			g.near = g.phrases
		}
		for _, name := range s.Facets {
			g.facets = append(g.facets, facets[name])
		}
		for id := range g.phrases {
			f.wordsOf[id] = append(f.wordsOf[id], len(f.all))
		}
		for id := range g.near {
			f.nearOf[id] = append(f.nearOf[id], len(f.all))
		}
		f.all = append(f.all, g)
	}
	f.jeugd, f.wmo, f.rank, f.itself = r.lists["wet-jeugd"], r.lists["wet-wmo"], r.lists["rangorde"], r.lists["document-zelf"]
	for _, d := range [][2]string{{"overeenkomst", "document-overeenkomst"}, {"programma van eisen", "document-eisen"}, {"leidraad", "document-leidraad"}, {"nota van inlichtingen", "document-nota"}} {
		f.documents = append(f.documents, roleNames{d[0], r.lists[d[1]]})
	}
}

// statement is one number that the tender gives for one subject.
type statement struct {
	in         reading
	fig        *figure
	measure    measure
	sentence   int
	start, end int        // bytes of the number in what was read
	answers    [][]string // per facet of the subject
	conditions []int
	laws, lots []string
}

// reading is what a statement is read from: the text of a block, or that of a list item behind its lead-in, where the number may stand.
type reading struct {
	text
	body   string
	joined bool
}

// written is the number as the text has it.
func (s statement) written() string { return s.in.body[s.start:s.end] }

// contradictions finds subjects for which the tender gives different numbers: one finding per contradiction, at the place that has to give way, with the
// other place in its message and all of them among its places.
func contradictions(r *Reviewer, t *tender) []result.Finding {
	said := r.statements(t)
	order := r.precedence(t)
	var out []result.Finding
	for i := range r.figures.all {
		fig := &r.figures.all[i]
		var about []statement
		for _, s := range said {
			if s.fig == fig {
				about = append(about, s)
			}
		}
		slices.SortStableFunc(about, func(a, b statement) int { return order.compare(a.in.doc, b.in.doc) })
		out = append(out, clashes(t, about, order)...)
	}
	return out
}

// clash is a contradiction: the statement that goes first, and those that give another number for the same case.
type clash struct {
	first  statement
	others []statement
}

// clashes sets every statement about one subject beside those before it.
func clashes(t *tender, about []statement, order precedence) []result.Finding {
	var all []*clash
	for i, s := range about {
		k := slices.IndexFunc(about[:i], func(o statement) bool { return sameCase(t, o, s) }) // what goes first is right; who agrees with it is no party to the clash
		if k < 0 || !about[k].measure.differs(s.measure) {
			continue
		}
		known := slices.IndexFunc(all, func(c *clash) bool {
			return c.first.in.block == about[k].in.block && !c.others[0].measure.differs(s.measure)
		})
		if known < 0 {
			all = append(all, &clash{first: about[k]})
			known = len(all) - 1
		}
		all[known].others = append(all[known].others, s)
	}
	var out []result.Finding
	for _, c := range all {
		f := c.others[0].clash(c.first, order)
		f.Places = append(f.Places, c.first.spot())
		for _, o := range c.others[1:] {
			f.Places = append(f.Places, o.spot())
		}
		if n := len(c.others) - 1; n > 0 {
			f.Message += fmt.Sprintf(" Dit getal staat ook nog op %s.", places(n))
		}
		slices.SortStableFunc(f.Places, func(a, b result.Place) int {
			return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Block, b.Block), cmp.Compare(a.Start, b.Start))
		})
		out = append(out, f)
	}
	return out
}

func places(n int) string {
	if n == 1 {
		return "1 andere plaats"
	}
	return fmt.Sprintf("%d andere plaatsen", n)
}

// spot is where s stands.
func (s statement) spot() result.Place {
	start, end := s.start, s.end
	if s.in.joined { // the number is in the lead-in
		start, end = 0, len(s.in.block.Text)
	}
	return s.in.place(start, end)
}

func (s statement) clash(o statement, order precedence) result.Finding {
	at := s.spot()
	m := fmt.Sprintf("Twee getallen voor hetzelfde: %s. In %s staat “%s”, in %s staat “%s”: “%s”", s.fig.Text, s.place(), s.written(), o.place(), o.written(), o.quote())
	f := s.in.finding("c-contradiction", at.Start, at.End, m)
	f.Rule = s.fig.ID
	f.Suggestion = "Kies één getal en zet dat op beide plaatsen, of schrijf erbij wanneer welk getal geldt."
	if s.in.doc != o.in.doc && order.knows(o.in.doc) && order.knows(s.in.doc) {
		f.Message += fmt.Sprintf(" Volgens de rangorde (%s) gaat %s voor.", order.where, o.in.doc.Path)
		f.Suggestion = fmt.Sprintf("Maak van “%s” in %s ook “%s”, of pas %s aan als het eerste is bedoeld.", s.written(), s.in.doc.Path, o.written(), o.in.doc.Path)
	} else if s.in.doc != o.in.doc && order.where != "" {
		f.Message += fmt.Sprintf(" De rangorde (%s) zegt niet welk van deze twee stukken voorgaat.", order.where)
	}
	return f
}

// place says where s stands, so that a reader of the other place knows it too: a comment with these words may stand at both.
func (s statement) place() string {
	where := s.in.doc.Path
	if p := s.in.block.Loc.Page; p > 0 {
		return where + fmt.Sprintf(" (bladzijde %d)", p)
	}
	if n := len(s.in.block.Path); n > 0 {
		where += " (onder “" + shorten(s.in.block.Path[n-1], 60) + "”)"
	}
	return where
}

// quoteLength is how much of the other place a message shows, in runes.
const quoteLength = 180

// quote is the sentence of o.
func (o statement) quote() string {
	from, to := o.in.sentence(o.sentence)
	return shorten(strings.TrimSpace(o.in.body[from:to]), quoteLength)
}

// sentence gives the byte range of a sentence of the body, with the sign that ends it.
func (x reading) sentence(n int) (from, to int) {
	to = len(x.body)
	first := true
	for _, k := range x.fold.Tokens {
		if k.Sentence == n && first {
			from, first = k.Start, false
		}
		if k.Sentence > n {
			return from, k.Start
		}
	}
	return from, to
}

func shorten(s string, most int) string {
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	r := []rune(s)
	cut := strings.TrimRight(string(r[:most]), " ,;:")
	if i := strings.LastIndexByte(cut, ' '); i > len(cut)/2 {
		cut = cut[:i]
	}
	return cut + " …"
}

// sameCase reports whether two statements about one subject are about the same case.
func sameCase(t *tender, a, b statement) bool {
	if a.in.block == b.in.block || a.measure.name != b.measure.name || siblings(a.in.text, b.in.text) {
		return false
	}
	if !slices.Equal(a.conditions, b.conditions) || !meet(a.lots, b.lots) || t.Sole == "" && !meet(a.laws, b.laws) {
		return false
	}
	for i := range a.answers {
		if a.fig.facets[i].Overlap && meet(a.answers[i], b.answers[i]) {
			continue
		}
		if !slices.Equal(a.answers[i], b.answers[i]) {
			return false
		}
	}
	return true
}

// meet reports whether two lists of answers share one, or are both empty.
func meet(a, b []string) bool {
	if len(a) == 0 || len(b) == 0 {
		return len(a) == len(b)
	}
	return slices.ContainsFunc(a, func(s string) bool { return slices.Contains(b, s) })
}

// siblings reports whether two blocks stand in one list, table or paragraph: their writer saw both, and set them apart.
func siblings(a, b text) bool {
	if a.doc != b.doc {
		return false
	}
	x, y := a.block, b.block
	return x.Table > 0 && x.Table == y.Table || x.LeadIn != "" && x.LeadIn == y.LeadIn || len(x.Path) > 0 && slices.Equal(x.Path, y.Path)
}

// statements reads the numbers of the tender for the subjects of the list. An answer to a question changes the documents on purpose, so the notes with
// answers are left out.
func (r *Reviewer) statements(t *tender) []statement {
	var out []statement
	for i := range t.texts {
		x := t.texts[i]
		if len(x.block.Text) > longBlock || x.doc.Role == "nota van inlichtingen" || x.block.Zone == dossier.ZoneTOC || x.block.Zone == dossier.ZoneQuestions || x.block.Kind == dossier.Heading {
			continue
		}
		if !slices.ContainsFunc(x.hits, func(h phrase.Hit) bool { return r.figures.wordsOf[h.Phrase] != nil }) {
			continue
		}
		found := r.statementsIn(reading{text: x, body: x.block.Text})
		if len(found) == 0 && x.block.Kind == dossier.Item && strings.HasSuffix(x.block.LeadIn, ":") && len(x.block.LeadIn) < longLeadIn {
			x.fold = t.Fold(x.block.LeadIn + " " + x.block.Text)
			x.hits = r.matcher.Match(x.fold)
			found = r.statementsIn(reading{x, x.block.LeadIn + " " + x.block.Text, true})
		}
		for j := range found {
			r.situate(t, &found[j])
		}
		out = append(out, found...)
	}
	return out
}

// longBlock is a block, in bytes, in which a number is not sure to belong to the words beside it: a page that was read as one paragraph.
const longBlock = 20000

// longLeadIn is a lead-in, in bytes, that is more than the first half of a sentence.
const longLeadIn = 200

func (r *Reviewer) statementsIn(x reading) []statement {
	var about []int
	for _, h := range x.hits {
		about = append(about, r.figures.wordsOf[h.Phrase]...)
	}
	slices.Sort(about)
	var out []statement
	for _, i := range slices.Compact(about) {
		out = append(out, r.statementsAbout(x, &r.figures.all[i])...)
	}
	return out
}

// reach is how many words may stand between a number and the words it belongs to.
const reach = 9

// statementsAbout reads the statements of one text about one subject.
func (r *Reviewer) statementsAbout(x reading, fig *figure) []statement {
	topics := map[int]bool{}
	for _, h := range x.hits {
		if fig.phrases[h.Phrase] {
			topics[h.Sentence] = true
		}
	}
	if len(topics) == 0 {
		return nil
	}
	all := fig.measures(x.text)
	if len(all) == 0 {
		return nil
	}
	var out []statement
	for _, n := range sortedKeys(topics) {
		sentences := []int{n}
		if fig.Carry {
			sentences = append(sentences, n+1)
		}
		for k, in := range sentences {
			if k > 0 && topics[in] || r.unfit(x, fig, in) {
				continue
			}
			if s, ok := r.owned(x, fig, all, in); ok {
				out = append(out, s)
				break
			}
		}
	}
	return out
}

func sortedKeys(m map[int]bool) []int {
	var out []int
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

// measures reads the numbers of x that are of the kind of fig.
func (fig *figure) measures(x text) []measure {
	if fig.Kind == "count" {
		return counts(x, fig.units)
	}
	all := readers[fig.Kind](x.fold.Tokens)
	if fig.Range {
		all = append(all, ranges(x.fold.Tokens)...)
	}
	return all
}

// unfit reports whether a sentence is about something else after all, about the past, or not yet filled in.
func (r *Reviewer) unfit(x reading, fig *figure, sentence int) bool {
	if slices.ContainsFunc(x.hits, func(h phrase.Hit) bool {
		return h.Sentence == sentence && (fig.except[h.Phrase] || r.figures.past[h.Phrase])
	}) {
		return true
	}
	from, to := x.sentence(sentence)
	return strings.ContainsAny(x.body[from:to], "[<…*")
}

// owned gives the statement of a sentence: the number that stands nearer to words of the subject than to anything else. Two numbers that differ say nothing.
func (r *Reviewer) owned(x reading, fig *figure, all []measure, sentence int) (statement, bool) {
	var own []measure
	var apart []int // per measure the words between it and those of the subject
	for _, m := range all {
		if x.fold.Tokens[m.from].Sentence != sentence {
			continue
		}
		mine, other := reach+1, reach+1
		for _, h := range x.hits {
			if h.Sentence != sentence {
				continue
			}
			d := distance(h, m)
			if fig.Kind == "date" && h.From >= m.to {
				d += reach / 2 // a date stands behind its words: "van 1 april tot en met 31 maart"
			}
			switch {
			case fig.near[h.Phrase]:
				mine = min(mine, d)
			case r.figures.takers[h.Phrase] && fig.Kind != "level" && fig.Kind != "register" && !r.shadowed(x, fig, h):
				other = min(other, d)
			case r.rival(x, fig, h):
				other = min(other, d)
			}
		}
		if mine <= reach && mine <= other {
			own, apart = append(own, m), append(apart, mine)
		}
	}
	if fig.Kind == "date" && len(own) > 1 {
		nearest := slices.Min(apart)
		own = slices.DeleteFunc(slices.Clone(own), func(m measure) bool { return apart[slices.Index(own, m)] > nearest })
	}
	if slices.ContainsFunc(own, func(m measure) bool { return !m.atOnce }) {
		own = slices.DeleteFunc(own, func(m measure) bool { return m.atOnce }) // "onverwijld, uiterlijk binnen 24 uur"
	}
	if len(own) == 0 || slices.ContainsFunc(own, func(m measure) bool { return m.differs(own[0]) || m.bound != own[0].bound }) {
		return statement{}, false
	}
	toks := x.fold.Tokens
	return statement{in: x, fig: fig, measure: own[0], sentence: sentence, start: toks[own[0].from].Start, end: toks[own[0].to-1].End}, true
}

// rival reports whether h is a word beside which the number of another subject of the same kind stands, and the sentence is about that subject too.
func (r *Reviewer) rival(x reading, fig *figure, h phrase.Hit) bool {
	return slices.ContainsFunc(r.figures.nearOf[h.Phrase], func(i int) bool {
		g := &r.figures.all[i]
		return g.Kind == fig.Kind && x.saysIn(h.Sentence, g.phrases) && !x.saysIn(h.Sentence, g.except)
	})
}

// shadowed reports whether a word that takes numbers is here a word of the subject itself.
func (r *Reviewer) shadowed(x reading, fig *figure, taker phrase.Hit) bool {
	return slices.ContainsFunc(x.hits, func(h phrase.Hit) bool { return fig.near[h.Phrase] && h.From <= taker.From && taker.To <= h.To })
}

// distance is the number of words between a hit and a number; 0 when they touch or overlap.
func distance(h phrase.Hit, m measure) int {
	switch {
	case h.To <= m.from:
		return m.from - h.To
	case m.to <= h.From:
		return h.From - m.to
	}
	return 0
}

// situate says of a statement for whom, when and for which part of the tender it holds.
func (r *Reviewer) situate(t *tender, s *statement) {
	in := func(w words) bool {
		return slices.ContainsFunc(s.in.hits, func(h phrase.Hit) bool {
			return w[h.Phrase] && (h.Sentence == s.sentence || s.fig.Carry && h.Sentence == s.sentence-1)
		})
	}
	for _, f := range s.fig.facets {
		var answers []string
		for i, o := range f.options {
			if in(o) {
				answers = append(answers, f.Options[i].Value)
			}
		}
		if len(answers) == 0 && f.Default != "" {
			answers = []string{f.Default}
		}
		s.answers = append(s.answers, answers)
	}
	for i, c := range r.figures.conditions {
		if in(c) {
			s.conditions = append(s.conditions, i)
		}
	}
	s.lots = lotsOf(s.in.text)
	if t.Sole == "" {
		s.laws = r.lawsOfText(t, s.in.text)
	}
}

// part is a part of a tender that can have numbers of its own: a lot, a product.
var part = regexp.MustCompile(`(?i)\b(?:sub)?(?:perce(?:el|len)|onderde(?:el|len)|segment(?:en)?|kavels?|product(?:en)?|categorie(?:en|ën)?|profiel(?:en)?|module|deelopdracht)\s*:?\s*([0-9]+[a-z]?(?:\s*(?:,|en|t/m|tot en met|-|–)\s*[0-9]+)*|[A-Z]\b(?:\s*(?:,|en)\s*[A-Z]\b)*)`)

// partWords are what every match of part holds one of, for a quick look.
var partWords = []string{"perce", "onderde", "segment", "kavel", "product", "categorie", "profiel", "module", "deelopdracht"}

var partNumber = regexp.MustCompile(`[0-9]+|\b[A-Z]\b`)

// lotsOf lists the parts of the tender that a block names, or its nearest heading that names any, or its file.
func lotsOf(x text) []string {
	for _, s := range slices.Concat([]string{x.block.Text, x.block.LeadIn}, reversed(x.block.Path), []string{separators.Replace(path.Base(x.doc.Path))}) {
		if low := strings.ToLower(s); !slices.ContainsFunc(partWords, func(w string) bool { return strings.Contains(low, w) }) {
			continue
		}
		var out []string
		for _, m := range part.FindAllStringSubmatch(s, -1) {
			out = append(out, partNumbers(m[1])...)
		}
		if len(out) > 0 {
			return out
		}
	}
	return nil
}

func reversed(list []string) []string {
	out := slices.Clone(list)
	slices.Reverse(out)
	return out
}

func partNumbers(list string) []string {
	out := partNumber.FindAllString(list, -1)
	if (strings.Contains(list, "t/m") || strings.Contains(list, "tot en met") || strings.ContainsAny(list, "-–")) && len(out) == 2 && len(out[0]) == 1 && len(out[1]) == 1 {
		first, last := out[0][0], out[1][0]
		out = nil
		for n := first; n <= last; n++ {
			out = append(out, string(n))
		}
	}
	return out
}

// lawsOfText says which of the two laws a block is about: by its own words, or by the nearest heading that names one.
func (r *Reviewer) lawsOfText(t *tender, x text) []string {
	if laws := r.lawsAmong(x.hits); len(laws) > 0 {
		return laws
	}
	for _, h := range slices.Concat([]string{x.block.LeadIn}, reversed(x.block.Path)) {
		if h == "" {
			continue
		}
		if laws := r.lawsAmong(r.matcher.Match(t.Fold(h))); len(laws) > 0 {
			return laws
		}
	}
	return nil
}

func (r *Reviewer) lawsAmong(hits []phrase.Hit) []string {
	var out []string
	if slices.ContainsFunc(hits, func(h phrase.Hit) bool { return r.figures.jeugd[h.Phrase] }) {
		out = append(out, "jeugdwet")
	}
	if slices.ContainsFunc(hits, func(h phrase.Hit) bool { return r.figures.wmo[h.Phrase] }) {
		out = append(out, "wmo")
	}
	return out
}

// precedence is which document goes before which.
type precedence struct {
	rank  map[*dossier.Document]int // from 0, the first; those that are not named are not in it
	where string                    // Dutch: where it says so; empty if nowhere
}

func (p precedence) knows(d *dossier.Document) bool { _, ok := p.rank[d]; return ok }

// compare puts what goes first before what gives way: by the clause of the tender, and where that is silent the contract, then the requirements, then the rest.
func (p precedence) compare(a, b *dossier.Document) int {
	if p.knows(a) && p.knows(b) {
		return cmp.Compare(p.rank[a], p.rank[b])
	}
	order := func(d *dossier.Document) int {
		return slices.Index([]string{"", "bijlage", "leidraad", "programma van eisen", "overeenkomst"}, d.Role)
	}
	return cmp.Or(cmp.Compare(order(b), order(a)), cmp.Compare(a.Path, b.Path))
}

// precedence reads the clause that says which document goes before which; with more of them that of the contract counts.
func (r *Reviewer) precedence(t *tender) precedence {
	best := precedence{}
	var from *dossier.Document
	for i := range t.texts {
		x := t.texts[i]
		if x.block.Zone == dossier.ZoneTOC || !slices.ContainsFunc(x.hits, func(h phrase.Hit) bool { return r.figures.rank[h.Phrase] }) {
			continue
		}
		docs := r.ranked(t, i)
		if len(docs) < 2 || from != nil && (from.Role == "overeenkomst" || x.doc.Role != "overeenkomst") {
			continue
		}
		from = x.doc
		best = precedence{rank: map[*dossier.Document]int{}, where: x.doc.Path}
		if n := len(x.block.Path); n > 0 {
			best.where += ", " + shorten(x.block.Path[n-1], 60)
		}
		for k, d := range docs {
			best.rank[d] = k
		}
	}
	return best
}

// ranked lists the documents that the clause at text i names, first one first. What stands between "tussen" and the verb are the two that may differ, not the order.
func (r *Reviewer) ranked(t *tender, i int) []*dossier.Document {
	x := t.texts[i]
	var out []*dossier.Document
	first := x.hits[slices.IndexFunc(x.hits, func(h phrase.Hit) bool { return r.figures.rank[h.Phrase] })].Sentence
	add := func(y text, skip func(token int) bool) {
		for _, h := range y.hits {
			if y.block == x.block && h.Sentence < first || skip(h.From) {
				continue
			}
			if d := r.document(t, y, h); d != nil && !slices.Contains(out, d) {
				out = append(out, d)
			}
		}
		for _, a := range annexes(t, y) {
			if !slices.Contains(out, a) {
				out = append(out, a)
			}
		}
	}
	add(x, between(x.fold.Tokens))
	if strings.HasSuffix(x.block.Text, ":") {
		for _, y := range t.texts[i+1:] {
			if y.doc != x.doc || y.block.Kind != dossier.Item {
				break
			}
			add(y, func(int) bool { return false })
		}
	}
	return out
}

// between gives the tokens from "tussen" to the verb behind it.
func between(toks []phrase.Token) func(token int) bool {
	verbs := wordSet("geldt gelden gaat gaan prevaleert prevaleren heeft hebben is")
	from, to := -1, -1
	for i, k := range toks {
		if from < 0 && k.Text == "tussen" {
			from = i
		}
		if from >= 0 && to < 0 && verbs[k.Text] {
			to = i
		}
	}
	return func(token int) bool { return from >= 0 && from <= token && token < to }
}

// document gives the document of the tender that h names; nil if none, or if more have that role.
func (r *Reviewer) document(t *tender, x text, h phrase.Hit) *dossier.Document {
	if r.figures.itself[h.Phrase] {
		return x.doc
	}
	for _, n := range r.figures.documents {
		if !n.names[h.Phrase] {
			continue
		}
		var found *dossier.Document
		for i := range t.Documents {
			if t.Documents[i].Role == n.role && len(t.Documents[i].Blocks) > 0 {
				if found != nil {
					return nil
				}
				found = &t.Documents[i]
			}
		}
		return found
	}
	return nil
}

var annex = regexp.MustCompile(`(?i)\bbijlage\s+([a-z]|\d{1,2})\b`)

// annexes lists the files that a clause names by the letter or number of an annex.
func annexes(t *tender, x text) []*dossier.Document {
	var out []*dossier.Document
	for _, m := range annex.FindAllStringSubmatch(x.block.Text, -1) {
		for i := range t.Documents {
			d := &t.Documents[i]
			name := separators.Replace(strings.TrimSuffix(path.Base(d.Path), path.Ext(d.Path)))
			if a := annex.FindStringSubmatch(name); a != nil && strings.EqualFold(a[1], m[1]) && len(d.Blocks) > 0 {
				out = append(out, d)
			}
		}
	}
	return out
}
