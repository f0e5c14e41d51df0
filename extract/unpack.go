package extract

import (
	"context"
	"path"
	"slices"
	"strings"

	"inkooptoets/extract/bundle"
	"inkooptoets/extract/dossier"
)

// file is one file of a dossier; members of a bundle have the path bundle.zip/member.
type file struct {
	name string
	data []byte
	err  error // why there is no data
}

// unpack reads one file, or the members of a bundle.
func unpack(ctx context.Context, name string, data []byte, o Options, left *bundle.Budget, depth int) ([]dossier.Document, error) {
	var docs []dossier.Document
	err := split(name, data, left, depth, func(f file) error {
		if f.err != nil {
			docs = append(docs, failed(f.name, f.err))
			return ctx.Err()
		}
		doc, err := document(ctx, f.name, f.data, o)
		docs = append(docs, doc)
		return err
	})
	return docs, err
}

// split gives one file, or the members of a bundle; depth is how many bundles stand around it. Its error is that of use.
func split(name string, data []byte, left *bundle.Budget, depth int, use func(file) error) error {
	if !isBundle(sampleOf(data, name)) {
		return use(file{name: name, data: data})
	}
	if depth == bundle.MaxDepth {
		return use(file{name: name, err: errNested})
	}
	members, stopped := 0, error(nil)
	err := bundle.Walk(data, left, wanted, func(m bundle.Member) error {
		members++
		member := name + "/" + m.Name
		if m.Err != nil {
			stopped = use(file{name: member, err: m.Err})
			return stopped
		}
		stopped = split(member, m.Data, left, depth+1, use)
		return stopped
	})
	switch {
	case stopped != nil:
		return stopped
	case err != nil:
		return use(file{name: name, err: err})
	case members == 0:
		return use(file{name: name, err: errNothing})
	}
	return nil
}

// wanted says whether a member of a bundle is part of the tender. Its folders can be hidden too.
func wanted(name string) bool {
	folders := strings.Split(path.Dir(name), "/")
	hidden := slices.ContainsFunc(folders, func(f string) bool { return f == "__MACOSX" || len(f) > 1 && strings.HasPrefix(f, ".") })
	return !hidden && !skipped(path.Base(name))
}
