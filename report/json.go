package report

import (
	"io"

	"inkooptoets/rules/result"
)

// writeJSON writes the whole run, whatever the options: it is what other programs and later reports start from.
func writeJSON(w io.Writer, run result.Run, _ Options) error { return result.Encode(w, run) }
