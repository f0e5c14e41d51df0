package review

import (
	"fmt"
	"slices"
	"strings"

	"inkooptoets/extract/dossier"
	"inkooptoets/rules/phrase"
	"inkooptoets/rules/result"
)

// certificates finds certificates and quality marks that are demanded with no word about an equivalent, once per file and name.
func certificates(r *Reviewer, t *tender) []result.Finding {
	if t.says(r.lists["gelijkwaardig-overal"]) {
		return nil
	}
	var out []result.Finding
	seen := map[string]int{}
	for i, x := range t.texts {
		if !slices.Contains([]dossier.Zone{dossier.ZoneNone, dossier.ZoneRequirement, dossier.ZoneSuitability, dossier.ZoneContract}, x.block.Zone) || x.block.Kind == dossier.Heading ||
			x.doc.Role == "nota van inlichtingen" {
			continue
		}
		h, ok := x.hit(r.lists["certificaat"])
		if !ok || !r.demanded(t, x, h) || r.equivalent(t, i) {
			continue
		}
		name := x.fold.Tokens[h.From].Text
		if k, again := seen[x.doc.Path+" "+name]; again {
			out[k].Places = append(out[k].Places, x.place(h.Start, h.End))
			continue
		}
		seen[x.doc.Path+" "+name] = len(out)
		f := x.finding("c-certificate", h.Start, h.End, fmt.Sprintf("Hier wordt een certificaat of keurmerk geëist (“%s”) en er staat niet bij dat iets gelijkwaardigs ook goed is.", shorten(x.block.Text[h.Start:h.End], 80)))
		f.Rule, f.Suggestion = "h06-04", "Schrijf erachter: “of gelijkwaardig”, en zeg hoe een inschrijver dat kan aantonen."
		out = append(out, f)
	}
	return out
}

// demanded reports whether the certificate at h is demanded: by a binding word in its sentence, or because it stands in a list of demands. A wish, a question or
// a condition demands nothing.
func (r *Reviewer) demanded(t *tender, x text, h phrase.Hit) bool {
	if x.saysIn(h.Sentence, r.lists["geen-eis"]) || strings.Contains(x.block.Text, "?") || among(r.around(t, x), r.lists["geen-eis"]) {
		return false
	}
	if slices.ContainsFunc(x.block.Cells, func(c dossier.Cell) bool {
		return strings.TrimSpace(c.Text) == "W" || strings.EqualFold(strings.TrimSpace(c.Text), "wens")
	}) {
		return false
	}
	listed := x.block.Zone == dossier.ZoneSuitability && (x.block.Kind == dossier.Item || x.block.Kind == dossier.Row)
	return listed || x.saysIn(h.Sentence, r.lists["certificaat-geeist"])
}

// equivalent reports whether the block at i, its lead-in, or a block right beside it under the same heading allows something of the same worth.
func (r *Reviewer) equivalent(t *tender, i int) bool {
	same := r.lists["gelijkwaardig"]
	x := t.texts[i]
	if x.has(same) || among(r.around(t, x), same) {
		return true
	}
	for _, j := range []int{i - 2, i - 1, i + 1, i + 2} {
		if j >= 0 && j < len(t.texts) && t.texts[j].doc == x.doc && slices.Equal(t.texts[j].block.Path, x.block.Path) && t.texts[j].has(same) && t.texts[j].has(r.lists["gelijkwaardig-bewijs"]) {
			return true
		}
	}
	return false
}

// thresholds finds demands on the tenderer that keep some out, such as a turnover, where nothing says why they fit the contract: one finding per file.
func thresholds(r *Reviewer, t *tender) []result.Finding {
	if t.Procedure == subsidy {
		return nil
	}
	var out []result.Finding
	for i := range t.Documents {
		doc := &t.Documents[i]
		var first *result.Finding
		count, weighed := 0, false
		for j := range t.texts {
			x := t.texts[j]
			if x.doc != doc || x.block.Zone != dossier.ZoneSuitability {
				continue
			}
			weighed = weighed || x.has(r.lists["verhouding"])
			h, ok := x.hit(r.lists["zware-eis"])
			if !ok || x.saysIn(h.Sentence, r.lists["geen-eis"]) {
				continue
			}
			count++
			if first == nil {
				f := x.finding("c-suitability", h.Start, h.End, "")
				first = &f
			}
		}
		if first == nil || weighed {
			continue
		}
		first.Message = "Deze eis kan kleine of nieuwe aanbieders buiten houden. Bij de geschiktheidseisen staat nergens waarom hij past bij de omvang van de opdracht."
		if count > 1 {
			first.Message = fmt.Sprintf("Deze eis, en nog %d andere in dit deel, kunnen kleine of nieuwe aanbieders buiten houden. Bij de geschiktheidseisen staat nergens waarom zij passen bij de omvang van de opdracht.", count-1)
		}
		first.Rule = "h07-20"
		first.Suggestion = "Ga na of de grens in verhouding staat tot het perceel en schrijf op waarom, of laat een combinatie of een beroep op anderen toe om eraan te voldoen."
		out = append(out, *first)
	}
	return out
}
