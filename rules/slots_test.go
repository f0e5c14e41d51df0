package rules

import (
	"slices"
	"testing"

	"inkooptoets/rules/phrase"
)

// TestScanOneByOne: hits taken together, spread again, are the hits of every phrase for itself.
func TestScanOneByOne(t *testing.T) {
	ev := evaluator(t)
	compared := 0
	for _, text := range exampleTender(ev) {
		fold := phrase.Fold(text)
		want := ev.matcher.Match(fold)
		scanned := ev.matcher.Scan(fold)
		got := ev.oneByOne(scanned)
		if !slices.Equal(got, want) {
			t.Errorf("%d hits one by one, want %d", len(got), len(want))
		}
		if len(scanned) > len(want)/3 {
			t.Errorf("%d hits taken together of %d", len(scanned), len(want))
		}
		said := slices.DeleteFunc(slices.Clone(want), func(h phrase.Hit) bool { return !ev.said[h.Phrase] })
		if got := ev.saidIn(scanned); !slices.Equal(got, said) {
			t.Errorf("%d hits of lists, want %d", len(got), len(said))
		}
		compared += len(want)
	}
	if compared < 100_000 {
		t.Errorf("only %d hits compared", compared)
	}
}

// TestOwnersTogether: what a word is for a recogniser is what its phrases are, and where one of them masks others every phrase stands for itself.
func TestOwnersTogether(t *testing.T) {
	ev := evaluator(t)
	masked := 0
	for id := ev.matcher.Len(); id < ev.matcher.IDs(); id++ {
		alone := ev.matcher.Alone(phrase.ID(id))
		for _, c := range ev.compiled {
			var want []slots
			var all slots
			for _, one := range alone {
				if s := ev.slotsOf(c.index, one); s != (slots{}) {
					want, all = append(want, s), all.or(s)
				}
			}
			if all.any(c.masks) {
				masked++
			} else if len(want) > 1 {
				want = []slots{all}
			}
			var got []slots
			for _, o := range ev.ownersIn(c.index, phrase.ID(id)) {
				if len(got) == 0 || o.apart {
					got = append(got, slots{})
				}
				got[len(got)-1].set(o.slot)
			}
			if !slices.Equal(got, want) {
				t.Fatalf("%s, phrases %v: groups %v, want %v", c.req.ID, alone, got, want)
			}
		}
	}
	if masked == 0 {
		t.Error("no recogniser masks a single word: this test says nothing about apart")
	}
}
