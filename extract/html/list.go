package html

import (
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"

	"inkooptoets/extract/dossier"
)

// list walks over ol or ul and computes the numbers that a browser prints.
func (w *walker) list(n *html.Node, at place) {
	next := 1
	if v, err := strconv.Atoi(attr(n, "start")); err == nil {
		next = v
	}
	step := 1
	if has(n, "reversed") {
		step = -1
	}
	at.depth++
	for k := n.FirstChild; k != nil; k = k.NextSibling {
		if k.Type != html.ElementNode || !w.shown(k) {
			continue
		}
		if k.Data != "li" { // a list right inside a list is not allowed, but browsers show it
			w.element(k, at)
			continue
		}
		if v, err := strconv.Atoi(attr(k, "value")); err == nil {
			next = v
		}
		fresh := true
		at.item, at.number = &fresh, ""
		if n.Data == "ol" {
			at.number = number(next, attr(n, "type"))
		}
		next += step
		w.blocksOf(k, at)
		w.flush(at)
	}
}

func number(v int, form string) string {
	if v > 0 && v <= 780 && (form == "a" || form == "A") {
		return strings.Repeat(string(rune(int(form[0])+(v-1)%26)), 1+(v-1)/26) + "."
	}
	if v > 0 && v <= 3999 && (form == "i" || form == "I") {
		if form == "i" {
			return strings.ToLower(dossier.Roman(v)) + "."
		}
		return dossier.Roman(v) + "."
	}
	return strconv.Itoa(v) + "."
}

// maxSpan is how many columns or rows one cell may take.
const maxSpan = 100

// row is one row of a table before it is a block.
type row struct {
	cells  []dossier.Cell
	header bool
}

// spanning is a cell that goes on in the rows below.
type spanning struct {
	text string
	left int
}

// table turns a table into rows. A table of one cell is a frame around ordinary text.
func (w *walker) table(n *html.Node) {
	trs := rowsOf(n)
	if len(trs) == 1 {
		if cells := cellsOf(trs[0]); len(cells) == 1 {
			w.blocksOf(cells[0], place{})
			w.flush(place{})
			return
		}
	}
	w.nesting.Reset()
	var rows []row
	above := map[int]spanning{}
	for _, tr := range trs {
		if !w.shown(tr) {
			continue
		}
		if r := w.row(tr, above); len(r.cells) > 0 {
			rows = append(rows, r)
		}
	}
	if len(rows) > 0 && len(w.blocks)+len(rows) <= maxBlocks {
		w.tables++
		w.emit(rows)
	}
}

// rowsOf are the rows of a table, without those of tables inside it.
func rowsOf(n *html.Node) []*html.Node {
	var out []*html.Node
	for k := n.FirstChild; k != nil; k = k.NextSibling {
		switch k.Data {
		case "tr":
			out = append(out, k)
		case "thead", "tbody", "tfoot":
			out = append(out, rowsOf(k)...)
		}
	}
	return out
}

func cellsOf(tr *html.Node) []*html.Node {
	var out []*html.Node
	for k := tr.FirstChild; k != nil; k = k.NextSibling {
		if k.Data == "td" || k.Data == "th" {
			out = append(out, k)
		}
	}
	return out
}

func (w *walker) row(tr *html.Node, above map[int]spanning) row {
	var r row
	col, filled, heads := 0, false, 0
	cells := cellsOf(tr)
	for _, c := range cells {
		col = r.carry(col, above)
		text := w.flatten(c)
		filled = filled || text != ""
		if c.Data == "th" {
			heads++
		}
		r.cells = append(r.cells, dossier.Cell{Text: text, Col: col})
		if down := span(c, "rowspan"); down > 1 {
			above[col] = spanning{text, down - 1}
		}
		col += span(c, "colspan")
	}
	r.carry(col, above)
	if !filled {
		r.cells = nil
	}
	r.header = heads > 0 && heads == len(cells) || tr.Parent != nil && tr.Parent.Data == "thead"
	return r
}

// carry adds the cells from above that stand at col, and returns the first free column.
func (r *row) carry(col int, above map[int]spanning) int {
	for {
		up, ok := above[col]
		if !ok || up.left == 0 {
			return col
		}
		above[col] = spanning{up.text, up.left - 1}
		r.cells = append(r.cells, dossier.Cell{Text: up.text, Col: col})
		col++
	}
}

func span(n *html.Node, name string) int {
	v, err := strconv.Atoi(attr(n, name))
	if err != nil {
		return 1
	}
	return max(1, min(v, maxSpan))
}

// flatten is all text of a cell as one string, with the numbers of list items.
func (w *walker) flatten(n *html.Node) string {
	inner := walker{}
	inner.blocksOf(n, place{})
	inner.flush(place{})
	w.deleted, w.hidden = w.deleted || inner.deleted, w.hidden || inner.hidden
	var out []string
	for _, b := range inner.blocks {
		text := b.Text
		if b.Kind == dossier.Row {
			var cells []string
			for _, c := range b.Cells {
				cells = append(cells, c.Text)
			}
			text = strings.Join(slices.DeleteFunc(cells, func(s string) bool { return s == "" }), ", ")
		}
		number := b.Number
		if b.Kind == dossier.Item && number == "" {
			number = "•"
		}
		out = append(out, strings.TrimSpace(number+" "+text))
	}
	return strings.Join(out, " ")
}

// emit makes the blocks of one table.
func (w *walker) emit(rows []row) {
	head := 0
	for head < len(rows)-1 && rows[head].header {
		head++
	}
	texts := make([][]string, len(rows))
	for i, r := range rows {
		for _, c := range r.cells {
			texts[i] = append(texts[i], c.Text)
		}
	}
	if head == 0 && dossier.LooksLikeHeader(texts) {
		head = 1
	}
	labels := map[int]string{}
	for i, r := range rows {
		b := dossier.Block{Kind: dossier.Row, Table: w.tables, Cells: r.cells}
		for k, c := range b.Cells {
			if i < head {
				labels[c.Col] = c.Text
			} else {
				b.Cells[k].Header = labels[c.Col]
			}
		}
		if i < head {
			b.Flags = []string{"header-row"}
		}
		w.blocks = append(w.blocks, b)
	}
}
