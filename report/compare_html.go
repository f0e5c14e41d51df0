package report

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"slices"
	"strconv"
	"strings"

	"inkooptoets/rules/result"
)

//go:embed compare.tmpl
var compareTemplate string

// alikeColumns is how many tenders a table of pairs has at most; with more it names per tender the one most like it.
const alikeColumns = 12

// wordColumns is up to how many tenders the cells of the matrix show their words; with more the words are for screen readers, and a box shows them.
const wordColumns = 6

// writeCompareHTML writes the comparison as one page like the html report: rates, the matrix per element with a sign, a word and a colour in every cell, what
// one or no tender asks, likeness, and the best clause per requirement. It needs no script: boxes filter, elements fold.
func writeCompareHTML(w io.Writer, c result.Comparison, o Options) error {
	v := compareViewOf(c, o.Lang)
	page, err := newPageWriter(w, o, compareTemplate)
	if err != nil {
		return err
	}
	p := newComparePage(v, o)
	if err := page.write("compare-head", p); err != nil {
		return err
	}
	for i, e := range v.elements() {
		if err := page.write("matrix", p.matrix(i, e)); err != nil {
			return err
		}
	}
	if err := page.write("compare-lists", p.lists()); err != nil {
		return err
	}
	for i, e := range v.elements() {
		if s := p.samples(i, e); len(s.Rows) > 0 {
			if err := page.write("samples", s); err != nil {
				return err
			}
		}
	}
	return page.write("frame-foot", p.Frame)
}

// comparePage is the page up to the matrix, and what its parts share.
type comparePage struct {
	Frame       htmlFrame
	W           htmlWords
	C           compareLabels
	Many        bool
	Cautions    []string
	Weights     []htmlEntry
	TenderHeads []string
	Tenders     []htmlEntry
	Rates       []htmlRates
	Legend      []htmlEntry

	v       compareView
	ids     map[*result.ComparedRequirement]string // of rows; two ids of a stranger may look the same
	cells   map[result.Status]template.HTML
	columns []string
}

// compareLabels are the words of a comparison and those of every format that the page uses.
type compareLabels struct {
	compareWords
	Requirement string
}

type htmlRates struct {
	ID, Title string
	Rows      []htmlRate
}

type htmlRate struct {
	Text, Any, All, Share, Width  string
	Tenders, Partly, Undetermined int
}

func newComparePage(v compareView, o Options) *comparePage {
	p := &comparePage{
		Frame: newFrame(v.cw.Heading, v.Tool, o), W: htmlLanguages[o.Lang], C: compareLabels{v.cw, v.ws.requirement}, Many: len(v.Tenders) > wordColumns, Cautions: v.cautions(), v: v,
		ids: map[*result.ComparedRequirement]string{}, cells: map[result.Status]template.HTML{},
		TenderHeads: []string{v.cw.Applicable, v.cw.Asked, v.cw.Partly, v.cw.Undetermined, v.cw.AloneCount, v.cw.NotRead},
	}
	p.Frame.Lines = []string{v.subject(), v.head()}
	p.Frame.Title = v.subject() + " – " + v.cw.Heading
	for i := range v.Requirements {
		p.ids[&v.Requirements[i]] = "row" + strconv.Itoa(i+1)
	}
	for _, d := range []result.Duty{result.Statutory, result.Framework, result.Advice} {
		if slices.ContainsFunc(v.Requirements, func(r result.ComparedRequirement) bool { return weight(r.Duty) == d }) {
			p.Weights = append(p.Weights, htmlEntry{ID: string(d), Text: v.cw.Weights[d]})
		}
	}
	for _, t := range v.Tenders {
		p.columns = append(p.columns, t.Name)
		p.Tenders = append(p.Tenders, htmlEntry{Text: t.Name, Note: v.cw.laws(t), Cells: []string{
			strconv.Itoa(t.Applicable), v.cw.share(t.Asked, t.Applicable), strconv.Itoa(t.Partly), strconv.Itoa(t.Undetermined), strconv.Itoa(len(t.Alone)), fmt.Sprintf(v.cw.Of, t.Unread, t.Documents),
		}})
	}
	for _, by := range ratesBy {
		p.rates(by)
	}
	for _, s := range append(slices.Clone(result.Statuses), "") {
		p.Legend = append(p.Legend, htmlEntry{ID: cellClass(s), Shape: shapeOf(s), Text: p.word(s)})
	}
	p.contents()
	return p
}

func (p *comparePage) rates(by string) {
	rates := htmlRates{ID: "rates-" + by, Title: fmt.Sprintf(p.v.cw.RatesCaption, p.v.cw.By[by])}
	for _, r := range p.v.rates(by) {
		row := htmlRate{
			Text: p.v.rateName(r), Tenders: r.Tenders, Any: p.v.cw.share(r.Any, r.Tenders), All: p.v.cw.share(r.All, r.Tenders), Share: p.v.cw.share(r.Asked, r.Demands),
			Partly: r.Partly, Undetermined: r.Undetermined,
		}
		if r.Demands > 0 {
			row.Width = pixels(r.Asked, r.Demands)
		}
		rates.Rows = append(rates.Rows, row)
	}
	if len(rates.Rows) > 0 {
		p.Rates = append(p.Rates, rates)
	}
}

func (p *comparePage) contents() {
	cw := p.v.cw
	p.Frame.Nav = []htmlEntry{{ID: "tenders", Text: cw.Tenders, N: len(p.v.Tenders), Counted: true}, {ID: "rates", Text: cw.Rates}, {ID: "requirements", Text: cw.Matrix, N: len(p.v.Requirements), Counted: true}}
	for i, e := range p.v.elements() {
		p.Frame.Nav = append(p.Frame.Nav, htmlEntry{ID: elementID(i), Text: "– " + e, N: len(p.v.of(e)), Counted: true})
	}
	p.Frame.Nav = append(p.Frame.Nav,
		htmlEntry{ID: "alone", Text: withoutCount(cw.Alone), N: p.v.alone(), Counted: true}, htmlEntry{ID: "nobody", Text: withoutCount(cw.Nobody), N: len(p.v.Nobody), Counted: true},
		htmlEntry{ID: "alike", Text: cw.Alike}, htmlEntry{ID: "best", Text: cw.Sheets["best"], N: len(p.v.best()), Counted: true},
	)
}

func elementID(i int) string { return "element" + strconv.Itoa(i+1) }

// cellClass is the class of a status on the page.
func cellClass(s result.Status) string {
	switch {
	case s == "":
		return "not-judged"
	case slices.Contains(result.Statuses, s):
		return string(s)
	}
	return "other"
}

func (p *comparePage) word(s result.Status) string {
	if s == "" {
		return p.v.cw.NotJudged
	}
	return p.v.ws.statusName(s)
}

// cell is one verdict. There are few and a page has thousands, so each is made once.
func (p *comparePage) cell(s result.Status) template.HTML {
	if html, ok := p.cells[s]; ok {
		return html
	}
	html := `<td class="c-` + cellClass(s) + `"><span aria-hidden="true">` + template.HTMLEscapeString(shapeOf(s)) + `</span> <span class="w">` + template.HTMLEscapeString(p.word(s)) + `</span></td>`
	p.cells[s] = template.HTML(html) //nolint:gosec // our own words, and what is not is escaped
	return p.cells[s]
}

// htmlMatrix is the part of the matrix about one element.
type htmlMatrix struct {
	C                        compareLabels
	ID, Title, Fold, Caption string
	Names                    []string
	Span                     int
	Groups                   []htmlMatrixGroup
}

// htmlMatrixGroup is the requirements of one source. Class is their weight if they have one.
type htmlMatrixGroup struct {
	Name, Class string
	Rows        []htmlMatrixRow
}

type htmlMatrixRow struct {
	ID, Weight, Title, Requirement, Asked, Best string
	Same                                        bool
	Cells                                       []template.HTML
}

func (p *comparePage) matrix(i int, element string) htmlMatrix {
	m := htmlMatrix{C: p.C, ID: elementID(i), Title: element, Caption: fmt.Sprintf(p.v.cw.MatrixCaption, element), Names: p.columns, Span: len(p.columns)}
	last := ""
	rows := p.v.of(element)
	m.Fold = fmt.Sprintf(p.v.cw.Count, len(rows))
	for _, r := range rows {
		if r.Source != last || len(m.Groups) == 0 {
			last = r.Source
			m.Groups = append(m.Groups, htmlMatrixGroup{Name: p.v.sourceName(r.Source), Class: weightClass(r.Duty)})
		}
		g := &m.Groups[len(m.Groups)-1]
		if g.Class != weightClass(r.Duty) {
			g.Class = ""
		}
		row := htmlMatrixRow{
			ID: p.ids[r], Weight: weightClass(r.Duty), Title: r.Title, Requirement: r.Requirement, Asked: "–",
			Same: len(slices.Compact(slices.Sorted(slices.Values(r.Statuses)))) == 1,
		}
		if r.Applicable > 0 {
			row.Asked = fmt.Sprintf(p.v.cw.Of, r.Asked, r.Applicable)
		}
		if r.Best != nil {
			row.Best = "best-" + row.ID
		}
		for _, s := range r.Statuses {
			row.Cells = append(row.Cells, p.cell(s))
		}
		g.Rows = append(g.Rows, row)
	}
	return m
}

// weightClass is the class of a row that the boxes hide and show; a weight from a later version has one that none does.
func weightClass(d result.Duty) string {
	if d = weight(d); slices.Contains([]result.Duty{result.Statutory, result.Framework, result.Advice}, d) {
		return string(d)
	}
	return "other"
}

// htmlLists is the page behind the matrix.
type htmlLists struct {
	C                                  compareLabels
	AloneTitle, NobodyTitle, BestTitle string
	None                               string
	Alone, Nobody                      []htmlList
	AlikeHeads                         []string
	Alike                              []htmlEntry
}

type htmlList struct {
	Title string
	Items []htmlEntry
}

func (p *comparePage) lists() htmlLists {
	cw := p.v.cw
	l := htmlLists{
		C: p.C, AloneTitle: fmt.Sprintf(cw.Alone, p.v.alone()), NobodyTitle: fmt.Sprintf(cw.Nobody, len(p.v.Nobody)), BestTitle: fmt.Sprintf(cw.Best, len(p.v.best())), None: p.v.ws.none,
	}
	for _, t := range p.v.Tenders {
		if len(t.Alone) > 0 {
			l.Alone = append(l.Alone, htmlList{fmt.Sprintf(cw.AloneBy, t.Name, len(t.Alone)), p.items(t.Alone)})
		}
	}
	bySource := map[string][]string{}
	var order []string
	for _, id := range p.v.Nobody {
		s := ""
		if r := p.v.byID[id]; r != nil {
			s = r.Source
		}
		if bySource[s] == nil {
			order = append(order, s)
		}
		bySource[s] = append(bySource[s], id)
	}
	for _, s := range order {
		l.Nobody = append(l.Nobody, htmlList{fmt.Sprintf(p.W.CoveredOf, p.v.sourceName(s), len(bySource[s])), p.items(bySource[s])})
	}
	l.AlikeHeads, l.Alike = p.alike()
	return l
}

func (p *comparePage) items(ids []string) []htmlEntry {
	var out []htmlEntry
	for _, id := range ids {
		if r := p.v.byID[id]; r != nil {
			out = append(out, htmlEntry{ID: p.ids[r], Text: r.Title, Note: strings.Join([]string{r.Citation, r.Element}, " · ")})
		}
	}
	return out
}

// alike is a table of all pairs, or of the one most like each tender.
func (p *comparePage) alike() (heads []string, rows []htmlEntry) {
	cw := p.v.cw
	n := len(p.v.Tenders)
	cells := make([][]string, n)
	best, other := make([]*result.Pair, n), make([]string, n)
	for i := range cells {
		cells[i] = make([]string, n)
		cells[i][i] = "–"
	}
	at := 0
	for a := range n {
		for b := a + 1; b < n; b++ { // the order of the pairs
			pair := &p.v.Pairs[at]
			at++
			cells[a][b] = cw.share(pair.Both, pair.Either)
			cells[b][a] = cells[a][b]
			if moreAlike(pair, best[a]) {
				best[a], other[a] = pair, pair.B
			}
			if moreAlike(pair, best[b]) {
				best[b], other[b] = pair, pair.A
			}
		}
	}
	if n <= alikeColumns {
		for i, t := range p.v.Tenders {
			rows = append(rows, htmlEntry{Text: t.Name, Cells: cells[i]})
		}
		return p.columns, rows
	}
	for i, t := range p.v.Tenders {
		row := htmlEntry{Text: t.Name, Cells: []string{"–", "–"}}
		if pair := best[i]; pair != nil {
			row.Cells = []string{other[i], cw.share(pair.Both, pair.Either)}
		}
		rows = append(rows, row)
	}
	return []string{cw.MostAlike, cw.AlikeShare}, rows
}

// moreAlike reports whether the tenders of p are more alike than those of best; nil is the least alike.
func moreAlike(p, best *result.Pair) bool {
	index, ok := p.Alike()
	if !ok || best == nil {
		return ok
	}
	most, _ := best.Alike()
	return index > most
}

// htmlSamples is the best clauses for one element.
type htmlSamples struct {
	C         compareLabels
	ID, Title string
	Rows      []htmlSample
}

type htmlSample struct{ ID, Row, Weight, Meta, Title, Where, Quote, Note, Requirement string }

func (p *comparePage) samples(i int, element string) htmlSamples {
	s := htmlSamples{C: p.C, ID: "samples" + strconv.Itoa(i+1), Title: element}
	for _, r := range p.v.of(element) {
		if r.Best == nil {
			continue
		}
		row := htmlSample{
			ID: "best-" + p.ids[r], Row: p.ids[r], Weight: weightClass(r.Duty), Meta: r.Citation, Title: r.Title, Where: p.v.clausePlace(r.Best), Quote: r.Best.Quote,
			Requirement: r.Requirement,
		}
		if !r.Best.Whole {
			row.Note = p.v.cw.BestParts
		}
		s.Rows = append(s.Rows, row)
	}
	return s
}
