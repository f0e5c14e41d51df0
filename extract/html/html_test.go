package html

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"inkooptoets/extract/dossier"
)

func form(b dossier.Block) string {
	s := strings.TrimSpace(fmt.Sprintf("%s %d %s| %s", b.Kind, b.Level, b.Number, b.Text))
	if len(b.Flags) > 0 {
		s += " " + fmt.Sprint(b.Flags)
	}
	return s
}

func TestRead(t *testing.T) {
	for _, tc := range []struct {
		name, page string
		want       []string
		codes      []string
	}{
		{"headings and paragraphs", `<!doctype html><html><head><title>weg</title><style>p{}</style></head><body><h1>3 Eisen</h1><h2>3.2 Klachten</h2><p>Er is een<br>regeling.<script>weg()</script></p>los <b>en vet</b><div>apart</div></body></html>`,
			[]string{"heading 1 3| Eisen", "heading 2 3.2| Klachten", "paragraph 0 | Er is een regeling.", "paragraph 0 | los en vet", "paragraph 0 | apart"}, nil},
		{"lists", `<p>De aanbieder:</p><ol><li>heeft een VOG;</li><li><p>meldt:</p><p>altijd.</p><ul><li>geweld</li></ul></li><li value="7">zeven</li></ol><ol type="a" start="3"><li>c</li></ol><ol type="I" reversed start="2"><li>twee</li><li>een</li></ol>`,
			[]string{"paragraph 0 | De aanbieder:", "item 0 1.| heeft een VOG;", "item 0 2.| meldt:", "paragraph 0 | altijd.", "item 1 | geweld", "item 0 7.| zeven", "item 0 c.| c", "item 0 II.| twee", "item 0 I.| een"}, nil},
		{"by form", `<p><strong>4.1 Toezicht</strong></p><p>a. direct;</p><p><b>Let op:</b> dit telt.</p>`, []string{"heading 2 4.1| Toezicht [by-form]", "item 0 a.| direct; [by-form]", "paragraph 0 | Let op: dit telt."}, nil},
		{"table with spans", `<table><thead><tr><th>Thema<th>Eis</thead><tr><td rowspan="2">Personeel<td>Een <ul><li>VOG</ul><tr><td>Meldcode</table>`,
			[]string{"row 0 | Thema | Eis [header-row]", "row 0 | Thema: Personeel | Eis: Een • VOG", "row 0 | Thema: Personeel | Eis: Meldcode"}, nil},
		{"header by known labels, table in a table, frame", `<table><tr><td>Nr</td><td>Eis</td></tr><tr><td>1</td><td><table><tr><td>a</td><td>b</td></tr></table></td></tr></table><table><tr><td><p>Kader.</p></td></tr></table>`,
			[]string{"row 0 | Nr | Eis [header-row]", "row 0 | Nr: 1 | Eis: a, b", "paragraph 0 | Kader."}, nil},
		{"deleted and hidden", `<p>De termijn is <del>zes</del><ins>vier</ins> weken.</p><p hidden>weg</p><p style="DISPLAY : none">weg</p>`, []string{"paragraph 0 | De termijn is vier weken."}, []string{"tracked-changes", "hidden-text"}},
		{"old letters", "<meta charset=iso-8859-1><p>Cli\xebnten", []string{"paragraph 0 | Cliënten"}, nil},
	} {
		t.Run(tc.name, func(t *testing.T) {
			doc, err := Read("a.html", []byte(tc.page))
			if err != nil {
				t.Fatal(err)
			}
			var got, codes []string
			for _, b := range doc.Blocks {
				got = append(got, form(b))
			}
			for _, w := range doc.Warnings {
				codes = append(codes, w.Code)
			}
			if !slices.Equal(got, tc.want) || !slices.Equal(codes, tc.codes) {
				t.Errorf("got %q:\n%s\nwant %q:\n%s", codes, strings.Join(got, "\n"), tc.codes, strings.Join(tc.want, "\n"))
			}
		})
	}
}

func TestHostile(t *testing.T) {
	for _, tc := range []struct {
		name string
		page string
		want error
	}{
		{"no text", "<html><body><script>x</script></body></html>", dossier.ErrNoText},
		{"nested too deep", strings.Repeat("<div>", 100_000) + "tekst", dossier.ErrTooLarge},
		{"too large", strings.Repeat("a", maxBytes+1), dossier.ErrTooLarge},
	} {
		if _, err := Read("a.html", []byte(tc.page)); !errors.Is(err, tc.want) {
			t.Errorf("%s: got %v, want %v", tc.name, err, tc.want)
		}
	}
}
