package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"inkooptoets/cmd/inkooptoets/internal/config"
	"inkooptoets/extract/dossier"
	"inkooptoets/rules/policy"
	"inkooptoets/rules/result"
	"inkooptoets/seeds"
)

// The environment variables that set something: what a pipeline wants to set once for every call.
const (
	envConfig     = "INKOOPTOETS_CONFIG"
	envFailOn     = "INKOOPTOETS_FAIL_ON"
	envDate       = "INKOOPTOETS_DATE"
	envFrameworks = "INKOOPTOETS_FRAMEWORKS"
)

// noConfig is the value of --config that switches every settings file off.
const noConfig = "none"

// maxConfig is the size at which a file is not a settings file any more.
const maxConfig = 1 << 20

// settings are the choices for one dossier: flags go before the environment, that before the settings file.
type settings struct {
	given  dossier.Profile
	from   map[string]string // per key that no flag gave: where its value comes from
	date   string
	failOn string
	packs  []string // folders with own requirements
	file   *configFile
	path   string // of the dossier, seen from the folder of file
}

// configFile is a settings file that was found.
type configFile struct {
	config.Settings
	path string // absolute
}

// configs finds and reads settings files, each once.
type configs struct {
	fixed string // --config or its variable; empty: look upward
	read  map[string]*configFile
}

func newConfigs(flag string) *configs {
	return &configs{fixed: cmp.Or(flag, os.Getenv(envConfig)), read: map[string]*configFile{}}
}

// of gives the settings file that holds for path; nil if there is none.
func (c *configs) of(path string) (*configFile, error) {
	file := c.fixed
	switch {
	case file == noConfig:
		return nil, nil
	case file == "":
		file = upward(path)
	}
	if file == "" {
		return nil, nil
	}
	abs, err := filepath.Abs(file)
	if err != nil {
		return nil, fmt.Errorf("%s: instellingen niet te openen (%s)", file, why(err))
	}
	if found := c.read[abs]; found != nil {
		return found, nil
	}
	raw, err := readSmall(abs)
	if err != nil {
		return nil, fmt.Errorf("%s: instellingen niet te lezen (%s)", shownPath(abs), why(err))
	}
	s, err := config.Parse(shownPath(abs), raw)
	if err != nil {
		return nil, faulty("de instellingen hebben", err)
	}
	c.read[abs] = &configFile{s, abs}
	return c.read[abs], nil
}

func readSmall(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	raw, err := io.ReadAll(io.LimitReader(f, maxConfig+1))
	if err == nil && len(raw) > maxConfig {
		err = errors.New("groter dan 1 MB")
	}
	return raw, err
}

// upward looks for a settings file in the folder of path and those above it, up to the root of the repository or of the file system.
func upward(path string) string {
	dir, err := filepath.Abs(path)
	if err != nil {
		return ""
	}
	if stat, err := os.Stat(dir); err != nil || !stat.IsDir() {
		dir = filepath.Dir(dir)
	}
	for {
		file := filepath.Join(dir, config.Name)
		if stat, err := os.Stat(file); err == nil && stat.Mode().IsRegular() {
			return file
		}
		if _, err := os.Stat(filepath.Join(dir, ".git")); err == nil || filepath.Dir(dir) == dir {
			return ""
		}
		dir = filepath.Dir(dir)
	}
}

// shownPath is how messages and reports call a file: seen from the current folder, so that it is the same on every machine.
func shownPath(abs string) string {
	wd, err := os.Getwd()
	if err != nil {
		return filepath.ToSlash(abs)
	}
	rel, err := filepath.Rel(wd, abs)
	if err != nil {
		return filepath.ToSlash(abs)
	}
	return filepath.ToSlash(rel)
}

// folders gives the folders with own requirements, seen from the current folder.
func (f *configFile) folders() []string {
	if f == nil {
		return nil
	}
	var out []string
	for _, r := range f.Rules {
		if !filepath.IsAbs(r) {
			r = filepath.Join(filepath.Dir(f.path), r)
		}
		out = append(out, shownPath(filepath.Clean(r)))
	}
	return out
}

// settle gives the settings of every target.
func (f checkFlags) settle(targets []target, now time.Time) ([]settings, error) {
	files := newConfigs(f.config)
	out := make([]settings, len(targets))
	for i, t := range targets {
		file, err := files.of(t.path)
		if err != nil {
			return nil, err
		}
		s := settings{given: f.given, from: map[string]string{}, date: f.date, failOn: f.failOn, packs: f.packs, file: file}
		s.environment()
		s.configured(t.path)
		s.failOn = cmp.Or(s.failOn, config.Thresholds[0])
		s.date = cmp.Or(s.date, now.Format(time.DateOnly))
		if err := s.check(); err != nil {
			return nil, err
		}
		out[i] = s
	}
	return out, oneRun(targets, out)
}

// set fills in a value that nothing before it gave.
func set[T any](s *settings, key, where string, into *T, value T, empty func(T) bool) {
	if empty(*into) && !empty(value) {
		*into, s.from[key] = value, where
	}
}

func noWord(s string) bool { return s == "" }

func noList(l []string) bool { return len(l) == 0 }

func (s *settings) environment() {
	set(s, "fail-on", envFailOn, &s.failOn, os.Getenv(envFailOn), noWord)
	set(s, "date", envDate, &s.date, os.Getenv(envDate), noWord)
	if list := os.Getenv(envFrameworks); list != "" {
		set(s, "frameworks", envFrameworks, &s.given.Frameworks, strings.Split(list, ","), noList)
	}
}

func (s *settings) configured(path string) {
	if s.file == nil {
		return
	}
	c := s.file.Settings
	set(s, "laws", config.Name, &s.given.Laws, c.Laws, noList)
	set(s, "segments", config.Name, &s.given.Segments, c.Segments, noList)
	set(s, "procedure", config.Name, &s.given.Procedure, c.Procedure, noWord)
	set(s, "variant", config.Name, &s.given.Variant, c.Variant, noWord)
	set(s, "services", config.Name, &s.given.Services, c.Services, noList)
	set(s, "frameworks", config.Name, &s.given.Frameworks, c.Frameworks, noList)
	set(s, "fail-on", config.Name, &s.failOn, c.FailOn, noWord)
	set(s, "date", config.Name, &s.date, c.Date, noWord)
	set(s, "rules", config.Name, &s.packs, s.file.folders(), noList)
	s.path = filepath.ToSlash(path)
	if abs, err := filepath.Abs(path); err == nil {
		if rel, err := filepath.Rel(filepath.Dir(s.file.path), abs); err == nil {
			s.path = filepath.ToSlash(rel)
		}
	}
}

// check judges what the environment gave, which nothing has looked at yet, and the date.
func (s *settings) check() error {
	where := func(key, flag string) string { return cmp.Or(s.from[key], flag) }
	if err := among(where("fail-on", "--fail-on"), config.Thresholds, s.failOn); err != nil {
		return err
	}
	return validDate(where("date", "--date"), s.date)
}

// validDate demands a day on which these laws were in force.
func validDate(where, date string) error {
	if _, err := time.Parse(time.DateOnly, date); err != nil {
		return fmt.Errorf("%s %s: geen datum; schrijf hem als 2027-01-31", where, date)
	}
	if date < firstDay {
		return fmt.Errorf("%s %s: toen gold nog geen van deze wetten; kies een dag vanaf %s", where, date, firstDay)
	}
	return nil
}

// oneRun demands that all dossiers are judged on one day and by one catalogue: one outcome has room for no more.
func oneRun(targets []target, all []settings) error {
	for i, s := range all {
		if s.date != all[0].date {
			return fmt.Errorf("%s en %s hebben in %s een andere date (%s en %s); toets ze apart of geef --date op", targets[0].path, targets[i].path, config.Name, all[0].date, s.date)
		}
		if !slices.Equal(s.packs, all[0].packs) {
			return fmt.Errorf("%s en %s hebben in %s andere rules; toets ze apart of geef --pack op", targets[0].path, targets[i].path, config.Name)
		}
	}
	return nil
}

// inCatalogue checks the words of flags, environment and settings files that the catalogue lists.
func inCatalogue(c *seeds.Catalogue, all []settings) error {
	var segments []string
	for _, s := range c.Segments {
		segments = append(segments, s.ID)
	}
	frameworks := []string{"all", "none"}
	for _, s := range c.Sources {
		if s.Kind == "framework" || s.Kind == "guide" {
			frameworks = append(frameworks, s.ID)
		}
	}
	done := map[*configFile]bool{}
	for _, s := range all {
		if s.file != nil && !done[s.file] {
			done[s.file] = true
			if err := s.file.In(segments, frameworks); err != nil {
				return faulty("de instellingen hebben", err)
			}
		}
		err := errors.Join(
			among(cmp.Or(s.from["segments"], "--segment"), segments, s.given.Segments...),
			among(cmp.Or(s.from["frameworks"], "--framework"), frameworks, s.given.Frameworks...),
		)
		if err != nil {
			return err
		}
	}
	return nil
}

// mentioned says in the assumptions of a dossier which were given by something else than a flag.
func (s settings) mentioned(p result.Profile) result.Profile {
	note := func(key string, list []result.Assumed) []result.Assumed {
		list = slices.Clone(list)
		for i := range list {
			if where := s.from[key]; where != "" && list[i].Given && list[i].Reason == asked {
				list[i].Reason = asked + " in " + where
			}
		}
		return list
	}
	p.Laws, p.Segments, p.Services, p.Frameworks = note("laws", p.Laws), note("segments", p.Segments), note("services", p.Services), note("frameworks", p.Frameworks)
	p.Procedure, p.Variant = note("procedure", []result.Assumed{p.Procedure})[0], note("variant", []result.Assumed{p.Variant})[0]
	return p
}

// asked is the reason of what a person gave.
const asked = "opgegeven"

// waive marks what the waivers of the settings files accept.
func waive(run result.Run, c *seeds.Catalogue, all []settings) result.Run {
	scopes := make([]policy.Scope, len(all))
	for i, s := range all {
		scopes[i].Path = s.path
		if s.file != nil {
			scopes[i].Waivers = s.file.Waivers
		}
	}
	return policy.Waive(run, scopes, func(id string, finding bool) (string, bool) {
		if finding {
			_, ok := c.Check(id)
			return "", ok
		}
		_, ok := c.ByID(id)
		return c.Similar(id), ok
	})
}
