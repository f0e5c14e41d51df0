package extract

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"inkooptoets/extract/bundle"
	"inkooptoets/extract/docx"
	"inkooptoets/extract/dossier"
)

// Draft is one file of a dossier to put comments in. Only a Word file takes them: for any other file Problem says why not, in Dutch,
// and Draft is nil.
type Draft struct {
	Path    string // as in dossier.Document
	Problem string
	*docx.Draft
}

// A comment, its lines and its author are those of the Word format.
type (
	Comment     = docx.Comment
	CommentLine = docx.Line
	Author      = docx.Author
)

// Drafts opens the files of the dossier at path again, in the order of Read. They are read in this process, so only those that Read got
// through are opened: known says what it found wrong with a file, empty for nothing.
func Drafts(ctx context.Context, path string, known func(file string) string) ([]Draft, error) {
	st, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("read dossier: %w", err)
	}
	if !st.IsDir() {
		return drafts(ctx, os.DirFS(filepath.Dir(path)), known, filepath.Base(path))
	}
	fsys := os.DirFS(path)
	names, err := list(fsys)
	if err != nil {
		return nil, fmt.Errorf("list %s: %w", path, err)
	}
	return drafts(ctx, fsys, known, names...)
}

func drafts(ctx context.Context, fsys fs.FS, known func(string) string, names ...string) ([]Draft, error) {
	var out []Draft
	for _, name := range names {
		data, err := load(fsys, name)
		if err != nil {
			out = append(out, Draft{Path: name, Problem: problem(err)})
			continue
		}
		err = split(name, data, bundle.NewBudget(), 0, func(f file) error {
			d := Draft{Path: f.name, Problem: known(f.name)}
			if d.Problem == "" {
				d = draft(f)
			}
			out = append(out, d)
			return ctx.Err()
		})
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", name, err)
		}
	}
	return out, nil
}

// draft opens one file. The border of the readers is here too: what they panic on is a damaged file.
func draft(f file) (d Draft) {
	defer func() {
		if x := recover(); x != nil {
			d = Draft{Path: f.name, Problem: problem(dossier.ErrDamaged)}
		}
	}()
	if f.err != nil {
		return Draft{Path: f.name, Problem: problem(f.err)}
	}
	r, err := pick(f.data, f.name)
	switch {
	case err != nil:
		return Draft{Path: f.name, Problem: problem(err)}
	case r.name != "docx":
		return Draft{Path: f.name, Problem: "is geen Word-bestand (.docx)"}
	}
	opened, err := docx.Open(f.data)
	if err != nil {
		return Draft{Path: f.name, Problem: Unmarked(err)}
	}
	return Draft{Path: f.name, Draft: opened}
}

// Unmarked says in Dutch why a Word file gets no comments.
func Unmarked(err error) string {
	switch {
	case errors.Is(err, docx.ErrStrict):
		return "is bewaard als Strict Open XML; sla het in Word op als gewoon Word-document (.docx)"
	case errors.Is(err, docx.ErrEncoding):
		return "heeft een ongewone tekencodering; open het in Word en sla het opnieuw op"
	case errors.Is(err, dossier.ErrNoText):
		return problem(errBlank)
	}
	return problem(err)
}
