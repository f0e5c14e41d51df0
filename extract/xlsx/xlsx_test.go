package xlsx

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"inkooptoets/extract/dossier"
)

// workbook writes a file with what fill puts in it.
func workbook(t *testing.T, fill func(*excelize.File)) []byte {
	t.Helper()
	f := excelize.NewFile()
	fill(f)
	var b bytes.Buffer
	if _, err := f.WriteTo(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func put(t *testing.T, f *excelize.File, sheet string, rows ...[]any) {
	t.Helper()
	for i, r := range rows {
		if err := f.SetSheetRow(sheet, fmt.Sprintf("A%d", i+1), &r); err != nil {
			t.Fatal(err)
		}
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func forms(doc dossier.Document) []string {
	var out []string
	for _, b := range doc.Blocks {
		s := strings.TrimSpace(fmt.Sprintf("%s %d | %s", b.Kind, b.Table, b.Text))
		if len(b.Flags) > 0 {
			s += " " + fmt.Sprint(b.Flags)
		}
		out = append(out, s)
	}
	return out
}

func TestRead(t *testing.T) {
	data := workbook(t, func(f *excelize.File) {
		must(t, f.SetSheetName("Sheet1", "Programma van eisen"))
		put(t, f, "Programma van eisen",
			[]any{"Eisen aan personeel"},
			[]any{},
			[]any{"Nr.", "Thema", "Eis", "Datum"},
			[]any{"E1", "Personeel", "Iedere beroepskracht heeft een VOG.", time.Date(2027, 1, 31, 0, 0, 0, 0, time.UTC)},
			[]any{"E2", "", "De meldcode is\nbekend."},
			[]any{"E3", "Geheim", "Deze rij is verborgen."})
		must(t, f.MergeCell("Programma van eisen", "B4", "B5"))
		must(t, f.SetRowVisible("Programma van eisen", 6, false))
		_, err := f.NewSheet("Lijsten")
		must(t, err)
		put(t, f, "Lijsten", []any{"Ja"}, []any{"Nee"})
		must(t, f.SetSheetVisible("Lijsten", false))
		_, err = f.NewSheet("Tarieven")
		must(t, err)
		put(t, f, "Tarieven", []any{"Product", "Tarief"}, []any{"Begeleiding", 62.5})
	})
	doc, err := Read(t.Context(), "eisen.xlsx", data)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"heading 0 | Programma van eisen", "paragraph 0 | Eisen aan personeel", "row 1 | Nr. | Thema | Eis | Datum [header-row]",
		"row 1 | Nr.: E1 | Thema: Personeel | Eis: Iedere beroepskracht heeft een VOG. | Datum: 31-01-2027",
		"row 1 | Nr.: E2 | Thema: Personeel | Eis: De meldcode is bekend.",
		"heading 0 | Tarieven", "row 2 | Product | Tarief [header-row]", "row 2 | Product: Begeleiding | Tarief: 62.5",
	}
	if got := forms(doc); !slices.Equal(got, want) {
		t.Errorf("got:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if len(doc.Warnings) != 1 || doc.Warnings[0].Code != "hidden-text" {
		t.Errorf("got warnings %+v, want one about what is hidden", doc.Warnings)
	}
	if got := doc.Blocks[3].Path; !slices.Equal(got, []string{"Programma van eisen"}) {
		t.Errorf("got path %q", got)
	}
}

func TestHeader(t *testing.T) {
	long := "De opdrachtnemer stelt samen met de cliënt een plan op en evalueert dat ten minste ieder half jaar."
	row := func(texts ...string) line { return line{1, (&reader{}).filled(texts)} }
	for _, tc := range []struct {
		name string
		rows []line
		want bool
	}{
		{"known labels", []line{row("Code", "Eis"), row("E1", "VOG")}, true},
		{"short above long", []line{row("Zorg", "Wens"), row("1", long), row("2", long)}, true},
		{"list in the second column", []line{row("", "Nr", "Omschrijving"), row("", "1", "VOG")}, true},
		{"short and short", []line{row("Gemeente", "Waterhoek"), row("Looptijd", "4 jaar")}, false},
		{"long from the first row on", []line{row("1", long), row("2", long), row("3", long)}, false},
	} {
		if got := isHeader(tc.rows); got != tc.want {
			t.Errorf("%s: got %v, want %v", tc.name, got, tc.want)
		}
	}
}

// parts writes a workbook by hand: the library would not make these.
func parts(sheet, shared string) []byte {
	var b bytes.Buffer
	zw := zip.NewWriter(&b)
	for _, p := range [][2]string{
		{"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>`},
		{"_rels/.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`},
		{"xl/workbook.xml", `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Blad" sheetId="1" r:id="r1"/></sheets></workbook>`},
		{"xl/_rels/workbook.xml.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`},
		{"xl/worksheets/sheet1.xml", `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>` + sheet + `</sheetData></worksheet>`},
		{"xl/sharedStrings.xml", `<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">` + shared + `</sst>`},
	} {
		w, err := zw.Create(p[0])
		if err != nil {
			panic(err)
		}
		if _, err := w.Write([]byte(p[1])); err != nil {
			panic(err)
		}
	}
	if err := zw.Close(); err != nil {
		panic(err)
	}
	return b.Bytes()
}

// Each of these small files keeps the library busy for minutes when nothing stops it.
func TestHostile(t *testing.T) {
	text := `<row r="1"><c r="A1" t="inlineStr"><is><t>Tekst.</t></is></c></row>`
	far := strings.Builder{}
	for i := range maxCells/16_384 + 10 {
		fmt.Fprintf(&far, `<row r="%d"><c r="XFD%d"><v>1</v></c></row>`, i+2, i+2)
	}
	named := strings.Repeat(`<c t="s"><v>0</v></c>`, 16_000)
	rows := strings.Repeat(`<row>`+named+`</row>`, 3)
	for _, tc := range []struct {
		name          string
		sheet, shared string
		err           error
		cut           bool
	}{
		{"one endless text in many cells", text + rows, `<si><t>` + strings.Repeat("a", maxString+1) + `</t></si>`, dossier.ErrTooLarge, false},
		{"one long text in many cells", text + rows, `<si><t>` + strings.Repeat("a", maxString) + `</t></si>`, dossier.ErrTooLarge, false},
		{"one text of escapes", text + rows, `<si><t>` + strings.Repeat("_x005F_", 10_000) + `</t></si>`, dossier.ErrTooLarge, false},
		{"last column of many rows", text + far.String(), "", nil, true},
		{"row number that does not exist", text + `<row r="2147483647"><c><v>1</v></c></row>`, "", nil, true},
	} {
		t.Run(tc.name, func(t *testing.T) {
			start := time.Now()
			doc, err := Read(t.Context(), "x.xlsx", parts(tc.sheet, tc.shared))
			if !errors.Is(err, tc.err) {
				t.Fatalf("got %v, want %v", err, tc.err)
			}
			if tc.cut && (len(doc.Blocks) < 2 || doc.Blocks[1].Text != "Tekst." || !doc.Incomplete()) {
				t.Errorf("got %d blocks, warnings %+v, want the text before the limit", len(doc.Blocks), doc.Warnings)
			}
			if took := time.Since(start); took > 30*time.Second {
				t.Errorf("took %s", took)
			}
		})
	}
}

func TestFaults(t *testing.T) {
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	sound := workbook(t, func(f *excelize.File) { put(t, f, "Sheet1", []any{"Nr", "Eis"}, []any{"1", "VOG"}) })
	for _, tc := range []struct {
		name string
		ctx  context.Context
		data []byte
		want error
	}{
		{"garbage", t.Context(), []byte("PK\x03\x04"), dossier.ErrDamaged},
		{"cut off", t.Context(), sound[:len(sound)/2], dossier.ErrDamaged},
		{"empty", t.Context(), workbook(t, func(*excelize.File) {}), dossier.ErrNoText},
		{"cancelled", cancelled, sound, context.Canceled},
	} {
		if _, err := Read(tc.ctx, "x.xlsx", tc.data); !errors.Is(err, tc.want) {
			t.Errorf("%s: got %v, want %v", tc.name, err, tc.want)
		}
	}
}
