package main

import (
	"bytes"
	"os"
	"testing"

	"go.yaml.in/yaml/v3"

	"inkooptoets/rules/gold"
)

// floors are shares that may not be undercut; they only go up. Half says which part of the file they are about.
type floors struct {
	Half      string  `yaml:"half"`
	Precision float64 `yaml:"gap-precision"`
	Recall    float64 `yaml:"gap-recall"`
	Exact     float64 `yaml:"exact-status"`
}

// TestBlindPassages measures the recognisers on passages that nobody tuned them on, and prints the figures per law and element.
func TestBlindPassages(t *testing.T) {
	const corpus = "../../testdata/corpus/"
	data, err := os.ReadFile(corpus + "floors.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var want map[string]floors
	dec := yaml.NewDecoder(bytes.NewReader(data))
	dec.KnownFields(true)
	if err := dec.Decode(&want); err != nil {
		t.Fatal(err)
	}
	for name, floor := range want {
		t.Run(name, func(t *testing.T) {
			r, err := measure(t.Context(), nil, evalFlags{profile: "gold", passages: []string{corpus + name}, half: floor.Half, date: "2026-11-22", reading: reading{isolate: isolateOff, timeout: usualTimeout, memory: usualMemory}}, func(int, int, string) {})
			if err != nil {
				t.Fatal(err)
			}
			var out bytes.Buffer
			if err := gold.Print(&out, r, false); err != nil {
				t.Fatal(err)
			}
			t.Log("\n" + out.String())
			for _, f := range []struct {
				what string
				got  gold.Share
				min  float64
			}{
				{"gap precision", r.Overall.Precision(), floor.Precision}, {"gap recall", r.Overall.Recall(), floor.Recall}, {"exact status", r.Overall.ExactShare(), floor.Exact},
			} {
				if f.got.Value() < f.min {
					t.Errorf("%s: got %.3f, want at least %.3f", f.what, f.got.Value(), f.min)
				}
			}
		})
	}
}
