package docx

import (
	"fmt"
	"strings"

	"inkooptoets/extract/dossier"
)

// findings are the things in a file that a reader of the report has to know of, counted over the body, its notes and its boxes.
type findings struct {
	inserted     int
	deleted      int
	comments     int
	hidden       int
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
		add("tracked-changes", "Het bestand bevat bijgehouden wijzigingen: "+f.changes()+".")
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

func (f *findings) changes() string {
	var parts []string
	if f.inserted > 0 {
		parts = append(parts, count(f.inserted, "invoeging", "invoegingen")+" (telt mee)")
	}
	if f.deleted > 0 {
		parts = append(parts, count(f.deleted, "verwijdering", "verwijderingen")+" (telt niet mee)")
	}
	return strings.Join(parts, " en ")
}

func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
