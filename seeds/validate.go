package seeds

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	yaml "go.yaml.in/yaml/v3"
)

// The closed lists of the catalogue. Order is that of messages.
var (
	laws       = []string{"wmo", "jeugdwet"}
	procedures = []string{"aanbesteding", "toelating", "subsidie"}
	parties    = []string{"provider", "municipality", "either"}
	duties     = []string{"statutory", "municipal", "framework", "advice"}
	elements   = []string{"dienstverlening", "vakmanschap", "samenwerking", "organisatie", "inkoop"}
	kinds      = []string{"law", "framework", "guide"}
	addressees = []string{"organisation", "professional", "municipality", "local-team"}
	places     = []string{"geschiktheidseisen", "programma-van-eisen", "gunningscriteria", "overeenkomst", "subsidievoorwaarden", "leidraad"}
	variants   = []string{"inspanningsgericht", "outputgericht", "taakgericht"}
	itemKinds  = []string{"demand", "advice", "signal", "figure"}
	targets    = []string{
		"nachtopvang-crisisopvang", "nachtopvang-kortdurend", "kinderen-gezinnen-crisisopvang", "jongeren-opvang", "pleegzorg", "overgedragen-door-veilig-thuis",
		"armoede", "schulden", "armoede-en-schulden",
	}
	inForce  = []string{"yes", "uncertain", "future", "lapsed"}
	services = []string{
		"verblijf", "pleegzorg", "gesloten-jeugdhulp", "specialistische-jeugdhulp", "kinderbescherming-jeugdreclassering", "vervoer", "toegang",
		"veilig-thuis", "maatwerkvoorziening", "hulpmiddelen", "woningaanpassingen", "sociaal-werk", "lokale-teams",
	}
)

// Laws lists the laws a tender can be under.
func Laws() []string { return slices.Clone(laws) }

// Procedures lists the ways a municipality can buy.
func Procedures() []string { return slices.Clone(procedures) }

// Services lists the services that make a requirement count or not.
func Services() []string { return slices.Clone(services) }

// Elements lists the elements of quality, in the order of reports.
func Elements() []string { return slices.Clone(elements) }

// Targets lists the target groups to which a criterion can be limited.
func Targets() []string { return slices.Clone(targets) }

// Places lists the documents and chapters of a tender in which a requirement can belong.
func Places() []string { return slices.Clone(places) }

// Variants lists the ways of commissioning (uitvoeringsvarianten).
func Variants() []string { return slices.Clone(variants) }

// maxTitle is the length in characters at which a title still fits one line of a report.
const maxTitle = 70

var (
	idForm       = regexp.MustCompile(`^[a-z]+[A-Z]*[0-9]*(-[a-z0-9]+(\.[a-z0-9]+)*)+$`)
	sourceIDForm = regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`)
	bwbForm      = regexp.MustCompile(`^BWB[RV]\d{7}$`)
	articleForm  = regexp.MustCompile(`^\d+[a-z]*(\.\d+[a-z]*)*$`)
	lidForm      = regexp.MustCompile(`^\d+[a-z]*$`)
	onderForm    = regexp.MustCompile(`^[a-z]+\d*$`)
)

func checkSegments(segments []entry[Segment]) []fault {
	var faults []fault
	first := map[string]entry[Segment]{}
	for _, e := range segments {
		faults = append(faults, checkID(e, e.value.ID, idForm, first)...)
		faults = append(faults, checkWord(e, "law", e.value.Law, laws)...)
		for _, t := range []struct{ key, text string }{{"number", e.value.Number}, {"name", e.value.Name}, {"text", e.value.Text}} {
			if blank(t.text) {
				faults = append(faults, e.at(t.key, "no %s", t.key))
			}
		}
	}
	return faults
}

func checkSources(sources []entry[Source], segments []string) []fault {
	var faults []fault
	first := map[string]entry[Source]{}
	alias := map[string]string{}
	for _, e := range sources {
		s := e.value
		faults = append(faults, checkID(e, s.ID, sourceIDForm, first)...)
		if blank(s.Title) {
			faults = append(faults, e.at("title", "no title"))
		}
		if blank(s.Short) {
			faults = append(faults, e.at("short", "no short name"))
		}
		if s.Kind != "" {
			faults = append(faults, checkWord(e, "kind", s.Kind, kinds)...)
		}
		if s.Kind == "framework" || s.Kind == "guide" {
			faults = append(faults, checkBook(e, segments)...)
		}
		if s.BWB != "" && !bwbForm.MatchString(s.BWB) {
			faults = append(faults, e.at("bwb", "bwb %q is not of the form BWBR0000000", s.BWB))
		}
		if s.URL != "" && !strings.HasPrefix(s.URL, "https://") {
			faults = append(faults, e.at("url", "url %q does not start with https://", s.URL))
		}
		if s.URL != "" && s.BWB != "" {
			faults = append(faults, e.at("url", "bwb and url are both given; the url is only for a source without bwb"))
		}
		if s.Law != "" {
			faults = append(faults, checkWord(e, "law", s.Law, laws)...)
		}
		if len(s.Aliases) == 0 {
			faults = append(faults, e.at("aliases", "no aliases"))
		}
		for i, a := range s.Aliases {
			n := item(child(e.node, "aliases"), i)
			folded := strings.ToLower(strings.TrimSpace(a))
			switch owner, taken := alias[folded]; {
			case folded == "":
				faults = append(faults, e.atNode(n, "empty alias"))
			case taken:
				faults = append(faults, e.atNode(n, "alias %q already stands for source %q", a, owner))
			}
			alias[folded] = s.ID
		}
		if !isDate(s.Checked) {
			faults = append(faults, e.at("checked", "checked %q is not a date (YYYY-MM-DD)", s.Checked))
		}
		faults = append(faults, checkPeriod(e, s.Valid)...)
	}
	return faults
}

// checkBook checks what only a framework or guide has.
func checkBook(e entry[Source], segments []string) []fault {
	s := e.value
	var faults []fault
	for _, t := range []struct{ key, text string }{{"publisher", s.Publisher}, {"theme", s.Theme}, {"audience", s.Audience}} {
		if blank(t.text) {
			faults = append(faults, e.at(t.key, "no %s", t.key))
		}
	}
	if undated := s.Kind == "guide" && s.Year == 0; s.Year < 1990 && !undated { // a web page may carry no date
		faults = append(faults, e.at("year", "year is %d; want the year of publication", s.Year))
	}
	if len(s.Use.Laws) == 0 {
		faults = append(faults, e.at("use", "use.laws is empty: name the laws it is meant for"))
	}
	use := child(e.node, "use")
	faults = append(faults, checkList(e, use, "use.laws", "law", s.Use.Laws, laws)...)
	faults = append(faults, checkList(e, use, "use.segments", "segment", s.Use.Segments, segments)...)
	faults = append(faults, checkList(e, use, "use.services", "service", s.Use.Services, services)...)
	faults = append(faults, checkList(e, e.node, "without", "element", s.Without, elements)...)
	if s.Replaced != nil && (blank(s.Replaced.Title) || !isDate(s.Replaced.From)) {
		faults = append(faults, e.at("replaced", "want a title and from as YYYY-MM-DD"))
	}
	return faults
}

// checkList demands that every word of a list is known and stands there once; key may be dotted, its last part is the key in parent.
func checkList[T any](e entry[T], parent *yaml.Node, key, what string, words, known []string) []fault {
	var faults []fault
	list := child(parent, key[strings.LastIndexByte(key, '.')+1:])
	for i, w := range words {
		switch n := item(list, i); {
		case !slices.Contains(known, w):
			faults = append(faults, e.atNode(n, "%s: %s", key, unknownWord(what, w, known)))
		case slices.Contains(words[:i], w):
			faults = append(faults, e.atNode(n, "%s: %q stands there twice", key, w))
		}
	}
	return faults
}

func checkRequirements(reqs []entry[Requirement], c *Catalogue) []fault {
	var sources []string
	for _, s := range c.Sources {
		sources = append(sources, s.ID)
	}
	var faults []fault
	first := map[string]entry[Requirement]{}
	for _, e := range reqs {
		r := e.value
		faults = append(faults, checkID(e, r.ID, idForm, first)...)
		faults = append(faults, checkWord(e, "source", r.Source, sources)...)
		src, _ := c.Source(r.Source)
		if src.Kind == "framework" || src.Kind == "guide" {
			faults = append(faults, checkBookRequirement(e, src.Kind)...)
		} else {
			faults = append(faults, checkLawRequirement(e, sources)...)
		}
		faults = append(faults, checkWord(e, "party", r.Party, parties)...)
		faults = append(faults, checkWord(e, "duty", r.Duty, duties)...)
		faults = append(faults, checkWord(e, "element", r.Element, elements)...)
		faults = append(faults, checkTexts(e)...)
		faults = append(faults, checkApplies(e, c.segmentIDs())...)
		faults = append(faults, checkPeriod(e, r.Valid)...)
		faults = append(faults, checkWord(e, "in-force", r.InForce, inForce)...)
		if r.Limbs < 0 {
			faults = append(faults, e.at("limbs", "limbs is %d; want 0 or more", r.Limbs))
		}
		faults = append(faults, checkAspects(e)...)
	}
	return faults
}

func checkLawRequirement(e entry[Requirement], sources []string) []fault {
	var faults []fault
	if blank(e.value.Article) {
		faults = append(faults, e.at("article", "no article"))
	}
	return append(faults, checkCites(e, sources)...)
}

func checkBookRequirement(e entry[Requirement], kind string) []fault {
	r := e.value
	var faults []fault
	if !strings.HasPrefix(r.ID, r.Source) {
		faults = append(faults, e.at("id", "id does not start with that of its source, %q", r.Source))
	}
	if kind == "framework" {
		faults = append(faults, checkWord(e, "addressee", r.Addressee, addressees)...)
	}
	if kind == "guide" {
		faults = append(faults, checkWord(e, "kind", r.Kind, itemKinds)...)
	}
	if r.Target != "" {
		faults = append(faults, checkWord(e, "target", r.Target, targets)...)
	}
	faults = append(faults, checkList(e, e.node, "also", "element", r.Also, elements)...)
	faults = append(faults, checkList(e, e.node, "places", "place", r.Places, places)...)
	return append(faults, checkList(e, e.node, "variants", "variant", r.Variants, variants)...)
}

func checkID[T any](e entry[T], id string, form *regexp.Regexp, first map[string]entry[T]) []fault {
	if id == "" {
		return []fault{e.at("id", "no id")}
	}
	if f, seen := first[id]; seen {
		return []fault{e.at("id", "duplicate id; the first is at %s:%d", f.file, f.line)}
	}
	first[id] = e
	if !form.MatchString(id) {
		return []fault{e.at("id", "id is not of the form %s", form)}
	}
	return nil
}

// checkWord demands that the value of key is one of known.
func checkWord[T any](e entry[T], key, word string, known []string) []fault {
	switch {
	case word == "":
		return []fault{e.at(key, "no %s", key)}
	case !slices.Contains(known, word):
		return []fault{e.at(key, "%s", unknownWord(key, word, known))}
	}
	return nil
}

func checkCites(e entry[Requirement], sources []string) []fault {
	if len(e.value.Cites) == 0 {
		return []fault{e.at("cites", "no cites: name the articles whose citation makes it binding")}
	}
	var faults []fault
	for i, c := range e.value.Cites {
		n := item(child(e.node, "cites"), i)
		fail := func(format string, args ...any) {
			faults = append(faults, e.atNode(n, "cite %d: %s", i+1, fmt.Sprintf(format, args...)))
		}
		if c.Source == "" {
			fail("no source")
		} else if !slices.Contains(sources, c.Source) {
			fail("%s", unknownWord("source", c.Source, sources))
		}
		if c.Article == "" && (len(c.Lid) > 0 || len(c.Onder) > 0) {
			fail("lid or onder without article")
		}
		if c.Article != "" && !articleForm.MatchString(c.Article) {
			fail("article %q is not one article number; write a range as separate cites", c.Article)
		}
		for _, l := range c.Lid {
			if !lidForm.MatchString(l) {
				fail("lid %q is not a number", l)
			}
		}
		for _, o := range c.Onder {
			if !onderForm.MatchString(o) {
				fail("onder %q is not a letter", o)
			}
		}
	}
	return faults
}

func checkTexts(e entry[Requirement]) []fault {
	var faults []fault
	r := e.value
	for _, t := range []struct{ key, text string }{{"title", r.Title}, {"text", r.Text}, {"suggestion", r.Suggestion}} {
		if blank(t.text) && !(t.key == "suggestion" && r.Manual != "") {
			faults = append(faults, e.at(t.key, "no %s", t.key))
		}
	}
	return append(faults, checkTitle(e, r.Title)...)
}

func checkTitle[T any](e entry[T], title string) []fault {
	if n := utf8.RuneCountInString(title); n > maxTitle {
		return []fault{e.at("title", "title has %d characters; at most %d", n, maxTitle)}
	}
	return nil
}

func checkApplies(e entry[Requirement], segments []string) []fault {
	var faults []fault
	applies := child(e.node, "applies")
	for _, l := range []struct {
		key, what string
		words     []string
		known     []string
	}{
		{"applies.laws", "law", e.value.Applies.Laws, laws},
		{"applies.procedures", "procedure", e.value.Applies.Procedures, procedures},
		{"applies.services", "service", e.value.Applies.Services, services},
		{"applies.except", "service", e.value.Applies.Except, services},
		{"applies.if-named", "law", e.value.Applies.IfNamed, laws},
		{"applies.segments", "segment", e.value.Applies.Segments, segments},
	} {
		faults = append(faults, checkList(e, applies, l.key, l.what, l.words, l.known)...)
	}
	return faults
}

func checkPeriod[T any](e entry[T], p Period) []fault {
	var faults []fault
	valid := child(e.node, "valid")
	for _, d := range []struct{ key, date string }{{"from", p.From}, {"until", p.Until}} {
		if d.date != "" && !isDate(d.date) {
			faults = append(faults, e.atNode(child(valid, d.key), "valid.%s %q is not a date (YYYY-MM-DD)", d.key, d.date))
		}
	}
	if len(faults) == 0 && p.From != "" && p.Until != "" && p.Until < p.From {
		faults = append(faults, e.atNode(valid, "valid until %s is before valid from %s", p.Until, p.From))
	}
	return faults
}

// checkAspects demands ids in order: a, b, ... z; parts of aspect b follow it as b1, b2 and so on.
func checkAspects(e entry[Requirement]) []fault {
	var faults []fault
	list := child(e.node, "aspects")
	letter, part := 'a'-1, 0
	for i, a := range e.value.Aspects {
		n := item(list, i)
		next := fmt.Sprintf("%s.%c", e.value.ID, letter+1)
		switch {
		case a.ID == next && letter < 'z':
			letter, part = letter+1, 0
		case letter >= 'a' && a.ID == fmt.Sprintf("%s.%c%d", e.value.ID, letter, part+1):
			part++
		default:
			faults = append(faults, e.atNode(orNode(child(n, "id"), n), "aspect id %q; want %q", a.ID, next))
			letter, part = letter+1, 0
		}
		if blank(a.Text) {
			faults = append(faults, e.atNode(orNode(child(n, "text"), n), "aspect %q: no text", a.ID))
		}
	}
	return faults
}

func orNode(a, b *yaml.Node) *yaml.Node {
	if a != nil {
		return a
	}
	return b
}

func blank(s string) bool { return strings.TrimSpace(s) == "" }

func isDate(s string) bool {
	_, err := time.Parse(time.DateOnly, s)
	return err == nil
}
