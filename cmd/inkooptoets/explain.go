package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"inkooptoets/rules"
	"inkooptoets/rules/result"
	"inkooptoets/seeds"
)

// explanation is everything the program knows about one requirement.
type explanation struct {
	ID         string            `json:"id"`
	Title      string            `json:"title"`
	Text       string            `json:"text"`
	Citation   string            `json:"citation"`
	Link       string            `json:"link,omitempty"`
	Source     string            `json:"source"`
	Published  string            `json:"published,omitempty"` // frameworks and guides: by whom and when
	Heading    []string          `json:"heading,omitempty"`   // trail in the source
	Also       []string          `json:"also,omitempty"`      // further elements
	Addressee  string            `json:"addressee,omitempty"`
	Target     string            `json:"target,omitempty"` // target group it is limited to
	Places     []string          `json:"places,omitempty"` // where in a tender it belongs
	Variants   []string          `json:"variants,omitempty"`
	Use        string            `json:"use,omitempty"`      // how to use the source when buying
	Notice     string            `json:"notice,omitempty"`   // what to know about the source
	Replaced   string            `json:"replaced,omitempty"` // what came in place of the source
	Checked    string            `json:"checked,omitempty"`  // when a person last compared it with the source
	Duty       string            `json:"duty"`
	Party      string            `json:"party"`
	Element    string            `json:"element"`
	Laws       []string          `json:"laws,omitempty"`
	Procedures []string          `json:"procedures,omitempty"`
	Services   []string          `json:"services,omitempty"`
	Except     []string          `json:"except,omitempty"`
	ValidFrom  string            `json:"validFrom,omitempty"`
	ValidUntil string            `json:"validUntil,omitempty"`
	InForce    string            `json:"inForce"`
	Manual     string            `json:"manual,omitempty"`
	Aspects    []explainedAspect `json:"aspects"`
	Recogniser *recogniser       `json:"recogniser,omitempty"`
	Suggestion string            `json:"suggestion,omitempty"`
}

type explainedAspect struct {
	ID   string `json:"id"`
	Text string `json:"text"`
	Core bool   `json:"core"`
}

// recogniser is how a requirement shows in text, as the file in rules/defs has it.
type recogniser struct {
	File        string             `json:"file"`
	Line        int                `json:"line"`
	Note        string             `json:"note,omitempty"`
	Subject     []string           `json:"subject,omitempty"`
	All         [][]string         `json:"all,omitempty"`
	Strong      []string           `json:"strong,omitempty"`
	Not         []string           `json:"not,omitempty"`
	Veto        []string           `json:"veto,omitempty"`
	Weak        []string           `json:"weak,omitempty"`
	Contradicts []string           `json:"contradicts,omitempty"`
	Aspects     []recognisedAspect `json:"aspects,omitempty"`
	Examples    []exampleList      `json:"examples,omitempty"`
}

type recognisedAspect struct {
	Letter string     `json:"letter"`
	All    [][]string `json:"all,omitempty"`
	Strong []string   `json:"strong,omitempty"`
	Not    []string   `json:"not,omitempty"`
}

func newExplain() *cobra.Command {
	var (
		from   source
		asJSON bool
	)
	cmd := &cobra.Command{
		Use:     "explain KENMERK",
		Aliases: []string{"uitleg"},
		Short:   "Legt een eis of aandachtspunt uit: bron, onderdelen, herkenning, voorbeelden, voorbeeldtekst",
		Example: "  inkooptoets explain wmo-3.5-vog\n  inkooptoets explain c-outdated",
		Args:    exactly(1, "het kenmerk van een eis of aandachtspunt"),
		RunE: func(cmd *cobra.Command, args []string) error {
			from, err := from.withOwn()
			if err != nil {
				return err
			}
			c, ev, err := from.loadWhole()
			if err != nil {
				return err
			}
			if k, ok := c.Check(args[0]); ok {
				return explainCheck(cmd.OutOrStdout(), k, asJSON)
			}
			r, ok := c.ByID(args[0])
			if !ok {
				return unknownID(c, args[0])
			}
			e := explain(c, ev, r, time.Now().Format(time.DateOnly))
			if asJSON {
				return writeJSON(cmd.OutOrStdout(), e)
			}
			return e.print(cmd.OutOrStdout())
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "schrijf JSON")
	from.register(cmd.Flags())
	from.registerPacks(cmd.Flags())
	return cmd
}

// explainedCheck is everything the program knows about one kind of finding.
type explainedCheck struct {
	ID       string `json:"id"`
	Title    string `json:"title"`
	Severity string `json:"severity"`
	Text     string `json:"text"`
	Advice   string `json:"advice"`
}

func explainCheck(w io.Writer, k seeds.Check, asJSON bool) error {
	if asJSON {
		return writeJSON(w, explainedCheck{k.ID, k.Title, k.Severity, k.Text, k.Advice})
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n%s\n\n", k.ID, k.Title)
	line(&b, "soort", "aandachtspunt in het concept, "+severityName[k.Severity])
	paragraph(&b, "Wat er aan de hand is", k.Text)
	paragraph(&b, "Wat u kunt doen", k.Advice)
	_, err := io.WriteString(w, b.String())
	return err
}

func unknownID(c *seeds.Catalogue, id string) error {
	hint := "; alle eisen: inkooptoets rules list"
	if near := c.Similar(id); near != "" {
		hint = fmt.Sprintf(" (bedoelt u %s?)", near) + hint
	}
	return fmt.Errorf("onbekend kenmerk %q%s", id, hint)
}

func explain(c *seeds.Catalogue, ev *rules.Evaluator, r seeds.Requirement, date string) explanation {
	e := explanation{
		ID: r.ID, Title: r.Title, Text: r.Text, Citation: c.Citation(r), Link: c.Link(r, date), Source: r.Source,
		Duty: r.Duty, Party: r.Party, Element: r.Element,
		Laws: r.Applies.Laws, Procedures: r.Applies.Procedures, Services: r.Applies.Services, Except: r.Applies.Except,
		ValidFrom: r.Valid.From, ValidUntil: r.Valid.Until, InForce: r.InForce, Manual: r.Manual,
		Heading: r.Heading, Also: r.Also, Addressee: r.Addressee, Target: r.Target, Places: r.Places, Variants: r.Variants,
		Aspects: []explainedAspect{}, Suggestion: r.Suggestion,
	}
	if s, ok := c.Source(r.Source); ok {
		e.Source, e.Checked, e.Use, e.Notice = s.Title, s.Checked, s.Use.How, s.Note
		if s.Publisher != "" {
			e.Published = fmt.Sprintf("%s, %d", s.Publisher, s.Year)
		}
		if s.Replaced != nil {
			e.Replaced = strings.TrimSpace(fmt.Sprintf("%s, sinds %s. %s", s.Replaced.Title, s.Replaced.From, s.Replaced.Note))
		}
	}
	for _, a := range r.Aspects {
		e.Aspects = append(e.Aspects, explainedAspect{a.ID, a.Text, a.Core})
	}
	if rec, ok := ev.Recogniser(r.ID); ok {
		e.Recogniser = recognised(r, rec)
	}
	return e
}

func recognised(r seeds.Requirement, rec rules.Recogniser) *recogniser {
	out := &recogniser{
		File: rec.File, Line: rec.Line, Note: rec.Note, Subject: rec.Subject, All: rec.All, Strong: rec.Strong,
		Not: rec.Not, Veto: rec.Veto, Weak: rec.Weak, Contradicts: rec.Contradicts,
	}
	for _, a := range r.Aspects {
		letter := strings.TrimPrefix(a.ID, r.ID+".")
		if how, ok := rec.Aspects[letter]; ok {
			out.Aspects = append(out.Aspects, recognisedAspect{letter, how.All, how.Strong, how.Not})
		}
	}
	x := rec.Examples
	for _, list := range []exampleList{
		{result.Covered, x.Covered}, {result.Referenced, x.Referenced}, {result.Partial, x.Partial},
		{result.Mentioned, x.Mentioned}, {result.Contradicted, x.Contradicted}, {result.Missing, x.Missing},
	} {
		if len(list.Texts) > 0 {
			out.Examples = append(out.Examples, list)
		}
	}
	return out
}

// exampleList holds the texts that must get one status.
type exampleList struct {
	Status result.Status `json:"status"`
	Texts  []string      `json:"texts"`
}

// The words a reader sees for the values of the catalogue.
var (
	dutyName = map[string]string{
		"statutory": "wettelijke plicht van de aanbieder", "municipal": "wettelijke plicht van de gemeente",
		"framework": "criterium uit een kwaliteitskader", "advice": "advies",
	}
	partyName  = map[string]string{"provider": "aanbieder", "municipality": "gemeente", "either": "aanbieder of gemeente"}
	statusName = map[result.Status]string{
		result.Covered: "gedekt", result.Referenced: "via verwijzing", result.Partial: "deels", result.Mentioned: "alleen genoemd",
		result.Contradicted: "tegengesproken", result.Missing: "ontbreekt",
	}
	severityName  = map[string]string{"error": "fout", "warning": "let op", "note": "ter info"}
	addresseeName = map[string]string{"organisation": "de organisatie", "professional": "de professional", "municipality": "de gemeente", "local-team": "het lokale team"}
	forceName     = map[string]string{"yes": "ja", "uncertain": "onzeker", "future": "nog niet", "lapsed": "vervallen"}
)

func (e explanation) print(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n%s\n\n", e.ID, e.Title)
	line(&b, "bron", e.Citation)
	line(&b, "wet of kader", e.Source)
	line(&b, "uitgever en jaar", e.Published)
	line(&b, "plaats in de bron", strings.Join(e.Heading, " › "))
	line(&b, "artikel lezen", e.Link)
	line(&b, "soort", dutyName[e.Duty])
	line(&b, "voor wie", partyName[e.Party])
	line(&b, "gericht op", addresseeName[e.Addressee])
	line(&b, "alleen bij", e.Target)
	line(&b, "element", strings.Join(append([]string{e.Element}, e.Also...), ", "))
	line(&b, "hoort in", strings.Join(e.Places, ", "))
	line(&b, "variant", strings.Join(e.Variants, ", "))
	line(&b, "wetten", strings.Join(e.Laws, ", "))
	line(&b, "inkoopvorm", strings.Join(e.Procedures, ", "))
	line(&b, "bij dienst", strings.Join(e.Services, ", "))
	line(&b, "niet bij alleen", strings.Join(e.Except, ", "))
	line(&b, "geldig van", e.ValidFrom)
	line(&b, "geldig tot en met", e.ValidUntil)
	line(&b, "in werking", forceName[e.InForce])
	line(&b, "nagelezen op", e.Checked)
	paragraph(&b, "Wat de eis inhoudt", e.Text)
	paragraph(&b, "Gebruik bij inkoop", e.Use)
	paragraph(&b, "Goed om te weten", e.Notice)
	paragraph(&b, "De bron is vervangen door", e.Replaced)
	paragraph(&b, "Alleen een mens kan dit beoordelen", e.Manual)
	if len(e.Aspects) > 0 {
		b.WriteString("\nOnderdelen (* moet erin staan voor gedekt)\n")
		for _, a := range e.Aspects {
			mark := " "
			if a.Core {
				mark = "*"
			}
			fmt.Fprintf(&b, "  %s %s  %s\n", mark, strings.TrimPrefix(a.ID, e.ID+"."), a.Text)
		}
	}
	paragraph(&b, "Voorbeeldtekst voor het document", e.Suggestion)
	if e.Recogniser != nil {
		e.Recogniser.print(&b)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// inWords says in one line when the recogniser takes a passage for the duty.
func (r recogniser) inWords() string {
	var ways []string
	switch n := len(r.All); {
	case n == 1:
		ways = append(ways, "een woord uit groep 1 erin staat")
	case n > 1:
		ways = append(ways, fmt.Sprintf("uit elk van de %d groepen iets erin staat", n))
	}
	if len(r.Strong) > 0 {
		ways = append(ways, "iets erin staat dat op zich genoeg is")
	}
	how := "Een passage telt als " + strings.Join(ways, ", of als ") + "."
	if len(ways) == 0 {
		how = "Elk onderdeel wordt apart gezocht."
	}
	if len(r.Aspects) > 0 && len(ways) > 0 {
		how += " Daarbij wordt elk onderdeel apart gezocht."
	}
	return how + " De plicht moet bindend zijn en voor de goede partij gelden; het onderwerp alleen is 'alleen genoemd'."
}

func (r recogniser) print(b *strings.Builder) {
	fmt.Fprintf(b, "\nHerkenning (%s:%d)\n  %s\n", r.File, r.Line, r.inWords())
	phrases(b, "onderwerp", r.Subject)
	for i, group := range r.All {
		phrases(b, fmt.Sprintf("groep %d", i+1), group)
	}
	phrases(b, "op zich genoeg", r.Strong)
	phrases(b, "telt niet", r.Not)
	phrases(b, "sluit uit", r.Veto)
	phrases(b, "te zwak", r.Weak)
	phrases(b, "zegt het omgekeerde", r.Contradicts)
	for _, a := range r.Aspects {
		for i, group := range a.All {
			phrases(b, fmt.Sprintf("%s, groep %d", a.Letter, i+1), group)
		}
		phrases(b, a.Letter+", op zich genoeg", a.Strong)
		phrases(b, a.Letter+", telt niet", a.Not)
	}
	paragraph(b, "Waarom zo", r.Note)
	for _, list := range r.Examples {
		fmt.Fprintf(b, "\nVoorbeelden: %s\n", statusName[list.Status])
		for _, text := range list.Texts {
			fmt.Fprintf(b, "  - %s\n", strings.ReplaceAll(strings.TrimSpace(text), "\n", "\n    "))
		}
	}
}

func line(b *strings.Builder, label, value string) {
	if value != "" {
		fmt.Fprintf(b, "  %-18s %s\n", label, value)
	}
}

func paragraph(b *strings.Builder, head, text string) {
	if text != "" {
		fmt.Fprintf(b, "\n%s\n  %s\n", head, strings.ReplaceAll(strings.TrimSpace(text), "\n", "\n  "))
	}
}

func phrases(b *strings.Builder, head string, list []string) {
	if len(list) > 0 {
		fmt.Fprintf(b, "  %-22s %s\n", head, strings.Join(list, " | "))
	}
}

// writeJSON writes v as people and programs can both read it.
func writeJSON(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}
