package main

import (
	"context"
	"errors"
	"strings"
	"syscall"
	"testing"
	"time"

	"inkooptoets/rules/result"
)

// The exit code for every duty against every threshold, and what takes precedence.
func TestVerdict(t *testing.T) {
	gap := func(d result.Duty) []result.Row { return []result.Row{{Duty: d, Status: result.Missing}} }
	for _, tc := range []struct {
		name, failOn string
		rows         []result.Row
		problem      string
		want         int
	}{
		{"statutory gap", "statutory", gap(result.Statutory), "", exitGaps},
		{"municipal gap weighs as statutory", "statutory", gap(result.Municipal), "", exitGaps},
		{"framework gap below threshold", "statutory", gap(result.Framework), "", exitDone},
		{"advice gap below threshold", "statutory", gap(result.Advice), "", exitDone},
		{"statutory gap above threshold", "framework", gap(result.Statutory), "", exitGaps},
		{"framework gap at threshold", "framework", gap(result.Framework), "", exitGaps},
		{"advice gap below framework", "framework", gap(result.Advice), "", exitDone},
		{"municipal gap, threshold advice", "advice", gap(result.Municipal), "", exitGaps},
		{"framework gap, threshold advice", "advice", gap(result.Framework), "", exitGaps},
		{"advice gap at threshold", "advice", gap(result.Advice), "", exitGaps},
		{"nothing counts", "none", gap(result.Statutory), "", exitDone},
		{"no rows", "statutory", nil, "", exitDone},
		{"covered, referenced, undetermined and n.a. are no gaps", "advice", []result.Row{{Duty: result.Statutory, Status: result.Covered},
			{Duty: result.Statutory, Status: result.Referenced}, {Duty: result.Statutory, Status: result.Undetermined}, {Duty: result.Statutory, Status: result.NotApplicable}}, "", exitDone},
		{"waived gap", "statutory", []result.Row{{Duty: result.Statutory, Status: result.Partial, Waived: &result.Waiver{}}}, "", exitDone},
		{"gap of the baseline", "statutory", []result.Row{{Duty: result.Statutory, Status: result.Partial, Known: true}}, "", exitDone},
		{"document that is not there", "statutory", []result.Row{{Duty: result.Municipal, Status: result.Undetermined, Absent: "bijlage-4"}}, "", exitUnread},
		{"document that is not there, below the threshold", "statutory", []result.Row{{Duty: result.Framework, Status: result.Undetermined, Absent: "bijlage-4"}}, "", exitDone},
		{"unread document beats gaps", "statutory", gap(result.Statutory), "versleuteld", exitUnread},
		{"unread document also when nothing counts", "none", nil, "versleuteld", exitUnread},
	} {
		t.Run(tc.name, func(t *testing.T) {
			done := []finished{
				{brief: briefOf(result.Dossier{Rows: tc.rows})},
				{brief: briefOf(result.Dossier{Documents: []result.Document{{Path: "a.pdf"}, {Path: "b.pdf", Problem: tc.problem}}})},
			}
			got := exitDone
			if v, ok := errors.AsType[verdict](judgement(done, []settings{{failOn: tc.failOn}, {failOn: tc.failOn}})); ok {
				got = int(v)
			}
			if got != tc.want {
				t.Errorf("got exit code %d, want %d", got, tc.want)
			}
		})
	}
}

// Who accepts that a document is not there, accepts what hangs on it.
func TestAcceptedAbsence(t *testing.T) {
	d := result.Dossier{Rows: []result.Row{{Duty: result.Statutory, Status: result.Undetermined, Absent: "bijlage-4"}}, Findings: []result.Finding{{ID: "c-annex", Rule: "bijlage-4"}}}
	if got := briefOf(d).Absent; len(got) != 1 {
		t.Errorf("open: got %v", got)
	}
	d.Findings[0].Waived = &result.Waiver{}
	if got := briefOf(d).Absent; len(got) != 0 {
		t.Errorf("accepted: got %v", got)
	}
}

func TestDateDefaultsToTheClock(t *testing.T) {
	f := checkFlags{config: noConfig}
	got, err := f.settle([]target{{path: "a"}}, time.Date(2027, 3, 9, 23, 0, 0, 0, time.UTC))
	if err != nil {
		t.Fatal(err)
	}
	if got[0].date != "2027-03-09" || got[0].failOn != "statutory" {
		t.Errorf("got date %q, fail-on %q", got[0].date, got[0].failOn)
	}
}

// Names of files come from strangers.
func TestPrintable(t *testing.T) {
	if got, want := printable("a\x1b[31mb\r\n\tc\u009bd é ##vso[task.complete result=Failed]"), "ab c é # #vso[task.complete result=Failed]"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestWithin(t *testing.T) {
	for _, tc := range []struct {
		folder, path string
		want         bool
	}{
		{"dossier", "dossier/r.md", true},
		{"dossier", "dossier/sub/r.md", true},
		{".", "r.md", true},
		{"dossier", "r.md", false},
		{"dossier", "dossier-2/r.md", false},
		{"a/b", "a/r.md", false},
	} {
		if got := within(tc.folder, tc.path); got != tc.want {
			t.Errorf("within(%q, %q) = %v, want %v", tc.folder, tc.path, got, tc.want)
		}
	}
}

// The README promises that this command runs on a fresh machine and ends with exit code 1, because the example has gaps.
func TestTheReadmeExample(t *testing.T) {
	var stdout, stderr strings.Builder
	if got := run(t.Context(), []string{"check", "../../testdata/dossiers/voorbeeld"}, &stdout, &stderr); got != exitGaps {
		t.Errorf("got exit code %d, want %d; stderr: %s", got, exitGaps, stderr.String())
	}
	if !strings.Contains(stdout.String(), "voorbeeld") {
		t.Errorf("no report:\n%s", stdout.String())
	}
}

// An interrupted check says so and leaves no report.
func TestInterrupted(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	var stdout, stderr strings.Builder
	got := run(ctx, []string{"check", "../../testdata/dossiers/voorbeeld"}, &stdout, &stderr)
	if got != exitNotRun || stdout.Len() > 0 || !strings.Contains(stderr.String(), "inkooptoets: afgebroken") {
		t.Errorf("got exit code %d, stdout %q, stderr %q", got, stdout.String(), stderr.String())
	}
}

// A full disk is a failure also of commands that do not look at what they write.
func TestFullDisk(t *testing.T) {
	var stderr strings.Builder
	if code := run(t.Context(), []string{"--help"}, full{}, &stderr); code != exitNotRun || stderr.String() != "inkooptoets: uitvoer niet geschreven: de schijf is vol\n" {
		t.Errorf("got code %d, %q", code, stderr.String())
	}
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, syscall.ENOSPC }

// A workbook is not for a terminal; a pipe or a file takes it.
func TestBinaryFormats(t *testing.T) {
	path := t.TempDir() + "/uit.xlsx"
	for _, tc := range []struct {
		asked  string
		screen bool
		want   string
	}{
		{"xlsx", true, "xlsx is geen tekst en past niet op het scherm; geef een bestand op, zoals -f xlsx=rapport.xlsx"},
		{"xlsx=-", true, "xlsx is geen tekst en past niet op het scherm; geef een bestand op, zoals -f xlsx=rapport.xlsx"},
		{"xlsx", false, ""},
		{"xlsx=" + path, true, ""},
		{"markdown", true, ""},
	} {
		outs, err := openOutputs([]string{tc.asked}, nil, tc.screen)
		got := ""
		if err != nil {
			got = err.Error()
		}
		if got != tc.want {
			t.Errorf("%s on a terminal %v: got %q, want %q", tc.asked, tc.screen, got, tc.want)
		}
		outs.discard()
	}
}

// What -v tells, in full; names from files do not steer the terminal.
func TestTell(t *testing.T) {
	var b strings.Builder
	tell(&b, []finished{{brief: briefOf(result.Dossier{
		ID: "inkoop\x1b[31m", Rows: make([]result.Row, 2),
		Documents: []result.Document{{Path: "pve.pdf", Pages: 28}, {Path: "scan.pdf", Problem: "scan zonder tekst"}},
		Profile:   result.Profile{Frameworks: []result.Assumed{{Value: "k01", Answer: "yes"}, {Value: "k02", Answer: "no"}, {Value: "k08", Answer: "yes"}}},
	})}, {stored: true, brief: brief{ID: "leeg"}}}, 1530*time.Millisecond)
	want := `inkooptoets: inkoop: 2 bestanden, 2 eisen, kaders k01, k08
inkooptoets:   pve.pdf: gelezen, 28 bladzijden
inkooptoets:   scan.pdf: niet gelezen
inkooptoets: leeg: 0 bestanden, 0 eisen, geen kaders
inkooptoets: 1 dossier al eerder getoetst en niet veranderd
inkooptoets: klaar in 1.5 s
`
	if got := b.String(); got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}
