package report

import (
	"fmt"
	"slices"
	"strings"

	"inkooptoets/rules/result"
)

// demandWords are the fixed words of the requirement profile: what a tender asks beyond the law.
type demandWords struct {
	Title, Count, Level, Object, Kind, Registration string
	Names                                           map[string]string
	National, Reliable                              string
	Class                                           map[string]string
}

var demandLanguages = map[string]demandWords{
	"nl": {
		Title: "Eisenprofiel: wat de stukken vragen boven op de wet",
		Count: "%d eisen aan de kwaliteit. Elk punt, elke rij en elke zin die de aanbieder bindt, telt voor een; wat de wet al vraagt, geld en de inkoop zelf tellen niet mee.",
		Level: "Niveau", Object: "Gericht op", Kind: "Soort", Registration: "Met registratielast",
		Names: map[string]string{
			"input": "input", "throughput": "throughput", "output": "output", "outcome": "outcome", "professional": "professional", "organisatie": "organisatie",
			"methode": "methode", "resultaat": "resultaat", "minimale-eis": "minimale eis", "indicator": "indicator", "samenhang": "samenhang",
		},
		National: "Ter vergelijking: in stukken van 157 gemeenten stonden gemiddeld 28 aanvullende eisen, 82% op input of throughput, en aan 1 op de 5 hing een registratielast. " +
			"Dat onderzoek (NJi en PPRC, 2019) ging over inkoop van jeugdhulp en telde op een andere manier: lees het als orde van grootte. Meer eisen is niet beter.",
		Reliable: "Deze indeling klopte bij %s, gemeten op losse zinnen die de makers zelf schreven.",
		Class:    map[string]string{"level": "niveau", "object": "gericht op", "kind": "soort", "registration": "registratielast"},
	},
	"en": {
		Title: "Requirement profile: what the documents ask beyond the law",
		Count: "%d demands on quality. Each item, row and sentence that binds the provider counts for one; what the law asks already, money and the tender itself do not count.",
		Level: "Level", Object: "Asked of", Kind: "Kind", Registration: "With registration burden",
		Names: map[string]string{
			"input": "input", "throughput": "throughput", "output": "output", "outcome": "outcome", "professional": "professional", "organisatie": "organisation",
			"methode": "method", "resultaat": "result", "minimale-eis": "minimum", "indicator": "indicator", "samenhang": "coherence",
		},
		National: "For comparison: documents of 157 municipalities held 28 additional demands on average, 82% at the level of input or throughput, and 1 in 5 with a registration " +
			"burden. That study (NJi and PPRC, 2019) was about youth procurement and counted in another way: read it as an order of magnitude. More demands is not better.",
		Reliable: "These classes were right for %s, measured on single sentences that the makers wrote themselves.",
		Class:    map[string]string{"level": "level", "object": "asked of", "kind": "kind", "registration": "registration burden"},
	},
}

// demandProfile is the requirement profile of a dossier, ready to write.
type demandProfile struct {
	title, count string
	rows         []demandRow
	notes        []string
}

// demandRow is one line of counts: "Niveau", "input 12 (35%), ...".
type demandRow struct {
	name  string
	cells []string
}

// demandsOf counts the demands of a dossier; nil if it has none.
func demandsOf(d result.Dossier, run result.Run, lang string) *demandProfile {
	if len(d.Demands) == 0 {
		return nil
	}
	dw, n := demandLanguages[lang], len(d.Demands)
	p := &demandProfile{title: dw.Title, count: fmt.Sprintf(dw.Count, n), notes: []string{dw.National}}
	count := func(is func(result.Demand) bool) string {
		k := 0
		for _, x := range d.Demands {
			if is(x) {
				k++
			}
		}
		return fmt.Sprintf("%d (%d%%)", k, percent(float64(k)/float64(n)))
	}
	row := func(name string, values []string, of func(result.Demand) string) {
		r := demandRow{name: name}
		for _, v := range values {
			r.cells = append(r.cells, dw.Names[v]+" "+count(func(x result.Demand) bool { return of(x) == v }))
		}
		p.rows = append(p.rows, r)
	}
	row(dw.Level, result.DemandLevels, func(x result.Demand) string { return x.Level })
	row(dw.Object, result.DemandObjects, func(x result.Demand) string { return x.Object })
	row(dw.Kind, result.DemandKinds, func(x result.Demand) string { return x.Kind })
	p.rows = append(p.rows, demandRow{dw.Registration, []string{count(func(x result.Demand) bool { return x.Registration })}})
	var told []string
	for _, class := range []string{"level", "object", "kind", "registration"} {
		i := slices.IndexFunc(run.MeasuredDemands, func(m result.MeasuredClass) bool { return m.Class == class })
		if i < 0 {
			continue
		}
		if m := run.MeasuredDemands[i]; m.N >= minMeasured && within(m.Low, m.Share, m.High) {
			told = append(told, fmt.Sprintf("%s %d%% (%d–%d%%, n=%d)", dw.Class[class], percent(m.Share), percent(m.Low), percent(m.High), m.N))
		}
	}
	if len(told) > 0 {
		p.notes = append(p.notes, fmt.Sprintf(dw.Reliable, strings.Join(told, ", ")))
	}
	return p
}

// demands writes the requirement profile on screen.
func (p *printer) demands(d *demandProfile) {
	if d == nil {
		return
	}
	p.heading(d.title, "─")
	p.text("  ", d.count)
	for _, r := range d.rows {
		p.text("  ", r.name+": "+strings.Join(r.cells, ", "))
	}
	for _, n := range d.notes {
		p.text("  ", n)
	}
	p.blank()
}

func (m *markdown) demands(d *demandProfile) {
	if d == nil {
		return
	}
	m.para("### " + prose(d.title))
	m.para(prose(d.count))
	for _, r := range d.rows {
		m.b.WriteString("- " + prose(r.name) + ": " + prose(strings.Join(r.cells, ", ")) + "\n")
	}
	m.b.WriteByte('\n')
	for _, n := range d.notes {
		m.para("_" + prose(n) + "_")
	}
}

// htmlDemands is the requirement profile on a page.
type htmlDemands struct {
	Nav, Title, Count string
	Rows              []htmlDemandRow
	Notes             []string
}

type htmlDemandRow struct {
	Name  string
	Cells []string
}

func (d *demandProfile) html(ws *words) *htmlDemands {
	if d == nil {
		return nil
	}
	out := &htmlDemands{Nav: ws.sheets.demands, Title: d.title, Count: d.count, Notes: d.notes}
	for _, r := range d.rows {
		out.Rows = append(out.Rows, htmlDemandRow{r.name, r.cells})
	}
	return out
}

// demandSheet lists the demands of all dossiers; nil if there are none.
func demandSheet(run result.Run, ws *words) *sheet {
	dw := demandLanguages[ws.lang]
	s := &sheet{name: ws.sheets.demands, cols: []heading{
		{ws.columns["dossier"], 16}, {ws.columns["quote"], 80}, {dw.Level, 14}, {dw.Object, 16}, {dw.Kind, 16}, {dw.Registration, 14}, {ws.columns["file"], 24},
		{ws.columns["page"], 10}, {ws.columns["date"], 12}, {ws.columns["catalogue"], 16},
	}}
	for _, d := range run.Dossiers {
		for _, x := range d.Demands {
			registration := ""
			if x.Registration {
				registration = ws.yes
			}
			s.rows = append(s.rows, []any{
				d.ID, excerpt(x.Text, 0, 0), dw.Names[x.Level], dw.Names[x.Object], dw.Names[x.Kind], registration, x.File, pageCell(x.Page), clean(run.Date), clean(run.Catalogue),
			})
		}
	}
	if len(s.rows) == 0 {
		return nil
	}
	return s
}
