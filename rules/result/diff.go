package result

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"
)

// Diff is what changed between two runs: two versions of a draft, or one draft at two moments. Rows are compared by requirement, whatever the order, and
// passages by their words, wherever they stand: text that moved to another page or file is no change.
type Diff struct {
	SchemaVersion string        `json:"schemaVersion"`
	Old           RunHead       `json:"old"`
	New           RunHead       `json:"new"`
	Sources       []Source      `json:"sources,omitempty"` // of both runs, those of the new one first
	Dossiers      []DossierDiff `json:"dossiers"`          // in the order of the new run
	OnlyOld       []string      `json:"onlyOld,omitempty"` // ids of dossiers without counterpart
	OnlyNew       []string      `json:"onlyNew,omitempty"`
}

// RunHead says by what and for which day a run was made.
type RunHead struct {
	Tool      string `json:"tool"`
	Catalogue string `json:"catalogue"`
	Date      string `json:"date"`
}

// SameCatalogue reports whether both runs were judged by the same rules. If not, a status may differ while the text did not change.
func (d Diff) SameCatalogue() bool { return d.Old.Catalogue == d.New.Catalogue }

// DossierDiff is what changed in one dossier.
type DossierDiff struct {
	Old         string           `json:"old"` // id
	New         string           `json:"new"`
	Assumptions []AssumptionDiff `json:"assumptions,omitempty"` // what was assumed in one run and not in the other
	Unread      []UnreadFile     `json:"unread,omitempty"`      // files that could not be read, the old ones first
	Tallies     []ChangeTally    `json:"tallies"`               // law, frameworks, advice; those that occur
	Rows        []RowDiff        `json:"rows"`                  // catalogue order of the new run, then what only the old one has
	Findings    []FindingDiff    `json:"findings"`              // new ones first, then solved, then unchanged
}

// Change says what became of a requirement or finding.
type Change string

// The changes. A gap that somebody accepted is no gap here.
const (
	Solved    Change = "solved"    // a gap was covered
	NewGap    Change = "new"       // a gap that was none before
	Changed   Change = "changed"   // another status, another part of it, or other words
	Unchanged Change = "unchanged" // the same status on the same words, wherever they stand
	OnlyOld   Change = "only-old"  // the new run did not judge it
	OnlyNew   Change = "only-new"  // the old run did not judge it
)

// Changes lists every change in the order of reports.
var Changes = []Change{NewGap, Solved, Changed, Unchanged, OnlyNew, OnlyOld}

// Detail says more about a change.
type Detail string

// The details; a change that needs none has an empty one.
const (
	Worse    Detail = "worse"    // a gap that weighs more than before
	Better   Detail = "better"   // a gap that weighs less than before
	Accepted Detail = "accepted" // a gap that is accepted since
	Reopened Detail = "reopened" // a gap that was accepted before
	Parts    Detail = "parts"    // the same status, by other aspects
	Words    Detail = "words"    // the same status, by other words
)

// Details lists every detail.
var Details = []Detail{Worse, Better, Accepted, Reopened, Parts, Words}

// RowDiff is what became of one requirement.
type RowDiff struct {
	Subject
	Change Change   `json:"change"`
	Detail Detail   `json:"detail,omitempty"`
	Moved  bool     `json:"moved,omitempty"` // the words stand in another file or on another page
	Old    *Verdict `json:"old,omitempty"`   // nil with only-new
	New    *Verdict `json:"new,omitempty"`   // nil with only-old
}

// Verdict is one side of a RowDiff. Passages are those that decided and differ, or with unchanged words the first of them, and of a gap also those that a later
// document took out; Nearest is for a gap without.
type Verdict struct {
	Status     Status     `json:"status"`
	Reason     string     `json:"reason,omitempty"`
	Aspects    []Aspect   `json:"aspects,omitempty"`
	Passages   []Evidence `json:"passages,omitempty"`
	Nearest    []Evidence `json:"nearest,omitempty"`
	Suggestion string     `json:"suggestion,omitempty"` // for gaps of the new run
	Waived     *Waiver    `json:"waived,omitempty"`
}

// FindingDiff is what became of one finding. Change is new, solved or unchanged.
type FindingDiff struct {
	Change Change `json:"change"`
	Finding
}

// AssumptionDiff is something that was assumed of the tender in one run and not, or not for sure, in the other.
type AssumptionDiff struct {
	Kind  string `json:"kind"` // law, procedure, segment, service, target, variant, framework
	Value string `json:"value"`
	Name  string `json:"name,omitempty"`
	Old   string `json:"old"` // yes, no, unknown
	New   string `json:"new"`
}

// UnreadFile is a file that one of the runs could not read.
type UnreadFile struct {
	New     bool   `json:"new,omitempty"` // of the new run
	Path    string `json:"path"`
	Problem string `json:"problem"`
}

// ChangeTally counts the requirements of one weight by what became of them. What applied in neither run is left out.
type ChangeTally struct {
	Duty   Duty           `json:"duty"`   // statutory stands for municipal too
	Total  int            `json:"total"`  // of all changes
	Counts map[Change]int `json:"counts"` // every change present, zero included
}

// The reasons why two runs cannot be laid side by side.
var (
	ErrTwice  = errors.New("two dossiers have the same id")
	ErrNoPair = errors.New("no dossier is in both runs")
)

// Difference lays two runs side by side. Dossiers go together by id; when each run has one, those go together whatever they are called.
func Difference(older, newer Run) (Diff, error) {
	d := Diff{SchemaVersion: SchemaVersion, Old: headOf(older), New: headOf(newer), Dossiers: []DossierDiff{}}
	was, err := byID(older.Dossiers)
	if err != nil {
		return d, err
	}
	is, err := byID(newer.Dossiers)
	if err != nil {
		return d, err
	}
	d.Sources = slices.Clone(newer.Sources)
	for _, s := range older.Sources {
		if !slices.ContainsFunc(d.Sources, func(x Source) bool { return x.ID == s.ID }) {
			d.Sources = append(d.Sources, s)
		}
	}
	same := d.SameCatalogue()
	if len(older.Dossiers) == 1 && len(newer.Dossiers) == 1 {
		d.Dossiers = append(d.Dossiers, diffDossiers(older.Dossiers[0], newer.Dossiers[0], same))
		return d, nil
	}
	for _, n := range newer.Dossiers {
		if o, ok := was[n.ID]; ok {
			d.Dossiers = append(d.Dossiers, diffDossiers(o, n, same))
			continue
		}
		d.OnlyNew = append(d.OnlyNew, n.ID)
	}
	for _, o := range older.Dossiers {
		if _, ok := is[o.ID]; !ok {
			d.OnlyOld = append(d.OnlyOld, o.ID)
		}
	}
	if len(d.Dossiers) == 0 {
		return d, ErrNoPair
	}
	return d, nil
}

// EncodeDiff writes d as indented JSON with a newline at the end, with the same care as Encode.
func EncodeDiff(w io.Writer, d Diff) error { return encode(w, d) }

func headOf(r Run) RunHead { return RunHead{r.Tool, r.Catalogue, r.Date} }

func byID(list []Dossier) (map[string]Dossier, error) {
	out := map[string]Dossier{}
	for _, d := range list {
		if _, twice := out[d.ID]; twice {
			return nil, fmt.Errorf("%w: %s", ErrTwice, d.ID)
		}
		out[d.ID] = d
	}
	return out, nil
}

func diffDossiers(older, newer Dossier, sameCatalogue bool) DossierDiff {
	d := DossierDiff{
		Old: older.ID, New: newer.ID, Assumptions: diffProfiles(older.Profile, newer.Profile), Unread: slices.Concat(unreadOf(older, false), unreadOf(newer, true)),
		Rows: []RowDiff{}, Findings: diffFindings(older.Findings, newer.Findings),
	}
	was, is := map[string]*Row{}, map[string]bool{}
	for i := range older.Rows {
		was[older.Rows[i].Requirement] = &older.Rows[i]
	}
	for i := range newer.Rows {
		n := &newer.Rows[i]
		is[n.Requirement] = true
		d.Rows = append(d.Rows, diffRows(was[n.Requirement], n, sameCatalogue))
	}
	for i := range older.Rows {
		if o := &older.Rows[i]; !is[o.Requirement] {
			d.Rows = append(d.Rows, diffRows(o, nil, sameCatalogue))
		}
	}
	d.Tallies = countChanges(d.Rows)
	return d
}

func unreadOf(d Dossier, newer bool) []UnreadFile {
	var out []UnreadFile
	for _, doc := range d.Documents {
		if doc.Problem != "" {
			out = append(out, UnreadFile{newer, doc.Path, doc.Problem})
		}
	}
	return out
}

// diffRows judges one requirement; a row that a run does not have is nil.
func diffRows(older, newer *Row, sameCatalogue bool) RowDiff {
	r := newer
	if r == nil {
		r = older
	}
	d := RowDiff{Subject: subjectOf(*r), Old: verdictOf(older), New: verdictOf(newer)}
	d.Change, d.Detail = changeOf(older, newer, sameCatalogue)
	if d.New != nil && !newer.Status.Gap() {
		d.New.Suggestion = ""
	}
	if d.Old != nil {
		d.Old.Suggestion = "" // the new draft is what people work on
	}
	if older == nil || newer == nil {
		return d
	}
	d.Moved = moved(older, newer)
	switch {
	case d.Change == Unchanged && d.Moved: // only where it stands is worth telling
		d.Old.Passages, d.New.Passages = sameFirst(deciding(older), deciding(newer))
		d.Old, d.New = placeOnly(d.Old), placeOnly(d.New)
	case d.Change == Unchanged:
		d.Old, d.New = &Verdict{Status: older.Status, Waived: older.Waived}, &Verdict{Status: newer.Status, Waived: newer.Waived}
	case d.Detail == Words:
		d.Old.Passages, d.New.Passages = without(deciding(older), deciding(newer)), without(deciding(newer), deciding(older))
	}
	return d
}

// changeOf is the heart of a diff: one switch, the most certain case first.
func changeOf(older, newer *Row, sameCatalogue bool) (Change, Detail) {
	switch {
	case newer == nil:
		return OnlyOld, ""
	case older == nil && (!sameCatalogue || !openGap(newer)): // a rule that the old catalogue did not have says nothing about the draft
		return OnlyNew, ""
	case older == nil:
		return NewGap, ""
	case openGap(newer) && older.Status.Gap() && older.Waived != nil:
		return NewGap, Reopened
	case openGap(newer) && !openGap(older):
		return NewGap, ""
	case older.Status.Gap() && newer.Status.Asked():
		return Solved, ""
	case newer.Status.Gap() && newer.Waived != nil && (!older.Status.Gap() || older.Waived == nil):
		return Changed, Accepted
	case older.Status.Gap() && newer.Status.Gap() && older.Status.Weight() < newer.Status.Weight():
		return Changed, Worse
	case older.Status.Gap() && newer.Status.Gap() && older.Status.Weight() > newer.Status.Weight():
		return Changed, Better
	case older.Status != newer.Status:
		return Changed, ""
	case !sameAspects(older.Aspects, newer.Aspects):
		return Changed, Parts
	case !sameWords(deciding(older), deciding(newer)):
		return Changed, Words
	}
	return Unchanged, ""
}

// Weight orders gaps by how much is wrong, from 1; what is no gap weighs 0.
func (s Status) Weight() int {
	return slices.Index([]Status{Partial, Mentioned, Missing, Contradicted}, s) + 1
}

func openGap(r *Row) bool { return r.Status.Gap() && r.Waived == nil }

func verdictOf(r *Row) *Verdict {
	if r == nil {
		return nil
	}
	v := &Verdict{Status: r.Status, Reason: r.Reason, Aspects: r.Aspects, Passages: deciding(r), Suggestion: r.Suggestion, Waived: r.Waived}
	if r.Status.Gap() && slices.ContainsFunc(r.Evidence, func(e Evidence) bool { return e.OverriddenBy != "" }) {
		v.Passages = r.Evidence // the clause that was, and the one that took it away
	}
	if len(v.Passages) == 0 && r.Status.Gap() && len(r.Nearest) > 0 {
		v.Nearest = r.Nearest[:1]
	}
	return v
}

// deciding lists the passages on which a status rests: what shows an aspect or the requirement itself, what contradicts it, or what only names it.
func deciding(r *Row) []Evidence {
	var out []Evidence
	for _, e := range r.Evidence {
		switch {
		case e.OverriddenBy != "":
		case r.Status == Contradicted && e.Shows == Contradicted,
			r.Status == Mentioned,
			(r.Status.Asked() || r.Status == Partial) && (len(e.Aspects) > 0 || e.Shows.Asked() || e.Shows == Partial):
			out = append(out, e)
		}
	}
	return out
}

func placeOnly(v *Verdict) *Verdict {
	return &Verdict{Status: v.Status, Passages: v.Passages, Waived: v.Waived}
}

// sameFirst gives the first passage of a and the one of b with the same words.
func sameFirst(a, b []Evidence) (first, twin []Evidence) {
	i := slices.IndexFunc(b, func(e Evidence) bool { return bare(e.Quote) == bare(a[0].Quote) })
	return a[:1], b[i : i+1]
}

// moved reports whether the first passage stands in another file or on another page, and nowhere in the new draft where it stood.
func moved(older, newer *Row) bool {
	was, is := deciding(older), deciding(newer)
	if len(was) == 0 || len(is) == 0 || !sameWords(was, is) {
		return false
	}
	return !slices.ContainsFunc(is, func(e Evidence) bool { return e.File == was[0].File && e.Page == was[0].Page })
}

func sameAspects(a, b []Aspect) bool {
	return slices.EqualFunc(a, b, func(x, y Aspect) bool { return x.ID == y.ID && x.Status == y.Status })
}

// sameWords reports whether both lists hold the same passages, in whatever order and number.
func sameWords(a, b []Evidence) bool { return len(without(a, b)) == 0 && len(without(b, a)) == 0 }

// without lists what stands in a and not in b.
func without(a, b []Evidence) []Evidence {
	known := map[string]bool{}
	for _, e := range b {
		known[bare(e.Quote)] = true
	}
	var out []Evidence
	for _, e := range a {
		if !known[bare(e.Quote)] {
			out = append(out, e)
		}
	}
	return out
}

// bare is what a passage says without its form: letters and digits in lower case. A sign between digits stays, as 1,5 is not 15. So the same clause in a
// Word file and in a PDF with other quotes, hyphens and line ends is the same.
func bare(s string) string {
	var b strings.Builder
	runes := []rune(s)
	for i, r := range runes {
		switch {
		case unicode.IsLetter(r):
			b.WriteRune(unicode.ToLower(r))
		case unicode.IsDigit(r), unicode.IsMark(r), strings.ContainsRune("%€§<>≤≥±", r),
			i > 0 && i+1 < len(runes) && unicode.IsDigit(runes[i-1]) && unicode.IsDigit(runes[i+1]):
			b.WriteRune(r)
		}
	}
	return b.String()
}

// diffFindings pairs findings by their words, then what is left by their rule: a finding with many places is the same while one of them is left.
func diffFindings(older, newer []Finding) []FindingDiff {
	words := func(f Finding) string {
		text := bare(f.Quote)
		if text == "" {
			text = f.Message
		}
		return f.ID + "\x00" + f.Rule + "\x00" + text
	}
	rule := func(f Finding) string {
		if f.Rule == "" || len(f.Places) == 0 {
			return ""
		}
		return f.ID + "\x00" + f.Rule
	}
	was, is := make([]bool, len(older)), make([]bool, len(newer)) // paired
	for _, key := range []func(Finding) string{words, rule} {
		for i, n := range newer {
			for j, o := range older {
				if !is[i] && !was[j] && key(n) != "" && key(n) == key(o) {
					is[i], was[j] = true, true
				}
			}
		}
	}
	var fresh, solved, same []FindingDiff
	for i, f := range newer {
		if is[i] {
			same = append(same, FindingDiff{Unchanged, f})
			continue
		}
		fresh = append(fresh, FindingDiff{NewGap, f})
	}
	for j, f := range older {
		if !was[j] {
			solved = append(solved, FindingDiff{Solved, f})
		}
	}
	return list(slices.Concat(fresh, solved, same))
}

// diffProfiles lists what was assumed to hold in one of two profiles only.
func diffProfiles(older, newer Profile) []AssumptionDiff {
	var out []AssumptionDiff
	add := func(kind string, was, is []Assumed) {
		answers := func(list []Assumed, value string) string {
			for _, a := range list {
				if a.Value == value {
					return a.Answer
				}
			}
			return "no"
		}
		seen := map[string]bool{}
		for _, a := range slices.Concat(is, was) {
			if seen[a.Value] || a.Value == "" {
				continue
			}
			seen[a.Value] = true
			o, n := answers(was, a.Value), answers(is, a.Value)
			if o != n && (o == "yes" || n == "yes") {
				out = append(out, AssumptionDiff{kind, a.Value, a.Name, o, n})
			}
		}
	}
	add("law", older.Laws, newer.Laws)
	add("procedure", []Assumed{older.Procedure}, []Assumed{newer.Procedure})
	add("segment", older.Segments, newer.Segments)
	add("service", older.Services, newer.Services)
	add("target", older.Targets, newer.Targets)
	add("variant", []Assumed{older.Variant}, []Assumed{newer.Variant})
	add("framework", older.Frameworks, newer.Frameworks)
	return out
}

// Regression reports whether the new draft has a gap here that the old one did not have, or a lighter one. Accepted gaps are none.
func (r RowDiff) Regression() bool {
	return r.New != nil && r.New.Status.Gap() && r.New.Waived == nil && (r.Change == NewGap || r.Detail == Worse)
}

// Applied reports whether the requirement held in one of the runs at least: what applied in neither is no news.
func (r RowDiff) Applied() bool {
	return r.Old != nil && r.Old.Status != NotApplicable || r.New != nil && r.New.Status != NotApplicable
}

func countChanges(rows []RowDiff) []ChangeTally {
	out := []ChangeTally{{Duty: Statutory}, {Duty: Framework}, {Duty: Advice}}
	for i := range out {
		out[i].Counts = map[Change]int{}
		for _, c := range Changes {
			out[i].Counts[c] = 0
		}
		for _, r := range rows {
			if weightOf(r.Duty) == out[i].Duty && r.Applied() {
				out[i].Total++
				out[i].Counts[r.Change]++
			}
		}
	}
	return slices.DeleteFunc(out, func(t ChangeTally) bool { return t.Total == 0 })
}
