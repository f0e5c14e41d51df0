package rules

import (
	"testing"

	"inkooptoets/extract/dossier"
	"inkooptoets/rules/review"
)

// BenchmarkReview sets the review of a draft beside the whole of its evaluation; the first is part of the second. The tender is made of the examples of
// every requirement.
func BenchmarkReview(b *testing.B) {
	ev := evaluator(b)
	text := exampleTender(ev)[0]
	d := dossier.Dossier{Documents: []dossier.Document{{Path: "eisen.md", Blocks: dossier.Outline("eisen.md", dossier.ParseText(text))}}}
	b.Run("whole", func(b *testing.B) {
		for b.Loop() {
			if _, err := ev.Evaluate(b.Context(), d, Options{Date: "2026-11-22"}); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("review", func(b *testing.B) {
		segments := ev.segments(d)
		zoned := ev.zones(d, segments)
		o := review.Options{Date: "2026-11-22", Fold: segments.fold}
		ev.reviewer.Review(zoned, o) // folds every text once, as the evaluation has done by then
		for b.Loop() {
			ev.reviewer.Review(zoned, o)
		}
	})
}
