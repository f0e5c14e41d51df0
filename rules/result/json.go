package result

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// Encode writes run as indented JSON with a newline at the end; the same run always gives the same bytes. Lists are never null. Characters that could
// steer a terminal or turn the reading direction are written as escapes, so that the file can be printed as it is.
func Encode(w io.Writer, run Run) error {
	e := newEncoder()
	return EncodeParts(w, run, func(yield func([]byte, error) bool) {
		for _, d := range run.Dossiers {
			if !yield(e.dossier(d)) {
				return
			}
		}
	})
}

// encode writes v as Encode writes a run.
func encode(w io.Writer, v any) error {
	raw, err := newEncoder().indented(v, "", "")
	if err != nil {
		return fmt.Errorf("encode run: %w", err)
	}
	if _, err := w.Write(append(raw, '\n')); err != nil {
		return fmt.Errorf("write run: %w", err)
	}
	return nil
}

// EncodeSearch writes the answer to a question as Encode writes a run.
func EncodeSearch(w io.Writer, s Search) error {
	s.Hits = list(s.Hits)
	raw, err := newEncoder().indented(s, "", "")
	if err != nil {
		return fmt.Errorf("encode search: %w", err)
	}
	if _, err := w.Write(append(raw, '\n')); err != nil {
		return fmt.Errorf("write search: %w", err)
	}
	return nil
}

// ErrVersion says that a run was stored by a program whose runs this one does not read.
var ErrVersion = errors.New("stored run has schemaVersion")

// readAll is io.ReadAll with room for the whole of a file from the start: growing would take three times as much.
func readAll(r io.Reader) ([]byte, error) {
	var b bytes.Buffer
	if f, ok := r.(fs.File); ok {
		if s, err := f.Stat(); err == nil && s.Mode().IsRegular() {
			b.Grow(int(s.Size()) + bytes.MinRead)
		}
	}
	_, err := b.ReadFrom(r)
	return b.Bytes(), err
}

// Decode reads a run that Encode wrote. It accepts every 1.x version, also with fields it does not know, and refuses every other.
func Decode(r io.Reader) (Run, error) {
	raw, err := readAll(r)
	if err != nil {
		return Run{}, fmt.Errorf("read run: %w", err)
	}
	raw = bytes.TrimPrefix(raw, []byte("\ufeff")) // editors on Windows put a mark there
	if run, ok := decodeTogether(raw); ok {
		return run, nil
	}
	// What is wrong is told best by who reads it from front to back, and that a run is not one of ours before anything else.
	var head struct {
		SchemaVersion string `json:"schemaVersion"`
	}
	if err := json.Unmarshal(raw, &head); err != nil {
		return Run{}, fmt.Errorf("not a stored run: %w", place(raw, err))
	}
	if err := checkVersion(head.SchemaVersion); err != nil {
		return Run{}, err
	}
	var run Run
	if err := json.Unmarshal(raw, &run); err != nil {
		return Run{}, fmt.Errorf("stored run is damaged: %w", place(raw, err))
	}
	return filled(run), nil
}

// decodeTogether is Decode for a run as Encode writes it, its dossiers read on every processor; ok is false for any other.
func decodeTogether(raw []byte) (run Run, ok bool) {
	head, parts, ok := cutDossiers(raw)
	if !ok || json.Unmarshal(head, &run) != nil || checkVersion(run.SchemaVersion) != nil {
		return Run{}, false
	}
	run.Dossiers = make([]Dossier, len(parts))
	faults := make([]error, len(parts))
	var wg sync.WaitGroup
	var next atomic.Int64
	for range min(runtime.GOMAXPROCS(0), len(parts)) {
		wg.Go(func() {
			for i := int(next.Add(1)) - 1; i < len(parts); i = int(next.Add(1)) - 1 {
				faults[i] = json.Unmarshal(parts[i], &run.Dossiers[i])
			}
		})
	}
	wg.Wait()
	if errors.Join(faults...) != nil {
		return Run{}, false
	}
	return filled(run), true
}

// cutDossiers parts a run as EncodeParts writes it into the bytes of its dossiers and those of a run without any. Nothing but a dossier starts and ends four
// deep in that list, and no text holds the end of a line.
func cutDossiers(raw []byte) (head []byte, parts [][]byte, ok bool) {
	const open, shut = "\n  \"dossiers\": [", "\n  ]"
	before, rest, ok := bytes.Cut(raw, []byte(open))
	if !ok {
		return nil, nil, false
	}
	list, after, ok := bytes.Cut(rest, []byte(shut))
	if !ok || !bytes.HasPrefix(list, []byte("\n    {")) {
		return nil, nil, false
	}
	const end = "\n    }"
	for {
		k := bytes.Index(list, []byte(end+","))
		if k < 0 {
			return slices.Concat(before, []byte(open+"]"), after), append(parts, list), true
		}
		parts, list = append(parts, list[:k+len(end)]), list[k+len(end)+1:]
	}
}

func checkVersion(v string) error {
	if v == "" {
		return errors.New("not a stored run: it has no schemaVersion")
	}
	major, _, _ := strings.Cut(v, ".")
	if _, err := strconv.Atoi(major); err != nil {
		return fmt.Errorf("not a stored run: schemaVersion %q is not a version", v)
	}
	ours, _, _ := strings.Cut(SchemaVersion, ".")
	if major != ours {
		return fmt.Errorf("%w %s; this program reads %s.x: make the run again with check", ErrVersion, v, ours)
	}
	return nil
}

// place adds the line to an error of the JSON library, which gives a byte offset at most.
func place(raw []byte, err error) error {
	offset := int64(-1)
	if se, ok := errors.AsType[*json.SyntaxError](err); ok {
		offset = se.Offset
	}
	if te, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		offset = te.Offset
	}
	if offset < 0 || offset > int64(len(raw)) {
		return err
	}
	return fmt.Errorf("line %d: %w", bytes.Count(raw[:offset], []byte("\n"))+1, err)
}

// filled returns a copy of run in which no list is nil.
func filled(run Run) Run {
	run.Dossiers = list(run.Dossiers)
	for i := range run.Dossiers {
		run.Dossiers[i].fill()
	}
	return run
}

// fill makes every list that is nil an empty one.
func (d *Dossier) fill() {
	d.Profile.Laws = list(d.Profile.Laws)
	d.Profile.Segments = list(d.Profile.Segments)
	d.Profile.Services = list(d.Profile.Services)
	d.Tallies = list(d.Tallies)
	d.Documents = list(d.Documents)
	d.Rows = list(d.Rows)
	d.Findings = list(d.Findings)
	for j := range d.Tallies {
		if d.Tallies[j].Counts == nil {
			d.Tallies[j].Counts = map[Status]int{}
		}
	}
	for j := range d.Rows {
		r := &d.Rows[j]
		r.Aspects = list(r.Aspects)
		r.Evidence = list(r.Evidence)
		r.Nearest = list(r.Nearest)
	}
}

func list[T any](s []T) []T { return append(make([]T, 0, len(s)), s...) }

// escapeInvisible writes control and format characters in JSON text as \u escapes, and every # behind another: a build server obeys "##vso[" in a log. They
// can only stand inside strings there: the line ends of the indentation are the one exception.
func escapeInvisible(out, raw []byte) []byte {
	out = slices.Grow(out, len(raw)+len(raw)/64)
	done := 0 // what stands before it is in out
	for at, size := 0, 0; at < len(raw); at += size {
		if size = 1; plain[raw[at]] {
			continue
		}
		r := rune(raw[at])
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRune(raw[at:])
		}
		if r == '#' {
			if at == 0 || raw[at-1] != '#' {
				continue
			}
		} else if !invisible(r) {
			continue
		}
		out = append(out, raw[done:at]...)
		done = at + size
		switch {
		case r > 0xffff:
			r1, r2 := utf16.EncodeRune(r)
			out = fmt.Appendf(out, `\u%04x\u%04x`, r1, r2)
		default:
			out = fmt.Appendf(out, `\u%04x`, r)
		}
	}
	return append(out, raw[done:]...)
}

// plain are the bytes that stand in JSON text as they are, whatever stands beside them: nearly all of it.
var plain = func() (out [256]bool) {
	out['\n'] = true
	for b := ' '; b < 0x7f; b++ {
		out[b] = b != '#'
	}
	return out
}()

func invisible(r rune) bool {
	if r < utf8.RuneSelf { // nearly all of a text
		return r < ' ' || r == 0x7f
	}
	return unicode.In(r, unicode.Cc, unicode.Cf)
}
