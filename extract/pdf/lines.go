package pdf

import (
	"math"
	"strings"
	"unicode/utf8"

	"inkooptoets/extract/dossier"
)

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
	raised    bool     // starts with a raised number: a footnote
	marks     []string // the footnotes it points to
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
func lines(runs []run) []line {
	var out []line
	for _, r := range runs {
		if r.cell != nil {
			continue
		}
		if n := len(out); n > 0 {
			l := &out[n-1]
			prev := l.runs[len(l.runs)-1]
			if prev.frame != r.frame {
				out = append(out, line{runs: []run{r}, page: r.page})
				continue
			}
			if prev.turned == r.turned && math.Abs(prev.y-r.y) < 0.35*max(prev.size, r.size) && r.x0 >= prev.x1-0.5*r.size {
				l.runs = append(l.runs, r)
				continue
			}
			if len(l.runs) == 1 && raised(prev, r) {
				l.runs, l.raised = append(l.runs, r), true
				continue
			}
		}
		out = append(out, line{runs: []run{r}, page: r.page})
	}
	for i := range out {
		out[i].measure()
	}
	for i := range out {
		out[i].edge = edge(out, i)
	}
	for i := range out {
		out[i].left = left(out, i)
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
	for _, r := range l.runs {
		l.x1 = max(l.x1, r.x1)
		letters, bold = letters+r.letters, bold+r.bold
		if r.letters > 2 || l.size == 0 { // a bullet may come from a font of another size
			l.size = max(l.size, r.size)
		}
	}
	l.text = lineOf(l.runs)
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
