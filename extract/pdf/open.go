package pdf

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/ledongthuc/pdf"

	"inkooptoets/extract/dossier"
)

// open opens a file and finds its pages.
func open(data []byte, o Options) (*file, error) {
	if i := bytes.Index(data[:min(len(data), 1024)], []byte("%PDF-")); i > 0 {
		data = data[i:] // offsets count from the header
	}
	r, err := pdf.NewReader(bytes.NewReader(data), int64(len(data)))
	switch {
	case err == nil:
	case errors.Is(err, pdf.ErrInvalidPassword), bytes.Contains(data, []byte("/Encrypt")):
		return nil, fmt.Errorf("open pdf: %w: %w", dossier.ErrEncrypted, err)
	default:
		return nil, fmt.Errorf("open pdf: %w: %w", dossier.ErrDamaged, err)
	}
	f := &file{root: r.Trailer().Key("Root"), fonts: map[string]*font{}}
	f.leaves = pageLeaves(f.root.Key("Pages"))
	if len(f.leaves) == 0 {
		return nil, fmt.Errorf("find pages: %w", dossier.ErrDamaged)
	}
	return f, nil
}

// contents joins the content streams of a page; an operator never runs on from one into the next without white space.
func (f *file) contents(v pdf.Value) []byte {
	if v.Kind() != pdf.Array {
		return f.stream(v)
	}
	var all []byte
	for i := range v.Len() {
		all = append(append(all, f.stream(v.Index(i))...), '\n')
	}
	return all
}

// stream reads as much of a stream as there is. Damage in the middle of one page costs that part of that page.
func (f *file) stream(v pdf.Value) []byte {
	if v.Kind() != pdf.Stream {
		return nil
	}
	r := v.Reader()
	defer r.Close()
	data, err := io.ReadAll(io.LimitReader(r, maxStream))
	if err != nil && len(data) == 0 {
		return nil
	}
	return data
}
