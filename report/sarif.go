package report

import (
	"cmp"
	"io"
	"regexp"
	"strings"

	"inkooptoets/rules/result"
)

const sarifSchema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

// The parts of SARIF 2.1.0 that fit documents without lines.
type sarifLog struct {
	Schema  string     `json:"$schema"`
	Version string     `json:"version"`
	Runs    []sarifRun `json:"runs"`
}

type sarifRun struct {
	Tool       sarifTool      `json:"tool"`
	Language   string         `json:"language"`
	Results    []sarifResult  `json:"results"`
	ColumnKind string         `json:"columnKind"`
	Properties map[string]any `json:"properties"`
}

type sarifTool struct {
	Driver sarifDriver `json:"driver"`
}

type sarifDriver struct {
	Name    string      `json:"name"`
	Version string      `json:"version,omitempty"`
	Rules   []sarifRule `json:"rules"`
}

type sarifRule struct {
	ID            string         `json:"id"`
	Short         sarifText      `json:"shortDescription"`
	Help          sarifText      `json:"help"`
	HelpURI       string         `json:"helpUri,omitempty"`
	DefaultConfig sarifConfig    `json:"defaultConfiguration"`
	Properties    map[string]any `json:"properties,omitempty"`
}

type sarifConfig struct {
	Level string `json:"level"`
}

type sarifText struct {
	Text string `json:"text"`
}

type sarifResult struct {
	RuleID       string             `json:"ruleId"`
	RuleIndex    int                `json:"ruleIndex"`
	Kind         string             `json:"kind"`
	Level        string             `json:"level"`
	Baseline     string             `json:"baselineState,omitempty"`
	Message      sarifText          `json:"message"`
	Locations    []sarifLocation    `json:"locations"`
	Fingerprints map[string]string  `json:"partialFingerprints"`
	Suppressions []sarifSuppression `json:"suppressions,omitempty"`
	Properties   map[string]any     `json:"properties"`
}

type sarifLocation struct {
	Physical sarifPhysical  `json:"physicalLocation"`
	Logical  []sarifLogical `json:"logicalLocations"`
}

// sarifPhysical has no region: a page is not a line. It is there because GitHub refuses a result without it.
type sarifPhysical struct {
	Artifact sarifArtifact `json:"artifactLocation"`
}

type sarifArtifact struct {
	URI string `json:"uri"`
}

type sarifLogical struct {
	Name string `json:"name"`
	Full string `json:"fullyQualifiedName"`
	Kind string `json:"kind"`
}

type sarifSuppression struct {
	Kind          string `json:"kind"`
	Justification string `json:"justification"`
}

// writeSARIF writes a SARIF log. The page stands in the message, which is all that a viewer surely shows. With all, requirements that are in order are
// results of kind pass.
func writeSARIF(w io.Writer, run result.Run, o Options) error {
	ws := languages[o.Lang]
	name, version, _ := strings.Cut(clean(run.Tool), " ")
	rules := sarifRules{index: map[string]int{}, list: []sarifRule{}}
	results := []sarifResult{}
	for _, i := range issuesOf(run, o.All, ws) {
		results = append(results, sarifResultOf(i, rules.of(i, ws), ws))
	}
	return writeIndented(w, "sarif", sarifLog{
		Schema: sarifSchema, Version: "2.1.0",
		Runs: []sarifRun{{
			Tool: sarifTool{Driver: sarifDriver{Name: cmp.Or(name, "inkooptoets"), Version: version, Rules: rules.list}}, Language: o.Lang,
			Results: results, ColumnKind: "unicodeCodePoints", Properties: map[string]any{"catalogue": clean(run.Catalogue), "date": clean(run.Date)},
		}},
	})
}

// sarifRules collects the rules that results name, in the order in which they first do.
type sarifRules struct {
	index map[string]int
	list  []sarifRule
}

// of gives the index of the rule of an issue.
func (rules *sarifRules) of(i issue, ws *words) int {
	if at, ok := rules.index[i.rule]; ok {
		if i.proposal != "" && i.row != nil && !strings.Contains(rules.list[at].Help.Text, "\n") {
			rules.list[at].Help = sarifPlain(sarifHelp(i, ws)) // only gaps bring their sample clause
		}
		return at
	}
	r := sarifRule{ID: i.rule, Short: sarifPlain(i.title), Help: sarifPlain(sarifHelp(i, ws)), DefaultConfig: sarifConfig{string(i.severity)}}
	if lawAddress.MatchString(i.link) {
		r.HelpURI = i.link
	}
	if i.row != nil {
		worst := *i.row
		worst.Status = result.Missing
		r.DefaultConfig.Level = string(severityOf(worst))
		r.Properties = map[string]any{"tags": []string{string(i.row.Duty), i.row.Element, i.row.Source}}
	}
	rules.index[i.rule] = len(rules.list)
	rules.list = append(rules.list, r)
	return len(rules.list) - 1
}

// sarifMarks is what SARIF reads in plain text: links and places to fill in.
var sarifMarks = regexp.MustCompile(`\]\(|\{\d+\}`)

func sarifPlain(s string) sarifText {
	if !strings.Contains(s, "](") && !strings.Contains(s, "{") {
		return sarifText{s}
	}
	return sarifText{sarifMarks.ReplaceAllStringFunc(s, func(m string) string { return m[:1] + " " + m[1:] })}
}

func sarifHelp(i issue, ws *words) string {
	if i.row == nil {
		return i.title
	}
	help := sentence(i.title) + " " + sentence(ws.citation+": "+i.row.Citation)
	if i.proposal != "" {
		help += "\n" + ws.suggestion + ": " + i.proposal
	}
	return help
}

func sarifResultOf(i issue, rule int, ws *words) sarifResult {
	r := sarifResult{
		RuleID: i.rule, RuleIndex: rule, Kind: "fail", Level: string(i.severity), Message: sarifPlain(i.message),
		Locations: []sarifLocation{{
			Physical: sarifPhysical{sarifArtifact{uri(i.file)}},
			Logical:  []sarifLogical{{Name: i.rule, Full: i.dossier + "/" + i.rule, Kind: "requirement"}},
		}},
		Fingerprints: map[string]string{"inkooptoets/v1": i.key},
		Properties:   map[string]any{"dossier": i.dossier},
	}
	if i.proposal != "" {
		r.Properties["suggestion"] = i.proposal
	}
	if i.page > 0 {
		r.Properties["page"] = i.page
	}
	if i.row != nil {
		r.Properties["status"], r.Properties["duty"], r.Properties["element"] = string(i.row.Status), string(i.row.Duty), i.row.Element
		switch {
		case i.severity == fine:
			r.Kind, r.Level = "pass", "none"
		case !i.row.Status.Gap():
			r.Kind, r.Level = "review", "none" // only fail may have a level
		}
	}
	if i.known {
		r.Baseline = "unchanged"
	}
	if i.waived != nil {
		r.Suppressions = []sarifSuppression{{Kind: "external", Justification: ws.waiver(*i.waived)}}
	}
	return r
}
