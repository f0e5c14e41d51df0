package result

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func row(source, element string, s Status) Row {
	return Row{Source: source, Element: element, Status: s}
}

func TestCount(t *testing.T) {
	rows := []Row{
		row("wmo", "vakmanschap", Covered),
		row("ub-wmo", "organisatie", Missing),
		row("wmo", "vakmanschap", Partial),
		row("wmo", "organisatie", NotApplicable),
		row("wmo", "vakmanschap", Covered),
		row("ub-wmo", "organisatie", Undetermined),
		row("avg", "organisatie", NotApplicable),
	}
	counts := func(some map[Status]int) map[Status]int {
		all := map[Status]int{
			Covered: 0, Referenced: 0, Partial: 0, Mentioned: 0, Contradicted: 0, Missing: 0, Undetermined: 0, NotApplicable: 0,
		}
		for s, n := range some {
			all[s] = n
		}
		return all
	}
	want := []Tally{
		{By: "element", Key: "dienstverlening", Denominator: 0, Counts: counts(nil)},
		{By: "element", Key: "vakmanschap", Denominator: 3, Counts: counts(map[Status]int{Covered: 2, Partial: 1})},
		{By: "element", Key: "samenwerking", Denominator: 0, Counts: counts(nil)},
		{By: "element", Key: "organisatie", Denominator: 2, Counts: counts(map[Status]int{Missing: 1, Undetermined: 1, NotApplicable: 2})},
		{By: "source", Key: "wmo", Denominator: 3, Counts: counts(map[Status]int{Covered: 2, Partial: 1, NotApplicable: 1})},
		{By: "source", Key: "ub-wmo", Denominator: 2, Counts: counts(map[Status]int{Missing: 1, Undetermined: 1})},
		{By: "source", Key: "avg", Denominator: 0, Counts: counts(map[Status]int{NotApplicable: 1})},
	}
	if diff := cmp.Diff(want, Count(rows)); diff != "" {
		t.Errorf("tallies (-want +got):\n%s", diff)
	}
}

// TestCountFrameworks: a framework is counted per element too, only where it has criteria; what a guide says about buying has an element of its own.
func TestCountFrameworks(t *testing.T) {
	rows := []Row{
		{Source: "wmo", Duty: Statutory, Element: "organisatie", Status: Covered},
		{Source: "k08", Duty: Framework, Element: "vakmanschap", Status: Referenced},
		{Source: "k08", Duty: Framework, Element: "organisatie", Status: Missing},
		{Source: "h", Duty: Advice, Element: Buying, Status: Missing},
	}
	var got []string
	for _, c := range Count(rows) {
		got = append(got, strings.TrimSpace(c.By+" "+c.Key+" "+c.Element))
	}
	want := []string{
		"element dienstverlening", "element vakmanschap", "element samenwerking", "element organisatie", "element inkoop",
		"source wmo", "source k08", "source h", "source-element k08 vakmanschap", "source-element k08 organisatie",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("tallies (-want +got):\n%s", diff)
	}
}

// TestCountAddsUp: elements share out the rows, and so do sources.
func TestCountAddsUp(t *testing.T) {
	var rows []Row
	for i, s := range Statuses {
		for n := range i + 1 {
			rows = append(rows, row([]string{"wmo", "jeugdwet"}[n%2], Elements[n%len(Elements)], s))
		}
	}
	total := map[string]int{}
	for _, c := range Count(rows) {
		sum := 0
		for _, s := range Statuses {
			n, ok := c.Counts[s]
			if !ok {
				t.Errorf("%s %s has no count for %s", c.By, c.Key, s)
			}
			sum += n
		}
		if sum != c.Denominator+c.Counts[NotApplicable] {
			t.Errorf("%s %s: counts add up to %d, denominator %d with %d not applicable", c.By, c.Key, sum, c.Denominator, c.Counts[NotApplicable])
		}
		total[c.By] += sum
	}
	if diff := cmp.Diff(map[string]int{"element": len(rows), "source": len(rows)}, total); diff != "" {
		t.Errorf("totals (-want +got):\n%s", diff)
	}
}

func TestGap(t *testing.T) {
	want := map[Status]bool{Partial: true, Mentioned: true, Contradicted: true, Missing: true}
	for _, s := range Statuses {
		if s.Gap() != want[s] {
			t.Errorf("%s: gap is %v, want %v", s, s.Gap(), want[s])
		}
	}
}

func TestEncodeDecode(t *testing.T) {
	run := Run{
		SchemaVersion: SchemaVersion, Tool: "inkooptoets 0.1.0", Catalogue: "abc", Date: "2026-11-21",
		Dossiers: []Dossier{{
			ID:   "klein",
			Rows: []Row{{Requirement: "wmo-3.5-vog", Status: Missing, Link: "https://x/?a&b", Reason: "##vso[x] rood \x1b[31m\u009b31m \u202eomgekeerd \U000e0041 <b>é"}},
		}},
	}
	var b bytes.Buffer
	if err := Encode(&b, run); err != nil {
		t.Fatal(err)
	}
	out := b.String()
	if strings.Contains(out, "null") {
		t.Errorf("null in output:\n%s", out)
	}
	if strings.ContainsAny(out, "\x1b\u009b\u202e\U000e0041") {
		t.Errorf("steering characters in output:\n%q", out)
	}
	if strings.Contains(out, "##") {
		t.Errorf("a command for a build server in output:\n%s", out)
	}
	if !strings.Contains(out, `"https://x/?a&b"`) || !strings.Contains(out, "<b>é") {
		t.Errorf("readable characters were escaped:\n%s", out)
	}
	if !strings.HasSuffix(out, "}\n") {
		t.Error("no newline at the end")
	}
	if run.Dossiers[0].Rows[0].Evidence != nil {
		t.Error("Encode changed the run it was given")
	}

	got, err := Decode(&b)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(filled(run), got); diff != "" {
		t.Errorf("run after encode and decode (-want +got):\n%s", diff)
	}
	var again bytes.Buffer
	if err := Encode(&again, got); err != nil {
		t.Fatal(err)
	}
	if again.String() != out {
		t.Error("encoding again gave other bytes")
	}
}

func TestDecodeVersions(t *testing.T) {
	for _, tc := range []struct{ name, in, want string }{
		{"ours", `{"schemaVersion": "1.0", "dossiers": []}`, ""},
		{"later, with a new field", `{"schemaVersion": "1.7", "colour": "red"}`, ""},
		{"byte order mark", "\ufeff" + `{"schemaVersion": "1.0"}`, ""},
		{"next major", `{"schemaVersion": "2.0"}`, "stored run has schemaVersion 2.0; this program reads 1.x: make the run again with check"},
		{"ten is not one", `{"schemaVersion": "10.0"}`, "stored run has schemaVersion 10.0; this program reads 1.x: make the run again with check"},
		{"no version", `{"dossiers": []}`, "not a stored run: it has no schemaVersion"},
		{"not a version", `{"schemaVersion": "nieuw"}`, `not a stored run: schemaVersion "nieuw" is not a version`},
		{"not JSON", "geen\njson", "not a stored run: line 1: invalid character 'g' looking for beginning of value"},
		{"cut off", "{\"schemaVersion\": \"1.0\",\n\"dossiers\": [", "not a stored run: line 2: unexpected end of JSON input"},
		{"two runs in one file", "{\"schemaVersion\": \"1.0\"}\n{}", "not a stored run: line 2: invalid character '{' after top-level value"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			run, err := Decode(strings.NewReader(tc.in))
			got := ""
			if err != nil {
				got = err.Error()
			}
			if got != tc.want {
				t.Errorf("got error %q, want %q", got, tc.want)
			}
			if err == nil && run.Dossiers == nil {
				t.Error("dossiers is nil")
			}
		})
	}
	_, err := Decode(strings.NewReader("{\"schemaVersion\": \"1.0\",\n\"dossiers\": \"een\"}"))
	if err == nil || !strings.HasPrefix(err.Error(), "stored run is damaged: line 2: ") {
		t.Errorf("wrong type: got %v", err)
	}
}
