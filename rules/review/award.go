package review

import (
	"fmt"
	"slices"
	"strings"

	"inkooptoets/extract/dossier"
	"inkooptoets/rules/phrase"
	"inkooptoets/rules/result"
)

// priceOnly finds sentences by which price alone decides. It is silent where quality has weight for the same lots: then the text says two things, and another
// check or a reader has to sort that out.
func priceOnly(r *Reviewer, t *tender) []result.Finding {
	if t.Procedure == subsidy || t.Procedure == admission {
		return nil
	}
	only, not, quality := r.lists["alleen-prijs"], r.lists["niet-alleen-prijs"], r.lists["kwaliteit-telt"]
	var out []result.Finding
	for _, x := range t.texts {
		if x.block.Zone == dossier.ZoneTOC || x.block.Zone == dossier.ZoneDefinitions || x.doc.Role == "nota van inlichtingen" {
			continue
		}
		h, ok := x.hit(only)
		if !ok || x.saysIn(h.Sentence, not) || x.saysIn(h.Sentence, r.figures.past) {
			continue
		}
		lots := lotsOf(x)
		if slices.ContainsFunc(t.texts, func(y text) bool {
			return y.block.Zone == dossier.ZoneAward && y.has(quality) && meet(lots, lotsOf(y))
		}) {
			continue
		}
		f := x.finding("c-price-only", h.Start, h.End, "Hier beslist alleen de prijs wie de opdracht krijgt. Bij hulp en ondersteuning moet kwaliteit meetellen.")
		f.Rule, f.Link = "h05-30", r.awardLink(t)
		f.Suggestion = "Zet er een criterium voor kwaliteit bij, met een gewicht. Of leg de prijs vast en gun op kwaliteit."
		out = append(out, f)
	}
	return out
}

// awardCriteria finds criteria of quality of which the tender does not say how heavy they weigh, or how they are judged.
func awardCriteria(r *Reviewer, t *tender) []result.Finding {
	if t.Procedure == subsidy || t.Procedure == admission || t.partial() {
		return nil
	}
	var first *text
	var at phrase.Hit
	weight, method, elsewhere := false, false, false
	for i := range t.texts {
		x := &t.texts[i]
		award := x.block.Zone == dossier.ZoneAward
		if x.block.Zone == dossier.ZoneTOC || !award && !among(x.hits, r.lists["gunningscriterium"]) {
			continue
		}
		weight = weight || x.has(r.lists["gunning-gewicht"])
		method = method || x.has(r.lists["gunning-methode"])
		elsewhere = elsewhere || x.has(r.lists["gunning-elders"])
		if h, ok := x.hit(r.lists["gunningscriterium"]); ok && award && first == nil && x.block.Kind != dossier.Heading && !x.saysIn(h.Sentence, r.lists["alleen-prijs"]) {
			first, at = x, h
		}
	}
	if first == nil || elsewhere {
		return nil
	}
	out := r.unweighed(t)
	if weight && method {
		return out
	}
	var lacks, write []string
	if !weight {
		lacks, write = append(lacks, "hoe zwaar elk criterium telt"), append(write, "achter elk criterium het aantal punten of procenten")
	}
	if !method {
		lacks, write = append(lacks, "hoe de inschrijvingen worden beoordeeld"), append(write, "wie beoordelen en wanneer een inschrijving welk cijfer krijgt")
	}
	f := first.finding("c-award", at.Start, at.End, fmt.Sprintf("Bij de gunning staat nergens %s.", strings.Join(lacks, ", en ook niet ")))
	f.Rule, f.Link, f.Suggestion = "h07-04", r.awardLink(t), "Schrijf op: "+inWords(write)+"."
	return append([]result.Finding{f}, out...)
}

// unweighed finds the one row of a table of criteria without a weight. Where more rows have none, cells may have been joined, and nothing can be said.
func (r *Reviewer) unweighed(t *tender) []result.Finding {
	type table struct {
		blank, filled int
		row           text
		name          string
	}
	var order []string
	tables := map[string]*table{}
	for _, x := range t.texts {
		if x.block.Zone != dossier.ZoneAward || x.block.Kind != dossier.Row || slices.Contains(x.block.Flags, "header-row") {
			continue
		}
		i := slices.IndexFunc(x.block.Cells, func(c dossier.Cell) bool {
			return c.Header != "" && among(r.matcher.Match(t.Fold(c.Header)), r.lists["gewicht-kop"])
		})
		if i < 0 || i == 0 {
			continue
		}
		key := fmt.Sprint(x.doc.Path, " ", x.block.Table)
		if tables[key] == nil {
			tables[key] = &table{}
			order = append(order, key)
		}
		b := tables[key]
		if strings.ContainsAny(x.block.Cells[i].Text, "0123456789") {
			b.filled++
			continue
		}
		if strings.Trim(x.block.Cells[i].Text, " -–") == "" {
			b.blank++
			b.row, b.name = x, x.block.Cells[0].Text
			if i > 1 {
				b.name = strings.TrimSpace(b.name + " " + x.block.Cells[1].Text)
			}
		}
	}
	var out []result.Finding
	for _, key := range order {
		b := tables[key]
		if b.blank != 1 || b.filled < 2 || strings.TrimSpace(b.name) == "" || strings.HasPrefix(strings.ToLower(b.name), "totaal") {
			continue
		}
		f := b.row.finding("c-award", 0, len(b.row.block.Text), fmt.Sprintf("In deze tabel heeft “%s” geen gewicht en hebben de andere criteria dat wel.", shorten(b.name, 60)))
		f.Rule, f.Link, f.Suggestion = "h07-04", r.awardLink(t), "Vul in hoe zwaar dit criterium telt, en kijk of alles samen op 100 uitkomt."
		out = append(out, f)
	}
	return out
}
