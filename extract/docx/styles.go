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
	level    int  // heading level from 1, 0 if the style is no heading
	leveled  bool // the style says itself whether it is a heading
	toc      bool
	vanish   toggle
	bold     toggle
	numID    string // "0" if the style leaves the list it would inherit
	numStyle string // id of the style that numID comes from: levels of a list are tied to that one
	ilvl     int
	left     float64 // indentation in points, if indented
	indented bool
	done     bool
}

// toggle is a property that is on, off, or left to the style below; the zero value leaves it.
type toggle int8

const (
	off toggle = iota - 1
	inherited
	set
)

func toggleOf(rpr *node, name string) toggle {
	on, known := rpr.on(name)
	switch {
	case !known:
		return inherited
	case on:
		return set
	}
	return off
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
	var ids []string // in the order of the file, so that a loop of styles always ends in the same place
	for _, n := range root.kids {
		if n.name != "style" {
			continue
		}
		id := n.attr("styleId")
		if n.attr("type") == "paragraph" && (n.attr("default") == "1" || n.attr("default") == "true") {
			s.normal = id
		}
		s.byID[id] = readStyle(n)
		ids = append(ids, id)
	}
	for _, id := range ids {
		s.inherit(s.byID[id])
	}
	return s
}

func readStyle(n *node) *style {
	st := &style{name: strings.ToLower(n.child("name").attr("val")), based: n.child("basedOn").attr("val")}
	st.vanish, st.bold = toggleOf(n.child("rPr"), "vanish"), toggleOf(n.child("rPr"), "b")
	st.toc = tocName.MatchString(st.name)
	ppr := n.child("pPr")
	st.numID, st.ilvl = numPr(ppr)
	st.numStyle = n.attr("styleId")
	st.left, st.indented = leftIndent(ppr)
	if m := headingName.FindStringSubmatch(st.name); m != nil {
		st.level = int(m[1][0] - '0')
	}
	if st.name == "title" || st.name == "titel" {
		st.level = 1
	}
	if lvl, ok := outlineLevel(ppr); ok && st.level == 0 {
		st.level, st.leveled = lvl, true
	}
	st.leveled = st.leveled || st.level > 0
	return st
}

// inherit copies what a style leaves open from the style it is based on.
func (s styles) inherit(st *style) {
	if st.done {
		return
	}
	st.done = true // before the base: a damaged file can have a loop of styles
	base := s.byID[st.based]
	if base == nil || base == st {
		return
	}
	s.inherit(base)
	if !st.leveled && !st.toc && !strings.HasPrefix(st.name, "sub") { // a subtitle is often based on the title
		st.level = base.level
	}
	if st.numID == "" {
		st.numID, st.numStyle = base.numID, base.numStyle
		st.ilvl = max(st.ilvl, base.ilvl)
	}
	if !st.indented {
		st.left, st.indented = base.left, base.indented
	}
	if st.vanish == inherited {
		st.vanish = base.vanish
	}
	if st.bold == inherited {
		st.bold = base.bold
	}
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
