package pdf

import (
	"bytes"
	"regexp"
	"strconv"

	"github.com/ledongthuc/pdf"
)

var encodingEntry = regexp.MustCompile(`dup\s+(\d{1,3})\s*/([^\s/]+)\s+put`)

// ownEncoding reads what the codes mean from the readable part of a Type 1 program, for a font whose dictionary does not say.
func (in *file) ownEncoding(f *font, v, desc pdf.Value) {
	program := desc.Key("FontFile")
	if v.Key("Encoding").Kind() == pdf.Name || v.Key("Encoding").Key("BaseEncoding").Name() != "" || program.Kind() != pdf.Stream {
		return
	}
	clear, _, _ := bytes.Cut(in.stream(program), []byte("eexec"))
	entries := encodingEntry.FindAllSubmatch(clear, 256)
	if len(entries) == 0 {
		return
	}
	f.simple = [256]string{}
	for _, m := range entries {
		if code, err := strconv.Atoi(string(m[1])); err == nil && code < 256 {
			f.simple[code] = glyphText(string(m[2]))
		}
	}
}
