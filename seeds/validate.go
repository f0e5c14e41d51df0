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
	elements   = []string{"dienstverlening", "vakmanschap", "samenwerking", "organisatie"}
	inForce    = []string{"yes", "uncertain", "future", "lapsed"}
	services   = []string{
		"verblijf", "pleegzorg", "gesloten-jeugdhulp", "specialistische-jeugdhulp", "kinderbescherming-jeugdreclassering", "vervoer", "toegang",
		"veilig-thuis", "maatwerkvoorziening", "hulpmiddelen", "woningaanpassingen",
	}
)

// Laws lists the laws a tender can be under.
func Laws() []string { return slices.Clone(laws) }

// Procedures lists the ways a municipality can buy.
func Procedures() []string { return slices.Clone(procedures) }

// Services lists the services that make a requirement count or not.
func Services() []string { return slices.Clone(services) }

// maxTitle is the length in characters at which a title still fits one line of a report.
const maxTitle = 70

var (
	idForm       = regexp.MustCompile(`^[a-z]+[0-9]*(-[a-z0-9]+(\.[a-z0-9]+)*)+$`)
	sourceIDForm = regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`)
	bwbForm      = regexp.MustCompile(`^BWB[RV]\d{7}$`)
	articleForm  = regexp.MustCompile(`^\d+[a-z]*(\.\d+[a-z]*)*$`)
	lidForm      = regexp.MustCompile(`^\d+[a-z]*$`)
	onderForm    = regexp.MustCompile(`^[a-z]+\d*$`)
)

func checkSources(sources []entry[Source]) []fault {
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
		if blank(r.Article) {
			faults = append(faults, e.at("article", "no article"))
		}
		faults = append(faults, checkCites(e, sources)...)
		faults = append(faults, checkWord(e, "party", r.Party, parties)...)
		faults = append(faults, checkWord(e, "duty", r.Duty, duties)...)
		faults = append(faults, checkWord(e, "element", r.Element, elements)...)
		faults = append(faults, checkTexts(e)...)
		faults = append(faults, checkApplies(e)...)
		faults = append(faults, checkPeriod(e, r.Valid)...)
		faults = append(faults, checkWord(e, "in-force", r.InForce, inForce)...)
		if r.Limbs < 0 {
			faults = append(faults, e.at("limbs", "limbs is %d; want 0 or more", r.Limbs))
		}
		faults = append(faults, checkAspects(e)...)
	}
	return faults
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
		if blank(t.text) {
			faults = append(faults, e.at(t.key, "no %s", t.key))
		}
	}
	if n := utf8.RuneCountInString(r.Title); n > maxTitle {
		faults = append(faults, e.at("title", "title has %d characters; at most %d", n, maxTitle))
	}
	return faults
}

func checkApplies(e entry[Requirement]) []fault {
	var faults []fault
	applies := child(e.node, "applies")
	for _, l := range []struct {
		key, what string
		words     []string
		known     []string
	}{
		{"laws", "law", e.value.Applies.Laws, laws},
		{"procedures", "procedure", e.value.Applies.Procedures, procedures},
		{"services", "service", e.value.Applies.Services, services},
		{"except", "service", e.value.Applies.Except, services},
		{"if-named", "law", e.value.Applies.IfNamed, laws},
	} {
		list := child(applies, l.key)
		for i, w := range l.words {
			switch n := item(list, i); {
			case !slices.Contains(l.known, w):
				faults = append(faults, e.atNode(n, "applies.%s: %s", l.key, unknownWord(l.what, w, l.known)))
			case slices.Contains(l.words[:i], w):
				faults = append(faults, e.atNode(n, "applies.%s: %q stands there twice", l.key, w))
			}
		}
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

func checkAspects(e entry[Requirement]) []fault {
	var faults []fault
	list := child(e.node, "aspects")
	for i, a := range e.value.Aspects {
		n := item(list, i)
		want := e.value.ID + "." + string(rune('a'+i))
		if i >= 26 {
			faults = append(faults, e.atNode(n, "more than 26 aspects; a letter is all they have"))
			break
		}
		if a.ID != want {
			faults = append(faults, e.atNode(orNode(child(n, "id"), n), "aspect id %q; want %q", a.ID, want))
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
