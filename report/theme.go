package report

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// Theme is the look of a house for the html format: other values for the variables of html.css, and nothing else. The zero value is the neutral look.
type Theme struct{ css string }

var (
	// themeToken is a variable that the page knows, as html.css declares it.
	themeToken = regexp.MustCompile(`(?m)^\s*(--toets-[a-z-]+):`)
	themeName  = regexp.MustCompile(`^--[A-Za-z0-9_-]+$`)
	// themeScope is where variables may stand: on the whole page. Themes of NL Design System use a class for it, which comes to the same here.
	themeScope = regexp.MustCompile(`^(?::root|\.[A-Za-z][A-Za-z0-9_-]*)$`)
	// themeValue has no sign that could end a declaration, start a rule, an escape or a tag.
	themeValue    = regexp.MustCompile(`^[A-Za-z0-9 .,#%()+*/'"_-]+$`)
	themeFunction = regexp.MustCompile(`([A-Za-z_-][A-Za-z0-9_-]*)?\(`)
	themeComment  = regexp.MustCompile(`(?s)/\*.*?\*/`)
)

var themeFunctions = []string{"", "rgb", "rgba", "hsl", "hsla", "hwb", "lab", "lch", "oklab", "oklch", "color-mix", "calc", "min", "max", "clamp", "var"}

// ParseTheme reads a CSS file that gives variables a value, as in ":root { --toets-accent: #004488; }". Anything else in it is an error, in Dutch and with its
// line, because a person wrote the file: no other rules, no addresses, nothing that could leave its place in the page. The theme is written anew from what
// was read.
func ParseTheme(css string) (Theme, error) {
	// Comments keep their lines, so that an error names the right one.
	css = themeComment.ReplaceAllStringFunc(css, func(c string) string { return " " + strings.Repeat("\n", strings.Count(c, "\n")) })
	var known []string
	for _, m := range themeToken.FindAllStringSubmatch(htmlStyle, -1) {
		known = append(known, m[1])
	}
	var b strings.Builder
	rest, own := css, 0
	for strings.TrimSpace(rest) != "" {
		fault := func(format string, args ...any) (Theme, error) {
			read := css[:len(css)-len(strings.TrimLeft(rest, " \t\r\n"))]
			return Theme{}, fmt.Errorf("regel %d: %s", strings.Count(read, "\n")+1, fmt.Sprintf(format, args...))
		}
		scope, after, opened := strings.Cut(rest, "{")
		if !opened || !themeScope.MatchString(strings.TrimSpace(scope)) {
			return fault("alleen :root { --naam: waarde; } mag in een thema")
		}
		body, next, closed := strings.Cut(after, "}")
		if !closed {
			return fault("de accolade wordt niet gesloten")
		}
		rest = after
		for declaration := range strings.SplitAfterSeq(body, ";") {
			text := strings.TrimSpace(strings.TrimSuffix(declaration, ";"))
			if text == "" {
				rest = strings.TrimPrefix(rest, declaration)
				continue
			}
			name, value, _ := strings.Cut(text, ":")
			name, value = strings.TrimSpace(name), strings.Join(strings.Fields(value), " ")
			switch {
			case !themeName.MatchString(name):
				return fault("alleen variabelen (--naam: waarde) mogen in een thema")
			case strings.HasPrefix(name, "--toets-") && !slices.Contains(known, name):
				return fault("onbekende variabele %s; bekend zijn %s", name, strings.Join(known, ", "))
			case !plainValue(value):
				return fault("de waarde van %s mag alleen een kleur, maat, getal, lettertype of andere variabele zijn", name)
			}
			if strings.HasPrefix(name, "--toets-") {
				own++
			}
			b.WriteString("\n  " + name + ": " + value + ";")
			rest = strings.TrimPrefix(rest, declaration)
		}
		rest = next
	}
	if own == 0 {
		return Theme{}, fmt.Errorf("er staat geen variabele van het verslag in; bekend zijn %s", strings.Join(known, ", "))
	}
	return Theme{"\n:root {" + b.String() + "\n}\n"}, nil
}

// plainValue reports whether a value can do nothing but be a value.
func plainValue(v string) bool {
	if !themeValue.MatchString(v) || strings.Contains(v, "/*") || strings.Contains(v, "*/") {
		return false
	}
	depth := 0
	var quote rune
	for _, r := range v {
		switch {
		case quote != 0:
			if r == quote {
				quote = 0
			}
		case r == '"', r == '\'':
			quote = r
		case r == '(':
			depth++
		case r == ')':
			if depth--; depth < 0 {
				return false
			}
		}
	}
	if depth != 0 || quote != 0 {
		return false
	}
	for _, m := range themeFunction.FindAllStringSubmatch(v, -1) {
		if !slices.Contains(themeFunctions, strings.ToLower(m[1])) {
			return false
		}
	}
	return true
}
