// Package phrase finds phrases in Dutch text. It is a pure function from text to spans: no I/O, no scores, no thresholds, and it
// does not know what a requirement is.
//
// # Writing a phrase
//
// A phrase is a row of words that must follow each other. Both sides are folded by the same code, so case, diacritics,
// apostrophes and the way a compound is spelled do not matter:
//
//	klachtenregeling            klachtenregeling, Klachten-regeling, klachten regeling
//	cliëntenraad                clientenraad, Cliëntenraad
//	verklaring omtrent gedrag   three words in this order
//
// A star is any run of letters, also none, so that inflection and compounds hit. Without a star a word hits only itself:
//
//	klacht*                     klacht, klachten, klachtenregeling
//	*registratie                registratie, SKJ-registratie, beroepsregistratie
//	*medewerker*                medewerkers, zorgmedewerkers, medewerkersbestand
//	meld*                       meldt, melden, meldcode (!): prefer melden/meldt
//
// A stem before a star has at least three letters. Round brackets make words optional (also the last one: "meldcode (kindermishandeling)" hits every
// meldcode), a slash separates single words for one place, and both can be combined; brackets may hold several words:
//
//	verklaring omtrent (het) gedrag
//	stelt/stellen/stelde
//	(onafhankelijke/externe) vertrouwenspersoon
//	meldcode huiselijk geweld (en kindermishandeling)
//
// An underscore with a number is a gap of at most that many words in the same sentence; it is what separable verbs need:
//
//	stelt _8 vast               stelt jaarlijks een plan vast
//	vast te stellen
//	draagt _3 zorg
//
// An ampersand asks for both sides in the same sentence, in any order; no word counts for both, but one side may
// stand in a gap of the other:
//
//	meld* calamiteit* & onverwijld/terstond/direct
//
// Number classes take digits or Dutch number words (twintig = 20). A number between brackets demands that value; a comparison sign before it
// demands a bound:
//
//	#number #number(3) #number(<=3)
//	#years #years(20)           20 jaar, twintig jaren
//	#months(<=3) #weeks #days #hours
//	#percent #percent(>0)       30%, 30 procent, 30 pct
//	#date                       1 januari 2027, 01-01-2027
//	#deadline                   binnen drie werkdagen, uiterlijk 1 mei, per ommegaande, onverwijld, dezelfde dag
//	#euro                       € 25,00, 25 euro
//
// Suspended compounds are read in full: in "klachten- en geschillenregeling" both klachtenregeling and geschillenregeling hit. Dotted abbreviations
// are one word: v.o.g. is vog. "@name" stands for every phrase of that shared group in concepts.yaml, alone or as a word in a phrase:
//
//	@vog
//	meldt _8 @toezichthouder
//
// In YAML a phrase that begins with @ or *, or that holds a #, stands in quotes; an unquoted " #" would start a comment, and is reported.
//
// # How it matches
//
// Fold turns text into a lattice: every word, and beside it the joined spellings that Dutch allows (hyphen, space, suspended). Compile turns all
// phrases of all rules into one automaton over words; Match walks the lattice once for the shared groups, once for the phrases that use them, and reports
// every hit with its place in the text. Of the readings of one phrase that start at the same word the shortest is kept, so an optional last word never widens
// a hit.
package phrase
