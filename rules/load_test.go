package rules

import (
	"strings"
	"testing"
	"testing/fstest"

	"inkooptoets/seeds"
)

func BenchmarkLoad(b *testing.B) {
	c, err := seeds.Load()
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := Load(c); err != nil {
			b.Fatal(err)
		}
	}
}

// small is a set of recogniser files with one change, and a catalogue of one requirement.
func small(t *testing.T, change map[string]string) (*seeds.Catalogue, fstest.MapFS) {
	t.Helper()
	c, err := seeds.Load()
	if err != nil {
		t.Fatal(err)
	}
	vog, _ := c.ByID("wmo-3.5-vog")
	fsys := fstest.MapFS{}
	for _, name := range namedFiles {
		data, err := embedded.ReadFile("defs/" + name)
		if err != nil {
			t.Fatal(err)
		}
		fsys[name] = &fstest.MapFile{Data: data}
	}
	fsys["own.yaml"] = &fstest.MapFile{Data: []byte(ownVOG)}
	for name, text := range change {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return &seeds.Catalogue{Sources: c.Sources, Requirements: []seeds.Requirement{vog}}, fsys
}

const ownVOG = `- requirement: wmo-3.5-vog
  subject: [VOG]
  all:
    - [VOG]
    - ["@beroepskracht"]
  aspects:
    a: {strong: [VOG]}
    b: {strong: ["#months"]}
    c: {strong: [vrijwilliger*]}
`

func TestLoadFaults(t *testing.T) {
	for _, tc := range []struct {
		name   string
		change map[string]string
		want   []string // every one must be in the error, with its place
	}{
		{"good", nil, nil},
		{"unknown key", map[string]string{"own.yaml": strings.Replace(ownVOG, "subject:", "subjekt:", 1)}, []string{`own.yaml:2: unknown key "subjekt"`, "no subject"}},
		{"unknown requirement", map[string]string{"more.yaml": strings.Replace(ownVOG, "wmo-3.5-vog", "wmo-9.9-niets", 1)}, []string{`more.yaml:1: requirement "wmo-9.9-niets": not in the catalogue`}},
		{"twice", map[string]string{"more.yaml": ownVOG}, []string{`own.yaml:1: requirement "wmo-3.5-vog": second recogniser`}},
		{"no recogniser", map[string]string{"own.yaml": "[]\n"}, []string{`requirement "wmo-3.5-vog": no recogniser`}},
		{"aspect forgotten", map[string]string{"own.yaml": strings.Replace(ownVOG, "    c: {strong: [vrijwilliger*]}\n", "", 1)}, []string{"aspect c: no recogniser"}},
		{"aspect unknown", map[string]string{"own.yaml": ownVOG + "    z: {strong: [x]}\n"}, []string{`aspect "z" is not in the catalogue`}},
		{"bad phrase and bad scope at once", map[string]string{"own.yaml": strings.NewReplacer("[VOG]\n  all", "[\"(VOG)\"]\n  all", "{strong: [VOG]}", "{strong: [VOG], scope: heel}").Replace(ownVOG)},
			[]string{"every word is optional", `scope "heel"`}},
		{"group that is not there", map[string]string{"own.yaml": strings.Replace(ownVOG, "@beroepskracht", "@beroepskrach", 1)}, []string{"did you mean @beroepskracht"}},
		{"class cut off by YAML", map[string]string{"own.yaml": strings.Replace(ownVOG, `["@beroepskracht"]`, "\n      - binnen #days", 1)}, []string{"# starts a comment"}},
		{"not YAML", map[string]string{"own.yaml": "- requirement: [\n"}, []string{"own.yaml: yaml:"}},
		{"list missing", map[string]string{"engine.yaml": "duty: [moet]\n"}, []string{"engine.yaml:1: list wish is missing"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			c, fsys := small(t, tc.change)
			_, err := LoadFS(c, fsys)
			if tc.want == nil && err != nil {
				t.Fatal(err)
			}
			if tc.name == "not YAML" && strings.Contains(err.Error(), "no recogniser") {
				t.Errorf("a file that does not parse must not be blamed for what it lacks: %v", err)
			}
			for _, w := range tc.want {
				if err == nil || !strings.Contains(err.Error(), w) {
					t.Errorf("got %v, want %q in it", err, w)
				}
			}
		})
	}
}
