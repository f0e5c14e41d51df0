package bundle

import (
	"archive/zip"
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"

	"inkooptoets/extract/dossier"
)

func zipOf(t *testing.T, files ...[2]string) []byte {
	t.Helper()
	var b bytes.Buffer
	zw := zip.NewWriter(&b)
	for _, f := range files {
		w, err := zw.Create(f[0])
		if err == nil {
			_, err = w.Write([]byte(f[1]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := zw.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func everything(string) bool { return true }

func walk(data []byte, b *Budget) (names []string, members []Member, err error) {
	err = Walk(data, b, everything, func(m Member) error {
		names, members = append(names, m.Name), append(members, m)
		return nil
	})
	return names, members, err
}

func TestWalk(t *testing.T) {
	data := zipOf(t, [2]string{"b.txt", "twee"}, [2]string{"map/", ""}, [2]string{"map/a.txt", "een"}, [2]string{"../../etc/passwd", "x"}, [2]string{`C:\stukken\c.txt`, "drie"}, [2]string{"b.txt", "dubbel"}, [2]string{"Cli\x89nten.txt", "oud"})
	names, members, err := walk(data, NewBudget())
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{"Cliënten.txt", "b.txt", "etc/passwd", "map/a.txt", "stukken/c.txt"}; !slices.Equal(names, want) {
		t.Errorf("got %q, want %q", names, want)
	}
	if got := string(members[1].Data); got != "twee" {
		t.Errorf("of two members with one name the first counts: got %q", got)
	}
}

func TestClean(t *testing.T) {
	for name, want := range map[string]string{
		"a/b.docx": "a/b.docx", "/etc/passwd": "etc/passwd", "../x": "x", `..\..\x.pdf`: "x.pdf", "C:/x": "x", "a//./b": "a/b", "a/..": "", "regel\neinde\x1b[31m.txt": "regel einde[31m.txt", "..": "",
	} {
		if got := Clean(name); got != want {
			t.Errorf("Clean(%q) = %q, want %q", name, got, want)
		}
	}
}

func TestLimits(t *testing.T) {
	data := zipOf(t, [2]string{"a", strings.Repeat("a", 1000)}, [2]string{"b", "b"}, [2]string{"c", "c"})
	for _, tc := range []struct {
		name   string
		budget Budget
		read   int // members given
		err    error
		failed error // of the first member
	}{
		{"enough", Budget{members: 3, bytes: 2000, member: 1000}, 3, nil, nil},
		{"members", Budget{members: 2, bytes: 2000, member: 1000}, 2, dossier.ErrTooLarge, nil},
		{"one large member", Budget{members: 3, bytes: 2000, member: 999}, 3, nil, dossier.ErrTooLarge},
		{"all together", Budget{members: 3, bytes: 500, member: 1000}, 1, dossier.ErrTooLarge, dossier.ErrTooLarge},
	} {
		t.Run(tc.name, func(t *testing.T) {
			_, members, err := walk(data, &tc.budget)
			if !errors.Is(err, tc.err) || len(members) != tc.read {
				t.Fatalf("got %d members, error %v, want %d, %v", len(members), err, tc.read, tc.err)
			}
			if !errors.Is(members[0].Err, tc.failed) {
				t.Errorf("first member: got %v, want %v", members[0].Err, tc.failed)
			}
		})
	}
}

func TestFaults(t *testing.T) {
	sound := zipOf(t, [2]string{"a.txt", "tekst"})
	locked := bytes.Clone(sound)
	locked[bytes.Index(locked, []byte("PK\x01\x02"))+8] |= 1 // the flag of a password, in the list of members
	if _, members, err := walk(locked, NewBudget()); err != nil || !errors.Is(members[0].Err, dossier.ErrEncrypted) {
		t.Errorf("password: got %+v, %v", members, err)
	}
	odd := bytes.Clone(sound)
	odd[bytes.Index(odd, []byte("PK\x01\x02"))+10] = 12 // bzip2
	if _, members, err := walk(odd, NewBudget()); err != nil || !errors.Is(members[0].Err, dossier.ErrDamaged) {
		t.Errorf("other method: got %+v, %v", members, err)
	}
	if _, _, err := walk(sound[:len(sound)-5], NewBudget()); !errors.Is(err, dossier.ErrDamaged) {
		t.Errorf("cut off: got %v", err)
	}
	stop := errors.New("stop")
	if err := Walk(sound, NewBudget(), everything, func(Member) error { return stop }); !errors.Is(err, stop) {
		t.Errorf("error of the caller: got %v", err)
	}
}
