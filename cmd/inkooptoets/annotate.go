package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"inkooptoets/extract"
	"inkooptoets/report"
	"inkooptoets/rules/result"
)

// author is whose name stands above the comments in a copy.
var author = extract.Author{Name: "inkooptoets", Initials: "it"}

// copies are the Word files of the dossiers with comments in them. A nil copies writes none.
type copies struct {
	dir    string
	inputs []fs.FileInfo   // no copy may take their place
	taken  map[string]bool // paths of copies in small letters: not all disks tell "A" from "a"
	said   []string        // a line per file
}

// openCopies makes the folder for copies, which must not lie among the documents: there they would be read as documents the next time.
func openCopies(dir string, targets []target) (*copies, error) {
	if dir == "" {
		return nil, nil
	}
	among := fmt.Errorf("--annotate %s: ligt bij de documenten die worden getoetst; kies een map ernaast", dir)
	for _, t := range targets {
		if within(t.path, dir) {
			return nil, among
		}
	}
	stat, err := os.Stat(dir)
	switch {
	case err == nil && !stat.IsDir():
		return nil, fmt.Errorf("--annotate %s: is geen map", dir)
	case errors.Is(err, fs.ErrNotExist):
		err = os.Mkdir(dir, 0o777)
	}
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("--annotate %s: de map %s bestaat niet; maak hem eerst aan", dir, filepath.Dir(dir))
	}
	if err == nil {
		err = writable(dir)
	}
	if err != nil {
		return nil, fmt.Errorf("--annotate %s: kan hier niet schrijven (%s); kies een andere plek", dir, why(err))
	}
	for _, t := range targets { // again, now that links in the path can be followed
		if within(real(t.path), real(dir)) {
			return nil, among
		}
	}
	return &copies{dir: dir, inputs: inputsOf(targets), taken: map[string]bool{}}, nil
}

func writable(dir string) error {
	f, err := createBeside(filepath.Join(dir, "proef"))
	if err != nil {
		return err
	}
	return errors.Join(f.Close(), os.Remove(f.Name()))
}

// real is a path without links; the path itself if it does not exist.
func real(path string) string {
	if abs, err := filepath.Abs(path); err == nil {
		path = abs
	}
	if to, err := filepath.EvalSymlinks(path); err == nil {
		return to
	}
	return path
}

// inputsOf lists the files that are read.
func inputsOf(targets []target) []fs.FileInfo {
	var out []fs.FileInfo
	for _, t := range targets {
		_ = filepath.WalkDir(t.path, func(path string, e fs.DirEntry, err error) error {
			if err != nil { // what cannot be opened is not read either
				return nil
			}
			if stat, err := os.Stat(path); err == nil && !stat.IsDir() {
				out = append(out, stat)
			}
			return nil
		})
	}
	return out
}

// write makes the copies of all dossiers. It fails when a copy cannot be written; a file that cannot have comments only gets a line.
func (c *copies) write(ctx context.Context, run result.Run, targets []target, outcomes []outcome, o report.Options) error {
	if c == nil {
		return nil
	}
	for i, t := range targets {
		if outcomes[i].lost != "" { // that has been said
			continue
		}
		folder := ""
		if stat, err := os.Stat(t.path); err == nil && stat.IsDir() && len(targets) > 1 {
			folder = c.folder(t.name)
		}
		if err := c.dossier(ctx, run, t.path, folder, run.Dossiers[i], o); err != nil {
			return err
		}
	}
	return nil
}

// dossier makes the copies of one dossier.
func (c *copies) dossier(ctx context.Context, run result.Run, path, folder string, d result.Dossier, o report.Options) error {
	problems := map[string]string{}
	for _, doc := range d.Documents {
		problems[doc.Path] = doc.Problem
	}
	files, err := extract.Drafts(ctx, path, func(file string) string { return problems[file] })
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil {
		return fmt.Errorf("%s: niet opnieuw te openen voor --annotate (%s)", path, why(err))
	}
	var drafts []extract.Draft
	var seen []report.Draft
	for _, f := range files {
		if f.Problem == "" && !unchanged(f, d) {
			f.Problem = "is tijdens het toetsen veranderd; toets opnieuw"
		}
		if f.Problem != "" {
			c.refuse(d, f, f.Problem)
			continue
		}
		drafts = append(drafts, f)
		seen = append(seen, report.Draft{File: f.Path, Top: f.Top(), Place: f.Paragraph})
	}
	for i, comments := range report.Comments(run, d, seen, o) {
		if err := c.one(d, drafts[i], folder, comments); err != nil {
			return err
		}
	}
	return nil
}

// unchanged makes sure that a file says what it said when it was judged.
func unchanged(f extract.Draft, d result.Dossier) bool {
	for _, r := range d.Rows {
		for _, e := range r.Evidence {
			if e.File == f.Path && !f.Says(e.Block, e.Quote) {
				return false
			}
		}
	}
	for _, finding := range d.Findings {
		if finding.File == f.Path && finding.Quote != "" && !f.Says(finding.Block, finding.Quote) {
			return false
		}
	}
	return true
}

// one writes the copy of one file.
func (c *copies) one(d result.Dossier, f extract.Draft, folder string, comments []report.Comment) error {
	data, err := f.Annotate(author, toWord(comments))
	if err != nil {
		c.refuse(d, f, extract.Unmarked(err))
		return nil
	}
	name := c.name(folder, f.Path)
	if err := writeCopy(name, data); err != nil {
		return fmt.Errorf("%s: kopie met opmerkingen niet geschreven: %s", printable(name), why(err))
	}
	c.say("%s: %s", name, count(len(comments), "opmerking", "opmerkingen"))
	return nil
}

func toWord(comments []report.Comment) []extract.Comment {
	var out []extract.Comment
	for _, c := range comments {
		word := extract.Comment{Paragraph: c.Paragraph}
		for _, l := range c.Lines {
			word.Lines = append(word.Lines, extract.CommentLine(l))
		}
		out = append(out, word)
	}
	return out
}

// writeCopy writes a file and gives it its name when it is complete.
func writeCopy(name string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		return err
	}
	f, err := createBeside(name)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	err = errors.Join(err, f.Close())
	if err == nil {
		err = os.Rename(f.Name(), name)
	}
	if err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return nil
}

// folder is the folder for the copies of one of several dossiers.
func (c *copies) folder(name string) string {
	return c.free(func(n int) string { return plainName(name) + numbered(n) })
}

// name is the path of a copy: that of the file in its dossier, with .getoetst before its suffix. A bundle is a folder without .zip.
func (c *copies) name(folder, file string) string {
	var parts []string
	for part := range strings.SplitSeq(path.Dir(file), "/") {
		if part != "." {
			parts = append(parts, plainName(withoutZip(part)))
		}
	}
	base := plainName(strings.TrimSuffix(path.Base(file), path.Ext(file)))
	dir := filepath.Join(append([]string{folder}, parts...)...)
	return filepath.Join(c.dir, c.free(func(n int) string { return filepath.Join(dir, base+numbered(n)+".getoetst.docx") }))
}

func withoutZip(name string) string {
	if n := len(name) - len(".zip"); n > 0 && strings.EqualFold(name[n:], ".zip") {
		return name[:n]
	}
	return name
}

func numbered(n int) string {
	if n == 1 {
		return ""
	}
	return fmt.Sprintf("-%d", n)
}

// free takes the first name that no other copy has and that is no file that was read.
func (c *copies) free(name func(n int) string) string {
	for n := 1; ; n++ {
		rel := name(n)
		if key := strings.ToLower(rel); !c.taken[key] && !c.isInput(filepath.Join(c.dir, rel)) {
			c.taken[key] = true
			return rel
		}
	}
}

func (c *copies) isInput(path string) bool {
	stat, err := os.Stat(path)
	return err == nil && slices.ContainsFunc(c.inputs, func(in fs.FileInfo) bool { return os.SameFile(in, stat) })
}

// plainName is a name that every disk takes.
func plainName(name string) string {
	name = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || strings.ContainsRune(`<>:"/\|?*`, r) {
			return '_'
		}
		return r
	}, name)
	if name = strings.TrimRight(name, ". "); name == "" || !filepath.IsLocal(name) {
		return "_" + name
	}
	return name
}

// refuse says why a file has no copy.
func (c *copies) refuse(d result.Dossier, f extract.Draft, reason string) {
	where := f.Path
	if where != d.ID { // a dossier of one file has its name
		where = d.ID + ": " + where
	}
	c.say("%s: geen kopie met opmerkingen: %s", where, reason)
}

func (c *copies) say(format string, args ...any) {
	c.said = append(c.said, printable(fmt.Sprintf(format, args...)))
}

// tell says which copies were written, and which files have none and why.
func (c *copies) tell(w io.Writer) {
	if c == nil {
		return
	}
	for _, line := range c.said {
		fmt.Fprintf(w, "inkooptoets: %s\n", line)
	}
}
