package cache

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"
)

var (
	now  = time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)
	keyA = strings.Repeat("a", 64)
	keyB = strings.Repeat("b", 64)
	keyC = strings.Repeat("c", 64)
)

func open(t *testing.T, private bool) *Folder {
	t.Helper()
	f, made, err := Open(filepath.Join(t.TempDir(), "x", "y"), private)
	if err != nil || !made {
		t.Fatalf("made %v, %v", made, err)
	}
	return f
}

func TestPutAndGet(t *testing.T) {
	f := open(t, true)
	if _, err := f.Get(keyA, now); !errors.Is(err, ErrNone) {
		t.Errorf("got %v, want ErrNone", err)
	}
	for _, text := range []string{"", "één", strings.Repeat("lang ", 1e6)} {
		if err := f.Put(keyA, []byte(text)); err != nil {
			t.Fatal(err)
		}
		if got, err := f.Get(keyA, now); err != nil || string(got) != text {
			t.Errorf("got %d bytes, %v; want %d", len(got), err, len(text))
		}
	}
	again, made, err := Open(f.Path(), true)
	if err != nil || made {
		t.Fatalf("a second time: made %v, %v", made, err)
	}
	if _, err := again.Get(keyA, now); err != nil {
		t.Error(err)
	}
	if names, _ := os.ReadDir(f.Path()); len(names) != 1 {
		t.Errorf("left behind: %v", names)
	}
}

// Whatever is done to an entry, it is not taken for what was stored.
func TestDamage(t *testing.T) {
	f := open(t, true)
	if err := f.Put(keyA, []byte("wat is gevonden")); err != nil {
		t.Fatal(err)
	}
	good, err := os.ReadFile(f.file(keyA))
	if err != nil {
		t.Fatal(err)
	}
	for i := range good {
		for name, bad := range map[string][]byte{"cut off": good[:i], "changed": append(append(append([]byte{}, good[:i]...), good[i]^1), good[i+1:]...)} {
			if err := os.WriteFile(f.file(keyA), bad, 0o600); err != nil {
				t.Fatal(err)
			}
			if _, err := f.Get(keyA, now); !errors.Is(err, ErrDamaged) {
				t.Fatalf("%s at %d: got %v, want ErrDamaged", name, i, err)
			}
		}
	}
}

// Only the user can read what is in a folder that was made here; a folder of a group stays one.
func TestRights(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("other rights")
	}
	f := open(t, true)
	rights := func(path string) fs.FileMode {
		stat, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		return stat.Mode().Perm()
	}
	if err := f.Put(keyA, nil); err != nil {
		t.Fatal(err)
	}
	if dir, file := rights(f.Path()), rights(f.file(keyA)); dir != 0o700 || file != 0o600 {
		t.Errorf("folder %o, file %o", dir, file)
	}
	if err := os.Chmod(f.Path(), 0o750); err != nil {
		t.Fatal(err)
	}
	if _, _, err := Open(f.Path(), true); !errors.Is(err, ErrOpen) {
		t.Errorf("private, and open to a group: got %v", err)
	}
	shared, _, err := Open(f.Path(), false)
	if err != nil {
		t.Fatal(err)
	}
	if err := shared.Put(keyB, nil); err != nil {
		t.Fatal(err)
	}
	if file := rights(f.file(keyB)); file != 0o640 {
		t.Errorf("file %o, want 640", file)
	}
}

func TestOpenFails(t *testing.T) {
	file := filepath.Join(t.TempDir(), "f")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, _, err := Open(file, false); err == nil {
		t.Error("a file was taken for a folder")
	}
	if _, _, err := Open(filepath.Join(file, "x"), false); err == nil {
		t.Error("a folder in a file was made")
	}
}

// Many at once, on the same entries.
func TestTogether(t *testing.T) {
	f := open(t, true)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 50 {
				if err := f.Put(keyA, []byte("zelfde")); err != nil {
					t.Error(err)
				}
				if got, err := f.Get(keyA, now); err != nil || string(got) != "zelfde" {
					t.Errorf("got %q, %v", got, err)
				}
				f.Clean(now)
			}
		})
	}
	wg.Wait()
}

func TestClean(t *testing.T) {
	f := open(t, true)
	age := map[string]time.Duration{
		keyA + suffix: MaxAge + time.Hour, keyB + suffix: 10 * 24 * time.Hour, keyC + suffix: time.Minute,
		"." + keyA + ".1.tmp" + suffix: 2 * time.Hour, "." + keyB + ".2.tmp" + suffix: time.Minute,
		"leidraad.docx": 2 * MaxAge, keyA: 2 * MaxAge,
	}
	for name, old := range age {
		path := filepath.Join(f.Path(), name)
		if err := os.WriteFile(path, []byte("0123456789"), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(path, now.Add(-old), now.Add(-old)); err != nil {
			t.Fatal(err)
		}
	}
	left := func() string {
		var names []string
		entries, err := os.ReadDir(f.Path())
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			names = append(names, strings.NewReplacer(keyA, "A", keyB, "B", keyC, "C").Replace(e.Name()))
		}
		return strings.Join(names, " ")
	}
	f.clean(now, 25)
	if got, want := left(), ".B.2.tmp.toets A B.toets C.toets leidraad.docx"; got != want {
		t.Errorf("after age: got %s, want %s", got, want)
	}
	f.clean(now, 15)
	if got, want := left(), ".B.2.tmp.toets A C.toets leidraad.docx"; got != want {
		t.Errorf("after size: got %s, want %s", got, want)
	}
}

// What is asked for stays.
func TestAskingKeeps(t *testing.T) {
	f := open(t, true)
	if err := f.Put(keyA, nil); err != nil {
		t.Fatal(err)
	}
	old := now.Add(-20 * 24 * time.Hour)
	if err := os.Chtimes(f.file(keyA), old, old); err != nil {
		t.Fatal(err)
	}
	if _, err := f.Get(keyA, now); err != nil {
		t.Fatal(err)
	}
	f.Clean(now.Add(15 * 24 * time.Hour))
	if _, err := f.Get(keyA, now); err != nil {
		t.Errorf("got %v", err)
	}
}
