package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// goPackage is what `go list -json` tells about a package.
type goPackage struct {
	ImportPath string
	Imports    []string
	Deps       []string
	Standard   bool
}

const module = "inkooptoets"

// listPackages gives our own packages by import path.
func listPackages(t *testing.T) map[string]goPackage {
	t.Helper()
	cmd := exec.Command("go", "list", "-deps", "-json=ImportPath,Imports,Deps,Standard", "./...")
	cmd.Dir = "../.."
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, stderr.String())
	}
	own := map[string]goPackage{}
	for dec := json.NewDecoder(bytes.NewReader(out)); ; {
		var p goPackage
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		if ours(p.ImportPath) {
			own[p.ImportPath] = p
		}
	}
	return own
}

func ours(path string) bool { return path == module || strings.HasPrefix(path, module+"/") }

// The walls between packages: which of our own packages each may import. A package that is not named may import nothing of ours.
var mayImport = map[string][]string{
	"cmd/inkooptoets":                 {"cmd/inkooptoets/internal/cache", "cmd/inkooptoets/internal/config", "extract", "extract/dossier", "report", "rules", "rules/gold", "rules/policy", "rules/result", "rules/search", "seeds"},
	"cmd/inkooptoets/internal/bench":  {"extract", "report", "rules", "rules/result", "seeds"},
	"cmd/inkooptoets/internal/config": {"rules/policy", "seeds"},
	"extract":                         {"extract/bundle", "extract/doc", "extract/docx", "extract/dossier", "extract/html", "extract/ocr", "extract/odt", "extract/pdf", "extract/xlsx"},
	"extract/bundle":                  {"extract/dossier"},
	"extract/doc":                     {"extract/dossier"},
	"extract/docx":                    {"extract/dossier"},
	"extract/html":                    {"extract/dossier"},
	"extract/odt":                     {"extract/dossier"},
	"extract/pdf":                     {"extract/dossier"},
	"extract/xlsx":                    {"extract/dossier"},
	"rules":                           {"extract/dossier", "rules/citation", "rules/internal/textindex", "rules/phrase", "rules/result", "rules/review", "seeds"},
	"rules/citation":                  {"rules/phrase"},
	"rules/review":                    {"extract/dossier", "rules/citation", "rules/phrase", "rules/result", "seeds"},
	"rules/internal/textindex":        {"rules/phrase"},
	"rules/gold":                      {"rules/result"},
	"rules/search":                    {"extract/dossier", "rules/internal/textindex", "rules/phrase", "rules/result"},
	"rules/policy":                    {"rules/result"},
	"report":                          {"rules/result"},
}

func TestWallsBetweenPackages(t *testing.T) {
	for path, p := range listPackages(t) {
		name := strings.TrimPrefix(path, module+"/")
		for _, imp := range p.Imports {
			if ours(imp) && !slices.Contains(mayImport[name], strings.TrimPrefix(imp, module+"/")) {
				t.Errorf("%s imports %s; the way is extract -> dossier -> rules -> result -> report", name, imp)
			}
		}
	}
}

// A rule must not depend on how a file was read, and a report not on how a verdict came about: not even through another package.
func TestNothingLeaksThroughTheWalls(t *testing.T) {
	own := listPackages(t)
	for _, tc := range []struct {
		name   string
		never  []string
		reason string
	}{
		{"rules", []string{"inkooptoets/extract", "inkooptoets/extract/pdf", "inkooptoets/extract/docx", "github.com/ledongthuc/pdf", "github.com/nguyenthenguyen/docx"}, "rules judge text, not files"},
		{"report", []string{"inkooptoets/rules", "inkooptoets/seeds", "inkooptoets/extract/dossier"}, "a stored run is enough for a report"},
		{"rules/gold", []string{"inkooptoets/rules", "inkooptoets/seeds", "inkooptoets/extract/dossier"}, "measuring sees labels and rows only"},
	} {
		p, ok := own[module+"/"+tc.name]
		if !ok {
			t.Errorf("%s: no such package; is the wall still where it was?", tc.name)
			continue
		}
		for _, dep := range tc.never {
			if slices.Contains(p.Deps, dep) {
				t.Errorf("%s depends on %s: %s", tc.name, dep, tc.reason)
			}
		}
	}
}

// Each library behind one door, so that a change of library is a change of one package. YAML has one per kind of file that people write;
// x/text is the standard library's own annex.
var doors = map[string][]string{
	"github.com/blevesearch/bleve/v2":        {"rules/internal/textindex"},
	"github.com/blevesearch/bleve_index_api": {"rules/internal/textindex"}, // the types of bleve that its own queries are made of
	"github.com/ledongthuc/pdf":              {"extract/pdf"},
	"github.com/nguyenthenguyen/docx":        {"extract/docx"},
	"github.com/olekukonko/tablewriter":      {"report"},
	"github.com/spf13/cobra":                 {"cmd/inkooptoets"},
	"github.com/spf13/pflag":                 {"cmd/inkooptoets"},
	"github.com/xuri/excelize/v2":            {"extract/xlsx", "report"},
	"golang.org/x/term":                      {"cmd/inkooptoets"},
	"golang.org/x/net":                       {"extract/html"},
	"golang.org/x/text":                      {"extract", "extract/bundle", "extract/dossier", "extract/pdf", "rules/internal/textindex", "rules/phrase"},
	"github.com/bmatcuk/doublestar/v4":       {"rules/policy"},
	"go.yaml.in/yaml/v3":                     {"cmd/inkooptoets/internal/config", "seeds", "rules", "rules/gold"},
}

func TestEveryLibraryHasItsDoor(t *testing.T) {
	for path, p := range listPackages(t) {
		name := strings.TrimPrefix(path, module+"/")
		for _, imp := range p.Imports {
			head, _, _ := strings.Cut(imp, "/")
			if ours(imp) || !strings.Contains(head, ".") { // ours or the standard library
				continue
			}
			if !slices.Contains(doors[libraryOf(imp)], name) {
				t.Errorf("%s imports %s; only %v may", name, imp, doors[libraryOf(imp)])
			}
		}
	}
}

// libraryOf gives the entry of doors that an import path belongs to, or the path itself.
func libraryOf(path string) string {
	for library := range doors {
		if path == library || strings.HasPrefix(path, library+"/") {
			return library
		}
	}
	return path
}

// Values in, values out: these packages touch no file or terminal. (They depend on os through fmt, so only the import counts.)
func TestPurePackages(t *testing.T) {
	own := listPackages(t)
	for _, name := range []string{"extract/dossier", "rules", "rules/citation", "rules/phrase", "rules/result", "rules/review", "rules/gold", "rules/policy", "cmd/inkooptoets/internal/config", "report", "seeds"} {
		p, ok := own[module+"/"+name]
		if !ok {
			t.Errorf("%s: no such package", name)
		}
		for _, never := range []string{"os", "os/exec", "log", "path/filepath"} {
			if slices.Contains(p.Imports, never) {
				t.Errorf("%s imports %s: only cmd and extract touch the machine", name, never)
			}
		}
	}
}

// Nothing leaves the machine: none of our packages opens a connection.
func TestNoNetwork(t *testing.T) {
	for path, p := range listPackages(t) {
		for _, imp := range p.Imports {
			if imp == "net" || strings.HasPrefix(imp, "net/") && imp != "net/url" {
				t.Errorf("%s imports %s", path, imp)
			}
		}
	}
}
