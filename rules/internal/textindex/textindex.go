// Package textindex finds the passages of a dossier that come closest to a question in words. It is the only package that knows bleve. It helps a reader
// look; it never decides a verdict.
package textindex

import (
	"context"
	"fmt"
	"strconv"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/custom"
	"github.com/blevesearch/bleve/v2/analysis/lang/nl"
	"github.com/blevesearch/bleve/v2/analysis/token/lowercase"
	"github.com/blevesearch/bleve/v2/analysis/tokenizer/unicode"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/mapping"
	"github.com/blevesearch/bleve/v2/search/query"
)

// Passage is a text with the headings above it.
type Passage struct {
	Text, Heading string
}

// Index is an in-memory index over the passages of one dossier. Close it after use.
type Index struct{ index bleve.Index }

// New indexes passages; results refer to their index in the slice.
func New(passages []Passage) (*Index, error) {
	m, err := newMapping()
	if err != nil {
		return nil, err
	}
	// scorch in memory: NewMemOnly would take the old store, which is 5-10 times slower
	ix, err := bleve.NewUsing("", m, scorch.Name, scorch.Name, nil)
	if err != nil {
		return nil, fmt.Errorf("making the text index: %w", err)
	}
	b := ix.NewBatch()
	for i, p := range passages {
		// ids sort as numbers, so that equal scores keep the order of the text
		if err := b.Index(fmt.Sprintf("%08d", i), map[string]any{"stem": p.Text, "exact": p.Text, "heading": p.Heading}); err != nil {
			return nil, fmt.Errorf("indexing passage %d: %w", i, err)
		}
	}
	if err := ix.Batch(b); err != nil {
		return nil, fmt.Errorf("indexing %d passages: %w", len(passages), err)
	}
	return &Index{ix}, nil
}

// newMapping stems without a stop filter: bleve's own Dutch analyzer drops niet, geen, moet and kan.
func newMapping() (*mapping.IndexMappingImpl, error) {
	m := bleve.NewIndexMapping()
	for name, filters := range map[string][]any{
		"stem":  {lowercase.Name, nl.SnowballStemmerName},
		"exact": {lowercase.Name},
	} {
		if err := m.AddCustomAnalyzer(name, map[string]any{"type": custom.Name, "tokenizer": unicode.Name, "token_filters": filters}); err != nil {
			return nil, fmt.Errorf("making the text index: %w", err)
		}
	}
	doc := bleve.NewDocumentMapping()
	for field, analyzer := range map[string]string{"stem": "stem", "exact": "exact", "heading": "stem"} {
		f := bleve.NewTextFieldMapping()
		f.Analyzer, f.Store, f.IncludeInAll = analyzer, false, false
		doc.AddFieldMappingsAt(field, f)
	}
	m.DefaultMapping = doc
	return m, nil
}

// Nearest lists at most n passages, closest first; equal scores in the order of the text. The words of the subject weigh more than the other words.
func (ix *Index) Nearest(ctx context.Context, subject, other string, n int) ([]int, error) {
	var any []query.Query
	for _, f := range []struct {
		name, words string
		boost       float64
	}{{"exact", subject, 4}, {"stem", subject, 2}, {"heading", subject, 1}, {"exact", other, 1}, {"stem", other, 0.5}} {
		q := bleve.NewMatchQuery(f.words)
		q.SetField(f.name)
		q.SetBoost(f.boost)
		any = append(any, q)
	}
	req := bleve.NewSearchRequestOptions(bleve.NewDisjunctionQuery(any...), n, 0, false)
	req.SortBy([]string{"-_score", "_id"})
	res, err := ix.index.SearchInContext(ctx, req)
	if err != nil {
		return nil, fmt.Errorf("searching nearest passages: %w", err)
	}
	var out []int
	for _, h := range res.Hits {
		i, err := strconv.Atoi(h.ID)
		if err != nil {
			return nil, fmt.Errorf("text index gave id %q: %w", h.ID, err)
		}
		out = append(out, i)
	}
	return out, nil
}

// Close frees the index.
func (ix *Index) Close() error { return ix.index.Close() }
