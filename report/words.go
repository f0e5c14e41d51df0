package report

import (
	"cmp"
	"fmt"
	"unicode/utf8"

	"inkooptoets/rules/result"
)

// shapes go before the word of a status, so that nobody needs colour to tell them apart.
var shapes = map[result.Status]string{
	result.Covered:       "✓",
	result.Referenced:    "→",
	result.Partial:       "◐",
	result.Mentioned:     "○",
	result.Contradicted:  "!",
	result.Missing:       "✗",
	result.Undetermined:  "?",
	result.NotApplicable: "–",
}

// words are the fixed labels of a report in one language.
type words struct {
	lang       string
	status     map[result.Status]string
	narrow     map[result.Status]string // the same over two lines, as a column heading
	duty       map[result.Duty]string
	group      map[result.Duty]string // heading of the gaps; statutory stands for municipal too
	groupNote  map[result.Duty]string // empty: none
	severity   map[string]string
	answer     map[string]string
	unread     string // "%d of %d"
	unreadNote string
	warnings   string

	assumptions, laws, segments, procedure, services, date string
	targets, variant, frameworks, noneSeen                 string
	given, places                                          string

	perElement, perSource, element, source, applicable string
	lawPerElement, frameworksPerElement, perFramework  string
	without, note                                      string // without: "%s %s"
	brief                                              string

	gaps                                                                string // "%d of %d"
	gapsWaived, gapsUndetermined                                        string // "%d"
	none, why, needed, already, found, nearest, lacks, suggestion, more string
	suggestionHint                                                      string
	undetermined, waived, waivedBy, waivedText, findings                string
	covered, coveredCount, notApplicable, notApplicableCount            string
	page, catalogue, meaning, nothing, passages                         string
	requirement, statusHead, citation, weight, place, dossier           string

	// Of formats for build servers and spreadsheets.
	unreadFile, remark, waiverProblem, known, yes string
	moreIssues                                    string // "%d, %s"
	// Of a report that is too long for its place: "%d", "%s", and "%d" each.
	cut, cutWhat, cutPassages, cutCovered, cutCounts, cutLines string
	party                                                      map[string]string
	columns                                                    map[string]string // headings by the name of the field in csv-data
	kinds                                                      map[string]string // what a line in a spreadsheet is about
	// How often verdicts were right.
	reliable, reliableNote, tendersNote, notMeasured string
	measuredKind                                     map[string]string
	sheets                                           sheetWords
}

// sheetWords are the names of sheets and the labels that only a workbook has.
type sheetWords struct {
	summary, requirements, evidence, assumptions, documents, demands string
	title, count, name, subject, choice                              string
}

var languages = map[string]*words{
	"nl": {
		lang: "nl",
		status: map[result.Status]string{
			result.Covered:       "gedekt",
			result.Referenced:    "via verwijzing",
			result.Partial:       "deels",
			result.Mentioned:     "alleen genoemd",
			result.Contradicted:  "tegengesproken",
			result.Missing:       "ontbreekt",
			result.Undetermined:  "niet te beoordelen",
			result.NotApplicable: "n.v.t.",
		},
		narrow: map[result.Status]string{
			result.Covered:      "gedekt",
			result.Referenced:   "via ver-\nwijzing",
			result.Partial:      "deels",
			result.Mentioned:    "alleen\ngenoemd",
			result.Contradicted: "tegen-\ngesproken",
			result.Missing:      "ont-\nbreekt",
			result.Undetermined: "niet te\nbeoordelen",
		},
		duty: map[result.Duty]string{
			result.Statutory: "wettelijke eis aan de aanbieder",
			result.Municipal: "wettelijke taak van de gemeente",
			result.Framework: "criterium uit een kwaliteitskader",
			result.Advice:    "advies",
		},
		group: map[result.Duty]string{
			result.Statutory: "Wettelijke eisen",
			result.Framework: "Kwaliteitskaders",
			result.Advice:    "Adviezen",
		},
		groupNote: map[result.Duty]string{
			result.Framework: "Een kwaliteitskader is een keuze. Kies zelf welke criteria u overneemt; meer vragen is niet altijd beter.",
			result.Advice:    "Deze punten zijn verstandig, maar niet verplicht.",
		},
		severity:   map[string]string{"error": "fout", "warning": "let op", "note": "ter info", "accepted": "geaccepteerd"},
		answer:     map[string]string{"no": "nee", "unknown": "onbekend"},
		unread:     "NIET GELEZEN: %d van %d bestanden",
		unreadNote: "Wat erin staat, is niet meegeteld. Een eis kan daardoor ten onrechte ontbreken.",
		warnings:   "Gelezen met een waarschuwing",

		assumptions: "Uitgangspunten",
		laws:        "Wet", segments: "Segment", procedure: "Procedure", services: "Diensten", date: "Peildatum",
		targets: "Doelgroepen", variant: "Variant", frameworks: "Kaders", noneSeen: "geen gezien in de tekst",
		given: "opgegeven", places: "op %d plaatsen",

		perElement: "Aantal eisen per onderdeel", perSource: "Aantal eisen per bron",
		lawPerElement: "Wettelijke eisen en adviezen per onderdeel", frameworksPerElement: "Kadercriteria per onderdeel, alle gekozen kaders samen",
		perFramework: "Kadercriteria per kader en onderdeel", without: "%s heeft geen criteria voor: %s.", note: "Let op",
		brief:   "Kort, want deze kaders zijn gekozen omdat ze passen. Alles zien: --framework KADER, of --all.",
		element: "Onderdeel", source: "Bron", applicable: "van toe-\npassing",

		gaps: "%d van %d niet of niet goed in de tekst", gapsWaived: "%d geaccepteerd", gapsUndetermined: "%d niet te beoordelen", none: "Geen.",
		why: "Waarom", needed: "Nog nodig", already: "Staat er al", found: "Gevonden", nearest: "Dichtstbij", lacks: "Maar",
		suggestion: "Voorstel", more: "en nog %d (zie --all)",
		suggestionHint: "Een voorbeeldtekst per eis: inkooptoets explain ID.",
		undetermined:   "Niet te beoordelen (%d)",
		waived:         "Geaccepteerd (%d)",
		waivedBy:       "Akkoord",
		waivedText:     "%s (door %s, tot en met %s)",
		findings:       "Aandachtspunten in het concept (%d)",
		covered:        "Gedekt of via verwijzing (%d)",
		coveredCount:   "Gedekt of via verwijzing: %d. Met --all staan ze in dit verslag, met vindplaats.",
		notApplicable:  "Niet van toepassing (%d)",

		notApplicableCount: "Niet van toepassing: %d. Met --all staan ze in dit verslag, met de reden.",
		page:               "p.", catalogue: "catalogus",
		meaning: "Deze aantallen tellen welke tekst is gevonden. Ze zeggen niet of de inkoop goed is: dat beslist een mens. " +
			"Een totaalcijfer is er met opzet niet.",
		nothing:  "Er zijn geen dossiers getoetst.",
		passages: "Vindplaatsen en voorbeeldtekst",

		requirement: "Eis", statusHead: "Status", citation: "Bron", weight: "Soort", place: "Vindplaats", dossier: "Dossier",

		unreadFile: "Bestand niet gelezen", remark: "Aandachtspunt in het concept", waiverProblem: "Akkoord dat niet meer geldt", known: "Al bekend uit een eerdere toets", yes: "ja",
		moreIssues: "Nog %d meer (%s). Het volledige verslag noemt ze allemaal.",
		cut:        "Ingekort tot %d tekens: meer past hier niet.", cutWhat: "Weggelaten: %s. Alles staat in -f html=BESTAND en -f xlsx=BESTAND.",
		cutPassages: "vindplaatsen en voorbeeldteksten (%d lijsten)", cutCovered: "wat gedekt is of niet van toepassing (%d lijsten)",
		cutCounts: "tellingen (van %d dossiers)", cutLines: "de laatste regels (%d)",
		party: map[string]string{"provider": "aanbieder", "municipality": "gemeente", "either": "aanbieder of gemeente"},
		columns: map[string]string{
			"dossier": "Dossier", "kind": "Regel", "requirement": "Kenmerk", "title": "Eis", "element": "Onderdeel", "duty": "Soort", "party": "Gericht aan",
			"citation": "Bron", "link": "Wettekst", "status": "Status", "severity": "Gewicht", "reason": "Waarom", "note": "Opmerking", "needed": "Nog nodig",
			"already": "Staat er al", "file": "Bestand", "page": "Bladzijde", "heading": "Onder kop", "quote": "Citaat", "lacks": "Wat eraan ontbreekt",
			"suggestion": "Voorbeeldtekst", "waived_reason": "Akkoord omdat", "waived_by": "Akkoord door", "waived_until": "Akkoord tot en met", "known": "Al bekend",
			"date": "Peildatum", "catalogue": "Catalogus", "shows": "Laat zien", "passage": "Vindplaats is", "source": "Bronkenmerk", "aspects": "Over onderdeel", "role": "Rol", "pages": "Bladzijden", "detail": "Toelichting",
		},
		kinds: map[string]string{
			"requirement": "eis", "document": "bestand niet gelezen", "finding": "aandachtspunt", "warning": "waarschuwing", "evidence": "gevonden", "nearest": "dichtstbij", "unread": "niet gelezen",
			"read": "gelezen", "waiver": "akkoord dat niet geldt",
		},
		reliable: "Hoe vaak klopt een oordeel?",
		reliableNote: "Gemeten op losse passages die de makers zelf schreven en beoordeelden, en die nooit zijn gebruikt om de regels te verbeteren. In uw stukken kan het anders " +
			"zijn. Tussen haakjes het 95%-interval en het aantal oordelen (n); onder de 30 is er geen cijfer.",
		tendersNote: "In een heel dossier komen woorden ook toevallig samen. Bij ‘Kaders, hele dossiers’ staat wat bij nalezen bleek in twee proefdossiers waarop de regels niet zijn " +
			"verbeterd: ‘gedekt’ klopte daar minder vaak dan op losse passages. Lees bij een kader dus altijd de passage die erbij staat.",
		notMeasured:  "niet gemeten",
		measuredKind: map[string]string{"law": "Wet", "framework": "Kaders", result.InTenders: "Kaders, hele dossiers", "guide": "Handreikingen"},
		sheets: sheetWords{
			summary: "Samenvatting", requirements: "Bevindingen", evidence: "Bewijs", assumptions: "Aannames", documents: "Stukken", demands: "Eisenprofiel",
			title: "Toets van inkoopdocumenten", count: "Telling", name: "Onderdeel of bron", subject: "Onderwerp", choice: "Waarvan is uitgegaan",
		},
	},
	"en": {
		lang: "en",
		status: map[result.Status]string{
			result.Covered:       "covered",
			result.Referenced:    "by reference",
			result.Partial:       "partial",
			result.Mentioned:     "only mentioned",
			result.Contradicted:  "contradicted",
			result.Missing:       "missing",
			result.Undetermined:  "cannot be judged",
			result.NotApplicable: "n/a",
		},
		narrow: map[result.Status]string{
			result.Covered:      "covered",
			result.Referenced:   "by refe-\nrence",
			result.Partial:      "partial",
			result.Mentioned:    "only\nmentioned",
			result.Contradicted: "contra-\ndicted",
			result.Missing:      "missing",
			result.Undetermined: "cannot be\njudged",
		},
		duty: map[result.Duty]string{
			result.Statutory: "statutory duty of the provider",
			result.Municipal: "statutory duty of the municipality",
			result.Framework: "quality framework criterion",
			result.Advice:    "advice",
		},
		group: map[result.Duty]string{
			result.Statutory: "Statutory requirements",
			result.Framework: "Quality frameworks",
			result.Advice:    "Advice",
		},
		groupNote: map[result.Duty]string{
			result.Framework: "A quality framework is a choice. Decide which criteria you take over; asking more is not always better.",
			result.Advice:    "These points are wise, not obligatory.",
		},
		severity:   map[string]string{"error": "error", "warning": "warning", "note": "note", "accepted": "accepted"},
		answer:     map[string]string{"no": "no", "unknown": "unknown"},
		unread:     "NOT READ: %d of %d files",
		unreadNote: "What they say is not counted. A requirement may wrongly be missing because of that.",
		warnings:   "Read with a warning",

		assumptions: "Assumptions",
		laws:        "Law", segments: "Segment", procedure: "Procedure", services: "Services", date: "Reference date",
		targets: "Target groups", variant: "Variant", frameworks: "Frameworks", noneSeen: "none seen in the text",
		given: "given", places: "in %d places",

		perElement: "Requirements per element", perSource: "Requirements per source",
		lawPerElement: "Statutory requirements and advice per element", frameworksPerElement: "Framework criteria per element, all chosen frameworks together",
		perFramework: "Framework criteria per framework and element", without: "%s has no criteria for: %s.", note: "Note",
		brief:   "In brief, because these frameworks were chosen because they fit. To see everything: --framework FRAMEWORK, or --all.",
		element: "Element", source: "Source", applicable: "appli-\ncable",

		gaps: "%d of %d not fully in the text", gapsWaived: "%d accepted", gapsUndetermined: "%d cannot be judged", none: "None.",
		why: "Why", needed: "Still needed", already: "Already there", found: "Found", nearest: "Nearest", lacks: "But",
		suggestion: "Suggestion", more: "and %d more (see --all)",
		suggestionHint: "A sample clause per requirement: inkooptoets explain ID.",
		undetermined:   "Cannot be judged (%d)",
		waived:         "Accepted (%d)",
		waivedBy:       "Accepted",
		waivedText:     "%s (by %s, up to and including %s)",
		findings:       "Points of attention in the draft (%d)",
		covered:        "Covered or by reference (%d)",
		coveredCount:   "Covered or by reference: %d. With --all they are in this report, with their passages.",
		notApplicable:  "Not applicable (%d)",

		notApplicableCount: "Not applicable: %d. With --all they are in this report, with the reason.",
		page:               "p.", catalogue: "catalogue",
		meaning: "These numbers count the text that was found. They do not say whether the tender is good: a person decides that. " +
			"There is no overall score, on purpose.",
		nothing:  "No dossiers were checked.",
		passages: "Passages and sample clauses",

		requirement: "Requirement", statusHead: "Status", citation: "Source", weight: "Kind", place: "Place", dossier: "Dossier",

		unreadFile: "File not read", remark: "Point of attention in the draft", waiverProblem: "Waiver that accepts nothing", known: "Known from an earlier check", yes: "yes",
		moreIssues: "And %d more (%s). The full report has them all.",
		cut:        "Shortened to %d characters: more does not fit here.", cutWhat: "Left out: %s. Everything is in -f html=FILE and -f xlsx=FILE.",
		cutPassages: "passages and sample clauses (%d lists)", cutCovered: "what is covered or not applicable (%d lists)",
		cutCounts: "counts (of %d dossiers)", cutLines: "the last lines (%d)",
		party: map[string]string{"provider": "provider", "municipality": "municipality", "either": "provider or municipality"},
		columns: map[string]string{
			"dossier": "Dossier", "kind": "Line", "requirement": "Id", "title": "Requirement", "element": "Element", "duty": "Kind", "party": "Addressed to",
			"citation": "Source", "link": "Text of the law", "status": "Status", "severity": "Weight", "reason": "Why", "note": "Note", "needed": "Still needed",
			"already": "Already there", "file": "File", "page": "Page", "heading": "Under heading", "quote": "Quote", "lacks": "What it lacks",
			"suggestion": "Sample clause", "waived_reason": "Accepted because", "waived_by": "Accepted by", "waived_until": "Accepted up to and including", "known": "Already known",
			"date": "Reference date", "catalogue": "Catalogue", "shows": "Shows", "passage": "Place is", "source": "Source id", "aspects": "About aspect", "role": "Role", "pages": "Pages", "detail": "Explanation",
		},
		kinds: map[string]string{
			"requirement": "requirement", "document": "file not read", "finding": "point of attention", "warning": "warning", "evidence": "found", "nearest": "nearest", "unread": "not read",
			"read": "read", "waiver": "waiver that accepts nothing",
		},
		reliable: "How often is a verdict right?",
		reliableNote: "Measured on single passages that the makers wrote and labelled themselves, and that were never used to mend the rules. Your documents may differ. Between " +
			"brackets the 95% interval and the number of verdicts (n); below 30 there is no figure.",
		tendersNote: "In a whole tender words also meet by chance. ‘Frameworks, whole tenders’ is what a second reading showed in two invented tenders on which no rules were mended: there ‘covered’ " +
			"was right less often than on passages. So always read the passage that goes with a verdict on a framework.",
		notMeasured:  "not measured",
		measuredKind: map[string]string{"law": "Law", "framework": "Frameworks", result.InTenders: "Frameworks, whole tenders", "guide": "Guides"},
		sheets: sheetWords{
			summary: "Summary", requirements: "Findings", evidence: "Evidence", assumptions: "Assumptions", documents: "Documents", demands: "Demands",
			title: "Check of tender documents", count: "Count", name: "Element or source", subject: "Subject", choice: "What was assumed",
		},
	},
}

// lawNames are the values of Profile.Laws as people write them.
var lawNames = map[string]string{"wmo": "Wmo 2015", "jeugdwet": "Jeugdwet"}

// label is shape and word of a status; a status from a later version is shown as it stands.
func (ws *words) label(s result.Status) string {
	word, ok := ws.status[s]
	if !ok {
		return "? " + string(s)
	}
	return shapes[s] + " " + word
}

func (ws *words) statusName(s result.Status) string { return cmp.Or(ws.status[s], string(s)) }

func (ws *words) dutyName(d result.Duty) string { return cmp.Or(ws.duty[d], string(d)) }

func (ws *words) severityName(s string) string { return cmp.Or(ws.severity[s], s) }

// weightName is a severity in a column of its own; what is in order has none.
func (ws *words) weightName(s severity) string {
	if s == fine {
		return ""
	}
	return ws.severityName(string(s))
}

func (ws *words) partyName(p string) string { return cmp.Or(ws.party[p], p) }

// groupTitle is the heading of a group of gaps, with its denominator. What could not be judged stands in it, so that no gaps never reads as all well.
func (ws *words) groupTitle(g group) string {
	title := cmp.Or(ws.group[g.duty], string(g.duty)) + ": " + fmt.Sprintf(ws.gaps, len(g.rows), g.applicable)
	if g.waived > 0 {
		title += ", " + fmt.Sprintf(ws.gapsWaived, g.waived)
	}
	if g.undetermined > 0 {
		title += ", " + fmt.Sprintf(ws.gapsUndetermined, g.undetermined)
	}
	return title
}

// fieldWidth is the column in which the texts behind labels of a row start.
func (ws *words) fieldWidth() int {
	width := 0
	for _, l := range []string{ws.why, ws.needed, ws.already, ws.found, ws.nearest, ws.suggestion, ws.waivedBy} {
		width = max(width, utf8.RuneCountInString(l))
	}
	return width + 2
}

// waiver is who accepted a gap, why and until when.
func (ws *words) waiver(w result.Waiver) string {
	return fmt.Sprintf(ws.waivedText, w.Reason, w.By, w.Until)
}
