package rules

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"inkooptoets/extract/dossier"
	"inkooptoets/rules/phrase"
)

// zoneWords says which headings open a zone.
type zoneWords struct {
	zone  dossier.Zone
	words group
}

func zoneNamed(name string) dossier.Zone {
	known := []dossier.Zone{dossier.ZoneTOC, dossier.ZoneDefinitions, dossier.ZoneVision, dossier.ZoneBackground, dossier.ZoneRequirement, dossier.ZoneSuitability,
		dossier.ZoneAward, dossier.ZoneContract, dossier.ZoneExplanation, dossier.ZoneQuestions, dossier.ZoneProcedure}
	if slices.Contains(known, dossier.Zone(name)) {
		return dossier.Zone(name)
	}
	return dossier.ZoneNone
}

// tocLine is a line of a table of contents: text, dots or a tab, a page number.
var tocLine = regexp.MustCompile(`(\.{4,}|…{2,}|\t)\s*\d{1,3}\s*$`)

// endsInDigit is a quick look before tocLine.
func endsInDigit(text string) bool {
	text = strings.TrimRightFunc(text, unicode.IsSpace)
	return text != "" && '0' <= text[len(text)-1] && text[len(text)-1] <= '9'
}

// Zones gives d with the zone of every block: the innermost heading that names a part of a tender decides; without one, the role of the document.
func (ev *Evaluator) Zones(d dossier.Dossier) dossier.Dossier { return ev.zones(d, ev.segments(d)) }

func (ev *Evaluator) zones(d dossier.Dossier, cached *segments) dossier.Dossier {
	d.Documents = slices.Clone(d.Documents)
	cache := map[string]dossier.Zone{}
	for i, doc := range d.Documents {
		blocks := slices.Clone(doc.Blocks)
		for j := range blocks {
			blocks[j].Zone = ev.zone(doc, blocks[j], cache, cached)
		}
		markQuestions(doc, blocks)
		d.Documents[i].Blocks = blocks
	}
	return d
}

func (ev *Evaluator) zone(doc dossier.Document, b dossier.Block, cache map[string]dossier.Zone, cached *segments) dossier.Zone {
	if slices.Contains(b.Flags, "toc") || endsInDigit(b.Text) && tocLine.MatchString(b.Text) {
		return dossier.ZoneTOC
	}
	trail := b.Path
	if b.Kind == dossier.Heading {
		trail = append(slices.Clone(trail), b.Text)
	}
	for _, h := range slices.Backward(trail) {
		z, ok := cache[h]
		if !ok {
			z = ev.headingZone(cached.of(h))
			cache[h] = z
		}
		if z == dossier.ZoneTOC && b.Kind != dossier.Heading && speaks(b.Text) {
			continue // "Inhoud" above the content of a service, not above a list of chapters
		}
		if z != dossier.ZoneNone {
			return z
		}
	}
	return roleZone(doc.Role, trail)
}

// speaks reports whether a text under a heading such as "Inhoud" is a statement: a line of a table of contents has no full stop and few words.
func speaks(text string) bool {
	words := len(strings.Fields(text))
	return words > tocWords || words > tocWords/2 && strings.HasSuffix(strings.TrimSpace(text), ".")
}

// tocWords is how many words a line of a table of contents has at most.
const tocWords = 14

// headingZone picks the zone whose words come first in the heading: "Toelichting op de eisen" is an explanation.
func (ev *Evaluator) headingZone(heading *segment) dossier.Zone {
	best, zone := -1, dossier.ZoneNone
	for _, z := range ev.words.zones {
		for _, h := range heading.said {
			if z.words.has(h.Phrase) && (best < 0 || h.From < best) {
				best, zone = h.From, z.zone
			}
		}
	}
	return zone
}

var article = regexp.MustCompile(`(?i)^artikel\s+\d`)

func roleZone(role string, trail []string) dossier.Zone {
	switch {
	case role == "overeenkomst", slices.ContainsFunc(trail, article.MatchString):
		return dossier.ZoneContract
	case strings.Contains(role, "eisen"):
		return dossier.ZoneRequirement
	}
	return dossier.ZoneNone
}

func (g group) has(id phrase.ID) bool {
	_, ok := slices.BinarySearch(g, id)
	return ok
}
