package report

import (
	_ "embed"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"inkooptoets/rules/result"
)

//go:embed diff.tmpl
var diffTemplate string

// writeDiffHTML writes the diff as one page like the html report: old and new side by side on a wide screen, under each other on a narrow one. Everything is
// in it, also without --all: what stayed the same is folded.
func writeDiffHTML(w io.Writer, d result.Diff, o Options) error {
	dw := diffLanguages[o.Lang]
	page, err := newPageWriter(w, o, diffTemplate)
	if err != nil {
		return err
	}
	frame := newFrame(dw.Heading, clean(d.New.Tool), o)
	heads := dw.heads(d)
	frame.Lines = heads[:]
	maker := diffMaker{lang: o.Lang, ws: languages[o.Lang], dw: dw}
	var dossiers []htmlDiff
	for i, x := range d.Dossiers {
		h := maker.dossier(i, diffViewOf(x, maker.ws, dw))
		dossiers = append(dossiers, h)
		frame.Nav = append(frame.Nav, htmlEntry{ID: h.ID, Text: h.Name, N: h.fresh, Counted: true})
	}
	if len(dossiers) == 1 {
		frame.Title, frame.Nav = dossiers[0].Name+" – "+dw.Heading, dossiers[0].entries()
	}
	if err := page.write("diff-head", struct {
		Frame    htmlFrame
		D        diffWords
		Cautions []string
	}{frame, dw, dw.cautions(d)}); err != nil {
		return err
	}
	for _, h := range dossiers {
		if err := page.write("diff-dossier", h); err != nil {
			return err
		}
	}
	return page.write("frame-foot", frame)
}

// htmlDiff is one dossier in the order of the page.
type htmlDiff struct {
	L                                htmlLabels
	D                                diffWords
	ID, Name                         string
	Unread                           []htmlEntry
	Heads                            []string
	Counts                           []htmlCount
	Assumptions                      []htmlAssumption
	Sections                         []htmlChanges
	FreshTitle, GoneTitle, SameTitle string
	Fresh, Gone                      []htmlRemark
	Remain                           string
	Stayed                           []htmlStayed
	fresh                            int // new gaps
}

type htmlChanges struct {
	ID, Title, Note string
	Rows            []htmlChange
}

// htmlChange is what became of one requirement.
type htmlChange struct {
	W                                                     htmlWords
	L                                                     htmlLabels
	ID, Status, Title, Meta, Detail, Hint                 string
	Open                                                  bool
	Steps                                                 []htmlEntry
	Reason, Waiver, Suggestion, Source, Link, Requirement string
	Needed                                                []string
	Versions                                              []htmlVersion
}

// htmlVersion is the passages of one side.
type htmlVersion struct {
	Name, None, MoreText string
	Now                  bool
	Shown, More          []htmlPassage
}

type htmlRemark struct {
	Severity, Message string
	Passage           htmlPassage
	Suggestion        *htmlLabelled
}

type htmlLabelled struct{ Label, Text string }

// htmlStayed is a table of requirements that stayed the same.
type htmlStayed struct {
	L                    htmlLabels
	ID, Title, PlaceHead string
	Moved                bool
	Rows                 []htmlStay
}

type htmlStay struct {
	Title, Requirement, Place string
	Steps                     []htmlEntry
}

// diffMaker makes what the page shows.
type diffMaker struct {
	lang string
	ws   *words
	dw   diffWords
}

func (m diffMaker) dossier(i int, v diffView) htmlDiff {
	h := htmlDiff{L: labelsOf(m.ws), D: m.dw, ID: dossierID(i), Name: v.title}
	for _, f := range v.unread {
		h.Unread = append(h.Unread, htmlEntry{Text: m.dw.unreadFile(f), Note: f.Problem})
	}
	for _, c := range result.Changes {
		h.Heads = append(h.Heads, m.dw.Changes[c])
	}
	for _, t := range v.tallies {
		row := htmlCount{Text: m.ws.group[t.Duty], Denominator: t.Total}
		for _, c := range result.Changes {
			row.Cells = append(row.Cells, t.Counts[c])
		}
		h.Counts = append(h.Counts, row)
		h.fresh += t.Counts[result.NewGap]
	}
	for _, a := range v.assumptions {
		if a.label != "" {
			h.Assumptions = append(h.Assumptions, htmlAssumption{Label: a.label})
		}
		last := &h.Assumptions[len(h.Assumptions)-1]
		last.Lines = append(last.Lines, a.text)
	}
	rows := 0
	for n, s := range v.sections {
		part := htmlChanges{ID: h.ID + "-part" + strconv.Itoa(n+1), Title: s.title}
		if len(s.rows) > 0 {
			part.Note = s.note
		}
		for _, r := range s.rows {
			rows++
			part.Rows = append(part.Rows, m.change(h.ID+"-row"+strconv.Itoa(rows), r))
		}
		h.Sections = append(h.Sections, part)
	}
	h.FreshTitle, h.GoneTitle = fmt.Sprintf(m.dw.NewFindings, len(v.fresh)), fmt.Sprintf(m.dw.SolvedFindings, len(v.gone))
	h.Fresh, h.Gone = m.remarks(v.fresh), m.remarks(v.gone)
	if v.remain > 0 {
		h.Remain = fmt.Sprintf(m.dw.SameFindings, v.remain)
	}
	h.SameTitle = fmt.Sprintf(m.dw.Same, len(v.moved)+len(v.same), len(v.moved))
	h.Stayed = []htmlStayed{
		m.stayed(h.ID+"-moved", fmt.Sprintf(m.dw.Moved, len(v.moved)), true, v.moved), m.stayed(h.ID+"-still", fmt.Sprintf(m.dw.NoMoved, len(v.same)), false, v.same),
	}
	return h
}

// entries is the table of contents of one dossier.
func (h htmlDiff) entries() []htmlEntry {
	out := []htmlEntry{{ID: h.ID + "-counts", Text: h.D.Counts}}
	if len(h.Assumptions) > 0 {
		out = append(out, htmlEntry{ID: h.ID + "-assumptions", Text: h.D.Assumptions})
	}
	for _, s := range h.Sections {
		out = append(out, htmlEntry{ID: s.ID, Text: withoutCount(s.Title), N: len(s.Rows), Counted: true})
	}
	if n := len(h.Fresh); n > 0 {
		out = append(out, htmlEntry{ID: h.ID + "-fresh", Text: withoutCount(h.FreshTitle), N: n, Counted: true})
	}
	if n := len(h.Gone); n > 0 {
		out = append(out, htmlEntry{ID: h.ID + "-gone", Text: withoutCount(h.GoneTitle), N: n, Counted: true})
	}
	return append(out, htmlEntry{ID: h.ID + "-same", Text: h.D.Stayed, N: len(h.Stayed[0].Rows) + len(h.Stayed[1].Rows), Counted: true})
}

// change makes one requirement. What the law asks and the new draft lost is open to be read.
func (m diffMaker) change(id string, r result.RowDiff) htmlChange {
	c := htmlChange{
		W: htmlLanguages[m.lang], L: labelsOf(m.ws), ID: id, Title: r.Title, Detail: m.dw.Details[r.Detail], Steps: m.steps(r), Source: r.Citation, Link: lawLink(r.Link),
		Requirement: r.Requirement, Open: r.Regression() && (r.Duty == result.Statutory || r.Duty == result.Municipal), Needed: lacking(r.New, m.ws),
		Meta: strings.Join([]string{r.Citation, r.Element, m.ws.dutyName(r.Duty)}, " · "),
	}
	if r.New != nil {
		c.Status, c.Reason, c.Suggestion = known(r.New.Status), r.New.Reason, r.New.Suggestion
		if r.New.Waived != nil {
			c.Waiver = m.ws.waiver(*r.New.Waived)
		}
	}
	if r.Detail == result.Words && len(r.Old.Passages) == 1 && len(r.New.Passages) == 1 { // as markChanges marks them
		c.Hint = m.dw.WordsNote
	}
	for _, side := range []struct {
		name string
		v    *result.Verdict
		now  bool
	}{{m.dw.Old, r.Old, false}, {m.dw.New, r.New, true}} {
		if side.v != nil {
			c.Versions = append(c.Versions, m.version(side.name, side.v, side.now, m.dw.none(r)))
		}
	}
	return c
}

// known is a status as a class of the page; another word, of a stranger's run, is none.
func known(s result.Status) string {
	if slices.Contains(result.Statuses, s) {
		return string(s)
	}
	return ""
}

// steps are the badges of a requirement: one if its status stayed.
func (m diffMaker) steps(r result.RowDiff) []htmlEntry {
	badge := func(pattern string, v *result.Verdict) htmlEntry {
		text := strings.TrimSuffix(pattern, "%s")
		if v == nil {
			return htmlEntry{Text: text, Rest: m.dw.NotJudged}
		}
		shape := shapes[v.Status]
		if shape == "" {
			shape = "?"
		}
		return htmlEntry{ID: known(v.Status), Text: text, Shape: shape, Rest: m.ws.statusName(v.Status)}
	}
	if r.Old != nil && r.New != nil && r.Old.Status == r.New.Status {
		return []htmlEntry{badge("", r.New)}
	}
	return []htmlEntry{badge(m.dw.Was, r.Old), badge(m.dw.Now, r.New)}
}

func (m diffMaker) version(name string, v *result.Verdict, now bool, none string) htmlVersion {
	h := htmlVersion{Name: name, Now: now}
	list := v.Passages
	if len(list) == 0 {
		h.None, list = none, v.Nearest
		if len(list) > 0 {
			h.None += " " + m.ws.nearest + ":"
		}
	}
	for _, e := range list {
		p := passage(e.Quote, e.Start, e.End, place(e.File, e.Page, e.Path, m.ws))
		p.Lacks, p.But = e.Lacks, m.ws.lacks
		if len(h.Shown) < maxEvidence {
			h.Shown = append(h.Shown, p)
			continue
		}
		h.More = append(h.More, p)
	}
	h.MoreText = fmt.Sprintf(htmlLanguages[m.lang].More, len(h.More))
	return h
}

func (m diffMaker) remarks(list []result.Finding) []htmlRemark {
	var out []htmlRemark
	for _, f := range list {
		r := htmlRemark{Severity: m.ws.severityName(f.Severity), Message: f.Message, Passage: passage(f.Quote, f.Start, f.End, place(f.File, f.Page, nil, m.ws))}
		if f.Suggestion != "" {
			r.Suggestion = &htmlLabelled{m.ws.suggestion, f.Suggestion}
		}
		out = append(out, r)
	}
	return out
}

func (m diffMaker) stayed(id, title string, moved bool, rows []result.RowDiff) htmlStayed {
	out := htmlStayed{L: labelsOf(m.ws), ID: id, Title: title, PlaceHead: m.ws.place, Moved: moved}
	for _, r := range rows {
		s := htmlStay{Title: r.Title, Requirement: r.Requirement, Steps: m.steps(r)}
		if moved {
			s.Place = m.dw.movedFrom(r, m.ws)
		}
		out.Rows = append(out.Rows, s)
	}
	return out
}
