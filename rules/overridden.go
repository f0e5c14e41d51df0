package rules

import (
	"slices"
	"strings"

	"inkooptoets/rules/result"
)

// judgeNow judges c on the text of now. What passages showed that no longer stand is kept beside the verdict.
func (ev *Evaluator) judgeNow(c *compiled, views []view) verdict {
	gone := func(v view) bool { return v.p.later != nil }
	if !slices.ContainsFunc(views, gone) {
		return ev.judge(c, views)
	}
	old := slices.DeleteFunc(slices.Clone(views), func(v view) bool { return !gone(v) })
	v := ev.judge(c, slices.DeleteFunc(slices.Clone(views), gone))
	for _, t := range ev.judge(c, old).traces {
		if t.shows != result.Mentioned && t.p.shown == nil || v.silent() {
			v.old = append(v.old, t)
		}
	}
	slices.SortStableFunc(v.old, func(a, b trace) int { return rank[a.shows] - rank[b.shows] })
	return v
}

// maxOverridden bounds the passages that no longer stand that a row shows.
const maxOverridden = 2

// withOverridden adds what no longer stands to the evidence, behind the passages that changed it. For a gap they are what the reader must see first.
func (v verdict) withOverridden(found []result.Evidence, s result.Status) []result.Evidence {
	var pairs []result.Evidence
	at := func(e result.Evidence) func(result.Evidence) bool {
		return func(x result.Evidence) bool { return x.File == e.File && x.Block == e.Block }
	}
	kept := found
	for _, t := range v.old[:min(maxOverridden, len(v.old))] {
		by := quote(t.p.later.by, t.p.later.mark)
		by.Lacks = t.p.later.does(t.p)
		old := t.quote()
		old.Shows, old.Lacks, old.OverriddenBy = t.shows, t.p.later.lacks(), t.p.later.by.doc.Path
		if slices.ContainsFunc(pairs, at(old)) {
			continue
		}
		if i := slices.IndexFunc(kept, t.p.later.gives); i >= 0 { // the new text is evidence itself
			by = kept[i]
		}
		kept = slices.DeleteFunc(slices.Clone(kept), at(by))
		if !slices.ContainsFunc(pairs, at(by)) {
			pairs = append(pairs, by)
		}
		pairs = append(pairs, old)
	}
	if len(pairs) == 0 {
		return found
	}
	kept = kept[:min(len(kept), max(maxEvidence-len(pairs), 0))]
	if s.Gap() || len(kept) == 0 || pairs[0].Shows == s {
		return append(pairs, kept...)
	}
	return append(slices.Clone(kept), pairs...)
}

// gives reports whether evidence is a passage of the change.
func (a *amendment) gives(e result.Evidence) bool {
	return slices.ContainsFunc(a.text, func(p *passage) bool {
		q := p.place()
		return q.doc.Path == e.File && q.block.Loc.Block == e.Block
	})
}

// does says in Dutch what the change does to p.
func (a *amendment) does(p *passage) string {
	what := a.what
	if what == "" {
		what = "de tekst"
	}
	switch a.how {
	case lapsed:
		return "laat " + what + " uit " + p.doc.Path + " vervallen"
	case changed:
		return "wijzigt " + what + " uit " + p.doc.Path
	}
	return "vervangt " + what + " uit " + p.doc.Path
}

// lacks says in Dutch why a passage that was changed no longer counts.
func (a *amendment) lacks() string {
	by := " door " + a.by.doc.Path
	switch a.how {
	case lapsed:
		return "vervallen" + by
	case changed:
		return "gewijzigd" + by
	}
	return "vervangen" + by
}

// amended adds to the reason of a row which later text counts.
func (v verdict) amended(reason string) string {
	if len(v.old) == 0 {
		return reason
	}
	a, p := v.old[0].p.later, v.old[0].p
	return strings.TrimSuffix(reason, ".") + "; de latere tekst telt: " + a.by.doc.Path + " " + a.does(p) + "."
}

// place is the passage that is shown for p.
func (p *passage) place() *passage {
	if p.shown != nil {
		return p.shown
	}
	return p
}

// quote shows the passage of a trace: of a text that a later document changed in part, the words that changed it.
func (t trace) quote() result.Evidence {
	if t.p.shown != nil {
		return quote(t.p.shown, t.p.shownMark)
	}
	return quote(t.p, t.mark)
}
