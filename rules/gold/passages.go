package gold

import (
	"errors"
	"fmt"
	"strings"
)

// Passage is a labelled passage: one text with the right answer for one requirement.
type Passage struct {
	ID          string   `yaml:"id"`
	Requirement string   `yaml:"requirement"`
	Status      Statuses `yaml:"status"`
	Heading     string   `yaml:"kop"`    // heading it stands under; empty: "Eisen"
	LeadIn      string   `yaml:"aanhef"` // sentence before the list it is an item of; empty: a paragraph of its own
	Text        string   `yaml:"tekst"`
	Note        string   `yaml:"note"`
	Line        int      `yaml:"-"` // where the passage stands in its file, from 1
}

// ParsePassages reads a file with a list of labelled passages, as strictly as Parse.
func ParsePassages(name string, data []byte) ([]Passage, error) {
	var passages []Passage
	if err := strict(name, data, &passages); err != nil {
		return nil, err
	}
	lines := entryLines(data, "", len(passages))
	var faults []error
	seen := map[string]int{}
	for i := range passages {
		p := &passages[i]
		p.Line = lines[i]
		at := fmt.Sprintf("%s:%d", name, p.Line)
		if p.ID == "" || p.Requirement == "" || len(p.Status) == 0 || strings.TrimSpace(p.Text) == "" {
			faults = append(faults, fmt.Errorf("%s: passage zonder id, requirement, status of tekst", at))
			continue
		}
		if first, dup := seen[p.ID]; dup {
			faults = append(faults, fmt.Errorf("%s: %s: staat al op regel %d", at, p.ID, first))
		}
		seen[p.ID] = p.Line
	}
	if len(passages) == 0 {
		faults = append(faults, fmt.Errorf("%s:1: geen passages", name))
	}
	return passages, errors.Join(faults...)
}

// Gold gives the passage as the labels of a dossier of its own.
func (p Passage) Gold() Gold {
	return Gold{Dossier: p.ID, Requirements: []Label{{ID: p.Requirement, Status: p.Status, Note: p.Note, Text: p.text(), Line: p.Line}}}
}

// Markdown gives the passage as a small tender of its own: a title that names the law, the heading, and the text as a paragraph or as
// an item under its lead-in.
func (p Passage) Markdown() string {
	title, law := "Aanbestedingsdocument maatschappelijke ondersteuning", "Wmo 2015"
	if Law(p.Requirement) == "jw" {
		title, law = "Aanbestedingsdocument jeugdhulp", "Jeugdwet"
	}
	if strings.Contains(strings.ToLower(p.Requirement+p.Heading+p.Text), "subsidie") {
		title = strings.Replace(title, "Aanbestedingsdocument", "Subsidieregeling", 1)
	}
	heading := p.Heading
	if heading == "" {
		heading = "Eisen"
	}
	text := p.text()
	if lead := strings.TrimSpace(p.LeadIn); lead != "" {
		text = lead + "\n\n- " + text
	}
	return fmt.Sprintf("# %s (%s)\n\n## %s\n\n%s\n", title, law, heading, text)
}

// text is the passage in one line.
func (p Passage) text() string { return strings.Join(strings.Fields(p.Text), " ") }
