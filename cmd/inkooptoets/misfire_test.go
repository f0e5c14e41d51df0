package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"inkooptoets/extract/dossier"
	"inkooptoets/rules"
	"inkooptoets/rules/result"
)

// TestNoDutyWhereNoneIs runs every recogniser over texts that lay no duty on a provider: an article for municipalities, and the chapters of a model document that
// tell how to take part. The texts stand beside the checkout; without them there is nothing to test.
func TestNoDutyWhereNoneIs(t *testing.T) {
	const shared = "../../../shared/"
	articles, err := filepath.Glob(shared + "seeds/003*")
	if err != nil {
		t.Fatal(err)
	}
	models, err := filepath.Glob(shared + "echt/*.md")
	if err != nil {
		t.Fatal(err)
	}
	if len(articles)+len(models) == 0 {
		t.Skip("no texts beside the checkout")
	}
	_, ev, err := rules.BuiltIn()
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range articles {
		t.Run(filepath.Base(path), func(t *testing.T) {
			checkNoDuty(t, ev, textOf(t, path))
		})
	}
	for _, path := range models {
		t.Run(filepath.Base(path), func(t *testing.T) {
			d := textOf(t, path)
			d.Documents[0].Blocks = slices.DeleteFunc(d.Documents[0].Blocks, func(b dossier.Block) bool { return !inProcedure(b) })
			if n := len(d.Documents[0].Blocks); n < 100 {
				t.Fatalf("only %d blocks in chapters about the procedure", n)
			}
			for i := range d.Documents[0].Blocks {
				d.Documents[0].Blocks[i].Loc.Block = i
			}
			checkNoDuty(t, ev, d)
		})
	}
}

// inProcedure reports whether a block stands in a chapter that tells how to take part: its first heading names the procedure, or what to hand in.
func inProcedure(b dossier.Block) bool {
	chapter := b.Text
	if len(b.Path) > 0 {
		chapter = b.Path[0]
	} else if b.Kind != dossier.Heading {
		return false
	}
	chapter = strings.ToLower(chapter)
	return strings.Contains(chapter, "procedure") || strings.Contains(chapter, "aan te leveren")
}

func textOf(t *testing.T, path string) dossier.Dossier {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.Base(path)
	return dossier.Dossier{ID: name, Documents: []dossier.Document{{Path: name, Format: "text", Blocks: dossier.Outline(name, dossier.ParseText(string(data)))}}}
}

// checkNoDuty fails for every duty of a provider, in a law or a framework, that is found to be covered under either law. Guides are about the buying itself.
func checkNoDuty(t *testing.T, ev *rules.Evaluator, d dossier.Dossier) {
	t.Helper()
	for _, law := range []string{"wmo", "jeugdwet"} {
		out, err := ev.Evaluate(t.Context(), d, rules.Options{Date: "2026-11-22", Laws: []string{law}, Procedure: "aanbesteding", Frameworks: []string{"all"}})
		if err != nil {
			t.Fatal(err)
		}
		kinds := map[string]string{}
		for _, s := range ev.Sources([]result.Dossier{out}) {
			kinds[s.ID] = s.Kind
		}
		for _, r := range out.Rows {
			if r.Party == "provider" && kinds[r.Source] != "guide" && (r.Status == result.Covered || r.Status == result.Referenced) {
				t.Errorf("%s under %s is %s by %q", r.Requirement, law, r.Status, r.Evidence[0].Quote)
			}
		}
	}
}
