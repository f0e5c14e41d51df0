package docx

import (
	"strconv"
	"strings"

	"inkooptoets/extract/dossier"
)

// level is one level of a list definition.
type level struct {
	start    int
	format   string // "decimal", "lowerLetter", "bullet", ...
	width    int    // least number of digits
	text     string // "%1.%2"
	restart  int    // level whose step resets this one, from 1; 0 never, -1 any higher level
	legal    bool   // every part in digits
	style    string // id of the paragraph style that is tied to this level
	left     float64
	indented bool
}

type definition struct {
	levels [9]level
	link   string // style that holds the real definition
}

type instance struct {
	abstract string
	starts   map[int]int
	levels   map[int]level
}

// numbering computes the numbers Word would print: they are not in the text of the document.
type numbering struct {
	definitions map[string]*definition
	instances   map[string]*instance
	counters    map[string]*[9]int
	started     map[string]bool
}

func readNumbering(root *node, s styles) *numbering {
	n := &numbering{map[string]*definition{}, map[string]*instance{}, map[string]*[9]int{}, map[string]bool{}}
	if root == nil {
		return n
	}
	var ids []string // in the order of the file, so that a loop of definitions always ends in the same place
	for _, k := range root.kids {
		switch k.name {
		case "abstractNum":
			n.definitions[k.attr("abstractNumId")] = readDefinition(k)
		case "num":
			n.instances[k.attr("numId")] = readInstance(k)
			ids = append(ids, k.attr("numId"))
		}
	}
	for _, id := range ids {
		n.follow(n.instances[id], s)
	}
	return n
}

func readDefinition(k *node) *definition {
	d := &definition{link: k.child("numStyleLink").attr("val")}
	for i := range d.levels {
		d.levels[i] = level{start: 1, restart: -1}
	}
	for _, l := range k.kids {
		if i, err := strconv.Atoi(l.attr("ilvl")); l.name == "lvl" && err == nil && i >= 0 && i < 9 {
			d.levels[i] = readLevel(l)
		}
	}
	return d
}

// maxStart bounds the numbers in a file; Word stops at the same one.
const maxStart = 32767

func readLevel(l *node) level {
	lv := level{start: 1, restart: -1, text: l.child("lvlText").attr("val"), style: l.child("pStyle").attr("val")}
	lv.format, lv.width = readFormat(l)
	if v, err := strconv.Atoi(l.child("start").attr("val")); err == nil && v >= 0 && v <= maxStart {
		lv.start = v
	}
	if v, err := strconv.Atoi(l.child("lvlRestart").attr("val")); err == nil {
		lv.restart = v
	}
	lv.legal, _ = l.on("isLgl")
	lv.left, lv.indented = leftIndent(l.child("pPr"))
	return lv
}

// readFormat finds the way a level is counted. Newer versions write "001, 002" as a custom format, next to one that older versions know.
func readFormat(l *node) (format string, width int) {
	n := l.child("numFmt")
	if n == nil {
		n = l.child("AlternateContent", "Choice", "numFmt")
	}
	format = n.attr("val")
	if format != "custom" {
		return format, 0
	}
	first, _, _ := strings.Cut(n.attr("format"), ",")
	return "decimal", min(len(strings.TrimSpace(first)), 9)
}

func readInstance(k *node) *instance {
	inst := &instance{abstract: k.child("abstractNumId").attr("val"), starts: map[int]int{}, levels: map[int]level{}}
	for _, o := range k.kids {
		i, err := strconv.Atoi(o.attr("ilvl"))
		if o.name != "lvlOverride" || err != nil || i < 0 || i > 8 {
			continue
		}
		if v, err := strconv.Atoi(o.child("startOverride").attr("val")); err == nil && v >= 0 && v <= maxStart {
			inst.starts[i] = v
		}
		if l := o.child("lvl"); l != nil {
			inst.levels[i] = readLevel(l)
		}
	}
	return inst
}

// follow replaces a definition that only points at a list style by the one that style uses.
func (n *numbering) follow(inst *instance, s styles) {
	for range 5 {
		d := n.definitions[inst.abstract]
		if d == nil || d.link == "" {
			return
		}
		other := n.instances[s.of(d.link).numID]
		if other == nil {
			return
		}
		inst.abstract = other.abstract
	}
}

func (n *numbering) level(inst *instance, i int) level {
	if l, ok := inst.levels[i]; ok {
		return l
	}
	return n.definitions[inst.abstract].levels[i]
}

// known says whether numID is a list with a definition. The id "0" takes a paragraph out of its style's list.
func (n *numbering) known(numID string) bool {
	inst := n.instances[numID]
	return numID != "" && numID != "0" && inst != nil && n.definitions[inst.abstract] != nil
}

// tied is the level of list numID that belongs to a style.
func (n *numbering) tied(numID, styleID string) (ilvl int, ok bool) {
	if styleID == "" || !n.known(numID) {
		return 0, false
	}
	for i := range 9 {
		if n.level(n.instances[numID], i).style == styleID {
			return i, true
		}
	}
	return 0, false
}

// step counts one paragraph of a known list and returns its number as printed, empty for a bullet.
func (n *numbering) step(numID string, ilvl int) string {
	inst := n.instances[numID]
	c := n.counters[inst.abstract] // lists that share a definition go on counting
	if c == nil {
		c = new([9]int)
		for i := range c {
			c[i] = n.level(inst, i).start - 1
		}
		n.counters[inst.abstract] = c
	}
	if !n.started[numID] {
		n.started[numID] = true
		for i, v := range inst.starts {
			c[i] = v - 1
		}
	}
	for i := range ilvl {
		if c[i] < n.level(inst, i).start {
			c[i] = n.level(inst, i).start // a level that was skipped counts as begun
		}
	}
	c[ilvl]++
	for i := ilvl + 1; i < 9; i++ {
		if l := n.level(inst, i); l.restart < 0 || l.restart > ilvl {
			c[i] = l.start - 1
		}
	}
	return n.print(inst, ilvl, c)
}

func (n *numbering) print(inst *instance, ilvl int, c *[9]int) string {
	lv := n.level(inst, ilvl)
	if lv.format == "bullet" {
		return ""
	}
	var out strings.Builder
	for rest := lv.text; rest != ""; {
		before, after, found := strings.Cut(rest, "%")
		out.WriteString(before)
		if !found {
			break
		}
		rest = after
		if after == "" || after[0] < '1' || after[0] > '9' {
			out.WriteByte('%')
			continue
		}
		i := int(after[0] - '1')
		rest = after[1:]
		part := n.level(inst, i)
		if lv.legal {
			part.format = "decimal"
		}
		out.WriteString(formatNumber(c[i], part.format, part.width))
	}
	return strings.TrimSpace(out.String())
}

// formatNumber writes v the way a list level does, with at least width digits.
func formatNumber(v int, format string, width int) string {
	switch format {
	case "none":
		return ""
	case "lowerLetter", "upperLetter":
		if v < 1 || v > 780 {
			return strconv.Itoa(v)
		}
		s := strings.Repeat(string(rune('a'+(v-1)%26)), 1+(v-1)/26) // Word goes on with aa, bb
		if format == "upperLetter" {
			return strings.ToUpper(s)
		}
		return s
	case "lowerRoman":
		return strings.ToLower(dossier.Roman(v))
	case "upperRoman":
		return dossier.Roman(v)
	case "decimalZero":
		width = 2
	case "ordinal":
		return strconv.Itoa(v) + "e"
	case "numberInDash":
		return "- " + strconv.Itoa(v) + " -"
	}
	s := strconv.Itoa(v)
	return strings.Repeat("0", max(0, width-len(s))) + s
}
