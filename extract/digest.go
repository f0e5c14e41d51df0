package extract

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"inkooptoets/extract/doc"
	"inkooptoets/extract/dossier"
)

// Digest writes what Read of the same path reads to w: names and bytes of all files, in order. Two dossiers that write the same are read the same. It fails
// when something cannot be opened.
func Digest(ctx context.Context, path string, w io.Writer) error {
	stat, err := os.Stat(path)
	if err != nil {
		return fmt.Errorf("digest: %w", err)
	}
	fsys, names := os.DirFS(filepath.Dir(path)), []string{filepath.Base(path)}
	if stat.IsDir() {
		fsys = os.DirFS(path)
		if names, err = list(fsys); err != nil {
			return fmt.Errorf("digest %s: %w", path, err)
		}
	}
	for _, name := range names {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := digestFile(fsys, name, w); err != nil {
			return fmt.Errorf("digest %s: %w", path, err)
		}
	}
	return nil
}

// digestFile writes one file with its name and its length, so that no two sets of files look the same. Of a file that is too large to be read only that counts.
func digestFile(fsys fs.FS, name string, w io.Writer) error {
	f, err := fsys.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	if _, err := fmt.Fprintf(w, "%q\n", name); err != nil {
		return err
	}
	n, err := io.Copy(w, io.LimitReader(f, maxFile+1))
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(w, "\n%d\n", n)
	return err
}

// passing are the faults that another moment or another machine may not have.
var passing = []error{errCrash, context.DeadlineExceeded, dossier.ErrTooLarge, fs.ErrPermission, fs.ErrNotExist, doc.ErrNoProgram}

// Passing reports whether a problem of a document may be gone when the same file is read again, on this machine or another.
func Passing(text string) bool {
	return slices.ContainsFunc(passing, func(err error) bool { return problem(err) == text })
}
