package report

import (
	"reflect"
	"regexp"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"inkooptoets/rules/result"
)

// maxQuote is how many characters of a passage a report shows.
const maxQuote = 300

// escapeSequence is what a terminal would obey: CSI and OSC sequences, with ESC or as one C1 character, and any other ESC with the character after it.
var escapeSequence = regexp.MustCompile("(?s)(?:\x1b\\[|\u009b)[0-?]*[ -/]*[@-~]" +
	"|(?:\x1b\\]|\u009d)[^\x07\x1b\u009c]*(?:\x07|\x1b\\\\|\u009c)" +
	"|\x1b[ -/]*[0-~]?")

// buildCommand is what a build server obeys when it stands in its log, "##vso[" and "##[" anywhere in a line, "::" where one starts. Every report may end
// up in such a log.
var buildCommand = regexp.MustCompile(`##\w*\[|:::*`)

// clean makes text from a document safe to show: no terminal escapes, no control characters, nothing invisible or that turns the reading direction,
// nothing that a build server obeys, and one line with single spaces.
func clean(s string) string {
	if harmless(s) {
		return s
	}
	return scrub(s)
}

// Plain makes text from a document safe to show in one line, as every report does.
func Plain(s string) string { return clean(s) }

// harmless reports whether there is nothing in s to clean, which holds for nearly every text and is told much faster than cleaned.
func harmless(s string) bool {
	for at, size := 0, 0; at < len(s); at += size {
		if size = 1; alwaysHarmless[s[at]] {
			continue
		}
		switch b := s[at]; {
		case b >= utf8.RuneSelf:
			var r rune
			if r, size = utf8.DecodeRuneInString(s[at:]); !unicode.IsLetter(r) && !strings.ContainsRune("‘’“”„–—…•€›·½²§°", r) {
				return false
			}
		case b != ' ' && b != '#' && b != ':', at > 0 && s[at-1] == b, at == 0 && b == ' ':
			return false
		}
	}
	return s == "" || s[len(s)-1] != ' '
}

// alwaysHarmless are the bytes that are harmless, whatever stands beside them.
var alwaysHarmless = func() (out [256]bool) {
	for b := ' '; b < 0x7f; b++ {
		out[b] = b != ' ' && b != '#' && b != ':'
	}
	return out
}()

func scrub(s string) string {
	s = strings.ToValidUTF8(s, "\ufffd")
	if strings.ContainsAny(s, "\x1b\u009b\u009d") { // asked first, as the expressions take most of the time of a report
		s = escapeSequence.ReplaceAllString(s, "")
	}
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r), unicode.Is(unicode.Zl, r), unicode.Is(unicode.Zp, r):
			return ' '
		case unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co):
			return -1
		}
		return r
	}, s)
	if strings.Contains(s, "##") || strings.Contains(s, "::") {
		s = buildCommand.ReplaceAllStringFunc(s, func(c string) string {
			if c[0] == '#' {
				return "# " + c[1:]
			}
			return strings.TrimSpace(strings.Repeat(": ", len(c)))
		})
	}
	return strings.Join(strings.Fields(s), " ")
}

// cleaned returns a copy of d with every text in it cleaned and every quote cut to what a report shows. All text formats start from it, so that no
// field, also not one that is added later, reaches them as the document had it.
func cleaned(d result.Dossier) result.Dossier {
	return cleanCopy(reflect.ValueOf(d)).Interface().(result.Dossier)
}

func cleanCopy(v reflect.Value) reflect.Value {
	out := reflect.New(v.Type()).Elem()
	out.Set(v)
	cleanIn(out)
	return out
}

var evidenceType, findingType = reflect.TypeFor[result.Evidence](), reflect.TypeFor[result.Finding]()

// cleanIn cleans every text in v, which is a copy: what it points to is copied first.
func cleanIn(v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		if s := v.String(); !harmless(s) {
			v.SetString(clean(s))
		}
	case reflect.Slice:
		if v.Len() == 0 {
			return
		}
		list := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
		reflect.Copy(list, v)
		v.Set(list)
		for i := range v.Len() {
			cleanIn(v.Index(i))
		}
	case reflect.Struct:
		switch v.Type() {
		case evidenceType:
			e := v.Addr().Interface().(*result.Evidence)
			e.Quote, e.Start, e.End = marked(e.Quote, e.Start, e.End)
		case findingType:
			f := v.Addr().Interface().(*result.Finding)
			f.Quote, f.Start, f.End = marked(f.Quote, f.Start, f.End)
		}
		for i := range v.NumField() {
			cleanIn(v.Field(i))
		}
	case reflect.Pointer:
		if !v.IsNil() {
			own := reflect.New(v.Type().Elem())
			own.Elem().Set(v.Elem())
			v.Set(own)
			cleanIn(own.Elem())
		}
	default: // numbers, booleans, and the counts, which are only ever looked up by a known status, stay as they are
	}
}

// excerpt cleans a passage and, if it is long, cuts it at word ends around the bytes start to end of quote. Offsets outside quote are moved into it.
func excerpt(quote string, start, end int) string {
	text, _, _ := marked(quote, start, end)
	return text
}

// cleanStart is clean of the first n bytes of a passage.
func cleanStart(quote string, n int) string {
	if n < len(quote) && utf8.RuneStart(quote[n]) && harmless(quote) {
		return strings.TrimRight(quote[:n], " ")
	}
	return clean(quote[:n])
}

// runeRooms keeps the memory in which long passages are cut: there are tens of thousands in a large run.
var runeRooms = sync.Pool{New: func() any { return new([]rune) }}

// marked is excerpt with the bytes of the outcome where the words from start to end of quote stand. They are 0 and 0 when the words have no place in it:
// none were given, or cleaning joined them with what stands around them.
func marked(quote string, start, end int) (text string, from, to int) {
	start = min(max(start, 0), len(quote))
	end = min(max(end, start), len(quote))
	all := clean(quote)
	before, upTo := cleanStart(quote, start), cleanStart(quote, end)
	if start < end && strings.HasPrefix(all, before) && strings.HasPrefix(all, upTo) && len(upTo) > len(before) {
		from, to = len(before), len(upTo)
		if all[from] == ' ' {
			from++
		}
	}
	if len(all) <= maxQuote || utf8.RuneCountInString(all) <= maxQuote {
		return all, from, to
	}
	room := runeRooms.Get().(*[]rune) //nolint:forcetypeassert // see New
	defer runeRooms.Put(room)
	runes := (*room)[:0]
	for _, r := range all {
		runes = append(runes, r)
	}
	*room = runes
	// Cleaning moves offsets; those of the cleaned parts are near enough to choose a window.
	hit := min(utf8.RuneCountInString(before), len(runes))
	size := min(utf8.RuneCountInString(clean(quote[start:end])), maxQuote)

	first := max(hit-(maxQuote-size)/2, 0)
	last := min(first+maxQuote, len(runes))
	first = max(last-maxQuote, 0)
	if first > 0 {
		first = wordStart(runes, first, hit)
	}
	if last < len(runes) {
		last = wordEnd(runes, last, min(hit+size, last))
	}
	for first < last && runes[first] == ' ' {
		first++
	}
	for last > first && runes[last-1] == ' ' {
		last--
	}
	skipped, kept := encoded(runes[:first]), encoded(runes[first:last])
	shift, low, open, shut := -skipped, 0, "", ""
	if first > 0 {
		open, low = "…", len("…")
		shift += low
	}
	if last < len(runes) {
		shut = "…"
	}
	text = open + all[skipped:skipped+kept] + shut
	from, to = min(max(from+shift, low), low+kept), min(max(to+shift, low), low+kept)
	if from >= to {
		from, to = 0, 0
	}
	return text, from, to
}

// encoded is how many bytes runes take as text.
func encoded(runes []rune) (n int) {
	for _, r := range runes {
		n += utf8.RuneLen(r)
	}
	return n
}

// wordStart is the first start of a word from at on, up to limit; at itself if there is none.
func wordStart(text []rune, at, limit int) int {
	for i := at; i <= limit && i < len(text); i++ {
		if text[i-1] == ' ' {
			return i
		}
	}
	return at
}

// wordEnd is the last end of a word up to at, down to limit; at itself if there is none.
func wordEnd(text []rune, at, limit int) int {
	for i := at; i >= limit && i > 0; i-- {
		if text[i] == ' ' {
			return i
		}
	}
	return at
}

// wrap cuts text into lines of at most width characters, between words; a word that is longer is cut. A no-break space keeps words together and comes
// out as a space.
func wrap(text string, width int) []string {
	var lines []string
	wrapEach(text, width, func(line []byte) { lines = append(lines, strings.ReplaceAll(string(line), "\u00a0", " ")) })
	return lines
}

// wrapped is the number of lines that wrap gives.
func wrapped(text string, width int) (lines int) {
	width = max(width, 1)
	length := 0 // of the line at hand, in characters
	for word := range strings.SplitSeq(text, " ") {
		n := utf8.RuneCountInString(word)
		switch {
		case n == 0:
			continue
		case length > 0 && length+1+n <= width:
			length += 1 + n
			continue
		case length > 0:
			lines++
		}
		for ; n > width; n -= width {
			lines++
		}
		length = n
	}
	if length > 0 {
		lines++
	}
	return lines
}

// wrapEach calls add for every line of wrap, with the no-break spaces still in it; add must not keep it.
func wrapEach(text string, width int, add func(line []byte)) {
	width = max(width, 1)
	var line []byte
	length := 0 // of line, in characters
	flush := func() {
		if length > 0 {
			add(line)
		}
		line, length = line[:0], 0
	}
	for word := range strings.SplitSeq(text, " ") {
		n := utf8.RuneCountInString(word)
		if n == 0 {
			continue
		}
		if length > 0 && length+1+n <= width {
			line, length = append(append(line, ' '), word...), length+1+n
			continue
		}
		flush()
		for n > width {
			end := 0
			for range width {
				_, size := utf8.DecodeRuneInString(word[end:])
				end += size
			}
			line = append(line, word[:end]...)
			length = width
			flush()
			word, n = word[end:], n-width
		}
		line, length = append(line, word...), n
	}
	flush()
}
