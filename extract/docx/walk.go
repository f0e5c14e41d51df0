package docx

import (
	"slices"
	"strings"

	"inkooptoets/extract/dossier"
)

// walker turns elements into blocks, in the order of the document.
type walker struct {
	styles    styles
	numbering *numbering
	footnotes map[string]*node
	endnotes  map[string]*node
	found     *findings
	blocks    []dossier.Block
	spots     [][]spot // per block: where its words stand
	list      dossier.Nesting
	depth     int // of the last heading that has a heading style
	tables    int // tables so far
	foots     int // footnotes so far
	ends      int // endnotes so far
	fields    []*field
	controls  []bool     // the content controls around this place: is it a table of contents
	prompts   int        // of the content controls around this place, those that show only their prompt
	joined    *paragraph // a paragraph whose end was deleted by a tracked change: the next one goes on
}

// spot says in which paragraph of the part words of a block stand. Only the cells of a row have more than one.
type spot struct {
	cell int // index of the cell, in a row
	from int // byte offset in the text of the cell, or of the block
	at   int // byte offset of the paragraph's start tag in the main part
}

// add ends the making of a block.
func (w *walker) add(b dossier.Block, spots ...spot) {
	w.blocks, w.spots = append(w.blocks, b), append(w.spots, spots)
}

// paragraph is the text of one w:p with what the walk found in it.
type paragraph struct {
	at       int // byte offset of its start tag; of joined paragraphs the first with visible text
	props    *node
	style    *style
	styleID  string
	text     strings.Builder
	letters  int // characters of visible text
	bold     int // of those in bold
	struck   int // of those with a line through them
	inserted bool
	empty    bool           // holds an unfilled form field
	contents bool           // stands in a table of contents
	hidden   bool           // not even its number is printed
	marks    []dossier.Mark // offsets in text as it was written
	notes    []note
	boxes    []*node
}

// block handles one child of the body, of a cell or of a text box.
func (w *walker) block(n *node) {
	switch n.name {
	case "p":
		w.paragraph(n)
	case "tbl":
		w.flushJoined()
		w.table(n)
	case "sectPr", "sdtPr", "sdtEndPr", "customXmlPr", "tcPr":
	case "del", "moveFrom":
		w.found.deleted++
	case "altChunk", "subDoc":
		w.found.chunks++
	case "AlternateContent":
		w.block(choose(n))
	case "sdt":
		w.control(n, func(k *node) { w.block(k) })
	default: // customXml, ins, moveTo: what is inside counts
		if n.name == "ins" || n.name == "moveTo" {
			w.found.inserted++
		}
		for _, k := range n.kids {
			w.block(k)
		}
	}
}

// control walks over the content of a content control.
func (w *walker) control(n *node, walk func(*node)) {
	props, content := n.child("sdtPr"), n.child("sdtContent")
	if content == nil {
		return
	}
	prompt, _ := props.on("showingPlcHdr")
	if prompt {
		w.found.placeholders++
		w.prompts++
	}
	gallery := props.child("docPartObj", "docPartGallery").attr("val")
	w.controls = append(w.controls, strings.EqualFold(gallery, "Table of Contents"))
	for _, k := range content.kids {
		walk(k)
	}
	w.controls = w.controls[:len(w.controls)-1]
	if prompt {
		w.prompts--
	}
}

// choose takes the first alternative that has text: of the newer drawings Word shows the first, but a picture may have its text only
// in the form for older versions.
func choose(n *node) *node {
	for _, k := range n.kids {
		if (k.name == "Choice" || k.name == "Fallback") && hasText(k) {
			return k
		}
	}
	if c := n.child("Choice"); c != nil {
		return c
	}
	return &node{}
}

func hasText(n *node) bool {
	if n.name == "t" && !n.draw && n.text != "" {
		return true
	}
	return slices.ContainsFunc(n.kids, hasText)
}

func (w *walker) paragraph(n *node) {
	p := w.joined
	if p == nil {
		p = &paragraph{}
	}
	if p.letters == 0 {
		p.at = n.at
	}
	// of joined paragraphs the last one keeps its mark, and the mark holds style and number
	p.props = n.child("pPr")
	p.styleID = p.props.child("pStyle").attr("val")
	p.style = w.styles.of(p.styleID)
	p.contents = p.contents || slices.Contains(w.controls, true)
	for _, k := range n.kids {
		w.inline(k, p)
	}
	w.dropCodes()
	mark := p.props.child("rPr")
	p.hidden = toggleOf(mark, "vanish") == set
	if mark.child("del") != nil || mark.child("moveFrom") != nil {
		w.found.deleted++
		w.joined = p
		return
	}
	w.joined = nil
	w.emit(p)
}

func (w *walker) flushJoined() {
	if p := w.joined; p != nil {
		w.joined = nil
		w.emit(p)
	}
}

// inline collects the visible text of a paragraph.
func (w *walker) inline(n *node, p *paragraph) {
	switch n.name {
	case "del", "moveFrom":
		w.found.deleted++
		p.point(dossier.MarkDeleted)
	case "pPr", "rPr", "delText", "delInstrText", "rPrChange", "pPrChange", "sectPr", "rt", "sdtEndPr":
	case "ins", "moveTo":
		w.found.inserted++
		p.inserted = p.inserted || hasText(n)
		from := p.text.Len()
		w.inside(n, p)
		p.mark(dossier.MarkInserted, from)
	case "r":
		w.run(n, p)
	case "t":
		if !n.draw {
			w.write(p, n.text)
		}
	case "tab", "br", "cr", "ptab":
		w.write(p, " ")
	case "noBreakHyphen":
		w.write(p, "-")
	case "sym":
		w.write(p, "•")
	case "fldChar":
		w.fieldMark(n.attr("fldCharType"), p)
	case "instrText":
		w.fieldCode(n.text)
	case "footnoteReference":
		p.addNote(w.footnotes[n.attr("id")], false)
	case "endnoteReference":
		p.addNote(w.endnotes[n.attr("id")], true)
	case "subDoc":
		w.found.chunks++
	case "OLEObject": // a formula of old versions is no document
		if !strings.HasPrefix(n.attr("ProgID"), "Equation") {
			w.found.chunks++
		}
	case "commentReference":
		w.found.comments++
		p.point(dossier.MarkComment)
	case "AlternateContent":
		w.inline(choose(n), p)
	case "txbxContent":
		p.boxes = append(p.boxes, n)
	case "sdt":
		w.control(n, func(k *node) { w.inline(k, p) })
	default:
		w.inside(n, p)
	}
}

func (w *walker) inside(n *node, p *paragraph) {
	if n == nil {
		return
	}
	for _, k := range n.kids {
		w.inline(k, p)
	}
}

// run reads one run; direct formatting wins over the style of the run, that over the style of the paragraph.
func (w *walker) run(n *node, p *paragraph) {
	props := n.child("rPr")
	st := w.styles.byID[props.child("rStyle").attr("val")]
	if st == nil {
		st = &style{}
	}
	if strongest(toggleOf(props, "vanish"), st.vanish, p.style.vanish) == set {
		w.hide(n, p)
		return
	}
	before, from := p.letters, p.text.Len()
	w.inside(n, p)
	if highlighted(props) {
		p.mark(dossier.MarkHighlight, from)
	}
	if strongest(toggleOf(props, "b"), st.bold, p.style.bold) == set {
		p.bold += p.letters - before
	}
	if toggleOf(props, "strike") == set || toggleOf(props, "dstrike") == set {
		p.struck += p.letters - before
	}
}

// strongest is the first of toggles that says anything.
func strongest(toggles ...toggle) toggle {
	for _, t := range toggles {
		if t != inherited {
			return t
		}
	}
	return inherited
}

// hide passes over a hidden run; the marks of a field count all the same.
func (w *walker) hide(n *node, p *paragraph) {
	if hasText(n) {
		w.found.hidden++
	}
	for _, k := range n.kids {
		if k.name == "fldChar" || k.name == "instrText" {
			w.inline(k, p)
		}
	}
}

func (w *walker) write(p *paragraph, text string) {
	if w.inCode() {
		return
	}
	from := p.text.Len()
	p.text.WriteString(text)
	if w.prompts > 0 {
		p.mark(dossier.MarkPrompt, from)
	}
	letters := len(strings.Join(strings.Fields(text), ""))
	p.letters += letters
	p.empty = p.empty || letters > 0 && w.prompts > 0
	p.contents = p.contents || w.inContents()
}

func (p *paragraph) allBold() bool { return p.letters > 0 && p.bold*10 >= p.letters*9 }

// emit makes the block of a finished paragraph, then its notes and text boxes.
func (w *walker) emit(p *paragraph) {
	text := dossier.Clean(p.text.String())
	number, ilvl, listed := "", 0, false
	if text != "" || !p.hidden {
		number, ilvl, listed = w.number(p) // Word prints the number of an empty paragraph too, so it counts
	}
	if text != "" {
		b := w.classify(p, text, number, ilvl, listed)
		b.Marks = dossier.PlaceMarks(p.text.String(), b.Text, p.marks)
		if p.inserted {
			b.Flags = append(b.Flags, "inserted")
		}
		if p.empty {
			b.Flags = append(b.Flags, "placeholder")
		}
		if p.struck > 0 {
			w.found.struck++
		}
		if p.struck*10 >= p.letters*9 && p.struck > 0 {
			b.Flags = append(b.Flags, "strikeout")
		}
		w.add(b, spot{at: p.at})
	}
	w.after(p)
}

// number counts the paragraph in its list; listed is false when it is in none.
func (w *walker) number(p *paragraph) (number string, ilvl int, listed bool) {
	id, ilvl := numPr(p.props)
	own := p.props.child("numPr", "ilvl") != nil
	if id == "" {
		id = p.style.numID
		if !own {
			ilvl = p.style.ilvl
		}
	}
	if tied, ok := w.numbering.tied(id, p.style.numStyle); ok && !own {
		ilvl = tied
	}
	if !w.numbering.known(id) {
		return "", 0, false
	}
	return w.numbering.step(id, ilvl), ilvl, true
}

// flat is all text inside n as one string, with the numbers of list items: the content of a note or of a table cell. The notes of
// a cell come after its row.
func (w *walker) flat(n *node) flatText {
	inner := walker{styles: w.styles, numbering: w.numbering, found: w.found, controls: w.controls, prompts: w.prompts}
	for _, k := range n.kids {
		inner.block(k)
	}
	inner.flushJoined()
	var text strings.Builder
	var spots []spot
	var marks []dossier.Mark
	for i, b := range inner.blocks {
		if i > 0 {
			text.WriteByte(' ')
		}
		spots = append(spots, spot{from: text.Len(), at: first(inner.spots[i])})
		text.WriteString(flatBlock(b))
		marks = append(marks, moved(b.Marks, text.Len()-len(b.Text))...) // a number may stand before the text
	}
	return flatText{text.String(), spots, marks}
}

// flatText is text that was put together from several paragraphs.
type flatText struct {
	text  string
	spots []spot
	marks []dossier.Mark
}

func first(spots []spot) int {
	if len(spots) == 0 {
		return 0
	}
	return spots[0].at
}

func flatBlock(b dossier.Block) string {
	if b.Kind == dossier.Row {
		return rowText(b)
	}
	number := b.Number
	if b.Kind == dossier.Item && number == "" {
		number = "•"
	}
	return strings.TrimSpace(number + " " + b.Text)
}

// rowText is a row of a table inside a cell.
func rowText(b dossier.Block) string {
	var out []string
	for _, c := range b.Cells {
		if c.Text != "" {
			out = append(out, c.Text)
		}
	}
	return strings.Join(out, ", ")
}
