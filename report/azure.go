package report

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"inkooptoets/rules/result"
)

// azureKinds are the kinds of issue that Azure Pipelines knows; there is none for a remark.
var azureKinds = map[severity]string{severe: "error", caution: "warning"}

// writeAzure writes logging commands for Azure Pipelines: the heaviest issues and a line that counts the rest, among which all remarks.
func writeAzure(w io.Writer, run result.Run, o Options) error {
	ws := languages[o.Lang]
	issues := issuesOf(run, false, ws)
	heavy := 0
	for _, i := range issues {
		if azureKinds[i.severity] != "" && i.open() {
			heavy++
		}
	}
	shown, rest := top(issues, min(heavy, topAnnotations), ws)
	var b bytes.Buffer
	for _, i := range shown {
		fmt.Fprintf(&b, "##vso[task.logissue type=%s;code=%s]%s\n", azureKinds[i.severity], azureProperty(i.rule), azureText(i.dossier+": "+i.message))
	}
	if rest != "" {
		b.WriteString(azureText(rest) + "\n")
	}
	if _, err := w.Write(b.Bytes()); err != nil {
		return fmt.Errorf("write log issues: %w", err)
	}
	return nil
}

// azureText escapes the text of a logging command. The agent reads %AZP25 as a percent sign.
func azureText(s string) string {
	return strings.NewReplacer("%", "%AZP25", "\r", "%0D", "\n", "%0A").Replace(s)
}

// azureProperty escapes a property of a logging command.
func azureProperty(s string) string {
	return strings.NewReplacer("]", "%5D", ";", "%3B").Replace(azureText(s))
}
