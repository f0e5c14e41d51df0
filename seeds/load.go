package seeds

import (
	"cmp"
	"crypto/sha256"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
)

//go:embed *.yaml laws/*.yaml frameworks/*.yaml
var embedded embed.FS

// sourceFile and requirementFiles fix the order of the catalogue; a YAML file in laws that is not named here is a fault, so that no requirement is
// left out in silence.
const (
	sourceFile  = "laws/sources.yaml"
	segmentFile = "segments.yaml"
)

var requirementFiles = []string{
	"laws/wmo-gemeente.yaml",
	"laws/wmo-aanbieder.yaml",
	"laws/jeugdwet-gemeente.yaml",
	"laws/jeugdwet-kwaliteit.yaml",
	"laws/jeugdwet-overig.yaml",
	"laws/overig.yaml",
}

// guideFiles are the books outside the folder frameworks; the catalogue has them behind the frameworks, in this order.
var guideFiles = []string{"handreiking.yaml", "nji.yaml", "lekstroom.yaml"}

// Load reads the catalogue that is compiled in, with packs on top.
func Load(packs ...Pack) (*Catalogue, error) { return LoadFS(embedded, packs...) }

// LoadFS reads a catalogue from the folders laws and frameworks in fsys and from the guides beside them, with packs on top. The error joins every
// fault, in the order of the files and their lines; then there is no catalogue.
func LoadFS(fsys fs.FS, packs ...Pack) (*Catalogue, error) {
	raw, digest, faults := readAll(fsys)
	read := func(name string) []byte { return raw[name] }

	c := &Catalogue{}
	sources, bad := decodeList[Source](sourceFile, "source", read(sourceFile))
	faults = append(faults, bad...)

	var reqs []entry[Requirement]
	for _, name := range requirementFiles {
		list, bad := decodeList[Requirement](name, "requirement", read(name))
		faults = append(faults, bad...)
		reqs = append(reqs, list...)
	}
	add := func(name string, data []byte) ([]entry[Source], []entry[Requirement]) {
		source, list, bad := decodeBook(name, data)
		faults = append(faults, bad...)
		sources = append(sources, source...)
		for i := range list {
			list[i].value.follow(source)
		}
		reqs = append(reqs, list...)
		return source, list
	}
	for _, name := range books(fsys) {
		add(name, read(name))
	}
	taken := prefixes(sources, reqs)
	for _, p := range packs {
		own, recognisers, bad := p.read()
		faults = append(faults, bad...)
		digest = extended(digest, slices.Concat(own, recognisers))
		for _, f := range own {
			source, list := add(f.Name, f.Data)
			faults = append(faults, checkPack(source, list, taken)...)
		}
	}
	segments, bad := decodeList[Segment](segmentFile, "segment", read(segmentFile))
	faults = append(faults, bad...)
	faults = append(faults, checkSegments(segments)...)
	for _, s := range segments {
		c.Segments = append(c.Segments, s.value)
	}
	faults = append(faults, checkSources(sources, c.segmentIDs())...)
	for _, s := range sources {
		c.Sources = append(c.Sources, s.value)
	}
	faults = append(faults, checkRequirements(reqs, c)...)
	for _, r := range reqs {
		r.value.File, r.value.Line = r.file, r.line
		c.Requirements = append(c.Requirements, r.value)
	}

	checks, bad := decodeList[Check](checkFile, "check", read(checkFile))
	faults = append(faults, bad...)
	faults = append(faults, checkChecks(checks)...)
	for _, k := range checks {
		k.value.File, k.value.Line = k.file, k.line
		c.Checks = append(c.Checks, k.value)
	}
	history, names, bad := decodeOutdated(outdatedFile, read(outdatedFile))
	faults = append(faults, bad...)
	faults = append(faults, checkOldNames(names)...)
	c.Outdated.History = history
	for _, n := range names {
		n.value.File, n.value.Line = n.file, n.line
		c.Outdated.Names = append(c.Outdated.Names, n.value)
	}

	articles, bad := decodeArticles(articleFile, read(articleFile))
	faults = append(faults, bad...)
	faults = append(faults, checkArticles(articles, c.Sources)...)
	c.Articles = articles.values()

	figures, bad := decodeContradictions(contradictionFile, read(contradictionFile))
	faults = append(faults, bad...)
	faults = append(faults, checkContradictions(figures)...)
	c.Contradictions = figures.values()
	lists, bad := decodeList[WordList](procurementFile, "word list", read(procurementFile))
	faults = append(faults, bad...)
	faults = append(faults, checkProcurement(lists)...)
	for _, l := range lists {
		l.value.File, l.value.Line = l.file, l.line
		c.Procurement = append(c.Procurement, l.value)
	}

	faults = append(faults, strayFiles(fsys)...)
	if len(faults) > 0 {
		return nil, join(faults)
	}
	c.fingerprint = digest
	return c, nil
}

// Digest is the fingerprint of the catalogue that is compiled in, without the work of loading it.
func Digest() string {
	_, digest, _ := readAll(embedded)
	return digest
}

// Restore makes the built-in catalogue from parts that were stored earlier; that they are the parts of this Digest is for the caller to check.
func Restore(parts Catalogue) *Catalogue {
	parts.fingerprint = Digest()
	return &parts
}

// readAll reads every file of the catalogue; digest is a short hash over them in the order of the catalogue.
func readAll(fsys fs.FS) (raw map[string][]byte, digest string, faults []fault) {
	raw = map[string][]byte{}
	h := sha256.New()
	for _, name := range slices.Concat([]string{sourceFile}, requirementFiles, books(fsys), []string{segmentFile, checkFile, outdatedFile, articleFile, contradictionFile, procurementFile}) {
		data, err := fs.ReadFile(fsys, name)
		if err != nil {
			faults = append(faults, fault{file: name, what: "cannot be read: " + reason(err)})
			continue
		}
		raw[name] = data
		fmt.Fprintf(h, "%s %d\n%s", name, len(data), data)
	}
	return raw, fmt.Sprintf("%x", h.Sum(nil))[:12], faults
}

// books lists the files of frameworks, sorted, and then the guides that are there.
func books(fsys fs.FS) []string {
	names, err := fs.Glob(fsys, "frameworks/*.yaml")
	if err != nil {
		panic("seeds: bad pattern: " + err.Error()) // the pattern is a constant
	}
	for _, g := range guideFiles {
		if _, err := fs.Stat(fsys, g); err == nil {
			names = append(names, g)
		}
	}
	return names
}

// follow fills in what a requirement of a framework or guide takes from its book.
func (r *Requirement) follow(book []entry[Source]) {
	if len(book) == 0 {
		return
	}
	r.Source = cmp.Or(r.Source, book[0].value.ID)
	r.InForce = cmp.Or(r.InForce, "yes")
	switch book[0].value.Kind {
	case "framework":
		r.Duty = cmp.Or(r.Duty, "framework")
	case "guide":
		r.Duty = cmp.Or(r.Duty, "advice")
	}
	switch r.Addressee {
	case "organisation", "professional":
		r.Party = cmp.Or(r.Party, "provider")
	case "municipality":
		r.Party = cmp.Or(r.Party, "municipality")
	case "local-team":
		r.Party = cmp.Or(r.Party, "either")
	}
}

func strayFiles(fsys fs.FS) []fault {
	names, err := fs.Glob(fsys, "laws/*.yaml")
	if err != nil {
		return []fault{{file: "laws", what: "cannot be listed: " + reason(err)}}
	}
	var faults []fault
	for _, name := range names {
		if name != sourceFile && !slices.Contains(requirementFiles, name) {
			faults = append(faults, fault{file: name, what: "not a file of the catalogue; add it to requirementFiles in seeds/load.go"})
		}
	}
	return faults
}

// fault is one thing wrong with the catalogue. Line is from 1; 0 if the fault is about the whole file.
type fault struct {
	file string
	line int
	what string
}

func (f fault) Error() string {
	if f.line == 0 {
		return f.file + ": " + f.what
	}
	return fmt.Sprintf("%s:%d: %s", f.file, f.line, f.what)
}

func join(faults []fault) error {
	files := append([]string{sourceFile, segmentFile, checkFile, outdatedFile, articleFile, contradictionFile, procurementFile}, requirementFiles...)
	slices.SortStableFunc(faults, func(a, b fault) int {
		return cmp.Or(
			cmp.Compare(rank(files, a.file), rank(files, b.file)),
			cmp.Compare(a.file, b.file),
			cmp.Compare(a.line, b.line),
		)
	})
	errs := make([]error, len(faults))
	for i, f := range faults {
		errs[i] = f
	}
	return errors.Join(errs...)
}

func rank(files []string, name string) int {
	if i := slices.Index(files, name); i >= 0 {
		return i
	}
	return len(files)
}

// reason drops the path that fs errors repeat.
func reason(err error) string {
	if pe, ok := errors.AsType[*fs.PathError](err); ok {
		return pe.Err.Error()
	}
	return err.Error()
}

// ByID returns the requirement with that id; ok is false if there is none.
func (c *Catalogue) ByID(id string) (r Requirement, ok bool) {
	i := slices.IndexFunc(c.Requirements, func(r Requirement) bool { return r.ID == id })
	if i < 0 {
		return Requirement{}, false
	}
	return c.Requirements[i], true
}

// Source returns the source with that id; ok is false if there is none.
func (c *Catalogue) Source(id string) (s Source, ok bool) {
	i := slices.IndexFunc(c.Sources, func(s Source) bool { return s.ID == id })
	if i < 0 {
		return Source{}, false
	}
	return c.Sources[i], true
}

// LawOfSegment is the law of a segment; empty if there is no such segment.
func (c *Catalogue) LawOfSegment(id string) string {
	i := slices.IndexFunc(c.Segments, func(s Segment) bool { return s.ID == id })
	if i < 0 {
		return ""
	}
	return c.Segments[i].Law
}

func (c *Catalogue) segmentIDs() []string {
	var ids []string
	for _, s := range c.Segments {
		ids = append(ids, s.ID)
	}
	return ids
}

// Fingerprint is a short hash over the bytes of all files, so that two runs can be told to rest on the same catalogue. It is empty for a catalogue
// that was not loaded from files.
func (c *Catalogue) Fingerprint() string { return c.fingerprint }

// Citation is how reports cite a requirement: "Wmo 2015, artikel 3.5 lid 1". A requirement that rests on a law as a whole has no article number and
// is cited by name alone.
func (c *Catalogue) Citation(r Requirement) string {
	s, ok := c.Source(r.Source)
	if ok && s.Kind != "" && s.Kind != "law" {
		return s.Short + ", " + cmp.Or(r.Number, strings.TrimPrefix(r.ID, r.Source+"-"))
	}
	if !ok || r.Article == "" || r.Article[0] < '0' || r.Article[0] > '9' {
		return cmp.Or(r.Article, s.Short, r.Source)
	}
	return s.Short + ", artikel " + r.Article
}

// Link is the address of the first article that r cites from its own source, in the version of date (YYYY-MM-DD). It is empty where the source has
// neither a BWB id nor an address, or where r cites nothing from it.
func (c *Catalogue) Link(r Requirement, date string) string {
	s, ok := c.Source(r.Source)
	i := slices.IndexFunc(r.Cites, func(ct Citation) bool { return ct.Source == r.Source })
	if !ok || i < 0 {
		return ""
	}
	if s.BWB == "" {
		return s.URL
	}
	link := "https://wetten.overheid.nl/jci1.3:c:" + s.BWB
	if ct := r.Cites[i]; ct.Article != "" {
		link += "&artikel=" + ct.Article
		if len(ct.Lid) == 1 { // a link can point at one lid only; with more the article is the better target
			link += "&lid=" + ct.Lid[0]
		}
	}
	if date != "" {
		link += "&g=" + date
	}
	return link
}

// Similar returns the id of a requirement or check that a mistyped id most likely means: a near spelling, or else the first id that contains it. It is empty when
// none comes close.
func (c *Catalogue) Similar(id string) string {
	ids := make([]string, len(c.Requirements))
	for i, r := range c.Requirements {
		ids[i] = r.ID
	}
	for _, k := range c.Checks {
		ids = append(ids, k.ID)
	}
	id = strings.ToLower(strings.TrimSpace(id))
	if near := Nearest(id, ids); near != "" {
		return near
	}
	if len(id) < 3 {
		return ""
	}
	for _, known := range ids {
		if strings.Contains(known, id) {
			return known
		}
	}
	return ""
}

// Nearest returns the known word with the smallest edit distance to word, if that distance is small for its length; the first of equals.
func Nearest(word string, known []string) string {
	best, dist := "", min(3, (len(word)+2)/3)+1
	for _, k := range known {
		if d := distance(word, k); d < dist {
			best, dist = k, d
		}
	}
	return best
}

// distance is the number of letters to insert, delete, replace or swap with their neighbour to make b from a.
func distance(a, b string) int {
	var before []int // two rows up, for swaps
	prev := make([]int, len(b)+1)
	for j := range prev {
		prev[j] = j
	}
	for i := range len(a) {
		cur := make([]int, len(b)+1)
		cur[0] = i + 1
		for j := range len(b) {
			step := 1
			if a[i] == b[j] {
				step = 0
			}
			cur[j+1] = min(prev[j]+step, prev[j+1]+1, cur[j]+1)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				cur[j+1] = min(cur[j+1], before[j-1]+1)
			}
		}
		before, prev = prev, cur
	}
	return prev[len(b)]
}
