package phrase

import "testing"

func TestQuantityAt(t *testing.T) {
	for _, tc := range []struct {
		text string
		want Quantity // zero: none anywhere in the text
	}{
		{"binnen 24 uur", Quantity{"hours", 24}},
		{"binnen drie werkdagen", Quantity{"workdays", 3}},
		{"veertien (14) kalenderdagen", Quantity{"days", 14}},
		{"drie (3) maanden", Quantity{"months", 3}},
		{"maximaal 24 kalendermaanden oud", Quantity{"months", 24}},
		{"een half jaar", Quantity{"months", 6}},
		{"anderhalf jaar", Quantity{"months", 18}},
		{"om de vier jaar", Quantity{"years", 4}},
		{"€ 2.500.000 per gebeurtenis", Quantity{"euro", 2500000}},
		{"een bedrag van 750.000 euro", Quantity{"euro", 750000}},
		{"€ 1,25 miljoen", Quantity{"euro", 1250000}},
		{"€ 31.750,00", Quantity{"euro", 31750}},
		{"€ 5,50", Quantity{"euro", 5.5}},
		{"7,5 procent", Quantity{"percent", 7.5}},
		{"70%", Quantity{"percent", 70}},
		{"om 12.00 uur", Quantity{}},
		{"op 26 juni 2026", Quantity{}},
		{"mbo-niveau 4", Quantity{}},
		{"twee aanbieders", Quantity{}},
	} {
		toks := Fold(tc.text).Tokens
		var got Quantity
		for i := range toks {
			if q, end, ok := QuantityAt(toks, i); ok {
				if end <= i || end > len(toks) {
					t.Errorf("%q: quantity ends at %d of %d", tc.text, end, len(toks))
				}
				got = q
				break
			}
		}
		if got != tc.want {
			t.Errorf("%q: got %v, want %v", tc.text, got, tc.want)
		}
	}
}

func TestAtOnceAt(t *testing.T) {
	for text, want := range map[string]bool{
		"onverwijld": true, "per ommegaande": true, "zonder uitstel": true, "dezelfde dag": true, "uiterlijk morgen": false, "binnen 24 uur": false, "per maand": false,
	} {
		if _, got := AtOnceAt(Fold(text).Tokens, 0); got != want {
			t.Errorf("%q: got %v, want %v", text, got, want)
		}
	}
}
