package dossier

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// columnLabels are first words by which a row of short plain cells is known as the header of a table.
var columnLabels = []string{
	"#", "aantal", "activiteit", "antwoord", "artikel", "bedrag", "begrip", "beschrijving", "bewijs", "bijzonderheden", "bouwsteen", "bron", "bewijsmiddel", "bewijsstuk", "bijlage", "code", "criterium", "datum",
	"definitie", "document", "doel", "eenheid", "eis", "eisnr", "gewicht", "gunningscriterium", "indicator", "kolom", "kpi", "maximum", "meetmethode", "meetwijze", "meting", "mijlpaal", "naam", "norm",
	"nr", "nummer", "omschrijving", "onderdeel", "onderwerp", "perceel", "percelen", "plaatsen", "product", "productcode", "punten", "reactie", "score", "stap", "streefwaarde", "subcriterium",
	"tarief", "taak", "term", "termijn", "thema", "toelichting", "uitleg", "verantwoordelijke", "voorziening", "vraag", "wanneer", "wat", "weging", "wie",
}

// LooksLikeHeader says whether the first of rows, given as the texts of its cells, names the columns of a table: every cell is filled
// and short, and half of them are words that columns are usually called, or one has no figure above a column of figures.
func LooksLikeHeader(rows [][]string) bool {
	if len(rows) < 2 || len(rows[0]) < 2 {
		return false
	}
	known := 0
	for _, c := range rows[0] {
		if c == "" || utf8.RuneCountInString(c) > 60 || strings.HasSuffix(c, ".") && strings.Contains(c, " ") {
			return false
		}
		first := strings.ToLower(strings.TrimRight(strings.Fields(c)[0], ".:"))
		if slices.Contains(columnLabels, first) {
			known++
		}
	}
	return 2*known >= len(rows[0]) || aboveFigures(rows)
}

// aboveFigures says whether a column holds figures only, but for its first cell.
func aboveFigures(rows [][]string) bool {
	if len(rows) < 3 {
		return false
	}
	for col, top := range rows[0] {
		if strings.ContainsAny(top, "0123456789") {
			continue
		}
		all := true
		for _, r := range rows[1:] {
			all = all && col < len(r) && figure(r[col])
		}
		if all {
			return true
		}
	}
	return false
}

// figure says whether text starts as an amount, a percentage or a count.
func figure(text string) bool {
	text = strings.TrimLeft(text, "€<>≤≥± ")
	return text != "" && text[0] >= '0' && text[0] <= '9'
}
