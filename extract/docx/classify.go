package docx

import (
	"cmp"
	"strings"

	"inkooptoets/extract/dossier"
)

// byForm marks a block that is a heading or item by the way it looks: no style and no list says so.
const byForm = "by-form"

// classify decides what a paragraph is: by its style, by its list, and else by its form.
func (w *walker) classify(p *paragraph, text, number string, ilvl int, listed bool) dossier.Block {
	if p.style.toc || p.contents {
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
	if b, ok := w.looksLike(p, text); ok {
		b.Flags = append(b.Flags, byForm)
		return b
	}
	if left, _ := w.indent(p, "", 0); left < 1 {
		w.list.Reset()
	}
	return dossier.Block{Kind: dossier.Paragraph, Text: text}
}

// looksLike finds headings and list items that were made by hand.
func (w *walker) looksLike(p *paragraph, text string) (dossier.Block, bool) {
	if p.allBold() && dossier.TitleLike(text) {
		typed, _ := dossier.SplitHeading(text)
		return w.heading(w.depth+max(1, dossier.NumberDepth(typed)), "", text), true
	}
	left, _ := w.indent(p, "", 0)
	if typed, rest, ok := dossier.SplitItem(text); ok {
		return w.item(p, typed, rest, 0, left), true
	}
	if typed, rest, ok := dossier.SplitDotted(text); ok {
		return w.item(p, typed, rest, 0, left), true
	}
	return dossier.Block{}, false
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
