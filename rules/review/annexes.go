package review

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"inkooptoets/extract/dossier"
	"inkooptoets/rules/result"
)

// Absent is an annex or another document of the package that the tender names and that is not there.
type Absent struct {
	Rule   string         // of its finding: "bijlage-4", "programma-van-eisen"
	Name   string         // Dutch, inside a sentence: "bijlage 4", "het programma van eisen"
	Annex  bool           // it is called an annex: then it has to be in the package
	Places []result.Place // where it is named, in the order of the files
}

// annexNamed is an annex as the tender speaks of it.
type annexNamed struct {
	key    string   // "4", "4A", "3.1", "B"; for one without a number its name in lower case
	name   string   // "bijlage 4"
	titles []string // what it is said to hold
	at     []result.Place
}

// annexRef is one number behind the word bijlage.
type annexRef struct {
	key        string
	start, end int // from the word bijlage, or from the number for a further one
}

var (
	annexWord = regexp.MustCompile(`(?i)(?:^|[^\pL\pN])((?:bijlagen?|bijl\.|annex(?:en)?|appendix)\s*(?:(?:nr\.?|nummers?)\s*)?)`)
	annexPart = regexp.MustCompile(`^(?:0*(\d{1,2})((?:\.\d{1,2})?[a-zA-Z]?)|([A-TV-Z])(\d{0,2})|([IVX]{2,5}))(?:$|[^\pL\pN])`)
	annexAnd  = regexp.MustCompile(`^(?:\s*,\s*|\s*/\s*|\s+(?:en|of|en/of|&|alsmede|respectievelijk)\s+)(?:(?i)bijlagen?\s+)?(?:(?i)(?:nr\.?|nummer)\s*)?`)
	annexTo   = regexp.MustCompile(`^\s*(?:t/m|tot en met|t\.?e\.?m\.?|t\.?m\.|t m\b|-|–|—)\s*(?:(?i)bijlage\s+)?`)
	// amount stands behind a number that counts something else.
	amount = regexp.MustCompile(`^\s*(?:%|€|procent|(?:werk|kalender)?dagen|weken|maanden|jaar|uur|uren|exemplaren|pagina|bladzijden|personen|keer|maal|punten|aanbieders|\d)`)
	// elsewhere stands behind an annex of a law, a framework or what a bidder hands in.
	elsewhere = regexp.MustCompile(`(?i)^[\s,]*(?:\([^)]*\)\s*)?(?:bij|van|uit|behorende? bij|horende? bij)\s+(?:(?:de|het|die|deze|dit|uw|zijn|hun|een)\s+)?(?:\pL+\s+){0,3}?(?:\pL*wet|richtlijn|\pL*verordening|\pL*besluit|ministeriële regeling|uitvoeringsregeling|\pL*kader|handreiking|gids|norm|standaard|\pL*convenant|awb|avg|wmo|inschrijving|offerte|aanmelding|aanvraag|verzoek|verwerkersovereenkomst)\b`)
	// lawBefore stands before an annex of European law.
	lawBefore = regexp.MustCompile(`(?i)(?:richtlijn|verordening \(e[ug]\)|\d{4}/\d{1,4}/e[ug])[^.;]{0,40}$`)
	// apart says in a heading or under it that the annex is a file of its own.
	apart = regexp.MustCompile(`(?i)\b(?:separaat|separate|apart(?:e)? (?:bestand|bijgevoegd|document|bijlage)|los(?:se)? (?:bestand|bijgevoegd|document)|afzonderlijk|zie (?:het )?(?:aparte|losse|separate)|niet bijgevoegd|volgt)\b`)
	// namedAnnex is an annex without a number: "Bijlage Onderaanneming", "de Kwaliteitsbijlage".
	namedAnnex = regexp.MustCompile(`(?:^|[^\pL])[Bb]ijlage\s+[“"‘']?(\p{Lu}\pL{3,}(?:[ -](?:(?:en|van|voor|de|het|op|in)\s+)*\p{Lu}\pL+)*)`)
	ownAnnex   = regexp.MustCompile(`(?:^|[^\pL-])(\p{Lu}\pL{3,}bijlage)(?:$|[^\pL])`)
	titleAfter = regexp.MustCompile(`^\s*(?:\(([^()]{3,70})\)|[:–—|-]?\s*[“"‘']([^”"’']{3,70})|[:–—|-]?\s*(\p{Lu}[\pL-]+(?:\s+[\pL-]+){0,6}))`)
	titleBefor = regexp.MustCompile(`((?:[\pL-]+\s+){0,3}[\pL-]+)\s*\($`)
	plainWord  = regexp.MustCompile(`\pL{4,}`)
	separators = strings.NewReplacer("_", " ", "-", " ", "+", " ", "%20", " ")
)

// annexRefs reads the annexes that text names by number, with their ranges written out.
func annexRefs(text string) []annexRef {
	if !speaksOfAnnex(text) {
		return nil
	}
	var out []annexRef
	read := 0 // up to here
	for _, m := range annexWord.FindAllStringSubmatchIndex(text, maxLeftovers) {
		start, at := m[2], m[3]
		if start < read {
			continue
		}
		glued := at == start+len(strings.TrimRight(text[start:at], " \u00a0")) && !strings.HasSuffix(text[:at], ".")
		if glued && (at == len(text) || text[at] < '0' || text[at] > '9') {
			continue // "bijlages", but "bijlage3" in the name of a file is one
		}
		first := ""
		for {
			key, n := annexKey(text[at:])
			if n == 0 || first != "" && amount.MatchString(text[at+n:]) {
				break
			}
			out = append(out, annexRef{key, start, at + n})
			at += n
			first = key
			if m := annexTo.FindString(text[at:]); m != "" {
				last, k := annexKey(text[at+len(m):])
				if k == 0 {
					break
				}
				for _, between := range annexRange(key, last) {
					out = append(out, annexRef{between, start, at + len(m) + k})
				}
				at += len(m) + k
			}
			read = at
			m := annexAnd.FindString(text[at:])
			if m == "" {
				break
			}
			start = at + len(m)
			at = start
		}
	}
	return out
}

// annexKey reads one number at the start of text and its length in bytes; 0 when there is none.
func annexKey(text string) (key string, n int) {
	m := annexPart.FindStringSubmatchIndex(text)
	if m == nil {
		return "", 0
	}
	part := func(i int) string {
		if m[2*i] < 0 {
			return ""
		}
		return text[m[2*i]:m[2*i+1]]
	}
	n = max(m[3], m[5], m[7], m[9], m[11])
	return strings.ToUpper(part(1) + part(2) + part(3) + part(4) + part(5)), n
}

// maxRange bounds how many annexes a range may have: more is a misreading.
const maxRange = 30

// annexRange lists what lies behind from up to and with to; only to when they are of different kinds.
func annexRange(from, to string) []string {
	a, errA := strconv.Atoi(from)
	b, errB := strconv.Atoi(to)
	switch {
	case errA == nil && errB == nil && a < b && b-a < maxRange:
		var out []string
		for i := a + 1; i <= b; i++ {
			out = append(out, strconv.Itoa(i))
		}
		return out
	case len(from) == 1 && len(to) == 1 && from < to && from >= "A":
		var out []string
		for c := from[0] + 1; c <= to[0]; c++ {
			out = append(out, string(c))
		}
		return out
	}
	return []string{to}
}

// annexes lists the annexes that the tender names, in the order in which it does.
func (t *tender) annexes() []*annexNamed {
	byKey := map[string]*annexNamed{}
	var out []*annexNamed
	add := func(x *text, key, name string, start, end int, titles ...string) {
		a := byKey[key]
		if a == nil {
			a = &annexNamed{key: key, name: name}
			byKey[key] = a
			out = append(out, a)
		}
		a.at = append(a.at, x.place(start, end))
		for _, title := range titles {
			if title != "" {
				a.titles = append(a.titles, title)
			}
		}
	}
	for i := range t.texts {
		x := &t.texts[i]
		own := x.block.Text
		if x.block.Kind == dossier.Heading { // the reader has taken the number off
			for _, ref := range annexRefs(x.block.Number) {
				add(x, ref.key, "bijlage "+ref.key, 0, len(own), own)
			}
		}
		if !speaksOfAnnex(own) {
			continue
		}
		for _, ref := range annexRefs(own) {
			if elsewhere.MatchString(own[ref.end:]) && !ownTarget(own[ref.end:]) || lawBefore.MatchString(tail(own[:ref.start])) {
				continue
			}
			add(x, ref.key, "bijlage "+ref.key, ref.start, ref.end, x.titlesOf(ref)...)
		}
		for _, m := range namedAnnex.FindAllStringSubmatchIndex(own, maxLeftovers) {
			if name := own[m[2]:m[3]]; !elsewhere.MatchString(own[m[3]:]) && !lawBefore.MatchString(tail(own[:m[2]])) {
				add(x, strings.ToLower(name), "de bijlage ‘"+name+"’", m[2], m[3], name)
			}
		}
		for _, m := range ownAnnex.FindAllStringSubmatchIndex(own, maxLeftovers) {
			name := own[m[2]:m[3]]
			add(x, strings.ToLower(name), "de "+name, m[2], m[3], name)
		}
	}
	return out
}

// tail is the end of a text, as far as a pattern looks back.
func tail(s string) string { return s[max(0, len(s)-200):] }

// speaksOfAnnex is a quick look before the patterns.
func speaksOfAnnex(s string) bool {
	return strings.Contains(s, "ijl") || strings.Contains(s, "IJL") || strings.Contains(s, "nnex") || strings.Contains(s, "NNEX") || strings.Contains(s, "ppendix") || strings.Contains(s, "PPENDIX")
}

// ownTarget reports whether what follows an annex names a document of the package: "bijlage 2 bij de Aanbestedingsleidraad".
func ownTarget(after string) bool {
	m := ownPackage.FindString(after)
	return m != "" && !strings.Contains(strings.ToLower(m), "verwerkers")
}

var ownPackage = regexp.MustCompile(`(?i)^[\s,]*(?:bij|van|uit)\s+(?:de|het|deze|dit)\s+\pL*(?:leidraad|aanbestedingsdocument|inkoopdocument|overeenkomst|contract)\b`)

// titlesOf lists what the words around a number say the annex holds.
func (x *text) titlesOf(ref annexRef) []string {
	own := x.block.Text
	var out []string
	if m := titleAfter.FindStringSubmatch(own[ref.end:]); m != nil {
		out = append(out, cmp.Or(m[1], m[2], m[3]))
	} else if ref.start == 0 && len(own)-ref.end < 90 {
		out = append(out, strings.Trim(own[ref.end:], " :.–—-|"))
	}
	if m := titleBefor.FindStringSubmatch(tail(own[:ref.start])); m != nil {
		out = append(out, m[1])
	}
	for i, c := range x.block.Cells {
		if c.Start <= ref.start && ref.end <= c.End && len(c.Text) <= ref.end-ref.start+2 {
			for k, other := range x.block.Cells { // the cells beside it say what it is
				if (k == i+1 || k == i-1) && len(other.Text) < 90 {
					out = append(out, other.Text)
				}
			}
		}
	}
	return out
}

// idle are words in the name of a file or an annex that do not say what it is about.
var idle = map[string]bool{
	"bijlage": true, "bijlagen": true, "concept": true, "definitief": true, "definitieve": true, "versie": true, "model": true, "format": true, "document": true, "deze": true,
	"voor": true, "over": true, "naar": true, "gemeente": true, "publicatie": true, "bestand": true, "separaat": true, "bijgevoegd": true, "apart": true, "nummer": true,
	"staat": true, "staan": true, "zoals": true, "opgenomen": true, "aanbesteding": true, "inkoop": true, "final": true, "docx": true, "xlsx": true, "perceel": true, "percelen": true,
}

// telling lists the words of a title or file name that say what it is about.
func telling(s string) []string {
	var out []string
	for _, w := range plainWord.FindAllString(strings.ToLower(separators.Replace(s)), -1) {
		if !idle[w] && !slices.Contains(out, w) {
			out = append(out, w)
		}
	}
	return out
}

// shelf is what the package holds.
type shelf struct {
	keys   map[string]bool // of annexes
	names  []string        // of the files, without folder and kind, folded
	files  []string        // per file its name, titles and role, folded
	guides []bool          // per file: it names annexes and is none, so its title does not count
	heads  []string        // headings that speak of an annex, likewise
}

// foldName makes names comparable: lower case, without separators between the parts of words.
func foldName(s string) string {
	return strings.ToLower(strings.Join(strings.Fields(separators.Replace(s)), " "))
}

// shelf lists the annexes that are there: as a file, or as a heading with text under it.
func (t *tender) shelf() shelf {
	s := shelf{keys: map[string]bool{}}
	for i := range t.Documents {
		doc := &t.Documents[i]
		name := doc.Path[strings.LastIndexByte(doc.Path, '/')+1:]
		if dot := strings.LastIndexByte(name, '.'); dot > 0 {
			name = name[:dot]
		}
		for _, ref := range annexRefs(separators.Replace(name)) {
			s.keys[ref.key] = true
		}
		s.names = append(s.names, foldName(name))
		words := name + " " + doc.Role
		for j := range doc.Blocks {
			b := &doc.Blocks[j]
			title := titled(b)
			annex := annexTitle(b, j)
			if b.Zone == dossier.ZoneTOC || annex && (apart.MatchString(title) || !holdsText(doc, j)) {
				continue
			}
			if j < titlePage && isTitle(b) {
				words += " " + title
			}
			if !annex {
				continue
			}
			for _, ref := range annexRefs(title) {
				s.keys[ref.key] = true
			}
			s.heads = append(s.heads, foldName(title))
		}
		s.files = append(s.files, foldName(words))
		s.guides = append(s.guides, doc.Role == "leidraad" || doc.Role == "nota van inlichtingen")
	}
	return s
}

const (
	titlePage  = 4  // blocks at the start of a file that may say what it is
	titleWords = 14 // words of such a block
	maxTitle   = 200
)

// annexTitle reports whether a block is the title of an annex: a heading or a line of its own that starts with the word, or a line on the title page that
// names it.
func annexTitle(b *dossier.Block, at int) bool {
	if !speaksOfAnnex(b.Number) && !speaksOfAnnex(b.Text) || !isTitle(b) {
		return false
	}
	m := annexWord.FindStringIndex(titled(b))
	return m != nil && (m[0] == 0 || at < titlePage)
}

// isTitle reports whether a block is a short line that is no sentence.
func isTitle(b *dossier.Block) bool {
	if b.Text == "" || b.Kind != dossier.Heading && b.Kind != dossier.Paragraph || len(b.Text) > maxTitle {
		return false
	}
	title := titled(b)
	return (b.Kind == dossier.Heading || b.Kind == dossier.Paragraph && !strings.ContainsAny(title[len(title)-1:], ".:;!?")) && len(strings.Fields(title)) <= titleWords
}

// titled is the text of a block with its number before it.
func titled(b *dossier.Block) string {
	if b.Number == "" {
		return b.Text
	}
	return b.Number + " " + b.Text
}

// holdsText reports whether something stands under the title at block i: text that does not only point to another file. A title page speaks of all that
// follows.
func holdsText(doc *dossier.Document, i int) bool {
	title := doc.Blocks[i]
	if i >= 2 && annexTitle(&doc.Blocks[i-1], i-1) && annexTitle(&doc.Blocks[i-2], i-2) {
		return false // the last line of a list of annexes
	}
	for j := i + 1; j < len(doc.Blocks); j++ {
		b := &doc.Blocks[j]
		switch {
		case annexTitle(b, j), b.Kind == dossier.Heading && i >= titlePage && (title.Kind != dossier.Heading || b.Level <= title.Level):
			return false
		case b.Kind == dossier.Heading:
			continue
		case j == i+1 && len(strings.Fields(b.Text)) < 12 && apart.MatchString(b.Text):
			return false
		}
		return true
	}
	return false
}

// has reports whether an annex is there: by its number, one of its parts, the whole of which it is a part, or by what it is said to hold.
func (s shelf) has(a *annexNamed) bool {
	if s.keys[a.key] {
		return true
	}
	whole := strings.TrimRight(a.key, "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
	if dot := strings.IndexByte(whole, '.'); dot > 0 {
		whole = whole[:dot]
	}
	for k := range s.keys {
		if whole != "" && whole == a.key && (strings.TrimRight(k, "ABCDEFGH") == a.key || strings.HasPrefix(k, a.key+".")) || whole != "" && whole != a.key && k == whole || roman(k) == a.key || roman(a.key) == k {
			return true
		}
	}
	return slices.ContainsFunc(a.titles, s.holds)
}

// holds reports whether a file or a heading of an annex has all telling words of a title.
func (s shelf) holds(title string) bool {
	words := telling(title)
	if len(words) == 0 {
		return false
	}
	all := func(name string) bool {
		name = strings.ReplaceAll(name, " ", "")
		return !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(name, w) })
	}
	for i, file := range s.files {
		if all(s.names[i]) || !s.guides[i] && all(file) {
			return true
		}
	}
	return slices.ContainsFunc(s.heads, all)
}

// roman gives the number that roman figures stand for; empty if key is no such number.
func roman(key string) string {
	if key == "" || strings.Trim(key, "IVX") != "" {
		return ""
	}
	for n := 1; n <= maxRange; n++ {
		if dossier.Roman(n) == key {
			return strconv.Itoa(n)
		}
	}
	return ""
}
