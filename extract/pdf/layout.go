package pdf

import (
	"math"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"inkooptoets/extract/dossier"
)

// layout turns pages into blocks in reading order.
func layout(pages []page) []dossier.Block {
	all := make([][]run, len(pages))
	for i, p := range pages {
		all[i] = p.words
	}
	b := builder{joiner: newJoiner(all)}
	if tagged(all) {
		b.readParts(pages, all)
		return b.withNotes()
	}
	flows := make([]flow, len(pages))
	for i, p := range pages {
		ruledTables(p, all[i])
		frameRuns(p, all[i])
		flows[i] = flow{page: p.num, runs: inPlace(p, ordered(all[i]))}
		flows[i].lines = lines(flows[i].runs)
		flows[i].notes = noteRules(p, all[i])
	}
	b.learn(flows)
	b.learnNotes(flows)
	for _, f := range flows {
		b.flow(f)
	}
	b.flush()
	b.levels()
	return b.withNotes()
}

// flow is one page, ready to be read.
type flow struct {
	page  int
	runs  []run
	lines []line
	notes []rule // the lines above footnotes
}

// builder joins lines to blocks.
type builder struct {
	joiner
	blocks    []dossier.Block
	looks     []look     // by block; zero for all but headings
	marks     [][]string // by block: the footnotes it points to
	openMarks []string   // those of the open block
	body      float64
	leading   float64 // usual distance of two lines, in parts of the letter size
	open      *dossier.Block
	text      string
	first     line            // of the open block
	allBold   bool            // every line of the open block is
	last      line            // of the open block
	waiting   []dossier.Block // footnotes that wait for the end of the open block
	lastNote  line
	noteRules []rule // of this page
	lastBox   line   // of a text box
	boxPlace  [2]int // page and number of the text box that waits last
	list      dossier.Nesting
	listed    map[int]int // numbered lines that are no heading, by the place of their words
	named     bool        // a tagged file says which blocks are headings
	contents  bool        // the last heading is that of a table of contents
	tables    int
	table     *table          // the last table, if nothing came after it
	labels    map[int]string  // its columns
	header    []dossier.Cell  // its header row
	seen      map[*table]bool // tables already written
}

// learn finds the usual letter size and line distance of the file.
func (b *builder) learn(flows []flow) {
	sizes, distances, sure := map[float64]int{}, map[float64]int{}, map[float64]int{}
	goingOn := 0
	b.listed = map[int]int{}
	for _, f := range flows {
		for i, l := range f.lines {
			sizes[half(l.size)] += len(l.text)
			if !l.bold && l.hangs() {
				b.listed[l.hanging()]++
			}
			if i == 0 {
				continue
			}
			if d := (f.lines[i-1].y - l.y) / l.size; d > 0.8 && d < 2.2 && math.Abs(f.lines[i-1].size-l.size) < 0.3 {
				d = math.Round(d*20) / 20
				distances[d]++
				if startsLower(l) && !ended(f.lines[i-1]) {
					sure[d]++
					goingOn++
				}
			}
		}
	}
	if goingOn >= 5 { // sentences that go on are a better measure than lines that may each be a paragraph
		distances = sure
	}
	b.body, b.leading, b.seen = mode(sizes, 11), closest(distances, 1.2), map[*table]bool{}
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

// closest is the smallest value that is counted often enough to be no chance: the distance of two lines in a paragraph, also in a file
// with mostly paragraphs of one line.
func closest(counts map[float64]int, otherwise float64) float64 {
	most := counts[mode(counts, 0)]
	best := otherwise
	found := false
	for v, n := range counts {
		if 4*n >= most && (!found || v < best) {
			best, found = v, true
		}
	}
	return best
}

func (b *builder) flow(f flow) {
	next := 0
	b.noteRules = f.notes
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
	if frame := l.runs[0].frame; frame != 0 {
		b.box(frame, l) // the text goes on below it
		return
	}
	if b.isNote(l) {
		b.note(l) // the paragraph or table above may go on on the next page
		return
	}
	b.table = nil
	if b.open != nil && len(b.text) < maxBlock && b.goesOn(l) {
		b.text = b.join(b.text, l.text)
		b.last, b.allBold = l, b.allBold && l.bold
		b.openMarks = append(b.openMarks, l.marks...)
		return
	}
	b.flush()
	b.begin(l)
}

func (b *builder) begin(l line) {
	b.first, b.last, b.text, b.allBold, b.openMarks = l, l, l.text, l.bold, slices.Clone(l.marks)
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
		n := len(b.blocks)
		b.finish()
		b.open = nil
		if len(b.blocks) > n {
			b.marks[n] = b.openMarks
		}
	}
	for _, n := range b.waiting {
		n.Text = dossier.Clean(n.Text)
		b.add(n, look{})
	}
	b.waiting = nil
}

func (b *builder) add(block dossier.Block, l look) {
	b.blocks = append(b.blocks, block)
	b.looks = append(b.looks, l)
	b.marks = append(b.marks, nil)
	if block.Kind == dossier.Heading {
		b.contents = dossier.IsContentsTitle(block.Text)
	}
}

// finish decides what the open block is, now that its text is whole.
func (b *builder) finish() {
	block := *b.open
	text := dossier.Clean(strings.Replace(b.text, "\uF0B7", "•", 1))
	if text == "" || strings.Trim(text, "_.…-– ") == "" {
		return // a line to write on
	}
	whole := b.whole()
	whole.text = text
	switch {
	case b.isContents(text):
		block.Kind, block.Text, block.Flags = dossier.Paragraph, text, []string{"toc"}
		b.add(block, look{})
	case b.isHeading(whole):
		b.list.Reset()
		block.Kind = dossier.Heading
		block.Number, block.Text = splitHeading(text)
		b.add(block, look{half(b.first.size), b.first.bold})
	default:
		b.finishText(block, text)
	}
}

// isContents recognises an entry of a table of contents by the dots that lead to its page number, or by the number alone under
// the title of a table of contents.
func (b *builder) isContents(text string) bool {
	if !unicode.IsDigit(rune(text[len(text)-1])) {
		return false
	}
	return strings.Contains(text, "....") || b.contents && pageAtEnd.MatchString(text)
}

var pageAtEnd = regexp.MustCompile(`\pL.*\s\d{1,3}$`)

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
