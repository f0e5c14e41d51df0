// Package result holds what a check found, in the form of its JSON. It is a leaf: every report, comparison and diff is made from
// these types alone, so a stored run is as good as a fresh one. It knows nothing about files, rules or output formats.
package result

import "slices"

// SchemaVersion is the version of the JSON contract. Within 1.x fields are only added.
const SchemaVersion = "1.0"

// Run is the outcome of one call of check.
type Run struct {
	SchemaVersion string    `json:"schemaVersion"`
	Tool          string    `json:"tool"`              // "inkooptoets 0.1.0"
	Catalogue     string    `json:"catalogue"`         // short hash of catalogue and recognisers
	Date          string    `json:"date"`              // reference date, YYYY-MM-DD: validity is judged on this day
	Sources       []Source  `json:"sources,omitempty"` // that rows name, catalogue order
	Dossiers      []Dossier `json:"dossiers"`          // in the order given
	// WaiverProblems are the waivers that accept nothing, and why.
	WaiverProblems []WaiverProblem `json:"waiverProblems,omitempty"`
	// Measured says per kind of source and per status how often such a verdict was right. Absent when the rules are not those that were measured.
	Measured []Measured `json:"measured,omitempty"`
	// MeasuredDemands says per class how often demands were classified right.
	MeasuredDemands []MeasuredClass `json:"measuredDemands,omitempty"`
	// Shard says which part of a larger check this is; null for a whole one.
	Shard *Shard `json:"shard,omitempty"`
}

// Shard is the place of a run among those that together are one check.
type Shard struct {
	Index int    `json:"index"` // from 1
	Of    int    `json:"of"`    // how many shards there are
	Plan  string `json:"plan"`  // short hash over all dossiers and settings of the whole: the same in every shard
	Total int    `json:"total"` // how many dossiers the whole has
	At    []int  `json:"at"`    // place of every dossier of this run in the whole, from 0
	// Sources are the ids of all sources in catalogue order, so that the sources of shards can be put in one order.
	Sources []string `json:"sources"`
}

// InTenders is the kind of figures about criteria of frameworks in whole tenders, as a second reading of their text found them. There words meet by chance too,
// which passages do not show.
const InTenders = "framework-tender"

// Measured is how often one verdict was right on labelled passages, or tenders, that nobody used to mend the rules.
// Kind is that of a source, or InTenders.
type Measured struct {
	Kind      string  `json:"kind"`                // of the source: law, framework, guide
	Status    Status  `json:"status"`              // of the verdict
	Right     int     `json:"right"`               // verdicts that were those of the label
	N         int     `json:"n"`                   // verdicts in all
	Precision float64 `json:"precision,omitempty"` // share that was right, 0 to 1; absent with fewer than 30 verdicts, which measure nothing
	Low       float64 `json:"low,omitempty"`       // 95% interval
	High      float64 `json:"high,omitempty"`
}

// Source is a law, quality framework or guide that rows refer to.
type Source struct {
	ID       string   `json:"id"`
	Kind     string   `json:"kind"`               // law, framework, guide
	Name     string   `json:"name"`               // short: "JIJ-kader"
	Title    string   `json:"title"`              // in full
	Without  []string `json:"without,omitempty"`  // elements for which a framework has no criteria
	Replaced string   `json:"replaced,omitempty"` // Dutch: what came in its place
}

// Dossier is the outcome for one tender.
type Dossier struct {
	ID        string     `json:"id"`
	Profile   Profile    `json:"profile"`
	Tallies   []Tally    `json:"tallies"`   // per element, then per source in catalogue order, then per framework and element
	Documents []Document `json:"documents"` // sorted by path
	Rows      []Row      `json:"rows"`      // catalogue order, one per requirement of the chosen sources
	Findings  []Finding  `json:"findings"`  // sorted by file and block; empty, never null
	// Citations lists every reference to law and to articles of something else, sorted by file and block.
	Citations []Citation `json:"citations,omitempty"`
	// Demands lists what the tender asks beyond the law, in the order of the text.
	Demands []Demand `json:"demands,omitempty"`
}

// Profile is what the check assumed about the tender and why.
type Profile struct {
	Laws      []Assumed `json:"laws"`
	Segments  []Assumed `json:"segments"`
	Procedure Assumed   `json:"procedure"`
	Services  []Assumed `json:"services"`
	// Targets are the target groups to which some criteria are limited.
	Targets []Assumed `json:"targetGroups,omitempty"`
	// Variant is the way of commissioning (uitvoeringsvariant).
	Variant Assumed `json:"variant,omitzero"`
	// Frameworks says of every framework and guide whether it was judged and why; Value is the source id.
	Frameworks []Assumed `json:"frameworks,omitempty"`
}

// Assumed is one assumption with the reason for it.
type Assumed struct {
	Value  string `json:"value"`            // "wmo", "aanbesteding", ...; empty if unknown
	Name   string `json:"name,omitempty"`   // how people call it, where that differs from Value
	Answer string `json:"answer"`           // "yes", "no", "unknown"
	Given  bool   `json:"given,omitempty"`  // true if a person said so
	Reason string `json:"reason,omitempty"` // Dutch: the words that were seen, or "opgegeven"
	Hits   int    `json:"hits,omitempty"`   // how many blocks showed it
}

// Tally counts the rows of one element or source by status. Denominator excludes not-applicable rows.
type Tally struct {
	By          string         `json:"by"`                // "element", "source", or "source-element" for a framework
	Key         string         `json:"key"`               // "vakmanschap", "wmo"
	Element     string         `json:"element,omitempty"` // with "source-element"
	Denominator int            `json:"denominator"`       // applicable rows
	Counts      map[Status]int `json:"counts"`            // every status present, zero included
}

// Document is one file as it was read.
type Document struct {
	Path     string    `json:"path"`
	Role     string    `json:"role,omitempty"`
	Pages    int       `json:"pages,omitempty"`
	Problem  string    `json:"problem,omitempty"`
	Warnings []Warning `json:"warnings,omitempty"`
}

// Warning is something noticed while reading a file.
type Warning struct {
	Code   string `json:"code"`
	Page   int    `json:"page,omitempty"`
	Detail string `json:"detail"`
}

// Duty is the weight of a requirement.
type Duty string

const (
	Statutory Duty = "statutory" // the law binds the provider
	Municipal Duty = "municipal" // the law binds the municipality; it must show in the tender documents
	Framework Duty = "framework" // criterion of a quality framework
	Advice    Duty = "advice"    // wise, not obligatory
)

// Status is the verdict on one requirement.
type Status string

const (
	Covered       Status = "covered"
	Referenced    Status = "referenced"
	Partial       Status = "partial"
	Mentioned     Status = "mentioned"
	Contradicted  Status = "contradicted"
	Missing       Status = "missing"
	Undetermined  Status = "undetermined"
	NotApplicable Status = "not-applicable"
)

// Statuses lists every status, best first, as reports show them.
var Statuses = []Status{Covered, Referenced, Partial, Mentioned, Contradicted, Missing, Undetermined, NotApplicable}

// Gap reports whether s is a shortcoming of an applicable requirement.
func (s Status) Gap() bool {
	return s == Partial || s == Mentioned || s == Contradicted || s == Missing
}

// Row is the verdict on one requirement.
type Row struct {
	Requirement string     `json:"requirement"` // id
	Source      string     `json:"source"`      // source id
	Element     string     `json:"element"`     // dienstverlening, vakmanschap, samenwerking, organisatie
	Duty        Duty       `json:"duty"`
	Party       string     `json:"party"` // provider, municipality, either
	Title       string     `json:"title"`
	Citation    string     `json:"citation"`       // "Wmo 2015, artikel 3.5 lid 1"
	Link        string     `json:"link,omitempty"` // article on wetten.overheid.nl
	Status      Status     `json:"status"`
	Absent      string     `json:"absent,omitempty"` // why it is undetermined: the text says that it stands in a document that is not there, and this is the rule of that finding
	Reason      string     `json:"reason"`           // Dutch, one or two short sentences: why this status
	Note        string     `json:"note,omitempty"`   // Dutch: what else to know, such as that the framework was replaced
	Aspects     []Aspect   `json:"aspects"`          // catalogue order; empty, never null
	Evidence    []Evidence `json:"evidence"`
	Nearest     []Evidence `json:"nearest"`              // for gaps: passages that come closest, best first
	Suggestion  string     `json:"suggestion,omitempty"` // clause to paste, for gaps
	Waived      *Waiver    `json:"waived,omitempty"`
	Known       bool       `json:"known,omitempty"` // a gap that the baseline has already, no worse now than then
}

// Aspect is the verdict on one part of a requirement.
type Aspect struct {
	ID     string `json:"id"`
	Text   string `json:"text"`
	Core   bool   `json:"core"`   // needed for covered
	Status Status `json:"status"` // covered, mentioned, contradicted or missing
}

// Evidence is a passage and what it shows.
type Evidence struct {
	File    string   `json:"file"`
	Page    int      `json:"page,omitempty"` // 0 if the format has no pages
	Block   int      `json:"block"`          // index in the document, from 0
	Path    []string `json:"path,omitempty"` // heading trail
	Quote   string   `json:"quote"`          // the block's text, whole
	Start   int      `json:"start"`          // byte range in Quote of the words that decided
	End     int      `json:"end"`
	Shows   Status   `json:"shows,omitempty"`   // what this passage shows on its own
	Aspects []string `json:"aspects,omitempty"` // aspect ids it covers
	Lacks   string   `json:"lacks,omitempty"`   // Dutch: what keeps it from covering
	// OverriddenBy is the later document that took this passage out or put another text in its place: it no longer counts. Empty while it stands.
	OverriddenBy string `json:"overriddenBy,omitempty"`
}

// Waiver records who accepted a gap, why and until when.
type Waiver struct {
	Reason string `json:"reason"`
	By     string `json:"by"`
	Until  string `json:"until"`           // YYYY-MM-DD
	Place  string `json:"place,omitempty"` // where it is written, as file:line
}

// Kinds of WaiverProblem.
const (
	WaiverMalformed = "malformed"
	WaiverExpired   = "expired"
	WaiverTooLong   = "too-long"
	WaiverUnused    = "unused"
	WaiverUnmatched = "unmatched" // meant for a dossier that was not checked
)

// WaiverProblem is a waiver that accepts nothing: what it was meant for counts again.
type WaiverProblem struct {
	Place   string `json:"place"`   // file:line
	ID      string `json:"id"`      // of the requirement or finding; empty if it names none
	Kind    string `json:"kind"`    // malformed, expired, too-long, unused, unmatched
	Message string `json:"message"` // Dutch
}

// Finding is something about the draft itself rather than about one requirement.
type Finding struct {
	ID         string  `json:"id"`             // of the check: "c-outdated"
	Rule       string  `json:"rule,omitempty"` // which entry of the check's list hit: "wbp"; empty if it has no list
	Severity   string  `json:"severity"`       // error, warning, note
	Message    string  `json:"message"`        // Dutch, one or two sentences
	File       string  `json:"file"`
	Page       int     `json:"page,omitempty"`
	Block      int     `json:"block"`                // index in the document, from 0; 0 when it is about the file as a whole
	Quote      string  `json:"quote,omitempty"`      // the block's text, whole; empty when it is about the file as a whole
	Start      int     `json:"start"`                // byte range in Quote of the words it is about
	End        int     `json:"end"`                  // 0 if there are none
	Suggestion string  `json:"suggestion,omitempty"` // Dutch: what to write instead
	Link       string  `json:"link,omitempty"`       // to read more: an article on wetten.overheid.nl
	Places     []Place `json:"places,omitempty"`     // where else the same is the matter, in the order of the files
	Waived     *Waiver `json:"waived,omitempty"`
}

// Place is a stretch of a block of a file.
type Place struct {
	File  string `json:"file"`
	Page  int    `json:"page,omitempty"` // from 1; 0 if the format has no pages
	Block int    `json:"block"`          // index in the document, from 0
	Start int    `json:"start"`          // byte range in the text of the block
	End   int    `json:"end"`
}

// Citation is one reference to law in the text: an article, a range of them, a chapter or a paragraph.
type Citation struct {
	File      string   `json:"file"`
	Page      int      `json:"page,omitempty"`
	Block     int      `json:"block"` // index in the document, from 0
	Text      string   `json:"text"`  // as written, with the name of the law when that stands behind it
	Start     int      `json:"start"` // byte range of Text in the block
	End       int      `json:"end"`
	Law       string   `json:"law,omitempty"`       // id: "jeugdwet"; empty if it is part of something else, or the law is not known
	Assumed   bool     `json:"assumed,omitempty"`   // the law is not named here: it follows from what the text is about
	Canonical []string `json:"canonical,omitempty"` // "jeugdwet/artikel/4.1.8/lid/1"; every article of a range, as far as they are listed
	Link      string   `json:"link,omitempty"`      // to the first of them on wetten.overheid.nl
}

// Elements lists the four elements in the order reports show them.
var Elements = []string{"dienstverlening", "vakmanschap", "samenwerking", "organisatie"}

// Buying is the element of rows about the buying itself; only guides have them.
const Buying = "inkoop"

// Count tallies rows per element, then per source, then per framework and element; sources come in the order in which rows first name them.
func Count(rows []Row) []Tally {
	var sources []string
	framework := map[string]bool{}
	seen := map[string]bool{}
	elements := slices.Clone(Elements)
	for _, r := range rows {
		if !seen[r.Source] {
			seen[r.Source] = true
			sources = append(sources, r.Source)
		}
		framework[r.Source] = framework[r.Source] || r.Duty == Framework
		if r.Element == Buying && !slices.Contains(elements, Buying) {
			elements = append(elements, Buying)
		}
	}
	var out []Tally
	for _, e := range elements {
		out = append(out, tally("element", e, rows, func(r Row) bool { return r.Element == e }))
	}
	for _, s := range sources {
		out = append(out, tally("source", s, rows, func(r Row) bool { return r.Source == s }))
	}
	for _, s := range sources {
		for _, e := range Elements {
			if !framework[s] || !slices.ContainsFunc(rows, func(r Row) bool { return r.Source == s && r.Element == e }) {
				continue
			}
			t := tally("source-element", s, rows, func(r Row) bool { return r.Source == s && r.Element == e })
			t.Element = e
			out = append(out, t)
		}
	}
	return out
}

func tally(by, key string, rows []Row, in func(Row) bool) Tally {
	t := Tally{By: by, Key: key, Counts: map[Status]int{}}
	for _, s := range Statuses {
		t.Counts[s] = 0
	}
	for _, r := range rows {
		if !in(r) {
			continue
		}
		t.Counts[r.Status]++
		if r.Status != NotApplicable {
			t.Denominator++
		}
	}
	return t
}
