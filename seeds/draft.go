package seeds

import (
	"regexp"
	"slices"
)

// The files about the draft itself: what else must be mended before publication.
const checkFile = "findings.yaml"

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

var (
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
