package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"inkooptoets/cmd/inkooptoets/internal/config"
)

func newInit() *cobra.Command {
	return &cobra.Command{
		Use:     "init [MAP]",
		Aliases: []string{"begin"},
		Short:   "Zet een bestand met instellingen klaar, met uitleg erin",
		Long: `Schrijft ` + config.Name + ` in MAP (standaard deze map): alle instellingen met uitleg, nog uitgeschakeld.
Een bestand dat er al staat blijft zoals het is.`,
		Example: "  inkooptoets init\n  inkooptoets init inkoop-2027",
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) > 1 {
				return exactly(1, "een map")(cmd, args)
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			path := filepath.Join(append(args, config.Name)...)
			if _, err := os.Lstat(path); err == nil {
				return fmt.Errorf("%s: bestaat al en blijft zoals het is", path)
			}
			err := writeWhole(path, func(w io.Writer) error {
				_, err := w.Write(config.Example)
				return err
			})
			if err == nil {
				fmt.Fprintf(cmd.OutOrStdout(), "%s gemaakt; haal het hekje weg bij wat u wilt instellen\n", path)
			}
			return err
		},
	}
}

// writeWhole writes a file that is there whole or not at all.
func writeWhole(path string, write func(io.Writer) error) error {
	o := &output{path: path}
	if err := o.open(); err != nil {
		return err
	}
	defer outputs{o}.discard()
	return notWritten(path, o.fill(write))
}

// notWritten is the message for a file that could not be written; nil if it could.
func notWritten(path string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: niet geschreven: %s", path, why(err))
}
