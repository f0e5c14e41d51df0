package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"flag"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"inkooptoets/rules"
	"inkooptoets/rules/gold"
	"inkooptoets/rules/result"
	"inkooptoets/seeds"
)

var update = flag.Bool("update", false, "write the measured figures anew")

// corpus is where the labelled passages stand; floors.yaml there lists the files and which half of each is frozen.
const corpus = "../../testdata/corpus/"

// floors are shares that may not be undercut; they only go up. Half says which part of the file they are about.
type floors struct {
	Half      string  `yaml:"half"`
	Precision float64 `yaml:"gap-precision"`
	Recall    float64 `yaml:"gap-recall"`
	Exact     float64 `yaml:"exact-status"`
}

func readFloors(t *testing.T) map[string]floors {
	t.Helper()
	data, err := os.ReadFile(corpus + "floors.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var all map[string]floors
	dec := yaml.NewDecoder(bytes.NewReader(data))
	dec.KnownFields(true)
	if err := dec.Decode(&all); err != nil {
		t.Fatal(err)
	}
	return all
}

// measureFrozen judges the frozen passages of one file.
func measureFrozen(t *testing.T, name string, f floors) gold.Report {
	t.Helper()
	r, err := measure(t.Context(), nil, evalFlags{profile: "gold", passages: []string{corpus + name}, half: f.Half, date: "2026-11-22", reading: reading{isolate: isolateOff, timeout: usualTimeout, memory: usualMemory}}, func(int, int, string) {})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestBlindPassages measures the recognisers on passages that nobody tuned them on, and prints the figures per source and element.
func TestBlindPassages(t *testing.T) {
	for name, floor := range readFloors(t) {
		t.Run(name, func(t *testing.T) {
			r := measureFrozen(t, name, floor)
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

// development marks, in the name of a corpus file, passages to mend the rules on: they measure nothing.
const development = "-dev-"

// TestEveryCorpusHasAFloor holds that no file of labelled passages goes unmeasured, and that none of those for development is measured.
func TestEveryCorpusHasAFloor(t *testing.T) {
	all := readFloors(t)
	files, err := filepath.Glob(corpus + "*.yaml")
	if err != nil || len(files) < 2 {
		t.Fatalf("corpus files: %v (%v)", files, err)
	}
	for _, f := range files {
		name := filepath.Base(f)
		floor, ok := all[name]
		if strings.Contains(name, development) {
			if ok {
				t.Errorf("%s: development data has no floors", name)
			}
			continue
		}
		if name != "floors.yaml" && (!ok || floor.Precision == 0 || floor.Recall == 0 || floor.Exact == 0) {
			t.Errorf("%s: floors.yaml holds no floors for it", name)
		}
	}
}

// TestMeasuredIsCurrent holds that the figures in the reports are those of the rules of today on the frozen passages.
func TestMeasuredIsCurrent(t *testing.T) {
	const file = "../../rules/measured.json"
	data := encodeMeasured(t, countVerdicts(t))
	if *update {
		if err := os.WriteFile(file, data, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	stored, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(stored, data) {
		t.Error("rules/measured.json is not what the frozen passages measure today: run `make measured`, read the difference and commit it")
	}
	got, err := rules.Measured()
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range got {
		if (m.N < gold.Measured) != (m.Precision == 0 && m.Low == 0 && m.High == 0) {
			t.Errorf("%s %s: n=%d with precision %v (%v-%v); with fewer than %d there is no figure", m.Kind, m.Status, m.N, m.Precision, m.Low, m.High, gold.Measured)
		}
	}
}

// countVerdicts adds up the verdicts on all frozen passages, per kind of source and status.
func countVerdicts(t *testing.T) []result.Measured {
	t.Helper()
	c, err := seeds.Load()
	if err != nil {
		t.Fatal(err)
	}
	type class struct {
		kind   string
		status result.Status
	}
	counts := map[class]gold.Share{}
	all := readFloors(t)
	for _, name := range slices.Sorted(maps.Keys(all)) {
		for _, v := range measureFrozen(t, name, all[name]).ByVerdict {
			s, ok := c.Source(v.Source)
			if !ok {
				t.Fatalf("%s: no source %s", name, v.Source)
			}
			k := class{cmp.Or(s.Kind, "law"), v.Status}
			counts[k] = gold.Share{Part: counts[k].Part + v.Right.Part, Of: counts[k].Of + v.Right.Of}
		}
	}
	stored, err := rules.Measured()
	if err != nil {
		t.Fatal(err)
	}
	if readers := auditedVerdicts(t); readers != nil {
		for status, n := range readers {
			counts[class{result.InTenders, status}] = n
		}
	} else { // without the tenders the figures stay as they are
		for _, m := range stored {
			if m.Kind == result.InTenders {
				counts[class{m.Kind, m.Status}] = gold.Share{Part: m.Right, Of: m.N}
			}
		}
	}
	var out []result.Measured
	for _, kind := range []string{"law", "framework", result.InTenders, "guide"} {
		for _, status := range result.Statuses {
			n, ok := counts[class{kind, status}]
			if !ok {
				continue
			}
			m := result.Measured{Kind: kind, Status: status, Right: n.Part, N: n.Of}
			if n.Of >= gold.Measured {
				low, high := n.Interval()
				m.Precision, m.Low, m.High = rounded(n.Value()), rounded(low), rounded(high)
			}
			out = append(out, m)
		}
	}
	return out
}

func rounded(share float64) float64 { return math.Round(share*1000) / 1000 }

// encodeMeasured writes one figure on a line, so that a difference shows which one changed.
func encodeMeasured(t *testing.T, list []result.Measured) []byte {
	t.Helper()
	b := bytes.NewBufferString("[\n")
	for i, m := range list {
		line, err := json.Marshal(m)
		if err != nil {
			t.Fatal(err)
		}
		b.Write(line)
		if i < len(list)-1 {
			b.WriteByte(',')
		}
		b.WriteByte('\n')
	}
	b.WriteString("]\n")
	return b.Bytes()
}
