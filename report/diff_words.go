package report

import (
	"cmp"
	"fmt"

	"inkooptoets/rules/result"
)

// diffWords are the labels that only a diff has.
type diffWords struct {
	Heading, Between                          string // Between: "%s" and "%s"
	Old, New, Was, Now, NotJudged             string // Was, Now: "%s"
	Head                                      string // "%s", "%s", "%s"
	OtherCatalogue, OtherDate                 string // "%s" and "%s" each
	OnlyOldDossiers, OnlyNewDossiers          string // "%s"
	Unread, OldFile, NewFile                  string
	Assumptions, Counts, CountsHead, Total    string
	Caption, Stayed                           string
	Worse, Moved, NoMoved, Same, SameHint     string // "%d" each
	MovedFrom, NoneHere, NoneElse             string // MovedFrom: "%s" and "%s"
	NewFindings, SolvedFindings, SameFindings string // "%d"
	Meaning, Swipe, WordsNote                 string
	Changes                                   map[result.Change]string // in a column
	Titles                                    map[result.Change]string // "%d": of a section
	Notes                                     map[result.Change]string
	Details                                   map[result.Detail]string
}

var diffLanguages = map[string]diffWords{
	"nl": {
		Heading: "Verschil tussen twee versies", Between: "%s vergeleken met %s",
		Old: "Oud", New: "Nieuw", Was: "was %s", Now: "nu %s", NotJudged: "niet getoetst",
		Head: "%s: peildatum %s, catalogus %s",
		OtherCatalogue: "De twee toetsen zijn gemaakt met een andere catalogus (%s en %s). Een status kan dus anders zijn terwijl de tekst gelijk bleef. " +
			"Eisen die maar in één catalogus staan, zijn apart gezet en tellen niet als nieuw gat.",
		OtherDate:       "De twee toetsen hebben een andere peildatum (%s en %s). Een eis kan daardoor wel of niet meer gelden.",
		OnlyOldDossiers: "Alleen in de oude toets, dus niet vergeleken: %s", OnlyNewDossiers: "Alleen in de nieuwe toets, dus niet vergeleken: %s",
		Unread: "Niet gelezen bestanden", OldFile: "oude versie", NewFile: "nieuwe versie",
		Assumptions: "Uitgangspunten die anders zijn", Counts: "Wat er met de eisen is gebeurd", CountsHead: "Soort eis", Total: "totaal",
		Caption: "Aantal eisen per soort, naar wat er veranderde", Stayed: "Gelijk gebleven",
		Worse: "Gaten die erger zijn geworden (%d)", Moved: "Gelijk gebleven, maar op een andere plek (%d)", NoMoved: "Gelijk gebleven op dezelfde plek (%d)", Same: "Gelijk gebleven: %d, waarvan %d op een andere plek.",
		SameHint:  "Met --all staan ze in dit verslag.",
		MovedFrom: "van %s naar %s", NoneHere: "Geen passage in deze versie.", NoneElse: "Hier staat niets dat niet ook in de andere versie staat.",
		NewFindings: "Nieuwe aandachtspunten in het concept (%d)", SolvedFindings: "Aandachtspunten die weg zijn (%d)", SameFindings: "Aandachtspunten die er nog zijn: %d.",
		Meaning: "Tekst die alleen is verplaatst naar een ander bestand of een andere bladzijde, telt niet als verandering. Eisen die in geen van beide versies gelden, staan hier niet.",
		Swipe:   "Schuif de tabel opzij om alle kolommen te zien.", WordsNote: "Gemarkeerd is wat anders is.",
		Changes: map[result.Change]string{
			result.NewGap: "nieuw gat", result.Solved: "opgelost", result.Changed: "gewijzigd", result.Unchanged: "gelijk", result.OnlyNew: "alleen nieuw", result.OnlyOld: "alleen oud",
		},
		Titles: map[result.Change]string{
			result.NewGap: "Nieuwe gaten (%d)", result.Solved: "Opgelost (%d)", result.Changed: "Gewijzigd (%d)",
			result.OnlyNew: "Alleen in de nieuwe toets (%d)", result.OnlyOld: "Alleen in de oude toets (%d)",
		},
		Notes: map[result.Change]string{
			result.NewGap:  "In de oude versie was dit geen gat, in de nieuwe wel.",
			result.Solved:  "In de oude versie was dit een gat. Nu is het gedekt of via verwijzing geregeld.",
			result.Changed: "De status, de gevonden onderdelen of de woorden zijn anders.",
			result.OnlyNew: "De oude toets keek hier niet naar. Deze eisen tellen niet als nieuw gat.",
			result.OnlyOld: "De nieuwe toets keek hier niet naar.",
		},
		Details: map[result.Detail]string{
			result.Worse: "erger geworden", result.Better: "beter geworden", result.Accepted: "nu geaccepteerd", result.Reopened: "het akkoord geldt niet meer",
			result.Parts: "andere onderdelen gevonden", result.Words: "zelfde status, andere tekst",
		},
	},
	"en": {
		Heading: "What changed between two versions", Between: "%s compared with %s",
		Old: "Old", New: "New", Was: "was %s", Now: "now %s", NotJudged: "not judged",
		Head: "%s: reference date %s, catalogue %s",
		OtherCatalogue: "The two checks were made with different catalogues (%s and %s). So a status may differ while the text stayed the same. " +
			"Requirements of one catalogue only are set apart and do not count as a new gap.",
		OtherDate:       "The two checks have different reference dates (%s and %s). A requirement may hold on one day only.",
		OnlyOldDossiers: "Only in the old check, so not compared: %s", OnlyNewDossiers: "Only in the new check, so not compared: %s",
		Unread: "Files that were not read", OldFile: "old version", NewFile: "new version",
		Assumptions: "Assumptions that differ", Counts: "What became of the requirements", CountsHead: "Kind of requirement", Total: "total",
		Caption: "Requirements per kind, by what changed", Stayed: "Unchanged",
		Worse: "Gaps that got worse (%d)", Moved: "Unchanged, but in another place (%d)", NoMoved: "Unchanged in the same place (%d)", Same: "Unchanged: %d, of which %d in another place.",
		SameHint:  "With --all they are in this report.",
		MovedFrom: "from %s to %s", NoneHere: "No passage in this version.", NoneElse: "Nothing here that is not in the other version too.",
		NewFindings: "New points of attention in the draft (%d)", SolvedFindings: "Points of attention that are gone (%d)", SameFindings: "Points of attention that are still there: %d.",
		Meaning: "Text that only moved to another file or page does not count as a change. Requirements that hold in neither version are not listed.",
		Swipe:   "Move the table sideways to see all columns.", WordsNote: "What differs is marked.",
		Changes: map[result.Change]string{
			result.NewGap: "new gap", result.Solved: "solved", result.Changed: "changed", result.Unchanged: "unchanged", result.OnlyNew: "only new", result.OnlyOld: "only old",
		},
		Titles: map[result.Change]string{
			result.NewGap: "New gaps (%d)", result.Solved: "Solved (%d)", result.Changed: "Changed (%d)",
			result.OnlyNew: "Only in the new check (%d)", result.OnlyOld: "Only in the old check (%d)",
		},
		Notes: map[result.Change]string{
			result.NewGap:  "This was no gap in the old version, and is one in the new version.",
			result.Solved:  "This was a gap in the old version. Now it is covered or arranged by reference.",
			result.Changed: "The status, the aspects found or the words differ.",
			result.OnlyNew: "The old check did not look at these. They do not count as a new gap.",
			result.OnlyOld: "The new check did not look at these.",
		},
		Details: map[result.Detail]string{
			result.Worse: "got worse", result.Better: "got better", result.Accepted: "accepted now", result.Reopened: "the waiver no longer holds",
			result.Parts: "other aspects found", result.Words: "same status, other text",
		},
	},
}

// step says from which status to which a requirement went.
func (dw diffWords) step(r result.RowDiff, ws *words) string {
	if r.Old != nil && r.New != nil && r.Old.Status == r.New.Status {
		return ws.label(r.New.Status)
	}
	return fmt.Sprintf(dw.Was, dw.status(r.Old, ws)) + ", " + fmt.Sprintf(dw.Now, dw.status(r.New, ws))
}

func (dw diffWords) status(v *result.Verdict, ws *words) string {
	if v == nil {
		return dw.NotJudged
	}
	return ws.label(v.Status)
}

// none says why a version has no passage to show.
func (dw diffWords) none(r result.RowDiff) string {
	if r.Detail == result.Words {
		return dw.NoneElse
	}
	return dw.NoneHere
}

// assumption says how an assumption changed.
func (dw diffWords) assumption(a result.AssumptionDiff, ws *words) (label, text string) {
	labels := map[string]string{
		"law": ws.laws, "procedure": ws.procedure, "segment": ws.segments, "service": ws.services, "target": ws.targets, "variant": ws.variant, "framework": ws.frameworks,
	}
	answer := func(word string) string {
		if word == "yes" {
			return ws.yes
		}
		return cmp.Or(ws.answer[word], word)
	}
	name := called(result.Assumed{Value: a.Value, Name: a.Name})
	return cmp.Or(labels[a.Kind], a.Kind), name + ": " + fmt.Sprintf(dw.Was, answer(a.Old)) + ", " + fmt.Sprintf(dw.Now, answer(a.New))
}
