package pdf

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ledongthuc/pdf"

	"inkooptoets/extract/dossier"
)

// slow is how long a small input may take: more is a way to bring the program to a halt.
const slow = 5 * time.Second

func inTime(t *testing.T, run func()) {
	t.Helper()
	start := time.Now()
	run()
	if took := time.Since(start); took > slow {
		t.Errorf("took %s", took)
	}
}

// FuzzOpen gives the normaliser any bytes. What it makes of them must be safe for the library: every object can be loaded.
func FuzzOpen(f *testing.F) {
	f.Add(simple())
	f.Add(build(content, content))
	m := newMaker()
	m.frame()
	entries, data := objectStream(map[int]string{4: "<< /Length 6 0 R >>", 6: "12", 2: "[ 2 0 R (a\\051) <41> /N#20 -1.5 true ]"})
	m.stream(7, entries+" /Extends 7 0 R", data)
	f.Add(m.index(8, m.rows(row{2, 7, 1}, row{1, m.at[7], 0}), "/Prev 9"))
	if example, err := os.ReadFile("../../testdata/dossiers/voorbeeld/overeenkomst.pdf"); err == nil {
		f.Add(example)
	}
	encrypted, err := filepath.Glob("testdata/encrypted/*.pdf")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range encrypted {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		inTime(t, func() {
			file, err := open(data, Options{Password: "géheim"})
			if err != nil {
				return
			}
			visit(file.root, 0, map[string]bool{}, file)
		})
	})
}

// visit loads all that can be reached, as the rest of the package might.
func visit(v pdf.Value, depth int, seen map[string]bool, f *file) {
	if depth > 20 || len(seen) > 1000 {
		return
	}
	id := v.String()
	if seen[id] {
		return
	}
	seen[id] = true
	switch v.Kind() {
	case pdf.Stream:
		f.stream(v)
		fallthrough
	case pdf.Dict:
		for _, k := range v.Keys() {
			visit(v.Key(k), depth+1, seen, f)
		}
	case pdf.Array:
		for i := range min(v.Len(), 100) {
			visit(v.Index(i), depth+1, seen, f)
		}
	}
}

// FuzzRead takes the whole way from bytes to blocks.
func FuzzRead(f *testing.F) {
	f.Add(simple())
	f.Add(build(content+grid(600, [2]string{"Code", "Eis"}, [2]string{"E1", "Een VOG."}), content))
	f.Fuzz(func(t *testing.T, data []byte) {
		inTime(t, func() {
			doc, err := Read("x.pdf", data)
			if err == nil && len(doc.Blocks) == 0 {
				t.Error("neither blocks nor an error")
			}
		})
	})
}

// FuzzLexer wants the lexer to move on whatever it reads, and to read its own writing.
func FuzzLexer(f *testing.F) {
	for _, s := range []string{content, "[(a\\(b) -12.5 <4142>] TJ", "/Span << /ActualText <FEFF0041> >> BDC", "BI /W 1 ID \x00\x01 EI Q", "%% (\n1 0 obj << /A [1 0 R /B#41] >> stream", "--5 .5 5- 1e9 +"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		l := lexer{data: data}
		for before := -1; ; before = l.pos {
			if tok := l.next(0); tok.kind == end {
				break
			}
			if l.pos <= before {
				t.Fatalf("stands still at %d", l.pos)
			}
		}
		p := parserAt(data, 0)
		o := p.object(0)
		same := func(r ref) int { return int(r) }
		once := appendObject(nil, o, same)
		twice := appendObject(nil, parserAt(once, 0).object(0), same)
		if !slices.Equal(once, twice) {
			t.Errorf("reads %q as %q", once, twice)
		}
	})
}

// FuzzContent gives the interpreter and the layout a page with any content.
func FuzzContent(f *testing.F) {
	for _, s := range []string{
		content, grid(740, [2]string{"Code", "Eis"}, [2]string{"E1", "Een VOG."}), "q 1 0 0 1 5 5 cm Q Q BT /F3 9 Tf 1 0 0 -1 0 0 Tm <00010002> Tj T* (x) ' 1 2 (y) \" ET",
		"/P << /MCID 0 /ActualText (a) >> BDC BT /F2 -9 Tf 50 Tz 3 Ts [(a) -900 (b)] TJ ET EMC EMC", "1 1 m 5 5 l 5 9 l h S 0 0 9 9 re f", "0 1 -1 0 50 50 cm " + content,
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		inTime(t, func() {
			if _, err := Read("x.pdf", build(string(data)+"\n"+content, content)); err != nil && strings.Contains(err.Error(), "open pdf") {
				t.Errorf("got %v", err)
			}
		})
	})
}

// drawing makes pages out of any bytes: words, lines and boxes on places that meet often enough to be columns and tables.
func drawing(data []byte) (pages []string) {
	words := []string{"De aanbieder", "meldt.", "E1", "1.2", "a)", "uit-", "Nr.", "Eis", "Artikel 5 Klachten", "2 maart", "\\225", "1", "Pagina 3", "of de gemeente die dat wil,", "Inhoud", "...... 4"}
	var b strings.Builder
	for len(data) >= 4 && len(pages) < 6 {
		kind, x, y, arg := data[0], 40+float64(data[1]%26)*20, 40+float64(data[2]%64)*12, int(data[3])
		data = data[4:]
		switch kind % 8 {
		case 0, 1, 2:
			b.WriteString(at("F1", float64(6+arg>>4), x, y, words[arg%16]))
		case 3:
			b.WriteString(at("F2", float64(6+arg>>4), x, y, words[arg%16]))
		case 4:
			fmt.Fprintf(&b, "%g %g m %g %g l S\n", x, y, x+float64(arg)*2, y)
		case 5:
			fmt.Fprintf(&b, "%g %g m %g %g l S\n", x, y, x, y-float64(arg)*2)
		case 6:
			fmt.Fprintf(&b, "%g %g %d %d re S\n", x, y, 20*(arg%16), 12*(arg>>4))
		case 7:
			if arg%4 == 0 {
				pages = append(pages, b.String())
				b.Reset()
				continue
			}
			b.WriteString(at("F1", 6, x, y, words[arg%16])) // small, as the mark of a footnote
		}
	}
	return append(pages, b.String())
}

// FuzzLayout gives the layout pages with anything on them.
func FuzzLayout(f *testing.F) {
	table := []byte{4, 0, 60, 200, 4, 0, 58, 200, 4, 0, 40, 200, 0, 0, 59, 6, 0, 10, 59, 7, 0, 0, 57, 2, 0, 10, 57, 0, 0, 0, 55, 2, 0, 10, 55, 1}
	f.Add(table)
	f.Add(slices.Concat(table, []byte{7, 0, 0, 0}, table, []byte{7, 1, 50, 11, 0, 0, 10, 90, 3, 0, 9, 88}))
	f.Add([]byte{5, 0, 60, 100, 5, 10, 60, 100, 4, 0, 60, 100, 4, 0, 50, 100, 6, 2, 20, 90, 0, 0, 55, 85, 0, 13, 55, 93, 0, 0, 54, 85, 0, 13, 54, 93})
	f.Fuzz(func(t *testing.T, data []byte) {
		inTime(t, func() {
			pages := drawing(data[:min(len(data), 4000)])
			if _, err := Read("x.pdf", build(pages...)); err != nil && !errors.Is(err, dossier.ErrNoText) {
				t.Errorf("got %v", err)
			}
		})
	})
}

// FuzzMap gives a font any ToUnicode map.
func FuzzMap(f *testing.F) {
	for _, s := range []string{
		"1 begincodespacerange <0000> <FFFF> endcodespacerange 1 beginbfchar <0001> <00740069> endbfchar 1 beginbfrange <0002> <0010> <006A> endbfrange",
		"1 begincodespacerange <00> <FF> endcodespacerange 2 beginbfrange <01> <02> [<0041> <0042>] <03> <FF> <74006900> endbfrange",
	} {
		f.Add([]byte(s), "\x00\x01\x00\x02")
	}
	f.Fuzz(func(t *testing.T, data []byte, codes string) {
		inTime(t, func() {
			fo := &font{composite: true, widths: map[int]float64{}, toUnicode: map[string]string{}, unit: 0.001}
			fo.readMap(data)
			if len(fo.toUnicode) > maxCodes {
				t.Errorf("got %d codes", len(fo.toUnicode))
			}
			fo.decode(codes, func(string, float64, bool) {})
		})
	})
}

// FuzzDecode gives each filter any bytes; no output is larger than its limit.
func FuzzDecode(f *testing.F) {
	names := []key{"FlateDecode", "LZWDecode", "ASCII85Decode", "ASCIIHexDecode", "RunLengthDecode"}
	for i := range names {
		f.Add(uint8(i), uint8(15), uint8(3), uint8(8), []byte("x\x9c\x03\x00"))
		f.Add(uint8(i), uint8(2), uint8(1), uint8(8), lzw([]byte(content)))
	}
	f.Fuzz(func(t *testing.T, which, predictor, columns, bits uint8, data []byte) {
		by := filter{names[int(which)%len(names)], int(predictor), int(columns), 1, int(bits), 1}
		if out, _ := decode(slices.Clone(data), []filter{by, by}, 1<<16); len(out) > 1<<16 {
			t.Errorf("got %d bytes", len(out))
		}
	})
}
