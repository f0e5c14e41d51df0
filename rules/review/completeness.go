package review

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"inkooptoets/extract/dossier"
	"inkooptoets/rules/phrase"
	"inkooptoets/rules/result"
)

// packagePart is a document that belongs to a package when the tender speaks of it. Laws, model terms and handbooks are public and are no part of it.
type packagePart struct {
	id       string   // "programma-van-eisen"
	phrases  []string // that name it
	file     *regexp.Regexp
	heading  *regexp.Regexp // of a chapter that is it; nil: only a file will do
	role     string         // of a file that is it; empty: any
	enclosed bool           // it counts only where the text says that it comes with the package
}

// parts lists them. Signs are matched with folded names.
var parts = []packagePart{
	{"programma-van-eisen", []string{"programma van eisen", "pve"}, regexp.MustCompile(`programma van eisen|\bpve\b|eisen`),
		regexp.MustCompile(`programma van eisen|\bpve\b|^(?:[\d.]+ |bijlage \S+ )?(?:alle |algemene |inhoudelijke )?(?:kwaliteits|uitvoerings|minimum)?eisen(?: en wensen| aan (?:de )?(?:aanbieder|opdrachtnemer|dienstverlening|uitvoering|kwaliteit|ondersteuning)\S*.*)?$`), "eisen", false},
	{"conceptovereenkomst", []string{"conceptovereenkomst*", "concept overeenkomst", "conceptraamovereenkomst", "concept raamovereenkomst", "conceptcontract*", "modelovereenkomst"},
		regexp.MustCompile(`overeenkomst|contract`), regexp.MustCompile(`^(?:bijlage \S+ )?(?:concept ?|raam|basis|model|deel|inkoop|dienstverlenings)+overeenkomst`), "overeenkomst", false},
	{"leidraad", []string{"aanbestedingsleidraad", "inkoopleidraad", "offerteaanvraag", "toelatingsdocument", "inkoopdocument", "beschrijvend document"},
		regexp.MustCompile(`leidraad|aanbestedingsdocument|inkoopdocument|toelatingsdocument|beschrijvend document|offerte ?aanvraag|uitvraag`), nil, "leidraad", false},
	{"prijzenblad", []string{"prijzenblad", "prijsblad", "tarievenblad", "tariefblad", "prijsinvulformulier", "prijsinvulblad", "inschrijfbiljet", "inschrijvingsbiljet"},
		regexp.MustCompile(`prij[sz]|tarie[fv]|biljet`), regexp.MustCompile(`(?:prij[sz]|tarie[fv])\pL*(?:blad|lijst|formulier)|biljet`), "", false},
	{"inschrijfformulier", []string{"inschrijfformulier", "inschrijvingsformulier", "aanmeldformulier", "aanmeldingsformulier"}, regexp.MustCompile(`formulier`), regexp.MustCompile(`formulier`), "", false},
	{"productenboek", []string{"productenboek", "productcatalogus", "dienstencatalogus"}, regexp.MustCompile(`product|diensten`), regexp.MustCompile(`productenboek|catalogus|productbeschrijving`), "", false},
	{"verwerkersovereenkomst", []string{"verwerkersovereenkomst"}, regexp.MustCompile(`verwerker`), regexp.MustCompile(`verwerkersovereenkomst`), "", true},
	{"uea", []string{"uea", "uniform europees aanbestedingsdocument"}, regexp.MustCompile(`\buea\b|uniform europees`), regexp.MustCompile(`\buea\b|uniform europees`), "", true},
	{"referentieformulier", []string{"referentieformulier", "referentieverklaring"}, regexp.MustCompile(`referentie`), regexp.MustCompile(`referentie(?:formulier|verklaring)`), "", true},
}

// neuter are the ends of names that take "het".
var neuter = regexp.MustCompile(`(?:blad|formulier|biljet|boek|document|eisen|pve|uea|contract)$`)

// called is how a sentence speaks of what the words name.
func called(words string) string {
	words = strings.ToLower(words)
	switch {
	case words == "pve" || words == "uea":
		return "het " + strings.ToUpper(words[:1]) + map[string]string{"pve": "vE", "uea": "EA"}[words]
	case neuter.MatchString(words):
		return "het " + words
	}
	return "de " + words
}

func (r *Reviewer) compileParts(b *builder) {
	for _, p := range parts {
		r.parts = append(r.parts, b.add("package: "+p.id, p.phrases))
	}
}

var (
	// enclosing says that a document comes with the package.
	enclosing = regexp.MustCompile(`(?i)\bals bijlage\b|\bbijgevoegde?\b|\bbijgaande?\b|\bbijgesloten\b|\bin (?:de|een|bijgaande) bijlagen?\b|\bbij deze (?:leidraad|stukken|aanbesteding)\b|\bonderdeel van (?:deze|de) (?:aanbestedings|inkoop)`)
	// onPlatform says that it is to be found elsewhere.
	onPlatform = regexp.MustCompile(`(?i)\bplatform\b|\btenderned\b|\bnegometrix\b|\bmercell\b|\bctm\b|https?://|www\.`)
	// later speaks of what comes to be later.
	later = regexp.MustCompile(`(?i)\b(?:wordt|worden|zal|zullen) (?:later |nog |na |dan )`)
)

// missing lists what the tender names and does not hold, in the order in which it names it.
func (r *Reviewer) missing(t *tender) []Absent {
	var out []Absent
	s := t.shelf()
	var titles []string
	for _, a := range t.annexes() {
		if s.has(a) {
			continue
		}
		titles = append(titles, a.titles...)
		rule := strings.Join(strings.Fields(separators.Replace(strings.ToLower(a.key))), "-")
		if strings.HasPrefix(a.name, "bijlage ") || !strings.HasSuffix(rule, "bijlage") {
			rule = "bijlage-" + rule
		}
		out = append(out, Absent{Rule: rule, Name: a.name, Annex: true, Places: a.at})
	}
	for i, p := range parts {
		at := r.speaksOfPart(t, r.parts[i], p)
		if len(at) == 0 || t.holdsPart(s, p) || slices.ContainsFunc(titles, func(title string) bool { return p.file.MatchString(foldName(title)) }) {
			continue // an annex that is not there is reported once, under its number
		}
		out = append(out, Absent{Rule: p.id, Name: called(t.blockText(at[0])[at[0].Start:at[0].End]), Places: at})
	}
	return out
}

// speaksOfPart lists the places that name a document of the package.
func (r *Reviewer) speaksOfPart(t *tender, names words, p packagePart) []result.Place {
	var out []result.Place
	for i := range t.texts {
		x := &t.texts[i]
		for _, h := range x.hits {
			if !names[h.Phrase] || p.enclosed && !enclosing.MatchString(x.sentence(h)) || later.MatchString(x.sentence(h)) || p.role == "" && onPlatform.MatchString(x.block.Text) {
				continue
			}
			if p.id == "leidraad" && strings.HasSuffix(strings.ToLower(x.block.Text[:h.Start]), "europees ") || overlapsLast(out, x, h) {
				continue
			}
			out = append(out, x.place(h.Start, h.End))
		}
	}
	return out
}

// overlapsLast reports whether h is part of a longer name that is listed already.
func overlapsLast(list []result.Place, x *text, h phrase.Hit) bool {
	return slices.ContainsFunc(list, func(p result.Place) bool {
		return p.File == x.doc.Path && p.Block == x.block.Loc.Block && h.Start < p.End && p.Start < h.End
	})
}

// sentence is the text of the sentence in which h stands.
func (x *text) sentence(h phrase.Hit) string {
	start, end := -1, 0
	for _, tok := range x.fold.Tokens {
		if tok.Sentence == h.Sentence {
			if start < 0 {
				start = tok.Start
			}
			end = tok.End
		}
	}
	if start < 0 {
		return x.block.Text
	}
	return x.block.Text[start:end]
}

// holdsPart reports whether a document is there: as a file, or as a chapter of one.
func (t *tender) holdsPart(s shelf, p packagePart) bool {
	for i, doc := range t.Documents {
		if p.role != "" && strings.Contains(doc.Role, p.role) || p.file.MatchString(s.names[i]) || p.role == "" && p.file.MatchString(s.files[i]) {
			return true
		}
		for j := range doc.Blocks {
			if b := &doc.Blocks[j]; p.heading != nil && b.Kind == dossier.Heading && b.Zone != dossier.ZoneTOC && p.heading.MatchString(foldName(titled(b))) && holdsText(&doc, j) {
				return true
			}
		}
	}
	return false
}

// completeness finds what is named and not there, and files that nothing names.
func completeness(r *Reviewer, t *tender) []result.Finding {
	var out []result.Finding
	for _, a := range t.absent {
		out = append(out, t.absentFinding(a))
	}
	return append(out, r.unnamed(t)...)
}

func (t *tender) absentFinding(a Absent) result.Finding {
	p := a.Places[0]
	f := result.Finding{
		ID: "c-annex", Rule: a.Rule, File: p.File, Page: p.Page, Block: p.Block, Start: p.Start, End: p.End, Quote: t.blockText(p), Places: a.Places[1:],
		Message:    fmt.Sprintf("%s wordt genoemd, maar zit niet bij de stukken.", capital(a.Name)),
		Suggestion: "Voeg het stuk toe aan het dossier, of haal de verwijzing weg.",
	}
	if len(f.Places) == 0 {
		f.Places = nil
	} else {
		f.Message += " Genoemd in: " + placesText(a.Places) + "."
	}
	if len(t.Documents) == 1 {
		f.Severity = "note"
		f.Suggestion = "U gaf één bestand op. Toets de hele map met stukken; hoort dit er niet bij, haal de verwijzing dan weg."
	}
	return f
}

func (t *tender) blockText(p result.Place) string {
	for _, doc := range t.Documents {
		if doc.Path == p.File && p.Block < len(doc.Blocks) {
			return doc.Blocks[p.Block].Text
		}
	}
	return ""
}

func capital(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

// placesText names the files of places with the pages, or how often when there are no pages.
func placesText(places []result.Place) string {
	var files []string
	pages, times := map[string][]int{}, map[string]int{}
	for _, p := range places {
		if times[p.File] == 0 {
			files = append(files, p.File)
		}
		times[p.File]++
		if p.Page > 0 && !slices.Contains(pages[p.File], p.Page) {
			pages[p.File] = append(pages[p.File], p.Page)
		}
	}
	for i, file := range files {
		switch {
		case len(pages[file]) > 0:
			var all []string
			for _, n := range pages[file] {
				all = append(all, fmt.Sprint(n))
			}
			files[i] = fmt.Sprintf("%s (blz. %s)", file, strings.Join(all, ", "))
		case times[file] > 1:
			files[i] = fmt.Sprintf("%s (%d keer)", file, times[file])
		}
	}
	return strings.Join(files, ", ")
}

// unnamed finds files that no other file of the package names. The leading document is named by nobody, and answers to questions come later.
func (r *Reviewer) unnamed(t *tender) []result.Finding {
	if len(t.Documents) < 2 || !slices.ContainsFunc(t.Documents, func(d dossier.Document) bool { return d.Role == "leidraad" && len(d.Blocks) > 0 }) {
		return nil
	}
	var out []result.Finding
	for i := range t.Documents {
		doc := &t.Documents[i]
		if doc.Role == "leidraad" || doc.Role == "nota van inlichtingen" || r.named(t, doc) {
			continue
		}
		out = append(out, result.Finding{
			ID: "c-unnamed", File: doc.Path, Message: "Geen ander stuk noemt dit bestand. Voor een inschrijver is dan niet duidelijk of het geldt.",
			Suggestion: "Noem het in de leidraad of in de overeenkomst, of haal het uit het dossier.",
		})
	}
	return out
}

// named reports whether another file speaks of doc: by the number of an annex in it, by what it is, or by the telling words of its name or title.
func (r *Reviewer) named(t *tender, doc *dossier.Document) bool {
	own := (&tender{Dossier: dossier.Dossier{Documents: []dossier.Document{*doc}}}).shelf()
	name := doc.Path[strings.LastIndexByte(doc.Path, '/')+1:]
	if dot := strings.LastIndexByte(name, '.'); dot > 0 {
		name = name[:dot]
	}
	titles := [][]string{telling(name)}
	if len(doc.Blocks) > 0 && isTitle(&doc.Blocks[0]) {
		titles = append(titles, telling(titled(&doc.Blocks[0])))
	}
	sign := roleWords[doc.Role]
	kinds := words{}
	for i, p := range parts {
		if p.file.MatchString(foldName(name)) {
			maps.Copy(kinds, r.parts[i])
		}
	}
	for i := range t.texts {
		x := &t.texts[i]
		if x.doc.Path == doc.Path {
			continue
		}
		if x.folded == "" {
			x.folded = foldName(x.block.Text)
		}
		if sign.pattern != nil && slices.ContainsFunc(sign.parts, func(part string) bool { return strings.Contains(x.folded, part) }) && sign.pattern.MatchString(x.folded) ||
			speaksOfAnnex(x.block.Text) && slices.ContainsFunc(annexRefs(x.block.Text), func(ref annexRef) bool { return own.has(&annexNamed{key: ref.key}) }) ||
			len(kinds) > 0 && slices.ContainsFunc(x.hits, func(h phrase.Hit) bool { return kinds[h.Phrase] }) {
			return true
		}
		close := strings.ReplaceAll(x.folded, " ", "")
		if slices.ContainsFunc(titles, func(words []string) bool {
			return len(words) > 0 && !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(close, w) })
		}) {
			return true
		}
	}
	return false
}

// roleWords are the words by which another file speaks of a document of some role.
var roleWords = map[string]struct {
	parts   []string // of all that pattern matches, for a quick look before it
	pattern *regexp.Regexp
}{
	"programma van eisen": {[]string{"eisen", "pve"}, regexp.MustCompile(`programma van eisen|\bpve\b|\beisen\b`)},
	"overeenkomst":        {[]string{"overeenkomst", "contract", "regeling"}, regexp.MustCompile(`overeenkomst|contract|\bregeling\b`)},
}
