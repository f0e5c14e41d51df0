package result

import (
	"encoding/json"
	"io"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Tender is what a comparison keeps of one dossier: its verdicts, and per covered requirement the passage that says it best.
type Tender struct {
	Name      string // id of the dossier
	From      string // where it came from, such as the name of a file; tells dossiers of one name apart, may be empty
	Head      RunHead
	Sources   []Source
	Laws      []string // that were assumed to hold
	Documents []Document
	Rows      []TenderRow
}

// TenderRow is the verdict on one requirement in one tender.
type TenderRow struct {
	Subject
	Status Status
	Clause *Clause // nil unless covered

	rank clauseRank // of Clause
}

// Subject is what a requirement is about.
type Subject struct {
	Requirement string `json:"requirement"`
	Source      string `json:"source"`
	Element     string `json:"element"`
	Duty        Duty   `json:"duty"`
	Party       string `json:"party"`
	Title       string `json:"title"`
	Citation    string `json:"citation"`
	Link        string `json:"link,omitempty"`
}

func subjectOf(r Row) Subject {
	return Subject{r.Requirement, r.Source, r.Element, r.Duty, r.Party, r.Title, r.Citation, r.Link}
}

// Clause is a passage that covers a requirement, to learn from.
type Clause struct {
	Tender string   `json:"tender"` // whose text it is
	File   string   `json:"file"`
	Page   int      `json:"page,omitempty"` // 0 if the format has no pages
	Path   []string `json:"path,omitempty"` // heading trail
	Quote  string   `json:"quote"`          // the whole text of the block
	Whole  bool     `json:"whole"`          // it meets every core aspect on its own; if not, the tender spread them over several passages
}

// clauseRank is how good a clause is, the best lowest: core aspects it lacks, whether it is less than the whole duty, all aspects it lacks, whether it needs
// other text to be read, its length.
type clauseRank [5]int

func (r clauseRank) before(other clauseRank) bool { return slices.Compare(r[:], other[:]) < 0 }

// Tenders gives the dossiers of a run.
func Tenders(run Run, from string) []Tender {
	var out []Tender
	for _, d := range run.Dossiers {
		t := Tender{Name: d.ID, From: from, Head: headOf(run), Sources: run.Sources, Laws: lawsOf(d.Profile.Laws), Documents: d.Documents}
		for _, r := range d.Rows {
			row := TenderRow{Subject: subjectOf(r), Status: r.Status}
			if r.Status == Covered {
				row.Clause, row.rank = bestClause(r.Aspects, r.Evidence)
			}
			t.Rows = append(t.Rows, row)
		}
		out = append(out, t)
	}
	return out
}

// slimDossier and slimRow are the fields that a comparison needs. The rest of a stored run is most of it, and is skipped. Passages are read only where they
// may be chosen.
type slimDossier struct {
	ID      string `json:"id"`
	Profile struct {
		Laws []Assumed `json:"laws"`
	} `json:"profile"`
	Documents []Document `json:"documents"`
	Rows      []slimRow  `json:"rows"`
}

type slimRow struct {
	Subject
	Status   Status          `json:"status"`
	Aspects  []Aspect        `json:"aspects"`
	Evidence json.RawMessage `json:"evidence"`
}

// DecodeTenders reads the dossiers of a run that Encode wrote, one at a time, so that a large run does not stand in memory as a whole. It takes and refuses
// what Scan does.
func DecodeTenders(r io.Reader, from string) ([]Tender, error) {
	var out []Tender
	run, err := scanRun(r, func(dec *json.Decoder) error {
		var d slimDossier
		if err := dec.Decode(&d); err != nil {
			return damaged(err)
		}
		t, err := d.tender(from)
		out = append(out, t)
		return err
	})
	if err != nil {
		return nil, err
	}
	for i := range out {
		out[i].Head, out[i].Sources = headOf(run), run.Sources
	}
	return out, nil
}

func (d slimDossier) tender(from string) (Tender, error) {
	t := Tender{Name: d.ID, From: from, Laws: lawsOf(d.Profile.Laws), Documents: d.Documents, Rows: make([]TenderRow, 0, len(d.Rows))}
	for _, r := range d.Rows {
		row := TenderRow{Subject: r.Subject, Status: r.Status}
		if r.Status == Covered && len(r.Evidence) > 0 {
			var passages []Evidence
			if err := json.Unmarshal(r.Evidence, &passages); err != nil {
				return t, damaged(err)
			}
			row.Clause, row.rank = bestClause(r.Aspects, passages)
		}
		t.Rows = append(t.Rows, row)
	}
	return t, nil
}

func lawsOf(list []Assumed) []string {
	var out []string
	for _, a := range list {
		if a.Answer == "yes" {
			out = append(out, a.Value)
		}
	}
	return out
}

// bestClause chooses the passage of one tender that says a requirement best; nil if none of them says it.
func bestClause(aspects []Aspect, passages []Evidence) (best *Clause, least clauseRank) {
	for _, e := range passages {
		if e.OverriddenBy != "" || e.Shows == Referenced || e.Shows != Covered && len(e.Aspects) == 0 {
			continue
		}
		core, all := 0, 0
		for _, a := range aspects {
			if slices.Contains(e.Aspects, a.ID) {
				continue
			}
			all++
			core += one(a.Core && e.Shows != Covered) // covered: the judge said so of this passage alone
		}
		rank := clauseRank{core, one(e.Shows != Covered), all, one(!selfContained(e.Quote)), utf8.RuneCountInString(e.Quote)}
		if best == nil || rank.before(least) {
			best, least = &Clause{File: e.File, Page: e.Page, Path: e.Path, Quote: e.Quote, Whole: core == 0}, rank
		}
	}
	return best, least
}

func one(b bool) int {
	if b {
		return 1
	}
	return 0
}

// leaning is what sends a reader to text that stands somewhere else.
var leaning = regexp.MustCompile(`(?i)\b(?:hierboven|hieronder|bovenstaande?|onderstaande?|voornoemde?|bovengenoemde?|hiervoor|het volgende|de volgende)\b`)

// shortestClause is how many characters a sentence has at least that is more than a heading or a fragment.
const shortestClause = 40

// selfContained reports whether a passage can be read on its own: whole sentences that lean on no other text.
func selfContained(quote string) bool {
	quote = strings.TrimSpace(quote)
	first, _ := utf8.DecodeRuneInString(quote)
	return utf8.RuneCountInString(quote) >= shortestClause && (unicode.IsUpper(first) || unicode.IsDigit(first)) && strings.HasSuffix(strings.TrimRight(quote, `"”')`), ".") &&
		!leaning.MatchString(quote)
}
