package report

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"

	"inkooptoets/rules/result"
)

// severity is how heavy something weighs where a build, a scanner or a spreadsheet wants one word for it.
type severity string

const (
	severe  severity = "error"
	caution severity = "warning"
	remark  severity = "note"
	fine    severity = "none" // nothing to do: in order, or not applicable

	accepted severity = "accepted" // in spreadsheets: a gap of whatever severity that a person accepted
)

// severities lists the severities that ask for attention, heaviest first.
var severities = []severity{severe, caution, remark}

// severityOf is the one place that says how duty and status weigh together; the README has it as a table. An accepted gap keeps its severity: formats show
// it as accepted. A status or duty from a later version is a remark, never nothing.
func severityOf(r result.Row) severity {
	law := r.Duty == result.Statutory || r.Duty == result.Municipal
	absent := r.Status == result.Missing || r.Status == result.Contradicted
	switch {
	case r.Status == result.Covered, r.Status == result.Referenced, r.Status == result.NotApplicable:
		return fine
	case law && absent:
		return severe
	case law && r.Status.Gap(), r.Duty == result.Framework && absent:
		return caution
	default:
		return remark
	}
}

// unreadRule is the id under which files that could not be read are reported.
const unreadRule = "unread-file"

// issue is one thing that formats for build servers report: a requirement, a file that could not be read, or a remark on the documents.
type issue struct {
	severity severity
	waived   *result.Waiver // accepted by a person
	known    bool           // a gap that the baseline has already
	row      *result.Row    // nil if it is not about a requirement
	dossier  string
	rule     string // id of requirement or remark
	title    string
	message  string // one line, complete in itself: title, status, reason, place with page
	file     string // path to show, dossier included; the dossier itself if nothing was found
	page     int    // 0 if unknown
	link     string // to read more; not checked yet
	proposal string // clause or words to paste; empty if there are none
	key      string // fingerprint: the same for the same dossier and requirement in every run
}

// open reports whether somebody should look at an issue: nobody accepted it and it is new.
func (i issue) open() bool { return i.waived == nil && !i.known && i.severity != fine }

// issuesOf lists the issues of a run in dossier order: unread files, requirements in catalogue order, remarks; then waivers that accept nothing. With all,
// requirements that are in order are listed too; those that do not apply never are.
func issuesOf(run result.Run, all bool, ws *words) []issue {
	var out []issue
	seen := map[string]int{}
	add := func(i issue, about string) {
		id := i.dossier + "\x00" + i.rule + "\x00" + about
		seen[id]++
		if n := seen[id]; n > 1 { // two dossiers with one name, or the same remark twice: viewers drop issues with the same key
			id += "\x00" + strconv.Itoa(n)
		}
		sum := sha256.Sum256([]byte(id))
		i.key = hex.EncodeToString(sum[:16])
		out = append(out, i)
	}
	for _, d := range run.Dossiers {
		for _, doc := range d.Documents {
			if doc.Problem != "" {
				add(unreadIssue(d, doc, ws), doc.Path)
			}
		}
		for _, r := range d.Rows {
			if s := severityOf(r); s != fine || all && r.Status != result.NotApplicable {
				add(rowIssue(d, r, s, ws), "")
			}
		}
		for _, f := range d.Findings {
			add(findingIssue(d, f, ws), f.File+"\x00"+f.Rule+"\x00"+f.Quote)
		}
	}
	for _, p := range lapsed(run) {
		file, _, _ := strings.Cut(p.Place, ":")
		add(issue{
			severity: caution, dossier: "inkooptoets", rule: "waiver-" + p.Kind, title: ws.waiverProblem, file: steady(file), message: p.Place + ": " + sentence(p.Message),
		}, p.ID)
	}
	return out
}

func unreadIssue(d result.Dossier, doc result.Document, ws *words) issue {
	return issue{
		severity: severe, dossier: d.ID, rule: unreadRule, title: ws.unreadFile, file: pathIn(d, doc.Path),
		message: fmt.Sprintf("%s: %s. %s: %s", ws.unreadFile, doc.Path, ws.why, sentence(doc.Problem)),
	}
}

func rowIssue(d result.Dossier, r result.Row, s severity, ws *words) issue {
	i := issue{severity: s, row: &r, dossier: d.ID, rule: r.Requirement, title: r.Title, file: pathIn(d, ""), link: r.Link}
	if r.Status.Gap() {
		i.waived, i.known, i.proposal = r.Waived, r.Known, r.Suggestion
	}
	parts := []string{
		fmt.Sprintf("%s (%s): %s.", r.Title, r.Requirement, ws.statusName(r.Status)), sentence(r.Reason), sentence(r.Note),
	}
	if needed, _ := missingAspects(r, ws); r.Status.Gap() && len(needed) > 0 {
		parts = append(parts, sentence(ws.needed+": "+strings.Join(needed, "; ")))
	}
	switch {
	case len(r.Evidence) > 0:
		e := r.Evidence[0]
		i.file, i.page = pathIn(d, e.File), e.Page
		parts = append(parts, sentence(ws.found+": "+place(e.File, e.Page, e.Path, ws)))
	case r.Status.Gap() && len(r.Nearest) > 0:
		e := r.Nearest[0]
		parts = append(parts, sentence(ws.nearest+": "+place(e.File, e.Page, e.Path, ws)))
	}
	if r.Citation != "" {
		parts = append(parts, sentence(ws.citation+": "+r.Citation))
	}
	if i.waived != nil {
		parts = append(parts, sentence(ws.waivedBy+": "+ws.waiver(*r.Waived)))
	}
	parts = slices.DeleteFunc(parts, func(p string) bool { return p == "" })
	i.message = strings.Join(parts, " ")
	return i
}

func findingIssue(d result.Dossier, f result.Finding, ws *words) issue {
	i := issue{
		severity: severity(f.Severity), dossier: d.ID, rule: f.ID, title: ws.remark, file: pathIn(d, f.File), page: f.Page, link: f.Link, proposal: f.Suggestion, waived: f.Waived,
	}
	if !slices.Contains(severities, i.severity) {
		i.severity = remark
	}
	i.message = sentence(f.Message)
	if f.File != "" {
		i.message += " " + sentence(ws.place+": "+place(f.File, f.Page, nil, ws))
	}
	return i
}

// sentence ends text with a full stop, unless it ends a sentence already or is empty.
func sentence(s string) string {
	if s == "" || strings.ContainsAny(s[len(s)-1:], ".!?") {
		return s
	}
	return s + "."
}

// pathIn is the path of a file under its dossier, without any step upwards: names in a .zip are not to be trusted. A dossier of one file has its name, and
// an empty file stands for the dossier itself.
func pathIn(d result.Dossier, file string) string {
	if file == d.ID {
		file = ""
	}
	return steady(d.ID + "/" + file)
}

// steady is a path without any step upwards and without an anchor.
func steady(p string) string {
	return strings.TrimPrefix(path.Clean("/"+strings.ReplaceAll(p, `\`, "/")), "/")
}

// uri is a path as a relative URI. A colon is escaped too: before the first slash it would end a scheme.
func uri(p string) string {
	parts := strings.Split(p, "/")
	for i, s := range parts {
		parts[i] = strings.ReplaceAll(url.PathEscape(s), ":", "%3A")
	}
	return strings.Join(parts, "/")
}

// topAnnotations is how many issues go to the log of a build: GitHub shows ten per kind and step and drops the rest without a word.
const topAnnotations = 10

// top gives the heaviest open issues, at most n, in the order of the run within a severity, and a sentence about the rest; empty if
// nothing is left out.
func top(issues []issue, n int, ws *words) (shown []issue, rest string) {
	open := slices.DeleteFunc(slices.Clone(issues), func(i issue) bool { return !i.open() })
	slices.SortStableFunc(open, func(a, b issue) int {
		return cmp.Compare(slices.Index(severities, a.severity), slices.Index(severities, b.severity))
	})
	if len(open) <= n {
		return open, ""
	}
	left := open[n:]
	var kinds []string
	for _, s := range severities {
		count := 0
		for _, i := range left {
			if i.severity == s {
				count++
			}
		}
		if count > 0 {
			kinds = append(kinds, fmt.Sprintf("%s: %d", ws.severityName(string(s)), count))
		}
	}
	return open[:n], fmt.Sprintf(ws.moreIssues, len(left), strings.Join(kinds, ", "))
}
