package rules

// Recogniser says how one requirement shows in a text. It is one entry of a file in defs.
//
// A passage is a block (paragraph, list item, table row) with its heading trail and lead-in. Groups are looked for in all of it, but at least one
// hit must lie in the block itself. The keys work together like this:
//
//	subject      names the subject: enough for "mentioned" and no more
//	all          every group must hit in one passage: the duty is stated (the anchor)
//	strong       one of these phrases is as good as all
//	not          words inside one of these do not count (another meaning)
//	veto         drops the whole passage
//	weak         a neighbour that makes it partial at most (wrong recipient, certificate only)
//	contradicts  phrases that say the opposite, whole
//	negates      what must stand under an exemption ("niet vereist", "hoeft niet") to contradict; default the subject; [] switches it off
//	interval     two dates that must lie far enough apart
//	aspects      per aspect letter its own all/strong; counts only in a passage where the anchor hits, unless scope widens that
//
// Whether a passage binds is not the recogniser's business: duty, party, wishes, zones, general compliance clauses, article citations and exemptions
// are judged by the engine, the same for all (see grade.go).
type Recogniser struct {
	Requirement string            `yaml:"requirement"`
	Note        string            `yaml:"note"`  // why it is written this way
	Party       string            `yaml:"party"` // provider, municipality, either; default the requirement's
	Subject     []string          `yaml:"subject"`
	All         [][]string        `yaml:"all"`
	Strong      []string          `yaml:"strong"`
	Not         []string          `yaml:"not"`
	Veto        []string          `yaml:"veto"`
	Weak        []string          `yaml:"weak"`
	Contradicts []string          `yaml:"contradicts"`
	Negates     *[]string         `yaml:"negates"`
	Interval    *Interval         `yaml:"interval"`
	Aspects     map[string]Aspect `yaml:"aspects"` // by letter: "a", "b"
	Examples    Examples          `yaml:"examples"`
	// File and Line say where the entry stands, for messages.
	File string `yaml:"-"`
	Line int    `yaml:"-"`
}

// Interval covers a requirement by two dates of the dossier: the latest date beside a From phrase and the first later date beside an Until phrase must lie
// at least Months apart; closer together they contradict it. A date belongs to the nearest phrase in its sentence or row.
type Interval struct {
	From   []string `yaml:"from"`
	Until  []string `yaml:"until"`
	Months int      `yaml:"months"`
}

// Aspect says how one aspect of a requirement shows.
type Aspect struct {
	All    [][]string `yaml:"all"`
	Strong []string   `yaml:"strong"`
	Not    []string   `yaml:"not"`
	Party  string     `yaml:"party"` // default the recogniser's
	// Scope says where the anchor must hit: "passage" (default, the same passage), "section" (any passage under the same heading, or the heading), "dossier"
	// (no anchor needed: only for phrases that cannot mean anything else). In a criterion of a framework the words of such an aspect must then stand in one
	// sentence or two in a row, unless the passage names the subject.
	Scope string `yaml:"scope"`
	// Zones lists parts of a tender in which the anchor alone meets the aspect: "it stands in the contract".
	Zones []string `yaml:"zones"`
	// Covered are example texts in which this aspect binds, whatever the rest of the requirement; same form as Examples.
	Covered []string `yaml:"covered"`
}

// Examples are texts with the status the whole requirement must get from them; go test runs every one through the evaluator.
//
// An example is a small document: a blank line separates blocks, "# " starts a heading (default "Eisen"), "- " a list item whose lead-in is the
// paragraph before it, "| a | b |" a table row (the first row of a table is its header when a "|---|" line follows).
type Examples struct {
	Covered      []string `yaml:"covered"`
	Referenced   []string `yaml:"referenced"`
	Partial      []string `yaml:"partial"`
	Mentioned    []string `yaml:"mentioned"`
	Contradicted []string `yaml:"contradicted"`
	Missing      []string `yaml:"missing"`
}
