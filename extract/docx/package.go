// Package docx turns a Word file (DOCX) into blocks, and puts comments into a copy of one. It knows nothing about requirements, and it never reads more of a file than
// its limits allow. It does not know pages, which Word itself makes, and words in pictures, charts and diagrams are no text to it.
package docx

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"encoding/xml"
	"fmt"
	"io"
	"path"
	"strings"
	"unicode/utf16"

	"github.com/nguyenthenguyen/docx"

	"inkooptoets/extract/dossier"
)

// Limits for one file. A tender of a thousand pages stays far below them; a zip bomb does not.
const (
	maxEntries = 10_000
	maxPart    = 64 << 20
	maxTotal   = 256 << 20
	maxDepth   = 512
	maxTokens  = 5_000_000
	maxNodes   = 2_000_000 // in one element of the body, such as a table
	maxBlocks  = 500_000
)

const (
	mainPart = "word/document.xml"
	mainRels = "word/_rels/document.xml.rels"
)

// parts is the zip container of a DOCX, read part by part under limits that count real bytes: sizes in a zip can be forged.
type parts struct {
	files map[string]*zip.File
	wide  map[string]bool // parts that were read and are in UTF-16
	total int64
}

func openParts(data []byte) (*parts, error) {
	zr, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, fmt.Errorf("open zip: %w: %w", dossier.ErrDamaged, err)
	}
	if len(zr.File) > maxEntries {
		return nil, fmt.Errorf("%d parts: %w", len(zr.File), dossier.ErrTooLarge)
	}
	p := &parts{files: map[string]*zip.File{}, wide: map[string]bool{}}
	for _, f := range zr.File {
		name := partName(f.Name)
		if p.files[name] == nil {
			p.files[name] = f
		}
	}
	return p, nil
}

// partName is the name of a part in the zip container; some programs write it with backslashes.
func partName(name string) string { return cleanName(strings.ReplaceAll(name, `\`, "/")) }

// holds says whether there is a part with this name; case does not make a difference between parts.
func (p *parts) holds(name string) bool {
	for have := range p.files {
		if strings.EqualFold(have, name) {
			return true
		}
	}
	return false
}

func cleanName(name string) string { return strings.TrimPrefix(path.Clean("/"+name), "/") }

// read returns one part, nil if the package has no such part.
func (p *parts) read(name string) ([]byte, error) {
	f := p.files[name]
	if f == nil {
		return nil, nil
	}
	r, err := f.Open()
	if err != nil {
		return nil, fmt.Errorf("open %s: %w: %w", name, dossier.ErrDamaged, err)
	}
	defer r.Close()
	data, err := io.ReadAll(io.LimitReader(r, maxPart+1))
	p.total += int64(len(data))
	if len(data) > maxPart || p.total > maxTotal {
		return nil, fmt.Errorf("read %s: %w", name, dossier.ErrTooLarge)
	}
	if err != nil {
		return nil, fmt.Errorf("read %s: %w: %w", name, dossier.ErrDamaged, err)
	}
	p.wide[name] = byteOrder(data) != nil
	return toUTF8(data), nil
}

// toUTF8 decodes the UTF-16 that a few programs write XML in.
func toUTF8(data []byte) []byte {
	order := byteOrder(data)
	if order == nil {
		return data
	}
	units := make([]uint16, 0, len(data)/2)
	for i := 2; i+1 < len(data); i += 2 {
		units = append(units, order.Uint16(data[i:]))
	}
	return []byte(string(utf16.Decode(units)))
}

// byteOrder is that of UTF-16, nil for any other encoding.
func byteOrder(data []byte) binary.ByteOrder {
	switch {
	case bytes.HasPrefix(data, []byte{0xff, 0xfe}):
		return binary.LittleEndian
	case bytes.HasPrefix(data, []byte{0xfe, 0xff}):
		return binary.BigEndian
	}
	return nil
}

type relationship struct {
	Type   string `xml:"Type,attr"`
	Target string `xml:"Target,attr"`
	Mode   string `xml:"TargetMode,attr"`
}

// relations lists the parts that the part named from refers to: kind ("styles", "footnotes") to part name.
func relations(from string, data []byte) map[string]string {
	var list struct {
		Relationship []relationship `xml:"Relationship"`
	}
	d := newDecoder(bytes.NewReader(data))
	if err := d.Decode(&list); err != nil {
		return nil // the usual names are tried instead
	}
	out := map[string]string{}
	for _, r := range list.Relationship {
		kind := r.Type[strings.LastIndexByte(r.Type, '/')+1:]
		if r.Mode == "External" || out[kind] != "" {
			continue
		}
		if !strings.HasPrefix(r.Target, "/") {
			r.Target = path.Join(path.Dir(from), r.Target)
		}
		out[kind] = cleanName(r.Target)
	}
	return out
}

func newDecoder(r io.Reader) *xml.Decoder {
	d := xml.NewDecoder(r)
	d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil } // toUTF8 has been there
	return d
}

// mainText is the main document.
type mainText struct {
	part string            // its name
	xml  string            // in UTF-8
	rels []byte            // the part with its relationships, nil if there is none
	refs map[string]string // names of the parts it refers to, by kind
}

// content returns the main document. The library sees only a small zip made here: it would read every part of the real one, without
// a limit, and it insists on fixed names.
func content(p *parts) (mainText, error) {
	main := mainPart
	if data, _ := p.read("_rels/.rels"); data != nil {
		if name := relations("", data)["officeDocument"]; p.files[name] != nil {
			main = name
		}
	}
	body, err := p.read(main)
	if err != nil {
		return mainText{}, err
	}
	if body == nil {
		return mainText{}, fmt.Errorf("find %s: %w", main, dossier.ErrDamaged)
	}
	rels, err := p.read(relsOf(main))
	if err != nil {
		return mainText{}, err
	}
	small, err := smallZip(body)
	if err != nil {
		return mainText{}, err
	}
	lib, err := docx.ReadDocxFromMemory(bytes.NewReader(small), int64(len(small)))
	if err != nil {
		return mainText{}, fmt.Errorf("read %s: %w: %w", main, dossier.ErrDamaged, err)
	}
	defer lib.Close()
	names := map[string]string{}
	for _, kind := range []string{"styles", "numbering", "footnotes", "endnotes"} {
		names[kind] = path.Join(path.Dir(main), kind+".xml")
	}
	for kind, name := range relations(main, rels) {
		names[kind] = name
	}
	return mainText{main, lib.Editable().GetContent(), rels, names}, nil
}

// relsOf is the name of the part with the relationships of a part.
func relsOf(part string) string { return path.Dir(part) + "/_rels/" + path.Base(part) + ".rels" }

func smallZip(body []byte) ([]byte, error) {
	var b bytes.Buffer
	zw := zip.NewWriter(&b)
	for _, part := range []struct {
		name string
		data []byte
	}{{mainPart, body}, {mainRels, []byte("<Relationships/>")}} {
		w, err := zw.CreateHeader(&zip.FileHeader{Name: part.name, Method: zip.Store})
		if err != nil {
			return nil, err
		}
		if _, err := w.Write(part.data); err != nil {
			return nil, err
		}
	}
	err := zw.Close()
	return b.Bytes(), err
}
