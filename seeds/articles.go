package seeds

import (
	"slices"
	"strings"

	yaml "go.yaml.in/yaml/v3"
)

const articleFile = "articles.yaml"

// Articles holds what citations are checked and linked with.
type Articles struct {
	Laws     []Law     // laws that tenders cite though no requirement rests on them
	Sections []Section // parts of laws of which everything in them is listed
	Lapsed   []Lapsed
	About    []Subject
}

// Law is a law that tenders cite though no requirement of the catalogue rests on it.
type Law struct {
	ID      string            `yaml:"id"` // "awb"
	Title   string            `yaml:"title"`
	Short   string            `yaml:"short"`
	BWB     string            `yaml:"bwb"`   // empty if no person has seen the id in use
	Books   map[string]string `yaml:"books"` // BWB id per book, of a law whose articles are numbered per book: "7:446"
	Aliases []string          `yaml:"aliases"`
}

// Section is a part of a law, or the law as a whole, with all that is directly in it.
type Section struct {
	Law      string   `yaml:"law"`
	Number   string   `yaml:"number"` // "4.1"; empty: the whole law
	Parts    []string `yaml:"parts"`  // numbers of the parts in it
	Articles []string `yaml:"articles"`
}

// Lapsed is an article that is still in the numbering but says nothing any more.
type Lapsed struct {
	Law     string `yaml:"law"`
	Article string `yaml:"article"`
	Since   string `yaml:"since"` // YYYY-MM-DD; empty if unknown
}

// Subject is what an article is about.
type Subject struct {
	Law     string   `yaml:"law"`
	Article string   `yaml:"article"`
	Text    string   `yaml:"text"`    // Dutch, inside a sentence: "de meldcode"
	Phrases []string `yaml:"phrases"` // words by which a text speaks of it
	// File and Line say where the entry stands, for messages.
	File string `yaml:"-"`
	Line int    `yaml:"-"`
}

// articleLists are the lists of the file, decoded.
type articleLists struct {
	laws     []entry[Law]
	sections []entry[Section]
	lapsed   []entry[Lapsed]
	about    []entry[Subject]
}

func decodeArticles(file string, raw []byte) (lists articleLists, faults []fault) {
	doc, faults := document(file, raw)
	if doc == nil {
		return lists, faults
	}
	var nodes [4]*yaml.Node
	for i, key := range []string{"laws", "sections", "lapsed", "about"} {
		nodes[i] = child(doc, key)
		if nodes[i] == nil || nodes[i].Kind != yaml.SequenceNode || len(doc.Content) != 8 {
			return lists, []fault{{file, doc.Line, "want the keys laws, sections, lapsed and about with lists, and no other"}}
		}
	}
	var bad [4][]fault
	lists.laws, bad[0] = decodeEntries[Law](file, "law", nodes[0].Content)
	lists.sections, bad[1] = decodeEntries[Section](file, "section", nodes[1].Content)
	lists.lapsed, bad[2] = decodeEntries[Lapsed](file, "lapsed article", nodes[2].Content)
	lists.about, bad[3] = decodeEntries[Subject](file, "subject", nodes[3].Content)
	return lists, slices.Concat(bad[:]...)
}

// values puts the lists in the catalogue.
func (l articleLists) values() Articles {
	var a Articles
	for _, e := range l.laws {
		a.Laws = append(a.Laws, e.value)
	}
	for _, e := range l.sections {
		a.Sections = append(a.Sections, e.value)
	}
	for _, e := range l.lapsed {
		a.Lapsed = append(a.Lapsed, e.value)
	}
	for _, e := range l.about {
		e.value.File, e.value.Line = e.file, e.line
		a.About = append(a.About, e.value)
	}
	return a
}

func checkArticles(l articleLists, sources []Source) []fault {
	var faults []fault
	var known []string
	alias := map[string]string{}
	for _, s := range sources {
		known = append(known, s.ID)
		for _, a := range s.Aliases {
			alias[strings.ToLower(a)] = s.ID
		}
	}
	first := map[string]entry[Law]{}
	for _, e := range l.laws {
		w := e.value
		faults = append(faults, checkID(e, w.ID, sourceIDForm, first)...)
		faults = append(faults, e.filled("title", w.Title, "short", w.Short)...)
		if slices.Contains(known, w.ID) {
			faults = append(faults, e.at("id", "id is that of a source of the catalogue"))
		}
		if w.BWB != "" && !bwbForm.MatchString(w.BWB) {
			faults = append(faults, e.at("bwb", "bwb %q is not of the form BWBR0000000", w.BWB))
		}
		if len(w.Aliases) == 0 {
			faults = append(faults, e.at("aliases", "no aliases"))
		}
		for i, a := range w.Aliases {
			if owner, taken := alias[strings.ToLower(a)]; taken {
				faults = append(faults, e.atNode(item(child(e.node, "aliases"), i), "alias %q already stands for %q", a, owner))
			}
			alias[strings.ToLower(a)] = w.ID
		}
	}
	for _, e := range l.sections {
		s := e.value
		faults = append(faults, checkWord(e, "law", s.Law, known)...)
		if len(s.Parts)+len(s.Articles) == 0 {
			faults = append(faults, e.at("articles", "neither parts nor articles"))
		}
		for _, n := range slices.Concat(s.Parts, s.Articles) {
			if !articleForm.MatchString(n) || s.Number != "" && !strings.HasPrefix(n, s.Number+".") {
				faults = append(faults, e.at("number", "%q is not a number directly in %q", n, s.Number))
			}
		}
	}
	for _, e := range l.lapsed {
		faults = append(faults, checkWord(e, "law", e.value.Law, known)...)
		faults = append(faults, checkArticleNumber(e, e.value.Article)...)
		if e.value.Since != "" && !isDate(e.value.Since) {
			faults = append(faults, e.at("since", "since %q is not a date (YYYY-MM-DD)", e.value.Since))
		}
	}
	for _, e := range l.about {
		faults = append(faults, checkWord(e, "law", e.value.Law, known)...)
		faults = append(faults, checkArticleNumber(e, e.value.Article)...)
		faults = append(faults, e.filled("text", e.value.Text)...)
		if len(e.value.Phrases) == 0 {
			faults = append(faults, e.at("phrases", "no phrases"))
		}
	}
	return faults
}

func checkArticleNumber[T any](e entry[T], number string) []fault {
	if !articleForm.MatchString(number) {
		return []fault{e.at("article", "article %q is not one article number", number)}
	}
	return nil
}

// Existence says what is known of a number in a law.
type Existence int

// What can be known of a number.
const (
	Unjudged Existence = iota // the law, or that part of it, is not listed
	Exists
	IsPart  // a chapter or paragraph has the number, no article
	Missing // there is nothing of that number
	Repealed
)

// Find says whether a law has an article of that number. since is the day from which a repealed one is gone, if that is known.
func (a Articles) Find(law, number string) (e Existence, since string) {
	for _, l := range a.Lapsed {
		if l.Law == law && l.Article == number {
			return Repealed, l.Since
		}
	}
	for at := number; ; {
		cut := max(strings.LastIndexByte(at, '.'), 0)
		if s, ok := a.section(law, at[:cut]); ok {
			switch {
			case slices.Contains(s.Articles, at):
				return Exists, ""
			case at == number && slices.Contains(s.Parts, at):
				return IsPart, ""
			case slices.Contains(s.Parts, at):
				return Unjudged, "" // the part is there, but what is in it is not listed
			}
			return Missing, ""
		}
		if cut == 0 {
			return Unjudged, ""
		}
		at = at[:cut]
	}
}

func (a Articles) section(law, number string) (Section, bool) {
	i := slices.IndexFunc(a.Sections, func(s Section) bool { return s.Law == law && s.Number == number })
	if i < 0 {
		return Section{}, false
	}
	return a.Sections[i], true
}

// Of lists the articles of a law that are known to exist, in no particular order.
func (a Articles) Of(law string) []string {
	var out []string
	for _, s := range a.Sections {
		if s.Law == law {
			out = append(out, s.Articles...)
		}
	}
	return out
}
