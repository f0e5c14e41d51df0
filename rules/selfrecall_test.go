package rules

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"inkooptoets/rules/result"
	"inkooptoets/seeds"
)

// inventoryDir holds the inventory of the source documents, one file per framework. It stands beside the checkout, not in it: its texts are the sources'.
const inventoryDir = "../../shared/inventaris/kaders"

// inventoryItem is a criterion, an aspect or a part of an aspect in the inventory.
type inventoryItem struct {
	ID      string          `yaml:"id"`
	Text    string          `yaml:"tekst"`
	Aspects []inventoryItem `yaml:"aspecten"`
	Parts   []inventoryItem `yaml:"sub"`
}

func inventory(t *testing.T) []inventoryItem {
	t.Helper()
	names, err := filepath.Glob(inventoryDir + "/*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if len(names) == 0 {
		t.Skip("no inventory in " + inventoryDir)
	}
	var out []inventoryItem
	for _, n := range names {
		raw, err := os.ReadFile(n)
		if err != nil {
			t.Fatal(err)
		}
		var file struct {
			Criteria []inventoryItem `yaml:"criteria"`
		}
		if err := yaml.Unmarshal(raw, &file); err != nil {
			t.Fatalf("%s: %v", n, err)
		}
		out = append(out, file.Criteria...)
	}
	return out
}

// tally counts hits of a kind per framework.
type tally struct{ hits, of int }

func (t tally) share() float64 {
	if t.of == 0 {
		return 1
	}
	return float64(t.hits) / float64(t.of)
}

// TestSelfRecall puts every criterion in the words of its own source into a tender and asks whether its recogniser sees it: the criterion with its aspects as
// a list must be covered, and every aspect under its criterion must bind. It also counts how many other criteria such a text covers.
func TestSelfRecall(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long")
	}
	items := inventory(t)
	ev := evaluator(t)
	criteria, aspects := map[string]*tally{}, map[string]*tally{}
	var own, other, texts int
	var missed []string
	for _, it := range items {
		c, ok := ev.byID[it.ID]
		if !ok || c.req.Manual != "" {
			continue
		}
		f := c.req.Source
		if criteria[f] == nil {
			criteria[f], aspects[f] = &tally{}, &tally{}
		}
		text := sourceText(it, -1)
		row := rowOf(t, ev, c, text)
		criteria[f].of++
		if row.Status == result.Covered {
			criteria[f].hits++
		} else {
			missed = append(missed, fmt.Sprintf("%s %s: %s", it.ID, row.Status, row.Reason))
		}
		for i, a := range it.Aspects {
			aspects[f].of++
			if aspectBinds(rowOf(t, ev, c, sourceText(it, i)), a.ID) {
				aspects[f].hits++
			} else {
				missed = append(missed, a.ID+": aspect does not bind")
			}
		}
		texts++
		o, e := coveredElsewhere(t, ev, c, text)
		own, other = own+o, other+e
	}
	if texts == 0 {
		t.Skip("no framework in the catalogue")
	}
	var sumC, sumA tally
	for _, f := range slices.Sorted(maps.Keys(criteria)) {
		c, a := criteria[f], aspects[f]
		t.Logf("%s: criteria %d of %d, aspects %d of %d", f, c.hits, c.of, a.hits, a.of)
		sumC, sumA = tally{sumC.hits + c.hits, sumC.of + c.of}, tally{sumA.hits + a.hits, sumA.of + a.of}
	}
	t.Logf("all: criteria %d of %d (%.3f), aspects %d of %d (%.3f)", sumC.hits, sumC.of, sumC.share(), sumA.hits, sumA.of, sumA.share())
	t.Logf("each text covers %.2f other criteria of its own framework and %.2f of others", float64(own)/float64(texts), float64(other)/float64(texts))
	if sumC.share() < 0.97 || sumA.share() < 0.95 {
		t.Errorf("recall of criteria %.3f, want 0.97; of aspects %.3f, want 0.95; missed:\n%s", sumC.share(), sumA.share(), strings.Join(missed, "\n"))
	} else {
		t.Logf("missed:\n%s", strings.Join(missed, "\n"))
	}
	if own > texts || other > 3*texts {
		t.Errorf("texts cover %d other criteria of their own framework and %d of others; want at most %d and %d", own, other, texts, 3*texts)
	}
}

// sourceText is a tender with one criterion; only is the index of the one aspect to list, or -1 for all.
func sourceText(it inventoryItem, only int) string {
	var b strings.Builder
	b.WriteString("# Eisen\n\nOpdrachtnemer voldoet aan de volgende eisen:\n\n- " + oneLine(it.Text) + "\n")
	for i, a := range it.Aspects {
		if only >= 0 && i != only {
			continue
		}
		b.WriteString("  - " + oneLine(a.Text) + "\n")
		for _, p := range a.Parts {
			b.WriteString("    - " + oneLine(p.Text) + "\n")
		}
	}
	return b.String()
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

func rowOf(t *testing.T, ev *Evaluator, c *compiled, text string) result.Row {
	t.Helper()
	_, row, err := ev.runExample(t.Context(), c, result.Covered, text)
	if err != nil {
		t.Fatal(err)
	}
	return row
}

func aspectBinds(row result.Row, id string) bool {
	if row.Status == result.Covered {
		return true
	}
	return slices.ContainsFunc(row.Aspects, func(a result.Aspect) bool { return a.ID == id && a.Status == result.Covered })
}

// coveredElsewhere counts the other framework criteria that a text covers: of the same framework, and of others.
func coveredElsewhere(t *testing.T, ev *Evaluator, c *compiled, text string) (own, other int) {
	t.Helper()
	d, err := ev.Evaluate(t.Context(), ExampleDossier(text), allFrameworks(c.req))
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range d.Rows {
		switch {
		case r.Requirement == c.req.ID || r.Duty != result.Framework || r.Status != result.Covered:
		case r.Source == c.req.Source:
			own++
		default:
			other++
		}
	}
	return own, other
}

// allFrameworks are options under which every framework is judged and the requirement applies.
func allFrameworks(r seeds.Requirement) Options {
	o := exampleOptions(r)
	o.Frameworks = []string{"all"}
	o.targets = seeds.Targets()
	return o
}
