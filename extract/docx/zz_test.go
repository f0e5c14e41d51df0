package docx

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

func TestZZ(t *testing.T) {
	fs, _ := filepath.Glob("/work/shared/devset/d*/*.docx")
	for _, f := range fs {
		d, _ := os.ReadFile(f)
		doc, err := Read(filepath.Base(f), d)
		fmt.Println("=====", f, err, doc.Warnings)
		for _, b := range doc.Blocks {
			fmt.Printf("%d %s L%d [%s] %.100q lead=%.40q path=%.80q %v\n", b.Loc.Block, b.Kind, b.Level, b.Number, b.Text, b.LeadIn, b.Path, b.Flags)
		}
	}
}
