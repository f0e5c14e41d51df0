package report

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"inkooptoets/rules/result"
)

//go:embed html.tmpl
var htmlTemplate string

//go:embed html.css
var htmlStyle string

// writeHTML writes the report as one page that needs no other file, no script and no network. Everything is in it, also without --all: what needs no work
// is folded. A dossier is written before the next one is made, so that a long batch does not stand in memory as a whole.
func writeHTML(w io.Writer, run result.Run, o Options) error {
	p := newPage(run, o)
	pages, err := template.New("html").Parse(p.fixed().Replace(htmlTemplate))
	if err != nil {
		return fmt.Errorf("write html: %w", err)
	}
	var b bytes.Buffer
	write := func(part string, data any) error {
		b.Reset()
		if err := pages.ExecuteTemplate(&b, part, data); err != nil {
			return fmt.Errorf("write html: %w", err)
		}
		if _, err := w.Write(b.Bytes()); err != nil {
			return fmt.Errorf("write html: %w", err)
		}
		return nil
	}
	if err := write("head", p); err != nil {
		return err
	}
	if len(run.Dossiers) == 0 {
		if err := write("none", p); err != nil {
			return err
		}
	}
	for i, d := range run.Dossiers {
		h := p.only
		if h == nil {
			h = p.dossier(i, d, run)
		}
		if err := write("dossier", h); err != nil {
			return err
		}
	}
	return write("foot", p)
}

// htmlPage is what the page shows around the dossiers, and what their parts share.
type htmlPage struct {
	Lang, Title, Subject, Date, Tool, Catalogue string
	Policy                                      string
	Style                                       template.CSS
	W                                           htmlWords
	L                                           htmlLabels
	Batch                                       bool
	Nav                                         []htmlEntry
	Overview                                    *htmlOverview
	Filter                                      *htmlFilter
	Reliable                                    *htmlReliable
	LapsedTitle                                 string
	Lapsed                                      []string // waivers that accept nothing

	ws   *words
	only *htmlDossier // of a run of one, whose parts the table of contents lists
}

// htmlEntry is a place on the page with what a reader may expect there.
type htmlEntry struct {
	ID, Text, Rest, Note, Big, Go, Shape string
	N                                    int
	Counted                              bool
	Cells                                []string
}

type htmlOverview struct {
	Heads []string
	Rows  []htmlEntry
}

type htmlFilter struct{ Statuses, Elements []htmlEntry }

// htmlReliable is how often verdicts were right, a status per row.
type htmlReliable struct {
	Title, Note, Head string
	Kinds             []string
	Rows              []htmlEntry
}

// reliable makes the table of how often verdicts were right; nil if the run has no figures.
func (p *htmlPage) reliable(r reliability) *htmlReliable {
	if len(r) == 0 {
		return nil
	}
	h := &htmlReliable{Title: p.ws.reliable, Note: r.note(p.ws), Head: p.ws.statusHead}
	for _, row := range r {
		h.Kinds = append(h.Kinds, row.kind)
	}
	for i, s := range measuredStatuses {
		e := htmlEntry{Text: p.ws.statusName(s), Shape: shapes[s]}
		for _, row := range r {
			e.Cells = append(e.Cells, row.cells[i].shown(p.ws))
		}
		h.Rows = append(h.Rows, e)
	}
	return h
}

// fixed fills in what is the same in every row of a report: thousands of rows need not look it up.
func (p *htmlPage) fixed() *strings.Replacer {
	dutch := ""
	if p.Lang != "nl" {
		dutch = ` lang="nl"` // titles, reasons and quotes are Dutch in every report
	}
	put := []string{"[[dutch]]", dutch}
	for _, label := range [][2]string{
		{"why", p.L.Why}, {"note", p.L.Note}, {"waived", p.L.WaivedBy}, {"needed", p.L.Needed}, {"already", p.L.Already}, {"suggestion", p.L.Suggestion},
		{"citation", p.L.Citation}, {"copy", p.W.CopyHint}, {"key", p.W.Key}, {"but", p.ws.lacks},
	} {
		put = append(put, "[["+label[0]+"]]", template.HTMLEscapeString(label[1]))
	}
	return strings.NewReplacer(put...)
}

func newPage(run result.Run, o Options) *htmlPage {
	ws := languages[o.Lang]
	p := &htmlPage{
		Lang: o.Lang, W: htmlLanguages[o.Lang], L: labelsOf(ws), ws: ws, Tool: clean(run.Tool), Catalogue: clean(run.Catalogue), Batch: len(run.Dossiers) > 1,
		Style: template.CSS(htmlStyle + o.Theme.css), //nolint:gosec // our own file, and a theme that ParseTheme has written anew
	}
	if date := clean(run.Date); date != "" {
		p.Date = ws.date + ": " + date
	}
	sum := sha256.Sum256([]byte(p.Style))
	p.Policy = "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'; base-uri 'none'; form-action 'none'"
	switch len(run.Dossiers) {
	case 0:
		p.Subject = ws.nothing
	case 1:
		p.Subject = ws.dossier + " " + clean(run.Dossiers[0].ID)
	default:
		p.Subject = fmt.Sprintf(p.W.Many, len(run.Dossiers))
	}
	p.Title = p.Subject + " – " + p.W.Heading
	p.Filter = p.filterOf(run)
	if p.Lapsed = waiverProblems(run); len(p.Lapsed) > 0 {
		p.LapsedTitle = fmt.Sprintf("%s (%d)", ws.waiverProblem, len(p.Lapsed))
	}
	p.Reliable = p.reliable(reliabilityOf(run, ws))
	if p.Batch {
		p.overview(run)
	} else if len(run.Dossiers) == 1 {
		p.only = p.dossier(0, run.Dossiers[0], run)
		p.Nav = p.only.entries()
	}
	if p.Reliable != nil {
		p.Nav = append(p.Nav, htmlEntry{ID: "reliable", Text: p.Reliable.Title})
	}
	return p
}

// overview lists the dossiers of a batch with the number of gaps of each weight. There is no total: dossiers are not to be ranked by one figure.
func (p *htmlPage) overview(run result.Run) {
	p.Overview = &htmlOverview{Heads: []string{p.ws.group[result.Statutory], p.ws.group[result.Framework], p.ws.group[result.Advice], p.ws.status[result.Undetermined], p.W.NotRead}}
	for i, d := range run.Dossiers {
		e := htmlEntry{ID: dossierID(i), Text: clean(d.ID), Cells: []string{"–", "–", "–"}}
		undetermined, unread := 0, 0
		for _, g := range groups(d.Rows) {
			undetermined += g.undetermined
			if at := slices.Index([]result.Duty{result.Statutory, result.Framework, result.Advice}, g.duty); at >= 0 {
				e.Cells[at] = fmt.Sprintf(p.W.Of, len(g.rows), g.applicable)
			}
		}
		for _, doc := range d.Documents {
			if doc.Problem != "" {
				unread++
			}
		}
		e.Cells = append(e.Cells, strconv.Itoa(undetermined), fmt.Sprintf(p.W.Of, unread, len(d.Documents)))
		p.Overview.Rows = append(p.Overview.Rows, e)
		p.Nav = append(p.Nav, e)
	}
}

// filterOf offers the statuses and elements that occur; nil if there is nothing to choose between.
func (p *htmlPage) filterOf(run result.Run) *htmlFilter {
	statuses, elements := map[result.Status]bool{}, map[string]bool{}
	for _, d := range run.Dossiers {
		for _, r := range d.Rows {
			if r.Status != result.NotApplicable {
				statuses[r.Status], elements[r.Element] = true, true
			}
		}
	}
	f := &htmlFilter{}
	for _, s := range counted {
		if statuses[s] {
			f.Statuses = append(f.Statuses, htmlEntry{ID: string(s), Text: p.ws.statusName(s), Shape: shapes[s]})
		}
	}
	for _, e := range htmlElements {
		if elements[e] {
			f.Elements = append(f.Elements, htmlEntry{ID: e, Text: e})
		}
	}
	if len(f.Statuses) == 0 {
		return nil
	}
	return f
}

// htmlElements are the elements that rows are marked with; other words, of a stranger's run, mark nothing.
var htmlElements = append(slices.Clone(result.Elements), result.Buying)

func dossierID(i int) string { return "d" + strconv.Itoa(i+1) }

// htmlDossier is one dossier in the order of the page.
type htmlDossier struct {
	W             htmlWords
	L             htmlLabels
	ID, Name      string
	UnreadTitle   string
	Unread        []htmlEntry
	Warned        []htmlEntry
	Cards         []htmlEntry
	Assumptions   []htmlAssumption
	Counts        []htmlCounts
	Without       []string
	Groups        []htmlGroup
	Sections      []htmlSection
	Demands       *htmlDemands
	FindingsTitle string
	Findings      []htmlFinding
	CoveredTitle  string
	Covered       []htmlSection

	NotApplicableTitle string
	NotApplicable      []*htmlRow
}

type htmlAssumption struct {
	Label, NoTitle string
	Lines, No      []string
}

type htmlCounts struct {
	ID, Caption, Head, Applicable, Rest string
	Heads                               []htmlEntry
	Rows                                []htmlCount
}

type htmlCount struct {
	Text, Label string
	Denominator int
	Cells       []int
	Parts       []htmlPart
}

// barWidth is how wide a bar of the count tables is, also in html.tmpl and html.css.
const barWidth = 110

// htmlPart is one piece of a bar.
type htmlPart struct{ ID, X, Width string }

type htmlGroup struct {
	ID, Title, Note string
	Rows            []*htmlRow
	Frameworks      []htmlFramework

	gaps int
	duty result.Duty
}

type htmlFramework struct {
	ID, Name, Fold, CoveredID string
	Lines                     []string
	Counts                    *htmlCounts
	Open                      bool
	Rows                      []*htmlRow
}

type htmlSection struct {
	ID, Title, Fold string
	Rows            []*htmlRow
}

type htmlFinding struct {
	W                                   htmlWords
	L                                   htmlLabels
	Severity, Message, Link, Suggestion string
	Passage                             htmlPassage
}

// dossier makes what the page shows of one dossier.
func (p *htmlPage) dossier(i int, d result.Dossier, run result.Run) *htmlDossier {
	v := viewOf(d, run, false, p.ws)
	h := &htmlDossier{W: p.W, L: p.L, ID: dossierID(i), Name: v.id}
	m := rowMaker{p: p, id: h.ID, seen: map[string]bool{}}
	if len(v.unread) > 0 {
		h.UnreadTitle = fmt.Sprintf(p.ws.unread, len(v.unread), v.files)
	}
	for _, doc := range v.unread {
		h.Unread = append(h.Unread, htmlEntry{Text: doc.Path, Note: doc.Problem})
	}
	for _, doc := range v.warned {
		for _, w := range doc.Warnings {
			h.Warned = append(h.Warned, htmlEntry{Text: place(doc.Path, w.Page, nil, p.ws), Note: w.Detail})
		}
	}
	h.Assumptions = p.assumptions(d.Profile)
	h.counts(p, v)
	for _, g := range v.gaps {
		h.Groups = append(h.Groups, p.group(h, g, d, run, m))
	}
	h.section("accepted", fmt.Sprintf(p.ws.waived, len(v.waived)), v.waived, m)
	h.section("undetermined", fmt.Sprintf(p.ws.undetermined, len(v.undetermined)), v.undetermined, m)
	h.Demands = v.demands.html(p.ws)
	h.FindingsTitle = fmt.Sprintf(p.ws.findings, len(v.findings))
	for _, f := range v.findings {
		h.Findings = append(h.Findings, p.finding(f))
	}
	h.CoveredTitle = fmt.Sprintf(p.ws.covered, len(v.covered))
	sources := sourcesOf(run)
	names := sourceNames(d.Rows)
	for _, s := range sourceOrder(v.covered) {
		sec := htmlSection{ID: coveredID(h.ID, s, d.Rows)}
		for _, r := range v.covered {
			if r.Source == s {
				sec.Rows = append(sec.Rows, m.row(r, true, false))
			}
		}
		sec.Fold = fmt.Sprintf(p.W.CoveredOf, cmp.Or(sources[s].Name, names[s], s), len(sec.Rows))
		h.Covered = append(h.Covered, sec)
	}
	h.NotApplicableTitle = fmt.Sprintf(p.ws.notApplicable, len(v.notApplicable))
	for _, r := range v.notApplicable {
		h.NotApplicable = append(h.NotApplicable, m.row(r, false, false))
	}
	h.cards(p, v)
	return h
}

// finding shows a remark on the draft from a cleaned finding.
func (p *htmlPage) finding(f result.Finding) htmlFinding {
	out := htmlFinding{
		W: p.W, L: p.L, Severity: p.ws.severityName(f.Severity), Message: f.Message, Suggestion: f.Suggestion,
		Passage: passage(f.Quote, f.Start, f.End, place(f.File, f.Page, nil, p.ws)),
	}
	if lawAddress.MatchString(f.Link) {
		out.Link = f.Link
	}
	return out
}

func (h *htmlDossier) section(id, title string, rows []result.Row, m rowMaker) {
	if len(rows) == 0 {
		return
	}
	sec := htmlSection{ID: h.ID + "-" + id, Title: title}
	for _, r := range rows {
		sec.Rows = append(sec.Rows, m.row(r, false, false))
	}
	h.Sections = append(h.Sections, sec)
}

// cards are the figures at the top, each with a way to what it counts.
func (h *htmlDossier) cards(p *htmlPage, v view) {
	for _, g := range v.gaps {
		text := cmp.Or(p.W.Card[g.duty], string(g.duty))
		h.Cards = append(h.Cards, htmlEntry{ID: groupID(h.ID, g.duty), Big: fmt.Sprintf(p.W.Of, len(g.rows), g.applicable), Text: text, Go: p.W.Look})
	}
	add := func(n int, id, text string) {
		if n > 0 {
			h.Cards = append(h.Cards, htmlEntry{ID: h.ID + "-" + id, Big: strconv.Itoa(n), Text: text, Go: p.W.Look})
		}
	}
	add(len(v.undetermined), "undetermined", p.W.CardUndetermined)
	add(len(v.waived), "accepted", p.W.CardWaived)
	add(len(v.findings), "remarks", p.W.CardFindings)
	add(len(v.covered), "covered", p.W.CardCovered)
}

// entries is the table of contents of one dossier.
func (h *htmlDossier) entries() []htmlEntry {
	out := []htmlEntry{{ID: h.ID + "-brief", Text: h.W.Short}, {ID: h.ID + "-assumptions", Text: h.L.Assumptions}, {ID: h.ID + "-counts", Text: h.W.Counts}}
	for _, g := range h.Groups {
		out = append(out, htmlEntry{ID: g.ID, Text: cmp.Or(h.W.Nav[g.duty], string(g.duty)), N: g.gaps, Counted: true})
	}
	for _, s := range h.Sections {
		out = append(out, htmlEntry{ID: s.ID, Text: withoutCount(s.Title), N: len(s.Rows), Counted: true})
	}
	if len(h.Findings) > 0 {
		out = append(out, htmlEntry{ID: h.ID + "-remarks", Text: withoutCount(h.FindingsTitle), N: len(h.Findings), Counted: true})
	}
	if h.Demands != nil {
		out = append(out, htmlEntry{ID: h.ID + "-demands", Text: h.Demands.Nav})
	}
	if n := h.covered(); n > 0 {
		out = append(out, htmlEntry{ID: h.ID + "-covered", Text: withoutCount(h.CoveredTitle), N: n, Counted: true})
	}
	if n := len(h.NotApplicable); n > 0 {
		out = append(out, htmlEntry{ID: h.ID + "-not-applicable", Text: withoutCount(h.NotApplicableTitle), N: n, Counted: true})
	}
	return out
}

func (h *htmlDossier) covered() int {
	n := 0
	for _, s := range h.Covered {
		n += len(s.Rows)
	}
	return n
}

// withoutCount takes " (12)" from the end of a heading.
func withoutCount(title string) string {
	text, _, _ := strings.Cut(title, " (")
	return text
}

// assumptions are those of the view, but what was answered with no keeps its reason and is folded.
func (p *htmlPage) assumptions(profile result.Profile) []htmlAssumption {
	var out []htmlAssumption
	add := func(label string, list []result.Assumed, noToo bool) {
		a := htmlAssumption{Label: label}
		for _, x := range list {
			name := called(x)
			answer := p.ws.answer[x.Answer]
			if name == "" {
				name, answer = p.ws.answer["unknown"], ""
			}
			line := name
			if answer != "" && (x.Answer != "no" || noToo) {
				line += ": " + answer
			}
			line += because(x, p.ws)
			if x.Answer == "no" && !noToo {
				a.No = append(a.No, line)
				continue
			}
			a.Lines = append(a.Lines, line)
		}
		if len(a.Lines) == 0 {
			a.Lines = []string{p.ws.noneSeen}
		}
		a.NoTitle = fmt.Sprintf(p.W.No, len(a.No))
		out = append(out, a)
	}
	add(p.ws.laws, profile.Laws, true)
	add(p.ws.procedure, []result.Assumed{profile.Procedure}, true)
	if len(profile.Segments) > 0 {
		add(p.ws.segments, profile.Segments, false)
	}
	if profile.Variant.Value != "" {
		add(p.ws.variant, []result.Assumed{profile.Variant}, true)
	}
	if len(profile.Services) > 0 {
		add(p.ws.services, profile.Services, false)
	}
	if len(profile.Targets) > 0 {
		add(p.ws.targets, profile.Targets, false)
	}
	if len(profile.Frameworks) > 0 {
		add(p.ws.frameworks, profile.Frameworks, false)
	}
	if p.Date != "" {
		out = append(out, htmlAssumption{Label: p.ws.date, Lines: []string{strings.TrimPrefix(p.Date, p.ws.date+": ")}})
	}
	return out
}

// counts are the tables of counts, but for those per framework, which stand with the framework.
func (h *htmlDossier) counts(p *htmlPage, v view) {
	if v.inFrameworks == nil {
		h.Without = v.without
	}
	for i, c := range v.countTables(p.ws) {
		if c.title == p.ws.perFramework {
			continue
		}
		h.Counts = append(h.Counts, *p.countTable(h.ID+"-table"+strconv.Itoa(i+1), c.title, c.head, c.rows))
	}
}

func (p *htmlPage) countTable(id, caption, head string, list []tally) *htmlCounts {
	t := &htmlCounts{ID: id, Caption: caption, Head: head}
	t.Applicable, t.Rest = hyphenated(p.ws.applicable)
	for _, s := range counted {
		text, rest := hyphenated(p.ws.narrow[s])
		t.Heads = append(t.Heads, htmlEntry{ID: string(s), Shape: shapes[s], Text: text, Rest: rest})
	}
	for _, x := range list {
		row := htmlCount{Text: clean(x.label), Denominator: x.Denominator}
		sum, fine, gaps := 0, 0, 0
		for _, s := range counted {
			n := max(x.Counts[s], 0)
			row.Cells = append(row.Cells, n)
			sum += n
			switch {
			case s == result.Covered, s == result.Referenced:
				fine += n
			case s.Gap():
				gaps += n
			}
		}
		row.Label = fmt.Sprintf(p.W.Bar, row.Text, fine, gaps, sum)
		at := 0
		for i, s := range counted {
			n := row.Cells[i]
			if n > 0 {
				row.Parts = append(row.Parts, htmlPart{string(s), pixels(at, sum), pixels(n, sum)})
			}
			at += n
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// pixels is the part n of sum of a bar, with one decimal.
func pixels(n, sum int) string {
	return strconv.FormatFloat(barWidth*float64(n)/float64(sum), 'f', 1, 64)
}

// hyphenated cuts a column heading over two lines where it may break: a word in two parts, or words in one.
func hyphenated(s string) (text, rest string) {
	text, rest, _ = strings.Cut(s, "-\n")
	return strings.ReplaceAll(text, "\n", " "), rest
}

func groupID(dossier string, d result.Duty) string {
	if i := slices.Index([]result.Duty{result.Statutory, result.Framework, result.Advice}, d); i >= 0 {
		return dossier + "-" + []string{"law", "frameworks", "advice"}[i]
	}
	return dossier + "-other"
}

// group makes the part of one weight. Law gaps are open to be read; those of frameworks are a choice and stand per framework, folded unless a framework
// was asked for by name.
func (p *htmlPage) group(h *htmlDossier, g group, d result.Dossier, run result.Run, m rowMaker) htmlGroup {
	out := htmlGroup{ID: groupID(h.ID, g.duty), Title: p.ws.groupTitle(g), gaps: len(g.rows), duty: g.duty}
	out.Note = strings.TrimSpace(p.W.GroupNote[g.duty] + " " + p.ws.groupNote[g.duty])
	if g.duty != result.Framework {
		for _, r := range g.rows {
			out.Rows = append(out.Rows, m.row(r, false, g.duty == result.Statutory))
		}
		return out
	}
	sources, names := sourcesOf(run), sourceNames(d.Rows)
	for i, s := range sourceOrder(frameworkRows(d.Rows)) {
		f := htmlFramework{ID: h.ID + "-framework" + strconv.Itoa(i+1), Name: cmp.Or(sources[s].Name, names[s], s), Open: !g.brief}
		f.Lines = p.frameworkLines(sources[s], s, d.Profile)
		if t := frameworkTallies(d.Tallies, s); len(t) > 0 {
			f.Counts = p.countTable(f.ID+"-table", fmt.Sprintf(p.W.PerElementOf, f.Name), p.ws.element, t)
		}
		covered := 0
		for _, r := range d.Rows {
			if r.Source == s && (r.Status == result.Covered || r.Status == result.Referenced) {
				covered++
			}
		}
		if covered > 0 {
			f.CoveredID = coveredID(h.ID, s, d.Rows)
		}
		for _, r := range g.rows {
			if r.Source == s {
				f.Rows = append(f.Rows, m.row(r, true, false))
			}
		}
		f.Fold = fmt.Sprintf(p.W.Choices, len(f.Rows))
		out.Frameworks = append(out.Frameworks, f)
	}
	return out
}

// frameworkLines say in full what a framework is called, why it was judged, what came in its place and about what it has no criteria.
func (p *htmlPage) frameworkLines(s result.Source, id string, profile result.Profile) []string {
	var out []string
	if title := clean(s.Title); title != "" && title != s.Name {
		out = append(out, title+".")
	}
	for _, a := range profile.Frameworks {
		if why := strings.TrimPrefix(because(a, p.ws), " – "); a.Value == id && why != "" {
			out = append(out, p.W.Chosen+": "+why+".")
		}
	}
	if r := clean(s.Replaced); r != "" {
		out = append(out, p.ws.note+": "+r)
	}
	if len(s.Without) > 0 {
		out = append(out, fmt.Sprintf(p.ws.without, s.Name, clean(strings.Join(s.Without, ", "))))
	}
	return out
}

func frameworkTallies(stored []result.Tally, source string) []tally {
	var out []tally
	for _, t := range stored {
		if t.By == "source-element" && t.Key == source {
			out = append(out, tally{t.Element, t})
		}
	}
	return out
}

// frameworkRows are the criteria of frameworks that apply.
func frameworkRows(rows []result.Row) []result.Row {
	var out []result.Row
	for _, r := range rows {
		if r.Duty == result.Framework && r.Status != result.NotApplicable {
			out = append(out, r)
		}
	}
	return out
}

// sourceOrder lists the sources of rows in the order in which rows name them.
func sourceOrder(rows []result.Row) []string {
	var out []string
	for _, r := range rows {
		if !slices.Contains(out, r.Source) {
			out = append(out, r.Source)
		}
	}
	return out
}

// coveredID is where the covered rows of a source stand, by its place among the sources of the dossier.
func coveredID(dossier, source string, rows []result.Row) string {
	return dossier + "-covered" + strconv.Itoa(slices.Index(sourceOrder(rows), source)+1)
}

// htmlRow is one requirement.
type htmlRow struct {
	Class, Badge, ID, Shape, Word, Title, Meta                  string
	Deep, Open                                                  bool
	Reason, Note, Waiver, Suggestion, Source, Link, Requirement string
	Needed, Already                                             []string
	Evidence, Nearest                                           htmlPassages
}

type htmlPassages struct {
	Label, MoreText string
	Shown, More     []htmlPassage
}

type htmlPassage struct {
	Quoted                                          bool
	Before, Marked, After, Place, Shows, But, Lacks string // But is of a comparison only: elsewhere it is fixed
}

// passage cuts a cleaned quote in three around the words it is about.
func passage(quote string, start, end int, place string) htmlPassage {
	if 0 <= start && start < end && end <= len(quote) {
		return htmlPassage{Quoted: true, Before: quote[:start], Marked: quote[start:end], After: quote[end:], Place: place}
	}
	return htmlPassage{Quoted: quote != "", Before: quote, Place: place}
}

// rowMaker makes rows with ids that are unique on the page.
type rowMaker struct {
	p    *htmlPage
	id   string
	seen map[string]bool
}

var plainID = regexp.MustCompile(`^[a-z0-9][a-z0-9.-]*$`)

// anchor is the id of a row: that of its requirement, so that a link to it stays good when the draft changes.
func (m rowMaker) anchor(requirement string) string {
	id := m.id + "-req-" + requirement
	if !plainID.MatchString(requirement) || m.seen[id] {
		id = m.id + "-row" + strconv.Itoa(len(m.seen)+1)
	}
	m.seen[id] = true
	return id
}

// row makes one requirement from a cleaned row. Deep rows stand under a heading of their own within a section.
func (m rowMaker) row(r result.Row, deep, open bool) *htmlRow {
	ws := m.p.ws
	h := &htmlRow{
		Class: "req", Badge: "badge", ID: m.anchor(r.Requirement), Shape: cmp.Or(shapes[r.Status], "?"), Word: ws.statusName(r.Status), Title: r.Title, Deep: deep, Open: open,
		Reason: r.Reason, Note: r.Note, Source: r.Citation, Requirement: r.Requirement,
	}
	if slices.Contains(result.Statuses, r.Status) {
		h.Class += " s-" + string(r.Status)
		h.Badge += " b-" + string(r.Status)
	}
	if slices.Contains(htmlElements, r.Element) {
		h.Class += " e-" + r.Element
	}
	meta := []string{r.Citation, r.Element, ws.dutyName(r.Duty)}
	if deep && r.Duty == result.Framework { // the heading above it says so
		meta = meta[:2]
	}
	h.Meta = strings.Join(meta, " · ")
	if lawAddress.MatchString(r.Link) {
		h.Link = r.Link
	}
	if r.Waived != nil {
		h.Waiver = ws.waiver(*r.Waived)
	}
	h.Evidence = m.passages(ws.found, r.Evidence, maxEvidence, r.Status != result.Covered)
	if r.Status.Gap() {
		h.Needed, h.Already = missingAspects(r, ws)
		h.Nearest = m.passages(ws.nearest, r.Nearest, maxNearest, false)
		h.Suggestion = r.Suggestion
	}
	return h
}

// passages shows the first few and folds the rest: nothing is left out.
func (m rowMaker) passages(label string, list []result.Evidence, most int, shows bool) htmlPassages {
	out := htmlPassages{Label: label}
	for i, e := range list {
		p := passage(e.Quote, e.Start, e.End, place(e.File, e.Page, e.Path, m.p.ws))
		p.Lacks = e.Lacks
		if shows && e.Shows != "" {
			p.Shows = m.p.ws.statusName(e.Shows)
		}
		if i < most {
			out.Shown = append(out.Shown, p)
			continue
		}
		out.More = append(out.More, p)
	}
	out.MoreText = fmt.Sprintf(m.p.W.More, len(out.More))
	return out
}
