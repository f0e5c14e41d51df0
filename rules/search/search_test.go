package search

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"inkooptoets/extract/dossier"
	"inkooptoets/rules/result"
)

var dictionary = NewDictionary([]string{"klachten regeling geschillen commissie wacht lijst"})

// passages are those of one small tender.
var passages = []Passage{
	{File: "map/pve.docx", Page: 3, Block: 0, Path: []string{"3 Klachten"}, Text: "Opdrachtnemer heeft een klachtenregeling voor cliënten en beslist binnen drie weken."},
	{File: "map/pve.docx", Page: 3, Block: 1, Path: []string{"3 Klachten"}, Text: "Over klachten en een geschil beslist de rechter."},
	{File: "map/pve.docx", Page: 4, Block: 2, Path: []string{"4 Personeel"}, Text: "De VOG is hooguit drie maanden oud.", Zone: "requirement",
		Requirements: []string{"wmo-3.5-vog"}, Elements: []string{"vakmanschap"}, Sources: []string{"wmo"}},
	{File: "leidraad.pdf", Page: 1, Block: 3, Text: "Een wachtlijst wordt aan elke cliënt gemeld."},
}

func tender(name string) Tender {
	return Tender{Dossier: name, Municipalities: []string{"Lage Wetering"}, Passages: passages}
}

func small(t testing.TB) *Index {
	t.Helper()
	x, _, err := Open("", "1", dictionary)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { x.Close() })
	if err := x.Put("/stukken/a", "1", tender("a")); err != nil {
		t.Fatal(err)
	}
	return x
}

func open(t testing.TB, dir, version string) (*Index, string) {
	t.Helper()
	x, anew, err := Open(dir, version, dictionary)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { x.Close() })
	return x, anew
}

func ask(t testing.TB, x *Index, question string, keys ...string) result.Search {
	t.Helper()
	q, err := Parse(question)
	if err != nil {
		t.Fatal(err)
	}
	found, err := x.Find(t.Context(), q, keys, 10)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func put(t testing.TB, x *Index, key, hash string) {
	t.Helper()
	if err := x.Put(key, hash, tender(filepath.Base(key))); err != nil {
		t.Fatal(err)
	}
}

// The words that the question asks for are marked where they stand, words in a row only as a row.
func TestMarks(t *testing.T) {
	x := small(t)
	for question, want := range map[string][]string{
		`klacht`:                         {"klachtenregeling"},
		`klacht*`:                        {"klachtenregeling"},
		`"binnen drie weken"`:            {"binnen drie weken"},
		`client drie NIET geschil`:       {"cliënten", "drie"},
		`regeling gemeente:wetering`:     {"klachtenregeling"},
		`"drie weken" OF klachtenregel*`: {"klachtenregeling", "drie weken"},
	} {
		hit := ask(t, x, question).Hits[0]
		var got []string
		for _, m := range hit.Marks {
			got = append(got, hit.Quote[m[0]:m[1]])
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: got %q, want %q", question, got, want)
		}
	}
}

func TestIndexStays(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "index")
	x, anew := open(t, dir, "1")
	if anew != "" {
		t.Errorf("a new index says %q", anew)
	}
	put(t, x, "/stukken/a", "h1")
	put(t, x, "/stukken/b", "h1")
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	x, anew = open(t, dir, "1")
	if anew != "" {
		t.Errorf("made anew: %q", anew)
	}
	if got := ask(t, x, "klacht"); got.Total != 4 || got.Tenders != 2 {
		t.Errorf("got %d passages in %d tenders, want 4 in 2", got.Total, got.Tenders)
	}
	if got := ask(t, x, "klacht", "/stukken/b"); got.Total != 2 || got.Tenders != 1 || got.Hits[0].Dossier != "b" {
		t.Errorf("got %+v, want the 2 passages of b", got)
	}
	for _, tc := range []struct {
		key, hash string
		want      bool
	}{{"/stukken/a", "h1", true}, {"/stukken/a", "h2", false}, {"/stukken/c", "h1", false}} {
		if got, err := x.Has(tc.key, tc.hash); err != nil || got != tc.want {
			t.Errorf("Has(%s, %s): got %t, %v", tc.key, tc.hash, got, err)
		}
	}
}

// What changed replaces what was there, passages that are gone included, and leaves no text behind.
func TestPutReplaces(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "index")
	x, _ := open(t, dir, "1")
	put(t, x, "/a", "h1")
	less := tender("a")
	less.Passages = less.Passages[3:]
	if err := x.Put("/a", "h2", less); err != nil {
		t.Fatal(err)
	}
	if got := ask(t, x, "klacht"); got.Total != 0 {
		t.Errorf("got %d passages that are gone", got.Total)
	}
	if got := ask(t, x, "wachtlijst"); got.Total != 1 || got.Tenders != 1 {
		t.Errorf("got %+v", got)
	}
	if n := textFiles(t, dir); n != 1 {
		t.Errorf("%d texts are left, want 1", n)
	}
	if err := x.Drop("/a"); err != nil {
		t.Fatal(err)
	}
	if keys, err := x.Keys(); err != nil || len(keys) != 0 || ask(t, x, "wachtlijst").Total != 0 || textFiles(t, dir) != 0 {
		t.Errorf("something is left: %v, %v", keys, err)
	}
}

func textFiles(t *testing.T, dir string) int {
	t.Helper()
	entries, err := os.ReadDir(filepath.Join(dir, textPart))
	if err != nil {
		t.Fatal(err)
	}
	return len(entries)
}

func TestOpenAnew(t *testing.T) {
	for name, tc := range map[string]struct {
		harm func(t *testing.T, dir string)
		want string
	}{
		"other version": {func(*testing.T, string) {}, "andere versie"},
		"mark damaged":  {func(t *testing.T, dir string) { write(t, filepath.Join(dir, markFile), "{") }, "andere versie"},
		"words damaged": {func(t *testing.T, dir string) {
			write(t, filepath.Join(dir, indexPart, "index_meta.json"), "niets")
			write(t, filepath.Join(dir, markFile), fmt.Sprintf(`{"index":%d,"version":"2"}`, form))
		}, "beschadigd"},
		"words gone": {func(t *testing.T, dir string) {
			write(t, filepath.Join(dir, markFile), fmt.Sprintf(`{"index":%d,"version":"2"}`, form))
			store := filepath.Join(dir, indexPart, "store")
			if err := os.RemoveAll(store); err != nil {
				t.Fatal(err)
			}
			write(t, store, "geen map")
		}, "beschadigd"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "index")
			x, _ := open(t, dir, "1")
			put(t, x, "/a", "h1")
			x.Close()
			tc.harm(t, dir)
			x, anew := open(t, dir, "2")
			if !strings.Contains(anew, tc.want) {
				t.Errorf("got %q, want %q", anew, tc.want)
			}
			if keys, err := x.Keys(); err != nil || len(keys) != 0 {
				t.Errorf("got %v, %v; want an empty index", keys, err)
			}
			put(t, x, "/a", "h1")
			if got := ask(t, x, "klacht").Total; got != 2 {
				t.Errorf("found %d, want 2", got)
			}
		})
	}
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// A folder with something else in it is left alone, and an index that somebody has open too.
func TestOpenRefuses(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "brief.txt"), "van iemand")
	if _, _, err := Open(dir, "1", dictionary); !errors.Is(err, ErrForeign) {
		t.Errorf("got %v, want ErrForeign", err)
	}
	if raw, err := os.ReadFile(filepath.Join(dir, "brief.txt")); err != nil || string(raw) != "van iemand" {
		t.Errorf("the folder was touched: %v", err)
	}
	busy := filepath.Join(t.TempDir(), "index")
	open(t, busy, "1")
	if _, _, err := Open(busy, "1", dictionary); !errors.Is(err, ErrBusy) {
		t.Errorf("got %v, want ErrBusy", err)
	}
}

// Texts that are gone are read again, not missed.
func TestTextsGone(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "index")
	x, _ := open(t, dir, "1")
	put(t, x, "/a", "h1")
	if err := os.Remove(x.textFile("/a", "h1")); err != nil {
		t.Fatal(err)
	}
	if has, err := x.Has("/a", "h1"); has || err != nil {
		t.Errorf("got %t, %v", has, err)
	}
}

func TestTenderOf(t *testing.T) {
	block := func(i int, zone dossier.Zone, text string) dossier.Block {
		return dossier.Block{Text: text, Zone: zone, Loc: dossier.Loc{File: "a.docx", Page: 2, Block: i}}
	}
	d := dossier.Dossier{ID: "x", Documents: []dossier.Document{{Path: "a.docx", Blocks: []dossier.Block{
		block(0, dossier.ZoneTOC, "Inhoud ... 3"), block(1, "", "  "), block(2, dossier.ZoneRequirement, "De gemeente Lage Wetering vraagt een VOG."),
		block(3, "", "De gemeenten Bergen op Zoom en ’s-Hertogenbosch doen niet mee; de gemeente Lage Wetering wel. De gemeente Lage Wetering, de gemeente Opdrachtgever."),
	}}}}
	got := TenderOf(d, result.Dossier{Rows: []result.Row{
		{Requirement: "wmo-3.5-vog", Element: "vakmanschap", Source: "wmo", Evidence: []result.Evidence{{File: "a.docx", Block: 2}}},
		{Requirement: "k04-26", Element: "vakmanschap", Source: "k04", Evidence: []result.Evidence{{File: "a.docx", Block: 2}}},
	}})
	if len(got.Passages) != 2 || fmt.Sprint(got.Municipalities) != "[Lage Wetering Bergen op Zoom]" {
		t.Fatalf("got %+v", got)
	}
	p := got.Passages[0]
	if p.Block != 2 || p.Page != 2 || p.Zone != "requirement" || fmt.Sprint(p.Requirements, p.Elements, p.Sources) != "[wmo-3.5-vog k04-26] [vakmanschap] [wmo k04]" {
		t.Errorf("got %+v", p)
	}
}

// TestWidePrefix asks for a beginning that hundreds of words share: every passage is found, in the order of the tenders and their passages.
func TestWidePrefix(t *testing.T) {
	const n = 500
	var wide Tender
	for i := range n {
		wide.Passages = append(wide.Passages, Passage{File: "pve.docx", Block: i, Text: fmt.Sprintf("Hier staat begin%03dwoord en niets meer.", i)})
	}
	x := small(t)
	if err := x.Put("/stukken/breed", "1", wide); err != nil {
		t.Fatal(err)
	}
	got := ask(t, x, "begin* NIET begin007woord")
	if got.Total != n-1 {
		t.Errorf("found %d passages, want %d", got.Total, n-1)
	}
	for i, want := range []int{0, 1, 2, 3, 4, 5, 6, 8, 9, 10} {
		if got.Hits[i].Block != want {
			t.Errorf("hit %d is passage %d, want %d", i, got.Hits[i].Block, want)
		}
	}
	if got := ask(t, x, "begin1*").Total; got != n/5 {
		t.Errorf("a narrower beginning finds %d passages, want %d", got, n/5)
	}
}

// BenchmarkFirstQuestion opens an index of many tenders and asks the first question, from plain to heavy; SEARCH_DOSSIERS says how many tenders (100).
func BenchmarkFirstQuestion(b *testing.B) {
	n := 100
	if s := os.Getenv("SEARCH_DOSSIERS"); s != "" {
		if _, err := fmt.Sscan(s, &n); err != nil {
			b.Fatal(err)
		}
	}
	dir := filepath.Join(b.TempDir(), "index")
	x, _, err := Open(dir, "1", dictionary)
	if err != nil {
		b.Fatal(err)
	}
	size := 0
	for i := range n {
		t, bytes := generated(i)
		size += bytes
		if err := x.Put(fmt.Sprintf("/stukken/%04d", i), "h", t); err != nil {
			b.Fatal(err)
		}
	}
	if err := x.Close(); err != nil {
		b.Fatal(err)
	}
	b.Logf("index/text: %.2f", float64(onDisk(b, dir))/float64(size))
	for _, question := range []string{`klachtenregeling`, `klachtenregeling eis:k03*`, `"binnen drie weken" klachtenregeling`, `klacht* "binnen drie weken" NIET rechter`, `woord1*`} {
		b.Run(question, func(b *testing.B) {
			for b.Loop() {
				b.StopTimer()
				x, _, err := Open(dir, "1", dictionary)
				if err != nil {
					b.Fatal(err)
				}
				b.StartTimer()
				if got := ask(b, x, question); got.Total == 0 {
					b.Fatal("nothing found")
				}
				b.StopTimer()
				x.Close()
				b.StartTimer()
			}
		})
	}
}

// generated is a tender of some sixty pages with words of its own, and the size of its text.
func generated(i int) (Tender, int) {
	t := Tender{Dossier: fmt.Sprintf("inkoop-%04d", i), Municipalities: []string{fmt.Sprintf("Plaats%d", i)}}
	size := 0
	seed := uint64(i)*2654435761 + 1
	next := func(n int) int {
		seed ^= seed << 13
		seed ^= seed >> 7
		seed ^= seed << 17
		return int(seed % uint64(n)) //nolint:gosec // small
	}
	for k := range 900 {
		words := []string{}
		for range 18 + next(20) {
			// ordinary words come often, others seldom: the square bends the odds
			words = append(words, fmt.Sprintf("woord%d", next(90)*next(90)))
		}
		if k%9 == 0 {
			words = append(words, "klachtenregeling binnen drie weken")
		}
		p := Passage{File: "pve.docx", Page: k/15 + 1, Block: k, Path: []string{fmt.Sprintf("%d Hoofdstuk", k/30)}, Text: strings.Join(words, " ")}
		if k%5 == 0 {
			p.Requirements, p.Elements = []string{fmt.Sprintf("k%02d-%02d", next(15), next(40))}, []string{"vakmanschap"}
		}
		size += len(p.Text)
		t.Passages = append(t.Passages, p)
	}
	return t, size
}

func onDisk(b *testing.B, dir string) int64 {
	b.Helper()
	total := int64(0)
	err := filepath.Walk(dir, func(_ string, info os.FileInfo, err error) error {
		if err == nil && !info.IsDir() {
			total += info.Size()
		}
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	return total
}

// A text that lost its end is told, not left out.
func TestDamagedText(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "index")
	x, _ := open(t, dir, "1")
	put(t, x, "/a", "h1")
	if err := x.keep("/a", "h1", Tender{Dossier: "a"}); err != nil {
		t.Fatal(err)
	}
	q, err := Parse("klacht")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := x.Find(t.Context(), q, nil, 10); err == nil || !strings.Contains(err.Error(), "/a in the index is damaged") {
		t.Errorf("got error %v", err)
	}
}
