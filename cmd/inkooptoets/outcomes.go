package main

import (
	"bytes"
	"cmp"
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
	"runtime/debug"
	"slices"
	"sync/atomic"
	"time"

	"inkooptoets/cmd/inkooptoets/internal/cache"
	"inkooptoets/extract"
	"inkooptoets/extract/dossier"
	"inkooptoets/rules/result"
)

// envCache names the folder for outcomes, or cacheOff.
const (
	envCache = "INKOOPTOETS_CACHE"
	cacheOff = "off"
)

// outcomeCache keeps the outcome of every dossier, before waivers and baseline. A nil one keeps nothing.
type outcomeCache struct {
	folder  *cache.Folder
	program string // which program judges
	made    bool   // the folder was made just now
	problem error  // why there is none, though one was wanted
	full    atomic.Bool
}

// openCache opens the folder that flag or environment name. Without either there is one only with --each, where an hour of work can be lost; it is in the
// user's own folder and closed to others, because outcomes quote drafts. inputs may not hold the folder: it would be read as a document.
func (f *checkFlags) openCache(inputs []string) (*outcomeCache, error) {
	path := cmp.Or(f.cacheDir, os.Getenv(envCache))
	switch {
	case f.noCache, path == cacheOff, path == "" && !f.each:
		return nil, nil
	case path == "":
		return usualCache(), nil
	}
	for _, in := range inputs {
		if within(in, path) || within(real(in), real(path)) {
			return nil, fmt.Errorf("--cache %s: ligt bij de documenten die worden getoetst; kies een map ernaast", path)
		}
	}
	c, err := newCache(path, false)
	if err != nil {
		return nil, fmt.Errorf("--cache %s: niet te gebruiken (%s)", path, why(err))
	}
	return c, nil
}

// usualCache is the one that nobody asked for, so that a fault of it stops nothing.
func usualCache() *outcomeCache {
	path, err := os.UserCacheDir()
	if err != nil {
		return nil
	}
	path = filepath.Join(path, "inkooptoets", "uitslagen")
	c, err := newCache(path, true)
	switch {
	case errors.Is(err, cache.ErrOpen):
		return &outcomeCache{problem: fmt.Errorf("%s: anderen kunnen in deze map kijken, dus er wordt niets in bewaard; maak hem dicht met chmod 700", path)}
	case err != nil:
		return nil // a machine without a folder for the user, as in a container
	}
	return c
}

func newCache(path string, private bool) (*outcomeCache, error) {
	folder, made, err := cache.Open(path, private)
	if err != nil {
		return nil, err
	}
	program, err := identity()
	if err != nil {
		return nil, err
	}
	return &outcomeCache{folder: folder, program: program, made: made}, nil
}

// identity tells one build of the program from every other: by its commit, or by its bytes when it was built from something else.
func identity() (string, error) {
	if build, ok := debug.ReadBuildInfo(); ok {
		commit, clean := "", false
		for _, s := range build.Settings {
			switch s.Key {
			case "vcs.revision":
				commit = s.Value
			case "vcs.modified":
				clean = s.Value == "false"
			}
		}
		if commit != "" && clean {
			return version + " " + commit + " " + runtime.Version(), nil
		}
	}
	path, err := os.Executable()
	if err != nil {
		return "", err
	}
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// introduce says once where outcomes are kept, and why not.
func (c *outcomeCache) introduce(w io.Writer) {
	switch {
	case c == nil:
	case c.problem != nil:
		fmt.Fprintf(w, "inkooptoets: %s\n", printable(c.problem.Error()))
	case c.made:
		fmt.Fprintf(w, "inkooptoets: wat is gevonden staat ook in %s, alleen voor u, tot het 30 dagen niet is gebruikt; niet bewaren: --no-cache\n", printable(c.folder.Path()))
	}
}

func (c *outcomeCache) clean() {
	if c != nil && c.folder != nil {
		c.folder.Clean(time.Now())
	}
}

// errNoCache says that nothing is kept.
var errNoCache = errors.New("no cache")

// key is a hash over everything that the outcome of a target depends on.
func (c *outcomeCache) key(ctx context.Context, w *work, t target) (string, error) {
	if c == nil || c.folder == nil {
		return "", errNoCache
	}
	h := sha256.New()
	err := json.NewEncoder(h).Encode(struct {
		Program, Catalogue, Date, Name string
		Nearest                        int
		Given                          dossier.Profile
		From                           map[string]string
		OCR                            bool
		Password, Isolate              string
		Time                           time.Duration
		Memory                         int
	}{
		c.program, w.ev.Fingerprint(), w.options.Date, t.name, w.options.Nearest, t.given, t.notes.from,
		w.reading.ocr, w.reading.password, w.reading.isolate, w.reading.timeout, w.reading.memory,
	})
	if err != nil {
		return "", err
	}
	if err := extract.Digest(ctx, t.path, h); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// find gives the outcome with a key, if it is there.
func (c *outcomeCache) find(key string) finished {
	raw, err := c.folder.Get(key, time.Now())
	if errors.Is(err, cache.ErrNone) {
		return finished{}
	}
	if err != nil {
		return finished{doubt: err}
	}
	head, part, _ := bytes.Cut(raw, []byte{'\n'})
	d := finished{part: part, stored: true}
	if err := json.Unmarshal(head, &d.brief); err != nil {
		return finished{doubt: cache.ErrDamaged}
	}
	return d
}

// keep stores the outcome of a dossier, unless it may be another one the next time. A full disk is told and stops nothing.
func (c *outcomeCache) keep(key string, d *finished, ocr bool) {
	passing := func(doc result.Document) bool {
		return extract.Passing(doc.Problem) || ocr && incomplete(doc) // its programs may be installed later
	}
	if d.lost != "" || c.full.Load() || slices.ContainsFunc(d.brief.Documents, passing) {
		return
	}
	head, err := json.Marshal(d.brief)
	if err == nil {
		err = d.pack()
	}
	if err == nil {
		err = c.folder.Put(key, slices.Concat(head, []byte{'\n'}, d.part))
	}
	if err != nil {
		d.doubt = err
		c.full.Store(true)
	}
}

// warnCache tells what is wrong with the cache: once, for it is one folder.
func warnCache(w io.Writer, done []finished) {
	damaged := 0
	var other error
	for _, d := range done {
		if errors.Is(d.doubt, cache.ErrDamaged) {
			damaged++
			continue
		}
		other = cmp.Or(other, d.doubt)
	}
	if damaged > 0 {
		fmt.Fprintf(w, "inkooptoets: %s in de cache beschadigd en opnieuw getoetst\n", count(damaged, "uitslag was", "uitslagen waren"))
	}
	if other != nil {
		fmt.Fprintf(w, "inkooptoets: niet alles is in de cache bewaard (%s)\n", printable(why(other)))
	}
}
