package pdf

import (
	"slices"
	"strings"

	"inkooptoets/extract/dossier"
)

// tagged says whether nearly all letters of a file stand in its structure tree.
func tagged(all [][]run) bool {
	known, letters := 0, 0
	for _, runs := range all {
		for _, r := range runs {
			letters += r.letters
			if r.part != nil {
				known += r.letters
			}
		}
	}
	return letters > 0 && float64(known) >= mostlyTagged*float64(letters)
}

// readParts makes the blocks of a tagged file: each element of the tree is one block, in the order of the tree.
func (b *builder) readParts(pages []page, all [][]run) {
	for i, p := range pages {
		ruledTables(p, all[i])
		settle(all[i])
	}
	parts, runs := gather(all)
	b.learnTagged(parts, runs)
	for i := 0; i < len(parts); {
		n := 1
		if parts[i].kind != dossier.Row {
			b.part(parts[i], runs[parts[i]])
		} else {
			for i+n < len(parts) && parts[i+n].kind == dossier.Row && parts[i+n].table == parts[i].table {
				n++
			}
			b.partTable(parts[i:i+n], runs)
		}
		i += n
	}
	b.flush()
	b.levels()
}

// settle gives the runs that are not in the tree a place in it: cells of a ruled table above the first row that is, and otherwise
// a paragraph after what was painted before.
func settle(runs []run) {
	first := map[*table]*run{} // first tagged run of each table
	for i := range runs {
		r := &runs[i]
		if r.cell == nil || r.part == nil || r.part.kind != dossier.Row {
			continue
		}
		if f := first[r.cell.table]; f == nil || r.part.order < f.part.order {
			first[r.cell.table] = r
		}
	}
	rows := map[[2]any]*element{}
	var last, loose *element
	for i := range runs {
		r := &runs[i]
		if r.part != nil {
			last, loose = r.part, nil
			continue
		}
		if r.cell != nil && first[r.cell.table] != nil && r.cell.row < first[r.cell.table].cell.row {
			key := [2]any{r.cell.table, [2]int{r.cell.row, r.cell.col}}
			if rows[key] == nil {
				below := first[r.cell.table].part
				rows[key] = &element{
					order: below.order - 1 + 0.01*float64(r.cell.row) + 0.0001*float64(r.cell.col), kind: dossier.Row, table: below.table,
					row: -1000*below.row - r.cell.row - 1, span: 1, rows: 1, header: true,
				}
			}
			r.part = rows[key]
			continue
		}
		if loose == nil {
			loose = &element{kind: dossier.Paragraph, order: -1}
			if last != nil {
				loose.order = last.order + 0.5
			}
		}
		r.part = loose
	}
}

// gather puts the runs of each element together, and the elements in order.
func gather(all [][]run) ([]*element, map[*element][]run) {
	var parts []*element
	byPart := map[*element][]run{}
	for _, runs := range all {
		for _, r := range runs {
			if byPart[r.part] == nil {
				parts = append(parts, r.part)
			}
			r.cell = nil
			byPart[r.part] = append(byPart[r.part], r)
		}
	}
	slices.SortStableFunc(parts, func(a, b *element) int { return compare(a.order, b.order) })
	return parts, byPart
}

// learnTagged finds the numbers of the notes and the letter size of the file.
func (b *builder) learnTagged(parts []*element, runs map[*element][]run) {
	sizes := map[float64]int{}
	var marks []string
	for _, p := range parts {
		b.named = b.named || p.kind == dossier.Heading
		text := ""
		for _, r := range runs[p] {
			sizes[half(r.size)] += r.letters
			text += r.text + " "
		}
		marks = append(marks, raisedNumbers(text)...)
		if number := leadingNumber(text); number != "" && (p.kind == dossier.Note || strings.Contains(text, "↩")) {
			b.notes[number] = true
		}
	}
	b.body = mode(sizes, 11)
	b.countNotes(marks)
}

// cutBackLink cuts off the arrow that leads from a note back to the text.
func cutBackLink(text string) (rest string, ok bool) {
	rest = strings.TrimRight(text, "↩\uFE0E ")
	return rest, rest != text && strings.Contains(text, "↩")
}

// part adds one element that is not a cell.
func (b *builder) part(p *element, runs []run) {
	all := lines(runs)
	text := dossier.Clean(b.joined(all))
	if text == "" || strings.Trim(text, "_.…-– ") == "" {
		return
	}
	block := dossier.Block{Kind: p.kind, Level: p.level, Text: text, Loc: dossier.Loc{Page: runs[0].page}}
	b.first, b.last = all[0], all[len(all)-1]
	note, linked := cutBackLink(text)
	defer func(n int) {
		if len(b.blocks) > n {
			b.marks[n] = b.known(marksOf(runs))
		}
	}(len(b.blocks))
	switch {
	case linked, p.kind == dossier.Note:
		block.Kind, block.Level = dossier.Note, 0
		block.Number, block.Text = splitNote(note)
		b.add(block, look{})
	case p.toc, b.isContents(text):
		block.Kind, block.Flags = dossier.Paragraph, []string{"toc"}
		b.add(block, look{})
	case p.kind == dossier.Heading:
		b.list.Reset()
		block.Number, block.Text = splitHeading(text)
		b.add(block, look{})
	case p.kind == dossier.Item:
		if number, rest, ok := marker(text); ok {
			block.Number, block.Text = number, rest
		}
		b.add(block, look{})
	case !b.named && b.isHeading(wholeOf(all, text)):
		block.Kind = dossier.Heading
		block.Number, block.Text = splitHeading(text)
		b.add(block, look{half(b.first.size), b.first.bold})
	default:
		b.finishText(block, text)
	}
}

// wholeOf is a block as one line.
func wholeOf(all []line, text string) line {
	l := all[0]
	l.text = text
	for _, o := range all {
		l.bold = l.bold && o.bold
	}
	return l
}

// joined is the text of lines that are known to be one block.
func (b *builder) joined(all []line) string {
	text := ""
	for _, l := range all {
		text = b.join(text, b.unmark(l.text))
	}
	return strings.Replace(text, "\uF0B7", "•", 1)
}

// once leaves out what is repeated: Chromium gives the header of a table that goes on in the next column or on the next page the
// same element.
func once(runs []run) []run {
	n := 1 + slices.IndexFunc(runs[1:], func(r run) bool { return r.text == runs[0].text })
	if n == 0 || len(runs)%n != 0 {
		return runs
	}
	for i, r := range runs {
		if r.text != runs[i%n].text {
			return runs
		}
	}
	return runs[:n]
}

// splitNote cuts the number off a note.
func splitNote(text string) (number, rest string) {
	number = leadingNumber(text)
	if rest = strings.TrimLeft(text[len(number):], ".) "); rest == "" {
		return "", text
	}
	return number, rest
}

// partTable adds the rows of a table, or of a part of it.
func (b *builder) partTable(parts []*element, runs map[*element][]run) {
	var rows []tableRow
	var pages []int
	spans := rowSpans{}
	headed := !slices.ContainsFunc(parts, func(p *element) bool { return p.row == parts[0].row && !p.header })
	for len(parts) > 0 {
		n := 1
		for n < len(parts) && parts[n].row == parts[0].row {
			n++
		}
		rows = append(rows, b.partRow(parts[:n], runs, spans))
		pages = append(pages, runs[parts[0]][0].page)
		parts = parts[n:]
	}
	b.writeParts(rows, pages, headed)
}

// rowSpans are the cells that go on in the rows below, by column.
type rowSpans map[int]struct {
	text string
	left int
}

// skip gives the cells from above that stand in the columns from col on, and the first free column.
func (s rowSpans) skip(col int) (cells []dossier.Cell, free int) {
	for above := s[col]; above.left > 0; above = s[col] {
		cells = append(cells, dossier.Cell{Text: above.text, Col: col})
		above.left--
		s[col] = above
		col++
	}
	return cells, col
}

// partRow makes one row. A cell that is merged over rows is repeated in each.
func (b *builder) partRow(parts []*element, runs map[*element][]run, spans rowSpans) tableRow {
	row := tableRow{bold: true}
	cells, col := spans.skip(0)
	row.cells = cells
	for _, p := range parts {
		own := runs[p]
		if p.header {
			own = once(own)
		}
		all := lines(own)
		for _, l := range all {
			row.bold = row.bold && l.bold
		}
		text := dossier.Clean(b.joined(all))
		row.cells = append(row.cells, dossier.Cell{Text: text, Col: col})
		for range p.span {
			if above := spans[col]; p.rows > 1 && p.span == 1 {
				above.text, above.left = text, p.rows-1
				spans[col] = above
			}
			col++
		}
		cells, col = spans.skip(col)
		row.cells = append(row.cells, cells...)
	}
	return row
}

// writeParts adds rows; headed says that the file calls the first a header.
func (b *builder) writeParts(rows []tableRow, pages []int, headed bool) {
	b.list.Reset()
	b.tables++
	b.labels, b.header = map[int]string{}, nil
	for i, r := range rows {
		block := dossier.Block{Kind: dossier.Row, Table: b.tables, Cells: r.cells, Loc: dossier.Loc{Page: pages[i]}}
		switch {
		case i == 0 && (headed || isHeader(rows)):
			b.header, block.Flags = slices.Clone(r.cells), []string{"header-row"}
			for _, c := range r.cells {
				b.labels[c.Col] = c.Text
			}
		case b.header != nil && sameTexts(b.header, r.cells):
			continue // repeated at the top of the next page
		default:
			for k := range r.cells {
				r.cells[k].Header = b.labels[r.cells[k].Col]
			}
		}
		b.add(block, look{})
	}
}
