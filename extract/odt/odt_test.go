package odt

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"inkooptoets/extract/dossier"
)

const stylesXML = `<document-styles><styles>
<style name="Standard"/><style name="Heading_1" parent-style-name="Standard" default-outline-level="1"/><style name="Title" parent-style-name="Standard"/>
<style name="Vet"><text-properties font-weight="bold"/></style><style name="Weg"><text-properties display="none"/></style><style name="Geel"><text-properties background-color="#FFFF00"/></style><style name="Onder" parent-style-name="Weg"/>
<outline-style><outline-level-style level="1" num-format="1"/><outline-level-style level="2" num-format="1" display-levels="2"/></outline-style>
<list-style name="L1"><list-level-style-number level="1" num-format="1" num-prefix="E" num-suffix="."/><list-level-style-number level="2" num-format="a" num-suffix=")"/></list-style>
<list-style name="L2"><list-level-style-number level="1" num-format="I" num-list-format="Deel %1%" start-value="4"/><list-level-style-number level="2" num-format="1" display-levels="2"/></list-style>
<list-style name="Punt"><list-level-style-bullet level="1" bullet-char="•"/></list-style>
</styles></document-styles>`

// build writes an ODT; the names need no namespaces, because the reader looks at local names.
func build(body string) []byte {
	return zipOf("mimetype", "application/vnd.oasis.opendocument.text", "styles.xml", stylesXML, "content.xml", `<document-content><automatic-styles><style name="P1" parent-style-name="Vet"/></automatic-styles><body><text>`+body+`</text></body></document-content>`)
}

func zipOf(parts ...string) []byte {
	var b bytes.Buffer
	zw := zip.NewWriter(&b)
	for i := 0; i < len(parts); i += 2 {
		w, err := zw.Create(parts[i])
		if err == nil {
			_, err = w.Write([]byte(parts[i+1]))
		}
		if err != nil {
			panic(err)
		}
	}
	if err := zw.Close(); err != nil {
		panic(err)
	}
	return b.Bytes()
}

func p(text string) string { return "<p>" + text + "</p>" }

func item(inside string) string { return "<list-item>" + inside + "</list-item>" }

func form(b dossier.Block) string {
	s := strings.TrimSpace(fmt.Sprintf("%s %d %s| %s", b.Kind, b.Level, b.Number, b.Text))
	if len(b.Flags) > 0 {
		s += " " + fmt.Sprint(b.Flags)
	}
	return s
}

func TestRead(t *testing.T) {
	for _, tc := range []struct {
		name, body string
		want       []string
		codes      []string
	}{
		{"headings with computed numbers", `<p style-name="Title">Leidraad</p><h outline-level="1">Eisen</h><h outline-level="2">Klachten</h><h outline-level="2">Personeel</h><h outline-level="1">Slot</h><h outline-level="2">Einde</h><h outline-level="1" is-list-header="true">Bijlage</h>`,
			[]string{"heading 1 | Leidraad", "heading 1 1| Eisen", "heading 2 1.1| Klachten", "heading 2 1.2| Personeel", "heading 1 2| Slot", "heading 2 2.1| Einde", "heading 1 | Bijlage"}, nil},
		{"lists: nested, continued, restarted, new", `<list id="a" style-name="L1">` + item(p("een")+`<list>`+item(p("sub"))+item(p("sub twee"))+`</list>`) + item(p("twee")+p("vervolg")) + `</list>` + p("Tussentekst.") +
			`<list style-name="L1" continue-numbering="true">` + item(p("drie")+`<list>`+item(p("weer a"))+`</list>`) + `</list><list style-name="L1" continue-list="a">` + item(p("vier")) + `<list-item start-value="9">` + p("negen") + `</list-item></list><list style-name="L1">` + item(p("nieuw")) + `</list>`,
			[]string{"item 0 E1.| een", "item 1 a)| sub", "item 1 b)| sub twee", "item 0 E2.| twee", "paragraph 0 | vervolg", "paragraph 0 | Tussentekst.", "item 0 E3.| drie", "item 1 a)| weer a", "item 0 E4.| vier", "item 0 E9.| negen", "item 0 E1.| nieuw"}, nil},
		{"pattern of a number, levels together, bullets", `<list style-name="L2">` + item(p("a")+`<list>`+item(p("b"))+`</list>`) + `</list><list style-name="Punt">` + item(p("punt")) + `</list>`,
			[]string{"item 0 Deel IV| a", "item 1 IV.1| b", "item 0 | punt"}, nil},
		{"by form", p("a. direct;") + `<p style-name="P1">3.2 Klachten</p>`, []string{"item 0 a.| direct; [by-form]", "heading 2 3.2| Klachten [by-form]"}, nil},
		{"white space, spans, breaks, links", `<p>Met<s c="2"/><span style-name="Vet">vet</span><tab/><a>link</a><line-break/>regel</p>`, []string{"paragraph 0 | Met vet link regel"}, nil},
		{"tracked changes", `<tracked-changes><changed-region id="c1"><insertion/></changed-region><changed-region id="c2"><deletion><p>oud</p></deletion></changed-region></tracked-changes><p>De termijn is <change-start/>vier<change-end/><change change-id="c2"/> weken.</p>` + p("Verder."),
			[]string{"paragraph 0 | De termijn is vier weken. [inserted]", "paragraph 0 | Verder."}, []string{"tracked-changes"}},
		{"comment and hidden text", `<p><annotation><p>Klopt dit?</p></annotation>Zichtbaar<span style-name="Onder">geheim</span></p><p style-name="Weg">weg</p><section display="none">` + p("ook weg") + `</section>`,
			[]string{"paragraph 0 | Zichtbaar"}, []string{"comments", "hidden-text"}},
		{"placeholder", `<p><placeholder>&lt;naam gemeente&gt;</placeholder></p>`, []string{"paragraph 0 | <naam gemeente> [placeholder]"}, []string{"placeholder"}},
		{"footnote and text box", `<p>Op grond van de wet<note><note-citation>1</note-citation><note-body>` + p("Wet van 9 juli 2014.") + `</note-body></note> geldt dit.<frame><text-box>` + p("In het kader.") + `</text-box></frame></p>`,
			[]string{"paragraph 0 | Op grond van de wet geldt dit.", "note 0 1| Wet van 9 juli 2014.", "paragraph 0 | In het kader. [textbox]"}, nil},
		{"table of contents", `<table-of-content><table-of-content-source/><index-body>` + p("1 Eisen 3") + `</index-body></table-of-content>` + p("Tekst."), []string{"paragraph 0 | 1 Eisen 3 [toc]", "paragraph 0 | Tekst."}, nil},
		{"table with header rows, merged cells and a list", `<table><table-header-rows><table-row><table-cell>` + p("Thema") + `</table-cell><table-cell>` + p("Eis") + `</table-cell></table-row></table-header-rows>` +
			`<table-row><table-cell number-rows-spanned="2">` + p("Personeel") + `</table-cell><table-cell>` + p("Er is:") + `<list style-name="L1">` + item(p("een VOG")) + `</list></table-cell></table-row>` +
			`<table-row><covered-table-cell/><table-cell>` + p("Meldcode") + `</table-cell></table-row></table>`,
			[]string{"row 0 | Thema | Eis [header-row]", "row 0 | Thema: Personeel | Eis: Er is: E1. een VOG", "row 0 | Thema: Personeel | Eis: Meldcode"}, nil},
		{"frame of one cell", `<table><table-row><table-cell>` + p("Gewone tekst.") + `</table-cell></table-row></table>`, []string{"paragraph 0 | Gewone tekst."}, nil},
	} {
		t.Run(tc.name, func(t *testing.T) {
			doc, err := Read("a.odt", build(tc.body))
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

// Where a comment hangs, a prompt stands and a colour lies is known for paragraphs.
func TestMarks(t *testing.T) {
	doc, err := Read("a.odt", build(`<p>Tot  <span style-name="Geel">1 april</span><annotation><p>Klopt dit?</p></annotation> bij <placeholder>&lt;naam&gt;</placeholder>.</p>`))
	if err != nil {
		t.Fatal(err)
	}
	want := []dossier.Mark{{Kind: "highlight", Start: 4, End: 11}, {Kind: "comment", Start: 11, End: 11}, {Kind: "prompt", Start: 16, End: 22}}
	if got := doc.Blocks[0].Marks; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestHostile(t *testing.T) {
	swollen := ""
	if !testing.Short() { // slow under the race detector
		swollen = strings.Repeat(" ", maxPart)
	}
	sound := build(p(strings.Repeat("Tekst die lang genoeg is. ", 100)))
	for _, tc := range []struct {
		name string
		data []byte
		want error
	}{
		{"garbage", []byte("PK\x03\x04 rommel"), dossier.ErrDamaged},
		{"cut off", sound[:len(sound)/2], dossier.ErrDamaged},
		{"no content", zipOf("styles.xml", stylesXML), dossier.ErrDamaged},
		{"xml cut off", zipOf("content.xml", "<a><b>"), dossier.ErrDamaged},
		{"nested too deep", build(strings.Repeat("<section>", 600) + strings.Repeat("</section>", 600)), dossier.ErrTooLarge},
		{"part that swells", zipOf("content.xml", "<a>"+swollen+"</a>"), dossier.ErrTooLarge},
		{"protected", zipOf("META-INF/manifest.xml", `<manifest><file-entry><encryption-data/></file-entry></manifest>`, "content.xml", "x"), dossier.ErrEncrypted},
		{"no text", build(""), dossier.ErrNoText},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if tc.name == "part that swells" && swollen == "" {
				t.Skip("slow")
			}
			if _, err := Read("x.odt", tc.data); !errors.Is(err, tc.want) {
				t.Errorf("got %v, want %v", err, tc.want)
			}
		})
	}
}
