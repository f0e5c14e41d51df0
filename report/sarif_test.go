package report

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/jsonschema-go/jsonschema"
)

// TestSARIFIsValid holds every stored run against what SARIF 2.1.0 and GitHub ask of the objects that we write. A site refuses a whole file for one fault.
func TestSARIFIsValid(t *testing.T) {
	raw, err := os.ReadFile(filepath.Join("testdata", "sarif-essentials.json"))
	if err != nil {
		t.Fatal(err)
	}
	var essentials jsonschema.Schema
	if err := json.Unmarshal(raw, &essentials); err != nil {
		t.Fatal(err)
	}
	schema, err := essentials.Resolve(nil)
	if err != nil {
		t.Fatal(err)
	}
	check := func(out string) error {
		var log any
		if err := json.Unmarshal([]byte(out), &log); err != nil {
			t.Fatal(err)
		}
		return schema.Validate(log)
	}
	for _, name := range []string{"klein", "twee", "goed", "mager", "vijandig", "onleesbaar"} {
		for _, all := range []bool{false, true} {
			out := write(t, "sarif", load(t, name), Options{All: all})
			if err := check(out); err != nil {
				t.Errorf("%s: %v", name, err)
			}
			var log sarifLog
			decodeStrict(t, out, &log)
			for _, r := range log.Runs[0].Results {
				if rules := log.Runs[0].Tool.Driver.Rules; r.RuleIndex >= len(rules) || rules[r.RuleIndex].ID != r.RuleID {
					t.Errorf("%s: result of %s points to rule %d", name, r.RuleID, r.RuleIndex)
				}
				if page := r.Properties["page"]; page != nil && !strings.Contains(r.Message.Text, "p.") {
					t.Errorf("%s: %s has page %v, which its message does not say: %q", name, r.RuleID, page, r.Message.Text)
				}
			}
		}
	}

	good := write(t, "sarif", load(t, "klein"), Options{})
	for _, tc := range []struct{ old, new string }{
		{`"kind": "fail"`, `"kind": "wrong"`},
		{`"kind": "review"`, `"kind": "fail"`}, // with level none
		{`"ruleIndex": 0`, `"ruleIndex": -1`},
		{`"uri": "klein`, `"uri": "/klein`},
		{`"version": "2.1.0"`, `"version": "2.2"`},
		{`"locations"`, `"places"`},
	} {
		bad := strings.Replace(good, tc.old, tc.new, 1)
		if bad == good {
			t.Fatalf("%q is not in the report", tc.old)
		}
		if check(bad) == nil {
			t.Errorf("%q passes for SARIF", tc.new)
		}
	}
}
