// Package review reads a draft for what must be mended before it is published: references to what no longer exists, articles that are not in the law,
// fields left open, annexes that are not there, two numbers for one subject, an award that goes by price alone. Dossier and catalogue in, findings out. It
// does not know what a requirement demands or whether it is covered, opens no files and prints nothing.
package review

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"inkooptoets/extract/dossier"
	"inkooptoets/rules/phrase"
	"inkooptoets/rules/result"
	"inkooptoets/seeds"
)

// Options steer one review. The zero value judges at no date: whatever has a successor is outdated.
type Options struct {
	Date      string                        // reference date, YYYY-MM-DD
	Sole      string                        // the only law the tender is about: "wmo", "jeugdwet"; empty if both or unknown
	Fold      func(text string) phrase.Text // gives the folded text of a block; nil: phrase.Fold
	Procedure string                        // "aanbesteding", "toelating", "subsidie"; empty if unknown
	Variant   string                        // the way of commissioning, if there is just one: "outputgericht"
}

// check is one reader of the draft with the kinds of finding it can give.
type check struct {
	ids []string // in seeds/findings.yaml
	run func(r *Reviewer, t *tender) []result.Finding
}

// checks lists every reader; a new one is one file and one line.
var checks = []check{
	{[]string{"c-outdated", "c-wording"}, outdated},
	{[]string{"c-article"}, citedArticles},
	{[]string{"c-subject"}, citedSubjects},
	{[]string{"c-contradiction"}, contradictions},
	{[]string{"c-price-only"}, priceOnly},
	{[]string{"c-award"}, awardCriteria},
	{[]string{"c-certificate"}, certificates},
	{[]string{"c-suitability"}, thresholds},
	{[]string{"c-vision"}, visionDemands},
	{[]string{"c-subcontractor"}, subcontractors},
	{[]string{"c-variant"}, variantMismatch},
	{[]string{"c-clm"}, contractManagement},
	{[]string{"c-placeholder", "c-instruction", "c-filler", "c-reference"}, leftovers},
	{[]string{"c-tracked", "c-comment"}, tracked},
	{[]string{"c-annex", "c-unnamed"}, completeness},
	{[]string{"c-duplicate"}, duplicates},
	{[]string{"c-numbering"}, numbering},
	{[]string{"c-empty"}, emptyHeadings},
}

// Reviewer holds the catalogue and what the checks compiled from it. It is safe for concurrent use.
type Reviewer struct {
	catalogue *seeds.Catalogue
	kinds     map[string]seeds.Check
	matcher   *phrase.Matcher
	history   words
	oldNames  []oldName
	oldWords  words // all their patterns
	laws      map[string]seeds.Law
	lawNames  []lawName
	subjects  []subject
	left      leftoverWords
	figures   figures
	parts     []words          // as in parts
	lists     map[string]words // by id of procurement.yaml
}

// New prepares the checks. The error joins every fault in their phrases, with file and line.
func New(c *seeds.Catalogue) (*Reviewer, error) {
	r := &Reviewer{catalogue: c, kinds: map[string]seeds.Check{}}
	for _, k := range c.Checks {
		r.kinds[k.ID] = k
	}
	var b builder
	r.compileOutdated(&b)
	r.compileCitations(&b)
	r.compileLeftovers(&b)
	r.compileProcurement(&b)
	r.compileFigures(&b)
	r.compileParts(&b)
	if err := errors.Join(b.faults...); err != nil {
		return nil, err
	}
	var err error
	r.matcher, err = b.phrases.Compile()
	return r, err
}

// words is a set of phrases.
type words map[phrase.ID]bool

// builder collects the phrases of all checks.
type builder struct {
	phrases phrase.Builder
	faults  []error
}

// add registers phrases; place ("outdated.yaml:12: name wbp") opens the message about one that is wrong.
func (b *builder) add(place string, phrases []string) words {
	w := words{}
	for _, p := range phrases {
		id, err := b.phrases.Add(p)
		if err != nil {
			b.faults = append(b.faults, fmt.Errorf("%s: %w", place, err))
			continue
		}
		w[id] = true
	}
	return w
}

// tender is what a check sees: the dossier with zones, and every block with text, folded, with the hits of all phrases in it.
type tender struct {
	dossier.Dossier
	Options
	texts []text
	cites []cited
	// absent is what the tender names and does not hold.
	absent []Absent
	// forms and asks remember which headings announce a form and which labels ask bidders for something.
	forms, asks map[string]bool
}

// text is a block as the checks read it.
type text struct {
	doc   *dossier.Document
	block *dossier.Block
	fold  phrase.Text
	hits  []phrase.Hit
	// folded is the text as names are compared, once somebody asked for it (see foldName).
	folded string
}

func (r *Reviewer) read(d dossier.Dossier, o Options) *tender {
	t := &tender{Dossier: d, Options: o, forms: map[string]bool{}, asks: map[string]bool{}}
	for i := range d.Documents {
		doc := &d.Documents[i]
		for j := range doc.Blocks {
			if b := &doc.Blocks[j]; b.Text != "" {
				fold := o.Fold(b.Text)
				t.texts = append(t.texts, text{doc: doc, block: b, fold: fold, hits: r.matcher.Match(fold)})
			}
		}
	}
	return t
}

// finding makes a finding about the bytes start to end of x. Its severity follows from the id.
func (x text) finding(id string, start, end int, message string) result.Finding {
	return result.Finding{ID: id, Message: message, File: x.doc.Path, Page: x.block.Loc.Page, Block: x.block.Loc.Block, Quote: x.block.Text, Start: start, End: end}
}

// Outcome is what a review gives.
type Outcome struct {
	Findings  []result.Finding  // sorted by file and block
	Citations []result.Citation // every one, sorted by file and block
	Absent    []Absent          // in the order in which the tender names it
}

// Review reads d, which has zones, and checks it.
func (r *Reviewer) Review(d dossier.Dossier, o Options) Outcome {
	x := r.Read(d, o.Fold)
	x.Survey(o)
	return x.Check()
}

// Reading is a draft on its way through a review, for those who have other work to do beside it: read, surveyed, checked.
type Reading struct {
	r *Reviewer
	t *tender
}

// Read reads d, which has zones. Fold is that of Options.
func (r *Reviewer) Read(d dossier.Dossier, fold func(text string) phrase.Text) *Reading {
	if fold == nil {
		fold = phrase.Fold
	}
	return &Reading{r, r.read(d, Options{Fold: fold})}
}

// Survey finds what the draft cites, and gives what it names and does not hold, in the order in which it does. The Fold of o does not count any more.
func (x *Reading) Survey(o Options) []Absent {
	o.Fold = x.t.Fold
	x.t.Options = o
	x.t.cites = x.r.citations(x.t)
	x.t.absent = x.r.missing(x.t)
	return x.t.absent
}

// Check runs every check on a draft that was surveyed.
func (x *Reading) Check() Outcome {
	r, t := x.r, x.t
	out := []result.Finding{}
	for _, c := range checks {
		if !r.has(c) {
			continue
		}
		for _, f := range c.run(r, t) {
			f.Severity = cmp.Or(f.Severity, r.kinds[f.ID].Severity)
			out = append(out, f)
		}
	}
	slices.SortStableFunc(out, func(a, b result.Finding) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Block, b.Block), cmp.Compare(a.Start, b.Start), cmp.Compare(a.ID, b.ID), cmp.Compare(a.Rule, b.Rule))
	})
	return Outcome{out, r.listed(t), t.absent}
}

// has reports whether the catalogue knows any of the findings of c; one of a person's own folder need not have them all.
func (r *Reviewer) has(c check) bool {
	return slices.ContainsFunc(c.ids, func(id string) bool { _, ok := r.kinds[id]; return ok })
}
