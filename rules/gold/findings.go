package gold

import (
	"slices"
	"strings"

	"inkooptoets/rules/result"
)

// Found compares one list of labelled findings with those of the run. A finding is right when a label of its file and list has its words; a label is found
// when a finding has it so. Findings that say the same of more places of a file count once, as labels do.
type Found struct {
	List      string   `json:"list"` // key of the label file: "outdated", "placeholders"
	TruePos   int      `json:"truePositive"`
	FalsePos  int      `json:"falsePositive"`
	Labels    int      `json:"labels"`
	Recalled  int      `json:"recalled"`
	Alarms    []string `json:"falseAlarms"` // "dossier/file: words" of findings without a label
	Forgotten []string `json:"missed"`      // "dossier/file: words" of labels without a finding
}

// Precision is the share of findings that are right.
func (f Found) Precision() Share { return Share{f.TruePos, f.TruePos + f.FalsePos} }

// Recall is the share of labels that were found.
func (f Found) Recall() Share { return Share{f.Recalled, f.Labels} }

// labelLists ties the lists of a label file to the findings they are about. c-wording is no member: labels name what is wrong, not what could be worded better.
var labelLists = []struct {
	name   string
	ids    []string
	labels func(Gold) []Quote
}{
	{"outdated", []string{"c-outdated"}, func(g Gold) []Quote { return g.Outdated }},
	{"placeholders", []string{"c-placeholder", "c-instruction"}, func(g Gold) []Quote { return g.Placeholders }},
}

// findings compares every list over all dossiers that have labels and are in the run.
func findings(golds []Gold, run result.Run) []Found {
	out := []Found{}
	for _, list := range labelLists {
		f := Found{List: list.name, Alarms: []string{}, Forgotten: []string{}}
		for _, g := range golds {
			i := slices.IndexFunc(run.Dossiers, func(d result.Dossier) bool { return d.ID == g.Dossier })
			if i < 0 || list.labels(g) == nil { // a list that is absent was not labelled; one that is empty was
				continue
			}
			var got []result.Finding
			for _, one := range run.Dossiers[i].Findings {
				if slices.Contains(list.ids, one.ID) {
					got = append(got, one)
				}
			}
			f.count(g.Dossier, list.labels(g), got)
		}
		if f.Labels+f.TruePos+f.FalsePos > 0 {
			out = append(out, f)
		}
	}
	return out
}

// count adds the labels and findings of one dossier.
func (f *Found) count(dossier string, labels []Quote, got []result.Finding) {
	f.Labels += len(labels)
	for _, q := range labels {
		if slices.ContainsFunc(got, func(one result.Finding) bool { return sameWords(q, one) }) {
			f.Recalled++
			continue
		}
		f.Forgotten = append(f.Forgotten, dossier+"/"+q.File+": "+q.Quote)
	}
	for _, one := range got {
		if slices.ContainsFunc(labels, func(q Quote) bool { return sameWords(q, one) }) {
			f.TruePos++
			continue
		}
		f.FalsePos++
		f.Alarms = append(f.Alarms, dossier+"/"+one.File+": "+about(one))
	}
}

// sameWords reports whether a label and a finding are about the same words of the same file: one holds the other.
func sameWords(q Quote, f result.Finding) bool {
	label, words := normal(q.Quote), normal(about(f))
	return sameFile(q.File, f.File) && (strings.Contains(label, words) || strings.Contains(words, label))
}

// about is the stretch of the text that a finding is about; all of it when it names none.
func about(f result.Finding) string {
	if 0 <= f.Start && f.Start < f.End && f.End <= len(f.Quote) {
		return f.Quote[f.Start:f.End]
	}
	return f.Quote
}
