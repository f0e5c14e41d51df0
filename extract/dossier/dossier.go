// Package dossier holds the text of one tender as the rest of the program sees it: documents cut into blocks, with the place of
// every block. It is a leaf: it knows nothing about file formats, requirements or reports, and it opens no files.
package dossier

import "slices"

// Dossier is one tender: all its files. Documents are sorted by Path.
type Dossier struct {
	// ID is the base name of the folder or file that was given.
	ID string `json:"id"`
	// Given is what a person said about the tender (flags, configuration); empty fields are detected from the text.
	Given     Profile    `json:"given,omitzero"`
	Documents []Document `json:"documents"`
}

// Profile says what kind of tender a dossier is. Empty fields mean unknown.
type Profile struct {
	Laws      []string `json:"laws,omitempty"`      // "wmo", "jeugdwet"
	Segments  []string `json:"segments,omitempty"`  // "wmo-1b", "jeugdhulp-4", ...
	Procedure string   `json:"procedure,omitempty"` // "aanbesteding", "toelating", "subsidie"
	Services  []string `json:"services,omitempty"`  // "verblijf", "pleegzorg", ... (seeds.Services)
	Variant   string   `json:"variant,omitempty"`   // "inspanningsgericht", "outputgericht", "taakgericht"
	Targets   []string `json:"targets,omitempty"`   // target groups: "pleegzorg", ... (seeds.Targets)
	// Frameworks names the frameworks and guides to judge: source ids, "all" or "none"; empty: those that fit.
	Frameworks []string `json:"frameworks,omitempty"`
}

// Document is one file of the dossier. A file that could not be read has a Problem and no Blocks: it is never a clean sheet.
type Document struct {
	Path     string    `json:"path"` // relative to the dossier, slashes
	Format   string    `json:"format"`
	Role     string    `json:"role,omitempty"`  // "leidraad", "programma van eisen", "overeenkomst", "nota van inlichtingen", "addendum", "bijlage"; empty if unknown
	Pages    int       `json:"pages,omitempty"` // 0 if the format has none
	Blocks   []Block   `json:"blocks,omitempty"`
	Problem  string    `json:"problem,omitempty"` // one line: what is wrong and what to do; empty if the file was read
	Warnings []Warning `json:"warnings,omitempty"`
}

// Warning is something a reader noticed that did not stop it.
type Warning struct {
	Code   string `json:"code"`           // "no-text-layer", "limit-hit", "tracked-changes", ...
	Page   int    `json:"page,omitempty"` // from 1; 0 if the format has no pages
	Detail string `json:"detail"`         // Dutch, one line
}

// The codes of warnings that say: this part of the file was not read, so silence about a subject proves nothing.
const (
	CodeNoText   = "no-text-layer"
	CodeLimit    = "limit-hit"
	CodeNotRead  = "not-read"
	CodeDamaged  = "damaged"
	CodeUnmapped = "unmapped-glyphs"
)

var missing = []string{CodeNoText, CodeLimit, CodeNotRead, CodeDamaged, CodeUnmapped}

// Incomplete says whether part of the file is missing from Blocks: it was not read at all, or a warning says what is missing.
func (d Document) Incomplete() bool {
	return d.Problem != "" || slices.ContainsFunc(d.Warnings, func(w Warning) bool {
		return slices.Contains(missing, w.Code)
	})
}

// Kind is the form of a block.
type Kind string

const (
	Heading   Kind = "heading"
	Paragraph Kind = "paragraph"
	Item      Kind = "item"
	Row       Kind = "row"
	Note      Kind = "note"
)

// Zone is the part a block plays in a tender document. The empty zone is ordinary text whose part is unknown.
type Zone string

const (
	ZoneNone        Zone = ""
	ZoneTOC         Zone = "toc"
	ZoneDefinitions Zone = "definitions"
	ZoneVision      Zone = "vision"
	ZoneBackground  Zone = "background"
	ZoneRequirement Zone = "requirement"
	ZoneSuitability Zone = "suitability" // geschiktheidseisen
	ZoneAward       Zone = "award"       // gunningscriteria
	ZoneContract    Zone = "contract"
	ZoneExplanation Zone = "explanation"
	ZoneQuestions   Zone = "questions"
	ZoneProcedure   Zone = "procedure"
)

// Block is one heading, paragraph, list item, table row or note. Byte offsets elsewhere in the program refer to Text.
type Block struct {
	Kind   Kind     `json:"kind"`
	Level  int      `json:"level,omitempty"`  // heading 1..9, item depth 0..8
	Number string   `json:"number,omitempty"` // "3.2", "E7.", "a)": as printed or computed
	Text   string   `json:"text"`             // joined, de-hyphenated, NFC, no soft hyphens; for a row the cells, each as "header: text", joined with " | "
	LeadIn string   `json:"leadIn,omitempty"` // the sentence that introduces the list; for a row the caption sentence before the table
	Path   []string `json:"path,omitempty"`   // heading trail, outermost first, numbers included; a heading's own text is not in its Path
	Zone   Zone     `json:"zone,omitempty"`   // filled by rules
	Cells  []Cell   `json:"cells,omitempty"`  // rows only
	Table  int      `json:"table,omitempty"`  // number of the table in the document, from 1; 0 outside tables
	Marks  []Mark   `json:"marks,omitempty"`  // in the order of the text; those of a row stand with its cells
	Flags  []string `json:"flags,omitempty"`  // "inserted", "placeholder", "header-row", "toc", "textbox", "strikeout", "by-form", "ocr", "title" (a heading that names the file)
	Loc    Loc      `json:"loc"`
}

// Cell is one cell of a row. Start and End are byte offsets of the cell's text in Block.Text.
type Cell struct {
	Header string `json:"header,omitempty"` // text of the header row's cell in this column; empty if the table has no header row
	Text   string `json:"text"`
	Col    int    `json:"col"` // from 0
	Start  int    `json:"start"`
	End    int    `json:"end"`
	Marks  []Mark `json:"marks,omitempty"` // in Text of the cell
}

// Mark is a stretch of text with something about it that its words do not say.
type Mark struct {
	Kind  string `json:"kind"`  // one of the kinds below
	Start int    `json:"start"` // byte range in the text; Start and End are the same for a place between words
	End   int    `json:"end"`
}

// Kinds of Mark.
const (
	MarkPrompt    = "prompt"    // a form field that shows only what to fill in
	MarkHighlight = "highlight" // marked with a colour
	MarkInserted  = "inserted"  // by a tracked change
	MarkDeleted   = "deleted"   // here stood text that a tracked change took out
	MarkComment   = "comment"   // here hangs a remark of a reader
)

// Loc says where a block stands.
type Loc struct {
	File  string `json:"file"`
	Page  int    `json:"page,omitempty"` // from 1; 0 unknown
	Block int    `json:"block"`          // index in Document.Blocks, from 0
}
