package rules

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"inkooptoets/extract/dossier"
)

// partRef names a part of another document of the tender: "artikel 5.3", "eis 12", "paragraaf 4.2", "B1".
type partRef struct {
	kind       string // "artikel", "eis", "paragraaf"; empty if it only says "punt" or nothing
	number     string // as plain makes it
	lid        string // or the letter behind "onder"; empty if none
	start, end int    // in the text it was read from
}

// partNumber is a number or code of an article, paragraph or requirement.
const partNumber = `(?:[A-Z]{1,5}[-. ]?)?\d+(?:\.\d+)*[a-z]?`

var (
	refWords = regexp.MustCompile(`(?i:\b(artikelen|artikel|art|paragrafen|paragraaf|par|hoofdstuk|\pL*eisen|eisnummers?|eisnr|\pL*eis|criterium|voorwaarde|bepaling|onderdeel|punt|nummer|nr)\b\.?)\s*(?i:(?:nummers?|nrs?)\b\.?\s*)?(` + partNumber + `)\b`)
	refLid   = regexp.MustCompile(`^(?i:,?\s*lid)\s+(\d+)\b|^(?i:,?\s*(?:onder|sub|onderdeel))\s+([a-z]|\d+)\b|^,?\s*(?i:(eerste|tweede|derde|vierde|vijfde)\s+lid)\b`)
	lidOf    = regexp.MustCompile(`(?i)\blid\s+(\d+)\s+van\s+$`)
	// Only a plural goes on: "eisen 12 en 13", but not "eis 12 en 3 maanden".
	refMore = regexp.MustCompile(`^\s*(?:,|(?i:en|of)\b)\s*(` + partNumber + `)\b`)
	// An article of a law is no part of the tender.
	refLaw = regexp.MustCompile(`^(?i:,?\s*(?:lid|onder|sub)\s+\w+)*\s*,?\s*(?i:(?:van|uit)\s+(?:de|het)\s+)?(?i:wmo|jeugdwet|wet\b|awb|avg|aw\b|aanbestedingswet|besluit|uitvoeringsbesluit|verordening|burgerlijk|bw\b|gids|cao)`)
	// A code that stands alone in a column that says which part is meant.
	refCode = regexp.MustCompile(`(?:^|[\s,;(])([A-Z]{1,5}[-. ]?\d+(?:\.\d+)*[a-z]?|\d+(?:\.\d+)+)\b`)
	refBare = regexp.MustCompile(`^\s*(\d+[a-z]?)\s*$`)
	refHead = regexp.MustCompile(`(?i)^(?:document|stuk|artikel|paragraaf|hoofdstuk|eis|onderdeel|verwijzing|betreft|vindplaats|bijlage|onderwerp|locatie|plaats)`)
)

// kindOfPart sorts the words that stand before a number.
func kindOfPart(word string) string {
	switch w := strings.ToLower(word); {
	case strings.HasPrefix(w, "art"):
		return "artikel"
	case strings.HasPrefix(w, "eis"), strings.HasSuffix(w, "eis"), strings.HasSuffix(w, "eisen"), w == "criterium", w == "voorwaarde":
		return "eis"
	case strings.HasPrefix(w, "par"), w == "hoofdstuk":
		return "paragraaf"
	}
	return ""
}

// references reads the parts of the tender that a text names, in order.
func references(text string) []partRef {
	var out []partRef
	for _, m := range refWords.FindAllStringSubmatchIndex(text, -1) {
		word := text[m[2]:m[3]]
		r := partRef{kind: kindOfPart(word), number: plain(text[m[4]:m[5]]), start: m[0], end: m[1]}
		if refLaw.MatchString(text[r.end:]) || strings.HasSuffix(strings.ToLower(word), "reis") {
			continue
		}
		if l := refLid.FindStringSubmatch(text[r.end:]); l != nil {
			r.lid = strings.ToLower(l[1] + l[2])
			if i := slices.Index(ordinals, strings.ToLower(l[3])); i >= 0 {
				r.lid = strconv.Itoa(i + 1)
			}
			r.end += len(l[0])
		} else if l := lidOf.FindStringSubmatchIndex(text[:r.start]); l != nil {
			r.lid, r.start = text[l[2]:l[3]], l[0]
		}
		out = append(out, r)
		if !strings.HasSuffix(strings.ToLower(word), "en") {
			continue
		}
		for more := refMore.FindStringSubmatchIndex(text[r.end:]); more != nil; more = refMore.FindStringSubmatchIndex(text[r.end:]) {
			r = partRef{kind: r.kind, number: plain(text[r.end+more[2] : r.end+more[3]]), start: r.end + more[2], end: r.end + more[3]}
			out = append(out, r)
		}
	}
	return out
}

// columnReferences reads the parts that the columns of a row name: "Document: Eisen B1", "Artikel: 5.3".
func columnReferences(b *dossier.Block) (refs []partRef, text string) {
	for _, c := range b.Cells {
		if !refHead.MatchString(c.Header) {
			continue
		}
		text += c.Header + " " + c.Text + " "
		found := references(c.Text)
		if len(found) == 0 {
			for _, m := range refCode.FindAllStringSubmatch(c.Text, -1) {
				found = append(found, partRef{kind: kindOfPart(c.Header), number: plain(m[1])})
			}
		}
		if m := refBare.FindStringSubmatch(c.Text); len(found) == 0 && m != nil && kindOfPart(c.Header) != "" {
			found = append(found, partRef{kind: kindOfPart(c.Header), number: plain(m[1])})
		}
		refs = append(refs, found...)
	}
	return refs, text
}

// String is how a reader calls the part.
func (r partRef) String() string {
	out := strings.TrimSpace(r.kind + " " + r.number)
	switch {
	case r.kind != "" || r.number == "":
	case r.number[0] < '0' || r.number[0] > '9': // a code is that of a requirement
		out = "eis " + r.number
	default:
		out = "onderdeel " + r.number
	}
	if r.lid != "" {
		out += " lid " + r.lid
	}
	return out
}

var numberWord = regexp.MustCompile(`(?i)^(?:artikel|art\.?|paragraaf|hoofdstuk|bijlage|eis|nr\.?|nummer)\s*`)

// plain makes numbers comparable: "Artikel 5.3." is "5.3" and "K-12" is "K12".
func plain(number string) string {
	n := numberWord.ReplaceAllString(strings.TrimSpace(number), "")
	n = strings.TrimRight(n, ".:) ")
	return strings.ToUpper(joins.Replace(n))
}

// joins takes out what may stand between the letters and the digits of a number, spaces puts spaces in place of what stands between the words of a file name.
var joins, spaces = strings.NewReplacer("-", "", " ", ""), strings.NewReplacer("-", " ", "_", " ")

var (
	cellCode   = regexp.MustCompile(`(?i)^(?:nr|nummer|code|eis(?:nr|nummer)?|#|artikel|kenmerk|id|no)\.?$`)
	textNumber = regexp.MustCompile(`^\s*(?:((?i:artikel|art\.|paragraaf|eis))\s+(` + partNumber + `)|([A-Z]{1,5}[-. ]?\d+(?:\.\d+)*[a-z]?|\d+(?:\.\d+)+))[.:)]?\s`)
	trailStart = regexp.MustCompile(`^((?i:artikel|paragraaf|hoofdstuk|bijlage|eis)\s+)?(` + partNumber + `)[.:)]?(?:\s|$)`)
)

// numbers lists the numbers under which a passage itself goes.
func (p *passage) numbers() []string {
	var out []string
	add := func(n string) {
		if n != "" && !slices.Contains(out, n) {
			out = append(out, n)
		}
	}
	add(plain(p.block.Number))
	for i, c := range p.block.Cells {
		if (i == 0 || cellCode.MatchString(strings.TrimSpace(c.Header))) && requirementCode.MatchString(c.Text) {
			add(plain(c.Text))
		}
	}
	if m := textNumber.FindStringSubmatch(p.block.Text + " "); m != nil && len(p.block.Cells) == 0 {
		add(plain(m[2] + m[3]))
	}
	return out
}

// headed reports whether a passage stands under a heading with a number; artikel asks for one of a contract.
func (p *passage) headed(number string, articles bool) bool {
	trail := p.block.Path
	if p.block.Kind == dossier.Heading {
		trail = append(slices.Clone(trail), strings.TrimSpace(p.block.Number+" "+p.block.Text))
	}
	return slices.ContainsFunc(trail, func(h string) bool {
		if number == "" || strings.IndexByte(h, number[0]) < 0 && number[0] <= '9' {
			return false // most headings
		}
		m := trailStart.FindStringSubmatch(h)
		if m == nil || plain(m[2]) != number {
			return false
		}
		word := strings.ToLower(strings.TrimSpace(m[1]))
		return word != "bijlage" && (!articles || word == "artikel" || word == "" && (p.zone == dossier.ZoneContract || p.doc.Role == "overeenkomst" || strings.Contains(number, ".")))
	})
}

// demanded reports whether a passage is one of a list of requirements.
func (p *passage) demanded(number string) bool {
	return number != "" && (number[0] < '0' || number[0] > '9') || p.zone == dossier.ZoneRequirement || strings.Contains(p.doc.Role, "eisen") ||
		slices.ContainsFunc(p.block.Cells, func(c dossier.Cell) bool { return strings.Contains(strings.ToLower(c.Header), "eis") })
}

// meant reports whether r names p.
func (r partRef) meant(p *passage) bool {
	own := p.numbers()
	has := func(n string) bool { return slices.Contains(own, n) }
	if r.lid != "" {
		under := p.headed(r.number, r.kind == "artikel") || has(r.number)
		return under && (has(strings.ToUpper(r.lid)) || has(r.number+"."+strings.ToUpper(r.lid)))
	}
	switch r.kind {
	case "eis":
		return has(r.number) && p.block.Kind != dossier.Heading && p.demanded(r.number) || p.headed(r.number, false) && p.demanded(r.number) && eisHeading(p, r.number)
	case "artikel":
		if p.headed(r.number, true) || has(r.number) && (strings.Contains(r.number, ".") || p.zone == dossier.ZoneContract || strings.HasPrefix(strings.ToLower(p.block.Text), "artikel")) {
			return true
		}
		chapter, part, ok := strings.Cut(r.number, ".")
		return ok && p.headed(chapter, true) && has(part)
	case "paragraaf":
		return p.headed(r.number, false)
	}
	return p.headed(r.number, false) || has(r.number) && (strings.Contains(r.number, ".") || p.demanded(r.number))
}

// eisHeading reports whether the heading with the number is that of a requirement: "Eis 12 VOG", "E7 Klachten".
func eisHeading(p *passage, number string) bool {
	if number[0] < '0' || number[0] > '9' || strings.Contains(p.doc.Role, "eisen") {
		return true
	}
	return slices.ContainsFunc(append(slices.Clone(p.block.Path), p.block.Number+" "+p.block.Text), func(h string) bool {
		return strings.HasPrefix(strings.ToLower(strings.TrimSpace(h)), "eis ") && plain(trailStart.FindString(h)) == number
	})
}

var roleWords = []struct {
	role string
	sign *regexp.Regexp
}{
	{"programma van eisen", regexp.MustCompile(`(?i)programma van eisen|\bpve\b|\beisenlijst\b|\beisen [A-Z]`)},
	{"overeenkomst", regexp.MustCompile(`(?i)overeenkomst|\bcontract\b`)},
	{"leidraad", regexp.MustCompile(`(?i)leidraad|aanbestedingsdocument|inkoopdocument|toelating|beschrijvend document|\bbestek\b|\buitvraag\b`)},
}

var annex = regexp.MustCompile(`(?i)\bbijlage\s+([0-9]+|[a-z])\b`)

// hintedDoc reports whether a text names doc: by its role, or as annex of that number.
func hintedDoc(text string, doc *dossier.Document) bool {
	for _, r := range roleWords {
		if r.role == doc.Role && r.sign.MatchString(text) {
			return true
		}
	}
	name := spaces.Replace(strings.ToLower(doc.Path))
	for _, m := range annex.FindAllStringSubmatch(text, -1) {
		if a := annex.FindStringSubmatch(name); a != nil && strings.EqualFold(a[1], m[1]) {
			return true
		}
	}
	return false
}

// usualRole is where parts of a kind stand when a text does not say in which document.
var usualRole = map[string]string{"eis": "programma van eisen", "artikel": "overeenkomst", "paragraaf": "leidraad"}

// resolve finds the passages that r names. Where several documents have such a part, the one that text names is meant, else the one in which such parts
// usually stand; if that leaves a choice nothing is meant: a clause that stands must never be taken for one that lapsed.
func (r partRef) resolve(text string, passages []*passage) []*passage {
	var docs []*dossier.Document
	for _, p := range passages {
		if !slices.Contains(docs, p.doc) && r.meant(p) {
			docs = append(docs, p.doc)
		}
	}
	narrow := func(keep func(*dossier.Document) bool) {
		if kept := slices.DeleteFunc(slices.Clone(docs), func(d *dossier.Document) bool { return !keep(d) }); len(docs) > 1 && len(kept) > 0 {
			docs = kept
		}
	}
	narrow(func(d *dossier.Document) bool { return hintedDoc(text, d) })
	narrow(func(d *dossier.Document) bool { return usualRole[r.kind] != "" && d.Role == usualRole[r.kind] })
	if len(docs) != 1 {
		return nil
	}
	var out []*passage
	for _, p := range passages {
		if p.doc == docs[0] && r.meant(p) {
			out = append(out, p)
		}
	}
	return withItems(out, passages)
}

// withItems adds the items of lists that the passages introduce.
func withItems(found, passages []*passage) []*passage {
	out := slices.Clone(found)
	for _, p := range passages {
		lead := func(q *passage) bool {
			return q.doc == p.doc && p.block.LeadIn != "" && p.block.LeadIn == q.block.Text && q.block.Kind != dossier.Heading
		}
		if !slices.Contains(out, p) && slices.ContainsFunc(found, lead) {
			out = append(out, p)
		}
	}
	return out
}
