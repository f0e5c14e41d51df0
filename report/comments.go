package report

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"inkooptoets/rules/result"
)

// Draft is a file of a dossier that comments can be put in, as far as a report has to know it.
type Draft struct {
	File string // as in result.Document
	Top  int    // paragraph for what concerns the whole file: its first heading
	// Place gives the number of the paragraph with the words at a byte offset of a block; numbers rise in reading order. ok is false
	// when comments cannot stand there.
	Place func(block, offset int) (paragraph int, ok bool)
}

// Comment is a remark in the margin of a paragraph.
type Comment struct {
	Paragraph int
	Lines     []CommentLine
}

// CommentLine is a paragraph of a comment; a strong one is a small heading.
type CommentLine struct {
	Text   string
	Strong bool
}

// Limits that keep a draft readable.
const (
	maxComments    = 150 // per file; the first comment lists what would come after them
	maxClauses     = 3   // criteria of frameworks in one comment that still get their clause, unless the framework was asked for by name
	maxReferenced  = 5   // criteria that one clause covers by reference, before they are only counted
	maxListed      = 10  // criteria of one framework in the first comment, unless it was asked for by name
	maxPlaces      = 10  // paragraphs that get the comment of one finding
	maxGapsWritten = 10  // legal gaps in the first comment that get their clause
)

// Comments says what to write in the margin of drafts, which are files of d: per draft its comments in reading order. There is one per
// paragraph, with what is remarked on it, what it lacks and what it covers; before these goes one at the top. In the programme of
// requirements, or else the tender guide, that one lists the gaps that have no place; in the other drafts it says so. Texts are fit to show.
func Comments(run result.Run, d result.Dossier, drafts []Draft, o Options) [][]Comment {
	if len(drafts) == 0 {
		return nil
	}
	m := margins{ws: languages[cmp.Or(o.Lang, "nl")], cw: commentLanguages[cmp.Or(o.Lang, "nl")], run: run, d: cleaned(d), sources: sourcesOf(run), drafts: drafts}
	m.brief, m.cited = m.notAskedFor(), sourceNames(m.d.Rows)
	m.place(d)
	m.placeFindings(d.Findings)
	main := m.main()
	out := make([][]Comment, len(drafts))
	for i := range drafts {
		comments, rest := m.inText(i)
		top := m.pointer(len(comments), main)
		if i == main {
			top = m.overview(len(comments))
		}
		out[i] = append([]Comment{{drafts[i].Top, slices.Concat(top, m.wholeFile(drafts[i].File), rest)}}, comments...)
	}
	return out
}

// margins is the work on one dossier.
type margins struct {
	ws       *words
	cw       commentWords
	run      result.Run
	d        result.Dossier // cleaned
	sources  map[string]result.Source
	cited    map[string]string // names of sources as citations have them
	drafts   []Draft
	brief    map[string]bool // frameworks that were not asked for by name
	placed   []entry
	homeless []result.Row // gaps without a place in a draft
}

// entry is what one paragraph shows of one requirement, or a finding about it.
type entry struct {
	draft, paragraph int
	finding          *result.Finding // nil: it is about row
	row              result.Row
	evidence         result.Evidence
	together         bool // it takes other passages as well to cover the requirement
}

func (m *margins) notAskedFor() map[string]bool {
	brief := map[string]bool{}
	for _, a := range m.d.Profile.Frameworks {
		brief[a.Value] = !a.Given
	}
	return brief
}

// place finds the paragraphs of all rows. Offsets are those of raw, the dossier as it was stored; texts are the cleaned ones.
func (m *margins) place(raw result.Dossier) {
	for i, r := range m.d.Rows {
		if r.Status == result.NotApplicable || r.Status == result.Undetermined || r.Status == result.Missing && r.Waived != nil {
			continue
		}
		found := false
		for _, k := range deciding(raw.Rows[i], m.inDraft) {
			e := raw.Rows[i].Evidence[k]
			draft, paragraph, ok := m.find(e)
			if !ok {
				continue
			}
			found = true
			m.placed = append(m.placed, entry{draft: draft, paragraph: paragraph, row: r, evidence: r.Evidence[k], together: r.Status == result.Covered && e.Shows == result.Partial})
		}
		if !found && r.Status.Gap() && r.Waived == nil {
			m.homeless = append(m.homeless, r)
		}
	}
}

// placeFindings finds the paragraphs of what there is to say about the draft itself.
func (m *margins) placeFindings(raw []result.Finding) {
	for i, f := range raw {
		if f.Quote == "" || f.Waived != nil {
			continue
		}
		first := len(m.placed)
		places := append([]result.Place{{File: f.File, Block: f.Block, Start: f.Start}}, f.Places...)
		for _, p := range places[:min(len(places), maxPlaces)] {
			draft, paragraph, ok := m.find(result.Evidence{File: p.File, Block: p.Block, Start: p.Start})
			there := func(e entry) bool { return e.draft == draft && e.paragraph == paragraph }
			if ok && !slices.ContainsFunc(m.placed[first:], there) {
				m.placed = append(m.placed, entry{draft: draft, paragraph: paragraph, finding: &m.d.Findings[i]})
			}
		}
	}
}

// wholeFile writes the findings about a file as a whole.
func (m *margins) wholeFile(file string) []CommentLine {
	var lines []CommentLine
	for i, f := range m.d.Findings {
		if f.File == clean(file) && f.Quote == "" && f.Waived == nil {
			lines = append(lines, m.finding(m.d.Findings[i])...)
		}
	}
	return lines
}

func (m *margins) finding(f result.Finding) []CommentLine {
	lines := []CommentLine{strong(m.ws.note + ": " + f.Message)}
	if f.Suggestion != "" {
		lines = append(lines, plain(m.ws.suggestion+": "+f.Suggestion))
	}
	return lines
}

func (m *margins) inDraft(e result.Evidence) bool {
	_, _, ok := m.find(e)
	return ok
}

func (m *margins) find(e result.Evidence) (draft, paragraph int, ok bool) {
	draft = slices.IndexFunc(m.drafts, func(d Draft) bool { return d.File == e.File })
	if draft < 0 {
		return 0, 0, false
	}
	paragraph, ok = m.drafts[draft].Place(e.Block, e.Start)
	return draft, paragraph, ok
}

// deciding picks the passages of a row to remark on: of a contradiction each, of a requirement that several passages cover together
// each that adds something, and else the best one. Only passages that show as much as the best count.
func deciding(r result.Row, usable func(result.Evidence) bool) []int {
	var out []int
	seen := map[string]bool{}
	for i, e := range r.Evidence {
		if e.Shows != r.Evidence[0].Shows || e.OverriddenBy != "" || !usable(e) {
			continue
		}
		adds := len(out) == 0 || r.Status == result.Contradicted
		for _, id := range e.Aspects {
			adds = adds || r.Status == result.Covered && e.Shows == result.Partial && !seen[id]
		}
		if !adds {
			continue
		}
		for _, id := range e.Aspects {
			seen[id] = true
		}
		out = append(out, i)
	}
	return out
}

// main is the draft that gets the overview.
func (m *margins) main() int {
	for _, role := range []string{"programma van eisen", "leidraad"} {
		for i, draft := range m.drafts {
			if slices.ContainsFunc(m.d.Documents, func(doc result.Document) bool { return doc.Path == clean(draft.File) && doc.Role == role }) {
				return i
			}
		}
	}
	return 0
}

// inText gives the comments of one draft in reading order, and lines for what is beyond the limit.
func (m *margins) inText(draft int) (comments []Comment, rest []CommentLine) {
	at := map[int][]entry{}
	for _, r := range m.placed {
		if r.draft == draft {
			at[r.paragraph] = append(at[r.paragraph], r)
		}
	}
	for _, paragraph := range slices.Sorted(maps.Keys(at)) {
		remarks := at[paragraph]
		slices.SortStableFunc(remarks, func(a, b entry) int { return cmp.Compare(a.weight(), b.weight()) })
		if len(comments) < maxComments {
			comments = append(comments, Comment{paragraph, m.paragraph(remarks)})
			continue
		}
		if rest == nil {
			rest = append(rest, strong(fmt.Sprintf(m.cw.beyond, maxComments)))
		}
		for _, r := range remarks {
			rest = append(rest, plain(m.listed(r)))
		}
	}
	return comments, rest
}

// weight puts work before what is in order, and the law before choices.
func (e entry) weight() int {
	if e.finding != nil {
		return 0
	}
	w := 1 // law; also a duty of a later version
	switch e.row.Duty {
	case result.Framework:
		w = 2
	case result.Advice:
		w = 3
	}
	if !e.row.Status.Gap() {
		w += 10
	}
	return w
}

func strong(text string) CommentLine { return CommentLine{text, true} }

func plain(text string) CommentLine { return CommentLine{text, false} }

// paragraph writes one comment: the gaps in full, then what is covered.
func (m *margins) paragraph(remarks []entry) []CommentLine {
	criteria, referenced := 0, map[string]int{}
	for _, r := range remarks {
		switch {
		case r.row.Status == result.Referenced:
			referenced[r.row.Source]++
		case r.row.Status.Gap() && r.row.Duty == result.Framework:
			criteria++
		}
	}
	var lines []CommentLine
	counted := map[string]bool{}
	for _, r := range remarks {
		source := r.row.Source
		switch {
		case r.finding != nil:
			lines = append(lines, m.finding(*r.finding)...)
		case r.row.Status.Gap():
			lines = append(lines, m.gap(r, !m.brief[source] || r.row.Duty != result.Framework || criteria <= maxClauses)...)
		case r.row.Status == result.Referenced && referenced[source] > maxReferenced:
			if !counted[source] {
				lines = append(lines, plain(fmt.Sprintf(m.cw.allByReference, referenced[source], m.source(source))))
			}
			counted[source] = true
		case r.together:
			lines = append(lines, plain(m.heading(r.row, m.cw.together)+m.shown(r)))
		default:
			lines = append(lines, plain(m.covers(r.row)))
		}
	}
	return lines
}

// covers is the line for a requirement that is met.
func (m *margins) covers(r result.Row) string {
	if r.Status == result.Referenced {
		return m.heading(r, m.cw.byReference)
	}
	return m.heading(r, m.cw.covers)
}

func (m *margins) heading(r result.Row, verb string) string {
	return verb + ": " + m.name(r)
}

// source is the name of a source; runs of older versions have it only in citations.
func (m *margins) source(id string) string {
	return cmp.Or(m.sources[id].Name, m.cited[id], id)
}

// name is the title of a requirement with its source.
func (m *margins) name(r result.Row) string {
	if r.Citation == "" {
		return r.Title
	}
	return r.Title + " (" + r.Citation + ")"
}

// shown lists what a passage adds to a requirement that several passages cover.
func (m *margins) shown(r entry) string {
	var texts []string
	for _, a := range r.row.Aspects {
		if slices.Contains(r.evidence.Aspects, a.ID) {
			texts = append(texts, a.Text)
		}
	}
	if len(texts) == 0 {
		return ""
	}
	return ". " + m.cw.here + ": " + strings.Join(texts, "; ") + "."
}

// gap writes what a passage lacks.
func (m *margins) gap(r entry, clause bool) []CommentLine {
	lines := []CommentLine{strong(m.heading(r.row, m.verdict(r.row)))}
	if r.row.Waived != nil {
		return append(lines, plain(m.ws.waivedBy+": "+m.ws.waiver(*r.row.Waived)))
	}
	needed, _ := missingAspects(r.row, m.ws)
	repeats := r.row.Note == "" && slices.ContainsFunc(r.row.Aspects, func(a result.Aspect) bool {
		return a.Core && a.Status != result.Covered && strings.Contains(r.row.Reason, a.Text)
	})
	if reason := strings.TrimSpace(r.row.Reason + " " + r.row.Note); len(needed) == 0 || !repeats && (r.evidence.Lacks != "" || r.row.Status == result.Contradicted) {
		lines = append(lines, plain(reason))
	}
	if len(needed) > 0 {
		lines = append(lines, plain(m.ws.needed+": "+strings.Join(needed, "; ")+"."))
	}
	if clause && r.row.Suggestion != "" {
		lines = append(lines, plain(m.ws.suggestion+": "+r.row.Suggestion))
	}
	return slices.DeleteFunc(lines, func(l CommentLine) bool { return l.Text == "" })
}

// verdict is the status with, for what is no law, the word that says so.
func (m *margins) verdict(r result.Row) string {
	status := cmp.Or(m.cw.status[r.Status], string(r.Status))
	switch r.Duty {
	case result.Framework:
		return m.cw.choice + ", " + status
	case result.Advice:
		return m.cw.advice + ", " + status
	}
	return capital(status)
}

func capital(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// listed is an entry in one line, for the list of what is beyond the limit.
func (m *margins) listed(r entry) string {
	line := m.covers(r.row)
	switch {
	case r.finding != nil:
		return "• " + m.ws.note + ": " + r.finding.Message
	case r.row.Status.Gap():
		line = m.heading(r.row, m.verdict(r.row))
	}
	if n := len(r.evidence.Path); n > 0 {
		line += " – " + r.evidence.Path[n-1]
	}
	return "• " + line
}

// pointer is the first comment of a draft that is not the main one.
func (m *margins) pointer(comments, main int) []CommentLine {
	return []CommentLine{
		strong(fmt.Sprintf(m.cw.title, m.d.ID)),
		plain(fmt.Sprintf(m.cw.count, comments)),
		plain(fmt.Sprintf(m.cw.elsewhere, clean(m.drafts[main].File))),
	}
}

// overview is the first comment of the main draft.
func (m *margins) overview(comments int) []CommentLine {
	lines := []CommentLine{strong(fmt.Sprintf(m.cw.title, m.d.ID)), plain(fmt.Sprintf(m.cw.count, comments) + " " + m.cw.aid)}
	for _, doc := range m.d.Documents {
		if doc.Problem != "" {
			lines = append(lines, plain(fmt.Sprintf(m.cw.unread, doc.Path, doc.Problem)))
		}
	}
	for _, g := range groups(m.homeless) {
		lines = append(lines, m.group(g)...)
	}
	waived, undetermined := 0, 0
	for _, r := range m.d.Rows {
		switch {
		case r.Status.Gap() && r.Waived != nil:
			waived++
		case r.Status == result.Undetermined:
			undetermined++
		}
	}
	if waived > 0 {
		lines = append(lines, plain(fmt.Sprintf(m.ws.waived, waived)))
	}
	if undetermined > 0 {
		lines = append(lines, plain(fmt.Sprintf(m.ws.undetermined, undetermined)+": "+m.cw.inReport))
	}
	return lines
}

// group lists the gaps of one weight that have no place in a draft, by source.
func (m *margins) group(g group) []CommentLine {
	lines := []CommentLine{strong(fmt.Sprintf(m.cw.noPlace, cmp.Or(m.ws.group[g.duty], string(g.duty)), len(g.rows)))}
	if len(g.rows) == 0 {
		return append(lines, plain(m.ws.none))
	}
	if note := m.ws.groupNote[g.duty]; note != "" {
		lines = append(lines, plain(note))
	}
	legal := g.duty == result.Statutory
	for _, source := range m.sourcesIn(g.rows) {
		rows := slices.DeleteFunc(slices.Clone(g.rows), func(r result.Row) bool { return r.Source != source })
		lines = append(lines, strong(fmt.Sprintf("%s (%d)", m.source(source), len(rows))))
		for i, r := range rows {
			if !legal && m.brief[source] && i == maxListed {
				lines = append(lines, plain(fmt.Sprintf(m.cw.more, len(rows)-i)))
				break
			}
			lines = append(lines, plain("• "+m.without(r)))
			if legal && len(g.rows) <= maxGapsWritten && r.Suggestion != "" {
				lines = append(lines, plain(m.ws.suggestion+": "+r.Suggestion))
			}
		}
	}
	return lines
}

// without is the line of a gap that has no place in a draft; a passage in another file is named.
func (m *margins) without(r result.Row) string {
	r.Citation = strings.TrimPrefix(r.Citation, m.source(r.Source)+", ") // that stands above the list
	if r.Status == result.Missing {
		return m.name(r)
	}
	line := m.name(r) + ": " + cmp.Or(m.cw.status[r.Status], string(r.Status))
	if len(r.Evidence) > 0 {
		line += ", " + place(r.Evidence[0].File, r.Evidence[0].Page, nil, m.ws)
	}
	return line
}

// sourcesIn lists the sources of rows in catalogue order; rows of a group come worst first.
func (m *margins) sourcesIn(rows []result.Row) []string {
	var out []string
	for _, r := range m.homeless {
		here := slices.ContainsFunc(rows, func(other result.Row) bool { return other.Source == r.Source })
		if here && !slices.Contains(out, r.Source) {
			out = append(out, r.Source)
		}
	}
	return out
}

// commentWords are the fixed words of comments in one language; those of reports are used where they fit.
type commentWords struct {
	status                            map[result.Status]string // inside a sentence
	covers, byReference, together     string
	allByReference                    string // "%d of %s"
	here, choice, advice              string
	title                             string // "%s"
	count, elsewhere, unread, noPlace string
	aid, more, beyond, inReport       string
}

var commentLanguages = map[string]commentWords{
	"nl": {
		status: map[result.Status]string{
			result.Partial: "deels gedekt", result.Mentioned: "alleen genoemd", result.Contradicted: "tegengesproken", result.Missing: "ontbreekt",
		},
		covers: "Dekt", byReference: "Dekt via verwijzing", together: "Dekt samen met andere passages",
		allByReference: "Dekt via verwijzing: %d criteria van %s.",
		here:           "Hier staat", choice: "Keuze uit een kader", advice: "Advies",
		title:     "Toets van %s",
		count:     "Aantal opmerkingen bij de tekst van dit bestand: %d.",
		elsewhere: "Wat in het hele dossier nergens staat, leest u in de eerste opmerking bij %s.",
		unread:    "Niet gelezen: %s (%s).",
		noPlace:   "%s die niet in een Word-bestand staan: %d",
		aid:       "De opmerkingen zijn gemaakt door een programma; u beslist wat u ermee doet.",
		more:      "en nog %d; zie het verslag",
		beyond:    "Dit bestand heeft meer dan %d plaatsen met een opmerking. Deze staan alleen hier:",
		inReport:  "zie het verslag.",
	},
	"en": {
		status: map[result.Status]string{
			result.Partial: "partly covered", result.Mentioned: "only mentioned", result.Contradicted: "contradicted", result.Missing: "missing",
		},
		covers: "Covers", byReference: "Covers by reference", together: "Covers together with other passages",
		allByReference: "Covers by reference: %d criteria of %s.",
		here:           "This says", choice: "Choice from a framework", advice: "Advice",
		title:     "Check of %s",
		count:     "Number of comments on the text of this file: %d.",
		elsewhere: "What is nowhere in the whole dossier is in the first comment on %s.",
		unread:    "Not read: %s (%s).",
		noPlace:   "%s that are in no Word file: %d",
		aid:       "The comments were made by a program; you decide what to do with them.",
		more:      "and %d more; see the report",
		beyond:    "This file has more than %d places with a comment. These stand only here:",
		inReport:  "see the report.",
	},
}
