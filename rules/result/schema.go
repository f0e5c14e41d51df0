package result

import _ "embed"

// Schema is the published form of a stored run as JSON Schema. It is made from the types and comments of this package by TestSchema; a new field stands in
// it after `go test ./rules/result -update`.
//
//go:embed schema.json
var Schema []byte

// DiffSchema is the published form of a Diff, made as Schema is.
//
//go:embed diff.schema.json
var DiffSchema []byte

// CompareSchema is the published form of a Comparison, made as Schema is.
//
//go:embed compare.schema.json
var CompareSchema []byte
