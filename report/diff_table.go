package report

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"inkooptoets/rules/result"
)

// diffPrinter writes a diff for a terminal.
type diffPrinter struct {
	*printer
	dw diffWords
}

func writeDiffTable(w io.Writer, d result.Diff, o Options) error {
	p := diffPrinter{&printer{ws: languages[o.Lang], o: o}, diffLanguages[o.Lang]}
	p.heading(p.dw.Heading, "═")
	for _, l := range p.dw.heads(d) {
		p.text("", l)
	}
	for _, c := range p.dw.cautions(d) {
		p.text("", "! "+c)
	}
	p.blank()
	for _, x := range d.Dossiers {
		if err := p.dossier(diffViewOf(x, p.ws, p.dw)); err != nil {
			return fmt.Errorf("write table: %w", err)
		}
	}
	p.text("", p.dw.Meaning)
	p.text("", clean(d.New.Tool))
	if _, err := w.Write(p.b.Bytes()); err != nil {
		return fmt.Errorf("write table: %w", err)
	}
	return nil
}

func (p diffPrinter) dossier(v diffView) error {
	p.heading(p.ws.dossier+" "+v.title, "═")
	p.blank()
	if len(v.unread) > 0 {
		p.line(p.paint("1;31", "! "+p.dw.Unread))
		for _, f := range v.unread {
			p.item(p.dw.unreadFile(f) + ": " + f.Problem)
		}
		p.text("  ", p.ws.unreadNote)
		p.blank()
	}
	if len(v.assumptions) > 0 {
		p.heading(p.dw.Assumptions, "─")
		width := 0
		for _, a := range v.assumptions {
			width = max(width, utf8.RuneCountInString(a.label)+2)
		}
		for _, a := range v.assumptions {
			p.field(a.label, width, a.text)
		}
		p.blank()
	}
	p.heading(p.dw.Counts, "─")
	if err := p.tallies(v.tallies); err != nil {
		return err
	}
	p.blank()
	for _, s := range v.sections {
		p.heading(s.title, "─")
		if len(s.rows) == 0 {
			p.line(p.ws.none)
			p.blank()
		}
		if len(s.rows) > 0 && s.note != "" {
			p.text("", s.note)
			p.blank()
		}
		for _, r := range s.rows {
			p.row(r)
		}
	}
	p.remarks(v)
	p.unchanged(v)
	return nil
}

// narrowDiff is the width below which the counts stand in lines, as a table of them does not fit.
const narrowDiff = 80

// tallies writes the counts. What exists in one run only is rare, so its columns come when there is something in them.
func (p diffPrinter) tallies(list []result.ChangeTally) error {
	heads, shown := []string{p.dw.CountsHead, p.dw.Total}, []result.Change{}
	for _, c := range result.Changes {
		rare := c == result.OnlyNew || c == result.OnlyOld
		if !rare || slices.ContainsFunc(list, func(t result.ChangeTally) bool { return t.Counts[c] > 0 }) {
			heads, shown = append(heads, strings.ReplaceAll(p.dw.Changes[c], " ", "\n")), append(shown, c)
		}
	}
	var rows [][]string
	for _, t := range list {
		cells, line := []string{p.ws.group[t.Duty], strconv.Itoa(t.Total)}, []string{fmt.Sprintf("%s %d", p.dw.Total, t.Total)}
		for _, c := range shown {
			cells, line = append(cells, strconv.Itoa(t.Counts[c])), append(line, fmt.Sprintf("%s %d", p.dw.Changes[c], t.Counts[c]))
		}
		rows = append(rows, cells)
		if p.o.Width < narrowDiff {
			p.item(p.ws.group[t.Duty] + ": " + strings.Join(line, ", "))
		}
	}
	if p.o.Width < narrowDiff {
		return nil
	}
	return p.grid(heads, rows)
}

func (p diffPrinter) row(r result.RowDiff) {
	status := result.NotApplicable
	if r.New != nil {
		status = r.New.Status
	}
	p.painted(ansi[status], p.dw.step(r, p.ws)+" · "+r.Title)
	meta := []string{r.Requirement, r.Citation, p.ws.dutyName(r.Duty)}
	if r.Detail != "" {
		meta = append(meta, p.dw.Details[r.Detail])
	}
	p.text("  ", strings.Join(meta, " · "))
	width := 2
	for _, l := range []string{p.ws.why, p.ws.needed, p.dw.Old, p.dw.New, p.ws.suggestion, p.ws.waivedBy} {
		width = max(width, utf8.RuneCountInString(l)+2)
	}
	if r.New != nil {
		p.field(p.ws.why, width, r.New.Reason)
		if r.New.Waived != nil {
			p.field(p.ws.waivedBy, width, p.ws.waiver(*r.New.Waived))
		}
	}
	p.list(p.ws.needed, width, lacking(r.New, p.ws))
	p.side(p.dw.Old, width, r.Old, p.dw.none(r))
	p.side(p.dw.New, width, r.New, p.dw.none(r))
	if p.o.All && r.New != nil {
		p.field(p.ws.suggestion, width, r.New.Suggestion)
	}
	p.blank()
}

// side writes the passages of one version; none is said too, as it is half of the comparison.
func (p diffPrinter) side(label string, width int, v *result.Verdict, none string) {
	switch {
	case v == nil:
	case len(v.Passages) > 0:
		p.evidence(label, width, v.Passages, maxEvidence, false)
	case len(v.Nearest) > 0:
		p.field(label, width, none+" "+p.ws.nearest+":")
		p.evidence("", width, v.Nearest, maxNearest, false)
	default:
		p.field(label, width, none)
	}
}

func (p diffPrinter) remarks(v diffView) {
	for _, part := range []struct {
		title string
		list  []result.Finding
	}{{p.dw.NewFindings, v.fresh}, {p.dw.SolvedFindings, v.gone}} {
		if len(part.list) == 0 {
			continue
		}
		p.heading(fmt.Sprintf(part.title, len(part.list)), "─")
		for _, f := range part.list {
			p.item(fmt.Sprintf("%s: %s (%s)", p.ws.severityName(f.Severity), f.Message, place(f.File, f.Page, nil, p.ws)))
			if f.Quote != "" {
				p.text("    ", "“"+f.Quote+"”")
			}
		}
		p.blank()
	}
	if v.remain > 0 {
		p.text("", fmt.Sprintf(p.dw.SameFindings, v.remain))
		p.blank()
	}
}

func (p diffPrinter) unchanged(v diffView) {
	if !p.o.All {
		p.text("", p.dw.stayed(v))
		p.blank()
		return
	}
	p.heading(fmt.Sprintf(p.dw.Moved, len(v.moved)), "─")
	for _, r := range v.moved {
		p.painted(ansi[r.New.Status], p.dw.step(r, p.ws)+" · "+r.Title+" ("+r.Requirement+")")
		p.text("    ", p.dw.movedFrom(r, p.ws))
	}
	p.blank()
	p.heading(fmt.Sprintf(p.dw.NoMoved, len(v.same)), "─")
	for _, r := range v.same {
		p.painted(ansi[r.New.Status], p.dw.step(r, p.ws)+" · "+r.Title+" ("+r.Requirement+")")
	}
	p.blank()
}

// painted writes s wrapped, every line in one colour.
func (p *printer) painted(code, s string) {
	for _, l := range wrap(s, p.o.Width) {
		p.line(p.paint(code, l))
	}
}
