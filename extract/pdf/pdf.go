// Package pdf turns a PDF file into blocks. The bytes are made sound first (source, normalize), then the PDF library gives the objects in
// them; what the text of a page is, in which order and in which form, is worked out here. It knows nothing about requirements, and does
// not draw: fonts count for their widths and letters, pictures only for being there.
package pdf

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/ledongthuc/pdf"

	"inkooptoets/extract/dossier"
)

// Limits for one file. Whatever is cut off by one of them is a warning on the document.
const (
	maxPages   = 5_000
	maxNodes   = 50_000 // of the page tree
	maxDepth   = 64
	maxObjects = 2_000_000 // highest object number, and how many are read
	maxStream  = 64 << 20  // bytes of one stream, decoded
	maxTotal   = 512 << 20 // bytes of all streams of a file, decoded
	maxGlyphs  = 100_000   // on one page
	maxText    = 3_000_000 // glyphs of all pages
	maxBlock   = 1 << 14   // bytes of a paragraph; a longer one is cut
	maxArgs    = 256       // operands of one operator
	maxForms   = 2_000     // forms drawn on one page
	maxNested  = 12        // forms inside forms
)

// Options says how to open a file. The zero value opens what needs no password.
type Options struct {
	Password string
}

// Read turns the PDF file data into a document. name is its path in the dossier. The library panics on some damaged files; the
// caller recovers.
func Read(name string, data []byte) (dossier.Document, error) {
	return ReadContext(context.Background(), name, data, Options{})
}

// ReadContext is Read with options; it stops between two pages when ctx is done.
func ReadContext(ctx context.Context, name string, data []byte, o Options) (dossier.Document, error) {
	f, err := open(data, o)
	if err != nil {
		return dossier.Document{}, err
	}
	f.tags = f.readTags()
	doc := dossier.Document{Path: name, Format: "pdf", Pages: len(f.leaves)}
	pages := make([]page, len(f.leaves))
	glyphs := 0
	for i, leaf := range f.leaves {
		if glyphs > maxText {
			f.warn(dossier.CodeLimit, fmt.Sprintf("Het bestand heeft te veel tekst; vanaf bladzijde %d is het niet gelezen.", i+1))
			pages = pages[:i]
			break
		}
		if err := ctx.Err(); err != nil {
			return dossier.Document{}, fmt.Errorf("read page %d: %w", i+1, err)
		}
		pages[i] = f.page(leaf, i+1)
		glyphs += pages[i].letters
	}
	dropFurniture(pages)
	for _, p := range pages {
		doc.Warnings = append(doc.Warnings, p.warnings()...)
	}
	doc.Warnings = append(f.warnings, doc.Warnings...)
	doc.Blocks = dossier.Outline(name, layout(pages))
	if len(doc.Blocks) == 0 {
		return doc, f.nothing(doc.Warnings) // with its warnings: they name the pages that are scans
	}
	return doc, nil
}

// nothing says why a file gave no text at all.
func (f *file) nothing(warnings []dossier.Warning) error {
	has := func(code string) bool {
		return slices.ContainsFunc(warnings, func(w dossier.Warning) bool { return w.Code == code })
	}
	switch {
	case has(dossier.CodeLimit):
		return fmt.Errorf("read pages: %w", dossier.ErrTooLarge)
	case has(dossier.CodeDamaged):
		return fmt.Errorf("read pages: %w", dossier.ErrDamaged)
	}
	return dossier.ErrNoText
}

// file holds what the pages share.
type file struct {
	root     pdf.Value // the catalogue of the file
	leaves   []leaf    // its pages, in order
	fonts    map[string]*font
	glyphs   []glyph // room for those of one page, used again for the next
	tags     *tags   // the structure tree
	decoded  int     // bytes of streams so far
	warnings []dossier.Warning
}

// warn adds a warning about the file as a whole, once.
func (f *file) warn(code, detail string) {
	w := dossier.Warning{Code: code, Detail: detail}
	if !slices.Contains(f.warnings, w) {
		f.warnings = append(f.warnings, w)
	}
}

// page is the content of one page, with the origin at the bottom left of the page as it is read.
type page struct {
	num           int
	width, height float64
	glyphs        []glyph // while the page is read
	letters       int     // how many there were
	words         []run   // what they make
	turned        int     // quarter turns that its text had, see upright
	rules         []rule
	frames        []rule // stroked rectangles
	images        int
	pictured      float64 // what they cover, in square points
	curves        int     // pieces of round lines
	body          int     // letters that are not in running headers and footers
	lost          int     // letters that mean nothing and are not in words
	struck        int     // letters left out because a line was drawn through them
	remarks       int     // notes and markings of readers on top of it
	cut           bool    // a limit was hit
	full          bool    // so hard that the rest of the page is not worth running
}

func (f *file) page(l leaf, num int) page {
	p := page{num: num, width: l.box[2] - l.box[0], height: l.box[3] - l.box[1]}
	m := matrix{1, 0, 0, 1, -l.box[0], -l.box[1]}
	switch l.rotate {
	case 90:
		m = matrix{0, -1, 1, 0, -l.box[1], l.box[2]}
	case 180:
		m = matrix{-1, 0, 0, -1, l.box[2], l.box[3]}
	case 270:
		m = matrix{0, 1, -1, 0, l.box[3], -l.box[0]}
	}
	if l.rotate%180 == 90 {
		p.width, p.height = p.height, p.width
	}
	in := interpreter{file: f, page: &p, parts: f.tags.of(l)}
	content := f.contents(l.dict.Key("Contents"))
	p.glyphs = f.glyphs[:0]
	in.run(content, l.resources, state{ctm: m, scale: 1}, 0)
	in.annotations(l.dict.Key("Annots"), state{ctm: m, scale: 1})
	p.upright()
	p.dropStruck()
	p.letters, p.words = len(p.glyphs), p.runs()
	f.glyphs, p.glyphs = p.glyphs, nil // a long file has millions of them
	return p
}

// scanned says whether the text of the page is a picture, or letters that are drawn: there is one, and no words but a stamp or what runs
// above and below.
func (p page) scanned() bool {
	return p.letters < 20 && p.images > 0 || p.body < 20 && (p.pictured > 0.3*p.width*p.height || p.curves > drawn)
}

// drawn is how many curves may be a logo. The letters of three lines of text have more.
const drawn = 2_000

func (p page) warnings() []dossier.Warning {
	var out []dossier.Warning
	if p.scanned() {
		out = append(out, dossier.Warning{Code: dossier.CodeNoText, Page: p.num, Detail: fmt.Sprintf("Pagina %d heeft geen tekstlaag; wat erop staat is niet gelezen.", p.num)})
	}
	if p.illegible() {
		out = append(out, dossier.Warning{Code: dossier.CodeUnmapped, Page: p.num, Detail: "Een deel van de letters op deze pagina is niet te lezen: het bestand zegt niet wat ze betekenen."})
	}
	if p.struck > 0 {
		out = append(out, dossier.Warning{Code: "tracked-changes", Page: p.num, Detail: "Op deze pagina staat doorgestreepte tekst; die telt niet mee."})
	}
	if p.remarks > 0 {
		out = append(out, dossier.Warning{Code: "comments", Page: p.num, Detail: "Op deze pagina staan opmerkingen of markeringen van een lezer; die tellen niet mee."})
	}
	if p.cut {
		out = append(out, dossier.Warning{Code: dossier.CodeLimit, Page: p.num, Detail: "Deze pagina is te groot; een deel van de tekst is niet gelezen."})
	}
	return out
}

// lower is the name of a font in lower case, without the tag of a subset ("ABCDEF+").
func lower(name string) string {
	if len(name) > 7 && name[6] == '+' {
		name = name[7:]
	}
	return strings.ToLower(name)
}
