package docx

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"

	"inkooptoets/extract/dossier"
)

// Read turns the DOCX file data into a document. name is its path in the dossier. Headers, footers, comments, tracked deletions
// and hidden text are left out; tracked insertions are kept.
func Read(name string, data []byte) (dossier.Document, error) {
	p, err := openParts(data)
	if err != nil {
		return dossier.Document{}, err
	}
	text, names, err := content(p)
	if err != nil {
		return dossier.Document{}, err
	}
	w, err := newWalker(p, names)
	if err != nil {
		return dossier.Document{}, err
	}
	if err := w.document(newSource(text)); err != nil {
		return dossier.Document{}, err
	}
	if len(w.blocks) == 0 {
		return dossier.Document{}, dossier.ErrNoText
	}
	return dossier.Document{Path: name, Format: "docx", Blocks: dossier.Outline(name, w.blocks), Warnings: w.warnings()}, nil
}

func newWalker(p *parts, names map[string]string) (*walker, error) {
	load := func(kind string) (*node, error) {
		data, err := p.read(names[kind])
		if err != nil || len(data) == 0 {
			return nil, err
		}
		root, err := tree(string(data))
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", kind, err)
		}
		return root, nil
	}
	var roots [4]*node
	for i, kind := range []string{"styles", "numbering", "footnotes", "endnotes"} {
		root, err := load(kind)
		if err != nil {
			return nil, err
		}
		roots[i] = root
	}
	s := readStyles(roots[0])
	w := &walker{styles: s, numbering: readNumbering(roots[1], s)}
	w.footnotes, w.endnotes = notes(roots[2]), notes(roots[3])
	return w, nil
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

// document walks over the children of w:body, one subtree at a time.
func (w *walker) document(s *source) error {
	body := false
	for {
		t, err := s.next()
		if errors.Is(err, io.EOF) {
			w.flushJoined()
			return nil
		}
		if err != nil {
			return err
		}
		start, ok := t.(xml.StartElement)
		if !ok {
			continue
		}
		if !body {
			body = start.Name.Local == "body"
			continue
		}
		n, err := s.element(start.Copy(), 1)
		if err != nil {
			return err
		}
		w.block(n)
		if len(w.blocks) > maxBlocks {
			return fmt.Errorf("more than %d blocks: %w", maxBlocks, dossier.ErrTooLarge)
		}
	}
}

func (w *walker) warnings() []dossier.Warning {
	var out []dossier.Warning
	if w.tracked {
		out = append(out, dossier.Warning{Code: "tracked-changes", Detail: "Het bestand bevat bijgehouden wijzigingen; ingevoegde tekst telt mee, verwijderde tekst niet."})
	}
	if w.placeholders > 0 {
		out = append(out, dossier.Warning{Code: "placeholder", Detail: fmt.Sprintf("Het bestand bevat %d invulvelden die nog niet zijn ingevuld.", w.placeholders)})
	}
	return out
}
