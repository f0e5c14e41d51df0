package rules

import (
	_ "embed" // for the figures
	"encoding/json"
	"fmt"

	"inkooptoets/rules/result"
)

// The figures are those of the corpus in testdata, and for whole tenders of testdata/audited.yaml, of the parts that nobody mends the rules on. `make measured` counts them anew; a test holds that they are
// of the rules of today.
//
//go:embed measured.json
var measured []byte

// The figures of how demands are classified are those of testdata/demands, of the half on which nobody mends the word lists; `make measured` counts them too.
//
//go:embed measured-demands.json
var measuredDemands []byte

// MeasuredDemands says per class of a demand (level, object, kind, registration) how often it was right.
func MeasuredDemands() ([]result.MeasuredClass, error) {
	var out []result.MeasuredClass
	if err := json.Unmarshal(measuredDemands, &out); err != nil {
		return nil, fmt.Errorf("measured-demands.json: %w", err)
	}
	return out, nil
}

// Measured says per kind of source and per status how often the verdicts of the built-in rules were right.
func Measured() ([]result.Measured, error) {
	var out []result.Measured
	if err := json.Unmarshal(measured, &out); err != nil {
		return nil, fmt.Errorf("measured.json: %w", err)
	}
	return out, nil
}
