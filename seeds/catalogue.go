// Package seeds holds what the sources demand: laws, quality frameworks and guides with their requirements, as data in YAML files that are compiled in.
// It loads them strictly and reports every fault at once with file and line. It does not know how a requirement shows in a text (that is rules) nor what a
// report looks like.
package seeds

// Catalogue is every source and requirement, in the order of the files.
type Catalogue struct {
	Sources      []Source
	Segments     []Segment
	Requirements []Requirement
	Checks       []Check // what findings about a draft can be
	Outdated     Outdated
	Articles     Articles
	// Contradictions and Procurement are what the checks on numbers and on procurement read a draft with.
	Contradictions Contradictions
	Procurement    []WordList

	fingerprint string
}

// Source is a law, a quality framework or a guide.
type Source struct {
	ID      string   `yaml:"id"`      // "wmo", "ub-wmo", "jeugdwet", "besluit-jeugdwet", "wtza", "avg"; frameworks "k01" to "k15"; guides "h", "n", "l"
	Kind    string   `yaml:"kind"`    // law (also when empty), framework, guide
	Title   string   `yaml:"title"`   // official title
	Short   string   `yaml:"short"`   // as reports cite it: "Wmo 2015"
	BWB     string   `yaml:"bwb"`     // "BWBR0035362"; empty for EU law, frameworks and guides
	URL     string   `yaml:"url"`     // only where BWB is empty
	Law     string   `yaml:"law"`     // the law it belongs to for applicability: "wmo", "jeugdwet"; empty: both
	Aliases []string `yaml:"aliases"` // names under which tenders cite it
	Checked string   `yaml:"checked"` // date a person last compared it with the source, YYYY-MM-DD
	Valid   Period   `yaml:"valid"`

	// Frameworks and guides only.
	Publisher string     `yaml:"publisher"` // who published it, with the abbreviation in brackets
	Year      int        `yaml:"year"`      // of publication
	Theme     string     `yaml:"theme"`     // Dutch, own words: what it is about
	Audience  string     `yaml:"audience"`  // Dutch, own words: whom it addresses
	Use       Use        `yaml:"use"`
	Replaced  *Successor `yaml:"replaced"` // nil while it stands
	Without   []string   `yaml:"without"`  // elements for which it has no criteria
	Note      string     `yaml:"note"`     // Dutch, own words: what to know before asking for it
}

// Use says for which tenders a framework is meant.
type Use struct {
	Laws     []string `yaml:"laws"`     // "wmo", "jeugdwet": meant for all of that law; narrowed by Segments and Services
	Segments []string `yaml:"segments"` // ids of segments.yaml; empty: every segment of Laws
	Services []string `yaml:"services"` // services of profile detection ("sociaal-werk"); empty: any
	How      string   `yaml:"how"`      // Dutch, own words: how to use it when buying
}

// Segment is a part of the market that municipalities buy as a whole.
type Segment struct {
	ID     string   `yaml:"id"`     // "jeugdhulp-4", "wmo-1a"
	Law    string   `yaml:"law"`    // "wmo", "jeugdwet"
	Number string   `yaml:"number"` // "4", "1a"
	Name   string   `yaml:"name"`   // Dutch
	Text   string   `yaml:"text"`   // Dutch, own words: for whom
	Offer  []string `yaml:"offer"`  // Dutch: what is usually bought
}

// Successor is what replaced a source.
type Successor struct {
	Title string `yaml:"title"`
	From  string `yaml:"from"` // YYYY-MM-DD
	Note  string `yaml:"note"` // Dutch
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
	Article    string     `yaml:"article"`    // laws: "3.5 lid 1": as printed behind "artikel"
	Number     string     `yaml:"number"`     // frameworks: the number in the source ("31b", "d02"); empty if the source has none
	Cites      []Citation `yaml:"cites"`      // the articles whose citation makes it binding by reference
	Heading    []string   `yaml:"heading"`    // frameworks and guides: heading trail in the source
	Party      string     `yaml:"party"`      // provider, municipality, either: who bears the duty; frameworks: follows Addressee when empty
	Addressee  string     `yaml:"addressee"`  // frameworks: organisation, professional, municipality, local-team
	Target     string     `yaml:"target"`     // frameworks: target group it is limited to (see Targets); empty: all of the framework
	Duty       string     `yaml:"duty"`       // statutory, municipal, framework, advice
	Element    string     `yaml:"element"`    // dienstverlening, vakmanschap, samenwerking, organisatie; guides also inkoop
	Also       []string   `yaml:"also"`       // further elements the source counts it under
	Places     []string   `yaml:"places"`     // guides: where in a tender it belongs (see Places)
	Variants   []string   `yaml:"variants"`   // guides: for which ways of commissioning it is meant; empty: all
	Kind       string     `yaml:"kind"`       // guides: demand, advice, signal, figure
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
	Segments   []string `yaml:"segments"`   // any of these procurement segments
}

// Aspect is a part of a requirement that a text can meet on its own.
type Aspect struct {
	ID   string `yaml:"id"` // requirement id + "." + letter; a part of an aspect adds a number: "k01-16.b3"
	Text string `yaml:"text"`
	Core bool   `yaml:"core"` // needed for covered
}
