// Package config reads the settings file inkooptoets.yaml: bytes in, settings out. Which file holds for a dossier, and what goes before it, is for the
// command to say. Messages are Dutch, as the people who write the file are.
package config

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	_ "embed" // for the schema and the example

	yaml "go.yaml.in/yaml/v3"

	"inkooptoets/rules/policy"
	"inkooptoets/seeds"
)

// Name is the file name of the settings.
const Name = "inkooptoets.yaml"

// Thresholds are the values of fail-on, heaviest first.
var Thresholds = []string{"statutory", "framework", "advice", "none"}

// Settings is what a file sets; what it leaves out is empty.
type Settings struct {
	Laws       []string        `yaml:"laws"`
	Segments   []string        `yaml:"segments"`
	Procedure  string          `yaml:"procedure"`
	Variant    string          `yaml:"variant"`
	Services   []string        `yaml:"services"`
	Frameworks []string        `yaml:"frameworks"`
	FailOn     string          `yaml:"fail-on"`
	Date       string          `yaml:"date"`
	Rules      []string        `yaml:"rules"` // folders with requirements and recognisers of one's own, seen from the file
	Waivers    []policy.Waiver `yaml:"waivers"`

	file string
	node *yaml.Node
}

// Schema is the JSON Schema of the file, for editors.
//
//go:embed schema.json
var Schema []byte

// Example is a file with every setting explained and switched off.
//
//go:embed example.yaml
var Example []byte

// Parse reads a file; name is how messages call it. The error joins every fault, each with its line.
func Parse(name string, raw []byte) (Settings, error) {
	s := Settings{file: name}
	dec := yaml.NewDecoder(bytes.NewReader(raw))
	var doc yaml.Node
	switch err := dec.Decode(&doc); {
	case errors.Is(err, io.EOF):
		return s, nil
	case err != nil:
		return s, notYAML(name, err)
	}
	if err := dec.Decode(new(yaml.Node)); !errors.Is(err, io.EOF) {
		return s, fmt.Errorf("%s: er staat meer dan één document in; haal de regel --- weg", name)
	}
	root := doc.Content[0]
	if root.Kind == yaml.ScalarNode && root.Tag == "!!null" { // every line is a comment
		return s, nil
	}
	r := reader{file: name}
	r.mapping(root, reflect.TypeFor[Settings]())
	if len(r.faults) > 0 {
		return s, errors.Join(r.faults...)
	}
	if err := root.Decode(&s); err != nil {
		return s, notYAML(name, err)
	}
	s.node = root
	if list := valueOf(root, "waivers"); list != nil {
		for i, n := range list.Content {
			s.Waivers[i].Place = fmt.Sprintf("%s:%d", name, n.Line)
		}
	}
	return s, s.validate()
}

var yamlPlace = regexp.MustCompile(`^(?:yaml: )?(?:line (\d+): )?`)

// notYAML puts the place before a message of the YAML library.
func notYAML(name string, err error) error {
	m := yamlPlace.FindStringSubmatch(err.Error())
	place := name
	if m[1] != "" {
		place += ":" + m[1]
	}
	return fmt.Errorf("%s: geen geldige YAML (%s); let op inspringen, dubbele punten en aanhalingstekens", place, err.Error()[len(m[0]):])
}

// reader walks the file along the type of the settings.
type reader struct {
	file   string
	faults []error
}

func (r *reader) fault(n *yaml.Node, format string, args ...any) {
	r.faults = append(r.faults, fmt.Errorf("%s:%d: %s", r.file, n.Line, fmt.Sprintf(format, args...)))
}

func (r *reader) mapping(n *yaml.Node, t reflect.Type) {
	if n.Kind != yaml.MappingNode {
		r.fault(n, "verwacht regels als \"sleutel: waarde\"")
		return
	}
	types := fields(t)
	var names []string
	for _, f := range types {
		names = append(names, f.name)
	}
	first := map[string]int{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		if line, twice := first[key.Value]; twice {
			r.fault(key, "sleutel %q staat ook al op regel %d", key.Value, line)
			continue
		}
		first[key.Value] = key.Line
		at := slices.Index(names, key.Value)
		if at < 0 {
			r.fault(key, "%s", unknown("sleutel", key.Value, names))
			continue
		}
		r.value(key.Value, value, types[at].typ)
	}
}

type field struct {
	name string
	typ  reflect.Type
}

func fields(t reflect.Type) []field {
	var out []field
	for i := range t.NumField() {
		if tag := t.Field(i).Tag.Get("yaml"); tag != "" && tag != "-" {
			out = append(out, field{tag, t.Field(i).Type})
		}
	}
	return out
}

func (r *reader) value(key string, n *yaml.Node, t reflect.Type) {
	null := n.Kind == yaml.ScalarNode && n.Tag == "!!null"
	switch {
	case null: // "laws:" with nothing behind it sets nothing
	case t.Kind() == reflect.String && n.Kind != yaml.ScalarNode:
		r.fault(n, "%s: verwacht één woord of zin", key)
	case t.Kind() == reflect.String:
	case n.Kind != yaml.SequenceNode:
		r.fault(n, "%s: verwacht een lijst, zoals [a, b] of een streepje per regel", key)
	case t.Elem().Kind() == reflect.Struct:
		for _, c := range n.Content {
			r.mapping(c, t.Elem())
		}
	default:
		for _, c := range n.Content {
			r.value(key, c, t.Elem())
		}
	}
}

func unknown(what, word string, known []string) string {
	if near := seeds.Nearest(word, known); near != "" {
		return fmt.Sprintf("onbekende %s %q; bedoelt u %q?", what, word, near)
	}
	return fmt.Sprintf("onbekende %s %q; kies uit %s", what, word, strings.Join(known, ", "))
}

func valueOf(n *yaml.Node, key string) *yaml.Node {
	if n == nil {
		return nil
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == key {
			return n.Content[i+1]
		}
	}
	return nil
}

// validate checks the words whose lists are fixed.
func (s Settings) validate() error {
	faults := []error{
		s.words("laws", "waarde", seeds.Laws(), s.Laws...), s.words("procedure", "waarde", seeds.Procedures(), s.Procedure),
		s.words("variant", "waarde", seeds.Variants(), s.Variant), s.words("services", "waarde", seeds.Services(), s.Services...),
		s.words("fail-on", "waarde", Thresholds, s.FailOn),
	}
	if _, err := time.Parse(time.DateOnly, s.Date); s.Date != "" && err != nil {
		faults = append(faults, s.at("date", 0, "date: %q is geen datum; schrijf hem als 2027-01-31", s.Date))
	}
	return errors.Join(faults...)
}

// In checks the words that the catalogue lists.
func (s Settings) In(segments, frameworks []string) error {
	return errors.Join(s.words("segments", "waarde", segments, s.Segments...), s.words("frameworks", "waarde", frameworks, s.Frameworks...))
}

func (s Settings) words(key, what string, known []string, words ...string) error {
	var faults []error
	for i, w := range words {
		if w != "" && !slices.Contains(known, w) {
			faults = append(faults, s.at(key, i, "%s: %s", key, unknown(what, w, known)))
		}
	}
	return errors.Join(faults...)
}

// at makes a fault about a key, or about one item of its list.
func (s Settings) at(key string, item int, format string, args ...any) error {
	place := s.file
	if n := valueOf(s.node, key); n != nil {
		if n.Kind == yaml.SequenceNode && item < len(n.Content) {
			n = n.Content[item]
		}
		place += ":" + strconv.Itoa(n.Line)
	}
	return fmt.Errorf("%s: %s", place, fmt.Sprintf(format, args...))
}
