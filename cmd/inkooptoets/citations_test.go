package main

import (
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"inkooptoets/rules"
)

// devsetCitations lists every reference to law in the development dossiers, as a person found them by searching the texts for artikel, art., lid, hoofdstuk,
// paragraaf and titel. References to bylaws and to the tender's own parts are left out.
var devsetCitations = map[string][]string{
	"d01-vlietmonde":  {"aw2012/artikel/2.38", "wmo/artikel/6.1"},
	"d02-merenland":   {"jeugdwet/hoofdstuk/4", "jeugdwet/artikel/4.0.1"},
	"d03-noorderduin": {"wmo/artikel/6.1", "wmo/artikel/3.4/lid/1"},
	"d04-maasbocht": {
		"jeugdwet/artikel/2.19", "jeugdwet/paragraaf/7.4", "jeugdwet/artikel/4.1.1-4.1.9", "jeugdwet/artikel/6.5.1-6.5.8", "jeugdwet/paragraaf/6.3",
		"jeugdwet/artikel/6.3.1.1", "jeugdwet/artikel/4.2.1", "jeugdwet/artikel/4.4.1",
	},
	"d05-westerlanden": {"wmo/artikel/2.1.3/lid/2/onder/f", "jeugdwet/artikel/4.18", "wmo/artikel/3.1/lid/2", "awb/hoofdstuk/9"},
	"d06-oosterveen": {
		"awb/titel/4.2", "wmo/artikel/1.1.1", "wmo/artikel/3.1/lid/2", "wmo/artikel/3.3", "wmo/artikel/3.4", "awb/hoofdstuk/9", "wmo/artikel/6.1",
	},
}

func TestCitationsOfDevelopmentDossiers(t *testing.T) {
	const dir = "../../../shared/devset/"
	if _, err := os.Stat(dir); err != nil {
		t.Skip("the development dossiers are not beside this checkout")
	}
	_, ev, err := source{}.load()
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range devsetCitations {
		t.Run(name, func(t *testing.T) {
			targets := []target{{path: dir + name, name: name}}
			how, done, err := reading{isolate: isolateOff, timeout: usualTimeout, memory: usualMemory}.options(1)
			if err != nil {
				t.Fatal(err)
			}
			defer done()
			readWith(targets, how)
			o := assess(t.Context(), ev, targets, 1, rules.Options{Date: "2026-11-22", Frameworks: []string{"none"}}, func(int, int, string) {})[0]
			if o.err != nil {
				t.Fatal(o.err)
			}
			var got []string
			for _, c := range o.dossier.Citations {
				if n := len(c.Canonical); n > 1 {
					got = append(got, c.Canonical[0]+"-"+c.Canonical[n-1][strings.LastIndexByte(c.Canonical[n-1], '/')+1:])
				} else if n == 1 {
					got = append(got, c.Canonical[0])
				}
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("citations (-by hand +found):\n%s", diff)
			}
		})
	}
}
