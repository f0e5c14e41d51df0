package seeds

const procurementFile = "procurement.yaml"

// WordList is a list of phrases under a name, with which the checks on procurement read a draft.
type WordList struct {
	ID      string   `yaml:"id"` // "laagste-prijs"
	Phrases []string `yaml:"phrases"`
	Note    string   `yaml:"note"` // why it is as it is, for makers
	// File and Line say where the entry stands, for messages.
	File string `yaml:"-"`
	Line int    `yaml:"-"`
}

func checkProcurement(lists []entry[WordList]) []fault {
	var faults []fault
	first := map[string]entry[WordList]{}
	for _, e := range lists {
		faults = append(faults, checkID(e, e.value.ID, sourceIDForm, first)...)
		if len(e.value.Phrases) == 0 {
			faults = append(faults, e.at("phrases", "no phrases"))
		}
	}
	return faults
}
