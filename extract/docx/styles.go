package docx

import (
	"regexp"
	"strconv"
	"strings"
)

// style is one style with what it inherits already filled in.
type style struct {
	name     string
	based    string
	level    int // heading level from 1, 0 if the style is no heading
	toc      bool
	vanish   bool
	bold     bool
	numID    string
	ilvl     int
	left     float64 // indentation in points, if indented
	indented bool
}

var (
	headingName = regexp.MustCompile(`^(?:heading|kop)\s*([1-9])$`)
	tocName     = regexp.MustCompile(`^(?:toc|inhopg)\s*[1-9]$|^(?:table of figures|lijst met afbeeldingen)$`)
)

// styles is the style sheet by style id.
type styles struct {
	byID   map[string]*style
	normal string // id of the default paragraph style
}

func readStyles(root *node) styles {
	s := styles{byID: map[string]*style{}}
	if root == nil {
		return s
	}
	for _, n := range root.kids {
		if n.name != "style" {
			continue
		}
		id := n.attr("styleId")
		if n.attr("type") == "paragraph" && (n.attr("default") == "1" || n.attr("default") == "true") {
			s.normal = id
		}
		s.byID[id] = readStyle(n)
	}
	for _, st := range s.byID {
		s.inherit(st, 0)
	}
	return s
}

func readStyle(n *node) *style {
	st := &style{name: strings.ToLower(n.child("name").attr("val")), based: n.child("basedOn").attr("val")}
	st.vanish, _ = n.child("rPr").on("vanish")
	st.bold, _ = n.child("rPr").on("b")
	st.toc = tocName.MatchString(st.name)
	ppr := n.child("pPr")
	st.numID, st.ilvl = numPr(ppr)
	st.left, st.indented = leftIndent(ppr)
	if m := headingName.FindStringSubmatch(st.name); m != nil {
		st.level = int(m[1][0] - '0')
	}
	if st.name == "title" || st.name == "titel" {
		st.level = 1
	}
	if lvl, ok := outlineLevel(ppr); ok && st.level == 0 {
		st.level = lvl
	}
	return st
}

// inherit copies what a style leaves open from the style it is based on. A loop in a damaged file ends at the depth limit.
func (s styles) inherit(st *style, depth int) {
	base := s.byID[st.based]
	if base == nil || base == st || depth > 20 {
		return
	}
	s.inherit(base, depth+1)
	if st.level == 0 && !st.toc && !strings.HasPrefix(st.name, "sub") { // a subtitle is often based on the title
		st.level = base.level
	}
	if st.numID == "" {
		st.numID = base.numID
		st.ilvl = max(st.ilvl, base.ilvl)
	}
	if !st.indented {
		st.left, st.indented = base.left, base.indented
	}
	st.vanish = st.vanish || base.vanish
	st.bold = st.bold || base.bold
}

// of returns the style of a paragraph, never nil.
func (s styles) of(id string) *style {
	if id == "" {
		id = s.normal
	}
	if st := s.byID[id]; st != nil {
		return st
	}
	return &style{}
}

// outlineLevel is the heading level that w:outlineLvl gives; 9 in the file means body text.
func outlineLevel(ppr *node) (int, bool) {
	v, err := strconv.Atoi(ppr.child("outlineLvl").attr("val"))
	if err != nil || v < 0 || v > 9 {
		return 0, false
	}
	if v == 9 {
		return 0, true
	}
	return v + 1, true
}

func numPr(ppr *node) (numID string, ilvl int) {
	n := ppr.child("numPr")
	ilvl, _ = strconv.Atoi(n.child("ilvl").attr("val"))
	return n.child("numId").attr("val"), max(0, min(ilvl, 8))
}

// leftIndent is the indentation in points; the file counts in twentieths.
func leftIndent(ppr *node) (float64, bool) {
	ind := ppr.child("ind")
	for _, name := range []string{"left", "start"} {
		if v, err := strconv.ParseFloat(ind.attr(name), 64); err == nil {
			return v / 20, true
		}
	}
	return 0, false
}
