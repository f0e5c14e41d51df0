package seeds

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

	yaml "go.yaml.in/yaml/v3"
)

// entry is one item of a list in a file, with its place.
type entry[T any] struct {
	value T
	file  string
	line  int
	kind  string // "source", "requirement": for messages
	id    string
	node  *yaml.Node
}

// at makes a fault about the value of key, or about the whole entry where key is absent.
func (e entry[T]) at(key, format string, args ...any) fault {
	return e.atNode(child(e.node, key), format, args...)
}

func (e entry[T]) atNode(n *yaml.Node, format string, args ...any) fault {
	line := e.line
	if n != nil && n.Line > 0 {
		line = n.Line
	}
	return fault{e.file, line, e.name() + ": " + fmt.Sprintf(format, args...)}
}

func (e entry[T]) name() string {
	if e.id == "" {
		return e.kind + " without id"
	}
	return fmt.Sprintf("%s %q", e.kind, e.id)
}

// child returns the value node of key in a mapping; nil if there is none.
func child(n *yaml.Node, key string) *yaml.Node {
	if n == nil || n.Kind != yaml.MappingNode {
		return nil
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == key {
			return n.Content[i+1]
		}
	}
	return nil
}

// item returns the node of item i in a list; nil if there is none.
func item(n *yaml.Node, i int) *yaml.Node {
	if n == nil || n.Kind != yaml.SequenceNode || i >= len(n.Content) {
		return nil
	}
	return n.Content[i]
}

// decodeList reads a file that holds one list. Entries with faults are returned too, so that the checks that follow can report on them as well.
func decodeList[T any](file, kind string, raw []byte) ([]entry[T], []fault) {
	list, faults := document(file, raw)
	if list == nil {
		return nil, faults
	}
	if list.Kind != yaml.SequenceNode {
		return nil, []fault{{file, list.Line, fmt.Sprintf("want a list of %ss", kind)}}
	}
	return decodeEntries[T](file, kind, list.Content)
}

// decodeBook reads a file that holds one source and its requirements.
func decodeBook(file string, raw []byte) (source []entry[Source], reqs []entry[Requirement], faults []fault) {
	book, faults := document(file, raw)
	if book == nil {
		return nil, nil, faults
	}
	src, list := child(book, "source"), child(book, "requirements")
	if src == nil || list == nil || list.Kind != yaml.SequenceNode || len(book.Content) != 4 {
		return nil, nil, []fault{{file, book.Line, "want the keys source and requirements, and no other"}}
	}
	source, faults = decodeEntries[Source](file, "source", []*yaml.Node{src})
	reqs, bad := decodeEntries[Requirement](file, "requirement", list.Content)
	return source, reqs, append(faults, bad...)
}

// document parses a file of one YAML document; nil if it cannot be used.
func document(file string, raw []byte) (*yaml.Node, []fault) {
	if raw == nil {
		return nil, nil // that it cannot be read is reported already
	}
	dec := yaml.NewDecoder(bytes.NewReader(raw))
	var doc yaml.Node
	err := dec.Decode(&doc)
	if errors.Is(err, io.EOF) {
		return nil, []fault{{file: file, what: "empty file"}}
	}
	if err != nil {
		return nil, []fault{yamlFault(file, err.Error())}
	}
	if err := dec.Decode(new(yaml.Node)); !errors.Is(err, io.EOF) {
		return nil, []fault{{file: file, what: "more than one YAML document"}}
	}
	return doc.Content[0], nil
}

func decodeEntries[T any](file, kind string, nodes []*yaml.Node) ([]entry[T], []fault) {
	var entries []entry[T]
	var faults []fault
	for _, n := range nodes {
		e := entry[T]{file: file, line: n.Line, kind: kind, node: n}
		if n.Kind != yaml.MappingNode {
			faults = append(faults, fault{file, n.Line, fmt.Sprintf("want a %s with keys", kind)})
			continue
		}
		if id := child(n, "id"); id != nil {
			e.id = id.Value
		}
		for _, b := range badKeys(n, reflect.TypeFor[T]()) {
			faults = append(faults, e.atNode(b.key, "%s", b.what))
		}
		var te *yaml.TypeError
		switch err := n.Decode(&e.value); {
		case errors.As(err, &te):
			for _, what := range te.Errors {
				f := yamlFault(file, what)
				f.what = e.name() + ": " + f.what
				faults = append(faults, f)
			}
		case err != nil:
			faults = append(faults, e.atNode(nil, "%v", err))
		}
		entries = append(entries, e)
	}
	return entries, faults
}

var yamlPlace = regexp.MustCompile(`^(?:yaml: )?(?:line (\d+): )?`)

// yamlFault takes the line out of a message of the YAML library.
func yamlFault(file, message string) fault {
	m := yamlPlace.FindStringSubmatch(message)
	line, _ := strconv.Atoi(m[1]) // empty: 0, the whole file
	return fault{file, line, message[len(m[0]):]}
}

type badKey struct {
	key  *yaml.Node
	what string
}

// badKeys walks n along type t for keys that are unknown or stand there twice, and takes the second of such a pair out of n: the YAML library would
// drop the whole entry for it. It can refuse unknown keys itself, but without a suggestion, and not for nodes.
func badKeys(n *yaml.Node, t reflect.Type) []badKey {
	var bad []badKey
	switch {
	case t.Kind() == reflect.Pointer:
		return badKeys(n, t.Elem())
	case t.Kind() == reflect.Slice && n.Kind == yaml.SequenceNode:
		for _, c := range n.Content {
			bad = append(bad, badKeys(c, t.Elem())...)
		}
	case t.Kind() == reflect.Struct && n.Kind == yaml.MappingNode:
		types, names := keysOf(t)
		first := map[string]int{}
		var kept []*yaml.Node
		for i := 0; i+1 < len(n.Content); i += 2 {
			key, value := n.Content[i], n.Content[i+1]
			if line, twice := first[key.Value]; twice {
				bad = append(bad, badKey{key, fmt.Sprintf("key %q already stands on line %d", key.Value, line)})
				continue
			}
			first[key.Value] = key.Line
			kept = append(kept, key, value)
			at := slices.Index(names, key.Value)
			if at < 0 {
				bad = append(bad, badKey{key, unknownWord("key", key.Value, names)})
				continue
			}
			bad = append(bad, badKeys(value, types[at])...)
		}
		n.Content = kept
	}
	return bad
}

func keysOf(t reflect.Type) (types []reflect.Type, names []string) {
	for i := range t.NumField() {
		f := t.Field(i)
		if tag := f.Tag.Get("yaml"); f.IsExported() && tag != "-" {
			types, names = append(types, f.Type), append(names, tag)
		}
	}
	return types, names
}

// unknownWord is the message for a word that is not in a closed list.
func unknownWord(what, word string, known []string) string {
	if near := Nearest(word, known); near != "" {
		return fmt.Sprintf("unknown %s %q; did you mean %q?", what, word, near)
	}
	return fmt.Sprintf("unknown %s %q; known are %s", what, word, strings.Join(known, ", "))
}
