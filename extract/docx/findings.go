package docx

import (
	"fmt"

	"inkooptoets/extract/dossier"
)

// findings are the things in a file that a reader of the report has to know of, counted over the body, its notes and its boxes.
type findings struct {
	inserted     int
	deleted      int
	comments     int
	hidden       int
	struck       int // paragraphs with a line through words
	placeholders int
	chunks       int      // files inside the file, which Word shows as part of the text
	outside      bool     // text that stands in another file
	unread       []string // parts that are damaged or too large, as Dutch names
	cut          bool     // a limit ended the reading
}

func (f *findings) warnings() []dossier.Warning {
	var out []dossier.Warning
	add := func(code, detail string) { out = append(out, dossier.Warning{Code: code, Detail: detail}) }
	if f.inserted+f.deleted > 0 {
		add("tracked-changes", "Het bestand bevat bijgehouden wijzigingen."+times(" Ingevoegd: %s, dat telt mee.", f.inserted)+times(" Verwijderd: %s, dat telt niet mee.", f.deleted))
	}
	if f.comments > 0 {
		add("comments", fmt.Sprintf("Het bestand bevat %s; opmerkingen tellen niet mee.", count(f.comments, "opmerking", "opmerkingen")))
	}
	if f.placeholders > 0 {
		add("placeholder", fmt.Sprintf("Het bestand bevat %s waar nog niets is ingevuld.", count(f.placeholders, "invulveld", "invulvelden")))
	}
	if f.hidden > 0 {
		add("hidden-text", "Het bestand bevat verborgen tekst; die telt niet mee.")
	}
	if f.struck > 0 {
		add("strikeout", "Het bestand bevat doorgestreepte woorden; die tellen mee.")
	}
	if f.chunks > 0 {
		add(dossier.CodeNotRead, fmt.Sprintf("In het document zit nog een los document (%d keer); dat is niet gelezen. Open het in Word en sla het opnieuw op.", f.chunks))
	}
	if f.outside {
		add(dossier.CodeNotRead, "Het bestand verwijst naar tekst in een ander bestand; die is niet gelezen.")
	}
	for _, part := range f.unread {
		add(dossier.CodeNotRead, "Een deel van het bestand is beschadigd of te groot en is niet gelezen: "+part+".")
	}
	if f.cut {
		add(dossier.CodeLimit, "Het bestand is te groot of te diep genest; alleen het begin is gelezen.")
	}
	return out
}

// times says how often something happened, or nothing if it never did.
func times(sentence string, n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf(sentence, fmt.Sprintf("%d keer", n))
}

func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
