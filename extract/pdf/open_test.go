package pdf

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"inkooptoets/extract/dossier"
)

func TestOpen(t *testing.T) {
	sound := simple()
	replaced := func(old, new string) []byte { return bytes.Replace(sound, []byte(old), []byte(new), 1) }
	packed := func(extends string) []byte {
		m := newMaker()
		m.frame()
		m.stream(4, "", []byte(content))
		entries, data := objectStream(map[int]string{2: "<< /Type /Pages /Kids [3 0 R] /Count 1 >>", 5: "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"})
		m.stream(6, entries+extends, data)
		rows := m.rows(row{1, m.at[6], 0})
		rows[2], rows[5] = row{2, 6, 0}, row{2, 6, 1}
		return m.index(7, rows, "")
	}
	hybrid := func() []byte {
		m := newMaker()
		m.frame()
		m.stream(4, "", []byte(content))
		entries, data := objectStream(map[int]string{5: "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"})
		m.stream(6, entries, data)
		hidden := m.Len()
		m.index(7, []row{{2, 6, 0}, {1, m.at[6], 0}}, "/Index [5 2] /Size 7")
		delete(m.at, 5)
		delete(m.at, 6)
		delete(m.at, 7)
		return m.table(fmt.Sprintf("/XRefStm %d", hidden))
	}
	updated := func() []byte {
		m := newMaker()
		m.frame()
		m.stream(4, "", []byte(at("F1", 11, 70, 700, "Oude tekst.")))
		m.table("")
		first := bytes.LastIndex(m.Bytes(), []byte("xref\n0")) // "startxref" comes after
		offset := m.Len()
		fmt.Fprintf(m, "4 0 obj\n<< /Length %d >>\nstream\n%s\nendstream\nendobj\n", len(content), content)
		start := m.Len()
		fmt.Fprintf(m, "xref\n4 1\n%010d 00000 n \ntrailer\n<< /Size 6 /Root 1 0 R /Prev %d >>\nstartxref\n%d\n%%%%EOF\n", offset, first, start)
		return m.Bytes()
	}
	streams := func(more string) []byte {
		m := newMaker()
		m.frame()
		m.stream(4, "", []byte(content))
		return m.index(6, m.rows(), more)
	}
	loop := func(prev string) []byte {
		m := newMaker()
		m.frame()
		m.stream(4, "", []byte(content))
		return m.table(prev)
	}
	subsection := bytes.Replace(sound, []byte("xref\n0 6"), []byte("xref\n4000000000 1\n0000000009 00000 n \n0 6"), 1)
	indirect := func(value string) []byte {
		m := newMaker()
		m.frame()
		m.object(4, fmt.Sprintf("<< /Length 6 0 R >>\nstream\n%s\nendstream", content))
		m.object(6, value)
		return m.table("")
	}
	half := deflated([]byte(content + at("F1", 11, 70, 600, "Tweede zin.") + "0 0 1 RG 7 w 12 34 m 56 78 l S"))
	half = half[:len(half)-20]
	for _, tc := range []struct {
		name string
		data []byte
		warn string // code of the warning, empty for none
	}{
		{"sound", sound, ""},
		{"header of version 2", replaced("%PDF-1.5", "%PDF-2.0"), ""},
		{"junk before the header", slices.Concat([]byte("Van: post@voorbeeld.nl\r\n\r\n"), sound), ""},
		{"bytes after the end", slices.Concat(sound, bytes.Repeat([]byte{0}, 5000)), ""},
		{"no end mark", replaced("%%EOF\n", ""), ""},
		{"no index at all", sound[:bytes.LastIndex(sound, []byte("xref\n0"))], "repaired-xref"},
		{"index off by some bytes", replaced("%PDF-1.5\n", "%PDF-1.5\n% ingevoegd\n"), "repaired-xref"},
		{"start of the index wrong", replaced("startxref\n", "startxref\n9"), "repaired-xref"},
		{"hybrid index", hybrid(), ""},
		{"updated file", updated(), ""},
		{"chain that bites its tail", loop("/Prev HERE"), ""},
		{"chain into nothing", loop("/Prev 999999"), ""},
		{"chain with a negative step", loop("/Prev -1"), ""},
		{"subsection from four thousand million", subsection, "repaired-xref"},
		{"index stream", streams(""), ""},
		{"index stream of huge size", streams("/Size 1000000000 /Index [0 6]"), ""},
		{"index stream of huge width", streams("/W [1 1000000000000 2]"), "repaired-xref"},
		{"index stream with too few rows", streams("/Index [0 6 100 1000000000]"), ""},
		{"object stream", packed(""), ""},
		{"object stream that extends itself", packed(" /Extends 6 0 R"), ""},
		{"length too short", coded("/Length 3", []byte(content)), ""},
		{"length missing", bytes.Replace(coded("", []byte(content)), fmt.Appendf(nil, "/Length %d", len(content)), []byte("/Lengte 1"), 1), "repaired-xref"},
		{"length is an object", indirect(fmt.Sprint(len(content))), ""},
		{"length is an object that is wrong", indirect("7"), ""},
		{"length is the stream itself", bytes.Replace(indirect("7"), []byte("/Length 6 0 R"), []byte("/Length 4 0 R"), 1), ""},
		{"count of a thousand million", replaced("/Count 1 ", "/Count 1000000000 "), "repaired-xref"},
		{"no catalogue in the trailer", replaced("/Root 1 0 R", ""), "repaired-xref"},
		{"catalogue that is none", replaced("/Root 1 0 R", "/Root 5 0 R"), "repaired-xref"},
		{"predictor 1", coded("/Filter /FlateDecode /DecodeParms << /Predictor 1 >>", deflated([]byte(content))), ""},
		{"predictor 15", coded("/Filter [/FlateDecode] /DecodeParms [<< /Predictor 15 /Columns 7 >>]", deflated(filtered([]byte(content), 7))), ""},
		{"LZW", coded("/Filter /LZWDecode", lzw([]byte(content))), ""},
		{"hexadecimal", coded("/Filter /ASCIIHexDecode", fmt.Appendf(nil, "%x>", content)), ""},
		{"base 85", coded("/Filter /ASCII85Decode", base85([]byte(content))), ""},
		{"base 85 over Flate", coded("/Filter [/A85 /Fl]", base85(deflated([]byte(content)))), ""},
		{"run length", coded("/Filter /RunLengthDecode", runLength([]byte(content))), ""},
		{"Flate with a wrong sum", coded("/Filter /FlateDecode", append(deflated([]byte(content))[:len(deflated([]byte(content)))-4], "abcd"...)), ""},
		{"Flate cut off", coded("/Filter /FlateDecode", half), "damaged"},
		{"names with escapes", replaced("/Font << /F1", "/F#6fnt << /F#31"), "repaired-xref"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			doc, err := Read("x.pdf", tc.data)
			if err != nil {
				t.Fatal(err)
			}
			if got := doc.Blocks[0].Text; !strings.HasPrefix(got, duty) {
				t.Errorf("got %q", got)
			}
			var codes []string
			for _, w := range doc.Warnings {
				codes = append(codes, w.Code)
			}
			if tc.warn == "" && len(codes) > 0 || tc.warn != "" && !slices.Contains(codes, tc.warn) {
				t.Errorf("got warnings %q, want %q", codes, tc.warn)
			}
		})
	}
}

// What cannot be read says so and comes to an end.
func TestOpenHostile(t *testing.T) {
	inItself := func() []byte {
		m := newMaker()
		m.frame()
		m.stream(4, "", []byte(content))
		rows := m.rows(row{2, 6, 0})
		rows[2] = row{2, 6, 0}
		return m.index(7, rows, "")
	}
	tree := func(two, three string) []byte {
		m := newMaker()
		m.frame()
		m.object(2, two)
		if three != "" {
			m.object(3, three)
		}
		return m.table("")
	}
	deep := strings.Repeat("[ ", 500_000)
	unclosed := newMaker()
	unclosed.frame()
	for num := 10; num < 50_000; num++ {
		fmt.Fprintf(unclosed, "%d 0 obj << /Length 9 >> stream\nx\n", num)
	}
	million := []byte("%PDF-1.4\n")
	for num := range 1_000_000 {
		million = fmt.Appendf(million, "%d 0 obj<<>>endobj\n", num)
	}
	for _, tc := range []struct {
		name string
		data []byte
		want error
	}{
		{"a million objects", million, dossier.ErrDamaged},
		{"object stream in itself", inItself(), nil},
		{"pages that hold themselves", tree("<< /Type /Pages /Kids [2 0 R] /Count 1000 >>", "null"), dossier.ErrDamaged},
		{"parent below its child", tree("<< /Type /Pages /Kids [3 0 R] >>", "<< /Type /Pages /Kids [2 0 R] >>"), dossier.ErrDamaged},
		{"brackets without end", coded("", []byte(deep)), dossier.ErrTooLarge},
		{"brackets without end as an object", tree(deep, ""), dossier.ErrTooLarge},
		{"streams without end", unclosed.Bytes(), dossier.ErrDamaged},
		{"nothing but zeros", append([]byte("%PDF-1.4\n"), make([]byte, 1<<20)...), dossier.ErrDamaged},
		{"objects without a catalogue", fmt.Appendf(nil, "%%PDF-1.4\n%s", strings.Repeat("7 0 obj<<>>endobj\n", 50_000)), dossier.ErrDamaged},
		{"operands without operator", coded("/Filter /FlateDecode", deflated(bytes.Repeat([]byte("1 "), 1<<20))), dossier.ErrTooLarge},
	} {
		t.Run(tc.name, func(t *testing.T) {
			start := time.Now()
			if _, err := Read("x.pdf", tc.data); !errors.Is(err, tc.want) {
				t.Errorf("got %v, want %v", err, tc.want)
			}
			if took := time.Since(start); took > 20*time.Second {
				t.Errorf("took %s", took)
			}
		})
	}
}

func TestManyPages(t *testing.T) {
	var kids []string
	for i := range 20_000 {
		kids = append(kids, fmt.Sprintf("%d 0 R", 10+i))
	}
	page := func(i int) string {
		return fmt.Sprintf("<< /Type /Page /Parent 2 0 R /Contents %d 0 R /Resources << /Font << /F1 5 0 R >> >> >>", 4+2*(i%2))
	}
	frame := func(n int) *maker {
		m := newMaker()
		m.frame()
		m.stream(4, "", []byte(content))
		m.stream(6, "", []byte(at("F1", 11, 70, 500, "Een andere zin.")))
		m.object(2, fmt.Sprintf("<< /Type /Pages /Kids [%s] /Count %d >>", strings.Join(kids[:n], " "), n))
		return m
	}
	t.Run("flat", func(t *testing.T) {
		m := frame(20_000)
		for i := range 20_000 {
			m.object(10+i, page(i))
		}
		doc, err := Read("x.pdf", m.table(""))
		if err != nil {
			t.Fatal(err)
		}
		if doc.Pages != maxPages || !slices.ContainsFunc(doc.Warnings, func(w dossier.Warning) bool { return w.Code == "limit-hit" }) {
			t.Errorf("got %d pages, warnings %v", doc.Pages, doc.Warnings)
		}
	})
	t.Run("in object streams", func(t *testing.T) {
		m := frame(4_000)
		rows := append(m.rows(row{1, m.at[6], 0}), row{}, row{}, row{})
		var streams []row
		for from := 0; from < 4_000; from += 200 {
			objects := map[int]string{}
			for i := from; i < from+200; i++ {
				objects[10+i] = page(i)
				rows = append(rows, row{2, 4_010 + from/200, i - from})
			}
			entries, data := objectStream(objects)
			m.stream(4_010+from/200, entries+" /Filter /FlateDecode", deflated(data))
			streams = append(streams, row{1, m.at[4_010+from/200], 0})
		}
		doc, err := Read("x.pdf", m.index(5_000, append(rows, streams...), ""))
		if err != nil || doc.Pages != 4_000 || len(doc.Warnings) > 0 {
			t.Errorf("got %d pages, warnings %v, error %v", doc.Pages, doc.Warnings, err)
		}
	})
}

// The files are one page by hand, encrypted by qpdf; the owner's password is "baas", that of the user empty or "géheim".
func TestEncrypted(t *testing.T) {
	files, err := filepath.Glob("testdata/encrypted/*.pdf")
	if err != nil || len(files) < 13 {
		t.Fatalf("got %d files, error %v", len(files), err)
	}
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		needs := strings.Contains(name, "user-")
		for _, tc := range []struct {
			password string
			opens    bool
		}{{"", !needs}, {"géheim", true}, {"baas", true}, {"fout", !needs}} {
			t.Run(filepath.Base(name)+" "+tc.password, func(t *testing.T) {
				doc, err := ReadContext(t.Context(), "x.pdf", data, Options{Password: tc.password})
				if !tc.opens {
					if !errors.Is(err, dossier.ErrEncrypted) || !errors.Is(err, dossier.ErrPassword) {
						t.Errorf("got %v, want an error that asks for the password", err)
					}
					return
				}
				if err != nil {
					t.Fatal(err)
				}
				if got := doc.Blocks[0].Text; got != "Iedere calamiteit wordt gemeld." { // the second word is a string in a dictionary
					t.Errorf("got %q", got)
				}
			})
		}
	}
}

func TestProtectedInAnotherWay(t *testing.T) {
	m := newMaker()
	m.frame()
	m.stream(4, "", []byte(content))
	if _, err := Read("x.pdf", m.table("/Encrypt << /Filter /Adobe.PubSec /V 4 >>")); !errors.Is(err, dossier.ErrUnsupported) || !errors.Is(err, dossier.ErrEncrypted) {
		t.Errorf("got %v, want an error that says that this is not supported", err)
	}
}

func TestUnLZW(t *testing.T) {
	// The example of the PDF reference: codes of nine bits with a table.
	got, err := unLZW([]byte{0x80, 0x0b, 0x60, 0x50, 0x22, 0x0c, 0x0c, 0x85, 0x01}, 1, 100)
	if want := []byte{45, 45, 45, 45, 45, 65, 45, 45, 45, 66}; err != nil || !bytes.Equal(got, want) {
		t.Errorf("got %v, %v, want %v", got, err, want)
	}
}

func TestDecodeLimits(t *testing.T) {
	bomb := deflated(make([]byte, 1<<20))
	for _, tc := range []struct {
		name string
		data []byte
		by   filter
	}{
		{"Flate", bomb, filter{name: "FlateDecode"}},
		{"run length", bytes.Repeat([]byte{129, 'x'}, 1000), filter{name: "RL"}},
		{"LZW", lzw(bytes.Repeat([]byte("x"), 5000)), filter{name: "LZW", early: 1}},
	} {
		got, err := decode(tc.data, []filter{tc.by}, 1000)
		if len(got) > 1000 || !errors.Is(err, errLimit) {
			t.Errorf("%s: got %d bytes, %v", tc.name, len(got), err)
		}
	}
	if _, err := decode([]byte("x"), []filter{{name: "DCTDecode"}}, 1000); !errors.Is(err, errFilter) {
		t.Errorf("a filter of pictures: got %v", err)
	}
}
