package report

import (
	"fmt"
	"io"
	"math"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"inkooptoets/rules/result"
)

// TestHTMLIsSound reads the page as a browser does. That nothing had to be mended shows that every element stands where it may.
func TestHTMLIsSound(t *testing.T) {
	hostileRun := load(t, "klein")
	poison(reflect.ValueOf(&hostileRun).Elem())
	for _, tc := range []struct {
		name string
		run  result.Run
	}{
		{"klein", load(t, "klein")}, {"twee", load(t, "twee")}, {"hostile", hostileRun}, {"empty", result.Run{}},
	} {
		for _, lang := range []string{"nl", "en"} {
			t.Run(tc.name+" "+lang, func(t *testing.T) {
				page := write(t, "html", tc.run, Options{Lang: lang})
				checkNesting(t, page)
				checkPage(t, page, lang)
			})
		}
	}
}

// checkHTML is what hostile text must not become on the page: a tag, an attribute, a link, a broken tree.
func checkHTML(t *testing.T, page string) {
	t.Helper()
	checkNesting(t, page)
	checkPage(t, page, attribute(parse(t, page).LastChild, "lang"))
}

// checkNesting compares the tags as they were written with the tree that a browser makes of them: a tag that is in one only was in the wrong place.
func checkNesting(t *testing.T, page string) {
	t.Helper()
	var written, open []string
	z := html.NewTokenizer(strings.NewReader(page))
	for kind := z.Next(); kind != html.ErrorToken; kind = z.Next() {
		name, _ := z.TagName()
		switch kind {
		case html.StartTagToken:
			written = append(written, string(name))
			if !slices.Contains([]string{"meta", "br", "input"}, string(name)) {
				open = append(open, string(name))
			}
		case html.SelfClosingTagToken:
			written = append(written, string(name))
		case html.EndTagToken:
			if len(open) == 0 || open[len(open)-1] != string(name) {
				t.Fatalf("</%s> closes %v", name, open)
			}
			open = open[:len(open)-1]
		}
	}
	if z.Err() != io.EOF || len(open) > 0 {
		t.Errorf("page ends with %v, open are %v", z.Err(), open)
	}
	var read []string
	walk(parse(t, page), func(n *html.Node) { read = append(read, n.Data) })
	if !slices.Equal(written, read) {
		t.Error("a browser reads other elements than were written")
	}
}

func parse(t *testing.T, page string) *html.Node {
	t.Helper()
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	return root
}

func walk(n *html.Node, visit func(*html.Node)) {
	if n.Type == html.ElementNode {
		visit(n)
	}
	for c := range n.ChildNodes() {
		walk(c, visit)
	}
}

// pageElements and pageAttributes are all that the page is made of: nothing that runs, loads or sends.
var (
	pageElements = strings.Fields("html head meta title style body a svg defs pattern rect path circle header div h1 h2 h3 h4 h5 p nav ul li span form details summary fieldset legend label " +
		"input button main table caption thead tbody tr th td dl dt dd figure blockquote figcaption mark code b strong footer br")
	pageAttributes = strings.Fields("lang charset name content http-equiv class href id width height viewbox aria-hidden aria-label aria-labelledby focusable patternunits patterntransform " +
		"d x cx cy r role tabindex method type checked open scope colspan")
)

// checkPage checks what a reader with a keyboard or a screen reader depends on, and that nothing of a document became more than text.
func checkPage(t *testing.T, page, lang string) {
	t.Helper()
	ids := map[string]bool{}
	var links, labels []string
	count := map[string]int{}
	level := 0
	walk(parse(t, page), func(n *html.Node) {
		count[n.Data]++
		if !slices.Contains(pageElements, n.Data) {
			t.Errorf("element <%s>", n.Data)
		}
		for _, a := range n.Attr {
			switch key := strings.ToLower(a.Key); {
			case !slices.Contains(pageAttributes, key):
				t.Errorf("attribute %s of <%s>", a.Key, n.Data)
			case key == "id":
				if ids[a.Val] || strings.ContainsFunc(a.Val, unicode.IsSpace) {
					t.Errorf("id %q is there already, or has a space", a.Val)
				}
				ids[a.Val] = true
			case key == "href":
				links = append(links, a.Val)
			case key == "aria-labelledby":
				labels = append(labels, a.Val)
			case key == "class" && strings.ContainsAny(a.Val, "<>\"'"):
				t.Errorf("class %q", a.Val)
			case key == "method" && a.Val != "dialog":
				t.Errorf("a form is sent: method %q", a.Val)
			}
		}
		if len(n.Data) == 2 && n.Data[0] == 'h' && n.Data[1] >= '1' && n.Data[1] <= '6' {
			if l := int(n.Data[1] - '0'); l > level+1 {
				t.Errorf("heading %s after level %d", n.Data, level)
			}
			level = int(n.Data[1] - '0')
		}
		switch n.DataAtom {
		case atom.Html:
			if got := attribute(n, "lang"); got != lang {
				t.Errorf("lang is %q", got)
			}
		case atom.Table:
			if n.FirstChild.DataAtom != atom.Caption {
				t.Error("a table without caption")
			}
		case atom.Th:
			if s := attribute(n, "scope"); s != "col" && s != "row" && s != "rowgroup" {
				t.Errorf("scope of a heading cell is %q", s)
			}
		case atom.Input:
			if n.Parent.DataAtom != atom.Label {
				t.Error("a box without label")
			}
		case atom.Svg:
			if attribute(n, "aria-hidden") != "true" && (attribute(n, "role") != "img" || attribute(n, "aria-label") == "") {
				t.Error("a picture without text")
			}
		}
	})
	for _, once := range []string{"h1", "main", "header", "footer", "title", "style"} {
		if count[once] != 1 {
			t.Errorf("%d times <%s>", count[once], once)
		}
	}
	for _, l := range links {
		if id, here := strings.CutPrefix(l, "#"); here && !ids[id] || !here && !lawAddress.MatchString(l) {
			t.Errorf("link to %q", l)
		}
	}
	for _, l := range labels {
		if !ids[l] {
			t.Errorf("label %q is nowhere", l)
		}
	}
	for _, r := range page {
		if r != '\n' && unicode.In(r, unicode.Cc, unicode.Cf) {
			t.Fatalf("character %U on the page", r)
		}
	}
}

func attribute(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// texts gives what stands in every element of one kind.
func texts(t *testing.T, page, element string) []string {
	t.Helper()
	var out []string
	walk(parse(t, page), func(n *html.Node) {
		if n.Data != element {
			return
		}
		var b strings.Builder
		for c := range n.Descendants() {
			if c.Type == html.TextNode {
				b.WriteString(c.Data)
			}
		}
		out = append(out, b.String())
	})
	return out
}

func TestHTMLMarksTheWordsThatDecided(t *testing.T) {
	const quote = "Bij elke\n\n melding <b>belt</b> opdrachtnemer de inspectie."
	long := strings.Repeat("Vooraf staat veel anders. ", 30) + "De aanbieder belt de inspectie. " + strings.Repeat("Daarna volgt ook nog veel. ", 30)
	for _, tc := range []struct{ name, quote, words, want string }{
		{"whitespace and tags", quote, "<b>belt</b> opdrachtnemer", "<b>belt</b> opdrachtnemer"},
		{"from the start", quote, "Bij elke\n\n melding", "Bij elke melding"},
		{"in a passage that is cut", long, "belt de inspectie", "belt de inspectie"},
		{"escape sequence beside it", "a \x1b[31mbelt\x1b[0m b", "belt", "belt"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			start := strings.Index(tc.quote, tc.words)
			text, from, to := marked(tc.quote, start, start+len(tc.words))
			if got := text[from:to]; got != tc.want {
				t.Errorf("marked %q in %q, want %q", got, text, tc.want)
			}
			run := load(t, "twee")
			d := &run.Dossiers[0]
			d.Rows = []result.Row{{Requirement: "r", Source: "wmo", Status: result.Covered, Evidence: []result.Evidence{{File: "a.pdf", Page: 3, Quote: tc.quote, Start: start, End: start + len(tc.words)}}}}
			page := write(t, "html", run, Options{})
			if got := texts(t, page, "mark"); !slices.Equal(got, []string{tc.want}) {
				t.Errorf("<mark> holds %q, want %q", got, tc.want)
			}
			if got := texts(t, page, "figcaption"); !slices.Equal(got, []string{"a.pdf, p.\u00a03"}) {
				t.Errorf("place is %q", got)
			}
		})
	}
	for _, tc := range [][2]int{{0, 0}, {5, 2}, {-3, 0}, {9000, 9100}} {
		if text, from, to := marked(quote, tc[0], tc[1]); from != 0 || to != 0 || text != clean(quote) {
			t.Errorf("offsets %v: marked %d to %d of %q", tc, from, to, text)
		}
	}
}

// TestHTMLShowsEveryRow: what needs no work is folded, never left out, also without --all.
func TestHTMLShowsEveryRow(t *testing.T) {
	run := load(t, "klein")
	page := write(t, "html", run, Options{})
	if all := write(t, "html", run, Options{All: true, Width: 40, Color: true}); all != page {
		t.Error("options of other formats change the page")
	}
	got := texts(t, page, "code")
	for _, r := range run.Dossiers[0].Rows {
		if !slices.Contains(got, r.Requirement) {
			t.Errorf("%s (%s) is not on the page", r.Requirement, r.Status)
		}
	}
}

func TestHTMLWords(t *testing.T) {
	verb := regexp.MustCompile(`%[a-z]`)
	nl, en := reflect.ValueOf(htmlLanguages["nl"]), reflect.ValueOf(htmlLanguages["en"])
	for i := range nl.NumField() {
		name := nl.Type().Field(i).Name
		a, b := fmt.Sprint(nl.Field(i)), fmt.Sprint(en.Field(i))
		if nl.Field(i).Len() == 0 || en.Field(i).Len() != nl.Field(i).Len() && nl.Field(i).Kind() == reflect.Map {
			t.Errorf("no words for %s", name)
		}
		if a == b && !slices.Contains([]string{"Filter", "CoveredOf", "Many"}, name) {
			t.Errorf("%s is the same in Dutch and English: %s", name, a)
		}
		if x, y := verb.FindAllString(a, -1), verb.FindAllString(b, -1); !slices.Equal(x, y) {
			t.Errorf("%s takes %v in Dutch and %v in English", name, x, y)
		}
	}
}

// Colours as html.css declares them.
var declared = regexp.MustCompile(`(--toets-[a-z-]+):\s*#([0-9a-f]{6});`)

func TestHTMLContrast(t *testing.T) {
	colours := map[string]float64{}
	for _, m := range declared.FindAllStringSubmatch(htmlStyle, -1) {
		colours[m[1]] = luminance(t, m[2])
	}
	check := func(front, back string, least float64) {
		t.Helper()
		a, b := colours["--toets-"+front], colours["--toets-"+back]
		if _, ok := colours["--toets-"+front]; !ok {
			t.Fatalf("no colour %s", front)
		}
		if got := (max(a, b) + .05) / (min(a, b) + .05); got < least {
			t.Errorf("%s on %s has a contrast of %.2f, want %.1f", front, back, got, least)
		}
	}
	for _, ground := range []string{"page", "surface", "mark"} {
		check("text", ground, 4.5)
	}
	for _, ground := range []string{"page", "surface"} {
		check("text-quiet", ground, 4.5)
		check("link", ground, 4.5)
		check("line", ground, 3)
		check("focus", ground, 3)
	}
	check("text", "alert-surface", 4.5)
	check("alert", "alert-surface", 4.5)
	check("on-accent", "accent", 4.5)
	check("accent", "page", 4.5)
	for _, s := range counted {
		check(string(s), string(s)+"-surface", 4.5)
		check(string(s)+"-bar", "page", 3)
	}
}

// luminance is the relative luminance of WCAG.
func luminance(t *testing.T, hex string) float64 {
	t.Helper()
	sum := 0.0
	for i, weight := range []float64{.2126, .7152, .0722} {
		n, err := strconv.ParseUint(hex[2*i:2*i+2], 16, 8)
		if err != nil {
			t.Fatal(err)
		}
		c := float64(n) / 255
		if c <= .04045 {
			sum += weight * c / 12.92
			continue
		}
		sum += weight * math.Pow((c+.055)/1.055, 2.4)
	}
	return sum
}

// TestHTMLFilterHidesWhatItNames: every status and element has its box and its rule.
func TestHTMLFilterHidesWhatItNames(t *testing.T) {
	for _, s := range counted {
		if rule := fmt.Sprintf("body:has(#f-%[1]s:not(:checked)) .s-%[1]s", s); !strings.Contains(htmlStyle, rule) {
			t.Errorf("no rule for status %s", s)
		}
	}
	for _, e := range htmlElements {
		if rule := fmt.Sprintf("body:has(#e-%[1]s:not(:checked)) .e-%[1]s", e); !strings.Contains(htmlStyle, rule) {
			t.Errorf("no rule for element %s", e)
		}
	}
}

func TestParseTheme(t *testing.T) {
	for _, tc := range []struct{ name, css, want string }{
		{"root", ":root { --toets-accent: #048; }", "\n:root {\n  --toets-accent: #048;\n}\n"},
		{"class, comment, own token, no last semicolon", "/* huis */ .voorbeeld-theme{--huis-blauw:rgb(0 64 128);\n--toets-accent : var( --huis-blauw )}", "\n:root {\n  --huis-blauw: rgb(0 64 128);\n  --toets-accent: var( --huis-blauw );\n}\n"},
		{"fonts", ":root{--toets-font: \"Source Sans\", 'Arial', sans-serif;}", "\n:root {\n  --toets-font: \"Source Sans\", 'Arial', sans-serif;\n}\n"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			theme, err := ParseTheme(tc.css)
			if err != nil || theme.css != tc.want {
				t.Fatalf("got %q, %v; want %q", theme.css, err, tc.want)
			}
			if page := write(t, "html", load(t, "twee"), Options{Theme: theme}); !strings.Contains(page, tc.want) {
				t.Error("the page does not have the theme")
			}
		})
	}
	for _, tc := range []struct{ name, css, want string }{
		{"nothing", " \n", "er staat geen variabele van het verslag in"},
		{"only foreign tokens", ":root{--x:1}", "er staat geen variabele van het verslag in"},
		{"another rule", ":root{--toets-accent:red}\nbody{display:none}", "regel 2: alleen :root"},
		{"property", ":root{\n\n  color:red;}", "regel 3: alleen variabelen"},
		{"typing error", "/* a\nb */:root{\n--toets-acent:red}", "regel 3: onbekende variabele --toets-acent"},
		{"import", "@import url(http://kwaad.example);", "regel 1: alleen :root"},
		{"address", ":root{--toets-accent:url(//kwaad.example/a)}", "regel 1: de waarde van --toets-accent"},
		{"address in capitals", ":root{--toets-accent:URL('//kwaad.example/a')}", "regel 1: de waarde"},
		{"image", ":root{--toets-accent:image-set('//kwaad.example/a' 1x)}", "regel 1: de waarde"},
		{"escape", `:root{--toets-accent:\75rl(x)}`, "regel 1: de waarde"},
		{"end of style", ":root{--toets-accent:red</style><script>alert(1)</script>}", "regel 1: de waarde"},
		{"end of style in the scope", "</style>{--toets-accent:red}", "regel 1: alleen :root"},
		{"string that stays open", ":root{--toets-font:\"x}", "regel 1: de waarde"},
		{"bracket that stays open", ":root{--toets-accent:rgb(1}", "regel 1: de waarde"},
		{"comment that stays open", ":root{--toets-accent:red /* }", "regel 1: de waarde"},
		{"brace that stays open", ":root{--toets-accent:red", "regel 1: de accolade"},
		{"no value", ":root{--toets-accent}", "regel 1: de waarde"},
		{"rule in a rule", ":root{--toets-accent:{a:b}}", "regel 1: de waarde"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if _, err := ParseTheme(tc.css); err == nil || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("got %v, want %q", err, tc.want)
			}
		})
	}
}

// BenchmarkHTML writes a batch of 20 dossiers with 450 requirements each.
func BenchmarkHTML(b *testing.B) {
	run := big(load(b, "klein"))
	for b.Loop() {
		if err := Write(io.Discard, "html", run, Options{}); err != nil {
			b.Fatal(err)
		}
	}
}

// big makes 20 dossiers of 450 rows each from those of run.
func big(run result.Run) result.Run {
	d := run.Dossiers[0]
	rows := d.Rows
	d.Rows = nil
	for i := range 450 {
		r := rows[i%len(rows)]
		r.Requirement += "-" + strconv.Itoa(i)
		d.Rows = append(d.Rows, r)
	}
	d.Tallies = result.Count(d.Rows)
	run.Dossiers = slices.Repeat([]result.Dossier{d}, 20)
	return run
}
