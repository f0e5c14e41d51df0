package rules

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"inkooptoets/rules/phrase"
	"inkooptoets/rules/result"
)

// Fault is something wrong with a recogniser that does not stop it from loading.
type Fault struct {
	File    string
	Line    int
	Message string
}

// String writes the fault as file:line: message.
func (f Fault) String() string { return fmt.Sprintf("%s:%d: %s", f.File, f.Line, f.Message) }

// minCovered and minMissing are how many examples prove a recogniser at least.
const (
	minCovered = 2
	minMissing = 2
)

// Lint reports recognisers that prove too little or that are likely to hit too much.
func (ev *Evaluator) Lint() []Fault {
	var out []Fault
	for _, c := range ev.compiled {
		if c.req.Manual != "" {
			continue
		}
		fault := func(format string, args ...any) {
			out = append(out, Fault{c.rec.File, c.rec.Line, fmt.Sprintf("requirement %q: %s", c.req.ID, fmt.Sprintf(format, args...))})
		}
		e := c.rec.Examples
		if len(e.Covered) < minCovered {
			fault("%d covered examples, want at least %d", len(e.Covered), minCovered)
		}
		if len(e.Missing) < minMissing {
			fault("%d missing examples, want at least %d", len(e.Missing), minMissing)
		}
		if len(c.aspects) > 1 && len(e.Partial) == 0 {
			fault("no partial example, although it has aspects")
		}
		for _, text := range repeated(e) {
			fault("example stands twice: %.60q", text)
		}
		for _, p := range masksSubject(c.rec) {
			fault("not or veto %q takes away the subject itself: words in brackets are optional", p)
		}
		for _, p := range c.rec.Strong {
			if len(strings.Fields(p)) == 1 && !strings.Contains(p, "@") && len(strings.Trim(p, "*")) < 5 {
				fault("strong %q is too short to stand alone", p)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b Fault) int { return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line)) })
	return out
}

func repeated(e Examples) []string {
	seen := map[string]result.Status{}
	var out []string
	for _, set := range e.all() {
		for _, t := range set.texts {
			t = strings.Join(strings.Fields(t), " ")
			if _, ok := seen[t]; ok {
				out = append(out, t)
			}
			seen[t] = set.want
		}
	}
	return out
}

// masksSubject lists the phrases of not and veto that have a subject phrase among their readings.
func masksSubject(r Recogniser) []string {
	subject := map[string]bool{}
	for _, p := range r.Subject {
		for _, reading := range phrase.Readings(p) {
			subject[reading] = true
		}
	}
	var out []string
	for _, p := range slices.Concat(r.Not, r.Veto) {
		if slices.ContainsFunc(phrase.Readings(p), func(reading string) bool { return subject[reading] }) {
			out = append(out, p)
		}
	}
	return out
}
