package textindex

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/custom"
	"github.com/blevesearch/bleve/v2/analysis/token/lowercase"
	"github.com/blevesearch/bleve/v2/analysis/tokenizer/single"
	unicodetok "github.com/blevesearch/bleve/v2/analysis/tokenizer/unicode"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/mapping"
	"github.com/blevesearch/bleve/v2/registry"
	"github.com/blevesearch/bleve/v2/search/query"
	"golang.org/x/text/unicode/norm"
)

// Library is a full-text index over the passages of many tenders, on disk or in memory. Every change is a whole tender and is either complete or absent
// after an interruption. Close it after use.
type Library struct {
	index  bleve.Index
	stem   analysis.Analyzer
	closed sync.Once
	fault  error // of closing
}

// Exact lists the fields that hold exact values.
var Exact = []string{"municipality", "dossier", "file", "zone", "requirement", "element", "source"}

// Entry is one passage of a tender. Fields holds the values of exact fields.
type Entry struct {
	Text, Parts, Heading string
	Fields               map[string][]string
}

// Record is what is kept with a tender in the index itself: Data says which version of it is in, Entries how many passages.
type Record struct {
	Data    string `json:"data"`
	Entries int    `json:"entries"`
}

// The fields of a passage in which words are looked for. Field names in queries are these or exact ones.
const (
	FieldText    = "text"
	FieldParts   = "parts"
	FieldHeading = "heading"
	fieldPairs   = "pairs"
	fieldTender  = "tender"
)

// ErrBusy says that another program has the index open.
var ErrBusy = errors.New("the index is in use")

// foldFilter takes accents off words, so that "client" finds "cliënt"; positions stay those of the text.
const foldFilter = "inkooptoets_fold"

func init() {
	err := registry.RegisterTokenFilter(foldFilter, func(map[string]any, *registry.Cache) (analysis.TokenFilter, error) { return folding{}, nil })
	if err != nil {
		panic(err) // the name is ours
	}
}

type folding struct{}

// Filter folds every word of a text.
func (folding) Filter(in analysis.TokenStream) analysis.TokenStream {
	for _, t := range in {
		t.Term = []byte(withoutMarks(string(t.Term)))
	}
	return in
}

func withoutMarks(s string) string {
	if !strings.ContainsFunc(s, func(r rune) bool { return r > unicode.MaxASCII }) {
		return s
	}
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, norm.NFD.String(s))
}

// OpenLibrary opens the index in dir, or makes it there. An empty dir makes one in memory. The error is ErrBusy when another program has it open; any other
// error of an index that exists means that it is damaged.
func OpenLibrary(dir string) (*Library, error) {
	m, err := libraryMapping()
	if err != nil {
		return nil, err
	}
	var ix bleve.Index
	switch _, statErr := os.Stat(dir); {
	case dir == "":
		ix, err = bleve.NewUsing("", m, scorch.Name, scorch.Name, nil)
	case errors.Is(statErr, os.ErrNotExist):
		ix, err = bleve.NewUsing(dir, m, scorch.Name, scorch.Name, nil)
	default:
		ix, err = bleve.OpenUsing(dir, map[string]any{"bolt_timeout": "2s"})
	}
	if err != nil && strings.Contains(err.Error(), "timeout") {
		return nil, ErrBusy
	}
	if err != nil {
		return nil, fmt.Errorf("opening the index: %w", err)
	}
	stem := ix.Mapping().AnalyzerNamed(stemmed)
	if stem == nil {
		ix.Close()
		return nil, errors.New("opening the index: it was made in another way")
	}
	return &Library{index: ix, stem: stem}, nil
}

const (
	stemmed = "stem"
	whole   = "whole"
)

func libraryMapping() (*mapping.IndexMappingImpl, error) {
	m := bleve.NewIndexMapping()
	err := m.AddCustomAnalyzer(stemmed, map[string]any{
		"type": custom.Name, "tokenizer": unicodetok.Name, "token_filters": []any{lowercase.Name, foldFilter, stemFilter},
	})
	if err == nil {
		err = m.AddCustomAnalyzer(whole, map[string]any{"type": custom.Name, "tokenizer": single.Name, "token_filters": []any{lowercase.Name, foldFilter}})
	}
	if err != nil {
		return nil, fmt.Errorf("making the index: %w", err)
	}
	doc := bleve.NewDocumentMapping()
	for _, field := range []string{FieldText, FieldParts, FieldHeading} {
		f := bleve.NewTextFieldMapping()
		f.Analyzer, f.Store, f.IncludeInAll, f.DocValues = stemmed, false, false, false
		f.IncludeTermVectors = false // positions would double the index: see pairsOf
		doc.AddFieldMappingsAt(field, f)
	}
	for _, field := range append([]string{fieldTender, fieldPairs}, Exact...) {
		f := bleve.NewTextFieldMapping()
		f.Analyzer, f.Store, f.IncludeInAll, f.DocValues, f.IncludeTermVectors, f.SkipFreqNorm = whole, false, false, false, false, true
		doc.AddFieldMappingsAt(field, f)
	}
	doc.AddSubDocumentMapping("_all", bleve.NewDocumentDisabledMapping())
	doc.Dynamic = false
	m.DefaultMapping = doc
	return m, nil
}

// Put takes in a tender under key in the place of what was there.
func (l *Library) Put(key, data string, entries []Entry) error {
	b := l.index.NewBatch()
	if err := l.clear(b, key, len(entries)); err != nil {
		return err
	}
	for i, e := range entries {
		doc := map[string]any{FieldText: e.Text, FieldParts: e.Parts, FieldHeading: e.Heading, fieldPairs: l.pairsOf(e.Text), fieldTender: short(key)}
		for name, values := range e.Fields {
			doc[name] = values
		}
		if err := b.Index(entryID(key, i), doc); err != nil {
			return fmt.Errorf("indexing passage %d of %s: %w", i, key, err)
		}
	}
	raw, err := json.Marshal(Record{data, len(entries)})
	if err != nil {
		return fmt.Errorf("indexing %s: %w", key, err)
	}
	b.SetInternal(recordKey(key), raw)
	keys, err := l.Keys()
	if err != nil {
		return err
	}
	if at, found := slices.BinarySearch(keys, key); !found {
		if err := setKeys(b, slices.Insert(keys, at, key)); err != nil {
			return err
		}
	}
	if err := l.index.Batch(b); err != nil {
		return fmt.Errorf("indexing %s: %w", key, err)
	}
	return nil
}

// Drop takes a tender out.
func (l *Library) Drop(key string) error {
	b := l.index.NewBatch()
	if err := l.clear(b, key, 0); err != nil {
		return err
	}
	b.DeleteInternal(recordKey(key))
	keys, err := l.Keys()
	if err != nil {
		return err
	}
	if err := setKeys(b, slices.DeleteFunc(keys, func(k string) bool { return k == key })); err != nil {
		return err
	}
	if err := l.index.Batch(b); err != nil {
		return fmt.Errorf("dropping %s from the index: %w", key, err)
	}
	return nil
}

// clear deletes the passages of a tender from number from on; those before it are written anew.
func (l *Library) clear(b *bleve.Batch, key string, from int) error {
	had, _, err := l.Record(key)
	for i := from; i < had.Entries; i++ {
		b.Delete(entryID(key, i))
	}
	return err
}

// Record gives what is kept with a tender; ok is false if it is not in the index.
func (l *Library) Record(key string) (r Record, ok bool, err error) {
	raw, err := l.index.GetInternal(recordKey(key))
	if err != nil || raw == nil {
		return r, false, err
	}
	if err := json.Unmarshal(raw, &r); err != nil {
		return r, false, fmt.Errorf("reading the index: %w", err)
	}
	return r, true, nil
}

var keysKey = []byte("tenders")

// Keys lists the tenders in the index, sorted.
func (l *Library) Keys() ([]string, error) {
	raw, err := l.index.GetInternal(keysKey)
	if err != nil || raw == nil {
		return nil, err
	}
	var keys []string
	if err := json.Unmarshal(raw, &keys); err != nil {
		return nil, fmt.Errorf("reading the index: %w", err)
	}
	return keys, nil
}

func setKeys(b *bleve.Batch, keys []string) error {
	raw, err := json.Marshal(keys)
	if err != nil {
		return fmt.Errorf("writing the index: %w", err)
	}
	b.SetInternal(keysKey, raw)
	return nil
}

func recordKey(key string) []byte { return []byte("tender:" + key) }

// short names a tender inside the index: paths are long, and stand with every passage.
func short(key string) string {
	sum := sha256.Sum256([]byte(key))
	return hex.EncodeToString(sum[:6])
}

func entryID(key string, i int) string { return fmt.Sprintf("%s-%06d", short(key), i) }

// Found is one passage that a question finds: the tender and the number of its entry.
type Found struct {
	Key   string
	Entry int
	Score float64
}

// Find lists the first n passages for q, best first, equal ones in a fixed order, and tells how many there are in all. With keys only these tenders count.
func (l *Library) Find(ctx context.Context, q Query, keys []string, n int) (found []Found, total int, err error) {
	asked := q.query(l)
	if len(keys) > 0 {
		var among []query.Query
		for _, k := range keys {
			among = append(among, term(fieldTender, short(k), 0))
		}
		asked = chosen(asked, bleve.NewDisjunctionQuery(among...))
	}
	every, err := l.Keys()
	if err != nil {
		return nil, 0, err
	}
	names := map[string]string{}
	for _, k := range every {
		names[short(k)] = k
	}
	req := bleve.NewSearchRequestOptions(asked, n+spare, 0, false)
	wide, err := l.wide(q)
	if err != nil {
		return nil, 0, fmt.Errorf("searching: %w", err)
	}
	if wide { // to weigh thousands of words takes seconds, and says nothing: whatever is found stands in the order of the passages
		req.Score = "none"
		req.SortBy([]string{"_id"})
	}
	res, err := l.index.SearchInContext(ctx, req)
	if err != nil {
		return nil, 0, fmt.Errorf("searching: %w", err)
	}
	for _, h := range res.Hits {
		name, number, _ := strings.Cut(h.ID, "-")
		f := Found{Key: names[name], Score: rounded(h.Score)}
		if f.Entry, err = strconv.Atoi(number); err != nil || f.Key == "" {
			return nil, 0, fmt.Errorf("searching: the index gave passage %q, which it does not have", h.ID)
		}
		found = append(found, f)
	}
	slices.SortStableFunc(found, byScore)
	return found[:min(n, len(found))], int(res.Total), nil
}

// Words cuts text into its words as the index knows them, with their places.
func (l *Library) Words(text string) []Word {
	var out []Word
	for _, t := range l.stem.Analyze([]byte(text)) {
		out = append(out, Word{string(t.Term), t.Start, t.End})
	}
	return out
}

// Word is one word of a text: its stem and its byte range.
type Word struct {
	Stem       string
	Start, End int
}

// pairsOf names every two words that stand together in text, so that words in a row can be asked for. The names are short hashes: two pairs may share one, but a
// passage that has the words as well is hardly ever another than was meant.
func (l *Library) pairsOf(text string) []string {
	var out []string
	words := l.Words(text)
	for i := 1; i < len(words); i++ {
		h := fnv.New32a()
		h.Write([]byte(words[i-1].Stem + " " + words[i].Stem))
		sum := h.Sum32()
		if name := strconv.FormatUint(uint64((sum>>20^sum)&0xfff), 36); !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	return out
}

// Size is how many passages are in the index.
func (l *Library) Size() (int, error) {
	n, err := l.index.DocCount()
	return int(n), err //nolint:gosec // a number of passages
}

// Close writes what is left and frees the index. It may be called more than once.
func (l *Library) Close() error {
	l.closed.Do(func() { l.fault = l.index.Close() })
	return l.fault
}
