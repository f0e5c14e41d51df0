// Package odt turns an OpenDocument text (ODT, of LibreOffice) into blocks. It knows nothing about requirements; headers, footers,
// comments, tracked deletions and hidden text are no text to it.
package odt

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"

	"inkooptoets/extract/dossier"
)

// Limits for one file.
const (
	maxEntries = 10_000
	maxPart    = 64 << 20
	maxDepth   = 512
	maxTokens  = 10_000_000
	maxRepeat  = 64 // of one cell or row; LibreOffice writes the empty rest of a sheet as one cell that is repeated
)

// Read turns the ODT file data into a document. name is its path in the dossier.
func Read(name string, data []byte) (dossier.Document, error) {
	zr, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return dossier.Document{}, fmt.Errorf("open zip: %w: %w", dossier.ErrDamaged, err)
	}
	if len(zr.File) > maxEntries {
		return dossier.Document{}, fmt.Errorf("%d parts: %w", len(zr.File), dossier.ErrTooLarge)
	}
	if encrypted(zr) {
		return dossier.Document{}, dossier.ErrEncrypted
	}
	content, err := part(zr, "content.xml")
	if err != nil {
		return dossier.Document{}, err
	}
	if content == nil {
		return dossier.Document{}, fmt.Errorf("find content.xml: %w", dossier.ErrDamaged)
	}
	w := &walker{styles: map[string]*style{}, lists: map[string]*listStyle{}, continued: map[string]*counter{}}
	if common, err := part(zr, "styles.xml"); err == nil {
		w.readStyles(common)
	} else {
		w.warn(dossier.CodeNotRead, "De opmaak van het bestand is beschadigd; nummers en verborgen tekst zijn misschien niet goed gelezen.")
	}
	w.readStyles(content)
	w.body(content.find("body").find("text"))
	if len(w.blocks) == 0 {
		return dossier.Document{}, dossier.ErrNoText
	}
	return dossier.Document{Path: name, Format: "odt", Blocks: dossier.Outline(name, w.blocks), Warnings: w.warnings()}, nil
}

// encrypted says whether the manifest has a key for some part.
func encrypted(zr *zip.Reader) bool {
	m, err := part(zr, "META-INF/manifest.xml")
	if err != nil || m == nil {
		return false
	}
	for _, e := range m.kids {
		if e.find("encryption-data") != nil {
			return true
		}
	}
	return false
}

// part reads one XML part, nil if it is not there.
func part(zr *zip.Reader, name string) (*node, error) {
	for _, f := range zr.File {
		if f.Name != name {
			continue
		}
		r, err := f.Open()
		if err != nil {
			return nil, fmt.Errorf("open %s: %w: %w", name, dossier.ErrDamaged, err)
		}
		defer r.Close()
		limited := &io.LimitedReader{R: r, N: maxPart + 1}
		root, err := parse(limited)
		if limited.N <= 0 {
			err = dossier.ErrTooLarge
		}
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", name, err)
		}
		return root, nil
	}
	return nil, nil
}

// node is one XML element, or a piece of text if name is empty. Names are local: "p", "list-item".
type node struct {
	name  string
	attrs []xml.Attr
	kids  []*node
	text  string
}

func (n *node) attr(name string) string {
	if n == nil {
		return ""
	}
	for _, a := range n.attrs {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// find returns the first child called name, nil if there is none.
func (n *node) find(name string) *node {
	if n == nil {
		return nil
	}
	for _, k := range n.kids {
		if k.name == name {
			return k
		}
	}
	return nil
}

// parse builds the tree of one part and returns its root element.
func parse(r io.Reader) (*node, error) {
	d := xml.NewDecoder(r)
	d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil }
	open := []*node{{}}
	for tokens := 0; ; tokens++ {
		t, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("parse xml: %w: %w", dossier.ErrDamaged, err)
		}
		if tokens > maxTokens || len(open) > maxDepth {
			return nil, dossier.ErrTooLarge
		}
		top := open[len(open)-1]
		switch t := t.(type) {
		case xml.StartElement:
			n := &node{name: t.Name.Local, attrs: t.Attr}
			top.kids = append(top.kids, n)
			open = append(open, n)
		case xml.EndElement:
			open = open[:len(open)-1]
		case xml.CharData:
			top.kids = append(top.kids, &node{text: string(t)})
		}
	}
	for _, k := range open[0].kids {
		if k.name != "" {
			return k, nil
		}
	}
	return nil, fmt.Errorf("find root element: %w", dossier.ErrDamaged)
}
