package report

import (
	"fmt"
	"io"
	"reflect"
	"slices"
	"strings"

	"inkooptoets/rules/result"
)

// searchWords are the fixed words of the answer to a question.
type searchWords struct {
	Found, FoundMore, None string
	Evidence               string
}

var searchLanguages = map[string]searchWords{
	"nl": {
		Found: "%d passages in %d dossiers gevonden", FoundMore: "hieronder de eerste %d; meer: -n", None: "Niets gevonden in %d dossiers. Probeer een ander woord, een begin met * (klacht*), of OF tussen woorden.",
		Evidence: "bewijs bij",
	},
	"en": {
		Found: "%d passages found in %d dossiers", FoundMore: "below the first %d; more: -n", None: "Nothing found in %d dossiers. Try another word, a start with * (klacht*), or OR between words.",
		Evidence: "evidence for",
	},
}

var searchFormats = formats[result.Search]{
	{"table", func(w io.Writer, s result.Search, o Options) error { return searchTable(w, shownSearch(s), o) }},
	{"markdown", func(w io.Writer, s result.Search, o Options) error { return searchMarkdown(w, shownSearch(s), o) }},
	{"json", func(w io.Writer, s result.Search, _ Options) error { return result.EncodeSearch(w, s) }},
}

// SearchNames lists the forms that the answer to a question can have, the default first.
func SearchNames() []string { return searchFormats.names() }

// WriteSearch writes the answer to a question in the named format; an empty name is the default one.
func WriteSearch(w io.Writer, format string, s result.Search, o Options) error {
	return searchFormats.to(w, format, "an answer", s, o)
}

// shownSearch is s with its texts made fit to show and its passages cut around the first word of the question.
func shownSearch(s result.Search) result.Search {
	out := cleanCopy(reflect.ValueOf(s)).Interface().(result.Search)
	for i, h := range s.Hits {
		out.Hits[i].Quote, out.Hits[i].Marks = markedAll(h.Quote, h.Marks)
	}
	return out
}

// markedAll cleans a passage, cuts it around the first mark and moves the marks along; those that fall outside are left out.
func markedAll(quote string, marks [][2]int) (string, [][2]int) {
	start, end := 0, 0
	if len(marks) > 0 {
		start, end = marks[0][0], marks[0][1]
	}
	text := excerpt(quote, start, end)
	var out [][2]int
	at := 0
	for _, m := range marks {
		if m[0] < 0 || m[1] > len(quote) || m[0] >= m[1] {
			continue
		}
		word := clean(quote[m[0]:m[1]])
		k := strings.Index(text[at:], word) // marks come in the order of the text
		if word == "" || k < 0 {
			continue
		}
		out = append(out, [2]int{at + k, at + k + len(word)})
		at += k + len(word)
	}
	return text, out
}

// around writes text with before and after put around its marks, every stretch through show.
func around(text string, marks [][2]int, before, after string, show func(string) string) string {
	var b strings.Builder
	at := 0
	for _, m := range marks {
		b.WriteString(show(text[at:m[0]]) + before + show(text[m[0]:m[1]]) + after)
		at = m[1]
	}
	b.WriteString(show(text[at:]))
	return b.String()
}

func (sw searchWords) head(s result.Search) string {
	if len(s.Hits) == 0 {
		return fmt.Sprintf(sw.None, s.Tenders)
	}
	head := fmt.Sprintf(sw.Found, s.Total, s.Tenders)
	if s.Total > len(s.Hits) {
		head += "; " + fmt.Sprintf(sw.FoundMore, len(s.Hits))
	}
	return head + "."
}

// whose is the dossier of a hit with its municipalities, unless its name says that already.
func whose(h result.Hit) string {
	named := slices.DeleteFunc(slices.Clone(h.Municipalities), func(m string) bool { return strings.Contains(strings.ToLower(h.Dossier), strings.ToLower(m)) })
	if len(named) == 0 {
		return h.Dossier
	}
	return h.Dossier + " (" + strings.Join(named, ", ") + ")"
}

func searchTable(w io.Writer, s result.Search, o Options) error {
	ws, sw := languages[o.Lang], searchLanguages[o.Lang]
	var b strings.Builder
	b.WriteString(strings.Join(wrap(sw.head(s), o.Width), "\n") + "\n")
	before, after := "[", "]"
	if o.Color {
		before, after = "\x1b[1m", "\x1b[0m"
	}
	for i, h := range s.Hits {
		where := whose(h) + " · " + place(h.File, h.Page, h.Path, ws)
		lines := wrap(where, o.Width-5)
		fmt.Fprintf(&b, "\n%3d. %s\n", i+1, strings.Join(lines, "\n     "))
		text := wrap(h.Quote, o.Width-5)
		b.WriteString("     " + strings.Join(marksIn(text, h, before, after), "\n     ") + "\n")
		if len(h.Requirements) > 0 {
			b.WriteString("     " + strings.Join(wrap(sw.Evidence+" "+strings.Join(h.Requirements, ", "), o.Width-5), "\n     ") + "\n")
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// marksIn puts the marks of a passage into its lines. A mark counts bytes of the whole passage; a line break stands for one space.
func marksIn(lines []string, h result.Hit, before, after string) []string {
	out := make([]string, len(lines))
	start := 0
	for i, line := range lines {
		if k := strings.Index(h.Quote[start:], line); k >= 0 {
			start += k
		}
		var here [][2]int
		for _, m := range h.Marks {
			if from, to := max(m[0]-start, 0), min(m[1]-start, len(line)); from < to { // a mark may go on in the next line
				here = append(here, [2]int{from, to})
			}
		}
		out[i] = around(line, here, before, after, func(s string) string { return s })
		start = min(start+len(line), len(h.Quote))
	}
	return out
}

func searchMarkdown(w io.Writer, s result.Search, o Options) error {
	ws, sw := languages[o.Lang], searchLanguages[o.Lang]
	var b strings.Builder
	b.WriteString(prose(sw.head(s)) + "\n")
	for i, h := range s.Hits {
		fmt.Fprintf(&b, "\n%d. %s\n\n   > %s\n", i+1, prose(whose(h)+" · "+place(h.File, h.Page, h.Path, ws)), around(h.Quote, h.Marks, "**", "**", prose))
		if len(h.Requirements) > 0 {
			b.WriteString("\n   " + prose(sw.Evidence+" "+strings.Join(h.Requirements, ", ")) + "\n")
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}
