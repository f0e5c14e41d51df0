package phrase

import (
	"strings"
	"testing"
)

// BenchmarkHostile holds texts that could make the work grow faster than the text: the figures per byte must stay of one order.
func BenchmarkHostile(b *testing.B) {
	m := compile(b, "klachtenregeling", "stelt _20 stelt _20 stelt _20 vast", "*regeling*", "meld* & stelt & klacht*")
	for _, tc := range []struct{ name, text string }{
		{"suspended", strings.Repeat("klachten- en ", 4000)},
		{"hyphens", strings.Repeat("a-", 25000)},
		{"gaps", strings.Repeat("stelt ", 8000)},
		{"one word", strings.Repeat("regeling", 6000)},
		{"dots", strings.Repeat("a.", 25000)},
		{"and parts", strings.Repeat("meld stelt klacht ", 3000)},
		{"numbers", strings.Repeat("binnen 3 ", 5000)},
	} {
		b.Run(tc.name, func(b *testing.B) {
			b.SetBytes(int64(len(tc.text)))
			for b.Loop() {
				m.Match(Fold(tc.text))
			}
		})
	}
}
