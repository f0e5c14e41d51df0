package pdf

import (
	"hash/fnv"
	"strings"

	"github.com/ledongthuc/pdf"

	"inkooptoets/extract/dossier"
)

// Limits for the structure tree of a file.
const (
	maxElements  = 500_000
	mostlyTagged = 0.9 // part of the letters that must be in the tree before the tree is believed
)

// element is one block of the structure tree: a tagged file says itself what its paragraphs, headings, items and cells are.
type element struct {
	order  float64 // place in the tree
	kind   dossier.Kind
	level  int  // of a heading; depth of an item
	table  int  // number of the table, 0 outside tables
	row    int  // number of the row in the file, 0 outside tables
	span   int  // columns of the cell
	rows   int  // rows of the cell
	header bool // heads a column
	toc    bool
	opened bool // an item whose first paragraph has come
}

// tags gives the element of each piece of marked content, by page and by the number of the piece.
type tags struct {
	roles    pdf.Value
	pages    map[string]map[int]*element
	names    map[string]string // identity of the page an element refers to, by reference
	elements []*element
	seen     map[uint64]bool // elements so far: a tree may hold itself
	nodes    int
	tables   int
	rows     int
}

// place is what encloses a node of the tree.
type place struct {
	page  string
	open  *element // the block that content belongs to, nil if none
	item  *element // the list item around it, nil if none
	whole bool     // in a cell or a note: everything in it is one block
	lists int
	table int
	row   int
	role  string // of the element around it
}

// readTags reads the structure tree. It is empty for a file without one.
func (f *file) readTags() *tags {
	t := &tags{pages: map[string]map[int]*element{}, names: map[string]string{}, seen: map[uint64]bool{}}
	root := f.root.Key("StructTreeRoot")
	if root.Kind() != pdf.Dict {
		return t
	}
	t.roles = root.Key("RoleMap")
	t.walk(root.Key("K"), place{}, 0)
	if t.nodes > maxElements {
		f.warn("limit-hit", "De opmaakstructuur van het bestand is te groot; een deel ervan is niet gebruikt.")
	}
	return t
}

// of gives the elements of one page, by the numbers of marked content.
func (t *tags) of(l leaf) map[int]*element {
	if t == nil || len(t.pages) == 0 {
		return nil
	}
	return t.pages[l.dict.String()]
}

func (t *tags) walk(v pdf.Value, at place, depth int) {
	if t.nodes++; t.nodes > maxElements || depth > 2*maxDepth {
		return
	}
	switch v.Kind() {
	case pdf.Integer:
		t.put(v.Int64(), &at)
	case pdf.Array:
		for i := range v.Len() {
			t.walk(v.Index(i), at, depth+1)
		}
	case pdf.Dict:
		text := v.String()
		if t.met(text) {
			return
		}
		if strings.Contains(text, "/Pg ") {
			at.page = t.pageName(v, text, at.page)
		}
		if id := v.Key("MCID"); id.Kind() == pdf.Integer {
			t.put(id.Int64(), &at)
			return
		}
		t.enter(v, &at)
		t.children(v.Key("K"), at, depth)
	}
}

// children share what their parent opens: loose content of one element is one block.
func (t *tags) children(kids pdf.Value, at place, depth int) {
	if kids.Kind() != pdf.Array {
		t.walk(kids, at, depth+1)
		return
	}
	for i := range kids.Len() {
		kid := kids.Index(i)
		if id := kid.Key("MCID"); kid.Kind() == pdf.Integer || id.Kind() == pdf.Integer && kid.Key("Pg").IsNull() {
			n := kid.Int64()
			if kid.Kind() != pdf.Integer {
				n = id.Int64()
			}
			t.put(n, &at)
			continue
		}
		t.walk(kid, at, depth+1)
	}
}

// met says whether an element has come before. Elements that read the same have the same kids.
func (t *tags) met(text string) bool {
	h := fnv.New64a()
	h.Write([]byte(text))
	sum := h.Sum64()
	before := t.seen[sum]
	t.seen[sum] = true
	return before
}

// pageName is the identity of the page that v, written as text, refers to; otherwise if it refers to none. Looking up the page itself
// costs, so each reference is followed once.
func (t *tags) pageName(v pdf.Value, text, otherwise string) string {
	_, ref := cutLast(text, "/Pg ")
	ref, _, _ = strings.Cut(ref, " R")
	if known, ok := t.names[ref]; ok {
		return known
	}
	page := v.Key("Pg")
	if page.Kind() != pdf.Dict {
		return otherwise // the words stand in a kid or a string of v
	}
	name := page.String()
	t.names[ref] = name
	return name
}

func cutLast(s, sep string) (before, after string) {
	if i := strings.LastIndex(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):]
	}
	return s, ""
}

// put gives a piece of marked content to the open block, or to a new paragraph.
func (t *tags) put(id int64, at *place) {
	if at.page == "" || id < 0 || id > maxElements {
		return
	}
	if at.open == nil {
		at.open = t.add(dossier.Paragraph, at)
	}
	if t.pages[at.page] == nil {
		t.pages[at.page] = map[int]*element{}
	}
	t.pages[at.page][int(id)] = at.open
}

func (t *tags) add(kind dossier.Kind, at *place) *element {
	e := &element{order: float64(len(t.elements)), kind: kind}
	if kind == dossier.Row {
		e.table, e.row = at.table, at.row
	}
	t.elements = append(t.elements, e)
	return e
}

// enter changes the place to inside element v.
func (t *tags) enter(v pdf.Value, at *place) {
	role := t.role(v.Key("S").Name())
	if role == "NonStruct" && at.role == "L" {
		role = "LI" // Chromium writes the notes at the end of a page like this
	}
	at.role = role
	switch role {
	case "Table":
		if !at.whole {
			t.tables++
			at.table, at.open, at.item = t.tables, nil, nil
		}
	case "TR":
		if !at.whole {
			t.rows++
			at.row, at.open = t.rows, nil
		}
	case "TD", "TH":
		if !at.whole && at.row > 0 {
			t.cell(v, role, at)
		}
	case "L":
		at.lists++
		if at.item != nil {
			at.item.opened = true
		}
	case "LI":
		if !at.whole {
			at.item = t.add(dossier.Item, at)
			at.item.level = min(max(at.lists-1, 0), 8)
			at.open = at.item
		}
	case "Note", "FENote":
		at.open, at.whole, at.item = t.add(dossier.Note, at), true, nil
	case "H", "H1", "H2", "H3", "H4", "H5", "H6", "H7", "H8", "H9":
		t.heading(role, at)
	case "P", "Title", "Caption", "TOCI", "Figure", "Formula", "BibEntry":
		t.paragraph(role, at)
	case "Document", "DocumentFragment", "Part", "Art", "Sect", "Div", "TOC", "BlockQuote", "Index", "Aside":
		if !at.whole && at.item == nil {
			at.open = nil
		}
	}
}

// role follows the file's own names of roles to a standard one.
func (t *tags) role(name string) string {
	for range 8 {
		next := t.roles.Key(name).Name()
		if next == "" || next == name {
			break
		}
		name = next
	}
	return name
}

func (t *tags) cell(v pdf.Value, role string, at *place) {
	e := t.add(dossier.Row, at)
	e.header = role == "TH"
	e.span = max(1, min(t.attribute(v, "ColSpan"), 100))
	e.rows = max(1, min(t.attribute(v, "RowSpan"), 1000))
	at.open, at.whole, at.item = e, true, nil
}

// attribute looks up a number among the attributes of an element: one dictionary or a list of them.
func (t *tags) attribute(v pdf.Value, name string) int {
	a := v.Key("A")
	if a.Kind() == pdf.Dict {
		return int(a.Key(name).Int64())
	}
	for i := range min(a.Len(), 16) {
		if n := a.Index(i).Key(name); n.Kind() == pdf.Integer {
			return int(n.Int64())
		}
	}
	return 0
}

func (t *tags) heading(role string, at *place) {
	if at.whole {
		return
	}
	level := 1
	if len(role) == 2 {
		level = int(role[1] - '0')
	}
	e := at.item
	if e == nil || e.opened { // Word puts a numbered heading in a list
		e = t.add(dossier.Heading, at)
	}
	e.kind, e.level, e.opened = dossier.Heading, level, true
	at.open, at.whole = e, true
}

func (t *tags) paragraph(role string, at *place) {
	if at.whole {
		return
	}
	if at.item != nil && !at.item.opened {
		at.item.opened, at.open = true, at.item
		return
	}
	if role == "P" && at.open != nil && at.open.toc {
		return
	}
	at.open = t.add(dossier.Paragraph, at)
	at.open.toc = role == "TOCI"
}
