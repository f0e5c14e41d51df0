package rules

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"inkooptoets/rules/phrase"
)

// slot numbers the groups of one recogniser.
type slot uint8

// The groups that every recogniser may have; those of its all and of its aspects follow.
const (
	slotVeto slot = iota
	slotNot
	slotSubject
	slotStrong
	slotWeak
	slotContradicts
	slotNegates
	slotInterval
	slotFree // the first of the others
)

// maxSlots bounds the groups of a recogniser, aspects included; the longest one has some hundred and twenty.
const maxSlots = 192

// slots is a set of groups of one recogniser.
type slots [maxSlots / 64]uint64

func (s slots) has(n slot) bool { return s[n/64]&(1<<(n%64)) != 0 }

func (s *slots) set(n slot) { s[n/64] |= 1 << (n % 64) }

func (s slots) or(t slots) slots { return slots{s[0] | t[0], s[1] | t[1], s[2] | t[2]} }

// only is the set of one group.
func only(n slot) (s slots) {
	s.set(n)
	return s
}

// within reports whether every group of s is in t.
func (s slots) within(t slots) bool { return s[0]&^t[0]|s[1]&^t[1]|s[2]&^t[2] == 0 }

// any reports whether s and t share a group.
func (s slots) any(t slots) bool { return s[0]&t[0]|s[1]&t[1]|s[2]&t[2] != 0 }

// need is what must hit: a phrase of strong, or one of every group of all.
type need struct {
	strong slot
	all    []slot
}

// slots is the set of the groups of n.
func (n need) slots() (s slots) {
	s.set(n.strong)
	for _, g := range n.all {
		s.set(g)
	}
	return s
}

// reach is a need as a set, for a quick look.
type reach struct {
	all    slots
	strong slot
}

func (n need) reach() reach {
	r := reach{strong: n.strong}
	for _, g := range n.all {
		r.all.set(g)
	}
	return r
}

// within reports whether words of the groups in own, or in own and context together as both, can meet r.
func (r *reach) within(own, both *slots) bool {
	return own.has(r.strong) || r.all != (slots{}) && r.all.within(*both)
}

// glance is what tells at a glance whether a recogniser has anything to see in a block. Those of all recognisers stand together: each block asks hundreds.
type glance struct {
	masks        slots // groups that only take away
	first, after int32 // range in Evaluator.reaches of its needs
}

// number gives every group of c its slot.
func (c *compiled) number() error {
	next := slotFree
	take := func(groups int) []slot {
		out := make([]slot, groups)
		for i := range out {
			out[i], next = next, next+1
		}
		return out
	}
	count := int(slotFree) + len(c.all)
	for _, a := range c.aspects {
		count += len(a.all) + 2
	}
	if count > maxSlots {
		return fmt.Errorf("requirement %q: %d groups, at most %d: join some, or cut the requirement in two", c.req.ID, count, maxSlots)
	}
	c.anchor = need{slotStrong, take(len(c.all))}
	c.masks.set(slotVeto)
	c.masks.set(slotNot)
	for i := range c.aspects {
		a := &c.aspects[i]
		own := take(2)
		a.need = need{own[0], take(len(a.all))}
		a.mask = own[1]
		c.masks.set(a.mask)
		c.nots.set(a.mask)
	}
	return nil
}

// grouped calls add for every group of c with its slot.
func (c *compiled) grouped(add func(slot, group)) {
	add(slotVeto, c.veto)
	add(slotNot, c.not)
	add(slotSubject, c.subject)
	add(slotStrong, c.strong)
	add(slotWeak, c.weak)
	add(slotContradicts, c.contradicts)
	add(slotNegates, c.negates)
	if c.interval != nil {
		add(slotInterval, c.interval.from)
		add(slotInterval, c.interval.until)
	}
	for i, s := range c.anchor.all {
		add(s, c.all[i])
	}
	for _, a := range c.aspects {
		add(a.need.strong, a.strong)
		add(a.mask, a.not)
		for i, s := range a.need.all {
			add(s, a.all[i])
		}
	}
}

// sees reports whether words of the groups in own, in a block whose headings and lead-in hold words of those in context, can show anything of recogniser i.
func (ev *Evaluator) sees(i int16, own, context *slots) bool {
	g := &ev.glances[i]
	if own.within(g.masks) || own.has(slotVeto) {
		return false
	}
	if own.any(telling) {
		return true
	}
	both := own.or(*context)
	for k := range ev.reaches[g.first:g.after] {
		if ev.reaches[int(g.first)+k].within(own, &both) {
			return true
		}
	}
	return false
}

// telling are the groups of which one word is enough to show something.
var telling = func() (s slots) {
	for _, n := range []slot{slotSubject, slotStrong, slotWeak, slotContradicts, slotNegates, slotInterval} {
		s.set(n)
	}
	return s
}()

// owner is a group of a recogniser that holds a phrase. There are tens of thousands, asked for at every hit: they are small on purpose.
type owner struct {
	index int16 // in compiled
	slot  slot
	// apart says, for a hit that stands for several phrases, that what follows of the recogniser is another phrase than what went before: one whose words
	// mask others sees them one by one.
	apart bool
}

// ownersOf lists the groups that hold a phrase, or one of those that a hit stands for, by recogniser in the order of the catalogue.
func (ev *Evaluator) ownersOf(id phrase.ID) []owner {
	return ev.owners[ev.firstOwner[id]:ev.firstOwner[id+1]]
}

// ready builds what evaluations look up by phrase. The groups are complete and do not change any more.
func (ev *Evaluator) ready() error {
	if len(ev.compiled) > math.MaxInt16 {
		return fmt.Errorf("%d requirements, at most %d", len(ev.compiled), math.MaxInt16)
	}
	held := make([][]owner, ev.matcher.IDs())
	n := 0
	for i, c := range ev.compiled {
		if err := c.number(); err != nil {
			return err
		}
		g := glance{masks: c.masks, first: int32(len(ev.reaches))}
		ev.reaches = append(ev.reaches, c.anchor.reach())
		for _, a := range c.aspects {
			ev.reaches = append(ev.reaches, a.need.reach())
		}
		g.after = int32(len(ev.reaches))
		ev.glances = append(ev.glances, g)
		c.grouped(func(s slot, g group) {
			for _, id := range g {
				if o := (owner{index: int16(i), slot: s}); !slices.Contains(held[id], o) {
					held[id] = append(held[id], o)
					n++
				}
			}
		})
	}
	ev.said, ev.saidAlone = make([]bool, ev.matcher.IDs()), map[phrase.ID][]phrase.ID{}
	ev.eachList(func(g group) {
		for _, id := range g {
			ev.said[id] = true
		}
	})
	for i := ev.matcher.Len(); i < len(held); i++ {
		alone := ev.matcher.Alone(phrase.ID(i))
		held[i] = ev.together(alone, held)
		n += len(held[i])
		for _, id := range alone {
			if ev.said[id] {
				ev.said[i] = true
				ev.saidAlone[phrase.ID(i)] = append(ev.saidAlone[phrase.ID(i)], id)
			}
		}
	}
	ev.owners, ev.firstOwner = make([]owner, 0, n), make([]int32, 0, len(held)+1)
	for _, list := range held {
		ev.firstOwner = append(ev.firstOwner, int32(len(ev.owners)))
		ev.owners = append(ev.owners, list...)
	}
	ev.firstOwner = append(ev.firstOwner, int32(len(ev.owners)))
	return nil
}

// together lists the owners of some phrases as those of one.
func (ev *Evaluator) together(phrases []phrase.ID, held [][]owner) []owner {
	var out []owner
	for _, id := range phrases {
		for k, o := range held[id] {
			o.apart = k == 0 || held[id][k-1].index != o.index
			out = append(out, o)
		}
	}
	slices.SortStableFunc(out, func(a, b owner) int { return cmp.Compare(a.index, b.index) })
	whole := out[:0]
	for len(out) > 0 {
		n := 1
		for n < len(out) && out[n].index == out[0].index {
			n++
		}
		own, masks := out[:n], ev.glances[out[0].index].masks
		if slices.ContainsFunc(own, func(o owner) bool { return masks.has(o.slot) }) {
			whole = append(whole, own...)
		} else {
			var in slots
			for _, o := range own {
				if o.apart = false; !in.has(o.slot) {
					in.set(o.slot)
					whole = append(whole, o)
				}
			}
		}
		out = out[n:]
	}
	return whole
}

// eachList calls each for every list of phrases that is not of one recogniser: those of the engine, of the profile, and the names of laws and frameworks.
func (ev *Evaluator) eachList(each func(group)) {
	w := &ev.words
	for _, lists := range []map[string]*group{w.lists(), ev.asks.lists()} {
		for _, g := range lists {
			each(*g)
		}
	}
	for _, z := range w.zones {
		each(z.words)
	}
	for _, hints := range [][]hint{w.procedures, w.services, w.lawHints, w.segments, w.targets, w.variants} {
		for _, h := range hints {
			each(h.words)
		}
	}
	for _, l := range ev.laws {
		each(l.ids)
	}
	for _, f := range ev.frameworks {
		each(f.names)
	}
}

// view is a passage as one requirement sees it.
type view struct {
	p       *passage
	hits    []seen
	context slots // groups with a word in the headings or the lead-in
}

// seen is a hit of a recogniser in a block.
type seen struct {
	k  int32 // index in p.own.hits
	in slots
}

// relevant lists, per requirement, the passages in which its recogniser, its articles or its framework have anything to look at.
func (ev *Evaluator) relevant(passages []*passage) [][]view {
	s := sweep{ev: ev, out: make([][]view, len(ev.compiled)), at: make([]gathered, len(ev.compiled)), around: make([]slots, len(ev.compiled))}
	for _, p := range passages {
		s.take(p)
	}
	return s.out
}

// sweep sorts the hits of passages by requirement.
type sweep struct {
	ev      *Evaluator
	out     [][]view
	at      []gathered // per requirement: of the block
	around  []slots    // and of its headings and lead-in
	touched []int16    // requirements with hits in the block
	nearby  []int16    // and with hits in the headings and lead-in
	last    *passage
	room    []seen // for the hits of views
}

// gathered is what the hits in a block are for one requirement.
type gathered struct {
	own   slots
	count int32
}

func (s *sweep) take(p *passage) {
	s.contextOf(p)
	for i := range p.own.hits {
		for _, o := range s.ev.ownersOf(p.own.hits[i].Phrase) {
			t := &s.at[o.index]
			if t.count == 0 {
				s.touched = append(s.touched, o.index)
			}
			t.count++
			t.own.set(o.slot)
		}
	}
	named := len(p.cites) > 0 || len(p.framed) > 0
	for _, i := range s.touched {
		t := &s.at[i]
		if s.ev.sees(i, &t.own, &s.around[i]) || named && s.ev.namedBy(s.ev.compiled[i], p) {
			s.out[i] = append(s.out[i], view{p: p, hits: s.reserve(int(t.count)), context: s.around[i]})
		} else {
			t.count = -1 // nothing to see
		}
	}
	if named {
		for i, c := range s.ev.compiled {
			if s.at[i].count == 0 && s.ev.namedBy(c, p) {
				s.out[i] = append(s.out[i], view{p: p, context: s.around[i]})
			}
		}
	}
	for k := range p.own.hits {
		for _, o := range s.ev.ownersOf(p.own.hits[k].Phrase) {
			if s.at[o.index].count <= 0 {
				continue
			}
			v := &s.out[o.index][len(s.out[o.index])-1]
			if n := len(v.hits); n == 0 || v.hits[n-1].k != int32(k) || o.apart {
				v.hits = append(v.hits, seen{k: int32(k)})
			}
			v.hits[len(v.hits)-1].in.set(o.slot)
		}
	}
	for _, i := range s.touched {
		s.at[i] = gathered{}
	}
	s.touched = s.touched[:0]
}

// contextOf gathers the groups in headings and lead-in; blocks in a row mostly share them.
func (s *sweep) contextOf(p *passage) {
	if s.last != nil && s.last.leadIn == p.leadIn && slices.Equal(s.last.trail, p.trail) {
		return
	}
	s.last = p
	for _, i := range s.nearby {
		s.around[i] = slots{}
	}
	s.nearby = s.nearby[:0]
	for _, seg := range p.contexts() {
		for _, h := range seg.hits {
			for _, o := range s.ev.ownersOf(h.Phrase) {
				if s.around[o.index] == (slots{}) {
					s.nearby = append(s.nearby, o.index)
				}
				s.around[o.index].set(o.slot)
			}
		}
	}
}

// reserve gives room for n hits.
func (s *sweep) reserve(n int) []seen {
	const chunk = 4096
	if len(s.room)+n > cap(s.room) {
		s.room = make([]seen, 0, max(n, chunk))
	}
	from := len(s.room)
	s.room = s.room[:from+n]
	return s.room[from : from : from+n]
}

// namedBy reports whether p cites an article of c or adopts its framework.
func (ev *Evaluator) namedBy(c *compiled, p *passage) bool {
	return slices.ContainsFunc(p.cites, func(cite cited) bool { return ev.cites(cite, c) }) ||
		slices.ContainsFunc(p.framed, func(n framed) bool { return n.source == c.req.Source })
}

// contextWithout gives the groups in headings and lead-in of p, the words of c inside a hit of its not left out.
func (ev *Evaluator) contextWithout(p *passage, i int16) slots {
	var out slots
	for _, seg := range p.contexts() {
		for _, h := range ev.unmasked(ev.oneByOne(seg.hits), ev.compiled[i].not) {
			out = out.or(ev.slotsOf(i, h.Phrase))
		}
	}
	return out
}

// ownersIn lists the groups of recogniser i that hold a phrase, or one of those that a hit stands for.
func (ev *Evaluator) ownersIn(i int16, id phrase.ID) []owner {
	all := ev.ownersOf(id)
	from, _ := slices.BinarySearchFunc(all, i, func(o owner, i int16) int { return cmp.Compare(o.index, i) })
	n := from
	for n < len(all) && all[n].index == i {
		n++
	}
	return all[from:n]
}

// slotsOf gives the groups in which recogniser i holds a phrase, or one of those that a hit stands for.
func (ev *Evaluator) slotsOf(i int16, id phrase.ID) (out slots) {
	for _, o := range ev.ownersIn(i, id) {
		out.set(o.slot)
	}
	return out
}

// hitsOf lists the hits of c in the text of p, also where it has nothing to judge.
func (ev *Evaluator) hitsOf(c *compiled, p *passage) view {
	v := view{p: p}
	for k, h := range p.own.hits {
		for _, o := range ev.ownersIn(c.index, h.Phrase) {
			if n := len(v.hits); n == 0 || v.hits[n-1].k != int32(k) || o.apart {
				v.hits = append(v.hits, seen{k: int32(k)})
			}
			v.hits[len(v.hits)-1].in.set(o.slot)
		}
	}
	return v
}
