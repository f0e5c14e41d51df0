package result

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/google/jsonschema-go/jsonschema"
)

var update = flag.Bool("update", false, "write the schema anew; read the difference before you commit")

// published lists the schemas with the types they describe.
var published = []struct {
	file, title string
	of          reflect.Type
	text        []byte
}{
	{"schema.json", "Stored run of inkooptoets, version 1", reflect.TypeFor[Run](), Schema},
	{"diff.schema.json", "Two runs of inkooptoets side by side, version 1", reflect.TypeFor[Diff](), DiffSchema},
	{"compare.schema.json", "Tenders side by side by inkooptoets, version 1", reflect.TypeFor[Comparison](), CompareSchema},
}

// TestSchema keeps the published schemas those of the types: every field with its comment, required unless it may be left out.
func TestSchema(t *testing.T) {
	for _, p := range published {
		want, err := json.MarshalIndent(schemaOf(t, p.of, p.title), "", "  ")
		if err != nil {
			t.Fatal(err)
		}
		want = append(want, '\n')
		if *update {
			if err := os.WriteFile(p.file, want, 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		if !bytes.Equal(want, p.text) {
			t.Errorf("%s is not that of the types: run `go test ./rules/result -update` and read the difference; within 1.x fields are only added", p.file)
		}
	}
}

// TestSideBySideFitsSchema: what diff and compare write is what their schemas promise, and a change that none makes is refused.
func TestSideBySideFitsSchema(t *testing.T) {
	tenders := Tenders(generated(3, 60), "")
	tenders[1].Rows = tenders[1].Rows[:20] // a framework that was not chosen
	older, newer := generated(1, 40), generated(2, 60)
	newer.Dossiers = newer.Dossiers[1:]
	newer.Dossiers[0].Findings = []Finding{{ID: "c-outdated", Places: []Place{{File: "a.docx"}}}}
	d, err := Difference(older, newer)
	if err != nil {
		t.Fatal(err)
	}
	var diff, comparison bytes.Buffer
	if err := errors.Join(EncodeDiff(&diff, d), EncodeComparison(&comparison, compare(t, tenders...))); err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct {
		schema, text []byte
		old, new     string
	}{
		{DiffSchema, diff.Bytes(), `"change": "new"`, `"change": "lost"`}, {CompareSchema, comparison.Bytes(), `"covered"`, `"perhaps"`}, {CompareSchema, comparison.Bytes(), `"statuses"`, `"cells"`},
	} {
		schema := resolved(t, tc.schema)
		if err := schema.Validate(instance(t, tc.text)); err != nil {
			t.Error(err)
		}
		bad := bytes.Replace(tc.text, []byte(tc.old), []byte(tc.new), 1)
		if bytes.Equal(bad, tc.text) {
			t.Fatalf("%s is not in the text", tc.old)
		}
		if schema.Validate(instance(t, bad)) == nil {
			t.Errorf("%s: the schema takes it", tc.new)
		}
	}
}

// TestSchemaHolds: every stored run fits the schema of today and the one that was first published as 1.0.
func TestSchemaHolds(t *testing.T) {
	first, err := os.ReadFile(filepath.Join("testdata", "schema-1.0-first.json"))
	if err != nil {
		t.Fatal(err)
	}
	runs, err := filepath.Glob(filepath.Join("..", "..", "report", "testdata", "runs", "*.json"))
	if err != nil || len(runs) < 4 {
		t.Fatalf("stored runs: %v (%v)", runs, err)
	}
	for name, schema := range map[string]*jsonschema.Resolved{"today": resolved(t, Schema), "first 1.0": resolved(t, first)} {
		for _, path := range runs {
			raw, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if err := schema.Validate(instance(t, raw)); err != nil {
				t.Errorf("%s against the schema of %s: %v", path, name, err)
			}
			run, err := Decode(bytes.NewReader(raw))
			if err != nil {
				t.Fatal(err)
			}
			var b bytes.Buffer
			if err := Encode(&b, run); err != nil {
				t.Fatal(err)
			}
			if err := schema.Validate(instance(t, b.Bytes())); err != nil {
				t.Errorf("%s written anew, against the schema of %s: %v", path, name, err)
			}
		}
	}
}

// TestSchemaRefuses what no version of the program wrote.
func TestSchemaRefuses(t *testing.T) {
	good, err := os.ReadFile(filepath.Join("..", "..", "report", "testdata", "runs", "klein.json"))
	if err != nil {
		t.Fatal(err)
	}
	schema := resolved(t, Schema)
	for _, tc := range []struct{ name, old, new string }{
		{"unknown status", `"status": "undetermined"`, `"status": "perhaps"`},
		{"unknown duty", `"duty": "municipal"`, `"duty": "moral"`},
		{"page as text", `"page": 12`, `"page": "12"`},
		{"no dossiers", `"dossiers"`, `"tenders"`},
		{"list that is null", `"aspects": []`, `"aspects": null`},
		{"other version", `"schemaVersion": "1.0"`, `"schemaVersion": "2.0"`},
		{"count that is no number", `"covered": 0`, `"covered": "nul"`},
	} {
		bad := bytes.Replace(good, []byte(tc.old), []byte(tc.new), 1)
		if bytes.Equal(bad, good) {
			t.Fatalf("%s: %q is not in the stored run", tc.name, tc.old)
		}
		if schema.Validate(instance(t, bad)) == nil {
			t.Errorf("%s: the schema takes it", tc.name)
		}
	}
	more := bytes.Replace(good, []byte(`"schemaVersion": "1.0"`), []byte(`"schemaVersion": "1.7", "colour": "red"`), 1)
	if err := schema.Validate(instance(t, more)); err != nil {
		t.Errorf("a field of a later 1.x: %v", err)
	}
}

func resolved(t *testing.T, raw []byte) *jsonschema.Resolved {
	t.Helper()
	var s jsonschema.Schema
	if err := json.Unmarshal(raw, &s); err != nil {
		t.Fatal(err)
	}
	r, err := s.Resolve(nil)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func instance(t *testing.T, raw []byte) any {
	t.Helper()
	var v any
	if err := json.Unmarshal(raw, &v); err != nil {
		t.Fatal(err)
	}
	return v
}

// schemaOf describes a type and every type in it.
func schemaOf(t *testing.T, typ reflect.Type, title string) *jsonschema.Schema {
	t.Helper()
	m := schemaMaker{t: t, comments: commentsOf(t), defs: map[string]*jsonschema.Schema{}}
	m.of(typ)
	root := m.defs[typ.Name()]
	delete(m.defs, typ.Name())
	root.Schema = "https://json-schema.org/draft/2020-12/schema"
	root.Title = title
	root.Properties["schemaVersion"].Pattern = `^1\.\d+$`
	root.Defs = m.defs
	return root
}

type schemaMaker struct {
	t        *testing.T
	comments map[string]string // by type, and by type and field
	defs     map[string]*jsonschema.Schema
}

func (m schemaMaker) of(typ reflect.Type) *jsonschema.Schema {
	switch typ.Kind() {
	case reflect.Bool:
		return &jsonschema.Schema{Type: "boolean"}
	case reflect.Float64:
		return &jsonschema.Schema{Type: "number"}
	case reflect.Int:
		return &jsonschema.Schema{Type: "integer"}
	case reflect.Slice:
		return &jsonschema.Schema{Type: "array", Items: m.of(typ.Elem())}
	case reflect.Map:
		return &jsonschema.Schema{Type: "object", PropertyNames: m.of(typ.Key()), AdditionalProperties: m.of(typ.Elem())}
	case reflect.Pointer:
		return m.of(typ.Elem())
	case reflect.String:
		if typ == reflect.TypeFor[string]() {
			return &jsonschema.Schema{Type: "string"}
		}
		if m.defs[typ.Name()] == nil {
			m.defs[typ.Name()] = &jsonschema.Schema{Type: "string", Description: m.comments[typ.Name()], Enum: m.values(typ)}
		}
	case reflect.Struct:
		if m.defs[typ.Name()] == nil {
			m.defs[typ.Name()] = &jsonschema.Schema{} // before its fields, for a type that holds itself
			m.fields(typ)
		}
	default:
		m.t.Fatalf("no schema for %s", typ)
	}
	return &jsonschema.Schema{Ref: "#/$defs/" + typ.Name()}
}

func (m schemaMaker) fields(typ reflect.Type) {
	s := m.defs[typ.Name()]
	s.Type, s.Description, s.Properties = "object", m.comments[typ.Name()], map[string]*jsonschema.Schema{}
	m.add(s, typ)
}

// add adds the fields of typ to s, with those of a type that is embedded in it.
func (m schemaMaker) add(s *jsonschema.Schema, typ reflect.Type) {
	for i := range typ.NumField() {
		f := typ.Field(i)
		if f.Anonymous {
			m.add(s, f.Type)
			continue
		}
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		p := m.of(f.Type)
		if typ == reflect.TypeFor[ComparedRequirement]() && f.Name == "Statuses" { // empty where a tender was not judged
			p.Items = &jsonschema.Schema{AnyOf: []*jsonschema.Schema{p.Items, {Const: jsonschema.Ptr[any]("")}}}
		}
		p.Description = m.comments[typ.Name()+"."+f.Name]
		s.Properties[name] = p
		s.PropertyOrder = append(s.PropertyOrder, name)
		if options == "" {
			s.Required = append(s.Required, name)
		}
	}
}

// values are the constants of a type of text.
func (m schemaMaker) values(typ reflect.Type) []any {
	var out []any
	switch typ {
	case reflect.TypeFor[Status]():
		for _, s := range Statuses {
			out = append(out, string(s))
		}
	case reflect.TypeFor[Duty]():
		for _, d := range []Duty{Statutory, Municipal, Framework, Advice} {
			out = append(out, string(d))
		}
	case reflect.TypeFor[Change]():
		for _, c := range Changes {
			out = append(out, string(c))
		}
	case reflect.TypeFor[Detail]():
		for _, d := range Details {
			out = append(out, string(d))
		}
	default:
		m.t.Fatalf("the values of %s are not known here", typ)
	}
	return out
}

// commentsOf reads what the package says of its types and fields.
func commentsOf(t *testing.T) map[string]string {
	t.Helper()
	var decls []ast.Decl
	for _, name := range []string{"result.go", "diff.go", "compare.go", "tender.go"} {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		decls = append(decls, file.Decls...)
	}
	out := map[string]string{}
	line := func(s string) string { return strings.Join(strings.Fields(s), " ") }
	for _, decl := range decls {
		d, ok := decl.(*ast.GenDecl)
		if !ok || d.Tok != token.TYPE {
			continue
		}
		for _, spec := range d.Specs {
			s := spec.(*ast.TypeSpec)
			out[s.Name.Name] = line(d.Doc.Text())
			fields, ok := s.Type.(*ast.StructType)
			if !ok {
				continue
			}
			for _, f := range fields.Fields.List {
				for _, name := range f.Names {
					out[s.Name.Name+"."+name.Name] = line(f.Doc.Text() + " " + f.Comment.Text())
				}
			}
		}
	}
	return out
}
