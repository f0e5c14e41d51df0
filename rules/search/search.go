package search

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"unicode"

	"inkooptoets/rules/internal/textindex"
	"inkooptoets/rules/phrase"
	"inkooptoets/rules/result"
)

// Tender is what is kept of one dossier.
type Tender struct {
	Dossier        string    `json:"dossier"`
	Municipalities []string  `json:"municipalities"` // named most in the text
	Passages       []Passage `json:"passages"`
}

// Passage is one block that can be found.
type Passage struct {
	File         string   `json:"file"`
	Page         int      `json:"page,omitempty"`
	Block        int      `json:"block"`
	Path         []string `json:"path,omitempty"`
	Text         string   `json:"text"`
	Zone         string   `json:"zone,omitempty"`
	Requirements []string `json:"requirements,omitempty"` // of which it is evidence
	Elements     []string `json:"elements,omitempty"`
	Sources      []string `json:"sources,omitempty"`
}

// Index finds passages of many tenders. A tender goes by its key: the path where it lies.
type Index struct {
	dir   string // empty: in memory
	lib   *textindex.Library
	words Dictionary
	texts map[string]Tender // of an index in memory
}

// ErrBusy says that another program has the index open.
var ErrBusy = textindex.ErrBusy

// ErrForeign says that a folder holds something else than an index: nothing in it is touched.
var ErrForeign = errors.New("the folder is no index")

// The parts of the folder of an index.
const (
	markFile  = "inkooptoets-index.json"
	indexPart = "words"
	textPart  = "texts"
)

// mark says what made an index; one of another make is made anew.
type mark struct {
	Index   int    `json:"index"`   // version of this form
	Version string `json:"version"` // of the program and the catalogue
}

const form = 2

// Open opens the index in dir, or makes it there; an empty dir makes one in memory. version names program and catalogue. anew says in Dutch why an index that was
// there had to be made again from nothing: it is damaged or of another version.
func Open(dir, version string, words Dictionary) (x *Index, anew string, err error) {
	x = &Index{dir: dir, words: words, texts: map[string]Tender{}}
	if dir == "" {
		x.lib, err = textindex.OpenLibrary("")
		return x, "", err
	}
	anew, err = x.prepare(version)
	if err != nil {
		return nil, "", err
	}
	x.lib, err = textindex.OpenLibrary(filepath.Join(dir, indexPart))
	if err == nil {
		_, err = x.lib.Keys()
	}
	if err == nil || errors.Is(err, ErrBusy) {
		return x, anew, err
	}
	// damaged
	if x.lib != nil {
		x.lib.Close()
	}
	if err := x.empty(version); err != nil {
		return nil, "", err
	}
	x.lib, err = textindex.OpenLibrary(filepath.Join(dir, indexPart))
	return x, "was beschadigd", err
}

// prepare sees to it that the folder is ours and of this version.
func (x *Index) prepare(version string) (anew string, err error) {
	raw, err := os.ReadFile(filepath.Join(x.dir, markFile))
	if errors.Is(err, os.ErrNotExist) {
		entries, err := os.ReadDir(x.dir)
		if err == nil && len(entries) > 0 {
			return "", ErrForeign
		}
		if err != nil && !errors.Is(err, os.ErrNotExist) {
			return "", err
		}
		return "", x.empty(version)
	}
	if err != nil {
		return "", err
	}
	var m mark
	if json.Unmarshal(raw, &m) != nil || m.Index != form || m.Version != version {
		return "was van een andere versie", x.empty(version)
	}
	return "", nil
}

// empty makes the folder a new index. Only what an index consists of is removed. The mark comes last: a folder without it is not opened as an index.
func (x *Index) empty(version string) error {
	for _, part := range []string{indexPart, textPart} {
		if err := os.RemoveAll(filepath.Join(x.dir, part)); err != nil {
			return err
		}
	}
	if err := os.MkdirAll(filepath.Join(x.dir, textPart), 0o700); err != nil { // drafts are nobody else's business
		return err
	}
	raw, err := json.Marshal(mark{form, version})
	if err != nil {
		return err
	}
	return writeWhole(filepath.Join(x.dir, markFile), raw)
}

// writeWhole writes a file so that it is there whole or not at all.
func writeWhole(path string, data []byte) error {
	f, err := os.CreateTemp(filepath.Dir(path), ".new-*")
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	err = errors.Join(err, f.Sync(), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		os.Remove(f.Name())
	}
	return err
}

// Has reports whether the tender is in the index as hash names its content.
func (x *Index) Has(key, hash string) (bool, error) {
	r, ok, err := x.lib.Record(key)
	if err != nil || !ok || r.Data != hash {
		return false, err
	}
	if x.dir == "" {
		return true, nil
	}
	_, err = os.Stat(x.textFile(key, hash))
	if errors.Is(err, os.ErrNotExist) {
		return false, nil
	}
	return err == nil, err
}

// Keys lists the tenders in the index, sorted.
func (x *Index) Keys() ([]string, error) { return x.lib.Keys() }

// Put takes in a tender. The texts are written first: what the index names can be shown.
func (x *Index) Put(key, hash string, t Tender) error {
	old, had, err := x.lib.Record(key)
	if err != nil {
		return err
	}
	if x.dir != "" {
		if err := x.keep(key, hash, t); err != nil {
			return err
		}
	}
	entries := make([]textindex.Entry, len(t.Passages))
	for i, p := range t.Passages {
		entries[i] = textindex.Entry{Text: p.Text, Parts: x.words.Parts(p.Text), Heading: strings.Join(p.Path, " "), Fields: map[string][]string{
			"municipality": placeNames(t), "dossier": {t.Dossier}, "file": fileNames(p.File), "zone": {p.Zone},
			"requirement": p.Requirements, "element": p.Elements, "source": p.Sources,
		}}
		if p.Zone == "" {
			delete(entries[i].Fields, "zone")
		}
	}
	if err := x.lib.Put(key, hash, entries); err != nil {
		return err
	}
	if x.dir == "" {
		x.texts[key] = t
	} else if had && old.Data != hash {
		os.Remove(x.textFile(key, old.Data)) // nobody asks for it any more
	}
	return nil
}

// placeNames lets a municipality be asked for by its name, each word of it, and each word of the name of the dossier: one is called "2026-duinstad", another
// serves "Merenland en Broekzijde".
func placeNames(t Tender) []string {
	var out []string
	for _, m := range append(slices.Clone(t.Municipalities), t.Dossier) {
		out = append(out, m)
		for _, w := range strings.FieldsFunc(m, func(r rune) bool { return !unicode.IsLetter(r) }) {
			if len(w) >= minPart && !slices.Contains(out, w) {
				out = append(out, w)
			}
		}
	}
	return out
}

// fileNames lets a file be asked for by its path, its name and its name without extension.
func fileNames(file string) []string {
	base := file[strings.LastIndexByte(file, '/')+1:]
	return slices.Compact([]string{file, base, strings.TrimSuffix(base, filepath.Ext(base))})
}

// Drop takes a tender out.
func (x *Index) Drop(key string) error {
	r, ok, err := x.lib.Record(key)
	if err != nil || !ok {
		return err
	}
	if err := x.lib.Drop(key); err != nil {
		return err
	}
	delete(x.texts, key)
	if x.dir != "" {
		os.Remove(x.textFile(key, r.Data))
	}
	return nil
}

func (x *Index) textFile(key, hash string) string {
	sum := sha256.Sum256([]byte(key + "\x00" + hash))
	return filepath.Join(x.dir, textPart, hex.EncodeToString(sum[:12])+".jsonl.gz")
}

// keep writes the text of a tender, a line for what it is and one for each passage: a find then needs no more than its own line.
func (x *Index) keep(key, hash string, t Tender) error {
	var b bytes.Buffer
	zip := gzip.NewWriter(&b)
	lines := json.NewEncoder(zip)
	passages := t.Passages
	t.Passages = nil
	err := lines.Encode(t)
	for _, p := range passages {
		err = errors.Join(err, lines.Encode(p))
	}
	if err := errors.Join(err, zip.Close()); err != nil {
		return err
	}
	return writeWhole(x.textFile(key, hash), b.Bytes())
}

// maxText bounds what is read of one tender.
const maxText = 256 << 20

// read gives the tenders of some finds, each with one passage: the one found. Unpacking them is half of answering a question, and none needs another.
func (x *Index) read(found []textindex.Found) ([]Tender, error) {
	finds := map[string][]int{} // by tender
	var keys []string
	for i, f := range found {
		if finds[f.Key] == nil {
			keys = append(keys, f.Key)
		}
		finds[f.Key] = append(finds[f.Key], i)
	}
	out, faults := make([]Tender, len(found)), make([]error, len(keys))
	var next atomic.Int64
	var wg sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(keys)) {
		wg.Go(func() {
			for k := int(next.Add(1)) - 1; k < len(keys); k = int(next.Add(1)) - 1 {
				faults[k] = x.tender(keys[k], finds[keys[k]], found, out)
			}
		})
	}
	wg.Wait()
	return out, errors.Join(faults...)
}

// tender reads those of the finds that lie in one tender.
func (x *Index) tender(key string, finds []int, found []textindex.Found, out []Tender) error {
	one, passage, err := x.open(key)
	if err != nil {
		return err
	}
	for _, i := range finds {
		p, err := passage(found[i].Entry)
		if err != nil {
			return fmt.Errorf("%s in the index is damaged: passage %d: %w", key, found[i].Entry, err)
		}
		out[i] = one
		out[i].Passages = []Passage{p}
	}
	return nil
}

// open gives a tender without its passages, and what reads one of those.
func (x *Index) open(key string) (t Tender, passage func(i int) (Passage, error), err error) {
	if x.dir == "" {
		t = x.texts[key]
		return t, func(i int) (Passage, error) {
			if i >= len(t.Passages) {
				return Passage{}, io.ErrUnexpectedEOF
			}
			return t.Passages[i], nil
		}, nil
	}
	r, _, err := x.lib.Record(key)
	if err != nil {
		return t, nil, err
	}
	raw, err := os.ReadFile(x.textFile(key, r.Data))
	if err != nil {
		return t, nil, err
	}
	zip, err := gzip.NewReader(bytes.NewReader(raw))
	var text []byte
	if err == nil {
		text, err = io.ReadAll(io.LimitReader(zip, maxText))
	}
	lines := bytes.Split(text, []byte{'\n'})
	if err == nil {
		err = json.Unmarshal(lines[0], &t)
	}
	if err != nil {
		return t, nil, fmt.Errorf("%s in the index is damaged: %w", key, err)
	}
	return t, func(i int) (p Passage, err error) {
		if i+1 >= len(lines) {
			return p, io.ErrUnexpectedEOF
		}
		return p, json.Unmarshal(lines[i+1], &p)
	}, nil
}

// Find lists the first n passages for a question, best first. With keys only these tenders count.
func (x *Index) Find(ctx context.Context, q Query, keys []string, n int) (result.Search, error) {
	all, err := x.lib.Keys()
	if err != nil {
		return result.Search{}, err
	}
	out := result.Search{SchemaVersion: result.SchemaVersion, Tenders: len(all), Hits: []result.Hit{}}
	if len(keys) > 0 {
		out.Tenders = len(keys)
		if slices.Equal(all, keys) {
			keys = nil // all of them: nothing to choose
		}
	}
	found, total, err := x.lib.Find(ctx, q.asked, keys, n)
	if err != nil {
		return result.Search{}, err
	}
	out.Total = total
	tenders, err := x.read(found)
	if err != nil {
		return result.Search{}, err
	}
	marks := x.marker(q)
	for i, f := range found {
		t := tenders[i]
		p := t.Passages[0]
		out.Hits = append(out.Hits, result.Hit{
			Dossier: t.Dossier, Municipalities: t.Municipalities, Evidence: result.Evidence{File: p.File, Page: p.Page, Block: p.Block, Path: p.Path, Quote: p.Text},
			Marks: marks(p.Text), Zone: p.Zone, Requirements: p.Requirements, Score: f.Score,
		})
	}
	return out, nil
}

// marker gives what marks the words of a question in a text: the same stem, a word that begins so, or a compound with it as a part. Of words in a row only the
// whole row is marked.
func (x *Index) marker(q Query) func(text string) [][2]int {
	var rows [][]string // stems; one of a single word stands for the word wherever it is
	var heads []string
	for _, w := range q.words {
		if w.prefix {
			heads = append(heads, phrase.FoldWord(w.text))
			continue
		}
		var row []string
		for _, s := range x.lib.Words(w.text) {
			row = append(row, s.Stem)
		}
		rows = append(rows, row)
	}
	return func(text string) [][2]int {
		marks := [][2]int{}
		words := x.lib.Words(text)
		for i := 0; i < len(words); i++ {
			if n := x.reads(rows, heads, words[i:], text); n > 0 {
				marks = append(marks, [2]int{words[i].Start, words[i+n-1].End})
				i += n - 1
			}
		}
		return marks
	}
}

// reads gives how many words at the start of words the question asks for; the longest row wins.
func (x *Index) reads(rows [][]string, heads []string, words []textindex.Word, text string) int {
	best := 0
	for _, row := range rows {
		same := len(row) > best && len(row) <= len(words)
		for k := 0; same && k < len(row); k++ {
			same = words[k].Stem == row[k]
		}
		if same {
			best = len(row)
		}
	}
	if best > 0 {
		return best
	}
	typed := phrase.FoldWord(text[words[0].Start:words[0].End])
	if slices.ContainsFunc(heads, func(h string) bool { return strings.HasPrefix(typed, h) }) {
		return 1
	}
	for _, part := range x.lib.Words(x.words.Parts(typed)) {
		if slices.ContainsFunc(rows, func(row []string) bool { return len(row) == 1 && row[0] == part.Stem }) {
			return 1
		}
	}
	return 0
}

// Close writes what is left and frees the index.
func (x *Index) Close() error { return x.lib.Close() }
