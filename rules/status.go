package rules

import "inkooptoets/rules/result"

// answer is a three-valued answer.
type answer uint8

const (
	unknown answer = iota
	yes
	no
)

func (a answer) String() string { return [...]string{"unknown", "yes", "no"}[a] }

// facts is everything the verdict on one requirement rests on.
type facts struct {
	applies      answer
	manual       bool // only a person can judge it
	unreadable   bool // a file of the dossier, or a part of one, could not be read
	absent       bool // the text says that it stands in a document that is not there
	contradicted bool // a passage excludes the duty
	full         bool // every core aspect binds the right party, or subject and exact article stand in one passage
	referenced   bool // the exact article is made binding elsewhere
	part         bool // an aspect binds, or the duty is there with the wrong party, recipient or scope
	mentioned    bool // subject or law is named without a duty
}

// status decides, most certain case first (the labelling guide: best evidence wins, a contradiction is always reported).
func status(f facts) result.Status {
	switch {
	case f.applies == no:
		return result.NotApplicable
	case f.manual:
		return result.Undetermined
	case f.contradicted:
		return result.Contradicted
	case f.full:
		return result.Covered
	case f.referenced:
		return result.Referenced
	case f.applies == unknown:
		return result.Undetermined
	case f.part:
		return result.Partial
	case f.absent:
		return result.Undetermined
	case f.mentioned:
		return result.Mentioned
	case f.unreadable:
		return result.Undetermined
	default:
		return result.Missing
	}
}
