package review

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	yaml "go.yaml.in/yaml/v3"

	"inkooptoets/extract/dossier"
)

// partNamed says what part of a tender a heading of the examples opens.
var partNamed = map[string]dossier.Zone{
	"Visie": dossier.ZoneVision, "Inleiding": dossier.ZoneBackground, "Eisen": dossier.ZoneRequirement, "Geschiktheid": dossier.ZoneSuitability, "Gunning": dossier.ZoneAward,
	"Overeenkomst": dossier.ZoneContract, "Onderaannemers": dossier.ZoneContract, "Procedure": dossier.ZoneProcedure, "Begrippen": dossier.ZoneDefinitions, "Bijlage": dossier.ZoneNone,
}

// zoned makes a tender of an example: a guide, and a contract behind the line that names it.
func zoned(t testing.TB, text string) dossier.Dossier {
	t.Helper()
	guide, contract, both := strings.Cut(text, "=== overeenkomst\n")
	guide += "\n\n# Begrippen\n" + strings.Repeat("\nWijkteam: het team dat onderzoek doet.\n", wholeTender) // an extract is not judged for what is absent
	d := dossier.Dossier{Documents: []dossier.Document{file("leidraad.md", "leidraad", guide)}}
	if both {
		d.Documents = append(d.Documents, file("overeenkomst.md", "overeenkomst", contract))
	}
	for i := range d.Documents {
		blocks := d.Documents[i].Blocks
		for j := range blocks {
			name := blocks[j].Text
			if blocks[j].Kind != dossier.Heading {
				if len(blocks[j].Path) == 0 {
					t.Fatalf("%q stands under no heading", blocks[j].Text)
				}
				name = blocks[j].Path[0]
			}
			zone, ok := partNamed[name]
			if !ok {
				t.Fatalf("no part for heading %q", name)
			}
			blocks[j].Zone = zone
		}
	}
	return d
}

// An extract, or a tender with a file that could not be read, says nothing about what is absent.
func TestNothingIsAbsentFromAnExtract(t *testing.T) {
	const text = "# Gunning\n\nDe gemeente let op het plan van aanpak.\n=== overeenkomst\n# Overeenkomst\n\nOpdrachtnemer mag onderaannemers inzetten."
	r := reviewer(t)
	if got := findings(r, zoned(t, text), Options{}); about("c-award", got) == "" || about("c-subcontractor", got) == "" || about("c-clm", got) == "" {
		t.Fatalf("the whole tender: got %+v", got)
	}
	extract := zoned(t, text)
	extract.Documents[0].Blocks = extract.Documents[0].Blocks[:2]
	unread := zoned(t, text)
	unread.Documents = append(unread.Documents, dossier.Document{Path: "bijlage.pdf", Problem: "beschadigd"})
	for name, d := range map[string]dossier.Dossier{"extract": extract, "unread": unread} {
		if got := findings(r, d, Options{}); about("c-award", got)+about("c-subcontractor", got)+about("c-clm", got) != "" {
			t.Errorf("%s: got %+v", name, got)
		}
	}
}

// Under a subsidy nothing is awarded and nobody contracted; admission knows no award.
func TestProcedureDecides(t *testing.T) {
	const text = "# Gunning\n\nDe gemeente gunt op laagste prijs.\n\nDe gemeente let op het plan van aanpak.\n=== overeenkomst\n# Overeenkomst\n\nOpdrachtnemer mag onderaannemers inzetten."
	for procedure, want := range map[string]string{
		"": "c-award c-price-only c-clm c-subcontractor", "aanbesteding": "c-award c-price-only c-clm c-subcontractor", "toelating": "c-clm c-subcontractor", "subsidie": "",
	} {
		var got []string
		for _, f := range findings(reviewer(t), zoned(t, text), Options{Procedure: procedure}) {
			if f.ID != "c-unnamed" {
				got = append(got, f.ID)
			}
		}
		slices.Sort(got)
		wanted := strings.Fields(want)
		slices.Sort(wanted)
		if !slices.Equal(got, wanted) {
			t.Errorf("procedure %q: got %v, want %v", procedure, got, wanted)
		}
	}
}

// What does not go with one way of commissioning goes with another.
func TestVariants(t *testing.T) {
	perHour, perResult, perGroup := "# Overeenkomst\n\nDe gemeente betaalt het uurtarief.", "# Overeenkomst\n\nDe gemeente betaalt per resultaat.", "# Overeenkomst\n\nDe gemeente betaalt een vast bedrag per jaar."
	for _, tc := range []struct{ variant, text, want string }{
		{"inspanningsgericht", perHour, ""}, {"inspanningsgericht", perResult, "hB2-01"}, {"inspanningsgericht", perGroup, "hB2-01"},
		{"outputgericht", perHour, "hB2-02"}, {"outputgericht", perResult, ""}, {"outputgericht", perGroup, "hB2-02"},
		{"taakgericht", perHour, "hB2-03"}, {"taakgericht", perResult, "hB2-03"}, {"taakgericht", perGroup, ""},
		{"", perHour, ""},
	} {
		if got := about("c-variant", findings(reviewer(t), zoned(t, tc.text), Options{Variant: tc.variant})); got != tc.want {
			t.Errorf("%s, %q: got %q, want %q", tc.variant, tc.text, got, tc.want)
		}
	}
}

// Every list that a check asks for is in procurement.yaml, and every list there is asked for.
func TestWordLists(t *testing.T) {
	r := reviewer(t)
	sources := ""
	for _, name := range []string{"award.go", "contradictions.go", "enforce.go", "entry.go", "steering.go"} {
		sources += string(readFile(t, name))
	}
	for _, l := range r.catalogue.Procurement {
		if !strings.Contains(sources, `"`+l.ID+`"`) && !slices.Contains(r.visionSubjects(), l.ID) {
			t.Errorf("nothing asks for list %q", l.ID)
		}
	}
	for _, m := range regexp.MustCompile(`r\.lists\["([^"]+)"\]`).FindAllStringSubmatch(sources, -1) {
		if len(r.lists[m[1]]) == 0 {
			t.Errorf("list %q is not in procurement.yaml", m[1])
		}
	}
	for _, s := range strangers {
		for _, one := range s {
			if len(r.lists[one.list]) == 0 {
				t.Errorf("list %q is not in procurement.yaml", one.list)
			}
		}
	}
	for _, p := range clmParts {
		if len(r.lists[p.list]) == 0 {
			t.Errorf("list %q is not in procurement.yaml", p.list)
		}
	}
}

// The items of the guide that findings name are in the catalogue.
func TestSourceItems(t *testing.T) {
	r := reviewer(t)
	items := []string{"h05-30", "h07-04", "h06-04", "h07-20", "h07-03", "h03-08"}
	for _, list := range strangers {
		for _, s := range list {
			items = append(items, s.rule)
		}
	}
	for _, p := range clmParts {
		items = append(items, p.rule)
	}
	for _, id := range items {
		if _, ok := r.catalogue.ByID(id); !ok {
			t.Errorf("%s is not in the catalogue", id)
		}
	}
}

func TestProcurement(t *testing.T) {
	var examples map[string]struct {
		Variant      string
		Hits, Misses []string
	}
	if err := yaml.Unmarshal(readFile(t, "testdata/procurement.yaml"), &examples); err != nil {
		t.Fatal(err)
	}
	r := reviewer(t)
	for _, id := range []string{"c-price-only", "c-award", "c-certificate", "c-suitability", "c-vision", "c-subcontractor", "c-variant", "c-clm"} {
		e := examples[id]
		if len(e.Hits) < 2 || len(e.Misses) < 2 {
			t.Errorf("%s: want two drafts that hit and two that do not", id)
		}
		for _, text := range e.Hits {
			got := only(id, findings(r, zoned(t, text), Options{Variant: e.Variant}))
			if len(got) != 1 {
				t.Errorf("%s: %q: got %d findings, want 1: %+v", id, text, len(got), got)
				continue
			}
			if f := got[0]; f.Message == "" || f.Suggestion == "" || f.Rule == "" || f.File == "" || f.Quote != "" && f.End <= f.Start || f.End > len(f.Quote) {
				t.Errorf("%s: %q: finding without words or place: %+v", id, text, f)
			}
		}
		for _, text := range e.Misses {
			if got := only(id, findings(r, zoned(t, text), Options{Variant: e.Variant})); len(got) != 0 {
				t.Errorf("%s: %q: got %+v, want nothing", id, text, got)
			}
		}
	}
}
