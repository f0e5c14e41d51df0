// Package bundle unpacks a .zip with documents in memory. It knows nothing about what is in them, and it never writes to disk.
package bundle

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"inkooptoets/extract/dossier"
)

// Limits for one bundle, with the bundles inside it.
const (
	MaxDepth   = 2
	maxMembers = 1_000
	maxTotal   = 512 << 20
	maxMember  = 100 << 20
)

// Budget is what may still be unpacked. It is shared by a bundle and the bundles inside it.
type Budget struct {
	members int
	bytes   int64
	member  int64
}

// NewBudget returns the budget for one bundle.
func NewBudget() *Budget { return &Budget{members: maxMembers, bytes: maxTotal, member: maxMember} }

// Member is one file of a bundle. Err says why Data is empty.
type Member struct {
	Name string // clean, with slashes, without a way out of the bundle
	Data []byte
	Err  error
}

// Walk calls use for every member that wanted accepts, sorted by name. It returns ErrTooLarge when the budget is used up, after the
// members before that.
func Walk(data []byte, b *Budget, wanted func(name string) bool, use func(Member) error) error {
	zr, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return fmt.Errorf("open bundle: %w: %w", dossier.ErrDamaged, err)
	}
	for _, m := range members(zr, wanted) {
		if b.members == 0 || b.bytes <= 0 {
			return fmt.Errorf("unpack bundle: %w", dossier.ErrTooLarge)
		}
		b.members--
		data, err := b.read(m.file)
		if err := use(Member{Name: m.name, Data: data, Err: err}); err != nil {
			return err
		}
	}
	return nil
}

type entry struct {
	name string
	file *zip.File
}

// members lists the files of a bundle, sorted by clean name; of two with one name only the first counts.
func members(zr *zip.Reader, wanted func(string) bool) []entry {
	var out []entry
	seen := map[string]bool{}
	for _, f := range zr.File {
		name := Clean(nameOf(f))
		if f.FileInfo().IsDir() || name == "" || seen[name] || !wanted(name) {
			continue
		}
		seen[name] = true
		out = append(out, entry{name, f})
	}
	slices.SortFunc(out, func(a, b entry) int { return strings.Compare(a.name, b.name) })
	return out
}

// nameOf is the name in the bundle. Older programs write the letters of DOS in it.
func nameOf(f *zip.File) string {
	if utf8.ValidString(f.Name) {
		return f.Name
	}
	name, err := charmap.CodePage850.NewDecoder().String(f.Name)
	if err != nil {
		return strings.ToValidUTF8(f.Name, "_")
	}
	return name
}

// Clean makes the name of a member safe to show and to take apart: no way up, no drive, no control characters.
func Clean(name string) string {
	name = strings.ReplaceAll(name, `\`, "/")
	if len(name) > 1 && name[1] == ':' {
		name = name[2:]
	}
	var parts []string
	for part := range strings.SplitSeq(strings.TrimPrefix(path.Clean("/"+name), "/"), "/") {
		if part = dossier.Clean(part); part != "" && part != "." && part != ".." {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, "/")
}

func (b *Budget) read(f *zip.File) ([]byte, error) {
	if f.Flags&1 != 0 {
		return nil, dossier.ErrEncrypted
	}
	if f.Method != zip.Store && f.Method != zip.Deflate {
		return nil, fmt.Errorf("method %d: %w", f.Method, dossier.ErrDamaged)
	}
	r, err := f.Open()
	if err != nil {
		return nil, fmt.Errorf("open member: %w: %w", dossier.ErrDamaged, err)
	}
	defer r.Close()
	most := min(b.member, b.bytes)
	data, err := io.ReadAll(io.LimitReader(r, most+1))
	b.bytes -= int64(len(data))
	switch {
	case int64(len(data)) > most:
		return nil, dossier.ErrTooLarge
	case err != nil:
		return nil, fmt.Errorf("read member: %w: %w", dossier.ErrDamaged, err)
	}
	return data, nil
}
