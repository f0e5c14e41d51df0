package report

import (
	"cmp"
	"fmt"
	"strings"

	"inkooptoets/rules/result"
)

// compareWords are the labels that only a comparison has.
type compareWords struct {
	Heading, Subject, Head                             string // Subject: "%d", "%d"; Head: "%s", "%s"
	OtherDates, Unread                                 string // "%s"; "%s", "%d", "%d"
	Meaning, RateNote                                  string
	Tenders, Tender, Law, Applicable, Asked, Partly    string
	Undetermined, AloneCount, NotRead                  string
	Rates, RatesCaption, Group, ToWhom, Any, All       string
	OfDemands, Of, OfPercent                           string // Of: "%d", "%d"; OfPercent: "%d", "%d", "%d"
	Matrix, MatrixCaption, Legend, NotJudged           string // MatrixCaption: "%s"
	Differ, SameAll                                    string // "%d"; "%d"
	TooMany                                            string // "%d"
	Alone, AloneNote, AloneBy, Nobody, NobodyNote      string // Alone, Nobody: "%d"; AloneBy: "%s", "%d"
	More                                               string // "%d"
	Alike, AlikeNote, AlikeLine, AlikeNone, AlikePer   string // AlikeLine: "%s", "%s", "%d", "%d", "%d", "%d"; AlikeNone: "%s", "%s", "%d"
	MostAlike, LeastAlike                              string
	Best, BestNote, BestBy, BestParts, BestHint        string // Best: "%d"; BestBy: "%s", "%s"; BestHint: "%d"
	ToBest, ToMatrix, Swipe, Show, ShowSame, ShowWords string
	TendersCaption, Count, AlikeShare                  string // Count: "%d"
	CopyHint                                           string
	Weights                                            map[result.Duty]string
	Kinds                                              map[string]string // of sources
	By                                                 map[string]string // of rates
	Columns                                            map[string]string // of csv and xlsx, beside those that every list has
	Sheets                                             map[string]string // names without spaces
}

var compareLanguages = map[string]compareWords{
	"nl": {
		Heading: "Inkopen naast elkaar", Subject: "%d inkopen, %d eisen", Head: "Peildatum %s · catalogus %s",
		OtherDates: "Deze inkopen zijn op verschillende dagen getoetst (%s). Een eis kan op de ene dag wel gelden en op de andere niet.",
		Unread:     "%s: %d van %d bestanden niet gelezen. Wat erin staat, telt niet mee: een eis kan daar ten onrechte ontbreken.",
		Meaning: "Gevraagd betekent: gedekt, of geregeld via een verwijzing. Wat niet van toepassing is of niet is getoetst, telt nergens mee. " +
			"Wat niet te beoordelen is, telt wel als van toepassing maar niet als gevraagd. Dit is geen ranglijst: een kader is een keuze, en meer vragen is niet altijd beter.",
		RateNote: "Per groep: hoeveel inkopen minstens één eis vragen, hoeveel ze alle eisen vragen die voor hen gelden, en welk deel van alle keren dat een eis geldt hij ook is gevraagd.",
		Tenders:  "De inkopen", TendersCaption: "Per inkoop: hoeveel eisen gelden, en hoeveel ervan worden gevraagd", Tender: "Inkoop", Law: "Wet", Applicable: "van toepassing", Asked: "gevraagd", Partly: "deels", Undetermined: "niet te beoordelen", AloneCount: "vraagt als enige", NotRead: "bestanden niet gelezen",
		Rates: "Hoe vaak iets wordt gevraagd", RatesCaption: "Hoe vaak eisen worden gevraagd: %s", Group: "Groep", ToWhom: "inkopen waar iets geldt", Any: "vraagt minstens één", All: "vraagt alles",
		OfDemands: "gevraagd van wat geldt", Of: "%d van %d", OfPercent: "%d van %d (%d%%)",
		Matrix: "Alle eisen", MatrixCaption: "%s: welke inkoop vraagt wat", Legend: "Tekens", NotJudged: "niet getoetst",
		Differ: "Waarin de inkopen verschillen (%d)", SameAll: "Door alle gevraagd: %d. Met --all staan ze in dit verslag.",
		TooMany: "Een tabel van %d inkopen past niet op een scherm. Met -f html=BESTAND of -f xlsx=BESTAND krijgt u hem wel.",
		Alone:   "Wat maar één inkoop vraagt (%d)", AloneNote: "Deze eisen gelden ook voor een andere inkoop, maar alleen deze vraagt ze.", AloneBy: "Alleen %s (%d)",
		Nobody: "Wat geen enkele inkoop vraagt (%d)", NobodyNote: "Deze eisen gelden voor minstens één inkoop, maar staan in geen ervan volledig.",
		More:  "en nog %d; met --all staan ze er alle",
		Alike: "Hoeveel de inkopen op elkaar lijken", AlikeNote: "Van de eisen die voor beide gelden en die minstens één van de twee vraagt: het deel dat beide vragen. Bij een klein aantal zegt dat weinig.",
		AlikeLine: "%s en %s: %d%% gelijk (beide vragen %d, minstens één vraagt %d; voor beide van toepassing: %d)", AlikeNone: "%s en %s: geen van beide vraagt iets (voor beide van toepassing: %d)", AlikePer: "Per paar inkopen: het deel van de gevraagde eisen dat beide vragen",
		MostAlike: "Lijken het meest op elkaar", LeastAlike: "Lijken het minst op elkaar",
		Best: "Voorbeeldformuleringen (%d)", BestNote: "Per eis de sterkste passage uit deze inkopen: alle onderdelen in één passage, zelfstandig leesbaar en zo kort mogelijk. Neem nooit klakkeloos over: pas de tekst aan uw stukken aan.",
		BestBy: "%s, %s", BestParts: "Deze passage heeft niet alle onderdelen. De inkoop regelt de rest in een andere passage.", BestHint: "Voorbeeldformuleringen: %d. Met --all staan ze in dit verslag.",
		ToBest: "voorbeeld", ToMatrix: "Terug naar de tabel", Swipe: "Schuif de tabel opzij om alle kolommen te zien.", Show: "Kies wat u ziet", ShowSame: "Ook wat in alle inkopen gelijk is", ShowWords: "Woorden bij de tekens",
		Count: "%d eisen", AlikeShare: "Gelijk",
		CopyHint: "Eén klik selecteert de hele tekst.",
		Weights:  map[result.Duty]string{result.Statutory: "Wettelijke eisen", result.Framework: "Kadercriteria", result.Advice: "Adviezen"},
		Kinds:    map[string]string{"law": "Wet", "framework": "Kader", "guide": "Handreiking"},
		By:       map[string]string{"weight": "per soort", "element": "per onderdeel", "source": "per wet en kader"},
		Columns: map[string]string{
			"asked": "Gevraagd door", "applicable": "Van toepassing bij", "partly": "Deels bij", "best": "Voorbeeld uit", "any": "Vraagt minstens één", "all": "Vraagt alles", "demands": "Keer van toepassing", "times": "Keer gevraagd",
			"partlyTimes": "Keer deels", "undetermined": "Keer niet te beoordelen", "tenders": "Inkopen waar iets geldt", "by": "Indeling", "group": "Groep", "anyShare": "Deel minstens één", "allShare": "Deel alles", "share": "Deel gevraagd",
			"a": "Inkoop A", "b": "Inkoop B", "both": "Beide vragen", "either": "Minstens één vraagt", "shared": "Gelden voor beide", "alike": "Gelijkenis", "laws": "Wet", "unread": "Bestanden niet gelezen", "documents": "Bestanden",
			"alone": "Vraagt als enige", "tender": "Inkoop", "whole": "Alle onderdelen in één passage", "applicableN": "Van toepassing", "askedN": "Gevraagd", "partlyN": "Deels", "undeterminedN": "Niet te beoordelen", "onlyBy": "Alleen door",
		},
		Sheets: map[string]string{"rates": "Aandelen", "tenders": "Inkopen", "matrix": "Matrix", "best": "Voorbeelden", "pairs": "Gelijkenis"},
	},
	"en": {
		Heading: "Tenders side by side", Subject: "%d tenders, %d requirements", Head: "Reference date %s · catalogue %s",
		OtherDates: "These tenders were checked for different days (%s). A requirement may hold on one day and not on another.",
		Unread:     "%s: %d of %d files not read. What they say is not counted: a requirement may wrongly be missing there.",
		Meaning: "Asked means: covered, or arranged by reference. What does not apply or was not judged counts nowhere. " +
			"What cannot be judged counts as applicable but not as asked. This is no ranking: a framework is a choice, and asking more is not always better.",
		RateNote: "Per group: how many tenders ask one requirement at least, how many ask all that apply to them, and what share of all times that a requirement applies it is asked.",
		Tenders:  "The tenders", TendersCaption: "Per tender: how many requirements apply, and how many of them are asked", Tender: "Tender", Law: "Law", Applicable: "applicable", Asked: "asked", Partly: "partial", Undetermined: "cannot be judged", AloneCount: "asks alone", NotRead: "files not read",
		Rates: "How often something is asked", RatesCaption: "How often requirements are asked: %s", Group: "Group", ToWhom: "tenders with any", Any: "asks one at least", All: "asks all",
		OfDemands: "asked of what applies", Of: "%d of %d", OfPercent: "%d of %d (%d%%)",
		Matrix: "All requirements", MatrixCaption: "%s: which tender asks what", Legend: "Signs", NotJudged: "not judged",
		Differ: "Where the tenders differ (%d)", SameAll: "Asked by all: %d. With --all they are in this report.",
		TooMany: "A table of %d tenders does not fit on a screen. With -f html=FILE or -f xlsx=FILE you get it.",
		Alone:   "What one tender only asks (%d)", AloneNote: "These requirements apply to another tender too, but this one only asks them.", AloneBy: "Only %s (%d)",
		Nobody: "What no tender asks (%d)", NobodyNote: "These requirements apply to one tender at least, but none has them in full.",
		More:  "and %d more; with --all they are all there",
		Alike: "How much the tenders are alike", AlikeNote: "Of the requirements that apply to both and that one of the two asks at least: the share that both ask. With a small number that says little.",
		AlikeLine: "%s and %s: %d%% alike (both ask %d, one at least asks %d; applicable to both: %d)", AlikeNone: "%s and %s: neither asks anything (applicable to both: %d)", AlikePer: "Per pair of tenders: the share of the requirements asked that both ask",
		MostAlike: "Most alike", LeastAlike: "Least alike",
		Best: "Sample clauses (%d)", BestNote: "Per requirement the strongest passage of these tenders: all aspects in one passage, readable on its own and as short as can be. Never copy blindly: fit the text to your documents.",
		BestBy: "%s in %s", BestParts: "This passage does not have all aspects. The tender arranges the rest in another passage.", BestHint: "Sample clauses: %d. With --all they are in this report.",
		ToBest: "sample", ToMatrix: "Back to the table", Swipe: "Move the table sideways to see all columns.", Show: "Choose what you see", ShowSame: "Also what is the same in all tenders", ShowWords: "Words with the signs",
		Count: "%d requirements", AlikeShare: "Alike",
		CopyHint: "One click selects the whole text.",
		Weights:  map[result.Duty]string{result.Statutory: "Statutory requirements", result.Framework: "Framework criteria", result.Advice: "Advice"},
		Kinds:    map[string]string{"law": "Law", "framework": "Framework", "guide": "Guide"},
		By:       map[string]string{"weight": "per kind", "element": "per element", "source": "per law and framework"},
		Columns: map[string]string{
			"asked": "Asked by", "applicable": "Applies to", "partly": "Partial in", "best": "Sample from", "any": "Ask one at least", "all": "Ask all", "demands": "Times applicable", "times": "Times asked",
			"partlyTimes": "Times partial", "undetermined": "Times not to be judged", "tenders": "Tenders with any", "by": "Grouping", "group": "Group name", "anyShare": "Share one at least", "allShare": "Share all", "share": "Share asked",
			"a": "Tender A", "b": "Tender B", "both": "Both ask", "either": "One at least asks", "shared": "Apply to both", "alike": "Likeness", "laws": "Law", "unread": "Files not read", "documents": "Files",
			"alone": "Asks alone", "tender": "Tender", "whole": "All aspects in one passage", "applicableN": "Applicable", "askedN": "Asked", "partlyN": "Partial", "undeterminedN": "Cannot be judged", "onlyBy": "Only by",
		},
		Sheets: map[string]string{"rates": "Rates", "tenders": "Tenders", "matrix": "Requirements", "best": "Samples", "pairs": "Likeness"},
	},
}

// share writes a part of a whole with its percentage; of nothing there is none.
func (cw compareWords) share(part, whole int) string {
	if whole == 0 {
		return "–"
	}
	return fmt.Sprintf(cw.OfPercent, part, whole, wholePercent(part, whole))
}

// wholePercent rounds to whole percents, but to 0 and 100 only what is exactly that: 199 of 200 is not all.
func wholePercent(part, whole int) int {
	p := (200*part + whole) / (2 * whole)
	switch {
	case p == 100 && part < whole:
		return 99
	case p == 0 && part > 0:
		return 1
	}
	return p
}

// alike writes the likeness of a pair under the names given.
func (cw compareWords) alike(p result.Pair, a, b string) string {
	if p.Either == 0 {
		return fmt.Sprintf(cw.AlikeNone, a, b, p.Applicable)
	}
	return fmt.Sprintf(cw.AlikeLine, a, b, wholePercent(p.Both, p.Either), p.Both, p.Either, p.Applicable)
}

// laws names the laws of a tender.
func (cw compareWords) laws(t result.ComparedTender) string {
	var names []string
	for _, l := range t.Laws {
		names = append(names, cmp.Or(lawNames[l], l))
	}
	return strings.Join(names, ", ")
}
