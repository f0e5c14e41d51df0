package main

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/google/jsonschema-go/jsonschema"
)

// TestRunFitsSchema: what check stores is what `schema run` promises.
func TestRunFitsSchema(t *testing.T) {
	if testing.Short() {
		t.Skip("slow under the race detector, and nothing here runs side by side")
	}
	var promised, stored, stderr bytes.Buffer
	if code := run(t.Context(), []string{"schema", "run"}, &promised, &stderr); code != exitDone {
		t.Fatalf("schema: exit code %d: %s", code, stderr.String())
	}
	args := []string{"check", "--isolate", "off", "--date", "2026-11-21", "--framework", "all", "-f", "json", "../../testdata/dossiers/voorbeeld"}
	if code := run(t.Context(), args, &stored, &stderr); code != exitGaps {
		t.Fatalf("check: exit code %d: %s", code, stderr.String())
	}
	var schema jsonschema.Schema
	if err := json.Unmarshal(promised.Bytes(), &schema); err != nil {
		t.Fatal(err)
	}
	resolved, err := schema.Resolve(nil)
	if err != nil {
		t.Fatal(err)
	}
	var run any
	if err := json.Unmarshal(stored.Bytes(), &run); err != nil {
		t.Fatal(err)
	}
	if err := resolved.Validate(run); err != nil {
		t.Error(err)
	}
}
