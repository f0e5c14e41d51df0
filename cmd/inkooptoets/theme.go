package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"inkooptoets/report"
)

const themeHelp = "`BESTAND` (css) met de kleuren en letters van uw organisatie, voor -f html"

// maxTheme is the size of a theme, in bytes, beyond which a file is taken for something else.
const maxTheme = 1 << 20

// readTheme reads the theme for the formats asked for; without a path it is the neutral one.
func readTheme(path string, asked []string) (report.Theme, error) {
	if path == "" {
		return report.Theme{}, nil
	}
	if !slices.ContainsFunc(asked, func(a string) bool { return a == "html" || strings.HasPrefix(a, "html=") }) {
		return report.Theme{}, errors.New("--theme werkt alleen met -f html=BESTAND")
	}
	f, err := os.Open(path)
	if err != nil {
		return report.Theme{}, fmt.Errorf("--theme %s: niet te openen (%s)", path, why(err))
	}
	defer f.Close()
	css, err := io.ReadAll(io.LimitReader(f, maxTheme+1))
	if err != nil {
		return report.Theme{}, fmt.Errorf("--theme %s: niet te lezen (%s)", path, why(err))
	}
	if len(css) > maxTheme {
		return report.Theme{}, fmt.Errorf("--theme %s: te groot voor een thema", path)
	}
	theme, err := report.ParseTheme(string(css))
	if err != nil {
		return report.Theme{}, fmt.Errorf("--theme %s: %w", path, err)
	}
	return theme, nil
}
