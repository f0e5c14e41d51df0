package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"inkooptoets/cmd/inkooptoets/internal/config"
	"inkooptoets/rules/result"
)

// schemas lists the files of which the form is published, by the word that asks for it. A further one is one line here.
var schemas = []struct {
	name string
	text []byte
}{
	{"config", config.Schema},
	{"run", result.Schema},
	{"diff", result.DiffSchema},
	{"compare", result.CompareSchema},
}

func newSchema() *cobra.Command {
	var names []string
	for _, s := range schemas {
		names = append(names, s.name)
	}
	return &cobra.Command{
		Use:       "schema SOORT",
		Short:     "Toont de vorm van een bestand als JSON Schema (" + strings.Join(names, ", ") + ")",
		Example:   "  inkooptoets schema config > inkooptoets.schema.json\n  inkooptoets schema run > uitslag.schema.json",
		ValidArgs: names,
		Args:      exactly(1, "een soort bestand ("+strings.Join(names, ", ")+")"),
		RunE: func(cmd *cobra.Command, args []string) error {
			for _, s := range schemas {
				if s.name == args[0] {
					_, err := cmd.OutOrStdout().Write(s.text)
					return err
				}
			}
			return fmt.Errorf("onbekende soort %q (kies uit %s)", args[0], strings.Join(names, ", "))
		},
	}
}
