// Package seeds holds what the sources demand: laws and their requirements, as data in YAML files that are compiled in. It loads
// them strictly and reports every fault at once with file and line. It does not know how a requirement shows in a text (that is
// rules) nor what a report looks like.
package seeds

// Catalogue is every source and requirement, in the order of the files.
type Catalogue struct {
	Sources      []Source
	Requirements []Requirement

	fingerprint string
}

// Source is a law or framework.
type Source struct {
	ID      string   `yaml:"id"`      // "wmo", "ub-wmo", "jeugdwet", "besluit-jeugdwet", "wtza", "avg"
	Title   string   `yaml:"title"`   // official title
	Short   string   `yaml:"short"`   // as reports cite it: "Wmo 2015"
	BWB     string   `yaml:"bwb"`     // "BWBR0035362"; empty for EU law
	URL     string   `yaml:"url"`     // only where BWB is empty
	Law     string   `yaml:"law"`     // the law it belongs to for applicability: "wmo", "jeugdwet"; empty: both
	Aliases []string `yaml:"aliases"` // names under which tenders cite it
	Checked string   `yaml:"checked"` // date a person last compared it with the source, YYYY-MM-DD
	Valid   Period   `yaml:"valid"`
}

// Period is a span of days, both ends included, as YYYY-MM-DD; an empty end is open.
type Period struct {
	From  string `yaml:"from"`
	Until string `yaml:"until"`
}

// Requirement is one thing a tender must or should say.
type Requirement struct {
	ID         string     `yaml:"id"`
	Source     string     `yaml:"source"`
	Article    string     `yaml:"article"`    // "3.5 lid 1": as printed behind "artikel"
	Cites      []Citation `yaml:"cites"`      // the articles whose citation makes it binding by reference
	Party      string     `yaml:"party"`      // provider, municipality, either: who bears the duty
	Duty       string     `yaml:"duty"`       // statutory, municipal, framework, advice
	Element    string     `yaml:"element"`    // dienstverlening, vakmanschap, samenwerking, organisatie
	Title      string     `yaml:"title"`      // Dutch, at most 70 characters, own words
	Text       string     `yaml:"text"`       // Dutch, B1: what is demanded of whom, own words
	Suggestion string     `yaml:"suggestion"` // clause to paste, own words, with the article; meets every core aspect
	Applies    Applies    `yaml:"applies"`
	Valid      Period     `yaml:"valid"`
	InForce    string     `yaml:"in-force"` // yes, uncertain, future, lapsed
	Limbs      int        `yaml:"limbs"`    // number of separate duties the article holds; 0 means 1: subject plus article covers it
	Manual     string     `yaml:"manual"`   // why only a person can judge it; empty for nearly all
	Aspects    []Aspect   `yaml:"aspects"`
	// File and Line say where the entry stands, for messages.
	File string `yaml:"-"`
	Line int    `yaml:"-"`
}

// Citation names an article, with lid and onderdeel where the requirement rests on those alone.
type Citation struct {
	Source  string   `yaml:"source"`
	Article string   `yaml:"article"` // "3.5"
	Lid     []string `yaml:"lid"`     // "1"; empty: any
	Onder   []string `yaml:"onder"`   // "c"; empty: any
}

// Applies says for which tenders a requirement counts. Empty lists do not restrict.
type Applies struct {
	Laws       []string `yaml:"laws"`       // any of these
	Procedures []string `yaml:"procedures"` // any of these
	Services   []string `yaml:"services"`   // at least one of these must be bought
	Except     []string `yaml:"except"`     // does not count when only these are bought
	IfNamed    []string `yaml:"if-named"`   // for a tender under one of these laws alone it counts only when the text speaks of it
}

// Aspect is a part of a requirement that a text can meet on its own.
type Aspect struct {
	ID   string `yaml:"id"` // requirement id + "." + letter
	Text string `yaml:"text"`
	Core bool   `yaml:"core"` // needed for covered
}
