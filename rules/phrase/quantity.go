package phrase

import (
	"strconv"
	"strings"
)

// Quantity is an amount with its unit, as a text gives it.
type Quantity struct {
	Unit  string // "hours", "workdays", "days", "weeks", "months", "years", "percent" or "euro"
	Value float64
}

// quantityUnits gives the unit that a word behind a number stands for.
var quantityUnits = map[string]string{
	"uur": "hours", "uren": "hours",
	"werkdag": "workdays", "werkdagen": "workdays",
	"dag": "days", "dagen": "days", "kalenderdag": "days", "kalenderdagen": "days", "etmaal": "days", "etmalen": "days",
	"week": "weeks", "weken": "weeks", "kalenderweek": "weeks", "kalenderweken": "weeks",
	"maand": "months", "maanden": "months", "kalendermaand": "months", "kalendermaanden": "months", "mnd": "months",
	"jaar": "years", "jaren": "years", "kalenderjaar": "years", "kalenderjaren": "years",
	"%": "percent", "procent": "percent", "percent": "percent", "euro": "euro", "eur": "euro",
}

// QuantityAt reads a quantity that starts at token i and gives the first token behind it. "Drie (3) maanden" is one quantity, "een half jaar" six months; a time of
// the day ("12.00 uur") is none.
func QuantityAt(toks []Token, i int) (q Quantity, end int, ok bool) {
	switch w := text(toks, i); w {
	case "€", "euro", "eur":
		if v, end, ok := amountAt(toks, i+1); ok {
			return Quantity{"euro", v}, end, true
		}
		return Quantity{}, 0, false
	case "half", "halve", "anderhalf", "anderhalve":
		months := 6.0
		if strings.HasPrefix(w, "ander") {
			months = 18
		}
		if quantityUnits[text(toks, i+1)] == "years" {
			return Quantity{"months", months}, i + 2, true
		}
		return Quantity{}, 0, false
	}
	v, end, ok := amountAt(toks, i)
	if !ok {
		return Quantity{}, 0, false
	}
	if again, after, ok := amountAt(toks, end); ok && again == v {
		end = after
	}
	unit := quantityUnits[text(toks, end)]
	if unit == "" || unit == "hours" && strings.Contains(toks[i].Text, ".") {
		return Quantity{}, 0, false
	}
	return Quantity{unit, v}, end + 1, true
}

// Number reads a folded word, in digits or as a Dutch number word below a thousand.
func Number(word string) (v float64, ok bool) { return number(word) }

// NumberAt reads the number at token i, in digits or in words.
func NumberAt(toks []Token, i int) (v float64, ok bool) {
	if i < 0 || i >= len(toks) {
		return 0, false
	}
	return numberAt(toks, i)
}

// AtOnceAt reads words that ask for something at once ("onverwijld") and gives the first token behind them.
func AtOnceAt(toks []Token, i int) (end int, ok bool) {
	switch text(toks, i) {
	case "binnen", "uiterlijk", "hoogstens", "maximaal":
		return 0, false
	}
	if ends := deadlineAt(toks, i); len(ends) > 0 {
		return ends[0], true
	}
	return 0, false
}

// amountAt reads a number that may have dots between thousands and "miljoen" behind it.
func amountAt(toks []Token, i int) (v float64, end int, ok bool) {
	w := text(toks, i)
	if v, ok = numberAt(toks, i); !ok || thousands(w) {
		if v, ok = parseThousands(w); !ok {
			return 0, 0, false
		}
	}
	switch text(toks, i+1) {
	case "miljoen", "mln":
		return v * 1e6, i + 2, true
	case "duizend":
		return v * 1e3, i + 2, true
	}
	return v, i + 1, true
}

// thousands reports whether w is a number with dots between its thousands: 2.500.000 and 750.000, but not 2.5.
func thousands(w string) bool {
	groups := strings.Split(w, ".")
	if len(groups) < 2 || len(groups[0]) == 0 || len(groups[0]) > 3 {
		return false
	}
	for _, g := range groups[1:] {
		if len(g) != 3 || strings.Trim(g, "0123456789") != "" {
			return false
		}
	}
	return strings.Trim(groups[0], "0123456789") == ""
}

func parseThousands(w string) (float64, bool) {
	whole := w
	if i := strings.LastIndexByte(w, '.'); i >= 0 && len(w)-i-1 < 3 && thousands(w[:i]) { // 31.750.00: the comma of the cents has become a dot
		whole = w[:i]
	}
	if !thousands(whole) {
		return 0, false
	}
	v, err := strconv.ParseFloat(strings.ReplaceAll(whole, ".", ""), 64)
	return v, err == nil
}
