package pdf

import (
	"math"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"inkooptoets/extract/dossier"
)

// run is text on one baseline without a wide gap. y is the baseline, measured from the bottom of the page.
type run struct {
	text          string
	x0, x1, y     float64
	size          float64
	first         float64 // size of the first letter
	letters, bold int
	turned        int
	cell          *cell // the table cell it stands in, nil outside tables
}

// line is one printed line of one column.
type line struct {
	runs      []run
	text      string
	x0, x1, y float64
	textX     float64 // where the words begin after a list marker
	size      float64
	bold      bool
	page      int
	edge      float64 // right end of the column
	left      float64 // left end of the column
	turned    int
	raised    bool // starts with a raised number: a footnote
}

// Gaps between letters, in parts of the letter size: above wordGap they are two words, above runGap two runs.
const (
	wordGap = 0.13
	runGap  = 1.2
)

// runs joins the glyphs of a page in the order in which they were painted.
func (p page) runs() []run {
	var verticals []rule
	for _, r := range p.rules {
		if r.vertical() {
			verticals = append(verticals, r)
		}
	}
	var b runBuilder
	for _, g := range p.glyphs {
		b.add(g, verticals)
	}
	b.finish()
	return b.done
}

type runBuilder struct {
	done  []run
	open  run
	words strings.Builder
	space bool // white space was painted after the last letter
	last  glyph
}

func (b *runBuilder) add(g glyph, verticals []rule) {
	blank := strings.TrimFunc(g.text, unicode.IsSpace) == ""
	if blank {
		b.space = b.space || g.text != ""
		return
	}
	if b.open.letters == 0 {
		b.start(g)
		return
	}
	size := max(b.open.size, g.size)
	rise, gap := math.Abs(g.y-b.open.y), g.x-b.open.x1
	same := g.turned == b.open.turned && rise < 0.25*size && gap > -0.6*size && gap < runGap*size
	switch {
	case same && g.text == b.last.text && math.Abs(g.x-b.last.x) < 0.12*size:
		return // bold made by painting twice
	case same && gap > wordGap*size && crosses(verticals, b.open.x1, g.x, g.y):
	case same:
		if b.space || gap > wordGap*size {
			b.words.WriteByte(' ')
		}
		b.write(g)
		return
	case g.turned == b.open.turned && rise < 0.7*size && gap > -0.3*size && gap < 0.3*size && g.size < 0.8*b.open.size:
		if b.last.size > 0.8*b.open.size {
			b.words.WriteByte(' ') // the mark of a footnote is a word of its own
		}
		b.words.WriteString(g.text)
		b.open.x1, b.last, b.space = g.x+g.advance, g, false
		return
	}
	b.finish()
	b.start(g)
}

func (b *runBuilder) start(g glyph) {
	b.open = run{x0: g.x, x1: g.x, y: g.y, size: g.size, first: g.size, turned: g.turned}
	b.write(g)
}

func (b *runBuilder) write(g glyph) {
	b.words.WriteString(g.text)
	b.open.x1 = max(b.open.x1, g.x+g.advance)
	b.open.size = max(b.open.size, g.size)
	b.open.letters++
	if g.bold {
		b.open.bold++
	}
	b.last, b.space = g, false
}

func (b *runBuilder) finish() {
	if b.open.letters > 0 {
		b.open.text = strings.Join(strings.Fields(b.words.String()), " ")
		if n := len(b.done); n > 0 && b.done[n-1].paintedAgain(b.open) {
			b.done[n-1].bold = b.done[n-1].letters
		} else {
			b.done = append(b.done, b.open)
		}
	}
	b.words.Reset()
	b.open, b.space = run{}, false
}

// paintedAgain says whether o is the same text on the same place: some programs make bold letters in this way.
func (r run) paintedAgain(o run) bool {
	return r.text == o.text && r.turned == o.turned && math.Abs(r.x0-o.x0) < 0.15*r.size && math.Abs(r.y-o.y) < 0.15*r.size
}

// crosses says whether a ruled line stands between two letters: they are in different cells.
func crosses(verticals []rule, from, to, y float64) bool {
	for _, r := range verticals {
		if r.x0 >= from-1 && r.x1 <= to+1 && r.y0-1 <= y && y <= r.y1+1 {
			return true
		}
	}
	return false
}

// ordered returns runs in reading order. Programs paint in that order, columns included, unless the page jumps upwards all the
// time; then the place on the page decides.
func ordered(runs []run) []run {
	jumps, steps := 0, 0
	for i := 1; i < len(runs); i++ {
		a, b := runs[i-1], runs[i]
		if a.cell != nil || b.cell != nil || a.turned != b.turned {
			continue
		}
		steps++
		if b.y > a.y+1.5*a.size && b.x0 < a.x1 && b.x1 > a.x0 || math.Abs(b.y-a.y) < 0.3*a.size && b.x1 < a.x0 {
			jumps++
		}
	}
	if jumps*16 <= steps+32 {
		return runs
	}
	out := slices.Clone(runs)
	slices.SortStableFunc(out, func(a, b run) int {
		if math.Abs(a.y-b.y) > 0.5*min(a.size, b.size) {
			return compare(b.y, a.y)
		}
		return compare(a.x0, b.x0)
	})
	return out
}

func compare(a, b float64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// lines puts runs that follow each other on the same baseline together. Runs in tables are left out.
func lines(runs []run, pageNum int) []line {
	var out []line
	for _, r := range runs {
		if r.cell != nil {
			continue
		}
		if n := len(out); n > 0 {
			l := &out[n-1]
			prev := l.runs[len(l.runs)-1]
			if prev.turned == r.turned && math.Abs(prev.y-r.y) < 0.35*max(prev.size, r.size) && r.x0 >= prev.x1-0.5*r.size {
				l.runs = append(l.runs, r)
				continue
			}
			if len(l.runs) == 1 && raised(prev, r) {
				l.runs, l.raised = append(l.runs, r), true
				continue
			}
		}
		out = append(out, line{runs: []run{r}, page: pageNum})
	}
	for i := range out {
		out[i].measure()
	}
	for i := range out {
		out[i].edge, out[i].left = edge(out, i), left(out, i)
	}
	return out
}

// raised says whether mark is a small raised number at the start of the line that next is on.
func raised(mark, next run) bool {
	return strings.Trim(mark.text, "0123456789") == "" && mark.turned == next.turned && mark.size < 0.8*next.size &&
		mark.y-next.y > 0 && mark.y-next.y < 0.7*next.size && next.x0 >= mark.x1-1 && next.x0 < mark.x1+2*next.size
}

func (l *line) measure() {
	first := l.runs[0]
	l.x0, l.y, l.turned = first.x0, first.y, first.turned
	if l.raised {
		l.y = l.runs[1].y
	}
	if c := first.text[0]; c >= '0' && c <= '9' && first.first < 0.8*first.size {
		l.raised = true
	}
	letters, bold := 0, 0
	texts := make([]string, len(l.runs))
	for i, r := range l.runs {
		texts[i] = r.text
		l.x1 = max(l.x1, r.x1)
		letters, bold = letters+r.letters, bold+r.bold
		if r.letters > 2 || l.size == 0 { // a bullet may come from a font of another size
			l.size = max(l.size, r.size)
		}
	}
	l.text = strings.Join(texts, " ")
	l.bold = letters > 0 && bold*10 >= letters*8
	l.textX = l.x0
	if _, rest, ok := marker(l.text); ok {
		l.textX = l.x0 + (l.x1-l.x0)*(1-float64(utf8.RuneCountInString(rest))/float64(max(1, utf8.RuneCountInString(l.text))))
		if len(l.runs) > 1 && !strings.Contains(l.runs[0].text, " ") {
			l.textX = l.runs[1].x0
		}
	}
}

// edge is where the column of line i ends at the right: the longest line near it that starts about as far to the left.
func edge(all []line, i int) float64 {
	l := all[i]
	out := l.x1
	for k := max(0, i-15); k < min(len(all), i+16); k++ {
		o := all[k]
		if math.Abs(o.x0-l.x0) < 60 && math.Abs(o.size-l.size) < 0.1*l.size+0.3 {
			out = max(out, o.x1)
		}
	}
	return out
}

// left is where the column of line i begins: the line near it that starts furthest to the left and stands above or below it.
func left(all []line, i int) float64 {
	l := all[i]
	out := l.x0
	for k := max(0, i-40); k < min(len(all), i+41); k++ {
		if o := all[k]; o.x0 > l.x0-120 && o.x1 > l.x0 && o.x0 < l.edge && o.x1 < l.edge+20 {
			out = min(out, o.x0)
		}
	}
	return out
}

// marker cuts a list marker or a number of several levels off a line.
func marker(text string) (number, rest string, ok bool) {
	text = strings.Replace(text, "\uF0B7", "•", 1) // the bullet of the Symbol font
	if number, rest, ok = dossier.SplitItem(text); ok {
		return number, rest, ok
	}
	if strings.HasPrefix(text, "o ") { // Word's second bullet
		return "", strings.TrimSpace(text[2:]), true
	}
	return dossier.SplitDotted(text)
}

var (
	digits     = regexp.MustCompile(`\d+`)
	pageNumber = regexp.MustCompile(`(?i)^(?:pagina|blad|blz\.?|p\.)?\s*\d{1,4}(?:\s*(?:van|/|\|)\s*\d{1,4})?$|(?:^|\W)pagina \d{1,4}(?: van \d{1,4})?$|^[-–]\s*\d{1,4}\s*[-–]$`)
)

// withoutFurniture drops running headers and footers and page numbers: a line at the top or bottom of the page that is either a
// page number or has the same text, digits aside, at the same height on at least half of the pages. The height matters: a
// footnote that is repeated is text. So does the whole line: a bullet is not a header.
func withoutFurniture(pages []page, all [][]run) [][]run {
	type place struct {
		text string
		y    int
	}
	height := func(r run) int { return int(math.Round(r.y / 3)) }
	whole := make([]map[int]string, len(all)) // the text on each height of each page
	seen := map[place]int{}
	for i, runs := range all {
		whole[i] = map[int]string{}
		for _, r := range runs {
			if inMargin(pages[i], r) {
				whole[i][height(r)] += r.text + " "
			}
		}
		for y, text := range whole[i] {
			seen[place{digits.ReplaceAllString(text, "#"), y}]++
		}
	}
	repeated := max(2, (len(pages)+1)/2)
	out := make([][]run, len(all))
	for i, runs := range all {
		for _, r := range runs {
			if inMargin(pages[i], r) {
				y := height(r)
				text := whole[i][y]
				pattern := digits.ReplaceAllString(text, "#")
				count := seen[place{pattern, y}] + max(seen[place{pattern, y - 1}], seen[place{pattern, y + 1}]) // rounding may split one height
				if count >= repeated || r.size > 6.5 && pageNumber.MatchString(strings.TrimSpace(text)) {        // smaller is the mark of a footnote
					continue
				}
			}
			out[i] = append(out[i], r)
		}
	}
	return out
}

func inMargin(p page, r run) bool {
	height := p.height
	if r.turned%2 == 1 || r.turned == 2 {
		return false
	}
	return r.y < 0.12*height || r.y > 0.88*height
}

// joiner puts lines together into running text.
type joiner struct {
	words map[string]bool // words of the file, to know which hyphens belong there
}

func newJoiner(all [][]run) joiner {
	j := joiner{words: map[string]bool{}}
	for _, runs := range all {
		for _, r := range runs {
			for w := range strings.FieldsSeq(r.text) {
				j.words[bare(w)] = true
			}
		}
	}
	return j
}

func bare(word string) string { return strings.ToLower(strings.Trim(word, ".,;:()'\"‘’“”?!")) }

// join adds a line to text. A hyphen at the end of a line goes when the word is one word.
func (j joiner) join(text, next string) string {
	if text == "" || next == "" {
		return text + next
	}
	if rest, ok := strings.CutSuffix(text, "\u00AD"); ok {
		return rest + next
	}
	if strings.HasSuffix(text, "/") && !strings.HasSuffix(text, " /") {
		return text + next
	}
	stem := strings.TrimRight(text, "-‐")
	before, _ := utf8.DecodeLastRuneInString(stem)
	if stem == text || !unicode.IsLetter(before) && !unicode.IsDigit(before) {
		return text + " " + next
	}
	first, _ := utf8.DecodeRuneInString(next)
	head := strings.Fields(next)[0]
	switch bare(head) {
	case "en", "of", "als", "dan", "tot", "en/of", "respectievelijk", "maar", "dus": // "jeugdhulp- en opvoedvragen"
		return text + " " + next
	}
	if !unicode.IsLower(first) {
		return text + next // "PVE-01"
	}
	last := stem[strings.LastIndexAny(stem, " (/")+1:]
	if j.words[bare(last+"-"+head)] && !j.words[bare(last+head)] {
		return text + next
	}
	return stem + next
}
