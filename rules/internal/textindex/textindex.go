// Package textindex finds the passages of a dossier that come closest to a question in words. It is the only package that knows bleve. It helps a reader
// look; it never decides a verdict.
package textindex

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/custom"
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
		if err := b.Index(fmt.Sprintf("%08d", i), map[string]any{"text": p.Text, "heading": p.Heading}); err != nil {
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
	const stem = "stem"
	filters := []any{lowercase.Name, stemFilter}
	if err := m.AddCustomAnalyzer(stem, map[string]any{"type": custom.Name, "tokenizer": unicode.Name, "token_filters": filters}); err != nil {
		return nil, fmt.Errorf("making the text index: %w", err)
	}
	doc := bleve.NewDocumentMapping()
	for _, field := range []string{"text", "heading"} {
		f := bleve.NewTextFieldMapping()
		f.Analyzer, f.Store, f.IncludeInAll, f.DocValues, f.IncludeTermVectors = stem, false, false, false, false
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
	}{{"text", subject, 4}, {"heading", subject, 1}, {"text", other, 1}} {
		q := bleve.NewMatchQuery(telling(f.words))
		q.SetField(f.name)
		q.SetBoost(f.boost)
		any = append(any, q)
	}
	req := bleve.NewSearchRequestOptions(bleve.NewDisjunctionQuery(any...), n+spare, 0, false)
	res, err := ix.index.SearchInContext(ctx, req)
	if err != nil {
		return nil, fmt.Errorf("searching nearest passages: %w", err)
	}
	type hit struct {
		passage int
		score   float64
	}
	var hits []hit
	for _, h := range res.Hits {
		i, err := strconv.Atoi(h.ID)
		if err != nil {
			return nil, fmt.Errorf("text index gave id %q: %w", h.ID, err)
		}
		hits = append(hits, hit{i, math.Round(h.Score * precision)})
	}
	// bleve adds the parts of a score in no fixed order, so that its last digits differ from run to run
	slices.SortFunc(hits, func(a, b hit) int { return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.passage, b.passage)) })
	var out []int
	for _, h := range hits[:min(n, len(hits))] {
		out = append(out, h.passage)
	}
	return out, nil
}

// common are words that stand in nearly every passage: asking for them costs the most and tells the least. Words of denial are not among them.
var common = func() map[string]bool {
	out := map[string]bool{}
	for w := range strings.FieldsSeq("de het een en of van in op te voor met aan bij door dat die is zijn wordt worden om uit als er ook tot naar over per hun haar zich deze dit") {
		out[w] = true
	}
	return out
}()

// telling leaves the common words out.
func telling(words string) string {
	return strings.Join(slices.DeleteFunc(strings.Fields(words), func(w string) bool { return common[strings.ToLower(w)] }), " ")
}

// spare is how many passages more than asked for are looked at, so that equal scores at the end of the list are put in order too; precision is what of a
// score counts.
const (
	spare     = 12
	precision = 1e6
)

// Close frees the index.
func (ix *Index) Close() error { return ix.index.Close() }
