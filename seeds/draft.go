package seeds

import (
	"regexp"
	"slices"

	yaml "go.yaml.in/yaml/v3"
)

// The files about the draft itself: what else must be mended before publication.
const (
	checkFile    = "findings.yaml"
	outdatedFile = "outdated.yaml"
)

// Check is one kind of finding about a draft, such as a reference to a law that is no more.
type Check struct {
	ID       string `yaml:"id"`       // "c-outdated"; findings and waivers name it
	Title    string `yaml:"title"`    // Dutch, at most 70 characters
	Severity string `yaml:"severity"` // error, warning, note
	Text     string `yaml:"text"`     // Dutch, B1: what is wrong and why it matters
	Advice   string `yaml:"advice"`   // Dutch: what to do
	// File and Line say where the entry stands, for messages.
	File string `yaml:"-"`
	Line int    `yaml:"-"`
}

// Outdated holds the names of what no longer exists, and the words by which a sentence speaks of the past.
type Outdated struct {
	History []string // phrases
	Names   []OldName
}

// OldName is a name that drafts still use for what is no longer there, or never was.
type OldName struct {
	ID       string   `yaml:"id"`       // "wbp"; permanent: findings name it as their rule
	Patterns []string `yaml:"patterns"` // phrases
	Exact    []string `yaml:"exact"`    // phrases that count only with the very same capitals
	Except   []string `yaml:"except"`   // longer names that do exist
	Beside   []string `yaml:"beside"`   // one of these phrases must stand in the same sentence; empty: no need
	Was      string   `yaml:"was"`      // Dutch, opens a sentence: "De Wet Bopz"
	Now      string   `yaml:"now"`      // Dutch, inside a sentence: "de Wvggz en de Wzd"
	Since    string   `yaml:"since"`    // first day on which the name is wrong, YYYY-MM-DD; empty: always
	Kind     string   `yaml:"kind"`     // gone, misprint, name, wording
	Severity string   `yaml:"severity"` // empty: that of the check
	Note     string   `yaml:"note"`     // Dutch sentence: what else to know; empty for most
	// File and Line say where the entry stands, for messages.
	File string `yaml:"-"`
	Line int    `yaml:"-"`
}

// decodeOutdated reads the file with the words of history and the names.
func decodeOutdated(file string, raw []byte) (history []string, names []entry[OldName], faults []fault) {
	doc, faults := document(file, raw)
	if doc == nil {
		return nil, nil, faults
	}
	words, list := child(doc, "history"), child(doc, "names")
	if words == nil || list == nil || list.Kind != yaml.SequenceNode || len(doc.Content) != 4 {
		return nil, nil, []fault{{file, doc.Line, "want the keys history and names, and no other"}}
	}
	if err := words.Decode(&history); err != nil {
		faults = append(faults, fault{file, words.Line, "history: want a list of phrases"})
	}
	names, bad := decodeEntries[OldName](file, "name", list.Content)
	return history, names, append(faults, bad...)
}

func checkOldNames(names []entry[OldName]) []fault {
	var faults []fault
	first := map[string]entry[OldName]{}
	for _, e := range names {
		n := e.value
		faults = append(faults, checkID(e, n.ID, sourceIDForm, first)...)
		faults = append(faults, checkWord(e, "kind", n.Kind, oldKinds)...)
		faults = append(faults, e.filled("was", n.Was, "now", n.Now)...)
		if n.Severity != "" {
			faults = append(faults, checkWord(e, "severity", n.Severity, severities)...)
		}
		if len(n.Patterns)+len(n.Exact) == 0 {
			faults = append(faults, e.at("patterns", "neither patterns nor exact"))
		}
		if n.Since != "" && !isDate(n.Since) {
			faults = append(faults, e.at("since", "since %q is not a date (YYYY-MM-DD)", n.Since))
		}
		if n.Since == "" && n.Kind == "gone" {
			faults = append(faults, e.at("since", "no since: what is gone was there until some day"))
		}
	}
	return faults
}

var (
	oldKinds   = []string{"gone", "misprint", "name", "wording"}
	severities = []string{"error", "warning", "note"}
	checkForm  = regexp.MustCompile(`^c-[a-z0-9]+(-[a-z0-9]+)*$`)
)

func checkChecks(checks []entry[Check]) []fault {
	var faults []fault
	first := map[string]entry[Check]{}
	for _, e := range checks {
		c := e.value
		faults = append(faults, checkID(e, c.ID, checkForm, first)...)
		faults = append(faults, checkWord(e, "severity", c.Severity, severities)...)
		faults = append(faults, e.filled("title", c.Title, "text", c.Text, "advice", c.Advice)...)
		faults = append(faults, checkTitle(e, c.Title)...)
	}
	return faults
}

// filled demands text behind keys; pairs are key and text in turn.
func (e entry[T]) filled(pairs ...string) []fault {
	var faults []fault
	for i := 0; i+1 < len(pairs); i += 2 {
		if blank(pairs[i+1]) {
			faults = append(faults, e.at(pairs[i], "no %s", pairs[i]))
		}
	}
	return faults
}

// Check returns the kind of finding with that id; ok is false if there is none.
func (c *Catalogue) Check(id string) (k Check, ok bool) {
	i := slices.IndexFunc(c.Checks, func(k Check) bool { return k.ID == id })
	if i < 0 {
		return Check{}, false
	}
	return c.Checks[i], true
}
