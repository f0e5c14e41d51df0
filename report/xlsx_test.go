package report

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
	"testing"

	"inkooptoets/rules/result"
)

// TestWorkbook sees what golden files cannot show: heads that stay, filters, and no cell over two columns.
func TestWorkbook(t *testing.T) {
	for lang, want := range map[string][]string{
		"nl": {"Samenvatting", "Bevindingen", "Bewijs", "Aannames", "Stukken", "Eisenprofiel"},
		"en": {"Summary", "Findings", "Evidence", "Assumptions", "Documents", "Demands"},
	} {
		book := openBook(t, write(t, "xlsx", load(t, "klein"), Options{Lang: lang}))
		defer book.Close()
		if got := book.GetSheetList(); !slices.Equal(got, want) {
			t.Errorf("sheets %v, want %v", got, want)
		}
		for i, sheet := range want {
			tables, err := book.GetTables(sheet)
			if err != nil || len(tables) != 1 || tables[0].Name != sheet {
				t.Errorf("%s: tables %v (%v)", sheet, tables, err)
			}
			if merged, err := book.GetMergeCells(sheet); err != nil || len(merged) > 0 {
				t.Errorf("%s: merged cells %v (%v)", sheet, merged, err)
			}
			panes, err := book.GetPanes(sheet)
			if err != nil || panes.Freeze != (i > 0) || i > 0 && panes.YSplit != 1 {
				t.Errorf("%s: panes %+v (%v)", sheet, panes, err)
			}
			rows, err := book.GetRows(sheet)
			if err != nil {
				t.Fatal(err)
			}
			if i == 1 {
				if n := len(load(t, "klein").Dossiers[0].Rows); len(rows) != n+1 {
					t.Errorf("%s: %d rows for %d requirements", sheet, len(rows), n)
				}
			}
			last := rows[len(rows)-1]
			if got := last[len(last)-2:]; !slices.Equal(got, []string{"2026-11-21", "3f2a9c01d4e7"}) {
				t.Errorf("%s: the last columns are %v, want date and catalogue", sheet, got)
			}
			if rowHeight, err := book.GetRowHeight(sheet, len(rows)); err != nil || rowHeight < lineHeight {
				t.Errorf("%s: height %v (%v)", sheet, rowHeight, err)
			}
		}
	}
}

// TestWorkbookSteady: the same run gives the same bytes, though excelize keeps sheets in a map.
func TestWorkbookSteady(t *testing.T) {
	first := write(t, "xlsx", load(t, "klein"), Options{})
	for range 8 {
		if write(t, "xlsx", load(t, "klein"), Options{}) != first {
			t.Fatal("other bytes for the same run")
		}
	}
}

func TestWorkbookOfNothing(t *testing.T) {
	out := readable(t, "xlsx", write(t, "xlsx", result.Run{Tool: "inkooptoets"}, Options{}))
	if !strings.Contains(out, "Er zijn geen dossiers getoetst.") {
		t.Errorf("got %s", out)
	}
}

func TestRowHeight(t *testing.T) {
	s := sheet{cols: []heading{{"a", 10}, {"b", 20}}}
	for _, tc := range []struct {
		row  []any
		want float64
	}{
		{[]any{"kort", 3}, 15},
		{[]any{"een twee drie vier", "kort"}, 30},
		{[]any{strings.Repeat("woord ", 500), ""}, maxHeight},
	} {
		if got := s.height(tc.row).Height; got != tc.want {
			t.Errorf("%.20v: got %v, want %v", tc.row, got, tc.want)
		}
	}
}

func TestTextCell(t *testing.T) {
	for _, tc := range []struct{ in, want string }{
		{"Aanbieder heeft een VOG.", "Aanbieder heeft een VOG."},
		{"=1+1", "'=1+1"},
		{"+31 6", "'+31 6"},
		{"- eerste punt", "'- eerste punt"},
		{"@naam", "'@naam"},
		{"＝1", "'＝1"},
		{"a;=1+1", "a;'=1+1"},
		{`a,"=1`, `a,"'=1`},
		{"a, -b", "a, '-b"},
		{"meldcode-training", "meldcode-training"},
		{"https://x/?a=b&c=d", "https://x/?a=b&c=d"},
		{"", ""},
	} {
		if got := textCell(tc.in); got != tc.want {
			t.Errorf("textCell(%q) = %q, want %q", tc.in, got, tc.want)
		}
	}
}

// TestCSVForPeopleAndMachines: both have a line per requirement and every line says of which catalogue and day it is.
func TestCSVForPeopleAndMachines(t *testing.T) {
	people, data := write(t, "csv", load(t, "klein"), Options{}), write(t, "csv-data", load(t, "klein"), Options{})
	if !strings.HasPrefix(people, byteOrderMark+"Dossier;") || !strings.HasPrefix(data, "dossier,kind,requirement,") {
		t.Errorf("starts with %.30q and %.30q", people, data)
	}
	for _, out := range []string{people, data} {
		lines := strings.Split(strings.TrimSpace(out), "\n")[1:]
		for i, l := range lines {
			if !bytes.HasSuffix([]byte(l), []byte("2026-11-21"+string(separator(out))+"3f2a9c01d4e7")) {
				t.Errorf("line %s has no date and catalogue: %q", strconv.Itoa(i+1), l)
			}
		}
		if n := len(load(t, "klein").Dossiers[0].Rows); strings.Count(out, "\nklein") < n {
			t.Errorf("%d lines for %d requirements", strings.Count(out, "\nklein"), n)
		}
	}
}

func separator(out string) byte {
	if strings.HasPrefix(out, byteOrderMark) {
		return ';'
	}
	return ','
}
