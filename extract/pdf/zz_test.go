package pdf

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

func TestZZ(t *testing.T) {
	fs, _ := filepath.Glob(os.Getenv("ZZ"))
	for _, f := range fs {
		d, _ := os.ReadFile(f)
		doc, err := Read(filepath.Base(f), d)
		fmt.Println("=====", f, err, doc.Warnings)
		for _, b := range doc.Blocks {
			fmt.Printf("%d p%d %s L%d [%s] %q lead=%.40q path=%.60q %v\n", b.Loc.Block, b.Loc.Page, b.Kind, b.Level, b.Number, b.Text, b.LeadIn, b.Path, b.Flags)
		}
	}
}
