package rules

import (
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"go.yaml.in/yaml/v3"

	"inkooptoets/extract/dossier"
	"inkooptoets/rules/result"
	"inkooptoets/seeds"
)

// mutationDate is a day on which every law requirement that is or was in force this year counts.
const mutationDate = "2026-06-01"

// tenders are the reference dossiers: per law one for a contract, and one for a subsidy because some duties exist there only. A requirement is tested in the
// first in which it applies.
var tenders = []struct{ law, procedure string }{{"wmo", "aanbesteding"}, {"wmo", "subsidie"}, {"jeugdwet", "aanbesteding"}, {"jeugdwet", "subsidie"}}

// clause is a piece of text of the reference dossier: what the catalogue suggests for one requirement, under a neutral heading. A mutation may give it
// another heading.
type clause struct {
	c       *compiled
	number  int
	heading string // of its own; empty: "Artikel 12" or "Punt 12"
	text    string // empty: left out
}

// reference is a tender that covers every requirement of one law. A clause is read once and reused in every dossier that holds it: nothing in it depends on
// what stands beside it, because law, procedure and services are given.
type reference struct {
	ev      *Evaluator
	cached  *segments
	options Options
	profile profile
	judged  []int    // indexes of the requirements of laws; rows are in this order
	clauses []clause // one per requirement that applies
	read    map[clause]reading
	base    map[string]result.Row
	feeds   map[string]map[string]result.Row // clause of requirement -> what it shows on its own of each requirement
}

// reading is a clause cut into passages, and per judged requirement those that have anything to do with it.
type reading struct {
	passages []*passage
	views    [][]view
}

func newReference(ev *Evaluator, cached *segments, law, procedure string) *reference {
	r := &reference{ev: ev, cached: cached, options: Options{Date: mutationDate, Laws: []string{law}, Procedure: procedure, Services: seeds.Services()},
		read: map[clause]reading{}, feeds: map[string]map[string]result.Row{}}
	r.profile = ev.profile(nil, dossier.Profile{}, r.options)
	for i, c := range ev.compiled {
		if !c.ofLaw() {
			continue // of a framework
		}
		r.judged = append(r.judged, i)
		if applies, _ := r.profile.applies(c.req, mutationDate); applies == yes && c.req.Manual == "" {
			r.clauses = append(r.clauses, clause{c: c, number: len(r.clauses) + 1, text: c.req.Suggestion})
		}
	}
	r.base = r.rows(r.clauses)
	for _, cl := range r.clauses {
		r.feeds[cl.c.req.ID] = r.rows([]clause{cl})
	}
	return r
}

// rows judges the dossier that clauses make, by requirement.
func (r *reference) rows(clauses []clause) map[string]result.Row {
	var passages []*passage
	views := make([][]view, len(r.judged))
	for _, cl := range clauses {
		if cl.text == "" {
			continue
		}
		read := r.reading(cl)
		passages = append(passages, read.passages...)
		for k, v := range read.views {
			views[k] = append(views[k], v...)
		}
	}
	out := map[string]result.Row{}
	for k, i := range r.judged {
		c := r.ev.compiled[i]
		out[c.req.ID], _ = r.ev.row(c, passages, views[k], r.profile, mutationDate, lacking{})
	}
	return out
}

func (r *reference) reading(cl clause) reading {
	if read, ok := r.read[cl]; ok {
		return read
	}
	d := r.ev.zones(dossier.Dossier{Documents: []dossier.Document{cl.document()}}, r.cached)
	read := reading{passages: r.ev.passages(d, r.cached)}
	all := r.ev.prepare(read.passages, r.profile.soleLaw(), func() {})
	for _, i := range r.judged {
		read.views = append(read.views, all[i])
	}
	r.read[cl] = read
	return read
}

// document writes a clause into a contract or, for what binds the municipality, into a guide to the procedure.
func (cl clause) document() dossier.Document {
	title, heading, role := "Overeenkomst", "Artikel", "overeenkomst"
	if cl.c.req.Party == "municipality" {
		title, heading, role = "Leidraad", "Punt", "leidraad"
	}
	heading = fmt.Sprintf("%s %d", heading, cl.number)
	if cl.heading != "" {
		heading = cl.heading
	}
	path := fmt.Sprintf("%s-%d.md", role, cl.number)
	text := "# " + title + "\n\n## " + heading + "\n\n" + demote(demote(cl.text))
	return dossier.Document{Path: path, Format: "text", Role: role, Blocks: dossier.Outline(path, dossier.ParseText(text))}
}

// mutation changes the clause of one requirement.
type mutation struct {
	name string
	make func(c *compiled) []clause // the clause in its changed forms
	want func(c *compiled, got result.Status) bool
	// alone says that other clauses that cover the requirement must go, or they would cover it still.
	alone bool
	floor float64 // share of the cases that must be right; it only goes up
}

func is(want result.Status) func(*compiled, result.Status) bool {
	return func(_ *compiled, got result.Status) bool { return got == want }
}

// isGap is what must be left without the clause. Where silence means that a rule does not hold, it does not apply.
func isGap(c *compiled, got result.Status) bool {
	return got.Gap() || got == result.NotApplicable && len(c.req.Applies.IfNamed) > 0
}

// isNeverPartial holds for a duty of the municipality without aspects: what it must do is a fact of the tender, stated or not, whoever states it.
func isNeverPartial(_ *compiled, got result.Status) bool {
	return got != result.Partial && got != result.Referenced && got != result.NotApplicable
}

var mutations = []mutation{
	{"delete", deleted, isGap, true, 0.99},
	{"negate: list of what is not asked", negatedList, is(result.Contradicted), false, 0.99},
	{"negate: sentence that it is not asked", notAsked, is(result.Contradicted), false, 0.99},
	{"negate: sentence that nobody need do it", needNot, is(result.Contradicted), false, 0.99},
	{"wish: 'bij voorkeur'", preferred, is(result.Mentioned), true, 0.99},
	{"wish: list of what is appreciated", wishList, is(result.Mentioned), true, 0.99},
	{"wish: 'streeft naar'", strivenFor, is(result.Mentioned), true, 0.99},
	{"move to definitions", defined, is(result.Mentioned), true, 0.99},
	{"title in contents only", listed, is(result.Mentioned), true, 0.99},
	{"swap the party: in the sentence", swapped, is(result.Partial), true, 0.99},
	{"swap the party: in the lead-in", swappedList, is(result.Partial), true, 0.99},
	{"swap the party: duty of the municipality", swappedMunicipal, isNeverPartial, true, 0.99},
	{"reference to the article", referenced, is(result.Referenced), true, 0.99},
	{"paraphrase", paraphrased, is(result.Covered), true, 0.99},
}

// exception is a case that cannot give the status the mutation is made for, with the reason; mutation is the start of its name.
type exception struct{ mutation, requirement, reason string }

// exceptions are not run.
var exceptions = []exception{
	{"reference to the article", "ov-avg", "the whole law counts, and a law named without its content is no more than a mention"},
	{"reference to the article", "ov-wtza-toelating", "the name of the law is the subject, and subject plus article is as good as the duty"},
	{"negate: sentence", "wmo-ub5.4-subsidie", "a subsidy must say whether it pays everything; saying that it does not is an answer too"},
	{"negate: sentence", "jw-bj2.3-subsidie", "a subsidy must say whether it pays everything; saying that it does not is an answer too"},
	{"swap the party: in the sentence", "wmo-3.5-vermoeden", "'verlangt de gemeente een nieuwe VOG' demands it from the provider"},
	{"swap the party", "ov-avg", "both parties control data: an agreement on it binds whoever is named first"},
	{"swap the party", "jw-4.0.1-meldplicht", "the clause also names the subcontractor, who is a provider"},
	{"swap the party: in the sentence", "jw-4.1.1-professionele-standaard", "the professionals act, whoever engages them"},
	{"swap the party", "jw-4.2.2-structurele-klacht", "the complaints committee acts, whoever set it up"},
	{"swap the party", "jw-4.3.1-jaarverslag", "a report of the municipality is another report: a mention, no half duty"},
	{"swap the party: in the lead-in", "jw-7.3.11-geheimhouding", "the clause names a gecertificeerde instelling, which is a provider"},
	{"swap the party: in the lead-in", "wmo-2.6.7a-istandaarden", "the clause names the way of working, which holds whoever states it"},
	{"swap the party: in the lead-in", "jw-2.15-istandaarden", "the clause names the way of working, which holds whoever states it"},
}

func excepted(m mutation, c *compiled) bool {
	return slices.ContainsFunc(exceptions, func(e exception) bool {
		return e.requirement == c.req.ID && strings.HasPrefix(m.name, e.mutation)
	})
}

// outcome counts one kind of mutation.
type outcome struct {
	cases, right, excepted int
	pairs                  int // cases times the other requirements that must not change
	wrong                  []string
}

// TestMutation takes a dossier that covers everything, changes the clause of one requirement, and asks that this requirement changes as it must and that no
// other does.
func TestMutation(t *testing.T) {
	ev := evaluator(t)
	cached := ev.segments(dossier.Dossier{})
	known, err := negations()
	if err != nil {
		t.Fatal(err)
	}
	done := map[string]bool{}
	outcomes := make([]outcome, len(mutations))
	requirements := 0
	for _, tender := range tenders {
		r := newReference(ev, cached, tender.law, tender.procedure)
		r.check(t)
		for i, cl := range r.clauses {
			if key := tender.law + " " + cl.c.req.ID; !done[key] {
				done[key] = true
				if n := known[cl.c.req.ID]; n.NotAsked == "" || n.NeedNot == "" {
					t.Fatalf("testdata/negations.yaml: no sentences for %s", cl.c.req.ID)
				}
				requirements++
				for k, m := range mutations {
					r.mutate(i, m, &outcomes[k], tender.law)
				}
			}
		}
	}
	printOutcomes(t, requirements, outcomes)
}

// check asks that the reference dossier covers all, and that Evaluate says the same of it.
func (r *reference) check(t *testing.T) {
	t.Helper()
	d := dossier.Dossier{ID: "referentie"}
	for _, cl := range r.clauses {
		d.Documents = append(d.Documents, cl.document())
		if got := r.base[cl.c.req.ID]; got.Status != result.Covered {
			t.Errorf("%v: %s is %s in the reference dossier, want covered: %s", r.options, cl.c.req.ID, got.Status, got.Reason)
		}
	}
	all, err := r.ev.Evaluate(t.Context(), d, r.options)
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range all.Rows {
		if got, ok := r.base[row.Requirement]; ok && got.Status != row.Status {
			t.Errorf("%s is %s clause by clause and %s as a whole", row.Requirement, got.Status, row.Status)
		}
	}
}

// mutate runs every form of one mutation of clause i.
func (r *reference) mutate(i int, m mutation, o *outcome, law string) {
	id := r.clauses[i].c.req.ID
	if excepted(m, r.clauses[i].c) {
		o.excepted += len(m.make(r.clauses[i].c))
		return
	}
	for n, form := range m.make(r.clauses[i].c) {
		clauses := slices.Clone(r.clauses)
		touched := map[string]bool{id: true}
		form.number = clauses[i].number
		clauses[i] = form
		if m.alone {
			r.clear(clauses, i, touched)
		} else {
			for other, row := range r.feeds[id] {
				touched[other] = touched[other] || row.Status != result.Missing && row.Status != result.NotApplicable
			}
		}
		rows := r.rows(clauses)
		o.cases++
		var faults []string
		if got := rows[id]; !m.want(form.c, got.Status) {
			faults = append(faults, fmt.Sprintf("is %s (%s)", got.Status, got.Reason))
		}
		for _, k := range r.judged {
			if other := r.ev.compiled[k].req.ID; !touched[other] {
				o.pairs++
				if got := rows[other]; got.Status != r.base[other].Status {
					faults = append(faults, fmt.Sprintf("%s becomes %s (%s)", other, got.Status, got.Reason))
				}
			}
		}
		if len(faults) == 0 {
			o.right++
			continue
		}
		o.wrong = append(o.wrong, fmt.Sprintf("%s #%d (%s) %s\n\t\t%s", id, n+1, law, strings.Join(faults, "; "), strings.ReplaceAll(form.text, "\n", "⏎")))
	}
}

// clear leaves out the other clauses that bind something of the requirement of clause i.
func (r *reference) clear(clauses []clause, i int, touched map[string]bool) {
	for k, cl := range clauses {
		switch r.feeds[cl.c.req.ID][clauses[i].c.req.ID].Status {
		case result.Covered, result.Referenced, result.Partial:
			if k != i {
				clauses[k].text = ""
				touched[cl.c.req.ID] = true
			}
		}
	}
}

// printOutcomes shows the figures and fails where a kind of mutation falls below its floor.
func printOutcomes(t *testing.T, requirements int, outcomes []outcome) {
	t.Helper()
	t.Logf("%d requirements", requirements)
	for _, e := range exceptions {
		t.Logf("exception: %s, %s: %s", e.mutation, e.requirement, e.reason)
	}
	for k, o := range outcomes {
		t.Logf("%-42s %4d cases, %4d right (%.1f%%), %d other verdicts looked at, %d exceptions", mutations[k].name, o.cases, o.right, 100*float64(o.right)/float64(o.cases), o.pairs, o.excepted)
		for _, w := range o.wrong {
			t.Logf("\t%s", w)
		}
		if float64(o.right) < mutations[k].floor*float64(o.cases) {
			t.Errorf("%s: %d of %d right, want %.0f%%", mutations[k].name, o.right, o.cases, 100*mutations[k].floor)
		}
	}
}

// sentenceEnd is where a suggestion goes on with a new sentence.
var sentenceEnd = regexp.MustCompile(`(\. \p{Lu}|; \p{L})`)

func sentences(text string) []string {
	return strings.Split(sentenceEnd.ReplaceAllStringFunc(text, func(m string) string { return ".\x00" + m[2:] }), "\x00")
}

// items writes sentences as a list under a lead-in.
func items(leadIn string, list []string) string {
	return leadIn + "\n\n- " + strings.Join(list, "\n- ")
}

func single(c *compiled, text string) []clause { return []clause{{c: c, text: text}} }

func deleted(c *compiled) []clause { return []clause{{c: c}} }

func negatedList(c *compiled) []clause {
	lead := "Het volgende wordt niet van Opdrachtnemer verlangd:"
	if c.req.Party == "municipality" {
		lead = "Het volgende is niet van toepassing op deze opdracht:"
	}
	return single(c, items(lead, sentences(c.req.Suggestion)))
}

// negation is one entry of testdata/negations.yaml.
type negation struct {
	ID       string `yaml:"id"`
	NotAsked string `yaml:"not-asked"`
	NeedNot  string `yaml:"need-not"`
}

var negations = sync.OnceValues(func() (map[string]negation, error) {
	raw, err := os.ReadFile("testdata/negations.yaml")
	if err != nil {
		return nil, err
	}
	var list []negation
	if err := yaml.Unmarshal(raw, &list); err != nil {
		return nil, err
	}
	out := map[string]negation{}
	for _, n := range list {
		out[n.ID] = n
	}
	return out, nil
})

func notAsked(c *compiled) []clause { return single(c, negationOf(c).NotAsked) }

func needNot(c *compiled) []clause { return single(c, negationOf(c).NeedNot) }

// negationOf gives the sentences for c; TestMutation has seen that there are some.
func negationOf(c *compiled) negation {
	all, _ := negations()
	return all[c.req.ID]
}

// inverted is a main clause with its subject first, as far as a suggestion opens with a plain one.
var inverted = regexp.MustCompile(`^(Opdrachtnemer|Opdrachtgever|De gemeente|Zij|Hij|Veilig Thuis|De opdracht|De hulp|De ondersteuning|De voorziening|Het tarief|De tarieven|De subsidie|De cliënt|Het plan) (\p{L}+) `)

func preferred(c *compiled) []clause {
	var out []string
	for _, s := range sentences(c.req.Suggestion) {
		if m := inverted.FindStringSubmatch(s); m != nil {
			out = append(out, "Bij voorkeur "+m[2]+" "+lowered(m[1])+" "+s[len(m[0]):])
			continue
		}
		out = append(out, "Bij voorkeur geldt: "+lowered(s))
	}
	return single(c, strings.Join(out, " "))
}

// lowered writes the first letter small, except that of an abbreviation or of a party with a capital.
func lowered(s string) string {
	if strings.HasPrefix(s, "Opdracht") || strings.HasPrefix(s, "Veilig Thuis") {
		return s
	}
	return strings.ToLower(s[:1]) + s[1:]
}

func wishList(c *compiled) []clause {
	return single(c, items("Wij zouden het volgende waarderen:", sentences(c.req.Suggestion)))
}

func strivenFor(c *compiled) []clause {
	who := "Opdrachtnemer"
	if c.req.Party == "municipality" {
		who = "De gemeente"
	}
	list := sentences(c.req.Suggestion)
	for i, s := range list {
		list[i] = lowered(strings.TrimRight(s, ".;"))
	}
	return single(c, who+" streeft naar het volgende: "+strings.Join(list, "; ")+".")
}

func defined(c *compiled) []clause {
	return []clause{{c: c, heading: "Begrippen", text: c.req.Title + ": " + lowered(c.req.Suggestion)}}
}

func listed(c *compiled) []clause {
	return []clause{{c: c, heading: "Inhoudsopgave", text: "12 " + c.req.Title + " ........ 7"}}
}

var party = regexp.MustCompile(`(?i)\b(de )?(opdrachtnemer|opdrachtgever)\b`)

// swapped puts the client in the place of the contractor and the other way round, in clauses of which every sentence names the contractor. Where the recogniser
// takes a clause from either party there is nothing to swap.
func swapped(c *compiled) []clause {
	if c.rec.Party != "provider" {
		return nil
	}
	list := sentences(c.req.Suggestion)
	for _, s := range list {
		if !strings.Contains(strings.ToLower(s), "opdrachtnemer") {
			return nil
		}
	}
	return single(c, strings.Join(swapParties(list), " "))
}

func swapParties(list []string) []string {
	out := slices.Clone(list)
	for i, s := range out {
		s = party.ReplaceAllStringFunc(s, func(w string) string {
			if strings.HasSuffix(strings.ToLower(w), "gever") {
				return "de aanbieder"
			}
			return "de gemeente"
		})
		out[i] = strings.ToUpper(s[:1]) + s[1:]
	}
	return out
}

func swappedList(c *compiled) []clause {
	if c.rec.Party != "provider" {
		return nil
	}
	return single(c, items("De gemeente zorgt zelf voor het volgende:", swapParties(sentences(c.req.Suggestion))))
}

var municipal = regexp.MustCompile(`(?i)\b(de gemeente|opdrachtgever)\b`)

// swappedMunicipal puts the contractor in the place of the municipality, in duties without aspects.
func swappedMunicipal(c *compiled) []clause {
	if c.req.Party != "municipality" || len(c.req.Aspects) > 0 || !municipal.MatchString(c.req.Suggestion) {
		return nil
	}
	return single(c, municipal.ReplaceAllString(c.req.Suggestion, "Opdrachtnemer"))
}

func referenced(c *compiled) []clause {
	first, last := c.req.Cites[0], c.req.Cites[len(c.req.Cites)-1]
	return []clause{
		{c: c, text: "Op deze overeenkomst is " + articleText(first) + " van toepassing."},
		{c: c, text: "Opdrachtnemer leeft " + articleText(last) + " na."},
	}
}

var shortNames = map[string]string{"wmo": "Wmo 2015", "ub-wmo": "Uitvoeringsbesluit Wmo 2015", "jeugdwet": "Jeugdwet", "besluit-jeugdwet": "Besluit Jeugdwet",
	"regeling-jeugdwet": "Regeling Jeugdwet", "wtza": "Wtza", "avg": "AVG"}

func articleText(c seeds.Citation) string {
	out := "artikel " + c.Article
	if len(c.Lid) > 0 {
		out += " lid " + strings.Join(c.Lid, " en ")
	}
	if len(c.Onder) > 0 {
		out += " onder " + strings.Join(c.Onder, " en ")
	}
	return out + " " + shortNames[c.Source]
}

func paraphrased(c *compiled) []clause {
	var out []clause
	for _, text := range c.rec.Examples.Covered {
		out = append(out, clause{c: c, text: text})
	}
	return out[:min(len(out), 4)]
}
