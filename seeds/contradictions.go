package seeds

import (
	"slices"

	yaml "go.yaml.in/yaml/v3"
)

const contradictionFile = "contradictions.yaml"

// Contradictions holds the subjects about which all documents of a tender should give the same number.
type Contradictions struct {
	Past       []string // phrases by which a sentence is about contracts of before
	Conditions []string // phrases by which a sentence is about some cases only
	Takers     []string // phrases for other things that a number can belong to
	Facets     []Facet
	Subjects   []Figure
}

// Facet is a question that sets two statements about one subject apart, such as to whom something is reported.
type Facet struct {
	ID      string   `yaml:"id"`
	Default string   `yaml:"default"` // the answer of a statement that gives none; empty: none
	Overlap bool     `yaml:"overlap"` // one answer in common is enough to compare two statements
	Options []Option `yaml:"options"`
}

// Option is one answer to the question of a facet.
type Option struct {
	Value   string   `yaml:"value"`
	Phrases []string `yaml:"phrases"`
}

// Figure is a subject with one number, such as the term of payment.
type Figure struct {
	ID      string   `yaml:"id"`      // "betaaltermijn"; permanent: findings name it as their rule
	Text    string   `yaml:"text"`    // Dutch, inside a sentence: "de betaaltermijn"
	Kind    string   `yaml:"kind"`    // term, duration, date, times, percent, euro, count, level or register
	Phrases []string `yaml:"phrases"` // words by which a sentence is about it
	Near    []string `yaml:"near"`    // words beside which its number stands; empty: Phrases
	Except  []string `yaml:"except"`  // a sentence with one of these is about something else
	Units   []string `yaml:"units"`   // of a count: the word behind the number
	Facets  []string `yaml:"facets"`  // ids of facets
	Carry   bool     `yaml:"carry"`   // the number may stand in the next sentence ("Dit document is niet ouder dan ...")
	Range   bool     `yaml:"range"`   // a first and a last day count as a duration
	// File and Line say where the entry stands, for messages.
	File string `yaml:"-"`
	Line int    `yaml:"-"`
}

// figureLists are the lists of the file, decoded.
type figureLists struct {
	past, conditions, takers []string
	facets                   []entry[Facet]
	subjects                 []entry[Figure]
}

func decodeContradictions(file string, raw []byte) (lists figureLists, faults []fault) {
	doc, faults := document(file, raw)
	if doc == nil {
		return lists, faults
	}
	words := map[string]*[]string{"past": &lists.past, "conditions": &lists.conditions, "takers": &lists.takers}
	facets, subjects := child(doc, "facets"), child(doc, "subjects")
	for _, key := range []string{"past", "conditions", "takers"} {
		n := child(doc, key)
		if n == nil || facets == nil || subjects == nil || len(doc.Content) != 10 {
			return lists, []fault{{file, doc.Line, "want the keys past, conditions, takers, facets and subjects, and no other"}}
		}
		if err := n.Decode(words[key]); err != nil {
			faults = append(faults, fault{file, n.Line, key + ": want a list of phrases"})
		}
	}
	if facets.Kind != yaml.SequenceNode || subjects.Kind != yaml.SequenceNode {
		return lists, append(faults, fault{file, doc.Line, "facets and subjects: want lists"})
	}
	var bad [2][]fault
	lists.facets, bad[0] = decodeEntries[Facet](file, "facet", facets.Content)
	lists.subjects, bad[1] = decodeEntries[Figure](file, "subject", subjects.Content)
	return lists, slices.Concat(faults, bad[0], bad[1])
}

// values puts the lists in the catalogue.
func (l figureLists) values() Contradictions {
	c := Contradictions{Past: l.past, Conditions: l.conditions, Takers: l.takers}
	for _, e := range l.facets {
		c.Facets = append(c.Facets, e.value)
	}
	for _, e := range l.subjects {
		e.value.File, e.value.Line = e.file, e.line
		c.Subjects = append(c.Subjects, e.value)
	}
	return c
}

var figureKinds = []string{"term", "duration", "date", "times", "percent", "euro", "count", "level", "register"}

func checkContradictions(l figureLists) []fault {
	var faults []fault
	var known []string
	firstFacet := map[string]entry[Facet]{}
	for _, e := range l.facets {
		faults = append(faults, checkID(e, e.value.ID, sourceIDForm, firstFacet)...)
		known = append(known, e.value.ID)
		for _, o := range e.value.Options {
			if o.Value == "" || len(o.Phrases) == 0 {
				faults = append(faults, e.at("options", "an option without value or phrases"))
			}
		}
	}
	first := map[string]entry[Figure]{}
	for _, e := range l.subjects {
		f := e.value
		faults = append(faults, checkID(e, f.ID, sourceIDForm, first)...)
		faults = append(faults, checkWord(e, "kind", f.Kind, figureKinds)...)
		faults = append(faults, e.filled("text", f.Text)...)
		if len(f.Phrases) == 0 {
			faults = append(faults, e.at("phrases", "no phrases"))
		}
		if (f.Kind == "count") != (len(f.Units) > 0) {
			faults = append(faults, e.at("units", "units belong to a count, and a count needs them"))
		}
		for _, name := range f.Facets {
			faults = append(faults, checkWord(e, "facets", name, known)...)
		}
	}
	return faults
}
