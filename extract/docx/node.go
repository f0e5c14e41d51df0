package docx

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"

	"inkooptoets/extract/dossier"
)

// node is one XML element. Names are local: transitional and strict files differ only in their namespaces.
type node struct {
	name  string
	draw  bool // DrawingML: its "p" and "t" are labels in a picture, not text of the document
	attrs []xml.Attr
	kids  []*node
	text  string // of "t" and "instrText" only
	at    int    // byte offset of its start tag in the part
}

// attr returns the value of an attribute by local name, empty if absent.
func (n *node) attr(name string) string {
	if n == nil {
		return ""
	}
	for _, a := range n.attrs {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// child walks down by local names and returns nil when one of them is not there; a nil node has no children.
func (n *node) child(names ...string) *node {
	for _, name := range names {
		if n == nil {
			return nil
		}
		var next *node
		for _, k := range n.kids {
			if k.name == name {
				next = k
				break
			}
		}
		n = next
	}
	return n
}

// on says whether a switch such as w:b or w:vanish stands in properties n and is not turned off. known is false if it is absent.
func (n *node) on(name string) (on, known bool) {
	k := n.child(name)
	if k == nil {
		return false, false
	}
	switch k.attr("val") {
	case "0", "false", "off":
		return false, true
	}
	return true, true
}

// source streams XML and builds one subtree at a time, so that a long document never stands in memory twice.
type source struct {
	dec     *xml.Decoder
	tokens  int
	nodes   int  // in the subtree that is being built
	at      int  // byte offset where the last token starts
	outside bool // an entity was declared; it is read as nothing
}

func newSource(text string) *source { return &source{dec: newDecoder(strings.NewReader(text))} }

// entityName finds the names that a document type declares. They are read as empty: what they stand for can be endless or lie in
// another file.
var entityName = regexp.MustCompile(`<!ENTITY\s+([^\s%"'<>]+)`)

// next returns the next start or end tag at this level; io.EOF at the end.
func (s *source) next() (xml.Token, error) {
	s.tokens++
	if s.tokens > maxTokens {
		return nil, fmt.Errorf("more than %d tokens: %w", maxTokens, dossier.ErrTooLarge)
	}
	s.at = int(s.dec.InputOffset())
	t, err := s.dec.Token()
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("parse xml: %w: %w", dossier.ErrDamaged, err)
	}
	if d, ok := t.(xml.Directive); ok {
		s.declare(d)
	}
	return t, err
}

func (s *source) declare(d xml.Directive) {
	for _, m := range entityName.FindAllSubmatch(d, 1000) {
		if s.dec.Entity == nil {
			s.dec.Entity = map[string]string{}
		}
		s.dec.Entity[string(m[1])], s.outside = "", true
	}
}

// element reads the rest of an element whose start tag has been read.
func (s *source) element(start xml.StartElement, depth int) (*node, error) {
	if s.nodes++; depth > maxDepth || s.nodes > maxNodes {
		return nil, fmt.Errorf("%d levels, %d elements: %w", depth, s.nodes, dossier.ErrTooLarge)
	}
	n := &node{name: start.Name.Local, attrs: useful(start.Attr), draw: isDrawing(start.Name.Space), at: s.at}
	var text strings.Builder
	for {
		t, err := s.next()
		if err != nil && !errors.Is(err, io.EOF) {
			return nil, err
		}
		switch t := t.(type) {
		case xml.StartElement:
			k, err := s.element(t, depth+1)
			if err != nil {
				return nil, err
			}
			n.kids = append(n.kids, k)
		case xml.EndElement, nil: // nil is the end of the file
			n.text = text.String()
			return n, nil
		case xml.CharData:
			if n.name == "t" || n.name == "instrText" {
				text.Write(t)
			}
		}
	}
}

// useful copies the attributes of an element without the revision marks that Word puts on all of them.
func useful(attrs []xml.Attr) []xml.Attr {
	var out []xml.Attr
	for _, a := range attrs {
		if !strings.HasPrefix(a.Name.Local, "rsid") {
			out = append(out, a)
		}
	}
	return out
}

// isDrawing knows the namespace of pictures in transitional and strict files.
func isDrawing(space string) bool {
	return strings.HasSuffix(space, "drawingml/2006/main") || strings.HasSuffix(space, "drawingml/main") || space == "a"
}

// tree reads a whole small part, such as the styles.
func tree(text string) (*node, error) {
	s := newSource(text)
	for {
		t, err := s.next()
		if errors.Is(err, io.EOF) {
			return nil, fmt.Errorf("find root element: %w", dossier.ErrDamaged)
		}
		if err != nil {
			return nil, err
		}
		if start, ok := t.(xml.StartElement); ok {
			return s.element(start, 0)
		}
	}
}
