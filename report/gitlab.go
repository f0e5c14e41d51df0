package report

import (
	"encoding/json"
	"fmt"
	"io"

	"inkooptoets/rules/result"
)

var gitlabSeverities = map[severity]string{severe: "critical", caution: "major", remark: "info"}

// gitlabIssue is one entry of a code quality report, as GitLab reads it.
type gitlabIssue struct {
	Description string         `json:"description"`
	CheckName   string         `json:"check_name"`
	Fingerprint string         `json:"fingerprint"`
	Severity    string         `json:"severity"`
	Location    gitlabLocation `json:"location"`
}

type gitlabLocation struct {
	Path  string      `json:"path"`
	Lines gitlabLines `json:"lines"`
}

type gitlabLines struct {
	Begin int `json:"begin"`
}

// writeGitLab writes a code quality report. GitLab asks for a line; documents have none, so it is always the first and the page stands in the description.
// GitLab has no place for accepted gaps: they are left out.
func writeGitLab(w io.Writer, run result.Run, o Options) error {
	out := []gitlabIssue{} // an empty report is a list too
	for _, i := range issuesOf(run, false, languages[o.Lang]) {
		if i.waived != nil {
			continue
		}
		out = append(out, gitlabIssue{
			Description: i.message,
			CheckName:   i.rule,
			Fingerprint: i.key,
			Severity:    gitlabSeverities[i.severity],
			Location:    gitlabLocation{Path: i.file, Lines: gitlabLines{Begin: 1}},
		})
	}
	return writeIndented(w, "code quality report", out)
}

// writeIndented writes v as JSON that people can read too. Signs of HTML are escaped, for a viewer that forgets to.
func writeIndented(w io.Writer, what string, v any) error {
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	if err := enc.Encode(v); err != nil {
		return fmt.Errorf("write %s: %w", what, err)
	}
	return nil
}
