package odt

import (
	"strconv"
	"strings"

	"inkooptoets/extract/dossier"
)

// style is what is needed of a paragraph or character style.
type style struct {
	parent string
	list   string // list style
	level  int    // heading level, 0 if the style is none
	bold   int8   // 1 on, -1 off, 0 left to the parent
	hidden bool
	ground string // colour behind the words, in lower case; empty: left to the parent
}

// listStyle is how the ten levels of a list are numbered.
type listStyle struct {
	levels [10]listLevel
}

type listLevel struct {
	format         string // "1", "a", "A", "i", "I"; empty for a bullet or none
	prefix, suffix string
	pattern        string // "%1%.%2%" of newer versions; it says all that prefix, suffix and shown do
	start          int
	shown          int // how many levels are printed: 2 for "3.2"
	indent         float64
}

// counter holds the numbers of one list.
type counter struct {
	style *listStyle
	at    [10]int
	begun [10]bool
}

// step counts one item at level and returns its number as printed. start is the number it gets, 0 if it is the next one.
func (c *counter) step(level, start int) string {
	for i := range level {
		if !c.begun[i] {
			c.at[i], c.begun[i] = c.first(i), true
		}
	}
	switch {
	case start > 0:
		c.at[level] = start
	case !c.begun[level]:
		c.at[level] = c.first(level)
	default:
		c.at[level]++
	}
	c.begun[level] = true
	c.restart(level + 1)
	return c.print(level)
}

// restart makes the levels from level on begin again.
func (c *counter) restart(level int) {
	for i := level; i < len(c.begun); i++ {
		c.begun[i] = false
	}
}

func (c *counter) first(level int) int {
	if c.style == nil || c.style.levels[level].start == 0 {
		return 1
	}
	return c.style.levels[level].start
}

func (c *counter) print(level int) string {
	if c.style == nil {
		return ""
	}
	l := c.style.levels[level]
	if l.format == "" {
		return strings.TrimSpace(l.prefix + l.suffix)
	}
	if l.pattern != "" {
		out := l.pattern
		for i := range level + 1 {
			out = strings.ReplaceAll(out, "%"+strconv.Itoa(i+1)+"%", format(c.at[i], c.style.levels[i].format))
		}
		return strings.TrimSpace(out)
	}
	var parts []string
	for i := max(0, level-max(1, l.shown)+1); i <= level; i++ {
		if f := c.style.levels[i].format; f != "" {
			parts = append(parts, format(c.at[i], f))
		}
	}
	return strings.TrimSpace(l.prefix + strings.Join(parts, ".") + l.suffix)
}

func format(v int, f string) string {
	if v < 1 {
		return strconv.Itoa(v)
	}
	switch f {
	case "":
		return ""
	case "a", "A":
		if v > 780 {
			return strconv.Itoa(v)
		}
		return strings.Repeat(string(rune(int(f[0])+(v-1)%26)), 1+(v-1)/26)
	case "i":
		return strings.ToLower(dossier.Roman(v))
	case "I":
		return dossier.Roman(v)
	}
	return strconv.Itoa(v)
}

// readListStyle reads text:list-style and text:outline-style, which have the same form.
func readListStyle(n *node) *listStyle {
	s := &listStyle{}
	for _, k := range n.kids {
		level, err := strconv.Atoi(k.attr("level"))
		if err != nil || level < 1 || level > 10 {
			continue
		}
		l := &s.levels[level-1]
		l.indent = points(k.find("list-level-properties").find("list-level-label-alignment").attr("margin-left"))
		if k.name != "list-level-style-number" && k.name != "outline-level-style" {
			continue // a bullet or a picture
		}
		l.pattern = k.attr("num-list-format")
		l.format, l.prefix, l.suffix = k.attr("num-format"), k.attr("num-prefix"), k.attr("num-suffix")
		l.start, _ = strconv.Atoi(k.attr("start-value"))
		l.shown, _ = strconv.Atoi(k.attr("display-levels"))
	}
	return s
}

// points reads a length such as "1.27cm".
func points(length string) float64 {
	for unit, size := range map[string]float64{"cm": 28.35, "mm": 2.835, "in": 72, "pt": 1} {
		if number, ok := strings.CutSuffix(length, unit); ok {
			v, _ := strconv.ParseFloat(number, 64)
			return v * size
		}
	}
	return 0
}
