package report

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"inkooptoets/rules/result"
)

// diffMarkdown writes a diff as a comment for a pull request, with the guards and within the size of writeMarkdown.
type diffMarkdown struct {
	*markdown
	dw diffWords
}

func writeDiffMarkdown(w io.Writer, d result.Diff, o Options) error {
	m := diffMarkdown{&markdown{ws: languages[o.Lang], o: o}, diffLanguages[o.Lang]}
	m.start(kept)
	m.para("# " + m.dw.Heading)
	for _, l := range m.dw.heads(d) {
		m.b.WriteString("- " + prose(l) + "\n")
	}
	m.b.WriteByte('\n')
	for _, c := range m.dw.cautions(d) {
		m.para("> **!** " + prose(c))
	}
	for _, x := range d.Dossiers {
		m.dossier(diffViewOf(x, m.ws, m.dw))
	}
	m.start(kept)
	m.para("_" + m.dw.Meaning + "_")
	m.b.WriteString(prose(clean(d.New.Tool)) + "\n")
	size := commentSize
	if o.All {
		size = summarySize
	}
	if _, err := io.WriteString(w, m.fitted(size)); err != nil {
		return fmt.Errorf("write markdown: %w", err)
	}
	return nil
}

func (m diffMarkdown) dossier(v diffView) {
	m.para("## " + m.ws.dossier + " " + prose(v.title))
	if len(v.unread) > 0 {
		m.para("> **! " + m.dw.Unread + "**\n> " + m.ws.unreadNote)
		for _, f := range v.unread {
			m.b.WriteString("- " + prose(m.dw.unreadFile(f)) + ": " + prose(f.Problem) + "\n")
		}
		m.b.WriteByte('\n')
	}
	if len(v.assumptions) > 0 {
		m.para("### " + m.dw.Assumptions)
		var rows [][]string
		for _, a := range v.assumptions {
			rows = append(rows, []string{a.label, prose(a.text)})
		}
		m.table([]string{" ", " "}, "ll", rows)
	}
	m.tallies(v.tallies)
	for _, s := range v.sections {
		m.para("### " + s.title)
		if len(s.rows) == 0 {
			m.para(m.ws.none)
			continue
		}
		if s.note != "" {
			m.para(s.note)
		}
		m.rows(s.rows)
	}
	m.remarks(fmt.Sprintf(m.dw.NewFindings, len(v.fresh)), v.fresh)
	m.remarks(fmt.Sprintf(m.dw.SolvedFindings, len(v.gone)), v.gone)
	if v.remain > 0 {
		m.para(fmt.Sprintf(m.dw.SameFindings, v.remain))
	}
	m.unchanged(v)
}

func (m diffMarkdown) tallies(list []result.ChangeTally) {
	m.para("### " + m.dw.Counts)
	heads := []string{m.dw.CountsHead, m.dw.Total}
	for _, c := range result.Changes {
		heads = append(heads, m.dw.Changes[c])
	}
	var rows [][]string
	for _, t := range list {
		cells := []string{m.ws.group[t.Duty], strconv.Itoa(t.Total)}
		for _, c := range result.Changes {
			cells = append(cells, strconv.Itoa(t.Counts[c]))
		}
		rows = append(rows, cells)
	}
	m.table(heads, "l"+strings.Repeat("r", len(heads)-1), rows)
}

// rows writes a table to glance over and the passages of both versions in a part that opens on a click.
func (m diffMarkdown) rows(list []result.RowDiff) {
	var rows [][]string
	var parts []string
	for _, r := range list {
		why, step := "", prose(m.dw.step(r, m.ws))
		if r.New != nil {
			why = r.New.Reason
		}
		if r.Detail != "" {
			step += "<br>" + m.dw.Details[r.Detail]
		}
		rows = append(rows, []string{step, prose(r.Title) + "<br>" + cell(r.Requirement), link(r.Citation, r.Link), prose(m.ws.dutyName(r.Duty)), prose(why)})
		parts = append(parts, "**"+prose(r.Title)+"** "+code(r.Requirement)+"\n\n"+strings.Join(m.sides(r), "\n"))
	}
	m.table([]string{m.ws.statusHead, m.ws.requirement, m.ws.citation, m.ws.weight, m.ws.why}, "lllll", rows)
	m.within(passageParts, func() {
		m.para("<details><summary>" + m.ws.passages + "</summary>")
		for _, p := range parts {
			m.para(p)
		}
		m.para("</details>")
	})
}

func (m diffMarkdown) sides(r result.RowDiff) []string {
	var lines []string
	for _, a := range lacking(r.New, m.ws) {
		lines = append(lines, "- "+m.ws.needed+": "+prose(a))
	}
	side := func(label string, v *result.Verdict) {
		switch {
		case v == nil:
		case len(v.Passages) > 0:
			lines = append(lines, m.evidence(label, v.Passages, maxEvidence, false)...)
		default:
			lines = append(lines, "- "+label+": "+m.dw.none(r))
			lines = append(lines, m.evidence(label+", "+strings.ToLower(m.ws.nearest), v.Nearest, maxNearest, false)...)
		}
	}
	side(m.dw.Old, r.Old)
	side(m.dw.New, r.New)
	if r.New != nil && r.New.Suggestion != "" {
		lines = append(lines, "- "+m.ws.suggestion+": "+prose(r.New.Suggestion))
	}
	return lines
}

func (m diffMarkdown) remarks(title string, list []result.Finding) {
	if len(list) == 0 {
		return
	}
	m.para("### " + title)
	for _, f := range list {
		line := "- **" + prose(m.ws.severityName(f.Severity)) + "**: " + prose(f.Message) + " (" + m.place(f.File, f.Page, nil) + ")"
		if f.Quote != "" {
			line += "<br>" + code(f.Quote)
		}
		m.b.WriteString(line + "\n")
	}
	m.b.WriteByte('\n')
}

func (m diffMarkdown) unchanged(v diffView) {
	if !m.o.All {
		m.para(m.dw.stayed(v))
		return
	}
	m.within(coveredParts, func() {
		m.fold(fmt.Sprintf(m.dw.Moved, len(v.moved)), v.moved)
		m.fold(fmt.Sprintf(m.dw.NoMoved, len(v.same)), v.same)
	})
}

func (m diffMarkdown) fold(title string, list []result.RowDiff) {
	if len(list) == 0 {
		return
	}
	m.para("<details><summary>" + title + "</summary>")
	var rows [][]string
	for _, r := range list {
		where := ""
		if r.Moved {
			where = prose(m.dw.movedFrom(r, m.ws))
		}
		rows = append(rows, []string{prose(m.dw.step(r, m.ws)), prose(r.Title) + "<br>" + cell(r.Requirement), link(r.Citation, r.Link), where})
	}
	m.table([]string{m.ws.statusHead, m.ws.requirement, m.ws.citation, m.ws.place}, "llll", rows)
	m.para("</details>")
}
