package pdf

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// anyLetters is a composite font whose codes are the letters themselves, but for FFFF: a ligature of two Arabic letters.
func anyLetters(content string) sample {
	return sample{fonts: composite, content: content, objects: []string{"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /ABCDEF+DejaVu /DW 500 /W [12288 40959 1000 65280 65500 1000] >>",
		streamOf("", "1 begincodespacerange <0000> <FFFF> endcodespacerange 3 beginbfrange <0020> <0EFF> <0020> <3000> <9FFF> <3000> <FF00> <FFEF> <FF00> endbfrange 1 beginbfchar <FFFF> <06440627> endbfchar")}}
}

// codesOf writes letters as codes of that font.
func codesOf(letters string) string {
	var b strings.Builder
	for _, r := range letters {
		fmt.Fprintf(&b, "%04x", r)
	}
	return "<" + b.String() + ">"
}

// reversed is a word as it looks to somebody who reads from left to right.
func reversed(word string) string {
	letters := []rune(word)
	slices.Reverse(letters)
	return string(letters)
}

func TestDirection(t *testing.T) {
	set := func(x, y float64, letters string) string {
		return fmt.Sprintf("BT /F3 10 Tf %g %g Td %s Tj ET\n", x, y, codesOf(letters))
	}
	letterByLetter := func(x, y float64, word string) string { // from the right end of the word
		var b strings.Builder
		for _, r := range word {
			x -= 5
			b.WriteString(set(x, y, string(r)))
		}
		return b.String()
	}
	const peace, world, help = "שלום", "עולם", "عون"
	for _, tc := range []struct{ name, content, want string }{
		{"painted as it looks", set(70, 700, reversed(world)+" "+reversed(peace)), peace + " " + world},
		{"painted as it is read, letter by letter", letterByLetter(200, 700, peace+" "+world), peace + " " + world},
		{"words painted as they are read, each from left to right", set(150, 700, reversed(peace)) + set(125, 700, reversed(world)), peace + " " + world},
		{"figures and a name in it", set(70, 700, ".JW 2027 "+reversed(world)+" 2026 "+reversed(peace)), peace + " 2026 " + world + " JW 2027."},
		{"two figures", set(70, 700, "2027 2026 "+reversed(peace)), peace + " 2026 2027"},
		{"amount and day", set(70, 700, "1-3-2027 "+reversed(world)+" 1.250,50 "+reversed(peace)), peace + " 1.250,50 " + world + " 1-3-2027"},
		{"in brackets", set(70, 700, ")"+reversed(world)+"( "+reversed(peace)), peace + " (" + world + ")"}, // the map names the bracket that was meant
		{"in a Dutch line", set(70, 700, "De folder is er in het Arabisch: "+reversed(help+" و"+help)+", en in het Hebreeuws."),
			"De folder is er in het Arabisch: " + help + " و" + help + ", en in het Hebreeuws."},
		{"ligature", set(70, 700, "\uFFFF"+reversed("س")), "سلا"},
		{"two lines", set(70, 700, reversed(peace+" "+world+" "+peace)) + set(70, 688, reversed(world)), peace + " " + world + " " + peace + " " + world},
		{"Chinese over two lines", set(70, 700, "市政府提供") + set(70, 688, "帮助。"), "市政府提供帮助。"},
		{"Japanese a little apart", set(70, 700, "ひ") + set(83, 700, "と") + set(95, 700, "び") + set(107, 700, "と"), "ひとびと"},
		{"Chinese beside Dutch", set(70, 700, "Tolk: 中文 of Turks"), "Tolk: 中文 of Turks"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := texts(anyLetters(tc.content).read(t)); got != tc.want {
				t.Errorf("got %q, want %q", got, tc.want)
			}
		})
	}
}

// TestCodesThatAreUnicode reads a font that is not in the file and has no map: the name of its coding says what the codes are.
func TestCodesThatAreUnicode(t *testing.T) {
	doc := sample{fonts: "/F3 << /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [5 0 R] >>",
		content: "BT /F3 10 Tf 70 700 Td " + codesOf("中文 help") + " Tj ET", objects: []string{"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 >>"}}.read(t)
	if got := texts(doc); got != "中文 help" {
		t.Errorf("got %q", got)
	}
}

// TestTurnedTable has pages with a table on its side, and with a header and a page number that stand upright.
func TestTurnedTable(t *testing.T) {
	for _, turn := range []string{"0 1 -1 0 595 0", "0 -1 1 0 0 842", "-1 0 0 -1 595 842"} {
		page := func(n int, eis string) string {
			return "q " + turn + " cm " + grid(500, [2]string{"Code", "Eis"}, [2]string{fmt.Sprintf("E%d", n), eis + " De opdrachtnemer zorgt daarvoor en laat het ieder jaar zien aan de gemeente."}) +
				at("F1", 10, 70, 420, "Onder de tabel gaat de tekst door.") + "Q " + at("F1", 10, 70, 800, "Concept") + at("F1", 10, 300, 30, fmt.Sprint(n))
		}
		const rest = " De opdrachtnemer zorgt daarvoor en laat het ieder jaar zien aan de gemeente."
		check(t, read(t, page(1, "Iedere medewerker heeft een VOG."), page(2, "De meldcode is bekend.")),
			"row 0 | Code | Eis", "row 0 | Code: E1 | Eis: Iedere medewerker heeft een VOG."+rest, "paragraph 0 | Onder de tabel gaat de tekst door.",
			"row 0 | Code | Eis", "row 0 | Code: E2 | Eis: De meldcode is bekend."+rest, "paragraph 0 | Onder de tabel gaat de tekst door.")
	}
}
