package report

import (
	"bytes"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/olekukonko/tablewriter"
	"github.com/olekukonko/tablewriter/tw"

	"inkooptoets/rules/result"
)

// wideTable is the width from which the columns of the count tables carry words; below it they carry shapes, and a legend follows.
const wideTable = 92

// counted are the statuses that count tables show; what does not apply is outside every denominator and has its own line.
var counted = result.Statuses[:len(result.Statuses)-1]

// ansi are the colours per status: they repeat what shape and word say.
var ansi = map[result.Status]string{
	result.Covered:      "32",
	result.Referenced:   "32",
	result.Partial:      "33",
	result.Mentioned:    "33",
	result.Contradicted: "31",
	result.Missing:      "31",
	result.Undetermined: "36",
}

// writeTable writes the report for a terminal.
func writeTable(w io.Writer, run result.Run, o Options) error {
	p := &printer{ws: languages[o.Lang], o: o}
	if len(run.Dossiers) == 0 {
		p.text("", p.ws.nothing)
		p.blank()
	}
	for _, d := range run.Dossiers {
		if err := p.dossier(viewOf(d, run, o.All, p.ws)); err != nil {
			return fmt.Errorf("write table: %w", err)
		}
	}
	if lines := waiverProblems(run); len(lines) > 0 {
		p.heading(fmt.Sprintf("%s (%d)", p.ws.waiverProblem, len(lines)), "─")
		for _, l := range lines {
			p.text("  ", l)
		}
		p.blank()
	}
	p.text("", p.ws.meaning)
	if r := reliabilityOf(run, p.ws); len(r) > 0 {
		p.text("", p.ws.reliable+" "+strings.Join(r.lines(p.ws), " "))
		if o.All {
			p.text("", r.note(p.ws))
		}
	}
	p.text("", strings.Join([]string{clean(run.Tool), p.ws.catalogue + " " + clean(run.Catalogue)}, " · "))
	if _, err := w.Write(p.b.Bytes()); err != nil {
		return fmt.Errorf("write table: %w", err)
	}
	return nil
}

// printer collects the lines of a report, so that a report is written whole or not at all.
type printer struct {
	b  bytes.Buffer
	ws *words
	o  Options
}

func (p *printer) dossier(v view) error {
	p.heading(p.ws.dossier+" "+v.id, "═")
	p.blank()
	p.unread(v)
	p.assumptions(v.assumptions)
	for _, c := range v.countTables(p.ws) {
		p.heading(c.title, "─")
		if err := p.counts(c.head, c.rows); err != nil {
			return err
		}
	}
	for _, w := range v.without {
		p.text("  ", w)
	}
	if len(v.without) > 0 {
		p.blank()
	}
	for _, g := range v.gaps {
		p.group(g)
	}
	p.rows(fmt.Sprintf(p.ws.waived, len(v.waived)), v.waived)
	p.rows(fmt.Sprintf(p.ws.undetermined, len(v.undetermined)), v.undetermined)
	p.findings(v.findings)
	p.demands(v.demands)
	p.rest(v)
	return nil
}

func (p *printer) line(s string) {
	p.b.WriteString(strings.TrimRight(s, " "))
	p.b.WriteByte('\n')
}

func (p *printer) blank() { p.b.WriteByte('\n') }

// text writes s wrapped, every line after indent.
func (p *printer) text(indent, s string) {
	for _, l := range wrap(s, p.o.Width-utf8.RuneCountInString(indent)) {
		p.line(indent + l)
	}
}

// field writes s wrapped behind a label; the lines stand under each other. An empty text writes nothing.
func (p *printer) field(label string, width int, s string) {
	const indent = "  "
	for _, l := range wrap(s, p.o.Width-len(indent)-width) {
		p.line(indent + pad(label, width) + l)
		label = ""
	}
}

func pad(s string, width int) string {
	return s + strings.Repeat(" ", max(width-utf8.RuneCountInString(s), 0))
}

func (p *printer) heading(s, underline string) {
	lines := wrap(s, p.o.Width)
	longest := 0
	for _, l := range lines {
		p.line(p.paint("1", l))
		longest = max(longest, utf8.RuneCountInString(l))
	}
	p.line(strings.Repeat(underline, longest))
}

func (p *printer) paint(code, s string) string {
	if !p.o.Color || code == "" {
		return s
	}
	return "\x1b[" + code + "m" + s + "\x1b[0m"
}

func (p *printer) unread(v view) {
	if len(v.unread) > 0 {
		p.line(p.paint("1;31", fmt.Sprintf("! "+p.ws.unread, len(v.unread), v.files)))
		p.text("  ", p.ws.unreadNote)
		for _, d := range v.unread {
			p.item(d.Path + ": " + d.Problem)
		}
		p.blank()
	}
	if len(v.warned) > 0 {
		p.line(p.ws.warnings)
		for _, d := range v.warned {
			for _, wn := range d.Warnings {
				p.item(place(d.Path, wn.Page, nil, p.ws) + ": " + wn.Detail)
			}
		}
		p.blank()
	}
}

// item writes s wrapped behind a dash.
func (p *printer) item(s string) {
	indent := "  - "
	for _, l := range wrap(s, p.o.Width-len(indent)) {
		p.line(indent + l)
		indent = "    "
	}
}

func (p *printer) assumptions(list []assumption) {
	p.heading(p.ws.assumptions, "─")
	width := 0
	for _, a := range list {
		width = max(width, utf8.RuneCountInString(a.label)+2)
	}
	for _, a := range list {
		p.field(a.label, width, a.text)
	}
	p.blank()
}

func (p *printer) counts(head string, rows []tally) error {
	wide := p.o.Width >= wideTable
	heads := []string{head, p.ws.applicable}
	for _, s := range counted {
		h := shapes[s]
		if wide {
			h += "\n" + p.ws.narrow[s]
		}
		heads = append(heads, h)
	}
	room := p.labelRoom(heads[1:])
	var lines [][]string
	for _, r := range rows {
		cells := []string{strings.Join(wrap(r.label, room), "\n"), strconv.Itoa(r.Denominator)}
		for _, s := range counted {
			cells = append(cells, strconv.Itoa(r.Counts[s]))
		}
		lines = append(lines, cells)
	}
	if err := p.grid(heads, lines); err != nil {
		return err
	}
	if !wide {
		var legend []string
		for _, s := range counted {
			legend = append(legend, p.ws.label(s))
		}
		p.text("  ", strings.Join(legend, " · "))
	}
	p.blank()
	return nil
}

// grid writes a table: the first column to the left, the others to the right. Cells may have several lines.
func (p *printer) grid(heads []string, rows [][]string) error {
	var out bytes.Buffer
	t := tablewriter.NewTable(&out,
		tablewriter.WithEastAsian(tw.Off), // otherwise widths follow the locale of the machine
		tablewriter.WithHeaderAutoFormat(tw.Off),
		tablewriter.WithHeaderAutoWrap(tw.WrapNone),
		tablewriter.WithRowAutoWrap(tw.WrapNone),
		tablewriter.WithHeaderAlignmentConfig(leftThenRight(len(heads))),
		tablewriter.WithRowAlignmentConfig(leftThenRight(len(heads))),
		tablewriter.WithRendition(tw.Rendition{
			Borders:  tw.BorderNone,
			Settings: tw.Settings{Separators: tw.Separators{BetweenColumns: tw.Off, BetweenRows: tw.Off}},
		}),
	)
	t.Header(heads)
	for _, cells := range rows {
		if err := t.Append(cells); err != nil {
			return err
		}
	}
	if err := t.Render(); err != nil {
		return err
	}
	for l := range strings.Lines(out.String()) {
		p.line(strings.TrimSuffix(l, "\n"))
	}
	return nil
}

// labelRoom is what the columns of a count table leave for the first one.
func (p *printer) labelRoom(heads []string) int {
	const padding, shortest = 2, 12
	room := p.o.Width - padding
	for _, h := range heads {
		widest := 0
		for l := range strings.Lines(h) {
			widest = max(widest, utf8.RuneCountInString(strings.TrimSuffix(l, "\n")))
		}
		room -= widest + padding
	}
	return max(room, shortest)
}

func leftThenRight(n int) tw.CellAlignment {
	a := tw.CellAlignment{Global: tw.AlignRight, PerColumn: []tw.Align{tw.AlignLeft}}
	for range n - 1 {
		a.PerColumn = append(a.PerColumn, tw.AlignRight)
	}
	return a
}

func (p *printer) group(g group) {
	p.heading(p.ws.groupTitle(g), "─")
	if len(g.rows) == 0 {
		p.line(p.ws.none)
		p.blank()
		return
	}
	if note := p.ws.groupNote[g.duty]; note != "" {
		p.text("", note)
		p.blank()
	}
	if g.brief && !p.o.All {
		p.text("", p.ws.brief)
		p.blank()
	}
	for _, r := range g.rows {
		if g.brief && !p.o.All {
			p.brief(r)
			continue
		}
		p.row(r)
	}
	if g.brief && !p.o.All {
		p.blank()
	}
}

// brief writes a gap in a line or two: what, and why.
func (p *printer) brief(r result.Row) {
	lines := wrap(p.ws.label(r.Status)+" · "+r.Title+" ("+r.Requirement+", "+r.Citation+")", p.o.Width)
	for _, l := range lines {
		p.line(p.paint(ansi[r.Status], l))
	}
	p.text("    ", r.Reason)
}

func (p *printer) rows(title string, rows []result.Row) {
	if len(rows) == 0 {
		return
	}
	p.heading(title, "─")
	for _, r := range rows {
		p.row(r)
	}
}

func (p *printer) row(r result.Row) {
	lines := wrap(p.ws.label(r.Status)+" · "+r.Title, p.o.Width)
	for _, l := range lines {
		p.line(p.paint(ansi[r.Status], l))
	}
	p.text("  ", strings.Join([]string{r.Requirement, r.Citation, p.ws.dutyName(r.Duty)}, " · "))

	width := p.ws.fieldWidth()
	if wv := r.Waived; wv != nil {
		p.field(p.ws.waivedBy, width, p.ws.waiver(*wv))
	}
	p.field(p.ws.why, width, r.Reason)
	p.field("", width, r.Note)
	if r.Status.Gap() {
		needed, already := missingAspects(r, p.ws)
		p.list(p.ws.needed, width, needed)
		p.list(p.ws.already, width, already)
	}
	p.evidence(p.ws.found, width, r.Evidence, maxEvidence, r.Status != result.Covered)
	if r.Status.Gap() {
		p.evidence(p.ws.nearest, width, r.Nearest, maxNearest, false)
	}
	if p.o.All && r.Status.Gap() {
		p.field(p.ws.suggestion, width, r.Suggestion)
	}
	p.blank()
}

func (p *printer) list(label string, width int, items []string) {
	for _, it := range items {
		for i, l := range wrap(it, p.o.Width-width-4) {
			dash := "- "
			if i > 0 {
				dash = "  "
			}
			p.line("  " + pad(label, width) + dash + l)
			label = ""
		}
	}
}

// evidence writes passages: the place, the words, and what keeps them from covering.
func (p *printer) evidence(label string, width int, list []result.Evidence, most int, shows bool) {
	shown, more := limit(list, most, p.o.All)
	for _, e := range shown {
		where := place(e.File, e.Page, e.Path, p.ws)
		if shows && e.Shows != "" {
			where += " (" + p.ws.statusName(e.Shows) + ")"
		}
		p.field(label, width, where)
		p.field("", width, "“"+e.Quote+"”")
		if e.Lacks != "" {
			p.field("", width, p.ws.lacks+": "+e.Lacks)
		}
		label = ""
	}
	if more > 0 {
		p.field("", width, fmt.Sprintf(p.ws.more, more))
	}
}

func (p *printer) findings(list []result.Finding) {
	if len(list) == 0 {
		return
	}
	p.heading(fmt.Sprintf(p.ws.findings, len(list)), "─")
	for _, f := range list {
		p.item(fmt.Sprintf("%s: %s (%s)", p.ws.severityName(f.Severity), f.Message, place(f.File, f.Page, nil, p.ws)))
		if f.Quote != "" {
			p.text("    ", "“"+f.Quote+"”")
		}
	}
	p.blank()
}

func (p *printer) rest(v view) {
	if p.o.All {
		p.rows(fmt.Sprintf(p.ws.covered, len(v.covered)), v.covered)
		p.rows(fmt.Sprintf(p.ws.notApplicable, len(v.notApplicable)), v.notApplicable)
		return
	}
	var lines []string
	if n := len(v.covered); n > 0 {
		lines = append(lines, fmt.Sprintf(p.ws.coveredCount, n))
	}
	if n := len(v.notApplicable); n > 0 {
		lines = append(lines, fmt.Sprintf(p.ws.notApplicableCount, n))
	}
	if v.hasGaps() {
		lines = append(lines, p.ws.suggestionHint)
	}
	for _, l := range lines {
		p.text("", l)
	}
	if len(lines) > 0 {
		p.blank()
	}
}
