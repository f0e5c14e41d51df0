package docx

import (
	"fmt"
	"strings"
	"testing"

	"inkooptoets/extract/dossier"
)

// marked lists the marks of a file as "kind words", with the number of the block before it.
func marked(t *testing.T, body string) string {
	t.Helper()
	doc, err := Read("a.docx", build(body))
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, b := range doc.Blocks {
		for _, m := range b.Marks {
			out = append(out, fmt.Sprintf("%d %s %q", b.Loc.Block, m.Kind, b.Text[m.Start:m.End]))
		}
		for _, c := range b.Cells {
			for _, m := range c.Marks {
				out = append(out, fmt.Sprintf("%d.%d %s %q", b.Loc.Block, c.Col, m.Kind, c.Text[m.Start:m.End]))
			}
		}
	}
	return strings.Join(out, ", ")
}

func TestMarks(t *testing.T) {
	yellow := func(text string) string {
		return `<w:r><w:rPr><w:highlight w:val="yellow"/></w:rPr><w:t xml:space="preserve">` + text + `</w:t></w:r>`
	}
	prompt := func(text string) string {
		return `<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>` + run(text) + `</w:sdtContent></w:sdt>`
	}
	for _, tc := range []struct{ name, body, want string }{
		{"highlight", `<w:p>` + run("Ingang op ") + yellow("1 januari ") + yellow("2027") + run(".") + `</w:p>`, `0 highlight "1 januari 2027"`},
		{"yellow ground", `<w:p>` + run("Tot ") + `<w:r><w:rPr><w:shd w:val="clear" w:fill="ffff00"/></w:rPr><w:t>later</w:t></w:r></w:p>`, `0 highlight "later"`},
		{"grey and none are ornaments", `<w:p><w:r><w:rPr><w:highlight w:val="lightGray"/></w:rPr><w:t>Grijs</w:t></w:r><w:r><w:rPr><w:highlight w:val="none"/></w:rPr><w:t> wit</w:t></w:r></w:p>`, ""},
		{"white space and a typed number before it", `<w:p>` + run("a)   ") + run("Aanbieder  meldt ") + yellow("binnen  een dag") + `</w:p>`, `0 highlight "binnen een dag"`},
		{"letters of more than one byte", `<w:p>` + run("Cliënten “één” ") + yellow("naïef") + `</w:p>`, `0 highlight "naïef"`},
		{"prompt in a line", `<w:p>` + run("Naam: ") + prompt("Klik of tik") + `</w:p>`, `0 prompt "Klik of tik"`},
		{"prompt around a paragraph", `<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>` + para("", "Kies een item.") + `</w:sdtContent></w:sdt>`, `0 prompt "Kies een item."`},
		{"filled control", `<w:p><w:sdt><w:sdtPr/><w:sdtContent>` + run("Duinstad") + `</w:sdtContent></w:sdt></w:p>`, ""},
		{"tracked changes", `<w:p>` + run("Aanbieder meldt ") + `<w:ins>` + run("direct") + `</w:ins><w:del><w:r><w:delText>later</w:delText></w:r></w:del>` + run(" alles.") + `</w:p>`, `0 inserted "direct", 0 deleted ""`},
		{"comment", `<w:p>` + run("Aanbieder") + `<w:r><w:commentReference w:id="0"/></w:r>` + run(" meldt.") + `</w:p>`, `0 comment ""`},
		{"cells", `<w:tbl><w:tr>` + cell("", "Naam") + `<w:tc><w:p>` + run("Zie ") + yellow("hier") + `</w:p><w:p>` + run("en ") + yellow("daar") + `</w:p></w:tc></w:tr></w:tbl>`, `0.1 highlight "hier", 0.1 highlight "daar"`},
		{"a merged cell is marked once", `<w:tbl><w:tr><w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr><w:p>` + yellow("Perceel") + `</w:p></w:tc>` + cell("", "a") + `</w:tr><w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc>` + cell("", "b") + `</w:tr></w:tbl>`, `0.0 highlight "Perceel"`},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := marked(t, tc.body); got != tc.want {
				t.Errorf("got %s\nwant %s", got, tc.want)
			}
		})
	}
}

// Where a comment hangs and where words were deleted is known as well.
func TestPointsBetweenWords(t *testing.T) {
	doc, err := Read("a.docx", build(`<w:p>`+run("Een  twee")+`<w:r><w:commentReference w:id="0"/></w:r>`+run(" drie")+`<w:del><w:r><w:delText>vier</w:delText></w:r></w:del></w:p>`))
	if err != nil {
		t.Fatal(err)
	}
	want := []dossier.Mark{{Kind: "comment", Start: 8, End: 8}, {Kind: "deleted", Start: 13, End: 13}}
	if got := doc.Blocks[0].Marks; len(got) != 2 || got[0] != want[0] || got[1] != want[1] {
		t.Errorf("got %v, want %v", got, want)
	}
}
