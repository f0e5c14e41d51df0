package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"inkooptoets/rules/result"
)

// view is what every text format shows of one dossier, in reading order: what was not read, what was assumed, counts, work to do, the rest.
type view struct {
	id            string
	files         int
	unread        []result.Document
	warned        []result.Document // read, but with warnings
	assumptions   []assumption
	perElement    []tally
	perSource     []tally
	gaps          []group
	waived        []result.Row
	undetermined  []result.Row
	findings      []result.Finding
	covered       []result.Row // also those covered by reference
	notApplicable []result.Row
}

// assumption is one line of Uitgangspunten; later lines have an empty label when it is the same.
type assumption struct{ label, text string }

type tally struct {
	label string
	result.Tally
}

// group is the gaps of one weight that nobody accepted. Applicable counts the rows of that weight that apply, gaps or not; waived and undetermined
// those that are neither in order nor in rows.
type group struct {
	duty                             result.Duty
	applicable, waived, undetermined int
	rows                             []result.Row
}

func (v view) hasGaps() bool {
	return slices.ContainsFunc(v.gaps, func(g group) bool { return len(g.rows) > 0 })
}

func viewOf(d result.Dossier, date string, all bool, ws words) view {
	d = cleaned(d)
	v := view{
		id:          d.ID,
		files:       len(d.Documents),
		assumptions: assumptions(d.Profile, clean(date), ws),
		findings:    d.Findings,
		gaps:        groups(d.Rows),
	}
	for _, doc := range d.Documents {
		switch {
		case doc.Problem != "":
			v.unread = append(v.unread, doc)
		case len(doc.Warnings) > 0:
			v.warned = append(v.warned, doc)
		}
	}
	names := sourceNames(d.Rows)
	for _, t := range d.Tallies {
		if t.By == "element" {
			v.perElement = append(v.perElement, tally{t.Key, t})
			continue
		}
		if t.Denominator == 0 && !all {
			continue // nothing in this source applies: that is said at the end
		}
		v.perSource = append(v.perSource, tally{cmp.Or(names[t.Key], t.Key), t})
	}
	for _, r := range d.Rows {
		switch {
		case r.Status.Gap() && r.Waived != nil:
			v.waived = append(v.waived, r)
		case r.Status == result.Covered, r.Status == result.Referenced:
			v.covered = append(v.covered, r)
		case r.Status == result.NotApplicable:
			v.notApplicable = append(v.notApplicable, r)
		case !r.Status.Gap():
			v.undetermined = append(v.undetermined, r)
		}
	}
	return v
}

// groups sorts the gaps: law first, then frameworks, then advice; within a group the worst first, then catalogue order. A group nothing
// belongs to is left out, but for the law: that there is no gap in it is worth a line.
func groups(rows []result.Row) []group {
	out := []group{{duty: result.Statutory}, {duty: result.Framework}, {duty: result.Advice}}
	for _, r := range rows {
		if r.Status == result.NotApplicable {
			continue
		}
		duty := r.Duty
		if duty == result.Municipal {
			duty = result.Statutory
		}
		i := slices.IndexFunc(out, func(g group) bool { return g.duty == duty })
		if i < 0 { // a weight from a later version
			out = append(out, group{duty: duty})
			i = len(out) - 1
		}
		out[i].applicable++
		switch {
		case r.Status.Gap() && r.Waived != nil:
			out[i].waived++
		case r.Status.Gap():
			out[i].rows = append(out[i].rows, r)
		case r.Status != result.Covered && r.Status != result.Referenced:
			out[i].undetermined++
		}
	}
	worst := []result.Status{result.Contradicted, result.Missing, result.Partial, result.Mentioned}
	for _, g := range out {
		slices.SortStableFunc(g.rows, func(a, b result.Row) int {
			return cmp.Compare(slices.Index(worst, a.Status), slices.Index(worst, b.Status))
		})
	}
	return slices.DeleteFunc(out, func(g group) bool { return g.applicable == 0 && g.duty != result.Statutory })
}

// sourceNames takes the names of sources from citations ("Wmo 2015, artikel 3.5"), which are all that a run holds of them.
func sourceNames(rows []result.Row) map[string]string {
	names := map[string]string{}
	for _, r := range rows {
		if names[r.Source] == "" {
			names[r.Source], _, _ = strings.Cut(r.Citation, ", ")
		}
	}
	return names
}

func assumptions(p result.Profile, date string, ws words) []assumption {
	out := slices.Concat(
		labelled(ws.laws, assumed(p.Laws, ws)),
		labelled(ws.procedure, assumed([]result.Assumed{p.Procedure}, ws)),
		labelled(ws.segments, assumed(p.Segments, ws)),
		labelled(ws.services, assumed(p.Services, ws)),
	)
	if date != "" {
		out = append(out, assumption{ws.date, date})
	}
	return out
}

func labelled(label string, lines []string) []assumption {
	var out []assumption
	for _, l := range lines {
		out = append(out, assumption{label, l})
		label = ""
	}
	return out
}

// assumed writes assumptions out; what was answered with no, without a reason worth reading, is put together in one line.
func assumed(list []result.Assumed, ws words) []string {
	var lines, no []string
	for _, a := range list {
		name := cmp.Or(lawNames[a.Value], a.Value)
		if a.Answer == "no" && a.Reason == "" && !a.Given {
			no = append(no, name)
			continue
		}
		answer := ws.answer[a.Answer]
		if name == "" {
			name, answer = ws.answer["unknown"], ""
		}
		line := name
		if answer != "" {
			line += ": " + answer
		}
		lines = append(lines, line+because(a, ws))
	}
	if len(no) > 0 {
		lines = append(lines, ws.answer["no"]+": "+strings.Join(no, ", "))
	}
	if len(lines) == 0 {
		return []string{ws.answer["unknown"]}
	}
	return lines
}

func because(a result.Assumed, ws words) string {
	var parts []string
	if a.Given {
		parts = append(parts, ws.given)
	}
	if a.Reason != "" && !(a.Given && a.Reason == "opgegeven") {
		parts = append(parts, a.Reason)
	}
	if a.Hits > 1 {
		parts = append(parts, fmt.Sprintf(ws.places, a.Hits))
	}
	if len(parts) == 0 {
		return ""
	}
	return " – " + strings.Join(parts, ", ")
}

// missingAspects lists the core aspects that keep r from being covered, and the aspects that are there already.
func missingAspects(r result.Row, ws words) (needed, already []string) {
	for _, a := range r.Aspects {
		switch {
		case a.Status == result.Covered, a.Status == result.Referenced:
			already = append(already, a.Text)
		case a.Core && a.Status != result.Missing:
			needed = append(needed, fmt.Sprintf("%s (%s)", a.Text, ws.status[a.Status]))
		case a.Core:
			needed = append(needed, a.Text)
		}
	}
	return needed, already
}

// place says where a passage stands, for a person with the document open.
func place(file string, page int, path []string, ws words) string {
	parts := []string{file}
	if page > 0 {
		parts = append(parts, fmt.Sprintf("%s\u00a0%d", ws.page, page))
	}
	if len(path) > 0 {
		parts = append(parts, strings.Join(path, " › "))
	}
	return strings.Join(parts, ", ")
}

// Passages shown per row unless all are asked for; how many more there are is always said.
const (
	maxEvidence = 3
	maxNearest  = 1
)

func limit(list []result.Evidence, n int, all bool) (shown []result.Evidence, more int) {
	if all || len(list) <= n {
		return list, 0
	}
	return list[:n], len(list) - n
}
