package rules

import (
	"testing"

	"inkooptoets/rules/result"
)

// TestSuggestions puts every suggested clause into a tender: whoever pastes it must see the requirement covered.
func TestSuggestions(t *testing.T) {
	ev := evaluator(t)
	for _, c := range ev.compiled {
		if c.req.Manual != "" {
			continue
		}
		_, row, err := ev.runExample(t.Context(), c, result.Covered, c.req.Suggestion)
		if err != nil {
			t.Fatal(err)
		}
		if row.Status != result.Covered {
			t.Errorf("%s:%d: %s: the suggestion is judged %s: %s\n%s", c.req.File, c.req.Line, c.req.ID, row.Status, row.Reason, c.req.Suggestion)
		}
	}
}
