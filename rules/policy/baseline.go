package policy

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"inkooptoets/rules/result"
)

// baselineVersion is the version of the form in which a baseline is stored.
const baselineVersion = "1.0"

// Baseline is the gaps of one moment. What is in it is known; what is not, or has got worse, is new.
type Baseline struct {
	Version   string `json:"baselineVersion"`
	Tool      string `json:"tool"`
	Catalogue string `json:"catalogue"`
	Date      string `json:"date"`
	Gaps      []Gap  `json:"gaps"` // in the order of the run
}

// Gap is one gap of a baseline.
type Gap struct {
	Dossier     string        `json:"dossier"`
	Requirement string        `json:"requirement"`
	Status      result.Status `json:"status"`
}

// The ways in which a baseline cannot be used.
var (
	ErrTwice = errors.New("two dossiers have the same name")
	ErrForm  = errors.New("not a baseline")
)

// TakeBaseline makes the baseline of a run. Gaps that were accepted by a waiver are left out: when the waiver ends they count.
func TakeBaseline(run result.Run) (Baseline, error) {
	b := Baseline{Version: baselineVersion, Tool: run.Tool, Catalogue: run.Catalogue, Date: run.Date, Gaps: []Gap{}}
	seen := map[string]bool{}
	for _, d := range run.Dossiers {
		if seen[d.ID] {
			return Baseline{}, fmt.Errorf("%w: %s", ErrTwice, d.ID)
		}
		seen[d.ID] = true
		for _, r := range d.Rows {
			if r.Status.Gap() && r.Waived == nil {
				b.Gaps = append(b.Gaps, Gap{d.ID, r.Requirement, r.Status})
			}
		}
	}
	return b, nil
}

// Mark marks the gaps of a run that b has already, no worse now than then. The run that is given stays as it is.
// That both are of one catalogue is for the caller to check.
func (b Baseline) Mark(run result.Run) result.Run {
	type key struct{ dossier, requirement string }
	then := map[key]result.Status{}
	for _, g := range b.Gaps {
		then[key{g.Dossier, g.Requirement}] = g.Status
	}
	run.Dossiers = slices.Clone(run.Dossiers)
	for i, d := range run.Dossiers {
		rows := slices.Clone(d.Rows)
		for j, r := range rows {
			was, ok := then[key{d.ID, r.Requirement}]
			if ok && r.Status.Gap() && weight[r.Status] <= weight[was] {
				rows[j].Known = true
				rows[j].Note = strings.TrimSpace(r.Note + " Dit gat stond al in de nulmeting van " + b.Date + ".")
			}
		}
		run.Dossiers[i].Rows = rows
	}
	return run
}

// weight orders gaps by how much is wrong.
var weight = map[result.Status]int{result.Partial: 1, result.Mentioned: 2, result.Missing: 3, result.Contradicted: 4}

// Encode writes b; the same baseline always gives the same bytes.
func (b Baseline) Encode(w io.Writer) error {
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	return enc.Encode(b)
}

// DecodeBaseline reads what Encode wrote.
func DecodeBaseline(r io.Reader) (Baseline, error) {
	raw, err := io.ReadAll(r)
	if err != nil {
		return Baseline{}, err
	}
	var b Baseline
	if err := json.Unmarshal(raw, &b); err != nil {
		return Baseline{}, fmt.Errorf("%w: %w", ErrForm, err)
	}
	if b.Version != baselineVersion {
		return Baseline{}, fmt.Errorf("%w: version %q", ErrForm, b.Version)
	}
	return b, nil
}
