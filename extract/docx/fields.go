package docx

import (
	"strings"

	"inkooptoets/extract/dossier"
)

// field is an open field: { code | result }. Only the result is printed.
type field struct {
	code   strings.Builder
	result bool
}

// fieldMark handles the begin, the middle and the end of a field.
func (w *walker) fieldMark(kind string, p *paragraph) {
	n := len(w.fields)
	switch kind {
	case "begin":
		if n < maxDepth {
			w.fields = append(w.fields, &field{})
		}
	case "separate":
		if n > 0 {
			w.fields[n-1].result = true
		}
	case "end":
		if n > 0 {
			f := w.fields[n-1]
			w.fields = w.fields[:n-1]
			w.prompt(f, p)
		}
	}
}

// prompt prints the text of a "click here" field, which stands in its code; such a field is one that nobody filled in.
func (w *walker) prompt(f *field, p *paragraph) {
	words := strings.Fields(f.code.String())
	if f.result || len(words) < 3 || !strings.EqualFold(words[0], "MACROBUTTON") {
		return
	}
	p.empty = true
	w.found.placeholders++
	from := p.text.Len()
	w.write(p, strings.Join(words[2:], " ")) // after the name of the macro
	p.mark(dossier.MarkPrompt, from)
}

// inCode says whether text here belongs to the code of a field.
func (w *walker) inCode() bool {
	for _, f := range w.fields {
		if !f.result {
			return true
		}
	}
	return false
}

func (w *walker) fieldCode(text string) {
	if n := len(w.fields); n > 0 && !w.fields[n-1].result && w.fields[n-1].code.Len() < 1<<10 {
		w.fields[n-1].code.WriteString(text)
	}
}

// inContents says whether an open field makes a table of contents.
func (w *walker) inContents() bool {
	for _, f := range w.fields {
		if code := strings.Fields(f.code.String()); f.result && len(code) > 0 && strings.EqualFold(code[0], "TOC") {
			return true
		}
	}
	return false
}

// dropCodes closes the fields that have no result at the end of a paragraph: in a damaged file they would swallow the rest of the text.
func (w *walker) dropCodes() {
	for n := len(w.fields); n > 0 && !w.fields[n-1].result; n-- {
		w.fields = w.fields[:n-1]
	}
}
