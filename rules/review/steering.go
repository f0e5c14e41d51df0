package review

import (
	"fmt"
	"slices"
	"strings"

	"inkooptoets/extract/dossier"
	"inkooptoets/rules/phrase"
	"inkooptoets/rules/result"
)

// strange are words about paying and measuring that do not go with a way of commissioning.
type strange struct {
	list, rule, why string
}

// strangers lists per way of commissioning what does not go with it.
var strangers = map[string][]strange{
	"inspanningsgericht": {
		{"betaald-op-resultaat", "hB2-01", "betaling op het resultaat van een cliënt hoort bij de outputgerichte variant"},
		{"betaald-per-groep", "hB2-01", "een vast budget hoort bij de taakgerichte variant"},
	},
	"outputgericht": {
		{"betaald-per-tijd", "hB2-02", "betaling per uur, dagdeel of etmaal hoort bij de inspanningsgerichte variant"},
		{"indicator-uren", "hB2-10", "een indicator over uren zegt niets over het resultaat"},
		{"betaald-per-groep", "hB2-02", "een vast budget hoort bij de taakgerichte variant"},
	},
	"taakgericht": {
		{"betaald-per-tijd", "hB2-03", "betaling per uur, dagdeel of etmaal hoort bij de inspanningsgerichte variant"},
		{"indicator-uren", "hB2-14", "een indicator over uren past niet bij afspraken over een hele groep inwoners"},
		{"betaald-op-resultaat", "hB2-03", "betaling op het resultaat van een cliënt hoort bij de outputgerichte variant"},
	},
}

// variantMismatch finds agreements about paying and measuring that go with another way of commissioning than the tender has chosen. A tender that names more
// than one way has one per lot, and the text cannot decide.
func variantMismatch(r *Reviewer, t *tender) []result.Finding {
	var out []result.Finding
	for _, s := range strangers[t.Variant] {
		var found *result.Finding
		for _, x := range t.texts {
			if slices.Contains([]dossier.Zone{dossier.ZoneTOC, dossier.ZoneDefinitions, dossier.ZoneVision, dossier.ZoneBackground, dossier.ZoneQuestions}, x.block.Zone) ||
				x.block.Kind == dossier.Heading || x.doc.Role == "nota van inlichtingen" {
				continue
			}
			h, ok := x.hit(r.lists[s.list])
			if !ok || x.saysIn(h.Sentence, r.lists["niet-de-betaling"]) || among(r.around(t, x), r.lists["niet-de-betaling"]) {
				continue
			}
			if found != nil {
				found.Places = append(found.Places, x.place(h.Start, h.End))
				continue
			}
			f := x.finding("c-variant", h.Start, h.End, fmt.Sprintf("De stukken kiezen voor de %se variant, maar %s.", t.Variant, s.why))
			f.Rule, f.Suggestion = s.rule, "Kijk of deze afspraak bij de gekozen variant past. Pas de afspraak aan, of leg uit waarom u hiervan afwijkt."
			found = &f
		}
		if found != nil {
			out = append(out, *found)
		}
	}
	return out
}

// clmParts is what should at least be arranged about managing the contract, with the words that show it.
var clmParts = []struct {
	list, rule, name string
}{
	{"clm-rollen", "h09-03", "wie bij gemeente en aanbieder welke taak heeft"},
	{"clm-doelen", "h09-04", "op welke doelen en indicatoren de gemeente stuurt"},
	{"clm-informatie", "h09-05", "welke informatie de aanbieder levert"},
	{"clm-overleg", "h09-06", "wie wanneer met wie overlegt"},
	{"clm-escalatie", "h09-06", "wat er gebeurt als partijen er niet uitkomen"},
	{"clm-dossier", "h09-07", "dat de gemeente per aanbieder een dossier over kwaliteit bijhoudt"},
}

// contractManagement finds what the tender does not arrange about managing the contract. Only a set with a contract is judged: without one, all of it may stand
// there.
func contractManagement(r *Reviewer, t *tender) []result.Finding {
	if t.Procedure == subsidy || t.partial() || !t.hasRole("overeenkomst") {
		return nil
	}
	var missing []string
	rule := ""
	var place *text
	var at phrase.Hit
	for _, p := range clmParts {
		found := false
		for i := range t.texts {
			x := &t.texts[i]
			if slices.Contains([]dossier.Zone{dossier.ZoneTOC, dossier.ZoneDefinitions, dossier.ZoneProcedure, dossier.ZoneQuestions, dossier.ZoneAward}, x.block.Zone) {
				continue
			}
			h, ok := x.hit(r.lists[p.list])
			if !ok {
				continue
			}
			found = true
			if place == nil && x.block.Kind != dossier.Heading {
				place, at = x, h
			}
			break
		}
		if !found {
			missing = append(missing, p.name)
			if rule == "" {
				rule = p.rule
			}
		}
	}
	if len(missing) == 0 {
		return nil
	}
	message := fmt.Sprintf("Voor het volgen van het contract hoort een aantal dingen vast te liggen. In de stukken staat niet: %s.", strings.Join(missing, "; "))
	var f result.Finding
	if place == nil {
		contract := slices.IndexFunc(t.Documents, func(d dossier.Document) bool { return d.Role == "overeenkomst" && len(d.Blocks) > 0 })
		f = result.Finding{ID: "c-clm", Message: message, File: t.Documents[contract].Path}
	} else {
		f = place.finding("c-clm", at.Start, at.End, message)
	}
	f.Rule, f.Suggestion = rule, "Zet in de overeenkomst een artikel over contractmanagement waarin dit staat, of verwijs naar het stuk waarin het is geregeld."
	return []result.Finding{f}
}
