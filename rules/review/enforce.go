package review

import (
	"slices"
	"strings"

	"inkooptoets/extract/dossier"
	"inkooptoets/rules/phrase"
	"inkooptoets/rules/result"
)

// enforceable are the parts of a tender that bind a provider.
var enforceable = []dossier.Zone{dossier.ZoneRequirement, dossier.ZoneContract, dossier.ZoneSuitability, dossier.ZoneAward}

// visionDemands finds what is demanded of providers in the vision or the background while no part that binds them speaks of it.
func visionDemands(r *Reviewer, t *tender) []result.Finding {
	if t.partial() || !slices.ContainsFunc(t.texts, func(x text) bool { return slices.Contains(enforceable, x.block.Zone) }) {
		return nil
	}
	subjects := r.visionSubjects()
	bound := map[string]bool{}
	for _, x := range t.texts {
		binds := slices.Contains(enforceable, x.block.Zone) || x.block.Zone == dossier.ZoneNone && x.block.Kind != dossier.Heading
		if binds && x.has(r.lists["visie-bindt"]) {
			return nil // the vision is part of what is agreed
		}
		for _, s := range subjects {
			bound[s] = bound[s] || binds && x.has(r.lists[s])
		}
	}
	var out []result.Finding
	for _, x := range t.texts {
		if x.block.Zone != dossier.ZoneVision && x.block.Zone != dossier.ZoneBackground || x.block.Kind == dossier.Heading {
			continue
		}
		h, ok := x.hit(r.lists["verwachting"])
		if !ok {
			continue
		}
		about := slices.IndexFunc(subjects, func(s string) bool { return x.saysIn(h.Sentence, r.lists[s]) })
		if about < 0 || slices.ContainsFunc(subjects, func(s string) bool { return x.saysIn(h.Sentence, r.lists[s]) && bound[s] }) {
			continue
		}
		from, to := (reading{text: x, body: x.block.Text}).sentence(h.Sentence)
		f := x.finding("c-vision", from, from+len(strings.TrimRight(x.block.Text[from:to], " ")), "Dit wordt van aanbieders gevraagd in de visie of de inleiding. In het programma van eisen, de gunning en de overeenkomst komt het niet terug, dus de gemeente kan er niemand aan houden.")
		f.Rule, f.Suggestion = "h07-03", "Zet dit als eis in het programma van eisen of als criterium bij de gunning, of schrijf het hier op als wens van de gemeente."
		out = append(out, f)
	}
	return out
}

// visionSubjects lists the word lists about subjects of quality, in their order.
func (r *Reviewer) visionSubjects() []string {
	var out []string
	for _, l := range r.catalogue.Procurement {
		if strings.HasPrefix(l.ID, "visie-") && l.ID != "visie-bindt" {
			out = append(out, l.ID)
		}
	}
	return out
}

// subcontractors finds a tender that lets others do the work and nowhere says that the same is demanded of them.
func subcontractors(r *Reviewer, t *tender) []result.Finding {
	if t.partial() || t.Procedure == subsidy || t.says(r.lists["onderaannemer-verbod"]) {
		return nil
	}
	var first *text
	var at phrase.Hit
	for i := range t.texts {
		x := &t.texts[i]
		if x.block.Zone == dossier.ZoneTOC {
			continue
		}
		if r.sameDemands(t, *x) {
			return nil
		}
		h, ok := x.hit(r.lists["onderaannemer-mag"])
		binds := x.doc.Role == "overeenkomst" || x.doc.Role == "programma van eisen" || t.hasRole("overeenkomst") && x.block.Zone == dossier.ZoneRequirement
		if ok && binds && first == nil && x.block.Kind != dossier.Heading && x.block.Zone != dossier.ZoneDefinitions {
			first, at = x, h
		}
	}
	if first == nil {
		return nil
	}
	f := first.finding("c-subcontractor", at.Start, at.End, "Onderaannemers mogen het werk doen, maar nergens staat dat voor hen dezelfde eisen gelden. Een cliënt krijgt dan misschien hulp zonder deze waarborgen.")
	f.Rule, f.Suggestion = "h03-08", "Schrijf: “Alle eisen uit het programma van eisen gelden ook voor onderaannemers. Opdrachtnemer ziet daarop toe en blijft verantwoordelijk.”"
	return []result.Finding{f}
}

// sameDemands reports whether x speaks of subcontractors and of what is demanded, itself or with its heading and lead-in.
func (r *Reviewer) sameDemands(t *tender, x text) bool {
	who, what := x.has(r.lists["onderaannemer"]), x.has(r.lists["zelfde-eisen"])
	if who && what {
		return true
	}
	if !who && !what {
		return false
	}
	around := r.around(t, x)
	return (who || among(around, r.lists["onderaannemer"])) && (what || among(around, r.lists["zelfde-eisen"]))
}
