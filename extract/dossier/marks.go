package dossier

import (
	"cmp"
	"slices"
	"unicode/utf8"
)

// PlaceMarks gives marks whose offsets are those of raw, as it was written, with the offsets of text: what Clean makes of raw, or the end of that.
func PlaceMarks(raw, text string, marks []Mark) []Mark {
	if len(marks) == 0 {
		return nil
	}
	before := max(0, len(Clean(raw))-len(text)) // a number that was taken off
	offset := func(at int) int {
		n := min(max(0, len(Clean(raw[:at]))-before), len(text))
		for n < len(text) && !utf8.RuneStart(text[n]) {
			n--
		}
		return n
	}
	var out []Mark
	for _, m := range marks {
		start, end := offset(m.Start), offset(m.End)
		for start < end && text[start] == ' ' {
			start++
		}
		if start < end || m.Start == m.End {
			out = append(out, Mark{Kind: m.Kind, Start: start, End: end})
		}
	}
	slices.SortStableFunc(out, func(a, b Mark) int { return cmp.Compare(a.Start, b.Start) })
	return out
}
