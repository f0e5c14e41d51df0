package report

import (
	"reflect"
	"strings"
	"testing"

	"inkooptoets/rules/result"
)

func searched() result.Search {
	quote := "Opdrachtnemer heeft een klachtenregeling voor cliënten en zorgt dat iedereen die kent, ook wie weinig leest of geen Nederlands spreekt. Over klachten beslist een commissie."
	at := func(word string) [2]int {
		i := strings.Index(quote, word)
		return [2]int{i, i + len(word)}
	}
	return result.Search{SchemaVersion: "1.0", Question: "klacht*", Tenders: 3, Total: 12, Hits: []result.Hit{
		{Dossier: "2026-duinstad", Municipalities: []string{"Duinstad", "Aa en Hunze"}, Requirements: []string{"wmo-3.2-klachtenregeling"}, Score: 1.5,
			Evidence: result.Evidence{File: "bijlagen/pve.docx", Page: 3, Block: 7, Path: []string{"3 Kwaliteit", "3.1 Klachten"}, Quote: quote},
			Marks:    [][2]int{at("klachtenregeling"), at("klachten ")}},
		{Dossier: "noord", Evidence: result.Evidence{File: "leidraad.pdf", Quote: "Zonder merk."}, Marks: [][2]int{}},
	}}
}

func answer(t *testing.T, format string, s result.Search, o Options) string {
	t.Helper()
	var b strings.Builder
	if err := WriteSearch(&b, format, s, o); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestSearch(t *testing.T) {
	for _, tc := range []struct {
		format string
		o      Options
		want   string
	}{
		{"table", Options{Width: 70}, `12 passages in 3 dossiers gevonden; hieronder de eerste 2; meer: -n.

  1. 2026-duinstad (Aa en Hunze) · bijlagen/pve.docx, p. 3, 3
     Kwaliteit › 3.1 Klachten
     Opdrachtnemer heeft een [klachtenregeling] voor cliënten en zorgt
     dat iedereen die kent, ook wie weinig leest of geen Nederlands
     spreekt. Over [klachten] beslist een commissie.
     bewijs bij wmo-3.2-klachtenregeling

  2. noord · leidraad.pdf
     Zonder merk.
`},
		{"markdown", Options{Lang: "en"}, `12 passages found in 3 dossiers; below the first 2; more: \-n.

1. 2026\-duinstad (Aa en Hunze) · bijlagen/pve.docx, p. 3, 3 Kwaliteit › 3.1 Klachten

   > Opdrachtnemer heeft een **klachtenregeling** voor cliënten en zorgt dat iedereen die kent, ook wie weinig leest of geen Nederlands spreekt. Over **klachten** beslist een commissie.

   evidence for wmo\-3.2\-klachtenregeling

2. noord · leidraad.pdf

   > Zonder merk.
`},
	} {
		got := answer(t, tc.format, searched(), tc.o)
		if plain := strings.NewReplacer(`\-`, "-", "\u00a0", " "); plain.Replace(got) != plain.Replace(tc.want) {
			t.Errorf("%s:\n%s\nwant:\n%s", tc.format, got, tc.want)
		}
	}
	if got := answer(t, "", result.Search{Tenders: 4}, Options{}); !strings.HasPrefix(got, "Niets gevonden in 4 dossiers.") {
		t.Errorf("got %q", got)
	}
	if got := answer(t, "table", searched(), Options{Color: true}); !strings.Contains(got, "\x1b[1mklachtenregeling\x1b[0m") {
		t.Errorf("no colour in %q", got)
	}
	var b strings.Builder
	if err := WriteSearch(&b, "html", searched(), Options{}); err == nil || !strings.Contains(err.Error(), "table, markdown, json") {
		t.Errorf("got %v", err)
	}
}

func TestSearchNothingLeaks(t *testing.T) {
	s := searched()
	poison(reflect.ValueOf(&s).Elem())
	s.Hits[0].Marks = [][2]int{{-5, 3}, {4, 9}, {9, 100000}}
	for _, format := range SearchNames() {
		for _, o := range []Options{{}, {Lang: "en", Width: 60}} {
			out := answer(t, format, s, o)
			checkLog(t, format, out, o)
			switch format {
			case "markdown":
				checkMarkdown(t, strings.ReplaceAll(out, "**", ""))
			case "json":
				decodeStrict(t, out, new(result.Search))
			case "table": // text in a terminal: what holds for all is enough
			default:
				t.Errorf("%s: no check on hostile text", format)
			}
		}
	}
}
