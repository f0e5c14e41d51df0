package result

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
)

// Comparison lays tenders side by side, requirement by requirement. Asked is what a tender covers itself or by reference. What does not apply, or was not
// judged, is outside every denominator.
type Comparison struct {
	SchemaVersion string                `json:"schemaVersion"`
	Tool          string                `json:"tool"`
	Catalogue     string                `json:"catalogue"` // the same for all
	Dates         []string              `json:"dates"`     // reference dates, sorted
	Sources       []Source              `json:"sources,omitempty"`
	Tenders       []ComparedTender      `json:"tenders"`      // in the order given
	Requirements  []ComparedRequirement `json:"requirements"` // laws, frameworks, guides; within a source in catalogue order
	Rates         []Rate                `json:"rates"`        // per weight, per element within a weight, per source
	Nobody        []string              `json:"nobody"`       // ids of requirements that apply somewhere and that no tender asks
	Pairs         []Pair                `json:"pairs"`        // every tender with each that comes after it
}

// ComparedTender is one column of a comparison.
type ComparedTender struct {
	Name         string   `json:"name"` // id, with its origin where two have the same
	Date         string   `json:"date"`
	Laws         []string `json:"laws"`
	Documents    int      `json:"documents"`
	Unread       int      `json:"unread"` // of them
	Applicable   int      `json:"applicable"`
	Asked        int      `json:"asked"`
	Partly       int      `json:"partly"`
	Undetermined int      `json:"undetermined"`
	Alone        []string `json:"alone"` // ids of what only this tender asks, of what applies to another too
}

// ComparedRequirement is one row of a comparison.
type ComparedRequirement struct {
	Subject
	Statuses   []Status `json:"statuses"`   // per tender; empty where it was not judged, as with a framework that was not chosen
	Applicable int      `json:"applicable"` // tenders
	Asked      int      `json:"asked"`
	Partly     int      `json:"partly"`
	Best       *Clause  `json:"best,omitempty"` // the best words among those who cover it
}

// Rate counts demands as the yearly monitors of the government do: of the tenders to which a requirement of the group applies, those that ask one at least and
// those that ask all; and of all demands that apply, those that are asked.
type Rate struct {
	By           string `json:"by"`               // weight, element, source
	Key          string `json:"key"`              // statutory (with municipal), framework or advice; an element; a source id
	Weight       Duty   `json:"weight,omitempty"` // with element: of which weight
	Tenders      int    `json:"tenders"`          // to which one applies at least
	Any          int    `json:"any"`              // of them: ask one at least
	All          int    `json:"all"`              // of them: ask every one that applies
	Demands      int    `json:"demands"`          // requirement and tender, that apply
	Asked        int    `json:"asked"`            // of them
	Partly       int    `json:"partly"`           // of them: half in the text
	Undetermined int    `json:"undetermined"`     // of them: not to be judged, so not counted as asked
}

// Pair says how much two tenders ask alike: of what applies to both and is asked by one at least, what both ask.
type Pair struct {
	A          string `json:"a"`
	B          string `json:"b"`
	Applicable int    `json:"applicable"` // to both
	Either     int    `json:"either"`     // asked by one at least
	Both       int    `json:"both"`
}

// Alike is the Jaccard index of a pair, from 0 to 1; ok is false when neither asks anything.
func (p Pair) Alike() (index float64, ok bool) {
	if p.Either == 0 {
		return 0, false
	}
	return float64(p.Both) / float64(p.Either), true
}

// ErrFew says that there is nothing to compare with.
var ErrFew = errors.New("a comparison needs two tenders")

// CatalogueError says which tenders were judged by different rules.
type CatalogueError struct{ A, B, CatalogueA, CatalogueB string }

// Error names both.
func (e *CatalogueError) Error() string {
	return fmt.Sprintf("%s was judged by catalogue %s and %s by %s", e.A, e.CatalogueA, e.B, e.CatalogueB)
}

// Compare lays tenders side by side. They must be judged by one catalogue: otherwise a difference may be one of rules.
func Compare(tenders []Tender) (Comparison, error) {
	if len(tenders) < 2 {
		return Comparison{}, ErrFew
	}
	names := tellApart(tenders)
	for i, t := range tenders {
		if t.Head.Catalogue != tenders[0].Head.Catalogue {
			return Comparison{}, &CatalogueError{names[0], names[i], tenders[0].Head.Catalogue, t.Head.Catalogue}
		}
	}
	c := Comparison{SchemaVersion: SchemaVersion, Tool: tenders[0].Head.Tool, Catalogue: tenders[0].Head.Catalogue, Nobody: []string{}, Pairs: []Pair{}, Rates: []Rate{}}
	for i, t := range tenders {
		c.Dates = append(c.Dates, t.Head.Date)
		x := ComparedTender{Name: names[i], Date: t.Head.Date, Laws: list(t.Laws), Documents: len(t.Documents), Alone: []string{}}
		for _, d := range t.Documents {
			x.Unread += one(d.Problem != "")
		}
		c.Tenders = append(c.Tenders, x)
	}
	slices.Sort(c.Dates)
	c.Dates = slices.Compact(c.Dates)
	c.Sources = mergeSources(tenders)
	c.Requirements = mergeRows(tenders, c.Sources, names)
	c.count()
	c.Rates = c.rates()
	c.Pairs = c.pairs()
	return c, nil
}

// EncodeComparison writes c as indented JSON with a newline at the end, with the same care as Encode.
func EncodeComparison(w io.Writer, c Comparison) error { return encode(w, c) }

// Asked reports whether a tender with this status asks the requirement, by its own words or by reference.
func (s Status) Asked() bool { return s == Covered || s == Referenced }

// counted reports whether a requirement with this status counts in a denominator.
func (s Status) counted() bool { return s != "" && s != NotApplicable }

// tellApart gives every tender a name of its own: its id, where needed with its origin and a number.
func tellApart(tenders []Tender) []string {
	names := make([]string, len(tenders))
	seen := map[string]int{}
	for i, t := range tenders {
		names[i] = t.Name
		seen[t.Name]++
	}
	for i, t := range tenders {
		if seen[t.Name] > 1 && t.From != "" && t.From != t.Name {
			names[i] = t.From + "/" + t.Name
		}
	}
	used := map[string]bool{}
	for i, name := range names {
		for n := 2; used[names[i]]; n++ {
			names[i] = name + " (" + strconv.Itoa(n) + ")"
		}
		used[names[i]] = true
	}
	return names
}

// mergeSources puts the sources of all tenders together: laws as the runs have them, then frameworks and guides by id, as one run need not have all.
func mergeSources(tenders []Tender) []Source {
	var out []Source
	for _, t := range tenders {
		last := -1
		for _, s := range t.Sources {
			if i := slices.IndexFunc(out, func(x Source) bool { return x.ID == s.ID }); i >= 0 {
				last = i
				continue
			}
			last++
			out = slices.Insert(out, last, s)
		}
	}
	slices.SortStableFunc(out, func(a, b Source) int {
		if c := cmp.Compare(kindRank(a.Kind), kindRank(b.Kind)); c != 0 || a.Kind == "law" {
			return c
		}
		return cmp.Compare(a.ID, b.ID)
	})
	return out
}

func kindRank(kind string) int {
	if i := slices.Index([]string{"law", "framework", "guide"}, kind); i >= 0 {
		return i
	}
	return 3
}

// mergeRows makes the rows of the comparison: a requirement that a tender lacks keeps an empty status there. New ones go behind what stood before them.
func mergeRows(tenders []Tender, sources []Source, names []string) []ComparedRequirement {
	var order []*ComparedRequirement
	best := map[*ComparedRequirement]clauseRank{}
	known := map[string]*ComparedRequirement{}
	for i, t := range tenders {
		last := -1
		for _, r := range t.Rows {
			row := known[r.Requirement]
			switch {
			case row == nil:
				row = &ComparedRequirement{Subject: r.Subject, Statuses: make([]Status, len(tenders))}
				known[r.Requirement] = row
				last++
				order = slices.Insert(order, last, row)
			case last+1 < len(order) && order[last+1] == row: // nearly always
				last++
			default:
				last = slices.Index(order, row)
			}
			row.Statuses[i] = r.Status
			if r.Clause != nil && (row.Best == nil || r.rank.before(best[row])) {
				c := *r.Clause
				c.Tender = names[i]
				row.Best, best[row] = &c, r.rank
			}
		}
	}
	rank := map[string]int{}
	for i, s := range sources {
		rank[s.ID] = i + 1
	}
	for _, r := range order { // a run of an older program names no sources
		if rank[r.Source] == 0 {
			rank[r.Source] = len(rank) + 1
		}
	}
	out := make([]ComparedRequirement, len(order))
	for i, r := range order {
		out[i] = *r
	}
	slices.SortStableFunc(out, func(a, b ComparedRequirement) int { return cmp.Compare(rank[a.Source], rank[b.Source]) })
	return out
}

// count fills in the totals of rows and columns, who asks what nobody else does, and what nobody asks.
func (c *Comparison) count() {
	for i := range c.Requirements {
		r := &c.Requirements[i]
		only := -1
		for n, s := range r.Statuses {
			if !s.counted() {
				continue
			}
			t := &c.Tenders[n]
			r.Applicable++
			t.Applicable++
			t.Undetermined += one(s == Undetermined)
			r.Partly += one(s == Partial)
			t.Partly += one(s == Partial)
			if s.Asked() {
				r.Asked++
				t.Asked++
				only = n
			}
		}
		switch {
		case r.Asked == 1 && r.Applicable > 1:
			c.Tenders[only].Alone = append(c.Tenders[only].Alone, r.Requirement)
		case r.Asked == 0 && r.Applicable > 0:
			c.Nobody = append(c.Nobody, r.Requirement)
		}
	}
}

// weightOf groups duties: what the law asks of provider or municipality is one.
func weightOf(d Duty) Duty {
	if d == Municipal {
		return Statutory
	}
	return d
}

// rates counts per weight, per element within a weight and per source; groups to which nothing belongs are left out.
func (c *Comparison) rates() []Rate {
	weights := []Duty{Statutory, Framework, Advice}
	var out []Rate
	add := func(r Rate, in func(*ComparedRequirement) bool) {
		if r = c.rate(r, in); r.Tenders > 0 {
			out = append(out, r)
		}
	}
	for _, w := range weights {
		add(Rate{By: "weight", Key: string(w)}, func(r *ComparedRequirement) bool { return weightOf(r.Duty) == w })
	}
	for _, w := range weights {
		for _, e := range append(slices.Clone(Elements), Buying) {
			add(Rate{By: "element", Key: e, Weight: w}, func(r *ComparedRequirement) bool { return r.Element == e && weightOf(r.Duty) == w })
		}
	}
	seen := map[string]bool{}
	for i := range c.Requirements {
		if s := c.Requirements[i].Source; !seen[s] {
			seen[s] = true
			add(Rate{By: "source", Key: s}, func(r *ComparedRequirement) bool { return r.Source == s })
		}
	}
	return list(out)
}

func (c *Comparison) rate(rate Rate, in func(*ComparedRequirement) bool) Rate {
	applicable, asked := make([]int, len(c.Tenders)), make([]int, len(c.Tenders))
	for i := range c.Requirements {
		r := &c.Requirements[i]
		if !in(r) {
			continue
		}
		for n, s := range r.Statuses {
			if !s.counted() {
				continue
			}
			applicable[n]++
			asked[n] += one(s.Asked())
			rate.Partly += one(s == Partial)
			rate.Undetermined += one(s == Undetermined)
		}
	}
	for n := range applicable {
		rate.Tenders += one(applicable[n] > 0)
		rate.Any += one(asked[n] > 0)
		rate.All += one(applicable[n] > 0 && asked[n] == applicable[n])
		rate.Demands += applicable[n]
		rate.Asked += asked[n]
	}
	return rate
}

func (c *Comparison) pairs() []Pair {
	out := []Pair{}
	for a := range c.Tenders {
		for b := a + 1; b < len(c.Tenders); b++ {
			p := Pair{A: c.Tenders[a].Name, B: c.Tenders[b].Name}
			for i := range c.Requirements {
				x, y := c.Requirements[i].Statuses[a], c.Requirements[i].Statuses[b]
				if !x.counted() || !y.counted() {
					continue
				}
				p.Applicable++
				p.Either += one(x.Asked() || y.Asked())
				p.Both += one(x.Asked() && y.Asked())
			}
			out = append(out, p)
		}
	}
	return out
}
