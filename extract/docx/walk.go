package docx

import (
	"cmp"
	"strconv"
	"strings"

	"inkooptoets/extract/dossier"
)

// walker turns elements into blocks, in the order of the document.
type walker struct {
	styles       styles
	numbering    *numbering
	footnotes    map[string]*node
	endnotes     map[string]*node
	blocks       []dossier.Block
	list         dossier.Nesting
	depth        int        // of the last heading that has a heading style
	tables       int        // tables so far
	notes        int        // notes so far
	joined       *paragraph // a paragraph whose end was deleted by a tracked change: the next one goes on
	tracked      bool
	placeholders int
}

// paragraph is the text of one w:p with what the walk found in it.
type paragraph struct {
	props    *node
	style    *style
	styleID  string
	text     strings.Builder
	letters  int // characters of visible text
	bold     int // of those in bold
	inserted bool
	empty    bool // holds an unfilled form field
	notes    []*node
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
	case "sectPr", "del", "moveFrom", "sdtPr", "sdtEndPr", "customXmlPr", "tcPr":
	case "AlternateContent":
		w.block(choose(n))
	default: // sdt, sdtContent, customXml, ins, moveTo: what is inside counts
		if n.name == "ins" || n.name == "moveTo" {
			w.tracked = true
		}
		for _, k := range n.kids {
			w.block(k)
		}
	}
}

// choose takes the first alternative that Word itself would show.
func choose(n *node) *node {
	if c := n.child("Choice"); c != nil && len(c.kids) > 0 {
		return c
	}
	if f := n.child("Fallback"); f != nil {
		return f
	}
	return &node{}
}

func (w *walker) paragraph(n *node) {
	p := w.joined
	if p == nil {
		p = &paragraph{props: n.child("pPr")}
		p.styleID = p.props.child("pStyle").attr("val")
		p.style = w.styles.of(p.styleID)
	}
	for _, k := range n.kids {
		w.inline(k, p)
	}
	mark := n.child("pPr", "rPr")
	if mark.child("del") != nil || mark.child("moveFrom") != nil {
		w.tracked = true
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
		w.tracked = true
	case "pPr", "rPr", "instrText", "delText", "delInstrText", "rPrChange", "pPrChange", "sectPr", "rt", "sdtEndPr":
	case "ins", "moveTo":
		w.tracked, p.inserted = true, true
		w.inside(n, p)
	case "r":
		w.run(n, p)
	case "t":
		if !n.draw {
			p.write(n.text)
		}
	case "tab", "br", "cr", "ptab":
		p.write(" ")
	case "noBreakHyphen":
		p.write("-")
	case "sym":
		p.write("•")
	case "footnoteReference":
		p.addNote(w.footnotes[n.attr("id")])
	case "endnoteReference":
		p.addNote(w.endnotes[n.attr("id")])
	case "AlternateContent":
		w.inline(choose(n), p)
	case "txbxContent":
		p.boxes = append(p.boxes, n)
	case "sdt":
		if on, _ := n.child("sdtPr").on("showingPlcHdr"); on {
			p.empty = true
			w.placeholders++
		}
		w.inside(n.child("sdtContent"), p)
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
	hidden, bold := p.style.vanish, p.style.bold
	if st := w.styles.byID[props.child("rStyle").attr("val")]; st != nil {
		hidden, bold = hidden || st.vanish, bold || st.bold
	}
	if on, known := props.on("vanish"); known {
		hidden = on
	}
	if on, known := props.on("b"); known {
		bold = on
	}
	if hidden {
		return
	}
	before := p.letters
	w.inside(n, p)
	if bold {
		p.bold += p.letters - before
	}
}

func (p *paragraph) write(text string) {
	p.text.WriteString(text)
	p.letters += len(strings.Join(strings.Fields(text), ""))
}

func (p *paragraph) addNote(n *node) {
	if n != nil {
		p.notes = append(p.notes, n)
	}
}

func (p *paragraph) allBold() bool { return p.letters > 0 && p.bold*10 >= p.letters*9 }

// emit makes the block of a finished paragraph, then its notes and text boxes.
func (w *walker) emit(p *paragraph) {
	text := dossier.Clean(p.text.String())
	number, ilvl, listed := "", 0, false
	if text != "" {
		number, ilvl, listed = w.number(p) // an empty paragraph is printed without a number and does not count
	}
	if text != "" {
		b := w.classify(p, text, number, ilvl, listed)
		if p.inserted {
			b.Flags = append(b.Flags, "inserted")
		}
		if p.empty {
			b.Flags = append(b.Flags, "placeholder")
		}
		w.blocks = append(w.blocks, b)
	}
	w.after(p)
}

// after adds the notes and text boxes of a paragraph.
func (w *walker) after(p *paragraph) {
	for _, n := range p.notes {
		w.notes++
		if text := w.flat(n); text != "" {
			w.blocks = append(w.blocks, dossier.Block{Kind: dossier.Note, Number: strconv.Itoa(w.notes), Text: text})
		}
	}
	for _, box := range p.boxes {
		for _, k := range box.kids {
			w.block(k)
		}
	}
}

// number counts the paragraph in its list; listed is false when it is in none.
func (w *walker) number(p *paragraph) (number string, ilvl int, listed bool) {
	id, ilvl := numPr(p.props)
	if id == "" && p.style.numID != "" {
		id = p.style.numID
		if p.props.child("numPr", "ilvl") == nil {
			ilvl = p.style.ilvl
		}
		if tied, ok := w.numbering.byStyle[p.styleID]; ok {
			ilvl = tied
		}
	}
	if !w.numbering.known(id) {
		return "", 0, false
	}
	return w.numbering.step(id, ilvl), ilvl, true
}

func (w *walker) classify(p *paragraph, text, number string, ilvl int, listed bool) dossier.Block {
	if p.style.toc {
		return dossier.Block{Kind: dossier.Paragraph, Number: number, Text: text, Flags: []string{"toc"}}
	}
	level := p.style.level
	if direct, ok := outlineLevel(p.props); ok {
		level = direct
	}
	if level > 0 {
		w.depth = level
		return w.heading(level, number, text)
	}
	if listed {
		return w.item(p, number, text, ilvl, 0)
	}
	if p.allBold() && dossier.TitleLike(text) {
		typed, _ := dossier.SplitHeading(text)
		return w.heading(w.depth+max(1, dossier.NumberDepth(typed)), "", text) // a heading made by hand, without a style
	}
	left, _ := w.indent(p, "", 0)
	if typed, rest, ok := dossier.SplitItem(text); ok {
		return w.item(p, typed, rest, 0, left)
	}
	if typed, rest, ok := dossier.SplitDotted(text); ok {
		return w.item(p, typed, rest, 0, left)
	}
	if left < 1 {
		w.list.Reset()
	}
	return dossier.Block{Kind: dossier.Paragraph, Text: text}
}

func (w *walker) heading(level int, number, text string) dossier.Block {
	w.list.Reset()
	if number == "" {
		number, text = dossier.SplitHeading(text)
	}
	return dossier.Block{Kind: dossier.Heading, Level: min(level, 9), Number: number, Text: text}
}

func (w *walker) item(p *paragraph, number, text string, ilvl int, left float64) dossier.Block {
	id, _ := numPr(p.props)
	if left == 0 {
		left, _ = w.indent(p, cmp.Or(id, p.style.numID), ilvl)
	}
	introduced := false
	if n := len(w.blocks); n > 0 && w.blocks[n-1].Kind == dossier.Item {
		introduced = strings.HasSuffix(w.blocks[n-1].Text, ":")
	}
	// five points for each level keep the levels apart in lists that are not indented at all
	depth := w.list.Level(left+5*float64(ilvl), 3, number, introduced)
	return dossier.Block{Kind: dossier.Item, Level: depth, Number: number, Text: text}
}

// indent is how far the paragraph stands to the right, in points: its own setting, else that of the list level, else of the style.
func (w *walker) indent(p *paragraph, numID string, ilvl int) (float64, bool) {
	if left, ok := leftIndent(p.props); ok {
		return left, true
	}
	if w.numbering.known(numID) {
		if l := w.numbering.level(w.numbering.instances[numID], ilvl); l.indented {
			return l.left, true
		}
	}
	return p.style.left, p.style.indented
}

// flat is all text inside n as one string, with the numbers of list items: the content of a note or of a table cell.
func (w *walker) flat(n *node) string {
	inner := walker{styles: w.styles, numbering: w.numbering, tracked: w.tracked}
	for _, k := range n.kids {
		inner.block(k)
	}
	inner.flushJoined()
	w.tracked = inner.tracked
	w.placeholders += inner.placeholders
	var out []string
	for _, b := range inner.blocks {
		if b.Kind == dossier.Row {
			out = append(out, rowText(b))
			continue
		}
		number := b.Number
		if b.Kind == dossier.Item && number == "" {
			number = "•"
		}
		out = append(out, strings.TrimSpace(number+" "+b.Text))
	}
	return strings.Join(out, " ")
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

// children are the elements called name below n, also those inside content controls and tracked insertions.
func children(n *node, name string) []*node {
	var out []*node
	for _, k := range n.kids {
		switch k.name {
		case name:
			out = append(out, k)
		case "sdt", "sdtContent", "customXml", "ins":
			out = append(out, children(k, name)...)
		}
	}
	return out
}
