// Package gold measures a run against labels that people gave. It reads label files, compares them with the rows of a run and prints
// the figures. It does not know how a verdict comes about: it sees labels and rows, never a tender or a recogniser.
//
// A label file belongs to one dossier and says per requirement which status a careful reader gives it:
//
//	dossier: naam
//	profile: {laws: [wmo], segments: [wmo-2], procedure: aanbesteding, services: [begeleiding]}
//	requirements:
//	  - id: wmo-3.5-vog
//	    status: covered            # or a list of two when careful readers differ: either counts as right
//	    evidence: [{file: pve.docx, quote: "a snippet that occurs once"}]
//	    note: why
package gold

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"inkooptoets/rules/result"
)

// Gold is what people say about one dossier.
type Gold struct {
	Dossier          string   `yaml:"dossier" json:"dossier"` // base name of the folder
	Profile          Profile  `yaml:"profile" json:"profile"`
	Requirements     []Label  `yaml:"requirements" json:"requirements"`
	FrameworksScored []string `yaml:"frameworks_scored" json:"frameworks_scored"` // frameworks whose every criterion is labelled
	Outdated         []Quote  `yaml:"outdated" json:"outdated"`                   // references to laws or bodies that no longer exist
	Placeholders     []Quote  `yaml:"placeholders" json:"placeholders"`           // fields left open, instructions to the author left in
}

// Profile is what kind of tender the labeller saw.
type Profile struct {
	Laws      []string `yaml:"laws"`
	Segments  []string `yaml:"segments"`
	Procedure string   `yaml:"procedure"`
	Services  []string `yaml:"services"`
}

// Label is the right answer for one requirement.
type Label struct {
	ID             string   `yaml:"id"`
	Status         Statuses `yaml:"status"` // one, or two when either is right
	AspectsCovered []string `yaml:"aspects_covered"`
	Evidence       []Quote  `yaml:"evidence"`
	Note           string   `yaml:"note"`
	Text           string   `yaml:"-"` // of a labelled passage: the text that is judged
	Line           int      `yaml:"-"` // where the label stands in its file, from 1
}

// Quote is a snippet of a document of the dossier.
type Quote struct {
	File  string `yaml:"file" json:"file"`
	Quote string `yaml:"quote" json:"quote"`
}

// Statuses is one status, or the two that are both right.
type Statuses []result.Status

// UnmarshalYAML accepts a single status and a list, and refuses names that are not a status.
func (s *Statuses) UnmarshalYAML(n *yaml.Node) error {
	nodes := []*yaml.Node{n}
	if n.Kind == yaml.SequenceNode {
		nodes = n.Content
	}
	if len(nodes) == 0 || len(nodes) > 2 {
		return fault(n, "een of twee statussen verwacht, %d gelezen", len(nodes))
	}
	for _, one := range nodes {
		status := result.Status(one.Value)
		if !slices.Contains(result.Statuses, status) {
			return fault(one, "onbekende status %q (kies uit %s)", one.Value, join(result.Statuses, ", "))
		}
		*s = append(*s, status)
	}
	return nil
}

// String lists the statuses with a slash between them.
func (s Statuses) String() string { return join(s, "/") }

// fault is an error in the form that the YAML library collects instead of stopping at the first.
func fault(n *yaml.Node, format string, args ...any) error {
	return &yaml.TypeError{Errors: []string{fmt.Sprintf("line %d: ", n.Line) + fmt.Sprintf(format, args...)}}
}

// Parse reads one label file strictly: it reports every fault at once, each with file and line. JSON is read as well. name is used in
// messages only.
func Parse(name string, data []byte) (Gold, error) {
	var g Gold
	if err := strict(name, data, &g); err != nil {
		return Gold{}, err
	}
	lines := entryLines(data, "requirements", len(g.Requirements))
	var faults []error
	seen := map[string]int{}
	for i := range g.Requirements {
		l := &g.Requirements[i]
		l.Line = lines[i]
		at := fmt.Sprintf("%s:%d", name, l.Line)
		if l.ID == "" {
			faults = append(faults, fmt.Errorf("%s: label zonder id", at))
			continue
		}
		if len(l.Status) == 0 {
			faults = append(faults, fmt.Errorf("%s: %s: geen status", at, l.ID))
		}
		if first, dup := seen[l.ID]; dup {
			faults = append(faults, fmt.Errorf("%s: %s: staat al op regel %d", at, l.ID, first))
			continue
		}
		seen[l.ID] = l.Line
		for _, q := range l.Evidence {
			if q.File == "" || strings.TrimSpace(q.Quote) == "" {
				faults = append(faults, fmt.Errorf("%s: %s: bewijs zonder bestand of citaat", at, l.ID))
			}
		}
	}
	if len(g.Requirements) == 0 {
		faults = append(faults, fmt.Errorf("%s:1: geen labels onder requirements", name))
	}
	return g, errors.Join(faults...)
}

// strict decodes YAML into out and refuses unknown keys.
func strict(name string, data []byte, out any) error {
	dec := yaml.NewDecoder(bytes.NewReader(data))
	dec.KnownFields(true)
	err := dec.Decode(out)
	if err == nil || errors.Is(err, io.EOF) { // an empty file has no faults of its own
		return nil
	}
	var many *yaml.TypeError
	if !errors.As(err, &many) {
		return placed(name, err.Error())
	}
	var faults []error
	for _, e := range many.Errors {
		faults = append(faults, placed(name, e))
	}
	return errors.Join(faults...)
}

var (
	yamlLine     = regexp.MustCompile(`^(?:yaml: )?line (\d+): `)
	yamlField    = regexp.MustCompile(`field (\S+) not found in type .*`)
	yamlMismatch = regexp.MustCompile("cannot unmarshal (!!\\w+)(?: `(.*)`)? into .*")
)

// placed turns a message of the YAML library into "file:line: message".
func placed(name, message string) error {
	line := 1
	if m := yamlLine.FindStringSubmatch(message); m != nil {
		line, _ = strconv.Atoi(m[1]) // the pattern admits digits only
		message = strings.TrimPrefix(message, m[0])
	}
	message = yamlField.ReplaceAllString(message, `onbekend veld "$1"`)
	message = yamlMismatch.ReplaceAllString(message, `verkeerde vorm: $2 ($1)`)
	return fmt.Errorf("%s:%d: %s", name, line, strings.TrimPrefix(message, "yaml: "))
}

// entryLines gives the line of each of the n entries of the list under key, or of the list that is the whole file when key is empty.
// A line that cannot be told (the list is an alias) is 1.
func entryLines(data []byte, key string, n int) []int {
	lines := slices.Repeat([]int{1}, n)
	var doc yaml.Node
	if err := yaml.Unmarshal(data, &doc); err != nil || len(doc.Content) == 0 {
		return lines
	}
	list := doc.Content[0]
	if key != "" {
		list = value(list, key)
	}
	if list != nil && len(list.Content) == n {
		for i, entry := range list.Content {
			lines[i] = entry.Line
		}
	}
	return lines
}

func value(mapping *yaml.Node, key string) *yaml.Node {
	for i := 0; i+1 < len(mapping.Content); i += 2 {
		if mapping.Content[i].Value == key {
			return mapping.Content[i+1]
		}
	}
	return nil
}

// Law gives the group under which an id is counted: "wmo", "jw" and "ov" for the laws, the part before the first dash for others.
func Law(id string) string {
	head, _, _ := strings.Cut(id, "-")
	return head
}

func join[T ~string](list []T, sep string) string {
	var b strings.Builder
	for i, s := range list {
		if i > 0 {
			b.WriteString(sep)
		}
		b.WriteString(string(s))
	}
	return b.String()
}

// sameFile reports whether a label and a passage speak of the same document; labels name a file without its folder.
func sameFile(label, file string) bool {
	return label == file || path.Base(label) == path.Base(file) && !strings.Contains(label, "/")
}

// typography folds what word processors change and readers do not see.
var typography = strings.NewReplacer("’", "'", "‘", "'", "“", `"`, "”", `"`, "„", `"`, "–", "-", "—", "-", "‑", "-", "\u00ad", "", "\u00a0", " ")

func normal(s string) string {
	return strings.ToLower(strings.Join(strings.Fields(typography.Replace(s)), " "))
}
