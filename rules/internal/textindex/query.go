package textindex

import (
	"cmp"
	"errors"
	"math"
	"strings"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/search/query"
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
	row := bleve.NewConjunctionQuery(word(Term{Field: FieldText, Text: p.Text}, weightText))
	for _, pair := range l.pairsOf(p.Text) {
		q := bleve.NewTermQuery(pair)
		q.SetField(fieldPairs)
		q.SetBoost(0)
		row.AddQuery(q)
	}
	return row
}

func (a All) query(l *Library) query.Query {
	must, never := bleve.NewConjunctionQuery(), bleve.NewDisjunctionQuery()
	nots := 0
	for _, part := range a {
		if not, ok := part.(Not); ok {
			never.AddQuery(not.Of.query(l))
			nots++
			continue
		}
		must.AddQuery(part.query(l))
	}
	if nots == 0 {
		return must
	}
	q := bleve.NewBooleanQuery()
	if nots == len(a) {
		q.AddMust(bleve.NewMatchAllQuery())
	} else {
		q.AddMust(must)
	}
	q.AddMustNot(never)
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
