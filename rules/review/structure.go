package review

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"inkooptoets/extract/dossier"
	"inkooptoets/rules/result"
)

// A paragraph is worth a word when it stands twice from this many words: shorter ones repeat by nature.
const longEnough = 14

// duplicates finds paragraphs that stand twice in one file. Paragraphs that follow each other in both places make one finding.
func duplicates(_ *Reviewer, t *tender) []result.Finding {
	var out []result.Finding
	for start := 0; start < len(t.texts); {
		end := start
		for end < len(t.texts) && t.texts[end].doc == t.texts[start].doc {
			end++
		}
		out = append(out, t.duplicatesIn(t.texts[start:end])...)
		start = end
	}
	return out
}

func (t *tender) duplicatesIn(texts []text) []result.Finding {
	words := make([]string, len(texts))
	for i := range texts {
		words[i] = texts[i].plainWords()
	}
	var out []result.Finding
	first := map[string]int{}
	for j := 0; j < len(texts); j++ {
		if !t.repeatable(&texts[j]) {
			continue
		}
		i, seen := first[words[j]]
		if !seen {
			first[words[j]] = j
			continue
		}
		if texts[i].otherLot(&texts[j]) {
			continue
		}
		n := 1
		for j+n < len(texts) && i+n < j && words[i+n] == words[j+n] && words[j+n] != "" && texts[j+n].block.Kind != dossier.Row {
			n++
		}
		out = append(out, duplicate(&texts[i], &texts[j], n))
		j += n - 1
	}
	return out
}

// repeatable reports whether a block is one that should not stand in a file twice.
func (t *tender) repeatable(x *text) bool {
	return (x.block.Kind == dossier.Paragraph || x.block.Kind == dossier.Item) && !wholeBracket(x.block.Text) && x.block.Zone != dossier.ZoneTOC && len(x.fold.Tokens) >= longEnough && !t.inForm(x)
}

// wholeBracket reports whether a text is no more than something between brackets, which is reported as what it is.
func wholeBracket(s string) bool {
	end, _ := closing(s, 0)
	return strings.HasPrefix(s, "[") && end == len(s)
}

// plainWords is the text of a block without capitals, signs and spaces of its own.
func (x *text) plainWords() string {
	var b strings.Builder
	for _, tok := range x.fold.Tokens {
		b.WriteString(tok.Text)
		b.WriteByte(' ')
	}
	return b.String()
}

var lot = regexp.MustCompile(`(?i)\b(?:perceel|deelopdracht|product|segment|variant|profiel)\b`)

// otherLot reports whether two blocks stand under different lots or products: what holds for both is then said of each.
func (x *text) otherLot(y *text) bool {
	if slices.Equal(x.block.Path, y.block.Path) {
		return false
	}
	return slices.ContainsFunc(x.block.Path, lot.MatchString) && slices.ContainsFunc(y.block.Path, lot.MatchString)
}

func duplicate(x, y *text, n int) result.Finding {
	what, where := "Deze alinea staat", ""
	if n > 1 {
		what = fmt.Sprintf("Dit stuk van %d alinea's staat", n)
	}
	if len(x.block.Path) > 0 {
		where = ", onder " + quoted(x.block.Path[len(x.block.Path)-1])
	}
	if x.block.Loc.Page > 0 {
		where += fmt.Sprintf(" (blz. %d)", x.block.Loc.Page)
	}
	f := y.finding("c-duplicate", 0, len(y.block.Text), fmt.Sprintf("%s al eerder in dit bestand%s.", what, where))
	f.Suggestion = "Haal een van de twee weg, of verwijs. Bij een wijziging later lopen ze anders uiteen."
	f.Places = []result.Place{x.place(0, len(x.block.Text))}
	return f
}

// number is the number of a heading, article or demand, in parts: "E 4.2" is the label "E" with 4 and 2.
type number struct {
	label string
	parts []int
	x     *text
}

var (
	numberForm = regexp.MustCompile(`^(?i:(artikel|hoofdstuk|paragraaf|bijlage|eis|[A-Z]{1,4}))?[ .-]?(\d{1,3}(?:\.\d{1,3}){0,4})[.:)]?$`)
	numberHead = regexp.MustCompile(`^(\d{1,3}(?:\.\d{1,3}){1,4})[.:)]?\s+\p{Lu}`)
)

// numberOf reads the number of a block: the one the reader found, or the first cell of a row.
func (x *text) numberOf() (number, bool) {
	raw := x.block.Number
	if x.block.Kind == dossier.Row && len(x.block.Cells) > 0 {
		raw = x.block.Cells[0].Text
	}
	if raw == "" && x.block.Kind == dossier.Paragraph {
		if m := numberHead.FindStringSubmatch(x.block.Text); m != nil {
			raw = m[1]
		}
	}
	m := numberForm.FindStringSubmatch(strings.TrimSpace(raw))
	if m == nil {
		return number{}, false
	}
	n := number{label: strings.ToUpper(m[1]), x: x}
	for p := range strings.SplitSeq(m[2], ".") {
		v, err := strconv.Atoi(p)
		if err != nil {
			return number{}, false
		}
		n.parts = append(n.parts, v)
	}
	return n, true
}

func (n number) String() string { return n.under(n.parts[len(n.parts)-1]) }

// under is the number with another last part.
func (n number) under(last int) string {
	var out []string
	for _, p := range n.parts[:len(n.parts)-1] {
		out = append(out, strconv.Itoa(p))
	}
	label := n.label
	if len(label) > 4 {
		label = capital(strings.ToLower(label)) + " "
	}
	return label + strings.Join(append(out, strconv.Itoa(last)), ".")
}

// counts reports whether gaps in the numbers of such blocks tell anything: lists start anew all the time, so plain items do not.
func (n number) counts() bool {
	switch n.x.block.Kind {
	case dossier.Heading:
		return true
	case dossier.Row:
		return n.label != "" || len(n.parts) > 1
	}
	return len(n.parts) > 1 || n.label != "" && n.x.block.Kind == dossier.Item
}

// row is the numbers that follow each other under one parent.
type numberRow struct {
	numbers []number
}

const (
	fewestNumbers = 4 // in a row in which a gap tells something
	mostMissing   = 2 // more missing numbers make it a selection from another list
)

// numbering finds numbers that are skipped and numbers that stand twice.
func numbering(_ *Reviewer, t *tender) []result.Finding {
	var out []result.Finding
	for start := 0; start < len(t.texts); {
		end := start
		for end < len(t.texts) && t.texts[end].doc == t.texts[start].doc {
			end++
		}
		out = append(out, numberingIn(t.texts[start:end])...)
		start = end
	}
	return out
}

func numberingIn(texts []text) []result.Finding {
	var rows []*numberRow
	open := map[string]*numberRow{} // the row that is open, by label and parent
	top := map[string]int{}         // last first part, by label and form
	for i := range texts {
		x := &texts[i]
		if x.block.Zone == dossier.ZoneTOC || slices.Contains(x.block.Flags, "header-row") {
			continue
		}
		n, ok := x.numberOf()
		if !ok || !n.counts() {
			if x.block.Kind == dossier.Heading && annexTitle(x.block, x.block.Loc.Block) {
				clear(open) // an annex has numbers of its own
				clear(top)
			}
			continue
		}
		if x.block.Kind == dossier.Heading && n.parts[0] < top[n.label] && n.parts[0] <= 1 {
			clear(open)
			clear(top)
		}
		if x.block.Kind == dossier.Heading {
			top[n.label] = n.parts[0]
		}
		key := fmt.Sprint(n.label, len(n.parts), n.parts[:len(n.parts)-1], x.block.Kind == dossier.Heading, x.block.Table)
		if open[key] == nil {
			open[key] = &numberRow{}
			rows = append(rows, open[key])
		}
		open[key].numbers = append(open[key].numbers, n)
	}
	var out []result.Finding
	for _, r := range rows {
		out = append(out, r.findings(texts)...)
	}
	return out
}

func (r *numberRow) findings(texts []text) []result.Finding {
	var out []result.Finding
	seen := map[int]number{}
	last, rising := -1, true
	for _, n := range r.numbers {
		v := n.parts[len(n.parts)-1]
		if was, twice := seen[v]; twice {
			if n.x.block.Kind == dossier.Heading && n.x.block.Text != was.x.block.Text || n.x.block.Kind == dossier.Row && n.label != "" && n.x.block.Text != was.x.block.Text {
				f := n.x.finding("c-numbering", 0, len(n.x.block.Text), fmt.Sprintf("Nummer %s staat er twee keer, met een andere tekst.", n))
				f.Rule, f.Suggestion, f.Places = "twice", "Geef een van de twee een eigen nummer, en kijk na welke verwijzingen ernaar gaan.", []result.Place{was.x.place(0, len(was.x.block.Text))}
				out = append(out, f)
			}
			continue
		}
		seen[v] = n
		rising = rising && v > last
		last = v
	}
	if len(seen) < fewestNumbers || !rising {
		return out
	}
	var missing []number
	for i, n := range r.numbers[1:] {
		from, to := r.numbers[i].parts[len(n.parts)-1], n.parts[len(n.parts)-1]
		for v := from + 1; v < to; v++ {
			if len(missing) > 10*mostMissing {
				return out
			}
			gone := n
			gone.parts = append(slices.Clone(n.parts[:len(n.parts)-1]), v)
			missing = append(missing, gone)
		}
	}
	missing = slices.DeleteFunc(missing, func(n number) bool { return elsewhereInFile(texts, n.String()) })
	if len(missing) == 0 || len(missing) > mostMissing {
		return out
	}
	for _, n := range missing {
		f := n.x.finding("c-numbering", 0, len(n.x.block.Text), fmt.Sprintf("Nummer %s ontbreekt: na %s volgt %s.", n, n.under(n.parts[len(n.parts)-1]-1), r.after(n)))
		f.Rule, f.Suggestion = "gap", "Kijk of er een onderdeel is weggevallen. Zo niet, nummer dan door of zet erbij: ‘vervallen’."
		out = append(out, f)
	}
	return out
}

// after is the number that stands where n should.
func (r *numberRow) after(n number) number {
	for _, o := range r.numbers {
		if o.x == n.x {
			return o
		}
	}
	return n
}

// elsewhereInFile reports whether a number stands somewhere in the file as the number of a text: at its start, or in the middle of one that the reader
// joined.
func elsewhereInFile(texts []text, n string) bool {
	for i := range texts {
		own := titled(texts[i].block)
		for at := 0; ; {
			k := strings.Index(own[at:], n)
			if k < 0 {
				break
			}
			k += at
			after := strings.TrimLeft(own[k+len(n):], ".:)")
			whole := k == 0 || strings.ContainsRune(" \u00a0|:", lastRune(own[:k]))
			if whole && (after == "" || after[0] == ' ' && (k == 0 || len(after) > 1 && after[1] >= 'A' && after[1] <= 'Z')) {
				return true
			}
			at = k + len(n)
		}
	}
	return false
}

// blankByNature are headings under which a reader finds nothing: a place to sign, a picture.
var blankByNature = regexp.MustCompile(`(?i)handtekening|ondertekening|colofon|inhoud|organogram|schema|figuur|afbeelding|kaart|tabel|bijlage|voorblad|titel`)

// emptyHeadings finds headings without text under them. Headings that were recognised by their looks are left out: they may be lines of a cover.
func emptyHeadings(_ *Reviewer, t *tender) []result.Finding {
	var out []result.Finding
	for i := range t.texts {
		x := &t.texts[i]
		b := x.block
		if b.Kind != dossier.Heading || b.Loc.Block < titlePage || b.Zone == dossier.ZoneTOC || b.Loc.Page > 0 && b.Number == "" || slices.Contains(b.Flags, "by-form") || slices.Contains(b.Flags, "textbox") {
			continue
		}
		if i+1 == len(t.texts) || t.texts[i+1].doc != x.doc {
			continue // what ends a file may hold a picture or a place to sign
		}
		next := t.texts[i+1].block
		if next.Kind == dossier.Heading && next.Level <= b.Level && !slices.Contains(next.Flags, "by-form") && !blankByNature.MatchString(titled(b)) && !t.inForm(x) {
			f := x.finding("c-empty", 0, len(b.Text), "Onder deze kop staat geen tekst.")
			f.Suggestion = "Schrijf het onderdeel uit, of haal de kop weg."
			out = append(out, f)
		}
	}
	return out
}
