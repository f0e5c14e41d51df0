package main

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"inkooptoets/extract"
	"inkooptoets/extract/dossier"
)

func newText() *cobra.Command {
	var (
		from   source
		asJSON bool
		how    reading
	)
	cmd := &cobra.Command{
		Use:     "text PAD",
		Aliases: []string{"tekst"},
		Short:   "Toont wat er uit een document is gelezen",
		Long: `Toont de tekst zoals de toets hem ziet: per blok het nummer, de soort, het deel van het document,
de bladzijde, bijzonderheden zoals ingevoegde tekst, de koppen erboven en de aanhef. Handig als een vindplaats niet klopt.`,
		Args: exactly(1, "een map of bestand"),
		RunE: func(cmd *cobra.Command, args []string) error {
			o, done, err := how.options(1)
			if err != nil {
				return err
			}
			d, err := extract.Read(cmd.Context(), args[0], o)
			done() // before the rules are loaded: they need memory too
			if err != nil {
				return fmt.Errorf("%s: %s", args[0], unread(err))
			}
			_, ev, err := from.load()
			if err != nil {
				return err
			}
			d = ev.Zones(d)
			out := bufio.NewWriter(cmd.OutOrStdout())
			if asJSON {
				err = writeJSON(out, d)
			} else {
				writeText(out, d)
			}
			if err != nil {
				return err
			}
			if err := out.Flush(); err != nil {
				return err
			}
			if slices.ContainsFunc(d.Documents, dossier.Document.Incomplete) {
				return verdict(exitUnread)
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "schrijf JSON")
	how.register(cmd.Flags())
	from.register(cmd.Flags())
	return cmd
}

// The words a reader sees for the form of a block and its part in the document.
var (
	kindName = map[dossier.Kind]string{
		dossier.Heading: "kop", dossier.Paragraph: "alinea", dossier.Item: "punt", dossier.Row: "rij", dossier.Note: "noot",
	}
	zoneName = map[dossier.Zone]string{
		dossier.ZoneNone: "-", dossier.ZoneTOC: "inhoudsopgave", dossier.ZoneDefinitions: "begrippen", dossier.ZoneVision: "visie",
		dossier.ZoneBackground: "achtergrond", dossier.ZoneRequirement: "eisen", dossier.ZoneSuitability: "geschiktheid",
		dossier.ZoneAward: "gunning", dossier.ZoneContract: "contract", dossier.ZoneExplanation: "toelichting",
		dossier.ZoneQuestions: "vragen", dossier.ZoneProcedure: "procedure",
	}
)

func writeText(w io.Writer, d dossier.Dossier) {
	for i, doc := range d.Documents {
		if i > 0 {
			fmt.Fprintln(w)
		}
		fmt.Fprintf(w, "== %s%s\n", printable(doc.Path), facts(doc))
		if doc.Problem != "" {
			fmt.Fprintf(w, "   niet gelezen: %s\n", printable(doc.Problem))
		}
		for _, warning := range doc.Warnings {
			fmt.Fprintf(w, "   let op%s: %s\n", onPage(warning.Page), printable(warning.Detail))
		}
		for _, b := range doc.Blocks {
			writeBlock(w, b)
		}
	}
}

func facts(doc dossier.Document) string {
	var known []string
	if doc.Role != "" {
		known = append(known, doc.Role)
	}
	if doc.Pages > 0 {
		known = append(known, count(doc.Pages, "bladzijde", "bladzijden"))
	}
	if len(doc.Blocks) > 0 {
		known = append(known, count(len(doc.Blocks), "blok", "blokken"))
	}
	if len(known) == 0 {
		return ""
	}
	return " (" + strings.Join(known, ", ") + ")"
}

func writeBlock(w io.Writer, b dossier.Block) {
	fmt.Fprintf(w, "\n%4d  %s  %s%s", b.Loc.Block, kindName[b.Kind], zoneName[b.Zone], onPage(b.Loc.Page))
	if names := flagNames(b.Flags); names != "" {
		fmt.Fprintf(w, "  [%s]", names)
	}
	if len(b.Path) > 0 {
		fmt.Fprintf(w, "  %s", printable(strings.Join(b.Path, " > ")))
	}
	fmt.Fprintln(w)
	if b.LeadIn != "" {
		fmt.Fprintf(w, "      aanhef: %s\n", printable(b.LeadIn))
	}
	text := b.Text
	if b.Number != "" {
		text = b.Number + " " + text
	}
	fmt.Fprintf(w, "      %s\n", printable(text))
}

// flagName are the words a reader sees for the flags of a block. What the form of a block says already has none.
var flagName = map[string]string{
	"inserted": "ingevoegd", "placeholder": "niet ingevuld", "header-row": "kolomkoppen", "textbox": "tekstvak", "strikeout": "doorgestreept", "ocr": "OCR", "by-form": "op het oog",
}

func flagNames(flags []string) string {
	var out []string
	for _, f := range flags {
		if name := flagName[f]; name != "" && !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	return strings.Join(out, ", ")
}

func onPage(page int) string {
	if page == 0 {
		return ""
	}
	return fmt.Sprintf("  blz. %d", page)
}
