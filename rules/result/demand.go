package result

// Demand is something a tender asks of the quality of care beyond the law.
type Demand struct {
	File         string `json:"file"`
	Page         int    `json:"page,omitempty"`
	Block        int    `json:"block"` // index in the document, from 0
	Start        int    `json:"start"` // byte range of Text in the block
	End          int    `json:"end"`
	Text         string `json:"text"`
	Level        string `json:"level"`                  // input, throughput, output, outcome
	Object       string `json:"object"`                 // professional, organisatie, methode, resultaat
	Kind         string `json:"kind"`                   // minimale-eis, indicator, samenhang
	Registration bool   `json:"registration,omitempty"` // it must be written down or handed in
}

// The values of Level, Object and Kind, in the order reports show them.
var (
	DemandLevels  = []string{"input", "throughput", "output", "outcome"}
	DemandObjects = []string{"professional", "organisatie", "methode", "resultaat"}
	DemandKinds   = []string{"minimale-eis", "indicator", "samenhang"}
)

// MeasuredClass is how often demands got the right class, on labelled sentences that nobody used to mend the word lists.
type MeasuredClass struct {
	Class string  `json:"class"` // level, object, kind, registration
	Right int     `json:"right"`
	N     int     `json:"n"`
	Share float64 `json:"share"` // 0 to 1
	Low   float64 `json:"low"`   // 95% interval
	High  float64 `json:"high"`
}
