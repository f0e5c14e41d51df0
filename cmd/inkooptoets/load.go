package main

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/pflag"

	"inkooptoets/cmd/inkooptoets/internal/config"
	"inkooptoets/rules"
	"inkooptoets/seeds"
)

// source says where catalogue and recognisers come from: a folder, or what is compiled in if empty.
type source struct {
	catalogue, rules string
	packs            []string // folders with own requirements and recognisers, on top
}

// register adds the flags; they are for work on the rules themselves and hidden from users.
func (s *source) register(flags *pflag.FlagSet) {
	flags.StringVar(&s.catalogue, "catalogue", "", "map met een eigen catalogus (met daarin laws/)")
	flags.StringVar(&s.rules, "rules", "", "map met eigen herkenners (met daarin concepts.yaml)")
	for _, name := range []string{"catalogue", "rules"} {
		if err := flags.MarkHidden(name); err != nil {
			panic(err) // a flag that was just defined is there
		}
	}
}

// load gives catalogue and recognisers for judging.
func (s source) load() (*seeds.Catalogue, *rules.Evaluator, error) {
	if s.catalogue == "" && s.rules == "" && len(s.packs) == 0 {
		c, ev, err := rules.BuiltIn()
		return c, ev, faulty("catalogus en herkenners hebben", err)
	}
	return s.loadWhole()
}

// loadWhole gives them with recognisers and examples to show.
func (s source) loadWhole() (*seeds.Catalogue, *rules.Evaluator, error) {
	packs, err := s.openPacks()
	if err != nil {
		return nil, nil, err
	}
	c, err := s.loadCatalogue()
	if err != nil {
		return nil, nil, err
	}
	if s.rules == "" {
		ev, err := rules.Load(c, packs...)
		return c, ev, faulty("de herkenners hebben", err)
	}
	fsys, err := folder(s.rules)
	if err != nil {
		return nil, nil, err
	}
	ev, err := rules.LoadFS(c, fsys, packs...)
	return c, ev, faulty("de herkenners in "+s.rules+" hebben", err)
}

func (s source) loadCatalogue() (*seeds.Catalogue, error) {
	packs, err := s.openPacks()
	if err != nil {
		return nil, err
	}
	if s.catalogue == "" {
		c, err := seeds.Load(packs...)
		return c, faulty("de catalogus heeft", err)
	}
	fsys, err := folder(s.catalogue)
	if err != nil {
		return nil, err
	}
	c, err := seeds.LoadFS(fsys, packs...)
	return c, faulty("de catalogus in "+s.catalogue+" heeft", err)
}

// registerPacks adds the flag for own requirements.
func (s *source) registerPacks(flags *pflag.FlagSet) {
	flags.StringArrayVar(&s.packs, "pack", nil, "`MAP` met eigen eisen en herkenners, boven op de ingebouwde; mag vaker (standaard rules uit "+config.Name+")")
}

// openPacks opens the folders with own requirements.
func (s source) openPacks() ([]seeds.Pack, error) {
	var packs []seeds.Pack
	for _, path := range s.packs {
		fsys, err := folder(path)
		if err != nil {
			return nil, fmt.Errorf("eigen eisen: %w", err)
		}
		packs = append(packs, seeds.Pack{Name: filepath.ToSlash(filepath.Clean(path)), FS: fsys})
	}
	return packs, nil
}

// withOwn adds the own requirements of the settings file that holds for the current folder, unless the flag names some.
func (s source) withOwn() (source, error) {
	if len(s.packs) > 0 {
		return s, nil
	}
	file, err := newConfigs("").of(".")
	if err != nil {
		return s, err
	}
	s.packs = file.folders()
	return s, nil
}

func folder(path string) (fs.FS, error) {
	stat, err := os.Stat(path)
	if err != nil || !stat.IsDir() {
		return nil, fmt.Errorf("%s: geen map die te openen is", path)
	}
	return os.DirFS(path), nil
}

// faulty puts a line before a list of faults, each of which has its own file and line.
func faulty(what string, err error) error {
	if err == nil {
		return nil
	}
	n := strings.Count(err.Error(), "\n") + 1
	return fmt.Errorf("%s %s:\n%w", what, count(n, "fout", "fouten"), err)
}

// count writes a number with its noun.
func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
