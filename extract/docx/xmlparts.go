package docx

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"maps"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"inkooptoets/extract/dossier"
)

const (
	wordSpace    = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
	relsSpace    = "http://schemas.openxmlformats.org/package/2006/relationships"
	typesPart    = "[Content_Types].xml"
	commentsKind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
	commentsType = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
	xmlHead      = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
)

// element is a place in XML that is left as it stands but for what is inserted.
type element struct {
	prefix string            // of its name, without the colon
	space  string            // namespace of its name
	names  map[string]string // namespaces it declares, by prefix
	empty  bool              // written as one tag
	from   int               // byte offset after its start tag; of a paragraph after its properties
	to     int               // byte offset of its end tag
}

// rawReader reads tokens with their byte offsets and leaves prefixes as they are.
type rawReader struct {
	dec    *xml.Decoder
	at     int // where the last token starts
	offset int // of the text in the part
}

func newRaw(text string, offset int) *rawReader {
	d := newDecoder(strings.NewReader(text[offset:]))
	d.Strict = false // the text was read once already; what an entity stands for does not matter here
	return &rawReader{dec: d, offset: offset}
}

func (r *rawReader) next() (xml.Token, error) {
	r.at = r.after()
	t, err := r.dec.RawToken()
	if err != nil {
		return nil, fmt.Errorf("parse xml: %w: %w", dossier.ErrDamaged, err)
	}
	return t, nil
}

// after is the byte offset after the last token.
func (r *rawReader) after() int { return r.offset + int(r.dec.InputOffset()) }

// rootStart reads the start tag of the root element.
func rootStart(text string) (element, error) {
	root, _, err := readRoot(text)
	return root, err
}

// rootWhole reads the root element and finds its end.
func rootWhole(text string) (element, error) {
	root, r, err := readRoot(text)
	for depth := 1; err == nil && depth > 0; {
		var t xml.Token
		t, err = r.next()
		switch t.(type) {
		case xml.StartElement:
			depth++
		case xml.EndElement:
			depth--
		}
	}
	root.to = r.at
	return root, err
}

func readRoot(text string) (element, *rawReader, error) {
	r := newRaw(text, 0)
	for {
		t, err := r.next()
		if err != nil {
			return element{}, r, err
		}
		start, ok := t.(xml.StartElement)
		if !ok {
			continue
		}
		root := element{prefix: start.Name.Space, names: map[string]string{}, from: r.after()}
		for _, a := range start.Attr {
			switch {
			case a.Name.Space == "xmlns":
				root.names[a.Name.Local] = a.Value
			case a.Name.Space == "" && a.Name.Local == "xmlns":
				root.names[""] = a.Value
			}
		}
		root.space = root.names[root.prefix]
		root.empty = strings.HasSuffix(text[:root.from], "/>")
		return root, r, nil
	}
}

// paragraphAt reads the paragraph whose start tag begins at byte offset at.
func paragraphAt(text string, at int) (element, error) {
	if at <= 0 || at >= len(text) {
		return element{}, fmt.Errorf("find paragraph %d: %w", at, dossier.ErrDamaged)
	}
	r := newRaw(text, at)
	t, err := r.next()
	if err != nil {
		return element{}, err
	}
	start, ok := t.(xml.StartElement)
	p := element{prefix: start.Name.Space, from: r.after()}
	if !ok || start.Name.Local != "p" || strings.HasSuffix(text[at:p.from], "/>") {
		return p, fmt.Errorf("find paragraph %d: %w", at, dossier.ErrDamaged)
	}
	kids, inProps := 0, false
	for depth := 1; ; {
		t, err := r.next()
		if err != nil {
			return p, err
		}
		switch t := t.(type) {
		case xml.StartElement:
			if depth == 1 {
				inProps = kids == 0 && t.Name.Local == "pPr"
				kids++
			}
			depth++
		case xml.EndElement:
			depth--
			if depth == 1 && inProps {
				p.from, inProps = r.after(), false
			}
			if depth == 0 {
				p.to = r.at
				return p, nil
			}
		}
	}
}

// naming is how names of WordprocessingML are written at a place.
type naming struct {
	prefix  string // with its colon
	declare string // what an element needs to make the prefix known
}

// word takes the prefix that is used at a place, if the root says it stands for WordprocessingML; attributes need a prefix as well, so
// the default namespace is not enough.
func (root element) word(prefix string) naming {
	if prefix != "" && root.names[prefix] == wordSpace {
		return naming{prefix: prefix + ":"}
	}
	return naming{prefix: "w:", declare: ` xmlns:w="` + wordSpace + `"`}
}

// open is the beginning of a start tag.
func (n naming) open(name string) string { return "<" + n.prefix + name + n.declare }

// element writes an element without attributes, below one that open wrote.
func (n naming) element(name, inside string) string {
	if inside == "" {
		return "<" + n.prefix + name + "/>"
	}
	return "<" + n.prefix + name + ">" + inside + "</" + n.prefix + name + ">"
}

// append puts more at the end of the root element.
func (root element) append(text, more string) string {
	if !root.empty {
		return text[:root.to] + more + text[root.to:]
	}
	tag := text[strings.LastIndexByte(text[:root.from], '<')+1 : root.from]
	name := strings.FieldsFunc(tag, func(r rune) bool { return r == ' ' || r == '/' || r == '\t' || r == '\n' || r == '\r' })[0]
	return text[:root.from-len("/>")] + ">" + more + "</" + name + ">" + text[root.from:]
}

// named writes the name of an element in the namespace of root.
func (root element) named(name string) string {
	if root.prefix == "" {
		return name
	}
	return root.prefix + ":" + name
}

// commentID finds the numbers of comments and of what refers to them.
var commentID = regexp.MustCompile(`<(?:[\w.-]+:)?comment(?:RangeStart|RangeEnd|Reference)?\s(?:[^>"']|"[^"]*"|'[^']*')*?\bid\s*=\s*["']\s*(\d+)\s*["']`)

// freeIDs gives n numbers that no comment in texts has.
func freeIDs(n int, texts ...string) []int {
	used := map[int]bool{}
	for _, text := range texts {
		for _, m := range commentID.FindAllStringSubmatch(text, -1) {
			if id, err := strconv.Atoi(m[1]); err == nil {
				used[id] = true
			}
		}
	}
	var ids []int
	for id := 0; len(ids) < n; id++ {
		if !used[id] {
			ids = append(ids, id)
		}
	}
	return ids
}

// types is the list of types with the comments in it.
func (d *Draft) types(part string) (string, error) {
	text, root, err := d.editable(typesPart)
	if err != nil {
		return "", err
	}
	var list struct {
		Override []struct {
			Name string `xml:"PartName,attr"`
		} `xml:"Override"`
	}
	if err := newDecoder(strings.NewReader(text)).Decode(&list); err != nil {
		return "", fmt.Errorf("read %s: %w: %w", typesPart, dossier.ErrDamaged, err)
	}
	for _, o := range list.Override {
		if strings.EqualFold(cleanName(o.Name), part) {
			return text, nil
		}
	}
	return root.append(text, fmt.Sprintf(`<%s PartName="/%s" ContentType="%s"/>`, root.named("Override"), escaped(part), commentsType)), nil
}

// relations is the part with the relationships of the main part, with one to the comments.
func (d *Draft) relations(part string) (string, error) {
	name := relsOf(d.main.part)
	target := escaped(path.Base(part))
	if d.main.rels == nil {
		return fmt.Sprintf(`%s<Relationships xmlns="%s"><Relationship Id="rId1" Type="%s" Target="%s"/></Relationships>`, xmlHead, relsSpace, commentsKind, target), nil
	}
	text, root, err := d.editable(name)
	if err != nil {
		return "", err
	}
	var list struct {
		Relationship []struct {
			ID string `xml:"Id,attr"`
		} `xml:"Relationship"`
	}
	if err := newDecoder(strings.NewReader(text)).Decode(&list); err != nil {
		return "", fmt.Errorf("read %s: %w: %w", name, dossier.ErrDamaged, err)
	}
	var ids []string
	for _, r := range list.Relationship {
		ids = append(ids, r.ID)
	}
	n := len(ids) + 1
	for slices.Contains(ids, fmt.Sprintf("rId%d", n)) {
		n++
	}
	return root.append(text, fmt.Sprintf(`<%s Id="rId%d" Type="%s" Target="%s"/>`, root.named("Relationship"), n, commentsKind, target)), nil
}

// editable reads a part that has to be there.
func (d *Draft) editable(name string) (string, element, error) {
	data, err := d.parts.read(name)
	if err != nil {
		return "", element{}, err
	}
	if len(data) == 0 {
		return "", element{}, fmt.Errorf("find %s: %w", name, dossier.ErrDamaged)
	}
	if d.parts.wide[name] {
		return "", element{}, fmt.Errorf("read %s: %w", name, ErrEncoding)
	}
	root, err := rootWhole(string(data))
	if err != nil {
		return "", element{}, fmt.Errorf("read %s: %w", name, err)
	}
	return string(data), root, nil
}

// repack writes the zip container again: changed parts in their old place, new ones at the end, all others byte for byte.
func (d *Draft) repack(changed map[string]string) ([]byte, error) {
	zr, err := zip.NewReader(bytes.NewReader(d.data), int64(len(d.data)))
	if err != nil {
		return nil, fmt.Errorf("open zip: %w: %w", dossier.ErrDamaged, err)
	}
	var b bytes.Buffer
	zw := zip.NewWriter(&b)
	like := zip.FileHeader{Method: zip.Deflate}
	done := map[string]bool{}
	for _, f := range zr.File {
		name := partName(f.Name)
		text, ok := changed[name]
		if !ok || done[name] {
			if err := zw.Copy(f); err != nil {
				return nil, fmt.Errorf("copy %s: %w", f.Name, err)
			}
			continue
		}
		done[name] = true
		head := f.FileHeader
		head.Method, head.Extra, head.Modified = zip.Deflate, nil, time.Time{} // the date of the old form stays
		if name == d.main.part {
			like.ModifiedDate, like.ModifiedTime = head.ModifiedDate, head.ModifiedTime
		}
		if err := put(zw, head, text); err != nil {
			return nil, err
		}
	}
	for _, name := range slices.Sorted(maps.Keys(changed)) {
		if done[name] {
			continue
		}
		like.Name = name
		if err := put(zw, like, changed[name]); err != nil {
			return nil, err
		}
	}
	if err := zw.SetComment(zr.Comment); err != nil {
		return nil, fmt.Errorf("write zip: %w", err)
	}
	if err := zw.Close(); err != nil {
		return nil, fmt.Errorf("write zip: %w", err)
	}
	return b.Bytes(), nil
}

func put(zw *zip.Writer, head zip.FileHeader, text string) error {
	w, err := zw.CreateHeader(&head)
	if err == nil {
		_, err = io.WriteString(w, text)
	}
	if err != nil {
		return fmt.Errorf("write %s: %w", head.Name, err)
	}
	return nil
}

// escaped makes text from anywhere fit for XML: one line, no control characters and no marks that turn the reading direction.
func escaped(text string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(dossier.Clean(text))) // a builder does not fail
	return b.String()
}

var declaredEncoding = regexp.MustCompile(`^(?:\x{feff})?\s*<\?xml[^>]*\sencoding\s*=\s*["']([^"']*)["']`)

func declaresUTF8(text string) bool {
	m := declaredEncoding.FindStringSubmatch(text)
	return m == nil || strings.EqualFold(m[1], "utf-8") || strings.EqualFold(m[1], "us-ascii")
}
