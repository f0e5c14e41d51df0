package report

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"errors"
	"fmt"
	"hash"
	"hash/crc32"
	"io"
	"io/fs"
	"iter"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"inkooptoets/rules/result"
)

// sheet is one sheet of a workbook: lines of text, if any, and one table without merged or empty cells in its head.
type sheet struct {
	name  string
	lines []string // above the table; the first is its title
	cols  []heading
	rows  [][]any // a string is text and never a formula, an int is a number
	// more, where it is set, makes the rows that follow when they are written: those of a large run would take more memory than the run.
	more iter.Seq[[]any]
}

// all gives every row of s.
func (s sheet) all() iter.Seq[[]any] {
	return func(yield func([]any) bool) {
		for _, row := range s.rows {
			if !yield(row) {
				return
			}
		}
		if s.more != nil {
			s.more(yield)
		}
	}
}

type heading struct {
	title string
	width float64 // in characters
}

// writeXLSX writes a workbook: summary, requirements, evidence, assumptions, documents. Every requirement is in it, whatever the options: a workbook can be
// filtered. The same run gives the same bytes.
func writeXLSX(w io.Writer, run result.Run, o Options) error {
	ws := languages[o.Lang]
	return writeWorkbook(w, ws.sheets.title, run.Date, o.Lang, sheetsOf(run, ws))
}

// writeWorkbook writes sheets. Its date is the reference date: the clock has no part in a report.
func writeWorkbook(w io.Writer, title, date, lang string, sheets []sheet) error {
	book := workbook{file: excelize.NewFile()}
	defer book.file.Close() // removes what excelize put aside of very large sheets
	book.steps = append(book.steps, book.styles, func() error { return book.properties(title, date, lang) })
	for i, s := range sheets {
		book.steps = append(book.steps, func() error { return book.add(i, s) })
	}
	book.steps = append(book.steps, func() error { return book.write(w) })
	for _, step := range book.steps {
		if err := step(); err != nil {
			return fmt.Errorf("write xlsx: %w", err)
		}
	}
	return nil
}

func sheetsOf(run result.Run, ws *words) []sheet {
	names := ws.sheets
	out := []sheet{
		summarySheet(run, ws), {name: names.requirements}, {name: names.evidence}, {name: names.assumptions}, {name: names.documents},
	}
	requirements, evidence, assumptions, documents := &out[1], &out[2], &out[3], &out[4]
	for _, c := range columns {
		if c.key != "kind" { // every line here is a requirement
			requirements.cols = append(requirements.cols, heading{ws.columns[c.key], c.width})
		}
	}
	evidence.cols = ws.headings("dossier", "requirement", "title", "status", "passage", "shows", "file", "page", "heading", "quote", "aspects", "lacks", "date", "catalogue")
	assumptions.cols = []heading{{ws.columns["dossier"], 16}, {names.subject, 20}, {names.choice, 90}, {ws.columns["date"], 12}, {ws.columns["catalogue"], 16}}
	documents.cols = ws.headings("dossier", "kind", "file", "role", "pages", "severity", "detail", "page", "quote", "suggestion", "date", "catalogue")
	requirements.more = func(yield func([]any) bool) {
		for _, d := range run.Dossiers {
			lines := linesOf(d, run, ws)
			for i := range lines {
				if lines[i].kind == "requirement" && !yield(requirementCells(&lines[i], ws)) {
					return
				}
			}
		}
	}
	evidence.more = func(yield func([]any) bool) {
		for _, d := range run.Dossiers {
			for _, row := range evidenceRows(d, run, ws) {
				if !yield(row) {
					return
				}
			}
		}
	}
	for _, d := range run.Dossiers {
		assumptions.rows = append(assumptions.rows, assumptionRows(d, run, ws)...)
		documents.rows = append(documents.rows, documentRows(d, run, ws)...)
	}
	for _, l := range lapsedLines(run) {
		documents.rows = append(documents.rows, []any{
			"", ws.kinds[l.kind], l.place.File, "", "", ws.weightName(l.severity), strings.TrimPrefix(l.row.Requirement+": ", ": ") + l.detail, "", "", "", l.date, l.catalogue,
		})
	}
	if s := demandSheet(run, ws); s != nil {
		out = append(out, *s)
	}
	return out
}

// headings gives the columns of those names, as wide as in the list of requirements.
func (ws *words) headings(keys ...string) []heading {
	wide := map[string]float64{"shows": 16, "aspects": 36, "role": 20, "pages": 10, "detail": 60}
	for _, c := range columns {
		wide[c.key] = c.width
	}
	var out []heading
	for _, k := range keys {
		out = append(out, heading{ws.columns[k], wide[k]})
	}
	return out
}

func requirementCells(l *line, ws *words) []any {
	var cells []any
	for _, c := range columns {
		switch c.key {
		case "kind":
		case "page":
			cells = append(cells, pageCell(l.place.Page))
		default:
			cells = append(cells, c.shown(l, ws))
		}
	}
	return cells
}

// pageCell is a page as a number; empty if it is unknown.
func pageCell(page int) any {
	if page == 0 {
		return ""
	}
	return page
}

// evidenceRows lists every passage of every requirement, found ones first.
func evidenceRows(d result.Dossier, run result.Run, ws *words) [][]any {
	var rows [][]any
	for _, r := range d.Rows {
		names := map[string]string{}
		for _, a := range r.Aspects {
			names[a.ID] = a.Text
		}
		add := func(kind string, list []result.Evidence) {
			for _, e := range list {
				var aspects []string
				for _, id := range e.Aspects {
					aspects = append(aspects, names[id])
				}
				shows := ""
				if e.Shows != "" {
					shows = ws.statusName(e.Shows)
				}
				rows = append(rows, []any{
					d.ID, r.Requirement, r.Title, ws.statusName(r.Status), ws.kinds[kind], shows, e.File, pageCell(e.Page), strings.Join(e.Path, " › "), e.Quote,
					strings.Join(aspects, "; "), e.Lacks, clean(run.Date), clean(run.Catalogue),
				})
			}
		}
		add("evidence", r.Evidence)
		add("nearest", r.Nearest)
	}
	return rows
}

func assumptionRows(d result.Dossier, run result.Run, ws *words) [][]any {
	var rows [][]any
	label := ""
	for _, a := range assumptions(d.Profile, clean(run.Date), ws) {
		if a.label != "" {
			label = a.label
		}
		rows = append(rows, []any{d.ID, label, a.text, clean(run.Date), clean(run.Catalogue)})
	}
	return rows
}

// documentRows lists what was read and what was not, with the warnings and the findings in it.
func documentRows(d result.Dossier, run result.Run, ws *words) [][]any {
	var rows [][]any
	add := func(kind string, doc result.Document, weight severity, detail string, page int, quote, suggestion string) {
		word := ""
		if weight != "" {
			word = ws.weightName(weight)
		}
		rows = append(rows, []any{
			d.ID, ws.kinds[kind], doc.Path, doc.Role, pageCell(doc.Pages), word, detail, pageCell(page), quote, suggestion, clean(run.Date), clean(run.Catalogue),
		})
	}
	roles := map[string]result.Document{}
	for _, doc := range d.Documents {
		roles[doc.Path] = doc
		if doc.Problem != "" {
			add("unread", doc, severe, doc.Problem, 0, "", "")
			continue
		}
		add("read", doc, "", "", 0, "", "")
		for _, warning := range doc.Warnings {
			add("warning", doc, caution, warning.Detail, warning.Page, "", "")
		}
	}
	for _, f := range d.Findings {
		doc := roles[f.File]
		doc.Path = f.File
		weight := severity(f.Severity)
		if f.Waived != nil {
			weight = accepted
		}
		add("finding", doc, weight, f.Message, f.Page, excerpt(f.Quote, 0, 0), f.Suggestion)
	}
	return rows
}

func summarySheet(run result.Run, ws *words) sheet {
	s := sheet{
		name: ws.sheets.summary,
		lines: []string{
			ws.sheets.title, ws.columns["date"] + ": " + clean(run.Date) + " · " + ws.columns["catalogue"] + ": " + clean(run.Catalogue) + " · " + clean(run.Tool), ws.meaning,
		},
		cols: []heading{{ws.columns["dossier"], 16}, {ws.sheets.count, 40}, {ws.sheets.name, 36}, {strings.NewReplacer("-\n", "", "\n", " ").Replace(ws.applicable), 15}},
	}
	for _, status := range counted {
		s.cols = append(s.cols, heading{ws.statusName(status), 15})
	}
	s.cols = append(s.cols, heading{ws.columns["date"], 12}, heading{ws.columns["catalogue"], 16})
	if r := reliabilityOf(run, ws); len(r) > 0 {
		s.lines = append(append(s.lines, ws.reliable+" "+r.note(ws)), r.lines(ws)...)
	}
	if len(run.Dossiers) == 0 {
		s.lines = append(s.lines, ws.nothing)
	}
	for _, d := range run.Dossiers {
		v := viewOf(d, run, false, ws)
		if len(v.unread) > 0 {
			s.lines = append(s.lines, ws.dossier+" "+v.id+" – "+fmt.Sprintf(ws.unread, len(v.unread), v.files)+". "+ws.unreadNote)
		}
		for _, w := range v.without {
			s.lines = append(s.lines, ws.dossier+" "+v.id+" – "+w)
		}
		for _, table := range v.countTables(ws) {
			for _, t := range table.rows {
				cells := []any{v.id, table.title, t.label, t.Denominator}
				for _, status := range counted {
					cells = append(cells, t.Counts[status])
				}
				s.rows = append(s.rows, append(cells, clean(run.Date), clean(run.Catalogue)))
			}
		}
	}
	return s
}

// workbook writes sheets with excelize.
type workbook struct {
	file  *excelize.File
	steps []func() error
	// Styles: title, head of a table, text of many lines, the same for text that looks like a formula, numbers, and text above a table.
	title, head, text, guarded, count, above int
	tints                                    map[result.Status]int
}

// tinted is text in the colour of a status. The text says it all: the colour is for the eye that runs over a sheet.
type tinted struct {
	text   string
	status result.Status
}

// tints are the grounds of statuses, those of the html report: dark text stands out on them.
var tints = map[result.Status]string{
	result.Covered: "E6F4EA", result.Referenced: "E2F3F6", result.Partial: "FFF1DC", result.Mentioned: "FBF6D9", result.Contradicted: "FBE7F1", result.Missing: "FDEAEA", result.Undetermined: "E9EDF2",
}

func (b *workbook) styles() error {
	wrapped := &excelize.Alignment{WrapText: true, Vertical: "top"}
	const font = "Calibri"
	asText := 49 // the number format "text": also after somebody edits the cell
	for _, s := range []struct {
		id    *int
		style excelize.Style
	}{
		{&b.title, excelize.Style{Font: &excelize.Font{Bold: true, Size: 14, Family: font}}},
		{&b.head, excelize.Style{Font: &excelize.Font{Bold: true, Size: 11, Family: font}, Alignment: wrapped, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"E4E8EC"}}}},
		{&b.text, excelize.Style{Alignment: wrapped}},
		{&b.count, excelize.Style{Alignment: &excelize.Alignment{Horizontal: "center", Vertical: "top"}}},
		{&b.guarded, excelize.Style{Alignment: wrapped, NumFmt: asText}},
		{&b.above, excelize.Style{Alignment: &excelize.Alignment{Vertical: "top"}}},
	} {
		var err error
		if *s.id, err = b.file.NewStyle(&s.style); err != nil {
			return err
		}
	}
	b.tints = map[result.Status]int{}
	for _, s := range result.Statuses {
		if tints[s] == "" {
			continue
		}
		id, err := b.file.NewStyle(&excelize.Style{Alignment: wrapped, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{tints[s]}}})
		if err != nil {
			return err
		}
		b.tints[s] = id
	}
	return nil
}

var day = regexp.MustCompile(`^\d{4}-\d{2}-\d{2}$`)

// properties say what the workbook is.
func (b *workbook) properties(title, date, lang string) error {
	created := "2015-01-01"
	if day.MatchString(date) {
		created = date
	}
	return b.file.SetDocProps(&excelize.DocProperties{
		Title: title, Creator: "inkooptoets", Language: map[string]string{"nl": "nl-NL", "en": "en-GB"}[lang],
		Created: created + "T00:00:00Z", Modified: created + "T00:00:00Z",
	})
}

func (b *workbook) add(i int, s sheet) error {
	if err := b.begin(i, s); err != nil {
		return err
	}
	out, err := b.file.NewStreamWriter(s.name)
	if err != nil {
		return err
	}
	for n, c := range slices.Backward(s.cols) { // excelize puts each before the ones it has, and the format wants them in order
		if err := out.SetColWidth(n+1, n+1, c.width); err != nil {
			return err
		}
	}
	top := s.top()
	if top == 1 { // below other lines a fixed head would take too much of the screen
		if err := out.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
			return err
		}
	}
	n, err := b.rows(out, s, top)
	if err != nil {
		return err
	}
	last, err := excelize.CoordinatesToCellName(len(s.cols), top+max(n, 1))
	if err != nil {
		return err
	}
	err = out.AddTable(&excelize.Table{Range: "A" + strconv.Itoa(top) + ":" + last, Name: s.name, StyleName: "TableStyleLight1"})
	return errors.Join(err, out.Flush())
}

// pageWidth is how many characters of a table fit on one printed page and stay readable.
const pageWidth = 250

// begin makes an empty sheet that prints on wide paper, on as few pages side by side as can be read, with the heads of the table on each.
func (b *workbook) begin(i int, s sheet) error {
	if i == 0 {
		if err := b.file.SetSheetName(b.file.GetSheetName(0), s.name); err != nil {
			return err
		}
	} else if _, err := b.file.NewSheet(s.name); err != nil {
		return err
	}
	total := 0.0
	for _, c := range s.cols {
		total += c.width
	}
	fit, wide, any, a4 := true, "landscape", 0, 9
	pages := (int(total)-1)/pageWidth + 1
	head := strconv.Itoa(s.top())
	return errors.Join(
		b.file.SetSheetProps(s.name, &excelize.SheetPropsOptions{FitToPage: &fit}),
		b.file.SetPageLayout(s.name, &excelize.PageLayoutOptions{Size: &a4, Orientation: &wide, FitToWidth: &pages, FitToHeight: &any}),
		b.file.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: s.name + "!$" + head + ":$" + head, Scope: s.name}),
	)
}

// top is the row with the heads of the table, from 1: under the lines and an empty row, if there are any.
func (s sheet) top() int {
	if len(s.lines) == 0 {
		return 1
	}
	return len(s.lines) + 2
}

// Heights of a row in points. Excel fits rows to wrapped text when it opens a workbook; not every program does.
const (
	lineHeight = 15
	maxHeight  = 405 // Excel has 409 at most
)

// height is how high a row must be to show all of its text.
func (s sheet) height(row []any) excelize.RowOpts {
	lines := 1
	for i, v := range row {
		width := int(s.cols[i].width * 1.05) // letters are a little narrower than the digits in which Excel counts
		if text, ok := v.(string); ok && len(text) > width {
			lines = max(lines, wrapped(text, width))
		}
	}
	return excelize.RowOpts{Height: min(float64(lines*lineHeight), maxHeight)}
}

// rows writes the lines, the head and the rows of s, and gives the number of rows.
func (b *workbook) rows(out *excelize.StreamWriter, s sheet, top int) (n int, err error) {
	for i, text := range s.lines {
		style := b.above
		if i == 0 {
			style = b.title
		}
		if err := out.SetRow("A"+strconv.Itoa(i+1), []any{excelize.Cell{StyleID: style, Value: text}}); err != nil {
			return 0, err
		}
	}
	head, titles := make([]any, len(s.cols)), make([]any, len(s.cols))
	for i, c := range s.cols {
		head[i], titles[i] = excelize.Cell{StyleID: b.head, Value: c.title}, c.title
	}
	if err := out.SetRow("A"+strconv.Itoa(top), head, s.height(titles)); err != nil {
		return 0, err
	}
	// Cells are written before the next row is read: one set of them serves every row.
	room, cells := make([]excelize.Cell, len(s.cols)), make([]any, len(s.cols))
	for row := range s.all() {
		n++
		for i, v := range row {
			if room[i] = b.cell(v); room[i].Value == nil {
				cells[i] = nil
			} else {
				cells[i] = &room[i]
			}
		}
		if err := out.SetRow("A"+strconv.Itoa(top+n), cells[:len(row)], s.height(row)); err != nil {
			return n, err
		}
	}
	return n, nil
}

// cell is a number, or text that is never a formula. Empty text makes a cell without a value.
func (b *workbook) cell(v any) excelize.Cell {
	text, ok := v.(string)
	if t, isTinted := v.(tinted); isTinted {
		if style, known := b.tints[t.status]; known && !calculates(t.text) {
			return excelize.Cell{StyleID: style, Value: t.text}
		}
		text, ok = t.text, true
	}
	switch {
	case ok && text == "":
		return excelize.Cell{}
	case ok && calculates(text):
		return excelize.Cell{StyleID: b.guarded, Value: text}
	case ok:
		return excelize.Cell{StyleID: b.text, Value: text}
	default:
		return excelize.Cell{StyleID: b.count, Value: v}
	}
}

func (b *workbook) write(w io.Writer) error {
	b.file.SetZipWriter(func(w io.Writer) excelize.ZipWriter { return &steadyZip{w: w, parts: map[string]*zipPart{}} })
	return b.file.Write(w)
}

// steadyZip writes the parts of a workbook in the order of their names and with one fixed time, as excelize writes streamed sheets in the order of a map.
type steadyZip struct {
	w     io.Writer
	parts map[string]*zipPart
	open  *zipPart
}

// zipPart is a part as it will stand in the file: sheets are ten times as large before they are compressed.
type zipPart struct {
	packed bytes.Buffer
	flate  *flate.Writer
	sum    hash.Hash32
	size   uint64
}

func (p *zipPart) Write(b []byte) (int, error) {
	p.sum.Write(b)
	p.size += uint64(len(b))
	return p.flate.Write(b)
}

// Create keeps a part until Close; the part before it is complete then.
func (z *steadyZip) Create(name string) (io.Writer, error) {
	if err := z.finish(); err != nil {
		return nil, err
	}
	p := &zipPart{sum: crc32.NewIEEE()}
	var err error
	if p.flate, err = flate.NewWriter(&p.packed, flate.BestSpeed); err != nil {
		return nil, err
	}
	z.parts[name], z.open = p, p
	return p, nil
}

func (z *steadyZip) finish() error {
	if z.open == nil {
		return nil
	}
	err := z.open.flate.Close()
	z.open.flate, z.open = nil, nil
	return err
}

// AddFS is part of the interface; a workbook needs no files.
func (z *steadyZip) AddFS(fs.FS) error { return errors.New("a workbook takes no files") }

// Close writes the parts.
func (z *steadyZip) Close() error {
	if err := z.finish(); err != nil {
		return err
	}
	out := zip.NewWriter(z.w)
	for _, name := range slices.Sorted(maps.Keys(z.parts)) {
		p := z.parts[name]
		head := zip.FileHeader{
			Name: name, Method: zip.Deflate, Modified: time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC),
			CRC32: p.sum.Sum32(), UncompressedSize64: p.size, CompressedSize64: uint64(p.packed.Len()),
		}
		head.SetModTime(head.Modified)
		part, err := out.CreateRaw(&head)
		if err != nil {
			return err
		}
		if _, err := p.packed.WriteTo(part); err != nil {
			return err
		}
	}
	return out.Close()
}
