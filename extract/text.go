package extract

import (
	"context"

	"golang.org/x/text/encoding/charmap"

	"inkooptoets/extract/dossier"
)

// readText reads plain text and light Markdown.
func readText(_ context.Context, name string, data []byte, _ string) (dossier.Document, error) {
	blocks := dossier.Outline(name, dossier.ParseText(decode(data)))
	if len(blocks) == 0 {
		return dossier.Document{}, dossier.ErrNoText
	}
	return dossier.Document{Path: name, Format: "text", Blocks: blocks}, nil
}

func windows1252(data []byte) string {
	text, err := charmap.Windows1252.NewDecoder().Bytes(data)
	if err != nil {
		return string(data) // Clean replaces what is not valid
	}
	return string(text)
}
