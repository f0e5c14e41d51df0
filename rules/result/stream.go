package result

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
)

// EncodeDossier gives the bytes of one dossier as they stand in a run, for EncodeParts.
func EncodeDossier(d Dossier) ([]byte, error) {
	return newEncoder().dossier(d)
}

// encoder writes one value after the other as indented JSON. What it gives holds until it writes the next.
type encoder struct {
	raw  bytes.Buffer
	json *json.Encoder // to raw
	out  []byte
}

func newEncoder() *encoder {
	var e encoder
	e.json = json.NewEncoder(&e.raw)
	e.json.SetEscapeHTML(false) // links hold &, and this is not HTML
	return &e
}

func (e *encoder) dossier(d Dossier) ([]byte, error) {
	d.fill()
	const deep = "    "
	out, err := e.indented(d, deep, deep)
	if err != nil {
		return nil, fmt.Errorf("encode dossier %s: %w", d.ID, err)
	}
	return out, nil
}

// indented is v as JSON without an end of line. The first line starts with first, every other with prefix.
func (e *encoder) indented(v any, first, prefix string) ([]byte, error) {
	e.raw.Reset()
	e.json.SetIndent(prefix, "  ")
	if err := e.json.Encode(v); err != nil {
		return nil, err
	}
	e.out = escapeInvisible(append(e.out[:0], first...), bytes.TrimSuffix(e.raw.Bytes(), []byte{'\n'}))
	return e.out, nil
}

// DecodeDossier reads what EncodeDossier gave.
func DecodeDossier(part []byte) (Dossier, error) {
	var d Dossier
	if err := json.Unmarshal(part, &d); err != nil {
		return Dossier{}, fmt.Errorf("decode dossier: %w", err)
	}
	d.fill()
	return d, nil
}

// EncodeParts writes the run that head is with dossiers that EncodeDossier encoded, in order: the bytes are those of Encode, without the whole in memory.
// The dossiers of head itself do not count.
func EncodeParts(w io.Writer, head Run, parts iter.Seq2[[]byte, error]) error {
	head.Dossiers = []Dossier{}
	raw, err := newEncoder().indented(head, "", "")
	if err != nil {
		return fmt.Errorf("encode run: %w", err)
	}
	// Only a field of the run itself stands two deep at the start of a line, and no text holds the end of a line.
	before, after, _ := bytes.Cut(raw, []byte("\n  \"dossiers\": []"))
	write := func(b []byte) {
		if err == nil {
			_, err = w.Write(b)
		}
	}
	write(before)
	write([]byte("\n  \"dossiers\": ["))
	none := true
	for part, broken := range parts {
		if broken != nil {
			return broken
		}
		if !none {
			write([]byte{','})
		}
		write([]byte{'\n'})
		write(part)
		none = false
	}
	if !none {
		write([]byte("\n  "))
	}
	write([]byte{']'})
	write(after)
	write([]byte{'\n'})
	if err != nil {
		return fmt.Errorf("write run: %w", err)
	}
	return nil
}

// Scan reads a run as Decode does, but hands its dossiers over one by one, in order, and keeps none: the run it gives back is without them. An error of each
// ends the reading and comes back as it is.
func Scan(r io.Reader, each func(Dossier) error) (Run, error) {
	return scanRun(r, func(dec *json.Decoder) error {
		var d Dossier
		if err := dec.Decode(&d); err != nil {
			return damaged(err)
		}
		d.fill()
		return each(d)
	})
}

// scanRun is Scan with another way to read a dossier.
func scanRun(r io.Reader, one func(*json.Decoder) error) (Run, error) {
	s := scan{dec: json.NewDecoder(withoutMark(r)), head: map[string]json.RawMessage{}, one: one}
	if err := s.read(); err != nil {
		return Run{}, err
	}
	if s.version == "" {
		return Run{}, checkVersion("")
	}
	raw, err := json.Marshal(s.head)
	if err != nil {
		return Run{}, fmt.Errorf("stored run is damaged: %w", err)
	}
	var run Run
	if err := json.Unmarshal(raw, &run); err != nil {
		return Run{}, fmt.Errorf("stored run is damaged: %w", err)
	}
	return filled(run), nil
}

// withoutMark leaves out the mark that editors on Windows put before a text.
func withoutMark(r io.Reader) io.Reader {
	start := make([]byte, 3)
	n, err := io.ReadFull(r, start)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return io.MultiReader(bytes.NewReader(start[:n]), failing{err})
	}
	return io.MultiReader(bytes.NewReader(bytes.TrimPrefix(start[:n], []byte("\ufeff"))), r)
}

type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

// scan is the reading of one run.
type scan struct {
	dec     *json.Decoder
	head    map[string]json.RawMessage // every field but the dossiers
	version string
	one     func(*json.Decoder) error // reads a dossier
}

func (s *scan) read() error {
	if err := s.expect('{'); err != nil {
		return err
	}
	for s.dec.More() {
		key, err := s.dec.Token()
		if err != nil {
			return damaged(err)
		}
		if key == "dossiers" {
			if err := s.dossiers(); err != nil {
				return err
			}
			continue
		}
		var value json.RawMessage
		if err := s.dec.Decode(&value); err != nil {
			return damaged(err)
		}
		s.head[fmt.Sprint(key)] = value
		if key == "schemaVersion" { // before any dossier of another version is looked at
			if err := json.Unmarshal(value, &s.version); err != nil {
				return damaged(err)
			}
			if err := checkVersion(s.version); err != nil {
				return err
			}
		}
	}
	if err := s.expect('}'); err != nil {
		return err
	}
	if _, err := s.dec.Token(); !errors.Is(err, io.EOF) {
		return errors.New("stored run is damaged: there is more behind it")
	}
	return nil
}

func (s *scan) dossiers() error {
	if err := s.expect('['); err != nil {
		return err
	}
	for s.dec.More() {
		if err := s.one(s.dec); err != nil {
			return err
		}
	}
	return s.expect(']')
}

func (s *scan) expect(want json.Delim) error {
	got, err := s.dec.Token()
	if err != nil {
		return damaged(err)
	}
	if got != want {
		return fmt.Errorf("not a stored run: %v where %v should be", got, want)
	}
	return nil
}

func damaged(err error) error { return fmt.Errorf("stored run is damaged: %w", err) }
