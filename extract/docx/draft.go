package docx

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"inkooptoets/extract/dossier"
)

// Why a file that can be read does not get comments.
var (
	// ErrStrict says that the file has the strict form of the standard, whose names are all different.
	ErrStrict = errors.New("strict Open XML")
	// ErrEncoding says that a part to be changed is not in UTF-8.
	ErrEncoding = errors.New("part is not in UTF-8")
)

// Draft is a Word file that can get comments. It knows in which paragraph the words of every block stand, from the same walk that made
// the blocks.
type Draft struct {
	data   []byte
	parts  *parts
	main   mainText
	root   element
	blocks []dossier.Block
	spots  [][]spot
}

// Comment is a remark in the margin of one paragraph.
type Comment struct {
	Paragraph int    // as Draft.Paragraph gives it
	Lines     []Line // a paragraph each; an empty comment is left out
}

// Line is a paragraph of a comment.
type Line struct {
	Text   string
	Strong bool // in bold
}

// Author is whose name stands above comments.
type Author struct{ Name, Initials string }

// Open reads the DOCX file data. It fails where Read does, and on files that comments cannot be put in (ErrStrict, ErrEncoding).
func Open(data []byte) (*Draft, error) {
	p, err := openParts(data)
	if err != nil {
		return nil, err
	}
	main, err := content(p)
	if err != nil {
		return nil, err
	}
	w, err := walk(p, main)
	if err != nil {
		return nil, err
	}
	d := &Draft{data: data, parts: p, main: main, blocks: dossier.Outline("", w.blocks), spots: w.spots}
	if d.root, err = rootStart(main.xml); err != nil {
		return nil, err
	}
	switch {
	case p.wide[main.part] || p.wide[relsOf(main.part)]:
		return nil, fmt.Errorf("open %s: %w", main.part, ErrEncoding)
	case strings.HasPrefix(d.root.space, "http://purl.oclc.org/ooxml/"):
		return nil, ErrStrict
	case d.root.space != wordSpace:
		return nil, fmt.Errorf("open %s: root in %q: %w", main.part, d.root.space, dossier.ErrDamaged)
	}
	return d, nil
}

// Says reports whether text is what block says: false means that block numbers come from another version of the file.
func (d *Draft) Says(block int, text string) bool {
	return block >= 0 && block < len(d.blocks) && d.blocks[block].Text == text
}

// Paragraph gives the paragraph in which the words stand that start at byte offset of the text of block. Numbers of paragraphs rise in
// reading order. What stands in a note or text box belongs to the paragraph it hangs on. ok is false if there is no such block.
func (d *Draft) Paragraph(block, offset int) (paragraph int, ok bool) {
	if block < 0 || block >= len(d.blocks) {
		return 0, false
	}
	for _, s := range d.spots[block] {
		from := s.from
		if cells := d.blocks[block].Cells; s.cell < len(cells) {
			from += cells[s.cell].Start
		}
		if paragraph == 0 || from <= offset {
			paragraph = s.at
		}
	}
	return paragraph, paragraph > 0
}

// Top gives the paragraph of the first heading, or of the first text if there are no headings; 0 if there is none to be found.
func (d *Draft) Top() int {
	i := slices.IndexFunc(d.blocks, func(b dossier.Block) bool { return b.Kind == dossier.Heading })
	at, _ := d.Paragraph(max(i, 0), 0)
	return at
}

// Annotate returns a copy of the file with comments. Comments of one paragraph keep their order. Only the main part, the comments, the
// relationships and the list of types are written anew, by insertion; every other part is copied as it stands.
func (d *Draft) Annotate(by Author, comments []Comment) ([]byte, error) {
	comments = slices.DeleteFunc(slices.Clone(comments), func(c Comment) bool { return len(c.Lines) == 0 })
	slices.SortStableFunc(comments, func(a, b Comment) int { return cmp.Compare(a.Paragraph, b.Paragraph) })
	old, err := d.oldComments()
	if err != nil {
		return nil, err
	}
	ids := freeIDs(len(comments), d.main.xml, old.xml)
	main, err := d.mark(comments, ids)
	if err != nil {
		return nil, err
	}
	changed := map[string]string{d.main.part: main, old.part: old.with(by, comments, ids)}
	if changed[typesPart], err = d.types(old.part); err != nil {
		return nil, err
	}
	if d.main.refs["comments"] == "" {
		if changed[relsOf(d.main.part)], err = d.relations(old.part); err != nil {
			return nil, err
		}
	}
	out, err := d.repack(changed)
	if err != nil {
		return nil, err
	}
	return out, d.same(out)
}

// mark puts the marks of comments around paragraphs of the main part.
func (d *Draft) mark(comments []Comment, ids []int) (string, error) {
	starts, ends := map[int]string{}, map[int]string{}
	for i, c := range comments {
		p, err := paragraphAt(d.main.xml, c.Paragraph)
		if err != nil {
			return "", err
		}
		w := d.root.word(p.prefix)
		id := fmt.Sprintf(` %sid="%d"/>`, w.prefix, ids[i])
		starts[p.from] += w.open("commentRangeStart") + id
		ends[p.to] += w.open("commentRangeEnd") + id + w.open("r") + "><" + w.prefix + "commentReference" + id + "</" + w.prefix + "r>"
	}
	var out strings.Builder
	done := 0
	for _, at := range slices.Sorted(maps.Keys(merged(starts, ends))) {
		out.WriteString(d.main.xml[done:at] + starts[at] + ends[at])
		done = at
	}
	out.WriteString(d.main.xml[done:])
	return out.String(), nil
}

func merged(a, b map[int]string) map[int]string {
	out := maps.Clone(a)
	maps.Copy(out, b)
	return out
}

// commentsPart is the part that holds comments, as it was.
type commentsPart struct {
	part string
	xml  string // empty if there is none yet
	root element
}

func (d *Draft) oldComments() (commentsPart, error) {
	name := d.main.refs["comments"]
	if name == "" {
		return commentsPart{part: d.freeName("comments", ".xml")}, nil
	}
	data, err := d.parts.read(name)
	if err != nil || len(data) == 0 {
		return commentsPart{part: name}, err
	}
	old := commentsPart{part: name, xml: string(data)}
	if d.parts.wide[name] || !declaresUTF8(old.xml) {
		return old, fmt.Errorf("read %s: %w", name, ErrEncoding)
	}
	if old.root, err = rootWhole(old.xml); err != nil {
		return old, fmt.Errorf("read %s: %w", name, err)
	}
	if old.root.space != wordSpace {
		return old, fmt.Errorf("read %s: root in %q: %w", name, old.root.space, dossier.ErrDamaged)
	}
	return old, nil
}

// freeName is a name for a new part beside the main one.
func (d *Draft) freeName(base, suffix string) string {
	name := path.Join(path.Dir(d.main.part), base+suffix)
	for i := 2; d.parts.holds(name); i++ {
		name = path.Join(path.Dir(d.main.part), fmt.Sprintf("%s%d%s", base, i, suffix))
	}
	return name
}

// with is the part with new comments after the old ones.
func (c commentsPart) with(by Author, comments []Comment, ids []int) string {
	if c.xml == "" {
		return xmlHead + `<w:comments xmlns:w="` + wordSpace + `">` + written(naming{prefix: "w:"}, by, comments, ids) + `</w:comments>`
	}
	return c.root.append(c.xml, written(c.root.word(c.root.prefix), by, comments, ids))
}

// written writes comments. They have no date: the same check gives the same file.
func written(w naming, by Author, comments []Comment, ids []int) string {
	var b strings.Builder
	for i, c := range comments {
		fmt.Fprintf(&b, `%s %sid="%d" %sauthor="%s" %sinitials="%s">`, w.open("comment"), w.prefix, ids[i], w.prefix, escaped(by.Name), w.prefix, escaped(by.Initials))
		for k, line := range c.Lines {
			mark, bold := "", ""
			if k == 0 {
				mark = w.element("r", w.element("annotationRef", ""))
			}
			if line.Strong {
				bold = w.element("rPr", w.element("b", ""))
			}
			b.WriteString(w.element("p", mark+w.element("r", bold+w.element("t", escaped(line.Text)))))
		}
		b.WriteString("</" + w.prefix + "comment>")
	}
	return b.String()
}

// same makes sure that a copy says what the file says.
func (d *Draft) same(copied []byte) error {
	after, err := Read("", copied)
	if err != nil {
		return fmt.Errorf("read the copy: %w", err)
	}
	text := func(b dossier.Block) string { return b.Text }
	if !slices.EqualFunc(d.blocks, after.Blocks, func(a, b dossier.Block) bool { return text(a) == text(b) }) {
		return errors.New("the copy does not say what the file says")
	}
	return nil
}
