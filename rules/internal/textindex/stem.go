package textindex

import (
	"sync"

	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/analysis/lang/nl"
	"github.com/blevesearch/bleve/v2/registry"
)

// stemFilter is the Dutch stemmer of bleve, which works out the stem of a word once: tenders repeat a few thousand words, and stemming is a third of the
// work of taking in a text.
const stemFilter = "inkooptoets_stem"

func init() {
	known := &stemming{known: map[string][]byte{}}
	err := registry.RegisterTokenFilter(stemFilter, func(map[string]any, *registry.Cache) (analysis.TokenFilter, error) { return known, nil })
	if err != nil {
		panic(err) // the name is ours
	}
}

// maxStems bounds the words that are remembered.
const maxStems = 1 << 16

type stemming struct {
	nl.DutchStemmerFilter
	mu    sync.RWMutex
	known map[string][]byte // never changed once they are in
}

// Filter stems every word of a text.
func (s *stemming) Filter(in analysis.TokenStream) analysis.TokenStream {
	var fresh analysis.TokenStream
	s.mu.RLock()
	for _, t := range in {
		if stem, ok := s.known[string(t.Term)]; ok {
			t.Term = stem
		} else {
			fresh = append(fresh, t)
		}
	}
	s.mu.RUnlock()
	if len(fresh) == 0 {
		return in
	}
	words := make([]string, len(fresh))
	for i, t := range fresh {
		words[i] = string(t.Term)
	}
	s.DutchStemmerFilter.Filter(fresh)
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.known)+len(fresh) > maxStems {
		clear(s.known)
	}
	for i, t := range fresh {
		s.known[words[i]] = t.Term
	}
	return in
}
