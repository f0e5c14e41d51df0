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
	"time"

	"inkooptoets/extract/bundle"
	"inkooptoets/extract/doc"
	"inkooptoets/extract/docx"
	"inkooptoets/extract/dossier"
	"inkooptoets/extract/html"
	"inkooptoets/extract/odt"
	"inkooptoets/extract/pdf"
	"inkooptoets/extract/xlsx"
)

// maxFile is the size above which a file is not read, in bytes.
const maxFile = 100 << 20

// Options says how to read. The zero value is what a person without wishes wants.
type Options struct {
	// Given is what is already known about the tender; it is passed on in the dossier.
	Given dossier.Profile
	// OCR reads the pages of a PDF that are only a picture, with programs that have to be installed.
	OCR bool
	// Password opens the files that have one.
	Password string
	// Pool reads the files in processes of their own; nil reads them in this one.
	Pool *Pool
	// Time is what one file may take; 0 is no limit. Without a Pool not every reader obeys it.
	Time time.Duration
}

// reader is one file format. Its type is decided by content: drafts are renamed and mailed around.
type reader struct {
	name  string
	sniff func(sample) bool
	read  func(ctx context.Context, name string, data []byte, password string) (dossier.Document, error)
	// outside says that the reader runs a program of the machine; such a reader does not go into a worker, which may not.
	outside bool
}

// readers are tried from top to bottom.
var readers = []reader{
	{name: "pdf", sniff: isPDF, read: readPDF},
	{name: "docx", sniff: isDOCX, read: readDOCX},
	{name: "xlsx", sniff: isXLSX, read: readXLSX},
	{name: "odt", sniff: isODT, read: readODT},
	{name: "doc", sniff: isDOC, read: readDOC, outside: true},
	{name: "html", sniff: isHTML, read: readHTML},
	{name: "text", sniff: isText, read: readText},
}

func readPDF(ctx context.Context, name string, data []byte, password string) (dossier.Document, error) {
	return pdf.ReadContext(ctx, name, data, pdf.Options{Password: password})
}

func readXLSX(ctx context.Context, name string, data []byte, _ string) (dossier.Document, error) {
	return xlsx.Read(ctx, name, data)
}

func readDOC(ctx context.Context, name string, data []byte, _ string) (dossier.Document, error) {
	return doc.Read(ctx, name, data)
}

func readDOCX(_ context.Context, name string, data []byte, _ string) (dossier.Document, error) {
	return docx.Read(name, data)
}

func readODT(_ context.Context, name string, data []byte, _ string) (dossier.Document, error) {
	return odt.Read(name, data)
}

func readHTML(_ context.Context, name string, data []byte, _ string) (dossier.Document, error) {
	return html.Read(name, data)
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
	docs, err := documents(ctx, fsys, filepath.Base(path), o)
	if err != nil {
		return dossier.Dossier{}, err
	}
	return dossier.Dossier{ID: id, Given: o.Given, Documents: docs}, nil
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
		docs, err := documents(ctx, fsys, name, o)
		if err != nil {
			return dossier.Dossier{}, err
		}
		known = known || slices.ContainsFunc(docs, func(doc dossier.Document) bool { return doc.Format != "" })
		d.Documents = append(d.Documents, docs...)
	}
	if !known {
		return dossier.Dossier{}, fmt.Errorf("no document to read in %s: put PDF, DOCX, ODT, XLSX, HTML, TXT or MD files in the folder", id)
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

// documents reads one file; a bundle gives a document for each of its members. Its error is that of a cancelled context;
// everything else is a Problem.
func documents(ctx context.Context, fsys fs.FS, name string, o Options) ([]dossier.Document, error) {
	data, err := load(fsys, name)
	if err != nil {
		return []dossier.Document{failed(name, err)}, nil
	}
	return unpack(ctx, name, data, o, bundle.NewBudget(), 0)
}

// document reads the bytes of one file.
func document(ctx context.Context, name string, data []byte, o Options) (dossier.Document, error) {
	if err := ctx.Err(); err != nil {
		return dossier.Document{}, fmt.Errorf("read %s: %w", name, err)
	}
	r, err := pick(data, name)
	if err != nil {
		return failed(name, err), nil
	}
	doc, err := o.read(ctx, r, name, data)
	if err != nil {
		return dossier.Document{}, err
	}
	if o.OCR {
		doc = recognise(ctx, doc, data, o.Password)
	}
	doc.Role = role(doc)
	return doc, nil
}

// read runs a reader, in a worker if there are any. Its error is that of a cancelled context or of a worker that does not start.
func (o Options) read(ctx context.Context, r reader, name string, data []byte) (dossier.Document, error) {
	if o.Pool != nil && !r.outside {
		return o.Pool.read(ctx, order{Reader: r.name, Name: name, Password: o.Password, Time: o.Time}, data)
	}
	inTime, cancel := limited(ctx, o.Time)
	defer cancel()
	doc := readSafely(inTime, r, name, data, o.Password)
	if err := ctx.Err(); err != nil {
		return dossier.Document{}, fmt.Errorf("read %s: %w", name, err)
	}
	return doc, nil
}

// failed is the document of a file that was not read.
func failed(name string, err error) dossier.Document {
	doc := dossier.Document{Path: name, Format: formatBySuffix(name), Problem: problem(err)}
	doc.Role = role(doc)
	return doc
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
	errOldXLS  = errors.New("old Excel format")
	errNested  = errors.New("bundle inside a bundle inside a bundle")
	errCrash   = errors.New("reader crashed")
	errNothing = errors.New("bundle holds no files")
	errBlank   = errors.New("file that cannot be a scan holds no text")
)

// pick finds the reader for a file.
func pick(data []byte, name string) (reader, error) {
	if len(bytes.TrimSpace(data)) == 0 {
		return reader{}, errEmpty
	}
	if bytes.HasPrefix(data, oleMagic) {
		if err := oleProblem(data); err != nil {
			return reader{}, err
		}
	}
	from := sampleOf(data, name)
	for _, r := range readers {
		if r.sniff(from) {
			return r, nil
		}
	}
	switch formatBySuffix(name) { // the name promises a format that the content does not show
	case "", "text", "html":
		return reader{}, errUnknown
	}
	return reader{}, dossier.ErrDamaged
}

// readSafely runs a reader. The PDF library panics on damaged files; this is the one place where that is caught.
func readSafely(ctx context.Context, r reader, name string, data []byte, password string) (doc dossier.Document) {
	defer func() {
		if x := recover(); x != nil {
			doc = dossier.Document{Path: name, Format: r.name, Problem: problem(dossier.ErrDamaged)}
		}
	}()
	doc, err := r.read(ctx, name, data, password)
	doc.Path, doc.Format = name, r.name
	if errors.Is(err, dossier.ErrNoText) && r.name != "pdf" {
		err = errBlank // only a PDF can be a scan
	}
	if err != nil {
		doc.Problem, doc.Blocks = problem(err), nil
	}
	return doc
}
