package gold

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"inkooptoets/rules/result"
)

// short holds the column heads of the confusion matrix.
var short = map[result.Status]string{
	result.Covered: "gedekt", result.Referenced: "verwijz.", result.Partial: "deels", result.Mentioned: "genoemd",
	result.Contradicted: "tegenspr.", result.Missing: "ontbreekt", result.Undetermined: "onbeslist", result.NotApplicable: "n.v.t.",
}

// Print writes the report as text in Dutch; misses adds every wrong decision.
func Print(w io.Writer, r Report, misses bool) error {
	var b strings.Builder
	fmt.Fprintf(&b, "Dossiers: %d. Paren van label en oordeel: %d, waarvan er %d meetellen (de andere zijn volgens beide n.v.t.).\n",
		r.Dossiers, r.Overall.Applicable.Of, r.Overall.Judged)
	printTable(&b, r, []column{
		{"n", func(s Score) string { return fmt.Sprint(s.Judged) }},
		{"gat precisie", func(s Score) string { return figure(s.Precision()) }},
		{"gat recall", func(s Score) string { return figure(s.Recall()) }},
		{"F2", f2},
	})
	printTable(&b, r, []column{
		{"status exact", func(s Score) string { return figure(s.ExactShare()) }},
		{"bewijs raak", func(s Score) string { return figure(s.Evidence) }},
		{"van toepassing", func(s Score) string { return figure(s.Applicable) }},
		{"onbeslist", func(s Score) string { return fmt.Sprint(s.Abstained) }},
	})
	fmt.Fprintf(&b, "\nTussen haakjes het 95%%-interval (Wilson) en het aantal gevallen. Onder de %d gevallen staat er geen cijfer.\n", Measured)
	printConfusion(&b, r.Confusion)
	printFound(&b, r.Findings, misses)
	printLeftOut(&b, r)
	if misses {
		printMisses(&b, r.Misses)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

type column struct {
	head string
	cell func(Score) string
}

func printTable(b *strings.Builder, r Report, columns []column) {
	var table strings.Builder
	tw := tabwriter.NewWriter(&table, 0, 0, 2, ' ', 0)
	line := func(key string, cell func(column) string) {
		fmt.Fprint(tw, key)
		for _, c := range columns {
			fmt.Fprint(tw, "\t", cell(c))
		}
		fmt.Fprintln(tw)
	}
	empty := func(column) string { return "" }
	line("", func(c column) string { return c.head })
	line("totaal", func(c column) string { return c.cell(r.Overall) })
	for _, group := range []struct {
		head   string
		scores []Score
	}{{"per bron", r.ByLaw}, {"per element", r.ByElement}, {"per soort plicht", r.ByDuty}} {
		line(group.head, empty)
		for _, s := range group.scores {
			line("  "+s.Key, func(c column) string { return c.cell(s) })
		}
	}
	tw.Flush() // writes to memory: cannot fail
	b.WriteString("\n" + trimmed(table.String()))
}

// trimmed drops the spaces with which a table fills its last column.
func trimmed(table string) string {
	lines := strings.Split(table, "\n")
	for i, l := range lines {
		lines[i] = strings.TrimRight(l, " ")
	}
	return strings.Join(lines, "\n")
}

func f2(s Score) string {
	if s.Precision().Of < Measured || s.Recall().Of < Measured {
		return "niet gemeten"
	}
	return fmt.Sprintf("%.2f", s.F2())
}

func figure(s Share) string {
	if s.Of < Measured {
		return fmt.Sprintf("niet gemeten (n=%d)", s.Of)
	}
	low, high := s.Interval()
	return fmt.Sprintf("%.2f (%.2f-%.2f, n=%d)", s.Value(), low, high, s.Of)
}

func printConfusion(b *strings.Builder, cells []Confusion) {
	n := map[[2]result.Status]int{}
	for _, c := range cells {
		n[[2]result.Status{c.Gold, c.Got}] = c.N
	}
	b.WriteString("\nLabel (rijen) tegen oordeel (kolommen)\n")
	var table strings.Builder
	tw := tabwriter.NewWriter(&table, 0, 0, 2, ' ', tabwriter.AlignRight)
	for _, got := range result.Statuses {
		fmt.Fprintf(tw, "\t%s", short[got])
	}
	fmt.Fprintln(tw, "\t")
	for _, want := range result.Statuses {
		if want == result.Undetermined { // never a label
			continue
		}
		fmt.Fprint(tw, short[want])
		for _, got := range result.Statuses {
			if v := n[[2]result.Status{want, got}]; v > 0 {
				fmt.Fprintf(tw, "\t%d", v)
				continue
			}
			fmt.Fprint(tw, "\t.")
		}
		fmt.Fprintln(tw, "\t")
	}
	tw.Flush() // writes to memory: cannot fail
	b.WriteString(trimmed(table.String()))
}

// printFound shows per list what share of the findings is right and what share of the labels was found. The counts always stand there: these lists are short.
func printFound(b *strings.Builder, found []Found, misses bool) {
	for i, f := range found {
		if i == 0 {
			b.WriteString("\nAandachtspunten in het concept\n")
		}
		fmt.Fprintf(b, "  %-14s precisie %s, recall %s\n", f.List, ratio(f.Precision()), ratio(f.Recall()))
		for _, one := range f.Alarms {
			if misses {
				fmt.Fprintf(b, "    ten onrechte: %s\n", one)
			}
		}
		for _, one := range f.Forgotten {
			if misses {
				fmt.Fprintf(b, "    gemist:       %s\n", one)
			}
		}
	}
}

// ratio writes a share with its counts and interval.
func ratio(s Share) string {
	low, high := s.Interval()
	return fmt.Sprintf("%.3f (%d van %d; %.2f-%.2f)", s.Value(), s.Part, s.Of, low, high)
}

func printLeftOut(b *strings.Builder, r Report) {
	if n := len(r.Unchecked); n > 0 {
		fmt.Fprintf(b, "\nNiet meegeteld, omdat de toets de eis niet kent of niet meenam: %d\n", n)
	}
	for _, f := range r.Unreadable {
		fmt.Fprintf(b, "\nNiet gelezen: %s\n", f)
	}
}

func printMisses(b *strings.Builder, misses []Miss) {
	crossing := 0
	for _, m := range misses {
		if m.Crosses {
			crossing++
		}
	}
	fmt.Fprintf(b, "\n%d verkeerde oordelen, waarvan %d over de grens tussen gat en geen gat (die staan eerst)\n", len(misses), crossing)
	for _, m := range misses {
		mark := " "
		if m.Crosses {
			mark = "!"
		}
		fmt.Fprintf(b, "\n%s %s %s (regel %d): label %s, oordeel %s\n", mark, m.Dossier, m.Requirement, m.Line, join(m.Gold, "/"), m.Got)
		if m.Reason != "" {
			fmt.Fprintf(b, "    reden:    %s\n", m.Reason)
		}
		for _, p := range m.Decided {
			printPassed(b, p)
		}
		if m.Text != "" && len(m.Decided) == 0 {
			fmt.Fprintf(b, "    tekst:    %q\n", m.Text)
		}
		for _, q := range m.Evidence {
			fmt.Fprintf(b, "    label:    %s: %q\n", q.File, q.Quote)
		}
		if m.Note != "" {
			fmt.Fprintf(b, "    noot:     %s\n", m.Note)
		}
	}
}

func printPassed(b *strings.Builder, p Passed) {
	head, place := "gelezen: ", p.File
	if p.Nearest {
		head = "nabij:   "
	}
	if p.Page > 0 {
		place = fmt.Sprintf("%s, p. %d", p.File, p.Page)
	}
	fmt.Fprintf(b, "    %s %s: %q", head, place, p.Quote)
	if p.Hit != "" && p.Hit != p.Quote {
		fmt.Fprintf(b, " [op: %q]", p.Hit)
	}
	if p.Shows != "" {
		fmt.Fprintf(b, " -> %s", p.Shows)
	}
	b.WriteString("\n")
}
