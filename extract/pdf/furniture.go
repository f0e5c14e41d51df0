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

// withoutFurniture drops running headers and footers and page numbers: a line at the top or bottom of the page that is either a
// page number or has the same text, digits aside, at the same height on at least half of the pages. The height matters: a
// footnote that is repeated is text. So does the whole line: a bullet is not a header.
func withoutFurniture(pages []page, all [][]run) [][]run {
	type place struct {
		text string
		y    int
	}
	height := func(r run) int { return int(math.Round(r.y / 3)) }
	whole := make([]map[int]string, len(all)) // the text on each height of each page
	seen := map[place]int{}
	for i, runs := range all {
		whole[i] = map[int]string{}
		for _, r := range runs {
			if inMargin(pages[i], r) {
				whole[i][height(r)] += r.text + " "
			}
		}
		for y, text := range whole[i] {
			seen[place{digits.ReplaceAllString(text, "#"), y}]++
		}
	}
	repeated := max(2, (len(pages)+1)/2)
	out := make([][]run, len(all))
	for i, runs := range all {
		for _, r := range runs {
			if inMargin(pages[i], r) {
				y := height(r)
				text := whole[i][y]
				pattern := digits.ReplaceAllString(text, "#")
				count := seen[place{pattern, y}] + max(seen[place{pattern, y - 1}], seen[place{pattern, y + 1}]) // rounding may split one height
				if count >= repeated || r.size > 6.5 && pageNumber.MatchString(strings.TrimSpace(text)) {        // smaller is the mark of a footnote
					continue
				}
			}
			out[i] = append(out[i], r)
		}
	}
	return out
}

func inMargin(p page, r run) bool {
	height := p.height
	if r.turned%2 == 1 || r.turned == 2 {
		return false
	}
	return r.y < 0.12*height || r.y > 0.88*height
}
