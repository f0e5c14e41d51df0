package rules

import (
	"time"

	"inkooptoets/extract/dossier"
	"inkooptoets/rules/phrase"
	"inkooptoets/rules/result"
)

// interval is a compiled Interval.
type interval struct {
	from, until group
	months      int
}

// dated is a date in a passage with the words it belongs to.
type dated struct {
	p    *passage
	day  phrase.Date
	mark mark
}

// weigh compares the dates of all passages: long enough covers, too short contradicts, one date alone says nothing.
func (iv *interval) weigh(ev *Evaluator, views []view) (shows result.Status, from, until dated, ok bool) {
	var starts []dated
	for _, v := range views {
		p := v.p
		if p.zone == dossier.ZoneTOC || p.zone == dossier.ZoneDefinitions {
			continue
		}
		hits := ev.oneByOne(v.of(only(slotInterval)))
		for _, d := range datesBy(p, hits, iv.from, iv.until) {
			if from.p == nil || after(d.day, from.day) {
				from = d
			}
		}
		starts = append(starts, datesBy(p, hits, iv.until, iv.from)...)
	}
	if from.p == nil {
		return "", dated{}, dated{}, false
	}
	for _, s := range starts {
		if s.day.Year == 0 { // "wij gunnen op 30 september, start op 2 januari": the next one
			s.day.Year = from.day.Year
			if !after(s.day, from.day) {
				s.day.Year++
			}
		}
		switch { // the first start behind the award; a start before it only if there is no other
		case until.p == nil,
			after(s.day, from.day) && (!after(until.day, from.day) || after(until.day, s.day)):
			until = s
		}
	}
	if until.p == nil {
		return "", dated{}, dated{}, false
	}
	if from.day.Year == 0 { // "de gunning is op 15 december, de start op 1 januari 2027": the last one before the start
		from.day.Year = until.day.Year
		if after(from.day, until.day) {
			from.day.Year--
		}
	}
	if after(monthsLater(from.day, iv.months), until.day) {
		return result.Contradicted, from, until, true
	}
	return result.Covered, from, until, true
}

// datesBy finds the dates in p whose nearest phrase in the sentence, among hits, is one of mine and not one of others.
func datesBy(p *passage, hits []phrase.Hit, mine, others group) []dated {
	var out []dated
	toks := p.own.fold.Tokens
	for i := 0; i < len(toks); i++ {
		day, end, ok := phrase.DateAt(toks, i)
		if !ok || toks[i].Sentence != toks[end-1].Sentence {
			continue
		}
		best, distance, isMine := phrase.Hit{}, 2*len(toks), false
		for _, h := range hits {
			m, o := mine.has(h.Phrase), others.has(h.Phrase)
			if !m && !o || h.Sentence != toks[i].Sentence {
				continue
			}
			d := i - h.To
			if h.From >= end { // words before a date name it; those behind it only if there are none
				d = h.From - end + len(toks)
			}
			if d < distance {
				best, distance, isMine = h, d, m
			}
		}
		if isMine {
			out = append(out, dated{p, day, mark{toks[i].Start, toks[end-1].End}.with(best)})
		}
		i = end - 1
	}
	return out
}

// monthsLater is the same day some months later, or the last day of that month.
func monthsLater(d phrase.Date, n int) phrase.Date {
	first := time.Date(d.Year, time.Month(d.Month+n), 1, 0, 0, 0, 0, time.UTC)
	last := first.AddDate(0, 1, -1).Day()
	return phrase.Date{Year: first.Year(), Month: int(first.Month()), Day: min(d.Day, last)}
}

func after(a, b phrase.Date) bool { return goDate(a).After(goDate(b)) }

func goDate(d phrase.Date) time.Time {
	return time.Date(d.Year, time.Month(d.Month), d.Day, 0, 0, 0, 0, time.UTC)
}
