package report

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/url"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/xuri/excelize/v2"

	"inkooptoets/rules/result"
)

// leaks says per format what hostile text must not become in it. A format without a line here fails the test: whoever adds a format says how it can be
// tricked.
var leaks = map[string]func(t *testing.T, out string){
	"table":    func(*testing.T, string) {}, // text in a terminal: what holds for all is enough
	"markdown": checkMarkdown,
	"json":     func(t *testing.T, out string) { decodeStrict(t, out, new(result.Run)) },
	"xlsx":     checkWorkbook,
	"csv":      func(t *testing.T, out string) { checkCSV(t, strings.TrimPrefix(out, byteOrderMark), ';') },
	"csv-data": func(t *testing.T, out string) { checkCSV(t, out, ',') },
	"sarif":    checkSARIF,
	"junit":    checkXML,
	"gitlab":   checkGitLab,
	"github":   checkGitHub,
	"azure":    checkAzure,
	"html":     checkHTML,
}

// TestNothingLeaks writes hostile text in every format: a stored run with tricks for each of them, and a run with all of them in every field.
func TestNothingLeaks(t *testing.T) {
	poisoned := load(t, "klein")
	poison(reflect.ValueOf(&poisoned).Elem())
	runs := map[string]result.Run{"vijandig": load(t, "vijandig"), "poisoned": poisoned}
	for _, f := range Formats {
		check := leaks[f.Name]
		if check == nil {
			t.Errorf("%s: no check on hostile text", f.Name)
			continue
		}
		for name, run := range runs {
			for _, o := range []Options{{}, {All: true}, {Lang: "en", Color: true, Width: 60}} {
				t.Run(f.Name+" "+name, func(t *testing.T) {
					out := write(t, f.Name, run, o)
					checkLog(t, f.Name, readable(t, f.Name, out), o)
					check(t, out)
				})
			}
		}
	}
}

var ownColor = regexp.MustCompile("\x1b\\[[0-9;]*m")

// checkLog is what holds for every format: it may be shown by a terminal or stand in the log of a build.
func checkLog(t *testing.T, format, out string, o Options) {
	t.Helper()
	if o.Color && format == "table" {
		out = ownColor.ReplaceAllString(out, "")
	}
	if format == "csv" {
		out = strings.TrimPrefix(out, byteOrderMark)
	}
	for _, r := range out {
		if r == '\n' || string(r) == wordJoiner && format == "markdown" {
			continue
		}
		if unicode.In(r, unicode.Cc, unicode.Cf) {
			t.Fatalf("character %U in report", r)
		}
	}
	for line := range strings.Lines(out) {
		line = strings.TrimSpace(line)
		if format == "azure" {
			line = strings.TrimPrefix(line, "##vso[task.logissue ")
		}
		if regexp.MustCompile(`##\w*\[`).MatchString(line) || strings.HasPrefix(line, "::") && format != "github" {
			t.Errorf("a command for a build server: %q", line)
		}
	}
}

// readable is the text of a report as a reader meets it: of a workbook, its sheets and cells.
func readable(t *testing.T, format, out string) string {
	t.Helper()
	if format != "xlsx" {
		return out
	}
	book := openBook(t, out)
	defer book.Close()
	var b strings.Builder
	for _, sheet := range book.GetSheetList() {
		fmt.Fprintf(&b, "== %s\n", sheet)
		rows, err := book.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows {
			b.WriteString(strings.TrimRight(strings.Join(row, " | "), " |") + "\n")
		}
	}
	return b.String()
}

func openBook(t *testing.T, out string) *excelize.File {
	t.Helper()
	book, err := excelize.OpenReader(strings.NewReader(out))
	if err != nil {
		t.Fatal(err)
	}
	return book
}

// starts is what a spreadsheet reads as the start of a formula.
const starts = "=+-@\t\r＝＋－＠"

// checkCSV reads the report with each separator that a spreadsheet may choose: no cell is a formula, and with the right one every line has all columns.
func checkCSV(t *testing.T, out string, comma rune) {
	t.Helper()
	for _, sep := range []rune{';', ',', '\t'} {
		in := csv.NewReader(strings.NewReader(out))
		in.Comma, in.LazyQuotes, in.FieldsPerRecord = sep, sep != comma, -1
		if sep == comma {
			in.FieldsPerRecord = len(columns)
		}
		lines, err := in.ReadAll()
		if err != nil {
			t.Fatalf("separator %q: %v", sep, err)
		}
		for _, line := range lines {
			for _, cell := range line {
				if cell != "" && strings.ContainsRune(starts, []rune(cell)[0]) {
					t.Errorf("separator %q: cell %q", sep, cell)
				}
			}
		}
	}
}

// checkWorkbook looks in the parts of the workbook: text stays text, and nothing points outside.
func checkWorkbook(t *testing.T, out string) {
	t.Helper()
	parts, err := zip.NewReader(strings.NewReader(out), int64(len(out)))
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range parts.File {
		f, err := part.Open()
		if err != nil {
			t.Fatal(err)
		}
		raw, err := io.ReadAll(f)
		if err != nil {
			t.Fatal(err)
		}
		for _, bad := range []string{"<f>", "<f ", "hyperlink", "TargetMode=\"External\"", "mergeCell", "<script", "externalLink"} {
			if bytes.Contains(raw, []byte(bad)) {
				t.Errorf("%s: %s", part.Name, bad)
			}
		}
		if dec := xml.NewDecoder(bytes.NewReader(raw)); strings.HasSuffix(part.Name, ".xml") {
			for err == nil {
				_, err = dec.Token()
			}
			if !errors.Is(err, io.EOF) {
				t.Errorf("%s: %v", part.Name, err)
			}
		}
	}
	book := openBook(t, out)
	defer book.Close()
	for _, sheet := range book.GetSheetList() {
		rows, err := book.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		for i, row := range rows {
			for n, text := range row {
				if text == "" || !strings.ContainsRune(starts, []rune(text)[0]) {
					continue
				}
				name, err := excelize.CoordinatesToCellName(n+1, i+1)
				if err != nil {
					t.Fatal(err)
				}
				if !isTextCell(t, book, sheet, name) {
					t.Errorf("%s %s: %q becomes a formula when somebody edits it", sheet, name, text)
				}
			}
		}
	}
}

func isTextCell(t *testing.T, book *excelize.File, sheet, cell string) bool {
	t.Helper()
	id, err := book.GetCellStyle(sheet, cell)
	if err != nil {
		t.Fatal(err)
	}
	style, err := book.GetStyle(id)
	if err != nil {
		t.Fatal(err)
	}
	kind, err := book.GetCellType(sheet, cell)
	if err != nil {
		t.Fatal(err)
	}
	return style.NumFmt == 49 && kind == excelize.CellTypeInlineString
}

func decodeStrict(t *testing.T, out string, to any) {
	t.Helper()
	dec := json.NewDecoder(strings.NewReader(out))
	dec.DisallowUnknownFields()
	if err := dec.Decode(to); err != nil {
		t.Fatal(err)
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		t.Errorf("more behind the JSON: %v", err)
	}
}

func checkSARIF(t *testing.T, out string) {
	t.Helper()
	var log sarifLog
	decodeStrict(t, out, &log)
	for _, r := range log.Runs[0].Results {
		if strings.Contains(r.Message.Text, "](") || strings.Contains(r.Message.Text, "{0}") {
			t.Errorf("a link or a place to fill in: %q", r.Message.Text)
		}
		for _, l := range r.Locations {
			checkPath(t, l.Physical.Artifact.URI)
		}
	}
	for _, r := range log.Runs[0].Tool.Driver.Rules {
		if r.HelpURI != "" && !strings.HasPrefix(r.HelpURI, "https://wetten.overheid.nl/") {
			t.Errorf("help at %q", r.HelpURI)
		}
	}
}

// checkPath sees that an address is a path under the dossier and nothing else.
func checkPath(t *testing.T, address string) {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "" || u.Host != "" || strings.HasPrefix(u.Path, "/") || slices.Contains(strings.Split(u.Path, "/"), "..") {
		t.Errorf("not a path in the dossier: %q (%v)", address, err)
	}
}

func checkXML(t *testing.T, out string) {
	t.Helper()
	known := []string{"testsuites", "testsuite", "properties", "property", "testcase", "failure", "error", "skipped", "system-out"}
	for dec := xml.NewDecoder(strings.NewReader(out)); ; {
		token, err := dec.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		switch x := token.(type) {
		case xml.StartElement:
			if !slices.Contains(known, x.Name.Local) {
				t.Errorf("element %s", x.Name.Local)
			}
		case xml.Comment, xml.Directive:
			t.Errorf("%T in report", x)
		}
	}
}

func checkGitLab(t *testing.T, out string) {
	t.Helper()
	var issues []gitlabIssue
	decodeStrict(t, out, &issues)
	for _, i := range issues {
		checkPath(t, (&url.URL{Path: i.Location.Path}).String())
	}
}

// checkGitHub reads the report as the runner does: every line is one of our commands, and no text adds a property, a line or a command.
func checkGitHub(t *testing.T, out string) {
	t.Helper()
	ours := regexp.MustCompile(`^::(?:error|warning|notice) title=[^:,\r\n]*::(.*)$`)
	for line := range strings.Lines(out) {
		m := ours.FindStringSubmatch(strings.TrimSuffix(line, "\n"))
		if m == nil {
			t.Fatalf("not one of our commands: %q", line)
		}
		if regexp.MustCompile(`%(?:0A|0D|3A|2C)`).MatchString(line[:len(line)-len(m[1])-1]) && !strings.Contains(line, "%3A ") || regexp.MustCompile(`%(?:0A|0D)`).MatchString(m[1]) {
			t.Errorf("a line end in %q", line)
		}
	}
}

// checkAzure reads the report as the agent does.
func checkAzure(t *testing.T, out string) {
	t.Helper()
	ours := regexp.MustCompile(`^##vso\[task\.logissue type=(?:error|warning);code=[^;\]]*\](.*)$`)
	for line := range strings.Lines(out) {
		if strings.HasPrefix(line, "##") && !ours.MatchString(strings.TrimSuffix(line, "\n")) {
			t.Errorf("not one of our commands: %q", line)
		}
		if regexp.MustCompile(`%(?:0A|0D|0a|0d)`).MatchString(line) {
			t.Errorf("a line end in %q", line)
		}
	}
}
