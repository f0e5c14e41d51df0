package pdf

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/ledongthuc/pdf"

	"inkooptoets/extract/dossier"
)

// The sentences of the warnings about a file as a whole.
const (
	repairedDetail = "De inhoudsopgave van het bestand klopt niet; de onderdelen zijn zelf opgezocht. Controleer of alle tekst er is."
	damagedDetail  = "Het bestand is beschadigd; een deel van de tekst kan ontbreken. Lever het zo mogelijk opnieuw aan."
	limitDetail    = "Het bestand is te groot of te ingewikkeld; een deel is niet gelezen."
)

// open opens a file and finds its pages. The library only ever sees bytes of our own making: it trusts what a file says about itself.
// When the index of the file leads to no pages, the bytes are searched for a catalogue, and in the end for loose pages.
func open(data []byte, o Options) (*file, error) {
	i := bytes.Index(data[:min(len(data), 1024)], []byte("%PDF-"))
	if i < 0 || len(data) > maxPosition {
		return nil, fmt.Errorf("find header: %w", dossier.ErrDamaged)
	}
	s, err := newSource(data[i:], o.Password) // offsets count from the header
	if err != nil {
		return nil, fmt.Errorf("open pdf: %w", err)
	}
	for _, find := range []func() (dict, bool){s.catalog, s.searchCatalog, s.loosePages} {
		root, ok := find()
		if !ok {
			continue
		}
		f, err := load(normalise(s, root))
		if err != nil {
			return nil, fmt.Errorf("open pdf: %w: %w", dossier.ErrDamaged, err)
		}
		if len(f.leaves) > 0 {
			f.take(s.notes)
			return f, nil
		}
	}
	return nil, fmt.Errorf("find pages: %w", dossier.ErrDamaged)
}

// searchCatalog is catalog without belief in the index.
func (s *source) searchCatalog() (dict, bool) {
	s.onlyScan, s.notes.repaired = true, true
	return s.catalog()
}

func load(n *normalised) (*file, error) {
	r, err := pdf.NewReader(n, n.size)
	if err != nil {
		return nil, err
	}
	f := &file{root: r.Trailer().Key("Root"), fonts: map[string]*font{}}
	f.leaves = f.pageLeaves()
	return f, nil
}

func (f *file) take(n notes) {
	if n.repaired {
		f.warn("repaired-xref", repairedDetail)
	}
	if n.damaged {
		f.warn(dossier.CodeDamaged, damagedDetail)
	}
	if n.limit {
		f.warn(dossier.CodeLimit, limitDetail)
	}
}

// contents joins the content streams of a page; an operator never runs on from one into the next without white space.
func (f *file) contents(v pdf.Value) []byte {
	if v.Kind() != pdf.Array {
		return f.stream(v)
	}
	var all []byte
	for i := range v.Len() {
		if len(all) > maxStream {
			f.warn(dossier.CodeLimit, limitDetail)
			break
		}
		all = append(append(all, f.stream(v.Index(i))...), '\n')
	}
	return all
}

// stream reads as much of a stream as there is. Damage in the middle of one page costs that part of that page.
func (f *file) stream(v pdf.Value) []byte {
	if v.Kind() != pdf.Stream {
		return nil
	}
	if f.decoded >= maxTotal {
		f.warn(dossier.CodeLimit, limitDetail)
		return nil
	}
	r := v.Reader() // our own file has no filters that the library knows: these are the bytes as they are
	defer r.Close()
	raw, err := io.ReadAll(io.LimitReader(r, v.Key("Length").Int64()))
	if err != nil {
		return nil
	}
	data, err := decode(raw, filtersIn(v), maxStream)
	f.decoded += len(data)
	switch {
	case errors.Is(err, errLimit):
		f.warn(dossier.CodeLimit, limitDetail)
	case errors.Is(err, errPartial):
		f.warn(dossier.CodeDamaged, damagedDetail)
	}
	return data
}

// filtersIn reads back the filters that the normaliser wrote.
func filtersIn(v pdf.Value) []filter {
	var out []filter
	names, parms := v.Key(string(keyCoded)), v.Key(string(keyParms))
	for i := range names.Len() {
		number := func(k int) int { return int(parms.Index(i).Index(k).Int64()) }
		out = append(out, filter{key(names.Index(i).Name()), number(0), number(1), number(2), number(3), number(4)})
	}
	return out
}
