package report

import (
	"bytes"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"inkooptoets/rules/result"
)

// writeMarkdown writes the report as a comment for a pull request. Text of documents stands in code spans or is escaped: it can never become markup,
// HTML, a link or a mention. It always fits: without all in such a comment, with all in the summary of a step.
func writeMarkdown(w io.Writer, run result.Run, o Options) error {
	m := &markdown{ws: languages[o.Lang], o: o}
	m.start(kept)
	if len(run.Dossiers) == 0 {
		m.para(m.ws.nothing)
	}
	for _, d := range run.Dossiers {
		m.dossier(viewOf(d, run, o.All, m.ws))
	}
	if lines := waiverProblems(run); len(lines) > 0 {
		m.para("## " + fmt.Sprintf("%s (%d)", m.ws.waiverProblem, len(lines)))
		for _, l := range lines {
			m.b.WriteString("- " + prose(l) + "\n")
		}
		m.b.WriteByte('\n')
	}
	m.start(kept)
	m.para("_" + m.ws.meaning + "_")
	m.reliability(reliabilityOf(run, m.ws))
	m.b.WriteString(prose(clean(run.Tool)) + " · " + m.ws.catalogue + " " + code(clean(run.Catalogue)) + "\n")
	size := commentSize
	if o.All {
		size = summarySize
	}
	if _, err := io.WriteString(w, m.fitted(size)); err != nil {
		return fmt.Errorf("write markdown: %w", err)
	}
	return nil
}

// The largest text that GitHub takes in a comment, in characters, and in the summary of a step, in bytes. Counting bytes as characters is on the safe side.
const (
	commentSize = 65536
	summarySize = 1 << 20
)

type markdown struct {
	b     *bytes.Buffer // of the last part
	parts []part
	ws    *words
	o     Options
}

// part is a piece of the report that can be left out as a whole.
type part struct {
	kind partKind
	b    *bytes.Buffer
}

type partKind int

// Kinds of part; what is heavier goes later.
const (
	kept partKind = iota
	passageParts
	coveredParts
	countParts
)

// start begins a part.
func (m *markdown) start(kind partKind) {
	m.b = new(bytes.Buffer)
	m.parts = append(m.parts, part{kind, m.b})
}

// within writes a part of another kind.
func (m *markdown) within(kind partKind, write func()) {
	before := m.parts[len(m.parts)-1].kind
	m.start(kind)
	write()
	m.start(before)
}

// fitted joins the parts in at most size bytes. What is too much is left out from the end: first passages, then what is covered, then counts, then lines;
// the first line of the report says so.
func (m *markdown) fitted(size int) string {
	total := 0
	for _, p := range m.parts {
		total += p.b.Len()
	}
	if total <= size {
		return joined(m.parts)
	}
	last := m.parts[len(m.parts)-1]
	parts := m.parts[:len(m.parts)-1]
	total += len(m.shortened(size, [3]int{total, total, total}, total)) // the longest it can be
	var left [3]int
	for i, kind := range []partKind{passageParts, coveredParts, countParts} {
		for n := len(parts) - 1; n >= 0 && total > size; n-- {
			if parts[n].kind == kind && parts[n].b.Len() > 0 {
				total -= parts[n].b.Len()
				parts = slices.Delete(parts, n, n+1)
				left[i]++
			}
		}
	}
	body := joined(parts)
	lines := 0
	if total > size {
		end := strings.LastIndexByte(body[:len(body)-(total-size)], '\n') + 1
		lines = strings.Count(body[end:], "\n")
		body = body[:end] + "\n"
	}
	return m.shortened(size, left, lines) + body + last.b.String()
}

func joined(parts []part) string {
	var b strings.Builder
	for _, p := range parts {
		b.Write(p.b.Bytes())
	}
	return b.String()
}

// shortened is the line that says what was left out.
func (m *markdown) shortened(size int, left [3]int, lines int) string {
	var what []string
	for i, label := range []string{m.ws.cutPassages, m.ws.cutCovered, m.ws.cutCounts} {
		if left[i] > 0 {
			what = append(what, fmt.Sprintf(label, left[i]))
		}
	}
	if lines > 0 {
		what = append(what, fmt.Sprintf(m.ws.cutLines, lines))
	}
	return "> **! " + fmt.Sprintf(m.ws.cut, size) + "** " + fmt.Sprintf(m.ws.cutWhat, strings.Join(what, ", ")) + "\n\n"
}

func (m *markdown) para(s string) { m.b.WriteString(s + "\n\n") }

func (m *markdown) dossier(v view) {
	m.para("## " + m.ws.dossier + " " + code(v.id))
	m.unread(v)

	m.para("### " + m.ws.assumptions)
	var rows [][]string
	for _, a := range v.assumptions {
		rows = append(rows, []string{a.label, prose(a.text)})
	}
	m.table([]string{" ", " "}, "ll", rows)

	m.within(countParts, func() {
		for _, c := range v.countTables(m.ws) {
			m.counts(c.title, c.head, c.rows)
		}
	})
	for _, w := range v.without {
		m.b.WriteString("- " + prose(w) + "\n")
	}
	if len(v.without) > 0 {
		m.b.WriteByte('\n')
	}
	for _, g := range v.gaps {
		m.para("### " + prose(m.ws.groupTitle(g)))
		if len(g.rows) == 0 {
			m.para(m.ws.none)
			continue
		}
		if note := m.ws.groupNote[g.duty]; note != "" {
			m.para(note)
		}
		m.overview(g.rows)
		if g.brief && !m.o.All {
			m.para(prose(m.ws.brief))
			continue
		}
		m.details(m.ws.passages, g.rows)
	}
	m.section(fmt.Sprintf(m.ws.waived, len(v.waived)), v.waived)
	m.section(fmt.Sprintf(m.ws.undetermined, len(v.undetermined)), v.undetermined)
	m.findings(v.findings)
	m.demands(v.demands)
	m.rest(v)
}

// reliability writes how often verdicts were right, a status per row.
func (m *markdown) reliability(r reliability) {
	if len(r) == 0 {
		return
	}
	m.para("### " + m.ws.reliable)
	heads, align := []string{m.ws.statusHead}, "l"
	for _, row := range r {
		heads, align = append(heads, row.kind), align+"l"
	}
	var rows [][]string
	for i, s := range measuredStatuses {
		cells := []string{m.ws.label(s)}
		for _, row := range r {
			cells = append(cells, row.cells[i].shown(m.ws))
		}
		rows = append(rows, cells)
	}
	m.table(heads, align, rows)
	m.para(r.note(m.ws))
}

func (m *markdown) unread(v view) {
	if len(v.unread) > 0 {
		m.para("> **! " + fmt.Sprintf(m.ws.unread, len(v.unread), v.files) + "**\n> " + m.ws.unreadNote)
		for _, d := range v.unread {
			m.b.WriteString("- " + code(d.Path) + ": " + prose(d.Problem) + "\n")
		}
		m.b.WriteByte('\n')
	}
	if len(v.warned) > 0 {
		m.para(m.ws.warnings + ":")
		for _, d := range v.warned {
			for _, wn := range d.Warnings {
				m.b.WriteString("- " + m.place(d.Path, wn.Page, nil) + ": " + prose(wn.Detail) + "\n")
			}
		}
		m.b.WriteByte('\n')
	}
}

// table writes rows under heads; align has one letter per column, l or r. Cells must be escaped already.
func (m *markdown) table(heads []string, align string, rows [][]string) {
	m.b.WriteString("| " + strings.Join(heads, " | ") + " |\n|")
	for _, a := range align {
		if a == 'r' {
			m.b.WriteString("---:|")
			continue
		}
		m.b.WriteString("---|")
	}
	m.b.WriteString("\n")
	for _, r := range rows {
		m.b.WriteString("| " + strings.Join(r, " | ") + " |\n")
	}
	m.b.WriteString("\n")
}

func (m *markdown) counts(title, head string, list []tally) {
	m.para("### " + title)
	heads := []string{head, strings.ReplaceAll(strings.ReplaceAll(m.ws.applicable, "-\n", ""), "\n", " ")}
	for _, s := range counted {
		heads = append(heads, m.ws.label(s))
	}
	var rows [][]string
	for _, t := range list {
		cells := []string{prose(t.label), strconv.Itoa(t.Denominator)}
		for _, s := range counted {
			cells = append(cells, strconv.Itoa(t.Counts[s]))
		}
		rows = append(rows, cells)
	}
	m.table(heads, "l"+strings.Repeat("r", len(heads)-1), rows)
}

func (m *markdown) overview(list []result.Row) {
	var rows [][]string
	for _, r := range list {
		rows = append(rows, []string{
			m.ws.label(r.Status), prose(r.Title) + "<br>" + cell(r.Requirement), link(r.Citation, r.Link), prose(m.ws.dutyName(r.Duty)), prose(strings.TrimSpace(r.Reason + " " + r.Note)),
		})
	}
	m.table([]string{m.ws.statusHead, m.ws.requirement, m.ws.citation, m.ws.weight, m.ws.why}, "lllll", rows)
}

func (m *markdown) section(title string, rows []result.Row) {
	if len(rows) == 0 {
		return
	}
	m.para("### " + title)
	m.overview(rows)
	m.details(m.ws.passages, rows)
}

// details writes what there is to read per row in a part that opens on a click. The blank lines let the text in it be read as Markdown.
func (m *markdown) details(title string, rows []result.Row) {
	var parts []string
	for _, r := range rows {
		if text := m.passages(r); text != "" {
			parts = append(parts, "**"+prose(r.Title)+"** "+code(r.Requirement)+"\n\n"+text)
		}
	}
	if len(parts) == 0 {
		return
	}
	m.within(passageParts, func() {
		m.para("<details><summary>" + title + "</summary>")
		for _, p := range parts {
			m.para(p)
		}
		m.para("</details>")
	})
}

func (m *markdown) passages(r result.Row) string {
	var lines []string
	add := func(label, text string) { lines = append(lines, "- "+label+": "+text) }
	if r.Waived != nil {
		add(m.ws.waivedBy, prose(m.ws.waiver(*r.Waived)))
	}
	if r.Status.Gap() {
		needed, already := missingAspects(r, m.ws)
		for _, a := range needed {
			add(m.ws.needed, prose(a))
		}
		for _, a := range already {
			add(m.ws.already, prose(a))
		}
	}
	lines = append(lines, m.evidence(m.ws.found, r.Evidence, maxEvidence, r.Status != result.Covered)...)
	if r.Status.Gap() {
		lines = append(lines, m.evidence(m.ws.nearest, r.Nearest, maxNearest, false)...)
		if r.Suggestion != "" {
			add(m.ws.suggestion, prose(r.Suggestion))
		}
	}
	return strings.Join(lines, "\n")
}

func (m *markdown) evidence(label string, list []result.Evidence, most int, shows bool) []string {
	shown, more := limit(list, most, m.o.All)
	var lines []string
	for _, e := range shown {
		line := "- " + label + ": " + m.place(e.File, e.Page, e.Path)
		if shows && e.Shows != "" {
			line += " (" + prose(m.ws.statusName(e.Shows)) + ")"
		}
		line += "<br>" + code(e.Quote)
		if e.Lacks != "" {
			line += "<br>" + m.ws.lacks + ": " + prose(e.Lacks)
		}
		lines = append(lines, line)
	}
	if more > 0 {
		lines = append(lines, "- "+label+": "+fmt.Sprintf(m.ws.more, more))
	}
	return lines
}

func (m *markdown) findings(list []result.Finding) {
	if len(list) == 0 {
		return
	}
	m.para("### " + fmt.Sprintf(m.ws.findings, len(list)))
	for _, f := range list {
		line := "- **" + prose(m.ws.severityName(f.Severity)) + "**: " + prose(f.Message) + " (" + m.place(f.File, f.Page, nil) + ")"
		if f.Quote != "" {
			line += "<br>" + code(f.Quote)
		}
		m.b.WriteString(line + "\n")
	}
	m.b.WriteByte('\n')
}

// rest writes the rows that need no work. They are folded away, so the covered ones are always there; quotes and what does not apply come with all.
func (m *markdown) rest(v view) {
	m.start(coveredParts)
	defer m.start(kept)
	if len(v.covered) > 0 {
		m.para("<details><summary>" + fmt.Sprintf(m.ws.covered, len(v.covered)) + "</summary>")
		var rows [][]string
		for _, r := range v.covered {
			where := ""
			if len(r.Evidence) > 0 {
				e := r.Evidence[0]
				where = m.placeAs(cell, e.File, e.Page, e.Path)
				if m.o.All {
					where += "<br>" + cell(e.Quote)
				}
			}
			rows = append(rows, []string{
				m.ws.label(r.Status), prose(r.Title) + "<br>" + cell(r.Requirement), link(r.Citation, r.Link), where,
			})
		}
		m.table([]string{m.ws.statusHead, m.ws.requirement, m.ws.citation, m.ws.place}, "llll", rows)
		m.para("</details>")
	}
	if len(v.notApplicable) == 0 {
		return
	}
	if !m.o.All {
		m.para(fmt.Sprintf(m.ws.notApplicableCount, len(v.notApplicable)))
		return
	}
	m.para("<details><summary>" + fmt.Sprintf(m.ws.notApplicable, len(v.notApplicable)) + "</summary>")
	m.overview(v.notApplicable)
	m.para("</details>")
}

func (m *markdown) place(file string, page int, path []string) string {
	return m.placeAs(code, file, page, path)
}

func (m *markdown) placeAs(code func(string) string, file string, page int, path []string) string {
	parts := []string{code(file)}
	if page > 0 {
		parts = append(parts, fmt.Sprintf("%s %d", m.ws.page, page))
	}
	if len(path) > 0 {
		parts = append(parts, code(strings.Join(path, " › ")))
	}
	return strings.Join(parts, ", ")
}

var backticks = regexp.MustCompile("`+")

// code puts cleaned text in a code span. Nothing in one is read as markup, HTML, link, mention, emoji or formula.
func code(s string) string {
	if s == "" {
		return ""
	}
	longest := 0
	for _, run := range backticks.FindAllString(s, -1) {
		longest = max(longest, len(run))
	}
	fence := strings.Repeat("`", longest+1)
	if strings.HasPrefix(s, "`") || strings.HasSuffix(s, "`") {
		s = " " + s + " "
	}
	return fence + s + fence
}

// cell is code for a table cell. There a bar ends the cell, also inside a code span, and a backslash before it does not always help: so the text is
// escaped as prose is.
func cell(s string) string {
	if s == "" {
		return ""
	}
	return "<code>" + prose(s) + "</code>"
}

const wordJoiner = "\u2060"

var (
	markup = strings.NewReplacer(
		`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "|", `\|`, "~", `\~`, "$", `\$`, "!", `\!`, "#", `\#`,
		"<", "&lt;", ">", "&gt;", "&", "&amp;",
	)
	// reference is what platforms turn into a link by its looks: an address without scheme, a commit, an issue.
	reference = regexp.MustCompile(`(?i)\b(?:www\.|gh-\d|[0-9a-f]{7,40}\b)`)
	// blockStart is what makes a line a list, heading or rule.
	blockStart = regexp.MustCompile(`^(?:[-+=]|\d+[.)])`)
)

// mayRefer is a quick look before reference: hardly any text has an address or seven hexadecimal digits in a row.
func mayRefer(s string) bool {
	digits := 0
	for i := range len(s) {
		switch c := s[i]; {
		case '0' <= c && c <= '9', 'a' <= c && c <= 'f', 'A' <= c && c <= 'F':
			if digits++; digits == 7 {
				return true
			}
			continue
		case c == '.' && i > 0 && s[i-1]|0x20 == 'w', c == '-' && i > 0 && s[i-1]|0x20 == 'h':
			return true
		}
		digits = 0
	}
	return false
}

// prose escapes cleaned text that stands between our own words.
func prose(s string) string {
	if mayRefer(s) {
		s = reference.ReplaceAllStringFunc(s, func(r string) string { return r[:1] + wordJoiner + r[1:] })
	}
	s = markup.Replace(loosen(s))
	if s == "" || !strings.ContainsRune("-+=0123456789", rune(s[0])) {
		return s
	}
	return blockStart.ReplaceAllStringFunc(s, func(b string) string { return b[:len(b)-1] + `\` + b[len(b)-1:] })
}

// loosen puts an invisible character behind signs that platforms read as the start of a link, mention, emoji or reference after the markup is done, so
// that a backslash does not help.
func loosen(s string) string {
	if !strings.ContainsAny(s, "@#:!$%&~^") {
		return s
	}
	var b strings.Builder
	for i, r := range s {
		b.WriteRune(r)
		rest := s[i+utf8.RuneLen(r):]
		if strings.ContainsRune("@#:!$%&~^", r) && rest != "" && rest[0] != ' ' {
			b.WriteString(wordJoiner)
		}
	}
	return b.String()
}

// lawAddress is the only kind of address that becomes a link.
var lawAddress = regexp.MustCompile(`^https://(?:wetten\.overheid\.nl|eur-lex\.europa\.eu)/[A-Za-z0-9:/.&=_-]+$`)

func link(text, address string) string {
	if !lawAddress.MatchString(address) {
		return prose(text)
	}
	return "[" + prose(text) + "](" + strings.ReplaceAll(address, "&", "&amp;") + ")"
}
