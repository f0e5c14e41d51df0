package rules

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"inkooptoets/extract/dossier"
	"inkooptoets/rules/internal/textindex"
	"inkooptoets/rules/phrase"
	"inkooptoets/rules/result"
)

// neighbours finds passages by their words. Its index is made beside the judging, which does not need it.
type neighbours struct {
	made     chan struct{} // closed when index is made, or fault says why not
	index    *textindex.Index
	fault    error
	passages []*passage // by number in the index
}

// gap is a row that is shown with the passages nearest to it.
type gap struct {
	row int
	c   *compiled
	v   verdict
}

// minNearest is the number of words below which a passage tells a reader nothing.
const minNearest = 5

// indexing starts to take in the passages that can tell a reader something: no headings, no table of contents, no scraps. Nothing is taken in when no nearest
// passages are asked for.
func indexing(passages []*passage, nearest int) *neighbours {
	n := &neighbours{made: make(chan struct{})}
	if nearest <= 0 {
		close(n.made)
		return n
	}
	var docs []textindex.Passage
	for _, p := range passages {
		if p.block.Kind == dossier.Heading || p.zone == dossier.ZoneTOC || len(p.own.fold.Tokens) < minNearest {
			continue
		}
		n.passages = append(n.passages, p)
		docs = append(docs, textindex.Passage{Text: p.own.text, Heading: strings.Join(p.block.Path, " ")})
	}
	go func() {
		defer close(n.made)
		n.fault = caught(func() (err error) {
			n.index, err = textindex.New(docs)
			return err
		})
	}()
	return n
}

// close waits for the index and frees it.
func (n *neighbours) close() {
	<-n.made
	if n.index != nil {
		n.index.Close()
	}
}

// maxSubject bounds the words of a question to the index: recognisers with many ways of saying it would make it slow and no better.
const maxSubject = 16

// subjectWords lists the distinct words of the subject, in the order of the recogniser.
func (ev *Evaluator) subjectWords(c *compiled) []string {
	var out []string
	for _, id := range c.subject {
		for w := range strings.FieldsSeq(phrase.Words(ev.matcher.Phrase(id))) {
			if len(out) < maxSubject && !slices.Contains(out, w) {
				out = append(out, w)
			}
		}
	}
	return out
}

// fillNearest adds to every gap the n passages closest to it, with what each lacks, without those that are evidence already.
func (ev *Evaluator) fillNearest(ctx context.Context, near *neighbours, rows []result.Row, gaps []gap, n int) error {
	if n <= 0 {
		return nil
	}
	<-near.made
	if near.fault != nil {
		return near.fault
	}
	err := each(len(gaps), minShare, func(i int) error {
		q := gaps[i]
		row := &rows[q.row]
		found, err := near.index.Nearest(ctx, strings.Join(ev.subjectWords(q.c), " "), q.c.req.Title, n+len(row.Evidence))
		if err == nil {
			row.Nearest = ev.nearest(near, q, *row, found, n)
		}
		return err
	})
	if err != nil {
		return cmp.Or(ctx.Err(), err) // the same for every question when the caller has stopped
	}
	return nil
}

// nearest shows the first n of the passages found for a gap.
func (ev *Evaluator) nearest(near *neighbours, q gap, row result.Row, found []int, n int) []result.Evidence {
	out := []result.Evidence{}
	for _, i := range found {
		p := near.passages[i]
		shown := slices.ContainsFunc(row.Evidence, func(e result.Evidence) bool { return e.File == p.doc.Path && e.Block == p.block.Loc.Block })
		if shown || len(out) == n {
			continue
		}
		e := quote(p, mark{})
		e.Lacks = ev.lacks(q.c, p, q.v)
		out = append(out, e)
	}
	return out
}
