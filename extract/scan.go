package extract

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"inkooptoets/extract/dossier"
	"inkooptoets/extract/ocr"
)

// recognise reads the pages of a PDF that have no text layer. What it reads is marked "ocr": letters in it may be wrong.
func recognise(ctx context.Context, doc dossier.Document, data []byte, password string) dossier.Document {
	pages := scanned(doc)
	if len(pages) == 0 {
		return doc
	}
	if missing := ocr.Missing(ctx); missing != "" {
		doc.Warnings = append(doc.Warnings, dossier.Warning{Code: "ocr", Detail: "Voor --ocr moet nog worden geïnstalleerd: " + missing + ". Daarna zijn ook de pagina's zonder tekstlaag te lezen."})
		return doc
	}
	blocks := doc.Blocks
	for _, page := range pages {
		text, err := ocr.Page(ctx, data, page, password)
		read := pageBlocks(text, page)
		switch {
		case err != nil:
			doc.Warnings = append(doc.Warnings, dossier.Warning{Code: "ocr", Page: page, Detail: fmt.Sprintf("Pagina %d is ook met OCR niet gelezen.", page)})
		case len(read) == 0:
			doc.Warnings = append(doc.Warnings, dossier.Warning{Code: "ocr", Page: page, Detail: fmt.Sprintf("Op pagina %d vond OCR geen tekst.", page)})
		default:
			blocks = append(slices.Clone(blocks), read...)
			doc.Warnings = replaced(doc.Warnings, page)
		}
	}
	if len(blocks) == len(doc.Blocks) {
		return doc
	}
	slices.SortStableFunc(blocks, func(a, b dossier.Block) int { return cmp.Compare(a.Loc.Page, b.Loc.Page) })
	doc.Blocks, doc.Problem = dossier.Outline(doc.Path, blocks), ""
	return doc
}

// scanned lists the pages without a text layer.
func scanned(doc dossier.Document) []int {
	var out []int
	for _, w := range doc.Warnings {
		if w.Code == dossier.CodeNoText && w.Page > 0 && !slices.Contains(out, w.Page) {
			out = append(out, w.Page)
		}
	}
	return out
}

// replaced says of a page that it was read after all.
func replaced(warnings []dossier.Warning, page int) []dossier.Warning {
	out := slices.Clone(warnings)
	for i, w := range out {
		if w.Code == dossier.CodeNoText && w.Page == page {
			out[i] = dossier.Warning{Code: "ocr", Page: page, Detail: fmt.Sprintf("Pagina %d is gelezen met OCR; daar kunnen fouten in zitten.", page)}
		}
	}
	return out
}

// pageBlocks cuts the text of one page into blocks.
func pageBlocks(text string, page int) []dossier.Block {
	blocks := dossier.ParseText(dehyphenated(text))
	for i := range blocks {
		blocks[i].Loc.Page = page
		blocks[i].Flags = append(blocks[i].Flags, "ocr")
	}
	return blocks
}

// dehyphenated joins words that were broken at the end of a line.
func dehyphenated(text string) string {
	lines := strings.Split(text, "\n")
	for i := 0; i+1 < len(lines); i++ {
		line, next := strings.TrimRight(lines[i], " "), strings.TrimLeft(lines[i+1], " ")
		if len(line) < 3 || !strings.HasSuffix(line, "-") || !letter(line[len(line)-2]) || next == "" || !letter(next[0]) || joinsWords(next) {
			continue
		}
		head, rest, _ := strings.Cut(next, " ")
		lines[i], lines[i+1] = strings.TrimSuffix(line, "-")+head, rest
	}
	return strings.Join(lines, "\n")
}

func letter(c byte) bool { return c >= 'a' && c <= 'z' }

// joinsWords says whether a hyphen before next stands for a left-out part: "zorg- en dienstverlening".
func joinsWords(next string) bool {
	word, _, _ := strings.Cut(next, " ")
	return word == "en" || word == "of" || word == "als"
}
