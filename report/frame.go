package report

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"strings"
)

//go:embed frame.tmpl
var frameTemplate string

//go:embed frame.css
var frameStyle string

// htmlFrame is what stands around the pages that lay things side by side: one file without script, image or address, as the html report is.
type htmlFrame struct {
	Lang, Title, Heading, Tool, Skip, Contents string
	Lines                                      []string // under the heading
	Policy                                     string
	Style                                      template.CSS
	Nav                                        []htmlEntry
}

func newFrame(heading, tool string, o Options) htmlFrame {
	f := htmlFrame{
		Lang: o.Lang, Title: heading, Heading: heading, Tool: tool, Skip: htmlLanguages[o.Lang].Skip, Contents: htmlLanguages[o.Lang].Contents,
		Style: template.CSS(htmlStyle + frameStyle + o.Theme.css), //nolint:gosec // our own files, and a theme that ParseTheme has written anew
	}
	sum := sha256.Sum256([]byte(f.Style))
	f.Policy = "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'; base-uri 'none'; form-action 'none'"
	return f
}

// pageWriter fills in the parts of a page one after the other.
type pageWriter struct {
	w     io.Writer
	pages *template.Template
	b     bytes.Buffer
}

// newPageWriter reads a template that stands in a frame. Titles, reasons and quotes are marked as Dutch in a page of another language.
func newPageWriter(w io.Writer, o Options, text string) (*pageWriter, error) {
	dutch := ""
	if o.Lang != "nl" {
		dutch = ` lang="nl"`
	}
	pages, err := template.New("page").Parse(strings.ReplaceAll(frameTemplate+text, "[[dutch]]", dutch))
	if err != nil {
		return nil, fmt.Errorf("write html: %w", err)
	}
	return &pageWriter{w: w, pages: pages}, nil
}

func (p *pageWriter) write(part string, data any) error {
	p.b.Reset()
	if err := p.pages.ExecuteTemplate(&p.b, part, data); err != nil {
		return fmt.Errorf("write html: %w", err)
	}
	if _, err := p.w.Write(p.b.Bytes()); err != nil {
		return fmt.Errorf("write html: %w", err)
	}
	return nil
}
