package pdf

import (
	"math"
	"regexp"
	"strings"
)

var (
	digits     = regexp.MustCompile(`\d+`)
	pageNumber = regexp.MustCompile(`(?i)^(?:pagina|blad|blz\.?|p\.)?\s*\d{1,4}(?:\s*(?:van|/|\|)\s*\d{1,4})?$|(?:^|\W)pagina \d{1,4}(?: van \d{1,4})?$|^[-–]\s*\d{1,4}\s*[-–]$`)
)

// dropFurniture drops running headers and footers and page numbers: a line at the top or bottom of the page that is either a
// page number or has the same text, digits aside, at the same height on at least half of the pages. The height matters: a
// footnote that is repeated is text. So does the whole line: a bullet is not a header. Pages that are the same from top to bottom count
// as one: their text is repeated, but runs around nothing.
func dropFurniture(pages []page) {
	type place struct {
		text string
		y    int
	}
	height := func(r run) int { return int(math.Round(r.y / 3)) }
	whole := make([]map[int]string, len(pages)) // the text on each height of each page
	seen := map[place]int{}
	twins := map[uint64]bool{}
	for i, p := range pages {
		whole[i] = map[int]string{}
		for _, r := range p.words {
			if inMargin(p, r) {
				whole[i][height(r)] += r.text + " "
			}
		}
		id := likeness(p.words)
		if twins[id] {
			continue
		}
		twins[id] = true
		for y, text := range whole[i] {
			seen[place{digits.ReplaceAllString(text, "#"), y}]++
		}
	}
	repeated := max(2, (len(twins)+1)/2)
	for i, p := range pages {
		body := make([]run, 0, len(p.words))
		for _, r := range p.words {
			if inMargin(p, r) {
				y := height(r)
				text := whole[i][y]
				pattern := digits.ReplaceAllString(text, "#")
				count := seen[place{pattern, y}] + max(seen[place{pattern, y - 1}], seen[place{pattern, y + 1}]) // rounding may split one height
				if count >= repeated || r.size > 6.5 && pageNumber.MatchString(strings.TrimSpace(text)) {        // smaller is the mark of a footnote
					continue
				}
			}
			body = append(body, r)
			pages[i].body += r.letters
		}
		pages[i].words = body
	}
}

// likeness is the same for pages with the same words on the same places, page numbers and other figures aside.
func likeness(runs []run) uint64 {
	const prime = 1099511628211 // FNV-1a
	sum := uint64(14695981039346656037)
	for _, r := range runs {
		for i := range len(r.text) {
			if c := r.text[i]; c < '0' || c > '9' {
				sum = (sum ^ uint64(c)) * prime
			}
		}
		sum = (sum ^ uint64(math.Round(r.y/3))) * prime
	}
	return sum
}

func inMargin(p page, r run) bool {
	height := p.height
	if r.turned%2 == 1 || r.turned == 2 {
		return false
	}
	return r.y < 0.12*height || r.y > 0.88*height
}
