package config

import (
	"encoding/json"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"inkooptoets/rules/policy"
	"inkooptoets/seeds"
)

func TestParse(t *testing.T) {
	got, err := Parse("x.yaml", []byte(`laws: [wmo]
services:
fail-on: framework
date: 2027-01-01
rules: [./eigen]
waivers:
  - {requirement: wmo-3.5-vog, reason: r, by: b, until: 2027-06-30}
  - finding: c-outdated
    until: 2027-06-30
`))
	if err != nil {
		t.Fatal(err)
	}
	want := Settings{Laws: []string{"wmo"}, FailOn: "framework", Date: "2027-01-01", Rules: []string{"./eigen"}, Waivers: []policy.Waiver{
		{Requirement: "wmo-3.5-vog", Reason: "r", By: "b", Until: "2027-06-30", Place: "x.yaml:7"},
		{Finding: "c-outdated", Until: "2027-06-30", Place: "x.yaml:8"},
	}}
	if diff := cmp.Diff(want, got, cmpopts.IgnoreUnexported(Settings{})); diff != "" {
		t.Errorf("settings (-want +got):\n%s", diff)
	}
}

// Every fault has its line, says what is wrong and what was probably meant.
func TestParseFaults(t *testing.T) {
	for _, tc := range []struct{ name, in, want string }{
		{"unknown key", "laws: [wmo]\nframework: [k01]", `x.yaml:2: onbekende sleutel "framework"; bedoelt u "frameworks"?`},
		{"unknown key far from all", "kleur: rood", `x.yaml:1: onbekende sleutel "kleur"; kies uit laws, segments, procedure, variant, services, frameworks, fail-on, date, rules, waivers`},
		{"unknown key in a waiver", "waivers:\n  - requirement: a\n    untill: 2027-01-01", `x.yaml:3: onbekende sleutel "untill"; bedoelt u "until"?`},
		{"key twice", "laws: [wmo]\nlaws: [jeugdwet]", `x.yaml:2: sleutel "laws" staat ook al op regel 1`},
		{"unknown law", "laws:\n  - wmo\n  - jeugd-wet", `x.yaml:3: laws: onbekende waarde "jeugd-wet"; bedoelt u "jeugdwet"?`},
		{"unknown threshold", "fail-on: statutair", `x.yaml:1: fail-on: onbekende waarde "statutair"; bedoelt u "statutory"?`},
		{"word for a list", "laws: wmo", `x.yaml:1: laws: verwacht een lijst, zoals [a, b] of een streepje per regel`},
		{"list for a word", "procedure: [subsidie]", `x.yaml:1: procedure: verwacht één woord of zin`},
		{"list of lists", "laws: [[wmo]]", `x.yaml:1: laws: verwacht één woord of zin`},
		{"no date", "date: morgen", `x.yaml:1: date: "morgen" is geen datum; schrijf hem als 2027-01-31`},
		{"no mapping", "- laws", `x.yaml:1: verwacht regels als "sleutel: waarde"`},
		{"waiver of one word", "waivers: [vog]", `x.yaml:1: verwacht regels als "sleutel: waarde"`},
		{"two documents", "laws: [wmo]\n---\nlaws: [wmo]", `x.yaml: er staat meer dan één document in; haal de regel --- weg`},
		{"two faults", "lawss: []\nprocedur: x", "x.yaml:1: onbekende sleutel \"lawss\"; bedoelt u \"laws\"?\nx.yaml:2: onbekende sleutel \"procedur\"; bedoelt u \"procedure\"?"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			_, err := Parse("x.yaml", []byte(tc.in))
			if err == nil || err.Error() != tc.want {
				t.Errorf("got  %v\nwant %s", err, tc.want)
			}
		})
	}
	if _, err := Parse("x.yaml", []byte("laws: [wmo\nx: y")); err == nil || !strings.HasPrefix(err.Error(), "x.yaml:") || !strings.Contains(err.Error(), "geen geldige YAML") {
		t.Errorf("broken YAML: got %v", err)
	}
}

func TestIn(t *testing.T) {
	s, err := Parse("x.yaml", []byte("segments: [wmo-1]\nframeworks:\n  - k01\n  - k1"))
	if err != nil {
		t.Fatal(err)
	}
	err = s.In([]string{"wmo-1"}, []string{"all", "none", "k01", "k02"})
	if want := `x.yaml:4: frameworks: onbekende waarde "k1"; bedoelt u "k01"?`; err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

// The example sets nothing, names every key, and is right once the marks are taken away.
func TestExample(t *testing.T) {
	for _, raw := range []string{"", "# niets\n", "laws:\n", string(Example)} {
		s, err := Parse(Name, []byte(raw))
		if diff := cmp.Diff(Settings{}, s, cmpopts.IgnoreUnexported(Settings{})); diff != "" || err != nil {
			t.Errorf("%.20q sets something: %s %v", raw, diff, err)
		}
	}
	open := regexp.MustCompile(`(?m)^#(\w| {2})`).ReplaceAllString(string(Example), "$1")
	s, err := Parse(Name, []byte(open))
	if err != nil {
		t.Fatal(err)
	}
	v := reflect.ValueOf(s)
	for i := range v.NumField() {
		if f := v.Type().Field(i); f.IsExported() && v.Field(i).IsZero() {
			t.Errorf("the example does not show %s", f.Tag.Get("yaml"))
		}
	}
	if w := s.Waivers[0]; w.Requirement == "" || w.Dossier == "" || w.File == "" || w.Reason == "" || w.By == "" || w.Until == "" {
		t.Errorf("the example waiver is not whole: %+v", w)
	}
}

// The schema for editors has the keys and the words of the type that is read.
func TestSchemaIsTheType(t *testing.T) {
	type schema struct {
		Properties map[string]schema
		Items      *schema
		Enum       []string
	}
	var s schema
	if err := json.Unmarshal(Schema, &s); err != nil {
		t.Fatal(err)
	}
	keys := func(m map[string]schema) []string {
		var out []string
		for k := range m {
			out = append(out, k)
		}
		slices.Sort(out)
		return out
	}
	names := func(t reflect.Type) []string {
		var out []string
		for _, f := range fields(t) {
			out = append(out, f.name)
		}
		slices.Sort(out)
		return out
	}
	if diff := cmp.Diff(names(reflect.TypeFor[Settings]()), keys(s.Properties)); diff != "" {
		t.Errorf("keys (-type +schema):\n%s", diff)
	}
	if diff := cmp.Diff(names(reflect.TypeFor[policy.Waiver]()), keys(s.Properties["waivers"].Items.Properties)); diff != "" {
		t.Errorf("keys of a waiver (-type +schema):\n%s", diff)
	}
	for key, want := range map[string][]string{"procedure": seeds.Procedures(), "variant": seeds.Variants(), "fail-on": Thresholds} {
		if diff := cmp.Diff(want, s.Properties[key].Enum); diff != "" {
			t.Errorf("%s (-type +schema):\n%s", key, diff)
		}
	}
	for key, want := range map[string][]string{"laws": seeds.Laws(), "services": seeds.Services()} {
		if diff := cmp.Diff(want, s.Properties[key].Items.Enum); diff != "" {
			t.Errorf("%s (-type +schema):\n%s", key, diff)
		}
	}
}
