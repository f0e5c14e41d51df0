package result

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"
)

// A run taken apart and put together again is the same, byte for byte, and it is what the JSON library itself would have written.
func TestPartsMakeTheWhole(t *testing.T) {
	paths, err := filepath.Glob(filepath.Join("..", "..", "report", "testdata", "runs", "*.json"))
	if err != nil || len(paths) < 4 {
		t.Fatalf("stored runs: %v (%v)", paths, err)
	}
	runs := map[string]Run{
		"nothing": {SchemaVersion: SchemaVersion},
		"tricks":  {SchemaVersion: SchemaVersion, Date: "\n  \"dossiers\": []", Dossiers: []Dossier{{ID: "\n  \"dossiers\": [] ###"}, {ID: "\x1b\u202e\U000e0001é"}}},
		"shard":   {SchemaVersion: SchemaVersion, Dossiers: []Dossier{{ID: "a"}}, Shard: &Shard{Index: 1, Of: 2, Total: 2, At: []int{1}}},
	}
	for _, p := range paths {
		raw, err := os.ReadFile(p)
		if err != nil {
			t.Fatal(err)
		}
		if runs[p], err = Decode(bytes.NewReader(raw)); err != nil {
			t.Fatal(err)
		}
	}
	for name, run := range runs {
		var whole, plain, again bytes.Buffer
		if err := Encode(&whole, run); err != nil {
			t.Fatal(err)
		}
		enc := json.NewEncoder(&plain)
		enc.SetEscapeHTML(false)
		enc.SetIndent("", "  ")
		if err := enc.Encode(filled(run)); err != nil {
			t.Fatal(err)
		}
		if got, want := whole.String(), string(escapeInvisible(nil, plain.Bytes())); got != want {
			t.Errorf("%s: not what encoding the run at once gives", name)
		}
		var parts [][]byte
		head, err := Scan(&whole, func(d Dossier) error {
			part, err := EncodeDossier(d)
			parts = append(parts, part)
			return err
		})
		if err != nil || len(parts) != len(run.Dossiers) || len(head.Dossiers) != 0 {
			t.Fatalf("%s: %d of %d dossiers, %v", name, len(parts), len(run.Dossiers), err)
		}
		if err := EncodeParts(&again, head, func(yield func([]byte, error) bool) {
			for _, p := range parts {
				if !yield(p, nil) {
					return
				}
			}
		}); err != nil {
			t.Fatal(err)
		}
		if again.String() != string(escapeInvisible(nil, plain.Bytes())) {
			t.Errorf("%s: taken apart and put together it is another run", name)
		}
		for i, p := range parts {
			d, err := DecodeDossier(p)
			if err != nil || d.ID != run.Dossiers[i].ID {
				t.Errorf("%s: dossier %d is %q, %v", name, i, d.ID, err)
			}
		}
	}
}

func TestScan(t *testing.T) {
	mine := errors.New("stop")
	for _, tc := range []struct{ name, in, err string }{
		{"whole", `{"schemaVersion": "1.0", "dossiers": [{"id": "a"}, {"id": "b"}]}`, ""},
		{"mark of Windows", "\ufeff" + `{"schemaVersion": "1.0", "dossiers": []}`, ""},
		{"keys in another order", `{"date": "x", "dossiers": [{"id": "a"}], "schemaVersion": "1.3"}`, ""},
		{"field of later", `{"schemaVersion": "1.9", "colour": {"a": [1]}, "dossiers": []}`, ""},
		{"empty", ``, "damaged"},
		{"cut off", `{"schemaVersion": "1.0", "dossiers": [{"id": "a"}`, "damaged"},
		{"more behind", `{"schemaVersion": "1.0", "dossiers": []} {}`, "damaged"},
		{"something else", `[1, 2]`, "not a stored run"},
		{"no version", `{"dossiers": []}`, "no schemaVersion"},
		{"other version", `{"schemaVersion": "2.0", "dossiers": [7]}`, "schemaVersion 2.0"},
		{"dossiers that are none", `{"schemaVersion": "1.0", "dossiers": 3}`, "not a stored run"},
		{"date that is none", `{"schemaVersion": "1.0", "dossiers": [], "date": 3}`, "damaged"},
		{"not wanted", `{"schemaVersion": "1.0", "dossiers": [{"id": "stop"}]}`, "stop"},
	} {
		_, err := Scan(strings.NewReader(tc.in), func(d Dossier) error {
			if d.Rows == nil {
				t.Errorf("%s: a list is null", tc.name)
			}
			if d.ID == "stop" {
				return mine
			}
			return nil
		})
		if tc.err == "" && err != nil || tc.err != "" && (err == nil || !strings.Contains(err.Error(), tc.err)) {
			t.Errorf("%s: got error %v, want %q", tc.name, err, tc.err)
		}
	}
	if _, err := Scan(iotest.ErrReader(os.ErrPermission), func(Dossier) error { return nil }); !errors.Is(err, os.ErrPermission) {
		t.Errorf("a disk that fails: got %v", err)
	}
}

// What broke while the parts were gathered, or could not be written, is told.
func TestEncodePartsFails(t *testing.T) {
	broken := errors.New("broken")
	if err := EncodeParts(&bytes.Buffer{}, Run{}, func(yield func([]byte, error) bool) { yield(nil, broken) }); !errors.Is(err, broken) {
		t.Errorf("got %v", err)
	}
	if err := EncodeParts(full{}, Run{}, func(func([]byte, error) bool) {}); !errors.Is(err, os.ErrClosed) {
		t.Errorf("got %v", err)
	}
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, os.ErrClosed }

// TestDecodeTogether holds that the quick way to read a run is taken for what Encode writes, and left for anything else.
func TestDecodeTogether(t *testing.T) {
	var b bytes.Buffer
	run := Run{SchemaVersion: SchemaVersion, Dossiers: []Dossier{{ID: "een", Findings: []Finding{{ID: "c-article", Quote: "\n    },\n    {"}}}, {ID: "twee"}, {ID: "drie"}}}
	if err := Encode(&b, run); err != nil {
		t.Fatal(err)
	}
	got, ok := decodeTogether(b.Bytes())
	if !ok || len(got.Dossiers) != 3 || got.Dossiers[0].Findings[0].Quote != run.Dossiers[0].Findings[0].Quote || got.Dossiers[2].ID != "drie" {
		t.Errorf("got %v, %+v", ok, got)
	}
	var flat bytes.Buffer
	if err := json.Compact(&flat, b.Bytes()); err != nil {
		t.Fatal(err)
	}
	if _, ok := decodeTogether(flat.Bytes()); ok {
		t.Error("a run on one line is cut up")
	}
	if whole, err := Decode(&flat); err != nil || len(whole.Dossiers) != 3 {
		t.Errorf("a run on one line: %v, %d dossiers", err, len(whole.Dossiers))
	}
	broken := bytes.Replace(b.Bytes(), []byte(`"id": "twee"`), []byte(`"id": twee`), 1)
	if _, err := Decode(bytes.NewReader(broken)); err == nil || !strings.Contains(err.Error(), "line ") {
		t.Errorf("a broken run: %v, want the line", err)
	}
}
