package rules

import (
	"fmt"
	"testing"

	"inkooptoets/rules/result"
)

// TestStatus walks every combination of facts and compares the switch with the rules of the labelling guide, written another way: each rule as a
// condition that must give its status.
func TestStatus(t *testing.T) {
	for _, applies := range []answer{unknown, yes, no} {
		for bits := range 1 << 8 {
			on := func(i int) bool { return bits>>i&1 == 1 }
			f := facts{applies: applies, manual: on(0), unreadable: on(1), contradicted: on(2), full: on(3), referenced: on(4), part: on(5), mentioned: on(6), absent: on(7)}
			t.Run(fmt.Sprintf("%+v", f), func(t *testing.T) {
				if got, want := status(f), expected(f); got != want {
					t.Errorf("got %s, want %s", got, want)
				}
			})
		}
	}
}

func expected(f facts) result.Status {
	judged := f.applies != no && !f.manual
	found := f.contradicted || f.full || f.referenced
	gap := judged && f.applies == yes && !found
	for _, rule := range []struct {
		when bool
		want result.Status
	}{
		{f.applies == no, result.NotApplicable},
		{f.applies != no && f.manual, result.Undetermined},
		{judged && f.contradicted, result.Contradicted},
		{judged && !f.contradicted && f.full, result.Covered},
		{judged && !f.contradicted && !f.full && f.referenced, result.Referenced},
		{judged && f.applies == unknown && !found, result.Undetermined},
		{gap && f.part, result.Partial},
		{gap && !f.part && f.absent, result.Undetermined},
		{gap && !f.part && !f.absent && f.mentioned, result.Mentioned},
		{gap && !f.part && !f.absent && !f.mentioned && f.unreadable, result.Undetermined},
		{gap && !f.part && !f.absent && !f.mentioned && !f.unreadable, result.Missing},
	} {
		if rule.when {
			return rule.want
		}
	}
	panic(fmt.Sprintf("no rule for %+v", f))
}
