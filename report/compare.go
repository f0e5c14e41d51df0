package report

import (
	"cmp"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strings"

	"inkooptoets/rules/result"
)

// compareFormats are the forms of a comparison, the default first.
var compareFormats = formats[result.Comparison]{
	{"table", writeCompareTable},
	{"html", writeCompareHTML},
	{"xlsx", writeCompareXLSX},
	{"csv", writeCompareCSV},
	{"json", func(w io.Writer, c result.Comparison, _ Options) error { return result.EncodeComparison(w, c) }},
}

// CompareNames lists the names of the formats of a comparison, the default first.
func CompareNames() []string { return compareFormats.names() }

// WriteComparison writes c to w in the named format; an empty name is the default one.
func WriteComparison(w io.Writer, format string, c result.Comparison, o Options) error {
	return compareFormats.to(w, format, "a comparison", c, o)
}

// compareView is a comparison with its texts made fit to show.
type compareView struct {
	result.Comparison
	ws     *words
	cw     compareWords
	source map[string]result.Source
	byID   map[string]*result.ComparedRequirement
}

func compareViewOf(c result.Comparison, lang string) compareView {
	v := compareView{Comparison: cleanCopy(reflect.ValueOf(c)).Interface().(result.Comparison), ws: languages[lang], cw: compareLanguages[lang]}
	v.source, v.byID = map[string]result.Source{}, map[string]*result.ComparedRequirement{}
	for _, s := range v.Sources {
		v.source[s.ID] = s
	}
	for i := range v.Requirements {
		r := &v.Requirements[i]
		v.byID[r.Requirement] = r
		if s := v.source[r.Source]; s.Name == "" {
			s.Name, _, _ = strings.Cut(r.Citation, ", ")
			v.source[r.Source] = s
		}
	}
	return v
}

func (v compareView) sourceName(id string) string { return cmp.Or(v.source[id].Name, id) }

func (v compareView) subject() string {
	return fmt.Sprintf(v.cw.Subject, len(v.Tenders), len(v.Requirements))
}

func (v compareView) head() string {
	return fmt.Sprintf(v.cw.Head, strings.Join(v.Dates, ", "), v.Catalogue)
}

// cautions are what a reader must know before the first figure.
func (v compareView) cautions() []string {
	var out []string
	if len(v.Dates) > 1 {
		out = append(out, fmt.Sprintf(v.cw.OtherDates, strings.Join(v.Dates, ", ")))
	}
	for _, t := range v.Tenders {
		if t.Unread > 0 {
			out = append(out, fmt.Sprintf(v.cw.Unread, t.Name, t.Unread, t.Documents))
		}
	}
	return out
}

// rateName is what a rate is of.
func (v compareView) rateName(r result.Rate) string {
	switch r.By {
	case "weight":
		return cmp.Or(v.cw.Weights[result.Duty(r.Key)], r.Key)
	case "element":
		return cmp.Or(v.cw.Weights[r.Weight], string(r.Weight)) + ": " + r.Key
	}
	kind := v.cw.Kinds[v.source[r.Key].Kind]
	if kind == "" {
		return v.sourceName(r.Key)
	}
	return kind + ": " + v.sourceName(r.Key)
}

// ratesBy lists the kinds of rates in reading order.
var ratesBy = []string{"weight", "element", "source"}

func (v compareView) rates(by string) []result.Rate {
	var out []result.Rate
	for _, r := range v.Rates {
		if r.By == by {
			out = append(out, r)
		}
	}
	return out
}

// elements lists the elements that occur, in the usual order, and what else a stranger's run calls one.
func (v compareView) elements() []string {
	var out []string
	for _, e := range htmlElements {
		if slices.ContainsFunc(v.Requirements, func(r result.ComparedRequirement) bool { return r.Element == e }) {
			out = append(out, e)
		}
	}
	for _, r := range v.Requirements {
		if !slices.Contains(out, r.Element) {
			out = append(out, r.Element)
		}
	}
	return out
}

// of lists the requirements of an element.
func (v compareView) of(element string) []*result.ComparedRequirement {
	var out []*result.ComparedRequirement
	for i := range v.Requirements {
		if r := &v.Requirements[i]; r.Element == element {
			out = append(out, r)
		}
	}
	return out
}

// weight is the class of a requirement in rates and filters.
func weight(d result.Duty) result.Duty {
	if d == result.Municipal {
		return result.Statutory
	}
	return d
}

// label is shape and word of a status in a cell; the empty one stands for a requirement that was not judged.
func (v compareView) label(s result.Status) string {
	if s == "" {
		return notJudgedShape + " " + v.cw.NotJudged
	}
	return v.ws.label(s)
}

// notJudgedShape stands where a tender was not judged by a requirement, mostly because the framework was not chosen.
const notJudgedShape = "·"

func shapeOf(s result.Status) string {
	if s == "" {
		return notJudgedShape
	}
	return cmp.Or(shapes[s], "?")
}

// alone counts what one tender only asks.
func (v compareView) alone() int {
	n := 0
	for _, t := range v.Tenders {
		n += len(t.Alone)
	}
	return n
}

// best lists the requirements that have a clause to learn from.
func (v compareView) best() []result.ComparedRequirement {
	var out []result.ComparedRequirement
	for _, r := range v.Requirements {
		if r.Best != nil {
			out = append(out, r)
		}
	}
	return out
}

// clausePlace says whose clause it is and where it stands.
func (v compareView) clausePlace(c *result.Clause) string {
	return fmt.Sprintf(v.cw.BestBy, c.Tender, place(c.File, c.Page, c.Path, v.ws))
}

// alikeFirst gives the pairs of which it can be told, the most alike first and of equals the one that rests on most; and those of which it cannot.
func (v compareView) alikeFirst() (told, untold []result.Pair) {
	for _, p := range v.Pairs {
		if _, ok := p.Alike(); ok {
			told = append(told, p)
			continue
		}
		untold = append(untold, p)
	}
	slices.SortStableFunc(told, func(a, b result.Pair) int {
		x, _ := a.Alike()
		y, _ := b.Alike()
		return cmp.Or(cmp.Compare(y, x), cmp.Compare(b.Either, a.Either))
	})
	return told, untold
}

func one(b bool) int {
	if b {
		return 1
	}
	return 0
}
