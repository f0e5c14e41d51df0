// Package review reads a draft for what must be mended before it is published: references to what no longer exists, articles that are not in the law,
// fields left open, annexes that are not there. Dossier and catalogue in, findings out. It does not know what a requirement demands or whether it is
// covered, opens no files and prints nothing.
package review

import (
	"cmp"
	"slices"

	"inkooptoets/extract/dossier"
	"inkooptoets/rules/phrase"
	"inkooptoets/rules/result"
	"inkooptoets/seeds"
)

// Options steer one review. The zero value judges at no date: whatever has a successor is outdated.
type Options struct {
	Date string                        // reference date, YYYY-MM-DD
	Sole string                        // the only law the tender is about: "wmo", "jeugdwet"; empty if both or unknown
	Fold func(text string) phrase.Text // gives the folded text of a block; nil: phrase.Fold
}

// check is one reader of the draft with the kinds of finding it can give.
type check struct {
	ids []string // in seeds/findings.yaml
	run func(r *Reviewer, t *tender) []result.Finding
}

// checks lists every reader; a new one is one file and one line.
var checks = []check{}

// Reviewer holds the catalogue and what the checks compiled from it. It is safe for concurrent use.
type Reviewer struct {
	catalogue *seeds.Catalogue
	kinds     map[string]seeds.Check
}

// New prepares the checks. The error joins every fault.
func New(c *seeds.Catalogue) (*Reviewer, error) {
	r := &Reviewer{catalogue: c, kinds: map[string]seeds.Check{}}
	for _, k := range c.Checks {
		r.kinds[k.ID] = k
	}
	return r, nil
}

// tender is what a check sees: the dossier with zones, and the same text folded.
type tender struct {
	dossier.Dossier
	Options
}

// eachBlock calls f for every block with text, in order.
func (t *tender) eachBlock(f func(doc *dossier.Document, b *dossier.Block)) {
	for i := range t.Documents {
		doc := &t.Documents[i]
		for j := range doc.Blocks {
			if doc.Blocks[j].Text != "" {
				f(doc, &doc.Blocks[j])
			}
		}
	}
}

// at makes a finding about the bytes start to end of a block. Severity follows from the id.
func at(id string, doc *dossier.Document, b *dossier.Block, start, end int, message string) result.Finding {
	return result.Finding{ID: id, Message: message, File: doc.Path, Page: b.Loc.Page, Block: b.Loc.Block, Quote: b.Text, Start: start, End: end}
}

// Review gives the findings about d, which has zones, sorted by file and block.
func (r *Reviewer) Review(d dossier.Dossier, o Options) []result.Finding {
	if o.Fold == nil {
		o.Fold = phrase.Fold
	}
	t := &tender{Dossier: d, Options: o}
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
	return out
}

// has reports whether the catalogue knows any of the findings of c; one of a person's own folder need not have them all.
func (r *Reviewer) has(c check) bool {
	return slices.ContainsFunc(c.ids, func(id string) bool { _, ok := r.kinds[id]; return ok })
}
