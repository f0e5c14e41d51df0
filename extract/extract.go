// Package extract reads the files of one tender into a dossier. It knows file formats and nothing of requirements. Each format has
// its own package and one line in the table of readers.
package extract

import (
	"bytes"
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

	"inkooptoets/extract/docx"
	"inkooptoets/extract/dossier"
	"inkooptoets/extract/pdf"
)

// maxFile is the size above which a file is not read, in bytes.
const maxFile = 100 << 20

// Options says how to read. The zero value is what a person without wishes wants.
type Options struct {
	// Given is what is already known about the tender; it is passed on in the dossier.
	Given dossier.Profile
}

// reader is one file format. Its type is decided by content: drafts are renamed and mailed around.
type reader struct {
	name  string
	sniff func(head []byte, name string) bool
	read  func(ctx context.Context, name string, data []byte) (dossier.Document, error)
}

// readers are tried from top to bottom.
var readers = []reader{
	{"pdf", isPDF, readPDF},
	{"docx", isDOCX, readDOCX},
	{"text", isText, readText},
}

func readPDF(_ context.Context, name string, data []byte) (dossier.Document, error) {
	return pdf.Read(name, data)
}

func readDOCX(_ context.Context, name string, data []byte) (dossier.Document, error) {
	return docx.Read(name, data)
}

// Read reads the folder or single file at path. It fails only when there is nothing there, or nothing in it that can be read; a
// file that is damaged or of another kind becomes a Document with a Problem.
func Read(ctx context.Context, path string, o Options) (dossier.Dossier, error) {
	st, err := os.Stat(path)
	if err != nil {
		return dossier.Dossier{}, fmt.Errorf("read dossier: %w", err)
	}
	id := filepath.Base(path)
	if abs, err := filepath.Abs(path); err == nil {
		id = filepath.Base(abs) // "." has a name too
	}
	if st.IsDir() {
		return ReadFS(ctx, os.DirFS(path), id, o)
	}
	fsys := os.DirFS(filepath.Dir(path))
	doc, err := document(ctx, fsys, filepath.Base(path))
	if err != nil {
		return dossier.Dossier{}, err
	}
	return dossier.Dossier{ID: id, Given: o.Given, Documents: []dossier.Document{doc}}, nil
}

// ReadFS reads all files below the root of fsys as one dossier called id. Documents come in the order of their paths.
func ReadFS(ctx context.Context, fsys fs.FS, id string, o Options) (dossier.Dossier, error) {
	names, err := list(fsys)
	if err != nil {
		return dossier.Dossier{}, fmt.Errorf("list %s: %w", id, err)
	}
	d := dossier.Dossier{ID: id, Given: o.Given}
	known := false
	for _, name := range names {
		doc, err := document(ctx, fsys, name)
		if err != nil {
			return dossier.Dossier{}, err
		}
		known = known || doc.Format != ""
		d.Documents = append(d.Documents, doc)
	}
	if !known {
		return dossier.Dossier{}, fmt.Errorf("no document to read in %s: put PDF, DOCX, TXT or MD files in the folder", id)
	}
	return d, nil
}

// list returns the files of a dossier, sorted by path.
func list(fsys fs.FS) ([]string, error) {
	var names []string
	err := fs.WalkDir(fsys, ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil {
			if name == "." {
				return err
			}
			names = append(names, name) // reading it gives the problem its place in the report
			return nil
		}
		base := path.Base(name)
		if e.IsDir() {
			if name != "." && strings.HasPrefix(base, ".") {
				return fs.SkipDir
			}
			return nil
		}
		if !skipped(base) {
			names = append(names, name)
		}
		return nil
	})
	slices.Sort(names)
	return slices.Compact(names), err
}

// skipped says whether a file is not part of the tender: hidden, the lock of an open Word file, or our own.
func skipped(base string) bool {
	switch strings.ToLower(base) {
	case "gold.yaml", "gold.json", "inkooptoets.yaml", "thumbs.db", "desktop.ini":
		return true
	}
	return strings.HasPrefix(base, ".") || strings.HasPrefix(base, "~$")
}

// document reads one file. Its error is that of a cancelled context; everything else is a Problem.
func document(ctx context.Context, fsys fs.FS, name string) (dossier.Document, error) {
	if err := ctx.Err(); err != nil {
		return dossier.Document{}, fmt.Errorf("read %s: %w", name, err)
	}
	doc := dossier.Document{Path: name}
	data, err := load(fsys, name)
	if err != nil {
		doc.Format, doc.Problem = formatBySuffix(name), problem(err)
		doc.Role = role(doc)
		return doc, nil
	}
	r, err := pick(data, name)
	if err != nil {
		doc.Format, doc.Problem = formatBySuffix(name), problem(err)
		doc.Role = role(doc)
		return doc, nil
	}
	doc = readSafely(ctx, r, name, data)
	doc.Role = role(doc)
	return doc, nil
}

func load(fsys fs.FS, name string) ([]byte, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxFile+1))
	if err != nil {
		return nil, err
	}
	if len(data) > maxFile {
		return nil, dossier.ErrTooLarge
	}
	return data, nil
}

var (
	errEmpty   = errors.New("file is empty")
	errUnknown = errors.New("format is not supported")
	errOldWord = errors.New("old Word format")
)

// pick finds the reader for a file.
func pick(data []byte, name string) (reader, error) {
	if len(bytes.TrimSpace(data)) == 0 {
		return reader{}, errEmpty
	}
	head := data[:min(len(data), 4096)]
	if bytes.HasPrefix(head, oleMagic) {
		return reader{}, oleProblem(data)
	}
	for _, r := range readers {
		if r.sniff(head, name) {
			return r, nil
		}
	}
	switch formatBySuffix(name) { // the name promises a format that the content does not show
	case "pdf", "docx":
		return reader{}, dossier.ErrDamaged
	}
	return reader{}, errUnknown
}

// readSafely runs a reader. The PDF library panics on damaged files; this is the one place where that is caught.
func readSafely(ctx context.Context, r reader, name string, data []byte) (doc dossier.Document) {
	defer func() {
		if x := recover(); x != nil {
			doc = dossier.Document{Path: name, Format: r.name, Problem: problem(dossier.ErrDamaged)}
		}
	}()
	doc, err := r.read(ctx, name, data)
	if err != nil {
		return dossier.Document{Path: name, Format: r.name, Problem: problem(err)}
	}
	doc.Path, doc.Format = name, r.name
	return doc
}
