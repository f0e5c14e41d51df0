package dossier

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// announces are the words by which a full sentence still introduces the list or table after it.
var announces = regexp.MustCompile(`(?i)\b(?:volgende|als volgt|onderstaande?|hieronder|hierna|tabel|te weten|namelijk|in ieder geval|ten minste|tenminste|minimaal)\b`)

// Outline gives every block of one file its surroundings: Path, LeadIn and Loc, and for a row its Text with the offsets of its
// cells. It returns new blocks in the same order and keeps Loc.Page; blocks itself is left alone.
func Outline(file string, blocks []Block) []Block {
	out := slices.Clone(blocks)
	o := outliner{titles: titles(out)}
	for i := range out {
		b := &out[i]
		b.Loc = Loc{File: file, Page: b.Loc.Page, Block: i}
		if b.Kind == Row {
			writeRow(b)
		}
		o.place(b)
	}
	return out
}

// writeRow fills Text and the cells' offsets. An empty cell gets the offset where the text then ended.
func writeRow(b *Block) {
	b.Cells = slices.Clone(b.Cells)
	var text strings.Builder
	for i := range b.Cells {
		c := &b.Cells[i]
		if c.Text == "" {
			c.Start, c.End = text.Len(), text.Len()
			continue
		}
		if text.Len() > 0 {
			text.WriteString(" | ")
		}
		if c.Header != "" {
			text.WriteString(c.Header + ": ")
		}
		c.Start = text.Len()
		text.WriteString(c.Text)
		c.End = text.Len()
	}
	b.Text = text.String()
}

// outliner remembers what stands above the block that is placed.
type outliner struct {
	headings []*Block // the headings that are open, outermost first
	items    []*Block // the items that are open, outermost first
	before   *Block   // the last block that is not a note; nil right after a heading
	lead     string   // what introduces the current list or table
	listed   []string // texts of the items of the current list so far
	table    int
	titles   map[string]bool // texts of all headings of the file, in lower case
}

func titles(blocks []Block) map[string]bool {
	out := map[string]bool{}
	for _, b := range blocks {
		if b.Kind == Heading {
			out[strings.ToLower(b.Text)] = true
		}
	}
	return out
}

func (o *outliner) place(b *Block) {
	if b.Kind == Heading {
		o.heading(b)
		return
	}
	b.Path = o.trail()
	b.LeadIn = ""
	if o.inContents(b) {
		b.Flags = append(slices.Clone(b.Flags), "toc")
	}
	switch b.Kind {
	case Item:
		o.item(b)
	case Row:
		if b.Table != o.table || o.before == nil || o.before.Kind != Row {
			o.table, o.lead = b.Table, o.tableLead()
		}
		b.LeadIn = o.lead
	case Paragraph:
		if o.before != nil && o.before.Kind == Item && opensInLowerCase(b.Text) {
			b.LeadIn = o.wholeList()
		}
	}
	if b.Kind != Note { // a footnote is printed between the items of a list but does not end it
		o.before = b
	}
}

// inContents says whether a block under "Inhoud" repeats a heading of the file. What the service consists of may have that title
// as well, so the title alone is not enough.
func (o *outliner) inContents(b *Block) bool {
	if len(o.headings) == 0 || !IsContentsTitle(o.headings[len(o.headings)-1].Text) || slices.Contains(b.Flags, "toc") {
		return false
	}
	for _, text := range append(cellTexts(b.Cells), b.Text) {
		_, text = SplitHeading(strings.TrimRight(pageAtEnd.ReplaceAllString(text, ""), " .…"))
		if o.titles[strings.ToLower(text)] {
			return true
		}
	}
	return false
}

func (o *outliner) heading(b *Block) {
	b.LeadIn = ""
	for n := len(o.headings); n > 0 && o.headings[n-1].Level >= b.Level && !slices.Contains(o.headings[n-1].Flags, "title"); n-- {
		o.headings = o.headings[:n-1] // the title of the file stands above all its chapters
	}
	b.Path = o.trail()
	o.headings = append(o.headings, b)
	o.items, o.listed, o.before, o.lead = nil, nil, nil, ""
}

// trail is the Path of a block here: the open headings with their numbers.
func (o *outliner) trail() []string {
	if len(o.headings) == 0 {
		return nil
	}
	path := make([]string, len(o.headings))
	for i, h := range o.headings {
		path[i] = strings.TrimSpace(h.Number + " " + h.Text)
	}
	return path
}

func (o *outliner) item(b *Block) {
	if o.before == nil || o.before.Kind != Item {
		o.startList(b)
	}
	for n := len(o.items); n > 0 && o.items[n-1].Level >= b.Level; n-- {
		o.items = o.items[:n-1]
	}
	b.LeadIn = o.lead
	if n := len(o.items); n > 0 {
		outer := o.items[n-1]
		b.LeadIn = strings.TrimSpace(outer.LeadIn + " " + outer.Text)
	}
	o.items = append(o.items, b)
	o.listed = append(o.listed, b.Text)
}

// startList is called for an item that does not follow an item. A paragraph between "a)" and "b)" does not end the list.
func (o *outliner) startList(b *Block) {
	if o.before != nil && introduces(o.before) {
		o.items, o.listed, o.lead = nil, nil, o.before.Text
		return
	}
	for _, open := range o.items {
		if open.Level == b.Level && follows(open.Number, b.Number) {
			return
		}
	}
	o.items, o.listed, o.lead = nil, nil, ""
}

// wholeList is the lead-in of a clause that closes a sentence after its list ("... onverwijld aan de toezichthouder meldt."): the sentence so far.
func (o *outliner) wholeList() string {
	return strings.TrimSpace(o.lead + " " + strings.Join(o.listed, " "))
}

func opensInLowerCase(text string) bool {
	r, _ := utf8.DecodeRuneInString(text)
	return unicode.IsLower(r)
}

func (o *outliner) tableLead() string {
	if o.before != nil && introduces(o.before) {
		return o.before.Text
	}
	return ""
}

// introduces says whether a block leads up to what comes after it: it ends with a colon, is not finished as a sentence, or says
// in its last sentence that something follows.
func introduces(b *Block) bool {
	if b.Kind != Paragraph && b.Kind != Item || slices.Contains(b.Flags, "toc") {
		return false
	}
	text := strings.TrimRight(b.Text, ` "'”’)`)
	if text == "" {
		return false
	}
	if !strings.ContainsAny(text[len(text)-1:], ".!?;") {
		return !strings.HasSuffix(text, "…")
	}
	last := strings.TrimRight(text, ".!?;")
	if i := strings.LastIndexAny(last, ".!?"); i >= 0 && i+1 < len(last) && last[i+1] == ' ' {
		last = last[i+1:]
	}
	return announces.MatchString(last)
}

// follows says whether next is the number after prev in the same list: "b)" after "a)", "3.3" after "3.2".
func follows(prev, next string) bool {
	if prev == "" || numberForm(prev) != numberForm(next) {
		return false
	}
	a, b := lastPart(prev), lastPart(next)
	if x, err := strconv.Atoi(a); err == nil {
		y, err := strconv.Atoi(b)
		return err == nil && y == x+1
	}
	return len(a) == 1 && len(b) == 1 && b[0] == a[0]+1
}

// lastPart is the part of a number that counts: "2" of "3.2", "b" of "b)".
func lastPart(number string) string {
	number = strings.Trim(number, ".():")
	return number[strings.LastIndexAny(number, ".-")+1:]
}
