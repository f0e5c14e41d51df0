package rules

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"inkooptoets/extract/dossier"
	"inkooptoets/rules/result"
	"inkooptoets/seeds"
)

// ExampleResult is the outcome of one example of a recogniser.
type ExampleResult struct {
	Requirement string
	Aspect      string // set for an example of one aspect: Want and Got are its status
	Want, Got   result.Status
	Text        string
	File        string
	Line        int    // of the recogniser
	Why         string // the reason the evaluator gave, and the passage that decided
}

// OK reports whether the example got the status it must get.
func (r ExampleResult) OK() bool { return r.Want == r.Got }

// RunExamples runs the examples of the named requirements, or of all, through the same steps as Evaluate. The profile of an example is that of a tender to
// which the requirement applies, on a day on which it is in force.
func (ev *Evaluator) RunExamples(ctx context.Context, ids ...string) ([]ExampleResult, error) {
	var out []ExampleResult
	for _, c := range ev.compiled {
		if len(ids) > 0 && !slices.Contains(ids, c.req.ID) {
			continue
		}
		for _, set := range c.rec.Examples.all() {
			for _, text := range set.texts {
				r, _, err := ev.runExample(ctx, c, set.want, text)
				if err != nil {
					return nil, err
				}
				out = append(out, r)
			}
		}
		aspects, err := ev.runAspectExamples(ctx, c)
		if err != nil {
			return nil, err
		}
		out = append(out, aspects...)
	}
	return out, nil
}

// runAspectExamples runs the examples of single aspects; the aspect must bind, the rest of the requirement may lack.
func (ev *Evaluator) runAspectExamples(ctx context.Context, c *compiled) ([]ExampleResult, error) {
	var out []ExampleResult
	for i, a := range c.aspects {
		for _, text := range c.rec.Aspects[a.letter(c.req)].Covered {
			r, row, err := ev.runExample(ctx, c, result.Covered, text)
			if err != nil {
				return nil, err
			}
			r.Aspect, r.Got = a.asp.ID, row.Aspects[i].Status
			out = append(out, r)
		}
	}
	return out, nil
}

func (a compiledAspect) letter(r seeds.Requirement) string {
	return strings.TrimPrefix(a.asp.ID, r.ID+".")
}

type exampleSet struct {
	want  result.Status
	texts []string
}

func (e Examples) all() []exampleSet {
	return []exampleSet{{result.Covered, e.Covered}, {result.Referenced, e.Referenced}, {result.Partial, e.Partial}, {result.Mentioned, e.Mentioned},
		{result.Contradicted, e.Contradicted}, {result.Missing, e.Missing}}
}

func (ev *Evaluator) runExample(ctx context.Context, c *compiled, want result.Status, text string) (ExampleResult, result.Row, error) {
	if err := ctx.Err(); err != nil {
		return ExampleResult{}, result.Row{}, err
	}
	d := ExampleDossier(text)
	cached := ev.segments(d)
	passages := ev.passages(ev.zones(d, cached), cached)
	prof := ev.profile(passages, d.Given, exampleOptions(c.req))
	seen := ev.prepare(passages, prof.soleLaw(), func() {})
	inForce := *c
	inForce.req.InForce, inForce.req.Valid, inForce.req.Applies.IfNamed = "yes", seeds.Period{}, nil
	row, _ := ev.row(&inForce, passages, seen[c.index], prof, "", lacking{})
	r := ExampleResult{Requirement: c.req.ID, Want: want, Got: row.Status, Text: text, File: c.rec.File, Line: c.rec.Line, Why: row.Reason}
	for _, e := range row.Evidence {
		r.Why += fmt.Sprintf(" | %s: %q", e.Shows, e.Quote[e.Start:e.End])
		if e.Lacks != "" {
			r.Why += " (" + e.Lacks + ")"
		}
	}
	return r, row, nil
}

// ExampleDossier reads an example text as a tender of one document, under the heading "Eisen" unless it brings its own.
func ExampleDossier(text string) dossier.Dossier {
	if !strings.HasPrefix(strings.TrimSpace(text), "#") {
		text = "# Eisen\n\n" + text
	}
	const file = "voorbeeld.md"
	blocks := dossier.Outline(file, dossier.ParseText("# Inkoopdocument\n\n"+demote(text)))
	return dossier.Dossier{ID: "voorbeeld", Documents: []dossier.Document{{Path: file, Format: "text", Blocks: blocks}}}
}

// demote lowers every heading one level, so that none of them is taken for the document's title.
func demote(text string) string {
	lines := strings.Split(text, "\n")
	for i, l := range lines {
		if strings.HasPrefix(l, "#") {
			lines[i] = "#" + l
		}
	}
	return strings.Join(lines, "\n")
}

// exampleOptions is a profile to which r applies.
func exampleOptions(r seeds.Requirement) Options {
	o := Options{Procedure: "aanbesteding", Services: r.Applies.Services, Segments: r.Applies.Segments, targets: nonEmpty(r.Target)}
	if len(r.Variants) > 0 {
		o.Variant = r.Variants[0]
	}
	if len(r.Applies.Procedures) > 0 {
		o.Procedure = r.Applies.Procedures[0]
	}
	if o.Services == nil {
		o.Services = []string{"maatwerkvoorziening"}
	}
	if len(r.Applies.Laws) > 0 {
		o.Laws = r.Applies.Laws[:1]
	}
	return o
}
