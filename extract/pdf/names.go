package pdf

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// glyphNames are names of signs that a font program may use; letters with accents are put together from their parts.
var glyphNames = map[string]string{
	"space": " ", "exclam": "!", "quotedbl": "\"", "numbersign": "#", "dollar": "$", "percent": "%", "ampersand": "&", "quoteright": "’",
	"quotesingle": "'", "parenleft": "(", "parenright": ")", "asterisk": "*", "plus": "+", "comma": ",", "hyphen": "-", "period": ".",
	"slash": "/", "zero": "0", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8",
	"nine": "9", "colon": ":", "semicolon": ";", "less": "<", "equal": "=", "greater": ">", "question": "?", "at": "@",
	"bracketleft": "[", "backslash": "\\", "bracketright": "]", "asciicircum": "^", "underscore": "_", "quoteleft": "‘", "grave": "`",
	"braceleft": "{", "bar": "|", "braceright": "}", "asciitilde": "~", "exclamdown": "¡", "cent": "¢", "sterling": "£", "yen": "¥",
	"section": "§", "currency": "¤", "quotedblleft": "“", "quotedblright": "”", "quotedblbase": "„", "quotesinglbase": "‚",
	"guillemotleft": "«", "guillemotright": "»", "guilsinglleft": "‹", "guilsinglright": "›", "endash": "–", "emdash": "—",
	"dagger": "†", "daggerdbl": "‡", "periodcentered": "·", "paragraph": "¶", "bullet": "•", "openbullet": "◦", "ellipsis": "…", "perthousand": "‰",
	"questiondown": "¿", "AE": "Æ", "ae": "æ", "OE": "Œ", "oe": "œ", "Oslash": "Ø", "oslash": "ø", "Lslash": "Ł", "lslash": "ł", "germandbls": "ß",
	"dotlessi": "ı", "eth": "ð", "Eth": "Ð", "thorn": "þ", "Thorn": "Þ", "Euro": "€", "degree": "°", "plusminus": "±", "minus": "−", "multiply": "×",
	"divide": "÷", "mu": "µ", "trademark": "™", "copyright": "©", "registered": "®", "onehalf": "½", "onequarter": "¼", "threequarters": "¾",
	"lessequal": "≤", "greaterequal": "≥", "notequal": "≠", "approxequal": "≈", "infinity": "∞", "equivalence": "≡", "summation": "∑", "radical": "√",
	"arrowright": "→", "arrowleft": "←", "arrowup": "↑", "arrowdown": "↓", "arrowdblright": "⇒", "asteriskmath": "∗", "triangleright": "▷",
	"ij": "ij", "IJ": "IJ", "visiblespace": " ", "nbspace": " ", "sfthyphen": "\u00AD", "hyphenchar": "-",
}

// accents are the marks that follow a letter in the name of a glyph, as combining characters.
var accents = map[string]string{
	"acute": "\u0301", "grave": "\u0300", "circumflex": "\u0302", "dieresis": "\u0308", "tilde": "\u0303", "cedilla": "\u0327", "ring": "\u030A",
	"caron": "\u030C", "ogonek": "\u0328", "breve": "\u0306", "dotaccent": "\u0307", "hungarumlaut": "\u030B", "macron": "\u0304", "commaaccent": "\u0326",
}

// namedGlyph looks up the name of a sign or of a letter with an accent; the result is empty for a name it does not know.
func namedGlyph(name string) string {
	if s := glyphNames[name]; s != "" || len(name) < 4 {
		return s
	}
	mark := accents[name[1:]]
	if mark == "" {
		return ""
	}
	if s := norm.NFC.String(name[:1] + mark); utf8.RuneCountInString(s) == 1 && !strings.Contains(s, mark) {
		return s
	}
	return ""
}
