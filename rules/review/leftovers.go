package review

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"inkooptoets/extract/dossier"
	"inkooptoets/rules/phrase"
	"inkooptoets/rules/result"
)

// leftover is a stretch of a block that the author of the draft still has to fill in, to choose or to take out.
type leftover struct {
	id         string // of the finding
	rule       string // the form it has: "brackets", "dots", "words"
	start, end int
}

// leftoverWords are the phrases by which a draft says in so many words that it is not ready.
type leftoverWords struct {
	prompt, open, instruction, label, filler, broken, bidder words
}

func (r *Reviewer) compileLeftovers(b *builder) {
	r.left = leftoverWords{
		prompt: b.add("leftovers: prompts", []string{
			"klik/tik (of) (klik/tik) (hier) om _5 te voeren", "klik/tik hier als u _3 wilt invoeren", "kies een item/datum/optie", "selecteer een item/datum/optie", "kies (een) bouwsteen", "click (or) (tap) (here) to enter",
			"choose an item", "hier (tekst) invullen", "tekst invoegen", "vul hier _5 in", "voeg hier _5 in", "invullen door (de) gemeente/opsteller/opdrachtgever",
		}),
		open: b.add("leftovers: open", []string{
			"nader/nog/verder/later in te vullen", "nader/nog/verder/later aan te vullen", "nader/nog/verder/later uit te werken", "nog aan te leveren", "nog toe te voegen",
			"nog op te nemen", "nog in te voegen", "moet nog (worden) ingevuld/aangevuld/uitgewerkt/toegevoegd/ingevoegd (worden)", "dient nog (te) (worden) ingevuld/aangevuld/uitgewerkt/toegevoegd",
			"wordt nog ingevuld/aangevuld/uitgewerkt/toegevoegd/ingevoegd", "worden nog ingevuld/aangevuld/uitgewerkt/toegevoegd/ingevoegd", "hier komt (nog) (de/een) tekst", "tekst volgt (nog)",
		}),
		instruction: b.add("leftovers: instructions", []string{
			"instructie/toelichting/opmerking/aanwijzing/notitie voor/aan de opsteller/opstellers/schrijver/inkoper/redactie", "opmerking opsteller", "toelichting opsteller",
			"verwijder/schrap (deze/dit/de/het/alle/onderstaande/bovenstaande) (gele/groene/rode/blauwe/grijze/cursieve/gearceerde) tekst/teksten/toelichting/toelichtingen/alinea/kader/kaders/instructie/instructies/opmerking/opmerkingen/passage",
			"gele/groene/rode/blauwe/gearceerde tekst/teksten _4 verwijderen/verwijder/aanpassen/invullen/schrappen",
			"kies een/één van de onderstaande/volgende opties/varianten/teksten/alternatieven/mogelijkheden",
			"maak _2 keuze uit de onderstaande/volgende opties/varianten/teksten/alternatieven",
			"doorhalen/schrappen/verwijderen wat niet van toepassing is", "deze alinea/tekst/paragraaf verwijderen/schrappen/weglaten",
			"deze alinea/tekst/paragraaf kan/kunnen/mag (worden) vervallen/verwijderd/weggelaten/geschrapt (worden)",
		}),
		label:  b.add("leftovers: labels", []string{"voorbeeldoptie*", "voorbeeldtekst*", "modeltekst*", "tekstoptie*", "tekstvariant*"}),
		filler: b.add("leftovers: filler", []string{"lorem ipsum", "dolor sit amet", "consectetur adipiscing", "dummytekst", "opvultekst", "blindtekst"}),
		broken: b.add("leftovers: broken", []string{
			"verwijzingsbron niet gevonden", "bladwijzer niet gedefinieerd", "reference source not found", "bookmark not defined", "fout ongeldige koppeling", "ongeldige koppeling",
			"geen gegevens voor inhoudsopgave gevonden", "geen index gegevens gevonden", "het bestand bevat geen tekst met de opgegeven stijl", "geen tekst met de opgegeven stijl",
		}),
		bidder: b.add("leftovers: bidder", []string{
			"door (de/een) (potentiële/beoogde) inschrijver*/aanbieder*/opdrachtnemer*/gegadigde*/hoofdaannemer*/onderaannemer*/aanvrager*/deelnemer*/kandidaat*/ondertekenaar*/zorgaanbieder*/jeugdhulpaanbieder*/penvoerder*/combinant*/instelling*/partijen", "uw",
		}),
	}
}

// leftovers finds fields that nobody filled in, instructions to the author, filler text and broken references.
func leftovers(r *Reviewer, t *tender) []result.Finding {
	series, legend := t.openSeries(), t.colourLegends()
	var out []result.Finding
	for i := range t.texts {
		x := &t.texts[i]
		if x.block.Zone == dossier.ZoneTOC {
			continue // it repeats headings
		}
		var found []leftover
		for _, s := range t.stretches(x) {
			found = append(found, r.leftIn(x, s)...)
			found = append(found, series.in(x, s)...)
			if !legend[x.doc] {
				found = append(found, highlights(x, s, found)...)
			}
		}
		out = append(out, x.leftoverFindings(found)...)
	}
	return out
}

// stretch is a part of a block that is read by itself: all of it, or a cell of a row.
type stretch struct {
	start, end int
	form       bool // meant to be filled in by a bidder
	marks      []dossier.Mark
}

func (s stretch) of(x *text) string { return x.block.Text[s.start:s.end] }

// stretches lists the parts of a block. The text of a row repeats the labels of its columns; they are read where they stand.
func (t *tender) stretches(x *text) []stretch {
	form := t.inForm(x)
	if x.block.Kind != dossier.Row {
		return []stretch{{0, len(x.block.Text), form, x.block.Marks}}
	}
	var out []stretch
	for _, c := range x.block.Cells {
		if c.Start < c.End && c.End <= len(x.block.Text) {
			out = append(out, stretch{c.Start, c.End, form || c.Header != "" && t.asksBidder(c.Header), c.Marks})
		}
	}
	return out
}

// asksBidder reports whether the label of a column asks bidders to fill it in.
func (t *tender) asksBidder(header string) bool {
	is, known := t.asks[header]
	if !known {
		is = asksBidder.MatchString(header)
		t.asks[header] = is
	}
	return is
}

// leftIn finds what is left in one stretch; of what overlaps, the longest.
func (r *Reviewer) leftIn(x *text, s stretch) []leftover {
	var all []leftover
	in := lettersOf(s.of(x))
	for i, form := range leftoverForms {
		if in.any(leftoverSigns[i]) {
			all = append(all, form.find(x, s)...)
		}
	}
	all = append(all, r.leftWords(x, s)...)
	all = append(all, prompts(x, s)...)
	slices.SortStableFunc(all, func(a, b leftover) int {
		return cmp.Or(cmp.Compare(b.end-b.start, a.end-a.start), cmp.Compare(a.start, b.start))
	})
	var out []leftover
	for _, l := range all {
		if !slices.ContainsFunc(out, func(o leftover) bool { return l.start < o.end && o.start < l.end }) {
			out = append(out, l)
		}
	}
	return out
}

// leftWords finds what is left in words.
func (r *Reviewer) leftWords(x *text, s stretch) []leftover {
	var out []leftover
	for _, h := range x.hits {
		if h.Start < s.start || h.End > s.end {
			continue
		}
		l := leftover{rule: "words", start: h.Start, end: h.End}
		switch {
		case r.left.filler[h.Phrase]:
			l.id = "c-filler"
		case r.left.broken[h.Phrase]:
			l.id = "c-reference"
			l.start = x.fromError(h)
		case r.left.instruction[h.Phrase] && !s.form:
			l.id = "c-instruction"
			l.start, l.end = x.labelled(s, h)
		case r.left.label[h.Phrase] && !s.form && (h.Start == s.start || optionNumber.MatchString(x.block.Text[h.End:s.end])):
			l.id = "c-instruction"
			l.start, l.end = x.labelled(s, h)
		case (r.left.prompt[h.Phrase] || r.left.open[h.Phrase] && x.endsThere(h)) && !s.form && !x.sentenceHas(h, r.left.bidder):
			l.id = "c-placeholder"
		default:
			continue
		}
		out = append(out, l)
	}
	return out
}

// fromError takes the "Fout!" before a message of the word processor with it.
func (x *text) fromError(h phrase.Hit) int {
	before := strings.TrimRight(x.block.Text[:h.Start], " ")
	for _, word := range []string{"Fout!", "Error!"} {
		if strings.HasSuffix(before, word) {
			return len(before) - len(word)
		}
	}
	return h.Start
}

// endsThere reports whether nothing follows the words of h that they could belong to: "nog in te vullen." and not "nog in te vullen formulier".
func (x *text) endsThere(h phrase.Hit) bool {
	after := strings.TrimLeft(x.block.Text[h.End:], " ")
	return after == "" || strings.ContainsAny(after[:1], ".,;:!?)]|") || strings.HasPrefix(after, "door ")
}

// labelled takes the number of an option with its words, and the sentence with what is said to the author by name.
func (x *text) labelled(s stretch, h phrase.Hit) (start, end int) {
	rest := x.block.Text[h.End:s.end]
	if m := optionNumber.FindString(rest); m != "" {
		return h.Start, h.End + len(strings.TrimRight(m, " :"))
	}
	return h.Start, h.End
}

// leftoverMessages say in Dutch what is wrong and what to do, per finding and form; %s is the text that was found.
var leftoverMessages = map[string][2]string{
	"c-placeholder/highlight": {"Deze woorden zijn met kleur gemarkeerd: %s. Vaak betekent dat dat er nog iets moet gebeuren.", "Werk de plek af en haal de markering weg."},
	"c-placeholder":           {"Hier is nog iets niet ingevuld: %s.", "Vul het gegeven in, of haal het veld weg."},
	"c-instruction":           {"Hier staat nog een aanwijzing voor de opsteller, of een keuze die niet is gemaakt: %s.", "Maak de keuze en haal de aanwijzing weg."},
	"c-filler":                {"Hier staat nog opvultekst: %s.", "Zet de echte tekst neer, of haal dit deel weg."},
	"c-reference":             {"Deze verwijzing is kapot: %s.", "Verwijs opnieuw, of schrijf uit waar u naar verwijst. Werk in Word daarna alle velden bij (Ctrl+A, F9)."},
}

// leftoverFindings makes one finding of all that is the same in the block.
func (x *text) leftoverFindings(found []leftover) []result.Finding {
	slices.SortStableFunc(found, func(a, b leftover) int { return cmp.Compare(a.start, b.start) })
	var out []result.Finding
	at := map[string]int{}
	for _, l := range found {
		words := x.block.Text[l.start:l.end]
		key := l.id + "\x00" + words
		if i, seen := at[key]; seen {
			out[i].Places = append(out[i].Places, x.place(l.start, l.end))
			continue
		}
		at[key] = len(out)
		m, ok := leftoverMessages[l.id+"/"+l.rule]
		if !ok {
			m = leftoverMessages[l.id]
		}
		f := x.finding(l.id, l.start, l.end, fmt.Sprintf(m[0], quoted(words)))
		f.Rule, f.Suggestion = l.rule, m[1]
		if l.rule == "highlight" {
			f.Severity = "note" // a colour may be an ornament
		}
		out = append(out, f)
	}
	for i, f := range out {
		if n := len(f.Places) + 1; n > 1 {
			out[i].Message += fmt.Sprintf(" Dit staat hier %d keer.", n)
		}
	}
	return out
}

// place is the stretch start to end of x as a further place of a finding.
func (x *text) place(start, end int) result.Place {
	return result.Place{File: x.doc.Path, Page: x.block.Loc.Page, Block: x.block.Loc.Block, Start: start, End: end}
}

// maxQuoted is how many characters of the draft a message repeats.
const maxQuoted = 70

// quoted shows words of the draft in a sentence, the first of them when there are many.
func quoted(words string) string {
	words = strings.TrimSpace(words)
	if r := []rune(words); len(r) > maxQuoted {
		words = strings.TrimRight(string(r[:maxQuoted]), " ") + "…"
	}
	return "‘" + words + "’"
}
