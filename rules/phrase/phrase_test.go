package phrase

import (
	"fmt"
	"strings"
	"testing"
)

var groups = map[string][]string{
	"toezicht":  {"toezichthoudende ambtenaar", "wmo-toezichthouder", "@inspectie"},
	"stil":      {"zwijgen & incident*"},
	"inspectie": {"IGJ", "inspectie gezondheidszorg en jeugd"},
}

func compile(t testing.TB, phrases ...string) *Matcher {
	t.Helper()
	var b Builder
	for _, name := range []string{"toezicht", "stil", "inspectie"} {
		if err := b.Group(name, groups[name]); err != nil {
			t.Fatal(err)
		}
	}
	for _, p := range phrases {
		if _, err := b.Add(p); err != nil {
			t.Fatal(err)
		}
	}
	m, err := b.Compile()
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestMatch(t *testing.T) {
	for _, tc := range []struct {
		phrase, text string
		want         string // the matched words, hits separated by "; "; empty if none
	}{
		{"klachtenregeling", "Er is een klachtenregeling.", "klachtenregeling"},
		{"klachtenregeling", "Een Klachten-regeling is er.", "Klachten-regeling"},
		{"klachtenregeling", "een klachten regeling voor cliënten", "klachten regeling"},
		{"klachtenregeling", "een regeling voor klachten", ""},
		{"klachtenregeling", "de klachten- en geschillenregeling", "klachten-"[:8]},
		{"geschillenregeling", "de klachten- en geschillenregeling", "geschillenregeling"},
		{"crisisopvang", "nacht-, crisis- en vrouwenopvang", "crisis"},
		{"jeugdhulpprofessionals", "jeugdhulpaanbieders en -professionals", "professionals"},
		{"wet- en regelgeving", "alle wet- en regelgeving", "wet- en regelgeving"},
		{"klacht*", "Klachten over de hulp", "Klachten"},
		{"*registratie", "een SKJ-registratie en beroepsregistratie", "SKJ-registratie; registratie; beroepsregistratie"},
		{"*medewerker*", "de zorgmedewerkers", "zorgmedewerkers"},
		{"clientenraad", "Cliëntenraad", "Cliëntenraad"},
		{"verklaring omtrent (het) gedrag", "een verklaring omtrent gedrag of verklaring omtrent het gedrag", "verklaring omtrent gedrag; verklaring omtrent het gedrag"},
		{"VOG", "Een v.o.g. is nodig, geen VOG's.", "v.o.g."},
		{"VOG's", "alle VOG’s zijn er", "VOG’s"},
		{"(onafhankelijke/externe) vertrouwenspersoon", "een externe vertrouwenspersoon", "externe vertrouwenspersoon; vertrouwenspersoon"},
		{"stelt _8 vast", "Aanbieder stelt elk jaar een plan vast.", "stelt elk jaar een plan vast"},
		{"stelt _2 vast", "Aanbieder stelt elk jaar een plan vast.", ""},
		{"stelt _8 vast", "Hij stelt een plan op. Het ligt vast.", ""},
		{"meld* & onverwijld/direct", "Onverwijld wordt de calamiteit gemeld of meldt hij die.", "Onverwijld wordt de calamiteit gemeld of meldt"},
		{"meld* & onverwijld", "Hij meldt het. Onverwijld.", ""},
		{"#years(20)", "bewaart het dossier twintig jaar, dus 20 jaren en niet 15 jaar", "twintig jaar; 20 jaren"},
		{"#months(<=3)", "hooguit drie (3) maanden oud of 4 maanden", "drie (3) maanden; 3) maanden"},
		{"#percent(>0)", "kwaliteit 60%, prijs 0 procent", "60%"},
		{"#date", "op 1 januari 2027 of 01-02-2027", "1 januari 2027; 01-02-2027"},
		{"#deadline", "binnen drie werkdagen, uiterlijk op 1 mei of per ommegaande", "binnen drie werkdagen; uiterlijk op 1 mei; per ommegaande"},
		{"#euro", "€ 25,50 en 30 euro", "€ 25,50; 30 euro"},
		{"meldt _4 @toezicht", "meldt dit bij de IGJ", "meldt dit bij de IGJ"},
		{"@toezicht", "de wmo toezichthouder", "wmo toezichthouder"},
		{"@toezicht & onverwijld", "onverwijld bij de toezichthoudende ambtenaar", "onverwijld bij de toezichthoudende ambtenaar"},
		{"@stil", "over een incident mag u zwijgen", "incident mag u zwijgen"},
		{"plan & stelt _14 bij", "hij stelt het plan elk jaar bij", "stelt het plan elk jaar bij"},
		{"klacht* & klachtenregeling", "de klachtenregeling", ""},
		{"artikel 4.1.8", "zie artikel 4.1.8, lid 2", "artikel 4.1.8"},
		{"raad", "de leidraad", ""},
		{"stelt _4 (zelf) vast", "stelt dat elk jaar vast", "stelt dat elk jaar vast"},
		{"stelt _2 (zelf)", "hij stelt voor", "stelt"},
		{"meteen", "samen met een cliënt, met\u00adeen", "met\u00adeen"},
	} {
		t.Run(tc.phrase+"/"+tc.text, func(t *testing.T) {
			m := compile(t, tc.phrase)
			var got []string
			for _, h := range m.Match(Fold(tc.text)) {
				got = append(got, tc.text[h.Start:h.End])
			}
			if g := strings.Join(got, "; "); g != tc.want {
				t.Errorf("got %q, want %q", g, tc.want)
			}
		})
	}
}

func TestSentences(t *testing.T) {
	for _, tc := range []struct {
		text string
		want int // number of sentences
	}{
		{"Zie art. 3.5 van de wet. Daarna volgt meer.", 2},
		{"Dit is o.a. VOG en meer", 1},
		{"Eerst dit; dan dat.", 2},
		{"Tabel: eis | cliënt meldt zich", 1},
		{"Artikel 4.1.8. De aanbieder meldt.", 2},
	} {
		toks := Fold(tc.text).Tokens
		if got := toks[len(toks)-1].Sentence + 1; got != tc.want {
			t.Errorf("%q: got %d sentences, want %d", tc.text, got, tc.want)
		}
	}
}

func TestFaults(t *testing.T) {
	for _, tc := range []struct{ phrase, want string }{
		{"", "no words"},
		{"(het)", "every word is optional"},
		{"stelt _4", "a gap stands between words"},
		{"_3 vast", "a gap stands between words"},
		{"stelt _x vast", `gap "_x"`},
		{"ab*", "at least 3 letters"},
		{"een (twee", "a bracket is not closed"},
		{"een) twee", "a closing bracket"},
		{"a//b", "empty alternative"},
		{"#jaren", "unknown number class"},
		{"#years(x)", "is not a number"},
		{"@toezich", "did you mean @toezicht?"},
	} {
		t.Run(tc.phrase, func(t *testing.T) {
			var b Builder
			if err := b.Group("toezicht", []string{"x"}); err != nil {
				t.Fatal(err)
			}
			_, err := b.Add(tc.phrase)
			if err == nil || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("got %v, want an error with %q", err, tc.want)
			}
		})
	}
}

func FuzzMatch(f *testing.F) {
	f.Add("klachten- en geschillenregeling", "klachtenregeling")
	f.Add("stelt elk jaar vast", "stelt _8 vast")
	f.Add("v.o.g.- en/of \x00\xff", "(a/b) c* & #years(<=3)")
	f.Fuzz(func(t *testing.T, text, phrase string) {
		var b Builder
		if _, err := b.Add(phrase); err != nil {
			return
		}
		m, err := b.Compile()
		if err != nil {
			t.Fatalf("phrase %q passed Add but not Compile: %v", phrase, err)
		}
		for _, h := range m.Match(Fold(text)) {
			if h.Start < 0 || h.End > len(text) || h.Start >= h.End || h.From >= h.To {
				t.Fatalf("hit %+v outside text of %d bytes", h, len(text))
			}
		}
	})
}

func BenchmarkMatch(b *testing.B) {
	var bld Builder
	for i := range 4000 {
		if _, err := bld.Add(fmt.Sprintf("woord%d _4 klacht%d*", i, i)); err != nil {
			b.Fatal(err)
		}
	}
	m, err := bld.Compile()
	if err != nil {
		b.Fatal(err)
	}
	text := strings.Repeat("De aanbieder stelt jaarlijks een klachtenregeling vast voor woord17 en klachten- en geschillen. ", 20)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		m.Match(Fold(text))
	}
}
