// Package report turns the outcome of a check into something to read or to process. It knows the types of rules/result and nothing else: every report
// can be made from a stored run. It opens no files and judges nothing.
package report

import (
	"fmt"
	"io"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"inkooptoets/rules/result"
)

// Options steer how a report looks. The zero value is a Dutch report without covered rows, 100 characters wide, without colour.
type Options struct {
	Lang  string // language of the fixed labels, "nl" or "en"; empty is "nl". Titles and reasons are always Dutch
	All   bool   // also the rows that need no work: covered, referenced and not applicable
	Width int    // longest line of text formats, in characters; 0 is 100
	Color bool   // terminal colours, in the table format only
	Theme Theme  // look of the html format
}

// Format is one form a report can have.
type Format struct {
	Name   string
	Binary bool // not text: not for a terminal
	whole  bool // of the run as it was stored, not of what is fit to show
	write  func(w io.Writer, run result.Run, o Options) error
}

// Formats lists every format, the default first. A new format is one file and one line here.
var Formats = []Format{
	{Name: "table", write: writeTable},
	{Name: "markdown", write: writeMarkdown},
	{Name: "json", write: writeJSON, whole: true},
	{Name: "html", write: writeHTML},
	{Name: "xlsx", write: writeXLSX, Binary: true},
	{Name: "csv", write: writeCSV},
	{Name: "csv-data", write: writeCSVData},
	{Name: "sarif", write: writeSARIF},
	{Name: "junit", write: writeJUnit},
	{Name: "gitlab", write: writeGitLab},
	{Name: "github", write: writeGitHub},
	{Name: "azure", write: writeAzure},
}

const (
	defaultWidth = 100
	minWidth     = 40
)

// Prepared is a run of which the texts were made fit to show, for any number of reports.
type Prepared struct{ stored, shown result.Run }

// Prepare makes the texts of run fit to show: no writer but that of the stored form gets them as the documents had them.
func Prepare(run result.Run) Prepared {
	p := Prepared{run, run}
	p.shown.Dossiers = make([]result.Dossier, len(run.Dossiers))
	var wg sync.WaitGroup
	for i, d := range run.Dossiers {
		wg.Go(func() { p.shown.Dossiers[i] = cleaned(d) })
	}
	wg.Wait()
	return p
}

// Together makes n reports on every processor; write makes report i of them. The first are begun first, and the errors stand in order.
func Together(n int, write func(i int) error) []error {
	faults := make([]error, n)
	workers := min(runtime.GOMAXPROCS(0), n)
	if workers > 1 { // reports leave much behind that nobody needs any more: two at a time should take no more memory than one
		defer debug.SetGCPercent(debug.SetGCPercent(sharedGC))
	}
	var next atomic.Int64
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				faults[i] = write(i)
			}
		})
	}
	wg.Wait()
	return faults
}

// sharedGC is how much memory may grow, in percent, before it is cleaned up while several reports are made; usually that is 100.
const sharedGC = 80

// Write writes run to w in the named format; an empty name is the default one.
func Write(w io.Writer, format string, run result.Run, o Options) error {
	return Prepare(run).Write(w, format, o)
}

// Write is Write for a prepared run.
func (p Prepared) Write(w io.Writer, format string, o Options) error {
	if format == "" {
		format = Formats[0].Name
	}
	i := slices.IndexFunc(Formats, func(f Format) bool { return f.Name == format })
	if i < 0 {
		return fmt.Errorf("unknown report format %q; known are %s", format, strings.Join(Names(), ", "))
	}
	o, err := o.complete()
	if err != nil {
		return err
	}
	if Formats[i].whole {
		return Formats[i].write(w, p.stored, o)
	}
	return Formats[i].write(w, p.shown, o)
}

// complete fills in what was left open.
func (o Options) complete() (Options, error) {
	if o.Lang == "" {
		o.Lang = "nl"
	}
	if _, ok := languages[o.Lang]; !ok {
		return o, fmt.Errorf("unknown report language %q; known are nl, en", o.Lang)
	}
	if o.Width == 0 {
		o.Width = defaultWidth
	}
	o.Width = max(o.Width, minWidth)
	return o, nil
}

// Names lists the names of the formats, the default first.
func Names() []string {
	names := make([]string, len(Formats))
	for i, f := range Formats {
		names[i] = f.Name
	}
	return names
}
