package report

import (
	"encoding/xml"
	"fmt"
	"io"
	"slices"
	"strings"

	"inkooptoets/rules/result"
)

// The parts of a JUnit report that build servers read.
type junitReport struct {
	XMLName  xml.Name     `xml:"testsuites"`
	Name     string       `xml:"name,attr"`
	Tests    int          `xml:"tests,attr"`
	Failures int          `xml:"failures,attr"`
	Errors   int          `xml:"errors,attr"`
	Skipped  int          `xml:"skipped,attr"`
	Suites   []junitSuite `xml:"testsuite"`
}

type junitSuite struct {
	Name       string          `xml:"name,attr"`
	Tests      int             `xml:"tests,attr"`
	Failures   int             `xml:"failures,attr"`
	Errors     int             `xml:"errors,attr"`
	Skipped    int             `xml:"skipped,attr"`
	Time       string          `xml:"time,attr"` // some readers refuse a suite without it
	Properties []junitProperty `xml:"properties>property"`
	Cases      []junitCase     `xml:"testcase"`
}

type junitProperty struct {
	Name  string `xml:"name,attr"`
	Value string `xml:"value,attr"`
}

type junitCase struct {
	ClassName string        `xml:"classname,attr"`
	Name      string        `xml:"name,attr"`
	Time      string        `xml:"time,attr"`
	Failure   *junitOutcome `xml:"failure"`
	Error     *junitOutcome `xml:"error"`
	Skipped   *junitOutcome `xml:"skipped"`
	Output    string        `xml:"system-out,omitempty"`
}

type junitOutcome struct {
	Message string `xml:"message,attr"`
	Type    string `xml:"type,attr,omitempty"`
	Text    string `xml:",chardata"`
}

// writeJUnit writes a suite per dossier and a case per requirement: a gap that weighs fails, a remark passes with its text, what could not be judged is an
// error, and what does not apply or was accepted is skipped. A file that could not be read is an error of its own.
func writeJUnit(w io.Writer, run result.Run, o Options) error {
	ws := languages[o.Lang]
	out := junitReport{Name: clean(run.Tool), Suites: []junitSuite{}}
	for _, d := range run.Dossiers {
		s := junitSuiteOf(d, ws)
		s.Properties = []junitProperty{{ws.columns["catalogue"], clean(run.Catalogue)}, {ws.columns["date"], clean(run.Date)}}
		out.Tests += s.Tests
		out.Failures += s.Failures
		out.Errors += s.Errors
		out.Skipped += s.Skipped
		out.Suites = append(out.Suites, s)
	}
	if s := junitWaivers(run, ws); s.Tests > 0 {
		out.Tests += s.Tests
		out.Failures += s.Failures
		out.Suites = append(out.Suites, s)
	}
	raw, err := xml.MarshalIndent(out, "", "  ")
	if err == nil {
		_, err = io.WriteString(w, xml.Header+string(raw)+"\n")
	}
	if err != nil {
		return fmt.Errorf("write junit: %w", err)
	}
	return nil
}

func junitSuiteOf(d result.Dossier, ws *words) junitSuite {
	s := junitSuite{Name: d.ID, Time: "0"}
	for _, doc := range d.Documents {
		if doc.Problem != "" {
			s.add(junitCase{
				ClassName: ws.sheets.documents, Name: doc.Path,
				Error: &junitOutcome{Message: ws.unreadFile, Type: unreadRule, Text: unreadIssue(d, doc, ws).message},
			})
		}
	}
	for _, r := range d.Rows {
		s.add(junitCaseOf(d, r, ws))
	}
	for _, f := range d.Findings {
		s.add(junitFinding(d, f, ws))
	}
	return s
}

// junitFinding is a case for what is the matter with the draft itself, named after its check and place.
func junitFinding(d result.Dossier, f result.Finding, ws *words) junitCase {
	i := findingIssue(d, f, ws)
	c := junitCase{ClassName: ws.remark, Name: strings.Join(slices.DeleteFunc([]string{f.ID, f.Rule, place(f.File, f.Page, nil, ws)}, func(s string) bool { return s == "" }), " ")}
	switch {
	case i.waived != nil:
		c.Skipped = &junitOutcome{Message: ws.waivedBy + ": " + ws.waiver(*i.waived)}
	case i.severity == remark:
		c.Output = i.message
	default:
		c.Failure = &junitOutcome{Message: f.ID, Type: string(i.severity), Text: withProposal(i, ws)}
	}
	return c
}

// junitWaivers is a suite of the waivers that accept nothing.
func junitWaivers(run result.Run, ws *words) junitSuite {
	s := junitSuite{Name: ws.waiverProblem, Time: "0", Properties: []junitProperty{{ws.columns["catalogue"], clean(run.Catalogue)}, {ws.columns["date"], clean(run.Date)}}}
	for _, p := range lapsed(run) {
		s.add(junitCase{ClassName: ws.waiverProblem, Name: strings.TrimSpace(p.Place + " " + p.ID), Failure: &junitOutcome{Message: p.Kind, Type: string(caution), Text: p.Message}})
	}
	return s
}

// withProposal is the message of an issue with the words to paste under it.
func withProposal(i issue, ws *words) string {
	if i.proposal == "" {
		return i.message
	}
	return i.message + "\n\n" + ws.suggestion + ": " + i.proposal
}

func junitCaseOf(d result.Dossier, r result.Row, ws *words) junitCase {
	weight := severityOf(r)
	i := rowIssue(d, r, weight, ws)
	c := junitCase{ClassName: r.Element, Name: r.Requirement + " " + r.Title}
	switch {
	case r.Status == result.NotApplicable:
		c.Skipped = &junitOutcome{Message: strings.TrimSpace(ws.statusName(r.Status) + " " + r.Reason)}
	case i.waived != nil:
		c.Skipped = &junitOutcome{Message: ws.waivedBy + ": " + ws.waiver(*i.waived)}
	case i.known:
		c.Skipped = &junitOutcome{Message: ws.known + ". " + ws.statusName(r.Status) + ": " + r.Reason}
	case weight == fine:
	case !r.Status.Gap():
		c.Error = &junitOutcome{Message: ws.statusName(r.Status), Type: string(r.Status), Text: i.message}
	case weight == remark:
		c.Output = i.message
	default:
		c.Failure = &junitOutcome{Message: ws.statusName(r.Status), Type: string(weight), Text: withProposal(i, ws)}
	}
	return c
}

// add puts a case in the suite and counts it.
func (s *junitSuite) add(c junitCase) {
	c.Time = "0"
	s.Tests++
	switch {
	case c.Failure != nil:
		s.Failures++
	case c.Error != nil:
		s.Errors++
	case c.Skipped != nil:
		s.Skipped++
	}
	s.Cases = append(s.Cases, c)
}
