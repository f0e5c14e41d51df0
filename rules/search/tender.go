package search

import (
	"cmp"
	"maps"
	"regexp"
	"slices"
	"strings"

	"inkooptoets/extract/dossier"
	"inkooptoets/rules/result"
)

// TenderOf gathers what can be found of a dossier: its blocks with their zones, and of which requirements each is evidence according to judged.
func TenderOf(d dossier.Dossier, judged result.Dossier) Tender {
	type place struct {
		file  string
		block int
	}
	shows := map[place][]result.Row{}
	for _, r := range judged.Rows {
		for _, e := range r.Evidence {
			p := place{e.File, e.Block}
			shows[p] = append(shows[p], r)
		}
	}
	t := Tender{Dossier: d.ID, Municipalities: municipalities(d), Passages: []Passage{}}
	for _, doc := range d.Documents {
		for i, b := range doc.Blocks {
			if strings.TrimSpace(b.Text) == "" || b.Zone == dossier.ZoneTOC {
				continue
			}
			p := Passage{File: doc.Path, Page: b.Loc.Page, Block: i, Path: b.Path, Text: b.Text, Zone: string(b.Zone)}
			for _, r := range shows[place{doc.Path, b.Loc.Block}] {
				p.Requirements, p.Elements, p.Sources = with(p.Requirements, r.Requirement), with(p.Elements, r.Element), with(p.Sources, r.Source)
			}
			t.Passages = append(t.Passages, p)
		}
	}
	return t
}

func with(list []string, s string) []string {
	if slices.Contains(list, s) {
		return list
	}
	return append(list, s)
}

// named finds "gemeente Lage Wetering", "gemeenten Bergen op Zoom en Vlietmonde".
var named = regexp.MustCompile(`\b[Gg]emeenten?\s+((?:['’]s-)?\p{Lu}[\p{L}'’-]+(?: \p{Lu}[\p{L}'’-]+| (?:aan(?: den?)?|en|op|bij|in|over) \p{Lu}[\p{L}'’-]+)*)`)

// notPlaces are capitals behind "gemeente" that name no place.
var notPlaces = map[string]bool{"Wmo": true, "Jeugdwet": true, "Opdrachtgever": true, "Opdrachtnemer": true, "Raad": true, "College": true}

// enough is the share of the mentions of the one named most from which another one counts too.
const enough = 0.3

// municipalities lists the municipalities that a dossier names most, the most named first.
func municipalities(d dossier.Dossier) []string {
	count := map[string]int{}
	for _, doc := range d.Documents {
		for _, b := range doc.Blocks {
			for _, m := range named.FindAllStringSubmatch(b.Text, -1) {
				if name := m[1]; !notPlaces[name] {
					count[name]++
				}
			}
		}
	}
	names := slices.SortedFunc(maps.Keys(count), func(a, b string) int { return cmp.Or(count[b]-count[a], cmp.Compare(a, b)) })
	out := []string{}
	for _, n := range names {
		if float64(count[n]) >= enough*float64(count[names[0]]) {
			out = append(out, n)
		}
	}
	return out
}
