package main

import (
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/pflag"
)

// registerSideBySide adds the flags for the reports of commands that lay runs side by side.
func (f *checkFlags) registerSideBySide(flags *pflag.FlagSet, formats []string, all string) {
	flags.StringArrayVarP(&f.formats, "format", "f", nil, "`FORMAAT` of FORMAAT=BESTAND; mag vaker (formaten: "+strings.Join(formats, ", ")+")")
	flags.BoolVar(&f.all, "all", false, all)
	flags.StringVar(&f.lang, "lang", "nl", "`TAAL` van de vaste woorden in het rapport: nl of en")
	flags.StringVar(&f.theme, "theme", "", themeHelp)
}

// isStored reports whether path is a stored run and not a dossier: a file, or something that is not there, with the name of one.
func isStored(path string) bool {
	stat, err := os.Stat(path)
	return strings.EqualFold(filepath.Ext(path), ".json") && (err != nil || stat.Mode().IsRegular())
}
