package odt

import (
	"slices"
	"strconv"
	"strings"

	"inkooptoets/extract/dossier"
)

// walker turns elements into blocks, in the order of the document.
type walker struct {
	styles    map[string]*style
	lists     map[string]*listStyle
	outline   counter             // numbers of headings
	continued map[string]*counter // by id of the list and by name of its style
	nesting   dossier.Nesting
	blocks    []dossier.Block
	warned    []dossier.Warning
	tables    int
	depth     int // level of the last heading that has a heading style
	inserts   int // tracked insertions that are open here
	inserted  int
	deleted   int
	comments  int
	prompts   int
	hidden    bool
	contents  bool // inside a table of contents
	flat      bool // inside a cell or a note
}

func (w *walker) warn(code, detail string) {
	w.warned = append(w.warned, dossier.Warning{Code: code, Detail: detail})
}

func (w *walker) warnings() []dossier.Warning {
	if w.inserted+w.deleted > 0 {
		w.warn("tracked-changes", "Het bestand bevat bijgehouden wijzigingen; ingevoegde tekst telt mee, verwijderde tekst niet.")
	}
	if w.comments > 0 {
		w.warn("comments", "Het bestand bevat opmerkingen; die tellen niet mee.")
	}
	if w.prompts > 0 {
		w.warn("placeholder", "Het bestand bevat invulvelden waar nog niets is ingevuld.")
	}
	if w.hidden {
		w.warn("hidden-text", "Het bestand bevat verborgen tekst; die telt niet mee.")
	}
	return w.warned
}

// place is where a block stands: in which list, and at what depth of it.
type place struct {
	counter *counter
	level   int    // of the list, from 0
	number  string // of the item this is the first paragraph of
	first   bool
}

// body walks over the children of n, outside lists.
func (w *walker) body(n *node) {
	if n == nil {
		return
	}
	for _, k := range n.kids {
		w.block(k, place{level: -1})
	}
}

func (w *walker) block(n *node, at place) {
	switch n.name {
	case "", "sequence-decls", "variable-decls", "user-field-decls", "forms", "tracked-changes", "index-title-template", "table-of-content-source":
		if n.name == "tracked-changes" {
			w.countDeletions(n)
		}
	case "p":
		w.paragraph(n, at, 0)
	case "h":
		level, err := strconv.Atoi(n.attr("outline-level"))
		if err != nil {
			level = 1
		}
		w.paragraph(n, at, max(1, min(level, 10)))
	case "list":
		w.list(n, at)
	case "table":
		w.table(n)
	case "section":
		if n.attr("display") == "none" {
			w.hidden = true
			return
		}
		w.body(n)
	case "table-of-content", "alphabetical-index", "illustration-index", "table-index":
		before := w.contents
		w.contents = true
		w.body(n)
		w.contents = before
	case "change-start", "change-end":
		w.change(n)
	default:
		w.body(n)
	}
}

func (w *walker) countDeletions(n *node) {
	for _, region := range n.kids {
		if region.find("deletion") != nil {
			w.deleted++
		}
		if region.find("insertion") != nil {
			w.inserted++
		}
	}
}

func (w *walker) change(n *node) {
	if n.name == "change-start" {
		w.inserts++
	} else {
		w.inserts = max(0, w.inserts-1)
	}
}

// list walks over one list. A list inside a list goes on with the counter of the outer one.
func (w *walker) list(n *node, at place) {
	name := n.attr("style-name")
	c, level := at.counter, at.level+1
	if level == 0 || c == nil {
		level = max(level, 0)
		c = w.counter(n, name)
	} else if s := w.lists[name]; s != nil && s != c.style {
		c = &counter{style: s}
	}
	if level > 9 {
		level = 9
	}
	c.restart(level + 1)
	for _, item := range n.kids {
		switch item.name {
		case "list-item":
			w.listItem(item, place{counter: c, level: level})
		case "list-header":
			w.body(item)
		}
	}
}

// counter finds the numbers that a list goes on with, or starts new ones.
func (w *walker) counter(n *node, styleName string) *counter {
	c := w.continued["#"+n.attr("continue-list")]
	if c == nil && n.attr("continue-numbering") == "true" {
		c = w.continued[styleName]
	}
	if c == nil {
		c = &counter{style: w.lists[styleName]}
	}
	w.continued[styleName] = c
	if id := n.attr("id"); id != "" {
		w.continued["#"+id] = c
	}
	return c
}

func (w *walker) listItem(n *node, at place) {
	start, _ := strconv.Atoi(n.attr("start-value"))
	holdsText := slices.ContainsFunc(n.kids, func(k *node) bool { return k.name == "p" || k.name == "h" })
	if holdsText {
		at.number = at.counter.step(at.level, max(0, min(start, 32767)))
	}
	at.first = true
	for _, k := range n.kids {
		if k.name == "p" || k.name == "h" {
			w.block(k, at)
			at.first = false
			continue
		}
		w.block(k, at)
	}
}

// paragraph makes the block of one paragraph or heading, then its notes and text boxes. level is the heading level, 0 for none.
func (w *walker) paragraph(n *node, at place, level int) {
	t := &text{bold: w.isBold(n.attr("style-name")), inserted: w.inserts > 0}
	if w.isHidden(n.attr("style-name")) {
		w.hidden = true
		return
	}
	w.inline(n, t, t.bold)
	if clean := dossier.Clean(t.String()); clean != "" {
		b := w.classify(clean, t, at, level, n)
		b.Marks = dossier.PlaceMarks(t.String(), b.Text, t.marks)
		if t.inserted {
			b.Flags = append(b.Flags, "inserted")
		}
		if t.prompt {
			b.Flags = append(b.Flags, "placeholder")
		}
		w.blocks = append(w.blocks, b)
	}
	w.after(t)
}

func (w *walker) classify(clean string, t *text, at place, level int, n *node) dossier.Block {
	if w.contents {
		return dossier.Block{Kind: dossier.Paragraph, Text: clean, Flags: []string{"toc"}}
	}
	if level == 0 {
		level = w.headingStyle(n.attr("style-name"))
	}
	if level > 0 {
		w.depth = level
		return w.heading(clean, at, level, n)
	}
	if at.first {
		introduced := false
		if i := len(w.blocks); i > 0 && w.blocks[i-1].Kind == dossier.Item {
			introduced = strings.HasSuffix(w.blocks[i-1].Text, ":")
		}
		depth := w.nesting.Level(20*float64(at.level), 3, at.number, introduced)
		return dossier.Block{Kind: dossier.Item, Level: depth, Number: at.number, Text: clean}
	}
	if b, ok := w.looksLike(clean, t); ok {
		b.Flags = []string{"by-form"}
		return b
	}
	w.nesting.Reset()
	return dossier.Block{Kind: dossier.Paragraph, Text: clean}
}

func (w *walker) heading(clean string, at place, level int, n *node) dossier.Block {
	w.nesting.Reset()
	number := at.number
	if at.counter == nil && n.name == "h" && n.attr("is-list-header") != "true" && !w.flat {
		start := 0
		if n.attr("restart-numbering") == "true" {
			start, _ = strconv.Atoi(n.attr("start-value"))
			start = max(1, start)
		}
		number = w.outline.step(level-1, start)
	}
	if number == "" {
		number, clean = dossier.SplitHeading(clean)
	}
	return dossier.Block{Kind: dossier.Heading, Level: min(level, 9), Number: number, Text: clean}
}

// looksLike finds headings and items that were made by hand.
func (w *walker) looksLike(clean string, t *text) (dossier.Block, bool) {
	if t.allBold() && dossier.TitleLike(clean) {
		number, rest := dossier.SplitHeading(clean)
		return dossier.Block{Kind: dossier.Heading, Level: min(9, w.depth+max(1, dossier.NumberDepth(number))), Number: number, Text: rest}, true
	}
	number, rest, ok := dossier.SplitItem(clean)
	if !ok {
		number, rest, ok = dossier.SplitDotted(clean)
	}
	if !ok {
		return dossier.Block{}, false
	}
	return dossier.Block{Kind: dossier.Item, Level: w.nesting.Level(0, 3, number, false), Number: number, Text: rest}, true
}

// after adds the notes and text boxes of a paragraph.
func (w *walker) after(t *text) {
	for _, n := range t.notes {
		if body := w.flatten(n.find("note-body")); body != "" && !w.flat {
			w.blocks = append(w.blocks, dossier.Block{Kind: dossier.Note, Number: strings.TrimSpace(plain(n.find("note-citation"))), Text: body})
		}
	}
	for _, box := range t.boxes {
		first := len(w.blocks)
		w.body(box)
		for i := first; i < len(w.blocks); i++ {
			w.blocks[i].Flags = append(slices.Clone(w.blocks[i].Flags), "textbox")
		}
	}
}

// flatten is all text inside n as one string, with the numbers of list items: the content of a note or of a table cell.
func (w *walker) flatten(n *node) string {
	inner := *w
	inner.blocks, inner.flat, inner.nesting, inner.contents = nil, true, dossier.Nesting{}, false
	inner.body(n)
	w.prompts, w.comments, w.hidden, w.inserts = inner.prompts, inner.comments, inner.hidden, inner.inserts
	var out []string
	for _, b := range inner.blocks {
		number := b.Number
		if b.Kind == dossier.Item && number == "" {
			number = "•"
		}
		if b.Kind == dossier.Row {
			var cells []string
			for _, c := range b.Cells {
				if c.Text != "" {
					cells = append(cells, c.Text)
				}
			}
			b.Text = strings.Join(cells, ", ")
		}
		out = append(out, strings.TrimSpace(number+" "+b.Text))
	}
	return strings.Join(out, " ")
}

// plain is the text of n without any reading of what is in it.
func plain(n *node) string {
	if n == nil {
		return ""
	}
	out := n.text
	for _, k := range n.kids {
		out += plain(k)
	}
	return out
}
