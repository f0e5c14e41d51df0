package review

import (
	"cmp"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"inkooptoets/extract/dossier"
	"inkooptoets/rules/phrase"
	"inkooptoets/rules/result"
	"inkooptoets/seeds"
)

// oldName is a name that no longer stands for anything, compiled.
type oldName struct {
	seeds.OldName
	patterns, exact, except, beside words
}

func (r *Reviewer) compileOutdated(b *builder) {
	r.oldWords = words{}
	r.history = b.add("outdated.yaml: history", r.catalogue.Outdated.History)
	for _, n := range r.catalogue.Outdated.Names {
		place := fmt.Sprintf("%s:%d: name %q", n.File, n.Line, n.ID)
		old := oldName{n, b.add(place, n.Patterns), b.add(place, n.Exact), b.add(place, n.Except), b.add(place, n.Beside)}
		r.oldNames = append(r.oldNames, old)
		maps.Copy(r.oldWords, old.patterns)
		maps.Copy(r.oldWords, old.exact)
	}
}

// oldHit is a place where an old name stands.
type oldHit struct {
	phrase.Hit
	name *oldName
}

// outdated finds names of what no longer exists: per document and name one finding, at the first place, with the number of other places.
func outdated(r *Reviewer, t *tender) []result.Finding {
	var out []result.Finding
	first := map[string]int{} // document and name -> index in out
	more := map[int]int{}
	for _, x := range t.texts {
		if x.block.Zone == dossier.ZoneTOC {
			continue
		}
		for _, h := range r.oldHits(x, t.Date) {
			key := x.doc.Path + "\x00" + h.name.ID
			if i, seen := first[key]; seen {
				more[i]++
				continue
			}
			first[key] = len(out)
			out = append(out, x.oldFinding(h))
		}
	}
	for i, n := range more {
		out[i].Message += " " + otherPlaces(n)
	}
	return out
}

// otherPlaces says how often more the same stands in the document.
func otherPlaces(n int) string {
	if n == 1 {
		return "Dit staat nog op 1 andere plaats in dit bestand."
	}
	return fmt.Sprintf("Dit staat nog op %d andere plaatsen in dit bestand.", n)
}

func (x text) oldFinding(h oldHit) result.Finding {
	id := "c-outdated"
	if h.name.Kind == "wording" {
		id = "c-wording"
	}
	f := x.finding(id, h.Start, h.End, h.name.message())
	f.Rule, f.Severity, f.Suggestion = h.name.ID, h.name.Severity, "Gebruik: "+h.name.Now+"."
	return f
}

// message says in Dutch what is wrong with the name.
func (n *oldName) message() string {
	var m string
	switch n.Kind {
	case "misprint":
		m = n.Was + " klopt niet. Bedoeld is waarschijnlijk: " + n.Now + "."
	case "wording":
		m = n.Was + " is geen wettelijke term. Beter: " + n.Now + "."
	case "name":
		m = n.Was + " heet" + n.since() + " anders. Gebruik: " + n.Now + "."
		if n.Since == "" {
			m = n.Was + " is niet de naam van nu. Gebruik: " + n.Now + "."
		}
	default:
		m = n.Was + " geldt niet meer" + n.since() + ". In plaats daarvan: " + n.Now + "."
	}
	if n.Note != "" {
		m += " " + n.Note
	}
	return m
}

var months = []string{"januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december"}

// since is " sinds 25 mei 2018", or empty when no date is known.
func (n *oldName) since() string {
	if n.Since == "" {
		return ""
	}
	month, _ := strconv.Atoi(n.Since[5:7]) // the loader admits dates only
	return " sinds " + strings.TrimPrefix(n.Since[8:], "0") + " " + months[month-1] + " " + n.Since[:4]
}

// oldHits lists the old names in x that are wrong on date and not spoken of as history; where names overlap the longest stands.
func (r *Reviewer) oldHits(x text, date string) []oldHit {
	if !slices.ContainsFunc(x.hits, func(h phrase.Hit) bool { return r.oldWords[h.Phrase] }) {
		return nil
	}
	var all []oldHit
	for i := range r.oldNames {
		n := &r.oldNames[i]
		for _, h := range x.hits {
			if (n.patterns[h.Phrase] || n.exact[h.Phrase] && r.sameCapitals(x, h)) && !x.inside(h, n.except) && (len(n.beside) == 0 || x.sentenceHas(h, n.beside)) {
				all = append(all, oldHit{h, n})
			}
		}
	}
	if len(all) == 0 {
		return nil
	}
	slices.SortStableFunc(all, func(a, b oldHit) int {
		return cmp.Or(cmp.Compare(b.To-b.From, a.To-a.From), cmp.Compare(a.From, b.From))
	})
	var out []oldHit
	for _, h := range all {
		overlaps := func(o oldHit) bool { return h.From < o.To && o.From < h.To }
		if !slices.ContainsFunc(out, overlaps) {
			out = append(out, h)
		}
	}
	out = slices.DeleteFunc(out, func(h oldHit) bool {
		return date != "" && date < h.name.Since || h.name.Kind != "misprint" && r.history.beside(x, h.Hit) || h.name.Kind != "misprint" && x.dated(h)
	})
	slices.SortFunc(out, func(a, b oldHit) int { return cmp.Compare(a.From, b.From) })
	return out
}

// sameCapitals reports whether the words at h are written just as in the list: "SHG", not "shg".
func (r *Reviewer) sameCapitals(x text, h phrase.Hit) bool {
	return x.block.Text[h.Start:h.End] == r.matcher.Phrase(h.Phrase)
}

// inside reports whether h lies in a hit of w.
func (x text) inside(h phrase.Hit, w words) bool {
	return slices.ContainsFunc(x.hits, func(m phrase.Hit) bool { return w[m.Phrase] && m.From <= h.From && h.To <= m.To })
}

// sentenceHas reports whether a phrase of w stands in the sentence of h.
func (x text) sentenceHas(h phrase.Hit, w words) bool {
	return slices.ContainsFunc(x.hits, func(m phrase.Hit) bool { return w[m.Phrase] && m.Sentence == h.Sentence })
}

// historyReach is how many words may stand between an old name and the words that make it history.
const historyReach = 12

// beside reports whether a phrase of w stands in the sentence of h, within reach.
func (w words) beside(x text, h phrase.Hit) bool {
	return slices.ContainsFunc(x.hits, func(m phrase.Hit) bool {
		return w[m.Phrase] && m.Sentence == h.Sentence && m.From-h.To < historyReach && h.From-m.To < historyReach
	})
}

var (
	year = regexp.MustCompile(`^(?:19|20)\d\d$`)
	// bySource is a year behind a name as in a list of sources: "Inspectie Jeugdzorg (2014)", "AKJ, 2016".
	bySource = regexp.MustCompile(`^["'”’)]{0,2}(?:,\s*|\s*\()(?:19|20)\d\d\b`)
)

// yearWords stand before a year that dates a statement; a year without one may belong to the name ("Wmo 2015").
var yearWords = map[string]bool{
	"tot": true, "met": true, "in": true, "per": true, "sinds": true, "vanaf": true, "voor": true, "na": true, "jaar": true, "eind": true, "begin": true, "medio": true,
	"januari": true, "februari": true, "maart": true, "april": true, "mei": true, "juni": true, "juli": true, "augustus": true, "september": true, "oktober": true,
	"november": true, "december": true,
}

// dated reports whether the sentence speaks of a year in which the name was still right, or of the year of the change.
func (x text) dated(h oldHit) bool {
	if h.name.Kind == "gone" || h.name.Since != "" {
		if m := bySource.FindString(x.block.Text[h.End:]); m != "" {
			return true
		}
	}
	if h.name.Since == "" {
		return false
	}
	toks := x.fold.Tokens
	for i := 1; i < len(toks); i++ {
		if toks[i].Sentence == h.Sentence && year.MatchString(toks[i].Text) && yearWords[toks[i-1].Text] && toks[i].Text <= h.name.Since[:4] &&
			i-h.To < historyReach && h.From-i < historyReach && (i < h.From || i >= h.To) {
			return true
		}
	}
	return false
}
