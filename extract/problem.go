package extract

import (
	"context"
	"errors"
	"io/fs"

	"inkooptoets/extract/doc"
	"inkooptoets/extract/dossier"
)

// problem words an error for the reader of a report: what is wrong and what to do, in one line.
func problem(err error) string {
	switch {
	case errors.Is(err, errEmpty):
		return "bestand is leeg; lever het opnieuw aan"
	case errors.Is(err, doc.ErrNoProgram):
		return "bestand heeft het oude Word-formaat (.doc); sla het in Word op als DOCX of PDF, of installeer antiword of catdoc"
	case errors.Is(err, errOldXLS):
		return "bestand heeft het oude Excel-formaat (.xls); sla het in Excel op als XLSX of PDF"
	case errors.Is(err, errNested):
		return "bundel zit te diep in andere bundels; pak hem uit en lever de bestanden los aan"
	case errors.Is(err, errNothing):
		return "bundel bevat geen bestanden; lever hem opnieuw aan"
	case errors.Is(err, errUnknown):
		return "dit soort bestand wordt niet gelezen; zet om naar PDF of DOCX"
	case errors.Is(err, errCrash):
		return "bestand laat het lezen vastlopen; sla het opnieuw op als PDF of DOCX"
	case errors.Is(err, context.DeadlineExceeded):
		return "bestand lezen duurt te lang; splits het op, of geef het meer tijd met --extract-timeout"
	case errors.Is(err, dossier.ErrPassword):
		return "bestand is beveiligd met een wachtwoord; geef het juiste wachtwoord met --password of sla het op zonder wachtwoord"
	case errors.Is(err, dossier.ErrUnsupported):
		return "bestand is beveiligd op een manier die niet wordt gelezen, zoals met een certificaat; sla het op zonder beveiliging"
	case errors.Is(err, dossier.ErrEncrypted):
		return "bestand is beveiligd met een wachtwoord; sla het op zonder wachtwoord"
	case errors.Is(err, dossier.ErrTooLarge):
		return "bestand is te groot of te ingewikkeld om te lezen; splits het op of sla het opnieuw op als DOCX"
	case errors.Is(err, errBlank):
		return "in dit bestand staat geen tekst; controleer of dit het goede bestand is"
	case errors.Is(err, dossier.ErrNoText):
		return "in dit bestand is geen tekst gevonden, het is misschien een scan; lever een versie met doorzoekbare tekst, of gebruik --ocr"
	case errors.Is(err, fs.ErrPermission):
		return "bestand mag niet worden geopend; controleer de rechten op het bestand"
	case errors.Is(err, fs.ErrNotExist):
		return "bestand is niet te openen; controleer of het nog bestaat"
	}
	return "bestand is beschadigd; open het in het programma waarmee het is gemaakt en sla het opnieuw op"
}
