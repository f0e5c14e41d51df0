package review

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"inkooptoets/extract/dossier"
)

// maxLeftovers bounds what is read of one form in one stretch: no draft has more, and a file that does is not one.
const maxLeftovers = 50

// leftoverForms are the shapes an open field can have. A stretch without any of the signs is not looked at.
var leftoverForms = []struct {
	signs string
	find  func(x *text, s stretch) []leftover
}{
	{"[", bracketed},
	{"<«{", angled},
	{"…._", blanks},
	{"0xXmM", masks},
	{"*?●•", marks},
	{"MmBbDdgN", shorthand},
	{":", column},
	{"(", inBrackets},
	{"0#", lostTargets},
}

// leftoverSigns are the signs of leftoverForms, by number.
var leftoverSigns = func() (out []letters) {
	for _, form := range leftoverForms {
		var l letters
		for _, sign := range form.signs {
			of := string(sign)
			l.add(of[len(of)-1]) // the last byte tells signs apart better than the first
		}
		out = append(out, l)
	}
	return out
}()

// letters is a set of bytes.
type letters [4]uint64

func (l *letters) add(b byte) { l[b>>6] |= 1 << (b & 63) }

// any reports whether l and m share a byte.
func (l letters) any(m letters) bool { return l[0]&m[0]|l[1]&m[1]|l[2]&m[2]|l[3]&m[3] != 0 }

// lettersOf gives the bytes of s: several questions about what stands in it are then answered at one reading.
func lettersOf(s string) (l letters) {
	for i := range len(s) {
		l.add(s[i])
	}
	return l
}

var (
	// fieldWords open what somebody has to fill in.
	fieldWords = regexp.MustCompile(`(?i)^(?:de |het |een |eigen |juiste )?(?:naam|namen|datum|data|bedrag|aantal|plaats|adres|gemeente|regio|tijd|tijdstip|nummer|nr\b|percentage|jaar|kwartaal|maand|dag\b|link|url|website|functie|contactpersoon|e-?mail|telefoon|kvk|agb|btw|termijn|titel|kenmerk|vul|invul|in te vullen|nog |nader |n\.?t\.?b|p\.?m\b|tbd|xx|omschrijving|beschrijving|toelichting|tekst|hier |voeg|vermeld|noem|benoem|beschrijf|geef|kies|keuze|selecteer|uitschrijven|uitwerken|opnemen|opsommen|invoegen|toevoegen|aanvullen)`)
	// valueWords open what a model text asks for, also inside a quotation.
	valueWords = regexp.MustCompile(`(?i)^(?:naam|datum|bedrag|aantal|tijdstip|plaats\b|vul |invul|in te vullen|nog |n\.?t\.?b|xx)`)
	// quoting announces the words of somebody else.
	quoting = regexp.MustCompile(`(?i)\b(?:luidt|aldus|citaat|bepaalt het volgende)\b`)
	// authorWords open what is said to the author of the draft.
	authorWords = regexp.MustCompile(`(?i)^(?:let op|optioneel|optie\b|optionele|facultatief|keuze\b|kies\b|een van\b|één van\b|instructie|toelichting|opmerking|aanwijzing|notitie|n\.?b\.?\b|tip\b|voorbeeld|variant|alternatief|alternatieve|indien\b|alleen (?:bij|als|indien|opnemen|gebruiken)|bij |schrap|verwijder|haal |doorhalen|weglaten|controleer|check|nagaan|nakijken|vraag\b|vrij tekstveld|deze (?:tekst|alinea|paragraaf|bepaling|zin|optie|eis)|dit (?:kader|blok|artikel|deel) )`)
	// remarks open what an author adds to a text on purpose.
	remarks = regexp.MustCompile(`(?i)^(?:sic|zie\b|vgl\b|cf\b|artikel|art\.|lid\b|hierna|verder te noemen|voorheen|thans|lees\b|bedoeld|noot\b|bron\b|red\.|d\.w\.z|i\.e\.|blz|p\. ?\d|pag|cursivering|onderstreping|vetgedrukt|accentuering|vertaling|vervallen|ingetrokken|gereserveerd|geanonimiseerd|weggelakt|zwartgelakt|at\]|at$|apenstaart|einde |vierkante haken|blokhaken|(?:bijlage|paragraaf|hoofdstuk|noot|tabel|figuur) [0-9A-Z]|\^)`)
	// code is a mark that a legend explains: "[M]" for a minimum demand.
	code          = regexp.MustCompile(`^[A-Z][A-Z0-9+-]{0,3}$|^\d{1,4}[a-z]?$`)
	numbersOnly   = regexp.MustCompile(`^[\d\s.,;:%+–-]+$`)
	checkbox      = regexp.MustCompile(`^\s*[xXvV✓✔]?\s*$`)
	suffix        = regexp.MustCompile(`^(?:s|n|en|e|r|er|ies|'s|’s|t|de|te)$`)
	slotBefore    = regexp.MustCompile(`(?i)(?:€|\b(?:bijlage|bijlagen|artikel|paragraaf|hoofdstuk|perceel|nummer|nr\.?|kenmerk|te|d\.d\.|op|per|uiterlijk|maximaal|minimaal|ten minste|ten hoogste|binnen|circa|vanaf|tot|van|is|bedraagt|a|à|met|:))\s*$`)
	strictSlot    = regexp.MustCompile(`(?i)(?:€|\b(?:bijlage|artikel|paragraaf|hoofdstuk|perceel|nummer|nr\.|kenmerk|gevestigd te|d\.d\.|bedraagt|maximaal|minimaal|ten minste|ten hoogste|binnen)|\pL:)\s*$`)
	unitAfter     = regexp.MustCompile(`(?i)^\s*(?:%|procent\b|(?:werk|kalender)?dagen\b|weken\b|(?:kalender)?maanden\b|jaar\b|jaren\b|uur\b|uren\b|euro\b|punten\b|personen\b|cliënten\b|plaatsen\b|A4\b|per (?:uur|dag|etmaal|jaar|maand|cliënt))`)
	htmlTag       = regexp.MustCompile(`(?i)^/?(?:b|i|u|p|br|hr|em|strong|span|div|a|ul|ol|li|table|tr|td|th|h\d|sup|sub|img|font)\b`)
	anglePart     = regexp.MustCompile(`<<[^<>|]{1,80}>>|<[^<>|]{2,80}>|«[^«»|]{1,80}»|\{\{[^{}|]{1,80}\}\}|\{[^{}|]{2,80}\}`)
	fieldCode     = regexp.MustCompile(`^\s*(?:REF|PAGEREF|NOTEREF|TOC|HYPERLINK)\b`)
	dotRun        = regexp.MustCompile(`(?:[….][ \x{00a0}]?)*[….]|(?:_[ \x{00a0}]?){2,}_`)
	mask          = regexp.MustCompile(`\b20(?:\*{1,2}|[xX]{1,2}|\.\.|__|…)|\b202(?:\*|[xX]|_|…)|\b[dD]{1,2}[-/ .][mM]{2}[-/ .][jJyY]{2,4}\b|(?:€ ?)?\b[xX]{1,3}(?:[.,][xX]{2,3})+\b|\b[xX]{2,}\b(?:[-/][xX\d]{2,})*|€ ?[xX]\b`)
	oneX          = regexp.MustCompile(`(?:^|[\s(])(X)\b`)
	stars         = regexp.MustCompile(`\*+`)
	questionMarks = regexp.MustCompile(`(?:^|[\s(€])(\?{2,})`)
	bullets       = regexp.MustCompile(`(?:^|[\s(€])([●•])(?:[\s.,;)]|$)`)
	shorthands    = regexp.MustCompile(`\b(?:P\.?M\.?|p\.m\.|[nN]\.?[tT]\.?[bBnN]\.?|NTB|[tT]\.?[bB]\.?[dD]\.?|[nN]\.?[nN]\.?[bB]\.?|TODO)(?:[^\pL\pN]|$)`)
	decided       = regexp.MustCompile(`(?i)\b(?:nog|nader) (?:te bepalen|vast te stellen|bekend te maken|onbekend)\b|\b(?:invullen|in te vullen|volgt nog|tekst volgt)\b`)
	optionNumber  = regexp.MustCompile(`^\s*(?:[A-Z]\b|\d{1,2}\b)\s*:?`)
	asksBidder    = regexp.MustCompile(`(?i)invul|in te vullen|antwoord|reactie|gegevens (?:inschrijver|aanbieder)|handtekening|akkoord|ja/nee`)
	formTitle     = regexp.MustCompile(`(?i)formulier|\bbiljet|inschrijfbiljet|in te vullen door|eigen verklaring|modelverklaring|model verklaring|referentieverklaring|holdingverklaring|\bUEA\b|uniform europees|aanbestedingsdocument \(uea|volmacht|machtiging|format voor|invulblad|prijzenblad|prijsblad|verklaring (?:inschrijver|onderaannemer|combinatie|van inschrijver)`)
)

// inForm reports whether a block belongs to a form that bidders fill in: its headings, its lead-in or the name of the file say so.
func (t *tender) inForm(x *text) bool {
	name := x.doc.Path[strings.LastIndexByte(x.doc.Path, '/')+1:]
	return t.ofForm(name) || slices.ContainsFunc(x.block.Path, t.ofForm) || t.ofForm(x.block.LeadIn) || x.block.Kind == dossier.Heading && t.ofForm(x.block.Text)
}

// ofForm reports whether a heading, a lead-in or a name announces a form. Many blocks share theirs, so every one is read once.
func (t *tender) ofForm(s string) bool {
	is, known := t.forms[s]
	if !known {
		is = mayBeForm(s) && formTitle.MatchString(s)
		t.forms[s] = is
	}
	return is
}

// formSigns are parts of all that formTitle matches, for a quick look before it.
var formSigns = []string{"formulier", "biljet", "in te vullen", "verklaring", "uea", "europees", "volmacht", "machtiging", "format voor", "blad"}

func mayBeForm(s string) bool {
	s = strings.ToLower(s)
	return slices.ContainsFunc(formSigns, func(sign string) bool { return strings.Contains(s, sign) })
}

// sight is how many bytes around a field are looked at: quotation marks and the words that ask for a value stand near.
const sight = 1000

func back(s string) string { return s[max(0, len(s)-sight):] }

func ahead(s string) string { return s[:min(len(s), sight)] }

// bracketed finds what stands in square brackets and is not a remark of the author, a mark with a legend or a change in a quotation.
func bracketed(x *text, s stretch) []leftover {
	var out []leftover
	own := s.of(x)
	for at := 0; at < len(own) && len(out) < maxLeftovers; {
		open := strings.IndexByte(own[at:], '[')
		if open < 0 {
			break
		}
		open += at
		end, inside := closing(own, open)
		at = end
		id := x.bracketKind(s, back(own[:open]), inside, ahead(own[end:]))
		if end == len(own) && own[end-1] != ']' && !authorWords.MatchString(strings.TrimSpace(inside)) {
			continue // never closed, and nothing that is said to the author
		}
		if id == "" {
			continue
		}
		out = append(out, leftover{id, "brackets", s.start + open, s.start + end})
	}
	return out
}

// openWord is a single word between round brackets that stands for a value: "gevestigd te (plaats)".
var openWord = regexp.MustCompile(`(?i)(?:€|:|\b(?:te|op|door|namens|van|nummer|is|bedraagt|gemeente))\s(\((?:naam|datum|bedrag|plaats|aantal|nummer|percentage|invullen|in te vullen|naam gemeente)\))`)

func inBrackets(x *text, s stretch) []leftover {
	if s.form {
		return nil
	}
	var out []leftover
	for _, m := range openWord.FindAllStringSubmatchIndex(s.of(x), maxLeftovers) {
		out = append(out, leftover{"c-placeholder", "brackets", s.start + m[2], s.start + m[3]})
	}
	return out
}

// closing gives the end of what opens at open, and what stands inside; when nothing closes it that is the end of the text.
func closing(own string, open int) (end int, inside string) {
	depth := 0
	for i := open; i < len(own); i++ {
		switch own[i] {
		case '[':
			depth++
		case ']':
			if depth--; depth == 0 {
				return i + 1, own[open+1 : i]
			}
		}
	}
	return len(own), own[open+1:]
}

// bracketKind says what the words inside brackets are: a field, something said to the author, or "" for neither.
func (x *text) bracketKind(s stretch, before, inside, after string) string {
	words := strings.TrimSpace(inside)
	author, field := authorWords.MatchString(words), fieldWords.MatchString(words)
	joined := before != "" && !strings.ContainsRune(" (/\u00a0-–€", lastRune(before))
	quotes := inQuotes(before, after)
	switch {
	case remarks.MatchString(words) && !strings.HasSuffix(words, ":"):
		return ""
	case checkbox.MatchString(inside):
		if inside != "" && strings.TrimSpace(inside) != "" && unitAfter.MatchString(after) && !quotes {
			return "c-placeholder" // "binnen [X] dagen"
		}
		if !s.form && len(inside) >= 3 && slotBefore.MatchString(before) {
			return "c-placeholder"
		}
		return ""
	case joined && firstIsLetter(after) || joined && quotes:
		return "" // "de[ze]", "[H]et"
	case before == "" && firstIsLetter(after) && utf8.RuneCountInString(words) <= 2, !joined && firstIsLetter(after) && utf8.RuneCountInString(words) <= 2:
		return ""
	case quotes && !author && !valueWords.MatchString(words):
		return "" // words left out of a quotation, or put into it
	case strings.Trim(words, "…. ") == "":
		if s.form || quoting.MatchString(before) {
			return ""
		}
		return "c-placeholder"
	case author && !byBidder(words):
		return "c-instruction"
	case s.form || byBidder(words):
		return ""
	case field:
		return "c-placeholder"
	case joined && !suffix.MatchString(words) && !strings.HasSuffix(before, "."):
		return ""
	case code.MatchString(words) && !strictSlot.MatchString(before), numbersOnly.MatchString(words):
		return ""
	case strings.Contains(words, "|"):
		return ""
	}
	return "c-placeholder"
}

// byBidder reports whether a field says that somebody else fills it in.
var bidderWords = regexp.MustCompile(`(?i)\bdoor (?:de )?(?:\pL+ )?(?:inschrijver|aanbieder|opdrachtnemer|gegadigde|hoofdaannemer|onderaannemer|aanvrager|deelnemer|kandidaat|zorgaanbieder|jeugdhulpaanbieder)|\buw\b`)

func byBidder(words string) bool { return bidderWords.MatchString(words) }

func lastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}

func firstIsLetter(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLetter(r)
}

// inQuotes reports whether what stands between before and after lies in a quotation.
func inQuotes(before, after string) bool {
	for _, q := range []struct{ open, shut string }{{"“", "”"}, {"„", "”"}, {"‘", "’"}, {"«", "»"}} {
		if i := strings.LastIndex(before, q.open); i >= 0 && !strings.Contains(before[i:], q.shut) && strings.Contains(after, q.shut) {
			return true
		}
	}
	return strings.Count(before, `"`)%2 == 1 && strings.Contains(after, `"`) || openQuote.MatchString(before) && shutQuote.MatchString(after)
}

// A straight single quote opens behind a space and shuts before one: the others are apostrophes.
var (
	openQuote = regexp.MustCompile(`(?:^|[\s(])'[^']*$`)
	shutQuote = regexp.MustCompile(`^[^']*'(?:$|[\s.,;:)?!])`)
)

// angled finds fields in angle brackets, braces and the marks of a mail merge.
func angled(x *text, s stretch) []leftover {
	var out []leftover
	own := s.of(x)
	if !strings.ContainsAny(own, "<«{") {
		return nil
	}
	for _, m := range anglePart.FindAllStringIndex(own, maxLeftovers) {
		words := strings.Trim(own[m[0]:m[1]], "<>«»{}")
		if own[m[0]] == '{' && fieldCode.MatchString(words) {
			out = append(out, leftover{"c-reference", "field-code", s.start + m[0], s.start + m[1]})
			continue
		}
		words = strings.TrimRight(words, " ")
		switch {
		case s.form || byBidder(words), !firstIsLetter(words), strings.ContainsAny(words, "@=") || strings.Contains(words, "://") || strings.HasPrefix(words, "www."):
		case htmlTag.MatchString(words) && own[m[0]] == '<' && own[m[0]+1] != '<':
		case strings.HasPrefix(own[m[0]:], "«") && !fieldWords.MatchString(words) && !strings.ContainsRune(words, '_'):
		case len(strings.Fields(words)) > 10:
		case authorWords.MatchString(words):
			out = append(out, leftover{"c-instruction", "brackets", s.start + m[0], s.start + m[1]})
		default:
			out = append(out, leftover{"c-placeholder", "brackets", s.start + m[0], s.start + m[1]})
		}
	}
	return out
}

// mayBeBlank is a quick look before the pattern: nearly every text has a full stop, few have two in a row.
func mayBeBlank(s string) bool {
	return strings.Contains(s, "…") || strings.Contains(s, "..") || strings.Contains(s, ". .") || strings.Contains(s, ".\u00a0.") || strings.Contains(s, "_")
}

// blanks finds lines of dots or underscores, and a single ellipsis where a value belongs. What they ask for is taken with them: the words of the sentence
// before the line.
func blanks(x *text, s stretch) []leftover {
	own := s.of(x)
	if s.form || !mayBeBlank(own) {
		return nil
	}
	var out []leftover
	open := -1 // where the finding starts that the next line still belongs to
	for _, m := range dotRun.FindAllStringIndex(own, maxLeftovers) {
		before, after := back(own[:m[0]]), ahead(own[m[1]:])
		run := own[m[0]:m[1]]
		switch w := weight(run); {
		case w < 3 || inQuotes(before, after):
			continue
		case w == 3 && strings.Trim(before+after, " .") != "" && !(strictSlot.MatchString(before) || unitAfter.MatchString(after) && slotBefore.MatchString(before)):
			continue // "… en dergelijke"
		case w == 3 && strings.HasSuffix(before, "…"):
			continue
		case strings.HasSuffix(before, "(") && strings.HasPrefix(after, ")") && w < 6:
			continue // words left out of a quotation
		}
		from := labelStart(own, m[0])
		if open >= 0 && from <= open {
			out[len(out)-1].end = s.start + m[1]
			continue
		}
		open = m[1]
		out = append(out, leftover{"c-placeholder", "dots", s.start + from, s.start + m[1]})
	}
	return out
}

// weight is the width of a line in points: an ellipsis has three.
func weight(run string) int {
	n := 0
	for _, r := range run {
		switch r {
		case '…':
			n += 3
		case '.':
			n++
		case '_':
			n += 2
		}
	}
	return n
}

// maxLabel is how many bytes before a line of dots may be the words that ask for a value.
const maxLabel = 80

// labelStart is where the words before a line of dots start: at the start of their sentence, when that is near.
func labelStart(own string, at int) int {
	from := max(0, at-2*maxLabel)
	for from < at && !utf8.RuneStart(own[from]) {
		from++
	}
	first := from
	for k, r := range own[first:at] {
		i := first + k
		if strings.ContainsRune(".!?;|", r) && i+1 < at && (own[i+1] == ' ' || r == '|') {
			from = i + utf8.RuneLen(r)
		}
	}
	for from < at && own[from] == ' ' {
		from++
	}
	if at-from > maxLabel {
		return at
	}
	return from
}

// masks finds dates, years and amounts in which letters or stars hold the place of figures.
func masks(x *text, s stretch) []leftover {
	if s.form {
		return nil
	}
	own := s.of(x)
	if !mayMask(own) {
		return nil
	}
	var out []leftover
	for _, m := range mask.FindAllStringIndex(own, maxLeftovers) {
		word := own[m[0]:m[1]]
		if strings.HasSuffix(word, "..") && strings.HasPrefix(own[m[1]:], ".") || firstIsLetter(own[m[1]:]) && !strings.ContainsAny(word, "-/") || strings.HasSuffix(own[:m[0]], "www.") {
			continue
		}
		if m[0] > 0 && strings.ContainsRune("/.@-", rune(own[m[0]-1])) && strings.Trim(strings.ToLower(word), "x") == "" {
			continue // part of an address
		}
		out = append(out, leftover{"c-placeholder", "mask", s.start + m[0], s.start + m[1]})
	}
	for _, m := range oneX.FindAllStringSubmatchIndex(own, maxLeftovers) {
		digit := m[2] >= 2 && own[m[2]-2] >= '0' && own[m[2]-2] <= '9'
		if unitAfter.MatchString(ahead(own[m[3]:])) && !digit {
			out = append(out, leftover{"c-placeholder", "mask", s.start + m[2], s.start + m[3]})
		}
	}
	return out
}

// mayMask is a quick look before the patterns: letters that stand for figures stand apart from other letters, or behind the start of a year.
func mayMask(s string) bool {
	letter := func(i int) bool {
		return i >= 0 && i < len(s) && (s[i] >= 'a' && s[i] <= 'z' || s[i] >= 'A' && s[i] <= 'Z')
	}
	for i := range len(s) {
		switch s[i] {
		case 'x', 'X':
			if !letter(i-1) && (!letter(i+1) || s[i+1] == 'x' || s[i+1] == 'X') {
				return true
			}
		case 'm', 'M':
			if !letter(i-1) && i+2 < len(s) && s[i+1]|0x20 == 'm' && !letter(i+2) {
				return true
			}
		case '0':
			if i > 0 && s[i-1] == '2' && i+1 < len(s) && strings.IndexByte("*xX._\xe2", s[i+1]) >= 0 || i > 0 && s[i-1] == '2' && i+2 < len(s) && s[i+1] == '2' && strings.IndexByte("*xX_\xe2", s[i+2]) >= 0 {
				return true
			}
		}
	}
	return false
}

// marks finds stars, question marks and dots that hold the place of a number. A star behind a word is a note.
func marks(x *text, s stretch) []leftover {
	if s.form {
		return nil
	}
	var out []leftover
	own := s.of(x)
	for _, m := range stars.FindAllStringIndex(own, maxLeftovers) {
		if strictSlot.MatchString(back(own[:m[0]])) && strings.HasSuffix(own[:m[0]], " ") && !firstIsLetter(own[m[1]:]) {
			label := strings.LastIndexByte(strings.TrimRight(own[:m[0]], " "), ' ') + 1
			label += len(own[label:m[0]]) - len(strings.TrimLeft(own[label:m[0]], "("))
			out = append(out, leftover{"c-placeholder", "mask", s.start + label, s.start + m[1]})
		}
	}
	for _, m := range questionMarks.FindAllStringSubmatchIndex(own, maxLeftovers) {
		out = append(out, leftover{"c-placeholder", "mask", s.start + m[2], s.start + m[3]})
	}
	for _, m := range bullets.FindAllStringSubmatchIndex(own, maxLeftovers) {
		if strictSlot.MatchString(back(own[:m[2]])) || unitAfter.MatchString(ahead(own[m[3]:])) && slotBefore.MatchString(back(own[:m[2]])) {
			out = append(out, leftover{"c-placeholder", "mask", s.start + m[2], s.start + m[3]})
		}
	}
	return out
}

// shorthand finds what says that a value comes later: PM, n.t.b., nog te bepalen. In running text such words have other uses, so they must hold the place of
// a value: be all of the stretch, or stand behind a colon, a currency sign or an opening bracket.
func shorthand(x *text, s stretch) []leftover {
	if s.form {
		return nil
	}
	var out []leftover
	own := s.of(x)
	whole := strings.Trim(own, " .")
	add := func(from, to int) {
		out = append(out, leftover{"c-placeholder", "words", s.start + from, s.start + to})
	}
	for _, m := range matches(shorthands, own, "PM", "P.M", "p.m", "n.t", "N.T", "ntb", "NTB", "Ntb", "tbd", "TBD", "t.b", "T.B", "nt.b", "n.tb", "ntn", "NTN", "nnb", "NNB", "n.n.b", "N.N.B", "TODO") {
		end := m[0] + len(strings.TrimRight(own[m[0]:m[1]], " ,;:)|/"))
		word := strings.ToLower(strings.ReplaceAll(own[m[0]:end], ".", ""))
		alone := strings.Trim(own[m[0]:end], ". ") == strings.Trim(whole, ". ")
		value := holdsValue(back(own[:m[0]]))
		switch {
		case word == "pm" && (alone || value && own[m[0]] == 'P' && !strings.HasSuffix(own[:m[0]], "(")), // "programmamanager (PM)"
			word == "ntb" && (alone || value || strings.Contains(own[m[0]:end], ".")), word == "todo", (word == "tbd" || word == "nnb") && (alone || value):
			add(m[0], end)
		}
	}
	for _, m := range matches(decided, own, "nog ", "Nog ", "nader ", "Nader ", "vullen", "volgt") {
		if strings.EqualFold(own[m[0]:m[1]], whole) || holdsValue(back(own[:m[0]])) && endsValue(own[m[1]:]) {
			add(m[0], m[1])
		}
	}
	return out
}

// matches finds a pattern in a text that holds one of the words, without which it cannot be there.
func matches(pattern *regexp.Regexp, s string, words ...string) [][]int {
	if !slices.ContainsFunc(words, func(w string) bool { return strings.Contains(s, w) }) {
		return nil
	}
	return pattern.FindAllStringIndex(s, maxLeftovers)
}

var valueBefore = regexp.MustCompile(`(?:[:€(=]|\b[dD]atum|\b[bB]edrag)\s*$`)

// holdsValue reports whether a value belongs behind these words.
func holdsValue(before string) bool { return valueBefore.MatchString(before) }

func endsValue(after string) bool {
	after = strings.TrimLeft(after, " ")
	return after == "" || strings.ContainsAny(after[:1], ".,;)|/")
}

// optional is the name of a column that the author may leave out: "Optioneel: Weging" in the line above a table.
var optional = regexp.MustCompile(`(?:^|\s)(Optioneel: \p{Lu}\pL+(?: \pL+){0,2})$`)

func column(x *text, s stretch) []leftover {
	own := s.of(x)
	if s.form || !strings.Contains(own, "Optioneel: ") {
		return nil
	}
	m := optional.FindStringSubmatchIndex(own)
	heads := slices.Contains(x.block.Flags, "header-row") || strings.HasPrefix(own, "Nr") && len(strings.Fields(own)) < 10
	if m == nil || !heads {
		return nil
	}
	return []leftover{{"c-instruction", "words", s.start + m[2], s.start + m[3]}}
}

// lostTarget is what a word processor or spreadsheet shows when a reference has lost its target: "paragraaf 0", "#VERW!".
var lostTarget = regexp.MustCompile(`(?i)\b(?:paragraaf|artikel|hoofdstuk|bijlage|tabel|figuur|eis) 0(?:$|[^\d.,]|[.,](?:$|\D))|#(?:VERW!|REF!|N/B|N/A|NAAM\?|NAME\?|WAARDE!|VALUE!|DEEL/0!|DIV/0!|GETAL!|NUM!)`)

func lostTargets(x *text, s stretch) []leftover {
	own := s.of(x)
	if !strings.Contains(own, " 0") && !strings.Contains(own, "#") {
		return nil
	}
	var out []leftover
	for _, m := range lostTarget.FindAllStringIndex(own, maxLeftovers) {
		end := m[1]
		if own[m[0]] != '#' {
			end = m[0] + strings.Index(own[m[0]:m[1]], " 0") + len(" 0")
		}
		out = append(out, leftover{"c-reference", "target", s.start + m[0], s.start + end})
	}
	return out
}

// series is the last line of a list that was never filled: "Gn" after "G1" and "G2".
type series map[string]map[string]bool // per file, the codes with a number

var (
	lastOne = regexp.MustCompile(`\b([A-Z][A-Za-z0-9]{0,6})n\b`)
	// dutchWords end in n as well, and their start may be a code.
	dutchWords = map[string]bool{"E": true, "I": true, "A": true, "O": true, "Aa": true, "Ee": true, "Va": true, "Ka": true, "Da": true, "De": true, "He": true, "Zij": true, "Mij": true}
)

// openSeries lists per file the codes that are numbered from 1, when it also has one with an n.
func (t *tender) openSeries() series {
	out := series{}
	for _, x := range t.texts {
		s := x.block.Text
		for i := range len(s) {
			if s[i] != '1' || i == 0 || alphanumeric(s, i+1) {
				continue
			}
			start := i
			for start > 0 && alphanumeric(s, start-1) {
				start--
			}
			if n := i - start; n == 0 || n > maxCode || s[start] < 'A' || s[start] > 'Z' {
				continue
			}
			if out[x.doc.Path] == nil {
				out[x.doc.Path] = map[string]bool{}
			}
			out[x.doc.Path][s[start:i]] = true
		}
	}
	return out
}

// maxCode is how many letters and figures stand before the number of a code.
const maxCode = 7

func alphanumeric(s string, i int) bool {
	return i < len(s) && (s[i] >= '0' && s[i] <= '9' || s[i] >= 'a' && s[i] <= 'z' || s[i] >= 'A' && s[i] <= 'Z' || s[i] >= utf8.RuneSelf)
}

func (all series) in(x *text, s stretch) []leftover {
	codes := all[x.doc.Path]
	if len(codes) == 0 || s.form {
		return nil
	}
	own := s.of(x)
	named := false
	for prefix := range codes {
		named = named || strings.Contains(own, prefix+"n")
	}
	if !named {
		return nil
	}
	var out []leftover
	for _, m := range lastOne.FindAllStringSubmatchIndex(own, maxLeftovers) {
		if prefix := own[m[2]:m[3]]; codes[prefix] && !dutchWords[prefix] {
			out = append(out, leftover{"c-placeholder", "series", s.start + m[0], s.start + m[1]})
		}
	}
	return out
}
