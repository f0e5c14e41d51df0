package report

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"inkooptoets/rules/result"
)

// githubKinds are the kinds of annotation; GitHub keeps ten of each per step.
var githubKinds = map[severity]string{severe: "error", caution: "warning", remark: "notice"}

// writeGitHub writes workflow commands that GitHub shows as annotations: the heaviest ones and a line that counts the rest. File and page stand in the
// message: a page is no line, and where a dossier lies in the repository is not known here.
func writeGitHub(w io.Writer, run result.Run, o Options) error {
	ws := languages[o.Lang]
	issues := issuesOf(run, false, ws)
	shown, rest := top(issues, topAnnotations, ws)
	if rest != "" && shown[0].severity == remark { // the line about the rest is a notice too, and must not be the eleventh
		shown, rest = top(issues, topAnnotations-1, ws)
	}
	var b bytes.Buffer
	for _, i := range shown {
		fmt.Fprintf(&b, "::%s title=%s::%s\n", githubKinds[i.severity], githubProperty(i.dossier+": "+i.title), githubText(i.message))
	}
	if rest != "" {
		fmt.Fprintf(&b, "::notice title=inkooptoets::%s\n", githubText(rest))
	}
	if _, err := w.Write(b.Bytes()); err != nil {
		return fmt.Errorf("write annotations: %w", err)
	}
	return nil
}

// githubText escapes the text of a workflow command.
func githubText(s string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A").Replace(s)
}

// githubProperty escapes a property of a workflow command.
func githubProperty(s string) string {
	return strings.NewReplacer(":", "%3A", ",", "%2C").Replace(githubText(s))
}
