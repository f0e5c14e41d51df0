package report

import (
	"fmt"
	"io"
	"reflect"
	"slices"
	"strings"

	"inkooptoets/rules/result"
)

// diffFormats are the forms of a diff, the default first.
var diffFormats = formats[result.Diff]{
	{"table", writeDiffTable},
	{"markdown", writeDiffMarkdown},
	{"json", func(w io.Writer, d result.Diff, _ Options) error { return result.EncodeDiff(w, d) }},
	{"html", writeDiffHTML},
}

// DiffNames lists the names of the formats of a diff, the default first.
func DiffNames() []string { return diffFormats.names() }

// WriteDiff writes d to w in the named format; an empty name is the default one.
func WriteDiff(w io.Writer, format string, d result.Diff, o Options) error {
	return diffFormats.to(w, format, "a diff", d, o)
}

// diffView is what every text format shows of one dossier, in reading order.
type diffView struct {
	title       string
	unread      []result.UnreadFile
	assumptions []assumption
	tallies     []result.ChangeTally
	sections    []diffSection
	moved, same []result.RowDiff // unchanged, in another place and in the same
	fresh, gone []result.Finding
	remain      int // findings that are still there
}

// diffSection is the requirements that went the same way, law first.
type diffSection struct {
	title, note string
	change      result.Change
	detail      result.Detail // result.Worse for the gaps that got worse, which come apart
	rows        []result.RowDiff
}

func diffViewOf(d result.DossierDiff, ws *words, dw diffWords) diffView {
	d.Rows = slices.Clone(d.Rows)
	markChanges(d.Rows)
	d = cleanCopy(reflect.ValueOf(d)).Interface().(result.DossierDiff)
	v := diffView{title: d.New, unread: d.Unread, tallies: d.Tallies}
	if d.Old != d.New {
		v.title = fmt.Sprintf(dw.Between, d.New, d.Old)
	}
	last := ""
	for _, a := range d.Assumptions {
		label, text := dw.assumption(a, ws)
		if label == last {
			v.assumptions = append(v.assumptions, assumption{"", text})
			continue
		}
		last = label
		v.assumptions = append(v.assumptions, assumption{label, text})
	}
	v.sections = []diffSection{
		{change: result.NewGap}, {change: result.Changed, detail: result.Worse}, {change: result.Solved}, {change: result.Changed}, {change: result.OnlyNew}, {change: result.OnlyOld},
	}
	for _, r := range byWeight(d.Rows) {
		switch {
		case !r.Applied():
		case r.Change == result.Unchanged && r.Moved:
			v.moved = append(v.moved, r)
		case r.Change == result.Unchanged:
			v.same = append(v.same, r)
		default:
			for i, s := range v.sections {
				if s.change == r.Change && (s.detail == result.Worse) == (r.Detail == result.Worse) {
					v.sections[i].rows = append(v.sections[i].rows, r)
				}
			}
		}
	}
	for i, s := range v.sections {
		v.sections[i].title, v.sections[i].note = fmt.Sprintf(dw.Titles[s.change], len(s.rows)), dw.Notes[s.change]
		if s.detail == result.Worse {
			v.sections[i].title, v.sections[i].note = fmt.Sprintf(dw.Worse, len(s.rows)), ""
		}
	}
	// That there is no new gap and nothing solved is worth a line; of the rest it is not.
	v.sections = slices.DeleteFunc(v.sections, func(s diffSection) bool {
		return len(s.rows) == 0 && s.change != result.NewGap && s.change != result.Solved
	})
	for _, f := range d.Findings {
		switch f.Change {
		case result.NewGap:
			v.fresh = append(v.fresh, f.Finding)
		case result.Solved:
			v.gone = append(v.gone, f.Finding)
		default:
			v.remain++
		}
	}
	v.fresh, v.gone = findings(v.fresh, ws), findings(v.gone, ws)
	return v
}

// byWeight puts law first, then frameworks, then advice; within them the order stays.
func byWeight(rows []result.RowDiff) []result.RowDiff {
	weight := map[result.Duty]int{result.Statutory: 0, result.Municipal: 0, result.Framework: 1, result.Advice: 2}
	rows = slices.Clone(rows)
	slices.SortStableFunc(rows, func(a, b result.RowDiff) int { return weight[a.Duty] - weight[b.Duty] })
	return rows
}

// markChanges makes a passage that was rewritten mark the words that differ.
func markChanges(rows []result.RowDiff) {
	for i, r := range rows {
		if r.Detail != result.Words || r.Old == nil || r.New == nil || len(r.Old.Passages) != 1 || len(r.New.Passages) != 1 {
			continue
		}
		was, is := *r.Old, *r.New
		was.Passages, is.Passages = slices.Clone(was.Passages), slices.Clone(is.Passages)
		o, n := &was.Passages[0], &is.Passages[0]
		o.Start, o.End, n.Start, n.End = changedWords(o.Quote, n.Quote)
		rows[i].Old, rows[i].New = &was, &is
	}
}

// changedWords gives the byte ranges from the first to the last word in which a and b differ.
func changedWords(a, b string) (aFrom, aTo, bFrom, bTo int) {
	x, y := wordsOf(a), wordsOf(b)
	first := 0
	for first < len(x) && first < len(y) && x[first].text == y[first].text {
		first++
	}
	last := 0
	for last < len(x)-first && last < len(y)-first && x[len(x)-1-last].text == y[len(y)-1-last].text {
		last++
	}
	span := func(list []wordAt) (from, to int) {
		list = list[first : len(list)-last]
		if len(list) == 0 {
			return 0, 0
		}
		return list[0].start, list[len(list)-1].start + len(list[len(list)-1].text)
	}
	aFrom, aTo = span(x)
	bFrom, bTo = span(y)
	return aFrom, aTo, bFrom, bTo
}

type wordAt struct {
	text  string
	start int
}

func wordsOf(s string) []wordAt {
	var out []wordAt
	at := 0
	for _, w := range strings.Fields(s) {
		at += strings.Index(s[at:], w)
		out = append(out, wordAt{w, at})
		at += len(w)
	}
	return out
}

// heads says which two checks were compared.
func (dw diffWords) heads(d result.Diff) [2]string {
	line := func(label string, h result.RunHead) string {
		return fmt.Sprintf(dw.Head, label, clean(h.Date), clean(h.Catalogue))
	}
	return [2]string{line(dw.Old, d.Old), line(dw.New, d.New)}
}

// cautions are what a reader must know before the first figure.
func (dw diffWords) cautions(d result.Diff) []string {
	var out []string
	if !d.SameCatalogue() {
		out = append(out, fmt.Sprintf(dw.OtherCatalogue, clean(d.Old.Catalogue), clean(d.New.Catalogue)))
	}
	if d.Old.Date != d.New.Date {
		out = append(out, fmt.Sprintf(dw.OtherDate, clean(d.Old.Date), clean(d.New.Date)))
	}
	if len(d.OnlyOld) > 0 {
		out = append(out, fmt.Sprintf(dw.OnlyOldDossiers, clean(strings.Join(d.OnlyOld, ", "))))
	}
	if len(d.OnlyNew) > 0 {
		out = append(out, fmt.Sprintf(dw.OnlyNewDossiers, clean(strings.Join(d.OnlyNew, ", "))))
	}
	return out
}

// unreadFile names a file that was not read, and of which version it is.
func (dw diffWords) unreadFile(f result.UnreadFile) string {
	if f.New {
		return f.Path + " (" + dw.NewFile + ")"
	}
	return f.Path + " (" + dw.OldFile + ")"
}

// movedFrom says where a passage stood and where it stands.
func (dw diffWords) movedFrom(r result.RowDiff, ws *words) string {
	o, n := r.Old.Passages[0], r.New.Passages[0]
	return fmt.Sprintf(dw.MovedFrom, place(o.File, o.Page, nil, ws), place(n.File, n.Page, nil, ws))
}

// stayed says how many requirements stayed the same, and where to find them.
func (dw diffWords) stayed(v diffView) string {
	n := len(v.moved) + len(v.same)
	line := fmt.Sprintf(dw.Same, n, len(v.moved))
	if n == 0 {
		return line
	}
	return line + " " + dw.SameHint
}

// lacking lists the core aspects that a gap still needs.
func lacking(v *result.Verdict, ws *words) []string {
	if v == nil || !v.Status.Gap() {
		return nil
	}
	needed, _ := missingAspects(result.Row{Aspects: v.Aspects}, ws)
	return needed
}
