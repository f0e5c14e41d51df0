package docx

import (
	"strconv"
	"strings"

	"inkooptoets/extract/dossier"
)

// row is one row of a table before it is a block.
type row struct {
	cells  []dossier.Cell
	spots  []spot
	ends   []int // first column after each cell
	header bool  // marked as a header that is repeated on every page
	bold   bool  // all of its text is bold, or all of its cells are shaded
	notes  []note
	added  bool
	empty  bool // holds an unfilled form field
}

// table turns a table into rows. A table of one cell is a frame around ordinary text.
func (w *walker) table(n *node) {
	w.list.Reset()
	trs := children(n, "tr")
	if len(trs) == 1 {
		if tcs := children(trs[0], "tc"); len(tcs) == 1 {
			for _, k := range tcs[0].kids {
				w.block(k)
			}
			w.flushJoined()
			return
		}
	}
	w.countPrompts(n)
	var rows []row
	above := map[int]flatText{} // text of the cell that is merged downwards, by column
	for _, tr := range trs {
		if tr.child("trPr", "del") != nil {
			w.found.deleted++
			continue
		}
		if hidden, _ := tr.child("trPr").on("hidden"); hidden {
			w.found.hidden++
			continue
		}
		if r := w.row(tr, above); len(r.cells) > 0 {
			rows = append(rows, r)
		}
	}
	if len(rows) > 0 {
		w.tables++
		w.rows(rows)
	}
}

// maxSpan is the number of columns Word allows.
const maxSpan = 63

func (w *walker) row(tr *node, above map[int]flatText) row {
	var r row
	r.header, _ = tr.child("trPr").on("tblHeader")
	if r.added = tr.child("trPr", "ins") != nil; r.added {
		w.found.inserted++
	}
	col, letters, bold, shaded, filled := 0, 0, 0, 0, false
	if v, err := strconv.Atoi(tr.child("trPr", "gridBefore").attr("val")); err == nil && v > 0 && v <= maxSpan {
		col = v
	}
	prompts := w.found.placeholders
	w.countPrompts(tr)
	tcs := children(tr, "tc")
	for _, tc := range tcs {
		props := tc.child("tcPr")
		if props.child("cellDel") != nil {
			w.found.deleted++
			continue
		}
		inside := w.merged(tc, col, above)
		filled = filled || inside.text != ""
		for _, s := range inside.spots {
			r.spots = append(r.spots, spot{cell: len(r.cells), from: s.from, at: s.at})
		}
		r.cells = append(r.cells, dossier.Cell{Text: inside.text, Col: col, Marks: inside.marks})
		l, b := w.weight(tc)
		letters, bold = letters+l, bold+b
		if fill := strings.ToLower(props.child("shd").attr("fill")); fill != "" && fill != "auto" && fill != "ffffff" {
			shaded++
		}
		r.notes = append(r.notes, w.noteMarks(tc)...)
		col += span(props)
		r.ends = append(r.ends, col)
	}
	r.empty = w.found.placeholders > prompts
	if !filled {
		r.cells = nil
	}
	r.bold = letters > 0 && bold*10 >= letters*9 || shaded > 0 && shaded == len(tcs)
	return r
}

// merged is the text of a cell. A cell that is merged with the one above says the same: a row has to be understood by itself.
func (w *walker) merged(tc *node, col int, above map[int]flatText) flatText {
	inside := w.flat(tc)
	merge := tc.child("tcPr", "vMerge")
	switch {
	case merge == nil:
		delete(above, col)
	case merge.attr("val") == "restart":
		above[col] = inside
	case inside.text == "":
		repeated := above[col]
		repeated.marks = nil // they stand with the first row
		return repeated
	}
	return inside
}

func span(props *node) int {
	v, err := strconv.Atoi(props.child("gridSpan").attr("val"))
	if err != nil {
		return 1
	}
	return max(1, min(v, maxSpan))
}

// weight counts the letters of a cell and those in bold.
func (w *walker) weight(tc *node) (letters, bold int) {
	probe := walker{styles: w.styles, numbering: w.numbering, found: &findings{}} // what it finds has been counted
	for _, n := range children(tc, "p") {
		p := &paragraph{props: n.child("pPr")}
		p.style = w.styles.of(p.props.child("pStyle").attr("val"))
		for _, k := range n.kids {
			probe.inline(k, p)
		}
		letters, bold = letters+p.letters, bold+p.bold
	}
	return letters, bold
}

// children are the elements called name below n, also those inside content controls and tracked insertions.
func children(n *node, name string) []*node {
	var out []*node
	for _, k := range n.kids {
		switch k.name {
		case name:
			out = append(out, k)
		case "sdt", "sdtContent", "customXml", "ins", "moveTo":
			out = append(out, children(k, name)...)
		}
	}
	return out
}

// countPrompts counts the content controls around whole rows or cells that show only their prompt.
func (w *walker) countPrompts(n *node) {
	for _, k := range n.kids {
		if prompt, _ := k.child("sdtPr").on("showingPlcHdr"); prompt && k.name == "sdt" {
			w.found.placeholders++
		}
	}
}

// rows makes the blocks of one table.
func (w *walker) rows(rows []row) {
	head := headerRows(rows)
	labels := map[int]string{} // by column
	for i, r := range rows {
		b := dossier.Block{Kind: dossier.Row, Table: w.tables, Cells: r.cells}
		if i < head {
			b.Flags = append(b.Flags, "header-row")
			spread(labels, r)
		} else {
			for k := range b.Cells {
				b.Cells[k].Header = labels[b.Cells[k].Col]
			}
		}
		if r.added {
			b.Flags = append(b.Flags, "inserted")
		}
		if r.empty {
			b.Flags = append(b.Flags, "placeholder")
		}
		w.add(b, r.spots...)
		w.after(&paragraph{notes: r.notes, at: first(r.spots)})
	}
}

// spread gives every column the label that stands above it; a label over several columns counts for each of them.
func spread(labels map[int]string, r row) {
	for i, c := range r.cells {
		for col := c.Col; col < r.ends[i]; col++ {
			if c.Text != "" && labels[col] != c.Text {
				labels[col] = strings.TrimSpace(labels[col] + " " + c.Text)
			}
		}
	}
}

// headerRows is the number of rows at the top that name the columns.
func headerRows(rows []row) int {
	n := 0
	for n < len(rows) && rows[n].header {
		n++
	}
	if n > 0 && n < len(rows) {
		return n
	}
	first := rows[0]
	if len(rows) < 2 || len(first.cells) < 2 {
		return 0
	}
	texts := make([][]string, len(rows))
	for i, r := range rows {
		for _, c := range r.cells {
			texts[i] = append(texts[i], c.Text)
		}
	}
	if first.bold && !rows[1].bold || dossier.LooksLikeHeader(texts) {
		return 1
	}
	return 0
}
