// Package search finds passages in many tenders: an index on disk that follows the documents, and a small language to ask it. It shows where words stand and
// judges nothing.
package search

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"inkooptoets/rules/internal/textindex"
)

// Query is a parsed question.
type Query struct {
	asked textindex.Query
	words []wanted // what to mark in the passages that are found
}

// wanted is a word of the question as it was typed; prefix if it may go on.
type wanted struct {
	text   string
	prefix bool
}

// fields are the names of fields in a question, Dutch and English, and those in the index.
var fields = map[string]string{
	"gemeente": "municipality", "municipality": "municipality", "dossier": "dossier", "bestand": "file", "file": "file", "onderdeel": "element", "element": "element",
	"deel": "zone", "zone": "zone", "eis": "requirement", "requirement": "requirement", "bron": "source", "source": "source",
	"kop": textindex.FieldHeading, "heading": textindex.FieldHeading, "tekst": textindex.FieldText, "text": textindex.FieldText,
}

// Fields lists the Dutch names of the fields, for the help.
func Fields() []string {
	return []string{"gemeente", "dossier", "bestand", "onderdeel", "deel", "eis", "bron", "kop", "tekst"}
}

// zones are the parts of a tender as people call them, and as the index has them.
var zones = map[string]string{
	"inhoudsopgave": "toc", "begrippen": "definitions", "visie": "vision", "achtergrond": "background", "eisen": "requirement", "geschiktheid": "suitability", "gunning": "award",
	"contract": "contract", "toelichting": "explanation", "vragen": "questions", "procedure": "procedure",
}

// maxTerms bounds a question; a longer one is a document, not a question.
const maxTerms = 100

// Parse reads a question: words that must all be there; "words in a row"; OF (OR, |) for either; NIET (NOT, -) for not; brackets; woord* for words that begin
// so; field:word, field:"words" and field:(...). Operators are in capitals, because "of" and "en" are words. The error says in Dutch what is wrong.
func Parse(question string) (Query, error) {
	p := parser{toks: lex(question)}
	if len(p.toks) == 0 {
		return Query{}, errors.New("lege vraag: geef minstens een woord")
	}
	if len(p.toks) > maxTerms {
		return Query{}, fmt.Errorf("vraag van meer dan %d woorden: maak hem korter", maxTerms)
	}
	q, err := p.either("")
	if err != nil {
		return Query{}, err
	}
	if p.at < len(p.toks) {
		return Query{}, fmt.Errorf("vraag: %q staat op een plek waar niets meer hoort; klopt het aantal haakjes?", p.toks[p.at].text)
	}
	return Query{asked: q, words: p.words}, nil
}

// token is one sign of a question.
type token struct {
	kind rune // w word, " phrase, ( ) | operator or, ! not, & and
	text string
	in   string // field in the index; empty if none was named
	name string // field as it was typed, with a colon in front of a bracket
}

func lex(s string) []token {
	var out []token
	in, name := "", ""
	add := func(t token) {
		t.in, t.name = in, name
		out = append(out, t)
		in, name = "", ""
	}
	for s = strings.TrimSpace(s); s != ""; s = strings.TrimLeftFunc(s, unicode.IsSpace) {
		switch s[0] {
		case '(', ')', '|':
			add(token{kind: rune(s[0]), text: s[:1]})
			s = s[1:]
			continue
		case '"':
			text, rest, _ := strings.Cut(s[1:], `"`)
			add(token{kind: '"', text: text})
			s = rest
			continue
		case '-', '!':
			add(token{kind: '!', text: s[:1]})
			s = s[1:]
			continue
		}
		end := strings.IndexFunc(s, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(`()|":`, r) })
		if end < 0 {
			end = len(s)
		}
		word := s[:end]
		if field, ok := fields[strings.ToLower(word)]; ok && strings.HasPrefix(s[end:], ":") {
			in, name, s = field, word, s[end+1:]
			continue
		}
		if strings.HasPrefix(s[end:], ":") { // a colon that ends no field is a sign like any other
			s = s[:end] + " " + s[end+1:]
		}
		if word != "" {
			add(operator(word))
		}
		s = s[end:]
	}
	return out
}

func operator(word string) token {
	switch word {
	case "OF", "OR":
		return token{kind: '|', text: word}
	case "EN", "AND":
		return token{kind: '&', text: word}
	case "NIET", "NOT":
		return token{kind: '!', text: word}
	}
	return token{kind: 'w', text: word}
}

type parser struct {
	toks  []token
	at    int
	not   int // how many NOTs the present part stands under
	words []wanted
}

func (p *parser) peek() rune {
	if p.at >= len(p.toks) {
		return 0
	}
	return p.toks[p.at].kind
}

// either reads parts joined by OF.
func (p *parser) either(field string) (textindex.Query, error) {
	var any textindex.Any
	for {
		q, err := p.together(field)
		if err != nil {
			return nil, err
		}
		any = append(any, q)
		if p.peek() != '|' {
			break
		}
		p.at++
	}
	if len(any) == 1 {
		return any[0], nil
	}
	return any, nil
}

// together reads parts that must all hold.
func (p *parser) together(field string) (textindex.Query, error) {
	var all textindex.All
	for {
		switch k := p.peek(); {
		case k == '&' && len(all) > 0:
			p.at++
			continue
		case k == 0 || k == ')' || k == '|' || k == '&':
			if len(all) == 0 {
				return nil, errors.New("vraag: er ontbreekt een woord bij OF, EN, NIET of tussen haakjes")
			}
			if len(all) == 1 {
				return all[0], nil
			}
			return all, nil
		}
		q, err := p.part(field)
		if err != nil {
			return nil, err
		}
		all = append(all, q)
	}
}

func (p *parser) part(field string) (textindex.Query, error) {
	t := p.toks[p.at]
	p.at++
	if t.in != "" {
		field = t.in
	}
	switch t.kind {
	case '!':
		if p.at >= len(p.toks) {
			return nil, errors.New("vraag: achter NIET of - ontbreekt een woord")
		}
		p.not++
		q, err := p.part(field)
		p.not--
		return textindex.Not{Of: q}, err
	case '(':
		q, err := p.either(field)
		if err != nil {
			return nil, err
		}
		if p.peek() != ')' {
			return nil, errors.New("vraag: een haakje wordt niet gesloten")
		}
		p.at++
		return q, nil
	case '"':
		if strings.TrimSpace(t.text) == "" {
			return nil, errors.New("vraag: tussen de aanhalingstekens staat niets")
		}
		p.want(field, t.text, false)
		return textindex.Phrase{Field: field, Text: value(field, t.text)}, nil
	case 'w':
		text, prefix := strings.CutSuffix(t.text, "*")
		if strings.Trim(text, "*") == "" || !strings.ContainsFunc(text, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) {
			return nil, fmt.Errorf("vraag: %q bevat geen letters of cijfers", t.text)
		}
		p.want(field, text, prefix)
		return textindex.Term{Field: field, Text: value(field, text), Prefix: prefix}, nil
	}
	return nil, fmt.Errorf("vraag: %q staat op een plek waar een woord hoort", t.text)
}

// value is what a field holds for what people call it.
func value(field, text string) string {
	if z, ok := zones[strings.ToLower(text)]; ok && field == "zone" {
		return z
	}
	return text
}

// want notes a word to mark, unless it may not be there or is a value of a field.
func (p *parser) want(field, text string, prefix bool) {
	if p.not > 0 || field != "" && !textindex.Worded(field) {
		return
	}
	w := wanted{text, prefix}
	if !slices.Contains(p.words, w) {
		p.words = append(p.words, w)
	}
}
