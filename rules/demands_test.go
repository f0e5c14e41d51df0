package rules

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"inkooptoets/extract/dossier"
	"inkooptoets/rules/gold"
	"inkooptoets/rules/result"
)

// labelledDemand is a sentence with the class of what it asks.
type labelledDemand struct {
	ID           string `yaml:"id"`
	Level        string `yaml:"level"`
	Object       string `yaml:"object"`
	Kind         string `yaml:"kind"`
	Registration bool   `yaml:"registration"`
	Text         string `yaml:"tekst"`
}

func (d labelledDemand) frozen() bool {
	n, err := strconv.Atoi(d.ID[strings.IndexByte(d.ID, '-')+1:])
	return err == nil && n%2 == 0
}

func labelledDemands(t *testing.T) []labelledDemand {
	t.Helper()
	raw, err := os.ReadFile("../testdata/demands/sentences.yaml")
	if err != nil {
		t.Fatal(err)
	}
	dec := yaml.NewDecoder(bytes.NewReader(raw))
	dec.KnownFields(true)
	var all []labelledDemand
	if err := dec.Decode(&all); err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, d := range all {
		ok := slices.Contains(result.DemandLevels, d.Level) && slices.Contains(result.DemandObjects, d.Object) && slices.Contains(result.DemandKinds, d.Kind)
		if !ok || seen[d.ID] || d.Text == "" {
			t.Errorf("%s: unknown class, second id or no text", d.ID)
		}
		seen[d.ID] = true
	}
	if len(all) < 200 {
		t.Errorf("%d sentences, want at least 200", len(all))
	}
	return all
}

// TestDemandClasses holds how often sentences get the right class: of the half for development, and exactly of the frozen half, whose figures reports show.
func TestDemandClasses(t *testing.T) {
	ev := evaluator(t)
	classes := []string{"level", "object", "kind", "registration"}
	right := map[bool]map[string]int{true: {}, false: {}}
	n := map[bool]int{}
	for _, d := range labelledDemands(t) {
		got := ev.Ask(d.Text)
		n[d.frozen()]++
		for class, ok := range map[string]bool{
			"level": got.Level == d.Level, "object": got.Object == d.Object, "kind": got.Kind == d.Kind, "registration": got.Registration == d.Registration,
		} {
			if ok {
				right[d.frozen()][class]++
			} else if !d.frozen() {
				t.Logf("%s %s: got %+v", d.ID, d.Text, got)
			}
		}
	}
	var out []result.MeasuredClass
	for _, c := range classes {
		low, high := gold.Share{Part: right[true][c], Of: n[true]}.Interval()
		m := result.MeasuredClass{Class: c, Right: right[true][c], N: n[true], Share: round3(float64(right[true][c]) / float64(n[true])), Low: round3(low), High: round3(high)}
		t.Logf("%s: frozen %d of %d (%.2f, %.2f-%.2f), development %d of %d", c, m.Right, m.N, m.Share, m.Low, m.High, right[false][c], n[false])
		out = append(out, m)
	}
	raw, err := json.MarshalIndent(out, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	raw = append(raw, '\n')
	if *update {
		if err := os.WriteFile("measured-demands.json", raw, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if !bytes.Equal(raw, measuredDemands) {
		t.Errorf("measured-demands.json is not what the frozen sentences measure today: run `make measured`\n%s", raw)
	}
	for _, c := range classes {
		if share := float64(right[false][c]) / float64(n[false]); share < 0.95 {
			t.Errorf("%s: %.2f of the sentences for development are right", c, share)
		}
	}
}

func round3(x float64) float64 { return math.Round(x*1000) / 1000 }

// What counts as a demand on the quality of care beyond the law, and what does not.
func TestDemands(t *testing.T) {
	ev := evaluator(t)
	text := `# Programma van eisen Wmo

De gemeente Duinstad koopt begeleiding in.

## 1 Inleiding

Opdrachtnemer werkt in een wijk waar veel mensen elkaar kennen.

## 2 Eisen

Opdrachtnemer zorgt voor het volgende:

- elke begeleider heeft een hbo-diploma
- de begeleiding start binnen vijf werkdagen

Opdrachtnemer stemt de hulp af met de huisarts. De gemeente betaalt binnen dertig dagen. Opdrachtnemer rapporteert elk kwartaal het aantal afgeronde trajecten.

Opdrachtnemer stuurt elke maand een factuur.

Opdrachtnemer streeft naar korte lijnen met scholen.

Elke beroepskracht heeft een VOG, die bij indiensttreding niet ouder is dan drie maanden.

Opdrachtnemer voldoet aan alle wet- en regelgeving.

De gemeente evalueert de samenwerking elk jaar.
`
	d := dossier.Dossier{ID: "x", Documents: []dossier.Document{{Path: "pve.md", Role: "programma van eisen", Blocks: dossier.Outline("pve.md", dossier.ParseText(text))}}}
	res, err := ev.Evaluate(t.Context(), d, Options{})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, x := range res.Demands {
		if q := d.Documents[0].Blocks[x.Block].Text; q[x.Start:x.End] != x.Text {
			t.Errorf("%q does not stand where it says", x.Text)
		}
		got = append(got, fmt.Sprintf("%s/%s/%s/%t %s", x.Level, x.Object, x.Kind, x.Registration, x.Text))
	}
	want := []string{
		"input/professional/minimale-eis/false elke begeleider heeft een hbo-diploma",
		"throughput/methode/minimale-eis/false de begeleiding start binnen vijf werkdagen",
		"throughput/methode/samenhang/false Opdrachtnemer stemt de hulp af met de huisarts",
		"output/resultaat/indicator/true Opdrachtnemer rapporteert elk kwartaal het aantal afgeronde trajecten",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}
