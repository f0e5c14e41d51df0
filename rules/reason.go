package rules

import (
	"strings"

	"inkooptoets/rules/result"
)

// reason says in Dutch why a row got its status: one or two short sentences.
func reason(c *compiled, row result.Row, v verdict, because string) string {
	switch row.Status {
	case result.NotApplicable:
		return because
	case result.Undetermined:
		switch {
		case c.req.Manual != "":
			return "Alleen een mens kan dit beoordelen: " + c.req.Manual
		case because != "":
			return because
		}
		return "Niets gevonden, maar niet elk bestand en niet elke pagina kon worden gelezen."
	case result.Contradicted:
		for _, t := range v.traces {
			if t.shows == result.Contradicted && t.why != "" {
				return "De tekst " + t.why + "."
			}
		}
		if v.facts.full {
			return "De tekst sluit dit uit of zegt het omgekeerde, terwijl de plicht elders wel staat."
		}
		return "De tekst sluit dit uit of zegt het omgekeerde."
	case result.Covered:
		return "De plicht staat bindend in de tekst."
	case result.Referenced:
		if !c.ofLaw() {
			return "Het kader is bindend genoemd, zonder dit criterium uit te schrijven."
		}
		return "Het artikel is bindend genoemd, zonder de inhoud uit te schrijven."
	case result.Partial:
		return partialReason(row, v)
	case result.Mentioned:
		return mentionedReason(v)
	}
	return "Hierover is niets gevonden."
}

func partialReason(row result.Row, v verdict) string {
	var lacks []string
	bound := false
	for _, a := range row.Aspects {
		bound = bound || a.Status == result.Covered
		if a.Core && a.Status != result.Covered {
			lacks = append(lacks, a.Text)
		}
	}
	if bound && len(lacks) > 0 {
		return "Er ontbreekt: " + strings.Join(lacks, "; ") + "."
	}
	for _, t := range v.traces {
		if t.shows == result.Partial && t.why != "" {
			return "De gevonden tekst " + t.why + "."
		}
	}
	return "De plicht staat er niet helemaal."
}

func mentionedReason(v verdict) string {
	for _, t := range v.traces {
		if t.shows == result.Mentioned && t.why != "" {
			return "Alleen genoemd: de tekst " + t.why + "."
		}
	}
	return "Alleen genoemd, niet als plicht."
}
