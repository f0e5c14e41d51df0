package docx

import (
	"slices"
	"strconv"
	"strings"

	"inkooptoets/extract/dossier"
)

// note is a reference to a footnote or endnote.
type note struct {
	text *node
	end  bool
}

// notes maps the id of every footnote to its element, without the lines that separate notes from the text.
func notes(root *node) map[string]*node {
	out := map[string]*node{}
	if root == nil {
		return out
	}
	for _, k := range root.kids {
		if t := k.attr("type"); t == "" || t == "normal" {
			out[k.attr("id")] = k
		}
	}
	return out
}

func (p *paragraph) addNote(n *node, end bool) {
	if n != nil {
		p.notes = append(p.notes, note{n, end})
	}
}

// after adds the notes and text boxes of a paragraph.
func (w *walker) after(p *paragraph) {
	for _, n := range p.notes {
		number := w.noteNumber(n.end)
		if text := w.flat(n.text).text; text != "" {
			w.add(dossier.Block{Kind: dossier.Note, Number: number, Text: text}, spot{at: p.at}) // the note itself stands in another part
		}
	}
	for _, box := range p.boxes {
		w.box(box, p.at)
	}
}

// noteNumber counts a note the way Word does unless told otherwise: footnotes 1, 2, 3 and endnotes i, ii, iii.
func (w *walker) noteNumber(end bool) string {
	if end {
		w.ends++
		return strings.ToLower(dossier.Roman(w.ends))
	}
	w.foots++
	return strconv.Itoa(w.foots)
}

// box adds the text of a text box that hangs on the paragraph at. It is a story of its own: fields and paragraphs of the text around
// it do not go on in it. Word does not take comments in it, so its words stand where it hangs.
func (w *walker) box(n *node, at int) {
	fields, joined, first := w.fields, w.joined, len(w.blocks)
	w.fields, w.joined = nil, nil
	for _, k := range n.kids {
		w.block(k)
	}
	w.flushJoined()
	w.fields, w.joined = fields, joined
	for i := first; i < len(w.blocks); i++ {
		w.blocks[i].Flags = append(slices.Clone(w.blocks[i].Flags), "textbox")
		w.spots[i] = []spot{{at: at}}
	}
}

// noteMarks finds the notes that are referred to inside a cell.
func (w *walker) noteMarks(n *node) []note {
	if w.footnotes == nil {
		return nil // inside a cell or a note, where the outer table collects them
	}
	switch n.name {
	case "footnoteReference", "endnoteReference":
		p := &paragraph{}
		w.inline(n, p)
		return p.notes
	case "del", "moveFrom":
		return nil
	}
	var out []note
	for _, k := range n.kids {
		out = append(out, w.noteMarks(k)...)
	}
	return out
}
