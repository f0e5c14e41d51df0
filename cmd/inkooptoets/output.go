package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"inkooptoets/report"
	"inkooptoets/rules/result"
)

// output is one report to write: a format and where it goes. Files are opened before the work starts, so that a check of an hour does
// not end in "permission denied"; they get their name only when the report is complete, so that no half report is ever left.
type output struct {
	format string
	path   string   // empty: standard output
	file   *os.File // temporary file beside path, or path itself if that is a device; nil for standard output
	temp   bool
}

// outputs is every report asked for.
type outputs []*output

// openOutputs reads FORMAT and FORMAT=PATH and opens the files. inputs are the paths that will be read: a report among them would be
// read as a document the next time and is refused. screen tells that standard output is a terminal, which a workbook would garble.
func openOutputs(asked, inputs []string, screen bool) (outputs, error) {
	return openOutputsIn(report.Names(), asked, inputs, screen)
}

// openOutputsIn is openOutputs for a command with formats of its own, the default first.
func openOutputsIn(formats, asked, inputs []string, screen bool) (outputs, error) {
	if len(asked) == 0 {
		asked = formats[:1]
	}
	var outs outputs
	for _, a := range asked {
		format, path, _ := strings.Cut(a, "=")
		if path == "-" {
			path = ""
		}
		outs = append(outs, &output{format: format, path: path})
	}
	if err := outs.validate(formats, inputs, screen); err != nil {
		return nil, err
	}
	for _, o := range outs {
		if err := o.open(); err != nil {
			outs.discard()
			return nil, err
		}
	}
	return outs, nil
}

func (outs outputs) validate(formats, inputs []string, screen bool) error {
	seen := map[string]bool{}
	for _, o := range outs {
		if !slices.Contains(formats, o.format) {
			return fmt.Errorf("onbekend formaat %q (kies uit %s)", o.format, strings.Join(formats, ", "))
		}
		if binary := slices.ContainsFunc(report.Formats, func(f report.Format) bool { return f.Name == o.format && f.Binary }); binary && screen && o.path == "" {
			return fmt.Errorf("%s is geen tekst en past niet op het scherm; geef een bestand op, zoals -f %s=rapport.%s", o.format, o.format, o.format)
		}
		if seen[o.path] {
			return fmt.Errorf("twee rapporten naar %s: geef elk rapport een eigen bestand, met -f FORMAAT=BESTAND", o.name())
		}
		seen[o.path] = true
		for _, in := range inputs {
			if o.path != "" && within(in, o.path) {
				return fmt.Errorf("%s: ligt bij de documenten die worden getoetst en zou er de volgende keer een van zijn; kies een andere plek", o.path)
			}
		}
	}
	return nil
}

// within reports whether path lies in folder, as far as names tell.
func within(folder, path string) bool {
	from, err1 := filepath.Abs(folder)
	to, err2 := filepath.Abs(path)
	if err1 != nil || err2 != nil {
		return false
	}
	rel, err := filepath.Rel(from, to)
	return err == nil && filepath.IsLocal(rel)
}

func (o *output) name() string {
	if o.path == "" {
		return "het scherm"
	}
	return o.path
}

func (o *output) open() error {
	if o.path == "" {
		return nil
	}
	stat, err := os.Stat(o.path)
	switch {
	case err == nil && stat.IsDir():
		return fmt.Errorf("%s: is een map; geef de naam van een bestand", o.path)
	case err == nil && !stat.Mode().IsRegular(): // /dev/null, a pipe: nothing to rename
		o.file, err = os.OpenFile(o.path, os.O_WRONLY, 0)
	case err == nil && stat.Mode().Perm()&0o200 == 0:
		err = fs.ErrPermission
	default:
		o.temp = true
		o.file, err = createBeside(o.path)
	}
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%s: de map %s bestaat niet; maak hem eerst aan", o.path, filepath.Dir(o.path))
	}
	if err != nil {
		return fmt.Errorf("%s: kan hier niet schrijven (%s); kies een andere plek", o.path, why(err))
	}
	return nil
}

// createBeside makes a hidden file in the folder of path, with the rights a new file normally gets (os.CreateTemp gives fewer).
func createBeside(path string) (*os.File, error) {
	dir, base := filepath.Split(path)
	for i := range 100 {
		name := filepath.Join(dir, fmt.Sprintf(".%s.%d-%d.tmp", base, os.Getpid(), i))
		f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
		if !errors.Is(err, fs.ErrExist) {
			return f, err
		}
	}
	return nil, fs.ErrExist
}

// write writes every report and gives the files their names.
func (outs outputs) write(run result.Run, stdout io.Writer, o report.Options) error {
	return outs.writeWith(stdout, o, report.Prepare(run).Write)
}

// writeWith is write for reports of something else than a run.
func (outs outputs) writeWith(stdout io.Writer, o report.Options, write func(w io.Writer, format string, o report.Options) error) error {
	// What goes to the screen goes in the order in which it was asked for. Files do not wait for each other; a workbook takes longest.
	screen, files := outputs{}, outputs{}
	for _, out := range outs {
		switch {
		case out.path == "":
			screen = append(screen, out)
		case out.format == "xlsx":
			files = slices.Insert(files, 0, out)
		default:
			files = append(files, out)
		}
	}
	for _, out := range screen {
		if err := out.write(stdout, o, write); err != nil {
			return out.failed(err)
		}
	}
	for i, err := range report.Together(len(files), func(i int) error { return files[i].write(stdout, o, write) }) {
		if err != nil {
			return files[i].failed(err)
		}
	}
	return nil
}

func (o *output) failed(err error) error {
	return fmt.Errorf("%s: rapport niet geschreven: %s", o.name(), why(err))
}

func (o *output) write(stdout io.Writer, opts report.Options, write func(w io.Writer, format string, o report.Options) error) error {
	if o.path == "" {
		return write(stdout, o.format, opts)
	}
	opts.Color, opts.Width = false, 0 // a file has no terminal
	return o.fill(func(w io.Writer) error { return write(w, o.format, opts) })
}

// stream reports whether every report can be written dossier by dossier.
func (outs outputs) stream() bool {
	return !slices.ContainsFunc(outs, func(o *output) bool { return o.format != "json" })
}

// writeParts writes every report of a run in parts. Those that cannot be written dossier by dossier get the run whole.
func (outs outputs) writeParts(parts *parts, stdout io.Writer, o report.Options) error {
	if !outs.stream() {
		run, err := parts.run()
		if err != nil {
			return err
		}
		return outs.write(run, stdout, o)
	}
	for _, out := range outs {
		err := error(nil)
		if out.path == "" {
			err = parts.encode(stdout)
		} else {
			err = out.fill(parts.encode)
		}
		if err != nil {
			return out.failed(err)
		}
	}
	return nil
}

// fill writes the file and gives it its name.
func (o *output) fill(write func(io.Writer) error) error {
	buf := bufio.NewWriter(o.file)
	err := errors.Join(write(buf), buf.Flush(), o.file.Close())
	if err != nil || !o.temp {
		return err
	}
	if err := os.Rename(o.file.Name(), o.path); err != nil {
		return err
	}
	o.temp = false
	return nil
}

// discard removes what has not become a report. After a full write it does nothing.
func (outs outputs) discard() {
	for _, o := range outs {
		if o.file != nil && o.temp {
			o.file.Close()
			os.Remove(o.file.Name())
		}
	}
}

// systemErrors are the faults of disks and paths that a person may meet.
var systemErrors = []struct {
	err   syscall.Errno
	dutch string
}{
	{syscall.ENOSPC, "de schijf is vol"}, {syscall.EDQUOT, "de schijfruimte is op"}, {syscall.EROFS, "hier is alleen te lezen"}, {syscall.EIO, "de schijf geeft een fout"},
	{syscall.EISDIR, "is een map"}, {syscall.ENOTDIR, "een deel van het pad is geen map"}, {syscall.ENAMETOOLONG, "de naam is te lang"},
	{syscall.EMFILE, "te veel bestanden open"}, {syscall.ENFILE, "te veel bestanden open"}, {syscall.EPIPE, "wie de uitvoer las is gestopt"},
}

// why gives the reason of a file error in Dutch, without the path that the message around it has already.
func why(err error) string {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "bestaat niet"
	case errors.Is(err, fs.ErrPermission):
		return "geen rechten"
	case errors.Is(err, fs.ErrExist):
		return "bestaat al"
	}
	for _, known := range systemErrors {
		if errors.Is(err, known.err) {
			return known.dutch
		}
	}
	if e, ok := errors.AsType[*fs.PathError](err); ok {
		return e.Err.Error()
	}
	return err.Error()
}
