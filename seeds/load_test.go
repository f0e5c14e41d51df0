package seeds

import (
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

// TestCatalogue keeps the ids of the statutory requirements: reports, waivers and stored runs of others refer to them.
func TestCatalogue(t *testing.T) {
	c, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile("testdata/statutory-ids.txt")
	if err != nil {
		t.Fatal(err)
	}
	want := strings.Fields(string(raw))
	if len(want) != 93 {
		t.Fatalf("testdata holds %d ids, want 93", len(want))
	}
	var got []string
	for _, r := range c.Requirements {
		if strings.HasPrefix(r.File, "laws/") { // frameworks and guides have lists of their own
			got = append(got, r.ID)
		}
	}
	if twice := duplicates(got); len(twice) > 0 {
		t.Errorf("ids that stand there twice: %v", twice)
	}
	slices.Sort(got)
	slices.Sort(want)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("ids (-want +got):\n%s", diff)
	}
	for _, r := range c.Requirements {
		if !strings.HasSuffix(r.File, ".yaml") || r.Line < 1 {
			t.Errorf("%s: place is %s:%d", r.ID, r.File, r.Line)
		}
		if c.Citation(r) == "" {
			t.Errorf("%s: no citation", r.ID)
		}
	}
}

// TestFrameworkIDs keeps the ids of the fifteen frameworks those of the inventory: 320 criteria, 747 aspects and 18 parts of aspects.
func TestFrameworkIDs(t *testing.T) {
	c, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile("testdata/framework-ids.txt")
	if err != nil {
		t.Fatal(err)
	}
	want := strings.Fields(string(raw))
	var criteria, aspects, parts int
	for _, id := range want {
		_, letter, isAspect := strings.Cut(id, ".")
		switch {
		case !isAspect:
			criteria++
		case len(letter) == 1:
			aspects++
		default:
			parts++
		}
	}
	if criteria != 320 || aspects != 747 || parts != 18 {
		t.Fatalf("testdata holds %d criteria, %d aspects and %d parts", criteria, aspects, parts)
	}
	got := []string{}
	for _, r := range c.Requirements {
		if !strings.HasPrefix(r.File, "frameworks/") {
			continue
		}
		got = append(got, r.ID)
		for _, a := range r.Aspects {
			got = append(got, a.ID)
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("ids (-want +got):\n%s", diff)
	}
}

// TestGuideIDs keeps the ids of the three guides those of the inventory: 255 items of the Handreiking, 27 questions of the NJi, and 42 items of Lekstroom with
// 17 aspects.
func TestGuideIDs(t *testing.T) {
	c, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile("testdata/guide-ids.txt")
	if err != nil {
		t.Fatal(err)
	}
	guide := func(id string) string { // "h05-01" is of guide "h"
		return id[:1]
	}
	want := strings.Fields(string(raw))
	items, aspects := map[string]int{}, map[string]int{}
	for _, id := range want {
		if strings.Contains(id, ".") {
			aspects[guide(id)]++
		} else {
			items[guide(id)]++
		}
	}
	if diff := cmp.Diff(map[string]int{"h": 255, "n": 27, "l": 42}, items); diff != "" {
		t.Fatalf("items in testdata (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(map[string]int{"l": 17}, aspects); diff != "" {
		t.Fatalf("aspects in testdata (-want +got):\n%s", diff)
	}
	got := []string{}
	there := map[string]bool{}
	for _, r := range c.Requirements {
		if s, _ := c.Source(r.Source); s.Kind != "guide" {
			continue
		}
		there[r.Source] = true
		got = append(got, r.ID)
		for _, a := range r.Aspects {
			got = append(got, a.ID)
		}
	}
	want = slices.DeleteFunc(want, func(id string) bool { return !there[guide(id)] })
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("ids (-want +got):\n%s", diff)
	}
}

func duplicates(ids []string) (twice []string) {
	seen := map[string]bool{}
	for _, id := range ids {
		if seen[id] {
			twice = append(twice, id)
		}
		seen[id] = true
	}
	return twice
}

const goodSources = `- id: wmo
  title: Wet maatschappelijke ondersteuning 2015
  short: Wmo 2015
  bwb: BWBR0035362
  law: wmo
  aliases: [Wmo 2015, Wmo]
  checked: "2026-11-21"
- id: avg
  title: Algemene verordening gegevensbescherming
  short: AVG
  url: https://eur-lex.europa.eu/eli/reg/2016/679/oj
  aliases: [AVG]
  checked: "2026-11-21"
- id: wtza
  title: Wet toetreding zorgaanbieders
  short: Wtza
  aliases: [Wtza]
  checked: "2026-11-21"
`

const goodSegments = `- {id: wmo-1a, law: wmo, number: 1a, name: Meervoudig, text: Voor wie veel hulp nodig heeft.}
`

const goodRequirement = `- id: wmo-3.5-vog
  source: wmo
  article: "3.5 lid 1"
  cites:
    - {source: wmo, article: "3.5", lid: ["1"]}
  party: provider
  duty: statutory
  element: vakmanschap
  title: Verklaring omtrent het gedrag
  text: Wie met cliënten werkt, heeft een VOG.
  suggestion: Aanbieder vraagt een VOG van iedereen die met cliënten werkt (artikel 3.5 Wmo 2015).
  applies:
    laws: [wmo]
    except: [vervoer]
  valid: {from: "2015-01-01"}
  in-force: "yes"
  aspects:
    - {id: wmo-3.5-vog.a, text: VOG van beroepskrachten, core: true}
    - {id: wmo-3.5-vog.b, text: niet ouder dan de termijn, core: false}
`

// files is a catalogue in which every file is in order; overwrite what a test needs.
func files(change map[string]string) fstest.MapFS {
	fsys := fstest.MapFS{sourceFile: {Data: []byte(goodSources)}, segmentFile: {Data: []byte(goodSegments)}, checkFile: {Data: []byte("[]\n")},
		outdatedFile: {Data: []byte("history: []\nnames: []\n")}, articleFile: {Data: []byte("laws: []\nsections: []\nlapsed: []\nabout: []\n")},
		contradictionFile: {Data: []byte("past: []\nconditions: []\ntakers: []\nfacets: []\nsubjects: []\n")}, procurementFile: {Data: []byte("[]\n")}}
	for _, name := range requirementFiles {
		fsys[name] = &fstest.MapFile{Data: []byte("[]\n")}
	}
	fsys["laws/wmo-aanbieder.yaml"] = &fstest.MapFile{Data: []byte(goodRequirement)}
	for name, text := range change {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return fsys
}

func TestLoadFS(t *testing.T) {
	c, err := LoadFS(files(nil))
	if err != nil {
		t.Fatal(err)
	}
	want := Requirement{
		ID: "wmo-3.5-vog", Source: "wmo", Article: "3.5 lid 1",
		Cites: []Citation{{Source: "wmo", Article: "3.5", Lid: []string{"1"}}},
		Party: "provider", Duty: "statutory", Element: "vakmanschap",
		Title:      "Verklaring omtrent het gedrag",
		Text:       "Wie met cliënten werkt, heeft een VOG.",
		Suggestion: "Aanbieder vraagt een VOG van iedereen die met cliënten werkt (artikel 3.5 Wmo 2015).",
		Applies:    Applies{Laws: []string{"wmo"}, Except: []string{"vervoer"}},
		Valid:      Period{From: "2015-01-01"}, InForce: "yes",
		Aspects: []Aspect{
			{ID: "wmo-3.5-vog.a", Text: "VOG van beroepskrachten", Core: true},
			{ID: "wmo-3.5-vog.b", Text: "niet ouder dan de termijn"},
		},
		File: "laws/wmo-aanbieder.yaml", Line: 1,
	}
	got, ok := c.ByID("wmo-3.5-vog")
	if !ok {
		t.Fatal("wmo-3.5-vog is not in the catalogue")
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("requirement (-want +got):\n%s", diff)
	}
	if _, ok := c.ByID("wmo-3.5"); ok {
		t.Error("ByID found an id that does not exist")
	}
	if s, ok := c.Source("avg"); !ok || s.Short != "AVG" {
		t.Errorf("source avg is %+v, %v", s, ok)
	}
}

// TestCatalogueOrder: files in their fixed order, entries as they stand there.
func TestCatalogueOrder(t *testing.T) {
	named := func(id string) string {
		return strings.ReplaceAll(goodRequirement, "wmo-3.5-vog", id)
	}
	c, err := LoadFS(files(map[string]string{
		"laws/overig.yaml":          named("ov-laatste"),
		"laws/wmo-gemeente.yaml":    named("wmo-9-eerste"),
		"laws/wmo-aanbieder.yaml":   named("wmo-3-tweede") + named("wmo-1-derde"),
		"laws/jeugdwet-overig.yaml": named("jw-8-vierde"),
	}))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, r := range c.Requirements {
		got = append(got, r.ID)
	}
	want := []string{"wmo-9-eerste", "wmo-3-tweede", "wmo-1-derde", "jw-8-vierde", "ov-laatste"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("order (-want +got):\n%s", diff)
	}
}

// TestFaults holds broken catalogues and every fault each must report, with its place.
func TestFaults(t *testing.T) {
	for _, tc := range []struct {
		name  string
		files map[string]string
		want  []string
	}{
		{"all at once, in order of files and lines", map[string]string{
			"laws/wmo-aanbieder.yaml": `- id: wmo-3.1-kwaliteit
  source: wno
  article: ""
  cites: []
  party: aanbieder
  duty: statutory
  element: vakmanschap
  titel: Goede kwaliteit
  text: "  "
  suggestion: Aanbieder levert goede hulp.
  applies: {laws: [wmo, wlz], services: [verblijff, vervoer, vervoer], proceduers: [aanbesteding]}
  valid: {from: "2027-01-01", until: "2026-01-01"}
  in-force: "ja"
  aspects:
    - {id: wmo-3.1-kwaliteit.a, text: veilig, kern: true}
    - {id: wmo-3.1-kwaliteit.c, text: "", core: true}
- id: wmo-3.1-kwaliteit
  source: wmo
  article: "3.1"
  cites:
    - {source: wmo, article: "3.1 lid 1"}
    - {source: jw, article: "4.1"}
    - {source: wmo, lid: ["1"]}
    - {source: wmo, article: "3.1", lid: [eerste], onder: ["1"]}
    - {article: "3.1"}
  party: provider
  duty: statutory
  element: vakmanschap
  title: Deze titel is met opzet veel langer dan de zeventig tekens die op een regel van een verslag passen
  text: Hulp is goed.
  suggestion: Aanbieder levert goede hulp.
  valid: {from: 1 januari 2015}
  in-force: "yes"
  limbs: -1
`,
			"laws/overig.yaml": `- source: wmo
  article: "2.1"
  cites: [{source: wmo, article: ""}]
  party: either
  duty: advice
  element: organisatie
  title: Zonder id
  text: Tekst.
  suggestion: Tekst.
  in-force: "yes"
- id: OV_1
  source: wmo
  article: "2.1"
  cites: [{source: wmo, article: "2.1"}]
  party: either
  duty: advice
  element: organisatie
  title: Vreemd id
  text: Tekst.
  suggestion: Tekst.
  in-force: "yes"
`,
		}, []string{
			`laws/wmo-aanbieder.yaml:1: requirement "wmo-3.1-kwaliteit": no title`,
			`laws/wmo-aanbieder.yaml:2: requirement "wmo-3.1-kwaliteit": unknown source "wno"; did you mean "wmo"?`,
			`laws/wmo-aanbieder.yaml:3: requirement "wmo-3.1-kwaliteit": no article`,
			`laws/wmo-aanbieder.yaml:4: requirement "wmo-3.1-kwaliteit": no cites: name the articles whose citation makes it binding`,
			`laws/wmo-aanbieder.yaml:5: requirement "wmo-3.1-kwaliteit": unknown party "aanbieder"; known are provider, municipality, either`,
			`laws/wmo-aanbieder.yaml:8: requirement "wmo-3.1-kwaliteit": unknown key "titel"; did you mean "title"?`,
			`laws/wmo-aanbieder.yaml:9: requirement "wmo-3.1-kwaliteit": no text`,
			`laws/wmo-aanbieder.yaml:11: requirement "wmo-3.1-kwaliteit": unknown key "proceduers"; did you mean "procedures"?`,
			`laws/wmo-aanbieder.yaml:11: requirement "wmo-3.1-kwaliteit": applies.laws: unknown law "wlz"; known are wmo, jeugdwet`,
			`laws/wmo-aanbieder.yaml:11: requirement "wmo-3.1-kwaliteit": applies.services: unknown service "verblijff"; did you mean "verblijf"?`,
			`laws/wmo-aanbieder.yaml:11: requirement "wmo-3.1-kwaliteit": applies.services: "vervoer" stands there twice`,
			`laws/wmo-aanbieder.yaml:12: requirement "wmo-3.1-kwaliteit": valid until 2026-01-01 is before valid from 2027-01-01`,
			`laws/wmo-aanbieder.yaml:13: requirement "wmo-3.1-kwaliteit": unknown in-force "ja"; known are yes, uncertain, future, lapsed`,
			`laws/wmo-aanbieder.yaml:15: requirement "wmo-3.1-kwaliteit": unknown key "kern"; known are id, text, core`,
			`laws/wmo-aanbieder.yaml:16: requirement "wmo-3.1-kwaliteit": aspect id "wmo-3.1-kwaliteit.c"; want "wmo-3.1-kwaliteit.b"`,
			`laws/wmo-aanbieder.yaml:16: requirement "wmo-3.1-kwaliteit": aspect "wmo-3.1-kwaliteit.c": no text`,
			`laws/wmo-aanbieder.yaml:17: requirement "wmo-3.1-kwaliteit": duplicate id; the first is at laws/wmo-aanbieder.yaml:1`,
			`laws/wmo-aanbieder.yaml:21: requirement "wmo-3.1-kwaliteit": cite 1: article "3.1 lid 1" is not one article number; write a range as separate cites`,
			`laws/wmo-aanbieder.yaml:22: requirement "wmo-3.1-kwaliteit": cite 2: unknown source "jw"; known are wmo, avg, wtza`,
			`laws/wmo-aanbieder.yaml:23: requirement "wmo-3.1-kwaliteit": cite 3: lid or onder without article`,
			`laws/wmo-aanbieder.yaml:24: requirement "wmo-3.1-kwaliteit": cite 4: lid "eerste" is not a number`,
			`laws/wmo-aanbieder.yaml:24: requirement "wmo-3.1-kwaliteit": cite 4: onder "1" is not a letter`,
			`laws/wmo-aanbieder.yaml:25: requirement "wmo-3.1-kwaliteit": cite 5: no source`,
			`laws/wmo-aanbieder.yaml:29: requirement "wmo-3.1-kwaliteit": title has 98 characters; at most 70`,
			`laws/wmo-aanbieder.yaml:32: requirement "wmo-3.1-kwaliteit": valid.from "1 januari 2015" is not a date (YYYY-MM-DD)`,
			`laws/wmo-aanbieder.yaml:34: requirement "wmo-3.1-kwaliteit": limbs is -1; want 0 or more`,
			`laws/overig.yaml:1: requirement without id: no id`,
			`laws/overig.yaml:11: requirement "OV_1": id is not of the form ^[a-z]+[A-Z]*[0-9]*(-[a-z0-9]+(\.[a-z0-9]+)*)+$`,
		}},
		{"sources", map[string]string{
			sourceFile: `- id: wmo
  title: Wet
  short: Wmo 2015
  bwb: BWBR35362
  law: wlz
  aliases: [Wmo, wmo, ""]
  checked: gisteren
- id: wmo
  bwb: BWBR0034925
  url: http://voorbeeld.nl
  aliases: []
  checked: "2026-11-21"
  adres: x
`,
		}, []string{
			`laws/sources.yaml:4: source "wmo": bwb "BWBR35362" is not of the form BWBR0000000`,
			`laws/sources.yaml:5: source "wmo": unknown law "wlz"; known are wmo, jeugdwet`,
			`laws/sources.yaml:6: source "wmo": alias "wmo" already stands for source "wmo"`,
			`laws/sources.yaml:6: source "wmo": empty alias`,
			`laws/sources.yaml:7: source "wmo": checked "gisteren" is not a date (YYYY-MM-DD)`,
			`laws/sources.yaml:8: source "wmo": duplicate id; the first is at laws/sources.yaml:1`,
			`laws/sources.yaml:8: source "wmo": no title`,
			`laws/sources.yaml:8: source "wmo": no short name`,
			`laws/sources.yaml:10: source "wmo": url "http://voorbeeld.nl" does not start with https://`,
			`laws/sources.yaml:10: source "wmo": bwb and url are both given; the url is only for a source without bwb`,
			`laws/sources.yaml:11: source "wmo": no aliases`,
			`laws/sources.yaml:13: source "wmo": unknown key "adres"; known are id, kind, title, short, bwb, url, law, aliases, checked, valid, publisher, year, theme, audience, use, replaced, without, note`,
		}},
		{"wrong type and key twice", map[string]string{
			"laws/wmo-aanbieder.yaml": strings.Replace(goodRequirement,
				"  in-force: \"yes\"\n", "  in-force: \"yes\"\n  limbs: twee\n  party: provider\n", 1),
		}, []string{
			`laws/wmo-aanbieder.yaml:17: requirement "wmo-3.5-vog": cannot unmarshal !!str ` + "`twee`" + ` into int`,
			`laws/wmo-aanbieder.yaml:18: requirement "wmo-3.5-vog": key "party" already stands on line 6`,
		}},
		{"files", map[string]string{
			"laws/wmo-gemeente.yaml":       "- id: [\n",
			"laws/jeugdwet-gemeente.yaml":  "",
			"laws/jeugdwet-overig.yaml":    "id: jw-1-x\n",
			"laws/jeugdwet-kwaliteit.yaml": "- jw-1-x\n",
			"laws/overig.yaml":             "[]\n---\n[]\n",
			"laws/vergeten.yaml":           goodRequirement,
		}, []string{
			`laws/wmo-gemeente.yaml:1: did not find expected node content`,
			`laws/jeugdwet-gemeente.yaml: empty file`,
			`laws/jeugdwet-kwaliteit.yaml:1: want a requirement with keys`,
			`laws/jeugdwet-overig.yaml:1: want a list of requirements`,
			`laws/overig.yaml: more than one YAML document`,
			`laws/vergeten.yaml: not a file of the catalogue; add it to requirementFiles in seeds/load.go`,
		}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			c, err := LoadFS(files(tc.files))
			if err == nil {
				t.Fatal("no error")
			}
			if c != nil {
				t.Error("a catalogue with faults was returned")
			}
			if diff := cmp.Diff(tc.want, strings.Split(err.Error(), "\n")); diff != "" {
				t.Errorf("faults (-want +got):\n%s", diff)
			}
		})
	}
}

func TestMissingFile(t *testing.T) {
	fsys := files(nil)
	delete(fsys, "laws/overig.yaml")
	_, err := LoadFS(fsys)
	if want := "laws/overig.yaml: cannot be read: file does not exist"; err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

func TestCitationAndLink(t *testing.T) {
	c, err := LoadFS(files(nil))
	if err != nil {
		t.Fatal(err)
	}
	cites := func(list ...Citation) []Citation { return list }
	for _, tc := range []struct {
		name     string
		r        Requirement
		citation string
		link     string
	}{
		{"one lid", Requirement{Source: "wmo", Article: "3.5 lid 1", Cites: cites(Citation{Source: "wmo", Article: "3.5", Lid: []string{"1"}})},
			"Wmo 2015, artikel 3.5 lid 1", "https://wetten.overheid.nl/jci1.3:c:BWBR0035362&artikel=3.5&lid=1&g=2026-11-21"},
		{"more lids: the article", Requirement{Source: "wmo", Article: "3.3 lid 1 en 2", Cites: cites(Citation{Source: "wmo", Article: "3.3", Lid: []string{"1", "2"}})},
			"Wmo 2015, artikel 3.3 lid 1 en 2", "https://wetten.overheid.nl/jci1.3:c:BWBR0035362&artikel=3.3&g=2026-11-21"},
		{"first cite of its own source", Requirement{Source: "wmo", Article: "6.1", Cites: cites(Citation{Source: "avg", Article: "28"}, Citation{Source: "wmo", Article: "6.1"})},
			"Wmo 2015, artikel 6.1", "https://wetten.overheid.nl/jci1.3:c:BWBR0035362&artikel=6.1&g=2026-11-21"},
		{"whole law", Requirement{Source: "wmo", Article: "De hele wet", Cites: cites(Citation{Source: "wmo"})},
			"De hele wet", "https://wetten.overheid.nl/jci1.3:c:BWBR0035362&g=2026-11-21"},
		{"EU law", Requirement{Source: "avg", Article: "AVG en UAVG", Cites: cites(Citation{Source: "avg"})},
			"AVG en UAVG", "https://eur-lex.europa.eu/eli/reg/2016/679/oj"},
		{"law without known id", Requirement{Source: "wtza", Article: "Wtza", Cites: cites(Citation{Source: "wtza"})}, "Wtza", ""},
		{"cites another source only", Requirement{Source: "wmo", Article: "3.5", Cites: cites(Citation{Source: "avg", Article: "28"})},
			"Wmo 2015, artikel 3.5", ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := c.Citation(tc.r); got != tc.citation {
				t.Errorf("citation %q, want %q", got, tc.citation)
			}
			if got := c.Link(tc.r, "2026-11-21"); got != tc.link {
				t.Errorf("link %q, want %q", got, tc.link)
			}
		})
	}
}

func TestSimilar(t *testing.T) {
	c := &Catalogue{}
	for _, id := range []string{"wmo-3.5-vog", "wmo-3.5-vermoeden", "jw-4.1.6-vog", "jw-4.1.7-meldcode"} {
		c.Requirements = append(c.Requirements, Requirement{ID: id})
	}
	for _, tc := range []struct{ id, want string }{
		{"wmo-3.5-vgo", "wmo-3.5-vog"},
		{"WMO-3.5-VOG", "wmo-3.5-vog"},
		{"jw-4.1.6-vogg", "jw-4.1.6-vog"},
		{"wmo-3.5", "wmo-3.5-vog"},
		{"meldcode", "jw-4.1.7-meldcode"},
		{"iets heel anders", ""},
		{"", ""},
	} {
		if got := c.Similar(tc.id); got != tc.want {
			t.Errorf("Similar(%q) = %q, want %q", tc.id, got, tc.want)
		}
	}
}

func TestFingerprint(t *testing.T) {
	load := func(change map[string]string) string {
		t.Helper()
		c, err := LoadFS(files(change))
		if err != nil {
			t.Fatal(err)
		}
		return c.Fingerprint()
	}
	first := load(nil)
	if len(first) != 12 {
		t.Errorf("fingerprint %q has %d characters, want 12", first, len(first))
	}
	if again := load(nil); again != first {
		t.Errorf("same files, other fingerprint: %s and %s", first, again)
	}
	if other := load(map[string]string{"laws/overig.yaml": "[] # een opmerking\n"}); other == first {
		t.Error("another file, same fingerprint")
	}
}

const goodBook = `source:
  id: k99
  kind: framework
  title: Kwaliteitskader Voorbeeld
  short: Kader Voorbeeld
  publisher: Uitgever
  year: 2020
  theme: Voorbeelden.
  audience: Lezers.
  aliases: [Voorbeeldkader]
  checked: "2026-11-22"
  use: {laws: [wmo], segments: [wmo-1a], how: Verwijs ernaar.}
requirements:
  - id: k99-01
    number: "1"
    element: organisatie
    addressee: organisation
    title: Een plan
    text: De organisatie heeft een plan.
    suggestion: Opdrachtnemer heeft een plan.
    aspects:
      - {id: k99-01.a, text: het plan bestaat, core: true}
      - {id: k99-01.a1, text: het staat op papier, core: true}
`

// TestBook: a framework brings its own source, and its criteria take from it what they do not say themselves.
func TestBook(t *testing.T) {
	c, err := LoadFS(files(map[string]string{"frameworks/k99.yaml": goodBook}))
	if err != nil {
		t.Fatal(err)
	}
	r, ok := c.ByID("k99-01")
	if !ok || r.Source != "k99" || r.Duty != "framework" || r.Party != "provider" || r.InForce != "yes" {
		t.Errorf("got %+v", r)
	}
	if got, want := c.Citation(r), "Kader Voorbeeld, 1"; got != want {
		t.Errorf("citation %q, want %q", got, want)
	}
}

func TestBookFaults(t *testing.T) {
	for _, tc := range []struct{ name, old, new, want string }{
		{"unknown segment", "segments: [wmo-1a]", "segments: [wmo-9]", `frameworks/k99.yaml:12: source "k99": use.segments: unknown segment "wmo-9"`},
		{"no laws", "laws: [wmo], ", "", `frameworks/k99.yaml:12: source "k99": use.laws is empty`},
		{"no publisher", "  publisher: Uitgever\n", "", `source "k99": no publisher`},
		{"unknown addressee", "addressee: organisation", "addressee: organisatie", `frameworks/k99.yaml:17: requirement "k99-01": unknown addressee "organisatie"; did you mean "organisation"?`},
		{"unknown target", "addressee: organisation", "addressee: organisation\n    target: jongens", `unknown target "jongens"`},
		{"id of another source", "id: k99-01\n", "id: k98-01\n", `requirement "k98-01": id does not start with that of its source, "k99"`},
		{"aspect out of order", "k99-01.a1", "k99-01.b1", `aspect id "k99-01.b1"; want "k99-01.b"`},
		{"duplicate alias", "[Voorbeeldkader]", "[Wmo 2015]", `alias "Wmo 2015" already stands for source "wmo"`},
		{"third key", "requirements:", "notes: x\nrequirements:", `frameworks/k99.yaml:1: want the keys source and requirements, and no other`},
	} {
		t.Run(tc.name, func(t *testing.T) {
			_, err := LoadFS(files(map[string]string{"frameworks/k99.yaml": strings.Replace(goodBook, tc.old, tc.new, 1)}))
			if err == nil || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("got %v, want a line with %s", err, tc.want)
			}
		})
	}
}
