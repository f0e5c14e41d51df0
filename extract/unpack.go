package extract

import (
	"context"
	"errors"
	"path"
	"slices"
	"strings"

	"inkooptoets/extract/bundle"
	"inkooptoets/extract/dossier"
)

// unpack reads one file, or the members of a bundle; these get the path bundle.zip/member. depth is how many bundles stand around it.
func unpack(ctx context.Context, name string, data []byte, o Options, left *bundle.Budget, depth int) ([]dossier.Document, error) {
	if !isBundle(sampleOf(data, name)) {
		doc, err := document(ctx, name, data, o)
		return []dossier.Document{doc}, err
	}
	if depth == bundle.MaxDepth {
		return []dossier.Document{failed(name, errNested)}, nil
	}
	var docs []dossier.Document
	err := bundle.Walk(data, left, wanted, func(m bundle.Member) error {
		member := name + "/" + m.Name
		if m.Err != nil {
			docs = append(docs, failed(member, m.Err))
			return ctx.Err()
		}
		inner, err := unpack(ctx, member, m.Data, o, left, depth+1)
		docs = append(docs, inner...)
		return err
	})
	if errors.Is(err, dossier.ErrTooLarge) || errors.Is(err, dossier.ErrDamaged) {
		return append(docs, failed(name, err)), nil
	}
	if err == nil && len(docs) == 0 {
		return []dossier.Document{failed(name, errNothing)}, nil
	}
	return docs, err
}

// wanted says whether a member of a bundle is part of the tender. Its folders can be hidden too.
func wanted(name string) bool {
	folders := strings.Split(path.Dir(name), "/")
	hidden := slices.ContainsFunc(folders, func(f string) bool { return f == "__MACOSX" || len(f) > 1 && strings.HasPrefix(f, ".") })
	return !hidden && !skipped(path.Base(name))
}
