// Package rules judges a dossier against the catalogue: requirement and passages in, rows out. It imports extract/dossier and seeds, never a file
// format, and it does not print, read files of the user or know what a report looks like.
//
// The way of a text: zones.go and passages.go cut it into passages with their headings, lead-in and zone; package phrase finds the words; grade.go judges
// what a passage binds; citations.go reads article references; evaluate.go joins the passages per requirement; status.go decides.
package rules

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"inkooptoets/extract/dossier"
	"inkooptoets/rules/phrase"
	"inkooptoets/rules/review"
	"inkooptoets/seeds"
)

//go:embed defs/*.yaml
var embedded embed.FS

// Evaluator holds the catalogue and the compiled recognisers. It is safe for concurrent use.
type Evaluator struct {
	catalogue   *seeds.Catalogue
	matcher     *phrase.Matcher
	compiled    []*compiled // catalogue order
	byID        map[string]*compiled
	owners      []owner // by phrase (see ownersOf)
	firstOwner  []int32
	glances     []glance                  // by recogniser
	reaches     []reach                   // of glances
	said        []bool                    // by phrase, or what else a hit can stand for: it is in a list of the engine or the profile, or names a law or framework
	saidAlone   map[phrase.ID][]phrase.ID // of what a hit stands for, the phrases that are
	undenied    group                     // contradicting phrases of several parts without a denial among their words
	words       engineWords
	asks        demandWords
	laws        []lawName
	frameworks  []framework
	articles    map[string][]string // source -> articles the catalogue cites, sorted
	reviewer    *review.Reviewer
	fingerprint string
}

type group []phrase.ID

type compiled struct {
	req         seeds.Requirement
	rec         Recogniser
	subject     group
	strong      group
	not         group
	veto        group
	weak        group
	contradicts group
	negates     group
	index       int16 // in Evaluator.compiled
	anchor      need  // all and strong
	masks       slots // the groups of which words only mask others: veto, not and those of aspects
	nots        slots // those of aspects
	heading     group // of the source, for adoption in part
	all         []group
	interval    *interval        // nil for most
	aspects     []compiledAspect // catalogue order; aspects without a recogniser are manual
}

type compiledAspect struct {
	asp    seeds.Aspect
	party  string
	scope  string
	zones  []dossier.Zone
	all    []group
	strong group
	not    group
	need   need
	mask   slot // of not
}

// engineWords are the lists of engine.yaml.
type engineWords struct {
	duty, demand, provider, municipality, municipalityObject, clientDuty, clientNot, forbids group
	wish, wishTail, wishNot, question, questionNot, exempt, limited, exemptNot               group
	waive, wishAside, doubleNegation                                                         group
	denial, comply, allLaw, lawAbout, chapter, outdated                                      group
	adopt, part, except, supplement, exceptSome, providerObject, staff                       group
	addressed                                                                                group
	amendLapse, amendText, amendStands                                                       group
	telling, tellingNot                                                                      group
	zones                                                                                    []zoneWords
	procedures, services, lawHints, segments, targets, variants                              []hint
}

// Load compiles the recognisers that are built in. Every fault is reported at once, with file and line.
func Load(c *seeds.Catalogue, packs ...seeds.Pack) (*Evaluator, error) {
	sub, err := fs.Sub(embedded, "defs")
	if err != nil {
		return nil, err
	}
	return LoadFS(c, sub, packs...)
}

// namedFiles are the files of a directory that hold no recognisers.
var namedFiles = []string{"concepts.yaml", "demands.yaml", "engine.yaml", "profile.yaml"}

// LoadFS compiles the recognisers of a directory: the files of namedFiles and one or more files with recognisers. Those
// of packs, with which c was loaded, come on top.
func LoadFS(c *seeds.Catalogue, fsys fs.FS, packs ...seeds.Pack) (*Evaluator, error) {
	return (&loader{catalogue: c, fsys: fsys, packs: packs}).load()
}

// LoadSome compiles the recognisers of the named files only; requirements that have none there are left out of every evaluation. It is for writing and
// testing recognisers one file at a time.
func LoadSome(c *seeds.Catalogue, fsys fs.FS, files ...string) (*Evaluator, error) {
	return (&loader{catalogue: c, fsys: fsys, only: files}).load()
}

type loader struct {
	catalogue *seeds.Catalogue
	fsys      fs.FS
	packs     []seeds.Pack
	only      []string // recogniser files; nil means all, and then every requirement must have one
	builder   phrase.Builder
	faults    []error
	unparsed  bool // a recogniser file is not YAML: what it lacks says nothing
}

func (l *loader) fault(file string, line int, format string, args ...any) {
	l.faults = append(l.faults, fmt.Errorf("%s:%d: %s", file, line, fmt.Sprintf(format, args...)))
}

func (l *loader) load() (*Evaluator, error) {
	files, digest, err := readDefs(l.fsys)
	if err != nil {
		return nil, err
	}
	names := slices.Sorted(maps.Keys(files))
	for _, needed := range namedFiles {
		if files[needed] == nil {
			return nil, fmt.Errorf("reading recognisers: %s is missing", needed)
		}
	}
	ev := &Evaluator{catalogue: l.catalogue, byID: map[string]*compiled{}}
	l.concepts(files["concepts.yaml"])
	l.engine(ev, files["engine.yaml"])
	l.profile(ev, files["profile.yaml"])
	l.asks(ev, files["demands.yaml"])
	var recs []Recogniser
	for _, n := range names {
		if !slices.Contains(namedFiles, n) && (l.only == nil || slices.Contains(l.only, n)) {
			recs = append(recs, l.recognisers(n, files[n])...)
		}
	}
	for _, p := range l.packs {
		recs = append(recs, l.packed(p)...)
	}
	l.compile(ev, recs)
	l.lawNames(ev)
	l.frameworks(ev)
	if len(l.faults) > 0 {
		return nil, errors.Join(l.faults...)
	}
	if ev.matcher, err = l.builder.Compile(); err != nil {
		return nil, fmt.Errorf("concepts.yaml: %w", err)
	}
	ev.undenied = l.undenied(ev)
	if ev.reviewer, err = review.New(l.catalogue); err != nil {
		return nil, err
	}
	ev.fingerprint = l.catalogue.Fingerprint() + "-" + digest
	return ev, ev.ready()
}

// undenied picks the contradicting phrases of several parts that have no denial among their words or those of their groups.
func (l *loader) undenied(ev *Evaluator) group {
	denial := map[string]bool{}
	for _, id := range ev.words.denial {
		denial[ev.matcher.Phrase(id)] = true
	}
	var out group
	for _, c := range ev.compiled {
		for _, id := range c.contradicts {
			text := ev.matcher.Phrase(id)
			if strings.Contains(text, "&") && !slices.ContainsFunc(l.builder.WordsOf(text), func(w string) bool { return denial[w] }) {
				out = append(out, id)
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// readDefs reads the files of a directory of recognisers; digest is a short hash over them.
func readDefs(fsys fs.FS) (files map[string][]byte, digest string, err error) {
	names, err := fs.Glob(fsys, "*.yaml")
	if err != nil {
		return nil, "", err
	}
	slices.Sort(names)
	h := sha256.New()
	files = map[string][]byte{}
	for _, n := range names {
		data, err := fs.ReadFile(fsys, n)
		if err != nil {
			return nil, "", fmt.Errorf("reading recognisers: %w", err)
		}
		files[n] = data
		fmt.Fprintf(h, "%s\n%s\n", n, data)
	}
	return files, hex.EncodeToString(h.Sum(nil))[:8], nil
}

// concepts declares the shared groups.
func (l *loader) concepts(data []byte) {
	for _, e := range l.lists("concepts.yaml", data) {
		if err := l.builder.Group(e.name, e.phrases); err != nil {
			l.fault("concepts.yaml", e.line, "%v", err)
		}
	}
	if err := l.builder.CheckGroups(); err != nil {
		for _, f := range flatten(err) {
			l.fault("concepts.yaml", lineOf(data, f), "%v", f)
		}
	}
}

// flatten lists the faults in a joined error.
func flatten(err error) []error {
	if j, ok := err.(interface{ Unwrap() []error }); ok {
		return j.Unwrap()
	}
	return []error{err}
}

// lineOf finds the line of the group that an error of CheckGroups names: its text starts with `group "name"`.
func lineOf(data []byte, err error) int {
	name, ok := strings.CutPrefix(err.Error(), `group "`)
	if !ok {
		return 1
	}
	name, _, _ = strings.Cut(name, `"`)
	for i, line := range strings.Split(string(data), "\n") {
		if strings.HasPrefix(line, name+":") {
			return i + 1
		}
	}
	return 1
}

type list struct {
	name    string
	phrases []string
	line    int
}

// lostClass reports phrases that YAML cut off: an unquoted " #years" starts a comment.
func (l *loader) lostClass(file string, n *yaml.Node) {
	for _, c := range []string{n.LineComment, n.FootComment} {
		if word, _, _ := strings.Cut(strings.TrimPrefix(c, "#"), " "); phrase.IsClass(word) {
			l.fault(file, n.Line, "%q is cut off at #%s: put the phrase in quotes, # starts a comment", n.Value, word)
		}
	}
	for _, child := range n.Content {
		l.lostClass(file, child)
	}
}

// lists reads a file that maps names to lists of phrases, in file order.
func (l *loader) lists(file string, data []byte) []list {
	var doc yaml.Node
	if err := yaml.Unmarshal(data, &doc); err != nil {
		l.faults = append(l.faults, fmt.Errorf("%s: %w", file, err))
		return nil
	}
	if len(doc.Content) == 0 || doc.Content[0].Kind != yaml.MappingNode {
		l.fault(file, 1, "want names with lists of phrases")
		return nil
	}
	l.lostClass(file, &doc)
	var out []list
	m := doc.Content[0].Content
	for i := 0; i+1 < len(m); i += 2 {
		e := list{name: m[i].Value, line: m[i].Line}
		if err := m[i+1].Decode(&e.phrases); err != nil {
			l.fault(file, m[i+1].Line, "%s: want a list of phrases", e.name)
			continue
		}
		out = append(out, e)
	}
	return out
}

// lists gives every plain list of engine.yaml by its name.
func (w *engineWords) lists() map[string]*group {
	return map[string]*group{
		"duty": &w.duty, "demand": &w.demand, "provider": &w.provider, "municipality": &w.municipality, "municipality-object": &w.municipalityObject,
		"client-duty": &w.clientDuty, "client-not": &w.clientNot, "forbids": &w.forbids, "wish": &w.wish, "wish-tail": &w.wishTail, "wish-aside": &w.wishAside, "wish-not": &w.wishNot, "question": &w.question, "question-not": &w.questionNot, "exempt": &w.exempt, "limited": &w.limited,
		"waive": &w.waive, "exempt-not": &w.exemptNot, "double-negation": &w.doubleNegation, "denial": &w.denial, "comply": &w.comply, "all-law": &w.allLaw, "law-about": &w.lawAbout, "chapter": &w.chapter, "outdated": &w.outdated,
		"adopt": &w.adopt, "part": &w.part, "staff": &w.staff, "supplement": &w.supplement, "except-some": &w.exceptSome, "provider-object": &w.providerObject, "except": &w.except,
		"municipality-addressed": &w.addressed, "telling": &w.telling, "telling-not": &w.tellingNot,
		"amend-lapse": &w.amendLapse, "amend-text": &w.amendText, "amend-stands": &w.amendStands,
	}
}

// asks reads demands.yaml.
func (l *loader) asks(ev *Evaluator, data []byte) {
	const file = "demands.yaml"
	l.fill(file, l.lists(file, data), ev.asks.lists())
}

// fill reads the lists of a file into the groups of their names; every list must have one, and every group a list.
func (l *loader) fill(file string, lists []list, target map[string]*group) {
	for _, e := range lists {
		g, ok := target[e.name]
		if !ok {
			l.fault(file, e.line, "%s: unknown list", e.name)
			continue
		}
		*g = l.group(file, e.line, e.name, e.phrases)
		delete(target, e.name)
	}
	for name := range target {
		l.fault(file, 1, "list %s is missing", name)
	}
}

func (l *loader) engine(ev *Evaluator, data []byte) {
	const file = "engine.yaml"
	w := &ev.words
	var named []list
	for _, e := range l.lists(file, data) {
		zone, ok := strings.CutPrefix(e.name, "zone-")
		if !ok {
			named = append(named, e)
			continue
		}
		w.zones = append(w.zones, zoneWords{zoneNamed(zone), l.group(file, e.line, e.name, e.phrases)})
		if zoneNamed(zone) == "" {
			l.fault(file, e.line, "%s: no such zone", e.name)
		}
	}
	l.fill(file, named, w.lists())
}

// group registers phrases; what is the key they stand under, for messages.
func (l *loader) group(file string, line int, what string, phrases []string) group {
	var g group
	for _, p := range phrases {
		id, err := l.builder.Add(p)
		if err != nil {
			l.fault(file, line, "%s: %v", what, err)
			continue
		}
		if !slices.Contains(g, id) {
			g = append(g, id)
		}
	}
	slices.Sort(g)
	return g
}

func (l *loader) groups(file string, line int, what string, lists [][]string) []group {
	var out []group
	for i, phrases := range lists {
		if len(phrases) == 0 {
			l.fault(file, line, "%s: group %d is empty", what, i+1)
		}
		out = append(out, l.group(file, line, what, phrases))
	}
	return out
}

// recognisers reads one file of recognisers, strictly.
func (l *loader) recognisers(file string, data []byte) []Recogniser {
	var doc yaml.Node
	if err := yaml.Unmarshal(data, &doc); err != nil {
		l.unparsed = true
		l.faults = append(l.faults, fmt.Errorf("%s: %w", file, err))
		return nil
	}
	if len(doc.Content) == 0 {
		return nil
	}
	if doc.Content[0].Kind != yaml.SequenceNode {
		l.fault(file, 1, "want a list of recognisers")
		return nil
	}
	l.lostClass(file, &doc)
	var out []Recogniser
	for _, n := range doc.Content[0].Content {
		l.checkKeys(file, n, recogniserKeys, "")
		var rec Recogniser
		if err := n.Decode(&rec); err != nil {
			for _, e := range typeFaults(err) {
				l.fault(file, n.Line, "%s", e)
			}
			continue
		}
		rec.File, rec.Line = file, n.Line
		out = append(out, rec)
	}
	return out
}

// packed reads the recognisers of a pack, which are for its own requirements only.
func (l *loader) packed(p seeds.Pack) []Recogniser {
	var out []Recogniser
	for _, f := range p.Recognisers() {
		for _, rec := range l.recognisers(f.Name, f.Data) {
			if r, ok := l.catalogue.ByID(rec.Requirement); ok && !p.Holds(r) {
				l.fault(rec.File, rec.Line, "requirement %q: not one of this folder", rec.Requirement)
				continue
			}
			out = append(out, rec)
		}
	}
	return out
}

func typeFaults(err error) []string {
	var t *yaml.TypeError
	if errors.As(err, &t) {
		return t.Errors
	}
	return []string{err.Error()}
}

var (
	recogniserKeys = []string{"requirement", "note", "party", "subject", "all", "strong", "not", "veto", "weak", "contradicts", "negates", "interval", "aspects", "examples"}
	intervalKeys   = []string{"from", "until", "months"}
	aspectKeys     = []string{"all", "strong", "not", "party", "scope", "zones", "covered"}
	exampleKeys    = []string{"covered", "referenced", "partial", "mentioned", "contradicted", "missing"}
)

// checkKeys reports unknown keys of an entry and of the maps in it.
func (l *loader) checkKeys(file string, n *yaml.Node, known []string, where string) {
	if n.Kind != yaml.MappingNode {
		l.fault(file, n.Line, "%swant keys with values", where)
		return
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, val := n.Content[i], n.Content[i+1]
		if !slices.Contains(known, key.Value) {
			l.fault(file, key.Line, "%sunknown key %q, known are %s", where, key.Value, strings.Join(known, ", "))
		}
		switch {
		case where == "" && key.Value == "aspects" && val.Kind == yaml.MappingNode:
			for j := 0; j+1 < len(val.Content); j += 2 {
				l.checkKeys(file, val.Content[j+1], aspectKeys, "aspect "+val.Content[j].Value+": ")
			}
		case where == "" && key.Value == "interval":
			l.checkKeys(file, val, intervalKeys, "interval: ")
		case where == "" && key.Value == "examples":
			l.checkKeys(file, val, exampleKeys, "examples: ")
		}
	}
}

// compile puts the recognisers in catalogue order and compiles their phrases. Requirements for a person (manual) need none.
func (l *loader) compile(ev *Evaluator, recs []Recogniser) {
	byID := map[string]Recogniser{}
	for _, r := range recs {
		if _, ok := byID[r.Requirement]; ok {
			l.fault(r.File, r.Line, "requirement %q: second recogniser", r.Requirement)
		}
		byID[r.Requirement] = r
		if _, ok := l.catalogue.ByID(r.Requirement); !ok {
			l.fault(r.File, r.Line, "requirement %q: not in the catalogue", r.Requirement)
		}
	}
	for _, req := range l.catalogue.Requirements {
		rec, ok := byID[req.ID]
		if !ok && (l.only != nil || l.unparsed) {
			continue
		}
		if !ok && req.Manual == "" {
			l.faults = append(l.faults, fmt.Errorf("%s:%d: requirement %q: no recogniser", req.File, req.Line, req.ID))
			continue
		}
		ev.own(l.compileOne(req, rec))
	}
}

// own adds a requirement with its phrases.
func (ev *Evaluator) own(c *compiled) {
	ev.byID[c.req.ID] = c
	c.index = int16(len(ev.compiled)) // held by ready
	ev.compiled = append(ev.compiled, c)
}

func (l *loader) compileOne(req seeds.Requirement, rec Recogniser) *compiled {
	f, n := rec.File, rec.Line
	who := func(key string) string { return fmt.Sprintf("requirement %q: %s", req.ID, key) }
	c := &compiled{req: req, rec: rec,
		subject: l.group(f, n, who("subject"), rec.Subject), strong: l.group(f, n, who("strong"), rec.Strong), not: l.group(f, n, who("not"), rec.Not),
		veto: l.group(f, n, who("veto"), rec.Veto), weak: l.group(f, n, who("weak"), rec.Weak), contradicts: l.group(f, n, who("contradicts"), rec.Contradicts),
		all: l.groups(f, n, who("all"), rec.All),
	}
	if c.rec.Party == "" {
		c.rec.Party = req.Party
	}
	if !slices.Contains([]string{"provider", "municipality", "either"}, c.rec.Party) && rec.Requirement != "" {
		l.fault(f, n, "%s", who(fmt.Sprintf("party %q, want provider, municipality or either", c.rec.Party)))
	}
	c.negates = c.subject
	if rec.Negates != nil {
		c.negates = l.group(f, n, who("negates"), *rec.Negates)
	}
	if rec.Requirement != "" && len(rec.Subject) == 0 {
		l.fault(f, n, "%s", who("no subject"))
	}
	if rec.Requirement != "" && len(rec.All) == 0 && len(rec.Strong) == 0 && !leansOnNothing(rec) {
		l.fault(f, n, "%s", who("neither all nor strong"))
	}
	if iv := rec.Interval; iv != nil {
		c.interval = &interval{l.group(f, n, who("interval from"), iv.From), l.group(f, n, who("interval until"), iv.Until), iv.Months}
		if iv.Months < 1 || len(iv.From) == 0 || len(iv.Until) == 0 {
			l.fault(f, n, "%s", who("interval: want from, until and months"))
		}
	}
	for _, h := range req.Heading {
		if h = phrase.Plain(h); h != "" {
			c.heading = append(c.heading, l.group(req.File, req.Line, who("heading"), []string{h})...)
		}
	}
	slices.Sort(c.heading)
	known := map[string]bool{}
	for _, a := range req.Aspects {
		letter := strings.TrimPrefix(a.ID, req.ID+".")
		known[letter] = true
		c.aspects = append(c.aspects, l.compileAspect(req, rec, a, letter))
	}
	for letter := range rec.Aspects {
		if !known[letter] {
			l.fault(f, n, "%s", who(fmt.Sprintf("aspect %q is not in the catalogue", letter)))
		}
	}
	return c
}

// leansOnNothing reports whether every aspect stands on its own, so that no anchor is needed.
func leansOnNothing(rec Recogniser) bool {
	for _, a := range rec.Aspects {
		if a.Scope != "dossier" {
			return false
		}
	}
	return len(rec.Aspects) > 0
}

func (l *loader) compileAspect(req seeds.Requirement, rec Recogniser, asp seeds.Aspect, letter string) compiledAspect {
	a, ok := rec.Aspects[letter]
	who := fmt.Sprintf("requirement %q: aspect %s", req.ID, letter)
	if !ok && rec.Requirement != "" {
		l.fault(rec.File, rec.Line, "%s: no recogniser", who)
	}
	var zones []dossier.Zone
	for _, z := range a.Zones {
		if zoneNamed(z) == dossier.ZoneNone {
			l.fault(rec.File, rec.Line, "%s: no such zone %q", who, z)
		}
		zones = append(zones, zoneNamed(z))
	}
	if ok && len(a.All) == 0 && len(a.Strong) == 0 {
		l.fault(rec.File, rec.Line, "%s: neither all nor strong", who)
	}
	if !slices.Contains([]string{"", "passage", "section", "dossier"}, a.Scope) {
		l.fault(rec.File, rec.Line, "%s: scope %q, want passage, section or dossier", who, a.Scope)
	}
	party := a.Party
	if party == "" {
		party = rec.Party
	}
	if party == "" {
		party = req.Party
	}
	return compiledAspect{asp: asp, party: party, scope: a.Scope, zones: zones,
		all: l.groups(rec.File, rec.Line, who, a.All), strong: l.group(rec.File, rec.Line, who, a.Strong), not: l.group(rec.File, rec.Line, who, a.Not)}
}

// Fingerprint names this catalogue and these recognisers; runs with different fingerprints cannot be compared.
func (ev *Evaluator) Fingerprint() string { return ev.fingerprint }

// Requirements lists the catalogue in order.
func (ev *Evaluator) Requirements() []seeds.Requirement { return ev.catalogue.Requirements }

// Recogniser gives the recogniser of a requirement.
func (ev *Evaluator) Recogniser(id string) (Recogniser, bool) {
	c, ok := ev.byID[id]
	if !ok || c.rec.Requirement == "" {
		return Recogniser{}, false
	}
	return c.rec, true
}
