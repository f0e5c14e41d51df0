// Package cache keeps the outcome of earlier work in a folder: bytes by key. It knows nothing of dossiers. Any number of processes may use a folder at the
// same time: an entry gets its name when it is complete, and what cannot be trusted is told apart from what is not there.
package cache

import (
	"bytes"
	"cmp"
	"compress/flate"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"time"
)

const (
	// MaxAge is how long an entry that nobody asks for is kept.
	MaxAge = 30 * 24 * time.Hour
	// MaxSize is how many bytes of entries are kept; those that were not asked for the longest go first.
	MaxSize = 4 << 30

	maxEntry = 1 << 30 // bytes of one entry, unpacked
	touch    = 24 * time.Hour
	// stale is the age at which a half entry belongs to a process that was killed.
	stale  = time.Hour
	suffix = ".toets"
	magic  = "inkooptoets tussenresultaat 1\n"
)

// The ways in which there is no entry.
var (
	ErrNone    = errors.New("no such entry")
	ErrDamaged = errors.New("entry is damaged")
	// ErrOpen says that others may look into a folder that was to be private.
	ErrOpen = errors.New("folder is open to others")
)

// named is the name of an entry, or of one that is being written: nothing else in the folder is ever touched.
var named = regexp.MustCompile(`^(?:[0-9a-f]{64}|\.[0-9a-f]{64}\.[0-9]+\.tmp)\` + suffix + `$`)

// Folder is a folder with entries. It is for any number of goroutines.
type Folder struct {
	path string
	mode fs.FileMode // of entries: who may look into the folder may read them
}

// Open opens a folder and makes it if needed, for this user alone; made tells that. With private, a folder that others may look into is refused.
func Open(path string, private bool) (f *Folder, made bool, err error) {
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		if err := os.MkdirAll(path, 0o700); err != nil {
			return nil, false, err
		}
		made = true
	}
	stat, err := os.Stat(path)
	if err != nil {
		return nil, made, err
	}
	if !stat.IsDir() {
		return nil, made, &fs.PathError{Op: "open", Path: path, Err: errors.New("is geen map")}
	}
	if private && !closed(stat) {
		return nil, made, fmt.Errorf("%s: %w", path, ErrOpen)
	}
	probe, err := os.CreateTemp(path, "."+fmt.Sprintf("%064d", 0)+".*.tmp"+suffix)
	if err != nil {
		return nil, made, err
	}
	return &Folder{path: path, mode: stat.Mode().Perm() & 0o666}, made, errors.Join(probe.Close(), os.Remove(probe.Name()))
}

// closed reports whether only the user may look into a folder. Windows keeps its rights elsewhere: there the folder of the user is.
func closed(stat fs.FileInfo) bool { return runtime.GOOS == "windows" || stat.Mode().Perm()&0o077 == 0 }

// Path is where the folder is.
func (f *Folder) Path() string { return f.path }

func (f *Folder) file(key string) string { return filepath.Join(f.path, key+suffix) }

// Get gives the entry with a key, 64 hexadecimal digits. now is the time at which it was asked for.
func (f *Folder) Get(key string, now time.Time) ([]byte, error) {
	raw, err := os.ReadFile(f.file(key))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, ErrNone
	}
	if err != nil {
		return nil, err
	}
	data, err := unpack(raw)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", f.file(key), err)
	}
	if stat, err := os.Stat(f.file(key)); err == nil && now.Sub(stat.ModTime()) > touch {
		_ = os.Chtimes(f.file(key), now, now) // only makes it stay longer; another's entry may not be touched
	}
	return data, nil
}

// Put stores an entry. It replaces one with the same key in one move.
func (f *Folder) Put(key string, data []byte) error {
	raw, err := pack(data)
	if err != nil {
		return err
	}
	temp, err := os.CreateTemp(f.path, "."+key+".*.tmp"+suffix)
	if err != nil {
		return err
	}
	_, err = temp.Write(raw)
	err = errors.Join(err, temp.Chmod(f.mode), temp.Close())
	if err == nil {
		err = os.Rename(temp.Name(), f.file(key))
	}
	if err != nil {
		return errors.Join(err, os.Remove(temp.Name()))
	}
	return nil
}

// pack puts a sum before the bytes, so that a half or changed entry shows.
func pack(data []byte) ([]byte, error) {
	var b bytes.Buffer
	b.WriteString(magic)
	b.Write(make([]byte, sha256.Size))
	w, err := flate.NewWriter(&b, flate.BestSpeed)
	if err != nil {
		return nil, err
	}
	_, err = w.Write(data)
	if err := errors.Join(err, w.Close()); err != nil {
		return nil, err
	}
	raw := b.Bytes()
	sum := sha256.Sum256(raw[len(magic)+sha256.Size:])
	copy(raw[len(magic):], sum[:])
	return raw, nil
}

func unpack(raw []byte) ([]byte, error) {
	rest, ok := bytes.CutPrefix(raw, []byte(magic))
	if !ok || len(rest) < sha256.Size {
		return nil, ErrDamaged
	}
	if sum := sha256.Sum256(rest[sha256.Size:]); !bytes.Equal(sum[:], rest[:sha256.Size]) {
		return nil, ErrDamaged
	}
	data, err := io.ReadAll(io.LimitReader(flate.NewReader(bytes.NewReader(rest[sha256.Size:])), maxEntry+1))
	if err != nil || len(data) > maxEntry {
		return nil, ErrDamaged
	}
	return data, nil
}

// Clean removes what was not asked for in MaxAge, what is too much, and halves of processes that were killed. What cannot be removed is left.
func (f *Folder) Clean(now time.Time) { f.clean(now, MaxSize) }

func (f *Folder) clean(now time.Time, limit int64) {
	entries, err := os.ReadDir(f.path)
	if err != nil {
		return
	}
	var kept []fs.FileInfo
	remove := func(info fs.FileInfo) { _ = os.Remove(filepath.Join(f.path, info.Name())) } // another process may have been first
	for _, e := range entries {
		info, err := e.Info()
		if err != nil || !named.MatchString(e.Name()) || !info.Mode().IsRegular() {
			continue
		}
		age, half := now.Sub(info.ModTime()), e.Name()[0] == '.'
		switch {
		case age > MaxAge, half && age > stale:
			remove(info)
		case !half:
			kept = append(kept, info)
		}
	}
	slices.SortFunc(kept, func(a, b fs.FileInfo) int {
		return cmp.Or(b.ModTime().Compare(a.ModTime()), cmp.Compare(a.Name(), b.Name()))
	})
	size := int64(0)
	for _, info := range kept {
		if size += info.Size(); size > limit {
			remove(info)
		}
	}
}
