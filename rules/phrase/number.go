package phrase

import (
	"fmt"
	"strconv"
	"strings"
)

// class is a number class: what kind of quantity, and a bound on its value.
type class struct {
	kind string
	op   string // "", "=", "<", "<=", ">", ">="
	val  float64
	unit unit // of a quantity
}

// unit is what a word behind a number counts.
type unit uint8

// unitKinds numbers the classes that ask for a unit.
var unitKinds = map[string]unit{"years": 1, "months": 2, "weeks": 3, "days": 4, "hours": 5, "percent": 6, "euro": 7}

// classKinds lists the number classes; those that take a bound are true.
var classKinds = map[string]bool{
	"number": true, "years": true, "months": true, "weeks": true, "days": true, "hours": true, "percent": true, "euro": true, "date": false, "deadline": false,
}

// IsClass reports whether word, without its #, begins a number class: "years", "months(<=3)".
func IsClass(word string) bool {
	_, err := parseClass("#" + word)
	return err == nil
}

func parseClass(w string) (class, error) {
	name, arg, hasArg := strings.Cut(strings.TrimPrefix(w, "#"), "(")
	bounded, known := classKinds[name]
	if !known {
		return class{}, fmt.Errorf("%q: unknown number class", w)
	}
	c := class{kind: name, unit: unitKinds[name]}
	if !hasArg {
		return c, nil
	}
	if !bounded {
		return class{}, fmt.Errorf("%q: this class takes no number", w)
	}
	arg = strings.TrimSuffix(arg, ")")
	c.op = "="
	for _, op := range []string{"<=", ">=", "<", ">", "="} {
		if rest, ok := strings.CutPrefix(arg, op); ok {
			c.op, arg = op, rest
			break
		}
	}
	v, err := strconv.ParseFloat(strings.TrimSpace(arg), 64)
	if err != nil {
		return class{}, fmt.Errorf("%q: %q is not a number", w, arg)
	}
	c.val = v
	return c, nil
}

func (c class) holds(v float64) bool {
	switch c.op {
	case "=":
		return v == c.val
	case "<":
		return v < c.val
	case "<=":
		return v <= c.val
	case ">":
		return v > c.val
	case ">=":
		return v >= c.val
	}
	return true
}

// units gives the unit that a word counts.
var units = unitWords(map[string]string{
	"years":   "jaar jaren jarig jarige jr",
	"months":  "maand maanden mnd mnden",
	"weeks":   "week weken wk wkn",
	"days":    "dag dagen werkdag werkdagen kalenderdag kalenderdagen etmaal etmalen dgn",
	"hours":   "uur uren",
	"percent": "% procent percent pct",
	"euro":    "euro eur",
})

func unitWords(kinds map[string]string) map[string]unit {
	out := map[string]unit{}
	for kind, words := range kinds {
		for w := range strings.FieldsSeq(words) {
			out[w] = unitKinds[kind]
		}
	}
	return out
}

var months = [...]string{"januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december"}

var monthDays = [...]int{31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}

// at lists where an occurrence of the class that starts at token i ends (first token after it). Empty if there is none.
func (c class) at(toks []Token, i int) []int {
	switch c.kind {
	case "number":
		if v, ok := numberAt(toks, i); ok && toks[i].Text != "een" && c.holds(v) {
			return []int{i + 1}
		}
	case "euro":
		if text(toks, i) == "€" || text(toks, i) == "euro" || text(toks, i) == "eur" {
			if v, ok := numberAt(toks, i+1); ok && c.holds(v) {
				return []int{i + 2}
			}
			return nil
		}
		return c.quantity(toks, i)
	case "date":
		return dateAt(toks, i)
	case "deadline":
		return deadlineAt(toks, i)
	default:
		return c.quantity(toks, i)
	}
	return nil
}

// offer is a set of kinds of number class: bit u for quantities in unit u, bit 0 for plain numbers, and two more.
type offer uint16

const (
	offersNumber   offer = 1
	offersDate     offer = 1 << 14
	offersDeadline offer = 1 << 15
)

// asks is the offer that c needs.
func (c class) asks() offer {
	switch c.kind {
	case "date":
		return offersDate
	case "deadline":
		return offersDeadline
	}
	return 1 << c.unit
}

// offered tells which number classes can start at token i: at most tokens none.
func offered(toks []Token, i int) (o offer) {
	if _, ok := numberAt(toks, i); ok {
		if toks[i].Text != "een" {
			o = offersNumber
		}
		for k := i + 1; k < len(toks) && k <= i+2; k++ { // "drie maanden", "drie (3) maanden"
			if unit := toks[k].unit; unit != 0 {
				o |= 1 << unit
			}
			if k == i+1 && (toks[k].number || monthNumber(toks[k].Text) > 0) {
				o |= offersDate
			}
		}
	}
	switch toks[i].Text {
	case "€", "euro", "eur":
		o |= 1 << unitKinds["euro"]
	case "per", "zonder", "dezelfde", "diezelfde", "binnen", "uiterlijk", "hoogstens", "maximaal":
		o |= offersDeadline
	}
	if atOnce[toks[i].Text] {
		o |= offersDeadline
	}
	return o
}

// atOnce are the words for a time limit without a number.
var atOnce = set("onverwijld onmiddellijk terstond direct meteen stante ogenblikkelijk")

// quantity reads number + unit; "drie (3) maanden" is one quantity too.
func (c class) quantity(toks []Token, i int) []int {
	v, ok := numberAt(toks, i)
	if !ok || i+1 >= len(toks) || !c.holds(v) {
		return nil
	}
	if toks[i+1].unit == c.unit {
		return []int{i + 2}
	}
	if w, ok := numberAt(toks, i+1); ok && w == v && i+2 < len(toks) && toks[i+2].unit == c.unit {
		return []int{i + 3}
	}
	return nil
}

func dateAt(toks []Token, i int) []int {
	if _, end, ok := DateAt(toks, i); ok {
		return []int{end}
	}
	return nil
}

// Date is a day as a text gives it; Year is 0 if the text names none.
type Date struct{ Year, Month, Day int }

// DateAt reads a date that starts at token i, written out or in digits, and gives the first token behind it.
func DateAt(toks []Token, i int) (d Date, end int, ok bool) {
	day, ok := numberAt(toks, i)
	if !ok || day < 1 || day > 31 {
		return Date{}, 0, false
	}
	if m := monthNumber(text(toks, i+1)); m > 0 {
		if y, ok := numberAt(toks, i+2); ok && y >= 1900 && y <= 2200 {
			return Date{int(y), m, int(day)}, i + 3, int(day) <= monthDays[m-1]
		}
		return Date{0, m, int(day)}, i + 2, int(day) <= monthDays[m-1]
	}
	m, ok := numberAt(toks, i+1)
	y, ok2 := numberAt(toks, i+2)
	if ok && ok2 && m >= 1 && m <= 12 && y >= 1900 && y <= 2200 {
		return Date{int(y), int(m), int(day)}, i + 3, int(day) <= monthDays[int(m)-1]
	}
	return Date{}, 0, false
}

func monthNumber(w string) int {
	if len(w) < 3 {
		return 0
	}
	for i, name := range months {
		if w == name || w == name[:3] || w == "mrt" && name == "maart" || w == "sept" && name == "september" {
			return i + 1
		}
	}
	return 0
}

// deadlineAt reads what Dutch tenders accept as a time limit, including the ways to say at once.
func deadlineAt(toks []Token, i int) []int {
	if atOnce[text(toks, i)] {
		return []int{i + 1}
	}
	switch text(toks, i) {
	case "per":
		if text(toks, i+1) == "ommegaande" || text(toks, i+1) == "direct" {
			return []int{i + 2}
		}
	case "zonder":
		if w := text(toks, i+1); w == "uitstel" || w == "vertraging" {
			return []int{i + 2}
		}
	case "dezelfde", "diezelfde":
		if w := text(toks, i+1); w == "dag" || w == "werkdag" {
			return []int{i + 2}
		}
	case "binnen", "uiterlijk", "hoogstens", "maximaal":
		for j := i + 1; j <= i+3; j++ {
			for _, kind := range []string{"hours", "days", "weeks", "months", "years"} {
				if end := (class{kind: kind, unit: unitKinds[kind]}).at(toks, j); end != nil {
					return end
				}
			}
			if end := dateAt(toks, j); end != nil {
				return end
			}
		}
		if text(toks, i) == "uiterlijk" {
			return []int{i + 1}
		}
	}
	return nil
}

func text(toks []Token, i int) string {
	if i < 0 || i >= len(toks) {
		return ""
	}
	return toks[i].Text
}

var ones = map[string]float64{
	"nul": 0, "een": 1, "twee": 2, "drie": 3, "vier": 4, "vijf": 5, "zes": 6, "zeven": 7, "acht": 8, "negen": 9, "tien": 10, "elf": 11, "twaalf": 12,
	"dertien": 13, "veertien": 14, "vijftien": 15, "zestien": 16, "zeventien": 17, "achttien": 18, "negentien": 19,
}

var tens = map[string]float64{
	"twintig": 20, "dertig": 30, "veertig": 40, "vijftig": 50, "zestig": 60, "zeventig": 70, "tachtig": 80, "negentig": 90,
}

// numberAt gives the value of token i; false if it is no number.
func numberAt(toks []Token, i int) (float64, bool) {
	if i < 0 || i >= len(toks) {
		return 0, false
	}
	return toks[i].value, toks[i].number
}

// number reads a word in digits or a Dutch number word below a thousand.
func number(w string) (float64, bool) {
	if w == "" {
		return 0, false
	}
	if w[0] >= '0' && w[0] <= '9' {
		v, err := strconv.ParseFloat(w, 64)
		return v, err == nil
	}
	return numberWord(w)
}

func numberWord(w string) (float64, bool) {
	if v, ok := ones[w]; ok {
		return v, true
	}
	if v, ok := tens[w]; ok {
		return v, true
	}
	if !strings.HasSuffix(w, "ig") && !strings.HasSuffix(w, "honderd") {
		return 0, false
	}
	for ten, v := range tens { // vijfentwintig
		if head, ok := strings.CutSuffix(w, "en"+ten); ok {
			if o, ok := ones[head]; ok && o < 10 {
				return o + v, true
			}
		}
	}
	if head, ok := strings.CutSuffix(w, "honderd"); ok {
		if head == "" {
			return 100, true
		}
		if o, ok := ones[head]; ok {
			return o * 100, true
		}
	}
	return 0, false
}

func set(words string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		m[w] = true
	}
	return m
}
