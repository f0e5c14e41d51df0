package report

import (
	"fmt"
	"strings"
	"testing"

	"inkooptoets/rules/result"
)

// TestSeverity is the whole table of the README.
func TestSeverity(t *testing.T) {
	const n, w, e, o = remark, caution, severe, fine
	want := map[result.Status]map[result.Duty]severity{
		result.Covered:       {result.Statutory: o, result.Municipal: o, result.Framework: o, result.Advice: o},
		result.Referenced:    {result.Statutory: o, result.Municipal: o, result.Framework: o, result.Advice: o},
		result.Partial:       {result.Statutory: w, result.Municipal: w, result.Framework: n, result.Advice: n},
		result.Mentioned:     {result.Statutory: w, result.Municipal: w, result.Framework: n, result.Advice: n},
		result.Contradicted:  {result.Statutory: e, result.Municipal: e, result.Framework: w, result.Advice: n},
		result.Missing:       {result.Statutory: e, result.Municipal: e, result.Framework: w, result.Advice: n},
		result.Undetermined:  {result.Statutory: n, result.Municipal: n, result.Framework: n, result.Advice: n},
		result.NotApplicable: {result.Statutory: o, result.Municipal: o, result.Framework: o, result.Advice: o},
		"from a later day":   {result.Statutory: n, result.Municipal: n, result.Framework: n, result.Advice: n, "from a later day": n},
	}
	if len(want) != len(result.Statuses)+1 {
		t.Errorf("%d statuses in the table, %d there are", len(want)-1, len(result.Statuses))
	}
	for status, duties := range want {
		for duty, severity := range duties {
			if got := severityOf(result.Row{Duty: duty, Status: status}); got != severity {
				t.Errorf("%s, %s: got %s, want %s", duty, status, got, severity)
			}
		}
	}
}

// TestFingerprints: the same in every run and language, different for every issue, also when two dossiers have one name.
func TestFingerprints(t *testing.T) {
	run := load(t, "klein")
	run.Dossiers = append(run.Dossiers, run.Dossiers[0], load(t, "mager").Dossiers[0])
	nl, en := issuesOf(run, true, languages["nl"]), issuesOf(run, true, languages["en"])
	seen := map[string]bool{}
	for i, issue := range nl {
		if seen[issue.key] {
			t.Errorf("%s %s: fingerprint of another issue", issue.dossier, issue.rule)
		}
		seen[issue.key] = true
		if en[i].key != issue.key {
			t.Errorf("%s: the fingerprint depends on the language", issue.rule)
		}
	}
	moved := load(t, "klein")
	moved.Date, moved.Catalogue = "2027-01-01", "ander"
	for i := range moved.Dossiers[0].Rows {
		r := &moved.Dossiers[0].Rows[i]
		r.Reason = "Andere reden."
		if r.Status == result.Missing {
			r.Status = result.Partial
		}
		for j := range r.Evidence {
			r.Evidence[j].Page += 3
		}
	}
	for i, issue := range issuesOf(moved, true, languages["nl"]) {
		if issue.key != nl[i].key {
			t.Errorf("%s: another fingerprint after a change of the draft", issue.rule)
		}
	}
}

// TestTop: the heaviest first, ten at most, and nothing is left out without being counted.
func TestTop(t *testing.T) {
	run := result.Run{Dossiers: []result.Dossier{{ID: "d"}}}
	add := func(n int, duty result.Duty, status result.Status, more func(*result.Row)) {
		for range n {
			r := result.Row{Requirement: fmt.Sprintf("eis-%02d", len(run.Dossiers[0].Rows)), Title: "Titel", Duty: duty, Status: status}
			if more != nil {
				more(&r)
			}
			run.Dossiers[0].Rows = append(run.Dossiers[0].Rows, r)
		}
	}
	add(3, result.Advice, result.Missing, nil)
	add(9, result.Statutory, result.Partial, nil)
	add(4, result.Statutory, result.Missing, nil)
	add(2, result.Statutory, result.Missing, func(r *result.Row) { r.Waived = &result.Waiver{Reason: "x"} })
	add(2, result.Statutory, result.Missing, func(r *result.Row) { r.Known = true })
	add(5, result.Statutory, result.Covered, nil)

	for format, want := range map[string][]string{
		"github": {"::error ", "::error ", "::error ", "::error ", "::warning ", "::warning ", "::warning ", "::warning ", "::warning ", "::warning ", "::notice "},
		"azure":  {"##vso[", "##vso[", "##vso[", "##vso[", "##vso[", "##vso[", "##vso[", "##vso[", "##vso[", "##vso[", "Nog 6 "},
	} {
		lines := strings.Split(strings.TrimSpace(write(t, format, run, Options{})), "\n")
		if len(lines) != len(want) {
			t.Fatalf("%s: %d lines, want %d:\n%s", format, len(lines), len(want), strings.Join(lines, "\n"))
		}
		for i, l := range lines {
			if !strings.HasPrefix(l, want[i]) {
				t.Errorf("%s: line %d is %q, want %q", format, i+1, l, want[i])
			}
		}
		if !strings.Contains(lines[10], "Nog 6 meer (let op: 3, ter info: 3).") {
			t.Errorf("%s: the rest is counted as %q", format, lines[10])
		}
	}

	run.Dossiers[0].Rows = nil
	add(12, result.Advice, result.Missing, nil)
	if out := write(t, "github", run, Options{}); strings.Count(out, "::notice ") != 10 || !strings.Contains(out, "Nog 3 meer") {
		t.Errorf("of twelve notices GitHub keeps ten, the line about the rest among them:\n%s", out)
	}
}
