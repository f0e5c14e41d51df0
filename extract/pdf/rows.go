package pdf

import (
	"slices"
	"strings"

	"inkooptoets/extract/dossier"
)

func (b *builder) writeTable(t *table, pageNum int) {
	rows := t.rows(b.joiner)
	if len(rows) == 0 {
		return
	}
	b.list.Reset()
	again := len(b.header) > 0 && sameTexts(b.header, rows[0].cells)
	if b.table != nil && (again || b.table.sameColumns(t)) { // it goes on on the next page
		if again {
			rows = rows[1:]
		}
		rows = b.finishRow(rows)
	} else {
		b.tables++
		b.labels, b.header = map[int]string{}, nil
		if t.headed || isHeader(rows) {
			b.header = rows[0].cells
			for _, c := range rows[0].cells {
				b.labels[c.Col] = c.Text
			}
			b.add(dossier.Block{Kind: dossier.Row, Table: b.tables, Cells: slices.Clone(rows[0].cells), Flags: []string{"header-row"}, Loc: dossier.Loc{Page: pageNum}}, look{})
			rows = rows[1:]
		}
	}
	for _, r := range rows {
		for i := range r.cells {
			r.cells[i].Header = b.labels[r.cells[i].Col]
		}
		b.add(dossier.Block{Kind: dossier.Row, Table: b.tables, Cells: r.cells, Loc: dossier.Loc{Page: pageNum}}, look{})
	}
	b.table = t
}

// finishRow adds the first row after a page break to the last one before it when the row was cut in two: it has nothing in its first
// column, or that column broke at a hyphen. It returns the other rows.
func (b *builder) finishRow(rows []tableRow) []tableRow {
	last := b.lastRow()
	if last == nil || len(rows) == 0 || len(rows[0].cells) == 0 {
		return rows
	}
	if first := rows[0].cells[0].Text; first != "" && (first == last.Cells[0].Text || !strings.HasSuffix(last.Cells[0].Text, "-")) {
		return rows
	}
	place := func(col int) int {
		return slices.IndexFunc(last.Cells, func(c dossier.Cell) bool { return c.Col == col })
	}
	if slices.ContainsFunc(rows[0].cells, func(c dossier.Cell) bool { return c.Text != "" && place(c.Col) < 0 }) {
		return rows // cells are merged in another way: what has no place there would be lost
	}
	for _, c := range rows[0].cells {
		if i := place(c.Col); i >= 0 {
			last.Cells[i].Text = b.join(last.Cells[i].Text, c.Text)
		}
	}
	return rows[1:]
}

// lastRow is the last row written, nil if running text came after it.
func (b *builder) lastRow() *dossier.Block {
	for i := len(b.blocks) - 1; i >= 0; i-- {
		switch block := &b.blocks[i]; {
		case block.Kind == dossier.Row:
			return block
		case block.Kind != dossier.Note && !slices.Contains(block.Flags, "textbox"):
			return nil
		}
	}
	return nil
}
