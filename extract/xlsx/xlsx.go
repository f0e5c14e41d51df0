// Package xlsx turns an Excel workbook into blocks: a heading for every sheet and a row for every row. It knows nothing about
// requirements, does not calculate formulas but takes the values that Excel stored, and does not see text boxes and pictures.
package xlsx

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"

	"inkooptoets/extract/dossier"
)

// Limits for one workbook. Real lists of requirements stay far below them.
const (
	maxUnzipped = 128 << 20 // bytes
	maxPart     = 64 << 20
	maxCells    = 4_000_000 // empty ones and skipped rows too: a cell in the last column makes 16,384 of them
	maxText     = 64 << 20  // bytes of text
)

// Read turns the XLSX file data into a document. name is its path in the dossier. Hidden sheets and rows are left out, with a
// warning. It stops between two rows when ctx is done.
func Read(ctx context.Context, name string, data []byte) (dossier.Document, error) {
	in, err := inspect(data)
	if err != nil {
		return dossier.Document{}, err
	}
	f, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{
		UnzipSizeLimit: maxUnzipped, UnzipXMLSizeLimit: maxUnzipped, // equal, or the library would write large parts to disk
		ShortDatePattern: "dd-mm-yyyy", LongDatePattern: "d mmmm yyyy",
	})
	if err != nil {
		return dossier.Document{}, fmt.Errorf("open workbook: %w: %w", reasonOf(err), err)
	}
	defer f.Close()
	r := &reader{ctx: ctx, file: f, found: in, parts: partsOf(f)}
	for _, sheet := range f.GetSheetList() {
		if err := r.sheet(sheet); err != nil {
			return dossier.Document{}, err
		}
	}
	if len(r.blocks) == 0 {
		return dossier.Document{}, dossier.ErrNoText
	}
	return dossier.Document{Path: name, Format: "xlsx", Blocks: dossier.Outline(name, r.blocks), Warnings: r.warnings()}, nil
}

func reasonOf(err error) error {
	if strings.Contains(err.Error(), "unzip size exceeds") {
		return dossier.ErrTooLarge
	}
	return dossier.ErrDamaged
}

// reader collects the blocks of one workbook.
type reader struct {
	ctx    context.Context
	file   *excelize.File
	found  *inspector
	parts  map[string]string // of the sheets
	blocks []dossier.Block
	tables int
	cells  int
	text   int
	hidden bool
	cut    bool
}

func (r *reader) warnings() []dossier.Warning {
	var out []dossier.Warning
	if r.found.comments {
		out = append(out, dossier.Warning{Code: "comments", Detail: "Het bestand bevat opmerkingen bij cellen; die tellen niet mee."})
	}
	if r.hidden {
		out = append(out, dossier.Warning{Code: "hidden-text", Detail: "Het bestand bevat verborgen bladen of rijen; die tellen niet mee."})
	}
	if r.cut {
		out = append(out, dossier.Warning{Code: dossier.CodeLimit, Detail: "Het bestand is te groot; alleen het begin is gelezen."})
	}
	return out
}

var errFull = errors.New("limit of the workbook is reached")

// sheet reads one sheet.
func (r *reader) sheet(sheet string) error {
	if r.cut {
		return nil
	}
	if shown, err := r.file.GetSheetVisible(sheet); err == nil && !shown {
		r.hidden = true
		return nil
	}
	rows, err := r.rows(sheet)
	if errors.Is(err, errFull) {
		r.cut, err = true, nil
	}
	if err != nil {
		return err
	}
	spread(rows, r.found.merged[r.parts[sheet]])
	r.emit(sheet, rows)
	return nil
}

// line is one row of a sheet, with its number from 1 and the cells that have text.
type line struct {
	number int
	cells  []dossier.Cell
}

// rows streams the rows of a sheet. Rows before a limit are returned with errFull.
func (r *reader) rows(sheet string) ([]line, error) {
	it, err := r.file.Rows(sheet)
	if err != nil {
		return nil, nil // a chart sheet has no rows
	}
	defer it.Close()
	var out []line
	for n := 1; it.Next(); n++ {
		if err := r.ctx.Err(); err != nil {
			return nil, fmt.Errorf("read sheet %s: %w", sheet, err)
		}
		cells, err := it.Columns()
		if err != nil {
			return nil, fmt.Errorf("read sheet %s: %w: %w", sheet, dossier.ErrDamaged, err)
		}
		r.cells += len(cells) + 1
		if r.cells > maxCells || r.text > maxText {
			return out, errFull
		}
		l := line{number: n, cells: r.filled(cells)}
		if len(l.cells) == 0 {
			continue
		}
		if it.GetRowOpts().Hidden {
			r.hidden = true
			continue
		}
		out = append(out, l)
	}
	if it.Error() != nil {
		return out, errFull // a row number beyond what Excel allows
	}
	return out, nil
}

// filled are the cells with text: a row can have thousands without.
func (r *reader) filled(texts []string) []dossier.Cell {
	var out []dossier.Cell
	for col, text := range texts {
		if text = dossier.Clean(text); text != "" {
			out = append(out, dossier.Cell{Text: text, Col: col})
			r.text += len(text)
		}
	}
	return out
}
