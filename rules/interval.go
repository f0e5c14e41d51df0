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
func (iv *interval) weigh(passages []*passage) (shows result.Status, from, until dated, ok bool) {
	var starts []dated
	for _, p := range passages {
		if p.zone == dossier.ZoneTOC || p.zone == dossier.ZoneDefinitions {
			continue
		}
		for _, d := range datesBy(p, iv.from, iv.until) {
			if from.p == nil || after(d.day, from.day) {
				from = d
			}
		}
		starts = append(starts, datesBy(p, iv.until, iv.from)...)
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
		if after(s.day, from.day) && (until.p == nil || after(until.day, s.day)) {
			until = s
		}
	}
	if until.p == nil {
		return "", dated{}, dated{}, false
	}
	if goDate(until.day).Before(goDate(from.day).AddDate(0, iv.months, 0)) {
		return result.Contradicted, from, until, true
	}
	return result.Covered, from, until, true
}

// datesBy finds the dates whose nearest phrase in the sentence is one of mine and not one of others.
func datesBy(p *passage, mine, others group) []dated {
	var out []dated
	toks := p.own.fold.Tokens
	for i := 0; i < len(toks); i++ {
		day, end, ok := phrase.DateAt(toks, i)
		if !ok || toks[i].Sentence != toks[end-1].Sentence {
			continue
		}
		best, distance, isMine := phrase.Hit{}, 2*len(toks), false
		for _, h := range p.own.hits {
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

func after(a, b phrase.Date) bool { return goDate(a).After(goDate(b)) }

func goDate(d phrase.Date) time.Time {
	return time.Date(d.Year, time.Month(d.Month), d.Day, 0, 0, 0, 0, time.UTC)
}
