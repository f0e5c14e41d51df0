package report

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

func TestClean(t *testing.T) {
	for _, tc := range []struct{ name, in, want string }{
		{"ordinary text", "Aanbieder meldt calamiteiten, cliënten én € 5.", "Aanbieder meldt calamiteiten, cliënten én € 5."},
		{"line ends and tabs", "een\r\n\ttwee\u2028drie\u00a0vier ", "een twee drie vier"},
		{"colours", "\x1b[1;31mrood\x1b[0m", "rood"},
		{"colours with one character", "\u009b31mrood", "rood"},
		{"link of a terminal", "\x1b]8;;http://kwaad.example\x1b\\klik\x1b]8;;\x07", "klik"},
		{"sequence that does not end", "voor\x1b]0;titel", "voor0;titel"},
		{"other escapes", "a\x1bcb\x1b(Bd", "abd"},
		{"control characters", "a\x00b\x07c\x08\x7fd\u0085e", "abcd e"},
		{"reading direction", "\u202eabc\u202c \u2066d\u2069\u200f", "abc d"},
		{"invisible", "ver\u00adant\u200bwoord\ufeff", "verantwoord"},
		{"not UTF-8", "a\xffb", "a\ufffdb"},
		{"command to Azure", "zie ##vso[task.setvariable variable=a]b en ##[error]c", "zie # #vso[task.setvariable variable=a]b en # #[error]c"},
		{"command to GitHub", "::error::x, :::y", ": :error: :x, : : :y"},
		{"command in parts", "#\u200b#vso[a] :\x00:error", "# #vso[a] : :error"},
		{"heading marks", "## kop [1] en 12:30", "## kop [1] en 12:30"},
		{"one inside another", "\x1b[\x1b[31m31mx", "31mx"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got := clean(tc.in)
			if got != tc.want {
				t.Errorf("got %q, want %q", got, tc.want)
			}
			if again := clean(got); again != got {
				t.Errorf("cleaning again gives %q", again)
			}
		})
	}
}

func TestExcerpt(t *testing.T) {
	short := "Aanbieder heeft een klachtenregeling."
	if got := excerpt(short, 0, 9); got != short {
		t.Errorf("short quote: got %q", got)
	}
	before := strings.Repeat("voorafgaand ", 60)
	after := strings.Repeat(" navolgend", 60)
	hit := "meldt élke calamiteit"
	for _, tc := range []struct {
		name       string
		quote      string
		start, end int
		has        string
		cutL, cutR bool
	}{
		{"in the middle", before + hit + after, len(before), len(before) + len(hit), hit, true, true},
		{"at the start", hit + after, 0, len(hit), hit, false, true},
		{"at the end", before + hit, len(before), len(before) + len(hit), hit, true, false},
		{"nowhere", hit + after, 0, 0, hit, false, true},
		{"longer than a report shows", before + after, 0, len(before + after), "voorafgaand voorafgaand", false, true},
		{"beyond the quote", before + after, 5000, 6000, "navolgend", true, false},
		{"before the quote", before + after, -5, -1, "voorafgaand", false, true},
		{"inside a letter", before + hit + after, len(before) + len("meldt ") + 1, len(before) + len("meldt ") + 1, "meldt élke", true, true},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got := excerpt(tc.quote, tc.start, tc.end)
			if !strings.Contains(got, tc.has) {
				t.Errorf("%q is not in %q", tc.has, got)
			}
			if n := utf8.RuneCountInString(got); n > maxQuote+2 {
				t.Errorf("%d characters", n)
			}
			if strings.HasPrefix(got, "…") != tc.cutL || strings.HasSuffix(got, "…") != tc.cutR {
				t.Errorf("cut left %v and right %v wanted: %q", tc.cutL, tc.cutR, got)
			}
			for _, w := range strings.Fields(strings.Trim(got, "…")) {
				if !strings.Contains(" "+tc.quote+" ", " "+w+" ") {
					t.Errorf("%q is half a word", w)
				}
			}
		})
	}
	if got := excerpt(strings.Repeat("x", 1000), 500, 510); utf8.RuneCountInString(got) != maxQuote+2 {
		t.Errorf("one long word: %d characters", utf8.RuneCountInString(got))
	}
}

func TestWrap(t *testing.T) {
	for _, tc := range []struct {
		text  string
		width int
		want  []string
	}{
		{"een twee drie", 8, []string{"een twee", "drie"}},
		{"een twee drie", 7, []string{"een", "twee", "drie"}},
		{"een  twee", 20, []string{"een twee"}},
		{"zie p.\u00a014 hier", 8, []string{"zie", "p. 14", "hier"}},
		{"cliëntondersteuning ja", 10, []string{"cliëntonde", "rsteuning", "ja"}},
		{"", 10, nil},
	} {
		if diff := cmp.Diff(tc.want, wrap(tc.text, tc.width)); diff != "" {
			t.Errorf("wrap(%q, %d) (-want +got):\n%s", tc.text, tc.width, diff)
		}
		if got := wrapped(tc.text, tc.width); got != len(tc.want) {
			t.Errorf("wrapped(%q, %d) = %d, want %d", tc.text, tc.width, got, len(tc.want))
		}
	}
}

func TestProse(t *testing.T) {
	for _, tc := range []struct{ in, want string }{
		{"Artikel 3.5: de plicht staat er (lid 1).", "Artikel 3.5: de plicht staat er (lid 1)."},
		{"a | b", `a \| b`},
		{"<b>&amp;", "&lt;b&gt;&amp;\u2060amp;"},
		{"**vet** [k](u)", `\*\*vet\*\* \[k\](u)`},
		{"- lijst", `\- lijst`},
		{"1. lijst", `1\. lijst`},
		{"# kop", `\# kop`},
		{"http://x", "http:\u2060//x"},
		{"www.x.nl", "w\u2060ww.x.nl"},
		{"@naam", "@\u2060naam"},
	} {
		if got := prose(tc.in); got != tc.want {
			t.Errorf("prose(%q) = %q, want %q", tc.in, got, tc.want)
		}
	}
}

func TestCode(t *testing.T) {
	for _, tc := range []struct{ in, want string }{
		{"pve.pdf", "`pve.pdf`"},
		{"de `meldcode` hier", "``de `meldcode` hier``"},
		{"`begin", "`` `begin ``"},
		{"", ""},
	} {
		if got := code(tc.in); got != tc.want {
			t.Errorf("code(%q) = %q, want %q", tc.in, got, tc.want)
		}
	}
}

// TestPlainTextNeedsNoCleaning: what is passed over is what cleaning would leave as it is, for every character there is and every three of those that matter.
func TestPlainTextNeedsNoCleaning(t *testing.T) {
	var texts []string
	for r := range unicode.MaxRune + 1 {
		if r >= 0x33500 && r%0x10000 > 0x200 { // planes with nothing in them but a few rows
			continue
		}
		texts = append(texts, string(r), "a"+string(r)+"b")
	}
	odd := []string{"", " ", ":", "#", "[", "a", "é", "\x1b", "\xff", "\n", "\u00a0", "\u202e", "…"}
	for _, a := range odd {
		for _, b := range odd {
			for _, c := range odd {
				texts = append(texts, a+b+c)
			}
		}
	}
	passed := 0
	for _, s := range texts {
		if !harmless(s) {
			continue
		}
		passed++
		if got := scrub(s); got != s {
			t.Errorf("%q is passed over, cleaned it is %q", s, got)
		}
	}
	if passed < 100_000 || passed == len(texts) {
		t.Errorf("%d of %d texts are passed over", passed, len(texts))
	}
	for _, s := range []string{"Opdrachtnemer beschikt over een VOG (artikel 3.5): cliënt’s “privé” – € 5 …"} {
		if !harmless(s) {
			t.Errorf("%q is cleaned for nothing", s)
		}
	}
}
