package result

// Search is the answer to a question over many tenders.
type Search struct {
	SchemaVersion string `json:"schemaVersion"`
	Question      string `json:"question"`
	Tenders       int    `json:"tenders"` // in which was looked
	Total         int    `json:"total"`   // passages found; Hits holds the first of them
	Hits          []Hit  `json:"hits"`    // best first
}

// Hit is one passage that was found.
type Hit struct {
	Dossier        string   `json:"dossier"`
	Municipalities []string `json:"municipalities,omitempty"`
	Evidence
	Marks        [][2]int `json:"marks"` // byte ranges in Quote of the words of the question
	Zone         string   `json:"zone,omitempty"`
	Requirements []string `json:"requirements,omitempty"` // of which it is evidence
	Score        float64  `json:"score"`
}
