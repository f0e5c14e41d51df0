// Package html turns a web page into blocks. It knows nothing about requirements, runs no scripts, opens no other files, and sees
// style sheets only where an element says itself that it is not shown.
package html

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/charset"

	"inkooptoets/extract/dossier"
)

// Limits for one file.
const (
	maxBytes  = 32 << 20
	maxBlocks = 500_000
)

// Read turns the HTML file data into a document. name is its path in the dossier. Deleted text (del, s) is left out.
func Read(name string, data []byte) (dossier.Document, error) {
	if len(data) > maxBytes {
		return dossier.Document{}, dossier.ErrTooLarge
	}
	encoding, _, _ := charset.DetermineEncoding(data[:min(len(data), 1024)], "")
	root, err := html.Parse(io.LimitReader(encoding.NewDecoder().Reader(bytes.NewReader(data)), 3*maxBytes))
	if err != nil {
		return dossier.Document{}, fmt.Errorf("parse html: %w: %w", dossier.ErrTooLarge, err) // the parser has no other errors than its limits
	}
	w := &walker{}
	w.blocksOf(root, place{})
	w.flush(place{})
	if len(w.blocks) == 0 {
		return dossier.Document{}, dossier.ErrNoText
	}
	doc := dossier.Document{Path: name, Format: "html", Blocks: dossier.Outline(name, w.blocks)}
	if w.deleted {
		doc.Warnings = append(doc.Warnings, dossier.Warning{Code: "tracked-changes", Detail: "Het bestand bevat doorgehaalde tekst; die telt niet mee."})
	}
	if w.hidden {
		doc.Warnings = append(doc.Warnings, dossier.Warning{Code: "hidden-text", Detail: "Het bestand bevat verborgen tekst; die telt niet mee."})
	}
	if w.cut {
		doc.Warnings = append(doc.Warnings, dossier.Warning{Code: dossier.CodeLimit, Detail: "Het bestand is te groot; alleen het begin is gelezen."})
	}
	return doc, nil
}

// walker turns elements into blocks, in the order of the page.
type walker struct {
	blocks  []dossier.Block
	nesting dossier.Nesting
	text    strings.Builder // of the block that is being read
	heavy   bool            // all of it is bold
	tables  int
	depth   int // level of the last heading that has an element of its own
	deleted bool
	hidden  bool
	cut     bool
}

// place is where text stands.
type place struct {
	depth  int    // of lists, from 1; 0 outside
	number string // of the list item
	item   *bool  // no block of this item has been made yet
	bold   bool
	level  int // of the heading
}

var skipped = []string{"script", "style", "head", "template", "noscript", "iframe", "object", "svg", "math", "select", "datalist", "button", "audio", "video", "canvas", "colgroup"}

var inlines = []string{
	"a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "data", "dfn", "em", "font", "i", "ins", "kbd", "label", "mark", "q", "samp", "small",
	"span", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr", "input", "img",
}

// blocksOf walks over the children of n.
func (w *walker) blocksOf(n *html.Node, at place) {
	for k := n.FirstChild; k != nil; k = k.NextSibling {
		switch {
		case k.Type == html.TextNode:
			w.write(k.Data, at)
		case k.Type == html.ElementNode && w.shown(k):
			w.element(k, at)
		case k.Type == html.DocumentNode:
			w.blocksOf(k, at)
		}
	}
}

// shown says whether an element is text that a reader sees.
func (w *walker) shown(n *html.Node) bool {
	switch {
	case slices.Contains(skipped, n.Data):
		return false
	case n.Data == "del" || n.Data == "s" || n.Data == "strike":
		w.deleted = true
		return false
	}
	style := strings.ReplaceAll(strings.ToLower(attr(n, "style")), " ", "")
	if has(n, "hidden") || strings.Contains(style, "display:none") || strings.Contains(style, "visibility:hidden") {
		w.hidden = w.hidden || strings.TrimSpace(textOf(n)) != ""
		return false
	}
	return true
}

func (w *walker) element(n *html.Node, at place) {
	switch n.Data {
	case "h1", "h2", "h3", "h4", "h5", "h6":
		w.flush(at)
		at.level = int(n.Data[1] - '0')
		w.blocksOf(n, at)
		w.flush(at)
	case "br":
		w.write(" ", at)
	case "ol", "ul", "menu":
		w.flush(at)
		w.list(n, at)
	case "table":
		w.flush(at)
		w.table(n)
	default:
		if slices.Contains(inlines, n.Data) {
			at.bold = at.bold || n.Data == "b" || n.Data == "strong"
			w.blocksOf(n, at)
			return
		}
		w.flush(at)
		w.blocksOf(n, at)
		w.flush(at)
	}
}

func (w *walker) write(text string, at place) {
	if strings.TrimSpace(text) != "" {
		w.heavy = at.bold && (w.heavy || strings.TrimSpace(w.text.String()) == "")
	}
	w.text.WriteString(text)
}

// flush makes a block of the text so far.
func (w *walker) flush(at place) {
	text, heavy := dossier.Clean(w.text.String()), w.heavy
	w.text.Reset()
	w.heavy = false
	if text == "" {
		return
	}
	if len(w.blocks) >= maxBlocks {
		w.cut = true
		return
	}
	w.blocks = append(w.blocks, w.classify(text, heavy, at))
}

func (w *walker) classify(text string, heavy bool, at place) dossier.Block {
	switch {
	case at.level > 0:
		w.depth = at.level
		return w.heading(text, at.level)
	case at.item != nil && *at.item:
		*at.item = false
		return dossier.Block{Kind: dossier.Item, Level: w.nesting.Level(20*float64(at.depth), 3, at.number, false), Number: at.number, Text: text}
	}
	if b, ok := w.looksLike(text, heavy); ok {
		b.Flags = []string{"by-form"}
		return b
	}
	if at.depth == 0 {
		w.nesting.Reset()
	}
	return dossier.Block{Kind: dossier.Paragraph, Text: text}
}

func (w *walker) heading(text string, level int) dossier.Block {
	w.nesting.Reset()
	number, rest := dossier.SplitHeading(text)
	return dossier.Block{Kind: dossier.Heading, Level: min(level, 9), Number: number, Text: rest}
}

// looksLike finds headings and items that have no element of their own.
func (w *walker) looksLike(text string, heavy bool) (dossier.Block, bool) {
	if heavy && dossier.TitleLike(text) {
		number, _ := dossier.SplitHeading(text)
		return w.heading(text, w.depth+max(1, dossier.NumberDepth(number))), true
	}
	number, rest, ok := dossier.SplitItem(text)
	if !ok {
		number, rest, ok = dossier.SplitDotted(text)
	}
	if !ok {
		return dossier.Block{}, false
	}
	return dossier.Block{Kind: dossier.Item, Level: w.nesting.Level(0, 3, number, false), Number: number, Text: rest}, true
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func has(n *html.Node, name string) bool {
	return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == name })
}

// textOf is all text below n, shown or not.
func textOf(n *html.Node) string {
	var b strings.Builder
	for k := range n.Descendants() {
		if k.Type == html.TextNode {
			b.WriteString(k.Data)
		}
	}
	return b.String()
}
