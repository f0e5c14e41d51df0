package extract

import (
	"path"
	"regexp"
	"strings"

	"inkooptoets/extract/dossier"
)

// roles are tried from top to bottom: an annex that is called "bijlage 2 programma van eisen" is a programme of requirements.
var roles = []struct {
	name string
	sign *regexp.Regexp
}{
	{"addendum", regexp.MustCompile(`\baddend(?:um|a)\b|\brectificaties?\b|\berrat(?:um|a)\b|\bnota(?: van)? wijziging(?:en)?\b|\bwijzigings(?:blad|nota)\b|\baanvullingsnota\b`)},
	{"nota van inlichtingen", regexp.MustCompile(`\bnota(?: van)? inlichtingen\b|\bnvi\b|\bvragen en antwoorden\b`)},
	{"programma van eisen", regexp.MustCompile(`\bprogramma(?: van)? eisen\b|\bpve\b|\bkwaliteitseisen\b|\beisen en wensen\b|\buitvoeringseisen\b`)},
	{"overeenkomst", regexp.MustCompile(`(?:raam|basis|concept|deel|inkoop|model|dienstverlenings)?overeenkomst(?:en)?\b|\bcontract\b|\bsubsidieregeling\b`)},
	{"leidraad", regexp.MustCompile(`leidraad\b|aanbestedingsdocument\b|inkoopdocument\b|toelatingsdocument\b|beschrijvend document\b|\boffertea?anvraag\b|\buitvraag\b|\bbestek\b`)},
	{"bijlage", regexp.MustCompile(`\bbijlagen?\b|\bannex\b|\bappendix\b`)},
}

// role guesses what part a document plays: from its file name, and when that says nothing or only "bijlage" from its first headings.
func role(doc dossier.Document) string {
	base := path.Base(doc.Path)
	byName := roleOf(strings.TrimSuffix(base, path.Ext(base)))
	if byName != "" && byName != "bijlage" {
		return byName
	}
	seen := 0
	for _, b := range doc.Blocks {
		if b.Kind != dossier.Heading {
			continue
		}
		if byTitle := roleOf(b.Number + " " + b.Text); byTitle != "" && byTitle != "bijlage" {
			return byTitle
		}
		if seen++; seen == 2 { // later headings are about parts of the document
			break
		}
	}
	return byName
}

var separators = strings.NewReplacer("-", " ", "_", " ", ".", " ", "+", " ")

func roleOf(title string) string {
	title = strings.Join(strings.Fields(separators.Replace(strings.ToLower(title))), " ")
	for _, r := range roles {
		if r.sign.MatchString(title) {
			return r.name
		}
	}
	return ""
}
