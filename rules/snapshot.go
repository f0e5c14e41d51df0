package rules

import (
	"bytes"
	_ "embed" // for the snapshot
	"encoding/binary"
	"encoding/gob"
	"errors"
	"fmt"
	"io/fs"

	"inkooptoets/extract/dossier"
	"inkooptoets/rules/phrase"
	"inkooptoets/rules/review"
	"inkooptoets/seeds"
)

// Reading a few megabytes of YAML and compiling every phrase takes about a second; the outcome is always the same. So it is kept beside the sources, and
// used for as long as their hash is the one it was made from. After a change `make generate` makes it anew; until then everything works, only slower.
//
//go:embed snapshot.bin
var builtSnapshot []byte

// snapshot is the catalogue with its compiled recognisers, without examples and notes.
type snapshot struct {
	Fingerprint  string
	Sources      []seeds.Source
	Segments     []seeds.Segment
	Requirements []seeds.Requirement
	Checks       []seeds.Check
	Outdated     seeds.Outdated
	ArticleLists seeds.Articles
	Figures      seeds.Contradictions
	Procurement  []seeds.WordList
	Compiled     []storedRecogniser
	Words        map[string]group
	Undenied     group
	Zones        []storedWords
	Procedures   []storedWords
	Services     []storedWords
	LawHints     []storedWords
	SegmentHints []storedWords
	Targets      []storedWords
	Variants     []storedWords
	Laws         []storedLaw
	Frameworks   []storedFramework
	Articles     map[string][]string
}

type storedRecogniser struct {
	Index       int // of the requirement
	Party       string
	OwnNegates  bool // negates was given, if only to switch it off
	Subject     group
	Strong      group
	Not         group
	Veto        group
	Weak        group
	Contradicts group
	Negates     group
	Heading     group
	All         []group
	From, Until group
	Months      int
	Aspects     []storedAspect
}

type storedAspect struct {
	Party, Scope string
	Zones        []dossier.Zone
	All          []group
	Strong, Not  group
}

type storedWords struct {
	Kind, Value string
	Words       group
}

type storedLaw struct {
	Source, Law string
	Names       group
}

type storedFramework struct {
	Source string
	Names  group
	Unique map[string]bool
}

// BuiltIn gives the catalogue and the recognisers that are compiled in, ready to judge. The evaluator has no examples and no recognisers to show: those who
// need them load from the sources (seeds.Load and Load).
func BuiltIn() (*seeds.Catalogue, *Evaluator, error) {
	if c, ev, err := restore(builtSnapshot); err == nil {
		return c, ev, nil
	}
	c, err := seeds.Load()
	if err != nil {
		return nil, nil, err
	}
	ev, err := Load(c)
	return c, ev, err
}

// builtFingerprint is the fingerprint of an evaluator made from the sources that are compiled in.
func builtFingerprint() (string, error) {
	sub, err := fs.Sub(embedded, "defs")
	if err != nil {
		return "", err
	}
	_, digest, err := readDefs(sub)
	return seeds.Digest() + "-" + digest, err
}

// restore reads a snapshot; the error says why it cannot be used.
func restore(data []byte) (*seeds.Catalogue, *Evaluator, error) {
	want, err := builtFingerprint()
	if err != nil {
		return nil, nil, err
	}
	if !bytes.HasPrefix(data, []byte(want)) {
		return nil, nil, fmt.Errorf("the snapshot is not of %s", want)
	}
	matcher, rest, ok := parts(data[len(want):])
	if !ok {
		return nil, nil, errors.New("the snapshot is cut off")
	}
	// The phrases are read beside everything else: each is about half of the work.
	var m phrase.Matcher
	read := make(chan error)
	go func() { read <- m.UnmarshalBinary(matcher) }()
	c, ev, err := restoreRest(rest, &m)
	if err := errors.Join(<-read, err); err != nil {
		return nil, nil, fmt.Errorf("reading the snapshot: %w", err)
	}
	return c, ev, ev.ready()
}

// parts cuts a snapshot behind its fingerprint in the matcher, which has its length before it, and the rest.
func parts(data []byte) (matcher, rest []byte, ok bool) {
	n, size := binary.Uvarint(data)
	if size <= 0 || n > uint64(len(data)-size) {
		return nil, nil, false
	}
	return data[size : size+int(n)], data[size+int(n):], true
}

// restoreRest reads all but the matcher, which need not be read yet.
func restoreRest(data []byte, m *phrase.Matcher) (*seeds.Catalogue, *Evaluator, error) {
	var s snapshot
	if err := gob.NewDecoder(bytes.NewReader(data)).Decode(&s); err != nil {
		return nil, nil, err
	}
	c := seeds.Restore(seeds.Catalogue{Sources: s.Sources, Segments: s.Segments, Requirements: s.Requirements, Checks: s.Checks, Outdated: s.Outdated, Articles: s.ArticleLists,
		Contradictions: s.Figures, Procurement: s.Procurement})
	ev, err := s.evaluator(c, m)
	return c, ev, err
}

// takeSnapshot writes ev so that restore reads it.
func takeSnapshot(c *seeds.Catalogue, ev *Evaluator) ([]byte, error) {
	s := snapshot{
		Fingerprint: ev.fingerprint, Sources: c.Sources, Segments: c.Segments, Requirements: c.Requirements, Checks: c.Checks, Outdated: c.Outdated, ArticleLists: c.Articles,
		Figures: c.Contradictions, Procurement: c.Procurement,
		Words: map[string]group{}, Undenied: ev.undenied, Articles: ev.articles,
		Procedures: storeHints(ev.words.procedures), Services: storeHints(ev.words.services), LawHints: storeHints(ev.words.lawHints),
		SegmentHints: storeHints(ev.words.segments), Targets: storeHints(ev.words.targets), Variants: storeHints(ev.words.variants),
	}
	for _, lists := range []map[string]*group{ev.words.lists(), ev.asks.lists()} {
		for name, g := range lists {
			s.Words[name] = *g
		}
	}
	for _, z := range ev.words.zones {
		s.Zones = append(s.Zones, storedWords{Value: string(z.zone), Words: z.words})
	}
	for _, l := range ev.laws {
		s.Laws = append(s.Laws, storedLaw{l.source, l.law, l.ids})
	}
	for _, f := range ev.frameworks {
		s.Frameworks = append(s.Frameworks, storedFramework{f.source.ID, f.names, f.unique})
	}
	next := 0
	for _, k := range ev.compiled {
		for c.Requirements[next].ID != k.req.ID {
			next++
		}
		s.Compiled = append(s.Compiled, k.store(next))
	}
	matcher, err := ev.matcher.MarshalBinary()
	if err != nil {
		return nil, err
	}
	b := bytes.NewBufferString(ev.fingerprint)
	b.Write(binary.AppendUvarint(nil, uint64(len(matcher))))
	b.Write(matcher)
	err = gob.NewEncoder(b).Encode(s)
	return b.Bytes(), err
}

func (c *compiled) store(index int) storedRecogniser {
	s := storedRecogniser{
		Index: index, Party: c.rec.Party, OwnNegates: c.rec.Negates != nil, Subject: c.subject, Strong: c.strong, Not: c.not,
		Veto: c.veto, Weak: c.weak, Contradicts: c.contradicts, Negates: c.negates, Heading: c.heading, All: c.all,
	}
	if c.interval != nil {
		s.From, s.Until, s.Months = c.interval.from, c.interval.until, c.interval.months
	}
	for _, a := range c.aspects {
		s.Aspects = append(s.Aspects, storedAspect{a.party, a.scope, a.zones, a.all, a.strong, a.not})
	}
	return s
}

func storeHints(hints []hint) []storedWords {
	var out []storedWords
	for _, h := range hints {
		out = append(out, storedWords{h.kind, h.value, h.words})
	}
	return out
}

func (s *snapshot) evaluator(c *seeds.Catalogue, m *phrase.Matcher) (*Evaluator, error) {
	reviewer, err := review.New(c)
	if err != nil {
		return nil, err
	}
	ev := &Evaluator{reviewer: reviewer, catalogue: c, matcher: m, byID: map[string]*compiled{}, undenied: s.Undenied, articles: s.Articles, fingerprint: s.Fingerprint}
	for _, lists := range []map[string]*group{ev.words.lists(), ev.asks.lists()} {
		for name, g := range lists {
			*g = s.Words[name]
		}
	}
	for _, z := range s.Zones {
		ev.words.zones = append(ev.words.zones, zoneWords{dossier.Zone(z.Value), z.Words})
	}
	ev.words.procedures, ev.words.services, ev.words.lawHints = hintsOf(s.Procedures), hintsOf(s.Services), hintsOf(s.LawHints)
	ev.words.segments, ev.words.targets, ev.words.variants = hintsOf(s.SegmentHints), hintsOf(s.Targets), hintsOf(s.Variants)
	for _, l := range s.Laws {
		ev.laws = append(ev.laws, lawName{l.Source, l.Law, l.Names})
	}
	for _, f := range s.Frameworks {
		source, _ := c.Source(f.Source)
		ev.frameworks = append(ev.frameworks, framework{source, f.Names, f.Unique})
	}
	for _, k := range s.Compiled {
		ev.own(k.compiled(c.Requirements[k.Index]))
	}
	return ev, nil
}

func (s storedRecogniser) compiled(req seeds.Requirement) *compiled {
	c := &compiled{
		req: req, rec: Recogniser{Party: s.Party}, subject: s.Subject, strong: s.Strong, not: s.Not, veto: s.Veto, weak: s.Weak,
		contradicts: s.Contradicts, negates: s.Negates, heading: s.Heading, all: s.All,
	}
	if s.OwnNegates {
		c.rec.Negates = &[]string{}
	}
	if s.Months > 0 {
		c.interval = &interval{s.From, s.Until, s.Months}
	}
	for i, a := range s.Aspects {
		c.aspects = append(c.aspects, compiledAspect{asp: req.Aspects[i], party: a.Party, scope: a.Scope, zones: a.Zones, all: a.All, strong: a.Strong, not: a.Not})
	}
	return c
}

func hintsOf(list []storedWords) []hint {
	var out []hint
	for _, w := range list {
		out = append(out, hint{w.Kind, w.Value, w.Words})
	}
	return out
}
