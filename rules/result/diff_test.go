package result

import (
	"bytes"
	"encoding/json"
	"errors"
	"slices"
	"testing"
)

func passage(file string, page int, quote string) Evidence {
	return Evidence{File: file, Page: page, Quote: quote, Shows: Covered}
}

func TestChangeOf(t *testing.T) {
	waived := &Waiver{By: "J. Jansen"}
	vog := []Evidence{passage("pve.docx", 3, "Opdrachtnemer heeft van iedere beroepskracht een VOG.")}
	for _, tc := range []struct {
		name     string
		old, new *Row
		other    bool // catalogues differ
		want     Change
		detail   Detail
	}{
		{"gap filled", &Row{Status: Missing}, &Row{Status: Covered, Evidence: vog}, false, Solved, ""},
		{"gap filled by reference", &Row{Status: Partial}, &Row{Status: Referenced}, false, Solved, ""},
		{"accepted gap filled", &Row{Status: Missing, Waived: waived}, &Row{Status: Covered}, false, Solved, ""},
		{"clause gone", &Row{Status: Covered, Evidence: vog}, &Row{Status: Missing}, false, NewGap, ""},
		{"applies now", &Row{Status: NotApplicable}, &Row{Status: Missing}, false, NewGap, ""},
		{"could not be judged before", &Row{Status: Undetermined}, &Row{Status: Partial}, false, NewGap, ""},
		{"waiver ended", &Row{Status: Missing, Waived: waived}, &Row{Status: Missing}, false, NewGap, Reopened},
		{"waiver ended and better", &Row{Status: Missing, Waived: waived}, &Row{Status: Partial}, false, NewGap, Reopened},
		{"accepted", &Row{Status: Missing}, &Row{Status: Missing, Waived: waived}, false, Changed, Accepted},
		{"clause gone, accepted", &Row{Status: Covered}, &Row{Status: Missing, Waived: waived}, false, Changed, Accepted},
		{"still accepted", &Row{Status: Missing, Waived: waived}, &Row{Status: Missing, Waived: waived}, false, Unchanged, ""},
		{"accepted and worse", &Row{Status: Partial, Waived: waived}, &Row{Status: Missing, Waived: waived}, false, Changed, Worse},
		{"worse", &Row{Status: Partial}, &Row{Status: Missing}, false, Changed, Worse},
		{"contradicted is the worst", &Row{Status: Missing}, &Row{Status: Contradicted}, false, Changed, Worse},
		{"better", &Row{Status: Contradicted}, &Row{Status: Mentioned}, false, Changed, Better},
		{"gap that applies no more", &Row{Status: Missing}, &Row{Status: NotApplicable}, false, Changed, ""},
		{"gap that cannot be judged is not solved", &Row{Status: Missing}, &Row{Status: Undetermined}, false, Changed, ""},
		{"from words to reference", &Row{Status: Covered}, &Row{Status: Referenced}, false, Changed, ""},
		{"another part", &Row{Status: Partial, Aspects: []Aspect{{ID: "a", Status: Covered}}}, &Row{Status: Partial, Aspects: []Aspect{{ID: "a", Status: Missing}}}, false, Changed, Parts},
		{"other words", &Row{Status: Covered, Evidence: vog}, &Row{Status: Covered, Evidence: []Evidence{passage("pve.docx", 3, "Opdrachtnemer toont van iedere beroepskracht een VOG.")}}, false, Changed, Words},
		{"moved", &Row{Status: Covered, Evidence: vog}, &Row{Status: Covered, Evidence: []Evidence{passage("contract.pdf", 12, "Opdrachtnemer  heeft van iedere be\u00adroepskracht\neen VOG")}}, false, Unchanged, ""},
		{
			"what is contradicted stays, a mention beside it is reworded", &Row{Status: Contradicted, Evidence: []Evidence{{Quote: "Een VOG is niet nodig.", Shows: Contradicted}, {Quote: "Over de VOG.", Shows: Mentioned}}},
			&Row{Status: Contradicted, Evidence: []Evidence{{Quote: "Een VOG is niet nodig.", Shows: Contradicted}, {Quote: "De VOG.", Shows: Mentioned}}}, false, Unchanged, "",
		},
		{"same gap", &Row{Status: Missing}, &Row{Status: Missing}, false, Unchanged, ""},
		{"same gap, other passage near", &Row{Status: Missing, Nearest: vog}, &Row{Status: Missing}, false, Unchanged, ""},
		{"applies in neither", &Row{Status: NotApplicable}, &Row{Status: NotApplicable}, false, Unchanged, ""},
		{"new framework, gap", nil, &Row{Status: Missing}, false, NewGap, ""},
		{"new framework, covered", nil, &Row{Status: Covered}, false, OnlyNew, ""},
		{"new rule", nil, &Row{Status: Missing}, true, OnlyNew, ""},
		{"not judged any more", &Row{Status: Missing}, nil, false, OnlyOld, ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got, detail := changeOf(tc.old, tc.new, !tc.other); got != tc.want || detail != tc.detail {
				t.Errorf("got %s %q, want %s %q", got, detail, tc.want, tc.detail)
			}
		})
	}
}

func TestBare(t *testing.T) {
	for _, tc := range []struct {
		a, b string
		same bool
	}{
		{"De VOG is „niet ouder“ dan 3 maanden;", "de VOG is \"niet ouder\" dan 3\u00a0maanden.", true},
		{"zorg-\naanbieder", "zorgaanbieder", true},
		{"ten minste 1,5 fte", "ten minste 15 fte", false},
		{"binnen 10 dagen", "binnen 14 dagen", false},
		{"ten hoogste 5%", "ten hoogste 5", false},
		{"Opdrachtnemer meldt dit niet.", "Opdrachtnemer meldt dit.", false},
	} {
		if got := bare(tc.a) == bare(tc.b); got != tc.same {
			t.Errorf("%q and %q: same is %t, want %t", tc.a, tc.b, got, tc.same)
		}
	}
}

func run(ids ...string) Run {
	r := Run{SchemaVersion: SchemaVersion, Catalogue: "c1"}
	for _, id := range ids {
		r.Dossiers = append(r.Dossiers, Dossier{ID: id})
	}
	return r
}

func TestDifferencePairs(t *testing.T) {
	for _, tc := range []struct {
		name             string
		old, new         Run
		pairs            []string
		onlyOld, onlyNew []string
		err              error
	}{
		{"one each, other names", run("concept-1"), run("concept-2"), []string{"concept-1 concept-2"}, nil, nil, nil},
		{"by id, in the order of the new run", run("a", "b", "c"), run("c", "d", "a"), []string{"c c", "a a"}, []string{"b"}, []string{"d"}, nil},
		{"nothing in common", run("a"), run("b", "c"), nil, []string{"a"}, []string{"b", "c"}, ErrNoPair},
		{"twice in the old run", run("a", "a"), run("a"), nil, nil, nil, ErrTwice},
		{"twice in the new run", run("a"), run("a", "a"), nil, nil, nil, ErrTwice},
	} {
		t.Run(tc.name, func(t *testing.T) {
			d, err := Difference(tc.old, tc.new)
			if !errors.Is(err, tc.err) {
				t.Fatalf("got error %v, want %v", err, tc.err)
			}
			var pairs []string
			for _, x := range d.Dossiers {
				pairs = append(pairs, x.Old+" "+x.New)
			}
			if !slices.Equal(pairs, tc.pairs) || !slices.Equal(d.OnlyOld, tc.onlyOld) || !slices.Equal(d.OnlyNew, tc.onlyNew) {
				t.Errorf("got %v, only old %v, only new %v", pairs, d.OnlyOld, d.OnlyNew)
			}
		})
	}
}

// TestDifferenceKeepsWhatItNeeds: changed words come with the passages that differ, moved words with both places, and what stayed without any.
func TestDifferenceKeepsWhatItNeeds(t *testing.T) {
	a, b, c := passage("pve.docx", 1, "Opdrachtnemer heeft een klachtenregeling."), passage("pve.docx", 2, "Klachten gaan naar de klachtencommissie."), passage("pve.docx", 2, "Klachten gaan naar de directie.")
	far := a
	far.File, far.Page = "overeenkomst.pdf", 9
	older, newer := run("x"), run("y")
	older.Dossiers[0].Rows = []Row{
		{Requirement: "words", Duty: Statutory, Status: Covered, Evidence: []Evidence{a, b}},
		{Requirement: "moved", Duty: Municipal, Status: Covered, Evidence: []Evidence{a}},
		{Requirement: "same", Duty: Framework, Status: Covered, Evidence: []Evidence{a}},
		{Requirement: "neither", Duty: Framework, Status: NotApplicable},
		{Requirement: "gone", Duty: Advice, Status: Missing},
	}
	newer.Dossiers[0].Rows = []Row{
		{Requirement: "words", Duty: Statutory, Status: Covered, Evidence: []Evidence{c, a}},
		{Requirement: "moved", Duty: Municipal, Status: Covered, Evidence: []Evidence{b, far}},
		{Requirement: "same", Duty: Framework, Status: Covered, Evidence: []Evidence{a, a}},
		{Requirement: "neither", Duty: Framework, Status: NotApplicable},
	}
	older.Dossiers[0].Rows[1].Evidence = []Evidence{a, b}
	d, err := Difference(older, newer)
	if err != nil {
		t.Fatal(err)
	}
	rows := d.Dossiers[0].Rows
	if r := rows[0]; r.Detail != Words || len(r.Old.Passages) != 1 || r.Old.Passages[0].Quote != b.Quote || len(r.New.Passages) != 1 || r.New.Passages[0].Quote != c.Quote {
		t.Errorf("words: got %+v, old %+v, new %+v", r, r.Old, r.New)
	}
	if r := rows[1]; r.Change != Unchanged || !r.Moved || r.Old.Passages[0].File != "pve.docx" || r.New.Passages[0].File != "overeenkomst.pdf" {
		t.Errorf("moved: got %+v, old %+v, new %+v", r, r.Old, r.New)
	}
	if r := rows[2]; r.Change != Unchanged || r.Moved || len(r.Old.Passages)+len(r.New.Passages) > 0 {
		t.Errorf("same: got %+v", r)
	}
	if r := rows[4]; r.Requirement != "gone" || r.Change != OnlyOld || r.New != nil {
		t.Errorf("gone: got %+v", r)
	}
	want := []ChangeTally{
		{Statutory, 2, map[Change]int{Changed: 1, Unchanged: 1}}, {Framework, 1, map[Change]int{Unchanged: 1}}, {Advice, 1, map[Change]int{OnlyOld: 1}},
	}
	for i, got := range d.Dossiers[0].Tallies {
		if got.Duty != want[i].Duty || got.Total != want[i].Total {
			t.Errorf("tally %+v, want %+v", got, want[i])
		}
		for _, c := range Changes {
			if got.Counts[c] != want[i].Counts[c] {
				t.Errorf("%s %s: %d, want %d", got.Duty, c, got.Counts[c], want[i].Counts[c])
			}
		}
	}
	if len(older.Dossiers[0].Rows[0].Evidence) != 2 {
		t.Error("the run that was given has changed")
	}
}

// TestDifferenceAfterAnAmendment: a clause that a nota van inlichtingen took out decides nothing any more, but shows why there is a gap.
func TestDifferenceAfterAnAmendment(t *testing.T) {
	clause, gone, nota := passage("pve.docx", 3, "Opdrachtnemer heeft een klachtenregeling."), passage("pve.docx", 3, "Opdrachtnemer heeft een klachtenregeling."), passage("nota.docx", 1, "Eis 4 vervalt.")
	gone.OverriddenBy, nota.Shows = "nota.docx", ""
	older, newer := run("x"), run("x")
	older.Dossiers[0].Rows = []Row{{Requirement: "klachten", Status: Covered, Evidence: []Evidence{clause}}, {Requirement: "zelfde", Status: Mentioned, Evidence: []Evidence{clause}}}
	newer.Dossiers[0].Rows = []Row{{Requirement: "klachten", Status: Missing, Evidence: []Evidence{nota, gone}}, {Requirement: "zelfde", Status: Mentioned, Evidence: []Evidence{gone}}}
	d, err := Difference(older, newer)
	if err != nil {
		t.Fatal(err)
	}
	if r := d.Dossiers[0].Rows[0]; r.Change != NewGap || len(r.New.Passages) != 2 || r.New.Passages[0].File != "nota.docx" {
		t.Errorf("got %+v with passages %+v", r, r.New.Passages)
	}
	if r := d.Dossiers[0].Rows[1]; r.Change != Changed || r.Detail != Words {
		t.Errorf("a mention that lapsed: got %+v", r)
	}
	if best, _ := bestClause(nil, []Evidence{gone}); best != nil {
		t.Errorf("a clause that lapsed is no example: %+v", best)
	}
}

func TestRegression(t *testing.T) {
	gap := &Verdict{Status: Missing}
	for _, tc := range []struct {
		name string
		row  RowDiff
		want bool
	}{
		{"new", RowDiff{Change: NewGap, New: gap}, true},
		{"worse", RowDiff{Change: Changed, Detail: Worse, New: gap}, true},
		{"worse but accepted", RowDiff{Change: Changed, Detail: Worse, New: &Verdict{Status: Missing, Waived: &Waiver{}}}, false},
		{"better", RowDiff{Change: Changed, Detail: Better, New: gap}, false},
		{"same", RowDiff{Change: Unchanged, New: gap}, false},
		{"only in the new catalogue", RowDiff{Change: OnlyNew, New: gap}, false},
		{"only old", RowDiff{Change: OnlyOld, Old: gap}, false},
	} {
		if got := tc.row.Regression(); got != tc.want {
			t.Errorf("%s: got %t", tc.name, got)
		}
	}
}

func TestDifferenceOfFindings(t *testing.T) {
	wbp := Finding{ID: "c-outdated", Rule: "wbp", File: "a.docx", Page: 2, Quote: "De Wbp geldt."}
	moved := wbp
	moved.File, moved.Page = "b.docx", 7
	places := []Place{{File: "b.docx", Block: 4}}
	older, newer := run("x"), run("x")
	older.Dossiers[0].Findings = []Finding{wbp, wbp, {ID: "c-empty", Message: "leeg", File: "c.docx"}, {ID: "c-outdated", Rule: "wvg", File: "a.docx", Quote: "Volgens de Wvg.", Places: places}}
	newer.Dossiers[0].Findings = []Finding{
		moved, {ID: "c-outdated", Rule: "wtcg", Quote: "De Wtcg geldt."}, {ID: "c-outdated", Rule: "wvg", File: "b.docx", Quote: "De Wvg dus.", Places: places},
	}
	d, err := Difference(older, newer)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, f := range d.Dossiers[0].Findings {
		got = append(got, string(f.Change)+" "+f.ID+" "+f.Rule+" "+f.File)
	}
	want := []string{"new c-outdated wtcg ", "solved c-outdated wbp a.docx", "solved c-empty  c.docx", "unchanged c-outdated wbp b.docx", "unchanged c-outdated wvg b.docx"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestDifferenceOfProfiles(t *testing.T) {
	older, newer := run("x"), run("x")
	older.Dossiers[0].Profile = Profile{Laws: []Assumed{{Value: "wmo", Answer: "yes"}, {Value: "jeugdwet", Answer: "no"}}, Procedure: Assumed{Value: "aanbesteding", Answer: "yes"}}
	newer.Dossiers[0].Profile = Profile{Laws: []Assumed{{Value: "wmo", Answer: "yes"}, {Value: "jeugdwet", Answer: "yes"}}, Procedure: Assumed{Value: "toelating", Answer: "yes"}, Segments: []Assumed{{Value: "wmo-2", Answer: "unknown"}}}
	d, err := Difference(older, newer)
	if err != nil {
		t.Fatal(err)
	}
	want := []AssumptionDiff{{"law", "jeugdwet", "", "no", "yes"}, {"procedure", "toelating", "", "no", "yes"}, {"procedure", "aanbesteding", "", "yes", "no"}}
	if got := d.Dossiers[0].Assumptions; !slices.Equal(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

func TestEncodeDiff(t *testing.T) {
	older, newer := run("x"), run("x")
	newer.Dossiers[0].Rows = []Row{{Requirement: "r", Duty: Statutory, Status: Missing, Reason: "##vso[task.complete]\u202e"}}
	d, err := Difference(older, newer)
	if err != nil {
		t.Fatal(err)
	}
	var a, b bytes.Buffer
	if err := errors.Join(EncodeDiff(&a, d), EncodeDiff(&b, d)); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(a.Bytes(), b.Bytes()) {
		t.Error("the same diff gives other bytes")
	}
	if bytes.Contains(a.Bytes(), []byte("##")) || bytes.ContainsRune(a.Bytes(), '\u202e') {
		t.Errorf("a command or a hidden character in %s", a.String())
	}
	var back Diff
	if err := json.Unmarshal(a.Bytes(), &back); err != nil || back.Dossiers[0].Rows[0].Change != NewGap {
		t.Errorf("read back %+v, %v", back, err)
	}
}
