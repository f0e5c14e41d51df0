package policy

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/bmatcuk/doublestar/v4"

	"inkooptoets/rules/result"
)

// MaxMonths is how far ahead of the reference date a waiver may run: longer, and nobody looks at it again.
const MaxMonths = 12

// Waiver accepts the gap of one requirement, or one finding, for a time.
type Waiver struct {
	Requirement string `yaml:"requirement"` // id; or else Finding
	Finding     string `yaml:"finding"`     // id ("c-outdated"), or with one entry of its list ("c-outdated/wbp")
	Dossier     string `yaml:"dossier"`     // glob over the path of the dossier seen from the file with the waiver, or over its name; empty: every dossier
	File        string `yaml:"file"`        // glob over the file with the finding or the passages; empty: every file
	Reason      string `yaml:"reason"`
	By          string `yaml:"by"`
	Until       string `yaml:"until"` // YYYY-MM-DD, the last day it holds
	// Place is where it is written, as file:line.
	Place string `yaml:"-"`
}

// Scope is what may hold for one dossier.
type Scope struct {
	Path    string // of the dossier, seen from the file with the waivers, with slashes
	Waivers []Waiver
}

// Known reports whether the catalogue has a requirement, or a kind of finding, with that id, and else the id that was most likely meant.
type Known func(id string, finding bool) (near string, ok bool)

// Waive marks what the waivers in scopes (one per dossier) accept on the day of the run; of two for one gap the first counts. A waiver that is malformed,
// expired or of no use is a problem and accepts nothing. The run that is given stays as it is.
func Waive(run result.Run, scopes []Scope, known Known) result.Run {
	run.Dossiers = slices.Clone(run.Dossiers)
	w := waiving{date: run.Date, known: known, seen: map[string]*state{}}
	for i, scope := range scopes {
		run.Dossiers[i] = w.dossier(run.Dossiers[i], scope)
	}
	run.WaiverProblems = w.problems()
	return run
}

// waiving is the work on one run.
type waiving struct {
	date  string
	known Known
	seen  map[string]*state // by place
	order []*state
}

// state is what became of a waiver.
type state struct {
	waiver     Waiver
	kind, what string // why it accepts nothing; empty if it can
	here       bool   // some dossier is its business
	used       bool
}

func (w *waiving) dossier(d result.Dossier, scope Scope) result.Dossier {
	d.Rows, d.Findings = slices.Clone(d.Rows), slices.Clone(d.Findings)
	for _, waiver := range scope.Waivers {
		s := w.state(waiver)
		if s.kind != "" || !covers(waiver.Dossier, scope.Path, d.ID) {
			continue
		}
		s.here = true
		given := result.Waiver{Reason: waiver.Reason, By: waiver.By, Until: waiver.Until, Place: waiver.Place}
		for i := range d.Rows {
			if r := &d.Rows[i]; r.Requirement == waiver.Requirement && r.Waived == nil && r.Status.Gap() && shownIn(waiver.File, r.Evidence) {
				s.used, r.Waived = true, &given
			}
		}
		for i := range d.Findings {
			if f := &d.Findings[i]; f.Waived == nil && (f.ID == waiver.Finding || f.ID+"/"+f.Rule == waiver.Finding) && covers(waiver.File, f.File) {
				s.used, f.Waived = true, &given
			}
		}
	}
	return d
}

// covers reports whether a glob matches one of names; no glob matches everything.
func covers(glob string, names ...string) bool {
	return glob == "" || slices.ContainsFunc(names, func(name string) bool {
		ok, err := doublestar.Match(glob, name)
		return err == nil && ok // that a glob can be read was checked before
	})
}

// shownIn reports whether all passages of a gap stand in files that the glob matches: a gap that another file shows as well was not accepted.
func shownIn(glob string, evidence []result.Evidence) bool {
	if glob == "" {
		return true
	}
	return len(evidence) > 0 && !slices.ContainsFunc(evidence, func(e result.Evidence) bool { return !covers(glob, e.File) })
}

func (w *waiving) state(waiver Waiver) *state {
	if s := w.seen[waiver.Place]; s != nil {
		return s
	}
	s := &state{waiver: waiver}
	s.kind, s.what = w.fault(waiver)
	w.seen[waiver.Place] = s
	w.order = append(w.order, s)
	return s
}

// fault says in Dutch why a waiver cannot accept anything.
func (w *waiving) fault(v Waiver) (kind, what string) {
	if what := w.malformed(v); what != "" {
		return result.WaiverMalformed, what
	}
	switch {
	case v.Until < w.date:
		return result.WaiverExpired, fmt.Sprintf("verlopen op %s; los het gat op of spreek een nieuwe datum af", v.Until)
	case v.Until > latest(w.date):
		return result.WaiverTooLong, fmt.Sprintf("loopt tot %s; mag hooguit %d maanden vooruit, dus tot en met %s", v.Until, MaxMonths, latest(w.date))
	}
	return "", ""
}

func (w *waiving) malformed(v Waiver) string {
	if v.Requirement == "" && v.Finding == "" {
		return "noem de eis (requirement) of de bevinding (finding)"
	}
	if v.Requirement != "" && v.Finding != "" {
		return "noem de eis (requirement) of de bevinding (finding), niet allebei"
	}
	finding, _, _ := strings.Cut(v.Finding, "/")
	id := cmp.Or(v.Requirement, finding)
	if near, ok := w.known(id, v.Finding != ""); !ok && near != "" {
		return fmt.Sprintf("onbekend kenmerk %q; bedoelt u %q?", id, near)
	} else if !ok {
		return fmt.Sprintf("onbekend kenmerk %q; alle eisen: inkooptoets rules list", id)
	}
	for _, field := range []struct{ key, value, what string }{{"reason", v.Reason, "waarom"}, {"by", v.By, "wie"}, {"until", v.Until, "tot wanneer"}} {
		if strings.TrimSpace(field.value) == "" {
			return fmt.Sprintf("%s ontbreekt: schrijf erbij %s", field.key, field.what)
		}
	}
	if _, err := time.Parse(time.DateOnly, v.Until); err != nil {
		return fmt.Sprintf("until %q is geen datum; schrijf hem als 2027-01-31", v.Until)
	}
	for _, glob := range []struct{ key, value string }{{"dossier", v.Dossier}, {"file", v.File}} {
		if !doublestar.ValidatePattern(glob.value) {
			return fmt.Sprintf("%s %q is geen patroon; schrijf het als perceel-1 of perceel-*/**", glob.key, glob.value)
		}
	}
	return ""
}

// latest is the last day a waiver may name; empty input, a run without a date, allows every day.
func latest(date string) string {
	day, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return "9999-12-31"
	}
	return day.AddDate(0, MaxMonths, 0).Format(time.DateOnly)
}

func (w *waiving) problems() []result.WaiverProblem {
	var out []result.WaiverProblem
	for _, s := range w.order {
		kind, what := s.kind, s.what
		switch {
		case kind != "" || s.used:
		case !s.here:
			kind, what = result.WaiverUnmatched, fmt.Sprintf("ongebruikt: dossier %q past op geen dossier in deze toets", s.waiver.Dossier)
		case s.waiver.Finding != "":
			kind, what = result.WaiverUnused, "ongebruikt: die bevinding is er niet meer; haal het akkoord weg"
		default:
			kind, what = result.WaiverUnused, "ongebruikt: bij die eis is er geen gat meer waar dit op past; haal het akkoord weg"
		}
		if kind != "" {
			out = append(out, result.WaiverProblem{Place: s.waiver.Place, ID: cmp.Or(s.waiver.Requirement, s.waiver.Finding), Kind: kind, Message: what})
		}
	}
	return inOrder(out)
}

// inOrder sorts problems by file and line, so that they stand in one order however the work was shared out.
func inOrder(list []result.WaiverProblem) []result.WaiverProblem {
	slices.SortFunc(list, func(a, b result.WaiverProblem) int {
		fileA, lineA := cutPlace(a.Place)
		fileB, lineB := cutPlace(b.Place)
		return cmp.Or(cmp.Compare(fileA, fileB), cmp.Compare(lineA, lineB))
	})
	return list
}

func cutPlace(place string) (file string, line int) {
	i := strings.LastIndexByte(place, ':')
	if i < 0 {
		return place, 0
	}
	line, err := strconv.Atoi(place[i+1:])
	if err != nil {
		return place, 0
	}
	return place[:i], line
}

// JoinProblems gives the problems of runs that together are one check: what one of them did use is not unused, and what one of them had a dossier for is not
// unmatched.
func JoinProblems(runs ...result.Run) []result.WaiverProblem {
	used := map[string]bool{}
	for _, run := range runs {
		for _, d := range run.Dossiers {
			for _, r := range d.Rows {
				if r.Waived != nil {
					used[r.Waived.Place] = true
				}
			}
			for _, f := range d.Findings {
				if f.Waived != nil {
					used[f.Waived.Place] = true
				}
			}
		}
	}
	var out []result.WaiverProblem
	for _, run := range runs {
		for _, p := range run.WaiverProblems {
			i := slices.IndexFunc(out, func(o result.WaiverProblem) bool { return o.Place == p.Place })
			switch {
			case used[p.Place]:
			case i < 0:
				out = append(out, p)
			case out[i].Kind == result.WaiverUnmatched:
				out[i] = p
			}
		}
	}
	return inOrder(out)
}
