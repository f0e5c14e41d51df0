package result

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// tenderOf makes a tender from "requirement status" words; the source is what stands before the dash, and k-sources are frameworks.
func tenderOf(name string, verdicts ...string) Tender {
	t := Tender{Name: name, Head: RunHead{"inkooptoets 0.1.0", "c1", "2026-11-21"}}
	for _, v := range verdicts {
		id, status, _ := strings.Cut(v, " ")
		source, _, _ := strings.Cut(id, "-")
		kind, duty := "law", Statutory
		if strings.HasPrefix(id, "k") {
			kind, duty = "framework", Framework
		}
		if !slices.ContainsFunc(t.Sources, func(s Source) bool { return s.ID == source }) {
			t.Sources = append(t.Sources, Source{ID: source, Kind: kind})
		}
		t.Rows = append(t.Rows, TenderRow{Subject: Subject{Requirement: id, Source: source, Element: "vakmanschap", Duty: duty}, Status: Status(status)})
	}
	return t
}

func compare(t *testing.T, tenders ...Tender) Comparison {
	t.Helper()
	c, err := Compare(tenders)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestCompareCounts(t *testing.T) {
	c := compare(t,
		tenderOf("noord", "wmo-1 covered", "wmo-2 missing", "wmo-3 not-applicable", "wmo-4 not-applicable", "k01-1 covered", "k01-2 referenced"),
		tenderOf("oost", "wmo-1 referenced", "wmo-2 partial", "wmo-3 undetermined"),
		tenderOf("zuid", "wmo-1 mentioned", "wmo-2 contradicted", "wmo-3 covered", "k01-1 missing", "k01-2 not-applicable"),
	)
	for i, want := range []ComparedRequirement{
		{Subject: Subject{Requirement: "wmo-1"}, Statuses: []Status{Covered, Referenced, Mentioned}, Applicable: 3, Asked: 2},
		{Subject: Subject{Requirement: "wmo-2"}, Statuses: []Status{Missing, Partial, Contradicted}, Applicable: 3, Partly: 1},
		{Subject: Subject{Requirement: "wmo-3"}, Statuses: []Status{NotApplicable, Undetermined, Covered}, Applicable: 2, Asked: 1},
		{Subject: Subject{Requirement: "wmo-4"}, Statuses: []Status{NotApplicable, "", ""}},
		{Subject: Subject{Requirement: "k01-1"}, Statuses: []Status{Covered, "", Missing}, Applicable: 2, Asked: 1},
		{Subject: Subject{Requirement: "k01-2"}, Statuses: []Status{Referenced, "", NotApplicable}, Applicable: 1, Asked: 1},
	} {
		got := c.Requirements[i]
		if got.Requirement != want.Requirement || !slices.Equal(got.Statuses, want.Statuses) || got.Applicable != want.Applicable || got.Asked != want.Asked || got.Partly != want.Partly {
			t.Errorf("got %+v, want %+v", got, want)
		}
	}
	for i, want := range []ComparedTender{
		{Name: "noord", Applicable: 4, Asked: 3, Alone: []string{"k01-1"}}, // k01-2 applies to no other
		{Name: "oost", Applicable: 3, Asked: 1, Partly: 1, Undetermined: 1, Alone: []string{}},
		{Name: "zuid", Applicable: 4, Asked: 1, Alone: []string{"wmo-3"}},
	} {
		got := c.Tenders[i]
		if got.Name != want.Name || got.Applicable != want.Applicable || got.Asked != want.Asked || got.Partly != want.Partly || got.Undetermined != want.Undetermined || !slices.Equal(got.Alone, want.Alone) {
			t.Errorf("got %+v, want %+v", got, want)
		}
	}
	if !slices.Equal(c.Nobody, []string{"wmo-2"}) {
		t.Errorf("nobody asks %v", c.Nobody)
	}
	wantRates := []Rate{
		{By: "weight", Key: "statutory", Tenders: 3, Any: 3, All: 0, Demands: 8, Asked: 3, Partly: 1, Undetermined: 1},
		{By: "weight", Key: "framework", Tenders: 2, Any: 1, All: 1, Demands: 3, Asked: 2},
		{By: "element", Key: "vakmanschap", Weight: Statutory, Tenders: 3, Any: 3, All: 0, Demands: 8, Asked: 3, Partly: 1, Undetermined: 1},
		{By: "element", Key: "vakmanschap", Weight: Framework, Tenders: 2, Any: 1, All: 1, Demands: 3, Asked: 2},
		{By: "source", Key: "wmo", Tenders: 3, Any: 3, All: 0, Demands: 8, Asked: 3, Partly: 1, Undetermined: 1},
		{By: "source", Key: "k01", Tenders: 2, Any: 1, All: 1, Demands: 3, Asked: 2},
	}
	if !slices.Equal(c.Rates, wantRates) {
		t.Errorf("rates\n%+v, want\n%+v", c.Rates, wantRates)
	}
	wantPairs := []Pair{{"noord", "oost", 2, 1, 1}, {"noord", "zuid", 3, 2, 0}, {"oost", "zuid", 3, 2, 0}}
	if !slices.Equal(c.Pairs, wantPairs) {
		t.Errorf("pairs %+v, want %+v", c.Pairs, wantPairs)
	}
}

func TestAlike(t *testing.T) {
	for _, tc := range []struct {
		p    Pair
		want float64
		ok   bool
	}{{Pair{Either: 4, Both: 3}, .75, true}, {Pair{Either: 2}, 0, true}, {Pair{Applicable: 9}, 0, false}} {
		if got, ok := tc.p.Alike(); got != tc.want || ok != tc.ok {
			t.Errorf("%+v: got %v %t", tc.p, got, ok)
		}
	}
}

// TestCompareOrder: a tender that knows a framework which others lack does not break the order of the catalogue.
func TestCompareOrder(t *testing.T) {
	c := compare(t,
		tenderOf("a", "wmo-1 covered", "wmo-3 covered", "k05-1 covered"),
		tenderOf("b", "wmo-1 covered", "wmo-2 covered", "wmo-3 covered", "jw-1 covered", "k08-1 covered"),
		tenderOf("c", "wmo-1 covered", "k01-1 covered", "k01-2 covered", "k05-1 covered", "k08-1 covered", "k08-2 covered"),
	)
	var got []string
	for _, r := range c.Requirements {
		got = append(got, r.Requirement)
	}
	want := []string{"wmo-1", "wmo-2", "wmo-3", "jw-1", "k01-1", "k01-2", "k05-1", "k08-1", "k08-2"}
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestCompareRefuses(t *testing.T) {
	if _, err := Compare([]Tender{tenderOf("a")}); !errors.Is(err, ErrFew) {
		t.Errorf("one tender: got %v", err)
	}
	other := tenderOf("c")
	other.Head.Catalogue = "c2"
	_, err := Compare([]Tender{tenderOf("a"), tenderOf("b"), other})
	if e, ok := errors.AsType[*CatalogueError](err); !ok || *e != (CatalogueError{"a", "c", "c1", "c2"}) {
		t.Errorf("two catalogues: got %v", err)
	}
}

func TestTellApart(t *testing.T) {
	for _, tc := range []struct {
		tenders []Tender
		want    []string
	}{
		{[]Tender{{Name: "noord", From: "x"}, {Name: "zuid", From: "x"}}, []string{"noord", "zuid"}},
		{[]Tender{{Name: "inkoop", From: "noord"}, {Name: "inkoop", From: "zuid"}, {Name: "oost", From: "oost"}}, []string{"noord/inkoop", "zuid/inkoop", "oost"}},
		{[]Tender{{Name: "inkoop", From: "a"}, {Name: "inkoop", From: "a"}, {Name: "inkoop"}}, []string{"a/inkoop", "a/inkoop (2)", "inkoop"}},
		{[]Tender{{Name: "a"}, {Name: "a"}, {Name: "a (2)"}}, []string{"a", "a (2)", "a (2) (2)"}},
	} {
		if got := tellApart(tc.tenders); !slices.Equal(got, tc.want) {
			t.Errorf("got %q, want %q", got, tc.want)
		}
	}
}

func TestBestClause(t *testing.T) {
	both := []Aspect{{ID: "a", Core: true}, {ID: "b", Core: true}, {ID: "c"}}
	const long = "Opdrachtnemer heeft een klachtenregeling en een klachtencommissie die binnen zes weken beslist."
	const short = "Opdrachtnemer heeft een klachtenregeling met een commissie."
	for _, tc := range []struct {
		name     string
		passages []Evidence
		want     string
		whole    bool
	}{
		{"shortest of two whole sentences", []Evidence{{Quote: long, Shows: Covered, Aspects: []string{"a", "b"}}, {Quote: short, Shows: Covered, Aspects: []string{"a", "b"}}}, short, true},
		{"more aspects before shorter", []Evidence{{Quote: short, Shows: Covered, Aspects: []string{"a", "b"}}, {Quote: long, Shows: Covered, Aspects: []string{"a", "b", "c"}}}, long, true},
		{"a sentence before a fragment", []Evidence{{Quote: "een klachtenregeling met een commissie hebben;", Shows: Covered, Aspects: []string{"a", "b"}}, {Quote: long, Shows: Covered, Aspects: []string{"a", "b"}}}, long, true},
		{"what leans on other text comes later", []Evidence{{Quote: "Opdrachtnemer heeft de bovenstaande regeling ingevoerd.", Shows: Covered, Aspects: []string{"a", "b"}}, {Quote: long, Shows: Covered, Aspects: []string{"a", "b"}}}, long, true},
		{"a reference is no example", []Evidence{{Quote: "Opdrachtnemer voldoet aan artikel 3.2 van de Wmo 2015.", Shows: Referenced, Aspects: []string{"a", "b", "c"}}, {Quote: long, Shows: Covered, Aspects: []string{"a", "b"}}}, long, true},
		{"only a reference", []Evidence{{Quote: "Opdrachtnemer voldoet aan artikel 3.2.", Shows: Referenced}}, "", false},
		{"a mention is none", []Evidence{{Quote: "Klachten komen voor.", Shows: Mentioned}}, "", false},
		{"spread over passages", []Evidence{{Quote: short, Shows: Partial, Aspects: []string{"a"}}, {Quote: long, Shows: Partial, Aspects: []string{"b", "c"}}}, long, false},
		{"the first of equals", []Evidence{{Quote: short, File: "a", Shows: Covered, Aspects: []string{"a", "b"}}, {Quote: short, File: "b", Shows: Covered, Aspects: []string{"a", "b"}}}, short, true},
	} {
		t.Run(tc.name, func(t *testing.T) {
			c, _ := bestClause(both, tc.passages)
			if c == nil {
				if tc.want != "" {
					t.Error("got none")
				}
				return
			}
			if c.Quote != tc.want || c.Whole != tc.whole || c.File == "b" {
				t.Errorf("got %+v", c)
			}
		})
	}
}

// TestCompareChoosesTheBestOfAll also when the best comes last, and says whose it is.
func TestCompareChoosesTheBestOfAll(t *testing.T) {
	a, b := tenderOf("a", "wmo-1 covered"), tenderOf("b", "wmo-1 covered")
	a.Rows[0].Clause, a.Rows[0].rank = bestClause(nil, []Evidence{{Quote: "Opdrachtnemer heeft voor alle cliënten een regeling voor klachten vastgesteld.", Shows: Covered}})
	b.Rows[0].Clause, b.Rows[0].rank = bestClause(nil, []Evidence{{Quote: "Opdrachtnemer heeft een klachtenregeling voor cliënten.", Shows: Covered}})
	for _, list := range [][]Tender{{a, b}, {b, a}} {
		if best := compare(t, list...).Requirements[0].Best; best == nil || best.Tender != "b" || !best.Whole {
			t.Errorf("got %+v", best)
		}
	}
	if a.Rows[0].Clause.Tender != "" {
		t.Error("the tender that was given has changed")
	}
}

// TestDecodeTenders: reading a stored run bit by bit gives what reading it whole gives.
func TestDecodeTenders(t *testing.T) {
	stored := generated(2, 40)
	var raw bytes.Buffer
	if err := Encode(&raw, stored); err != nil {
		t.Fatal(err)
	}
	whole, err := Decode(bytes.NewReader(raw.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"as stored": raw.String(), "with a mark": "\ufeff" + raw.String(), "with an unknown field": strings.Replace(raw.String(), `"tool"`, `"later": [{"x": 1}], "tool"`, 1)} {
		got, err := DecodeTenders(strings.NewReader(text), "x")
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if want := Tenders(whole, "x"); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: got\n%+v, want\n%+v", name, got, want)
		}
	}
}

func TestDecodeTendersRefuses(t *testing.T) {
	for name, text := range map[string]string{
		"nothing": "", "no JSON": "Geachte heer", "a list": "[]", "no version": `{"dossiers": []}`, "no version at all": `{}`, "more behind it": `{"schemaVersion": "1.0"} {}`, "another version": `{"schemaVersion": "2.0"}`,
		"cut off": `{"schemaVersion": "1.0", "dossiers": [{"id": "x"`, "cut off behind the dossiers": `{"schemaVersion": "1.0", "dossiers": []`,
		"another form": `{"schemaVersion": "1.0", "dossiers": {"id": "x"}}`, "rows of another form": `{"schemaVersion": "1.0", "dossiers": [{"rows": "x"}]}`,
		"evidence of another form": `{"schemaVersion": "1.0", "dossiers": [{"rows": [{"status": "covered", "evidence": "x"}]}]}`,
	} {
		if got, err := DecodeTenders(strings.NewReader(text), ""); err == nil {
			t.Errorf("%s: got %+v", name, got)
		}
	}
	if _, err := DecodeTenders(strings.NewReader(`{"schemaVersion": "2.0"}`), ""); !errors.Is(err, ErrVersion) {
		t.Errorf("another version: got %v", err)
	}
}

// generated is a batch as check makes it: every status, three aspects, and three passages of ordinary length where there are any.
func generated(dossiers, requirements int) Run {
	run := Run{SchemaVersion: SchemaVersion, Tool: "inkooptoets 0.1.0", Catalogue: "3f2a9c01d4e7", Date: "2026-11-21", Sources: []Source{}}
	for s := range (requirements + 24) / 25 {
		run.Sources = append(run.Sources, Source{ID: fmt.Sprintf("k%02d", s), Kind: "framework", Name: fmt.Sprintf("Kader %d", s)})
	}
	for n := range dossiers {
		d := Dossier{ID: fmt.Sprintf("gemeente-%02d", n), Documents: []Document{{Path: "pve.pdf", Pages: 60}}}
		d.Profile.Laws = []Assumed{{Value: "wmo", Answer: "yes"}, {Value: "jeugdwet", Answer: "no"}}
		for i := range requirements {
			r := Row{
				Requirement: fmt.Sprintf("k%02d-%03d", i/25, i), Source: fmt.Sprintf("k%02d", i/25), Element: Elements[i%4], Duty: Framework, Party: "provider",
				Title: "Opdrachtnemer legt afspraken met de cliënt vast", Citation: fmt.Sprintf("Kader %d, criterium %d", i/25, i),
				Link: "https://wetten.overheid.nl/jci1.3:c:BWBR0035362&artikel=3.5&g=2026-11-21", Status: Statuses[(i*7+n*3+i*n)%len(Statuses)],
				Reason: "De stukken noemen het onderwerp, maar er staat niet wie wat wanneer moet doen.",
			}
			for a := range 3 {
				r.Aspects = append(r.Aspects, Aspect{ID: fmt.Sprintf("%s.%c", r.Requirement, 'a'+a), Text: "afspraken staan in het ondersteuningsplan", Core: a < 2, Status: Missing})
			}
			if r.Status.Gap() {
				r.Suggestion = "Opdrachtnemer legt de afspraken vast, bespreekt ze elk half jaar en maakt daarvan een verslag."
				r.Nearest = generatedPassages(i, n, r)
			}
			if r.Status.Asked() || r.Status == Partial || r.Status == Mentioned {
				r.Evidence = generatedPassages(i+1, n, r)
			}
			d.Rows = append(d.Rows, r)
		}
		d.Tallies = Count(d.Rows)
		run.Dossiers = append(run.Dossiers, d)
	}
	return run
}

func generatedPassages(i, n int, r Row) []Evidence {
	var out []Evidence
	for p := range 3 {
		quote := strings.TrimSpace(strings.Repeat(fmt.Sprintf("Opdrachtnemer bespreekt onderdeel %d van het plan met de cliënt en diens naasten. ", i+p), 2+(i+n+p)%3))
		out = append(out, Evidence{File: "pve.pdf", Page: 1 + (i+p)%60, Block: i + p, Path: []string{"3 Eisen", "3.4 Uitvoering"}, Quote: quote, End: 24, Shows: r.Status, Aspects: []string{r.Aspects[p].ID}})
	}
	return out
}

// BenchmarkCompare reads 50 stored runs of 450 requirements and lays them side by side. Wanted: under 2 seconds.
func BenchmarkCompare(b *testing.B) {
	var files [][]byte
	size := 0
	for _, d := range generated(50, 450).Dossiers {
		run := generated(0, 450)
		run.Dossiers = []Dossier{d}
		var raw bytes.Buffer
		if err := Encode(&raw, run); err != nil {
			b.Fatal(err)
		}
		files = append(files, raw.Bytes())
		size += raw.Len()
	}
	b.SetBytes(int64(size))
	for b.Loop() {
		var tenders []Tender
		for _, raw := range files {
			list, err := DecodeTenders(bytes.NewReader(raw), "")
			if err != nil {
				b.Fatal(err)
			}
			tenders = append(tenders, list...)
		}
		c, err := Compare(tenders)
		if err != nil {
			b.Fatal(err)
		}
		if got := len(c.Requirements) * len(c.Tenders); got != 50*450 {
			b.Fatalf("%d cells", got)
		}
	}
	b.ReportMetric(float64(size)/(1<<20), "MB-json")
}

// TestCompareIsSteady: the same tenders give the same bytes, and another order of them the same figures.
func TestCompareIsSteady(t *testing.T) {
	tenders := Tenders(generated(6, 60), "")
	c := compare(t, tenders...)
	var a, b bytes.Buffer
	if err := errors.Join(EncodeComparison(&a, c), EncodeComparison(&b, compare(t, tenders...))); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(a.Bytes(), b.Bytes()) {
		t.Error("the same tenders give other bytes")
	}
	var back Comparison
	if err := json.Unmarshal(a.Bytes(), &back); err != nil || len(back.Requirements) != 60 {
		t.Errorf("read back %d requirements, %v", len(back.Requirements), err)
	}
	turned := slices.Clone(tenders)
	slices.Reverse(turned)
	d := compare(t, turned...)
	if !slices.Equal(c.Rates, d.Rates) || !slices.Equal(c.Nobody, d.Nobody) {
		t.Error("the order of the tenders changes the rates")
	}
	for i, r := range c.Requirements {
		if x, y := r.Best, d.Requirements[i].Best; x != nil && cmp.Compare(len(x.Quote), len(y.Quote)) != 0 {
			t.Errorf("%s: best clause of %d or %d bytes", r.Requirement, len(x.Quote), len(y.Quote))
		}
	}
	if err := EncodeComparison(io.Discard, Comparison{}); err != nil {
		t.Error(err)
	}
}
