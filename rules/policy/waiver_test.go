package policy

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"inkooptoets/rules/result"
)

func known(id string, finding bool) (string, bool) {
	if finding {
		return "", id == "c-outdated"
	}
	return "r-1", slices.Contains([]string{"r-1", "r-2", "r-3"}, id)
}

// example has a missing requirement, one contradicted in two files, a covered one and two findings.
func example() result.Run {
	return result.Run{Date: "2026-11-21", Dossiers: []result.Dossier{{
		ID: "perceel-1",
		Rows: []result.Row{
			{Requirement: "r-1", Status: result.Missing},
			{Requirement: "r-2", Status: result.Contradicted, Evidence: []result.Evidence{{File: "contract/a.docx"}, {File: "contract/b.docx"}}},
			{Requirement: "r-3", Status: result.Covered},
		},
		Findings: []result.Finding{{ID: "c-outdated", Rule: "wbp", File: "contract/a.docx"}, {ID: "c-outdated", Rule: "awbz", File: "pve.docx"}},
	}}}
}

func TestWaive(t *testing.T) {
	good := Waiver{Requirement: "r-1", Reason: "waarom", By: "wie", Until: "2027-06-30", Place: "x:1"}
	for _, tc := range []struct {
		name   string
		change func(*Waiver)
		waived string // what it accepts
		kind   string
		says   string
	}{
		{"a requirement", func(*Waiver) {}, "r-1", "", ""},
		{"last day", func(w *Waiver) { w.Until = "2026-11-21" }, "r-1", "", ""},
		{"day after", func(w *Waiver) { w.Until = "2026-11-20" }, "", "expired", "verlopen op 2026-11-20"},
		{"twelve months", func(w *Waiver) { w.Until = "2027-11-21" }, "r-1", "", ""},
		{"a day more", func(w *Waiver) { w.Until = "2027-11-22" }, "", "too-long", "hooguit 12 maanden vooruit, dus tot en met 2027-11-21"},
		{"no date", func(w *Waiver) { w.Until = "" }, "", "malformed", "until ontbreekt"},
		{"not a date", func(w *Waiver) { w.Until = "juni" }, "", "malformed", `until "juni" is geen datum`},
		{"no reason", func(w *Waiver) { w.Reason = " " }, "", "malformed", "reason ontbreekt"},
		{"nobody", func(w *Waiver) { w.By = "" }, "", "malformed", "by ontbreekt"},
		{"nothing named", func(w *Waiver) { w.Requirement = "" }, "", "malformed", "noem de eis"},
		{"both named", func(w *Waiver) { w.Finding = "c-outdated" }, "", "malformed", "niet allebei"},
		{"unknown requirement", func(w *Waiver) { w.Requirement = "r-9" }, "", "malformed", `onbekend kenmerk "r-9"; bedoelt u "r-1"?`},
		{"unknown finding", func(w *Waiver) { w.Requirement, w.Finding = "", "c-x" }, "", "malformed", `onbekend kenmerk "c-x"; alle eisen`},
		{"bad glob", func(w *Waiver) { w.Dossier = "[a" }, "", "malformed", `dossier "[a" is geen patroon`},
		{"dossier by name", func(w *Waiver) { w.Dossier = "perceel-*" }, "r-1", "", ""},
		{"dossier by path", func(w *Waiver) { w.Dossier = "inkoop/**" }, "r-1", "", ""},
		{"other dossier", func(w *Waiver) { w.Dossier = "perceel-2" }, "", "unmatched", `dossier "perceel-2" past op geen dossier`},
		{"no gap there", func(w *Waiver) { w.Requirement = "r-3" }, "", "unused", "geen gat"},
		{"file, while nothing was found", func(w *Waiver) { w.File = "**" }, "", "unused", "geen gat"},
		{"file with one of two passages", func(w *Waiver) { w.Requirement, w.File = "r-2", "contract/a.docx" }, "", "unused", "geen gat"},
		{"files with all passages", func(w *Waiver) { w.Requirement, w.File = "r-2", "contract/*.docx" }, "r-2", "", ""},
		{"finding", func(w *Waiver) { w.Requirement, w.Finding = "", "c-outdated" }, "c-outdated/wbp c-outdated/awbz", "", ""},
		{"finding in a file", func(w *Waiver) { w.Requirement, w.Finding, w.File = "", "c-outdated", "pve.docx" }, "c-outdated/awbz", "", ""},
		{"one entry of a finding", func(w *Waiver) { w.Requirement, w.Finding = "", "c-outdated/wbp" }, "c-outdated/wbp", "", ""},
		{"finding that is not there", func(w *Waiver) { w.Requirement, w.Finding = "", "c-outdated/zfw" }, "", "unused", "die bevinding is er niet meer"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			w := good
			tc.change(&w)
			run := Waive(example(), []Scope{{Path: "inkoop/perceel-1", Waivers: []Waiver{w}}}, known)
			if got := waived(run); got != tc.waived {
				t.Errorf("waived %q, want %q", got, tc.waived)
			}
			kind, says := "", ""
			for _, p := range run.WaiverProblems {
				kind, says = p.Kind, p.Message
			}
			if kind != tc.kind || !strings.Contains(says, tc.says) {
				t.Errorf("problem %s %q, want %s %q", kind, says, tc.kind, tc.says)
			}
		})
	}
}

func waived(run result.Run) string {
	var out []string
	for _, d := range run.Dossiers {
		for _, r := range d.Rows {
			if r.Waived != nil {
				out = append(out, r.Requirement)
			}
		}
		for _, f := range d.Findings {
			if f.Waived != nil {
				out = append(out, f.ID+"/"+f.Rule)
			}
		}
	}
	return strings.Join(out, " ")
}

// One file with waivers for two dossiers: what one of them uses is used, each problem is told once, and the run that came in is untouched.
func TestWaiveDossiersTogether(t *testing.T) {
	in := example()
	in.Dossiers = append(in.Dossiers, result.Dossier{ID: "perceel-2", Rows: []result.Row{{Requirement: "r-1", Status: result.Covered}}})
	w := []Waiver{
		{Requirement: "r-1", Reason: "a", By: "b", Until: "2027-01-01", Place: "x:1"},
		{Requirement: "r-1", Reason: "later", By: "b", Until: "2027-01-01", Place: "x:2"},
		{Requirement: "r-3", Reason: "a", By: "b", Until: "2026-01-01", Place: "x:3"},
	}
	got := Waive(in, []Scope{{Waivers: w}, {Waivers: w}}, known)
	if diff := cmp.Diff(&result.Waiver{Reason: "a", By: "b", Until: "2027-01-01", Place: "x:1"}, got.Dossiers[0].Rows[0].Waived); diff != "" {
		t.Errorf("the first of two counts (-want +got):\n%s", diff)
	}
	want := []result.WaiverProblem{
		{Place: "x:2", ID: "r-1", Kind: "unused", Message: "ongebruikt: bij die eis is er geen gat meer waar dit op past; haal het akkoord weg"},
		{Place: "x:3", ID: "r-3", Kind: "expired", Message: "verlopen op 2026-01-01; los het gat op of spreek een nieuwe datum af"},
	}
	if diff := cmp.Diff(want, got.WaiverProblems); diff != "" {
		t.Errorf("problems (-want +got):\n%s", diff)
	}
	if waived(in) != "" {
		t.Error("the run that was given changed")
	}
}

// Dossiers shared out over runs give the problems of one run over all of them.
func TestJoinProblems(t *testing.T) {
	whole := example()
	whole.Dossiers = append(whole.Dossiers, result.Dossier{ID: "perceel-2", Rows: []result.Row{{Requirement: "r-1", Status: result.Covered}}})
	waiver := func(place, requirement, dossier string) Waiver {
		return Waiver{Requirement: requirement, Dossier: dossier, Reason: "a", By: "b", Until: "2027-01-01", Place: place}
	}
	w := []Waiver{
		waiver("x:10", "r-1", ""),          // used by the first
		waiver("x:9", "r-1", "perceel-2"),  // no gap in the second, not for the first
		waiver("x:11", "r-3", ""),          // nowhere a gap
		waiver("x:13", "r-1", ""),          // the gap has one already
		waiver("x:12", "r-1", "perceel-3"), // for neither
		waiver("x:2", "r-8", ""),           // unknown
	}
	scope := Scope{Waivers: w}
	var parts []result.Run
	for _, d := range whole.Dossiers {
		parts = append(parts, Waive(result.Run{Date: whole.Date, Dossiers: []result.Dossier{d}}, []Scope{scope}, known))
	}
	want := Waive(whole, []Scope{scope, scope}, known).WaiverProblems
	for _, order := range [][]result.Run{{parts[0], parts[1]}, {parts[1], parts[0]}, {parts[0], parts[1], parts[1]}} {
		if diff := cmp.Diff(want, JoinProblems(order...)); diff != "" {
			t.Errorf("problems (-one run +joined):\n%s", diff)
		}
	}
	var places []string
	for _, p := range want {
		places = append(places, p.Place+" "+p.Kind)
	}
	if diff := cmp.Diff([]string{"x:2 malformed", "x:9 unused", "x:11 unused", "x:12 unmatched", "x:13 unused"}, places); diff != "" {
		t.Errorf("problems (-want +got):\n%s", diff)
	}
}
