package review

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"inkooptoets/extract/dossier"
	"inkooptoets/rules/result"
)

// leftIn lists what a draft still holds, as "id: words", with the number of places behind it when there are more.
func leftIn(t testing.TB, d dossier.Dossier) []string {
	t.Helper()
	var out []string
	for _, f := range findings(reviewer(t), d, Options{}) {
		if slices.Contains([]string{"c-placeholder", "c-instruction", "c-filler", "c-reference"}, f.ID) {
			line := strings.TrimPrefix(f.ID, "c-") + ": " + f.Quote[f.Start:f.End]
			if n := len(f.Places); n > 0 {
				line += fmt.Sprintf(" (%d)", n+1)
			}
			out = append(out, line)
		}
	}
	return out
}

func TestLeftovers(t *testing.T) {
	for _, tc := range []struct{ text, want string }{
		// brackets
		{"De overeenkomst gaat in op [datum].", "placeholder: [datum]"},
		{"Gemeente [naam gemeente], gevestigd te [plaats]", "placeholder: [naam gemeente]; placeholder: [plaats]"},
		{"De rechtbank [arrondissement] is bevoegd.", "placeholder: [arrondissement]"},
		{"Het maximum is € [bedrag] per jaar.", "placeholder: [bedrag]"},
		{"Wij sluiten een contract met [aantal] aanbieder[s].", "placeholder: [aantal]; placeholder: [s]"},
		{"De termijn is [X] dagen.", "placeholder: [X]"},
		{"De termijn is [●] dagen.", "placeholder: [●]"},
		{"Het tarief is € [...] per uur.", "placeholder: [...]"},
		{"Het tarief is [nog aan te leveren door Financiën].", "placeholder: [nog aan te leveren door Financiën]"},
		{"Wij kiezen de [lichte/zware] variant.", "placeholder: [lichte/zware]"},
		{"Van [datum] tot [datum] geldt het oude tarief.", "placeholder: [datum] (2)"},
		{"[Let op: alleen opnemen bij percelen]", "instruction: [Let op: alleen opnemen bij percelen]"},
		{"[Optioneel:] De gemeente evalueert jaarlijks.", "instruction: [Optioneel:]"},
		{"Aanbieder [keuze: meldt of belt] binnen een dag.", "instruction: [keuze: meldt of belt]"},
		{"[Toelichting: dit artikel is aangepast na advies van [naam adviseur] en geldt nog niet]", "instruction: [Toelichting: dit artikel is aangepast na advies van [naam adviseur] en geldt nog niet]"},
		{"[Variant A: zonder afname / Variant B: met afname]", "instruction: [Variant A: zonder afname / Variant B: met afname]"},
		{"[Instructie: haal dit blok weg voor publicatie", "instruction: [Instructie: haal dit blok weg voor publicatie"},
		{"Het plan is ‘goed [sic] genoeg’.", ""},
		{"Aanbieder voldoet aan de wet [artikel 3].", ""},
		{"Aanbieder voldoet aan de wet (artikel 3).", ""},
		{"Artikel 3 luidt: aanbieder levert [...] goede hulp.", ""},
		{"De wet noemt dit “hulp […] die past bij de cliënt”.", ""},
		{"De minister schreef: “De [gemeente] zorgt voor hulp.”", ""},
		{"“[H]et college draagt zorg”, aldus de wet.", ""},
		{"[H]et college draagt zorg voor kwaliteit.", ""},
		{"Eisen met [M] zijn minimumeisen, eisen met [W] zijn wensen.", ""},
		{"Dit blijkt uit onderzoek [12] en [3, 4].", ""},
		{"Een score in het bereik [0, 100].", ""},
		{"[ ] ja [x] nee", ""},
		{"Gemeente Duinstad [hierna: de gemeente]", ""},
		{"Mail naar info [at] duinstad.nl.", ""},
		{"Artikel 12 [vervallen]", ""},
		{"Het verslag is gelezen [zie bijlage 3 hieronder].", ""},
		{"[in te vullen door inschrijver]", ""},
		{"[bedrag in te vullen door de aanbieder]", ""},
		{"Kinderen van 12 jaar (of jonger) komen ook.", ""},
		{"De aanbieder(s) en hun medewerker(s) overleggen.", ""},
		{"De regeling zegt: 'dat hij [de cliënt] hulp krijgt'.", ""},
		{"De cliënt z'n plan gaat in op [datum] met z'n akkoord.", "placeholder: [datum]"},
		{"Zie [bijlage 3] en [paragraaf 2.1].", ""},
		{"Noem in het plan [uw organisatie].", ""},
		{"Hulp voor jongeren [12-18] en [18+].", ""},
		{"Opdrachtgever is gevestigd te (plaats), vertegenwoordigd door (naam).", "placeholder: (plaats); placeholder: (naam)"},
		{"Vermeld wie het plan maakt (naam) en wanneer (datum).", ""},
		{"Wie meldt, noemt de cliënt (naam en adres).", ""},
		// angle brackets, braces and merge fields
		{"<<naam opdrachtnemer>> te <<plaats>>", "placeholder: <<naam opdrachtnemer>>; placeholder: <<plaats>>"},
		{"Namens <naam>, hierna opdrachtgever", "placeholder: <naam>"},
		{"Beste {{voornaam}}, namens «Naam_gemeente»", "placeholder: {{voornaam}}; placeholder: «Naam_gemeente»"},
		{"Zie paragraaf { REF _Ref123 } voor meer.", "reference: { REF _Ref123 }"},
		{"Wie <18 jaar is, of >65 jaar, krijgt hulp.", ""},
		{"Stuur een bericht naar <inkoop@duinstad.nl> of <https://duinstad.nl/inkoop>.", ""},
		{"Een <b>vet</b> woord.", ""},
		{"De wet noemt dat «passende hulp».", ""},
		{"De waarde a<b en c>d telt.", ""},
		// lines
		{"Getekend te …………………… op ……………………", "placeholder: Getekend te …………………… op ……………………"},
		{"Getekend in tweevoud op __________", "placeholder: Getekend in tweevoud op __________"},
		{"AGB-code: ……………", "placeholder: AGB-code: ……………"},
		{"De datum is bekend. De plaats is .........", "placeholder: De plaats is ........."},
		{"Dit staat in bijlage … bij dit stuk.", "placeholder: Dit staat in bijlage …"},
		{"Het tarief is € ... per uur.", "placeholder: Het tarief is € ..."},
		{"Aanbieder reageert binnen … werkdagen.", "placeholder: Aanbieder reageert binnen …"},
		{"Denk aan boodschappen, koken … en dergelijke.", ""},
		{"Denk aan boodschappen, koken...", ""},
		{"De wet spreekt van “hulp … aan huis”.", ""},
		{"De wet spreekt van hulp (...) aan huis.", ""},
		{"En zo voort …", ""},
		{"Wij wachten... en wachten... op antwoord.", ""},
		// letters, stars and question marks in place of figures
		{"Looptijd 202* - 20**", "placeholder: 202*; placeholder: 20**"},
		{"De looptijd eindigt op 31 december 20XX.", "placeholder: 20XX"},
		{"Publicatie: dd-mm-jjjj", "placeholder: dd-mm-jjjj"},
		{"Een solvabiliteit van ten minste XX procent.", "placeholder: XX"},
		{"Aanbieder reageert binnen X werkdagen.", "placeholder: X"},
		{"Het tarief is € x,xx per uur.", "placeholder: € x,xx"},
		{"Zie bijlage *** en bijlage ** voor meer.", "placeholder: bijlage ***; placeholder: bijlage **"},
		{"Het budget is ??? euro.", "placeholder: ???"},
		{"Het contract kan 2 x 1 jaar en 3 X per week.", ""},
		{"Het tarief* is exclusief reistijd**.", ""},
		{"** exclusief reistijd", ""},
		{"Waarom is dat zo??", ""},
		{"Maat XXL of XL is niet nodig.", ""},
		{"Zie www.xxx.nl of bel 06-12345678.", ""},
		{"In 2026 en in 2027 geldt dit ook.", ""},
		// words
		{"Perceel 1: € PM per uur.", "placeholder: PM"},
		{"Gunning: n.t.b.", "placeholder: n.t.b."},
		{"Ingangsdatum: nog te bepalen", "placeholder: nog te bepalen"},
		{"Dit onderdeel is nader in te vullen.", "placeholder: nader in te vullen"},
		{"Het aantal plaatsen wordt nog ingevuld.", "placeholder: wordt nog ingevuld"},
		{"Klik of tik om tekst in te voeren.", "placeholder: Klik of tik om tekst in te voeren"},
		{"Klik hier als u tekst wilt invoeren.", "placeholder: Klik hier als u tekst wilt invoeren"},
		{"Kies een item.", "placeholder: Kies een item"},
		{"VOORBEELDOPTIE 2: de gemeente kiest zelf.", "instruction: VOORBEELDOPTIE 2"},
		{"Toelichting voor de opsteller: dit artikel mag weg.", "instruction: Toelichting voor de opsteller"},
		{"Verwijder de groene teksten voor publicatie.", "instruction: Verwijder de groene teksten"},
		{"Kies één van de onderstaande varianten.", "instruction: Kies één van de onderstaande varianten"},
		{"Partijen spreken een nader te bepalen datum af.", ""},
		{"De nog in te vullen vacatures meldt aanbieder.", ""},
		{"Dit deel is nader in te vullen door de inschrijver.", ""},
		{"De PM van de gemeente begeleidt het project.", ""},
		{"Het overleg duurt tot 5 p.m. en kost € 50 per maand.", ""},
		{"Let op: de planning kan nog wijzigen.", ""},
		{"Optioneel: de gemeente verlengt tweemaal met een jaar.", ""},
		{"Cliënten kiezen een aanbieder die past.", ""},
		{"Opdrachtnemer verwijdert teksten van zijn website.", ""},
		{"De opsteller van het plan is de regisseur.", ""},
		{"TODO: bedrag opnemen", "placeholder: TODO"},
		{"Contactpersoon: nnb", "placeholder: nnb"},
		{"Kies een datum.", "placeholder: Kies een datum"},
		{"Vul hier uw naam in.", ""},
		{"De programmamanager (PM) begeleidt dit.", ""},
		{"De VNG geeft voorbeeldteksten en een modeltekst uit.", ""},
		{"Voorbeeldtekst: aanbieder meldt.", "instruction: Voorbeeldtekst"},
		{"Deze bepaling kan vervallen als de wet wijzigt.", ""},
		// filler and broken references
		{"Lorem ipsum dolor sit amet.", "filler: Lorem ipsum; filler: dolor sit amet"},
		{"Zie Fout! Verwijzingsbron niet gevonden. voor de eisen.", "reference: Fout! Verwijzingsbron niet gevonden"},
		{"Zie paragraaf Error! Reference source not found.", "reference: Error! Reference source not found"},
		{"Fout! Bladwijzer niet gedefinieerd.", "reference: Fout! Bladwijzer niet gedefinieerd"},
		{"Fout! De verwijzing naar het protocol klopt niet, meldt de cliënt.", ""},
		{"Aanbieder herstelt een fout binnen een dag.", ""},
		{"Zie paragraaf 0 en artikel 0.", "reference: paragraaf 0; reference: artikel 0"},
		{"Totaal: #VERW!", "reference: #VERW!"},
		{"Zie paragraaf 0.4 of eis 05, en nul (0) euro.", ""},
		{"Perceel 1 heeft 0 plaatsen; werk met #samen.", ""},
	} {
		if got := strings.Join(leftIn(t, draft(tc.text)), "; "); got != tc.want {
			t.Errorf("%q:\n got %s\nwant %s", tc.text, got, tc.want)
		}
	}
}

// What a bidder fills in is no field of the author.
func TestLeftoversInForms(t *testing.T) {
	for _, tc := range []struct{ text, want string }{
		{"# Inschrijfformulier\n\nNaam inschrijver: …………………\n\nGevestigd te [plaats]", ""},
		{"# 5. Formulier (in te vullen door de hoofdaannemer)\n\n| Gegeven | Invullen |\n| --- | --- |\n| Naam | ……… |", ""},
		{"# Inschrijfformulier\n\n[Let op: pas dit formulier nog aan]", "instruction: [Let op: pas dit formulier nog aan]"},
		{"# Overeenkomst\n\nNaam opdrachtnemer: …………………", "placeholder: Naam opdrachtnemer: …………………"},
		{"# Prijzen\n\n| Product | Tarief |\n| --- | --- |\n| Begeleiding | PM |\n| Dagdeel | € 45 |", "placeholder: PM"},
		{"# Prijzen\n\n| Product | [jaar] |\n| --- | --- |\n| Begeleiding | € 60 |\n| Dagdeel | € 45 |", "placeholder: [jaar]"},
		{"# Criteria\n\n| Nr. | Criterium | Optioneel: Weging |\n| --- | --- | --- |\n| 1 | Plan | 30 |", "instruction: Optioneel: Weging"},
	} {
		if got := strings.Join(leftIn(t, draft(tc.text)), "; "); got != tc.want {
			t.Errorf("%q:\n got %s\nwant %s", tc.text, got, tc.want)
		}
	}
}

// "Gn" is open when there are G1 and G2; it is a word or a code of its own otherwise.
func TestOpenSeries(t *testing.T) {
	for _, tc := range []struct{ text, want string }{
		{"G1\n\nG2\n\nGn", "placeholder: Gn"},
		{"Bewijs bij G1\n\nBewijs bij Gn", "placeholder: Gn"},
		{"E1 Aanbieder meldt. En hij belt.", ""},
		{"Gn is een afkorting.", ""},
	} {
		if got := strings.Join(leftIn(t, draft(tc.text)), "; "); got != tc.want {
			t.Errorf("%q: got %s, want %s", tc.text, got, tc.want)
		}
	}
}

// A table of contents repeats headings; what is open is reported where it stands.
func TestLeftoversInContents(t *testing.T) {
	d := draft("Berekening [keuze: tarief of budget]")
	d.Documents[0].Blocks[0].Zone = dossier.ZoneTOC
	if got := leftIn(t, d); len(got) > 0 {
		t.Errorf("got %v", got)
	}
}

func TestLeftoverFinding(t *testing.T) {
	got := only("c-placeholder", findings(reviewer(t), draft("Van [datum] tot [datum]."), Options{}))
	if len(got) != 1 || got[0].Message != "Hier is nog iets niet ingevuld: ‘[datum]’. Dit staat hier 2 keer." || got[0].Suggestion != "Vul het gegeven in, of haal het veld weg." ||
		got[0].Severity != "warning" || len(got[0].Places) != 1 || got[0].Places[0] != (result.Place{File: "eisen.md", Start: 16, End: 23}) {
		t.Errorf("got %+v", got)
	}
}

// realModel is a model document as it was published, with every field still open.
const realModel = "../../../shared/echt/Inkoopdocument-Wmo-met-Emvi.md"

// openInModel was counted by hand in the file, outside its table of contents: the words with which a field or instruction starts, and how often.
var openInModel = map[string]int{
	"[Naam voorziening": 1, "[Naam inkoopregio": 1, "[Naam inkopende": 1, "[benoemen": 1, "[hier vult": 1, "[invullen": 1, "[aantal]": 5, "[s]": 3, "[datum]": 10, "[tijd]": 5,
	"[tijdstip]": 5, "[uitschrijven": 4, "[vermeld": 1, "[voeg": 1, "[naam en": 1, "[inspanningsgerichte": 1, "202*": 2, "20**": 1, "bijlage ***": 3, "bijlage **": 3, "PM": 3,
	"Gn": 2, "Gun": 1, "S1Gn": 1, "Sn": 1,
	"[Een van": 3, "[Let op": 1, "[Optioneel": 3, "[optioneel": 1, "[keuze": 1, "[Vrij": 1, "VOORBEELDOPTIE": 9, "Optioneel: Weging": 1,
}

func TestLeftoversOfTheRealModel(t *testing.T) {
	data, err := os.ReadFile(realModel)
	if err != nil {
		t.Skip("the shared material is not beside the checkout")
	}
	d := dossier.Dossier{Documents: []dossier.Document{{Path: "model.md", Blocks: dossier.Outline("model.md", dossier.ParseText(string(data)))}}}
	contents := false
	for i := range d.Documents[0].Blocks { // zones are for the evaluator; only the table of contents matters here
		b := &d.Documents[0].Blocks[i]
		contents = contents && b.Kind != dossier.Heading || b.Kind == dossier.Heading && dossier.IsContentsTitle(b.Text)
		if contents {
			b.Zone = dossier.ZoneTOC
		}
	}
	found, total := map[string]int{}, 0
	for _, f := range findings(reviewer(t), d, Options{}) {
		if f.ID != "c-placeholder" && f.ID != "c-instruction" {
			continue
		}
		n, words := len(f.Places)+1, f.Quote[f.Start:f.End]
		total += n
		key := ""
		for start := range openInModel { // the longest start that fits: "[tijdstip]" and not "[tijd"
			if strings.HasPrefix(words, start) && len(start) > len(key) {
				key = start
			}
		}
		if key == "" {
			t.Errorf("false alarm: %s", words)
		}
		found[key] += n
	}
	want := 0
	for start, n := range openInModel {
		want += n
		if found[start] != n {
			t.Errorf("%s: found %d, counted %d", start, found[start], n)
		}
	}
	if total != want {
		t.Errorf("found %d, counted %d", total, want)
	}
}

// Whatever the text, a finding names words that are there.
func FuzzReview(f *testing.F) {
	for _, s := range []string{"[datum", "]]", "[[x]] … op", "bijlage 1 t/m", "Bijlagen A - Z en 3", "€ x,xx {a} <<b>>", "202* ‘[’ \"[\" 'x", "G1 Gn é1n", "| a | b |\n| --- | --- |\n| [x] | … |", "# Bijlage 2\n\n# Bijlage 3", "1.1 A\n\n1.2 B\n\n1.9 C"} {
		f.Add(s)
	}
	r := reviewer(f)
	f.Fuzz(func(t *testing.T, s string) {
		d := pack(paper{"leidraad.md", "leidraad", s}, paper{"bijlage-1.md", "bijlage", s})
		for _, one := range findings(r, d, Options{}) {
			places := append([]result.Place{{File: one.File, Block: one.Block, Start: one.Start, End: one.End}}, one.Places...)
			for _, p := range places {
				i := slices.IndexFunc(d.Documents, func(doc dossier.Document) bool { return doc.Path == p.File })
				if i < 0 || one.Quote != "" && (p.Block >= len(d.Documents[i].Blocks) || p.Start < 0 || p.End < p.Start || p.End > len(d.Documents[i].Blocks[p.Block].Text)) {
					t.Errorf("%s %s: place %+v is not in the text", one.ID, one.Rule, p)
				}
			}
			if one.Message == "" || !utf8.ValidString(one.Message) {
				t.Errorf("message %q", one.Message)
			}
		}
	})
}
