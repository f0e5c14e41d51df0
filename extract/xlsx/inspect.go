package xlsx

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"inkooptoets/extract/dossier"
)

// maxString is the longest text of one cell in bytes; Excel itself stops at 32,767 characters.
const maxString = 4 * 32_767

// maxEntries is the number of parts in one workbook.
const maxEntries = 10_000

// maxWork bounds what the library does to write out the texts of all cells: for every cell the length of its text, times the number
// of escapes in it, each of which makes the library copy the text once more.
const maxWork = 1 << 30

// inspect looks at a workbook before the library does. A small file can name one long text in millions of cells; the library writes
// that out in full and does not come back.
func inspect(data []byte) (*inspector, error) {
	zr, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, fmt.Errorf("open zip: %w: %w", dossier.ErrDamaged, err)
	}
	if len(zr.File) > maxEntries {
		return nil, fmt.Errorf("%d parts: %w", len(zr.File), dossier.ErrTooLarge)
	}
	in := &inspector{merged: map[string][]area{}}
	total := uint64(0)
	for _, f := range zr.File { // the zip reader does not give more than the size that is written here
		if total += f.UncompressedSize64; total > maxUnzipped || f.UncompressedSize64 > maxPart {
			return nil, fmt.Errorf("unpack: %w", dossier.ErrTooLarge)
		}
		base := strings.ToLower(path.Base(f.Name))
		in.comments = in.comments || strings.Contains(base, "comment") && strings.HasSuffix(base, ".xml")
		if base == "sharedstrings.xml" {
			if err := in.part(f, in.sharedString); err != nil {
				return nil, err
			}
		}
	}
	for _, f := range zr.File {
		if strings.Contains(strings.ToLower(f.Name), "worksheets/") && !strings.HasSuffix(f.Name, ".rels") {
			if err := in.part(f, in.cell); err != nil {
				return nil, err
			}
		}
	}
	return in, nil
}

// inspector adds up what reading a workbook will take.
type inspector struct {
	strings []int64 // the work for each shared text
	work    int64

	comments bool
	merged   map[string][]area // by name of the part, in the order of the file
}

// area is a block of merged cells. The library can list them too, but makes every cell of the sheet for it, empty ones as well.
type area struct{ col, from, to int }

const maxAreas = 100_000

func (in *inspector) merge(part string, t xml.StartElement) {
	start, end, _ := strings.Cut(attr(t, "ref"), ":")
	col, from, err1 := excelize.CellNameToCoordinates(start)
	_, to, err2 := excelize.CellNameToCoordinates(end)
	if err1 == nil && err2 == nil && to > from && len(in.merged[part]) < maxAreas {
		in.merged[part] = append(in.merged[part], area{col - 1, from, to})
	}
}

// sharedString notes one text of the shared table.
func (in *inspector) sharedString(e element) {
	if e.name == "si" {
		in.strings = append(in.strings, int64(e.length)*int64(1+e.escapes))
	}
}

// cell adds the work for one cell.
func (in *inspector) cell(e element) {
	if e.name != "c" {
		return
	}
	if e.kind != "s" {
		in.work += int64(e.length) * int64(1+e.escapes)
		return
	}
	if i, err := strconv.Atoi(e.start); err == nil && i >= 0 && i < len(in.strings) {
		in.work += in.strings[i]
	}
}

// element is the text inside one si or c.
type element struct {
	name    string
	kind    string // of a cell: "s" for a shared text
	start   string // the first bytes of the text
	length  int
	escapes int
}

// part streams one part and calls use for every si and c.
func (in *inspector) part(f *zip.File, use func(element)) error {
	r, err := f.Open()
	if err != nil {
		return fmt.Errorf("open %s: %w: %w", f.Name, dossier.ErrDamaged, err)
	}
	defer r.Close()
	d := xml.NewDecoder(r)
	d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil }
	var e element
	for {
		t, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("read %s: %w: %w", f.Name, dossier.ErrDamaged, err)
		}
		switch t := t.(type) {
		case xml.StartElement:
			if t.Name.Local == "si" || t.Name.Local == "c" {
				e = element{name: t.Name.Local, kind: attr(t, "t")}
			}
			if t.Name.Local == "mergeCell" {
				in.merge(clean(f.Name), t)
			}
		case xml.EndElement:
			if t.Name.Local == e.name {
				use(e)
				e = element{}
			}
		case xml.CharData:
			e.add(t)
		}
		if e.length > maxString || in.work > maxWork {
			return fmt.Errorf("text of the cells in %s: %w", f.Name, dossier.ErrTooLarge)
		}
	}
}

func (e *element) add(text []byte) {
	if e.name == "" {
		return
	}
	if e.length == 0 {
		e.start = string(text[:min(len(text), 12)])
	}
	e.length += len(text)
	e.escapes += bytes.Count(text, []byte("_x"))
}

func attr(t xml.StartElement, name string) string {
	for _, a := range t.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

func clean(part string) string {
	return strings.ToLower(strings.TrimPrefix(path.Clean("/"+strings.ReplaceAll(part, `\`, "/")), "/"))
}

// partsOf maps the names of the sheets to their parts.
func partsOf(f *excelize.File) map[string]string {
	var book struct {
		Sheets []struct {
			Name string     `xml:"name,attr"`
			Attr []xml.Attr `xml:",any,attr"`
		} `xml:"sheets>sheet"`
	}
	var rels struct {
		Relationship []struct {
			ID     string `xml:"Id,attr"`
			Target string `xml:"Target,attr"`
		} `xml:"Relationship"`
	}
	decode(f, "xl/workbook.xml", &book)
	decode(f, "xl/_rels/workbook.xml.rels", &rels)
	target := map[string]string{}
	for _, r := range rels.Relationship {
		if !strings.HasPrefix(r.Target, "/") {
			r.Target = "xl/" + r.Target
		}
		target[r.ID] = clean(r.Target)
	}
	out := map[string]string{}
	for _, s := range book.Sheets {
		for _, a := range s.Attr {
			if a.Name.Local == "id" {
				out[s.Name] = target[a.Value]
			}
		}
	}
	return out
}

// decode reads a part of the workbook. Merged cells are not worth a failure, so one that is damaged is left empty.
func decode(f *excelize.File, part string, into any) {
	if data, ok := f.Pkg.Load(part); ok {
		if b, ok := data.([]byte); ok {
			_ = xml.Unmarshal(b, into)
		}
	}
}
