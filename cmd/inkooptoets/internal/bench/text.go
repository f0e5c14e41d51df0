package main

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// author writes the texts of one dossier: the same number always gives the same text.
type author struct {
	*rand.Rand
	clauses []string // clauses of the catalogue, to be met
	words   *strings.Replacer
}

func newAuthor(number int, clauses []string) *author {
	r := rand.New(rand.NewPCG(uint64(number), 2015))
	return &author{Rand: r, clauses: clauses, words: strings.NewReplacer(
		"{gemeente}", fmt.Sprintf("%s%s", pick(r, starts), pick(r, ends)),
		"{dienst}", pick(r, services), "{jaar}", fmt.Sprint(2025+r.IntN(4)), "{regio}", pick(r, regions),
	)}
}

func pick[T any](r *rand.Rand, list []T) T { return list[r.IntN(len(list))] }

// sentence gives one sentence: mostly what fills a tender, now and then a clause that a requirement asks for, or half of one.
func (a *author) sentence() string {
	var text string
	switch n := a.IntN(100); {
	case n < 6:
		text = pick(a.Rand, a.clauses)
	case n < 12:
		text = pick(a.Rand, nearly)
	case n < 40:
		text = pick(a.Rand, parties) + " " + pick(a.Rand, duties) + " " + pick(a.Rand, when) + "."
	case n < 70:
		text = pick(a.Rand, story)
	default:
		text = pick(a.Rand, opening) + " " + pick(a.Rand, middle) + " " + pick(a.Rand, closing)
	}
	text = strings.ReplaceAll(text, "{n}", fmt.Sprint(2+a.IntN(60)))
	return a.words.Replace(text)
}

// paragraph gives two to six sentences.
func (a *author) paragraph() string {
	var out []string
	for range 2 + a.IntN(5) {
		out = append(out, a.sentence())
	}
	return strings.Join(out, " ")
}

// The pools. All of it was written for this benchmark.
var (
	starts   = []string{"Water", "Zand", "Kerk", "Oud", "Nieuw", "Berg", "Linden", "Meer", "Heide", "Duin"}
	ends     = []string{"dam", "horst", "veen", "drecht", "burg", "wijk", "stede", "oord", "loo", "mond"}
	services = []string{"begeleiding", "dagbesteding", "huishoudelijke hulp", "ambulante jeugdhulp", "pleegzorg", "verblijf", "kortdurend verblijf", "vervoer"}
	regions  = []string{"het rivierengebied", "de kuststreek", "de noordelijke regio", "het heuvelland", "de polderregio"}
	headings = []string{
		"Inleiding", "Aanleiding en doel", "Beschrijving van de opdracht", "Doelgroep", "Omvang en looptijd", "Percelen", "Visie op ondersteuning", "Programma van eisen",
		"Kwaliteit van de ondersteuning", "Beroepskrachten", "Samenwerking in de keten", "Veiligheid", "Klachten en medezeggenschap", "Privacy en gegevens", "Toegang",
		"Evaluatie en verantwoording", "Tarieven", "Facturatie", "Toezicht", "Gunningscriteria", "Geschiktheidseisen", "Planning van de procedure", "Slotbepalingen", "Overgang en nazorg",
	}
	parties = []string{"Opdrachtnemer", "De aanbieder", "Inschrijver", "De opdrachtnemer", "Elke gecontracteerde aanbieder", "De organisatie van opdrachtnemer", "De gemeente", "Het college"}
	duties  = []string{
		"houdt de wachttijd per locatie bij en meldt die", "stelt samen met de inwoner een plan op en bespreekt dat", "registreert het aantal geleverde uren en levert dat aan",
		"zorgt voor een vast aanspreekpunt en maakt dat bekend", "neemt deel aan het overleg over casussen en bereidt dat voor", "beschikt over voldoende personeel en toont dat aan",
		"werkt volgens een schriftelijke methode en licht die toe", "informeert de toegang over veranderingen en doet dat", "heeft een verzekering tegen aansprakelijkheid en overlegt de polis",
		"geeft inwoners begrijpelijke informatie en ververst die", "houdt een actueel dossier bij en bewaart dat", "maakt afspraken over vervanging bij ziekte en legt die vast",
		"meet de tevredenheid van inwoners en bespreekt de uitkomst", "meldt incidenten aan de contactpersoon en doet dat", "beoordeelt de risico's van een ondersteuningsplan en herhaalt dat",
		"draagt de ondersteuning zorgvuldig over en rondt dat af", "overlegt een jaarplan voor scholing en bespreekt dat", "bereidt het einde van de ondersteuning voor en doet dat",
	}
	when = []string{
		"binnen {n} werkdagen", "ten minste {n} keer per jaar", "op verzoek van de gemeente", "bij de start van de opdracht", "voor 1 maart van elk jaar", "tijdens de hele looptijd",
		"zodra dat nodig is", "in overleg met de inwoner", "aan het einde van elk kwartaal", "via het berichtenverkeer", "zonder extra kosten", "op een veilige manier",
	}
	nearly = []string{
		"Een aanbieder die over een keurmerk beschikt, kan daarmee in zijn plan van aanpak laten zien hoe hij aan kwaliteit werkt.",
		"In de inlichtingenronde is gevraagd of een verklaring omtrent het gedrag ook voor vrijwilligers nodig is; het antwoord staat in de nota.",
		"De gemeente streeft naar een gezamenlijke meldcode in {regio} en nodigt aanbieders uit daarover mee te denken.",
		"De klachtenfunctionaris van de gemeente behandelt klachten over de toegang en niet over de aanbieder.",
		"Bij voorkeur werken aanbieders met ervaringsdeskundigen, maar een verplichting is dat niet.",
		"Over medezeggenschap wordt na de gunning een gesprek gevoerd met de adviesraad van {gemeente}.",
	}
	story = []string{
		"De gemeente {gemeente} koopt {dienst} in samen met {n} andere gemeenten in {regio}.",
		"In {jaar} maakten {n} huishoudens per duizend inwoners gebruik van {dienst}.",
		"De huidige overeenkomsten lopen af op 31 december {jaar} en worden niet verlengd.",
		"Deze leidraad bestaat uit {n} paragrafen en een aantal bijlagen, die er onderdeel van zijn.",
		"De raad van {gemeente} heeft de uitgangspunten voor {dienst} in het voorjaar vastgesteld.",
		"Perceel {n} gaat over {dienst} voor volwassenen en jongeren die in {gemeente} wonen.",
		"De markt is op twee bijeenkomsten geraadpleegd, waaraan {n} organisaties meededen.",
		"Aan de genoemde aantallen kunnen inschrijvers geen rechten ontlenen.",
		"Het budget voor {dienst} is de afgelopen jaren met {n} procent gestegen.",
		"Wie vragen heeft over de procedure, stelt die voor de sluitingsdatum in het digitale platform.",
		"De beoordelingscommissie bestaat uit {n} leden, onder wie een vertegenwoordiger van inwoners.",
		"Voor het vervoer naar de locatie geldt een afzonderlijk tarief per rit.",
		"Een inwoner met een indicatie kiest zelf uit de aanbieders die in het perceel zijn toegelaten.",
		"De gemeenten in {regio} delen een team voor contractbeheer met {n} medewerkers.",
	}
	opening = []string{"In deze paragraaf", "Voor {dienst}", "Bij de uitvoering in {gemeente}", "Tijdens de looptijd", "In het eerste jaar", "Per kwartaal", "Na afloop van de opdracht", "In het startgesprek"}
	middle  = []string{
		"staat beschreven hoe partijen overleggen over", "leggen partijen vast wat zij verwachten van", "bespreken gemeente en aanbieder de voortgang van", "komt aan de orde wat nodig is voor",
		"beoordeelt een werkgroep de stand van", "verzamelt het contractteam cijfers over", "wordt toegelicht wie verantwoordelijk is voor", "maken partijen een planning voor",
	}
	closing = []string{
		"de instroom en de uitstroom.", "de bereikbaarheid van locaties in {regio}.", "het aantal lopende trajecten.", "de afstemming met huisartsen en scholen.", "de kosten per inwoner.",
		"de inzet van het sociale netwerk.", "de verdeling over percelen.", "de overdracht tussen aanbieders.", "het gebruik van digitale middelen.", "de begeleiding in de avond en het weekend.",
	}
)
