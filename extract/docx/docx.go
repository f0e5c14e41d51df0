package docx

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"

	"inkooptoets/extract/dossier"
)

// Read turns the DOCX file data into a document. name is its path in the dossier. Headers, footers, comments, tracked deletions
// and hidden text are left out; tracked insertions are kept. What a reader of the report has to know of is a warning; when a limit
// is hit, the document holds the text before it.
func Read(name string, data []byte) (dossier.Document, error) {
	p, err := openParts(data)
	if err != nil {
		return dossier.Document{}, err
	}
	main, err := content(p)
	if err != nil {
		return dossier.Document{}, err
	}
	w, err := walk(p, main)
	if err != nil {
		return dossier.Document{}, err
	}
	return dossier.Document{Path: name, Format: "docx", Blocks: dossier.Outline(name, w.blocks), Warnings: w.found.warnings()}, nil
}

// walk makes the blocks of the main document.
func walk(p *parts, main mainText) (*walker, error) {
	w := newWalker(p, main.refs)
	err := w.document(newSource(main.xml))
	if errors.Is(err, dossier.ErrTooLarge) && len(w.blocks) > 0 {
		w.found.cut, err = true, nil
	}
	if err != nil {
		return nil, err
	}
	if len(w.blocks) == 0 {
		return nil, dossier.ErrNoText
	}
	return w, nil
}

// newWalker reads the parts beside the main one. The text can be read without them, so a fault there is a warning.
func newWalker(p *parts, names map[string]string) *walker {
	w := &walker{found: &findings{}}
	load := func(kind, dutch string) *node {
		data, err := p.read(names[kind])
		if err == nil && len(data) == 0 {
			return nil
		}
		var root *node
		if err == nil {
			root, err = tree(string(data))
		}
		if err != nil {
			w.found.unread = append(w.found.unread, dutch)
		}
		return root
	}
	w.styles = readStyles(load("styles", "de opmaakprofielen"))
	w.numbering = readNumbering(load("numbering", "de nummering"), w.styles)
	w.footnotes = notes(load("footnotes", "de voetnoten"))
	w.endnotes = notes(load("endnotes", "de eindnoten"))
	return w
}

// document walks over the children of w:body, one subtree at a time.
func (w *walker) document(s *source) error {
	body := false
	for {
		t, err := s.next()
		w.found.outside = s.outside
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
		s.nodes = 0
		n, err := s.element(start, 1)
		if err != nil {
			return err
		}
		w.block(n)
		if len(w.blocks) > maxBlocks {
			return fmt.Errorf("more than %d blocks: %w", maxBlocks, dossier.ErrTooLarge)
		}
	}
}
