package report

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"unicode"

	"inkooptoets/rules/result"
)

// view is what every text format shows of one dossier, in reading order: what was not read, what was assumed, counts, work to do, the rest.
type view struct {
	id            string
	files         int
	unread        []result.Document
	warned        []result.Document // read, but with warnings
	assumptions   []assumption
	perElement    []tally // of the laws, or of everything where there are no frameworks
	perSource     []tally
	inFrameworks  []tally // per element, all frameworks together; nil if none was judged
	perFramework  []tally // per framework and element
	without       []string
	gaps          []group
	waived        []result.Row
	undetermined  []result.Row
	findings      []result.Finding
	demands       *demandProfile // nil if there are none
	covered       []result.Row   // also those covered by reference
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
	brief                            bool // frameworks that were not asked for by name: too many rows to write out
}

// countTable is one table of counts.
type countTable struct {
	title, head string
	rows        []tally
}

// countTables lists the tables of counts in reading order.
func (v view) countTables(ws *words) []countTable {
	if v.inFrameworks == nil {
		return []countTable{{ws.perElement, ws.element, v.perElement}, {ws.perSource, ws.source, v.perSource}}
	}
	return []countTable{
		{ws.lawPerElement, ws.element, v.perElement}, {ws.frameworksPerElement, ws.element, v.inFrameworks},
		{ws.perSource, ws.source, v.perSource}, {ws.perFramework, ws.element, v.perFramework},
	}
}

func (v view) hasGaps() bool {
	return slices.ContainsFunc(v.gaps, func(g group) bool { return len(g.rows) > 0 })
}

// viewOf arranges a cleaned dossier.
func viewOf(d result.Dossier, run result.Run, all bool, ws *words) view {
	sources := sourcesOf(run)
	v := view{
		demands:     demandsOf(d, run, ws.lang),
		id:          d.ID,
		files:       len(d.Documents),
		assumptions: assumptions(d.Profile, clean(run.Date), ws),
		findings:    findings(d.Findings, ws),
		gaps:        groups(d.Rows),
	}
	asked := slices.ContainsFunc(d.Profile.Frameworks, func(a result.Assumed) bool { return a.Given && a.Answer == "yes" })
	for i, g := range v.gaps {
		v.gaps[i].brief = g.duty == result.Framework && len(d.Profile.Frameworks) > 0 && !asked
	}
	for _, doc := range d.Documents {
		switch {
		case doc.Problem != "":
			v.unread = append(v.unread, doc)
		case len(doc.Warnings) > 0:
			v.warned = append(v.warned, doc)
		}
	}
	v.tallies(d, sources, all, ws)
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

// lapsed gives the waivers that accept nothing, fit to show.
func lapsed(run result.Run) []result.WaiverProblem {
	var out []result.WaiverProblem
	for _, p := range run.WaiverProblems {
		out = append(out, cleanCopy(reflect.ValueOf(p)).Interface().(result.WaiverProblem))
	}
	return out
}

// waiverProblems writes the waivers that accept nothing, a line each.
func waiverProblems(run result.Run) []string {
	var out []string
	for _, p := range lapsed(run) {
		parts := []string{p.Place, p.ID, p.Message}
		out = append(out, strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), ": "))
	}
	return out
}

// findings says with each finding that was accepted by whom and until when.
func findings(list []result.Finding, ws *words) []result.Finding {
	list = slices.Clone(list) // other reports are made of it too
	for i, f := range list {
		if f.Waived != nil {
			list[i].Message += " " + ws.waivedBy + ": " + ws.waiver(*f.Waived) + "."
		}
	}
	return list
}

// sourcesOf gives the sources of a run by id, with their texts made fit to show.
func sourcesOf(run result.Run) map[string]result.Source {
	out := map[string]result.Source{}
	for _, s := range run.Sources {
		s = cleanCopy(reflect.ValueOf(s)).Interface().(result.Source)
		out[s.ID] = s
	}
	return out
}

// tallies sorts the counts of a dossier: laws per element, frameworks per element, sources, and each framework per element.
func (v *view) tallies(d result.Dossier, sources map[string]result.Source, all bool, ws *words) {
	names := sourceNames(d.Rows)
	var law, framework []result.Row
	for _, r := range d.Rows {
		if r.Duty == result.Framework {
			framework = append(framework, r)
			continue
		}
		law = append(law, r)
	}
	v.perElement, v.inFrameworks = elementTallies(law, framework, d.Tallies)
	for _, t := range d.Tallies {
		name := cmp.Or(sources[t.Key].Name, names[t.Key], t.Key)
		switch {
		case t.By == "source" && (t.Denominator > 0 || all): // where nothing applies that is said at the end
			v.perSource = append(v.perSource, tally{name, t})
			if none := sources[t.Key].Without; len(none) > 0 && sources[t.Key].Kind == "framework" {
				v.without = append(v.without, fmt.Sprintf(ws.without, name, strings.Join(none, ", ")))
			}
		case t.By == "source-element" && (t.Denominator > 0 || all):
			v.perFramework = append(v.perFramework, tally{name + " · " + t.Element, t})
		}
	}
}

// elementTallies counts laws and frameworks apart. Without frameworks the stored counts stand.
func elementTallies(law, framework []result.Row, stored []result.Tally) (laws, frameworks []tally) {
	if len(framework) == 0 {
		for _, t := range stored {
			if t.By == "element" {
				laws = append(laws, tally{t.Key, t})
			}
		}
		return laws, nil
	}
	for _, t := range result.Count(law) {
		if t.By == "element" {
			laws = append(laws, tally{t.Key, t})
		}
	}
	for _, t := range result.Count(framework) {
		if t.By == "element" {
			frameworks = append(frameworks, tally{t.Key, t})
		}
	}
	return laws, frameworks
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

func assumptions(p result.Profile, date string, ws *words) []assumption {
	out := slices.Concat(
		labelled(ws.laws, assumed(p.Laws, ws)),
		labelled(ws.procedure, assumed([]result.Assumed{p.Procedure}, ws)),
		labelled(ws.segments, chosen(p.Segments, ws)),
		labelled(ws.services, assumed(p.Services, ws)),
		labelled(ws.targets, chosen(p.Targets, ws)),
	)
	if p.Variant.Value != "" {
		out = append(out, labelled(ws.variant, assumed([]result.Assumed{p.Variant}, ws))...)
	}
	out = append(out, labelled(ws.frameworks, chosen(p.Frameworks, ws))...)
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
func assumed(list []result.Assumed, ws *words) []string {
	var lines, no []string
	for _, a := range list {
		name := called(a)
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

// chosen writes what was answered with yes, one line each, and puts the rest together: of long lists only the choice matters. An absent list writes nothing.
func chosen(list []result.Assumed, ws *words) []string {
	if len(list) == 0 {
		return nil
	}
	var lines, no []string
	for _, a := range list {
		name := called(a)
		switch a.Answer {
		case "yes":
			lines = append(lines, name+because(a, ws))
		case "unknown":
			lines = append(lines, name+": "+ws.answer[a.Answer]+because(a, ws))
		default:
			no = append(no, cmp.Or(a.Name, called(a)))
		}
	}
	switch {
	case len(lines) == 0:
		return []string{ws.noneSeen}
	case len(no) > 0:
		lines = append(lines, ws.answer["no"]+": "+strings.Join(no, ", "))
	}
	return lines
}

// called is how people call the value of an assumption. An id that says more than its name ("k08", "jeugdhulp-4") stands before it: flags ask for ids.
func called(a result.Assumed) string {
	spaced := a.Value
	if !strings.ContainsFunc(a.Value, func(r rune) bool { return r != '-' && !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		spaced = strings.Trim(strings.ReplaceAll(a.Value, "-", " "), " ")
	}
	switch {
	case lawNames[a.Value] != "":
		return lawNames[a.Value]
	case a.Name == "" || a.Name == spaced:
		return spaced
	}
	return a.Value + " " + a.Name
}

func because(a result.Assumed, ws *words) string {
	var parts []string
	where, told := strings.CutPrefix(a.Reason, "opgegeven") // "opgegeven in inkooptoets.yaml"
	switch {
	case a.Given && told:
		parts = append(parts, ws.given+where)
	case a.Given:
		parts = append(parts, ws.given, a.Reason)
	default:
		parts = append(parts, a.Reason)
	}
	parts = slices.DeleteFunc(parts, func(p string) bool { return p == "" })
	if a.Hits > 1 {
		parts = append(parts, fmt.Sprintf(ws.places, a.Hits))
	}
	if len(parts) == 0 {
		return ""
	}
	return " – " + strings.Join(parts, ", ")
}

// missingAspects lists the core aspects that keep r from being covered, and the aspects that are there already.
func missingAspects(r result.Row, ws *words) (needed, already []string) {
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
func place(file string, page int, path []string, ws *words) string {
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
