package report

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"inkooptoets/rules/result"
)

// Limits of what a terminal shows without --all.
const (
	columnsOnScreen = 6  // tenders in the matrix
	listOnScreen    = 12 // lines of a list
	pairsOnScreen   = 5  // pairs that are most and least alike, where there are too many to list
)

// comparePrinter writes a comparison for a terminal.
type comparePrinter struct {
	*printer
	v compareView
}

func writeCompareTable(w io.Writer, c result.Comparison, o Options) error {
	p := comparePrinter{&printer{ws: languages[o.Lang], o: o}, compareViewOf(c, o.Lang)}
	cw := p.v.cw
	p.heading(cw.Heading+": "+p.v.subject(), "═")
	p.text("", p.v.head())
	for _, caution := range p.v.cautions() {
		p.text("", "! "+caution)
	}
	p.blank()
	p.text("", cw.Meaning)
	p.blank()
	for _, part := range []func() error{p.tenders, p.rates, p.matrix, p.alone, p.nobody, p.alike, p.best} {
		if err := part(); err != nil {
			return fmt.Errorf("write table: %w", err)
		}
	}
	p.text("", p.v.Tool)
	if _, err := w.Write(p.b.Bytes()); err != nil {
		return fmt.Errorf("write table: %w", err)
	}
	return nil
}

// letters names the tenders in narrow columns: A, B, ..., Z, AA.
func letter(i int) string {
	if i >= 26 {
		return letter(i/26-1) + letter(i%26)
	}
	return string(rune('A' + i))
}

// few reports whether the matrix fits on a screen.
func (p comparePrinter) few() bool { return len(p.v.Tenders) <= columnsOnScreen }

func (p comparePrinter) tenders() error {
	cw := p.v.cw
	p.heading(cw.Tenders, "─")
	heads := []string{cw.Tender, cw.Law, cw.Applicable, cw.Asked, cw.Partly, cw.AloneCount}
	var rows [][]string
	for i, t := range p.v.Tenders {
		name := t.Name
		if p.few() {
			name = letter(i) + "  " + name
		}
		rows = append(rows, []string{name, strings.Join(strings.SplitAfter(p.v.cw.laws(t), ", "), "\n"), strconv.Itoa(t.Applicable), strconv.Itoa(t.Asked), strconv.Itoa(t.Partly), strconv.Itoa(len(t.Alone))})
	}
	return p.fitted(heads, rows)
}

// fitted writes a table whose first column takes what room the others leave. Where that is too little, every row becomes a line of text.
func (p comparePrinter) fitted(heads []string, rows [][]string) error {
	const padding, shortest = 2, 16
	room := p.o.Width - padding
	for i, h := range heads[1:] {
		widest := widestLine(broken(h))
		for _, r := range rows {
			widest = max(widest, widestLine(r[i+1]))
		}
		room -= widest + padding
	}
	if room < shortest {
		for _, r := range rows {
			var parts []string
			for i, cell := range r[1:] {
				parts = append(parts, heads[i+1]+" "+strings.ReplaceAll(cell, "\n", ""))
			}
			p.item(r[0] + ": " + strings.Join(parts, "; "))
		}
		p.blank()
		return nil
	}
	narrow := make([]string, len(heads))
	for i, h := range heads {
		narrow[i] = broken(h)
	}
	for _, r := range rows {
		r[0] = strings.Join(wrap(r[0], room), "\n")
	}
	err := p.grid(narrow, rows)
	p.blank()
	return err
}

func widestLine(s string) int {
	widest := 0
	for l := range strings.SplitSeq(s, "\n") {
		widest = max(widest, utf8.RuneCountInString(l))
	}
	return widest
}

// broken puts each word of a column heading on its own line.
func broken(s string) string { return strings.ReplaceAll(s, " ", "\n") }

func (p comparePrinter) rates() error {
	cw := p.v.cw
	p.heading(cw.Rates, "─")
	p.text("", cw.RateNote)
	p.blank()
	heads := []string{cw.Group, cw.ToWhom, cw.Any, cw.All, cw.OfDemands, cw.Partly}
	for _, by := range ratesBy {
		var rows [][]string
		for _, r := range p.v.rates(by) {
			rows = append(rows, []string{p.v.rateName(r), strconv.Itoa(r.Tenders), cw.share(r.Any, r.Tenders), cw.share(r.All, r.Tenders), cw.share(r.Asked, r.Demands), strconv.Itoa(r.Partly)})
		}
		if len(rows) == 0 {
			continue
		}
		if err := p.fitted(heads, rows); err != nil {
			return err
		}
	}
	return nil
}

// matrix writes a line per requirement with a sign per tender; without --all only where they differ, as what all or none ask has its own place.
func (p comparePrinter) matrix() error {
	cw := p.v.cw
	if !p.few() {
		p.text("", fmt.Sprintf(cw.TooMany, len(p.v.Tenders)))
		p.blank()
		return nil
	}
	shown, same := 0, 0
	show := func(r result.ComparedRequirement) bool {
		return r.Applicable > 0 && (p.o.All || r.Asked > 0 && r.Asked < r.Applicable)
	}
	for _, r := range p.v.Requirements {
		shown += one(show(r))
		same += one(r.Applicable > 0 && r.Asked == r.Applicable)
	}
	title := fmt.Sprintf(cw.Differ, shown)
	if p.o.All {
		title = cw.Matrix
	}
	p.heading(title, "─")
	var legend []string
	for _, s := range append(append([]result.Status{}, result.Statuses...), "") {
		legend = append(legend, p.v.label(s))
	}
	p.text("", cw.Legend+": "+strings.Join(legend, " · "))
	p.blank()
	for _, e := range p.v.elements() {
		p.element(e, show)
	}
	if !p.o.All && same > 0 {
		p.text("", fmt.Sprintf(cw.SameAll, same))
		p.blank()
	}
	return nil
}

func (p comparePrinter) element(element string, show func(result.ComparedRequirement) bool) {
	head, source := "", ""
	for i := range p.v.Tenders {
		head += letter(i) + " "
	}
	begun := false
	for _, r := range p.v.of(element) {
		if !show(*r) {
			continue
		}
		if !begun {
			p.line(p.paint("1", head+" "+element))
			begun = true
		}
		if r.Source != source {
			source = r.Source
			p.text(strings.Repeat(" ", utf8.RuneCountInString(head)+1), "— "+p.v.sourceName(source))
		}
		p.requirement(*r, utf8.RuneCountInString(head)+1)
	}
	if begun {
		p.blank()
	}
}

// requirement writes signs and title; the lines of a long title stand under each other.
func (p comparePrinter) requirement(r result.ComparedRequirement, indent int) {
	signs := ""
	for _, s := range r.Statuses {
		signs += p.paint(ansi[s], shapeOf(s)) + " "
	}
	for i, l := range wrap(r.Title+" ("+r.Requirement+")", p.o.Width-indent) {
		if i == 0 {
			p.line(signs + " " + l)
			continue
		}
		p.line(strings.Repeat(" ", indent) + l)
	}
}

func (p comparePrinter) alone() error {
	cw := p.v.cw
	p.heading(fmt.Sprintf(cw.Alone, p.v.alone()), "─")
	if p.v.alone() == 0 {
		p.line(p.ws.none)
		p.blank()
		return nil
	}
	p.text("", cw.AloneNote)
	p.blank()
	for _, t := range p.v.Tenders {
		if len(t.Alone) == 0 {
			continue
		}
		p.text("", fmt.Sprintf(cw.AloneBy, t.Name, len(t.Alone)))
		if p.few() || p.o.All {
			p.requirements(t.Alone)
		}
	}
	p.blank()
	return nil
}

// requirements lists titles, the first few unless all are asked for.
func (p comparePrinter) requirements(ids []string) {
	for i, id := range ids {
		if i == listOnScreen && !p.o.All {
			p.item(fmt.Sprintf(p.v.cw.More, len(ids)-i))
			return
		}
		title := id
		if r := p.v.byID[id]; r != nil {
			title = r.Title + " (" + id + ")"
		}
		p.item(title)
	}
}

// nobody lists what no tender asks: what the law says first, as the requirements stand in that order.
func (p comparePrinter) nobody() error {
	p.heading(fmt.Sprintf(p.v.cw.Nobody, len(p.v.Nobody)), "─")
	if len(p.v.Nobody) == 0 {
		p.line(p.ws.none)
		p.blank()
		return nil
	}
	p.text("", p.v.cw.NobodyNote)
	p.blank()
	p.requirements(p.v.Nobody)
	p.blank()
	return nil
}

func (p comparePrinter) alike() error {
	cw := p.v.cw
	p.heading(cw.Alike, "─")
	p.text("", cw.AlikeNote)
	p.blank()
	told, untold := p.v.alikeFirst()
	write := func(list []result.Pair) {
		for _, pair := range list {
			p.item(cw.alike(pair, pair.A, pair.B))
		}
	}
	if p.few() || p.o.All || len(told) <= 2*pairsOnScreen {
		write(told)
		write(untold)
		p.blank()
		return nil
	}
	p.text("", cw.MostAlike)
	write(told[:pairsOnScreen])
	p.text("", cw.LeastAlike)
	write(told[len(told)-pairsOnScreen:])
	p.blank()
	return nil
}

func (p comparePrinter) best() error {
	cw := p.v.cw
	best := p.v.best()
	if !p.o.All {
		p.text("", fmt.Sprintf(cw.BestHint, len(best)))
		p.blank()
		return nil
	}
	p.heading(fmt.Sprintf(cw.Best, len(best)), "─")
	p.text("", cw.BestNote)
	p.blank()
	for _, r := range best {
		p.painted("1", r.Title+" ("+r.Requirement+")")
		p.text("  ", p.v.clausePlace(r.Best))
		p.text("  ", "“"+r.Best.Quote+"”")
		if !r.Best.Whole {
			p.text("  ", cw.BestParts)
		}
		p.blank()
	}
	return nil
}
