package odt

import (
	"slices"
	"strconv"
	"strings"

	"inkooptoets/extract/dossier"
)

// text is the text of one paragraph with what was found in it.
type text struct {
	strings.Builder
	letters  int
	heavy    int  // letters in bold
	bold     bool // the style of the paragraph is bold
	inserted bool
	prompt   bool
	marks    []dossier.Mark // offsets in the text as it was written
	notes    []*node
	boxes    []*node
}

func (t *text) allBold() bool { return t.letters > 0 && t.heavy*10 >= t.letters*9 }

func (t *text) write(s string, bold bool) {
	t.WriteString(s)
	n := len(strings.Join(strings.Fields(s), ""))
	t.letters += n
	if bold {
		t.heavy += n
	}
}

// inline collects the visible text below n.
func (w *walker) inline(n *node, t *text, bold bool) {
	for _, k := range n.kids {
		switch k.name {
		case "":
			t.write(k.text, bold)
			t.inserted = t.inserted || w.inserts > 0 && strings.TrimSpace(k.text) != ""
		case "s", "tab", "line-break":
			t.write(" ", bold)
		case "span":
			w.span(k, t, bold)
		case "note":
			t.notes = append(t.notes, k)
		case "annotation":
			w.comments++
			t.marks = append(t.marks, dossier.Mark{Kind: dossier.MarkComment, Start: t.Len(), End: t.Len()})
		case "change-start", "change-end":
			w.change(k)
		case "text-box", "custom-shape", "rect", "ellipse":
			t.boxes = append(t.boxes, k)
		case "placeholder":
			t.prompt = true
			w.prompts++
			from := t.Len()
			w.inline(k, t, bold)
			t.mark(dossier.MarkPrompt, from)
		case "hidden-text", "hidden-paragraph":
			w.hidden = true
		case "ruby-text", "title", "desc", "script", "bookmark", "reference-mark", "object", "image":
		default: // links, fields and frames
			w.inline(k, t, bold)
		}
	}
}

func (w *walker) span(n *node, t *text, bold bool) {
	name := n.attr("style-name")
	if w.isHidden(name) {
		w.hidden = true
		return
	}
	switch w.boldness(name) {
	case 1:
		bold = true
	case -1:
		bold = false
	}
	from := t.Len()
	w.inline(n, t, bold)
	if w.isYellow(name) {
		t.mark(dossier.MarkHighlight, from)
	}
}

// mark marks what was written since byte offset from.
func (t *text) mark(kind string, from int) {
	if t.Len() > from {
		t.marks = append(t.marks, dossier.Mark{Kind: kind, Start: from, End: t.Len()})
	}
}

// isYellow reports whether a style marks its words with the colour of a marker pen.
func (w *walker) isYellow(name string) (yellow bool) {
	w.chain(name, func(s *style) bool { yellow = slices.Contains(markers, s.ground); return s.ground != "" })
	return yellow
}

// markers are the colours that authors use for what they still have to look at, as the word processor writes them.
var markers = []string{"#ffff00", "#ffff38", "#ffff6d", "#00ff00", "#00ffff", "#ff00ff"}

// readStyles collects the styles of one part.
func (w *walker) readStyles(root *node) {
	if root == nil {
		return
	}
	for _, group := range root.kids {
		if group.name != "styles" && group.name != "automatic-styles" {
			continue
		}
		for _, n := range group.kids {
			switch n.name {
			case "style":
				w.styles[n.attr("name")] = readStyle(n)
			case "list-style":
				w.lists[n.attr("name")] = readListStyle(n)
			case "outline-style":
				w.outline.style = readListStyle(n)
			}
		}
	}
}

func readStyle(n *node) *style {
	s := &style{parent: n.attr("parent-style-name"), list: n.attr("list-style-name")}
	s.level, _ = strconv.Atoi(n.attr("default-outline-level"))
	if n.attr("name") == "Title" {
		s.level = 1
	}
	props := n.find("text-properties")
	s.hidden = props.attr("display") == "none"
	s.ground = strings.ToLower(props.attr("background-color"))
	switch weight := props.attr("font-weight"); weight {
	case "":
	case "normal", "400":
		s.bold = -1
	default:
		s.bold = 1
	}
	return s
}

// chain calls use for a style and the ones it is based on, until use returns true. A loop in a damaged file ends by itself.
func (w *walker) chain(name string, use func(*style) bool) {
	for range 30 {
		s := w.styles[name]
		if s == nil || use(s) {
			return
		}
		name = s.parent
	}
}

func (w *walker) isHidden(name string) (hidden bool) {
	w.chain(name, func(s *style) bool { hidden = s.hidden; return hidden })
	return hidden
}

func (w *walker) boldness(name string) (bold int8) {
	w.chain(name, func(s *style) bool { bold = s.bold; return bold != 0 })
	return bold
}

func (w *walker) isBold(name string) bool { return w.boldness(name) == 1 }

// headingStyle is the heading level of a paragraph style. Only the title has one that is not written on the paragraph itself.
func (w *walker) headingStyle(name string) (level int) {
	w.chain(name, func(s *style) bool { level = s.level; return level != 0 || s.parent == "Standard" })
	return min(level, 9)
}
