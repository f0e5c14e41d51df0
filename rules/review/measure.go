package review

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"inkooptoets/rules/phrase"
)

// measure is a number in a text, in a form in which two can be compared: a stretch of values, or a name.
type measure struct {
	from, to int // tokens
	lo, hi   float64
	name     string // of a register, or that the year of a date is not given; only equal names compare
	bound    string // "min", "max" or empty
	atOnce   bool
}

// differs reports whether a and b cannot both be meant.
func (m measure) differs(o measure) bool {
	if m.bound != "" && o.bound != "" && m.bound != o.bound {
		return false
	}
	return m.hi < o.lo || o.hi < m.lo
}

// readers give the measures of one kind in a text.
var readers = map[string]func(toks []phrase.Token) []measure{
	"term": terms, "duration": durations, "date": dates, "times": times, "percent": unitReader("percent"), "euro": unitReader("euro"), "level": levels, "register": registers,
}

// unitReader reads quantities of one unit.
func unitReader(unit string) func([]phrase.Token) []measure {
	return func(toks []phrase.Token) []measure {
		return quantities(toks, func(q phrase.Quantity, _, _ int) bool { return q.Unit == unit })
	}
}

// quantities reads every quantity that keep accepts.
func quantities(toks []phrase.Token, keep func(q phrase.Quantity, from, to int) bool) []measure {
	var out []measure
	for i := 0; i < len(toks); i++ {
		q, end, ok := phrase.QuantityAt(toks, i)
		if !ok {
			continue
		}
		if keep(q, i, end) {
			lo, hi := days(q)
			out = append(out, measure{from: i, to: end, lo: lo, hi: hi, bound: bound(toks, i)})
		}
		i = end - 1
	}
	return out
}

// days gives the stretch of days that a time can mean, so that a month and thirty days do not differ; other units keep their value. Few working days may have a
// weekend in them, more of them have.
func days(q phrase.Quantity) (lo, hi float64) {
	switch v := q.Value; q.Unit {
	case "hours":
		return v / 24, v / 24
	case "workdays":
		if v < 5 {
			return v, v + 2
		}
		return math.Floor(v * 7 / 5), math.Ceil(v * 7 / 5)
	case "weeks":
		return 7 * v, 7 * v
	case "months":
		return 28 * v, 31 * v
	case "years":
		return 365 * v, 366 * v
	default:
		return v, v
	}
}

func isTime(unit string) bool { return unit != "percent" && unit != "euro" }

var (
	leastWords = wordSet("minimaal minstens tenminste minste minder")
	mostWords  = wordSet("maximaal hoogstens hoogste binnen uiterlijk")
	// termWords stand before how long something may take; behind it stand termAfter.
	termWords = wordSet("binnen uiterlijk hoogstens maximaal hoogste termijn betaaltermijn betalingstermijn opzegtermijn langer later ouder meer minimaal minstens tenminste minste")
	termAfter = wordSet("na tevoren vooraf voorafgaand voor oud later nadat")
	// notTerm stand right before a time that is no limit: "tot vijf jaar na", "de afgelopen drie jaar".
	notTerm     = wordSet("tot gedurende afgelopen voorgaande laatste eerste per elke iedere om telkens")
	aheadOf     = wordSet("tevoren vooraf voorafgaand voor van oud")
	notDuration = wordSet("afgelopen voorgaande laatste eerste per binnen na")
)

func wordSet(list string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(list) {
		m[w] = true
	}
	return m
}

// bound says whether a number at token i is a least or a most.
func bound(toks []phrase.Token, i int) string {
	for j := i - 1; j >= 0 && j >= i-3 && toks[j].Sentence == toks[i].Sentence; j-- {
		switch w := toks[j].Text; {
		case leastWords[w] && (w != "minder" || j > 0 && toks[j-1].Text == "niet"):
			return "min"
		case mostWords[w]:
			return "max"
		}
	}
	return ""
}

// terms reads how soon something must be done: a time that words make a limit, or words for at once.
func terms(toks []phrase.Token) []measure {
	out := quantities(toks, func(q phrase.Quantity, from, to int) bool {
		if !isTime(q.Unit) || before(toks, from, 2, notTerm) {
			return false
		}
		return before(toks, from, 4, termWords) || termBefore(toks, from) || to < len(toks) && toks[to].Sentence == toks[from].Sentence && termAfter[toks[to].Text] || to+1 < len(toks) && toks[to].Text == "van"
	})
	for i := range toks {
		switch toks[i].Text {
		case "onverwijld", "onmiddellijk", "terstond", "ommegaande", "dezelfde", "diezelfde", "zonder", "per":
			if end, ok := phrase.AtOnceAt(toks, i); ok && toks[i].Text+" "+toks[end-1].Text != "per direct" {
				out = append(out, measure{from: i, to: end, hi: 1, atOnce: true})
			}
		}
	}
	return out
}

// termBefore reports whether a word for some term stands right before token i: "de standstilltermijn bedraagt".
func termBefore(toks []phrase.Token, i int) bool {
	for j := i - 1; j >= 0 && j >= i-3 && toks[j].Sentence == toks[i].Sentence; j-- {
		if strings.HasSuffix(toks[j].Text, "termijn") {
			return true
		}
	}
	return false
}

// durations reads how long something goes on; a first and a last day are read too.
func durations(toks []phrase.Token) []measure {
	return quantities(toks, func(q phrase.Quantity, from, to int) bool {
		return isTime(q.Unit) && !before(toks, from, 1, notDuration) && !(to < len(toks) && aheadOf[toks[to].Text])
	})
}

// before reports whether one of words stands among the n tokens before token i, in its sentence.
func before(toks []phrase.Token, i, n int, words map[string]bool) bool {
	for j := i - 1; j >= 0 && j >= i-n && toks[j].Sentence == toks[i].Sentence; j-- {
		if words[toks[j].Text] {
			return true
		}
	}
	return false
}

// dates reads days. A day before a date is the last day that is meant: "vóór 1 april" is 31 March.
func dates(toks []phrase.Token) []measure {
	var out []measure
	for i := 0; i < len(toks); i++ {
		d, end, ok := phrase.DateAt(toks, i)
		if !ok {
			continue
		}
		day, name := dayOf(d)
		lo := day
		if i > 0 && toks[i-1].Text == "voor" {
			lo--
		}
		out = append(out, measure{from: i, to: end, lo: lo, hi: day, name: name})
		i = end - 1
	}
	return out
}

// dayOf numbers the days; one without a year gets a name of its own, as it compares only with others without.
func dayOf(d phrase.Date) (day float64, name string) {
	if d.Year == 0 {
		d.Year, name = 2000, "zonder jaar"
	}
	return float64(time.Date(d.Year, time.Month(d.Month), d.Day, 0, 0, 0, 0, time.UTC).Unix() / (24 * 60 * 60)), name
}

// ranges reads "van 1 juli 2027 tot en met 30 juni 2031" as a time in days.
func ranges(toks []phrase.Token) []measure {
	days := dates(toks)
	var out []measure
	for i := 0; i+1 < len(days); i++ {
		a, b := days[i], days[i+1]
		if a.name != "" || b.name != "" || toks[a.from].Sentence != toks[b.from].Sentence || b.lo <= a.hi {
			continue
		}
		between := joinWords(toks[a.to:b.from])
		if between == "tot en met" || between == "t m" || between == "tot" || strings.HasPrefix(between, "en eindigt") || strings.HasSuffix(between, "tot en met") && b.from-a.to < 6 {
			out = append(out, measure{from: a.from, to: b.to, lo: b.hi - a.hi, hi: b.hi - a.hi + 2})
		}
	}
	return out
}

func joinWords(toks []phrase.Token) string {
	var out []string
	for _, t := range toks {
		out = append(out, t.Text)
	}
	return strings.Join(out, " ")
}

// times reads how often: "twee keer", "tweemaal", "2x".
func times(toks []phrase.Token) []measure {
	var out []measure
	for i := range toks {
		v, ok := phrase.NumberAt(toks, i)
		to := i + 2
		if ok = ok && i+1 < len(toks) && (toks[i+1].Text == "keer" || toks[i+1].Text == "maal" || toks[i+1].Text == "x"); !ok {
			w, cut := strings.CutSuffix(toks[i].Text, "maal")
			if !cut {
				w, cut = strings.CutSuffix(toks[i].Text, "x")
			}
			if v, ok = phrase.Number(w); !cut || !ok {
				continue
			}
			to = i + 1
		}
		out = append(out, measure{from: i, to: to, lo: v, hi: v, bound: bound(toks, i)})
	}
	return out
}

// counts reads numbers with one of the units behind them.
func counts(x text, units words) []measure {
	toks := x.fold.Tokens
	var out []measure
	for _, h := range x.hits {
		if !units[h.Phrase] {
			continue
		}
		for j := h.From - 1; j >= 0 && j >= h.From-2 && toks[j].Sentence == toks[h.From].Sentence; j-- {
			if v, ok := phrase.NumberAt(toks, j); ok {
				out = append(out, measure{from: j, to: h.To, lo: v, hi: v, bound: bound(toks, j)})
				break
			}
		}
	}
	return out
}

// schooling ranks the levels of education.
var schooling = map[string]float64{"hbo": 6, "wo": 7}

// levels reads levels of education: "mbo-4", "mbo-niveau 4", "hbo".
func levels(toks []phrase.Token) []measure {
	var out []measure
	for i, t := range toks {
		if v := schooling[t.Text]; v > 0 {
			out = append(out, measure{from: i, to: i + 1, lo: v, hi: v, bound: bound(toks, i)})
			continue
		}
		rest, ok := strings.CutPrefix(t.Text, "mbo")
		if !ok {
			continue
		}
		to := i + 1
		v, err := strconv.ParseFloat(rest, 64)
		for ; err != nil && to < len(toks) && to <= i+2; to++ {
			v, err = strconv.ParseFloat(toks[to].Text, 64)
		}
		if err == nil && v >= 1 && v <= 4 {
			out = append(out, measure{from: i, to: to, lo: v, hi: v, bound: bound(toks, i)})
		}
	}
	return out
}

// enrolled are the words for standing in a register.
var enrolled = wordSet("geregistreerd geregistreerde registratie registraties ingeschreven inschrijving register registers staat staan kwaliteitsregister")

// registers reads the registers for professionals that a sentence names, all of them as one.
func registers(toks []phrase.Token) []measure {
	type seen struct {
		m     measure
		names []string
		says  bool
	}
	bySentence := map[int]*seen{}
	var order []int
	for i, t := range toks {
		s := bySentence[t.Sentence]
		if s == nil {
			s = &seen{m: measure{from: -1}}
			bySentence[t.Sentence] = s
			order = append(order, t.Sentence)
		}
		s.says = s.says || enrolled[t.Text]
		for _, name := range []string{"skj", "big", "registerplein"} {
			if name == "skj" && strings.HasPrefix(t.Text, "kwaliteitsregister") {
				t.Text = "skj" // the register by its name in full
			}
			if !strings.HasPrefix(t.Text, name) || len(t.Text) > len(name) && !strings.Contains(t.Text, "regist") && t.Text != name {
				continue
			}
			s.says = s.says || name != "registerplein" && strings.Contains(t.Text, "regist")
			if s.m.from < 0 {
				s.m.from = i
			}
			s.m.to = i + 1
			if !slices.Contains(s.names, name) {
				s.names = append(s.names, name)
			}
		}
	}
	var out []measure
	for _, k := range order {
		s := bySentence[k]
		if s.m.from < 0 || !s.says {
			continue
		}
		for _, name := range s.names { // a set as a number, so that two sets differ when they are not the same
			s.m.lo += map[string]float64{"skj": 1, "big": 2, "registerplein": 4}[name]
		}
		s.m.hi = s.m.lo
		out = append(out, s.m)
	}
	return out
}
