package dossier

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxHeading is the longest line, in characters, that may be a heading only because it is numbered and stands alone.
const maxHeading = 90

var (
	hashes       = regexp.MustCompile(`^(#{1,6})\s+(.*?)\s*#*$`)
	rule         = regexp.MustCompile(`^(?:-{3,}|\*{3,}|_{3,}|={3,})$`)
	dashes       = regexp.MustCompile(`^\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?$`)
	footnote     = regexp.MustCompile(`^\[\^?(\w+)\]:\s+(.*)$`)
	image        = regexp.MustCompile(`!\[([^\]]*)\]\([^)\s]*(?:\s+"[^"]*")?\)`)
	link         = regexp.MustCompile(`\[([^\]]+)\]\([^)\s]*(?:\s+"[^"]*")?\)`)
	footmark     = regexp.MustCompile(`\[\^\w+\]`)
	strong       = regexp.MustCompile(`\*\*([^\s*](?:.*?\S)?)\*\*`)
	emphasis     = regexp.MustCompile(`(^|[^\w*])\*([^\s*](?:[^*]*?\S)?)\*`)
	underlined   = regexp.MustCompile(`(^|[^\pL\pN_])_{1,2}([^\s_](?:.*?[^\s_])?)_{1,2}($|[^\pL\pN_])`)
	escaped      = regexp.MustCompile(`\\([\\` + "`" + `*_{}\[\]()#+\-.!|>])`)
	tocEntry     = regexp.MustCompile(`^\[[^\]]+\]\([^)\s]*#[^)\s]*\)$|\S\s*(?:\.{3,}|…+|\s{3,})\s*\d{1,3}$`)
	pageAtEnd    = regexp.MustCompile(`\s\d{1,3}(?:\]\([^)]*\))?$`)
	lawName      = regexp.MustCompile(`(?i)wet\b|besluit\b|\b20[0-9]{2}$`) // "Artikel 2.38 Aanbestedingswet 2012" is a reference
	twoSentences = regexp.MustCompile(`\pL{2}[.?!]\s+\p{Lu}`)
	lineBreak    = regexp.MustCompile(`(?i)<br\s*/?>`)
)

// ParseText cuts plain text or light Markdown into blocks. It fills Kind, Level, Number, Cells, Table and Flags, and Text of
// every block but a row; Outline does the rest.
func ParseText(text string) []Block {
	p := textParser{lines: textLines(text)}
	for p.at = 0; p.at < len(p.lines); p.at++ {
		p.line(p.lines[p.at])
	}
	p.flush()
	return p.blocks
}

// textLines splits text at every kind of line end; tabs count as four columns of indentation.
func textLines(text string) []string {
	text = strings.TrimPrefix(text, "\uFEFF")
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\f", "\n\n", "\t", "    ").Replace(text)
	return strings.Split(text, "\n")
}

// textParser holds the block that is being joined from lines.
type textParser struct {
	lines  []string
	at     int
	blocks []Block
	open   *Block // paragraph, item or note that may go on in the next line; nil if none
	parts  []string
	list   Nesting
	base   int // levels of the Markdown headings above a numbered plain heading
	tables int
}

func (p *textParser) line(raw string) {
	line := strings.TrimSpace(strings.ReplaceAll(raw, "\u00A0", " "))
	indent := len(raw) - len(strings.TrimLeft(raw, " "))
	for strings.HasPrefix(line, "> ") {
		line = strings.TrimSpace(line[2:])
	}
	switch {
	case strings.Trim(line, "#") == "", line == ">", rule.MatchString(line): // a heading without words is nothing
		p.flush()
	case p.markdownHeading(line), p.tableAt(line), p.note(line), p.tocLine(line), p.plainHeading(line, indent), p.item(line, indent):
	case p.open != nil:
		p.parts = append(p.parts, line)
	default:
		p.start(Block{Kind: Paragraph}, line)
		if indent == 0 { // an indented paragraph belongs to the item above it and does not end the list
			p.list.Reset()
		}
	}
}

func (p *textParser) start(b Block, first string) {
	p.flush()
	p.open, p.parts = &b, []string{first}
}

func (p *textParser) flush() {
	if p.open == nil {
		return
	}
	p.open.Text = plain(strings.Join(p.parts, " "))
	if p.open.Text != "" {
		p.blocks = append(p.blocks, *p.open)
	}
	p.open, p.parts = nil, nil
}

func (p *textParser) heading(level int, number, text string) {
	p.flush()
	p.list.Reset()
	p.blocks = append(p.blocks, Block{Kind: Heading, Level: max(1, min(level, 9)), Number: number, Text: text})
}

func (p *textParser) markdownHeading(line string) bool {
	m := hashes.FindStringSubmatch(line)
	if m == nil || plain(m[2]) == "" {
		return false
	}
	number, rest := SplitHeading(plain(m[2]))
	p.heading(len(m[1]), number, rest)
	p.base = max(0, len(m[1])-NumberDepth(number))
	return true
}

// plainHeading takes a short numbered line that stands alone and does not end like a sentence.
func (p *textParser) plainHeading(line string, indent int) bool {
	if indent > 3 || !p.alone() || utf8.RuneCountInString(line) > maxHeading {
		return false
	}
	line = plain(line)
	number, rest := SplitHeading(line)
	if strings.HasPrefix(strings.ToLower(line), "artikel ") && number == "" && len(strings.Fields(line)) == 2 {
		p.heading(p.base+1, "", line) // "Artikel 5" and nothing more
		return true
	}
	if number == "" || !TitleLike(rest) || strings.HasPrefix(number, "Artikel") && lawName.MatchString(rest) {
		return false
	}
	if first := number[0]; (first < '0' || first > '9') && NumberDepth(number) == 1 && len(strings.Fields(number)) == 1 && !strings.HasSuffix(number, ".") {
		return false // "E7 Klachten" is as likely a row of loose words
	}
	if strings.HasSuffix(number, ".") && NumberDepth(number) == 1 && p.inList(number) {
		return false // "2. Evaluatie" among items is an item
	}
	p.heading(p.base+NumberDepth(number), number, rest)
	return true
}

// alone says whether the current line stands between blank lines.
func (p *textParser) alone() bool {
	blank := func(i int) bool { return i < 0 || i >= len(p.lines) || strings.TrimSpace(p.lines[i]) == "" }
	return blank(p.at-1) && blank(p.at+1)
}

// inList says whether the line numbered number has an item just above it or just below it.
func (p *textParser) inList(number string) bool {
	if n := len(p.blocks); p.open != nil && p.open.Kind == Item || n > 0 && p.blocks[n-1].Kind == Item {
		return true
	}
	for i := p.at + 1; i < len(p.lines); i++ {
		if next := strings.TrimSpace(p.lines[i]); next != "" {
			following, _, ok := SplitItem(next)
			return ok && numberForm(following) == numberForm(number)
		}
	}
	return false
}

// TitleLike says whether text reads as a title: it is short, starts with a capital or a digit and does not end as a sentence or a
// clause.
func TitleLike(text string) bool {
	if text == "" || utf8.RuneCountInString(text) > maxHeading {
		return false
	}
	if twoSentences.MatchString(text) {
		return false
	}
	first, _ := utf8.DecodeRuneInString(text)
	if !unicode.IsUpper(first) && !unicode.IsDigit(first) && first != '‘' && first != '\'' {
		return false
	}
	return !strings.ContainsAny(text[len(text)-1:], ".;:,!")
}

// tocLine takes an entry of a table of contents, which would otherwise pass for a heading.
func (p *textParser) tocLine(line string) bool {
	if !tocEntry.MatchString(line) && !(p.inContents() && pageAtEnd.MatchString(line)) {
		return false
	}
	p.start(Block{Kind: Paragraph, Flags: []string{"toc"}}, line)
	p.flush()
	return true
}

// inContents says whether the heading above is that of a table of contents.
func (p *textParser) inContents() bool {
	for i := len(p.blocks) - 1; i >= 0; i-- {
		if p.blocks[i].Kind == Heading {
			return IsContentsTitle(p.blocks[i].Text)
		}
	}
	return false
}

// IsContentsTitle says whether text is the heading of a table of contents.
func IsContentsTitle(text string) bool {
	switch strings.ToLower(strings.TrimSpace(text)) {
	case "inhoud", "inhoudsopgave", "inhoudstafel":
		return true
	}
	return false
}

func (p *textParser) note(line string) bool {
	m := footnote.FindStringSubmatch(line)
	if m == nil {
		return false
	}
	p.start(Block{Kind: Note, Number: m[1]}, m[2])
	return true
}

func (p *textParser) item(line string, indent int) bool {
	if strong.MatchString(line) && strings.HasPrefix(line, "**") {
		line = plain(line) // "**1.** tekst"
	}
	number, rest, ok := SplitItem(line)
	if !ok && p.open == nil { // a wrapped line may start with "3.2" too, so this counts only after a blank line
		number, rest, ok = SplitDotted(line)
	}
	if !ok && p.open != nil && p.open.Kind == Item {
		if n, r, dot := SplitDotted(line); dot && numberForm(n) == numberForm(p.open.Number) {
			number, rest, ok = n, r, true
		}
	}
	if !ok {
		return false
	}
	p.start(Block{Kind: Item, Number: number}, rest)
	p.open.Level = p.list.Level(float64(indent), 1, number, p.introduced())
	return true
}

// introduced says whether the block before the open one announces a list.
func (p *textParser) introduced() bool {
	n := len(p.blocks)
	return n > 0 && p.blocks[n-1].Kind == Item && strings.HasSuffix(p.blocks[n-1].Text, ":")
}

// tableAt reads the whole table that starts at the current line.
func (p *textParser) tableAt(line string) bool {
	if !strings.HasPrefix(line, "|") || strings.Count(line, "|") < 2 {
		return false
	}
	p.flush()
	p.list.Reset()
	p.tables++
	var headers []string
	for first := true; p.at < len(p.lines); p.at++ {
		row := strings.TrimSpace(p.lines[p.at])
		if !strings.HasPrefix(row, "|") {
			break
		}
		if dashes.MatchString(row) {
			continue
		}
		b := Block{Kind: Row, Table: p.tables}
		for i, text := range rowCells(row) {
			c := Cell{Text: text, Col: i}
			if i < len(headers) {
				c.Header = headers[i]
			}
			b.Cells = append(b.Cells, c)
		}
		if first && p.at+1 < len(p.lines) && dashes.MatchString(strings.TrimSpace(p.lines[p.at+1])) {
			headers = cellTexts(b.Cells)
			b.Flags = []string{"header-row"}
		}
		first = false
		p.blocks = append(p.blocks, b)
	}
	p.at-- // the loop of ParseText steps past the last row
	return true
}

// rowCells splits "| a | b |" at the bars that are not escaped.
func rowCells(row string) []string {
	row = strings.ReplaceAll(row, `\|`, "\x00")
	row = strings.TrimSuffix(strings.TrimPrefix(row, "|"), "|")
	cells := strings.Split(row, "|")
	for i, c := range cells {
		cells[i] = plain(strings.ReplaceAll(c, "\x00", "|"))
	}
	return cells
}

func cellTexts(cells []Cell) []string {
	texts := make([]string, len(cells))
	for i, c := range cells {
		texts[i] = c.Text
	}
	return texts
}

// plain drops the marks of Markdown that carry no words.
func plain(text string) string {
	text = lineBreak.ReplaceAllString(text, " ")
	if strings.ContainsAny(text, "[]") {
		text = image.ReplaceAllString(text, "$1")
		text = link.ReplaceAllString(text, "$1")
		text = footmark.ReplaceAllString(text, "")
	}
	if strings.Contains(text, "*") {
		text = strong.ReplaceAllString(text, "$1")
		text = emphasis.ReplaceAllString(text, "$1$2")
	}
	if strings.Contains(text, "_") {
		text = underlined.ReplaceAllString(text, "$1$2$3")
	}
	return Clean(escaped.ReplaceAllString(text, "$1"))
}
