package pdf

import (
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"inkooptoets/extract/dossier"
)

// layout turns pages into blocks in reading order.
func layout(pages []page) []dossier.Block {
	all := make([][]run, len(pages))
	for i, p := range pages {
		all[i] = p.runs()
	}
	all = withoutFurniture(pages, all)
	b := builder{joiner: newJoiner(all)}
	flows := make([]flow, len(pages))
	for i, p := range pages {
		tables := ruledTables(p.rules, all[i])
		flows[i] = flow{page: p.num, tables: tables, runs: ordered(all[i])}
		flows[i].lines = lines(flows[i].runs, p.num)
	}
	b.learn(flows)
	for _, f := range flows {
		b.flow(f)
	}
	b.flush()
	b.levels()
	return b.blocks
}

// flow is one page, ready to be read.
type flow struct {
	page   int
	runs   []run
	lines  []line
	tables []*table
}

// look is how a heading is printed; headings that look the same have the same level.
type look struct {
	size float64 // rounded to half points
	bold bool
}

// builder joins lines to blocks.
type builder struct {
	joiner
	blocks   []dossier.Block
	looks    []look // by block; zero for all but headings
	body     float64
	leading  float64 // usual distance of two lines, in parts of the letter size
	open     *dossier.Block
	text     string
	first    line            // of the open block
	last     line            // of the open block
	notes    []dossier.Block // footnotes that wait for the end of the open block
	lastNote line
	list     dossier.Nesting
	tables   int
	table    *table          // the last table, if nothing came after it
	labels   map[int]string  // its columns
	header   []dossier.Cell  // its header row
	seen     map[*table]bool // tables already written
}

// learn finds the usual letter size and line distance of the file.
func (b *builder) learn(flows []flow) {
	sizes, distances := map[float64]int{}, map[float64]int{}
	for _, f := range flows {
		for i, l := range f.lines {
			sizes[half(l.size)] += len(l.text)
			if i == 0 {
				continue
			}
			if d := (f.lines[i-1].y - l.y) / l.size; d > 0.8 && d < 2.2 && math.Abs(f.lines[i-1].size-l.size) < 0.3 {
				distances[math.Round(d*20)/20]++
			}
		}
	}
	b.body, b.leading, b.seen = mode(sizes, 11), mode(distances, 1.2), map[*table]bool{}
}

func half(v float64) float64 { return math.Round(v*2) / 2 }

// mode is the value that is counted most, the smallest of equals.
func mode(counts map[float64]int, otherwise float64) float64 {
	best, most := otherwise, 0
	for v, n := range counts {
		if n > most || n == most && v < best {
			best, most = v, n
		}
	}
	return best
}

func (b *builder) flow(f flow) {
	next := 0
	for _, r := range f.runs { // runs keep the place of a table between the lines
		if r.cell != nil {
			if !b.seen[r.cell.table] {
				b.seen[r.cell.table] = true
				b.flush()
				b.writeTable(r.cell.table, f.page)
			}
			continue
		}
		if next < len(f.lines) && f.lines[next].runs[0] == r {
			b.line(f.lines[next])
			next++
		}
	}
}

func (b *builder) line(l line) {
	if b.isNote(l) {
		b.note(l) // the paragraph or table above may go on on the next page
		return
	}
	b.table = nil
	if b.open != nil && b.goesOn(l) {
		b.text = b.join(b.text, l.text)
		b.last = l
		return
	}
	b.flush()
	b.begin(l)
}

// isNote says whether a line is a footnote or goes on with one: it is set small, or starts with a raised number.
func (b *builder) isNote(l line) bool {
	if l.raised {
		return true
	}
	if n := len(b.notes); n > 0 && b.notes[n-1].Loc.Page == l.page {
		down := b.lastNote.y - l.y
		return math.Abs(b.lastNote.size-l.size) < 0.3 && down > 0 && down < (b.leading+0.4)*l.size
	}
	return l.size < 0.92*b.body && unicode.IsDigit(rune(l.text[0]))
}

func (b *builder) note(l line) {
	b.lastNote = l
	number, rest, _ := strings.Cut(l.text, " ")
	if unicode.IsDigit(rune(l.text[0])) && strings.Trim(number, "0123456789") == "" && rest != "" {
		b.notes = append(b.notes, dossier.Block{Kind: dossier.Note, Number: number, Text: rest, Loc: dossier.Loc{Page: l.page}})
		return
	}
	if n := len(b.notes); n > 0 {
		b.notes[n-1].Text = b.join(b.notes[n-1].Text, l.text)
	}
}

// goesOn says whether a line belongs to the open block.
func (b *builder) goesOn(l line) bool {
	prev := b.last
	if l.turned != prev.turned || math.Abs(l.size-prev.size) > 0.08*max(l.size, prev.size)+0.2 {
		return false
	}
	first, _ := utf8.DecodeRuneInString(l.text)
	lower := unicode.IsLower(first)
	hyphen := strings.HasSuffix(prev.text, "-") || strings.HasSuffix(prev.text, "\u00AD")
	ended := strings.ContainsAny(prev.text[len(prev.text)-1:], ".:;?!")
	down := prev.y - l.y
	if l.page != prev.page || down <= 0 || l.x0 > prev.x1+20 { // next page or column
		_, _, marked := marker(l.text)
		return !marked && !ended && (lower || hyphen || b.openClause(l))
	}
	if b.looksLikeHeading(b.first) {
		return l.bold == prev.bold && down < (b.leading+0.35)*l.size && !b.numbered(l) && (lower || b.looksLikeHeading(l))
	}
	if l.bold != prev.bold && !lower && !hyphen && (ended || l.bold || b.first.bold && prev.bold) {
		return false
	}
	if down > (b.leading+0.2)*l.size {
		return false
	}
	if b.marked(l) {
		return false
	}
	if b.open.Kind == dossier.Item && len(b.first.runs) > 1 && b.first.textX > b.first.x0+3 && l.x0 < b.first.textX-4 && !hyphen {
		return l.x0 > b.first.x0-2 && lower && !ended && !b.fits(prev, l)
	}
	if (ended || !lower) && b.fits(prev, l) {
		return false
	}
	return true
}

// openClause says whether the open text runs to the end of its column without ending there, so that it must go on.
func (b *builder) openClause(l line) bool {
	return b.open.Kind != dossier.Heading && !b.first.bold && !l.bold && b.last.edge-b.last.x1 < 0.15*(b.last.edge-b.last.x0)
}

// fits says whether the first word of the next line had room on the line before it: then the line was ended on purpose.
func (b *builder) fits(prev, next line) bool {
	word, _, _ := strings.Cut(next.text, " ")
	width := (next.x1 - next.x0) * float64(utf8.RuneCountInString(word)) / float64(max(1, utf8.RuneCountInString(next.text)))
	room := prev.edge - prev.x1 - width
	if strings.ContainsAny(prev.text[len(prev.text)-1:], ".:;?!") {
		return room > 0.6*next.size
	}
	return room > 3*next.size // the width is an estimate, and in the middle of a sentence a break must be plain
}

// marked says whether a line starts a list item. Inside an item, what stands under its words is its text, whatever it starts with.
func (b *builder) marked(l line) bool {
	number, _, ok := marker(l.text)
	if !ok {
		return b.numbered(l) && b.fits(b.last, l)
	}
	if b.open.Kind == dossier.Item && b.first.textX > b.first.x0+3 && math.Abs(l.x0-b.first.textX) < 2 && len(l.runs) == 1 {
		return b.fits(b.last, l)
	}
	if number != "" && len(l.runs) == 1 && !b.fits(b.last, l) && b.open.Kind != dossier.Item {
		return strings.ContainsAny(b.last.text[len(b.last.text)-1:], ".:;")
	}
	return true
}

// numbered says whether a line starts with the number of an article or chapter.
func (b *builder) numbered(l line) bool {
	number, _ := dossier.SplitHeading(l.text)
	return number != ""
}

// looksLikeHeading says whether a line is set as a heading: larger than the body or bold, and reading like a title.
func (b *builder) looksLikeHeading(l line) bool {
	if l.size < 0.95*b.body || !(l.size > 1.08*b.body || l.bold) {
		return false
	}
	first, _ := utf8.DecodeRuneInString(l.text)
	return !unicode.IsLower(first) && utf8.RuneCountInString(l.text) < 160 && !strings.ContainsAny(l.text[len(l.text)-1:], ".;:,")
}

func (b *builder) begin(l line) {
	b.first, b.last, b.text = l, l, l.text
	b.open = &dossier.Block{Kind: dossier.Paragraph, Loc: dossier.Loc{Page: l.page}}
	if b.looksLikeHeading(l) {
		return // flush sees the whole text
	}
	if _, _, ok := marker(l.text); ok {
		b.open.Kind = dossier.Item
	}
}

func (b *builder) flush() {
	if b.open != nil {
		b.finish()
		b.open = nil
	}
	for _, n := range b.notes {
		n.Text = dossier.Clean(n.Text)
		b.add(n, look{})
	}
	b.notes = nil
}

func (b *builder) add(block dossier.Block, l look) {
	b.blocks = append(b.blocks, block)
	b.looks = append(b.looks, l)
}

// finish decides what the open block is, now that its text is whole.
func (b *builder) finish() {
	block := *b.open
	text := dossier.Clean(strings.Replace(b.text, "\uF0B7", "•", 1))
	if text == "" || strings.Trim(text, "_.…-– ") == "" {
		return // a line to write on
	}
	whole := b.first
	whole.text = text
	number, rest := dossier.SplitHeading(text)
	article := strings.HasPrefix(strings.ToLower(text), "artikel ") && number != "" && dossier.TitleLike(rest)
	switch {
	case b.isContents(text):
		block.Text, block.Flags = text, []string{"toc"}
		b.add(block, look{})
	case b.looksLikeHeading(whole), article && b.first.size >= 0.95*b.body && b.last.y == b.first.y:
		b.list.Reset()
		block.Kind, block.Number, block.Text = dossier.Heading, number, rest
		b.add(block, look{half(b.first.size), b.first.bold})
	default:
		b.finishText(block, text)
	}
}

// isContents recognises an entry of a table of contents by the dots that lead to its page number.
func (b *builder) isContents(text string) bool {
	return strings.Contains(text, "....") && unicode.IsDigit(rune(text[len(text)-1]))
}

func (b *builder) finishText(block dossier.Block, text string) {
	number, rest, ok := marker(text)
	if !ok {
		if n := len(b.blocks); n > 0 && b.blocks[n-1].Kind == dossier.Paragraph || b.first.x0 < b.list0()-3 {
			b.list.Reset()
		}
		block.Kind, block.Text = dossier.Paragraph, text
		b.add(block, look{})
		return
	}
	introduced := false
	if n := len(b.blocks); n > 0 && b.blocks[n-1].Kind == dossier.Item {
		introduced = strings.HasSuffix(b.blocks[n-1].Text, ":")
	}
	block.Kind, block.Number, block.Text = dossier.Item, number, rest
	block.Level = b.list.Level(b.first.x0-b.first.left, 3, number, introduced)
	b.add(block, look{})
}

// list0 is where the items of the current list stand; a paragraph to the left of it ends the list.
func (b *builder) list0() float64 {
	if n := len(b.blocks); n > 0 && b.blocks[n-1].Kind == dossier.Item {
		return b.first.x0 + 6 // a paragraph after an item ends it unless it stands under the words of the item
	}
	return 0
}

func (b *builder) writeTable(t *table, pageNum int) {
	rows := t.rows(b.joiner)
	if len(rows) == 0 {
		return
	}
	b.list.Reset()
	if b.table != nil && b.table.sameColumns(t) { // it goes on on the next page
		if len(b.header) > 0 && sameTexts(b.header, rows[0].cells) {
			rows = rows[1:]
		}
		rows = b.finishRow(rows)
	} else {
		b.tables++
		b.labels, b.header = map[int]string{}, nil
		if isHeader(rows) {
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

// finishRow adds the first row after a page break to the last one before it when it has nothing in its first column: the row was cut
// in two. It returns the other rows.
func (b *builder) finishRow(rows []tableRow) []tableRow {
	n := len(b.blocks)
	if n == 0 || b.blocks[n-1].Kind != dossier.Row || len(rows) == 0 || rows[0].cells[0].Text != "" {
		return rows
	}
	last := &b.blocks[n-1]
	for _, c := range rows[0].cells {
		for i := range last.Cells {
			if last.Cells[i].Col == c.Col {
				last.Cells[i].Text = b.join(last.Cells[i].Text, c.Text)
			}
		}
	}
	return rows[1:]
}

// levels ranks the looks of headings, largest first, and adds the depth of numbers within one look.
func (b *builder) levels() {
	shallow := map[look]int{}
	var ranks []look
	for i, l := range b.looks {
		if l == (look{}) {
			continue
		}
		if !slices.Contains(ranks, l) {
			ranks = append(ranks, l)
		}
		if d := dossier.NumberDepth(b.blocks[i].Number); d > 0 && (shallow[l] == 0 || d < shallow[l]) {
			shallow[l] = d
		}
	}
	slices.SortFunc(ranks, func(a, b look) int {
		if a.size != b.size {
			return compare(b.size, a.size)
		}
		if a.bold {
			return -1
		}
		return 1
	})
	for i, l := range b.looks {
		if l == (look{}) {
			continue
		}
		level := slices.Index(ranks, l) + 1
		if d := dossier.NumberDepth(b.blocks[i].Number); d > 0 {
			level += d - shallow[l]
		}
		b.blocks[i].Level = min(level, 9)
	}
}
