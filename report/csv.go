package report

import (
	"cmp"
	"encoding/csv"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"

	"inkooptoets/rules/result"
)

// line is what one line of a spreadsheet says, in cleaned text and in the words of the contract. A field that does not fit its kind is empty.
type line struct {
	kind            string // requirement, document, warning, finding or waiver
	dossier         string
	date, catalogue string
	row             result.Row
	severity        severity
	needed, already []string
	passage         string // whether place was found or only came near: evidence or nearest; empty if there is none
	place           result.Evidence
	detail          string // why a file was not read, or what a finding says
	role            string // of a document
	pages           int
	suggestion      string
	link            string
	waiver          result.Waiver
}

// linesOf gives the requirements of a cleaned dossier in catalogue order, after the files that were not read and before the findings: in a list of requirements
// alone a tender of which nothing was read would look like any other.
func linesOf(d result.Dossier, run result.Run, ws *words) []line {
	head := line{dossier: d.ID, date: clean(run.Date), catalogue: clean(run.Catalogue)}
	var out []line
	for _, doc := range d.Documents {
		if doc.Problem != "" {
			l := head
			l.kind, l.severity, l.detail, l.role, l.pages = "document", severe, doc.Problem, doc.Role, doc.Pages
			l.place = result.Evidence{File: doc.Path}
			out = append(out, l)
		}
	}
	for _, r := range d.Rows {
		out = append(out, requirementLine(head, r, ws))
	}
	for _, f := range d.Findings {
		l := head
		l.kind, l.severity, l.detail, l.suggestion, l.link = "finding", severity(f.Severity), f.Message, f.Suggestion, lawLink(f.Link)
		l.row.Requirement = f.ID
		if f.Waived != nil {
			l.waiver, l.severity = *f.Waived, accepted
		}
		l.place = result.Evidence{File: f.File, Page: f.Page, Quote: excerpt(f.Quote, 0, 0)}
		out = append(out, l)
	}
	return out
}

// lapsedLines gives the waivers that accept nothing, a line each.
func lapsedLines(run result.Run) []line {
	var out []line
	for _, p := range lapsed(run) {
		l := line{date: clean(run.Date), catalogue: clean(run.Catalogue), kind: "waiver", severity: caution, detail: p.Message, place: result.Evidence{File: p.Place}}
		l.row.Requirement = p.ID
		out = append(out, l)
	}
	return out
}

func requirementLine(l line, r result.Row, ws *words) line {
	l.kind, l.row, l.severity, l.link = "requirement", r, severityOf(r), lawLink(r.Link)
	if len(r.Evidence) > 0 {
		l.passage, l.place = "evidence", r.Evidence[0]
	}
	if !r.Status.Gap() {
		return l
	}
	l.needed, l.already = missingAspects(r, ws)
	l.suggestion = r.Suggestion
	if r.Waived != nil {
		l.waiver, l.severity = *r.Waived, accepted
	}
	if l.passage == "" && len(r.Nearest) > 0 {
		l.passage, l.place = "nearest", r.Nearest[0]
	}
	return l
}

// lawLink is address if it is one that a reader may be sent to.
func lawLink(address string) string {
	if !lawAddress.MatchString(address) {
		return ""
	}
	return address
}

// column is one column of a spreadsheet.
type column struct {
	key   string  // heading in csv-data; the heading for people goes by it
	width float64 // in a workbook, in characters
	value func(l *line) string
	word  func(ws *words, value string) string // how people call the value; nil: the same
}

// columns are those of csv, csv-data and the sheet of requirements. New ones go at the end: programs may count.
var columns = []column{
	{"dossier", 16, func(l *line) string { return l.dossier }, nil},
	{"kind", 12, func(l *line) string { return l.kind }, func(ws *words, v string) string { return ws.kinds[v] }},
	{"requirement", 24, func(l *line) string { return l.row.Requirement }, nil},
	{"title", 36, func(l *line) string { return l.row.Title }, nil},
	{"status", 16, func(l *line) string { return string(l.row.Status) }, func(ws *words, v string) string { return ws.statusName(result.Status(v)) }},
	{"severity", 10, func(l *line) string { return string(l.severity) }, func(ws *words, v string) string { return ws.weightName(severity(v)) }},
	{"duty", 22, func(l *line) string { return string(l.row.Duty) }, func(ws *words, v string) string { return ws.dutyName(result.Duty(v)) }},
	{"element", 16, func(l *line) string { return l.row.Element }, nil},
	{"party", 14, func(l *line) string { return l.row.Party }, (*words).partyName},
	{"reason", 44, func(l *line) string { return cmp.Or(l.row.Reason, l.detail) }, nil},
	{"needed", 36, func(l *line) string { return strings.Join(l.needed, "; ") }, nil},
	{"already", 36, func(l *line) string { return strings.Join(l.already, "; ") }, nil},
	{"note", 30, func(l *line) string { return l.row.Note }, nil},
	{"passage", 12, func(l *line) string { return l.passage }, func(ws *words, v string) string { return ws.kinds[v] }},
	{"file", 24, func(l *line) string { return l.place.File }, nil},
	{"page", 10, func(l *line) string { return number(l.place.Page) }, nil},
	{"heading", 30, func(l *line) string { return strings.Join(l.place.Path, " › ") }, nil},
	{"quote", 60, func(l *line) string { return l.place.Quote }, nil},
	{"lacks", 30, func(l *line) string { return l.place.Lacks }, nil},
	{"suggestion", 60, func(l *line) string { return l.suggestion }, nil},
	{"source", 10, func(l *line) string { return l.row.Source }, nil},
	{"citation", 30, func(l *line) string { return l.row.Citation }, nil},
	{"link", 30, func(l *line) string { return l.link }, nil},
	{"waived_reason", 30, func(l *line) string { return l.waiver.Reason }, nil},
	{"waived_by", 20, func(l *line) string { return l.waiver.By }, nil},
	{"waived_until", 12, func(l *line) string { return l.waiver.Until }, nil},
	{"known", 12, func(l *line) string { return yes(l.row.Known) }, func(ws *words, _ string) string { return ws.yes }},
	{"date", 12, func(l *line) string { return l.date }, nil},
	{"catalogue", 16, func(l *line) string { return l.catalogue }, nil},
}

func yes(b bool) string {
	if b {
		return "yes"
	}
	return ""
}

// number is n in digits; empty if it is 0, which stands for unknown.
func number(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// shown is the value of a column for people.
func (c column) shown(l *line, ws *words) string {
	v := c.value(l)
	if v == "" || c.word == nil {
		return v
	}
	return c.word(ws, v)
}

// byteOrderMark tells Excel that a file is UTF-8.
const byteOrderMark = "\ufeff"

// writeCSV writes lines for people: the Dutch Excel opens it in columns. Every requirement is in it, whatever the options: a spreadsheet can be filtered.
func writeCSV(w io.Writer, run result.Run, o Options) error {
	ws := languages[o.Lang]
	var head []string
	for _, c := range columns {
		head = append(head, ws.columns[c.key])
	}
	if _, err := io.WriteString(w, byteOrderMark); err != nil {
		return fmt.Errorf("write csv: %w", err)
	}
	return writeLines(w, ';', head, run, ws, func(c column, l *line) string { return c.shown(l, ws) })
}

// writeCSVData writes the same lines for programs: keys and values of the contract, in no language.
func writeCSVData(w io.Writer, run result.Run, _ Options) error {
	var head []string
	for _, c := range columns {
		head = append(head, c.key)
	}
	return writeLines(w, ',', head, run, languages["nl"], func(c column, l *line) string { return c.value(l) })
}

func writeLines(w io.Writer, comma rune, head []string, run result.Run, ws *words, value func(c column, l *line) string) error {
	out := csv.NewWriter(w)
	out.Comma = comma
	err := out.Write(head)
	cells := make([]string, len(columns))
	write := func(lines []line) {
		for k := range lines {
			for i, c := range columns {
				cells[i] = textCell(value(c, &lines[k]))
			}
			if err == nil {
				err = out.Write(cells)
			}
		}
	}
	for _, d := range run.Dossiers {
		write(linesOf(d, run, ws))
	}
	write(lapsedLines(run))
	if out.Flush(); err == nil {
		err = out.Error()
	}
	if err != nil {
		return fmt.Errorf("write csv: %w", err)
	}
	return nil
}

// formula is where a spreadsheet starts to calculate: at the start of a cell, and behind a separator when a file is opened with another one than it was
// written with.
var formula = regexp.MustCompile(`(^|[;,|]["' ]*)([=+\-@＝＋－＠])`)

// calculates reports whether a spreadsheet would calculate with s.
func calculates(s string) bool {
	for i := range len(s) {
		switch s[i] {
		case '=', '+', '-', '@', "＝"[0]: // the wide signs all start with that byte
			before := strings.TrimRight(s[:i], `"' `) // a dash inside a word is the usual case, and told without the expression
			if before == "" || strings.HasSuffix(before, ";") || strings.HasSuffix(before, ",") || strings.HasSuffix(before, "|") {
				return formula.MatchString(s)
			}
		}
	}
	return false
}

// textCell puts an apostrophe before what a spreadsheet would calculate.
func textCell(s string) string {
	if !calculates(s) {
		return s
	}
	return formula.ReplaceAllString(s, "$1'$2")
}
