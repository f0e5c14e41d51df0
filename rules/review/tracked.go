package review

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"inkooptoets/extract/dossier"
	"inkooptoets/rules/result"
)

// prompts finds form fields that show only what to fill in.
func prompts(x *text, s stretch) []leftover {
	if s.form {
		return nil
	}
	var out []leftover
	for _, m := range s.marks {
		if m.Kind == dossier.MarkPrompt && !byBidder(x.block.Text[s.start+m.Start:s.start+m.End]) {
			out = append(out, leftover{"c-placeholder", "prompt", s.start + m.Start, s.start + m.End})
		}
	}
	if len(out) == 0 && s.end == len(x.block.Text) && !hasMark(x.block, dossier.MarkPrompt) && slices.Contains(x.block.Flags, "placeholder") {
		return []leftover{{"c-placeholder", "prompt", s.start, s.end}} // the field is around the row, or the reader does not say where
	}
	return out
}

// hasMark reports whether a block or one of its cells has a mark of the kind.
func hasMark(b *dossier.Block, kind string) bool {
	is := func(m dossier.Mark) bool { return m.Kind == kind }
	return slices.ContainsFunc(b.Marks, is) || slices.ContainsFunc(b.Cells, func(c dossier.Cell) bool { return slices.ContainsFunc(c.Marks, is) })
}

// colourLegend says what a colour means: then it is no note to oneself.
var colourLegend = regexp.MustCompile(`(?i)\b(?:gele?|groene?|blauwe?|gekleurde?|gearceerde?|gemarkeerde?) (?:gemarkeerde |gekleurde |gearceerde )?(?:velden|veld|cellen|cel|vakken|vak|vlakken|passages|delen|onderdelen)\b`)

// colourLegends lists the files that say what a colour in them means.
func (t *tender) colourLegends() map[*dossier.Document]bool {
	coloured, out := map[*dossier.Document]bool{}, map[*dossier.Document]bool{}
	for i := range t.texts {
		if x := &t.texts[i]; !coloured[x.doc] && hasMark(x.block, dossier.MarkHighlight) {
			coloured[x.doc] = true
		}
	}
	for i := range t.texts {
		if x := &t.texts[i]; coloured[x.doc] && !out[x.doc] {
			out[x.doc] = colourLegend.MatchString(x.block.Text)
		}
	}
	return out
}

// highlights finds words with a colour on them that are not found for another reason.
func highlights(x *text, s stretch, found []leftover) []leftover {
	if s.form {
		return nil
	}
	var out []leftover
	for _, m := range s.marks {
		start, end := s.start+m.Start, s.start+m.End
		if m.Kind != dossier.MarkHighlight || !strings.ContainsFunc(x.block.Text[start:end], func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) {
			continue
		}
		if !slices.ContainsFunc(found, func(l leftover) bool { return start < l.end && l.start < end }) {
			out = append(out, leftover{"c-placeholder", "highlight", start, end})
		}
	}
	return out
}

// tracked finds files that still hold tracked changes or comments: one finding per file, with every place that is known.
func tracked(_ *Reviewer, t *tender) []result.Finding {
	var out []result.Finding
	for i := range t.Documents {
		doc := &t.Documents[i]
		out = append(out, changesIn(doc)...)
		out = append(out, commentsIn(doc)...)
	}
	return out
}

func changesIn(doc *dossier.Document) []result.Finding {
	inserted, deleted := placesOf(doc, dossier.MarkInserted, "inserted"), placesOf(doc, dossier.MarkDeleted, "")
	places := append(slices.Clone(inserted), deleted...)
	if len(places) == 0 && !warned(doc, "tracked-changes") {
		return nil
	}
	message := "Het bestand bevat nog bijgehouden wijzigingen"
	var counts []string
	if n := len(inserted); n > 0 {
		counts = append(counts, fmt.Sprintf("%d keer ingevoegd", n))
	}
	if n := len(deleted); n > 0 {
		counts = append(counts, fmt.Sprintf("%d keer verwijderd", n))
	}
	if len(counts) > 0 {
		message += " (" + strings.Join(counts, ", ") + ")"
	}
	return []result.Finding{inFile(doc, "c-tracked", message+".", "Aanvaard of weiger alle wijzigingen en publiceer een schone versie.", places)}
}

func commentsIn(doc *dossier.Document) []result.Finding {
	places := placesOf(doc, dossier.MarkComment, "")
	if len(places) == 0 && !warned(doc, "comments") {
		return nil
	}
	message := "Het bestand bevat nog opmerkingen van lezers."
	switch n := len(places); {
	case n == 1:
		message = "Het bestand bevat nog 1 opmerking van een lezer."
	case n > 1:
		message = fmt.Sprintf("Het bestand bevat nog %d opmerkingen van lezers.", n)
	}
	return []result.Finding{inFile(doc, "c-comment", message, "Verwerk de opmerkingen en verwijder ze.", places)}
}

func warned(doc *dossier.Document, code string) bool {
	return slices.ContainsFunc(doc.Warnings, func(w dossier.Warning) bool { return w.Code == code })
}

// placesOf lists the marks of one kind in a file, and the blocks that have the flag but no mark that says where.
func placesOf(doc *dossier.Document, kind, flag string) []result.Place {
	var out []result.Place
	for i := range doc.Blocks {
		b := &doc.Blocks[i]
		at := func(start, end int) {
			out = append(out, result.Place{File: doc.Path, Page: b.Loc.Page, Block: b.Loc.Block, Start: start, End: end})
		}
		for _, m := range b.Marks {
			if m.Kind == kind {
				at(m.Start, m.End)
			}
		}
		for _, c := range b.Cells {
			for _, m := range c.Marks {
				if m.Kind == kind {
					at(c.Start+m.Start, c.Start+m.End)
				}
			}
		}
		if flag != "" && !hasMark(b, kind) && slices.Contains(b.Flags, flag) {
			at(0, len(b.Text))
		}
	}
	return out
}

// inFile makes a finding about a file at the first of places, with the others behind it; about the file as a whole when there are none.
func inFile(doc *dossier.Document, id, message, suggestion string, places []result.Place) result.Finding {
	f := result.Finding{ID: id, Message: message, Suggestion: suggestion, File: doc.Path}
	if len(places) == 0 {
		for _, w := range doc.Warnings { // what is known is the first page
			if f.Page == 0 && (w.Code == "comments" && id == "c-comment" || w.Code == "tracked-changes" && id == "c-tracked") {
				f.Page = w.Page
			}
		}
		return f
	}
	p := places[0]
	f.Page, f.Block, f.Start, f.End, f.Quote, f.Places = p.Page, p.Block, p.Start, p.End, doc.Blocks[p.Block].Text, places[1:]
	if len(f.Places) == 0 {
		f.Places = nil
	}
	return f
}
