package report

import "inkooptoets/rules/result"

// htmlWords are the labels that only the page has.
type htmlWords struct {
	Skip, Heading, Contents, ShowDossiers, Many                                    string // Many: "%d"
	Filter, FilterOpen, FilterReset, FilterOn, Filtered, Print, Unfold, UnfoldHint string
	Dossiers, OverviewCaption, NotRead, Of                                         string // Of: "%d %d"
	Short, Look, CardUndetermined, CardWaived, CardFindings, CardCovered           string
	AssumptionsHint, No, Counts, Bar, PerElementOf, Chosen                         string // No: "%d"; Bar: "%s %d %d %d"; PerElementOf: "%s"
	Choices, ToCovered, CoveredOf, More, CopyHint, Key, ReadMore, Swipe            string // Choices, More: "%d"; CoveredOf: "%s %d"
	NotApplicableNote, NotApplicableOpen                                           string
	Card                                                                           map[result.Duty]string
	Nav                                                                            map[result.Duty]string
	GroupNote                                                                      map[result.Duty]string // comes before that of words; empty: none
}

var htmlLanguages = map[string]htmlWords{
	"nl": {
		Skip: "Naar de inhoud", Heading: "Toets van de inkoopstukken", Contents: "Op deze pagina", ShowDossiers: "Toon de dossiers", Many: "%d dossiers",
		Filter: "Filter", FilterOpen: "Kies wat u ziet", FilterReset: "Alles tonen", FilterOn: "Het filter staat aan.",
		Filtered: "Er staat een filter aan: u ziet niet alle eisen. De aantallen gelden voor alles.",
		Print:    "Afdrukken", Unfold: "Alles uitgevouwen",
		UnfoldHint: "Zonder vinkje komt alleen op papier wat nu openstaat.",
		Dossiers:   "Dossiers in dit verslag", OverviewCaption: "Per dossier: hoeveel eisen niet of niet goed in de tekst staan, van hoeveel die van toepassing zijn",
		NotRead: "bestanden niet gelezen", Of: "%d van %d",
		Short: "In het kort", Look: "Bekijk", CardUndetermined: "niet te beoordelen voor het programma: kijk zelf", CardWaived: "geaccepteerd, met reden",
		CardFindings: "aandachtspunten in het concept", CardCovered: "gedekt of via verwijzing, met vindplaats",
		AssumptionsHint: "Klopt hier iets niet? Dan kloppen de aantallen ook niet. Laat de toets opnieuw doen met de juiste gegevens.",
		No:              "Niet meegenomen (%d)", Counts: "Aantallen", Bar: "%s: %d gedekt of via verwijzing, %d niet of niet goed, van %d",
		PerElementOf: "%s: criteria per onderdeel", Chosen: "Meegenomen omdat",
		Choices: "Niet of niet goed in de tekst, om over te beslissen (%d)", ToCovered: "Wat wel gedekt is, met vindplaats", CoveredOf: "%s (%d)",
		More: "Nog meer passages (%d)", CopyHint: "Eén klik selecteert de hele tekst. Pas hem aan uw stukken aan.", Key: "Kenmerk", ReadMore: "Lees het artikel", Swipe: "Schuif een tabel opzij om alle kolommen te zien.",
		NotApplicableNote: "Deze eisen gelden hier niet en tellen nergens mee.", NotApplicableOpen: "Toon ze met de reden",
		Card: map[result.Duty]string{
			result.Statutory: "wettelijke eisen niet of niet goed in de tekst",
			result.Framework: "kadercriteria niet of niet goed in de tekst: een keuze, geen fout",
			result.Advice:    "adviezen niet of niet goed in de tekst",
		},
		Nav: map[result.Duty]string{
			result.Statutory: "Wet: nog te doen", result.Framework: "Kaders: om te kiezen", result.Advice: "Adviezen",
		},
		GroupNote: map[result.Duty]string{
			result.Statutory: "Dit zijn bevindingen: de wet vraagt dit. Vul de stukken aan, of ga na dat het ergens anders is geregeld.",
			result.Framework: "Wat hier ontbreekt, is geen fout. Het is een keuze om te bevestigen.",
		},
	},
	"en": {
		Skip: "Skip to content", Heading: "Check of the tender documents", Contents: "On this page", ShowDossiers: "Show the dossiers", Many: "%d dossiers",
		Filter: "Filter", FilterOpen: "Choose what you see", FilterReset: "Show all", FilterOn: "The filter is on.",
		Filtered: "A filter is on: you do not see all requirements. The counts are of everything.",
		Print:    "Print", Unfold: "Everything unfolded",
		UnfoldHint: "Without this, only what is open now comes on paper.",
		Dossiers:   "Dossiers in this report", OverviewCaption: "Per dossier: how many requirements are not fully in the text, of how many that apply",
		NotRead: "files not read", Of: "%d of %d",
		Short: "In brief", Look: "Look", CardUndetermined: "that the program cannot judge: look yourself", CardWaived: "accepted, with a reason",
		CardFindings: "points of attention in the draft", CardCovered: "covered or by reference, with the passage",
		AssumptionsHint: "Is anything wrong here? Then the counts are wrong too. Have the check done again with the right facts.",
		No:              "Left out (%d)", Counts: "Counts", Bar: "%s: %d covered or by reference, %d not fully, of %d",
		PerElementOf: "%s: criteria per element", Chosen: "Included because",
		Choices: "Not fully in the text, to decide on (%d)", ToCovered: "What is covered, with the passage", CoveredOf: "%s (%d)",
		More: "More passages (%d)", CopyHint: "One click selects the whole text. Adapt it to your documents.", Key: "Id", ReadMore: "Read the article", Swipe: "Move a table sideways to see all columns.",
		NotApplicableNote: "These requirements do not hold here and are counted nowhere.", NotApplicableOpen: "Show them with the reason",
		Card: map[result.Duty]string{
			result.Statutory: "statutory requirements not fully in the text",
			result.Framework: "framework criteria not fully in the text: a choice, not an error",
			result.Advice:    "points of advice not fully in the text",
		},
		Nav: map[result.Duty]string{
			result.Statutory: "Law: to do", result.Framework: "Frameworks: to choose", result.Advice: "Advice",
		},
		GroupNote: map[result.Duty]string{
			result.Statutory: "These are findings: the law asks for this. Add it to the documents, or make sure that it is arranged elsewhere.",
			result.Framework: "What is missing here is not an error. It is a choice to confirm.",
		},
	},
}

// htmlLabels are the words of every format that the page uses, where its template can see them.
type htmlLabels struct {
	StatusHead, Element, Meaning, Dossier, Catalogue, Nothing, UnreadNote, Warnings, Assumptions, None string
	Why, Note, WaivedBy, Needed, Already, Suggestion, Citation, Requirement                            string
}

func labelsOf(ws *words) htmlLabels {
	return htmlLabels{
		StatusHead: ws.statusHead, Element: ws.element, Meaning: ws.meaning, Dossier: ws.dossier, Catalogue: ws.catalogue, Nothing: ws.nothing,
		UnreadNote: ws.unreadNote, Warnings: ws.warnings, Assumptions: ws.assumptions, None: ws.none,
		Why: ws.why, Note: ws.note, WaivedBy: ws.waivedBy, Needed: ws.needed, Already: ws.already, Suggestion: ws.suggestion, Citation: ws.citation,
		Requirement: ws.requirement,
	}
}
