package report

import (
	"cmp"
	"encoding/csv"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"

	"inkooptoets/rules/result"
)

// writeCompareXLSX writes a workbook: rates, tenders, the matrix to filter and sort, the best clauses, and how much tenders are alike.
func writeCompareXLSX(w io.Writer, c result.Comparison, o Options) error {
	v := compareViewOf(c, o.Lang)
	date := ""
	if len(v.Dates) > 0 {
		date = v.Dates[len(v.Dates)-1]
	}
	return writeWorkbook(w, v.cw.Heading, date, o.Lang, []sheet{v.rateSheet(), v.tenderSheet(), v.matrixSheet(), v.bestSheet(), v.pairSheet()})
}

// rateSheet begins with what a reader must know before the figures.
func (v compareView) rateSheet() sheet {
	col := v.cw.Columns
	s := sheet{name: v.cw.Sheets["rates"], lines: append([]string{v.cw.Heading, v.subject() + " · " + v.head() + " · " + v.Tool, v.cw.Meaning}, v.cautions()...), cols: []heading{
		{col["by"], 18}, {col["group"], 44}, {col["tenders"], 14}, {col["any"], 14}, {col["anyShare"], 14}, {col["all"], 14}, {col["allShare"], 14},
		{col["demands"], 14}, {col["times"], 14}, {col["share"], 14}, {col["partlyTimes"], 14}, {col["undetermined"], 16},
	}}
	for _, by := range ratesBy {
		for _, r := range v.rates(by) {
			s.rows = append(s.rows, []any{
				v.cw.By[by], v.rateName(r), r.Tenders, r.Any, fraction(r.Any, r.Tenders), r.All, fraction(r.All, r.Tenders), r.Demands, r.Asked, fraction(r.Asked, r.Demands), r.Partly, r.Undetermined,
			})
		}
	}
	return s
}

// fraction is a part of a whole from 0 to 1, with three decimals; of nothing there is none.
func fraction(part, whole int) any {
	if whole == 0 {
		return ""
	}
	return math.Round(1000*float64(part)/float64(whole)) / 1000
}

func (v compareView) tenderSheet() sheet {
	col := v.cw.Columns
	s := sheet{name: v.cw.Sheets["tenders"], cols: []heading{
		{col["tender"], 30}, {col["laws"], 22}, {col["applicableN"], 14}, {col["askedN"], 14}, {col["share"], 14}, {col["partlyN"], 14}, {col["undeterminedN"], 16}, {col["alone"], 14}, {col["documents"], 12},
		{col["unread"], 14}, {v.ws.columns["date"], 12}, {v.ws.columns["catalogue"], 16},
	}}
	for _, t := range v.Tenders {
		s.rows = append(s.rows, []any{
			t.Name, v.cw.laws(t), t.Applicable, t.Asked, fraction(t.Asked, t.Applicable), t.Partly, t.Undetermined, len(t.Alone), t.Documents, t.Unread, t.Date, v.Catalogue,
		})
	}
	return s
}

// compareColumns are the columns of the matrix before and after those of the tenders.
func (v compareView) compareColumns() (before, after []heading) {
	col, all := v.cw.Columns, v.ws.columns
	before = []heading{{all["requirement"], 24}, {all["title"], 44}, {all["element"], 18}, {all["source"], 10}, {all["citation"], 30}, {all["duty"], 22}}
	after = []heading{
		{col["applicable"], 14}, {col["asked"], 14}, {col["partly"], 14}, {col["onlyBy"], 24}, {col["best"], 24}, {all["file"], 24}, {all["page"], 10}, {all["quote"], 60}, {all["date"], 12}, {all["catalogue"], 16},
	}
	return before, after
}

// compareCells are the cells of a requirement. Only is the tender that alone asks it.
func (v compareView) compareCells(r result.ComparedRequirement, only string) []any {
	cells := []any{r.Requirement, r.Title, r.Element, r.Source, r.Citation, v.ws.dutyName(r.Duty)}
	for _, s := range r.Statuses {
		cells = append(cells, tinted{v.label(s), s})
	}
	best := cmp.Or(r.Best, &result.Clause{})
	return append(cells, r.Applicable, r.Asked, r.Partly, only, best.Tender, best.File, pageCell(best.Page), best.Quote, strings.Join(v.Dates, ", "), v.Catalogue)
}

func (v compareView) matrixSheet() sheet {
	before, after := v.compareColumns()
	s := sheet{name: v.cw.Sheets["matrix"], cols: before}
	taken := map[string]bool{}
	for _, h := range slices.Concat(before, after) {
		taken[strings.ToLower(h.title)] = true
	}
	for _, t := range v.Tenders {
		s.cols = append(s.cols, heading{freeHead(cmp.Or(t.Name, v.cw.Tender), taken), 20})
	}
	s.cols = append(s.cols, after...)
	only := v.onlyBy()
	for _, r := range v.Requirements {
		s.rows = append(s.rows, v.compareCells(r, only[r.Requirement]))
	}
	return s
}

// freeHead gives a column a head that no other has, as a table in a workbook must: a tender may well be called as one of our own columns.
func freeHead(name string, taken map[string]bool) string {
	head := name
	for n := 2; taken[strings.ToLower(head)]; n++ {
		head = name + " (" + strconv.Itoa(n) + ")"
	}
	taken[strings.ToLower(head)] = true
	return head
}

// onlyBy gives the tender that alone asks a requirement.
func (v compareView) onlyBy() map[string]string {
	out := map[string]string{}
	for _, t := range v.Tenders {
		for _, id := range t.Alone {
			out[id] = t.Name
		}
	}
	return out
}

func (v compareView) bestSheet() sheet {
	col, all := v.cw.Columns, v.ws.columns
	s := sheet{name: v.cw.Sheets["best"], cols: []heading{
		{all["requirement"], 24}, {all["title"], 40}, {all["element"], 18}, {all["citation"], 30}, {col["tender"], 24}, {all["file"], 24}, {all["page"], 10}, {all["heading"], 30}, {all["quote"], 80}, {col["whole"], 14},
	}}
	for _, r := range v.best() {
		whole := ""
		if r.Best.Whole {
			whole = v.ws.yes
		}
		s.rows = append(s.rows, []any{r.Requirement, r.Title, r.Element, r.Citation, r.Best.Tender, r.Best.File, pageCell(r.Best.Page), strings.Join(r.Best.Path, " › "), r.Best.Quote, whole})
	}
	return s
}

func (v compareView) pairSheet() sheet {
	col := v.cw.Columns
	s := sheet{name: v.cw.Sheets["pairs"], cols: []heading{{col["a"], 30}, {col["b"], 30}, {col["alike"], 14}, {col["both"], 14}, {col["either"], 16}, {col["shared"], 16}}}
	for _, p := range v.Pairs {
		s.rows = append(s.rows, []any{p.A, p.B, fraction(p.Both, p.Either), p.Both, p.Either, p.Applicable})
	}
	return s
}

// writeCompareCSV writes the matrix for people, as the csv of a run: the Dutch Excel opens it in columns.
func writeCompareCSV(w io.Writer, c result.Comparison, o Options) error {
	s := compareViewOf(c, o.Lang).matrixSheet()
	if _, err := io.WriteString(w, byteOrderMark); err != nil {
		return fmt.Errorf("write csv: %w", err)
	}
	out := csv.NewWriter(w)
	out.Comma = ';'
	line := make([]string, len(s.cols))
	for i, h := range s.cols {
		line[i] = textCell(h.title)
	}
	err := out.Write(line)
	for _, row := range s.rows {
		for i, v := range row {
			line[i] = textCell(csvText(v))
		}
		if err == nil {
			err = out.Write(line)
		}
	}
	if out.Flush(); err == nil {
		err = out.Error()
	}
	if err != nil {
		return fmt.Errorf("write csv: %w", err)
	}
	return nil
}

// csvText is what a cell of a sheet says.
func csvText(v any) string {
	switch x := v.(type) {
	case int:
		return strconv.Itoa(x)
	case tinted:
		return x.text
	case string:
		return x
	}
	return fmt.Sprint(v)
}
