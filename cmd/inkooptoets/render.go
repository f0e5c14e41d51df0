package main

import (
	"os"
	"strings"

	"github.com/spf13/cobra"

	"inkooptoets/report"
	"inkooptoets/rules/result"
)

func newRender() *cobra.Command {
	var (
		asked []string
		lang  string
		all   bool
		theme string
	)
	cmd := &cobra.Command{
		Use:     "render RUN.json",
		Short:   "Maakt een rapport van een bewaarde uitslag",
		Long:    "Maakt een rapport van een uitslag die eerder met -f json=BESTAND is bewaard. Er wordt niets opnieuw getoetst.",
		Example: "  inkooptoets render rapport.json -f markdown=rapport.md",
		Args:    exactly(1, "een uitslag (json)"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := oneOf("lang", []string{"nl", "en"}, lang); err != nil {
				return err
			}
			look, err := readTheme(theme, asked)
			if err != nil {
				return err
			}
			run, err := stored(args[0])
			if err != nil {
				return err
			}
			outs, err := openOutputs(asked, nil, isTerminal(cmd.OutOrStdout()))
			if err != nil {
				return err
			}
			defer outs.discard()
			opts := screen(cmd.OutOrStdout(), lang, all)
			opts.Theme = look
			return outs.write(run, cmd.OutOrStdout(), opts)
		},
	}
	cmd.Flags().StringArrayVarP(&asked, "format", "f", nil, "`FORMAAT` of FORMAAT=BESTAND; mag vaker (formaten: "+strings.Join(report.Names(), ", ")+")")
	cmd.Flags().StringVar(&lang, "lang", "nl", "`TAAL` van de vaste woorden in het rapport: nl of en")
	cmd.Flags().BoolVar(&all, "all", false, "toon ook wat gedekt is, met het bewijs")
	cmd.Flags().StringVar(&theme, "theme", "", themeHelp)
	return cmd
}

// stored reads a run from a file.
func stored(path string) (result.Run, error) {
	f, err := os.Open(path)
	if err != nil {
		return result.Run{}, unreadable(path, err)
	}
	defer f.Close()
	run, err := result.Decode(f)
	if err != nil {
		return run, unreadable(path, err)
	}
	return run, nil
}
