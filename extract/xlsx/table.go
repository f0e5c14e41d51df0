package xlsx

import (
	"slices"
	"unicode/utf8"

	"inkooptoets/extract/dossier"
)

// spread repeats the text of merged cells: a row has to be understood by itself.
func spread(rows []line, merged []area) {
	if len(merged) == 0 {
		return
	}
	at := map[int]int{}
	for i, l := range rows {
		at[l.number] = i
	}
	left := maxCells // areas may lie over each other in a hostile file
	for _, m := range merged {
		first, known := at[m.from]
		if !known {
			continue
		}
		text := rows[first].text(m.col)
		for i := first + 1; text != "" && i < len(rows) && rows[i].number <= m.to && left > 0; i++ {
			left--
			rows[i].put(m.col, text)
		}
	}
}

// find is the place of a column among the cells, or where it would be.
func (l line) find(col int) (int, bool) {
	return slices.BinarySearchFunc(l.cells, col, func(c dossier.Cell, col int) int { return c.Col - col })
}

// text is the text in a column, empty if there is none.
func (l line) text(col int) string {
	if i, found := l.find(col); found {
		return l.cells[i].Text
	}
	return ""
}

// put adds a cell in its place, unless there is one.
func (l *line) put(col int, text string) {
	if i, found := l.find(col); !found {
		l.cells = slices.Insert(l.cells, i, dossier.Cell{Text: text, Col: col})
	}
}

// emit makes the blocks of one sheet: a heading, the lines above the table as paragraphs, and a row for every row.
func (r *reader) emit(sheet string, rows []line) {
	if len(rows) == 0 {
		return
	}
	r.blocks = append(r.blocks, dossier.Block{Kind: dossier.Heading, Level: 1, Text: dossier.Clean(sheet)})
	for len(rows) > 0 && len(rows[0].cells) == 1 {
		r.blocks = append(r.blocks, dossier.Block{Kind: dossier.Paragraph, Text: rows[0].cells[0].Text})
		rows = rows[1:]
	}
	if len(rows) == 0 {
		return
	}
	r.tables++
	var labels line
	if isHeader(rows) {
		labels = rows[0]
	}
	for i, l := range rows {
		b := dossier.Block{Kind: dossier.Row, Table: r.tables, Cells: l.cells}
		if i == 0 && labels.number > 0 {
			b.Flags = []string{"header-row"}
		} else {
			b.Cells = labels.above(l.cells)
		}
		r.blocks = append(r.blocks, b)
	}
}

// above gives cells the labels of their columns.
func (l line) above(cells []dossier.Cell) []dossier.Cell {
	out := slices.Clone(cells)
	for i, c := range out {
		out[i].Header = l.text(c.Col)
	}
	return out
}

// headerLength is the longest label of a column, in characters.
const headerLength = 60

// headerRows is how many rows are looked at to know whether the first one names the columns.
const headerRows = 50

// isHeader says whether the first row names the columns: by its words, or because short labels stand above whole sentences.
func isHeader(rows []line) bool {
	var texts [][]string
	for _, l := range rows[:min(len(rows), headerRows)] {
		var row []string
		for _, label := range rows[0].cells { // a list often starts in the second column
			row = append(row, l.text(label.Col))
		}
		texts = append(texts, row)
	}
	if dossier.LooksLikeHeader(texts) {
		return true
	}
	long := false
	for _, c := range texts[0] {
		if utf8.RuneCountInString(c) > headerLength {
			return false
		}
	}
	for _, row := range texts[1:] {
		for _, c := range row {
			long = long || utf8.RuneCountInString(c) > headerLength
		}
	}
	return long && len(texts[0]) > 1 && len(texts) > 2
}
