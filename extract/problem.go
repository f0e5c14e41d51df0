package extract

import (
	"errors"
	"io/fs"

	"inkooptoets/extract/dossier"
)

// problem words an error for the reader of a report: what is wrong and what to do, in one line.
func problem(err error) string {
	switch {
	case errors.Is(err, errEmpty):
		return "bestand is leeg; lever het opnieuw aan"
	case errors.Is(err, errOldWord):
		return "bestand heeft het oude Word-formaat (.doc); zet om naar PDF of DOCX"
	case errors.Is(err, errUnknown):
		return "dit soort bestand wordt niet gelezen; zet om naar PDF of DOCX"
	case errors.Is(err, dossier.ErrEncrypted):
		return "bestand is beveiligd met een wachtwoord; sla het op zonder wachtwoord"
	case errors.Is(err, dossier.ErrTooLarge):
		return "bestand is te groot of te ingewikkeld om te lezen; splits het op of sla het opnieuw op als DOCX"
	case errors.Is(err, dossier.ErrNoText):
		return "in dit bestand is geen tekst gevonden, het is misschien een scan; lever een versie met doorzoekbare tekst"
	case errors.Is(err, fs.ErrPermission):
		return "bestand mag niet worden geopend; controleer de rechten op het bestand"
	case errors.Is(err, fs.ErrNotExist):
		return "bestand is niet te openen; controleer of het nog bestaat"
	}
	return "bestand is beschadigd; open het in het programma waarmee het is gemaakt en sla het opnieuw op"
}
