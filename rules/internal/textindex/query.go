package textindex

import (
	"cmp"
	"context"
	"errors"
	"math"
	"slices"
	"strings"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/mapping"
	"github.com/blevesearch/bleve/v2/search"
	"github.com/blevesearch/bleve/v2/search/query"
	index "github.com/blevesearch/bleve_index_api"
)

// Query is a question to a Library.
type Query interface{ query(l *Library) query.Query }

// Term asks for a word, or for several that stand together; Prefix for every word that begins with it. An empty Field asks the text, the parts of its
// compounds and its headings.
type Term struct {
	Field, Text string
	Prefix      bool
}

// All asks that every part holds; parts that are Not may not hold.
type All []Query

// Any asks that at least one part holds.
type Any []Query

// Not asks that its part does not hold.
type Not struct{ Of Query }

// Phrase asks for words in a row.
type Phrase struct{ Field, Text string }

// How much a find weighs by where it is made.
const (
	weightText    = 2
	weightParts   = 1
	weightHeading = 0.5
)

func (t Term) query(l *Library) query.Query {
	if t.Field != "" && !Worded(t.Field) {
		return exact(t)
	}
	if t.Field != "" {
		return word(t, 1)
	}
	any := bleve.NewDisjunctionQuery()
	for _, in := range []struct {
		field  string
		weight float64
	}{{FieldText, weightText}, {FieldParts, weightParts}, {FieldHeading, weightHeading}} {
		any.AddQuery(word(Term{in.field, t.Text, t.Prefix}, in.weight))
	}
	return any
}

// Worded reports whether a field holds running text; the others hold exact values.
func Worded(field string) bool {
	return field == FieldText || field == FieldParts || field == FieldHeading
}

func word(t Term, weight float64) query.Query {
	if t.Prefix {
		q := bleve.NewPrefixQuery(withoutMarks(strings.ToLower(t.Text)))
		q.SetField(t.Field)
		q.SetBoost(weight)
		return q
	}
	q := bleve.NewMatchQuery(t.Text)
	q.SetField(t.Field)
	q.SetOperator(query.MatchQueryOperatorAnd)
	q.SetBoost(weight)
	return q
}

// exact asks for a value of a field; it filters and adds nothing to the score.
func exact(t Term) query.Query {
	value := withoutMarks(strings.ToLower(t.Text))
	if t.Prefix {
		q := bleve.NewPrefixQuery(value)
		q.SetField(t.Field)
		q.SetBoost(0)
		return q
	}
	q := bleve.NewTermQuery(value)
	q.SetField(t.Field)
	q.SetBoost(0)
	return q
}

func (p Phrase) query(l *Library) query.Query {
	if p.Field != "" && !Worded(p.Field) {
		return exact(Term{Field: p.Field, Text: p.Text})
	}
	if p.Field != "" && p.Field != FieldText {
		return word(Term{Field: p.Field, Text: p.Text}, 1) // headings are short: all words in one is near enough
	}
	words := l.Words(p.Text)
	if len(words) < 2 {
		return word(Term{Field: FieldText, Text: p.Text}, weightText)
	}
	// The words and pairs only choose, which costs little; the longest word weighs, as it tells the most.
	among := bleve.NewConjunctionQuery()
	longest := words[0].Stem
	for _, w := range words {
		among.AddQuery(term(FieldText, w.Stem, 0))
		if len(w.Stem) > len(longest) {
			longest = w.Stem
		}
	}
	for _, pair := range l.pairsOf(p.Text) {
		among.AddQuery(term(fieldPairs, pair, 0))
	}
	return chosen(term(FieldText, longest, weightText), among)
}

// term asks for a word as it stands in the index.
func term(field, text string, weight float64) query.Query {
	q := bleve.NewTermQuery(text)
	q.SetField(field)
	q.SetBoost(weight)
	return q
}

// unweighed is a question of which the finds only choose: bleve then joins lists of passages whole, without a look at each. The filters of its own boolean
// query look at every passage that the rest finds.
type unweighed struct{ query.Query }

// Searcher is that of the question, without scores.
func (u unweighed) Searcher(ctx context.Context, r index.IndexReader, m mapping.IndexMapping, o search.SearcherOptions) (search.Searcher, error) {
	o.Score, o.Explain, o.IncludeTermVectors = "none", false, false
	return u.Query.Searcher(ctx, r, m, o)
}

// chosen asks for what q finds among what among does; only q is weighed.
func chosen(q, among query.Query) query.Query { return bleve.NewConjunctionQuery(q, unweighed{among}) }

// weighs reports whether a find of q says how good it is; exact values only choose.
func weighs(q Query) bool {
	switch q := q.(type) {
	case Term:
		return q.Field == "" || Worded(q.Field)
	case Phrase:
		return q.Field == "" || Worded(q.Field)
	case All:
		return slices.ContainsFunc(q, weighs)
	case Any:
		return slices.ContainsFunc(q, weighs)
	}
	return false
}

func (a All) query(l *Library) query.Query {
	var must, among, never []query.Query
	for _, part := range a {
		switch not, ok := part.(Not); {
		case ok:
			never = append(never, not.Of.query(l))
		case weighs(part):
			must = append(must, part.query(l))
		default:
			among = append(among, part.query(l))
		}
	}
	var asked query.Query
	switch {
	case len(must) == 0 && len(among) == 0:
		asked = bleve.NewMatchAllQuery()
	case len(must) == 0:
		asked = bleve.NewConjunctionQuery(among...)
	case len(among) == 0:
		asked = bleve.NewConjunctionQuery(must...)
	default:
		asked = chosen(bleve.NewConjunctionQuery(must...), bleve.NewConjunctionQuery(among...))
	}
	if len(never) == 0 {
		return asked
	}
	q := bleve.NewBooleanQuery()
	q.AddMust(asked)
	q.AddMustNot(bleve.NewDisjunctionQuery(never...))
	return q
}

func (a Any) query(l *Library) query.Query {
	q := bleve.NewDisjunctionQuery()
	for _, part := range a {
		q.AddQuery(part.query(l))
	}
	return q
}

func (n Not) query(l *Library) query.Query { return All{n}.query(l) }

// maxWeighed is how many different words a prefix may stand for and still be weighed.
const maxWeighed = 400

// wide reports whether q asks for a prefix that more words begin with than can be weighed.
func (l *Library) wide(q Query) (bool, error) {
	switch q := q.(type) {
	case Term:
		if !q.Prefix {
			return false, nil
		}
		words, err := l.begin(cmp.Or(q.Field, FieldText), withoutMarks(strings.ToLower(q.Text)), maxWeighed+1)
		return words > maxWeighed, err
	case All:
		return l.anyWide(q)
	case Any:
		return l.anyWide(q)
	case Not:
		return l.wide(q.Of)
	}
	return false, nil
}

func (l *Library) anyWide(parts []Query) (bool, error) {
	for _, p := range parts {
		if wide, err := l.wide(p); wide || err != nil {
			return wide, err
		}
	}
	return false, nil
}

// begin counts the different words of a field that begin with prefix, as far as limit.
func (l *Library) begin(field, prefix string, limit int) (n int, err error) {
	words, err := l.index.FieldDictPrefix(field, []byte(prefix))
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, words.Close()) }()
	for n < limit {
		w, err := words.Next()
		if w == nil || err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}

// rounded drops the last digits of a score: bleve adds its parts in no fixed order, so that they differ from run to run.
func rounded(score float64) float64 { return math.Round(score*precision) / precision }

func byScore(a, b Found) int {
	return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Key, b.Key), cmp.Compare(a.Entry, b.Entry))
}
