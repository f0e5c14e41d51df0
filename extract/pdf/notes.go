package pdf

import (
	"math"
	"slices"
	"strings"
	"unicode"

	"inkooptoets/extract/dossier"
)

// Footnotes and text boxes stand beside the running text: a paragraph or a table may go on after them.

// learnNotes collects the numbers of the footnotes, and then takes the marks that point to them out of the lines.
func (b *builder) learnNotes(flows []flow) {
	var marks []string
	for _, f := range flows {
		for _, l := range f.lines {
			marks = append(marks, raisedNumbers(l.text)...)
			if number := leadingNumber(l.text); number != "" && (l.raised || l.size < 0.92*b.body || belowAny(f.notes, l)) {
				b.notes[number] = true
			}
		}
	}
	b.countNotes(marks)
	for _, f := range flows {
		for i := range f.lines {
			l := &f.lines[i]
			l.marks = b.known(raisedNumbers(l.text))
			l.text = b.unmark(l.text)
		}
	}
}

// leadingNumber is the number that text starts with, empty if it starts with anything else, such as "2.1", or has nothing after it.
func leadingNumber(text string) string {
	rest := strings.TrimLeft(text, "0123456789")
	if rest == "" || len(rest) > 1 && rest[0] == '.' && rest[1] >= '0' && rest[1] <= '9' {
		return ""
	}
	return text[:len(text)-len(rest)]
}

// maxLines is the number of lines of a page that are looked at as part of its layout; a page with more is a drawing.
const maxLines = 1_000

// known keeps the marks that point to a footnote.
func (j joiner) known(marks []string) []string {
	return slices.DeleteFunc(marks, func(m string) bool { return !j.notes[m] })
}

// noteRules finds the short lines at the foot of a page or column that keep footnotes apart. What stands right below starts with a
// number that a mark on the page points to, or that is set as a mark itself, or is set smaller than the page.
func noteRules(p page, runs []run) []rule {
	var out []rule
	usual, marks := pageSize(runs), marksOf(runs)
	for _, r := range p.rules[:min(len(p.rules), maxLines)] {
		if r.vertical() || r.frame != 0 || r.x1-r.x0 < 30 || r.x1-r.x0 > 0.5*p.width || r.y0 > 0.6*p.height {
			continue
		}
		below := firstBelow(r, runs)
		if below == nil || below.cell != nil || below.frame != 0 {
			continue
		}
		number := leadingNumber(below.text + " ")
		if number != "" && (slices.Contains(marks, number) || below.first < 0.8*below.size || below.size < 0.95*usual) {
			out = append(out, r)
		}
	}
	return out
}

// pageSize is the letter size that most letters of a page have.
func pageSize(runs []run) float64 {
	sizes := map[float64]int{}
	for _, r := range runs {
		sizes[half(r.size)] += r.letters
	}
	return mode(sizes, 11)
}

// marksOf are the raised figures in runs.
func marksOf(runs []run) []string {
	var out []string
	for _, r := range runs {
		out = append(out, raisedNumbers(r.text)...)
	}
	return out
}

// firstBelow is the run right below the left end of a line, nil if there is none or text stands on the line.
func firstBelow(line rule, runs []run) *run {
	var first *run
	for i := range runs {
		r := &runs[i]
		if r.turned != 0 || r.x1 < line.x0-2 || r.x0 > line.x1 {
			continue
		}
		if r.y < line.y0+0.3*r.size && r.y > line.y0-0.5*r.size {
			return nil // underlined or struck out
		}
		if r.y < line.y0 && line.y0-r.y < 2.5*r.size && math.Abs(r.x0-line.x0) < 12 && (first == nil || r.y > first.y+1 || r.y > first.y-1 && r.x0 < first.x0) {
			first = r
		}
	}
	return first
}

// belowAny says whether a line stands below one of the lines above footnotes, in the same column.
func belowAny(rules []rule, l line) bool {
	return l.turned == 0 && slices.ContainsFunc(rules, func(r rule) bool { return l.y < r.y0 && l.x0 > r.x0-6 && l.x0 < r.x0+60 })
}

// isNote says whether a line is a footnote or goes on with one: it is set small, starts with a raised number, or
// stands below the line above footnotes.
func (b *builder) isNote(l line) bool {
	if l.raised || belowAny(b.noteRules, l) {
		return true
	}
	if b.noteWaits() && b.lastNote.page == l.page {
		down := b.lastNote.y - l.y
		return math.Abs(b.lastNote.size-l.size) < 0.3 && down > 0 && down < (b.leading+0.4)*l.size
	}
	return l.size < 0.92*b.body && unicode.IsDigit(rune(l.text[0]))
}

// box adds a line of a text box to the blocks that wait for the end of the open one.
func (b *builder) box(frame int, l line) {
	place := [2]int{l.page, frame}
	b.lastBox = l
	if n := len(b.waiting); n > 0 && b.boxPlace == place && b.waiting[n-1].Kind == dossier.Paragraph {
		b.waiting[n-1].Text = b.join(b.waiting[n-1].Text, l.text)
		return
	}
	b.boxPlace = place
	b.waiting = append(b.waiting, dossier.Block{Kind: dossier.Paragraph, Text: l.text, Flags: []string{"textbox"}, Loc: dossier.Loc{Page: l.page}})
}

// noteWaits says whether the last block that waits is a note.
func (b *builder) noteWaits() bool {
	n := len(b.waiting)
	return n > 0 && b.waiting[n-1].Kind == dossier.Note
}

// note starts a note, or adds a line to the one that waits.
func (b *builder) note(l line) {
	number := leadingNumber(l.text)
	rest := strings.TrimSpace(l.text[len(number):])
	goesOn := b.noteWaits() && b.lastNote.page == l.page
	b.lastNote = l
	switch {
	case number != "" && strings.HasPrefix(l.text[len(number):], " ") && rest != "":
		b.waiting = append(b.waiting, dossier.Block{Kind: dossier.Note, Number: number, Text: rest, Loc: dossier.Loc{Page: l.page}})
	case goesOn:
		last := &b.waiting[len(b.waiting)-1]
		last.Text = b.join(last.Text, l.text)
	default:
		b.waiting = append(b.waiting, dossier.Block{Kind: dossier.Note, Text: l.text, Loc: dossier.Loc{Page: l.page}})
	}
}

// withNotes gives the blocks with every footnote behind the block that points to it.
func (b *builder) withNotes() []dossier.Block {
	behind := map[int][]int{}
	moved := make([]bool, len(b.blocks))
	pointing := map[string][]int{} // the blocks so far that point to a note, the last one last
	for i, block := range b.blocks {
		if from := pointing[block.Number]; block.Kind == dossier.Note && len(from) > 0 {
			last := from[len(from)-1]
			pointing[block.Number] = from[:len(from)-1]
			behind[last], moved[i] = append(behind[last], i), true
		}
		for _, m := range b.marks[i] {
			pointing[m] = append(pointing[m], i)
		}
	}
	var out []dossier.Block
	for i, block := range b.blocks {
		if !moved[i] {
			out = append(out, block)
		}
		for _, n := range behind[i] {
			out = append(out, b.blocks[n])
		}
	}
	return out
}
