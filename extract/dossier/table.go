package dossier

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// columnLabels are first words by which a row of short plain cells is known as the header of a table.
var columnLabels = []string{
	"#", "activiteit", "antwoord", "artikel", "begrip", "beschrijving", "bewijs", "bewijsmiddel", "bewijsstuk", "bijlage", "code", "criterium", "datum",
	"definitie", "document", "eenheid", "eis", "eisnr", "gewicht", "gunningscriterium", "indicator", "kolom", "kpi", "maximum", "meetmethode", "naam", "norm",
	"nr", "nummer", "omschrijving", "onderdeel", "onderwerp", "perceel", "percelen", "product", "productcode", "punten", "reactie", "score", "subcriterium",
	"tarief", "taak", "term", "termijn", "thema", "toelichting", "uitleg", "verantwoordelijke", "voorziening", "vraag", "wanneer", "wat", "weging", "wie",
}

// LooksLikeHeader says whether the first row of a table names its columns: every cell is filled and short, and at least two of
// them (or half) are words that columns are usually called.
func LooksLikeHeader(cells []string) bool {
	known := 0
	for _, c := range cells {
		if c == "" || utf8.RuneCountInString(c) > 60 || strings.HasSuffix(c, ".") && strings.Contains(c, " ") {
			return false
		}
		first := strings.ToLower(strings.TrimRight(strings.Fields(c)[0], ".:"))
		if slices.Contains(columnLabels, first) {
			known++
		}
	}
	return len(cells) > 1 && 2*known >= len(cells)
}
