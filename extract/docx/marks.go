package docx

import (
	"slices"
	"strings"

	"inkooptoets/extract/dossier"
)

// markers are the colours that authors use for what they still have to look at; grey and black are ornaments.
var markers = []string{"yellow", "green", "cyan", "magenta", "red", "darkYellow"}

// highlighted reports whether a run with these properties is marked with a colour: with the marker pen, or with a yellow ground as other word processors
// write it.
func highlighted(props *node) bool {
	return slices.Contains(markers, props.child("highlight").attr("val")) || strings.EqualFold(props.child("shd").attr("fill"), "FFFF00")
}

// maxMarks bounds the marks of one paragraph.
const maxMarks = 500

// mark marks what was written since byte offset from. Runs that go on with the same mark make one.
func (p *paragraph) mark(kind string, from int) {
	to := p.text.Len()
	if from == to || len(p.marks) == maxMarks {
		return
	}
	for i := range p.marks {
		if m := &p.marks[i]; m.Kind == kind && m.Start <= from && from <= m.End {
			m.End = max(m.End, to)
			return
		}
	}
	p.marks = append(p.marks, dossier.Mark{Kind: kind, Start: from, End: to})
}

// point marks a place between words: where something was deleted, or where a comment hangs.
func (p *paragraph) point(kind string) {
	m := dossier.Mark{Kind: kind, Start: p.text.Len(), End: p.text.Len()}
	if len(p.marks) < maxMarks && (kind == dossier.MarkComment || !slices.Contains(p.marks, m)) {
		p.marks = append(p.marks, m)
	}
}

// moved gives marks as offsets in a text in which their own text starts at byte offset by.
func moved(marks []dossier.Mark, by int) []dossier.Mark {
	var out []dossier.Mark
	for _, m := range marks {
		out = append(out, dossier.Mark{Kind: m.Kind, Start: m.Start + by, End: m.End + by})
	}
	return out
}
