package odt

import (
	"slices"
	"strconv"

	"inkooptoets/extract/dossier"
)

// row is one row of a table before it is a block.
type row struct {
	cells  []dossier.Cell
	header bool
	notes  []*node
}

// table turns a table into rows. A table of one cell is a frame around ordinary text.
func (w *walker) table(n *node) {
	w.nesting.Reset()
	if cell := onlyCell(n); cell != nil {
		w.body(cell)
		return
	}
	var rows []row
	above := map[int]covered{}
	for _, r := range tableRows(n, false) {
		if got := w.row(r.node, above); len(got.cells) > 0 {
			got.header = r.header
			rows = append(rows, got)
		}
	}
	if len(rows) == 0 {
		return
	}
	w.tables++
	w.rows(rows)
}

type tableRow struct {
	node   *node
	header bool
}

// tableRows are the rows below n, also those in groups.
func tableRows(n *node, header bool) []tableRow {
	var out []tableRow
	for _, k := range n.kids {
		switch k.name {
		case "table-row":
			out = append(out, tableRow{k, header})
		case "table-header-rows":
			out = append(out, tableRows(k, true)...)
		case "table-rows", "table-row-group":
			out = append(out, tableRows(k, header)...)
		}
	}
	return out
}

func onlyCell(n *node) *node {
	rows := tableRows(n, false)
	if len(rows) != 1 {
		return nil
	}
	var only *node
	for _, c := range rows[0].node.kids {
		if c.name != "table-cell" {
			continue
		}
		if only != nil || repeats(c, "number-columns-repeated") > 1 {
			return nil
		}
		only = c
	}
	return only
}

// covered is the text of a cell that goes on in the rows below.
type covered struct {
	text string
	left int
}

func (w *walker) row(n *node, above map[int]covered) row {
	var r row
	col, filled := 0, false
	for _, c := range n.kids {
		switch c.name {
		case "table-cell":
			text := w.flatten(c)
			filled = filled || text != ""
			r.notes = append(r.notes, notesIn(c)...)
			for range repeats(c, "number-columns-repeated") {
				r.cells = append(r.cells, dossier.Cell{Text: text, Col: col})
				if down, _ := strconv.Atoi(c.attr("number-rows-spanned")); down > 1 {
					above[col] = covered{text, down - 1}
				}
				col++
			}
		case "covered-table-cell":
			for range repeats(c, "number-columns-repeated") {
				if up, ok := above[col]; ok && up.left > 0 {
					r.cells = append(r.cells, dossier.Cell{Text: up.text, Col: col})
					above[col] = covered{up.text, up.left - 1}
				}
				col++
			}
		}
	}
	if !filled {
		r.cells = nil
	}
	return r
}

func repeats(n *node, name string) int {
	v, err := strconv.Atoi(n.attr(name))
	if err != nil {
		return 1
	}
	return max(1, min(v, maxRepeat))
}

func notesIn(n *node) []*node {
	if n.name == "note" {
		return []*node{n}
	}
	var out []*node
	for _, k := range n.kids {
		out = append(out, notesIn(k)...)
	}
	return out
}

// rows makes the blocks of one table.
func (w *walker) rows(rows []row) {
	head := 0
	for head < len(rows)-1 && rows[head].header {
		head++
	}
	if head == 0 && dossier.LooksLikeHeader(texts(rows)) {
		head = 1
	}
	labels := map[int]string{}
	for i, r := range rows {
		b := dossier.Block{Kind: dossier.Row, Table: w.tables, Cells: slices.Clone(r.cells)}
		if i < head {
			b.Flags = []string{"header-row"}
			for _, c := range r.cells {
				labels[c.Col] = c.Text
			}
		} else {
			for k := range b.Cells {
				b.Cells[k].Header = labels[b.Cells[k].Col]
			}
		}
		w.blocks = append(w.blocks, b)
		w.after(&text{notes: r.notes})
	}
}

func texts(rows []row) [][]string {
	out := make([][]string, len(rows))
	for i, r := range rows {
		for _, c := range r.cells {
			out[i] = append(out[i], c.Text)
		}
	}
	return out
}
