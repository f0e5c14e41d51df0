package rules

import (
	"fmt"
	"slices"
	"strings"

	"inkooptoets/rules/result"
)

// reason says in one Dutch sentence why a row got its status: what the text says, what is missing, what to write and on which article it rests.
func reason(c *compiled, row result.Row, v verdict, because string) string {
	source := " (" + row.Citation + ")."
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
		return contradictedReason(c, v) + source
	case result.Covered:
		return coveredReason(c, row) + source
	case result.Referenced:
		if !c.ofLaw() {
			return "Het kader is bindend genoemd, zonder dit criterium uit te schrijven" + source
		}
		return "Het artikel is bindend genoemd, zonder uit te schrijven wat het vraagt; dat is genoeg, uitschrijven is duidelijker" + source
	case result.Partial:
		return partialReason(c, row, v) + source
	case result.Mentioned:
		return mentionedReason(c, row, v) + source
	}
	if i := slices.IndexFunc(v.old, func(t trace) bool { return t.p.later.how == lapsed }); i >= 0 {
		return "Hierover staat niets meer in de tekst" + c.advise("neem het voorstel{dan} over"+c.asDuty()) + source
	}
	return "Hierover is niets gevonden" + c.advise("neem het voorstel{dan} over"+c.asDuty()) + source
}

func coveredReason(c *compiled, row result.Row) string {
	bound, _ := coreAspects(row)
	switch {
	case len(bound) > 0:
		return "De tekst legt bindend vast: " + inWords(bound)
	case len(row.Aspects) > 0 && c.ofLaw():
		return "De tekst noemt het onderwerp bindend, met het artikel zelf"
	case c.ofLaw():
		return "De plicht staat bindend in de tekst"
	}
	return "Dit staat als eis in de tekst"
}

func contradictedReason(c *compiled, v verdict) string {
	for _, t := range v.traces {
		if t.shows == result.Contradicted && t.why == whyExempt {
			return "De tekst " + t.why + c.advise("schrap dat{dan}")
		}
		if t.shows == result.Contradicted && t.why != "" {
			return "De tekst " + t.why + c.advise("pas dat{dan} aan")
		}
	}
	if v.facts.full {
		return "De tekst sluit dit uit of zegt het omgekeerde, terwijl het elders wel geregeld is" + c.advise("schrap{dan} wat ermee botst")
	}
	return "De tekst sluit dit uit of zegt het omgekeerde" + c.advise("schrap dat{dan} en neem het voorstel over"+c.asDuty())
}

func partialReason(c *compiled, row result.Row, v verdict) string {
	bound, lacking := coreAspects(row)
	if len(bound) > 0 && len(lacking) > 0 {
		return "De tekst regelt wel " + inWords(bound) + ", maar niet " + inWords(lacking) + c.advise("schrijf dat er{dan} bij"+c.asDuty())
	}
	for _, t := range v.traces {
		if t.shows == result.Partial && t.why != "" {
			return "De gevonden tekst " + t.why + c.remedy(t.why, row)
		}
	}
	return "De plicht staat er niet helemaal" + c.advise("vul de tekst{dan} aan met het voorstel")
}

func mentionedReason(c *compiled, row result.Row, v verdict) string {
	for _, t := range v.traces {
		if t.shows == result.Mentioned && t.why != "" {
			return "Alleen genoemd, want de tekst " + t.why + c.remedy(t.why, row)
		}
	}
	return "Alleen genoemd, niet als plicht" + c.remedy(whyNoDuty, row)
}

// coreAspects gives the texts of the core aspects that bind and of those that do not, in catalogue order.
func coreAspects(row result.Row) (bound, lacking []string) {
	for _, a := range row.Aspects {
		switch {
		case !a.Core:
		case a.Status == result.Covered:
			bound = append(bound, "‘"+a.Text+"’")
		case a.Status == result.Mentioned:
			lacking = append(lacking, "‘"+a.Text+"’ (alleen genoemd)")
		default:
			lacking = append(lacking, "‘"+a.Text+"’")
		}
	}
	return bound, lacking
}

// maxListed bounds what a reason names one by one; the reports list every aspect besides.
const maxListed = 3

// inWords writes texts as people do: a, b en c. What is too much is counted.
func inWords(texts []string) string {
	switch n := len(texts) - maxListed; {
	case n == 1:
		texts = append(slices.Clone(texts[:maxListed]), "nog 1 onderdeel")
	case n > 1:
		texts = append(slices.Clone(texts[:maxListed]), fmt.Sprintf("nog %d onderdelen", n))
	}
	if len(texts) == 1 {
		return texts[0]
	}
	return strings.Join(texts[:len(texts)-1], ", ") + " en " + texts[len(texts)-1]
}

// remedy says what to write where words do not bind for the reason why.
func (c *compiled) remedy(why string, row result.Row) string {
	switch why {
	case whyTOC, whyDefinition, whyVision, whyBackground, whyExplained:
		return c.advise("neem het{dan} ook op bij de eisen")
	case whyQuestion, whyWish:
		return c.advise("maak er{dan} een eis van")
	case whyParty:
		return c.advise("leg het{dan} bij " + c.bearer())
	case whyDenied:
		return c.advise("schrijf het{dan} op zonder ‘niet’ of ‘geen’")
	case whyField:
		return c.advise("vul het veld{dan} in of maak de keuze")
	case whyLimited:
		return c.advise("laat het{dan} voor iedereen gelden, of leg de uitzondering uit")
	case whyWeak:
		return c.advise("neem{dan} ook het voorstel over")
	case whyNoAspect:
		_, lacking := coreAspects(row)
		if len(lacking) > 0 {
			return c.advise("schrijf er{dan} bij: " + inWords(lacking))
		}
	}
	return c.advise("schrijf{dan} op wat " + c.bearer() + " moet doen")
}

// advise makes a step to take of an imperative in which {dan} stands where that word would. The law leaves no choice; frameworks and guides do.
func (c *compiled) advise(step string) string {
	switch c.req.Duty {
	case string(result.Framework):
		return "; kiest u dit criterium, " + strings.ReplaceAll(step, "{dan}", " dan")
	case string(result.Advice):
		return "; volgt u dit advies, " + strings.ReplaceAll(step, "{dan}", " dan")
	}
	return ": " + strings.ReplaceAll(strings.ReplaceAll(step, "er{dan} bij", "erbij"), "{dan}", "")
}

// asDuty says of a provider's duty by law whose duty it must become.
func (c *compiled) asDuty() string {
	if c.req.Duty == string(result.Statutory) && c.req.Party == "provider" {
		return " als plicht van " + c.bearer()
	}
	return ""
}

// bearer is who must do what c asks.
func (c *compiled) bearer() string {
	switch c.req.Party {
	case "municipality":
		return "de gemeente"
	case "provider":
		return "de opdrachtnemer"
	}
	return "de opdrachtnemer of de gemeente"
}
