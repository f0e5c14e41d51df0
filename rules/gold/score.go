package gold

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"inkooptoets/rules/result"
)

// Measured is the least number of cases for which a figure is shown. With fewer the interval is so wide that the figure misleads.
const Measured = 30

// Report is the comparison of labels and verdicts. A pair is one label with the row of the same requirement in the same dossier.
//
// How a pair counts:
//
//   - a label with two statuses is read in the way that favours the verdict: the very status, else the one on the same side of the gap line;
//   - label not-applicable and verdict not-applicable: left out of everything but applicability;
//   - label not-applicable and verdict a gap: a false alarm;
//   - label a gap and verdict not-applicable: a missed gap; label covered and verdict not-applicable: not exact, no false alarm;
//   - verdict undetermined: an abstention, counted apart; no gap found, not exact.
type Report struct {
	Overall    Score       `json:"overall"`
	ByLaw      []Score     `json:"byLaw"`
	ByElement  []Score     `json:"byElement"`
	ByDuty     []Score     `json:"byDuty"`
	ByVerdict  []Verdict   `json:"byVerdict"` // per source in the order of the labels, then in that of result.Statuses
	Confusion  []Confusion `json:"confusion"` // in the order of result.Statuses, first by label
	Misses     []Miss      `json:"misses"`    // every pair that is not exact, in the order of the labels
	Unchecked  []string    `json:"unchecked"` // "dossier requirement" of labels without a row: not in the run
	Findings   []Found     `json:"findings"`  // per list of findings that people labelled
	Dossiers   int         `json:"dossiers"`  // that have a label and a row
	Unreadable []string    `json:"unreadable"`
}

// Score holds the counts of one group of pairs.
type Score struct {
	Key        string `json:"key"`
	Judged     int    `json:"judged"` // pairs that count; those where label and verdict say not-applicable are left out
	TruePos    int    `json:"truePositive"`
	FalsePos   int    `json:"falsePositive"`
	FalseNeg   int    `json:"falseNegative"`
	Exact      int    `json:"exact"`
	Abstained  int    `json:"abstained"`
	Evidence   Share  `json:"evidence"`   // of labels with evidence and a verdict that shows some: the quote lies in it
	Applicable Share  `json:"applicable"` // of all pairs: same answer to "does it concern this tender"
}

// Share is a part of a whole.
type Share struct {
	Part int `json:"part"`
	Of   int `json:"of"`
}

// Value is the share between 0 and 1; 0 of 0 is 0.
func (s Share) Value() float64 {
	if s.Of == 0 {
		return 0
	}
	return float64(s.Part) / float64(s.Of)
}

// Interval gives the Wilson interval of 95% around the share; 0 of 0 says nothing and gives 0 to 1.
func (s Share) Interval() (low, high float64) {
	if s.Of == 0 {
		return 0, 1
	}
	const z = 1.959964 // of the normal distribution at 97.5%
	n, p := float64(s.Of), s.Value()
	mid := p + z*z/(2*n)
	wide := z * math.Sqrt(p*(1-p)/n+z*z/(4*n*n))
	all := 1 + z*z/n
	return max(0, (mid-wide)/all), min(1, (mid+wide)/all)
}

// Precision is the share of reported gaps that are gaps.
func (s Score) Precision() Share { return Share{s.TruePos, s.TruePos + s.FalsePos} }

// Recall is the share of gaps that are reported.
func (s Score) Recall() Share { return Share{s.TruePos, s.TruePos + s.FalseNeg} }

// ExactShare is the share of judged pairs with the very status of the label.
func (s Score) ExactShare() Share { return Share{s.Exact, s.Judged} }

// F2 weighs recall twice as heavy as precision: a missed gap costs more than a false alarm.
func (s Score) F2() float64 {
	p, r := s.Precision().Value(), s.Recall().Value()
	if p+r == 0 {
		return 0
	}
	return 5 * p * r / (4*p + r)
}

// Verdict counts how often one verdict on the requirements of one source was that of the label.
type Verdict struct {
	Source string        `json:"source"`
	Status result.Status `json:"status"`
	Right  Share         `json:"right"`
}

// verdicts counts every verdict but those that decide nothing.
func verdicts(pairs []pair) []Verdict {
	var out []Verdict
	for _, s := range scores(pairs, nil, func(p pair) string { return p.row.Source }) {
		for _, status := range result.Statuses {
			if status == result.Undetermined || status == result.NotApplicable {
				continue
			}
			v := Verdict{Source: s.Key, Status: status}
			for _, p := range pairs {
				if p.row.Source == s.Key && p.row.Status == status {
					v.Right.Of++
					if p.want == status {
						v.Right.Part++
					}
				}
			}
			if v.Right.Of > 0 {
				out = append(out, v)
			}
		}
	}
	return out
}

// Confusion counts the pairs with one label and one verdict.
type Confusion struct {
	Gold result.Status `json:"gold"`
	Got  result.Status `json:"got"`
	N    int           `json:"n"`
}

// Miss is a pair in which the verdict is not that of the label, with what led to it.
type Miss struct {
	Dossier     string          `json:"dossier"`
	Requirement string          `json:"requirement"`
	Gold        []result.Status `json:"gold"`
	Got         result.Status   `json:"got"`
	Crosses     bool            `json:"crosses"` // the miss is a false alarm or a missed gap
	Reason      string          `json:"reason"`
	Decided     []Passed        `json:"decided"` // the passages that decided, or the nearest if there were none
	Evidence    []Quote         `json:"evidence"`
	Note        string          `json:"note,omitempty"`
	Text        string          `json:"text,omitempty"` // of a labelled passage
	Line        int             `json:"line"`           // of the label
}

// Passed is a passage as a miss shows it.
type Passed struct {
	File    string        `json:"file"`
	Page    int           `json:"page,omitempty"`
	Quote   string        `json:"quote"`
	Hit     string        `json:"hit,omitempty"` // the words that decided
	Shows   result.Status `json:"shows,omitempty"`
	Nearest bool          `json:"nearest,omitempty"`
}

// pair is a label with its verdict.
type pair struct {
	dossier string
	label   Label
	row     result.Row
	want    result.Status // the reading of the label that favours the verdict
}

// Compare compares labels with a run. Labels and dossiers belong together by id; the order of the report is that of the labels.
func Compare(golds []Gold, run result.Run) Report {
	var r Report
	pairs, unchecked := match(golds, run)
	r.Unchecked = unchecked
	r.Unreadable = unreadable(golds, run)
	r.Overall = score("totaal", pairs, func(pair) bool { return true })
	r.ByLaw = scores(pairs, []string{"wmo", "jw", "ov"}, func(p pair) string { return Law(p.label.ID) })
	r.ByElement = scores(pairs, result.Elements, func(p pair) string { return p.row.Element })
	r.ByDuty = scores(pairs, []string{"statutory", "municipal", "framework", "advice"}, func(p pair) string { return string(p.row.Duty) })
	r.ByVerdict = verdicts(pairs)
	r.Confusion = confusion(pairs)
	r.Misses = misses(pairs)
	r.Findings = findings(golds, run)
	seen := map[string]bool{}
	for _, p := range pairs {
		seen[p.dossier] = true
	}
	r.Dossiers = len(seen)
	return r
}

func match(golds []Gold, run result.Run) (pairs []pair, unchecked []string) {
	rows := map[string]result.Row{}
	for _, d := range run.Dossiers {
		for _, row := range d.Rows {
			rows[d.ID+" "+row.Requirement] = row
		}
	}
	for _, g := range golds {
		for _, l := range g.Requirements {
			key := g.Dossier + " " + l.ID
			row, ok := rows[key]
			if !ok {
				unchecked = append(unchecked, key)
				continue
			}
			pairs = append(pairs, pair{g.Dossier, l, row, reading(l.Status, row.Status)})
		}
	}
	return pairs, unchecked
}

func unreadable(golds []Gold, run result.Run) []string {
	var out []string
	for _, g := range golds {
		for _, d := range run.Dossiers {
			if d.ID != g.Dossier {
				continue
			}
			for _, doc := range d.Documents {
				if doc.Problem != "" {
					out = append(out, d.ID+"/"+doc.Path)
				}
			}
		}
	}
	return out
}

// reading picks the status of the label that favours the verdict.
func reading(label Statuses, got result.Status) result.Status {
	if slices.Contains(label, got) {
		return got
	}
	for _, s := range label {
		if s != result.NotApplicable && s.Gap() == got.Gap() {
			return s
		}
	}
	return label[0]
}

func scores(pairs []pair, order []string, key func(pair) string) []Score {
	keys := slices.Clone(order)
	for _, p := range pairs {
		if k := key(p); !slices.Contains(keys, k) {
			keys = append(keys, k)
		}
	}
	var out []Score
	for _, k := range keys {
		in := func(p pair) bool { return key(p) == k }
		if slices.ContainsFunc(pairs, in) {
			out = append(out, score(k, pairs, in))
		}
	}
	return out
}

func score(key string, pairs []pair, in func(pair) bool) Score {
	s := Score{Key: key}
	for _, p := range pairs {
		if !in(p) {
			continue
		}
		got := p.row.Status
		s.Applicable.Of++
		if (got == result.NotApplicable) == (p.want == result.NotApplicable) {
			s.Applicable.Part++
		}
		if got == result.NotApplicable && p.want == result.NotApplicable {
			continue
		}
		s.Judged++
		switch {
		case got.Gap() && p.want.Gap():
			s.TruePos++
		case got.Gap():
			s.FalsePos++
		case p.want.Gap():
			s.FalseNeg++
		}
		if got == p.want {
			s.Exact++
		}
		if got == result.Undetermined {
			s.Abstained++
		}
		if len(p.label.Evidence) > 0 && shows(got) {
			s.Evidence.Of++
			if evidenceHit(p) {
				s.Evidence.Part++
			}
		}
	}
	return s
}

// shows reports whether a verdict rests on a passage.
func shows(s result.Status) bool {
	return s != result.Missing && s != result.Undetermined && s != result.NotApplicable
}

// evidenceHit reports whether one of the quotes of the label lies in one of the passages of the row.
func evidenceHit(p pair) bool {
	for _, q := range p.label.Evidence {
		want := normal(q.Quote)
		for _, e := range p.row.Evidence {
			if sameFile(q.File, e.File) && strings.Contains(normal(e.Quote), want) {
				return true
			}
		}
	}
	return false
}

func confusion(pairs []pair) []Confusion {
	var out []Confusion
	for _, want := range result.Statuses {
		for _, got := range result.Statuses {
			n := 0
			for _, p := range pairs {
				if p.want == want && p.row.Status == got {
					n++
				}
			}
			if n > 0 {
				out = append(out, Confusion{want, got, n})
			}
		}
	}
	return out
}

// misses lists the pairs that are not exact: those that cross the gap line first, in the order of the labels otherwise.
func misses(pairs []pair) []Miss {
	out := []Miss{}
	for _, p := range pairs {
		if p.row.Status == p.want {
			continue
		}
		m := Miss{Dossier: p.dossier, Requirement: p.label.ID, Gold: p.label.Status, Got: p.row.Status, Crosses: p.row.Status.Gap() != p.want.Gap(),
			Reason: p.row.Reason, Evidence: p.label.Evidence, Note: p.label.Note, Text: p.label.Text, Line: p.label.Line}
		for _, e := range p.row.Evidence {
			m.Decided = append(m.Decided, passed(e, false))
		}
		if len(m.Decided) == 0 && len(p.row.Nearest) > 0 {
			m.Decided = append(m.Decided, passed(p.row.Nearest[0], true))
		}
		out = append(out, m)
	}
	slices.SortStableFunc(out, func(a, b Miss) int { return cmp.Compare(rank(a), rank(b)) })
	return out
}

func rank(m Miss) int {
	if m.Crosses {
		return 0
	}
	return 1
}

func passed(e result.Evidence, nearest bool) Passed {
	p := Passed{File: e.File, Page: e.Page, Quote: e.Quote, Shows: e.Shows, Nearest: nearest}
	if 0 <= e.Start && e.Start < e.End && e.End <= len(e.Quote) {
		p.Hit = e.Quote[e.Start:e.End]
	}
	return p
}
