// Package docx turns a Word file (DOCX) into blocks. It knows nothing about requirements, and it never reads more of a file than
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
	p := &parts{files: map[string]*zip.File{}}
	for _, f := range zr.File {
		name := cleanName(strings.ReplaceAll(f.Name, `\`, "/"))
		if p.files[name] == nil {
			p.files[name] = f
		}
	}
	return p, nil
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
	return toUTF8(data), nil
}

// toUTF8 decodes the UTF-16 that a few programs write XML in.
func toUTF8(data []byte) []byte {
	var order binary.ByteOrder
	switch {
	case bytes.HasPrefix(data, []byte{0xff, 0xfe}):
		order = binary.LittleEndian
	case bytes.HasPrefix(data, []byte{0xfe, 0xff}):
		order = binary.BigEndian
	default:
		return data
	}
	units := make([]uint16, 0, len(data)/2)
	for i := 2; i+1 < len(data); i += 2 {
		units = append(units, order.Uint16(data[i:]))
	}
	return []byte(string(utf16.Decode(units)))
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

// content returns the main document as XML and the names of the parts it refers to. The library sees only a small zip made here:
// it would read every part of the real one, without a limit, and it insists on fixed names.
func content(p *parts) (string, map[string]string, error) {
	main := mainPart
	if data, _ := p.read("_rels/.rels"); data != nil {
		if name := relations("", data)["officeDocument"]; p.files[name] != nil {
			main = name
		}
	}
	body, err := p.read(main)
	if err != nil {
		return "", nil, err
	}
	if body == nil {
		return "", nil, fmt.Errorf("find %s: %w", main, dossier.ErrDamaged)
	}
	rels, err := p.read(path.Dir(main) + "/_rels/" + path.Base(main) + ".rels")
	if err != nil {
		return "", nil, err
	}
	small, err := smallZip(body)
	if err != nil {
		return "", nil, err
	}
	lib, err := docx.ReadDocxFromMemory(bytes.NewReader(small), int64(len(small)))
	if err != nil {
		return "", nil, fmt.Errorf("read %s: %w: %w", main, dossier.ErrDamaged, err)
	}
	defer lib.Close()
	names := map[string]string{}
	for _, kind := range []string{"styles", "numbering", "footnotes", "endnotes"} {
		names[kind] = path.Join(path.Dir(main), kind+".xml")
	}
	for kind, name := range relations(main, rels) {
		names[kind] = name
	}
	return lib.Editable().GetContent(), names, nil
}

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
